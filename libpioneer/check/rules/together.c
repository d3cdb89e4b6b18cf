/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule together: a group stands on a duty as a whole or not at all. */
#include "check/rules/rules.h"

/* The first member of the group who is missing on the duty, -1 when nobody is. */
static int32_t first_missing(const struct pnr_view *view, int32_t duty) {
    for (int32_t i = 0; i < view->world->campaign->members.count; i++) {
        int32_t member = view->world->members_by_rank[i];
        if (pnr_in_set(view->rule->members, member) && !pnr_stand_has(view->stand, member, duty)) {
            return member;
        }
    }
    return -1;
}

static int64_t group_size(const struct pnr_view *view) {
    int64_t size = 0;
    for (int32_t i = 0; i < view->world->campaign->members.count; i++) {
        size += pnr_in_set(view->rule->members, i);
    }
    return size;
}

void pnr_check_together(struct pnr_view *view) {
    int64_t size = group_size(view);
    for (int32_t i = 0; i < view->part->duty_count; i++) {
        int32_t duty = view->part->duties[i];
        int64_t heads = pnr_view_count(view, duty, NULL);
        if (heads > 0 && heads < size && pnr_view_concerns(view, duty)) {
            pnr_view_charge(view,
                            &(struct pnr_charge){
                                .amount = size - heads,
                                .duty = &view->world->duties[duty],
                                .member = first_missing(view, duty) + 1,
                                .day = view->world->duties[duty].day,
                                .found = size - heads,
                                .sentence = PNR_("{member} is not on {duty} with the others of the group "
                                                 "(rule {rule})."),
                            });
        }
    }
}
