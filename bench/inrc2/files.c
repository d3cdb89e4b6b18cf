/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds, reads and writes the files of one INRC-II instance. */
#include "inrc2/files.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH_SIZE 4096

/* A number of one or more digits that ends at `end`. */
static bool take_number(const char **at, char end, int32_t *out) {
    char *stop = NULL;
    if (!isdigit((unsigned char)**at)) {
        return false;
    }
    long number = strtol(*at, &stop, 10);
    if (number > 9999 || *stop != end) {
        return false;
    }
    *out = (int32_t)number;
    *at = end == '\0' ? stop : stop + 1;
    return true;
}

static bool take_weeks(struct inrc2_instance *instance, const char *at) {
    while (instance->week_count < INRC2_WEEKS_MAX) {
        char end = strchr(at, '-') == NULL ? '\0' : '-';
        if (!take_number(&at, end, &instance->week_numbers[instance->week_count])) {
            return false;
        }
        instance->week_count++;
        if (end == '\0') {
            return true;
        }
    }
    return false;
}

bool inrc2_instance_name(struct inrc2_instance *instance, const char *directory, const char *name,
                         struct bench_error *error) {
    *instance = (struct inrc2_instance){.directory = directory, .name = name};
    const char *at = strchr(name, '_');
    if (at != NULL && at > name && (size_t)(at - name) < sizeof instance->scenario_id) {
        snprintf(instance->scenario_id, sizeof instance->scenario_id, "%.*s", (int)(at - name), name);
        at++;
        if (take_number(&at, '_', &instance->history_number) && take_weeks(instance, at)) {
            return true;
        }
    }
    return bench_fail(error, BENCH_USAGE, "%s: no name of an instance, such as n030w4_1_6-2-9-1", name);
}

static bool exists(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file != NULL) {
        fclose(file);
    }
    return file != NULL;
}

/* A file of the instance lies in the directory, or in a folder of the scenario's name there. One that is in
 * neither is called by the place that was asked for. */
static bool path_of(const struct inrc2_instance *instance, const char *file, char path[PATH_SIZE],
                    struct bench_error *error) {
    char below[PATH_SIZE];
    int length = snprintf(below, PATH_SIZE, "%s/%s/%s", instance->directory, instance->scenario_id, file);
    if (length >= PATH_SIZE) {
        return bench_fail(error, BENCH_USAGE, "%.100s…: too long", instance->directory);
    }
    snprintf(path, PATH_SIZE, "%s/%s", instance->directory, file);
    if (!exists(path) && exists(below)) {
        memcpy(path, below, (size_t)length + 1);
    }
    return true;
}

static char *load(const struct inrc2_instance *instance, const char *file, char path[PATH_SIZE],
                  size_t *length, struct bench_error *error) {
    if (!path_of(instance, file, path, error)) {
        return NULL;
    }
    if (!exists(path)) {
        bench_fail(error, BENCH_IO, "%.300s: %s; nor is there one in its folder %s", path, strerror(errno),
                   instance->scenario_id);
        return NULL;
    }
    return bench_file_read(path, length, error);
}

bool inrc2_instance_open(struct inrc2_instance *instance, struct bench_error *error) {
    char file[128], path[PATH_SIZE];
    size_t length = 0;
    snprintf(file, sizeof file, "Sc-%s.txt", instance->scenario_id);
    char *text = load(instance, file, path, &length, error);
    bool is_read = text != NULL && inrc2_scenario_read(path, text, length, &instance->scenario, error);
    free(text);
    if (!is_read) {
        return false;
    }
    if (strcmp(instance->scenario->id, instance->scenario_id) != 0) {
        return bench_fail(error, BENCH_BAD_INPUT, "%.200s:%d: SCENARIO: \"%.40s\" is not \"%.40s\"", path,
                          (int)instance->scenario->id_line, instance->scenario->id, instance->scenario_id);
    }
    if (instance->week_count != instance->scenario->week_count) {
        return bench_fail(error, BENCH_USAGE, "%s: the scenario has %d weeks", instance->name,
                          (int)instance->scenario->week_count);
    }
    snprintf(file, sizeof file, "H0-%s-%d.txt", instance->scenario_id, (int)instance->history_number);
    text = load(instance, file, path, &length, error);
    is_read =
        text != NULL && inrc2_history_read(instance->scenario, path, text, length, &instance->history, error);
    free(text);
    return is_read && (instance->history->week == 0 ||
                       bench_fail(error, BENCH_BAD_INPUT, "%s:2: week: it is not 0, the first", path));
}

static void name_week(const struct inrc2_instance *instance, int32_t number, char file[128]) {
    snprintf(file, 128, "WD-%s-%d.txt", instance->scenario_id, (int)number);
}

