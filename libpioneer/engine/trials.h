/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of the LP of a case on either side of a split, as far as a few pivots tell. */
#ifndef PNR_ENGINE_TRIALS_H
#define PNR_ENGINE_TRIALS_H

#include "engine/master_inside.h"

struct pnr_tree;

/* What is known of a case before its LP is solved. A pricer that gave up, for it met its limit of labels or
 * the deadline, has not shown that there is no schedule. */
enum pnr_entry { PNR_ENTERED, PNR_IMPOSSIBLE, PNR_UNKNOWN };

/* Sides tried at once, at most. */
#define PNR_SIDES 4

/* One side of a split: which columns it leaves to the LP, what it chooses, what totals it allows, and what
 * that comes to. */
struct pnr_side {
    enum pnr_entry entry;
    PNR_ARRAY(uint8_t) is_out;  /* [place] */
    PNR_ARRAY(uint8_t) is_made; /* [auxiliary] */
    struct pnr_row limits[PNR_TOTALS];
    double value;   /* the LP's at least, −DBL_MAX: nobody knows */
    int32_t pivots; /* that it took */
};

/* All zeros is valid; pnr_trials_fini() ends it. */
struct pnr_trials {
    struct pnr_side sides[PNR_SIDES];
    int32_t count;
    double goal;              /* in units of the LP: more need not be known */
    PNR_ARRAY(uint8_t) is_in; /* [LP column]: worth looking at */
};

/* The LP of a case has just been solved. False when memory is short, like the next. */
bool pnr_trials_begin(struct pnr_trials *trials, const struct pnr_tree *tree);
/* Notes what the master allows, which has just entered a side. */
bool pnr_trials_add(struct pnr_trials *trials, const struct pnr_master *master, enum pnr_entry entry);
/* Values of all that were added, from the basis of the case by so many pivots each at most: the same on any
 * number of threads. */
enum pioneer_status pnr_trials_run(struct pnr_trials *trials, struct pnr_master *master,
                                   const struct pnr_master_basis *basis, int32_t pivots);
void pnr_trials_fini(struct pnr_trials *trials);

#endif
