/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rest between the last duty of a worked day and the first of the next worked day, longer after a night. */
#include "base/calendar.h"
#include "rules/table.h"

/* The state is the minute since the campaign's first midnight at which the member has rested; 0: long ago. */
static int64_t settle(const struct pnr_clause *clause, int32_t day, int64_t rested) {
    int64_t next_midnight = (int64_t)(day + 1 - clause->scene->organisation->first_day) * PNR_DAY_MINUTES;
    return rested > next_midnight ? rested : 0;
}

static int64_t asked(const struct pnr_clause *clause, bool night) {
    const struct pioneer_rule *given = &clause->rule->given;
    return night && given->night_minutes > 0 ? given->night_minutes : given->minutes;
}

static int64_t start(const struct pnr_clause *clause) {
    const struct pioneer_history *history = clause->scene->history;
    int32_t first_day = clause->scene->organisation->first_day;
    if (history == NULL || history->last_end_at == 0) {
        return 0;
    }
    int64_t end = (int64_t)history->last_end_at - (int64_t)first_day * PNR_DAY_MINUTES;
    return settle(clause, first_day - 1, end + asked(clause, history->last_was_night));
}

/* First start, last end, night; -1: a day off. */
static int64_t key(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    (void)clause;
    if (day->count == 0) {
        return -1;
    }
    int32_t midnight = day->day * PNR_DAY_MINUTES;
    int64_t end = 0;
    bool night = false;
    for (int32_t i = 0; i < day->count; i++) {
        int32_t to = day->duties[i]->to_at - midnight;
        end = to > end ? to : end;
        night |= day->duties[i]->night;
    }
    int64_t from = day->duties[0]->from_at - midnight;
    return (from * 4 * PNR_DAY_MINUTES + end) * 2 + night;
}

static struct pnr_step step(const struct pnr_clause *clause, int32_t day, int64_t state, int64_t key_of_day) {
    if (key_of_day < 0) {
        return (struct pnr_step){.state = settle(clause, day, state)};
    }
    int64_t midnight = (int64_t)(day - clause->scene->organisation->first_day) * PNR_DAY_MINUTES;
    int64_t from = midnight + key_of_day / 2 / (4 * PNR_DAY_MINUTES);
    int64_t end = midnight + key_of_day / 2 % (4 * PNR_DAY_MINUTES);
    return (struct pnr_step){.state = settle(clause, day, end + asked(clause, key_of_day % 2 != 0)),
                             .amount = state > from ? state - from : 0};
}

static void word(const struct pnr_rule *rule, struct pnr_text *text) {
    pnr_text_printf(text, "rests %d minutes between worked days", rule->given.minutes);
    if (rule->given.night_minutes > 0) {
        pnr_text_printf(text, ", %d after a night", rule->given.night_minutes);
    }
}

const struct pnr_rule_ops pnr_rule_rest = {
    .kind = PIONEER_RULE_REST, .start = start, .key = key, .step = step, .word = word};
