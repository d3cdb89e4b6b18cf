/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which member may take which duty. */
#include <string.h>

#include "base/map.h"
#include "model/entitlement.h"
#include "model/instance_inside.h"

/* Whether a hard rule of this kind holds for the member in the stage. */
static bool is_hard(const struct pnr_organisation *organisation, enum pioneer_rule_kind kind, int32_t member,
                    int32_t stage) {
    for (int32_t r = 0; r < organisation->rule_count; r++) {
        if (organisation->rules[r].given.kind == kind && organisation->rules[r].level < 0 &&
            pnr_organisation_rule_holds(organisation, r, member, stage)) {
            return true;
        }
    }
    return false;
}

/*
 * What a member may take follows from two things that many duties and many members share: the posts that
 * accept the member, and the spans of time at which it can serve. Members who are accepted alike are taken
 * together, so that each walks over the duties of its posts alone and asks about a span once. Two rounds, one
 * that counts and one that fills, leave nothing to grow.
 */
struct pairing {
    struct pnr_instance_builder *builder;
    int32_t *span_of_duty;  /* [duty] */
    int32_t *first_of_span; /* [span]: a duty of the span */
    int32_t span_count;
    struct pnr_map signatures; /* borrows the texts */
    int32_t *signature_of;     /* [member], -1: serves no post */
    /* [signature]: '1' where a post accepts the member, once for each stage; then where it could serve if it
     * had nothing else to do, which is what entitlements go by */
    const char **texts;
    int32_t *ordered;    /* members by signature */
    int32_t *candidates; /* duties of the signature at hand that accept it */
    int32_t candidate_count;
    int32_t *possible; /* duties of the signature at hand that it could serve */
    int32_t possible_count;
    uint8_t *is_free, *is_open; /* [span]: for the member at hand, by its free time; by all there is */
    int32_t *room;              /* [duty] */
};

/* Duties are in order of day and start, so spans that begin together have neighbouring duties. */
static void number_spans(struct pairing *pairing) {
    const struct pnr_instance *instance = pairing->builder->instance;
    int32_t first_alike = 0; /* the first span that begins with the duty */
    for (int32_t d = 0; d < instance->duty_count; d++) {
        const struct pnr_duty *duty = pnr_instance_duty(instance, d);
        bool begins_anew = d == 0 || pnr_instance_duty(instance, d - 1)->from_at != duty->from_at;
        first_alike = begins_anew ? pairing->span_count : first_alike;
        int32_t span = first_alike;
        while (span < pairing->span_count &&
               (pnr_instance_duty(instance, pairing->first_of_span[span])->to_at != duty->to_at ||
                pnr_instance_duty(instance, pairing->first_of_span[span])->stage != duty->stage)) {
            span++;
        }
        if (span == pairing->span_count) {
            pairing->first_of_span[pairing->span_count++] = d;
        }
        pairing->span_of_duty[d] = span;
    }
}

static void write_signature(const struct pnr_instance *instance, int32_t member, char *text) {
    const struct pnr_organisation *organisation = instance->organisation;
    const struct pioneer_campaign *campaign = organisation->campaign;
    int32_t posts = campaign->posts.count;
    char *fits = text + (size_t)campaign->stages.count * (size_t)posts;
    for (int32_t post = 0; post < posts; post++) {
        bool is_eligible = pnr_expression_holds(organisation->eligible_of_post[post], campaign, member);
        bool is_in_pool = pnr_organisation_in_pool(organisation, member, organisation->unit_of_post[post]);
        fits[post] = (char)('0' + is_eligible + 2 * is_in_pool);
    }
    for (int32_t stage = 0; stage < campaign->stages.count; stage++) {
        bool is_asked = is_hard(organisation, PIONEER_RULE_ELIGIBILITY, member, stage);
        for (int32_t post = 0; post < posts; post++) {
            bool is_eligible = (fits[post] - '0') % 2 != 0;
            bool is_in_pool = fits[post] - '0' >= 2;
            bool accepts = (!is_asked || is_eligible) && (!instance->spans_stages || is_in_pool);
            *text++ = accepts ? '1' : '0';
        }
    }
    for (int32_t post = 0; post < posts; post++) {
        fits[post] = fits[post] == '3' ? '1' : '0';
    }
}

