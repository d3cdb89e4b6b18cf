/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pioneer-bench curtois: solves one instance of Curtois & Qu. */
#include <stdlib.h>

#include "curtois/campaign.h"
#include "curtois/report.h"
#include "run.h"
#include "verbs.h"

struct settings {
    struct bench_settings run;
    const char *file, *solution;
    char name[64];
};

enum { KEY_SOLUTION = 's' };

static const struct argp_option options[] = {
    {"solution", KEY_SOLUTION, "FILE", 0,
     "Write the solution there: a line an employee, shift ids by day with commas between, \"-\" for a day "
     "off",
     0},
    {0},
};

static error_t take(int key, char *value, struct argp_state *state) {
    struct settings *settings = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &settings->run;
        return 0;
    case KEY_SOLUTION:
        settings->solution = value;
        return 0;
    case ARGP_KEY_ARG:
        if (settings->file != NULL) {
            argp_error(state, "%s: one argument too many", value);
        }
        settings->file = value;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_usage(state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static bool write_solution(const struct curtois_instance *instance, const int32_t *grid, const char *path,
                           struct bench_error *error) {
    size_t length = 0;
    char *text = curtois_solution_write(instance, grid, &length);
    bool is_written = text == NULL ? bench_fail_memory(error) : bench_file_write(path, text, length, error);
    free(text);
    return is_written;
}

static void print_line(const struct settings *settings, const struct curtois_instance *instance,
                       const struct curtois_verdict *verdict, const struct bench_result *result) {
    struct bench_line line;
    bench_line_begin(&line, stdout);
    curtois_print(&line, settings->name, instance, verdict);
    bench_line_number(&line, "bound", result->bound);
    bench_line_text(&line, "status", bench_outcome_name(result->outcome));
    bench_line_number(&line, "check_value", result->value);
    bench_line_number(&line, "check_violations", result->violation_count);
    bench_run_print(&line, &settings->run, result);
    bench_line_end(&line);
}

/* The solution is written before it is judged: what a judge objects to can then be looked at. */
static bool judge(const struct settings *settings, const struct curtois_instance *instance,
                  const struct bench_result *result, int32_t *grid, struct bench_error *error) {
    struct curtois_verdict verdict;
    if (!curtois_grid_of_roster(instance, result->roster, grid, error) ||
        (settings->solution != NULL && !write_solution(instance, grid, settings->solution, error))) {
        return false;
    }
    if (!curtois_judge(instance, grid, &verdict)) {
        return bench_fail_memory(error);
    }
    print_line(settings, instance, &verdict, result);
    curtois_print_violations(instance, &verdict);
    bool is_right = true;
    if (verdict.violation_count > 0 || result->violation_count > 0) {
        is_right = bench_fail(error, BENCH_VIOLATIONS, "%s: hard rules are broken", settings->file);
    } else if (verdict.value != result->value) {
        is_right = bench_fail(error, BENCH_VIOLATIONS, "%s: the judges disagree", settings->file);
    }
    curtois_verdict_fini(&verdict);
    return is_right;
}

static bool solve(const struct settings *settings, const struct curtois_instance *instance,
                  struct bench_error *error) {
    struct pioneer_campaign *campaign = NULL;
    struct bench_result result = {0};
    if (!curtois_campaign(instance, settings->name, &campaign, error)) {
        return false;
    }
    bool is_solved = bench_run(campaign, "cost", &settings->run, &result, error);
    pioneer_campaign_free(campaign);
    if (!is_solved) {
        return false;
    }
    int32_t *grid = curtois_grid_new(instance);
    bool is_right = grid == NULL ? bench_fail_memory(error) : judge(settings, instance, &result, grid, error);
    free(grid);
    bench_result_fini(&result);
    return is_right;
}

enum bench_exit bench_verb_curtois(int argc, char **argv) {
    const struct argp_child children[] = {{&bench_run_argp, 0, NULL, 0}, {0}};
    const struct argp argp = {.options = options,
                              .parser = take,
                              .args_doc = "FILE",
                              .doc = "Solves an instance of Curtois & Qu.",
                              .children = children};
    struct settings settings = {0};
    struct bench_error error = {0};
    struct curtois_instance *instance = NULL;
    argp_parse(&argp, argc, argv, 0, NULL, &settings);
    bench_base_name(settings.file, ".txt", settings.name, sizeof settings.name);
    bool is_done = curtois_load(settings.file, &instance, &error) && solve(&settings, instance, &error);
    curtois_free(instance);
    return is_done ? BENCH_OK : bench_report(argv[0], &error);
}
