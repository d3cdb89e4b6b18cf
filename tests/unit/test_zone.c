/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of io/zone and io/zone_rule. The moments are those that zdump prints. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "io/zone.h"

static int64_t utc(int year, int month, int day, int hour) {
    return (int64_t)pnr_day_from_civil(year, month, day) * 86400 + hour * 3600;
}

static void expect_change(const struct pnr_zone_change *change, int64_t at, int32_t hours, const char *name) {
    cr_expect_eq(change->at, at, "%lld", (long long)change->at);
    cr_expect_eq(change->offset, hours * 3600);
    cr_expect_str_eq(change->name, name);
}

static struct pnr_zone read_zone(const char *name, int64_t from, int64_t to) {
    struct pnr_zone zone;
    struct pioneer_error error;
    cr_assert_eq(pnr_zone_read(name, from, to, &zone, &error), PIONEER_OK, "%s", error.message);
    cr_assert_gt(zone.changes.count, 0);
    return zone;
}

Test(zone, without_changes_has_the_last_one_before) {
    struct pnr_zone zone = read_zone("Asia/Shanghai", utc(2020, 2, 1, 0), utc(2020, 4, 1, 0));
    cr_expect_eq(zone.changes.count, 1);
    expect_change(&zone.changes.items[0], utc(1991, 9, 14, 17), 8, "CST");
    cr_expect_not(zone.changes.items[0].is_daylight);
    pnr_zone_fini(&zone);
}

Test(zone, has_the_changes_between_two_moments) {
    struct pnr_zone zone = read_zone("Europe/Berlin", utc(2020, 2, 1, 0), utc(2020, 11, 1, 0));
    cr_assert_eq(zone.changes.count, 3);
    expect_change(&zone.changes.items[0], utc(2019, 10, 27, 1), 1, "CET");
    expect_change(&zone.changes.items[1], utc(2020, 3, 29, 1), 2, "CEST");
    expect_change(&zone.changes.items[2], utc(2020, 10, 25, 1), 1, "CET");
    cr_expect(zone.changes.items[1].is_daylight);
    cr_expect_eq(zone.changes.items[1].offset_before, 3600);
    pnr_zone_fini(&zone);
}

Test(zone, goes_on_by_its_rule_after_the_last_change_listed) {
    struct pnr_zone zone = read_zone("America/New_York", utc(2060, 2, 1, 0), utc(2060, 12, 1, 0));
    cr_assert_eq(zone.changes.count, 3);
    expect_change(&zone.changes.items[0], utc(2059, 11, 2, 6), -5, "EST");
    expect_change(&zone.changes.items[1], utc(2060, 3, 14, 7), -4, "EDT");
    expect_change(&zone.changes.items[2], utc(2060, 11, 7, 6), -5, "EST");
    pnr_zone_fini(&zone);
}

Test(zone, of_the_south_begins_the_year_in_daylight_time) {
    struct pnr_zone zone = read_zone("Australia/Sydney", utc(2060, 1, 10, 0), utc(2060, 12, 1, 0));
    cr_assert_eq(zone.changes.count, 3);
    expect_change(&zone.changes.items[0], utc(2059, 10, 4, 16), 11, "AEDT");
    expect_change(&zone.changes.items[1], utc(2060, 4, 3, 16), 10, "AEST");
    expect_change(&zone.changes.items[2], utc(2060, 10, 2, 16), 11, "AEDT");
    pnr_zone_fini(&zone);
}

Test(zone, that_never_changed_begins_with_time) {
    struct pnr_zone zone = read_zone("UTC", 0, utc(2020, 1, 1, 0));
    cr_assert_eq(zone.changes.count, 1);
    expect_change(&zone.changes.items[0], INT64_MIN, 0, "UTC");
    pnr_zone_fini(&zone);
}

Test(zone, is_refused_when_its_name_leads_elsewhere) {
    static const char *const names[] = {"../../../etc/passwd", "/etc/passwd", "", "Asia",
                                        "Asia/Nowhere",        "zone.tab"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct pnr_zone zone;
        cr_expect_eq(pnr_zone_read(names[i], 0, 1, &zone, NULL), PIONEER_E_UNSUPPORTED, "%s", names[i]);
        pnr_zone_fini(&zone);
    }
}

Test(zone, survives_every_broken_file) {
    static unsigned char bytes[65536];
    FILE *file = fopen("/usr/share/zoneinfo/Europe/Berlin", "rb");
    cr_assert_not_null(file);
    const size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    struct pnr_zone zone;
    for (size_t cut = 0; cut + 1 < length; cut++) {
        const size_t rule = strlen("\nCET-1CEST,M3.5.0,M10.5.0/3\n");
        cr_expect_eq(pnr_zone_parse(bytes, cut, 0, 1, &zone, NULL) == PIONEER_OK, cut + rule >= length);
        pnr_zone_fini(&zone);
    }
    for (size_t at = 0; at < length; at++) {
        bytes[at] ^= 0xFF;
        const enum pioneer_status status = pnr_zone_parse(bytes, length, 0, utc(2030, 1, 1, 0), &zone, NULL);
        cr_expect(status == PIONEER_OK || status == PIONEER_E_UNSUPPORTED);
        pnr_zone_fini(&zone);
        bytes[at] ^= 0xFF;
    }
}

Test(zone_rule, reads_what_zone_files_end_with) {
    struct pnr_zone_rule rule;
    cr_assert(pnr_zone_rule_parse("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", &rule));
    cr_expect_str_eq(rule.daylight, "-01");
    cr_expect_eq(rule.standard_offset, -7200);
    cr_expect_eq(rule.daylight_offset, -3600);
    cr_expect_eq(rule.begins.second, -3600);
    cr_assert(pnr_zone_rule_parse("<+0545>-5:45", &rule));
    cr_expect_eq(rule.standard_offset, 5 * 3600 + 45 * 60);
    cr_expect_str_eq(rule.daylight, "");
    cr_assert(pnr_zone_rule_parse("IST-1GMT0,M10.5.0,M3.5.0/1", &rule));
    cr_expect_eq(rule.daylight_offset, 0);
}

Test(zone_rule, refuses_what_is_none) {
    static const char *const texts[] = {
        "",
        "CS",
        "CST",
        "CST-8x",
        "CST-999",
        "CET-1CEST,M13.5.0,M10.5.0",
        "CET-1CEST,M3.5.0",
        "CET-1CEST,M3.6.0,M10.5.0",
        "CET-1CEST,J60,J300",
        "CET-1CEST,M3.5.7,M10.5.0",
        "<CST-8",
        "CST-8:99",
        "ABCDEFGHIJKLMNOPQRS-8",
        "CET-1CEST,M3.5.0,M10.5.0/3x",
        "CET-1CEST,M99999999999.5.0,M10.5.0",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct pnr_zone_rule rule;
        cr_expect_not(pnr_zone_rule_parse(texts[i], &rule), "%s", texts[i]);
    }
}
