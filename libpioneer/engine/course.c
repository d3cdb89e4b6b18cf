/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One member's course through the horizon, compiled: patterns, automaton, tallies. */
#include "engine/course.h"

#include <stdlib.h>
#include <string.h>

/* What outlives the compilation of a course only to be used again. */
struct pnr_course_bench {
    struct pnr_arena arena;
    struct pnr_clause_list clauses;
    struct pnr_interner charges, takes, effects, alike, rows;
    struct pnr_pattern_list patterns;
    struct pnr_layer_bench layers;
    PNR_ARRAY(struct pnr_tally) tallies;
    PNR_ARRAY(int32_t) class_of_kind; /* zeros between dates, see pnr_pattern_maker */
};

/* Everything that is needed while one course is compiled. */
struct compiler {
    const struct pnr_instance *instance;
    int32_t member;
    struct pnr_arena *arena; /* what stays */
    struct pnr_course_bench *bench;
    struct pnr_course *course;
    struct pnr_pattern_maker maker;
    int32_t *pattern_count;    /* [day] */
    int32_t *column_of_clause; /* [clause]: column of takes, or of the counts in effects; -1 */
    int32_t *key_of_clause;    /* [clause]: among the keys of a pattern, -1 */
    uint8_t
        *counts_in_states; /* [clause]: maxima of its windows are kept by the automaton, see needs_states() */
    int32_t take_count, step_count;
    struct pnr_layers layers;
    int32_t *clause_of_counter;
};

/* ---- the scene ---- */

static bool list_published(struct compiler *c, struct pnr_scene *scene) {
    const struct pnr_instance *instance = c->instance;
    int32_t from = instance->pairs_of_member[c->member];
    int32_t to = instance->pairs_of_member[c->member + 1];
    int32_t fixed_from = instance->fixed_of_member[c->member];
    int32_t fixed_to = instance->fixed_of_member[c->member + 1];
    size_t room = (size_t)(to - from + fixed_to - fixed_from);
    int32_t *published = pnr_arena_alloc(c->arena, instance->has_published ? room : 0, sizeof *published);
    int32_t count = 0;
    for (int32_t p = from; published != NULL && instance->has_published && p < to; p++) {
        if (instance->is_published[p]) {
            published[count++] = instance->duty_at[instance->duty_of_pair[p]];
        }
    }
    for (int32_t f = fixed_from; published != NULL && instance->has_published && f < fixed_to; f++) {
        if (instance->fixed[f].in_part < 0) {
            continue;
        }
        int32_t at = count++;
        while (at > 0 && published[at - 1] > instance->fixed[f].duty) {
            published[at] = published[at - 1];
            at--;
        }
        published[at] = instance->fixed[f].duty;
    }
    scene->published = published;
    scene->published_count = count;
    return published != NULL;
}

static bool set_scene(struct compiler *c, const struct pnr_lookup *lookup, const int32_t *notice_of_duty) {
    const struct pnr_instance *instance = c->instance;
    int32_t member = instance->member_at[c->member];
    c->course->scene = (struct pnr_scene){.organisation = instance->organisation,
                                          .lookup = lookup,
                                          .member = member,
                                          .stage = instance->stage,
                                          .unit = instance->unit,
                                          .spans_stages = instance->spans_stages,
                                          .first_day = instance->first_day,
                                          .last_day = instance->last_day,
                                          .judged_to = instance->judged_to,
                                          .judges_minima = instance->is_last_part_of_member[c->member],
                                          .part_duties = instance->own_duty_at,
                                          .part_duty_count = instance->own_duty_count,
                                          .notice_of_duty = notice_of_duty,
                                          .has_published = instance->has_published,
                                          .entitled_min = instance->entitled_min[c->member],
                                          .entitled_hardship = instance->entitled_hardship[c->member],
                                          .carried_excess = instance->carried_excess + c->member,
                                          .carried_stride = instance->member_count,
                                          .history = lookup->history_of_member[member],
                                          .arena = c->arena};
    return list_published(c, &c->course->scene);
}

static bool is_hard(const struct pnr_clause *clause) {
    return clause->rule == NULL || clause->rule->level < 0;
}

/* Whether a window has dates on which the rule is not in force before dates on which it is. Then only the
 * growth of the excess on the later ones is charged, which is no convex function of the sum: the automaton
 * has to know the sum. Happens only where the horizon spans stages. */
static bool starts_out_of_force(const struct pnr_clause *clause, const struct pnr_window *window) {
    const struct pnr_scene *scene = clause->scene;
    int32_t first = window->first_day > scene->first_day ? window->first_day : scene->first_day;
    int32_t last = window->last_day < scene->last_day ? window->last_day : scene->last_day;
    bool was_out = false;
    for (int32_t day = first; day <= last; day++) {
        bool in = pnr_clause_in_force(clause, day);
        if (in && was_out) {
            return true;
        }
        was_out |= !in;
    }
    return false;
}

