/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only place that knows GLPK: linear and integer programs on one private thread, contained. */
#include "lp/lp.h"

#include <assert.h>
#include <glpk.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "lp/narrow.h"
#include "lp/near.h"

struct pnr_lp {
    struct pnr_lp_session *session;
    glp_prob *problem;
    struct pnr_narrow narrow; /* what is solved instead of it, while few columns can move */
    struct pnr_near near;     /* where the walk towards its saddle point is */
    int32_t age;              /* of the session when the problem was made */
    int32_t row_count, column_count;
    int *indices; /* 1-based working memory for one row or column */
    double *numbers;
    int32_t capacity;
};

/* ---- containment
 * ------------------------------------------------------------------------------------------------- */

static void escape(void *info) {
    struct pnr_lp_session *session = info;
    jmp_buf *target = session->escape;
    longjmp(*target, 1);
}

/* Called with every line GLPK would print: swallows it, and leaves when somebody wants the solve to end. */
static int swallow(void *info, const char *text) {
    struct pnr_lp_session *session = info;
    if (glp_at_error()) {
        if (strstr(text, "memory") != NULL) {
            session->out_of_memory = true;
        }
        return 1;
    }
    enum pnr_stop stop = pnr_budget_stop(session->budget);
    if (session->escape != NULL && stop == PNR_STOP_CANCEL) {
        escape(session);
    }
    return 1;
}

/* An environment for this thread with our hooks; false when memory is short. */
static bool prepare(struct pnr_lp_session *session) {
    if (glp_init_env() > 1) {
        session->out_of_memory = true;
        return false;
    }
    glp_term_out(GLP_ON); /* off, the hook would not be called either */
    glp_term_hook(swallow, session);
    glp_error_hook(escape, session);
    return true;
}

/* Throws the environment away after an escape: every problem of the thread is gone with it. */
static enum pnr_lp_result lose(struct pnr_lp_session *session) {
    session->escape = NULL;
    session->age++;
    glp_free_env();
    return session->out_of_memory ? PNR_LP_NO_MEMORY : PNR_LP_LOST;
}

/*
 * Opens a section in which GLPK may be called. It stands at the head of a function that holds nothing an
 * escape could leak; the function closes the section by LEAVE.
 */
#define ENTER(session)                                                                                       \
    jmp_buf home;                                                                                            \
    if (!prepare(session)) {                                                                                 \
        return PNR_LP_NO_MEMORY;                                                                             \
    }                                                                                                        \
    (session)->escape = &home;                                                                               \
    if (setjmp(home) != 0) {                                                                                 \
        return lose(session);                                                                                \
    }
#define LEAVE(session) ((session)->escape = NULL)

static bool is_lost(const struct pnr_lp *lp) {
    return lp->age != lp->session->age;
}

/* What a simplex works on. */
static glp_prob *worked_on(const struct pnr_lp *lp) {
    return pnr_narrow_is_on(&lp->narrow) ? lp->narrow.part : lp->problem;
}

static enum pnr_lp_result lost(const struct pnr_lp *lp) {
    return lp->session->out_of_memory ? PNR_LP_NO_MEMORY : PNR_LP_LOST;
}

enum pioneer_status pnr_lp_session_init(struct pnr_lp_session *session, const struct pnr_budget *budget) {
    *session = (struct pnr_lp_session){.budget = budget};
    return prepare(session) ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}

void pnr_lp_session_fini(struct pnr_lp_session *session) {
    session->age++;
    glp_free_env();
}

static enum pnr_lp_result create(struct pnr_lp *lp) {
    ENTER(lp->session);
    lp->problem = glp_create_prob();
    glp_set_obj_dir(lp->problem, GLP_MIN);
    LEAVE(lp->session);
    return PNR_LP_OPTIMAL;
}

