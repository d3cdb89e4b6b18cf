/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of one INRC-II instance, such as n030w4_1_6-2-9-1: scenario n030w4, history 1, weeks 6, 2, 9, 1.
 */
#ifndef BENCH_INRC2_FILES_H
#define BENCH_INRC2_FILES_H

#include "inrc2/inrc2.h"
#include "line.h"

struct inrc2_instance {
    const char *directory; /* that holds Sc-….txt, or a folder of the scenario's name that does */
    const char *name;
    char scenario_id[64];
    int32_t history_number;
    int32_t week_numbers[INRC2_WEEKS_MAX];
    struct inrc2_scenario *scenario;
    struct inrc2_history *history;
    struct inrc2_week *weeks[INRC2_WEEKS_MAX]; /* NULL: not read yet */
    int32_t week_count;
};

/* Takes the name apart; reads nothing. */
bool inrc2_instance_name(struct inrc2_instance *instance, const char *directory, const char *name,
                         struct bench_error *error);
/* Reads scenario and history; weeks are read one by one, so that nobody sees a later one. */
bool inrc2_instance_open(struct inrc2_instance *instance, struct bench_error *error);
bool inrc2_instance_read_week(struct inrc2_instance *instance, int32_t week, struct bench_error *error);
bool inrc2_instance_read_weeks(struct inrc2_instance *instance, struct bench_error *error);
/* Reads a week file of the scenario; *out stays NULL when there is none of that number or when it is a week
 * of the instance, which nobody may see before its time. */
bool inrc2_instance_read_other(const struct inrc2_instance *instance, int32_t number, struct inrc2_week **out,
                               struct bench_error *error);
void inrc2_instance_close(struct inrc2_instance *instance);

/* Solutions lie in a directory, named as the competition does: Sol-n030w4-6-0.txt is week 0, of file 6. */
bool inrc2_solution_load(const struct inrc2_instance *instance, const char *directory,
                         struct inrc2_place *grid, struct bench_error *error);
bool inrc2_solution_save(const struct inrc2_instance *instance, const char *directory, int32_t week,
                         const struct inrc2_place *grid, struct bench_error *error);

/* Which instance it is, and what the judge says of the solution. */
void inrc2_print(struct bench_line *line, const struct inrc2_instance *instance,
                 const struct inrc2_verdict *verdict);
/* One line a kind of broken rule on standard error. */
void inrc2_print_violations(const struct inrc2_verdict *verdict);

#endif
