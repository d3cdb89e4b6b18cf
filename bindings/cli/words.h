/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates, outcomes and names as a reader wants them. */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

#include <pioneer/check.h>

#include "cli.h"

/* YYYY-MM-DD. */
void cli_words_date(int32_t day, char out[16]);
/* The same with the weekday behind it. */
void cli_words_day(const struct cli *cli, int32_t day, char out[32]);
/* Moves a strict YYYY-MM-DD into *day; false for anything else. */
bool cli_words_parse_date(const char *text, int32_t *day);
/* HH:MM, minutes past 1440 as the next day's time with a +. */
void cli_words_time(int32_t minute, char out[16]);
/* Seconds since 1970 UTC as local date and time. */
void cli_words_moment(int64_t seconds, char out[32]);

const char *cli_words_severity(const struct cli *cli, enum pioneer_severity severity);
const char *cli_words_outcome(const struct cli *cli, const struct pioneer_level_result *result);
/* The same word in every language, for --json. */
const char *cli_words_severity_code(enum pioneer_severity severity);

/* a - b, or the end of the range that lies on its side: a roster may claim any number. */
int64_t cli_words_difference(int64_t a, int64_t b);
/* The gap of a value net of its constant, such as "0", "1.25%"; at most 99999%. */
void cli_words_gap(int64_t value, int64_t bound, int64_t constant, char out[16]);

/* Names by id; the id itself when nothing has it, "" for NULL. Linear: for headings, not for tables. */
const char *cli_words_unit(const struct pioneer_campaign *campaign, const char *id);
const char *cli_words_stage(const struct pioneer_campaign *campaign, const char *id);
const char *cli_words_level(const struct cli *cli, const struct pioneer_campaign *campaign, const char *id);

#endif
