/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Civil dates and times: days and minutes since 1970-01-01 00:00; no time zones, no clock changes. */
#ifndef PNR_BASE_CALENDAR_H
#define PNR_BASE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#define PNR_DAY_MINUTES 1440

/** The first and last day that a text may name: 1970-01-01 and 2999-12-31. Their minutes fit an int32_t. */
#define PNR_DAY_FIRST 0
#define PNR_DAY_LAST  376199

/** Days since 1970-01-01 of a date of the Gregorian calendar; month 1..12, day 1..31, years -9999..9999. */
int32_t pnr_day_from_civil(int32_t year, int32_t month, int32_t day);

/** The date of a day; the inverse of pnr_day_from_civil. */
void pnr_civil_from_day(int32_t day, int32_t *year, int32_t *month, int32_t *day_of_month);

/** 0 = Monday … 6 = Sunday. */
int32_t pnr_weekday(int32_t day);

/** The ISO week of a day, counted from the week of 1970-01-01, so that the next week is +1. */
int32_t pnr_week_of(int32_t day);

/** The Monday of a week counted like pnr_week_of. */
int32_t pnr_week_first_day(int32_t week);

/** a / b rounded towards minus infinity, and the remainder in [0, b); b > 0. */
int32_t pnr_floor_div(int32_t a, int32_t b);
int32_t pnr_floor_mod(int32_t a, int32_t b);

/** The day a minute lies in, and the minute of that day. */
int32_t pnr_minute_day(int32_t minute);
int32_t pnr_minute_of_day(int32_t minute);

/**
 * Strict readers of the whole of `text`: "YYYY-MM-DD" (a real date, years 1970 to 2999), "HH:MM" (00:00 to
 * 24:00), "YYYY-MM-DDTHH:MM". False, with the out-parameter unchanged, for anything else, NULL included.
 */
bool pnr_date_parse(const char *text, int32_t *day);
bool pnr_time_parse(const char *text, int32_t *minute_of_day);
bool pnr_datetime_parse(const char *text, int32_t *minute);

/**
 * Writers of the same forms, for days PNR_DAY_FIRST..PNR_DAY_LAST and minutes of day 0..1440; values outside
 * are clipped to these ranges.
 */
void pnr_date_format(int32_t day, char out[11]);
void pnr_time_format(int32_t minute_of_day, char out[6]);
void pnr_datetime_format(int32_t minute, char out[17]);

#endif
