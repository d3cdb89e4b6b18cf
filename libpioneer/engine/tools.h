/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every maker of bounds and columns works with. */
#ifndef PNR_ENGINE_TOOLS_H
#define PNR_ENGINE_TOOLS_H

#include "base/budget.h"
#include "engine/multipliers.h"
#include "engine/pricer.h"

/* Everything is borrowed. */
struct pnr_tools {
    const struct pnr_program *program;
    const struct pnr_pricer *pricer;
    struct pnr_pricer_scratch **scratches; /* one a thread */
    int32_t thread_count;
    const uint8_t *is_feasible; /* [member] */
    const int64_t *idle_cost;   /* [member × level_count]: of the members that are not feasible */
    /* [member]: NULL: the whole horizon. Else schedules are those of the members' stretches; nobody's is
     * idle, and the roster to begin with is what they are cut from. */
    const struct pnr_stretch *stretches;
    int64_t dislike;  /* what preferences weigh in a roster then, about; 0: less than a unit of cost */
    uint64_t shuffle; /* not 0: of rosters that are as good, the master prefers others for another number */
    struct pnr_budget *budget;
    int64_t work; /* that there is for all of it, about; 0: any amount */
    /* Called now and then in long work that reports nothing of its own, so that whoever waits can cancel;
     * NULL: nobody is asked. */
    void (*pulse)(void *context);
    void *pulse_context;
};

static inline void pnr_tools_pulse(const struct pnr_tools *tools) {
    if (tools->pulse != NULL) {
        tools->pulse(tools->pulse_context);
    }
}

/* What a round is told about, so that a caller can report progress and stop. Returns false to stop. */
typedef bool pnr_round_fn(void *context, int64_t bound);

#endif
