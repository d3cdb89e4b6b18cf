/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge's own facts: ids, tree, nominations, walks, wishes and marks. */
#include "check/world.h"

#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/status.h"
#include "check/expand.h"
#include "check/inforce.h"
#include "check/free.h"
#include "model/expression.h"

/* Something with an id, to be sorted; qsort has no context. */
struct ranked {
    int64_t first; /* sorted by this before the id */
    const char *id;
    int32_t index;
};

static int compare_ranked(const void *left, const void *right) {
    const struct ranked *a = left;
    const struct ranked *b = right;
    return a->first != b->first ? (a->first > b->first) - (a->first < b->first) : strcmp(a->id, b->id);
}

static int compare_walks(const void *left, const void *right) {
    const struct pnr_check_walk *a = left;
    const struct pnr_check_walk *b = right;
    return a->a != b->a ? (a->a > b->a) - (a->a < b->a) : (a->b > b->b) - (a->b < b->b);
}

static int compare_marks(const void *left, const void *right) {
    const struct pnr_check_mark *a = left;
    const struct pnr_check_mark *b = right;
    return a->member != b->member ? (a->member > b->member) - (a->member < b->member)
                                  : (a->duty > b->duty) - (a->duty < b->duty);
}

static enum pioneer_status unknown(struct pioneer_error *error, const char *code, const char *id) {
    return pnr_fail(error, PIONEER_E_INVALID, code, NULL, "The campaign names %s, which does not exist.",
                    id == NULL ? "nothing" : id);
}

static int32_t *alloc_indices(struct pnr_world *world, int32_t count, int32_t value) {
    int32_t *indices = pnr_arena_alloc(&world->arena, (size_t)count + 1, sizeof *indices);
    for (int32_t i = 0; i <= count && indices != NULL; i++) {
        indices[i] = value;
    }
    return indices;
}

/* ---- ids
 * --------------------------------------------------------------------------------------------------- */

#define PUT_IDS(world, map, array)                                                                           \
    for (int32_t i_ = 0; i_ < (array)->count; i_++) {                                                        \
        if (!pnr_map_put((map), (array)->items[i_].id, i_)) {                                                \
            return PIONEER_E_NO_MEMORY;                                                                      \
        }                                                                                                    \
    }

static enum pioneer_status put_ids(struct pnr_world *world) {
    const struct pioneer_campaign *campaign = world->campaign;
    PUT_IDS(world, &world->unit_by_id, &campaign->units);
    PUT_IDS(world, &world->member_by_id, &campaign->members);
    PUT_IDS(world, &world->site_by_id, &campaign->sites);
    PUT_IDS(world, &world->slot_by_id, &campaign->slots);
    PUT_IDS(world, &world->stage_by_id, &campaign->stages);
    PUT_IDS(world, &world->post_by_id, &campaign->posts);
    return PIONEER_OK;
}

