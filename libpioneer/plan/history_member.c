/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one member brings: loads, last duty, runs, weekends, counts, visits. */
#include "plan/history.h"

#include <string.h>

#include "base/calendar.h"

#define SATURDAY 5
#define SUNDAY   6

static const struct pioneer_campaign *campaign_of(const struct pnr_carry *carry) {
    return carry->organisation->campaign;
}

static const char *kind_of(const struct pnr_carry *carry, const struct pnr_duty *duty) {
    return campaign_of(carry)->slots.items[duty->slot].kind;
}

/* The loads of duties whose part has the member in its pool, as in docs/rules.md section 6. */
static void add_loads(const struct pnr_carry *carry, int32_t member, struct pioneer_history *out) {
    const struct pnr_organisation *organisation = carry->organisation;
    int32_t end = pnr_carry_end(carry, member);
    for (int32_t i = carry->first_of_member[member]; i < end; i++) {
        const struct pnr_duty *duty = pnr_carry_duty(carry, i);
        if (pnr_organisation_in_pool(organisation, member, organisation->unit_of_post[duty->post])) {
            out->load_min += duty->load_min;
            out->load_hardship += duty->hardship;
        }
    }
    out->entitled_min += carry->entitled_min[member];
    out->entitled_hardship += carry->entitled_hardship[member];
}

/* Duties stand by start, so the last one is the last for continuity; the end of the last worked day may
 * belong to an earlier one. */
static void set_last_duty(const struct pnr_carry *carry, int32_t member, struct pioneer_history *out) {
    int32_t first = carry->first_of_member[member], at = pnr_carry_end(carry, member) - 1;
    if (at < first) {
        return;
    }
    const struct pnr_duty *last = pnr_carry_duty(carry, at);
    out->last_post = campaign_of(carry)->posts.items[last->post].id;
    out->last_site = campaign_of(carry)->sites.items[last->site].id;
    out->last_end_at = 0;
    out->last_was_night = false;
    for (; at >= first && pnr_carry_duty(carry, at)->day == last->day; at--) {
        const struct pnr_duty *duty = pnr_carry_duty(carry, at);
        out->last_end_at = duty->to_at > out->last_end_at ? duty->to_at : out->last_end_at;
        out->last_was_night = out->last_was_night || duty->night;
    }
}

/* Days in a row up to the day before from_day with a duty (kind NULL), or with a duty of the kind.
 * *reaches_start: the first day of the campaign is among them, so that what came before goes on. */
static int32_t run_of(const struct pnr_carry *carry, int32_t member, const char *kind, bool *reaches_start) {
    int32_t day = carry->from_day;
    for (int32_t at = pnr_carry_end(carry, member) - 1; at >= carry->first_of_member[member]; at--) {
        const struct pnr_duty *duty = pnr_carry_duty(carry, at);
        if (duty->day < day - 1) {
            break;
        }
        if (duty->day == day - 1 && (kind == NULL || strcmp(kind, kind_of(carry, duty)) == 0)) {
            day--;
        }
    }
    *reaches_start = day == carry->organisation->first_day;
    return carry->from_day - day;
}

static void set_runs(const struct pnr_carry *carry, int32_t member, const struct pioneer_history *before,
                     struct pioneer_history *out) {
    bool reaches_start;
    int32_t end = pnr_carry_end(carry, member);
    bool has_duties = end > carry->first_of_member[member];
    const struct pnr_duty *last = has_duties ? pnr_carry_duty(carry, end - 1) : NULL;
    out->run_worked = run_of(carry, member, NULL, &reaches_start);
    out->run_worked += reaches_start ? before->run_worked : 0;
    int32_t off_since = last == NULL ? carry->organisation->first_day - before->run_off : last->day + 1;
    out->run_off = carry->from_day - off_since;
    if (carry->from_day == carry->organisation->first_day) {
        return; /* nothing lies between: kinds are as they were */
    }
    bool worked_last_day = last != NULL && last->day == carry->from_day - 1;
    out->last_kind = worked_last_day ? kind_of(carry, last) : NULL;
    out->run_kind = worked_last_day ? run_of(carry, member, out->last_kind, &reaches_start) : 0;
    bool goes_on = worked_last_day && reaches_start && before->last_kind != NULL &&
                   strcmp(before->last_kind, out->last_kind) == 0;
    out->run_kind += goes_on ? before->run_kind : 0;
}

/* A weekend whose Saturday history has counted is not counted again on its Sunday. */
static void add_weekends(const struct pnr_carry *carry, int32_t member, const struct pioneer_history *before,
                         struct pioneer_history *out) {
    int32_t first_day = carry->organisation->first_day, end = pnr_carry_end(carry, member);
    bool is_open = before->saturday_worked && pnr_weekday(first_day) == SUNDAY;
    int32_t counted = is_open ? pnr_week_of(first_day) : -1;
    bool worked_last_day = false;
    for (int32_t i = carry->first_of_member[member]; i < end; i++) {
        int32_t day = pnr_carry_duty(carry, i)->day;
        if (pnr_weekday(day) >= SATURDAY && pnr_week_of(day) != counted) {
            counted = pnr_week_of(day);
            out->weekends++;
        }
        worked_last_day = day == carry->from_day - 1;
    }
    if (carry->from_day != first_day) {
        out->saturday_worked = worked_last_day && pnr_weekday(carry->from_day) == SUNDAY;
    }
}

static bool is_listed(const char *id, const char *const *list, int32_t count) {
    for (int32_t i = 0; i < count; i++) {
        if (strcmp(id, list[i]) == 0) {
            return true;
        }
    }
    return count == 0;
}

