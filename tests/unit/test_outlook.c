/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a part keeps for later ones: small campaigns in which one choice now decides what can be done then. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include <pioneer/check.h>
#include <pioneer/solve.h>

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
static int64_t lacking(const struct pioneer_campaign *campaign, bool without_outlook) {
    struct pioneer_solve_options options =
        PIONEER_SOLVE_OPTIONS(.threads = 1, .work_limit = 2000000, .without_outlook = without_outlook);
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
    cr_expect_eq(lacking(campaign, false), with, "%lld with an outlook", (long long)lacking(campaign, false));
    cr_expect_eq(lacking(campaign, true), without, "%lld without", (long long)lacking(campaign, true));
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
