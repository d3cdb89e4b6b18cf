/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge on weekends, complete_weekends, succession and isolation. */
#include <criterion/criterion.h>

#include "trial.h"

#define FROM_0_TO_9 ((const int32_t[]){0, 0, 9})

/* Days 0 (Monday) to 27 in two stages; the second begins on the Sunday of the second week. */
static void build(struct tiny *tiny) {
    tiny_init(tiny);
    tiny_stage(tiny, "s1", 0, 12);
    tiny_stage(tiny, "s2", 13, 27);
    tiny_need_range(tiny, "watch/gate/am", 0, 27, FROM_0_TO_9);
    tiny_need_range(tiny, "watch/gate/pm", 0, 27, FROM_0_TO_9);
    tiny_need_range(tiny, "watch/gate/night", 0, 27, FROM_0_TO_9);
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

/* ---- weekends ---- */

Test(check_weekends, catches_one_too_many) {
    struct tiny tiny;
    build(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_WEEKENDS, .has_max = true, .max = 2);
    tiny_take(&tiny, "m", "watch/gate/am", 5);
    tiny_take(&tiny, "m", "watch/gate/am", 6);
    tiny_take(&tiny, "m", "watch/gate/night", 11); /* Friday night is no weekend */
    tiny_take(&tiny, "m", "watch/gate/am", 20);
    trial_expect_count(&tiny, "weekends", 0);
    tiny_take(&tiny, "m", "watch/gate/am", 27);
    trial_expect_violation(&tiny, "weekends", "m", "watch/gate/2020-03-15/am");
    tiny_fini(&tiny);
}

Test(check_weekends, charges_a_weekend_cut_by_a_stage_on_its_first_worked_day) {
    struct tiny tiny;
    build(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_WEEKENDS, .has_max = true, .max = 0, .weight = 1);
    tiny_take(&tiny, "m", "watch/gate/am", 12);
    tiny_take(&tiny, "m", "watch/gate/am", 13);
    expect_amounts(&tiny, "weekends", 1, 0);
    tiny_take(&tiny, "m", "watch/gate/am", 19);
    expect_amounts(&tiny, "weekends", 1, 1);
    tiny_fini(&tiny);
}

Test(check_weekends, adds_those_of_history) {
    struct tiny tiny;
    build(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_WEEKENDS, .has_max = true, .max = 2, .weight = 1);
    tiny_history(&tiny, .member = "m", .weekends = 5);
    expect_amounts(&tiny, "weekends", 0, 0); /* what it cost before is not charged again */
    tiny_take(&tiny, "m", "watch/gate/am", 5);
    expect_amounts(&tiny, "weekends", 1, 0);
    tiny_fini(&tiny);
}

Test(check_weekends, does_not_count_a_weekend_twice_that_history_began) {
    struct tiny tiny;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s1", 6, 13); /* begins on a Sunday */
    tiny_need_range(&tiny, "watch/gate/am", 6, 13, FROM_0_TO_9);
    tiny_member(&tiny, "m", "root");
    tiny_rule(&tiny, .kind = PIONEER_RULE_WEEKENDS, .has_max = true, .max = 1, .weight = 1);
    tiny_history(&tiny, .member = "m", .weekends = 1, .saturday_worked = true);
    tiny_take(&tiny, "m", "watch/gate/am", 6);
    trial_expect_amount(&tiny, "weekends", 0);
    tiny_take(&tiny, "m", "watch/gate/am", 12);
    trial_expect_amount(&tiny, "weekends", 1);
    tiny_fini(&tiny);
}

/* ---- complete_weekends ---- */

Test(check_complete_weekends, catches_half_a_weekend) {
    struct tiny tiny;
    build(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_COMPLETE_WEEKENDS);
    tiny_take(&tiny, "m", "watch/gate/am", 5);
    tiny_take(&tiny, "m", "watch/gate/pm", 6);
    trial_expect_count(&tiny, "complete_weekends", 0);
    tiny_take(&tiny, "m", "watch/gate/am", 19);
    trial_expect_violation(&tiny, "complete_weekends", "m", NULL);
    tiny_fini(&tiny);
}

Test(check_complete_weekends, charges_on_sunday_also_across_stages) {
    struct tiny tiny;
    build(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_COMPLETE_WEEKENDS, .weight = 1);
    tiny_take(&tiny, "m", "watch/gate/am", 12);
    expect_amounts(&tiny, "complete_weekends", 0, 1);
    tiny_take(&tiny, "m", "watch/gate/am", 6);
    expect_amounts(&tiny, "complete_weekends", 1, 1);
    tiny_take(&tiny, "m", "watch/gate/am", 13);
    expect_amounts(&tiny, "complete_weekends", 1, 0);
    tiny_fini(&tiny);
}

Test(check_complete_weekends, leaves_a_weekend_alone_that_the_campaign_cuts) {
    struct tiny tiny;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s1", 6, 12); /* Sunday to Saturday */
    tiny_need_range(&tiny, "watch/gate/am", 6, 12, FROM_0_TO_9);
    tiny_member(&tiny, "m", "root");
    tiny_rule(&tiny, .kind = PIONEER_RULE_COMPLETE_WEEKENDS, .weight = 1);
    tiny_take(&tiny, "m", "watch/gate/am", 6);
    tiny_take(&tiny, "m", "watch/gate/am", 12);
    trial_expect_amount(&tiny, "complete_weekends", 0);
    tiny_fini(&tiny);
}

/* ---- succession ---- */

static const char *const night[] = {"night"};
static const char *const day_kinds[] = {"am", "pm"};

static void add_succession(struct tiny *tiny, int32_t weight) {
    tiny_rule(tiny, .kind = PIONEER_RULE_SUCCESSION, .slot_kinds = night, .slot_kind_count = 1,
              .next_kinds = day_kinds, .next_kind_count = 2, .weight = weight);
}

Test(check_succession, catches_a_forbidden_pair_of_neighbouring_days) {
    struct tiny tiny;
    build(&tiny);
    add_succession(&tiny, 0);
    tiny_take(&tiny, "m", "watch/gate/night", 0);
    tiny_take(&tiny, "m", "watch/gate/night", 1);
    tiny_take(&tiny, "m", "watch/gate/am", 3); /* a day lies between */
    tiny_take(&tiny, "m", "watch/gate/am", 2 + 3);
    trial_expect_count(&tiny, "succession", 0);
    tiny_take(&tiny, "m", "watch/gate/pm", 2);
    trial_expect_violation(&tiny, "succession", "m", "watch/gate/2020-02-19/pm");
    tiny_fini(&tiny);
}

Test(check_succession, charges_one_a_pair_of_days_also_across_stages) {
    struct tiny tiny;
    build(&tiny);
    add_succession(&tiny, 1);
    tiny_take(&tiny, "m", "watch/gate/night", 12);
    tiny_take(&tiny, "m", "watch/gate/am", 13);
    tiny_take(&tiny, "m", "watch/gate/pm", 13);
    expect_amounts(&tiny, "succession", 0, 1);
    tiny_fini(&tiny);
}

Test(check_succession, sees_the_last_kind_of_history_on_the_first_day) {
    struct tiny tiny;
    build(&tiny);
    add_succession(&tiny, 1);
    tiny_history(&tiny, .member = "m", .last_kind = "night");
    tiny_take(&tiny, "m", "watch/gate/am", 1);
    expect_amounts(&tiny, "succession", 0, 0);
    tiny_take(&tiny, "m", "watch/gate/am", 0);
    expect_amounts(&tiny, "succession", 1, 0);
    tiny_fini(&tiny);
}

/* ---- isolation ---- */

static const char *const ward_kind[] = {"ward"};
static const char *const canteen_kind[] = {"canteen"};

static void build_isolation(struct tiny *tiny, int32_t days, int32_t weight) {
    build(tiny);
    tiny_site(tiny, "ward", "ward", NULL);
    tiny_site(tiny, "canteen", "canteen", NULL);
    tiny_need_range(tiny, "watch/ward/am", 0, 27, FROM_0_TO_9);
    tiny_need_range(tiny, "watch/canteen/pm", 0, 27, FROM_0_TO_9);
    tiny_rule(tiny, .kind = PIONEER_RULE_ISOLATION, .site_kinds = ward_kind, .site_kind_count = 1,
              .other_site_kinds = canteen_kind, .other_site_kind_count = 1, .days = days, .weight = weight);
}

Test(check_isolation, catches_a_day_too_close_to_the_other_class_in_either_order) {
    struct tiny tiny;
    build_isolation(&tiny, 2, 0);
    tiny_take(&tiny, "m", "watch/ward/am", 0);
    tiny_take(&tiny, "m", "watch/canteen/pm", 3); /* three days apart is far enough */
    trial_expect_count(&tiny, "isolation", 0);
    tiny_take(&tiny, "m", "watch/ward/am", 5);
    trial_expect_violation(&tiny, "isolation", "m", "watch/ward/2020-02-22/am");
    tiny_take(&tiny, "m", "watch/canteen/pm", 7);
    trial_expect_count(&tiny, "isolation", 2);
    tiny_fini(&tiny);
}

Test(check_isolation, forbids_only_the_same_day_with_days_0) {
    struct tiny tiny;
    build_isolation(&tiny, 0, 1);
    tiny_take(&tiny, "m", "watch/ward/am", 0);
    tiny_take(&tiny, "m", "watch/canteen/pm", 1);
    expect_amounts(&tiny, "isolation", 0, 0);
    tiny_take(&tiny, "m", "watch/canteen/pm", 0);
    expect_amounts(&tiny, "isolation", 1, 0); /* one worked day */
    tiny_fini(&tiny);
}

Test(check_isolation, remembers_earlier_stages_and_the_visits_of_history) {
    struct tiny tiny;
    build_isolation(&tiny, 14, 1);
    struct pioneer_history_visit visits[] = {{"ward", tiny_day(-12)}};
    tiny_history(&tiny, .member = "m", .visits = visits, .visit_count = 1);
    tiny_take(&tiny, "m", "watch/canteen/pm", 3);
    expect_amounts(&tiny, "isolation", 0, 0);
    tiny_take(&tiny, "m", "watch/canteen/pm", 2);
    expect_amounts(&tiny, "isolation", 1, 0);
    tiny_take(&tiny, "m", "watch/ward/am", 17);
    expect_amounts(&tiny, "isolation", 1, 1);
    tiny_fini(&tiny);
}
