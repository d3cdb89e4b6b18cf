/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule eligibility: a member serves only on posts it is eligible for. */
#include "check/rules/rules.h"

void pnr_check_eligibility(struct pnr_view *view) {
    for (int32_t i = view->first_held; i < view->held_count; i++) {
        const struct pnr_check_duty *duty = view->held[i];
        if (pnr_view_is_own(view, duty) && !pnr_world_is_eligible(view->world, view->member, duty->post)) {
            pnr_view_charge(view, &(struct pnr_charge){
                                      .amount = 1,
                                      .duty = duty,
                                      .day = duty->day,
                                      .sentence = PNR_("{member} is not eligible for {duty}."),
                                  });
        }
    }
}
