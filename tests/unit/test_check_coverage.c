/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge on demand, leads and rules over several members on a duty. */
#include <criterion/criterion.h>

#include "trial.h"

#define FROM_0_TO_9 ((const int32_t[]){0, 0, 9})

/* Members a (old), b and c (new), d (no tag); nobody needed anywhere. */
static void build(struct tiny *tiny) {
    tiny_init(tiny);
    tiny_stage(tiny, "s1", 0, 6);
    tiny_need_range(tiny, "watch/gate/am", 0, 6, FROM_0_TO_9);
    tiny_tagged(tiny, "a", "root", "old");
    tiny_tagged(tiny, "b", "root", "new");
    tiny_tagged(tiny, "c", "root", "new");
    tiny_member(tiny, "d", "root");
}

/* ---- short_of_min, short_of_target, over_target ---- */

Test(check_demand, charges_priority_times_minutes_for_each_missing_head) {
    struct tiny tiny;
    build(&tiny);
    tiny_post(&tiny, .id = "dorm", .unit = "root", .priority = 3);
    tiny_need_range(&tiny, "dorm/gate/pm", 2, 2, (const int32_t[]){2, 3, 4});
    trial_expect_amount(&tiny, "short_of_min", 2 * 3 * 240);
    trial_expect_amount(&tiny, "short_of_target", 3 * 3 * 240);
    tiny_take(&tiny, "a", "dorm/gate/pm", 2);
    tiny_take(&tiny, "b", "dorm/gate/pm", 2);
    trial_expect_amount(&tiny, "short_of_min", 0);
    trial_expect_amount(&tiny, "short_of_target", 3 * 240);
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_STAGED);
    cr_expect_eq(trial_value(report, 0, "must"), 0);
    cr_expect_eq(trial_value(report, 0, "target"), 720);
    cr_expect_eq(pioneer_report_violation_count(report), 0);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

Test(check_demand, takes_the_costs_of_the_demand_line) {
    struct tiny tiny;
    build(&tiny);
    const char *site = "gate";
    const char *slot = "pm";
    struct pioneer_demand demand = {.post = "watch",
                                    .sites = &site,
                                    .site_count = 1,
                                    .slots = &slot,
                                    .slot_count = 1,
                                    .from_day = tiny_day(0),
                                    .to_day = tiny_day(0),
                                    .min = 1,
                                    .target = 2,
                                    .max = 4,
                                    .has_target = true,
                                    .has_max = true,
                                    .short_cost = 30,
                                    .over_cost = 11};
    cr_assert_eq(pioneer_campaign_add_demand(tiny.campaign, &demand, NULL), PIONEER_OK);
    tiny_rule(&tiny, .kind = PIONEER_RULE_OVER_TARGET);
    trial_expect_amount(&tiny, "short_of_min", 30);
    trial_expect_amount(&tiny, "short_of_target", 60);
    const char *everybody[] = {"a", "b", "c", "d"};
    for (int32_t i = 0; i < 4; i++) {
        tiny_take(&tiny, everybody[i], "watch/gate/pm", 0);
    }
    trial_expect_amount(&tiny, "short_of_target", 0);
    trial_expect_amount(&tiny, "over_target", 22);
    tiny_fini(&tiny);
}

Test(check_demand, lets_a_term_count_some_stages_and_some_members) {
    struct tiny tiny;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s1", 0, 0);
    tiny_stage(&tiny, "s2", 1, 1);
    tiny_need(&tiny, "watch/gate/am", 0, 1, 1);
    tiny_tagged(&tiny, "a", "root", "old");
    tiny_tagged(&tiny, "b", "root", "new");
    const char *stage = "s2";
    tiny_rule(&tiny, .kind = PIONEER_RULE_SHORT_OF_MIN, .stages = &stage, .stage_count = 1,
              .members = "tag = old");
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_JOINT);
    cr_expect_eq(trial_amount(report, 0, "short_of_min"), 240);
    pioneer_report_free(report);
    tiny_take(&tiny, "b", "watch/gate/am", 1);
    report = trial_judge(&tiny, PIONEER_STAGED);
    cr_expect_eq(trial_amount(report, 0, "short_of_min"), 0);
    cr_expect_eq(trial_amount(report, 1, "short_of_min"), 240); /* b is not counted */
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

