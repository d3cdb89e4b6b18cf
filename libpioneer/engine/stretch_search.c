/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Neighbourhood search on long horizons: a few members are freed for some weeks and keep what they do before
 * and after. */
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "engine/multipliers.h"
#include "engine/price_math.h"
#include "engine/search.h"
#include "engine/stretch.h"
#include "rules/coupling.h"

/* The most members and weeks that one move frees. */
#define MOST_FREED 4
#define MOST_WEEKS 4
/* The same where it frees two spans of weeks. */
#define MOST_WEEKS_OF_TWO 2
/* Labels a schedule may cost before it need not be the very cheapest. */
#define MOST_LABELS 20000
/* Duties that cost are listed anew after so many moves. */
#define MOVES_A_LISTING 256
/* Held days are walked: so many of them are a unit of work. */
#define DAYS_A_UNIT 10
/* And so many pairs are priced in one. */
#define PAIRS_A_UNIT 4

/* A member on the move. */
struct freed {
    int32_t member;
    struct pnr_pair_range pairs[2];       /* of each span of free days */
    int32_t first_taken[2], taken_end[2]; /* those of them that it had, in its way */
    int64_t *old_cost;
};

struct moving {
    struct pnr_search *search;
    struct pnr_solution *solution;
    size_t levels;
    struct pnr_span spans[2]; /* days of the horizon that are free */
    int32_t span_count;
    int32_t members[MOST_FREED]; /* who are freed, in the order in which they are to choose */
    struct freed freed[MOST_FREED];
    int32_t count;
    bool *is_walked; /* [member]: the way is the solution's */
};

/* ---- who, and when ---- */

/* Whole weeks around a day. */
static struct pnr_span pick_weeks(struct moving *moving, int32_t day, uint32_t most) {
    const struct pnr_instance *instance = moving->solution->instance;
    struct pnr_rng *rng = &moving->search->rng;
    int32_t weeks = 1 + (int32_t)pnr_rng_below(rng, most);
    int32_t week = pnr_week_of(instance->first_day + day) - (int32_t)pnr_rng_below(rng, (uint32_t)weeks);
    return pnr_span_of_weeks(instance, week, weeks);
}

static int32_t any_day(struct moving *moving) {
    const struct pnr_instance *instance = moving->solution->instance;
    return (int32_t)pnr_rng_below(&moving->search->rng,
                                  (uint32_t)(instance->last_day - instance->first_day + 1));
}

/* Weeks around the day, half of the time with other weeks, for sums are often about all of the horizon. */
static void pick_days(struct moving *moving, int32_t day) {
    struct pnr_span *spans = moving->spans;
    bool is_alone = pnr_rng_below(&moving->search->rng, 2) == 0;
    spans[0] = pick_weeks(moving, day, is_alone ? MOST_WEEKS : MOST_WEEKS_OF_TWO);
    moving->span_count = 1;
    if (is_alone) {
        return;
    }
    struct pnr_span other = pick_weeks(moving, any_day(moving), MOST_WEEKS_OF_TWO);
    bool is_before = other.to < spans[0].from;
    if (is_before || other.from > spans[0].to) {
        spans[1] = is_before ? spans[0] : other;
        spans[0] = is_before ? other : spans[0];
        moving->span_count = 2;
    } else {
        spans[0].from = other.from < spans[0].from ? other.from : spans[0].from;
        spans[0].to = other.to > spans[0].to ? other.to : spans[0].to;
    }
}

static bool is_freed(const struct moving *moving, int32_t member) {
    for (int32_t i = 0; i < moving->count; i++) {
        if (moving->members[i] == member) {
            return true;
        }
    }
    return false;
}

static void free_member(struct moving *moving, int32_t member) {
    if (member >= 0 && moving->search->is_feasible[member] && !is_freed(moving, member)) {
        moving->members[moving->count++] = member;
    }
}

/* Somebody who may take a duty that `member` may take in the stretch, -1. */
static int32_t rival_of(struct moving *moving, int32_t member) {
    const struct pnr_instance *instance = moving->solution->instance;
    const struct pnr_span *span =
        &moving->spans[pnr_rng_below(&moving->search->rng, (uint32_t)moving->span_count)];
    struct pnr_pair_range range = pnr_span_pairs(instance, member, span);
    if (range.first == range.last) {
        return -1;
    }
    uint32_t count = (uint32_t)(range.last - range.first);
    int32_t pair = range.first + (int32_t)pnr_rng_below(&moving->search->rng, count);
    return pnr_search_rival(moving->search, instance, instance->duty_of_pair[pair]);
}

