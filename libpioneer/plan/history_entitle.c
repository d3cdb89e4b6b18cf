/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of a finished campaign entitled its members to. */
#include "plan/history.h"

#include <stdlib.h>

#include "model/instance.h"

/* Whether the member stands on the duty in the roster. */
static bool has_duty(const struct pnr_carry *carry, int32_t member, int32_t duty) {
    int32_t from = carry->first_of_member[member], to = carry->first_of_member[member + 1];
    while (from < to) {
        int32_t middle = from + (to - from) / 2;
        if (carry->duties[middle] < duty) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from < carry->first_of_member[member + 1] && carry->duties[from] == duty;
}

static enum pioneer_status add_to_prefix(const struct pnr_carry *carry, const struct pnr_instance *instance,
                                         struct pnr_prefix *prefix) {
    uint8_t *is_chosen = calloc((size_t)instance->pair_count + 1, sizeof *is_chosen);
    if (is_chosen == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    for (int32_t pair = 0; pair < instance->pair_count; pair++) {
        int32_t member = instance->member_at[instance->member_of_pair[pair]];
        is_chosen[pair] = has_duty(carry, member, instance->duty_at[instance->duty_of_pair[pair]]);
    }
    enum pioneer_status status = pnr_prefix_add_part(prefix, instance, is_chosen);
    free(is_chosen);
    return status;
}

/* Demand of a part, in all and before from_day, in minutes and in points. */
struct demand {
    int64_t all_min, before_min, all_hardship, before_hardship;
};

static struct demand demand_of(const struct pnr_carry *carry, const struct pnr_instance *instance) {
    struct demand demand = {0};
    for (int32_t i = 0; i < instance->duty_count; i++) {
        const struct pnr_duty *duty = pnr_instance_duty(instance, i);
        int64_t minutes = (int64_t)duty->target * duty->load_min,
                points = (int64_t)duty->target * duty->hardship;
        bool is_before = duty->day < carry->from_day;
        demand.all_min += minutes;
        demand.all_hardship += points;
        demand.before_min += is_before ? minutes : 0;
        demand.before_hardship += is_before ? points : 0;
    }
    return demand;
}

/* Rounded down; a part that lies before as a whole counts in full. An entitlement is at most the demand, so
 * the product fits as long as the demand is below 3·10⁹, which is 100,000 people on duty day and night for
 * two weeks. */
static int64_t share(int64_t entitled, int64_t before, int64_t all) {
    return before == all ? entitled : entitled * before / all;
}

static void add_entitlements(struct pnr_carry *carry, const struct pnr_instance *instance) {
    struct demand demand = demand_of(carry, instance);
    for (int32_t m = 0; m < instance->member_count; m++) {
        int32_t member = instance->member_at[m];
        carry->entitled_min[member] += share(instance->entitled_min[m], demand.before_min, demand.all_min);
        carry->entitled_hardship[member] +=
            share(instance->entitled_hardship[m], demand.before_hardship, demand.all_hardship);
    }
}

static bool starts_before(const struct pnr_carry *carry, const struct pnr_plan_part *part) {
    const struct pioneer_campaign *campaign = carry->organisation->campaign;
    return part->stage < 0 || campaign->stages.items[part->stage].from_day < carry->from_day;
}

/* Parts stand in order of stages, so the ones behind the first that starts too late do as well. */
static enum pioneer_status play(struct pnr_carry *carry, const struct pnr_plan_parts *parts,
                                struct pnr_prefix *prefix) {
    enum pioneer_status status = PIONEER_OK;
    for (int32_t i = 0; status == PIONEER_OK && i < parts->count && starts_before(carry, &parts->items[i]);
         i++) {
        struct pnr_instance *instance = NULL;
        status = pnr_instance_build(carry->organisation, parts, i, prefix, &instance);
        if (status == PIONEER_OK) {
            add_entitlements(carry, instance);
            status = add_to_prefix(carry, instance, prefix);
        }
        pnr_instance_free(instance);
    }
    return status;
}

enum pioneer_status pnr_carry_entitle(struct pnr_carry *carry) {
    bool is_joint = pioneer_roster_get(carry->roster)->mode == PIONEER_JOINT;
    struct pnr_plan_parts parts;
    struct pnr_prefix prefix;
    enum pioneer_status status = pnr_parts_list(carry->organisation, is_joint, &carry->arena, &parts);
    if (status != PIONEER_OK) {
        return status;
    }
    status = pnr_prefix_init(&prefix, carry->organisation);
    if (status == PIONEER_OK) {
        status = play(carry, &parts, &prefix);
    }
    pnr_prefix_fini(&prefix);
    return status;
}
