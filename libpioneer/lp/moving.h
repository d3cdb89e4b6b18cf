/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of a program of alternatives, those of a choice together. */
#ifndef PNR_LP_MOVING_H
#define PNR_LP_MOVING_H

#include "base/arena.h"
#include "lp/saddle.h"

/* The columns of choices, and behind them the others: all of them can move. */
struct pnr_moving {
    const struct pnr_saddle_program *program;
    int32_t count;
    int32_t *column; /* [moving]: of the program */
    int32_t choice_count;
    int32_t *choice_first; /* [choice + 1]: into the moving ones */
    int32_t *choice_row;   /* [choice] */
    int32_t *first;        /* [moving + 1]: into the next two, without the choice's own row */
    int32_t *rows;
    double *coefficients;
    double *cost;  /* [moving] */
    double *share; /* [moving]: what it began with */
};

/* Arrays come from the arena. False: memory is short. */
bool pnr_moving_gather(const struct pnr_saddle_program *program, const double *shares,
                       struct pnr_arena *arena, struct pnr_moving *moving);

/* Where the columns with bounds begin. */
static inline int32_t pnr_moving_bounded_from(const struct pnr_moving *moving) {
    return moving->choice_first[moving->choice_count];
}

static inline double pnr_moving_reduced_cost(const struct pnr_moving *moving, int32_t at, const double *y) {
    double cost = moving->cost[at];
    for (int32_t e = moving->first[at]; e < moving->first[at + 1]; e++) {
        cost -= moving->coefficients[e] * y[moving->rows[e]];
    }
    return cost;
}

/* Adds what the moving columns from … to - 1 put into the rows. */
void pnr_moving_add_activity(const struct pnr_moving *moving, const double *x, int32_t from, int32_t to,
                             double *activity);

/* Writes the shares, those of `noise` or less as 0. */
void pnr_moving_write(const struct pnr_moving *moving, const double *x, double noise, double *shares);

#endif
