/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Lagrangian dual without a simplex: all multipliers climb together. */
#ifndef PNR_ENGINE_DUAL_H
#define PNR_ENGINE_DUAL_H

#include "engine/tools.h"

/*
 * Multipliers of rows, of frozen levels, and of the sums inside every member's schedule (engine/relaxation.h)
 * move at once by projected Adam (Kingma and Ba 2015, as ascent): one pass over all members a step, and every
 * step proves an exact bound.
 */
struct pnr_dual;

enum pioneer_status pnr_dual_new(const struct pnr_tools *tools, struct pnr_dual **out);
void pnr_dual_free(struct pnr_dual *dual);

/* Turns to a level whose rosters must respect `frozen` ([level]). `unit`: what a member's schedule may cost
 * at the level, to the order of magnitude. Forgets multipliers and averages. */
void pnr_dual_begin(struct pnr_dual *dual, int32_t level, const int64_t *frozen, double unit);

/* An earlier level whose frozen value is its bound: from now on whatever misses it is dear, and dives keep
 * it. */
void pnr_dual_settle(struct pnr_dual *dual, int32_t level);

struct pnr_dual_run {
    int64_t goal; /* a bound that is enough */
    int64_t work; /* units */
    pnr_round_fn *each;
    void *context;
    int64_t bound; /* in, out: only ever raised */
};

/* Climbs: the length of the first step is found by short trials, then steps shrink geometrically until the
 * work is used up. */
enum pioneer_status pnr_dual_climb(struct pnr_dual *dual, struct pnr_dual_run *run);

/* Takes over level, multipliers and averages of another dual of the same program. */
void pnr_dual_follow(struct pnr_dual *dual, const struct pnr_dual *other);

/* Whether any bound was proved at the level at hand, the best one (unrounded), and the multipliers behind it
 * (borrowed). */
bool pnr_dual_has_best(const struct pnr_dual *dual);
double pnr_dual_bound(const struct pnr_dual *dual);
const struct pnr_multipliers *pnr_dual_best(const struct pnr_dual *dual);

/*
 * Some members' schedules may be held: the walk is then about the rest, and proves nothing. `pairs` are
 * copied. pnr_dual_release() lets all go and returns to the best multipliers.
 */
void pnr_dual_hold(struct pnr_dual *dual, int32_t member, const int32_t *pairs, int32_t pair_count,
                   const int64_t *cost_by_level);
void pnr_dual_release(struct pnr_dual *dual);

/* So many steps from the multipliers as they stand, from length `first` to `last` (in ranges of the rows). */
enum pioneer_status pnr_dual_walk(struct pnr_dual *dual, double first, double last, int32_t steps);

/* The multipliers of the latest step: the price of a pair, weights of the levels ([level]), and those on the
 * member's sums, to be improved at will; all at pnr_dual_scale(). */
int64_t pnr_dual_price_of(const struct pnr_dual *dual, int32_t pair);
const int64_t *pnr_dual_weights(const struct pnr_dual *dual);
int64_t *pnr_dual_mu(struct pnr_dual *dual, int32_t member);
int64_t pnr_dual_scale(const struct pnr_dual *dual);
/* What a row's multiplier may be worth, in costs of the level: the middle of all rows. */
double pnr_dual_range(const struct pnr_dual *dual);
/* The level it has begun, -1: none. */
int32_t pnr_dual_level(const struct pnr_dual *dual);

/* How often the ways of late steps took each pair, 0..1: [pair]; borrowed. */
const float *pnr_dual_average(const struct pnr_dual *dual);

#endif
