/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program of alternatives without what is settled already. */
#include "lp/reduce.h"

#include <math.h>

#include "lp/lp.h"
#include "lp/slacks.h"

struct reducing {
    const struct pnr_saddle_program *whole;
    struct pnr_arena *arena;
    double *shares;
    int32_t *choice_of; /* [column]: the row of its choice, -1: it has none */
    int32_t *open;      /* [row]: of choices, how many columns are open */
    uint8_t *is_alive;  /* [row]: something stands in it whose share is still to be found */
    double *settled;    /* [row]: what the rest puts into it */
    double constant;
};

/* ---- what moves ---- */

/* Of a column that could be a slack of a row of its own: whether it ties rows to each other. */
static bool is_tie(const struct pnr_saddle_program *program, int32_t column) {
    return program->first[column + 1] > program->first[column] + 1;
}

/* Whether the column's share is not known before the program is solved, but for slacks. */
static bool moves(const struct reducing *reducing, int32_t column) {
    const struct pnr_saddle_program *whole = reducing->whole;
    int32_t choice = reducing->choice_of[column];
    if (choice >= 0) {
        return whole->most[column] > 0 && reducing->open[choice] > 1;
    }
    return whole->most[column] > whole->least[column] && is_tie(whole, column);
}

static bool is_slack(const struct reducing *reducing, int32_t column) {
    const struct pnr_saddle_program *whole = reducing->whole;
    return reducing->choice_of[column] < 0 && whole->most[column] > whole->least[column] &&
           !is_tie(whole, column) && whole->first[column + 1] > whole->first[column];
}

static void find_alive(struct reducing *reducing) {
    const struct pnr_saddle_program *whole = reducing->whole;
    for (int32_t c = 0; c < whole->column_count; c++) {
        reducing->choice_of[c] = pnr_saddle_choice_of(whole, c);
        if (reducing->choice_of[c] >= 0 && whole->most[c] > 0) {
            reducing->open[reducing->choice_of[c]]++;
        }
    }
    for (int32_t c = 0; c < whole->column_count; c++) {
        for (int32_t e = whole->first[c]; moves(reducing, c) && e < whole->first[c + 1]; e++) {
            reducing->is_alive[whole->rows[e]] = 1;
        }
    }
}

/* ---- what is settled ---- */

static void settle(struct reducing *reducing, int32_t column, double share) {
    const struct pnr_saddle_program *whole = reducing->whole;
    reducing->shares[column] = share;
    reducing->constant += whole->cost[column] * share;
    for (int32_t e = whole->first[column]; e < whole->first[column + 1]; e++) {
        reducing->settled[whole->rows[e]] += whole->coefficients[e] * share;
    }
}

/* What a row is off by goes to the cheapest of its slacks; the last one that takes some is its price. */
static void fill(struct reducing *reducing, const struct pnr_slack *slack, double *prices) {
    const struct pnr_saddle_program *whole = reducing->whole;
    double room = whole->most[slack->column] - whole->least[slack->column];
    double filled = pnr_slack_fill(whole, slack, reducing->settled[slack->row], room);
    if (filled > 0) {
        reducing->settled[slack->row] += filled * slack->coefficient;
        reducing->constant += filled * whole->cost[slack->column];
        reducing->shares[slack->column] += filled;
        prices[slack->row] = whole->cost[slack->column] / slack->coefficient;
    }
}

/* Settles everything that neither moves nor is a slack of a row that does. */
static bool settle_all(struct reducing *reducing, double *prices) {
    const struct pnr_saddle_program *whole = reducing->whole;
    struct pnr_slack *slacks =
        pnr_arena_alloc(reducing->arena, (size_t)whole->column_count + 1, sizeof *slacks);
    if (slacks == NULL) {
        return false;
    }
    int32_t count = 0;
    for (int32_t c = 0; c < whole->column_count; c++) {
        if (is_slack(reducing, c)) {
            int32_t row = whole->rows[whole->first[c]];
            if (!reducing->is_alive[row]) {
                double coefficient = whole->coefficients[whole->first[c]];
                slacks[count++] = (struct pnr_slack){row, c, coefficient, whole->cost[c] / fabs(coefficient)};
                settle(reducing, c, whole->least[c]);
            }
        } else if (!moves(reducing, c)) {
            bool is_taken = reducing->choice_of[c] >= 0 && whole->most[c] > 0;
            settle(reducing, c, is_taken ? 1 : whole->least[c]);
        }
    }
    for (int32_t r = 0; r < whole->row_count; r++) {
        prices[r] = reducing->is_alive[r] ? prices[r] : 0;
    }
    pnr_slacks_sort(slacks, count);
    for (int32_t i = 0; i < count; i++) {
        fill(reducing, &slacks[i], prices);
    }
    return true;
}

/* ---- what is left ---- */

/* The arrays of what is left, while they are written. */
struct left_over {
    double *low, *high, *cost, *least, *most, *coefficients;
    uint8_t *is_choice;
    int32_t *first, *rows;
    int32_t *row_of, *column_of;
    int32_t *row_to; /* [row of the whole] */
    int32_t row_count, column_count, coefficient_count;
};

