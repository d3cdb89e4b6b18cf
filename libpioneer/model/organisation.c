/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The derived organisation as a whole, and the questions it answers. */
#include "model/organisation.h"

#include <stdlib.h>

#include "base/status.h"
#include "model/derived.h"

static enum pioneer_status build(struct pnr_organisation *organisation, const struct pnr_indexes *indexes,
                                 struct pioneer_error *error) {
    enum pioneer_status status =
        pnr_duties_expand(organisation->campaign, &organisation->arena, &organisation->duties, error);
    status = status != PIONEER_OK ? status : pnr_tree_build(organisation, indexes, error);
    status = status != PIONEER_OK ? status : pnr_nominations_build(organisation, error);
    status = status != PIONEER_OK ? status : pnr_walks_build(organisation, indexes, error);
    status = status != PIONEER_OK ? status : pnr_free_time_build(organisation, error);
    status = status != PIONEER_OK ? status : pnr_in_force_build(organisation, indexes, error);
    return status == PIONEER_OK && !pnr_organisation_resolve_given(organisation) ? pnr_fail_no_memory(error)
                                                                                 : status;
}

enum pioneer_status pnr_organisation_build(const struct pioneer_campaign *campaign,
                                           struct pnr_organisation **out, struct pioneer_error *error) {
    *out = NULL;
    if (!campaign->validated) {
        return pnr_fail(error, PIONEER_E_INVALID, "not-validated", NULL,
                        "The campaign has changed since it was validated.");
    }
    struct pnr_organisation *organisation = calloc(1, sizeof *organisation);
    if (organisation == NULL) {
        return pnr_fail_no_memory(error);
    }
    organisation->campaign = campaign;
    organisation->first_day = campaign->stages.items[0].from_day;
    organisation->last_day = campaign->stages.items[campaign->stages.count - 1].to_day;
    struct pnr_indexes indexes;
    enum pioneer_status status = pnr_indexes_build(&indexes, campaign) ? build(organisation, &indexes, error)
                                                                       : pnr_fail_no_memory(error);
    pnr_indexes_fini(&indexes);
    if (status != PIONEER_OK) {
        pnr_organisation_free(organisation);
        return status;
    }
    *out = organisation;
    return PIONEER_OK;
}

void pnr_organisation_free(struct pnr_organisation *organisation) {
    if (organisation == NULL) {
        return;
    }
    pnr_arena_fini(&organisation->arena);
    free(organisation);
}

bool pnr_organisation_below(const struct pnr_organisation *organisation, int32_t unit, int32_t ancestor) {
    int32_t depth = organisation->depth_of_unit[ancestor];
    while (organisation->depth_of_unit[unit] > depth) {
        unit = organisation->parent_of_unit[unit];
    }
    return unit == ancestor;
}

bool pnr_organisation_in_pool(const struct pnr_organisation *organisation, int32_t member, int32_t unit) {
    enum pioneer_pool pool = organisation->campaign->units.items[unit].draws_from;
    if (pool == PIONEER_POOL_DEFAULT) {
        pool = unit == organisation->root ? PIONEER_POOL_NOMINATED : PIONEER_POOL_SIGNED_UP;
    }
    return (pool == PIONEER_POOL_SIGNED_UP || organisation->is_nominated[member]) &&
           pnr_organisation_below(organisation, organisation->unit_of_member[member], unit);
}

bool pnr_organisation_serves(const struct pnr_organisation *organisation, int32_t member, int32_t unit) {
    if (unit >= 0) {
        return pnr_organisation_in_pool(organisation, member, unit);
    }
    for (int32_t u = organisation->unit_of_member[member]; u >= 0; u = organisation->parent_of_unit[u]) {
        if (organisation->owns_duty[u] && pnr_organisation_in_pool(organisation, member, u)) {
            return true;
        }
    }
    return false;
}

static bool in_scope(const struct pnr_rule *rule, int32_t member, int32_t stage) {
    return rule->stage_in_scope[stage] && (member < 0 || rule->member_in_scope[member]);
}

/* Terminates since validation refuses circles of `replaces`. */
bool pnr_organisation_rule_holds(const struct pnr_organisation *organisation, int32_t rule, int32_t member,
                                 int32_t stage) {
    if (!in_scope(&organisation->rules[rule], member, stage)) {
        return false;
    }
    for (int32_t i = 0; organisation->rules[rule].is_replaced && i < organisation->rule_count; i++) {
        if (organisation->rules[i].replaces == rule &&
            pnr_organisation_rule_holds(organisation, i, member, stage)) {
            return false;
        }
    }
    return true;
}

bool pnr_organisation_is_free(const struct pnr_organisation *organisation, int32_t member, int32_t from_at,
                              int32_t to_at) {
    const struct pnr_free_span *spans = organisation->free_of_member[member];
    int32_t low = 0;
    int32_t high = organisation->free_count_of_member[member];
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (spans[middle].to_at <= from_at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < organisation->free_count_of_member[member] && spans[low].from_at <= from_at &&
           spans[low].to_at >= to_at;
}

/* ---- the level of later parts ---- */

static bool judges_coverage(enum pioneer_rule_kind kind) {
    return kind == PIONEER_RULE_SHORT_OF_MIN || kind == PIONEER_RULE_SHORT_OF_TARGET ||
           kind == PIONEER_RULE_LEAD;
}

/* Terms about how members fare: what they would rather do, and who bears how much. */
static bool judges_comfort(enum pioneer_rule_kind kind) {
    return kind == PIONEER_RULE_LOAD_FAIRNESS || kind == PIONEER_RULE_HARDSHIP_FAIRNESS ||
           kind == PIONEER_RULE_UNIT_BURDEN || kind == PIONEER_RULE_REQUESTS ||
           kind == PIONEER_RULE_PREFERENCES || kind == PIONEER_RULE_RATINGS ||
           kind == PIONEER_RULE_CONTINUITY;
}

/* Behind the last level that judges coverage, then before the first one that judges comfort. */
static int32_t place_of_later_level(const struct pnr_organisation *organisation) {
    int32_t after_coverage = 0;
    int32_t comfort = organisation->level_count;
    for (int32_t r = 0; r < organisation->rule_count; r++) {
        const struct pnr_rule *rule = &organisation->rules[r];
        if (judges_coverage(rule->given.kind) && rule->level >= after_coverage) {
            after_coverage = rule->level + 1;
        }
        if (judges_comfort(rule->given.kind) && rule->level >= 0 && rule->level < comfort) {
            comfort = rule->level;
        }
    }
    return comfort > after_coverage ? comfort : after_coverage;
}

bool pnr_organisation_add_later_level(struct pnr_organisation *organisation) {
    size_t count = (size_t)organisation->level_count;
    struct pioneer_level *levels = pnr_arena_alloc(&organisation->arena, count + 1, sizeof *levels);
    if (levels == NULL) {
        return false;
    }
    int32_t place = place_of_later_level(organisation);
    for (int32_t l = 0; l < organisation->level_count; l++) {
        levels[l < place ? l : l + 1] = organisation->levels[l];
    }
    organisation->levels = levels;
    organisation->level_count++;
    organisation->later_level = place;
    for (int32_t r = 0; r < organisation->rule_count; r++) {
        organisation->rules[r].level += organisation->rules[r].level >= place;
    }
    return true;
}
