/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pricer with none of the engine's code: plain search over a member's schedules, by the judge's rules. */
#ifndef TESTS_SUPPORT_NAIVE_H
#define TESTS_SUPPORT_NAIVE_H

#include "check/division.h"
#include "proof.h"

/* A member that may take a duty of the part; indices into the world, and the member's position in the part.
 */
struct naive_pair {
    int32_t member, duty, position;
    int32_t number; /* of the pair in the questions; the caller's */
};

/*
 * One part of a staged campaign. `stand` has what earlier parts gave; what this part and later ones gave does
 * not matter. `division` is that of the stand, entitlements included. Both are borrowed, like the world.
 */
struct naive {
    const struct pnr_world *world;
    const struct pnr_division *division;
    const struct pnr_stand *stand;
    const struct pnr_check_part *part;
    struct naive_pair *pairs; /* by position, then duty */
    int32_t pair_count;
    int32_t *pairs_of_member; /* [position + 1] starts into pairs */
    int64_t steps;            /* schedules that were looked at so far */
};

/*
 * Fails the test when the campaign has rules that the search is not made for: it extends a schedule duty by
 * duty, in order of start, and takes for granted that what broke a hard rule stays broken.
 */
void naive_init(struct naive *naive, const struct pnr_world *world, const struct pnr_division *division,
                const struct pnr_stand *stand, int32_t part);
void naive_fini(struct naive *naive);

/* The least Σ weight × cost + Σ price of a legal schedule; false: there is none. Who breaks a hard rule with
 * nothing but earlier duties is left with these. */
bool naive_price(struct naive *naive, int32_t position, const struct proof_question *question,
                 pnr_wide *price);

/* What one set of at most 128 of the member's pairs is worth (flags, from its first pair on); false: it is
 * not legal. The search itself is held against this. */
bool naive_value(struct naive *naive, int32_t position, const struct proof_question *question,
                 const uint8_t *is_taken, pnr_wide *price);

#endif
