/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps progress reports and answers when what was reached. */
#include "watch.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void bench_watch_init(struct bench_watch *watch, const char *level) {
    *watch = (struct bench_watch){.level = level, .stop_at = INT64_MIN, .is_complete = true};
}

void bench_watch_fini(struct bench_watch *watch) {
    free(watch->moments);
    *watch = (struct bench_watch){0};
}

void bench_watch_add(struct bench_watch *watch, struct bench_moment moment) {
    void *moments = bench_grown(watch->moments, watch->count, &watch->capacity, sizeof *watch->moments);
    if (moments == NULL) {
        watch->is_complete = false;
        return;
    }
    watch->moments = moments;
    watch->moments[watch->count++] = moment;
}

bool bench_watch_progress(void *context, const struct pioneer_progress *progress) {
    struct bench_watch *watch = context;
    if (progress->level == NULL || strcmp(progress->level, watch->level) != 0) {
        return true;
    }
    bench_watch_add(watch, (struct bench_moment){progress->elapsed_ms, progress->value, progress->bound});
    return progress->value > watch->stop_at;
}

int64_t bench_watch_first_ms(const struct bench_watch *watch) {
    return watch->count == 0 ? -1 : watch->moments[0].elapsed_ms;
}

int64_t bench_watch_reached_ms(const struct bench_watch *watch, int64_t value) {
    for (int32_t i = 0; i < watch->count; i++) {
        if (watch->moments[i].value <= value) {
            return watch->moments[i].elapsed_ms;
        }
    }
    return -1;
}

int64_t bench_watch_one_percent_ms(const struct bench_watch *watch) {
    for (int32_t i = 0; i < watch->count; i++) {
        const struct bench_moment *moment = &watch->moments[i];
        if (moment->value - moment->bound <= moment->value / 100) {
            return moment->elapsed_ms;
        }
    }
    return -1;
}

bool bench_watch_write(const struct bench_watch *watch, const char *path, struct bench_error *error) {
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    if (stream == NULL) {
        return bench_fail_memory(error);
    }
    fputs("seconds,value,bound\n", stream);
    for (int32_t i = 0; i < watch->count; i++) {
        const struct bench_moment *moment = &watch->moments[i];
        fprintf(stream, "%" PRId64 ".%03d,%" PRId64 ",%" PRId64 "\n", moment->elapsed_ms / 1000,
                (int)(moment->elapsed_ms % 1000), moment->value, moment->bound);
    }
    bool is_written =
        fclose(stream) == 0 ? bench_file_write(path, text, length, error) : bench_fail_memory(error);
    free(text);
    return is_written;
}