static bool sign_members(struct pairing *pairing) {
    struct pnr_instance_builder *builder = pairing->builder;
    struct pnr_instance *instance = builder->instance;
    const struct pioneer_campaign *campaign = instance->organisation->campaign;
    size_t length = (size_t)campaign->posts.count * ((size_t)campaign->stages.count + 1);
    char *text = pnr_arena_alloc(&builder->bench, length + 1, 1);
    for (int32_t m = 0; text != NULL && m < instance->member_count; m++) {
        pairing->signature_of[m] = -1;
        if (!pnr_organisation_serves(instance->organisation, instance->member_at[m], instance->unit)) {
            continue;
        }
        write_signature(instance, instance->member_at[m], text);
        int32_t known = pnr_map_get(&pairing->signatures, text);
        pairing->signature_of[m] = known >= 0 ? known : pnr_map_count(&pairing->signatures);
        if (known < 0) {
            pairing->texts[pairing->signature_of[m]] = text;
            bool ok = pnr_map_put(&pairing->signatures, text, pairing->signature_of[m]);
            text = ok ? pnr_arena_alloc(&builder->bench, length + 1, 1) : NULL;
        }
    }
    return text != NULL;
}

/* A counting sort: members of one signature keep their order. */
static bool order_members(struct pairing *pairing) {
    struct pnr_instance_builder *builder = pairing->builder;
    int32_t members = builder->instance->member_count;
    int32_t *start = pnr_arena_alloc(&builder->bench, (size_t)members + 2, sizeof *start);
    pairing->ordered = pnr_arena_alloc(&builder->bench, (size_t)members, sizeof *pairing->ordered);
    if (start == NULL || pairing->ordered == NULL) {
        return false;
    }
    for (int32_t m = 0; m < members; m++) {
        start[pairing->signature_of[m] + 2]++;
    }
    for (int32_t s = 0; s < members; s++) {
        start[s + 1] += start[s];
    }
    for (int32_t m = 0; m < members; m++) {
        pairing->ordered[start[pairing->signature_of[m] + 1]++] = m;
    }
    return true;
}

/* Pins are counted by now: a duty that they fill takes nobody else. */
static void list_candidates(struct pairing *pairing, const char *text) {
    const struct pnr_instance *instance = pairing->builder->instance;
    int32_t posts = instance->organisation->campaign->posts.count;
    const char *fits = text + (size_t)instance->organisation->campaign->stages.count * (size_t)posts;
    pairing->candidate_count = 0;
    pairing->possible_count = 0;
    for (int32_t d = 0; d < instance->duty_count; d++) {
        const struct pnr_duty *duty = pnr_instance_duty(instance, d);
        if (text[(size_t)duty->stage * (size_t)posts + (size_t)duty->post] == '1' &&
            duty->max > instance->pinned_heads[d]) {
            pairing->candidates[pairing->candidate_count++] = d;
        }
        if (fits[duty->post] == '1' && !pnr_instance_is_later(instance, d)) {
            pairing->possible[pairing->possible_count++] = d;
        }
    }
}

static void close_spans(struct pairing *pairing, const struct pnr_duty *taken) {
    const struct pnr_instance *instance = pairing->builder->instance;
    for (int32_t s = 0; s < pairing->span_count; s++) {
        const struct pnr_duty *duty = pnr_instance_duty(instance, pairing->first_of_span[s]);
        if (duty->from_at < taken->to_at && taken->from_at < duty->to_at) {
            pairing->is_open[s] = 0;
        }
    }
}

