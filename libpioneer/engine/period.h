/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Some weeks of everybody anew, by column generation, while all other days are held. */
#ifndef PNR_ENGINE_PERIOD_H
#define PNR_ENGINE_PERIOD_H

#include "engine/part_inside.h"

/* Days that are free, for the members that are flagged ([member], NULL: all). */
struct pnr_period {
    struct pnr_span spans[2];
    int32_t span_count;
    const uint8_t *is_free;
    int64_t work;     /* out: what LP and dive cost; a tree after them is another matter */
    uint64_t shuffle; /* not 0: another roster that is as good will do, and which depends on the number */
};

/*
 * Gives them schedules of these days anew: columns are stretches (engine/stretch.h), the program is what is
 * left of the part's beside what is held, and a dive makes a roster of the LP, or a tree where it misses
 * what the LP promises. The roster at hand is never worse afterwards. `work` is what column generation and
 * dive may cost each.
 */
enum pioneer_status pnr_period_renew(struct pnr_part_solver *solver, struct pnr_period *period, int64_t work);

#endif
