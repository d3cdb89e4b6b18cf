/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pricer from inside: what exact pricing and the relaxation share. */
#ifndef PNR_ENGINE_PRICER_INSIDE_H
#define PNR_ENGINE_PRICER_INSIDE_H

#include "engine/course.h"
#include "engine/labels.h"
#include "engine/pricer.h"
#include "engine/problem.h"
#include "engine/valuation.h"

struct pnr_pricer {
    const struct pnr_instance *instance;
    struct pnr_arena arena;
    struct pnr_lookup *lookup;
    struct pnr_kinds kinds;
    struct pnr_course *courses; /* [member] */
    struct pnr_arena *arenas;   /* of courses: one a thread that built some */
    int32_t arena_count;
};

struct pnr_pricer_scratch {
    const struct pnr_pricer *pricer;
    struct pnr_arena arena; /* of the latest query */
    struct pnr_labels labels;
    struct pnr_day_view view;
    const struct pnr_budget *budget; /* NULL: queries may take any time */
};

/*
 * Writes a way of items down: pairs and costs by level without those of tallies, into arrays from the
 * scratch's arena, and what it adds to each tally of the course into sums ([tally_count], zeroed). False when
 * memory is short.
 */
bool pnr_pricer_write_way(const struct pnr_problem *problem, int32_t pair_room, const int32_t *items,
                          int64_t *sums, struct pnr_schedule *out);

/* Sets the price of a schedule from its pairs and costs. */
void pnr_pricer_set_price(const struct pnr_price_query *query, int32_t level_count,
                          struct pnr_schedule *schedule);

/* A bound for a member whose sets of duties of a day were not all enumerated: each costs at least its
 * negative prices. */
int64_t pnr_pricer_negative_prices(const struct pnr_instance *instance, const struct pnr_price_query *query);

#endif
