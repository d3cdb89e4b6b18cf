/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What work_run, off_run and kind_run share: maximal runs of days within [min, max]. */
#include "check/rules/run.h"

/* Whether the day belongs to the run; *next walks along the member's duties. */
static bool is_day_of_run(const struct pnr_view *view, const struct pnr_run *run, int32_t day,
                          int32_t *next) {
    bool has_duty = false;
    for (; *next < view->held_count && view->held[*next]->day <= day; (*next)++) {
        const struct pnr_check_duty *duty = view->held[*next];
        has_duty |= duty->day == day && pnr_in_set(run->slots, duty->slot);
    }
    return has_duty != run->is_of_days_off;
}

static void charge_day(struct pnr_view *view, int32_t day, int64_t amount, int64_t found, int64_t limit,
                       const char *sentence) {
    if (pnr_view_is_in_stage(view, day)) {
        pnr_view_charge(
            view, &(struct pnr_charge){
                      .amount = amount, .day = day, .found = found, .limit = limit, .sentence = sentence});
    }
}

static void judge_end(struct pnr_view *view, const struct pnr_run *run, int32_t day, int64_t length,
                      bool is_exempt) {
    const struct pioneer_rule *given = view->rule->given;
    if (given->has_min && length > 0 && !is_exempt) {
        charge_day(view, day, given->min - length, length, given->min, run->too_short);
    }
}

/* The run that is open when the campaign ends. */
static void judge_open(struct pnr_view *view, const struct pnr_run *run, int64_t length) {
    const struct pioneer_rule *given = view->rule->given;
    int64_t cost = 0, from = 0;
    for (int32_t i = 0; i < given->open_cost_count; i++) {
        int64_t days = given->open_costs[i].days;
        if (length >= days && days > from) {
            from = days;
            cost = given->open_costs[i].cost;
        }
    }
    charge_day(view, view->last_day, cost, length, from, run->left_open);
}

void pnr_run_judge(struct pnr_view *view, const struct pnr_run *run) {
    const struct pioneer_rule *given = view->rule->given;
    const struct pnr_world *world = view->world;
    int64_t length = given->ignore_history || view->history == NULL ? 0 : run->from_history;
    bool touches_first_day = false; /* the run at hand does */
    int32_t next = 0;
    for (int32_t day = world->first_day; day <= view->last_day; day++) {
        if (is_day_of_run(view, run, day, &next)) {
            length++;
            touches_first_day |= day == world->first_day;
            if (given->has_max && length > given->max) {
                charge_day(view, day, 1, length, given->max, run->too_long);
            }
        } else {
            judge_end(view, run, day, length, touches_first_day && given->at_start == PIONEER_BORDER_EXEMPT);
            length = 0;
            touches_first_day = false;
        }
    }
    if (view->last_day == world->last_day && given->at_end == PIONEER_BORDER_JUDGE) {
        judge_end(view, run, view->last_day, length,
                  touches_first_day && given->at_start == PIONEER_BORDER_EXEMPT);
    }
    if (view->last_day == world->last_day) {
        judge_open(view, run, length);
    }
}
