/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much of what costs alike there is in all. */
#include "engine/totals.h"

#include <string.h>

/* A slack of one row, whose value in a roster is whole, and no way beyond a hard rule. */
static bool is_counted(const struct pnr_program *program, int32_t auxiliary) {
    const struct pnr_auxiliary *at = &program->auxiliaries.items[auxiliary];
    bool costs = false;
    for (int32_t l = 0; l < program->level_count; l++) {
        costs = costs || pnr_program_cost(program, auxiliary, l) > 0;
    }
    return costs && at->hard_cost == 0 && !at->is_integer && at->entry_count == 1 &&
           (at->coefficients[0] == 1 || at->coefficients[0] == -1);
}

static bool cost_alike(const struct pnr_program *program, int32_t a, int32_t b) {
    size_t levels = (size_t)program->level_count;
    const int64_t *costs = program->cost_of_auxiliary.items;
    return memcmp(costs + (size_t)a * levels, costs + (size_t)b * levels, levels * sizeof *costs) == 0;
}

/* The total of the auxiliary among those that there are; as many as there are: a new one. */
static int32_t find_total(const struct pnr_program *program, const struct pnr_totals *totals,
                          int32_t auxiliary) {
    int32_t total = 0;
    while (total < totals->count && !cost_alike(program, totals->first[total], auxiliary)) {
        total++;
    }
    return total;
}

bool pnr_totals_find(const struct pnr_program *program, struct pnr_arena *arena, struct pnr_totals *out) {
    size_t auxiliaries = (size_t)program->auxiliaries.count;
    *out = (struct pnr_totals){.of_auxiliary =
                                   pnr_arena_alloc(arena, auxiliaries + 1, sizeof *out->of_auxiliary)};
    if (out->of_auxiliary == NULL) {
        return false;
    }
    for (int32_t a = 0; a < program->auxiliaries.count; a++) {
        out->of_auxiliary[a] = -1;
        int32_t total = is_counted(program, a) ? find_total(program, out, a) : PNR_TOTALS;
        if (total == out->count && total < PNR_TOTALS) {
            out->first[out->count++] = a;
        }
        out->of_auxiliary[a] = total < out->count ? total : -1;
    }
    pnr_totals_free_all(out);
    return true;
}

void pnr_totals_free_all(struct pnr_totals *totals) {
    for (int32_t t = 0; t < totals->count; t++) {
        totals->limits[t] = (struct pnr_row){-PNR_ROW_FREE, PNR_ROW_FREE};
    }
}
