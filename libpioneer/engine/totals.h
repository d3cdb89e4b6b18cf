/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Totals: how much of what costs alike there is in all, such as the places that stay empty. What cases may
 * hold within limits. */
#ifndef PNR_ENGINE_TOTALS_H
#define PNR_ENGINE_TOTALS_H

#include "base/arena.h"
#include "engine/program.h"

/* Totals of a program, at most. */
#define PNR_TOTALS 32

/*
 * A total is the sum of the slacks that cost the same at every level. A roster has a whole number of each, so
 * that it lies on one side of any split of it; the LP's solution need not. Where hands are short the LP
 * leaves 11½ places empty on a campus of 400, half a place in twenty duties each: no pair and no member is to
 * blame for that, and no split by them says so.
 */
struct pnr_totals {
    int32_t count;
    int32_t first[PNR_TOTALS];         /* auxiliary of each */
    int32_t *of_auxiliary;             /* [auxiliary]: the total that it counts in, -1 */
    struct pnr_row limits[PNR_TOTALS]; /* what the case at hand allows; at first everything */
};

/* The totals, in the order of their first slacks, those beyond PNR_TOTALS left out. Arrays come from the
 * arena. False when memory is short. */
bool pnr_totals_find(const struct pnr_program *program, struct pnr_arena *arena, struct pnr_totals *out);

/* Allows everything. */
void pnr_totals_free_all(struct pnr_totals *totals);

static inline int32_t pnr_total_of(const struct pnr_totals *totals, int32_t auxiliary) {
    return totals != NULL ? totals->of_auxiliary[auxiliary] : -1;
}

#endif
