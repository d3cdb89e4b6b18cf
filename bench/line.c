/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes one JSON object on one line; whole numbers stay whole. */
#include "line.h"

#include <inttypes.h>

static void put_text(FILE *file, const char *text) {
    fputc('"', file);
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\') {
            fprintf(file, "\\%c", c);
        } else if (c < 0x20) {
            fprintf(file, "\\u%04x", c);
        } else {
            fputc(c, file);
        }
    }
    fputc('"', file);
}

static void put_name(struct bench_line *line, const char *name) {
    fputs(line->has_fields ? ", " : "", line->file);
    line->has_fields = true;
    put_text(line->file, name);
    fputs(": ", line->file);
}

void bench_line_begin(struct bench_line *line, FILE *file) {
    *line = (struct bench_line){.file = file};
    fputc('{', file);
}

void bench_line_text(struct bench_line *line, const char *name, const char *text) {
    put_name(line, name);
    if (text == NULL) {
        fputs("null", line->file);
    } else {
        put_text(line->file, text);
    }
}

void bench_line_number(struct bench_line *line, const char *name, int64_t number) {
    put_name(line, name);
    fprintf(line->file, "%" PRId64, number);
}

void bench_line_optional(struct bench_line *line, const char *name, bool is_given, int64_t number) {
    if (is_given) {
        bench_line_number(line, name, number);
    } else {
        bench_line_text(line, name, NULL);
    }
}

void bench_line_seconds(struct bench_line *line, const char *name, int64_t ms) {
    put_name(line, name);
    if (ms < 0) {
        fputs("null", line->file);
    } else {
        fprintf(line->file, "%" PRId64 ".%03d", ms / 1000, (int)(ms % 1000));
    }
}

void bench_line_numbers(struct bench_line *line, const char *name, const int64_t *numbers, int32_t count) {
    put_name(line, name);
    fputc('[', line->file);
    for (int32_t i = 0; i < count; i++) {
        fprintf(line->file, "%s%" PRId64, i == 0 ? "" : ", ", numbers[i]);
    }
    fputc(']', line->file);
}

void bench_line_end(struct bench_line *line) {
    fputs("}\n", line->file);
}
