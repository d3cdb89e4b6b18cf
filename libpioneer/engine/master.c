/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The restricted master: schedules as columns, solved by simplex, fed by the pricer, rounded by diving. */
#include "engine/master_inside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Multipliers are integers in units of 1/scale of a cost. At LEAST_SCALE a thousand rounded rows lose about a
 * tenth of one unit. A frozen level whose costs are large against those of the level at hand (squared minutes
 * against a few wishes) has a small multiplier, which a finer scale must show; a multiplier of the dearest
 * cost times ELASTIC_COST, which the LP's duals may reach, must stay below 2^44.
 */
#define LEAST_SCALE     4096
#define MOST_MULTIPLIER 1.7e13

/*
 * What a unit beyond a frozen level costs in the LP, where the dearest schedule of the level at hand costs 1.
 * Rows of frozen levels give way at this price, so that a dive never meets an infeasible LP but duals that
 * ask the pricer for the way back; a bound is valid whatever the price.
 */
#define ELASTIC_COST 100.0

/* ---- life
 * -------------------------------------------------------------------------------------------------------- */

static bool allocate(struct pnr_master *master) {
    const struct pnr_instance *instance = master->instance;
    size_t rows = (size_t)master->program->rows.count;
    size_t members = (size_t)instance->member_count;
    struct pnr_arena *arena = &master->arena;
    master->row_of_member = pnr_arena_alloc(arena, members, sizeof *master->row_of_member);
    master->frozen = pnr_arena_alloc(arena, (size_t)master->level_count, sizeof *master->frozen);
    master->unit_of_level =
        pnr_arena_alloc(arena, (size_t)master->level_count, sizeof *master->unit_of_level);
    master->row_of_level = pnr_arena_alloc(arena, (size_t)master->level_count, sizeof *master->row_of_level);
    master->price_of_pair =
        pnr_arena_alloc(arena, (size_t)instance->pair_count, sizeof *master->price_of_pair);
    master->is_fixed = pnr_arena_alloc(arena, members, sizeof *master->is_fixed);
    master->answers = pnr_arena_alloc(arena, members, sizeof *master->answers);
    master->convexity_dual = pnr_arena_alloc(arena, members, sizeof *master->convexity_dual);
    master->used.of_row = pnr_arena_alloc(arena, rows, sizeof *master->used.of_row);
    master->used.weight_of_level =
        pnr_arena_alloc(arena, (size_t)master->level_count, sizeof *master->used.weight_of_level);
    master->best.of_row = pnr_arena_alloc(arena, rows, sizeof *master->best.of_row);
    master->best.weight_of_level =
        pnr_arena_alloc(arena, (size_t)master->level_count, sizeof *master->best.weight_of_level);
    master->lp_dual = pnr_arena_alloc(arena, rows, sizeof *master->lp_dual);
    master->lp_weight = pnr_arena_alloc(arena, (size_t)master->level_count, sizeof *master->lp_weight);
    return master->row_of_member != NULL && master->frozen != NULL && master->unit_of_level != NULL &&
           master->row_of_level != NULL && master->price_of_pair != NULL && master->is_fixed != NULL &&
           master->answers != NULL && master->convexity_dual != NULL && master->used.of_row != NULL &&
           master->used.weight_of_level != NULL && master->best.of_row != NULL &&
           master->best.weight_of_level != NULL && master->lp_dual != NULL && master->lp_weight != NULL;
}

