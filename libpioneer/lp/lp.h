/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only place that knows GLPK: linear and integer programs on one private thread, contained. */
#ifndef PNR_LP_LP_H
#define PNR_LP_LP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/budget.h"
#include "base/status.h"

/*
 * GLPK keeps an environment per thread, aborts on misuse and on want of memory, and prints. A session owns
 * that environment from init to fini, on a thread of the library's own: hooks are set before every call into
 * GLPK, an error or a cancel escapes by longjmp from inside GLPK to the wrapper that called it, and the
 * environment is then thrown away, with every program of the session. Programs notice by the session's `age`
 * and answer PNR_LP_LOST from then on; their owner rebuilds them from what it keeps outside.
 *
 * Everything of a session must be called on the thread that made it.
 */
struct pnr_lp_session {
    const struct pnr_budget *budget; /* cancel and deadline end a simplex run from inside */
    int32_t age;
    void *escape; /* jmp_buf of the wrapper at work */
    bool out_of_memory;
};

enum pnr_lp_result {
    PNR_LP_OPTIMAL,
    PNR_LP_LIMIT, /* iteration, node or time limit; a basis or an incumbent may stand */
    PNR_LP_INFEASIBLE,
    PNR_LP_UNBOUNDED,
    PNR_LP_FAILED, /* numerical trouble beyond repair by a fresh basis */
    PNR_LP_LOST,   /* GLPK gave up or was cancelled; the program is gone */
    PNR_LP_NO_MEMORY
};

struct pnr_lp;

/* PIONEER_E_NO_MEMORY when GLPK cannot start. */
enum pioneer_status pnr_lp_session_init(struct pnr_lp_session *session, const struct pnr_budget *budget);
/* Frees the thread's GLPK environment; all programs must have been freed. */
void pnr_lp_session_fini(struct pnr_lp_session *session);

/* A minimisation without rows and columns. NULL out when memory is short or GLPK gives up. */
enum pnr_lp_result pnr_lp_new(struct pnr_lp_session *session, struct pnr_lp **out);
void pnr_lp_free(struct pnr_lp *lp); /* NULL and lost programs are fine */

#define PNR_LP_INFINITY 1e30

/* Appends a row with bounds (±PNR_LP_INFINITY: none) and no coefficients; rows and columns are numbered from
 * 0. */
enum pnr_lp_result pnr_lp_add_row(struct pnr_lp *lp, double low, double high);
/* Appends a row Σ = 1 whose columns are alternatives: from 0 up, with coefficient 1, and in no other choice.
 */
enum pnr_lp_result pnr_lp_add_choice(struct pnr_lp *lp);
/* Appends a column. rows ascending without repeats. */
enum pnr_lp_result pnr_lp_add_column(struct pnr_lp *lp, double cost, double low, double high, int32_t count,
                                     const int32_t *rows, const double *coefficients);
int32_t pnr_lp_row_count(const struct pnr_lp *lp);
int32_t pnr_lp_column_count(const struct pnr_lp *lp);

enum pnr_lp_result pnr_lp_set_cost(struct pnr_lp *lp, int32_t column, double cost);
enum pnr_lp_result pnr_lp_set_column_bounds(struct pnr_lp *lp, int32_t column, double low, double high);
enum pnr_lp_result pnr_lp_set_row_bounds(struct pnr_lp *lp, int32_t row, double low, double high);
/* Sets one row's coefficients anew. columns without repeats. */
enum pnr_lp_result pnr_lp_set_row(struct pnr_lp *lp, int32_t row, int32_t count, const int32_t *columns,
                                  const double *coefficients);
/* Removes columns (ascending); later ones move up. */
enum pnr_lp_result pnr_lp_remove_columns(struct pnr_lp *lp, int32_t count, const int32_t *columns);

/* How a column is held. */
enum pnr_lp_hold {
    PNR_LP_FREE,
    PNR_LP_HOLD,     /* until one of its rows comes back */
    PNR_LP_HOLD_FAST /* until its own bounds are set */
};

/*
 * From now on simplex leaves columns that are held ([column]: a pnr_lp_hold) at the values they have, and
 * works on a smaller program without them and the rows that only they stand in, and without rows that are
 * flagged as idle ([row], NULL: none) until they are set anew: what moves cannot break them. Everything else
 * goes on as before. A column that is added, or whose bounds are set so that it may move, brings its rows
 * back. After pnr_lp_simplex, and values and duals are not to be asked for before the next one; a program
 * that is narrow may be narrowed further. Columns must not be removed meanwhile.
 */