/* Weeks with a duty that costs and some who may take it, half of the time; else any. */
static void pick(struct moving *moving) {
    struct pnr_search *search = moving->search;
    const struct pnr_instance *instance = moving->solution->instance;
    int32_t wanted = 2 + (int32_t)pnr_rng_below(&search->rng, MOST_FREED - 1);
    moving->count = 0;
    if (search->costly_count > 0 && pnr_rng_below(&search->rng, 2) == 0) {
        int32_t duty = search->costly[pnr_rng_below(&search->rng, (uint32_t)search->costly_count)];
        pick_days(moving, instance->day_of_duty[duty] - instance->first_day);
        free_member(moving, pnr_search_rival(search, instance, duty));
    } else {
        pick_days(moving, any_day(moving));
        free_member(moving, (int32_t)pnr_rng_below(&search->rng, (uint32_t)instance->member_count));
    }
    for (int32_t tries = 0; moving->count > 0 && moving->count < wanted && tries < 3 * MOST_FREED; tries++) {
        free_member(moving, rival_of(moving, moving->members[moving->count - 1]));
    }
}

/* ---- one move ---- */

/* Brings the member's way up to date; false: the solution has it do what its rules forbid. */
static bool walk(struct moving *moving, int32_t member) {
    struct pnr_search *search = moving->search;
    const struct pnr_instance *instance = moving->solution->instance;
    struct pnr_way *way = &search->ways[member];
    if (!moving->is_walked[member]) {
        way->pair_count = pnr_solution_pairs_of(moving->solution, member, way->pairs);
        moving->is_walked[member] = pnr_way_walk(way, pnr_pricer_course(search->pricer, member), instance);
        pnr_budget_spend(search->budget, (instance->last_day - instance->first_day) / DAYS_A_UNIT + 1);
    }
    return moving->is_walked[member];
}

/* Takes from one of them what it does in the stretch; its costs stay until it gets something else. */
static void free_days(struct moving *moving, int32_t at_freed) {
    const struct pnr_instance *instance = moving->solution->instance;
    struct freed *freed = &moving->freed[at_freed];
    freed->member = moving->members[at_freed];
    const struct pnr_way *way = &moving->search->ways[freed->member];
    freed->old_cost = moving->search->old_cost + (size_t)at_freed * moving->levels;
    memcpy(freed->old_cost, moving->solution->cost_of_member + (size_t)freed->member * moving->levels,
           moving->levels * sizeof(int64_t));
    int32_t at = 0;
    for (int32_t i = 0; i < moving->span_count; i++) {
        freed->pairs[i] = pnr_span_pairs(instance, freed->member, &moving->spans[i]);
        while (at < way->pair_count && way->pairs[at] < freed->pairs[i].first) {
            at++;
        }
        freed->first_taken[i] = at;
        while (at < way->pair_count && way->pairs[at] < freed->pairs[i].last) {
            at++;
        }
        freed->taken_end[i] = at;
        pnr_solution_set_range(moving->solution, freed->member, freed->pairs[i], NULL, 0, freed->old_cost);
    }
}

static bool ruin(struct moving *moving) {
    bool can = moving->count > 0;
    for (int32_t i = 0; i < moving->count && can; i++) {
        can = walk(moving, moving->members[i]);
    }
    memcpy(moving->search->old_value, moving->solution->value,
           (size_t)moving->solution->value_count * sizeof(int64_t));
    for (int32_t i = 0; i < moving->count && can; i++) {
        free_days(moving, i);
    }
    return can;
}

static void restore(struct moving *moving) {
    for (int32_t i = 0; i < moving->count; i++) {
        const struct freed *freed = &moving->freed[i];
        const struct pnr_way *way = &moving->search->ways[freed->member];
        for (int32_t k = 0; k < moving->span_count; k++) {
            pnr_solution_set_range(moving->solution, freed->member, freed->pairs[k],
                                   way->pairs + freed->first_taken[k],
                                   freed->taken_end[k] - freed->first_taken[k], freed->old_cost);
        }
        moving->is_walked[freed->member] = true;
    }
}

/* What the schedule of the last one must cost less than: else the move is for nothing. */
static int64_t last_cutoff(const struct moving *moving, const struct freed *freed) {
    const struct pnr_search *search = moving->search;
    pnr_wide cutoff = 1;
    for (int32_t v = 0; v < moving->solution->value_count; v++) {
        int64_t gained = search->old_value[v] - moving->solution->value[v];
        int64_t paid = v > 0 ? freed->old_cost[v - 1] : 0; /* its old costs still stand */
        cutoff += (pnr_wide)search->weight_of_value[v] * (gained + paid);
    }
    return cutoff > PNR_COST_LIMIT    ? PNR_COST_LIMIT
           : cutoff < -PNR_COST_LIMIT ? -PNR_COST_LIMIT
                                      : (int64_t)cutoff;
}

