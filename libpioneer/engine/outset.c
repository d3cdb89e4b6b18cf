/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where members begin: what it costs to be idle, who may not be, and who has no legal schedule at all. */
#include <stdatomic.h>
#include <stdlib.h>

#include "base/threads.h"
#include "engine/part_inside.h"

/* Labels one member may cost before it is given the benefit of the doubt. */
#define DOUBT_LABELS 100000

struct valuing {
    struct pnr_part_solver *solver;
    atomic_int next;
    atomic_bool failed;
};

/* A member whose idle schedule is legal has one. Of the others it is taken for granted until they stay
 * without: see pnr_part_settle_doubts(). */
static bool value_member(struct pnr_part_solver *solver, struct pnr_pricer_scratch *scratch, int32_t member) {
    size_t levels = (size_t)pnr_part_level_count(solver);
    bool legal;
    enum pioneer_status status = pnr_pricer_value(solver->pricer, scratch, member, NULL, 0,
                                                  solver->idle_cost + (size_t)member * levels, &legal);
    solver->result->is_feasible[member] = pnr_pricer_member_is_feasible(solver->pricer, member);
    solver->must_serve[member] = solver->result->is_feasible[member] && !legal;
    return status == PIONEER_OK;
}

static void value_share(void *context, int task) {
    enum { AT_ONCE = 64 };
    struct valuing *valuing = context;
    int32_t members = valuing->solver->instance->member_count;
    bool ok = true;
    while (ok && !atomic_load(&valuing->failed)) {
        int32_t first = atomic_fetch_add(&valuing->next, AT_ONCE);
        if (first >= members) {
            break;
        }
        for (int32_t m = first; ok && m < first + AT_ONCE && m < members; m++) {
            ok = value_member(valuing->solver, valuing->solver->scratches[task], m);
        }
    }
    if (!ok) {
        atomic_store(&valuing->failed, true);
    }
}

enum pioneer_status pnr_part_value_idle(struct pnr_part_solver *solver) {
    struct pnr_arena *arena = &solver->result->arena;
    size_t members = (size_t)solver->instance->member_count;
    size_t levels = (size_t)pnr_part_level_count(solver);
    solver->idle_cost = pnr_arena_alloc(arena, members * levels, sizeof *solver->idle_cost);
    solver->result->is_feasible = pnr_arena_alloc(arena, members, 1);
    solver->free_members = pnr_arena_alloc(arena, members, 1);
    solver->must_serve = pnr_arena_alloc(arena, members, 1);
    if (solver->idle_cost == NULL || solver->result->is_feasible == NULL || solver->must_serve == NULL ||
        solver->free_members == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    struct valuing valuing = {.solver = solver};
    atomic_init(&valuing.next, 0);
    atomic_init(&valuing.failed, false);
    enum pioneer_status status = PIONEER_OK;
    if (solver->options->thread_count > 1) {
        status =
            pnr_parallel(solver->options->thread_count, solver->options->thread_count, value_share, &valuing);
    } else {
        value_share(&valuing, 0);
    }
    return status == PIONEER_OK && atomic_load(&valuing.failed) ? PIONEER_E_NO_MEMORY : status;
}

static bool is_idle(const struct pnr_part_solver *solver, int32_t member) {
    const struct pnr_instance *instance = solver->instance;
    for (int32_t p = instance->pairs_of_member[member]; p < instance->pairs_of_member[member + 1]; p++) {
        if (solver->roster.is_chosen[p]) {
            return false;
        }
    }
    return true;
}

/* Whether any schedule of the member is legal. Minima of windows are seen by pricing alone. */
static enum pioneer_status settle_member(struct pnr_part_solver *solver, int32_t member,
                                         const int64_t *nothing) {
    struct pnr_price_query query = {
        .member = member,
        .price_of_pair = nothing,
        .weight_of_level = nothing,
        .cutoff = INT64_MAX,
        .wanted = 1,
        .label_limit = DOUBT_LABELS,
    };
    struct pnr_price_answer answer;
    enum pioneer_status status = pnr_pricer_price(solver->pricer, solver->scratches[0], &query, &answer);
    if (status == PIONEER_OK) {
        pnr_budget_spend(solver->options->budget, answer.work);
    }
    if (status == PIONEER_OK && answer.kind == PNR_PRICED_INFEASIBLE) {
        solver->result->is_feasible[member] = 0;
        solver->must_serve[member] = 0;
        solver->roster.value[0]--;
    }
    return status;
}

enum pioneer_status pnr_part_settle_doubts(struct pnr_part_solver *solver) {
    const struct pnr_instance *instance = solver->instance;
    int64_t *nothing = NULL;
    enum pioneer_status status = PIONEER_OK;
    for (int32_t m = 0; m < instance->member_count && status == PIONEER_OK && pnr_part_may_go_on(solver);
         m++) {
        if (!solver->must_serve[m] || !is_idle(solver, m)) {
            continue;
        }
        bool found = false; /* on long horizons a beam finds what the first pass did not */
        if (solver->search.beam_width > 0) {
            status = pnr_search_recreate(&solver->search, &solver->roster, m, &found);
        }
        if (status != PIONEER_OK || found) {
            continue;
        }
        if (nothing == NULL) {
            nothing = calloc((size_t)instance->pair_count + (size_t)pnr_part_level_count(solver) + 1,
                             sizeof *nothing);
        }
        status = nothing != NULL ? settle_member(solver, m, nothing) : PIONEER_E_NO_MEMORY;
    }
    free(nothing);
    return status;
}
