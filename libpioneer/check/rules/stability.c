/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule stability: changes against the published roster, weighted by notice. */
#include "check/rules/rules.h"

#include "check/inforce.h"
#include "check/free.h"

#include "base/calendar.h"

static bool is_published(const struct pnr_check_mark *mark) {
    return mark != NULL && (mark->state == PIONEER_PUBLISHED || pnr_is_pin(mark->state));
}

/* What one change of the duty weighs: the entry of the nearest notice that the duty falls in. */
static int64_t notice_of(const struct pnr_world *world, const struct pnr_check_duty *duty) {
    const struct pioneer_campaign_settings *settings = &world->campaign->settings;
    int64_t now_at = settings->now_at == 0 ? (int64_t)world->first_day * PNR_DAY_MINUTES : settings->now_at;
    const struct pioneer_notice *nearest = NULL;
    for (int32_t i = 0; i < settings->notice_count; i++) {
        const struct pioneer_notice *notice = &settings->notice[i];
        if (duty->from_at - now_at <= (int64_t)notice->within_hours * 60 &&
            (nearest == NULL || notice->within_hours < nearest->within_hours)) {
            nearest = notice;
        }
    }
    return nearest == NULL ? 1 : nearest->weight;
}

static bool holds_hard(const struct pnr_view *view, enum pioneer_rule_kind kind, int32_t member,
                       int32_t stage) {
    for (int32_t i = 0; i < view->world->rule_count; i++) {
        const struct pnr_check_rule *rule = &view->world->rules[i];
        if (rule->kind == kind && rule->weight == 0 && pnr_inforce_holds(view->world, rule, member, stage)) {
            return true;
        }
    }
    return false;
}

static bool overlaps(const struct pnr_check_duty *a, const struct pnr_check_duty *b) {
    return a != b && a->from_at < b->to_at && b->from_at < a->to_at;
}

static bool meets_earlier_part(const struct pnr_view *view, int32_t member,
                               const struct pnr_check_duty *duty) {
    const struct pnr_stand *stand = view->stand;
    for (int32_t i = stand->duties_of_member[member]; i < stand->duties_of_member[member + 1]; i++) {
        if (view->division->part_of_duty[stand->duty_at[i]] < view->part->index &&
            overlaps(duty, &view->world->duties[stand->duty_at[i]])) {
            return true;
        }
    }
    return false;
}

/* The member's marks, [*first, *end). */
static void find_marks(const struct pnr_world *world, int32_t member, int32_t *first, int32_t *end) {
    int32_t low = 0;
    int32_t high = world->mark_count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (world->marks[middle].member < member) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *first = low;
    for (*end = low; *end < world->mark_count && world->marks[*end].member == member; (*end)++) {
    }
}

static bool meets_pin(const struct pnr_view *view, int32_t first, int32_t end,
                      const struct pnr_check_duty *duty) {
    for (int32_t i = first; i < end; i++) {
        const struct pnr_check_mark *mark = &view->world->marks[i];
        if (pnr_is_pin(mark->state) && overlaps(duty, &view->world->duties[mark->duty])) {
            return true;
        }
    }
    return false;
}

/* Whether pins alone fill the duty; one without any place is full from the start. */
static bool is_full(const struct pnr_world *world, int32_t duty) {
    int32_t pins = 0;
    for (int32_t i = 0; i < world->mark_count; i++) {
        pins += world->marks[i].duty == duty && pnr_is_pin(world->marks[i].state);
    }
    return pins >= world->duties[duty].max;
}

/* A removal that nobody chose costs nothing. */
static bool is_forced(const struct pnr_view *view, int32_t first, int32_t end,
                      const struct pnr_check_mark *mark) {
    const struct pnr_world *world = view->world;
    const struct pnr_check_duty *duty = &world->duties[mark->duty];
    bool is_ineligible = !pnr_world_is_eligible(world, mark->member, duty->post) &&
                         holds_hard(view, PIONEER_RULE_ELIGIBILITY, mark->member, duty->stage);
    /* In joint mode the pool holds members of other units' posts. */
    bool is_of_others = !pnr_division_may_take(world, mark->member, duty);
    bool is_away = !pnr_free_holds(world, mark->member, duty->from_at, duty->to_at) &&
                   holds_hard(view, PIONEER_RULE_AVAILABILITY, mark->member, duty->stage);
    return is_ineligible || is_of_others || is_away || is_full(world, mark->duty) ||
           meets_earlier_part(view, mark->member, duty) || meets_pin(view, first, end, duty);
}

/* The changes of one member. */
struct changes {
    int64_t count, weight;
};

static void add_change(const struct pnr_world *world, int32_t duty, struct changes *changes) {
    changes->count++;
    changes->weight += notice_of(world, &world->duties[duty]);
}

static void find_removals(const struct pnr_view *view, int32_t member, struct changes *changes) {
    int32_t first;
    int32_t end;
    find_marks(view->world, member, &first, &end);
    for (int32_t i = first; i < end; i++) {
        const struct pnr_check_mark *mark = &view->world->marks[i];
        if (is_published(mark) && view->division->part_of_duty[mark->duty] == view->part->index &&
            !pnr_stand_has(view->stand, member, mark->duty) && !is_forced(view, first, end, mark)) {
            add_change(view->world, mark->duty, changes);
        }
    }
}

static void find_additions(const struct pnr_view *view, int32_t member, struct changes *changes) {
    const struct pnr_stand *stand = view->stand;
    for (int32_t i = stand->duties_of_member[member]; i < stand->duties_of_member[member + 1]; i++) {
        int32_t duty = stand->duty_at[i];
        if (view->division->part_of_duty[duty] == view->part->index &&
            !is_published(pnr_world_mark(view->world, member, duty))) {
            add_change(view->world, duty, changes);
        }
    }
}

static bool has_published(const struct pnr_view *view) {
    for (int32_t i = 0; i < view->world->mark_count; i++) {
        const struct pnr_check_mark *mark = &view->world->marks[i];
        if (is_published(mark) && view->division->part_of_duty[mark->duty] == view->part->index &&
            pnr_division_position(view->division, view->part->index, mark->member) >= 0) {
            return true;
        }
    }
    return false;
}

void pnr_check_stability(struct pnr_view *view) {
    if (!has_published(view)) {
        return;
    }
    for (int32_t i = 0; i < view->part->member_count; i++) {
        int32_t member = view->part->members[i];
        struct changes changes = {0, 0};
        find_removals(view, member, &changes);
        find_additions(view, member, &changes);
        if (changes.count > 0 && pnr_view_holds_for(view, member)) {
            pnr_view_charge(view,
                            &(struct pnr_charge){.amount = changes.weight + view->rule->given->person_cost});
        }
    }
}
