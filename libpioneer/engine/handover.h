/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Duties change hands: members choose anew and may take what others would be glad to leave. */
#ifndef PNR_ENGINE_HANDOVER_H
#define PNR_ENGINE_HANDOVER_H

#include "engine/search.h"

/*
 * Search at `level` (of the organisation; its value entry is level + 1) where duties are full: a member
 * chooses its cheapest schedule, and a duty without room costs what it changes when the holder who gains most
 * by that leaves it. Whoever left something chooses anew in turn, and so on for a few members; what comes out
 * is kept if it is no worse. Ruin and recreate finds such moves by chance alone, for it frees the holder and
 * the taker of a duty together. Ends after `work` units, when the budget stops, or when the level's value has
 * reached `goal`. PIONEER_E_NO_MEMORY otherwise.
 */
enum pioneer_status pnr_search_hand_over(struct pnr_search *search, struct pnr_solution *solution,
                                         int32_t level, int64_t goal, int64_t work);

#endif
