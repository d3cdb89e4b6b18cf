/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of validation: every code once, with the place it points to. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "model/organisation.h"

#define MONDAY 18267 /* 2020-01-06 */

#define ADD(c, part, ...)                                                                                    \
    do {                                                                                                     \
        struct pioneer_error add_error = {0};                                                                \
        cr_assert_eq(pioneer_campaign_add_##part((c), &(struct pioneer_##part){__VA_ARGS__}, &add_error),    \
                     PIONEER_OK, "%s %s", add_error.where, add_error.message);                               \
    } while (0)

#define TEXTS(...) ((const char *const[]){__VA_ARGS__})
#define WATCH(...)                                                                                           \
    .post = "watch", .sites = TEXTS("gate"), .site_count = 1, .slots = TEXTS("morning"), .slot_count = 1,    \
    __VA_ARGS__

static struct pioneer_campaign *empty(void) {
    struct pioneer_campaign *c;
    cr_assert_eq(pioneer_campaign_new(&c), PIONEER_OK);
    return c;
}

/* Everything but demand and rules: what a test adds has index 0 there, and the next index elsewhere. */
static struct pioneer_campaign *frame(void) {
    struct pioneer_campaign *c = empty();
    ADD(c, unit, .id = "campus");
    ADD(c, unit, .id = "college", .parent = "campus");
    ADD(c, site, .id = "gate", .kind = "gate", .zone = "north");
    ADD(c, slot, .id = "morning", .from_min = 480, .to_min = 720, .kind = "day");
    ADD(c, slot, .id = "noon", .from_min = 660, .to_min = 780, .kind = "day");
    ADD(c, stage, .id = "one", .from_day = MONDAY, .to_day = MONDAY + 6);
    ADD(c, post, .id = "watch", .unit = "campus");
    ADD(c, member, .id = "m0", .unit = "college", .nominated = true, .tags = TEXTS("first-aid"),
        .tag_count = 1, .ratings = &(struct pioneer_rating){"coordination", 70}, .rating_count = 1);
    return c;
}

static struct pioneer_campaign *sample(void) {
    struct pioneer_campaign *c = frame();
    ADD(c, demand, WATCH(.min = 1, .max = 2, .has_max = true));
    return c;
}

static const struct pioneer_finding *find(const struct pioneer_campaign *c, const char *code) {
    for (int32_t i = 0; i < pioneer_campaign_finding_count(c); i++) {
        if (strcmp(pioneer_campaign_finding_at(c, i)->code, code) == 0) {
            return pioneer_campaign_finding_at(c, i);
        }
    }
    return NULL;
}

/* Validates, expects the finding, and frees the campaign. */
static void expect(struct pioneer_campaign *c, enum pioneer_severity severity, const char *code,
                   const char *where) {
    struct pioneer_error error = {0};
    enum pioneer_status status = pioneer_campaign_validate(c, &error);
    cr_expect_eq(status, severity == PIONEER_ERROR ? PIONEER_E_INVALID : PIONEER_OK, "%s: %s %s", code,
                 error.code, error.message);
    cr_expect_eq(c->validated, severity != PIONEER_ERROR);
    const struct pioneer_finding *finding = find(c, code);
    cr_assert_not_null(finding, "%s is not found, but %s", code, error.code);
    cr_expect_eq(finding->severity, severity);
    cr_expect_str_eq(finding->where, where, "%s at %s", code, finding->where);
    cr_expect(strchr(finding->message, ' ') != NULL && strchr(finding->message, '{') == NULL, "%s",
              finding->message);
    pioneer_campaign_free(c);
}

static void expect_error(struct pioneer_campaign *c, const char *code, const char *where) {
    expect(c, PIONEER_ERROR, code, where);
}

static void expect_warning(struct pioneer_campaign *c, const char *code, const char *where) {
    expect(c, PIONEER_WARNING, code, where);
}

/* ---- the whole */

Test(validate, finds_nothing_in_a_sound_campaign) {
    struct pioneer_campaign *c = sample();
    cr_expect_eq(pioneer_campaign_validate(c, NULL), PIONEER_OK);
    cr_expect_eq(pioneer_campaign_finding_count(c), 0);
    cr_expect_null(pioneer_campaign_finding_at(c, 0));
    pioneer_campaign_free(c);
}

