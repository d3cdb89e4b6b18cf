/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the master's fractions to whole rosters: diving with pricing, and the restricted master as an integer
 * program. */
#include <stdlib.h>
#include <string.h>

#include "engine/master_inside.h"

/* A schedule that the LP takes to this share is fixed at once. */
#define SURE 0.95
/* At least this share of the free members is fixed a step, the most decided first. */
#define STEP_PERCENT 4
/* Rounds of pricing after each step, by how many members are still free: late steps that are not converged
 * lose the most, and cost the least. */
#define EARLY_ROUNDS 8
#define LATE_ROUNDS  60
#define LATE_MEMBERS 12

void pnr_master_take_column(const struct pnr_master *master, struct pnr_solution *out, int32_t column) {
    const struct pnr_column *at = &master->columns.items[column];
    pnr_solution_set_member(out, at->member, master->pair_pool.items + at->first_pair, at->pair_count,
                            pnr_master_cost(master, column));
}

/* ---- diving
 * ------------------------------------------------------------------------------------------------------ */

struct candidate {
    int32_t member, column;
    double value;
};

struct dive {
    struct pnr_master *master;
    struct candidate *candidates; /* of the step at hand: one a free member */
    int32_t count;
};

static int compare_candidates(const void *left, const void *right) {
    const struct candidate *a = left;
    const struct candidate *b = right;
    if (a->value != b->value) {
        return a->value > b->value ? -1 : 1;
    }
    return (a->member > b->member) - (a->member < b->member);
}

/* The column with the largest value of every free member, most decided first. */
static void rank_members(struct dive *dive) {
    struct pnr_master *master = dive->master;
    dive->count = 0;
    for (int32_t m = 0; m < master->instance->member_count; m++) {
        if (!master->tools.is_feasible[m] || master->fixed_column[m] >= 0) {
            continue;
        }
        struct candidate best = {m, -1, -1};
        for (int32_t c = master->answers[m].newest_column - 1; c >= 0; c = master->columns.items[c].older) {
            double value = pnr_lp_value(master->lp, pnr_master_lp_column(master, c));
            if (value > best.value + 1e-9) {
                best.column = c;
                best.value = value;
            }
        }
        dive->candidates[dive->count++] = best;
    }
    qsort(dive->candidates, (size_t)dive->count, sizeof *dive->candidates, compare_candidates);
}

/* Holds the member at one column; the others are closed. */
static enum pnr_lp_result fix(struct dive *dive, const struct candidate *candidate) {
    struct pnr_master *master = dive->master;
    enum pnr_lp_result result = PNR_LP_OPTIMAL;
    for (int32_t c = master->answers[candidate->member].newest_column - 1; c >= 0 && result == PNR_LP_OPTIMAL;
         c = master->columns.items[c].older) {
        if (c != candidate->column && !master->is_closed.items[c]) {
            master->is_closed.items[c] = 1;
            result = pnr_lp_set_column_bounds(master->lp, pnr_master_lp_column(master, c), 0, 0);
        }
    }
    master->fixed_column[candidate->member] = candidate->column;
    return result;
}

static enum pnr_lp_result fix_step(struct dive *dive) {
    int32_t least = 1 + dive->count * STEP_PERCENT / 100;
    enum pnr_lp_result result = PNR_LP_OPTIMAL;
    for (int32_t i = 0; i < dive->count && result == PNR_LP_OPTIMAL; i++) {
        if (i >= least && dive->candidates[i].value < SURE) {
            break;
        }
        result = fix(dive, &dive->candidates[i]);
    }
    return result;
}

static bool go_on_always(void *context, int64_t bound) {
    (void)context;
    (void)bound;
    return true;
}

/* Prices again until the LP is solved, or nearly, or the rounds are used up. */
static enum pioneer_status settle(struct pnr_master *master, int32_t rounds, int64_t work) {
    struct pnr_convergence run = {
        .goal = INT64_MAX,
        .work = work,
        .most_rounds = rounds,
        .each = go_on_always,
        .bound = INT64_MIN,
    };
    enum pioneer_status status = pnr_master_run(master, &run);
    bool usable; /* columns that came last are not in the values yet */
    return status == PIONEER_OK ? pnr_master_solve_lp(master, &usable) : status;
}

static enum pioneer_status reopen(struct pnr_master *master) {
    memset(master->fixed_column, -1, (size_t)master->instance->member_count * sizeof *master->fixed_column);
    return pnr_master_open_columns(master);
}

static enum pioneer_status descend(struct dive *dive, int64_t work) {
    struct pnr_master *master = dive->master;
    int64_t end = master->tools.budget->work_used + work;
    bool usable = true;
    enum pioneer_status status = pnr_master_solve_lp(master, &usable);
    while (status == PIONEER_OK && usable) {
        rank_members(dive);
        if (dive->count == 0) {
            break;
        }
        if (fix_step(dive) != PNR_LP_OPTIMAL) {
            return PIONEER_E_SOLVER;
        }
        if (dive->count == 1) {
            break;
        }
        if (pnr_budget_stop(master->tools.budget) >= PNR_STOP_TIME) {
            break; /* the members left over are completed at marginal costs */
        }
        int64_t left = end - master->tools.budget->work_used;
        int rounds = dive->count <= LATE_MEMBERS ? LATE_ROUNDS : EARLY_ROUNDS;
        status = settle(master, rounds, left > 0 ? left : 0);
    }
    return status;
}

