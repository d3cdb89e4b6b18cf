/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Solves, judges and measures. */
#include "run.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <pioneer/version.h>

/* ---- options --------------------------------------------------------------------------------------------
 */

enum { KEY_TIME = 0x1000, KEY_THREADS, KEY_SEED, KEY_WORK, KEY_EFFORT, KEY_STOP, KEY_TRACE, KEY_CAMPAIGN };

/* A year in seconds, and more work than any machine does in one. */
#define SECONDS_MAX 31536000
#define WORK_MAX    1000000000000000000

static const struct argp_option options[] = {
    {"time-limit", KEY_TIME, "SECONDS", 0, "Stop after so long with the best roster so far", 0},
    {"threads", KEY_THREADS, "N", 0, "Threads (default: one per core)", 0},
    {"seed", KEY_SEED, "N", 0, "Seed of the search (default: 0)", 0},
    {"work-limit", KEY_WORK, "UNITS", 0, "Stop after so much work, the same on every machine", 0},
    {"effort", KEY_EFFORT, "PERCENT", 0, "How much work a solve may cost (default: 100)", 0},
    {"stop-at", KEY_STOP, "VALUE", 0, "Stop at a roster that is as good (dynamic: in every week)", 0},
    {"trace", KEY_TRACE, "CSV", 0, "Write seconds, value and bound of every progress report there", 0},
    {"campaign", KEY_CAMPAIGN, "JSON", 0, "Write the campaign there, for \"pioneer solve\"", 0},
    {0},
};

int64_t bench_run_number(struct argp_state *state, const char *option, const char *text, int64_t least,
                         int64_t most) {
    char *end = NULL;
    errno = 0;
    intmax_t number = strtoimax(text, &end, 10);
    if (end == text || *end != '\0' || errno != 0 || number < least || number > most) {
        argp_error(state, "--%s=%s: it must be a whole number from %" PRId64 " to %" PRId64, option, text,
                   least, most);
    }
    return (int64_t)number;
}