Test(validate, forgets_its_result_when_the_campaign_changes) {
    struct pioneer_campaign *c = sample();
    ADD(c, post, .id = "idle", .unit = "campus");
    cr_assert_eq(pioneer_campaign_validate(c, NULL), PIONEER_OK);
    cr_expect_eq(pioneer_campaign_finding_count(c), 1);
    ADD(c, site, .id = "hall");
    cr_expect_eq(pioneer_campaign_finding_count(c), 0);
    cr_expect_not(c->validated);
    cr_assert_eq(pioneer_campaign_validate(c, NULL), PIONEER_OK);
    cr_assert_eq(pioneer_campaign_set(c, &(struct pioneer_campaign_settings){.name = "x"}, NULL), PIONEER_OK);
    cr_expect_not(c->validated);
    pioneer_campaign_free(c);
}

Test(validate, puts_errors_first_and_reports_the_first_of_them) {
    struct pioneer_campaign *c = sample();
    ADD(c, post, .id = "idle", .unit = "campus", .eligible = "tag = nowhere");
    ADD(c, post, .id = "lost", .unit = "nowhere");
    ADD(c, post, .id = "gone", .unit = "elsewhere");
    struct pioneer_error error = {0};
    cr_expect_eq(pioneer_campaign_validate(c, &error), PIONEER_E_INVALID);
    cr_expect_str_eq(error.code, "unknown-unit");
    cr_expect_str_eq(error.where, "/posts/2/unit");
    cr_expect_str_eq(pioneer_campaign_finding_at(c, 0)->where, "/posts/2/unit");
    cr_expect_str_eq(pioneer_campaign_finding_at(c, 1)->where, "/posts/3/unit");
    cr_expect_eq(pioneer_campaign_finding_at(c, 2)->severity, PIONEER_WARNING);
    pioneer_campaign_free(c);
}

Test(validate, lists_a_thousand_findings_and_counts_the_rest) {
    struct pioneer_campaign *c = sample();
    for (int i = 0; i < 1010; i++) {
        char id[16];
        snprintf(id, sizeof id, "x%d", i);
        ADD(c, member, .id = id, .unit = "nowhere");
    }
    expect(c, PIONEER_ERROR, "unknown-unit", "/members/1/unit");
    c = sample();
    for (int i = 0; i < 1010; i++) {
        char id[16];
        snprintf(id, sizeof id, "x%d", i);
        ADD(c, post, .id = id, .unit = "campus");
    }
    cr_expect_eq(pioneer_campaign_validate(c, NULL), PIONEER_OK);
    cr_assert_eq(pioneer_campaign_finding_count(c), 1001);
    cr_expect_str_eq(pioneer_campaign_finding_at(c, 1000)->code, "more-findings");
    cr_expect_str_eq(pioneer_campaign_finding_at(c, 1000)->message, "There are 10 more findings.");
    pioneer_campaign_free(c);
}

/* ---- ids and references */

Test(validate, finds_ids_given_twice) {
    struct pioneer_campaign *c = sample();
    ADD(c, unit, .id = "college", .parent = "campus");
    expect_error(c, "duplicate-id", "/units/2/id");
    c = sample();
    ADD(c, member, .id = "m0", .unit = "campus");
    expect_error(c, "duplicate-id", "/members/1/id");
    c = sample();
    ADD(c, site, .id = "gate");
    expect_error(c, "duplicate-id", "/sites/1/id");
    c = sample();
    ADD(c, slot, .id = "noon", .to_min = 60);
    expect_error(c, "duplicate-id", "/slots/2/id");
    c = sample();
    ADD(c, stage, .id = "one", .from_day = MONDAY + 7, .to_day = MONDAY + 8);
    expect_error(c, "duplicate-id", "/stages/1/id");
    c = sample();
    ADD(c, post, .id = "watch", .unit = "campus");
    expect_error(c, "duplicate-id", "/posts/1/id");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_REST, .minutes = 1, .id = "a");
    ADD(c, rule, .kind = PIONEER_RULE_REST, .minutes = 1, .id = "a");
    expect_error(c, "duplicate-id", "/rules/1/id");
    c = sample();
    ADD(c, level, .id = "must");
    ADD(c, level, .id = "must");
    expect_error(c, "duplicate-id", "/levels/1/id");
}

