/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walking minutes between all pairs of sites. */
#include "base/status.h"
#include "model/derived.h"

struct walk_table {
    struct pnr_map zones;
    int32_t *zone_of_site; /* -1: none */
    int32_t zone_count;
    int32_t *minutes_of_zones; /* [zone × zone_count + zone], -1: no entry */
};

static bool number_zones(const struct pioneer_campaign *campaign, struct pnr_arena *arena,
                         struct walk_table *table) {
    table->zone_of_site = pnr_arena_alloc(arena, (size_t)campaign->sites.count, sizeof(int32_t));
    if (table->zone_of_site == NULL) {
        return false;
    }
    for (int32_t i = 0; i < campaign->sites.count; i++) {
        const char *zone = campaign->sites.items[i].zone;
        table->zone_of_site[i] = zone[0] == '\0' ? -1 : pnr_map_get(&table->zones, zone);
        if (zone[0] != '\0' && table->zone_of_site[i] < 0) {
            table->zone_of_site[i] = table->zone_count++;
            if (!pnr_map_put(&table->zones, zone, table->zone_of_site[i])) {
                return false;
            }
        }
    }
    return true;
}

static bool fill_zones(const struct pioneer_campaign *campaign, struct pnr_arena *arena,
                       struct walk_table *table) {
    size_t count = (size_t)table->zone_count;
    table->minutes_of_zones = pnr_arena_alloc(arena, count * count, sizeof(int32_t));
    if (table->minutes_of_zones == NULL) {
        return false;
    }
    for (size_t i = 0; i < count * count; i++) {
        table->minutes_of_zones[i] = -1;
    }
    for (int32_t i = 0; i < campaign->walks.count; i++) {
        const struct pioneer_walk *walk = &campaign->walks.items[i];
        int32_t from = walk->between_zones ? pnr_map_get(&table->zones, walk->from) : -1;
        int32_t to = walk->between_zones ? pnr_map_get(&table->zones, walk->to) : -1;
        if (from >= 0 && to >= 0) {
            table->minutes_of_zones[(size_t)from * count + (size_t)to] = walk->minutes;
            table->minutes_of_zones[(size_t)to * count + (size_t)from] = walk->minutes;
        }
    }
    return true;
}

static int32_t minutes_by_zone(const struct pioneer_campaign *campaign, const struct walk_table *table,
                               int32_t from, int32_t to) {
    int32_t a = table->zone_of_site[from];
    int32_t b = table->zone_of_site[to];
    int32_t minutes =
        a >= 0 && b >= 0 ? table->minutes_of_zones[(size_t)a * (size_t)table->zone_count + (size_t)b] : -1;
    return minutes >= 0 ? minutes : campaign->settings.walking_min;
}

static void fill_sites(struct pnr_organisation *organisation, const struct pnr_index *sites,
                       const struct walk_table *table) {
    const struct pioneer_campaign *campaign = organisation->campaign;
    size_t count = (size_t)campaign->sites.count;
    for (int32_t from = 0; from < campaign->sites.count; from++) {
        for (int32_t to = 0; to < campaign->sites.count; to++) {
            organisation->walk_min[(size_t)from * count + (size_t)to] =
                from == to ? 0 : minutes_by_zone(campaign, table, from, to);
        }
    }
    for (int32_t i = 0; i < campaign->walks.count; i++) {
        const struct pioneer_walk *walk = &campaign->walks.items[i];
        int32_t from = walk->between_zones ? -1 : pnr_index_find(sites, walk->from);
        int32_t to = walk->between_zones ? -1 : pnr_index_find(sites, walk->to);
        if (from >= 0 && to >= 0 && from != to) {
            organisation->walk_min[(size_t)from * count + (size_t)to] = walk->minutes;
            organisation->walk_min[(size_t)to * count + (size_t)from] = walk->minutes;
        }
    }
}

enum pioneer_status pnr_walks_build(struct pnr_organisation *organisation, const struct pnr_indexes *indexes,
                                    struct pioneer_error *error) {
    const struct pioneer_campaign *campaign = organisation->campaign;
    size_t count = (size_t)campaign->sites.count;
    struct pnr_arena scratch;
    struct walk_table table = {0};
    pnr_arena_init(&scratch);
    organisation->walk_min = pnr_arena_alloc(&organisation->arena, count * count, sizeof(int32_t));
    bool ok = organisation->walk_min != NULL && number_zones(campaign, &scratch, &table) &&
              fill_zones(campaign, &scratch, &table);
    if (ok) {
        fill_sites(organisation, &indexes->of[PNR_KIND_SITE], &table);
    }
    pnr_map_fini(&table.zones);
    pnr_arena_fini(&scratch);
    return ok ? PIONEER_OK : pnr_fail_no_memory(error);
}
