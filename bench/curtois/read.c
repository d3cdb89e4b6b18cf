/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the text format of the Curtois & Qu instances. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "curtois/curtois.h"
#include "lines.h"

/* Far above the published instances (364 days, 32 shifts), low enough that no product of two overflows. */
#define DAYS_MAX      3640
#define SHIFTS_MAX    1000
#define EMPLOYEES_MAX 100000
#define NUMBER_MAX    1000000000

struct parser {
    struct bench_lines lines;
    struct curtois_instance *instance;
    int32_t shift_capacity, employee_capacity, max_shifts_capacity, day_off_capacity, request_capacity;
    /* The shifts that may not follow, as written: they may name shifts of later lines. */
    struct later {
        char *list;
        int32_t line;
    } * later;
    int32_t later_capacity;
};

static int32_t find_shift(const struct curtois_instance *instance, const char *id) {
    for (int32_t i = 0; i < instance->shift_count; i++) {
        if (strcmp(instance->shifts[i].id, id) == 0) {
            return i;
        }
    }
    return -1;
}

static bool take_shift(const struct parser *parser, const char *field, const char *id, int32_t *out) {
    if (!bench_lines_word(&parser->lines, field, id)) {
        return false;
    }
    *out = find_shift(parser->instance, id);
    return *out >= 0 || bench_lines_fail(&parser->lines, field, "there is no shift \"%.40s\"", id);
}

static bool take_employee(const struct parser *parser, const char *id, int32_t *out) {
    if (!bench_lines_word(&parser->lines, "EmployeeID", id)) {
        return false;
    }
    for (int32_t i = 0; i < parser->instance->employee_count; i++) {
        if (strcmp(parser->instance->employees[i].id, id) == 0) {
            *out = i;
            return true;
        }
    }
    return bench_lines_fail(&parser->lines, "EmployeeID", "there is no employee \"%.40s\"", id);
}

static bool take_day(const struct parser *parser, const char *text, int32_t *out) {
    return bench_lines_number(&parser->lines, "Day", text, 0, parser->instance->day_count - 1, out);
}

static bool take_horizon(struct parser *parser, char *line) {
    struct curtois_instance *instance = parser->instance;
    if (instance->day_count > 0) {
        return bench_lines_fail(&parser->lines, "SECTION_HORIZON", "it has more than one line");
    }
    if (!bench_lines_number(&parser->lines, "horizon", line, 1, DAYS_MAX, &instance->day_count)) {
        return false;
    }
    return instance->day_count % 7 == 0 ||
           bench_lines_fail(&parser->lines, "horizon", "%d days are no whole weeks",
                            (int)instance->day_count);
}

static bool take_shift_line(struct parser *parser, char *line) {
    struct curtois_instance *instance = parser->instance;
    const struct bench_lines *lines = &parser->lines;
    struct curtois_shift shift = {.id = bench_lines_field(&line, ',')};
    if (!bench_lines_word(lines, "ShiftID", shift.id) ||
        !bench_lines_number(lines, "Length", bench_lines_field(&line, ','), 1, 1440, &shift.length_min)) {
        return false;
    }
    if (find_shift(instance, shift.id) >= 0 || strcmp(shift.id, "-") == 0) {
        return bench_lines_fail(lines, "ShiftID", "\"%.40s\" is taken", shift.id);
    }
    if (instance->shift_count == SHIFTS_MAX) {
        return bench_lines_fail(lines, "ShiftID", "there are more than %d shifts", SHIFTS_MAX);
    }
    void *shifts =
        bench_grown(instance->shifts, instance->shift_count, &parser->shift_capacity, sizeof shift);
    if (shifts == NULL) {
        return bench_fail_memory(lines->error);
    }
    instance->shifts = shifts;
    void *later =
        bench_grown(parser->later, instance->shift_count, &parser->later_capacity, sizeof *parser->later);
    if (later == NULL) {
        return bench_fail_memory(lines->error);
    }
    parser->later = later;
    parser->later[instance->shift_count] = (struct later){bench_lines_field(&line, ','), lines->line};
    instance->shifts[instance->shift_count++] = shift;
    return bench_lines_end(lines, line);
}

