/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules in force: the written ones and the built-in ones, with levels and scopes resolved. */
#include "check/inforce.h"

#include <stdio.h>
#include <string.h>

#include "base/status.h"

/* docs/rules.md section 3. */
struct built_in {
    enum pioneer_rule_kind kind;
    int32_t weight;    /* 0: hard */
    const char *level; /* NULL: hard */
};

static const struct built_in built_ins[] = {
    {PIONEER_RULE_AVAILABILITY, 0, NULL},
    {PIONEER_RULE_ELIGIBILITY, 0, NULL},
    {PIONEER_RULE_WALKING, 0, NULL},
    {PIONEER_RULE_SHORT_OF_MIN, 1, "must"},
    {PIONEER_RULE_LEAD, 1, "lead"},
    {PIONEER_RULE_SHORT_OF_TARGET, 1, "target"},
    {PIONEER_RULE_STABILITY, 1, "stability"},
    {PIONEER_RULE_LOAD_FAIRNESS, 1, "fairness"},
    {PIONEER_RULE_HARDSHIP_FAIRNESS, 3600, "fairness"},
    {PIONEER_RULE_UNIT_BURDEN, 60, "fairness"},
    {PIONEER_RULE_REQUESTS, 1, "wishes"},
    {PIONEER_RULE_PREFERENCES, 1, "wishes"},
};

enum { BUILT_IN_COUNT = sizeof built_ins / sizeof *built_ins };

static bool is_term_only(enum pioneer_rule_kind kind) {
    switch (kind) {
    case PIONEER_RULE_SHORT_OF_MIN:
    case PIONEER_RULE_SHORT_OF_TARGET:
    case PIONEER_RULE_OVER_TARGET:
    case PIONEER_RULE_REQUESTS:
    case PIONEER_RULE_PREFERENCES:
    case PIONEER_RULE_RATINGS:
    case PIONEER_RULE_CONTINUITY:
    case PIONEER_RULE_LOAD_FAIRNESS:
    case PIONEER_RULE_HARDSHIP_FAIRNESS:
    case PIONEER_RULE_UNIT_BURDEN:
    case PIONEER_RULE_STABILITY:
        return true;
    default:
        return false;
    }
}

static const char *default_level(enum pioneer_rule_kind kind) {
    for (int32_t i = 0; i < BUILT_IN_COUNT; i++) {
        if (built_ins[i].kind == kind && built_ins[i].level != NULL) {
            return built_ins[i].level;
        }
    }
    switch (kind) {
    case PIONEER_RULE_COMPOSITION:
    case PIONEER_RULE_COHORT:
    case PIONEER_RULE_TOGETHER:
    case PIONEER_RULE_APART:
    case PIONEER_RULE_UNIT_QUOTA:
    case PIONEER_RULE_SITE_CAPACITY:
        return "lead";
    default:
        return "wishes";
    }
}

static int32_t find_level(const struct pnr_world *world, const char *id) {
    for (int32_t i = 0; i < world->level_count; i++) {
        if (strcmp(world->levels[i].id, id) == 0) {
            return i;
        }
    }
    return -1;
}

static bool is_written(const struct pioneer_campaign *campaign, enum pioneer_rule_kind kind) {
    for (int32_t i = 0; i < campaign->rules.count; i++) {
        if (campaign->rules.items[i].kind == kind) {
            return true;
        }
    }
    return false;
}

static bool has_published(const struct pioneer_campaign *campaign) {
    for (int32_t i = 0; i < campaign->assignments.count; i++) {
        enum pioneer_assignment_state state = campaign->assignments.items[i].state;
        if (state == PIONEER_PUBLISHED || pnr_is_pin(state)) {
            return true;
        }
    }
    return false;
}

static bool is_in_force(const struct pnr_world *world, const struct built_in *built_in) {
    if (is_written(world->campaign, built_in->kind)) {
        return false;
    }
    if (built_in->kind == PIONEER_RULE_STABILITY && !has_published(world->campaign)) {
        return false;
    }
    return built_in->level == NULL || find_level(world, built_in->level) >= 0;
}

/* Whether an id is taken: by a rule that is in force already, or written by the user. */
static bool is_taken(const struct pnr_world *world, const char *id) {
    for (int32_t i = 0; i < world->rule_count; i++) {
        if (strcmp(world->rules[i].id, id) == 0) {
            return true;
        }
    }
    for (int32_t i = 0; i < world->campaign->rules.count; i++) {
        const char *written = world->campaign->rules.items[i].id;
        if (written != NULL && strcmp(written, id) == 0) {
            return true;
        }
    }
    return false;
}

