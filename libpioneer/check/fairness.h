/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the members of a part are entitled to carry (docs/rules.md section 6). */
#ifndef PNR_CHECK_FAIRNESS_H
#define PNR_CHECK_FAIRNESS_H

#include "check/division.h"

/* Fills `entitled` and `entitled_hardship` of every part. Only fails for want of memory. */
enum pioneer_status pnr_fairness_entitle(struct pnr_division *division, const struct pnr_world *world,
                                         const struct pnr_stand *stand);

/* Σ target × load and Σ target × hardship of the part's duties. */
int64_t pnr_fairness_demand(const struct pnr_world *world, const struct pnr_check_part *part);
int64_t pnr_fairness_hardship(const struct pnr_world *world, const struct pnr_check_part *part);

#endif
