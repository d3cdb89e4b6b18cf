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
    *outlook = (struct inrc2_outlook){0};
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

bool inrc2_outlook_foresee(struct inrc2_outlook *outlook, const struct inrc2_scenario *scenario,
                           const struct inrc2_future *future) {
    free(outlook->worth);
    outlook->worth = calloc((size_t)scenario->nurse_count, sizeof *outlook->worth);
    return outlook->worth != NULL && inrc2_future_split(future, outlook->worth);
}

static int32_t rounded(double cost) {
    return (int32_t)(cost < 0 ? cost - 0.5 : cost + 0.5);
}

int32_t inrc2_outlook_slopes(const struct inrc2_worth *worth, const struct inrc2_past *past,
                             struct inrc2_slope slopes[INRC2_SLOPES_MAX]) {
    int32_t count = 0, before = 0;
    /* Where the slope rises, a maximum begins or a minimum ends. Before the first duty and after the last one
     * it may as well be level, for nobody gets there. */
    for (int32_t i = 0; i <= INRC2_WEEK; i++) {
        int32_t slope = i < INRC2_WEEK ? rounded(worth->total[i + 1] - worth->total[i]) : 0;
        int32_t low = before < 0 ? before : 0, high = slope > 0 ? slope : 0;
        int32_t least = slope < 0 ? slope : 0, most = before > 0 ? before : 0;
        if (least > low) {
            slopes[count++] = (struct inrc2_slope){false, past->total + i, least - low};
        }
        if (high > most) {
            slopes[count++] = (struct inrc2_slope){true, past->total + i, high - most};
        }
        before = slope;
    }
    return count;
}

void inrc2_outlook_fini(struct inrc2_outlook *outlook) {
    free(outlook->limits);
    free(outlook->worth);
    *outlook = (struct inrc2_outlook){0};
}
