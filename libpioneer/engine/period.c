/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Some weeks of everybody anew, by column generation, while all other days are held. */
#include "engine/period.h"

#include <float.h>
#include <string.h>

#include "engine/stretch.h"

/* An LP this share of a grain above the next better value has nothing to offer. */
#define SLIGHT 1e-3

/* A dive whose LP is so many grains above the roster at hand ends no lower than that; with fewer it may, for
 * its LP is not solved to the end. */
#define HOPE 2

/* Where the dive missed what an LP promises, a tree gets so many times the work of both; but only what is
 * near is for a tree: no more than so many grains. */
#define TREE_COSTS  2
#define TREE_GRAINS 4

struct renewal {
    struct pnr_part_solver *solver;
    struct pnr_period *period;
    int64_t began_at;  /* the work used then */
    int64_t dive_work; /* what the dive cost */
    struct pnr_arena arena;
    struct pnr_stretch *stretches; /* [member] */
    uint8_t *is_free;              /* [member] */
    uint8_t *is_free_pair;         /* [pair] */
    struct pnr_program *program;
    struct pnr_master *master;
};

static bool wants(const struct renewal *renewal, int32_t member) {
    const struct pnr_part_solver *solver = renewal->solver;
    return solver->result->is_feasible[member] &&
           (renewal->period->is_free == NULL || renewal->period->is_free[member] != 0);
}

/* Opens the member's stretch, and frees its pairs; a member whose schedule cannot be walked stays. */
static enum pioneer_status free_member(struct renewal *renewal, int32_t member) {
    struct pnr_part_solver *solver = renewal->solver;
    const struct pnr_instance *instance = solver->instance;
    struct pnr_way *way = &solver->search.ways[member];
    const struct pnr_course *whole = pnr_pricer_course(solver->pricer, member);
    way->pair_count = pnr_solution_pairs_of(&solver->roster, member, way->pairs);
    if (!pnr_way_walk(way, whole, instance)) {
        return PIONEER_OK;
    }
    struct pnr_stretch *stretch = &renewal->stretches[member];
    struct pnr_course *course = pnr_arena_alloc(&renewal->arena, 1, sizeof *course);
    stretch->span_count = renewal->period->span_count;
    memcpy(stretch->spans, renewal->period->spans, sizeof stretch->spans);
    stretch->way = way;
    if (course == NULL || !pnr_stretch_open(whole, stretch, &renewal->arena, course)) {
        return PIONEER_E_NO_MEMORY;
    }
    stretch->course = course;
    renewal->is_free[member] = course->feasible;
    for (int32_t i = 0; course->feasible && i < stretch->span_count; i++) {
        struct pnr_pair_range range = pnr_span_pairs(instance, member, &stretch->spans[i]);
        memset(renewal->is_free_pair + range.first, 1, (size_t)(range.last - range.first));
    }
    return PIONEER_OK;
}

static enum pioneer_status free_members(struct renewal *renewal) {
    struct pnr_part_solver *solver = renewal->solver;
    const struct pnr_instance *instance = solver->instance;
    size_t members = (size_t)instance->member_count;
    renewal->stretches = pnr_arena_alloc(&renewal->arena, members, sizeof *renewal->stretches);
    renewal->is_free = pnr_arena_alloc(&renewal->arena, members, 1);
    renewal->is_free_pair = pnr_arena_alloc(&renewal->arena, (size_t)instance->pair_count, 1);
    bool ok = renewal->stretches != NULL && renewal->is_free != NULL && renewal->is_free_pair != NULL;
    enum pioneer_status status = ok ? pnr_search_open_ways(&solver->search, instance) : PIONEER_E_NO_MEMORY;
    for (int32_t m = 0; m < instance->member_count && status == PIONEER_OK; m++) {
        if (wants(renewal, m)) {
            status = free_member(renewal, m);
        }
    }
    return status;
}

