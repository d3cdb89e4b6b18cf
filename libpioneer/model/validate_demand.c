/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Validation of demand lines. */
#include "model/validation.h"

static void check_numbers(struct pnr_validation *validation, const struct pioneer_demand *demand,
                          const struct pnr_path *path) {
    int32_t target = demand->has_target ? demand->target : demand->min;
    if (target < demand->min) {
        pnr_finding_add(validation, PIONEER_ERROR, "target-below-min", path, "target",
                        (struct pnr_particulars){.number = demand->min});
    }
    if (demand->has_max && demand->max < target) {
        pnr_finding_add(validation, PIONEER_ERROR, "max-below-target", path, "max",
                        (struct pnr_particulars){.number = target});
    }
}

static void check_standby(struct pnr_validation *validation, const struct pioneer_demand *demand,
                          const uint8_t *is_standby, const struct pnr_path *path) {
    const char *given = demand->min > 0      ? "min"
                        : demand->has_target ? "target"
                        : demand->has_max    ? "max"
                                             : NULL;
    if (given != NULL) {
        pnr_finding_add(validation, PIONEER_ERROR, "standby-with-demand", path, given,
                        (struct pnr_particulars){0});
    }
    for (int32_t i = 0; i < demand->standby_for_count; i++) {
        int32_t post = pnr_index_find(&validation->indexes.of[PNR_KIND_POST], demand->standby_for[i]);
        if (post >= 0 && is_standby[post]) {
            struct pnr_path item = {path, "standby_for", i};
            pnr_finding_add(validation, PIONEER_ERROR, "standby-for-standby", &item, NULL,
                            (struct pnr_particulars){.id = demand->standby_for[i]});
        }
    }
}

/* Which posts have demand, and which of it is standby. */
static void mark_posts(const struct pnr_validation *validation, uint8_t *has_demand, uint8_t *is_standby) {
    const struct pioneer_campaign *campaign = validation->campaign;
    for (int32_t i = 0; i < campaign->demands.count; i++) {
        const struct pioneer_demand *demand = &campaign->demands.items[i];
        int32_t post = pnr_index_find(&validation->indexes.of[PNR_KIND_POST], demand->post);
        if (post >= 0) {
            has_demand[post] = 1;
            is_standby[post] = is_standby[post] || demand->standby_for_count > 0;
        }
    }
}

void pnr_validate_demand(struct pnr_validation *validation) {
    const struct pioneer_campaign *campaign = validation->campaign;
    size_t count = (size_t)campaign->posts.count;
    uint8_t *has_demand = pnr_arena_alloc(&validation->scratch, count, 1);
    uint8_t *is_standby = pnr_arena_alloc(&validation->scratch, count, 1);
    if (has_demand == NULL || is_standby == NULL) {
        validation->failed = true;
        return;
    }
    mark_posts(validation, has_demand, is_standby);
    for (int32_t i = 0; i < campaign->demands.count; i++) {
        const struct pioneer_demand *demand = &campaign->demands.items[i];
        struct pnr_path path = {NULL, "demand", i};
        if (demand->standby_for_count > 0) {
            check_standby(validation, demand, is_standby, &path);
        } else {
            check_numbers(validation, demand, &path);
        }
    }
    for (int32_t i = 0; i < campaign->posts.count; i++) {
        if (!has_demand[i]) {
            struct pnr_path path = {NULL, "posts", i};
            pnr_finding_add(validation, PIONEER_WARNING, "post-without-demand", &path, NULL,
                            (struct pnr_particulars){.id = campaign->posts.items[i].id});
        }
    }
}
