/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole roster of one part while it is worked on, with its exact value by level at every moment. */
#include "engine/solution.h"

#include <stdlib.h>
#include <string.h>

#include "engine/price_math.h"

static size_t level_count(const struct pnr_solution *solution) {
    return (size_t)solution->value_count - 1;
}

static size_t bytes_of(const struct pnr_solution *solution) {
    const struct pnr_instance *instance = solution->instance;
    return ((size_t)solution->couplings->base_counts.count +
            (size_t)instance->member_count * level_count(solution) + (size_t)solution->value_count) *
               sizeof(int64_t) +
           ((size_t)instance->duty_count + (size_t)instance->member_count) * sizeof(int32_t) +
           (size_t)instance->pair_count;
}

/* One block, widest items first, so that a copy is one memcpy. */
static bool carve(struct pnr_solution *solution) {
    const struct pnr_instance *instance = solution->instance;
    solution->memory = calloc(1, bytes_of(solution) + 1);
    if (solution->memory == NULL) {
        return false;
    }
    solution->counts = solution->memory;
    solution->cost_of_member = solution->counts + solution->couplings->base_counts.count;
    solution->value = solution->cost_of_member + (size_t)instance->member_count * level_count(solution);
    solution->heads = (int32_t *)(solution->value + solution->value_count);
    solution->pairs_taken = solution->heads + instance->duty_count;
    solution->is_chosen = (uint8_t *)(solution->pairs_taken + instance->member_count);
    return true;
}

enum pioneer_status pnr_solution_init(struct pnr_solution *solution, const struct pnr_couplings *couplings,
                                      const int64_t *idle_cost, const uint8_t *must_serve) {
    const struct pnr_instance *instance = couplings->instance;
    *solution = (struct pnr_solution){
        .instance = instance,
        .couplings = couplings,
        .value_count = instance->organisation->level_count + 1,
        .must_serve = must_serve,
    };
    if (!carve(solution)) {
        return PIONEER_E_NO_MEMORY;
    }
    size_t levels = level_count(solution);
    for (int32_t i = 0; i < couplings->base_counts.count; i++) {
        solution->counts[i] = couplings->base_counts.items[i];
    }
    for (int32_t d = 0; d < instance->duty_count; d++) {
        solution->heads[d] = instance->pinned_heads[d];
    }
    for (int32_t c = 0; c < couplings->items.count; c++) {
        const struct pnr_coupling *coupling = &couplings->items.items[c];
        solution->value[coupling->level + 1] +=
            coupling->weight * pnr_coupling_amount(coupling, solution->counts);
    }
    for (int32_t m = 0; m < instance->member_count; m++) {
        solution->value[0] += must_serve[m];
    }
    for (size_t i = 0; i < (size_t)instance->member_count * levels; i++) {
        solution->cost_of_member[i] = idle_cost[i];
        solution->value[1 + i % levels] += idle_cost[i];
    }
    return PIONEER_OK;
}

enum pioneer_status pnr_solution_clone(struct pnr_solution *to, const struct pnr_solution *from) {
    struct pnr_solution clone = *from;
    if (!carve(&clone)) {
        return PIONEER_E_NO_MEMORY;
    }
    pnr_solution_copy(&clone, from);
    *to = clone;
    return PIONEER_OK;
}

void pnr_solution_fini(struct pnr_solution *solution) {
    free(solution->memory);
    solution->memory = NULL;
}

void pnr_solution_copy(struct pnr_solution *to, const struct pnr_solution *from) {
    memcpy(to->memory, from->memory, bytes_of(from));
}

bool pnr_solution_has_room(const struct pnr_solution *solution, int32_t duty) {
    return solution->heads[duty] < solution->instance->most_heads[duty];
}

/* Entries of one coupling stand next to each other: they change its amount together. Returns the end of the
 * group at `from`. */
static int32_t end_of_group(const struct pnr_couplings *couplings, int32_t from, int32_t end) {
    int32_t to = from + 1;
    while (to < end && couplings->entries[to].coupling == couplings->entries[from].coupling) {
        to++;
    }
    return to;
}

static void shift_group(int64_t *counts, const struct pnr_couplings *couplings, int32_t from, int32_t to,
                        int64_t sign) {
    for (int32_t e = from; e < to; e++) {
        counts[couplings->entries[e].count] += sign * couplings->entries[e].step;
    }
}

/* Heads of a duty beyond its maximum; pins beyond it are nobody's doing. A roster that was put together from
 * fractions may have some, and is then no better than one that breaks a hard rule. */
static int64_t beyond_max(const struct pnr_solution *solution, int32_t duty) {
    int32_t max = pnr_instance_duty(solution->instance, duty)->max;
    int32_t pinned = solution->instance->pinned_heads[duty];
    int32_t room = max > pinned ? max : pinned;
    return solution->heads[duty] > room ? solution->heads[duty] - room : 0;
}

