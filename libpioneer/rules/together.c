/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule together: on each duty all members of a group stand, or none. */
#include "rules/coupling.h"

static int32_t group_size(const struct pnr_organisation *organisation, int32_t rule) {
    int32_t size = 0;
    for (int32_t i = 0; i < organisation->campaign->members.count; i++) {
        size += organisation->rules[rule].member_in_scope[i];
    }
    return size;
}

/* Lets the first few pairs of the group on the duty count for themselves too. */
static void tell_apart(struct pnr_coupling_builder *builder, int32_t coupling, int32_t rule, int32_t duty) {
    const struct pnr_instance *instance = builder->instance;
    const uint8_t *in_scope = instance->organisation->rules[rule].member_in_scope;
    int32_t which = 1;
    for (int32_t i = instance->pairs_of_duty[duty];
         i < instance->pairs_of_duty[duty + 1] && which <= PNR_COMPANIONS; i++) {
        int32_t pair = instance->pair_by_duty[i];
        if (in_scope[instance->member_at[instance->member_of_pair[pair]]]) {
            pnr_coupling_count_pair(builder, coupling, which++, pair, 1);
        }
    }
}

void pnr_rule_together(struct pnr_coupling_builder *builder, int32_t rule) {
    int32_t size = group_size(builder->instance->organisation, rule);
    for (int32_t d = 0; d < builder->instance->duty_count && !builder->failed; d++) {
        if (!pnr_coupling_concerns(builder, rule, d)) {
            continue;
        }
        int32_t at = pnr_coupling_add(builder, rule, PNR_SHAPE_TOGETHER, 1 + PNR_COMPANIONS, 1);
        pnr_coupling_count_duty(builder, at, 0, d, NULL, true);
        tell_apart(builder, at, rule, d);
        if (!builder->failed) {
            pnr_coupling_at(builder, at)->duty = d;
            pnr_coupling_at(builder, at)->high = size;
        }
    }
}
