/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What fairness carries from one part to the next, and the charge that load and hardship share. */
#ifndef PNR_CHECK_CARRY_H
#define PNR_CHECK_CARRY_H

#include "check/view.h"

/* Charges each member of the part the square of what it bears above its entitlement, carried amounts
 * included. */
void pnr_carry_judge(struct pnr_view *view, bool is_hardship);

#endif
