/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What later parts count on: who is provisionally planned there, and what a part must leave for them. */
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "model/entitlement.h"
#include "model/instance_inside.h"

enum pioneer_status pnr_outlook_init(struct pnr_outlook *outlook,
                                     const struct pnr_organisation *organisation) {
    memset(outlook, 0, sizeof *outlook);
    outlook->organisation = organisation;
    pnr_arena_init(&outlook->arena);
    outlook->duties_of_member = pnr_arena_alloc(
        &outlook->arena, (size_t)organisation->campaign->members.count, sizeof *outlook->duties_of_member);
    outlook->is_safe = pnr_arena_alloc(&outlook->arena, (size_t)organisation->duties.count, 1);
    return outlook->duties_of_member != NULL && outlook->is_safe != NULL ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}

void pnr_outlook_fini(struct pnr_outlook *outlook) {
    for (int32_t i = 0;
         outlook->duties_of_member != NULL && i < outlook->organisation->campaign->members.count; i++) {
        pnr_array_fini(&outlook->duties_of_member[i]);
    }
    pnr_arena_fini(&outlook->arena);
}

static enum pioneer_status plan_members(struct pnr_outlook *outlook, const struct pnr_instance *instance,
                                        const uint8_t *is_chosen, bool all) {
    for (int32_t m = 0; m < instance->member_count; m++) {
        if (!pnr_organisation_serves(instance->organisation, instance->member_at[m], instance->unit)) {
            continue;
        }
        struct pnr_duty_indices *duties = &outlook->duties_of_member[instance->member_at[m]];
        pnr_array_clear(duties);
        for (int32_t p = instance->pairs_of_member[m]; p < instance->pairs_of_member[m + 1]; p++) {
            int32_t duty = instance->duty_of_pair[p];
            bool is_kept = is_chosen[p] && (all || pnr_instance_is_later(instance, duty));
            if (is_kept && !pnr_array_push(duties, instance->duty_at[duty])) {
                return PIONEER_E_NO_MEMORY;
            }
        }
    }
    return PIONEER_OK;
}

enum pioneer_status pnr_outlook_set(struct pnr_outlook *outlook, const struct pnr_instance *instance,
                                    const uint8_t *is_chosen) {
    return plan_members(outlook, instance, is_chosen, false);
}

/* ---- who could step in ---- */

/* A duty is safe with so many who could step in for each head. */
#define SAFE 2
/* Of a member who could. */
#define WHOLE 1000000

/* One week of a member: its pairs there, and what it does already, by earlier parts and by the plan. */
struct week {
    int32_t number;
    int32_t first, last; /* pairs */
    int64_t minutes;
};

static int32_t week_of_pair(const struct pnr_instance *instance, int32_t pair) {
    return pnr_week_of(instance->day_of_duty[instance->duty_of_pair[pair]]);
}

static int64_t length_of(const struct pnr_duty *duty) {
    return duty->to_at - duty->from_at;
}

/* The week of the member's pairs that begin at `from`. */
static struct week next_week(const struct pnr_instance *instance, int32_t member, int32_t from,
                             const uint8_t *is_chosen) {
    struct week week = {.number = week_of_pair(instance, from), .first = from, .last = from};
    int32_t end = instance->pairs_of_member[member + 1];
    for (; week.last < end && week_of_pair(instance, week.last) == week.number; week.last++) {
        const struct pnr_duty *duty = pnr_instance_duty(instance, instance->duty_of_pair[week.last]);
        week.minutes += is_chosen[week.last] ? length_of(duty) : 0;
    }
    for (int32_t f = instance->fixed_of_member[member]; f < instance->fixed_of_member[member + 1]; f++) {
        const struct pnr_duty *duty = &instance->organisation->duties.items[instance->fixed[f].duty];
        week.minutes += pnr_week_of(duty->day) == week.number ? length_of(duty) : 0;
    }
    return week;
}

/* How many more duties the member could take in the week, by its hard limits on minutes, one a day at most.
 */
