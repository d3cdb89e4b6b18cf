/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge on availability, eligibility, walking and rest. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "trial.h"

/* One stage of two weeks, one member, nobody needed. */
static void build(struct tiny *tiny) {
    tiny_init(tiny);
    tiny_stage(tiny, "s1", 0, 13);
    tiny_need_range(tiny, "watch/gate/am", 0, 13, (const int32_t[]){0, 0, 9});
    tiny_need_range(tiny, "watch/gate/pm", 0, 13, (const int32_t[]){0, 0, 9});
    tiny_need_range(tiny, "watch/gate/night", 0, 13, (const int32_t[]){0, 0, 9});
}

/* ---- availability ---- */

Test(check_availability, catches_a_duty_outside_the_weekly_windows) {
    struct tiny tiny;
    build(&tiny);
    struct pioneer_weekly_window weekly[] = {{0, 480, 720}, {1, 480, 719}};
    tiny_add_member(&tiny,
                    &(struct pioneer_member){
                        .id = "m", .unit = "root", .has_weekly = true, .weekly = weekly, .weekly_count = 2});
    tiny_take(&tiny, "m", "watch/gate/am", 0); /* Monday fits to the minute */
    tiny_take(&tiny, "m", "watch/gate/am", 1); /* Tuesday is a minute too short */
    trial_expect_violation(&tiny, "availability", "m", "watch/gate/2020-02-18/am");
    tiny_fini(&tiny);
}

Test(check_availability, joins_windows_that_touch_and_lets_them_cross_midnight) {
    struct tiny tiny;
    build(&tiny);
    /* Sunday 22:00 to Monday 04:00 belongs to Sunday; Monday's own window goes on from there. */
    struct pioneer_weekly_window weekly[] = {{6, 1320, 1680}, {0, 240, 600}};
    tiny_add_member(&tiny,
                    &(struct pioneer_member){
                        .id = "m", .unit = "root", .has_weekly = true, .weekly = weekly, .weekly_count = 2});
    tiny_take(&tiny, "m", "watch/gate/night", 6);
    trial_expect_count(&tiny, "availability", 0);
    tiny_take(&tiny, "m", "watch/gate/night", 5);
    trial_expect_violation(&tiny, "availability", "m", "watch/gate/2020-02-22/night");
    tiny_fini(&tiny);
}

Test(check_availability, lets_dated_windows_replace_those_of_their_date_alone) {
    struct tiny tiny;
    build(&tiny);
    struct pioneer_dated_window dated[] = {{tiny_day(2), 840, 1080}};
    tiny_add_member(&tiny,
                    &(struct pioneer_member){.id = "m", .unit = "root", .dated = dated, .dated_count = 1});
    tiny_take(&tiny, "m", "watch/gate/pm", 2);
    tiny_take(&tiny, "m", "watch/gate/am", 3);
    trial_expect_count(&tiny, "availability", 0);
    tiny_take(&tiny, "m", "watch/gate/am", 2);
    trial_expect_violation(&tiny, "availability", "m", "watch/gate/2020-02-19/am");
    tiny_fini(&tiny);
}

Test(check_availability, subtracts_absences_last) {
    struct tiny tiny;
    build(&tiny);
    struct pioneer_absence absences[] = {{tiny_at(0, 0), tiny_at(1, 480), NULL},
                                         {tiny_at(2, 719), tiny_at(2, 720), "牙医"}};
    tiny_add_member(
        &tiny, &(struct pioneer_member){.id = "m", .unit = "root", .absences = absences, .absence_count = 2});
    tiny_take(&tiny, "m", "watch/gate/am", 1);
    tiny_take(&tiny, "m", "watch/gate/pm", 2);
    trial_expect_count(&tiny, "availability", 0);
    tiny_take(&tiny, "m", "watch/gate/am", 2);
    trial_expect_violation(&tiny, "availability", "m", "watch/gate/2020-02-19/am");
    tiny_fini(&tiny);
}

