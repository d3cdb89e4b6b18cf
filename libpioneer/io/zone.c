/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a time zone does between two moments, read off the machine's zone files (RFC 8536). */
#include "io/zone.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/calendar.h"

#define ZONE_DIRECTORY "/usr/share/zoneinfo/"
/* The largest zone file is some 4 kB; what is larger is something else. */
#define ZONE_BYTES_MAX 65536
#define HEADER_BYTES   44

/* The data block of version 2: where its tables are. */
struct tables {
    const unsigned char *times; /* 8 bytes each */
    const unsigned char *kinds; /* 1 byte each: which type a change leads to */
    const unsigned char *types; /* 6 bytes each: offset, is daylight, index of its name */
    const char *names;
    uint32_t time_count, type_count, name_bytes;
    const char *rule; /* the text behind the block, up to a line end */
    size_t rule_length;
};

void pnr_zone_fini(struct pnr_zone *zone) {
    pnr_array_fini(&zone->changes);
}

static uint32_t word(const unsigned char *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | (uint32_t)bytes[3];
}

static int64_t long_word(const unsigned char *bytes) {
    return (int64_t)((uint64_t)word(bytes) << 32 | word(bytes + 4));
}

/* The size of the data block behind a header at `at`, whose times take `time_bytes` each; SIZE_MAX: not a
 * header. */
static size_t block_size(const unsigned char *at, size_t left, size_t time_bytes) {
    if (left < HEADER_BYTES || memcmp(at, "TZif", 4) != 0) {
        return SIZE_MAX;
    }
    uint64_t size = 0;
    const uint64_t bytes_of[6] = {1, 1, time_bytes + 4, time_bytes + 1, 6, 1};
    for (int i = 0; i < 6; i++) {
        size += bytes_of[i] * word(at + 20 + 4 * i);
    }
    return size > left - HEADER_BYTES ? SIZE_MAX : (size_t)size;
}

static bool find_tables(const unsigned char *bytes, size_t length, struct tables *out) {
    const size_t first = block_size(bytes, length, 4);
    if (first == SIZE_MAX || bytes[4] < '2') {
        return false;
    }
    const unsigned char *header = bytes + HEADER_BYTES + first;
    const size_t left = length - HEADER_BYTES - first;
    const size_t second = block_size(header, left, 8);
    if (second == SIZE_MAX) {
        return false;
    }
    out->time_count = word(header + 32);
    out->type_count = word(header + 36);
    out->name_bytes = word(header + 40);
    out->times = header + HEADER_BYTES;
    out->kinds = out->times + (size_t)8 * out->time_count;
    out->types = out->kinds + out->time_count;
    out->names = (const char *)(out->types + (size_t)6 * out->type_count);
    const char *rule = (const char *)header + HEADER_BYTES + second;
    const size_t behind = left - HEADER_BYTES - second;
    const char *end = behind > 1 && rule[0] == '\n' ? memchr(rule + 1, '\n', behind - 1) : NULL;
    out->rule = rule + 1;
    out->rule_length = end ? (size_t)(end - rule - 1) : 0;
    return out->type_count > 0;
}

/* Which changes are wanted: the last one up to `from`, and all others up to `to`; none before `first`. */
struct window {
    int64_t from, to, first;
};

/* Appends the next change if it is wanted. */
static bool add_change(struct pnr_zone *zone, const struct window *window, struct pnr_zone_change change) {
    if (change.at > window->to || change.at < window->first) {
        return true;
    }
    if (zone->changes.count > 0 && change.at <= window->from) {
        zone->changes.items[0] = change;
        return true;
    }
    return pnr_array_push(&zone->changes, change);
}

/* The state that type `kind` describes; false when the file is broken. */
static bool type_of(const struct tables *tables, uint32_t kind, struct pnr_zone_change *out) {
    if (kind >= tables->type_count) {
        return false;
    }
    const unsigned char *type = tables->types + (size_t)6 * kind;
    const uint32_t name = type[5];
    const char *end =
        name < tables->name_bytes ? memchr(tables->names + name, '\0', tables->name_bytes - name) : NULL;
    if (!end) {
        return false;
    }
    out->offset = (int32_t)word(type);
    out->is_daylight = type[4] != 0;
    snprintf(out->name, sizeof out->name, "%s", tables->names + name);
    return true;
}

/* The changes that the file lists. False when it is broken or memory is short; *broken tells which. */
static bool add_listed(const struct tables *tables, const struct window *window, struct pnr_zone *zone,
                       bool *broken) {
    struct pnr_zone_change change = {.at = INT64_MIN};
    *broken = !type_of(tables, 0, &change);
    change.offset_before = change.offset;
    if (*broken || !add_change(zone, window, change)) {
        return false;
    }
    for (uint32_t i = 0; i < tables->time_count; i++) {
        change.offset_before = change.offset;
        change.at = long_word(tables->times + (size_t)8 * i);
        *broken = !type_of(tables, tables->kinds[i], &change);
        if (*broken || !add_change(zone, window, change)) {
            return false;
        }
    }
    return true;
}