static bool needs_states(const struct pnr_clause *clause) {
    for (int32_t w = 0; clause->scene->spans_stages && w < clause->window_count; w++) {
        if (clause->windows[w].has_max && starts_out_of_force(clause, &clause->windows[w])) {
            return true;
        }
    }
    return false;
}

static bool open_clauses(struct compiler *c) {
    struct pnr_course *course = c->course;
    if (!pnr_rules_open(&course->scene, &c->bench->clauses)) {
        return false;
    }
    course->clause_count = c->bench->clauses.clauses.count;
    size_t count = (size_t)course->clause_count;
    course->clauses =
        pnr_arena_memdup(c->arena, c->bench->clauses.clauses.items, count, sizeof *course->clauses);
    course->state_of_clause = pnr_arena_alloc(c->arena, count, sizeof *course->state_of_clause);
    course->sum_before = pnr_arena_alloc(c->arena, count, sizeof *course->sum_before);
    c->column_of_clause = pnr_arena_alloc(&c->bench->arena, count, sizeof *c->column_of_clause);
    c->counts_in_states = pnr_arena_alloc(&c->bench->arena, count, 1);
    c->key_of_clause = pnr_arena_alloc(&c->bench->arena, count, sizeof *c->key_of_clause);
    int32_t *key_clauses = pnr_arena_alloc(&c->bench->arena, count, sizeof *key_clauses);
    int32_t *trait_clauses = pnr_arena_alloc(&c->bench->arena, count, sizeof *trait_clauses);
    if (key_clauses == NULL || trait_clauses == NULL || c->key_of_clause == NULL || course->clauses == NULL ||
        course->state_of_clause == NULL || course->sum_before == NULL || c->column_of_clause == NULL ||
        c->counts_in_states == NULL) {
        return false;
    }
    for (int32_t i = 0; i < course->clause_count; i++) {
        const struct pnr_clause *clause = &course->clauses[i];
        c->column_of_clause[i] = -1;
        c->counts_in_states[i] = needs_states(clause);
        if (clause->window_count > 0) {
            c->column_of_clause[i] = clause->ops->take != NULL ? c->take_count++ : c->step_count++;
        }
        c->key_of_clause[i] = -1;
        if (clause->ops->step != NULL || c->counts_in_states[i]) {
            c->key_of_clause[i] = c->maker.key_count;
            key_clauses[c->maker.key_count++] = i;
        }
        if (clause->ops->trait != NULL && clause->ops->sees_member) {
            trait_clauses[c->maker.trait_count++] = i;
        }
    }
    c->maker.key_clauses = key_clauses;
    c->maker.trait_clauses = trait_clauses;
    return true;
}

/* ---- what earlier stages leave behind ---- */

static void replay_day(struct compiler *c, int32_t day) {
    struct pnr_course *course = c->course;
    pnr_day_view_fill(&c->maker.view, c->instance, c->member, day, NULL, 0);
    for (int32_t i = 0; i < course->clause_count; i++) {
        const struct pnr_clause *clause = &course->clauses[i];
        int32_t count = 0;
        if (clause->ops->step != NULL) {
            struct pnr_step step =
                clause->ops->step(clause, day, course->state_of_clause[i],
                                  clause->ops->key(clause, pnr_day_view_of(&c->maker.view, clause)));
            course->state_of_clause[i] = step.state;
            count = step.count;
        } else if (clause->ops->take != NULL) {
            count = clause->ops->take(clause, pnr_day_view_of(&c->maker.view, clause));
        }
        for (int32_t w = 0; w < clause->window_count; w++) {
            const struct pnr_window *window = &clause->windows[w];
            bool open = window->first_day <= day && window->last_day >= course->scene.first_day;
            course->sum_before[i] += open ? count : 0;
        }
    }
}

static void replay(struct compiler *c) {
    struct pnr_course *course = c->course;
    for (int32_t i = 0; i < course->clause_count; i++) {
        const struct pnr_clause *clause = &course->clauses[i];
        course->state_of_clause[i] = clause->ops->start != NULL ? clause->ops->start(clause) : 0;
    }
    for (int32_t day = c->instance->organisation->first_day; day < course->scene.first_day; day++) {
        replay_day(c, day);
    }
}

/* ---- patterns ---- */

