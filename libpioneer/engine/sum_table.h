/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the days to come cost at least, by state and by the size of one sum: exact in that sum, where
 * multipliers only know the slope. */
#ifndef PNR_ENGINE_SUM_TABLE_H
#define PNR_ENGINE_SUM_TABLE_H

#include "engine/problem.h"

/**
 * A table of one slot. A convex cost on a sum of coarse steps (squares of hours, say) lies far above the line
 * that a multiplier draws below it; near the LP's optimum labels had to be made for all of that distance.
 */
struct pnr_sum_table {
    int32_t slot;
    int32_t watched; /**< the slot among those that the pass at hand watches */
    int64_t grid;    /**< bucket b stands for the sum start + b × grid */
    int32_t room;    /**< buckets */
    int64_t *rest; /**< [(day × most_states + state) × room + bucket]: least price of the days from `day` on
                        and of the slot's tallies; PNR_NEVER: no way */
    int64_t *later; /**< [day]: least price of the tallies of other slots that begin on `day` or later */
};

/** What the tables of all watched slots would cost to fill, in cells as problem->cells counts them. */
int64_t pnr_sum_tables_cells(const struct pnr_problem *problem);

/** Fills a table for every watched slot that is not too large, for the multipliers as they stand. False when
 * memory is short. */
bool pnr_sum_tables_build(struct pnr_problem *problem);

/** The lower bound that the tables prove, PNR_NEVER if there is no way; at least -PNR_NEVER. */
int64_t pnr_sum_tables_bound(const struct pnr_problem *problem);

#endif
