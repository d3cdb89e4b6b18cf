/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Branch and price: what a level is worth at least, by cases. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/master_inside.h"

/* A pair's share in the LP's solution counts as whole within this. */
#define WHOLE 1e-6
/* Units that a node costs beside its LP and prices, which may be next to nothing where it is impossible; and
 * one for each so many nodes that are looked through for the next. */
#define WORK_OF_NODE 200
#define NODES_A_UNIT 16

/* A case: everything its ancestors decided, and one pair more. */
struct node {
    int32_t parent; /* -1: the root */
    int32_t pair;   /* -1: the root */
    bool is_forced;
    bool is_open;
    int64_t bound;
    enum pnr_case_end end;               /* PNR_CASE_BOUND while it is open */
    const struct pnr_multipliers *proof; /* of the bound, or NULL; kept only if somebody asks for cases */
};

struct tree {
    struct pnr_master *master;
    struct pnr_tree_run *run;
    PNR_ARRAY(struct node) nodes;
    uint8_t *forced, *forbidden; /* [pair] */
    double *share;               /* [pair] */
    struct pnr_arena proofs;
};

/* ---- one node ---- */

static void set_case(struct tree *tree, int32_t at) {
    size_t pairs = (size_t)tree->master->instance->pair_count;
    memset(tree->forced, 0, pairs);
    memset(tree->forbidden, 0, pairs);
    for (; at >= 0 && tree->nodes.items[at].pair >= 0; at = tree->nodes.items[at].parent) {
        const struct node *node = &tree->nodes.items[at];
        (node->is_forced ? tree->forced : tree->forbidden)[node->pair] = 1;
    }
}

/* What is known of a case before its LP is solved. A pricer that gave up, for it met its limit of labels or
 * the deadline, has not shown that there is no schedule. */
enum entry { ENTERED, IMPOSSIBLE, UNKNOWN };

/* A member whose columns the case closes, all of them, gets one that it allows. */
static enum pioneer_status fill_member(struct pnr_master *master, int32_t member, enum entry *entry) {
    struct pnr_found found;
    enum pioneer_status status = pnr_master_fill_member(master, member, &found);
    *entry = found.any ? ENTERED : found.none ? IMPOSSIBLE : UNKNOWN;
    return status;
}

static enum pioneer_status enter(struct tree *tree, enum entry *entry) {
    struct pnr_master *master = tree->master;
    enum pioneer_status status = pnr_master_open_columns(master);
    *entry = ENTERED;
    for (int32_t m = 0; m < master->instance->member_count && status == PIONEER_OK && *entry == ENTERED;
         m++) {
        if (master->tools.is_feasible[m]) {
            status = fill_member(master, m, entry);
        }
    }
    return status;
}

/* ---- what proves a case ---- */

static const struct pnr_multipliers *copy_proof(struct pnr_arena *arena, const struct pnr_master *master,
                                                const struct pnr_multipliers *proof) {
    struct pnr_multipliers *copy = pnr_arena_alloc(arena, 1, sizeof *copy);
    return copy != NULL && pnr_multipliers_copy(arena, master->program, proof, copy) ? copy : NULL;
}

/* The node has just been solved: what raised its bound is what the master found best. */
static enum pioneer_status keep_proof(struct tree *tree, struct node *node) {
    node->proof = copy_proof(&tree->proofs, tree->master, &tree->master->best);
    return node->proof != NULL ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}

/* Cases share what proves them with those below them, so a copy is made only where it differs. */
static bool export_case(const struct tree *tree, struct pnr_cases *cases, int32_t at) {
    const struct node *node = &tree->nodes.items[at];
    struct pnr_case *to = &cases->items[at];
    *to = (struct pnr_case){
        .parent = node->parent, .pair = node->pair, .is_forced = node->is_forced, .end = node->end};
    bool is_inherited = node->parent >= 0 && node->proof == tree->nodes.items[node->parent].proof;
    to->proof = is_inherited          ? cases->items[node->parent].proof
                : node->proof != NULL ? copy_proof(&cases->arena, tree->master, node->proof)
                                      : NULL;
    return node->proof == NULL || to->proof != NULL;
}

