/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of base/calendar. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"

Test(calendar, knows_days_that_anybody_can_look_up) {
    cr_assert_eq(pnr_day_from_civil(1970, 1, 1), 0);
    cr_assert_eq(pnr_day_from_civil(1969, 12, 31), -1);
    cr_assert_eq(pnr_day_from_civil(2000, 1, 1), 10957);
    cr_assert_eq(pnr_day_from_civil(2020, 2, 29), 18321);
    cr_assert_eq(pnr_day_from_civil(2999, 12, 31), PNR_DAY_LAST);
    cr_assert_eq(pnr_weekday(pnr_day_from_civil(2020, 2, 29)), 5);
    cr_assert_eq(pnr_weekday(pnr_day_from_civil(2024, 1, 1)), 0);
}

Test(calendar, agrees_with_counting_day_by_day) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int32_t expected = pnr_day_from_civil(1600, 1, 1);
    int weekday = pnr_weekday(expected);
    for (int32_t year = 1600; year < 3000; year++) {
        const int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        for (int32_t month = 1; month <= 12; month++) {
            const int32_t length = lengths[month - 1] + (month == 2 && leap);
            for (int32_t day = 1; day <= length; day++) {
                int32_t y;
                int32_t m;
                int32_t d;
                pnr_civil_from_day(expected, &y, &m, &d);
                cr_assert(y == year && m == month && d == day);
                cr_assert_eq(pnr_day_from_civil(year, month, day), expected);
                cr_assert_eq(pnr_weekday(expected), weekday);
                expected++;
                weekday = (weekday + 1) % 7;
            }
        }
    }
}

Test(calendar, numbers_weeks_from_monday_without_gaps) {
    for (int32_t day = -1000; day < 30000; day++) {
        const int32_t step = pnr_week_of(day) - pnr_week_of(day - 1);
        cr_assert_eq(step, pnr_weekday(day) == 0);
        cr_assert_eq(pnr_week_first_day(pnr_week_of(day)), day - pnr_weekday(day));
    }
}

/* ISO 8601: 2020 has 53 weeks, so 2021-01-03 still lies in the week of 2020-12-28. */
Test(calendar, keeps_the_week_over_new_year_whole) {
    const int32_t week = pnr_week_of(pnr_day_from_civil(2020, 12, 28));
    cr_assert_eq(pnr_week_of(pnr_day_from_civil(2020, 12, 27)), week - 1);
    cr_assert_eq(pnr_week_of(pnr_day_from_civil(2020, 12, 31)), week);
    cr_assert_eq(pnr_week_of(pnr_day_from_civil(2021, 1, 3)), week);
    cr_assert_eq(pnr_week_of(pnr_day_from_civil(2021, 1, 4)), week + 1);
    cr_assert_eq(pnr_week_of(pnr_day_from_civil(2019, 12, 30)), week - 52);
}

Test(calendar, reads_real_dates_only) {
    int32_t day = 77;
    static const char *const bad[] = {
        "",
        "2020",
        "2020-2-29",
        "2020-02-30",
        "2019-02-29",
        "2100-02-29",
        "2020-13-01",
        "2020-00-10",
        "2020-01-00",
        "2020-04-31",
        "2020-01-32",
        "1969-12-31",
        "3000-01-01",
        "2020/01/01",
        "2020-01-01 ",
        " 2020-01-01",
        "2020-01-0１",
        "+020-01-01",
        "2020-01-1x",
        "2020-01-01T00:00",
        "-020-01-01",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cr_assert_not(pnr_date_parse(bad[i], &day), "%s", bad[i]);
    }
    cr_assert_not(pnr_date_parse(NULL, &day));
    cr_assert_eq(day, 77);
    cr_assert(pnr_date_parse("2000-02-29", &day));
    cr_assert_eq(day, pnr_day_from_civil(2000, 2, 29));
    cr_assert(pnr_date_parse("1970-01-01", &day));
    cr_assert_eq(day, PNR_DAY_FIRST);
    cr_assert(pnr_date_parse("2999-12-31", &day));
    cr_assert_eq(day, PNR_DAY_LAST);
}

