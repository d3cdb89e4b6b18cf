/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the store share: the open store, its transactions and its failures. */
#ifndef PNR_STORE_STORE_H
#define PNR_STORE_STORE_H

#include <sqlite3.h>

#include <pioneer/store.h>

/* "PION": tells a store from every other SQLite file. */
#define PNR_STORE_APPLICATION_ID 0x50494F4E

/* How long to wait for another program that is writing: longer than any save takes, short enough for a
 * person. */
#define PNR_STORE_BUSY_MS 5000

struct pioneer_store {
    sqlite3 *db;
    char *path; /* for sentences */
};

/* Turns a result code of SQLite into a failure with a sentence; never returns PIONEER_OK. */
enum pioneer_status pnr_store_fail(const struct pioneer_store *store, int rc, struct pioneer_error *error);

/* Runs SQL without parameters or rows. Returns a result code of SQLite. */
int pnr_store_run(struct pioneer_store *store, const char *sql);

/* Takes the write lock at once, so that a save fails before it has done anything rather than in the middle.
 */
enum pioneer_status pnr_store_begin(struct pioneer_store *store, struct pioneer_error *error);
/* Commits when `status` is PIONEER_OK, else rolls back. Returns `status`, or why the commit failed. */
enum pioneer_status pnr_store_end(struct pioneer_store *store, enum pioneer_status status,
                                  struct pioneer_error *error);

/* The id itself, or the newest campaign's for 0. PIONEER_E_NOT_FOUND when there is none. */
enum pioneer_status pnr_store_campaign_id(struct pioneer_store *store, int64_t *id,
                                          struct pioneer_error *error);

#endif
