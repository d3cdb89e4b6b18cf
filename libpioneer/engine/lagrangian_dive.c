/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the prices of a dual to a whole roster. */
#include "engine/lagrangian_dive.h"

#include <stdlib.h>
#include <string.h>

#include "engine/beam.h"
#include "engine/polish.h"
#include "engine/pricer_inside.h"

/* This share of the members is fixed a step, and so many steps of the dual follow, in ranges of the rows. The
 * public set's costs (a range of 101) moved from 0.3 to 0.03. */
#define STEP_PERCENT 3
#define STEPS        50
#define FIRST_LENGTH 0.003
#define LAST_LENGTH  0.0003
/* A pair that the averaged ways always take is cheaper by this part of the range. */
#define PREFERENCE 0.03
/* Beams are narrow, and tried again when they find nothing: what they find is polished. With wide beams
 * instead (150, 450, 1350 until a schedule was within 0.04 ranges of its bound) a dive of Curtois 22 took 36
 * s instead of 6, and most schedules were no nearer to their bounds. */
#define WIDTH  60
#define WIDEN  3
#define TRIES  4
#define ROUNDS 12
/* Once work or time is used up, any schedule will do. */
#define HASTY_WIDTH 30

struct dive {
    const struct pnr_tools *tools;
    const struct pnr_instance *instance;
    struct pnr_dual *dual;
    struct pnr_search *search;
    const struct pnr_solution *before; /* NULL: none */
    struct pnr_solution *out;
    int64_t range; /* of a row, at the dual's scale */
    struct candidate {
        int32_t member;
        double decided;
    } * candidates;
    int32_t count;
    int64_t *weight_of_value;
};

/* How near the averaged ways of a member are to one way, 0..1: members who hesitate come last. */
static double decision_of(const struct dive *dive, int32_t member) {
    const float *average = pnr_dual_average(dive->dual);
    double sum = 0;
    double squares = 0;
    for (int32_t p = dive->instance->pairs_of_member[member]; p < dive->instance->pairs_of_member[member + 1];
         p++) {
        sum += average[p];
        squares += (double)average[p] * average[p];
    }
    return sum > 0 ? squares / sum : 1;
}

static int compare_candidates(const void *left, const void *right) {
    const struct candidate *a = left;
    const struct candidate *b = right;
    if (a->decided != b->decided) {
        return a->decided > b->decided ? -1 : 1;
    }
    return (a->member > b->member) - (a->member < b->member);
}

static void rank(struct dive *dive) {
    for (int32_t i = 0; i < dive->count; i++) {
        dive->candidates[i].decided = decision_of(dive, dive->candidates[i].member);
    }
    qsort(dive->candidates, (size_t)dive->count, sizeof *dive->candidates, compare_candidates);
}

/* The dual's price, or what the pair costs beside those who are fixed, whichever is more: who comes too late
 * pays for a head too many. */
static void price(const struct dive *dive, int32_t member) {
    const float *average = pnr_dual_average(dive->dual);
    struct pnr_search *search = dive->search;
    for (int32_t p = dive->instance->pairs_of_member[member]; p < dive->instance->pairs_of_member[member + 1];
         p++) {
        search->forbidden[p] = !pnr_solution_has_room(dive->out, dive->instance->duty_of_pair[p]);
        int64_t dual_price = pnr_dual_price_of(dive->dual, p);
        int64_t marginal =
            search->forbidden[p] ? 0 : pnr_solution_price_pair(dive->out, p, dive->weight_of_value);
        search->price_of_pair[p] = (marginal > dual_price ? marginal : dual_price) -
                                   (int64_t)(PREFERENCE * (double)dive->range * (double)average[p]);
    }
}

