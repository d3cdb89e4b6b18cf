/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One part of the plan as flat, immutable arrays: what the engine solves. */
#include "model/instance.h"

#include <stdlib.h>
#include <string.h>

#include "model/entitlement.h"
#include "model/instance_inside.h"

enum pioneer_status pnr_prefix_init(struct pnr_prefix *prefix, const struct pnr_organisation *organisation) {
    memset(prefix, 0, sizeof *prefix);
    prefix->organisation = organisation;
    pnr_arena_init(&prefix->arena);
    prefix->duties_of_member = pnr_arena_alloc(&prefix->arena, (size_t)organisation->campaign->members.count,
                                               sizeof *prefix->duties_of_member);
    return prefix->duties_of_member != NULL ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}

void pnr_prefix_fini(struct pnr_prefix *prefix) {
    if (prefix->duties_of_member != NULL) {
        for (int32_t i = 0; i < prefix->organisation->campaign->members.count; i++) {
            pnr_array_fini(&prefix->duties_of_member[i]);
        }
    }
    pnr_array_fini(&prefix->credits);
    pnr_arena_fini(&prefix->arena);
}

static bool insert_duty(struct pnr_duty_indices *list, int32_t duty) {
    if (!pnr_array_push(list, duty)) {
        return false;
    }
    int32_t at = list->count - 1;
    while (at > 0 && list->items[at - 1] > duty) {
        list->items[at] = list->items[at - 1];
        at--;
    }
    list->items[at] = duty;
    return true;
}

static bool copy_credit(struct pnr_prefix *to, const struct pnr_credit *from) {
    size_t members = (size_t)to->organisation->campaign->members.count;
    struct pnr_credit credit = {
        .stage = from->stage,
        .load_min = pnr_arena_memdup(&to->arena, from->load_min, members, sizeof(int64_t)),
        .entitled_min = pnr_arena_memdup(&to->arena, from->entitled_min, members, sizeof(int64_t)),
        .load_hardship = pnr_arena_memdup(&to->arena, from->load_hardship, members, sizeof(int64_t)),
        .entitled_hardship = pnr_arena_memdup(&to->arena, from->entitled_hardship, members, sizeof(int64_t)),
    };
    return credit.load_min != NULL && credit.entitled_min != NULL && credit.load_hardship != NULL &&
           credit.entitled_hardship != NULL && pnr_array_push(&to->credits, credit);
}

enum pioneer_status pnr_prefix_copy(struct pnr_prefix *to, const struct pnr_prefix *from) {
    bool ok = pnr_prefix_init(to, from->organisation) == PIONEER_OK;
    for (int32_t m = 0; ok && m < from->organisation->campaign->members.count; m++) {
        const struct pnr_duty_indices *duties = &from->duties_of_member[m];
        for (int32_t i = 0; ok && i < duties->count; i++) {
            ok = pnr_array_push(&to->duties_of_member[m], duties->items[i]);
        }
    }
    for (int32_t i = 0; ok && i < from->credits.count; i++) {
        ok = copy_credit(to, &from->credits.items[i]);
    }
    return ok ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}

/* Counts one duty of a member towards the credit of the part, NULL for whoever is there for a pin alone. */
static bool give_duty(struct pnr_prefix *prefix, struct pnr_credit *credit, int32_t member, int32_t duty) {
    const struct pnr_duty *given = &prefix->organisation->duties.items[duty];
    if (credit != NULL) {
        credit->load_min[member] += given->load_min;
        credit->load_hardship[member] += given->hardship;
    }
    return insert_duty(&prefix->duties_of_member[member], duty);
}

static bool new_credit(struct pnr_prefix *prefix, int32_t stage, struct pnr_credit *out) {
    size_t members = (size_t)prefix->organisation->campaign->members.count;
    out->stage = stage;
    out->load_min = pnr_arena_alloc(&prefix->arena, members, sizeof *out->load_min);
    out->entitled_min = pnr_arena_alloc(&prefix->arena, members, sizeof *out->entitled_min);
    out->load_hardship = pnr_arena_alloc(&prefix->arena, members, sizeof *out->load_hardship);
    out->entitled_hardship = pnr_arena_alloc(&prefix->arena, members, sizeof *out->entitled_hardship);
    return out->load_min != NULL && out->entitled_min != NULL && out->load_hardship != NULL &&
           out->entitled_hardship != NULL;
}

