/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a part keeps for later ones: small campaigns in which one choice now decides what can be done then. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pioneer/check.h>
#include <pioneer/solve.h>

#include "base/calendar.h"
#include "model/expected.h"
#include "model/instance.h"

/* Two members, one duty a week for each. Only a may stand at the gate on Saturday; on Tuesday both may stand
 * at the hall, and a would much rather. */
#define HEAD                                                                                                 \
    "{\"format\": \"pioneer-campaign\", \"version\": 1, \"name\": \"t\","                                    \
    "\"units\": [{\"id\": \"u\", \"draws_from\": \"signed_up\"},"                                            \
    "{\"id\": \"v\", \"parent\": \"u\"}],"                                                                   \
    "\"members\": [{\"id\": \"a\", \"unit\": \"v\", \"tags\": [\"gate\"]}, {\"id\": \"b\", \"unit\": "       \
    "\"v\"}],"                                                                                               \
    "\"sites\": [{\"id\": \"s\"}], \"slots\": [{\"id\": \"day\", \"from\": \"08:00\", \"to\": \"12:00\"},"   \
    "{\"id\": \"late\", \"from\": \"14:00\", \"to\": \"18:00\"}],"                                           \
    "\"preferences\": [{\"member\": \"b\", \"post\": \"gate\", \"weight\": 9}],"
#define POSTS(owner_of_gate)                                                                                 \
    "\"posts\": [{\"id\": \"hall\", \"unit\": \"u\"}, {\"id\": \"gate\", \"unit\": \"" owner_of_gate "\","   \
    "\"eligible\": \"tag = gate\"}],"
#define ONCE_A_WEEK "{\"id\": \"once\", \"kind\": \"duties\", \"window\": \"week\", \"max\": 1}"
/* 2020-02-17 is a Monday. */
#define TWO_STAGES                                                                                           \
    "\"stages\": [{\"id\": \"one\", \"from\": \"2020-02-17\", \"to\": \"2020-02-19\"},"                      \
    "{\"id\": \"two\", \"from\": \"2020-02-20\", \"to\": \"2020-02-26\"}],"

static struct pioneer_campaign *read_campaign(const char *text) {
    struct pioneer_campaign *campaign = NULL;
    struct pioneer_error error = {0};
    cr_assert_eq(pioneer_campaign_read_json(text, strlen(text), &campaign, &error), PIONEER_OK,
                 "%s at %s: %s", error.code, error.where, error.message);
    cr_assert_eq(pioneer_campaign_validate(campaign, &error), PIONEER_OK, "%s at %s: %s", error.code,
                 error.where, error.message);
    return campaign;
}

/* Minutes of minimum that all parts of a solve lack. The judge agrees with every value. */
static int64_t lacking(const struct pioneer_campaign *campaign, enum pioneer_outlook outlook) {
    struct pioneer_solve_options options =
        PIONEER_SOLVE_OPTIONS(.threads = 1, .work_limit = 2000000, .outlook = outlook);
    struct pioneer_roster *roster = NULL;
    struct pioneer_report *report = NULL;
    cr_assert_eq(pioneer_solve(campaign, &options, &roster, NULL), PIONEER_OK);
    cr_assert_eq(pioneer_check(campaign, roster, "en", &report, NULL), PIONEER_OK);
    cr_expect_eq(pioneer_report_violation_count(report), 0);
    int64_t must = 0;
    for (int32_t i = 0; i < pioneer_roster_part_count(roster); i++) {
        const struct pioneer_part *part = pioneer_roster_part_at(roster, i);
        cr_assert_str_eq(part->levels[0].level, "must");
        cr_expect_str_eq(part->levels[part->level_count - 1].level, "wishes");
        must += part->levels[0].value;
    }
    pioneer_report_free(report);
    pioneer_roster_free(roster);
    return must;
}

static void expect_lacking(const char *text, int64_t with, int64_t without) {
    struct pioneer_campaign *campaign = read_campaign(text);
    cr_expect_eq(lacking(campaign, PIONEER_OUTLOOK_KNOWN), with, "%lld with an outlook",
                 (long long)lacking(campaign, PIONEER_OUTLOOK_KNOWN));
    cr_expect_eq(lacking(campaign, PIONEER_OUTLOOK_NONE), without, "%lld without",
                 (long long)lacking(campaign, PIONEER_OUTLOOK_NONE));
    pioneer_campaign_free(campaign);
}

