/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the values of all rosters have in common at a level. */
#ifndef PNR_ENGINE_GRAIN_H
#define PNR_ENGINE_GRAIN_H

#include "engine/pricer.h"
#include "engine/program.h"

/*
 * A number that divides the difference of any two rosters' values at the level, at least 1; 0: all rosters
 * are worth the same. A value is a constant, and for every member the charges of the patterns and transitions
 * of the schedule and what its tallies charge, each at one of the sums start + k × grid that they can reach;
 * and for the rules over several members whole units of auxiliaries. The number divides all charges, what a
 * tally charges at any sum it can reach less what it charges at the first, and the cost of every auxiliary;
 * so it divides what two rosters differ by. With one roster's value known, a bound on all may be rounded up
 * to the next number that leaves the same remainder. `is_feasible`: [member]: others are the same in every
 * roster.
 */
int64_t pnr_grain_find(const struct pnr_program *program, const struct pnr_pricer *pricer,
                       const uint8_t *is_feasible, int32_t level);

/* The least value that a roster can have that is worth `bound` or more, if some roster is worth `value`. */
static inline int64_t pnr_grain_round(int64_t grain, int64_t bound, int64_t value) {
    if (bound >= value || grain == 1) {
        return bound;
    }
    return grain == 0 ? value : value - (value - bound) / grain * grain;
}

/* A bound that is enough: any such is worth `value` once it is rounded up. */
static inline int64_t pnr_grain_goal(int64_t grain, int64_t value) {
    return value - (grain > 1 ? grain - 1 : 0);
}

#endif