enum pioneer_status pnr_prefix_add_part(struct pnr_prefix *prefix, const struct pnr_instance *instance,
                                        const uint8_t *is_chosen) {
    struct pnr_credit credit;
    bool ok = new_credit(prefix, instance->stage, &credit);
    for (int32_t m = 0; ok && m < instance->member_count; m++) {
        int32_t member = instance->member_at[m];
        bool serves = pnr_organisation_serves(instance->organisation, member, instance->unit);
        credit.entitled_min[member] = instance->entitled_min[m];
        credit.entitled_hardship[member] = instance->entitled_hardship[m];
        for (int32_t p = instance->pairs_of_member[m]; ok && p < instance->pairs_of_member[m + 1]; p++) {
            if (is_chosen[p] && !pnr_instance_is_later(instance, instance->duty_of_pair[p])) {
                ok = give_duty(prefix, &credit, member, instance->duty_at[instance->duty_of_pair[p]]);
            }
        }
        for (int32_t f = instance->fixed_of_member[m]; ok && f < instance->fixed_of_member[m + 1]; f++) {
            if (instance->fixed[f].in_part >= 0) {
                ok = give_duty(prefix, serves ? &credit : NULL, member, instance->fixed[f].duty);
            }
        }
    }
    return ok && pnr_array_push(&prefix->credits, credit) ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}

/* ---- building
 * ---------------------------------------------------------------------------------------------------- */

static bool duty_is_in_part(const struct pnr_instance *instance, const struct pnr_duty *duty) {
    if (pnr_builder_is_joint(instance)) {
        return duty->day >= instance->first_day && duty->day <= instance->last_day;
    }
    return duty->stage == instance->stage && duty->day <= instance->judged_to &&
           instance->organisation->unit_of_post[duty->post] == instance->unit;
}

/* Duties in the order of the organisation, the part's own and, with an outlook, later ones. */
static bool number_duties(struct pnr_instance_builder *builder) {
    struct pnr_instance *instance = builder->instance;
    const struct pnr_duty_list *duties = &instance->organisation->duties;
    size_t count = (size_t)duties->count;
    builder->part_duty_of = pnr_arena_alloc(&builder->bench, count, sizeof *builder->part_duty_of);
    instance->duty_at = pnr_arena_alloc(&instance->arena, count, sizeof *instance->duty_at);
    if (builder->part_duty_of == NULL || instance->duty_at == NULL || !pnr_builder_find_needs(builder)) {
        return false;
    }
    for (int32_t i = 0; i < duties->count; i++) {
        builder->part_duty_of[i] = -1;
        if (duty_is_in_part(instance, &duties->items[i])) {
            builder->part_duty_of[i] = instance->duty_count;
            instance->duty_at[instance->duty_count++] = i;
            instance->own_duty_count++;
        } else if (builder->needs != NULL && builder->needs[i].heads > 0) {
            instance->duty_at[instance->duty_count++] = i;
        }
    }
    return true;
}

static bool list_own_duties(struct pnr_instance *instance) {
    instance->own_duty_at = instance->duty_at;
    if (instance->later == NULL) {
        return true;
    }
    instance->own_duty_at =
        pnr_arena_alloc(&instance->arena, (size_t)instance->own_duty_count, sizeof *instance->own_duty_at);
    int32_t count = 0;
    for (int32_t d = 0; instance->own_duty_at != NULL && d < instance->duty_count; d++) {
        if (!pnr_instance_is_later(instance, d)) {
            instance->own_duty_at[count++] = instance->duty_at[d];
        }
    }
    return instance->own_duty_at != NULL;
}

static bool describe_duties(struct pnr_instance_builder *builder) {
    struct pnr_instance *instance = builder->instance;
    struct pnr_arena *arena = &instance->arena;
    size_t count = (size_t)instance->duty_count;
    instance->pinned_heads = pnr_arena_alloc(arena, count, sizeof *instance->pinned_heads);
    instance->most_heads = pnr_arena_alloc(arena, count, sizeof *instance->most_heads);
    instance->day_of_duty = pnr_arena_alloc(arena, count, sizeof *instance->day_of_duty);
    instance->later = builder->needs != NULL ? pnr_arena_alloc(arena, count, sizeof *instance->later) : NULL;
    if (instance->pinned_heads == NULL || instance->most_heads == NULL || instance->day_of_duty == NULL ||
        (builder->needs != NULL && instance->later == NULL)) {
        return false;
    }
    for (int32_t d = 0; d < instance->duty_count; d++) {
        instance->most_heads[d] = pnr_instance_duty(instance, d)->max;
        instance->day_of_duty[d] = pnr_instance_duty(instance, d)->day;
        if (instance->later != NULL && builder->part_duty_of[instance->duty_at[d]] < 0) {
            instance->later[d] = builder->needs[instance->duty_at[d]];
            instance->most_heads[d] = instance->later[d].heads;
        }
    }
    return list_own_duties(instance);
}

