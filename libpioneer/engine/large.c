/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levels of programs with many rows and a long horizon, without a master: dual, dive, search. */
#include "engine/accounts.h"
#include "engine/divers.h"
#include "engine/lagrangian_dive.h"
#include "engine/part_inside.h"
#include "engine/periods.h"

/* Programs of more rows than this, those apart that hold when nobody serves, go without a master when the
 * horizon is long: exact schedules are dear then, and so are pivots. */
#define LARGE_ROWS 600
#define LONG_DAYS  56

/* Shares of a level's work, in percent. */
enum { CLIMB = 25 };
/* After the first dive search goes on as long as a quarter of its work gains so much of the gap, in percent;
 * then so many of the members, in percent, dive again at a time. */
enum { SEARCHED = 2, AGAIN = 25 };
/* Steps that tell how long a step takes. */
#define PROBES 5

enum pioneer_status pnr_part_measure(struct pnr_part_solver *solver) {
    int32_t days = solver->instance->last_day - solver->instance->first_day + 1;
    if (days < LONG_DAYS || solver->couplings->items.count <= LARGE_ROWS) {
        return PIONEER_OK;
    }
    enum pioneer_status status = pnr_program_build(solver->couplings, &solver->program);
    int32_t rows = 0;
    for (int32_t r = 0; status == PIONEER_OK && r < solver->program->rows.count; r++) {
        rows += !pnr_row_holds_idle(&solver->program->rows.items[r]);
    }
    solver->is_large = rows > LARGE_ROWS;
    return status;
}

static enum pioneer_status open_dual(struct pnr_part_solver *solver) {
    if (solver->dual != NULL) {
        return PIONEER_OK;
    }
    solver->tools = pnr_part_tools(solver);
    return pnr_dual_new(&solver->tools, &solver->dual);
}

/* What a member or a slack costs at the level, to the order of magnitude. */
static double find_unit(const struct pnr_part_solver *solver) {
    const struct pnr_program *program = solver->program;
    size_t levels = (size_t)pnr_part_level_count(solver);
    int64_t largest = 1;
    for (int32_t a = 0; a < program->auxiliaries.count; a++) {
        int64_t cost = pnr_program_cost(program, a, solver->level);
        largest = cost > largest ? cost : largest;
    }
    for (size_t m = 0; m < (size_t)solver->instance->member_count; m++) {
        int64_t cost = solver->roster.cost_of_member[m * levels + (size_t)solver->level];
        largest = cost > largest ? cost : largest;
    }
    return (double)largest;
}

/* Work that fits into so much time at the pace of the steps of a dual: under a time limit alone the part's
 * own guess goes by what was done before, most of which was not counted. */
static enum pioneer_status work_in_time(struct pnr_part_solver *solver, struct pnr_dual_run *run,
                                        int64_t time_ms, int64_t *work) {
    const struct pnr_budget *budget = solver->options->budget;
    int64_t work_before = budget->work_used;
    int64_t started_ms = pnr_clock_ms();
    enum pioneer_status status = PIONEER_OK;
    for (int i = 0; i < PROBES && status == PIONEER_OK; i++) {
        run->work = 0;
        status = pnr_dual_climb(solver->dual, run);
    }
    *work = (budget->work_used - work_before) * time_ms / (pnr_clock_ms() - started_ms + 1);
    return status;
}

static enum pioneer_status climb(struct pnr_part_solver *solver, int64_t work) {
    struct pnr_dual_run run = {
        .goal = pnr_part_goal(solver),
        .each = pnr_part_tell_round,
        .context = solver,
        .bound = solver->bound,
    };
    bool is_mending = solver->roster.value[0] > 0;
    run.goal = is_mending ? INT64_MAX : run.goal;
    enum pioneer_status status = PIONEER_OK;
    /* mending hard rules was about the first level's prices, and they still stand */
    if (solver->level > 0 || pnr_dual_level(solver->dual) != 0) {
        pnr_dual_begin(solver->dual, solver->level, solver->roster.value + 1, find_unit(solver));
        for (int32_t l = 0; l < solver->level; l++) {
            if (solver->result->levels[l].bound == pnr_part_value_of(solver, l)) {
                pnr_dual_settle(solver->dual, l);
            }
        }
    }
    if (pnr_part_is_timed_only(solver)) {
        int64_t left_ms = solver->level_deadline_ms - pnr_clock_ms();
        status = work_in_time(solver, &run, left_ms > 0 ? left_ms : 0, &work);
    }
    run.work = work / 100 * CLIMB;
    if (status == PIONEER_OK) {
        status = pnr_dual_climb(solver->dual, &run);
    }
    /* what was proved while hard rules were mended may be enough, and then no step tells of it */
    pnr_part_raise_bound(solver, run.bound);
    return status;
}

