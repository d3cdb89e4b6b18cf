/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loading campaigns and rosters from their documents. */
#include "base/status.h"
#include "store/statement.h"

/* Our own document that our own reader refuses: something else has written into the store. */
static enum pioneer_status refuse_document(const struct pioneer_store *store, enum pioneer_status status,
                                           struct pioneer_error *error) {
    if (status == PIONEER_OK || status == PIONEER_E_NO_MEMORY) {
        return status;
    }
    return pnr_store_fail(store, SQLITE_CORRUPT, error);
}

enum pioneer_status pioneer_store_load_campaign(struct pioneer_store *store, int64_t id,
                                                struct pioneer_campaign **out, struct pioneer_error *error) {
    *out = NULL;
    enum pioneer_status status = pnr_store_campaign_id(store, &id, error);
    if (status != PIONEER_OK) {
        return status;
    }
    struct pnr_statement query;
    pnr_statement_open(&query, store, "SELECT document FROM campaign WHERE id = ?");
    pnr_statement_int(&query, id);
    if (pnr_statement_next(&query)) {
        const char *text = (const char *)sqlite3_column_text(query.handle, 0);
        size_t length = (size_t)sqlite3_column_bytes(query.handle, 0);
        status =
            text == NULL ? pnr_fail_no_memory(error) : pioneer_campaign_read_json(text, length, out, error);
    }
    int rc = pnr_statement_close(&query);
    return rc == SQLITE_OK ? refuse_document(store, status, error) : pnr_store_fail(store, rc, error);
}

enum pioneer_status pioneer_store_load_roster(struct pioneer_store *store, int64_t campaign_id,
                                              int64_t version, struct pioneer_roster **out,
                                              struct pioneer_error *error) {
    *out = NULL;
    enum pioneer_status status = pnr_store_campaign_id(store, &campaign_id, error);
    if (status != PIONEER_OK) {
        return status;
    }
    struct pnr_statement query;
    pnr_statement_open(&query, store,
                       "SELECT document FROM roster WHERE campaign = ?1 AND ?2 IN (0, version) ORDER BY "
                       "version DESC LIMIT 1");
    pnr_statement_int(&query, campaign_id);
    pnr_statement_int(&query, version);
    bool found = pnr_statement_next(&query);
    if (found) {
        const char *text = (const char *)sqlite3_column_text(query.handle, 0);
        size_t length = (size_t)sqlite3_column_bytes(query.handle, 0);
        status =
            text == NULL ? pnr_fail_no_memory(error) : pioneer_roster_read_json(text, length, out, error);
    }
    int rc = pnr_statement_close(&query);
    if (rc != SQLITE_OK) {
        return pnr_store_fail(store, rc, error);
    }
    if (!found) {
        return pnr_fail(error, PIONEER_E_NOT_FOUND, "no-roster", store->path,
                        "Campaign %lld has no roster %lld.", (long long)campaign_id, (long long)version);
    }
    return refuse_document(store, status, error);
}
