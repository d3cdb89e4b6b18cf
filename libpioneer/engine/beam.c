/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A good schedule of one member on a long horizon, quickly: a beam over the days. */
#include "engine/beam.h"

#include <stdlib.h>
#include <string.h>

#include "engine/pricer_inside.h"

/* A partial schedule that was kept. */
struct kept {
    int64_t cost;
    int32_t before; /* kept of the day before */
    int32_t item;
    int32_t state;
};

struct fresh {
    int64_t bound, cost;
    int32_t before, item, cell;
};

/* How much of a minimum (of a sum over the whole horizon) is still within reach, or how little of a maximum
 * can be. */
#define MOST_REACHES 8
struct reach {
    int32_t slot, other; /* −1: none */
    int64_t min, max;    /* of slot, of other; 0 without */
    int64_t *most;       /* [day × states]: of what is added to slot, or −other, from the day on */
};

/* The same of a minimum within what another sum has room for: exactly, by what room is left. */
#define MOST_FRONTIERS 16
#define MOST_ROOM      127
#define OUT_OF_REACH   (INT32_MIN / 4)
struct frontier {
    int32_t slot, other;
    int32_t rooms;    /* 0 to that, exclusive */
    int64_t min, max; /* of slot, of other */
    int32_t *most;    /* [day × states × rooms] */
};

struct beaming {
    struct pnr_problem problem;
    const struct pnr_course *course;
    struct pnr_arena *arena;
    int32_t width;
    int32_t *first_of_day; /* [day + 1]: into kept; the start stands before day 0 */
    struct kept *kept;
    int64_t *sums;        /* [kept × slot] */
    struct fresh *fresh;  /* of the day at hand */
    struct fresh **order; /* [fresh] */
    int64_t *bounds;      /* [fresh]: to be shuffled */
    int32_t fresh_count;
    struct reach reaches[MOST_REACHES];
    int32_t reach_count;
    struct frontier frontiers[MOST_FRONTIERS];
    int32_t frontier_count;
    int64_t *most_of_key; /* [key] */
    int32_t *newest;      /* [state]: the latest kept of the day, -1 */
    int32_t *older;       /* [kept] */
    int64_t *now;         /* [slot]: the sums of the fresh one at hand */
    int64_t made;
};

/* ---- what can still be reached ---- */

static int64_t *reach_of(const struct reach *reach, const struct beaming *b, int32_t day) {
    return &reach->most[(size_t)day * (size_t)b->course->most_states];
}

/* What a row of takes or counts adds to a reach. */
static int64_t gain_of(const struct reach *reach, const int32_t *row) {
    return (reach->slot >= 0 ? row[reach->slot] : 0) - (reach->other >= 0 ? row[reach->other] : 0);
}

static void most_takes(const struct beaming *b, const struct reach *reach, int32_t day) {
    const struct pnr_course *course = b->course;
    const struct pnr_course_day *d = &course->days[day];
    for (int32_t k = 0; k < d->key_count; k++) {
        b->most_of_key[k] = -PNR_NEVER;
    }
    for (int32_t i = d->items_from; i < d->items_to; i++) {
        if (b->problem.item_price[i] < PNR_NEVER) {
            const int32_t *takes = &b->problem.slot_takes[course->items[i].takes * b->problem.slot_count];
            int64_t gain = gain_of(reach, takes);
            int64_t *most = &b->most_of_key[course->items[i].key];
            *most = gain > *most ? gain : *most;
        }
    }
}

/* The most that days from `day` on can add, from every state: rules on runs allow far less than the sum of
 * the days. */
