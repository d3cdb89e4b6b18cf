/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Partial schedules by day, cheapest bound first, without those that another one beats whatever follows. */
#ifndef PNR_ENGINE_LABELS_H
#define PNR_ENGINE_LABELS_H

#include "engine/problem.h"

/** The days before some day. Its sums by what is watched are kept apart, in `ends`. */
struct pnr_label {
    int64_t cost;   /**< of days and of the tallies that have ended */
    int64_t bound;  /**< least price of a whole schedule that begins so */
    int32_t before; /**< label of the day before, -1 */
    int32_t item;   /**< of its last day */
    int32_t state;
};

/** What one sum of a label costs if later days add nothing to it, or all they can: whatever they add, no
 * difference to another label's sum is larger than one of these two. */
struct pnr_label_ends {
    int64_t sum;
    int64_t least, most; /**< PNR_NEVER: not every future of the other is open to it */
};

/** What decides most comparisons of kept labels at once: the cost with all sums at one end of theirs, limits
 * that are not kept left out. */
struct pnr_label_hope {
    int64_t least, most;
    int32_t older; /**< the label kept before it in the same state, -1 */
};

/** A fresh label in the heap. */
struct pnr_label_rank {
    int64_t bound;
    int32_t fresh;
};

/** Grows to a high-water mark. All zeros is valid and empty. */
struct pnr_labels {
    PNR_ARRAY(struct pnr_label) kept;
    PNR_ARRAY(struct pnr_label_ends) ends;  /**< [label × watched + watched] */
    PNR_ARRAY(struct pnr_label_hope) hopes; /**< [label] */
    PNR_ARRAY(struct pnr_label) fresh;
    PNR_ARRAY(int64_t) fresh_sums;
    PNR_ARRAY(struct pnr_label_rank) order; /**< the heap: the least (bound, number) on top */
    PNR_ARRAY(int32_t) newest;              /**< [state]: the latest label kept, -1 */
};

void pnr_labels_fini(struct pnr_labels *labels);

struct pnr_label_pass {
    int64_t threshold;   /**< schedules at this price or above are of no interest */
    int32_t width;       /**< labels kept a day, 0: all */
    int64_t label_limit; /**< labels made before `width` shrinks to PNR_LABELS_BEAM, 0: none */
    int32_t wanted;
    const struct pnr_budget *budget; /**< once it is late, `width` shrinks like that; NULL: never */
    /* results */
    int32_t first_end, end_count; /**< whole schedules among the kept labels, cheapest first */
    int64_t dropped; /**< least bound of a label that was dropped for want of room, PNR_NEVER: none was */
    int64_t made;
};

/** Labels a day once the limit is reached. */
#define PNR_LABELS_BEAM 256

/** One pass over the days with the multipliers as they stand. False when memory is short. */
bool pnr_labels_run(struct pnr_labels *labels, struct pnr_problem *problem, struct pnr_label_pass *pass);

/** The items of a whole schedule by day. */
void pnr_labels_items(const struct pnr_labels *labels, int32_t label, int32_t day_count, int32_t *items);

#endif