Test(check_availability, charges_a_term_one_per_duty) {
    struct tiny tiny;
    build(&tiny);
    tiny_add_member(&tiny, &(struct pioneer_member){.id = "m", .unit = "root", .has_weekly = true});
    tiny_rule(&tiny, .kind = PIONEER_RULE_AVAILABILITY, .weight = 7);
    tiny_take(&tiny, "m", "watch/gate/am", 0);
    tiny_take(&tiny, "m", "watch/gate/pm", 0);
    trial_expect_amount(&tiny, "availability", 2);
    trial_expect_count(&tiny, "availability", 0);
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_STAGED);
    cr_expect_eq(trial_value(report, 0, "wishes"), 14);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

/* ---- eligibility ---- */

static void build_eligible(struct tiny *tiny) {
    build(tiny);
    tiny_post(tiny, .id = "nurse", .unit = "root", .eligible = "tag = nurse");
    tiny_need_range(tiny, "nurse/gate/am", 0, 13, (const int32_t[]){0, 0, 9});
    tiny_tagged(tiny, "n", "root", "nurse");
    tiny_member(tiny, "m", "root");
    tiny_take(tiny, "n", "nurse/gate/am", 0);
    tiny_take(tiny, "m", "watch/gate/am", 0);
}

Test(check_eligibility, catches_a_member_the_post_does_not_admit) {
    struct tiny tiny;
    build_eligible(&tiny);
    trial_expect_count(&tiny, "eligibility", 0);
    tiny_take(&tiny, "m", "nurse/gate/am", 3);
    trial_expect_violation(&tiny, "eligibility", "m", "nurse/gate/2020-02-20/am");
    tiny_fini(&tiny);
}

Test(check_eligibility, charges_a_term_one_per_duty) {
    struct tiny tiny;
    build_eligible(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_ELIGIBILITY, .weight = 1);
    tiny_take(&tiny, "m", "nurse/gate/am", 3);
    tiny_take(&tiny, "m", "nurse/gate/am", 4);
    trial_expect_amount(&tiny, "eligibility", 2);
    trial_expect_count(&tiny, "eligibility", 0);
    tiny_fini(&tiny);
}

/* ---- walking ---- */

static void add_walk(struct tiny *tiny, bool between_zones, const char *from, const char *to,
                     int32_t minutes) {
    struct pioneer_walk walk = {.between_zones = between_zones, .from = from, .to = to, .minutes = minutes};
    cr_assert_eq(pioneer_campaign_add_walk(tiny->campaign, &walk, NULL), PIONEER_OK);
}

/* hall and gym lie in one zone, dorm in another; the slots "early" and "late" leave 30 minutes between them.
 */
static void build_walks(struct tiny *tiny) {
    build(tiny);
    tiny_site(tiny, "hall", "hall", "north");
    tiny_site(tiny, "gym", "gym", "north");
    tiny_site(tiny, "dorm", "dorm", "south");
    tiny_slot(tiny, "early", 400, 480);
    tiny_slot(tiny, "late", 510, 600);
    const char *sites[] = {"hall", "gym", "dorm"};
    for (int32_t i = 0; i < 3; i++) {
        char duty[40];
        snprintf(duty, sizeof duty, "watch/%s/early", sites[i]);
        tiny_need_range(tiny, duty, 0, 13, (const int32_t[]){0, 0, 9});
        snprintf(duty, sizeof duty, "watch/%s/late", sites[i]);
        tiny_need_range(tiny, duty, 0, 13, (const int32_t[]){0, 0, 9});
    }
    tiny_member(tiny, "m", "root");
}

Test(check_walking, catches_a_gap_shorter_than_the_walk_between_zones) {
    struct tiny tiny;
    build_walks(&tiny);
    add_walk(&tiny, true, "south", "north", 40);
    add_walk(&tiny, true, "north", "north", 30);
    tiny_take(&tiny, "m", "watch/hall/early", 0);
    tiny_take(&tiny, "m", "watch/gym/late", 0); /* 30 minutes are enough inside the zone */
    trial_expect_count(&tiny, "walking", 0);
    tiny_take(&tiny, "m", "watch/hall/early", 1);
    tiny_take(&tiny, "m", "watch/dorm/late", 1);
    trial_expect_violation(&tiny, "walking", "m", "watch/dorm/2020-02-18/late");
    tiny_fini(&tiny);
}