static void find_reach(const struct beaming *b, struct reach *reach) {
    const struct pnr_course *course = b->course;
    for (int32_t s = 0; s < course->end_count; s++) {
        reach_of(reach, b, course->day_count)[s] = 0;
    }
    for (int32_t day = course->day_count - 1; day >= 0; day--) {
        const struct pnr_course_day *d = &course->days[day];
        const int64_t *after = reach_of(reach, b, day + 1);
        int64_t *most = reach_of(reach, b, day);
        most_takes(b, reach, day);
        for (int32_t s = 0; s < d->state_count; s++) {
            most[s] = -PNR_NEVER;
            for (int32_t k = 0; k < d->key_count; k++) {
                int32_t cell = s * d->key_count + k;
                if (d->next[cell] < 0 || b->most_of_key[k] == -PNR_NEVER ||
                    after[d->next[cell]] == -PNR_NEVER) {
                    continue;
                }
                int64_t sum =
                    b->most_of_key[k] + after[d->next[cell]] +
                    gain_of(reach, &b->problem.slot_counts[d->effect[cell] * b->problem.slot_count]);
                most[s] = sum > most[s] ? sum : most[s];
            }
        }
    }
}

/* The hard tally over the whole horizon that a slot holds, NULL: none. */
static const struct pnr_tally *whole_tally(const struct beaming *b, int32_t slot) {
    int32_t at = b->problem.slots[slot].tally;
    const struct pnr_tally *tally = at >= 0 ? b->problem.tallies[at].tally : NULL;
    bool is_whole = tally != NULL && tally->first == 0 && tally->last == b->course->day_count - 1;
    return is_whole && tally->hard && !tally->square ? tally : NULL;
}

/* ---- a minimum and a maximum at once ---- */

static int32_t *frontier_of(const struct frontier *frontier, const struct beaming *b, int32_t day,
                            int32_t state) {
    size_t at = (size_t)day * (size_t)b->course->most_states + (size_t)state;
    return &frontier->most[at * (size_t)frontier->rooms];
}

/* One state of a day: the best over its items, for every room. */
static void find_most(const struct beaming *b, const struct frontier *frontier, int32_t day, int32_t state) {
    const struct pnr_course *course = b->course;
    const struct pnr_course_day *d = &course->days[day];
    int32_t *most = frontier_of(frontier, b, day, state);
    for (int32_t r = 0; r < frontier->rooms; r++) {
        most[r] = OUT_OF_REACH;
    }
    for (int32_t i = d->items_from; i < d->items_to; i++) {
        int32_t cell = state * d->key_count + course->items[i].key;
        if (b->problem.item_price[i] >= PNR_NEVER || d->next[cell] < 0) {
            continue;
        }
        const int32_t *takes = &b->problem.slot_takes[course->items[i].takes * b->problem.slot_count];
        const int32_t *counts = &b->problem.slot_counts[d->effect[cell] * b->problem.slot_count];
        int32_t gain = takes[frontier->slot] + counts[frontier->slot];
        int32_t use = takes[frontier->other] + counts[frontier->other];
        const int32_t *after = frontier_of(frontier, b, day + 1, d->next[cell]);
        for (int32_t r = use; r < frontier->rooms; r++) {
            int32_t sum = after[r - use] + gain;
            most[r] = sum > most[r] ? sum : most[r];
        }
    }
}

static void find_frontier(const struct beaming *b, struct frontier *frontier) {
    const struct pnr_course *course = b->course;
    size_t ends = (size_t)course->end_count * (size_t)frontier->rooms;
    memset(frontier_of(frontier, b, course->day_count, 0), 0, ends * sizeof *frontier->most);
    for (int32_t day = course->day_count - 1; day >= 0; day--) {
        for (int32_t s = 0; s < course->days[day].state_count; s++) {
            find_most(b, frontier, day, s);
        }
    }
}

