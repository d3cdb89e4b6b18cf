/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of a campaign file (docs/format.md), and how its lists reach the campaign. */
#include <pioneer/campaign.h>

#include "io/document.h"
#include "io/shape_keys.h"
#include "model/campaign.h"

#define MOST PIONEER_MAX_NUMBER

/* A number whose 0 stands for a default other than 0 starts at 1 in a file, so that nobody writes 0 and gets
 * something else. */

static const char *const pool_list[] = {NULL, "nominated", "signed_up"};
static const char *const status_list[] = {"other", "party", "probationary", "prospect", "activist"};
static const char *const role_list[] = {"other", "office", "teacher", "student"};
static const char *const window_list[] = {"campaign", "stage", "week", "day"};
static const char *const credit_list[] = {"campaign", "stage"};
static const char *const border_list[] = {NULL, "judge", "exempt"};
static const char *const wish_list[] = {"on", "off"};
static const char *const state_list[] = {"planned", "published", "pinned", "served", "absent"};

static const char *rule_word(int32_t kind) {
    return pnr_rule_kind_name((enum pioneer_rule_kind)kind);
}

#define RULE_WORDS                                                                                           \
    { .item_of = rule_word, .count = PIONEER_RULE_COUNT_OF_KINDS }
#define WEEKDAY_WORDS                                                                                        \
    { .items = weekday_list, .count = 7 }
