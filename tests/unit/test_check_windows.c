/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge on duties, minutes and count in their windows. */
#include <criterion/criterion.h>

#include "trial.h"

#define FROM_0_TO_9 ((const int32_t[]){0, 0, 9})

/* Two stages that cut the second week: days 0..9 (Monday to Wednesday of the next week) and 10..20; the
 * campaign ends with a Sunday. */
static void build(struct tiny *tiny) {
    tiny_init(tiny);
    tiny_stage(tiny, "s1", 0, 9);
    tiny_stage(tiny, "s2", 10, 20);
    tiny_need_range(tiny, "watch/gate/am", 0, 20, FROM_0_TO_9);
    tiny_need_range(tiny, "watch/gate/pm", 0, 20, FROM_0_TO_9);
    tiny_need_range(tiny, "watch/gate/night", 0, 20, FROM_0_TO_9);
    tiny_member(tiny, "m", "root");
}

static void expect_amounts(const struct tiny *tiny, const char *rule, int64_t first, int64_t second) {
    struct pioneer_report *report = trial_judge(tiny, PIONEER_STAGED);
    cr_expect_eq(trial_amount(report, 0, rule), first, "first stage %lld",
                 (long long)trial_amount(report, 0, rule));
    cr_expect_eq(trial_amount(report, 1, rule), second, "second stage %lld",
                 (long long)trial_amount(report, 1, rule));
    pioneer_report_free(report);
}

Test(check_duties, catches_a_day_with_too_many) {
    struct tiny tiny;
    build(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_DUTIES, .window = PIONEER_WINDOW_DAY, .has_max = true, .max = 1);
    tiny_take(&tiny, "m", "watch/gate/am", 0);
    tiny_take(&tiny, "m", "watch/gate/night", 1);
    tiny_take(&tiny, "m", "watch/gate/am", 2); /* the night belongs to the day it starts on */
    trial_expect_count(&tiny, "duties", 0);
    tiny_take(&tiny, "m", "watch/gate/pm", 2);
    trial_expect_violation(&tiny, "duties", "m", "watch/gate/2020-02-19/pm");
    tiny_fini(&tiny);
}

Test(check_duties, charges_a_campaign_maximum_only_what_each_stage_adds) {
    struct tiny tiny;
    build(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_DUTIES, .has_max = true, .max = 2, .weight = 1);
    for (int32_t day = 0; day < 3; day++) {
        tiny_take(&tiny, "m", "watch/gate/am", day);
    }
    expect_amounts(&tiny, "duties", 1, 0);
    tiny_take(&tiny, "m", "watch/gate/am", 12);
    expect_amounts(&tiny, "duties", 1, 1);
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_JOINT);
    cr_expect_eq(trial_amount(report, 0, "duties"), 2);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

Test(check_duties, adds_what_history_used_up_of_a_campaign_window) {
    struct tiny tiny;
    build(&tiny);
    struct pioneer_history_count counts[] = {{"cap", 3}, {"other", 50}};
    tiny_history(&tiny, .member = "m", .counts = counts, .count_count = 2);
    tiny_rule(&tiny, .id = "cap", .kind = PIONEER_RULE_DUTIES, .has_max = true, .max = 4, .weight = 1);
    tiny_take(&tiny, "m", "watch/gate/am", 0);
    expect_amounts(&tiny, "cap", 0, 0);
    tiny_take(&tiny, "m", "watch/gate/am", 1);
    expect_amounts(&tiny, "cap", 1, 0);
    tiny_fini(&tiny);
}

Test(check_duties, lets_a_week_cut_by_a_stage_go_on) {
    struct tiny tiny;
    build(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_DUTIES, .window = PIONEER_WINDOW_WEEK, .has_max = true, .max = 2,
              .weight = 1);
    tiny_take(&tiny, "m", "watch/gate/am", 6); /* Sunday: the week before */
    tiny_take(&tiny, "m", "watch/gate/am", 7);
    tiny_take(&tiny, "m", "watch/gate/am", 9);
    tiny_take(&tiny, "m", "watch/gate/am", 10);
    expect_amounts(&tiny, "duties", 0, 1);
    tiny_take(&tiny, "m", "watch/gate/pm", 9);
    expect_amounts(&tiny, "duties", 1, 1);
    tiny_fini(&tiny);
}

