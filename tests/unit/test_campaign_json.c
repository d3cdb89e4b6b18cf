/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of io/campaign_json: whole campaign files, good and bad. */
#include <criterion/criterion.h>
#include <pioneer/campaign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"

/* A file with every list and every kind of value, as the writer writes it. */
static const char full[] =
    "{\n"
    "  \"format\": \"pioneer-campaign\",\n"
    "  \"version\": 1,\n"
    "  \"name\": \"三明学院“党员先锋岗”\",\n"
    "  \"time_zone\": \"Asia/Urumqi\",\n"
    "  \"walking_min\": 10,\n"
    "  \"night\": {\"from\": \"22:00\", \"to\": \"05:00\"},\n"
    "  \"now\": \"2020-02-20T08:00\",\n"
    "  \"notice\": [{\"within_hours\": 24, \"weight\": 5}, {\"within_hours\": 72, \"weight\": "
    "2}],\n"
    "  \"units\": [\n"
    "    {\"id\": \"campus\", \"name\": \"学校\"},\n"
    "    {\"id\": \"信息\", \"name\": \"信息工程学院\", \"parent\": \"campus\", "
    "\"draws_from\": \"signed_up\", \"quota\": 30}\n"
    "  ],\n"
    "  \"members\": [\n"
    "    {\"id\": \"m1\", \"name\": \"王一\", \"unit\": \"信息\", \"status\": \"party\", "
    "\"role\": \"student\", \"tags\": [\"night_ok\", \"北区\"], \"ratings\": "
    "{\"coordination\": 80, \"stamina\": 0}, \"home_site\": \"gate\", \"nominated\": true, "
    "\"rank\": 1, \"available\": {\"weekly\": [{\"weekday\": \"mon\", \"from\": \"08:00\", "
    "\"to\": \"12:00\"}, {\"weekday\": \"sun\", \"from\": \"22:00\", \"to\": \"06:00\"}], "
    "\"dated\": [{\"date\": \"2020-02-20\", \"from\": \"08:00\", \"to\": \"34:00\"}], "
    "\"absences\": [{\"from\": \"2020-02-20T08:00\", \"to\": \"2020-02-21T00:00\", \"reason\": "
    "\"病假\"}]}},\n"
    "    {\"id\": \"m2\", \"unit\": \"campus\", \"available\": {\"weekly\": []}}\n"
    "  ],\n"
    "  \"sites\": [\n"
    "    {\"id\": \"gate\", \"name\": \"北区校门\", \"kind\": \"gate\", \"zone\": \"north\", "
    "\"capacity\": 4},\n"
    "    {\"id\": \"hall\", \"name\": \"一号餐厅\", \"kind\": \"canteen\", \"zone\": \"south\"}\n"
    "  ],\n"
    "  \"walks\": [\n"
    "    {\"from\": \"gate\", \"to\": \"hall\", \"minutes\": 7},\n"
    "    {\"between_zones\": true, \"from\": \"north\", \"to\": \"south\", \"minutes\": 15}\n"
    "  ],\n"
    "  \"slots\": [\n"
    "    {\"id\": \"day\", \"name\": \"白班\", \"from\": \"08:00\", \"to\": \"12:00\"},\n"
    "    {\"id\": \"night\", \"name\": \"夜班\", \"from\": \"22:00\", \"to\": \"06:00\", "
    "\"kind\": \"N\"}\n"
    "  ],\n"
    "  \"stages\": [\n"
    "    {\"id\": \"prepare\", \"name\": \"准备\", \"from\": \"2020-02-17\", \"to\": "
    "\"2020-02-21\"},\n"
    "    {\"id\": \"return\", \"from\": \"2020-02-24\", \"to\": \"2020-02-24\"}\n"
    "  ],\n"
    "  \"posts\": [\n"
    "    {\"id\": \"watch\", \"name\": \"值班值守岗\", \"kind\": \"duty-watch\", \"unit\": "
    "\"campus\", \"eligible\": \"status in (party, probationary) and not tag = \\\"新人\\\"\", "
    "\"priority\": 5, \"hardship\": 3, \"lead\": \"status = party\"},\n"
    "    {\"id\": \"standby\", \"unit\": \"信息\", \"load_percent\": 25}\n"
    "  ],\n"
    "  \"demand\": [\n"
    "    {\"post\": \"watch\", \"sites\": [\"gate\"], \"slots\": [\"day\", \"night\"], "
    "\"dates\": [\"2020-02-17\", \"2020-02-24\"], \"min\": 1, \"target\": 2, \"max\": 3, "
    "\"short_cost\": 7, \"over_cost\": 9},\n"
    "    {\"post\": \"watch\", \"sites\": [\"hall\"], \"slots\": [\"day\"], \"from\": "
    "\"2020-02-17\", \"to\": \"2020-02-20\", \"weekdays\": [\"mon\", \"fri\"], \"except\": "
    "[\"2020-02-18\"], \"target\": 0},\n"
    "    {\"post\": \"standby\", \"sites\": [\"gate\"], \"slots\": [\"day\"], \"standby_for\": "
    "[\"watch\"], \"no_show_percent\": 10}\n"
    "  ],\n"
    "  \"levels\": [\n"
    "    {\"id\": \"must\", \"name\": \"必保\"},\n"
    "    {\"id\": \"lead\"},\n"
    "    {\"id\": \"target\"},\n"
    "    {\"id\": \"wishes\"}\n"
    "  ],\n"
    "  \"rules\": [\n"
    "    {\"kind\": \"rest\", \"id\": \"rest\", \"minutes\": 660, \"night_minutes\": 720},\n"
    "    {\"kind\": \"duties\", \"id\": \"one-a-day\", \"members\": \"role = student\", "
    "\"stages\": [\"prepare\"], \"window\": \"day\", \"max\": 1},\n"
    "    {\"kind\": \"duties\", \"id\": \"none\", \"replaces\": \"one-a-day\", \"weight\": 3, "
    "\"level\": \"wishes\", \"window\": \"week\", \"min\": 0, \"max\": 0},\n"
    "    {\"kind\": \"kind_run\", \"id\": \"kind_run\", \"min\": 2, \"at_start\": \"exempt\", "
    "\"at_end\": \"judge\", \"ignore_history\": true, \"slot_kinds\": [\"N\"]},\n"
    "    {\"kind\": \"load_fairness\", \"id\": \"off\", \"drop\": true}\n"
    "  ],\n"
    "  \"requests\": [\n"
    "    {\"member\": \"m1\", \"wish\": \"on\", \"date\": \"2020-02-17\", \"post\": \"watch\", "
    "\"site\": \"gate\", \"slot\": \"day\", \"weight\": 3},\n"
    "    {\"member\": \"m2\", \"wish\": \"off\", \"from\": \"2020-02-17\", \"to\": "
    "\"2020-02-19\"}\n"
    "  ],\n"
    "  \"preferences\": [\n"
    "    {\"member\": \"m1\", \"post\": \"watch\", \"weight\": 2}\n"
    "  ],\n"
    "  \"history\": [\n"
    "    {\"member\": \"m1\", \"load_min\": 480, \"entitled_min\": 360, \"load_hardship\": 3, "
    "\"entitled_hardship\": 2, \"weekends\": 1, \"saturday_worked\": true, \"last_end_at\": "
    "\"2020-02-16T06:00\", \"last_was_night\": true, \"last_kind\": \"N\", \"last_post\": "
    "\"watch\", \"last_site\": \"gate\", \"run_worked\": 2, \"run_kind\": 1, "
    "\"counts\": [{\"rule\": \"one-a-day\", \"count\": 1}], \"visits\": [{\"site_kind\": "
    "\"canteen\", \"date\": \"2020-02-15\"}]}\n"
    "  ],\n"
    "  \"assignments\": [\n"
    "    {\"member\": \"m1\", \"post\": \"watch\", \"site\": \"gate\", \"slot\": \"day\", "
    "\"date\": \"2020-02-17\", \"state\": \"pinned\"}\n"
    "  ]\n"
    "}\n";

