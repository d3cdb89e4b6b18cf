/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads an INRC-II week (WD-….txt). */
#include <stdlib.h>
#include <string.h>

#include "inrc2/read.h"

/* "Early HeadNurse (0,0) (0,0) (1,1) …": (minimum, optimum) from Monday to Sunday. */
static bool take_requirement(const struct bench_lines *lines, const struct inrc2_scenario *scenario,
                             char *line, struct inrc2_week *week) {
    int32_t shift = 0, skill = 0;
    if (!inrc2_find_shift(scenario, lines, bench_lines_field(&line, ' '), &shift) ||
        !inrc2_find_skill(scenario, lines, bench_lines_field(&line, ' '), &skill)) {
        return false;
    }
    struct inrc2_cover *cover = &week->cover[(shift * scenario->skill_count + skill) * INRC2_WEEK];
    if (cover->min >= 0) {
        return bench_lines_fail(lines, "shift type", "\"%.40s\" and the skill have a line already",
                                scenario->shifts[shift].id);
    }
    for (int32_t day = 0; day < INRC2_WEEK; day++, cover++) {
        if (!inrc2_pair(lines, inrc2_days[day], bench_lines_field(&line, ' '), &cover->min,
                        &cover->optimal)) {
            return false;
        }
        if (cover->min > cover->optimal) {
            return bench_lines_fail(lines, inrc2_days[day], "the minimum is above the optimum");
        }
    }
    return bench_lines_end(lines, line);
}

/* One line for every shift type and skill; the head of the requests ends them. */
static bool take_requirements(struct bench_lines *lines, const struct inrc2_scenario *scenario,
                              struct inrc2_week *week) {
    int32_t count = scenario->shift_count * scenario->skill_count;
    week->cover = malloc((size_t)count * INRC2_WEEK * sizeof *week->cover);
    if (week->cover == NULL) {
        return bench_fail_memory(lines->error);
    }
    for (int32_t i = 0; i < count * INRC2_WEEK; i++) {
        week->cover[i] = (struct inrc2_cover){-1, -1}; /* not given */
    }
    for (int32_t i = 0; i < count; i++) {
        char *line = inrc2_line(lines, "REQUIREMENTS");
        if (line == NULL || !take_requirement(lines, scenario, line, week)) {
            return false;
        }
    }
    return true;
}

/* "Andrea Any Tue". */
static bool take_request(struct bench_lines *lines, const struct inrc2_scenario *scenario,
                         struct inrc2_request *request) {
    char *line = inrc2_line(lines, "SHIFT_OFF_REQUESTS");
    if (line == NULL || !inrc2_find_nurse(scenario, lines, bench_lines_field(&line, ' '), &request->nurse)) {
        return false;
    }
    const char *shift = bench_lines_field(&line, ' ');
    request->shift = INRC2_OFF;
    if ((shift == NULL || strcmp(shift, INRC2_ANY) != 0) &&
        !inrc2_find_shift(scenario, lines, shift, &request->shift)) {
        return false;
    }
    return inrc2_find_day(lines, bench_lines_field(&line, ' '), &request->day) &&
           bench_lines_end(lines, line);
}

/* At most one of a kind: a nurse, a day, a shift type or any. */
static bool take_requests(struct bench_lines *lines, const struct inrc2_scenario *scenario,
                          struct inrc2_week *week) {
    int32_t count = 0, most = scenario->nurse_count * INRC2_WEEK * (scenario->shift_count + 1);
    if (!inrc2_key_number(lines, "SHIFT_OFF_REQUESTS", 0, most, &count)) {
        return false;
    }
    week->requests = calloc((size_t)count + 1, sizeof *week->requests);
    if (week->requests == NULL) {
        return bench_fail_memory(lines->error);
    }
    for (; week->request_count < count; week->request_count++) {
        if (!take_request(lines, scenario, &week->requests[week->request_count])) {
            return false;
        }
    }
    const char *line = bench_lines_next(lines);
    return line == NULL || bench_lines_fail(lines, "end", "\"%.40s\" is too much", line);
}

static bool parse(struct bench_lines *lines, const struct inrc2_scenario *scenario, struct inrc2_week *week) {
    return inrc2_head(lines, "WEEK_DATA") && inrc2_head(lines, scenario->id) &&
           inrc2_head(lines, "REQUIREMENTS") && take_requirements(lines, scenario, week) &&
           take_requests(lines, scenario, week);
}

bool inrc2_week_read(const struct inrc2_scenario *scenario, const char *file, const char *text, size_t length,
                     struct inrc2_week **out, struct bench_error *error) {
    struct bench_lines lines;
    struct inrc2_week *week = calloc(1, sizeof *week);
    *out = NULL;
    if (week == NULL) {
        return bench_fail_memory(error);
    }
    bool is_read = bench_lines_init(&lines, file, text, length, error) && parse(&lines, scenario, week);
    bench_lines_fini(&lines);
    if (!is_read) {
        inrc2_week_free(week);
        return false;
    }
    *out = week;
    return true;
}

void inrc2_week_free(struct inrc2_week *week) {
    if (week != NULL) {
        free(week->cover);
        free(week->requests);
        free(week);
    }
}
