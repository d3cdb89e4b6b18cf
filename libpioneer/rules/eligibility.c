/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The member satisfies what the post asks for. Pins stand whatever they say: only a term charges them. */
#include "rules/table.h"

/* A hard rule is kept by what may be taken at all: there is nothing left to watch. */
static bool open_term(struct pnr_clause_list *list, const struct pnr_clause *blank) {
    return blank->rule->level < 0 || pnr_clause_add(list, blank, NULL) != NULL;
}

static int64_t trait(const struct pnr_clause *clause, const struct pnr_duty *duty) {
    const struct pnr_organisation *organisation = clause->scene->organisation;
    return !pnr_expression_holds(organisation->eligible_of_post[duty->post], organisation->campaign,
                                 clause->scene->member);
}

static int64_t charge(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    int64_t unfit = 0;
    for (int32_t i = 0; i < day->count; i++) {
        unfit += day->in_part[i] && trait(clause, day->duties[i]) != 0;
    }
    return unfit;
}

static void word(const struct pnr_rule *rule, struct pnr_text *text) {
    (void)rule;
    pnr_text_append(text, "serves only at posts that accept the member");
}

const struct pnr_rule_ops pnr_rule_eligibility = {.kind = PIONEER_RULE_ELIGIBILITY,
                                                  .open = open_term,
                                                  .trait = trait,
                                                  .sees_member = true,
                                                  .charge = charge,
                                                  .word = word};
