/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A course with the prices of one query: a shortest path problem with convex costs on sums. */
#include "engine/problem.h"

#include <string.h>

#include "engine/sums.h"

/* Sums never come near this. */
#define FAR ((int64_t)1 << 50)

__extension__ typedef __int128 wide;

/* ---- prices of the query ---- */

static int64_t row_price(const int64_t *row, const int64_t *weight_of_level, int32_t levels) {
    int64_t price = 0;
    for (int32_t l = 0; l < levels; l++) {
        price = pnr_plus(price, pnr_times(weight_of_level[l], row[l]));
    }
    return price;
}

/* What a class offers: its cheapest pair that is allowed, the first of equals; a forced one before all. */
static void price_class(struct pnr_problem *problem, const struct pnr_price_query *query, int32_t class_at) {
    const struct pnr_course *course = problem->course;
    int64_t best = PNR_NEVER;
    bool is_forced = false;
    for (int32_t i = course->first_pairs[class_at]; i < course->first_pairs[class_at + 1]; i++) {
        int32_t pair = course->pairs[i];
        bool forces = query->forced != NULL && query->forced[pair] != PNR_NOT_FORCED;
        if ((query->forbidden != NULL && query->forbidden[pair]) || (is_forced && !forces)) {
            continue;
        }
        if (query->price_of_pair[pair] < best || (forces && !is_forced)) {
            best = query->price_of_pair[pair];
            problem->class_pair[class_at] = pair;
            is_forced = forces;
        }
    }
    problem->class_price[class_at] = best;
}

/* Forced pairs on the date of a pattern that it lacks are counted against it. */
static int64_t pattern_price(const struct pnr_problem *problem, const struct pnr_pattern *pattern,
                             const struct pnr_price_query *query, int32_t forced) {
    int64_t price = 0;
    for (int32_t i = pattern->parts_from; i < pattern->parts_to; i++) {
        int32_t class_at = problem->course->parts[i];
        if (problem->class_price[class_at] >= PNR_NEVER) {
            return PNR_NEVER;
        }
        forced -= query->forced != NULL && query->forced[problem->class_pair[class_at]] != PNR_NOT_FORCED;
        price += problem->class_price[class_at];
    }
    return forced == 0 ? price : PNR_NEVER;
}

static int32_t count_forced(const struct pnr_instance *instance, const struct pnr_price_query *query,
                            int32_t date, int32_t *pair) {
    int32_t forced = 0;
    int32_t last = instance->pairs_of_member[query->member + 1];
    while (*pair < last && pnr_instance_duty(instance, instance->duty_of_pair[*pair])->day == date) {
        forced += pnr_is_asked(query->forced[(*pair)++]);
    }
    return forced;
}

static void price_item(struct pnr_problem *problem, const struct pnr_price_query *query, int32_t at,
                       const int64_t *charge_price, int32_t forced) {
    const struct pnr_course *course = problem->course;
    const struct pnr_item *item = &course->items[at];
    problem->item_price[at] = PNR_NEVER;
    for (int32_t p = item->patterns_from; p < item->patterns_to; p++) {
        int64_t price = pattern_price(problem, &course->patterns[p], query, forced);
        if (price < PNR_NEVER &&
            price + charge_price[course->patterns[p].charges] < problem->item_price[at]) {
            problem->item_price[at] = price + charge_price[course->patterns[p].charges];
            problem->item_pattern[at] = p;
        }
    }
}

