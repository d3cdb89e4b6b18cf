/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Some days of a member's course while the schedule of all other days is held. */
#include "engine/stretch.h"

#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"

/* A stretch on its way into a course. */
struct cutting {
    const struct pnr_course *whole;
    const struct pnr_stretch *stretch;
    const struct pnr_way *way;
    struct pnr_arena *arena;
    int64_t *sums;   /* [tally]: of the held days */
    int32_t *day_at; /* [day of the stretch] → day of the whole course */
    int32_t day_count;
};

/* ---- which items the schedule is made of ---- */

static bool class_has_one_of(const struct pnr_course *course, int32_t class_at, const int32_t *pairs,
                             int32_t count) {
    for (int32_t i = course->first_pairs[class_at]; i < course->first_pairs[class_at + 1]; i++) {
        for (int32_t k = 0; k < count; k++) {
            if (course->pairs[i] == pairs[k]) {
                return true;
            }
        }
    }
    return false;
}

/* Whether the pattern is made of the classes of these pairs of its day. */
static bool is_pattern_of(const struct pnr_course *course, const struct pnr_pattern *pattern,
                          const int32_t *pairs, int32_t count) {
    bool fits = pattern->parts_to - pattern->parts_from == count;
    for (int32_t i = pattern->parts_from; fits && i < pattern->parts_to; i++) {
        fits = class_has_one_of(course, course->parts[i], pairs, count);
    }
    return fits;
}

static bool find_item(const struct pnr_course *whole, int32_t day, const int32_t *pairs, int32_t count,
                      struct pnr_way *way) {
    for (int32_t i = whole->days[day].items_from; i < whole->days[day].items_to; i++) {
        for (int32_t p = whole->items[i].patterns_from; p < whole->items[i].patterns_to; p++) {
            if (is_pattern_of(whole, &whole->patterns[p], pairs, count)) {
                way->items[day] = i;
                way->patterns[day] = p;
                return true;
            }
        }
    }
    return false;
}

static int32_t effect_of(const struct pnr_course *whole, const struct pnr_way *way, int32_t day,
                         int32_t state) {
    const struct pnr_course_day *d = &whole->days[day];
    return d->effect[state * d->key_count + whole->items[way->items[day]].key];
}

static const int64_t *effect_row(const struct pnr_course *whole, int32_t effect) {
    return &whole->effects[effect * (whole->level_count + whole->counter_count)];
}

/* Adds, or takes away, what a day of the way costs and counts. */
static void count_day(const struct pnr_course *whole, const struct pnr_way *way, int32_t day, int64_t sign,
                      int64_t *cost, int64_t *sums) {
    const int64_t *effect = effect_row(whole, effect_of(whole, way, day, way->states[day]));
    const int64_t *takes = &whole->takes[whole->items[way->items[day]].takes * whole->counter_count];
    const int64_t *charges =
        &whole->charges[whole->patterns[way->patterns[day]].charges * whole->level_count];
    for (int32_t l = 0; l < whole->level_count; l++) {
        cost[l] = pnr_plus(cost[l], sign * (charges[l] + effect[l]));
    }
    for (int32_t k = 0; k < whole->counter_count; k++) {
        int32_t tally = whole->tally_of_day[day * whole->counter_count + k];
        if (tally >= 0) {
            sums[tally] += sign * (takes[k] + effect[whole->level_count + k]);
        }
    }
}

static void add_row(int64_t *sum, const int64_t *row, int32_t count) {
    for (int32_t i = 0; i < count; i++) {
        sum[i] = pnr_plus(sum[i], row[i]);
    }
}

/* ---- ways ---- */

bool pnr_way_init(struct pnr_way *way, const struct pnr_course *course, int32_t pair_room) {
    size_t days = (size_t)course->day_count;
    size_t wide = (size_t)course->level_count + (size_t)course->tally_count;
    *way = (struct pnr_way){0};
    way->memory = malloc(wide * sizeof(int64_t) + (3 * days + 1 + (size_t)pair_room) * sizeof(int32_t));
    if (way->memory == NULL) {
        return false;
    }
    way->cost_by_level = way->memory;
    way->sums = way->cost_by_level + course->level_count;
    way->items = (int32_t *)(way->sums + course->tally_count);
    way->patterns = way->items + days;
    way->states = way->patterns + days;
    way->pairs = way->states + days + 1;
    return true;
}

