/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rules are in force: the written ones and the built-in ones that no written one supplants
 * (docs/rules.md section 3). */
#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "model/derived.h"
#include "model/rule_table.h"

static bool has_kind(const struct pioneer_campaign *campaign, int32_t kind) {
    for (int32_t i = 0; i < campaign->rules.count; i++) {
        if ((int32_t)campaign->rules.items[i].kind == kind) {
            return true;
        }
    }
    return false;
}

static bool has_published(const struct pioneer_campaign *campaign) {
    for (int32_t i = 0; i < campaign->assignments.count; i++) {
        enum pioneer_assignment_state state = campaign->assignments.items[i].state;
        if (state == PIONEER_PUBLISHED || state == PIONEER_PINNED || state == PIONEER_SERVED) {
            return true;
        }
    }
    return false;
}

static bool is_built_in(const struct pioneer_campaign *campaign, const struct pnr_index *levels,
                        int32_t kind) {
    const struct pnr_rule_entry *entry = pnr_rule_entry((enum pioneer_rule_kind)kind);
    return entry->built_in >= 0 && !has_kind(campaign, kind) &&
           (entry->built_in == 0 || pnr_index_find(levels, entry->level) >= 0) &&
           (kind != PIONEER_RULE_STABILITY || has_published(campaign));
}

static void resolve_rule(struct pnr_rule *rule, const struct pnr_index *levels) {
    const struct pnr_rule_entry *entry = pnr_rule_entry(rule->given.kind);
    if (rule->given.weight == 0 && entry->is_term_only) {
        rule->given.weight = 1;
    }
    rule->level = -1;
    if (rule->given.weight > 0) {
        rule->level = pnr_index_find(levels, rule->given.level != NULL ? rule->given.level : entry->level);
    }
    if (rule->given.at_start == PIONEER_BORDER_DEFAULT) {
        rule->given.at_start = PIONEER_BORDER_JUDGE;
    }
    if (rule->given.at_end == PIONEER_BORDER_DEFAULT) {
        rule->given.at_end = PIONEER_BORDER_EXEMPT;
    }
}

static int compare_rules(const void *left, const void *right) {
    const struct pnr_rule *a = left;
    const struct pnr_rule *b = right;
    return strcmp(a->given.id, b->given.id);
}

/* In the order of their ids, whatever the order in the file: rows of the linear program follow it, and ties
 * between equally good rosters fall by it. */
static void list_rules(struct pnr_organisation *organisation, const struct pnr_index *levels) {
    const struct pioneer_campaign *campaign = organisation->campaign;
    for (int32_t i = 0; i < campaign->rules.count; i++) {
        if (!campaign->rules.items[i].drop) {
            organisation->rules[organisation->rule_count++].given = campaign->rules.items[i];
        }
    }
    for (int32_t kind = PIONEER_RULE_NONE + 1; kind < PIONEER_RULE_COUNT_OF_KINDS; kind++) {
        if (is_built_in(campaign, levels, kind)) {
            const struct pnr_rule_entry *entry = pnr_rule_entry((enum pioneer_rule_kind)kind);
            organisation->rules[organisation->rule_count++].given = (struct pioneer_rule){
                .struct_size = sizeof(struct pioneer_rule),
                .kind = (enum pioneer_rule_kind)kind,
                .id = entry->name,
                .weight = entry->built_in,
            };
        }
    }
    qsort(organisation->rules, (size_t)organisation->rule_count, sizeof *organisation->rules, compare_rules);
    for (int32_t i = 0; i < organisation->rule_count; i++) {
        resolve_rule(&organisation->rules[i], levels);
    }
}

static int32_t rule_of_id(const struct pnr_organisation *organisation, const char *id) {
    for (int32_t i = 0; i < organisation->rule_count; i++) {
        if (strcmp(organisation->rules[i].given.id, id) == 0) {
            return i;
        }
    }
    return -1;
}

static void link_replacements(struct pnr_organisation *organisation) {
    for (int32_t i = 0; i < organisation->rule_count; i++) {
        struct pnr_rule *rule = &organisation->rules[i];
        rule->replaces = rule->given.replaces != NULL ? rule_of_id(organisation, rule->given.replaces) : -1;
        if (rule->replaces >= 0) {
            organisation->rules[rule->replaces].is_replaced = true;
        }
    }
}

static void fill_stages(const struct pioneer_campaign *campaign, const struct pnr_index *stages,
                        struct pnr_rule *rule) {
    if (rule->given.stage_count == 0) {
        memset(rule->stage_in_scope, 1, (size_t)campaign->stages.count);
    }
    for (int32_t i = 0; i < rule->given.stage_count; i++) {
        int32_t stage = pnr_index_find(stages, rule->given.stages[i]);
        if (stage >= 0) {
            rule->stage_in_scope[stage] = 1;
        }
    }
}

static enum pioneer_status fill_scope(struct pnr_organisation *organisation, const struct pnr_index *stages,
                                      struct pnr_rule *rule, struct pioneer_error *error) {
    const struct pioneer_campaign *campaign = organisation->campaign;
    struct pnr_arena *arena = &organisation->arena;
    struct pnr_expression *members;
    rule->member_in_scope = pnr_arena_alloc(arena, (size_t)campaign->members.count, 1);
    rule->stage_in_scope = pnr_arena_alloc(arena, (size_t)campaign->stages.count, 1);
    if (rule->member_in_scope == NULL || rule->stage_in_scope == NULL) {
        return pnr_fail_no_memory(error);
    }
    enum pioneer_status status = pnr_expression_parse(campaign, rule->given.members, arena, &members, error);
    if (status != PIONEER_OK) {
        return status;
    }
    for (int32_t i = 0; i < campaign->members.count; i++) {
        rule->member_in_scope[i] = pnr_expression_holds(members, campaign, i);
    }
    fill_stages(campaign, stages, rule);
    return PIONEER_OK;
}

enum pioneer_status pnr_in_force_build(struct pnr_organisation *organisation,
                                       const struct pnr_indexes *indexes, struct pioneer_error *error) {
    const struct pioneer_campaign *campaign = organisation->campaign;
    organisation->levels = campaign->levels.items;
    organisation->level_count = campaign->levels.count;
    organisation->later_level = -1;
    if (campaign->levels.count == 0) {
        organisation->levels = pnr_default_levels(&organisation->level_count);
    }
    organisation->rules =
        pnr_arena_alloc(&organisation->arena, (size_t)campaign->rules.count + PIONEER_RULE_COUNT_OF_KINDS,
                        sizeof *organisation->rules);
    if (organisation->rules == NULL) {
        return pnr_fail_no_memory(error);
    }
    list_rules(organisation, &indexes->of[PNR_KIND_LEVEL]);
    link_replacements(organisation);
    enum pioneer_status status = PIONEER_OK;
    for (int32_t i = 0; i < organisation->rule_count && status == PIONEER_OK; i++) {
        status = fill_scope(organisation, &indexes->of[PNR_KIND_STAGE], &organisation->rules[i], error);
    }
    return status;
}