static bool make_patterns(struct compiler *c) {
    struct pnr_course *course = c->course;
    size_t days = (size_t)course->day_count;
    struct pnr_pair_range pairs = {.last = c->instance->pairs_of_member[c->member]};
    c->pattern_count = pnr_arena_alloc(&c->bench->arena, days, sizeof *c->pattern_count);
    c->bench->patterns.first_of_day =
        pnr_arena_alloc(&c->bench->arena, days + 1, sizeof *c->bench->patterns.first_of_day);
    c->maker.class_of = pnr_arena_alloc(
        &c->bench->arena, (size_t)(c->instance->pairs_of_member[c->member + 1] - pairs.last) + 1,
        sizeof *c->maker.class_of);
    if (c->pattern_count == NULL || c->bench->patterns.first_of_day == NULL || c->maker.class_of == NULL) {
        return false;
    }
    pnr_interner_restart(&c->bench->charges, course->level_count > 0 ? course->level_count : 1);
    pnr_interner_restart(&c->bench->takes, c->take_count > 0 ? c->take_count : 1);
    c->maker.charges = &c->bench->charges;
    c->maker.takes = &c->bench->takes;
    c->maker.clauses = &c->bench->clauses;
    for (int32_t day = 0; day < course->day_count; day++) {
        c->bench->patterns.first_of_day[day] = c->bench->patterns.patterns.count;
        pairs = pnr_pairs_of_day(c->instance, c->member, pairs.last, course->scene.first_day + day);
        if (!pnr_patterns_of_day(&c->maker, course->scene.first_day + day, pairs, &c->bench->patterns)) {
            return false;
        }
        c->pattern_count[day] = c->bench->patterns.patterns.count - c->bench->patterns.first_of_day[day];
    }
    c->bench->patterns.first_of_day[course->day_count] = c->bench->patterns.patterns.count;
    course->truncated = c->bench->patterns.truncated;
    return true;
}

/* ---- the automaton ---- */

struct clause_source {
    struct compiler *c;
    const struct pnr_clause *clause;
    int32_t column;     /* of its count in an effect, -1 */
    const int64_t *key; /* of the first pattern */
    bool counts;        /* the state holds the sum of the open window too */
};

/* A rule's state is above its sum, which fits 40 bits: PIONEER_MAX_NUMBER and all minutes of the calendar. */
#define SUM_RADIX ((int64_t)1 << 40)

static int64_t source_key(void *context, int32_t day, int32_t pattern) {
    const struct clause_source *source = context;
    const struct compiler *c = source->c;
    size_t at = (size_t)c->bench->patterns.first_of_day[day] + (size_t)pattern;
    return source->key[at * (size_t)c->maker.key_count];
}

static int64_t excess_of(const struct pnr_window *window, int64_t sum) {
    return window->has_max && sum > window->max ? sum - window->max : 0;
}

/* Moves the sum of the window that holds the date; the amount by which its excess grows. */
static int64_t count_up(const struct pnr_clause *clause, int32_t date, int64_t count, int64_t *sum) {
    for (int32_t w = 0; w < clause->window_count; w++) {
        const struct pnr_window *window = &clause->windows[w];
        if (date < window->first_day || date > window->last_day) {
            continue;
        }
        int64_t before = date == window->first_day ? window->start : *sum;
        *sum = date == window->last_day ? 0 : before + count;
        return excess_of(window, before + count) - excess_of(window, before);
    }
    *sum = 0;
    return 0;
}

static struct pnr_step count_step(const struct clause_source *source, int32_t date, int64_t state,
                                  int64_t key) {
    struct pnr_step step = {.count = (int32_t)key};
    int64_t sum = state % SUM_RADIX;
    if (source->clause->ops->step != NULL) {
        step = source->clause->ops->step(source->clause, date, state / SUM_RADIX, key);
    }
    step.amount += count_up(source->clause, date, step.count, &sum);
    step.state = step.state * SUM_RADIX + sum;
    step.count = 0;
    return step;
}

/* The state when the horizon begins, with the sum of a window that began before it. */
static int64_t count_start(const struct compiler *c, int32_t clause_at) {
    const struct pnr_clause *clause = &c->course->clauses[clause_at];
    int64_t sum = 0;
    for (int32_t w = 0; w < clause->window_count; w++) {
        if (clause->windows[w].first_day < clause->scene->first_day) {
            sum = clause->windows[w].start + c->course->sum_before[clause_at];
        }
    }
    return c->course->state_of_clause[clause_at] * SUM_RADIX + sum;
}

/* The effect of an amount and a count on a date. */
static int32_t effect_of(const struct clause_source *source, int32_t day, int64_t amount, int32_t count) {
    struct compiler *c = source->c;
    bool charged = amount > 0 && pnr_clause_in_force(source->clause, day);
    if (charged && is_hard(source->clause)) {
        return -1;
    }
    if (!charged && count == 0) {
        return 0;
    }
    int64_t *row = pnr_interner_draft(&c->bench->effects);
    if (row == NULL) {
        return -2;
    }
    memset(row, 0, (size_t)c->bench->effects.width * sizeof *row);
    if (charged) {
        row[source->clause->rule->level] = pnr_times(source->clause->rule->given.weight, amount);
    }
    if (count != 0 && source->column >= 0) {
        row[c->course->level_count + source->column] = count;
    }
    int32_t effect = pnr_interner_put(&c->bench->effects, row);
    return effect >= 0 ? effect : -2;
}

