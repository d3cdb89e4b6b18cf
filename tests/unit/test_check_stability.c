/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge on stability. */
#include <criterion/criterion.h>

#include "trial.h"

#define FROM_0_TO_9 ((const int32_t[]){0, 0, 9})

/* Published: a on day 0, b on day 1, both in the morning. */
static void build(struct tiny *tiny) {
    tiny_init(tiny);
    tiny_stage(tiny, "s1", 0, 6);
    tiny_need_range(tiny, "watch/gate/am", 0, 6, FROM_0_TO_9);
    tiny_need_range(tiny, "watch/gate/pm", 0, 6, FROM_0_TO_9);
    tiny_member(tiny, "a", "root");
    tiny_member(tiny, "b", "root");
    tiny_publish(tiny, "a", "watch/gate/am", 0, PIONEER_PUBLISHED);
    tiny_publish(tiny, "b", "watch/gate/am", 1, PIONEER_PUBLISHED);
}

Test(check_stability, is_no_term_without_a_published_roster) {
    struct tiny tiny;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s1", 0, 6);
    tiny_need_range(&tiny, "watch/gate/am", 0, 6, FROM_0_TO_9);
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_STAGED);
    for (int32_t i = 0; i < pioneer_report_part_at(report, 0)->term_count; i++) {
        cr_expect_str_neq(pioneer_report_part_at(report, 0)->terms[i].rule, "stability");
    }
    cr_expect_eq(trial_value(report, 0, "stability"), 0);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

Test(check_stability, charges_pairs_added_and_removed) {
    struct tiny tiny;
    build(&tiny);
    tiny_take(&tiny, "a", "watch/gate/am", 0);
    tiny_take(&tiny, "b", "watch/gate/am", 1);
    trial_expect_amount(&tiny, "stability", 0);
    tiny_take(&tiny, "a", "watch/gate/pm", 3);
    trial_expect_amount(&tiny, "stability", 1);
    tiny.taken[1].day = tiny_day(2); /* b moves: one removed, one added */
    trial_expect_amount(&tiny, "stability", 3);
    tiny_fini(&tiny);
}

Test(check_stability, weighs_changes_by_notice_and_each_person_called) {
    struct tiny tiny;
    build(&tiny);
    /* Not in order; now is Sunday noon: the duty of Monday 8:00 starts 20 hours later, that of Tuesday 44. */
    struct pioneer_notice notice[] = {{48, 3}, {20, 10}, {19, 100}};
    struct pioneer_campaign_settings settings = {
        .now_at = tiny_at(-1, 720), .notice = notice, .notice_count = 3};
    cr_assert_eq(pioneer_campaign_set(tiny.campaign, &settings, NULL), PIONEER_OK);
    trial_expect_amount(&tiny, "stability", 10 + 3);
    tiny_take(&tiny, "b", "watch/gate/am", 4);
    trial_expect_amount(&tiny, "stability", 10 + 3 + 1);
    tiny_rule(&tiny, .kind = PIONEER_RULE_STABILITY, .person_cost = 50);
    trial_expect_amount(&tiny, "stability", 10 + 3 + 1 + 2 * 50);
    tiny_fini(&tiny);
}

Test(check_stability, measures_notice_from_the_first_day_when_now_is_not_set) {
    struct tiny tiny;
    build(&tiny);
    struct pioneer_notice notice[] = {{8, 7}};
    struct pioneer_campaign_settings settings = {.notice = notice, .notice_count = 1};
    cr_assert_eq(pioneer_campaign_set(tiny.campaign, &settings, NULL), PIONEER_OK);
    trial_expect_amount(&tiny, "stability", 7 + 1); /* 8 hours to Monday 8:00 */
    tiny_fini(&tiny);
}

Test(check_stability, forgives_removals_that_the_event_forces) {
    struct tiny tiny;
    build(&tiny);
    tiny_post(&tiny, .id = "nurse", .unit = "root", .eligible = "tag = nurse");
    tiny_need_range(&tiny, "nurse/gate/pm", 0, 6, FROM_0_TO_9);
    struct pioneer_absence sick = {tiny_at(2, 0), tiny_at(3, 0), "病假"};
    tiny_add_member(
        &tiny, &(struct pioneer_member){.id = "s", .unit = "root", .absences = &sick, .absence_count = 1});
    tiny_take(&tiny, "a", "watch/gate/am", 0);
    tiny_take(&tiny, "b", "watch/gate/am", 1);
    tiny_publish(&tiny, "s", "watch/gate/am", 2, PIONEER_PUBLISHED);    /* not free any more */
    tiny_publish(&tiny, "s", "nurse/gate/pm", 3, PIONEER_PUBLISHED);    /* not eligible any more */
    tiny_publish(&tiny, "s", "watch/gate/night", 4, PIONEER_PUBLISHED); /* the duty is gone */
    trial_expect_amount(&tiny, "stability", 0);
    tiny_publish(&tiny, "s", "watch/gate/pm", 5, PIONEER_PUBLISHED); /* nothing forces this one */
    trial_expect_amount(&tiny, "stability", 1);
    /* As a mere wish, eligibility forces nothing. */
    tiny_rule(&tiny, .kind = PIONEER_RULE_ELIGIBILITY, .weight = 1, .level = "wishes");
    trial_expect_amount(&tiny, "stability", 2);
    tiny_fini(&tiny);
}

Test(check_stability, forgives_a_removal_that_meets_a_pin_or_a_higher_tier) {
    struct tiny tiny;
    build(&tiny);
    tiny_unit(&tiny, "college", "root");
    tiny_post(&tiny, .id = "dorm", .unit = "college");
    tiny_slot(&tiny, "noon", 600, 900);
    tiny_need_range(&tiny, "dorm/gate/noon", 0, 6, FROM_0_TO_9);
    tiny_need_range(&tiny, "watch/gate/noon", 0, 6, FROM_0_TO_9);
    tiny_member(&tiny, "x", "college");
    tiny_publish(&tiny, "x", "dorm/gate/noon", 3, PIONEER_PUBLISHED);
    tiny_publish(&tiny, "x", "watch/gate/noon", 4, PIONEER_PUBLISHED);
    tiny_publish(&tiny, "x", "watch/gate/am", 4, PIONEER_PINNED); /* overlaps noon */
    tiny_take(&tiny, "a", "watch/gate/am", 0);
    tiny_take(&tiny, "b", "watch/gate/am", 1);
    tiny_take(&tiny, "x", "watch/gate/am", 4);
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_STAGED);
    cr_expect_eq(trial_amount(report, 0, "stability"), 0);
    cr_expect_eq(trial_amount(report, 1, "stability"), 1); /* the college takes x off without need */
    pioneer_report_free(report);
    tiny_take(&tiny, "x", "watch/gate/am", 3); /* the root needs x at that time */
    report = trial_judge(&tiny, PIONEER_STAGED);
    cr_expect_eq(trial_amount(report, 0, "stability"), 1); /* an addition */
    cr_expect_eq(trial_amount(report, 1, "stability"), 0);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}
