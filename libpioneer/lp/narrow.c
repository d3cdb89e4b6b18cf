/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A part of a program: most columns held at a value, and the rows gone that only they stand in. */
#include "lp/narrow.h"

#include <stdlib.h>
#include <string.h>

/* ---- room ---- */

static bool grow(void *array, size_t size, int32_t from, int32_t to) {
    void **at = array;
    void *grown = realloc(*at, (size_t)to * size);
    if (grown == NULL) {
        return false;
    }
    memset((char *)grown + (size_t)from * size, 0, (size_t)(to - from) * size);
    *at = grown;
    return true;
}

static int32_t capacity_for(int32_t count) {
    return count + count / 2 + 64;
}

static bool reserve_rows(struct pnr_narrow *narrow, int32_t rows) {
    int32_t from = narrow->row_capacity;
    int32_t to = capacity_for(rows);
    bool ok = grow(&narrow->place_of_row, sizeof *narrow->place_of_row, from, to) &&
              grow(&narrow->shift, sizeof *narrow->shift, from, to) &&
              grow(&narrow->dual, sizeof *narrow->dual, from, to) &&
              grow(&narrow->row_status, sizeof *narrow->row_status, from, to) &&
              grow(&narrow->rows_to_load, sizeof *narrow->rows_to_load, from, to) &&
              grow(&narrow->column_indices, sizeof *narrow->column_indices, from, to) &&
              grow(&narrow->column_numbers, sizeof *narrow->column_numbers, from, to);
    narrow->row_capacity = ok ? to : from;
    return ok;
}

static bool reserve_columns(struct pnr_narrow *narrow, int32_t columns) {
    int32_t from = narrow->column_capacity;
    int32_t to = capacity_for(columns);
    bool ok = grow(&narrow->place_of_column, sizeof *narrow->place_of_column, from, to) &&
              grow(&narrow->held, sizeof *narrow->held, from, to) &&
              grow(&narrow->column_status, sizeof *narrow->column_status, from, to) &&
              grow(&narrow->columns_to_add, sizeof *narrow->columns_to_add, from, to) &&
              grow(&narrow->hold, sizeof *narrow->hold, from, to) &&
              grow(&narrow->is_coming, sizeof *narrow->is_coming, from, to) &&
              grow(&narrow->row_indices, sizeof *narrow->row_indices, from, to) &&
              grow(&narrow->row_numbers, sizeof *narrow->row_numbers, from, to);
    narrow->column_capacity = ok ? to : from;
    return ok;
}

bool pnr_narrow_reserve(struct pnr_narrow *narrow, int32_t rows, int32_t columns) {
    int32_t before =
        narrow->row_capacity > narrow->column_capacity ? narrow->row_capacity : narrow->column_capacity;
    bool ok = (rows < narrow->row_capacity || reserve_rows(narrow, rows)) &&
              (columns < narrow->column_capacity || reserve_columns(narrow, columns));
    int32_t after =
        narrow->row_capacity > narrow->column_capacity ? narrow->row_capacity : narrow->column_capacity;
    return ok &&
           (after == before || (grow(&narrow->part_indices, sizeof *narrow->part_indices, before, after) &&
                                grow(&narrow->part_numbers, sizeof *narrow->part_numbers, before, after)));
}

void pnr_narrow_fini(struct pnr_narrow *narrow) {
    void *all[] = {narrow->place_of_row,
                   narrow->place_of_column,
                   narrow->held,
                   narrow->shift,
                   narrow->dual,
                   narrow->row_status,
                   narrow->column_status,
                   narrow->rows_to_load,
                   narrow->columns_to_add,
                   narrow->is_coming,
                   narrow->row_indices,
                   narrow->column_indices,
                   narrow->part_indices,
                   narrow->row_numbers,
                   narrow->column_numbers,
                   narrow->part_numbers,
                   narrow->hold};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        free(all[i]);
    }
    *narrow = (struct pnr_narrow){0};
}

