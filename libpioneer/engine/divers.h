/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several dives of some members each, at once. */
#ifndef PNR_ENGINE_DIVERS_H
#define PNR_ENGINE_DIVERS_H

#include "engine/part_inside.h"

/* What every diver has of its own; one for each that dives at the same time. */
struct pnr_divers;

/* Ready for the level at hand, whose dual has climbed. */
enum pioneer_status pnr_divers_new(const struct pnr_part_solver *solver, struct pnr_divers **out);
void pnr_divers_free(struct pnr_divers *divers);

/*
 * Every diver frees a share of the members, `percent`, of the solver's roster, lets them dive beside the
 * others, and searches what comes out for as long. Divers are told apart by their chances alone, there are as
 * many of them on any number of threads, and the best outcome, the first of equals, is the solver's roster if
 * it is better. What they did is counted.
 */
enum pioneer_status pnr_divers_run(struct pnr_divers *divers, struct pnr_part_solver *solver,
                                   int32_t percent);

#endif
