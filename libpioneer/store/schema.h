/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The schema of the store and its upgrades. */
#ifndef PNR_STORE_SCHEMA_H
#define PNR_STORE_SCHEMA_H

#include "store/store.h"

/* The schema version that this library writes: the number of upgrade steps there are. */
int pnr_schema_version(void);

/* Brings an empty database or an older store to `version` in one transaction; does nothing when it is there
 * already. */
enum pioneer_status pnr_schema_upgrade(struct pioneer_store *store, int version, struct pioneer_error *error);

/* Reads a PRAGMA that holds one number. Returns a result code of SQLite. */
int pnr_schema_pragma(struct pioneer_store *store, const char *sql, int64_t *value);

#endif