static enum pioneer_status collect(struct dive *dive, struct pnr_search *search, struct pnr_solution *out) {
    struct pnr_master *master = dive->master;
    uint8_t *is_idle = calloc((size_t)master->instance->member_count + 1, 1);
    if (is_idle == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    for (int32_t m = 0; m < master->instance->member_count; m++) {
        if (master->fixed_column[m] >= 0) {
            pnr_master_take_column(master, out, master->fixed_column[m]);
        } else {
            is_idle[m] = 1;
        }
    }
    enum pioneer_status status = pnr_search_complete(search, out, master->level, is_idle);
    free(is_idle);
    return status;
}

/* A dive from the LP as it stands; whoever is fixed already stays so. */
static enum pioneer_status dive_from(struct pnr_master *master, struct pnr_search *search, int64_t work,
                                     struct pnr_solution *out) {
    struct dive dive = {
        .master = master,
        .candidates = calloc((size_t)master->instance->member_count + 1, sizeof *dive.candidates),
    };
    enum pioneer_status status = dive.candidates != NULL ? PIONEER_OK : PIONEER_E_NO_MEMORY;
    if (status == PIONEER_OK) {
        status = descend(&dive, work);
    }
    if (status == PIONEER_OK) {
        status = collect(&dive, search, out);
    }
    free(dive.candidates);
    enum pioneer_status reopened = reopen(master);
    return reopened == PIONEER_E_NO_MEMORY ? reopened : status;
}

enum pioneer_status pnr_master_dive(struct pnr_master *master, struct pnr_search *search, int64_t work,
                                    struct pnr_solution *out) {
    return dive_from(master, search, work, out);
}

/* ---- a few members ---- */

/* Holds everybody else at the roster's schedule. */
static enum pioneer_status hold(struct pnr_master *master, const struct pnr_solution *roster,
                                const uint8_t *free_members) {
    int32_t *pairs = malloc(((size_t)master->instance->pair_count + 1) * sizeof *pairs);
    enum pioneer_status status = pairs != NULL ? PIONEER_OK : PIONEER_E_NO_MEMORY;
    for (int32_t m = 0; m < master->instance->member_count && status == PIONEER_OK; m++) {
        if (!master->tools.is_feasible[m] || free_members[m]) {
            continue;
        }
        int32_t count = pnr_solution_pairs_of(roster, m, pairs);
        const int64_t *cost = roster->cost_of_member + (size_t)m * (size_t)master->level_count;
        bool added;
        status = pnr_master_add_column(master, m, pairs, count, cost, &added);
        master->fixed_column[m] = pnr_master_find_column(master, m, pairs, count);
    }
    free(pairs);
    return status == PIONEER_OK ? pnr_master_open_columns(master) : status;
}

static enum pioneer_status renew(struct pnr_master *master, struct pnr_search *search,
                                 const struct pnr_solution *roster, int64_t work, struct pnr_solution *out,
                                 bool *found) {
    struct pnr_convergence run = {
        .goal = roster->value[master->level + 1],
        .work = work,
        .each = go_on_always,
        .bound = INT64_MIN,
    };
    pnr_master_forget_best(master);
    enum pioneer_status status = pnr_master_run(master, &run);
    if (status == PIONEER_OK && run.is_converged && run.bound < run.goal) {
        *found = true;
        return dive_from(master, search, work, out);
    }
    enum pioneer_status reopened = reopen(master);
    return status == PIONEER_OK ? reopened : status;
}

enum pioneer_status pnr_master_renew(struct pnr_master *master, struct pnr_search *search,
                                     const struct pnr_solution *roster, const uint8_t *free_members,
                                     int64_t work, struct pnr_solution *out, bool *found) {
    *found = false;
    enum pioneer_status status = hold(master, roster, free_members);
    if (status == PIONEER_OK) {
        return renew(master, search, roster, work, out, found);
    }
    enum pioneer_status reopened = reopen(master);
    return reopened == PIONEER_E_NO_MEMORY ? reopened : status;
}

/* ---- the integer program
 * ----------------------------------------------------------------------------------------- */

static void flag_integers(const struct pnr_master *master, uint8_t *is_integer) {
    for (int32_t a = 0; a < master->program->auxiliaries.count; a++) {
        is_integer[a] = master->program->auxiliaries.items[a].is_integer;
    }
    for (int32_t c = 0; c < master->columns.count; c++) {
        is_integer[pnr_master_lp_column(master, c)] = 1;
    }
}

enum pioneer_status pnr_master_integer(struct pnr_master *master, int32_t node_limit,
                                       struct pnr_solution *out, bool *found) {
    *found = false;
    size_t columns = (size_t)pnr_lp_column_count(master->lp);
    uint8_t *is_integer = calloc(columns + 1, 1);
    double *values = calloc(columns + 1, sizeof *values);
    enum pnr_lp_result result = PNR_LP_NO_MEMORY;
    if (is_integer != NULL && values != NULL) {
        flag_integers(master, is_integer);
        result = pnr_lp_integer(master->lp, is_integer, node_limit, values);
        pnr_budget_spend(master->tools.budget, (int64_t)node_limit * pnr_lp_row_count(master->lp));
    }
    if (result == PNR_LP_OPTIMAL || result == PNR_LP_LIMIT) {
        *found = true;
        for (int32_t c = 0; c < master->columns.count; c++) {
            if (values[pnr_master_lp_column(master, c)] > 0.5) {
                pnr_master_take_column(master, out, c);
            }
        }
    }
    free(is_integer);
    free(values);
    return result == PNR_LP_NO_MEMORY ? PIONEER_E_NO_MEMORY : PIONEER_OK;
}
