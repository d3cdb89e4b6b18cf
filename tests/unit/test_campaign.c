/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of model/campaign and model/layout: adding descriptions and reading them back. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "model/campaign.h"
#include "model/rule_table.h"

static struct pioneer_campaign *fresh(void) {
    struct pioneer_campaign *campaign;
    cr_assert_eq(pioneer_campaign_new(&campaign), PIONEER_OK);
    return campaign;
}

#define cr_expect_refused(call, error, expected_code, expected_where)                                        \
    do {                                                                                                     \
        cr_expect_eq((call), PIONEER_E_INVALID);                                                             \
        cr_expect_str_eq((error).code, (expected_code));                                                     \
        cr_expect_str_eq((error).where, (expected_where));                                                   \
        cr_expect(strlen((error).message) > 0);                                                              \
    } while (0)

Test(campaign, starts_with_the_documented_settings) {
    struct pioneer_campaign *campaign = fresh();
    const struct pioneer_campaign_settings *settings = pioneer_campaign_get(campaign);
    cr_expect_str_eq(settings->name, "");
    cr_expect_str_eq(settings->time_zone, "Asia/Shanghai");
    cr_expect_eq(settings->night_from_min, 0);
    cr_expect_eq(settings->night_to_min, 300);
    pioneer_campaign_free(campaign);
    pioneer_campaign_free(NULL);
}

Test(campaign, keeps_settings_after_the_caller_reuses_his_memory) {
    struct pioneer_campaign *campaign = fresh();
    char name[] = "党员先锋岗";
    struct pioneer_notice notice[] = {{24, 10}, {72, 3}};
    struct pioneer_campaign_settings settings = {.name = name, .notice = notice, .notice_count = 2};
    cr_assert_eq(pioneer_campaign_set(campaign, &settings, NULL), PIONEER_OK);
    memset(name, 'x', sizeof name - 1);
    notice[1].weight = 99;
    cr_expect_str_eq(pioneer_campaign_get(campaign)->name, "党员先锋岗");
    cr_expect_eq(pioneer_campaign_get(campaign)->notice[1].weight, 3);
    pioneer_campaign_free(campaign);
}

Test(campaign, copies_a_member_and_everything_it_points_to) {
    struct pioneer_campaign *campaign = fresh();
    char tag[] = "nurse";
    const char *tags[] = {tag};
    struct pioneer_rating ratings[] = {{"coordination", 80}};
    struct pioneer_weekly_window weekly[] = {{0, 480, 720}};
    struct pioneer_absence absences[] = {{1000, 2000, "病假"}};
    struct pioneer_member member = {
        .id = "m1",
        .unit = "u",
        .tags = tags,
        .tag_count = 1,
        .ratings = ratings,
        .rating_count = 1,
        .has_weekly = true,
        .weekly = weekly,
        .weekly_count = 1,
        .absences = absences,
        .absence_count = 1,
    };
    cr_assert_eq(pioneer_campaign_add_member(campaign, &member, NULL), PIONEER_OK);
    tag[0] = 'x';
    ratings[0].value = 1;
    weekly[0].to_min = 1;
    const struct pioneer_member *kept = pioneer_campaign_member_at(campaign, 0);
    cr_expect_str_eq(kept->tags[0], "nurse");
    cr_expect_eq(kept->ratings[0].value, 80);
    cr_expect_eq(kept->weekly[0].to_min, 720);
    cr_expect_str_eq(kept->absences[0].reason, "病假");
    cr_expect_str_eq(kept->name, "m1");
    cr_expect_null(kept->home_site);
    cr_expect_null(kept->dated);
    pioneer_campaign_free(campaign);
}

Test(campaign, fills_in_the_defaults_of_text_fields) {
    struct pioneer_campaign *campaign = fresh();
    cr_assert_eq(pioneer_campaign_add_site(campaign, &(struct pioneer_site){.id = "s"}, NULL), PIONEER_OK);
    cr_assert_eq(pioneer_campaign_add_slot(campaign, &(struct pioneer_slot){.id = "a", .to_min = 60}, NULL),
                 PIONEER_OK);
    cr_expect_str_eq(pioneer_campaign_site_at(campaign, 0)->kind, "");
    cr_expect_str_eq(pioneer_campaign_site_at(campaign, 0)->zone, "");
    cr_expect_str_eq(pioneer_campaign_slot_at(campaign, 0)->kind, "a");
    cr_expect_eq(pioneer_campaign_slot_count(campaign), 1);
    cr_expect_null(pioneer_campaign_slot_at(campaign, 1));
    cr_expect_null(pioneer_campaign_slot_at(campaign, -1));
    pioneer_campaign_free(campaign);
}