static enum pioneer_status export_cases(struct tree *tree) {
    struct pnr_cases *cases = pnr_cases_new(tree->nodes.count, tree->run->bound);
    bool ok = cases != NULL;
    for (int32_t i = 0; i < tree->nodes.count && ok; i++) {
        ok = export_case(tree, cases, i);
    }
    if (!ok) {
        pnr_cases_free(cases);
        return PIONEER_E_NO_MEMORY;
    }
    tree->run->cases = cases;
    return PIONEER_OK;
}

/* ---- solving a case ---- */

/* Solves the node's LP; its bound only rises, to INT64_MAX when the case is impossible. */
static enum pioneer_status evaluate(struct tree *tree, int32_t at, int64_t work, bool *is_converged) {
    enum entry entry;
    set_case(tree, at);
    enum pioneer_status status = enter(tree, &entry);
    struct pnr_convergence run = {
        .goal = tree->run->value,
        .work = work,
        .bound = tree->nodes.items[at].bound,
    };
    if (status == PIONEER_OK && entry == ENTERED) {
        pnr_master_start_over(tree->master);
        status = pnr_master_run(tree->master, &run);
    }
    struct node *node = &tree->nodes.items[at];
    if (tree->run->wants_cases && run.bound > node->bound && status == PIONEER_OK) {
        status = keep_proof(tree, node);
    }
    bool is_impossible = entry == IMPOSSIBLE || run.is_infeasible;
    node->bound = is_impossible ? INT64_MAX : run.bound;
    node->end = is_impossible ? PNR_CASE_IMPOSSIBLE : PNR_CASE_BOUND;
    *is_converged = run.is_converged;
    return status;
}

/* ---- branching ---- */

static void find_shares(struct tree *tree) {
    const struct pnr_master *master = tree->master;
    memset(tree->share, 0, (size_t)master->instance->pair_count * sizeof *tree->share);
    for (int32_t c = 0; c < master->columns.count; c++) {
        const struct pnr_column *column = &master->columns.items[c];
        double value = pnr_master_value(master, c);
        for (int32_t i = 0; value > 0 && i < column->pair_count; i++) {
            tree->share[master->pair_pool.items[column->first_pair + i]] += value;
        }
    }
}

/* The pair whose share is nearest to a half, -1: all are whole. */
static int32_t most_divided(const struct tree *tree) {
    int32_t found = -1;
    double best = WHOLE;
    for (int32_t p = 0; p < tree->master->instance->pair_count; p++) {
        double divided = fmin(tree->share[p], 1 - tree->share[p]);
        if (divided > best) {
            best = divided;
            found = p;
        }
    }
    return found;
}

/* Any pair that is not decided, one that is taken if there is one: auxiliaries alone are divided. -1: none.
 */
static int32_t any_undecided(const struct tree *tree) {
    int32_t found = -1;
    for (int32_t p = 0; p < tree->master->instance->pair_count; p++) {
        if (tree->forced[p] || tree->forbidden[p]) {
            continue;
        }
        if (tree->share[p] > 0.5) {
            return p;
        }
        found = found < 0 ? p : found;
    }
    return found;
}

static void offer_roster(struct tree *tree) {
    struct pnr_master *master = tree->master;
    for (int32_t c = 0; c < master->columns.count; c++) {
        if (pnr_master_value(master, c) > 0.5) {
            pnr_master_take_column(master, tree->run->out, c);
        }
    }
    int64_t value = tree->run->take(tree->run->context);
    tree->run->value = value < tree->run->value ? value : tree->run->value;
}

static bool add_node(struct tree *tree, int32_t parent, int32_t pair, bool is_forced) {
    struct node node = {
        .parent = parent,
        .pair = pair,
        .is_forced = is_forced,
        .is_open = true,
        .bound = tree->nodes.items[parent].bound,
        .end = PNR_CASE_BOUND,
        .proof = tree->nodes.items[parent].proof,
    };
    return pnr_array_push(&tree->nodes, node);
}

