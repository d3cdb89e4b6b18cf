/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tree of cases from inside: its nodes, and how they are split. */
#ifndef PNR_ENGINE_TREE_INSIDE_H
#define PNR_ENGINE_TREE_INSIDE_H

#include "engine/grain.h"
#include "engine/trials.h"

/* Pairs that no rule about their member tells apart, ascending. */
struct pnr_alike {
    const int32_t *pairs;
    int32_t count;
};

/* A way to split a case: by a pair, by all that are alike, by a sum, or by a total. */
struct pnr_split {
    int32_t pair;   /* the first of those that it is about; -1: it is about a sum, or about nothing */
    bool is_alike;  /* about all pairs like this one: one of them is taken, or none is */
    int32_t sum;    /* of the tree's, -1 */
    int32_t total;  /* of the tree's, -1 */
    int64_t least;  /* the sum or the total is this at least, or less */
    double divided; /* how far from whole the LP's solution is in it */
};

/* A case: everything its ancestors decided, and one side of a split more. */
struct pnr_node {
    int32_t parent; /* -1: the root, whose `by` is about nothing */
    struct pnr_split by;
    bool is_forced;
    bool is_open;
    int64_t bound;
    enum pnr_case_end end;               /* PNR_CASE_BOUND while it is open */
    const struct pnr_multipliers *proof; /* of the bound, or NULL; kept only if somebody asks for cases */
    struct pnr_master_basis *basis; /* of its LP, for those below it that are open; NULL: it was not kept */
    int32_t open_below;             /* of the two */
};

struct pnr_tree {
    struct pnr_master *master;
    struct pnr_tree_run *run;
    PNR_ARRAY(struct pnr_node) nodes;
    uint8_t *forced, *forbidden; /* [pair] */
    PNR_ARRAY(struct pnr_sum_limit) limits;
    double *share;                  /* [pair]: of the LP's solution */
    double *share_of_alike;         /* [pair]: of all that are alike, where the first of them stands */
    struct pnr_alike *alike;        /* [pair] */
    int32_t *numbers;               /* [pair]: itself */
    PNR_ARRAY(struct pnr_sum) sums; /* by member */
    int32_t *first_sum;             /* [member + 1] */
    double *mean, *above;           /* [sum]: of the LP's solution; its share at the split or above */
    int64_t *half;                  /* [sum]: where it would be split */
    struct pnr_totals totals;       /* with the limits of the case at hand */
    double *told, *told_of_sum;     /* [pair], [sum]: what the latest trial said, 0: there was none */
    double told_of_total[PNR_TOTALS];
    int64_t node_work; /* of the LP of the node at hand */
    struct pnr_trials trials;
    int32_t kept_at;                /* the latest node whose basis was kept, -1: none */
    int64_t kept_bytes;             /* of all bases */
    int64_t work;                   /* that it has cost, up to the run at hand */
    int64_t began_at;               /* the work used when it began, what others had since left out */
    int64_t dive_work, latest_dive; /* of all dives, of the latest */
    int64_t first_bound;            /* of the level, when the tree began */
    int64_t dived_bound;            /* the largest of a case that was dived from, or of the tree's first */
    struct pnr_arena arena;
};

/* What a node's decision is about, if it is about pairs. */
static inline struct pnr_alike pnr_node_pairs(const struct pnr_tree *tree, const struct pnr_node *node) {
    return node->by.is_alike ? tree->alike[node->by.pair]
                             : (struct pnr_alike){&tree->numbers[node->by.pair], 1};
}

/* Whether it is about pairs. */
static inline bool pnr_node_is_about_pairs(const struct pnr_node *node) {
    return node->by.pair >= 0;
}

/* NULL is fine. */
void pnr_tree_free(struct pnr_tree *tree);

/* A bound that is enough. */
static inline int64_t pnr_tree_goal(const struct pnr_tree *tree) {
    return pnr_grain_goal(tree->run->grain, tree->run->value);
}

/* Lets the master see a case: which columns it allows, and a column for everybody who has one. */
enum pioneer_status pnr_tree_enter(struct pnr_tree *tree, int32_t at, enum pnr_entry *entry);
/* The node has just been solved: what raised its bound is what the master found best. */
enum pioneer_status pnr_tree_keep_proof(struct pnr_tree *tree, struct pnr_node *node);
/* All cases, into the run's. */
enum pioneer_status pnr_tree_export(struct pnr_tree *tree);
/* Adds one side of a split; false when memory is short. */
bool pnr_tree_add(struct pnr_tree *tree, int32_t parent, const struct pnr_split *split, bool is_forced);

/* So many ways to split a case are looked at, at most: by totals, by sums and by pairs. */
#define PNR_SPLITS 24
/* The ways to split the case whose LP has just been solved, those nearest to a half; 0: all pairs and sums
 * are whole. */
int32_t pnr_splits_find(struct pnr_tree *tree, struct pnr_split *splits);
/* Of these the one whose sides both rise most, as far as a few pivots tell. */
enum pioneer_status pnr_splits_choose(struct pnr_tree *tree, int32_t at, struct pnr_split *splits,
                                      int32_t count, struct pnr_split *chosen);

#endif
