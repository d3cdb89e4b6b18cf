/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of io/roster_json: whole roster files, good and bad. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "roster/roster.h"

/* A file with every list and every kind of value, as the writer writes it. */
static const char full[] =
    "{\n"
    "  \"format\": \"pioneer-roster\",\n"
    "  \"version\": 1,\n"
    "  \"campaign\": \"三明学院“党员先锋岗”\",\n"
    "  \"mode\": \"joint\",\n"
    "  \"seed\": \"18446744073709551615\",\n"
    "  \"work_limit\": 9007199254740991,\n"
    "  \"work_used\": \"9007199254740993\",\n"
    "  \"reproducible\": true,\n"
    "  \"input_hash\": \"6c62272e07bb014262b821756295c58d\",\n"
    "  \"made_by\": \"libpioneer 0.1.0, GLPK 5.0\",\n"
    "  \"parts\": [\n"
    "    {\"stage\": \"prepare\", \"unit\": \"campus\", \"duty_count\": 3, \"member_count\": 2, "
    "\"assignment_count\": 1, \"levels\": [\n"
    "      {\"level\": \"must\", \"value\": 240, \"bound\": 240, \"constant\": 240, \"outcome\": "
    "\"proven\"},\n"
    "      {\"level\": \"fairness\", \"value\": \"9223372036854775807\", \"bound\": "
    "\"-9223372036854775808\", \"outcome\": \"gap\"}\n"
    "    ]},\n"
    "    {\"tier\": 2, \"duty_count\": 0, \"member_count\": 0, \"assignment_count\": 0}\n"
    "  ],\n"
    "  \"assignments\": [\n"
    "    {\"member\": \"m1\", \"post\": \"watch\", \"site\": \"gate\", \"slot\": \"day\", "
    "\"date\": \"2020-02-17\"},\n"
    "    {\"member\": \"m2\", \"post\": \"watch\", \"site\": \"gate\", \"slot\": \"day\", "
    "\"date\": \"2020-02-18\", \"state\": \"absent\"}\n"
    "  ],\n"
    "  \"findings\": [\n"
    "    {\"severity\": \"warning\", \"code\": \"short-of-min\", \"where\": \"/demand/0\", "
    "\"message\": \"缺 1 人。\\nSecond line\"},\n"
    "    {\"severity\": \"note\", \"code\": \"x\"}\n"
    "  ],\n"
    "  \"price_of_staging\": [\n"
    "    {\"level\": \"must\", \"staged\": 480, \"joint_value\": 240, \"joint_bound\": 120}\n"
    "  ]\n"
    "}\n";

static struct pioneer_error error;

static struct pioneer_roster *read(const char *text) {
    struct pioneer_roster *roster = NULL;
    cr_assert_eq(pioneer_roster_read_json(text, strlen(text), &roster, &error), PIONEER_OK, "%s at %s: %s",
                 error.code, error.where, error.message);
    cr_assert_not_null(roster);
    return roster;
}

static char *write(const struct pioneer_roster *roster) {
    char *text = NULL;
    size_t length = 0;
    cr_assert_eq(pioneer_roster_write_json(roster, &text, &length, &error), PIONEER_OK);
    cr_assert_eq(strlen(text), length);
    return text;
}

Test(roster_json, writes_the_bytes_that_it_read) {
    struct pioneer_roster *roster = read(full);
    char *text = write(roster);
    cr_assert_str_eq(text, full);
    pioneer_free(text);
    pioneer_roster_free(roster);
}

Test(roster_json, reads_what_a_solve_reports) {
    struct pioneer_roster *roster = read(full);
    const struct pioneer_roster_info *info = pioneer_roster_get(roster);
    cr_expect_eq(info->mode, PIONEER_JOINT);
    cr_expect_eq(info->seed, UINT64_MAX);
    cr_expect_eq(info->work_used, INT64_C(9007199254740993));
    cr_expect(info->reproducible);
    cr_expect_eq(pioneer_roster_part_count(roster), 2);
    const struct pioneer_part *part = pioneer_roster_part_at(roster, 0);
    cr_expect_str_eq(part->stage, "prepare");
    cr_expect_eq(part->level_count, 2);
    cr_expect_eq(part->levels[0].constant, 240);
    cr_expect_eq(part->levels[1].value, INT64_MAX);
    cr_expect_eq(part->levels[1].bound, INT64_MIN);
    cr_expect_eq(part->levels[1].outcome, PIONEER_GAP);
    cr_expect_null(pioneer_roster_part_at(roster, 1)->stage);
    cr_expect_eq(pioneer_roster_part_at(roster, 1)->tier, 2);
    cr_expect_eq(pioneer_roster_count(roster), 2);
    cr_expect_eq(pioneer_roster_at(roster, 1)->state, PIONEER_ABSENT);
    cr_expect_str_eq(pioneer_roster_finding_at(roster, 0)->message, "缺 1 人。\nSecond line");
    cr_expect_str_eq(pioneer_roster_finding_at(roster, 1)->where, "");
    cr_expect_eq(pioneer_roster_price_at(roster, 0)->joint_bound, 120);
    pioneer_roster_free(roster);
}

