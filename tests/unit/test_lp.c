/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GLPK contained: results, escapes, recovery, cancelling; on private threads as the engine uses it. */
#include <criterion/criterion.h>
#include <float.h>
#include <math.h>
#include <stdatomic.h>

#include "base/rng.h"
#include "base/threads.h"
#include "lp/lp.h"

/* Runs a test body on a private thread, as the library does. */
static void on_private_thread(void (*body)(void *context, int task), void *context, int tasks) {
    cr_assert_eq(pnr_parallel(2, tasks, body, context), PIONEER_OK);
}

/* A session without limits; `budget` is its own. */
static void open_session(struct pnr_budget *budget, struct pnr_lp_session *session) {
    *budget = (struct pnr_budget){0};
    cr_assert_eq(pnr_lp_session_init(session, budget), PIONEER_OK);
}

/* min -x - 2y, x + y <= 4, x + 3y <= 6, 0 <= x, y <= 3 : best at (3, 1), value -5. */
static struct pnr_lp *small_program(struct pnr_lp_session *session) {
    struct pnr_lp *lp;
    cr_assert_eq(pnr_lp_new(session, &lp), PNR_LP_OPTIMAL);
    cr_assert_eq(pnr_lp_add_row(lp, -PNR_LP_INFINITY, 4), PNR_LP_OPTIMAL);
    cr_assert_eq(pnr_lp_add_row(lp, -PNR_LP_INFINITY, 6), PNR_LP_OPTIMAL);
    const int32_t rows[] = {0, 1};
    const double x[] = {1, 1};
    const double y[] = {1, 3};
    cr_assert_eq(pnr_lp_add_column(lp, -1, 0, 3, 2, rows, x), PNR_LP_OPTIMAL);
    cr_assert_eq(pnr_lp_add_column(lp, -2, 0, 3, 2, rows, y), PNR_LP_OPTIMAL);
    return lp;
}

/* The same with its optimum at hand. */
static struct pnr_lp *solved_program(struct pnr_lp_session *session) {
    struct pnr_lp *lp = small_program(session);
    int32_t pivots;
    cr_assert_eq(pnr_lp_simplex(lp, 1000, &pivots), PNR_LP_OPTIMAL);
    return lp;
}

static void solve_small(void *context, int task) {
    (void)context;
    (void)task;
    struct pnr_budget budget;
    struct pnr_lp_session session;
    open_session(&budget, &session);
    struct pnr_lp *lp = solved_program(&session);
    cr_assert_float_eq(pnr_lp_objective(lp), -5, 1e-9);
    cr_assert_float_eq(pnr_lp_value(lp, 0), 3, 1e-9);
    cr_assert_float_eq(pnr_lp_value(lp, 1), 1, 1e-9);
    cr_assert_leq(pnr_lp_dual(lp, 1), 0);
    pnr_lp_free(lp);
    pnr_lp_session_fini(&session);
}

Test(lp, solves_on_several_private_threads_at_once) {
    on_private_thread(solve_small, NULL, 8);
}

static void solve_integer(void *context, int task) {
    (void)context;
    (void)task;
    struct pnr_budget budget;
    struct pnr_lp_session session;
    open_session(&budget, &session);
    struct pnr_lp *lp;
    cr_assert_eq(pnr_lp_new(&session, &lp), PNR_LP_OPTIMAL);
    cr_assert_eq(pnr_lp_add_row(lp, -PNR_LP_INFINITY, 7), PNR_LP_OPTIMAL);
    const int32_t row = 0;
    const double weights[] = {3, 4, 2};
    const double costs[] = {-4, -5, -3};
    for (int i = 0; i < 3; i++) {
        cr_assert_eq(pnr_lp_add_column(lp, costs[i], 0, 1, 1, &row, &weights[i]), PNR_LP_OPTIMAL);
    }
    const uint8_t is_integer[] = {1, 1, 1};
    double values[3];
    cr_assert_eq(pnr_lp_integer(lp, is_integer, 100, values), PNR_LP_OPTIMAL);
    cr_assert_eq(lround(values[0]), 1);
    cr_assert_eq(lround(values[1]), 1);
    cr_assert_eq(lround(values[2]), 0);
    pnr_lp_free(lp);
    pnr_lp_session_fini(&session);
}