static bool is_pin(const struct pnr_given *given) {
    return given->state == PIONEER_PINNED || given->state == PIONEER_SERVED;
}

static bool has_pin_in_part(const struct pnr_instance_builder *builder, int32_t member) {
    const struct pnr_organisation *organisation = builder->instance->organisation;
    for (int32_t g = organisation->given_of_member[member]; g < organisation->given_of_member[member + 1];
         g++) {
        const struct pnr_given *given = &organisation->given[g];
        if (is_pin(given) && builder->part_duty_of[given->duty] >= 0) {
            return true;
        }
    }
    return false;
}

/* Members of the pool in id order; a pinned member from outside the pool joins them for its pins alone. */
static bool number_members(struct pnr_instance_builder *builder) {
    struct pnr_instance *instance = builder->instance;
    const struct pnr_organisation *organisation = instance->organisation;
    int32_t total = organisation->campaign->members.count;
    int32_t *by_rank = pnr_arena_alloc(&builder->bench, (size_t)total, sizeof *by_rank);
    instance->member_at = pnr_arena_alloc(&instance->arena, (size_t)total, sizeof *instance->member_at);
    if (by_rank == NULL || instance->member_at == NULL) {
        return false;
    }
    for (int32_t i = 0; i < total; i++) {
        by_rank[organisation->rank_of_member[i]] = i;
    }
    for (int32_t i = 0; i < total; i++) {
        if (pnr_organisation_serves(organisation, by_rank[i], instance->unit) ||
            has_pin_in_part(builder, by_rank[i])) {
            instance->member_at[instance->member_count++] = by_rank[i];
        }
    }
    return true;
}

static bool insert_fixed(struct pnr_instance_builder *builder, int32_t first, struct pnr_fixed fixed) {
    if (!pnr_array_push(&builder->fixed, fixed)) {
        return false;
    }
    int32_t at = builder->fixed.count - 1;
    while (at > first && builder->fixed.items[at - 1].duty > fixed.duty) {
        builder->fixed.items[at] = builder->fixed.items[at - 1];
        at--;
    }
    builder->fixed.items[at] = fixed;
    return true;
}

bool pnr_instance_is_of_later_part(const struct pnr_instance *instance, const struct pnr_duty *duty) {
    const struct pnr_organisation *organisation = instance->organisation;
    int32_t unit = organisation->unit_of_post[duty->post];
    return duty->stage > instance->stage ||
           (duty->stage == instance->stage &&
            organisation->depth_of_unit[unit] > organisation->depth_of_unit[instance->unit]);
}

/* A pin of the part's own duties, or of a later part's in its horizon: what it does there is known. */
static bool fix_pin(struct pnr_instance_builder *builder, const struct pnr_given *given, int32_t first) {
    struct pnr_instance *instance = builder->instance;
    const struct pnr_duty *duty = &instance->organisation->duties.items[given->duty];
    struct pnr_fixed fixed = {given->duty, builder->part_duty_of[given->duty], given->state, false};
    if (fixed.in_part >= 0) {
        instance->pinned_heads[fixed.in_part]++;
        return insert_fixed(builder, first, fixed);
    }
    bool is_in_horizon = duty->day >= instance->first_day && duty->day <= instance->last_day;
    if (pnr_builder_is_joint(instance) || !is_in_horizon || !pnr_instance_is_of_later_part(instance, duty)) {
        return true;
    }
    fixed.is_later = instance->has_later_pins = true;
    return insert_fixed(builder, first, fixed);
}

/* Earlier parts' duties and pins. */
static bool fix_duties(struct pnr_instance_builder *builder, int32_t member, int32_t first) {
    const struct pnr_duty_indices *before = &builder->prefix->duties_of_member[member];
    for (int32_t i = 0; i < before->count; i++) {
        if (!pnr_array_push(&builder->fixed,
                            (struct pnr_fixed){before->items[i], -1, PIONEER_PLANNED, false})) {
            return false;
        }
    }
    const struct pnr_organisation *organisation = builder->instance->organisation;
    for (int32_t g = organisation->given_of_member[member]; g < organisation->given_of_member[member + 1];
         g++) {
        if (is_pin(&organisation->given[g]) && !fix_pin(builder, &organisation->given[g], first)) {
            return false;
        }
    }
    return true;
}