static bool price_items(struct pnr_problem *problem, const struct pnr_instance *instance,
                        const struct pnr_price_query *query) {
    const struct pnr_course *course = problem->course;
    int32_t items = course->days[course->day_count - 1].items_to;
    int64_t *charge_price =
        pnr_arena_alloc(problem->arena, (size_t)course->charges_count, sizeof *charge_price);
    problem->item_price = pnr_arena_alloc(problem->arena, (size_t)items, sizeof *problem->item_price);
    problem->item_pattern = pnr_arena_alloc(problem->arena, (size_t)items, sizeof *problem->item_pattern);
    size_t classes = (size_t)course->class_count;
    problem->class_price = pnr_arena_alloc(problem->arena, classes, sizeof *problem->class_price);
    problem->class_pair = pnr_arena_alloc(problem->arena, classes, sizeof *problem->class_pair);
    if (charge_price == NULL || problem->item_price == NULL || problem->item_pattern == NULL ||
        problem->class_price == NULL || problem->class_pair == NULL) {
        return false;
    }
    for (int32_t i = course->first_class; i < course->class_count; i++) {
        price_class(problem, query, i);
    }
    for (int32_t i = 0; i < course->charges_count; i++) {
        charge_price[i] =
            row_price(&course->charges[i * course->level_count], query->weight_of_level, course->level_count);
    }
    int32_t pair = instance->pairs_of_member[query->member];
    for (int32_t day = 0; day < course->day_count; day++) {
        int32_t forced =
            query->forced != NULL ? count_forced(instance, query, instance->first_day + day, &pair) : 0;
        for (int32_t i = course->days[day].items_from; i < course->days[day].items_to; i++) {
            price_item(problem, query, i, charge_price, forced);
        }
    }
    return true;
}

static bool price_effects(struct pnr_problem *problem, const int64_t *weight_of_level) {
    const struct pnr_course *course = problem->course;
    int32_t width = course->level_count + course->counter_count;
    size_t count = (size_t)course->effects_count;
    problem->effect_price = pnr_arena_alloc(problem->arena, count, sizeof *problem->effect_price);
    problem->mu_price = pnr_arena_alloc(problem->arena, count, sizeof *problem->mu_price);
    for (int32_t i = 0; problem->effect_price != NULL && i < course->effects_count; i++) {
        problem->effect_price[i] =
            row_price(&course->effects[i * width], weight_of_level, course->level_count);
    }
    return problem->effect_price != NULL && problem->mu_price != NULL;
}

/* ---- sums that matter under the weights ---- */

static bool matters(const struct pnr_tally *tally, const int64_t *weight_of_level) {
    return tally->hard || (weight_of_level[tally->level] > 0 && tally->weight > 0);
}

/* Holds a tally within what the query's case says of it; whether it says anything. */
static bool hold(const struct pnr_price_query *query, int32_t tally, struct pnr_priced_tally *priced) {
    priced->least = -FAR;
    priced->most = FAR;
    bool is_held = false;
    for (int32_t i = 0; i < query->limit_count; i++) {
        const struct pnr_sum_limit *limit = &query->limits[i];
        if (limit->sum->member == query->member && limit->sum->tally == tally) {
            priced->least = limit->least > priced->least ? limit->least : priced->least;
            priced->most = limit->most < priced->most ? limit->most : priced->most;
            is_held = true;
        }
    }
    return is_held;
}

static bool choose_tallies(struct pnr_problem *problem, const struct pnr_price_query *query,
                           int32_t *priced_at) {
    const struct pnr_course *course = problem->course;
    const int64_t *weight_of_level = query->weight_of_level;
    problem->tallies = pnr_arena_alloc(problem->arena, (size_t)course->tally_count, sizeof *problem->tallies);
    problem->counter_of_slot =
        pnr_arena_alloc(problem->arena, (size_t)course->counter_count, sizeof *problem->counter_of_slot);
    if (problem->tallies == NULL || problem->counter_of_slot == NULL) {
        return false;
    }
    for (int32_t t = 0; t < course->tally_count; t++) {
        const struct pnr_tally *tally = &course->tallies[t];
        struct pnr_priced_tally priced = {.tally = tally};
        priced_at[t] = -1;
        if (!hold(query, t, &priced) && !matters(tally, weight_of_level)) {
            continue;
        }
        int32_t slots = problem->slot_count;
        if (slots == 0 || problem->counter_of_slot[slots - 1] != tally->counter) {
            problem->counter_of_slot[problem->slot_count++] = tally->counter;
        }
        priced_at[t] = problem->tally_count++;
        priced.weight = tally->hard ? 0 : pnr_times(weight_of_level[tally->level], tally->weight);
        problem->tallies[priced_at[t]] = priced;
    }
    for (int32_t t = 0; t < problem->tally_count; t++) {
        struct pnr_priced_tally *priced = &problem->tallies[t];
        priced->mu_limit = PNR_COST_LIMIT / (priced->tally->most + 1) / problem->tally_count;
        pnr_problem_aim(priced);
    }
    return true;
}