/* ---- what was solved last ---- */

double pnr_narrow_value(const struct pnr_narrow *narrow, int column) {
    int place = narrow->place_of_column[column];
    return place > 0 ? glp_get_col_prim(narrow->part, place) : narrow->held[column];
}

double pnr_narrow_dual(const struct pnr_narrow *narrow, int row) {
    int place = narrow->place_of_row[row];
    return place > 0 ? glp_get_row_dual(narrow->part, place) : narrow->dual[row];
}

static void remember(struct pnr_narrow *narrow) {
    bool is_on = pnr_narrow_is_on(narrow);
    for (int j = 1; j <= glp_get_num_cols(narrow->whole); j++) {
        int place = is_on ? narrow->place_of_column[j] : j;
        glp_prob *from = is_on ? narrow->part : narrow->whole;
        if (place > 0) {
            narrow->held[j] = glp_get_col_prim(from, place);
            narrow->column_status[j] = glp_get_col_stat(from, place);
        }
    }
    for (int i = 1; i <= glp_get_num_rows(narrow->whole); i++) {
        int place = is_on ? narrow->place_of_row[i] : i;
        glp_prob *from = is_on ? narrow->part : narrow->whole;
        if (place > 0) {
            narrow->dual[i] = glp_get_row_dual(from, place);
            narrow->row_status[i] = glp_get_row_stat(from, place);
        }
    }
}

/* ---- the part ---- */

/* Whether a held column comes back with a row of its own. */
static bool comes_along(const struct pnr_narrow *narrow, int column) {
    return narrow->hold[column] != PNR_LP_HOLD_FAST && glp_get_col_type(narrow->whole, column) != GLP_FX;
}

static void bound_part_row(struct pnr_narrow *narrow, int row) {
    double shift = narrow->shift[row];
    glp_set_row_bnds(narrow->part, narrow->place_of_row[row], glp_get_row_type(narrow->whole, row),
                     glp_get_row_lb(narrow->whole, row) - shift, glp_get_row_ub(narrow->whole, row) - shift);
}

/* Gives the column its place; all of its rows have theirs. */
static void place_column(struct pnr_narrow *narrow, int column) {
    int count = glp_get_mat_col(narrow->whole, column, narrow->column_indices, narrow->column_numbers);
    for (int k = 1; k <= count; k++) {
        narrow->part_indices[k] = narrow->place_of_row[narrow->column_indices[k]];
        narrow->part_numbers[k] = narrow->column_numbers[k];
    }
    int place = glp_add_cols(narrow->part, 1);
    narrow->place_of_column[column] = place;
    glp_set_obj_coef(narrow->part, place, glp_get_obj_coef(narrow->whole, column));
    glp_set_col_bnds(narrow->part, place, glp_get_col_type(narrow->whole, column),
                     glp_get_col_lb(narrow->whole, column), glp_get_col_ub(narrow->whole, column));
    glp_set_mat_col(narrow->part, place, count, narrow->part_indices, narrow->part_numbers);
}

/* Adds what the column holds, times this, to its rows and to the constant. */
static void shift_by(struct pnr_narrow *narrow, int column, double times) {
    double value = narrow->held[column] * times;
    if (value == 0) {
        return;
    }
    int count = glp_get_mat_col(narrow->whole, column, narrow->column_indices, narrow->column_numbers);
    for (int k = 1; k <= count; k++) {
        narrow->shift[narrow->column_indices[k]] += narrow->column_numbers[k] * value;
    }
    double cost = glp_get_obj_coef(narrow->whole, column);
    glp_set_obj_coef(narrow->part, 0, glp_get_obj_coef(narrow->part, 0) + cost * value);
}