static int32_t source_step(void *context, int32_t day, int64_t state, int64_t key, int64_t *next) {
    const struct clause_source *source = context;
    int32_t date = source->c->instance->first_day + day;
    struct pnr_step step = source->counts ? count_step(source, date, state, key)
                                          : source->clause->ops->step(source->clause, date, state, key);
    *next = step.state;
    return effect_of(source, date, step.amount, step.count);
}

static int32_t source_end(void *context, int64_t state) {
    const struct clause_source *source = context;
    int64_t amount =
        source->clause->ops->close != NULL ? source->clause->ops->close(source->clause, state) : 0;
    return effect_of(source, source->c->instance->last_day, amount, 0);
}

static bool layer_clause(struct compiler *c, int32_t i, struct pnr_layers *out) {
    struct clause_source context = {.c = c, .clause = &c->course->clauses[i], .column = -1};
    if (context.clause->window_count > 0 && !c->counts_in_states[i]) {
        context.column = c->column_of_clause[i];
    }
    context.counts = c->counts_in_states[i];
    context.key = c->bench->patterns.keys.items + c->key_of_clause[i];
    struct pnr_layer_source source = {.context = &context,
                                      .day_count = c->course->day_count,
                                      .pattern_count = c->pattern_count,
                                      .start =
                                          context.counts ? count_start(c, i) : c->course->state_of_clause[i],
                                      .key = source_key,
                                      .step = source_step,
                                      .end = source_end};
    return pnr_layers_build(&source, &c->bench->layers, &c->bench->arena, out);
}

static bool make_layers(struct compiler *c) {
    pnr_interner_restart(&c->bench->effects, c->course->level_count + c->step_count + 1);
    int64_t *nothing = pnr_interner_draft(&c->bench->effects);
    if (nothing == NULL) {
        return false;
    }
    memset(nothing, 0, (size_t)c->bench->effects.width * sizeof *nothing);
    pnr_interner_put(&c->bench->effects, nothing);
    bool ok = layer_clause(c, 0, &c->layers); /* no overlap: always there */
    for (int32_t i = 1; ok && i < c->course->clause_count; i++) {
        struct pnr_layers one;
        struct pnr_layers both;
        if (c->course->clauses[i].ops->step == NULL && !c->counts_in_states[i]) {
            continue;
        }
        ok = layer_clause(c, i, &one);
        if (!ok || pnr_layers_is_trivial(&one, c->pattern_count)) {
            continue;
        }
        ok = pnr_layers_multiply(&c->layers, &one, &c->bench->effects, c->pattern_count, &c->bench->layers,
                                 &c->bench->arena, &both);
        c->layers = both;
    }
    c->course->feasible = c->layers.days[0].state_count > 0;
    return ok;
}

/* ---- tallies ---- */

struct span {
    int64_t least, most;
};

/* What the days [first, last] of the horizon can add to the clause's window. */
static struct span span_of(const struct compiler *c, int32_t clause, int32_t first, int32_t last) {
    struct span span = {0, 0};
    int32_t column = c->column_of_clause[clause];
    bool by_pattern = c->course->clauses[clause].ops->take != NULL;
    for (int32_t day = first; day <= last; day++) {
        int64_t least = INT64_MAX;
        int64_t most = INT64_MIN;
        const struct pnr_layer *layer = &c->layers.days[day];
        for (int32_t p = 0; by_pattern && p < c->pattern_count[day]; p++) {
            int32_t takes = c->bench->patterns.patterns.items[c->bench->patterns.first_of_day[day] + p].takes;
            int64_t count = pnr_interner_row(&c->bench->takes, takes)[column];
            bool useful = layer->key_of_pattern[p] >= 0;
            least = useful && count < least ? count : least;
            most = useful && count > most ? count : most;
        }
        for (int32_t k = 0; !by_pattern && k < layer->state_count * layer->key_count; k++) {
            if (layer->next[k] >= 0) {
                int64_t count =
                    pnr_interner_row(&c->bench->effects, layer->effect[k])[c->course->level_count + column];
                least = count < least ? count : least;
                most = count > most ? count : most;
            }
        }
        span.least += least <= most ? least : 0;
        span.most += least <= most ? most : 0;
    }
    return span;
}

/* Convex functions are constant on [low, high] when they are so on the first step and from end to end. */
static bool is_constant(const struct pnr_tally *tally, int64_t low, int64_t high) {
    int64_t at_low = pnr_tally_amount(tally, low);
    return low == high ||
           (at_low == pnr_tally_amount(tally, low + 1) && at_low == pnr_tally_amount(tally, high));
}

