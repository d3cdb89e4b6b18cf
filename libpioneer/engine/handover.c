/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Duties change hands: members choose anew and may take what others would be glad to leave. */
#include "engine/handover.h"

#include <stdlib.h>
#include <string.h>

#include "engine/price_math.h"

/* So many members choose in one move, and so many are changed by it, at most. */
#define MOST_CHOOSING 4
#define MOST_CHANGED  24
/* One move in so many begins with a member who lets go of what it has. */
#define LETS_GO_IN 4
/* What it costs a member to leave a duty that it must not leave. */
#define NEVER PNR_PAIR_LIMIT
/* Pairs that setting up looks at for one. */
#define PAIRS_A_UNIT 50

/* A member as it was before the move. */
struct before {
    int32_t member;
    int32_t first_pair, pair_count; /* in old_pairs */
    uint8_t is_relieved;            /* nobody asks for its relief while it is changed */
};

struct handover {
    struct pnr_search *search;
    struct pnr_solution *solution;
    size_t levels;
    int32_t *first_slot;  /* [duty + 1] */
    int32_t *slots;       /* pairs that hold a duty: the first `held` from its first slot on */
    int32_t *held;        /* [duty] */
    int64_t *relief;      /* [pair]: what it changes, weighted, when the member leaves it and nothing else */
    uint8_t *is_relieved; /* [member]: its relief is known */
    int32_t *rank;        /* [pair]: which of the member's it is, where relief is known */
    int32_t *leaver;      /* [pair]: who would leave for the member that chooses, a pair; -1: there is room */
    PNR_ARRAY(int32_t) pairs; /* of a member whose schedule is looked at, and its cost [level] */
    int64_t *cost;
    PNR_ARRAY(int32_t) chosen; /* of the one that chooses */
    int64_t *chosen_cost;
    /* of the move at hand */
    bool offers_one; /* each holder would leave one duty, drawn by `draw`: its relief is exact then */
    bool lets_go;    /* the first member leaves what it has without asking who takes it over */
    uint32_t draw;
    struct before changed[MOST_CHANGED];
    int32_t changed_count;
    PNR_ARRAY(int32_t) old_pairs;
    int64_t *old_cost; /* [changed × level] */
};

/* ---- who holds what ---- */

static bool index_slots(struct handover *at) {
    const struct pnr_instance *instance = at->solution->instance;
    at->first_slot = calloc((size_t)instance->duty_count + 1, sizeof *at->first_slot);
    at->held = calloc((size_t)instance->duty_count + 1, sizeof *at->held);
    if (at->first_slot == NULL || at->held == NULL) {
        return false;
    }
    for (int32_t d = 0; d < instance->duty_count; d++) {
        int32_t pairs = instance->pairs_of_duty[d + 1] - instance->pairs_of_duty[d];
        int32_t heads = at->solution->heads[d];
        int32_t most = heads > instance->most_heads[d] ? heads : instance->most_heads[d];
        at->first_slot[d + 1] = at->first_slot[d] + (pairs < most ? pairs : most);
    }
    at->slots = calloc((size_t)at->first_slot[instance->duty_count] + 1, sizeof *at->slots);
    for (int32_t p = 0; at->slots != NULL && p < instance->pair_count; p++) {
        if (at->solution->is_chosen[p]) {
            int32_t duty = instance->duty_of_pair[p];
            at->slots[at->first_slot[duty] + at->held[duty]++] = p;
        }
    }
    return at->slots != NULL;
}

static void enter_slot(struct handover *at, int32_t pair) {
    int32_t duty = at->solution->instance->duty_of_pair[pair];
    at->slots[at->first_slot[duty] + at->held[duty]++] = pair;
}

static void leave_slot(struct handover *at, int32_t pair) {
    int32_t duty = at->solution->instance->duty_of_pair[pair];
    int32_t *slots = at->slots + at->first_slot[duty];
    int32_t i = 0;
    while (slots[i] != pair) {
        i++;
    }
    slots[i] = slots[--at->held[duty]];
}

/* Gives the member these pairs (ascending). */
static void set_member(struct handover *at, int32_t member, const int32_t *pairs, int32_t count,
                       const int64_t *cost) {
    struct pnr_solution *solution = at->solution;
    int32_t next = 0;
    for (int32_t p = solution->instance->pairs_of_member[member];
         p < solution->instance->pairs_of_member[member + 1]; p++) {
        bool wanted = next < count && pairs[next] == p;
        next += wanted;
        if (solution->is_chosen[p] && !wanted) {
            leave_slot(at, p);
        } else if (wanted && !solution->is_chosen[p]) {
            enter_slot(at, p);
        }
    }
    pnr_solution_set_member(solution, member, pairs, count, cost);
    at->is_relieved[member] = 0;
}

