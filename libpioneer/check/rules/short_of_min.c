/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule short_of_min: heads short of the minimum. */
#include "check/rules/rules.h"

#include "check/share.h"

void pnr_check_short_of_min(struct pnr_view *view) {
    for (int32_t i = 0; i < view->part->duty_count; i++) {
        const struct pnr_check_duty *duty = &view->world->duties[view->part->duties[i]];
        int64_t heads = pnr_view_count(view, view->part->duties[i], NULL);
        if (pnr_view_concerns(view, view->part->duties[i]) && duty->min > heads) {
            int64_t amount = pnr_share_multiply(duty->min - heads, duty->short_cost);
            pnr_view_charge(view, &(struct pnr_charge){.amount = amount, .duty = duty});
        }
    }
}
