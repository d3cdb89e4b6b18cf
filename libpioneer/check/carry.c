/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What fairness carries from one part to the next, and the charge that load and hardship share. */
#include "check/carry.h"

#include "check/share.h"

static const struct pioneer_stage *stage_of(const struct pnr_view *view, int32_t stage) {
    return &view->world->campaign->stages.items[stage];
}

/* Whether what an earlier part gave is within the credit window; parts of the same stage always are. */
static bool counts(const struct pnr_view *view, int32_t stage) {
    const struct pioneer_rule *given = view->rule->given;
    if (stage == view->part->first_stage) {
        return true;
    }
    if (given->days > 0) {
        return stage_of(view, stage)->to_day >=
               stage_of(view, view->part->first_stage)->from_day - given->days;
    }
    return given->credit_window != PIONEER_WINDOW_STAGE;
}

static bool counts_history(const struct pnr_view *view) {
    const struct pioneer_rule *given = view->rule->given;
    if (given->days > 0) {
        return view->world->first_day >= stage_of(view, view->part->first_stage)->from_day - given->days;
    }
    return given->credit_window != PIONEER_WINDOW_STAGE;
}

static int64_t excess_at(const struct pnr_check_part *part, int32_t position, bool is_hardship) {
    return is_hardship ? part->hardship[position] - part->entitled_hardship[position]
                       : part->load[position] - part->entitled[position];
}

/* Load minus entitlement of the member before this part; may be negative. */
static int64_t carried(const struct pnr_view *view, int32_t member, bool is_hardship) {
    const struct pnr_division *division = view->division;
    const struct pioneer_history *history = pnr_world_history(view->world, member);
    int64_t sum = 0;
    for (int32_t i = division->places_of_member[member]; i < division->places_of_member[member + 1]; i++) {
        struct pnr_check_place place = division->places[i];
        const struct pnr_check_part *part = &division->parts[place.part];
        if (place.part < view->part->index && counts(view, part->stage)) {
            sum += excess_at(part, place.position, is_hardship);
        }
    }
    if (history != NULL && counts_history(view)) {
        sum += is_hardship ? history->load_hardship - history->entitled_hardship
                           : history->load_min - history->entitled_min;
    }
    return sum;
}

void pnr_carry_judge(struct pnr_view *view, bool is_hardship) {
    const struct pnr_check_part *part = view->part;
    for (int32_t i = 0; i < part->member_count; i++) {
        int32_t member = part->members[i];
        if (!pnr_view_holds_for(view, member)) {
            continue;
        }
        int64_t above = excess_at(part, i, is_hardship) + carried(view, member, is_hardship);
        if (above > 0) {
            pnr_view_charge(view, &(struct pnr_charge){.amount = pnr_share_multiply(above, above)});
        }
    }
}
