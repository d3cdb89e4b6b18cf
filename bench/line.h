/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of JSON: an object built field by field, in the order in which fields are added. */
#ifndef BENCH_LINE_H
#define BENCH_LINE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct bench_line {
    FILE *file;
    bool has_fields;
};

/* Writes "{"; nothing is kept in memory. */
void bench_line_begin(struct bench_line *line, FILE *file);
void bench_line_text(struct bench_line *line, const char *name, const char *text); /* NULL: null */
void bench_line_number(struct bench_line *line, const char *name, int64_t number);
/* Not given: null. */
void bench_line_optional(struct bench_line *line, const char *name, bool is_given, int64_t number);
/* Milliseconds as seconds with three decimals; negative: null. */
void bench_line_seconds(struct bench_line *line, const char *name, int64_t ms);
void bench_line_numbers(struct bench_line *line, const char *name, const int64_t *numbers, int32_t count);
/* Writes "}" and the end of the line. */
void bench_line_end(struct bench_line *line);

#endif
