/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weeks of an INRC-II instance as a campaign. */
#ifndef BENCH_INRC2_CAMPAIGN_H
#define BENCH_INRC2_CAMPAIGN_H

#include <pioneer/check.h>

#include "inrc2/future.h"
#include "inrc2/inrc2.h"

/* Day 0: a Monday (2024-01-01). A campaign of later weeks starts there too. */
#define INRC2_FIRST_DAY 19723

/*
 * What the end of a campaign that is not the end of the horizon is worth: either the limits of totals and
 * weekends that hold up to there, [contract], or what every nurse's state costs later, [nurse].
 */
struct inrc2_limits {
    struct inrc2_range total;
    int32_t max_weekends;
};
struct inrc2_outlook {
    struct inrc2_limits *limits; /* read where there is no worth */
    struct inrc2_worth *worth;
};

/* The share of the horizon's limits that `weeks_done` of its weeks may use; all of them at its end. False:
 * memory is short. */
bool inrc2_outlook_init(struct inrc2_outlook *outlook, const struct inrc2_scenario *scenario,
                        int32_t weeks_done);
/* From now on what a future says. */
bool inrc2_outlook_foresee(struct inrc2_outlook *outlook, const struct inrc2_scenario *scenario,
                           const struct inrc2_future *future);
void inrc2_outlook_fini(struct inrc2_outlook *outlook);

/* One rule that says a part of what a total costs: `weight` for each duty beyond `limit`, respectively each
 * one missing to it. */
struct inrc2_slope {
    bool is_max;
    int32_t limit, weight;
};
#define INRC2_SLOPES_MAX (INRC2_WEEK + 2)
/* The slopes of the nurse's costs by its total, at the end of a week that starts with `past`; their count. */
int32_t inrc2_outlook_slopes(const struct inrc2_worth *worth, const struct inrc2_past *past,
                             struct inrc2_slope slopes[INRC2_SLOPES_MAX]);

/* Consecutive weeks to plan at once, after a history. */
struct inrc2_span {
    const struct inrc2_scenario *scenario;
    const struct inrc2_history *history;
    struct inrc2_week *const *weeks;
    int32_t week_count;
    const struct inrc2_outlook *outlook;
    const char *name;
};

/*
 * Makes a validated campaign. Minimum cover is hard in the format and a level of its own before the costs in
 * the campaign ("must": heads below it, which end at 0 if that is possible); level "cost" has the format's
 * value, but that totals and weekends are charged by the outlook.
 */
bool inrc2_campaign(const struct inrc2_span *span, struct pioneer_campaign **out, struct bench_error *error);

/* Puts the roster of such a campaign into a grid of `day_count` days, from `first_day` on. */
bool inrc2_grid_of_roster(const struct inrc2_scenario *scenario, const struct pioneer_roster *roster,
                          int32_t first_day, struct inrc2_place *grid, int32_t day_count,
                          struct bench_error *error);

/* The part of the judged cost that the outlook has nothing to do with. */
int64_t inrc2_value_without_outlook(const struct pioneer_report *report);
/* What is charged for heads below the minimum. */
int64_t inrc2_short_value(const struct pioneer_report *report);

#endif
