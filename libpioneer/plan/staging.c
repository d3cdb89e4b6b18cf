/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The price of staging: what solving stage by stage and tier by tier cost against solving everything at once.
 */
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "plan/plan.h"
#include "roster/roster.h"

/* The joint part of a plan, and which of its pairs a staged roster takes. */
struct joint {
    struct pnr_plan plan;
    struct pnr_prefix prefix;
    struct pnr_instance *instance;
    uint8_t *is_chosen;
};

static bool fill_map(struct pnr_map *map, const struct pnr_instance *instance) {
    bool ok = true;
    for (int32_t m = 0; ok && m < instance->member_count; m++) {
        ok = pnr_map_put(map, instance->organisation->campaign->members.items[instance->member_at[m]].id, m);
    }
    return ok;
}

static bool is_duty_of(const struct pnr_instance *instance, int32_t duty,
                       const struct pioneer_assignment *a) {
    const struct pioneer_campaign *campaign = instance->organisation->campaign;
    const struct pnr_duty *at = pnr_instance_duty(instance, duty);
    return at->day == a->day && strcmp(campaign->posts.items[at->post].id, a->post) == 0 &&
           strcmp(campaign->sites.items[at->site].id, a->site) == 0 &&
           strcmp(campaign->slots.items[at->slot].id, a->slot) == 0;
}

static void choose(struct joint *joint, int32_t m, const struct pioneer_assignment *assignment) {
    const struct pnr_instance *instance = joint->instance;
    for (int32_t p = instance->pairs_of_member[m]; p < instance->pairs_of_member[m + 1]; p++) {
        if (is_duty_of(instance, instance->duty_of_pair[p], assignment)) {
            joint->is_chosen[p] = 1;
            return;
        }
    }
}

static enum pioneer_status choose_all(struct joint *joint, const struct pioneer_roster *roster) {
    struct pnr_map map;
    pnr_map_init(&map);
    joint->is_chosen = calloc((size_t)joint->instance->pair_count + 1, 1);
    enum pioneer_status status =
        joint->is_chosen != NULL && fill_map(&map, joint->instance) ? PIONEER_OK : PIONEER_E_NO_MEMORY;
    for (int32_t i = 0; i < roster->assignments.count && status == PIONEER_OK; i++) {
        int32_t m = pnr_map_get(&map, roster->assignments.items[i].member);
        if (m >= 0) {
            choose(joint, m, &roster->assignments.items[i]);
        }
    }
    pnr_map_fini(&map);
    return status;
}

/* The staged roster under the joint objective. */
static enum pioneer_status value_staged(struct joint *joint, const struct pioneer_roster *roster,
                                        int64_t *value) {
    enum pioneer_status status = pnr_prefix_init(&joint->prefix, joint->plan.organisation);
    if (status == PIONEER_OK) {
        status = pnr_instance_build(joint->plan.organisation, &joint->plan.parts, 0, &joint->prefix,
                                    &joint->instance);
    }
    if (status == PIONEER_OK) {
        status = choose_all(joint, roster);
    }
    int64_t hard_broken;
    return status == PIONEER_OK
               ? pnr_part_value(joint->instance, &joint->prefix, joint->is_chosen, value, &hard_broken)
               : status;
}

static enum pioneer_status add_prices(struct pioneer_roster *roster, const struct pioneer_roster *joint,
                                      const int64_t *staged) {
    const struct pioneer_part *part = &joint->parts.items[0];
    enum pioneer_status status = PIONEER_OK;
    for (int32_t l = 0; l < part->level_count && status == PIONEER_OK; l++) {
        struct pioneer_staging_price price = {part->levels[l].level, staged[l], part->levels[l].value,
                                              part->levels[l].bound};
        status = pnr_roster_add_price(roster, &price);
    }
    return status;
}

static enum pioneer_status price(struct joint *joint, struct pioneer_roster *roster) {
    struct pioneer_roster *solved = NULL;
    int64_t *staged = calloc((size_t)joint->plan.organisation->level_count + 1, sizeof *staged);
    enum pioneer_status status = staged != NULL ? value_staged(joint, roster, staged) : PIONEER_E_NO_MEMORY;
    if (status == PIONEER_OK) {
        status = pioneer_roster_new(&solved);
    }
    if (status == PIONEER_OK) {
        status = pnr_plan_run(&joint->plan, solved);
    }
    if (status == PIONEER_OK && solved->parts.count == 1) {
        status = add_prices(roster, solved, staged);
    }
    pioneer_roster_free(solved);
    free(staged);
    return status;
}

/* Work is counted and time runs on where the staged solve ended. */
static enum pioneer_status go_on(struct pnr_plan *joint, const struct pnr_plan *staged,
                                 const struct pioneer_solve_options *options) {
    struct pioneer_solve_options rest = *options;
    if (options->work_limit > 0) {
        int64_t left = options->work_limit - staged->work_done;
        rest.work_limit = left > 1 ? left : 1;
    }
    enum pioneer_status status = pnr_plan_init(joint, staged->campaign, &rest, true);
    joint->started_ms = staged->started_ms;
    joint->work_done = staged->work_done;
    return status;
}

enum pioneer_status pnr_plan_price_staging(struct pnr_plan *staged,
                                           const struct pioneer_solve_options *options,
                                           struct pioneer_roster *roster) {
    struct joint joint = {0};
    enum pioneer_status status = go_on(&joint.plan, staged, options);
    if (status == PIONEER_OK) {
        status = price(&joint, roster);
    }
    staged->work_done = joint.plan.work_done;
    staged->is_reproducible = staged->is_reproducible && joint.plan.is_reproducible;
    pnr_instance_free(joint.instance);
    free(joint.is_chosen);
    pnr_prefix_fini(&joint.prefix);
    pnr_plan_fini(&joint.plan);
    return status;
}