Test(outlook, keeps_a_member_for_a_later_stage) {
    expect_lacking(HEAD POSTS("u") TWO_STAGES
                   "\"demand\": [{\"post\": \"hall\", \"sites\": [\"s\"], \"slots\": [\"day\"], \"dates\": "
                   "[\"2020-02-18\"], \"min\": 1}, {\"post\": \"gate\", \"sites\": [\"s\"], \"slots\": "
                   "[\"day\"], \"dates\": [\"2020-02-22\"], \"min\": 1}],"
                   "\"rules\": [" ONCE_A_WEEK "]}",
                   0, 240);
}

Test(outlook, keeps_a_member_for_a_lower_tier) {
    expect_lacking(
        HEAD POSTS("v") "\"stages\": [{\"id\": \"one\", \"from\": \"2020-02-17\", \"to\": "
                        "\"2020-02-23\"}],"
                        "\"demand\": [{\"post\": \"hall\", \"sites\": [\"s\"], \"slots\": "
                        "[\"day\"], \"dates\": [\"2020-02-18\"], \"min\": 1}, {\"post\": \"gate\", "
                        "\"sites\": [\"s\"], \"slots\": [\"late\"], \"dates\": [\"2020-02-18\"], "
                        "\"min\": 1}],"
                        "\"rules\": [" ONCE_A_WEEK "]}",
        0, 240);
}

Test(outlook, ends_with_the_week) {
    expect_lacking(HEAD POSTS("u") TWO_STAGES
                   "\"demand\": [{\"post\": \"hall\", \"sites\": [\"s\"], \"slots\": [\"day\"], \"dates\": "
                   "[\"2020-02-18\"], \"min\": 1}, {\"post\": \"gate\", \"sites\": [\"s\"], \"slots\": "
                   "[\"day\"], \"dates\": [\"2020-02-25\"], \"min\": 1}],"
                   "\"rules\": [{\"id\": \"once\", \"kind\": \"duties\", \"window\": \"campaign\", \"max\": "
                   "1}]}",
                   240, 240);
}

/* Nobody is kept from a duty of now for one of then. */
Test(outlook, never_costs_coverage_of_the_part_itself) {
    expect_lacking(HEAD POSTS("u") TWO_STAGES
                   "\"demand\": [{\"post\": \"hall\", \"sites\": [\"s\"], \"slots\": [\"day\"], \"dates\": "
                   "[\"2020-02-18\"], \"min\": 2}, {\"post\": \"gate\", \"sites\": [\"s\"], \"slots\": "
                   "[\"day\"], \"dates\": [\"2020-02-22\"], \"min\": 1}],"
                   "\"rules\": [" ONCE_A_WEEK "]}",
                   240, 240);
}

/* The run of two days would have to end in the later stage. */
Test(outlook, is_not_made_where_runs_have_hard_minima) {
    expect_lacking(HEAD POSTS("u") TWO_STAGES
                   "\"demand\": [{\"post\": \"hall\", \"sites\": [\"s\"], \"slots\": [\"day\"], \"dates\": "
                   "[\"2020-02-18\"], \"min\": 1}, {\"post\": \"gate\", \"sites\": [\"s\"], \"slots\": "
                   "[\"day\"], \"dates\": [\"2020-02-22\"], \"min\": 1}],"
                   "\"rules\": [" ONCE_A_WEEK ", {\"id\": \"run\", \"kind\": \"off_run\", \"min\": 1}]}",
                   240, 240);
}

/* ---- demand that is not known yet: days like those before ---- */

/* a may serve twice a week. On Monday a stands at the gate and b at the hall, on Tuesday both
 * may stand at the hall, and on Saturday the gate asks for `heads`. */
#define GATE_TWICE(heads)                                                                                    \
    HEAD POSTS("u") TWO_STAGES                                                                               \
        "\"demand\": [{\"post\": \"hall\", \"sites\": [\"s\"], \"slots\": [\"day\"], \"dates\": "            \
        "[\"2020-02-17\", \"2020-02-18\"], \"min\": 1}, {\"post\": \"gate\", \"sites\": [\"s\"], "           \
        "\"slots\": [\"day\"], \"dates\": [\"2020-02-17\"], \"min\": 1}, {\"post\": \"gate\", "              \
        "\"sites\": [\"s\"], \"slots\": [\"day\"], \"dates\": [\"2020-02-22\"], \"min\": " heads "}],"       \
        "\"rules\": [{\"id\": \"twice\", \"kind\": \"duties\", \"window\": \"week\", \"max\": 2, "           \
        "\"members\": \"tag = gate\"}]}"

