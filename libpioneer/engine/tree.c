/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Branch and price: what a level is worth at least, by cases. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/course.h"
#include "engine/grain.h"
#include "engine/master_inside.h"
#include "engine/price_math.h"

/* A pair's share in the LP's solution counts as whole within this. */
#define WHOLE 1e-6
/* So many ways to split a case are tried, those nearest to a half; after that no more than so many times the
 * work that its LP took. The first case is worth all of them. */
#define TRIED       10
#define TRIALS_COST 40
/* A side that hardly rises counts as this share of what is left to rise. */
#define HARDLY 1e-3
/* Units that a node costs beside its LP and prices, which may be next to nothing where it is impossible; and
 * one for each so many nodes that are looked through for the next. */
#define WORK_OF_NODE 200
#define NODES_A_UNIT 16

/* A case: everything its ancestors decided, and one pair more, or all that are alike. */
struct node {
    int32_t parent; /* -1: the root */
    int32_t pair;   /* -1: the root */
    bool is_alike;  /* about all pairs like this one: one of them is taken, or none is */
    bool is_forced;
    bool is_open;
    int64_t bound;
    enum pnr_case_end end;               /* PNR_CASE_BOUND while it is open */
    const struct pnr_multipliers *proof; /* of the bound, or NULL; kept only if somebody asks for cases */
};

/* Pairs that no rule about their member tells apart, ascending. */
struct alike {
    const int32_t *pairs;
    int32_t count;
};

struct tree {
    struct pnr_master *master;
    struct pnr_tree_run *run;
    PNR_ARRAY(struct node) nodes;
    uint8_t *forced, *forbidden; /* [pair] */
    double *share;               /* [pair]: of the LP's solution */
    double *share_of_alike;      /* [pair]: of all that are alike, where the first of them stands */
    struct alike *alike;         /* [pair] */
    int32_t *numbers;            /* [pair]: itself */
    int64_t node_work;           /* of the LP of the node at hand */
    struct pnr_arena arena;
};

/* A bound that is enough. */
static int64_t goal_of(const struct pnr_tree_run *run) {
    return pnr_grain_goal(run->grain, run->value);
}

/* ---- one node ---- */

/* What a node's decision is about. */
static struct alike pairs_of(const struct tree *tree, const struct node *node) {
    return node->is_alike ? tree->alike[node->pair] : (struct alike){&tree->numbers[node->pair], 1};
}

/* Where one of several must be taken and a later case says which, that is all that is asked. */
static void decide(struct tree *tree, const struct node *node) {
    struct alike decided = pairs_of(tree, node);
    struct alike alike = tree->alike[node->pair];
    for (int32_t i = 0; i < alike.count && node->is_forced; i++) {
        uint8_t one_of = i == 0 ? PNR_ONE_OF : PNR_ONE_OF_TOO;
        tree->forced[alike.pairs[i]] = node->is_alike ? one_of : PNR_NOT_FORCED;
    }
    if (node->is_forced && !node->is_alike) {
        tree->forced[node->pair] = PNR_FORCED;
    }
    for (int32_t i = 0; i < decided.count && !node->is_forced; i++) {
        tree->forbidden[decided.pairs[i]] = 1;
    }
}