/* A minimum with every maximum of a small sum. */
static bool find_frontiers(struct beaming *b, int32_t slot) {
    size_t cells = ((size_t)b->course->day_count + 1) * (size_t)b->course->most_states;
    for (int32_t other = 0; other < b->problem.slot_count && b->frontier_count < MOST_FRONTIERS; other++) {
        const struct pnr_tally *tally = whole_tally(b, other);
        if (other == slot || tally == NULL || !tally->has_max || tally->grown > 0 ||
            tally->max < tally->start || tally->max - tally->start > MOST_ROOM) {
            continue;
        }
        struct frontier *frontier = &b->frontiers[b->frontier_count++];
        *frontier = (struct frontier){.slot = slot,
                                      .other = other,
                                      .rooms = (int32_t)(tally->max - tally->start) + 1,
                                      .min = whole_tally(b, slot)->min,
                                      .max = tally->max};
        frontier->most = pnr_arena_alloc(b->arena, cells * (size_t)frontier->rooms, sizeof *frontier->most);
        if (frontier->most == NULL) {
            return false;
        }
        find_frontier(b, frontier);
    }
    return true;
}

/* What a state is bound to add to a sum with a maximum: a run that must go on into a weekend. */
static bool find_least(struct beaming *b, int32_t slot) {
    size_t cells = ((size_t)b->course->day_count + 1) * (size_t)b->course->most_states;
    struct reach *reach = &b->reaches[b->reach_count];
    *reach = (struct reach){.slot = -1,
                            .other = slot,
                            .max = whole_tally(b, slot)->max,
                            .most = pnr_arena_alloc(b->arena, cells, sizeof *reach->most)};
    if (reach->most == NULL) {
        return false;
    }
    find_reach(b, reach);
    bool binds = false;
    for (size_t i = 0; i < cells && !binds; i++) {
        binds = reach->most[i] < 0 && reach->most[i] > -PNR_NEVER;
    }
    b->reach_count += binds;
    return true;
}

static bool find_all_reach(struct beaming *b) {
    size_t cells = ((size_t)b->course->day_count + 1) * (size_t)b->course->most_states;
    b->most_of_key = pnr_arena_alloc(b->arena, (size_t)b->course->most_keys, sizeof *b->most_of_key);
    if (b->most_of_key == NULL) {
        return false;
    }
    for (int32_t s = 0; s < b->problem.slot_count && b->reach_count < MOST_REACHES; s++) {
        const struct pnr_tally *tally = whole_tally(b, s);
        if (tally != NULL && tally->has_max && tally->grown == 0 && !find_least(b, s)) {
            return false;
        }
        if (tally == NULL || !tally->has_min || b->reach_count >= MOST_REACHES) {
            continue;
        }
        struct reach *plain = &b->reaches[b->reach_count++];
        *plain = (struct reach){.slot = s,
                                .other = -1,
                                .min = tally->min,
                                .most = pnr_arena_alloc(b->arena, cells, sizeof *plain->most)};
        if (plain->most == NULL) {
            return false;
        }
        find_reach(b, plain);
        if (!find_frontiers(b, s)) {
            return false;
        }
    }
    return true;
}

/* ---- days ---- */

static bool open_memory(struct beaming *b) {
    const struct pnr_course *course = b->course;
    size_t days = (size_t)course->day_count;
    size_t slots = (size_t)b->problem.slot_count;
    size_t width = (size_t)b->width;
    size_t kept = days * width + 1;
    size_t fresh = width * (size_t)course->most_items + 1;
    b->first_of_day = pnr_arena_alloc(b->arena, days + 2, sizeof *b->first_of_day);
    b->kept = pnr_arena_alloc(b->arena, kept, sizeof *b->kept);
    b->sums = pnr_arena_alloc(b->arena, kept * slots, sizeof *b->sums);
    b->fresh = pnr_arena_alloc(b->arena, fresh, sizeof *b->fresh);
    b->order = pnr_arena_alloc(b->arena, fresh, sizeof(struct fresh *));
    b->bounds = pnr_arena_alloc(b->arena, fresh, sizeof *b->bounds);
    b->newest = pnr_arena_alloc(b->arena, (size_t)course->most_states, sizeof *b->newest);
    b->older = pnr_arena_alloc(b->arena, kept, sizeof *b->older);
    b->now = pnr_arena_alloc(b->arena, slots + 1, sizeof *b->now);
    return b->first_of_day != NULL && b->kept != NULL && b->sums != NULL && b->fresh != NULL &&
           b->order != NULL && b->bounds != NULL && b->now != NULL && b->newest != NULL && b->older != NULL;
}

