/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A weekend inside the campaign is worked on both days or on neither. */
#include "base/calendar.h"
#include "rules/table.h"

enum { SATURDAY = 5, SUNDAY = 6 };

/* The state is 0 when nothing is known of Saturday, 1 when it was off, 2 when it was worked. */
enum { UNKNOWN, OFF, WORKED };

static int64_t start(const struct pnr_clause *clause) {
    (void)clause;
    return UNKNOWN;
}

static int64_t key(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    (void)clause;
    return day->count > 0;
}

static struct pnr_step step(const struct pnr_clause *clause, int32_t day, int64_t state, int64_t worked) {
    (void)clause;
    switch (pnr_weekday(day)) {
    case SATURDAY:
        return (struct pnr_step){.state = worked != 0 ? WORKED : OFF};
    case SUNDAY:
        return (struct pnr_step){.amount = state != UNKNOWN && (state == WORKED) != (worked != 0)};
    default:
        return (struct pnr_step){.state = UNKNOWN};
    }
}

static void word(const struct pnr_rule *rule, struct pnr_text *text) {
    (void)rule;
    pnr_text_append(text, "works both days of a weekend or none");
}

const struct pnr_rule_ops pnr_rule_complete_weekends = {
    .kind = PIONEER_RULE_COMPLETE_WEEKENDS, .start = start, .key = key, .step = step, .word = word};
