/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule lead: a duty that somebody must or does serve has a member who satisfies its post's lead expression.
 */
#include "rules/coupling.h"

void pnr_rule_lead(struct pnr_coupling_builder *builder, int32_t rule) {
    const struct pnr_organisation *organisation = builder->instance->organisation;
    for (int32_t d = 0; d < builder->instance->duty_count && !builder->failed; d++) {
        const struct pnr_duty *duty = pnr_instance_duty(builder->instance, d);
        const struct pnr_expression *lead = organisation->lead_of_post[duty->post];
        if (lead == NULL || !pnr_coupling_concerns(builder, rule, d)) {
            continue;
        }
        int32_t at = pnr_coupling_add(builder, rule, PNR_SHAPE_PRESENCE, 2, 1);
        pnr_coupling_count_duty(builder, at, 0, d, lead, true);
        pnr_coupling_count_duty(builder, at, 1, d, NULL, false);
        if (!builder->failed) {
            pnr_coupling_at(builder, at)->duty = d;
            pnr_coupling_at(builder, at)->low = duty->min;
        }
    }
}