Test(validate, finds_references_to_nothing) {
    struct pioneer_campaign *c = sample();
    ADD(c, unit, .id = "x", .parent = "nowhere");
    expect_error(c, "unknown-unit", "/units/2/parent");
    c = sample();
    ADD(c, member, .id = "x", .unit = "nowhere");
    expect_error(c, "unknown-unit", "/members/1/unit");
    c = sample();
    ADD(c, member, .id = "x", .unit = "campus", .home_site = "nowhere");
    expect_error(c, "unknown-site", "/members/1/home_site");
    c = sample();
    ADD(c, post, .id = "x", .unit = "nowhere");
    expect_error(c, "unknown-unit", "/posts/1/unit");
    c = sample();
    ADD(c, demand, .post = "nothing", .sites = TEXTS("gate"), .site_count = 1, .slots = TEXTS("noon"),
        .slot_count = 1);
    expect_error(c, "unknown-post", "/demand/1/post");
    c = sample();
    ADD(c, demand, .post = "watch", .sites = TEXTS("gate", "nowhere"), .site_count = 2,
        .slots = TEXTS("noon"), .slot_count = 1);
    expect_error(c, "unknown-site", "/demand/1/sites/1");
    c = sample();
    ADD(c, demand, .post = "watch", .sites = TEXTS("gate"), .site_count = 1, .slots = TEXTS("never"),
        .slot_count = 1);
    expect_error(c, "unknown-slot", "/demand/1/slots/0");
    c = sample();
    ADD(c, demand, .post = "watch", .sites = TEXTS("gate"), .site_count = 1, .slots = TEXTS("noon"),
        .slot_count = 1, .standby_for = TEXTS("nothing"), .standby_for_count = 1);
    expect_error(c, "unknown-post", "/demand/1/standby_for/0");
}

Test(validate, finds_rules_that_refer_to_nothing) {
    struct pioneer_campaign *c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_REST, .minutes = 1, .replaces = "nothing");
    expect_error(c, "unknown-rule", "/rules/0/replaces");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_REST, .minutes = 1, .stages = TEXTS("one", "two"), .stage_count = 2);
    expect_error(c, "unknown-stage", "/rules/0/stages/1");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_REST, .minutes = 1, .weight = 1, .level = "cost");
    expect_error(c, "unknown-level", "/rules/0/level");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_UNIT_QUOTA, .has_max = true, .unit = "nowhere");
    expect_error(c, "unknown-unit", "/rules/0/unit");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_LEAD, .posts = TEXTS("nothing"), .post_count = 1);
    expect_error(c, "unknown-post", "/rules/0/posts/0");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_COUNT, .has_max = true, .sites = TEXTS("nowhere"), .site_count = 1);
    expect_error(c, "unknown-site", "/rules/0/sites/0");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_COUNT, .has_max = true, .slots = TEXTS("never"), .slot_count = 1);
    expect_error(c, "unknown-slot", "/rules/0/slots/0");
}

Test(validate, finds_wishes_and_assignments_that_refer_to_nothing) {
    struct pioneer_campaign *c = sample();
    ADD(c, request, .member = "nobody", .from_day = MONDAY, .to_day = MONDAY);
    expect_error(c, "unknown-member", "/requests/0/member");
    c = sample();
    ADD(c, request, .member = "m0", .from_day = MONDAY, .to_day = MONDAY, .post = "nothing");
    expect_error(c, "unknown-post", "/requests/0/post");
    c = sample();
    ADD(c, preference, .member = "m0", .site = "nowhere");
    expect_error(c, "unknown-site", "/preferences/0/site");
    c = sample();
    ADD(c, preference, .member = "m0", .slot = "never");
    expect_error(c, "unknown-slot", "/preferences/0/slot");
    c = sample();
    ADD(c, history, .member = "nobody");
    expect_error(c, "unknown-member", "/history/0/member");
    c = sample();
    ADD(c, assignment, .member = "nobody", .post = "watch", .site = "gate", .slot = "morning", .day = MONDAY);
    expect_error(c, "unknown-member", "/assignments/0/member");
}

