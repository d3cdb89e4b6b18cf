/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge of the Curtois & Qu format, written from its description alone. */
#include <stdlib.h>

#include "curtois/curtois.h"

const char *curtois_rule_name(enum curtois_rule rule) {
    static const char *const names[CURTOIS_RULE_COUNT] = {
        [CURTOIS_SUCCESSION] = "shift that cannot follow",
        [CURTOIS_MAX_SHIFTS] = "MaxShifts",
        [CURTOIS_MAX_MINUTES] = "MaxTotalMinutes",
        [CURTOIS_MIN_MINUTES] = "MinTotalMinutes",
        [CURTOIS_MAX_RUN] = "MaxConsecutiveShifts",
        [CURTOIS_MIN_RUN] = "MinConsecutiveShifts",
        [CURTOIS_MIN_OFF] = "MinConsecutiveDaysOff",
        [CURTOIS_MAX_WEEKENDS] = "MaxWeekends",
        [CURTOIS_DAY_OFF] = "day off",
    };
    return names[rule];
}

/* One employee's row under judgement. */
struct row {
    const struct curtois_instance *instance;
    const struct curtois_employee *employee;
    const int32_t *shift_of_day;
    int32_t number;
    struct curtois_verdict *verdict;
    bool is_complete; /* false: memory was short */
};

static void blame(struct row *row, enum curtois_rule rule, int32_t day) {
    struct curtois_verdict *verdict = row->verdict;
    void *violations = bench_grown(verdict->violations, verdict->violation_count,
                                   &verdict->violation_capacity, sizeof *verdict->violations);
    if (violations == NULL) {
        row->is_complete = false;
        return;
    }
    verdict->violations = violations;
    verdict->violations[verdict->violation_count++] = (struct curtois_violation){rule, row->number, day};
}

static bool works(const struct row *row, int32_t day) {
    return row->shift_of_day[day] != CURTOIS_OFF;
}

static void judge_days(struct row *row) {
    const struct curtois_instance *instance = row->instance;
    const bool *day_off = instance->day_off + (size_t)row->number * (size_t)instance->day_count;
    for (int32_t day = 0; day < instance->day_count; day++) {
        if (!works(row, day)) {
            continue;
        }
        if (day_off[day]) {
            blame(row, CURTOIS_DAY_OFF, day);
        }
        if (day > 0 && works(row, day - 1) &&
            instance->forbids[row->shift_of_day[day - 1] * instance->shift_count + row->shift_of_day[day]]) {
            blame(row, CURTOIS_SUCCESSION, day);
        }
    }
}

static void judge_totals(struct row *row) {
    const struct curtois_instance *instance = row->instance;
    const int32_t *max_shifts = instance->max_shifts + (size_t)row->number * (size_t)instance->shift_count;
    int64_t minutes = 0;
    for (int32_t shift = 0; shift < instance->shift_count; shift++) {
        int32_t count = 0;
        for (int32_t day = 0; day < instance->day_count; day++) {
            count += row->shift_of_day[day] == shift;
        }
        minutes += (int64_t)count * instance->shifts[shift].length_min;
        if (count > max_shifts[shift]) {
            blame(row, CURTOIS_MAX_SHIFTS, -1);
        }
    }
    if (minutes > row->employee->max_minutes) {
        blame(row, CURTOIS_MAX_MINUTES, -1);
    }
    if (minutes < row->employee->min_minutes) {
        blame(row, CURTOIS_MIN_MINUTES, -1);
    }
}

/* A maximal run of [from, to): before and after the horizon nothing is known, so no run there is too
 * short. */
static void judge_run(struct row *row, int32_t from, int32_t to) {
    bool is_open = from == 0 || to == row->instance->day_count;
    int32_t length = to - from;
    if (!works(row, from)) {
        if (!is_open && length < row->employee->min_off) {
            blame(row, CURTOIS_MIN_OFF, from);
        }
        return;
    }
    if (length > row->employee->max_run) {
        blame(row, CURTOIS_MAX_RUN, from);
    }
    if (!is_open && length < row->employee->min_run) {
        blame(row, CURTOIS_MIN_RUN, from);
    }
}

static void judge_runs(struct row *row) {
    int32_t from = 0;
    for (int32_t day = 1; day <= row->instance->day_count; day++) {
        if (day == row->instance->day_count || works(row, day) != works(row, from)) {
            judge_run(row, from, day);
            from = day;
        }
    }
}

static void judge_weekends(struct row *row) {
    int32_t count = 0;
    for (int32_t saturday = 5; saturday + 1 < row->instance->day_count; saturday += 7) {
        count += works(row, saturday) || works(row, saturday + 1);
    }
    if (count > row->employee->max_weekends) {
        blame(row, CURTOIS_MAX_WEEKENDS, -1);
    }
}

/* Adds what may be as large as 10^18 each; sums stay at the largest number. */
static void add(int64_t *sum, int64_t amount) {
    if (__builtin_add_overflow(*sum, amount, sum)) {
        *sum = INT64_MAX;
    }
}

static void value_requests(const struct curtois_instance *instance, const int32_t *grid,
                           struct curtois_verdict *verdict) {
    for (int32_t i = 0; i < instance->request_count; i++) {
        const struct curtois_request *request = &instance->requests[i];
        bool is_worked =
            grid[(size_t)request->employee * (size_t)instance->day_count + (size_t)request->day] ==
            request->shift;
        add(&verdict->unmet_on, !request->is_off && !is_worked ? request->weight : 0);
        add(&verdict->broken_off, request->is_off && is_worked ? request->weight : 0);
    }
}

static void value_cover(const struct curtois_instance *instance, const int32_t *grid,
                        struct curtois_verdict *verdict) {
    for (int32_t i = 0; i < instance->day_count * instance->shift_count; i++) {
        const struct curtois_cover *cover = &instance->cover[i];
        int32_t day = i / instance->shift_count, shift = i % instance->shift_count;
        int64_t count = 0;
        for (int32_t employee = 0; employee < instance->employee_count; employee++) {
            count += grid[(size_t)employee * (size_t)instance->day_count + (size_t)day] == shift;
        }
        add(&verdict->under, count < cover->required ? (cover->required - count) * cover->weight_under : 0);
        add(&verdict->over, count > cover->required ? (count - cover->required) * cover->weight_over : 0);
    }
}

bool curtois_judge(const struct curtois_instance *instance, const int32_t *grid,
                   struct curtois_verdict *verdict) {
    *verdict = (struct curtois_verdict){0};
    for (int32_t i = 0; i < instance->employee_count; i++) {
        struct row row = {.instance = instance,
                          .employee = &instance->employees[i],
                          .shift_of_day = grid + (size_t)i * (size_t)instance->day_count,
                          .number = i,
                          .verdict = verdict,
                          .is_complete = true};
        judge_days(&row);
        judge_totals(&row);
        judge_runs(&row);
        judge_weekends(&row);
        if (!row.is_complete) {
            return false;
        }
    }
    value_requests(instance, grid, verdict);
    value_cover(instance, grid, verdict);
    verdict->value = verdict->unmet_on;
    add(&verdict->value, verdict->broken_off);
    add(&verdict->value, verdict->under);
    add(&verdict->value, verdict->over);
    return true;
}

void curtois_verdict_fini(struct curtois_verdict *verdict) {
    free(verdict->violations);
    *verdict = (struct curtois_verdict){0};
}
