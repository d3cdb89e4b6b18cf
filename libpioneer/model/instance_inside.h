/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An instance while it is built: what its files share. */
#ifndef PNR_MODEL_INSTANCE_INSIDE_H
#define PNR_MODEL_INSTANCE_INSIDE_H

#include "model/instance.h"

/* Working state of one build. */
struct pnr_instance_builder {
    struct pnr_instance *instance;
    const struct pnr_prefix *prefix;
    const struct pnr_outlook *outlook; /* NULL: none */
    struct pnr_later_need *needs;      /* [organisation duty], NULL without an outlook */
    int32_t *part_duty_of;             /* [organisation duty] → duty of the part, -1 */
    PNR_ARRAY(struct pnr_fixed) fixed;
    int64_t *could_do_min, *could_do_points; /* [member]: see pnr_entitlement_measure() */
    struct pnr_arena bench;                  /* what is not kept */
};

static inline bool pnr_builder_is_joint(const struct pnr_instance *instance) {
    return instance->stage < 0;
}

/* What the outlook asks of the part's members for duties of later parts. False when memory is short. */
bool pnr_builder_find_needs(struct pnr_instance_builder *builder);

/* Fills the pairs by member, and what each member could do. Everything fixed is known by then, for pins take
 * heads from every pair. False when memory is short. */
bool pnr_builder_pair(struct pnr_instance_builder *builder);

/* Whose pairs they are, and the pairs by duty, once they stand by member. False when memory is short. */
bool pnr_instance_sort_pairs(struct pnr_instance *instance);

#endif