Test(validate, guesses_what_a_reference_meant) {
    struct pioneer_campaign *c = sample();
    ADD(c, post, .id = "x", .unit = "colege");
    cr_expect_eq(pioneer_campaign_validate(c, NULL), PIONEER_E_INVALID);
    cr_expect_str_eq(find(c, "unknown-unit")->message,
                     "There is no unit \"colege\". Did you mean \"college\"?");
    pioneer_campaign_free(c);
}

/* ---- the frame */

Test(validate, wants_units_and_stages) {
    struct pioneer_campaign *c = empty();
    cr_expect_eq(pioneer_campaign_validate(c, NULL), PIONEER_E_INVALID);
    cr_expect_str_eq(find(c, "no-units")->where, "/units");
    cr_expect_str_eq(find(c, "no-stages")->where, "/stages");
    pioneer_campaign_free(c);
}

Test(validate, wants_one_root_and_no_circles) {
    struct pioneer_campaign *c = sample();
    ADD(c, unit, .id = "other");
    expect_error(c, "several-roots", "/units/2/parent");
    c = sample();
    ADD(c, unit, .id = "a", .parent = "b");
    ADD(c, unit, .id = "b", .parent = "c");
    ADD(c, unit, .id = "c", .parent = "a");
    ADD(c, unit, .id = "d", .parent = "a");
    cr_expect_eq(pioneer_campaign_validate(c, NULL), PIONEER_E_INVALID);
    cr_expect_eq(pioneer_campaign_finding_count(c), 1);
    expect_error(c, "cyclic-units", "/units/2/parent");
    c = empty();
    ADD(c, unit, .id = "a", .parent = "a");
    cr_expect_eq(pioneer_campaign_validate(c, NULL), PIONEER_E_INVALID);
    cr_expect_not_null(find(c, "cyclic-units"));
    expect_error(c, "no-root", "/units");
}

Test(validate, finds_walks_that_lead_nowhere_or_twice) {
    struct pioneer_campaign *c = sample();
    ADD(c, walk, .from = "gate", .to = "nowhere");
    expect_error(c, "unknown-site", "/walks/0/to");
    c = sample();
    ADD(c, walk, .between_zones = true, .from = "east", .to = "north");
    expect_error(c, "unknown-zone", "/walks/0/from");
    c = sample();
    ADD(c, site, .id = "hall");
    ADD(c, walk, .from = "gate", .to = "hall", .minutes = 3);
    ADD(c, walk, .between_zones = true, .from = "north", .to = "north", .minutes = 3);
    ADD(c, walk, .from = "hall", .to = "gate", .minutes = 4);
    expect_error(c, "duplicate-walk", "/walks/2");
}

Test(validate, refuses_more_sites_than_a_matrix_of_walks_can_hold) {
    struct pioneer_campaign *c = sample();
    for (int i = 0; i < 5000; i++) {
        char id[16];
        snprintf(id, sizeof id, "s%d", i);
        ADD(c, site, .id = id);
    }
    expect_error(c, "too-many-sites", "/sites");
}

Test(validate, wants_stages_in_order_and_apart) {
    struct pioneer_campaign *c = sample();
    ADD(c, stage, .id = "two", .from_day = MONDAY + 6, .to_day = MONDAY + 9);
    expect_error(c, "overlapping-stages", "/stages/1/from");
    c = sample();
    ADD(c, stage, .id = "two", .from_day = MONDAY - 9, .to_day = MONDAY - 1);
    expect_error(c, "unordered-stages", "/stages/1/from");
    c = sample();
    ADD(c, stage, .id = "two", .from_day = MONDAY + 7, .to_day = MONDAY + 4000);
    expect_error(c, "campaign-too-long", "/stages/1/to");
}

/* ---- demand */

Test(validate, finds_impossible_demand) {
    struct pioneer_campaign *c = frame();
    ADD(c, demand, WATCH(.min = 3, .target = 2, .has_target = true));
    expect_error(c, "target-below-min", "/demand/0/target");
    c = frame();
    ADD(c, demand, WATCH(.min = 3, .max = 2, .has_max = true));
    expect_error(c, "max-below-target", "/demand/0/max");
    c = sample();
    ADD(c, demand, WATCH(.min = 1));
    expect_error(c, "duplicate-duty", "/demand/1");
    c = frame();
    const int32_t days[] = {MONDAY + 7};
    ADD(c, demand, WATCH(.days = days, .day_count = 1));
    expect_error(c, "date-outside-stages", "/demand/0/dates/0");
    c = frame();
    ADD(c, demand, WATCH(.from_day = MONDAY + 70, .to_day = MONDAY + 90));
    expect_error(c, "date-outside-stages", "/demand/0/from");
}

