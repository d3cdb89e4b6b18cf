/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids of rules, requests, preferences and history resolved to indices, once for all members. */
#include "rules/lookup.h"

#include <stdlib.h>
#include <string.h>

enum { MEMBERS, POSTS, SITES, SLOTS, MAPS };

static bool fill_maps(const struct pioneer_campaign *campaign, struct pnr_map maps[MAPS]) {
    bool ok = true;
    for (int32_t i = 0; ok && i < campaign->members.count; i++) {
        ok = pnr_map_put(&maps[MEMBERS], campaign->members.items[i].id, i);
    }
    for (int32_t i = 0; ok && i < campaign->posts.count; i++) {
        ok = pnr_map_put(&maps[POSTS], campaign->posts.items[i].id, i);
    }
    for (int32_t i = 0; ok && i < campaign->sites.count; i++) {
        ok = pnr_map_put(&maps[SITES], campaign->sites.items[i].id, i);
    }
    for (int32_t i = 0; ok && i < campaign->slots.count; i++) {
        ok = pnr_map_put(&maps[SLOTS], campaign->slots.items[i].id, i);
    }
    return ok;
}

static int32_t index_or_any(const struct pnr_map *map, const char *id) {
    return id != NULL ? pnr_map_get(map, id) : -1;
}

/* Flags of the things named in `ids`; NULL in *out for an empty list. */
static bool flag_ids(struct pnr_arena *arena, const struct pnr_map *map, const char *const *ids,
                     int32_t count, uint8_t **out) {
    *out = NULL;
    if (count == 0) {
        return true;
    }
    *out = pnr_arena_alloc(arena, (size_t)pnr_map_count(map), 1);
    for (int32_t i = 0; *out != NULL && i < count; i++) {
        int32_t index = pnr_map_get(map, ids[i]);
        if (index >= 0) {
            (*out)[index] = 1;
        }
    }
    return *out != NULL;
}

