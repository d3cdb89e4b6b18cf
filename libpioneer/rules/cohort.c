/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule cohort: members who carry different tags out of a list do not meet on a duty. */
#include <string.h>

#include "rules/coupling.h"

/* The first tag of the rule that the member carries; −1: it fits everywhere. */
static int32_t cohort_of(const struct pnr_coupling_builder *builder, int32_t rule, int32_t member) {
    const struct pnr_rule *in_force = &builder->instance->organisation->rules[rule];
    const struct pioneer_member *described =
        &builder->instance->organisation->campaign->members.items[member];
    if (!in_force->member_in_scope[member]) {
        return -1;
    }
    for (int32_t cohort = 0; cohort < in_force->given.tag_count; cohort++) {
        for (int32_t t = 0; t < described->tag_count; t++) {
            if (strcmp(in_force->given.tags[cohort], described->tags[t]) == 0) {
                return cohort;
            }
        }
    }
    return -1;
}

static void count_pairs(struct pnr_coupling_builder *builder, int32_t rule, int32_t coupling, int32_t duty) {
    const struct pnr_instance *instance = builder->instance;
    for (int32_t i = instance->pairs_of_duty[duty]; i < instance->pairs_of_duty[duty + 1]; i++) {
        int32_t pair = instance->pair_by_duty[i];
        int32_t cohort = cohort_of(builder, rule, instance->member_at[instance->member_of_pair[pair]]);
        if (cohort >= 0) {
            pnr_coupling_count_pair(builder, coupling, cohort, pair, 1);
        }
    }
}

static void count_pins(struct pnr_coupling_builder *builder, int32_t rule, int32_t coupling, int32_t duty) {
    const struct pnr_instance *instance = builder->instance;
    for (int32_t m = 0; instance->pinned_heads[duty] > 0 && m < instance->member_count; m++) {
        int32_t cohort = cohort_of(builder, rule, instance->member_at[m]);
        for (int32_t f = instance->fixed_of_member[m]; cohort >= 0 && f < instance->fixed_of_member[m + 1];
             f++) {
            if (instance->fixed[f].in_part == duty) {
                pnr_coupling_count_fixed(builder, coupling, cohort, 1);
            }
        }
    }
}

void pnr_rule_cohort(struct pnr_coupling_builder *builder, int32_t rule) {
    int32_t cohorts = builder->instance->organisation->rules[rule].given.tag_count;
    for (int32_t d = 0; d < builder->instance->duty_count && !builder->failed; d++) {
        if (!pnr_coupling_concerns(builder, rule, d)) {
            continue;
        }
        int32_t at = pnr_coupling_add(builder, rule, PNR_SHAPE_COHORT, cohorts, 1);
        count_pairs(builder, rule, at, d);
        count_pins(builder, rule, at, d);
        if (!builder->failed) {
            pnr_coupling_at(builder, at)->duty = d;
        }
    }
}
