/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the prices of a dual to a whole roster. */
#ifndef PNR_ENGINE_LAGRANGIAN_DIVE_H
#define PNR_ENGINE_LAGRANGIAN_DIVE_H

#include "engine/dual.h"
#include "engine/search.h"

/*
 * Gives a few members at a time, the most decided first, a good schedule at the dual's prices, and lets the
 * prices follow. `out` holds the roster in the end. Those who are free ([member] flags, NULL: all) are idle
 * at first, and left so if nothing was found for them that is not in the roster `before` (NULL: none); the
 * others stay as they are. When work or time ends, a dive that is past its half gives the others what they
 * can get at the prices as they are; an earlier one, and one that is cancelled, leaves them idle.
 */
enum pioneer_status pnr_lagrangian_dive(const struct pnr_tools *tools, struct pnr_dual *dual,
                                        struct pnr_search *search, const uint8_t *is_free,
                                        const struct pnr_solution *before, struct pnr_solution *out);

#endif
