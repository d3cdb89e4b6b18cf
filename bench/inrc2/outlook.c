/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a week should leave to the weeks after it. */
#include <stdlib.h>

#include "inrc2/campaign.h"

static int32_t share_down(int32_t whole, int32_t part, int32_t of) {
    return (int32_t)((int64_t)whole * part / of);
}

static int32_t share_up(int32_t whole, int32_t part, int32_t of) {
    return (int32_t)(((int64_t)whole * part + of - 1) / of);
}

/* Rounded to the loose side: what a nurse may not use in one week, nobody gives back. */
bool inrc2_outlook_init(struct inrc2_outlook *outlook, const struct inrc2_scenario *scenario,
                        int32_t weeks_done) {
    int32_t weeks = scenario->week_count;
    int32_t done = weeks_done < weeks ? weeks_done : weeks;
    outlook->limits = calloc((size_t)scenario->contract_count, sizeof *outlook->limits);
    for (int32_t i = 0; outlook->limits != NULL && i < scenario->contract_count; i++) {
        const struct inrc2_contract *contract = &scenario->contracts[i];
        outlook->limits[i] = (struct inrc2_limits){
            .total = {share_down(contract->total.min, done, weeks),
                      share_up(contract->total.max, done, weeks)},
            .max_weekends = share_up(contract->max_weekends, done, weeks),
        };
    }
    return outlook->limits != NULL;
}

void inrc2_outlook_fini(struct inrc2_outlook *outlook) {
    free(outlook->limits);
    outlook->limits = NULL;
}
