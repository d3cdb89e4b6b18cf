/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule isolation: days between duties at sites of two classes. */
#include "check/rules/rules.h"

#include <string.h>

static bool is_listed(const char *word, const char *const *words, int32_t count) {
    for (int32_t i = 0; i < count; i++) {
        if (strcmp(words[i], word) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether the member was at a site of the class on one of the days [from_day, to_day]. */
static bool was_there(const struct pnr_view *view, const uint8_t *sites, int32_t from_day, int32_t to_day) {
    for (int32_t i = 0; i < view->held_count; i++) {
        const struct pnr_check_duty *duty = view->held[i];
        if (from_day <= duty->day && duty->day <= to_day && sites[duty->site]) {
            return true;
        }
    }
    return false;
}

static bool brings_visit(const struct pnr_view *view, bool is_other, int32_t from_day, int32_t to_day) {
    const struct pioneer_rule *given = view->rule->given;
    const char *const *kinds = is_other ? given->other_site_kinds : given->site_kinds;
    int32_t count = is_other ? given->other_site_kind_count : given->site_kind_count;
    for (int32_t i = 0; view->history != NULL && i < view->history->visit_count; i++) {
        const struct pioneer_history_visit *visit = &view->history->visits[i];
        if (from_day <= visit->day && visit->day <= to_day && is_listed(visit->site_kind, kinds, count)) {
            return true;
        }
    }
    return false;
}

/* Whether the day has a duty of one class and the other class was visited on it or up to `days` days before.
 */
static bool is_too_close(const struct pnr_view *view, int32_t day) {
    const struct pnr_check_rule *rule = view->rule;
    int32_t from_day = day - rule->given->days;
    bool is_one = was_there(view, rule->sites_of_kinds, day, day);
    bool is_other = was_there(view, rule->sites_of_other_kinds, day, day);
    return (is_one && (was_there(view, rule->sites_of_other_kinds, from_day, day) ||
                       brings_visit(view, true, from_day, day))) ||
           (is_other && (was_there(view, rule->sites_of_kinds, from_day, day) ||
                         brings_visit(view, false, from_day, day)));
}

void pnr_check_isolation(struct pnr_view *view) {
    int32_t last_day = INT32_MIN;
    for (int32_t i = view->first_held; i < view->held_count; i++) {
        int32_t day = view->held[i]->day;
        if (day != last_day && is_too_close(view, day)) {
            pnr_view_charge(
                view, &(struct pnr_charge){
                          .amount = 1,
                          .duty = view->held[i],
                          .day = day,
                          .limit = view->rule->given->days,
                          .sentence = PNR_("{member} is on {duty} within {limit} days of a site that must be "
                                           "kept apart."),
                      });
        }
        last_day = day;
    }
}
