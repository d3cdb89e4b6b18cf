/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The restricted master: its pool of schedules, and the level it is at. */
#include "engine/tree_inside.h"
#include "base/rng.h"
#include "engine/price_math.h"
#include "engine/relaxation.h"
#include "engine/stretch.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

/*
 * Multipliers are integers in units of 1/scale of a cost. At LEAST_SCALE a thousand rounded rows lose about a
 * tenth of one unit. A frozen level whose costs are large against those of the level at hand (squared minutes
 * against a few wishes) has a small multiplier, which a finer scale must show; a multiplier of the dearest
 * cost times the elastic cost, which the LP's duals may reach, must stay below 2^44.
 */
#define LEAST_SCALE     4096
#define MOST_MULTIPLIER 1.7e13

/* So many different dislikes of a pair there are at least. */
#define LEAST_DISLIKES 4

/* ---- life ---- */

static bool allocate_mu(struct pnr_master *master) {
    size_t members = (size_t)master->instance->member_count;
    master->tallies_of_member =
        pnr_arena_alloc(&master->arena, members + 1, sizeof *master->tallies_of_member);
    for (size_t m = 0; master->tallies_of_member != NULL && m < members; m++) {
        master->tallies_of_member[m + 1] =
            master->tallies_of_member[m] + pnr_pricer_tally_count(master->tools.pricer, (int32_t)m);
    }
    if (master->tallies_of_member == NULL) {
        return false;
    }
    master->mu =
        pnr_arena_alloc(&master->arena, (size_t)master->tallies_of_member[members], sizeof *master->mu);
    return master->mu != NULL;
}

static bool allocate_multipliers(struct pnr_master *master) {
    struct pnr_multipliers *all[] = {&master->used, &master->best, &master->proof};
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof all / sizeof *all; i++) {
        ok = pnr_multipliers_init(&master->arena, master->program, all[i]);
    }
    master->earlier =
        ok ? pnr_arena_alloc(&master->arena, (size_t)master->level_count + 1, sizeof *master->earlier) : NULL;
    ok = master->earlier != NULL;
    for (int32_t l = 0; ok && l < master->level_count; l++) {
        ok = pnr_multipliers_init(&master->arena, master->program, &master->earlier[l]);
        master->earlier[l].level = -1;
    }
    return ok;
}

static bool allocate(struct pnr_master *master) {
    const struct pnr_instance *instance = master->instance;
    size_t rows = (size_t)master->program->rows.count;
    size_t members = (size_t)instance->member_count;
    struct pnr_arena *arena = &master->arena;
    master->row_of_member = pnr_arena_alloc(arena, members, sizeof *master->row_of_member);
    master->frozen = pnr_arena_alloc(arena, (size_t)master->level_count, sizeof *master->frozen);
    master->proven = pnr_arena_alloc(arena, (size_t)master->level_count, sizeof *master->proven);
    master->unit_of_level =
        pnr_arena_alloc(arena, (size_t)master->level_count, sizeof *master->unit_of_level);
    master->row_of_level = pnr_arena_alloc(arena, (size_t)master->level_count, sizeof *master->row_of_level);
    master->price_of_pair =
        pnr_arena_alloc(arena, (size_t)instance->pair_count, sizeof *master->price_of_pair);
    master->fixed_column = pnr_arena_alloc(arena, members, sizeof *master->fixed_column);
    master->roster_column = pnr_arena_alloc(arena, members, sizeof *master->roster_column);
    master->answers = pnr_arena_alloc(arena, members, sizeof *master->answers);
    master->convexity_dual = pnr_arena_alloc(arena, members, sizeof *master->convexity_dual);
    master->is_made = pnr_arena_alloc(arena, (size_t)master->program->auxiliaries.count, 1);
    double **by_level[] = {&master->elastic_cost, &master->elastic_before, &master->gave_way};
    for (size_t i = 0; i < sizeof by_level / sizeof *by_level; i++) {
        *by_level[i] = pnr_arena_alloc(arena, (size_t)master->level_count + 1, sizeof **by_level[i]);
    }
    master->is_barred = pnr_arena_alloc(arena, (size_t)instance->pair_count, 1);
    master->lp_row = pnr_arena_alloc(arena, rows, sizeof *master->lp_row);
    master->lp_dual = pnr_arena_alloc(arena, rows, sizeof *master->lp_dual);
    master->lp_weight = pnr_arena_alloc(arena, (size_t)master->level_count, sizeof *master->lp_weight);
    return allocate_mu(master) && allocate_multipliers(master) && master->row_of_member != NULL &&
           master->lp_row != NULL && master->is_made != NULL && master->is_barred != NULL &&
           master->elastic_cost != NULL && master->elastic_before != NULL && master->gave_way != NULL &&
           master->frozen != NULL && master->unit_of_level != NULL && master->row_of_level != NULL &&
           master->price_of_pair != NULL && master->fixed_column != NULL && master->roster_column != NULL &&
           master->answers != NULL && master->convexity_dual != NULL && master->lp_dual != NULL &&
           master->lp_weight != NULL;
}