static bool place_slots(struct pnr_problem *problem, const int32_t *priced_at) {
    const struct pnr_course *course = problem->course;
    size_t cells = (size_t)course->day_count * (size_t)problem->slot_count;
    problem->slots = pnr_arena_alloc(problem->arena, cells, sizeof *problem->slots);
    problem->mu_of_slot =
        pnr_arena_alloc(problem->arena, (size_t)problem->slot_count, sizeof *problem->mu_of_slot);
    for (int32_t day = 0; problem->slots != NULL && day < course->day_count; day++) {
        for (int32_t s = 0; s < problem->slot_count; s++) {
            int32_t cell = day * course->counter_count + problem->counter_of_slot[s];
            int32_t tally = course->tally_of_day[cell];
            struct pnr_slot_day *slot = &problem->slots[day * problem->slot_count + s];
            slot->tally = tally >= 0 ? priced_at[tally] : -1;
            slot->closes = slot->tally >= 0 && course->tallies[tally].last == day;
            slot->most_after = course->most_after[cell];
        }
    }
    problem->pushing = pnr_arena_alloc(problem->arena, (size_t)problem->slot_count, sizeof *problem->pushing);
    problem->is_watched = pnr_arena_alloc(problem->arena, (size_t)problem->slot_count, 1);
    return problem->slots != NULL && problem->mu_of_slot != NULL && problem->pushing != NULL &&
           problem->is_watched != NULL;
}

static bool project_rows(struct pnr_problem *problem) {
    const struct pnr_course *course = problem->course;
    size_t slots = (size_t)problem->slot_count;
    int32_t width = course->level_count + course->counter_count;
    problem->slot_takes =
        pnr_arena_alloc(problem->arena, (size_t)course->takes_count * slots, sizeof *problem->slot_takes);
    problem->slot_counts =
        pnr_arena_alloc(problem->arena, (size_t)course->effects_count * slots, sizeof *problem->slot_counts);
    if (problem->slot_takes == NULL || problem->slot_counts == NULL) {
        return false;
    }
    for (int32_t s = 0; s < problem->slot_count; s++) {
        int32_t counter = problem->counter_of_slot[s];
        for (int32_t i = 0; i < course->takes_count; i++) {
            problem->slot_takes[i * problem->slot_count + s] =
                (int32_t)course->takes[i * course->counter_count + counter];
        }
        for (int32_t i = 0; i < course->effects_count; i++) {
            int32_t count = (int32_t)course->effects[i * width + course->level_count + counter];
            problem->slot_counts[i * problem->slot_count + s] = count;
            problem->counts_in_effects |= count != 0;
        }
    }
    return true;
}

bool pnr_problem_init(struct pnr_problem *problem, const struct pnr_course *course,
                      const struct pnr_instance *instance, const struct pnr_price_query *query,
                      struct pnr_arena *arena) {
    memset(problem, 0, sizeof *problem);
    problem->course = course;
    problem->arena = arena;
    problem->constant = row_price(course->constant, query->weight_of_level, course->level_count);
    int32_t *priced_at = pnr_arena_alloc(arena, (size_t)course->tally_count, sizeof *priced_at);
    size_t states = (size_t)course->most_states * ((size_t)course->day_count + 1);
    problem->rest = pnr_arena_alloc(arena, states, sizeof *problem->rest);
    size_t keys = (size_t)course->most_keys * (size_t)course->day_count;
    problem->key_price = pnr_arena_alloc(arena, keys, sizeof *problem->key_price);
    problem->key_item = pnr_arena_alloc(arena, keys, sizeof *problem->key_item);
    problem->later = pnr_arena_alloc(arena, (size_t)course->day_count + 1, sizeof *problem->later);
    return priced_at != NULL && problem->rest != NULL && problem->key_price != NULL &&
           problem->key_item != NULL && problem->later != NULL && price_items(problem, instance, query) &&
           price_effects(problem, query->weight_of_level) && choose_tallies(problem, query, priced_at) &&
           place_slots(problem, priced_at) && project_rows(problem);
}