static void expect_lacking_by_outlook(const char *text, int64_t known, int64_t expected, int64_t none) {
    struct pioneer_campaign *campaign = read_campaign(text);
    cr_expect_eq(lacking(campaign, PIONEER_OUTLOOK_KNOWN), known);
    cr_expect_eq(lacking(campaign, PIONEER_OUTLOOK_EXPECTED), expected);
    cr_expect_eq(lacking(campaign, PIONEER_OUTLOOK_NONE), none);
    pioneer_campaign_free(campaign);
}

Test(outlook, expects_what_was_asked_for_before) {
    expect_lacking_by_outlook(GATE_TWICE("1"), 0, 0, 240);
}

Test(outlook, expects_nothing_that_was_never_asked_for) {
    expect_lacking_by_outlook(
        HEAD POSTS("u") TWO_STAGES
        "\"demand\": [{\"post\": \"hall\", \"sites\": [\"s\"], \"slots\": [\"day\"], \"dates\": "
        "[\"2020-02-18\"], \"min\": 1}, {\"post\": \"gate\", \"sites\": [\"s\"], \"slots\": "
        "[\"day\"], \"dates\": [\"2020-02-22\"], \"min\": 1}],"
        "\"rules\": [" ONCE_A_WEEK "]}",
        0, 240, 240);
}

/* Who serves in the first stage, as text. */
static void write_first_stage(const char *text, char *out, size_t size) {
    struct pioneer_campaign *campaign = read_campaign(text);
    struct pioneer_solve_options options =
        PIONEER_SOLVE_OPTIONS(.threads = 1, .outlook = PIONEER_OUTLOOK_EXPECTED);
    struct pioneer_roster *roster = NULL;
    cr_assert_eq(pioneer_solve(campaign, &options, &roster, NULL), PIONEER_OK);
    out[0] = '\0';
    for (int32_t i = 0; i < pioneer_roster_count(roster); i++) {
        const struct pioneer_assignment *a = pioneer_roster_at(roster, i);
        size_t used = strlen(out);
        if (a->day < pnr_day_from_civil(2020, 2, 20)) {
            snprintf(out + used, size - used, "%s %s %d;", a->member, a->post, (int)a->day);
        }
    }
    pioneer_roster_free(roster);
    pioneer_campaign_free(campaign);
}

Test(outlook, that_expects_does_not_read_what_comes) {
    char one[200], none[200];
    write_first_stage(GATE_TWICE("1"), one, sizeof one);
    write_first_stage(GATE_TWICE("0"), none, sizeof none);
    cr_expect_str_eq(one, none);
    cr_expect_not_null(strstr(one, "b hall"), "%s", one);
}

/* Monday asks for two at the gate, Tuesday for one and for one more at the hall, Wednesday for nothing. */
Test(outlook, expects_the_largest_demand_of_each_place) {
    struct pioneer_campaign *campaign = read_campaign(
        HEAD POSTS("u") TWO_STAGES
        "\"demand\": [{\"post\": \"gate\", \"sites\": [\"s\"], \"slots\": [\"day\"], \"dates\": "
        "[\"2020-02-17\"], \"min\": 2, \"target\": 3}, {\"post\": \"gate\", \"sites\": [\"s\"], \"slots\": "
        "[\"day\"], \"dates\": [\"2020-02-18\"], \"min\": 1, \"target\": 4}, {\"post\": \"hall\", \"sites\": "
        "[\"s\"], \"slots\": [\"late\"], \"dates\": [\"2020-02-18\"], \"min\": 1}, {\"post\": \"hall\", "
        "\"sites\": [\"s\"], \"slots\": [\"day\"], \"dates\": [\"2020-02-21\"], \"min\": 9}]}");
    struct pnr_organisation *organisation;
    struct pnr_duty_list expected;
    struct pnr_arena arena;
    int32_t wednesday = pnr_day_from_civil(2020, 2, 19);
    pnr_arena_init(&arena);
    cr_assert_eq(pnr_organisation_build(campaign, &organisation, NULL), PIONEER_OK);
    cr_assert(
        pnr_duties_expect(organisation, &organisation->duties, wednesday, wednesday + 2, &arena, &expected));
    cr_assert_eq(expected.count, 3 + 2 * 2);
    for (int32_t d = 0; d < 3; d++) {
        cr_expect_arr_eq(&expected.items[d], &organisation->duties.items[d], sizeof *expected.items);
    }
    for (int32_t day = 0; day < 2; day++) {
        const struct pnr_duty *gate = &expected.items[3 + 2 * day];
        cr_expect(gate->day == wednesday + 1 + day && gate->stage == 1 && gate->min == 2 &&
                  gate->target == 4);
        cr_expect_eq(gate->from_at, gate->day * PNR_DAY_MINUTES + 480);
        cr_expect_eq(gate->to_at, gate->day * PNR_DAY_MINUTES + 720);
        cr_expect(gate[1].day == gate->day && gate[1].post != gate->post && gate[1].min == 1);
        cr_expect_lt(gate->from_at, gate[1].from_at);
    }
    pnr_arena_fini(&arena);
    pnr_organisation_free(organisation);
    pioneer_campaign_free(campaign);
}

