/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of carrying history from one campaign into the next. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include <pioneer/store.h>

#include "base/rng.h"
#include "model/campaign.h"
#include "trial.h"

/* The roster that the test has typed by hand; the caller's. */
static struct pioneer_roster *roster_of(const struct tiny *tiny) {
    struct pioneer_roster *roster = NULL;
    cr_assert_eq(pioneer_roster_new(&roster), PIONEER_OK);
    for (int32_t i = 0; i < tiny->taken_count; i++) {
        cr_assert_eq(pioneer_roster_add(roster, &tiny->taken[i], NULL), PIONEER_OK);
    }
    return roster;
}

static void validate(struct tiny *tiny) {
    struct pioneer_error error = {0};
    cr_assert_eq(pioneer_campaign_validate(tiny->campaign, &error), PIONEER_OK, "%s: %s", error.where,
                 error.message);
}

/* Carries from `past` into `next`, from the day that is so many days after the Monday. */
static enum pioneer_status carry(struct tiny *past, struct tiny *next, int32_t from,
                                 struct pioneer_error *error) {
    struct pioneer_roster *roster = roster_of(past);
    validate(past);
    enum pioneer_status status =
        pioneer_history_carry(past->campaign, roster, next->campaign, tiny_day(from), error);
    pioneer_roster_free(roster);
    return status;
}

static void must_carry(struct tiny *past, struct tiny *next, int32_t from) {
    struct pioneer_error error = {0};
    cr_assert_eq(carry(past, next, from, &error), PIONEER_OK, "%s: %s", error.code, error.message);
}

static const struct pioneer_history *history_of(const struct tiny *tiny, const char *member) {
    const struct pioneer_history *found = NULL;
    for (int32_t i = 0; i < pioneer_campaign_history_count(tiny->campaign); i++) {
        const struct pioneer_history *history = pioneer_campaign_history_at(tiny->campaign, i);
        if (strcmp(history->member, member) == 0) {
            cr_assert(found == NULL, "%s has two histories", member);
            found = history;
        }
    }
    cr_assert(found != NULL, "%s has no history", member);
    return found;
}

/* Two members, mornings and nights at the gate, from Monday to Sunday; the next campaign is the week after.
 */
static struct tiny past, next;

static void setup(void) {
    tiny_init(&past);
    tiny_stage(&past, "first", 0, 6);
    tiny_site(&past, "ward", "ward", NULL);
    tiny_member(&past, "a", "root");
    tiny_member(&past, "b", "root");
    tiny_need_range(&past, "watch/gate/am", 0, 6, (const int32_t[3]){0, 1, 2});
    tiny_need_range(&past, "watch/gate/night", 0, 6, (const int32_t[3]){0, 0, 2});
    tiny_need_range(&past, "watch/ward/pm", 0, 6, (const int32_t[3]){0, 0, 2});
    tiny_init(&next);
    tiny_stage(&next, "second", 7, 13);
    tiny_member(&next, "a", "root");
    tiny_member(&next, "b", "root");
    tiny_need(&next, "watch/gate/am", 7, 13, 1);
}

static void teardown(void) {
    tiny_fini(&past);
    tiny_fini(&next);
}

TestSuite(history, .init = setup, .fini = teardown);

Test(history, adds_loads_and_entitlements_to_what_there_was) {
    tiny_history(&past, .member = "a", .load_min = 1000, .entitled_min = 900, .load_hardship = 3);
    tiny_take(&past, "a", "watch/gate/am", 0);
    tiny_take(&past, "a", "watch/gate/night", 1);
    must_carry(&past, &next, 7);
    const struct pioneer_history *a = history_of(&next, "a"), *b = history_of(&next, "b");
    cr_expect_eq(a->load_min, 1000 + 240 + 480);
    cr_expect_eq(b->load_min, 0);
    /* One person for seven mornings is wanted, and both may do the same. */
    cr_expect_eq(a->entitled_min, 900 + 7 * 240 / 2);
    cr_expect_eq(b->entitled_min, 7 * 240 / 2);
    cr_expect_eq(a->load_hardship, 3);
    validate(&next);
}

Test(history, of_a_part_that_the_day_cuts_is_entitled_by_the_demand_before) {
    tiny_take(&past, "a", "watch/gate/am", 1);
    tiny_take(&past, "a", "watch/gate/am", 3);
    must_carry(&past, &next, 2);
    cr_expect_eq(history_of(&next, "a")->load_min, 240, "the day itself and later ones do not count");
    cr_expect_eq(history_of(&next, "a")->entitled_min, 2 * 240 / 2);
}

