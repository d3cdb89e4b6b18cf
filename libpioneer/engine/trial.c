/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The roster that a dive made, on trial: mended where it misses what is frozen, and taken if it is better. */
#include "engine/closing.h"

/* Members freed at once to mend a roster that misses a frozen level, a quarter of all at most at first; more
 * when that does not help. */
#define MENDED 24
#define MENDS  16

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
    bool leaves_it_to_weeks = pnr_part_is_timed_only(solver) && pnr_turns_have_periods(solver);
    enum pioneer_status status = mend_trial(solver, work, &missed);
    for (int32_t l = missed; l < solver->level && status == PIONEER_OK && pnr_part_may_go_on(solver); l++) {
        if (solver->trial.value[l + 1] > solver->roster.value[l + 1]) {
            status =
                pnr_search_improve(&solver->search, &solver->trial, l, solver->roster.value[l + 1], work / 8);
        }
    }
    if (status == PIONEER_OK && first_missed(solver) == solver->level && pnr_part_may_go_on(solver)) {
        int64_t share = work / (leaves_it_to_weeks ? 32 : 8);
        status = pnr_search_improve(&solver->search, &solver->trial, solver->level, solver->bound, share);
    }
    return status;
}

bool pnr_trial_replaces(struct pnr_part_solver *solver) {
    bool is_better =
        pnr_value_compare(solver->trial.value, solver->roster.value, solver->trial.value_count) < 0;
    if (is_better) {
        pnr_solution_copy(&solver->roster, &solver->trial);
    }
    return is_better;
}

void pnr_trial_take(struct pnr_part_solver *solver) {
    if (pnr_trial_replaces(solver)) {
        solver->foreseen = solver->ahead;
        pnr_part_report(solver);
    }
}

enum pioneer_status pnr_trial_take_mended(struct pnr_part_solver *solver, int64_t work) {
    enum pioneer_status status = repair_trial(solver, work);
    pnr_trial_take(solver);
    return status;
}
