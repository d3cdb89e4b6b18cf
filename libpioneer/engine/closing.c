/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bringing value and bound of one level together: column generation, dives, search. */
#include "engine/accounts.h"
#include "engine/part_inside.h"
#include "engine/periods.h"
#include "engine/price_math.h"

#include <stdlib.h>
#include <string.h>

/* Shares of a level's work, in percent: column generation, mending what a dive left; a dive's share
 * is of what is left then. What one does not use is there for the turns that follow. Chosen on generated
 * campuses of 40 to 400 members. */
enum { CONVERGE = 75, DIVE = 60, MEND = 25 };
/* The turns: a tree for a level that is nearly closed, a few members anew, search, and now and then a dive;
 * they end when so many of them gained nothing, unless time alone is to be used up. Between two dives so many
 * times the work of the latest goes to the others. */
enum { TREE = 40, RENEW = 4, SEARCH = 1, IDLE_TURNS = 12, MOST_IDLE_TURNS = 36, BETWEEN_DIVES = 2 };
/* The first dive starts when LP and bound differ by this share. With ten times as much its choices found too
 * few columns to go on with; the rest of column generation is for levels whose roster is not good enough
 * then. */
#define ROUGH 1e-4
/* While LP and bound differ by more than this share of the LP its schedules are arbitrary: no dive is made of
 * them, and column generation that is there when it has used up half of its work leaves the rest to turns. */
#define WORTH_A_DIVE 0.2
/* Of rosters that are alike at a level, most are not at the next: a dive gives up to so many percent of what
 * could be avoided here for all of what a later level costs. */
#define LOOK_AHEAD 3
/* A dive that is not to hurry costs so many times what column generation did. */
#define DIVE_COSTS 3
/* One of a wide master costs two or three times as much. It must leave something to later levels; at the last
 * one it may be cut short, for nothing else gains as much. */
#define WIDE_DIVE_COSTS      5
#define WIDE_LAST_DIVE_COSTS 1
/* Horizons of fewer days have no periods; the same of wide masters, for whose members a week alone is much.
 */
#define LEAST_DAYS         28
#define LEAST_DAYS_OF_WIDE 14
/* They get so many percent of what the first dive leaves of the level. */
#define WEEKS_ANEW 75
/* But no more than so many after the last that gained anything. */
#define WEEKS_IN_VAIN 35
/* Search is asked between slices whether to go on: so many units, a sixth of a second, at most. */
#define LONGEST_SLICE 2000000
/* Members freed at once to mend a roster that misses a frozen level, a quarter of all at most at first; more
 * when that does not help. */
#define MENDED 24
#define MENDS  16
/* A level whose gap is at most this many thousandths of its avoidable cost rests, unless time alone ends it.
 */
#define GOOD_ENOUGH_PERMILLE 4
/* Where it is the last level, and costs of members are all that it has, it rests as well when no more than
 * one member in so many could save the least that anything costs there. */
#define ONE_IN 10
/* A tree is worth its work when the gap is at most so many thousandths. */
#define TREE_PERMILLE 8
/* The restricted master goes to branch and bound up to this many columns: beyond it rarely pays. */
#define INTEGER_COLUMNS 1500
#define INTEGER_NODES   400

bool pnr_part_report(struct pnr_part_solver *solver) {
    if (solver->options->progress != NULL && !solver->cancelled && solver->level >= 0 &&
        !solver->options->progress(solver->options->context, solver->level,
                                   pnr_part_value_of(solver, solver->level), solver->bound)) {
        solver->cancelled = true;
    }
    return !solver->cancelled;
}

void pnr_part_pulse(void *context) {
    pnr_part_report(context);
}

/* Whether the gap, net of what no roster can avoid, is so small that the work is better spent on later
 * levels. */
static bool is_good_enough(const struct pnr_part_solver *solver) {
    if (solver->level < 0) {
        return false; /* hard rules are kept or not */
    }
    int64_t value = pnr_part_value_of(solver, solver->level);
    int64_t avoidable = value - solver->result->levels[solver->level].constant;
    return value - solver->bound <= avoidable / 1000 * GOOD_ENOUGH_PERMILLE;
}

/* The least that breaking a rule once costs at the last level; 0: not known, for it is more than members who
 * pay there. */
