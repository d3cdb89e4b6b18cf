/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of building an organisation, one file each. */
#ifndef PNR_MODEL_DERIVED_H
#define PNR_MODEL_DERIVED_H

#include "model/index.h"
#include "model/organisation.h"

/* Each fills its part of the organisation, in this order; failures are no memory, except where an expression
 * is malformed. */

/* Units, posts and members in the tree, and the ranks of ids. */
enum pioneer_status pnr_tree_build(struct pnr_organisation *organisation, const struct pnr_indexes *indexes,
                                   struct pioneer_error *error);
/* is_nominated, quotas applied. */
enum pioneer_status pnr_nominations_build(struct pnr_organisation *organisation, struct pioneer_error *error);
/* walk_min. */
enum pioneer_status pnr_walks_build(struct pnr_organisation *organisation, const struct pnr_indexes *indexes,
                                    struct pioneer_error *error);
/* free_of_member. */
enum pioneer_status pnr_free_time_build(struct pnr_organisation *organisation, struct pioneer_error *error);
/* levels and rules. */
enum pioneer_status pnr_in_force_build(struct pnr_organisation *organisation,
                                       const struct pnr_indexes *indexes, struct pioneer_error *error);

#endif