/* The program beside what is held of the roster. */
static enum pioneer_status build_program(struct renewal *renewal) {
    struct pnr_part_solver *solver = renewal->solver;
    struct pnr_solution *held = &solver->trial;
    pnr_solution_copy(held, &solver->roster);
    for (int32_t m = 0; m < solver->instance->member_count; m++) {
        if (renewal->is_free[m]) {
            const int64_t *cost = held->cost_of_member + (size_t)m * (size_t)pnr_part_level_count(solver);
            pnr_stretch_give(&renewal->stretches[m], held, m, NULL, 0, cost);
        }
    }
    struct pnr_held around = {held->counts, held->heads, renewal->is_free_pair};
    return pnr_program_build_around(solver->couplings, &around, &renewal->program);
}

/* What preferences weigh when weeks are shuffled: as much as costs differ by. */
static int64_t dislike_of(const struct renewal *renewal) {
    const struct pnr_part_solver *solver = renewal->solver;
    return solver->is_large && solver->grain > 1 ? solver->grain : 0;
}

static enum pioneer_status open_master(struct renewal *renewal) {
    struct pnr_part_solver *solver = renewal->solver;
    enum pioneer_status status = pnr_part_open_session(solver);
    struct pnr_tools tools = pnr_part_tools(solver);
    tools.program = renewal->program;
    tools.is_feasible = renewal->is_free;
    tools.idle_cost = solver->roster.cost_of_member;
    tools.stretches = renewal->stretches;
    tools.work = 0; /* a simplex, whatever the rows: few weeks have few */
    tools.shuffle = renewal->period->shuffle;
    tools.dislike = dislike_of(renewal);
    if (status == PIONEER_OK) {
        status = pnr_master_new(&tools, &solver->session, &renewal->master);
    }
    const int64_t *frozen = solver->roster.value + 1;
    if (status == PIONEER_OK) {
        status = pnr_master_begin(renewal->master, solver->level, frozen, frozen, &solver->roster);
    }
    return status;
}

/* Whether the LP says that no better roster is to be had. */
static bool has_nothing_better(const struct renewal *renewal, const struct pnr_convergence *run) {
    double grain = (double)pnr_master_grain(renewal->master);
    return run->bound >= run->goal || (run->is_converged && pnr_master_objective(renewal->master) >
                                                                (double)run->goal - grain * (1 - SLIGHT));
}

/* Where a dive is over: nothing mends what comes out of it. */
static double most_of_dive(const struct renewal *renewal) {
    const struct pnr_part_solver *solver = renewal->solver;
    double hope = HOPE * (double)pnr_master_grain(renewal->master);
    double disliked = renewal->period->shuffle != 0 ? 2 * (double)dislike_of(renewal) : 0;
    double near = (double)pnr_part_value_of(solver, solver->level) + hope + disliked;
    return pnr_part_is_timed_only(solver) ? near : DBL_MAX;
}

/* What the LP is worth at most where it has something better to offer. */
static double promise_of(const struct renewal *renewal) {
    double value = (double)pnr_part_value_of(renewal->solver, renewal->solver->level);
    return value - (double)pnr_master_grain(renewal->master) * (1 - SLIGHT);
}

/* On large programs an LP that was not solved in its work leads to nothing, unless it is below the roster as
 * it is. */
static bool is_worth_a_dive(const struct renewal *renewal, const struct pnr_convergence *run) {
    return run->is_converged || !renewal->solver->is_large ||
           pnr_master_calm_objective(renewal->master) <= promise_of(renewal);
}

/* A roster of the LP, taken if it is better, or as good where that will do. */
static enum pioneer_status dive(struct renewal *renewal, int64_t work, bool equal_will_do) {
    struct pnr_part_solver *solver = renewal->solver;
    pnr_solution_copy(&solver->trial, &solver->roster);
    struct pnr_dive_run dive = {.work = work, .most = most_of_dive(renewal), .out = &solver->trial};
    enum pioneer_status status = pnr_master_dive(renewal->master, &solver->search, &dive);
    int change = pnr_value_compare(solver->trial.value, solver->roster.value, solver->trial.value_count);
    if (status == PIONEER_OK && !dive.was_cut && (change < 0 || (equal_will_do && change == 0))) {
        pnr_solution_copy(&solver->roster, &solver->trial);
    }
    return status;
}

static int64_t take_leaf(void *context) {
    struct pnr_part_solver *solver = context;
    pnr_trial_replaces(solver);
    return pnr_part_value_of(solver, solver->level);
}