Test(check_demand, sizes_standby_by_the_no_show_rate) {
    struct tiny tiny;
    build(&tiny);
    tiny_post(&tiny, .id = "standby", .unit = "root", .load_percent = 25);
    tiny_need(&tiny, "watch/gate/pm", 0, 1, 3);
    tiny_slot(&tiny, "noon", 700, 900); /* overlaps both am and pm */
    const char *site = "gate";
    const char *slot = "noon";
    const char *served = "watch";
    struct pioneer_demand demand = {.post = "standby",
                                    .sites = &site,
                                    .site_count = 1,
                                    .slots = &slot,
                                    .slot_count = 1,
                                    .from_day = tiny_day(0),
                                    .to_day = tiny_day(2),
                                    .standby_for = &served,
                                    .standby_for_count = 1,
                                    .no_show_percent = 34};
    cr_assert_eq(pioneer_campaign_add_demand(tiny.campaign, &demand, NULL), PIONEER_OK);
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_STAGED);
    /* 34 % of 3 is a little more than one: two heads on the days 0 and 1, none on day 2. */
    cr_expect_eq(trial_amount(report, 0, "short_of_min"), 2 * 3 * 240 + 2 * 2 * 200);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

/* ---- lead ---- */

static void build_lead(struct tiny *tiny) {
    build(tiny);
    tiny_post(tiny, .id = "desk", .unit = "root", .lead = "tag = old");
    tiny_need(tiny, "desk/gate/pm", 0, 0, 1);
    tiny_need_range(tiny, "desk/gate/pm", 1, 2, FROM_0_TO_9);
}

Test(check_lead, is_asked_of_duties_with_a_minimum_or_with_anybody) {
    struct tiny tiny;
    build_lead(&tiny);
    trial_expect_amount(&tiny, "lead", 1); /* an empty duty with a minimum */
    tiny_take(&tiny, "b", "desk/gate/pm", 1);
    trial_expect_amount(&tiny, "lead", 2);
    tiny_take(&tiny, "a", "desk/gate/pm", 1);
    tiny_take(&tiny, "a", "desk/gate/pm", 0);
    trial_expect_amount(&tiny, "lead", 0);
    tiny_fini(&tiny);
}

Test(check_lead, catches_a_duty_without_one_when_it_is_hard) {
    struct tiny tiny;
    build_lead(&tiny);
    tiny_add_rule(&tiny, &(struct pioneer_rule){.kind = PIONEER_RULE_LEAD});
    tiny_take(&tiny, "a", "desk/gate/pm", 0);
    trial_expect_count(&tiny, "lead", 0);
    tiny_take(&tiny, "d", "desk/gate/pm", 2);
    trial_expect_violation(&tiny, "lead", NULL, "desk/gate/2020-02-19/pm");
    tiny_fini(&tiny);
}

Test(check_lead, may_be_asked_of_some_posts_only) {
    struct tiny tiny;
    build_lead(&tiny);
    const char *post = "watch";
    tiny_rule(&tiny, .kind = PIONEER_RULE_LEAD, .posts = &post, .post_count = 1, .weight = 1);
    trial_expect_amount(&tiny, "lead", 0);
    tiny_fini(&tiny);
}

/* ---- composition ---- */

Test(check_composition, catches_too_many_and_too_few_on_duties_with_anybody) {
    struct tiny tiny;
    build(&tiny);
    tiny_add_rule(&tiny, &(struct pioneer_rule){.kind = PIONEER_RULE_COMPOSITION,
                                                .who = "tag = new",
                                                .has_min = true,
                                                .min = 1,
                                                .has_max = true,
                                                .max = 1});
    tiny_take(&tiny, "b", "watch/gate/am", 0);
    tiny_take(&tiny, "d", "watch/gate/am", 0);
    trial_expect_count(&tiny, "composition", 0);
    tiny_take(&tiny, "c", "watch/gate/am", 0);
    trial_expect_violation(&tiny, "composition", NULL, "watch/gate/2020-02-17/am");
    tiny_take(&tiny, "d", "watch/gate/am", 3);
    trial_expect_count(&tiny, "composition", 2);
    tiny_fini(&tiny);
}

