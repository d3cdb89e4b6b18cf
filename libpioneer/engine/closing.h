/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closing a level, and its rooms: the order of things (closing.c), what becomes of a dive (trial.c), and the
 * turns that go on from there (turns.c). */
#ifndef PNR_ENGINE_CLOSING_H
#define PNR_ENGINE_CLOSING_H

#include "engine/part_inside.h"

/* The first dive starts when LP and bound differ by this share. With ten times as much its choices found too
 * few columns to go on with; the rest of column generation is for levels whose roster is not good enough
 * then. */
#define PNR_ROUGH 1e-4

/* Column generation until LP and bound differ by the share `close`, within what is left of the level. */
enum pioneer_status pnr_closing_converge(struct pnr_part_solver *solver, int64_t left, double close);

/* Whether later dives come after trees, where these are wanted: on long horizons under a time limit alone. A
 * tree leaves an LP that is nearly whole: a dive of 120 nurses took 1 s there instead of 30. */
bool pnr_closing_dives_after_trees(const struct pnr_part_solver *solver);

/* A dive within what is left of the level's work; what it missed is mended even if nothing is left, for
 * without that it was for nothing. `work`: all of the level. */
enum pioneer_status pnr_closing_dive(struct pnr_part_solver *solver, int64_t work, int64_t left,
                                     bool looks_ahead);

/* pnr_trial_replaces() for what a dive or a tree of the level's master made: it is told at once. */
void pnr_trial_take(struct pnr_part_solver *solver);

/* The same after mending it: it must keep the frozen levels. */
enum pioneer_status pnr_trial_take_mended(struct pnr_part_solver *solver, int64_t work);

/* Whether the gap, net of what no roster can avoid, is so small that the work is better spent on later
 * levels. */
bool pnr_turns_good_enough(const struct pnr_part_solver *solver);

/* Whether the level rests: closed, good enough beside the levels that wait, or out of work (`end`: the work
 * used then) or time. */
bool pnr_turns_rest(const struct pnr_part_solver *solver, int64_t end);

/* Whether the gap is so small that a tree may close it. */
bool pnr_turns_want_a_tree(const struct pnr_part_solver *solver);

/* Branch and price, for its share of the level's `work`; and a dive, where that comes after trees. */
enum pioneer_status pnr_turns_branch_and_dive(struct pnr_part_solver *solver, int64_t work, int64_t end);

/* Periods are for horizons that have several of them. */
bool pnr_turns_have_periods(const struct pnr_part_solver *solver);

/* Weeks anew, before anything else goes on from the first dive: while they gain, nothing gains as much.
 * `work`: that is left of the level. */
enum pioneer_status pnr_turns_renew_weeks(struct pnr_part_solver *solver, int64_t work);

/* What renewing some members or some weeks may cost, which is `share` otherwise. */
int64_t pnr_turns_renewal_share(const struct pnr_part_solver *solver, int64_t share);

/* Turns until the level rests; `work`: all of the level. */
enum pioneer_status pnr_turns_take(struct pnr_part_solver *solver, int64_t work, int64_t end);

#endif