enum pioneer_status pnr_master_new(const struct pnr_tools *tools, struct pnr_lp_session *session,
                                   struct pnr_master **out) {
    *out = NULL;
    struct pnr_master *master = calloc(1, sizeof *master);
    if (master == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    master->tools = *tools;
    master->session = session;
    master->program = tools->program;
    master->instance = tools->program->couplings->instance;
    master->level_count = tools->program->level_count;
    master->level = master->ahead = -1;
    master->label_limit = PNR_MASTER_LABELS;
    master->stride = 1;
    pnr_arena_init(&master->arena);
    if (!allocate(master)) {
        pnr_master_free(master);
        return PIONEER_E_NO_MEMORY;
    }
    for (int32_t l = 0; l <= master->level_count; l++) {
        master->elastic_cost[l] = PNR_MASTER_ELASTIC_FIRST;
    }
    for (int32_t r = 0; r < master->program->rows.count; r++) {
        master->lp_row[r] = -1;
    }
    size_t members = (size_t)master->instance->member_count;
    memset(master->fixed_column, -1, members * sizeof *master->fixed_column);
    memset(master->roster_column, -1, members * sizeof *master->roster_column);
    *out = master;
    return PIONEER_OK;
}

void pnr_master_free(struct pnr_master *master) {
    if (master == NULL) {
        return;
    }
    pnr_tree_free(master->tree);
    pnr_lp_free(master->lp);
    pnr_team_free(master->team);
    for (int32_t m = 0; master->answers != NULL && m < master->instance->member_count; m++) {
        pnr_array_fini(&master->answers[m].pairs);
        pnr_array_fini(&master->answers[m].costs);
    }
    pnr_array_fini(&master->columns);
    pnr_array_fini(&master->is_closed);
    pnr_array_fini(&master->is_asleep);
    pnr_array_fini(&master->was_awake);
    pnr_array_fini(&master->place);
    pnr_array_fini(&master->column_at);
    pnr_array_fini(&master->standing);
    pnr_array_fini(&master->pair_pool);
    pnr_array_fini(&master->cost_pool);
    pnr_arena_fini(&master->arena);
    free(master);
}

int32_t pnr_master_count_free(const struct pnr_master *master) {
    int32_t count = 0;
    for (int32_t m = 0; m < master->instance->member_count; m++) {
        count += pnr_master_is_free(master, m);
    }
    return count;
}

int32_t pnr_master_column_count(const struct pnr_master *master) {
    return master->columns.count;
}

int64_t pnr_master_grain(const struct pnr_master *master) {
    int64_t grain = 0;
    for (int32_t a = 0; a < master->program->auxiliaries.count; a++) {
        grain = pnr_common_divisor(grain, pnr_program_cost(master->program, a, master->level));
    }
    for (int32_t c = 0; c < master->columns.count && master->level >= 0; c++) {
        int32_t older = master->columns.items[c].older;
        int64_t cost = pnr_master_cost(master, c)[master->level];
        grain =
            pnr_common_divisor(grain, older >= 0 ? cost - pnr_master_cost(master, older)[master->level] : 0);
    }
    return grain > 0 ? grain : 1;
}

const struct pnr_multipliers *pnr_master_multipliers(const struct pnr_master *master) {
    return &master->proof;
}

/* ---- the pool ---- */

static bool same_schedule(const struct pnr_master *master, const struct pnr_column *column,
                          const int32_t *pairs, int32_t pair_count) {
    return column->pair_count == pair_count &&
           (pair_count == 0 || memcmp(master->pair_pool.items + column->first_pair, pairs,
                                      (size_t)pair_count * sizeof *pairs) == 0);
}

/* Columns of a member are chained from the newest back. */
int32_t pnr_master_find_column(const struct pnr_master *master, int32_t member, const int32_t *pairs,
                               int32_t pair_count) {
    int32_t c = master->answers[member].newest_column - 1;
    while (c >= 0 && !same_schedule(master, &master->columns.items[c], pairs, pair_count)) {
        c = master->columns.items[c].older;
    }
    return c;
}

enum pioneer_status pnr_master_add_column(struct pnr_master *master, int32_t member, const int32_t *pairs,
                                          int32_t pair_count, const int64_t *costs, bool *added) {
    *added = false;
    int32_t known = pnr_master_find_column(master, member, pairs, pair_count);
    if (known >= 0) {
        return pnr_master_status_of(pnr_master_wake_column(master, known));
    }
    struct pnr_column column = {member, master->pair_pool.count, pair_count,
                                master->answers[member].newest_column - 1};
    bool ok = pnr_array_reserve(&master->pair_pool, master->pair_pool.count + pair_count) &&
              pnr_array_reserve(&master->cost_pool, master->cost_pool.count + master->level_count) &&
              pnr_array_push(&master->columns, column) && pnr_array_push(&master->is_closed, 0) &&
              pnr_array_push(&master->is_asleep, 0) && pnr_array_push(&master->place, -1);
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
    master->awake_count++;
    *added = true;
    return master->lp != NULL
               ? pnr_master_status_of(pnr_master_append_column(master, master->columns.count - 1))
               : PIONEER_OK;
}

static enum pioneer_status add_roster(struct pnr_master *master, const struct pnr_solution *roster) {
    const struct pnr_instance *instance = master->instance;
    int32_t *pairs = malloc(((size_t)instance->pair_count + 1) * sizeof *pairs);
    enum pioneer_status status = pairs != NULL ? PIONEER_OK : PIONEER_E_NO_MEMORY;
    for (int32_t m = 0; m < instance->member_count && status == PIONEER_OK; m++) {
        const struct pnr_stretch *stretch = pnr_master_stretch(master, m);
        int32_t count = pnr_solution_pairs_of(roster, m, pairs);
        bool is_legal = count > 0 || roster->must_serve[m] == 0;
        count = stretch != NULL ? pnr_stretch_pick(stretch, instance, pairs, count) : count;
        if (master->tools.is_feasible[m] && is_legal) {
            bool added;
            status = pnr_master_add_column(master, m, pairs, count,
                                           roster->cost_of_member + (size_t)m * (size_t)master->level_count,
                                           &added);
        }
    }
    free(pairs);
    return status;
}

/* Everybody who may stay idle has that schedule in the pool: with it an LP is feasible whatever is closed. */
static enum pioneer_status add_idle(struct pnr_master *master, const uint8_t *must_serve) {
    enum pioneer_status status = PIONEER_OK;
    for (int32_t m = 0; m < master->instance->member_count && status == PIONEER_OK; m++) {
        if (master->tools.is_feasible[m] && must_serve[m] == 0 && pnr_master_stretch(master, m) == NULL) {
            bool added;
            status = pnr_master_add_column(master, m, NULL, 0,
                                           master->tools.idle_cost + (size_t)m * (size_t)master->level_count,
                                           &added);
        }
    }
    return status;
}

/* The typical cost of a level: the largest that one column or auxiliary has. */
static void measure_level(struct pnr_master *master, int32_t level) {
    int64_t largest = 1;
    for (int32_t a = 0; a < master->program->auxiliaries.count; a++) {
        int64_t cost = pnr_program_cost(master->program, a, level);
        largest = cost > largest ? cost : largest;
    }
    for (int32_t c = 0; c < master->columns.count; c++) {
        largest = pnr_master_cost(master, c)[level] > largest ? pnr_master_cost(master, c)[level] : largest;
    }
    master->unit_of_level[level] = (double)largest;
}

static int64_t choose_scale(const struct pnr_master *master) {
    double unit = pnr_master_unit_of(master, master->level);
    double wanted = LEAST_SCALE;
    for (int32_t l = 0; l < master->level; l++) {
        double ratio = master->unit_of_level[l] / unit;
        wanted = ratio * LEAST_SCALE > wanted ? ratio * LEAST_SCALE : wanted;
    }
    int64_t scale = LEAST_SCALE;
    while (scale > 16 && (double)scale * unit * PNR_MASTER_ELASTIC_MOST > MOST_MULTIPLIER) {
        scale /= 2; /* a level of large costs does not miss the rounding */
    }
    while ((double)scale < wanted && (double)scale * 2 * unit * PNR_MASTER_ELASTIC_MOST < MOST_MULTIPLIER) {
        scale *= 2;
    }
    return scale;
}

/* All dislikes of a roster together come to about a unit of cost at most, or to what was asked for. */
static bool shuffle(struct pnr_master *master, const struct pnr_solution *roster) {
    if (master->tools.shuffle == 0) {
        return true;
    }
    const struct pnr_instance *instance = master->instance;
    const int32_t *entries = master->program->entries_of_pair;
    int64_t taken = 1;
    for (int32_t p = 0; p < instance->pair_count; p++) {
        taken += roster->is_chosen[p] && entries[p] < entries[p + 1];
    }
    int64_t all = master->used.scale * (master->tools.dislike > 0 ? 2 * master->tools.dislike : 1);
    int64_t most = all / taken < LEAST_DISLIKES ? LEAST_DISLIKES : all / taken;
    struct pnr_rng rng;
    pnr_rng_seed(&rng, master->tools.shuffle);
    master->dislike = pnr_arena_alloc(&master->arena, (size_t)instance->pair_count, sizeof *master->dislike);
    for (int32_t p = 0; master->dislike != NULL && p < instance->pair_count; p++) {
        master->dislike[p] = pnr_rng_below(&rng, (uint32_t)most);
    }
    return master->dislike != NULL;
}

static void reset_multipliers(struct pnr_master *master) {
    struct pnr_multipliers *all[] = {&master->used, &master->best, &master->proof};
    int64_t scale = choose_scale(master);
    for (int i = 0; i < 3; i++) {
        all[i]->scale = scale;
        all[i]->level = master->level;
        memset(all[i]->of_row, 0, (size_t)master->program->rows.count * sizeof *all[i]->of_row);
        memset(all[i]->weight_of_level, 0, (size_t)master->level_count * sizeof *all[i]->weight_of_level);
        memset(all[i]->of_total, 0, sizeof all[i]->of_total);
        if (master->level >= 0) {
            all[i]->weight_of_level[master->level] = scale;
        }
    }
    memset(master->mu, 0,
           (size_t)master->tallies_of_member[master->instance->member_count] * sizeof *master->mu);
    master->has_best = false;
    master->proof_bound = -DBL_MAX;
    master->proven_by_proof = INT64_MIN;
}

enum pioneer_status pnr_master_add_cheapest(struct pnr_master *master, int32_t member,
                                            const int64_t *price_of_pair, const int64_t *weight_of_level,
                                            struct pnr_found *found) {
    struct pnr_price_query query = {
        .member = member,
        .price_of_pair = price_of_pair,
        .weight_of_level = weight_of_level,
        .forced = master->forced,
        .forbidden = pnr_master_forbidden(master),
        .limits = master->limits,
        .limit_count = master->limit_count,
        .cutoff = INT64_MAX,
        .wanted = 1,
        .label_limit = master->label_limit,
        .stretch = pnr_master_stretch(master, member),
    };
    struct pnr_price_answer answer;
    bool added;
    enum pioneer_status status =
        pnr_pricer_price(master->tools.pricer, master->tools.scratches[0], &query, &answer);
    *found = (struct pnr_found){
        .any = status == PIONEER_OK && answer.count > 0,
        .none = status == PIONEER_OK && answer.kind == PNR_PRICED_INFEASIBLE,
        .work = answer.work,
    };
    if (!found->any) {
        return status;
    }
    const struct pnr_schedule *schedule = &answer.schedules[0];
    return pnr_master_add_column(master, member, schedule->pairs, schedule->pair_count,
                                 schedule->cost_by_level, &added);
}

/* Members whose schedule in the roster is not legal need another one to start from: any. */
static enum pioneer_status fill_gaps(struct pnr_master *master) {
    size_t room = (size_t)master->instance->pair_count + (size_t)master->level_count + 1;
    int64_t *zeros = calloc(room, sizeof *zeros);
    enum pioneer_status status = zeros != NULL ? PIONEER_OK : PIONEER_E_NO_MEMORY;
    for (int32_t m = 0; m < master->instance->member_count && status == PIONEER_OK; m++) {
        if (master->tools.is_feasible[m] && master->answers[m].newest_column == 0) {
            struct pnr_found found;
            status = pnr_master_add_cheapest(master, m, zeros, zeros, &found);
        }
    }
    free(zeros);
    return status;
}

enum pioneer_status pnr_master_begin(struct pnr_master *master, int32_t level, const int64_t *frozen,
                                     const int64_t *proven, const struct pnr_solution *roster) {
    bool first = master->lp == NULL;
    int32_t before = master->level;
    pnr_tree_free(master->tree);
    master->tree = NULL;
    master->level = first ? level : before;
    memcpy(master->frozen, frozen, (size_t)(level > 0 ? level : 0) * sizeof *frozen);
    memcpy(master->proven, proven, (size_t)(level > 0 ? level : 0) * sizeof *proven);
    enum pioneer_status status = add_idle(master, roster->must_serve);
    if (status == PIONEER_OK) {
        status = add_roster(master, roster);
    }
    if (status == PIONEER_OK) {
        status = fill_gaps(master);
    }
    if (status != PIONEER_OK && status != PIONEER_E_SOLVER) {
        return status;
    }
    master->level = level;
    for (int32_t l = 0; l <= level; l++) {
        if (first || master->row_of_level[l] < 0) {
            measure_level(master, l);
        }
    }
    if (!first && master->proof_bound > -DBL_MAX && master->proof.level >= 0) {
        /* what proves a level is a good start for the next ones, which trade against it */
        pnr_multipliers_set(master->program, &master->proof, &master->earlier[master->proof.level]);
    }
    reset_multipliers(master);
    if (!shuffle(master, roster)) {
        return PIONEER_E_NO_MEMORY;
    }
    enum pnr_lp_result result = PNR_LP_LOST;
    if (!first && status == PIONEER_OK) {
        result = pnr_master_turn_lp(master);
    }
    if (result == PNR_LP_LOST) {
        result = pnr_master_build_lp(master);
    }
    return pnr_master_status_of(result);
}

enum pioneer_status pnr_master_look_ahead(struct pnr_master *master, int32_t level, double weight) {
    int64_t *weights = master->used.weight_of_level;
    if (master->ahead >= 0) {
        weights[master->ahead] = 0;
    }
    master->ahead = level;
    if (level >= 0) {
        measure_level(master, level);
        pnr_master_use_weight(master, level, weight * (double)master->used.scale);
        /* the LP sees what the pricer sees */
        master->ahead_weight = (double)weights[level] / (double)master->used.scale;
    }
    return pnr_master_status_of(pnr_master_set_objective(master));
}