/* Whether the level rests: closed, or out of work or time. */
static bool rests(const struct pnr_part_solver *solver, int64_t end) {
    const struct pnr_budget *budget = solver->options->budget;
    if (!pnr_part_may_go_on(solver) || pnr_part_is_settled(solver)) {
        return true;
    }
    if (budget->work_limit == 0) {
        return budget->deadline_ms == 0 || pnr_clock_ms() >= solver->level_deadline_ms;
    }
    return budget->work_used >= end;
}

/* Everybody dives; the roster is what is better in the end. */
static enum pioneer_status dive(struct pnr_part_solver *solver) {
    const struct pnr_budget *budget = solver->options->budget;
    int64_t before = budget->work_used;
    pnr_part_idle(solver, NULL, &solver->trial);
    enum pioneer_status status = pnr_lagrangian_dive(&solver->tools, solver->dual, &solver->search, NULL,
                                                     &solver->roster, &solver->trial);
    solver->dive_work = budget->work_used - before;
    if (status == PIONEER_OK) {
        status = pnr_search_mend_stretches(&solver->search, &solver->trial, solver->level,
                                           solver->roster.value, solver->dive_work);
    }
    pnr_trial_replaces(solver);
    return status;
}

/* Search as long as it gains. */
static enum pioneer_status search_on(struct pnr_part_solver *solver, int64_t end) {
    enum pioneer_status status = PIONEER_OK;
    int64_t slice = solver->dive_work / 4 + 1;
    int64_t before;
    do {
        before = pnr_part_value_of(solver, solver->level);
        status = pnr_part_improve(solver, slice);
    } while (status == PIONEER_OK && !rests(solver, end) &&
             before - pnr_part_value_of(solver, solver->level) > (before - solver->bound) * SEARCHED / 100);
    return status;
}

/* What goes on until the level rests. */
enum way { PERIODS, SEARCH, DIVERS, WAYS };
struct turns {
    struct pnr_part_solver *solver;
    struct pnr_divers *divers;
    struct pnr_periods *periods;
    struct pnr_account accounts[WAYS];
    int64_t slice; /* of search */
};

/* Weeks anew (engine/periods.h), search, or some members who dive again beside the others. */
static enum pioneer_status take_turn(struct turns *turns) {
    struct pnr_part_solver *solver = turns->solver;
    struct pnr_budget *budget = solver->options->budget;
    int64_t value = pnr_part_value_of(solver, solver->level);
    int64_t used = budget->work_used;
    turns->accounts[PERIODS].rests = pnr_periods_rest(solver);
    int32_t way = pnr_accounts_choose(turns->accounts, WAYS);
    enum pioneer_status status = way == PERIODS  ? pnr_periods_turn(turns->periods, solver)
                                 : way == SEARCH ? pnr_part_improve(solver, turns->slice)
                                                 : pnr_divers_run(turns->divers, solver, AGAIN);
    pnr_budget_spend(budget, 1); /* even where nobody is free */
    pnr_account_enter(&turns->accounts[way], value - pnr_part_value_of(solver, solver->level),
                      budget->work_used - used);
    pnr_part_report(solver);
    return status;
}

static enum pioneer_status take_turns(struct pnr_part_solver *solver, int64_t end) {
    struct turns turns = {.solver = solver, .slice = solver->dive_work / 4 + 1};
    enum pioneer_status status = pnr_divers_new(solver, &turns.divers);
    if (status == PIONEER_OK) {
        status = pnr_periods_new(solver, pnr_part_left_of_level(solver, end), &turns.periods);
    }
    while (status == PIONEER_OK && !rests(solver, end)) {
        status = take_turn(&turns);
    }
    pnr_divers_free(turns.divers);
    pnr_periods_free(turns.periods);
    return status;
}

/* Rules over several members that are broken are the first level's affair here: its dual gives prices under
 * which members have room, and its dive gives them schedules. */
static enum pioneer_status mend_hard(struct pnr_part_solver *solver, int64_t work) {
    int64_t bound = solver->bound;
    solver->level = 0;
    enum pioneer_status status = climb(solver, work);
    if (status == PIONEER_OK) {
        status = dive(solver);
    }
    solver->level = -1;
    solver->bound = bound;
    return status;
}

enum pioneer_status pnr_part_close_large(struct pnr_part_solver *solver, int64_t work) {
    int64_t end = solver->options->budget->work_used + work;
    enum pioneer_status status = open_dual(solver);
    if (status == PIONEER_OK && solver->level < 0) {
        status = mend_hard(solver, work);
    }
    if (status == PIONEER_OK && solver->level >= 0) {
        pnr_part_find_grain(solver);
        status = climb(solver, work);
    }
    if (status == PIONEER_OK && solver->level >= 0 && !rests(solver, end)) {
        status = dive(solver);
        pnr_part_report(solver);
    }
    if (status == PIONEER_OK && !rests(solver, end)) {
        status = search_on(solver, end);
    }
    if (status == PIONEER_OK && solver->level >= 0) {
        return take_turns(solver, end);
    }
    while (status == PIONEER_OK && !rests(solver, end)) {
        status = pnr_part_improve(solver, work / 100 + 1);
    }
    return status;
}