static int32_t count_more(const struct pnr_instance *instance, int32_t member, const struct week *week,
                          const uint8_t *is_chosen) {
    int32_t days = 0;
    int64_t fit = INT32_MAX;
    for (int32_t p = week->first; p < week->last;) {
        const struct pnr_duty *duty = pnr_instance_duty(instance, instance->duty_of_pair[p]);
        bool is_taken = false;
        int64_t most = pnr_entitlement_most_minutes(instance->organisation, PIONEER_WINDOW_WEEK,
                                                    instance->member_at[member], duty->stage);
        int64_t more = length_of(duty) > 0 ? (most - week->minutes) / length_of(duty) : INT32_MAX;
        fit = more < fit ? more : fit;
        for (int32_t day = duty->day;
             p < week->last && instance->day_of_duty[instance->duty_of_pair[p]] == day; p++) {
            is_taken = is_taken || is_chosen[p];
        }
        days += !is_taken;
    }
    return fit <= 0 ? 0 : fit < days ? (int32_t)fit : days;
}

/* Each member counts a part for every duty that it could take in the week beside what it does. */
static void count_spare(const struct pnr_instance *instance, const uint8_t *is_chosen, int64_t *spare,
                        int32_t *heads) {
    for (int32_t m = 0; m < instance->member_count; m++) {
        for (int32_t p = instance->pairs_of_member[m]; p < instance->pairs_of_member[m + 1];) {
            struct week week = next_week(instance, m, p, is_chosen);
            int64_t more = count_more(instance, m, &week, is_chosen);
            for (; p < week.last; p++) {
                spare[instance->duty_of_pair[p]] += WHOLE * more / (week.last - week.first);
                heads[instance->duty_of_pair[p]] += is_chosen[p];
            }
        }
    }
}

static bool find_safe(struct pnr_outlook *outlook, const struct pnr_instance *instance,
                      const uint8_t *is_chosen) {
    int64_t *spare = calloc((size_t)instance->duty_count + 1, sizeof *spare);
    int32_t *heads = calloc((size_t)instance->duty_count + 1, sizeof *heads);
    bool ok = spare != NULL && heads != NULL;
    if (ok) {
        count_spare(instance, is_chosen, spare, heads);
    }
    memset(outlook->is_safe, 0, (size_t)instance->organisation->duties.count);
    for (int32_t d = 0; ok && d < instance->duty_count; d++) {
        outlook->is_safe[instance->duty_at[d]] = spare[d] >= (int64_t)SAFE * WHOLE * heads[d];
    }
    free(spare);
    free(heads);
    return ok;
}

enum pioneer_status pnr_outlook_begin(struct pnr_outlook *outlook, const struct pnr_instance *instance,
                                      const uint8_t *is_chosen) {
    enum pioneer_status status = plan_members(outlook, instance, is_chosen, true);
    return status == PIONEER_OK && !find_safe(outlook, instance, is_chosen) ? PIONEER_E_NO_MEMORY : status;
}

/* ---- what it asks of a part ---- */

static bool leads(const struct pnr_organisation *organisation, int32_t member, const struct pnr_duty *duty) {
    const struct pnr_expression *lead = organisation->lead_of_post[duty->post];
    return lead != NULL && pnr_expression_holds(lead, organisation->campaign, member);
}

/* What everybody gives a later duty by the outlook. */
struct giving {
    int32_t heads, leads_of_others; /* of all members; of those who are not the part's */
};

/* Counts one member's planned duties, and what they ask of the part if the member is one of its. */
static void count_member(const struct pnr_instance_builder *builder, int32_t member, struct giving *all) {
    const struct pnr_instance *instance = builder->instance;
    const struct pnr_organisation *organisation = instance->organisation;
    const struct pnr_duty_indices *duties = &builder->outlook->duties_of_member[member];
    bool serves = duties->count > 0 && pnr_organisation_serves(organisation, member, instance->unit);
    for (int32_t i = 0; i < duties->count; i++) {
        const struct pnr_duty *duty = &organisation->duties.items[duties->items[i]];
        if (!pnr_instance_is_of_later_part(instance, duty) || builder->outlook->is_safe[duties->items[i]]) {
            continue;
        }
        bool is_lead = leads(organisation, member, duty);
        all[duties->items[i]].heads++;
        all[duties->items[i]].leads_of_others += is_lead && !serves;
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
    struct giving *all = pnr_arena_alloc(&builder->bench, count, sizeof *all);
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
        need->needs_lead = need->needs_lead && all[d].leads_of_others == 0;
    }
    return true;
}
