/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The roster object from inside: what the plan fills in after solving. */
#ifndef PNR_ROSTER_ROSTER_H
#define PNR_ROSTER_ROSTER_H

#include <pioneer/roster.h>

#include "base/arena.h"
#include "base/array.h"

/* Invariants: every pointer inside the descriptions points into `arena`, so that a roster outlives the
 * campaign it was made from; the texts of `info` are never NULL. */
struct pioneer_roster {
    struct pnr_arena arena;
    struct pioneer_roster_info info;
    PNR_ARRAY(struct pioneer_assignment) assignments;
    PNR_ARRAY(struct pioneer_part) parts;
    PNR_ARRAY(struct pioneer_finding) findings;
    PNR_ARRAY(struct pioneer_staging_price) prices;
};

/* Each copies what it is given, the texts included (a NULL text of a finding or of the info becomes ""), and
 * fails only with PIONEER_E_NO_MEMORY, which leaves the roster as it was. */
PIONEER_MUST_USE enum pioneer_status pnr_roster_set_info(struct pioneer_roster *roster,
                                                         const struct pioneer_roster_info *info);
PIONEER_MUST_USE enum pioneer_status pnr_roster_add_part(struct pioneer_roster *roster,
                                                         const struct pioneer_part *part);
PIONEER_MUST_USE enum pioneer_status pnr_roster_add_finding(struct pioneer_roster *roster,
                                                            const struct pioneer_finding *finding);
PIONEER_MUST_USE enum pioneer_status pnr_roster_add_price(struct pioneer_roster *roster,
                                                          const struct pioneer_staging_price *price);

/* Puts the assignments in the order that solved rosters promise: day, start of the slot in `campaign` (slots
 * it does not have come last), site, post, slot, member, ids bytewise. PIONEER_E_NO_MEMORY leaves the order
 * as it was. */
PIONEER_MUST_USE enum pioneer_status pnr_roster_sort(struct pioneer_roster *roster,
                                                     const struct pioneer_campaign *campaign);

#endif
