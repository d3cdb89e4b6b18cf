/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many duties of certain posts, sites, slots or hardship in a window. */
#include "rules/table.h"
#include "rules/window.h"

static bool fits(const struct pnr_clause *clause, const struct pnr_duty *duty) {
    const struct pnr_rule_lookup *lookup = clause->lookup;
    return (lookup->posts == NULL || lookup->posts[duty->post]) &&
           (lookup->sites == NULL || lookup->sites[duty->site]) &&
           (lookup->slots == NULL || lookup->slots[duty->slot]) &&
           duty->hardship >= clause->rule->given.hardship;
}

static int32_t take(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    int32_t count = 0;
    for (int32_t i = 0; i < day->count; i++) {
        count += fits(clause, day->duties[i]);
    }
    return count;
}

static int64_t trait(const struct pnr_clause *clause, const struct pnr_duty *duty) {
    return fits(clause, duty);
}

static void word(const struct pnr_rule *rule, struct pnr_text *text) {
    pnr_window_word(rule, "duties of the kind counted", text);
}

const struct pnr_rule_ops pnr_rule_count = {.kind = PIONEER_RULE_COUNT,
                                            .open = pnr_window_open,
                                            .charge = pnr_window_charge,
                                            .trait = trait,
                                            .take = take,
                                            .word = word};
