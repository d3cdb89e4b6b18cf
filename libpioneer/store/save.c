/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saving campaigns and rosters: document, projection and log entry in one transaction. */
#include "base/status.h"
#include "model/campaign.h"
#include "store/project.h"
#include "store/statement.h"
#include "store/columns.h"

/* `version` 0: the campaign itself. */
static int write_log(struct pioneer_store *store, const char *action, int64_t campaign, int64_t version,
                     const char *note, int64_t at) {
    struct pnr_statement row;
    pnr_statement_open(
        &row, store,
        "INSERT INTO change_log (at, action, campaign, version, note) VALUES (?, ?, ?, nullif(?, 0), ?)");
    pnr_statement_int(&row, at);
    pnr_statement_text(&row, action);
    pnr_statement_int(&row, campaign);
    pnr_statement_int(&row, version);
    pnr_statement_text(&row, note);
    pnr_statement_run(&row);
    return pnr_statement_close(&row);
}

static enum pioneer_status write_campaign(struct pioneer_store *store,
                                          const struct pioneer_campaign *campaign, const char *document,
                                          int64_t saved_at, int64_t *id, struct pioneer_error *error) {
    struct pnr_statement row;
    pnr_statement_open(&row, store,
                       "INSERT INTO campaign (name, time_zone, saved_at, document) VALUES (?, ?, ?, ?)");
    pnr_statement_text(&row, campaign->settings.name == NULL ? "" : campaign->settings.name);
    pnr_statement_text(&row, campaign->settings.time_zone == NULL ? "" : campaign->settings.time_zone);
    pnr_statement_int(&row, saved_at);
    pnr_statement_text(&row, document);
    pnr_statement_run(&row);
    int rc = pnr_statement_close(&row);
    *id = sqlite3_last_insert_rowid(store->db);
    if (rc == SQLITE_OK) {
        rc = write_log(store, "save-campaign", *id, 0, NULL, saved_at);
    }
    return rc == SQLITE_OK ? pnr_project_campaign(store, *id, campaign, error)
                           : pnr_store_fail(store, rc, error);
}

enum pioneer_status pioneer_store_save_campaign(struct pioneer_store *store,
                                                const struct pioneer_campaign *campaign, int64_t saved_at,
                                                int64_t *id, struct pioneer_error *error) {
    char *document = NULL;
    size_t length = 0;
    *id = 0;
    if (!campaign->validated) {
        return pnr_fail(error, PIONEER_E_INVALID, "not-validated", NULL,
                        "Only a validated campaign can be saved.");
    }
    enum pioneer_status status = pioneer_campaign_write_json(campaign, &document, &length, error);
    if (status == PIONEER_OK) {
        status = pnr_store_begin(store, error);
    }
    if (status == PIONEER_OK) {
        int64_t written = 0;
        status = write_campaign(store, campaign, document, saved_at, &written, error);
        status = pnr_store_end(store, status, error);
        *id = status == PIONEER_OK ? written : 0;
    }
    pioneer_free(document);
    return status;
}

static int next_version(struct pioneer_store *store, int64_t campaign_id, int64_t *version) {
    struct pnr_statement query;
    pnr_statement_open(&query, store, "SELECT coalesce(max(version), 0) + 1 FROM roster WHERE campaign = ?");
    pnr_statement_int(&query, campaign_id);
    if (pnr_statement_next(&query)) {
        *version = sqlite3_column_int64(query.handle, 0);
    }
    return pnr_statement_close(&query);
}

struct roster_row {
    int64_t campaign, version, saved_at;
    const char *note, *document;
};

static int write_roster_row(struct pioneer_store *store, const struct roster_row *of,
                            const struct pioneer_roster_info *info) {
    struct pnr_statement row;
    pnr_statement_open(&row, store, "INSERT INTO roster VALUES (?,?,?,?,?,?,?,?,?)");
    pnr_statement_int(&row, of->campaign);
    pnr_statement_int(&row, of->version);
    pnr_statement_text(&row, pnr_columns_mode(info->mode));
    pnr_statement_int(&row, info->reproducible);
    pnr_statement_text(&row, info->input_hash == NULL ? "" : info->input_hash);
    pnr_statement_text(&row, info->made_by == NULL ? "" : info->made_by);
    pnr_statement_text(&row, of->note);
    pnr_statement_int(&row, of->saved_at);
    pnr_statement_text(&row, of->document);
    pnr_statement_run(&row);
    return pnr_statement_close(&row);
}

static enum pioneer_status write_roster(struct pioneer_store *store, struct roster_row *row,
                                        const struct pioneer_roster *roster, struct pioneer_error *error) {
    enum pioneer_status status = pnr_store_campaign_id(store, &row->campaign, error);
    if (status != PIONEER_OK) {
        return status;
    }
    int rc = next_version(store, row->campaign, &row->version);
    if (rc == SQLITE_OK) {
        rc = write_roster_row(store, row, pioneer_roster_get(roster));
    }
    if (rc == SQLITE_OK) {
        rc = write_log(store, "save-roster", row->campaign, row->version, row->note, row->saved_at);
    }
    if (rc != SQLITE_OK) {
        return pnr_store_fail(store, rc, error);
    }
    return pnr_project_roster(store, row->campaign, row->version, roster, error);
}

enum pioneer_status pioneer_store_save_roster(struct pioneer_store *store, int64_t campaign_id,
                                              const struct pioneer_roster *roster, const char *note,
                                              int64_t saved_at, int64_t *version,
                                              struct pioneer_error *error) {
    char *document = NULL;
    size_t length = 0;
    *version = 0;
    enum pioneer_status status = pioneer_roster_write_json(roster, &document, &length, error);
    if (status == PIONEER_OK) {
        status = pnr_store_begin(store, error);
    }
    if (status == PIONEER_OK) {
        struct roster_row row = {
            .campaign = campaign_id, .saved_at = saved_at, .note = note, .document = document};
        status = pnr_store_end(store, write_roster(store, &row, roster, error), error);
        *version = status == PIONEER_OK ? row.version : 0;
    }
    pioneer_free(document);
    return status;
}
