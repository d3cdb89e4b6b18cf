/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Squares of what a member carries above its entitlement: what both fairness rules share. */
#ifndef PNR_RULES_FAIRNESS_H
#define PNR_RULES_FAIRNESS_H

#include "rules/rule.h"

/** Opens one square window over the horizon that starts from carried load minus all entitlement. False when
 * memory is short. */
bool pnr_fairness_open(struct pnr_clause_list *list, const struct pnr_clause *blank, int64_t entitled);

#endif