enum pnr_lp_result pnr_lp_new(struct pnr_lp_session *session, struct pnr_lp **out) {
    *out = NULL;
    struct pnr_lp *lp = calloc(1, sizeof *lp);
    if (lp == NULL) {
        return PNR_LP_NO_MEMORY;
    }
    lp->session = session;
    enum pnr_lp_result result = create(lp);
    if (result != PNR_LP_OPTIMAL) {
        free(lp);
        return result;
    }
    lp->age = session->age;
    *out = lp;
    return PNR_LP_OPTIMAL;
}

static enum pnr_lp_result destroy(struct pnr_lp *lp) {
    ENTER(lp->session);
    pnr_narrow_stop(&lp->narrow);
    glp_delete_prob(lp->problem);
    LEAVE(lp->session);
    return PNR_LP_OPTIMAL;
}

void pnr_lp_free(struct pnr_lp *lp) {
    if (lp == NULL) {
        return;
    }
    if (!is_lost(lp)) {
        destroy(lp);
    }
    pnr_narrow_fini(&lp->narrow);
    pnr_near_fini(&lp->near);
    free(lp->indices);
    free(lp->numbers);
    free(lp);
}

/* ---- building
 * ---------------------------------------------------------------------------------------------------- */

static bool reserve(struct pnr_lp *lp, int32_t count) {
    if (count < lp->capacity) {
        return true;
    }
    int32_t wanted = count + count / 2 + 16;
    int *indices = realloc(lp->indices, (size_t)wanted * sizeof *indices);
    lp->indices = indices != NULL ? indices : lp->indices;
    double *numbers = realloc(lp->numbers, (size_t)wanted * sizeof *numbers);
    lp->numbers = numbers != NULL ? numbers : lp->numbers;
    if (indices == NULL || numbers == NULL) {
        return false;
    }
    lp->capacity = wanted;
    return true;
}

/* GLPK counts from 1 and starts its arrays there. */
static bool load_vector(struct pnr_lp *lp, int32_t count, const int32_t *indices, const double *numbers) {
    if (!reserve(lp, count + 1)) {
        return false;
    }
    for (int32_t i = 0; i < count; i++) {
        lp->indices[i + 1] = indices[i] + 1;
        lp->numbers[i + 1] = numbers[i];
    }
    return true;
}

/* GLPK asks for a kind that agrees with the numbers: equal bounds must be GLP_FX. */
static int kind_of_bounds(double low, double high) {
    bool has_low = low > -PNR_LP_INFINITY;
    bool has_high = high < PNR_LP_INFINITY;
    if (has_low && has_high) {
        return low >= high ? GLP_FX : GLP_DB;
    }
    return has_low ? GLP_LO : has_high ? GLP_UP : GLP_FR;
}

/* Room for the program to grow by a row and a column while it is narrow. */
static bool reserve_narrow(struct pnr_lp *lp) {
    return !pnr_narrow_is_on(&lp->narrow) ||
           pnr_narrow_reserve(&lp->narrow, lp->row_count + 1, lp->column_count + 1);
}

static enum pnr_lp_result append_row(struct pnr_lp *lp, double low, double high, bool is_choice) {
    if (is_lost(lp)) {
        return lost(lp);
    }
    if (!reserve_narrow(lp) || !pnr_near_add_row(&lp->near, is_choice)) {
        return PNR_LP_NO_MEMORY;
    }
    ENTER(lp->session);
    int row = glp_add_rows(lp->problem, 1);
    glp_set_row_bnds(lp->problem, row, kind_of_bounds(low, high), low, high);
    lp->row_count = row;
    pnr_narrow_add_row(&lp->narrow, row);
    LEAVE(lp->session);
    return PNR_LP_OPTIMAL;
}

enum pnr_lp_result pnr_lp_add_row(struct pnr_lp *lp, double low, double high) {
    return append_row(lp, low, high, false);
}

enum pnr_lp_result pnr_lp_add_choice(struct pnr_lp *lp) {
    return append_row(lp, 1, 1, true);
}

