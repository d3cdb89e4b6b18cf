/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The restricted master as a linear program: the pool's columns, the rows that matter, frozen levels. */
#include "engine/master_inside.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum pioneer_status pnr_master_status_of(enum pnr_lp_result result) {
    switch (result) {
    case PNR_LP_NO_MEMORY:
        return PIONEER_E_NO_MEMORY;
    case PNR_LP_LOST:
        return PIONEER_E_SOLVER;
    default:
        return PIONEER_OK;
    }
}

static double bound_of(int64_t bound) {
    return bound <= -PNR_ROW_FREE  ? -PNR_LP_INFINITY
           : bound >= PNR_ROW_FREE ? PNR_LP_INFINITY
                                   : (double)bound;
}

double pnr_master_unit_of(const struct pnr_master *master, int32_t level) {
    return level < 0 ? 1.0 : master->unit_of_level[level];
}

/* Costs of a level are divided by its unit, so that the LP sees numbers near 1. */
static double in_units(const struct pnr_master *master, int32_t level, int64_t cost) {
    return (double)cost / pnr_master_unit_of(master, level);
}

int32_t pnr_master_lp_column(const struct pnr_master *master, int32_t column) {
    int32_t place = master->place.items[column];
    return place < 0 ? -1 : pnr_master_first_of_pool(master) + place;
}

double pnr_master_value(const struct pnr_master *master, int32_t column) {
    int32_t at = pnr_master_lp_column(master, column);
    return at < 0 ? 0 : pnr_lp_value(master->lp, at);
}

const int64_t *pnr_master_cost(const struct pnr_master *master, int32_t column) {
    return master->cost_pool.items + (size_t)column * (size_t)master->level_count;
}

/* ---- columns ---- */

/* Of something that costs this at the level at hand, and that at the one looked ahead at. */
static double objective_of(const struct pnr_master *master, int64_t here, int64_t ahead) {
    double cost = (double)here + (master->ahead >= 0 ? master->ahead_weight * (double)ahead : 0);
    return cost / pnr_master_unit_of(master, master->level);
}

/* What the shuffle adds to a column's cost, in units. */
static double dislike(const struct pnr_master *master, int32_t column) {
    const struct pnr_column *at = &master->columns.items[column];
    return pnr_master_dislike(master, master->pair_pool.items + at->first_pair, at->pair_count) /
           pnr_master_unit_of(master, master->level);
}

static double objective_of_column(const struct pnr_master *master, int32_t column) {
    const int64_t *cost = pnr_master_cost(master, column);
    int64_t ahead = master->ahead >= 0 ? cost[master->ahead] : 0;
    return master->level < 0 ? 0 : objective_of(master, cost[master->level], ahead) + dislike(master, column);
}

static double objective_of_auxiliary(const struct pnr_master *master, int32_t auxiliary) {
    if (master->level >= 0 && master->program->auxiliaries.items[auxiliary].hard_cost > 0) {
        return master->elastic_cost[0];
    }
    int64_t here = pnr_program_cost(master->program, auxiliary, master->level);
    int64_t ahead = master->ahead >= 0 ? pnr_program_cost(master->program, auxiliary, master->ahead) : 0;
    return objective_of(master, here, ahead);
}

/* LP rows a column stands in: sums the coefficients of its pairs by row, then convexity and frozen rows. */
static int32_t gather_rows(struct pnr_master *master, int32_t column, int32_t *rows, double *coefficients) {
    const struct pnr_column *at = &master->columns.items[column];
    const struct pnr_program *program = master->program;
    int32_t count = 0;
    for (int32_t i = 0; i < at->pair_count; i++) {
        int32_t pair = master->pair_pool.items[at->first_pair + i];
        for (int32_t e = program->entries_of_pair[pair]; e < program->entries_of_pair[pair + 1]; e++) {
            int32_t row = master->lp_row[program->entries[e].row];
            if (row < 0) {
                continue;
            }
            int32_t found = 0;
            while (found < count && rows[found] != row) {
                found++;
            }
            if (found == count) {
                rows[count] = row;
                coefficients[count++] = 0;
            }
            coefficients[found] += program->entries[e].coefficient;
        }
    }
    rows[count] = master->row_of_member[at->member];
    coefficients[count++] = 1;
    for (int32_t l = 0; l < master->level; l++) {
        int64_t cost = pnr_master_cost(master, column)[l];
        if (master->row_of_level[l] >= 0 && cost != 0) {
            rows[count] = master->row_of_level[l];
            coefficients[count++] = in_units(master, l, cost);
        }
    }
    return count;
}

