/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What proves a bound that was found by cases: the cases, and the multipliers of each. */
#ifndef PNR_ENGINE_CASES_H
#define PNR_ENGINE_CASES_H

#include "engine/multipliers.h"

/* Why nothing below the bound is in a case. */
enum pnr_case_end {
    PNR_CASE_SPLIT,      /* two later cases decide some more pairs, each its own way */
    PNR_CASE_BOUND,      /* its multipliers prove the bound of schedules that it allows */
    PNR_CASE_IMPOSSIBLE, /* some member has no schedule that it allows */
    PNR_CASE_DECIDED     /* all pairs are decided, and the roster of these pairs is known to be no better */
};

/* Everything its parent decided, and one pair more, several of a member, a sum of them, or a total. */
struct pnr_case {
    int32_t parent; /* an earlier case; -1: the first case, which is the whole level */
    const int32_t *pairs;
    int32_t pair_count; /* decided here; 0: it is about a total, or the first case, which decides nothing */
    const int64_t *amounts; /* of the pairs, all of one member; NULL: each counts 1 */
    int32_t total;          /* of the cases' totals, -1 */
    int64_t least;          /* what the pairs that are taken add up to, or the total, is compared with */
    bool is_forced; /* it is this at least; otherwise less. Without amounts one pair must be taken, or none */
    enum pnr_case_end end;
    const struct pnr_multipliers *proof; /* never NULL in PNR_CASE_BOUND; may be that of a case above */
};

/*
 * A binary tree of cases, parents first. Its ends cover every roster; each proves `bound` or more by itself:
 * L of engine/multipliers.h, with the totals' limits, and with the members' minima over the schedules that
 * take what they must and nothing that they must not.
 */
struct pnr_cases {
    struct pnr_arena arena;
    struct pnr_totals totals; /* limits: none */
    struct pnr_case *items;
    int32_t count;
    int64_t bound;
};

/* NULL when memory is short; items are zeroed. */
struct pnr_cases *pnr_cases_new(int32_t count, int64_t bound);
void pnr_cases_free(struct pnr_cases *cases);

#endif
