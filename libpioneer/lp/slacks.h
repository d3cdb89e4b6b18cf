/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slacks of single rows: their best shares are known once everything else in the row is. */
#ifndef PNR_LP_SLACKS_H
#define PNR_LP_SLACKS_H

#include "lp/saddle.h"

/* A column of one row that is no choice. */
struct pnr_slack {
    int32_t row;
    int32_t column;     /* by whatever number the caller has for it */
    double coefficient; /* in the row */
    double cost;        /* of what puts 1 into the row, up or down */
};

/* Those of a row together, the cheapest first. */
void pnr_slacks_sort(struct pnr_slack *slacks, int32_t count);

/* How much of the slack a row takes that has this activity, `room` at most: until nothing is off any more. */
double pnr_slack_fill(const struct pnr_saddle_program *program, const struct pnr_slack *slack,
                      double activity, double room);

#endif
