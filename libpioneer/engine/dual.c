/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Lagrangian dual without a simplex: its bound, its slopes, and a step along them. */
#include "engine/dual_inside.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/threads.h"
#include "engine/price_math.h"
#include "engine/relaxation.h"

/* Adam's constants, as measured on the public single-stage set; slopes are in heads, so EPSILON is too. */
#define MOMENTUM 0.95
#define VARIANCE 0.999
#define EPSILON  0.1
/* A level that is proven costs at least so many ranges of a row wherever it is missed: dives keep it then,
 * and the dual's optimum is the same, though further away. INRC-II n030w8 in 40 s, its minima proven: 2700,
 * 2300, 2475 with 3, 10, 20 ranges; without, dives missed 150 of the first level, and ended at 3045 after 60
 * s. */
#define SETTLED     10
#define LEAST_SCALE 4096
#define MOST_PRICE  1.0e11
/* Share of the past in the averages. */
#define AVERAGE 0.97f

/* ---- life ---- */

static bool allocate_variables(struct pnr_dual *dual) {
    struct pnr_arena *arena = &dual->arena;
    double **arrays[] = {&dual->at,   &dual->measure, &dual->slope, &dual->mean, &dual->square,
                         &dual->kept, &dual->least,   &dual->most,  &dual->range};
    bool ok = true;
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
        *arrays[i] = pnr_arena_alloc(arena, (size_t)dual->variable_count, sizeof(double));
        ok = ok && *arrays[i] != NULL;
    }
    return ok;
}

static bool allocate_multipliers(struct pnr_dual *dual) {
    return pnr_multipliers_init(&dual->arena, dual->tools.program, &dual->used) &&
           pnr_multipliers_init(&dual->arena, dual->tools.program, &dual->best);
}

static bool allocate_shares(struct pnr_dual *dual) {
    dual->shares = pnr_arena_alloc(&dual->arena, (size_t)dual->tools.thread_count, sizeof *dual->shares);
    bool ok = dual->shares != NULL;
    for (int32_t t = 0; ok && t < dual->tools.thread_count; t++) {
        struct pnr_dual_share *share = &dual->shares[t];
        share->activity = pnr_arena_alloc(&dual->arena, (size_t)dual->row_count, sizeof *share->activity);
        share->cost = pnr_arena_alloc(&dual->arena, (size_t)dual->level_count, sizeof *share->cost);
        ok = share->activity != NULL && share->cost != NULL;
    }
    return ok;
}

static bool count_tallies(struct pnr_dual *dual) {
    size_t members = (size_t)dual->instance->member_count;
    dual->tallies_of_member = pnr_arena_alloc(&dual->arena, members + 1, sizeof *dual->tallies_of_member);
    if (dual->tallies_of_member == NULL) {
        return false;
    }
    for (size_t m = 0; m < members; m++) {
        dual->tallies_of_member[m + 1] =
            dual->tallies_of_member[m] + pnr_pricer_tally_count(dual->tools.pricer, (int32_t)m);
    }
    dual->variable_count = dual->row_count + dual->level_count + dual->tallies_of_member[members];
    return true;
}