static bool is_listed(const char *word, const char *const *words, int32_t count) {
    for (int32_t i = 0; i < count; i++) {
        if (strcmp(word, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool flag_slots_of_kinds(struct pnr_lookup *lookup, const char *const *kinds, int32_t count,
                                uint8_t **out) {
    const struct pioneer_campaign *campaign = lookup->organisation->campaign;
    *out = pnr_arena_alloc(&lookup->arena, (size_t)campaign->slots.count, 1);
    for (int32_t i = 0; *out != NULL && i < campaign->slots.count; i++) {
        (*out)[i] = is_listed(campaign->slots.items[i].kind, kinds, count);
    }
    return *out != NULL;
}

static bool flag_sites_of_kinds(struct pnr_lookup *lookup, const char *const *kinds, int32_t count,
                                uint8_t **out) {
    const struct pioneer_campaign *campaign = lookup->organisation->campaign;
    *out = pnr_arena_alloc(&lookup->arena, (size_t)campaign->sites.count, 1);
    for (int32_t i = 0; *out != NULL && i < campaign->sites.count; i++) {
        (*out)[i] = is_listed(campaign->sites.items[i].kind, kinds, count);
    }
    return *out != NULL;
}

static bool resolve_rule(struct pnr_lookup *lookup, const struct pnr_map maps[MAPS],
                         const struct pioneer_rule *rule, struct pnr_rule_lookup *out) {
    struct pnr_arena *arena = &lookup->arena;
    return flag_ids(arena, &maps[POSTS], rule->posts, rule->post_count, &out->posts) &&
           flag_ids(arena, &maps[SITES], rule->sites, rule->site_count, &out->sites) &&
           flag_ids(arena, &maps[SLOTS], rule->slots, rule->slot_count, &out->slots) &&
           flag_slots_of_kinds(lookup, rule->slot_kinds, rule->slot_kind_count, &out->slot_kinds) &&
           flag_slots_of_kinds(lookup, rule->next_kinds, rule->next_kind_count, &out->next_kinds) &&
           flag_sites_of_kinds(lookup, rule->site_kinds, rule->site_kind_count, &out->site_kinds) &&
           flag_sites_of_kinds(lookup, rule->other_site_kinds, rule->other_site_kind_count,
                               &out->other_site_kinds);
}

static bool resolve_rules(struct pnr_lookup *lookup, const struct pnr_map maps[MAPS]) {
    const struct pnr_organisation *organisation = lookup->organisation;
    lookup->rules = pnr_arena_alloc(&lookup->arena, (size_t)organisation->rule_count, sizeof *lookup->rules);
    bool ok = lookup->rules != NULL;
    for (int32_t r = 0; ok && r < organisation->rule_count; r++) {
        ok = resolve_rule(lookup, maps, &organisation->rules[r].given, &lookup->rules[r]);
    }
    return ok;
}

/* Sorts the wishes by member without changing the order of one member's. */
static bool sort_wishes(struct pnr_lookup *lookup, const struct pnr_wish *wishes, int32_t count,
                        struct pnr_wish **sorted, int32_t **start) {
    int32_t members = lookup->organisation->campaign->members.count;
    *sorted = pnr_arena_alloc(&lookup->arena, (size_t)count, sizeof **sorted);
    *start = pnr_arena_alloc(&lookup->arena, (size_t)members + 2, sizeof **start);
    if (*sorted == NULL || *start == NULL) {
        return false;
    }
    int32_t *next = *start + 1; /* shifted by one while counting: filling moves the starts into place */
    for (int32_t i = 0; i < count; i++) {
        next[wishes[i].member + 1]++;
    }
    for (int32_t m = 0; m < members; m++) {
        next[m + 1] += next[m];
    }
    for (int32_t i = 0; i < count; i++) {
        (*sorted)[next[wishes[i].member]++] = wishes[i];
    }
    return true;
}

static int32_t weight_or_1(int32_t weight) {
    return weight != 0 ? weight : 1;
}

static bool resolve_requests(struct pnr_lookup *lookup, const struct pnr_map maps[MAPS]) {
    const struct pioneer_campaign *campaign = lookup->organisation->campaign;
    int32_t total = campaign->requests.count;
    struct pnr_wish *wishes = pnr_arena_alloc(&lookup->arena, (size_t)total, sizeof *wishes);
    int32_t count = 0;
    for (int32_t i = 0; wishes != NULL && i < total; i++) {
        const struct pioneer_request *request = &campaign->requests.items[i];
        struct pnr_wish wish = {.member = pnr_map_get(&maps[MEMBERS], request->member),
                                .from_day = request->from_day,
                                .to_day = request->to_day,
                                .post = index_or_any(&maps[POSTS], request->post),
                                .site = index_or_any(&maps[SITES], request->site),
                                .slot = index_or_any(&maps[SLOTS], request->slot),
                                .weight = weight_or_1(request->weight),
                                .off = request->off};
        if (wish.member >= 0) {
            wishes[count++] = wish;
        }
    }
    return wishes != NULL &&
           sort_wishes(lookup, wishes, count, &lookup->requests, &lookup->requests_of_member);
}

static bool resolve_preferences(struct pnr_lookup *lookup, const struct pnr_map maps[MAPS]) {
    const struct pioneer_campaign *campaign = lookup->organisation->campaign;
    int32_t total = campaign->preferences.count;
    struct pnr_wish *wishes = pnr_arena_alloc(&lookup->arena, (size_t)total, sizeof *wishes);
    int32_t count = 0;
    for (int32_t i = 0; wishes != NULL && i < total; i++) {
        const struct pioneer_preference *preference = &campaign->preferences.items[i];
        struct pnr_wish wish = {.member = pnr_map_get(&maps[MEMBERS], preference->member),
                                .post = index_or_any(&maps[POSTS], preference->post),
                                .site = index_or_any(&maps[SITES], preference->site),
                                .slot = index_or_any(&maps[SLOTS], preference->slot),
                                .weight = weight_or_1(preference->weight)};
        if (wish.member >= 0) {
            wishes[count++] = wish;
        }
    }
    return wishes != NULL &&
           sort_wishes(lookup, wishes, count, &lookup->preferences, &lookup->preferences_of_member);
}

static bool resolve_histories(struct pnr_lookup *lookup, const struct pnr_map *members) {
    const struct pioneer_campaign *campaign = lookup->organisation->campaign;
    lookup->history_of_member =
        pnr_arena_alloc(&lookup->arena, (size_t)campaign->members.count, sizeof *lookup->history_of_member);
    for (int32_t i = 0; lookup->history_of_member != NULL && i < campaign->histories.count; i++) {
        int32_t member = pnr_map_get(members, campaign->histories.items[i].member);
        if (member >= 0) {
            lookup->history_of_member[member] = &campaign->histories.items[i];
        }
    }
    return lookup->history_of_member != NULL;
}

static int32_t find_longest_walk(const struct pioneer_campaign *campaign) {
    int32_t longest = campaign->settings.walking_min;
    for (int32_t i = 0; i < campaign->walks.count; i++) {
        if (campaign->walks.items[i].minutes > longest) {
            longest = campaign->walks.items[i].minutes;
        }
    }
    return longest;
}

static uint64_t hash_walks(const int32_t *walk_min, size_t sites, size_t site) {
    uint64_t hash = 0;
    for (size_t i = 0; i < sites; i++) {
        hash = (hash ^ (uint32_t)walk_min[site * sites + i]) * UINT64_C(0x9E3779B97F4A7C15);
        hash = (hash ^ hash >> 32 ^ (uint32_t)walk_min[i * sites + site]) * UINT64_C(0xBF58476D1CE4E5B9);
    }
    return hash;
}

static bool walks_alike(const int32_t *walk_min, size_t sites, size_t a, size_t b) {
    for (size_t i = 0; i < sites; i++) {
        if (walk_min[a * sites + i] != walk_min[b * sites + i] ||
            walk_min[i * sites + a] != walk_min[i * sites + b]) {
            return false;
        }
    }
    return true;
}

/* Quadratic in the classes, of which there are few, or in the sites if all differ; never cubic but for
 * hashes. */
static bool class_sites(struct pnr_lookup *lookup) {
    size_t sites = (size_t)lookup->organisation->campaign->sites.count;
    const int32_t *walk_min = lookup->organisation->walk_min;
    uint64_t *hash_of_class = pnr_arena_alloc(&lookup->arena, sites, sizeof *hash_of_class);
    size_t *first_of_class = pnr_arena_alloc(&lookup->arena, sites, sizeof *first_of_class);
    lookup->walk_class_of_site = pnr_arena_alloc(&lookup->arena, sites, sizeof *lookup->walk_class_of_site);
    if (hash_of_class == NULL || first_of_class == NULL || lookup->walk_class_of_site == NULL) {
        return false;
    }
    int32_t classes = 0;
    for (size_t s = 0; s < sites; s++) {
        uint64_t hash = hash_walks(walk_min, sites, s);
        int32_t at = 0;
        while (at < classes &&
               (hash_of_class[at] != hash || !walks_alike(walk_min, sites, first_of_class[at], s))) {
            at++;
        }
        if (at == classes) {
            hash_of_class[classes] = hash;
            first_of_class[classes++] = s;
        }
        lookup->walk_class_of_site[s] = at;
    }
    return true;
}

enum pioneer_status pnr_lookup_build(const struct pnr_organisation *organisation, struct pnr_lookup **out) {
    *out = NULL;
    struct pnr_lookup *lookup = calloc(1, sizeof *lookup);
    if (lookup == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    pnr_arena_init(&lookup->arena);
    lookup->organisation = organisation;
    lookup->longest_walk = find_longest_walk(organisation->campaign);
    struct pnr_map maps[MAPS];
    for (int i = 0; i < MAPS; i++) {
        pnr_map_init(&maps[i]);
    }
    bool ok = fill_maps(organisation->campaign, maps) && resolve_rules(lookup, maps) &&
              resolve_requests(lookup, maps) && resolve_preferences(lookup, maps) &&
              resolve_histories(lookup, &maps[MEMBERS]) && class_sites(lookup);
    for (int i = 0; i < MAPS; i++) {
        pnr_map_fini(&maps[i]);
    }
    if (!ok) {
        pnr_lookup_free(lookup);
        return PIONEER_E_NO_MEMORY;
    }
    *out = lookup;
    return PIONEER_OK;
}

void pnr_lookup_free(struct pnr_lookup *lookup) {
    if (lookup != NULL) {
        pnr_arena_fini(&lookup->arena);
        free(lookup);
    }
}

bool pnr_wish_fits(const struct pnr_wish *wish, const struct pnr_duty *duty) {
    return (wish->post < 0 || wish->post == duty->post) && (wish->site < 0 || wish->site == duty->site) &&
           (wish->slot < 0 || wish->slot == duty->slot);
}
