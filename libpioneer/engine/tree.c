/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Branch and price: what a level is worth at least, by cases. */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/course.h"
#include "engine/grain.h"
#include "engine/tree_inside.h"

/* Units that a node costs beside its LP and prices, which may be next to nothing where it is impossible; and
 * one for each so many nodes that are looked through for the next. */
#define WORK_OF_NODE 200
#define NODES_A_UNIT 16
/* A case that is worth more than the least by one in so many of what is left is not gone down from. Without
 * it campuses of 80 take a tenth longer to their proofs, Curtois 7 a tenth less. */
#define NEAR_IN 2
/* All dives of a tree may cost one in so many of what it has done; less from cases that are worth no more
 * than those that were dived from. */
#define DIVES_IN      3
#define SAME_DIVES_IN 6

/* An LP is worth no more than a bound within this share. */
#define RISE_TOLERANCE 1e-9
/* Bytes of bases that are kept for cases to come. */
#define MOST_KEPT 50000000

/* ---- one node ---- */

/* Where one of several must be taken and a later case says which, that is all that is asked. */
static void decide_pairs(struct pnr_tree *tree, const struct pnr_node *node) {
    struct pnr_alike decided = pnr_node_pairs(tree, node);
    struct pnr_alike alike = tree->alike[node->by.pair];
    for (int32_t i = 0; i < alike.count && node->is_forced; i++) {
        uint8_t one_of = i == 0 ? PNR_ONE_OF : PNR_ONE_OF_TOO;
        tree->forced[alike.pairs[i]] = node->by.is_alike ? one_of : PNR_NOT_FORCED;
    }
    if (node->is_forced && !node->by.is_alike) {
        tree->forced[node->by.pair] = PNR_FORCED;
    }
    for (int32_t i = 0; i < decided.count && !node->is_forced; i++) {
        tree->forbidden[decided.pairs[i]] = 1;
    }
}

static bool decide_sum(struct pnr_tree *tree, const struct pnr_node *node) {
    const struct pnr_sum *sum = &tree->sums.items[node->by.sum];
    struct pnr_sum_limit limit = {.sum = sum, .least = INT64_MIN, .most = INT64_MAX};
    if (node->is_forced) {
        limit.least = node->by.least;
    } else {
        limit.most = node->by.least - sum->grid;
    }
    return pnr_array_push(&tree->limits, limit);
}

static void decide_total(struct pnr_tree *tree, const struct pnr_node *node) {
    struct pnr_row *limit = &tree->totals.limits[node->by.total];
    if (node->is_forced) {
        limit->low = node->by.least > limit->low ? node->by.least : limit->low;
    } else {
        limit->high = node->by.least - 1 < limit->high ? node->by.least - 1 : limit->high;
    }
}

/* False when memory is short. */
static bool decide_amount(struct pnr_tree *tree, const struct pnr_node *node) {
    if (node->by.total >= 0) {
        decide_total(tree, node);
    }
    return node->by.sum < 0 || decide_sum(tree, node);
}

/* False when memory is short. */
static bool set_case(struct pnr_tree *tree, int32_t at) {
    size_t pairs = (size_t)tree->master->instance->pair_count;
    bool ok = true;
    memset(tree->forced, 0, pairs);
    memset(tree->forbidden, 0, pairs);
    pnr_array_clear(&tree->limits);
    pnr_totals_free_all(&tree->totals);
    for (int several = 1; several >= 0; several--) {
        for (int32_t i = at; tree->nodes.items[i].parent >= 0; i = tree->nodes.items[i].parent) {
            const struct pnr_node *node = &tree->nodes.items[i];
            if (pnr_node_is_about_pairs(node) && node->by.is_alike == (several == 1)) {
                decide_pairs(tree, node);
            }
        }
    }
    for (int32_t i = at; tree->nodes.items[i].parent >= 0 && ok; i = tree->nodes.items[i].parent) {
        ok = decide_amount(tree, &tree->nodes.items[i]);
    }
    tree->master->limits = tree->limits.items;
    tree->master->limit_count = tree->limits.count;
    return ok;
}