Test(calendar, reads_times_up_to_midnight_at_the_end) {
    int32_t minute = 77;
    static const char *const bad[] = {"",      "1",     "12",     "12:",   "12:3",
                                      "1:30",  "24:01", "25:00",  "12:60", "12:300",
                                      "12-30", " 2:30", "12:30 ", "-1:30", "99:99"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cr_assert_not(pnr_time_parse(bad[i], &minute), "%s", bad[i]);
    }
    cr_assert_not(pnr_time_parse(NULL, &minute));
    cr_assert_eq(minute, 77);
    cr_assert(pnr_time_parse("00:00", &minute));
    cr_assert_eq(minute, 0);
    cr_assert(pnr_time_parse("23:59", &minute));
    cr_assert_eq(minute, 1439);
    cr_assert(pnr_time_parse("24:00", &minute));
    cr_assert_eq(minute, 1440);
}

Test(calendar, reads_a_date_with_a_time) {
    int32_t minute = 77;
    static const char *const bad[] = {"2020-02-17",      "2020-02-17T",      "2020-02-17 08:00",
                                      "2020-02-17T8:00", "2020-02-30T08:00", "2020-02-17T08:00:00",
                                      "2020-02-17T24:01"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cr_assert_not(pnr_datetime_parse(bad[i], &minute), "%s", bad[i]);
    }
    cr_assert_not(pnr_datetime_parse(NULL, &minute));
    cr_assert_eq(minute, 77);
    cr_assert(pnr_datetime_parse("2020-02-17T08:30", &minute));
    cr_assert_eq(minute, pnr_day_from_civil(2020, 2, 17) * 1440 + 510);
    cr_assert(pnr_datetime_parse("2999-12-31T24:00", &minute));
    cr_assert_eq(minute, (PNR_DAY_LAST + 1) * 1440);
}

Test(calendar, writes_what_it_reads) {
    char text[17];
    for (int32_t day = PNR_DAY_FIRST; day <= PNR_DAY_LAST; day++) {
        int32_t again = -1;
        pnr_date_format(day, text);
        cr_assert(pnr_date_parse(text, &again));
        cr_assert_eq(again, day);
    }
    for (int32_t minute = 0; minute <= 1440; minute++) {
        int32_t again = -1;
        pnr_time_format(minute, text);
        cr_assert(pnr_time_parse(text, &again));
        cr_assert_eq(again, minute);
    }
    pnr_datetime_format(pnr_day_from_civil(2020, 2, 17) * 1440 + 5, text);
    cr_assert_str_eq(text, "2020-02-17T00:05");
}

Test(calendar, clips_what_it_cannot_write) {
    char text[17];
    pnr_date_format(-1, text);
    cr_assert_str_eq(text, "1970-01-01");
    pnr_date_format(INT32_MAX, text);
    cr_assert_str_eq(text, "2999-12-31");
    pnr_time_format(-5, text);
    cr_assert_str_eq(text, "00:00");
    pnr_time_format(5000, text);
    cr_assert_str_eq(text, "24:00");
    pnr_datetime_format(INT32_MAX, text);
    cr_assert_str_eq(text, "2999-12-31T23:59");
    pnr_datetime_format(INT32_MIN, text);
    cr_assert_str_eq(text, "1970-01-01T00:00");
}

Test(calendar, divides_towards_minus_infinity) {
    for (int32_t a = -50; a <= 50; a++) {
        for (int32_t b = 1; b < 10; b++) {
            const int32_t quotient = pnr_floor_div(a, b);
            const int32_t rest = pnr_floor_mod(a, b);
            cr_assert_eq(quotient * b + rest, a);
            cr_assert(rest >= 0 && rest < b);
        }
    }
    cr_assert_eq(pnr_minute_day(-1), -1);
    cr_assert_eq(pnr_minute_of_day(-1), 1439);
    cr_assert_eq(pnr_minute_day(1440), 1);
    cr_assert_eq(pnr_minute_of_day(1440), 0);
    cr_assert_eq(pnr_floor_div(INT32_MIN, 1440), -1491309);
}