enum pnr_lp_result pnr_master_append_column(struct pnr_master *master, int32_t column) {
    const struct pnr_column *at = &master->columns.items[column];
    int32_t most = 1 + master->level_count;
    for (int32_t i = 0; i < at->pair_count; i++) {
        int32_t pair = master->pair_pool.items[at->first_pair + i];
        most += master->program->entries_of_pair[pair + 1] - master->program->entries_of_pair[pair];
    }
    int32_t *rows = malloc((size_t)most * sizeof *rows);
    double *coefficients = malloc((size_t)most * sizeof *coefficients);
    enum pnr_lp_result result = PNR_LP_NO_MEMORY;
    if (rows != NULL && coefficients != NULL) {
        int32_t count = gather_rows(master, column, rows, coefficients);
        result = pnr_lp_add_column(master->lp, objective_of_column(master, column), 0, PNR_LP_INFINITY, count,
                                   rows, coefficients);
    }
    if (result == PNR_LP_OPTIMAL) {
        master->place.items[column] = master->column_at.count;
        result = pnr_array_push(&master->column_at, column) ? PNR_LP_OPTIMAL : PNR_LP_NO_MEMORY;
    }
    free(rows);
    free(coefficients);
    return result;
}

static enum pnr_lp_result add_auxiliary(struct pnr_master *master, int32_t auxiliary) {
    const struct pnr_auxiliary *at = &master->program->auxiliaries.items[auxiliary];
    int32_t rows[PNR_AUXILIARY_ROWS];
    double coefficients[PNR_AUXILIARY_ROWS];
    int32_t count = 0;
    for (int32_t e = 0; e < at->entry_count; e++) {
        if (master->lp_row[at->rows[e]] >= 0) {
            rows[count] = master->lp_row[at->rows[e]];
            coefficients[count++] = (double)at->coefficients[e];
        }
    }
    return pnr_lp_add_column(master->lp, objective_of_auxiliary(master, auxiliary), 0, (double)at->high,
                             count, rows, coefficients);
}

/* ---- rows ---- */

static enum pnr_lp_result open_row(struct pnr_master *master, int32_t row) {
    const struct pnr_row *at = &master->program->rows.items[row];
    enum pnr_lp_result result = pnr_lp_add_row(master->lp, bound_of(at->low), bound_of(at->high));
    if (result == PNR_LP_OPTIMAL) {
        master->lp_row[row] = pnr_lp_row_count(master->lp) - 1;
    }
    return result;
}

/* Rows that hold when nobody serves wait until a solution of the LP breaks them: most rules over several
 * members never bind. The others come first, then a convexity row for every feasible member. */
static enum pnr_lp_result add_rows(struct pnr_master *master) {
    const struct pnr_program *program = master->program;
    enum pnr_lp_result result = PNR_LP_OPTIMAL;
    for (int32_t r = 0; r < program->rows.count && result == PNR_LP_OPTIMAL; r++) {
        bool was_in = master->lp_row[r] >= 0; /* rows that were needed once stay when the LP is built anew */
        master->lp_row[r] = -1;
        if (was_in || !pnr_row_holds_idle(&program->rows.items[r])) {
            result = open_row(master, r);
        }
    }
    for (int32_t m = 0; m < master->instance->member_count && result == PNR_LP_OPTIMAL; m++) {
        master->row_of_member[m] = -1;
        if (master->tools.is_feasible[m]) {
            result = pnr_lp_add_choice(master->lp);
            master->row_of_member[m] = pnr_lp_row_count(master->lp) - 1;
        }
    }
    return result;
}

void pnr_master_add_auxiliaries(const struct pnr_master *master, double *activity) {
    const struct pnr_program *program = master->program;
    for (int32_t a = 0; a < program->auxiliaries.count; a++) {
        const struct pnr_auxiliary *at = &program->auxiliaries.items[a];
        double value = pnr_lp_value(master->lp, a);
        for (int32_t e = 0; value > PNR_MASTER_TOLERANCE && e < at->entry_count; e++) {
            activity[at->rows[e]] += value * (double)at->coefficients[e];
        }
    }
}

