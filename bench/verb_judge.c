/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pioneer-bench judge: judges a solution by the format's own rules, without the library. */
#include <argp.h>
#include <stdlib.h>
#include <string.h>

#include "curtois/report.h"
#include "inrc2/files.h"
#include "verbs.h"

struct settings {
    const char *words[4];
    int32_t count;
};

static error_t take(int key, char *value, struct argp_state *state) {
    struct settings *settings = state->input;
    switch (key) {
    case ARGP_KEY_ARG:
        if (settings->count == 4) {
            argp_error(state, "%s: one argument too many", value);
        }
        settings->words[settings->count++] = value;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_usage(state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static bool judge_curtois(const char *file, const struct curtois_instance *instance, const int32_t *grid,
                          struct bench_error *error) {
    struct curtois_verdict verdict;
    struct bench_line line;
    char name[64];
    if (!curtois_judge(instance, grid, &verdict)) {
        return bench_fail_memory(error);
    }
    bench_base_name(file, ".txt", name, sizeof name);
    bench_line_begin(&line, stdout);
    curtois_print(&line, name, instance, &verdict);
    bench_line_end(&line);
    curtois_print_violations(instance, &verdict);
    bool is_right = verdict.violation_count == 0;
    curtois_verdict_fini(&verdict);
    return is_right || bench_fail(error, BENCH_VIOLATIONS, "%s: hard rules are broken", file);
}

static bool run_curtois(const char *file, const char *solution, struct bench_error *error) {
    struct curtois_instance *instance = NULL;
    int32_t *grid = NULL;
    size_t length = 0;
    char *text = NULL;
    bool is_done = curtois_load(file, &instance, error) &&
                   (text = bench_file_read(solution, &length, error)) != NULL &&
                   curtois_solution_read(instance, solution, text, length, &grid, error) &&
                   judge_curtois(file, instance, grid, error);
    free(text);
    free(grid);
    curtois_free(instance);
    return is_done;
}

static bool judge_inrc2(const struct inrc2_instance *instance, const struct inrc2_place *grid,
                        struct bench_error *error) {
    const struct inrc2_case given = {instance->scenario, instance->history, instance->weeks,
                                     instance->week_count, grid};
    struct inrc2_verdict verdict;
    struct bench_line line;
    inrc2_judge(&given, &verdict);
    bench_line_begin(&line, stdout);
    inrc2_print(&line, instance, &verdict);
    bench_line_end(&line);
    inrc2_print_violations(&verdict);
    return verdict.violation_count == 0 ||
           bench_fail(error, BENCH_VIOLATIONS, "%s: hard rules are broken", instance->name);
}

static bool run_inrc2(const char *directory, const char *name, const char *solution,
                      struct bench_error *error) {
    struct inrc2_instance instance;
    struct inrc2_place *grid = NULL;
    bool is_done = inrc2_instance_name(&instance, directory, name, error) &&
                   inrc2_instance_open(&instance, error) && inrc2_instance_read_weeks(&instance, error);
    if (is_done) {
        grid = inrc2_grid_new(instance.scenario, instance.week_count * INRC2_WEEK);
        is_done = grid == NULL ? bench_fail_memory(error)
                               : inrc2_solution_load(&instance, solution, grid, error) &&
                                     judge_inrc2(&instance, grid, error);
    }
    free(grid);
    inrc2_instance_close(&instance);
    return is_done;
}

enum bench_exit bench_verb_judge(int argc, char **argv) {
    const struct argp argp = {.parser = take,
                              .args_doc = "curtois FILE SOLUTION\n"
                                          "inrc2 DIRECTORY INSTANCE SOLUTION-DIRECTORY",
                              .doc = "Judges a solution by the format's own rules."};
    struct settings settings = {0};
    struct bench_error error = {0};
    argp_parse(&argp, argc, argv, 0, NULL, &settings);
    bool is_done = false;
    if (strcmp(settings.words[0], "curtois") == 0 && settings.count == 3) {
        is_done = run_curtois(settings.words[1], settings.words[2], &error);
    } else if (strcmp(settings.words[0], "inrc2") == 0 && settings.count == 4) {
        is_done = run_inrc2(settings.words[1], settings.words[2], settings.words[3], &error);
    } else {
        bench_fail(&error, BENCH_USAGE,
                   "say \"curtois FILE SOLUTION\" or \"inrc2 DIRECTORY INSTANCE SOLUTION-DIRECTORY\"");
    }
    return is_done ? BENCH_OK : bench_report(argv[0], &error);
}
