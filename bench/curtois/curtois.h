/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instances of Curtois & Qu (2014, schedulingbenchmarks.org): reading, judging, and what a campaign makes of
 * them. */
#ifndef BENCH_CURTOIS_CURTOIS_H
#define BENCH_CURTOIS_CURTOIS_H

#include "bench.h"

struct curtois_shift {
    const char *id;
    int32_t length_min;
};

struct curtois_employee {
    const char *id;
    int32_t max_minutes, min_minutes;
    int32_t max_run, min_run; /* days worked in a row */
    int32_t min_off;          /* days off in a row */
    int32_t max_weekends;
};

/* On: pay `weight` unless the shift is worked; off: pay it if it is. */
struct curtois_request {
    int32_t employee, day, shift, weight;
    bool is_off;
};

struct curtois_cover {
    int32_t required; /* -1 while it is being read: not given */
    int32_t weight_under, weight_over;
    int32_t line; /* of the file */
};

/* Days count from 0, a Monday; whole weeks. Ids point into `text`. */
struct curtois_instance {
    const char *file; /* as errors call it; of the caller of curtois_read() */
    char *text;
    int32_t day_count;
    struct curtois_shift *shifts;
    int32_t shift_count;
    bool *forbids; /* [shift × shift_count + shift of the next day] */
    struct curtois_employee *employees;
    int32_t employee_count;
    int32_t *max_shifts; /* [employee × shift_count + shift] */
    bool *day_off;       /* [employee × day_count + day] */
    struct curtois_request *requests;
    int32_t request_count;
    struct curtois_cover *cover; /* [day × shift_count + shift] */
};

#define CURTOIS_OFF (-1) /* in a grid: a day off */

/* Reads an instance from memory; `file` is what errors call it, and outlives the instance. On failure *out is
 * NULL. */
bool curtois_read(const char *file, const char *text, size_t length, struct curtois_instance **out,
                  struct bench_error *error);
void curtois_free(struct curtois_instance *instance);

/*
 * A solution is a grid of shift numbers, [employee × day_count + day]. As text: one line an employee in file
 * order, day_count shift ids with commas between them, "-" for a day off.
 */
int32_t *curtois_grid_new(const struct curtois_instance *instance); /* all days off; free() it */
bool curtois_solution_read(const struct curtois_instance *instance, const char *file, const char *text,
                           size_t length, int32_t **grid, struct bench_error *error);
/* malloc'ed; NULL when memory is short. */
char *curtois_solution_write(const struct curtois_instance *instance, const int32_t *grid, size_t *length);

/* The hard rules of the format, in the order of its description. */
enum curtois_rule {
    CURTOIS_SUCCESSION,
    CURTOIS_MAX_SHIFTS,
    CURTOIS_MAX_MINUTES,
    CURTOIS_MIN_MINUTES,
    CURTOIS_MAX_RUN,
    CURTOIS_MIN_RUN,
    CURTOIS_MIN_OFF,
    CURTOIS_MAX_WEEKENDS,
    CURTOIS_DAY_OFF,
    CURTOIS_RULE_COUNT
};
const char *curtois_rule_name(enum curtois_rule rule);

struct curtois_violation {
    enum curtois_rule rule;
    int32_t employee;
    int32_t day; /* where it shows; -1: in the whole */
};

struct curtois_verdict {
    int64_t value; /* the sum of the four below */
    int64_t unmet_on, broken_off, under, over;
    struct curtois_violation *violations;
    int32_t violation_count, violation_capacity;
};

/* Judges a grid by the format's own words; knows nothing of campaigns. False when memory is short. */
bool curtois_judge(const struct curtois_instance *instance, const int32_t *grid,
                   struct curtois_verdict *verdict);
void curtois_verdict_fini(struct curtois_verdict *verdict);

#endif
