/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge without a roster object: what pioneer_check() does once the roster is laid open. */
#ifndef PNR_CHECK_JUDGE_H
#define PNR_CHECK_JUDGE_H

#include "check/report.h"
#include "model/campaign.h"

/* A roster laid open. Everything is borrowed; claims may be absent (counts 0). */
struct pnr_claims {
    enum pioneer_mode mode;
    const struct pioneer_assignment *assignments;
    int32_t assignment_count;
    const struct pioneer_part *parts;
    int32_t part_count;
    const struct pioneer_staging_price *prices;
    int32_t price_count;
    bool is_of_other_campaign; /* the roster says that it was made from another text than the campaign's */
};

/* As pioneer_check(), but does not ask whether the campaign was validated: what validation would refuse and
 * the judge cannot work with is PIONEER_E_INVALID. */
enum pioneer_status pnr_judge(const struct pioneer_campaign *campaign, const struct pnr_claims *claims,
                              const char *language, struct pioneer_report **out, struct pioneer_error *error);

#endif