static int32_t year_of(int64_t seconds) {
    int32_t year, month, day;
    const int64_t days = seconds / 86400;
    pnr_civil_from_day(days < PNR_DAY_FIRST  ? PNR_DAY_FIRST
                       : days > PNR_DAY_LAST ? PNR_DAY_LAST
                                             : (int32_t)days,
                       &year, &month, &day);
    return year;
}

static bool add_ruled_change(struct pnr_zone *zone, const struct window *window,
                             const struct pnr_zone_rule *rule, bool to_daylight, int32_t year) {
    const int32_t before = to_daylight ? rule->standard_offset : rule->daylight_offset;
    struct pnr_zone_change change = {
        .at = pnr_zone_rule_moment(to_daylight ? &rule->begins : &rule->ends, year, before),
        .offset_before = before,
        .offset = to_daylight ? rule->daylight_offset : rule->standard_offset,
        .is_daylight = to_daylight,
    };
    snprintf(change.name, sizeof change.name, "%s", to_daylight ? rule->daylight : rule->standard);
    return add_change(zone, window, change);
}

/* The first moment after the last change that the file lists. */
static int64_t rule_begins(const struct tables *tables) {
    return tables->time_count == 0 ? INT64_MIN
                                   : long_word(tables->times + (size_t)8 * (tables->time_count - 1)) + 1;
}

/* The changes of the rule after the file's last one: before that its list tells, since rules were others
 * once. */
static bool add_ruled(const struct pnr_zone_rule *rule, const struct window *window, struct pnr_zone *zone) {
    const bool south = rule->begins.month > rule->ends.month;
    for (int32_t year = year_of(window->from) - 1; rule->daylight[0] != '\0' && year <= year_of(window->to);
         year++) {
        if (!add_ruled_change(zone, window, rule, !south, year) ||
            !add_ruled_change(zone, window, rule, south, year)) {
            return false;
        }
    }
    return true;
}

enum pioneer_status pnr_zone_parse(const unsigned char *bytes, size_t length, int64_t from, int64_t to,
                                   struct pnr_zone *zone, struct pioneer_error *error) {
    struct tables tables;
    struct pnr_zone_rule rule;
    char text[64];
    bool broken = !find_tables(bytes, length, &tables) || tables.rule_length >= sizeof text;
    *zone = (struct pnr_zone){0};
    if (!broken) {
        memcpy(text, tables.rule, tables.rule_length);
        text[tables.rule_length] = '\0';
        broken = text[0] != '\0' && !pnr_zone_rule_parse(text, &rule);
    }
    if (broken) {
        return pnr_fail(error, PIONEER_E_UNSUPPORTED, "bad-time-zone", NULL,
                        "The time zone's file cannot be read.");
    }
    struct window window = {from, to, INT64_MIN};
    bool done = add_listed(&tables, &window, zone, &broken);
    if (done && text[0] != '\0') {
        window.first = rule_begins(&tables);
        done = add_ruled(&rule, &window, zone);
    }
    if (broken) {
        return pnr_fail(error, PIONEER_E_UNSUPPORTED, "bad-time-zone", NULL,
                        "The time zone's file is broken.");
    }
    return done ? PIONEER_OK : pnr_fail_no_memory(error);
}

/* A name from a campaign must not lead out of the directory. */
static bool is_plain_name(const char *name) {
    return name[0] != '\0' && name[0] != '/' && !strstr(name, "..");
}

/* The size of the file, read into `bytes`; -1 when there is none. */
static ssize_t read_file(const char *path, unsigned char *bytes) {
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return -1;
    }
    ssize_t length = 0;
    ssize_t got;
    do {
        got = read(file, bytes + length, ZONE_BYTES_MAX - (size_t)length);
        length += got > 0 ? got : 0;
    } while (got > 0 || (got < 0 && errno == EINTR));
    close(file);
    return got < 0 ? -1 : length;
}

enum pioneer_status pnr_zone_read(const char *name, int64_t from, int64_t to, struct pnr_zone *zone,
                                  struct pioneer_error *error) {
    char path[256];
    *zone = (struct pnr_zone){0};
    const int path_length = snprintf(path, sizeof path, ZONE_DIRECTORY "%s", name);
    unsigned char *bytes = malloc(ZONE_BYTES_MAX);
    if (!bytes) {
        return pnr_fail_no_memory(error);
    }
    const bool fits = is_plain_name(name) && path_length < (int)sizeof path;
    const ssize_t length = fits ? read_file(path, bytes) : -1;
    const enum pioneer_status status = length < 0
                                           ? pnr_fail(error, PIONEER_E_UNSUPPORTED, "unknown-time-zone", NULL,
                                                      "This machine does not know the time zone %s.", name)
                                           : pnr_zone_parse(bytes, (size_t)length, from, to, zone, error);
    free(bytes);
    return status;
}