Test(history, does_not_count_absences) {
    tiny_take(&past, "a", "watch/gate/am", 6);
    past.taken[0].state = PIONEER_ABSENT;
    must_carry(&past, &next, 7);
    cr_expect_eq(history_of(&next, "a")->load_min, 0);
    cr_expect_eq(history_of(&next, "a")->run_worked, 0);
    cr_expect_eq(history_of(&next, "a")->last_end_at, 0);
}

Test(history, counts_runs_of_days_worked_and_of_one_kind) {
    tiny_take(&past, "a", "watch/gate/am", 3);
    tiny_take(&past, "a", "watch/gate/am", 4);
    tiny_take(&past, "a", "watch/gate/night", 5);
    tiny_take(&past, "a", "watch/gate/am", 6);
    tiny_take(&past, "a", "watch/gate/night", 6);
    tiny_take(&past, "b", "watch/gate/am", 2);
    must_carry(&past, &next, 7);
    const struct pioneer_history *a = history_of(&next, "a"), *b = history_of(&next, "b");
    cr_expect_eq(a->run_worked, 4);
    cr_expect_eq(a->run_off, 0);
    cr_expect_str_eq(a->last_kind, "night", "the last duty of the day before");
    cr_expect_eq(a->run_kind, 2);
    cr_expect_eq(b->run_worked, 0);
    cr_expect_eq(b->run_off, 4);
    cr_expect_null(b->last_kind);
    cr_expect_eq(b->run_kind, 0);
}

Test(history, lets_runs_go_on_that_came_from_before) {
    tiny_history(&past, .member = "a", .run_worked = 5, .last_kind = "am", .run_kind = 2);
    tiny_history(&past, .member = "b", .run_off = 9);
    for (int32_t day = 0; day <= 6; day++) {
        tiny_take(&past, "a", "watch/gate/am", day);
    }
    must_carry(&past, &next, 7);
    cr_expect_eq(history_of(&next, "a")->run_worked, 5 + 7);
    cr_expect_eq(history_of(&next, "a")->run_kind, 2 + 7);
    cr_expect_eq(history_of(&next, "b")->run_off, 9 + 7);
}

Test(history, takes_days_between_campaigns_for_days_off) {
    tiny_take(&past, "a", "watch/gate/am", 6);
    must_carry(&past, &next, 9);
    const struct pioneer_history *a = history_of(&next, "a");
    cr_expect_eq(a->run_worked, 0);
    cr_expect_eq(a->run_off, 2);
    cr_expect_null(a->last_kind);
    cr_expect_eq(a->last_end_at, tiny_at(6, 720));
}

Test(history, passes_on_what_there_was_when_nothing_lies_between) {
    tiny_history(&past, .member = "a", .run_worked = 2, .last_kind = "pm", .run_kind = 1, .weekends = 3,
                 .last_post = "watch");
    must_carry(&past, &next, 0);
    const struct pioneer_history *a = history_of(&next, "a");
    cr_expect_eq(a->run_worked, 2);
    cr_expect_str_eq(a->last_kind, "pm");
    cr_expect_eq(a->run_kind, 1);
    cr_expect_eq(a->weekends, 3);
    cr_expect_str_eq(a->last_post, "watch");
}

Test(history, remembers_the_last_duty_and_whether_its_day_had_a_night) {
    tiny_take(&past, "a", "watch/gate/night", 4);
    tiny_take(&past, "a", "watch/ward/pm", 5);
    tiny_take(&past, "b", "watch/ward/pm", 5);
    tiny_take(&past, "b", "watch/gate/night", 5);
    must_carry(&past, &next, 7);
    const struct pioneer_history *a = history_of(&next, "a"), *b = history_of(&next, "b");
    cr_expect_eq(a->last_end_at, tiny_at(5, 1080));
    cr_expect_not(a->last_was_night);
    cr_expect_str_eq(a->last_site, "ward");
    cr_expect_eq(b->last_end_at, tiny_at(6, 360));
    cr_expect(b->last_was_night);
    cr_expect_str_eq(b->last_site, "gate");
}

