/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule apart: at most one of a group stands on a duty. */
#include "check/rules/rules.h"

/* The last member of the group on the duty. */
static int32_t last_of_group(const struct pnr_view *view, int32_t duty) {
    int32_t last = -1;
    for (int32_t i = view->stand->members_of_duty[duty]; i < view->stand->members_of_duty[duty + 1]; i++) {
        if (pnr_in_set(view->rule->members, view->stand->member_at[i])) {
            last = view->stand->member_at[i];
        }
    }
    return last;
}

void pnr_check_apart(struct pnr_view *view) {
    for (int32_t i = 0; i < view->part->duty_count; i++) {
        int32_t duty = view->part->duties[i];
        int64_t heads = pnr_view_count(view, duty, NULL);
        if (heads > 1 && pnr_view_concerns(view, duty)) {
            pnr_view_charge(
                view, &(struct pnr_charge){
                          .amount = heads - 1,
                          .duty = &view->world->duties[duty],
                          .member = last_of_group(view, duty) + 1,
                          .day = view->world->duties[duty].day,
                          .sentence = PNR_("{member} is on {duty} with somebody it must be kept apart from "
                                           "(rule {rule})."),
                      });
        }
    }
}
