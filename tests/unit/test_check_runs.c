/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge on work_run, off_run and kind_run, and on their borders. */
#include <criterion/criterion.h>
#include <string.h>

#include "trial.h"

/* One stage of the days 0..9, one member, and the rule. */
static void build(struct tiny *tiny, const struct pioneer_rule *rule) {
    tiny_init(tiny);
    tiny_stage(tiny, "s1", 0, 9);
    tiny_need_range(tiny, "watch/gate/am", 0, 9, (const int32_t[]){0, 0, 9});
    tiny_need_range(tiny, "watch/gate/night", 0, 9, (const int32_t[]){0, 0, 9});
    tiny_member(tiny, "m", "root");
    tiny_add_rule(tiny, rule);
}

/* Puts the member on "am" on each day marked 'x', on "night" on each marked 'n'. */
static void work(struct tiny *tiny, const char *days) {
    for (int32_t i = 0; i < (int32_t)strlen(days); i++) {
        if (days[i] != '.') {
            tiny_take(tiny, "m", days[i] == 'x' ? "watch/gate/am" : "watch/gate/night", i);
        }
    }
}

/* What the rule as a term charges for the days, with a history or without. */
static int64_t charge(struct pioneer_rule rule, const struct pioneer_history *history, const char *days) {
    struct tiny tiny;
    rule.id = "run";
    rule.weight = 1;
    build(&tiny, &rule);
    if (history != NULL) {
        tiny_add_history(&tiny, history);
    }
    work(&tiny, days);
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_STAGED);
    int64_t amount = trial_amount(report, 0, "run");
    cr_expect_eq(trial_count(report, "work_run") + trial_count(report, "off_run") +
                     trial_count(report, "kind_run"),
                 0);
    pioneer_report_free(report);
    tiny_fini(&tiny);
    return amount;
}

#define charge_of(days, past, ...) charge((struct pioneer_rule){__VA_ARGS__}, (past), (days))
#define WORK                       .kind = PIONEER_RULE_WORK_RUN
#define OFF                        .kind = PIONEER_RULE_OFF_RUN
#define MAX(n)                     .has_max = true, .max = (n)
#define MIN(n)                     .has_min = true, .min = (n)

Test(check_work_run, catches_a_run_that_is_too_long_on_each_day_beyond) {
    struct tiny tiny;
    struct pioneer_rule rule = {WORK, MAX(3)};
    build(&tiny, &rule);
    work(&tiny, "xxx.xxx...");
    trial_expect_count(&tiny, "work_run", 0);
    tiny_take(&tiny, "m", "watch/gate/am", 7);
    trial_expect_violation(&tiny, "work_run", "m", NULL);
    tiny_take(&tiny, "m", "watch/gate/am", 3);
    trial_expect_count(&tiny, "work_run", 5);
    tiny_fini(&tiny);
}

Test(check_work_run, catches_a_run_that_is_too_short) {
    struct tiny tiny;
    struct pioneer_rule rule = {WORK, MIN(2)};
    build(&tiny, &rule);
    work(&tiny, "xx..xx....");
    trial_expect_count(&tiny, "work_run", 0);
    tiny_take(&tiny, "m", "watch/gate/am", 7);
    trial_expect_violation(&tiny, "work_run", "m", NULL);
    tiny_fini(&tiny);
}

Test(check_work_run, charges_days_outside) {
    cr_expect_eq(charge_of("xxxx.xxxxx", NULL, WORK, MAX(3)), 1 + 2);
    cr_expect_eq(charge_of(".x.xx.xxx.", NULL, WORK, MIN(3)), 2 + 1);
    cr_expect_eq(charge_of("..........", NULL, WORK, MIN(3)), 0);
    cr_expect_eq(charge_of("xxxx.x.xx.", NULL, WORK, MIN(2), MAX(3)), 1 + 1);
}

Test(check_work_run, judges_a_short_run_at_the_start_unless_exempt) {
    cr_expect_eq(charge_of("x.........", NULL, WORK, MIN(3)), 2);
    cr_expect_eq(charge_of("x.........", NULL, WORK, MIN(3), .at_start = PIONEER_BORDER_JUDGE), 2);
    cr_expect_eq(charge_of("x.........", NULL, WORK, MIN(3), .at_start = PIONEER_BORDER_EXEMPT), 0);
    cr_expect_eq(charge_of(".x........", NULL, WORK, MIN(3), .at_start = PIONEER_BORDER_EXEMPT), 2);
}

Test(check_work_run, exempts_a_short_run_at_the_end_unless_judged) {
    cr_expect_eq(charge_of(".........x", NULL, WORK, MIN(3)), 0);
    cr_expect_eq(charge_of(".........x", NULL, WORK, MIN(3), .at_end = PIONEER_BORDER_JUDGE), 2);
    cr_expect_eq(charge_of("........xx", NULL, WORK, MIN(3), .at_end = PIONEER_BORDER_JUDGE), 1);
    cr_expect_eq(charge_of(".......x..", NULL, WORK, MIN(3), .at_end = PIONEER_BORDER_EXEMPT), 2);
    cr_expect_eq(charge_of("xxxxxxxxxx", NULL, WORK, MIN(11), .at_start = PIONEER_BORDER_EXEMPT,
                           .at_end = PIONEER_BORDER_JUDGE),
                 0);
}