Test(check_composition, charges_heads_outside) {
    struct tiny tiny;
    build(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_COMPOSITION, .who = "tag = new", .has_max = true, .max = 0,
              .weight = 1);
    tiny_take(&tiny, "b", "watch/gate/am", 0);
    tiny_take(&tiny, "c", "watch/gate/am", 0);
    tiny_take(&tiny, "a", "watch/gate/am", 0);
    trial_expect_amount(&tiny, "composition", 2);
    tiny_fini(&tiny);
}

/* ---- cohort ---- */

static const char *const cohorts[] = {"new", "old"};

Test(check_cohort, catches_two_cohorts_on_a_duty) {
    struct tiny tiny;
    build(&tiny);
    tiny_add_rule(&tiny,
                  &(struct pioneer_rule){.kind = PIONEER_RULE_COHORT, .tags = cohorts, .tag_count = 2});
    tiny_take(&tiny, "b", "watch/gate/am", 0);
    tiny_take(&tiny, "c", "watch/gate/am", 0);
    tiny_take(&tiny, "d", "watch/gate/am", 0); /* fits everywhere */
    trial_expect_count(&tiny, "cohort", 0);
    tiny_take(&tiny, "a", "watch/gate/am", 0);
    trial_expect_violation(&tiny, "cohort", NULL, "watch/gate/2020-02-17/am");
    tiny_fini(&tiny);
}

Test(check_cohort, charges_all_but_the_largest_and_takes_the_first_of_two_tags) {
    struct tiny tiny;
    build(&tiny);
    const char *both[] = {"old", "new"};
    tiny_add_member(&tiny, &(struct pioneer_member){.id = "e", .unit = "root", .tags = both, .tag_count = 2});
    tiny_rule(&tiny, .kind = PIONEER_RULE_COHORT, .tags = cohorts, .tag_count = 2, .weight = 1);
    tiny_take(&tiny, "e", "watch/gate/am", 0); /* "new" stands first in the rule */
    tiny_take(&tiny, "b", "watch/gate/am", 0);
    trial_expect_amount(&tiny, "cohort", 0);
    tiny_take(&tiny, "a", "watch/gate/am", 0);
    tiny_take(&tiny, "c", "watch/gate/am", 0);
    trial_expect_amount(&tiny, "cohort", 1);
    tiny_fini(&tiny);
}

/* ---- together, apart ---- */

Test(check_together, catches_a_group_torn_apart) {
    struct tiny tiny;
    build(&tiny);
    tiny_add_rule(&tiny, &(struct pioneer_rule){.kind = PIONEER_RULE_TOGETHER, .members = "tag = new"});
    tiny_take(&tiny, "b", "watch/gate/am", 0);
    tiny_take(&tiny, "c", "watch/gate/am", 0);
    tiny_take(&tiny, "a", "watch/gate/am", 1);
    trial_expect_count(&tiny, "together", 0);
    tiny_take(&tiny, "b", "watch/gate/am", 1);
    trial_expect_violation(&tiny, "together", "c", "watch/gate/2020-02-18/am");
    tiny_fini(&tiny);
}

Test(check_together, charges_those_who_are_missing) {
    struct tiny tiny;
    build(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_TOGETHER, .members = "member in (a, b, c)", .weight = 1);
    tiny_take(&tiny, "b", "watch/gate/am", 0);
    trial_expect_amount(&tiny, "together", 2);
    tiny_take(&tiny, "c", "watch/gate/am", 0);
    trial_expect_amount(&tiny, "together", 1);
    tiny_fini(&tiny);
}

Test(check_apart, catches_two_of_a_group_on_a_duty) {
    struct tiny tiny;
    build(&tiny);
    tiny_add_rule(&tiny, &(struct pioneer_rule){.kind = PIONEER_RULE_APART, .members = "tag = new"});
    tiny_take(&tiny, "b", "watch/gate/am", 0);
    tiny_take(&tiny, "a", "watch/gate/am", 0);
    tiny_take(&tiny, "c", "watch/gate/am", 1);
    trial_expect_count(&tiny, "apart", 0);
    tiny_take(&tiny, "c", "watch/gate/am", 0);
    trial_expect_violation(&tiny, "apart", "c", "watch/gate/2020-02-17/am");
    tiny_fini(&tiny);
}

