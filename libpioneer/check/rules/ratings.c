/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule ratings: points that members lack where a rating matters. */
#include "check/rules/rules.h"

#include <string.h>

static int64_t rating_of(const struct pnr_view *view) {
    const struct pioneer_member *member = &view->world->campaign->members.items[view->member];
    const char *name = view->rule->given->rating;
    for (int32_t i = 0; i < member->rating_count && name != NULL; i++) {
        if (strcmp(member->ratings[i].name, name) == 0) {
            return member->ratings[i].value;
        }
    }
    return 0;
}

void pnr_check_ratings(struct pnr_view *view) {
    int64_t lacking = 100 - rating_of(view);
    for (int32_t i = view->first_held; i < view->held_count; i++) {
        if (pnr_view_is_own(view, view->held[i]) && pnr_in_set(view->rule->posts, view->held[i]->post)) {
            pnr_view_charge(view, &(struct pnr_charge){.amount = lacking});
        }
    }
}
