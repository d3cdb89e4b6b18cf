/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule requests: what members asked for, day by day. */
#include "check/rules/rules.h"

#include <string.h>

static bool is_or_any(const char *wanted, const char *id) {
    return wanted == NULL || strcmp(wanted, id) == 0;
}

static bool fits(const struct pnr_world *world, const struct pioneer_request *request,
                 const struct pnr_check_duty *duty) {
    const struct pioneer_campaign *campaign = world->campaign;
    return is_or_any(request->post, campaign->posts.items[duty->post].id) &&
           is_or_any(request->site, campaign->sites.items[duty->site].id) &&
           is_or_any(request->slot, campaign->slots.items[duty->slot].id);
}

static bool has_matching(const struct pnr_view *view, const struct pioneer_request *request, int32_t day) {
    for (int32_t i = view->first_held; i < view->held_count; i++) {
        if (view->held[i]->day == day && fits(view->world, request, view->held[i])) {
            return true;
        }
    }
    return false;
}

/* The first of the part's duties on the day or later. */
static int32_t first_from(const struct pnr_view *view, int32_t day) {
    int32_t low = 0;
    int32_t high = view->part->duty_count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (view->world->duties[view->part->duties[middle]].day < day) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Whether the part has a duty that would meet the request and that the pools let the member take. */
static bool is_possible(const struct pnr_view *view, const struct pioneer_request *request, int32_t day) {
    for (int32_t i = first_from(view, day); i < view->part->duty_count; i++) {
        const struct pnr_check_duty *duty = &view->world->duties[view->part->duties[i]];
        if (duty->day > day) {
            return false;
        }
        if (fits(view->world, request, duty) && pnr_division_may_take(view->world, view->member, duty)) {
            return true;
        }
    }
    return false;
}

static void judge_request(struct pnr_view *view, const struct pioneer_request *request) {
    int32_t last_day = request->to_day < view->last_day ? request->to_day : view->last_day;
    int32_t first_day = request->from_day > view->first_day ? request->from_day : view->first_day;
    int64_t missed = 0;
    for (int32_t day = first_day; day <= last_day; day++) {
        bool is_served = has_matching(view, request, day);
        missed += request->off ? is_served : !is_served && is_possible(view, request, day);
    }
    pnr_view_charge(view,
                    &(struct pnr_charge){.amount = missed * (request->weight == 0 ? 1 : request->weight)});
}

void pnr_check_requests(struct pnr_view *view) {
    const struct pnr_world *world = view->world;
    for (int32_t i = world->requests_of_member[view->member]; i < world->requests_of_member[view->member + 1];
         i++) {
        judge_request(view, &world->campaign->requests.items[world->requests[i]]);
    }
}