/* Charges what cannot be changed at once, and keeps the rest. */
static bool add_tally(struct compiler *c, struct pnr_tally *tally, struct span span) {
    struct pnr_course *course = c->course;
    if (!is_constant(tally, tally->start + span.least, tally->start + span.most)) {
        tally->most = span.most;
        return pnr_array_push(&c->bench->tallies, *tally);
    }
    int64_t amount = pnr_tally_amount(tally, tally->start + span.least);
    if (tally->hard) {
        course->feasible = course->feasible && amount == 0;
    } else {
        course->constant[tally->level] =
            pnr_plus(course->constant[tally->level], pnr_times(tally->weight, amount));
    }
    return true;
}

static bool add_window(struct compiler *c, int32_t clause_at, const struct pnr_window *window) {
    const struct pnr_scene *scene = &c->course->scene;
    const struct pnr_clause *clause = &c->course->clauses[clause_at];
    int32_t first = window->first_day > scene->first_day ? window->first_day : scene->first_day;
    int32_t last = window->last_day < scene->last_day ? window->last_day : scene->last_day;
    while (!window->has_min && last >= first && !pnr_clause_in_force(clause, last)) {
        last--; /* what is added when the rule is no longer in force is not charged */
    }
    if (last < first) {
        return true;
    }
    struct pnr_tally tally = {.first = first - scene->first_day,
                              .last = last - scene->first_day,
                              .start = window->start,
                              .has_max = window->has_max && !c->counts_in_states[clause_at],
                              .has_min = window->has_min,
                              .square = window->square,
                              .hard = is_hard(clause),
                              .max = window->max,
                              .min = window->min,
                              .base = window->base,
                              .level = is_hard(clause) ? 0 : clause->rule->level,
                              .weight = is_hard(clause) ? 0 : clause->rule->given.weight};
    if (window->first_day < scene->first_day || first == scene->first_day) {
        tally.start += c->course->sum_before[clause_at];
    }
    if (tally.has_max && tally.start > tally.max) {
        tally.grown = tally.start - tally.max;
    }
    return add_tally(c, &tally, span_of(c, clause_at, tally.first, tally.last));
}

static bool make_tallies(struct compiler *c) {
    struct pnr_course *course = c->course;
    course->constant = pnr_arena_alloc(c->arena, (size_t)course->level_count + 1, sizeof *course->constant);
    c->clause_of_counter =
        pnr_arena_alloc(&c->bench->arena, (size_t)course->clause_count, sizeof *c->clause_of_counter);
    if (course->constant == NULL || c->clause_of_counter == NULL) {
        return false;
    }
    for (int32_t i = 0; i < course->clause_count; i++) {
        int32_t before = c->bench->tallies.count;
        for (int32_t w = 0; w < course->clauses[i].window_count; w++) {
            if (!add_window(c, i, &course->clauses[i].windows[w])) {
                return false;
            }
        }
        for (int32_t t = before; t < c->bench->tallies.count; t++) {
            c->bench->tallies.items[t].counter = course->counter_count;
        }
        if (c->bench->tallies.count > before) {
            c->clause_of_counter[course->counter_count++] = i;
        }
    }
    return true;
}

/* ---- settling into flat arrays ---- */

static bool settle_tallies(struct compiler *c) {
    struct pnr_course *course = c->course;
    size_t cells = (size_t)course->day_count * (size_t)course->counter_count;
    course->tally_count = c->bench->tallies.count;
    course->tallies = pnr_arena_memdup(c->arena, c->bench->tallies.items, (size_t)c->bench->tallies.count,
                                       sizeof *course->tallies);
    course->tally_of_day = pnr_arena_alloc(c->arena, cells, sizeof *course->tally_of_day);
    course->most_after = pnr_arena_alloc(c->arena, cells, sizeof *course->most_after);
    if (course->tallies == NULL || course->tally_of_day == NULL || course->most_after == NULL) {
        return false;
    }
    for (size_t i = 0; i < cells; i++) {
        course->tally_of_day[i] = -1;
    }
    for (int32_t t = 0; t < course->tally_count; t++) {
        const struct pnr_tally *tally = &course->tallies[t];
        int32_t clause = c->clause_of_counter[tally->counter];
        int64_t most = 0;
        for (int32_t day = tally->last; day >= tally->first; day--) {
            int32_t cell = day * course->counter_count + tally->counter;
            course->tally_of_day[cell] = t;
            course->most_after[cell] = most;
            most += span_of(c, clause, day, day).most;
        }
    }
    return true;
}