/* Spans ascend by start, like the member's free time: one walk along both. */
static void open_spans(struct pairing *pairing, int32_t member) {
    const struct pnr_instance *instance = pairing->builder->instance;
    const struct pnr_organisation *organisation = instance->organisation;
    const struct pnr_free_span *free_spans = organisation->free_of_member[member];
    int32_t free_count = organisation->free_count_of_member[member];
    int32_t at = 0;
    int32_t stage = -2;
    bool is_asked = true;
    for (int32_t s = 0; s < pairing->span_count; s++) {
        const struct pnr_duty *duty = pnr_instance_duty(instance, pairing->first_of_span[s]);
        if (duty->stage != stage) {
            stage = duty->stage;
            is_asked = is_hard(organisation, PIONEER_RULE_AVAILABILITY, member, stage);
        }
        while (at < free_count && free_spans[at].to_at <= duty->from_at) {
            at++;
        }
        while (at > 0 && free_spans[at - 1].to_at > duty->from_at) {
            at--;
        }
        pairing->is_free[s] =
            at < free_count && free_spans[at].from_at <= duty->from_at && free_spans[at].to_at >= duty->to_at;
        pairing->is_open[s] = pairing->is_free[s] || !is_asked;
    }
}

/* Fixed duties and pins of later parts close what they overlap. Whether the member is absent from some duty.
 */
static bool close_taken(struct pairing *pairing, int32_t m) {
    const struct pnr_instance_builder *builder = pairing->builder;
    const struct pnr_instance *instance = builder->instance;
    const struct pnr_duty *duties = instance->organisation->duties.items;
    for (int32_t f = instance->fixed_of_member[m]; f < instance->fixed_of_member[m + 1]; f++) {
        close_spans(pairing, &duties[builder->fixed.items[f].duty]);
    }
    bool is_absent = false;
    const int32_t *given_of = instance->organisation->given_of_member + instance->member_at[m];
    for (int32_t g = given_of[0]; g < given_of[1]; g++) {
        const struct pnr_given *given = &instance->organisation->given[g];
        is_absent = is_absent || given->state == PIONEER_ABSENT;
        if (given->state == PIONEER_PINNED || given->state == PIONEER_SERVED) {
            close_spans(pairing, &duties[given->duty]);
        }
    }
    return is_absent;
}

static bool is_absent_from(const struct pnr_organisation *organisation, int32_t member, int32_t duty) {
    for (int32_t g = organisation->given_of_member[member]; g < organisation->given_of_member[member + 1];
         g++) {
        if (organisation->given[g].state == PIONEER_ABSENT && organisation->given[g].duty == duty) {
            return true;
        }
    }
    return false;
}

/* The member's pairs, into `out` unless that is NULL; how many. */
static int32_t pair_member(struct pairing *pairing, int32_t m, int32_t *out) {
    const struct pnr_instance_builder *builder = pairing->builder;
    const struct pnr_instance *instance = builder->instance;
    int32_t member = instance->member_at[m];
    open_spans(pairing, member);
    bool is_absent = close_taken(pairing, m);
    int32_t count = 0;
    for (int32_t i = 0; i < pairing->candidate_count; i++) {
        int32_t d = pairing->candidates[i];
        if (pairing->is_open[pairing->span_of_duty[d]] &&
            !(is_absent && is_absent_from(instance->organisation, member, instance->duty_at[d]))) {
            if (out != NULL) {
                out[count] = d;
            }
            count++;
        }
    }
    return count;
}

/* What the member, whose spans are open, could do if it had nothing else to do. */
static void measure(struct pairing *pairing, int32_t m) {
    struct pnr_instance_builder *builder = pairing->builder;
    int32_t count = 0;
    for (int32_t i = 0; i < pairing->possible_count; i++) {
        int32_t d = pairing->possible[i];
        pairing->room[count] = d;
        count += pairing->is_free[pairing->span_of_duty[d]];
    }
    pnr_entitlement_measure(builder->instance, builder->prefix, m, pairing->room, count,
                            (int64_t *[2]){&builder->could_do_min[m], &builder->could_do_points[m]});
}

