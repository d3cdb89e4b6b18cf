/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Solutions of Curtois & Qu instances as text: a line an employee, a shift id a day. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "curtois/curtois.h"
#include "lines.h"

int32_t *curtois_grid_new(const struct curtois_instance *instance) {
    size_t count = (size_t)instance->employee_count * (size_t)instance->day_count;
    int32_t *grid = malloc(count * sizeof *grid);
    for (size_t i = 0; grid != NULL && i < count; i++) {
        grid[i] = CURTOIS_OFF;
    }
    return grid;
}

static bool take_cell(const struct curtois_instance *instance, const struct bench_lines *lines,
                      const char *id, int32_t *out) {
    if (!bench_lines_word(lines, "shift", id)) {
        return false;
    }
    *out = CURTOIS_OFF;
    if (strcmp(id, "-") == 0) {
        return true;
    }
    for (int32_t i = 0; i < instance->shift_count; i++) {
        if (strcmp(instance->shifts[i].id, id) == 0) {
            *out = i;
            return true;
        }
    }
    return bench_lines_fail(lines, "shift", "there is no shift \"%.40s\"", id);
}

static bool take_rows(const struct curtois_instance *instance, struct bench_lines *lines, int32_t *grid) {
    for (int32_t employee = 0; employee < instance->employee_count; employee++) {
        char *rest = bench_lines_next(lines);
        if (rest == NULL) {
            return bench_lines_fail(lines, "employee", "there is no line for \"%.40s\"",
                                    instance->employees[employee].id);
        }
        for (int32_t day = 0; day < instance->day_count; day++) {
            if (!take_cell(instance, lines, bench_lines_field(&rest, ','), grid++)) {
                return false;
            }
        }
        if (!bench_lines_end(lines, rest)) {
            return false;
        }
    }
    return bench_lines_next(lines) == NULL ||
           bench_lines_fail(lines, "employee", "there are more lines than employees");
}

bool curtois_solution_read(const struct curtois_instance *instance, const char *file, const char *text,
                           size_t length, int32_t **grid, struct bench_error *error) {
    struct bench_lines lines;
    bool is_read = bench_lines_init(&lines, file, text, length, error);
    *grid = is_read ? curtois_grid_new(instance) : NULL;
    if (is_read && *grid == NULL) {
        is_read = bench_fail_memory(error);
    }
    is_read = is_read && take_rows(instance, &lines, *grid);
    bench_lines_fini(&lines);
    if (!is_read) {
        free(*grid);
        *grid = NULL;
    }
    return is_read;
}

char *curtois_solution_write(const struct curtois_instance *instance, const int32_t *grid, size_t *length) {
    char *text = NULL;
    FILE *stream = open_memstream(&text, length);
    if (stream == NULL) {
        return NULL;
    }
    for (int32_t employee = 0; employee < instance->employee_count; employee++) {
        for (int32_t day = 0; day < instance->day_count; day++, grid++) {
            fprintf(stream, "%s%s", day == 0 ? "" : ",",
                    *grid == CURTOIS_OFF ? "-" : instance->shifts[*grid].id);
        }
        fputc('\n', stream);
    }
    if (fclose(stream) != 0) {
        free(text);
        return NULL;
    }
    return text;
}
