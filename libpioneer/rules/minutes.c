/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many minutes in a window. */
#include "rules/table.h"
#include "rules/window.h"

static int32_t take(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    (void)clause;
    int32_t minutes = 0;
    for (int32_t i = 0; i < day->count; i++) {
        minutes += day->duties[i]->to_at - day->duties[i]->from_at;
    }
    return minutes;
}

static void word(const struct pnr_rule *rule, struct pnr_text *text) {
    pnr_window_word(rule, "minutes", text);
}

const struct pnr_rule_ops pnr_rule_minutes = {.kind = PIONEER_RULE_MINUTES,
                                              .open = pnr_window_open,
                                              .charge = pnr_window_charge,
                                              .take = take,
                                              .word = word};
