/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of pioneer_check: a roster object against a validated campaign. */
#include <criterion/criterion.h>
#include <pioneer/check.h>
#include <string.h>

#include "roster/roster.h"
#include "tiny.h"

/* Everybody needed once; a serves the first day, b was absent from the second. */
static struct pioneer_roster *build(struct tiny *tiny) {
    tiny_init(tiny);
    tiny_stage(tiny, "s1", 0, 1);
    tiny_need(tiny, "watch/gate/am", 0, 1, 1);
    tiny_member(tiny, "a", "root");
    tiny_member(tiny, "b", "root");
    tiny_take(tiny, "a", "watch/gate/am", 0);
    tiny_take(tiny, "b", "watch/gate/am", 1);
    tiny->taken[1].state = PIONEER_ABSENT;
    struct pioneer_roster *roster;
    cr_assert_eq(pioneer_roster_new(&roster), PIONEER_OK);
    for (int32_t i = 0; i < tiny->taken_count; i++) {
        cr_assert_eq(pioneer_roster_add(roster, &tiny->taken[i], NULL), PIONEER_OK);
    }
    return roster;
}

Test(check_roster, refuses_a_campaign_that_was_not_validated) {
    struct tiny tiny;
    struct pioneer_roster *roster = build(&tiny);
    struct pioneer_report *report = NULL;
    struct pioneer_error error;
    cr_expect_eq(pioneer_check(tiny.campaign, roster, NULL, &report, &error), PIONEER_E_INVALID);
    cr_expect_str_eq(error.code, "not-validated");
    cr_expect(report == NULL);
    pioneer_roster_free(roster);
    tiny_fini(&tiny);
}

Test(check_roster, gives_a_report_that_outlives_campaign_and_roster) {
    struct tiny tiny;
    struct pioneer_roster *roster = build(&tiny);
    struct pioneer_error error = {0};
    cr_assert_eq(pioneer_campaign_validate(tiny.campaign, &error), PIONEER_OK, "%s", error.message);
    struct pioneer_assignment again = tiny.taken[0];
    cr_assert_eq(pioneer_roster_add(roster, &again, NULL), PIONEER_OK);
    struct pioneer_report *report = NULL;
    cr_assert_eq(pioneer_check(tiny.campaign, roster, "zh", &report, &error), PIONEER_OK, "%s",
                 error.message);
    pioneer_roster_free(roster);
    tiny_fini(&tiny);
    cr_assert_eq(pioneer_report_shortage_count(report), 1); /* an absent member does not count */
    cr_expect_eq(pioneer_report_shortage_at(report, 0)->day, tiny_day(1));
    cr_expect_eq(pioneer_report_shortage_at(report, 0)->assigned, 0);
    cr_assert_eq(pioneer_report_violation_count(report), 1);
    const struct pioneer_violation *violation = pioneer_report_violation_at(report, 0);
    cr_expect_str_eq(violation->code, "duplicate-assignment");
    cr_expect_str_eq(violation->member, "a");
    cr_expect_str_eq(violation->duty, "watch/gate/2020-02-17/am");
    cr_expect(strstr(violation->message, "两次") != NULL, "%s", violation->message);
    cr_expect_eq(pioneer_report_joint_count(report), 6);
    cr_expect(pioneer_report_joint_at(report, 6) == NULL);
    pioneer_report_free(report);
}