static enum pnr_lp_result append_column(struct pnr_lp *lp, double cost, double low, double high,
                                        int32_t count) {
    ENTER(lp->session);
    int column = glp_add_cols(lp->problem, 1);
    glp_set_obj_coef(lp->problem, column, cost);
    glp_set_col_bnds(lp->problem, column, kind_of_bounds(low, high), low, high);
    glp_set_mat_col(lp->problem, column, count, lp->indices, lp->numbers);
    lp->column_count = column;
    pnr_narrow_add_column(&lp->narrow, column);
    LEAVE(lp->session);
    return PNR_LP_OPTIMAL;
}

enum pnr_lp_result pnr_lp_add_column(struct pnr_lp *lp, double cost, double low, double high, int32_t count,
                                     const int32_t *rows, const double *coefficients) {
    if (is_lost(lp)) {
        return lost(lp);
    }
    return reserve_narrow(lp) && load_vector(lp, count, rows, coefficients) && pnr_near_add_column(&lp->near)
               ? append_column(lp, cost, low, high, count)
               : PNR_LP_NO_MEMORY;
}

int32_t pnr_lp_row_count(const struct pnr_lp *lp) {
    return lp->row_count;
}

int32_t pnr_lp_column_count(const struct pnr_lp *lp) {
    return lp->column_count;
}

enum pnr_lp_result pnr_lp_set_cost(struct pnr_lp *lp, int32_t column, double cost) {
    if (is_lost(lp)) {
        return lost(lp);
    }
    ENTER(lp->session);
    double before = glp_get_obj_coef(lp->problem, column + 1);
    glp_set_obj_coef(lp->problem, column + 1, cost);
    pnr_narrow_price_column(&lp->narrow, column + 1, before);
    LEAVE(lp->session);
    return PNR_LP_OPTIMAL;
}

enum pnr_lp_result pnr_lp_set_column_bounds(struct pnr_lp *lp, int32_t column, double low, double high) {
    if (is_lost(lp)) {
        return lost(lp);
    }
    pnr_near_bound_column(&lp->near, column, low, high);
    ENTER(lp->session);
    glp_set_col_bnds(lp->problem, column + 1, kind_of_bounds(low, high), low, high);
    pnr_narrow_bound_column(&lp->narrow, column + 1);
    LEAVE(lp->session);
    return PNR_LP_OPTIMAL;
}

enum pnr_lp_result pnr_lp_set_row_bounds(struct pnr_lp *lp, int32_t row, double low, double high) {
    if (is_lost(lp)) {
        return lost(lp);
    }
    ENTER(lp->session);
    glp_set_row_bnds(lp->problem, row + 1, kind_of_bounds(low, high), low, high);
    pnr_narrow_bound_row(&lp->narrow, row + 1);
    LEAVE(lp->session);
    return PNR_LP_OPTIMAL;
}

static enum pnr_lp_result replace_row(struct pnr_lp *lp, int32_t row, int32_t count) {
    ENTER(lp->session);
    glp_set_mat_row(lp->problem, row + 1, count, lp->indices, lp->numbers);
    pnr_narrow_load_row(&lp->narrow, row + 1);
    LEAVE(lp->session);
    return PNR_LP_OPTIMAL;
}

enum pnr_lp_result pnr_lp_set_row(struct pnr_lp *lp, int32_t row, int32_t count, const int32_t *columns,
                                  const double *coefficients) {
    if (is_lost(lp)) {
        return lost(lp);
    }
    return load_vector(lp, count, columns, coefficients) ? replace_row(lp, row, count) : PNR_LP_NO_MEMORY;
}

static enum pnr_lp_result delete_columns(struct pnr_lp *lp, int32_t count) {
    ENTER(lp->session);
    glp_del_cols(lp->problem, count, lp->indices);
    lp->column_count -= count;
    LEAVE(lp->session);
    return PNR_LP_OPTIMAL;
}

enum pnr_lp_result pnr_lp_remove_columns(struct pnr_lp *lp, int32_t count, const int32_t *columns) {
    if (is_lost(lp)) {
        return lost(lp);
    }
    if (count == 0) { /* GLPK aborts on an empty list */
        return PNR_LP_OPTIMAL;
    }
    if (!reserve(lp, count + 1)) {
        return PNR_LP_NO_MEMORY;
    }
    for (int32_t i = 0; i < count; i++) {
        lp->indices[i + 1] = columns[i] + 1;
    }
    pnr_near_remove_columns(&lp->near, count, columns);
    return delete_columns(lp, count);
}