Test(campaign, names_rules_after_their_kind) {
    struct pioneer_campaign *campaign = fresh();
    struct pioneer_rule rule = {.kind = PIONEER_RULE_WORK_RUN, .has_max = true, .max = 6};
    for (int i = 0; i < 3; i++) {
        cr_assert_eq(pioneer_campaign_add_rule(campaign, &rule, NULL), PIONEER_OK);
    }
    cr_expect_str_eq(pioneer_campaign_rule_at(campaign, 0)->id, "work_run");
    cr_expect_str_eq(pioneer_campaign_rule_at(campaign, 1)->id, "work_run-2");
    cr_expect_str_eq(pioneer_campaign_rule_at(campaign, 2)->id, "work_run-3");
    cr_expect_eq(pioneer_campaign_rule_at(campaign, 2)->max, 6);
    pioneer_campaign_free(campaign);
}

Test(campaign, accepts_the_shorter_structs_of_older_callers_and_no_longer_ones) {
    struct pioneer_campaign *campaign = fresh();
    struct pioneer_error error;
    struct pioneer_unit unit = {.struct_size = offsetof(struct pioneer_unit, quota), .id = "u", .quota = 7};
    cr_assert_eq(pioneer_campaign_add_unit(campaign, &unit, NULL), PIONEER_OK);
    cr_expect_eq(pioneer_campaign_unit_at(campaign, 0)->quota, 0);
    cr_expect_eq(pioneer_campaign_unit_at(campaign, 0)->struct_size, sizeof unit);
    unit.struct_size = sizeof unit + 8;
    cr_expect_eq(pioneer_campaign_add_unit(campaign, &unit, &error), PIONEER_E_RANGE);
    cr_expect_str_eq(error.code, "bad-struct-size");
    cr_expect_eq(pioneer_campaign_add_unit(campaign, NULL, &error), PIONEER_E_RANGE);
    cr_expect_eq(pioneer_campaign_unit_count(campaign), 1);
    pioneer_campaign_free(campaign);
}

Test(campaign, refuses_malformed_ids) {
    struct pioneer_campaign *campaign = fresh();
    struct pioneer_error error;
    char long_id[70];
    memset(long_id, 'a', sizeof long_id - 1);
    long_id[69] = '\0';
    const char *bad[] = {"", "a/b", "a\"b", "a\nb", "a\x7f", "\xC2\x85", long_id};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct pioneer_unit unit = {.id = bad[i]};
        cr_expect_refused(pioneer_campaign_add_unit(campaign, &unit, &error), error, "bad-id", "/units/0/id");
    }
    long_id[64] = '\0';
    cr_expect_eq(pioneer_campaign_add_unit(campaign, &(struct pioneer_unit){.id = long_id}, NULL),
                 PIONEER_OK);
    cr_expect_eq(pioneer_campaign_add_unit(campaign, &(struct pioneer_unit){.id = "三明 学院"}, NULL),
                 PIONEER_OK);
    cr_expect_refused(pioneer_campaign_add_unit(campaign, &(struct pioneer_unit){.id = "\xff"}, &error),
                      error, "bad-utf8", "/units/2/id");
    cr_expect_refused(pioneer_campaign_add_unit(campaign, &(struct pioneer_unit){.id = NULL}, &error), error,
                      "missing-field", "/units/2/id");
    pioneer_campaign_free(campaign);
}

Test(campaign, refuses_names_that_are_too_long_or_hold_control_characters) {
    struct pioneer_campaign *campaign = fresh();
    struct pioneer_error error;
    char name[257];
    memset(name, 'n', sizeof name - 1);
    name[256] = '\0';
    struct pioneer_unit unit = {.id = "u", .name = name};
    cr_expect_refused(pioneer_campaign_add_unit(campaign, &unit, &error), error, "bad-name", "/units/0/name");
    name[3] = '\t';
    name[255] = '\0';
    cr_expect_refused(pioneer_campaign_add_unit(campaign, &unit, &error), error, "bad-name", "/units/0/name");
    name[3] = 'n';
    cr_expect_eq(pioneer_campaign_add_unit(campaign, &unit, NULL), PIONEER_OK);
    pioneer_campaign_free(campaign);
}