/* The smallest campaign with a duty. */
static const char mini[] =
    "{\"format\": \"pioneer-campaign\", \"version\": 1,\n"
    " \"units\": [{\"id\": \"u\"}],\n"
    " \"members\": [{\"id\": \"m\", \"unit\": \"u\"}],\n"
    " \"sites\": [{\"id\": \"s\"}],\n"
    " \"slots\": [{\"id\": \"d\", \"from\": \"08:00\", \"to\": \"12:00\"}],\n"
    " \"stages\": [{\"id\": \"t\", \"from\": \"2020-02-17\", \"to\": \"2020-02-17\"}],\n"
    " \"posts\": [{\"id\": \"p\", \"unit\": \"u\"}],\n"
    " \"demand\": [{\"post\": \"p\", \"sites\": [\"s\"], \"slots\": [\"d\"], \"min\": 1}]}\n";

static struct pioneer_error error;

static struct pioneer_campaign *read(const char *text) {
    struct pioneer_campaign *campaign = NULL;
    cr_assert_eq(pioneer_campaign_read_json(text, strlen(text), &campaign, &error), PIONEER_OK,
                 "%s at %s: %s", error.code, error.where, error.message);
    cr_assert_not_null(campaign);
    return campaign;
}

static int32_t day(const char *text) {
    int32_t result = -1;
    cr_assert(pnr_date_parse(text, &result));
    return result;
}

