/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program of alternatives reduced to the columns that can move. */
#include "lp/moving.h"

#include <math.h>

static bool allocate(struct pnr_moving *moving, struct pnr_arena *arena) {
    const struct pnr_saddle_program *program = moving->program;
    size_t columns = (size_t)program->column_count + 1;
    size_t rows = (size_t)program->row_count + 1;
    size_t entries = (size_t)program->first[program->column_count] + 1;
    moving->column = pnr_arena_alloc(arena, columns, sizeof *moving->column);
    moving->first = pnr_arena_alloc(arena, columns, sizeof *moving->first);
    moving->cost = pnr_arena_alloc(arena, columns, sizeof *moving->cost);
    moving->share = pnr_arena_alloc(arena, columns, sizeof *moving->share);
    moving->choice_of = pnr_arena_alloc(arena, columns, sizeof *moving->choice_of);
    moving->choice_first = pnr_arena_alloc(arena, rows, sizeof *moving->choice_first);
    moving->choice_row = pnr_arena_alloc(arena, rows, sizeof *moving->choice_row);
    moving->held = pnr_arena_alloc(arena, rows, sizeof *moving->held);
    moving->rows = pnr_arena_alloc(arena, entries, sizeof *moving->rows);
    moving->coefficients = pnr_arena_alloc(arena, entries, sizeof *moving->coefficients);
    return moving->column != NULL && moving->first != NULL && moving->cost != NULL && moving->share != NULL &&
           moving->choice_of != NULL && moving->choice_first != NULL && moving->choice_row != NULL &&
           moving->held != NULL && moving->rows != NULL && moving->coefficients != NULL;
}

/* The choice that a column stands in, -1: none. */
static int32_t choice_of(const struct pnr_saddle_program *program, int32_t column) {
    for (int32_t e = program->first[column]; e < program->first[column + 1]; e++) {
        if (program->is_choice[program->rows[e]]) {
            return program->rows[e];
        }
    }
    return -1;
}

static void hold(struct pnr_moving *moving, int32_t column, double share) {
    const struct pnr_saddle_program *program = moving->program;
    moving->held_cost += program->cost[column] * share;
    for (int32_t e = program->first[column]; e < program->first[column + 1]; e++) {
        moving->held[program->rows[e]] += program->coefficients[e] * share;
    }
}

static void add_moving(struct pnr_moving *moving, int32_t column, int32_t choice, double share) {
    const struct pnr_saddle_program *program = moving->program;
    int32_t at = moving->count++;
    int32_t end = moving->first[at];
    for (int32_t e = program->first[column]; e < program->first[column + 1]; e++) {
        if (program->rows[e] != choice) {
            moving->rows[end] = program->rows[e];
            moving->coefficients[end++] = program->coefficients[e];
        }
    }
    moving->first[at + 1] = end;
    moving->column[at] = column;
    moving->cost[at] = program->cost[column];
    moving->share[at] = share;
}

/* Open columns of every choice: list[start[row]] … list[start[row + 1] - 1]. */
static bool list_choices(const struct pnr_moving *moving, struct pnr_arena *arena, int32_t **start,
                         int32_t **list) {
    const struct pnr_saddle_program *program = moving->program;
    *start = pnr_arena_alloc(arena, (size_t)program->row_count + 2, sizeof **start);
    *list = pnr_arena_alloc(arena, (size_t)program->column_count + 1, sizeof **list);
    if (*start == NULL || *list == NULL) {
        return false;
    }
    int32_t *next = *start + 1; /* of a row: where it begins, and its end once it is filled */
    for (int32_t c = 0; c < program->column_count; c++) {
        int32_t row = moving->choice_of[c];
        if (row >= 0 && program->most[c] > 0) {
            next[row + 1]++;
        }
    }
    for (int32_t r = 1; r <= program->row_count; r++) {
        next[r] += next[r - 1];
    }
    for (int32_t c = 0; c < program->column_count; c++) {
        int32_t row = moving->choice_of[c];
        if (row >= 0 && program->most[c] > 0) {
            (*list)[next[row]++] = c;
        }
    }
    return true;
}

bool pnr_moving_gather(const struct pnr_saddle_program *program, const double *shares,
                       struct pnr_arena *arena, struct pnr_moving *moving) {
    int32_t *start;
    int32_t *list;
    *moving = (struct pnr_moving){.program = program};
    if (!allocate(moving, arena)) {
        return false;
    }
    for (int32_t c = 0; c < program->column_count; c++) {
        moving->choice_of[c] = choice_of(program, c);
    }
    if (!list_choices(moving, arena, &start, &list)) {
        return false;
    }
    for (int32_t r = 0; r < program->row_count; r++) {
        if (start[r + 1] - start[r] == 1) {
            hold(moving, list[start[r]], 1);
        } else if (start[r + 1] > start[r]) {
            moving->choice_row[moving->choice_count] = r;
            for (int32_t i = start[r]; i < start[r + 1]; i++) {
                add_moving(moving, list[i], r, shares[list[i]]);
            }
            moving->choice_first[++moving->choice_count] = moving->count;
        }
    }
    for (int32_t c = 0; c < program->column_count; c++) {
        if (moving->choice_of[c] >= 0) {
            continue;
        }
        if (program->most[c] > program->least[c]) {
            add_moving(moving, c, -1, fmin(fmax(shares[c], program->least[c]), program->most[c]));
        } else {
            hold(moving, c, program->least[c]);
        }
    }
    return true;
}

void pnr_moving_add_activity(const struct pnr_moving *moving, const double *x, int32_t from, int32_t to,
                             double *activity) {
    for (int32_t j = from; j < to; j++) {
        for (int32_t e = moving->first[j]; x[j] != 0 && e < moving->first[j + 1]; e++) {
            activity[moving->rows[e]] += moving->coefficients[e] * x[j];
        }
    }
}

void pnr_moving_write(const struct pnr_moving *moving, const double *x, double noise, double *shares) {
    const struct pnr_saddle_program *program = moving->program;
    for (int32_t c = 0; c < program->column_count; c++) {
        bool is_of_choice = moving->choice_of[c] >= 0;
        shares[c] = is_of_choice ? program->most[c] > 0 : program->least[c]; /* of those that are held */
    }
    for (int32_t j = 0; j < moving->count; j++) {
        shares[moving->column[j]] = x[j] > noise ? x[j] : 0;
    }
}
