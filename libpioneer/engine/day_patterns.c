/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every set of duties that a member may have on one date. */
#include "engine/day_patterns.h"

#include <stdlib.h>
#include <string.h>

#include "engine/price_math.h"

bool pnr_day_view_init(struct pnr_day_view *view, int32_t duties) {
    memset(view, 0, sizeof *view);
    view->capacity = duties + 1;
    view->duties = calloc((size_t)view->capacity, sizeof(const struct pnr_duty *));
    view->in_part = calloc((size_t)view->capacity, sizeof *view->in_part);
    return view->duties != NULL && view->in_part != NULL;
}

void pnr_day_view_fini(struct pnr_day_view *view) {
    free((void *)view->duties);
    free(view->in_part);
    memset(view, 0, sizeof *view);
}

/* Duties are in order of day, then start: their indices are compared instead. */
static void insert_duty(struct pnr_day_view *view, const struct pnr_duty *duty, bool in_part) {
    int32_t at = view->day.count++;
    while (at > 0 && view->duties[at - 1] > duty) {
        view->duties[at] = view->duties[at - 1];
        view->in_part[at] = view->in_part[at - 1];
        at--;
    }
    view->duties[at] = duty;
    view->in_part[at] = in_part;
}

void pnr_day_view_fill(struct pnr_day_view *view, const struct pnr_instance *instance, int32_t member,
                       int32_t day, const int32_t *pairs, int32_t pair_count) {
    const struct pnr_duty *all = instance->organisation->duties.items;
    view->day = (struct pnr_day_duties){.day = day, .duties = view->duties, .in_part = view->in_part};
    for (int32_t f = instance->fixed_of_member[member]; f < instance->fixed_of_member[member + 1]; f++) {
        const struct pnr_fixed *fixed = &instance->fixed[f];
        if (all[fixed->duty].day == day) {
            insert_duty(view, &all[fixed->duty], fixed->in_part >= 0);
        }
    }
    for (int32_t i = 0; i < pair_count; i++) {
        insert_duty(view, pnr_instance_duty(instance, instance->duty_of_pair[pairs[i]]), true);
    }
}

bool pnr_patterns_charge(const struct pnr_clause_list *clauses, const struct pnr_day_duties *day,
                         int64_t *row) {
    bool legal = true;
    for (int32_t c = 0; c < clauses->clauses.count; c++) {
        const struct pnr_clause *clause = &clauses->clauses.items[c];
        if (clause->ops->charge == NULL || !pnr_clause_in_force(clause, day->day)) {
            continue;
        }
        int64_t amount = clause->ops->charge(clause, day);
        if (amount > 0 && (clause->rule == NULL || clause->rule->level < 0)) {
            legal = false;
        } else if (amount > 0) {
            int32_t level = clause->rule->level;
            row[level] = pnr_plus(row[level], pnr_times(clause->rule->given.weight, amount));
        }
    }
    return legal;
}

/* The row of what the date in view adds to each clause that takes; -1 when memory is short. */
static int32_t intern_takes(struct pnr_pattern_maker *maker) {
    int64_t *row = pnr_interner_draft(maker->takes);
    int32_t at = 0;
    for (int32_t c = 0; row != NULL && c < maker->clauses->clauses.count; c++) {
        const struct pnr_clause *clause = &maker->clauses->clauses.items[c];
        if (clause->ops->take != NULL && clause->window_count > 0) {
            row[at++] = clause->ops->take(clause, &maker->view.day);
        }
    }
    while (row != NULL && at < maker->takes->width) {
        row[at++] = 0;
    }
    return row != NULL ? pnr_interner_put(maker->takes, row) : -1;
}

/* Adds the set in view unless it is illegal; false when memory is short. */
static bool add_pattern(struct pnr_pattern_maker *maker, struct pnr_pattern_list *list, const int32_t *pairs,
                        int32_t pair_count) {
    int64_t *row = pnr_interner_draft(maker->charges);
    if (row == NULL) {
        return false;
    }
    memset(row, 0, (size_t)maker->charges->width * sizeof *row);
    if (!pnr_patterns_charge(maker->clauses, &maker->view.day, row)) {
        return true;
    }
    struct pnr_pattern pattern = {.pairs_from = list->pairs.count,
                                  .pairs_to = list->pairs.count + pair_count,
                                  .charges = pnr_interner_put(maker->charges, row),
                                  .takes = intern_takes(maker)};
    if (pattern.charges < 0 || pattern.takes < 0 || !pnr_array_push(&list->patterns, pattern)) {
        return false;
    }
    for (int32_t i = 0; i < pair_count; i++) {
        if (!pnr_array_push(&list->pairs, pairs[i])) {
            return false;
        }
    }
    return true;
}