static void place_rows(struct pnr_narrow *narrow, const uint8_t *hold) {
    int rows = glp_get_num_rows(narrow->whole);
    int columns = glp_get_num_cols(narrow->whole);
    memset(narrow->place_of_row, 0, ((size_t)rows + 1) * sizeof *narrow->place_of_row);
    memset(narrow->shift, 0, ((size_t)rows + 1) * sizeof *narrow->shift);
    for (int j = 1; j <= columns; j++) {
        int count = hold[j - 1] != PNR_LP_FREE
                        ? 0
                        : glp_get_mat_col(narrow->whole, j, narrow->column_indices, narrow->column_numbers);
        for (int k = 1; k <= count; k++) {
            int row = narrow->column_indices[k];
            if (narrow->place_of_row[row] == 0) {
                narrow->place_of_row[row] = glp_add_rows(narrow->part, 1);
            }
        }
    }
}

/* The basis of what was solved last, with slacks added or taken out where it is too small or too large now.
 */
static void start_basis(struct pnr_narrow *narrow) {
    int missing = glp_get_num_rows(narrow->part);
    for (int j = 1; j <= glp_get_num_cols(narrow->whole); j++) {
        if (narrow->place_of_column[j] > 0) {
            glp_set_col_stat(narrow->part, narrow->place_of_column[j], narrow->column_status[j]);
            missing -= narrow->column_status[j] == GLP_BS;
        }
    }
    for (int i = 1; i <= glp_get_num_rows(narrow->whole); i++) {
        if (narrow->place_of_row[i] > 0) {
            glp_set_row_stat(narrow->part, narrow->place_of_row[i], narrow->row_status[i]);
            missing -= narrow->row_status[i] == GLP_BS;
        }
    }
    for (int i = 1; i <= glp_get_num_rows(narrow->part) && missing != 0; i++) {
        bool is_basic = glp_get_row_stat(narrow->part, i) == GLP_BS;
        if (is_basic != (missing > 0)) {
            glp_set_row_stat(narrow->part, i, missing > 0 ? GLP_BS : GLP_NL);
            missing += missing > 0 ? -1 : 1;
        }
    }
}

void pnr_narrow_start(struct pnr_narrow *narrow, glp_prob *whole, const uint8_t *hold) {
    narrow->whole = whole;
    remember(narrow);
    pnr_narrow_stop(narrow);
    narrow->part = glp_create_prob();
    glp_set_obj_dir(narrow->part, GLP_MIN);
    glp_set_obj_coef(narrow->part, 0, glp_get_obj_coef(whole, 0));
    place_rows(narrow, hold);
    for (int j = 1; j <= glp_get_num_cols(whole); j++) {
        narrow->place_of_column[j] = 0;
        narrow->hold[j] = hold[j - 1];
        if (hold[j - 1] != PNR_LP_FREE) {
            shift_by(narrow, j, 1);
        } else {
            place_column(narrow, j);
        }
    }
    for (int i = 1; i <= glp_get_num_rows(whole); i++) {
        if (narrow->place_of_row[i] > 0) {
            bound_part_row(narrow, i);
        }
    }
    start_basis(narrow);
}

void pnr_narrow_stop(struct pnr_narrow *narrow) {
    if (narrow->part != NULL) {
        glp_delete_prob(narrow->part);
        narrow->part = NULL;
    }
    narrow->row_count = narrow->column_count = 0;
}

/* ---- coming back ---- */

static void call_row(struct pnr_narrow *narrow, int row) {
    if (narrow->place_of_row[row] == 0) {
        narrow->place_of_row[row] = glp_add_rows(narrow->part, 1);
        narrow->rows_to_load[narrow->row_count++] = row;
    }
}

/* The column comes back, and all rows that it stands in. */
static void call_column(struct pnr_narrow *narrow, int column) {
    if (narrow->place_of_column[column] > 0 || narrow->is_coming[column]) {
        return;
    }
    narrow->is_coming[column] = 1;
    narrow->columns_to_add[narrow->column_count++] = column;
    int count = glp_get_mat_col(narrow->whole, column, narrow->column_indices, narrow->column_numbers);
    for (int k = 1; k <= count; k++) {
        call_row(narrow, narrow->column_indices[k]);
    }
}