static int64_t sum_after(const struct beaming *b, int32_t day, const struct fresh *fresh, int32_t slot) {
    const struct pnr_problem *problem = &b->problem;
    int32_t slots = problem->slot_count;
    int32_t tally = problem->slots[day * slots + slot].tally;
    bool opens = problem->tallies[tally].tally->first == day;
    return (opens ? problem->tallies[tally].tally->start : b->sums[fresh->before * slots + slot]) +
           problem->slot_takes[b->course->items[fresh->item].takes * slots + slot] +
           problem->slot_counts[b->course->days[day].effect[fresh->cell] * slots + slot];
}

/* Sums over the whole horizon are open on every day, so `now` has them. */
static bool is_within_reach(const struct beaming *b, int32_t day, const struct fresh *fresh) {
    int32_t next = b->course->days[day].next[fresh->cell];
    for (int32_t i = 0; i < b->reach_count; i++) {
        const struct reach *reach = &b->reaches[i];
        int64_t most = reach_of(reach, b, day + 1)[next];
        most += reach->slot >= 0 ? b->now[reach->slot] : 0;
        most += reach->other >= 0 ? reach->max - b->now[reach->other] : 0;
        if (most < reach->min) {
            return false;
        }
    }
    for (int32_t i = 0; i < b->frontier_count; i++) {
        const struct frontier *frontier = &b->frontiers[i];
        int64_t room = frontier->max - b->now[frontier->other];
        room = room < frontier->rooms ? room : frontier->rooms - 1;
        if (room < 0 ||
            b->now[frontier->slot] + frontier_of(frontier, b, day + 1, next)[room] < frontier->min) {
            return false;
        }
    }
    return true;
}

/* Adds what the sums cost to cost and bound; false if a limit is broken or out of reach. */
static bool price_sums(const struct beaming *b, int32_t day, struct fresh *fresh) {
    const struct pnr_problem *problem = &b->problem;
    const struct pnr_slot_day *slots = &problem->slots[day * problem->slot_count];
    for (int32_t s = 0; s < problem->slot_count; s++) {
        b->now[s] = slots[s].tally >= 0 ? sum_after(b, day, fresh, s) : 0;
    }
    if (!is_within_reach(b, day, fresh)) {
        return false;
    }
    for (int32_t s = 0; s < problem->slot_count; s++) {
        if (slots[s].tally < 0) {
            continue;
        }
        const struct pnr_priced_tally *priced = &problem->tallies[slots[s].tally];
        int64_t cost = slots[s].closes ? pnr_priced_cost(priced, b->now[s])
                                       : pnr_priced_least(priced, b->now[s], slots[s].most_after);
        if (cost >= PNR_NEVER) {
            return false;
        }
        fresh->cost += slots[s].closes ? cost : 0;
        fresh->bound += cost;
    }
    return true;
}

static void extend(struct beaming *b, int32_t day) {
    const struct pnr_problem *problem = &b->problem;
    const struct pnr_course *course = b->course;
    const struct pnr_course_day *d = &course->days[day];
    const int64_t *rest = &problem->rest[(day + 1) * course->most_states];
    b->fresh_count = 0;
    for (int32_t from = b->first_of_day[day]; from < b->first_of_day[day + 1]; from++) {
        for (int32_t i = d->items_from; i < d->items_to; i++) {
            int32_t cell = b->kept[from].state * d->key_count + course->items[i].key;
            int32_t next = d->next[cell];
            if (problem->item_price[i] >= PNR_NEVER || next < 0 || rest[next] >= PNR_NEVER) {
                continue;
            }
            struct fresh *fresh = &b->fresh[b->fresh_count];
            int64_t cost =
                b->kept[from].cost + problem->item_price[i] + problem->effect_price[d->effect[cell]];
            *fresh = (struct fresh){cost + rest[next] + problem->later[day + 1], cost, from, i, cell};
            b->fresh_count += price_sums(b, day, fresh);
        }
    }
    b->made += b->fresh_count;
}

