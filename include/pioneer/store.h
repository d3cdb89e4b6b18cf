/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store: one SQLite file that holds campaigns and the versions of their rosters. */
#ifndef PIONEER_STORE_H
#define PIONEER_STORE_H

#include <pioneer/check.h>

#ifdef __cplusplus
extern "C" {
#endif

/* An open store. Not for use by two threads at once; other processes may use the same file. */
struct pioneer_store;

/* Opens `path`, makes it when absent (create true), brings an older schema up to date. PIONEER_E_STORE
 * "not-a-store" for another kind of file, "newer-store" for a schema from the future; PIONEER_E_IO when it
 * cannot be opened. */
PIONEER_API PIONEER_MUST_USE enum pioneer_status
pioneer_store_open(const char *path, bool create, struct pioneer_store **out, struct pioneer_error *error);
PIONEER_API void pioneer_store_close(struct pioneer_store *store);

/*
 * Each save is one transaction: all of it or nothing. `saved_at`: seconds since 1970 UTC, the caller's. Every
 * save of a campaign makes a new one with a number of its own; versions of rosters count from 1 within their
 * campaign (campaign_id 0: the newest). What is loaded later is byte for byte what was saved.
 *
 * PIONEER_E_INVALID "not-validated": the campaign has not been validated since it changed; "unknown-duty",
 * "duplicate-assignment", "foreign-roster": the roster does not fit the campaign. PIONEER_E_NOT_FOUND: no
 * such campaign. PIONEER_E_STORE "locked" when another program has been writing for five seconds,
 * "read-only", "damaged-store"; PIONEER_E_IO "disk-full", "cannot-read-or-write".
 */
PIONEER_API PIONEER_MUST_USE enum pioneer_status
pioneer_store_save_campaign(struct pioneer_store *store, const struct pioneer_campaign *campaign,
                            int64_t saved_at, int64_t *id, struct pioneer_error *error);
PIONEER_API PIONEER_MUST_USE enum pioneer_status
pioneer_store_save_roster(struct pioneer_store *store, int64_t campaign_id,
                          const struct pioneer_roster *roster, const char *note, int64_t saved_at,
                          int64_t *version, struct pioneer_error *error);

/* id 0: the newest campaign. version 0: the newest roster of the campaign. PIONEER_E_NOT_FOUND when there is
 * none. */
PIONEER_API PIONEER_MUST_USE enum pioneer_status pioneer_store_load_campaign(struct pioneer_store *store,
                                                                             int64_t id,
                                                                             struct pioneer_campaign **out,
                                                                             struct pioneer_error *error);
PIONEER_API PIONEER_MUST_USE enum pioneer_status
pioneer_store_load_roster(struct pioneer_store *store, int64_t campaign_id, int64_t version,
                          struct pioneer_roster **out, struct pioneer_error *error);

/* One saved thing, for listings. Text is borrowed until the next call on the store. */
struct pioneer_store_entry {
    int64_t campaign_id;
    int64_t version; /* 0: the campaign itself */
    const char *name;
    const char *note;
    int64_t saved_at;
    int32_t assignment_count;
};
typedef bool pioneer_store_entry_fn(void *context, const struct pioneer_store_entry *entry);
PIONEER_API PIONEER_MUST_USE enum pioneer_status pioneer_store_list(struct pioneer_store *store,
                                                                    pioneer_store_entry_fn *each,
                                                                    void *context,
                                                                    struct pioneer_error *error);

/*
 * What every member brings from `roster`, a roster of the validated `campaign`, to a campaign or stage that
 * starts on `from_day`: replaces the history descriptions of `next` for the members it has. Only assignments
 * before `from_day` that were not absences count. Rule counts are carried for rules with equal id and kind. A
 * part that `from_day` cuts entitles by the share of its demand that lies before. PIONEER_E_INVALID
 * "not-validated", "before-campaign" (from_day lies before its first day), "unknown-duty" leave `next` as it
 * was.
 */
PIONEER_API PIONEER_MUST_USE enum pioneer_status
pioneer_history_carry(const struct pioneer_campaign *campaign, const struct pioneer_roster *roster,
                      struct pioneer_campaign *next, int32_t from_day, struct pioneer_error *error);

#ifdef __cplusplus
}
#endif

#endif
