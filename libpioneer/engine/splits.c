/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a case is split: by what the LP's solution divides, and by what makes both sides rise. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "engine/grain.h"
#include "engine/price_math.h"
#include "engine/tree_inside.h"

/* A share in the LP's solution counts as whole within this. */
#define WHOLE 1e-6
/* So many ways by totals are tried, by pairs and by sums, those nearest to a half; after that no more than so
 * many times the work that the case's LP took. The first case is worth all of them. */
#define PAIRS_TRIED  10
#define SUMS_TRIED   10
#define TOTALS_TRIED (PNR_SPLITS - PAIRS_TRIED - SUMS_TRIED)
#define TRIALS_COST  40
/* After the first case so few, those that were worth most before: what a split is worth hardly changes from
 * case to case. With all of them 24 solves of campuses of 80 took a quarter longer, trees of Curtois a tenth
 * less. */
#define TRIED_LATER 4
/* A trial is so many pivots: what a side rises by is mostly seen by then. */
#define PIVOTS 30
/* A side that hardly rises counts as this share of what is left to rise. */
#define HARDLY 1e-3
/* Both sides do. */
#define NOTHING (1.01 * HARDLY * HARDLY)
/* So many trials in a row of which nothing rises end them. */
#define TRIED_IN_VAIN 6
/* Both sides rise all the way: none is better. */
#define BEST 0.999
/* So many ways are tried at once, whatever the threads: what is tried is part of the result. */
#define AT_ONCE (PNR_SIDES / 2)

/* ---- what is divided ---- */

/* Shares of pairs, and the means of sums. */
static void find_shares(struct pnr_tree *tree) {
    const struct pnr_master *master = tree->master;
    memset(tree->share, 0, (size_t)master->instance->pair_count * sizeof *tree->share);
    memset(tree->mean, 0, (size_t)tree->sums.count * sizeof *tree->mean);
    for (int32_t c = 0; c < master->columns.count; c++) {
        const struct pnr_column *column = &master->columns.items[c];
        const int32_t *pairs = master->pair_pool.items + column->first_pair;
        double value = pnr_master_value(master, c);
        for (int32_t i = 0; value > 0 && i < column->pair_count; i++) {
            tree->share[pairs[i]] += value;
        }
        for (int32_t s = tree->first_sum[column->member];
             value > 0 && s < tree->first_sum[column->member + 1]; s++) {
            tree->mean[s] += value * (double)pnr_sum_of_pairs(master->instance, &tree->sums.items[s], pairs,
                                                              column->pair_count);
        }
    }
}

/* How much of each sum is at its split or above, which is the next that it can be after its mean. */
static void find_halves(struct pnr_tree *tree) {
    const struct pnr_master *master = tree->master;
    for (int32_t s = 0; s < tree->sums.count; s++) {
        const struct pnr_sum *sum = &tree->sums.items[s];
        double steps = floor((tree->mean[s] - (double)sum->held) / (double)sum->grid);
        tree->half[s] = sum->held + sum->grid * ((int64_t)steps + 1);
        tree->above[s] = 0;
    }
    for (int32_t c = 0; c < master->columns.count; c++) {
        const struct pnr_column *column = &master->columns.items[c];
        double value = pnr_master_value(master, c);
        for (int32_t s = tree->first_sum[column->member];
             value > 0 && s < tree->first_sum[column->member + 1]; s++) {
            int64_t sum = pnr_sum_of_pairs(master->instance, &tree->sums.items[s],
                                           master->pair_pool.items + column->first_pair, column->pair_count);
            tree->above[s] += sum >= tree->half[s] ? value : 0;
        }
    }
}

/* Puts a split in its place among `count`, nearest to a half first, of which `most` are kept. */
static int32_t insert(struct pnr_split *splits, int32_t count, int32_t most, struct pnr_split split) {
    if (split.divided <= WHOLE || (count == most && split.divided <= splits[count - 1].divided)) {
        return count;
    }
    int32_t at = count < most ? count++ : count - 1;
    for (; at > 0 && splits[at - 1].divided < split.divided; at--) {
        splits[at] = splits[at - 1];
    }
    splits[at] = split;
    return count;
}

