/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A part that falls apart, solved piece by piece. */
#ifndef PNR_ENGINE_PIECES_H
#define PNR_ENGINE_PIECES_H

#include "engine/part.h"

/*
 * Solves the pieces of a part (model/pieces.h) on the threads of the part, each on one, and adds up what
 * comes out; all have a first roster before any is improved. Work and time are shared by pairs, so that the
 * result does not depend on threads. *is_done false: the part is whole, and nothing was done. So are parts of
 * several levels: what one piece is above its bound at a level another could make use of at the next, and
 * bounds of pieces are none of the part then.
 *
 * The bound of the part has no proof of its own: each piece's is gone with it.
 */
enum pioneer_status pnr_pieces_solve(const struct pnr_instance *whole, const struct pnr_prefix *prefix,
                                     const struct pnr_part_options *options, struct pnr_part_result *out,
                                     bool *is_done);

#endif
