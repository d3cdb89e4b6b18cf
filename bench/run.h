/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Solving one campaign and measuring it, the same way for every format. */
#ifndef BENCH_RUN_H
#define BENCH_RUN_H

#include <argp.h>

#include <pioneer/check.h>
#include <pioneer/solve.h>

#include "line.h"
#include "watch.h"

/* Milliseconds of a clock that never goes back. */
int64_t bench_now_ms(void);

/* What the options of every solving verb say. */
struct bench_settings {
    struct pioneer_solve_options options;
    bool stops; /* at a roster of `stop_at` or less */
    int64_t stop_at;
    const char *trace, *campaign; /* files to write, or NULL */
};

/* The argp of these options, for the list of children; its input is a struct bench_settings. */
extern const struct argp bench_run_argp;

/* A whole number of [least, most]; ends the program with a usage error otherwise. */
int64_t bench_run_number(struct argp_state *state, const char *option, const char *text, int64_t least,
                         int64_t most);

/* What one solve gave. `value` is the library's judge's, of the campaign's last level. */
struct bench_result {
    struct pioneer_roster *roster;
    struct pioneer_report *report;
    int64_t value, bound;
    enum pioneer_outcome outcome; /* of the last level; the worst of them if an earlier one is not proven */
    int32_t violation_count;      /* the library's judge's */
    int64_t elapsed_ms, first_ms, best_ms, one_percent_ms;
    int64_t work_used;
};

/*
 * Writes the campaign if that was asked for, solves it, has the roster judged by pioneer_check() and writes
 * the trace. `level` is the one that is watched. On failure there is nothing to free.
 */
bool bench_run(const struct pioneer_campaign *campaign, const char *level,
               const struct bench_settings *settings, struct bench_result *result, struct bench_error *error);
void bench_result_fini(struct bench_result *result);

/* The value of the last level of the only part, by pioneer_check(). */
int64_t bench_report_value(const struct pioneer_report *report);

/* "proven", "gap", "stopped", "infeasible", "unsolved". */
const char *bench_outcome_name(enum pioneer_outcome outcome);
/* The fields that every format's line ends with. */
void bench_run_print(struct bench_line *line, const struct bench_settings *settings,
                     const struct bench_result *result);

#endif
