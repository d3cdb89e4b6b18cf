/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Duties go round in rings. Dealing out duties of which nobody takes more than one is an assignment problem.
 * It begins with the roster at hand, so that it is solved by what is left to gain: seats (the places of one
 * duty that count alike) are the nodes of a graph, and the arc from one to another is what it costs that the
 * member changes seats for whom it costs least. A ring of arcs that costs less than nothing is a roster that
 * is better by as much; without such a ring no deal is better (Klein, "A primal method for minimal cost
 * flows", 1967; Thompson and Psaraftis, "Cyclic transfer algorithms", 1993).
 */
#include "engine/rings.h"

#include <stdlib.h>
#include <string.h>

#include "engine/price_math.h"
#include "engine/stretch.h"

/* Arcs that are looked at for a unit of work. */
#define ARCS_A_UNIT 100
/* A day of more seats is left alone: every seat has an arc to every other one. */
#define MOST_SEATS 1000
/* The seat of members who have none. */
#define NO_SEAT 0
#define NO_ARC  INT64_MAX
/* What a schedule costs at most: a way over all seats and back is a number, too. */
#define MOST_COST (INT64_MAX / (4 * (int64_t)MOST_SEATS))

/* Where a member could sit. */
struct option {
    int32_t seat;
    int32_t pair; /* -1: nowhere */
    int64_t cost; /* of all that it then does, weighted */
};

/* Places of one duty that are alike. */
struct seat {
    int32_t duty, recipe;
    int32_t first; /* of those who sit there, -1; the next one stands in next_of_member */
};

struct arc {
    int64_t cost;
    int32_t option; /* whose seat the arc leads to */
    int32_t member;
};

struct dealing {
    struct pnr_search *search;
    struct pnr_solution *solution;
    size_t levels;
    int32_t day;             /* of the horizon, from 0 */
    int32_t *laid_down;      /* [member]: a pair, -1 */
    int32_t *option_at;      /* [member]: the option it has, -1: takes no part */
    int32_t *first_option;   /* [member + 1] */
    int32_t *next_of_member; /* [member]: the next one in its seat */
    PNR_ARRAY(struct option) options;
    PNR_ARRAY(struct seat) seats;
    PNR_ARRAY(struct arc) arcs;  /* [seat × seats + seat] */
    PNR_ARRAY(int32_t) parent;   /* [seat]: on the cheapest way so far, -1 */
    PNR_ARRAY(int64_t) distance; /* [seat] */
    PNR_ARRAY(int32_t) mark;     /* [seat] */
    PNR_ARRAY(int32_t) pairs;    /* of a member whose schedule is looked at */
    int64_t *cost;               /* [level] */
    int64_t *change;             /* [level] */
};

/* ---- what is laid down ---- */

/* The member's pairs of the day. */
static struct pnr_pair_range pairs_on(const struct dealing *at, int32_t member) {
    return pnr_span_pairs(at->solution->instance, member, &(struct pnr_span){at->day, at->day + 1});
}

static int compare_seats(const void *left, const void *right) {
    const struct seat *a = left;
    const struct seat *b = right;
    return a->duty != b->duty ? (a->duty < b->duty ? -1 : 1)
                              : (a->recipe > b->recipe) - (a->recipe < b->recipe);
}

static struct seat seat_of_pair(const struct dealing *at, int32_t pair) {
    return (struct seat){at->solution->instance->duty_of_pair[pair],
                         at->solution->couplings->recipe_of_pair[pair], -1};
}

/* The seat of a pair's kind, -1: nothing of it was laid down. */
static int32_t find_seat(const struct dealing *at, int32_t pair) {
    struct seat wanted = seat_of_pair(at, pair);
    const struct seat *found =
        bsearch(&wanted, at->seats.items, (size_t)at->seats.count, sizeof wanted, compare_seats);
    return found == NULL ? -1 : (int32_t)(found - at->seats.items);
}

/* Seats in order, NO_SEAT first. */
static bool set_out_seats(struct dealing *at) {
    pnr_array_clear(&at->seats);
    if (!pnr_array_push(&at->seats, (struct seat){-1, -1, -1})) {
        return false;
    }
    for (int32_t m = 0; m < at->solution->instance->member_count; m++) {
        at->laid_down[m] =
            at->search->is_feasible[m] ? pnr_search_draw_pair(at->search, at->solution, pairs_on(at, m)) : -1;
        if (at->laid_down[m] >= 0 && !pnr_array_push(&at->seats, seat_of_pair(at, at->laid_down[m]))) {
            return false;
        }
    }
    qsort(at->seats.items, (size_t)at->seats.count, sizeof *at->seats.items, compare_seats);
    int32_t kept = 1;
    for (int32_t s = 1; s < at->seats.count; s++) {
        if (compare_seats(&at->seats.items[s], &at->seats.items[kept - 1]) != 0) {
            at->seats.items[kept++] = at->seats.items[s];
        }
    }
    at->seats.count = kept;
    return true;
}

/* ---- where members could sit ---- */

/* What the member does with `taken` (-1: nothing) instead of what it laid down. */
static bool read_pairs(struct dealing *at, int32_t member, int32_t taken) {
    const struct pnr_instance *instance = at->solution->instance;
    int32_t most = instance->pairs_of_member[member + 1] - instance->pairs_of_member[member];
    if (!pnr_array_reserve(&at->pairs, most + 2)) {
        return false;
    }
    int32_t count = pnr_solution_pairs_of(at->solution, member, at->pairs.items);
    int32_t kept = 0;
    for (int32_t i = 0; i < count; i++) {
        at->pairs.items[kept] = at->pairs.items[i];
        kept += at->pairs.items[i] != at->laid_down[member];
    }
    if (taken >= 0) {
        int32_t i = kept++;
        for (; i > 0 && at->pairs.items[i - 1] > taken; i--) {
            at->pairs.items[i] = at->pairs.items[i - 1];
        }
        at->pairs.items[i] = taken;
    }
    at->pairs.count = kept;
    return true;
}

static enum pioneer_status value(struct dealing *at, int32_t member, bool *legal) {
    if (at->pairs.count == 0 && at->solution->must_serve[member]) {
        *legal = false;
        return PIONEER_OK;
    }
    return pnr_search_value(at->search, member, at->pairs.items, at->pairs.count, at->cost, legal);
}

static int64_t weigh(const struct dealing *at, const int64_t *cost) {
    int64_t sum = 0;
    for (size_t l = 0; l < at->levels; l++) {
        int64_t weighed = pnr_times(at->search->weight_of_value[l + 1], cost[l]);
        sum = weighed > MOST_COST - sum ? MOST_COST : sum + weighed;
    }
    return sum;
}

static enum pioneer_status offer(struct dealing *at, int32_t member, int32_t seat, int32_t pair) {
    bool legal = false;
    if (!read_pairs(at, member, pair)) {
        return PIONEER_E_NO_MEMORY;
    }
    enum pioneer_status status = value(at, member, &legal);
    if (status == PIONEER_OK && legal) {
        struct option option = {seat, pair, weigh(at, at->cost)};
        if (pair == at->laid_down[member]) {
            at->option_at[member] = at->options.count;
        }
        status = pnr_array_push(&at->options, option) ? PIONEER_OK : PIONEER_E_NO_MEMORY;
    }
    return status;
}

static enum pioneer_status offer_all(struct dealing *at, int32_t member) {
    struct pnr_pair_range range = pairs_on(at, member);
    at->option_at[member] = -1;
    at->first_option[member] = at->options.count;
    bool may_move = at->search->is_feasible[member] && range.first < range.last;
    enum pioneer_status status = may_move ? offer(at, member, NO_SEAT, -1) : PIONEER_OK;
    for (int32_t p = range.first; p < range.last && may_move && status == PIONEER_OK; p++) {
        bool is_free = p == at->laid_down[member] || !at->solution->is_chosen[p];
        int32_t seat = is_free ? find_seat(at, p) : -1;
        status = seat >= 0 ? offer(at, member, seat, p) : PIONEER_OK;
    }
    at->first_option[member + 1] = at->options.count;
    return status;
}

static enum pioneer_status offer_seats(struct dealing *at) {
    enum pioneer_status status = PIONEER_OK;
    pnr_array_clear(&at->options);
    for (int32_t m = 0; m < at->solution->instance->member_count && status == PIONEER_OK; m++) {
        status = offer_all(at, m);
        if (status == PIONEER_OK && at->option_at[m] >= 0) {
            struct seat *seat = &at->seats.items[at->options.items[at->option_at[m]].seat];
            at->next_of_member[m] = seat->first;
            seat->first = m;
        }
    }
    return status;
}

/* ---- rings ---- */

static struct arc *arcs_from(struct dealing *at, int32_t seat) {
    return at->arcs.items + (size_t)seat * (size_t)at->seats.count;
}

/* The cheapest changes to every other seat of those who sit there. */
static void find_arcs(struct dealing *at, int32_t from) {
    struct arc *arcs = arcs_from(at, from);
    int64_t looks = at->seats.count;
    for (int32_t s = 0; s < at->seats.count; s++) {
        arcs[s].cost = NO_ARC;
    }
    for (int32_t m = at->seats.items[from].first; m >= 0; m = at->next_of_member[m]) {
        int64_t now = at->options.items[at->option_at[m]].cost;
        for (int32_t i = at->first_option[m]; i < at->first_option[m + 1]; i++) {
            const struct option *option = &at->options.items[i];
            if (option->cost - now < arcs[option->seat].cost && option->seat != from) {
                arcs[option->seat] = (struct arc){option->cost - now, i, m};
            }
        }
        looks += at->first_option[m + 1] - at->first_option[m];
    }
    pnr_budget_spend(at->search->budget, looks / ARCS_A_UNIT);
}

static void stand_up(struct dealing *at, int32_t member) {
    int32_t *link = &at->seats.items[at->options.items[at->option_at[member]].seat].first;
    while (*link != member) {
        link = &at->next_of_member[*link];
    }
    *link = at->next_of_member[member];
}

static void change_seat(struct dealing *at, const struct arc *arc) {
    struct seat *seat = &at->seats.items[at->options.items[arc->option].seat];
    stand_up(at, arc->member);
    at->option_at[arc->member] = arc->option;
    at->next_of_member[arc->member] = seat->first;
    seat->first = arc->member;
}

/* Everybody on the ring moves on. */
static void turn(struct dealing *at, int32_t ring) {
    int32_t to = ring;
    do {
        int32_t from = at->parent.items[to];
        change_seat(at, &arcs_from(at, from)[to]);
        to = from;
    } while (to != ring);
    do {
        find_arcs(at, to);
        to = at->parent.items[to];
    } while (to != ring);
}

/* Turns all rings of parents; they have no seat in common. Whether there was one. */
static bool turn_rings_of_parents(struct dealing *at) {
    bool found = false;
    for (int32_t s = 0; s < at->seats.count; s++) {
        at->mark.items[s] = -1;
    }
    for (int32_t s = 0; s < at->seats.count; s++) {
        int32_t walker = s;
        while (walker >= 0 && at->mark.items[walker] < 0) {
            at->mark.items[walker] = s;
            walker = at->parent.items[walker];
        }
        if (walker >= 0 && at->mark.items[walker] == s) {
            turn(at, walker);
            found = true;
        }
    }
    return found;
}

/* Makes ways shorter over one arc more; whether any was. */
static bool shorten(struct dealing *at) {
    int32_t count = at->seats.count;
    bool shorter = false;
    for (int32_t from = 0; from < count; from++) {
        const struct arc *arcs = arcs_from(at, from);
        int64_t distance = at->distance.items[from];
        for (int32_t to = 0; to < count; to++) {
            if (arcs[to].cost < NO_ARC && distance + arcs[to].cost < at->distance.items[to]) {
                at->distance.items[to] = distance + arcs[to].cost;
                at->parent.items[to] = from;
                shorter = true;
            }
        }
    }
    pnr_budget_spend(at->search->budget, (int64_t)count * count / ARCS_A_UNIT + 1);
    return shorter;
}

/* Seeks the shortest ways from anywhere until they close rings, and turns these; false: no ring costs less
 * than nothing. */
static bool seek_rings(struct dealing *at) {
    for (int32_t s = 0; s < at->seats.count; s++) {
        at->distance.items[s] = 0;
        at->parent.items[s] = -1;
    }
    while (shorten(at)) {
        if (turn_rings_of_parents(at)) {
            return true;
        }
    }
    return false;
}

static bool make_room(struct dealing *at) {
    int32_t count = at->seats.count;
    return pnr_array_reserve(&at->arcs, count * count) && pnr_array_reserve(&at->parent, count) &&
           pnr_array_reserve(&at->distance, count) && pnr_array_reserve(&at->mark, count);
}

static void turn_rings(struct dealing *at) {
    for (int32_t s = 0; s < at->seats.count; s++) {
        find_arcs(at, s);
    }
    while (pnr_budget_stop(at->search->budget) == PNR_STOP_NONE && seek_rings(at)) {
    }
}

/* ---- the roster ---- */

static bool has_moved(const struct dealing *at, int32_t member) {
    return at->option_at[member] >= 0 &&
           at->options.items[at->option_at[member]].pair != at->laid_down[member];
}

/* Values what a member who has moved does now. */
static enum pioneer_status value_moved(struct dealing *at, int32_t member) {
    bool legal = false;
    if (!read_pairs(at, member, at->options.items[at->option_at[member]].pair)) {
        return PIONEER_E_NO_MEMORY;
    }
    return value(at, member, &legal);
}

/* What all moves change, by level; below, at or above 0 lexicographically in *order. */
static enum pioneer_status find_change(struct dealing *at, int *order) {
    enum pioneer_status status = PIONEER_OK;
    memset(at->change, 0, at->levels * sizeof *at->change);
    for (int32_t m = 0; m < at->solution->instance->member_count && status == PIONEER_OK; m++) {
        if (has_moved(at, m)) {
            status = value_moved(at, m);
            for (size_t l = 0; l < at->levels && status == PIONEER_OK; l++) {
                at->change[l] += at->cost[l] - at->solution->cost_of_member[(size_t)m * at->levels + l];
            }
        }
    }
    *order = 0;
    for (size_t l = 0; l < at->levels && *order == 0; l++) {
        *order = (at->change[l] > 0) - (at->change[l] < 0);
    }
    return status;
}

static enum pioneer_status take_over(struct dealing *at) {
    enum pioneer_status status = PIONEER_OK;
    for (int32_t m = 0; m < at->solution->instance->member_count && status == PIONEER_OK; m++) {
        if (has_moved(at, m)) {
            status = value_moved(at, m);
            if (status == PIONEER_OK) {
                pnr_solution_set_member(at->solution, m, at->pairs.items, at->pairs.count, at->cost);
            }
        }
    }
    return status;
}

/* Deals out the duties of the day anew. */
static enum pioneer_status deal(struct dealing *at, bool *gained) {
    *gained = false;
    if (!set_out_seats(at)) {
        return PIONEER_E_NO_MEMORY;
    }
    if (at->seats.count < 2 || at->seats.count > MOST_SEATS) {
        return PIONEER_OK;
    }
    enum pioneer_status status = make_room(at) ? offer_seats(at) : PIONEER_E_NO_MEMORY;
    int order = 0;
    if (status == PIONEER_OK) {
        turn_rings(at);
        status = find_change(at, &order);
    }
    *gained = order < 0;
    return status == PIONEER_OK && *gained ? take_over(at) : status;
}

static bool allocate(struct dealing *at) {
    size_t members = (size_t)at->solution->instance->member_count + 1;
    at->laid_down = calloc(members, sizeof *at->laid_down);
    at->option_at = calloc(members, sizeof *at->option_at);
    at->first_option = calloc(members, sizeof *at->first_option);
    at->next_of_member = calloc(members, sizeof *at->next_of_member);
    at->cost = calloc(at->levels + 1, sizeof *at->cost);
    at->change = calloc(at->levels + 1, sizeof *at->change);
    return at->laid_down != NULL && at->option_at != NULL && at->first_option != NULL &&
           at->next_of_member != NULL && at->cost != NULL && at->change != NULL;
}

static void release(struct dealing *at) {
    free(at->laid_down);
    free(at->option_at);
    free(at->first_option);
    free(at->next_of_member);
    free(at->cost);
    free(at->change);
    pnr_array_fini(&at->options);
    pnr_array_fini(&at->seats);
    pnr_array_fini(&at->arcs);
    pnr_array_fini(&at->parent);
    pnr_array_fini(&at->distance);
    pnr_array_fini(&at->mark);
    pnr_array_fini(&at->pairs);
}

enum pioneer_status pnr_search_close_rings(struct pnr_search *search, struct pnr_solution *solution,
                                           int32_t level, int64_t goal, int64_t work) {
    struct dealing at = {.search = search, .solution = solution, .levels = (size_t)solution->value_count - 1};
    int32_t days = solution->instance->last_day - solution->instance->first_day + 1;
    int64_t end = search->budget->work_used + work;
    /* each duty keeps its heads, so that nothing but members' costs can change */
    int32_t in_vain = pnr_solution_charges_members(solution, level) ? 0 : days;
    pnr_search_weigh(search, solution->value_count, level);
    enum pioneer_status status = allocate(&at) ? PIONEER_OK : PIONEER_E_NO_MEMORY;
    at.day = (int32_t)pnr_rng_below(&search->rng, (uint32_t)days);
    while (status == PIONEER_OK && in_vain < days && solution->value[level + 1] > goal &&
           search->budget->work_used < end && pnr_budget_stop(search->budget) == PNR_STOP_NONE) {
        bool gained;
        status = deal(&at, &gained);
        in_vain = gained ? 0 : in_vain + 1;
        at.day = (at.day + 1) % days;
    }
    release(&at);
    return status;
}
