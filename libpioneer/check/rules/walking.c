/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule walking: there is time to walk from one duty to the next. */
#include "check/rules/rules.h"

#include "check/inforce.h"

/* The rest that some rule of that kind asks for between the dates of the two duties. */
static int64_t rest_asked(const struct pnr_view *view, int32_t before) {
    const struct pnr_check_duty *last = view->held[before];
    bool is_night = false;
    for (int32_t i = before; i >= 0 && view->held[i]->day == last->day; i--) {
        is_night |= view->held[i]->is_night;
    }
    int64_t asked = 0;
    for (int32_t i = 0; i < view->world->rule_count; i++) {
        const struct pnr_check_rule *rule = &view->world->rules[i];
        if (rule->kind == PIONEER_RULE_REST &&
            pnr_inforce_holds(view->world, rule, view->member, view->stage)) {
            int64_t minutes = is_night && rule->given->night_minutes > 0 ? rule->given->night_minutes
                                                                         : rule->given->minutes;
            asked = minutes > asked ? minutes : asked;
        }
    }
    return asked;
}

/* Overlaps are reported by themselves: two duties at once are no time to walk at all. */
static int64_t gap_between(const struct pnr_check_duty *last, const struct pnr_check_duty *next) {
    return next->from_at > last->to_at ? next->from_at - last->to_at : 0;
}

void pnr_check_walking(struct pnr_view *view) {
    for (int32_t i = view->first_held > 0 ? view->first_held : 1; i < view->held_count; i++) {
        const struct pnr_check_duty *last = view->held[i - 1];
        const struct pnr_check_duty *next = view->held[i];
        int64_t walk = pnr_world_walk(view->world, last->site, next->site);
        int64_t gap = gap_between(last, next);
        /* A term leaves nights to the rule that asks for more. */
        bool is_left_to_rest = !view->is_hard && last->day != next->day && rest_asked(view, i - 1) > walk;
        if (walk > gap && !is_left_to_rest) {
            pnr_view_charge(
                view, &(struct pnr_charge){
                          .amount = walk - gap,
                          .duty = next,
                          .day = next->day,
                          .found = gap,
                          .limit = walk,
                          .sentence = PNR_("{member} has {found} minutes to walk to {duty}, which takes "
                                           "{limit}."),
                      });
        }
    }
}
