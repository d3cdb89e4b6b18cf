/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one table of rules about one member, and how they are opened on a member. */
#include "rules/rule.h"

#include "rules/table.h"

static const struct pnr_rule_ops *const table[] = {
    &pnr_rule_availability, &pnr_rule_eligibility, &pnr_rule_walking,           &pnr_rule_rest,
    &pnr_rule_duties,       &pnr_rule_minutes,     &pnr_rule_work_run,          &pnr_rule_off_run,
    &pnr_rule_kind_run,     &pnr_rule_weekends,    &pnr_rule_complete_weekends, &pnr_rule_succession,
    &pnr_rule_count,        &pnr_rule_isolation,   &pnr_rule_requests,          &pnr_rule_preferences,
    &pnr_rule_ratings,      &pnr_rule_continuity,  &pnr_rule_load_fairness,     &pnr_rule_hardship_fairness,
    &pnr_rule_stability,
};

const struct pnr_rule_ops *pnr_rule_ops_of(enum pioneer_rule_kind kind) {
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (table[i]->kind == kind) {
            return table[i];
        }
    }
    return NULL;
}

bool pnr_rule_word(const struct pnr_rule *rule, struct pnr_text *text) {
    const struct pnr_rule_ops *ops = pnr_rule_ops_of(rule->given.kind);
    if (ops == NULL) {
        return false;
    }
    ops->word(rule, text);
    return true;
}

/* The stage that holds a date; for a date between stages the one before; -1 before the first. */
static int32_t stage_of_day(const struct pnr_organisation *organisation, int32_t day) {
    const struct pioneer_campaign *campaign = organisation->campaign;
    int32_t stage = -1;
    while (stage + 1 < campaign->stages.count && campaign->stages.items[stage + 1].from_day <= day) {
        stage++;
    }
    return stage;
}

static bool is_planned_day(const struct pnr_organisation *organisation, int32_t day) {
    int32_t stage = stage_of_day(organisation, day);
    return stage >= 0 && day <= organisation->campaign->stages.items[stage].to_day;
}

bool pnr_scene_in_force(const struct pnr_scene *scene, int32_t rule, int32_t day) {
    if (!scene->spans_stages) {
        return pnr_organisation_rule_holds(scene->organisation, rule, scene->member, scene->stage);
    }
    return is_planned_day(scene->organisation, day) &&
           pnr_organisation_rule_holds(scene->organisation, rule, scene->member,
                                       stage_of_day(scene->organisation, day));
}

bool pnr_clause_in_force(const struct pnr_clause *clause, int32_t day) {
    const struct pnr_scene *scene = clause->scene;
    if (day > scene->judged_to && clause->rule != NULL && clause->rule->level >= 0) {
        return false;
    }
    return clause->rule == NULL || clause->ops->whole_part || !scene->spans_stages ||
           pnr_scene_in_force(scene, (int32_t)(clause->rule - scene->organisation->rules), day);
}

struct pnr_clause *pnr_clause_add(struct pnr_clause_list *list, const struct pnr_clause *blank,
                                  const void *settings) {
    struct pnr_clause clause = *blank;
    clause.settings = settings;
    return pnr_array_push(&list->clauses, clause) ? &list->clauses.items[list->clauses.count - 1] : NULL;
}

static bool open_ops(struct pnr_clause_list *list, const struct pnr_clause *blank) {
    return blank->ops->open != NULL ? blank->ops->open(list, blank)
                                    : pnr_clause_add(list, blank, NULL) != NULL;
}

/* Whether the rule holds on some date of the horizon, a term on one that is judged. Whoever is here for a pin
 * alone is nobody's to judge. */
static bool holds_somewhere(const struct pnr_scene *scene, int32_t rule) {
    if (!pnr_organisation_serves(scene->organisation, scene->member, scene->unit)) {
        return false;
    }
    bool is_term = scene->organisation->rules[rule].level >= 0;
    if (!scene->spans_stages || (is_term && scene->stage >= 0)) {
        return pnr_organisation_rule_holds(scene->organisation, rule, scene->member, scene->stage);
    }
    for (int32_t s = 0; s < scene->organisation->campaign->stages.count; s++) {
        if (pnr_organisation_rule_holds(scene->organisation, rule, scene->member, s)) {
            return true;
        }
    }
    return false;
}

bool pnr_rules_open(const struct pnr_scene *scene, struct pnr_clause_list *list) {
    list->scene = scene;
    struct pnr_clause blank = {.ops = &pnr_rule_overlap, .scene = scene};
    bool ok = open_ops(list, &blank);
    for (int32_t r = 0; ok && r < scene->organisation->rule_count; r++) {
        blank.rule = &scene->organisation->rules[r];
        blank.lookup = &scene->lookup->rules[r];
        blank.ops = pnr_rule_ops_of(blank.rule->given.kind);
        if (blank.ops != NULL && holds_somewhere(scene, r)) {
            ok = open_ops(list, &blank);
        }
    }
    return ok;
}
