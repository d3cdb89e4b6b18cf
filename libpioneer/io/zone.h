/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a time zone does between two moments, read off the machine's zone files (RFC 8536). */
#ifndef PNR_IO_ZONE_H
#define PNR_IO_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/array.h"
#include "base/status.h"

#define PNR_ZONE_NAME_BYTES 16

/* From `at` on, seconds since 1970 UTC, local time is UTC + `offset`; before it was UTC + `offset_before`. */
struct pnr_zone_change {
    int64_t at;
    int32_t offset_before, offset;
    bool is_daylight;
    char name[PNR_ZONE_NAME_BYTES]; /* "CST", "+08" */
};

/* In order of time. All zeros is a valid empty one. */
struct pnr_zone {
    PNR_ARRAY(struct pnr_zone_change) changes;
};

void pnr_zone_fini(struct pnr_zone *zone);

/*
 * The change in force at `from` and all others up to `to`, so that there is always at least one; in a zone
 * that never changed it stands at INT64_MIN. PIONEER_E_UNSUPPORTED "unknown-time-zone" when the machine has
 * no such zone. `zone` is freed by the caller in any case.
 */
PIONEER_MUST_USE enum pioneer_status pnr_zone_read(const char *name, int64_t from, int64_t to,
                                                   struct pnr_zone *zone, struct pioneer_error *error);

/* The same from the bytes of a zone file; PIONEER_E_UNSUPPORTED "bad-time-zone" when they are none. */
PIONEER_MUST_USE enum pioneer_status pnr_zone_parse(const unsigned char *bytes, size_t length, int64_t from,
                                                    int64_t to, struct pnr_zone *zone,
                                                    struct pioneer_error *error);

/* A rule such as "CET-1CEST,M3.5.0,M10.5.0/3" (POSIX TZ with the extensions of RFC 8536, month-week-day rules
 * only). */
struct pnr_zone_rule_day {
    int32_t month, week, weekday; /* weekday 0 = Sunday, week 5: the last */
    int32_t second;               /* of the local day; may be negative or pass 24 hours */
};
struct pnr_zone_rule {
    char standard[PNR_ZONE_NAME_BYTES], daylight[PNR_ZONE_NAME_BYTES]; /* daylight "": never */
    int32_t standard_offset, daylight_offset;
    struct pnr_zone_rule_day begins, ends; /* of daylight time */
};
/* False when the text is none. */
bool pnr_zone_rule_parse(const char *text, struct pnr_zone_rule *out);
/* When the day of the rule comes in a year, in UTC seconds; `offset` is the one in force before. */
int64_t pnr_zone_rule_moment(const struct pnr_zone_rule_day *day, int32_t year, int32_t offset);

#endif
