/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A basis of a program, kept to come back to. */
#include "lp/basis.h"

void pnr_basis_fini(struct pnr_basis *basis) {
    pnr_array_fini(&basis->rows);
    pnr_array_fini(&basis->columns);
    basis->is_kept = false;
}

bool pnr_basis_reserve(struct pnr_basis *basis, int32_t rows, int32_t columns) {
    return pnr_array_reserve(&basis->rows, rows + 1) && pnr_array_reserve(&basis->columns, columns + 1);
}

void pnr_basis_keep(struct pnr_basis *basis, glp_prob *problem) {
    basis->rows.count = glp_get_num_rows(problem);
    basis->columns.count = glp_get_num_cols(problem);
    for (int32_t r = 0; r < basis->rows.count; r++) {
        basis->rows.items[r] = (uint8_t)glp_get_row_stat(problem, r + 1);
    }
    for (int32_t c = 0; c < basis->columns.count; c++) {
        basis->columns.items[c] = (uint8_t)glp_get_col_stat(problem, c + 1);
    }
    basis->is_kept = true;
}

void pnr_basis_restore(const struct pnr_basis *basis, glp_prob *problem) {
    for (int32_t r = 0; r < glp_get_num_rows(problem); r++) {
        glp_set_row_stat(problem, r + 1, r < basis->rows.count ? basis->rows.items[r] : GLP_BS);
    }
    for (int32_t c = 0; c < glp_get_num_cols(problem); c++) {
        glp_set_col_stat(problem, c + 1, c < basis->columns.count ? basis->columns.items[c] : GLP_NL);
    }
}
