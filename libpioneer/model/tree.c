/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The organisation tree, and where posts and members hang in it. */
#include "base/status.h"
#include "model/derived.h"

/* Depths of a unit and of those above it; walks up twice, since the tree may be deeper than the stack. */
static void measure(struct pnr_organisation *organisation, int32_t unit) {
    const int32_t *parent = organisation->parent_of_unit;
    int32_t *depth = organisation->depth_of_unit;
    int32_t steps = 0;
    int32_t at = unit;
    while (at >= 0 && depth[at] < 0) {
        at = parent[at];
        steps++;
    }
    int32_t above = at >= 0 ? depth[at] : -1;
    for (at = unit; steps > 0; at = parent[at]) {
        depth[at] = above + steps;
        steps--;
    }
}

static bool build_units(struct pnr_organisation *organisation, const struct pnr_index *units) {
    const struct pioneer_campaign *campaign = organisation->campaign;
    size_t count = (size_t)campaign->units.count;
    organisation->parent_of_unit = pnr_arena_alloc(&organisation->arena, count, sizeof(int32_t));
    organisation->depth_of_unit = pnr_arena_alloc(&organisation->arena, count, sizeof(int32_t));
    organisation->rank_of_unit = pnr_index_ranks(units, &organisation->arena);
    if (organisation->parent_of_unit == NULL || organisation->depth_of_unit == NULL ||
        organisation->rank_of_unit == NULL) {
        return false;
    }
    for (int32_t i = 0; i < campaign->units.count; i++) {
        organisation->parent_of_unit[i] = pnr_index_find(units, campaign->units.items[i].parent);
        organisation->depth_of_unit[i] = -1;
        if (organisation->parent_of_unit[i] < 0) {
            organisation->root = i;
        }
    }
    for (int32_t i = 0; i < campaign->units.count; i++) {
        measure(organisation, i);
    }
    return true;
}

static bool build_members(struct pnr_organisation *organisation, const struct pnr_indexes *indexes) {
    const struct pioneer_campaign *campaign = organisation->campaign;
    size_t count = (size_t)campaign->members.count;
    organisation->unit_of_member = pnr_arena_alloc(&organisation->arena, count, sizeof(int32_t));
    organisation->home_site_of_member = pnr_arena_alloc(&organisation->arena, count, sizeof(int32_t));
    organisation->rank_of_member = pnr_index_ranks(&indexes->of[PNR_KIND_MEMBER], &organisation->arena);
    if (organisation->unit_of_member == NULL || organisation->home_site_of_member == NULL ||
        organisation->rank_of_member == NULL) {
        return false;
    }
    for (int32_t i = 0; i < campaign->members.count; i++) {
        const struct pioneer_member *member = &campaign->members.items[i];
        organisation->unit_of_member[i] = pnr_index_find(&indexes->of[PNR_KIND_UNIT], member->unit);
        organisation->home_site_of_member[i] = pnr_index_find(&indexes->of[PNR_KIND_SITE], member->home_site);
    }
    return true;
}

static enum pioneer_status build_posts(struct pnr_organisation *organisation, const struct pnr_index *units,
                                       struct pioneer_error *error) {
    const struct pioneer_campaign *campaign = organisation->campaign;
    struct pnr_arena *arena = &organisation->arena;
    size_t count = (size_t)campaign->posts.count;
    organisation->unit_of_post = pnr_arena_alloc(arena, count, sizeof(int32_t));
    organisation->eligible_of_post = pnr_arena_alloc(arena, count, sizeof(struct pnr_expression *));
    organisation->owns_duty = pnr_arena_alloc(arena, (size_t)campaign->units.count, 1);
    organisation->lead_of_post = pnr_arena_alloc(arena, count, sizeof(struct pnr_expression *));
    if (organisation->unit_of_post == NULL || organisation->eligible_of_post == NULL ||
        organisation->lead_of_post == NULL || organisation->owns_duty == NULL) {
        return pnr_fail_no_memory(error);
    }
    enum pioneer_status status = PIONEER_OK;
    for (int32_t i = 0; i < campaign->posts.count && status == PIONEER_OK; i++) {
        const struct pioneer_post *post = &campaign->posts.items[i];
        organisation->unit_of_post[i] = pnr_index_find(units, post->unit);
        status =
            pnr_expression_parse(campaign, post->eligible, arena, &organisation->eligible_of_post[i], error);
        if (status == PIONEER_OK && post->lead != NULL && post->lead[0] != '\0') {
            status = pnr_expression_parse(campaign, post->lead, arena, &organisation->lead_of_post[i], error);
        }
    }
    for (int32_t i = 0; i < organisation->duties.count && status == PIONEER_OK; i++) {
        organisation->owns_duty[organisation->unit_of_post[organisation->duties.items[i].post]] = 1;
    }
    return status;
}

enum pioneer_status pnr_tree_build(struct pnr_organisation *organisation, const struct pnr_indexes *indexes,
                                   struct pioneer_error *error) {
    const struct pnr_index *units = &indexes->of[PNR_KIND_UNIT];
    if (!build_units(organisation, units) || !build_members(organisation, indexes)) {
        return pnr_fail_no_memory(error);
    }
    return build_posts(organisation, units, error);
}
