/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Carrying what members bring from a roster into the next campaign. */
#include "plan/history.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/status.h"

/* One assignment by campaign indices. */
struct given {
    int32_t member, duty;
};

static int compare_given(const void *left, const void *right) {
    const struct given *a = left, *b = right;
    if (a->member != b->member) {
        return a->member < b->member ? -1 : 1;
    }
    return (a->duty > b->duty) - (a->duty < b->duty);
}

int32_t pnr_carry_end(const struct pnr_carry *carry, int32_t member) {
    int32_t end = carry->first_of_member[member + 1];
    while (end > carry->first_of_member[member] && pnr_carry_duty(carry, end - 1)->day >= carry->from_day) {
        end--;
    }
    return end;
}

static bool resolve(const struct pnr_carry *carry, const struct pioneer_assignment *assignment,
                    struct given *out) {
    const struct pnr_index *of = carry->indexes.of;
    out->member = pnr_index_find(&of[PNR_KIND_MEMBER], assignment->member);
    out->duty = pnr_duties_find(carry->organisation->campaign, &carry->organisation->duties,
                                pnr_index_find(&of[PNR_KIND_POST], assignment->post),
                                pnr_index_find(&of[PNR_KIND_SITE], assignment->site),
                                pnr_index_find(&of[PNR_KIND_SLOT], assignment->slot), assignment->day);
    return out->member >= 0 && out->duty >= 0;
}

static enum pioneer_status list_given(const struct pnr_carry *carry, struct given *given, int32_t *count,
                                      struct pioneer_error *error) {
    for (int32_t i = 0; i < pioneer_roster_count(carry->roster); i++) {
        const struct pioneer_assignment *assignment = pioneer_roster_at(carry->roster, i);
        if (assignment->state == PIONEER_ABSENT) {
            continue;
        }
        if (!resolve(carry, assignment, &given[(*count)++])) {
            char where[32];
            snprintf(where, sizeof where, "/assignments/%d", (int)i);
            return pnr_fail(error, PIONEER_E_INVALID, "unknown-duty", where,
                            "The assignment names a member or a duty that the campaign does not have.");
        }
    }
    qsort(given, (size_t)*count, sizeof *given, compare_given);
    return PIONEER_OK;
}

static enum pioneer_status sort_by_member(struct pnr_carry *carry, struct pioneer_error *error) {
    size_t most = (size_t)pioneer_roster_count(carry->roster);
    int32_t members = carry->organisation->campaign->members.count, count = 0, kept = 0;
    struct given *given = pnr_arena_alloc(&carry->arena, most, sizeof *given);
    carry->duties = pnr_arena_alloc(&carry->arena, most, sizeof *carry->duties);
    carry->first_of_member =
        pnr_arena_alloc(&carry->arena, (size_t)members + 1, sizeof *carry->first_of_member);
    if (given == NULL || carry->duties == NULL || carry->first_of_member == NULL) {
        return pnr_fail_no_memory(error);
    }
    enum pioneer_status status = list_given(carry, given, &count, error);
    for (int32_t i = 0, member = 0; status == PIONEER_OK && member < members; member++) {
        carry->first_of_member[member] = kept;
        for (; i < count && given[i].member == member; i++) {
            if (i == 0 || compare_given(&given[i], &given[i - 1]) != 0) {
                carry->duties[kept++] = given[i].duty;
            }
        }
    }
    carry->first_of_member[members] = kept;
    return status;
}

static bool prepare(struct pnr_carry *carry) {
    const struct pioneer_campaign *campaign = carry->organisation->campaign;
    size_t members = (size_t)campaign->members.count;
    carry->entitled_min = pnr_arena_alloc(&carry->arena, members, sizeof *carry->entitled_min);
    carry->entitled_hardship = pnr_arena_alloc(&carry->arena, members, sizeof *carry->entitled_hardship);
    carry->history_of_member =
        pnr_arena_alloc(&carry->arena, members, sizeof(const struct pioneer_history *));
    if (carry->entitled_min == NULL || carry->entitled_hardship == NULL || carry->history_of_member == NULL ||
        !pnr_indexes_build(&carry->indexes, campaign) ||
        !pnr_index_build(&carry->next_rules, carry->next, PNR_KIND_RULE)) {
        return false;
    }
    for (int32_t i = 0; i < campaign->histories.count; i++) {
        const struct pioneer_history *history = &campaign->histories.items[i];
        carry->history_of_member[pnr_index_find(&carry->indexes.of[PNR_KIND_MEMBER], history->member)] =
            history;
    }
    return true;
}

