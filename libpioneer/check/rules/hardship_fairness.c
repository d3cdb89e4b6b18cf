/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule hardship_fairness: points above what a member is entitled to carry, squared. */
#include "check/rules/rules.h"

#include "check/carry.h"

void pnr_check_hardship_fairness(struct pnr_view *view) {
    pnr_carry_judge(view, true);
}
