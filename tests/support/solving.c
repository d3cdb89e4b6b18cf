/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A part's solver for tests of the engine's insides, as it stands before any level: everybody idle. */
#include "solving.h"

#include <criterion/criterion.h>
#include <string.h>

#include "tiny.h"

void solving_init(struct solving *solving, struct pioneer_campaign *campaign) {
    struct opened *opened = &solving->opened;
    opened_init(opened, campaign);
    solving->options = (struct pnr_part_options){.seed = 1, .thread_count = 1, .budget = &opened->budget};
    solving->result = (struct pnr_part_result){.is_feasible = opened->is_feasible};
    pnr_arena_init(&solving->result.arena);
    solving->solver = (struct pnr_part_solver){
        .instance = opened->instance,
        .options = &solving->options,
        .result = &solving->result,
        .couplings = opened->couplings,
        .program = opened->program,
        .pricer = opened->pricer,
        .scratches = opened->scratches,
        .idle_cost = opened->idle_cost,
        .must_serve = opened->must_serve,
        .renewed = 4,
    };
    struct pnr_part_solver *solver = &solving->solver;
    struct pnr_solution *solutions[] = {&solver->roster, &solver->trial, &solver->spare};
    for (int i = 0; i < 3; i++) {
        cr_assert_eq(
            pnr_solution_init(solutions[i], opened->couplings, opened->idle_cost, opened->must_serve),
            PIONEER_OK);
    }
    cr_assert_eq(pnr_search_init(&solver->search, opened->instance, opened->pricer, opened->scratches[0],
                                 opened->is_feasible, &opened->budget, 1),
                 PIONEER_OK);
}

void solving_fini(struct solving *solving) {
    struct pnr_part_solver *solver = &solving->solver;
    pnr_dual_free(solver->dual);
    if (solver->has_session) {
        pnr_lp_session_fini(&solver->session);
    }
    pnr_search_fini(&solver->search);
    pnr_solution_fini(&solver->roster);
    pnr_solution_fini(&solver->trial);
    pnr_solution_fini(&solver->spare);
    pnr_part_result_fini(&solving->result);
    opened_fini(&solving->opened);
}

bool solving_search(struct solving *solving, int64_t work) {
    struct pnr_part_solver *solver = &solving->solver;
    for (int32_t l = -1; l < 2 && l < solving->opened.level_count; l++) {
        cr_assert_eq(pnr_search_improve(&solver->search, &solver->roster, l, 0, work), PIONEER_OK);
    }
    return solver->roster.value[0] == 0;
}

void solving_give(struct solving *solving, int32_t member, const int32_t *pairs, int32_t count) {
    struct pnr_part_solver *solver = &solving->solver;
    int64_t cost[16];
    bool legal;
    cr_assert_leq(solving->opened.level_count, 16);
    cr_assert_eq(pnr_pricer_value(solver->pricer, solver->scratches[0], member, pairs, count, cost, &legal),
                 PIONEER_OK);
    cr_assert(legal);
    pnr_solution_set_member(&solver->roster, member, pairs, count, cost);
}

void solving_give_all(struct solving *solving, int32_t member) {
    const struct pnr_instance *instance = solving->opened.instance;
    int32_t pairs[32];
    int32_t count = 0;
    for (int32_t p = instance->pairs_of_member[member]; p < instance->pairs_of_member[member + 1]; p++) {
        pairs[count++] = p;
    }
    solving_give(solving, member, pairs, count);
}

int32_t solving_level(const struct solving *solving, const char *id) {
    const struct pnr_organisation *organisation = solving->opened.instance->organisation;
    int32_t level = 0;
    while (level < organisation->level_count && strcmp(organisation->levels[level].id, id) != 0) {
        level++;
    }
    cr_assert_lt(level, organisation->level_count, "%s", id);
    return level;
}

#define LEVELS 16

static int32_t count_gains(struct solving *solving, solving_step *step, uint64_t seed) {
    const struct pnr_solution *roster = &solving->solver.roster;
    int32_t gained = 0;
    for (int32_t l = 0; l < solving->opened.level_count; l++) {
        int64_t before[LEVELS + 1];
        memcpy(before, roster->value, (size_t)roster->value_count * sizeof *before);
        for (int32_t time = 0; step(solving, l, time, seed); time++) {
            int change = pnr_value_compare(roster->value, before, roster->value_count);
            cr_expect_leq(change, 0, "seed %d level %d", (int)seed, (int)l);
            gained += change < 0;
            memcpy(before, roster->value, (size_t)roster->value_count * sizeof *before);
        }
    }
    return gained;
}

struct solving_tally solving_sweep(uint64_t seeds, int64_t work, solving_step *step) {
    struct solving_tally tally = {0, 0};
    for (uint64_t seed = 1; seed <= seeds; seed++) {
        struct pioneer_campaign *campaign = generated_campaign(seed, &generated_fortnight);
        struct solving solving;
        solving_init(&solving, campaign);
        bool is_legal = solving_search(&solving, work);
        tally.gained += is_legal ? count_gains(&solving, step, seed) : 0;
        if (is_legal && solving.opened.parts.count == 1) {
            tally.judged++; /* with more parts the judge would miss what the later ones have to do */
            opened_expect_solution(&solving.opened, &solving.solver.roster);
        }
        solving_fini(&solving);
        pioneer_campaign_free(campaign);
    }
    return tally;
}

void solving_expect_shared_out(solving_way *way, int64_t work) {
    struct tiny tiny;
    struct solving solving;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s", 0, 8);
    tiny_member(&tiny, "a", "root");
    tiny_member(&tiny, "b", "root");
    tiny_member(&tiny, "c", "root");
    tiny_need(&tiny, "watch/gate/am", 0, 8, 1);
    solving_init(&solving, tiny.campaign);
    solving_give_all(&solving, 0);
    int32_t fairness = solving_level(&solving, "fairness");
    struct pnr_part_solver *solver = &solving.solver;
    cr_assert_gt(solver->roster.value[fairness + 1], 0);
    cr_assert_eq(way(&solver->search, &solver->roster, fairness, 0, work), PIONEER_OK);
    cr_expect_eq(solver->roster.value[fairness + 1], 0);
    for (int32_t m = 0; m < 3; m++) {
        cr_expect_eq(solver->roster.pairs_taken[m], 3);
    }
    opened_expect_solution(&solving.opened, &solver->roster);
    solving_fini(&solving);
    tiny_fini(&tiny);
}