Test(history, counts_weekends_once_and_knows_a_saturday_just_before) {
    tiny_history(&past, .member = "a", .weekends = 2);
    tiny_take(&past, "a", "watch/gate/am", 5);
    tiny_take(&past, "a", "watch/gate/am", 6);
    tiny_take(&past, "b", "watch/gate/am", 4);
    must_carry(&past, &next, 7);
    cr_expect_eq(history_of(&next, "a")->weekends, 3);
    cr_expect_not(history_of(&next, "a")->saturday_worked, "the next campaign starts on a Monday");
    cr_expect_eq(history_of(&next, "b")->weekends, 0);
    must_carry(&past, &next, 6);
    cr_expect_eq(history_of(&next, "a")->weekends, 3);
    cr_expect(history_of(&next, "a")->saturday_worked, "and now on a Sunday");
}

Test(history, does_not_count_a_weekend_again_that_was_open_at_the_start) {
    struct tiny sunday;
    tiny_init(&sunday);
    tiny_stage(&sunday, "first", 6, 8);
    tiny_member(&sunday, "a", "root");
    tiny_need(&sunday, "watch/gate/am", 6, 8, 1);
    tiny_history(&sunday, .member = "a", .weekends = 1, .saturday_worked = true);
    tiny_take(&sunday, "a", "watch/gate/am", 6);
    must_carry(&sunday, &next, 9);
    cr_expect_eq(history_of(&next, "a")->weekends, 1);
    tiny_fini(&sunday);
}

static int32_t count_of(const struct pioneer_history *history, const char *rule) {
    for (int32_t i = 0; i < history->count_count; i++) {
        if (strcmp(history->counts[i].rule, rule) == 0) {
            return history->counts[i].count;
        }
    }
    return 0;
}

static void add_window_rules(struct tiny *tiny) {
    const char *const nights[] = {"night"};
    tiny_rule(tiny, .id = "week", .kind = PIONEER_RULE_MINUTES, .window = PIONEER_WINDOW_WEEK,
              .has_max = true, .max = 3000);
    tiny_rule(tiny, .id = "all", .kind = PIONEER_RULE_DUTIES, .has_max = true, .max = 30);
    tiny_rule(tiny, .id = "nights", .kind = PIONEER_RULE_COUNT, .slots = nights, .slot_count = 1,
              .has_max = true, .max = 9);
    tiny_rule(tiny, .id = "day", .kind = PIONEER_RULE_DUTIES, .window = PIONEER_WINDOW_DAY, .has_max = true,
              .max = 3);
}

Test(history, carries_what_is_used_up_of_windows_that_stay_open) {
    const struct pioneer_history_count counts[] = {{"all", 10}, {"week", 777}};
    add_window_rules(&past);
    add_window_rules(&next);
    tiny_history(&past, .member = "a", .counts = counts, .count_count = 2);
    tiny_slot(&next, "spare", 0, 60);
    tiny_take(&past, "a", "watch/gate/am", 1);
    tiny_take(&past, "a", "watch/gate/night", 2);
    must_carry(&past, &next, 3);
    const struct pioneer_history *a = history_of(&next, "a");
    cr_expect_eq(count_of(a, "week"), 240 + 480,
                 "the campaign began with the week, so 777 belongs to another");
    cr_expect_eq(count_of(a, "all"), 10 + 2);
    cr_expect_eq(count_of(a, "nights"), 1);
    cr_expect_eq(count_of(a, "day"), 0);
    must_carry(&past, &next, 7);
    cr_expect_eq(count_of(history_of(&next, "a"), "week"), 0, "Monday opens a new week");
    cr_expect_eq(count_of(history_of(&next, "a"), "all"), 12);
}

Test(history, carries_counts_for_rules_of_equal_id_and_kind_only) {
    add_window_rules(&past);
    tiny_rule(&next, .id = "all", .kind = PIONEER_RULE_MINUTES, .has_max = true, .max = 30000);
    tiny_take(&past, "a", "watch/gate/am", 1);
    must_carry(&past, &next, 7);
    cr_expect_eq(history_of(&next, "a")->count_count, 0);
}

static int32_t visit_of(const struct pioneer_history *history, const char *kind) {
    for (int32_t i = 0; i < history->visit_count; i++) {
        if (strcmp(history->visits[i].site_kind, kind) == 0) {
            return history->visits[i].day;
        }
    }
    return 0;
}

