/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the exports: io/export_html, io/export_csv, io/export_ics. Calendars are read back with libical.
 */
#include <criterion/criterion.h>
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pioneer/export.h>

#include "base/text.h"
#include "model/campaign.h"
#include "small_campaign.h"

static const struct small_campaign_names ordinary;

static int count_of(const char *text, const char *needle) {
    int count = 0;
    for (const char *at = strstr(text, needle); at; at = strstr(at + strlen(needle), needle)) {
        count++;
    }
    return count;
}

/* ---- HTML */

static char *html_of(const struct small_campaign_names *names, const char *language) {
    struct small_campaign small;
    struct pioneer_report *report;
    char *text;
    size_t length;
    small_campaign_make(&small, names);
    cr_assert_eq(pioneer_check(small.campaign, small.roster, language, &report, NULL), PIONEER_OK);
    cr_assert_eq(pioneer_export_html(small.campaign, small.roster, report, language, &text, &length, NULL),
                 PIONEER_OK);
    cr_assert_eq(strlen(text), length);
    cr_assert(pnr_utf8_valid(text, length));
    pioneer_report_free(report);
    small_campaign_free(&small);
    return text;
}

Test(html, says_in_either_language_what_is_short) {
    char *chinese = html_of(&ordinary, "zh");
    char *english = html_of(&ordinary, "en");
    cr_expect(strstr(chinese, "<html lang=\"zh-CN\">"));
    cr_expect(strstr(chinese, "4 个班次未达最低人数，共缺 6 人。"));
    cr_expect(strstr(english, "<html lang=\"en\">"));
    cr_expect(strstr(english, "Duties short of people: 4, by 6 heads."));
    cr_expect(strstr(english, "北区校门"));
    pioneer_free(chinese);
    pioneer_free(english);
}

Test(html, marks_the_lead_and_the_absent) {
    char *page = html_of(&ordinary, "zh");
    cr_expect(strstr(
        page, "<li data-m=\"0\" class=\"lead\">张三<b title=\"带班\">★</b></li><li data-m=\"1\">李四</li>"));
    cr_expect(strstr(page, "<li data-m=\"2\" class=\"absent\">王五<b>缺勤</b></li>"));
    pioneer_free(page);
}

Test(html, counts_the_work_of_members_and_units) {
    char *page = html_of(&ordinary, "zh");
    cr_expect(strstr(
        page, "<tr data-m=\"0\" data-u=\"0\"><th scope=\"row\">张三 <span class=\"meta\">党员</span></th>"
              "<td class=\"n\" data-h=\"班次\">2</td><td class=\"n\" data-h=\"时长\">12 小时</td>"));
    cr_expect(strstr(page, "<tr data-u=\"1\" data-parent=\"0\" class=\"d1\"><th scope=\"row\">数学系</th>"
                           "<td class=\"n\" data-h=\"报名\">2</td><td class=\"n\" data-h=\"推荐\">2</td>"
                           "<td class=\"n\" data-h=\"上岗\">1</td><td class=\"n\" data-h=\"人次\">1</td>"));
    pioneer_free(page);
}

Test(html, claims_no_proof_for_a_roster_typed_by_hand) {
    char *page = html_of(&ordinary, "en");
    cr_expect(strstr(page, "least staffing</th><td class=\"n\" data-h=\"Value\">"));
    cr_expect(strstr(page, "<span class=\"outcome\">– not judged</span>"));
    cr_expect_null(strstr(page, "parts proven"));
    pioneer_free(page);
}

Test(html, lets_no_name_become_markup) {
    const struct small_campaign_names hostile = {.member = "</script><script>alert(1)</script>",
                                                 .site = "\"onmouseover='x'&amp;",
                                                 .post = "<img src=x>",
                                                 .unit = "</title><b>"};
    char *page = html_of(&hostile, "zh");
    cr_expect_null(strstr(page, "alert(1)</script>"));
    cr_expect_null(strstr(page, "<img"));
    cr_expect_null(strstr(page, "\"onmouseover"));
    cr_expect(strstr(page, "&lt;/script&gt;&lt;script&gt;alert(1)"));
    cr_expect(strstr(page, "&quot;onmouseover=&#39;x&#39;&amp;amp;"));
    cr_expect_eq(count_of(page, "<script"), 1);
    cr_expect_eq(count_of(page, "</script"), 1);
    pioneer_free(page);
}

