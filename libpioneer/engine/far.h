/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Column generation of a wide master while its prices are far from any that prove something. */
#ifndef PNR_ENGINE_FAR_H
#define PNR_ENGINE_FAR_H

#include "engine/master.h"

/*
 * Smoothing holds on to the prices that proved most. Far away that is no use: no prices at all are worth more
 * than any that sixty rounds see, and exact answers cost three times what quick ones do and prove nothing. So
 * a wide master that begins with nothing lets prices follow the LP's at a distance (Neame 1999), asks
 * quickly, walks shortly, and from when the LP falls slowly on asks exactly now and then, until a bound is
 * near.
 */
struct pnr_far {
    bool looks;     /* some rounds are exact */
    bool is_better; /* than no prices at all: an exact round said so */
    int64_t known;  /* the bound when it began */
    double before;  /* the LP's value some rounds ago */
};

/* Says in the master whether it is far away (is_far); of a problem that is `whole`. */
struct pnr_far pnr_far_begin(struct pnr_master *master, int64_t known, bool whole);

/* How a round is priced: quickly?, and how much of the prices before is kept. */
bool pnr_far_is_quick(const struct pnr_far *far, int32_t round);
double pnr_far_share(const struct pnr_far *far, int32_t round);

/* After a round, which `added` so many columns: the next one goes on from its prices, far away or not. */
void pnr_far_go_on(struct pnr_far *far, struct pnr_master *master, int32_t round, bool is_quick,
                   int32_t added);

#endif