Test(validate, finds_costs_that_cannot_be_added_up) {
    struct pioneer_campaign *c = frame();
    ADD(c, demand, WATCH(.min = PIONEER_MAX_NUMBER, .short_cost = PIONEER_MAX_NUMBER));
    expect_error(c, "cost-too-large", "/demand");
    c = frame();
    ADD(c, demand, WATCH(.max = PIONEER_MAX_NUMBER, .has_max = true, .over_cost = PIONEER_MAX_NUMBER));
    ADD(c, rule, .kind = PIONEER_RULE_OVER_TARGET, .weight = 100);
    expect_error(c, "cost-too-large", "/demand");
}

Test(validate, finds_standby_with_numbers_or_for_itself) {
    struct pioneer_campaign *c = sample();
    ADD(c, post, .id = "spare", .unit = "campus");
    ADD(c, demand, .post = "spare", .sites = TEXTS("gate"), .site_count = 1, .slots = TEXTS("noon"),
        .slot_count = 1, .standby_for = TEXTS("watch"), .standby_for_count = 1, .min = 1);
    expect_error(c, "standby-with-demand", "/demand/1/min");
    c = sample();
    ADD(c, post, .id = "spare", .unit = "campus");
    ADD(c, demand, .post = "spare", .sites = TEXTS("gate"), .site_count = 1, .slots = TEXTS("noon"),
        .slot_count = 1, .standby_for = TEXTS("watch", "spare"), .standby_for_count = 2);
    expect_error(c, "standby-for-standby", "/demand/1/standby_for/1");
}

Test(validate, takes_nothing_to_do_and_nobody_to_do_it_for_a_result) {
    struct pioneer_campaign *c = frame();
    expect(c, PIONEER_NOTE, "no-duties", "/demand");
    c = frame();
    expect_warning(c, "post-without-demand", "/posts/0");
    c = empty();
    ADD(c, unit, .id = "campus");
    ADD(c, stage, .id = "one", .from_day = MONDAY, .to_day = MONDAY);
    expect(c, PIONEER_NOTE, "no-members", "/members");
}

/* ---- expressions and words */

Test(validate, finds_malformed_expressions) {
    struct pioneer_campaign *c = sample();
    ADD(c, post, .id = "x", .unit = "campus", .eligible = "status =");
    expect_error(c, "bad-expression", "/posts/1/eligible");
    c = sample();
    ADD(c, post, .id = "x", .unit = "campus", .lead = "member = nobody-here");
    expect_error(c, "unknown-member", "/posts/1/lead");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_REST, .minutes = 1, .members = "unit = nowhere");
    expect_error(c, "unknown-unit", "/rules/0/members");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_COMPOSITION, .who = "status = boss", .has_max = true);
    expect_error(c, "unknown-status", "/rules/0/who");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_REST, .minutes = 1, .members = "role = boss");
    expect_error(c, "unknown-role", "/rules/0/members");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_REST, .minutes = 1, .members = "site = nowhere");
    expect_error(c, "unknown-site", "/rules/0/members");
}

Test(validate, warns_of_words_that_nothing_has) {
    struct pioneer_campaign *c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_REST, .minutes = 1, .members = "tag = second-aid");
    expect_warning(c, "unknown-tag", "/rules/0/members");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_COHORT, .tags = TEXTS("first-aid", "a"), .tag_count = 2);
    expect_warning(c, "unknown-tag", "/rules/0/tags/1");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_REST, .minutes = 1, .members = "rating.charm > 3");
    expect_warning(c, "unknown-rating", "/rules/0/members");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_RATINGS, .rating = "charm");
    expect_warning(c, "unknown-rating", "/rules/0/rating");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_REST, .minutes = 1, .members = "zone = east");
    expect_warning(c, "unknown-zone", "/rules/0/members");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_SUCCESSION, .slot_kinds = TEXTS("day"), .slot_kind_count = 1,
        .next_kinds = TEXTS("day", "night"), .next_kind_count = 2);
    expect_warning(c, "unknown-slot-kind", "/rules/0/next_kinds/1");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_ISOLATION, .site_kinds = TEXTS("ward"), .site_kind_count = 1,
        .other_site_kinds = TEXTS("gate"), .other_site_kind_count = 1);
    expect_warning(c, "unknown-site-kind", "/rules/0/site_kinds/0");
}

