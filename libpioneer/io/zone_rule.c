/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rule at the end of a zone file, for the years after its last written change. */
#include "io/zone.h"

#include <string.h>

#include "base/calendar.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool take(const char **at, char c) {
    if (**at != c) {
        return false;
    }
    ++*at;
    return true;
}

static bool take_number(const char **at, int32_t *out) {
    if (!is_digit(**at)) {
        return false;
    }
    *out = 0;
    while (is_digit(**at) && *out < 1000) {
        *out = *out * 10 + (*(*at)++ - '0');
    }
    return !is_digit(**at);
}

/* "CST" or "<+08>". */
static bool take_name(const char **at, char out[PNR_ZONE_NAME_BYTES]) {
    const bool angled = take(at, '<');
    size_t length = 0;
    while (angled ? **at != '>' && **at != '\0' : is_letter(**at)) {
        if (length == PNR_ZONE_NAME_BYTES - 1) {
            return false;
        }
        out[length++] = *(*at)++;
    }
    out[length] = '\0';
    return length >= 3 && (!angled || take(at, '>'));
}

/* "[+-]hh[:mm[:ss]]" in seconds. */
static bool take_time(const char **at, int32_t *out) {
    const int32_t sign = take(at, '-') ? -1 : 1;
    int32_t hours = 0;
    int32_t minutes = 0;
    int32_t seconds = 0;
    if (sign > 0) {
        take(at, '+');
    }
    if (!take_number(at, &hours) || hours > 167) {
        return false;
    }
    if (take(at, ':') && (!take_number(at, &minutes) || (take(at, ':') && !take_number(at, &seconds)))) {
        return false;
    }
    *out = sign * (hours * 3600 + minutes * 60 + seconds);
    return minutes < 60 && seconds < 60;
}

/* ",Mm.w.d[/time]"; 02:00 when no time is given. */
static bool take_day(const char **at, struct pnr_zone_rule_day *out) {
    out->second = 2 * 3600;
    const bool given = take(at, ',') && take(at, 'M') && take_number(at, &out->month) && take(at, '.') &&
                       take_number(at, &out->week) && take(at, '.') && take_number(at, &out->weekday);
    return given && out->month >= 1 && out->month <= 12 && out->week >= 1 && out->week <= 5 &&
           out->weekday <= 6 && (!take(at, '/') || take_time(at, &out->second));
}

bool pnr_zone_rule_parse(const char *text, struct pnr_zone_rule *out) {
    const char *at = text;
    *out = (struct pnr_zone_rule){0};
    if (!take_name(&at, out->standard) || !take_time(&at, &out->standard_offset)) {
        return false;
    }
    /* POSIX counts westwards. */
    out->standard_offset = -out->standard_offset;
    if (*at == '\0') {
        return true;
    }
    if (!take_name(&at, out->daylight)) {
        return false;
    }
    out->daylight_offset = out->standard_offset + 3600;
    if (*at != ',') {
        if (!take_time(&at, &out->daylight_offset)) {
            return false;
        }
        out->daylight_offset = -out->daylight_offset;
    }
    return take_day(&at, &out->begins) && take_day(&at, &out->ends) && *at == '\0';
}

int64_t pnr_zone_rule_moment(const struct pnr_zone_rule_day *rule, int32_t year, int32_t offset) {
    const int32_t first = pnr_day_from_civil(year, rule->month, 1);
    /* pnr_weekday counts from Monday, the rule from Sunday. */
    int32_t day = first + pnr_floor_mod(rule->weekday - 1 - pnr_weekday(first), 7) + 7 * (rule->week - 1);
    const int32_t next =
        rule->month == 12 ? pnr_day_from_civil(year + 1, 1, 1) : pnr_day_from_civil(year, rule->month + 1, 1);
    while (day >= next) {
        day -= 7;
    }
    return (int64_t)day * 86400 + rule->second - offset;
}
