/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What proves a bound that was found by cases. */
#include "engine/cases.h"

#include <stdlib.h>

struct pnr_cases *pnr_cases_new(int32_t count, int64_t bound) {
    struct pnr_cases *cases = calloc(1, sizeof *cases);
    if (cases == NULL) {
        return NULL;
    }
    pnr_arena_init(&cases->arena);
    cases->items = pnr_arena_alloc(&cases->arena, (size_t)count, sizeof *cases->items);
    cases->count = count;
    cases->bound = bound;
    if (cases->items == NULL) {
        pnr_cases_free(cases);
        return NULL;
    }
    return cases;
}

void pnr_cases_free(struct pnr_cases *cases) {
    if (cases != NULL) {
        pnr_arena_fini(&cases->arena);
        free(cases);
    }
}
