/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of the LP of a case on either side of a split, as far as a few pivots tell: several sides at
 * once, each on a copy of the LP, so that threads share them and none of them leaves a trace. */
#include "engine/trials.h"

#include <float.h>
#include <string.h>

#include "base/threads.h"
#include "engine/grain.h"
#include "engine/tree_inside.h"

/* The columns that trials look at: those of the basis, and those that a roster better than the one at hand
 * may have. Any other costs the LP of the case more than is left to rise. */
static bool is_of_use(const struct pnr_master *master, int32_t column, double most) {
    int32_t at = pnr_master_lp_column(master, column);
    return pnr_lp_is_basic(master->lp, at) ||
           (!pnr_master_is_out(master, column) && pnr_lp_reduced_cost(master->lp, at) <= most);
}

bool pnr_trials_begin(struct pnr_trials *trials, const struct pnr_tree *tree) {
    const struct pnr_master *master = tree->master;
    int32_t columns = pnr_lp_column_count(master->lp);
    int32_t others = pnr_master_first_of_pool(master);
    double unit = pnr_master_unit_of(master, master->level);
    if (!pnr_array_reserve(&trials->is_in, columns + 1)) {
        return false;
    }
    trials->goal =
        ((double)pnr_tree_goal(tree) - (double)pnr_master_constant_of(master, master->level)) / unit;
    double most = trials->goal - pnr_lp_objective(master->lp);
    memset(trials->is_in.items, 1, (size_t)columns);
    for (int32_t i = 0; i < master->column_at.count; i++) {
        trials->is_in.items[others + i] = is_of_use(master, master->column_at.items[i], most);
    }
    trials->is_in.count = columns;
    trials->count = 0;
    return true;
}

bool pnr_trials_add(struct pnr_trials *trials, const struct pnr_master *master, enum pnr_entry entry) {
    struct pnr_side *side = &trials->sides[trials->count++];
    int32_t auxiliaries = master->program->auxiliaries.count;
    int32_t columns = master->column_at.count;
    *side = (struct pnr_side){
        .entry = entry, .value = -DBL_MAX, .is_out = side->is_out, .is_made = side->is_made};
    if (!pnr_array_reserve(&side->is_out, columns + 1) ||
        !pnr_array_reserve(&side->is_made, auxiliaries + 1)) {
        return false;
    }
    side->is_out.count = columns;
    side->is_made.count = auxiliaries;
    for (int32_t i = 0; i < columns; i++) {
        side->is_out.items[i] = pnr_master_is_out(master, master->column_at.items[i]);
    }
    memcpy(side->is_made.items, master->is_made, (size_t)auxiliaries);
    memcpy(side->limits, master->totals->limits, sizeof side->limits);
    return true;
}

/* ---- on copies ---- */

struct trying {
    const struct pnr_trials *trials;
    const struct pnr_master *master;
    const struct pnr_master_basis *basis;
    struct pnr_side *sides;
    int32_t threads, pivots;
    enum pioneer_status status[PNR_THREADS_MAX];
};

/* What the side opens and closes, holds and lets go. A column that came after it was entered is closed. */
static enum pnr_lp_result show_side(const struct trying *trying, const struct pnr_side *side,
                                    struct pnr_lp *copy) {
    const struct pnr_program *program = trying->master->program;
    const uint8_t *is_in = trying->trials->is_in.items;
    int32_t auxiliaries = program->auxiliaries.count;
    int32_t others = pnr_master_first_of_pool(trying->master);
    enum pnr_lp_result result = pnr_master_limit_totals(trying->master, copy, side->limits);
    for (int32_t a = 0; a < auxiliaries && result == PNR_LP_OPTIMAL; a++) {
        result = pnr_lp_set_column_bounds(copy, a, side->is_made.items[a] ? 1 : 0,
                                          (double)program->auxiliaries.items[a].high);
    }
    int32_t to = others;
    for (int32_t i = 0; i < trying->master->column_at.count && result == PNR_LP_OPTIMAL; i++) {
        bool is_out = i >= side->is_out.count || side->is_out.items[i];
        if (is_in[others + i]) {
            result = pnr_lp_set_column_bounds(copy, to++, 0, is_out ? 0 : PNR_LP_INFINITY);
        }
    }
    return result;
}