static enum pioneer_status rank_ids(struct pnr_world *world, struct ranked *ranked) {
    const struct pioneer_campaign *campaign = world->campaign;
    world->rank_of_unit = alloc_indices(world, campaign->units.count, 0);
    world->rank_of_member = alloc_indices(world, campaign->members.count, 0);
    world->members_by_rank = alloc_indices(world, campaign->members.count, 0);
    if (world->rank_of_unit == NULL || world->rank_of_member == NULL || world->members_by_rank == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    for (int32_t i = 0; i < campaign->units.count; i++) {
        ranked[i] = (struct ranked){0, campaign->units.items[i].id, i};
    }
    qsort(ranked, (size_t)campaign->units.count, sizeof *ranked, compare_ranked);
    for (int32_t i = 0; i < campaign->units.count; i++) {
        world->rank_of_unit[ranked[i].index] = i;
    }
    for (int32_t i = 0; i < campaign->members.count; i++) {
        ranked[i] = (struct ranked){0, campaign->members.items[i].id, i};
    }
    qsort(ranked, (size_t)campaign->members.count, sizeof *ranked, compare_ranked);
    for (int32_t i = 0; i < campaign->members.count; i++) {
        world->rank_of_member[ranked[i].index] = i;
        world->members_by_rank[i] = ranked[i].index;
    }
    return PIONEER_OK;
}

/* ---- the tree
 * ---------------------------------------------------------------------------------------------- */

static enum pioneer_status build_tree(struct pnr_world *world, struct pioneer_error *error) {
    const struct pioneer_campaign *campaign = world->campaign;
    int32_t count = campaign->units.count;
    world->root = -1;
    for (int32_t i = 0; i < count; i++) {
        const char *parent = campaign->units.items[i].parent;
        world->parent_of_unit[i] = parent == NULL ? -1 : pnr_map_get(&world->unit_by_id, parent);
        if (parent != NULL && world->parent_of_unit[i] < 0) {
            return unknown(error, "unknown-unit", parent);
        }
        world->root = parent == NULL && world->root < 0 ? i : world->root;
    }
    for (int32_t i = 0; i < count; i++) {
        int32_t depth = 0;
        for (int32_t unit = world->parent_of_unit[i]; unit >= 0; unit = world->parent_of_unit[unit]) {
            if (++depth > count) {
                return pnr_fail(error, PIONEER_E_INVALID, "unit-cycle", NULL,
                                "The organisation tree has a cycle.");
            }
        }
        world->depth_of_unit[i] = depth;
    }
    return world->root < 0
               ? pnr_fail(error, PIONEER_E_INVALID, "no-unit", NULL, "The campaign has no root unit.")
               : PIONEER_OK;
}

static enum pioneer_status place_members_and_posts(struct pnr_world *world, struct pioneer_error *error) {
    const struct pioneer_campaign *campaign = world->campaign;
    for (int32_t i = 0; i < campaign->members.count; i++) {
        world->unit_of_member[i] = pnr_map_get(&world->unit_by_id, campaign->members.items[i].unit);
        if (world->unit_of_member[i] < 0) {
            return unknown(error, "unknown-unit", campaign->members.items[i].unit);
        }
    }
    for (int32_t i = 0; i < campaign->posts.count; i++) {
        world->unit_of_post[i] = pnr_map_get(&world->unit_by_id, campaign->posts.items[i].unit);
        if (world->unit_of_post[i] < 0) {
            return unknown(error, "unknown-unit", campaign->posts.items[i].unit);
        }
    }
    return PIONEER_OK;
}

static enum pioneer_status build_organisation(struct pnr_world *world, struct pioneer_error *error) {
    const struct pioneer_campaign *campaign = world->campaign;
    world->parent_of_unit = alloc_indices(world, campaign->units.count, -1);
    world->depth_of_unit = alloc_indices(world, campaign->units.count, 0);
    world->unit_of_member = alloc_indices(world, campaign->members.count, -1);
    world->unit_of_post = alloc_indices(world, campaign->posts.count, -1);
    if (world->parent_of_unit == NULL || world->depth_of_unit == NULL || world->unit_of_member == NULL ||
        world->unit_of_post == NULL) {
        return pnr_fail_no_memory(error);
    }
    enum pioneer_status status = build_tree(world, error);
    return status == PIONEER_OK ? place_members_and_posts(world, error) : status;
}

/* ---- nominations
 * ------------------------------------------------------------------------------------------- */

/* Keeps the first `quota` of the members of the subtree who are still nominated; `ranked` is in their order.
 */
static void apply_quota(struct pnr_world *world, int32_t unit, const struct ranked *ranked) {
    int32_t kept = 0;
    for (int32_t i = 0; i < world->campaign->members.count; i++) {
        int32_t member = ranked[i].index;
        if (world->is_nominated[member] && pnr_world_is_below(world, world->unit_of_member[member], unit)) {
            world->is_nominated[member] = kept++ < world->campaign->units.items[unit].quota;
        }
    }
}

static enum pioneer_status nominate(struct pnr_world *world, struct ranked *ranked) {
    const struct pioneer_campaign *campaign = world->campaign;
    int32_t deepest = 0;
    world->is_nominated = pnr_arena_alloc(&world->arena, (size_t)campaign->members.count + 1, 1);
    if (world->is_nominated == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    for (int32_t i = 0; i < campaign->members.count; i++) {
        const struct pioneer_member *member = &campaign->members.items[i];
        world->is_nominated[i] = member->nominated;
        ranked[i] = (struct ranked){member->rank <= 0 ? INT64_MAX : member->rank, member->id, i};
    }
    qsort(ranked, (size_t)campaign->members.count, sizeof *ranked, compare_ranked);
    for (int32_t i = 0; i < campaign->units.count; i++) {
        deepest = world->depth_of_unit[i] > deepest ? world->depth_of_unit[i] : deepest;
    }
    for (int32_t depth = deepest; depth >= 0; depth--) {
        for (int32_t i = 0; i < campaign->units.count; i++) {
            if (world->depth_of_unit[i] == depth && campaign->units.items[i].quota > 0) {
                apply_quota(world, i, ranked);
            }
        }
    }
    return PIONEER_OK;
}

/* Both need members or units sorted by id or rank. */
static enum pioneer_status build_orders(struct pnr_world *world) {
    const struct pioneer_campaign *campaign = world->campaign;
    int32_t most =
        campaign->units.count > campaign->members.count ? campaign->units.count : campaign->members.count;
    struct ranked *ranked = calloc((size_t)most + 1, sizeof *ranked);
    if (ranked == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    enum pioneer_status status = rank_ids(world, ranked);
    if (status == PIONEER_OK) {
        status = nominate(world, ranked);
    }
    free(ranked);
    return status;
}

/* ---- walks
 * ------------------------------------------------------------------------------------------------- */

static enum pioneer_status name_zones(struct pnr_world *world) {
    const struct pioneer_campaign *campaign = world->campaign;
    world->zone_of_site = alloc_indices(world, campaign->sites.count, -1);
    if (world->zone_of_site == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    for (int32_t i = 0; i < campaign->sites.count; i++) {
        const char *zone = campaign->sites.items[i].zone;
        if (zone == NULL || *zone == '\0') {
            continue;
        }
        int32_t known = pnr_map_get(&world->zone_by_name, zone);
        world->zone_of_site[i] = known >= 0 ? known : pnr_map_count(&world->zone_by_name);
        if (known < 0 && !pnr_map_put(&world->zone_by_name, zone, world->zone_of_site[i])) {
            return PIONEER_E_NO_MEMORY;
        }
    }
    return PIONEER_OK;
}

static enum pioneer_status build_walks(struct pnr_world *world) {
    const struct pioneer_campaign *campaign = world->campaign;
    size_t count = (size_t)campaign->walks.count;
    world->walks_of_sites = pnr_arena_alloc(&world->arena, count, sizeof *world->walks_of_sites);
    world->walks_of_zones = pnr_arena_alloc(&world->arena, count, sizeof *world->walks_of_zones);
    if (world->walks_of_sites == NULL || world->walks_of_zones == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    for (int32_t i = 0; i < campaign->walks.count; i++) {
        const struct pioneer_walk *walk = &campaign->walks.items[i];
        const struct pnr_map *map = walk->between_zones ? &world->zone_by_name : &world->site_by_id;
        int32_t a = pnr_map_get(map, walk->from);
        int32_t b = pnr_map_get(map, walk->to);
        if (a < 0 || b < 0) {
            continue; /* a zone without a site */
        }
        struct pnr_check_walk entry = {a < b ? a : b, a < b ? b : a, walk->minutes};
        if (walk->between_zones) {
            world->walks_of_zones[world->zone_walk_count++] = entry;
        } else {
            world->walks_of_sites[world->site_walk_count++] = entry;
        }
    }
    qsort(world->walks_of_sites, (size_t)world->site_walk_count, sizeof *world->walks_of_sites,
          compare_walks);
    qsort(world->walks_of_zones, (size_t)world->zone_walk_count, sizeof *world->walks_of_zones,
          compare_walks);
    return PIONEER_OK;
}

static const struct pnr_check_walk *find_walk(const struct pnr_check_walk *walks, int32_t count, int32_t a,
                                              int32_t b) {
    struct pnr_check_walk wanted = {a < b ? a : b, a < b ? b : a, 0};
    return count == 0 ? NULL : bsearch(&wanted, walks, (size_t)count, sizeof *walks, compare_walks);
}

int32_t pnr_world_walk(const struct pnr_world *world, int32_t site, int32_t other) {
    if (site == other) {
        return 0;
    }
    const struct pnr_check_walk *walk = find_walk(world->walks_of_sites, world->site_walk_count, site, other);
    int32_t a = world->zone_of_site[site];
    int32_t b = world->zone_of_site[other];
    if (walk == NULL && a >= 0 && b >= 0) {
        walk = find_walk(world->walks_of_zones, world->zone_walk_count, a, b);
    }
    return walk == NULL ? world->campaign->settings.walking_min : walk->minutes;
}

/* ---- stages
 * ------------------------------------------------------------------------------------------------ */

static enum pioneer_status build_stages(struct pnr_world *world, struct pioneer_error *error) {
    const struct pioneer_campaign *campaign = world->campaign;
    if (campaign->stages.count == 0) {
        return pnr_fail(error, PIONEER_E_INVALID, "no-stage", NULL, "The campaign has no stage.");
    }
    world->first_day = campaign->stages.items[0].from_day;
    world->last_day = campaign->stages.items[campaign->stages.count - 1].to_day;
    if (world->first_day < PNR_DAY_FIRST || world->last_day > PNR_DAY_LAST ||
        world->first_day > world->last_day) {
        return pnr_fail(error, PIONEER_E_INVALID, "stage-order", NULL,
                        "The stages are not in the order of their dates.");
    }
    world->stage_of_day = alloc_indices(world, world->last_day - world->first_day + 1, -1);
    if (world->stage_of_day == NULL) {
        return pnr_fail_no_memory(error);
    }
    for (int32_t i = 0; i < campaign->stages.count; i++) {
        const struct pioneer_stage *stage = &campaign->stages.items[i];
        if (stage->from_day < world->first_day || stage->to_day > world->last_day) {
            return pnr_fail(error, PIONEER_E_INVALID, "stage-order", NULL,
                            "The stages are not in the order of their dates.");
        }
        for (int32_t day = stage->from_day; day <= stage->to_day; day++) {
            world->stage_of_day[day - world->first_day] = i;
        }
    }
    return PIONEER_OK;
}

int32_t pnr_world_stage_of(const struct pnr_world *world, int32_t day) {
    return day < world->first_day || day > world->last_day ? -1 : world->stage_of_day[day - world->first_day];
}

/* ---- expressions
 * ------------------------------------------------------------------------------------------- */

enum pioneer_status pnr_world_select(struct pnr_world *world, const char *expression, uint8_t **out,
                                     struct pioneer_error *error) {
    *out = NULL;
    if (expression == NULL || *expression == '\0') {
        return PIONEER_OK;
    }
    struct pnr_expression *parsed = NULL;
    enum pioneer_status status =
        pnr_expression_parse(world->campaign, expression, &world->arena, &parsed, error);
    if (status != PIONEER_OK) {
        return status;
    }
    uint8_t *flags = pnr_arena_alloc(&world->arena, (size_t)world->campaign->members.count + 1, 1);
    if (flags == NULL) {
        return pnr_fail_no_memory(error);
    }
    for (int32_t i = 0; i < world->campaign->members.count; i++) {
        flags[i] = pnr_expression_holds(parsed, world->campaign, i);
    }
    *out = flags;
    return PIONEER_OK;
}

static enum pioneer_status select_for_posts(struct pnr_world *world, struct pioneer_error *error) {
    int32_t count = world->campaign->posts.count;
    world->eligible_of_post = pnr_arena_alloc(&world->arena, (size_t)count, sizeof *world->eligible_of_post);
    world->lead_of_post = pnr_arena_alloc(&world->arena, (size_t)count, sizeof *world->lead_of_post);
    if (world->eligible_of_post == NULL || world->lead_of_post == NULL) {
        return pnr_fail_no_memory(error);
    }
    enum pioneer_status status = PIONEER_OK;
    for (int32_t i = 0; i < count && status == PIONEER_OK; i++) {
        const struct pioneer_post *post = &world->campaign->posts.items[i];
        status = pnr_world_select(world, post->eligible, &world->eligible_of_post[i], error);
        if (status == PIONEER_OK) {
            status = pnr_world_select(world, post->lead, &world->lead_of_post[i], error);
        }
    }
    return status;
}

/* ---- what members bring
 * ------------------------------------------------------------------------------------ */

/* Ranges of indices 0..count-1 by member, in their order; an index without a member (-1) stands nowhere. */
static bool group_by_member(struct pnr_world *world, const int32_t *member_at, int32_t count,
                            int32_t **starts, int32_t **indices) {
    int32_t member_count = world->campaign->members.count;
    *starts = alloc_indices(world, member_count + 1, 0);
    *indices = alloc_indices(world, count, 0);
    if (*starts == NULL || *indices == NULL) {
        return false;
    }
    for (int32_t i = 0; i < count; i++) {
        if (member_at[i] >= 0) {
            (*starts)[member_at[i] + 2]++;
        }
    }
    for (int32_t i = 2; i <= member_count + 1; i++) {
        (*starts)[i] += (*starts)[i - 1];
    }
    for (int32_t i = 0; i < count; i++) {
        if (member_at[i] >= 0) {
            (*indices)[(*starts)[member_at[i] + 1]++] = i;
        }
    }
    return true;
}

static bool group_wishes(struct pnr_world *world) {
    const struct pioneer_campaign *campaign = world->campaign;
    int32_t *request_members = alloc_indices(world, campaign->requests.count, -1);
    int32_t *preference_members = alloc_indices(world, campaign->preferences.count, -1);
    if (request_members == NULL || preference_members == NULL) {
        return false;
    }
    for (int32_t i = 0; i < campaign->requests.count; i++) {
        request_members[i] = pnr_map_get(&world->member_by_id, campaign->requests.items[i].member);
    }
    for (int32_t i = 0; i < campaign->preferences.count; i++) {
        preference_members[i] = pnr_map_get(&world->member_by_id, campaign->preferences.items[i].member);
    }
    return group_by_member(world, request_members, campaign->requests.count, &world->requests_of_member,
                           &world->requests) &&
           group_by_member(world, preference_members, campaign->preferences.count,
                           &world->preferences_of_member, &world->preferences);
}

static bool find_histories(struct pnr_world *world) {
    const struct pioneer_campaign *campaign = world->campaign;
    world->history_of_member = alloc_indices(world, campaign->members.count, -1);
    for (int32_t i = 0; i < campaign->histories.count && world->history_of_member != NULL; i++) {
        int32_t member = pnr_map_get(&world->member_by_id, campaign->histories.items[i].member);
        if (member >= 0) {
            world->history_of_member[member] = i;
        }
    }
    return world->history_of_member != NULL;
}

static bool build_marks(struct pnr_world *world) {
    const struct pioneer_campaign *campaign = world->campaign;
    world->marks = pnr_arena_alloc(&world->arena, (size_t)campaign->assignments.count, sizeof *world->marks);
    if (world->marks == NULL) {
        return false;
    }
    for (int32_t i = 0; i < campaign->assignments.count; i++) {
        const struct pioneer_assignment *assignment = &campaign->assignments.items[i];
        int32_t member = pnr_map_get(&world->member_by_id, assignment->member);
        int32_t duty = pnr_world_find_duty(world, assignment);
        if (member >= 0 && duty >= 0) {
            world->marks[world->mark_count++] = (struct pnr_check_mark){member, duty, assignment->state};
        }
    }
    qsort(world->marks, (size_t)world->mark_count, sizeof *world->marks, compare_marks);
    return true;
}

/* ---- all of it
 * --------------------------------------------------------------------------------------------- */

static enum pioneer_status build(struct pnr_world *world, struct pioneer_error *error) {
    enum pioneer_status status = put_ids(world);
    if (status != PIONEER_OK) {
        return pnr_fail_no_memory(error);
    }
    status = build_stages(world, error);
    if (status == PIONEER_OK) {
        status = build_organisation(world, error);
    }
    if (status != PIONEER_OK) {
        return status;
    }
    if (build_orders(world) != PIONEER_OK || name_zones(world) != PIONEER_OK ||
        build_walks(world) != PIONEER_OK || pnr_free_build(world) != PIONEER_OK || !group_wishes(world) ||
        !find_histories(world)) {
        return pnr_fail_no_memory(error);
    }
    status = pnr_expand_duties(world, error);
    if (status == PIONEER_OK && !build_marks(world)) {
        status = pnr_fail_no_memory(error);
    }
    if (status == PIONEER_OK) {
        status = select_for_posts(world, error);
    }
    return status == PIONEER_OK ? pnr_inforce_fill(world, error) : status;
}

enum pioneer_status pnr_world_init(struct pnr_world *world, const struct pioneer_campaign *campaign,
                                   struct pioneer_error *error) {
    *world = (struct pnr_world){.campaign = campaign};
    pnr_arena_init(&world->arena);
    enum pioneer_status status = build(world, error);
    if (status != PIONEER_OK) {
        pnr_world_fini(world);
    }
    return status;
}

void pnr_world_fini(struct pnr_world *world) {
    pnr_map_fini(&world->unit_by_id);
    pnr_map_fini(&world->member_by_id);
    pnr_map_fini(&world->site_by_id);
    pnr_map_fini(&world->slot_by_id);
    pnr_map_fini(&world->stage_by_id);
    pnr_map_fini(&world->post_by_id);
    pnr_map_fini(&world->zone_by_name);
    pnr_arena_fini(&world->arena);
    *world = (struct pnr_world){0};
}

/* ---- questions
 * --------------------------------------------------------------------------------------------- */

bool pnr_world_is_below(const struct pnr_world *world, int32_t unit, int32_t ancestor) {
    while (unit >= 0 && unit != ancestor) {
        unit = world->parent_of_unit[unit];
    }
    return unit >= 0;
}

bool pnr_world_in_pool(const struct pnr_world *world, int32_t member, int32_t unit) {
    enum pioneer_pool pool = world->campaign->units.items[unit].draws_from;
    if (pool == PIONEER_POOL_DEFAULT) {
        pool = unit == world->root ? PIONEER_POOL_NOMINATED : PIONEER_POOL_SIGNED_UP;
    }
    return (pool == PIONEER_POOL_SIGNED_UP || world->is_nominated[member]) &&
           pnr_world_is_below(world, world->unit_of_member[member], unit);
}

bool pnr_world_is_eligible(const struct pnr_world *world, int32_t member, int32_t post) {
    return pnr_in_set(world->eligible_of_post[post], member);
}

bool pnr_world_asks_for_lead(const struct pnr_world *world, const struct pnr_check_duty *duty) {
    const char *lead = world->campaign->posts.items[duty->post].lead;
    return lead != NULL && *lead != '\0';
}

bool pnr_world_can_lead(const struct pnr_world *world, int32_t member, int32_t post) {
    return pnr_in_set(world->lead_of_post[post], member);
}

static int compare_four(const int32_t *a, const int32_t *b) {
    for (int i = 0; i < 4; i++) {
        if (a[i] != b[i]) {
            return a[i] < b[i] ? -1 : 1;
        }
    }
    return 0;
}

int32_t pnr_world_find_duty(const struct pnr_world *world, const struct pioneer_assignment *named) {
    if (named->post == NULL || named->site == NULL || named->slot == NULL) {
        return -1;
    }
    int32_t wanted[4] = {pnr_map_get(&world->post_by_id, named->post),
                         pnr_map_get(&world->site_by_id, named->site),
                         pnr_map_get(&world->slot_by_id, named->slot), named->day};
    int32_t low = 0;
    int32_t high = world->duty_count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        const struct pnr_check_duty *duty = &world->duties[world->duty_by_key[middle]];
        int32_t found[4] = {duty->post, duty->site, duty->slot, duty->day};
        int order = compare_four(found, wanted);
        if (order == 0) {
            return world->duty_by_key[middle];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return -1;
}

const struct pnr_check_mark *pnr_world_mark(const struct pnr_world *world, int32_t member, int32_t duty) {
    struct pnr_check_mark wanted = {member, duty, PIONEER_PLANNED};
    return world->mark_count == 0 ? NULL
                                  : bsearch(&wanted, world->marks, (size_t)world->mark_count,
                                            sizeof *world->marks, compare_marks);
}

const struct pioneer_history *pnr_world_history(const struct pnr_world *world, int32_t member) {
    int32_t index = world->history_of_member[member];
    return index < 0 ? NULL : &world->campaign->histories.items[index];
}