/* ---- what it is worth to leave ---- */

static bool read_pairs(struct handover *at, int32_t member) {
    const struct pnr_instance *instance = at->solution->instance;
    int32_t most = instance->pairs_of_member[member + 1] - instance->pairs_of_member[member];
    if (!pnr_array_reserve(&at->pairs, most + 1)) {
        return false;
    }
    at->pairs.count = pnr_solution_pairs_of(at->solution, member, at->pairs.items);
    return true;
}

static enum pioneer_status value(struct handover *at, int32_t member, bool *legal) {
    return pnr_search_value(at->search, member, at->pairs.items, at->pairs.count, at->cost, legal);
}

/* What the costs at hand are more than those that the member has, weighted. */
static int64_t dearer_by(const struct handover *at, int32_t member) {
    const int64_t *now = at->solution->cost_of_member + (size_t)member * at->levels;
    int64_t more = 0;
    for (size_t l = 0; l < at->levels; l++) {
        int64_t change = at->cost[l] - now[l];
        int64_t amount = pnr_times(at->search->weight_of_value[l + 1], change < 0 ? -change : change);
        more = pnr_pair_price(change < 0 ? more - amount : more + amount);
    }
    return more;
}

/* Values the member without each of its duties. */
static enum pioneer_status find_relief(struct handover *at, int32_t member) {
    if (!read_pairs(at, member)) {
        return PIONEER_E_NO_MEMORY;
    }
    int32_t count = at->pairs.count;
    bool must_stay = count == 1 && at->solution->must_serve[member];
    enum pioneer_status status = PIONEER_OK;
    at->pairs.count = count - 1;
    for (int32_t i = count - 1; i >= 0 && status == PIONEER_OK; i--) { /* the last stands behind the others */
        int32_t left = at->pairs.items[i];
        memmove(at->pairs.items + i, at->pairs.items + i + 1, (size_t)(count - 1 - i) * sizeof left);
        bool legal = false;
        status = must_stay ? PIONEER_OK : value(at, member, &legal);
        at->relief[left] = legal ? dearer_by(at, member) : NEVER;
        at->rank[left] = i;
        memmove(at->pairs.items + i + 1, at->pairs.items + i, (size_t)(count - 1 - i) * sizeof left);
        at->pairs.items[i] = left;
    }
    at->is_relieved[member] = 1;
    return status;
}

/* ---- choosing ---- */

static bool is_changed(const struct handover *at, int32_t member) {
    for (int32_t i = 0; i < at->changed_count; i++) {
        if (at->changed[i].member == member) {
            return true;
        }
    }
    return false;
}

static bool is_offered(const struct handover *at, int32_t held) {
    int32_t member = at->solution->instance->member_of_pair[held];
    uint32_t count = (uint32_t)at->solution->pairs_taken[member];
    return at->relief[held] < NEVER && (!at->offers_one || (uint32_t)at->rank[held] == at->draw % count);
}

/* Who would leave the duty of a pair for its member at the least cost; the price of that; -1: nobody may. */
static enum pioneer_status find_leaver(struct handover *at, int32_t pair, int32_t *leaver, int64_t *price) {
    const struct pnr_instance *instance = at->solution->instance;
    int32_t duty = instance->duty_of_pair[pair];
    enum pioneer_status status = PIONEER_OK;
    *leaver = -1;
    *price = NEVER;
    for (int32_t i = 0; i < at->held[duty] && status == PIONEER_OK; i++) {
        int32_t held = at->slots[at->first_slot[duty] + i];
        int32_t member = instance->member_of_pair[held];
        if (!at->search->is_feasible[member] || is_changed(at, member)) {
            continue;
        }
        if (!at->is_relieved[member]) {
            status = find_relief(at, member);
        }
        if (status == PIONEER_OK && is_offered(at, held)) {
            int64_t change =
                pnr_pair_price(at->relief[held] + pnr_solution_price_exchange(at->solution, held, pair,
                                                                              at->search->weight_of_value));
            if (change < *price) {
                *price = change;
                *leaver = held;
            }
        }
    }
    return status;
}