static bool goes_on(void *context, int64_t bound) {
    (void)bound;
    return pnr_part_may_go_on(context);
}

/* A tree finds what the dive missed, or shows that there is nothing. */
static enum pioneer_status branch(struct renewal *renewal, int64_t bound, int64_t work) {
    struct pnr_part_solver *solver = renewal->solver;
    pnr_solution_copy(&solver->trial, &solver->roster);
    struct pnr_tree_run run = {
        .value = pnr_part_value_of(solver, solver->level),
        .grain = pnr_master_grain(renewal->master),
        .work = work,
        .each = goes_on,
        .take = take_leaf,
        .context = solver,
        .out = &solver->trial,
        .search = &solver->search,
        .dive_work = renewal->dive_work,
        .bound = bound,
    };
    return pnr_master_branch(renewal->master, &run);
}

/* Whether the LP of a large program says that something better is near: trees of renewals were measured
 * there. */
static bool promises(const struct renewal *renewal) {
    double objective = pnr_master_calm_objective(renewal->master);
    double grain = (double)pnr_master_grain(renewal->master);
    double value = (double)pnr_part_value_of(renewal->solver, renewal->solver->level);
    return renewal->solver->is_large && objective <= promise_of(renewal) &&
           objective >= value - TREE_GRAINS * grain - SLIGHT;
}

/* A dive, and a tree where it missed something: the LP was the dear part. */
static enum pioneer_status find_roster(struct renewal *renewal, int64_t bound, int64_t work) {
    struct pnr_part_solver *solver = renewal->solver;
    const struct pnr_budget *budget = solver->options->budget;
    bool shuffles = renewal->period->shuffle != 0;
    int64_t value = pnr_part_value_of(solver, solver->level);
    bool is_promising = promises(renewal);
    int64_t before = budget->work_used;
    enum pioneer_status status = dive(renewal, work, shuffles);
    renewal->dive_work = budget->work_used - before;
    renewal->period->work = budget->work_used - renewal->began_at;
    if (status == PIONEER_OK && is_promising && pnr_part_value_of(solver, solver->level) == value &&
        pnr_part_may_go_on(solver)) {
        status = shuffles ? pnr_master_calm(renewal->master) : PIONEER_OK;
        bound = shuffles ? INT64_MIN : bound; /* dislikes are in it */
        status = status == PIONEER_OK ? branch(renewal, bound, TREE_COSTS * renewal->period->work) : status;
    }
    return status;
}

static enum pioneer_status generate(struct renewal *renewal, int64_t work) {
    struct pnr_part_solver *solver = renewal->solver;
    bool shuffles = renewal->period->shuffle != 0;
    struct pnr_convergence run = {
        .goal = shuffles ? INT64_MAX : pnr_part_value_of(solver, solver->level),
        .work = work,
        .bound = INT64_MIN,
    };
    enum pioneer_status status = pnr_master_converge(renewal->master, &run);
    if (status != PIONEER_OK || (!shuffles && has_nothing_better(renewal, &run)) ||
        !is_worth_a_dive(renewal, &run)) {
        return status;
    }
    return find_roster(renewal, run.bound, work);
}

enum pioneer_status pnr_period_renew(struct pnr_part_solver *solver, struct pnr_period *period,
                                     int64_t work) {
    const struct pnr_budget *budget = solver->options->budget;
    struct renewal renewal = {.solver = solver, .period = period, .began_at = budget->work_used};
    period->work = 0;
    pnr_arena_init(&renewal.arena);
    enum pioneer_status status = free_members(&renewal);
    if (status == PIONEER_OK) {
        status = build_program(&renewal);
    }
    if (status == PIONEER_OK) {
        status = open_master(&renewal);
    }
    if (status == PIONEER_OK) {
        status = generate(&renewal, work);
    }
    if (period->work == 0) {
        period->work = budget->work_used - renewal.began_at;
    }
    pnr_master_free(renewal.master);
    pnr_program_free(renewal.program);
    pnr_arena_fini(&renewal.arena);
    return status == PIONEER_E_SOLVER ? PIONEER_OK : status;
}