/* ---- what labels watch ---- */

static void find_watched(struct pnr_problem *problem) {
    for (int32_t s = 0; s < problem->slot_count; s++) {
        for (int32_t t = 0; t < problem->tally_count; t++) {
            const struct pnr_priced_tally *priced = &problem->tallies[t];
            bool matters_now = !priced->tally->hard || priced->mu != 0;
            if (priced->tally->counter == problem->counter_of_slot[s] && matters_now) {
                problem->is_watched[s] = 1;
            }
        }
    }
}

bool pnr_problem_watch_counter(struct pnr_problem *problem, int32_t counter) {
    for (int32_t s = 0; s < problem->slot_count; s++) {
        if (problem->counter_of_slot[s] == counter && !problem->is_watched[s]) {
            problem->is_watched[s] = 1;
            return true;
        }
    }
    return false;
}

/* Copies the watched columns of a table with a row of slots; NULL when memory is short. */
static int32_t *watched_columns(const struct pnr_problem *problem, const int32_t *table, int32_t rows) {
    const struct pnr_watch *watch = &problem->watch;
    int32_t *out = pnr_arena_alloc(problem->arena, (size_t)rows * (size_t)watch->count, sizeof *out);
    for (int32_t r = 0; out != NULL && r < rows; r++) {
        for (int32_t w = 0; w < watch->count; w++) {
            out[r * watch->count + w] = table[r * problem->slot_count + watch->slot[w]];
        }
    }
    return out;
}

static bool same_takes(const struct pnr_watch *watch, int32_t a, int32_t b) {
    return watch->count == 0 || memcmp(&watch->takes[a * watch->count], &watch->takes[b * watch->count],
                                       (size_t)watch->count * sizeof *watch->takes) == 0;
}

/* Items of one key stand together; of those that add the same to all that is watched the cheapest is enough.
 */
static void choose_items(struct pnr_problem *problem, int32_t day, int32_t *count) {
    const struct pnr_course *course = problem->course;
    struct pnr_watch *watch = &problem->watch;
    const struct pnr_course_day *d = &course->days[day];
    int32_t first_of_key = *count;
    for (int32_t i = d->items_from; i < d->items_to; i++) {
        if (i > d->items_from && course->items[i].key != course->items[i - 1].key) {
            first_of_key = *count;
        }
        if (problem->item_price[i] >= PNR_NEVER) {
            continue;
        }
        int32_t at = first_of_key;
        while (at < *count &&
               !same_takes(watch, course->items[watch->items[at]].takes, course->items[i].takes)) {
            at++;
        }
        if (at == *count) {
            watch->items[(*count)++] = i;
        } else if (problem->item_price[i] < problem->item_price[watch->items[at]]) {
            watch->items[at] = i;
        }
    }
}

bool pnr_problem_watch(struct pnr_problem *problem) {
    const struct pnr_course *course = problem->course;
    struct pnr_watch *watch = &problem->watch;
    find_watched(problem);
    size_t days = (size_t)course->day_count;
    watch->count = 0;
    watch->slot = pnr_arena_alloc(problem->arena, (size_t)problem->slot_count, sizeof *watch->slot);
    for (int32_t s = 0; watch->slot != NULL && s < problem->slot_count; s++) {
        if (problem->is_watched[s]) {
            watch->slot[watch->count++] = s;
        }
    }
    watch->slots = pnr_arena_alloc(problem->arena, days * (size_t)watch->count, sizeof *watch->slots);
    watch->first_item = pnr_arena_alloc(problem->arena, days + 1, sizeof *watch->first_item);
    watch->items =
        pnr_arena_alloc(problem->arena, (size_t)course->days[days - 1].items_to, sizeof *watch->items);
    if (watch->slot == NULL || watch->slots == NULL || watch->first_item == NULL || watch->items == NULL) {
        return false;
    }
    watch->takes = watched_columns(problem, problem->slot_takes, course->takes_count);
    watch->counts = watched_columns(problem, problem->slot_counts, course->effects_count);
    if (watch->takes == NULL || watch->counts == NULL) {
        return false;
    }
    int32_t count = 0;
    for (int32_t day = 0; day < course->day_count; day++) {
        for (int32_t w = 0; w < watch->count; w++) {
            watch->slots[day * watch->count + w] = problem->slots[day * problem->slot_count + watch->slot[w]];
        }
        watch->first_item[day] = count;
        choose_items(problem, day, &count);
    }
    watch->first_item[days] = count;
    return true;
}

