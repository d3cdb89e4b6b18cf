/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the benchmark's line of JSON, of its error texts and of reading fields. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "line.h"
#include "lines.h"
#include "watch.h"

Test(line, is_one_object_with_its_fields_in_order) {
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    struct bench_line line;
    const int64_t weekly[] = {1, 2};
    bench_line_begin(&line, file);
    bench_line_text(&line, "instance", "a\"b\\c\n");
    bench_line_text(&line, "status", NULL);
    bench_line_number(&line, "value", INT64_MAX);
    bench_line_seconds(&line, "seconds", 1002);
    bench_line_seconds(&line, "never", -1);
    bench_line_numbers(&line, "weekly", weekly, 2);
    bench_line_end(&line);
    fclose(file);
    cr_assert_str_eq(text, "{\"instance\": \"a\\\"b\\\\c\\u000a\", \"status\": null, "
                           "\"value\": 9223372036854775807, \"seconds\": 1.002, \"never\": null, "
                           "\"weekly\": [1, 2]}\n");
    free(text);
}

Test(lines, are_trimmed_and_counted_while_comments_and_blank_ones_are_passed_over) {
    struct bench_error error = {0};
    struct bench_lines lines;
    const char text[] = "# remark\n\n  a, b ,,c \r\nlast";
    cr_assert(bench_lines_init(&lines, "f.txt", text, sizeof text - 1, &error));
    lines.has_comments = true;
    char *line = bench_lines_next(&lines);
    cr_assert_str_eq(line, "a, b ,,c");
    cr_assert_eq(lines.line, 3);
    cr_assert_str_eq(bench_lines_field(&line, ','), "a");
    cr_assert_str_eq(bench_lines_field(&line, ','), "b");
    cr_assert_str_eq(bench_lines_field(&line, ','), "");
    cr_assert_str_eq(bench_lines_field(&line, ','), "c");
    cr_assert_null(bench_lines_field(&line, ','));
    cr_assert_str_eq(bench_lines_next(&lines), "last");
    cr_assert_null(bench_lines_next(&lines));
    bench_lines_fini(&lines);
}

Test(lines, refuse_a_text_with_a_nul_byte) {
    struct bench_error error = {0};
    struct bench_lines lines;
    cr_assert_not(bench_lines_init(&lines, "f.txt", "a\0b", 3, &error));
    cr_assert_eq(error.code, BENCH_BAD_INPUT);
    cr_assert_str_eq(error.message, "f.txt: not a text: it has a NUL byte");
    bench_lines_fini(&lines);
}

static void see(struct bench_watch *watch, int64_t elapsed_ms, int64_t value, int64_t bound) {
    struct pioneer_progress progress = {
        .level = "cost", .elapsed_ms = elapsed_ms, .value = value, .bound = bound};
    cr_assert(bench_watch_progress(watch, &progress));
}

Test(watch, tells_when_what_was_reached) {
    struct bench_watch watch;
    bench_watch_init(&watch, "cost");
    cr_assert_eq(bench_watch_first_ms(&watch), -1);
    see(&watch, 10, 500, 0);
    see(&watch, 20, 202, 150);
    see(&watch, 30, 202, 200);
    see(&watch, 40, 201, 200);
    struct pioneer_progress other = {.level = "must", .elapsed_ms = 1};
    cr_assert(bench_watch_progress(&watch, &other));
    cr_assert_eq(bench_watch_first_ms(&watch), 10);
    cr_assert_eq(bench_watch_reached_ms(&watch, 202), 20);
    cr_assert_eq(bench_watch_reached_ms(&watch, 201), 40);
    cr_assert_eq(bench_watch_reached_ms(&watch, 200), -1);
    cr_assert_eq(bench_watch_one_percent_ms(&watch), 30);
    bench_watch_fini(&watch);
}

Test(watch, ends_a_solve_that_is_good_enough) {
    struct bench_watch watch;
    bench_watch_init(&watch, "cost");
    watch.stop_at = 200;
    see(&watch, 10, 201, 0);
    struct pioneer_progress good = {.level = "cost", .elapsed_ms = 20, .value = 200};
    cr_assert(!bench_watch_progress(&watch, &good));
    struct pioneer_progress other = {.level = "must", .elapsed_ms = 30};
    cr_assert(bench_watch_progress(&watch, &other));
    bench_watch_fini(&watch);
}
