/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads that stay together for many short rounds of tasks. */
#ifndef PNR_BASE_TEAM_H
#define PNR_BASE_TEAM_H

#include <stdbool.h>

#include "base/status.h"

/*
 * Starting threads takes some 50 microseconds, which is too long for rounds that take a few hundred. A team
 * waits between rounds, awake for a moment and then asleep. Of tasks that need GLPK none may be given to it:
 * the caller takes part (see pnr_parallel()).
 */
struct pnr_team;

/** A team of `threads`, the caller among them (0 or less: one per core). Fewer are made do with; false:
 * memory is short. */
PIONEER_MUST_USE bool pnr_team_new(int threads, struct pnr_team **out);

/** NULL is allowed. */
void pnr_team_free(struct pnr_team *team);

/** Calls run(context, task) once for each task 0 … tasks - 1, in any order, and returns when all have
 * returned. One round at a time. */
void pnr_team_run(struct pnr_team *team, int tasks, void (*run)(void *context, int task), void *context);

#endif