/* ---- multipliers ---- */

void pnr_problem_load_mu(struct pnr_problem *problem, const int64_t *mu) {
    for (int32_t t = 0; t < problem->tally_count; t++) {
        struct pnr_priced_tally *priced = &problem->tallies[t];
        int64_t wish = mu[priced->tally - problem->course->tallies];
        priced->mu = wish > priced->mu_limit    ? priced->mu_limit
                     : wish < -priced->mu_limit ? -priced->mu_limit
                                                : wish;
        pnr_problem_aim(priced);
    }
}

void pnr_problem_save_mu(const struct pnr_problem *problem, int64_t *mu) {
    memset(mu, 0, (size_t)problem->course->tally_count * sizeof *mu);
    for (int32_t t = 0; t < problem->tally_count; t++) {
        mu[problem->tallies[t].tally - problem->course->tallies] = problem->tallies[t].mu;
    }
}

/* Aims at sums that can be met: start + k × grid. With any integer instead, a member who has duties of four
 * hours alone could aim at half of one, for nothing. */
static void aim_square(struct pnr_priced_tally *priced) {
    int64_t zero = -priced->tally->base; /* the largest sum that costs nothing */
    int64_t grid = priced->tally->grid;
    int64_t mu = priced->mu;
    if (mu <= 0) {
        priced->low = -FAR;
        priced->high = mu < 0 ? -FAR : zero;
        return;
    }
    if (priced->weight == 0) { /* it is there for a case's limits alone */
        priced->low = priced->high = FAR;
        return;
    }
    int64_t off = (zero - priced->tally->start) % grid;
    off += off < 0 ? grid : 0;
    int64_t w = priced->weight;
    wide step = (wide)w * (grid - off) * (grid - off); /* from zero - off to the next sum */
    wide gain = (wide)mu * grid;
    int64_t v = -off;
    if (step < gain) { /* raising v >= 0 to v + grid costs w grid (2v + grid) */
        wide least = ((wide)mu - (wide)w * grid + 2 * (wide)w - 1) / (2 * (wide)w);
        v = grid - off;
        v += least > v ? (int64_t)((least - v + grid - 1) / grid) * grid : 0;
        step = (wide)w * grid * (2 * (wide)v + grid);
    }
    priced->low = zero + v;
    priced->high = step == gain ? priced->low + grid : priced->low;
}

/* Sets the interval for mu > 0: up to the maximum, or for a large mu beyond it. */
static void aim_up(struct pnr_priced_tally *priced) {
    const struct pnr_tally *tally = priced->tally;
    bool stops = tally->has_max && (tally->hard || priced->mu <= priced->weight);
    int64_t limit = tally->hard ? tally->max + tally->grown : tally->max;
    priced->low = stops ? limit : FAR;
    priced->high = stops && (tally->hard || priced->mu < priced->weight) ? limit : FAR;
}

static void aim_down(struct pnr_priced_tally *priced) {
    const struct pnr_tally *tally = priced->tally;
    bool stops = tally->has_min && (tally->hard || -priced->mu <= priced->weight);
    priced->high = stops ? tally->min : -FAR;
    priced->low = stops && (tally->hard || -priced->mu < priced->weight) ? tally->min : -FAR;
}

/* A convex cost is least within limits where they are nearest to where it is least. */
static int64_t within(const struct pnr_priced_tally *priced, int64_t sum) {
    return sum > priced->most ? priced->most : sum < priced->least ? priced->least : sum;
}

void pnr_problem_aim(struct pnr_priced_tally *priced) {
    const struct pnr_tally *tally = priced->tally;
    if (tally->square) {
        aim_square(priced);
    } else if (priced->mu > 0) {
        aim_up(priced);
    } else if (priced->mu < 0) {
        aim_down(priced);
    } else {
        priced->low = tally->has_min ? tally->min : -FAR;
        priced->high = !tally->has_max ? FAR : tally->hard ? tally->max + tally->grown : tally->max;
    }
    priced->low = within(priced, priced->low);
    priced->high = within(priced, priced->high);
}

