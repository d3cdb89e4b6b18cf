/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule lead: a duty that asks for a lead has one. */
#include "check/rules/rules.h"

/* Emptying a duty with a minimum never pays. */
static bool needs_lead(const struct pnr_view *view, int32_t duty) {
    const struct pnr_check_duty *asked = &view->world->duties[duty];
    return pnr_world_asks_for_lead(view->world, asked) &&
           (asked->min > 0 || pnr_stand_heads(view->stand, duty) > 0);
}

void pnr_check_lead(struct pnr_view *view) {
    for (int32_t i = 0; i < view->part->duty_count; i++) {
        int32_t duty = view->part->duties[i];
        const struct pnr_check_duty *asked = &view->world->duties[duty];
        if (pnr_view_concerns(view, duty) && needs_lead(view, duty) &&
            pnr_view_count(view, duty, view->world->lead_of_post[asked->post]) == 0) {
            pnr_view_charge(view, &(struct pnr_charge){
                                      .amount = 1,
                                      .duty = asked,
                                      .day = asked->day,
                                      .sentence = PNR_("Nobody on {duty} can lead it."),
                                  });
        }
    }
}