Test(check_work_run, continues_a_run_from_history) {
    const struct pioneer_history two = {.member = "m", .run_worked = 2};
    cr_expect_eq(charge_of("xx........", &two, WORK, MAX(3)), 1);
    cr_expect_eq(charge_of("x.........", &two, WORK, MIN(3)), 0);
    cr_expect_eq(charge_of("x.........", &two, WORK, MIN(4)), 1);
    cr_expect_eq(charge_of("x.........", &two, WORK, MIN(4), .at_start = PIONEER_BORDER_EXEMPT), 0);
}

Test(check_work_run, charges_a_run_that_arrives_too_long_one_a_further_day) {
    const struct pioneer_history six = {.member = "m", .run_worked = 6};
    cr_expect_eq(charge_of("xx........", &six, WORK, MAX(3)), 2);
    cr_expect_eq(charge_of("..........", &six, WORK, MAX(3)), 0);
}

Test(check_work_run, charges_a_short_run_from_history_on_the_first_day) {
    const struct pioneer_history one = {.member = "m", .run_worked = 1};
    cr_expect_eq(charge_of("..........", &one, WORK, MIN(3)), 2);
    cr_expect_eq(charge_of("..........", &one, WORK, MIN(3), .ignore_history = true), 0);
}

Test(check_work_run, forgets_history_when_told_to) {
    const struct pioneer_history two = {.member = "m", .run_worked = 2};
    cr_expect_eq(charge_of("xx........", &two, WORK, MAX(3), .ignore_history = true), 0);
    cr_expect_eq(charge_of("x.........", &two, WORK, MIN(3), .ignore_history = true), 2);
}

/* Two stages, 0..4 and 7..9, with two days between them. */
static void build_stages(struct tiny *tiny, struct pioneer_rule rule, const char *days) {
    tiny_init(tiny);
    tiny_stage(tiny, "s1", 0, 4);
    tiny_stage(tiny, "s2", 7, 9);
    tiny_need_range(tiny, "watch/gate/am", 0, 9, (const int32_t[]){0, 0, 9});
    tiny_member(tiny, "m", "root");
    rule.id = "run";
    rule.weight = 1;
    tiny_add_rule(tiny, &rule);
    work(tiny, days);
}

static void expect_stages(struct pioneer_rule rule, const char *days, int64_t first, int64_t second) {
    struct tiny tiny;
    build_stages(&tiny, rule, days);
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_STAGED);
    cr_expect_eq(trial_amount(report, 0, "run"), first);
    cr_expect_eq(trial_amount(report, 1, "run"), second);
    pioneer_report_free(report);
    report = trial_judge(&tiny, PIONEER_JOINT);
    cr_expect_eq(trial_amount(report, 0, "run"), first + second);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

Test(check_off_run, counts_the_days_between_stages_as_days_off_but_charges_none_on_them) {
    expect_stages((struct pioneer_rule){OFF, MAX(2)}, "xxx....xxx", 0, 0);
    expect_stages((struct pioneer_rule){OFF, MAX(2)}, "xx......xx", 1, 1);
}

Test(check_work_run, ends_with_the_stage_when_days_lie_between) {
    expect_stages((struct pioneer_rule){WORK, MAX(2)}, "...xx..xx.", 0, 0);
}

Test(check_work_run, is_charged_in_the_stage_where_it_ends) {
    struct tiny tiny;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s1", 0, 4);
    tiny_stage(&tiny, "s2", 5, 9);
    tiny_need_range(&tiny, "watch/gate/am", 0, 9, (const int32_t[]){0, 0, 9});
    tiny_member(&tiny, "m", "root");
    tiny_rule(&tiny, .id = "run", .weight = 1, WORK, MIN(3), MAX(3));
    work(&tiny, "....x.xxxx");
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_STAGED);
    cr_expect_eq(trial_amount(report, 0, "run"), 0);
    cr_expect_eq(trial_amount(report, 1, "run"), 2 + 1);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

static const struct pioneer_open_cost open_costs[] = {{3, 20}, {1, 50}, {5, 0}};
#define OPEN .open_costs = open_costs, .open_cost_count = 3

Test(check_work_run, charges_a_run_that_is_open_at_the_end_by_its_length) {
    cr_expect_eq(charge_of("xxxx....x.", NULL, WORK, OPEN), 0);
    cr_expect_eq(charge_of("xxxx.....x", NULL, WORK, OPEN), 50);
    cr_expect_eq(charge_of("........xx", NULL, WORK, OPEN), 50);
    cr_expect_eq(charge_of("......xxxx", NULL, WORK, OPEN), 20);
    cr_expect_eq(charge_of(".....xxxxx", NULL, WORK, OPEN), 0);
    cr_expect_eq(charge_of(".....xxxxx", NULL, WORK, MAX(3), OPEN), 2);
    cr_expect_eq(charge_of(".......xxx", NULL, OFF, OPEN), 0);
    cr_expect_eq(charge_of("xxxxxxx...", NULL, OFF, OPEN), 20);
}

