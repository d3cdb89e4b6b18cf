/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lengths of runs of days: what work_run, off_run and kind_run share. */
#include "rules/run.h"

struct settings {
    int32_t min, max; /* max INT32_MAX: none */
    int32_t cap;      /* lengths from here on are alike */
    int32_t before;
    bool exempt_at_start, exempt_at_end;
    const uint8_t *slots;
    const struct pioneer_open_cost *open_costs;
    int32_t open_cost_count;
};

/* Lengths matter up to where the last entry begins. */
static int32_t last_of_open_costs(const struct pioneer_rule *given) {
    int32_t last = 0;
    for (int32_t i = 0; i < given->open_cost_count; i++) {
        last = given->open_costs[i].days > last ? given->open_costs[i].days : last;
    }
    return last;
}

bool pnr_run_add(struct pnr_clause_list *list, const struct pnr_clause *blank, int32_t before,
                 const uint8_t *slots) {
    const struct pioneer_rule *given = &blank->rule->given;
    struct settings *settings = pnr_arena_alloc(blank->scene->arena, 1, sizeof *settings);
    if (settings == NULL) {
        return false;
    }
    settings->min = given->has_min ? given->min : 0;
    settings->max = given->has_max ? given->max : INT32_MAX;
    settings->cap = given->has_max && given->max > settings->min ? given->max : settings->min;
    int32_t last = last_of_open_costs(given);
    settings->cap = last > settings->cap ? last : settings->cap;
    settings->open_costs = given->open_costs;
    settings->open_cost_count = given->open_cost_count;
    settings->before = given->ignore_history ? 0 : before;
    settings->exempt_at_start = given->at_start == PIONEER_BORDER_EXEMPT;
    settings->exempt_at_end = given->at_end != PIONEER_BORDER_JUDGE;
    settings->slots = slots;
    return pnr_clause_add(list, blank, settings) != NULL;
}

const uint8_t *pnr_run_slots(const struct pnr_clause *clause) {
    const struct settings *settings = clause->settings;
    return settings->slots;
}

/* The state is twice the length of the run so far, capped, plus 1 if the run may be short for touching the
 * first day. */
static int64_t state_of(const struct settings *settings, int32_t length, bool excused) {
    int32_t capped = length < settings->cap ? length : settings->cap;
    return 2 * (int64_t)capped + (excused && length < settings->min);
}

static int64_t missing(const struct settings *settings, int64_t state) {
    int64_t length = state / 2;
    return length > 0 && state % 2 == 0 && length < settings->min ? settings->min - length : 0;
}

int64_t pnr_run_start(const struct pnr_clause *clause) {
    const struct settings *settings = clause->settings;
    return state_of(settings, settings->before, false);
}

struct pnr_step pnr_run_step(const struct pnr_clause *clause, int32_t day, int64_t state, int64_t key) {
    const struct settings *settings = clause->settings;
    if (key == 0) {
        return (struct pnr_step){.amount = missing(settings, state)};
    }
    int64_t length = state / 2 + 1;
    bool excused =
        state % 2 != 0 || (settings->exempt_at_start && day == clause->scene->organisation->first_day);
    return (struct pnr_step){.state = state_of(settings, (int32_t)length, excused),
                             .amount = length > settings->max};
}

static int64_t open_cost(const struct settings *settings, int64_t length) {
    const struct pioneer_open_cost *fits = NULL;
    for (int32_t i = 0; i < settings->open_cost_count; i++) {
        const struct pioneer_open_cost *entry = &settings->open_costs[i];
        if (entry->days <= length && (fits == NULL || entry->days > fits->days)) {
            fits = entry;
        }
    }
    return fits != NULL ? fits->cost : 0;
}

/* A term charges a run on the day after it ends, or on the campaign's last day. A hard minimum cannot wait
 * for a later stage, which may be unable to go on with the run: it is closed with the horizon. */
int64_t pnr_run_close(const struct pnr_clause *clause, int64_t state) {
    const struct settings *settings = clause->settings;
    bool at_end = clause->scene->last_day == clause->scene->organisation->last_day;
    bool open = at_end ? settings->exempt_at_end : clause->rule->level >= 0;
    return (open ? 0 : missing(settings, state)) + (at_end ? open_cost(settings, state / 2) : 0);
}

void pnr_run_word(const struct pnr_rule *rule, const char *verb, struct pnr_text *text) {
    const struct pioneer_rule *given = &rule->given;
    pnr_text_append(text, verb);
    if (given->has_min) {
        pnr_text_printf(text, " at least %d%s", given->min, given->has_max ? " and" : "");
    }
    if (given->has_max) {
        pnr_text_printf(text, " at most %d", given->max);
    }
    pnr_text_append(text, " days in a row");
}