/* Bounds that change and change back: from the basis that was read it is a matter of a pivot or two, and what
 * a limit ends is worth no more than the optimum. */
static void come_back(void *context, int task) {
    (void)context;
    (void)task;
    struct pnr_budget budget;
    struct pnr_lp_session session;
    open_session(&budget, &session);
    struct pnr_lp *lp = solved_program(&session);
    int32_t pivots;
    uint8_t rows[2];
    uint8_t columns[3] = {PNR_LP_AT_LOW, PNR_LP_AT_LOW, PNR_LP_AT_LOW};
    cr_assert_eq(pnr_lp_read_basis(lp, rows, columns), PNR_LP_OPTIMAL);
    cr_assert_eq(columns[1], PNR_LP_BASIC);
    cr_assert_eq(pnr_lp_set_column_bounds(lp, 0, 0, 0), PNR_LP_OPTIMAL);
    cr_assert_eq(pnr_lp_dual_simplex(lp, 1000, DBL_MAX, &pivots), PNR_LP_OPTIMAL);
    cr_assert_float_eq(pnr_lp_objective(lp), -4, 1e-9);
    cr_assert_eq(pnr_lp_set_column_bounds(lp, 0, 0, 3), PNR_LP_OPTIMAL);
    const int32_t row = 0;
    const double coefficient = 1;
    cr_assert_eq(pnr_lp_add_column(lp, 0, 0, 1, 1, &row, &coefficient), PNR_LP_OPTIMAL);
    cr_assert_eq(pnr_lp_add_row(lp, -PNR_LP_INFINITY, 9), PNR_LP_OPTIMAL);
    cr_assert_eq(pnr_lp_load_basis(lp, 2, rows, columns), PNR_LP_OPTIMAL);
    cr_assert_eq(pnr_lp_dual_simplex(lp, 1000, DBL_MAX, &pivots), PNR_LP_OPTIMAL);
    cr_assert_eq(pivots, 0);
    cr_assert_float_eq(pnr_lp_objective(lp), -5, 1e-9);
    cr_assert_eq(pnr_lp_set_column_bounds(lp, 1, 0, 0), PNR_LP_OPTIMAL);
    cr_assert_eq(pnr_lp_load_basis(lp, 2, rows, columns), PNR_LP_OPTIMAL);
    cr_assert_eq(pnr_lp_dual_simplex(lp, 0, DBL_MAX, &pivots), PNR_LP_LIMIT);
    cr_assert_leq(pnr_lp_objective(lp), -3 + 1e-9);
    const int32_t last = 2;
    cr_assert_eq(pnr_lp_remove_columns(lp, 1, &last), PNR_LP_OPTIMAL);
    cr_assert_eq(pnr_lp_dual_simplex(lp, 1000, DBL_MAX, &pivots), PNR_LP_OPTIMAL);
    cr_assert_float_eq(pnr_lp_objective(lp), -3, 1e-9);
    pnr_lp_free(lp);
    pnr_lp_session_fini(&session);
}

Test(lp, comes_back_to_a_basis_by_dual_simplex) {
    on_private_thread(come_back, NULL, 1);
}