Test(campaign_json, writes_the_bytes_that_it_read) {
    struct pioneer_campaign *campaign = read(full);
    char *text = NULL;
    size_t length = 0;
    cr_assert_eq(pioneer_campaign_write_json(campaign, &text, &length, &error), PIONEER_OK);
    cr_assert_eq(length, sizeof full - 1);
    cr_assert_str_eq(text, full);
    pioneer_free(text);
    pioneer_campaign_free(campaign);
}

Test(campaign_json, fills_the_same_descriptions_as_a_program_would) {
    struct pioneer_campaign *campaign = read(full);
    const struct pioneer_campaign_settings *settings = pioneer_campaign_get(campaign);
    cr_expect_str_eq(settings->time_zone, "Asia/Urumqi");
    cr_expect_eq(settings->night_from_min, 1320);
    cr_expect_eq(settings->night_to_min, 1740);
    cr_expect_eq(settings->now_at, day("2020-02-20") * 1440 + 480);
    cr_expect_eq(settings->notice[1].within_hours, 72);
    const struct pioneer_unit *unit = pioneer_campaign_unit_at(campaign, 1);
    cr_expect_str_eq(unit->id, "信息");
    cr_expect_eq(unit->draws_from, PIONEER_POOL_SIGNED_UP);
    const struct pioneer_member *member = pioneer_campaign_member_at(campaign, 0);
    cr_expect_eq(member->status, PIONEER_STATUS_PARTY);
    cr_expect_eq(member->role, PIONEER_ROLE_STUDENT);
    cr_expect_str_eq(member->tags[1], "北区");
    cr_expect_eq(member->rating_count, 2);
    cr_expect_str_eq(member->ratings[0].name, "coordination");
    cr_expect_eq(member->ratings[0].value, 80);
    cr_expect(member->has_weekly);
    cr_expect_eq(member->weekly[1].weekday, 6);
    cr_expect_eq(member->weekly[1].to_min, 1800);
    cr_expect_eq(member->dated[0].to_min, 2040);
    cr_expect_str_eq(member->absences[0].reason, "病假");
    cr_expect(pioneer_campaign_member_at(campaign, 1)->has_weekly);
    cr_expect_eq(pioneer_campaign_member_at(campaign, 1)->weekly_count, 0);
    cr_expect(pioneer_campaign_walk_at(campaign, 1)->between_zones);
    cr_expect_eq(pioneer_campaign_slot_at(campaign, 1)->to_min, 1800);
    cr_expect_str_eq(pioneer_campaign_slot_at(campaign, 0)->kind, "day");
    cr_expect_eq(pioneer_campaign_stage_at(campaign, 1)->to_day, day("2020-02-24"));
    const struct pioneer_demand *demand = pioneer_campaign_demand_at(campaign, 0);
    cr_expect_eq(demand->days[1], day("2020-02-24"));
    cr_expect(demand->has_target && demand->has_max);
    demand = pioneer_campaign_demand_at(campaign, 1);
    cr_expect_eq(demand->weekdays, 1 | 1 << 4);
    cr_expect(demand->has_target && demand->target == 0 && !demand->has_max);
    const struct pioneer_rule *rule = pioneer_campaign_rule_at(campaign, 3);
    cr_expect_eq(rule->kind, PIONEER_RULE_KIND_RUN);
    cr_expect(rule->has_min && !rule->has_max && rule->min == 2);
    cr_expect_eq(rule->at_start, PIONEER_BORDER_EXEMPT);
    cr_expect_str_eq(rule->slot_kinds[0], "N");
    cr_expect(pioneer_campaign_request_at(campaign, 1)->off);
    cr_expect_eq(pioneer_campaign_request_at(campaign, 1)->to_day, day("2020-02-19"));
    cr_expect_eq(pioneer_campaign_history_at(campaign, 0)->visits[0].day, day("2020-02-15"));
    cr_expect_eq(pioneer_campaign_assignment_at(campaign, 0)->state, PIONEER_PINNED);
    pioneer_campaign_free(campaign);
}