/* The largest number of duties that a hard day limit leaves to pairs; INT32_MAX: no such limit. */
static int32_t pairs_allowed(struct pnr_pattern_maker *maker, int32_t day) {
    int32_t allowed = INT32_MAX;
    for (int32_t c = 0; c < maker->clauses->clauses.count; c++) {
        const struct pnr_clause *clause = &maker->clauses->clauses.items[c];
        bool limits = clause->rule != NULL && clause->rule->level < 0 && clause->rule->given.has_max &&
                      clause->rule->given.kind == PIONEER_RULE_DUTIES &&
                      clause->rule->given.window == PIONEER_WINDOW_DAY && pnr_clause_in_force(clause, day);
        if (limits && clause->rule->given.max - maker->view.day.count < allowed) {
            allowed = clause->rule->given.max - maker->view.day.count;
        }
    }
    return allowed;
}

/* Sets of one size at a time: `chosen` holds positions in the date's range of pairs. */
struct sets {
    int32_t first, last; /* the date's pairs */
    int32_t size;
    int32_t *chosen;
    int32_t tried;  /* sets seen so far, legal or not */
    bool exhausted; /* no set of this size, so none of a larger one; or too many tried */
};

static bool fits_after(const struct pnr_instance *instance, const struct sets *sets, int32_t depth,
                       int32_t pair) {
    if (depth == 0) {
        return true;
    }
    const struct pnr_duty *before =
        pnr_instance_duty(instance, instance->duty_of_pair[sets->chosen[depth - 1]]);
    return before->to_at <= pnr_instance_duty(instance, instance->duty_of_pair[pair])->from_at;
}

/* Moves `chosen`, of which `depth` places are filled (0 or all), to the next set of this size in
 * lexicographic order; false after the last. */
static bool next_set(const struct pnr_instance *instance, struct sets *sets, int32_t depth) {
    int32_t pair = depth == 0 ? sets->first : sets->chosen[--depth] + 1;
    for (;;) {
        while (pair < sets->last && !fits_after(instance, sets, depth, pair)) {
            pair++;
        }
        if (pair == sets->last && depth == 0) {
            return false;
        }
        if (pair == sets->last) {
            pair = sets->chosen[--depth] + 1;
            continue;
        }
        sets->chosen[depth++] = pair++;
        if (depth == sets->size) {
            return true;
        }
    }
}

/* Adds the sets of one size, up to the date's limit. */
static bool add_sets(struct pnr_pattern_maker *maker, int32_t day, struct sets *sets,
                     struct pnr_pattern_list *list) {
    int32_t before = sets->tried;
    bool ok = true;
    for (bool more = next_set(maker->instance, sets, 0); ok && more;
         more = next_set(maker->instance, sets, sets->size)) {
        if (sets->tried++ >= PNR_PATTERNS_A_DAY) {
            list->truncated = true;
            break;
        }
        pnr_day_view_fill(&maker->view, maker->instance, maker->member, day, sets->chosen, sets->size);
        ok = add_pattern(maker, list, sets->chosen, sets->size);
    }
    sets->exhausted = sets->tried == before || sets->tried > PNR_PATTERNS_A_DAY;
    return ok;
}

static void find_range(const struct pnr_instance *instance, int32_t member, int32_t day, struct sets *sets) {
    sets->first = instance->pairs_of_member[member];
    while (sets->first < instance->pairs_of_member[member + 1] &&
           pnr_instance_duty(instance, instance->duty_of_pair[sets->first])->day < day) {
        sets->first++;
    }
    sets->last = sets->first;
    while (sets->last < instance->pairs_of_member[member + 1] &&
           pnr_instance_duty(instance, instance->duty_of_pair[sets->last])->day == day) {
        sets->last++;
    }
}

bool pnr_patterns_of_day(struct pnr_pattern_maker *maker, int32_t day, struct pnr_pattern_list *list) {
    struct sets sets = {0};
    find_range(maker->instance, maker->member, day, &sets);
    sets.chosen = malloc(((size_t)(sets.last - sets.first) + 1) * sizeof *sets.chosen);
    if (sets.chosen == NULL) {
        return false;
    }
    pnr_day_view_fill(&maker->view, maker->instance, maker->member, day, NULL, 0);
    int32_t allowed = pairs_allowed(maker, day);
    bool ok = add_pattern(maker, list, NULL, 0);
    for (sets.size = 1; ok && !sets.exhausted && sets.size <= allowed && sets.size <= sets.last - sets.first;
         sets.size++) {
        ok = add_sets(maker, day, &sets, list);
    }
    free(sets.chosen);
    return ok;
}
