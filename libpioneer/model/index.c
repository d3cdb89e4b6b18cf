/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the id of a thing to its place in the campaign's arrays. */
#include "model/index.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/layout.h"

struct id_list {
    const struct pnr_layout *layout;
    const void *items;
    int32_t count;
};

static struct id_list list_of(const struct pioneer_campaign *campaign, enum pnr_kind kind) {
    int32_t default_count;
    const struct pioneer_level *default_levels = pnr_default_levels(&default_count);
    switch (kind) {
    case PNR_KIND_UNIT:
        return (struct id_list){&pnr_unit_layout, campaign->units.items, campaign->units.count};
    case PNR_KIND_MEMBER:
        return (struct id_list){&pnr_member_layout, campaign->members.items, campaign->members.count};
    case PNR_KIND_SITE:
        return (struct id_list){&pnr_site_layout, campaign->sites.items, campaign->sites.count};
    case PNR_KIND_SLOT:
        return (struct id_list){&pnr_slot_layout, campaign->slots.items, campaign->slots.count};
    case PNR_KIND_STAGE:
        return (struct id_list){&pnr_stage_layout, campaign->stages.items, campaign->stages.count};
    case PNR_KIND_POST:
        return (struct id_list){&pnr_post_layout, campaign->posts.items, campaign->posts.count};
    case PNR_KIND_RULE:
        return (struct id_list){&pnr_rule_layout, campaign->rules.items, campaign->rules.count};
    case PNR_KIND_LEVEL:
    case PNR_KIND_COUNT:
        break;
    }
    return campaign->levels.count > 0
               ? (struct id_list){&pnr_level_layout, campaign->levels.items, campaign->levels.count}
               : (struct id_list){&pnr_level_layout, default_levels, default_count};
}

static const char *id_at(const struct id_list *list, size_t id_offset, int32_t index) {
    const char *id;
    memcpy(&id, (const char *)list->items + (size_t)index * list->layout->size + id_offset, sizeof id);
    return id;
}

bool pnr_index_build(struct pnr_index *index, const struct pioneer_campaign *campaign, enum pnr_kind kind) {
    struct id_list list = list_of(campaign, kind);
    size_t id_offset = pnr_layout_field(list.layout, "id")->offset;
    pnr_map_init(&index->map);
    index->count = 0;
    index->ids = calloc((size_t)list.count + 1, sizeof *index->ids);
    bool ok = index->ids != NULL;
    for (int32_t i = 0; ok && i < list.count; i++) {
        const char *id = id_at(&list, id_offset, i);
        index->ids[index->count++] = id;
        ok = pnr_map_get(&index->map, id) >= 0 || pnr_map_put(&index->map, id, i);
    }
    return ok;
}

void pnr_index_fini(struct pnr_index *index) {
    pnr_map_fini(&index->map);
    free(index->ids);
    index->ids = NULL;
    index->count = 0;
}

int32_t pnr_index_find(const struct pnr_index *index, const char *id) {
    return id != NULL ? pnr_map_get(&index->map, id) : -1;
}

const char *pnr_index_nearest(const struct pnr_index *index, const char *id) {
    return pnr_nearest_word(id, index->ids, index->count);
}

struct ranked_id {
    const char *id;
    int32_t index;
};

static int compare_ranked(const void *left, const void *right) {
    const struct ranked_id *a = left;
    const struct ranked_id *b = right;
    int order = strcmp(a->id, b->id);
    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

int32_t *pnr_index_ranks(const struct pnr_index *index, struct pnr_arena *arena) {
    int32_t *ranks = pnr_arena_alloc(arena, (size_t)index->count, sizeof *ranks);
    struct ranked_id *sorted = calloc((size_t)index->count + 1, sizeof *sorted);
    if (ranks == NULL || sorted == NULL) {
        free(sorted);
        return NULL;
    }
    for (int32_t i = 0; i < index->count; i++) {
        sorted[i] = (struct ranked_id){index->ids[i], i};
    }
    qsort(sorted, (size_t)index->count, sizeof *sorted, compare_ranked);
    for (int32_t i = 0; i < index->count; i++) {
        ranks[sorted[i].index] = i;
    }
    free(sorted);
    return ranks;
}

static const struct pnr_layout *layout_of(enum pnr_kind kind) {
    static const struct pnr_layout *const layouts[PNR_KIND_COUNT] = {
        &pnr_unit_layout,  &pnr_member_layout, &pnr_site_layout, &pnr_slot_layout,
        &pnr_stage_layout, &pnr_post_layout,   &pnr_rule_layout, &pnr_level_layout,
    };
    return layouts[kind];
}

const char *pnr_kind_name(enum pnr_kind kind) {
    return layout_of(kind)->name;
}

const char *pnr_kind_array(enum pnr_kind kind) {
    return layout_of(kind)->array;
}

bool pnr_indexes_build(struct pnr_indexes *indexes, const struct pioneer_campaign *campaign) {
    bool ok = true;
    *indexes = (struct pnr_indexes){0};
    for (int32_t kind = 0; ok && kind < PNR_KIND_COUNT; kind++) {
        ok = pnr_index_build(&indexes->of[kind], campaign, (enum pnr_kind)kind);
    }
    return ok;
}

void pnr_indexes_fini(struct pnr_indexes *indexes) {
    for (int32_t kind = 0; kind < PNR_KIND_COUNT; kind++) {
        pnr_index_fini(&indexes->of[kind]);
    }
}