Test(check_apart, charges_heads_beyond_the_first) {
    struct tiny tiny;
    build(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_APART, .members = "member in (a, b, c)", .weight = 1);
    tiny_take(&tiny, "a", "watch/gate/am", 0);
    tiny_take(&tiny, "b", "watch/gate/am", 0);
    tiny_take(&tiny, "c", "watch/gate/am", 0);
    trial_expect_amount(&tiny, "apart", 2);
    tiny_fini(&tiny);
}

/* ---- unit_quota ---- */

/* Units east (x, y) and west (z); ten places asked for. */
static void build_quota(struct tiny *tiny) {
    tiny_init(tiny);
    tiny_unit(tiny, "east", "root");
    tiny_unit(tiny, "branch", "east");
    tiny_unit(tiny, "west", "root");
    tiny_stage(tiny, "s1", 0, 4);
    tiny_need(tiny, "watch/gate/am", 0, 4, 2);
    tiny_member(tiny, "x", "east");
    tiny_member(tiny, "y", "branch");
    tiny_member(tiny, "z", "west");
}

Test(check_unit_quota, rounds_percentages_into_the_range) {
    struct tiny tiny;
    build_quota(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_UNIT_QUOTA, .unit = "east", .min_percent = 11, .max_percent = 39,
              .weight = 1);
    trial_expect_amount(&tiny, "unit_quota", 2); /* at least 1.1, so 2 */
    tiny_take(&tiny, "x", "watch/gate/am", 0);
    tiny_take(&tiny, "y", "watch/gate/am", 0);
    tiny_take(&tiny, "z", "watch/gate/am", 1);
    tiny_take(&tiny, "x", "watch/gate/am", 2);
    trial_expect_amount(&tiny, "unit_quota", 0);
    tiny_take(&tiny, "x", "watch/gate/am", 3);
    trial_expect_amount(&tiny, "unit_quota", 1); /* at most 3.9, so 3 */
    tiny_fini(&tiny);
}

Test(check_unit_quota, catches_a_unit_with_too_many_places) {
    struct tiny tiny;
    build_quota(&tiny);
    tiny_add_rule(&tiny, &(struct pioneer_rule){
                             .kind = PIONEER_RULE_UNIT_QUOTA, .unit = "east", .has_max = true, .max = 1});
    tiny_take(&tiny, "x", "watch/gate/am", 0);
    tiny_take(&tiny, "z", "watch/gate/am", 0);
    trial_expect_count(&tiny, "unit_quota", 0);
    tiny_take(&tiny, "y", "watch/gate/am", 1);
    trial_expect_violation(&tiny, "unit_quota", NULL, NULL);
    tiny_fini(&tiny);
}

Test(check_unit_quota, holds_only_in_parts_of_the_unit_or_above) {
    struct tiny tiny;
    build_quota(&tiny);
    tiny_post(&tiny, .id = "dorm", .unit = "west");
    tiny_need(&tiny, "dorm/gate/pm", 0, 0, 1);
    tiny_rule(&tiny, .kind = PIONEER_RULE_UNIT_QUOTA, .unit = "east", .has_min = true, .min = 1, .weight = 1);
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_STAGED);
    cr_expect_eq(trial_amount(report, 0, "unit_quota"), 1);
    cr_expect_str_eq(pioneer_report_part_at(report, 1)->unit, "west");
    cr_expect_eq(trial_amount(report, 1, "unit_quota"), 0);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

Test(check_unit_quota, asks_nothing_of_parts_without_its_posts) {
    struct tiny tiny;
    build_quota(&tiny);
    tiny_post(&tiny, .id = "desk", .unit = "root");
    tiny_rule(&tiny, .kind = PIONEER_RULE_UNIT_QUOTA, .unit = "east", .has_min = true, .min = 1,
              .posts = (const char *[]){"desk"}, .post_count = 1);
    trial_expect_count(&tiny, "unit_quota", 0);
    tiny_fini(&tiny);
}