Test(html, needs_nothing_from_elsewhere) {
    char *page = html_of(&ordinary, "en");
    static const char *const outside[] = {"http:", "https:", "src=",  "@import",
                                          "url(",  "//cdn",  "<link", "<iframe"};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        cr_expect_null(strstr(page, outside[i]), "%s", outside[i]);
    }
    cr_expect(strstr(page, "default-src 'none'"));
    cr_expect_eq(count_of(page, "sha256-"), 2);
    pioneer_free(page);
}

Test(html, is_the_same_bytes_for_the_same_roster) {
    char *first = html_of(&ordinary, "zh");
    char *second = html_of(&ordinary, "zh");
    cr_expect_str_eq(first, second);
    pioneer_free(first);
    pioneer_free(second);
}

Test(html, refuses_a_campaign_that_was_not_validated) {
    struct small_campaign small;
    struct pioneer_report *report;
    struct pioneer_error error;
    char *text = NULL;
    size_t length = 1;
    small_campaign_make(&small, &ordinary);
    cr_assert_eq(pioneer_check(small.campaign, small.roster, "en", &report, NULL), PIONEER_OK);
    cr_assert_eq(pioneer_campaign_add_site(small.campaign, &(struct pioneer_site){.id = "new"}, NULL),
                 PIONEER_OK);
    cr_expect_eq(pioneer_export_html(small.campaign, small.roster, report, "en", &text, &length, &error),
                 PIONEER_E_INVALID);
    cr_expect_str_eq(error.code, "not-validated");
    cr_expect_null(text);
    cr_expect_eq(length, 0u);
    pioneer_report_free(report);
    small_campaign_free(&small);
}

/* ---- CSV */

static char *csv_of(const struct small_campaign_names *names, const char *language) {
    struct small_campaign small;
    char *text;
    size_t length;
    small_campaign_make(&small, names);
    cr_assert_eq(pioneer_export_csv(small.campaign, small.roster, language, &text, &length, NULL),
                 PIONEER_OK);
    cr_assert_eq(strlen(text), length);
    small_campaign_free(&small);
    return text;
}

Test(csv, has_one_line_an_assignment_under_a_header) {
    char *text = csv_of(&ordinary, "zh");
    cr_expect_str_eq(
        text,
        "\xEF\xBB\xBF阶段,日期,星期,时段,开始,结束,地点,岗位,姓名,单位,政治面貌,类别,带班,状态,分钟,"
        "人员编号\r\n"
        "准备,2020-02-17,周一,白班,2020-02-17 08:00,2020-02-17 12:00,北区校门,值班值守岗,张三,组织部,党员,"
        "教师,是,固定,240,a\r\n"
        "准备,2020-02-17,周一,白班,2020-02-17 08:00,2020-02-17 12:00,北区校门,值班值守岗,李四,数学系,"
        "入党积极分子,学生,,已排,240,b\r\n"
        "准备,2020-02-17,周一,白班,2020-02-17 08:00,2020-02-17 12:00,图书馆,值班值守岗,王五,数学系,,,,缺勤,"
        "240,c\r\n"
        "准备,2020-02-17,周一,夜班,2020-02-17 22:00,2020-02-18 06:00,北区校门,值班值守岗,张三,组织部,党员,"
        "教师,是,已排,480,a\r\n");
    pioneer_free(text);
}

Test(csv, quotes_what_would_break_a_line_apart) {
    const struct small_campaign_names names = {.member = "张\"三\",四", .site = "a;b", .unit = " 前"};
    char *text = csv_of(&names, "en");
    cr_expect(strstr(text, ",\"张\"\"三\"\",四\","));
    cr_expect(strstr(text, ",\"a;b\","));
    cr_expect(strstr(text, ",\" 前\","));
    pioneer_free(text);
}

