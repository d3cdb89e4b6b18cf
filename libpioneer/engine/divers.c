/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several dives of some members each, at once. */
#include "engine/divers.h"

#include <stdlib.h>

#include "base/threads.h"
#include "engine/lagrangian_dive.h"

/* As many as a small machine has processors. With more on fewer threads, each round is about an older roster.
 */
#define DIVERS 2

struct diver {
    struct pnr_tools tools; /* on one thread */
    struct pnr_budget budget;
    struct pnr_pricer_scratch *own_scratch; /* NULL: it uses one of the part's */
    struct pnr_pricer_scratch *scratch;
    struct pnr_dual *dual;
    struct pnr_search search;
    struct pnr_solution trial;
    uint8_t *is_free; /* [member] */
    enum pioneer_status status;
};

struct pnr_divers {
    struct diver divers[DIVERS];
    struct pnr_part_solver *solver; /* while they dive */
    int32_t percent;
};

static enum pioneer_status open_diver(const struct pnr_part_solver *solver, int32_t at, struct diver *diver) {
    const struct pnr_instance *instance = solver->instance;
    enum pioneer_status status = PIONEER_OK;
    diver->is_free = calloc((size_t)instance->member_count + 1, 1);
    if (diver->is_free == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    if (at < solver->options->thread_count) {
        diver->scratch = solver->scratches[at];
    } else {
        status = pnr_pricer_scratch_new(solver->pricer, &diver->own_scratch);
        if (status == PIONEER_OK) {
            pnr_pricer_scratch_heed(diver->own_scratch, solver->options->budget);
        }
        diver->scratch = diver->own_scratch;
    }
    diver->tools = solver->tools;
    diver->tools.scratches = &diver->scratch;
    diver->tools.thread_count = 1;
    diver->tools.budget = &diver->budget;
    diver->tools.pulse = NULL; /* whoever waits is asked between the rounds, on the caller's thread */
    if (status == PIONEER_OK) {
        status = pnr_dual_new(&diver->tools, &diver->dual);
    }
    if (status == PIONEER_OK) {
        pnr_dual_follow(diver->dual, solver->dual);
        status = pnr_search_init(&diver->search, instance, solver->pricer, diver->scratch,
                                 solver->result->is_feasible, &diver->budget,
                                 solver->options->seed * DIVERS + (uint64_t)at + 1);
        diver->search.beam_width = solver->search.beam_width;
    }
    return status == PIONEER_OK ? pnr_solution_clone(&diver->trial, &solver->roster) : status;
}

static void close_diver(struct diver *diver) {
    pnr_solution_fini(&diver->trial);
    pnr_search_fini(&diver->search);
    pnr_dual_free(diver->dual);
    pnr_pricer_scratch_free(diver->own_scratch);
    free(diver->is_free);
}

enum pioneer_status pnr_divers_new(const struct pnr_part_solver *solver, struct pnr_divers **out) {
    *out = NULL;
    struct pnr_divers *divers = calloc(1, sizeof *divers);
    enum pioneer_status status = divers != NULL ? PIONEER_OK : PIONEER_E_NO_MEMORY;
    for (int32_t i = 0; i < DIVERS && status == PIONEER_OK; i++) {
        status = open_diver(solver, i, &divers->divers[i]);
    }
    if (status != PIONEER_OK) {
        pnr_divers_free(divers);
        return status;
    }
    *out = divers;
    return PIONEER_OK;
}

void pnr_divers_free(struct pnr_divers *divers) {
    for (int32_t i = 0; divers != NULL && i < DIVERS; i++) {
        close_diver(&divers->divers[i]);
    }
    free(divers);
}

/* One member at least. */
static void choose_free(struct diver *diver, int32_t members, int32_t percent) {
    struct pnr_rng *rng = &diver->search.rng;
    for (int32_t m = 0; m < members; m++) {
        diver->is_free[m] = pnr_rng_below(rng, 100) < (uint32_t)percent;
    }
    if (members > 0) {
        diver->is_free[pnr_rng_below(rng, (uint32_t)members)] = 1;
    }
}

/* What the dive missed at the levels before this one comes first, then the level. */
static enum pioneer_status search_trial(struct diver *diver, const struct pnr_part_solver *solver,
                                        int64_t work) {
    enum pioneer_status status =
        pnr_search_mend_stretches(&diver->search, &diver->trial, solver->level, solver->roster.value, work);
    return status != PIONEER_OK ? status
                                : pnr_search_improve_stretches(&diver->search, &diver->trial, solver->level,
                                                               solver->bound, work);
}

static void dive(void *context, int task) {
    struct pnr_divers *divers = context;
    const struct pnr_part_solver *solver = divers->solver;
    struct diver *diver = &divers->divers[task];
    pnr_solution_copy(&diver->trial, &solver->roster);
    choose_free(diver, solver->instance->member_count, divers->percent);
    pnr_part_idle(solver, diver->is_free, &diver->trial);
    diver->status = pnr_lagrangian_dive(&diver->tools, diver->dual, &diver->search, diver->is_free,
                                        &solver->roster, &diver->trial);
    if (diver->status == PIONEER_OK) {
        diver->status = search_trial(diver, solver, diver->budget.work_used);
    }
}

enum pioneer_status pnr_divers_run(struct pnr_divers *divers, struct pnr_part_solver *solver,
                                   int32_t percent) {
    struct pnr_budget *budget = solver->options->budget;
    divers->solver = solver;
    divers->percent = percent;
    for (int32_t i = 0; i < DIVERS; i++) {
        struct pnr_budget *own = &divers->divers[i].budget;
        *own = *budget;
        own->work_limit = budget->work_limit > 0 ? (budget->work_limit - budget->work_used) / DIVERS + 1 : 0;
        own->work_used = 0;
    }
    int threads = solver->options->thread_count < DIVERS ? solver->options->thread_count : DIVERS;
    enum pioneer_status status = pnr_parallel(threads, DIVERS, dive, divers);
    for (int32_t i = 0; i < DIVERS && status == PIONEER_OK; i++) {
        struct diver *diver = &divers->divers[i];
        status = diver->status;
        pnr_budget_spend(budget, diver->budget.work_used);
        if (pnr_value_compare(diver->trial.value, solver->roster.value, diver->trial.value_count) < 0) {
            pnr_solution_copy(&solver->roster, &diver->trial);
        }
    }
    return status;
}