Test(campaign_json, takes_the_keys_of_a_file_in_any_order) {
    struct pioneer_campaign *campaign =
        read("{\"posts\": [{\"unit\": \"u\", \"id\": \"p\"}], \"name\": \"n\","
             " \"units\": [{\"id\": \"u\"}], \"version\": 1,"
             " \"format\": \"pioneer-campaign\"}");
    char *text = NULL;
    size_t length = 0;
    cr_assert_eq(pioneer_campaign_write_json(campaign, &text, &length, NULL), PIONEER_OK);
    cr_expect_str_eq(text, "{\n  \"format\": \"pioneer-campaign\",\n  \"version\": 1,\n  \"name\": \"n\",\n"
                           "  \"units\": [\n    {\"id\": \"u\"}\n  ],\n"
                           "  \"posts\": [\n    {\"id\": \"p\", \"unit\": \"u\"}\n  ]\n}\n");
    pioneer_free(text);
    pioneer_campaign_free(campaign);
}

Test(campaign_json, writes_a_campaign_without_anything) {
    struct pioneer_campaign *campaign = NULL;
    char *text = NULL;
    size_t length = 0;
    cr_assert_eq(pioneer_campaign_new(&campaign), PIONEER_OK);
    cr_assert_eq(pioneer_campaign_write_json(campaign, &text, &length, NULL), PIONEER_OK);
    cr_expect_str_eq(text, "{\n  \"format\": \"pioneer-campaign\",\n  \"version\": 1\n}\n");
    pioneer_free(text);
    pioneer_campaign_free(campaign);
}

/* ---- bad input */

static void expect_refused(const char *text, size_t length, const char *code, const char *where) {
    struct pioneer_campaign *campaign = (struct pioneer_campaign *)&error;
    memset(&error, 0, sizeof error);
    const enum pioneer_status status = pioneer_campaign_read_json(text, length, &campaign, &error);
    cr_expect_lt((int)status, 0, "%.200s", text);
    cr_expect_null(campaign);
    cr_expect_eq(error.status, status);
    cr_expect_str_eq(error.code, code, "%.200s: %s: %s", text, error.code, error.message);
    cr_expect_str_eq(error.where, where, "%.200s: %s: %s", text, error.where, error.message);
    cr_expect_gt(error.line, 0, "%.200s", text);
    cr_expect_gt(error.column, 0, "%.200s", text);
    cr_expect_gt(strlen(error.message), 10u);
    cr_expect(pnr_utf8_valid(error.message, strlen(error.message)));
    cr_expect(pnr_utf8_valid(error.where, strlen(error.where)));
}