Test(roster_json, writes_an_empty_roster_and_one_made_by_a_program) {
    struct pioneer_roster *roster = NULL;
    cr_assert_eq(pioneer_roster_new(&roster), PIONEER_OK);
    char *text = write(roster);
    cr_expect_str_eq(text, "{\n  \"format\": \"pioneer-roster\",\n  \"version\": 1\n}\n");
    pioneer_free(text);
    cr_assert_eq(pnr_roster_add_part(roster, &(struct pioneer_part){.stage = "s"}), PIONEER_OK);
    cr_assert_eq(pnr_roster_add_finding(roster, &(struct pioneer_finding){.code = "c"}), PIONEER_OK);
    text = write(roster);
    struct pioneer_roster *again = read(text);
    char *second = write(again);
    cr_expect_str_eq(second, text);
    pioneer_free(text);
    pioneer_free(second);
    pioneer_roster_free(roster);
    pioneer_roster_free(again);
}

/* `full` with one part replaced; the caller frees it. */
static char *changed(const char *old, const char *new) {
    struct pnr_text text = {0};
    const char *at = strstr(full, old);
    cr_assert_not_null(at, "%s", old);
    pnr_text_append_n(&text, full, (size_t)(at - full));
    pnr_text_append(&text, new);
    pnr_text_append(&text, at + strlen(old));
    return pnr_text_steal(&text);
}

Test(roster_json, refuses_bad_values_and_names_the_place) {
    const struct {
        const char *old, *new, *code, *where;
    } cases[] = {
        {"\"9007199254740993\"", "9007199254740993", "number-too-large", "/work_used"},
        {"\"9223372036854775807\"", "\"9223372036854775808\"", "number-out-of-range",
         "/parts/0/levels/1/value"},
        {"\"18446744073709551615\"", "\"18446744073709551616\"", "wrong-type", "/seed"},
        {"\"gap\"", "\"gab\"", "unknown-word", "/parts/0/levels/1/outcome"},
        {"\"duty_count\": 3, ", "", "missing-key", "/parts/0/duty_count"},
        {"\"member\": \"m1\"", "\"member\": \"m/1\"", "bad-id", "/assignments/0/member"},
        {"\"member\": \"m2\", ", "", "missing-key", "/assignments/1/member"},
        {"2020-02-18", "2020-02-30", "bad-date", "/assignments/1/date"},
        {"\"findings\"", "\"finding\"", "unknown-key", "/finding"},
        {"pioneer-roster", "pioneer-campaign", "wrong-format", "/format"},
        {"\"version\": 1", "\"version\": 7", "unsupported-version", "/version"},
        {"\"reproducible\": true", "\"reproducible\": 1", "wrong-type", "/reproducible"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = changed(cases[i].old, cases[i].new);
        struct pioneer_roster *roster = (struct pioneer_roster *)&error;
        cr_expect_lt((int)pioneer_roster_read_json(text, strlen(text), &roster, &error), 0, "%s",
                     cases[i].new);
        cr_expect_null(roster);
        cr_expect_str_eq(error.code, cases[i].code, "%s: %s", cases[i].new, error.code);
        cr_expect_str_eq(error.where, cases[i].where, "%s: %s", cases[i].new, error.where);
        cr_expect_gt(error.line, 0);
        free(text);
    }
}

Test(roster_json, refuses_a_text_cut_anywhere) {
    for (size_t length = 0; length < sizeof full - 2; length++) {
        char *text = malloc(length + 1);
        cr_assert_not_null(text);
        memcpy(text, full, length);
        struct pioneer_roster *roster = (struct pioneer_roster *)&error;
        cr_expect_eq(pioneer_roster_read_json(text, length, &roster, &error), PIONEER_E_SYNTAX, "%zu",
                     length);
        cr_expect_null(roster);
        free(text);
    }
}