/* ---- narrowing
 * --------------------------------------------------------------------------------------------------- */

/* Whether values and duals are those of the latest approach. */
static bool is_near_latest(const struct pnr_lp *lp) {
    return lp->near.is_latest && !pnr_narrow_is_on(&lp->narrow);
}

static enum pnr_lp_result narrow_to(struct pnr_lp *lp, const uint8_t *hold, const uint8_t *idle) {
    ENTER(lp->session);
    bool is_near = is_near_latest(lp);
    pnr_narrow_start(&lp->narrow, lp->problem, hold, idle, is_near ? lp->near.shares.items : NULL,
                     is_near ? lp->near.prices.items : NULL);
    LEAVE(lp->session);
    return PNR_LP_OPTIMAL;
}

enum pnr_lp_result pnr_lp_narrow(struct pnr_lp *lp, const uint8_t *hold, const uint8_t *idle) {
    if (is_lost(lp)) {
        return lost(lp);
    }
    return pnr_narrow_reserve(&lp->narrow, lp->row_count + 1, lp->column_count + 1)
               ? narrow_to(lp, hold, idle)
               : PNR_LP_NO_MEMORY;
}

enum pnr_lp_result pnr_lp_widen(struct pnr_lp *lp) {
    if (is_lost(lp)) {
        return lost(lp);
    }
    ENTER(lp->session);
    pnr_narrow_stop(&lp->narrow);
    LEAVE(lp->session);
    return PNR_LP_OPTIMAL;
}

bool pnr_lp_is_narrow(const struct pnr_lp *lp) {
    return pnr_narrow_is_on(&lp->narrow);
}

int32_t pnr_lp_rows_at_work(const struct pnr_lp *lp) {
    return is_lost(lp) ? lp->row_count : glp_get_num_rows(worked_on(lp));
}

/* ---- solving
 * ----------------------------------------------------------------------------------------------------- */

/* Milliseconds left to the deadline, at least 1; INT_MAX without one. */
static int time_left(const struct pnr_lp_session *session) {
    if (session->budget->deadline_ms == 0) {
        return INT32_MAX;
    }
    int64_t left = session->budget->deadline_ms - pnr_clock_ms();
    return left < 1 ? 1 : left > INT32_MAX ? INT32_MAX : (int)left;
}

static enum pnr_lp_result result_of_simplex(glp_prob *problem, int code) {
    if (code == GLP_EITLIM || code == GLP_ETMLIM || code == GLP_EOBJUL) {
        return PNR_LP_LIMIT;
    }
    if (code != 0) {
        return PNR_LP_FAILED;
    }
    switch (glp_get_status(problem)) {
    case GLP_OPT:
        return PNR_LP_OPTIMAL;
    case GLP_NOFEAS:
    case GLP_INFEAS:
        return PNR_LP_INFEASIBLE;
    case GLP_UNBND:
        return PNR_LP_UNBOUNDED;
    default:
        return PNR_LP_FAILED;
    }
}

static void set_simplex(const struct pnr_lp_session *session, int32_t iteration_limit, glp_smcp *parameters) {
    glp_init_smcp(parameters);
    parameters->msg_lev = GLP_MSG_ALL; /* the hook is asked about cancelling whenever GLPK would print */
    parameters->out_frq = 100;
    parameters->meth = GLP_PRIMAL;
    parameters->pricing = GLP_PT_PSE;
    parameters->it_lim = iteration_limit;
    parameters->tm_lim = time_left(session);
}

