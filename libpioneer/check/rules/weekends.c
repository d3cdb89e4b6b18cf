/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule weekends: how many weekends of the campaign a member works. */
#include "check/rules/rules.h"

#include "base/calendar.h"

/* The weekend of a Saturday or Sunday as the number of its week; -1 on other days. */
static int32_t weekend_of(int32_t day) {
    return pnr_weekday(day) >= 5 ? pnr_week_of(day) : -1;
}

void pnr_check_weekends(struct pnr_view *view) {
    int64_t worked = 0;
    int32_t last = -1;
    if (view->history != NULL) {
        worked = view->history->weekends;
        /* That weekend is among those worked so far. */
        bool is_open = view->history->saturday_worked && pnr_weekday(view->world->first_day) == 6;
        last = is_open ? pnr_week_of(view->world->first_day) : -1;
    }
    for (int32_t i = 0; i < view->held_count; i++) {
        const struct pnr_check_duty *duty = view->held[i];
        int32_t weekend = weekend_of(duty->day);
        if (weekend < 0 || weekend == last) {
            continue;
        }
        last = weekend;
        worked++;
        if (worked > view->rule->given->max && pnr_view_is_in_stage(view, duty->day)) {
            pnr_view_charge(
                view, &(struct pnr_charge){
                          .amount = 1,
                          .duty = duty,
                          .day = duty->day,
                          .found = worked,
                          .limit = view->rule->given->max,
                          .sentence = PNR_("{member} works {found} weekends by {date}; at most {limit} are "
                                           "allowed."),
                      });
        }
    }
}