static int64_t least_cost(const struct pnr_part_solver *solver) {
    const struct pnr_organisation *organisation = solver->instance->organisation;
    const struct pnr_couplings *couplings = solver->couplings;
    int32_t last = pnr_part_level_count(solver) - 1;
    int64_t least = 0;
    for (int32_t r = 0; r < organisation->rule_count; r++) {
        int64_t weight = organisation->rules[r].given.weight;
        if (weight > 0 && organisation->rules[r].level == last) {
            least = least == 0 || weight < least ? weight : least;
        }
    }
    for (int32_t c = 0; c < couplings->items.count; c++) {
        least = couplings->items.items[c].level == last ? 0 : least;
    }
    return least;
}

/* Whether hardly anybody could have it better. */
static bool is_little(const struct pnr_part_solver *solver) {
    int64_t gap = pnr_part_value_of(solver, solver->level) - solver->bound;
    return pnr_part_is_at_last_level(solver) &&
           gap <= pnr_times(least_cost(solver), solver->instance->member_count) / ONE_IN;
}

/* ---- one level ---- */

/* Searches in slices, so that progress is told. */
enum pioneer_status pnr_part_improve(struct pnr_part_solver *solver, int64_t work) {
    int64_t end = solver->options->budget->work_used + work;
    int64_t slice = work / 20 < LONGEST_SLICE ? work / 20 + 1 : LONGEST_SLICE;
    enum pioneer_status status = PIONEER_OK;
    while (status == PIONEER_OK && pnr_part_may_go_on(solver) && !pnr_part_is_settled(solver) &&
           solver->options->budget->work_used < end) {
        status = solver->is_large ? pnr_search_improve_stretches(&solver->search, &solver->roster,
                                                                 solver->level, solver->bound, slice)
                                  : pnr_search_improve(&solver->search, &solver->roster, solver->level,
                                                       solver->bound, slice);
        pnr_part_report(solver);
    }
    return status;
}

bool pnr_part_tell_round(void *context, int64_t bound) {
    struct pnr_part_solver *solver = context;
    solver->bound = bound > solver->bound ? bound : solver->bound;
    return pnr_part_report(solver);
}

void pnr_part_idle(const struct pnr_part_solver *solver, const uint8_t *is_free,
                   struct pnr_solution *solution) {
    size_t levels = (size_t)pnr_part_level_count(solver);
    for (int32_t m = 0; m < solver->instance->member_count; m++) {
        if (is_free == NULL || is_free[m]) {
            pnr_solution_set_member(solution, m, NULL, 0, solver->idle_cost + (size_t)m * levels);
        }
    }
}

/* The first level at which the trial misses what is frozen; the level at hand when it misses none. */
static int32_t first_missed(const struct pnr_part_solver *solver) {
    int32_t l = -1;
    while (l < solver->level && solver->trial.value[l + 1] <= solver->roster.value[l + 1]) {
        l++;
    }
    return l;
}

/* Members around what the trial misses get new schedules together, the LP paying dearly for what is missed.
 */
static enum pioneer_status renew_trial(struct pnr_part_solver *solver, int32_t missed, int32_t count,
                                       int64_t work) {
    bool found;
    pnr_search_pick(&solver->search, &solver->trial, missed, count, solver->free_members);
    pnr_part_idle(solver, NULL, &solver->spare);
    enum pioneer_status status = pnr_master_renew(solver->master, &solver->search, &solver->trial,
                                                  solver->free_members, work, &solver->spare, &found);
    if (status == PIONEER_OK && found &&
        pnr_value_compare(solver->spare.value, solver->trial.value, solver->trial.value_count) < 0) {
        pnr_solution_copy(&solver->trial, &solver->spare);
    }
    return status;
}

/* Renews members around what is missing, more of them when few did not help and cost little. Returns what is
 * missed then. */
static enum pioneer_status mend_trial(struct pnr_part_solver *solver, int64_t work, int32_t *missed) {
    const struct pnr_budget *budget = solver->options->budget;
    enum pioneer_status status = PIONEER_OK;
    int64_t end = budget->work_used + work;
    int32_t quarter = solver->instance->member_count / 4 + 1;
    int32_t count = quarter < MENDED ? quarter : MENDED;
    *missed = first_missed(solver);
    for (int tries = 0; tries < MENDS && *missed < solver->level && status == PIONEER_OK &&
                        budget->work_used < end && pnr_part_may_go_on(solver);
         tries++) {
        int64_t before = budget->work_used;
        int64_t amount = solver->trial.value[*missed + 1];
        status = renew_trial(solver, *missed, count, work / 4);
        bool was_cheap = budget->work_used - before < work / 16;
        bool helped = solver->trial.value[*missed + 1] < amount;
        count = !helped && was_cheap && count < solver->instance->member_count / 2 ? 2 * count : count;
        *missed = first_missed(solver);
    }
    return status;
}