/* A copy has a life of its own: with the columns that it takes it is worth what they allow. */
static void copy(void *context, int task) {
    (void)context;
    (void)task;
    struct pnr_budget budget;
    struct pnr_lp_session session;
    open_session(&budget, &session);
    struct pnr_lp *lp = solved_program(&session);
    int32_t pivots;
    cr_assert_float_eq(pnr_lp_reduced_cost(lp, 1), 0, 1e-9);
    const uint8_t second[] = {0, 1};
    struct pnr_lp *part;
    cr_assert_eq(pnr_lp_copy(lp, second, &session, &part), PNR_LP_OPTIMAL);
    cr_assert_eq(pnr_lp_column_count(part), 1);
    cr_assert_eq(pnr_lp_row_count(part), 2);
    cr_assert_eq(pnr_lp_simplex(part, 1000, &pivots), PNR_LP_OPTIMAL);
    cr_assert_float_eq(pnr_lp_objective(part), -4, 1e-9);
    cr_assert_eq(pnr_lp_set_column_bounds(part, 0, 0, 1), PNR_LP_OPTIMAL);
    cr_assert_eq(pnr_lp_dual_simplex(part, 1000, DBL_MAX, &pivots), PNR_LP_OPTIMAL);
    cr_assert_float_eq(pnr_lp_objective(part), -2, 1e-9);
    pnr_lp_free(part);
    cr_assert_float_eq(pnr_lp_objective(lp), -5, 1e-9);
    pnr_lp_free(lp);
    pnr_lp_session_fini(&session);
}

Test(lp, copies_some_columns) {
    on_private_thread(copy, NULL, 4);
}

Test(lp, solves_integer_programs_on_a_copy) {
    on_private_thread(solve_integer, NULL, 1);
}

static void fix_a_range(void *context, int task) {
    (void)context;
    (void)task;
    struct pnr_budget budget;
    struct pnr_lp_session session;
    open_session(&budget, &session);
    struct pnr_lp *lp = small_program(&session);
    cr_assert_eq(pnr_lp_set_row_bounds(lp, 0, 2, 2), PNR_LP_OPTIMAL);
    cr_assert_eq(pnr_lp_set_column_bounds(lp, 1, 1, 1), PNR_LP_OPTIMAL);
    int32_t pivots;
    cr_assert_eq(pnr_lp_simplex(lp, 1000, &pivots), PNR_LP_OPTIMAL);
    cr_assert_float_eq(pnr_lp_value(lp, 0), 1, 1e-9);
    cr_assert_eq(pnr_lp_remove_columns(lp, 0, NULL), PNR_LP_OPTIMAL, "removing nothing must not reach GLPK");
    const int32_t second = 1;
    cr_assert_eq(pnr_lp_remove_columns(lp, 1, &second), PNR_LP_OPTIMAL);
    cr_assert_eq(pnr_lp_column_count(lp), 1);
    cr_assert_eq(pnr_lp_set_row_bounds(lp, 0, 5, 5), PNR_LP_OPTIMAL);
    cr_assert_eq(pnr_lp_simplex(lp, 1000, &pivots), PNR_LP_INFEASIBLE);
    pnr_lp_free(lp);
    pnr_lp_session_fini(&session);
}

Test(lp, takes_equal_bounds_and_empty_removals) {
    on_private_thread(fix_a_range, NULL, 1);
}

/* Repeated indices make GLPK give up; it must cost the program, not the process, twice in a row. */
static void survive_misuse(void *context, int task) {
    (void)context;
    (void)task;
    struct pnr_budget budget;
    struct pnr_lp_session session;
    open_session(&budget, &session);
    for (int again = 0; again < 3; again++) {
        struct pnr_lp *lp = small_program(&session);
        struct pnr_lp *neighbour = small_program(&session);
        const int32_t rows[] = {0, 0};
        const double ones[] = {1, 1};
        cr_assert_eq(pnr_lp_add_column(lp, 1, 0, 1, 2, rows, ones), PNR_LP_LOST);
        int32_t pivots;
        cr_assert_eq(pnr_lp_simplex(lp, 10, &pivots), PNR_LP_LOST);
        cr_assert_eq(pnr_lp_simplex(neighbour, 10, &pivots), PNR_LP_LOST, "the environment is gone for both");
        pnr_lp_free(lp);
        pnr_lp_free(neighbour);
    }
    struct pnr_lp *lp = solved_program(&session);
    pnr_lp_free(lp);
    pnr_lp_session_fini(&session);
}

Test(lp, survives_errors_inside_glpk_again_and_again_on_every_thread) {
    on_private_thread(survive_misuse, NULL, 4);
}