Test(csv, defuses_cells_that_a_spreadsheet_would_compute) {
    const struct small_campaign_names names = {
        .member = "=HYPERLINK(\"x\",\"y\")", .site = "+1", .post = "-1+1|cmd", .unit = "@SUM(A1)"};
    char *text = csv_of(&names, "en");
    cr_expect(strstr(text, ",\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\","));
    cr_expect(strstr(text, ",'+1,"));
    cr_expect(strstr(text, ",'-1+1|cmd,"));
    cr_expect(strstr(text, ",'@SUM(A1),"));
    pioneer_free(text);
}

/* ---- iCalendar */

static char *ics_of(const struct small_campaign_names *names, const char *member, const char *site,
                    const char *language) {
    struct small_campaign small;
    char *text;
    size_t length;
    small_campaign_make(&small, names);
    cr_assert_eq(pioneer_export_ics(small.campaign, small.roster, member, site, 1581897600, language, &text,
                                    &length, NULL),
                 PIONEER_OK);
    cr_assert_eq(strlen(text), length);
    small_campaign_free(&small);
    return text;
}

static icalcomponent *read_back(const char *text) {
    icalcomponent *calendar = icalparser_parse_string(text);
    cr_assert_not_null(calendar);
    cr_expect_eq(icalcomponent_count_errors(calendar), 0);
    cr_expect(icalrestriction_check(calendar));
    cr_expect_eq(icalcomponent_count_errors(calendar), 0);
    return calendar;
}

static void expect_time(const icaltimetype time, int day, int hour, const char *zone) {
    cr_expect_eq(time.year, 2020);
    cr_expect_eq(time.month, 2);
    cr_expect_eq(time.day, day);
    cr_expect_eq(time.hour, hour);
    cr_expect_eq(time.minute, 0);
    cr_expect_str_eq(icaltime_get_tzid(time), zone);
}

Test(ics, of_a_member_has_an_event_a_duty_even_over_midnight) {
    char *text = ics_of(&ordinary, "a", NULL, "zh");
    icalcomponent *calendar = read_back(text);
    cr_expect_eq(icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT), 2);
    icalcomponent *day = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    expect_time(icalcomponent_get_dtstart(day), 17, 8, "Asia/Shanghai");
    expect_time(icalcomponent_get_dtend(day), 17, 12, "Asia/Shanghai");
    cr_expect_str_eq(icalcomponent_get_summary(day), "值班值守岗 白班");
    cr_expect_str_eq(icalcomponent_get_location(day), "北区校门");
    cr_expect_str_eq(icalcomponent_get_description(day), "张三（带班）、李四");
    icalcomponent *night = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT);
    expect_time(icalcomponent_get_dtstart(night), 17, 22, "Asia/Shanghai");
    expect_time(icalcomponent_get_dtend(night), 18, 6, "Asia/Shanghai");
    icalcomponent_free(calendar);
    pioneer_free(text);
}

Test(ics, of_a_site_names_the_people_and_what_is_short) {
    char *text = ics_of(&ordinary, NULL, "gate", "zh");
    icalcomponent *calendar = read_back(text);
    cr_expect_eq(icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT), 4);
    icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    cr_expect_str_eq(icalcomponent_get_summary(event), "值班值守岗 白班：张三（带班）、李四");
    event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT);
    cr_expect_str_eq(icalcomponent_get_summary(event), "值班值守岗 夜班：张三（带班）（缺 1 人）");
    icalcomponent_free(calendar);
    pioneer_free(text);
}

Test(ics, leaves_out_absences) {
    char *text = ics_of(&ordinary, "c", NULL, "en");
    icalcomponent *calendar = read_back(text);
    cr_expect_eq(icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT), 0);
    icalcomponent_free(calendar);
    pioneer_free(text);
}