void pnr_master_find_activity(const struct pnr_master *master, double *activity) {
    const struct pnr_program *program = master->program;
    memset(activity, 0, (size_t)program->rows.count * sizeof *activity);
    for (int32_t i = 0; i < master->column_at.count; i++) {
        int32_t c = master->column_at.items[i];
        double value = pnr_master_value(master, c);
        const struct pnr_column *at = &master->columns.items[c];
        for (int32_t p = 0; value > PNR_MASTER_TOLERANCE && p < at->pair_count; p++) {
            int32_t pair = master->pair_pool.items[at->first_pair + p];
            for (int32_t e = program->entries_of_pair[pair]; e < program->entries_of_pair[pair + 1]; e++) {
                activity[program->entries[e].row] += value * program->entries[e].coefficient;
            }
        }
    }
    pnr_master_add_auxiliaries(master, activity);
}

/* One row that is opened late: its entries are gathered over all columns of the LP. */
struct late_row {
    int32_t *columns;
    double *coefficients;
    int32_t count;
};

static double coefficient_in(const struct pnr_master *master, int32_t column, int32_t row) {
    const struct pnr_column *at = &master->columns.items[column];
    const struct pnr_program *program = master->program;
    double coefficient = 0;
    for (int32_t i = 0; i < at->pair_count; i++) {
        int32_t pair = master->pair_pool.items[at->first_pair + i];
        for (int32_t e = program->entries_of_pair[pair]; e < program->entries_of_pair[pair + 1]; e++) {
            coefficient += program->entries[e].row == row ? program->entries[e].coefficient : 0;
        }
    }
    return coefficient;
}

static void gather_late(const struct pnr_master *master, int32_t row, struct late_row *late) {
    const struct pnr_program *program = master->program;
    late->count = 0;
    for (int32_t a = 0; a < program->auxiliaries.count; a++) {
        const struct pnr_auxiliary *at = &program->auxiliaries.items[a];
        for (int32_t e = 0; e < at->entry_count; e++) {
            if (at->rows[e] == row) {
                late->columns[late->count] = a;
                late->coefficients[late->count++] = (double)at->coefficients[e];
            }
        }
    }
    for (int32_t i = 0; i < master->column_at.count; i++) {
        int32_t c = master->column_at.items[i];
        double coefficient = coefficient_in(master, c, row);
        if (coefficient != 0) {
            late->columns[late->count] = pnr_master_lp_column(master, c);
            late->coefficients[late->count++] = coefficient;
        }
    }
}

static enum pnr_lp_result add_late_rows(struct pnr_master *master, const double *activity,
                                        struct late_row *late, int32_t *added) {
    enum pnr_lp_result result = PNR_LP_OPTIMAL;
    for (int32_t r = 0; r < master->program->rows.count && result == PNR_LP_OPTIMAL; r++) {
        const struct pnr_row *row = &master->program->rows.items[r];
        if (master->lp_row[r] >= 0 || (activity[r] <= (double)row->high + PNR_MASTER_TOLERANCE &&
                                       activity[r] >= (double)row->low - PNR_MASTER_TOLERANCE)) {
            continue;
        }
        gather_late(master, r, late);
        result = open_row(master, r);
        if (result == PNR_LP_OPTIMAL) {
            result =
                pnr_lp_set_row(master->lp, master->lp_row[r], late->count, late->columns, late->coefficients);
            ++*added;
        }
    }
    return result;
}

enum pioneer_status pnr_master_add_violated(struct pnr_master *master, int32_t *added) {
    *added = 0;
    size_t columns = (size_t)pnr_lp_column_count(master->lp) + 1;
    double *activity = malloc(((size_t)master->program->rows.count + 1) * sizeof *activity);
    struct late_row late = {malloc(columns * sizeof *late.columns),
                            malloc(columns * sizeof *late.coefficients), 0};
    enum pnr_lp_result result = PNR_LP_NO_MEMORY;
    if (activity != NULL && late.columns != NULL && late.coefficients != NULL) {
        pnr_master_find_activity(master, activity);
        result = add_late_rows(master, activity, &late, added);
    }
    free(activity);
    free(late.columns);
    free(late.coefficients);
    return pnr_master_status_of(result);
}

/* ---- totals ---- */

/* Rows that an LP of before has for them are free, and stay so. */
static void forget_totals(struct pnr_master *master) {
    for (int32_t t = 0; t < PNR_TOTALS; t++) {
        master->row_of_total[t] = -1;
    }
}

enum pnr_lp_result pnr_master_limit_totals(const struct pnr_master *master, struct pnr_lp *lp,
                                           const struct pnr_row *limits) {
    enum pnr_lp_result result = PNR_LP_OPTIMAL;
    for (int32_t t = 0; master->totals != NULL && t < master->totals->count && result == PNR_LP_OPTIMAL;
         t++) {
        int32_t row = master->row_of_total[t];
        if (row >= 0) {
            result = pnr_lp_set_row_bounds(lp, row, bound_of(limits[t].low), bound_of(limits[t].high));
        }
    }
    return result;
}

