/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A part of a program: most columns held at a value, and the rows gone that only they stand in. */
#ifndef PNR_LP_NARROW_H
#define PNR_LP_NARROW_H

#include <glpk.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/array.h"
#include "lp/lp.h"

struct pnr_narrow_row {
    int place;    /* in the part, 0: gone */
    int status;   /* in the basis that a part starts from */
    double shift; /* what held columns put into it */
    double dual;  /* the latest one, where the row is gone */
    bool is_idle; /* gone although columns that move stand in it: they cannot break it */
};

struct pnr_narrow_column {
    int place;   /* in the part, 0: held */
    int status;  /* in the basis that a part starts from */
    double held; /* its value, where it is held */
    enum pnr_lp_hold hold;
    bool is_coming;
};

struct pnr_narrow_vector {
    PNR_ARRAY(int) indices;
    PNR_ARRAY(double) numbers;
};

/*
 * GLPK's pivots cost what rows and columns cost, also those that can no longer move. While few columns can,
 * `part` stands for the whole program: it has these columns, the rows that they stand in, their bounds less
 * what the held columns put into them, and in its objective's constant what those cost. The whole is kept up
 * to date beside it. Where a column comes that stands in a row that is gone, the row comes back, with every
 * column that may move in it; a row that is idle does not.
 *
 * Rows and columns are numbered like GLPK's, from 1. All but reserve and fini call GLPK and may be left by a
 * jump: they allocate nothing.
 */
struct pnr_narrow {
    glp_prob *whole; /* borrowed */
    glp_prob *part;  /* NULL: the whole is solved itself */
    PNR_ARRAY(struct pnr_narrow_row) rows;
    PNR_ARRAY(struct pnr_narrow_column) columns;
    PNR_ARRAY(int) rows_to_load, columns_to_add; /* those that are coming back */
    struct pnr_narrow_vector a_row, a_column;    /* of the whole */
    struct pnr_narrow_vector in_part;            /* either, as the part has it */
};

/* Room for a whole program of this size; false: memory is short. */
bool pnr_narrow_reserve(struct pnr_narrow *narrow, int32_t rows, int32_t columns);
void pnr_narrow_fini(struct pnr_narrow *narrow); /* GLPK's objects are not freed */

/* What was solved last is narrowed, the whole or a part of it: columns that are held ([column - 1]: a
 * pnr_lp_hold) stay at the values they have, and rows that are flagged as idle ([row - 1], NULL: none) go.
 * The basis goes on as far as it can. `values` ([column - 1]) and `duals` ([row - 1]) are those of the whole
 * where no simplex solved it last, NULL elsewhere. */
void pnr_narrow_start(struct pnr_narrow *narrow, glp_prob *whole, const uint8_t *hold, const uint8_t *idle,
                      const double *values, const double *duals);
void pnr_narrow_stop(struct pnr_narrow *narrow);

static inline bool pnr_narrow_is_on(const struct pnr_narrow *narrow) {
    return narrow->part != NULL;
}

/* After a change of the whole: the part follows, if there is one. */
void pnr_narrow_add_row(struct pnr_narrow *narrow, int row);
void pnr_narrow_load_row(struct pnr_narrow *narrow, int row);
void pnr_narrow_bound_row(struct pnr_narrow *narrow, int row);
void pnr_narrow_add_column(struct pnr_narrow *narrow, int column);
void pnr_narrow_bound_column(struct pnr_narrow *narrow, int column);
void pnr_narrow_price_column(struct pnr_narrow *narrow, int column, double cost_before);

double pnr_narrow_value(const struct pnr_narrow *narrow, int column);
double pnr_narrow_dual(const struct pnr_narrow *narrow, int row);

#endif
