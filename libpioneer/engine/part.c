/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Solving one part: its levels in order, each frozen before the next. */
#include "engine/part_inside.h"
#include "engine/pieces.h"
#include "engine/rings.h"

#include <stdlib.h>
#include <string.h>

/* Share of a level's work, in percent, for search before anything else. Where members are many, dives start
 * from an LP that owes it nothing. */
#define SEARCH_FIRST         5
#define SEARCH_FIRST_OF_MANY 1
/* Rings after each search cost no more, and mostly end long before; none at the last level, where a wide LP
 * that starts from their roster takes longer. */
#define RINGS 10
/* Where nothing needs to be left of the level it is far quicker than anything else: while it gains so much
 * that this share would do, it goes on. At the last level something mostly must be left, and dives from an LP
 * owe it nothing. */
#define SEARCH_MOST 25
/* There, and under a time limit alone, so many units for every pair do on a horizon of a few weeks: LP, dive
 * and tree of a small part take less than a second, and find what search does not; more on a longer one. */
#define SEARCH_A_PAIR      100
#define LONG_SEARCH_A_PAIR 5000
/* A pace is measured over so long. */
#define LEARNING_MS 300
/* Beams for the first roster of large programs. */
#define BEAM_WIDTH 60
/* Where more members are to be asked what they cost at least, a bound on it is enough. */
#define MANY_MEMBERS 1000

/* ---- setting up ---- */

static enum pioneer_status make_scratches(struct pnr_part_solver *solver) {
    int32_t threads = solver->options->thread_count;
    solver->scratches = calloc((size_t)threads, sizeof *solver->scratches);
    enum pioneer_status status = solver->scratches != NULL ? PIONEER_OK : PIONEER_E_NO_MEMORY;
    for (int32_t t = 0; t < threads && status == PIONEER_OK; t++) {
        status = pnr_pricer_scratch_new(solver->pricer, &solver->scratches[t]);
        if (status == PIONEER_OK) {
            pnr_pricer_scratch_heed(solver->scratches[t], solver->options->budget);
        }
    }
    return status;
}

/* What set_up() makes beside the pricer. */
struct coupling_up {
    struct pnr_part_solver *solver;
    const struct pnr_prefix *prefix;
    enum pioneer_status status;
};

static void couple(void *context) {
    struct coupling_up *up = context;
    up->status = pnr_couplings_build(up->solver->instance, up->prefix, &up->solver->couplings);
}

static int32_t level_of_changes(const struct pnr_instance *instance) {
    const struct pnr_organisation *organisation = instance->organisation;
    for (int32_t r = 0; instance->has_published && r < organisation->rule_count; r++) {
        if (organisation->rules[r].given.kind == PIONEER_RULE_STABILITY) {
            return organisation->rules[r].level;
        }
    }
    return -1;
}

static enum pioneer_status set_up(struct pnr_part_solver *solver, const struct pnr_prefix *prefix) {
    const struct pnr_instance *instance = solver->instance;
    struct coupling_up up = {solver, prefix, PIONEER_E_NO_MEMORY};
    enum pioneer_status status =
        pnr_pricer_new_on(instance, solver->options->thread_count, couple, &up, &solver->pricer);
    status = status == PIONEER_OK ? up.status : status;
    if (status == PIONEER_OK) {
        status = make_scratches(solver);
    }
    if (status == PIONEER_OK) {
        solver->ahead = solver->foreseen = -1;
        solver->changes = level_of_changes(instance);
        solver->renewed = 4;
        status = pnr_part_value_idle(solver);
    }
    if (status == PIONEER_OK) {
        status = pnr_solution_init(&solver->roster, solver->couplings, solver->idle_cost, solver->must_serve);
    }
    if (status == PIONEER_OK) {
        status = pnr_search_init(&solver->search, instance, solver->pricer, solver->scratches[0],
                                 solver->result->is_feasible, solver->options->budget, solver->options->seed);
    }
    return status;
}

void pnr_part_tear_down(struct pnr_part_solver *solver) {
    pnr_master_free(solver->master);
    pnr_dual_free(solver->dual);
    if (solver->has_session) {
        pnr_lp_session_fini(&solver->session);
    }
    pnr_search_fini(&solver->search);
    pnr_solution_fini(&solver->fallback);
    pnr_solution_fini(&solver->spare);
    pnr_solution_fini(&solver->trial);
    pnr_solution_fini(&solver->roster);
    for (int32_t t = 0; solver->scratches != NULL && t < solver->options->thread_count; t++) {
        pnr_pricer_scratch_free(solver->scratches[t]);
    }
    free(solver->scratches);
    pnr_pricer_free(solver->pricer);
    pnr_program_free(solver->program);
    pnr_couplings_free(solver->couplings);
}