/* A rounded roster may miss a frozen level by a little: a few members around what is missing are renewed;
 * what that cannot mend is searched back, level by level, at whatever it costs; and last the trial is
 * improved at the level at hand. */
static enum pioneer_status repair_trial(struct pnr_part_solver *solver, int64_t work) {
    int32_t missed;
    enum pioneer_status status = mend_trial(solver, work, &missed);
    for (int32_t l = missed; l < solver->level && status == PIONEER_OK && pnr_part_may_go_on(solver); l++) {
        if (solver->trial.value[l + 1] > solver->roster.value[l + 1]) {
            status =
                pnr_search_improve(&solver->search, &solver->trial, l, solver->roster.value[l + 1], work / 8);
        }
    }
    if (status == PIONEER_OK && first_missed(solver) == solver->level && pnr_part_may_go_on(solver)) {
        status = pnr_search_improve(&solver->search, &solver->trial, solver->level, solver->bound, work / 8);
    }
    return status;
}

static void take_trial(struct pnr_part_solver *solver) {
    if (pnr_value_compare(solver->trial.value, solver->roster.value, solver->trial.value_count) < 0) {
        pnr_solution_copy(&solver->roster, &solver->trial);
        solver->foreseen = solver->ahead;
        pnr_part_report(solver);
    }
}

/* Takes the trial, mended, if it keeps the frozen levels and is better at this one. */
static enum pioneer_status take_if_better(struct pnr_part_solver *solver, int64_t work) {
    enum pioneer_status status = repair_trial(solver, work);
    take_trial(solver);
    return status;
}

/* What the part may still use, by the clock at the usual pace; 0: any amount. */
static int64_t work_of_part(const struct pnr_part_solver *solver) {
    const struct pnr_budget *budget = solver->options->budget;
    int64_t limit = budget->work_limit > 0 ? budget->work_limit - budget->work_used : INT64_MAX;
    int64_t left_ms = budget->deadline_ms > 0 ? budget->deadline_ms - pnr_clock_ms() : INT64_MAX;
    left_ms = left_ms > 0 ? left_ms : 1;
    int64_t in_time = left_ms < INT64_MAX / PNR_WORK_A_MS ? left_ms * PNR_WORK_A_MS : INT64_MAX;
    int64_t work = in_time < limit ? in_time : limit;
    return work < INT64_MAX ? work : 0;
}

enum pioneer_status pnr_part_open_session(struct pnr_part_solver *solver) {
    enum pioneer_status status = PIONEER_OK;
    if (!solver->has_session) {
        status = pnr_lp_session_init(&solver->session, solver->options->budget);
        solver->has_session = status == PIONEER_OK;
    }
    return status;
}

static enum pioneer_status open_master(struct pnr_part_solver *solver) {
    enum pioneer_status status = pnr_part_open_session(solver);
    if (status == PIONEER_OK && solver->program == NULL) {
        status = pnr_program_build(solver->couplings, &solver->program);
    }
    if (status == PIONEER_OK && solver->master == NULL) {
        solver->tools = pnr_part_tools(solver);
        solver->tools.work = work_of_part(solver);
        status = pnr_master_new(&solver->tools, &solver->session, &solver->master);
    }
    return status;
}

static bool is_worth_a_dive(const struct pnr_part_solver *solver) {
    double objective = pnr_master_objective(solver->master);
    return objective - (double)solver->bound <= WORTH_A_DIVE * objective;
}

/* A dive costs some times what column generation did. With less it hurries and mostly misses something, which
 * is no way to beat the roster of a dive that looked ahead at this level. */
static bool has_work_to_dive(const struct pnr_part_solver *solver, int64_t start, int64_t left) {
    int64_t used = solver->options->budget->work_used;
    return pnr_master_is_wide(solver->master) || solver->foreseen != solver->level ||
           left >= DIVE_COSTS * (used - start);
}