/* Now that all shifts are known: which may not follow which. */
static bool end_shifts(struct parser *parser) {
    struct curtois_instance *instance = parser->instance;
    size_t count = (size_t)instance->shift_count;
    if (count == 0) {
        return bench_lines_fail(&parser->lines, "SECTION_SHIFTS", "it is empty");
    }
    instance->forbids = calloc(count * count, sizeof *instance->forbids);
    if (instance->forbids == NULL) {
        return bench_fail_memory(parser->lines.error);
    }
    struct parser at = *parser; /* errors name the line of the list */
    for (size_t i = 0; i < count; i++) {
        char *rest = parser->later[i].list;
        at.lines.line = parser->later[i].line;
        while (rest != NULL && *rest != '\0') {
            int32_t next = 0;
            if (!take_shift(&at, "shifts which cannot follow", bench_lines_field(&rest, '|'), &next)) {
                return false;
            }
            instance->forbids[i * count + (size_t)next] = true;
        }
    }
    return true;
}

/* "D=14|E=0": how often each shift may be worked; every shift once. */
static bool take_max_shifts(const struct parser *parser, char *list, int32_t *max_shifts) {
    const struct curtois_instance *instance = parser->instance;
    const struct bench_lines *lines = &parser->lines;
    for (int32_t i = 0; i < instance->shift_count; i++) {
        max_shifts[i] = -1;
    }
    while (list != NULL) {
        char *number = bench_lines_field(&list, '|');
        int32_t shift = 0;
        if (!take_shift(parser, "MaxShifts", bench_lines_field(&number, '='), &shift)) {
            return false;
        }
        if (max_shifts[shift] >= 0) {
            return bench_lines_fail(lines, "MaxShifts", "\"%.40s\" stands there twice",
                                    instance->shifts[shift].id);
        }
        if (!bench_lines_number(lines, "MaxShifts", number, 0, NUMBER_MAX, &max_shifts[shift])) {
            return false;
        }
    }
    for (int32_t i = 0; i < instance->shift_count; i++) {
        if (max_shifts[i] < 0) {
            return bench_lines_fail(lines, "MaxShifts", "\"%.40s\" is missing", instance->shifts[i].id);
        }
    }
    return true;
}

static bool take_limits(const struct bench_lines *lines, char *line, struct curtois_employee *employee) {
    /* The maximum of minutes stands before the minimum. */
    const struct {
        const char *name;
        int32_t *out;
    } fields[] = {
        {"MaxTotalMinutes", &employee->max_minutes},   {"MinTotalMinutes", &employee->min_minutes},
        {"MaxConsecutiveShifts", &employee->max_run},  {"MinConsecutiveShifts", &employee->min_run},
        {"MinConsecutiveDaysOff", &employee->min_off}, {"MaxWeekends", &employee->max_weekends},
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (!bench_lines_number(lines, fields[i].name, bench_lines_field(&line, ','), 0, NUMBER_MAX,
                                fields[i].out)) {
            return false;
        }
    }
    if (employee->min_minutes > employee->max_minutes) {
        return bench_lines_fail(lines, "MinTotalMinutes", "it is above MaxTotalMinutes");
    }
    if (employee->min_run > employee->max_run) {
        return bench_lines_fail(lines, "MinConsecutiveShifts", "it is above MaxConsecutiveShifts");
    }
    return bench_lines_end(lines, line);
}

static bool is_employee(const struct curtois_instance *instance, const char *id) {
    for (int32_t i = 0; i < instance->employee_count; i++) {
        if (strcmp(instance->employees[i].id, id) == 0) {
            return true;
        }
    }
    return false;
}

/* Rows of the two arrays that have one row an employee. */
static bool grow_rows(struct parser *parser) {
    struct curtois_instance *instance = parser->instance;
    size_t shifts = (size_t)instance->shift_count, days = (size_t)instance->day_count;
    int32_t count = instance->employee_count;
    void *max_shifts = bench_grown(instance->max_shifts, count, &parser->max_shifts_capacity,
                                   shifts * sizeof *instance->max_shifts);
    if (max_shifts == NULL) {
        return false;
    }
    instance->max_shifts = max_shifts;
    void *day_off =
        bench_grown(instance->day_off, count, &parser->day_off_capacity, days * sizeof *instance->day_off);
    if (day_off == NULL) {
        return false;
    }
    instance->day_off = day_off;
    memset(instance->day_off + (size_t)count * days, 0, days * sizeof *instance->day_off);
    return true;
}