/* ---- what no roster can avoid ---- */

static int64_t least_amount(const struct pnr_coupling *coupling, int64_t *counts, const int64_t *reach,
                            const struct pnr_instance *instance) {
    const int64_t *base = counts + coupling->first_count;
    const int64_t *more = reach + coupling->first_count;
    switch (coupling->shape) {
    case PNR_SHAPE_SPAN: {
        int64_t most = base[0] + more[0];
        if (coupling->is_cover) {
            int64_t room = pnr_instance_duty(instance, coupling->duty)->max;
            most = most < room ? most : room;
        }
        int64_t amount = most < coupling->low ? coupling->low - most : 0;
        amount += base[0] > coupling->high ? base[0] - coupling->high : 0;
        return amount + (base[0] > coupling->steep ? base[0] - coupling->steep : 0);
    }
    case PNR_SHAPE_PRESENCE:
        return base[0] + more[0] == 0 && (coupling->low > 0 || base[1] > 0);
    case PNR_SHAPE_MIX:
        return base[0] > coupling->high ? base[0] - coupling->high : 0;
    case PNR_SHAPE_COHORT:
        return pnr_coupling_amount(coupling, counts);
    case PNR_SHAPE_TOGETHER:
        return base[0] > 0 && base[0] + more[0] < coupling->high ? coupling->high - base[0] - more[0] : 0;
    }
    return 0;
}