static bool fix_all(struct pnr_instance_builder *builder) {
    struct pnr_instance *instance = builder->instance;
    instance->fixed_of_member = pnr_arena_alloc(&instance->arena, (size_t)instance->member_count + 1,
                                                sizeof *instance->fixed_of_member);
    if (instance->fixed_of_member == NULL) {
        return false;
    }
    for (int32_t m = 0; m < instance->member_count; m++) {
        instance->fixed_of_member[m] = builder->fixed.count;
        if (!fix_duties(builder, instance->member_at[m], builder->fixed.count)) {
            return false;
        }
    }
    instance->fixed_of_member[instance->member_count] = builder->fixed.count;
    return true;
}

bool pnr_instance_sort_pairs(struct pnr_instance *instance) {
    struct pnr_arena *arena = &instance->arena;
    size_t pairs = (size_t)instance->pair_count;
    instance->member_of_pair = pnr_arena_alloc(arena, pairs, sizeof *instance->member_of_pair);
    instance->pair_by_duty = pnr_arena_alloc(arena, pairs, sizeof *instance->pair_by_duty);
    instance->pairs_of_duty =
        pnr_arena_alloc(arena, (size_t)instance->duty_count + 2, sizeof *instance->pairs_of_duty);
    if (instance->member_of_pair == NULL || instance->pair_by_duty == NULL ||
        instance->pairs_of_duty == NULL) {
        return false;
    }
    int32_t *start = instance->pairs_of_duty +
                     1; /* shifted by one while counting, so that filling leaves the starts right */
    for (int32_t p = 0; p < instance->pair_count; p++) {
        start[instance->duty_of_pair[p] + 1]++;
    }
    for (int32_t d = 0; d < instance->duty_count; d++) {
        start[d + 1] += start[d];
    }
    for (int32_t m = 0; m < instance->member_count; m++) {
        for (int32_t p = instance->pairs_of_member[m]; p < instance->pairs_of_member[m + 1]; p++) {
            instance->member_of_pair[p] = m;
            instance->pair_by_duty[start[instance->duty_of_pair[p]]++] = p;
        }
    }
    return true;
}

/* Copies what has grown into the arena and sorts the pairs by duty. */
static bool settle_pairs(struct pnr_instance_builder *builder) {
    struct pnr_instance *instance = builder->instance;
    instance->fixed = pnr_arena_memdup(&instance->arena, builder->fixed.items, (size_t)builder->fixed.count,
                                       sizeof *instance->fixed);
    return instance->fixed != NULL && pnr_instance_sort_pairs(instance);
}

static int32_t notice_weight(const struct pioneer_campaign *campaign, int32_t first_day,
                             const struct pnr_duty *duty) {
    const struct pioneer_campaign_settings *settings = &campaign->settings;
    int64_t now = settings->now_at != 0 ? settings->now_at : (int64_t)first_day * 1440;
    int32_t best_hours = INT32_MAX;
    int32_t weight = 1;
    for (int32_t i = 0; i < settings->notice_count; i++) {
        int32_t hours = settings->notice[i].within_hours;
        if (duty->from_at - now <= (int64_t)hours * 60 && hours < best_hours) {
            best_hours = hours;
            weight = settings->notice[i].weight;
        }
    }
    return weight;
}

static int32_t find_pair(const struct pnr_instance *instance, int32_t m, int32_t duty) {
    int32_t low = instance->pairs_of_member[m];
    int32_t end = instance->pairs_of_member[m + 1];
    int32_t high = end;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (instance->duty_of_pair[middle] < duty) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < end && instance->duty_of_pair[low] == duty ? low : -1;
}

static bool load_published(struct pnr_instance_builder *builder) {
    struct pnr_instance *instance = builder->instance;
    const struct pnr_organisation *organisation = instance->organisation;
    instance->is_published =
        pnr_arena_alloc(&instance->arena, (size_t)instance->pair_count, sizeof *instance->is_published);
    instance->notice_of_duty =
        pnr_arena_alloc(&instance->arena, (size_t)instance->duty_count, sizeof *instance->notice_of_duty);
    if (instance->is_published == NULL || instance->notice_of_duty == NULL) {
        return false;
    }
    for (int32_t d = 0; d < instance->duty_count; d++) {
        instance->notice_of_duty[d] =
            notice_weight(organisation->campaign, organisation->first_day, pnr_instance_duty(instance, d));
    }
    for (int32_t m = 0; m < instance->member_count; m++) {
        bool serves = pnr_organisation_serves(organisation, instance->member_at[m], instance->unit);
        const int32_t *given_of = organisation->given_of_member + instance->member_at[m];
        for (int32_t g = given_of[0]; g < given_of[1]; g++) {
            int32_t duty = builder->part_duty_of[organisation->given[g].duty];
            enum pioneer_assignment_state state = organisation->given[g].state;
            if (duty < 0 || state == PIONEER_PLANNED || state == PIONEER_ABSENT) {
                continue;
            }
            instance->has_published = instance->has_published || serves;
            int32_t pair = find_pair(instance, m, duty);
            if (pair >= 0) {
                instance->is_published[pair] = 1;
            }
        }
    }
    return true;
}

