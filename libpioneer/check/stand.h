/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A roster as the judge takes it: who stands on which duty, once the lines that mean nothing are reported and
 * left out. */
#ifndef PNR_CHECK_STAND_H
#define PNR_CHECK_STAND_H

#include "check/report.h"
#include "check/world.h"

/* Indices into the world. Lists of a member are in order of start, lists of a duty in that of the members. */
struct pnr_stand {
    struct pnr_arena arena;
    int32_t count;
    int32_t *duties_of_member; /* [member_count + 1] starts into duty_at */
    int32_t *duty_at;
    int32_t *members_of_duty; /* [duty_count + 1] starts into member_at */
    int32_t *member_at;
};

/* Reports unknown members and duties, assignments that stand twice, and those that were marked absent.
 * Assignments of state absent do not count. On failure, which is only want of memory, the stand is empty. */
enum pioneer_status pnr_stand_init(struct pnr_stand *stand, const struct pnr_world *world,
                                   const struct pioneer_assignment *assignments, int32_t count,
                                   struct pioneer_report *report);
void pnr_stand_fini(struct pnr_stand *stand);

int32_t pnr_stand_heads(const struct pnr_stand *stand, int32_t duty);
bool pnr_stand_has(const struct pnr_stand *stand, int32_t member, int32_t duty);

#endif