static void cancel_inside(void *context, int task) {
    (void)context;
    (void)task;
    atomic_bool cancel;
    atomic_init(&cancel, true);
    struct pnr_budget budget = {.cancel = &cancel};
    struct pnr_lp_session session;
    cr_assert_eq(pnr_lp_session_init(&session, &budget), PIONEER_OK);
    atomic_store(&cancel, false);
    struct pnr_lp *lp = small_program(&session);
    atomic_store(&cancel, true);
    int32_t pivots;
    cr_assert_eq(pnr_lp_simplex(lp, 1000, &pivots), PNR_LP_LOST,
                 "a cancel must escape from inside the simplex");
    atomic_store(&cancel, false);
    pnr_lp_free(lp);
    lp = solved_program(&session);
    pnr_lp_free(lp);
    pnr_lp_session_fini(&session);
}

Test(lp, can_be_cancelled_inside_the_simplex_and_used_again) {
    on_private_thread(cancel_inside, NULL, 1);
}

Test(lp, says_which_glpk_it_uses) {
    cr_assert_str_not_empty(pnr_lp_version());
}

/* ---- narrow programs ---- */

enum { ROWS = 30, FIRST_COLUMNS = 60, MOST_COLUMNS = 80, ENTRIES = 3 };

/* A covering program as the engine has them, kept beside its GLPK twin: Σ entries + short >= demand. */
struct twin {
    struct pnr_lp *lp;
    struct pnr_rng rng;
    int32_t count;
    int32_t rows[MOST_COLUMNS][ENTRIES];
    double coefficients[MOST_COLUMNS][ENTRIES];
    int32_t entry_count[MOST_COLUMNS];
    double cost[MOST_COLUMNS], low[MOST_COLUMNS], high[MOST_COLUMNS];
    double demand[ROWS];
};

static void add_to_twin(struct twin *twin, int32_t entries, double cost, double high) {
    int32_t c = twin->count++;
    int32_t row = (int32_t)pnr_rng_below(&twin->rng, ROWS);
    twin->entry_count[c] = entries;
    for (int32_t e = 0; e < entries; e++) {
        twin->rows[c][e] = entries == 1 ? c % ROWS : (row + e * 7) % ROWS;
        twin->coefficients[c][e] = 1;
    }
    twin->cost[c] = cost;
    twin->low[c] = 0;
    twin->high[c] = high;
    cr_assert_eq(pnr_lp_add_column(twin->lp, cost, 0, high, entries, twin->rows[c], twin->coefficients[c]),
                 PNR_LP_OPTIMAL);
}

static void bound_in_twin(struct twin *twin, int32_t column, double low, double high) {
    twin->low[column] = low;
    twin->high[column] = high;
    cr_assert_eq(pnr_lp_set_column_bounds(twin->lp, column, low, high), PNR_LP_OPTIMAL);
}

static void build_twin(struct twin *twin, struct pnr_lp_session *session) {
    cr_assert_eq(pnr_lp_new(session, &twin->lp), PNR_LP_OPTIMAL);
    for (int32_t r = 0; r < ROWS; r++) {
        twin->demand[r] = 1 + (double)pnr_rng_below(&twin->rng, 4);
        cr_assert_eq(pnr_lp_add_row(twin->lp, twin->demand[r], PNR_LP_INFINITY), PNR_LP_OPTIMAL);
    }
    for (int32_t r = 0; r < ROWS; r++) {
        add_to_twin(twin, 1, 20, PNR_LP_INFINITY); /* the row's shortage */
    }
    while (twin->count < FIRST_COLUMNS) {
        add_to_twin(twin, ENTRIES, 1 + (double)pnr_rng_below(&twin->rng, 30), 2);
    }
}

