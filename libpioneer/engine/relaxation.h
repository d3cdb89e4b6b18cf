/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pricing without labels: sums inside a schedule are held by multipliers instead of exactly. */
#ifndef PNR_ENGINE_RELAXATION_H
#define PNR_ENGINE_RELAXATION_H

#include "engine/pricer.h"

/*
 * A member's rules on sums (minutes, weekends, counts, loads; hard limits and convex costs alike) as tallies.
 * With a multiplier on each, what is left is one backward pass over the automaton, and its value is a lower
 * bound on the price of every legal schedule, whatever the multipliers.
 */
struct pnr_relaxation {
    int64_t *mu;    /* [tally]: multiplier on one unit of the sum; clamped to what arithmetic allows */
    int64_t *slope; /* [tally]: the bound's slope in mu: how far the way's sum lies from where mu aims */
    int64_t bound;
    bool has_way;                 /* false: the member has no legal schedule, or the query forbids all */
    bool is_legal;                /* the way keeps every hard limit on sums: it is a schedule */
    struct pnr_schedule schedule; /* the way; its true costs if it is legal */
    /* [level]: what the way costs where the multipliers aim; of use as slope in the levels' weights */
    int64_t *aimed_cost_by_level;
    int64_t work; /* units */
};

/* How many tallies a member has. */
int32_t pnr_pricer_tally_count(const struct pnr_pricer *pricer, int32_t member);
/* The most that one day can add to a tally: a measure for its multiplier. */
int64_t pnr_pricer_tally_step(const struct pnr_pricer *pricer, int32_t member, int32_t tally);

/* One pass at the query's prices; `cutoff`, `wanted` and `label_limit` are not looked at. Arrays of the
 * answer are borrowed from the scratch until its next use. Only fails for want of memory. */
enum pioneer_status pnr_pricer_relax(const struct pnr_pricer *pricer, struct pnr_pricer_scratch *scratch,
                                     const struct pnr_price_query *query, struct pnr_relaxation *relaxation);

#endif
