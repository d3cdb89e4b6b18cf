/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rosters for people: HTML pages, CSV that spreadsheets open, iCalendar. */
#ifndef PIONEER_EXPORT_H
#define PIONEER_EXPORT_H

#include <pioneer/check.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Each writes a whole document to malloc'ed text (release with pioneer_free()). `report` comes from
 * pioneer_check() on the same campaign and roster. language: "zh" or "en". */

/* One self-contained page: by site and day, by member, by unit, with shortages and the levels. */
PIONEER_API PIONEER_MUST_USE enum pioneer_status
pioneer_export_html(const struct pioneer_campaign *campaign, const struct pioneer_roster *roster,
                    const struct pioneer_report *report, const char *language, char **out, size_t *length,
                    struct pioneer_error *error);

/* One line an assignment; UTF-8 with a byte order mark and CRLF, as Excel reads it; cells that look like
 * formulas are defused. */
PIONEER_API PIONEER_MUST_USE enum pioneer_status
pioneer_export_csv(const struct pioneer_campaign *campaign, const struct pioneer_roster *roster,
                   const char *language, char **out, size_t *length, struct pioneer_error *error);

/* An RFC 5545 calendar of one member's duties (member set, site NULL) or of one site's (site set).
 * PIONEER_E_NOT_FOUND for an unknown id. `stamp_at`: DTSTAMP, seconds since 1970 UTC, given by the caller so
 * that the same roster gives the same bytes. */
PIONEER_API PIONEER_MUST_USE enum pioneer_status
pioneer_export_ics(const struct pioneer_campaign *campaign, const struct pioneer_roster *roster,
                   const char *member, const char *site, int64_t stamp_at, const char *language, char **out,
                   size_t *length, struct pioneer_error *error);

#ifdef __cplusplus
}
#endif

#endif
