/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each member of a part is entitled to carry (docs/rules.md section 6). */
#include "model/entitlement.h"

#include "base/calendar.h"
#include "base/map.h"

/* ---- largest remainder
 * ------------------------------------------------------------------------------------------- */

static void sift_down(int32_t *heap, int32_t count, int32_t at, const int64_t *remainder) {
    for (;;) {
        int32_t child = 2 * at + 1;
        if (child >= count) {
            return;
        }
#define BEFORE(a, b) (remainder[a] > remainder[b] || (remainder[a] == remainder[b] && (a) < (b)))
        if (child + 1 < count && BEFORE(heap[child + 1], heap[child])) {
            child++;
        }
        if (!BEFORE(heap[child], heap[at])) {
            return;
        }
#undef BEFORE
        int32_t swap = heap[at];
        heap[at] = heap[child];
        heap[child] = swap;
        at = child;
    }
}

/* Gives one more unit to each of the `left` largest remainders; `out` holds the remainders' floors. */
static void give_remainders(int64_t left, const int64_t *remainder, int32_t count, int64_t *out,
                            int32_t *heap) {
    for (int32_t i = 0; i < count; i++) {
        heap[i] = i;
    }
    for (int32_t i = count / 2 - 1; i >= 0; i--) {
        sift_down(heap, count, i, remainder);
    }
    int32_t size = count;
    for (; left > 0 && size > 0; left--) {
        out[heap[0]]++;
        heap[0] = heap[--size];
        sift_down(heap, size, 0, remainder);
    }
}

void pnr_entitlement_share(int64_t total, const int64_t *shares, int32_t count, int64_t *out,
                           struct pnr_share_scratch *scratch) {
    int64_t sum = 0;
    for (int32_t i = 0; i < count; i++) {
        sum += shares[i];
        out[i] = 0;
    }
    if (sum == 0) {
        return;
    }
    int64_t left = total;
    for (int32_t i = 0; i < count; i++) {
        out[i] = total * shares[i] / sum;
        scratch->remainder[i] = total * shares[i] % sum;
        left -= out[i];
    }
    give_remainders(left, scratch->remainder, count, out, scratch->heap);
}

/* ---- what a member could do
 * -------------------------------------------------------------------------------------- */

int64_t pnr_entitlement_most_minutes(const struct pnr_organisation *organisation, enum pioneer_window window,
                                     int32_t member, int32_t stage) {
    int64_t least = INT64_MAX;
    for (int32_t r = 0; r < organisation->rule_count; r++) {
        const struct pnr_rule *rule = &organisation->rules[r];
        if (rule->given.kind == PIONEER_RULE_MINUTES && rule->level < 0 && rule->given.has_max &&
            rule->given.window == window && rule->given.max < least &&
            pnr_organisation_rule_holds(organisation, r, member, stage)) {
            least = rule->given.max;
        }
    }
    return least;
}

static int64_t least(int64_t a, int64_t b) {
    return a < b ? a : b;
}

/* Sums of minutes nested as date < week < stage < campaign; a sum is clipped when its window closes. */
struct nested_sums {
    const struct pnr_organisation *organisation;
    int32_t member;
    int32_t stage; /* of the date at hand */
    int32_t day, week, week_stage;
    int64_t in_day, in_week, in_stage, in_all;
    int32_t span_end; /* end of the union of intervals so far, of the date at hand */
};

static void close_day(struct nested_sums *sums) {
    sums->in_week += least(sums->in_day, pnr_entitlement_most_minutes(sums->organisation, PIONEER_WINDOW_DAY,
                                                                      sums->member, sums->stage));
    sums->in_day = 0;
}

static void close_week(struct nested_sums *sums) {
    sums->in_stage +=
        least(sums->in_week, pnr_entitlement_most_minutes(sums->organisation, PIONEER_WINDOW_WEEK,
                                                          sums->member, sums->week_stage));
    sums->in_week = 0;
}

static void close_stage(struct nested_sums *sums) {
    sums->in_all +=
        least(sums->in_stage, pnr_entitlement_most_minutes(sums->organisation, PIONEER_WINDOW_STAGE,
                                                           sums->member, sums->stage));
    sums->in_stage = 0;
}

