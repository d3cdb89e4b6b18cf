/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a plan: which sub-problems there are, and in which order they are solved. */
#include "model/parts.h"

#include <stdlib.h>

struct sortable_part {
    struct pnr_plan_part part;
    int32_t unit_rank;
};

static int compare_parts(const void *left, const void *right) {
    const struct sortable_part *a = left;
    const struct sortable_part *b = right;
    if (a->part.stage != b->part.stage) {
        return a->part.stage < b->part.stage ? -1 : 1;
    }
    if (a->part.tier != b->part.tier) {
        return a->part.tier < b->part.tier ? -1 : 1;
    }
    return (a->unit_rank > b->unit_rank) - (a->unit_rank < b->unit_rank);
}

static void count_duties(const struct pnr_organisation *organisation, int32_t *duties_of_unit_in_stage,
                         int32_t unit_count) {
    for (int32_t i = 0; i < organisation->duties.count; i++) {
        const struct pnr_duty *duty = &organisation->duties.items[i];
        duties_of_unit_in_stage[(size_t)duty->stage * (size_t)unit_count +
                                (size_t)organisation->unit_of_post[duty->post]]++;
    }
}

static enum pioneer_status list_staged(const struct pnr_organisation *organisation, struct pnr_arena *arena,
                                       struct pnr_plan_parts *out) {
    int32_t unit_count = organisation->campaign->units.count;
    int32_t stage_count = organisation->campaign->stages.count;
    size_t cells = (size_t)unit_count * (size_t)stage_count;
    int32_t *duties = pnr_arena_alloc(arena, cells, sizeof *duties);
    struct sortable_part *sortable = pnr_arena_alloc(arena, cells, sizeof *sortable);
    out->items = pnr_arena_alloc(arena, cells, sizeof *out->items);
    if (duties == NULL || sortable == NULL || out->items == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    count_duties(organisation, duties, unit_count);
    int32_t count = 0;
    for (int32_t stage = 0; stage < stage_count; stage++) {
        for (int32_t unit = 0; unit < unit_count; unit++) {
            int32_t duty_count = duties[(size_t)stage * (size_t)unit_count + (size_t)unit];
            if (duty_count > 0) {
                sortable[count++] = (struct sortable_part){
                    {stage, unit, organisation->depth_of_unit[unit], duty_count,
                     organisation->campaign->stages.items[stage].from_day,
                     organisation->campaign->stages.items[stage].to_day},
                    organisation->rank_of_unit[unit],
                };
            }
        }
    }
    qsort(sortable, (size_t)count, sizeof *sortable, compare_parts);
    for (int32_t i = 0; i < count; i++) {
        out->items[i] = sortable[i].part;
    }
    out->count = count;
    return PIONEER_OK;
}

enum pioneer_status pnr_parts_list(const struct pnr_organisation *organisation, bool joint,
                                   struct pnr_arena *arena, struct pnr_plan_parts *out) {
    *out = (struct pnr_plan_parts){NULL, 0};
    if (!joint) {
        return list_staged(organisation, arena, out);
    }
    out->items = pnr_arena_alloc(arena, 1, sizeof *out->items);
    if (out->items == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    out->items[0] = (struct pnr_plan_part){
        -1, -1, 0, organisation->duties.count, organisation->first_day, organisation->last_day};
    out->count = 1;
    return PIONEER_OK;
}

bool pnr_parts_is_last_of_member(const struct pnr_organisation *organisation,
                                 const struct pnr_plan_parts *parts, int32_t part, int32_t member) {
    for (int32_t later = part + 1;
         later < parts->count && parts->items[later].stage == parts->items[part].stage; later++) {
        if (pnr_organisation_in_pool(organisation, member, parts->items[later].unit)) {
            return false;
        }
    }
    return true;
}