/* The day's multipliers by slot, and the effects' prices under them. */
static void price_effects_of_day(struct pnr_problem *problem, int32_t day) {
    const struct pnr_course *course = problem->course;
    const struct pnr_slot_day *slots = &problem->slots[day * problem->slot_count];
    int64_t *mu = problem->mu_of_slot;
    int32_t slot_count = problem->slot_count;
    bool is_new = !problem->has_mu_price;
    for (int32_t s = 0; s < slot_count; s++) {
        int64_t mu_of_day = slots[s].tally >= 0 ? problem->tallies[slots[s].tally].mu : 0;
        is_new = is_new || mu_of_day != mu[s];
        mu[s] = mu_of_day;
    }
    if (!is_new) {
        return; /* one day's prices are mostly another's */
    }
    problem->has_mu_price = true;
    for (int32_t e = 0; problem->counts_in_effects && e < course->effects_count; e++) {
        const int32_t *counts = &problem->slot_counts[e * slot_count];
        problem->mu_price[e] = problem->effect_price[e];
        for (int32_t s = 0; s < slot_count; s++) {
            problem->mu_price[e] += mu[s] * counts[s];
        }
    }
}

/* The slots whose multiplier is not zero on the day: most are. */
static int32_t pushing_slots(const struct pnr_problem *problem, int32_t *slots) {
    int32_t count = 0;
    for (int32_t s = 0; s < problem->slot_count; s++) {
        if (problem->mu_of_slot[s] != 0) {
            slots[count++] = s;
        }
    }
    return count;
}

/* The cheapest item of each key under the multipliers, and the effects' prices for the day. */
static void price_day(struct pnr_problem *problem, int32_t day) {
    const struct pnr_course *course = problem->course;
    const struct pnr_course_day *d = &course->days[day];
    int64_t *key_price = &problem->key_price[day * course->most_keys];
    int32_t *key_item = &problem->key_item[day * course->most_keys];
    const int64_t *mu = problem->mu_of_slot;
    price_effects_of_day(problem, day);
    int32_t pushing = pushing_slots(problem, problem->pushing);
    for (int32_t k = 0; k < d->key_count; k++) {
        key_price[k] = PNR_NEVER;
    }
    for (int32_t i = d->items_from; i < d->items_to; i++) {
        int64_t price = problem->item_price[i];
        if (price >= PNR_NEVER) {
            continue;
        }
        const int32_t *takes = &problem->slot_takes[course->items[i].takes * problem->slot_count];
        for (int32_t s = 0; s < pushing; s++) {
            price += mu[problem->pushing[s]] * takes[problem->pushing[s]];
        }
        if (price < key_price[course->items[i].key]) {
            key_price[course->items[i].key] = price;
            key_item[course->items[i].key] = i;
        }
    }
}

static void backward_day(struct pnr_problem *problem, int32_t day) {
    const struct pnr_course *course = problem->course;
    const struct pnr_course_day *d = &course->days[day];
    const int64_t *effect_price = problem->counts_in_effects ? problem->mu_price : problem->effect_price;
    const int64_t *after = &problem->rest[(day + 1) * course->most_states];
    int64_t *rest = &problem->rest[day * course->most_states];
    const int64_t *key_price = &problem->key_price[day * course->most_keys];
    price_day(problem, day);
    problem->cells += d->state_count * d->key_count + 2 * (d->items_to - d->items_from);
    for (int32_t s = 0; s < d->state_count; s++) {
        int64_t best = PNR_NEVER;
        for (int32_t k = 0; k < d->key_count; k++) {
            int32_t cell = s * d->key_count + k;
            int32_t next = d->next[cell];
            if (next < 0 || key_price[k] >= PNR_NEVER || after[next] >= PNR_NEVER) {
                continue;
            }
            int64_t price = key_price[k] + effect_price[d->effect[cell]] + after[next];
            best = price < best ? price : best;
        }
        rest[s] = best;
    }
}

