/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A duty lies inside the member's free time. Pins stand whatever they say: only a term charges them. */
#include "rules/table.h"

/* A hard rule is kept by what may be taken at all: there is nothing left to watch. */
static bool open_term(struct pnr_clause_list *list, const struct pnr_clause *blank) {
    return blank->rule->level < 0 || pnr_clause_add(list, blank, NULL) != NULL;
}

static int64_t trait(const struct pnr_clause *clause, const struct pnr_duty *duty) {
    const struct pnr_scene *scene = clause->scene;
    return !pnr_organisation_is_free(scene->organisation, scene->member, duty->from_at, duty->to_at);
}

static int64_t charge(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    int64_t outside = 0;
    for (int32_t i = 0; i < day->count; i++) {
        outside += day->in_part[i] && trait(clause, day->duties[i]) != 0;
    }
    return outside;
}

static void word(const struct pnr_rule *rule, struct pnr_text *text) {
    (void)rule;
    pnr_text_append(text, "serves within the free time");
}

const struct pnr_rule_ops pnr_rule_availability = {.kind = PIONEER_RULE_AVAILABILITY,
                                                   .open = open_term,
                                                   .trait = trait,
                                                   .sees_member = true,
                                                   .charge = charge,
                                                   .word = word};
