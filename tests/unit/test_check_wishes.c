/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge on requests, preferences, ratings and continuity. */
#include <criterion/criterion.h>

#include "trial.h"

#define FROM_0_TO_9 ((const int32_t[]){0, 0, 9})

static void build(struct tiny *tiny) {
    tiny_init(tiny);
    tiny_stage(tiny, "s1", 0, 6);
    tiny_stage(tiny, "s2", 7, 13);
    tiny_site(tiny, "hall", "hall", NULL);
    tiny_post(tiny, .id = "canteen", .unit = "root");
    tiny_need_range(tiny, "watch/gate/am", 0, 13, FROM_0_TO_9);
    tiny_need_range(tiny, "watch/gate/pm", 0, 5, FROM_0_TO_9);
    tiny_need_range(tiny, "canteen/hall/am", 0, 13, FROM_0_TO_9);
    tiny_member(tiny, "m", "root");
}

static void add_request(struct tiny *tiny, const struct pioneer_request *request) {
    cr_assert_eq(pioneer_campaign_add_request(tiny->campaign, request, NULL), PIONEER_OK);
}

static void add_preference(struct tiny *tiny, const struct pioneer_preference *preference) {
    cr_assert_eq(pioneer_campaign_add_preference(tiny->campaign, preference, NULL), PIONEER_OK);
}

static void expect_amounts(const struct tiny *tiny, const char *rule, int64_t first, int64_t second) {
    struct pioneer_report *report = trial_judge(tiny, PIONEER_STAGED);
    cr_expect_eq(trial_amount(report, 0, rule), first, "first stage %lld",
                 (long long)trial_amount(report, 0, rule));
    cr_expect_eq(trial_amount(report, 1, rule), second, "second stage %lld",
                 (long long)trial_amount(report, 1, rule));
    cr_expect_eq(trial_count(report, rule), 0);
    pioneer_report_free(report);
}

Test(check_requests, charges_a_day_off_that_is_not_given_day_by_day) {
    struct tiny tiny;
    build(&tiny);
    add_request(&tiny,
                &(struct pioneer_request){
                    .member = "m", .off = true, .from_day = tiny_day(5), .to_day = tiny_day(8), .weight = 3});
    expect_amounts(&tiny, "requests", 0, 0);
    tiny_take(&tiny, "m", "watch/gate/am", 4);
    tiny_take(&tiny, "m", "watch/gate/am", 5);
    tiny_take(&tiny, "m", "watch/gate/pm", 5); /* the same day is charged once */
    tiny_take(&tiny, "m", "watch/gate/am", 7);
    tiny_take(&tiny, "m", "watch/gate/am", 8);
    expect_amounts(&tiny, "requests", 3, 6);
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_JOINT);
    cr_expect_eq(trial_amount(report, 0, "requests"), 9);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

Test(check_requests, charges_a_wish_to_work_only_where_there_is_a_matching_duty) {
    struct tiny tiny;
    build(&tiny);
    add_request(&tiny, &(struct pioneer_request){
                           .member = "m", .from_day = tiny_day(4), .to_day = tiny_day(6), .slot = "pm"});
    expect_amounts(&tiny, "requests", 2,
                   0); /* none needs anybody in the afternoon of day 6; the weight is 1 */
    tiny_take(&tiny, "m", "watch/gate/am", 4);
    expect_amounts(&tiny, "requests", 2, 0);
    tiny_take(&tiny, "m", "watch/gate/pm", 4);
    expect_amounts(&tiny, "requests", 1, 0);
    tiny_fini(&tiny);
}

Test(check_requests, matches_post_site_and_slot_together) {
    struct tiny tiny;
    build(&tiny);
    add_request(&tiny, &(struct pioneer_request){.member = "m",
                                                 .off = true,
                                                 .from_day = tiny_day(0),
                                                 .to_day = tiny_day(6),
                                                 .post = "canteen",
                                                 .site = "hall",
                                                 .slot = "am",
                                                 .weight = 5});
    tiny_take(&tiny, "m", "watch/gate/am", 0);
    tiny_take(&tiny, "m", "watch/gate/pm", 1);
    expect_amounts(&tiny, "requests", 0, 0);
    tiny_take(&tiny, "m", "canteen/hall/am", 2);
    expect_amounts(&tiny, "requests", 5, 0);
    tiny_fini(&tiny);
}

