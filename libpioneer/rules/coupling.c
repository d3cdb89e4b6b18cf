/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules over several members: what they count, and what a count costs. */
#include "rules/coupling.h"

#include <stdlib.h>
#include <string.h>

/* ---- amounts
 * ----------------------------------------------------------------------------------------------------- */

static int64_t excess(int64_t count, int64_t limit) {
    return count > limit ? count - limit : 0;
}

static int64_t outside(int64_t count, int64_t low, int64_t high) {
    return excess(low, count) + excess(count, high);
}

static int64_t beside_largest(const int64_t *counts, int32_t count_count) {
    int64_t sum = 0;
    int64_t largest = 0;
    for (int32_t i = 0; i < count_count; i++) {
        sum += counts[i];
        largest = counts[i] > largest ? counts[i] : largest;
    }
    return sum - largest;
}

int64_t pnr_coupling_amount(const struct pnr_coupling *coupling, const int64_t *all_counts) {
    const int64_t *counts = all_counts + coupling->first_count;
    switch (coupling->shape) {
    case PNR_SHAPE_SPAN:
        return outside(counts[0], coupling->low, coupling->high) + excess(counts[0], coupling->steep);
    case PNR_SHAPE_PRESENCE:
        return counts[0] == 0 && (coupling->low > 0 || counts[1] > 0);
    case PNR_SHAPE_MIX:
        return counts[1] > 0 ? outside(counts[0], coupling->low, coupling->high) : 0;
    case PNR_SHAPE_COHORT:
        return beside_largest(counts, coupling->count_count);
    case PNR_SHAPE_TOGETHER:
        return counts[0] > 0 ? excess(coupling->high, counts[0]) : 0;
    }
    return 0;
}

/* ---- building
 * ---------------------------------------------------------------------------------------------------- */

int32_t pnr_coupling_add(struct pnr_coupling_builder *builder, int32_t rule, enum pnr_coupling_shape shape,
                         int32_t count_count, int64_t factor) {
    const struct pnr_rule *in_force = &builder->instance->organisation->rules[rule];
    struct pnr_couplings *couplings = builder->couplings;
    struct pnr_coupling coupling = {
        .shape = shape,
        .rule = rule,
        .level = in_force->level,
        .weight = in_force->level < 0 ? 1 : in_force->given.weight * factor,
        .duty = -1,
        .low = 0,
        .high = PNR_NO_LIMIT,
        .steep = PNR_NO_LIMIT,
        .first_count = couplings->base_counts.count,
        .count_count = count_count,
    };
    bool ok = pnr_array_push(&couplings->items, coupling);
    for (int32_t i = 0; ok && i < count_count; i++) {
        ok = pnr_array_push(&couplings->base_counts, 0);
    }
    if (!ok) {
        builder->failed = true;
        return 0;
    }
    return couplings->items.count - 1;
}

struct pnr_coupling *pnr_coupling_at(struct pnr_coupling_builder *builder, int32_t coupling) {
    return &builder->couplings->items.items[coupling];
}

void pnr_coupling_count_pair(struct pnr_coupling_builder *builder, int32_t coupling, int32_t which,
                             int32_t pair, int32_t step) {
    if (builder->failed || step == 0) {
        return;
    }
    struct pnr_coupling_entry entry = {coupling, pnr_coupling_at(builder, coupling)->first_count + which,
                                       step};
    builder->failed = !pnr_array_push(&builder->pending, (struct pnr_pending_entry){pair, entry});
}

void pnr_coupling_count_fixed(struct pnr_coupling_builder *builder, int32_t coupling, int32_t which,
                              int64_t step) {
    if (!builder->failed) {
        builder->couplings->base_counts.items[pnr_coupling_at(builder, coupling)->first_count + which] +=
            step;
    }
}

static bool names_post(const struct pnr_organisation *organisation, const struct pioneer_rule *rule,
                       int32_t post) {
    const char *id = organisation->campaign->posts.items[post].id;
    for (int32_t i = 0; i < rule->post_count; i++) {
        if (strcmp(rule->posts[i], id) == 0) {
            return true;
        }
    }
    return rule->post_count == 0;
}

bool pnr_coupling_concerns(const struct pnr_coupling_builder *builder, int32_t rule, int32_t duty) {
    const struct pnr_organisation *organisation = builder->instance->organisation;
    const struct pnr_duty *at = pnr_instance_duty(builder->instance, duty);
    return pnr_organisation_rule_holds(organisation, rule, -1, at->stage) &&
           names_post(organisation, &organisation->rules[rule].given, at->post);
}

/* Whether the coupling counts this campaign member. */
static bool counts_member(const struct pnr_coupling_builder *builder, int32_t rule, int32_t member,
                          const struct pnr_expression *expression, bool only_scope) {
    const struct pnr_organisation *organisation = builder->instance->organisation;
    return (expression == NULL || pnr_expression_holds(expression, organisation->campaign, member)) &&
           (!only_scope || organisation->rules[rule].member_in_scope[member]);
}

