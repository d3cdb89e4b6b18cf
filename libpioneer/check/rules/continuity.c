/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule continuity: changes of post or site from one duty to the next. */
#include "check/rules/rules.h"

#include <string.h>

/* The post or site of the duty that the member had before the i-th; NULL when there was none. */
static const char *place_before(const struct pnr_view *view, int32_t i) {
    const struct pioneer_campaign *campaign = view->world->campaign;
    bool by_site = view->rule->given->by_site;
    if (i > 0) {
        const struct pnr_check_duty *before = view->held[i - 1];
        return by_site ? campaign->sites.items[before->site].id : campaign->posts.items[before->post].id;
    }
    if (view->history == NULL) {
        return NULL;
    }
    return by_site ? view->history->last_site : view->history->last_post;
}

void pnr_check_continuity(struct pnr_view *view) {
    const struct pioneer_campaign *campaign = view->world->campaign;
    for (int32_t i = view->first_held; i < view->held_count; i++) {
        const struct pnr_check_duty *duty = view->held[i];
        const char *before = place_before(view, i);
        const char *place = view->rule->given->by_site ? campaign->sites.items[duty->site].id
                                                       : campaign->posts.items[duty->post].id;
        pnr_view_charge(view, &(struct pnr_charge){.amount = before != NULL && strcmp(before, place) != 0});
    }
}