void pnr_problem_find_later(const struct pnr_problem *problem, int32_t without_slot, int64_t *later) {
    int32_t days = problem->course->day_count;
    memset(later, 0, ((size_t)days + 1) * sizeof *later);
    for (int32_t t = 0; t < problem->tally_count; t++) {
        const struct pnr_priced_tally *priced = &problem->tallies[t];
        if (without_slot < 0 || priced->tally->counter != problem->counter_of_slot[without_slot]) {
            int64_t least = pnr_priced_least(priced, priced->tally->start, priced->tally->most);
            later[priced->tally->first] = pnr_both(later[priced->tally->first], least);
        }
    }
    for (int32_t day = days - 1; day >= 0; day--) {
        later[day] = pnr_both(later[day], later[day + 1]);
    }
}

int64_t pnr_problem_backward(struct pnr_problem *problem) {
    const struct pnr_course *course = problem->course;
    int64_t *end = &problem->rest[course->day_count * course->most_states];
    for (int32_t s = 0; s < course->end_count; s++) {
        end[s] = problem->effect_price[course->end_effect[s]];
    }
    for (int32_t day = course->day_count - 1; day >= 0; day--) {
        backward_day(problem, day);
    }
    pnr_problem_find_later(problem, -1, problem->later);
    if (problem->rest[0] >= PNR_NEVER || problem->later[0] >= PNR_NEVER) {
        return PNR_NEVER;
    }
    return problem->constant + problem->rest[0] + problem->later[0];
}

/* The key that the state's `rest` came from: the first of equals. */
static int32_t best_key(const struct pnr_problem *problem, int32_t day, int32_t state) {
    const struct pnr_course *course = problem->course;
    const struct pnr_course_day *d = &course->days[day];
    const int64_t *effect_price = problem->counts_in_effects ? problem->mu_price : problem->effect_price;
    const int64_t *key_price = &problem->key_price[day * course->most_keys];
    const int64_t *after = &problem->rest[(day + 1) * course->most_states];
    for (int32_t k = 0; k < d->key_count; k++) {
        int32_t cell = state * d->key_count + k;
        if (d->next[cell] >= 0 && key_price[k] < PNR_NEVER && after[d->next[cell]] < PNR_NEVER &&
            key_price[k] + effect_price[d->effect[cell]] + after[d->next[cell]] ==
                problem->rest[day * course->most_states + state]) {
            return k;
        }
    }
    return -1;
}

int64_t pnr_problem_trace(struct pnr_problem *problem, int32_t *items, int64_t *sums) {
    const struct pnr_course *course = problem->course;
    int64_t price = problem->constant;
    int32_t state = 0;
    for (int32_t t = 0; t < problem->tally_count; t++) {
        sums[t] = problem->tallies[t].tally->start;
    }
    for (int32_t day = 0; day < course->day_count; day++) {
        if (problem->counts_in_effects) {
            price_effects_of_day(problem, day);
        }
        int32_t key = best_key(problem, day, state);
        const struct pnr_course_day *d = &course->days[day];
        int32_t cell = state * d->key_count + key;
        items[day] = problem->key_item[day * course->most_keys + key];
        price += problem->item_price[items[day]] + problem->effect_price[d->effect[cell]];
        for (int32_t s = 0; s < problem->slot_count; s++) {
            int32_t tally = problem->slots[day * problem->slot_count + s].tally;
            if (tally >= 0) {
                sums[tally] +=
                    problem->slot_takes[course->items[items[day]].takes * problem->slot_count + s] +
                    problem->slot_counts[d->effect[cell] * problem->slot_count + s];
            }
        }
        state = d->next[cell];
    }
    price += problem->effect_price[course->end_effect[state]];
    for (int32_t t = 0; t < problem->tally_count; t++) {
        int64_t cost = pnr_priced_cost(&problem->tallies[t], sums[t]);
        if (cost >= PNR_NEVER) {
            return PNR_NEVER;
        }
        price += cost;
    }
    return price;
}