/* A member whose columns the case closes, all of them, gets one that it allows. */
static enum pioneer_status fill_member(struct pnr_master *master, int32_t member, enum pnr_entry *entry) {
    struct pnr_found found;
    enum pioneer_status status = pnr_master_fill_member(master, member, &found);
    *entry = found.any ? PNR_ENTERED : found.none ? PNR_IMPOSSIBLE : PNR_UNKNOWN;
    return status;
}

enum pioneer_status pnr_tree_enter(struct pnr_tree *tree, int32_t at, enum pnr_entry *entry) {
    struct pnr_master *master = tree->master;
    *entry = PNR_ENTERED;
    enum pioneer_status status = set_case(tree, at) ? pnr_master_open_columns(master) : PIONEER_E_NO_MEMORY;
    if (status == PIONEER_OK) {
        status = pnr_master_status_of(pnr_master_show_totals(master));
    }
    for (int32_t m = 0; m < master->instance->member_count && status == PIONEER_OK && *entry == PNR_ENTERED;
         m++) {
        if (master->tools.is_feasible[m]) {
            status = fill_member(master, m, entry);
        }
    }
    return status;
}

/* ---- solving a case ---- */

/* Whether the LP of the columns that are there is worth no more than the bound that the case has from its
 * parent: pricing would prove nothing, for more columns only lower it. */
static bool rises_not(const struct pnr_tree *tree, int32_t at, double value) {
    double bound = (double)tree->nodes.items[at].bound;
    return value > -DBL_MAX && value <= bound + RISE_TOLERANCE * (1 + fabs(bound));
}

/* Solves the node's LP; its bound only rises, to INT64_MAX when the case is impossible. */
static enum pioneer_status evaluate(struct pnr_tree *tree, int32_t at, int64_t work, bool *is_converged) {
    enum pnr_entry entry;
    enum pioneer_status status = pnr_tree_enter(tree, at, &entry);
    double value = -DBL_MAX;
    const struct pnr_master_basis *basis =
        at > 0 ? tree->nodes.items[tree->nodes.items[at].parent].basis : NULL;
    bool is_near = basis != NULL && pnr_master_may_load(tree->master, basis);
    if (status == PIONEER_OK && entry == PNR_ENTERED && is_near) {
        status = pnr_master_try_lp(tree->master, basis, PNR_MASTER_PIVOTS, &value);
    }
    struct pnr_convergence run = {
        .goal = pnr_tree_goal(tree),
        .work = work,
        .bound = tree->nodes.items[at].bound,
    };
    if (status == PIONEER_OK && entry == PNR_ENTERED && is_near && rises_not(tree, at, value)) {
        *is_converged = true;
        return PIONEER_OK;
    }
    if (status == PIONEER_OK && entry == PNR_ENTERED) {
        pnr_master_start_over(tree->master);
        status = pnr_master_run(tree->master, &run);
    }
    struct pnr_node *node = &tree->nodes.items[at];
    if (tree->run->wants_cases && run.bound > node->bound && status == PIONEER_OK) {
        status = pnr_tree_keep_proof(tree, node);
    }
    bool is_impossible = entry == PNR_IMPOSSIBLE || run.is_infeasible;
    node->bound = is_impossible ? INT64_MAX : run.bound;
    node->end = is_impossible ? PNR_CASE_IMPOSSIBLE : PNR_CASE_BOUND;
    *is_converged = run.is_converged;
    return status;
}

/* ---- branching ---- */

/* Any pair that is not decided, one that is taken if there is one: auxiliaries alone are divided. -1: none.
 */
static int32_t any_undecided(const struct pnr_tree *tree) {
    int32_t found = -1;
    for (int32_t p = 0; p < tree->master->instance->pair_count; p++) {
        if (tree->forced[p] == PNR_FORCED || tree->forbidden[p]) {
            continue;
        }
        if (tree->share[p] > 0.5) {
            return p;
        }
        found = found < 0 ? p : found;
    }
    return found;
}

