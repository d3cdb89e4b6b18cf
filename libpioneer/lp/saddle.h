/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Large programs of alternatives, solved nearly: prices and shares walk to a saddle point. */
#ifndef PNR_LP_SADDLE_H
#define PNR_LP_SADDLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/budget.h"

/*
 * min Σ cost × share with low <= Σ coefficient × share <= high in every row and least <= share <= most. Rows
 * that are flagged as choices are Σ share = 1 over columns that stand in no other choice, with coefficient 1;
 * those columns may have any part of it, or none where `most` is 0. Bounds of ±PNR_LP_INFINITY are none. Rows
 * and columns are numbered from 0. Everything is borrowed.
 */
struct pnr_saddle_program {
    int32_t row_count, column_count;
    const double *low, *high;          /* [row] */
    const uint8_t *is_choice;          /* [row] */
    const double *cost, *least, *most; /* [column] */
    const int32_t *first;              /* [column + 1]: into the next two */
    const int32_t *rows;
    const double *coefficients;
};

/* The row of the choice that a column stands in, -1: none. */
static inline int32_t pnr_saddle_choice_of(const struct pnr_saddle_program *program, int32_t column) {
    for (int32_t e = program->first[column]; e < program->first[column + 1]; e++) {
        if (program->is_choice[program->rows[e]]) {
            return program->rows[e];
        }
    }
    return -1;
}

struct pnr_saddle_limits {
    const struct pnr_budget *budget; /* looked at now and then; NULL: never late */
    int32_t threads;                 /* never change the result */
    int32_t steps;                   /* at most */
    double close;                    /* value and cost may differ by this share */
    /* Of shares that are as good as each other the caller wants those that are nearly whole. */
    bool wants_whole;
};

struct pnr_saddle_result {
    double value; /* of the prices: the optimum is no less, but for rounding */
    double cost;  /* of the shares, and of what rows are off by at what their dearest slacks cost */
    int64_t work; /* units: see PNR_WORK_A_MS in base/budget.h */
};

/*
 * The price of a simplex is the number of rows: a pivot costs more, and there are more of them. A step here
 * looks at every coefficient twice, and a few hundred lead to a thousandth of the optimum:
 *
 *     x' = the point of X nearest to x − T (c − Aᵀ y)
 *     y' = y + S (b − A (2 x' − x)), within what b allows
 *
 * This is the primal-dual hybrid gradient (Chambolle and Pock 2011) with diagonal steps T and S (Pock and
 * Chambolle 2011) and restarts from the average of the walk, without which it circles (Applegate et al.
 * 2021). X is what needs no prices: the shares of a choice are a point of a simplex, the others lie in their
 * bounds. Each row is measured in what its dearest slack costs, so that prices arrive everywhere at about the
 * same time.
 *
 * Everything must be able to move: choices have more than one column, all of them open, and least < most
 * elsewhere (lp/reduce.h leaves such a program).
 *
 * `prices` ([row], those of choices are not looked at) and `shares` ([column]) are where the walk begins; so
 * are `other` prices ([row], NULL: none), if they are worth more. Out: the prices worth most, and the shares
 * where the walk ended, which break rows a little; a choice's price is its least reduced cost. Deterministic
 * but for the budget. False: memory is short.
 */
bool pnr_saddle_solve(const struct pnr_saddle_program *program, const struct pnr_saddle_limits *limits,
                      const double *other, double *prices, double *shares, struct pnr_saddle_result *result);

#endif