/* The kind's name, with "-2", "-3" … while it is taken; NULL when memory is short. */
static const char *default_id(struct pnr_world *world, enum pioneer_rule_kind kind) {
    char id[96];
    (void)snprintf(id, sizeof id, "%s", pnr_rule_kind_name(kind));
    for (int32_t number = 2; is_taken(world, id); number++) {
        (void)snprintf(id, sizeof id, "%s-%d", pnr_rule_kind_name(kind), (int)number);
    }
    return pnr_arena_strdup(&world->arena, id);
}

/* Flags of the listed ids; NULL (all) for an empty list. Unknown ids are ignored: validation refuses them. */
static bool select_ids(struct pnr_world *world, const struct pnr_map *map, const char *const *ids,
                       int32_t id_count, uint8_t **out) {
    if (id_count == 0) {
        *out = NULL;
        return true;
    }
    *out = pnr_arena_alloc(&world->arena, (size_t)pnr_map_count(map) + 1, 1);
    for (int32_t i = 0; i < id_count && *out != NULL; i++) {
        int32_t index = pnr_map_get(map, ids[i]);
        if (index >= 0) {
            (*out)[index] = 1;
        }
    }
    return *out != NULL;
}

static bool is_one_of(const char *word, const char *const *words, int32_t count) {
    for (int32_t i = 0; i < count; i++) {
        if (strcmp(words[i], word) == 0) {
            return true;
        }
    }
    return false;
}

static const char *kind_of_slot(const struct pioneer_slot *slot) {
    return slot->kind == NULL ? slot->id : slot->kind;
}

/* Flags of the slots whose kind is listed: none for an empty list. */
static bool select_slots(struct pnr_world *world, const char *const *kinds, int32_t kind_count,
                         uint8_t **out) {
    int32_t count = world->campaign->slots.count;
    *out = pnr_arena_alloc(&world->arena, (size_t)count, 1);
    for (int32_t i = 0; i < count && *out != NULL; i++) {
        (*out)[i] = is_one_of(kind_of_slot(&world->campaign->slots.items[i]), kinds, kind_count);
    }
    return *out != NULL;
}

static bool select_sites(struct pnr_world *world, const char *const *kinds, int32_t kind_count,
                         uint8_t **out) {
    int32_t count = world->campaign->sites.count;
    *out = pnr_arena_alloc(&world->arena, (size_t)count, 1);
    for (int32_t i = 0; i < count && *out != NULL; i++) {
        const char *kind = world->campaign->sites.items[i].kind;
        (*out)[i] = is_one_of(kind == NULL ? "" : kind, kinds, kind_count);
    }
    return *out != NULL;
}

static bool resolve_lists(struct pnr_world *world, struct pnr_check_rule *rule) {
    const struct pioneer_rule *given = rule->given;
    return select_ids(world, &world->stage_by_id, given->stages, given->stage_count, &rule->stages) &&
           select_ids(world, &world->post_by_id, given->posts, given->post_count, &rule->posts) &&
           select_ids(world, &world->site_by_id, given->sites, given->site_count, &rule->sites) &&
           select_ids(world, &world->slot_by_id, given->slots, given->slot_count, &rule->slots) &&
           select_slots(world, given->slot_kinds, given->slot_kind_count, &rule->slots_of_kinds) &&
           select_slots(world, given->next_kinds, given->next_kind_count, &rule->slots_of_next_kinds) &&
           select_sites(world, given->site_kinds, given->site_kind_count, &rule->sites_of_kinds) &&
           select_sites(world, given->other_site_kinds, given->other_site_kind_count,
                        &rule->sites_of_other_kinds);
}