static enum pioneer_status split(struct tree *tree, int32_t at) {
    find_shares(tree);
    int32_t pair = most_divided(tree);
    if (pair < 0) {
        offer_roster(tree);
        pair = any_undecided(tree);
    }
    if (tree->nodes.items[at].bound >= tree->run->value) {
        return PIONEER_OK;
    }
    tree->nodes.items[at].end = pair < 0 ? PNR_CASE_DECIDED : PNR_CASE_SPLIT;
    if (pair < 0) {
        return PIONEER_OK; /* its only roster was offered */
    }
    return add_node(tree, at, pair, false) && add_node(tree, at, pair, true) ? PIONEER_OK
                                                                             : PIONEER_E_NO_MEMORY;
}

/* ---- the tree ---- */

/* The least bound of what is open; the value when nothing is. */
static int64_t least_bound(const struct tree *tree, int32_t *at) {
    int64_t least = tree->run->value;
    *at = -1;
    for (int32_t i = tree->nodes.count - 1; i >= 0; i--) {
        if (tree->nodes.items[i].is_open && tree->nodes.items[i].bound < least) {
            least = tree->nodes.items[i].bound;
            *at = i;
        }
    }
    return least;
}

/* Follows the newest child down; comes up again where the bound is least. */
static int32_t next_node(const struct tree *tree) {
    int32_t newest = tree->nodes.count - 1;
    if (tree->nodes.items[newest].is_open && tree->nodes.items[newest].bound < tree->run->value) {
        return newest;
    }
    int32_t at;
    least_bound(tree, &at);
    return at;
}

static enum pioneer_status explore(struct tree *tree) {
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
        status = evaluate(tree, at, end - budget->work_used, &is_converged);
        bool is_cut = tree->nodes.items[at].bound >= run->value;
        if (status != PIONEER_OK || (!is_cut && !is_converged)) {
            break; /* the node stays open, so that its bound counts */
        }
        run->nodes++;
        pnr_budget_spend(budget, WORK_OF_NODE + tree->nodes.count / NODES_A_UNIT);
        status = is_cut ? PIONEER_OK : split(tree, at);
        tree->nodes.items[at].is_open = false;
        int32_t least_at;
        int64_t least = least_bound(tree, &least_at);
        run->bound = least > run->bound ? least : run->bound;
        go_on = run->each(run->context, run->bound);
    }
    return status;
}

enum pioneer_status pnr_master_branch(struct pnr_master *master, struct pnr_tree_run *run) {
    size_t pairs = (size_t)master->instance->pair_count + 1;
    struct tree tree = {
        .master = master,
        .run = run,
        .forced = calloc(pairs, 1),
        .forbidden = calloc(pairs, 1),
        .share = calloc(pairs, sizeof *tree.share),
    };
    struct node root = {
        .parent = -1, .pair = -1, .is_open = true, .bound = run->bound, .end = PNR_CASE_BOUND};
    int64_t before = run->bound;
    bool ok = tree.forced != NULL && tree.forbidden != NULL && tree.share != NULL &&
              pnr_array_push(&tree.nodes, root);
    enum pioneer_status status = PIONEER_E_NO_MEMORY;
    if (ok) {
        master->forced = tree.forced;
        master->forbidden = tree.forbidden;
        status = explore(&tree);
        master->forced = master->forbidden = NULL;
        enum pioneer_status reopened = pnr_master_open_columns(master);
        status = status == PIONEER_OK ? reopened : status;
    }
    if (run->wants_cases && run->bound > before && (status == PIONEER_OK || status == PIONEER_E_SOLVER)) {
        enum pioneer_status exported = export_cases(&tree);
        status = exported == PIONEER_OK ? status : exported;
    }
    pnr_arena_fini(&tree.proofs);
    pnr_array_fini(&tree.nodes);
    free(tree.forced);
    free(tree.forbidden);
    free(tree.share);
    return status;
}