enum pnr_lp_result pnr_lp_simplex(struct pnr_lp *lp, int32_t iteration_limit, int32_t *iterations) {
    *iterations = 0;
    if (is_lost(lp)) {
        return lost(lp);
    }
    if (lp->row_count == 0 || lp->column_count == 0) {
        return PNR_LP_FAILED; /* the engine never asks; GLPK would abort on some such programs */
    }
    ENTER(lp->session);
    glp_smcp parameters;
    set_simplex(lp->session, iteration_limit, &parameters);
    glp_prob *problem = worked_on(lp);
    int before = glp_get_it_cnt(problem);
    int code = glp_simplex(problem, &parameters);
    if (code == GLP_EBADB || code == GLP_ESING || code == GLP_ECOND || code == GLP_EFAIL) {
        glp_std_basis(problem);
        code = glp_simplex(problem, &parameters);
    }
    *iterations = glp_get_it_cnt(problem) - before;
    lp->near.is_latest = lp->near.is_latest && problem != lp->problem;
    enum pnr_lp_result result = result_of_simplex(problem, code);
    LEAVE(lp->session);
    return result;
}

static_assert((int)PNR_LP_BASIC == GLP_BS && (int)PNR_LP_AT_LOW == GLP_NL, "standings are GLPK's");

enum pnr_lp_result pnr_lp_read_basis(struct pnr_lp *lp, uint8_t *rows, uint8_t *columns) {
    if (is_lost(lp)) {
        return lost(lp);
    }
    ENTER(lp->session);
    for (int32_t r = 0; r < lp->row_count; r++) {
        rows[r] = (uint8_t)glp_get_row_stat(lp->problem, r + 1);
    }
    for (int32_t c = 0; c < lp->column_count; c++) {
        columns[c] = (uint8_t)glp_get_col_stat(lp->problem, c + 1);
    }
    LEAVE(lp->session);
    return PNR_LP_OPTIMAL;
}

enum pnr_lp_result pnr_lp_load_basis(struct pnr_lp *lp, int32_t row_count, const uint8_t *rows,
                                     const uint8_t *columns) {
    if (is_lost(lp)) {
        return lost(lp);
    }
    ENTER(lp->session);
    for (int32_t r = 0; r < lp->row_count; r++) {
        glp_set_row_stat(lp->problem, r + 1, r < row_count ? rows[r] : GLP_BS);
    }
    for (int32_t c = 0; c < lp->column_count; c++) {
        glp_set_col_stat(lp->problem, c + 1, columns[c]);
    }
    LEAVE(lp->session);
    return PNR_LP_OPTIMAL;
}

enum pnr_lp_result pnr_lp_dual_simplex(struct pnr_lp *lp, int32_t iteration_limit, double most,
                                       int32_t *iterations) {
    *iterations = 0;
    if (is_lost(lp)) {
        return lost(lp);
    }
    if (lp->row_count == 0 || lp->column_count == 0 || pnr_narrow_is_on(&lp->narrow)) {
        return PNR_LP_FAILED;
    }
    ENTER(lp->session);
    glp_smcp parameters;
    set_simplex(lp->session, iteration_limit, &parameters);
    parameters.meth = GLP_DUAL;
    parameters.obj_ul = most;
    int before = glp_get_it_cnt(lp->problem);
    int code = glp_simplex(lp->problem, &parameters);
    *iterations = glp_get_it_cnt(lp->problem) - before;
    lp->near.is_latest = false;
    enum pnr_lp_result result = result_of_simplex(lp->problem, code);
    LEAVE(lp->session);
    return result;
}

/* The other program's rows, with nothing in them. */
static void copy_rows(glp_prob *problem, glp_prob *other) {
    int rows = glp_get_num_rows(other);
    glp_add_rows(problem, rows);
    glp_set_obj_coef(problem, 0, glp_get_obj_coef(other, 0));
    for (int r = 1; r <= rows; r++) {
        glp_set_row_bnds(problem, r, glp_get_row_type(other, r), glp_get_row_lb(other, r),
                         glp_get_row_ub(other, r));
    }
}