Test(check_work_run, counts_history_in_a_run_that_is_open_at_the_end) {
    const struct pioneer_history past = {.member = "m", .run_off = 2};
    cr_expect_eq(charge_of("..........", &past, OFF, .open_costs = &(struct pioneer_open_cost){12, 9},
                           .open_cost_count = 1),
                 9);
    cr_expect_eq(charge_of("..........", &past, OFF, .open_costs = &(struct pioneer_open_cost){13, 9},
                           .open_cost_count = 1),
                 0);
}

Test(check_kind_run, charges_the_kind_of_the_last_day_alone) {
    static const char *const kinds[] = {"am", "night"};
    cr_expect_eq(charge_of("oooooooxxx", NULL, .kind = PIONEER_RULE_KIND_RUN, .slot_kinds = kinds,
                           .slot_kind_count = 2, OPEN),
                 20);
}

Test(check_work_run, holds_an_open_run_against_a_hard_rule) {
    struct tiny tiny;
    struct pioneer_rule rule = {WORK, OPEN};
    build(&tiny, &rule);
    work(&tiny, "xxx......x");
    trial_expect_violation(&tiny, "work_run", "m", NULL);
    tiny_fini(&tiny);
}

Test(check_off_run, judges_days_off_like_days_of_work) {
    cr_expect_eq(charge_of("x...xx.xxx", NULL, OFF, MAX(2)), 1);
    cr_expect_eq(charge_of("x...xx.xxx", NULL, OFF, MIN(2)), 1);
    cr_expect_eq(charge_of(".xxxxxxxxx", NULL, OFF, MIN(2)), 1);
    cr_expect_eq(charge_of("xxxxxxxxx.", NULL, OFF, MIN(2)), 0);
    const struct pioneer_history one = {.member = "m", .run_off = 1};
    cr_expect_eq(charge_of(".xxxxxxxxx", &one, OFF, MIN(2)), 0);
    cr_expect_eq(charge_of("xxxxxxxxxx", &one, OFF, MIN(2)), 1);
}

Test(check_off_run, catches_too_many_days_off) {
    struct tiny tiny;
    struct pioneer_rule rule = {OFF, MAX(4)};
    build(&tiny, &rule);
    work(&tiny, "....x....x");
    trial_expect_count(&tiny, "off_run", 0);
    tiny.taken_count--;
    trial_expect_violation(&tiny, "off_run", "m", NULL);
    tiny.taken_count++;
    tiny_fini(&tiny);
}

static const char *const night_and_am[] = {"night", "am"};

Test(check_kind_run, judges_each_listed_kind_by_itself) {
    cr_expect_eq(charge_of("nnxxxn....", NULL, .kind = PIONEER_RULE_KIND_RUN, .slot_kinds = night_and_am,
                           .slot_kind_count = 1, MAX(1)),
                 1);
    cr_expect_eq(charge_of("nnxxxn....", NULL, .kind = PIONEER_RULE_KIND_RUN, .slot_kinds = night_and_am,
                           .slot_kind_count = 2, MAX(1)),
                 1 + 2);
    cr_expect_eq(charge_of("nnxxxn....", NULL, .kind = PIONEER_RULE_KIND_RUN, .slot_kinds = night_and_am,
                           .slot_kind_count = 2, MIN(2)),
                 1);
}

Test(check_kind_run, continues_the_kind_of_history_alone) {
    const struct pioneer_history nights = {
        .member = "m", .last_kind = "night", .run_kind = 2, .run_worked = 5};
    cr_expect_eq(charge_of("nx........", &nights, .kind = PIONEER_RULE_KIND_RUN, .slot_kinds = night_and_am,
                           .slot_kind_count = 2, MAX(2)),
                 1);
    cr_expect_eq(charge_of("xx........", &nights, .kind = PIONEER_RULE_KIND_RUN, .slot_kinds = night_and_am,
                           .slot_kind_count = 2, MIN(3)),
                 1 + 1);
}

Test(check_kind_run, catches_a_run_of_nights) {
    struct tiny tiny;
    struct pioneer_rule rule = {
        .kind = PIONEER_RULE_KIND_RUN, .slot_kinds = night_and_am, .slot_kind_count = 1, MAX(2)};
    build(&tiny, &rule);
    work(&tiny, "nn.nnx....");
    trial_expect_count(&tiny, "kind_run", 0);
    tiny_take(&tiny, "m", "watch/gate/night", 2);
    trial_expect_count(&tiny, "kind_run", 3);
    tiny_fini(&tiny);
}
