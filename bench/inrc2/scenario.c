/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads an INRC-II scenario (Sc-….txt). */
#include <stdlib.h>
#include <string.h>

#include "inrc2/read.h"

/* Room for the `count` lines that follow, known from their head. */
static bool take_room(struct bench_lines *lines, const char *key, int32_t most, size_t item_size,
                      int32_t *count, void **items) {
    int32_t wanted = 0;
    if (!inrc2_key_number(lines, key, 1, most, &wanted)) {
        return false;
    }
    *items = calloc((size_t)wanted, item_size);
    *count = wanted;
    return *items != NULL || bench_fail_memory(lines->error);
}

/* Ids must differ: `previous` of them stand before this one, `stride` bytes apart. */
static bool is_new(const struct bench_lines *lines, const char *field, const char *id, const void *ids,
                   int32_t previous, size_t stride) {
    if (!bench_lines_word(lines, field, id)) {
        return false;
    }
    for (int32_t i = 0; i < previous; i++) {
        /* The id is the first member of each of these structs. */
        const char *other = *(const char *const *)((const char *)ids + (size_t)i * stride);
        if (strcmp(other, id) == 0) {
            return bench_lines_fail(lines, field, "\"%.40s\" is taken", id);
        }
    }
    return true;
}

static bool take_skills(struct bench_lines *lines, struct inrc2_scenario *scenario) {
    void *items = NULL;
    bool has_room =
        take_room(lines, "SKILLS", INRC2_NAMES_MAX, sizeof *scenario->skills, &scenario->skill_count, &items);
    scenario->skills = items;
    for (int32_t i = 0; has_room && i < scenario->skill_count; i++) {
        char *line = inrc2_line(lines, "skill");
        if (line == NULL || !is_new(lines, "skill", line, scenario->skills, i, sizeof line)) {
            return false;
        }
        scenario->skills[i] = line;
    }
    return has_room;
}

/* Requests and histories could not name such a shift type. */
static bool is_no_reserved_word(const struct bench_lines *lines, const char *id) {
    return (strcmp(id, INRC2_ANY) != 0 && strcmp(id, INRC2_NONE) != 0) ||
           bench_lines_fail(lines, "shift type", "\"%s\" has a meaning of its own in requests and histories",
                            id);
}

static bool take_shifts(struct bench_lines *lines, struct inrc2_scenario *scenario) {
    void *items = NULL;
    bool has_room = take_room(lines, "SHIFT_TYPES", INRC2_NAMES_MAX, sizeof *scenario->shifts,
                              &scenario->shift_count, &items);
    scenario->shifts = items;
    for (int32_t i = 0; has_room && i < scenario->shift_count; i++) {
        struct inrc2_shift *shift = &scenario->shifts[i];
        char *line = inrc2_line(lines, "shift type");
        if (line == NULL) {
            return false;
        }
        shift->id = bench_lines_field(&line, ' ');
        if (!is_new(lines, "shift type", shift->id, scenario->shifts, i, sizeof *shift) ||
            !is_no_reserved_word(lines, shift->id) ||
            !inrc2_range(lines, "consecutive assignments", bench_lines_field(&line, ' '), &shift->run) ||
            !bench_lines_end(lines, line)) {
            return false;
        }
    }
    return has_room;
}

/* "Night 2 Early Late": a line for every shift type. */
static bool take_succession(struct bench_lines *lines, struct inrc2_scenario *scenario) {
    char *line = inrc2_line(lines, "forbidden successions");
    int32_t shift = 0, count = 0;
    if (line == NULL || !inrc2_find_shift(scenario, lines, bench_lines_field(&line, ' '), &shift) ||
        !bench_lines_number(lines, "number of forbidden successions", bench_lines_field(&line, ' '), 0,
                            scenario->shift_count, &count)) {
        return false;
    }
    for (int32_t i = 0; i < count; i++) {
        int32_t next = 0;
        if (!inrc2_find_shift(scenario, lines, bench_lines_field(&line, ' '), &next)) {
            return false;
        }
        scenario->forbids[shift * scenario->shift_count + next] = true;
    }
    return bench_lines_end(lines, line);
}

static bool take_successions(struct bench_lines *lines, struct inrc2_scenario *scenario) {
    size_t count = (size_t)scenario->shift_count;
    scenario->forbids = calloc(count * count, sizeof *scenario->forbids);
    if (scenario->forbids == NULL) {
        return bench_fail_memory(lines->error);
    }
    if (!inrc2_head(lines, "FORBIDDEN_SHIFT_TYPES_SUCCESSIONS")) {
        return false;
    }
    for (int32_t i = 0; i < scenario->shift_count; i++) {
        if (!take_succession(lines, scenario)) {
            return false;
        }
    }
    return true;
}

