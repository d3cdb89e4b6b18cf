/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule unit_quota: how many places of a part the members of one unit may, or must, fill. */
#include <string.h>

#include "rules/coupling.h"

static int32_t unit_of_rule(const struct pnr_organisation *organisation, int32_t rule) {
    for (int32_t i = 0; i < organisation->campaign->units.count; i++) {
        if (strcmp(organisation->campaign->units.items[i].id, organisation->rules[rule].given.unit) == 0) {
            return i;
        }
    }
    return -1;
}

/* Whether the rule counts the member of the part. */
static bool is_counted(const struct pnr_instance *instance, int32_t m, int32_t rule, int32_t unit) {
    const struct pnr_organisation *organisation = instance->organisation;
    int32_t member = instance->member_at[m];
    return organisation->rules[rule].member_in_scope[member] &&
           pnr_organisation_below(organisation, organisation->unit_of_member[member], unit);
}

static void count_duty(struct pnr_coupling_builder *builder, int32_t coupling, int32_t duty, int32_t unit) {
    const struct pnr_instance *instance = builder->instance;
    int32_t rule = pnr_coupling_at(builder, coupling)->rule;
    for (int32_t i = instance->pairs_of_duty[duty]; i < instance->pairs_of_duty[duty + 1]; i++) {
        int32_t pair = instance->pair_by_duty[i];
        if (is_counted(instance, instance->member_of_pair[pair], rule, unit)) {
            pnr_coupling_count_pair(builder, coupling, 0, pair, 1);
        }
    }
    for (int32_t m = 0; instance->pinned_heads[duty] > 0 && m < instance->member_count; m++) {
        for (int32_t f = instance->fixed_of_member[m]; f < instance->fixed_of_member[m + 1]; f++) {
            if (instance->fixed[f].in_part == duty && is_counted(instance, m, rule, unit)) {
                pnr_coupling_count_fixed(builder, coupling, 0, 1);
            }
        }
    }
}

/* The narrower of the absolute and the relative limits; a share is rounded up for the minimum, down for the
 * maximum. */
static void set_limits(struct pnr_coupling *coupling, const struct pioneer_rule *rule, int64_t places) {
    int64_t share_low = (places * rule->min_percent + 99) / 100;
    coupling->low = rule->has_min && rule->min > share_low ? rule->min : share_low;
    coupling->high = rule->has_max ? rule->max : PNR_NO_LIMIT;
    if (rule->max_percent > 0 && places * rule->max_percent / 100 < coupling->high) {
        coupling->high = places * rule->max_percent / 100;
    }
}

void pnr_rule_unit_quota(struct pnr_coupling_builder *builder, int32_t rule) {
    const struct pnr_instance *instance = builder->instance;
    const struct pnr_organisation *organisation = instance->organisation;
    int32_t unit = unit_of_rule(organisation, rule);
    if (unit < 0 || (instance->unit >= 0 && !pnr_organisation_below(organisation, unit, instance->unit))) {
        return;
    }
    int64_t places = 0;
    int32_t at = -1;
    for (int32_t d = 0; d < instance->duty_count && !builder->failed; d++) {
        if (pnr_coupling_concerns(builder, rule, d)) {
            at = at < 0 ? pnr_coupling_add(builder, rule, PNR_SHAPE_SPAN, 1, 1) : at;
            places += pnr_instance_duty(instance, d)->target;
            count_duty(builder, at, d, unit);
        }
    }
    if (at >= 0 && !builder->failed) {
        set_limits(pnr_coupling_at(builder, at), &organisation->rules[rule].given, places);
    }
}
