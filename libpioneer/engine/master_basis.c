/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bases of the restricted master that outlive the columns of its LP: a dive, or a branch, takes columns out
 * of it and puts them in again, at other places. */
#include <string.h>

#include "engine/master_inside.h"

static bool has_basis(const struct pnr_master *master) {
    return !pnr_master_is_near(master) && !pnr_lp_is_narrow(master->lp);
}

/* Room for how each row, each other column and each column of the pool stands, and the same of the LP. */
static bool reserve(struct pnr_master *master, struct pnr_master_basis *basis) {
    int32_t rows = pnr_lp_row_count(master->lp);
    int32_t columns = master->columns.count;
    int32_t in_lp = pnr_lp_column_count(master->lp);
    return pnr_array_reserve(&basis->rows, rows + 1) &&
           pnr_array_reserve(&basis->others, pnr_master_first_of_pool(master) + 1) &&
           pnr_array_reserve(&basis->columns, columns + 1) && pnr_array_reserve(&master->standing, in_lp + 1);
}

enum pioneer_status pnr_master_keep_basis(struct pnr_master *master, struct pnr_master_basis *basis) {
    basis->is_kept = false;
    if (!has_basis(master)) {
        return PIONEER_OK;
    }
    if (!reserve(master, basis)) {
        return PIONEER_E_NO_MEMORY;
    }
    int32_t others = pnr_master_first_of_pool(master);
    enum pnr_lp_result result = pnr_lp_read_basis(master->lp, basis->rows.items, master->standing.items);
    basis->rows.count = pnr_lp_row_count(master->lp);
    basis->others.count = others;
    basis->columns.count = master->columns.count;
    memcpy(basis->others.items, master->standing.items, (size_t)others);
    for (int32_t c = 0; c < master->columns.count; c++) {
        int32_t at = pnr_master_lp_column(master, c);
        basis->columns.items[c] = at >= 0 ? master->standing.items[at] : PNR_LP_AT_LOW;
    }
    basis->is_kept = result == PNR_LP_OPTIMAL;
    basis->lp_age = master->lp_age;
    return pnr_master_status_of(result);
}

/* What is basic must be in the LP, even if it is closed. */
static enum pnr_lp_result bring_back(struct pnr_master *master, const struct pnr_master_basis *basis) {
    enum pnr_lp_result result = PNR_LP_OPTIMAL;
    for (int32_t c = 0; c < basis->columns.count && result == PNR_LP_OPTIMAL; c++) {
        if (basis->columns.items[c] == PNR_LP_BASIC && master->place.items[c] < 0) {
            result = pnr_master_append_column(master, c);
            if (result == PNR_LP_OPTIMAL && pnr_master_is_out(master, c)) {
                result = pnr_lp_set_column_bounds(master->lp, pnr_master_lp_column(master, c), 0, 0);
            }
        }
    }
    return result;
}

bool pnr_master_may_load(const struct pnr_master *master, const struct pnr_master_basis *basis) {
    return basis->is_kept && basis->lp_age == master->lp_age && has_basis(master);
}

int64_t pnr_master_basis_size(const struct pnr_master_basis *basis) {
    return (int64_t)sizeof *basis + basis->rows.capacity + basis->others.capacity + basis->columns.capacity;
}

enum pioneer_status pnr_master_load_basis(struct pnr_master *master, const struct pnr_master_basis *basis) {
    if (!pnr_master_may_load(master, basis)) {
        return PIONEER_OK;
    }
    enum pnr_lp_result result = bring_back(master, basis);
    int32_t in_lp = pnr_lp_column_count(master->lp);
    if (!pnr_array_reserve(&master->standing, in_lp + 1)) {
        return PIONEER_E_NO_MEMORY;
    }
    int32_t others = pnr_master_first_of_pool(master);
    memcpy(master->standing.items, basis->others.items, (size_t)others);
    for (int32_t i = 0; i < master->column_at.count; i++) {
        master->standing.items[others + i] = pnr_master_standing_of(basis, master->column_at.items[i]);
    }
    if (result == PNR_LP_OPTIMAL) {
        result = pnr_lp_load_basis(master->lp, basis->rows.count, basis->rows.items, master->standing.items);
    }
    return pnr_master_status_of(result);
}

void pnr_master_basis_fini(struct pnr_master_basis *basis) {
    pnr_array_fini(&basis->rows);
    pnr_array_fini(&basis->others);
    pnr_array_fini(&basis->columns);
    basis->is_kept = false;
}
