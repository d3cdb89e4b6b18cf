/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge on what is always forbidden, on parts, scopes, claims and shortages. */
#include <criterion/criterion.h>
#include <string.h>

#include "check/judge.h"
#include "trial.h"

#define FROM_0_TO_9 ((const int32_t[]){0, 0, 9})

static void build(struct tiny *tiny) {
    tiny_init(tiny);
    tiny_stage(tiny, "s1", 0, 6);
    tiny_need_range(tiny, "watch/gate/am", 0, 6, (const int32_t[]){0, 0, 2});
    tiny_need_range(tiny, "watch/gate/night", 0, 6, (const int32_t[]){0, 0, 2});
    tiny_member(tiny, "a", "root");
    tiny_member(tiny, "b", "root");
    tiny_member(tiny, "c", "root");
}

/* ---- always forbidden ---- */

Test(check_judge, reports_nothing_on_a_roster_that_breaks_nothing) {
    struct tiny tiny;
    build(&tiny);
    tiny_take(&tiny, "a", "watch/gate/am", 0);
    tiny_take(&tiny, "b", "watch/gate/am", 0);
    tiny_take(&tiny, "a", "watch/gate/am", 1);
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_STAGED);
    cr_expect_eq(pioneer_report_violation_count(report), 0);
    cr_expect_eq(pioneer_report_shortage_count(report), 0);
    cr_expect(pioneer_report_violation_at(report, 0) == NULL);
    cr_expect(pioneer_report_part_at(report, -1) == NULL);
    pioneer_report_free(report);
    pioneer_report_free(NULL);
    tiny_fini(&tiny);
}

Test(check_judge, names_members_and_duties_that_do_not_exist) {
    struct tiny tiny;
    build(&tiny);
    tiny_take(&tiny, "王", "watch/gate/am", 0);
    trial_expect_violation(&tiny, "unknown-member", "王", "watch/gate/2020-02-17/am");
    tiny_take(&tiny, "a", "watch/nowhere/am", 0);
    trial_expect_violation(&tiny, "unknown-duty", "a", "watch/nowhere/2020-02-17/am");
    tiny_take(&tiny, "a", "watch/gate/am", 7); /* after the last stage */
    tiny_take(&tiny, "a", "watch/gate/am", -100000);
    tiny_take(&tiny, "a", "watch/gate/pm", 1); /* all exist, but nobody asks for it */
    trial_expect_count(&tiny, "unknown-duty", 4);
    tiny_fini(&tiny);
}

