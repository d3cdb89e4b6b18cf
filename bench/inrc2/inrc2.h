/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second international nurse rostering competition (INRC-II): its files, and its own judge. */
#ifndef BENCH_INRC2_INRC2_H
#define BENCH_INRC2_INRC2_H

#include "bench.h"

#define INRC2_WEEK 7    /* days; day 0 is a Monday */
#define INRC2_OFF  (-1) /* no shift: a day off, no last shift, or any shift of a request */

struct inrc2_range {
    int32_t min, max;
};

struct inrc2_shift {
    const char *id;
    struct inrc2_range run; /* days in a row of this shift */
};

struct inrc2_contract {
    const char *id;
    struct inrc2_range total;     /* assignments over the whole horizon */
    struct inrc2_range work, off; /* days in a row */
    int32_t max_weekends;         /* over the whole horizon */
    bool wants_complete_weekends;
};

struct inrc2_nurse {
    const char *id;
    int32_t contract;
};

/* What stays the same over all weeks. Ids point into `text`. */
struct inrc2_scenario {
    char *text;
    const char *id;
    int32_t id_line; /* of its file */
    int32_t week_count;
    const char **skills;
    int32_t skill_count;
    struct inrc2_shift *shifts;
    int32_t shift_count;
    bool *forbids; /* [shift × shift_count + shift of the next day] */
    struct inrc2_contract *contracts;
    int32_t contract_count;
    struct inrc2_nurse *nurses;
    int32_t nurse_count;
    bool *has_skill; /* [nurse × skill_count + skill] */
};

/* What a nurse brings into a week. */
struct inrc2_past {
    int32_t total, weekends;
    int32_t last_shift;                   /* INRC2_OFF: the day before was off */
    int32_t run_shift, run_work, run_off; /* days in a row up to the day before */
};

struct inrc2_history {
    int32_t week; /* the number of the week that comes next, from 0 */
    struct inrc2_past *nurses;
};

struct inrc2_cover {
    int32_t min, optimal;
};

struct inrc2_request {
    int32_t nurse, shift, day; /* not to work; shift INRC2_OFF: none at all */
};

struct inrc2_week {
    struct inrc2_cover *cover; /* [(shift × skill_count + skill) × 7 + day] */
    struct inrc2_request *requests;
    int32_t request_count;
};

/* Readers of the three kinds of file, from memory; `file` is what errors call them. On failure *out is
 * NULL. */
bool inrc2_scenario_read(const char *file, const char *text, size_t length, struct inrc2_scenario **out,
                         struct bench_error *error);
void inrc2_scenario_free(struct inrc2_scenario *scenario);
bool inrc2_history_read(const struct inrc2_scenario *scenario, const char *file, const char *text,
                        size_t length, struct inrc2_history **out, struct bench_error *error);
/* NULL when memory is short. */
struct inrc2_history *inrc2_history_copy(const struct inrc2_scenario *scenario,
                                         const struct inrc2_history *history);
void inrc2_history_free(struct inrc2_history *history);
bool inrc2_week_read(const struct inrc2_scenario *scenario, const char *file, const char *text, size_t length,
                     struct inrc2_week **out, struct bench_error *error);
void inrc2_week_free(struct inrc2_week *week);

/* Where a nurse is on one day. */
struct inrc2_place {
    int32_t shift; /* INRC2_OFF: nowhere */
    int32_t skill;
};

/* A solution is a grid of places, [nurse × days + day]; as text it is one file a week, in the competition's
 * format. */
struct inrc2_place *inrc2_grid_new(const struct inrc2_scenario *scenario, int32_t day_count);
/* Reads one week of a grid of the whole horizon. Two assignments of a nurse on one day are an error. */
bool inrc2_solution_read(const struct inrc2_scenario *scenario, const char *file, const char *text,
                         size_t length, int32_t week, struct inrc2_place *grid, struct bench_error *error);
/* malloc'ed; NULL when memory is short. */
char *inrc2_solution_write(const struct inrc2_scenario *scenario, int32_t week,
                           const struct inrc2_place *grid, size_t *length);

/* What the days [7 × week, 7 × week + 7) of the grid make of a history: its week goes up by one. */
void inrc2_history_advance(const struct inrc2_scenario *scenario, struct inrc2_history *history,
                           const struct inrc2_place *grid, int32_t day_count, int32_t first_day);

/* The soft costs, as the competition's validator groups them. */
enum inrc2_cost {
    INRC2_TOTAL,       /* 20 an assignment outside the contract's range, over the horizon */
    INRC2_WORK_RUNS,   /* 30 a day in a row too few or too many, 15 for days of one shift */
    INRC2_OFF_RUNS,    /* 30 a day off in a row too few or too many */
    INRC2_PREFERENCES, /* 10 a shift worked against a request */
    INRC2_WEEKENDS,    /* 30 a weekend above the maximum, over the horizon */
    INRC2_COMPLETE,    /* 30 a weekend worked by half */
    INRC2_COVERAGE,    /* 30 a head below the optimum */
    INRC2_COST_COUNT
};
enum inrc2_rule { INRC2_MIN_COVER, INRC2_SKILL, INRC2_SUCCESSION, INRC2_RULE_COUNT };
const char *inrc2_cost_name(enum inrc2_cost cost);
const char *inrc2_rule_name(enum inrc2_rule rule);

/* What the judge looks at. Week `w` of the grid is `weeks[w]`. */
struct inrc2_case {
    const struct inrc2_scenario *scenario;
    const struct inrc2_history *history;
    struct inrc2_week *const *weeks;
    int32_t week_count;
    const struct inrc2_place *grid;
};

#define INRC2_WEEKS_MAX 52

struct inrc2_verdict {
    int64_t value; /* the sum of `costs`, and of `weekly` */
    int64_t costs[INRC2_COST_COUNT];
    int64_t weekly[INRC2_WEEKS_MAX]; /* what is charged over the horizon stands in the last week */
    int64_t broken[INRC2_RULE_COUNT];
    int64_t violation_count; /* the sum of `broken` */
};

/* Judges a solution of whole horizon by the competition's own words; knows nothing of campaigns. */
void inrc2_judge(const struct inrc2_case *given, struct inrc2_verdict *verdict);

#endif