/* A beam's schedule made good: weeks at a time, unless it is as cheap as any can be. */
static enum pioneer_status polish(struct dive *dive, const struct pnr_price_query *query,
                                  const struct pnr_beam *beam) {
    int32_t member = query->member;
    const struct pnr_course *course = pnr_pricer_course(dive->tools->pricer, member);
    int32_t pairs = dive->instance->pairs_of_member[member + 1] - dive->instance->pairs_of_member[member];
    struct pnr_way way;
    int64_t *cost = malloc(((size_t)course->level_count + 1) * sizeof *cost);
    enum pioneer_status status = PIONEER_E_NO_MEMORY;
    if (cost != NULL && pnr_way_init(&way, course, pairs)) {
        memcpy(cost, beam->schedule.cost_by_level, (size_t)course->level_count * sizeof *cost);
        memcpy(way.pairs, beam->schedule.pairs, (size_t)beam->schedule.pair_count * sizeof *way.pairs);
        way.pair_count = beam->schedule.pair_count;
        struct pnr_polish polish = {.instance = dive->instance,
                                    .pricer = dive->tools->pricer,
                                    .scratch = dive->tools->scratches[0],
                                    .query = query,
                                    .rng = &dive->search->rng,
                                    .enough = beam->bound,
                                    .way = &way,
                                    .cost_by_level = cost,
                                    .price = beam->schedule.price};
        status = pnr_polish(&polish);
        pnr_budget_spend(dive->tools->budget, polish.work);
        pnr_solution_set_member(dive->out, member, way.pairs, way.pair_count, cost);
        pnr_way_fini(&way);
    }
    free(cost);
    return status;
}

/* Where beams find nothing the schedule of the roster before will do, if there is room for it. */
static void fall_back(const struct dive *dive, const struct pnr_price_query *query, struct pnr_beam *beam) {
    int32_t *pairs = dive->search->old_pairs;
    size_t levels = (size_t)dive->out->value_count - 1;
    struct pnr_schedule *schedule = &beam->schedule;
    *schedule = (struct pnr_schedule){
        .pairs = pairs,
        .pair_count = pnr_solution_pairs_of(dive->before, query->member, pairs),
        .cost_by_level = dive->before->cost_of_member + (size_t)query->member * levels,
    };
    beam->found = schedule->pair_count > 0;
    for (int32_t i = 0; i < schedule->pair_count; i++) {
        beam->found = beam->found && !query->forbidden[pairs[i]];
    }
    pnr_pricer_set_price(query, (int32_t)levels, schedule);
}

static enum pioneer_status fix(struct dive *dive, int32_t member) {
    price(dive, member);
    struct pnr_price_query query = {
        .member = member,
        .price_of_pair = dive->search->price_of_pair,
        .weight_of_level = pnr_dual_weights(dive->dual),
        .forbidden = dive->search->forbidden,
        .cutoff = INT64_MAX,
        .wanted = 1,
    };
    bool is_late = pnr_budget_stop(dive->tools->budget) != PNR_STOP_NONE;
    struct pnr_beam beam = {
        .width = is_late ? HASTY_WIDTH : WIDTH, .rounds = ROUNDS, .mu = pnr_dual_mu(dive->dual, member)};
    enum pioneer_status status = PIONEER_OK;
    for (int i = 0; i < TRIES && status == PIONEER_OK && !beam.found; i++, beam.width *= WIDEN) {
        status = pnr_pricer_beam(dive->tools->pricer, dive->tools->scratches[0], &query, &beam);
        pnr_budget_spend(dive->tools->budget, beam.work);
    }
    if (status == PIONEER_OK && !beam.found && dive->before != NULL) {
        fall_back(dive, &query, &beam);
    }
    if (status == PIONEER_OK && beam.found && is_late) {
        pnr_solution_set_member(dive->out, member, beam.schedule.pairs, beam.schedule.pair_count,
                                beam.schedule.cost_by_level);
    } else if (status == PIONEER_OK && beam.found) {
        status = polish(dive, &query, &beam);
    }
    if (status == PIONEER_OK) {
        int32_t *pairs = dive->search->old_pairs;
        int32_t count = pnr_solution_pairs_of(dive->out, member, pairs);
        size_t levels = (size_t)dive->out->value_count - 1;
        pnr_dual_hold(dive->dual, member, pairs, count, dive->out->cost_of_member + (size_t)member * levels);
    }
    return status;
}