Test(check_judge, survives_assignments_without_any_name) {
    struct tiny tiny;
    build(&tiny);
    struct pioneer_assignment nothing[2] = {{0}, {.member = "a", .post = "watch", .day = INT32_MIN}};
    struct pnr_claims claims = {.assignments = nothing, .assignment_count = 2};
    struct pioneer_report *report = NULL;
    cr_assert_eq(pnr_judge(tiny.campaign, &claims, "en", &report, NULL), PIONEER_OK);
    cr_expect_eq(trial_count(report, "unknown-member"), 1);
    cr_expect_eq(trial_count(report, "unknown-duty"), 1);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

Test(check_judge, reports_an_assignment_that_stands_twice_and_counts_it_once) {
    struct tiny tiny;
    build(&tiny);
    for (int32_t i = 0; i < 3; i++) {
        tiny_take(&tiny, "a", "watch/gate/am", 0);
    }
    trial_expect_count(&tiny, "duplicate-assignment", 2);
    trial_expect_count(&tiny, "above-max", 0);
    trial_expect_count(&tiny, "overlap", 0);
    tiny_fini(&tiny);
}

Test(check_judge, reports_a_duty_with_too_many_heads) {
    struct tiny tiny;
    build(&tiny);
    tiny_take(&tiny, "a", "watch/gate/am", 0);
    tiny_take(&tiny, "b", "watch/gate/am", 0);
    trial_expect_count(&tiny, "above-max", 0);
    tiny_take(&tiny, "c", "watch/gate/am", 0);
    trial_expect_violation(&tiny, "above-max", NULL, "watch/gate/2020-02-17/am");
    tiny_fini(&tiny);
}

Test(check_judge, reports_duties_at_one_time_also_over_midnight) {
    struct tiny tiny;
    build(&tiny);
    tiny_slot(&tiny, "dawn", 300, 420);
    tiny_slot(&tiny, "six", 360, 420);
    tiny_need_range(&tiny, "watch/gate/dawn", 0, 6, FROM_0_TO_9);
    tiny_need_range(&tiny, "watch/gate/six", 0, 6, FROM_0_TO_9);
    tiny_take(&tiny, "a", "watch/gate/night", 0);
    tiny_take(&tiny, "a", "watch/gate/six", 1); /* begins when the night ends */
    trial_expect_count(&tiny, "overlap", 0);
    tiny_take(&tiny, "a", "watch/gate/night", 3);
    tiny_take(&tiny, "a", "watch/gate/dawn", 4);
    trial_expect_violation(&tiny, "overlap", "a", "watch/gate/2020-02-21/dawn");
    tiny_fini(&tiny);
}

Test(check_judge, keeps_absences_out_and_forbids_to_plan_them_again) {
    struct tiny tiny;
    build(&tiny);
    tiny_publish(&tiny, "a", "watch/gate/am", 0, PIONEER_ABSENT);
    tiny_take(&tiny, "a", "watch/gate/am", 0);
    tiny.taken[0].state = PIONEER_ABSENT;
    trial_expect_count(&tiny, "absent-again", 0);
    tiny.taken[0].state = PIONEER_PLANNED;
    trial_expect_violation(&tiny, "absent-again", "a", "watch/gate/2020-02-17/am");
    tiny_fini(&tiny);
}

/* ---- pools and pins ---- */

/* The root draws from the nominated; the college has a quota of two. */
static void build_pools(struct tiny *tiny) {
    cr_assert_eq(pioneer_campaign_new(&tiny->campaign), PIONEER_OK);
    tiny->taken = NULL;
    tiny->taken_count = 0;
    struct pioneer_unit college = {.id = "college", .parent = "root", .quota = 2};
    tiny_unit(tiny, "root", NULL);
    cr_assert_eq(pioneer_campaign_add_unit(tiny->campaign, &college, NULL), PIONEER_OK);
    tiny_unit(tiny, "branch", "college");
    tiny_site(tiny, "gate", "gate", NULL);
    tiny_post(tiny, .id = "watch", .unit = "root");
    tiny_post(tiny, .id = "dorm", .unit = "branch");
    tiny_slot(tiny, "am", 480, 720);
    tiny_slot(tiny, "pm", 840, 1080);
    tiny_stage(tiny, "s1", 0, 6);
    tiny_need_range(tiny, "watch/gate/am", 0, 6, FROM_0_TO_9);
    tiny_need_range(tiny, "dorm/gate/pm", 0, 6, FROM_0_TO_9);
    tiny_add_member(tiny,
                    &(struct pioneer_member){.id = "p", .unit = "branch", .nominated = true, .rank = 2});
    tiny_add_member(tiny,
                    &(struct pioneer_member){.id = "q", .unit = "branch", .nominated = true, .rank = 1});
    tiny_add_member(tiny,
                    &(struct pioneer_member){.id = "r", .unit = "college", .nominated = true, .rank = 3});
    tiny_add_member(tiny, &(struct pioneer_member){.id = "s", .unit = "college", .nominated = true});
    tiny_add_member(tiny, &(struct pioneer_member){.id = "t", .unit = "root"});
    tiny_add_member(tiny, &(struct pioneer_member){.id = "u", .unit = "root", .nominated = true});
}

Test(check_pools, keep_the_best_ranked_within_the_quota) {
    struct tiny tiny;
    build_pools(&tiny);
    tiny_take(&tiny, "p", "watch/gate/am", 0);
    tiny_take(&tiny, "q", "watch/gate/am", 0);
    tiny_take(&tiny, "u", "watch/gate/am", 0);
    trial_expect_count(&tiny, "outside-pool", 0);
    tiny_take(&tiny, "r", "watch/gate/am", 0);
    trial_expect_violation(&tiny, "outside-pool", "r", "watch/gate/2020-02-17/am");
    tiny_take(&tiny, "s", "watch/gate/am", 0);
    tiny_take(&tiny, "t", "watch/gate/am", 0); /* not nominated */
    trial_expect_count(&tiny, "outside-pool", 3);
    tiny_fini(&tiny);
}

Test(check_pools, give_a_unit_its_own_subtree) {
    struct tiny tiny;
    build_pools(&tiny);
    tiny_take(&tiny, "p", "dorm/gate/pm", 0);
    trial_expect_count(&tiny, "outside-pool", 0);
    tiny_take(&tiny, "s", "dorm/gate/pm", 0); /* of the college, above the branch */
    trial_expect_violation(&tiny, "outside-pool", "s", "dorm/gate/2020-02-17/pm");
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_JOINT);
    cr_expect_eq(trial_count(report, "outside-pool"), 1);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

Test(check_pools, let_pins_come_from_anywhere_and_pins_must_stand) {
    struct tiny tiny;
    build_pools(&tiny);
    tiny_publish(&tiny, "t", "dorm/gate/pm", 0, PIONEER_PINNED);
    tiny_publish(&tiny, "q", "watch/gate/am", 1, PIONEER_SERVED);
    tiny_publish(&tiny, "p", "watch/gate/am", 1, PIONEER_PUBLISHED);
    tiny_take(&tiny, "t", "dorm/gate/pm", 0);
    trial_expect_count(&tiny, "outside-pool", 0);
    trial_expect_violation(&tiny, "pin-missing", "q", "watch/gate/2020-02-18/am");
    tiny_take(&tiny, "q", "watch/gate/am", 1);
    trial_expect_count(&tiny, "pin-missing", 0);
    tiny_fini(&tiny);
}

/* ---- scopes ---- */

Test(check_scopes, hold_for_a_group_and_give_way_to_a_rule_that_replaces_them) {
    struct tiny tiny;
    build(&tiny);
    tiny_tagged(&tiny, "n", "root", "new");
    tiny_rule(&tiny, .id = "all", .kind = PIONEER_RULE_DUTIES, .has_max = true, .max = 1);
    tiny_rule(&tiny, .id = "some", .kind = PIONEER_RULE_DUTIES, .has_max = true, .max = 2,
              .members = "tag = new", .replaces = "all");
    tiny_take(&tiny, "n", "watch/gate/am", 0);
    tiny_take(&tiny, "n", "watch/gate/am", 1);
    trial_expect_count(&tiny, "duties", 0);
    tiny_take(&tiny, "a", "watch/gate/am", 0);
    tiny_take(&tiny, "a", "watch/gate/am", 1);
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_STAGED);
    cr_expect_eq(trial_count(report, "duties"), 1);
    cr_expect_str_eq(trial_first(report, "duties")->rule, "all");
    cr_expect_str_eq(trial_first(report, "duties")->member, "a");
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

Test(check_scopes, return_to_the_rule_where_its_replacement_is_itself_replaced) {
    struct tiny tiny;
    build(&tiny);
    tiny_rule(&tiny, .id = "base", .kind = PIONEER_RULE_DUTIES, .has_max = true, .max = 1);
    tiny_rule(&tiny, .id = "mild", .kind = PIONEER_RULE_DUTIES, .has_max = true, .max = 9,
              .replaces = "base");
    tiny_rule(&tiny, .id = "milder", .kind = PIONEER_RULE_MINUTES, .has_max = true, .max = 9999,
              .members = "member = b", .replaces = "mild");
    for (int32_t day = 0; day < 2; day++) {
        tiny_take(&tiny, "a", "watch/gate/am", day);
        tiny_take(&tiny, "b", "watch/gate/am", day);
    }
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_STAGED);
    cr_expect_eq(trial_count(report, "duties"), 1);
    cr_expect_str_eq(trial_first(report, "duties")->rule, "base");
    cr_expect_str_eq(trial_first(report, "duties")->member, "b");
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

Test(check_scopes, are_limited_to_stages) {
    struct tiny tiny;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s1", 0, 6);
    tiny_stage(&tiny, "s2", 7, 13);
    tiny_need_range(&tiny, "watch/gate/am", 0, 13, FROM_0_TO_9);
    tiny_member(&tiny, "a", "root");
    const char *stage = "s2";
    tiny_rule(&tiny, .kind = PIONEER_RULE_DUTIES, .window = PIONEER_WINDOW_CAMPAIGN, .has_max = true,
              .max = 1, .stages = &stage, .stage_count = 1);
    for (int32_t day = 0; day < 3; day++) {
        tiny_take(&tiny, "a", "watch/gate/am", day);
    }
    trial_expect_count(&tiny, "duties", 0);
    tiny_take(&tiny, "a", "watch/gate/am", 8);
    trial_expect_violation(&tiny, "duties", "a", "watch/gate/2020-02-25/am");
    tiny_fini(&tiny);
}

Test(check_scopes, drop_a_built_in_rule) {
    struct tiny tiny;
    build(&tiny);
    tiny_add_member(&tiny, &(struct pioneer_member){.id = "z", .unit = "root", .has_weekly = true});
    tiny_take(&tiny, "z", "watch/gate/am", 0);
    trial_expect_count(&tiny, "availability", 1);
    tiny_rule(&tiny, .kind = PIONEER_RULE_AVAILABILITY, .drop = true);
    trial_expect_count(&tiny, "availability", 0);
    tiny_fini(&tiny);
}

/* ---- levels, claims, shortages ---- */

Test(check_levels, leave_built_in_terms_out_that_have_no_level) {
    struct tiny tiny;
    build(&tiny);
    tiny_need(&tiny, "watch/gate/pm", 0, 0, 1);
    struct pioneer_level only = {.id = "must"};
    cr_assert_eq(pioneer_campaign_add_level(tiny.campaign, &only, NULL), PIONEER_OK);
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_STAGED);
    cr_expect_eq(pioneer_report_part_at(report, 0)->level_count, 1);
    cr_expect_eq(pioneer_report_part_at(report, 0)->term_count, 1);
    cr_expect_eq(trial_value(report, 0, "must"), 240);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

Test(check_levels, add_up_weight_times_amount_of_their_terms) {
    struct tiny tiny;
    build(&tiny);
    tiny_need(&tiny, "watch/gate/pm", 0, 0, 1);
    struct pioneer_level cost = {.id = "cost"};
    cr_assert_eq(pioneer_campaign_add_level(tiny.campaign, &cost, NULL), PIONEER_OK);
    tiny_rule(&tiny, .kind = PIONEER_RULE_SHORT_OF_TARGET, .weight = 2, .level = "cost");
    tiny_rule(&tiny, .kind = PIONEER_RULE_DUTIES, .has_min = true, .min = 1, .weight = 100, .level = "cost");
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_STAGED);
    cr_expect_eq(trial_value(report, 0, "cost"), 2 * 240 + 3 * 100);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

static struct pioneer_report *judge_claims(const struct tiny *tiny, const struct pioneer_part *parts,
                                           int32_t count) {
    struct pnr_claims claims = {.parts = parts, .part_count = count};
    struct pioneer_report *report = NULL;
    cr_assert_eq(pnr_judge(tiny->campaign, &claims, "zh", &report, NULL), PIONEER_OK);
    return report;
}

/* Of the only part: two slots on seven days and one duty more, three members, nobody assigned. */
#define SIZE .duty_count = 15, .member_count = 3

Test(check_claims, are_copied_when_they_hold) {
    struct tiny tiny;
    build(&tiny);
    tiny_need(&tiny, "watch/gate/pm", 0, 0, 1);
    struct pioneer_level_result levels[] = {
        {"must", 240, 240, 17, PIONEER_PROVEN}, {"lead", 0, 0, 0, PIONEER_PROVEN},
        {"target", 240, 100, 100, PIONEER_GAP}, {"stability", 0, 0, 0, PIONEER_GAP},
        {"fairness", 0, 0, 0, PIONEER_GAP},     {"wishes", 9, 9, 9, PIONEER_UNSOLVED}};
    struct pioneer_part part = {.stage = "s1", .unit = "root", .levels = levels, .level_count = 6, SIZE};
    struct pioneer_report *report = judge_claims(&tiny, &part, 1);
    cr_expect_eq(pioneer_report_violation_count(report), 0);
    const struct pioneer_level_result *judged = pioneer_report_part_at(report, 0)->levels;
    cr_expect_eq(judged[0].constant, 17);
    cr_expect_eq(judged[0].outcome, PIONEER_PROVEN);
    cr_expect_eq(judged[2].bound, 100);
    cr_expect_eq(judged[2].value, 240);
    cr_expect_eq(judged[5].outcome, PIONEER_UNSOLVED);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

Test(check_claims, are_refuted_when_they_do_not_hold) {
    struct tiny tiny;
    build(&tiny);
    tiny_need(&tiny, "watch/gate/pm", 0, 0, 1);
    struct pioneer_level_result levels[] = {{"must", 239, 241, 0, PIONEER_GAP},
                                            {"lead", 0, 0, 0, PIONEER_PROVEN}};
    struct pioneer_part parts[] = {{.stage = "s1", .unit = "root", .levels = levels, .level_count = 2},
                                   {.stage = "s9", .unit = "root"}};
    struct pioneer_report *report = judge_claims(&tiny, parts, 2);
    cr_expect_eq(trial_count(report, "value-differs"), 1);
    cr_expect_eq(trial_count(report, "bound-above-value"), 1);
    cr_expect_eq(trial_count(report, "not-proven"), 1); /* "must" before it is not */
    cr_expect_eq(trial_count(report, "unknown-part"), 1);
    cr_expect(strstr(trial_first(report, "value-differs")->message, "240") != NULL);
    cr_expect(strstr(trial_first(report, "value-differs")->message, "值") != NULL);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

Test(check_claims, no_constant_is_above_value_or_bound) {
    struct tiny tiny;
    build(&tiny);
    tiny_need(&tiny, "watch/gate/pm", 0, 0, 1);
    struct pioneer_level_result levels[] = {{"must", 240, 240, 241, PIONEER_PROVEN},
                                            {"target", 240, 100, 101, PIONEER_GAP}};
    struct pioneer_part part = {.stage = "s1", .unit = "root", .levels = levels, .level_count = 2, SIZE};
    struct pioneer_report *report = judge_claims(&tiny, &part, 1);
    cr_expect_eq(trial_count(report, "constant-above-bound"), 2);
    cr_expect(strstr(trial_first(report, "constant-above-bound")->message, "241") != NULL);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

Test(check_claims, a_part_has_all_levels_once_or_none) {
    struct tiny tiny;
    build(&tiny);
    struct pioneer_level_result levels[] = {
        {"must", 0, 0, 0, PIONEER_PROVEN},     {"lead", 0, 0, 0, PIONEER_PROVEN},
        {"lead", 7, 0, 0, PIONEER_GAP},        {"stability", 0, 0, 0, PIONEER_GAP},
        {"fairness", 0, 0, 0, PIONEER_GAP},    {"wishes", 0, 0, 0, PIONEER_GAP},
        {"happiness", 0, 0, 0, PIONEER_PROVEN}};
    struct pioneer_part part = {.stage = "s1",
                                .unit = "root",
                                .levels = levels,
                                .level_count = 7,
                                .duty_count = 14,
                                .member_count = 3};
    struct pioneer_report *report = judge_claims(&tiny, &part, 1);
    cr_expect_eq(pioneer_report_violation_count(report), 3);
    cr_expect(strstr(trial_first(report, "missing-level")->message, "target") != NULL);
    cr_expect(strstr(trial_first(report, "duplicate-level")->message, "lead") != NULL);
    cr_expect(strstr(trial_first(report, "unknown-level")->message, "happiness") != NULL);
    pioneer_report_free(report);
    part.level_count = 0;
    report = judge_claims(&tiny, &part, 1);
    cr_expect_eq(pioneer_report_violation_count(report), 0);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

Test(check_claims, counts_and_tier_are_those_of_campaign_and_assignments) {
    struct tiny tiny;
    build(&tiny);
    tiny_take(&tiny, "a", "watch/gate/am", 0);
    tiny_take(&tiny, "b", "watch/gate/am", 0);
    tiny_take(&tiny, "b", "watch/gate/am", 1);
    tiny.taken[2].state = PIONEER_ABSENT;
    struct pioneer_part right = {.stage = "s1", .unit = "root", .duty_count = 14, .member_count = 3};
    right.assignment_count = 2;
    struct pioneer_part wrong = {
        .stage = "s1", .unit = "root", .duty_count = 15, .member_count = 4, .tier = 1};
    wrong.assignment_count = 3;
    struct pnr_claims claims = {
        .parts = &right, .part_count = 1, .assignments = tiny.taken, .assignment_count = 3};
    struct pioneer_report *report = NULL;
    cr_assert_eq(pnr_judge(tiny.campaign, &claims, "en", &report, NULL), PIONEER_OK);
    cr_expect_eq(pioneer_report_violation_count(report), 0);
    pioneer_report_free(report);
    claims.parts = &wrong;
    cr_assert_eq(pnr_judge(tiny.campaign, &claims, "en", &report, NULL), PIONEER_OK);
    cr_expect_eq(trial_count(report, "count-differs"), 3);
    cr_expect_eq(trial_count(report, "tier-differs"), 1);
    cr_expect_str_eq(trial_first(report, "count-differs")->message,
                     "Part s1/root has 14 duties; the roster says 15.");
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

Test(check_claims, a_roster_has_all_parts_once_or_none) {
    struct tiny tiny;
    build_pools(&tiny);
    struct pioneer_report *report = judge_claims(&tiny, NULL, 0);
    int32_t count = pioneer_report_part_count(report);
    cr_assert_eq(count, 2);
    cr_expect_eq(pioneer_report_violation_count(report), 0);
    const struct pioneer_judged_part *judged = pioneer_report_part_at(report, 0);
    struct pioneer_part parts[] = {{.stage = judged->stage, .unit = judged->unit},
                                   {.stage = judged->stage, .unit = judged->unit}};
    struct pioneer_report *twice = judge_claims(&tiny, parts, 2);
    cr_expect_eq(trial_count(twice, "duplicate-part"), 1);
    cr_expect_eq(trial_count(twice, "missing-part"), 1);
    pioneer_report_free(twice);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

Test(check_claims, on_the_price_of_staging_are_checked_against_the_joint_value) {
    struct tiny tiny;
    build(&tiny);
    tiny_need(&tiny, "watch/gate/pm", 0, 0, 1);
    struct pioneer_staging_price prices[] = {{"must", 240, 0, 0}, {"target", 239, 0, 0}};
    struct pnr_claims claims = {.prices = prices, .price_count = 2};
    struct pioneer_report *report = NULL;
    cr_assert_eq(pnr_judge(tiny.campaign, &claims, NULL, &report, NULL), PIONEER_OK);
    cr_expect_eq(trial_count(report, "value-differs"), 1);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

Test(check_shortages, list_duties_short_of_target_or_without_a_lead) {
    struct tiny tiny;
    build(&tiny);
    tiny_post(&tiny, .id = "desk", .unit = "root", .lead = "tag = old");
    tiny_need_range(&tiny, "watch/gate/pm", 1, 1, (const int32_t[]){1, 3, 4});
    tiny_need_range(&tiny, "desk/gate/pm", 2, 3, FROM_0_TO_9);
    tiny_take(&tiny, "a", "watch/gate/pm", 1);
    tiny_take(&tiny, "b", "desk/gate/pm", 2);
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_STAGED);
    cr_assert_eq(pioneer_report_shortage_count(report), 2);
    const struct pioneer_shortage *first = pioneer_report_shortage_at(report, 0);
    cr_expect_str_eq(first->stage, "s1");
    cr_expect_str_eq(first->post, "watch");
    cr_expect_str_eq(first->site, "gate");
    cr_expect_str_eq(first->slot, "pm");
    cr_expect_eq(first->day, tiny_day(1));
    cr_expect(first->assigned == 1 && first->min == 1 && first->target == 3 && !first->lead_missing);
    const struct pioneer_shortage *second = pioneer_report_shortage_at(report, 1);
    cr_expect_str_eq(second->post, "desk");
    cr_expect(second->lead_missing && second->assigned == 1);
    cr_expect_eq(pioneer_report_violation_count(report), 0);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

Test(check_judge, works_without_duties_and_without_members) {
    struct tiny tiny;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s1", 0, 6);
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_STAGED);
    cr_expect_eq(pioneer_report_part_count(report), 0);
    pioneer_report_free(report);
    report = trial_judge(&tiny, PIONEER_JOINT);
    cr_expect_eq(pioneer_report_part_count(report), 1);
    cr_expect_eq(trial_value(report, 0, "must"), 0);
    pioneer_report_free(report);
    tiny_need(&tiny, "watch/gate/am", 0, 0, 1);
    report = trial_judge(&tiny, PIONEER_STAGED);
    cr_expect_eq(trial_value(report, 0, "must"), 240);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

Test(check_judge, refuses_a_language_it_does_not_speak) {
    struct tiny tiny;
    build(&tiny);
    struct pnr_claims claims = {0};
    struct pioneer_report *report = NULL;
    struct pioneer_error error;
    cr_expect_eq(pnr_judge(tiny.campaign, &claims, "fr", &report, &error), PIONEER_E_RANGE);
    cr_expect_str_eq(error.code, "unknown-language");
    cr_expect(report == NULL);
    tiny_fini(&tiny);
}

Test(check_judge, does_not_depend_on_the_order_of_units_members_or_assignments) {
    int64_t values[2];
    for (int32_t turn = 0; turn < 2; turn++) {
        struct tiny tiny;
        tiny_init(&tiny);
        tiny_stage(&tiny, "s1", 0, 0);
        const char *units[] = {"east", "west"};
        const char *members[] = {"x", "y"};
        for (int32_t i = 0; i < 2; i++) {
            tiny_unit(&tiny, units[i ^ turn], "root");
            tiny_member(&tiny, members[i ^ turn], units[i ^ turn]);
        }
        tiny_slot(&tiny, "odd", 0, 101);
        tiny_need(&tiny, "watch/gate/odd", 0, 0, 1);
        tiny_take(&tiny, "y", "watch/gate/odd", 0);
        struct pioneer_report *report = trial_judge(&tiny, PIONEER_STAGED);
        values[turn] = trial_value(report, 0, "fairness");
        pioneer_report_free(report);
        tiny_fini(&tiny);
    }
    cr_expect_eq(values[0], values[1]);
    cr_expect_eq(values[0], 51 * 51 + 60 * (51 + 39)); /* y and west are entitled to 50 of 101 */
}