static enum pioneer_status try_side(const struct trying *trying, struct pnr_side *side, struct pnr_lp *copy,
                                    const uint8_t *standing) {
    enum pnr_lp_result result = show_side(trying, side, copy);
    if (result == PNR_LP_OPTIMAL) {
        result = pnr_lp_load_basis(copy, trying->basis->rows.count, trying->basis->rows.items, standing);
    }
    if (result != PNR_LP_OPTIMAL) {
        return pnr_master_status_of(result);
    }
    result = pnr_lp_dual_simplex(copy, trying->pivots, trying->trials->goal, &side->pivots);
    if (result == PNR_LP_OPTIMAL || result == PNR_LP_LIMIT) {
        side->value = pnr_lp_objective(copy);
    } else if (result == PNR_LP_INFEASIBLE) {
        side->value = DBL_MAX;
    }
    return pnr_master_status_of(result);
}

/* How the columns of a copy stand in the basis of the case. */
static void stand(const struct trying *trying, uint8_t *standing) {
    const struct pnr_master *master = trying->master;
    const struct pnr_master_basis *basis = trying->basis;
    int32_t others = basis->others.count;
    int32_t to = others;
    memcpy(standing, basis->others.items, (size_t)others);
    for (int32_t i = 0; i < master->column_at.count; i++) {
        if (trying->trials->is_in.items[others + i]) {
            standing[to++] = pnr_master_standing_of(basis, master->column_at.items[i]);
        }
    }
}

static enum pioneer_status try_sides(struct trying *trying, int thread, struct pnr_lp_session *session) {
    struct pnr_lp *copy;
    PNR_ARRAY(uint8_t) standing = {0};
    enum pnr_lp_result made = pnr_lp_copy(trying->master->lp, trying->trials->is_in.items, session, &copy);
    enum pioneer_status status = pnr_master_status_of(made);
    if (made == PNR_LP_OPTIMAL && !pnr_array_reserve(&standing, pnr_lp_column_count(copy) + 1)) {
        status = PIONEER_E_NO_MEMORY;
    }
    if (status == PIONEER_OK) {
        stand(trying, standing.items);
    }
    for (int32_t s = thread; s < trying->trials->count && status == PIONEER_OK; s += trying->threads) {
        if (trying->sides[s].entry == PNR_ENTERED) {
            status = try_side(trying, &trying->sides[s], copy, standing.items);
        }
    }
    pnr_array_fini(&standing);
    pnr_lp_free(copy);
    return status;
}

/* A thread of its own has a GLPK of its own. */
static void try_share(void *context, int thread) {
    struct trying *trying = context;
    struct pnr_lp_session session;
    enum pioneer_status status = pnr_lp_session_init(&session, trying->master->tools.budget);
    if (status == PIONEER_OK) {
        status = try_sides(trying, thread, &session);
        pnr_lp_session_fini(&session);
    }
    trying->status[thread] = status;
}

static enum pioneer_status try_all(struct trying *trying, struct pnr_lp_session *session) {
    if (trying->threads == 1) {
        return try_sides(trying, 0, session);
    }
    enum pioneer_status status = pnr_parallel(trying->threads, trying->threads, try_share, trying);
    for (int32_t t = 0; t < trying->threads && status == PIONEER_OK; t++) {
        status = trying->status[t];
    }
    return status;
}

/* Counts the work of what was tried, and turns values into costs. */
static void take_stock(struct pnr_trials *trials, const struct pnr_master *master) {
    double unit = pnr_master_unit_of(master, master->level);
    double constant = (double)pnr_master_constant_of(master, master->level);
    for (int32_t s = 0; s < trials->count; s++) {
        struct pnr_side *side = &trials->sides[s];
        pnr_budget_spend(master->tools.budget, side->pivots * pnr_master_work_of_pivot(master));
        if (side->value > -DBL_MAX && side->value < DBL_MAX) {
            side->value = side->value * unit + constant;
        }
    }
}

enum pioneer_status pnr_trials_run(struct pnr_trials *trials, struct pnr_master *master,
                                   const struct pnr_master_basis *basis, int32_t pivots) {
    int32_t columns = pnr_lp_column_count(master->lp);
    if (!pnr_array_reserve(&trials->is_in, columns + 1)) {
        return PIONEER_E_NO_MEMORY;
    }
    while (trials->is_in.count < columns) { /* members whom a side left without a column got one */
        trials->is_in.items[trials->is_in.count++] = 1;
    }
    int32_t threads = master->tools.thread_count;
    struct trying trying = {
        .trials = trials,
        .master = master,
        .basis = basis,
        .sides = trials->sides,
        .threads = threads < trials->count ? threads : trials->count,
        .pivots = pivots,
    };
    enum pioneer_status status = try_all(&trying, master->session);
    take_stock(trials, master);
    return status;
}

void pnr_trials_fini(struct pnr_trials *trials) {
    for (int32_t s = 0; s < PNR_SIDES; s++) {
        pnr_array_fini(&trials->sides[s].is_out);
        pnr_array_fini(&trials->sides[s].is_made);
    }
    pnr_array_fini(&trials->is_in);
}
