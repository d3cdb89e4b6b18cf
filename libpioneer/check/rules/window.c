/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What duties, minutes and count share: an amount in each window within [min, max]. */
#include "check/rules/window.h"

#include <string.h>

#include "base/calendar.h"

/* One window while it is judged. */
struct window {
    int32_t first_day, last_day; /* of the window, which may reach beyond the stage */
    int64_t before;              /* used up before the stage */
    bool judges_min;
};

/* What the member brings for this rule in the window that is open when the campaign starts. */
static int64_t from_history(const struct pnr_view *view) {
    int64_t count = 0;
    for (int32_t i = 0; view->history != NULL && i < view->history->count_count; i++) {
        if (strcmp(view->history->counts[i].rule, view->rule->id) == 0) {
            count += view->history->counts[i].count;
        }
    }
    return count;
}

static void judge_max(struct pnr_view *view, const struct window *window, int64_t total,
                      const struct pnr_check_duty *last, const struct pnr_window_sentences *sentences) {
    int64_t max = view->rule->given->max;
    int64_t above = total > max ? total - max : 0;
    int64_t above_before = window->before > max ? window->before - max : 0;
    pnr_view_charge(view, &(struct pnr_charge){
                              .amount = above - above_before,
                              .duty = last,
                              .day = last == NULL ? view->first_day : last->day,
                              .found = total,
                              .limit = max,
                              .sentence = sentences->too_much,
                          });
}

static void judge_window(struct pnr_view *view, struct window window, pnr_window_amount amount,
                         const struct pnr_window_sentences *sentences) {
    int64_t inside = 0;
    const struct pnr_check_duty *last = NULL;
    for (int32_t i = 0; i < view->held_count; i++) {
        const struct pnr_check_duty *duty = view->held[i];
        int64_t found = duty->day < window.first_day || duty->day > window.last_day ? 0 : amount(view, duty);
        if (found > 0 && duty->day < view->first_day) {
            window.before += found;
        } else if (found > 0) {
            inside += found;
            last = duty;
        }
    }
    if (view->rule->given->has_max) {
        judge_max(view, &window, window.before + inside, last, sentences);
    }
    if (view->rule->given->has_min && window.judges_min && view->judges_minima) {
        pnr_view_charge(view, &(struct pnr_charge){
                                  .amount = view->rule->given->min - window.before - inside,
                                  .day = view->last_day < window.last_day ? view->last_day : window.last_day,
                                  .found = window.before + inside,
                                  .limit = view->rule->given->min,
                                  .sentence = sentences->too_little,
                              });
    }
}

static void judge_weeks(struct pnr_view *view, pnr_window_amount amount,
                        const struct pnr_window_sentences *sentences) {
    const struct pnr_world *world = view->world;
    for (int32_t week = pnr_week_of(view->first_day); week <= pnr_week_of(view->last_day); week++) {
        struct window window = {.first_day = pnr_week_first_day(week)};
        window.last_day = window.first_day + 6;
        bool begins_before = window.first_day < world->first_day;
        window.before = begins_before ? from_history(view) : 0;
        window.judges_min = !begins_before && window.last_day <= world->last_day &&
                            pnr_view_is_in_stage(view, window.last_day);
        judge_window(view, window, amount, sentences);
    }
}

static void judge_days(struct pnr_view *view, pnr_window_amount amount,
                       const struct pnr_window_sentences *sentences) {
    for (int32_t day = view->first_day; day <= view->last_day; day++) {
        judge_window(view, (struct window){day, day, 0, true}, amount, sentences);
    }
}

void pnr_window_judge(struct pnr_view *view, pnr_window_amount amount,
                      const struct pnr_window_sentences *sentences) {
    const struct pnr_world *world = view->world;
    switch (view->rule->given->window) {
    case PIONEER_WINDOW_CAMPAIGN:
        judge_window(view,
                     (struct window){world->first_day, world->last_day, from_history(view),
                                     view->last_day == world->last_day},
                     amount, sentences);
        break;
    case PIONEER_WINDOW_STAGE:
        judge_window(view, (struct window){view->first_day, view->last_day, 0, true}, amount, sentences);
        break;
    case PIONEER_WINDOW_WEEK:
        judge_weeks(view, amount, sentences);
        break;
    case PIONEER_WINDOW_DAY:
        judge_days(view, amount, sentences);
        break;
    }
}