static bool take_staff_line(struct parser *parser, char *line) {
    struct curtois_instance *instance = parser->instance;
    const struct bench_lines *lines = &parser->lines;
    struct curtois_employee employee = {.id = bench_lines_field(&line, ',')};
    if (!bench_lines_word(lines, "ID", employee.id)) {
        return false;
    }
    if (is_employee(instance, employee.id)) {
        return bench_lines_fail(lines, "ID", "\"%.40s\" is taken", employee.id);
    }
    if (instance->employee_count == EMPLOYEES_MAX) {
        return bench_lines_fail(lines, "ID", "there are more than %d employees", EMPLOYEES_MAX);
    }
    void *employees = bench_grown(instance->employees, instance->employee_count, &parser->employee_capacity,
                                  sizeof employee);
    if (employees == NULL) {
        return bench_fail_memory(lines->error);
    }
    instance->employees = employees;
    if (!grow_rows(parser)) {
        return bench_fail_memory(lines->error);
    }
    char *max_shifts = bench_lines_field(&line, ',');
    size_t row = (size_t)instance->employee_count * (size_t)instance->shift_count;
    if (!bench_lines_word(lines, "MaxShifts", max_shifts) ||
        !take_max_shifts(parser, max_shifts, instance->max_shifts + row) ||
        !take_limits(lines, line, &employee)) {
        return false;
    }
    instance->employees[instance->employee_count++] = employee;
    return true;
}

static bool end_staff(struct parser *parser) {
    return parser->instance->employee_count > 0 ||
           bench_lines_fail(&parser->lines, "SECTION_STAFF", "it is empty");
}

static bool take_days_off_line(struct parser *parser, char *line) {
    const struct curtois_instance *instance = parser->instance;
    int32_t employee = 0, day = 0;
    if (!take_employee(parser, bench_lines_field(&line, ','), &employee)) {
        return false;
    }
    while (line != NULL && *line != '\0') {
        if (!take_day(parser, bench_lines_field(&line, ','), &day)) {
            return false;
        }
        instance->day_off[(size_t)employee * (size_t)instance->day_count + (size_t)day] = true;
    }
    return true;
}

static bool take_request(struct parser *parser, char *line, bool is_off) {
    struct curtois_instance *instance = parser->instance;
    struct curtois_request request = {.is_off = is_off};
    if (!take_employee(parser, bench_lines_field(&line, ','), &request.employee) ||
        !take_day(parser, bench_lines_field(&line, ','), &request.day) ||
        !take_shift(parser, "ShiftID", bench_lines_field(&line, ','), &request.shift) ||
        !bench_lines_number(&parser->lines, "Weight", bench_lines_field(&line, ','), 0, NUMBER_MAX,
                            &request.weight) ||
        !bench_lines_end(&parser->lines, line)) {
        return false;
    }
    void *requests =
        bench_grown(instance->requests, instance->request_count, &parser->request_capacity, sizeof request);
    if (requests == NULL) {
        return bench_fail_memory(parser->lines.error);
    }
    instance->requests = requests;
    instance->requests[instance->request_count++] = request;
    return true;
}

static bool take_on_line(struct parser *parser, char *line) {
    return take_request(parser, line, false);
}

static bool take_off_line(struct parser *parser, char *line) {
    return take_request(parser, line, true);
}

static bool begin_cover(struct parser *parser) {
    struct curtois_instance *instance = parser->instance;
    size_t count = (size_t)instance->day_count * (size_t)instance->shift_count;
    instance->cover = malloc(count * sizeof *instance->cover);
    if (instance->cover == NULL) {
        return bench_fail_memory(parser->lines.error);
    }
    for (size_t i = 0; i < count; i++) {
        instance->cover[i] = (struct curtois_cover){.required = -1};
    }
    return true;
}

static bool take_cover_line(struct parser *parser, char *line) {
    struct curtois_instance *instance = parser->instance;
    const struct bench_lines *lines = &parser->lines;
    struct curtois_cover cover = {.line = lines->line};
    int32_t day = 0, shift = 0;
    if (!take_day(parser, bench_lines_field(&line, ','), &day) ||
        !take_shift(parser, "ShiftID", bench_lines_field(&line, ','), &shift) ||
        !bench_lines_number(lines, "Requirement", bench_lines_field(&line, ','), 0, NUMBER_MAX,
                            &cover.required) ||
        !bench_lines_number(lines, "WeightForUnder", bench_lines_field(&line, ','), 0, NUMBER_MAX,
                            &cover.weight_under) ||
        !bench_lines_number(lines, "WeightForOver", bench_lines_field(&line, ','), 0, NUMBER_MAX,
                            &cover.weight_over) ||
        !bench_lines_end(lines, line)) {
        return false;
    }
    struct curtois_cover *cell =
        &instance->cover[(size_t)day * (size_t)instance->shift_count + (size_t)shift];
    if (cell->required >= 0) {
        return bench_lines_fail(lines, "ShiftID", "day %d and shift \"%.40s\" have a line already", (int)day,
                                instance->shifts[shift].id);
    }
    *cell = cover;
    return true;
}

