/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading text files line by line and field by field, with errors that name file, line and field. */
#ifndef BENCH_LINES_H
#define BENCH_LINES_H

#include "bench.h"

/* The reader cuts the text up in place, so `text` is its own copy, and everything it hands out points in
 * there. */
struct bench_lines {
    const char *file; /* as errors name it */
    char *text;
    char *next, *end;
    int32_t line; /* 1-based, of the line read last */
    bool has_comments;
    struct bench_error *error;
};

/* Copies the text, and skips a byte order mark in front. A NUL byte in it is an error. `has_comments`: lines
 * that start with # are skipped. */
bool bench_lines_init(struct bench_lines *lines, const char *file, const char *text, size_t length,
                      struct bench_error *error);
/* The copy is left to whoever wants to keep what points in there. */
char *bench_lines_take_text(struct bench_lines *lines);
void bench_lines_fini(struct bench_lines *lines);

/* The next line that is neither blank nor a comment, without blanks around it; NULL at the end. */
char *bench_lines_next(struct bench_lines *lines);

/* Cuts the next field off *rest at `separator` (' ' : at any run of blanks), without blanks around it. NULL
 * when nothing is left; an empty field between or behind separators is an empty text. */
char *bench_lines_field(char **rest, char separator);

/* "file:line: field: …". Returns false. */
bool bench_lines_fail(const struct bench_lines *lines, const char *field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* `text` (NULL: the field is missing) as a whole number of [least, most]. */
bool bench_lines_number(const struct bench_lines *lines, const char *field, const char *text, int32_t least,
                        int32_t most, int32_t *out);
/* Fails when the field is missing or empty. */
bool bench_lines_word(const struct bench_lines *lines, const char *field, const char *text);
/* Fails when something stands behind the last field. */
bool bench_lines_end(const struct bench_lines *lines, const char *rest);

#endif
