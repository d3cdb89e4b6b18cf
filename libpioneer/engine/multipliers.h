/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Integer multipliers and the Lagrangian bound they prove, exactly. */
#ifndef PNR_ENGINE_MULTIPLIERS_H
#define PNR_ENGINE_MULTIPLIERS_H

#include "engine/totals.h"

/* Sums of products of multipliers: wide enough for any program that fits into memory. */
__extension__ typedef __int128 pnr_wide;

/*
 * Multipliers on the rows of a program, on totals that a case limits and on the frozen levels, scaled by
 * `scale`: for any of them
 *
 *     L = Σ_rows (P > 0 ? P·low : P·high) + Σ_totals (T > 0 ? T·low : T·high)
 *         + Σ_auxiliaries min(0, (Σ_levels W·cost − Σ_rows P·coefficient − T of its total)·high)
 *         + Σ_members min over schedules (Σ_levels W·cost − Σ_pairs Σ_rows P·coefficient) + Σ_levels
 * W·constant − Σ_frozen W·value
 *
 * with W = scale on the level at hand, W = any number >= 0 on a frozen level, 0 elsewhere, is at most scale ×
 * (the value of every roster that respects the frozen values and the limits of the totals). All of it is
 * integer arithmetic, so L rounded up to the next multiple of `scale` is a bound without rounding errors. A
 * row or a total without a bound on one side must have a multiplier of the other sign;
 * pnr_multipliers_clamp() sees to that.
 */
struct pnr_multipliers {
    int64_t scale;
    int32_t level;            /* the level the bound is about */
    int64_t *of_row;          /* [row] */
    int64_t *weight_of_level; /* [level]: W */
    int64_t of_total[PNR_TOTALS];
};

/* Copies multipliers of the program, their arrays into the arena; false when memory is short. */
bool pnr_multipliers_copy(struct pnr_arena *arena, const struct pnr_program *program,
                          const struct pnr_multipliers *from, struct pnr_multipliers *to);

/* Zeros from the arena; false when memory is short. */
bool pnr_multipliers_init(struct pnr_arena *arena, const struct pnr_program *program,
                          struct pnr_multipliers *multipliers);

/* Gives `to`, of the same program, the numbers of `from`. */
void pnr_multipliers_set(const struct pnr_program *program, const struct pnr_multipliers *from,
                         struct pnr_multipliers *to);

/* The multiplier nearest to `wish` that the row's bounds allow, within ±2^44. */
int64_t pnr_multiplier_clamp(const struct pnr_row *row, double wish);

/* −Σ_rows P·coefficient of a pair: its price apart from the member's own costs. */
int64_t pnr_multipliers_price_pair(const struct pnr_program *program,
                                   const struct pnr_multipliers *multipliers, int32_t pair);

/* Σ_levels W·cost − Σ_rows P·coefficient − T of an auxiliary. `totals`, here and below: NULL: none is
 * limited.
 */
pnr_wide pnr_multipliers_reduced_cost(const struct pnr_program *program, const struct pnr_totals *totals,
                                      const struct pnr_multipliers *multipliers, int32_t auxiliary);

/* Everything of L but the members' minima. `frozen`: [level] values for levels before `level`. */
pnr_wide pnr_multipliers_rows_part(const struct pnr_program *program, const struct pnr_totals *totals,
                                   const struct pnr_multipliers *multipliers, const int64_t *frozen);

/* ⌈total / scale⌉ */
int64_t pnr_multipliers_bound(pnr_wide total, int64_t scale);

#endif
