/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The relational projections of the stored documents. Each runs inside the caller's transaction. */
#ifndef PNR_STORE_PROJECT_H
#define PNR_STORE_PROJECT_H

#include "store/store.h"

/* The campaign must be validated: the tables hold no dangling reference. */
enum pioneer_status pnr_project_campaign(struct pioneer_store *store, int64_t id,
                                         const struct pioneer_campaign *campaign,
                                         struct pioneer_error *error);

/* PIONEER_E_INVALID "unknown-duty" or "duplicate-assignment" when the roster does not fit the stored
 * campaign, "foreign-roster" when its parts name other stages, units or levels. */
enum pioneer_status pnr_project_roster(struct pioneer_store *store, int64_t id, int64_t version,
                                       const struct pioneer_roster *roster, struct pioneer_error *error);

#endif
