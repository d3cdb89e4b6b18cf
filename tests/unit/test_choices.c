/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of engine/choices: one cohort a duty is made, its rivals are barred, and both can be taken back. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/threads.h"
#include "engine/master_inside.h"
#include "opened.h"
#include "tiny.h"

static const char *const cohorts[] = {"new", "old"};
enum { DAYS = 3, OF_EACH = 2, TARGET_LEVEL = 2 };

/* Two of each cohort, and a duty a day for two heads. */
static void two_cohorts(struct tiny *tiny) {
    tiny_init(tiny);
    tiny_stage(tiny, "all", 0, DAYS - 1);
    tiny_tagged(tiny, "a", "root", "new");
    tiny_tagged(tiny, "b", "root", "new");
    tiny_tagged(tiny, "c", "root", "old");
    tiny_tagged(tiny, "d", "root", "old");
    tiny_rule(tiny, .kind = PIONEER_RULE_COHORT, .tags = cohorts, .tag_count = 2);
    tiny_need_range(tiny, "watch/gate/am", 0, DAYS - 1, (const int32_t[]){0, 2, 2});
}

/* The LP of the target level, solved, and a dive begun. */
static struct pnr_master *begin_dive(struct opened *opened, struct pnr_lp_session *session,
                                     const struct pnr_solution *idle) {
    struct pnr_master *master;
    int64_t nothing[16] = {0};
    cr_assert_eq(pnr_master_new(&opened->tools, session, &master), PIONEER_OK);
    cr_assert_eq(pnr_master_begin(master, TARGET_LEVEL, nothing, nothing, idle), PIONEER_OK);
    struct pnr_convergence run = {.goal = INT64_MAX, .work = 10000000};
    cr_assert_eq(pnr_master_converge(master, &run), PIONEER_OK);
    master->is_diving = true;
    return master;
}

static int32_t count_made(const struct pnr_master *master) {
    int32_t count = 0;
    for (int32_t a = 0; a < master->program->auxiliaries.count; a++) {
        count += master->is_made[a];
    }
    return count;
}

/* Barred on a duty: both members of one cohort, or nobody. */
static int32_t expect_one_cohort_barred(const struct opened *opened, const struct pnr_master *master,
                                        int32_t duty) {
    int32_t barred[2] = {0};
    for (int32_t p = 0; p < opened->instance->pair_count; p++) {
        if (opened->instance->duty_of_pair[p] == duty) {
            barred[opened->instance->member_of_pair[p] / OF_EACH] += master->is_barred[p];
        }
    }
    cr_expect(barred[0] == 0 || barred[1] == 0, "duty %d: both cohorts are barred", (int)duty);
    cr_expect(barred[0] % OF_EACH == 0 && barred[1] % OF_EACH == 0, "duty %d: half a cohort", (int)duty);
    return barred[0] + barred[1];
}

static void make_and_take_back(void *context, int task) {
    (void)task;
    struct opened *opened = context;
    struct pnr_lp_session session;
    struct pnr_solution idle;
    cr_assert_eq(pnr_lp_session_init(&session, &opened->budget), PIONEER_OK);
    cr_assert_eq(pnr_solution_init(&idle, opened->couplings, opened->idle_cost, opened->must_serve),
                 PIONEER_OK);
    struct pnr_master *master = begin_dive(opened, &session, &idle);
    int32_t left;
    cr_assert_eq(pnr_master_make_likely_choices(master, 100, &left), PIONEER_OK);
    cr_assert_eq(pnr_master_bar(master), PIONEER_OK);
    cr_expect_eq(left, 0);
    cr_expect_eq(count_made(master), DAYS);
    for (int32_t d = 0; d < opened->instance->duty_count; d++) {
        cr_expect_eq(expect_one_cohort_barred(opened, master, d), OF_EACH);
    }
    bool usable;
    cr_assert_eq(pnr_master_solve_lp(master, &usable), PIONEER_OK);
    cr_expect(usable, "with idle columns the LP can be solved whatever is barred");
    cr_assert_eq(pnr_master_make_likely_choices(master, 100, &left), PIONEER_OK);
    cr_expect_eq(left, -1, "nothing is left to make");

    uint8_t *none = calloc((size_t)master->program->auxiliaries.count + 1, 1);
    cr_assert_eq(pnr_master_hold_choices(master, none), PIONEER_OK);
    cr_assert_eq(pnr_master_bar(master), PIONEER_OK);
    cr_expect_eq(count_made(master), 0);
    for (int32_t p = 0; p < opened->instance->pair_count; p++) {
        cr_expect_eq(master->is_barred[p], 0);
    }
    free(none);
    pnr_master_free(master);
    pnr_solution_fini(&idle);
    pnr_lp_session_fini(&session);
}

Test(choices, one_cohort_a_duty_is_made_and_its_rivals_are_barred) {
    struct tiny tiny;
    two_cohorts(&tiny);
    struct opened opened;
    opened_init(&opened, tiny.campaign);
    cr_assert_eq(pnr_parallel(1, 1, make_and_take_back, &opened), PIONEER_OK);
    opened_fini(&opened);
    tiny_fini(&tiny);
}