static bool allocate(struct pnr_dual *dual) {
    if (!count_tallies(dual)) {
        return false;
    }
    struct pnr_arena *arena = &dual->arena;
    size_t pairs = (size_t)dual->instance->pair_count;
    size_t tallies = (size_t)dual->tallies_of_member[dual->instance->member_count];
    dual->mu = pnr_arena_alloc(arena, tallies, sizeof *dual->mu);
    dual->mu_slope = pnr_arena_alloc(arena, tallies, sizeof *dual->mu_slope);
    dual->price_of_pair = pnr_arena_alloc(arena, pairs, sizeof *dual->price_of_pair);
    dual->last_way = pnr_arena_alloc(arena, pairs, 1);
    dual->average = pnr_arena_alloc(arena, pairs, sizeof *dual->average);
    int32_t **slacks[] = {&dual->dearest_above, &dual->dearest_below, &dual->last_slack_above,
                          &dual->last_slack_below};
    bool ok = true;
    for (size_t i = 0; i < sizeof slacks / sizeof *slacks; i++) {
        *slacks[i] = pnr_arena_alloc(arena, (size_t)dual->row_count, sizeof(int32_t));
        ok = ok && *slacks[i] != NULL;
    }
    dual->is_held = pnr_arena_alloc(arena, (size_t)dual->instance->member_count, 1);
    dual->held_activity = pnr_arena_alloc(arena, (size_t)dual->row_count, sizeof *dual->held_activity);
    dual->held_cost = pnr_arena_alloc(arena, (size_t)dual->level_count, sizeof *dual->held_cost);
    ok = ok && dual->is_held != NULL && dual->held_activity != NULL && dual->held_cost != NULL;
    dual->is_slack_above = pnr_arena_alloc(arena, (size_t)dual->row_count, 1);
    dual->is_slack_below = pnr_arena_alloc(arena, (size_t)dual->row_count, 1);
    dual->frozen = pnr_arena_alloc(arena, (size_t)dual->level_count, sizeof *dual->frozen);
    dual->is_settled = pnr_arena_alloc(arena, (size_t)dual->level_count, 1);
    return ok && dual->mu != NULL && dual->mu_slope != NULL && dual->price_of_pair != NULL &&
           dual->last_way != NULL && dual->average != NULL && dual->frozen != NULL &&
           dual->is_settled != NULL && dual->is_slack_above != NULL && dual->is_slack_below != NULL &&
           allocate_variables(dual) && allocate_multipliers(dual) && allocate_shares(dual);
}

/* How much of each row, level and sum one head is: the largest coefficient, cost and day's step. */
static void take_measures(struct pnr_dual *dual) {
    const struct pnr_program *program = dual->tools.program;
    const struct pnr_instance *instance = dual->instance;
    for (int32_t i = 0; i < dual->variable_count; i++) {
        dual->measure[i] = 1;
    }
    for (int32_t e = 0; e < program->entries_of_pair[instance->pair_count]; e++) {
        double coefficient = abs(program->entries[e].coefficient);
        double *measure = &dual->measure[program->entries[e].row];
        *measure = coefficient > *measure ? coefficient : *measure;
    }
    double *of_level = dual->measure + dual->row_count;
    for (int32_t a = 0; a < program->auxiliaries.count; a++) {
        for (int32_t l = 0; l < dual->level_count; l++) {
            double cost =
                (double)program->cost_of_auxiliary.items[(size_t)a * (size_t)dual->level_count + (size_t)l];
            of_level[l] = cost > of_level[l] ? cost : of_level[l];
        }
    }
    double *of_tally = of_level + dual->level_count;
    for (int32_t m = 0; m < instance->member_count; m++) {
        for (int32_t t = dual->tallies_of_member[m]; t < dual->tallies_of_member[m + 1]; t++) {
            of_tally[t] =
                (double)pnr_pricer_tally_step(dual->tools.pricer, m, t - dual->tallies_of_member[m]);
        }
    }
}

/* A row is paid for by slacks of its own on a side when no auxiliary that joins rows works on that side.
 * Slacks of hard rules pay for nothing here: they are 0 at any level, and the multipliers of their rows may
 * go as far as the rule takes them. */
static void find_slacks(struct pnr_dual *dual) {
    const struct pnr_program *program = dual->tools.program;
    for (int pass = 0; pass < 2; pass++) {
        for (int32_t a = 0; a < program->auxiliaries.count; a++) {
            const struct pnr_auxiliary *at = &program->auxiliaries.items[a];
            bool counts = at->hard_cost == 0 && (at->entry_count == 1) == (pass == 0);
            for (int32_t e = 0; e < at->entry_count && counts; e++) {
                uint8_t *is_slack = at->coefficients[e] > 0 ? dual->is_slack_above : dual->is_slack_below;
                is_slack[at->rows[e]] = pass == 0;
            }
        }
    }
}

