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

static int64_t amount_of(const struct pnr_coupling *coupling, const int64_t *counts) {
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

int64_t pnr_coupling_amount(const struct pnr_coupling *coupling, const int64_t *all_counts) {
    return amount_of(coupling, all_counts + coupling->first_count);
}

int64_t pnr_coupling_amount_after(const struct pnr_coupling *coupling, const int64_t *all_counts,
                                  const struct pnr_coupling_entry *entries, int32_t entry_count) {
    const int64_t *counts = all_counts + coupling->first_count;
    if (coupling->shape == PNR_SHAPE_COHORT) {
        int64_t sum = 0;
        int64_t largest = 0;
        for (int32_t i = 0; i < coupling->count_count; i++) {
            int64_t count = counts[i];
            for (int32_t e = 0; e < entry_count; e++) {
                count += entries[e].count == coupling->first_count + i ? entries[e].step : 0;
            }
            sum += count;
            largest = count > largest ? count : largest;
        }
        return sum - largest;
    }
    int64_t after[2] = {counts[0], coupling->count_count > 1 ? counts[1] : 0};
    for (int32_t e = 0; e < entry_count; e++) {
        int32_t which = entries[e].count - coupling->first_count;
        if (which < 2) { /* counts beyond do not make an amount */
            after[which] += entries[e].step;
        }
    }
    return amount_of(coupling, after);
}

/* ---- building
 * ---------------------------------------------------------------------------------------------------- */

static int32_t add_coupling(struct pnr_coupling_builder *builder, int32_t rule, int32_t level, int64_t weight,
                            enum pnr_coupling_shape shape, int32_t count_count) {
    struct pnr_couplings *couplings = builder->couplings;
    struct pnr_coupling coupling = {
        .shape = shape,
        .rule = rule,
        .level = level,
        .weight = weight,
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

int32_t pnr_coupling_add(struct pnr_coupling_builder *builder, int32_t rule, enum pnr_coupling_shape shape,
                         int32_t count_count, int64_t factor) {
    const struct pnr_rule *in_force = &builder->instance->organisation->rules[rule];
    int64_t weight = in_force->level < 0 ? 1 : in_force->given.weight * factor;
    return add_coupling(builder, rule, in_force->level, weight, shape, count_count);
}

int32_t pnr_coupling_add_later(struct pnr_coupling_builder *builder, enum pnr_coupling_shape shape,
                               int32_t count_count, int64_t weight) {
    return add_coupling(builder, -1, builder->instance->organisation->later_level, weight, shape,
                        count_count);
}

struct pnr_coupling *pnr_coupling_at(struct pnr_coupling_builder *builder, int32_t coupling) {
    return &builder->couplings->items.items[coupling];
}

static bool same_step(const struct pnr_coupling_step *a, const struct pnr_coupling_step *b) {
    return a->before == b->before && a->entry.coupling == b->entry.coupling &&
           a->entry.count == b->entry.count && a->entry.step == b->entry.step;
}

/* The slot that holds the step, or the empty one where it belongs. */
static uint32_t find_step(const struct pnr_coupling_builder *builder, const struct pnr_coupling_step *step) {
    uint64_t hash = (uint64_t)(uint32_t)step->before << 32 | (uint32_t)step->entry.count;
    hash = (hash ^ (uint64_t)(uint32_t)step->entry.step << 20) * UINT64_C(0x9E3779B97F4A7C15);
    uint32_t at = (uint32_t)(hash >> 32) & builder->mask;
    while (builder->slots[at] != 0 && !same_step(&builder->steps.items[builder->slots[at] - 1], step)) {
        at = (at + 1) & builder->mask;
    }
    return at;
}

static bool grow_steps(struct pnr_coupling_builder *builder) {
    if (builder->slots != NULL && (uint32_t)builder->steps.count < (builder->mask + 1) / 2) {
        return true;
    }
    size_t size = builder->slots == NULL ? 1024 : ((size_t)builder->mask + 1) * 2;
    int32_t *slots = calloc(size, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    free(builder->slots);
    builder->slots = slots;
    builder->mask = (uint32_t)size - 1;
    for (int32_t i = 0; i < builder->steps.count; i++) {
        slots[find_step(builder, &builder->steps.items[i])] = i + 1;
    }
    return true;
}

void pnr_coupling_count_pair(struct pnr_coupling_builder *builder, int32_t coupling, int32_t which,
                             int32_t pair, int32_t step) {
    if (builder->failed || step == 0) {
        return;
    }
    struct pnr_coupling_step next = {
        builder->step_of_pair[pair],
        {coupling, pnr_coupling_at(builder, coupling)->first_count + which, step}};
    if (!grow_steps(builder)) {
        builder->failed = true;
        return;
    }
    uint32_t at = find_step(builder, &next);
    if (builder->slots[at] == 0) {
        builder->failed = !pnr_array_push(&builder->steps, next);
        builder->slots[at] = builder->steps.count;
    }
    builder->step_of_pair[pair] = builder->slots[at] - 1;
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
    return !pnr_instance_is_later(builder->instance, duty) &&
           pnr_organisation_rule_holds(organisation, rule, -1, at->stage) &&
           names_post(organisation, &organisation->rules[rule].given, at->post);
}

/* What is known of the expression; NULL when memory is short. */
static uint8_t *holding_of(struct pnr_coupling_builder *builder, const struct pnr_expression *expression) {
    for (int32_t i = 0; i < builder->holdings.count; i++) {
        if (builder->holdings.items[i].expression == expression) {
            return builder->holdings.items[i].known;
        }
    }
    size_t members = (size_t)builder->instance->organisation->campaign->members.count;
    struct pnr_holding holding = {expression, pnr_arena_alloc(&builder->bench, members, 1)};
    bool ok = holding.known != NULL && pnr_array_push(&builder->holdings, holding);
    builder->failed = builder->failed || !ok;
    return ok ? holding.known : NULL;
}

/* Whom a coupling counts. */
struct crowd {
    const struct pioneer_campaign *campaign;
    const struct pnr_expression *expression;
    uint8_t *known;       /* of the expression; NULL: anybody satisfies it */
    const uint8_t *scope; /* [campaign member]; NULL: anybody */
};

static struct crowd crowd_of(struct pnr_coupling_builder *builder, int32_t rule,
                             const struct pnr_expression *expression, bool only_scope) {
    const struct pnr_organisation *organisation = builder->instance->organisation;
    const struct pnr_rule *in_force = &organisation->rules[rule];
    bool names_members = in_force->given.members != NULL && in_force->given.members[0] != '\0';
    return (struct crowd){.campaign = organisation->campaign,
                          .expression = expression,
                          .known = expression != NULL ? holding_of(builder, expression) : NULL,
                          .scope = only_scope && names_members ? in_force->member_in_scope : NULL};
}

/* Whether the coupling counts this campaign member. */
static bool counts_member(const struct crowd *crowd, int32_t member) {
    if (crowd->known != NULL && crowd->known[member] == 0) {
        crowd->known[member] = pnr_expression_holds(crowd->expression, crowd->campaign, member) ? 2 : 1;
    }
    return (crowd->known == NULL || crowd->known[member] == 2) &&
           (crowd->scope == NULL || crowd->scope[member]);
}

/* Counts the pairs of a duty whose members belong to the crowd. */
static void count_crowd(struct pnr_coupling_builder *builder, int32_t coupling, int32_t which, int32_t duty,
                        const struct crowd *crowd) {
    const struct pnr_instance *instance = builder->instance;
    bool counts_all = crowd->known == NULL && crowd->scope == NULL;
    int32_t before = -2; /* most pairs of a duty have one recipe before and so another one after */
    int32_t after = -2;
    for (int32_t i = instance->pairs_of_duty[duty]; i < instance->pairs_of_duty[duty + 1]; i++) {
        int32_t pair = instance->pair_by_duty[i];
        if (!counts_all && !counts_member(crowd, instance->member_at[instance->member_of_pair[pair]])) {
            continue;
        }
        if (builder->step_of_pair[pair] == before) {
            builder->step_of_pair[pair] = after;
        } else {
            before = builder->step_of_pair[pair];
            pnr_coupling_count_pair(builder, coupling, which, pair, 1);
            after = builder->step_of_pair[pair];
        }
    }
}

void pnr_coupling_count_duty(struct pnr_coupling_builder *builder, int32_t coupling, int32_t which,
                             int32_t duty, const struct pnr_expression *expression, bool only_scope) {
    if (builder->failed) {
        return;
    }
    const struct pnr_instance *instance = builder->instance;
    struct crowd crowd = crowd_of(builder, pnr_coupling_at(builder, coupling)->rule, expression, only_scope);
    count_crowd(builder, coupling, which, duty, &crowd);
    if (instance->pinned_heads[duty] == 0) {
        return;
    }
    for (int32_t m = 0; m < instance->member_count; m++) {
        for (int32_t f = instance->fixed_of_member[m]; f < instance->fixed_of_member[m + 1]; f++) {
            if (instance->fixed[f].in_part == duty && counts_member(&crowd, instance->member_at[m])) {
                pnr_coupling_count_fixed(builder, coupling, which, 1);
            }
        }
    }
}

void pnr_coupling_count_holders(struct pnr_coupling_builder *builder, int32_t coupling, int32_t which,
                                int32_t duty, const struct pnr_expression *expression) {
    if (!builder->failed) {
        struct crowd crowd = {.campaign = builder->instance->organisation->campaign,
                              .expression = expression,
                              .known = expression != NULL ? holding_of(builder, expression) : NULL};
        count_crowd(builder, coupling, which, duty, &crowd);
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

/* Numbers the recipes that pairs came to, step -1 included. */
static int32_t number_recipes(struct pnr_coupling_builder *builder, int32_t *recipe_of_step,
                              int32_t *last_step) {
    struct pnr_couplings *couplings = builder->couplings;
    int32_t count = 0;
    for (int32_t p = 0; p < builder->instance->pair_count; p++) {
        int32_t *recipe = &recipe_of_step[builder->step_of_pair[p] + 1];
        if (*recipe == 0) {
            last_step[count++] = builder->step_of_pair[p];
            *recipe = count;
        }
        couplings->recipe_of_pair[p] = *recipe - 1;
    }
    return count;
}

/* Writes the recipes out; entries keep the order in which they came. */
static bool settle_recipes(struct pnr_coupling_builder *builder) {
    struct pnr_couplings *couplings = builder->couplings;
    struct pnr_arena *arena = &couplings->arena;
    size_t steps = (size_t)builder->steps.count + 1;
    int32_t *recipe_of_step = pnr_arena_alloc(&builder->bench, steps, sizeof *recipe_of_step);
    int32_t *last_step = pnr_arena_alloc(&builder->bench, steps, sizeof *last_step);
    couplings->recipe_of_pair = builder->step_of_pair;
    if (recipe_of_step == NULL || last_step == NULL) {
        return false;
    }
    couplings->recipe_count = number_recipes(builder, recipe_of_step, last_step);
    size_t recipes = (size_t)couplings->recipe_count;
    couplings->entries_of_recipe = pnr_arena_alloc(arena, recipes + 1, sizeof *couplings->entries_of_recipe);
    couplings->pairs_of_recipe = pnr_arena_alloc(arena, recipes, sizeof *couplings->pairs_of_recipe);
    couplings->is_local = pnr_arena_alloc(arena, recipes, 1);
    if (couplings->entries_of_recipe == NULL || couplings->pairs_of_recipe == NULL ||
        couplings->is_local == NULL) {
        return false;
    }
    int32_t total = 0;
    for (int32_t r = 0; r < couplings->recipe_count; r++) {
        for (int32_t s = last_step[r]; s >= 0; s = builder->steps.items[s].before) {
            total++;
        }
        couplings->entries_of_recipe[r + 1] = total;
    }
    couplings->entries = pnr_arena_alloc(arena, (size_t)total, sizeof *couplings->entries);
    if (couplings->entries == NULL) {
        return false;
    }
    for (int32_t r = 0; r < couplings->recipe_count; r++) {
        int32_t at = couplings->entries_of_recipe[r + 1];
        couplings->is_local[r] = 1;
        for (int32_t s = last_step[r]; s >= 0; s = builder->steps.items[s].before) {
            couplings->entries[--at] = builder->steps.items[s].entry;
            couplings->is_local[r] &= couplings->items.items[couplings->entries[at].coupling].duty >= 0;
        }
    }
    for (int32_t p = 0; p < builder->instance->pair_count; p++) {
        couplings->pairs_of_recipe[couplings->recipe_of_pair[p]]++;
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
    size_t pairs = (size_t)instance->pair_count;
    builder.step_of_pair = pnr_arena_alloc(&couplings->arena, pairs, sizeof *builder.step_of_pair);
    builder.failed = builder.step_of_pair == NULL;
    for (size_t p = 0; !builder.failed && p < pairs; p++) {
        builder.step_of_pair[p] = -1;
    }
    for (int32_t rule = 0; !builder.failed && rule < instance->organisation->rule_count; rule++) {
        add_rule(&builder, rule);
    }
    if (instance->later != NULL) {
        pnr_rule_later(&builder);
    }
    bool ok = !builder.failed && settle_recipes(&builder);
    pnr_array_fini(&builder.steps);
    pnr_array_fini(&builder.holdings);
    free(builder.slots);
    pnr_arena_fini(&builder.bench);
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
