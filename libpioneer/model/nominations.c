/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is effectively nominated: quotas applied from the leaves to the root (docs/rules.md section 1). */
#include <stdlib.h>

#include "base/status.h"
#include "model/derived.h"

/* A member in the order in which quotas keep them. */
struct candidate {
    int32_t rank; /* INT32_MAX: unranked */
    int32_t id_rank;
    int32_t member;
};

static int compare_candidates(const void *left, const void *right) {
    const struct candidate *a = left;
    const struct candidate *b = right;
    if (a->rank != b->rank) {
        return a->rank < b->rank ? -1 : 1;
    }
    return (a->id_rank > b->id_rank) - (a->id_rank < b->id_rank);
}

static void apply_quota(struct pnr_organisation *organisation, const struct candidate *candidates,
                        int32_t count, int32_t unit) {
    int32_t left = organisation->campaign->units.items[unit].quota;
    for (int32_t i = 0; i < count; i++) {
        int32_t member = candidates[i].member;
        if (!organisation->is_nominated[member] ||
            !pnr_organisation_below(organisation, organisation->unit_of_member[member], unit)) {
            continue;
        }
        if (left > 0) {
            left--;
        } else {
            organisation->is_nominated[member] = 0;
        }
    }
}

static void apply_quotas(struct pnr_organisation *organisation, const struct candidate *candidates,
                         int32_t count) {
    const struct pioneer_campaign *campaign = organisation->campaign;
    int32_t deepest = 0;
    for (int32_t i = 0; i < campaign->units.count; i++) {
        bool is_deeper = campaign->units.items[i].quota > 0 && organisation->depth_of_unit[i] > deepest;
        deepest = is_deeper ? organisation->depth_of_unit[i] : deepest;
    }
    for (int32_t depth = deepest; depth >= 0; depth--) {
        for (int32_t i = 0; i < campaign->units.count; i++) {
            if (campaign->units.items[i].quota > 0 && organisation->depth_of_unit[i] == depth) {
                apply_quota(organisation, candidates, count, i);
            }
        }
    }
}

enum pioneer_status pnr_nominations_build(struct pnr_organisation *organisation,
                                          struct pioneer_error *error) {
    const struct pioneer_campaign *campaign = organisation->campaign;
    size_t count = (size_t)campaign->members.count;
    organisation->is_nominated = pnr_arena_alloc(&organisation->arena, count, 1);
    struct candidate *candidates = calloc(count + 1, sizeof *candidates);
    if (organisation->is_nominated == NULL || candidates == NULL) {
        free(candidates);
        return pnr_fail_no_memory(error);
    }
    for (int32_t i = 0; i < campaign->members.count; i++) {
        const struct pioneer_member *member = &campaign->members.items[i];
        organisation->is_nominated[i] = member->nominated;
        candidates[i] = (struct candidate){member->rank == 0 ? INT32_MAX : member->rank,
                                           organisation->rank_of_member[i], i};
    }
    qsort(candidates, count, sizeof *candidates, compare_candidates);
    apply_quotas(organisation, candidates, campaign->members.count);
    free(candidates);
    return PIONEER_OK;
}
