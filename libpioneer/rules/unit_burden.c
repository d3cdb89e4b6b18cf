/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule unit_burden: minutes that a child unit serves beyond its share by members signed up. */
#include "model/entitlement.h"
#include "rules/coupling.h"

/* The child of `parent` that holds the unit; −1 for `parent` itself and units elsewhere. */
static int32_t child_above(const struct pnr_organisation *organisation, int32_t unit, int32_t parent) {
    while (unit >= 0 && organisation->parent_of_unit[unit] != parent) {
        unit = organisation->parent_of_unit[unit];
    }
    return unit;
}

struct burden {
    int32_t *units;     /* [child]: the unit, in id order */
    int32_t *child_of;  /* [unit]: its number among the children, −1 */
    int64_t *signed_up; /* [child] */
    int64_t *share;     /* [child] */
    int32_t child_count;
    int32_t first_coupling;
};

static bool list_children(struct pnr_coupling_builder *builder, int32_t parent, struct burden *burden) {
    const struct pnr_organisation *organisation = builder->instance->organisation;
    struct pnr_arena *arena = &builder->couplings->arena;
    size_t units = (size_t)organisation->campaign->units.count;
    int32_t *by_rank = pnr_arena_alloc(arena, units, sizeof *by_rank);
    burden->units = pnr_arena_alloc(arena, units, sizeof *burden->units);
    burden->child_of = pnr_arena_alloc(arena, units, sizeof *burden->child_of);
    burden->signed_up = pnr_arena_alloc(arena, units, sizeof *burden->signed_up);
    burden->share = pnr_arena_alloc(arena, units, sizeof *burden->share);
    if (by_rank == NULL || burden->units == NULL || burden->child_of == NULL || burden->signed_up == NULL ||
        burden->share == NULL) {
        return false;
    }
    for (size_t u = 0; u < units; u++) {
        by_rank[organisation->rank_of_unit[u]] = (int32_t)u;
    }
    for (size_t u = 0; u < units; u++) {
        burden->child_of[by_rank[u]] = -1;
        if (organisation->parent_of_unit[by_rank[u]] == parent) {
            burden->child_of[by_rank[u]] = burden->child_count;
            burden->units[burden->child_count++] = by_rank[u];
        }
    }
    return true;
}

static bool share_out(struct pnr_coupling_builder *builder, int32_t rule, int32_t parent,
                      struct burden *burden) {
    const struct pnr_instance *instance = builder->instance;
    const struct pnr_organisation *organisation = instance->organisation;
    struct pnr_arena *arena = &builder->couplings->arena;
    for (int32_t i = 0; i < organisation->campaign->members.count; i++) {
        int32_t unit = child_above(organisation, organisation->unit_of_member[i], parent);
        if (unit >= 0) {
            burden->signed_up[burden->child_of[unit]]++;
        }
    }
    int64_t total = 0;
    for (int32_t d = 0; d < instance->duty_count; d++) {
        if (pnr_coupling_concerns(builder, rule, d)) {
            const struct pnr_duty *duty = pnr_instance_duty(instance, d);
            total += (int64_t)duty->target * duty->load_min;
        }
    }
    struct pnr_share_scratch scratch = {
        pnr_arena_alloc(arena, (size_t)burden->child_count, sizeof *scratch.remainder),
        pnr_arena_alloc(arena, (size_t)burden->child_count, sizeof *scratch.heap),
    };
    if (scratch.remainder == NULL || scratch.heap == NULL) {
        return false;
    }
    pnr_entitlement_share(total, burden->signed_up, burden->child_count, burden->share, &scratch);
    return true;
}

static void add_couplings(struct pnr_coupling_builder *builder, int32_t rule, struct burden *burden) {
    for (int32_t child = 0; child < burden->child_count && !builder->failed; child++) {
        int32_t at = pnr_coupling_add(builder, rule, PNR_SHAPE_SPAN, 1, 1);
        burden->first_coupling = child == 0 ? at : burden->first_coupling;
        if (!builder->failed) {
            struct pnr_coupling *coupling = pnr_coupling_at(builder, at);
            coupling->high = burden->share[child];
            coupling->steep = burden->share[child] + burden->share[child] / 4;
        }
    }
}

static void count_loads(struct pnr_coupling_builder *builder, int32_t rule, int32_t parent,
                        const struct burden *burden) {
    const struct pnr_instance *instance = builder->instance;
    const struct pnr_organisation *organisation = instance->organisation;
    for (int32_t m = 0; m < instance->member_count && !builder->failed; m++) {
        int32_t unit =
            child_above(organisation, organisation->unit_of_member[instance->member_at[m]], parent);
        if (unit < 0 || !organisation->rules[rule].member_in_scope[instance->member_at[m]]) {
            continue;
        }
        int32_t coupling = burden->first_coupling + burden->child_of[unit];
        for (int32_t p = instance->pairs_of_member[m]; p < instance->pairs_of_member[m + 1]; p++) {
            int32_t duty = instance->duty_of_pair[p];
            if (pnr_coupling_concerns(builder, rule, duty)) {
                pnr_coupling_count_pair(builder, coupling, 0, p, pnr_instance_duty(instance, duty)->load_min);
            }
        }
        for (int32_t f = instance->fixed_of_member[m]; f < instance->fixed_of_member[m + 1]; f++) {
            int32_t duty = instance->fixed[f].in_part;
            if (duty >= 0 && pnr_coupling_concerns(builder, rule, duty)) {
                pnr_coupling_count_fixed(builder, coupling, 0, pnr_instance_duty(instance, duty)->load_min);
            }
        }
    }
}

void pnr_rule_unit_burden(struct pnr_coupling_builder *builder, int32_t rule) {
    const struct pnr_instance *instance = builder->instance;
    int32_t parent = instance->unit >= 0 ? instance->unit : instance->organisation->root;
    struct burden burden = {0};
    if (!list_children(builder, parent, &burden)) {
        builder->failed = true;
        return;
    }
    if (burden.child_count == 0) {
        return;
    }
    if (!share_out(builder, rule, parent, &burden)) {
        builder->failed = true;
        return;
    }
    add_couplings(builder, rule, &burden);
    if (!builder->failed) {
        count_loads(builder, rule, parent, &burden);
    }
}