Test(campaign, refuses_numbers_outside_their_range) {
    struct pioneer_campaign *campaign = fresh();
    struct pioneer_error error;
    struct pioneer_site site = {.id = "s", .capacity = -1};
    cr_expect_refused(pioneer_campaign_add_site(campaign, &site, &error), error, "negative-number",
                      "/sites/0/capacity");
    site.capacity = PIONEER_MAX_NUMBER + 1;
    cr_expect_refused(pioneer_campaign_add_site(campaign, &site, &error), error, "number-too-large",
                      "/sites/0/capacity");
    struct pioneer_post post = {.id = "p", .unit = "u", .load_percent = 101};
    cr_expect_refused(pioneer_campaign_add_post(campaign, &post, &error), error, "number-out-of-range",
                      "/posts/0/load_percent");
    struct pioneer_history history = {.member = "m", .load_min = (int64_t)1 << 40};
    cr_expect_refused(pioneer_campaign_add_history(campaign, &history, &error), error, "number-too-large",
                      "/history/0/load_min");
    struct pioneer_unit unit = {.id = "u", .draws_from = (enum pioneer_pool)9};
    cr_expect_refused(pioneer_campaign_add_unit(campaign, &unit, &error), error, "unknown-value",
                      "/units/0/draws_from");
    pioneer_campaign_free(campaign);
}

Test(campaign, refuses_impossible_times) {
    struct pioneer_campaign *campaign = fresh();
    struct pioneer_error error;
    struct pioneer_slot slot = {.id = "a", .from_min = 600, .to_min = 600};
    cr_expect_refused(pioneer_campaign_add_slot(campaign, &slot, &error), error, "bad-time", "/slots/0/to");
    slot.to_min = 2881;
    cr_expect_refused(pioneer_campaign_add_slot(campaign, &slot, &error), error, "bad-time", "/slots/0/to");
    slot = (struct pioneer_slot){.id = "a", .from_min = 1440, .to_min = 1500};
    cr_expect_refused(pioneer_campaign_add_slot(campaign, &slot, &error), error, "bad-time", "/slots/0/from");
    struct pioneer_stage stage = {.id = "x", .from_day = 20, .to_day = 19};
    cr_expect_refused(pioneer_campaign_add_stage(campaign, &stage, &error), error, "bad-date",
                      "/stages/0/to");
    stage.to_day = PNR_DAY_LAST + 1;
    cr_expect_refused(pioneer_campaign_add_stage(campaign, &stage, &error), error, "bad-date",
                      "/stages/0/to");
    struct pioneer_request request = {.member = "m", .from_day = 9, .to_day = 8};
    cr_expect_refused(pioneer_campaign_add_request(campaign, &request, &error), error, "bad-date",
                      "/requests/0/to");
    pioneer_campaign_free(campaign);
}

Test(campaign, names_the_place_inside_a_member) {
    struct pioneer_campaign *campaign = fresh();
    struct pioneer_error error;
    struct pioneer_dated_window dated[] = {{100, 480, 720}, {101, 480, 480}};
    struct pioneer_member member = {.id = "m", .unit = "u", .dated = dated, .dated_count = 2};
    cr_expect_refused(pioneer_campaign_add_member(campaign, &member, &error), error, "bad-time",
                      "/members/0/available/dated/1/to");
    const char *tags[] = {"a", NULL};
    member = (struct pioneer_member){.id = "m", .unit = "u", .tags = tags, .tag_count = 2};
    cr_expect_refused(pioneer_campaign_add_member(campaign, &member, &error), error, "missing-field",
                      "/members/0/tags/1");
    struct pioneer_absence absences[] = {{50, 50, NULL}};
    member = (struct pioneer_member){.id = "m", .unit = "u", .absences = absences, .absence_count = 1};
    cr_expect_refused(pioneer_campaign_add_member(campaign, &member, &error), error, "bad-time",
                      "/members/0/available/absences/0/to");
    struct pioneer_weekly_window weekly[] = {{7, 0, 60}};
    member = (struct pioneer_member){
        .id = "m", .unit = "u", .has_weekly = true, .weekly = weekly, .weekly_count = 1};
    cr_expect_refused(pioneer_campaign_add_member(campaign, &member, &error), error, "number-out-of-range",
                      "/members/0/available/weekly/0/weekday");
    member.has_weekly = false;
    weekly[0].weekday = 0;
    cr_expect_refused(pioneer_campaign_add_member(campaign, &member, &error), error, "unused-field",
                      "/members/0/available/weekly");
    member.weekly = NULL;
    cr_expect_refused(pioneer_campaign_add_member(campaign, &member, &error), error, "bad-count",
                      "/members/0/available/weekly");
    cr_expect_eq(pioneer_campaign_member_count(campaign), 0);
    pioneer_campaign_free(campaign);
}