static void offer_roster(struct pnr_tree *tree) {
    struct pnr_master *master = tree->master;
    for (int32_t c = 0; c < master->columns.count; c++) {
        if (pnr_master_value(master, c) > 0.5) {
            pnr_master_take_column(master, tree->run->out, c);
        }
    }
    int64_t value = tree->run->take(tree->run->context);
    tree->run->value = value < tree->run->value ? value : tree->run->value;
}

bool pnr_tree_add(struct pnr_tree *tree, int32_t parent, const struct pnr_split *split, bool is_forced) {
    struct pnr_node node = {
        .parent = parent,
        .by = *split,
        .is_forced = is_forced,
        .is_open = true,
        .bound = tree->nodes.items[parent].bound,
        .end = PNR_CASE_BOUND,
        .proof = tree->nodes.items[parent].proof,
    };
    return pnr_array_push(&tree->nodes, node);
}

/* Back to a case after trials, or after a dive: its columns and its LP. */
static enum pioneer_status come_back(struct pnr_tree *tree, int32_t at, bool *usable) {
    enum pnr_entry entry;
    double value;
    enum pioneer_status status = pnr_tree_enter(tree, at, &entry);
    if (status == PIONEER_OK) {
        status = pnr_master_try_lp(tree->master, tree->nodes.items[at].basis, PNR_MASTER_PIVOTS, &value);
    }
    return status == PIONEER_OK ? pnr_master_solve_lp(tree->master, usable) : status;
}

/* A case that is worth more than all that were dived from leads to other rosters; so may any other, but less
 * often. */
static bool is_worth_a_dive(const struct pnr_tree *tree, int32_t at) {
    int64_t used = tree->master->tools.budget->work_used - tree->began_at;
    int64_t cost = tree->latest_dive > 0 ? tree->latest_dive : tree->run->dive_work;
    bool is_new = tree->nodes.items[at].bound > tree->dived_bound;
    int64_t most =
        tree->dive_work == 0 && is_new ? tree->run->first_dive : used / (is_new ? DIVES_IN : SAME_DIVES_IN);
    return cost > 0 && tree->dive_work + cost <= most;
}

static enum pioneer_status dive(struct pnr_tree *tree, int32_t at) {
    struct pnr_budget *budget = tree->master->tools.budget;
    int64_t before = budget->work_used;
    bool usable;
    int64_t bound = tree->nodes.items[at].bound;
    tree->dived_bound = bound > tree->dived_bound ? bound : tree->dived_bound;
    enum pioneer_status status = come_back(tree, at, &usable);
    if (status == PIONEER_OK && usable) {
        struct pnr_dive_run run = {.work = tree->run->dive_work, .most = DBL_MAX, .out = tree->run->out};
        status = pnr_master_dive(tree->master, tree->run->search, &run);
        int64_t value = status == PIONEER_OK ? tree->run->take(tree->run->context) : tree->run->value;
        tree->run->value = value < tree->run->value ? value : tree->run->value;
    }
    tree->latest_dive = budget->work_used - before;
    tree->dive_work += tree->latest_dive;
    return status;
}

static void drop_basis(struct pnr_tree *tree, int32_t at) {
    struct pnr_node *node = &tree->nodes.items[at];
    if (node->basis != NULL) {
        tree->kept_bytes -= pnr_master_basis_size(node->basis);
        pnr_master_basis_fini(node->basis);
        free(node->basis);
        node->basis = NULL;
    }
}

/* Both sides begin from the basis of the LP that was just solved, whenever their turn comes; when bases take
 * too much room the one before is dropped. */