/* A dive that is far when time or work is used up is finished in haste, the others are given up. */
static bool goes_on(const struct dive *dive, int32_t all) {
    enum pnr_stop stop = pnr_budget_stop(dive->tools->budget);
    return stop == PNR_STOP_NONE || (stop != PNR_STOP_CANCEL && dive->count <= all / 2);
}

static enum pioneer_status descend(struct dive *dive) {
    enum pioneer_status status = PIONEER_OK;
    int32_t all = dive->count;
    int32_t a_step = 1 + all * STEP_PERCENT / 100;
    while (dive->count > 0 && status == PIONEER_OK && goes_on(dive, all)) {
        rank(dive);
        int32_t fixed = 0;
        for (; fixed < a_step && fixed < dive->count && status == PIONEER_OK; fixed++) {
            status = fix(dive, dive->candidates[fixed].member);
            pnr_tools_pulse(dive->tools);
        }
        dive->count -= fixed;
        memmove(dive->candidates, dive->candidates + fixed, (size_t)dive->count * sizeof *dive->candidates);
        if (status == PIONEER_OK && dive->count > 0 &&
            pnr_budget_stop(dive->tools->budget) == PNR_STOP_NONE) {
            status = pnr_dual_walk(dive->dual, FIRST_LENGTH, LAST_LENGTH, STEPS);
        }
    }
    return status;
}

/* Members who are not free stay as they are. */
static void hold_others(struct dive *dive, const uint8_t *is_free) {
    const struct pnr_solution *out = dive->out;
    int32_t *pairs = dive->search->old_pairs;
    size_t levels = (size_t)out->value_count - 1;
    for (int32_t m = 0; m < dive->instance->member_count; m++) {
        if (dive->tools->is_feasible[m] && is_free != NULL && !is_free[m]) {
            int32_t count = pnr_solution_pairs_of(out, m, pairs);
            pnr_dual_hold(dive->dual, m, pairs, count, out->cost_of_member + (size_t)m * levels);
        } else if (dive->tools->is_feasible[m]) {
            dive->candidates[dive->count++].member = m;
        }
    }
}

enum pioneer_status pnr_lagrangian_dive(const struct pnr_tools *tools, struct pnr_dual *dual,
                                        struct pnr_search *search, const uint8_t *is_free,
                                        const struct pnr_solution *before, struct pnr_solution *out) {
    struct dive dive = {.tools = tools,
                        .instance = out->instance,
                        .dual = dual,
                        .search = search,
                        .before = before,
                        .out = out};
    int32_t members = dive.instance->member_count;
    dive.candidates = calloc((size_t)members + 1, sizeof *dive.candidates);
    dive.weight_of_value = calloc((size_t)out->value_count + 1, sizeof *dive.weight_of_value);
    enum pioneer_status status = PIONEER_E_NO_MEMORY;
    if (dive.candidates != NULL && dive.weight_of_value != NULL) {
        dive.range = (int64_t)(pnr_dual_range(dual) * (double)pnr_dual_scale(dual));
        dive.weight_of_value[0] = dive.range;
        for (int32_t l = 0; l <= pnr_dual_level(dual); l++) {
            dive.weight_of_value[l + 1] = pnr_dual_weights(dual)[l];
        }
        pnr_dual_release(dual);
        hold_others(&dive, is_free);
        status = is_free != NULL ? pnr_dual_walk(dual, FIRST_LENGTH, LAST_LENGTH, STEPS) : PIONEER_OK;
        if (status == PIONEER_OK) {
            status = descend(&dive);
        }
        pnr_dual_release(dual);
    }
    free(dive.candidates);
    free(dive.weight_of_value);
    return status;
}