static int64_t middle_of(int64_t a, int64_t b, int64_t c) {
    return a < b ? (b < c ? b : a < c ? c : a) : (a < c ? a : b < c ? c : b);
}

/* The value that `rank` others are smaller than, or as small as (quickselect). */
static int64_t select_rank(int64_t *values, int32_t count, int32_t rank) {
    int32_t low = 0;
    int32_t high = count - 1;
    while (low < high) {
        int64_t pivot = middle_of(values[low], values[low + (high - low) / 2], values[high]);
        int32_t i = low;
        int32_t j = high;
        while (i <= j) {
            while (values[i] < pivot) {
                i++;
            }
            while (values[j] > pivot) {
                j--;
            }
            if (i <= j) {
                int64_t swap = values[i];
                values[i++] = values[j];
                values[j--] = swap;
            }
        }
        if (rank <= j) {
            high = j;
        } else if (rank >= i) {
            low = i;
        } else {
            break;
        }
    }
    return values[rank];
}

static int compare_fresh(const void *left, const void *right) {
    const struct fresh *a = *(struct fresh *const *)left;
    const struct fresh *b = *(struct fresh *const *)right;
    if (a->bound != b->bound) {
        return a->bound < b->bound ? -1 : 1;
    }
    return (a > b) - (a < b);
}

/* The fresh ones with the least bounds, in order; at most four times the width, for some will be twins. */
static int32_t choose(struct beaming *b) {
    int32_t room = b->width * 4;
    int64_t most = INT64_MAX;
    if (b->fresh_count > room) {
        for (int32_t i = 0; i < b->fresh_count; i++) {
            b->bounds[i] = b->fresh[i].bound;
        }
        most = select_rank(b->bounds, b->fresh_count, room);
    }
    int32_t count = 0;
    for (int32_t i = 0; i < b->fresh_count; i++) {
        if (b->fresh[i].bound <= most) {
            b->order[count++] = &b->fresh[i];
        }
    }
    qsort(b->order, (size_t)count, sizeof(struct fresh *), compare_fresh);
    return count;
}

/* Whether one with the same state and sums is there already: it is no dearer. */
static bool is_twin(const struct beaming *b, int32_t state, const int64_t *sums) {
    size_t slots = (size_t)b->problem.slot_count;
    for (int32_t k = b->newest[state]; k >= 0; k = b->older[k]) {
        if (slots == 0 || memcmp(&b->sums[(size_t)k * slots], sums, slots * sizeof *sums) == 0) {
            return true;
        }
    }
    return false;
}

static void settle(struct beaming *b, int32_t day) {
    int32_t slots = b->problem.slot_count;
    int32_t at = b->first_of_day[day + 1];
    int32_t count = choose(b);
    for (int32_t s = 0; s < b->course->most_states; s++) {
        b->newest[s] = -1;
    }
    for (int32_t i = 0; i < count && at < b->first_of_day[day + 1] + b->width; i++) {
        const struct fresh *fresh = b->order[i];
        int32_t state = b->course->days[day].next[fresh->cell];
        int64_t *sums = &b->sums[at * slots];
        for (int32_t s = 0; s < slots; s++) {
            const struct pnr_slot_day *slot = &b->problem.slots[day * slots + s];
            sums[s] = slot->tally < 0 || slot->closes ? 0 : sum_after(b, day, fresh, s);
        }
        if (!is_twin(b, state, sums)) {
            b->kept[at] = (struct kept){fresh->cost, fresh->before, fresh->item, state};
            b->older[at] = b->newest[state];
            b->newest[state] = at++;
        }
    }
    b->first_of_day[day + 2] = at;
}

/* ---- the answer ---- */

