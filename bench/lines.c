/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines, fields and numbers of a text file. */
#include "lines.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Some editors put it in front of UTF-8; it says nothing. */
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

bool bench_lines_init(struct bench_lines *lines, const char *file, const char *text, size_t length,
                      struct bench_error *error) {
    *lines = (struct bench_lines){.file = file, .error = error};
    if (length > 0 && memchr(text, '\0', length) != NULL) {
        return bench_fail(error, BENCH_BAD_INPUT, "%s: not a text: it has a NUL byte", file);
    }
    lines->text = malloc(length + 1);
    if (lines->text == NULL) {
        return bench_fail_memory(error);
    }
    if (length > 0) {
        memcpy(lines->text, text, length);
    }
    lines->text[length] = '\0';
    lines->next = lines->text + (strncmp(lines->text, BYTE_ORDER_MARK, sizeof BYTE_ORDER_MARK - 1) == 0
                                     ? sizeof BYTE_ORDER_MARK - 1
                                     : 0);
    lines->end = lines->text + length;
    return true;
}

char *bench_lines_take_text(struct bench_lines *lines) {
    char *text = lines->text;
    lines->text = NULL;
    return text;
}

void bench_lines_fini(struct bench_lines *lines) {
    free(lines->text);
    lines->text = NULL;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

/* Cuts blanks off both ends; `end` may be written to. */
static char *trim(char *start, char *end) {
    while (end > start && is_blank(end[-1])) {
        end--;
    }
    *end = '\0';
    while (is_blank(*start)) {
        start++;
    }
    return start;
}

char *bench_lines_next(struct bench_lines *lines) {
    while (lines->next < lines->end) {
        char *start = lines->next;
        char *end = memchr(start, '\n', (size_t)(lines->end - start));
        end = end == NULL ? lines->end : end;
        lines->next = end + 1; /* past the end at most by the closing NUL */
        lines->line++;
        char *line = trim(start, end);
        if (*line != '\0' && !(lines->has_comments && *line == '#')) {
            return line;
        }
    }
    return NULL;
}

char *bench_lines_field(char **rest, char separator) {
    char *start = *rest;
    if (start == NULL) {
        return NULL;
    }
    if (separator == ' ') {
        start += strspn(start, " \t\r");
        if (*start == '\0') {
            *rest = NULL;
            return NULL;
        }
    }
    const char separators[] = {separator, separator == ' ' ? '\t' : '\0', '\0'};
    char *end = start + strcspn(start, separators);
    *rest = *end == '\0' ? NULL : end + 1;
    return trim(start, end);
}

bool bench_lines_fail(const struct bench_lines *lines, const char *field, const char *format, ...) {
    char what[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    /* A file without lines is wrong in its first. */
    int32_t line = lines->line > 0 ? lines->line : 1;
    return bench_fail(lines->error, BENCH_BAD_INPUT, "%.200s:%d: %s: %s", lines->file, (int)line, field,
                      what);
}

bool bench_lines_number(const struct bench_lines *lines, const char *field, const char *text, int32_t least,
                        int32_t most, int32_t *out) {
    if (!bench_lines_word(lines, field, text)) {
        return false;
    }
    char *end = NULL;
    errno = 0;
    long number = strtol(text, &end, 10);
    if (end == text || *end != '\0' || errno != 0 || number < least || number > most) {
        return bench_lines_fail(lines, field, "\"%.40s\" is no whole number of %d to %d", text, (int)least,
                                (int)most);
    }
    *out = (int32_t)number;
    return true;
}

bool bench_lines_word(const struct bench_lines *lines, const char *field, const char *text) {
    return (text != NULL && *text != '\0') || bench_lines_fail(lines, field, "it is missing");
}

bool bench_lines_end(const struct bench_lines *lines, const char *rest) {
    return rest == NULL || rest[strspn(rest, " \t\r")] == '\0' ||
           bench_lines_fail(lines, "end of line", "\"%.40s\" is too much", rest);
}
