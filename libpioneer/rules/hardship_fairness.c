/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Squared points of hardship above the entitlement. */
#include "rules/fairness.h"
#include "rules/table.h"

static bool open_fairness(struct pnr_clause_list *list, const struct pnr_clause *blank) {
    return pnr_fairness_open(list, blank, blank->scene->entitled_hardship);
}

static int32_t take(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    (void)clause;
    int32_t load = 0;
    for (int32_t i = 0; i < day->count; i++) {
        load += day->in_part[i] ? day->duties[i]->hardship : 0;
    }
    return load;
}

static void word(const struct pnr_rule *rule, struct pnr_text *text) {
    (void)rule;
    pnr_text_append(text, "carries a fair share of the hardship");
}

const struct pnr_rule_ops pnr_rule_hardship_fairness = {.kind = PIONEER_RULE_HARDSHIP_FAIRNESS,
                                                        .whole_part = true,
                                                        .open = open_fairness,
                                                        .take = take,
                                                        .word = word};