static bool read_week(const struct inrc2_instance *instance, int32_t number, struct inrc2_week **out,
                      struct bench_error *error) {
    char file[128], path[PATH_SIZE];
    size_t length = 0;
    name_week(instance, number, file);
    char *text = load(instance, file, path, &length, error);
    bool is_read = text != NULL && inrc2_week_read(instance->scenario, path, text, length, out, error);
    free(text);
    return is_read;
}

bool inrc2_instance_read_week(struct inrc2_instance *instance, int32_t week, struct bench_error *error) {
    return read_week(instance, instance->week_numbers[week], &instance->weeks[week], error);
}

bool inrc2_instance_read_weeks(struct inrc2_instance *instance, struct bench_error *error) {
    for (int32_t week = 0; week < instance->week_count; week++) {
        if (!inrc2_instance_read_week(instance, week, error)) {
            return false;
        }
    }
    return true;
}

bool inrc2_instance_read_other(const struct inrc2_instance *instance, int32_t number, struct inrc2_week **out,
                               struct bench_error *error) {
    char file[128], path[PATH_SIZE];
    *out = NULL;
    for (int32_t week = 0; week < instance->week_count; week++) {
        if (instance->week_numbers[week] == number) {
            return true;
        }
    }
    name_week(instance, number, file);
    return path_of(instance, file, path, error) && (!exists(path) || read_week(instance, number, out, error));
}

void inrc2_instance_close(struct inrc2_instance *instance) {
    for (int32_t week = 0; week < instance->week_count; week++) {
        inrc2_week_free(instance->weeks[week]);
    }
    inrc2_history_free(instance->history);
    inrc2_scenario_free(instance->scenario);
    *instance = (struct inrc2_instance){0};
}

/* ---- solutions ------------------------------------------------------------------------------------------
 */

static bool solution_path(const struct inrc2_instance *instance, const char *directory, int32_t week,
                          char path[PATH_SIZE], struct bench_error *error) {
    int length = snprintf(path, PATH_SIZE, "%s/Sol-%s-%d-%d.txt", directory, instance->scenario_id,
                          (int)instance->week_numbers[week], (int)week);
    return length < PATH_SIZE || bench_fail(error, BENCH_USAGE, "%.100s…: too long", directory);
}

bool inrc2_solution_load(const struct inrc2_instance *instance, const char *directory,
                         struct inrc2_place *grid, struct bench_error *error) {
    for (int32_t week = 0; week < instance->week_count; week++) {
        char path[PATH_SIZE];
        size_t length = 0;
        char *text = solution_path(instance, directory, week, path, error)
                         ? bench_file_read(path, &length, error)
                         : NULL;
        bool is_read =
            text != NULL && inrc2_solution_read(instance->scenario, path, text, length, week, grid, error);
        free(text);
        if (!is_read) {
            return false;
        }
    }
    return true;
}

bool inrc2_solution_save(const struct inrc2_instance *instance, const char *directory, int32_t week,
                         const struct inrc2_place *grid, struct bench_error *error) {
    char path[PATH_SIZE];
    size_t length = 0;
    if (!solution_path(instance, directory, week, path, error)) {
        return false;
    }
    char *text = inrc2_solution_write(instance->scenario, week, grid, &length);
    bool is_written = text == NULL ? bench_fail_memory(error) : bench_file_write(path, text, length, error);
    free(text);
    return is_written;
}

/* ---- telling --------------------------------------------------------------------------------------------
 */

void inrc2_print(struct bench_line *line, const struct inrc2_instance *instance,
                 const struct inrc2_verdict *verdict) {
    bench_line_text(line, "benchmark", "inrc2");
    bench_line_text(line, "instance", instance->name);
    bench_line_number(line, "members", instance->scenario->nurse_count);
    bench_line_number(line, "days", instance->week_count * INRC2_WEEK);
    bench_line_number(line, "shifts", instance->scenario->shift_count);
    bench_line_number(line, "skills", instance->scenario->skill_count);
    bench_line_number(line, "value", verdict->value);
    bench_line_numbers(line, "weekly", verdict->weekly, instance->week_count);
    bench_line_number(line, "violations", verdict->violation_count);
    for (int32_t i = 0; i < INRC2_COST_COUNT; i++) {
        bench_line_number(line, inrc2_cost_name((enum inrc2_cost)i), verdict->costs[i]);
    }
}

void inrc2_print_violations(const struct inrc2_verdict *verdict) {
    for (int32_t i = 0; i < INRC2_RULE_COUNT; i++) {
        if (verdict->broken[i] > 0) {
            fprintf(stderr, "%s: %lld\n", inrc2_rule_name((enum inrc2_rule)i), (long long)verdict->broken[i]);
        }
    }
}