Test(ics, keeps_the_identifier_of_a_duty_and_gives_each_its_own) {
    char *first = ics_of(&ordinary, "a", NULL, "zh");
    char *second = ics_of(&(struct small_campaign_names){.member = "改名"}, "a", NULL, "en");
    char *site = ics_of(&ordinary, NULL, "gate", "zh");
    const char *uid = strstr(first, "UID:");
    char line[80];
    snprintf(line, sizeof line, "%.*s", (int)strcspn(uid, "\r"), uid);
    cr_expect(strstr(second, line));
    cr_expect_null(strstr(site, line));
    cr_expect_null(strstr(uid + 4, line));
    cr_expect_eq(count_of(first, "UID:"), 2);
    pioneer_free(first);
    pioneer_free(second);
    pioneer_free(site);
}

Test(ics, folds_long_lines_between_characters) {
    char name[200];
    for (int i = 0; i < 60; i++) {
        memcpy(name + 3 * i, "岗", 3);
    }
    name[180] = '\0';
    char *text = ics_of(&(struct small_campaign_names){.site = name, .post = name}, "a", NULL, "zh");
    for (const char *line = text; *line;) {
        const size_t length = strcspn(line, "\r");
        cr_expect_leq(length, 75u);
        cr_expect(pnr_utf8_valid(line, length));
        cr_assert_eq(line[length + 1], '\n');
        line += length + 2;
    }
    icalcomponent *calendar = read_back(text);
    cr_expect_str_eq(
        icalcomponent_get_location(icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT)), name);
    icalcomponent_free(calendar);
    pioneer_free(text);
}

Test(ics, escapes_what_has_a_meaning_in_a_calendar) {
    const char *name = "a,b;c\\n:\"d";
    char *text = ics_of(&(struct small_campaign_names){.site = name}, "a", NULL, "zh");
    cr_expect(strstr(text, "LOCATION:a\\,b\\;c\\\\n:\"d\r\n"));
    icalcomponent *calendar = read_back(text);
    cr_expect_str_eq(
        icalcomponent_get_location(icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT)), name);
    icalcomponent_free(calendar);
    pioneer_free(text);
}

Test(ics, tells_the_time_zone) {
    char *text = ics_of(&ordinary, "a", NULL, "zh");
    cr_expect(strstr(
        text, "BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\nBEGIN:STANDARD\r\nDTSTART:19910915T020000\r\n"
              "TZOFFSETFROM:+0900\r\nTZOFFSETTO:+0800\r\nTZNAME:CST\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"));
    cr_expect(strstr(text, "DTSTAMP:20200217T000000Z\r\n"));
    pioneer_free(text);
}

Test(ics, says_why_there_is_none) {
    struct small_campaign small;
    struct pioneer_error error;
    char *text = NULL;
    size_t length;
    small_campaign_make(&small, &(struct small_campaign_names){.time_zone = "Asia/Atlantis"});
    cr_expect_eq(pioneer_export_ics(small.campaign, small.roster, "a", NULL, 0, "en", &text, &length, &error),
                 PIONEER_E_UNSUPPORTED);
    cr_expect_str_eq(error.code, "unknown-time-zone");
    cr_expect_eq(pioneer_export_ics(small.campaign, small.roster, "x", NULL, 0, "en", &text, &length, &error),
                 PIONEER_E_NOT_FOUND);
    cr_expect_str_eq(error.code, "unknown-member");
    cr_expect_eq(pioneer_export_ics(small.campaign, small.roster, NULL, "x", 0, "en", &text, &length, &error),
                 PIONEER_E_NOT_FOUND);
    cr_expect_eq(
        pioneer_export_ics(small.campaign, small.roster, "a", "gate", 0, "en", &text, &length, &error),
        PIONEER_E_RANGE);
    cr_expect_eq(
        pioneer_export_ics(small.campaign, small.roster, NULL, NULL, 0, "en", &text, &length, &error),
        PIONEER_E_RANGE);
    cr_expect_eq(
        pioneer_export_ics(small.campaign, small.roster, "a", NULL, -1, "en", &text, &length, &error),
        PIONEER_E_RANGE);
    cr_expect_null(text);
    small_campaign_free(&small);
}
