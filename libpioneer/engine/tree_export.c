/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What proves the cases of a tree, and all of them for whoever wants to check them. */
#include "engine/tree_inside.h"

static const struct pnr_multipliers *copy_proof(struct pnr_arena *arena, const struct pnr_master *master,
                                                const struct pnr_multipliers *proof) {
    struct pnr_multipliers *copy = pnr_arena_alloc(arena, 1, sizeof *copy);
    return copy != NULL && pnr_multipliers_copy(arena, master->program, proof, copy) ? copy : NULL;
}

enum pioneer_status pnr_tree_keep_proof(struct pnr_tree *tree, struct pnr_node *node) {
    node->proof = copy_proof(&tree->arena, tree->master, &tree->master->best);
    return node->proof != NULL ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}

static bool export_pairs(const struct pnr_tree *tree, struct pnr_cases *cases, const struct pnr_node *node,
                         struct pnr_case *to) {
    struct pnr_alike decided = pnr_node_pairs(tree, node);
    to->least = 1;
    to->pair_count = decided.count;
    to->pairs = pnr_arena_memdup(&cases->arena, decided.pairs, (size_t)decided.count, sizeof *decided.pairs);
    return to->pairs != NULL;
}

static bool export_sum(const struct pnr_tree *tree, struct pnr_cases *cases, const struct pnr_node *node,
                       struct pnr_case *to) {
    const struct pnr_instance *instance = tree->master->instance;
    const struct pnr_sum *sum = &tree->sums.items[node->by.sum];
    int32_t first = instance->pairs_of_member[sum->member];
    to->least = node->by.least - sum->held;
    to->pair_count = instance->pairs_of_member[sum->member + 1] - first;
    size_t pairs = (size_t)to->pair_count;
    to->pairs = pnr_arena_memdup(&cases->arena, tree->numbers + first, pairs, sizeof *to->pairs);
    to->amounts = pnr_arena_memdup(&cases->arena, sum->amounts, pairs, sizeof *to->amounts);
    return to->pairs != NULL && to->amounts != NULL;
}

static bool export_decision(const struct pnr_tree *tree, struct pnr_cases *cases, const struct pnr_node *node,
                            struct pnr_case *to) {
    if (node->by.total >= 0) {
        to->total = node->by.total;
        to->least = node->by.least;
        return true;
    }
    return pnr_node_is_about_pairs(node) ? export_pairs(tree, cases, node, to)
                                         : export_sum(tree, cases, node, to);
}

/* Cases share what proves them with those below them, so a copy is made only where it differs. */
static bool export_case(const struct pnr_tree *tree, struct pnr_cases *cases, int32_t at) {
    const struct pnr_node *node = &tree->nodes.items[at];
    struct pnr_case *to = &cases->items[at];
    *to = (struct pnr_case){
        .parent = node->parent, .total = -1, .is_forced = node->is_forced, .end = node->end};
    if (node->parent >= 0 && !export_decision(tree, cases, node, to)) {
        return false;
    }
    bool is_inherited = node->parent >= 0 && node->proof == tree->nodes.items[node->parent].proof;
    to->proof = is_inherited          ? cases->items[node->parent].proof
                : node->proof != NULL ? copy_proof(&cases->arena, tree->master, node->proof)
                                      : NULL;
    return node->proof == NULL || to->proof != NULL;
}

static bool export_totals(const struct pnr_tree *tree, struct pnr_cases *cases) {
    size_t auxiliaries = (size_t)tree->master->program->auxiliaries.count;
    cases->totals = tree->totals;
    cases->totals.of_auxiliary =
        pnr_arena_memdup(&cases->arena, tree->totals.of_auxiliary, auxiliaries, sizeof(int32_t));
    pnr_totals_free_all(&cases->totals);
    return auxiliaries == 0 || cases->totals.of_auxiliary != NULL;
}

enum pioneer_status pnr_tree_export(struct pnr_tree *tree) {
    struct pnr_cases *cases = pnr_cases_new(tree->nodes.count, tree->run->bound);
    bool ok = cases != NULL && export_totals(tree, cases);
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