/* What Mondays, Fridays and Tuesdays ask for is known: on Thursdays nobody is sure to be needed, on Fridays
 * one at the gate, and as many as on the busiest day would be liked on both. */
Test(outlook, expects_as_sure_what_the_weekday_asked_for) {
    struct pioneer_campaign *campaign = read_campaign(HEAD POSTS(
        "u") "\"stages\": [{\"id\": \"one\", \"from\": \"2020-02-17\", \"to\": \"2020-02-26\"}, {\"id\": "
             "\"two\", \"from\": \"2020-02-27\", \"to\": \"2020-02-28\"}],"
             "\"demand\": [{\"post\": \"gate\", \"sites\": [\"s\"], \"slots\": [\"day\"], \"dates\": "
             "[\"2020-02-17\"], "
             "\"min\": 3, \"target\": 4}, {\"post\": \"gate\", \"sites\": [\"s\"], \"slots\": [\"day\"], "
             "\"dates\": "
             "[\"2020-02-21\"], \"min\": 1, \"target\": 2}, {\"post\": \"hall\", \"sites\": [\"s\"], "
             "\"slots\": "
             "[\"late\"], \"dates\": [\"2020-02-25\"], \"min\": 2}]}");
    struct pnr_organisation *organisation;
    struct pnr_duty_list expected;
    struct pnr_arena arena;
    int32_t wednesday = pnr_day_from_civil(2020, 2, 26);
    pnr_arena_init(&arena);
    cr_assert_eq(pnr_organisation_build(campaign, &organisation, NULL), PIONEER_OK);
    cr_assert(
        pnr_duties_expect(organisation, &organisation->duties, wednesday, wednesday + 2, &arena, &expected));
    cr_assert_eq(expected.count, 3 + 2 * 2);
    const int32_t least[] = {0, 0, 1, 0};
    const int32_t liked[] = {4, 2, 4, 2};
    for (int32_t i = 0; i < 4; i++) {
        const struct pnr_duty *duty = &expected.items[3 + i];
        cr_expect(duty->day == wednesday + 1 + i / 2 && duty->stage == 1);
        cr_expect_eq(duty->min, least[i], "%d of duty %d", duty->min, i);
        cr_expect_eq(duty->target, liked[i], "%d of duty %d", duty->target, i);
    }
    pnr_arena_fini(&arena);
    pnr_organisation_free(organisation);
    pioneer_campaign_free(campaign);
}

