/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pioneer_check: lays a roster open and has it judged. */
#include <pioneer/check.h>

#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "check/judge.h"

static void lay_open(const struct pioneer_roster *roster, struct pioneer_assignment *assignments,
                     struct pioneer_part *parts, struct pioneer_staging_price *prices) {
    for (int32_t i = 0; i < pioneer_roster_count(roster); i++) {
        assignments[i] = *pioneer_roster_at(roster, i);
    }
    for (int32_t i = 0; i < pioneer_roster_part_count(roster); i++) {
        parts[i] = *pioneer_roster_part_at(roster, i);
    }
    for (int32_t i = 0; i < pioneer_roster_price_count(roster); i++) {
        prices[i] = *pioneer_roster_price_at(roster, i);
    }
}

/* Whether the roster names another text than the campaign has now. One that names none says nothing. */
static enum pioneer_status compare_input(const struct pioneer_campaign *campaign,
                                         const struct pioneer_roster *roster, bool *differs) {
    const char *named = pioneer_roster_get(roster)->input_hash;
    char hash[PNR_FINGERPRINT_BYTES] = "";
    *differs = false;
    if (named == NULL || *named == '\0') {
        return PIONEER_OK;
    }
    enum pioneer_status status = pnr_campaign_fingerprint(campaign, hash);
    *differs = status == PIONEER_OK && strcmp(hash, named) != 0;
    return status;
}

enum pioneer_status pioneer_check(const struct pioneer_campaign *campaign,
                                  const struct pioneer_roster *roster, const char *language,
                                  struct pioneer_report **out, struct pioneer_error *error) {
    *out = NULL;
    if (!campaign->validated) {
        return pnr_fail(error, PIONEER_E_INVALID, "not-validated", NULL,
                        "The campaign has not been validated.");
    }
    struct pnr_claims claims = {
        .mode = pioneer_roster_get(roster)->mode,
        .assignment_count = pioneer_roster_count(roster),
        .part_count = pioneer_roster_part_count(roster),
        .price_count = pioneer_roster_price_count(roster),
    };
    struct pioneer_assignment *assignments = calloc((size_t)claims.assignment_count + 1, sizeof *assignments);
    struct pioneer_part *parts = calloc((size_t)claims.part_count + 1, sizeof *parts);
    struct pioneer_staging_price *prices = calloc((size_t)claims.price_count + 1, sizeof *prices);
    enum pioneer_status status = compare_input(campaign, roster, &claims.is_of_other_campaign);
    if (status != PIONEER_OK || assignments == NULL || parts == NULL || prices == NULL) {
        status = pnr_fail_no_memory(error);
    } else {
        lay_open(roster, assignments, parts, prices);
        claims.assignments = assignments;
        claims.parts = parts;
        claims.prices = prices;
        status = pnr_judge(campaign, &claims, language, out, error);
    }
    free(assignments);
    free(parts);
    free(prices);
    return status;
}
