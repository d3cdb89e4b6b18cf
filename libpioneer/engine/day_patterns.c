/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every set of duties that a member may have on one date. */
#include "engine/day_patterns.h"

#include <stdlib.h>
#include <string.h>

#include "engine/price_math.h"

bool pnr_day_view_init(struct pnr_day_view *view, int32_t duties) {
    memset(view, 0, sizeof *view);
    view->capacity = duties + 1;
    size_t room = (size_t)view->capacity;
    view->duties = calloc(2 * room, sizeof(const struct pnr_duty *));
    view->in_part = calloc(2 * room, sizeof *view->in_part);
    if (view->duties == NULL || view->in_part == NULL) {
        return false;
    }
    view->judged_duties = view->duties + room;
    view->judged_in_part = view->in_part + room;
    return true;
}

void pnr_day_view_fini(struct pnr_day_view *view) {
    free((void *)view->duties);
    free(view->in_part);
    memset(view, 0, sizeof *view);
}

/* Duties are in order of day, then start: their indices are compared instead. */
static void insert_duty(struct pnr_day_duties *day, const struct pnr_duty **duties, uint8_t *in_part,
                        const struct pnr_duty *duty, bool is_own) {
    int32_t at = day->count++;
    while (at > 0 && duties[at - 1] > duty) {
        duties[at] = duties[at - 1];
        in_part[at] = in_part[at - 1];
        at--;
    }
    duties[at] = duty;
    in_part[at] = is_own;
}

/* Into the view, and into what terms judge of it unless that is NULL: nothing of later parts. */
static void see(struct pnr_day_view *view, struct pnr_day_duties *judged, const struct pnr_duty *duty,
                bool is_own, bool is_later) {
    insert_duty(&view->day, view->duties, view->in_part, duty, is_own);
    if (judged != NULL && !is_later) {
        insert_duty(judged, view->judged_duties, view->judged_in_part, duty, is_own);
    }
}

void pnr_day_view_fill(struct pnr_day_view *view, const struct pnr_instance *instance, int32_t member,
                       int32_t day, const int32_t *pairs, int32_t pair_count) {
    const struct pnr_duty *all = instance->organisation->duties.items;
    bool looks_ahead = instance->later != NULL || instance->has_later_pins;
    struct pnr_day_duties *judged = looks_ahead ? &view->judged : NULL;
    view->day = (struct pnr_day_duties){.day = day, .duties = view->duties, .in_part = view->in_part};
    view->judged =
        (struct pnr_day_duties){.day = day, .duties = view->judged_duties, .in_part = view->judged_in_part};
    for (int32_t f = instance->fixed_of_member[member]; f < instance->fixed_of_member[member + 1]; f++) {
        const struct pnr_fixed *fixed = &instance->fixed[f];
        if (all[fixed->duty].day == day) {
            see(view, judged, &all[fixed->duty], fixed->in_part >= 0, fixed->is_later);
        }
    }
    for (int32_t i = 0; i < pair_count; i++) {
        bool is_later = pnr_instance_is_later(instance, instance->duty_of_pair[pairs[i]]);
        see(view, judged, pnr_instance_duty(instance, instance->duty_of_pair[pairs[i]]), !is_later, is_later);
    }
    if (judged == NULL) {
        view->judged = view->day;
    }
}

bool pnr_patterns_charge(const struct pnr_clause_list *clauses, const struct pnr_day_view *view,
                         int64_t *row) {
    bool legal = true;
    for (int32_t c = 0; c < clauses->clauses.count; c++) {
        const struct pnr_clause *clause = &clauses->clauses.items[c];
        int64_t amount =
            clause->ops->charge != NULL ? clause->ops->charge(clause, pnr_day_view_of(view, clause)) : 0;
        if (amount <= 0 || !pnr_clause_in_force(clause, view->day.day)) {
            continue;
        }
        if ((clause->rule == NULL || clause->rule->level < 0)) {
            legal = false;
        } else {
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
            row[at++] = clause->ops->take(clause, pnr_day_view_of(&maker->view, clause));
        }
    }
    while (row != NULL && at < maker->takes->width) {
        row[at++] = 0;
    }
    return row != NULL ? pnr_interner_put(maker->takes, row) : -1;
}

