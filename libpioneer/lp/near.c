/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A GLPK program solved nearly: what is read from it, and the saddle point that was reached last. */
#include "lp/near.h"

#include <math.h>

#include "base/arena.h"
#include "lp/lp.h"
#include "lp/reduce.h"

void pnr_near_fini(struct pnr_near *near) {
    pnr_array_fini(&near->is_choice);
    pnr_array_fini(&near->prices);
    pnr_array_fini(&near->shares);
    pnr_array_fini(&near->low);
    pnr_array_fini(&near->high);
    pnr_array_fini(&near->cost);
    pnr_array_fini(&near->least);
    pnr_array_fini(&near->most);
    pnr_array_fini(&near->first);
    pnr_array_fini(&near->rows);
    pnr_array_fini(&near->coefficients);
    pnr_array_fini(&near->indices);
    pnr_array_fini(&near->numbers);
}

bool pnr_near_add_row(struct pnr_near *near, bool is_choice) {
    return pnr_array_push(&near->is_choice, is_choice) && pnr_array_push(&near->prices, 0);
}

bool pnr_near_add_column(struct pnr_near *near) {
    return pnr_array_push(&near->shares, 0);
}

void pnr_near_bound_column(struct pnr_near *near, int32_t column, double low, double high) {
    near->shares.items[column] = fmin(fmax(near->shares.items[column], low), high);
}

void pnr_near_remove_columns(struct pnr_near *near, int32_t count, const int32_t *columns) {
    int32_t kept = 0;
    int32_t next = 0;
    for (int32_t c = 0; c < near->shares.count; c++) {
        if (next < count && columns[next] == c) {
            next++;
        } else {
            near->shares.items[kept++] = near->shares.items[c];
        }
    }
    near->shares.count = kept;
}

bool pnr_near_reserve(struct pnr_near *near, int32_t coefficients) {
    int32_t rows = near->prices.count;
    int32_t columns = near->shares.count;
    return pnr_array_reserve(&near->low, rows + 1) && pnr_array_reserve(&near->high, rows + 1) &&
           pnr_array_reserve(&near->cost, columns + 1) && pnr_array_reserve(&near->least, columns + 1) &&
           pnr_array_reserve(&near->most, columns + 1) && pnr_array_reserve(&near->first, columns + 1) &&
           pnr_array_reserve(&near->rows, coefficients + 1) &&
           pnr_array_reserve(&near->coefficients, coefficients + 1) &&
           pnr_array_reserve(&near->indices, rows + 1) && pnr_array_reserve(&near->numbers, rows + 1);
}

static void read_row(struct pnr_near *near, glp_prob *problem, int32_t row) {
    int kind = glp_get_row_type(problem, row + 1);
    double low = glp_get_row_lb(problem, row + 1);
    double high = kind == GLP_FX ? low : glp_get_row_ub(problem, row + 1);
    near->low.items[row] = kind == GLP_UP || kind == GLP_FR ? -PNR_LP_INFINITY : low;
    near->high.items[row] = kind == GLP_LO || kind == GLP_FR ? PNR_LP_INFINITY : high;
}

/* Columns of the engine are never below 0. */
static void read_column(struct pnr_near *near, glp_prob *problem, int32_t column) {
    int kind = glp_get_col_type(problem, column + 1);
    double least = glp_get_col_lb(problem, column + 1);
    near->cost.items[column] = glp_get_obj_coef(problem, column + 1);
    near->least.items[column] = least;
    near->most.items[column] = kind == GLP_FX   ? least
                               : kind == GLP_LO ? PNR_LP_INFINITY
                                                : glp_get_col_ub(problem, column + 1);
    int count = glp_get_mat_col(problem, column + 1, near->indices.items, near->numbers.items);
    int32_t at = near->first.items[column];
    for (int k = 1; k <= count; k++) {
        near->rows.items[at] = near->indices.items[k] - 1;
        near->coefficients.items[at++] = near->numbers.items[k];
    }
    near->first.items[column + 1] = at;
}

void pnr_near_read(struct pnr_near *near, glp_prob *problem) {
    for (int32_t r = 0; r < near->prices.count; r++) {
        read_row(near, problem, r);
    }
    near->first.items[0] = 0;
    for (int32_t c = 0; c < near->shares.count; c++) {
        read_column(near, problem, c);
    }
}

/* The numbers of `whole` that `of` names. */
static double *pick(const double *whole, const int32_t *of, int32_t count, struct pnr_arena *arena) {
    double *picked = pnr_arena_alloc(arena, (size_t)count + 1, sizeof *picked);
    for (int32_t i = 0; picked != NULL && i < count; i++) {
        picked[i] = whole[of[i]];
    }
    return picked;
}

static void put_back(const double *picked, const int32_t *of, int32_t count, double *whole) {
    for (int32_t i = 0; i < count; i++) {
        whole[of[i]] = picked[i];
    }
}

static bool solve_reduced(struct pnr_near *near, const struct pnr_saddle_program *whole,
                          const struct pnr_saddle_limits *limits, const double *other,
                          struct pnr_arena *arena, int64_t *work) {
    struct pnr_reduced reduced;
    if (!pnr_reduce(whole, near->shares.items, near->prices.items, arena, &reduced)) {
        return false;
    }
    int32_t rows = reduced.program.row_count;
    int32_t columns = reduced.program.column_count;
    double *prices = pick(near->prices.items, reduced.row_of, rows, arena);
    double *shares = pick(near->shares.items, reduced.column_of, columns, arena);
    double *others = other != NULL ? pick(other, reduced.row_of, rows, arena) : NULL;
    struct pnr_saddle_result result = {0};
    bool ok = prices != NULL && shares != NULL && (other == NULL || others != NULL) &&
              pnr_saddle_solve(&reduced.program, limits, others, prices, shares, &result);
    if (ok) {
        put_back(prices, reduced.row_of, rows, near->prices.items);
        put_back(shares, reduced.column_of, columns, near->shares.items);
    }
    near->value = result.value + reduced.constant;
    near->cost_of_shares = result.cost + reduced.constant;
    *work = result.work;
    return ok;
}

bool pnr_near_solve(struct pnr_near *near, const struct pnr_saddle_limits *limits, const double *other,
                    int64_t *work) {
    const struct pnr_saddle_program program = {
        .row_count = near->prices.count,
        .column_count = near->shares.count,
        .low = near->low.items,
        .high = near->high.items,
        .is_choice = near->is_choice.items,
        .cost = near->cost.items,
        .least = near->least.items,
        .most = near->most.items,
        .first = near->first.items,
        .rows = near->rows.items,
        .coefficients = near->coefficients.items,
    };
    struct pnr_arena arena;
    pnr_arena_init(&arena);
    bool ok = solve_reduced(near, &program, limits, other, &arena, work);
    pnr_arena_fini(&arena);
    near->is_latest = ok;
    return ok;
}