/* Gives a member the schedule's pairs, and notes whether they are what it had. */
static void take(struct moving *moving, const struct freed *freed, const struct pnr_schedule *schedule) {
    const int32_t *had = moving->search->ways[freed->member].pairs;
    bool is_as_before = true;
    int32_t at = 0;
    for (int32_t k = 0; k < moving->span_count; k++) {
        int32_t from = at;
        int32_t count_before = freed->taken_end[k] - freed->first_taken[k];
        while (at < schedule->pair_count && schedule->pairs[at] < freed->pairs[k].last) {
            at++;
        }
        is_as_before = is_as_before && at - from == count_before &&
                       memcmp(schedule->pairs + from, had + freed->first_taken[k],
                              (size_t)count_before * sizeof *had) == 0;
        pnr_solution_set_range(moving->solution, freed->member, freed->pairs[k], schedule->pairs + from,
                               at - from, schedule->cost_by_level);
    }
    moving->is_walked[freed->member] = is_as_before;
}

/* The cheapest days for one of them beside the others as they are. */
static enum pioneer_status recreate(struct moving *moving, int32_t i, bool *found) {
    struct pnr_search *search = moving->search;
    const struct freed *freed = &moving->freed[i];
    int32_t pairs = 0;
    for (int32_t k = 0; k < moving->span_count; k++) {
        pnr_search_price(search, moving->solution, freed->pairs[k]);
        pairs += freed->pairs[k].last - freed->pairs[k].first;
    }
    struct pnr_stretch stretch = {.span_count = moving->span_count, .way = &search->ways[freed->member]};
    memcpy(stretch.spans, moving->spans, sizeof stretch.spans);
    struct pnr_price_query query = pnr_search_query(search, freed->member);
    query.stretch = &stretch;
    query.label_limit = MOST_LABELS;
    query.cutoff = i == moving->count - 1 ? last_cutoff(moving, freed) : INT64_MAX;
    struct pnr_price_answer answer;
    enum pioneer_status status = pnr_pricer_price(search->pricer, search->scratch, &query, &answer);
    if (status != PIONEER_OK) {
        return status;
    }
    pnr_budget_spend(search->budget, answer.work + pairs / PAIRS_A_UNIT);
    *found = answer.count > 0;
    if (*found) {
        take(moving, freed, &answer.schedules[0]);
    }
    return PIONEER_OK;
}

static enum pioneer_status try_move(struct moving *moving) {
    pick(moving);
    pnr_rng_shuffle(&moving->search->rng, moving->members, moving->count);
    if (!ruin(moving)) {
        return PIONEER_OK;
    }
    enum pioneer_status status = PIONEER_OK;
    bool found = true;
    for (int32_t i = 0; i < moving->count && status == PIONEER_OK && found; i++) {
        status = recreate(moving, i, &found);
    }
    if (status != PIONEER_OK || !found ||
        pnr_value_compare(moving->solution->value, moving->search->old_value, moving->solution->value_count) >
            0) {
        restore(moving);
    }
    return status;
}

enum pioneer_status pnr_search_open_ways(struct pnr_search *search, const struct pnr_instance *instance) {
    if (search->ways == NULL) {
        search->ways = calloc((size_t)instance->member_count + 1, sizeof *search->ways);
    }
    bool ok = search->ways != NULL;
    for (int32_t m = search->way_count; ok && m < instance->member_count; m++) {
        int32_t pairs = instance->pairs_of_member[m + 1] - instance->pairs_of_member[m];
        ok = pnr_way_init(&search->ways[m], pnr_pricer_course(search->pricer, m), pairs);
        search->way_count += ok;
    }
    return ok ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}

enum pioneer_status pnr_search_improve_stretches(struct pnr_search *search, struct pnr_solution *solution,
                                                 int32_t level, int64_t goal, int64_t work) {
    struct moving moving = {
        .search = search, .solution = solution, .levels = (size_t)solution->value_count - 1};
    moving.is_walked = calloc((size_t)solution->instance->member_count + 1, sizeof *moving.is_walked);
    enum pioneer_status status = moving.is_walked != NULL ? PIONEER_OK : PIONEER_E_NO_MEMORY;
    status = status == PIONEER_OK ? pnr_search_open_ways(search, solution->instance) : status;
    pnr_search_weigh(search, solution->value_count, level);
    int64_t end = search->budget->work_used + work;
    bool has_pairs = solution->instance->pair_count > 0;
    for (int32_t moves = 0;
         has_pairs && status == PIONEER_OK && solution->value[level + 1] > goal &&
         search->budget->work_used < end && pnr_budget_stop(search->budget) == PNR_STOP_NONE;
         moves++) {
        if (moves % MOVES_A_LISTING == 0) {
            pnr_search_list_costly(search, solution, level);
        }
        pnr_budget_spend(search->budget, 1);
        status = try_move(&moving);
    }
    free(moving.is_walked);
    return status;
}

enum pioneer_status pnr_search_mend_stretches(struct pnr_search *search, struct pnr_solution *solution,
                                              int32_t level, const int64_t *value, int64_t work) {
    enum pioneer_status status = PIONEER_OK;
    for (int32_t l = 0; l < level && status == PIONEER_OK; l++) {
        status = pnr_search_improve_stretches(search, solution, l, value[l + 1], work);
    }
    return status;
}