static enum pioneer_status couplings_constant(struct pnr_part_solver *solver, int64_t *constant) {
    const struct pnr_couplings *couplings = solver->couplings;
    size_t count = (size_t)couplings->base_counts.count;
    int64_t *reach = calloc(count + 1, sizeof *reach);
    if (reach == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    for (int32_t r = 0; r < couplings->recipe_count; r++) {
        for (int32_t e = couplings->entries_of_recipe[r]; e < couplings->entries_of_recipe[r + 1]; e++) {
            reach[couplings->entries[e].count] +=
                (int64_t)couplings->entries[e].step * couplings->pairs_of_recipe[r];
        }
    }
    for (int32_t c = 0; c < couplings->items.count; c++) {
        const struct pnr_coupling *coupling = &couplings->items.items[c];
        if (coupling->level == solver->level) {
            *constant += coupling->weight *
                         least_amount(coupling, couplings->base_counts.items, reach, solver->instance);
        }
    }
    free(reach);
    return PIONEER_OK;
}

/* The least a member can cost at the level: its bound with no price on anything else. */
static enum pioneer_status member_constant(struct pnr_part_solver *solver, int32_t member,
                                           const int64_t *no_price, const int64_t *weight,
                                           int64_t *constant) {
    const int64_t *cost =
        solver->roster.cost_of_member + (size_t)member * (size_t)pnr_part_level_count(solver);
    size_t at = (size_t)member * (size_t)pnr_part_level_count(solver) + (size_t)solver->level;
    bool idles_free = solver->idle_cost[at] == 0 && !solver->must_serve[member];
    if (cost[solver->level] <= 0 || idles_free || !pnr_part_may_go_on(solver)) {
        return PIONEER_OK; /* nothing, or nothing proven */
    }
    if (!solver->result->is_feasible[member]) {
        *constant += cost[solver->level];
        return PIONEER_OK;
    }
    struct pnr_price_query query = {
        .member = member,
        .price_of_pair = no_price,
        .weight_of_level = weight,
        .cutoff = INT64_MAX,
        .wanted = 1,
        .is_quick = solver->is_large || solver->instance->member_count > MANY_MEMBERS,
        .label_limit = 200000,
    };
    struct pnr_price_answer answer;
    enum pioneer_status status = pnr_pricer_price(solver->pricer, solver->scratches[0], &query, &answer);
    if (status == PIONEER_OK) {
        *constant += answer.bound > 0 ? answer.bound : 0;
        pnr_budget_spend(solver->options->budget, answer.work);
    }
    return status;
}

/* Costs of members that cannot be avoided are found one by one: no price, one level. Terms are never
 * negative. */
static enum pioneer_status find_constant(struct pnr_part_solver *solver, int64_t *constant) {
    *constant = 0;
    if (pnr_part_value_of(solver, solver->level) == 0) {
        return PIONEER_OK;
    }
    enum pioneer_status status = couplings_constant(solver, constant);
    int64_t *no_price = calloc((size_t)solver->instance->pair_count + 1, sizeof *no_price);
    int64_t *weight = calloc((size_t)pnr_part_level_count(solver) + 1, sizeof *weight);
    if (no_price == NULL || weight == NULL) {
        status = PIONEER_E_NO_MEMORY;
    }
    if (status == PIONEER_OK) {
        weight[solver->level] = 1;
    }
    for (int32_t m = 0; m < solver->instance->member_count && status == PIONEER_OK; m++) {
        status = member_constant(solver, m, no_price, weight, constant);
    }
    free(no_price);
    free(weight);
    return status;
}

/* ---- one level ---- */

/* Search before anything else; as much again, but at the last level, while what is left would be gone at this
 * rate. */
static enum pioneer_status search_first(struct pnr_part_solver *solver, int64_t work) {
    bool are_many = solver->instance->member_count > MANY_MEMBERS && !solver->is_large;
    int64_t most = work * SEARCH_MOST / 100;
    int64_t next = work * (are_many ? SEARCH_FIRST_OF_MANY : SEARCH_FIRST) / 100;
    if (pnr_part_is_at_last_level(solver) && !solver->is_large) {
        int64_t a_pair = pnr_part_is_long(solver) ? LONG_SEARCH_A_PAIR : SEARCH_A_PAIR;
        next = pnr_part_share(solver, next, a_pair * (int64_t)solver->instance->pair_count);
    }
    next = next > 0 ? next : 1; /* the last scraps of a budget: a search of no work would never end */
    int64_t spent = 0;
    bool gains = true;
    enum pioneer_status status = PIONEER_OK;
    while (status == PIONEER_OK && gains && (spent == 0 || spent + next <= most) &&
           !pnr_part_is_settled(solver) && pnr_part_may_go_on(solver)) {
        int64_t before = pnr_part_value_of(solver, solver->level);
        status = pnr_part_improve_while_it_gains(solver, next);
        if (status == PIONEER_OK && solver->level >= 0 && !solver->is_large &&
            !pnr_part_is_at_last_level(solver)) {
            status = pnr_search_close_rings(&solver->search, &solver->roster, solver->level, solver->bound,
                                            work * RINGS / 100);
        }
        double gain = (double)(before - pnr_part_value_of(solver, solver->level));
        double left = (double)(pnr_part_value_of(solver, solver->level) - solver->bound);
        spent += next;
        gains = !pnr_part_is_at_last_level(solver) && gain * (double)(most - spent) >= left * (double)next;
        next = spent;
    }
    return status;
}

/* A level's share of the time that is left, like its share of the work. */
static void share_time(struct pnr_part_solver *solver) {
    int64_t deadline = solver->options->budget->deadline_ms;
    int64_t now = pnr_clock_ms();
    int32_t levels = pnr_part_level_end(solver) - (solver->level > 0 ? solver->level : 0);
    solver->level_deadline_ms = deadline > now ? now + (deadline - now) / (levels + 1) * 2 : deadline;
}

/* Multipliers behind the level's bound, NULL: it has none. */
static const struct pnr_multipliers *find_proof(const struct pnr_part_solver *solver) {
    const struct pnr_multipliers *proof = NULL;
    if (solver->is_large) {
        proof = solver->dual != NULL && pnr_dual_has_best(solver->dual) ? pnr_dual_best(solver->dual) : NULL;
    } else if (solver->master != NULL) {
        proof = pnr_master_multipliers(solver->master);
    }
    return proof != NULL && proof->level == solver->level ? proof : NULL;
}

static enum pioneer_status keep_proof(struct pnr_part_solver *solver, struct pnr_level_outcome *outcome) {
    outcome->by_cases = solver->is_branched;
    const struct pnr_multipliers *proof = solver->is_branched ? NULL : find_proof(solver);
    if (proof == NULL) {
        return PIONEER_OK;
    }
    bool ok = pnr_multipliers_copy(&solver->result->arena, solver->program, proof, &outcome->proof);
    return ok ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}

static enum pioneer_status solve_level(struct pnr_part_solver *solver, int32_t level, int64_t work) {
    struct pnr_level_outcome *outcome = &solver->result->levels[level];
    solver->level = level;
    solver->grain = 1;
    solver->is_branched = false;
    solver->search.solved_level = level < solver->changes ? solver->changes : level; /* breaks ties */
    share_time(solver);
    enum pioneer_status status = find_constant(solver, &outcome->constant);
    solver->bound = outcome->constant;
    pnr_part_report(solver);
    if (status == PIONEER_OK) {
        status = search_first(solver, work);
    }
    if (status == PIONEER_OK && !pnr_part_is_settled(solver) && pnr_part_may_go_on(solver) &&
        solver->result->hard_broken == 0 && !solver->options->searches_only) {
        status = pnr_part_close(solver, work);
        if (status == PIONEER_OK) {
            status = keep_proof(solver, outcome);
        }
    }
    pnr_part_fall_back(solver);
    outcome->bound = solver->bound;
    outcome->grain = solver->grain;
    return status;
}

/* ---- the part ---- */

static int64_t pace_at(const struct pnr_part_solver *solver, int64_t now) {
    int64_t spent_ms = now - solver->paced_ms;
    return spent_ms < LEARNING_MS ? solver->pace
                                  : (solver->options->budget->work_used - solver->paced_work) / spent_ms + 1;
}

void pnr_part_begin_pace(struct pnr_part_solver *solver) {
    int64_t now = pnr_clock_ms();
    solver->pace = solver->pace > 0 ? pace_at(solver, now) : PNR_WORK_A_MS;
    solver->paced_ms = now;
    solver->paced_work = solver->options->budget->work_used;
}

int64_t pnr_part_work_until(const struct pnr_part_solver *solver, int64_t deadline_ms) {
    const struct pnr_budget *budget = solver->options->budget;
    int64_t left = budget->work_limit > 0 ? budget->work_limit - budget->work_used : INT64_MAX / 1000;
    if (deadline_ms > 0) {
        int64_t now = pnr_clock_ms();
        int64_t in_time = (deadline_ms - now) * pace_at(solver, now);
        left = in_time < left ? in_time : left;
    }
    return left > 0 ? left : 0;
}

/* Work for a level: of what the part has left, twice what an equal share and one more would be, for what
 * comes first matters most; levels that end early leave theirs to the later ones. */
static int64_t work_for_level(const struct pnr_part_solver *solver, int32_t level) {
    int64_t left = pnr_part_work_until(solver, solver->options->budget->deadline_ms);
    return left / (pnr_part_level_end(solver) - level + 1) * 2;
}

/* A member's pairs and costs, and those with a pair less; each has room for anybody's. */
struct leaving {
    struct pnr_part_solver *solver;
    int32_t *pairs, *fewer;
    int64_t *cost, *cost_of_fewer;
};

/* Takes pair `i` of `count` from the member where that is legal and breaks less. */
static enum pioneer_status leave_pair(struct leaving *leaving, int32_t member, int32_t i, int32_t *count) {
    struct pnr_part_solver *solver = leaving->solver;
    int64_t before = solver->roster.value[0];
    int32_t less = *count - 1;
    bool legal;
    memcpy(leaving->fewer, leaving->pairs, (size_t)i * sizeof *leaving->fewer);
    memcpy(leaving->fewer + i, leaving->pairs + i + 1, (size_t)(less - i) * sizeof *leaving->fewer);
    enum pioneer_status status = pnr_pricer_value(solver->pricer, solver->scratches[0], member,
                                                  leaving->fewer, less, leaving->cost_of_fewer, &legal);
    if (status != PIONEER_OK || !legal) {
        return status;
    }
    size_t levels = (size_t)pnr_part_level_count(solver);
    memcpy(leaving->cost, solver->roster.cost_of_member + (size_t)member * levels,
           levels * sizeof *leaving->cost);
    pnr_solution_set_member(&solver->roster, member, leaving->fewer, less, leaving->cost_of_fewer);
    if (solver->roster.value[0] < before) {
        memcpy(leaving->pairs, leaving->fewer, (size_t)less * sizeof *leaving->pairs);
        *count = less;
    } else {
        pnr_solution_set_member(&solver->roster, member, leaving->pairs, *count, leaving->cost);
    }
    return PIONEER_OK;
}

/* Better a duty short of people than one that must not be staffed so: what search and LP left broken is left
 * by those who break it. */
static enum pioneer_status leave_what_is_broken(struct pnr_part_solver *solver) {
    const struct pnr_instance *instance = solver->instance;
    size_t pairs = (size_t)instance->pair_count + 1, levels = (size_t)pnr_part_level_count(solver) + 1;
    int32_t *of_pairs = malloc(2 * pairs * sizeof *of_pairs);
    int64_t *of_levels = malloc(2 * levels * sizeof *of_levels);
    bool ok = of_pairs != NULL && of_levels != NULL;
    enum pioneer_status status = ok ? PIONEER_OK : PIONEER_E_NO_MEMORY;
    struct leaving leaving = {.solver = solver,
                              .pairs = of_pairs,
                              .fewer = ok ? of_pairs + pairs : NULL,
                              .cost = of_levels,
                              .cost_of_fewer = ok ? of_levels + levels : NULL};
    for (int32_t m = 0; m < instance->member_count && solver->roster.value[0] > 0 && status == PIONEER_OK;
         m++) {
        int32_t count = pnr_solution_pairs_of(&solver->roster, m, of_pairs);
        for (int32_t i = count - 1; i >= 0 && solver->roster.value[0] > 0 && status == PIONEER_OK; i--) {
            status = leave_pair(&leaving, m, i, &count);
        }
    }
    free(of_pairs);
    free(of_levels);
    return status;
}

/* Hard rules over several members come before every level: searched for, then closed like one. */
static enum pioneer_status mend_hard(struct pnr_part_solver *solver) {
    enum pioneer_status status = PIONEER_OK;
    if (solver->roster.value[0] > 0) {
        int64_t work = work_for_level(solver, 0);
        solver->level = -1;
        solver->bound = 0;
        solver->grain = 1;
        share_time(solver);
        status = search_first(solver, work);
        if (status == PIONEER_OK && !pnr_part_is_settled(solver) && pnr_part_may_go_on(solver)) {
            status = pnr_part_close(solver, work);
        }
        if (status == PIONEER_OK) {
            status = leave_what_is_broken(solver);
        }
    }
    solver->result->hard_broken = solver->roster.value[0];
    return status;
}

static void conclude(struct pnr_part_solver *solver) {
    enum pnr_stop stop = solver->cancelled ? PNR_STOP_CANCEL : pnr_budget_stop(solver->options->budget);
    bool is_planned_end = stop == PNR_STOP_WORK && solver->options->is_work_planned;
    bool is_early = stop != PNR_STOP_NONE && !is_planned_end;
    bool prefix_proven = solver->result->hard_broken == 0;
    for (int32_t l = 0; l < pnr_part_level_count(solver); l++) {
        struct pnr_level_outcome *outcome = &solver->result->levels[l];
        outcome->value = pnr_part_value_of(solver, l);
        bool closed = outcome->bound >= outcome->value;
        prefix_proven = prefix_proven && closed;
        if (solver->result->hard_broken > 0) {
            /* what no legal roster is below says nothing of this one */
            outcome->bound = closed ? outcome->value : outcome->bound;
            outcome->constant = outcome->constant < outcome->value ? outcome->constant : outcome->value;
            outcome->outcome = PIONEER_INFEASIBLE;
        } else if (prefix_proven) {
            outcome->outcome = PIONEER_PROVEN;
        } else {
            outcome->outcome = is_early && !closed ? PIONEER_STOPPED : PIONEER_GAP;
        }
    }
    solver->result->stop = stop;
}

/* Tells that there is a roster; terms are never negative. */
static void report_first(struct pnr_part_solver *solver) {
    if (pnr_part_level_count(solver) > 0) {
        solver->level = 0;
        solver->bound = 0;
        pnr_part_report(solver);
        solver->level = -1;
    }
}

enum pioneer_status pnr_part_begin(struct pnr_part_solver *solver, const struct pnr_prefix *prefix) {
    enum pioneer_status status = set_up(solver, prefix);
    if (status == PIONEER_OK) {
        status = pnr_part_measure(solver);
    }
    if (status == PIONEER_OK) {
        solver->search.beam_width = solver->is_large ? BEAM_WIDTH : 0;
        status = pnr_search_construct(&solver->search, &solver->roster, solver->scratches,
                                      solver->options->thread_count);
    }
    if (status == PIONEER_OK) {
        status = pnr_part_settle_doubts(solver);
    }
    if (status == PIONEER_OK) {
        status = pnr_solution_init(&solver->trial, solver->couplings, solver->idle_cost, solver->must_serve);
    }
    if (status == PIONEER_OK) {
        status = pnr_part_try_planned(solver);
    }
    if (status == PIONEER_OK) {
        report_first(solver);
    }
    return status;
}

enum pioneer_status pnr_part_solve_levels(struct pnr_part_solver *solver) {
    enum pioneer_status status =
        pnr_solution_init(&solver->spare, solver->couplings, solver->idle_cost, solver->must_serve);
    pnr_part_begin_pace(solver);
    if (status == PIONEER_OK) {
        status = pnr_part_try_published(solver, work_for_level(solver, 0));
    }
    if (status == PIONEER_OK) {
        status = mend_hard(solver);
    }
    for (int32_t level = 0; level < pnr_part_level_end(solver) && status == PIONEER_OK; level++) {
        status = solve_level(solver, level, work_for_level(solver, level));
    }
    if (status == PIONEER_OK) {
        conclude(solver);
        memcpy(solver->result->is_chosen, solver->roster.is_chosen, (size_t)solver->instance->pair_count);
    }
    return status;
}

enum pioneer_status pnr_part_result_init(const struct pnr_instance *instance, struct pnr_part_result *out) {
    memset(out, 0, sizeof *out);
    pnr_arena_init(&out->arena);
    out->is_chosen = pnr_arena_alloc(&out->arena, (size_t)instance->pair_count, 1);
    out->levels =
        pnr_arena_alloc(&out->arena, (size_t)instance->organisation->level_count, sizeof *out->levels);
    out->level_count = out->levels != NULL ? instance->organisation->level_count : 0;
    return out->is_chosen != NULL && out->levels != NULL ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}

static enum pioneer_status solve_whole(const struct pnr_instance *instance, const struct pnr_prefix *prefix,
                                       const struct pnr_part_options *options, struct pnr_part_result *out) {
    struct pnr_part_solver solver = {.instance = instance, .options = options, .result = out, .level = -1};
    enum pioneer_status status = pnr_part_begin(&solver, prefix);
    if (status == PIONEER_OK) {
        status = pnr_part_solve_levels(&solver);
    }
    pnr_part_tear_down(&solver);
    return status;
}

enum pioneer_status pnr_part_solve(const struct pnr_instance *instance, const struct pnr_prefix *prefix,
                                   const struct pnr_part_options *options, struct pnr_part_result *out) {
    bool is_done = false;
    enum pioneer_status status = pnr_part_result_init(instance, out);
    if (status == PIONEER_OK) {
        status = pnr_pieces_solve(instance, prefix, options, out, &is_done);
    }
    return status == PIONEER_OK && !is_done ? solve_whole(instance, prefix, options, out) : status;
}

void pnr_part_result_fini(struct pnr_part_result *result) {
    for (int32_t l = 0; l < result->level_count; l++) {
        pnr_cases_free(result->levels[l].cases);
    }
    result->level_count = 0;
    pnr_arena_fini(&result->arena);
}

/* ---- valuing a given choice ---- */

enum pioneer_status pnr_part_value(const struct pnr_instance *instance, const struct pnr_prefix *prefix,
                                   const uint8_t *is_chosen, int64_t *value, int64_t *hard_broken) {
    struct pnr_budget budget = {0};
    struct pnr_part_options options = {.thread_count = 1, .budget = &budget};
    struct pnr_part_result result = {0};
    pnr_arena_init(&result.arena);
    struct pnr_part_solver solver = {
        .instance = instance, .options = &options, .result = &result, .level = -1};
    enum pioneer_status status = set_up(&solver, prefix);
    if (status == PIONEER_OK) {
        status = pnr_part_set_given(&solver, is_chosen, false, &solver.roster);
    }
    if (status == PIONEER_OK) {
        status = pnr_part_settle_doubts(&solver);
    }
    if (status == PIONEER_OK) {
        memcpy(value, solver.roster.value + 1, (size_t)pnr_part_level_count(&solver) * sizeof *value);
        *hard_broken = solver.roster.value[0];
    }
    pnr_part_tear_down(&solver);
    pnr_part_result_fini(&result);
    return status;
}