static bool mark_planned(struct pnr_instance_builder *builder) {
    struct pnr_instance *instance = builder->instance;
    if (builder->outlook == NULL) {
        return true;
    }
    instance->is_planned = pnr_arena_alloc(&instance->arena, (size_t)instance->pair_count, 1);
    for (int32_t m = 0; instance->is_planned != NULL && m < instance->member_count; m++) {
        const struct pnr_duty_indices *planned = &builder->outlook->duties_of_member[instance->member_at[m]];
        int32_t at = 0;
        for (int32_t p = instance->pairs_of_member[m]; p < instance->pairs_of_member[m + 1]; p++) {
            int32_t duty = instance->duty_at[instance->duty_of_pair[p]];
            while (at < planned->count && planned->items[at] < duty) {
                at++;
            }
            instance->is_planned[p] = at < planned->count && planned->items[at] == duty;
        }
    }
    return instance->is_planned != NULL;
}

static bool mark_last_parts(struct pnr_instance *instance, const struct pnr_plan_parts *parts, int32_t part) {
    instance->is_last_part_of_member = pnr_arena_alloc(&instance->arena, (size_t)instance->member_count,
                                                       sizeof *instance->is_last_part_of_member);
    if (instance->is_last_part_of_member == NULL) {
        return false;
    }
    for (int32_t m = 0; m < instance->member_count; m++) {
        instance->is_last_part_of_member[m] =
            pnr_builder_is_joint(instance) ||
            pnr_parts_is_last_of_member(instance->organisation, parts, part, instance->member_at[m]);
    }
    return true;
}

static void set_horizon(struct pnr_instance_builder *builder, const struct pnr_plan_part *part) {
    struct pnr_instance *instance = builder->instance;
    instance->first_day = part->first_day;
    instance->last_day = instance->judged_to = part->last_day;
    instance->spans_stages = pnr_builder_is_joint(instance) || builder->outlook != NULL;
    if (builder->outlook != NULL && builder->outlook->last_day > instance->last_day) {
        instance->last_day = builder->outlook->last_day;
    }
}

static enum pioneer_status fill(struct pnr_instance_builder *builder, const struct pnr_plan_parts *parts,
                                int32_t part) {
    struct pnr_instance *instance = builder->instance;
    set_horizon(builder, &parts->items[part]);
    if (!number_duties(builder) || !describe_duties(builder) || !number_members(builder) ||
        !fix_all(builder) || !pnr_builder_pair(builder) || !settle_pairs(builder) ||
        !load_published(builder) || !mark_planned(builder) || !mark_last_parts(instance, parts, part)) {
        return PIONEER_E_NO_MEMORY;
    }
    enum pioneer_status status =
        pnr_entitlement_fill(instance, builder->could_do_min, builder->could_do_points);
    return status == PIONEER_OK ? pnr_entitlement_carry(instance, builder->prefix) : status;
}

enum pioneer_status pnr_instance_build(const struct pnr_organisation *organisation,
                                       const struct pnr_plan_parts *parts, int32_t part,
                                       const struct pnr_prefix *prefix, struct pnr_instance **out) {
    return pnr_instance_build_with(organisation, parts, part, prefix, NULL, out);
}

enum pioneer_status pnr_instance_build_with(const struct pnr_organisation *organisation,
                                            const struct pnr_plan_parts *parts, int32_t part,
                                            const struct pnr_prefix *prefix,
                                            const struct pnr_outlook *outlook, struct pnr_instance **out) {
    *out = NULL;
    struct pnr_instance *instance = calloc(1, sizeof *instance);
    if (instance == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    pnr_arena_init(&instance->arena);
    instance->organisation = organisation;
    instance->stage = parts->items[part].stage;
    instance->unit = parts->items[part].unit;
    struct pnr_instance_builder builder = {.instance = instance, .prefix = prefix, .outlook = outlook};
    enum pioneer_status status = fill(&builder, parts, part);
    pnr_array_fini(&builder.fixed);
    pnr_arena_fini(&builder.bench);
    if (status != PIONEER_OK) {
        pnr_instance_free(instance);
        return status;
    }
    *out = instance;
    return PIONEER_OK;
}

void pnr_instance_free(struct pnr_instance *instance) {
    if (instance != NULL) {
        pnr_arena_fini(&instance->arena);
        free(instance);
    }
}
