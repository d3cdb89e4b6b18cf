/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a nurse's state at the end of a week is worth, estimated from sampled later weeks. */
#ifndef BENCH_INRC2_FUTURE_H
#define BENCH_INRC2_FUTURE_H

#include "inrc2/inrc2.h"

/* A run of each kind counts up to so many days; longer ones are alike. */
#define INRC2_RUN_MAX   16
#define INRC2_SHIFT_MAX 16

/*
 * One nurse: costs still to come, told apart by what the week leaves behind. They add up: total assignments
 * of the week, whether its weekend was worked, and the runs that are open on Sunday. Entry [r] is for a run
 * of r days; runs of work are charged by `work` and by `shifts` of the last shift. None is negative.
 */
struct inrc2_worth {
    double total[INRC2_WEEK + 1]; /* convex */
    double weekend;
    double off[INRC2_RUN_MAX + 1], work[INRC2_RUN_MAX + 1];
    double shifts[INRC2_SHIFT_MAX][INRC2_RUN_MAX + 1];
};

/* What is known when a week is planned. */
struct inrc2_forecast {
    const struct inrc2_scenario *scenario;
    const struct inrc2_history *history;
    const struct inrc2_week *week;           /* the one to plan */
    const struct inrc2_week *const *samples; /* weeks that later ones are expected to be like */
    int32_t sample_count;
    int32_t draws; /* how many futures are drawn and averaged */
    uint64_t seed;
};

/*
 * For each draw of the weeks that remain: prices of cover by an incremental subgradient method on the
 * Lagrangian dual of the planned and the drawn weeks, then the exact cost to go of every state at those
 * prices, by dynamic programming with the true limits at the end of the horizon. The costs to go, not the
 * prices, are averaged over the draws.
 *
 * Scenarios with runs or shifts beyond the limits above are the caller's to refuse, with inrc2_future_fits().
 * All that the forecast points to must outlive the future.
 */
struct inrc2_future;
bool inrc2_future_fits(const struct inrc2_scenario *scenario);
/* False: memory is short. */
bool inrc2_future_new(const struct inrc2_forecast *forecast, struct inrc2_future **out);
void inrc2_future_free(struct inrc2_future *future);

/*
 * Prices say what one nurse more or less costs, not what it costs when all move at once. So a roster of the
 * planned week can be shown to the future: it learns the costs to go at the prices that hold then, as so many
 * draws more, and tells what they are together, a mean of lower bounds. False: memory is short.
 */
bool inrc2_future_learn(struct inrc2_future *future, const struct inrc2_history *after, double *cost);
/* The costs to go learnt so far, as sums, [nurse]. False: memory is short. */
bool inrc2_future_split(const struct inrc2_future *future, struct inrc2_worth *worth);

#endif