static error_t take(int key, char *value, struct argp_state *state) {
    struct bench_settings *settings = state->input;
    struct pioneer_solve_options *solve = &settings->options;
    switch (key) {
    case KEY_TIME:
        solve->time_limit_ms = 1000 * bench_run_number(state, "time-limit", value, 1, SECONDS_MAX);
        return 0;
    case KEY_THREADS:
        solve->threads = (int32_t)bench_run_number(state, "threads", value, 1, 1024);
        return 0;
    case KEY_SEED:
        solve->seed = (uint64_t)bench_run_number(state, "seed", value, 0, INT64_MAX);
        return 0;
    case KEY_WORK:
        solve->work_limit = bench_run_number(state, "work-limit", value, 1, WORK_MAX);
        return 0;
    case KEY_EFFORT:
        solve->effort_percent = (int32_t)bench_run_number(state, "effort", value, 1, 100000);
        return 0;
    case KEY_STOP:
        settings->stop_at = bench_run_number(state, "stop-at", value, 0, INT64_MAX);
        settings->stops = true;
        return 0;
    case KEY_TRACE:
        settings->trace = value;
        return 0;
    case KEY_CAMPAIGN:
        settings->campaign = value;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const struct argp bench_run_argp = {.options = options, .parser = take};

/* ---- solving --------------------------------------------------------------------------------------------
 */

int64_t bench_now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool write_campaign(const struct pioneer_campaign *campaign, const char *path,
                           struct bench_error *error) {
    struct pioneer_error failure = {0};
    char *text = NULL;
    size_t length = 0;
    if (pioneer_campaign_write_json(campaign, &text, &length, &failure) != PIONEER_OK) {
        return bench_fail_with(error, path, &failure);
    }
    bool is_written = bench_file_write(path, text, length, error);
    pioneer_free(text);
    return is_written;
}

int64_t bench_report_value(const struct pioneer_report *report) {
    const struct pioneer_judged_part *part =
        pioneer_report_part_at(report, pioneer_report_part_count(report) - 1);
    return part == NULL ? 0 : part->levels[part->level_count - 1].value;
}

/* Bound and outcome as the roster claims them; pioneer_check() has compared its claims. */
static void take_claims(struct bench_result *result) {
    const struct pioneer_part *part =
        pioneer_roster_part_at(result->roster, pioneer_roster_part_count(result->roster) - 1);
    if (part == NULL) {
        return;
    }
    result->outcome = part->levels[part->level_count - 1].outcome;
    result->bound = part->levels[part->level_count - 1].bound;
    for (int32_t i = 0; i < part->level_count; i++) {
        if (part->levels[i].outcome == PIONEER_INFEASIBLE) {
            result->outcome = PIONEER_INFEASIBLE;
        }
    }
    for (int32_t i = 0; i < pioneer_roster_finding_count(result->roster); i++) {
        const struct pioneer_finding *finding = pioneer_roster_finding_at(result->roster, i);
        if (strcmp(finding->code, "no-legal-schedule") == 0) {
            result->outcome = PIONEER_INFEASIBLE;
        }
    }
}

static bool finish(const struct pioneer_campaign *campaign, struct bench_watch *watch,
                   const struct bench_settings *settings, struct bench_result *result,
                   struct bench_error *error) {
    struct pioneer_error failure = {0};
    if (pioneer_check(campaign, result->roster, NULL, &result->report, &failure) != PIONEER_OK) {
        return bench_fail_with(error, "check", &failure);
    }
    result->value = bench_report_value(result->report);
    result->violation_count = pioneer_report_violation_count(result->report);
    take_claims(result);
    result->work_used = pioneer_roster_get(result->roster)->work_used;
    bench_watch_add(watch, (struct bench_moment){result->elapsed_ms, result->value, result->bound});
    result->first_ms = bench_watch_first_ms(watch);
    result->best_ms = bench_watch_reached_ms(watch, result->value);
    result->one_percent_ms = bench_watch_one_percent_ms(watch);
    if (!watch->is_complete) {
        return bench_fail_memory(error);
    }
    return settings->trace == NULL || bench_watch_write(watch, settings->trace, error);
}

bool bench_run(const struct pioneer_campaign *campaign, const char *level,
               const struct bench_settings *settings, struct bench_result *result,
               struct bench_error *error) {
    struct pioneer_error failure = {0};
    struct bench_watch watch;
    *result = (struct bench_result){0};
    if (settings->campaign != NULL && !write_campaign(campaign, settings->campaign, error)) {
        return false;
    }
    bench_watch_init(&watch, level);
    watch.stop_at = settings->stops ? settings->stop_at : INT64_MIN;
    struct pioneer_solve_options solve = settings->options;
    solve.struct_size = sizeof solve;
    solve.progress = bench_watch_progress;
    solve.progress_context = &watch;
    int64_t start = bench_now_ms();
    enum pioneer_status status = pioneer_solve(campaign, &solve, &result->roster, &failure);
    result->elapsed_ms = bench_now_ms() - start;
    bool is_done = status == PIONEER_OK ? finish(campaign, &watch, settings, result, error)
                                        : bench_fail_with(error, "solve", &failure);
    bench_watch_fini(&watch);
    if (!is_done) {
        bench_result_fini(result);
    }
    return is_done;
}

void bench_result_fini(struct bench_result *result) {
    pioneer_report_free(result->report);
    pioneer_roster_free(result->roster);
    *result = (struct bench_result){0};
}

/* ---- the line -------------------------------------------------------------------------------------------
 */

const char *bench_outcome_name(enum pioneer_outcome outcome) {
    static const char *const names[] = {"unsolved", "proven", "gap", "stopped", "infeasible"};
    return (size_t)outcome < sizeof names / sizeof *names ? names[outcome] : NULL;
}

/* The highest resident size so far, in KiB. */
static int64_t peak_memory_kib(void) {
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) == 0 ? (int64_t)usage.ru_maxrss : -1;
}

void bench_run_print(struct bench_line *line, const struct bench_settings *settings,
                     const struct bench_result *result) {
    bench_line_seconds(line, "seconds", result->elapsed_ms);
    bench_line_seconds(line, "seconds_to_first", result->first_ms);
    bench_line_seconds(line, "seconds_to_best", result->best_ms);
    bench_line_seconds(line, "seconds_to_one_percent", result->one_percent_ms);
    bench_line_number(line, "peak_memory_kib", peak_memory_kib());
    bench_line_number(line, "work_used", result->work_used);
    bench_line_number(line, "time_limit", settings->options.time_limit_ms / 1000);
    bench_line_number(line, "work_limit", settings->options.work_limit);
    bench_line_optional(line, "stop_at", settings->stops, settings->stop_at);
    bench_line_number(line, "seed", (int64_t)settings->options.seed);
    bench_line_number(line, "threads", settings->options.threads);
    bench_line_text(line, "version", pioneer_version_string());
    bench_line_text(line, "solver", pioneer_solver_version());
}
