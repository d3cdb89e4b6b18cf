/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Duties that no rule about one member tells apart. */
#ifndef PNR_ENGINE_KINDS_H
#define PNR_ENGINE_KINDS_H

#include "rules/rule.h"
#include "model/instance.h"

/**
 * Two duties of one date are of one kind when times, night, load, hardship and every trait that is the same
 * for all members agree. A campus with hundreds of posts and sites has a dozen kinds a date for a member, and
 * schedules are built of those: a query then takes the cheapest duty of each.
 */
struct pnr_kinds {
    int32_t count;
    int32_t *kind_of_duty; /**< [duty of the part] */
};

/** False when memory is short. */
bool pnr_kinds_build(struct pnr_kinds *kinds, const struct pnr_instance *instance,
                     const struct pnr_lookup *lookup, struct pnr_arena *arena);

#endif