Test(check_duties, adds_history_to_a_week_cut_by_the_first_day_alone) {
    struct tiny tiny;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s1", 3, 13); /* begins on a Thursday */
    tiny_need_range(&tiny, "watch/gate/am", 3, 13, FROM_0_TO_9);
    tiny_member(&tiny, "m", "root");
    struct pioneer_history_count counts[] = {{"cap", 2}};
    tiny_history(&tiny, .member = "m", .counts = counts, .count_count = 1);
    tiny_rule(&tiny, .id = "cap", .kind = PIONEER_RULE_DUTIES, .window = PIONEER_WINDOW_WEEK, .has_max = true,
              .max = 2, .weight = 1);
    tiny_take(&tiny, "m", "watch/gate/am", 3);
    tiny_take(&tiny, "m", "watch/gate/am", 7);
    tiny_take(&tiny, "m", "watch/gate/am", 8);
    trial_expect_amount(&tiny, "cap", 1);
    tiny_fini(&tiny);
}

Test(check_duties, judges_a_weekly_minimum_where_the_week_ends) {
    struct tiny tiny;
    build(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_DUTIES, .window = PIONEER_WINDOW_WEEK, .has_min = true, .min = 3,
              .weight = 1);
    tiny_take(&tiny, "m", "watch/gate/am", 0);
    tiny_take(&tiny, "m", "watch/gate/am", 8); /* first stage, but its week ends in the second */
    expect_amounts(&tiny, "duties", 2, 2 + 3);
    tiny_fini(&tiny);
}

Test(check_duties, waives_minima_of_weeks_that_reach_beyond_the_campaign) {
    struct tiny tiny;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s1", 1, 19); /* Tuesday to Saturday of the third week */
    tiny_need_range(&tiny, "watch/gate/am", 1, 19, FROM_0_TO_9);
    tiny_member(&tiny, "m", "root");
    tiny_rule(&tiny, .kind = PIONEER_RULE_DUTIES, .window = PIONEER_WINDOW_WEEK, .has_min = true, .min = 1);
    trial_expect_count(&tiny, "duties", 1); /* the middle week alone */
    tiny_take(&tiny, "m", "watch/gate/am", 7);
    trial_expect_count(&tiny, "duties", 0);
    tiny_fini(&tiny);
}

Test(check_duties, judges_a_campaign_minimum_in_the_last_stage) {
    struct tiny tiny;
    build(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_DUTIES, .has_min = true, .min = 4, .weight = 1);
    tiny_take(&tiny, "m", "watch/gate/am", 0);
    expect_amounts(&tiny, "duties", 0, 3);
    tiny_fini(&tiny);
}

Test(check_duties, judges_stage_windows_each_by_itself_without_history) {
    struct tiny tiny;
    build(&tiny);
    struct pioneer_history_count counts[] = {{"cap", 9}};
    tiny_history(&tiny, .member = "m", .counts = counts, .count_count = 1);
    tiny_rule(&tiny, .id = "cap", .kind = PIONEER_RULE_DUTIES, .window = PIONEER_WINDOW_STAGE,
              .has_max = true, .max = 1, .has_min = true, .min = 1, .weight = 1);
    tiny_take(&tiny, "m", "watch/gate/am", 0);
    tiny_take(&tiny, "m", "watch/gate/am", 1);
    tiny_take(&tiny, "m", "watch/gate/am", 2);
    expect_amounts(&tiny, "cap", 2, 1);
    tiny_fini(&tiny);
}

Test(check_duties, judges_minima_only_in_the_last_part_that_has_the_member) {
    struct tiny tiny;
    build(&tiny);
    tiny_unit(&tiny, "college", "root");
    tiny_post(&tiny, .id = "dorm", .unit = "college");
    tiny_need_range(&tiny, "dorm/gate/am", 0, 9, FROM_0_TO_9);
    tiny_member(&tiny, "c", "college");
    tiny_rule(&tiny, .kind = PIONEER_RULE_DUTIES, .window = PIONEER_WINDOW_STAGE, .has_min = true, .min = 2,
              .weight = 1);
    tiny_take(&tiny, "m", "watch/gate/am", 0);
    tiny_take(&tiny, "c", "watch/gate/am", 0);
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_STAGED);
    cr_expect_eq(trial_amount(report, 0, "duties"), 1); /* m; c has the college's part to come */
    cr_expect_eq(trial_amount(report, 1, "duties"), 1); /* c, with what the root gave */
    cr_expect_eq(trial_amount(report, 2, "duties"), 4); /* both, in the second stage */
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