enum pioneer_status pnr_dual_new(const struct pnr_tools *tools, struct pnr_dual **out) {
    *out = NULL;
    struct pnr_dual *dual = calloc(1, sizeof *dual);
    if (dual == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    dual->tools = *tools;
    dual->instance = tools->program->couplings->instance;
    dual->row_count = tools->program->rows.count;
    dual->level_count = tools->program->level_count;
    pnr_arena_init(&dual->arena);
    if (!allocate(dual)) {
        pnr_dual_free(dual);
        return PIONEER_E_NO_MEMORY;
    }
    take_measures(dual);
    find_slacks(dual);
    dual->level = -1;
    *out = dual;
    return PIONEER_OK;
}

void pnr_dual_free(struct pnr_dual *dual) {
    if (dual != NULL) {
        pnr_arena_fini(&dual->arena);
        free(dual);
    }
}

static void set_level(struct pnr_dual *dual, struct pnr_multipliers *multipliers, int64_t scale) {
    multipliers->level = dual->level;
    multipliers->scale = scale;
    memset(multipliers->of_row, 0, (size_t)dual->row_count * sizeof *multipliers->of_row);
    memset(multipliers->weight_of_level, 0, (size_t)dual->level_count * sizeof *multipliers->weight_of_level);
    multipliers->weight_of_level[dual->level] = scale;
}

/* Multipliers are integers in units of 1/scale of a cost: a thousand rounded rows lose about a tenth of one
 * unit at LEAST_SCALE. A frozen level whose costs are large against those of the level at hand has a small
 * weight, which a finer scale must show. */
static int64_t choose_scale(const struct pnr_dual *dual, double unit) {
    double wanted = LEAST_SCALE;
    for (int32_t l = 0; l < dual->level; l++) {
        wanted = fmax(wanted, dual->measure[dual->row_count + l] / unit * LEAST_SCALE);
    }
    int64_t scale = LEAST_SCALE;
    while ((double)scale < wanted && (double)scale * unit < MOST_PRICE) {
        scale *= 2;
    }
    return scale;
}

void pnr_dual_begin(struct pnr_dual *dual, int32_t level, const int64_t *frozen, double unit) {
    dual->level = level;
    int64_t scale = choose_scale(dual, unit);
    dual->unit = unit;
    dual->has_best = false;
    dual->travel = 0;
    dual->first_middle = 0;
    memcpy(dual->frozen, frozen, (size_t)level * sizeof *frozen);
    memset(dual->is_settled, 0, (size_t)dual->level_count);
    set_level(dual, &dual->used, scale);
    set_level(dual, &dual->best, scale);
    memset(dual->at, 0, (size_t)dual->variable_count * sizeof *dual->at);
    memset(dual->kept, 0, (size_t)dual->variable_count * sizeof *dual->kept);
    memset(dual->average, 0, (size_t)dual->instance->pair_count * sizeof *dual->average);
}

void pnr_dual_settle(struct pnr_dual *dual, int32_t level) {
    dual->is_settled[level] = 1;
}

void pnr_dual_follow(struct pnr_dual *dual, const struct pnr_dual *other) {
    size_t bytes = (size_t)dual->variable_count * sizeof *dual->at;
    dual->level = other->level;
    dual->unit = other->unit;
    dual->middle = other->middle;
    dual->first_middle = other->first_middle;
    dual->travel = other->travel;
    dual->has_best = other->has_best;
    dual->best_bound = other->best_bound;
    dual->proved = other->proved;
    memcpy(dual->at, other->at, bytes);
    memcpy(dual->kept, other->kept, bytes);
    memcpy(dual->range, other->range, bytes);
    memcpy(dual->frozen, other->frozen, (size_t)dual->level_count * sizeof *dual->frozen);
    memcpy(dual->is_settled, other->is_settled, (size_t)dual->level_count);
    memcpy(dual->average, other->average, (size_t)dual->instance->pair_count * sizeof *dual->average);
    pnr_multipliers_set(dual->tools.program, &other->used, &dual->used);
    pnr_multipliers_set(dual->tools.program, &other->best, &dual->best);
}

bool pnr_dual_has_best(const struct pnr_dual *dual) {
    return dual->has_best;
}

double pnr_dual_bound(const struct pnr_dual *dual) {
    return dual->best_bound;
}

const struct pnr_multipliers *pnr_dual_best(const struct pnr_dual *dual) {
    return &dual->best;
}

const float *pnr_dual_average(const struct pnr_dual *dual) {
    return dual->average;
}

/* ---- one step ---- */

void pnr_dual_set_integers(struct pnr_dual *dual) {
    const struct pnr_program *program = dual->tools.program;
    double scale = (double)dual->used.scale;
    for (int32_t r = 0; r < dual->row_count; r++) {
        dual->used.of_row[r] =
            pnr_multiplier_clamp(&program->rows.items[r], dual->at[r] / dual->measure[r] * scale);
    }
    const double *at = dual->at + dual->row_count;
    const double *measure = dual->measure + dual->row_count;
    for (int32_t l = 0; l < dual->level; l++) {
        dual->used.weight_of_level[l] = llround(at[l] / measure[l] * scale);
    }
    at += dual->level_count;
    measure += dual->level_count;
    for (int32_t t = 0; t < dual->variable_count - dual->row_count - dual->level_count; t++) {
        dual->mu[t] = llround(at[t] / measure[t] * scale);
    }
    for (int32_t p = 0; p < dual->instance->pair_count; p++) {
        dual->price_of_pair[p] = pnr_multipliers_price_pair(program, &dual->used, p);
    }
}

/* An infeasible member stays idle at what that costs. */
static pnr_wide idle_price(const struct pnr_dual *dual, int32_t member) {
    pnr_wide price = 0;
    for (int32_t l = 0; l <= dual->level; l++) {
        price += (pnr_wide)dual->used.weight_of_level[l] *
                 dual->tools.idle_cost[(size_t)member * (size_t)dual->level_count + (size_t)l];
    }
    return price;
}

void pnr_dual_relax_member(struct pnr_dual *dual, int32_t thread, int32_t member) {
    struct pnr_dual_share *share = &dual->shares[thread];
    const struct pnr_program *program = dual->tools.program;
    struct pnr_price_query query = {
        .member = member,
        .price_of_pair = dual->price_of_pair,
        .weight_of_level = dual->used.weight_of_level,
        .cutoff = INT64_MAX,
        .wanted = 1,
    };
    struct pnr_relaxation relaxation = {.mu = dual->mu + dual->tallies_of_member[member],
                                        .slope = dual->mu_slope + dual->tallies_of_member[member]};
    share->status = pnr_pricer_relax(dual->tools.pricer, dual->tools.scratches[thread], &query, &relaxation);
    share->work += relaxation.work;
    share->has_way = share->has_way && relaxation.has_way;
    if (share->status != PIONEER_OK || !relaxation.has_way) {
        return;
    }
    share->total += relaxation.bound;
    for (int32_t i = 0; i < relaxation.schedule.pair_count; i++) {
        int32_t pair = relaxation.schedule.pairs[i];
        dual->last_way[pair] = 1;
        for (int32_t e = program->entries_of_pair[pair]; e < program->entries_of_pair[pair + 1]; e++) {
            share->activity[program->entries[e].row] += program->entries[e].coefficient;
        }
    }
    for (int32_t l = 0; l < dual->level; l++) {
        share->cost[l] += relaxation.aimed_cost_by_level[l];
    }
}

static void relax_share(void *context, int thread) {
    struct pnr_dual *dual = context;
    struct pnr_dual_share *share = &dual->shares[thread];
    if (thread == 0) {
        memcpy(share->activity, dual->held_activity, (size_t)dual->row_count * sizeof *share->activity);
        memcpy(share->cost, dual->held_cost, (size_t)dual->level_count * sizeof *share->cost);
    } else {
        memset(share->activity, 0, (size_t)dual->row_count * sizeof *share->activity);
        memset(share->cost, 0, (size_t)dual->level_count * sizeof *share->cost);
    }
    share->total = 0;
    share->work = 0;
    share->status = PIONEER_OK;
    share->has_way = true;
    for (int32_t m = thread; m < dual->instance->member_count && share->status == PIONEER_OK;
         m += dual->tools.thread_count) {
        if (dual->is_held[m]) {
            continue;
        }
        if (dual->tools.is_feasible[m]) {
            pnr_dual_relax_member(dual, thread, m);
        } else {
            share->total += idle_price(dual, m);
            for (int32_t l = 0; l < dual->level; l++) {
                share->cost[l] += dual->tools.idle_cost[(size_t)m * (size_t)dual->level_count + (size_t)l];
            }
        }
    }
}

/* Adds the shares up into the first, in thread order; sums of integers do not depend on it. */
static enum pioneer_status gather_shares(struct pnr_dual *dual, bool *has_way) {
    struct pnr_dual_share *all = &dual->shares[0];
    enum pioneer_status status = all->status;
    *has_way = all->has_way;
    for (int32_t t = 1; t < dual->tools.thread_count; t++) {
        const struct pnr_dual_share *share = &dual->shares[t];
        status = status == PIONEER_OK ? share->status : status;
        *has_way = *has_way && share->has_way;
        all->total += share->total;
        all->work += share->work;
        for (int32_t r = 0; r < dual->row_count; r++) {
            all->activity[r] += share->activity[r];
        }
        for (int32_t l = 0; l < dual->level_count; l++) {
            all->cost[l] += share->cost[l];
        }
    }
    return status;
}

static enum pioneer_status relax_all(struct pnr_dual *dual, bool *has_way) {
    memset(dual->last_way, 0, (size_t)dual->instance->pair_count);
    if (dual->tools.thread_count == 1) {
        relax_share(dual, 0);
    } else {
        enum pioneer_status status =
            pnr_parallel(dual->tools.thread_count, dual->tools.thread_count, relax_share, dual);
        if (status != PIONEER_OK) {
            return status;
        }
    }
    enum pioneer_status status = gather_shares(dual, has_way);
    pnr_budget_spend(dual->tools.budget, dual->shares[0].work);
    return status;
}

/* An auxiliary is at its upper bound where its reduced cost is negative: adds it to the activities, and its
 * costs to the levels'. */
static void add_auxiliaries(struct pnr_dual *dual) {
    const struct pnr_program *program = dual->tools.program;
    struct pnr_dual_share *all = &dual->shares[0];
    for (int32_t a = 0; a < program->auxiliaries.count; a++) {
        const struct pnr_auxiliary *at = &program->auxiliaries.items[a];
        int64_t high = pnr_program_high(program, a, dual->level);
        if (high == 0 || pnr_multipliers_reduced_cost(program, NULL, &dual->used, a) >= 0) {
            continue;
        }
        for (int32_t e = 0; e < at->entry_count; e++) {
            all->activity[at->rows[e]] += at->coefficients[e] * high;
        }
        for (int32_t l = 0; l < dual->level; l++) {
            all->cost[l] +=
                high * program->cost_of_auxiliary.items[(size_t)a * (size_t)dual->level_count + (size_t)l];
        }
    }
}

/* What own slacks pay for where a multiplier has no more room: all that the row is short of, or has too much,
 * is bought from the dearest slack, whose reduced cost is then 0. */
static void add_last_slacks(struct pnr_dual *dual) {
    const struct pnr_program *program = dual->tools.program;
    struct pnr_dual_share *all = &dual->shares[0];
    for (int32_t a = 0; a < program->auxiliaries.count; a++) {
        const struct pnr_auxiliary *at = &program->auxiliaries.items[a];
        int32_t r = at->rows[0];
        const struct pnr_row *row = &program->rows.items[r];
        if (at->entry_count != 1 || (dual->last_slack_above[r] != a && dual->last_slack_below[r] != a)) {
            continue;
        }
        int64_t missing =
            at->coefficients[0] > 0 ? row->low - all->activity[r] : all->activity[r] - row->high;
        if (missing <= 0) {
            continue;
        }
        all->activity[r] += at->coefficients[0] > 0 ? missing : -missing;
        for (int32_t l = 0; l < dual->level; l++) {
            all->cost[l] +=
                missing * program->cost_of_auxiliary.items[(size_t)a * (size_t)dual->level_count + (size_t)l];
        }
    }
}

static double row_slope(const struct pnr_row *row, int64_t multiplier, int64_t activity) {
    if (multiplier > 0 || (multiplier == 0 && activity < row->low)) {
        return (double)(row->low - activity);
    }
    if (multiplier < 0 || activity > row->high) {
        return (double)(row->high - activity);
    }
    return 0;
}

static void find_slopes(struct pnr_dual *dual) {
    const struct pnr_program *program = dual->tools.program;
    const struct pnr_dual_share *all = &dual->shares[0];
    for (int32_t r = 0; r < dual->row_count; r++) {
        dual->slope[r] =
            row_slope(&program->rows.items[r], dual->used.of_row[r], all->activity[r]) / dual->measure[r];
    }
    double *slope = dual->slope + dual->row_count;
    const double *measure = dual->measure + dual->row_count;
    for (int32_t l = 0; l < dual->level; l++) {
        slope[l] = (double)(all->cost[l] + program->constant_of_level[l] - dual->frozen[l]) / measure[l];
    }
    slope += dual->level_count;
    measure += dual->level_count;
    for (int32_t t = 0; t < dual->tallies_of_member[dual->instance->member_count]; t++) {
        slope[t] = (double)dual->mu_slope[t] / measure[t];
    }
}

static void keep_best(struct pnr_dual *dual, pnr_wide total, int64_t *bound) {
    double reached = (double)total / (double)dual->used.scale;
    dual->now = reached;
    if (dual->held_count > 0 || (dual->has_best && reached <= dual->best_bound)) {
        return;
    }
    dual->has_best = true;
    dual->best_bound = reached;
    pnr_multipliers_set(dual->tools.program, &dual->used, &dual->best);
    memcpy(dual->kept, dual->at, (size_t)dual->variable_count * sizeof *dual->kept);
    dual->proved = pnr_multipliers_bound(total, dual->used.scale);
    *bound = dual->proved > *bound ? dual->proved : *bound;
}

enum pioneer_status pnr_dual_evaluate(struct pnr_dual *dual, int64_t *bound, bool *has_way) {
    pnr_dual_set_integers(dual);
    enum pioneer_status status = relax_all(dual, has_way);
    if (status != PIONEER_OK || !*has_way) {
        return status;
    }
    pnr_wide total = pnr_multipliers_rows_part(dual->tools.program, NULL, &dual->used, dual->frozen);
    keep_best(dual, total + dual->shares[0].total, bound);
    add_auxiliaries(dual);
    add_last_slacks(dual);
    find_slopes(dual);
    return PIONEER_OK;
}

/* What a unit of an auxiliary costs at the step's weights, in costs of the level. */
static double auxiliary_price(const struct pnr_dual *dual, int32_t auxiliary) {
    const int64_t *cost =
        dual->tools.program->cost_of_auxiliary.items + (size_t)auxiliary * (size_t)dual->level_count;
    double price = (double)cost[dual->level];
    for (int32_t l = 0; l < dual->level; l++) {
        price += dual->at[dual->row_count + l] / dual->measure[dual->row_count + l] * (double)cost[l];
    }
    return price;
}

void pnr_dual_find_room(struct pnr_dual *dual) {
    const struct pnr_program *program = dual->tools.program;
    for (int32_t r = 0; r < dual->row_count; r++) {
        const struct pnr_row *row = &program->rows.items[r];
        dual->most[r] = row->low <= -PNR_ROW_FREE || dual->is_slack_above[r] ? 0 : DBL_MAX;
        dual->least[r] = row->high >= PNR_ROW_FREE || dual->is_slack_below[r] ? 0 : -DBL_MAX;
        dual->dearest_above[r] = dual->dearest_below[r] = -1;
    }
    for (int32_t a = 0; a < program->auxiliaries.count; a++) {
        const struct pnr_auxiliary *at = &program->auxiliaries.items[a];
        if (at->entry_count != 1 || at->hard_cost > 0) {
            continue;
        }
        int32_t r = at->rows[0];
        double limit = auxiliary_price(dual, a) / (double)at->coefficients[0] * dual->measure[r];
        if (at->coefficients[0] > 0 && dual->is_slack_above[r] &&
            program->rows.items[r].low > -PNR_ROW_FREE && limit >= dual->most[r]) {
            dual->most[r] = limit;
            dual->dearest_above[r] = a;
        }
        if (at->coefficients[0] < 0 && dual->is_slack_below[r] &&
            program->rows.items[r].high < PNR_ROW_FREE && limit <= dual->least[r]) {
            dual->least[r] = limit;
            dual->dearest_below[r] = a;
        }
    }
}

void pnr_dual_project(struct pnr_dual *dual) {
    for (int32_t l = 0; l < dual->level_count; l++) {
        double *weight = &dual->at[dual->row_count + l];
        double floor = dual->is_settled[l] ? SETTLED * dual->first_middle : 0;
        *weight = l < dual->level ? fmax(*weight, floor) : 0;
    }
    pnr_dual_find_room(dual);
    for (int32_t r = 0; r < dual->row_count; r++) {
        dual->last_slack_above[r] = dual->at[r] >= dual->most[r] ? dual->dearest_above[r] : -1;
        dual->last_slack_below[r] = dual->at[r] <= dual->least[r] ? dual->dearest_below[r] : -1;
        dual->at[r] = fmin(fmax(dual->at[r], dual->least[r]), dual->most[r]);
    }
}

void pnr_dual_step(struct pnr_dual *dual, double length, int32_t time) {
    double mean_bias = 1 - pow(MOMENTUM, time);
    double square_bias = 1 - pow(VARIANCE, time);
    for (int32_t i = 0; i < dual->variable_count; i++) {
        double slope = dual->slope[i];
        dual->mean[i] = MOMENTUM * dual->mean[i] + (1 - MOMENTUM) * slope;
        dual->square[i] = VARIANCE * dual->square[i] + (1 - VARIANCE) * slope * slope;
        dual->at[i] += length * dual->range[i] * (dual->mean[i] / mean_bias) /
                       (sqrt(dual->square[i] / square_bias) + EPSILON);
    }
    pnr_dual_project(dual);
}

void pnr_dual_take_average(struct pnr_dual *dual) {
    for (int32_t p = 0; p < dual->instance->pair_count; p++) {
        dual->average[p] = AVERAGE * dual->average[p] + (1 - AVERAGE) * (float)dual->last_way[p];
    }
}

/* ---- with members held ---- */

void pnr_dual_hold(struct pnr_dual *dual, int32_t member, const int32_t *pairs, int32_t pair_count,
                   const int64_t *cost_by_level) {
    const struct pnr_program *program = dual->tools.program;
    dual->is_held[member] = 1;
    dual->held_count++;
    for (int32_t i = 0; i < pair_count; i++) {
        for (int32_t e = program->entries_of_pair[pairs[i]]; e < program->entries_of_pair[pairs[i] + 1];
             e++) {
            dual->held_activity[program->entries[e].row] += program->entries[e].coefficient;
        }
    }
    for (int32_t l = 0; l < dual->level_count; l++) {
        dual->held_cost[l] += cost_by_level[l];
    }
    double *slope = dual->slope + dual->row_count + dual->level_count;
    for (int32_t t = dual->tallies_of_member[member]; t < dual->tallies_of_member[member + 1]; t++) {
        dual->mu_slope[t] = 0;
        slope[t] = 0;
    }
}

void pnr_dual_release(struct pnr_dual *dual) {
    memset(dual->is_held, 0, (size_t)dual->instance->member_count);
    memset(dual->held_activity, 0, (size_t)dual->row_count * sizeof *dual->held_activity);
    memset(dual->held_cost, 0, (size_t)dual->level_count * sizeof *dual->held_cost);
    dual->held_count = 0;
    memcpy(dual->at, dual->kept, (size_t)dual->variable_count * sizeof *dual->at);
    pnr_dual_set_integers(dual);
}

int64_t pnr_dual_price_of(const struct pnr_dual *dual, int32_t pair) {
    return dual->price_of_pair[pair];
}

const int64_t *pnr_dual_weights(const struct pnr_dual *dual) {
    return dual->used.weight_of_level;
}

int64_t *pnr_dual_mu(struct pnr_dual *dual, int32_t member) {
    return dual->mu + dual->tallies_of_member[member];
}

int64_t pnr_dual_scale(const struct pnr_dual *dual) {
    return dual->used.scale;
}

double pnr_dual_range(const struct pnr_dual *dual) {
    return dual->middle;
}

int32_t pnr_dual_level(const struct pnr_dual *dual) {
    return dual->level;
}
