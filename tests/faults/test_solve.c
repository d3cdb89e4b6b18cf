/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation fails once on the way from a campaign file through solve and check to the exports. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include <pioneer/check.h>
#include <pioneer/export.h>
#include <pioneer/solve.h>

#include "alloc_hook.h"

/* Two members, two duties a day on two days, a lead, a rule about one member and one about several: small
 * enough for a sweep. */
static const char text[] =
    "{\"format\":\"pioneer-campaign\",\"version\":1,\"name\":\"岗\",\"time_zone\":\"Asia/Shanghai\","
    "\"units\":[{\"id\":\"r\",\"name\":\"校\"}],"
    "\"members\":[{\"id\":\"a\",\"name\":\"甲\",\"unit\":\"r\",\"status\":\"party\",\"nominated\":true},"
    "{\"id\":\"b\",\"name\":\"乙\",\"unit\":\"r\",\"nominated\":true}],"
    "\"sites\":[{\"id\":\"g\",\"name\":\"门\",\"kind\":\"gate\"}],"
    "\"slots\":[{\"id\":\"m\",\"name\":\"早\",\"from\":\"08:00\",\"to\":\"12:00\"},"
    "{\"id\":\"n\",\"name\":\"夜\",\"from\":\"22:00\",\"to\":\"06:00\"}],"
    "\"stages\":[{\"id\":\"s\",\"name\":\"段\",\"from\":\"2020-02-29\",\"to\":\"2020-03-01\"}],"
    "\"posts\":[{\"id\":\"p\",\"name\":\"岗\",\"unit\":\"r\",\"lead\":\"status = party\"}],"
    "\"demand\":[{\"post\":\"p\",\"sites\":[\"g\"],\"slots\":[\"m\",\"n\"],\"min\":1,\"target\":2}],"
    "\"rules\":[{\"kind\":\"rest\",\"minutes\":600},"
    "{\"kind\":\"composition\",\"who\":\"status = party\",\"min\":1,\"weight\":1}]}";

/* Two stages in one week, of which only a may serve in the second, and one duty a week for each: the first
 * part looks ahead. */
static const char ahead[] =
    "{\"format\":\"pioneer-campaign\",\"version\":1,\"name\":\"岗\","
    "\"units\":[{\"id\":\"r\",\"draws_from\":\"signed_up\"}],"
    "\"members\":[{\"id\":\"a\",\"unit\":\"r\",\"tags\":[\"g\"]},{\"id\":\"b\",\"unit\":\"r\"}],"
    "\"sites\":[{\"id\":\"g\"}],\"slots\":[{\"id\":\"m\",\"from\":\"08:00\",\"to\":\"12:00\"}],"
    "\"stages\":[{\"id\":\"s\",\"from\":\"2020-02-17\",\"to\":\"2020-02-18\"},"
    "{\"id\":\"t\",\"from\":\"2020-02-19\",\"to\":\"2020-02-20\"}],"
    "\"posts\":[{\"id\":\"p\",\"unit\":\"r\"},{\"id\":\"q\",\"unit\":\"r\",\"eligible\":\"tag = g\"}],"
    "\"demand\":[{\"post\":\"p\",\"sites\":[\"g\"],\"slots\":[\"m\"],\"dates\":[\"2020-02-18\"],\"min\":1},"
    "{\"post\":\"q\",\"sites\":[\"g\"],\"slots\":[\"m\"],\"dates\":[\"2020-02-20\"],\"min\":1}],"
    "\"rules\":[{\"kind\":\"duties\",\"window\":\"week\",\"max\":1}]}";

static enum pioneer_status export_all(const struct pioneer_campaign *campaign,
                                      const struct pioneer_roster *roster,
                                      const struct pioneer_report *report) {
    char *out = NULL;
    size_t length;
    enum pioneer_status status = pioneer_export_html(campaign, roster, report, "zh", &out, &length, NULL);
    pioneer_free(out);
    out = NULL;
    if (status == PIONEER_OK) {
        status = pioneer_export_csv(campaign, roster, "zh", &out, &length, NULL);
        pioneer_free(out);
        out = NULL;
    }
    if (status == PIONEER_OK) {
        status = pioneer_export_ics(campaign, roster, "a", NULL, 0, "zh", &out, &length, NULL);
        pioneer_free(out);
        out = NULL;
    }
    if (status == PIONEER_OK) {
        status = pioneer_roster_write_json(roster, &out, &length, NULL);
        pioneer_free(out);
    }
    return status;
}

static enum pioneer_status solve_and_export(struct pioneer_campaign *campaign, enum pioneer_outlook outlook) {
    struct pioneer_solve_options options =
        PIONEER_SOLVE_OPTIONS(.threads = 1, .work_limit = 30000, .outlook = outlook);
    struct pioneer_roster *roster = NULL;
    struct pioneer_report *report = NULL;
    enum pioneer_status status = pioneer_solve(campaign, &options, &roster, NULL);
    if (status == PIONEER_OK) {
        status = pioneer_check(campaign, roster, "zh", &report, NULL);
    }
    if (status == PIONEER_OK) {
        status = export_all(campaign, roster, report);
    }
    pioneer_report_free(report);
    pioneer_roster_free(roster);
    return status;
}

static enum pioneer_status whole_way(const char *json, enum pioneer_outlook outlook) {
    struct pioneer_campaign *campaign = NULL;
    enum pioneer_status status = pioneer_campaign_read_json(json, strlen(json), &campaign, NULL);
    if (status == PIONEER_OK) {
        status = pioneer_campaign_validate(campaign, NULL);
    }
    if (status == PIONEER_OK) {
        status = solve_and_export(campaign, outlook);
    }
    pioneer_campaign_free(campaign);
    return status;
}

static void fail_everywhere(const char *json, enum pioneer_outlook outlook) {
    if (!alloc_hook_works()) {
        cr_skip_test("the sanitizer has an allocator of its own");
    }
    cr_assert_eq(whole_way(json, outlook), PIONEER_OK);
    struct alloc_hook_counts seen = {.failed = true};
    int32_t passes = 0;
    int32_t lost = 0;
    for (int32_t at = 1; seen.failed; at++) {
        alloc_hook_arm(at);
        enum pioneer_status status = whole_way(json, outlook);
        seen = alloc_hook_disarm();
        bool is_lost = alloc_hook_lost_by_glpk(&seen);
        bool is_good = status == PIONEER_OK || (seen.failed && status == PIONEER_E_NO_MEMORY);
        cr_expect(is_good && (seen.live == 0 || is_lost), "allocation %d gave status %d and left %d blocks",
                  (int)at, (int)status, (int)seen.live);
        passes += seen.failed;
        lost += is_lost;
    }
    cr_expect_gt(passes, 200);
    cr_expect_leq(passes, 4000, "%d allocations", (int)passes);
    cr_expect_lt(lost, 10, "%d blocks lost by GLPK", (int)lost);
}

Test(solve_faults, every_allocation_from_reading_to_exporting_may_fail) {
    fail_everywhere(text, PIONEER_OUTLOOK_KNOWN);
}

Test(solve_faults, every_allocation_of_parts_that_look_ahead_may_fail) {
    fail_everywhere(ahead, PIONEER_OUTLOOK_KNOWN);
}

Test(solve_faults, every_allocation_of_parts_that_expect_days_like_those_before_may_fail) {
    fail_everywhere(ahead, PIONEER_OUTLOOK_EXPECTED);
}
