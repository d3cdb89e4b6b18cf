/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers things in the order in which they are first seen. */
#ifndef PNR_ENGINE_INTERNER_H
#define PNR_ENGINE_INTERNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * Rows of `width` 64-bit numbers, each once. All zeros but for `width` >= 1 is a valid empty interner. Row i
 * starts at rows[i × width]. The first few rows are looked through one by one; from then on `slots` is an
 * open-addressing table of row numbers plus 1, at most half full.
 */
struct pnr_interner {
    int32_t width;
    int32_t count;
    size_t room; /**< of `rows`, in numbers */
    int64_t *rows;
    int32_t *slots; /**< zeros until `is_hashed` */
    uint32_t mask;
    bool is_hashed;
};

void pnr_interner_init(struct pnr_interner *interner, int32_t width);
void pnr_interner_fini(struct pnr_interner *interner);
/** Forgets the rows and keeps the room. */
void pnr_interner_clear(struct pnr_interner *interner);
/** The same, for rows of another width from now on. */
void pnr_interner_restart(struct pnr_interner *interner, int32_t width);
/** The number of a row, which is added if it is new; -1 when memory is short. */
int32_t pnr_interner_put(struct pnr_interner *interner, const int64_t *row);

/** Room for a row that may be given to pnr_interner_put next; NULL when memory is short. */
int64_t *pnr_interner_draft(struct pnr_interner *interner);

static inline const int64_t *pnr_interner_row(const struct pnr_interner *interner, int32_t at) {
    return &interner->rows[(size_t)at * (size_t)interner->width];
}

#endif
