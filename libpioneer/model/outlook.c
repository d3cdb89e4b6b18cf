/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What later parts count on: who is provisionally planned there, and what a part must leave for them. */
#include <string.h>

#include "model/instance_inside.h"

enum pioneer_status pnr_outlook_init(struct pnr_outlook *outlook,
                                     const struct pnr_organisation *organisation) {
    memset(outlook, 0, sizeof *outlook);
    outlook->organisation = organisation;
    pnr_arena_init(&outlook->arena);
    outlook->duties_of_member = pnr_arena_alloc(
        &outlook->arena, (size_t)organisation->campaign->members.count, sizeof *outlook->duties_of_member);
    return outlook->duties_of_member != NULL ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}

void pnr_outlook_fini(struct pnr_outlook *outlook) {
    for (int32_t i = 0;
         outlook->duties_of_member != NULL && i < outlook->organisation->campaign->members.count; i++) {
        pnr_array_fini(&outlook->duties_of_member[i]);
    }
    pnr_arena_fini(&outlook->arena);
}

enum pioneer_status pnr_outlook_set(struct pnr_outlook *outlook, const struct pnr_instance *instance,
                                    const uint8_t *is_chosen) {
    for (int32_t m = 0; m < instance->member_count; m++) {
        if (!pnr_organisation_serves(instance->organisation, instance->member_at[m], instance->unit)) {
            continue;
        }
        struct pnr_duty_indices *duties = &outlook->duties_of_member[instance->member_at[m]];
        pnr_array_clear(duties);
        for (int32_t p = instance->pairs_of_member[m]; p < instance->pairs_of_member[m + 1]; p++) {
            int32_t duty = instance->duty_of_pair[p];
            bool is_kept = is_chosen[p] && (instance->unit < 0 || pnr_instance_is_later(instance, duty));
            if (is_kept && !pnr_array_push(duties, instance->duty_at[duty])) {
                return PIONEER_E_NO_MEMORY;
            }
        }
    }
    return PIONEER_OK;
}

/* ---- what it asks of a part ---- */

/* Later stages, and lower tiers of the same stage. */
static bool is_of_later_part(const struct pnr_instance *instance, const struct pnr_duty *duty) {
    const struct pnr_organisation *organisation = instance->organisation;
    int32_t unit = organisation->unit_of_post[duty->post];
    return duty->stage > instance->stage ||
           (duty->stage == instance->stage &&
            organisation->depth_of_unit[unit] > organisation->depth_of_unit[instance->unit]);
}

static bool leads(const struct pnr_organisation *organisation, int32_t member, const struct pnr_duty *duty) {
    const struct pnr_expression *lead = organisation->lead_of_post[duty->post];
    return lead != NULL && pnr_expression_holds(lead, organisation->campaign, member);
}

/* Heads and leads of one member's planned duties: of all members in `all`, of the part's in `own`. */
static void count_member(const struct pnr_instance_builder *builder, int32_t member,
                         struct pnr_later_need *all) {
    const struct pnr_instance *instance = builder->instance;
    const struct pnr_organisation *organisation = instance->organisation;
    const struct pnr_duty_indices *duties = &builder->outlook->duties_of_member[member];
    bool serves = duties->count > 0 && pnr_organisation_serves(organisation, member, instance->unit);
    for (int32_t i = 0; i < duties->count; i++) {
        const struct pnr_duty *duty = &organisation->duties.items[duties->items[i]];
        if (!is_of_later_part(instance, duty)) {
            continue;
        }
        bool is_lead = leads(organisation, member, duty);
        all[duties->items[i]].heads++;
        all[duties->items[i]].least += is_lead && !serves;
        if (serves) {
            builder->needs[duties->items[i]].heads++;
            builder->needs[duties->items[i]].needs_lead |= is_lead;
        }
    }
}

bool pnr_builder_find_needs(struct pnr_instance_builder *builder) {
    const struct pnr_organisation *organisation = builder->instance->organisation;
    size_t count = (size_t)organisation->duties.count;
    if (builder->outlook == NULL) {
        return true;
    }
    builder->needs = pnr_arena_alloc(&builder->bench, count, sizeof *builder->needs);
    /* heads of everybody, and in `least` how many of the others lead */
    struct pnr_later_need *all = pnr_arena_alloc(&builder->bench, count, sizeof *all);
    if (builder->needs == NULL || all == NULL) {
        return false;
    }
    for (int32_t i = 0; i < organisation->campaign->members.count; i++) {
        count_member(builder, i, all);
    }
    for (int32_t d = 0; d < organisation->duties.count; d++) {
        struct pnr_later_need *need = &builder->needs[d];
        int32_t from_others = all[d].heads - need->heads;
        int32_t least = organisation->duties.items[d].min - from_others;
        need->least = least < 0 ? 0 : least < need->heads ? least : need->heads;
        need->needs_lead = need->needs_lead && all[d].least == 0;
    }
    return true;
}
