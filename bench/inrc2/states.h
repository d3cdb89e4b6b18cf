/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The states of a nurse between two days, under one contract, and what a day's choice makes of them. */
#ifndef BENCH_INRC2_STATES_H
#define BENCH_INRC2_STATES_H

#include "inrc2/inrc2.h"

/* Off for `off` days (shift INRC2_OFF), or at work for `work` days, the last `run` of them on `shift`. */
struct inrc2_state {
    int32_t shift, run, work, off;
};

/* Choice 0 is a day off, choice s + 1 is shift s. */
struct inrc2_states {
    struct inrc2_state *items;
    int32_t count, choice_count;
    int32_t *next; /* [state × choice_count + choice]: the state after that day; -1: forbidden */
    double *cost;  /* [the same]: what runs cost on that day */
    int32_t off_cap, work_cap, run_cap; /* longer runs are alike */
};

/* Runs of so many days and more are alike. */
int32_t inrc2_states_cap(const struct inrc2_scenario *scenario, struct inrc2_range range);
/* False: memory is short. */
bool inrc2_states_init(struct inrc2_states *states, const struct inrc2_scenario *scenario, int32_t contract);
void inrc2_states_fini(struct inrc2_states *states);
/* The state that a history leaves. */
int32_t inrc2_states_find(const struct inrc2_states *states, const struct inrc2_past *past);

#endif