Test(campaign, refuses_fields_that_a_rule_does_not_read) {
    struct pioneer_campaign *campaign = fresh();
    struct pioneer_error error;
    struct pioneer_rule rule = {.kind = PIONEER_RULE_REST, .minutes = 660, .days = 2};
    cr_expect_refused(pioneer_campaign_add_rule(campaign, &rule, &error), error, "unused-field",
                      "/rules/0/days");
    rule = (struct pioneer_rule){.kind = PIONEER_RULE_REST, .minutes = 660, .level = "wishes"};
    cr_expect_refused(pioneer_campaign_add_rule(campaign, &rule, &error), error, "unused-field",
                      "/rules/0/level");
    rule = (struct pioneer_rule){.kind = PIONEER_RULE_DUTIES, .max = 2};
    cr_expect_refused(pioneer_campaign_add_rule(campaign, &rule, &error), error, "unused-field",
                      "/rules/0/max");
    rule = (struct pioneer_rule){.kind = PIONEER_RULE_NONE};
    cr_expect_refused(pioneer_campaign_add_rule(campaign, &rule, &error), error, "unknown-value",
                      "/rules/0/kind");
    rule = (struct pioneer_rule){.kind = PIONEER_RULE_RATINGS, .rating = "x", .level = "wishes"};
    cr_expect_eq(pioneer_campaign_add_rule(campaign, &rule, &error), PIONEER_OK);
    pioneer_campaign_free(campaign);
}

Test(campaign, refuses_demand_fields_without_effect) {
    struct pioneer_campaign *campaign = fresh();
    struct pioneer_error error;
    const char *sites[] = {"s"};
    const char *slots[] = {"a"};
    const int32_t days[] = {100};
    struct pioneer_demand good = {
        .post = "p", .sites = sites, .site_count = 1, .slots = slots, .slot_count = 1, .min = 1};
    struct pioneer_demand bad = good;
    bad.slot_count = 0;
    cr_expect_refused(pioneer_campaign_add_demand(campaign, &bad, &error), error, "missing-field",
                      "/demand/0/slots");
    bad = good;
    bad.target = 2;
    cr_expect_refused(pioneer_campaign_add_demand(campaign, &bad, &error), error, "unused-field",
                      "/demand/0/target");
    bad = good;
    bad.max = 2;
    cr_expect_refused(pioneer_campaign_add_demand(campaign, &bad, &error), error, "unused-field",
                      "/demand/0/max");
    bad = good;
    bad.days = days;
    bad.day_count = 1;
    bad.weekdays = 3;
    cr_expect_refused(pioneer_campaign_add_demand(campaign, &bad, &error), error, "unused-field",
                      "/demand/0/dates");
    bad = good;
    bad.no_show_percent = 10;
    cr_expect_refused(pioneer_campaign_add_demand(campaign, &bad, &error), error, "unused-field",
                      "/demand/0/no_show_percent");
    cr_expect_eq(pioneer_campaign_add_demand(campaign, &good, &error), PIONEER_OK);
    pioneer_campaign_free(campaign);
}

Test(campaign, refuses_bad_settings_and_keeps_the_old_ones) {
    struct pioneer_campaign *campaign = fresh();
    struct pioneer_error error;
    struct pioneer_campaign_settings settings = {.name = "x", .night_from_min = 1380, .night_to_min = 300};
    cr_expect_refused(pioneer_campaign_set(campaign, &settings, &error), error, "bad-time", "/night/to");
    settings = (struct pioneer_campaign_settings){.name = "x", .time_zone = "Asia/北京"};
    cr_expect_refused(pioneer_campaign_set(campaign, &settings, &error), error, "bad-time-zone",
                      "/time_zone");
    cr_expect_str_eq(pioneer_campaign_get(campaign)->name, "");
    pioneer_campaign_free(campaign);
}

Test(rule_table, has_a_name_for_every_kind) {
    for (int kind = 1; kind < PIONEER_RULE_COUNT_OF_KINDS; kind++) {
        const char *name = pnr_rule_kind_name((enum pioneer_rule_kind)kind);
        cr_assert_not_null(name);
        cr_expect_eq((int)pnr_rule_kind_of(name), kind);
    }
    cr_expect_null(pnr_rule_kind_name(PIONEER_RULE_NONE));
    cr_expect_null(pnr_rule_kind_name(PIONEER_RULE_COUNT_OF_KINDS));
    cr_expect_eq(pnr_rule_kind_of("workrun"), PIONEER_RULE_NONE);
}

Test(rule_table, tells_field_names_and_bits) {
    cr_expect_eq(pnr_rule_field_of("slot_kinds"), (uint32_t)PNR_RULE_SLOT_KINDS);
    cr_expect_eq(pnr_rule_field_of("weight"), 0u);
    cr_expect_eq(pnr_rule_field_of("members"), 0u);
    cr_expect_str_eq(pnr_rule_field_name(PNR_RULE_TAGS), "tags");
    cr_expect_str_eq(pnr_rule_field_name(PNR_RULE_WINDOW), "window");
}

Test(levels, are_six_by_default) {
    int32_t count;
    const struct pioneer_level *levels = pnr_default_levels(&count);
    cr_expect_eq(count, 6);
    cr_expect_str_eq(levels[0].id, "must");
    cr_expect_str_eq(levels[5].id, "wishes");
}
