/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a solve went through: every progress report, kept for the trace and for the times in the result. */
#ifndef BENCH_WATCH_H
#define BENCH_WATCH_H

#include <pioneer/solve.h>

#include "bench.h"

struct bench_moment {
    int64_t elapsed_ms;
    int64_t value, bound;
};

/* Moments of one level only: the others say nothing about the benchmark's value. */
struct bench_watch {
    const char *level;
    int64_t stop_at; /* a value that is good enough; INT64_MIN: none is */
    struct bench_moment *moments;
    int32_t count, capacity;
    bool is_complete; /* false: memory was short, later moments are missing */
};

void bench_watch_init(struct bench_watch *watch, const char *level);
void bench_watch_fini(struct bench_watch *watch);
/* Adds a moment that no report told of: how it ended. */
void bench_watch_add(struct bench_watch *watch, struct bench_moment moment);
/* The progress callback; its context is the watch. Ends the solve at `stop_at`. */
bool bench_watch_progress(void *context, const struct pioneer_progress *progress);

/* Milliseconds until there was a value; until the value was at most `value`; until it was within 1 % of the
 * bound of that moment. -1: not seen. Reports come some ten times a second, so these are rough. */
int64_t bench_watch_first_ms(const struct bench_watch *watch);
int64_t bench_watch_reached_ms(const struct bench_watch *watch, int64_t value);
int64_t bench_watch_one_percent_ms(const struct bench_watch *watch);

/* "seconds,value,bound" and one line a moment. */
bool bench_watch_write(const struct bench_watch *watch, const char *path, struct bench_error *error);

#endif
