/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slacks of single rows: their best shares are known once everything else in the row is. */
#include "lp/slacks.h"

#include <math.h>
#include <stdlib.h>

static int compare_slacks(const void *left, const void *right) {
    const struct pnr_slack *a = left;
    const struct pnr_slack *b = right;
    if (a->row != b->row) {
        return (a->row > b->row) - (a->row < b->row);
    }
    if (a->cost != b->cost) {
        return (a->cost > b->cost) - (a->cost < b->cost);
    }
    return (a->column > b->column) - (a->column < b->column);
}

void pnr_slacks_sort(struct pnr_slack *slacks, int32_t count) {
    qsort(slacks, (size_t)count, sizeof *slacks, compare_slacks);
}

double pnr_slack_fill(const struct pnr_saddle_program *program, const struct pnr_slack *slack,
                      double activity, double room) {
    double bound = slack->coefficient > 0 ? program->low[slack->row] : program->high[slack->row];
    return fmin(fmax((bound - activity) / slack->coefficient, 0), room);
}