static bool write_best(struct beaming *b, const struct pnr_instance *instance,
                       const struct pnr_price_query *query, struct pnr_beam *beam) {
    const struct pnr_course *course = b->course;
    int32_t room = instance->pairs_of_member[query->member + 1] - instance->pairs_of_member[query->member];
    int32_t *items = pnr_arena_alloc(b->arena, (size_t)course->day_count, sizeof *items);
    int64_t *sums = pnr_arena_alloc(b->arena, (size_t)course->tally_count, sizeof *sums);
    int32_t at = b->first_of_day[course->day_count];
    if (items == NULL || sums == NULL) {
        return false;
    }
    for (int32_t day = course->day_count - 1; day >= 0; day--) {
        items[day] = b->kept[at].item;
        at = b->kept[at].before;
    }
    if (!pnr_pricer_write_way(&b->problem, room, items, sums, &beam->schedule)) {
        return false;
    }
    beam->found = true;
    for (int32_t t = 0; t < course->tally_count; t++) {
        const struct pnr_tally *tally = &course->tallies[t];
        int64_t amount = pnr_tally_amount(tally, tally->start + sums[t]);
        beam->found = beam->found && (!tally->hard || amount <= 0);
        if (!tally->hard) {
            int64_t *cost = &beam->schedule.cost_by_level[tally->level];
            *cost = pnr_plus(*cost, pnr_times(tally->weight, amount));
        }
    }
    pnr_pricer_set_price(query, course->level_count, &beam->schedule);
    return true;
}

static bool run_days(struct beaming *b) {
    if (!open_memory(b) || !find_all_reach(b)) {
        return false;
    }
    b->kept[0] = (struct kept){b->problem.constant, -1, -1, 0};
    b->first_of_day[1] = 1;
    for (int32_t day = 0; day < b->course->day_count; day++) {
        extend(b, day);
        settle(b, day);
    }
    return true;
}

/* Multipliers first: true when there is a way at all. */
static bool tighten(struct beaming *b, struct pnr_beam *beam, bool *has_way) {
    int64_t best;
    int32_t *items = pnr_arena_alloc(b->arena, (size_t)b->course->day_count, sizeof *items);
    if (items == NULL) {
        return false;
    }
    if (beam->mu != NULL) {
        pnr_problem_load_mu(&b->problem, beam->mu);
    }
    int64_t bound = pnr_problem_tighten(&b->problem, INT64_MAX, beam->rounds, &best, items);
    if (beam->mu != NULL) {
        pnr_problem_save_mu(&b->problem, beam->mu);
    }
    *has_way = bound < PNR_NEVER;
    beam->bound = *has_way ? bound : INT64_MAX;
    return bound != -PNR_NEVER;
}

enum pioneer_status pnr_pricer_beam(const struct pnr_pricer *pricer, struct pnr_pricer_scratch *scratch,
                                    const struct pnr_price_query *query, struct pnr_beam *beam) {
    struct beaming b = {
        .course = &pricer->courses[query->member], .arena = &scratch->arena, .width = beam->width};
    beam->found = false;
    beam->bound = INT64_MAX;
    beam->work = 1;
    if (!b.course->feasible) {
        return PIONEER_OK;
    }
    bool has_way;
    pnr_arena_reset(&scratch->arena);
    if (!pnr_problem_init(&b.problem, b.course, pricer->instance, query, &scratch->arena) ||
        !tighten(&b, beam, &has_way)) {
        return PIONEER_E_NO_MEMORY;
    }
    if (has_way) {
        if (!run_days(&b)) {
            return PIONEER_E_NO_MEMORY;
        }
        int32_t days = b.course->day_count;
        bool is_whole = b.first_of_day[days + 1] > b.first_of_day[days];
        if (is_whole && !write_best(&b, pricer->instance, query, beam)) {
            return PIONEER_E_NO_MEMORY;
        }
    }
    beam->work += PNR_WORK_LABEL * b.made + b.problem.cells / PNR_CELLS_A_UNIT + b.course->pattern_count / 20;
    if (b.course->truncated) {
        int64_t least = pnr_pricer_negative_prices(pricer->instance, query);
        beam->bound = least < beam->bound ? least : beam->bound;
    }
    return PIONEER_OK;
}
