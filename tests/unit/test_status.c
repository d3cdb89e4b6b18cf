/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of base/status and of the version. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include <pioneer/version.h>

#include "base/status.h"
#include "base/text.h"

Test(status, has_a_different_name_for_every_status) {
    const char *seen[11];
    for (int i = 0; i < 11; i++) {
        seen[i] = pioneer_status_name((enum pioneer_status)(-i));
        cr_assert_str_neq(seen[i], "unknown");
        for (int k = 0; k < i; k++) {
            cr_assert_str_neq(seen[i], seen[k]);
        }
    }
    cr_assert_str_eq(seen[0], "ok");
    cr_assert_str_eq(pioneer_status_name(PIONEER_E_NO_MEMORY), "no-memory");
}

Test(status, calls_a_number_that_is_none_unknown) {
    const int numbers[] = {1, -11, 1000};
    for (size_t i = 0; i < 3; i++) {
        enum pioneer_status status;
        memset(&status, 0, sizeof status);
        memcpy(&status, &numbers[i], sizeof status);
        cr_assert_str_eq(pioneer_status_name(status), "unknown");
    }
}

Test(status, fills_every_field_of_the_error) {
    struct pioneer_error err;
    memset(&err, 0x5A, sizeof err);
    cr_assert_eq(
        pnr_fail(&err, PIONEER_E_INVALID, "duplicate-id", "/members/3/id", "%s has %d ids", "张三", 2),
        PIONEER_E_INVALID);
    cr_assert_eq(err.status, PIONEER_E_INVALID);
    cr_assert_eq(err.line, 0);
    cr_assert_eq(err.column, 0);
    cr_assert_str_eq(err.code, "duplicate-id");
    cr_assert_str_eq(err.where, "/members/3/id");
    cr_assert_str_eq(err.message, "张三 has 2 ids");
}

Test(status, takes_no_error_and_no_place) {
    struct pioneer_error err;
    cr_assert_eq(pnr_fail(NULL, PIONEER_E_IO, "io", NULL, "x"), PIONEER_E_IO);
    cr_assert_eq(pnr_fail_no_memory(NULL), PIONEER_E_NO_MEMORY);
    cr_assert_eq(pnr_fail_no_memory(&err), PIONEER_E_NO_MEMORY);
    cr_assert_str_eq(err.where, "");
    cr_assert_str_eq(err.code, "no-memory");
}

Test(status, cuts_long_texts_at_a_character) {
    static char name[1 << 20];
    for (size_t shift = 0; shift < 4; shift++) {
        memset(name, 'a', shift);
        size_t at = shift;
        for (; at + 4 < sizeof name; at += 3) {
            memcpy(name + at, "岗", 3);
        }
        name[at] = '\0';
        struct pioneer_error err;
        pnr_fail(&err, PIONEER_E_INVALID, name, name, "%s", name);
        cr_assert(pnr_utf8_valid(err.code, strlen(err.code)));
        cr_assert(pnr_utf8_valid(err.where, strlen(err.where)));
        cr_assert(pnr_utf8_valid(err.message, strlen(err.message)));
        cr_assert_geq(strlen(err.code), sizeof err.code - 3);
        cr_assert_geq(strlen(err.where), sizeof err.where - 3);
        cr_assert_geq(strlen(err.message), sizeof err.message - 3);
    }
}

Test(status, keeps_a_text_that_just_fits) {
    char where[sizeof((struct pioneer_error *)0)->where];
    memset(where, 'x', sizeof where - 1);
    where[sizeof where - 1] = '\0';
    struct pioneer_error err;
    pnr_fail(&err, PIONEER_E_RANGE, "c", where, "%s", "m");
    cr_assert_str_eq(err.where, where);
}

Test(status, may_quote_the_error_it_replaces) {
    struct pioneer_error err;
    pnr_fail(&err, PIONEER_E_SYNTAX, "syntax", "/a", "inner");
    pnr_fail(&err, PIONEER_E_INVALID, err.code, err.where, "outer: %s", err.message);
    cr_assert_str_eq(err.message, "outer: inner");
    cr_assert_str_eq(err.where, "/a");
    cr_assert_str_eq(err.code, "syntax");
}

Test(version, of_the_library_is_the_one_of_the_header) {
    char text[32];
    snprintf(text, sizeof text, "%d.%d.%d", PIONEER_VERSION_MAJOR, PIONEER_VERSION_MINOR,
             PIONEER_VERSION_PATCH);
    cr_assert_eq(pioneer_version(), PIONEER_VERSION);
    cr_assert_str_eq(pioneer_version_string(), text);
}
