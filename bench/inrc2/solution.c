/* SPDX-License-Identifier: GPL-3.0-or-later */
/* INRC-II solutions (Sol-….txt), a week a file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inrc2/read.h"

struct inrc2_place *inrc2_grid_new(const struct inrc2_scenario *scenario, int32_t day_count) {
    size_t count = (size_t)scenario->nurse_count * (size_t)day_count;
    struct inrc2_place *grid = malloc(count * sizeof *grid);
    for (size_t i = 0; grid != NULL && i < count; i++) {
        grid[i] = (struct inrc2_place){INRC2_OFF, INRC2_OFF};
    }
    return grid;
}

struct assignment {
    int32_t nurse, day;
    struct inrc2_place place;
};

/* "Patrick Mon Night Nurse". */
static bool parse_assignment(const struct bench_lines *lines, const struct inrc2_scenario *scenario,
                             char *line, struct assignment *out) {
    return inrc2_find_nurse(scenario, lines, bench_lines_field(&line, ' '), &out->nurse) &&
           inrc2_find_day(lines, bench_lines_field(&line, ' '), &out->day) &&
           inrc2_find_shift(scenario, lines, bench_lines_field(&line, ' '), &out->place.shift) &&
           inrc2_find_skill(scenario, lines, bench_lines_field(&line, ' '), &out->place.skill) &&
           bench_lines_end(lines, line);
}

/* `grid` starts at the week's Monday. */
static bool take_assignment(struct bench_lines *lines, const struct inrc2_scenario *scenario,
                            struct inrc2_place *grid, int32_t day_count) {
    char *line = inrc2_line(lines, "assignment");
    struct assignment taken = {0};
    if (line == NULL || !parse_assignment(lines, scenario, line, &taken)) {
        return false;
    }
    struct inrc2_place *cell = &grid[taken.nurse * day_count + taken.day];
    if (cell->shift != INRC2_OFF) {
        return bench_lines_fail(lines, "day", "\"%.40s\" works twice on %s", scenario->nurses[taken.nurse].id,
                                inrc2_days[taken.day]);
    }
    *cell = taken.place;
    return true;
}

/* Some of the competition's own files have remarks behind the assignments; one assignment more would be
 * judged as if it were not there. */
static bool pass_remarks(struct bench_lines *lines, const struct inrc2_scenario *scenario, int32_t count) {
    struct bench_error ignored;
    struct assignment extra;
    char *line;
    while ((line = bench_lines_next(lines)) != NULL) {
        struct bench_lines quiet = *lines;
        quiet.error = &ignored;
        if (parse_assignment(&quiet, scenario, line, &extra)) {
            return bench_lines_fail(lines, "ASSIGNMENTS", "there are more than the %d that are announced",
                                    (int)count);
        }
    }
    return true;
}

static bool parse(struct bench_lines *lines, const struct inrc2_scenario *scenario, int32_t week,
                  struct inrc2_place *grid, int32_t day_count) {
    int32_t count = 0, number = 0;
    char *line = NULL;
    if (!inrc2_head(lines, "SOLUTION") || (line = inrc2_line(lines, "week")) == NULL ||
        !bench_lines_number(lines, "week", bench_lines_field(&line, ' '), week, week, &number)) {
        return false;
    }
    const char *id = bench_lines_field(&line, ' ');
    if (!bench_lines_word(lines, "scenario", id)) {
        return false;
    }
    if (strcmp(id, scenario->id) != 0) {
        return bench_lines_fail(lines, "scenario", "\"%.40s\" is not \"%.40s\"", id, scenario->id);
    }
    if (!inrc2_key_number(lines, "ASSIGNMENTS", 0, INRC2_NUMBER_MAX, &count)) {
        return false;
    }
    for (int32_t i = 0; i < count; i++) {
        if (!take_assignment(lines, scenario, grid + week * INRC2_WEEK, day_count)) {
            return false;
        }
    }
    return pass_remarks(lines, scenario, count);
}

bool inrc2_solution_read(const struct inrc2_scenario *scenario, const char *file, const char *text,
                         size_t length, int32_t week, struct inrc2_place *grid, struct bench_error *error) {
    int32_t day_count = scenario->week_count * INRC2_WEEK;
    struct bench_lines lines;
    bool is_read =
        bench_lines_init(&lines, file, text, length, error) && parse(&lines, scenario, week, grid, day_count);
    bench_lines_fini(&lines);
    return is_read;
}

static void write_assignments(FILE *stream, const struct inrc2_scenario *scenario,
                              const struct inrc2_place *grid, int32_t day_count) {
    for (int32_t nurse = 0; nurse < scenario->nurse_count; nurse++) {
        for (int32_t day = 0; day < INRC2_WEEK; day++) {
            const struct inrc2_place *place = &grid[nurse * day_count + day];
            if (place->shift != INRC2_OFF) {
                fprintf(stream, "%s %s %s %s\n", scenario->nurses[nurse].id, inrc2_days[day],
                        scenario->shifts[place->shift].id, scenario->skills[place->skill]);
            }
        }
    }
}

char *inrc2_solution_write(const struct inrc2_scenario *scenario, int32_t week,
                           const struct inrc2_place *grid, size_t *length) {
    int32_t day_count = scenario->week_count * INRC2_WEEK;
    char *text = NULL;
    FILE *stream = open_memstream(&text, length);
    if (stream == NULL) {
        return NULL;
    }
    int32_t count = 0;
    const struct inrc2_place *first = grid + week * INRC2_WEEK;
    for (int32_t i = 0; i < scenario->nurse_count * INRC2_WEEK; i++) {
        count += first[i / INRC2_WEEK * day_count + i % INRC2_WEEK].shift != INRC2_OFF;
    }
    fprintf(stream, "SOLUTION\n%d %s\n\nASSIGNMENTS = %d\n", (int)week, scenario->id, (int)count);
    write_assignments(stream, scenario, first, day_count);
    if (fclose(stream) != 0) {
        free(text);
        return NULL;
    }
    return text;
}
