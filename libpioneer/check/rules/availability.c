/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule availability: a member serves in its free time only. */
#include "check/rules/rules.h"

#include "check/free.h"

void pnr_check_availability(struct pnr_view *view) {
    for (int32_t i = view->first_held; i < view->held_count; i++) {
        const struct pnr_check_duty *duty = view->held[i];
        if (pnr_view_is_own(view, duty) &&
            !pnr_free_holds(view->world, view->member, duty->from_at, duty->to_at)) {
            pnr_view_charge(view, &(struct pnr_charge){
                                      .amount = 1,
                                      .duty = duty,
                                      .day = duty->day,
                                      .sentence = PNR_("{member} is not free for {duty}."),
                                  });
        }
    }
}
