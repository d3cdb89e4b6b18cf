/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bringing value and bound of one level together: column generation, dives, search. */
#include "engine/closing.h"

#include "engine/handover.h"
#include "engine/periods.h"
#include "engine/rings.h"

#include <float.h>
#include <stdlib.h>

/* Shares of a level's work, in percent: column generation, mending what a dive left; a dive's share
 * is of what is left then. What one does not use is there for the turns that follow. Chosen on generated
 * campuses of 40 to 400 members. */
enum { CONVERGE = 75, DIVE = 60, MEND = 25 };
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
/* Search is asked between slices whether to go on: so many units, a sixth of a second, at most. */
#define LONGEST_SLICE 2000000
/* A second dive is expected to cost one in so many of the first: the pool knows rosters by then, and the LP
 * is nearly whole. */
#define NEXT_DIVE_IN 4
/* Under a time limit alone mending is worth so many times what the dive cost, and as many seconds; on a
 * horizon of a few weeks fewer, and one in so many seconds, for dives are quick there, and a tree makes more
 * of them: with eight times campuses of 80 took a tenth longer, and larger ones ended no lower. */
#define MENDING_COSTS       8
#define SHORT_MENDING_COSTS 2
#define SHORT_MENDING_IN    20
/* After a roster has followed the LP's shares they do in slices of so many units, while one gains a
 * thousandth: three of them took a campus of 5,000 from 4.56 to 4.20 million in two seconds. */
#define HAND_OVER_SLICE   10000000
#define HAND_OVER_GAIN_IN 1000
/* Rings before turns may cost one part in so many of what is left. Where there was a dive they are over
 * sooner; where LP and dive came to nothing they gain most. */
#define RINGS_IN 4
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

/* ---- one level ---- */

/* Searches in slices, so that progress is told. */
static enum pioneer_status improve(struct pnr_part_solver *solver, int64_t work, bool has_patience) {
    const struct pnr_budget *budget = solver->options->budget;
    int64_t start = budget->work_used;
    int64_t gained = start;
    int64_t slice = work / 20 < LONGEST_SLICE ? work / 20 + 1 : LONGEST_SLICE;
    enum pioneer_status status = PIONEER_OK;
    while (status == PIONEER_OK && pnr_part_may_go_on(solver) && !pnr_part_is_settled(solver) &&
           budget->work_used < start + work &&
           (has_patience || budget->work_used - gained <= gained - start + PNR_WORK_A_SECOND)) {
        int64_t before = pnr_part_value_of(solver, solver->level);
        status = solver->is_large ? pnr_search_improve_stretches(&solver->search, &solver->roster,
                                                                 solver->level, solver->bound, slice)
                                  : pnr_search_improve(&solver->search, &solver->roster, solver->level,
                                                       solver->bound, slice);
        gained = pnr_part_value_of(solver, solver->level) < before ? budget->work_used : gained;
        pnr_part_report(solver);
    }
    return status;
}

enum pioneer_status pnr_part_improve(struct pnr_part_solver *solver, int64_t work) {
    return improve(solver, work, true);
}

enum pioneer_status pnr_part_improve_while_it_gains(struct pnr_part_solver *solver, int64_t work) {
    return improve(solver, work, !pnr_part_is_timed_only(solver));
}

void pnr_part_find_grain(struct pnr_part_solver *solver) {
    if (solver->level >= 0) {
        solver->grain =
            pnr_grain_find(solver->program, solver->pricer, solver->result->is_feasible, solver->level);
    }
}

int64_t pnr_part_goal(const struct pnr_part_solver *solver) {
    return pnr_grain_goal(solver->grain, pnr_part_value_of(solver, solver->level));
}

bool pnr_part_raise_bound(struct pnr_part_solver *solver, int64_t proved) {
    int64_t bound = pnr_grain_round(solver->grain, proved, pnr_part_value_of(solver, solver->level));
    bool raises = bound > solver->bound;
    solver->bound = raises ? bound : solver->bound;
    return raises;
}