/* Effects and takes by counter instead of by clause. */
static bool settle_rows(struct compiler *c) {
    struct pnr_course *course = c->course;
    int32_t levels = course->level_count;
    int32_t width = levels + course->counter_count;
    course->effects_count = c->bench->effects.count;
    course->takes_count = c->bench->takes.count;
    course->charges_count = c->bench->charges.count;
    course->effects =
        pnr_arena_alloc(c->arena, (size_t)course->effects_count * (size_t)width, sizeof(int64_t));
    course->takes = pnr_arena_alloc(c->arena, (size_t)course->takes_count * (size_t)course->counter_count,
                                    sizeof(int64_t));
    course->charges =
        pnr_arena_memdup(c->arena, c->bench->charges.rows,
                         (size_t)course->charges_count * (size_t)c->bench->charges.width, sizeof(int64_t));
    if (course->effects == NULL || course->takes == NULL || course->charges == NULL) {
        return false;
    }
    for (int32_t k = 0; k < course->counter_count; k++) {
        int32_t clause = c->clause_of_counter[k];
        int32_t column = c->column_of_clause[clause];
        bool by_pattern = course->clauses[clause].ops->take != NULL;
        for (int32_t i = 0; by_pattern && i < course->takes_count; i++) {
            course->takes[i * course->counter_count + k] = pnr_interner_row(&c->bench->takes, i)[column];
        }
        for (int32_t i = 0; !by_pattern && i < course->effects_count; i++) {
            course->effects[i * width + levels + k] =
                pnr_interner_row(&c->bench->effects, i)[levels + column];
        }
    }
    for (int32_t i = 0; i < course->effects_count; i++) {
        memcpy(&course->effects[i * width], pnr_interner_row(&c->bench->effects, i),
               (size_t)levels * sizeof(int64_t));
    }
    return true;
}

/* Everything that is ever added to a counter is a multiple of this. */
static int64_t grid_of(const struct pnr_course *course, int32_t counter) {
    int64_t grid = 0;
    int32_t width = course->level_count + course->counter_count;
    for (int32_t i = 0; i < course->takes_count + course->effects_count; i++) {
        int64_t step =
            i < course->takes_count
                ? course->takes[i * course->counter_count + counter]
                : course->effects[(i - course->takes_count) * width + course->level_count + counter];
        grid = pnr_common_divisor(grid, step);
    }
    return grid;
}

/* Moves hard limits to sums that can be met: 54,960 minutes in shifts of eight hours are 55,200. Without it
 * the relaxed bound on Curtois 20 (best known 4769) flattened at 4721; with it it passed 4750. Notes the grid
 * of every tally on the way. */
static void tighten_limits(struct pnr_course *course) {
    for (int32_t t = 0; t < course->tally_count; t++) {
        struct pnr_tally *tally = &course->tallies[t];
        int64_t grid = grid_of(course, tally->counter);
        tally->grid = grid > 1 ? grid : 1;
        if (!tally->hard || tally->square || tally->grown > 0) {
            continue;
        }
        if (grid > 1 && tally->has_max && tally->max >= tally->start) {
            tally->max -= (tally->max - tally->start) % grid;
        }
        if (grid > 1 && tally->has_min && tally->min > tally->start) {
            int64_t over = (tally->min - tally->start) % grid;
            tally->min += over > 0 ? grid - over : 0;
        }
        bool is_empty = tally->has_max && tally->has_min && tally->min > tally->max;
        course->feasible = course->feasible && !is_empty;
    }
}

/* The layer's transitions: those of an earlier day of the course where they are the same. On a year of 32
 * shifts that keeps 0.4 GB out of a pass over 150 members, which is bound by memory. */
static bool settle_transitions(struct compiler *c, int32_t day) {
    const struct pnr_course *course = c->course;
    const struct pnr_layer *from = &c->layers.days[day];
    struct pnr_course_day *to = &course->days[day];
    size_t cells = (size_t)from->state_count * (size_t)from->key_count;
    for (int32_t d = day - 1; d >= 0; d--) {
        const struct pnr_course_day *other = &course->days[d];
        if (other->state_count == to->state_count && other->key_count == to->key_count &&
            memcmp(other->next, from->next, cells * sizeof *from->next) == 0 &&
            memcmp(other->effect, from->effect, cells * sizeof *from->effect) == 0) {
            to->next = other->next;
            to->effect = other->effect;
            return true;
        }
    }
    to->next = pnr_arena_memdup(c->arena, from->next, cells, sizeof *to->next);
    to->effect = pnr_arena_memdup(c->arena, from->effect, cells, sizeof *to->effect);
    return to->next != NULL && to->effect != NULL;
}