/* `shares`: of what. */
static int32_t divided_pairs(const struct pnr_tree *tree, const double *shares, bool is_alike,
                             struct pnr_split *splits) {
    int32_t count = 0;
    for (int32_t p = 0; p < tree->master->instance->pair_count; p++) {
        struct pnr_split split = {.pair = p,
                                  .is_alike = is_alike && tree->alike[p].count > 1,
                                  .sum = -1,
                                  .total = -1,
                                  .divided = fmin(shares[p], 1 - shares[p])};
        count = insert(splits, count, PAIRS_TRIED, split);
    }
    return count;
}

static int32_t divided_sums(const struct pnr_tree *tree, struct pnr_split *splits) {
    int32_t count = 0;
    for (int32_t s = 0; s < tree->sums.count; s++) {
        struct pnr_split split = {.pair = -1,
                                  .sum = s,
                                  .total = -1,
                                  .least = tree->half[s],
                                  .divided = fmin(tree->above[s], 1 - tree->above[s])};
        count = insert(splits, count, SUMS_TRIED, split);
    }
    return count;
}

/* Whether the total costs anything at the level at hand, or is held to what it cost before. */
static bool counts(const struct pnr_master *master, int32_t auxiliary) {
    bool any = false;
    for (int32_t l = 0; l <= master->level; l++) {
        any = any || pnr_program_cost(master->program, auxiliary, l) > 0;
    }
    return any;
}

static int32_t divided_totals(const struct pnr_tree *tree, struct pnr_split *splits) {
    const struct pnr_master *master = tree->master;
    double values[PNR_TOTALS] = {0};
    int32_t count = 0;
    for (int32_t a = 0; a < master->program->auxiliaries.count; a++) {
        int32_t total = tree->totals.of_auxiliary[a];
        if (total >= 0) {
            values[total] += pnr_lp_value(master->lp, a);
        }
    }
    for (int32_t t = 0; t < tree->totals.count; t++) {
        double below = floor(values[t]);
        struct pnr_split split = {.pair = -1,
                                  .sum = -1,
                                  .total = t,
                                  .least = (int64_t)below + 1,
                                  .divided = fmin(values[t] - below, below + 1 - values[t])};
        if (counts(master, tree->totals.first[t])) {
            count = insert(splits, count, TOTALS_TRIED, split);
        }
    }
    return count;
}

/* By what is alike first: of duties alike each takes the other's place, and nothing is gained by splitting.
 */
int32_t pnr_splits_find(struct pnr_tree *tree, struct pnr_split *splits) {
    int32_t pairs = tree->master->instance->pair_count;
    find_shares(tree);
    find_halves(tree);
    memset(tree->share_of_alike, 0, (size_t)pairs * sizeof *tree->share_of_alike);
    for (int32_t p = 0; p < pairs; p++) {
        tree->share_of_alike[tree->alike[p].pairs[0]] += tree->share[p];
    }
    int32_t count = divided_totals(tree, splits);
    count += divided_sums(tree, splits + count);
    count += divided_pairs(tree, tree->share_of_alike, true, splits + count);
    return count > 0 ? count : divided_pairs(tree, tree->share, false, splits);
}

/* ---- trials ---- */

/* How far the LP rises to this value, of what is left to rise. */
static double rise_to(const struct pnr_tree *tree, int32_t at, const struct pnr_side *side) {
    double before = (double)tree->nodes.items[at].bound;
    double most = (double)pnr_tree_goal(tree) - before;
    double rise = side->entry == PNR_IMPOSSIBLE ? 1 : (side->value - before) / most;
    return fmax(fmin(rise, 1), HARDLY);
}

/* Sees what one side of a split leaves to the LP. An LP that is solved nearly, or is narrow, is solved at
 * once. */
static enum pioneer_status add_side(struct pnr_tree *tree, int32_t at, const struct pnr_split *split,
                                    bool is_forced) {
    struct pnr_trials *trials = &tree->trials;
    int32_t count = tree->nodes.count;
    enum pnr_entry entry;
    if (!pnr_tree_add(tree, at, split, is_forced)) {
        return PIONEER_E_NO_MEMORY;
    }
    enum pioneer_status status = pnr_tree_enter(tree, count, &entry);
    tree->nodes.count = count;
    if (status == PIONEER_OK && !pnr_trials_add(trials, tree->master, entry)) {
        return PIONEER_E_NO_MEMORY;
    }
    const struct pnr_master_basis *basis = tree->nodes.items[at].basis;
    if (status == PIONEER_OK && !basis->is_kept && entry == PNR_ENTERED) {
        status = pnr_master_try_lp(tree->master, basis, PIVOTS, &trials->sides[trials->count - 1].value);
    }
    return status;
}

