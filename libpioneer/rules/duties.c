/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many duties in a window. */
#include "rules/table.h"
#include "rules/window.h"

static int32_t take(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    (void)clause;
    return day->count;
}

static void word(const struct pnr_rule *rule, struct pnr_text *text) {
    pnr_window_word(rule, "duties", text);
}

const struct pnr_rule_ops pnr_rule_duties = {.kind = PIONEER_RULE_DUTIES,
                                             .open = pnr_window_open,
                                             .charge = pnr_window_charge,
                                             .take = take,
                                             .word = word};