void pnr_way_fini(struct pnr_way *way) {
    free(way->memory);
    way->memory = NULL;
}

bool pnr_way_walk(struct pnr_way *way, const struct pnr_course *course, const struct pnr_instance *instance) {
    int32_t at = 0;
    int32_t state = 0;
    memset(way->sums, 0, (size_t)course->tally_count * sizeof *way->sums);
    memcpy(way->cost_by_level, course->constant, (size_t)course->level_count * sizeof *way->cost_by_level);
    for (int32_t day = 0; day < course->day_count; day++) {
        int32_t from = at;
        while (at < way->pair_count && pnr_instance_day_of_pair(instance, way->pairs[at]) == day) {
            at++;
        }
        way->states[day] = state;
        if (!find_item(course, day, way->pairs + from, at - from, way)) {
            return false;
        }
        const struct pnr_course_day *d = &course->days[day];
        state = d->next[state * d->key_count + course->items[way->items[day]].key];
        if (state < 0) {
            return false;
        }
        count_day(course, way, day, 1, way->cost_by_level, way->sums);
    }
    way->states[course->day_count] = state;
    add_row(way->cost_by_level, effect_row(course, course->end_effect[state]), course->level_count);
    return true;
}

struct pnr_span pnr_span_of_weeks(const struct pnr_instance *instance, int32_t week, int32_t weeks) {
    int32_t from = pnr_week_first_day(week) - instance->first_day;
    int32_t to = pnr_week_first_day(week + weeks) - instance->first_day;
    int32_t days = instance->last_day - instance->first_day + 1;
    return (struct pnr_span){from > 0 ? from : 0, to < days ? to : days};
}

bool pnr_stretch_frees(const struct pnr_stretch *stretch, int32_t day) {
    bool is_free = false;
    for (int32_t i = 0; i < stretch->span_count; i++) {
        is_free = is_free || (day >= stretch->spans[i].from && day < stretch->spans[i].to);
    }
    return is_free;
}

int32_t pnr_stretch_pick(const struct pnr_stretch *stretch, const struct pnr_instance *instance,
                         int32_t *pairs, int32_t count) {
    int32_t kept = 0;
    for (int32_t i = 0; i < count; i++) {
        if (pnr_stretch_frees(stretch, pnr_instance_day_of_pair(instance, pairs[i]))) {
            pairs[kept++] = pairs[i];
        }
    }
    return kept;
}