/* Prices of the member's pairs, and who would leave. */
static enum pioneer_status price(struct handover *at, int32_t member, bool may_take) {
    const struct pnr_instance *instance = at->solution->instance;
    struct pnr_search *search = at->search;
    enum pioneer_status status = PIONEER_OK;
    for (int32_t p = instance->pairs_of_member[member];
         p < instance->pairs_of_member[member + 1] && status == PIONEER_OK; p++) {
        at->leaver[p] = -1;
        search->forbidden[p] = 0;
        if (pnr_solution_has_room(at->solution, instance->duty_of_pair[p])) {
            search->price_of_pair[p] = pnr_solution_price_pair(at->solution, p, search->weight_of_value);
        } else {
            search->price_of_pair[p] = 0;
            if (may_take) {
                status = find_leaver(at, p, &at->leaver[p], &search->price_of_pair[p]);
            }
            search->forbidden[p] = at->leaver[p] < 0;
        }
    }
    return status;
}

/* What the member had before the move is worth no more to it than what anybody could take over. */
static void let_go(struct handover *at) {
    const struct before *before = &at->changed[0];
    for (int32_t i = 0; i < before->pair_count; i++) {
        int64_t *price = &at->search->price_of_pair[at->old_pairs.items[before->first_pair + i]];
        *price = *price < 0 ? 0 : *price;
    }
}

/* Keeps the member as it is, to come back to; false: memory is short. */
static bool remember(struct handover *at, int32_t member) {
    if (!read_pairs(at, member)) {
        return false;
    }
    struct before *before = &at->changed[at->changed_count];
    *before = (struct before){member, at->old_pairs.count, at->pairs.count, at->is_relieved[member]};
    for (int32_t i = 0; i < at->pairs.count; i++) {
        if (!pnr_array_push(&at->old_pairs, at->pairs.items[i])) {
            return false;
        }
    }
    memcpy(at->old_cost + (size_t)at->changed_count * at->levels,
           at->solution->cost_of_member + (size_t)member * at->levels, at->levels * sizeof *at->old_cost);
    at->changed_count++;
    return true;
}

/* All of them leave first, so that no duty is held by more than it has room for. */
static void restore(struct handover *at) {
    for (int32_t i = 0; i < at->changed_count; i++) {
        set_member(at, at->changed[i].member, NULL, 0, at->old_cost + (size_t)i * at->levels);
    }
    for (int32_t i = 0; i < at->changed_count; i++) {
        const struct before *before = &at->changed[i];
        set_member(at, before->member, at->old_pairs.items + before->first_pair, before->pair_count,
                   at->old_cost + (size_t)i * at->levels);
        at->is_relieved[before->member] = before->is_relieved;
    }
}

/* The holder of a pair leaves it; *done: it may. */
static enum pioneer_status leave(struct handover *at, int32_t left, bool *done) {
    int32_t member = at->solution->instance->member_of_pair[left];
    *done = is_changed(at, member) || at->changed_count < MOST_CHANGED;
    if (!*done) {
        return PIONEER_OK;
    }
    if ((!is_changed(at, member) && !remember(at, member)) || !read_pairs(at, member)) {
        return PIONEER_E_NO_MEMORY;
    }
    int32_t kept = 0;
    for (int32_t i = 0; i < at->pairs.count; i++) {
        at->pairs.items[kept] = at->pairs.items[i];
        kept += at->pairs.items[i] != left;
    }
    at->pairs.count = kept;
    enum pioneer_status status = value(at, member, done);
    if (status == PIONEER_OK && *done) {
        set_member(at, member, at->pairs.items, kept, at->cost);
    }
    return status;
}

/* The member takes the schedule of an answer, and others leave what has no room. The answer stands in the
 * scratch, which valuations use. */
static enum pioneer_status take(struct handover *at, int32_t member, const struct pnr_schedule *schedule,
                                bool *done) {
    int32_t count = schedule->pair_count;
    if (!pnr_array_reserve(&at->chosen, count + 1)) {
        return PIONEER_E_NO_MEMORY;
    }
    memcpy(at->chosen.items, schedule->pairs, (size_t)count * sizeof *at->chosen.items);
    memcpy(at->chosen_cost, schedule->cost_by_level, at->levels * sizeof *at->chosen_cost);
    enum pioneer_status status = PIONEER_OK;
    for (int32_t i = 0; i < count && status == PIONEER_OK && *done; i++) {
        if (at->leaver[at->chosen.items[i]] >= 0) {
            status = leave(at, at->leaver[at->chosen.items[i]], done);
        }
    }
    if (status == PIONEER_OK && *done) {
        set_member(at, member, at->chosen.items, count, at->chosen_cost);
    }
    return status;
}