Test(history, remembers_the_last_visit_to_each_kind_of_site) {
    const struct pioneer_history_visit visits[] = {{"gate", tiny_day(-3)}, {"lab", tiny_day(-2)}};
    tiny_history(&past, .member = "a", .visits = visits, .visit_count = 2);
    tiny_take(&past, "a", "watch/gate/am", 1);
    tiny_take(&past, "a", "watch/gate/am", 2);
    tiny_take(&past, "a", "watch/ward/pm", 2);
    must_carry(&past, &next, 7);
    const struct pioneer_history *a = history_of(&next, "a");
    cr_expect_eq(visit_of(a, "gate"), tiny_day(2));
    cr_expect_eq(visit_of(a, "ward"), tiny_day(2));
    cr_expect_eq(visit_of(a, "lab"), tiny_day(-2));
    cr_expect_eq(a->visit_count, 3);
}

Test(history, replaces_old_descriptions_and_leaves_strangers_alone) {
    tiny_member(&next, "c", "root");
    tiny_history(&next, .member = "c", .load_min = 5);
    tiny_history(&next, .member = "a", .load_min = 99999);
    tiny_take(&past, "a", "watch/gate/am", 1);
    must_carry(&past, &next, 7);
    cr_expect_eq(history_of(&next, "a")->load_min, 240);
    cr_expect_eq(history_of(&next, "c")->load_min, 5);
    cr_expect_eq(pioneer_campaign_history_count(next.campaign), 3);
    must_carry(&past, &next, 7);
    cr_expect_eq(pioneer_campaign_history_count(next.campaign), 3, "a second time changes nothing");
}

static void expect_refusal(int32_t from, const char *code) {
    struct pioneer_error error = {0};
    tiny_history(&next, .member = "a", .load_min = 7);
    validate(&next);
    cr_expect_eq(carry(&past, &next, from, &error), PIONEER_E_INVALID);
    cr_expect_str_eq(error.code, code);
    cr_expect_eq(history_of(&next, "a")->load_min, 7, "a failed call changes nothing");
    cr_expect_eq(pioneer_campaign_history_count(next.campaign), 1);
    cr_expect(next.campaign->validated);
}

Test(history, refuses_a_day_before_the_campaign) {
    expect_refusal(-1, "before-campaign");
}

Test(history, refuses_a_roster_of_another_campaign) {
    tiny_take(&past, "a", "watch/gate/pm", 1);
    expect_refusal(7, "unknown-duty");
}

Test(history, refuses_a_campaign_that_was_not_validated) {
    struct pioneer_error error = {0};
    struct pioneer_roster *roster = roster_of(&past);
    cr_expect_eq(pioneer_history_carry(past.campaign, roster, next.campaign, tiny_day(7), &error),
                 PIONEER_E_INVALID);
    cr_expect_str_eq(error.code, "not-validated");
    pioneer_roster_free(roster);
}

/* ---- the second stage is worth the same, whether the first is history or part of the campaign */

static const char *const judged_rules[] = {
    "rest",         "work_run",   "off_run",     "kind_run",      "weekends",
    "succession",   "isolation",  "continuity",  "load_fairness", "hardship_fairness",
    "week-minutes", "all-duties", "week-nights",
};

static void add_rules(struct tiny *tiny) {
    static const char *const nights[] = {"night"}, *const mornings[] = {"am"}, *const wards[] = {"ward"},
                             *const gates[] = {"gate"};
    tiny_rule(tiny, .kind = PIONEER_RULE_REST, .minutes = 660, .night_minutes = 900, .weight = 1);
    tiny_rule(tiny, .kind = PIONEER_RULE_WORK_RUN, .has_min = true, .min = 2, .has_max = true, .max = 3,
              .weight = 1);
    tiny_rule(tiny, .kind = PIONEER_RULE_OFF_RUN, .has_min = true, .min = 2, .has_max = true, .max = 3,
              .weight = 1);
    tiny_rule(tiny, .kind = PIONEER_RULE_KIND_RUN, .slot_kinds = nights, .slot_kind_count = 1,
              .has_min = true, .min = 2, .has_max = true, .max = 2, .weight = 1);
    tiny_rule(tiny, .kind = PIONEER_RULE_WEEKENDS, .has_max = true, .max = 1, .weight = 1);
    tiny_rule(tiny, .kind = PIONEER_RULE_SUCCESSION, .slot_kinds = nights, .slot_kind_count = 1,
              .next_kinds = mornings, .next_kind_count = 1, .weight = 1);
    tiny_rule(tiny, .kind = PIONEER_RULE_ISOLATION, .site_kinds = wards, .site_kind_count = 1,
              .other_site_kinds = gates, .other_site_kind_count = 1, .days = 2, .weight = 1);
    tiny_rule(tiny, .kind = PIONEER_RULE_CONTINUITY, .by_site = true, .weight = 1);
    tiny_rule(tiny, .kind = PIONEER_RULE_LOAD_FAIRNESS, .weight = 1);
    tiny_rule(tiny, .kind = PIONEER_RULE_HARDSHIP_FAIRNESS, .weight = 1);
    tiny_rule(tiny, .id = "week-minutes", .kind = PIONEER_RULE_MINUTES, .window = PIONEER_WINDOW_WEEK,
              .has_max = true, .max = 600, .weight = 1);
    tiny_rule(tiny, .id = "all-duties", .kind = PIONEER_RULE_DUTIES, .has_max = true, .max = 5, .weight = 1);
    tiny_rule(tiny, .id = "week-nights", .kind = PIONEER_RULE_COUNT, .window = PIONEER_WINDOW_WEEK,
              .slots = nights, .slot_count = 1, .has_max = true, .max = 1, .weight = 1);
}

