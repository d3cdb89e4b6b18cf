/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GLPK contained: results, escapes, recovery, cancelling; on private threads as the engine uses it. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdatomic.h>

#include "base/threads.h"
#include "lp/lp.h"

/* Runs a test body on a private thread, as the library does. */
static void on_private_thread(void (*body)(void *context, int task), void *context, int tasks) {
    cr_assert_eq(pnr_parallel(2, tasks, body, context), PIONEER_OK);
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

static void solve_small(void *context, int task) {
    (void)context;
    (void)task;
    struct pnr_budget budget = {0};
    struct pnr_lp_session session;
    cr_assert_eq(pnr_lp_session_init(&session, &budget), PIONEER_OK);
    struct pnr_lp *lp = small_program(&session);
    int32_t pivots;
    cr_assert_eq(pnr_lp_simplex(lp, 1000, &pivots), PNR_LP_OPTIMAL);
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
    struct pnr_budget budget = {0};
    struct pnr_lp_session session;
    cr_assert_eq(pnr_lp_session_init(&session, &budget), PIONEER_OK);
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

Test(lp, solves_integer_programs_on_a_copy) {
    on_private_thread(solve_integer, NULL, 1);
}

static void fix_a_range(void *context, int task) {
    (void)context;
    (void)task;
    struct pnr_budget budget = {0};
    struct pnr_lp_session session;
    cr_assert_eq(pnr_lp_session_init(&session, &budget), PIONEER_OK);
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
    struct pnr_budget budget = {0};
    struct pnr_lp_session session;
    cr_assert_eq(pnr_lp_session_init(&session, &budget), PIONEER_OK);
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
    struct pnr_lp *lp = small_program(&session);
    int32_t pivots;
    cr_assert_eq(pnr_lp_simplex(lp, 1000, &pivots), PNR_LP_OPTIMAL);
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
    lp = small_program(&session);
    cr_assert_eq(pnr_lp_simplex(lp, 1000, &pivots), PNR_LP_OPTIMAL);
    pnr_lp_free(lp);
    pnr_lp_session_fini(&session);
}

Test(lp, can_be_cancelled_inside_the_simplex_and_used_again) {
    on_private_thread(cancel_inside, NULL, 1);
}

Test(lp, says_which_glpk_it_uses) {
    cr_assert_str_not_empty(pnr_lp_version());
}