/* The member chooses anew; *done: it did, and whoever had to leave something could. */
static enum pioneer_status choose(struct handover *at, int32_t member, bool may_take, bool *done) {
    struct pnr_search *search = at->search;
    if (!is_changed(at, member) && !remember(at, member)) {
        return PIONEER_E_NO_MEMORY;
    }
    memcpy(at->cost, at->solution->cost_of_member + (size_t)member * at->levels,
           at->levels * sizeof *at->cost);
    set_member(at, member, NULL, 0, at->cost);
    enum pioneer_status status = price(at, member, may_take);
    if (at->lets_go && member == at->changed[0].member) {
        let_go(at);
    }
    struct pnr_price_answer answer = {0};
    if (status == PIONEER_OK) {
        struct pnr_price_query query = pnr_search_query(search, member);
        status = pnr_pricer_price(search->pricer, search->scratch, &query, &answer);
    }
    if (status != PIONEER_OK) {
        return status;
    }
    const int32_t *of_member = at->solution->instance->pairs_of_member;
    pnr_budget_spend(search->budget, answer.work + of_member[member + 1] - of_member[member]);
    *done = answer.count > 0;
    return *done ? take(at, member, &answer.schedules[0], done) : PIONEER_OK;
}

/* One move, from a member on. Those who left something choose in the order in which they did. */
static enum pioneer_status move(struct handover *at, int32_t member) {
    struct pnr_solution *solution = at->solution;
    at->changed_count = 0;
    pnr_array_clear(&at->old_pairs);
    memcpy(at->search->old_value, solution->value, (size_t)solution->value_count * sizeof(int64_t));
    at->offers_one = pnr_rng_below(&at->search->rng, 2) == 0;
    at->lets_go = pnr_rng_below(&at->search->rng, LETS_GO_IN) == 0;
    at->draw = pnr_rng_below(&at->search->rng, INT32_MAX);
    bool done = true;
    enum pioneer_status status = choose(at, member, true, &done);
    for (int32_t i = 1; i < MOST_CHOOSING && i < at->changed_count && done && status == PIONEER_OK; i++) {
        status = choose(at, at->changed[i].member, i + 1 < MOST_CHOOSING, &done);
    }
    bool is_worse = !done || status != PIONEER_OK ||
                    pnr_value_compare(solution->value, at->search->old_value, solution->value_count) > 0;
    if (is_worse) {
        restore(at);
    }
    return status;
}

static bool allocate(struct handover *at) {
    const struct pnr_instance *instance = at->solution->instance;
    size_t pairs = (size_t)instance->pair_count + 1;
    at->relief = calloc(pairs, sizeof *at->relief);
    at->leaver = calloc(pairs, sizeof *at->leaver);
    at->is_relieved = calloc((size_t)instance->member_count + 1, 1);
    at->rank = calloc(pairs, sizeof *at->rank);
    at->old_cost = calloc(MOST_CHANGED * at->levels + 1, sizeof *at->old_cost);
    at->cost = calloc(at->levels + 1, sizeof *at->cost);
    at->chosen_cost = calloc(at->levels + 1, sizeof *at->chosen_cost);
    return at->relief != NULL && at->leaver != NULL && at->is_relieved != NULL && at->rank != NULL &&
           at->old_cost != NULL && at->cost != NULL && at->chosen_cost != NULL && index_slots(at);
}

static void release(struct handover *at) {
    free(at->first_slot);
    free(at->slots);
    free(at->held);
    free(at->relief);
    free(at->is_relieved);
    free(at->rank);
    free(at->leaver);
    free(at->old_cost);
    free(at->cost);
    free(at->chosen_cost);
    pnr_array_fini(&at->chosen);
    pnr_array_fini(&at->old_pairs);
    pnr_array_fini(&at->pairs);
}

enum pioneer_status pnr_search_hand_over(struct pnr_search *search, struct pnr_solution *solution,
                                         int32_t level, int64_t goal, int64_t work) {
    const struct pnr_instance *instance = solution->instance;
    struct handover at = {
        .search = search, .solution = solution, .levels = (size_t)solution->value_count - 1};
    pnr_search_weigh(search, solution->value_count, level);
    int64_t end = search->budget->work_used + work;
    pnr_budget_spend(search->budget, instance->pair_count / PAIRS_A_UNIT);
    enum pioneer_status status = allocate(&at) ? PIONEER_OK : PIONEER_E_NO_MEMORY;
    while (status == PIONEER_OK && solution->value[level + 1] > goal && search->budget->work_used < end &&
           pnr_budget_stop(search->budget) == PNR_STOP_NONE) {
        int32_t member = (int32_t)pnr_rng_below(&search->rng, (uint32_t)instance->member_count);
        bool has_choice = search->is_feasible[member] &&
                          instance->pairs_of_member[member] < instance->pairs_of_member[member + 1];
        pnr_budget_spend(search->budget, 1);
        status = has_choice ? move(&at, member) : PIONEER_OK;
    }
    release(&at);
    return status;
}