enum pnr_lp_result pnr_lp_narrow(struct pnr_lp *lp, const uint8_t *hold, const uint8_t *idle);
/* Works on the whole program again, from the basis that it had when it was narrowed. */
enum pnr_lp_result pnr_lp_widen(struct pnr_lp *lp);
bool pnr_lp_is_narrow(const struct pnr_lp *lp);
/* Rows that a pivot works on. */
int32_t pnr_lp_rows_at_work(const struct pnr_lp *lp);

/* Primal simplex from the basis at hand, projected steepest edge. At most `iteration_limit` pivots;
 * *iterations gets how many were made. */
enum pnr_lp_result pnr_lp_simplex(struct pnr_lp *lp, int32_t iteration_limit, int32_t *iterations);

/* How a row or a column stands in a basis; what comes new is basic if it is a row, else at its low bound.
 * There are others, which nobody need know. */
enum pnr_lp_standing { PNR_LP_BASIC = 1, PNR_LP_AT_LOW = 2 };
/* The basis at hand, how each row ([row]) and column ([column]) stands in it, to come back to. Neither this
 * nor the next may be asked of a program that is narrow. */
enum pnr_lp_result pnr_lp_read_basis(struct pnr_lp *lp, uint8_t *rows, uint8_t *columns);
/* Makes it the basis at hand; rows from `row_count` on came later. */
enum pnr_lp_result pnr_lp_load_basis(struct pnr_lp *lp, int32_t row_count, const uint8_t *rows,
                                     const uint8_t *columns);
/* Dual simplex from the basis at hand, which is quick where bounds alone have changed since that was optimal.
 * The objective rises from pivot to pivot, so that it says something when the limit ends it; duals and values
 * do not. It ends as well where the objective reaches `most`. Not for a program that is narrow. */
enum pnr_lp_result pnr_lp_dual_simplex(struct pnr_lp *lp, int32_t iteration_limit, double most,
                                       int32_t *iterations);
/* A program of its own in another session, or in the same: all rows, and the columns that are flagged
 * ([column]), which move up. Asks nothing of the session of `lp` if it is another one, so that several
 * threads may copy at once what nobody changes meanwhile. No basis is copied. */
enum pnr_lp_result pnr_lp_copy(const struct pnr_lp *lp, const uint8_t *is_in, struct pnr_lp_session *session,
                               struct pnr_lp **out);

/* Instead of a simplex, for programs of many rows: a walk to near the optimum (lp/saddle.h) that goes on from
 * where the latest one ended. Not for a program that is narrow. */
struct pnr_lp_approach {
    int32_t threads;      /* never change what comes out */
    int32_t steps;        /* at most */
    double close;         /* the optimum may be this share away */
    bool wants_whole;     /* of values that are as good, those that are nearly 0 or 1 in choices */
    const double *prices; /* [row]: others to begin with, if they are worth more; NULL: none */
};
enum pnr_lp_result pnr_lp_approach(struct pnr_lp *lp, const struct pnr_lp_approach *approach, int64_t *work);

/* After pnr_lp_simplex, also after LIMIT, or after pnr_lp_approach: then the objective is the least that the
 * duals allow, and values break rows a little. */
double pnr_lp_value(const struct pnr_lp *lp, int32_t column);
bool pnr_lp_is_basic(const struct pnr_lp *lp, int32_t column);
/* What the objective rises by as the column does, after pnr_lp_simplex on a program that is not narrow. */
double pnr_lp_reduced_cost(const struct pnr_lp *lp, int32_t column);
double pnr_lp_dual(const struct pnr_lp *lp, int32_t row);
double pnr_lp_objective(const struct pnr_lp *lp);
/* What the values cost: the objective, or after pnr_lp_approach more than that, the more so the further they
 * are from the optimum; what rows are off by is counted at what it costs to mend it. */
double pnr_lp_cost(const struct pnr_lp *lp);

/*
 * Branch and bound over columns flagged in is_integer, at most `node_limit` nodes, all on a copy: the program
 * and its basis stay. `values` ([column]) gets the best solution; OPTIMAL and LIMIT say whether it is proven
 * best; INFEASIBLE or FAILED: none was found.
 */
enum pnr_lp_result pnr_lp_integer(struct pnr_lp *lp, const uint8_t *is_integer, int32_t node_limit,
                                  double *values);

/* "5.0" */
const char *pnr_lp_version(void);

#endif