static bool end_cover(struct parser *parser) {
    const struct curtois_instance *instance = parser->instance;
    for (int32_t i = 0; i < instance->day_count * instance->shift_count; i++) {
        if (instance->cover[i].required < 0) {
            return bench_lines_fail(&parser->lines, "SECTION_COVER", "day %d has no line for shift \"%.40s\"",
                                    (int)(i / instance->shift_count),
                                    instance->shifts[i % instance->shift_count].id);
        }
    }
    return true;
}

static bool end_horizon(struct parser *parser) {
    return parser->instance->day_count > 0 ||
           bench_lines_fail(&parser->lines, "SECTION_HORIZON", "it is empty");
}

/* All sections, in the only order in which they come. */
static const struct section {
    const char *name;
    bool (*begin)(struct parser *parser);
    bool (*take)(struct parser *parser, char *line);
    bool (*end)(struct parser *parser);
} sections[] = {
    {"SECTION_HORIZON", NULL, take_horizon, end_horizon},
    {"SECTION_SHIFTS", NULL, take_shift_line, end_shifts},
    {"SECTION_STAFF", NULL, take_staff_line, end_staff},
    {"SECTION_DAYS_OFF", NULL, take_days_off_line, NULL},
    {"SECTION_SHIFT_ON_REQUESTS", NULL, take_on_line, NULL},
    {"SECTION_SHIFT_OFF_REQUESTS", NULL, take_off_line, NULL},
    {"SECTION_COVER", begin_cover, take_cover_line, end_cover},
};
enum { SECTION_COUNT = sizeof sections / sizeof *sections };

static bool end_section(struct parser *parser, int32_t section) {
    return section < 0 || sections[section].end == NULL || sections[section].end(parser);
}

static bool begin_section(struct parser *parser, const char *line, int32_t section) {
    if (section == SECTION_COUNT || strcmp(line, sections[section].name) != 0) {
        return bench_lines_fail(&parser->lines, section == SECTION_COUNT ? "end" : sections[section].name,
                                "\"%.40s\" stands in its place", line);
    }
    return sections[section].begin == NULL || sections[section].begin(parser);
}

static bool parse(struct parser *parser) {
    int32_t section = -1;
    char *line;
    while ((line = bench_lines_next(&parser->lines)) != NULL) {
        bool is_head = strncmp(line, "SECTION_", 8) == 0;
        if (is_head || section < 0) {
            if (!end_section(parser, section) || !begin_section(parser, line, ++section)) {
                return false;
            }
        } else if (!sections[section].take(parser, line)) {
            return false;
        }
    }
    if (section + 1 < SECTION_COUNT) {
        return bench_lines_fail(&parser->lines, sections[section + 1].name, "it is missing");
    }
    return end_section(parser, section);
}

bool curtois_read(const char *file, const char *text, size_t length, struct curtois_instance **out,
                  struct bench_error *error) {
    struct parser parser = {.instance = calloc(1, sizeof *parser.instance)};
    *out = NULL;
    if (parser.instance == NULL) {
        return bench_fail_memory(error);
    }
    parser.instance->file = file;
    bool is_read = bench_lines_init(&parser.lines, file, text, length, error);
    parser.lines.has_comments = true;
    is_read = is_read && parse(&parser);
    parser.instance->text = bench_lines_take_text(&parser.lines);
    free(parser.later);
    if (!is_read) {
        curtois_free(parser.instance);
        return false;
    }
    *out = parser.instance;
    return true;
}

void curtois_free(struct curtois_instance *instance) {
    if (instance == NULL) {
        return;
    }
    free(instance->shifts);
    free(instance->forbids);
    free(instance->employees);
    free(instance->max_shifts);
    free(instance->day_off);
    free(instance->requests);
    free(instance->cover);
    free(instance->text);
    free(instance);
}