static enum pioneer_status keep_basis(struct pnr_tree *tree, int32_t at) {
    if (tree->kept_bytes > MOST_KEPT && tree->kept_at >= 0) {
        drop_basis(tree, tree->kept_at);
    }
    struct pnr_master_basis *basis = calloc(1, sizeof *basis);
    if (basis == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    enum pioneer_status status = pnr_master_keep_basis(tree->master, basis);
    tree->nodes.items[at].basis = basis;
    tree->kept_bytes += pnr_master_basis_size(basis);
    tree->kept_at = at;
    return status;
}

/* The case is closed, or split; its parent's basis is of use while one of its sides is open. */
static void close_case(struct pnr_tree *tree, int32_t at) {
    struct pnr_node *node = &tree->nodes.items[at];
    node->is_open = false;
    if (node->open_below == 0) {
        drop_basis(tree, at);
    }
    if (node->parent >= 0 && --tree->nodes.items[node->parent].open_below == 0) {
        drop_basis(tree, node->parent);
    }
}

static enum pioneer_status split(struct pnr_tree *tree, int32_t at) {
    struct pnr_split splits[PNR_SPLITS];
    bool usable; /* columns that came last are not in the values yet */
    enum pioneer_status status = pnr_master_solve_lp(tree->master, &usable);
    if (status == PIONEER_OK) {
        status = keep_basis(tree, at);
    }
    if (status != PIONEER_OK) {
        return status;
    }
    int32_t count = pnr_splits_find(tree, splits);
    if (count == 0) {
        offer_roster(tree);
        int32_t pair = any_undecided(tree);
        count = pair >= 0;
        splits[0] = (struct pnr_split){.pair = pair, .sum = -1, .total = -1};
    }
    if (tree->nodes.items[at].bound >= pnr_tree_goal(tree)) {
        return PIONEER_OK;
    }
    tree->nodes.items[at].end = count == 0 ? PNR_CASE_DECIDED : PNR_CASE_SPLIT;
    if (count == 0) {
        return PIONEER_OK; /* its only roster was offered */
    }
    struct pnr_split chosen;
    status = pnr_splits_choose(tree, at, splits, count, &chosen);
    if (status != PIONEER_OK) {
        return status;
    }
    if (!pnr_tree_add(tree, at, &chosen, false) || !pnr_tree_add(tree, at, &chosen, true)) {
        return PIONEER_E_NO_MEMORY;
    }
    tree->nodes.items[at].open_below = 2;
    return is_worth_a_dive(tree, at) ? dive(tree, at) : PIONEER_OK;
}

/* ---- the tree ---- */

/* The least bound of what is open; what is enough when nothing is. */
static int64_t least_bound(const struct pnr_tree *tree, int32_t *at) {
    int64_t least = pnr_tree_goal(tree);
    *at = -1;
    for (int32_t i = tree->nodes.count - 1; i >= 0; i--) {
        if (tree->nodes.items[i].is_open && tree->nodes.items[i].bound < least) {
            least = tree->nodes.items[i].bound;
            *at = i;
        }
    }
    return least;
}

/* Follows the newest child down, unless it is worth so much that rosters there are hardly better than the one
 * at hand; comes up again where the bound is least. */
static int32_t next_node(const struct pnr_tree *tree) {
    int32_t newest = tree->nodes.count - 1;
    int32_t at;
    int64_t goal = pnr_tree_goal(tree);
    int64_t least = least_bound(tree, &at);
    const struct pnr_node *node = &tree->nodes.items[newest];
    bool is_near = node->bound < goal && node->bound - least <= (goal - least) / NEAR_IN;
    return node->is_open && is_near ? newest : at;
}

static enum pioneer_status explore(struct pnr_tree *tree) {
    struct pnr_tree_run *run = tree->run;
    struct pnr_budget *budget = tree->master->tools.budget;
    int64_t end = budget->work_used + run->work;
    enum pioneer_status status = PIONEER_OK;
    bool go_on = true;
    while (status == PIONEER_OK && go_on && budget->work_used < end &&
           pnr_budget_stop(budget) == PNR_STOP_NONE) {
        int32_t at = next_node(tree);
        if (at < 0) {
            break;
        }
        bool is_converged;
        int64_t before = budget->work_used;
        status = evaluate(tree, at, end - budget->work_used, &is_converged);
        tree->node_work = budget->work_used - before + 1;
        bool is_cut = tree->nodes.items[at].bound >= pnr_tree_goal(tree);
        if (status != PIONEER_OK || (!is_cut && !is_converged)) {
            break; /* the node stays open, so that its bound counts */
        }
        run->nodes++;
        pnr_budget_spend(budget, WORK_OF_NODE + tree->nodes.count / NODES_A_UNIT);
        status = is_cut ? PIONEER_OK : split(tree, at);
        close_case(tree, at);
        int32_t least_at;
        int64_t least = least_bound(tree, &least_at);
        run->bound = least > run->bound ? least : run->bound;
        go_on = run->each(run->context, run->bound);
    }
    return status;
}

/* A case below so many splits counts for nothing. */
#define DEEPEST 60

static double progress_of(const struct pnr_tree *tree) {
    double goal = (double)pnr_tree_goal(tree);
    double root = (double)tree->first_bound;
    double all = 0;
    for (int32_t i = 0; i < tree->nodes.count && goal > root; i++) {
        const struct pnr_node *node = &tree->nodes.items[i];
        int depth = 0;
        for (int32_t up = node->parent; up >= 0 && depth < DEEPEST; up = tree->nodes.items[up].parent) {
            depth++;
        }
        bool is_leaf = node->is_open || node->end != PNR_CASE_SPLIT;
        all += is_leaf ? ldexp(fmin((double)node->bound - root, goal - root), -depth) : 0;
    }
    return goal > root ? all / (goal - root) : 1;
}

static void find_alike(struct pnr_tree *tree, const struct pnr_course *course) {
    for (int32_t c = 0; c < course->class_count; c++) {
        int32_t first = course->first_pairs[c];
        struct pnr_alike alike = {course->pairs + first, course->first_pairs[c + 1] - first};
        for (int32_t i = 0; i < alike.count; i++) {
            tree->alike[alike.pairs[i]] = alike;
        }
    }
}

/* Of stretches none is looked at: what is held adds to their sums. */
static bool find_sums(struct pnr_tree *tree) {
    const struct pnr_master *master = tree->master;
    bool are_stretches = master->tools.stretches != NULL;
    int32_t members = master->instance->member_count;
    tree->first_sum = pnr_arena_alloc(&tree->arena, (size_t)members + 1, sizeof *tree->first_sum);
    bool ok = tree->first_sum != NULL;
    for (int32_t m = 0; m < members && ok; m++) {
        struct pnr_sum *sums = NULL;
        int32_t count = 0;
        ok = are_stretches || !master->tools.is_feasible[m] ||
             pnr_sums_find(master->tools.pricer, master->instance, m, master->level, &tree->arena, &sums,
                           &count);
        for (int32_t i = 0; i < count && ok; i++) {
            ok = pnr_array_push(&tree->sums, sums[i]);
        }
        tree->first_sum[m + 1] = tree->sums.count;
    }
    size_t count = (size_t)tree->sums.count + 1;
    tree->mean = pnr_arena_alloc(&tree->arena, count, sizeof *tree->mean);
    tree->above = pnr_arena_alloc(&tree->arena, count, sizeof *tree->above);
    tree->half = pnr_arena_alloc(&tree->arena, count, sizeof *tree->half);
    tree->told_of_sum = pnr_arena_alloc(&tree->arena, count, sizeof *tree->told_of_sum);
    return ok && tree->told_of_sum != NULL && tree->mean != NULL && tree->above != NULL && tree->half != NULL;
}

/* A walk is no way to tell what their rows are worth. */
static bool find_totals(struct pnr_tree *tree) {
    const struct pnr_master *master = tree->master;
    bool ok = pnr_totals_find(master->program, &tree->arena, &tree->totals);
    tree->totals.count = pnr_master_is_wide(master) ? 0 : tree->totals.count;
    return ok;
}

static bool prepare(struct pnr_tree *tree) {
    const struct pnr_instance *instance = tree->master->instance;
    size_t pairs = (size_t)instance->pair_count + 1;
    tree->forced = pnr_arena_alloc(&tree->arena, pairs, 1);
    tree->forbidden = pnr_arena_alloc(&tree->arena, pairs, 1);
    tree->share = pnr_arena_alloc(&tree->arena, pairs, sizeof *tree->share);
    tree->share_of_alike = pnr_arena_alloc(&tree->arena, pairs, sizeof *tree->share_of_alike);
    tree->alike = pnr_arena_alloc(&tree->arena, pairs, sizeof *tree->alike);
    tree->told = pnr_arena_alloc(&tree->arena, pairs, sizeof *tree->told);
    tree->numbers = pnr_arena_alloc(&tree->arena, pairs, sizeof *tree->numbers);
    if (tree->forced == NULL || tree->forbidden == NULL || tree->share == NULL ||
        tree->share_of_alike == NULL || tree->told == NULL || tree->alike == NULL || tree->numbers == NULL) {
        return false;
    }
    for (int32_t p = 0; p < instance->pair_count; p++) {
        tree->numbers[p] = p;
        tree->alike[p] = (struct pnr_alike){&tree->numbers[p], 1};
    }
    for (int32_t m = 0; m < instance->member_count; m++) {
        find_alike(tree, pnr_pricer_course(tree->master->tools.pricer, m));
    }
    return find_sums(tree) && find_totals(tree);
}

/* The master as it was before the tree. */
static enum pioneer_status leave(struct pnr_tree *tree) {
    struct pnr_master *master = tree->master;
    master->forced = master->forbidden = NULL;
    master->limits = NULL;
    master->limit_count = 0;
    pnr_totals_free_all(&tree->totals);
    enum pnr_lp_result freed = pnr_master_limit_totals(master, master->lp, tree->totals.limits);
    master->totals = NULL;
    enum pioneer_status reopened = pnr_master_open_columns(master);
    return freed == PNR_LP_OPTIMAL ? reopened : pnr_master_status_of(freed);
}

/* A tree of one case, the whole level. */
static struct pnr_tree *tree_new(struct pnr_master *master, int64_t bound) {
    struct pnr_node root = {
        .parent = -1,
        .by = {.pair = -1, .sum = -1, .total = -1},
        .is_open = true,
        .bound = bound,
        .end = PNR_CASE_BOUND,
    };
    struct pnr_tree *tree = calloc(1, sizeof *tree);
    if (tree == NULL) {
        return NULL;
    }
    tree->master = master;
    tree->kept_at = -1;
    tree->first_bound = tree->dived_bound = bound;
    pnr_arena_init(&tree->arena);
    if (!prepare(tree) || !pnr_array_push(&tree->nodes, root)) {
        pnr_tree_free(tree);
        return NULL;
    }
    return tree;
}

void pnr_tree_free(struct pnr_tree *tree) {
    if (tree != NULL) {
        for (int32_t i = 0; i < tree->nodes.count; i++) {
            drop_basis(tree, i);
        }
        pnr_trials_fini(&tree->trials);
        pnr_array_fini(&tree->nodes);
        pnr_array_fini(&tree->limits);
        pnr_array_fini(&tree->sums);
        pnr_arena_fini(&tree->arena);
        free(tree);
    }
}

/* The tree of the level goes on where it was left: what was closed stays closed, for rosters only get better,
 * and what was proven stays proven. */
enum pioneer_status pnr_master_branch(struct pnr_master *master, struct pnr_tree_run *run) {
    if (master->tree == NULL) {
        master->tree = tree_new(master, run->bound);
    }
    struct pnr_tree *tree = master->tree;
    if (tree == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    int64_t before = run->bound;
    int64_t started_at = master->tools.budget->work_used;
    tree->run = run;
    tree->began_at = started_at - tree->work;
    master->forced = tree->forced;
    master->forbidden = tree->forbidden;
    master->totals = &tree->totals;
    enum pioneer_status status = explore(tree);
    enum pioneer_status reopened = leave(tree);
    status = status == PIONEER_OK ? reopened : status;
    run->progress = progress_of(tree);
    tree->work += master->tools.budget->work_used - started_at;
    if (run->wants_cases && run->bound > before && (status == PIONEER_OK || status == PIONEER_E_SOLVER)) {
        enum pioneer_status exported = pnr_tree_export(tree);
        status = exported == PIONEER_OK ? status : exported;
    }
    tree->run = NULL;
    return status;
}