/* How far the way's sum lies from the nearest sum that the multiplier aims at: a subgradient of the bound. */
static int64_t slope_of(const struct pnr_priced_tally *priced, int64_t sum) {
    int64_t least = priced->tally->start;
    int64_t most = least + priced->tally->most;
    int64_t low = priced->low < least ? least : priced->low > most ? most : priced->low;
    int64_t high = priced->high < least ? least : priced->high > most ? most : priced->high;
    return sum < low ? sum - low : sum > high ? sum - high : 0;
}

/* One step of Polyak's length towards `gap`, in eighths `eighths`, each multiplier in the measure of its
 * range. Whether any moved. */
static bool move(struct pnr_problem *problem, const int64_t *sums, int64_t gap, int32_t eighths) {
    wide square = 0;
    for (int32_t t = 0; t < problem->tally_count; t++) {
        const struct pnr_priced_tally *priced = &problem->tallies[t];
        int64_t part = slope_of(priced, sums[t]) * (1 << 20) / priced->tally->most;
        square += (wide)part * part;
    }
    bool moved = false;
    for (int32_t t = 0; square > 0 && t < problem->tally_count; t++) {
        struct pnr_priced_tally *priced = &problem->tallies[t];
        int64_t part = slope_of(priced, sums[t]) * (1 << 20) / priced->tally->most;
        wide step = (wide)gap * part * eighths * (1 << 17) / ((wide)priced->tally->most * square);
        wide mu = priced->mu + step;
        mu = mu > priced->mu_limit ? priced->mu_limit : mu < -priced->mu_limit ? -priced->mu_limit : mu;
        moved |= mu != priced->mu;
        priced->mu = (int64_t)mu;
        pnr_problem_aim(priced);
    }
    return moved;
}

int64_t pnr_problem_largest_price(const struct pnr_problem *problem) {
    int64_t largest = 1;
    int32_t items = problem->course->days[problem->course->day_count - 1].items_to;
    for (int32_t i = problem->course->days[0].items_from; i < items; i++) {
        int64_t price = problem->item_price[i];
        price = price < 0 ? -price : price;
        largest = price < PNR_NEVER && price > largest ? price : largest;
    }
    return largest;
}

int64_t pnr_problem_tighten(struct pnr_problem *problem, int64_t cutoff, int32_t rounds, int64_t *best,
                            int32_t *best_items) {
    int32_t days = problem->course->day_count;
    int64_t *sums = pnr_arena_alloc(problem->arena, (size_t)problem->tally_count, sizeof *sums);
    int64_t *kept = pnr_arena_alloc(problem->arena, (size_t)problem->tally_count, sizeof *kept);
    int32_t *items = pnr_arena_alloc(problem->arena, (size_t)days, sizeof *items);
    *best = PNR_NEVER;
    if (sums == NULL || kept == NULL || items == NULL) {
        return -PNR_NEVER;
    }
    int64_t bound = -PNR_NEVER;
    int64_t guess = pnr_problem_largest_price(problem);
    int32_t eighths = 8;
    bool at_kept = true;
    for (int32_t round = 0;; round++) {
        int64_t proved = pnr_problem_backward(problem);
        if (proved >= PNR_NEVER) {
            return PNR_NEVER;
        }
        at_kept = proved > bound;
        eighths = at_kept ? eighths : eighths > 1 ? eighths - 1 : 1;
        for (int32_t t = 0; at_kept && t < problem->tally_count; t++) {
            kept[t] = problem->tallies[t].mu;
        }
        bound = at_kept ? proved : bound;
        int64_t price = pnr_problem_trace(problem, items, sums);
        if (price < *best) {
            *best = price;
            memcpy(best_items, items, (size_t)days * sizeof *items);
        }
        int64_t target = *best < cutoff ? *best : cutoff;
        if (bound >= target || round >= rounds) {
            break;
        }
        int64_t gap = target < PNR_COST_LIMIT ? target - proved : guess;
        if (!move(problem, sums, gap, eighths)) {
            break;
        }
    }
    for (int32_t t = 0; !at_kept && t < problem->tally_count; t++) {
        problem->tallies[t].mu = kept[t];
        pnr_problem_aim(&problem->tallies[t]);
    }
    return at_kept ? bound : pnr_problem_backward(problem);
}