/* The hall's unit has the gate's below it. */
Test(outlook, expects_that_upper_tiers_want_twice_as_many) {
    struct pioneer_campaign *campaign = read_campaign(
        HEAD POSTS("v") TWO_STAGES
        "\"demand\": [{\"post\": \"gate\", \"sites\": [\"s\"], \"slots\": [\"day\"], \"dates\": "
        "[\"2020-02-17\"], \"min\": 2, \"target\": 3, \"max\": 3}, {\"post\": \"hall\", \"sites\": [\"s\"], "
        "\"slots\": [\"late\"], \"dates\": [\"2020-02-17\"], \"min\": 2, \"target\": 3, \"max\": 4}]}");
    struct pnr_organisation *organisation;
    struct pnr_duty_list expected;
    struct pnr_arena arena;
    int32_t wednesday = pnr_day_from_civil(2020, 2, 19);
    pnr_arena_init(&arena);
    cr_assert_eq(pnr_organisation_build(campaign, &organisation, NULL), PIONEER_OK);
    cr_assert(
        pnr_duties_expect(organisation, &organisation->duties, wednesday, wednesday + 1, &arena, &expected));
    cr_assert_eq(expected.count, 4);
    const struct pnr_duty *gate = &expected.items[2];
    cr_expect(gate->min == 2 && gate->target == 3 && gate->max == 3);
    cr_expect(gate[1].min == 2 && gate[1].target == 6 && gate[1].max == 6);
    pnr_arena_fini(&arena);
    pnr_organisation_free(organisation);
    pioneer_campaign_free(campaign);
}

/* ---- large campaigns: only where a glance shows a need ---- */

/* The same two members, 4,000 who may stand nowhere, and 60 spare duties that b could take and nobody asks
 * for: a, with fewer choices, comes first in any search and takes the hall. */
static char *large_text(bool gate_in_one) {
    enum { ROOM = 400000, OTHERS = 4000 };
    char *text = malloc(ROOM);
    cr_assert(text != NULL);
    int at = snprintf(text, ROOM,
                      "{\"format\": \"pioneer-campaign\", \"version\": 1, \"name\": \"t\","
                      "\"units\": [{\"id\": \"u\", \"draws_from\": \"signed_up\"}], \"members\": ["
                      "{\"id\": \"a\", \"unit\": \"u\", \"tags\": [\"hall\", \"gate\"]},"
                      "{\"id\": \"b\", \"unit\": \"u\", \"tags\": [\"hall\", \"spare\"]}");
    for (int m = 0; m < OTHERS; m++) {
        at += snprintf(text + at, (size_t)(ROOM - at), ",{\"id\": \"m%d\", \"unit\": \"u\"}", m);
    }
    snprintf(
        text + at, (size_t)(ROOM - at),
        "], \"sites\": [{\"id\": \"s\"}, {\"id\": \"t\"}, {\"id\": \"v\"}, {\"id\": \"w\"}], \"slots\": "
        "[{\"id\": \"day\", \"from\": \"08:00\", \"to\": \"12:00\"}, {\"id\": \"noon\", \"from\": "
        "\"12:00\", \"to\": \"13:00\"}, {\"id\": \"one\", \"from\": \"13:00\", \"to\": \"14:00\"}, "
        "{\"id\": \"two\", \"from\": \"14:00\", \"to\": \"15:00\"}, {\"id\": \"late\", \"from\": "
        "\"15:00\", \"to\": \"16:00\"}]," TWO_STAGES
        "\"posts\": [{\"id\": \"hall\", \"unit\": \"u\", \"eligible\": \"tag = hall\"}, {\"id\": \"gate\", "
        "\"unit\": \"u\", \"eligible\": \"tag = gate\"}, {\"id\": \"spare\", \"unit\": \"u\", "
        "\"eligible\": \"tag = spare\"}], \"demand\": [{\"post\": \"hall\", \"sites\": [\"s\"], \"slots\": "
        "[\"day\"], \"dates\": [\"2020-02-18\"], \"min\": 1}, {\"post\": \"gate\", \"sites\": [\"s\"], "
        "\"slots\": [\"day\"], \"dates\": [\"%s\"], \"min\": 1}, {\"post\": \"spare\", \"sites\": [\"s\", "
        "\"t\", \"v\", \"w\"], \"slots\": [\"day\", \"noon\", \"one\", \"two\", \"late\"], \"dates\": "
        "[\"2020-02-17\", \"2020-02-18\", \"2020-02-19\"], \"min\": 0, \"max\": 1}], \"preferences\": "
        "[{\"member\": \"b\", \"post\": \"gate\", \"weight\": 9}], \"rules\": [" ONCE_A_WEEK
        ", {\"id\": \"no-load\", \"kind\": \"load_fairness\", \"drop\": true}, {\"id\": \"no-hardship\", "
        "\"kind\": \"hardship_fairness\", \"drop\": true}]}",
        gate_in_one ? "2020-02-19" : "2020-02-22");
    return text;
}

