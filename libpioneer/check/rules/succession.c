/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule succession: what kind of slot may not follow another the next day. */
#include "check/rules/rules.h"

#include <string.h>

/* The first duty of the day in one of the slots, NULL when there is none. */
static const struct pnr_check_duty *find(const struct pnr_view *view, int32_t day, const uint8_t *slots) {
    for (int32_t i = 0; i < view->held_count; i++) {
        if (view->held[i]->day == day && slots[view->held[i]->slot]) {
            return view->held[i];
        }
    }
    return NULL;
}

static bool brings_kind(const struct pnr_view *view) {
    const struct pioneer_rule *given = view->rule->given;
    for (int32_t i = 0; i < given->slot_kind_count; i++) {
        if (view->history != NULL && view->history->last_kind != NULL &&
            strcmp(view->history->last_kind, given->slot_kinds[i]) == 0) {
            return true;
        }
    }
    return false;
}

void pnr_check_succession(struct pnr_view *view) {
    const struct pnr_check_rule *rule = view->rule;
    int32_t last_day = INT32_MIN;
    for (int32_t i = view->first_held; i < view->held_count; i++) {
        int32_t day = view->held[i]->day;
        const struct pnr_check_duty *next =
            day == last_day ? NULL : find(view, day, rule->slots_of_next_kinds);
        last_day = day;
        bool follows = find(view, day - 1, rule->slots_of_kinds) != NULL ||
                       (day == view->world->first_day && brings_kind(view));
        if (next != NULL && follows) {
            pnr_view_charge(
                view, &(struct pnr_charge){
                          .amount = 1,
                          .duty = next,
                          .day = day,
                          .sentence = PNR_("{member} may not have {duty} after what it does the day before "
                                           "(rule {rule})."),
                      });
        }
    }
}
