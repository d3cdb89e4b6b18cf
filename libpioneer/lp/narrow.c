/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A part of a program: most columns held at a value, and the rows gone that only they stand in. */
#include "lp/narrow.h"

/* ---- room ---- */

static bool reserve_vector(struct pnr_narrow_vector *vector, int32_t count) {
    return pnr_array_reserve(&vector->indices, count + 1) && pnr_array_reserve(&vector->numbers, count + 1);
}

static void fini_vector(struct pnr_narrow_vector *vector) {
    pnr_array_fini(&vector->indices);
    pnr_array_fini(&vector->numbers);
}

bool pnr_narrow_reserve(struct pnr_narrow *narrow, int32_t rows, int32_t columns) {
    return pnr_array_reserve(&narrow->rows, rows + 1) && pnr_array_reserve(&narrow->columns, columns + 1) &&
           pnr_array_reserve(&narrow->rows_to_load, rows + 1) &&
           pnr_array_reserve(&narrow->columns_to_add, columns + 1) &&
           reserve_vector(&narrow->a_row, columns) && reserve_vector(&narrow->a_column, rows) &&
           reserve_vector(&narrow->in_part, rows > columns ? rows : columns);
}

void pnr_narrow_fini(struct pnr_narrow *narrow) {
    pnr_array_fini(&narrow->rows);
    pnr_array_fini(&narrow->columns);
    pnr_array_fini(&narrow->rows_to_load);
    pnr_array_fini(&narrow->columns_to_add);
    fini_vector(&narrow->a_row);
    fini_vector(&narrow->a_column);
    fini_vector(&narrow->in_part);
}

static struct pnr_narrow_row *row_at(const struct pnr_narrow *narrow, int row) {
    return &narrow->rows.items[row];
}

static struct pnr_narrow_column *column_at(const struct pnr_narrow *narrow, int column) {
    return &narrow->columns.items[column];
}

/* Reads a row or a column of the whole; returns how many entries it has, from 1. */
static int read_row(struct pnr_narrow *narrow, int row) {
    return glp_get_mat_row(narrow->whole, row, narrow->a_row.indices.items, narrow->a_row.numbers.items);
}

static int read_column(struct pnr_narrow *narrow, int column) {
    return glp_get_mat_col(narrow->whole, column, narrow->a_column.indices.items,
                           narrow->a_column.numbers.items);
}

/* ---- what was solved last ---- */

double pnr_narrow_value(const struct pnr_narrow *narrow, int column) {
    int place = column_at(narrow, column)->place;
    return place > 0 ? glp_get_col_prim(narrow->part, place) : column_at(narrow, column)->held;
}

double pnr_narrow_dual(const struct pnr_narrow *narrow, int row) {
    int place = row_at(narrow, row)->place;
    return place > 0 ? glp_get_row_dual(narrow->part, place) : row_at(narrow, row)->dual;
}

static void remember(struct pnr_narrow *narrow, const double *values, const double *duals) {
    bool is_on = pnr_narrow_is_on(narrow);
    for (int j = 1; j <= glp_get_num_cols(narrow->whole); j++) {
        int place = is_on ? column_at(narrow, j)->place : j;
        glp_prob *from = is_on ? narrow->part : narrow->whole;
        if (place > 0) {
            column_at(narrow, j)->held = values != NULL ? values[j - 1] : glp_get_col_prim(from, place);
            column_at(narrow, j)->status = glp_get_col_stat(from, place);
        }
    }
    for (int i = 1; i <= glp_get_num_rows(narrow->whole); i++) {
        int place = is_on ? row_at(narrow, i)->place : i;
        glp_prob *from = is_on ? narrow->part : narrow->whole;
        if (place > 0) {
            row_at(narrow, i)->dual = duals != NULL ? duals[i - 1] : glp_get_row_dual(from, place);
            row_at(narrow, i)->status = glp_get_row_stat(from, place);
        }
    }
}

/* ---- the part ---- */

/* Whether a held column comes back with a row of its own. */
static bool comes_along(const struct pnr_narrow *narrow, int column) {
    return column_at(narrow, column)->hold != PNR_LP_HOLD_FAST &&
           glp_get_col_type(narrow->whole, column) != GLP_FX;
}

static void bound_part_row(struct pnr_narrow *narrow, int row) {
    double shift = row_at(narrow, row)->shift;
    glp_set_row_bnds(narrow->part, row_at(narrow, row)->place, glp_get_row_type(narrow->whole, row),
                     glp_get_row_lb(narrow->whole, row) - shift, glp_get_row_ub(narrow->whole, row) - shift);
}