/* A wide master's dive goes to its end whatever is left of the level: the part must bear it, and the gap must
 * ask for it. Always true of others. */
static bool bears_a_dive(const struct pnr_part_solver *solver, int64_t start) {
    const struct pnr_budget *budget = solver->options->budget;
    int64_t costs = pnr_part_is_at_last_level(solver) ? WIDE_LAST_DIVE_COSTS : WIDE_DIVE_COSTS;
    return !pnr_master_is_wide(solver->master) ||
           (!is_good_enough(solver) &&
            pnr_part_work_until(solver, budget->deadline_ms) >= costs * (budget->work_used - start));
}

int64_t pnr_part_left_of_level(const struct pnr_part_solver *solver, int64_t end) {
    return pnr_part_is_timed_only(solver) ? pnr_part_work_until(solver, solver->level_deadline_ms)
                                          : end - solver->options->budget->work_used;
}

/* All of the level's work, what is done of it included; `start` is the work used when it began. */
static int64_t work_of_level(const struct pnr_part_solver *solver, int64_t start, int64_t end) {
    return solver->options->budget->work_used - start + pnr_part_left_of_level(solver, end);
}

/* When column generation is half done, and when it is to end: in work, and under a time limit alone in time
 * as well, for its first rounds are slower than any guess. */
struct converging {
    struct pnr_part_solver *solver;
    int64_t half;
    int64_t half_ms, end_ms; /* INT64_MAX: no matter */
};

static bool tell_round(void *context, int64_t bound) {
    const struct converging *converging = context;
    const struct pnr_part_solver *solver = converging->solver;
    bool goes_on = pnr_part_tell_round(converging->solver, bound);
    int64_t now = pnr_clock_ms();
    bool is_late = solver->options->budget->work_used > converging->half || now > converging->half_ms;
    /* a wide master begins far away, and nothing else proves anything there */
    return goes_on && now < converging->end_ms &&
           (!is_late || pnr_master_is_wide(solver->master) || is_worth_a_dive(solver));
}

static enum pioneer_status converge(struct pnr_part_solver *solver, int64_t left, double close) {
    int64_t work = left * CONVERGE / 100;
    struct converging converging = {solver, solver->options->budget->work_used + work / 2, INT64_MAX,
                                    INT64_MAX};
    if (pnr_part_is_timed_only(solver)) {
        int64_t now = pnr_clock_ms();
        int64_t share_ms = (solver->level_deadline_ms - now) * CONVERGE / 100;
        converging.half_ms = now + share_ms / 2;
        converging.end_ms = now + share_ms;
    }
    struct pnr_convergence run = {
        .goal = pnr_part_value_of(solver, solver->level),
        .work = work,
        .close = close,
        .each = tell_round,
        .context = &converging,
        .bound = solver->bound,
    };
    enum pioneer_status status = pnr_master_converge(solver->master, &run);
    solver->bound = run.bound > solver->bound ? run.bound : solver->bound;
    return status;
}