static bool take_contract(struct bench_lines *lines, struct inrc2_scenario *scenario, int32_t number) {
    struct inrc2_contract *contract = &scenario->contracts[number];
    char *line = inrc2_line(lines, "contract");
    int32_t wants_complete_weekends = 0;
    if (line == NULL) {
        return false;
    }
    contract->id = bench_lines_field(&line, ' ');
    if (!is_new(lines, "contract", contract->id, scenario->contracts, number, sizeof *contract) ||
        !inrc2_range(lines, "total assignments", bench_lines_field(&line, ' '), &contract->total) ||
        !inrc2_range(lines, "consecutive working days", bench_lines_field(&line, ' '), &contract->work) ||
        !inrc2_range(lines, "consecutive days off", bench_lines_field(&line, ' '), &contract->off) ||
        !bench_lines_number(lines, "working weekends", bench_lines_field(&line, ' '), 0, INRC2_NUMBER_MAX,
                            &contract->max_weekends) ||
        !bench_lines_number(lines, "complete weekends", bench_lines_field(&line, ' '), 0, 1,
                            &wants_complete_weekends)) {
        return false;
    }
    contract->wants_complete_weekends = wants_complete_weekends != 0;
    return bench_lines_end(lines, line);
}

static bool take_contracts(struct bench_lines *lines, struct inrc2_scenario *scenario) {
    void *items = NULL;
    bool has_room = take_room(lines, "CONTRACTS", INRC2_NAMES_MAX, sizeof *scenario->contracts,
                              &scenario->contract_count, &items);
    scenario->contracts = items;
    for (int32_t i = 0; has_room && i < scenario->contract_count; i++) {
        if (!take_contract(lines, scenario, i)) {
            return false;
        }
    }
    return has_room;
}

static bool find_contract(const struct inrc2_scenario *scenario, const struct bench_lines *lines,
                          const char *id, int32_t *out) {
    if (!bench_lines_word(lines, "contract", id)) {
        return false;
    }
    for (int32_t i = 0; i < scenario->contract_count; i++) {
        if (strcmp(scenario->contracts[i].id, id) == 0) {
            *out = i;
            return true;
        }
    }
    return bench_lines_fail(lines, "contract", "there is no \"%.40s\"", id);
}

/* "Patrick FullTime 2 HeadNurse Nurse". */
static bool take_nurse(struct bench_lines *lines, struct inrc2_scenario *scenario, int32_t number) {
    struct inrc2_nurse *nurse = &scenario->nurses[number];
    char *line = inrc2_line(lines, "nurse");
    int32_t count = 0;
    if (line == NULL) {
        return false;
    }
    nurse->id = bench_lines_field(&line, ' ');
    if (!is_new(lines, "nurse", nurse->id, scenario->nurses, number, sizeof *nurse) ||
        !find_contract(scenario, lines, bench_lines_field(&line, ' '), &nurse->contract) ||
        !bench_lines_number(lines, "number of skills", bench_lines_field(&line, ' '), 0,
                            scenario->skill_count, &count)) {
        return false;
    }
    for (int32_t i = 0; i < count; i++) {
        int32_t skill = 0;
        if (!inrc2_find_skill(scenario, lines, bench_lines_field(&line, ' '), &skill)) {
            return false;
        }
        scenario->has_skill[number * scenario->skill_count + skill] = true;
    }
    return bench_lines_end(lines, line);
}

static bool take_nurses(struct bench_lines *lines, struct inrc2_scenario *scenario) {
    void *items = NULL;
    bool has_room = take_room(lines, "NURSES", INRC2_NURSES_MAX, sizeof *scenario->nurses,
                              &scenario->nurse_count, &items);
    scenario->nurses = items;
    if (!has_room) {
        return false;
    }
    scenario->has_skill =
        calloc((size_t)scenario->nurse_count * (size_t)scenario->skill_count, sizeof *scenario->has_skill);
    if (scenario->has_skill == NULL) {
        return bench_fail_memory(lines->error);
    }
    for (int32_t i = 0; i < scenario->nurse_count; i++) {
        if (!take_nurse(lines, scenario, i)) {
            return false;
        }
    }
    return true;
}

static bool parse(struct bench_lines *lines, struct inrc2_scenario *scenario) {
    char *id = NULL;
    if (!inrc2_key(lines, "SCENARIO", &id)) {
        return false;
    }
    scenario->id = id;
    scenario->id_line = lines->line;
    if (!inrc2_key_number(lines, "WEEKS", 1, INRC2_WEEKS_MAX, &scenario->week_count) ||
        !take_skills(lines, scenario) || !take_shifts(lines, scenario) ||
        !take_successions(lines, scenario) || !take_contracts(lines, scenario) ||
        !take_nurses(lines, scenario)) {
        return false;
    }
    const char *line = bench_lines_next(lines);
    return line == NULL || bench_lines_fail(lines, "end", "\"%.40s\" is too much", line);
}

bool inrc2_scenario_read(const char *file, const char *text, size_t length, struct inrc2_scenario **out,
                         struct bench_error *error) {
    struct bench_lines lines;
    struct inrc2_scenario *scenario = calloc(1, sizeof *scenario);
    *out = NULL;
    if (scenario == NULL) {
        return bench_fail_memory(error);
    }
    bool is_read = bench_lines_init(&lines, file, text, length, error) && parse(&lines, scenario);
    scenario->text = bench_lines_take_text(&lines);
    if (!is_read) {
        inrc2_scenario_free(scenario);
        return false;
    }
    *out = scenario;
    return true;
}

void inrc2_scenario_free(struct inrc2_scenario *scenario) {
    if (scenario == NULL) {
        return;
    }
    free(scenario->skills);
    free(scenario->shifts);
    free(scenario->forbids);
    free(scenario->contracts);
    free(scenario->nurses);
    free(scenario->has_skill);
    free(scenario->text);
    free(scenario);
}
