/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A basis of a program, kept to come back to. */
#ifndef PNR_LP_BASIS_H
#define PNR_LP_BASIS_H

#include <glpk.h>

#include "base/array.h"

/* All zeros is valid and keeps nothing. */
struct pnr_basis {
    PNR_ARRAY(uint8_t) rows;    /* [row]: GLPK's status */
    PNR_ARRAY(uint8_t) columns; /* [column] */
    bool is_kept;
};

void pnr_basis_fini(struct pnr_basis *basis);

/* Room for what a program of that size has; false when memory is short. */
bool pnr_basis_reserve(struct pnr_basis *basis, int32_t rows, int32_t columns);

/* Both inside a section that an escape may leave. Rows and columns that came later are what they began as. */
void pnr_basis_keep(struct pnr_basis *basis, glp_prob *problem);
void pnr_basis_restore(const struct pnr_basis *basis, glp_prob *problem);

#endif
