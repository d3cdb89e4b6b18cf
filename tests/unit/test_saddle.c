/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programs of alternatives: the walk to a saddle point against the simplex, and what it promises. */
#include <criterion/criterion.h>
#include <math.h>

#include "base/rng.h"
#include "lp/lp.h"

enum { CHOICES = 30, COLUMNS_A_CHOICE = 12, COVERS = 25, MINUTES = 240 };

static struct pnr_budget budget;
static struct pnr_lp_session session;

static void open_session(void) {
    budget = (struct pnr_budget){0};
    cr_assert_eq(pnr_lp_session_init(&session, &budget), PIONEER_OK);
}

static void close_session(void) {
    pnr_lp_session_fini(&session);
}

TestSuite(saddle, .init = open_session, .fini = close_session);

/* Covers with slacks on both sides, and choices whose columns stand in a few of them; a quota on the minutes
 * of all choices together, 0: none. */
static struct pnr_lp *make_covers_within(uint64_t seed, double quota) {
    struct pnr_rng rng;
    pnr_rng_seed(&rng, seed);
    struct pnr_lp *lp;
    cr_assert_eq(pnr_lp_new(&session, &lp), PNR_LP_OPTIMAL);
    for (int32_t r = 0; r < COVERS; r++) {
        double demand = 1 + (double)pnr_rng_below(&rng, 4);
        cr_assert_eq(pnr_lp_add_row(lp, demand, demand), PNR_LP_OPTIMAL);
        const double short_by = 1;
        const double over_by = -1;
        pnr_lp_add_column(lp, 50 + (double)pnr_rng_below(&rng, 400), 0, demand, 1, &r, &short_by);
        pnr_lp_add_column(lp, 10, 0, PNR_LP_INFINITY, 1, &r, &over_by);
    }
    int32_t quotas = quota > 0;
    if (quotas) {
        cr_assert_eq(pnr_lp_add_row(lp, -PNR_LP_INFINITY, quota), PNR_LP_OPTIMAL);
    }
    for (int32_t k = 0; k < CHOICES; k++) {
        cr_assert_eq(pnr_lp_add_choice(lp), PNR_LP_OPTIMAL);
        for (int32_t c = 0; c < COLUMNS_A_CHOICE; c++) {
            int32_t rows[5];
            double numbers[5] = {1, 1, 1, 1, 1};
            int32_t count = 0;
            for (int32_t r = (int32_t)pnr_rng_below(&rng, 8); r < COVERS && count < 3;
                 r += 1 + (int32_t)pnr_rng_below(&rng, 10)) {
                rows[count++] = r;
            }
            numbers[count] = quotas ? MINUTES * count : 1;
            rows[count] = COVERS;
            count += quotas;
            rows[count++] = COVERS + quotas + k;
            double cost = 5 + (double)pnr_rng_below(&rng, 60);
            pnr_lp_add_column(lp, c == 0 ? 0 : cost, 0, PNR_LP_INFINITY, c == 0 ? 1 : count,
                              c == 0 ? rows + count - 1 : rows, c == 0 ? numbers + 4 : numbers);
        }
    }
    return lp;
}

static struct pnr_lp *make_covers(uint64_t seed) {
    return make_covers_within(seed, 0);
}

static double solve_exactly(struct pnr_lp *lp) {
    int32_t pivots;
    cr_assert_eq(pnr_lp_simplex(lp, 100000, &pivots), PNR_LP_OPTIMAL);
    return pnr_lp_objective(lp);
}

static double approach(struct pnr_lp *lp, struct pnr_lp_approach how) {
    int64_t work;
    cr_assert_eq(pnr_lp_approach(lp, &how, &work), PNR_LP_OPTIMAL);
    cr_assert_gt(work, 0);
    return pnr_lp_objective(lp);
}

/* The shares of every choice are whole together. */
static void check_choices(const struct pnr_lp *lp) {
    for (int32_t k = 0; k < CHOICES; k++) {
        double sum = 0;
        for (int32_t c = 0; c < COLUMNS_A_CHOICE; c++) {
            double value = pnr_lp_value(lp, 2 * COVERS + k * COLUMNS_A_CHOICE + c);
            cr_assert(value >= 0 && value <= 1 + 1e-9);
            sum += value;
        }
        cr_assert_float_eq(sum, 1, 0.02, "choice %d: %g", k, sum); /* noise is dropped */
    }
}

Test(saddle, comes_near_the_optimum_from_below) {
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct pnr_lp *lp = make_covers(seed);
        double reached = approach(lp, (struct pnr_lp_approach){.threads = 1, .steps = 4000, .close = 1e-4});
        check_choices(lp);
        double optimum = solve_exactly(lp);
        cr_assert_leq(reached, optimum + 1e-6 * fabs(optimum), "seed %d: %g above %g", (int)seed, reached,
                      optimum);
        cr_assert_geq(reached, optimum - 2e-3 * fabs(optimum), "seed %d: %g far from %g", (int)seed, reached,
                      optimum);
        pnr_lp_free(lp);
    }
}