/* Turns the master to the level. */
static enum pioneer_status begin(struct pnr_part_solver *solver) {
    size_t levels = (size_t)pnr_part_level_count(solver);
    int64_t *proven = calloc(levels + 1, sizeof *proven);
    if (proven == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    for (int32_t l = 0; l < solver->level; l++) {
        proven[l] = solver->result->levels[l].bound;
    }
    enum pioneer_status status =
        pnr_master_begin(solver->master, solver->level, solver->roster.value + 1, proven, &solver->roster);
    free(proven);
    return status;
}

/* Looks ahead at the first of the later levels that costs anything. */
static enum pioneer_status look_ahead(struct pnr_part_solver *solver) {
    int32_t ahead = solver->level + 1;
    while (ahead < pnr_part_level_count(solver) && pnr_part_value_of(solver, ahead) == 0) {
        ahead++;
    }
    if (solver->level < 0 || ahead >= pnr_part_level_count(solver)) {
        return PIONEER_OK;
    }
    int64_t avoidable =
        pnr_part_value_of(solver, solver->level) - solver->result->levels[solver->level].constant;
    solver->ahead = ahead;
    double weight = LOOK_AHEAD / 100.0 * (double)avoidable / (double)pnr_part_value_of(solver, ahead);
    return pnr_master_look_ahead(solver->master, ahead, weight);
}

/* A dive within what is left of the level's work; what it missed is mended even if nothing is left, for
 * without that it was for nothing. */
static enum pioneer_status dive(struct pnr_part_solver *solver, int64_t work, int64_t left,
                                bool looks_ahead) {
    int64_t before = solver->options->budget->work_used;
    left = left > 0 ? left : 0;
    solver->ahead = -1;
    pnr_part_idle(solver, NULL, &solver->trial);
    enum pioneer_status status = looks_ahead ? look_ahead(solver) : PIONEER_OK;
    if (status == PIONEER_OK) {
        status = pnr_master_dive(solver->master, &solver->search, left * DIVE / 100, &solver->trial);
    }
    enum pioneer_status looked = pnr_master_look_ahead(solver->master, -1, 0);
    status = status == PIONEER_OK ? looked : status;
    if (status == PIONEER_OK) {
        status = take_if_better(solver, work * MEND / 100);
    }
    pnr_part_report(solver);
    solver->dived_at = solver->options->budget->work_used;
    solver->dive_work = solver->dived_at - before;
    return status;
}

/* The restricted master as an integer program, while it is small. */
static enum pioneer_status solve_pool(struct pnr_part_solver *solver, int64_t work) {
    if (pnr_master_column_count(solver->master) > INTEGER_COLUMNS) {
        return PIONEER_OK;
    }
    bool found;
    pnr_part_idle(solver, NULL, &solver->trial);
    enum pioneer_status status = pnr_master_integer(solver->master, INTEGER_NODES, &solver->trial, &found);
    if (status == PIONEER_OK && found) {
        status = take_if_better(solver, work * MEND / 100);
    }
    pnr_part_report(solver);
    return status;
}

/* ---- turns ---- */

static int64_t take_leaf(void *context) {
    struct pnr_part_solver *solver = context;
    take_trial(solver);
    return pnr_part_value_of(solver, solver->level);
}

static bool tell_case(void *context, int64_t bound) {
    struct pnr_part_solver *solver = context;
    solver->is_branched = solver->is_branched || bound > solver->bound;
    return pnr_part_tell_round(context, bound);
}

/* The latest tree that raised the bound proves it alone, for it began with the bound of those before. */
static void keep_cases(struct pnr_part_solver *solver, struct pnr_cases *cases) {
    if (cases != NULL) {
        struct pnr_level_outcome *outcome = &solver->result->levels[solver->level];
        pnr_cases_free(outcome->cases);
        outcome->cases = cases;
    }
}

static enum pioneer_status branch(struct pnr_part_solver *solver, int64_t work) {
    struct pnr_tree_run run = {
        .value = pnr_part_value_of(solver, solver->level),
        .work = work,
        .each = tell_case,
        .take = take_leaf,
        .context = solver,
        .out = &solver->trial,
        .bound = solver->bound,
        .wants_cases = solver->options->wants_cases && solver->level >= 0,
    };
    pnr_part_idle(solver, NULL, &solver->trial);
    enum pioneer_status status = pnr_master_branch(solver->master, &run);
    keep_cases(solver, run.cases);
    solver->is_branched = solver->is_branched || run.bound > solver->bound;
    solver->bound = run.bound > solver->bound ? run.bound : solver->bound;
    return status;
}

/* A few members get new schedules together while the others keep theirs. */
static enum pioneer_status renew(struct pnr_part_solver *solver, int64_t work) {
    int64_t before = solver->options->budget->work_used;
    bool found;
    pnr_search_pick(&solver->search, &solver->roster, solver->level, solver->renewed, solver->free_members);
    pnr_part_idle(solver, NULL, &solver->trial);
    enum pioneer_status status = pnr_master_renew(solver->master, &solver->search, &solver->roster,
                                                  solver->free_members, work, &solver->trial, &found);
    if (status == PIONEER_OK && found) {
        take_trial(solver);
    }
    bool was_dear = solver->options->budget->work_used - before > work / 2;
    int32_t most = pnr_master_most_renewed(solver->master);
    solver->renewed += was_dear ? -1 : found ? 0 : 1;
    solver->renewed = solver->renewed < 2 ? 2 : solver->renewed > most ? most : solver->renewed;
    return status;
}

static bool is_worth_a_tree(const struct pnr_part_solver *solver) {
    int64_t value = pnr_part_value_of(solver, solver->level);
    return value - solver->bound <= value / 1000 * TREE_PERMILLE + 5;
}

/* Whether the level rests: closed, good enough beside the levels that wait, or out of work or time. */
static bool rests(const struct pnr_part_solver *solver, int64_t end) {
    const struct pnr_budget *budget = solver->options->budget;
    if (!pnr_part_may_go_on(solver) || pnr_part_is_settled(solver)) {
        return true;
    }
    if (budget->work_limit == 0) {
        return budget->deadline_ms == 0 || pnr_clock_ms() >= solver->level_deadline_ms;
    }
    return budget->work_used >= end || is_good_enough(solver) || is_little(solver);
}

/* Search gets what a renewal cost that gained nothing: where schedules are dear to price, it gains more. */
static enum pioneer_status renew_and_search(struct pnr_part_solver *solver, int64_t work, int64_t end) {
    const struct pnr_budget *budget = solver->options->budget;
    int64_t used = budget->work_used;
    int64_t value = pnr_part_value_of(solver, solver->level);
    enum pioneer_status status = renew(solver, work * RENEW / 100 + 1);
    bool helped = pnr_part_value_of(solver, solver->level) < value;
    int64_t in_vain = helped ? 0 : budget->work_used - used;
    if (status == PIONEER_OK && !rests(solver, end)) {
        status = pnr_part_improve(solver, work * SEARCH / 100 + in_vain + 1);
    }
    return status;
}

/* Whether it is time for another dive, and there is time for it: its pool has grown since the latest. */
static bool dives_again(const struct pnr_part_solver *solver, int64_t end) {
    int64_t since = solver->options->budget->work_used - solver->dived_at;
    return solver->dive_work > 0 && since >= BETWEEN_DIVES * solver->dive_work &&
           pnr_part_left_of_level(solver, end) >= solver->dive_work;
}

/* What turns in vain call for. The nodes of a wide master are as dear as its LP: no tree closes a gap there.
 */
static enum pioneer_status branch_or_dive(struct pnr_part_solver *solver, int64_t work, int64_t end) {
    return is_worth_a_tree(solver) || !pnr_master_is_wide(solver->master)
               ? branch(solver, work * TREE / 100)
               : dive(solver, work, pnr_part_left_of_level(solver, end), false);
}

/* Periods are for horizons that have several of them. */
static bool has_periods(const struct pnr_part_solver *solver) {
    int32_t days = solver->instance->last_day - solver->instance->first_day + 1;
    int32_t least = pnr_master_is_wide(solver->master) ? LEAST_DAYS_OF_WIDE : LEAST_DAYS;
    return solver->level >= 0 && days >= least;
}

/* What turns are made of. */
enum way { MEMBERS, WEEKS, WAYS };
struct turns {
    struct pnr_part_solver *solver;
    struct pnr_periods *periods; /* NULL: none */
    struct pnr_account accounts[WAYS];
    int64_t work, end;
};

/* A few members anew, and search, or some weeks. */
static enum pioneer_status take_turn(struct turns *turns) {
    struct pnr_part_solver *solver = turns->solver;
    const struct pnr_budget *budget = solver->options->budget;
    int64_t value = pnr_part_value_of(solver, solver->level);
    int64_t used = budget->work_used;
    turns->accounts[WEEKS].rests = turns->periods == NULL || pnr_periods_rest(solver);
    int32_t way = pnr_accounts_choose(turns->accounts, WAYS);
    enum pioneer_status status = way == WEEKS ? pnr_periods_turn(turns->periods, solver)
                                              : renew_and_search(solver, turns->work, turns->end);
    pnr_account_enter(&turns->accounts[way], value - pnr_part_value_of(solver, solver->level),
                      budget->work_used - used + 1);
    return status;
}

static enum pioneer_status take_turns(struct pnr_part_solver *solver, int64_t work, int64_t end) {
    struct turns turns = {.solver = solver, .work = work, .end = end};
    enum pioneer_status status = PIONEER_OK;
    if (has_periods(solver) && !rests(solver, end)) {
        status = pnr_periods_new(solver, pnr_part_left_of_level(solver, end), &turns.periods);
    }
    int64_t before = pnr_part_value_of(solver, solver->level);
    int32_t idle = 0;
    bool may_stall = solver->options->budget->work_limit == 0;
    for (int32_t turn = 1;
         status == PIONEER_OK && !rests(solver, end) && (may_stall || idle < MOST_IDLE_TURNS); turn++) {
        status = take_turn(&turns);
        if (status == PIONEER_OK && dives_again(solver, end) && !rests(solver, end)) {
            status = dive(solver, work, pnr_part_left_of_level(solver, end), false);
        }
        idle = pnr_part_value_of(solver, solver->level) < before ? 0 : idle + 1;
        before = pnr_part_value_of(solver, solver->level);
        if (status == PIONEER_OK && idle % IDLE_TURNS == IDLE_TURNS - 1 && !rests(solver, end)) {
            status = branch_or_dive(solver, work, end);
        }
        pnr_part_report(solver);
    }
    pnr_periods_free(turns.periods);
    return status;
}

/* Weeks anew, before anything else goes on from the first dive: while they gain, nothing gains as much.
 * `work`: that is left of the level. */
static enum pioneer_status renew_weeks(struct pnr_part_solver *solver, int64_t work) {
    const struct pnr_budget *budget = solver->options->budget;
    struct pnr_periods *periods;
    int64_t end = budget->work_used + work * WEEKS_ANEW / 100;
    int64_t in_vain = budget->work_used + work * WEEKS_IN_VAIN / 100;
    enum pioneer_status status = pnr_periods_new(solver, end - budget->work_used, &periods);
    while (status == PIONEER_OK && budget->work_used < end && budget->work_used < in_vain &&
           !rests(solver, end) && !pnr_periods_rest(solver)) {
        int64_t value = pnr_part_value_of(solver, solver->level);
        status = pnr_periods_turn(periods, solver);
        bool gained = pnr_part_value_of(solver, solver->level) < value;
        in_vain = gained ? budget->work_used + work * WEEKS_IN_VAIN / 100 : in_vain;
        pnr_part_report(solver);
    }
    pnr_periods_free(periods);
    return status;
}

/* An LP that GLPK lost for good costs the bound, not the roster. The second convergence of a wide master
 * costs as much as the first, or a part of it; where there is less left turns gain more. */
enum pioneer_status pnr_part_close(struct pnr_part_solver *solver, int64_t work) {
    if (solver->is_large) {
        return pnr_part_close_large(solver, work);
    }
    int64_t start = solver->options->budget->work_used;
    int64_t end = start + work;
    pnr_part_begin_pace(solver);
    solver->ahead = -1;
    solver->dive_work = 0;
    enum pioneer_status status = open_master(solver);
    if (status == PIONEER_OK) {
        status = begin(solver);
    }
    if (status == PIONEER_OK) {
        status = converge(solver, pnr_part_left_of_level(solver, end), ROUGH);
    }
    int64_t converged = solver->options->budget->work_used - start;
    work = work_of_level(solver, start, end);
    if (status == PIONEER_OK && pnr_part_may_go_on(solver) && !pnr_part_is_settled(solver) &&
        is_worth_a_dive(solver) && has_work_to_dive(solver, start, pnr_part_left_of_level(solver, end)) &&
        bears_a_dive(solver, start)) {
        status = dive(solver, work, pnr_part_left_of_level(solver, end), true);
    }
    if (status == PIONEER_OK && !rests(solver, end) && solver->dive_work > 0 && has_periods(solver)) {
        status = renew_weeks(solver, pnr_part_left_of_level(solver, end));
    }
    if (status == PIONEER_OK && !rests(solver, end) && is_worth_a_dive(solver) &&
        (!pnr_master_is_wide(solver->master) || pnr_part_left_of_level(solver, end) >= converged)) {
        status = converge(solver, pnr_part_left_of_level(solver, end), 0);
    }
    if (status == PIONEER_OK && !rests(solver, end) && solver->ahead >= 0 && is_worth_a_dive(solver) &&
        bears_a_dive(solver, start)) {
        status = dive(solver, work, pnr_part_left_of_level(solver, end), false);
    }
    if (status == PIONEER_OK && pnr_part_may_go_on(solver) && !pnr_part_is_settled(solver)) {
        status = solve_pool(solver, work);
    }
    if (status == PIONEER_OK && !rests(solver, end) && is_worth_a_tree(solver)) {
        status = branch(solver, work * TREE / 100);
    }
    work = work_of_level(solver, start, end);
    if (status == PIONEER_OK) {
        status = take_turns(solver, work, end);
    }
    return status == PIONEER_E_SOLVER ? PIONEER_OK : status;
}
