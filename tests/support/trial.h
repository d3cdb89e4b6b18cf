/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Judging the roster of a tiny campaign, and asking the report short questions. */
#ifndef TESTS_SUPPORT_TRIAL_H
#define TESTS_SUPPORT_TRIAL_H

#include <pioneer/check.h>

#include "tiny.h"

/** The report on the roster typed by hand; release it with pioneer_report_free(). */
struct pioneer_report *trial_judge(const struct tiny *tiny, enum pioneer_mode mode);

/** How many violations have the code. */
int32_t trial_count(const struct pioneer_report *report, const char *code);
/** The first violation with the code; fails the test when there is none. */
const struct pioneer_violation *trial_first(const struct pioneer_report *report, const char *code);

/** The amount of the term of a rule in a part, in the order of the parts; fails the test when there is none.
 */
int64_t trial_amount(const struct pioneer_report *report, int32_t part, const char *rule);
/** The recomputed value of a level in a part, and in the joint valuation. */
int64_t trial_value(const struct pioneer_report *report, int32_t part, const char *level);
int64_t trial_joint_value(const struct pioneer_report *report, const char *level);

/** The roster as it stands has so many violations of the code, or the term such an amount in part 0, staged.
 */
void trial_expect_count(const struct tiny *tiny, const char *code, int32_t count);
void trial_expect_amount(const struct tiny *tiny, const char *rule, int64_t amount);
/** The one violation of the code is that of the member on the duty "post/site/date/slot" (NULL: none). */
void trial_expect_violation(const struct tiny *tiny, const char *code, const char *member, const char *duty);

#endif