/* A row as the whole has it; columns that may move in it are called. */
static void load_row(struct pnr_narrow *narrow, int row) {
    int count = glp_get_mat_row(narrow->whole, row, narrow->row_indices, narrow->row_numbers);
    int placed = 0;
    narrow->shift[row] = 0;
    for (int k = 1; k <= count; k++) {
        int column = narrow->row_indices[k];
        int place = narrow->place_of_column[column];
        if (place > 0) {
            narrow->part_indices[++placed] = place;
            narrow->part_numbers[placed] = narrow->row_numbers[k];
        } else {
            narrow->shift[row] += narrow->row_numbers[k] * narrow->held[column];
            if (comes_along(narrow, column)) {
                call_column(narrow, column);
            }
        }
    }
    glp_set_mat_row(narrow->part, narrow->place_of_row[row], placed, narrow->part_indices,
                    narrow->part_numbers);
    bound_part_row(narrow, row);
}

static void bring_column(struct pnr_narrow *narrow, int column) {
    shift_by(narrow, column, -1);
    place_column(narrow, column);
    narrow->is_coming[column] = 0;
    int count = glp_get_mat_col(narrow->whole, column, narrow->column_indices, narrow->column_numbers);
    for (int k = 1; narrow->held[column] != 0 && k <= count; k++) {
        bound_part_row(narrow, narrow->column_indices[k]);
    }
}

static void bring_back(struct pnr_narrow *narrow) {
    while (narrow->row_count > 0) {
        load_row(narrow, narrow->rows_to_load[--narrow->row_count]);
    }
    for (int i = 0; i < narrow->column_count; i++) {
        bring_column(narrow, narrow->columns_to_add[i]);
    }
    narrow->column_count = 0;
}

/* ---- changes ---- */

void pnr_narrow_add_row(struct pnr_narrow *narrow, int row) {
    narrow->place_of_row[row] = 0;
    narrow->dual[row] = 0;
}

void pnr_narrow_load_row(struct pnr_narrow *narrow, int row) {
    call_row(narrow, row);
    if (narrow->row_count == 0) {
        narrow->rows_to_load[narrow->row_count++] = row;
    }
    bring_back(narrow);
}

void pnr_narrow_bound_row(struct pnr_narrow *narrow, int row) {
    if (narrow->place_of_row[row] > 0) {
        bound_part_row(narrow, row);
    } else {
        pnr_narrow_load_row(narrow, row);
    }
}

void pnr_narrow_add_column(struct pnr_narrow *narrow, int column) {
    narrow->place_of_column[column] = 0;
    narrow->is_coming[column] = 0;
    narrow->held[column] = 0;
    narrow->hold[column] = PNR_LP_FREE;
    call_column(narrow, column);
    bring_back(narrow);
}

void pnr_narrow_bound_column(struct pnr_narrow *narrow, int column) {
    int place = narrow->place_of_column[column];
    double low = glp_get_col_lb(narrow->whole, column);
    int type = glp_get_col_type(narrow->whole, column);
    if (place > 0) {
        glp_set_col_bnds(narrow->part, place, type, low, glp_get_col_ub(narrow->whole, column));
    } else if (type != GLP_FX || narrow->held[column] != low) {
        call_column(narrow, column);
        bring_back(narrow);
    }
}

void pnr_narrow_price_column(struct pnr_narrow *narrow, int column, double cost_before) {
    double cost = glp_get_obj_coef(narrow->whole, column);
    int place = narrow->place_of_column[column];
    if (place > 0) {
        glp_set_obj_coef(narrow->part, place, cost);
    } else {
        double more = (cost - cost_before) * narrow->held[column];
        glp_set_obj_coef(narrow->part, 0, glp_get_obj_coef(narrow->part, 0) + more);
    }
}
