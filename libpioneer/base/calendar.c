/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Civil dates and times: days and minutes since 1970-01-01 00:00. */
#include "base/calendar.h"

#include <string.h>

#define ERA_DAYS 146097 /* 400 Gregorian years */

int32_t pnr_floor_div(int32_t a, int32_t b) {
    return a / b - (a % b < 0);
}

int32_t pnr_floor_mod(int32_t a, int32_t b) {
    const int32_t rest = a % b;
    return rest < 0 ? rest + b : rest;
}

/* Years are counted from 1 March, so that the leap day is the last of its year: H. Hinnant,
 * "chrono-Compatible Low-Level Date Algorithms", 2013. 719468 days lie between 0000-03-01 and 1970-01-01. */
int32_t pnr_day_from_civil(int32_t year, int32_t month, int32_t day) {
    const int32_t shifted = month <= 2 ? year - 1 : year;
    const int32_t era = pnr_floor_div(shifted, 400);
    const int32_t year_of_era = shifted - era * 400;
    const int32_t month_from_march = (month + 9) % 12;
    const int32_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    const int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * ERA_DAYS + day_of_era - 719468;
}

void pnr_civil_from_day(int32_t day, int32_t *year, int32_t *month, int32_t *day_of_month) {
    const int32_t from_march = day + 719468;
    const int32_t era = pnr_floor_div(from_march, ERA_DAYS);
    const int32_t day_of_era = from_march - era * ERA_DAYS;
    const int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / (ERA_DAYS - 1)) / 365;
    const int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int32_t month_from_march = (5 * day_of_year + 2) / 153;
    *day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    *month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

/* 1970-01-01 was a Thursday, three days after the Monday of week 0. */
int32_t pnr_weekday(int32_t day) {
    return pnr_floor_mod(day + 3, 7);
}

int32_t pnr_week_of(int32_t day) {
    return pnr_floor_div(day + 3, 7);
}

int32_t pnr_week_first_day(int32_t week) {
    return week * 7 - 3;
}

int32_t pnr_minute_day(int32_t minute) {
    return pnr_floor_div(minute, PNR_DAY_MINUTES);
}

int32_t pnr_minute_of_day(int32_t minute) {
    return pnr_floor_mod(minute, PNR_DAY_MINUTES);
}

/* Reads exactly `count` digits; -1 when one is missing. Stops at the first other byte, thus at a NUL. */
static int32_t digits(const char *text, int count) {
    int32_t value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

/* Reads "YYYY-MM-DD" and ignores what follows. */
static bool parse_date_prefix(const char *text, int32_t *day) {
    const int32_t year = digits(text, 4);
    if (year < 1970 || year > 2999 || text[4] != '-') {
        return false;
    }
    const int32_t month = digits(text + 5, 2);
    if (month < 1 || month > 12 || text[7] != '-') {
        return false;
    }
    const int32_t day_of_month = digits(text + 8, 2);
    if (day_of_month < 1 || day_of_month > 31) {
        return false;
    }
    /* 31 April would be 1 May: only real dates survive the way there and back. */
    const int32_t result = pnr_day_from_civil(year, month, day_of_month);
    int32_t y;
    int32_t m;
    int32_t d;
    pnr_civil_from_day(result, &y, &m, &d);
    if (d != day_of_month) {
        return false;
    }
    *day = result;
    return true;
}

bool pnr_date_parse(const char *text, int32_t *day) {
    int32_t result;
    if (!text || !parse_date_prefix(text, &result) || text[10] != '\0') {
        return false;
    }
    *day = result;
    return true;
}

bool pnr_time_parse(const char *text, int32_t *minute_of_day) {
    if (!text) {
        return false;
    }
    const int32_t hour = digits(text, 2);
    if (hour < 0 || text[2] != ':') {
        return false;
    }
    const int32_t minute = digits(text + 3, 2);
    if (minute < 0 || minute > 59 || text[5] != '\0' || hour * 60 + minute > PNR_DAY_MINUTES) {
        return false;
    }
    *minute_of_day = hour * 60 + minute;
    return true;
}

bool pnr_datetime_parse(const char *text, int32_t *minute) {
    int32_t day;
    int32_t minute_of_day;
    if (!text || !parse_date_prefix(text, &day) || text[10] != 'T' ||
        !pnr_time_parse(text + 11, &minute_of_day)) {
        return false;
    }
    *minute = day * PNR_DAY_MINUTES + minute_of_day;
    return true;
}

static int32_t clip(int32_t value, int32_t low, int32_t high) {
    return value < low ? low : value > high ? high : value;
}

static void put_digits(char *out, int count, int32_t value) {
    for (int i = count - 1; i >= 0; i--) {
        out[i] = (char)('0' + value % 10);
        value /= 10;
    }
}

void pnr_date_format(int32_t day, char out[11]) {
    int32_t year;
    int32_t month;
    int32_t day_of_month;
    pnr_civil_from_day(clip(day, PNR_DAY_FIRST, PNR_DAY_LAST), &year, &month, &day_of_month);
    memcpy(out, "0000-00-00", 11);
    put_digits(out, 4, year);
    put_digits(out + 5, 2, month);
    put_digits(out + 8, 2, day_of_month);
}

void pnr_time_format(int32_t minute_of_day, char out[6]) {
    const int32_t minute = clip(minute_of_day, 0, PNR_DAY_MINUTES);
    memcpy(out, "00:00", 6);
    put_digits(out, 2, minute / 60);
    put_digits(out + 3, 2, minute % 60);
}

void pnr_datetime_format(int32_t minute, char out[17]) {
    const int32_t last = PNR_DAY_LAST * PNR_DAY_MINUTES + PNR_DAY_MINUTES - 1;
    const int32_t clipped = clip(minute, 0, last);
    pnr_date_format(pnr_minute_day(clipped), out);
    out[10] = 'T';
    pnr_time_format(pnr_minute_of_day(clipped), out + 11);
}