Test(check_walking, prefers_the_entry_of_the_sites_then_of_the_zones_then_the_default) {
    struct tiny tiny;
    build_walks(&tiny);
    struct pioneer_campaign_settings settings = {.walking_min = 33};
    cr_assert_eq(pioneer_campaign_set(tiny.campaign, &settings, NULL), PIONEER_OK);
    add_walk(&tiny, true, "south", "north", 40);
    add_walk(&tiny, false, "gym", "dorm", 31);
    tiny_rule(&tiny, .kind = PIONEER_RULE_WALKING, .weight = 1);
    tiny_take(&tiny, "m", "watch/dorm/early", 0);
    tiny_take(&tiny, "m", "watch/gym/late", 0); /* 31 − 30 */
    trial_expect_amount(&tiny, "walking", 1);
    tiny_take(&tiny, "m", "watch/dorm/early", 1);
    tiny_take(&tiny, "m", "watch/hall/late", 1); /* 40 − 30 */
    trial_expect_amount(&tiny, "walking", 11);
    tiny_take(&tiny, "m", "watch/gym/early", 2);
    tiny_take(&tiny, "m", "watch/hall/late", 2); /* no entry: 33 − 30 */
    trial_expect_amount(&tiny, "walking", 14);
    tiny_take(&tiny, "m", "watch/gym/early", 3);
    tiny_take(&tiny, "m", "watch/gym/late", 3); /* the same site: 0 */
    trial_expect_amount(&tiny, "walking", 14);
    trial_expect_count(&tiny, "walking", 0);
    tiny_fini(&tiny);
}

Test(check_walking, holds_over_midnight_too) {
    struct tiny tiny;
    build_walks(&tiny);
    add_walk(&tiny, false, "gate", "dorm", 60);
    tiny_take(&tiny, "m", "watch/gate/night", 0); /* until 06:00 */
    tiny_take(&tiny, "m", "watch/dorm/early", 1); /* from 06:40 */
    trial_expect_violation(&tiny, "walking", "m", "watch/dorm/2020-02-18/early");
    tiny_fini(&tiny);
}

Test(check_walking, leaves_nights_to_a_rest_that_asks_for_more_when_it_is_a_term) {
    struct tiny tiny;
    build_walks(&tiny);
    add_walk(&tiny, false, "gate", "dorm", 60);
    tiny_rule(&tiny, .kind = PIONEER_RULE_WALKING, .weight = 1);
    tiny_take(&tiny, "m", "watch/gate/night", 0);
    tiny_take(&tiny, "m", "watch/dorm/early", 1);
    trial_expect_amount(&tiny, "walking", 20);
    tiny_rule(&tiny, .kind = PIONEER_RULE_REST, .weight = 1, .minutes = 30, .night_minutes = 300);
    trial_expect_amount(&tiny, "walking", 0);
    trial_expect_amount(&tiny, "rest", 260);
    tiny_fini(&tiny);
}

/* ---- rest ---- */

static void build_rest(struct tiny *tiny, int32_t weight) {
    build(tiny);
    tiny_member(tiny, "m", "root");
    tiny_rule(tiny, .kind = PIONEER_RULE_REST, .minutes = 840, .night_minutes = 1000, .weight = weight);
}

Test(check_rest, catches_too_little_time_between_two_worked_days) {
    struct tiny tiny;
    build_rest(&tiny, 0);
    tiny_take(&tiny, "m", "watch/gate/am", 0);
    tiny_take(&tiny, "m", "watch/gate/pm", 0); /* until 18:00; both on one day are no matter of rest */
    tiny_take(&tiny, "m", "watch/gate/am", 1); /* 14 hours later: just enough */
    tiny_take(&tiny, "m", "watch/gate/night", 3);
    tiny_take(&tiny, "m", "watch/gate/pm", 4); /* 8 hours after a night */
    trial_expect_violation(&tiny, "rest", "m", "watch/gate/2020-02-21/pm");
    tiny_fini(&tiny);
}

