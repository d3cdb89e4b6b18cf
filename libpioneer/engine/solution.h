/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole roster of one part while it is worked on, with its exact value by level at every moment. */
#ifndef PNR_ENGINE_SOLUTION_H
#define PNR_ENGINE_SOLUTION_H

#include "engine/pricer.h"
#include "rules/coupling.h"

/*
 * Values are vectors of `value_count` entries: entry 0 counts what hard rules over several members and the
 * maxima of duties are broken by (0 in a legal roster), entry l + 1 is the organisation's level l. Vectors
 * compare lexicographically: a smaller one is a better roster.
 */
struct pnr_solution {
    const struct pnr_instance *instance;
    const struct pnr_couplings *couplings;
    int32_t value_count;
    uint8_t *is_chosen;        /* [pair] */
    int64_t *counts;           /* of the couplings */
    int32_t *heads;            /* [duty], pins included */
    int32_t *pairs_taken;      /* [member] */
    int64_t *cost_of_member;   /* [member × level_count + level] */
    int64_t *value;            /* [value_count] */
    const uint8_t *must_serve; /* [member]: being idle breaks a hard rule; counted in entry 0. Borrowed */
    void *memory;              /* one block that holds all arrays */
};

/* Everybody idle but for pins. `idle_cost`: [member × level_count], what an idle schedule costs.
 * `must_serve`: see above. */
enum pioneer_status pnr_solution_init(struct pnr_solution *solution, const struct pnr_couplings *couplings,
                                      const int64_t *idle_cost, const uint8_t *must_serve);
/* A copy with memory of its own. */
enum pioneer_status pnr_solution_clone(struct pnr_solution *to, const struct pnr_solution *from);
void pnr_solution_fini(struct pnr_solution *solution);
/* Both belong to the same couplings. */
void pnr_solution_copy(struct pnr_solution *to, const struct pnr_solution *from);

/* Replaces a member's schedule. `pairs` ascending; `cost_by_level` as the pricer says. */
void pnr_solution_set_member(struct pnr_solution *solution, int32_t member, const int32_t *pairs,
                             int32_t pair_count, const int64_t *cost_by_level);
/* The same for the pairs from `first` to `end` (exclusive) alone; the others stay. */
void pnr_solution_set_range(struct pnr_solution *solution, int32_t member, struct pnr_pair_range range,
                            const int32_t *pairs, int32_t pair_count, const int64_t *cost_by_level);
/* The member's chosen pairs, into `pairs` (room for all its pairs); returns how many. */
int32_t pnr_solution_pairs_of(const struct pnr_solution *solution, int32_t member, int32_t *pairs);

/* What adding the pair would change in the couplings' costs, weighted: Σ weight_of_value × change, clamped to
 * ±2^45. */
int64_t pnr_solution_price_pair(const struct pnr_solution *solution, int32_t pair,
                                const int64_t *weight_of_value);
/* What it would change, weighted likewise, if `in` were taken and `out`, which is, were not: both of one
 * duty. */
int64_t pnr_solution_price_exchange(struct pnr_solution *solution, int32_t out, int32_t in,
                                    const int64_t *weight_of_value);
/* Whether the duty has room for one more. */
bool pnr_solution_has_room(const struct pnr_solution *solution, int32_t duty);

/* Whether any member's schedule costs anything at the level (of the organisation). */
bool pnr_solution_charges_members(const struct pnr_solution *solution, int32_t level);

/* −1, 0, 1 by the first `entries` entries. */
int pnr_value_compare(const int64_t *a, const int64_t *b, int32_t entries);

#endif
