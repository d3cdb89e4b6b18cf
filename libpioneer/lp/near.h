/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A GLPK program solved nearly: what is read from it, and the saddle point that was reached last. */
#ifndef PNR_LP_NEAR_H
#define PNR_LP_NEAR_H

#include <glpk.h>

#include "base/array.h"
#include "lp/saddle.h"

struct pnr_near {
    bool is_latest;               /* the whole program was solved by pnr_near_solve last, not by a simplex */
    double value;                 /* of the prices */
    double cost_of_shares;        /* and of what rows are off by */
    PNR_ARRAY(uint8_t) is_choice; /* [row] */
    PNR_ARRAY(double) prices;     /* [row] */
    PNR_ARRAY(double) shares;     /* [column] */
    /* the program as it was read */
    PNR_ARRAY(double) low, high;         /* [row] */
    PNR_ARRAY(double) cost, least, most; /* [column] */
    PNR_ARRAY(int32_t) first;            /* [column + 1] */
    PNR_ARRAY(int32_t) rows;
    PNR_ARRAY(double) coefficients;
    PNR_ARRAY(int) indices; /* of a column, from 1 like GLPK's */
    PNR_ARRAY(double) numbers;
};

void pnr_near_fini(struct pnr_near *near);

/* A row or a column was appended; false: memory is short. */
bool pnr_near_add_row(struct pnr_near *near, bool is_choice);
bool pnr_near_add_column(struct pnr_near *near);
/* A column got these bounds: its share keeps within them, for a program that is narrowed may hold it there.
 */
void pnr_near_bound_column(struct pnr_near *near, int32_t column, double low, double high);
/* Columns (ascending) were removed; later ones move up. */
void pnr_near_remove_columns(struct pnr_near *near, int32_t count, const int32_t *columns);

/* Room to read a program of so many coefficients; false: memory is short. */
bool pnr_near_reserve(struct pnr_near *near, int32_t coefficients);
/* Reads the program. Calls GLPK and may be left by a jump: allocates nothing. */
void pnr_near_read(struct pnr_near *near, glp_prob *problem);
/* Walks on from the prices and shares as they are; `other`: see lp/saddle.h. False: memory is short. */
bool pnr_near_solve(struct pnr_near *near, const struct pnr_saddle_limits *limits, const double *other,
                    int64_t *work);

#endif