static bool allocate(struct left_over *left, const struct reducing *reducing) {
    const struct pnr_saddle_program *whole = reducing->whole;
    size_t rows = (size_t)whole->row_count + 1;
    size_t columns = (size_t)whole->column_count + 1;
    size_t coefficients = (size_t)whole->first[whole->column_count] + 1;
    left->low = pnr_arena_alloc(reducing->arena, rows, sizeof *left->low);
    left->high = pnr_arena_alloc(reducing->arena, rows, sizeof *left->high);
    left->is_choice = pnr_arena_alloc(reducing->arena, rows, sizeof *left->is_choice);
    left->row_of = pnr_arena_alloc(reducing->arena, rows, sizeof *left->row_of);
    left->row_to = pnr_arena_alloc(reducing->arena, rows, sizeof *left->row_to);
    left->cost = pnr_arena_alloc(reducing->arena, columns, sizeof *left->cost);
    left->least = pnr_arena_alloc(reducing->arena, columns, sizeof *left->least);
    left->most = pnr_arena_alloc(reducing->arena, columns, sizeof *left->most);
    left->first = pnr_arena_alloc(reducing->arena, columns, sizeof *left->first);
    left->column_of = pnr_arena_alloc(reducing->arena, columns, sizeof *left->column_of);
    left->rows = pnr_arena_alloc(reducing->arena, coefficients, sizeof *left->rows);
    left->coefficients = pnr_arena_alloc(reducing->arena, coefficients, sizeof *left->coefficients);
    return left->low != NULL && left->high != NULL && left->is_choice != NULL && left->row_of != NULL &&
           left->row_to != NULL && left->cost != NULL && left->least != NULL && left->most != NULL &&
           left->first != NULL && left->column_of != NULL && left->rows != NULL && left->coefficients != NULL;
}

static void write_rows(struct left_over *left, const struct reducing *reducing) {
    const struct pnr_saddle_program *whole = reducing->whole;
    for (int32_t r = 0; r < whole->row_count; r++) {
        if (reducing->is_alive[r]) {
            int32_t at = left->row_count++;
            bool has_low = whole->low[r] > -PNR_LP_INFINITY;
            bool has_high = whole->high[r] < PNR_LP_INFINITY;
            left->row_to[r] = at;
            left->row_of[at] = r;
            left->low[at] = whole->low[r] - (has_low ? reducing->settled[r] : 0);
            left->high[at] = whole->high[r] - (has_high ? reducing->settled[r] : 0);
            left->is_choice[at] = whole->is_choice[r];
        }
    }
}

static void write_columns(struct left_over *left, const struct reducing *reducing) {
    const struct pnr_saddle_program *whole = reducing->whole;
    for (int32_t c = 0; c < whole->column_count; c++) {
        bool is_kept =
            moves(reducing, c) || (is_slack(reducing, c) && reducing->is_alive[whole->rows[whole->first[c]]]);
        if (!is_kept) {
            continue;
        }
        int32_t at = left->column_count++;
        left->column_of[at] = c;
        left->cost[at] = whole->cost[c];
        left->least[at] = whole->least[c];
        left->most[at] = whole->most[c];
        for (int32_t e = whole->first[c]; e < whole->first[c + 1]; e++) {
            left->rows[left->coefficient_count] = left->row_to[whole->rows[e]];
            left->coefficients[left->coefficient_count++] = whole->coefficients[e];
        }
        left->first[left->column_count] = left->coefficient_count;
    }
}

static bool write(const struct reducing *reducing, struct pnr_reduced *out) {
    struct left_over left = {0};
    if (!allocate(&left, reducing)) {
        return false;
    }
    write_rows(&left, reducing);
    write_columns(&left, reducing);
    *out = (struct pnr_reduced){
        .program = {.row_count = left.row_count,
                    .column_count = left.column_count,
                    .low = left.low,
                    .high = left.high,
                    .is_choice = left.is_choice,
                    .cost = left.cost,
                    .least = left.least,
                    .most = left.most,
                    .first = left.first,
                    .rows = left.rows,
                    .coefficients = left.coefficients},
        .row_of = left.row_of,
        .column_of = left.column_of,
        .constant = reducing->constant,
    };
    return true;
}

bool pnr_reduce(const struct pnr_saddle_program *whole, double *shares, double *prices,
                struct pnr_arena *arena, struct pnr_reduced *out) {
    size_t rows = (size_t)whole->row_count + 1;
    struct reducing reducing = {
        .whole = whole,
        .arena = arena,
        .shares = shares,
        .choice_of = pnr_arena_alloc(arena, (size_t)whole->column_count + 1, sizeof *reducing.choice_of),
        .open = pnr_arena_alloc(arena, rows, sizeof *reducing.open),
        .is_alive = pnr_arena_alloc(arena, rows, sizeof *reducing.is_alive),
        .settled = pnr_arena_alloc(arena, rows, sizeof *reducing.settled),
    };
    if (reducing.choice_of == NULL || reducing.open == NULL || reducing.is_alive == NULL ||
        reducing.settled == NULL) {
        return false;
    }
    find_alive(&reducing);
    return settle_all(&reducing, prices) && write(&reducing, out);
}