/* Column `from` of the other program as column `to`. */
static void copy_column(struct pnr_lp *copy, glp_prob *other, int from, int to) {
    int count = glp_get_mat_col(other, from, copy->indices, copy->numbers);
    glp_set_mat_col(copy->problem, to, count, copy->indices, copy->numbers);
    glp_set_obj_coef(copy->problem, to, glp_get_obj_coef(other, from));
    glp_set_col_bnds(copy->problem, to, glp_get_col_type(other, from), glp_get_col_lb(other, from),
                     glp_get_col_ub(other, from));
}

static enum pnr_lp_result fill_copy(struct pnr_lp *copy, glp_prob *other, const uint8_t *is_in,
                                    int32_t count) {
    ENTER(copy->session);
    int to = 0;
    copy_rows(copy->problem, other);
    glp_add_cols(copy->problem, count);
    for (int from = 1; from <= glp_get_num_cols(other); from++) {
        if (is_in[from - 1]) {
            copy_column(copy, other, from, ++to);
        }
    }
    copy->row_count = glp_get_num_rows(other);
    copy->column_count = count;
    LEAVE(copy->session);
    return PNR_LP_OPTIMAL;
}

/* Room for a program of that size. */
static bool reserve_copy(struct pnr_lp *copy, int32_t rows, int32_t columns) {
    bool ok = reserve(copy, rows + 2);
    for (int32_t r = 0; r < rows && ok; r++) {
        ok = pnr_near_add_row(&copy->near, false);
    }
    for (int32_t c = 0; c < columns && ok; c++) {
        ok = pnr_near_add_column(&copy->near);
    }
    return ok;
}

enum pnr_lp_result pnr_lp_copy(const struct pnr_lp *lp, const uint8_t *is_in, struct pnr_lp_session *session,
                               struct pnr_lp **out) {
    *out = NULL;
    if (is_lost(lp)) {
        return lost(lp);
    }
    int32_t count = 0;
    for (int32_t c = 0; c < lp->column_count; c++) {
        count += is_in[c] != 0;
    }
    struct pnr_lp *copy;
    enum pnr_lp_result result = pnr_lp_new(session, &copy);
    if (result == PNR_LP_OPTIMAL) {
        *out = copy;
        result = reserve_copy(copy, lp->row_count, count) ? fill_copy(copy, lp->problem, is_in, count)
                                                          : PNR_LP_NO_MEMORY;
    }
    if (result != PNR_LP_OPTIMAL) {
        pnr_lp_free(*out);
        *out = NULL;
    }
    return result;
}

static enum pnr_lp_result read_near(struct pnr_lp *lp) {
    ENTER(lp->session);
    pnr_near_read(&lp->near, lp->problem);
    LEAVE(lp->session);
    return PNR_LP_OPTIMAL;
}

enum pnr_lp_result pnr_lp_approach(struct pnr_lp *lp, const struct pnr_lp_approach *approach, int64_t *work) {
    *work = 0;
    if (is_lost(lp)) {
        return lost(lp);
    }
    if (!pnr_near_reserve(&lp->near, glp_get_num_nz(lp->problem))) {
        return PNR_LP_NO_MEMORY;
    }
    enum pnr_lp_result result = read_near(lp);
    if (result != PNR_LP_OPTIMAL) {
        return result;
    }
    struct pnr_saddle_limits limits = {.budget = lp->session->budget,
                                       .threads = approach->threads,
                                       .steps = approach->steps,
                                       .close = approach->close,
                                       .wants_whole = approach->wants_whole};
    return pnr_near_solve(&lp->near, &limits, approach->prices, work) ? PNR_LP_OPTIMAL : PNR_LP_NO_MEMORY;
}

double pnr_lp_value(const struct pnr_lp *lp, int32_t column) {
    if (is_lost(lp)) {
        return 0;
    }
    if (is_near_latest(lp)) {
        return lp->near.shares.items[column];
    }
    return pnr_lp_is_narrow(lp) ? pnr_narrow_value(&lp->narrow, column + 1)
                                : glp_get_col_prim(lp->problem, column + 1);
}