static enum pioneer_status add_rule(struct pnr_world *world, const struct pioneer_rule *given,
                                    const char *level_id, struct pioneer_error *error) {
    struct pnr_check_rule *rule = &world->rules[world->rule_count];
    rule->given = given;
    rule->kind = given->kind;
    rule->weight = given->weight == 0 && is_term_only(given->kind) ? 1 : given->weight;
    rule->replaces = -1;
    rule->unit = given->unit == NULL ? -1 : pnr_map_get(&world->unit_by_id, given->unit);
    rule->level = rule->weight == 0 ? -1 : find_level(world, level_id);
    rule->id = given->id == NULL ? default_id(world, given->kind) : given->id;
    if (rule->id == NULL || !resolve_lists(world, rule)) {
        return pnr_fail_no_memory(error);
    }
    if (rule->weight > 0 && rule->level < 0) {
        return pnr_fail(error, PIONEER_E_INVALID, "unknown-level", NULL,
                        "Rule %s is a term of the unknown level %s.", rule->id, level_id);
    }
    enum pioneer_status status = pnr_world_select(world, given->members, &rule->members, error);
    if (status == PIONEER_OK) {
        status = pnr_world_select(world, given->who, &rule->who, error);
    }
    if (status == PIONEER_OK) {
        world->rule_count++;
    }
    return status;
}

static enum pioneer_status add_written(struct pnr_world *world, struct pioneer_error *error) {
    enum pioneer_status status = PIONEER_OK;
    for (int32_t i = 0; i < world->campaign->rules.count && status == PIONEER_OK; i++) {
        const struct pioneer_rule *given = &world->campaign->rules.items[i];
        if (!given->drop) {
            const char *level = given->level == NULL ? default_level(given->kind) : given->level;
            status = add_rule(world, given, level, error);
        }
    }
    return status;
}

static enum pioneer_status add_built_in(struct pnr_world *world, struct pioneer_error *error) {
    enum pioneer_status status = PIONEER_OK;
    for (int32_t i = 0; i < BUILT_IN_COUNT && status == PIONEER_OK; i++) {
        if (!is_in_force(world, &built_ins[i])) {
            continue;
        }
        struct pioneer_rule *given = pnr_arena_alloc(&world->arena, 1, sizeof *given);
        if (given == NULL) {
            return pnr_fail_no_memory(error);
        }
        given->kind = built_ins[i].kind;
        given->weight = built_ins[i].weight;
        status = add_rule(world, given, built_ins[i].level, error);
    }
    return status;
}

static void resolve_replaces(struct pnr_world *world) {
    for (int32_t i = 0; i < world->rule_count; i++) {
        const char *replaced = world->rules[i].given->replaces;
        for (int32_t j = 0; j < world->rule_count && replaced != NULL; j++) {
            if (j != i && strcmp(world->rules[j].id, replaced) == 0) {
                world->rules[i].replaces = j;
                world->rules[j].is_replaced = true;
            }
        }
    }
}

enum pioneer_status pnr_inforce_fill(struct pnr_world *world, struct pioneer_error *error) {
    const struct pioneer_campaign *campaign = world->campaign;
    world->levels = campaign->levels.items;
    world->level_count = campaign->levels.count;
    if (world->level_count == 0) {
        world->levels = pnr_default_levels(&world->level_count);
    }
    size_t room = (size_t)campaign->rules.count + BUILT_IN_COUNT;
    world->rules = pnr_arena_alloc(&world->arena, room, sizeof *world->rules);
    if (world->rules == NULL) {
        return pnr_fail_no_memory(error);
    }
    enum pioneer_status status = add_written(world, error);
    if (status == PIONEER_OK) {
        status = add_built_in(world, error);
    }
    resolve_replaces(world);
    return status;
}

static bool is_in_scope(const struct pnr_check_rule *rule, int32_t member, int32_t stage) {
    return (member < 0 || pnr_in_set(rule->members, member)) && pnr_in_set(rule->stages, stage);
}

/* A rule does not hold where one that replaces it does. Rules that replace each other in a circle, which
 * validation refuses, are followed no further than there are rules. */
static bool holds(const struct pnr_world *world, int32_t rule, int32_t member, int32_t stage, int32_t depth) {
    if (!is_in_scope(&world->rules[rule], member, stage) || depth > world->rule_count) {
        return false;
    }
    for (int32_t i = 0; world->rules[rule].is_replaced && i < world->rule_count; i++) {
        if (world->rules[i].replaces == rule && holds(world, i, member, stage, depth + 1)) {
            return false;
        }
    }
    return true;
}

bool pnr_inforce_holds(const struct pnr_world *world, const struct pnr_check_rule *rule, int32_t member,
                       int32_t stage) {
    return holds(world, (int32_t)(rule - world->rules), member, stage, 0);
}

bool pnr_inforce_holds_in(const struct pnr_world *world, const struct pnr_check_rule *rule, int32_t stage) {
    return holds(world, (int32_t)(rule - world->rules), -1, stage, 0);
}