/* A total that is to be no more than it can be gives way like a frozen level, at the level's own price: an LP
 * without a solution has no duals that ask the pricer for one. */
static enum pnr_lp_result open_total(struct pnr_master *master, int32_t total) {
    int32_t auxiliaries = master->program->auxiliaries.count;
    int32_t *columns = malloc(((size_t)auxiliaries + 1) * sizeof *columns);
    double *coefficients = malloc(((size_t)auxiliaries + 1) * sizeof *coefficients);
    enum pnr_lp_result result = columns != NULL && coefficients != NULL
                                    ? pnr_lp_add_row(master->lp, -PNR_LP_INFINITY, PNR_LP_INFINITY)
                                    : PNR_LP_NO_MEMORY;
    if (result == PNR_LP_OPTIMAL) {
        int32_t count = 0;
        for (int32_t a = 0; a < auxiliaries; a++) {
            if (master->totals->of_auxiliary[a] == total) {
                columns[count] = a;
                coefficients[count++] = 1;
            }
        }
        columns[count] = auxiliaries + master->level;
        coefficients[count++] = -1;
        master->row_of_total[total] = pnr_lp_row_count(master->lp) - 1;
        result = pnr_lp_set_row(master->lp, master->row_of_total[total], count, columns, coefficients);
    }
    free(columns);
    free(coefficients);
    return result;
}

enum pnr_lp_result pnr_master_show_totals(struct pnr_master *master) {
    enum pnr_lp_result result = PNR_LP_OPTIMAL;
    for (int32_t t = 0; t < master->totals->count && result == PNR_LP_OPTIMAL; t++) {
        const struct pnr_row *limit = &master->totals->limits[t];
        bool is_limited = limit->low > -PNR_ROW_FREE || limit->high < PNR_ROW_FREE;
        if (is_limited && master->row_of_total[t] < 0) {
            result = open_total(master, t);
        }
    }
    return result == PNR_LP_OPTIMAL ? pnr_master_limit_totals(master, master->lp, master->totals->limits)
                                    : result;
}

/* ---- levels ---- */

/* What the members without a legal schedule and the constants cost at a level. */
int64_t pnr_master_constant_of(const struct pnr_master *master, int32_t level) {
    int64_t constant = pnr_program_constant(master->program, level);
    for (int32_t m = 0; level >= 0 && m < master->instance->member_count; m++) {
        if (!master->tools.is_feasible[m]) {
            constant += master->tools.idle_cost[(size_t)m * (size_t)master->level_count + (size_t)level];
        }
    }
    return constant;
}

/* The cost of an LP column at a frozen level, in units; its own elastic column counts against it. */
static double frozen_cost(const struct pnr_master *master, int32_t level, int32_t lp_column) {
    int32_t auxiliaries = master->program->auxiliaries.count;
    if (lp_column < auxiliaries) {
        return in_units(master, level, pnr_program_cost(master->program, lp_column, level));
    }
    if (lp_column < auxiliaries + master->level_count) {
        return lp_column - auxiliaries == level ? -1 : 0;
    }
    int32_t column = master->column_at.items[lp_column - pnr_master_first_of_pool(master)];
    return in_units(master, level, pnr_master_cost(master, column)[level]);
}

static double frozen_limit(const struct pnr_master *master, int32_t level) {
    return in_units(master, level, master->frozen[level] - pnr_master_constant_of(master, level));
}

/* Σ costs of a level at most its frozen value. */
static enum pnr_lp_result add_frozen_row(struct pnr_master *master, int32_t level) {
    int32_t columns = pnr_lp_column_count(master->lp);
    int32_t *indices = malloc(((size_t)columns + 1) * sizeof *indices);
    double *costs = malloc(((size_t)columns + 1) * sizeof *costs);
    enum pnr_lp_result result = indices != NULL && costs != NULL ? PNR_LP_OPTIMAL : PNR_LP_NO_MEMORY;
    int32_t count = 0;
    for (int32_t c = 0; c < columns && result == PNR_LP_OPTIMAL; c++) {
        double cost = frozen_cost(master, level, c);
        if (cost != 0) {
            indices[count] = c;
            costs[count++] = cost;
        }
    }
    if (result == PNR_LP_OPTIMAL) {
        result = pnr_lp_add_row(master->lp, -PNR_LP_INFINITY, frozen_limit(master, level));
        master->row_of_level[level] = pnr_lp_row_count(master->lp) - 1;
    }
    if (result == PNR_LP_OPTIMAL) {
        result = pnr_lp_set_row(master->lp, master->row_of_level[level], count, indices, costs);
    }
    free(indices);
    free(costs);
    return result;
}

