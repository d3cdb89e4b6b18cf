/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Splits what ends cost into a sum over total, weekend and open runs. */
#include "inrc2/ends.h"

#include <stdlib.h>

/* A share of what is seen of end states is spread over all of them, so that those nobody met have a say. */
#define SPREAD 0.05

bool inrc2_ends_init(struct inrc2_ends *ends, int32_t state_count) {
    size_t count = (size_t)state_count;
    *ends = (struct inrc2_ends){.costs = calloc(INRC2_ENDS_A_STATE * count, sizeof *ends->costs),
                                .states = calloc(count, sizeof *ends->states)};
    return ends->costs != NULL && ends->states != NULL;
}

void inrc2_ends_fini(struct inrc2_ends *ends) {
    free(ends->costs);
    free(ends->states);
}

/* Makes counts shares of one, with a part spread over all. */
static void to_shares(double *counts, int32_t count) {
    double sum = 0;
    for (int32_t i = 0; i < count; i++) {
        sum += counts[i];
    }
    for (int32_t i = 0; i < count; i++) {
        counts[i] = (sum > 0 ? (1 - SPREAD) * counts[i] / sum : 0) + SPREAD / count;
    }
}

void inrc2_ends_share(struct inrc2_ends *ends, int32_t state_count) {
    to_shares(ends->states, state_count);
    to_shares(ends->totals, INRC2_WEEK + 1);
    to_shares(ends->weekends, 2);
}

/* Slopes that fall are pooled until none does. */
static void make_convex(double total[INRC2_WEEK + 1]) {
    double slopes[INRC2_WEEK];
    int32_t sizes[INRC2_WEEK], count = 0;
    for (int32_t i = 0; i < INRC2_WEEK; i++) {
        slopes[count] = total[i + 1] - total[i];
        sizes[count++] = 1;
        while (count > 1 && slopes[count - 1] < slopes[count - 2]) {
            int32_t both = sizes[count - 1] + sizes[count - 2];
            slopes[count - 2] =
                (slopes[count - 1] * sizes[count - 1] + slopes[count - 2] * sizes[count - 2]) / both;
            sizes[--count - 1] = both;
        }
    }
    for (int32_t i = 0, block = 0, left = sizes[0]; i < INRC2_WEEK; i++) {
        total[i + 1] = total[i] + slopes[block];
        left--;
        if (left == 0 && block + 1 < count) {
            left = sizes[++block];
        }
    }
}

/* The costs of states at work as a sum over the run of work and that of the shift, by turns. */
static void split_work(const struct inrc2_states *states, const double *costs, const double *shares,
                       struct inrc2_worth *worth) {
    for (int32_t turn = 0; turn < 60; turn++) {
        double sums[INRC2_SHIFT_MAX + 1][INRC2_RUN_MAX + 1] = {{0}},
                                                         weights[INRC2_SHIFT_MAX + 1][INRC2_RUN_MAX + 1] = {
                                                             {0}};
        bool is_of_work = turn % 2 == 0;
        for (int32_t i = 0; i < states->count; i++) {
            const struct inrc2_state *state = &states->items[i];
            if (state->shift == INRC2_OFF) {
                continue;
            }
            int32_t row = is_of_work ? INRC2_SHIFT_MAX : state->shift;
            int32_t column = is_of_work ? state->work : state->run;
            double other = is_of_work ? worth->shifts[state->shift][state->run] : worth->work[state->work];
            sums[row][column] += shares[i] * (costs[i] - other);
            weights[row][column] += shares[i];
        }
        for (int32_t row = 0; row <= INRC2_SHIFT_MAX; row++) {
            double *out = row == INRC2_SHIFT_MAX ? worth->work : worth->shifts[row];
            for (int32_t run = 0; run <= INRC2_RUN_MAX; run++) {
                if (weights[row][run] > 0) {
                    out[run] = sums[row][run] / weights[row][run];
                }
            }
        }
    }
}

/* Nothing may be negative: what is common to all shifts goes to work, what is common to all is left out. */
static void raise(const struct inrc2_states *states, int32_t shift_count, struct inrc2_worth *worth) {
    double least = worth->shifts[0][1], common = worth->off[1];
    for (int32_t i = 0; i < shift_count * states->run_cap; i++) {
        double cost = worth->shifts[i / states->run_cap][i % states->run_cap + 1];
        least = cost < least ? cost : least;
    }
    for (int32_t i = 0; i < shift_count * states->run_cap; i++) {
        worth->shifts[i / states->run_cap][i % states->run_cap + 1] -= least;
    }
    for (int32_t run = 1; run <= states->work_cap; run++) {
        worth->work[run] += least;
        common = worth->work[run] < common ? worth->work[run] : common;
    }
    for (int32_t run = 1; run <= states->off_cap; run++) {
        common = worth->off[run] < common ? worth->off[run] : common;
    }
    for (int32_t run = 1; run <= INRC2_RUN_MAX; run++) {
        worth->work[run] = run <= states->work_cap ? worth->work[run] - common : worth->work[run - 1];
        worth->off[run] = run <= states->off_cap ? worth->off[run] - common : worth->off[run - 1];
        for (int32_t shift = 0; run > states->run_cap && shift < shift_count; shift++) {
            worth->shifts[shift][run] = worth->shifts[shift][run - 1];
        }
    }
}

bool inrc2_ends_split(const struct inrc2_scenario *scenario, const struct inrc2_states *states,
                      const struct inrc2_ends *ends, int32_t sum_count, struct inrc2_worth *worth) {
    double *costs = calloc((size_t)states->count, sizeof *costs), weekend[2] = {0, 0};
    if (costs == NULL) {
        return false;
    }
    *worth = (struct inrc2_worth){.weekend = 0};
    for (int32_t i = 0; i < states->count * INRC2_ENDS_A_STATE; i++) {
        int32_t t = i % (INRC2_WEEK + 1), w = i / (INRC2_WEEK + 1) % 2, state = i / INRC2_ENDS_A_STATE;
        costs[state] += ends->totals[t] * ends->weekends[w] * ends->costs[i];
        worth->total[t] += ends->states[state] * ends->weekends[w] * ends->costs[i];
        weekend[w] += ends->states[state] * ends->totals[t] * ends->costs[i];
    }
    for (int32_t i = 0; i < states->count; i++) {
        costs[i] /= sum_count;
    }
    for (int32_t t = 0; t <= INRC2_WEEK; t++) {
        worth->total[t] /= sum_count;
    }
    make_convex(worth->total);
    worth->weekend = weekend[1] > weekend[0] ? (weekend[1] - weekend[0]) / sum_count : 0;
    for (int32_t i = 0; i < states->count; i++) {
        if (states->items[i].shift == INRC2_OFF) {
            worth->off[states->items[i].off] = costs[i];
        }
    }
    split_work(states, costs, ends->states, worth);
    raise(states, scenario->shift_count, worth);
    free(costs);
    return true;
}
