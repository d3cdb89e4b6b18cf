/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rosters that are given: what the outlook plans, what is published. */
#include <stdlib.h>
#include <string.h>

#include "engine/closing.h"

/* What a given roster lacks of the one at hand is searched for with this share of a level's work, per level
 * that comes before changes. */
#define MENDING 4
/* It is nearly mended where one part in so many of what it lacked is left. */
#define NEARLY 4

enum pioneer_status pnr_part_set_given(struct pnr_part_solver *solver, const uint8_t *is_chosen,
                                       bool only_legal, struct pnr_solution *solution) {
    const struct pnr_instance *instance = solver->instance;
    int32_t *pairs = malloc(((size_t)instance->pair_count + 1) * sizeof *pairs);
    int64_t *cost = malloc(((size_t)pnr_part_level_count(solver) + 1) * sizeof *cost);
    enum pioneer_status status = pairs != NULL && cost != NULL ? PIONEER_OK : PIONEER_E_NO_MEMORY;
    for (int32_t m = 0; m < instance->member_count && status == PIONEER_OK; m++) {
        int32_t count = 0;
        for (int32_t p = instance->pairs_of_member[m]; p < instance->pairs_of_member[m + 1]; p++) {
            if (is_chosen[p]) {
                pairs[count++] = p;
            }
        }
        bool legal;
        status = pnr_pricer_value(solver->pricer, solver->scratches[0], m, pairs, count, cost, &legal);
        if (status == PIONEER_OK && (legal || !only_legal)) {
            pnr_solution_set_member(solution, m, pairs, count, cost);
        }
    }
    free(pairs);
    free(cost);
    return status;
}

enum pioneer_status pnr_part_try_planned(struct pnr_part_solver *solver) {
    if (solver->instance->is_planned == NULL) {
        return PIONEER_OK;
    }
    enum pioneer_status status =
        pnr_part_set_given(solver, solver->instance->is_planned, true, &solver->trial);
    if (status == PIONEER_OK) {
        pnr_trial_replaces(solver);
    }
    return status;
}

/* ---- what is published ---- */

/* A member's schedule, and room for another one. */
struct keeping {
    struct pnr_part_solver *solver;
    int32_t *pairs, *kept;
    int64_t *cost;
};

/* Whether the first `count` of those kept are a legal schedule, and what it costs. */
static enum pioneer_status value_kept(const struct keeping *keeping, int32_t member, int32_t count,
                                      bool *legal) {
    return pnr_pricer_value(keeping->solver->pricer, keeping->solver->scratches[0], member, keeping->kept,
                            count, keeping->cost, legal);
}

/* All of the member's `count` pairs, or all but one. */
static enum pioneer_status keep_nearly_all(struct keeping *keeping, int32_t member, int32_t count,
                                           int32_t *kept, bool *legal) {
    enum pioneer_status status = PIONEER_OK;
    *legal = false;
    for (int32_t without = count; without >= 0 && !*legal && status == PIONEER_OK; without--) {
        *kept = 0;
        for (int32_t i = 0; i < count; i++) {
            if (i != without) {
                keeping->kept[(*kept)++] = keeping->pairs[i];
            }
        }
        status = value_kept(keeping, member, *kept, legal);
    }
    return status;
}

/* One after the other, those that are legal with the ones before. */
static enum pioneer_status keep_in_order(struct keeping *keeping, int32_t member, int32_t count,
                                         int32_t *kept, bool *legal) {
    enum pioneer_status status = PIONEER_OK;
    *kept = 0;
    for (int32_t i = 0; i < count && status == PIONEER_OK; i++) {
        bool fits;
        keeping->kept[*kept] = keeping->pairs[i];
        status = value_kept(keeping, member, *kept + 1, &fits);
        *kept += fits;
    }
    return status == PIONEER_OK ? value_kept(keeping, member, *kept, legal) : status;
}

/* Everybody keeps what is published of the duties that have room. */
static enum pioneer_status keep_published(struct keeping *keeping) {
    struct pnr_part_solver *solver = keeping->solver;
    const struct pnr_instance *instance = solver->instance;
    enum pioneer_status status = PIONEER_OK;
    pnr_part_idle(solver, NULL, &solver->trial);
    for (int32_t m = 0; m < instance->member_count && status == PIONEER_OK; m++) {
        int32_t count = 0, kept = 0;
        bool legal = false;
        for (int32_t p = instance->pairs_of_member[m]; p < instance->pairs_of_member[m + 1]; p++) {
            if (instance->is_published[p] &&
                pnr_solution_has_room(&solver->trial, instance->duty_of_pair[p])) {
                keeping->pairs[count++] = p;
            }
        }
        if (count > 0 && solver->result->is_feasible[m]) {
            status = keep_nearly_all(keeping, m, count, &kept, &legal);
            if (status == PIONEER_OK && !legal) {
                status = keep_in_order(keeping, m, count, &kept, &legal);
            }
        }
        if (status == PIONEER_OK && legal && kept > 0) {
            pnr_solution_set_member(&solver->trial, m, keeping->kept, kept, keeping->cost);
        }
    }
    return status;
}

