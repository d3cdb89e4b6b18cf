/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts that fall apart: nobody in one piece may take a duty of another. */
#ifndef PNR_MODEL_PIECES_H
#define PNR_MODEL_PIECES_H

#include "model/instance.h"

/* What belongs together. Borrowed from the arena that was given. */
struct pnr_pieces {
    int32_t count;      /* 1: the part is whole */
    int32_t *of_member; /* [member of the part]: its piece */
    int32_t *of_duty;   /* [duty of the part] */
};

/*
 * Finds the pieces of a part: whoever may take, or is pinned to, a duty belongs with everybody else who may,
 * and pieces of fewer than `least_members` go together in the order of members until they are as many. Rules
 * that look at more than one duty at a time over several members hold a part together. Values of a part are
 * then sums over its pieces, and so is a bound. PIONEER_E_NO_MEMORY otherwise.
 */
enum pioneer_status pnr_pieces_find(const struct pnr_instance *whole, int32_t least_members,
                                    struct pnr_arena *arena, struct pnr_pieces *out);

/* One piece as a part of its own, and where it stands in the whole. */
struct pnr_piece {
    struct pnr_instance *instance;
    int32_t *whole_member; /* [member] → member of the whole, ascending */
    int32_t *whole_pair;   /* [pair] → pair of the whole, ascending */
};

/* Cuts piece `index` out; it borrows the organisation alone. Release with pnr_piece_fini(), also after a
 * failure. */
enum pioneer_status pnr_piece_cut(const struct pnr_instance *whole, const struct pnr_pieces *pieces,
                                  int32_t index, struct pnr_piece *out);
void pnr_piece_fini(struct pnr_piece *piece);

#endif