Test(outlook, of_a_large_campaign_is_made_where_a_glance_shows_a_need) {
    char *needs = large_text(false);
    char *needs_none = large_text(true);
    expect_lacking(needs, 0, 240);
    expect_lacking(needs_none, 0, 0);
    free(needs);
    free(needs_none);
}

/* ---- duties for which others could step in ---- */

/* One duty of four hours at the gate on Tuesday and one at the hall on Wednesday, and so many members with
 * 240 minutes a week who may stand at both. */
static struct pioneer_campaign *crowd(int members) {
    static char text[4096];
    int at = snprintf(text, sizeof text,
                      "{\"format\": \"pioneer-campaign\", \"version\": 1, \"name\": \"t\","
                      "\"units\": [{\"id\": \"u\", \"draws_from\": \"signed_up\"}], \"members\": [");
    for (int m = 0; m < members; m++) {
        at += snprintf(text + at, sizeof text - (size_t)at, "%s{\"id\": \"m%d\", \"unit\": \"u\"}",
                       m > 0 ? "," : "", m);
    }
    snprintf(text + at, sizeof text - (size_t)at,
             "], \"sites\": [{\"id\": \"s\"}], \"slots\": [{\"id\": \"day\", \"from\": \"08:00\", \"to\": "
             "\"12:00\"}], \"stages\": [{\"id\": \"one\", \"from\": \"2020-02-17\", \"to\": "
             "\"2020-02-23\"}], \"posts\": [{\"id\": \"gate\", \"unit\": \"u\"}, {\"id\": \"hall\", "
             "\"unit\": \"u\"}], \"demand\": [{\"post\": \"gate\", \"sites\": [\"s\"], \"slots\": "
             "[\"day\"], \"dates\": [\"2020-02-18\"], \"min\": 1}, {\"post\": \"hall\", \"sites\": "
             "[\"s\"], \"slots\": [\"day\"], \"dates\": [\"2020-02-19\"], \"min\": 1}], \"rules\": "
             "[{\"id\": \"hours\", \"kind\": \"minutes\", \"window\": \"week\", \"max\": 240}]}");
    return read_campaign(text);
}

/* Whether the gate is safe when the first member stands there, and the next `busy` ones at the hall. */
static bool is_gate_safe(int members, int busy) {
    struct pioneer_campaign *campaign = crowd(members);
    struct pnr_organisation *organisation = NULL;
    struct pnr_arena arena;
    struct pnr_plan_parts parts;
    struct pnr_prefix prefix;
    struct pnr_outlook outlook;
    struct pnr_instance *instance = NULL;
    uint8_t is_chosen[64] = {0};
    pnr_arena_init(&arena);
    cr_assert_eq(pnr_organisation_build(campaign, &organisation, NULL), PIONEER_OK);
    cr_assert_eq(pnr_parts_list(organisation, true, &arena, &parts), PIONEER_OK);
    cr_assert_eq(pnr_prefix_init(&prefix, organisation), PIONEER_OK);
    cr_assert_eq(pnr_instance_build(organisation, &parts, 0, &prefix, &instance), PIONEER_OK);
    cr_assert_eq(instance->pair_count, 2 * members);
    for (int32_t m = 0; m <= busy; m++) {
        is_chosen[instance->pairs_of_member[m] + (m > 0)] = 1;
    }
    cr_assert_eq(pnr_outlook_init(&outlook, organisation), PIONEER_OK);
    cr_assert_eq(pnr_outlook_begin(&outlook, instance, is_chosen), PIONEER_OK);
    cr_expect_eq(outlook.duties_of_member[instance->member_at[0]].count, 1);
    bool is_safe = outlook.is_safe[instance->duty_at[0]] != 0;
    pnr_outlook_fini(&outlook);
    pnr_instance_free(instance);
    pnr_prefix_fini(&prefix);
    pnr_organisation_free(organisation);
    pnr_arena_fini(&arena);
    pioneer_campaign_free(campaign);
    return is_safe;
}

/* Each of the others counts half, for it could go to either duty: four of them make two. */
Test(outlook, keeps_nobody_for_a_duty_that_enough_others_could_take) {
    cr_expect(!is_gate_safe(4, 0));
    cr_expect(is_gate_safe(5, 0));
    cr_expect(!is_gate_safe(6, 2));
    cr_expect(is_gate_safe(7, 2));
}