/* Gives the member its cheapest schedule instead, if the trial is better for it. */
static enum pioneer_status renew_member(struct keeping *keeping, int32_t member) {
    struct pnr_part_solver *solver = keeping->solver;
    struct pnr_solution *trial = &solver->trial;
    size_t levels = (size_t)pnr_part_level_count(solver);
    int32_t count = pnr_solution_pairs_of(trial, member, keeping->pairs);
    const int64_t *cost = trial->cost_of_member + (size_t)member * levels;
    bool found;
    memcpy(keeping->cost, cost, levels * sizeof *cost);
    memcpy(keeping->cost + levels, trial->value, (levels + 1) * sizeof *cost);
    pnr_solution_set_member(trial, member, NULL, 0, solver->idle_cost + (size_t)member * levels);
    enum pioneer_status status = pnr_search_recreate(&solver->search, trial, member, &found);
    if (status == PIONEER_OK &&
        pnr_value_compare(trial->value, keeping->cost + levels, trial->value_count) >= 0) {
        pnr_solution_set_member(trial, member, keeping->pairs, count, keeping->cost);
    }
    return status;
}

/* Whether the trial lacks something at the level (-1: hard rules) that the roster at hand has. */
static bool lacks(const struct pnr_part_solver *solver, int32_t level) {
    return solver->trial.value[level + 1] > solver->roster.value[level + 1];
}

/* What the trial lacks at the level: everybody is asked once, and then it is searched for. */
static enum pioneer_status mend_level(struct keeping *keeping, int32_t level, int64_t work) {
    struct pnr_part_solver *solver = keeping->solver;
    const struct pnr_instance *instance = solver->instance;
    enum pioneer_status status = PIONEER_OK;
    pnr_search_weigh(&solver->search, solver->trial.value_count, level);
    for (int32_t i = 0; i < instance->member_count && lacks(solver, level) && status == PIONEER_OK &&
                        pnr_part_may_go_on(solver);
         i++) {
        int32_t member = solver->search.order[i];
        if (solver->result->is_feasible[member]) {
            status = renew_member(keeping, member);
        }
    }
    if (status == PIONEER_OK && lacks(solver, level)) {
        status =
            pnr_search_improve(&solver->search, &solver->trial, level, solver->roster.value[level + 1], work);
    }
    return status;
}

/* Up to the level of changes; without one what is published is worth no search. *nearly: where something is
 * lacking then, little of it is. */
static enum pioneer_status mend_published(struct keeping *keeping, int64_t work, bool *nearly) {
    struct pnr_part_solver *solver = keeping->solver;
    const int64_t *goal = solver->roster.value, *value = solver->trial.value;
    enum pioneer_status status = PIONEER_OK;
    solver->search.solved_level = solver->changes;
    *nearly = false;
    for (int32_t l = -1; l < solver->changes && status == PIONEER_OK; l++) {
        int64_t lacked = value[l + 1] - goal[l + 1];
        if (lacks(solver, l)) {
            status = mend_level(keeping, l, work);
        }
        if (value[l + 1] != goal[l + 1]) {
            *nearly = l >= 0 && lacks(solver, l) && value[l + 1] - goal[l + 1] <= lacked / NEARLY;
            break; /* better already, or not to be had so quickly */
        }
    }
    return status;
}

/* What is published and nearly mended is gone on with: levels have more than a quick search for what is still
 * lacking, and nothing finds the way back to it. */
static enum pioneer_status go_on_with_published(struct pnr_part_solver *solver) {
    enum pioneer_status status = pnr_solution_clone(&solver->fallback, &solver->roster);
    solver->has_fallback = status == PIONEER_OK;
    if (status == PIONEER_OK) {
        pnr_solution_copy(&solver->roster, &solver->trial);
    }
    return status;
}

void pnr_part_fall_back(struct pnr_part_solver *solver) {
    if (solver->has_fallback &&
        pnr_value_compare(solver->fallback.value, solver->roster.value, solver->level + 2) < 0) {
        pnr_solution_copy(&solver->roster, &solver->fallback);
        solver->has_fallback = false;
    }
}

enum pioneer_status pnr_part_try_published(struct pnr_part_solver *solver, int64_t work) {
    if (!solver->instance->has_published) {
        return PIONEER_OK;
    }
    size_t pairs = (size_t)solver->instance->pair_count + 1;
    size_t levels = (size_t)pnr_part_level_count(solver) + 1;
    struct keeping keeping = {.solver = solver,
                              .pairs = malloc(2 * pairs * sizeof(int32_t)),
                              .cost = malloc(2 * levels * sizeof(int64_t))};
    bool ok = keeping.pairs != NULL && keeping.cost != NULL;
    enum pioneer_status status = ok ? PIONEER_OK : PIONEER_E_NO_MEMORY;
    if (ok) {
        keeping.kept = keeping.pairs + pairs;
        status = keep_published(&keeping);
    }
    bool nearly = false;
    if (status == PIONEER_OK) {
        status = mend_published(&keeping, work / MENDING, &nearly);
    }
    if (status == PIONEER_OK && !pnr_trial_replaces(solver) && nearly) {
        status = go_on_with_published(solver);
    }
    free(keeping.pairs);
    free(keeping.cost);
    return status;
}
