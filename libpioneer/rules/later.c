/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What later parts would lack, for want of the members of this one: no rule of a campaign, but the level of
 * an organisation that looks ahead. */
#include "rules/coupling.h"

/* A head less than a later duty needs at the least, and its only lead, weigh as much as so many heads. They
 * belong to levels of their own there; here it is enough that they come first. */
#define HEADS_A_LEAST_HEAD 8
#define HEADS_A_LEAD       4

static void add_span(struct pnr_coupling_builder *builder, int32_t duty, int32_t low, int64_t weight) {
    int32_t at = pnr_coupling_add_later(builder, PNR_SHAPE_SPAN, 1, weight);
    pnr_coupling_count_holders(builder, at, 0, duty, NULL);
    if (!builder->failed) {
        struct pnr_coupling *coupling = pnr_coupling_at(builder, at);
        coupling->duty = duty;
        coupling->is_cover = true;
        coupling->low = low;
    }
}

static void add_lead(struct pnr_coupling_builder *builder, int32_t duty, int64_t weight) {
    const struct pnr_instance *instance = builder->instance;
    int32_t post = pnr_instance_duty(instance, duty)->post;
    int32_t at = pnr_coupling_add_later(builder, PNR_SHAPE_PRESENCE, 2, weight);
    pnr_coupling_count_holders(builder, at, 0, duty, instance->organisation->lead_of_post[post]);
    pnr_coupling_count_holders(builder, at, 1, duty, NULL);
    if (!builder->failed) {
        pnr_coupling_at(builder, at)->duty = duty;
        pnr_coupling_at(builder, at)->low = 1;
    }
}

void pnr_rule_later(struct pnr_coupling_builder *builder) {
    const struct pnr_instance *instance = builder->instance;
    for (int32_t d = 0; d < instance->duty_count && !builder->failed; d++) {
        if (!pnr_instance_is_later(instance, d)) {
            continue;
        }
        const struct pnr_later_need *need = &instance->later[d];
        int64_t head = pnr_instance_duty(instance, d)->short_cost;
        add_span(builder, d, need->heads, head);
        if (need->least > 0) {
            add_span(builder, d, need->least, head * HEADS_A_LEAST_HEAD);
        }
        if (need->needs_lead) {
            add_lead(builder, d, head * HEADS_A_LEAD);
        }
    }
}
