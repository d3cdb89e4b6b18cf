/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and ids into words. */
#include "words.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

#define SECONDS_A_DAY 86400
#define DAY_MINUTES   1440

static void civil(int32_t day, struct tm *out) {
    time_t seconds = (time_t)day * SECONDS_A_DAY;
    gmtime_r(&seconds, out);
}

void cli_words_date(int32_t day, char out[16]) {
    struct tm date;
    civil(day, &date);
    strftime(out, 16, "%Y-%m-%d", &date);
}

void cli_words_day(const struct cli *cli, int32_t day, char out[32]) {
    static const char *const weekdays[] = {_("Sun"), _("Mon"), _("Tue"), _("Wed"),
                                           _("Thu"), _("Fri"), _("Sat")};
    struct tm date;
    char text[16];
    civil(day, &date);
    cli_words_date(day, text);
    snprintf(out, 32, "%s %s", text, cli_text(cli, weekdays[date.tm_wday]));
}

/* Days since 1970 of a civil date, by counting the leap days before it; months are taken from March on, so
 * that they end a year. */
static int32_t day_of(int32_t year, int32_t month, int32_t day_of_month) {
    int32_t shifted = month <= 2 ? year - 1 : year;
    int32_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day_of_month - 1;
    return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + day_of_year - 719468;
}

bool cli_words_parse_date(const char *text, int32_t *day) {
    int year = 0, month = 0, day_of_month = 0, length = 0;
    char again[16];
    if (sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day_of_month, &length) != 3 || text[length] != '\0' ||
        year < 1970) {
        return false;
    }
    *day = day_of(year, month, day_of_month);
    cli_words_date(*day, again);
    return strcmp(again, text) == 0;
}

void cli_words_time(int32_t minute, char out[16]) {
    int32_t of_day = minute > DAY_MINUTES ? minute - DAY_MINUTES : minute;
    snprintf(out, 16, "%02d:%02d%s", (int)(of_day / 60 % 100), (int)(of_day % 60),
             minute > DAY_MINUTES ? "+" : "");
}

void cli_words_moment(int64_t seconds, char out[32]) {
    time_t at = (time_t)seconds;
    struct tm local;
    if (localtime_r(&at, &local) == NULL || strftime(out, 32, "%Y-%m-%d %H:%M", &local) == 0) {
        snprintf(out, 32, "%" PRId64, seconds);
    }
}

const char *cli_words_severity_code(enum pioneer_severity severity) {
    static const char *const codes[] = {"note", "warning", "error"};
    return codes[severity];
}

const char *cli_words_severity(const struct cli *cli, enum pioneer_severity severity) {
    static const char *const words[] = {_("note"), _("warning"), _("error")};
    return cli_text(cli, words[severity]);
}

const char *cli_words_outcome(const struct cli *cli, const struct pioneer_level_result *result) {
    static const char *const words[] = {_("not judged"), _("proven"), _("gap left"), _("stopped early"),
                                        _("infeasible")};
    bool is_open = result->outcome == PIONEER_GAP || result->outcome == PIONEER_STOPPED;
    bool is_closed = is_open && result->value <= result->bound; /* a level before it is not proven */
    return cli_text(cli, is_closed ? _("no gap") : words[result->outcome]);
}

int64_t cli_words_difference(int64_t a, int64_t b) {
    int64_t result;
    return !__builtin_sub_overflow(a, b, &result) ? result : a > b ? INT64_MAX : INT64_MIN;
}

void cli_words_gap(int64_t value, int64_t bound, int64_t constant, char out[16]) {
    if (value <= bound) {
        snprintf(out, 16, "0");
        return;
    }
    double net = value > constant ? (double)cli_words_difference(value, constant) : 1.0;
    double percent = 100.0 * (double)cli_words_difference(value, bound) / net;
    snprintf(out, 16, "%.2f%%", percent > 99999 ? 99999.0 : percent);
}

const char *cli_words_unit(const struct pioneer_campaign *campaign, const char *id) {
    for (int32_t i = 0; id != NULL && i < pioneer_campaign_unit_count(campaign); i++) {
        const struct pioneer_unit *unit = pioneer_campaign_unit_at(campaign, i);
        if (strcmp(unit->id, id) == 0) {
            return unit->name;
        }
    }
    return id == NULL ? "" : id;
}

const char *cli_words_stage(const struct pioneer_campaign *campaign, const char *id) {
    for (int32_t i = 0; id != NULL && i < pioneer_campaign_stage_count(campaign); i++) {
        const struct pioneer_stage *stage = pioneer_campaign_stage_at(campaign, i);
        if (strcmp(stage->id, id) == 0) {
            return stage->name;
        }
    }
    return id == NULL ? "" : id;
}

/* A level that the campaign names keeps its name; the built-in ones are in the catalogue. */
const char *cli_words_level(const struct cli *cli, const struct pioneer_campaign *campaign, const char *id) {
    static const char *const built_in[][2] = {
        {"must", _("least staffing")}, {"lead", _("leads and composition")}, {"target", _("full staffing")},
        {"stability", _("stability")}, {"fairness", _("fairness")},          {"wishes", _("wishes")},
    };
    for (int32_t i = 0; i < pioneer_campaign_level_count(campaign); i++) {
        const struct pioneer_level *level = pioneer_campaign_level_at(campaign, i);
        if (strcmp(level->id, id) == 0 && level->name != NULL && strcmp(level->name, id) != 0) {
            return level->name;
        }
    }
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++) {
        if (strcmp(built_in[i][0], id) == 0) {
            return cli_text(cli, built_in[i][1]);
        }
    }
    return id;
}
