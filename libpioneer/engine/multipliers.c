/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Integer multipliers and the Lagrangian bound they prove, exactly. */
#include "engine/multipliers.h"

#include <math.h>

/* Prices stay below 2^46 as long as a pair stands in a few dozen rows. */
#define MOST_MULTIPLIER 1099511627776.0 /* 2^40 */

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

static int64_t reduced_cost(const struct pnr_program *program, const struct pnr_multipliers *multipliers,
                            int32_t auxiliary) {
    const struct pnr_auxiliary *at = &program->auxiliaries.items[auxiliary];
    const int64_t *cost = program->cost_of_auxiliary.items + (size_t)auxiliary * (size_t)program->level_count;
    int64_t reduced = 0;
    for (int32_t l = 0; l <= multipliers->level; l++) {
        reduced += multipliers->weight_of_level[l] * cost[l];
    }
    for (int32_t e = 0; e < at->entry_count; e++) {
        reduced -= multipliers->of_row[at->rows[e]] * at->coefficients[e];
    }
    return reduced;
}

int64_t pnr_multipliers_rows_part(const struct pnr_program *program,
                                  const struct pnr_multipliers *multipliers, const int64_t *frozen) {
    int64_t total = 0;
    for (int32_t r = 0; r < program->rows.count; r++) {
        int64_t multiplier = multipliers->of_row[r];
        total += multiplier == 0 ? 0
                                 : multiplier * (multiplier > 0 ? program->rows.items[r].low
                                                                : program->rows.items[r].high);
    }
    for (int32_t a = 0; a < program->auxiliaries.count; a++) {
        int64_t reduced = reduced_cost(program, multipliers, a);
        total += reduced < 0 ? reduced * program->auxiliaries.items[a].high : 0;
    }
    for (int32_t l = 0; l <= multipliers->level; l++) {
        total += multipliers->weight_of_level[l] * program->constant_of_level[l];
        total -= l < multipliers->level ? multipliers->weight_of_level[l] * frozen[l] : 0;
    }
    return total;
}

int64_t pnr_multipliers_bound(int64_t total, int64_t scale) {
    return total >= 0 ? (total + scale - 1) / scale : -(-total / scale);
}
