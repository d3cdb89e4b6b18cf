/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules short_of_min, short_of_target and over_target: heads missing or beyond on each duty. */
#include "rules/coupling.h"

static int64_t cost_of_head(const struct pnr_duty *duty, enum pioneer_rule_kind kind) {
    return kind == PIONEER_RULE_OVER_TARGET ? duty->over_cost : duty->short_cost;
}

static void set_span(struct pnr_coupling *coupling, const struct pnr_duty *duty,
                     enum pioneer_rule_kind kind) {
    if (kind == PIONEER_RULE_SHORT_OF_MIN) {
        coupling->low = duty->min;
    } else if (kind == PIONEER_RULE_SHORT_OF_TARGET) {
        coupling->low = duty->target;
    } else {
        coupling->high = duty->target;
    }
}

void pnr_rule_coverage(struct pnr_coupling_builder *builder, int32_t rule) {
    enum pioneer_rule_kind kind = builder->instance->organisation->rules[rule].given.kind;
    for (int32_t d = 0; d < builder->instance->duty_count && !builder->failed; d++) {
        if (!pnr_coupling_concerns(builder, rule, d)) {
            continue;
        }
        const struct pnr_duty *duty = pnr_instance_duty(builder->instance, d);
        int32_t at = pnr_coupling_add(builder, rule, PNR_SHAPE_SPAN, 1, cost_of_head(duty, kind));
        pnr_coupling_count_duty(builder, at, 0, d, NULL, true);
        if (!builder->failed) {
            struct pnr_coupling *coupling = pnr_coupling_at(builder, at);
            coupling->duty = d;
            coupling->is_cover = builder->instance->organisation->rules[rule].given.members == NULL;
            set_span(coupling, duty, kind);
        }
    }
}