Test(check_rest, charges_the_minutes_missing_and_more_after_a_night) {
    struct tiny tiny;
    build_rest(&tiny, 2);
    tiny_slot(&tiny, "dusk", 1080, 1200);
    tiny_need_range(&tiny, "watch/gate/dusk", 0, 13, (const int32_t[]){0, 0, 9});
    tiny_take(&tiny, "m", "watch/gate/dusk", 0); /* until 20:00 */
    tiny_take(&tiny, "m", "watch/gate/am", 1);   /* 720 of 840 */
    trial_expect_amount(&tiny, "rest", 120);
    tiny_take(&tiny, "m", "watch/gate/night", 3); /* until 06:00 */
    tiny_take(&tiny, "m", "watch/gate/pm", 4);    /* 480 of 1000 */
    trial_expect_amount(&tiny, "rest", 640);
    tiny_fini(&tiny);
}

Test(check_rest, sees_a_night_in_any_duty_of_the_earlier_day) {
    struct tiny tiny;
    build_rest(&tiny, 1);
    tiny_slot(&tiny, "dawn", 240, 360); /* 04:00 to 06:00 touches the night */
    tiny_need_range(&tiny, "watch/gate/dawn", 0, 13, (const int32_t[]){0, 0, 9});
    tiny_take(&tiny, "m", "watch/gate/dawn", 0);
    tiny_take(&tiny, "m", "watch/gate/pm", 0); /* until 18:00 */
    tiny_take(&tiny, "m", "watch/gate/am", 1); /* 840 of 1000 */
    trial_expect_amount(&tiny, "rest", 160);
    tiny_fini(&tiny);
}

Test(check_rest, follows_the_night_window_of_the_campaign) {
    struct tiny tiny;
    build_rest(&tiny, 1);
    struct pioneer_campaign_settings settings = {.night_from_min = 1079, .night_to_min = 1500};
    cr_assert_eq(pioneer_campaign_set(tiny.campaign, &settings, NULL), PIONEER_OK);
    tiny_take(&tiny, "m", "watch/gate/pm", 0); /* one minute of it, 17:59, is night */
    tiny_take(&tiny, "m", "watch/gate/am", 1);
    trial_expect_amount(&tiny, "rest", 160);
    settings.night_from_min = 1080;
    cr_assert_eq(pioneer_campaign_set(tiny.campaign, &settings, NULL), PIONEER_OK);
    trial_expect_amount(&tiny, "rest", 0);
    tiny_fini(&tiny);
}

Test(check_rest, counts_the_last_duty_of_history_as_a_worked_day) {
    struct tiny tiny;
    build_rest(&tiny, 1);
    tiny_take(&tiny, "m", "watch/gate/am", 0);
    trial_expect_amount(&tiny, "rest", 0);
    tiny_history(&tiny, .member = "m", .last_end_at = tiny_at(-1, 1200), .last_was_night = true);
    trial_expect_amount(&tiny, "rest", 280); /* 720 of 1000 */
    tiny_fini(&tiny);
}

Test(check_rest, is_measured_across_stages_and_charged_in_the_later) {
    struct tiny tiny;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s1", 0, 3);
    tiny_stage(&tiny, "s2", 4, 7);
    tiny_need_range(&tiny, "watch/gate/am", 0, 7, (const int32_t[]){0, 0, 9});
    tiny_need_range(&tiny, "watch/gate/night", 0, 7, (const int32_t[]){0, 0, 9});
    tiny_member(&tiny, "m", "root");
    tiny_rule(&tiny, .kind = PIONEER_RULE_REST, .minutes = 600, .weight = 1);
    tiny_take(&tiny, "m", "watch/gate/night", 3); /* until 06:00 of the second stage */
    tiny_take(&tiny, "m", "watch/gate/am", 4);    /* 120 of 600 */
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_STAGED);
    cr_expect_eq(trial_amount(report, 0, "rest"), 0);
    cr_expect_eq(trial_amount(report, 1, "rest"), 480);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}
