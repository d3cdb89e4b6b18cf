/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule composition: how many of those on a duty satisfy an expression. */
#include "check/rules/rules.h"

static void judge_duty(struct pnr_view *view, int32_t duty) {
    const struct pioneer_rule *given = view->rule->given;
    const struct pnr_check_duty *staffed = &view->world->duties[duty];
    int64_t count = pnr_view_count(view, duty, view->rule->who);
    struct pnr_charge charge = {.duty = staffed, .day = staffed->day, .found = count};
    if (given->has_max && count > given->max) {
        charge.amount = count - given->max;
        charge.limit = given->max;
        charge.sentence = PNR_("{found} of those on {duty} fit rule {rule}; at most {limit} may.");
    } else if (given->has_min && count < given->min) {
        charge.amount = given->min - count;
        charge.limit = given->min;
        charge.sentence = PNR_("{found} of those on {duty} fit rule {rule}; at least {limit} must.");
    }
    pnr_view_charge(view, &charge);
}

void pnr_check_composition(struct pnr_view *view) {
    for (int32_t i = 0; i < view->part->duty_count; i++) {
        int32_t duty = view->part->duties[i];
        if (pnr_view_concerns(view, duty) && pnr_stand_heads(view->stand, duty) > 0) {
            judge_duty(view, duty);
        }
    }
}
