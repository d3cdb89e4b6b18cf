/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule unit_quota: how many places of a part go to one unit. */
#include "check/rules/rules.h"

struct places {
    int64_t target, taken;
    bool has_duty;
};

static struct places count_places(const struct pnr_view *view) {
    const struct pnr_world *world = view->world;
    struct places places = {0, 0, false};
    for (int32_t i = 0; i < view->part->duty_count; i++) {
        int32_t duty = view->part->duties[i];
        if (!pnr_view_concerns(view, duty)) {
            continue;
        }
        places.has_duty = true;
        places.target += world->duties[duty].target;
        for (int32_t j = view->stand->members_of_duty[duty]; j < view->stand->members_of_duty[duty + 1];
             j++) {
            int32_t member = view->stand->member_at[j];
            places.taken += pnr_in_set(view->rule->members, member) &&
                            pnr_world_is_below(world, world->unit_of_member[member], view->rule->unit);
        }
    }
    return places;
}

/* The larger of the two minima, the smaller of the two maxima; percentages are rounded into the range. */
static int64_t least_places(const struct pioneer_rule *given, int64_t target) {
    int64_t percent = given->min_percent > 0 ? (target * given->min_percent + 99) / 100 : 0;
    int64_t number = given->has_min ? given->min : 0;
    return number > percent ? number : percent;
}

static int64_t most_places(const struct pioneer_rule *given, int64_t target) {
    int64_t percent = given->max_percent > 0 ? target * given->max_percent / 100 : INT64_MAX;
    int64_t number = given->has_max ? given->max : INT64_MAX;
    return number < percent ? number : percent;
}

static bool is_judged(const struct pnr_view *view) {
    const struct pnr_check_part *part = view->part;
    return view->rule->unit >= 0 &&
           (part->unit < 0 || pnr_world_is_below(view->world, view->rule->unit, part->unit));
}

void pnr_check_unit_quota(struct pnr_view *view) {
    if (!is_judged(view) || !pnr_view_holds(view)) {
        return;
    }
    struct places places = count_places(view);
    if (!places.has_duty) {
        return; /* a part without the rule's posts has no places to share out */
    }
    int64_t least = least_places(view->rule->given, places.target);
    int64_t most = most_places(view->rule->given, places.target);
    struct pnr_charge charge = {.found = places.taken};
    if (places.taken > most) {
        charge.amount = places.taken - most;
        charge.limit = most;
        charge.sentence = PNR_("The unit of rule {rule} has {found} places; at most {limit} are allowed.");
    } else if (places.taken < least) {
        charge.amount = least - places.taken;
        charge.limit = least;
        charge.sentence = PNR_("The unit of rule {rule} has {found} places; at least {limit} are asked for.");
    }
    pnr_view_charge(view, &charge);
}
