/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Duties go round in rings: each of some members takes what the next one lays down. */
#ifndef PNR_ENGINE_RINGS_H
#define PNR_ENGINE_RINGS_H

#include "engine/search.h"

/*
 * Search at `level` (of the organisation; its value entry is level + 1) where duties are full, day by day:
 * every member who serves on the day lays down one of its duties, drawn by chance, and what was laid down is
 * dealt out anew at the least cost of all. A member takes one of these duties at most, each duty gets as many
 * as were taken from it, of those that count alike in rules over several members (leads for leads), and
 * everything else stays. Ends after `work` units, when the budget stops, when the level's value has reached
 * `goal`, or when no day gained since it was dealt out last. PIONEER_E_NO_MEMORY otherwise.
 */
enum pioneer_status pnr_search_close_rings(struct pnr_search *search, struct pnr_solution *solution,
                                           int32_t level, int64_t goal, int64_t work);

#endif
