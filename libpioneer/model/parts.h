/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a plan: which sub-problems there are, and in which order they are solved. */
#ifndef PNR_MODEL_PARTS_H
#define PNR_MODEL_PARTS_H

#include "model/organisation.h"

/* One sub-problem. Joint: stage and unit -1, tier 0. */
struct pnr_plan_part {
    int32_t stage, unit, tier;
    int32_t duty_count;
    int32_t first_day, last_day; /* of its duties, inclusive */
};

struct pnr_plan_parts {
    struct pnr_plan_part *items;
    int32_t count;
};

/* Staged: one part for each stage and unit that owns duties in it, by stage, tier, unit id. Joint: one part.
 * Memory comes from `arena`. */
enum pioneer_status pnr_parts_list(const struct pnr_organisation *organisation, bool joint,
                                   struct pnr_arena *arena, struct pnr_plan_parts *out);

/* Whether no later part of the same stage has the member in its pool: minima of windows are judged there. */
bool pnr_parts_is_last_of_member(const struct pnr_organisation *organisation,
                                 const struct pnr_plan_parts *parts, int32_t part, int32_t member);

#endif
