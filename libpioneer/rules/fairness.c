/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Squares of what a member carries above its entitlement: what both fairness rules share. */
#include "rules/fairness.h"

bool pnr_fairness_open(struct pnr_clause_list *list, const struct pnr_clause *blank, int64_t entitled) {
    const struct pnr_scene *scene = blank->scene;
    struct pnr_clause clause = *blank;
    clause.windows = pnr_arena_alloc(scene->arena, 1, sizeof *clause.windows);
    if (clause.windows == NULL) {
        return false;
    }
    int64_t carried =
        scene->carried_excess[(clause.rule - scene->organisation->rules) * scene->carried_stride];
    clause.window_count = 1;
    clause.windows[0] = (struct pnr_window){.first_day = scene->first_day,
                                            .last_day = scene->judged_to,
                                            .square = true,
                                            .base = carried - entitled};
    return pnr_clause_add(list, &clause, NULL) != NULL;
}
