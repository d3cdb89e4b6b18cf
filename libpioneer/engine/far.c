/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Column generation of a wide master while its prices are far from any that prove something. */
#include "engine/far.h"

#include <float.h>

#include "engine/master_inside.h"

/* What is kept of the prices before, and when they are worth more than none. On a campus of 5,000 with 0.8
 * the LP falls as fast and its prices are worth less; with 0.95 it falls half as fast. */
#define KEPT        0.9
#define KEPT_BETTER 0.8
/* One round in so many is exact, once the LP has fallen by less than this share in as many. */
#define LOOK_IN 5
#define SLOWLY  0.03
/* A bound is near from this share of the LP's value on. */
#define NEAR 0.9

struct pnr_far pnr_far_begin(struct pnr_master *master, int64_t known, bool whole) {
    master->is_far = whole && pnr_master_is_near(master) && !master->has_best;
    return (struct pnr_far){.known = known, .before = DBL_MAX};
}

bool pnr_far_is_quick(const struct pnr_far *far, int32_t round) {
    return !far->looks || round % LOOK_IN != 0;
}

double pnr_far_share(const struct pnr_far *far, int32_t round) {
    return round == 0 ? 0 : far->is_better ? KEPT_BETTER : KEPT;
}

void pnr_far_go_on(struct pnr_far *far, struct pnr_master *master, int32_t round, bool is_quick,
                   int32_t added) {
    double value = pnr_master_objective(master);
    master->has_best = true;
    master->best_bound = master->last_bound;
    pnr_multipliers_set(master->program, &master->used, &master->best);
    if (round % LOOK_IN == LOOK_IN - 1) {
        far->looks = far->looks || far->before - value < SLOWLY * value;
        far->before = value;
    }
    far->is_better = far->is_better || (!is_quick && master->last_bound > (double)far->known);
    master->is_far = is_quick || (added > 0 && master->last_bound < NEAR * value);
}
