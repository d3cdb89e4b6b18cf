/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of a member that its pairs add up to one by one: minutes, loads, counts. What cases may hold within
 * limits. */
#ifndef PNR_ENGINE_SUMS_H
#define PNR_ENGINE_SUMS_H

#include "base/arena.h"
#include "engine/pricer.h"

/* A tally of a course (course.h), by pairs. */
struct pnr_sum {
    int32_t member, tally;
    int64_t held;           /* what it is when no pair is taken */
    int64_t grid;           /* it is `held` and some of these */
    const int64_t *amounts; /* [pair − the member's first]: what each pair adds */
};

/* A case that is about some of what the sum can be. */
struct pnr_sum_limit {
    const struct pnr_sum *sum;
    int64_t least, most;
};

/* What the sum is in a schedule of its member. */
int64_t pnr_sum_of_pairs(const struct pnr_instance *instance, const struct pnr_sum *sum, const int32_t *pairs,
                         int32_t pair_count);

/* A member's tallies that cost something at the level and are sums of its pairs, in order: the others count
 * what several pairs do together, as a day worked. *sums comes from the arena. False when memory is short. */
bool pnr_sums_find(const struct pnr_pricer *pricer, const struct pnr_instance *instance, int32_t member,
                   int32_t level, struct pnr_arena *arena, struct pnr_sum **sums, int32_t *count);

#endif
