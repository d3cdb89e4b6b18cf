/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening, closing and listing a store, and its failures in words. */
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "store/schema.h"
#include "store/statement.h"

static enum pioneer_status fail_as(const struct pioneer_store *store, enum pioneer_status status,
                                   const char *code, const char *sentence, struct pioneer_error *error) {
    return pnr_fail(error, status, code, store->path, "%s", sentence);
}

enum pioneer_status pnr_store_fail(const struct pioneer_store *store, int rc, struct pioneer_error *error) {
    switch (rc & 0xff) {
    case SQLITE_NOMEM:
        return pnr_fail_no_memory(error);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return fail_as(store, PIONEER_E_STORE, "locked",
                       "Another program is writing to the store; try again when it has finished.", error);
    case SQLITE_READONLY:
        return fail_as(store, PIONEER_E_STORE, "read-only", "The store may be read but not written.", error);
    case SQLITE_NOTADB:
        return fail_as(store, PIONEER_E_STORE, "not-a-store", "The file is not a store of this program.",
                       error);
    case SQLITE_CORRUPT:
        return fail_as(store, PIONEER_E_STORE, "damaged-store", "The store is damaged; take its last backup.",
                       error);
    case SQLITE_FULL:
        return fail_as(store, PIONEER_E_IO, "disk-full", "The disk is full; nothing was saved.", error);
    case SQLITE_CANTOPEN:
        return fail_as(store, PIONEER_E_IO, "cannot-open", "The store cannot be opened.", error);
    case SQLITE_IOERR:
        return fail_as(store, PIONEER_E_IO, "cannot-read-or-write", "The store could not be read or written.",
                       error);
    default:
        return pnr_fail(error, PIONEER_E_STORE, "store-failed", store->path, "SQLite refused: %s.",
                        sqlite3_errstr(rc));
    }
}

int pnr_store_run(struct pioneer_store *store, const char *sql) {
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL);
}

enum pioneer_status pnr_store_begin(struct pioneer_store *store, struct pioneer_error *error) {
    int rc = pnr_store_run(store, "BEGIN IMMEDIATE");
    return rc == SQLITE_OK ? PIONEER_OK : pnr_store_fail(store, rc, error);
}

enum pioneer_status pnr_store_end(struct pioneer_store *store, enum pioneer_status status,
                                  struct pioneer_error *error) {
    if (status == PIONEER_OK) {
        int rc = pnr_store_run(store, "COMMIT");
        if (rc == SQLITE_OK) {
            return PIONEER_OK;
        }
        status = pnr_store_fail(store, rc, error);
    }
    /* After some failures SQLite has rolled back by itself; then there is nothing left to undo. */
    if (!sqlite3_get_autocommit(store->db)) {
        pnr_store_run(store, "ROLLBACK");
    }
    return status;
}

/* An SQLite file is a store when it says so; an empty one becomes a store when the caller wants to make one.
 */
static enum pioneer_status recognise(struct pioneer_store *store, bool create, int64_t *version,
                                     struct pioneer_error *error) {
    int64_t application = 0, objects = 0;
    int rc = pnr_schema_pragma(store, "PRAGMA application_id", &application);
    if (rc == SQLITE_OK) {
        rc = pnr_schema_pragma(store, "PRAGMA user_version", version);
    }
    if (rc == SQLITE_OK) {
        rc = pnr_schema_pragma(store, "SELECT count(*) FROM sqlite_schema", &objects);
    }
    if (rc != SQLITE_OK) {
        return pnr_store_fail(store, rc, error);
    }
    bool is_empty = application == 0 && *version == 0 && objects == 0;
    if (application != PNR_STORE_APPLICATION_ID && !(is_empty && create)) {
        return pnr_store_fail(store, SQLITE_NOTADB, error);
    }
    if (*version > pnr_schema_version()) {
        return fail_as(store, PIONEER_E_STORE, "newer-store",
                       "The store was written by a newer version of this program; it needs that version.",
                       error);
    }
    return PIONEER_OK;
}

/* Foreign keys are off by default in SQLite. An untrusted schema could otherwise call functions from its
 * views and triggers. */
