/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What exported multipliers and cases prove, by the formula of engine/multipliers.h and somebody
 * else's pricer. */
#ifndef TESTS_SUPPORT_PROOF_H
#define TESTS_SUPPORT_PROOF_H

#include "engine/cases.h"

/* What a proof asks of the members: multipliers, the price that they put on each pair, the pairs that must
 * not be taken ([pair] flags), and those that must: 1: it must, PROOF_GROUP or more: one of the pairs with
 * this number must, all of them the same member's. */
enum { PROOF_GROUP = 2 };
struct proof_question {
    const struct pnr_multipliers *multipliers;
    const pnr_wide *price_of_pair;
    const uint8_t *forced, *forbidden;
    const struct pnr_case *const *sums; /* and what its pairs that are taken must add up to, or must not */
    int32_t sum_count;
};

/* Whether taken pairs ([pair] flags; one member's are enough) are on the side of the sum that it is about. */
bool proof_keeps_sum(const struct pnr_case *sum, const uint8_t *is_taken);

/* Σ over members of the least Σ_levels W·cost + Σ price of their pairs; false: some member has no schedule.
 */
typedef bool proof_members_fn(void *context, const struct proof_question *question, pnr_wide *total);
/* The value of the roster of exactly these pairs ([pair] flags) at the level; INT64_MAX: it breaks a hard
 * rule or a frozen level. */
typedef int64_t proof_decided_fn(void *context, const uint8_t *pairs, int32_t level);

/* What is to be proven, and who is asked. */
struct proof_claim {
    const struct pnr_program *program;
    const int64_t *frozen; /* [level]: values of the levels before */
    int32_t level;
    proof_members_fn *members;
    proof_decided_fn *decided;
    void *context;
};

/* The value that no roster is below, as far as the proof goes; INT64_MAX: there is no roster at all. *fault:
 * NULL, or why it proves nothing. */
int64_t proof_bound(const struct proof_claim *claim, const struct pnr_multipliers *multipliers,
                    const char **fault);
int64_t proof_bound_of_cases(const struct proof_claim *claim, const struct pnr_cases *cases,
                             const char **fault);

#endif