/* ---- rules */

Test(validate, finds_rules_without_what_they_need) {
    struct pioneer_campaign *c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_DUTIES);
    expect_error(c, "missing-field", "/rules/0/min");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_TOGETHER);
    expect_error(c, "missing-field", "/rules/0/members");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_REST);
    expect_error(c, "missing-field", "/rules/0/minutes");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_WEEKENDS);
    expect_error(c, "missing-field", "/rules/0/max");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_KIND_RUN, .has_max = true, .max = 2);
    expect_error(c, "missing-field", "/rules/0/slot_kinds");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_UNIT_QUOTA, .unit = "college");
    expect_error(c, "missing-field", "/rules/0/min");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_DUTIES, .drop = true);
    cr_expect_eq(pioneer_campaign_validate(c, NULL), PIONEER_OK);
    pioneer_campaign_free(c);
}

Test(validate, finds_rules_that_contradict_themselves) {
    struct pioneer_campaign *c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_DUTIES, .has_min = true, .min = 3, .has_max = true, .max = 2);
    expect_error(c, "min-above-max", "/rules/0/min");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_UNIT_QUOTA, .unit = "college", .min_percent = 30, .max_percent = 20);
    expect_error(c, "min-above-max", "/rules/0/min_percent");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_REST, .minutes = 1, .id = "a", .replaces = "a");
    expect_error(c, "cyclic-replaces", "/rules/0/replaces");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_REST, .minutes = 1, .id = "x", .replaces = "a");
    ADD(c, rule, .kind = PIONEER_RULE_REST, .minutes = 1, .id = "a", .replaces = "b");
    ADD(c, rule, .kind = PIONEER_RULE_REST, .minutes = 1, .id = "b", .replaces = "a");
    expect_error(c, "cyclic-replaces", "/rules/1/replaces");
}

Test(validate, finds_terms_without_a_level_and_weights_that_overflow) {
    struct pioneer_campaign *c = sample();
    ADD(c, level, .id = "cost");
    ADD(c, rule, .kind = PIONEER_RULE_REST, .minutes = 1, .weight = 1);
    expect_error(c, "level-missing", "/rules/0/level");
    c = sample();
    ADD(c, rule, .kind = PIONEER_RULE_LOAD_FAIRNESS, .weight = 10001);
    expect_error(c, "weight-too-large", "/rules/0/weight");
}

/* ---- what was before */

Test(validate, finds_histories_that_cannot_be) {
    struct pioneer_campaign *c = sample();
    ADD(c, history, .member = "m0");
    ADD(c, history, .member = "m0");
    expect_error(c, "duplicate-history", "/history/1/member");
    c = sample();
    ADD(c, history, .member = "m0", .run_worked = 1, .run_off = 1);
    expect_error(c, "contradictory-history", "/history/0/run_off");
    c = sample();
    ADD(c, history, .member = "m0", .run_worked = 1, .run_kind = 1);
    expect_error(c, "contradictory-history", "/history/0/run_kind");
    c = sample();
    ADD(c, history, .member = "m0", .last_end_at = (MONDAY + 1) * 1440 + 1);
    expect_error(c, "late-history", "/history/0/last_end_at");
    c = sample();
    const struct pioneer_history_visit visits[] = {{"gate", MONDAY - 1}, {"ward", MONDAY}};
    ADD(c, history, .member = "m0", .visits = visits, .visit_count = 2);
    expect_error(c, "late-history", "/history/0/visits/1/date");
    c = sample();
    const struct pioneer_history_count counts[] = {{"old-rule", 3}};
    ADD(c, history, .member = "m0", .counts = counts, .count_count = 1);
    expect_warning(c, "unknown-rule", "/history/0/counts/0/rule");
}