bool pnr_lp_is_basic(const struct pnr_lp *lp, int32_t column) {
    return !is_lost(lp) && glp_get_col_stat(lp->problem, column + 1) == GLP_BS;
}

double pnr_lp_reduced_cost(const struct pnr_lp *lp, int32_t column) {
    return is_lost(lp) ? 0 : glp_get_col_dual(lp->problem, column + 1);
}

double pnr_lp_dual(const struct pnr_lp *lp, int32_t row) {
    if (is_lost(lp)) {
        return 0;
    }
    if (is_near_latest(lp)) {
        return lp->near.prices.items[row];
    }
    return pnr_lp_is_narrow(lp) ? pnr_narrow_dual(&lp->narrow, row + 1)
                                : glp_get_row_dual(lp->problem, row + 1);
}

double pnr_lp_objective(const struct pnr_lp *lp) {
    if (is_near_latest(lp)) {
        return lp->near.value;
    }
    return is_lost(lp) ? 0 : glp_get_obj_val(worked_on(lp));
}

double pnr_lp_cost(const struct pnr_lp *lp) {
    return is_near_latest(lp) ? lp->near.cost_of_shares : pnr_lp_objective(lp);
}

/* ---- integer programs
 * -------------------------------------------------------------------------------------------- */

struct search_limit {
    const struct pnr_lp_session *session;
    int32_t node_limit;
};

static void watch_nodes(glp_tree *tree, void *info) {
    const struct search_limit *limit = info;
    int total;
    glp_ios_tree_size(tree, NULL, NULL, &total);
    enum pnr_stop stop = pnr_budget_stop(limit->session->budget);
    if (total > limit->node_limit || stop == PNR_STOP_CANCEL || stop == PNR_STOP_TIME) {
        glp_ios_terminate(tree);
    }
}

static enum pnr_lp_result result_of_search(glp_prob *copy) {
    switch (glp_mip_status(copy)) {
    case GLP_OPT:
        return PNR_LP_OPTIMAL;
    case GLP_FEAS:
        return PNR_LP_LIMIT;
    case GLP_NOFEAS:
        return PNR_LP_INFEASIBLE;
    default:
        return PNR_LP_FAILED;
    }
}

static void set_search(struct search_limit *limit, glp_iocp *parameters) {
    glp_init_iocp(parameters); /* a zeroed struct aborts */
    parameters->msg_lev = GLP_MSG_ALL;
    parameters->out_frq = 1000;
    parameters->br_tech = GLP_BR_DTH;
    parameters->bt_tech = GLP_BT_BPH;
    parameters->cb_func = watch_nodes;
    parameters->cb_info = limit;
    parameters->tm_lim = time_left(limit->session);
}

enum pnr_lp_result pnr_lp_integer(struct pnr_lp *lp, const uint8_t *is_integer, int32_t node_limit,
                                  double *values) {
    if (is_lost(lp)) {
        return lost(lp);
    }
    ENTER(lp->session);
    struct search_limit limit = {lp->session, node_limit};
    glp_prob *copy = glp_create_prob();
    glp_copy_prob(copy, lp->problem, GLP_OFF);
    for (int32_t c = 0; c < lp->column_count; c++) {
        glp_set_col_kind(copy, c + 1, is_integer[c] ? GLP_IV : GLP_CV);
    }
    glp_smcp simplex;
    glp_iocp search;
    set_simplex(lp->session, INT32_MAX, &simplex);
    set_search(&limit, &search);
    enum pnr_lp_result result = result_of_simplex(copy, glp_simplex(copy, &simplex));
    if (result == PNR_LP_OPTIMAL) {
        glp_intopt(copy, &search);
        result = result_of_search(copy);
    }
    for (int32_t c = 0; c < lp->column_count; c++) {
        values[c] = result == PNR_LP_OPTIMAL || result == PNR_LP_LIMIT ? glp_mip_col_val(copy, c + 1) : 0;
    }
    glp_delete_prob(copy);
    LEAVE(lp->session);
    return result;
}

const char *pnr_lp_version(void) {
    return glp_version();
}