static const char *const weekday_list[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
const struct pnr_words pnr_weekday_words = WEEKDAY_WORDS;

/* ---- the head */

#define S struct pioneer_campaign_settings
static const struct pnr_key night_keys[] = {
    KEY_TIME("from", S, night_from_min, REQUIRED),
    KEY_END("to", S, night_to_min, night_from_min, REQUIRED, .plain = 300),
};
static const struct pnr_shape night_shape = SHAPE("night", S, night_keys, NULL);

#define N struct pioneer_notice
static const struct pnr_key notice_keys[] = {
    KEY_NUMBER("within_hours", N, within_hours, 0, MOST, REQUIRED),
    KEY_NUMBER("weight", N, weight, 0, MOST, REQUIRED),
};
static const struct pnr_shape notice_shape = SHAPE("notice", N, notice_keys, NULL);

static const struct pnr_key head_keys[] = {
    KEY_TEXT("name", S, name, PLAIN_TEXT("")),
    KEY_TEXT("time_zone", S, time_zone, PLAIN_TEXT("Asia/Shanghai")),
    KEY_NUMBER("walking_min", S, walking_min, 0, MOST, OPTIONAL),
    KEY_GROUP("night", &night_shape),
    KEY_MOMENT("now", S, now_at, OPTIONAL),
    KEY_RECORDS("notice", S, notice, notice_count, &notice_shape, OPTIONAL),
};
static const struct pnr_shape head_shape = SHAPE("campaign", S, head_keys, NULL);
#undef N
#undef S

/* ---- the organisation */

#define S struct pioneer_unit
static const struct pnr_key unit_keys[] = {
    KEY_TEXT("id", S, id, REQUIRED),
    KEY_TEXT("name", S, name, LIKE(S, id)),
    KEY_TEXT("parent", S, parent, OPTIONAL),
    KEY_CHOICE("draws_from", S, draws_from, WORDS(pool_list), OPTIONAL),
    KEY_NUMBER("quota", S, quota, 1, MOST, OPTIONAL),
};
static const struct pnr_shape unit_shape = SHAPE("unit", S, unit_keys, NULL);
#undef S

#define S struct pioneer_weekly_window
static const struct pnr_key weekly_keys[] = {
    KEY_CHOICE("weekday", S, weekday, WEEKDAY_WORDS, REQUIRED),
    KEY_TIME("from", S, from_min, REQUIRED),
    KEY_END("to", S, to_min, from_min, REQUIRED),
};
static const struct pnr_shape weekly_shape = SHAPE("weekly_window", S, weekly_keys, NULL);
#undef S

#define S struct pioneer_dated_window
static const struct pnr_key dated_keys[] = {
    KEY_DATE("date", S, day, REQUIRED),
    KEY_TIME("from", S, from_min, REQUIRED),
    KEY_END("to", S, to_min, from_min, REQUIRED),
};
static const struct pnr_shape dated_shape = SHAPE("dated_window", S, dated_keys, NULL);
#undef S

#define S struct pioneer_absence
static const struct pnr_key absence_keys[] = {
    KEY_MOMENT("from", S, from_at, REQUIRED),
    KEY_MOMENT("to", S, to_at, REQUIRED),
    KEY_TEXT("reason", S, reason, OPTIONAL),
};
static const struct pnr_shape absence_shape = SHAPE("absence", S, absence_keys, NULL);
#undef S

#define S struct pioneer_member
static const struct pnr_key available_keys[] = {
    KEY_RECORDS("weekly", S, weekly, weekly_count, &weekly_shape, HAS(S, has_weekly)),
    KEY_RECORDS("dated", S, dated, dated_count, &dated_shape, OPTIONAL),
    KEY_RECORDS("absences", S, absences, absence_count, &absence_shape, OPTIONAL),
};
static const struct pnr_shape available_shape = SHAPE("available", S, available_keys, NULL);

static const struct pnr_key member_keys[] = {
    KEY_TEXT("id", S, id, REQUIRED),
    KEY_TEXT("name", S, name, LIKE(S, id)),
    KEY_TEXT("unit", S, unit, REQUIRED),
    KEY_CHOICE("status", S, status, WORDS(status_list), OPTIONAL),
    KEY_CHOICE("role", S, role, WORDS(role_list), OPTIONAL),
    KEY_TEXTS("tags", S, tags, tag_count, OPTIONAL),
    KEY_LIST("ratings", PNR_FORM_RATINGS, S, ratings, rating_count, .low = 0, .high = 100),
    KEY_TEXT("home_site", S, home_site, OPTIONAL),
    KEY_FLAG("nominated", S, nominated),
    KEY_NUMBER("rank", S, rank, 1, MOST, OPTIONAL),
    KEY_GROUP("available", &available_shape),
};
static const struct pnr_shape member_shape = SHAPE("member", S, member_keys, NULL);
#undef S

/* ---- places and times */

#define S struct pioneer_site
static const struct pnr_key site_keys[] = {
    KEY_TEXT("id", S, id, REQUIRED),
    KEY_TEXT("name", S, name, LIKE(S, id)),
    KEY_TEXT("kind", S, kind, PLAIN_TEXT("")),
    KEY_TEXT("zone", S, zone, PLAIN_TEXT("")),
    KEY_NUMBER("capacity", S, capacity, 1, MOST, OPTIONAL),
};
static const struct pnr_shape site_shape = SHAPE("site", S, site_keys, NULL);
#undef S

#define S struct pioneer_walk
static const struct pnr_key walk_keys[] = {
    KEY_FLAG("between_zones", S, between_zones),
    KEY_TEXT("from", S, from, REQUIRED),
    KEY_TEXT("to", S, to, REQUIRED),
    KEY_NUMBER("minutes", S, minutes, 0, MOST, REQUIRED),
};
static const struct pnr_shape walk_shape = SHAPE("walk", S, walk_keys, NULL);
#undef S

#define S struct pioneer_slot
static const struct pnr_key slot_keys[] = {
    KEY_TEXT("id", S, id, REQUIRED),         KEY_TEXT("name", S, name, LIKE(S, id)),
    KEY_TIME("from", S, from_min, REQUIRED), KEY_END("to", S, to_min, from_min, REQUIRED),
    KEY_TEXT("kind", S, kind, LIKE(S, id)),
};
static const struct pnr_shape slot_shape = SHAPE("slot", S, slot_keys, NULL);
#undef S

#define S struct pioneer_stage
static const struct pnr_key stage_keys[] = {
    KEY_TEXT("id", S, id, REQUIRED),
    KEY_TEXT("name", S, name, LIKE(S, id)),
    KEY_DATE("from", S, from_day, REQUIRED),
    KEY_DATE("to", S, to_day, REQUIRED),
};
static const struct pnr_shape stage_shape = SHAPE("stage", S, stage_keys, NULL);
#undef S

/* ---- duties */

#define S struct pioneer_post
static const struct pnr_key post_keys[] = {
    KEY_TEXT("id", S, id, REQUIRED),
    KEY_TEXT("name", S, name, LIKE(S, id)),
    KEY_TEXT("kind", S, kind, PLAIN_TEXT("")),
    KEY_TEXT("unit", S, unit, REQUIRED),
    KEY_TEXT("eligible", S, eligible, OPTIONAL),
    KEY_NUMBER("priority", S, priority, 1, 1000, OPTIONAL),
    KEY_NUMBER("hardship", S, hardship, 0, 1000, OPTIONAL),
    KEY_TEXT("lead", S, lead, OPTIONAL),
    KEY_NUMBER("load_percent", S, load_percent, 1, 100, OPTIONAL),
};
static const struct pnr_shape post_shape = SHAPE("post", S, post_keys, NULL);
#undef S

#define S struct pioneer_demand
static const struct pnr_key demand_keys[] = {
    KEY_TEXT("post", S, post, REQUIRED),
    KEY_TEXTS("sites", S, sites, site_count, REQUIRED),
    KEY_TEXTS("slots", S, slots, slot_count, REQUIRED),
    KEY_LIST("dates", PNR_FORM_DATES, S, days, day_count, OPTIONAL),
    KEY_DATE("from", S, from_day, OPTIONAL),
    KEY_DATE("to", S, to_day, OPTIONAL),
    {.name = "weekdays", .form = PNR_FORM_WEEKDAYS, AT(S, weekdays)},
    KEY_LIST("except", PNR_FORM_DATES, S, except_days, except_count, OPTIONAL),
    KEY_NUMBER("min", S, min, 0, MOST, OPTIONAL),
    KEY_NUMBER("target", S, target, 0, MOST, HAS(S, has_target)),
    KEY_NUMBER("max", S, max, 0, MOST, HAS(S, has_max)),
    KEY_NUMBER("short_cost", S, short_cost, 1, MOST, OPTIONAL),
    KEY_NUMBER("over_cost", S, over_cost, 1, MOST, OPTIONAL),
    KEY_TEXTS("standby_for", S, standby_for, standby_for_count, OPTIONAL),
    KEY_NUMBER("no_show_percent", S, no_show_percent, 0, 100, OPTIONAL),
};
static const struct pnr_shape demand_shape = SHAPE("demand", S, demand_keys, NULL);
#undef S

/* ---- rules and levels */

#define O struct pioneer_open_cost
static const struct pnr_key open_cost_keys[] = {
    KEY_NUMBER("days", O, days, 1, MOST, REQUIRED),
    KEY_NUMBER("cost", O, cost, 0, MOST, REQUIRED),
};
static const struct pnr_shape open_cost_shape = SHAPE("open_cost", O, open_cost_keys, NULL);
#undef O

#define S struct pioneer_rule
static const struct pnr_key rule_keys[] = {
    KEY_CHOICE("kind", S, kind, RULE_WORDS, REQUIRED),
    KEY_TEXT("id", S, id, OPTIONAL),
    KEY_TEXT("replaces", S, replaces, OPTIONAL),
    KEY_TEXT("members", S, members, OPTIONAL),
    KEY_TEXTS("stages", S, stages, stage_count, OPTIONAL),
    KEY_NUMBER("weight", S, weight, 0, MOST, OPTIONAL),
    KEY_FLAG("drop", S, drop),
    KEY_TEXT("level", S, level, OPTIONAL),
    KEY_CHOICE("window", S, window, WORDS(window_list), OPTIONAL),
    KEY_NUMBER("min", S, min, 0, MOST, HAS(S, has_min)),
    KEY_NUMBER("max", S, max, 0, MOST, HAS(S, has_max)),
    KEY_NUMBER("minutes", S, minutes, 0, MOST, OPTIONAL),
    KEY_NUMBER("night_minutes", S, night_minutes, 0, MOST, OPTIONAL),
    KEY_NUMBER("days", S, days, 0, MOST, OPTIONAL),
    KEY_NUMBER("min_percent", S, min_percent, 1, 100, OPTIONAL),
    KEY_NUMBER("max_percent", S, max_percent, 1, 100, OPTIONAL),
    KEY_NUMBER("person_cost", S, person_cost, 0, MOST, OPTIONAL),
    KEY_CHOICE("at_start", S, at_start, WORDS(border_list), OPTIONAL),
    KEY_CHOICE("at_end", S, at_end, WORDS(border_list), OPTIONAL),
    KEY_FLAG("ignore_history", S, ignore_history),
    KEY_FLAG("by_site", S, by_site),
    KEY_CHOICE("credit_window", S, credit_window, WORDS(credit_list), OPTIONAL),
    KEY_NUMBER("hardship", S, hardship, 0, 1000, OPTIONAL),
    KEY_TEXT("who", S, who, OPTIONAL),
    KEY_TEXT("unit", S, unit, OPTIONAL),
    KEY_TEXT("rating", S, rating, OPTIONAL),
    KEY_TEXTS("posts", S, posts, post_count, OPTIONAL),
    KEY_TEXTS("sites", S, sites, site_count, OPTIONAL),
    KEY_TEXTS("slots", S, slots, slot_count, OPTIONAL),
    KEY_TEXTS("slot_kinds", S, slot_kinds, slot_kind_count, OPTIONAL),
    KEY_TEXTS("next_kinds", S, next_kinds, next_kind_count, OPTIONAL),
    KEY_TEXTS("site_kinds", S, site_kinds, site_kind_count, OPTIONAL),
    KEY_TEXTS("other_site_kinds", S, other_site_kinds, other_site_kind_count, OPTIONAL),
    KEY_TEXTS("tags", S, tags, tag_count, OPTIONAL),
    KEY_RECORDS("open_costs", S, open_costs, open_cost_count, &open_cost_shape, OPTIONAL),
};
static const struct pnr_shape rule_shape = SHAPE("rule", S, rule_keys, NULL);
KEYS_FIT(rule_keys);
#undef S

#define S struct pioneer_level
static const struct pnr_key level_keys[] = {
    KEY_TEXT("id", S, id, REQUIRED),
    KEY_TEXT("name", S, name, LIKE(S, id)),
};
static const struct pnr_shape level_shape = SHAPE("level", S, level_keys, NULL);
#undef S

/* ---- wishes, history, the published roster */

#define S struct pioneer_request
static const struct pnr_key request_keys[] = {
    KEY_TEXT("member", S, member, REQUIRED),
    {.name = "wish", .form = PNR_FORM_FLAG_WORD, AT(S, off), .words = WORDS(wish_list), REQUIRED},
    {.name = "date", .form = PNR_FORM_ONE_DATE, AT(S, from_day), .other = offsetof(S, to_day)},
    {.name = "from", .form = PNR_FORM_SPAN_DATE, AT(S, from_day), .other = offsetof(S, to_day)},
    {.name = "to", .form = PNR_FORM_SPAN_DATE, AT(S, to_day), .other = offsetof(S, from_day)},
    KEY_TEXT("post", S, post, OPTIONAL),
    KEY_TEXT("site", S, site, OPTIONAL),
    KEY_TEXT("slot", S, slot, OPTIONAL),
    KEY_NUMBER("weight", S, weight, 1, MOST, OPTIONAL),
};
#undef S

/* A request names one date or a span, as the keys 2, 3 and 4 stand above. */
static enum pioneer_status check_request(uint64_t given, const struct pnr_place *place,
                                         struct pioneer_error *error) {
    const bool date = given >> 2 & 1;
    const bool from = given >> 3 & 1;
    const bool to = given >> 4 & 1;
    if (date && (from || to)) {
        return pnr_place_fail(place, error, "conflicting-keys",
                              "Give either \"date\" or \"from\" and \"to\".");
    }
    if (!date && from == to && !from) {
        return pnr_place_fail(place, error, "missing-key", "A \"date\", or \"from\" and \"to\", is missing.");
    }
    if (from != to) {
        const struct pnr_place missing = {.parent = place, .key = from ? "to" : "from"};
        return pnr_place_fail(&missing, error, "missing-key", "The key \"%s\" is missing.", missing.key);
    }
    return PIONEER_OK;
}

static const struct pnr_shape request_shape =
    SHAPE("request", struct pioneer_request, request_keys, check_request);

#define S struct pioneer_preference
static const struct pnr_key preference_keys[] = {
    KEY_TEXT("member", S, member, REQUIRED),
    KEY_TEXT("post", S, post, OPTIONAL),
    KEY_TEXT("site", S, site, OPTIONAL),
    KEY_TEXT("slot", S, slot, OPTIONAL),
    KEY_NUMBER("weight", S, weight, 1, MOST, OPTIONAL),
};
static const struct pnr_shape preference_shape = SHAPE("preference", S, preference_keys, NULL);
#undef S

#define S struct pioneer_history_count
static const struct pnr_key count_keys[] = {
    KEY_TEXT("rule", S, rule, REQUIRED),
    KEY_NUMBER("count", S, count, 0, MOST, REQUIRED),
};
static const struct pnr_shape count_shape = SHAPE("history_count", S, count_keys, NULL);
#undef S

#define S struct pioneer_history_visit
static const struct pnr_key visit_keys[] = {
    KEY_TEXT("site_kind", S, site_kind, REQUIRED),
    KEY_DATE("date", S, day, REQUIRED),
};
static const struct pnr_shape visit_shape = SHAPE("history_visit", S, visit_keys, NULL);
#undef S

#define S struct pioneer_history
static const struct pnr_key history_keys[] = {
    KEY_TEXT("member", S, member, REQUIRED),
    KEY_LONG("load_min", S, load_min, 0, MOST, OPTIONAL),
    KEY_LONG("entitled_min", S, entitled_min, 0, MOST, OPTIONAL),
    KEY_LONG("load_hardship", S, load_hardship, 0, MOST, OPTIONAL),
    KEY_LONG("entitled_hardship", S, entitled_hardship, 0, MOST, OPTIONAL),
    KEY_NUMBER("weekends", S, weekends, 0, MOST, OPTIONAL),
    KEY_FLAG("saturday_worked", S, saturday_worked),
    KEY_MOMENT("last_end_at", S, last_end_at, OPTIONAL),
    KEY_FLAG("last_was_night", S, last_was_night),
    KEY_TEXT("last_kind", S, last_kind, OPTIONAL),
    KEY_TEXT("last_post", S, last_post, OPTIONAL),
    KEY_TEXT("last_site", S, last_site, OPTIONAL),
    KEY_NUMBER("run_worked", S, run_worked, 0, MOST, OPTIONAL),
    KEY_NUMBER("run_off", S, run_off, 0, MOST, OPTIONAL),
    KEY_NUMBER("run_kind", S, run_kind, 0, MOST, OPTIONAL),
    KEY_RECORDS("counts", S, counts, count_count, &count_shape, OPTIONAL),
    KEY_RECORDS("visits", S, visits, visit_count, &visit_shape, OPTIONAL),
};
static const struct pnr_shape history_shape = SHAPE("history", S, history_keys, NULL);
#undef S

#define S struct pioneer_assignment
static const struct pnr_key assignment_keys[] = {
    KEY_TEXT("member", S, member, REQUIRED), KEY_TEXT("post", S, post, REQUIRED),
    KEY_TEXT("site", S, site, REQUIRED),     KEY_TEXT("slot", S, slot, REQUIRED),
    KEY_DATE("date", S, day, REQUIRED),      KEY_CHOICE("state", S, state, WORDS(state_list), OPTIONAL),
};
const struct pnr_shape pnr_assignment_shape = SHAPE("assignment", S, assignment_keys, NULL);
#undef S

/* ---- the document */

/* The public functions of one list with the types that a table can hold. */
#define DEFINE_ACCESS(part)                                                                                  \
    static enum pioneer_status add_##part(void *campaign, const void *record, struct pioneer_error *error) { \
        return pioneer_campaign_add_##part(campaign, record, error);                                         \
    }                                                                                                        \
    static int32_t part##_count(const void *campaign) {                                                      \
        return pioneer_campaign_##part##_count(campaign);                                                    \
    }                                                                                                        \
    static const void *part##_at(const void *campaign, int32_t index) {                                      \
        return pioneer_campaign_##part##_at(campaign, index);                                                \
    }

