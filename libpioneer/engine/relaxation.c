/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pricing without labels: sums inside a schedule are held by multipliers instead of exactly. */
#include "engine/relaxation.h"

#include <string.h>

#include "engine/pricer_inside.h"

int32_t pnr_pricer_tally_count(const struct pnr_pricer *pricer, int32_t member) {
    return pricer->courses[member].tally_count;
}

int64_t pnr_pricer_tally_step(const struct pnr_pricer *pricer, int32_t member, int32_t tally) {
    const struct pnr_course *course = &pricer->courses[member];
    const struct pnr_tally *at = &course->tallies[tally];
    int64_t step = 1;
    int64_t before = at->most;
    for (int32_t day = at->first; day <= at->last; day++) {
        int64_t after = course->most_after[day * course->counter_count + at->counter];
        step = before - after > step ? before - after : step;
        before = after;
    }
    return step;
}

static int64_t clamp(int64_t value, int64_t low, int64_t high) {
    return value < low ? low : value > high ? high : value;
}

/* The sum within reach that the multiplier aims at, nearest to the way's. Squares count at sums that can be
 * met alone; without a multiplier the aim may be any sum up to where they begin, which need not be one. */
static int64_t aimed_sum(const struct pnr_priced_tally *priced, int64_t sum) {
    int64_t least = priced->tally->start;
    int64_t most = least + priced->tally->most;
    int64_t aimed = clamp(sum, clamp(priced->low, least, most), clamp(priced->high, least, most));
    return priced->tally->square ? aimed - (aimed - least) % priced->tally->grid : aimed;
}

/* Costs of tallies at the way's sums and where they are aimed at, slopes, and whether hard limits are kept.
 */
static void judge_sums(const struct pnr_problem *problem, const int64_t *sums, struct pnr_relaxation *r) {
    const struct pnr_course *course = problem->course;
    memset(r->slope, 0, (size_t)course->tally_count * sizeof *r->slope);
    memcpy(r->aimed_cost_by_level, r->schedule.cost_by_level,
           (size_t)course->level_count * sizeof *r->aimed_cost_by_level);
    r->is_legal = true;
    for (int32_t t = 0; t < problem->tally_count; t++) {
        const struct pnr_priced_tally *priced = &problem->tallies[t];
        int32_t at = (int32_t)(priced->tally - course->tallies);
        int64_t sum = priced->tally->start + sums[at];
        int64_t aimed = aimed_sum(priced, sum);
        r->slope[at] = sum - aimed;
        if (priced->tally->hard) {
            r->is_legal = r->is_legal && pnr_tally_amount(priced->tally, sum) <= 0;
        } else {
            r->aimed_cost_by_level[priced->tally->level] +=
                pnr_times(priced->tally->weight, pnr_tally_amount(priced->tally, aimed));
        }
    }
    for (int32_t t = 0; t < course->tally_count; t++) {
        const struct pnr_tally *tally = &course->tallies[t];
        if (!tally->hard) {
            r->schedule.cost_by_level[tally->level] +=
                pnr_times(tally->weight, pnr_tally_amount(tally, tally->start + sums[t]));
        }
    }
}

static bool follow_way(struct pnr_problem *problem, const struct pnr_instance *instance,
                       const struct pnr_price_query *query, struct pnr_relaxation *r) {
    const struct pnr_course *course = problem->course;
    int32_t room = instance->pairs_of_member[query->member + 1] - instance->pairs_of_member[query->member];
    int32_t *items = pnr_arena_alloc(problem->arena, (size_t)course->day_count, sizeof *items);
    int64_t *priced_sums = pnr_arena_alloc(problem->arena, (size_t)problem->tally_count, sizeof *priced_sums);
    int64_t *sums = pnr_arena_alloc(problem->arena, (size_t)course->tally_count, sizeof *sums);
    r->aimed_cost_by_level =
        pnr_arena_alloc(problem->arena, (size_t)course->level_count, sizeof *r->aimed_cost_by_level);
    if (items == NULL || priced_sums == NULL || sums == NULL || r->aimed_cost_by_level == NULL) {
        return false;
    }
    pnr_problem_trace(problem, items, priced_sums);
    if (!pnr_pricer_write_way(problem, room, items, sums, &r->schedule)) {
        return false;
    }
    judge_sums(problem, sums, r);
    pnr_pricer_set_price(query, course->level_count, &r->schedule);
    return true;
}

enum pioneer_status pnr_pricer_relax(const struct pnr_pricer *pricer, struct pnr_pricer_scratch *scratch,
                                     const struct pnr_price_query *query, struct pnr_relaxation *relaxation) {
    const struct pnr_course *course = &pricer->courses[query->member];
    relaxation->has_way = false;
    relaxation->is_legal = false;
    relaxation->bound = PNR_NEVER;
    relaxation->work = 1;
    if (!course->feasible) {
        return PIONEER_OK;
    }
    struct pnr_problem problem;
    pnr_arena_reset(&scratch->arena);
    if (!pnr_problem_init(&problem, course, pricer->instance, query, &scratch->arena)) {
        return PIONEER_E_NO_MEMORY;
    }
    pnr_problem_load_mu(&problem, relaxation->mu);
    pnr_problem_save_mu(&problem, relaxation->mu);
    relaxation->bound = pnr_problem_backward(&problem);
    relaxation->work = problem.cells / PNR_CELLS_A_UNIT + course->pattern_count / 20 + 1;
    if (relaxation->bound >= PNR_NEVER) {
        return PIONEER_OK;
    }
    relaxation->has_way = true;
    if (!follow_way(&problem, pricer->instance, query, relaxation)) {
        return PIONEER_E_NO_MEMORY;
    }
    if (course->truncated) {
        int64_t least = pnr_pricer_negative_prices(pricer->instance, query);
        relaxation->bound = least < relaxation->bound ? least : relaxation->bound;
    }
    return PIONEER_OK;
}
