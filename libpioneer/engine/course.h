/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One member's course through the horizon, compiled: patterns, automaton, tallies. */
#ifndef PNR_ENGINE_COURSE_H
#define PNR_ENGINE_COURSE_H

#include "engine/day_patterns.h"
#include "engine/layers.h"
#include "engine/price_math.h"

/** Patterns of one day that are alike to the automaton and to every tally: a query takes the cheapest of
 * them. */
struct pnr_item {
    int32_t key;
    int32_t takes;                      /**< row of increments by counter */
    int32_t patterns_from, patterns_to; /**< of the course */
};

struct pnr_course_day {
    int32_t state_count, key_count;
    int32_t *next;   /**< [state × key_count + key], -1: forbidden */
    int32_t *effect; /**< [state × key_count + key]: row of `effects` */
    int32_t items_from, items_to;
};

/**
 * A sum over a span of the horizon that is charged when the span ends: amount(x) below is convex in x. A
 * *counter* is a place for a sum in a label: tallies of one counter follow each other.
 */
struct pnr_tally {
    int32_t counter;
    int32_t first, last; /**< days of the horizon, 0-based, inclusive */
    int64_t start;       /**< the sum before the horizon */
    int64_t most;        /**< the most that the horizon can add */
    int64_t grid;        /**< all that is ever added is a multiple of this; >= 1 */
    bool has_max, has_min, square, hard;
    int64_t max, min, base;
    int64_t grown; /**< what the sum exceeded `max` by before the horizon: not charged again */
    int32_t level;
    int64_t weight;
};

/** Immutable. Rows of `effects`: charges by level, then increments by counter. Rows of `takes`: increments by
 * counter. */
struct pnr_course {
    struct pnr_scene scene;
    struct pnr_clause *clauses;
    int32_t clause_count;
    int64_t *state_of_clause; /**< [clause]: state when the horizon begins */
    int64_t *sum_before;      /**< [clause]: sum of the clause's open window when the horizon begins */
    bool feasible;
    bool truncated;
    int32_t level_count, counter_count, day_count;
    struct pnr_course_day *days;
    int32_t end_count;
    int32_t *end_effect;
    struct pnr_item *items;
    struct pnr_pattern *patterns; /**< sorted by item; their `takes` are those of the item */
    int32_t pattern_count;
    int32_t *parts;                   /**< of patterns: classes */
    int32_t first_class, class_count; /**< 0, but where the course is a stretch of another (stretch.h) */
    int32_t *first_pairs;             /**< [class + 1]: into `pairs` */
    int32_t *pairs;                   /**< by class, ascending */
    int64_t *charges;
    int32_t charges_count; /**< rows by level */
    int64_t *effects;
    int32_t effects_count;
    int64_t *takes;
    int32_t takes_count;
    struct pnr_tally *tallies; /**< by counter, then day */
    int32_t tally_count;
    int32_t *tally_of_day; /**< [day × counter_count + counter]: -1: none */
    int64_t
        *most_after; /**< [day × counter_count + counter]: the most that later days add to the day's tally */
    int64_t *constant; /**< [level]: what tallies charge whatever is chosen */
    int32_t most_states, most_keys, most_items;
};

/** What a tally of this sum costs: the amount; for a hard one 0 or more than 0. */
static inline int64_t pnr_tally_amount(const struct pnr_tally *tally, int64_t sum) {
    if (tally->square) {
        int64_t excess = sum + tally->base;
        return excess > 0 ? pnr_times(excess, excess) : 0;
    }
    int64_t amount = 0;
    if (tally->has_max && sum > tally->max) {
        amount += sum - tally->max - tally->grown;
    }
    if (tally->has_min && sum < tally->min) {
        amount += tally->min - sum;
    }
    return amount;
}

/** What the courses of an instance are made from. */
struct pnr_course_source {
    const struct pnr_instance *instance;
    const struct pnr_lookup *lookup;
    const struct pnr_kinds *kinds;
    const int32_t *notice_of_duty; /**< [organisation duty] */
};

/** Working memory of one thread, which one course after another grows into. */
struct pnr_course_bench;
struct pnr_course_bench *pnr_course_bench_new(void);
void pnr_course_bench_free(struct pnr_course_bench *bench);

/** Compiles one member's course; what stays comes from `arena`. */
enum pioneer_status pnr_course_build(const struct pnr_course_source *source, struct pnr_course_bench *bench,
                                     int32_t member, struct pnr_arena *arena, struct pnr_course *out);

#endif