/* ---- site_capacity ---- */

static void build_capacity(struct tiny *tiny) {
    build(tiny);
    struct pioneer_site hall = {.id = "hall", .capacity = 2};
    cr_assert_eq(pioneer_campaign_add_site(tiny->campaign, &hall, NULL), PIONEER_OK);
    tiny_slot(tiny, "noon", 600, 900); /* begins during am, and pm begins during it */
    tiny_need_range(tiny, "watch/hall/am", 0, 6, FROM_0_TO_9);
    tiny_need_range(tiny, "watch/hall/noon", 0, 6, FROM_0_TO_9);
    tiny_need_range(tiny, "watch/hall/pm", 0, 6, FROM_0_TO_9);
    tiny_need_range(tiny, "watch/hall/night", 0, 6, FROM_0_TO_9);
}

Test(check_site_capacity, catches_a_crowd_when_a_duty_starts) {
    struct tiny tiny;
    build_capacity(&tiny);
    tiny_add_rule(&tiny, &(struct pioneer_rule){.kind = PIONEER_RULE_SITE_CAPACITY});
    tiny_take(&tiny, "a", "watch/hall/am", 0);
    tiny_take(&tiny, "b", "watch/hall/noon", 0);
    tiny_take(&tiny, "c", "watch/hall/pm", 0); /* a has gone by then */
    trial_expect_count(&tiny, "site_capacity", 0);
    tiny_take(&tiny, "d", "watch/hall/am", 0);
    trial_expect_violation(&tiny, "site_capacity", NULL, "watch/hall/2020-02-17/noon");
    tiny_fini(&tiny);
}

Test(check_site_capacity, charges_heads_above_at_each_moment) {
    struct tiny tiny;
    build_capacity(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_SITE_CAPACITY, .weight = 1);
    const char *everybody[] = {"a", "b", "c", "d"};
    for (int32_t i = 0; i < 4; i++) {
        tiny_take(&tiny, everybody[i], "watch/hall/noon", 0); /* 10:00, and still there at 14:00 */
    }
    trial_expect_amount(&tiny, "site_capacity", 2 + 2);
    tiny_fini(&tiny);
}

Test(check_site_capacity, lets_one_shift_go_when_the_next_one_starts) {
    struct tiny tiny;
    build_capacity(&tiny);
    tiny_slot(&tiny, "after", 720, 780);
    tiny_need_range(&tiny, "watch/hall/after", 0, 6, FROM_0_TO_9);
    tiny_rule(&tiny, .kind = PIONEER_RULE_SITE_CAPACITY, .weight = 1);
    tiny_take(&tiny, "a", "watch/hall/am", 0);
    tiny_take(&tiny, "b", "watch/hall/am", 0);
    tiny_take(&tiny, "c", "watch/hall/after", 0);
    tiny_take(&tiny, "d", "watch/hall/after", 0);
    trial_expect_amount(&tiny, "site_capacity", 0);
    tiny_fini(&tiny);
}

Test(check_site_capacity, sees_the_parts_before_and_those_alone) {
    struct tiny tiny;
    build_capacity(&tiny);
    tiny_unit(&tiny, "college", "root");
    tiny_post(&tiny, .id = "dorm", .unit = "college");
    tiny_need_range(&tiny, "dorm/hall/am", 0, 6, FROM_0_TO_9);
    tiny_member(&tiny, "x", "college");
    tiny_rule(&tiny, .kind = PIONEER_RULE_SITE_CAPACITY, .weight = 1);
    tiny_take(&tiny, "a", "watch/hall/am", 0);
    tiny_take(&tiny, "b", "watch/hall/am", 0);
    tiny_take(&tiny, "x", "dorm/hall/am", 0);
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_STAGED);
    cr_expect_eq(trial_amount(report, 0, "site_capacity"), 0);
    cr_expect_eq(trial_amount(report, 1, "site_capacity"), 2); /* at 8:00 and at 10:00 */
    pioneer_report_free(report);
    tiny_fini(&tiny);
}
