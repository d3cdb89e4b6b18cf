/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which members and weeks, or days, are renewed next. */
#ifndef PNR_ENGINE_PERIODS_H
#define PNR_ENGINE_PERIODS_H

#include "engine/accounts.h"
#include "engine/part_inside.h"

struct pnr_periods;

/* `work`: that there is for all renewals, about. */
enum pioneer_status pnr_periods_new(const struct pnr_part_solver *solver, int64_t work,
                                    struct pnr_periods **out);

/* What all of them brought so far. */
const struct pnr_account *pnr_periods_account(const struct pnr_periods *periods);
void pnr_periods_free(struct pnr_periods *periods);

/* Whether the roster at hand breaks hard rules: these are not what periods are for. */
bool pnr_periods_rest(const struct pnr_part_solver *solver);

/*
 * One renewal of the roster at hand (engine/period.h), which is no worse afterwards; unless they rest.
 * Periods of a kind (whom they free, at one place or at two) come up one after the other, and grow when
 * a round of them was for nothing; the kinds that gain most come up most. Spans are of weeks, on horizons of
 * less than 28 days of days.
 */
enum pioneer_status pnr_periods_turn(struct pnr_periods *periods, struct pnr_part_solver *solver);

#endif