DEFINE_ACCESS(unit)
DEFINE_ACCESS(member)
DEFINE_ACCESS(site)
DEFINE_ACCESS(walk)
DEFINE_ACCESS(slot)
DEFINE_ACCESS(stage)
DEFINE_ACCESS(post)
DEFINE_ACCESS(demand)
DEFINE_ACCESS(rule)
DEFINE_ACCESS(level)
DEFINE_ACCESS(request)
DEFINE_ACCESS(preference)
DEFINE_ACCESS(history)
DEFINE_ACCESS(assignment)

#define SECTION(key, part)                                                                                   \
    { key, &part##_shape, add_##part, part##_count, part##_at }

static const struct pnr_section sections[] = {
    SECTION("units", unit),
    SECTION("members", member),
    SECTION("sites", site),
    SECTION("walks", walk),
    SECTION("slots", slot),
    SECTION("stages", stage),
    SECTION("posts", post),
    SECTION("demand", demand),
    SECTION("levels", level),
    SECTION("rules", rule),
    SECTION("requests", request),
    SECTION("preferences", preference),
    SECTION("history", history),
    {"assignments", &pnr_assignment_shape, add_assignment, assignment_count, assignment_at},
};

static enum pioneer_status set_head(void *campaign, const void *head, struct pioneer_error *error) {
    return pioneer_campaign_set(campaign, head, error);
}

static const void *get_head(const void *campaign) {
    return pioneer_campaign_get(campaign);
}

const struct pnr_document pnr_campaign_document = {
    .format = "pioneer-campaign",
    .version = 1,
    .head = &head_shape,
    .set = set_head,
    .get = get_head,
    .sections = sections,
    .section_count = (int32_t)(sizeof sections / sizeof *sections),
};
