/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Assignments that are given: who stands where, as numbers. */
#include <stdlib.h>

#include "base/map.h"
#include "model/organisation.h"

static int compare_given(const void *left, const void *right) {
    const struct pnr_given *a = left;
    const struct pnr_given *b = right;
    if (a->member != b->member) {
        return a->member < b->member ? -1 : 1;
    }
    return (a->duty > b->duty) - (a->duty < b->duty);
}

static bool resolve_all(struct pnr_organisation *organisation, struct pnr_map maps[4], int32_t *count) {
    const struct pioneer_campaign *campaign = organisation->campaign;
    bool ok = true;
    for (int32_t i = 0; ok && i < campaign->members.count; i++) {
        ok = pnr_map_put(&maps[0], campaign->members.items[i].id, i);
    }
    for (int32_t i = 0; ok && i < campaign->posts.count; i++) {
        ok = pnr_map_put(&maps[1], campaign->posts.items[i].id, i);
    }
    for (int32_t i = 0; ok && i < campaign->sites.count; i++) {
        ok = pnr_map_put(&maps[2], campaign->sites.items[i].id, i);
    }
    for (int32_t i = 0; ok && i < campaign->slots.count; i++) {
        ok = pnr_map_put(&maps[3], campaign->slots.items[i].id, i);
    }
    for (int32_t i = 0; ok && i < campaign->assignments.count; i++) {
        const struct pioneer_assignment *a = &campaign->assignments.items[i];
        int32_t duty =
            pnr_duties_find(campaign, &organisation->duties, pnr_map_get(&maps[1], a->post),
                            pnr_map_get(&maps[2], a->site), pnr_map_get(&maps[3], a->slot), a->day);
        int32_t member = pnr_map_get(&maps[0], a->member);
        if (duty >= 0 && member >= 0) {
            organisation->given[(*count)++] = (struct pnr_given){member, duty, a->state};
        }
    }
    return ok;
}

static void index_by_member(struct pnr_organisation *organisation, int32_t count) {
    int32_t members = organisation->campaign->members.count;
    for (int32_t m = 0, g = 0; m <= members; m++) {
        while (g < count && organisation->given[g].member < m) {
            g++;
        }
        organisation->given_of_member[m] = g;
    }
}

/* Assignments that name a duty which no longer exists are dropped: they force a removal and cost nothing. */
bool pnr_organisation_resolve_given(struct pnr_organisation *organisation) {
    const struct pioneer_campaign *campaign = organisation->campaign;
    size_t room = (size_t)campaign->assignments.count;
    organisation->given = pnr_arena_alloc(&organisation->arena, room, sizeof *organisation->given);
    organisation->given_of_member = pnr_arena_alloc(&organisation->arena, (size_t)campaign->members.count + 1,
                                                    sizeof *organisation->given_of_member);
    if (organisation->given == NULL || organisation->given_of_member == NULL || room == 0) {
        return organisation->given != NULL && organisation->given_of_member != NULL;
    }
    struct pnr_map maps[4];
    for (int i = 0; i < 4; i++) {
        pnr_map_init(&maps[i]);
    }
    int32_t count = 0;
    bool ok = resolve_all(organisation, maps, &count);
    for (int i = 0; i < 4; i++) {
        pnr_map_fini(&maps[i]);
    }
    qsort(organisation->given, (size_t)count, sizeof *organisation->given, compare_given);
    index_by_member(organisation, count);
    return ok;
}
