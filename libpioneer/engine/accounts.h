/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several ways to make a roster better, and which to try next. */
#ifndef PNR_ENGINE_ACCOUNTS_H
#define PNR_ENGINE_ACCOUNTS_H

#include <stdbool.h>
#include <stdint.h>

/* How one way fares. All zeros: it was never tried. */
struct pnr_account {
    double gain, work; /* of late: older tries count less and less */
    double all_work;
    int32_t gains; /* how often it gained anything */
    bool rests;    /* set by the owner: not to be tried for now */
};

/* The way to try next: one that had hardly any work so far, else the one that gains most for its work; where
 * none gained anything of late, the one that had least work for each time that it ever gained. */
int32_t pnr_accounts_choose(const struct pnr_account *accounts, int32_t count);

void pnr_account_enter(struct pnr_account *account, int64_t gain, int64_t work);

#endif
