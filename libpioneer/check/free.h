/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a member is free: windows minus absences. */
#ifndef PNR_CHECK_FREE_H
#define PNR_CHECK_FREE_H

#include "check/world.h"

/* Fills free_of_member for all days on which a duty of the campaign can lie. */
enum pioneer_status pnr_free_build(struct pnr_world *world);

/* Whether [from_at, to_at) lies wholly inside the member's free time. */
bool pnr_free_holds(const struct pnr_world *world, int32_t member, int32_t from_at, int32_t to_at);

#endif
