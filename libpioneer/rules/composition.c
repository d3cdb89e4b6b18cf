/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule composition: how many of a duty's members may, or must, satisfy an expression. */
#include "rules/coupling.h"

void pnr_rule_composition(struct pnr_coupling_builder *builder, int32_t rule) {
    const struct pnr_organisation *organisation = builder->instance->organisation;
    const struct pnr_rule *in_force = &organisation->rules[rule];
    struct pnr_expression *who;
    if (pnr_expression_parse(organisation->campaign, in_force->given.who, &builder->couplings->arena, &who,
                             NULL) != PIONEER_OK) {
        builder->failed = true; /* validation has parsed it before: only memory can be short */
        return;
    }
    for (int32_t d = 0; d < builder->instance->duty_count && !builder->failed; d++) {
        if (!pnr_coupling_concerns(builder, rule, d)) {
            continue;
        }
        int32_t at = pnr_coupling_add(builder, rule, PNR_SHAPE_MIX, 2, 1);
        pnr_coupling_count_duty(builder, at, 0, d, who, true);
        pnr_coupling_count_duty(builder, at, 1, d, NULL, false);
        if (!builder->failed) {
            struct pnr_coupling *coupling = pnr_coupling_at(builder, at);
            coupling->duty = d;
            coupling->low = in_force->given.has_min ? in_force->given.min : 0;
            coupling->high = in_force->given.has_max ? in_force->given.max : PNR_NO_LIMIT;
        }
    }
}