enum pnr_lp_result pnr_master_build_lp(struct pnr_master *master) {
    pnr_lp_free(master->lp);
    master->lp = NULL;
    master->lp_age++;
    enum pnr_lp_result result = pnr_lp_new(master->session, &master->lp);
    for (int32_t l = 0; l < master->level_count; l++) {
        master->row_of_level[l] = -1;
    }
    forget_totals(master);
    if (result == PNR_LP_OPTIMAL) {
        result = add_rows(master);
    }
    for (int32_t a = 0; a < master->program->auxiliaries.count && result == PNR_LP_OPTIMAL; a++) {
        result = add_auxiliary(master, a);
    }
    for (int32_t l = 0; l < master->level_count && result == PNR_LP_OPTIMAL; l++) {
        result =
            pnr_lp_add_column(master->lp, master->elastic_cost[l + 1], 0, PNR_LP_INFINITY, 0, NULL, NULL);
    }
    pnr_array_clear(&master->column_at);
    for (int32_t c = 0; c < master->columns.count && result == PNR_LP_OPTIMAL; c++) {
        master->place.items[c] = -1;
        if (!pnr_master_is_out(master, c)) {
            result = pnr_master_append_column(master, c);
        }
    }
    for (int32_t l = 0; l < master->level && result == PNR_LP_OPTIMAL; l++) {
        result = add_frozen_row(master, l);
    }
    return result == PNR_LP_OPTIMAL && master->totals != NULL ? pnr_master_show_totals(master) : result;
}

enum pnr_lp_result pnr_master_set_objective(struct pnr_master *master) {
    enum pnr_lp_result result = PNR_LP_OPTIMAL;
    for (int32_t a = 0; a < master->program->auxiliaries.count && result == PNR_LP_OPTIMAL; a++) {
        result = pnr_lp_set_cost(master->lp, a, objective_of_auxiliary(master, a));
    }
    for (int32_t i = 0; i < master->column_at.count && result == PNR_LP_OPTIMAL; i++) {
        int32_t c = master->column_at.items[i];
        result = pnr_lp_set_cost(master->lp, pnr_master_lp_column(master, c), objective_of_column(master, c));
    }
    return result;
}

/* What an LP column stands for that is not of the pool: 0: what is beyond a hard rule, l + 1: beyond frozen
 * level l, -1: neither. */
static int32_t gives_way(const struct pnr_master *master, int32_t column) {
    int32_t auxiliaries = master->program->auxiliaries.count;
    if (column >= auxiliaries) {
        return column - auxiliaries + 1;
    }
    return master->level >= 0 && master->program->auxiliaries.items[column].hard_cost > 0 ? 0 : -1;
}

enum pioneer_status pnr_master_show_elastic(struct pnr_master *master) {
    enum pnr_lp_result result = PNR_LP_OPTIMAL;
    int32_t count = pnr_master_first_of_pool(master);
    for (int32_t c = 0; c < count && result == PNR_LP_OPTIMAL; c++) {
        int32_t way = gives_way(master, c);
        if (way >= 0) {
            result = pnr_lp_set_cost(master->lp, c, master->elastic_cost[way]);
        }
    }
    return pnr_master_status_of(result);
}

bool pnr_master_gives_way(struct pnr_master *master) {
    int32_t count = pnr_master_first_of_pool(master);
    bool gives = false;
    memset(master->gave_way, 0, ((size_t)master->level_count + 1) * sizeof *master->gave_way);
    for (int32_t c = 0; c < count; c++) {
        int32_t way = gives_way(master, c);
        if (way >= 0) {
            master->gave_way[way] += pnr_lp_value(master->lp, c);
            gives = gives || master->gave_way[way] > PNR_MASTER_TOLERANCE;
        }
    }
    return gives;
}

