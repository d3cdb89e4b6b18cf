/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Enumerates the states of a nurse and their transitions. */
#include "inrc2/states.h"

#include <stdlib.h>

#include "inrc2/weights.h"

static int32_t least(int32_t a, int32_t b) {
    return a < b ? a : b;
}

/* Beyond its maximum every day costs the same, beyond its minimum a run is not too short. A maximum of all
 * days is none: with it states would be ten times as many. */
int32_t inrc2_states_cap(const struct inrc2_scenario *scenario, struct inrc2_range range) {
    bool has_max = range.max > range.min && range.max < scenario->week_count * INRC2_WEEK;
    int32_t cap = has_max ? range.max : range.min;
    return cap > 1 ? cap : 1;
}

static int32_t index_of_off(int32_t days) {
    return days - 1;
}

static int32_t index_of_work(const struct inrc2_states *states, int32_t shift, int32_t run, int32_t work) {
    return states->off_cap + (shift * states->run_cap + run - 1) * states->work_cap + work - 1;
}

static void list(struct inrc2_states *states, int32_t shift_count) {
    for (int32_t off = 1; off <= states->off_cap; off++) {
        states->items[index_of_off(off)] = (struct inrc2_state){.shift = INRC2_OFF, .off = off};
    }
    for (int32_t shift = 0; shift < shift_count; shift++) {
        for (int32_t run = 1; run <= states->run_cap; run++) {
            for (int32_t work = 1; work <= states->work_cap; work++) {
                states->items[index_of_work(states, shift, run, work)] =
                    (struct inrc2_state){.shift = shift, .run = run, .work = work};
            }
        }
    }
}

static double too_short(int32_t days, struct inrc2_range range, int32_t weight) {
    return days > 0 && days < range.min ? (double)weight * (range.min - days) : 0;
}

static double too_long(int32_t days, struct inrc2_range range, int32_t weight) {
    return days > range.max ? weight : 0;
}

static void go_off(struct inrc2_states *states, const struct inrc2_scenario *scenario,
                   const struct inrc2_contract *contract, int32_t from) {
    const struct inrc2_state *state = &states->items[from];
    double cost = too_long(state->off + 1, contract->off, WEIGHT_RUN);
    if (state->shift != INRC2_OFF) {
        cost = too_short(state->work, contract->work, WEIGHT_RUN) +
               too_short(state->run, scenario->shifts[state->shift].run, WEIGHT_SHIFT_RUN) +
               too_long(1, contract->off, WEIGHT_RUN);
    }
    states->next[from * states->choice_count] = index_of_off(least(state->off + 1, states->off_cap));
    states->cost[from * states->choice_count] = cost;
}

static void go_to_work(struct inrc2_states *states, const struct inrc2_scenario *scenario,
                       const struct inrc2_contract *contract, int32_t from, int32_t shift) {
    const struct inrc2_state *state = &states->items[from];
    int32_t at = from * states->choice_count + shift + 1;
    if (state->shift != INRC2_OFF && scenario->forbids[state->shift * scenario->shift_count + shift]) {
        states->next[at] = -1;
        return;
    }
    int32_t run = state->shift == shift ? state->run + 1 : 1;
    double cost = too_long(state->work + 1, contract->work, WEIGHT_RUN) +
                  too_long(run, scenario->shifts[shift].run, WEIGHT_SHIFT_RUN) +
                  too_short(state->off, contract->off, WEIGHT_RUN);
    if (state->shift != INRC2_OFF && state->shift != shift) {
        cost += too_short(state->run, scenario->shifts[state->shift].run, WEIGHT_SHIFT_RUN);
    }
    states->next[at] =
        index_of_work(states, shift, least(run, states->run_cap), least(state->work + 1, states->work_cap));
    states->cost[at] = cost;
}

bool inrc2_states_init(struct inrc2_states *states, const struct inrc2_scenario *scenario, int32_t number) {
    const struct inrc2_contract *contract = &scenario->contracts[number];
    *states = (struct inrc2_states){.choice_count = scenario->shift_count + 1,
                                    .off_cap = inrc2_states_cap(scenario, contract->off),
                                    .work_cap = inrc2_states_cap(scenario, contract->work)};
    for (int32_t shift = 0; shift < scenario->shift_count; shift++) {
        int32_t cap = inrc2_states_cap(scenario, scenario->shifts[shift].run);
        states->run_cap = cap > states->run_cap ? cap : states->run_cap;
    }
    states->count = states->off_cap + scenario->shift_count * states->run_cap * states->work_cap;
    size_t choices = (size_t)states->count * (size_t)states->choice_count;
    states->items = calloc((size_t)states->count, sizeof *states->items);
    states->next = calloc(choices, sizeof *states->next);
    states->cost = calloc(choices, sizeof *states->cost);
    if (states->items == NULL || states->next == NULL || states->cost == NULL) {
        inrc2_states_fini(states);
        return false;
    }
    list(states, scenario->shift_count);
    for (int32_t from = 0; from < states->count; from++) {
        go_off(states, scenario, contract, from);
        for (int32_t shift = 0; shift < scenario->shift_count; shift++) {
            go_to_work(states, scenario, contract, from, shift);
        }
    }
    return true;
}

void inrc2_states_fini(struct inrc2_states *states) {
    free(states->items);
    free(states->next);
    free(states->cost);
    *states = (struct inrc2_states){0};
}

int32_t inrc2_states_find(const struct inrc2_states *states, const struct inrc2_past *past) {
    if (past->last_shift == INRC2_OFF) {
        /* Nobody knows since when: long enough. */
        int32_t days = past->run_off > 0 ? past->run_off : states->off_cap;
        return index_of_off(least(days, states->off_cap));
    }
    int32_t run = past->run_shift > 0 ? past->run_shift : 1, work = past->run_work > 0 ? past->run_work : 1;
    return index_of_work(states, past->last_shift, least(run, states->run_cap),
                         least(work, states->work_cap));
}
