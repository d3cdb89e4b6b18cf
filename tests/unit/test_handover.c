/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of duties that change hands: engine/handover. */
#include <criterion/criterion.h>
#include <string.h>

#include "engine/handover.h"
#include "solving.h"
#include "tiny.h"

/* One has all mornings, each of them full; the other two would have to be freed together with it. */
Test(handover, shares_out_what_one_member_holds) {
    solving_expect_shared_out(pnr_search_hand_over, 20000);
}

/* The only lead has a morning that anybody could take, and the watch that needs it has none. */
Test(handover, calls_a_lead_away_from_what_others_can_do) {
    struct tiny tiny;
    struct solving solving;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s", 0, 0);
    tiny_tagged(&tiny, "a", "root", "lead");
    tiny_member(&tiny, "b", "root");
    tiny_post(&tiny, .id = "led", .unit = "root", .lead = "tag = lead");
    tiny_need(&tiny, "watch/gate/am", 0, 0, 1);
    tiny_need(&tiny, "led/gate/am", 0, 0, 1);
    solving_init(&solving, tiny.campaign);
    struct pnr_part_solver *solver = &solving.solver;
    const struct pnr_instance *instance = solver->instance;
    const struct pnr_organisation *organisation = instance->organisation;
    /* a on the watch, b on the post that wants a lead */
    for (int32_t m = 0; m < 2; m++) {
        for (int32_t p = instance->pairs_of_member[m]; p < instance->pairs_of_member[m + 1]; p++) {
            const struct pnr_duty *duty = pnr_instance_duty(instance, instance->duty_of_pair[p]);
            bool is_led = organisation->lead_of_post[duty->post] != NULL;
            if (is_led == (m == 1)) {
                solving_give(&solving, m, &p, 1);
            }
        }
    }
    int32_t lead = solving_level(&solving, "lead");
    cr_assert_eq(solver->roster.value[lead + 1], 1);
    cr_assert_eq(pnr_search_hand_over(&solver->search, &solver->roster, lead, 0, 20000), PIONEER_OK);
    cr_expect_eq(solver->roster.value[lead + 1], 0);
    opened_expect_solution(&solving.opened, &solver->roster);
    solving_fini(&solving);
    tiny_fini(&tiny);
}

static bool step(struct solving *solving, int32_t level, int32_t time, uint64_t seed) {
    struct pnr_part_solver *solver = &solving->solver;
    (void)seed;
    if (time == 0) {
        cr_assert_eq(pnr_search_hand_over(&solver->search, &solver->roster, level, 0, 20000), PIONEER_OK);
    }
    return time == 0;
}

Test(handover, keeps_all_rules_of_generated_campaigns) {
    struct solving_tally tally = solving_sweep(80, 1000, step);
    cr_expect_gt(tally.gained, 20, "%d", (int)tally.gained);
    cr_expect_gt(tally.judged, 5, "%d", (int)tally.judged);
}
