/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Validation of the frame: organisation tree, sites and walks, stages. */
#include <stdlib.h>
#include <string.h>

#include "model/validation.h"

/* ---- the tree */

static void check_roots(struct pnr_validation *validation) {
    const struct pioneer_campaign *campaign = validation->campaign;
    int32_t root = -1;
    for (int32_t i = 0; i < campaign->units.count; i++) {
        if (campaign->units.items[i].parent != NULL) {
            continue;
        }
        if (root >= 0) {
            struct pnr_path path = {NULL, "units", i};
            pnr_finding_add(validation, PIONEER_ERROR, "several-roots", &path, "parent",
                            (struct pnr_particulars){.id = campaign->units.items[i].id,
                                                     .other = campaign->units.items[root].id});
        } else {
            root = i;
        }
    }
    if (root < 0) {
        pnr_finding_add(validation, PIONEER_ERROR, "no-root", NULL, "units", (struct pnr_particulars){0});
    }
}

/* Walks up from each unit over units not seen before; meeting one seen on the same walk closes a circle. */
static void check_circles(struct pnr_validation *validation) {
    const struct pioneer_campaign *campaign = validation->campaign;
    const struct pnr_index *units = &validation->indexes.of[PNR_KIND_UNIT];
    int32_t *walk_of = pnr_arena_alloc(&validation->scratch, (size_t)campaign->units.count, sizeof *walk_of);
    if (walk_of == NULL) {
        validation->failed = true;
        return;
    }
    for (int32_t i = 0; i < campaign->units.count; i++) {
        int32_t at = i;
        while (at >= 0 && walk_of[at] == 0) {
            walk_of[at] = i + 1;
            at = pnr_index_find(units, campaign->units.items[at].parent);
        }
        if (at >= 0 && walk_of[at] == i + 1) {
            struct pnr_path path = {NULL, "units", at};
            pnr_finding_add(validation, PIONEER_ERROR, "cyclic-units", &path, "parent",
                            (struct pnr_particulars){.id = campaign->units.items[at].id});
        }
    }
}

void pnr_validate_tree(struct pnr_validation *validation) {
    if (validation->campaign->units.count == 0) {
        pnr_finding_add(validation, PIONEER_ERROR, "no-units", NULL, "units", (struct pnr_particulars){0});
        return;
    }
    check_roots(validation);
    check_circles(validation);
}

/* ---- places */

/* Walks are a full matrix: 5,000 sites take 100 MB. */
#define SITES_MAX 5000

struct pair {
    bool between_zones;
    const char *low, *high;
    int32_t walk;
};

static int compare_pairs(const void *left, const void *right) {
    const struct pair *a = left;
    const struct pair *b = right;
    if (a->between_zones != b->between_zones) {
        return a->between_zones ? 1 : -1;
    }
    int order = strcmp(a->low, b->low);
    order = order != 0 ? order : strcmp(a->high, b->high);
    return order != 0 ? order : (a->walk > b->walk) - (a->walk < b->walk);
}

static bool is_same_pair(const struct pair *a, const struct pair *b) {
    return a->between_zones == b->between_zones && strcmp(a->low, b->low) == 0 &&
           strcmp(a->high, b->high) == 0;
}

static void check_walk_ends(struct pnr_validation *validation, int32_t index) {
    const struct pioneer_walk *walk = &validation->campaign->walks.items[index];
    struct pnr_path path = {NULL, "walks", index};
    const char *const ends[] = {walk->from, walk->to};
    const char *const fields[] = {"from", "to"};
    for (int32_t i = 0; i < 2; i++) {
        if (walk->between_zones && pnr_map_get(&validation->zones, ends[i]) < 0) {
            pnr_finding_add(validation, PIONEER_ERROR, "unknown-zone", &path, fields[i],
                            (struct pnr_particulars){.id = ends[i]});
        }
        if (!walk->between_zones && pnr_index_find(&validation->indexes.of[PNR_KIND_SITE], ends[i]) < 0) {
            pnr_finding_add_unknown(validation, PNR_KIND_SITE, &path, fields[i], ends[i]);
        }
    }
}

static void check_walk_pairs(struct pnr_validation *validation) {
    const struct pioneer_campaign *campaign = validation->campaign;
    struct pair *pairs = pnr_arena_alloc(&validation->scratch, (size_t)campaign->walks.count, sizeof *pairs);
    if (pairs == NULL) {
        validation->failed = true;
        return;
    }
    for (int32_t i = 0; i < campaign->walks.count; i++) {
        const struct pioneer_walk *walk = &campaign->walks.items[i];
        bool in_order = strcmp(walk->from, walk->to) <= 0;
        pairs[i] = (struct pair){walk->between_zones, in_order ? walk->from : walk->to,
                                 in_order ? walk->to : walk->from, i};
    }
    qsort(pairs, (size_t)campaign->walks.count, sizeof *pairs, compare_pairs);
    for (int32_t i = 1; i < campaign->walks.count; i++) {
        if (is_same_pair(&pairs[i - 1], &pairs[i])) {
            struct pnr_path path = {NULL, "walks", pairs[i].walk};
            pnr_finding_add(validation, PIONEER_ERROR, "duplicate-walk", &path, NULL,
                            (struct pnr_particulars){.id = pairs[i].low, .other = pairs[i].high});
        }
    }
}

void pnr_validate_places(struct pnr_validation *validation) {
    if (validation->campaign->sites.count > SITES_MAX) {
        pnr_finding_add(validation, PIONEER_ERROR, "too-many-sites", NULL, "sites",
                        (struct pnr_particulars){.number = SITES_MAX});
    }
    for (int32_t i = 0; i < validation->campaign->walks.count; i++) {
        check_walk_ends(validation, i);
    }
    check_walk_pairs(validation);
}

/* ---- stages */

/* Free time is laid out day by day; ten years are more than any campaign, and keep a typing error cheap. */
#define DAYS_MAX 3660

static void check_neighbours(struct pnr_validation *validation, int32_t index) {
    const struct pioneer_stage *before = &validation->campaign->stages.items[index - 1];
    const struct pioneer_stage *stage = &validation->campaign->stages.items[index];
    struct pnr_path path = {NULL, "stages", index};
    struct pnr_particulars both = {.id = stage->id, .other = before->id};
    if (stage->from_day > before->to_day) {
        return;
    }
    pnr_finding_add(validation, PIONEER_ERROR,
                    stage->to_day < before->from_day ? "unordered-stages" : "overlapping-stages", &path,
                    "from", both);
}

void pnr_validate_stages(struct pnr_validation *validation) {
    const struct pioneer_campaign *campaign = validation->campaign;
    int32_t count = campaign->stages.count;
    if (count == 0) {
        pnr_finding_add(validation, PIONEER_ERROR, "no-stages", NULL, "stages", (struct pnr_particulars){0});
        return;
    }
    for (int32_t i = 1; i < count; i++) {
        check_neighbours(validation, i);
    }
    if (campaign->stages.items[count - 1].to_day - campaign->stages.items[0].from_day >= DAYS_MAX) {
        struct pnr_path path = {NULL, "stages", count - 1};
        pnr_finding_add(validation, PIONEER_ERROR, "campaign-too-long", &path, "to",
                        (struct pnr_particulars){.number = DAYS_MAX});
    }
}