/* A row that nothing prices, in large numbers, must not make the steps of everything else short. */
Test(saddle, is_not_held_up_by_a_quota_in_minutes) {
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct pnr_lp *lp = make_covers_within(seed, 40.0 * MINUTES);
        double reached = approach(lp, (struct pnr_lp_approach){.threads = 1, .steps = 1000});
        double cost = pnr_lp_cost(lp);
        double optimum = solve_exactly(lp);
        cr_assert_geq(reached, 0.96 * optimum, "seed %d: %g far from %g", (int)seed, reached, optimum);
        cr_assert(cost >= 0.96 * optimum && cost <= 1.2 * optimum, "seed %d: shares cost %g, not about %g",
                  (int)seed, cost, optimum);
        pnr_lp_free(lp);
    }
}

Test(saddle, does_not_depend_on_threads) {
    struct pnr_lp *one = make_covers(3);
    struct pnr_lp *two = make_covers(3);
    double alone = approach(one, (struct pnr_lp_approach){.threads = 1, .steps = 400});
    double together = approach(two, (struct pnr_lp_approach){.threads = 2, .steps = 400});
    cr_assert(alone == together);
    for (int32_t c = 0; c < pnr_lp_column_count(one); c++) {
        cr_assert(pnr_lp_value(one, c) == pnr_lp_value(two, c));
    }
    pnr_lp_free(one);
    pnr_lp_free(two);
}

Test(saddle, goes_on_from_where_it_was) {
    struct pnr_lp *lp = make_covers(5);
    double first = approach(lp, (struct pnr_lp_approach){.threads = 1, .steps = 400});
    double second = approach(lp, (struct pnr_lp_approach){.threads = 1, .steps = 400});
    cr_assert_geq(second, first);
    pnr_lp_free(lp);
}

Test(saddle, begins_with_better_prices_if_it_is_told_some) {
    struct pnr_lp *lp = make_covers(7);
    double optimum = solve_exactly(lp);
    double prices[COVERS + CHOICES];
    for (int32_t r = 0; r < COVERS + CHOICES; r++) {
        prices[r] = pnr_lp_dual(lp, r);
    }
    double reached =
        approach(lp, (struct pnr_lp_approach){.threads = 1, .steps = 40, .close = 1, .prices = prices});
    cr_assert_float_eq(reached, optimum, 1e-6 * optimum);
    pnr_lp_free(lp);
}

static double wholeness(const struct pnr_lp *lp) {
    double sum = 0;
    for (int32_t c = 2 * COVERS; c < 2 * COVERS + CHOICES * COLUMNS_A_CHOICE; c++) {
        sum += pnr_lp_value(lp, c) * pnr_lp_value(lp, c);
    }
    return sum / CHOICES;
}

Test(saddle, leans_to_whole_shares_when_asked) {
    double plain = 0;
    double leaning = 0;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct pnr_lp *lp = make_covers(seed);
        double value = approach(lp, (struct pnr_lp_approach){.threads = 1, .steps = 1000, .close = 1e-3});
        plain += wholeness(lp);
        double kept = approach(lp, (struct pnr_lp_approach){.threads = 1, .steps = 40, .wants_whole = true});
        cr_assert_geq(kept, value - 1e-9);
        leaning += wholeness(lp);
        check_choices(lp);
        pnr_lp_free(lp);
    }
    cr_assert_gt(leaning, plain);
    cr_assert_gt(leaning / 5, 0.9);
}

/* Columns that come, go, are closed, and choices with a single column left. */
Test(saddle, follows_changes_of_the_program) {
    struct pnr_lp *lp = make_covers(11);
    approach(lp, (struct pnr_lp_approach){.threads = 1, .steps = 400});
    int32_t gone[] = {2 * COVERS + 1, 2 * COVERS + 5, 2 * COVERS + 40};
    cr_assert_eq(pnr_lp_remove_columns(lp, 3, gone), PNR_LP_OPTIMAL);
    for (int32_t c = 0; c < COLUMNS_A_CHOICE - 1; c++) { /* of the second choice one column stays */
        int32_t column = 2 * COVERS + COLUMNS_A_CHOICE - 2 + c;
        cr_assert_eq(pnr_lp_set_column_bounds(lp, column, 0, 0), PNR_LP_OPTIMAL);
    }
    double reached = approach(lp, (struct pnr_lp_approach){.threads = 1, .steps = 4000, .close = 1e-4});
    double alone = pnr_lp_value(lp, 2 * COVERS + 2 * COLUMNS_A_CHOICE - 3);
    cr_assert_eq(alone, 1);
    double optimum = solve_exactly(lp);
    cr_assert_leq(reached, optimum + 1e-6 * optimum);
    cr_assert_geq(reached, optimum * (1 - 2e-3));
    pnr_lp_free(lp);
}

