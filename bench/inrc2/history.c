/* SPDX-License-Identifier: GPL-3.0-or-later */
/* INRC-II histories (H0-….txt): reading the first, and going on week by week. */
#include <stdlib.h>
#include <string.h>

#include "inrc2/read.h"

static bool take_numbers(const struct bench_lines *lines, char *line, const struct inrc2_scenario *scenario,
                         struct inrc2_past *past) {
    const char *last = NULL;
    if (!bench_lines_number(lines, "total assignments", bench_lines_field(&line, ' '), 0, INRC2_NUMBER_MAX,
                            &past->total) ||
        !bench_lines_number(lines, "working weekends", bench_lines_field(&line, ' '), 0, INRC2_NUMBER_MAX,
                            &past->weekends)) {
        return false;
    }
    last = bench_lines_field(&line, ' ');
    past->last_shift = INRC2_OFF;
    if (last != NULL && strcmp(last, INRC2_NONE) != 0 &&
        !inrc2_find_shift(scenario, lines, last, &past->last_shift)) {
        return false;
    }
    return bench_lines_number(lines, "consecutive same shift", bench_lines_field(&line, ' '), 0,
                              INRC2_NUMBER_MAX, &past->run_shift) &&
           bench_lines_number(lines, "consecutive working days", bench_lines_field(&line, ' '), 0,
                              INRC2_NUMBER_MAX, &past->run_work) &&
           bench_lines_number(lines, "consecutive days off", bench_lines_field(&line, ' '), 0,
                              INRC2_NUMBER_MAX, &past->run_off) &&
           bench_lines_end(lines, line);
}

/* The day before was either worked or off. */
static bool is_consistent(const struct bench_lines *lines, const struct inrc2_past *past) {
    bool has_worked = past->last_shift != INRC2_OFF;
    if ((past->run_work > 0) != has_worked || (past->run_shift > 0) != has_worked) {
        return bench_lines_fail(lines, "consecutive working days", "they do not fit the last shift");
    }
    if (past->run_shift > past->run_work) {
        return bench_lines_fail(lines, "consecutive same shift", "%d of them in %d working days",
                                (int)past->run_shift, (int)past->run_work);
    }
    return !has_worked || past->run_off == 0 ||
           bench_lines_fail(lines, "consecutive days off", "they do not fit the last shift");
}

static bool take_nurses(struct bench_lines *lines, const struct inrc2_scenario *scenario,
                        struct inrc2_history *history, bool *is_known) {
    for (int32_t i = 0; i < scenario->nurse_count; i++) {
        char *line = inrc2_line(lines, "nurse history");
        int32_t nurse = 0;
        if (line == NULL || !inrc2_find_nurse(scenario, lines, bench_lines_field(&line, ' '), &nurse)) {
            return false;
        }
        if (is_known[nurse]) {
            return bench_lines_fail(lines, "nurse", "\"%.40s\" stands there twice",
                                    scenario->nurses[nurse].id);
        }
        is_known[nurse] = true;
        if (!take_numbers(lines, line, scenario, &history->nurses[nurse]) ||
            !is_consistent(lines, &history->nurses[nurse])) {
            return false;
        }
    }
    const char *line = bench_lines_next(lines);
    return line == NULL || bench_lines_fail(lines, "end", "\"%.40s\" is too much", line);
}

static bool parse(struct bench_lines *lines, const struct inrc2_scenario *scenario,
                  struct inrc2_history *history) {
    char *line = NULL;
    if (!inrc2_head(lines, "HISTORY") || (line = inrc2_line(lines, "week")) == NULL ||
        !bench_lines_number(lines, "week", bench_lines_field(&line, ' '), 0, INRC2_WEEKS_MAX - 1,
                            &history->week)) {
        return false;
    }
    const char *id = bench_lines_field(&line, ' ');
    if (!bench_lines_word(lines, "scenario", id)) {
        return false;
    }
    if (strcmp(id, scenario->id) != 0) {
        return bench_lines_fail(lines, "scenario", "\"%.40s\" is not \"%.40s\"", id, scenario->id);
    }
    if (!inrc2_head(lines, "NURSE_HISTORY")) {
        return false;
    }
    bool *is_known = calloc((size_t)scenario->nurse_count, sizeof *is_known);
    bool is_read =
        is_known == NULL ? bench_fail_memory(lines->error) : take_nurses(lines, scenario, history, is_known);
    free(is_known);
    return is_read;
}

static struct inrc2_history *history_new(const struct inrc2_scenario *scenario) {
    struct inrc2_history *history = calloc(1, sizeof *history);
    if (history != NULL) {
        history->nurses = calloc((size_t)scenario->nurse_count, sizeof *history->nurses);
    }
    if (history != NULL && history->nurses == NULL) {
        free(history);
        history = NULL;
    }
    return history;
}

bool inrc2_history_read(const struct inrc2_scenario *scenario, const char *file, const char *text,
                        size_t length, struct inrc2_history **out, struct bench_error *error) {
    struct bench_lines lines;
    struct inrc2_history *history = history_new(scenario);
    *out = NULL;
    if (history == NULL) {
        return bench_fail_memory(error);
    }
    bool is_read = bench_lines_init(&lines, file, text, length, error) && parse(&lines, scenario, history);
    bench_lines_fini(&lines);
    if (!is_read) {
        inrc2_history_free(history);
        return false;
    }
    *out = history;
    return true;
}

struct inrc2_history *inrc2_history_copy(const struct inrc2_scenario *scenario,
                                         const struct inrc2_history *history) {
    struct inrc2_history *copy = history_new(scenario);
    if (copy != NULL) {
        copy->week = history->week;
        memcpy(copy->nurses, history->nurses, (size_t)scenario->nurse_count * sizeof *copy->nurses);
    }
    return copy;
}

void inrc2_history_free(struct inrc2_history *history) {
    if (history != NULL) {
        free(history->nurses);
        free(history);
    }
}

static void advance_day(struct inrc2_past *past, int32_t shift) {
    if (shift == INRC2_OFF) {
        past->run_shift = past->run_work = 0;
        past->run_off++;
    } else {
        past->run_shift = shift == past->last_shift ? past->run_shift + 1 : 1;
        past->run_work++;
        past->run_off = 0;
        past->total++;
    }
    past->last_shift = shift;
}

void inrc2_history_advance(const struct inrc2_scenario *scenario, struct inrc2_history *history,
                           const struct inrc2_place *grid, int32_t day_count, int32_t first_day) {
    for (int32_t nurse = 0; nurse < scenario->nurse_count; nurse++) {
        const struct inrc2_place *places = grid + nurse * day_count + first_day;
        for (int32_t day = 0; day < INRC2_WEEK; day++) {
            advance_day(&history->nurses[nurse], places[day].shift);
        }
        history->nurses[nurse].weekends += places[5].shift != INRC2_OFF || places[6].shift != INRC2_OFF;
    }
    history->week++;
}
