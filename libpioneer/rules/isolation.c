/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days apart between sites of two classes. */
#include <string.h>

#include "rules/table.h"

/* Bits of the key: which class of site the day visits. The state holds, for each class, in how many days it
 * no longer matters. */
enum { HERE = 1, THERE = 2, RADIX = 1 << 30 };

static int64_t state_of(int64_t here, int64_t there) {
    return here * RADIX + there;
}

static int64_t days_left(const struct pnr_clause *clause, const char *const *kinds, int32_t count) {
    const struct pioneer_history *history = clause->scene->history;
    int64_t left = 0;
    for (int32_t v = 0; history != NULL && v < history->visit_count; v++) {
        for (int32_t k = 0; k < count; k++) {
            int64_t until = (int64_t)history->visits[v].day + clause->rule->given.days + 1;
            int64_t days = until - clause->scene->organisation->first_day;
            if (strcmp(history->visits[v].site_kind, kinds[k]) == 0 && days > left) {
                left = days;
            }
        }
    }
    return left;
}

static int64_t start(const struct pnr_clause *clause) {
    const struct pioneer_rule *given = &clause->rule->given;
    return state_of(days_left(clause, given->site_kinds, given->site_kind_count),
                    days_left(clause, given->other_site_kinds, given->other_site_kind_count));
}

static int64_t trait(const struct pnr_clause *clause, const struct pnr_duty *duty) {
    return (clause->lookup->site_kinds[duty->site] ? HERE : 0) |
           (clause->lookup->other_site_kinds[duty->site] ? THERE : 0);
}

static int64_t key(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    int64_t bits = 0;
    for (int32_t i = 0; i < day->count; i++) {
        bits |= trait(clause, day->duties[i]);
    }
    return bits;
}

static int64_t after(int64_t left, bool visited, int64_t days) {
    int64_t passed = left > 0 ? left - 1 : 0;
    return visited && days > passed ? days : passed;
}

static struct pnr_step step(const struct pnr_clause *clause, int32_t day, int64_t state, int64_t bits) {
    (void)day;
    int64_t here = state / RADIX;
    int64_t there = state % RADIX;
    bool visits_here = (bits & HERE) != 0;
    bool visits_there = (bits & THERE) != 0;
    bool too_close = (visits_here && (visits_there || there > 0)) || (visits_there && here > 0);
    int64_t days = clause->rule->given.days;
    return (struct pnr_step){.state =
                                 state_of(after(here, visits_here, days), after(there, visits_there, days)),
                             .amount = too_close};
}

static void word(const struct pnr_rule *rule, struct pnr_text *text) {
    pnr_text_printf(text, "keeps %d days between sites of two classes", rule->given.days);
}

const struct pnr_rule_ops pnr_rule_isolation = {
    .kind = PIONEER_RULE_ISOLATION, .trait = trait, .start = start, .key = key, .step = step, .word = word};
