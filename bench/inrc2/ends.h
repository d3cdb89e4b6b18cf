/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How one nurse may stand after the planned week, what that costs later, and the same as a sum of parts. */
#ifndef BENCH_INRC2_ENDS_H
#define BENCH_INRC2_ENDS_H

#include "inrc2/future.h"
#include "inrc2/states.h"

/* Totals of the week, with its weekend worked or not. */
#define INRC2_ENDS_A_STATE (2 * (INRC2_WEEK + 1))

/* Sums over the draws, for one nurse: costs to go and how often an end was met. */
struct inrc2_ends {
    double *costs;  /* [(state × 2 + weekend) × 8 + total] */
    double *states; /* [state]: times met */
    double totals[INRC2_WEEK + 1], weekends[2];
};

/* Nothing met so far; `state_count` of the nurse's contract. False: memory is short. */
bool inrc2_ends_init(struct inrc2_ends *ends, int32_t state_count);
void inrc2_ends_fini(struct inrc2_ends *ends);
/* Makes the counts of what was met shares of one. */
void inrc2_ends_share(struct inrc2_ends *ends, int32_t state_count);
/* Each part is the mean over all that the others may be, by how often they were met. Costs are sums over
 * `sum_count` draws. False: memory is short. */
bool inrc2_ends_split(const struct inrc2_scenario *scenario, const struct inrc2_states *states,
                      const struct inrc2_ends *ends, int32_t sum_count, struct inrc2_worth *worth);

#endif