/* The member's first pair on the day or later. */
static int32_t pairs_from_day(const struct pnr_instance *instance, int32_t member, int32_t day) {
    int32_t low = instance->pairs_of_member[member];
    int32_t high = instance->pairs_of_member[member + 1];
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (pnr_instance_day_of_pair(instance, middle) < day) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

struct pnr_pair_range pnr_span_pairs(const struct pnr_instance *instance, int32_t member,
                                     const struct pnr_span *span) {
    return (struct pnr_pair_range){pairs_from_day(instance, member, span->from),
                                   pairs_from_day(instance, member, span->to)};
}

void pnr_stretch_give(const struct pnr_stretch *stretch, struct pnr_solution *solution, int32_t member,
                      const int32_t *pairs, int32_t count, const int64_t *cost_by_level) {
    int32_t at = 0;
    for (int32_t i = 0; i < stretch->span_count; i++) {
        struct pnr_pair_range range = pnr_span_pairs(solution->instance, member, &stretch->spans[i]);
        int32_t from = at;
        while (at < count && pairs[at] < range.last) {
            at++;
        }
        pnr_solution_set_range(solution, member, range, pairs + from, at - from, cost_by_level);
    }
}

void pnr_way_replace(struct pnr_way *way, const struct pnr_instance *instance,
                     const struct pnr_stretch *stretch, const struct pnr_schedule *schedule) {
    int32_t count = 0;
    for (int32_t i = 0; i < way->pair_count; i++) {
        if (!pnr_stretch_frees(stretch, pnr_instance_day_of_pair(instance, way->pairs[i]))) {
            way->pairs[count++] = way->pairs[i];
        }
    }
    int32_t held = count;
    way->pair_count = count + schedule->pair_count;
    count = way->pair_count;
    for (int32_t at = schedule->pair_count; at > 0;) { /* from the end on, so that none is overwritten */
        bool takes_held = held > 0 && way->pairs[held - 1] > schedule->pairs[at - 1];
        way->pairs[--count] = takes_held ? way->pairs[--held] : schedule->pairs[--at];
    }
}

/* ---- days ---- */

/* Adds what a row of effects charges more than another one; whether it is another amount at any level. */
static bool add_difference(const struct pnr_course *whole, int32_t effect, int32_t held, int64_t *more) {
    const int64_t *row = effect_row(whole, effect);
    const int64_t *less = effect_row(whole, held);
    bool differs = false;
    for (int32_t l = 0; l < whole->level_count; l++) {
        more[l] = pnr_plus(more[l], row[l] - less[l]);
        differs = differs || row[l] != less[l];
    }
    return differs;
}

static bool counts_alike(const struct pnr_course *whole, int32_t effect, int32_t held) {
    size_t bytes = (size_t)whole->counter_count * sizeof(int64_t);
    return effect == held || memcmp(effect_row(whole, effect) + whole->level_count,
                                    effect_row(whole, held) + whole->level_count, bytes) == 0;
}

/* Where held days lead to from a state in which a span of free days ended. */
struct passage {
    int32_t state; /* -1: they cannot be walked, or would count otherwise */
    bool differs;  /* they cost `more` than from the state that the way had */
    int64_t *more; /* [level] */
};

static void pass(const struct cutting *cutting, int32_t day, int32_t until, struct passage *passage) {
    const struct pnr_course *whole = cutting->whole;
    const struct pnr_way *way = cutting->way;
    int32_t state = passage->state;
    for (; day < until && state >= 0 && state != way->states[day]; day++) {
        const struct pnr_course_day *d = &whole->days[day];
        int32_t next = d->next[state * d->key_count + whole->items[way->items[day]].key];
        int32_t effect = next >= 0 ? effect_of(whole, way, day, state) : -1;
        int32_t held = effect_of(whole, way, day, way->states[day]);
        if (next < 0 || !counts_alike(whole, effect, held)) {
            passage->state = -1;
            return;
        }
        passage->differs |= add_difference(whole, effect, held, passage->more);
        state = next;
    }
    passage->state = day < until ? way->states[until] : state;
    if (until == whole->day_count) {
        passage->differs |= add_difference(whole, whole->end_effect[passage->state],
                                           whole->end_effect[way->states[until]], passage->more);
    }
}

/* A row of effects of the stretch's own, which charges more than another one; its number. */
static int32_t add_effect(struct pnr_course *out, int32_t effect, const int64_t *more) {
    int32_t width = out->level_count + out->counter_count;
    int64_t *row = &out->effects[out->effects_count * width];
    memcpy(row, &out->effects[effect * width], (size_t)width * sizeof *row);
    for (int32_t l = 0; l < out->level_count; l++) {
        row[l] = pnr_plus(row[l], more[l]);
    }
    return out->effects_count++;
}

/* Room for so many rows more. */
static bool widen_effects(const struct cutting *cutting, int32_t rows, struct pnr_course *out) {
    size_t width = (size_t)out->level_count + (size_t)out->counter_count;
    size_t count = (size_t)out->effects_count;
    int64_t *effects = pnr_arena_alloc(cutting->arena, (count + (size_t)rows) * width, sizeof *effects);
    if (effects != NULL) {
        memcpy(effects, out->effects, count * width * sizeof *effects);
        out->effects = effects;
    }
    return effects != NULL;
}

/* The passages from every state in which the day can end. NULL: memory is short. */
static struct passage *find_passages(const struct cutting *cutting, int32_t day, int32_t until) {
    const struct pnr_course *whole = cutting->whole;
    int32_t states = day < whole->day_count ? whole->days[day].state_count : whole->end_count;
    size_t levels = (size_t)whole->level_count;
    struct passage *passages = pnr_arena_alloc(cutting->arena, (size_t)states, sizeof *passages);
    int64_t *more = pnr_arena_alloc(cutting->arena, (size_t)states * levels, sizeof *more);
    if (passages == NULL || more == NULL) {
        return NULL;
    }
    for (int32_t s = 0; s < states; s++) {
        passages[s] = (struct passage){.state = s, .more = more + (size_t)s * levels};
        pass(cutting, day, until, &passages[s]);
    }
    return passages;
}

/* Lets a day of the stretch lead to where the held days after it do. */
static bool bend_day(const struct cutting *cutting, const struct passage *passages,
                     struct pnr_course_day *day, struct pnr_course *out) {
    int32_t cells = day->state_count * day->key_count;
    day->next = pnr_arena_memdup(cutting->arena, day->next, (size_t)cells, sizeof *day->next);
    day->effect = pnr_arena_memdup(cutting->arena, day->effect, (size_t)cells, sizeof *day->effect);
    if (day->next == NULL || day->effect == NULL || !widen_effects(cutting, cells, out)) {
        return false;
    }
    for (int32_t i = 0; i < cells; i++) {
        if (day->next[i] >= 0) {
            const struct passage *passage = &passages[day->next[i]];
            day->next[i] = passage->state;
            if (passage->state >= 0 && passage->differs) {
                day->effect[i] = add_effect(out, day->effect[i], passage->more);
            }
        }
    }
    return true;
}

/* Ends charge nothing: what the way's own end charges is in the constant, and the last day has charged the
 * difference. */
static bool cut_end(const struct cutting *cutting, struct pnr_course *out) {
    out->end_effect = pnr_arena_alloc(cutting->arena, (size_t)out->end_count, sizeof *out->end_effect);
    return out->end_effect != NULL;
}

/* The days of all spans, one after the other: the first one has one state, and the last of each leads over
 * what is held to the next, or to the end. */
static bool cut_days(struct cutting *cutting, struct pnr_course *out) {
    const struct pnr_course *whole = cutting->whole;
    const struct pnr_stretch *stretch = cutting->stretch;
    out->days = pnr_arena_alloc(cutting->arena, (size_t)cutting->day_count, sizeof *out->days);
    if (out->days == NULL) {
        return false;
    }
    out->day_count = cutting->day_count;
    for (int32_t d = 0; d < cutting->day_count; d++) {
        out->days[d] = whole->days[cutting->day_at[d]];
    }
    struct pnr_course_day *first = &out->days[0];
    first->next += cutting->way->states[cutting->day_at[0]] * first->key_count;
    first->effect += cutting->way->states[cutting->day_at[0]] * first->key_count;
    first->state_count = 1;
    int32_t last = -1;
    for (int32_t i = 0; i < stretch->span_count; i++) {
        bool is_last = i + 1 == stretch->span_count;
        int32_t to = stretch->spans[i].to;
        last += to - stretch->spans[i].from;
        const struct passage *passages =
            find_passages(cutting, to, is_last ? whole->day_count : stretch->spans[i + 1].from);
        if (passages == NULL || !bend_day(cutting, passages, &out->days[last], out)) {
            return false;
        }
    }
    return cut_end(cutting, out);
}

/* Which classes, patterns and items are the stretch's. */
static void cut_classes(struct pnr_course *out) {
    int32_t first = out->class_count;
    int32_t last = 0;
    int32_t patterns = 0;
    for (int32_t d = 0; d < out->day_count; d++) {
        for (int32_t i = out->days[d].items_from; i < out->days[d].items_to; i++) {
            for (int32_t p = out->items[i].patterns_from; p < out->items[i].patterns_to; p++, patterns++) {
                for (int32_t k = out->patterns[p].parts_from; k < out->patterns[p].parts_to; k++) {
                    first = out->parts[k] < first ? out->parts[k] : first;
                    last = out->parts[k] + 1 > last ? out->parts[k] + 1 : last;
                }
            }
        }
    }
    out->first_class = first < last ? first : last;
    out->class_count = last;
    out->pattern_count = patterns;
}

/* ---- tallies ---- */

/* Charges a tally that the stretch adds nothing to. */
static void settle(const struct pnr_tally *tally, int64_t sum, struct pnr_course *out) {
    int64_t amount = pnr_tally_amount(tally, sum);
    if (tally->hard) {
        out->feasible = out->feasible && amount <= 0;
    } else {
        out->constant[tally->level] = pnr_plus(out->constant[tally->level], pnr_times(tally->weight, amount));
    }
}

/* The most that one day of the whole course adds to a tally. */
static int64_t most_of_day(const struct pnr_course *whole, const struct pnr_tally *tally, int32_t day) {
    int32_t cell = day * whole->counter_count + tally->counter;
    int64_t from = day == tally->first ? tally->most : whole->most_after[cell - whole->counter_count];
    return from - whole->most_after[cell];
}

static void keep_tally(const struct cutting *cutting, int32_t at, struct pnr_course *out) {
    const struct pnr_tally *tally = &cutting->whole->tallies[at];
    struct pnr_tally *kept = &out->tallies[out->tally_count];
    int64_t most = 0;
    *kept = *tally;
    kept->start += cutting->sums[at];
    kept->last = -1;
    for (int32_t d = out->day_count - 1; d >= 0; d--) {
        int32_t day = cutting->day_at[d];
        if (day >= tally->first && day <= tally->last) {
            int32_t cell = d * out->counter_count + tally->counter;
            out->tally_of_day[cell] = out->tally_count;
            out->most_after[cell] = most;
            most += most_of_day(cutting->whole, tally, day);
            kept->last = kept->last < 0 ? d : kept->last;
            kept->first = d;
        }
    }
    kept->most = most;
    if (most > 0) {
        out->tally_count++;
        return;
    }
    for (int32_t d = kept->first; kept->last >= 0 && d <= kept->last; d++) {
        out->tally_of_day[d * out->counter_count + tally->counter] = -1;
    }
    settle(tally, kept->start, out);
}

static bool cut_tallies(struct cutting *cutting, struct pnr_course *out) {
    size_t cells = (size_t)out->day_count * (size_t)out->counter_count;
    out->tallies = pnr_arena_alloc(cutting->arena, (size_t)cutting->whole->tally_count, sizeof *out->tallies);
    out->tally_of_day = pnr_arena_alloc(cutting->arena, cells, sizeof *out->tally_of_day);
    out->most_after = pnr_arena_alloc(cutting->arena, cells, sizeof *out->most_after);
    if (out->tallies == NULL || out->tally_of_day == NULL || out->most_after == NULL) {
        return false;
    }
    for (size_t i = 0; i < cells; i++) {
        out->tally_of_day[i] = -1;
    }
    out->tally_count = 0;
    for (int32_t t = 0; t < cutting->whole->tally_count; t++) {
        keep_tally(cutting, t, out);
    }
    return true;
}

/* ---- the stretch ---- */

static bool list_days(struct cutting *cutting) {
    const struct pnr_stretch *stretch = cutting->stretch;
    cutting->day_at =
        pnr_arena_alloc(cutting->arena, (size_t)cutting->whole->day_count, sizeof *cutting->day_at);
    for (int32_t i = 0; cutting->day_at != NULL && i < stretch->span_count; i++) {
        for (int32_t day = stretch->spans[i].from; day < stretch->spans[i].to; day++) {
            cutting->day_at[cutting->day_count++] = day;
        }
    }
    return cutting->day_at != NULL;
}

bool pnr_stretch_open(const struct pnr_course *whole, const struct pnr_stretch *stretch,
                      struct pnr_arena *arena, struct pnr_course *out) {
    const struct pnr_way *way = stretch->way;
    struct cutting cutting = {.whole = whole, .stretch = stretch, .way = way, .arena = arena};
    cutting.sums = pnr_arena_memdup(arena, way->sums, (size_t)whole->tally_count, sizeof *cutting.sums);
    *out = *whole;
    out->constant =
        pnr_arena_memdup(arena, way->cost_by_level, (size_t)whole->level_count, sizeof *out->constant);
    if (cutting.sums == NULL || out->constant == NULL || !list_days(&cutting)) {
        return false;
    }
    for (int32_t d = 0; d < cutting.day_count; d++) {
        count_day(whole, way, cutting.day_at[d], -1, out->constant, cutting.sums);
    }
    if (!cut_days(&cutting, out)) {
        return false;
    }
    cut_classes(out);
    return cut_tallies(&cutting, out);
}