static enum pioneer_status prepare(struct pioneer_store *store, bool create, struct pioneer_error *error) {
    int64_t version = 0;
    sqlite3_extended_result_codes(store->db, 1);
    int rc = sqlite3_busy_timeout(store->db, PNR_STORE_BUSY_MS);
    if (rc == SQLITE_OK) {
        rc = pnr_store_run(
            store, "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA synchronous = FULL;");
    }
    if (rc != SQLITE_OK) {
        return pnr_store_fail(store, rc, error);
    }
    enum pioneer_status status = recognise(store, create, &version, error);
    if (status == PIONEER_OK && version < pnr_schema_version()) {
        status = pnr_schema_upgrade(store, pnr_schema_version(), error);
    }
    return status;
}

enum pioneer_status pioneer_store_open(const char *path, bool create, struct pioneer_store **out,
                                       struct pioneer_error *error) {
    *out = NULL;
    if (path == NULL || *path == '\0') {
        return pnr_fail(error, PIONEER_E_RANGE, "no-path", NULL, "A store needs a file name.");
    }
    struct pioneer_store *store = calloc(1, sizeof *store);
    if (store == NULL || (store->path = strdup(path)) == NULL) {
        pioneer_store_close(store);
        return pnr_fail_no_memory(error);
    }
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0);
    int rc = sqlite3_open_v2(path, &store->db, flags, NULL);
    enum pioneer_status status =
        rc == SQLITE_OK ? prepare(store, create, error) : pnr_store_fail(store, rc, error);
    if (status != PIONEER_OK) {
        pioneer_store_close(store);
        return status;
    }
    *out = store;
    return PIONEER_OK;
}

void pioneer_store_close(struct pioneer_store *store) {
    if (store != NULL) {
        sqlite3_close(store->db);
        free(store->path);
        free(store);
    }
}

enum pioneer_status pnr_store_campaign_id(struct pioneer_store *store, int64_t *id,
                                          struct pioneer_error *error) {
    struct pnr_statement statement;
    pnr_statement_open(&statement, store,
                       "SELECT id FROM campaign WHERE ?1 IN (0, id) ORDER BY id DESC LIMIT 1");
    pnr_statement_int(&statement, *id);
    bool found = pnr_statement_next(&statement);
    int64_t newest = found ? sqlite3_column_int64(statement.handle, 0) : 0;
    int rc = pnr_statement_close(&statement);
    if (rc != SQLITE_OK) {
        return pnr_store_fail(store, rc, error);
    }
    if (!found && *id == 0) {
        return pnr_fail(error, PIONEER_E_NOT_FOUND, "no-campaign", store->path,
                        "The store holds no campaign.");
    }
    if (!found) {
        return pnr_fail(error, PIONEER_E_NOT_FOUND, "no-campaign", store->path,
                        "The store holds no campaign %lld.", (long long)*id);
    }
    *id = newest;
    return PIONEER_OK;
}

static const char *column_text(struct pnr_statement *statement, int column) {
    return (const char *)sqlite3_column_text(statement->handle, column);
}

enum pioneer_status pioneer_store_list(struct pioneer_store *store, pioneer_store_entry_fn *each,
                                       void *context, struct pioneer_error *error) {
    struct pnr_statement statement;
    bool wants_more = true;
    pnr_statement_open(
        &statement, store,
        "SELECT id, 0, name, NULL, saved_at, (SELECT count(*) FROM published WHERE campaign = id) FROM "
        "campaign"
        " UNION ALL SELECT r.campaign, r.version, c.name, r.note, r.saved_at,"
        " (SELECT count(*) FROM assignment a WHERE a.campaign = r.campaign AND a.version = r.version)"
        " FROM roster r JOIN campaign c ON c.id = r.campaign ORDER BY 1, 2");
    while (wants_more && pnr_statement_next(&statement)) {
        struct pioneer_store_entry entry = {
            .campaign_id = sqlite3_column_int64(statement.handle, 0),
            .version = sqlite3_column_int64(statement.handle, 1),
            .name = column_text(&statement, 2),
            .note = column_text(&statement, 3),
            .saved_at = sqlite3_column_int64(statement.handle, 4),
            .assignment_count = sqlite3_column_int(statement.handle, 5),
        };
        wants_more = each(context, &entry);
    }
    int rc = pnr_statement_close(&statement);
    return rc == SQLITE_OK ? PIONEER_OK : pnr_store_fail(store, rc, error);
}
