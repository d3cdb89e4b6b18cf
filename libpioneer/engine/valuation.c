/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one given schedule of a member costs: the rules themselves, day after day, without automaton or
 * labels. */
#include "engine/valuation.h"

#include <string.h>

/* Adds an amount of a clause on a date. */
static void charge(struct pnr_valuation *v, const struct pnr_clause *clause, int32_t day, int64_t amount) {
    if (amount <= 0 || !pnr_clause_in_force(clause, day)) {
        return;
    }
    if (clause->rule == NULL || clause->rule->level < 0) {
        v->legal = false;
        return;
    }
    int64_t *cost = &v->cost_by_level[clause->rule->level];
    *cost = pnr_plus(*cost, pnr_times(clause->rule->given.weight, amount));
}

static int64_t excess_of(const struct pnr_window *window, int64_t sum) {
    return window->has_max && sum > window->max ? sum - window->max : 0;
}

/* A window's sum as it stands; a maximum is charged as it is exceeded, everything else when the window or the
 * horizon ends. */
static void count(struct pnr_valuation *v, const struct pnr_clause *clause, int32_t day, int32_t more,
                  int64_t *sum) {
    const struct pnr_scene *scene = clause->scene;
    for (int32_t w = 0; w < clause->window_count; w++) {
        const struct pnr_window *window = &clause->windows[w];
        if (day < window->first_day || day > window->last_day) {
            continue;
        }
        if (day == window->first_day) {
            *sum = window->start;
        }
        int64_t before = excess_of(window, *sum);
        *sum += more;
        charge(v, clause, day, excess_of(window, *sum) - before);
        if (window->has_min && day == window->last_day && *sum < window->min) {
            charge(v, clause, day, window->min - *sum);
        }
        if (window->square &&
            day == (window->last_day < scene->last_day ? window->last_day : scene->last_day)) {
            int64_t above = *sum + window->base;
            charge(v, clause, day, above > 0 ? pnr_times(above, above) : 0);
        }
    }
}

static void value_day(struct pnr_valuation *v, int32_t day, int64_t *states, int64_t *sums) {
    for (int32_t i = 0; i < v->course->clause_count; i++) {
        const struct pnr_clause *clause = &v->course->clauses[i];
        const struct pnr_day_duties *duties = pnr_day_view_of(v->view, clause);
        int32_t more = 0;
        if (clause->ops->charge != NULL) {
            charge(v, clause, day, clause->ops->charge(clause, duties));
        }
        if (clause->ops->step != NULL) {
            struct pnr_step step =
                clause->ops->step(clause, day, states[i], clause->ops->key(clause, duties));
            states[i] = step.state;
            more = step.count;
            charge(v, clause, day, step.amount);
        } else if (clause->ops->take != NULL) {
            more = clause->ops->take(clause, duties);
        }
        count(v, clause, day, more, &sums[i]);
    }
}

/* The sums of windows that were open before the horizon. */
static void open_sums(const struct pnr_course *course, int64_t *sums) {
    for (int32_t i = 0; i < course->clause_count; i++) {
        const struct pnr_clause *clause = &course->clauses[i];
        for (int32_t w = 0; w < clause->window_count; w++) {
            if (clause->windows[w].first_day < course->scene.first_day) {
                sums[i] = clause->windows[w].start + course->sum_before[i];
            }
        }
    }
}

bool pnr_valuation_run(struct pnr_valuation *v, const int32_t *pairs, int32_t pair_count) {
    const struct pnr_course *course = v->course;
    size_t clauses = (size_t)course->clause_count;
    int64_t *states = pnr_arena_memdup(v->arena, course->state_of_clause, clauses, sizeof *states);
    int64_t *sums = pnr_arena_alloc(v->arena, clauses, sizeof *sums);
    memset(v->cost_by_level, 0, (size_t)course->level_count * sizeof *v->cost_by_level);
    v->legal = false;
    if (states == NULL || sums == NULL) {
        return false;
    }
    v->legal = true;
    open_sums(course, sums);
    int32_t at = 0;
    for (int32_t day = course->scene.first_day; day <= course->scene.last_day; day++) {
        int32_t from = at;
        while (at < pair_count &&
               pnr_instance_duty(v->instance, v->instance->duty_of_pair[pairs[at]])->day == day) {
            at++;
        }
        pnr_day_view_fill(v->view, v->instance, v->member, day, pairs + from, at - from);
        value_day(v, day, states, sums);
    }
    for (int32_t i = 0; i < course->clause_count; i++) {
        const struct pnr_clause *clause = &course->clauses[i];
        if (clause->ops->close != NULL) {
            charge(v, clause, course->scene.last_day, clause->ops->close(clause, states[i]));
        }
    }
    return true;
}
