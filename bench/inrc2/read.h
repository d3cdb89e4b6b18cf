/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the readers of the INRC-II files share: lines that must be there, names, pairs of numbers. */
#ifndef BENCH_INRC2_READ_H
#define BENCH_INRC2_READ_H

#include "inrc2/inrc2.h"
#include "lines.h"

/* No published instance has a tenth of this; low enough that no product of three overflows. */
#define INRC2_NURSES_MAX 10000
#define INRC2_NAMES_MAX  100
#define INRC2_NUMBER_MAX 1000000

/* Reads on to the next line, which must be there. NULL: the error is set. */
char *inrc2_line(struct bench_lines *lines, const char *what);
/* The next line must be this word. */
bool inrc2_head(struct bench_lines *lines, const char *word);
/* The next line must be "KEY = value". */
bool inrc2_key(struct bench_lines *lines, const char *key, char **value);
bool inrc2_key_number(struct bench_lines *lines, const char *key, int32_t least, int32_t most, int32_t *out);
/* "(2,5)". */
bool inrc2_pair(const struct bench_lines *lines, const char *field, char *text, int32_t *first,
                int32_t *second);

/* The same, of a minimum and a maximum. */
bool inrc2_range(const struct bench_lines *lines, const char *field, char *text, struct inrc2_range *out);

/* Words that stand for every shift type in a request, and for none in a history. */
#define INRC2_ANY  "Any"
#define INRC2_NONE "None"

/* The number of a name; false with an error when there is none. */
bool inrc2_find_shift(const struct inrc2_scenario *scenario, const struct bench_lines *lines, const char *id,
                      int32_t *out);
bool inrc2_find_skill(const struct inrc2_scenario *scenario, const struct bench_lines *lines, const char *id,
                      int32_t *out);
bool inrc2_find_nurse(const struct inrc2_scenario *scenario, const struct bench_lines *lines, const char *id,
                      int32_t *out);
/* 0 for Mon … 6 for Sun. */
bool inrc2_find_day(const struct bench_lines *lines, const char *name, int32_t *out);
extern const char *const inrc2_days[INRC2_WEEK];

#endif