/* One round over all members: counts when there is no room for pairs yet. */
static void pair_round(struct pairing *pairing) {
    struct pnr_instance *instance = pairing->builder->instance;
    int32_t listed = -1;
    for (int32_t i = 0; i < instance->member_count; i++) {
        int32_t m = pairing->ordered[i];
        int32_t signature = pairing->signature_of[m];
        if (signature < 0) { /* here for its pins alone */
            continue;
        }
        if (signature != listed) {
            list_candidates(pairing, pairing->texts[signature]);
            listed = signature;
        }
        bool fills = instance->duty_of_pair != NULL;
        int32_t *out = fills ? instance->duty_of_pair + instance->pairs_of_member[m] : NULL;
        int32_t count = pair_member(pairing, m, out);
        if (!fills) {
            instance->pairs_of_member[m + 1] = count;
            measure(pairing, m);
        }
    }
}

static bool pair_signed(struct pairing *pairing) {
    struct pnr_instance *instance = pairing->builder->instance;
    struct pnr_arena *bench = &pairing->builder->bench;
    size_t duties = (size_t)instance->duty_count;
    size_t members = (size_t)instance->member_count;
    pairing->span_of_duty = pnr_arena_alloc(bench, duties, sizeof *pairing->span_of_duty);
    pairing->first_of_span = pnr_arena_alloc(bench, duties, sizeof *pairing->first_of_span);
    pairing->is_open = pnr_arena_alloc(bench, duties, 1);
    pairing->is_free = pnr_arena_alloc(bench, duties, 1);
    pairing->room = pnr_arena_alloc(bench, duties + 1, sizeof *pairing->room);
    pairing->possible = pnr_arena_alloc(bench, duties, sizeof *pairing->possible);
    pairing->candidates = pnr_arena_alloc(bench, duties, sizeof *pairing->candidates);
    pairing->signature_of = pnr_arena_alloc(bench, members, sizeof *pairing->signature_of);
    pairing->texts = pnr_arena_alloc(bench, members, sizeof *pairing->texts);
    if (pairing->span_of_duty == NULL || pairing->first_of_span == NULL || pairing->is_open == NULL ||
        pairing->is_free == NULL || pairing->room == NULL || pairing->possible == NULL ||
        pairing->candidates == NULL || pairing->signature_of == NULL || pairing->texts == NULL) {
        return false;
    }
    number_spans(pairing);
    if (!sign_members(pairing) || !order_members(pairing)) {
        return false;
    }
    pair_round(pairing);
    int64_t total = 0;
    for (int32_t m = 0; m < instance->member_count; m++) {
        total += instance->pairs_of_member[m + 1];
        if (total > INT32_MAX) {
            return false;
        }
        instance->pairs_of_member[m + 1] = (int32_t)total;
    }
    instance->pair_count = (int32_t)total;
    instance->duty_of_pair = pnr_arena_alloc(&instance->arena, (size_t)total, sizeof *instance->duty_of_pair);
    if (instance->duty_of_pair == NULL) {
        return false;
    }
    pair_round(pairing);
    return true;
}

bool pnr_builder_pair(struct pnr_instance_builder *builder) {
    struct pnr_instance *instance = builder->instance;
    size_t members = (size_t)instance->member_count;
    instance->pairs_of_member =
        pnr_arena_alloc(&instance->arena, members + 1, sizeof *instance->pairs_of_member);
    builder->could_do_min = pnr_arena_alloc(&builder->bench, members, sizeof *builder->could_do_min);
    builder->could_do_points = pnr_arena_alloc(&builder->bench, members, sizeof *builder->could_do_points);
    if (instance->pairs_of_member == NULL || builder->could_do_min == NULL ||
        builder->could_do_points == NULL) {
        return false;
    }
    struct pairing pairing = {.builder = builder};
    pnr_map_init(&pairing.signatures);
    bool ok = pair_signed(&pairing);
    pnr_map_fini(&pairing.signatures);
    return ok;
}