/* What is held in a narrow program are the values of the approach. */
Test(saddle, can_be_narrowed) {
    struct pnr_lp *lp = make_covers(13);
    approach(lp, (struct pnr_lp_approach){.threads = 1, .steps = 4000, .close = 1e-5});
    int32_t columns = pnr_lp_column_count(lp);
    double values[2 * COVERS + CHOICES * COLUMNS_A_CHOICE];
    uint8_t hold[2 * COVERS + CHOICES * COLUMNS_A_CHOICE];
    for (int32_t c = 0; c < columns; c++) {
        values[c] = pnr_lp_value(lp, c);
        hold[c] = c < 2 * COVERS || c >= columns - 5 * COLUMNS_A_CHOICE ? PNR_LP_FREE : PNR_LP_HOLD_FAST;
    }
    cr_assert_eq(pnr_lp_narrow(lp, hold, NULL), PNR_LP_OPTIMAL);
    double narrow = solve_exactly(lp);
    for (int32_t c = 2 * COVERS; c < columns - 5 * COLUMNS_A_CHOICE; c++) {
        cr_assert(pnr_lp_value(lp, c) == values[c]);
    }
    cr_assert_eq(pnr_lp_widen(lp), PNR_LP_OPTIMAL);
    double optimum = solve_exactly(lp);
    cr_assert_geq(narrow, optimum - 1e-6 * optimum);
    pnr_lp_free(lp);
}

/* What may no longer be taken is not held at what it was: the others of its choice make up for it. */
Test(saddle, holds_nothing_that_is_closed) {
    struct pnr_lp *lp = make_covers(13);
    approach(lp, (struct pnr_lp_approach){.threads = 1, .steps = 4000, .close = 1e-5});
    int32_t columns = pnr_lp_column_count(lp);
    uint8_t hold[2 * COVERS + CHOICES * COLUMNS_A_CHOICE];
    for (int32_t c = 0; c < columns; c++) {
        bool is_of_first = c >= 2 * COVERS && c < 2 * COVERS + COLUMNS_A_CHOICE;
        bool is_closed = is_of_first && pnr_lp_value(lp, c) > 0.3;
        hold[c] = c < 2 * COVERS || (is_of_first && !is_closed) ? PNR_LP_FREE : PNR_LP_HOLD_FAST;
        if (is_closed) {
            cr_assert_eq(pnr_lp_set_column_bounds(lp, c, 0, 0), PNR_LP_OPTIMAL);
        }
    }
    cr_assert_eq(pnr_lp_narrow(lp, hold, NULL), PNR_LP_OPTIMAL);
    solve_exactly(lp);
    double open = 0;
    for (int32_t c = 2 * COVERS; c < 2 * COVERS + COLUMNS_A_CHOICE; c++) {
        open += hold[c] == PNR_LP_FREE ? pnr_lp_value(lp, c) : 0;
        cr_assert(hold[c] == PNR_LP_FREE || pnr_lp_value(lp, c) == 0);
    }
    cr_assert_float_eq(open, 1, 1e-6);
    pnr_lp_free(lp);
}

/* Closes all columns of the choices from `first` on but one each. */
static void settle_choices_from(struct pnr_lp *lp, int32_t first) {
    for (int32_t k = first; k < CHOICES; k++) {
        for (int32_t c = 0; c < COLUMNS_A_CHOICE; c++) {
            if (c != k % COLUMNS_A_CHOICE) {
                int32_t column = 2 * COVERS + k * COLUMNS_A_CHOICE + c;
                cr_assert_eq(pnr_lp_set_column_bounds(lp, column, 0, 0), PNR_LP_OPTIMAL);
            }
        }
    }
}

Test(saddle, knows_what_is_settled_without_walking) {
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct pnr_lp *lp = make_covers(seed);
        settle_choices_from(lp, 4);
        double exact = solve_exactly(lp);
        double near = approach(lp, (struct pnr_lp_approach){.threads = 1, .steps = 2000, .close = 1e-4});
        cr_expect(near <= exact + 1e-6 && near >= exact * 0.998, "%g of %g", near, exact);
        check_choices(lp);
        settle_choices_from(lp, 0);
        exact = solve_exactly(lp);
        near = approach(lp, (struct pnr_lp_approach){.threads = 1, .steps = 40, .close = 1e-4});
        cr_expect_float_eq(near, exact, 1e-6, "%g of %g, and nothing moves", near, exact);
        double cost = 0;
        for (int32_t r = 0; r < COVERS; r++) {
            double over = pnr_lp_value(lp, 2 * r + 1);
            cr_expect_float_eq(fmin(over, pnr_lp_value(lp, 2 * r)), 0, 1e-9, "short and over at once");
            cost += 10 * over;
        }
        cr_expect_leq(cost, exact + 1e-6);
        pnr_lp_free(lp);
    }
}
