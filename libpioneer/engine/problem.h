/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A course with the prices of one query: a shortest path problem with convex costs on sums. */
#ifndef PNR_ENGINE_PROBLEM_H
#define PNR_ENGINE_PROBLEM_H

#include "engine/course.h"
#include "engine/pricer.h"

/** One tally under the query's weights, and under multiplier `mu` on its sum. */
struct pnr_priced_tally {
    const struct pnr_tally *tally;
    int64_t weight; /**< weight of the level × weight of the rule; unused for a hard one */
    int64_t mu;
    int64_t low, high;   /**< the sums at which cost(sum) - mu × sum is least */
    int64_t mu_limit;    /**< |mu| stays within */
    int64_t least, most; /**< what a case holds the sum within */
};

/** A sum kept in labels on one day: counters whose tallies cost nothing under the query's weights have none.
 */
struct pnr_slot_day {
    int32_t tally;      /**< into priced tallies, -1: none on this day */
    bool closes;        /**< the tally ends with this day */
    int64_t most_after; /**< the most that later days add to it */
};

/*
 * The sums that labels carry. Terms and the limits that multipliers push against are watched from the start;
 * any other hard limit only once a schedule breaks it, for every sum more makes labels harder to compare.
 * What is not watched has no part in prices, so that passes over labels are a relaxation of the problem.
 */
struct pnr_watch {
    int32_t count;
    int32_t *slot;              /**< [watched] */
    struct pnr_slot_day *slots; /**< [day × count + watched] */
    int32_t *takes;             /**< [takes row × count + watched] */
    int32_t *counts;            /**< [effect × count + watched] */
    int32_t *first_item;        /**< [day + 1]: into `items` */
    int32_t *items;             /**< the cheapest of those that nothing watched tells apart */
};

struct pnr_problem {
    const struct pnr_course *course;
    struct pnr_arena *arena;
    int64_t *item_price;   /**< [item]: of its cheapest pattern, charges included; PNR_NEVER: none allowed */
    int32_t *item_pattern; /**< [item] */
    int64_t *class_price;  /**< [class]: of its cheapest pair that is allowed, PNR_NEVER: none is */
    int32_t *class_pair;   /**< [class] */
    int64_t *effect_price; /**< [effect]: of its charges */
    int64_t constant;      /**< price of what cannot be changed */
    int32_t slot_count;
    int32_t *counter_of_slot;
    struct pnr_slot_day *slots; /**< [day × slot_count + slot] */
    struct pnr_priced_tally *tallies;
    int32_t tally_count;
    int32_t *slot_takes;    /**< [takes row × slot_count + slot] */
    int32_t *slot_counts;   /**< [effect × slot_count + slot] */
    bool counts_in_effects; /**< some slot_counts are not 0 */
    uint8_t *is_watched;    /**< [slot] */
    struct pnr_watch watch;
    /* under the multipliers */
    int64_t
        *rest; /**< [day × most_states + state]: least price of the days from `day` on; PNR_NEVER: no way */
    int64_t *mu_price;   /**< [effect]: effect_price + mu × counts of the day at hand */
    int64_t *mu_of_slot; /**< [slot]: of the day at hand */
    bool has_mu_price;   /**< mu_price is that of mu_of_slot */
    int32_t *pushing;    /**< [slot_count]: room for the slots whose multiplier is not 0 */
    int64_t *key_price;  /**< [day × most_keys + key] */
    int32_t *key_item;   /**< [day × most_keys + key]: the cheapest item */
    int64_t cells;       /**< looked at by backward passes so far: a measure of work */
    int64_t *later;      /**< [day]: least price of the tallies that begin on `day` or later */
    /* the same, exact in one sum each (sum_table.h); NULL until somebody fills them */
    struct pnr_sum_table *tables;
    int32_t table_count;
};

/** False when memory is short. Everything lives in `arena`. */
bool pnr_problem_init(struct pnr_problem *problem, const struct pnr_course *course,
                      const struct pnr_instance *instance, const struct pnr_price_query *query,
                      struct pnr_arena *arena);

/** Gives the tallies that matter multipliers from, or writes theirs to, an array by tally of the course. */
void pnr_problem_load_mu(struct pnr_problem *problem, const int64_t *mu);
void pnr_problem_save_mu(const struct pnr_problem *problem, int64_t *mu);

/** Sets `low` and `high` from `mu`. */
void pnr_problem_aim(struct pnr_priced_tally *priced);

/** What a sum of a term costs, whatever a case says. */
static inline int64_t pnr_priced_charge(const struct pnr_priced_tally *priced, int64_t sum) {
    return pnr_times(priced->weight, pnr_tally_amount(priced->tally, sum));
}

/** What a sum costs; PNR_NEVER if it breaks a hard limit, or a case's. */
static inline int64_t pnr_priced_cost(const struct pnr_priced_tally *priced, int64_t sum) {
    if (sum < priced->least || sum > priced->most) {
        return PNR_NEVER;
    }
    if (priced->tally->hard) {
        return pnr_tally_amount(priced->tally, sum) > 0 ? PNR_NEVER : 0;
    }
    return pnr_priced_charge(priced, sum);
}

/** The least of cost(sum + t) - mu × t for 0 <= t <= room. */
static inline int64_t pnr_priced_least(const struct pnr_priced_tally *priced, int64_t sum, int64_t room) {
    int64_t best = sum;
    if (sum < priced->low) {
        best = sum + room < priced->low ? sum + room : priced->low;
    }
    int64_t cost = pnr_priced_cost(priced, best);
    return cost >= PNR_NEVER ? PNR_NEVER : cost - priced->mu * (best - sum);
}

/** Chooses what to watch under the multipliers as they stand, beside what is watched already; false when
 * memory is short. */
bool pnr_problem_watch(struct pnr_problem *problem);

/** Watches the sum of a counter from the next pnr_problem_watch() on; whether it was not watched before. */
bool pnr_problem_watch_counter(struct pnr_problem *problem, int32_t counter);

/** Fills `later` ([day_count + 1]) with the least price of the tallies that begin on a day or after it, under
 * the multipliers; those of one slot are left out, -1: of none. */
void pnr_problem_find_later(const struct pnr_problem *problem, int32_t without_slot, int64_t *later);

/** Fills `rest` and `later` for the multipliers; the lower bound they prove, PNR_NEVER if there is no way. */
int64_t pnr_problem_backward(struct pnr_problem *problem);

/** Follows the cheapest way of the latest backward pass: items by day, the sum added to each tally; its true
 * price, PNR_NEVER if it breaks a hard limit. */
int64_t pnr_problem_trace(struct pnr_problem *problem, int32_t *items, int64_t *sums);

/** The largest price of an item, cost or gain, at least 1: a guess of the distance to the optimum while no
 * legal way is known. */
int64_t pnr_problem_largest_price(const struct pnr_problem *problem);

/**
 * Raises the lower bound by changing the multipliers, from where they stand, until it reaches `cutoff` or the
 * price of the best way found, at most `rounds` times. Leaves the best multipliers in place. *best: price of
 * the cheapest legal way met (its items in best_items), PNR_NEVER if none was. Returns the bound.
 */
int64_t pnr_problem_tighten(struct pnr_problem *problem, int64_t cutoff, int32_t rounds, int64_t *best,
                            int32_t *best_items);

#endif
