/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the roster says about itself, against what the judge found. */
#ifndef PNR_CHECK_CLAIMS_H
#define PNR_CHECK_CLAIMS_H

#include "check/judge.h"

/* What campaign and assignments say of a part, for its own figures. */
struct pnr_part_size {
    int32_t tier, duty_count, member_count, assignment_count;
};

/* Copies the claims on the part into its recomputed `levels`, and reports those that do not hold. A roster
 * without any part, and a part without any level, claim nothing there. */
void pnr_claims_judge_part(const struct pnr_claims *claims, const struct pioneer_judged_part *part,
                           const struct pnr_part_size *size, struct pioneer_level_result *levels,
                           struct pioneer_report *report);

/* Reports claims on parts that do not exist, and prices of staging that are not so; needs all parts and the
 * joint values. */
void pnr_claims_judge_rest(const struct pnr_claims *claims, struct pioneer_report *report);

#endif
