/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What days are expected to ask for while their demand is not known. */
#ifndef PNR_MODEL_EXPECTED_H
#define PNR_MODEL_EXPECTED_H

#include "base/arena.h"
#include "model/organisation.h"

/*
 * The duties of `all` up to `known_day`, at their indices, and behind them what each day after it up to
 * `last_day` that lies in a stage is expected to ask for: every post, site and slot that any of those duties
 * has, with the largest of their demands (of upper tiers twice the target); but at the least no more than on
 * the days of its weekday, if one of those lies behind the first duty and in a stage. Items live in `arena`;
 * false when memory is short.
 */
bool pnr_duties_expect(const struct pnr_organisation *organisation, const struct pnr_duty_list *all,
                       int32_t known_day, int32_t last_day, struct pnr_arena *arena,
                       struct pnr_duty_list *out);

#endif