static bool settle_layers(struct compiler *c) {
    struct pnr_course *course = c->course;
    course->days = pnr_arena_alloc(c->arena, (size_t)course->day_count, sizeof *course->days);
    course->end_count = c->layers.end_count;
    course->end_effect = pnr_arena_memdup(c->arena, c->layers.end_effect, (size_t)course->end_count,
                                          sizeof *course->end_effect);
    if (course->days == NULL || course->end_effect == NULL) {
        return false;
    }
    course->most_states = course->end_count;
    for (int32_t day = 0; day < course->day_count; day++) {
        const struct pnr_layer *from = &c->layers.days[day];
        struct pnr_course_day *to = &course->days[day];
        to->state_count = from->state_count;
        to->key_count = from->key_count;
        if (!settle_transitions(c, day)) {
            return false;
        }
        course->most_states = to->state_count > course->most_states ? to->state_count : course->most_states;
        course->most_keys = to->key_count > course->most_keys ? to->key_count : course->most_keys;
    }
    return true;
}

/* A useful pattern on its way into an item. */
struct sorting {
    int32_t key, takes, pattern;
};

static int compare_sorting(const void *left, const void *right) {
    const struct sorting *a = left;
    const struct sorting *b = right;
    if (a->key != b->key) {
        return a->key < b->key ? -1 : 1;
    }
    if (a->takes != b->takes) {
        return a->takes < b->takes ? -1 : 1;
    }
    return (a->pattern > b->pattern) - (a->pattern < b->pattern);
}

/* Renumbers the takes of a day's patterns by their rows by counter, so that differences in dropped columns do
 * not count. */
static bool number_takes(struct compiler *c, struct pnr_interner *rows, int32_t *number) {
    struct pnr_course *course = c->course;
    pnr_interner_restart(rows, course->counter_count > 0 ? course->counter_count : 1);
    int64_t zero = 0;
    for (int32_t i = 0; i < course->takes_count; i++) {
        const int64_t *row = &course->takes[i * course->counter_count];
        number[i] = pnr_interner_put(rows, course->counter_count > 0 ? row : &zero);
        if (number[i] < 0) {
            return false;
        }
    }
    return true;
}

static int32_t collect_day(const struct compiler *c, int32_t day, const int32_t *number,
                           struct sorting *out) {
    int32_t count = 0;
    for (int32_t p = 0; p < c->pattern_count[day]; p++) {
        int32_t key = c->layers.days[day].key_of_pattern[p];
        int32_t pattern = c->bench->patterns.first_of_day[day] + p;
        if (key >= 0) {
            out[count++] =
                (struct sorting){key, number[c->bench->patterns.patterns.items[pattern].takes], pattern};
        }
    }
    return count;
}

static void settle_day(struct compiler *c, int32_t day, const struct sorting *sorted, int32_t count,
                       int32_t *item_count) {
    struct pnr_course *course = c->course;
    course->days[day].items_from = *item_count;
    for (int32_t i = 0; i < count; i++) {
        bool is_new = i == 0 || sorted[i].key != sorted[i - 1].key || sorted[i].takes != sorted[i - 1].takes;
        if (is_new) {
            course->items[(*item_count)++] = (struct pnr_item){
                .key = sorted[i].key, .takes = sorted[i].takes, .patterns_from = course->pattern_count};
        }
        course->patterns[course->pattern_count++] = c->bench->patterns.patterns.items[sorted[i].pattern];
        course->items[*item_count - 1].patterns_to = course->pattern_count;
    }
    course->days[day].items_to = *item_count;
    int32_t items = *item_count - course->days[day].items_from;
    course->most_items = items > course->most_items ? items : course->most_items;
}

static bool settle_classes(struct compiler *c) {
    struct pnr_course *course = c->course;
    const struct pnr_pattern_list *list = &c->bench->patterns;
    course->class_count = list->first_pairs.count;
    course->parts =
        pnr_arena_memdup(c->arena, list->parts.items, (size_t)list->parts.count, sizeof *course->parts);
    course->first_pairs = pnr_arena_memdup(c->arena, list->first_pairs.items, (size_t)course->class_count + 1,
                                           sizeof *course->first_pairs);
    course->pairs =
        pnr_arena_memdup(c->arena, list->pairs.items, (size_t)list->pairs.count, sizeof *course->pairs);
    return course->parts != NULL && course->first_pairs != NULL && course->pairs != NULL;
}

static bool settle_items(struct compiler *c) {
    struct pnr_course *course = c->course;
    size_t total = (size_t)c->bench->patterns.patterns.count;
    struct sorting *sorting = pnr_arena_alloc(&c->bench->arena, total, sizeof *sorting);
    int32_t *number = pnr_arena_alloc(&c->bench->arena, (size_t)course->takes_count, sizeof *number);
    struct pnr_interner *rows = &c->bench->rows;
    course->items = pnr_arena_alloc(&c->bench->arena, total, sizeof *course->items);
    course->patterns = pnr_arena_alloc(c->arena, total, sizeof *course->patterns);
    if (sorting == NULL || number == NULL || course->items == NULL || course->patterns == NULL ||
        !settle_classes(c) || !number_takes(c, rows, number)) {
        return false;
    }
    int32_t item_count = 0;
    for (int32_t day = 0; day < course->day_count; day++) {
        int32_t count = collect_day(c, day, number, sorting);
        qsort(sorting, (size_t)count, sizeof *sorting, compare_sorting);
        settle_day(c, day, sorting, count, &item_count);
    }
    size_t cells = (size_t)rows->count * (size_t)course->counter_count;
    course->items = pnr_arena_memdup(c->arena, course->items, (size_t)item_count, sizeof *course->items);
    course->takes_count = rows->count;
    course->takes = pnr_arena_memdup(c->arena, rows->rows, cells, sizeof *course->takes);
    return course->items != NULL && course->takes != NULL;
}