enum pioneer_status pnr_master_new(const struct pnr_master_setting *setting, struct pnr_master **out) {
    *out = NULL;
    struct pnr_master *master = calloc(1, sizeof *master);
    if (master == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    master->setting = *setting;
    master->program = setting->program;
    master->instance = setting->program->couplings->instance;
    master->level_count = setting->program->level_count;
    master->level = -1;
    pnr_arena_init(&master->arena);
    if (!allocate(master)) {
        pnr_master_free(master);
        return PIONEER_E_NO_MEMORY;
    }
    *out = master;
    return PIONEER_OK;
}

void pnr_master_free(struct pnr_master *master) {
    if (master == NULL) {
        return;
    }
    pnr_lp_free(master->lp);
    for (int32_t m = 0; master->answers != NULL && m < master->instance->member_count; m++) {
        pnr_array_fini(&master->answers[m].pairs);
        pnr_array_fini(&master->answers[m].costs);
    }
    pnr_array_fini(&master->columns);
    pnr_array_fini(&master->pair_pool);
    pnr_array_fini(&master->cost_pool);
    pnr_arena_fini(&master->arena);
    free(master);
}

int32_t pnr_master_column_count(const struct pnr_master *master) {
    return master->columns.count;
}

const struct pnr_multipliers *pnr_master_multipliers(const struct pnr_master *master) {
    return &master->best;
}

/* ---- the linear program
 * ------------------------------------------------------------------------------------------ */

static enum pioneer_status status_of(enum pnr_lp_result result) {
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

/* Costs of a level are divided by its unit, so that the LP sees numbers near 1. */
static double in_units(const struct pnr_master *master, int32_t level, int64_t cost) {
    return (double)cost / master->unit_of_level[level];
}

int32_t pnr_master_lp_column(const struct pnr_master *master, int32_t column) {
    return master->program->auxiliaries.count + master->level_count + column;
}

const int64_t *pnr_master_cost(const struct pnr_master *master, int32_t column) {
    return master->cost_pool.items + (size_t)column * (size_t)master->level_count;
}

/* Rows a column stands in: sums the coefficients of its pairs by row, then convexity and frozen rows. */
static int32_t gather_rows(struct pnr_master *master, int32_t column, int32_t *rows, double *coefficients) {
    const struct pnr_column *at = &master->columns.items[column];
    const struct pnr_program *program = master->program;
    int32_t count = 0;
    for (int32_t i = 0; i < at->pair_count; i++) {
        int32_t pair = master->pair_pool.items[at->first_pair + i];
        for (int32_t e = program->entries_of_pair[pair]; e < program->entries_of_pair[pair + 1]; e++) {
            int32_t row = program->entries[e].row;
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

static enum pnr_lp_result append_column(struct pnr_master *master, int32_t column) {
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
        double cost = in_units(master, master->level, pnr_master_cost(master, column)[master->level]);
        result = pnr_lp_add_column(master->lp, cost, 0, PNR_LP_INFINITY, count, rows, coefficients);
    }
    free(rows);
    free(coefficients);
    return result;
}

static int64_t auxiliary_cost(const struct pnr_master *master, int32_t auxiliary, int32_t level) {
    return master->program->cost_of_auxiliary
        .items[(size_t)auxiliary * (size_t)master->level_count + (size_t)level];
}

static enum pnr_lp_result add_auxiliary(struct pnr_master *master, int32_t auxiliary) {
    const struct pnr_auxiliary *at = &master->program->auxiliaries.items[auxiliary];
    const int64_t *cost =
        master->program->cost_of_auxiliary.items + (size_t)auxiliary * (size_t)master->level_count;
    int32_t rows[PNR_AUXILIARY_ROWS];
    double coefficients[PNR_AUXILIARY_ROWS];
    for (int32_t e = 0; e < at->entry_count; e++) {
        rows[e] = at->rows[e];
        coefficients[e] = (double)at->coefficients[e];
    }
    return pnr_lp_add_column(master->lp, in_units(master, master->level, cost[master->level]), 0,
                             (double)at->high, at->entry_count, rows, coefficients);
}

/* Coupling rows, then a convexity row for every feasible member. */
static enum pnr_lp_result add_rows(struct pnr_master *master) {
    const struct pnr_program *program = master->program;
    enum pnr_lp_result result = PNR_LP_OPTIMAL;
    for (int32_t r = 0; r < program->rows.count && result == PNR_LP_OPTIMAL; r++) {
        result = pnr_lp_add_row(master->lp, bound_of(program->rows.items[r].low),
                                bound_of(program->rows.items[r].high));
    }
    for (int32_t m = 0; m < master->instance->member_count && result == PNR_LP_OPTIMAL; m++) {
        master->row_of_member[m] = -1;
        if (master->setting.is_feasible[m]) {
            result = pnr_lp_add_row(master->lp, 1, 1);
            master->row_of_member[m] = pnr_lp_row_count(master->lp) - 1;
        }
    }
    return result;
}

/* What the members without a legal schedule and the constants cost at a level. */
static int64_t constant_of(const struct pnr_master *master, int32_t level) {
    int64_t constant = master->program->constant_of_level[level];
    for (int32_t m = 0; m < master->instance->member_count; m++) {
        if (!master->setting.is_feasible[m]) {
            constant += master->setting.idle_cost[(size_t)m * (size_t)master->level_count + (size_t)level];
        }
    }
    return constant;
}

/* The cost of an LP column at a frozen level, in units; its own elastic column counts against it. */
static double frozen_cost(const struct pnr_master *master, int32_t level, int32_t lp_column) {
    int32_t auxiliaries = master->program->auxiliaries.count;
    if (lp_column < auxiliaries) {
        return in_units(master, level, auxiliary_cost(master, lp_column, level));
    }
    if (lp_column < auxiliaries + master->level_count) {
        return lp_column - auxiliaries == level ? -1 : 0;
    }
    return in_units(master, level,
                    pnr_master_cost(master, lp_column - auxiliaries - master->level_count)[level]);
}

static double frozen_limit(const struct pnr_master *master, int32_t level) {
    return in_units(master, level, master->frozen[level] - constant_of(master, level));
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

/* The LP anew from the pool: at the first level, and after GLPK lost one. */
static enum pnr_lp_result rebuild(struct pnr_master *master) {
    pnr_lp_free(master->lp);
    master->lp = NULL;
    enum pnr_lp_result result = pnr_lp_new(master->setting.session, &master->lp);
    for (int32_t l = 0; l < master->level_count; l++) {
        master->row_of_level[l] = -1;
    }
    if (result == PNR_LP_OPTIMAL) {
        result = add_rows(master);
    }
    for (int32_t a = 0; a < master->program->auxiliaries.count && result == PNR_LP_OPTIMAL; a++) {
        result = add_auxiliary(master, a);
    }
    for (int32_t l = 0; l < master->level_count && result == PNR_LP_OPTIMAL; l++) {
        result = pnr_lp_add_column(master->lp, ELASTIC_COST, 0, PNR_LP_INFINITY, 0, NULL, NULL);
    }
    for (int32_t c = 0; c < master->columns.count && result == PNR_LP_OPTIMAL; c++) {
        result = append_column(master, c);
    }
    for (int32_t l = 0; l < master->level && result == PNR_LP_OPTIMAL; l++) {
        result = add_frozen_row(master, l);
    }
    return result;
}

static enum pnr_lp_result set_objective(struct pnr_master *master) {
    int32_t auxiliaries = master->program->auxiliaries.count;
    enum pnr_lp_result result = PNR_LP_OPTIMAL;
    for (int32_t a = 0; a < auxiliaries && result == PNR_LP_OPTIMAL; a++) {
        int64_t cost = auxiliary_cost(master, a, master->level);
        result = pnr_lp_set_cost(master->lp, a, in_units(master, master->level, cost));
    }
    for (int32_t c = 0; c < master->columns.count && result == PNR_LP_OPTIMAL; c++) {
        result = pnr_lp_set_cost(master->lp, pnr_master_lp_column(master, c),
                                 in_units(master, master->level, pnr_master_cost(master, c)[master->level]));
    }
    return result;
}

/* ---- the pool
 * ---------------------------------------------------------------------------------------------------- */

static bool same_schedule(const struct pnr_master *master, const struct pnr_column *column,
                          const int32_t *pairs, int32_t pair_count) {
    return column->pair_count == pair_count &&
           (pair_count == 0 || memcmp(master->pair_pool.items + column->first_pair, pairs,
                                      (size_t)pair_count * sizeof *pairs) == 0);
}

/* Whether the pool has the schedule; columns of a member are chained from the newest back. */
static bool knows(const struct pnr_master *master, int32_t member, const int32_t *pairs, int32_t pair_count) {
    for (int32_t c = master->answers[member].newest_column - 1; c >= 0; c = master->columns.items[c].older) {
        if (same_schedule(master, &master->columns.items[c], pairs, pair_count)) {
            return true;
        }
    }
    return false;
}

enum pioneer_status pnr_master_add_column(struct pnr_master *master, int32_t member, const int32_t *pairs,
                                          int32_t pair_count, const int64_t *costs, bool *added) {
    *added = false;
    if (knows(master, member, pairs, pair_count)) {
        return PIONEER_OK;
    }
    struct pnr_column column = {member, master->pair_pool.count, pair_count,
                                master->answers[member].newest_column - 1};
    bool ok = pnr_array_reserve(&master->pair_pool, master->pair_pool.count + pair_count) &&
              pnr_array_reserve(&master->cost_pool, master->cost_pool.count + master->level_count) &&
              pnr_array_push(&master->columns, column);
    if (!ok) {
        return PIONEER_E_NO_MEMORY;
    }
    for (int32_t i = 0; i < pair_count; i++) {
        master->pair_pool.items[master->pair_pool.count++] = pairs[i];
    }
    for (int32_t l = 0; l < master->level_count; l++) {
        master->cost_pool.items[master->cost_pool.count++] = costs[l];
    }
    master->answers[member].newest_column = master->columns.count;
    *added = true;
    return master->lp != NULL ? status_of(append_column(master, master->columns.count - 1)) : PIONEER_OK;
}

static enum pioneer_status add_roster(struct pnr_master *master, const struct pnr_solution *roster) {
    const struct pnr_instance *instance = master->instance;
    int32_t *pairs = malloc(((size_t)instance->pair_count + 1) * sizeof *pairs);
    enum pioneer_status status = pairs != NULL ? PIONEER_OK : PIONEER_E_NO_MEMORY;
    for (int32_t m = 0; m < instance->member_count && status == PIONEER_OK; m++) {
        if (master->setting.is_feasible[m]) {
            bool added;
            int32_t count = pnr_solution_pairs_of(roster, m, pairs);
            status = pnr_master_add_column(master, m, pairs, count,
                                           roster->cost_of_member + (size_t)m * (size_t)master->level_count,
                                           &added);
        }
    }
    free(pairs);
    return status;
}

/* The typical cost of a level: the largest that one column or auxiliary has. */
static void measure_level(struct pnr_master *master, int32_t level) {
    int64_t largest = 1;
    for (int32_t a = 0; a < master->program->auxiliaries.count; a++) {
        int64_t cost = auxiliary_cost(master, a, level);
        largest = cost > largest ? cost : largest;
    }
    for (int32_t c = 0; c < master->columns.count; c++) {
        largest = pnr_master_cost(master, c)[level] > largest ? pnr_master_cost(master, c)[level] : largest;
    }
    master->unit_of_level[level] = (double)largest;
}

static int64_t choose_scale(const struct pnr_master *master) {
    double unit = master->unit_of_level[master->level];
    double wanted = LEAST_SCALE;
    for (int32_t l = 0; l < master->level; l++) {
        double ratio = master->unit_of_level[l] / unit;
        wanted = ratio * LEAST_SCALE > wanted ? ratio * LEAST_SCALE : wanted;
    }
    int64_t scale = LEAST_SCALE;
    while ((double)scale < wanted && (double)scale * 2 * unit * ELASTIC_COST < MOST_MULTIPLIER) {
        scale *= 2;
    }
    return scale;
}

static void reset_multipliers(struct pnr_master *master) {
    struct pnr_multipliers *all[] = {&master->used, &master->best};
    int64_t scale = choose_scale(master);
    for (int i = 0; i < 2; i++) {
        all[i]->scale = scale;
        all[i]->level = master->level;
        memset(all[i]->of_row, 0, (size_t)master->program->rows.count * sizeof *all[i]->of_row);
        memset(all[i]->weight_of_level, 0, (size_t)master->level_count * sizeof *all[i]->weight_of_level);
        all[i]->weight_of_level[master->level] = scale;
    }
    master->has_best = false;
}

enum pioneer_status pnr_master_begin(struct pnr_master *master, int32_t level, const int64_t *frozen,
                                     const struct pnr_solution *roster) {
    bool first = master->lp == NULL;
    int32_t before = master->level;
    master->level = first ? level : before;
    memcpy(master->frozen, frozen, (size_t)level * sizeof *frozen);
    enum pioneer_status status = add_roster(master, roster);
    if (status != PIONEER_OK && status != PIONEER_E_SOLVER) {
        return status;
    }
    master->level = level;
    for (int32_t l = 0; l <= level; l++) {
        if (first || master->row_of_level[l] < 0) {
            measure_level(master, l);
        }
    }
    reset_multipliers(master);
    enum pnr_lp_result result = PNR_LP_LOST;
    if (!first && status == PIONEER_OK) {
        result = PNR_LP_OPTIMAL;
        for (int32_t l = 0; l < level && result == PNR_LP_OPTIMAL; l++) {
            result = master->row_of_level[l] < 0
                         ? add_frozen_row(master, l)
                         : pnr_lp_set_row_bounds(master->lp, master->row_of_level[l], -PNR_LP_INFINITY,
                                                 frozen_limit(master, l));
        }
        result = result == PNR_LP_OPTIMAL ? set_objective(master) : result;
    }
    if (result == PNR_LP_LOST) {
        result = rebuild(master);
    }
    return status_of(result);
}

/* ---- pricing
 * ----------------------------------------------------------------------------------------------------- */

/* Everything one round asks of the pricer; member m is priced by thread m mod threads, and nobody's answer
 * depends on another's. */
struct pricing {
    struct pnr_master *master;
    int32_t wanted;
};

static bool keep_answer(struct pnr_member_answer *kept, const struct pnr_price_answer *answer,
                        int32_t level_count) {
    pnr_array_clear(&kept->pairs);
    pnr_array_clear(&kept->costs);
    kept->kind = answer->kind;
    kept->bound = answer->bound;
    kept->labels = answer->labels;
    kept->count = answer->count;
    for (int32_t i = 0; i < answer->count; i++) {
        const struct pnr_schedule *schedule = &answer->schedules[i];
        kept->pair_count[i] = schedule->pair_count;
        for (int32_t p = 0; p < schedule->pair_count; p++) {
            if (!pnr_array_push(&kept->pairs, schedule->pairs[p])) {
                return false;
            }
        }
        for (int32_t l = 0; l < level_count; l++) {
            if (!pnr_array_push(&kept->costs, schedule->cost_by_level[l])) {
                return false;
            }
        }
    }
    return true;
}

static void price_member(const struct pricing *pricing, int32_t thread, int32_t member) {
    struct pnr_master *master = pricing->master;
    struct pnr_price_query query = {
        .member = member,
        .price_of_pair = master->price_of_pair,
        .weight_of_level = master->used.weight_of_level,
        .cutoff = INT64_MAX,
        .wanted = pricing->wanted,
        .label_limit = PNR_MASTER_LABELS,
    };
    struct pnr_price_answer answer;
    struct pnr_member_answer *kept = &master->answers[member];
    kept->status =
        pnr_pricer_price(master->setting.pricer, master->setting.scratches[thread], &query, &answer);
    if (kept->status == PIONEER_OK && !keep_answer(kept, &answer, master->level_count)) {
        kept->status = PIONEER_E_NO_MEMORY;
    }
}

static void price_share(void *context, int thread) {
    const struct pricing *pricing = context;
    struct pnr_master *master = pricing->master;
    for (int32_t m = thread; m < master->instance->member_count; m += master->setting.thread_count) {
        if (master->setting.is_feasible[m] && !master->is_fixed[m]) {
            price_member(pricing, thread, m);
        }
    }
}

/* Prices every member that is free at `used`. */
static enum pioneer_status price_all(struct pnr_master *master, int32_t wanted) {
    struct pricing pricing = {master, wanted};
    if (master->setting.thread_count == 1) {
        price_share(&pricing, 0);
    } else {
        enum pioneer_status status =
            pnr_parallel(master->setting.thread_count, master->setting.thread_count, price_share, &pricing);
        if (status != PIONEER_OK) {
            return status;
        }
    }
    for (int32_t m = 0; m < master->instance->member_count; m++) {
        if (master->setting.is_feasible[m] && !master->is_fixed[m]) {
            if (master->answers[m].status != PIONEER_OK) {
                return master->answers[m].status;
            }
            pnr_budget_spend(master->setting.budget, master->answers[m].labels);
        }
    }
    return PIONEER_OK;
}

/* ---- duals
 * ------------------------------------------------------------------------------------------------------- */

/* The LP's duals in costs of the level: rows, frozen levels (as weights >= 0) and convexity. */
static void read_duals(struct pnr_master *master) {
    double unit = master->unit_of_level[master->level];
    for (int32_t r = 0; r < master->program->rows.count; r++) {
        master->lp_dual[r] = pnr_lp_dual(master->lp, r) * unit;
    }
    for (int32_t l = 0; l < master->level; l++) {
        double dual = master->row_of_level[l] >= 0 ? -pnr_lp_dual(master->lp, master->row_of_level[l]) : 0;
        master->lp_weight[l] = dual > 0 ? dual * unit / master->unit_of_level[l] : 0;
    }
    for (int32_t m = 0; m < master->instance->member_count; m++) {
        master->convexity_dual[m] =
            master->row_of_member[m] >= 0 ? pnr_lp_dual(master->lp, master->row_of_member[m]) * unit : 0;
    }
}

static double blend(const struct pnr_master *master, double share, int64_t center, double target) {
    return share * (double)center + (1 - share) * target * (double)master->used.scale;
}

/* Sets `used` between the best multipliers so far (share) and the LP's duals. */
static void use_multipliers(struct pnr_master *master, double share) {
    for (int32_t r = 0; r < master->program->rows.count; r++) {
        master->used.of_row[r] =
            pnr_multiplier_clamp(&master->program->rows.items[r],
                                 blend(master, share, master->best.of_row[r], master->lp_dual[r]));
    }
    for (int32_t l = 0; l < master->level; l++) {
        double weight = blend(master, share, master->best.weight_of_level[l], master->lp_weight[l]);
        double most = 7.0e16 / (master->unit_of_level[l] + 1); /* weight × cost stays far below 2^60 */
        master->used.weight_of_level[l] = llround(weight < most ? weight : most);
    }
    for (int32_t p = 0; p < master->instance->pair_count; p++) {
        master->price_of_pair[p] = pnr_multipliers_price_pair(master->program, &master->used, p);
    }
}

static int64_t bound_of_round(struct pnr_master *master) {
    pnr_wide total = pnr_multipliers_rows_part(master->program, &master->used, master->frozen);
    for (int32_t m = 0; m < master->instance->member_count; m++) {
        if (master->setting.is_feasible[m]) {
            total += master->answers[m].bound;
            continue;
        }
        for (int32_t l = 0; l <= master->level; l++) {
            total += (pnr_wide)master->used.weight_of_level[l] *
                     master->setting.idle_cost[(size_t)m * (size_t)master->level_count + (size_t)l];
        }
    }
    master->last_bound = (double)total / (double)master->used.scale;
    return pnr_multipliers_bound(total, master->used.scale);
}

static void keep_multipliers(struct pnr_master *master) {
    memcpy(master->best.of_row, master->used.of_row,
           (size_t)master->program->rows.count * sizeof *master->best.of_row);
    memcpy(master->best.weight_of_level, master->used.weight_of_level,
           (size_t)master->level_count * sizeof *master->best.weight_of_level);
    master->has_best = true;
}

/* What a schedule costs at the LP's duals: negative columns improve the LP. */
static double reduced_cost(const struct pnr_master *master, int32_t member, const int32_t *pairs,
                           int32_t pair_count, const int64_t *costs) {
    double reduced = (double)costs[master->level] - master->convexity_dual[member];
    for (int32_t l = 0; l < master->level; l++) {
        reduced += master->lp_weight[l] * (double)costs[l];
    }
    for (int32_t i = 0; i < pair_count; i++) {
        for (int32_t e = master->program->entries_of_pair[pairs[i]];
             e < master->program->entries_of_pair[pairs[i] + 1]; e++) {
            reduced -=
                master->lp_dual[master->program->entries[e].row] * master->program->entries[e].coefficient;
        }
    }
    return reduced;
}

/* Adds the answers that improve the LP; *added counts them. */
static enum pioneer_status add_answers(struct pnr_master *master, int32_t *added) {
    double tolerance = 1e-7 * master->unit_of_level[master->level];
    *added = 0;
    for (int32_t m = 0; m < master->instance->member_count; m++) {
        struct pnr_member_answer *answer = &master->answers[m];
        if (!master->setting.is_feasible[m] || master->is_fixed[m]) {
            continue;
        }
        const int32_t *pairs = answer->pairs.items;
        const int64_t *costs = answer->costs.items;
        for (int32_t i = 0; i < answer->count; i++) {
            if (reduced_cost(master, m, pairs, answer->pair_count[i], costs) < -tolerance) {
                bool is_new;
                enum pioneer_status status =
                    pnr_master_add_column(master, m, pairs, answer->pair_count[i], costs, &is_new);
                if (status != PIONEER_OK) {
                    return status;
                }
                *added += is_new;
            }
            pairs += answer->pair_count[i];
            costs += master->level_count;
        }
    }
    return PIONEER_OK;
}

/* ---- column generation
 * ------------------------------------------------------------------------------------------- */

enum pioneer_status pnr_master_solve_lp(struct pnr_master *master, bool *usable) {
    int32_t iterations;
    enum pnr_lp_result result = pnr_lp_simplex(master->lp, PNR_MASTER_PIVOTS, &iterations);
    int64_t rows = pnr_lp_row_count(master->lp);
    pnr_budget_spend(master->setting.budget, (int64_t)iterations * (2 * rows + 1));
    if (result == PNR_LP_LOST && pnr_budget_stop(master->setting.budget) == PNR_STOP_NONE) {
        result = rebuild(master);
        if (result == PNR_LP_OPTIMAL) {
            result = pnr_lp_simplex(master->lp, PNR_MASTER_PIVOTS, &iterations);
        }
    }
    *usable = result == PNR_LP_OPTIMAL || result == PNR_LP_LIMIT;
    return result == PNR_LP_NO_MEMORY ? PIONEER_E_NO_MEMORY : PIONEER_OK;
}

/* Smoothing: how much of the best multipliers stays in the ones that are priced. */
static double next_share(bool misprice, double share) {
    return misprice ? share * 0.5 - 0.1 : 0.5;
}

enum pioneer_status pnr_master_converge(struct pnr_master *master, int64_t goal, int64_t work,
                                        pnr_master_round_fn *each, void *context, int64_t *bound,
                                        bool *converged) {
    int64_t end = master->setting.budget->work_used + work;
    double share = 0;
    bool usable = true;
    bool solve = true;
    *converged = false;
    while (*bound < goal && master->setting.budget->work_used < end &&
           pnr_budget_stop(master->setting.budget) == PNR_STOP_NONE) {
        enum pioneer_status status = solve ? pnr_master_solve_lp(master, &usable) : PIONEER_OK;
        if (status != PIONEER_OK || !usable) {
            return status;
        }
        read_duals(master);
        share = master->has_best && share > 0 ? share : 0;
        use_multipliers(master, share);
        status = price_all(master, PNR_MASTER_COLUMNS);
        if (status != PIONEER_OK) {
            return status;
        }
        int64_t round = bound_of_round(master);
        if (!master->has_best || master->last_bound > master->best_bound) {
            master->best_bound = master->last_bound;
            keep_multipliers(master);
        }
        *bound = round > *bound ? round : *bound;
        int32_t added;
        status = add_answers(master, &added);
        if (status != PIONEER_OK || !each(context, *bound)) {
            return status == PIONEER_E_SOLVER ? PIONEER_OK : status;
        }
        double objective = pnr_lp_objective(master->lp) * master->unit_of_level[master->level] +
                           (double)constant_of(master, master->level);
        double gap = objective - master->best_bound;
        if ((added == 0 && share <= 0) || gap < 0.0005 * fabs(objective) || gap < 0.01) {
            *converged = true;
            return PIONEER_OK;
        }
        solve = added > 0;
        share = next_share(added == 0, share);
    }
    return PIONEER_OK;
}

enum pioneer_status pnr_master_price_round(struct pnr_master *master, int32_t *added) {
    read_duals(master);
    use_multipliers(master, 0);
    enum pioneer_status status = price_all(master, PNR_MASTER_COLUMNS);
    return status == PIONEER_OK ? add_answers(master, added) : status;
}