/* `mini` with one part replaced; the caller frees it. */
static char *changed(const char *old, const char *new) {
    struct pnr_text text = {0};
    const char *at = strstr(mini, old);
    cr_assert_not_null(at, "%s", old);
    pnr_text_append_n(&text, mini, (size_t)(at - mini));
    pnr_text_append(&text, new);
    pnr_text_append(&text, at + strlen(old));
    char *result = pnr_text_steal(&text);
    cr_assert_not_null(result);
    return result;
}

Test(campaign_json, refuses_a_text_cut_anywhere) {
    const size_t whole = strlen(mini) - 1; /* without the last line feed */
    for (size_t length = 0; length < whole; length++) {
        char *text = malloc(length + 1);
        cr_assert_not_null(text);
        memcpy(text, mini, length);
        struct pioneer_campaign *campaign = (struct pioneer_campaign *)&error;
        cr_expect_eq(pioneer_campaign_read_json(text, length, &campaign, &error), PIONEER_E_SYNTAX, "%zu",
                     length);
        cr_expect_null(campaign);
        cr_expect_str_eq(error.code, "unexpected-end", "%zu: %s", length, error.code);
        cr_expect_geq(error.line, 1);
        free(text);
    }
    pioneer_campaign_free(read(mini));
}

Test(campaign_json, refuses_bad_values_and_names_the_place) {
    const struct {
        const char *old, *new, *code, *where;
    } cases[] = {
        {"\"min\": 1", "\"min\": -1", "negative-number", "/demand/0/min"},
        {"\"min\": 1", "\"min\": 1000000001", "number-too-large", "/demand/0/min"},
        {"\"min\": 1", "\"min\": 99999999999999999999", "number-too-large", "/demand/0/min"},
        {"\"min\": 1", "\"min\": 1e400", "not-a-whole-number", "/demand/0/min"},
        {"\"min\": 1", "\"min\": 1.5", "not-a-whole-number", "/demand/0/min"},
        {"\"min\": 1", "\"min\": NaN", "not-a-number", "/demand/0/min"},
        {"\"min\": 1", "\"min\": Infinity", "not-a-number", "/demand/0/min"},
        {"\"min\": 1", "\"min\": \"1\"", "wrong-type", "/demand/0/min"},
        {"\"min\": 1", "\"mni\": 1", "unknown-key", "/demand/0/mni"},
        {"\"min\": 1", "\"min\": 1, \"min\": 1", "duplicate-key", "/demand/0/min"},
        {"\"min\": 1", "\"min\": 1, \"max\": 2, \"target\": 3000000000", "number-too-large",
         "/demand/0/target"},
        {"[\"s\"]", "[\"s\", 5]", "wrong-type", "/demand/0/sites/1"},
        {"[\"s\"]", "[]", "missing-field", "/demand/0/sites"},
        {"[\"s\"]", "[\"\"]", "bad-id", "/demand/0/sites/0"},
        {"2020-02-17\"}", "2020-02-30\"}", "bad-date", "/stages/0/to"},
        {"2020-02-17\"}", "2020-2-17\"}", "bad-date", "/stages/0/to"},
        {"2020-02-17\"}", "2020-02-16\"}", "bad-date", "/stages/0/to"},
        {"08:00", "24:00", "bad-time", "/slots/0/from"},
        {"12:00", "12:60", "bad-time", "/slots/0/to"},
        {"\"id\": \"p\"", "\"id\": \"a/b\"", "bad-id", "/posts/0/id"},
        {"\"id\": \"p\"", "\"id\": \"p\", \"name\": \"a\\tb\"", "bad-name", "/posts/0/name"},
        {"\"id\": \"p\"", "\"id\": \"p\", \"name\": \"a\tb\"", "control-character", "/posts/0/name"},
        {"\"id\": \"p\"", "\"id\": \"p\", \"name\": \"a\\u0000b\"", "control-character", "/posts/0/name"},
        {"\"id\": \"p\"", "\"id\": \"p\", \"name\": \"\xE5\xB2\"", "bad-utf8", ""},
        {"\"id\": \"p\"", "\"id\": null", "wrong-type", "/posts/0/id"},
        {"\"unit\": \"u\"}],\n \"sites\"", "\"name\": \"u\"}],\n \"sites\"", "missing-key",
         "/members/0/unit"},
        {"\"version\": 1", "\"version\": 2", "unsupported-version", "/version"},
        {"\"version\": 1", "\"version\": 0", "number-out-of-range", "/version"},
        {"\"version\": 1,", "", "missing-key", "/version"},
        {"\"pioneer-campaign\"", "\"pioneer-roster\"", "wrong-format", "/format"},
        {"\"pioneer-campaign\"", "\"pioneer-roster\", \"seed\": 1", "wrong-format", "/format"},
        {"\"version\": 1", "\"seed\": 1, \"version\": 2", "unsupported-version", "/version"},
        {"\"format\": \"pioneer-campaign\",", "", "missing-key", "/format"},
        {"\"units\"", "\"unit\"", "unknown-key", "/unit"},
        {"\"version\": 1", "\"version\": 1, \"units\": []", "duplicate-key", "/units"},
        {"[{\"id\": \"u\"}]", "{\"id\": \"u\"}", "wrong-type", "/units"},
        {"[{\"id\": \"u\"}]", "[\"u\"]", "wrong-type", "/units/0"},
        {"\"version\": 1", "\"version\": 1, \"night\": {\"from\": \"22:00\"}", "missing-key", "/night/to"},
        {"\"version\": 1", "\"version\": 1, \"time_zone\": \"a b\"", "bad-time-zone", "/time_zone"},
        {"\"version\": 1", "\"version\": 1, \"now\": \"2020-02-20\"", "bad-time", "/now"},
        {"\"version\": 1", "\"version\": 1, \"rules\": [{\"kind\": \"rest\", \"max\": 1}]", "unused-field",
         "/rules/0/max"},
        {"\"version\": 1", "\"version\": 1, \"rules\": [{\"kind\": \"rests\"}]", "unknown-word",
         "/rules/0/kind"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = changed(cases[i].old, cases[i].new);
        expect_refused(text, strlen(text), cases[i].code, cases[i].where);
        free(text);
    }
}

Test(campaign_json, refuses_what_is_no_object_of_a_campaign) {
    expect_refused("[]", 2, "wrong-type", "");
    expect_refused("\xEF\xBB\xBF{}", 5, "byte-order-mark", "");
    char deep[400];
    memset(deep, '[', sizeof deep);
    struct pioneer_campaign *campaign = NULL;
    cr_expect_eq(pioneer_campaign_read_json(deep, sizeof deep, &campaign, &error), PIONEER_E_INVALID);
    cr_expect_str_eq(error.code, "too-deep");
    cr_expect_null(campaign);
}

Test(campaign_json, points_at_the_line_of_a_wrong_value) {
    char *text = changed("\"min\": 1", "\"min\": -1");
    expect_refused(text, strlen(text), "negative-number", "/demand/0/min");
    cr_expect_eq(error.line, 8);
    free(text);
    text = changed("\"unit\": \"u\"}],\n \"demand\"", "\"kind\": \"u\"}],\n \"demand\"");
    expect_refused(text, strlen(text), "missing-key", "/posts/0/unit");
    cr_expect_eq(error.line, 7, "the line of the post, since the key is not there");
    free(text);
}

Test(campaign_json, leaves_what_needs_the_whole_campaign_to_validation) {
    const struct {
        const char *old, *new, *code, *where;
    } cases[] = {
        {"{\"id\": \"u\"}", "{\"id\": \"u\"}, {\"id\": \"u\", \"parent\": \"u\"}", "duplicate-id",
         "/units/1/id"},
        {"{\"id\": \"u\"}",
         "{\"id\": \"u\"}, {\"id\": \"a\", \"parent\": \"b\"}, {\"id\": \"b\", \"parent\": \"a\"}",
         "cyclic-units", "/units/1/parent"},
        {"{\"id\": \"m\", \"unit\": \"u\"}", "{\"id\": \"m\", \"unit\": \"x\"}", "unknown-unit",
         "/members/0/unit"},
        {"[\"s\"]", "[\"x\"]", "unknown-site", "/demand/0/sites/0"},
        {"2020-02-17\"}", "2020-02-17\"}, {\"id\": \"t2\", \"from\": \"2020-02-17\", \"to\": \"2020-02-18\"}",
         "overlapping-stages", "/stages/1/from"},
        {"{\"id\": \"t\", \"from\": \"2020-02-17\", \"to\": \"2020-02-17\"}", "", "no-stages", "/stages"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = changed(cases[i].old, cases[i].new);
        struct pioneer_campaign *campaign = read(text);
        cr_expect_eq(pioneer_campaign_validate(campaign, &error), PIONEER_E_INVALID, "%s", cases[i].code);
        cr_expect_str_eq(error.code, cases[i].code, "%s: %s", cases[i].code, error.code);
        cr_expect_str_eq(error.where, cases[i].where, "%s: %s", cases[i].code, error.where);
        pioneer_campaign_free(campaign);
        free(text);
    }
    struct pioneer_campaign *empty = read("{\"format\": \"pioneer-campaign\", \"version\": 1}");
    cr_expect_eq(pioneer_campaign_validate(empty, &error), PIONEER_E_INVALID);
    cr_expect_str_eq(error.code, "no-units");
    pioneer_campaign_free(empty);
    const char *good[] = {full, mini};
    for (size_t i = 0; i < 2; i++) {
        struct pioneer_campaign *campaign = read(good[i]);
        cr_expect_eq(pioneer_campaign_validate(campaign, &error), PIONEER_OK, "%s at %s", error.code,
                     error.where);
        pioneer_campaign_free(campaign);
    }
}

/* A name of so many bytes; the caller frees the text. */
static char *with_name_of(size_t bytes) {
    struct pnr_text new = {0};
    pnr_text_append(&new, "\"id\": \"p\", \"name\": \"");
    while (new.length < bytes + 20) {
        pnr_text_append(&new, "岗");
    }
    pnr_text_append(&new, "\"");
    char *text = changed("\"id\": \"p\"", new.bytes);
    pnr_text_fini(&new);
    return text;
}

Test(campaign_json, refuses_names_that_are_too_long_in_a_short_sentence) {
    const size_t sizes[] = {300, 1 << 20};
    for (size_t i = 0; i < 2; i++) {
        char *text = with_name_of(sizes[i]);
        expect_refused(text, strlen(text), "bad-name", "/posts/0/name");
        free(text);
    }
    char *text = with_name_of(240);
    pioneer_campaign_free(read(text));
    free(text);
}

Test(campaign_json, refuses_a_key_of_a_megabyte) {
    struct pnr_text key = {0};
    pnr_text_append(&key, "\"");
    for (int i = 0; i < 1 << 18; i++) {
        pnr_text_append(&key, "岗岗");
    }
    pnr_text_append(&key, "\": 1, \"min\": 1");
    char *text = changed("\"min\": 1", key.bytes);
    struct pioneer_campaign *campaign = NULL;
    cr_expect_eq(pioneer_campaign_read_json(text, strlen(text), &campaign, &error), PIONEER_E_INVALID);
    cr_expect_str_eq(error.code, "unknown-key");
    cr_expect_eq(strncmp(error.where, "/demand/0/岗", 13), 0);
    cr_expect(pnr_utf8_valid(error.where, strlen(error.where)));
    cr_expect(pnr_utf8_valid(error.message, strlen(error.message)), "%s", error.message);
    free(text);
    pnr_text_fini(&key);
}

Test(campaign_json, needs_no_room_for_an_error) {
    struct pioneer_campaign *campaign = NULL;
    const char *texts[] = {"{", "{\"format\": 1, \"version\": 1}", "{\"x\": 1}"};
    for (size_t i = 0; i < 3; i++) {
        cr_expect_lt((int)pioneer_campaign_read_json(texts[i], strlen(texts[i]), &campaign, NULL), 0);
        cr_expect_null(campaign);
    }
}

Test(campaign_json, reads_a_hundred_thousand_members_in_linear_time) {
    struct pnr_text text = {0};
    pnr_text_append(&text, "{\"format\": \"pioneer-campaign\", \"version\": 1, \"members\": [");
    for (int i = 0; i < 100000; i++) {
        pnr_text_printf(&text, "%s{\"id\": \"m%d\", \"unit\": \"u\"}", i > 0 ? ", " : "", i);
    }
    pnr_text_append(&text, "]}");
    struct pioneer_campaign *campaign = read(text.bytes);
    cr_expect_eq(pioneer_campaign_member_count(campaign), 100000);
    pioneer_campaign_free(campaign);
    pnr_text_fini(&text);
}

Test(campaign_json, names_twenty_thousand_rules_at_once_and_around_those_that_have_names) {
    struct pnr_text text = {0};
    pnr_text_append(&text, "{\"format\": \"pioneer-campaign\", \"version\": 1, \"rules\": ["
                           "{\"kind\": \"rest\", \"minutes\": 1, \"id\": \"rest-3\"}");
    for (int i = 0; i < 20000; i++) {
        pnr_text_append(&text, ", {\"kind\": \"rest\", \"minutes\": 1}");
    }
    pnr_text_append(&text, "]}");
    struct pioneer_campaign *campaign = read(text.bytes);
    cr_expect_str_eq(pioneer_campaign_rule_at(campaign, 1)->id, "rest");
    cr_expect_str_eq(pioneer_campaign_rule_at(campaign, 2)->id, "rest-2");
    cr_expect_str_eq(pioneer_campaign_rule_at(campaign, 3)->id, "rest-4");
    cr_expect_str_eq(pioneer_campaign_rule_at(campaign, 20000)->id, "rest-20001");
    pioneer_campaign_free(campaign);
    pnr_text_fini(&text);
}

Test(campaign_json, reads_and_writes_what_open_runs_cost) {
    static const char tail[] = ",\n \"rules\": [{\"kind\": \"work_run\", \"weight\": 1, \"open_costs\": "
                               "[{\"days\": 1, \"cost\": 30}, {\"days\": 3, \"cost\": 0}]}]}\n";
    char text[sizeof mini + sizeof tail];
    snprintf(text, sizeof text, "%.*s%s", (int)(strrchr(mini, '}') - mini), mini, tail);
    struct pioneer_campaign *campaign = read(text);
    const struct pioneer_rule *rule = pioneer_campaign_rule_at(campaign, 0);
    cr_assert_eq(rule->open_cost_count, 2);
    cr_expect_eq(rule->open_costs[1].days, 3);
    cr_expect_eq(rule->open_costs[1].cost, 0);
    char *written = NULL;
    size_t length = 0;
    cr_assert_eq(pioneer_campaign_write_json(campaign, &written, &length, &error), PIONEER_OK);
    cr_expect_not_null(strstr(written, "\"open_costs\": ["));
    struct pioneer_campaign *again = read(written);
    cr_expect_eq(pioneer_campaign_rule_at(again, 0)->open_costs[0].cost, 30);
    pioneer_free(written);
    pioneer_campaign_free(again);
    pioneer_campaign_free(campaign);
}

Test(campaign_json, refuses_an_open_run_of_no_days) {
    const struct pioneer_open_cost none = {.days = 0, .cost = 1};
    const struct pioneer_rule rule = {
        .kind = PIONEER_RULE_WORK_RUN, .weight = 1, .open_costs = &none, .open_cost_count = 1};
    struct pioneer_campaign *campaign = read(mini);
    cr_expect_eq(pioneer_campaign_add_rule(campaign, &rule, &error), PIONEER_E_INVALID);
    cr_expect_str_eq(error.where, "/rules/0/open_costs/0/days");
    pioneer_campaign_free(campaign);
}