static double solve_twin(struct twin *twin) {
    int32_t pivots;
    cr_assert_eq(pnr_lp_simplex(twin->lp, 100000, &pivots), PNR_LP_OPTIMAL);
    double value = 0;
    double activity[ROWS] = {0};
    for (int32_t c = 0; c < twin->count; c++) {
        double x = pnr_lp_value(twin->lp, c);
        cr_assert(x >= twin->low[c] - 1e-7 && x <= twin->high[c] + 1e-7, "column %d is at %g", c, x);
        value += x * twin->cost[c];
        for (int32_t e = 0; e < twin->entry_count[c]; e++) {
            activity[twin->rows[c][e]] += x * twin->coefficients[c][e];
        }
    }
    for (int32_t r = 0; r < ROWS; r++) {
        cr_assert_geq(activity[r], twin->demand[r] - 1e-7, "row %d", r);
    }
    cr_assert_float_eq(pnr_lp_objective(twin->lp), value, 1e-6, "%g is told, %g is true",
                       pnr_lp_objective(twin->lp), value);
    return value;
}

/* Most columns are held for good; the shortages of rows that no other column touches until one does. */
static void narrow_twin(struct twin *twin, int32_t keep) {
    uint8_t hold[MOST_COLUMNS];
    uint8_t is_touched[ROWS] = {0};
    for (int32_t c = ROWS; c < twin->count; c++) {
        hold[c] = (int32_t)pnr_rng_below(&twin->rng, 100) < keep ? PNR_LP_FREE : PNR_LP_HOLD_FAST;
        for (int32_t e = 0; e < twin->entry_count[c] && hold[c] == PNR_LP_FREE; e++) {
            is_touched[twin->rows[c][e]] = 1;
        }
    }
    for (int32_t r = 0; r < ROWS; r++) {
        hold[r] = is_touched[r] ? PNR_LP_FREE : PNR_LP_HOLD;
    }
    cr_assert_eq(pnr_lp_narrow(twin->lp, hold, NULL), PNR_LP_OPTIMAL);
    cr_assert(pnr_lp_is_narrow(twin->lp));
}

static void narrow_and_change(void *context, int task) {
    (void)context;
    struct pnr_budget budget;
    struct pnr_lp_session session;
    open_session(&budget, &session);
    struct twin twin = {0};
    pnr_rng_seed(&twin.rng, (uint64_t)task);
    build_twin(&twin, &session);
    double best = solve_twin(&twin);

    narrow_twin(&twin, 20);
    cr_assert_lt(pnr_lp_rows_at_work(twin.lp), ROWS + 1);
    cr_assert_float_eq(solve_twin(&twin), best, 1e-6, "what was optimal stays so");

    /* dearer columns, and columns that must move, whether they are held or not */
    for (int32_t c = ROWS; c < FIRST_COLUMNS; c += 5) {
        twin.cost[c] += 3;
        cr_assert_eq(pnr_lp_set_cost(twin.lp, c, twin.cost[c]), PNR_LP_OPTIMAL);
        bound_in_twin(&twin, c + 1, 0.5, 1.5);
        bound_in_twin(&twin, c + 2, 0, 0);
    }
    double narrow = solve_twin(&twin);

    /* a column brings back the rows it stands in, and may only help */
    add_to_twin(&twin, ENTRIES, 1, 2);
    double more = solve_twin(&twin);
    cr_assert_leq(more, narrow + 1e-6);

    /* so do demands that rise, and a column that is let go */
    twin.demand[task % ROWS] += 1;
    cr_assert_eq(pnr_lp_set_row_bounds(twin.lp, task % ROWS, twin.demand[task % ROWS], PNR_LP_INFINITY),
                 PNR_LP_OPTIMAL);
    solve_twin(&twin);
    for (int32_t c = ROWS; c < FIRST_COLUMNS; c += 5) {
        bound_in_twin(&twin, c + 2, 0, 2);
    }
    double open = solve_twin(&twin);

    narrow_twin(&twin, 10);
    cr_assert_leq(solve_twin(&twin), open + 1e-6, "others are let go, nothing is lost");
    add_to_twin(&twin, ENTRIES, 2, 2);
    solve_twin(&twin);

    cr_assert_eq(pnr_lp_widen(twin.lp), PNR_LP_OPTIMAL);
    cr_assert_not(pnr_lp_is_narrow(twin.lp));
    cr_assert_eq(pnr_lp_rows_at_work(twin.lp), ROWS);
    double whole = solve_twin(&twin);
    cr_assert_leq(whole, open + 1e-6, "what was held may move again");
    struct twin fresh = twin;
    cr_assert_eq(pnr_lp_new(&session, &fresh.lp), PNR_LP_OPTIMAL);
    for (int32_t r = 0; r < ROWS; r++) {
        cr_assert_eq(pnr_lp_add_row(fresh.lp, twin.demand[r], PNR_LP_INFINITY), PNR_LP_OPTIMAL);
    }
    for (int32_t c = 0; c < twin.count; c++) {
        cr_assert_eq(pnr_lp_add_column(fresh.lp, twin.cost[c], twin.low[c], twin.high[c], twin.entry_count[c],
                                       twin.rows[c], twin.coefficients[c]),
                     PNR_LP_OPTIMAL);
    }
    cr_assert_float_eq(solve_twin(&fresh), whole, 1e-6, "the whole was kept up to date");
    pnr_lp_free(fresh.lp);
    pnr_lp_free(twin.lp);
    pnr_lp_session_fini(&session);
}