static void add_duty(struct nested_sums *sums, const struct pnr_duty *duty) {
    if (duty->day == sums->day && duty->stage == sums->stage && duty->to_at <= sums->span_end) {
        return; /* most duties: their time is counted already */
    }
    bool new_stage = duty->stage != sums->stage;
    int32_t week = pnr_week_of(duty->day);
    if (duty->day != sums->day) {
        close_day(sums);
        sums->span_end = duty->from_at;
    }
    if (week != sums->week || new_stage) {
        close_week(sums);
        sums->week_stage = duty->stage;
    }
    if (new_stage) {
        close_stage(sums);
    }
    sums->stage = duty->stage;
    sums->day = duty->day;
    sums->week = week;
    int32_t from = duty->from_at > sums->span_end ? duty->from_at : sums->span_end;
    if (duty->to_at > from) {
        sums->in_day += duty->to_at - from;
        sums->span_end = duty->to_at;
    }
}

static int64_t close_all(struct nested_sums *sums) {
    close_day(sums);
    close_week(sums);
    close_stage(sums);
    return least(sums->in_all, pnr_entitlement_most_minutes(sums->organisation, PIONEER_WINDOW_CAMPAIGN,
                                                            sums->member, sums->stage));
}

static bool meets_earlier_part(const struct pnr_organisation *organisation,
                               const struct pnr_duty_indices *before, const struct pnr_duty *duty) {
    for (int32_t i = 0; i < before->count; i++) {
        const struct pnr_duty *other = &organisation->duties.items[before->items[i]];
        if (duty->from_at < other->to_at && other->from_at < duty->to_at) {
            return true;
        }
    }
    return false;
}

void pnr_entitlement_measure(const struct pnr_instance *instance, const struct pnr_prefix *prefix, int32_t m,
                             const int32_t *duties, int32_t count, int64_t *out[2]) {
    const struct pnr_organisation *organisation = instance->organisation;
    int32_t member = instance->member_at[m];
    const struct pnr_duty_indices *before = &prefix->duties_of_member[member];
    struct nested_sums sums = {
        .organisation = organisation, .member = member, .stage = -1, .day = -1, .week = -1, .week_stage = -1};
    *out[1] = 0;
    for (int32_t i = 0; i < count; i++) {
        const struct pnr_duty *duty = pnr_instance_duty(instance, duties[i]);
        if (before->count > 0 && meets_earlier_part(organisation, before, duty)) {
            continue;
        }
        if (sums.stage < 0) {
            sums.stage = sums.week_stage = duty->stage;
            sums.day = duty->day;
            sums.week = pnr_week_of(duty->day);
            sums.span_end = duty->from_at;
        }
        add_duty(&sums, duty);
        *out[1] += duty->hardship;
    }
    *out[0] = sums.stage < 0 ? 0 : close_all(&sums);
}

static bool share_out(struct pnr_instance *instance, int64_t total, const int64_t *shares, int64_t **out) {
    size_t members = (size_t)instance->member_count;
    struct pnr_share_scratch scratch = {
        pnr_arena_alloc(&instance->arena, members, sizeof *scratch.remainder),
        pnr_arena_alloc(&instance->arena, members, sizeof *scratch.heap),
    };
    *out = pnr_arena_alloc(&instance->arena, members, sizeof **out);
    if (scratch.remainder == NULL || scratch.heap == NULL || *out == NULL) {
        return false;
    }
    pnr_entitlement_share(total, shares, instance->member_count, *out, &scratch);
    return true;
}

enum pioneer_status pnr_entitlement_fill(struct pnr_instance *instance, const int64_t *minutes,
                                         const int64_t *points) {
    int64_t total_min = 0;
    int64_t total_hardship = 0;
    for (int32_t i = 0; i < instance->own_duty_count; i++) {
        const struct pnr_duty *duty = &instance->organisation->duties.items[instance->own_duty_at[i]];
        total_min += (int64_t)duty->target * duty->load_min;
        total_hardship += (int64_t)duty->target * duty->hardship;
    }
    bool ok = share_out(instance, total_min, minutes, &instance->entitled_min) &&
              share_out(instance, total_hardship, points, &instance->entitled_hardship);
    return ok ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}

/* ---- what was carried in
 * ----------------------------------------------------------------------------------------- */

