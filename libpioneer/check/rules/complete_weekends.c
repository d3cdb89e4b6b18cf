/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule complete_weekends: both days of a weekend are worked, or none. */
#include "check/rules/rules.h"

#include "base/calendar.h"

static bool works_on(const struct pnr_view *view, int32_t day) {
    for (int32_t i = 0; i < view->held_count; i++) {
        if (view->held[i]->day == day) {
            return true;
        }
    }
    return false;
}

void pnr_check_complete_weekends(struct pnr_view *view) {
    for (int32_t sunday = view->first_day; sunday <= view->last_day; sunday++) {
        if (pnr_weekday(sunday) == 6 && sunday > view->world->first_day &&
            works_on(view, sunday - 1) != works_on(view, sunday)) {
            pnr_view_charge(view,
                            &(struct pnr_charge){
                                .amount = 1,
                                .day = sunday,
                                .sentence = PNR_("{member} works only one day of the weekend of {date}."),
                            });
        }
    }
}