/* Tries both sides of so many splits: how far the LP rises by the columns that are there is no proof, but a
 * good guess. `rises` gets the product of both rises, in shares of what is left to rise. */
static enum pioneer_status try_splits(struct pnr_tree *tree, int32_t at, const struct pnr_split *splits,
                                      int32_t count, double *rises) {
    enum pioneer_status status = PIONEER_OK;
    tree->trials.count = 0;
    for (int32_t i = 0; i < 2 * count && status == PIONEER_OK; i++) {
        status = add_side(tree, at, &splits[i / 2], i % 2 == 1);
    }
    const struct pnr_master_basis *basis = tree->nodes.items[at].basis;
    if (status == PIONEER_OK && basis->is_kept) {
        status = pnr_trials_run(&tree->trials, tree->master, basis, PIVOTS);
    }
    for (int32_t i = 0; i < count && status == PIONEER_OK; i++) {
        const struct pnr_side *sides = &tree->trials.sides[2 * i];
        rises[i] = rise_to(tree, at, &sides[0]) * rise_to(tree, at, &sides[1]);
    }
    return status;
}

/* What the latest trial of the same pair, sum or total was worth, wherever in the tree that was; 0: there was
 * none. */
static double *told_of(struct pnr_tree *tree, const struct pnr_split *split) {
    if (split->total >= 0) {
        return &tree->told_of_total[split->total];
    }
    return split->sum >= 0 ? &tree->told_of_sum[split->sum] : &tree->told[split->pair];
}

/* What was worth most before comes first, then what was not tried yet, then what was worth nothing. */
static double rank_of(struct pnr_tree *tree, const struct pnr_split *split) {
    double told = *told_of(tree, split);
    return told > 0 ? told : 2 * NOTHING;
}

static void sort_by_trials(struct pnr_tree *tree, struct pnr_split *splits, int32_t count) {
    for (int32_t i = 1; i < count; i++) {
        struct pnr_split moving = splits[i];
        double rank = rank_of(tree, &moving);
        int32_t at = i;
        for (; at > 0 && rank_of(tree, &splits[at - 1]) < rank; at--) {
            splits[at] = splits[at - 1];
        }
        splits[at] = moving;
    }
}

enum pioneer_status pnr_splits_choose(struct pnr_tree *tree, int32_t at, struct pnr_split *splits,
                                      int32_t count, struct pnr_split *chosen) {
    const struct pnr_budget *budget = tree->master->tools.budget;
    bool is_first = at == 0;
    int64_t end = is_first ? INT64_MAX : budget->work_used + pnr_times(TRIALS_COST, tree->node_work);
    int32_t most = is_first || count < TRIED_LATER ? count : TRIED_LATER;
    double best = 0;
    int32_t in_vain = 0;
    enum pioneer_status status = PIONEER_OK;
    sort_by_trials(tree, splits, count);
    *chosen = splits[0];
    if (tree->nodes.items[at].basis->is_kept && !pnr_trials_begin(&tree->trials, tree)) {
        return PIONEER_E_NO_MEMORY;
    }
    for (int32_t i = 0; i < most && count > 1 && in_vain < TRIED_IN_VAIN && best < BEST &&
                        (i == 0 || budget->work_used < end) && pnr_budget_stop(budget) == PNR_STOP_NONE;
         i += AT_ONCE) {
        double rises[AT_ONCE];
        int32_t now = most - i < AT_ONCE ? most - i : AT_ONCE;
        status = try_splits(tree, at, splits + i, now, rises);
        if (status != PIONEER_OK) {
            return status;
        }
        for (int32_t j = 0; j < now; j++) {
            in_vain = best > NOTHING || rises[j] > NOTHING ? 0 : in_vain + 1;
            *chosen = rises[j] > best ? splits[i + j] : *chosen;
            best = fmax(best, rises[j]);
            *told_of(tree, &splits[i + j]) = rises[j];
        }
    }
    return status;
}