/* Appends the new descriptions behind the old ones of `next`; is_replaced tells for each old one whether a
 * new one takes its place. */
static enum pioneer_status append_new(struct pnr_carry *carry, struct pioneer_campaign *next,
                                      uint8_t *is_replaced, struct pioneer_error *error) {
    enum pioneer_status status = PIONEER_OK;
    int32_t old_count = next->histories.count;
    struct pnr_map place;
    pnr_map_init(&place);
    for (int32_t i = 0; status == PIONEER_OK && i < old_count; i++) {
        status =
            pnr_map_put(&place, next->histories.items[i].member, i) ? PIONEER_OK : pnr_fail_no_memory(error);
    }
    for (int32_t i = 0; status == PIONEER_OK && i < next->members.count; i++) {
        const char *id = next->members.items[i].id;
        int32_t member = pnr_index_find(&carry->indexes.of[PNR_KIND_MEMBER], id);
        struct pioneer_history history;
        if (member < 0) {
            continue;
        }
        status = pnr_carry_describe(carry, member, &history);
        status = status == PIONEER_OK ? pioneer_campaign_add_history(next, &history, error)
                                      : pnr_fail_no_memory(error);
        int32_t replaced = pnr_map_get(&place, id);
        if (replaced >= 0) {
            is_replaced[replaced] = true;
        }
    }
    pnr_map_fini(&place);
    return status;
}

static enum pioneer_status replace(struct pnr_carry *carry, struct pioneer_campaign *next,
                                   struct pioneer_error *error) {
    int32_t old_count = next->histories.count;
    bool was_validated = next->validated;
    uint8_t *is_replaced = pnr_arena_alloc(&carry->arena, (size_t)old_count, sizeof *is_replaced);
    if (is_replaced == NULL) {
        return pnr_fail_no_memory(error);
    }
    enum pioneer_status status = append_new(carry, next, is_replaced, error);
    if (status != PIONEER_OK) {
        next->histories.count = old_count;
        next->validated = was_validated;
        return status;
    }
    int32_t kept = 0;
    for (int32_t i = 0; i < next->histories.count; i++) {
        if (i >= old_count || !is_replaced[i]) {
            next->histories.items[kept++] = next->histories.items[i];
        }
    }
    next->histories.count = kept;
    return PIONEER_OK;
}

static enum pioneer_status carry_all(struct pnr_carry *carry, struct pioneer_campaign *next,
                                     struct pioneer_error *error) {
    if (carry->from_day < carry->organisation->first_day) {
        return pnr_fail(error, PIONEER_E_INVALID, "before-campaign", NULL,
                        "The day lies before the campaign that history would be carried from.");
    }
    if (!prepare(carry)) {
        return pnr_fail_no_memory(error);
    }
    enum pioneer_status status = sort_by_member(carry, error);
    if (status == PIONEER_OK && pnr_carry_entitle(carry) != PIONEER_OK) {
        status = pnr_fail_no_memory(error);
    }
    return status == PIONEER_OK ? replace(carry, next, error) : status;
}

enum pioneer_status pioneer_history_carry(const struct pioneer_campaign *campaign,
                                          const struct pioneer_roster *roster, struct pioneer_campaign *next,
                                          int32_t from_day, struct pioneer_error *error) {
    if (!campaign->validated) {
        return pnr_fail(error, PIONEER_E_INVALID, "not-validated", NULL,
                        "History is carried from a validated campaign only.");
    }
    struct pnr_organisation *organisation = NULL;
    enum pioneer_status status = pnr_organisation_build(campaign, &organisation, error);
    if (status != PIONEER_OK) {
        return status;
    }
    struct pnr_carry carry = {
        .organisation = organisation, .roster = roster, .next = next, .from_day = from_day};
    pnr_arena_init(&carry.arena);
    status = carry_all(&carry, next, error);
    pnr_index_fini(&carry.next_rules);
    pnr_indexes_fini(&carry.indexes);
    pnr_arena_fini(&carry.arena);
    pnr_organisation_free(organisation);
    return status;
}