Test(validate, finds_notice_and_ratings_given_twice) {
    struct pioneer_campaign *c = sample();
    const struct pioneer_notice notice[] = {{24, 10}, {72, 3}, {24, 5}};
    struct pioneer_campaign_settings settings = {.notice = notice, .notice_count = 3};
    cr_assert_eq(pioneer_campaign_set(c, &settings, NULL), PIONEER_OK);
    expect_error(c, "duplicate-notice", "/notice/2/within_hours");
    c = sample();
    const struct pioneer_rating ratings[] = {{"a", 1}, {"b", 2}, {"a", 3}};
    ADD(c, member, .id = "x", .unit = "campus", .ratings = ratings, .rating_count = 3);
    expect_error(c, "duplicate-rating", "/members/1/ratings/2/name");
}

/* ---- assignments */

#define ON(slot_, day_, state_)                                                                              \
    .member = "m0", .post = "watch", .site = "gate", .slot = slot_, .day = day_, .state = state_

Test(validate, wants_pins_on_duties_that_exist) {
    struct pioneer_campaign *c = sample();
    ADD(c, assignment, ON("morning", MONDAY + 7, PIONEER_PINNED));
    expect_error(c, "unknown-duty", "/assignments/0");
    c = sample();
    ADD(c, assignment, ON("noon", MONDAY, PIONEER_SERVED));
    expect_error(c, "unknown-duty", "/assignments/0");
    c = sample();
    ADD(c, assignment, ON("noon", MONDAY, PIONEER_PUBLISHED));
    expect_warning(c, "unknown-duty", "/assignments/0");
}

Test(validate, finds_assignments_that_exclude_each_other) {
    struct pioneer_campaign *c = sample();
    ADD(c, assignment, ON("morning", MONDAY, PIONEER_PUBLISHED));
    ADD(c, assignment, ON("morning", MONDAY + 1, PIONEER_PUBLISHED));
    ADD(c, assignment, ON("morning", MONDAY, PIONEER_ABSENT));
    expect_error(c, "duplicate-assignment", "/assignments/2");
    c = sample();
    ADD(c, demand, .post = "watch", .sites = TEXTS("gate"), .site_count = 1, .slots = TEXTS("noon"),
        .slot_count = 1, .min = 1);
    ADD(c, assignment, ON("noon", MONDAY, PIONEER_PINNED));
    ADD(c, assignment, ON("morning", MONDAY, PIONEER_SERVED));
    expect_error(c, "overlapping-pins", "/assignments/0");
    c = frame();
    ADD(c, demand, WATCH(.min = 1));
    ADD(c, member, .id = "m1", .unit = "college");
    ADD(c, assignment, ON("morning", MONDAY, PIONEER_PINNED));
    ADD(c, assignment, .member = "m1", .post = "watch", .site = "gate", .slot = "morning", .day = MONDAY,
        .state = PIONEER_PINNED);
    expect_error(c, "too-many-pins", "/assignments/1");
}

/* ---- chances */

Test(validate, warns_of_members_whom_no_duty_fits) {
    struct pioneer_campaign *c = sample();
    ADD(c, member, .id = "busy", .unit = "college", .nominated = true, .has_weekly = true);
    expect_warning(c, "member-never-serves", "/members/1");
    c = sample();
    ADD(c, member, .id = "not-nominated", .unit = "college");
    expect_warning(c, "member-never-serves", "/members/1");
}

Test(validate, warns_of_duties_that_fit_nobody) {
    struct pioneer_campaign *c = sample();
    const struct pioneer_absence absence = {(MONDAY + 2) * 1440, (MONDAY + 4) * 1440, NULL};
    ADD(c, post, .id = "only-m1", .unit = "campus", .eligible = "member = m1");
    ADD(c, demand, .post = "only-m1", .sites = TEXTS("gate"), .site_count = 1, .slots = TEXTS("noon"),
        .slot_count = 1, .min = 1);
    ADD(c, member, .id = "m1", .unit = "college", .nominated = true, .absences = &absence,
        .absence_count = 1);
    cr_assert_eq(pioneer_campaign_validate(c, NULL), PIONEER_OK);
    cr_expect_str_eq(find(c, "nobody-for-duty")->message,
                     "Nobody can serve on 2 duties of the post \"only-m1\", the first on 2020-01-08.");
    expect_warning(c, "nobody-for-duty", "/posts/1");
}