/* Gives the column its place; all of its rows that are not idle have theirs. */
static void place_column(struct pnr_narrow *narrow, int column) {
    int count = read_column(narrow, column);
    int placed = 0;
    for (int k = 1; k <= count; k++) {
        int at = row_at(narrow, narrow->a_column.indices.items[k])->place;
        if (at > 0) {
            narrow->in_part.indices.items[++placed] = at;
            narrow->in_part.numbers.items[placed] = narrow->a_column.numbers.items[k];
        }
    }
    int place = glp_add_cols(narrow->part, 1);
    column_at(narrow, column)->place = place;
    glp_set_obj_coef(narrow->part, place, glp_get_obj_coef(narrow->whole, column));
    glp_set_col_bnds(narrow->part, place, glp_get_col_type(narrow->whole, column),
                     glp_get_col_lb(narrow->whole, column), glp_get_col_ub(narrow->whole, column));
    glp_set_mat_col(narrow->part, place, placed, narrow->in_part.indices.items,
                    narrow->in_part.numbers.items);
}

/* Adds what the column holds, times this, to its rows and to the constant. */
static void shift_by(struct pnr_narrow *narrow, int column, double times) {
    double value = column_at(narrow, column)->held * times;
    if (value == 0) {
        return;
    }
    int count = read_column(narrow, column);
    for (int k = 1; k <= count; k++) {
        row_at(narrow, narrow->a_column.indices.items[k])->shift += narrow->a_column.numbers.items[k] * value;
    }
    double cost = glp_get_obj_coef(narrow->whole, column);
    glp_set_obj_coef(narrow->part, 0, glp_get_obj_coef(narrow->part, 0) + cost * value);
}

static void place_rows(struct pnr_narrow *narrow, const uint8_t *hold, const uint8_t *idle) {
    int rows = glp_get_num_rows(narrow->whole);
    int columns = glp_get_num_cols(narrow->whole);
    for (int i = 1; i <= rows; i++) {
        row_at(narrow, i)->place = 0;
        row_at(narrow, i)->shift = 0;
        row_at(narrow, i)->is_idle = idle != NULL && idle[i - 1];
        row_at(narrow, i)->dual = row_at(narrow, i)->is_idle ? 0 : row_at(narrow, i)->dual;
    }
    for (int j = 1; j <= columns; j++) {
        int count = hold[j - 1] != PNR_LP_FREE ? 0 : read_column(narrow, j);
        for (int k = 1; k <= count; k++) {
            int row = narrow->a_column.indices.items[k];
            if (row_at(narrow, row)->place == 0 && !row_at(narrow, row)->is_idle) {
                row_at(narrow, row)->place = glp_add_rows(narrow->part, 1);
            }
        }
    }
}

/* The basis of what was solved last, with slacks added or taken out where it is too small or too large now.
 */
