/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many weekends are worked in the campaign. */
#include "base/calendar.h"
#include "rules/table.h"

enum { SATURDAY = 5, SUNDAY = 6 };

/* One window over the campaign; a weekend counts on its first worked day. */
static bool open_weekends(struct pnr_clause_list *list, const struct pnr_clause *blank) {
    const struct pnr_scene *scene = blank->scene;
    struct pnr_clause clause = *blank;
    clause.windows = pnr_arena_alloc(scene->arena, 1, sizeof *clause.windows);
    if (clause.windows == NULL) {
        return false;
    }
    clause.window_count = 1;
    clause.windows[0] = (struct pnr_window){.first_day = scene->organisation->first_day,
                                            .last_day = scene->organisation->last_day,
                                            .start = scene->history != NULL ? scene->history->weekends : 0,
                                            .has_max = clause.rule->given.has_max,
                                            .max = clause.rule->given.max};
    return pnr_clause_add(list, &clause, NULL) != NULL;
}

static int64_t start(const struct pnr_clause *clause) {
    const struct pnr_scene *scene = clause->scene;
    return scene->history != NULL && scene->history->saturday_worked &&
           pnr_weekday(scene->organisation->first_day) == SUNDAY;
}

static int64_t key(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    (void)clause;
    return day->count > 0;
}

/* The state is whether Saturday was worked. */
static struct pnr_step step(const struct pnr_clause *clause, int32_t day, int64_t state, int64_t worked) {
    (void)clause;
    switch (pnr_weekday(day)) {
    case SATURDAY:
        return (struct pnr_step){.state = worked, .count = (int32_t)worked};
    case SUNDAY:
        return (struct pnr_step){.count = worked != 0 && state == 0};
    default:
        return (struct pnr_step){0};
    }
}

static void word(const struct pnr_rule *rule, struct pnr_text *text) {
    pnr_text_printf(text, "works at most %d weekends", rule->given.max);
}

const struct pnr_rule_ops pnr_rule_weekends = {.kind = PIONEER_RULE_WEEKENDS,
                                               .open = open_weekends,
                                               .start = start,
                                               .key = key,
                                               .step = step,
                                               .word = word};