/* Whether a stage (-1: history) lies within the rule's credit window, seen from the instance's stage. */
static bool counts(const struct pnr_instance *instance, const struct pioneer_rule *rule, int32_t stage) {
    const struct pnr_organisation *organisation = instance->organisation;
    if (instance->stage < 0) { /* joint: history is all there is before, and ends with the day before */
        return stage < 0 && (rule->days > 0 || rule->credit_window == PIONEER_WINDOW_CAMPAIGN);
    }
    if (stage == instance->stage) {
        return true;
    }
    if (rule->days > 0) {
        int32_t last =
            stage < 0 ? organisation->first_day : organisation->campaign->stages.items[stage].to_day;
        return last >= organisation->campaign->stages.items[instance->stage].from_day - rule->days;
    }
    return rule->credit_window == PIONEER_WINDOW_CAMPAIGN;
}

static void carry_history(struct pnr_instance *instance, const struct pioneer_rule *rule,
                          int32_t *index_of_member, int64_t *excess) {
    const struct pioneer_campaign *campaign = instance->organisation->campaign;
    for (int32_t h = 0; h < campaign->histories.count; h++) {
        const struct pioneer_history *history = &campaign->histories.items[h];
        int32_t m = index_of_member[h];
        if (m >= 0) {
            excess[m] += rule->kind == PIONEER_RULE_LOAD_FAIRNESS
                             ? history->load_min - history->entitled_min
                             : history->load_hardship - history->entitled_hardship;
        }
    }
}

static void carry_rule(struct pnr_instance *instance, const struct pnr_prefix *prefix,
                       const struct pioneer_rule *rule, int32_t *member_of_history, int64_t *excess) {
    bool is_load = rule->kind == PIONEER_RULE_LOAD_FAIRNESS;
    for (int32_t i = 0; i < prefix->credits.count; i++) {
        const struct pnr_credit *credit = &prefix->credits.items[i];
        if (!counts(instance, rule, credit->stage)) {
            continue;
        }
        for (int32_t m = 0; m < instance->member_count; m++) {
            int32_t member = instance->member_at[m];
            excess[m] += is_load ? credit->load_min[member] - credit->entitled_min[member]
                                 : credit->load_hardship[member] - credit->entitled_hardship[member];
        }
    }
    if (counts(instance, rule, -1)) {
        carry_history(instance, rule, member_of_history, excess);
    }
}

/* For each history description the member's number in the part, -1 if it is not in it. */
static bool find_histories(struct pnr_instance *instance, int32_t **out) {
    const struct pioneer_campaign *campaign = instance->organisation->campaign;
    *out = pnr_arena_alloc(&instance->arena, (size_t)campaign->histories.count, sizeof **out);
    if (*out == NULL) {
        return false;
    }
    struct pnr_map map;
    pnr_map_init(&map);
    bool ok = true;
    for (int32_t m = 0; ok && m < instance->member_count; m++) {
        ok = pnr_map_put(&map, campaign->members.items[instance->member_at[m]].id, m);
    }
    for (int32_t h = 0; ok && h < campaign->histories.count; h++) {
        (*out)[h] = pnr_map_get(&map, campaign->histories.items[h].member);
    }
    pnr_map_fini(&map);
    return ok;
}

enum pioneer_status pnr_entitlement_carry(struct pnr_instance *instance, const struct pnr_prefix *prefix) {
    const struct pnr_organisation *organisation = instance->organisation;
    size_t members = (size_t)instance->member_count;
    int32_t *member_of_history;
    instance->carried_excess = pnr_arena_alloc(&instance->arena, (size_t)organisation->rule_count * members,
                                               sizeof *instance->carried_excess);
    if (instance->carried_excess == NULL || !find_histories(instance, &member_of_history)) {
        return PIONEER_E_NO_MEMORY;
    }
    for (int32_t r = 0; r < organisation->rule_count; r++) {
        const struct pioneer_rule *rule = &organisation->rules[r].given;
        if (rule->kind == PIONEER_RULE_LOAD_FAIRNESS || rule->kind == PIONEER_RULE_HARDSHIP_FAIRNESS) {
            carry_rule(instance, prefix, rule, member_of_history,
                       instance->carried_excess + (size_t)r * members);
        }
    }
    return PIONEER_OK;
}