bool pnr_part_tell_round(void *context, int64_t bound) {
    struct pnr_part_solver *solver = context;
    pnr_part_raise_bound(solver, bound);
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
    if (status == PIONEER_OK) {
        pnr_part_find_grain(solver);
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

/* Whether members may follow shares that are arbitrary: where the roster costs more than twice what the LP
 * promises, and nothing but turns comes after it, they lead to better ones all the same. A campus of 20,000
 * whose LP needed more time than there was ended at 44.2 instead of 17.6 million. */
static bool leads_far_below(const struct pnr_part_solver *solver, int64_t left) {
    return left >= pnr_master_following_costs(solver->master) && pnr_part_is_at_last_level(solver) &&
           pnr_master_is_wide(solver->master) &&
           pnr_master_objective(solver->master) * 2 < (double)pnr_part_value_of(solver, solver->level);
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
           (!pnr_turns_good_enough(solver) &&
            pnr_part_work_until(solver, budget->deadline_ms) >= costs * (budget->work_used - start));
}

int64_t pnr_part_left_of_level(const struct pnr_part_solver *solver, int64_t end) {
    return pnr_part_is_timed_only(solver) ? pnr_part_work_until(solver, solver->level_deadline_ms)
                                          : end - solver->options->budget->work_used;
}

int64_t pnr_part_share(const struct pnr_part_solver *solver, int64_t share, int64_t worth) {
    return pnr_part_is_timed_only(solver) && worth < share ? worth : share;
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

enum pioneer_status pnr_closing_converge(struct pnr_part_solver *solver, int64_t left, double close) {
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
        .goal = pnr_part_goal(solver),
        .work = work,
        .close = close,
        .each = tell_round,
        .context = &converging,
        .bound = solver->bound,
    };
    enum pioneer_status status = pnr_master_converge(solver->master, &run);
    pnr_part_raise_bound(solver, run.bound);
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

/* What mending may cost after a dive that did: its share of the level, but not most of a long time. */
static int64_t work_to_mend(const struct pnr_part_solver *solver, int64_t work, int64_t cost) {
    bool is_long = pnr_part_is_long(solver);
    int64_t times = is_long ? MENDING_COSTS : SHORT_MENDING_COSTS;
    int64_t at_least = is_long ? PNR_WORK_A_SECOND : PNR_WORK_A_SECOND / SHORT_MENDING_IN;
    return pnr_part_share(solver, work * MEND / 100, times * (cost + at_least));
}

bool pnr_closing_dives_after_trees(const struct pnr_part_solver *solver) {
    return pnr_part_is_timed_only(solver) && pnr_part_is_long(solver) && solver->level >= 0 &&
           !pnr_master_is_wide(solver->master);
}

/* Dives after the first are over where their LP is as far above the roster at hand as the bound is below it.
 */
static struct pnr_dive_run how_to_dive(struct pnr_part_solver *solver, int64_t left) {
    struct pnr_dive_run run = {.work = left * DIVE / 100, .most = DBL_MAX, .out = &solver->trial};
    if (pnr_closing_dives_after_trees(solver)) {
        double value = (double)pnr_part_value_of(solver, solver->level);
        run.most = solver->dive_work == 0 ? DBL_MAX : 2 * value - (double)solver->bound;
    }
    return run;
}

enum pioneer_status pnr_closing_dive(struct pnr_part_solver *solver, int64_t work, int64_t left,
                                     bool looks_ahead) {
    int64_t before = solver->options->budget->work_used;
    struct pnr_dive_run run = how_to_dive(solver, left > 0 ? left : 0);
    solver->ahead = -1;
    pnr_part_idle(solver, NULL, &solver->trial);
    enum pioneer_status status = looks_ahead ? look_ahead(solver) : PIONEER_OK;
    if (status == PIONEER_OK) {
        status = pnr_master_dive(solver->master, &solver->search, &run);
    }
    enum pioneer_status looked = pnr_master_look_ahead(solver->master, -1, 0);
    status = status == PIONEER_OK ? looked : status;
    if (status == PIONEER_OK && !run.was_cut) {
        int64_t cost = solver->options->budget->work_used - before;
        status = pnr_trial_take_mended(solver, work_to_mend(solver, work, cost));
    }
    pnr_part_report(solver);
    solver->dived_at = solver->options->budget->work_used;
    int64_t cost = solver->dived_at - before;
    bool is_first = solver->dive_work == 0;
    solver->dive_work = is_first && pnr_closing_dives_after_trees(solver) ? cost / NEXT_DIVE_IN : cost;
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
        status = pnr_trial_take_mended(solver, work_to_mend(solver, work, 0));
    }
    pnr_part_report(solver);
    return status;
}

/* The first column generation of a level; where a simplex does not come to its end, walks go on from its
 * pool. */
static enum pioneer_status converge_first(struct pnr_part_solver *solver, int64_t end) {
    enum pioneer_status status = pnr_closing_converge(solver, pnr_part_left_of_level(solver, end), PNR_ROUGH);
    if (status == PIONEER_OK && pnr_part_may_go_on(solver) && !pnr_part_is_settled(solver) &&
        !is_worth_a_dive(solver) && pnr_master_walk(solver->master)) {
        status = pnr_closing_converge(solver, pnr_part_left_of_level(solver, end), PNR_ROUGH);
    }
    return status;
}

/* The first dive of a level, if there is work for it. */
static enum pioneer_status first_dive(struct pnr_part_solver *solver, int64_t start, int64_t work,
                                      int64_t end) {
    int64_t left = pnr_part_left_of_level(solver, end);
    bool dives = has_work_to_dive(solver, start, left) && bears_a_dive(solver, start);
    return dives ? pnr_closing_dive(solver, work, left, true) : PIONEER_OK;
}

/* What members who chose one by one left to each other: while that gains. */
static enum pioneer_status hand_over_trial(struct pnr_part_solver *solver) {
    int64_t *value = &solver->trial.value[solver->level + 1];
    enum pioneer_status status = PIONEER_OK;
    int64_t before;
    do {
        before = *value;
        status = pnr_search_hand_over(&solver->search, &solver->trial, solver->level, solver->bound,
                                      HAND_OVER_SLICE);
        if (status == PIONEER_OK) {
            status = pnr_search_close_rings(&solver->search, &solver->trial, solver->level, solver->bound,
                                            INT64_MAX / 2);
        }
    } while (status == PIONEER_OK && before - *value > before / HAND_OVER_GAIN_IN &&
             pnr_part_may_go_on(solver));
    return status;
}

/* Where a wide master's dive is more than the part can bear, members follow its shares by themselves. */
static enum pioneer_status follow_shares(struct pnr_part_solver *solver, int64_t work) {
    int64_t before = solver->options->budget->work_used;
    pnr_part_idle(solver, NULL, &solver->trial);
    enum pioneer_status status = pnr_master_follow_shares(solver->master, &solver->search, &solver->trial);
    if (status == PIONEER_OK) {
        status = hand_over_trial(solver);
    }
    if (status == PIONEER_OK) {
        int64_t cost = solver->options->budget->work_used - before;
        status = pnr_trial_take_mended(solver, work_to_mend(solver, work, cost));
    }
    pnr_part_report(solver);
    return status;
}

/* On a short horizon a level that is far from its bound gets its days anew at once: dives cost most of it
 * there, and miss duties. */
static bool renews_days_first(const struct pnr_part_solver *solver) {
    return !pnr_part_is_long(solver) && !pnr_part_is_at_last_level(solver) &&
           !pnr_master_is_wide(solver->master) && pnr_turns_have_periods(solver);
}

/* After a dive that looked ahead, one that does not. With hardly anything left it would hurry in vain, and be
 * no less dear: the second dive of the fairest of 435 members took 169 of the 3 million units that were left,
 * and nothing remained for the level behind it. */
static bool dives_without_looking_ahead(const struct pnr_part_solver *solver, int64_t start, int64_t end) {
    return solver->ahead >= 0 && is_worth_a_dive(solver) && bears_a_dive(solver, start) &&
           pnr_part_left_of_level(solver, end) >= solver->dive_work / NEXT_DIVE_IN;
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
    solver->tree_work = 0;
    solver->branching = (struct pnr_branching){0};
    solver->treed_at = start;
    enum pioneer_status status = open_master(solver);
    if (status == PIONEER_OK) {
        status = begin(solver);
    }
    if (status == PIONEER_OK) {
        status = converge_first(solver, end);
    }
    solver->converge_work = solver->options->budget->work_used - start;
    if (status == PIONEER_OK && renews_days_first(solver) && !pnr_turns_rest(solver, end)) {
        status = pnr_turns_renew_weeks(solver, pnr_part_left_of_level(solver, end));
    }
    work = work_of_level(solver, start, end);
    bool follows = false;
    if (status == PIONEER_OK && pnr_part_may_go_on(solver) && !pnr_part_is_settled(solver) &&
        (is_worth_a_dive(solver) || leads_far_below(solver, pnr_part_left_of_level(solver, end)))) {
        follows = solver->level >= 0 && !pnr_turns_good_enough(solver) &&
                  (!is_worth_a_dive(solver) || !bears_a_dive(solver, start));
        status = follows ? follow_shares(solver, work) : first_dive(solver, start, work, end);
    }
    if (status == PIONEER_OK && !pnr_turns_rest(solver, end) && (solver->dive_work > 0 || follows) &&
        pnr_turns_have_periods(solver)) {
        status = pnr_turns_renew_weeks(solver, pnr_part_left_of_level(solver, end));
    }
    if (status == PIONEER_OK && !pnr_turns_rest(solver, end) && is_worth_a_dive(solver) &&
        (!pnr_master_is_wide(solver->master) ||
         pnr_part_left_of_level(solver, end) >= solver->converge_work)) {
        status = pnr_closing_converge(solver, pnr_part_left_of_level(solver, end), 0);
    }
    if (status == PIONEER_OK && !pnr_turns_rest(solver, end) &&
        dives_without_looking_ahead(solver, start, end)) {
        status = pnr_closing_dive(solver, work, pnr_part_left_of_level(solver, end), false);
    }
    bool trees = pnr_turns_want_a_tree(solver);
    if (status == PIONEER_OK && !pnr_turns_rest(solver, end) && trees) {
        status = pnr_turns_branch_and_dive(solver, work, end);
    }
    if (status == PIONEER_OK && pnr_part_may_go_on(solver) && !pnr_part_is_settled(solver)) {
        status = solve_pool(solver, work);
    }
    if (status == PIONEER_OK && !pnr_turns_rest(solver, end) && !trees && pnr_turns_want_a_tree(solver)) {
        status = pnr_turns_branch_and_dive(solver, work, end);
    }
    if (status == PIONEER_OK && solver->level >= 0 && !pnr_turns_rest(solver, end)) {
        status = pnr_search_close_rings(&solver->search, &solver->roster, solver->level, solver->bound,
                                        pnr_part_left_of_level(solver, end) / RINGS_IN);
    }
    work = work_of_level(solver, start, end);
    if (status == PIONEER_OK) {
        status = pnr_turns_take(solver, work, end);
    }
    pnr_periods_free(solver->periods);
    solver->periods = NULL;
    return status == PIONEER_E_SOLVER ? PIONEER_OK : status;
}
