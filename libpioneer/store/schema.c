/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables, in upgrade steps: step n takes a store from user_version n-1 to n. */
#include "store/schema.h"

#include <stdio.h>

#include "base/status.h"
#include "store/statement.h"

/*
 * `document` is the canonical JSON and the one source of truth; every other column is a projection of it,
 * written in the same transaction, for queries (docs/decisions, "The store keeps documents and a
 * projection"). Dates and moments are ISO text in civil time, `saved_at` and `at` are seconds since 1970 UTC.
 * Keys are the ids that people know, so that a query needs no joins to be readable.
 */
static const char *const tables[] = {
    "CREATE TABLE campaign (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL,"
    " time_zone TEXT NOT NULL, saved_at INTEGER NOT NULL, document TEXT NOT NULL) STRICT",
    "CREATE TABLE unit (campaign INTEGER NOT NULL REFERENCES campaign ON DELETE CASCADE,"
    " id TEXT NOT NULL, name TEXT NOT NULL, parent TEXT, draws_from TEXT, quota INTEGER,"
    " PRIMARY KEY (campaign, id),"
    " FOREIGN KEY (campaign, parent) REFERENCES unit DEFERRABLE INITIALLY DEFERRED) STRICT,"
    " WITHOUT ROWID",
    "CREATE TABLE site (campaign INTEGER NOT NULL REFERENCES campaign ON DELETE CASCADE,"
    " id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, zone TEXT NOT NULL, capacity INTEGER,"
    " PRIMARY KEY (campaign, id)) STRICT, WITHOUT ROWID",
    "CREATE TABLE walk (campaign INTEGER NOT NULL REFERENCES campaign ON DELETE CASCADE,"
    " number INTEGER NOT NULL, between_zones INTEGER NOT NULL, from_place TEXT NOT NULL,"
    " to_place TEXT NOT NULL, minutes INTEGER NOT NULL,"
    " PRIMARY KEY (campaign, number)) STRICT, WITHOUT ROWID",
    "CREATE TABLE slot (campaign INTEGER NOT NULL REFERENCES campaign ON DELETE CASCADE,"
    " id TEXT NOT NULL, name TEXT NOT NULL, from_min INTEGER NOT NULL, to_min INTEGER NOT NULL,"
    " kind TEXT NOT NULL,"
    " PRIMARY KEY (campaign, id)) STRICT, WITHOUT ROWID",
    "CREATE TABLE stage (campaign INTEGER NOT NULL REFERENCES campaign ON DELETE CASCADE,"
    " id TEXT NOT NULL, name TEXT NOT NULL, from_date TEXT NOT NULL, to_date TEXT NOT NULL,"
    " PRIMARY KEY (campaign, id)) STRICT, WITHOUT ROWID",
    "CREATE TABLE member (campaign INTEGER NOT NULL REFERENCES campaign ON DELETE CASCADE,"
    " id TEXT NOT NULL, name TEXT NOT NULL, unit TEXT NOT NULL, status TEXT NOT NULL,"
    " role TEXT NOT NULL, home_site TEXT, nominated INTEGER NOT NULL, rank INTEGER,"
    " always_free INTEGER NOT NULL,"
    " PRIMARY KEY (campaign, id), FOREIGN KEY (campaign, unit) REFERENCES unit,"
    " FOREIGN KEY (campaign, home_site) REFERENCES site) STRICT, WITHOUT ROWID",
    "CREATE INDEX member_by_unit ON member (campaign, unit)",
    "CREATE TABLE member_tag (campaign INTEGER NOT NULL, member TEXT NOT NULL, tag TEXT NOT NULL,"
    " PRIMARY KEY (campaign, member, tag),"
    " FOREIGN KEY (campaign, member) REFERENCES member ON DELETE CASCADE) STRICT, WITHOUT ROWID",
    "CREATE TABLE member_rating (campaign INTEGER NOT NULL, member TEXT NOT NULL, rating TEXT NOT NULL,"
    " value INTEGER NOT NULL,"
    " PRIMARY KEY (campaign, member, rating),"
    " FOREIGN KEY (campaign, member) REFERENCES member ON DELETE CASCADE) STRICT, WITHOUT ROWID",
    "CREATE TABLE member_window (campaign INTEGER NOT NULL, member TEXT NOT NULL,"
    " number INTEGER NOT NULL, weekday INTEGER, date TEXT, from_min INTEGER NOT NULL,"
    " to_min INTEGER NOT NULL, CHECK ((weekday IS NULL) <> (date IS NULL)),"
    " PRIMARY KEY (campaign, member, number),"
    " FOREIGN KEY (campaign, member) REFERENCES member ON DELETE CASCADE) STRICT, WITHOUT ROWID",
    "CREATE TABLE member_absence (campaign INTEGER NOT NULL, member TEXT NOT NULL,"
    " number INTEGER NOT NULL, from_at TEXT NOT NULL, to_at TEXT NOT NULL, reason TEXT,"
    " PRIMARY KEY (campaign, member, number),"
    " FOREIGN KEY (campaign, member) REFERENCES member ON DELETE CASCADE) STRICT, WITHOUT ROWID",
    "CREATE TABLE post (campaign INTEGER NOT NULL REFERENCES campaign ON DELETE CASCADE,"
    " id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, unit TEXT NOT NULL, eligible TEXT,"
    " priority INTEGER NOT NULL, hardship INTEGER NOT NULL, lead TEXT, load_percent INTEGER NOT NULL,"
    " PRIMARY KEY (campaign, id), FOREIGN KEY (campaign, unit) REFERENCES unit) STRICT, WITHOUT ROWID",
    "CREATE TABLE demand (campaign INTEGER NOT NULL, number INTEGER NOT NULL, post TEXT NOT NULL,"
    " min INTEGER NOT NULL, target INTEGER NOT NULL, max INTEGER NOT NULL, no_show_percent INTEGER,"
    " PRIMARY KEY (campaign, number),"
    " FOREIGN KEY (campaign, post) REFERENCES post ON DELETE CASCADE) STRICT, WITHOUT ROWID",
    "CREATE TABLE duty (campaign INTEGER NOT NULL, post TEXT NOT NULL, site TEXT NOT NULL,"
    " date TEXT NOT NULL, slot TEXT NOT NULL, stage TEXT NOT NULL, from_at TEXT NOT NULL,"
    " to_at TEXT NOT NULL, min INTEGER NOT NULL, target INTEGER NOT NULL, max INTEGER NOT NULL,"
    " load_min INTEGER NOT NULL, hardship INTEGER NOT NULL, night INTEGER NOT NULL,"
    " PRIMARY KEY (campaign, post, site, date, slot),"
    " FOREIGN KEY (campaign, post) REFERENCES post ON DELETE CASCADE,"
    " FOREIGN KEY (campaign, site) REFERENCES site, FOREIGN KEY (campaign, slot) REFERENCES slot,"
    " FOREIGN KEY (campaign, stage) REFERENCES stage) STRICT, WITHOUT ROWID",
    "CREATE TABLE level (campaign INTEGER NOT NULL REFERENCES campaign ON DELETE CASCADE,"
    " id TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL,"
    " PRIMARY KEY (campaign, id)) STRICT, WITHOUT ROWID",
    "CREATE TABLE rule (campaign INTEGER NOT NULL REFERENCES campaign ON DELETE CASCADE,"
    " number INTEGER NOT NULL, id TEXT, kind TEXT NOT NULL, members TEXT, weight INTEGER NOT NULL,"
    " dropped INTEGER NOT NULL, level TEXT,"
    " PRIMARY KEY (campaign, number), FOREIGN KEY (campaign, level) REFERENCES level) STRICT,"
    " WITHOUT ROWID",
    "CREATE TABLE request (campaign INTEGER NOT NULL, number INTEGER NOT NULL, member TEXT NOT NULL,"
    " off INTEGER NOT NULL, from_date TEXT NOT NULL, to_date TEXT NOT NULL, post TEXT, site TEXT,"
    " slot TEXT, weight INTEGER NOT NULL,"
    " PRIMARY KEY (campaign, number),"
    " FOREIGN KEY (campaign, member) REFERENCES member ON DELETE CASCADE) STRICT, WITHOUT ROWID",
    "CREATE TABLE preference (campaign INTEGER NOT NULL, number INTEGER NOT NULL, member TEXT NOT NULL,"
    " post TEXT, site TEXT, slot TEXT, weight INTEGER NOT NULL,"
    " PRIMARY KEY (campaign, number),"
    " FOREIGN KEY (campaign, member) REFERENCES member ON DELETE CASCADE) STRICT, WITHOUT ROWID",
    "CREATE TABLE history (campaign INTEGER NOT NULL, member TEXT NOT NULL, load_min INTEGER NOT NULL,"
    " entitled_min INTEGER NOT NULL, load_hardship INTEGER NOT NULL,"
    " entitled_hardship INTEGER NOT NULL, weekends INTEGER NOT NULL, last_end_at TEXT,"
    " run_worked INTEGER NOT NULL, run_off INTEGER NOT NULL,"
    " PRIMARY KEY (campaign, member),"
    " FOREIGN KEY (campaign, member) REFERENCES member ON DELETE CASCADE) STRICT, WITHOUT ROWID",
    "CREATE TABLE published (campaign INTEGER NOT NULL, member TEXT NOT NULL, post TEXT NOT NULL,"
    " site TEXT NOT NULL, date TEXT NOT NULL, slot TEXT NOT NULL, state TEXT NOT NULL,"
    " PRIMARY KEY (campaign, member, post, site, date, slot),"
    " FOREIGN KEY (campaign, member) REFERENCES member ON DELETE CASCADE) STRICT, WITHOUT ROWID",
    "CREATE TABLE roster (campaign INTEGER NOT NULL REFERENCES campaign ON DELETE CASCADE,"
    " version INTEGER NOT NULL, mode TEXT NOT NULL, reproducible INTEGER NOT NULL,"
    " input_hash TEXT NOT NULL, made_by TEXT NOT NULL, note TEXT, saved_at INTEGER NOT NULL,"
    " document TEXT NOT NULL,"
    " PRIMARY KEY (campaign, version)) STRICT",
    "CREATE TABLE assignment (campaign INTEGER NOT NULL, version INTEGER NOT NULL,"
    " member TEXT NOT NULL, post TEXT NOT NULL, site TEXT NOT NULL, date TEXT NOT NULL,"
    " slot TEXT NOT NULL, state TEXT NOT NULL,"
    " PRIMARY KEY (campaign, version, member, post, site, date, slot),"
    " FOREIGN KEY (campaign, version) REFERENCES roster ON DELETE CASCADE,"
    " FOREIGN KEY (campaign, member) REFERENCES member,"
    " FOREIGN KEY (campaign, post, site, date, slot) REFERENCES duty) STRICT, WITHOUT ROWID",
    "CREATE INDEX assignment_by_duty ON assignment (campaign, version, site, date, slot)",
    "CREATE TABLE part (campaign INTEGER NOT NULL, version INTEGER NOT NULL, number INTEGER NOT NULL,"
    " stage TEXT, unit TEXT, tier INTEGER NOT NULL, duty_count INTEGER NOT NULL,"
    " member_count INTEGER NOT NULL, assignment_count INTEGER NOT NULL,"
    " PRIMARY KEY (campaign, version, number),"
    " FOREIGN KEY (campaign, version) REFERENCES roster ON DELETE CASCADE,"
    " FOREIGN KEY (campaign, stage) REFERENCES stage,"
    " FOREIGN KEY (campaign, unit) REFERENCES unit) STRICT, WITHOUT ROWID",
    "CREATE TABLE level_result (campaign INTEGER NOT NULL, version INTEGER NOT NULL,"
    " part INTEGER NOT NULL, level TEXT NOT NULL, value INTEGER NOT NULL, bound INTEGER NOT NULL,"
    " constant INTEGER NOT NULL, outcome TEXT NOT NULL,"
    " PRIMARY KEY (campaign, version, part, level),"
    " FOREIGN KEY (campaign, version, part) REFERENCES part ON DELETE CASCADE,"
    " FOREIGN KEY (campaign, level) REFERENCES level) STRICT, WITHOUT ROWID",
    "CREATE TABLE finding (campaign INTEGER NOT NULL, version INTEGER NOT NULL,"
    " number INTEGER NOT NULL, severity TEXT NOT NULL, code TEXT NOT NULL, place TEXT, message TEXT,"
    " PRIMARY KEY (campaign, version, number),"
    " FOREIGN KEY (campaign, version) REFERENCES roster ON DELETE CASCADE) STRICT, WITHOUT ROWID",
    "CREATE TABLE staging_price (campaign INTEGER NOT NULL, version INTEGER NOT NULL,"
    " level TEXT NOT NULL, staged INTEGER NOT NULL, joint_value INTEGER NOT NULL,"
    " joint_bound INTEGER NOT NULL,"
    " PRIMARY KEY (campaign, version, level),"
    " FOREIGN KEY (campaign, version) REFERENCES roster ON DELETE CASCADE) STRICT, WITHOUT ROWID",
    NULL,
};

