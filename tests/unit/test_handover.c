/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of duties that change hands: engine/handover. */
#include <criterion/criterion.h>
#include <string.h>

#include "engine/handover.h"
#include "generated.h"
#include "solving.h"
#include "tiny.h"

#define LEVELS 16

/* One has all mornings, each of them full; the other two would have to be freed together with it. */
Test(handover, shares_out_what_one_member_holds) {
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
    cr_assert_eq(pnr_search_hand_over(&solver->search, &solver->roster, fairness, 0, 20000), PIONEER_OK);
    cr_expect_eq(solver->roster.value[fairness + 1], 0);
    for (int32_t m = 0; m < 3; m++) {
        cr_expect_eq(solver->roster.pairs_taken[m], 3);
    }
    opened_expect_solution(&solving.opened, &solver->roster);
    solving_fini(&solving);
    tiny_fini(&tiny);
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

/* Whatever the rules: no level gets worse for another, and rosters are legal and worth what they say. */
Test(handover, keeps_all_rules_of_generated_campaigns) {
    int32_t gained = 0;
    int32_t judged = 0;
    for (uint64_t seed = 1; seed <= 80; seed++) {
        struct pioneer_campaign *campaign = generated_campaign(seed, &generated_fortnight);
        struct solving solving;
        solving_init(&solving, campaign);
        struct pnr_part_solver *solver = &solving.solver;
        bool is_legal = solving_search(&solving, 1000);
        for (int32_t l = 0; l < solving.opened.level_count && is_legal; l++) {
            int64_t before[LEVELS + 1];
            memcpy(before, solver->roster.value, (size_t)solver->roster.value_count * sizeof *before);
            cr_assert_eq(pnr_search_hand_over(&solver->search, &solver->roster, l, 0, 20000), PIONEER_OK);
            int change = pnr_value_compare(solver->roster.value, before, solver->roster.value_count);
            cr_expect_leq(change, 0, "seed %d level %d", (int)seed, (int)l);
            gained += change < 0;
        }
        if (is_legal && solving.opened.parts.count == 1) {
            judged++; /* with more parts the judge would miss what the later ones have to do */
            opened_expect_solution(&solving.opened, &solver->roster);
        }
        solving_fini(&solving);
        pioneer_campaign_free(campaign);
    }
    cr_expect_gt(gained, 20, "%d", (int)gained);
    cr_expect_gt(judged, 5, "%d", (int)judged);
}
