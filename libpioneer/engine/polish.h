/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A schedule on a long horizon made better, some weeks at a time, at fixed prices. */
#ifndef PNR_ENGINE_POLISH_H
#define PNR_ENGINE_POLISH_H

#include "base/rng.h"
#include "engine/stretch.h"

struct pnr_polish {
    const struct pnr_instance *instance;
    const struct pnr_pricer *pricer;
    struct pnr_pricer_scratch *scratch;
    const struct pnr_price_query *query; /* member, prices, weights, what is forbidden */
    struct pnr_rng *rng;
    int64_t enough; /* a schedule at this price need not get better */
    /* the schedule: its pairs stand in the way, which need not be walked; all of this is changed */
    struct pnr_way *way;
    int64_t *cost_by_level;
    int64_t price;
    int64_t work; /* units are added */
};

/*
 * Frees a few weeks, or two spans of weeks, of a legal schedule at a time, and gives them their cheapest
 * duties while the rest is held. Ends when no week gains any more. Only fails for want of memory.
 */
enum pioneer_status pnr_polish(struct pnr_polish *polish);

#endif
