/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A schedule on a long horizon made better, some weeks at a time, at fixed prices. */
#include "engine/polish.h"

#include "base/calendar.h"

/* Weeks that are freed together, and the step from one such span to the next. */
#define WEEKS 4
#define STEP  2
/* Weeks of each of two spans, and how many pairs of them are tried a pass, to each week of the horizon. */
#define WEEKS_OF_TWO 2
#define PAIRS_A_WEEK 2
#define MOST_PASSES  4
#define MOST_LABELS  20000

/* The price of what the spans hold now, and of the whole schedule's costs. */
static int64_t price_now(const struct pnr_polish *polish, const struct pnr_stretch *stretch) {
    int64_t price = polish->price;
    for (int32_t i = 0; i < polish->way->pair_count; i++) {
        int32_t pair = polish->way->pairs[i];
        bool is_free = pnr_stretch_frees(stretch, pnr_instance_day_of_pair(polish->instance, pair));
        price -= is_free ? 0 : polish->query->price_of_pair[pair];
    }
    return price;
}

static enum pioneer_status try_stretch(struct pnr_polish *polish, struct pnr_stretch *stretch, bool *gains) {
    struct pnr_price_query query = *polish->query;
    struct pnr_price_answer answer;
    stretch->way = polish->way;
    query.stretch = stretch;
    query.wanted = 1;
    query.label_limit = MOST_LABELS;
    query.mu = NULL;
    query.cutoff = price_now(polish, stretch);
    enum pioneer_status status = pnr_pricer_price(polish->pricer, polish->scratch, &query, &answer);
    polish->work += answer.work;
    if (status != PIONEER_OK || answer.count == 0) {
        return status;
    }
    const struct pnr_schedule *best = &answer.schedules[0];
    const struct pnr_course *course = pnr_pricer_course(polish->pricer, query.member);
    polish->price += best->price - query.cutoff;
    for (int32_t l = 0; l < course->level_count; l++) {
        polish->cost_by_level[l] = best->cost_by_level[l];
    }
    *gains = true;
    pnr_way_replace(polish->way, polish->instance, stretch, best);
    pnr_way_walk(polish->way, course, polish->instance);
    return PIONEER_OK;
}

/* Weeks of the horizon, counted from its first. */
static struct pnr_span weeks_from(const struct pnr_polish *polish, int32_t week, int32_t weeks) {
    const struct pnr_instance *instance = polish->instance;
    return pnr_span_of_weeks(instance, pnr_week_of(instance->first_day) + week, weeks);
}

static int32_t week_count(const struct pnr_instance *instance) {
    return pnr_week_of(instance->last_day) - pnr_week_of(instance->first_day) + 1;
}

static enum pioneer_status slide(struct pnr_polish *polish, bool *gains) {
    int32_t weeks = week_count(polish->instance);
    enum pioneer_status status = PIONEER_OK;
    for (int32_t week = 0; week < weeks && status == PIONEER_OK && polish->price > polish->enough;
         week += STEP) {
        struct pnr_stretch stretch = {.spans = {weeks_from(polish, week, WEEKS)}, .span_count = 1};
        status = try_stretch(polish, &stretch, gains);
    }
    return status;
}

static enum pioneer_status exchange(struct pnr_polish *polish, bool *gains) {
    int32_t weeks = week_count(polish->instance);
    enum pioneer_status status = PIONEER_OK;
    for (int32_t i = 0; i < PAIRS_A_WEEK * weeks && status == PIONEER_OK && polish->price > polish->enough;
         i++) {
        int32_t a = (int32_t)pnr_rng_below(polish->rng, (uint32_t)weeks);
        int32_t b = (int32_t)pnr_rng_below(polish->rng, (uint32_t)weeks);
        int32_t first = a < b ? a : b;
        int32_t second = a < b ? b : a;
        if (second - first > WEEKS_OF_TWO) {
            struct pnr_stretch stretch = {
                .spans = {weeks_from(polish, first, WEEKS_OF_TWO), weeks_from(polish, second, WEEKS_OF_TWO)},
                .span_count = 2};
            status = try_stretch(polish, &stretch, gains);
        }
    }
    return status;
}

enum pioneer_status pnr_polish(struct pnr_polish *polish) {
    const struct pnr_course *course = pnr_pricer_course(polish->pricer, polish->query->member);
    bool gains = pnr_way_walk(polish->way, course, polish->instance);
    enum pioneer_status status = PIONEER_OK;
    for (int32_t i = 0; i < MOST_PASSES && gains && status == PIONEER_OK; i++) {
        gains = false;
        status = slide(polish, &gains);
        if (status == PIONEER_OK) {
            status = exchange(polish, &gains);
        }
    }
    return status;
}
