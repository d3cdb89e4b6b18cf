/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A good schedule of one member on a long horizon, quickly: a beam over the days. */
#ifndef PNR_ENGINE_BEAM_H
#define PNR_ENGINE_BEAM_H

#include "engine/pricer.h"

struct pnr_beam {
    int32_t width;  /* partial schedules kept a day */
    int32_t rounds; /* in which the multipliers are improved first */
    int64_t *mu;    /* [tally]: where they start and where they end (see relaxation.h); NULL: from nothing */
    bool found;
    int64_t bound; /* no legal schedule costs less; INT64_MAX: there is none */
    struct pnr_schedule schedule;
    int64_t work;
};

/*
 * Keeps the `width` partial schedules of every day whose bounds are least: what they cost, and the least that
 * the rest can cost with sums held by multipliers. Those that can no longer reach a minimum of a sum,
 * whatever they do, are dropped. Finds a legal schedule or none; one is not proof that none is cheaper. The
 * query's `wanted`, `label_limit` and `mu` are not looked at. Arrays of the answer are borrowed from the
 * scratch. Only fails for want of memory.
 */
enum pioneer_status pnr_pricer_beam(const struct pnr_pricer *pricer, struct pnr_pricer_scratch *scratch,
                                    const struct pnr_price_query *query, struct pnr_beam *beam);

#endif