static void shift_pair(struct pnr_solution *solution, int32_t pair, int64_t sign) {
    const struct pnr_couplings *couplings = solution->couplings;
    int32_t recipe = couplings->recipe_of_pair[pair];
    int32_t end = couplings->entries_of_recipe[recipe + 1];
    for (int32_t from = couplings->entries_of_recipe[recipe]; from < end;) {
        const struct pnr_coupling *coupling = &couplings->items.items[couplings->entries[from].coupling];
        int32_t to = end_of_group(couplings, from, end);
        int64_t before = pnr_coupling_amount(coupling, solution->counts);
        shift_group(solution->counts, couplings, from, to, sign);
        solution->value[coupling->level + 1] +=
            coupling->weight * (pnr_coupling_amount(coupling, solution->counts) - before);
        from = to;
    }
    int32_t duty = solution->instance->duty_of_pair[pair];
    solution->value[0] -= beyond_max(solution, duty);
    solution->heads[duty] += (int32_t)sign;
    solution->value[0] += beyond_max(solution, duty);
    solution->is_chosen[pair] = sign > 0;
}

void pnr_solution_set_range(struct pnr_solution *solution, int32_t member, struct pnr_pair_range range,
                            const int32_t *pairs, int32_t pair_count, const int64_t *cost_by_level) {
    int32_t next = 0;
    int32_t taken = solution->pairs_taken[member];
    for (int32_t p = range.first; p < range.last; p++) {
        int32_t wanted = next < pair_count && pairs[next] == p;
        int32_t had = solution->is_chosen[p] != 0;
        next += wanted;
        if (wanted != had) {
            shift_pair(solution, p, wanted - had);
            taken += wanted - had;
        }
    }
    solution->value[0] +=
        solution->must_serve[member] * ((taken == 0) - (solution->pairs_taken[member] == 0));
    solution->pairs_taken[member] = taken;
    size_t levels = level_count(solution);
    int64_t *cost = solution->cost_of_member + (size_t)member * levels;
    for (size_t l = 0; l < levels; l++) {
        solution->value[l + 1] += cost_by_level[l] - cost[l];
        cost[l] = cost_by_level[l];
    }
}

void pnr_solution_set_member(struct pnr_solution *solution, int32_t member, const int32_t *pairs,
                             int32_t pair_count, const int64_t *cost_by_level) {
    const int32_t *of_member = solution->instance->pairs_of_member;
    struct pnr_pair_range all = {of_member[member], of_member[member + 1]};
    pnr_solution_set_range(solution, member, all, pairs, pair_count, cost_by_level);
}

int32_t pnr_solution_pairs_of(const struct pnr_solution *solution, int32_t member, int32_t *pairs) {
    const struct pnr_instance *instance = solution->instance;
    int32_t count = 0;
    for (int32_t p = instance->pairs_of_member[member]; p < instance->pairs_of_member[member + 1]; p++) {
        if (solution->is_chosen[p]) {
            pairs[count++] = p;
        }
    }
    return count;
}

int64_t pnr_solution_price_pair(const struct pnr_solution *solution, int32_t pair,
                                const int64_t *weight_of_value) {
    const struct pnr_couplings *couplings = solution->couplings;
    int64_t price = 0;
    int32_t recipe = couplings->recipe_of_pair[pair];
    int32_t end = couplings->entries_of_recipe[recipe + 1];
    for (int32_t from = couplings->entries_of_recipe[recipe]; from < end;) {
        const struct pnr_coupling *coupling = &couplings->items.items[couplings->entries[from].coupling];
        int32_t to = end_of_group(couplings, from, end);
        int64_t weight = weight_of_value[coupling->level + 1];
        if (weight != 0) {
            int64_t before = pnr_coupling_amount(coupling, solution->counts);
            int64_t after =
                pnr_coupling_amount_after(coupling, solution->counts, &couplings->entries[from], to - from);
            price += weight * coupling->weight * (after - before);
        }
        from = to;
        price = pnr_pair_price(price);
    }
    return price;
}

int64_t pnr_solution_price_exchange(struct pnr_solution *solution, int32_t out, int32_t in,
                                    const int64_t *weight_of_value) {
    const struct pnr_couplings *couplings = solution->couplings;
    if (couplings->recipe_of_pair[out] == couplings->recipe_of_pair[in]) {
        return 0;
    }
    shift_pair(solution, out, -1);
    int64_t price = pnr_solution_price_pair(solution, in, weight_of_value) -
                    pnr_solution_price_pair(solution, out, weight_of_value);
    shift_pair(solution, out, 1);
    return price;
}

bool pnr_solution_charges_members(const struct pnr_solution *solution, int32_t level) {
    size_t levels = (size_t)solution->value_count - 1;
    for (int32_t m = 0; m < solution->instance->member_count; m++) {
        if (solution->cost_of_member[(size_t)m * levels + (size_t)level] > 0) {
            return true;
        }
    }
    return false;
}

int pnr_value_compare(const int64_t *a, const int64_t *b, int32_t entries) {
    for (int32_t i = 0; i < entries; i++) {
        if (a[i] != b[i]) {
            return a[i] < b[i] ? -1 : 1;
        }
    }
    return 0;
}