/* What an office asks after the fact: who stood where with whom (isolation, tracing), and who changed the
 * store when. */
static const char *const log_and_views[] = {
    "CREATE VIEW contact AS SELECT a.campaign, a.version, a.date, a.site, a.slot, a.member,"
    " b.member AS other FROM assignment a JOIN assignment b USING (campaign, version, site, date, slot)"
    " WHERE a.member <> b.member AND a.state <> 'absent' AND b.state <> 'absent'",
    "CREATE TABLE change_log (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL,"
    " action TEXT NOT NULL, campaign INTEGER, version INTEGER, note TEXT) STRICT",
    "INSERT INTO change_log (at, action, campaign, version, note) SELECT saved_at, 'save-campaign', id,"
    " NULL, NULL FROM campaign UNION ALL SELECT saved_at, 'save-roster', campaign, version, note"
    " FROM roster ORDER BY 1, 3, 4",
    NULL,
};

static const char *const *const steps[] = {tables, log_and_views};

int pnr_schema_version(void) {
    return (int)(sizeof steps / sizeof *steps);
}

int pnr_schema_pragma(struct pioneer_store *store, const char *sql, int64_t *value) {
    struct pnr_statement statement;
    pnr_statement_open(&statement, store, sql);
    if (pnr_statement_next(&statement)) {
        *value = sqlite3_column_int64(statement.handle, 0);
    }
    return pnr_statement_close(&statement);
}

