/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program of alternatives without what is settled already. */
#ifndef PNR_LP_REDUCE_H
#define PNR_LP_REDUCE_H

#include "base/arena.h"
#include "lp/saddle.h"

/*
 * Late in a dive most choices have one open column, and most rows none that moves but slacks of their own,
 * whose best values are known. Without them a step of a walk costs a fifth or less, and prices that matter
 * arrive sooner.
 */
struct pnr_reduced {
    struct pnr_saddle_program program; /* of what moves; bounds of rows less what is settled */
    int32_t *row_of;                   /* [row of it]: of the whole */
    int32_t *column_of;                /* [column of it]: of the whole */
    double constant;                   /* what is settled costs */
};

/* Settles what can be: writes its shares ([column]) and the prices of the rows that go ([row]). Arrays come
 * from the arena. False: memory is short. */
bool pnr_reduce(const struct pnr_saddle_program *whole, double *shares, double *prices,
                struct pnr_arena *arena, struct pnr_reduced *out);

#endif
