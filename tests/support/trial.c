/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Judging the roster of a tiny campaign, and asking the report short questions. */
#include "trial.h"

#include <criterion/criterion.h>
#include <string.h>

#include "check/judge.h"

struct pioneer_report *trial_judge(const struct tiny *tiny, enum pioneer_mode mode) {
    struct pnr_claims claims = {
        .mode = mode, .assignments = tiny->taken, .assignment_count = tiny->taken_count};
    struct pioneer_report *report = NULL;
    struct pioneer_error error = {0};
    cr_assert_eq(pnr_judge(tiny->campaign, &claims, NULL, &report, &error), PIONEER_OK, "%s: %s", error.code,
                 error.message);
    return report;
}

int32_t trial_count(const struct pioneer_report *report, const char *code) {
    int32_t count = 0;
    for (int32_t i = 0; i < pioneer_report_violation_count(report); i++) {
        count += strcmp(pioneer_report_violation_at(report, i)->code, code) == 0;
    }
    return count;
}

const struct pioneer_violation *trial_first(const struct pioneer_report *report, const char *code) {
    for (int32_t i = 0; i < pioneer_report_violation_count(report); i++) {
        if (strcmp(pioneer_report_violation_at(report, i)->code, code) == 0) {
            return pioneer_report_violation_at(report, i);
        }
    }
    cr_assert(false, "no violation %s", code);
    return NULL;
}

int64_t trial_amount(const struct pioneer_report *report, int32_t part, const char *rule) {
    const struct pioneer_judged_part *judged = pioneer_report_part_at(report, part);
    cr_assert(judged != NULL, "no part %d", (int)part);
    for (int32_t i = 0; i < judged->term_count; i++) {
        if (strcmp(judged->terms[i].rule, rule) == 0) {
            return judged->terms[i].amount;
        }
    }
    cr_assert(false, "no term %s", rule);
    return -1;
}

int64_t trial_value(const struct pioneer_report *report, int32_t part, const char *level) {
    const struct pioneer_judged_part *judged = pioneer_report_part_at(report, part);
    cr_assert(judged != NULL, "no part %d", (int)part);
    for (int32_t i = 0; i < judged->level_count; i++) {
        if (strcmp(judged->levels[i].level, level) == 0) {
            return judged->levels[i].value;
        }
    }
    cr_assert(false, "no level %s", level);
    return -1;
}

int64_t trial_joint_value(const struct pioneer_report *report, const char *level) {
    for (int32_t i = 0; i < pioneer_report_joint_count(report); i++) {
        if (strcmp(pioneer_report_joint_at(report, i)->level, level) == 0) {
            return pioneer_report_joint_at(report, i)->value;
        }
    }
    cr_assert(false, "no level %s", level);
    return -1;
}

void trial_expect_count(const struct tiny *tiny, const char *code, int32_t count) {
    struct pioneer_report *report = trial_judge(tiny, PIONEER_STAGED);
    cr_expect_eq(trial_count(report, code), count, "%d violations of %s, not %d",
                 (int)trial_count(report, code), code, (int)count);
    pioneer_report_free(report);
}

void trial_expect_amount(const struct tiny *tiny, const char *rule, int64_t amount) {
    struct pioneer_report *report = trial_judge(tiny, PIONEER_STAGED);
    cr_expect_eq(trial_amount(report, 0, rule), amount, "%s is %lld, not %lld", rule,
                 (long long)trial_amount(report, 0, rule), (long long)amount);
    pioneer_report_free(report);
}

static bool is_same(const char *a, const char *b) {
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

void trial_expect_violation(const struct tiny *tiny, const char *code, const char *member, const char *duty) {
    struct pioneer_report *report = trial_judge(tiny, PIONEER_STAGED);
    const struct pioneer_violation *violation = trial_first(report, code);
    cr_expect_eq(trial_count(report, code), 1);
    cr_expect(is_same(violation->member, member), "member %s", violation->member);
    cr_expect(is_same(violation->duty, duty), "duty %s", violation->duty);
    cr_expect_gt(strlen(violation->message), 0);
    cr_expect(strchr(violation->message, '{') == NULL, "%s", violation->message);
    pioneer_report_free(report);
}
