/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits on sums over the campaign, a stage, a week or a day: what duties, minutes and count share. */
#include "rules/window.h"

#include <string.h>

#include "base/calendar.h"

static int64_t history_count(const struct pnr_clause *clause) {
    const struct pioneer_history *history = clause->scene->history;
    for (int32_t i = 0; history != NULL && i < history->count_count; i++) {
        if (strcmp(history->counts[i].rule, clause->rule->given.id) == 0) {
            return history->counts[i].count;
        }
    }
    return 0;
}

static bool ends_where_judged(const struct pnr_scene *scene, const struct pnr_window *window) {
    return window->last_day >= scene->first_day && window->last_day <= scene->judged_to;
}

/* Limits are dropped where nobody charges them: a minimum that ends elsewhere or later, a rule not in force.
 */
static bool add_window(struct pnr_clause *clause, struct pnr_window window, bool waives_min) {
    const struct pnr_scene *scene = clause->scene;
    const struct pioneer_rule *given = &clause->rule->given;
    if (window.last_day < scene->first_day || window.first_day > scene->last_day) {
        return true;
    }
    window.has_max = given->has_max;
    window.max = given->max;
    window.has_min = given->has_min && !waives_min && scene->judges_minima &&
                     ends_where_judged(scene, &window) && pnr_clause_in_force(clause, window.last_day);
    window.min = given->min;
    clause->windows[clause->window_count++] = window;
    return true;
}

static void add_campaign(struct pnr_clause *clause) {
    const struct pnr_organisation *organisation = clause->scene->organisation;
    add_window(clause,
               (struct pnr_window){.first_day = organisation->first_day,
                                   .last_day = organisation->last_day,
                                   .start = history_count(clause)},
               false);
}

static void add_stages(struct pnr_clause *clause) {
    const struct pioneer_campaign *campaign = clause->scene->organisation->campaign;
    for (int32_t s = 0; s < campaign->stages.count; s++) {
        if (clause->scene->spans_stages || clause->scene->stage == s) {
            add_window(clause,
                       (struct pnr_window){.first_day = campaign->stages.items[s].from_day,
                                           .last_day = campaign->stages.items[s].to_day},
                       false);
        }
    }
}

static void add_weeks(struct pnr_clause *clause) {
    const struct pnr_organisation *organisation = clause->scene->organisation;
    int32_t last = pnr_week_of(clause->scene->last_day);
    for (int32_t week = pnr_week_of(clause->scene->first_day); week <= last; week++) {
        struct pnr_window window = {.first_day = pnr_week_first_day(week),
                                    .last_day = pnr_week_first_day(week) + 6};
        bool begins_cut = window.first_day < organisation->first_day;
        window.start = begins_cut ? history_count(clause) : 0;
        add_window(clause, window, begins_cut || window.last_day > organisation->last_day);
    }
}

bool pnr_window_open(struct pnr_clause_list *list, const struct pnr_clause *blank) {
    const struct pnr_scene *scene = blank->scene;
    struct pnr_clause clause = *blank;
    size_t weeks = (size_t)(scene->last_day - scene->first_day) / 7 + 2;
    size_t stages = (size_t)scene->organisation->campaign->stages.count;
    if (clause.rule->given.window == PIONEER_WINDOW_DAY) {
        return pnr_clause_add(list, &clause, NULL) != NULL;
    }
    clause.windows = pnr_arena_alloc(scene->arena, weeks > stages ? weeks : stages, sizeof *clause.windows);
    if (clause.windows == NULL) {
        return false;
    }
    switch (clause.rule->given.window) {
    case PIONEER_WINDOW_STAGE:
        add_stages(&clause);
        break;
    case PIONEER_WINDOW_WEEK:
        add_weeks(&clause);
        break;
    default:
        add_campaign(&clause);
        break;
    }
    return pnr_clause_add(list, &clause, NULL) != NULL;
}

/* The sum of a date over the duties that are already there, in the order of parts, is not known apart: a
 * minimum a day is judged like the others in the last part of the member. */
int64_t pnr_window_charge(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    const struct pioneer_rule *given = &clause->rule->given;
    if (given->window != PIONEER_WINDOW_DAY) {
        return 0;
    }
    int64_t sum = clause->ops->take(clause, day);
    if (given->has_max && sum > given->max) {
        return sum - given->max;
    }
    bool judged = clause->scene->judges_minima && day->day <= clause->scene->judged_to;
    return given->has_min && judged && sum < given->min ? given->min - sum : 0;
}

void pnr_window_word(const struct pnr_rule *rule, const char *unit, struct pnr_text *text) {
    static const char *const spans[] = {"in all", "a stage", "a week", "a day"};
    const struct pioneer_rule *given = &rule->given;
    pnr_text_append(text, "serves ");
    if (given->has_min) {
        pnr_text_printf(text, "at least %d%s", given->min, given->has_max ? " and " : "");
    }
    if (given->has_max) {
        pnr_text_printf(text, "at most %d", given->max);
    }
    pnr_text_printf(text, " %s %s", unit, spans[given->window]);
}
