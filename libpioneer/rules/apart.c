/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule apart: on each duty at most one member of a group stands. */
#include "rules/coupling.h"

void pnr_rule_apart(struct pnr_coupling_builder *builder, int32_t rule) {
    for (int32_t d = 0; d < builder->instance->duty_count && !builder->failed; d++) {
        if (!pnr_coupling_concerns(builder, rule, d)) {
            continue;
        }
        int32_t at = pnr_coupling_add(builder, rule, PNR_SHAPE_SPAN, 1, 1);
        pnr_coupling_count_duty(builder, at, 0, d, NULL, true);
        if (!builder->failed) {
            pnr_coupling_at(builder, at)->duty = d;
            pnr_coupling_at(builder, at)->high = 1;
        }
    }
}
