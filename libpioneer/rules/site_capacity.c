/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule site_capacity: heads at a site at each moment a duty of it starts. */
#include "rules/coupling.h"

static bool covers(const struct pnr_duty *duty, int32_t site, int32_t at) {
    return duty->site == site && duty->from_at <= at && at < duty->to_at;
}

static void count_moment(struct pnr_coupling_builder *builder, int32_t coupling, int32_t site, int32_t at) {
    const struct pnr_instance *instance = builder->instance;
    for (int32_t d = 0; d < instance->duty_count; d++) {
        if (!pnr_instance_is_later(instance, d) && covers(pnr_instance_duty(instance, d), site, at)) {
            pnr_coupling_count_duty(builder, coupling, 0, d, NULL, true);
        }
    }
    const struct pnr_organisation *organisation = instance->organisation;
    const uint8_t *counted = organisation->rules[pnr_coupling_at(builder, coupling)->rule].member_in_scope;
    for (int32_t i = 0; i < organisation->campaign->members.count; i++) { /* what earlier parts put there */
        const struct pnr_duty_indices *before = &builder->prefix->duties_of_member[i];
        for (int32_t k = 0; k < before->count; k++) {
            if (counted[i] && covers(&organisation->duties.items[before->items[k]], site, at)) {
                pnr_coupling_count_fixed(builder, coupling, 0, 1);
            }
        }
    }
}

/* Whether an earlier duty in the list already made this moment. The list ascends by start. */
static bool is_new_moment(const struct pnr_organisation *organisation, int32_t index) {
    const struct pnr_duty *duty = &organisation->duties.items[index];
    for (int32_t i = index - 1; i >= 0 && organisation->duties.items[i].from_at >= duty->from_at - 2880;
         i--) {
        if (organisation->duties.items[i].from_at == duty->from_at &&
            organisation->duties.items[i].site == duty->site) {
            return false;
        }
    }
    return true;
}

void pnr_rule_site_capacity(struct pnr_coupling_builder *builder, int32_t rule) {
    const struct pnr_instance *instance = builder->instance;
    const struct pnr_organisation *organisation = instance->organisation;
    for (int32_t i = 0; i < organisation->duties.count && !builder->failed; i++) {
        const struct pnr_duty *duty = &organisation->duties.items[i];
        int32_t capacity = organisation->campaign->sites.items[duty->site].capacity;
        bool is_judged = duty->day >= instance->first_day && duty->day <= instance->judged_to;
        if (capacity > 0 && is_judged && pnr_organisation_rule_holds(organisation, rule, -1, duty->stage) &&
            is_new_moment(organisation, i)) {
            int32_t at = pnr_coupling_add(builder, rule, PNR_SHAPE_SPAN, 1, 1);
            count_moment(builder, at, duty->site, duty->from_at);
            if (!builder->failed) {
                pnr_coupling_at(builder, at)->high = capacity;
            }
        }
    }
}
