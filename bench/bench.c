/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors, arrays that grow, whole files. */
#include "bench.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool bench_fail(struct bench_error *error, enum bench_exit code, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    error->code = code;
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return false;
}

bool bench_fail_memory(struct bench_error *error) {
    return bench_fail(error, BENCH_INTERNAL, "memory is short");
}

bool bench_fail_with(struct bench_error *error, const char *where_from, const struct pioneer_error *cause) {
    enum bench_exit code = cause->status == PIONEER_E_INVALID ? BENCH_BAD_INPUT : BENCH_INTERNAL;
    return bench_fail(error, code, "%s: %s%s%.300s [%s]", where_from, cause->where,
                      cause->where[0] == '\0' ? "" : ": ", cause->message, cause->code);
}

void *bench_grown(void *items, int32_t count, int32_t *capacity, size_t item_size) {
    if (count < *capacity) {
        return items;
    }
    int32_t wanted = *capacity < 8 ? 8 : *capacity > INT32_MAX / 2 ? INT32_MAX : 2 * *capacity;
    void *moved = count < wanted ? realloc(items, (size_t)wanted * item_size) : NULL;
    *capacity = moved == NULL ? *capacity : wanted;
    return moved;
}

static bool fail_io(struct bench_error *error, const char *path) {
    return bench_fail(error, BENCH_IO, "%s: %s", path, strerror(errno));
}

/* By pieces, because a pipe has no size to ask for. */
static char *read_stream(FILE *file, size_t *length) {
    size_t capacity = 1 << 16, count = 0;
    char *text = malloc(capacity);
    while (text != NULL) {
        count += fread(text + count, 1, capacity - count, file);
        if (count < capacity) {
            break;
        }
        char *moved = realloc(text, 2 * capacity);
        if (moved == NULL) {
            free(text);
        }
        text = moved;
        capacity *= 2;
    }
    *length = count;
    return text;
}

char *bench_file_read(const char *path, size_t *length, struct bench_error *error) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fail_io(error, path);
        return NULL;
    }
    char *text = read_stream(file, length);
    if (text == NULL) {
        bench_fail_memory(error);
    } else if (ferror(file)) {
        fail_io(error, path);
        free(text);
        text = NULL;
    }
    fclose(file);
    return text;
}

bool bench_file_write(const char *path, const char *text, size_t length, struct bench_error *error) {
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        return fail_io(error, path);
    }
    bool is_written = fwrite(text, 1, length, file) == length;
    /* A full disk may show only now. */
    return (fclose(file) == 0 && is_written) || fail_io(error, path);
}

bool bench_directory_make(const char *path, struct bench_error *error) {
    return mkdir(path, 0777) == 0 || errno == EEXIST || fail_io(error, path);
}

void bench_base_name(const char *path, const char *suffix, char *out, size_t size) {
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    size_t length = strlen(name), cut = strlen(suffix);
    if (length > cut && strcmp(name + length - cut, suffix) == 0) {
        length -= cut;
    }
    if (length >= size) { /* not within a character */
        for (length = size - 1; length > 0 && ((unsigned char)name[length] & 0xC0) == 0x80; length--) {
        }
    }
    snprintf(out, size, "%.*s", (int)length, name);
}