/* What one duty adds to the amount of a rule of kind duties, minutes or count. */
static int32_t amount_of(const struct pnr_carry *carry, const struct pioneer_rule *rule,
                         const struct pnr_duty *duty) {
    const struct pioneer_campaign *campaign = campaign_of(carry);
    if (rule->kind == PIONEER_RULE_MINUTES) {
        return duty->to_at - duty->from_at;
    }
    if (rule->kind == PIONEER_RULE_DUTIES) {
        return 1;
    }
    return duty->hardship >= rule->hardship &&
           is_listed(campaign->posts.items[duty->post].id, rule->posts, rule->post_count) &&
           is_listed(campaign->sites.items[duty->site].id, rule->sites, rule->site_count) &&
           is_listed(campaign->slots.items[duty->slot].id, rule->slots, rule->slot_count);
}

static int32_t count_before(const struct pioneer_history *before, const char *rule) {
    int32_t count = 0;
    for (int32_t i = 0; i < before->count_count; i++) {
        count += strcmp(before->counts[i].rule, rule) == 0 ? before->counts[i].count : 0;
    }
    return count;
}

/* What is used up of the window that is open on from_day. Days and stages begin anew, and so does a week on
 * Monday. */
static int32_t used_up(const struct pnr_carry *carry, int32_t member, const struct pioneer_rule *rule,
                       const struct pioneer_history *before) {
    int32_t first_day = carry->organisation->first_day, since = first_day - 1,
            end = pnr_carry_end(carry, member);
    if (rule->window == PIONEER_WINDOW_WEEK) {
        since = carry->from_day - pnr_weekday(carry->from_day);
    } else if (rule->window != PIONEER_WINDOW_CAMPAIGN) {
        return 0;
    }
    bool was_open_at_start = since < first_day && since < carry->from_day;
    int32_t used = was_open_at_start ? count_before(before, rule->id) : 0;
    for (int32_t i = carry->first_of_member[member]; i < end; i++) {
        const struct pnr_duty *duty = pnr_carry_duty(carry, i);
        used += duty->day >= since ? amount_of(carry, rule, duty) : 0;
    }
    return used;
}

static bool has_window(const struct pioneer_rule *rule) {
    return rule->kind == PIONEER_RULE_DUTIES || rule->kind == PIONEER_RULE_MINUTES ||
           rule->kind == PIONEER_RULE_COUNT;
}

/* The next campaign's rule of this id and kind judges from now on, so its window and conditions decide. */
static const struct pioneer_rule *next_rule(const struct pnr_carry *carry, const struct pioneer_rule *rule) {
    int32_t at = has_window(rule) ? pnr_index_find(&carry->next_rules, rule->id) : -1;
    const struct pioneer_rule *next = at < 0 ? NULL : &carry->next->rules.items[at];
    return next != NULL && next->kind == rule->kind ? next : NULL;
}

static bool add_counts(struct pnr_carry *carry, int32_t member, const struct pioneer_history *before,
                       struct pioneer_history *out) {
    const struct pioneer_campaign *campaign = campaign_of(carry);
    struct pioneer_history_count *counts =
        pnr_arena_alloc(&carry->arena, (size_t)campaign->rules.count, sizeof *counts);
    if (counts == NULL) {
        return false;
    }
    out->counts = counts;
    out->count_count = 0;
    for (int32_t i = 0; i < campaign->rules.count; i++) {
        const struct pioneer_rule *rule = next_rule(carry, &campaign->rules.items[i]);
        int32_t used = rule == NULL ? 0 : used_up(carry, member, rule, before);
        if (used > 0) {
            counts[out->count_count++] = (struct pioneer_history_count){rule->id, used};
        }
    }
    return true;
}

/* Adds a visit, or moves the day of the one there is. */
static void note_visit(struct pioneer_history_visit *visits, int32_t *count, const char *kind, int32_t day) {
    int32_t at = 0;
    while (at < *count && strcmp(visits[at].site_kind, kind) != 0) {
        at++;
    }
    if (at == *count) {
        visits[(*count)++] = (struct pioneer_history_visit){kind, day};
    } else if (visits[at].day < day) {
        visits[at].day = day;
    }
}

static bool add_visits(struct pnr_carry *carry, int32_t member, const struct pioneer_history *before,
                       struct pioneer_history *out) {
    const struct pioneer_campaign *campaign = campaign_of(carry);
    size_t most = (size_t)before->visit_count + (size_t)campaign->sites.count;
    struct pioneer_history_visit *visits = pnr_arena_alloc(&carry->arena, most, sizeof *visits);
    if (visits == NULL) {
        return false;
    }
    int32_t end = pnr_carry_end(carry, member);
    out->visits = visits;
    out->visit_count = 0;
    for (int32_t i = 0; i < before->visit_count; i++) {
        note_visit(visits, &out->visit_count, before->visits[i].site_kind, before->visits[i].day);
    }
    for (int32_t i = carry->first_of_member[member]; i < end; i++) {
        const struct pnr_duty *duty = pnr_carry_duty(carry, i);
        const char *kind = campaign->sites.items[duty->site].kind;
        if (kind != NULL && *kind != '\0') {
            note_visit(visits, &out->visit_count, kind, duty->day);
        }
    }
    return true;
}

enum pioneer_status pnr_carry_describe(struct pnr_carry *carry, int32_t member, struct pioneer_history *out) {
    static const struct pioneer_history fresh = {0};
    const struct pioneer_history *before = carry->history_of_member[member];
    before = before == NULL ? &fresh : before;
    *out = *before;
    out->struct_size = sizeof *out;
    out->member = campaign_of(carry)->members.items[member].id;
    add_loads(carry, member, out);
    set_last_duty(carry, member, out);
    set_runs(carry, member, before, out);
    add_weekends(carry, member, before, out);
    bool ok = add_counts(carry, member, before, out) && add_visits(carry, member, before, out);
    return ok ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}
