/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Integer multipliers and the Lagrangian bound they prove, exactly. */
#include "engine/multipliers.h"

#include <math.h>
#include <string.h>

/* Prices stay below 2^46 as long as a pair stands in a few rows; sums over rows are taken in 128 bits. */
#define MOST_MULTIPLIER 17592186044416.0 /* 2^44 */

bool pnr_multipliers_init(struct pnr_arena *arena, const struct pnr_program *program,
                          struct pnr_multipliers *multipliers) {
    *multipliers = (struct pnr_multipliers){
        .of_row = pnr_arena_alloc(arena, (size_t)program->rows.count, sizeof *multipliers->of_row),
        .weight_of_level =
            pnr_arena_alloc(arena, (size_t)program->level_count, sizeof *multipliers->weight_of_level),
    };
    return multipliers->of_row != NULL && multipliers->weight_of_level != NULL;
}

void pnr_multipliers_set(const struct pnr_program *program, const struct pnr_multipliers *from,
                         struct pnr_multipliers *to) {
    to->scale = from->scale;
    to->level = from->level;
    memcpy(to->of_row, from->of_row, (size_t)program->rows.count * sizeof *to->of_row);
    memcpy(to->weight_of_level, from->weight_of_level,
           (size_t)program->level_count * sizeof *to->weight_of_level);
    memcpy(to->of_total, from->of_total, sizeof to->of_total);
}

bool pnr_multipliers_copy(struct pnr_arena *arena, const struct pnr_program *program,
                          const struct pnr_multipliers *from, struct pnr_multipliers *to) {
    *to = *from;
    to->of_row = pnr_arena_memdup(arena, from->of_row, (size_t)program->rows.count, sizeof *to->of_row);
    to->weight_of_level = pnr_arena_memdup(arena, from->weight_of_level, (size_t)program->level_count,
                                           sizeof *to->weight_of_level);
    return to->of_row != NULL && to->weight_of_level != NULL;
}

int64_t pnr_multiplier_clamp(const struct pnr_row *row, double wish) {
    if ((wish > 0 && row->low <= -PNR_ROW_FREE) || (wish < 0 && row->high >= PNR_ROW_FREE) || isnan(wish)) {
        return 0;
    }
    double clamped = wish > MOST_MULTIPLIER    ? MOST_MULTIPLIER
                     : wish < -MOST_MULTIPLIER ? -MOST_MULTIPLIER
                                               : wish;
    return llround(clamped);
}

int64_t pnr_multipliers_price_pair(const struct pnr_program *program,
                                   const struct pnr_multipliers *multipliers, int32_t pair) {
    int64_t price = 0;
    for (int32_t e = program->entries_of_pair[pair]; e < program->entries_of_pair[pair + 1]; e++) {
        price -= multipliers->of_row[program->entries[e].row] * program->entries[e].coefficient;
    }
    return price;
}

pnr_wide pnr_multipliers_reduced_cost(const struct pnr_program *program, const struct pnr_totals *totals,
                                      const struct pnr_multipliers *multipliers, int32_t auxiliary) {
    const struct pnr_auxiliary *at = &program->auxiliaries.items[auxiliary];
    pnr_wide reduced = multipliers->level < 0 ? (pnr_wide)multipliers->scale * at->hard_cost : 0;
    for (int32_t l = 0; l <= multipliers->level; l++) {
        reduced += (pnr_wide)multipliers->weight_of_level[l] * pnr_program_cost(program, auxiliary, l);
    }
    for (int32_t e = 0; e < at->entry_count; e++) {
        reduced -= (pnr_wide)multipliers->of_row[at->rows[e]] * at->coefficients[e];
    }
    int32_t total = pnr_total_of(totals, auxiliary);
    return total < 0 ? reduced : reduced - multipliers->of_total[total];
}

/* What a row with these bounds is worth. */
static pnr_wide row_part(const struct pnr_row *row, pnr_wide multiplier) {
    return multiplier == 0 ? 0 : multiplier * (multiplier > 0 ? row->low : row->high);
}

pnr_wide pnr_multipliers_rows_part(const struct pnr_program *program, const struct pnr_totals *totals,
                                   const struct pnr_multipliers *multipliers, const int64_t *frozen) {
    pnr_wide total = 0;
    for (int32_t r = 0; r < program->rows.count; r++) {
        total += row_part(&program->rows.items[r], multipliers->of_row[r]);
    }
    for (int32_t t = 0; totals != NULL && t < totals->count; t++) {
        total += row_part(&totals->limits[t], multipliers->of_total[t]);
    }
    for (int32_t a = 0; a < program->auxiliaries.count; a++) {
        pnr_wide reduced = pnr_multipliers_reduced_cost(program, totals, multipliers, a);
        total += reduced < 0 ? reduced * pnr_program_high(program, a, multipliers->level) : 0;
    }
    total += multipliers->level < 0 ? (pnr_wide)multipliers->scale * program->hard_constant : 0;
    for (int32_t l = 0; l <= multipliers->level; l++) {
        total += (pnr_wide)multipliers->weight_of_level[l] * program->constant_of_level[l];
        total -= l < multipliers->level ? (pnr_wide)multipliers->weight_of_level[l] * frozen[l] : 0;
    }
    return total;
}

int64_t pnr_multipliers_bound(pnr_wide total, int64_t scale) {
    pnr_wide bound = total >= 0 ? (total + scale - 1) / scale : -(-total / scale);
    return bound > INT64_MAX ? INT64_MAX : bound < INT64_MIN ? INT64_MIN : (int64_t)bound;
}