Test(check_duties, counts_what_higher_tiers_gave_and_not_what_lower_ones_will) {
    struct tiny tiny;
    build(&tiny);
    tiny_unit(&tiny, "college", "root");
    tiny_post(&tiny, .id = "dorm", .unit = "college");
    tiny_need_range(&tiny, "dorm/gate/pm", 0, 9, FROM_0_TO_9);
    tiny_member(&tiny, "c", "college");
    tiny_rule(&tiny, .kind = PIONEER_RULE_DUTIES, .window = PIONEER_WINDOW_DAY, .has_max = true, .max = 1,
              .weight = 1);
    tiny_take(&tiny, "c", "watch/gate/am", 0);
    tiny_take(&tiny, "c", "dorm/gate/pm", 0);
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_STAGED);
    cr_expect_eq(trial_amount(report, 0, "duties"), 0);
    cr_expect_eq(trial_amount(report, 1, "duties"), 1);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

Test(check_minutes, catches_a_week_above_its_maximum) {
    struct tiny tiny;
    build(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_MINUTES, .window = PIONEER_WINDOW_WEEK, .has_max = true,
              .max = 720);
    tiny_take(&tiny, "m", "watch/gate/night", 6); /* Sunday night: all 480 in the first week */
    tiny_take(&tiny, "m", "watch/gate/am", 0);
    tiny_take(&tiny, "m", "watch/gate/am", 7);
    trial_expect_count(&tiny, "minutes", 0);
    tiny_take(&tiny, "m", "watch/gate/pm", 3);
    trial_expect_violation(&tiny, "minutes", "m", "watch/gate/2020-02-23/night");
    tiny_fini(&tiny);
}

Test(check_minutes, charges_the_minutes_outside_on_both_sides) {
    struct tiny tiny;
    build(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_MINUTES, .window = PIONEER_WINDOW_STAGE, .has_max = true,
              .max = 500, .has_min = true, .min = 300, .weight = 1);
    tiny_take(&tiny, "m", "watch/gate/night", 0);
    tiny_take(&tiny, "m", "watch/gate/am", 4);
    tiny_take(&tiny, "m", "watch/gate/am", 12);
    expect_amounts(&tiny, "minutes", 720 - 500, 300 - 240);
    tiny_fini(&tiny);
}

Test(check_count, counts_only_what_fits_all_conditions) {
    struct tiny tiny;
    build(&tiny);
    tiny_site(&tiny, "hall", "hall", NULL);
    tiny_post(&tiny, .id = "hard", .unit = "root", .hardship = 5);
    tiny_need_range(&tiny, "hard/gate/am", 0, 20, FROM_0_TO_9);
    tiny_need_range(&tiny, "hard/gate/pm", 0, 20, FROM_0_TO_9);
    tiny_need_range(&tiny, "hard/hall/am", 0, 20, FROM_0_TO_9);
    const char *site = "gate";
    const char *slot = "am";
    tiny_rule(&tiny, .kind = PIONEER_RULE_COUNT, .sites = &site, .site_count = 1, .slots = &slot,
              .slot_count = 1, .hardship = 5, .has_max = true, .max = 0, .weight = 1);
    tiny_take(&tiny, "m", "watch/gate/am", 0); /* not hard enough */
    tiny_take(&tiny, "m", "hard/gate/pm", 1);
    tiny_take(&tiny, "m", "hard/hall/am", 2);
    expect_amounts(&tiny, "count", 0, 0);
    tiny_take(&tiny, "m", "hard/gate/am", 3);
    expect_amounts(&tiny, "count", 1, 0);
    tiny_fini(&tiny);
}

Test(check_count, catches_too_many_and_too_few_of_a_post) {
    struct tiny tiny;
    build(&tiny);
    tiny_post(&tiny, .id = "dorm", .unit = "root");
    tiny_need_range(&tiny, "dorm/gate/am", 0, 20, FROM_0_TO_9);
    const char *post = "dorm";
    tiny_rule(&tiny, .kind = PIONEER_RULE_COUNT, .posts = &post, .post_count = 1,
              .window = PIONEER_WINDOW_STAGE, .has_min = true, .min = 1, .has_max = true, .max = 1);
    tiny_take(&tiny, "m", "dorm/gate/am", 0);
    tiny_take(&tiny, "m", "dorm/gate/am", 10);
    trial_expect_count(&tiny, "count", 0);
    tiny_take(&tiny, "m", "dorm/gate/am", 12);
    trial_expect_violation(&tiny, "count", "m", "dorm/gate/2020-02-29/am");
    tiny.taken_count -= 2;
    trial_expect_violation(&tiny, "count", "m", NULL);
    tiny.taken_count += 2;
    tiny_fini(&tiny);
}
