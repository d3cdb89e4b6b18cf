/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of engine/totals: what counts in which total, and what a case that limits one proves. That cases by
 * totals cover everything is looked into by tests/differential. */
#include <criterion/criterion.h>

#include "base/threads.h"
#include "engine/tree_inside.h"
#include "opened.h"
#include "tiny.h"

enum { TARGET_LEVEL = 2, DUTY_MINUTES = 240, LEFT_EMPTY = 2 };

/* Two members, and two duties at the same time for two each: two places stay empty at least. A third duty is
 * longer, and so are its places. */
static void open_two_short(struct tiny *tiny, struct opened *opened) {
    tiny_init(tiny);
    tiny_stage(tiny, "all", 0, 0);
    tiny_member(tiny, "a", "root");
    tiny_member(tiny, "b", "root");
    tiny_site(tiny, "second", "gate", "");
    tiny_need_range(tiny, "watch/gate/am", 0, 0, (const int32_t[]){0, 2, 2});
    tiny_need_range(tiny, "watch/second/am", 0, 0, (const int32_t[]){0, 2, 2});
    tiny_need_range(tiny, "watch/gate/night", 0, 0, (const int32_t[]){0, 2, 2});
    opened_init(opened, tiny->campaign);
}

Test(totals, slacks_of_one_cost_are_one_total) {
    struct tiny tiny;
    struct opened opened;
    open_two_short(&tiny, &opened);
    struct pnr_arena arena;
    struct pnr_totals totals;
    pnr_arena_init(&arena);
    cr_assert(pnr_totals_find(opened.program, &arena, &totals));
    cr_expect_eq(totals.count, 2, "mornings, nights");
    for (int32_t a = 0; a < opened.program->auxiliaries.count; a++) {
        int32_t total = totals.of_auxiliary[a];
        cr_assert_geq(total, 0);
        cr_expect_eq(pnr_program_cost(opened.program, a, TARGET_LEVEL),
                     pnr_program_cost(opened.program, totals.first[total], TARGET_LEVEL));
    }
    pnr_arena_fini(&arena);
    opened_fini(&opened);
    tiny_fini(&tiny);
}

Test(totals, ways_beyond_hard_rules_and_choices_count_in_none) {
    static const char *const cohorts[] = {"new", "old"};
    struct tiny tiny;
    struct opened opened;
    tiny_init(&tiny);
    tiny_stage(&tiny, "all", 0, 0);
    tiny_tagged(&tiny, "a", "root", "new");
    tiny_tagged(&tiny, "b", "root", "old");
    tiny_rule(&tiny, .kind = PIONEER_RULE_COHORT, .tags = cohorts, .tag_count = 2);
    tiny_need_range(&tiny, "watch/gate/am", 0, 0, (const int32_t[]){0, 2, 2});
    opened_init(&opened, tiny.campaign);
    struct pnr_arena arena;
    struct pnr_totals totals;
    pnr_arena_init(&arena);
    cr_assert(pnr_totals_find(opened.program, &arena, &totals));
    int32_t others = 0;
    for (int32_t a = 0; a < opened.program->auxiliaries.count; a++) {
        const struct pnr_auxiliary *at = &opened.program->auxiliaries.items[a];
        bool is_other = at->hard_cost > 0 || at->is_integer;
        others += is_other;
        cr_expect_eq(totals.of_auxiliary[a] < 0, is_other);
    }
    cr_expect_gt(others, 0);
    pnr_arena_fini(&arena);
    opened_fini(&opened);
    tiny_fini(&tiny);
}

/* What the case proves that has so many empty mornings. */
static int64_t bound_of_case(struct pnr_master *master, struct pnr_totals *totals, int64_t low,
                             int64_t high) {
    int32_t total = 0;
    while (pnr_program_cost(master->program, totals->first[total], TARGET_LEVEL) != DUTY_MINUTES) {
        total++;
    }
    pnr_totals_free_all(totals);
    totals->limits[total] = (struct pnr_row){low, high};
    cr_assert_eq(pnr_master_show_totals(master), PNR_LP_OPTIMAL);
    pnr_master_start_over(master);
    struct pnr_convergence run = {.goal = INT64_MAX, .work = 10000000, .bound = INT64_MIN};
    cr_assert_eq(pnr_master_run(master, &run), PIONEER_OK);
    return run.bound;
}

static void limit_totals(void *context, int task) {
    (void)task;
    struct opened *opened = context;
    struct pnr_lp_session session;
    struct pnr_solution idle;
    struct pnr_master *master;
    struct pnr_totals totals;
    int64_t nothing[16] = {0};
    cr_assert_eq(pnr_lp_session_init(&session, &opened->budget), PIONEER_OK);
    cr_assert_eq(pnr_solution_init(&idle, opened->couplings, opened->idle_cost, opened->must_serve),
                 PIONEER_OK);
    cr_assert_eq(pnr_master_new(&opened->tools, &session, &master), PIONEER_OK);
    cr_assert_eq(pnr_master_begin(master, TARGET_LEVEL, nothing, nothing, &idle), PIONEER_OK);
    struct pnr_convergence run = {.goal = INT64_MAX, .work = 10000000};
    cr_assert_eq(pnr_master_converge(master, &run), PIONEER_OK);
    cr_expect_eq(run.bound, LEFT_EMPTY * DUTY_MINUTES);
    cr_assert(pnr_totals_find(opened->program, &master->arena, &totals));
    master->totals = &totals;

    cr_expect_eq(bound_of_case(master, &totals, LEFT_EMPTY, PNR_ROW_FREE), LEFT_EMPTY * DUTY_MINUTES);
    cr_expect_eq(bound_of_case(master, &totals, LEFT_EMPTY + 1, PNR_ROW_FREE),
                 (LEFT_EMPTY + 1) * DUTY_MINUTES);
    cr_expect_eq(bound_of_case(master, &totals, -PNR_ROW_FREE, LEFT_EMPTY), LEFT_EMPTY * DUTY_MINUTES);
    cr_expect_gt(bound_of_case(master, &totals, -PNR_ROW_FREE, LEFT_EMPTY - 1),
                 (LEFT_EMPTY + 1) * DUTY_MINUTES, "nobody can: the LP gives way, and its duals prove it");
    cr_expect_eq(bound_of_case(master, &totals, -PNR_ROW_FREE, PNR_ROW_FREE), LEFT_EMPTY * DUTY_MINUTES);

    master->totals = NULL;
    pnr_master_free(master);
    pnr_solution_fini(&idle);
    pnr_lp_session_fini(&session);
}

Test(totals, a_case_proves_what_its_limits_cost) {
    struct tiny tiny;
    struct opened opened;
    open_two_short(&tiny, &opened);
    cr_assert_eq(pnr_parallel(1, 1, limit_totals, &opened), PIONEER_OK);
    opened_fini(&opened);
    tiny_fini(&tiny);
}
