/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of a program of alternatives, those of a choice together. */
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
    moving->choice_first = pnr_arena_alloc(arena, rows, sizeof *moving->choice_first);
    moving->choice_row = pnr_arena_alloc(arena, rows, sizeof *moving->choice_row);
    moving->rows = pnr_arena_alloc(arena, entries, sizeof *moving->rows);
    moving->coefficients = pnr_arena_alloc(arena, entries, sizeof *moving->coefficients);
    return moving->column != NULL && moving->first != NULL && moving->cost != NULL && moving->share != NULL &&
           moving->choice_first != NULL && moving->choice_row != NULL && moving->rows != NULL &&
           moving->coefficients != NULL;
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

/* Columns by the row of their choice: list[start[row]] … list[start[row + 1] - 1], and behind them all
 * others. */
static bool list_columns(const struct pnr_saddle_program *program, struct pnr_arena *arena, int32_t **start,
                         int32_t **list) {
    int32_t rows = program->row_count;
    *start = pnr_arena_alloc(arena, (size_t)rows + 3, sizeof **start);
    *list = pnr_arena_alloc(arena, (size_t)program->column_count + 1, sizeof **list);
    if (*start == NULL || *list == NULL) {
        return false;
    }
    int32_t *next = *start + 1; /* of a row: where it begins, and its end once it is filled */
    for (int32_t c = 0; c < program->column_count; c++) {
        int32_t row = pnr_saddle_choice_of(program, c);
        next[(row >= 0 ? row : rows) + 1]++;
    }
    for (int32_t r = 1; r <= rows + 1; r++) {
        next[r] += next[r - 1];
    }
    for (int32_t c = 0; c < program->column_count; c++) {
        int32_t row = pnr_saddle_choice_of(program, c);
        (*list)[next[row >= 0 ? row : rows]++] = c;
    }
    return true;
}

bool pnr_moving_gather(const struct pnr_saddle_program *program, const double *shares,
                       struct pnr_arena *arena, struct pnr_moving *moving) {
    int32_t *start;
    int32_t *list;
    *moving = (struct pnr_moving){.program = program};
    if (!allocate(moving, arena) || !list_columns(program, arena, &start, &list)) {
        return false;
    }
    for (int32_t r = 0; r < program->row_count; r++) {
        for (int32_t i = start[r]; i < start[r + 1]; i++) {
            add_moving(moving, list[i], r, shares[list[i]]);
        }
        if (program->is_choice[r]) {
            moving->choice_row[moving->choice_count] = r;
            moving->choice_first[++moving->choice_count] = moving->count;
        }
    }
    for (int32_t i = start[program->row_count]; i < program->column_count; i++) {
        int32_t c = list[i];
        add_moving(moving, c, -1, fmin(fmax(shares[c], program->least[c]), program->most[c]));
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
    for (int32_t j = 0; j < moving->count; j++) {
        shares[moving->column[j]] = x[j] > noise ? x[j] : 0;
    }
}