void pnr_coupling_count_duty(struct pnr_coupling_builder *builder, int32_t coupling, int32_t which,
                             int32_t duty, const struct pnr_expression *expression, bool only_scope) {
    if (builder->failed) {
        return;
    }
    const struct pnr_instance *instance = builder->instance;
    int32_t rule = pnr_coupling_at(builder, coupling)->rule;
    for (int32_t i = instance->pairs_of_duty[duty]; i < instance->pairs_of_duty[duty + 1]; i++) {
        int32_t pair = instance->pair_by_duty[i];
        if (counts_member(builder, rule, instance->member_at[instance->member_of_pair[pair]], expression,
                          only_scope)) {
            pnr_coupling_count_pair(builder, coupling, which, pair, 1);
        }
    }
    if (instance->pinned_heads[duty] == 0) {
        return;
    }
    for (int32_t m = 0; m < instance->member_count; m++) {
        for (int32_t f = instance->fixed_of_member[m]; f < instance->fixed_of_member[m + 1]; f++) {
            if (instance->fixed[f].in_part == duty &&
                counts_member(builder, rule, instance->member_at[m], expression, only_scope)) {
                pnr_coupling_count_fixed(builder, coupling, which, 1);
            }
        }
    }
}

/* The couplings of one rule in force; rules about one member have none. */
static void add_rule(struct pnr_coupling_builder *builder, int32_t rule) {
    switch (builder->instance->organisation->rules[rule].given.kind) {
    case PIONEER_RULE_SHORT_OF_MIN:
    case PIONEER_RULE_SHORT_OF_TARGET:
    case PIONEER_RULE_OVER_TARGET:
        pnr_rule_coverage(builder, rule);
        break;
    case PIONEER_RULE_LEAD:
        pnr_rule_lead(builder, rule);
        break;
    case PIONEER_RULE_COMPOSITION:
        pnr_rule_composition(builder, rule);
        break;
    case PIONEER_RULE_COHORT:
        pnr_rule_cohort(builder, rule);
        break;
    case PIONEER_RULE_TOGETHER:
        pnr_rule_together(builder, rule);
        break;
    case PIONEER_RULE_APART:
        pnr_rule_apart(builder, rule);
        break;
    case PIONEER_RULE_UNIT_QUOTA:
        pnr_rule_unit_quota(builder, rule);
        break;
    case PIONEER_RULE_UNIT_BURDEN:
        pnr_rule_unit_burden(builder, rule);
        break;
    case PIONEER_RULE_SITE_CAPACITY:
        pnr_rule_site_capacity(builder, rule);
        break;
    default:
        break;
    }
}

/* Turns the pending entries into ranges by pair; entries of one pair keep the order in which they came. */
static bool settle_entries(struct pnr_coupling_builder *builder) {
    struct pnr_couplings *couplings = builder->couplings;
    size_t pairs = (size_t)builder->instance->pair_count;
    couplings->entries_of_pair =
        pnr_arena_alloc(&couplings->arena, pairs + 2, sizeof *couplings->entries_of_pair);
    couplings->entries =
        pnr_arena_alloc(&couplings->arena, (size_t)builder->pending.count, sizeof *couplings->entries);
    if (couplings->entries_of_pair == NULL || couplings->entries == NULL) {
        return false;
    }
    int32_t *start = couplings->entries_of_pair + 1;
    for (int32_t i = 0; i < builder->pending.count; i++) {
        start[builder->pending.items[i].pair + 1]++;
    }
    for (size_t p = 0; p < pairs; p++) {
        start[p + 1] += start[p];
    }
    for (int32_t i = 0; i < builder->pending.count; i++) {
        couplings->entries[start[builder->pending.items[i].pair]++] = builder->pending.items[i].entry;
    }
    return true;
}

enum pioneer_status pnr_couplings_build(const struct pnr_instance *instance, const struct pnr_prefix *prefix,
                                        struct pnr_couplings **out) {
    *out = NULL;
    struct pnr_couplings *couplings = calloc(1, sizeof *couplings);
    if (couplings == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    pnr_arena_init(&couplings->arena);
    couplings->instance = instance;
    struct pnr_coupling_builder builder = {.instance = instance, .couplings = couplings, .prefix = prefix};
    for (int32_t rule = 0; !builder.failed && rule < instance->organisation->rule_count; rule++) {
        add_rule(&builder, rule);
    }
    bool ok = !builder.failed && settle_entries(&builder);
    pnr_array_fini(&builder.pending);
    if (!ok) {
        pnr_couplings_free(couplings);
        return PIONEER_E_NO_MEMORY;
    }
    *out = couplings;
    return PIONEER_OK;
}

void pnr_couplings_free(struct pnr_couplings *couplings) {
    if (couplings != NULL) {
        pnr_array_fini(&couplings->items);
        pnr_array_fini(&couplings->base_counts);
        pnr_arena_fini(&couplings->arena);
        free(couplings);
    }
}