/* Three members; the stages are the days [0, border) and [border, 14), the first only if it is asked for. */
static void make_campaign(struct tiny *tiny, int32_t border, bool has_first) {
    static const char *const duties[] = {"watch/gate/am", "watch/gate/night", "care/ward/pm"};
    tiny_init(tiny);
    tiny_site(tiny, "ward", "ward", NULL);
    tiny_post(tiny, .id = "care", .unit = "root", .hardship = 5);
    if (has_first) {
        tiny_stage(tiny, "first", 0, border - 1);
    }
    tiny_stage(tiny, "second", border, 13);
    tiny_member(tiny, "a", "root");
    tiny_member(tiny, "b", "root");
    tiny_member(tiny, "c", "root");
    for (size_t i = 0; i < sizeof duties / sizeof *duties; i++) {
        tiny_need_range(tiny, duties[i], has_first ? 0 : border, 13, (const int32_t[3]){0, 1, 3});
    }
    add_rules(tiny);
}

/* About half of the days free, some with two duties. */
static void draw_roster(struct pnr_rng *rng, struct tiny *whole, struct tiny *second, int32_t border) {
    static const char *const members[] = {"a", "b", "c"};
    for (int32_t m = 0; m < 3; m++) {
        for (int32_t day = 0; day < 14; day++) {
            uint32_t drawn = pnr_rng_below(rng, 8);
            const char *duties[2] = {NULL, NULL};
            duties[0] = drawn == 0   ? "watch/gate/am"
                        : drawn == 1 ? "watch/gate/night"
                        : drawn <= 3 ? "care/ward/pm"
                                     : NULL;
            duties[1] = drawn == 3 ? "watch/gate/am" : NULL;
            for (int32_t k = 0; k < 2; k++) {
                if (duties[k] != NULL) {
                    tiny_take(whole, members[m], duties[k], day);
                }
                if (duties[k] != NULL && day >= border) {
                    tiny_take(second, members[m], duties[k], day);
                }
            }
        }
    }
}

static void compare_stages(const struct tiny *whole, const struct tiny *second, int64_t seen[]) {
    struct pioneer_report *of_whole = trial_judge(whole, PIONEER_STAGED);
    struct pioneer_report *of_second = trial_judge(second, PIONEER_STAGED);
    for (size_t i = 0; i < sizeof judged_rules / sizeof *judged_rules; i++) {
        int64_t amount = trial_amount(of_whole, 1, judged_rules[i]);
        cr_expect_eq(trial_amount(of_second, 0, judged_rules[i]), amount, "%s", judged_rules[i]);
        seen[i] += amount;
    }
    pioneer_report_free(of_whole);
    pioneer_report_free(of_second);
}

Test(history, makes_the_second_stage_worth_what_it_is_behind_the_first) {
    int64_t seen[sizeof judged_rules / sizeof *judged_rules] = {0};
    struct pnr_rng rng;
    pnr_rng_seed(&rng, 20200217);
    for (int32_t round = 0; round < 60; round++) {
        int32_t border = 4 + round % 7;
        struct tiny whole, second;
        make_campaign(&whole, border, true);
        make_campaign(&second, border, false);
        draw_roster(&rng, &whole, &second, border);
        must_carry(&whole, &second, border);
        validate(&second);
        compare_stages(&whole, &second, seen);
        tiny_fini(&whole);
        tiny_fini(&second);
    }
    for (size_t i = 0; i < sizeof judged_rules / sizeof *judged_rules; i++) {
        cr_expect_gt(seen[i], 0, "%s never charged anything", judged_rules[i]);
    }
}