/* The keys of the date in view, clause by clause. */
static bool note_keys(struct pnr_pattern_maker *maker, struct pnr_pattern_list *list) {
    for (int32_t k = 0; k < maker->key_count; k++) {
        const struct pnr_clause *clause = &maker->clauses->clauses.items[maker->key_clauses[k]];
        const struct pnr_day_duties *day = pnr_day_view_of(&maker->view, clause);
        int64_t key =
            clause->ops->step != NULL ? clause->ops->key(clause, day) : clause->ops->take(clause, day);
        if (!pnr_array_push(&list->keys, key)) {
            return false;
        }
    }
    return true;
}

/* Adds the set in view unless it is illegal; false when memory is short. */
static bool add_pattern(struct pnr_pattern_maker *maker, struct pnr_pattern_list *list,
                        const int32_t *classes, int32_t class_count) {
    int64_t *row = pnr_interner_draft(maker->charges);
    if (row == NULL) {
        return false;
    }
    memset(row, 0, (size_t)maker->charges->width * sizeof *row);
    if (!pnr_patterns_charge(maker->clauses, &maker->view, row)) {
        return true;
    }
    struct pnr_pattern pattern = {.parts_from = list->parts.count,
                                  .parts_to = list->parts.count + class_count,
                                  .charges = pnr_interner_put(maker->charges, row),
                                  .takes = intern_takes(maker)};
    if (pattern.charges < 0 || pattern.takes < 0 || !note_keys(maker, list) ||
        !pnr_array_push(&list->patterns, pattern)) {
        return false;
    }
    for (int32_t i = 0; i < class_count; i++) {
        if (!pnr_array_push(&list->parts, classes[i])) {
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

/* Sets of one size at a time. */
struct sets {
    const struct pnr_pattern_list *list;
    int32_t first, last; /* the date's classes */
    int32_t size;
    int32_t *chosen; /* classes */
    int32_t *pairs;  /* the first pair of each */
    int32_t tried;   /* sets seen so far, legal or not */
    bool exhausted;  /* no set of this size, so none of a larger one; or too many tried */
};

/* Any pair of a class stands for it. */
static const struct pnr_duty *duty_of_class(const struct pnr_instance *instance, const struct sets *sets,
                                            int32_t class_at) {
    int32_t pair = sets->list->pairs.items[sets->list->first_pairs.items[class_at]];
    return pnr_instance_duty(instance, instance->duty_of_pair[pair]);
}

static bool fits_after(const struct pnr_instance *instance, const struct sets *sets, int32_t depth,
                       int32_t class_at) {
    return depth == 0 || duty_of_class(instance, sets, sets->chosen[depth - 1])->to_at <=
                             duty_of_class(instance, sets, class_at)->from_at;
}

/* Moves `chosen`, of which `depth` places are filled (0 or all), to the next set of this size in
 * lexicographic order; false after the last. */
static bool next_set(const struct pnr_instance *instance, struct sets *sets, int32_t depth) {
    int32_t at = depth == 0 ? sets->first : sets->chosen[--depth] + 1;
    for (;;) {
        while (at < sets->last && !fits_after(instance, sets, depth, at)) {
            at++;
        }
        if (at == sets->last && depth == 0) {
            return false;
        }
        if (at == sets->last) {
            at = sets->chosen[--depth] + 1;
            continue;
        }
        sets->chosen[depth++] = at++;
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
        for (int32_t i = 0; i < sets->size; i++) {
            sets->pairs[i] = list->pairs.items[list->first_pairs.items[sets->chosen[i]]];
        }
        pnr_day_view_fill(&maker->view, maker->instance, maker->member, day, sets->pairs, sets->size);
        ok = add_pattern(maker, list, sets->chosen, sets->size);
    }
    sets->exhausted = sets->tried == before || sets->tried > PNR_PATTERNS_A_DAY;
    return ok;
}

struct pnr_pair_range pnr_pairs_of_day(const struct pnr_instance *instance, int32_t member, int32_t from,
                                       int32_t day) {
    struct pnr_pair_range range = {.first = from};
    int32_t end = instance->pairs_of_member[member + 1];
    while (range.first < end && instance->day_of_duty[instance->duty_of_pair[range.first]] < day) {
        range.first++;
    }
    range.last = range.first;
    while (range.last < end && instance->day_of_duty[instance->duty_of_pair[range.last]] == day) {
        range.last++;
    }
    return range;
}

/* The class of a pair: its kind and what the member's own rules see in the duty. -1: memory is short. */
static int32_t class_of_pair(const struct pnr_pattern_maker *maker, int32_t pair) {
    int32_t duty = maker->instance->duty_of_pair[pair];
    int64_t *row = pnr_interner_draft(maker->alike);
    if (row == NULL) {
        return -1;
    }
    row[0] = maker->kinds->kind_of_duty[duty];
    for (int32_t t = 0; t < maker->trait_count; t++) {
        const struct pnr_clause *clause = &maker->clauses->clauses.items[maker->trait_clauses[t]];
        row[t + 1] = clause->ops->trait(clause, pnr_instance_duty(maker->instance, duty));
    }
    return pnr_interner_put(maker->alike, row);
}

/* The classes of the date's pairs where kinds alone tell them apart; how many. */
static int32_t class_by_kind(struct pnr_pattern_maker *maker, struct pnr_pair_range range) {
    const int32_t *kind_of_duty = maker->kinds->kind_of_duty;
    const int32_t *duties = maker->instance->duty_of_pair + range.first;
    int32_t classes = 0;
    for (int32_t i = 0; i < range.last - range.first; i++) {
        int32_t *class_at = &maker->class_of_kind[kind_of_duty[duties[i]]];
        *class_at = *class_at == 0 ? ++classes : *class_at;
        maker->class_of[i] = *class_at - 1;
    }
    for (int32_t i = 0; i < range.last - range.first; i++) {
        maker->class_of_kind[kind_of_duty[duties[i]]] = 0;
    }
    return classes;
}

/* The same where the member's own rules see more; -1: memory is short. */
static int32_t class_by_traits(struct pnr_pattern_maker *maker, struct pnr_pair_range range) {
    pnr_interner_restart(maker->alike, maker->trait_count + 1);
    for (int32_t i = 0; i < range.last - range.first; i++) {
        maker->class_of[i] = class_of_pair(maker, range.first + i);
        if (maker->class_of[i] < 0) {
            return -1;
        }
    }
    return maker->alike->count;
}

/* Sorts the date's pairs into classes, which are numbered by their first pairs. */
static bool add_classes(struct pnr_pattern_maker *maker, struct pnr_pair_range range,
                        struct pnr_pattern_list *list) {
    int32_t count = range.last - range.first;
    int32_t first_class = list->first_pairs.count;
    int32_t classes = maker->trait_count == 0 ? class_by_kind(maker, range) : class_by_traits(maker, range);
    if (classes < 0 || !pnr_array_reserve(&list->first_pairs, first_class + classes + 2) ||
        !pnr_array_reserve(&list->pairs, list->pairs.count + count)) {
        return false;
    }
    int32_t *start = list->first_pairs.items + first_class; /* shifted by one while counting and filling */
    memset(start, 0, ((size_t)classes + 2) * sizeof *start);
    for (int32_t i = 0; i < count; i++) {
        start[maker->class_of[i] + 2]++;
    }
    start[0] = start[1] = list->pairs.count;
    for (int32_t c = 1; c < classes; c++) {
        start[c + 1] += start[c];
    }
    for (int32_t i = 0; i < count; i++) {
        list->pairs.items[start[maker->class_of[i] + 1]++] = range.first + i;
    }
    list->pairs.count += count;
    list->first_pairs.count += classes;
    return true;
}

bool pnr_patterns_of_day(struct pnr_pattern_maker *maker, int32_t day, struct pnr_pair_range pairs,
                         struct pnr_pattern_list *list) {
    struct sets sets = {.list = list, .first = list->first_pairs.count};
    if (!add_classes(maker, pairs, list)) {
        return false;
    }
    sets.last = list->first_pairs.count;
    int32_t classes = sets.last - sets.first;
    sets.chosen = malloc(2 * ((size_t)classes + 1) * sizeof *sets.chosen);
    if (sets.chosen == NULL) {
        return false;
    }
    sets.pairs = sets.chosen + classes + 1;
    pnr_day_view_fill(&maker->view, maker->instance, maker->member, day, NULL, 0);
    int32_t allowed = pairs_allowed(maker, day);
    bool ok = add_pattern(maker, list, NULL, 0);
    for (sets.size = 1; ok && !sets.exhausted && sets.size <= allowed && sets.size <= classes; sets.size++) {
        ok = add_sets(maker, day, &sets, list);
    }
    free(sets.chosen);
    return ok;
}