enum pnr_lp_result pnr_master_turn_lp(struct pnr_master *master) {
    enum pnr_lp_result result = PNR_LP_OPTIMAL;
    forget_totals(master); /* they give way at the price of another level */
    for (int32_t l = 0; l < master->level && result == PNR_LP_OPTIMAL; l++) {
        result = master->row_of_level[l] < 0
                     ? add_frozen_row(master, l)
                     : pnr_lp_set_row_bounds(master->lp, master->row_of_level[l], -PNR_LP_INFINITY,
                                             frozen_limit(master, l));
    }
    return result == PNR_LP_OPTIMAL ? pnr_master_set_objective(master) : result;
}

enum pioneer_status pnr_master_hold_back(struct pnr_master *master, int32_t percent) {
    enum pnr_lp_result result = PNR_LP_OPTIMAL;
    for (int32_t l = 0; l < master->level && result == PNR_LP_OPTIMAL; l++) {
        if (master->row_of_level[l] >= 0) {
            double back = in_units(master, l, master->frozen[l] - master->proven[l]) * percent / 100;
            result = pnr_lp_set_row_bounds(master->lp, master->row_of_level[l], -PNR_LP_INFINITY,
                                           frozen_limit(master, l) - back);
        }
    }
    return pnr_master_status_of(result);
}

/* ---- solving ---- */

/* What a pivot costs, in units: two times the rows, and less by up to two thirds as members are fixed, for
 * what they stand in is nearly triangular then. Measured on the third stage of the example: 0.17 ms with 435
 * members free, 0.06 ms with 50. */
int64_t pnr_master_work_of_pivot(const struct pnr_master *master) {
    int64_t rows = pnr_lp_rows_at_work(master->lp);
    int64_t members = master->instance->member_count;
    int64_t free_count = pnr_master_count_free(master);
    return 2 * rows * (members + 2 * free_count) / (3 * members + 1) + 1;
}

static enum pnr_lp_result run_lp(struct pnr_master *master) {
    if (pnr_master_is_near(master)) {
        return pnr_master_approach(master);
    }
    int32_t iterations;
    enum pnr_lp_result result = pnr_lp_simplex(master->lp, PNR_MASTER_PIVOTS, &iterations);
    pnr_budget_spend(master->tools.budget, (int64_t)iterations * pnr_master_work_of_pivot(master));
    return result;
}

enum pioneer_status pnr_master_try_lp(struct pnr_master *master, const struct pnr_master_basis *basis,
                                      int32_t pivots, double *value) {
    *value = -DBL_MAX;
    if (pnr_master_is_near(master) || pnr_lp_is_narrow(master->lp)) {
        bool usable;
        enum pioneer_status status = pnr_master_solve_lp(master, &usable);
        *value = usable ? pnr_master_objective(master) : *value;
        return status;
    }
    int32_t iterations;
    enum pioneer_status loaded = pnr_master_load_basis(master, basis);
    if (loaded == PIONEER_E_NO_MEMORY) {
        return loaded;
    }
    enum pnr_lp_result result = pnr_lp_dual_simplex(master->lp, pivots, DBL_MAX, &iterations);
    pnr_budget_spend(master->tools.budget, (int64_t)iterations * pnr_master_work_of_pivot(master));
    if (result == PNR_LP_OPTIMAL || result == PNR_LP_LIMIT) {
        *value = pnr_master_objective(master);
    } else if (result == PNR_LP_INFEASIBLE) {
        *value = DBL_MAX;
    } else if (result == PNR_LP_LOST && pnr_budget_stop(master->tools.budget) == PNR_STOP_NONE) {
        result = pnr_master_build_lp(master);
    }
    return pnr_master_status_of(result);
}

enum pioneer_status pnr_master_solve_lp(struct pnr_master *master, bool *usable) {
    int32_t late_rows = 1;
    enum pioneer_status status = pnr_master_sweep_columns(master);
    while (status == PIONEER_OK && late_rows > 0) {
        enum pnr_lp_result result = run_lp(master);
        if (result == PNR_LP_LOST && pnr_budget_stop(master->tools.budget) == PNR_STOP_NONE) {
            result = pnr_master_build_lp(master);
            result = result == PNR_LP_OPTIMAL ? run_lp(master) : result;
        }
        *usable = result == PNR_LP_OPTIMAL || result == PNR_LP_LIMIT;
        status = result == PNR_LP_NO_MEMORY ? PIONEER_E_NO_MEMORY : PIONEER_OK;
        late_rows = 0;
        if (result == PNR_LP_OPTIMAL) {
            status = pnr_master_add_violated(master, &late_rows);
        }
    }
    if (status == PIONEER_E_SOLVER) {
        *usable = false;
        status = PIONEER_OK;
    }
    return status;
}