Test(check_requests, is_met_by_what_a_higher_tier_gives) {
    struct tiny tiny;
    build(&tiny);
    tiny_unit(&tiny, "college", "root");
    tiny_post(&tiny, .id = "dorm", .unit = "college");
    tiny_need_range(&tiny, "dorm/gate/am", 0, 6, FROM_0_TO_9);
    tiny_member(&tiny, "c", "college");
    add_request(&tiny,
                &(struct pioneer_request){.member = "c", .from_day = tiny_day(0), .to_day = tiny_day(1)});
    tiny_take(&tiny, "c", "watch/gate/am", 0);
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_STAGED);
    cr_expect_eq(trial_amount(report, 0, "requests"), 1);
    cr_expect_eq(trial_amount(report, 1, "requests"), 1); /* day 1 is not met by the college either */
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

Test(check_preferences, charges_the_largest_weight_for_a_duty_beside_all_preferences) {
    struct tiny tiny;
    build(&tiny);
    tiny_member(&tiny, "n", "root"); /* without preferences */
    add_preference(&tiny, &(struct pioneer_preference){.member = "m", .post = "canteen", .weight = 2});
    add_preference(&tiny, &(struct pioneer_preference){.member = "m", .slot = "pm", .weight = 7});
    tiny_take(&tiny, "m", "canteen/hall/am", 0);
    tiny_take(&tiny, "m", "watch/gate/pm", 1);
    tiny_take(&tiny, "n", "watch/gate/am", 1);
    expect_amounts(&tiny, "preferences", 0, 0);
    tiny_take(&tiny, "m", "watch/gate/am", 2);
    tiny_take(&tiny, "m", "watch/gate/am", 9);
    expect_amounts(&tiny, "preferences", 7, 7);
    tiny_fini(&tiny);
}

Test(check_ratings, charges_what_is_lacking_to_100_at_the_posts) {
    struct tiny tiny;
    build(&tiny);
    struct pioneer_rating ratings[] = {{"strength", 90}, {"coordination", 65}};
    tiny_add_member(
        &tiny, &(struct pioneer_member){.id = "r", .unit = "root", .ratings = ratings, .rating_count = 2});
    const char *post = "canteen";
    tiny_rule(&tiny, .kind = PIONEER_RULE_RATINGS, .rating = "coordination", .posts = &post, .post_count = 1);
    tiny_take(&tiny, "r", "canteen/hall/am", 0);
    tiny_take(&tiny, "r", "watch/gate/am", 1);
    expect_amounts(&tiny, "ratings", 35, 0);
    tiny_take(&tiny, "m", "canteen/hall/am", 7); /* no rating at all */
    expect_amounts(&tiny, "ratings", 35, 100);
    tiny_fini(&tiny);
}

Test(check_continuity, charges_a_change_of_post_from_one_duty_to_the_next) {
    struct tiny tiny;
    build(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_CONTINUITY, .weight = 4);
    tiny_take(&tiny, "m", "watch/gate/am", 0); /* nothing before */
    tiny_take(&tiny, "m", "canteen/hall/am", 1);
    tiny_take(&tiny, "m", "canteen/hall/am", 3);
    tiny_take(&tiny, "m", "watch/gate/am", 7);
    expect_amounts(&tiny, "continuity", 1, 1);
    tiny_history(&tiny, .member = "m", .last_post = "canteen", .last_site = "gate");
    expect_amounts(&tiny, "continuity", 2, 1);
    tiny_fini(&tiny);
}

Test(check_continuity, may_look_at_the_site_instead) {
    struct tiny tiny;
    build(&tiny);
    tiny_need_range(&tiny, "canteen/gate/am", 0, 6, FROM_0_TO_9);
    tiny_rule(&tiny, .kind = PIONEER_RULE_CONTINUITY, .by_site = true);
    tiny_history(&tiny, .member = "m", .last_post = "canteen", .last_site = "gate");
    tiny_take(&tiny, "m", "watch/gate/am", 0);
    tiny_take(&tiny, "m", "canteen/gate/am", 1);
    tiny_take(&tiny, "m", "canteen/hall/am", 2);
    expect_amounts(&tiny, "continuity", 1, 0);
    tiny_fini(&tiny);
}
