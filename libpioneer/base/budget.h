/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When to stop: a deterministic work limit, a wall-clock limit, or a caller who cancels. */
#ifndef PNR_BASE_BUDGET_H
#define PNR_BASE_BUDGET_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/**
 * A unit is about what a processor of 2026 does in a tenth of a microsecond: a label is LABEL units, a pivot
 * two for each row, a pass over a member's automaton one for each CELLS_A_UNIT cells.
 */
#define PNR_WORK_A_MS     12000
#define PNR_WORK_A_SECOND ((int64_t)1000 * PNR_WORK_A_MS)
#define PNR_WORK_LABEL    4
#define PNR_CELLS_A_UNIT  100

/**
 * Owned by one thread, except that anyone may set *cancel. All zeros is a budget without limits. Work is
 * counted in units that do not depend on the machine, so that a solve under a work limit alone is
 * reproducible.
 */
struct pnr_budget {
    int64_t work_limit;        /**< 0: none */
    int64_t work_used;         /**< never falls; stays at INT64_MAX rather than overflow */
    int64_t deadline_ms;       /**< on the clock of pnr_clock_ms, 0: none */
    const atomic_bool *cancel; /**< borrowed, may be NULL */
};

enum pnr_stop {
    PNR_STOP_NONE = 0,
    PNR_STOP_WORK,
    PNR_STOP_TIME,
    PNR_STOP_CANCEL,
};

/** Counts `units` >= 0 of work. */
void pnr_budget_spend(struct pnr_budget *budget, int64_t units);

/**
 * Why to stop now: cancellation first, then work, then time. Cheap: it reads the clock only when there is a
 * deadline.
 */
enum pnr_stop pnr_budget_stop(const struct pnr_budget *budget);

/** Whether the time is up or somebody cancels. Other threads may ask while the owner counts work. */
bool pnr_budget_is_late(const struct pnr_budget *budget);

/** Milliseconds of a clock that never goes back; its zero means nothing. */
int64_t pnr_clock_ms(void);

#endif