static bool compile(struct compiler *c, const struct pnr_lookup *lookup, const int32_t *notice_of_duty) {
    struct pnr_course *course = c->course;
    const struct pnr_instance *instance = c->instance;
    int32_t duties = instance->pairs_of_member[c->member + 1] - instance->pairs_of_member[c->member] +
                     instance->fixed_of_member[c->member + 1] - instance->fixed_of_member[c->member];
    course->level_count = instance->organisation->level_count;
    course->day_count = instance->last_day - instance->first_day + 1;
    if (!pnr_day_view_init(&c->maker.view, duties) || !set_scene(c, lookup, notice_of_duty) ||
        !open_clauses(c)) {
        return false;
    }
    replay(c);
    if (!make_patterns(c) || !make_layers(c) || !make_tallies(c) || !settle_tallies(c) || !settle_rows(c)) {
        return false;
    }
    tighten_limits(c->course);
    return settle_layers(c) && settle_items(c);
}

struct pnr_course_bench *pnr_course_bench_new(void) {
    struct pnr_course_bench *bench = calloc(1, sizeof *bench);
    if (bench != NULL) {
        pnr_arena_init(&bench->arena);
        pnr_layer_bench_init(&bench->layers);
        pnr_interner_init(&bench->charges, 1);
        pnr_interner_init(&bench->takes, 1);
        pnr_interner_init(&bench->effects, 1);
        pnr_interner_init(&bench->alike, 1);
        pnr_interner_init(&bench->rows, 1);
    }
    return bench;
}

void pnr_course_bench_free(struct pnr_course_bench *bench) {
    if (bench == NULL) {
        return;
    }
    pnr_interner_fini(&bench->charges);
    pnr_interner_fini(&bench->takes);
    pnr_interner_fini(&bench->effects);
    pnr_interner_fini(&bench->alike);
    pnr_interner_fini(&bench->rows);
    pnr_layer_bench_fini(&bench->layers);
    pnr_array_fini(&bench->clauses.clauses);
    pnr_array_fini(&bench->patterns.patterns);
    pnr_array_fini(&bench->patterns.parts);
    pnr_array_fini(&bench->patterns.first_pairs);
    pnr_array_fini(&bench->patterns.pairs);
    pnr_array_fini(&bench->patterns.keys);
    pnr_array_fini(&bench->tallies);
    pnr_array_fini(&bench->class_of_kind);
    pnr_arena_fini(&bench->arena);
    free(bench);
}

static bool make_room_for_kinds(struct pnr_course_bench *bench, int32_t kinds) {
    while (bench->class_of_kind.count < kinds) {
        if (!pnr_array_push(&bench->class_of_kind, 0)) {
            return false;
        }
    }
    return true;
}

static void clear_bench(struct pnr_course_bench *bench) {
    pnr_arena_reset(&bench->arena);
    pnr_array_clear(&bench->clauses.clauses);
    pnr_array_clear(&bench->patterns.patterns);
    pnr_array_clear(&bench->patterns.parts);
    pnr_array_clear(&bench->patterns.first_pairs);
    pnr_array_clear(&bench->patterns.pairs);
    pnr_array_clear(&bench->patterns.keys);
    pnr_array_clear(&bench->tallies);
    bench->patterns.truncated = false;
}

enum pioneer_status pnr_course_build(const struct pnr_course_source *source, struct pnr_course_bench *bench,
                                     int32_t member, struct pnr_arena *arena, struct pnr_course *out) {
    memset(out, 0, sizeof *out);
    clear_bench(bench);
    if (!make_room_for_kinds(bench, source->kinds->count)) {
        return PIONEER_E_NO_MEMORY;
    }
    struct compiler c = {
        .instance = source->instance, .member = member, .arena = arena, .bench = bench, .course = out};
    c.maker.instance = source->instance;
    c.maker.kinds = source->kinds;
    c.maker.alike = &bench->alike;
    c.maker.class_of_kind = bench->class_of_kind.items;
    c.maker.member = member;
    bool ok = compile(&c, source->lookup, source->notice_of_duty);
    pnr_day_view_fini(&c.maker.view);
    return ok ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}
