/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the readers of the INRC-II files share. */
#include "inrc2/read.h"

#include <string.h>

const char *const inrc2_days[INRC2_WEEK] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

char *inrc2_line(struct bench_lines *lines, const char *what) {
    char *line = bench_lines_next(lines);
    if (line == NULL) {
        bench_lines_fail(lines, what, "the file ends before it");
    }
    return line;
}

bool inrc2_head(struct bench_lines *lines, const char *word) {
    const char *line = inrc2_line(lines, word);
    return line != NULL &&
           (strcmp(line, word) == 0 || bench_lines_fail(lines, word, "\"%.40s\" stands in its place", line));
}

bool inrc2_key(struct bench_lines *lines, const char *key, char **value) {
    char *line = inrc2_line(lines, key);
    if (line == NULL) {
        return false;
    }
    char *rest = line;
    const char *name = bench_lines_field(&rest, '=');
    if (strcmp(name, key) != 0) {
        return bench_lines_fail(lines, key, "\"%.40s\" stands in its place", name);
    }
    *value = bench_lines_field(&rest, '=');
    return bench_lines_word(lines, key, *value) && bench_lines_end(lines, rest);
}

bool inrc2_key_number(struct bench_lines *lines, const char *key, int32_t least, int32_t most, int32_t *out) {
    char *value = NULL;
    return inrc2_key(lines, key, &value) && bench_lines_number(lines, key, value, least, most, out);
}

bool inrc2_pair(const struct bench_lines *lines, const char *field, char *text, int32_t *first,
                int32_t *second) {
    size_t length = text == NULL ? 0 : strlen(text);
    if (length < 2 || text[0] != '(' || text[length - 1] != ')') {
        return bench_lines_fail(lines, field, "\"%.40s\" is no pair like (1,2)", text == NULL ? "" : text);
    }
    text[length - 1] = '\0';
    char *rest = text + 1;
    return bench_lines_number(lines, field, bench_lines_field(&rest, ','), 0, INRC2_NUMBER_MAX, first) &&
           bench_lines_number(lines, field, bench_lines_field(&rest, ','), 0, INRC2_NUMBER_MAX, second) &&
           bench_lines_end(lines, rest);
}

bool inrc2_range(const struct bench_lines *lines, const char *field, char *text, struct inrc2_range *out) {
    return inrc2_pair(lines, field, text, &out->min, &out->max) &&
           (out->min <= out->max || bench_lines_fail(lines, field, "the minimum %d is above the maximum %d",
                                                     (int)out->min, (int)out->max));
}

bool inrc2_find_shift(const struct inrc2_scenario *scenario, const struct bench_lines *lines, const char *id,
                      int32_t *out) {
    if (!bench_lines_word(lines, "shift type", id)) {
        return false;
    }
    for (int32_t i = 0; i < scenario->shift_count; i++) {
        if (strcmp(scenario->shifts[i].id, id) == 0) {
            *out = i;
            return true;
        }
    }
    return bench_lines_fail(lines, "shift type", "there is no \"%.40s\"", id);
}

bool inrc2_find_skill(const struct inrc2_scenario *scenario, const struct bench_lines *lines, const char *id,
                      int32_t *out) {
    if (!bench_lines_word(lines, "skill", id)) {
        return false;
    }
    for (int32_t i = 0; i < scenario->skill_count; i++) {
        if (strcmp(scenario->skills[i], id) == 0) {
            *out = i;
            return true;
        }
    }
    return bench_lines_fail(lines, "skill", "there is no \"%.40s\"", id);
}

bool inrc2_find_nurse(const struct inrc2_scenario *scenario, const struct bench_lines *lines, const char *id,
                      int32_t *out) {
    if (!bench_lines_word(lines, "nurse", id)) {
        return false;
    }
    for (int32_t i = 0; i < scenario->nurse_count; i++) {
        if (strcmp(scenario->nurses[i].id, id) == 0) {
            *out = i;
            return true;
        }
    }
    return bench_lines_fail(lines, "nurse", "there is no \"%.40s\"", id);
}

bool inrc2_find_day(const struct bench_lines *lines, const char *name, int32_t *out) {
    if (!bench_lines_word(lines, "day", name)) {
        return false;
    }
    for (int32_t i = 0; i < INRC2_WEEK; i++) {
        if (strcmp(inrc2_days[i], name) == 0) {
            *out = i;
            return true;
        }
    }
    return bench_lines_fail(lines, "day", "\"%.40s\" is none of Mon to Sun", name);
}