static void start_basis(struct pnr_narrow *narrow) {
    int missing = glp_get_num_rows(narrow->part);
    for (int j = 1; j <= glp_get_num_cols(narrow->whole); j++) {
        if (column_at(narrow, j)->place > 0) {
            glp_set_col_stat(narrow->part, column_at(narrow, j)->place, column_at(narrow, j)->status);
            missing -= column_at(narrow, j)->status == GLP_BS;
        }
    }
    for (int i = 1; i <= glp_get_num_rows(narrow->whole); i++) {
        if (row_at(narrow, i)->place > 0) {
            glp_set_row_stat(narrow->part, row_at(narrow, i)->place, row_at(narrow, i)->status);
            missing -= row_at(narrow, i)->status == GLP_BS;
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

void pnr_narrow_start(struct pnr_narrow *narrow, glp_prob *whole, const uint8_t *hold, const uint8_t *idle,
                      const double *values, const double *duals) {
    narrow->whole = whole;
    remember(narrow, values, duals);
    pnr_narrow_stop(narrow);
    narrow->part = glp_create_prob();
    glp_set_obj_dir(narrow->part, GLP_MIN);
    glp_set_obj_coef(narrow->part, 0, glp_get_obj_coef(whole, 0));
    place_rows(narrow, hold, idle);
    for (int j = 1; j <= glp_get_num_cols(whole); j++) {
        column_at(narrow, j)->place = 0;
        column_at(narrow, j)->hold = (enum pnr_lp_hold)hold[j - 1];
        column_at(narrow, j)->is_coming = false;
        if (hold[j - 1] != PNR_LP_FREE) {
            shift_by(narrow, j, 1);
        } else {
            place_column(narrow, j);
        }
    }
    for (int i = 1; i <= glp_get_num_rows(whole); i++) {
        if (row_at(narrow, i)->place > 0) {
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
    pnr_array_clear(&narrow->rows_to_load);
    pnr_array_clear(&narrow->columns_to_add);
}

/* ---- coming back ---- */

static void call_row(struct pnr_narrow *narrow, int row) {
    if (row_at(narrow, row)->place == 0 && !row_at(narrow, row)->is_idle) {
        row_at(narrow, row)->place = glp_add_rows(narrow->part, 1);
        narrow->rows_to_load.items[narrow->rows_to_load.count++] = row;
    }
}

/* The column comes back, and all rows that it stands in. */
static void call_column(struct pnr_narrow *narrow, int column) {
    if (column_at(narrow, column)->place > 0 || column_at(narrow, column)->is_coming) {
        return;
    }
    column_at(narrow, column)->is_coming = true;
    narrow->columns_to_add.items[narrow->columns_to_add.count++] = column;
    int count = read_column(narrow, column);
    for (int k = 1; k <= count; k++) {
        call_row(narrow, narrow->a_column.indices.items[k]);
    }
}

/* A row as the whole has it; columns that may move in it are called. */
static void load_row(struct pnr_narrow *narrow, int row) {
    int count = read_row(narrow, row);
    int placed = 0;
    row_at(narrow, row)->shift = 0;
    for (int k = 1; k <= count; k++) {
        int column = narrow->a_row.indices.items[k];
        int place = column_at(narrow, column)->place;
        if (place > 0) {
            narrow->in_part.indices.items[++placed] = place;
            narrow->in_part.numbers.items[placed] = narrow->a_row.numbers.items[k];
        } else {
            row_at(narrow, row)->shift += narrow->a_row.numbers.items[k] * column_at(narrow, column)->held;
            if (comes_along(narrow, column)) {
                call_column(narrow, column);
            }
        }
    }
    glp_set_mat_row(narrow->part, row_at(narrow, row)->place, placed, narrow->in_part.indices.items,
                    narrow->in_part.numbers.items);
    bound_part_row(narrow, row);
}

static void bring_column(struct pnr_narrow *narrow, int column) {
    shift_by(narrow, column, -1);
    place_column(narrow, column);
    column_at(narrow, column)->is_coming = false;
    int count = read_column(narrow, column);
    for (int k = 1; column_at(narrow, column)->held != 0 && k <= count; k++) {
        int row = narrow->a_column.indices.items[k];
        if (row_at(narrow, row)->place > 0) {
            bound_part_row(narrow, row);
        }
    }
}

static void bring_back(struct pnr_narrow *narrow) {
    while (narrow->rows_to_load.count > 0) {
        load_row(narrow, narrow->rows_to_load.items[--narrow->rows_to_load.count]);
    }
    for (int i = 0; i < narrow->columns_to_add.count; i++) {
        bring_column(narrow, narrow->columns_to_add.items[i]);
    }
    pnr_array_clear(&narrow->columns_to_add);
}

/* ---- changes ---- */

static void bring_row(struct pnr_narrow *narrow, int row) {
    row_at(narrow, row)->is_idle = false; /* that was about the row as it was */
    call_row(narrow, row);
    bring_back(narrow);
}

void pnr_narrow_add_row(struct pnr_narrow *narrow, int row) {
    if (pnr_narrow_is_on(narrow)) {
        *row_at(narrow, row) = (struct pnr_narrow_row){0};
    }
}

void pnr_narrow_load_row(struct pnr_narrow *narrow, int row) {
    if (!pnr_narrow_is_on(narrow)) {
        return;
    }
    if (row_at(narrow, row)->place > 0) {
        load_row(narrow, row);
    }
    bring_row(narrow, row);
}

void pnr_narrow_bound_row(struct pnr_narrow *narrow, int row) {
    if (!pnr_narrow_is_on(narrow)) {
        return;
    }
    if (row_at(narrow, row)->place > 0) {
        bound_part_row(narrow, row);
    } else {
        bring_row(narrow, row);
    }
}

void pnr_narrow_add_column(struct pnr_narrow *narrow, int column) {
    if (pnr_narrow_is_on(narrow)) {
        *column_at(narrow, column) = (struct pnr_narrow_column){.hold = PNR_LP_FREE};
        call_column(narrow, column);
        bring_back(narrow);
    }
}

void pnr_narrow_bound_column(struct pnr_narrow *narrow, int column) {
    if (!pnr_narrow_is_on(narrow)) {
        return;
    }
    int place = column_at(narrow, column)->place;
    double low = glp_get_col_lb(narrow->whole, column);
    int type = glp_get_col_type(narrow->whole, column);
    if (place > 0) {
        glp_set_col_bnds(narrow->part, place, type, low, glp_get_col_ub(narrow->whole, column));
    } else if (type != GLP_FX || column_at(narrow, column)->held != low) {
        call_column(narrow, column);
        bring_back(narrow);
    }
}

void pnr_narrow_price_column(struct pnr_narrow *narrow, int column, double cost_before) {
    if (!pnr_narrow_is_on(narrow)) {
        return;
    }
    double cost = glp_get_obj_coef(narrow->whole, column);
    int place = column_at(narrow, column)->place;
    if (place > 0) {
        glp_set_obj_coef(narrow->part, place, cost);
    } else {
        double more = (cost - cost_before) * column_at(narrow, column)->held;
        glp_set_obj_coef(narrow->part, 0, glp_get_obj_coef(narrow->part, 0) + more);
    }
}
