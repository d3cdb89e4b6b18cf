/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a rule sees when it judges. */
#include "check/view.h"

#include "check/inforce.h"
#include "check/share.h"

static void violate(struct pnr_view *view, const struct pnr_charge *charge) {
    const struct pnr_world *world = view->world;
    struct pnr_offence offence = {
        .code = pnr_rule_kind_name(view->rule->kind),
        .sentence = charge->sentence,
        .words =
            {
                .world = world,
                .member = charge->member > 0 ? charge->member - 1 : view->member,
                .duty = charge->duty == NULL ? -1 : (int32_t)(charge->duty - world->duties),
                .day = charge->day,
                .found = charge->found,
                .limit = charge->limit,
                .rule = view->rule->id,
            },
    };
    pnr_report_violate(view->report, &offence);
}

void pnr_view_charge(struct pnr_view *view, const struct pnr_charge *charge) {
    if (charge->amount <= 0) {
        return;
    }
    view->amount = pnr_share_add(view->amount, charge->amount);
    if (view->is_hard) {
        violate(view, charge);
    }
}

bool pnr_view_is_own(const struct pnr_view *view, const struct pnr_check_duty *duty) {
    if (duty->stage != view->stage) {
        return false;
    }
    return view->part == NULL ||
           view->division->part_of_duty[duty - view->world->duties] == view->part->index;
}

bool pnr_view_concerns(const struct pnr_view *view, int32_t duty) {
    const struct pnr_check_duty *asked = &view->world->duties[duty];
    return pnr_in_set(view->rule->posts, asked->post) &&
           pnr_inforce_holds_in(view->world, view->rule, asked->stage);
}

bool pnr_view_holds(const struct pnr_view *view) {
    for (int32_t stage = view->part->first_stage; stage <= view->part->last_stage; stage++) {
        if (pnr_inforce_holds_in(view->world, view->rule, stage)) {
            return true;
        }
    }
    return false;
}

bool pnr_view_holds_for(const struct pnr_view *view, int32_t member) {
    for (int32_t stage = view->part->first_stage; stage <= view->part->last_stage; stage++) {
        if (pnr_inforce_holds(view->world, view->rule, member, stage)) {
            return true;
        }
    }
    return false;
}

int32_t pnr_view_count(const struct pnr_view *view, int32_t duty, const uint8_t *set) {
    int32_t count = 0;
    for (int32_t i = view->stand->members_of_duty[duty]; i < view->stand->members_of_duty[duty + 1]; i++) {
        int32_t member = view->stand->member_at[i];
        count += pnr_in_set(view->rule->members, member) && pnr_in_set(set, member);
    }
    return count;
}

bool pnr_view_is_before_or_in(const struct pnr_view *view, int32_t duty) {
    return view->division->part_of_duty[duty] <= view->part->index;
}
