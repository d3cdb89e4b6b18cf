/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule preferences: duties beside what a member prefers. */
#include "check/rules/rules.h"

#include <string.h>

static bool is_or_any(const char *wanted, const char *id) {
    return wanted == NULL || strcmp(wanted, id) == 0;
}

/* What the duty costs the member: nothing if it fits one preference, else the largest weight among them. */
static int64_t cost_of(const struct pnr_view *view, const struct pnr_check_duty *duty) {
    const struct pnr_world *world = view->world;
    const struct pioneer_campaign *campaign = world->campaign;
    int64_t cost = 0;
    for (int32_t i = world->preferences_of_member[view->member];
         i < world->preferences_of_member[view->member + 1]; i++) {
        const struct pioneer_preference *preference = &campaign->preferences.items[world->preferences[i]];
        if (is_or_any(preference->post, campaign->posts.items[duty->post].id) &&
            is_or_any(preference->site, campaign->sites.items[duty->site].id) &&
            is_or_any(preference->slot, campaign->slots.items[duty->slot].id)) {
            return 0;
        }
        int64_t weight = preference->weight == 0 ? 1 : preference->weight;
        cost = weight > cost ? weight : cost;
    }
    return cost;
}

void pnr_check_preferences(struct pnr_view *view) {
    for (int32_t i = view->first_held; i < view->held_count; i++) {
        if (pnr_view_is_own(view, view->held[i])) {
            pnr_view_charge(view, &(struct pnr_charge){.amount = cost_of(view, view->held[i])});
        }
    }
}
