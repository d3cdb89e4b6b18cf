/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every part of the benchmark program shares: exit codes, errors, arrays that grow, whole files. */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <pioneer/status.h>

enum bench_exit {
    BENCH_OK = 0,
    BENCH_VIOLATIONS = 1, /* one of the judges found a broken hard rule, or they disagree */
    BENCH_BAD_INPUT = 2,  /* a benchmark or solution file that is wrong */
    BENCH_USAGE = 3,
    BENCH_IO = 4,
    BENCH_INTERNAL = 5 /* out of memory, or the solver gave up */
};

/* Why something failed, with "file:line: field: " in front where there is a file. */
struct bench_error {
    enum bench_exit code;
    char message[512];
};

/* Fills in the error and returns false, so that a reader can say `return bench_fail(…)`. */
bool bench_fail(struct bench_error *error, enum bench_exit code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool bench_fail_memory(struct bench_error *error);
/* A failure of the library: its code, place and sentence. `where_from` says what was tried. */
bool bench_fail_with(struct bench_error *error, const char *where_from, const struct pioneer_error *cause);

/* Room for one more item behind `count`: the array, moved if it had to be, or NULL (then the old one stays
 * the caller's). */
void *bench_grown(void *items, int32_t count, int32_t *capacity, size_t item_size);

/* The whole of a file, malloc'ed; NULL with an error (BENCH_IO). */
char *bench_file_read(const char *path, size_t *length, struct bench_error *error);
bool bench_file_write(const char *path, const char *text, size_t length, struct bench_error *error);
/** Makes a directory, unless it is there. */
bool bench_directory_make(const char *path, struct bench_error *error);

/* The part of a path behind its last slash, without `suffix` if it ends so; cut to `size`. */
void bench_base_name(const char *path, const char *suffix, char *out, size_t size);

#endif