static void narrow_without_idle_rows(void *context, int task) {
    (void)context;
    (void)task;
    struct pnr_budget budget;
    struct pnr_lp_session session;
    open_session(&budget, &session);
    struct pnr_lp *lp;
    cr_assert_eq(pnr_lp_new(&session, &lp), PNR_LP_OPTIMAL);
    cr_assert_eq(pnr_lp_add_row(lp, -PNR_LP_INFINITY, 5), PNR_LP_OPTIMAL);
    cr_assert_eq(pnr_lp_add_row(lp, -PNR_LP_INFINITY, 0.5), PNR_LP_OPTIMAL);
    const int32_t rows[] = {0, 1};
    const double ones[] = {1, 1};
    cr_assert_eq(pnr_lp_add_column(lp, -1, 0, 1, 2, rows, ones), PNR_LP_OPTIMAL);
    int32_t pivots;
    cr_assert_eq(pnr_lp_simplex(lp, 100, &pivots), PNR_LP_OPTIMAL);

    const uint8_t hold[] = {PNR_LP_FREE};
    const uint8_t idle[] = {1, 0};
    cr_assert_eq(pnr_lp_narrow(lp, hold, idle), PNR_LP_OPTIMAL);
    cr_expect_eq(pnr_lp_rows_at_work(lp), 1);
    cr_assert_eq(pnr_lp_simplex(lp, 100, &pivots), PNR_LP_OPTIMAL);
    cr_expect_float_eq(pnr_lp_value(lp, 0), 0.5, 1e-9);
    cr_expect_eq(pnr_lp_dual(lp, 0), 0);
    cr_assert_eq(pnr_lp_add_column(lp, -2, 0, 1, 2, rows, ones), PNR_LP_OPTIMAL);
    cr_expect_eq(pnr_lp_rows_at_work(lp), 1, "a column does not bring it back");

    cr_assert_eq(pnr_lp_set_row_bounds(lp, 0, -PNR_LP_INFINITY, 0.25), PNR_LP_OPTIMAL);
    cr_expect_eq(pnr_lp_rows_at_work(lp), 2, "what is said of it anew does");
    cr_assert_eq(pnr_lp_simplex(lp, 100, &pivots), PNR_LP_OPTIMAL);
    cr_expect_float_eq(pnr_lp_objective(lp), -0.5, 1e-9);
    pnr_lp_free(lp);
    pnr_lp_session_fini(&session);
}

Test(lp, narrow_programs_leave_idle_rows_out) {
    on_private_thread(narrow_without_idle_rows, NULL, 1);
}

Test(lp, narrow_programs_follow_every_change) {
    on_private_thread(narrow_and_change, NULL, 200);
}
