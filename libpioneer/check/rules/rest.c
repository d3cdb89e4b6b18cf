/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule rest: time off between one worked day and the next. */
#include "check/rules/rules.h"

/* A worked day as the rest after it needs it. */
struct worked {
    bool exists;
    int64_t end_at;
    bool is_night;
};

static struct worked from_history(const struct pioneer_history *history) {
    struct worked worked = {0};
    if (history != NULL && history->last_end_at > 0) {
        worked = (struct worked){true, history->last_end_at, history->last_was_night};
    }
    return worked;
}

static void judge_gap(struct pnr_view *view, struct worked last, const struct pnr_check_duty *next) {
    const struct pioneer_rule *given = view->rule->given;
    int64_t asked = last.is_night && given->night_minutes > 0 ? given->night_minutes : given->minutes;
    int64_t gap = next->from_at - last.end_at;
    pnr_view_charge(
        view, &(struct pnr_charge){
                  .amount = asked - gap,
                  .duty = next,
                  .day = next->day,
                  .found = gap,
                  .limit = asked,
                  .sentence = PNR_("{member} has {found} minutes of rest before {duty} instead of {limit}."),
              });
}

void pnr_check_rest(struct pnr_view *view) {
    struct worked last = from_history(view->history);
    for (int32_t first = 0, end; first < view->held_count; first = end) {
        const struct pnr_check_duty *next = view->held[first];
        struct worked today = {true, next->to_at, false};
        for (end = first; end < view->held_count && view->held[end]->day == next->day; end++) {
            today.end_at = view->held[end]->to_at > today.end_at ? view->held[end]->to_at : today.end_at;
            today.is_night |= view->held[end]->is_night;
        }
        if (last.exists && pnr_view_is_in_stage(view, next->day)) {
            judge_gap(view, last, next);
        }
        last = today;
    }
}