static int run_step(struct pioneer_store *store, int step) {
    int rc = SQLITE_OK;
    for (const char *const *sql = steps[step]; rc == SQLITE_OK && *sql != NULL; sql++) {
        rc = pnr_store_run(store, *sql);
    }
    return rc;
}

static int set_header(struct pioneer_store *store, int version) {
    char sql[96];
    snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
             PNR_STORE_APPLICATION_ID, version);
    return pnr_store_run(store, sql);
}

/* The version is read again inside the transaction: another program may have upgraded while this one waited
 * for the lock. */
enum pioneer_status pnr_schema_upgrade(struct pioneer_store *store, int version,
                                       struct pioneer_error *error) {
    enum pioneer_status status = pnr_store_begin(store, error);
    if (status != PIONEER_OK) {
        return status;
    }
    int64_t from = 0;
    int rc = pnr_schema_pragma(store, "PRAGMA user_version", &from);
    bool has_work = from < version;
    for (int step = (int)from; rc == SQLITE_OK && step < version; step++) {
        rc = run_step(store, step);
    }
    if (rc == SQLITE_OK && has_work) {
        rc = set_header(store, version);
    }
    return pnr_store_end(store, rc == SQLITE_OK ? PIONEER_OK : pnr_store_fail(store, rc, error), error);
}