static void set_case(struct tree *tree, int32_t at) {
    size_t pairs = (size_t)tree->master->instance->pair_count;
    memset(tree->forced, 0, pairs);
    memset(tree->forbidden, 0, pairs);
    for (int several = 1; several >= 0; several--) {
        for (int32_t i = at; tree->nodes.items[i].pair >= 0; i = tree->nodes.items[i].parent) {
            if (tree->nodes.items[i].is_alike == (several == 1)) {
                decide(tree, &tree->nodes.items[i]);
            }
        }
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
    node->proof = copy_proof(&tree->arena, tree->master, &tree->master->best);
    return node->proof != NULL ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}

/* Cases share what proves them with those below them, so a copy is made only where it differs. */
static bool export_case(const struct tree *tree, struct pnr_cases *cases, int32_t at) {
    const struct node *node = &tree->nodes.items[at];
    struct pnr_case *to = &cases->items[at];
    *to = (struct pnr_case){.parent = node->parent, .is_forced = node->is_forced, .end = node->end};
    if (node->pair >= 0) {
        struct alike decided = pairs_of(tree, node);
        to->pair_count = decided.count;
        to->pairs =
            pnr_arena_memdup(&cases->arena, decided.pairs, (size_t)decided.count, sizeof *decided.pairs);
        if (to->pairs == NULL) {
            return false;
        }
    }
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
        .goal = goal_of(tree->run),
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

/* A way to split a case, and how far from whole it is in the LP's solution. */
struct split {
    int32_t pair;
    bool is_alike;
    double divided;
};

/* The ways nearest to a half, nearest first; `shares`: of what. How many. */
static int32_t most_divided(const struct tree *tree, const double *shares, bool is_alike,
                            struct split *splits) {
    int32_t count = 0;
    for (int32_t p = 0; p < tree->master->instance->pair_count; p++) {
        double divided = fmin(shares[p], 1 - shares[p]);
        if (divided <= WHOLE || (count == TRIED && divided <= splits[count - 1].divided)) {
            continue;
        }
        int32_t at = count < TRIED ? count++ : count - 1;
        for (; at > 0 && splits[at - 1].divided < divided; at--) {
            splits[at] = splits[at - 1];
        }
        splits[at] = (struct split){p, is_alike && tree->alike[p].count > 1, divided};
    }
    return count;
}

/* By what is alike first: of duties alike each takes the other's place, and nothing is gained by splitting.
 */
static int32_t find_splits(struct tree *tree, struct split *splits) {
    int32_t pairs = tree->master->instance->pair_count;
    memset(tree->share_of_alike, 0, (size_t)pairs * sizeof *tree->share_of_alike);
    for (int32_t p = 0; p < pairs; p++) {
        tree->share_of_alike[tree->alike[p].pairs[0]] += tree->share[p];
    }
    int32_t count = most_divided(tree, tree->share_of_alike, true, splits);
    return count > 0 ? count : most_divided(tree, tree->share, false, splits);
}

/* Any pair that is not decided, one that is taken if there is one: auxiliaries alone are divided. -1: none.
 */
static int32_t any_undecided(const struct tree *tree) {
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

static bool add_node(struct tree *tree, int32_t parent, const struct split *split, bool is_forced) {
    struct node node = {
        .parent = parent,
        .pair = split->pair,
        .is_alike = split->is_alike,
        .is_forced = is_forced,
        .is_open = true,
        .bound = tree->nodes.items[parent].bound,
        .end = PNR_CASE_BOUND,
        .proof = tree->nodes.items[parent].proof,
    };
    return pnr_array_push(&tree->nodes, node);
}

/* How far the LP rises on one side of a split, by the columns that are there: no proof, but a good guess. */
static enum pioneer_status try_side(struct tree *tree, int32_t at, const struct split *split, bool is_forced,
                                    double *rise) {
    double before = (double)tree->nodes.items[at].bound;
    double most = (double)goal_of(tree->run) - before;
    int32_t count = tree->nodes.count;
    if (!add_node(tree, at, split, is_forced)) {
        return PIONEER_E_NO_MEMORY;
    }
    set_case(tree, count);
    tree->nodes.count = count;
    enum entry entry;
    bool usable = false;
    enum pioneer_status status = enter(tree, &entry);
    if (status == PIONEER_OK && entry == ENTERED) {
        status = pnr_master_solve_lp(tree->master, &usable);
    }
    *rise = entry == IMPOSSIBLE ? most : usable ? pnr_master_objective(tree->master) - before : 0;
    *rise = fmax(fmin(*rise, most), HARDLY * most);
    return status;
}

/* The split whose sides both rise most, their product; few are tried, and the best of those that were. */
static enum pioneer_status choose_split(struct tree *tree, int32_t at, const struct split *splits,
                                        int32_t count, struct split *chosen) {
    const struct pnr_budget *budget = tree->master->tools.budget;
    int64_t end = at == 0 ? INT64_MAX : budget->work_used + pnr_times(TRIALS_COST, tree->node_work);
    double best = -1;
    *chosen = splits[0];
    for (int32_t i = 0; i < count && count > 1 && (i == 0 || budget->work_used < end) &&
                        pnr_budget_stop(budget) == PNR_STOP_NONE;
         i++) {
        double without;
        double with;
        enum pioneer_status status = try_side(tree, at, &splits[i], false, &without);
        if (status == PIONEER_OK) {
            status = try_side(tree, at, &splits[i], true, &with);
        }
        if (status != PIONEER_OK) {
            return status;
        }
        if (without * with > best) {
            best = without * with;
            *chosen = splits[i];
        }
    }
    return PIONEER_OK;
}

static enum pioneer_status split(struct tree *tree, int32_t at) {
    struct split splits[TRIED];
    find_shares(tree);
    int32_t count = find_splits(tree, splits);
    if (count == 0) {
        offer_roster(tree);
        int32_t pair = any_undecided(tree);
        count = pair >= 0;
        splits[0] = (struct split){.pair = pair};
    }
    if (tree->nodes.items[at].bound >= goal_of(tree->run)) {
        return PIONEER_OK;
    }
    tree->nodes.items[at].end = count == 0 ? PNR_CASE_DECIDED : PNR_CASE_SPLIT;
    if (count == 0) {
        return PIONEER_OK; /* its only roster was offered */
    }
    struct split chosen;
    enum pioneer_status status = choose_split(tree, at, splits, count, &chosen);
    if (status != PIONEER_OK) {
        return status;
    }
    return add_node(tree, at, &chosen, false) && add_node(tree, at, &chosen, true) ? PIONEER_OK
                                                                                   : PIONEER_E_NO_MEMORY;
}

/* ---- the tree ---- */

/* The least bound of what is open; what is enough when nothing is. */
static int64_t least_bound(const struct tree *tree, int32_t *at) {
    int64_t least = goal_of(tree->run);
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
    if (tree->nodes.items[newest].is_open && tree->nodes.items[newest].bound < goal_of(tree->run)) {
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
        int64_t before = budget->work_used;
        status = evaluate(tree, at, end - budget->work_used, &is_converged);
        tree->node_work = budget->work_used - before + 1;
        bool is_cut = tree->nodes.items[at].bound >= goal_of(run);
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

static void find_alike(struct tree *tree, const struct pnr_course *course) {
    for (int32_t c = 0; c < course->class_count; c++) {
        int32_t first = course->first_pairs[c];
        struct alike alike = {course->pairs + first, course->first_pairs[c + 1] - first};
        for (int32_t i = 0; i < alike.count; i++) {
            tree->alike[alike.pairs[i]] = alike;
        }
    }
}

static bool prepare(struct tree *tree) {
    const struct pnr_instance *instance = tree->master->instance;
    size_t pairs = (size_t)instance->pair_count + 1;
    pnr_arena_init(&tree->arena);
    tree->forced = pnr_arena_alloc(&tree->arena, pairs, 1);
    tree->forbidden = pnr_arena_alloc(&tree->arena, pairs, 1);
    tree->share = pnr_arena_alloc(&tree->arena, pairs, sizeof *tree->share);
    tree->share_of_alike = pnr_arena_alloc(&tree->arena, pairs, sizeof *tree->share_of_alike);
    tree->alike = pnr_arena_alloc(&tree->arena, pairs, sizeof *tree->alike);
    tree->numbers = pnr_arena_alloc(&tree->arena, pairs, sizeof *tree->numbers);
    if (tree->forced == NULL || tree->forbidden == NULL || tree->share == NULL ||
        tree->share_of_alike == NULL || tree->alike == NULL || tree->numbers == NULL) {
        return false;
    }
    for (int32_t p = 0; p < instance->pair_count; p++) {
        tree->numbers[p] = p;
        tree->alike[p] = (struct alike){&tree->numbers[p], 1};
    }
    for (int32_t m = 0; m < instance->member_count; m++) {
        find_alike(tree, pnr_pricer_course(tree->master->tools.pricer, m));
    }
    return true;
}

enum pioneer_status pnr_master_branch(struct pnr_master *master, struct pnr_tree_run *run) {
    struct tree tree = {.master = master, .run = run};
    struct node root = {
        .parent = -1, .pair = -1, .is_open = true, .bound = run->bound, .end = PNR_CASE_BOUND};
    int64_t before = run->bound;
    enum pioneer_status status = PIONEER_E_NO_MEMORY;
    if (prepare(&tree) && pnr_array_push(&tree.nodes, root)) {
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
    pnr_array_fini(&tree.nodes);
    pnr_arena_fini(&tree.arena);
    return status;
}
