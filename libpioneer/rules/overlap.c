/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No two duties at once: always hard, also across midnight. */
#include "base/calendar.h"
#include "rules/table.h"

static int64_t charge(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    (void)clause;
    int64_t overlaps = 0;
    for (int32_t i = 1; i < day->count; i++) {
        overlaps += day->duties[i]->from_at < day->duties[i - 1]->to_at;
    }
    return overlaps;
}

static int64_t start(const struct pnr_clause *clause) {
    (void)clause;
    return 0;
}

/* First start and last end, both in minutes of the day: at most 2 × 1440 each. */
static int64_t key(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    (void)clause;
    if (day->count == 0) {
        return -1;
    }
    int32_t midnight = day->day * PNR_DAY_MINUTES;
    int32_t end = 0;
    for (int32_t i = 0; i < day->count; i++) {
        int32_t to = day->duties[i]->to_at - midnight;
        end = to > end ? to : end;
    }
    int32_t over = end > PNR_DAY_MINUTES ? end - PNR_DAY_MINUTES : 0;
    return (int64_t)(day->duties[0]->from_at - midnight) * (2 * PNR_DAY_MINUTES) + over;
}

/* The state is the minute until which yesterday's duties reach into the day. */
static struct pnr_step step(const struct pnr_clause *clause, int32_t day, int64_t state, int64_t key_of_day) {
    (void)clause;
    (void)day;
    if (key_of_day < 0) {
        return (struct pnr_step){0};
    }
    int64_t from = key_of_day / (2 * PNR_DAY_MINUTES);
    return (struct pnr_step){.state = key_of_day % (2 * PNR_DAY_MINUTES), .amount = from < state};
}

const struct pnr_rule_ops pnr_rule_overlap = {
    .kind = PIONEER_RULE_NONE, .charge = charge, .start = start, .key = key, .step = step};
