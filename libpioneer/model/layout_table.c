/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of fields, and what the fields of one description must say together. */
#include "model/layout.h"

#include "base/calendar.h"
#include "base/status.h"
#include "model/rule_table.h"

/* clang-format off */
#define TEXT(type, S, member, required) {#member, type, required, offsetof(S, member), 0, 0, 0, NULL, NULL}
#define ID(S, member)                   TEXT(PNR_FIELD_ID, S, member, true)
#define OPTIONAL_ID(S, member)          TEXT(PNR_FIELD_ID, S, member, false)
#define WORD(S, member)                 TEXT(PNR_FIELD_WORD, S, member, false)
#define NAME(S, member)                 TEXT(PNR_FIELD_NAME, S, member, false)
#define EXPRESSION(S, member)           TEXT(PNR_FIELD_EXPRESSION, S, member, false)
#define INTEGER(type, S, member, low, high) \
    {#member, type, false, offsetof(S, member), 0, low, high, NULL, NULL}
#define KEYED(key, type, S, member, low, high) \
    {key, type, false, offsetof(S, member), 0, low, high, NULL, NULL}
#define NUMBER(S, member)               INTEGER(PNR_FIELD_NUMBER, S, member, 0, PIONEER_MAX_NUMBER)
#define SMALL(S, member, high)          INTEGER(PNR_FIELD_NUMBER, S, member, 0, high)
#define LONG(S, member)                 INTEGER(PNR_FIELD_LONG, S, member, 0, PIONEER_MAX_NUMBER)
#define TIME(S, member, key)                 KEYED(key, PNR_FIELD_TIME, S, member, 0, PNR_TIME_LAST)
#define DAY(S, member, key)                  KEYED(key, PNR_FIELD_DAY, S, member, 0, 0)
#define MOMENT(S, member, key)               KEYED(key, PNR_FIELD_MOMENT, S, member, 0, 0)
#define BOOL(S, member)                 INTEGER(PNR_FIELD_BOOL, S, member, 0, 1)
#define CHOICE(S, member, names, low) \
    {#member, PNR_FIELD_CHOICE, (low) > 0, offsetof(S, member), 0, low, COUNT(names) - 1, names, NULL}
#define LIST(type, S, member, count, required, of) \
    {#member, type, required, offsetof(S, member), offsetof(S, count), 0, 0, NULL, of}
#define IDS(S, member, count)           LIST(PNR_FIELD_IDS, S, member, count, false, NULL)
#define SOME_IDS(S, member, count)      LIST(PNR_FIELD_IDS, S, member, count, true, NULL)
#define DAYS(S, member, count, key) \
    {key, PNR_FIELD_DAYS, false, offsetof(S, member), offsetof(S, count), 0, 0, NULL, NULL}
#define GROUPED(S, group, member, count, of) \
    {group "/" #member, PNR_FIELD_RECORDS, false, offsetof(S, member), offsetof(S, count), 0, 0, NULL, of}
#define RECORDS(S, member, count, of)   LIST(PNR_FIELD_RECORDS, S, member, count, false, of)
#define COUNT(table)                    ((int32_t)(sizeof(table) / sizeof((table)[0])))
/* clang-format on */

static const char *const pool_names[] = {"default", "nominated", "signed_up"};
static const char *const status_names[] = {"other", "party", "probationary", "prospect", "activist"};
static const char *const role_names[] = {"other", "office", "teacher", "student"};
static const char *const window_names[] = {"campaign", "stage", "week", "day"};
static const char *const credit_names[] = {"campaign", "stage"};
static const char *const border_names[] = {"default", "judge", "exempt"};
static const char *const state_names[] = {"planned", "published", "pinned", "served", "absent"};

/* ---- what fields say together */

static enum pioneer_status check_window(int32_t from_min, int32_t to_min, const struct pnr_path *path,
                                        struct pioneer_error *error) {
    if (from_min >= PNR_DAY_MINUTES) {
        return pnr_path_fail(path, "from", "bad-time", "A time starts before 24:00.", error);
    }
    if (to_min <= from_min) {
        return pnr_path_fail(path, "to", "bad-time", "A time must end after it starts.", error);
    }
    return PIONEER_OK;
}

static enum pioneer_status check_weekly(const void *description, const struct pnr_path *path,
                                        struct pioneer_error *error) {
    const struct pioneer_weekly_window *window = description;
    return check_window(window->from_min, window->to_min, path, error);
}

static enum pioneer_status check_dated(const void *description, const struct pnr_path *path,
                                       struct pioneer_error *error) {
    const struct pioneer_dated_window *window = description;
    return check_window(window->from_min, window->to_min, path, error);
}

static enum pioneer_status check_slot(const void *description, const struct pnr_path *path,
                                      struct pioneer_error *error) {
    const struct pioneer_slot *slot = description;
    return check_window(slot->from_min, slot->to_min, path, error);
}

static enum pioneer_status check_absence(const void *description, const struct pnr_path *path,
                                         struct pioneer_error *error) {
    const struct pioneer_absence *absence = description;
    if (absence->to_at <= absence->from_at) {
        return pnr_path_fail(path, "to", "bad-time", "An absence must end after it starts.", error);
    }
    return PIONEER_OK;
}

static enum pioneer_status check_member(const void *description, const struct pnr_path *path,
                                        struct pioneer_error *error) {
    const struct pioneer_member *member = description;
    if (member->weekly_count > 0 && !member->has_weekly) {
        return pnr_path_fail(path, "available/weekly", "unused-field",
                             "The weekly windows have no effect while has_weekly is false.", error);
    }
    return PIONEER_OK;
}

static enum pioneer_status check_span(int32_t from_day, int32_t to_day, const struct pnr_path *path,
                                      struct pioneer_error *error) {
    if (to_day < from_day) {
        return pnr_path_fail(path, "to", "bad-date", "The last date lies before the first.", error);
    }
    return PIONEER_OK;
}

static enum pioneer_status check_stage(const void *description, const struct pnr_path *path,
                                       struct pioneer_error *error) {
    const struct pioneer_stage *stage = description;
    return check_span(stage->from_day, stage->to_day, path, error);
}

static enum pioneer_status check_request(const void *description, const struct pnr_path *path,
                                         struct pioneer_error *error) {
    const struct pioneer_request *request = description;
    return check_span(request->from_day, request->to_day, path, error);
}

static enum pioneer_status check_demand(const void *description, const struct pnr_path *path,
                                        struct pioneer_error *error) {
    const struct pioneer_demand *demand = description;
    bool has_pattern =
        demand->from_day != 0 || demand->to_day != 0 || demand->weekdays != 0 || demand->except_count > 0;
    if (demand->day_count > 0 && has_pattern) {
        return pnr_path_fail(path, "dates", "unused-field",
                             "A list of dates leaves no room for a pattern of weekdays.", error);
    }
    if (demand->target != 0 && !demand->has_target) {
        return pnr_path_fail(path, "target", "unused-field", "A target has no effect without has_target.",
                             error);
    }
    if (demand->max != 0 && !demand->has_max) {
        return pnr_path_fail(path, "max", "unused-field", "A maximum has no effect without has_max.", error);
    }
    if (demand->no_show_percent != 0 && demand->standby_for_count == 0) {
        return pnr_path_fail(path, "no_show_percent", "unused-field",
                             "The no-show rate has no effect without standby_for.", error);
    }
    return check_span(demand->from_day, demand->to_day, path, error);
}

static enum pioneer_status check_rule_bounds(const struct pioneer_rule *rule, const struct pnr_path *path,
                                             struct pioneer_error *error) {
    if (rule->min != 0 && !rule->has_min) {
        return pnr_path_fail(path, "min", "unused-field", "A minimum has no effect without has_min.", error);
    }
    if (rule->max != 0 && !rule->has_max) {
        return pnr_path_fail(path, "max", "unused-field", "A maximum has no effect without has_max.", error);
    }
    return PIONEER_OK;
}

static enum pioneer_status check_rule(const void *description, const struct pnr_path *path,
                                      struct pioneer_error *error) {
    const struct pioneer_rule *rule = description;
    const struct pnr_rule_entry *entry = pnr_rule_entry(rule->kind);
    uint32_t unused = pnr_rule_fields_set(rule) & ~entry->reads & ~(uint32_t)PNR_RULE_MEMBERS;
    if (unused != 0) {
        uint32_t lowest = unused & (~unused + 1);
        return pnr_path_fail(path, pnr_rule_field_name(lowest), "unused-field",
                             "A rule of this kind does not read this field.", error);
    }
    if (rule->level != NULL && rule->weight == 0 && !entry->is_term_only) {
        return pnr_path_fail(path, "level", "unused-field", "A hard rule (weight 0) has no level.", error);
    }
    return check_rule_bounds(rule, path, error);
}

static enum pioneer_status check_settings(const void *description, const struct pnr_path *path,
                                          struct pioneer_error *error) {
    const struct pioneer_campaign_settings *settings = description;
    if (settings->night_from_min == 0 && settings->night_to_min == 0) {
        return PIONEER_OK;
    }
    if (settings->night_from_min >= PNR_DAY_MINUTES) {
        return pnr_path_fail(path, "night/from", "bad-time", "The night starts before 24:00.", error);
    }
    if (settings->night_to_min <= settings->night_from_min ||
        settings->night_to_min - settings->night_from_min > PNR_DAY_MINUTES) {
        return pnr_path_fail(path, "night/to", "bad-time",
                             "The night must end after it starts, within 24 hours.", error);
    }
    return PIONEER_OK;
}

/* ---- defaults */

#define DEFAULT_NIGHT_TO_MIN 300

static void fill_settings(void *description) {
    struct pioneer_campaign_settings *settings = description;
    if (settings->name == NULL) {
        settings->name = "";
    }
    if (settings->time_zone == NULL || settings->time_zone[0] == '\0') {
        settings->time_zone = "Asia/Shanghai";
    }
    if (settings->night_from_min == 0 && settings->night_to_min == 0) {
        settings->night_to_min = DEFAULT_NIGHT_TO_MIN;
    }
}

static void fill_slot(void *description) {
    struct pioneer_slot *slot = description;
    if (slot->kind[0] == '\0') {
        slot->kind = slot->id;
    }
}

/* ---- the tables */

#define LAYOUT(S, name, array, fields, check, fill)                                                          \
    { name, array, sizeof(S), fields, COUNT(fields), check, fill }

static const struct pnr_field rating_fields[] = {
    ID(struct pioneer_rating, name),
    SMALL(struct pioneer_rating, value, 100),
};
static const struct pnr_layout rating_layout =
    LAYOUT(struct pioneer_rating, "rating", NULL, rating_fields, NULL, NULL);

static const struct pnr_field weekly_fields[] = {
    SMALL(struct pioneer_weekly_window, weekday, 6),
    TIME(struct pioneer_weekly_window, from_min, "from"),
    TIME(struct pioneer_weekly_window, to_min, "to"),
};
static const struct pnr_layout weekly_layout =
    LAYOUT(struct pioneer_weekly_window, "weekly_window", NULL, weekly_fields, check_weekly, NULL);

static const struct pnr_field dated_fields[] = {
    DAY(struct pioneer_dated_window, day, "date"),
    TIME(struct pioneer_dated_window, from_min, "from"),
    TIME(struct pioneer_dated_window, to_min, "to"),
};
static const struct pnr_layout dated_layout =
    LAYOUT(struct pioneer_dated_window, "dated_window", NULL, dated_fields, check_dated, NULL);

static const struct pnr_field absence_fields[] = {
    MOMENT(struct pioneer_absence, from_at, "from"),
    MOMENT(struct pioneer_absence, to_at, "to"),
    NAME(struct pioneer_absence, reason),
};
static const struct pnr_layout absence_layout =
    LAYOUT(struct pioneer_absence, "absence", NULL, absence_fields, check_absence, NULL);

static const struct pnr_field notice_fields[] = {
    NUMBER(struct pioneer_notice, within_hours),
    NUMBER(struct pioneer_notice, weight),
};
static const struct pnr_layout notice_layout =
    LAYOUT(struct pioneer_notice, "notice", NULL, notice_fields, NULL, NULL);

static const struct pnr_field count_fields[] = {
    ID(struct pioneer_history_count, rule),
    NUMBER(struct pioneer_history_count, count),
};
static const struct pnr_layout count_layout =
    LAYOUT(struct pioneer_history_count, "history_count", NULL, count_fields, NULL, NULL);

static const struct pnr_field visit_fields[] = {
    ID(struct pioneer_history_visit, site_kind),
    DAY(struct pioneer_history_visit, day, "date"),
};
static const struct pnr_layout visit_layout =
    LAYOUT(struct pioneer_history_visit, "history_visit", NULL, visit_fields, NULL, NULL);

static const struct pnr_field settings_fields[] = {
    NAME(struct pioneer_campaign_settings, name),
    NAME(struct pioneer_campaign_settings, time_zone),
    NUMBER(struct pioneer_campaign_settings, walking_min),
    TIME(struct pioneer_campaign_settings, night_from_min, "night/from"),
    TIME(struct pioneer_campaign_settings, night_to_min, "night/to"),
    MOMENT(struct pioneer_campaign_settings, now_at, "now"),
    RECORDS(struct pioneer_campaign_settings, notice, notice_count, &notice_layout),
};
const struct pnr_layout pnr_settings_layout = LAYOUT(struct pioneer_campaign_settings, "campaign", NULL,
                                                     settings_fields, check_settings, fill_settings);

static const struct pnr_field unit_fields[] = {
    ID(struct pioneer_unit, id),
    NAME(struct pioneer_unit, name),
    OPTIONAL_ID(struct pioneer_unit, parent),
    CHOICE(struct pioneer_unit, draws_from, pool_names, 0),
    NUMBER(struct pioneer_unit, quota),
};
const struct pnr_layout pnr_unit_layout =
    LAYOUT(struct pioneer_unit, "unit", "units", unit_fields, NULL, NULL);

static const struct pnr_field member_fields[] = {
    ID(struct pioneer_member, id),
    NAME(struct pioneer_member, name),
    ID(struct pioneer_member, unit),
    CHOICE(struct pioneer_member, status, status_names, 0),
    CHOICE(struct pioneer_member, role, role_names, 0),
    IDS(struct pioneer_member, tags, tag_count),
    RECORDS(struct pioneer_member, ratings, rating_count, &rating_layout),
    OPTIONAL_ID(struct pioneer_member, home_site),
    BOOL(struct pioneer_member, nominated),
    NUMBER(struct pioneer_member, rank),
    BOOL(struct pioneer_member, has_weekly),
    GROUPED(struct pioneer_member, "available", weekly, weekly_count, &weekly_layout),
    GROUPED(struct pioneer_member, "available", dated, dated_count, &dated_layout),
    GROUPED(struct pioneer_member, "available", absences, absence_count, &absence_layout),
};
const struct pnr_layout pnr_member_layout =
    LAYOUT(struct pioneer_member, "member", "members", member_fields, check_member, NULL);

static const struct pnr_field site_fields[] = {
    ID(struct pioneer_site, id),     NAME(struct pioneer_site, name),       WORD(struct pioneer_site, kind),
    WORD(struct pioneer_site, zone), NUMBER(struct pioneer_site, capacity),
};
const struct pnr_layout pnr_site_layout =
    LAYOUT(struct pioneer_site, "site", "sites", site_fields, NULL, NULL);

static const struct pnr_field walk_fields[] = {
    BOOL(struct pioneer_walk, between_zones),
    ID(struct pioneer_walk, from),
    ID(struct pioneer_walk, to),
    NUMBER(struct pioneer_walk, minutes),
};
const struct pnr_layout pnr_walk_layout =
    LAYOUT(struct pioneer_walk, "walk", "walks", walk_fields, NULL, NULL);

static const struct pnr_field slot_fields[] = {
    ID(struct pioneer_slot, id),
    NAME(struct pioneer_slot, name),
    TIME(struct pioneer_slot, from_min, "from"),
    TIME(struct pioneer_slot, to_min, "to"),
    WORD(struct pioneer_slot, kind),
};
const struct pnr_layout pnr_slot_layout =
    LAYOUT(struct pioneer_slot, "slot", "slots", slot_fields, check_slot, fill_slot);

static const struct pnr_field stage_fields[] = {
    ID(struct pioneer_stage, id),
    NAME(struct pioneer_stage, name),
    DAY(struct pioneer_stage, from_day, "from"),
    DAY(struct pioneer_stage, to_day, "to"),
};
const struct pnr_layout pnr_stage_layout =
    LAYOUT(struct pioneer_stage, "stage", "stages", stage_fields, check_stage, NULL);

static const struct pnr_field post_fields[] = {
    ID(struct pioneer_post, id),
    NAME(struct pioneer_post, name),
    WORD(struct pioneer_post, kind),
    ID(struct pioneer_post, unit),
    EXPRESSION(struct pioneer_post, eligible),
    SMALL(struct pioneer_post, priority, 1000),
    SMALL(struct pioneer_post, hardship, 1000),
    EXPRESSION(struct pioneer_post, lead),
    SMALL(struct pioneer_post, load_percent, 100),
};
const struct pnr_layout pnr_post_layout =
    LAYOUT(struct pioneer_post, "post", "posts", post_fields, NULL, NULL);

static const struct pnr_field demand_fields[] = {
    ID(struct pioneer_demand, post),
    SOME_IDS(struct pioneer_demand, sites, site_count),
    SOME_IDS(struct pioneer_demand, slots, slot_count),
    DAYS(struct pioneer_demand, days, day_count, "dates"),
    DAY(struct pioneer_demand, from_day, "from"),
    DAY(struct pioneer_demand, to_day, "to"),
    SMALL(struct pioneer_demand, weekdays, 127),
    DAYS(struct pioneer_demand, except_days, except_count, "except"),
    NUMBER(struct pioneer_demand, min),
    NUMBER(struct pioneer_demand, target),
    NUMBER(struct pioneer_demand, max),
    BOOL(struct pioneer_demand, has_target),
    BOOL(struct pioneer_demand, has_max),
    NUMBER(struct pioneer_demand, short_cost),
    NUMBER(struct pioneer_demand, over_cost),
    IDS(struct pioneer_demand, standby_for, standby_for_count),
    SMALL(struct pioneer_demand, no_show_percent, 100),
};
const struct pnr_layout pnr_demand_layout =
    LAYOUT(struct pioneer_demand, "demand", "demand", demand_fields, check_demand, NULL);

static const struct pnr_field open_cost_fields[] = {
    INTEGER(PNR_FIELD_NUMBER, struct pioneer_open_cost, days, 1, PIONEER_MAX_NUMBER),
    NUMBER(struct pioneer_open_cost, cost),
};
static const struct pnr_layout open_cost_layout =
    LAYOUT(struct pioneer_open_cost, "open cost", NULL, open_cost_fields, NULL, NULL);

/* The names of kinds live in the rule table; `choices` stays NULL. */
static const struct pnr_field rule_fields[] = {
    {"kind", PNR_FIELD_CHOICE, true, offsetof(struct pioneer_rule, kind), 0, PIONEER_RULE_NONE + 1,
     PIONEER_RULE_COUNT_OF_KINDS - 1, NULL, NULL},
    OPTIONAL_ID(struct pioneer_rule, id),
    OPTIONAL_ID(struct pioneer_rule, replaces),
    EXPRESSION(struct pioneer_rule, members),
    IDS(struct pioneer_rule, stages, stage_count),
    NUMBER(struct pioneer_rule, weight),
    BOOL(struct pioneer_rule, drop),
    OPTIONAL_ID(struct pioneer_rule, level),
    CHOICE(struct pioneer_rule, window, window_names, 0),
    BOOL(struct pioneer_rule, has_min),
    BOOL(struct pioneer_rule, has_max),
    NUMBER(struct pioneer_rule, min),
    NUMBER(struct pioneer_rule, max),
    NUMBER(struct pioneer_rule, minutes),
    NUMBER(struct pioneer_rule, night_minutes),
    NUMBER(struct pioneer_rule, days),
    SMALL(struct pioneer_rule, min_percent, 100),
    SMALL(struct pioneer_rule, max_percent, 100),
    NUMBER(struct pioneer_rule, person_cost),
    CHOICE(struct pioneer_rule, at_start, border_names, 0),
    CHOICE(struct pioneer_rule, at_end, border_names, 0),
    BOOL(struct pioneer_rule, ignore_history),
    BOOL(struct pioneer_rule, by_site),
    CHOICE(struct pioneer_rule, credit_window, credit_names, 0),
    SMALL(struct pioneer_rule, hardship, 1000),
    EXPRESSION(struct pioneer_rule, who),
    OPTIONAL_ID(struct pioneer_rule, unit),
    OPTIONAL_ID(struct pioneer_rule, rating),
    IDS(struct pioneer_rule, posts, post_count),
    IDS(struct pioneer_rule, sites, site_count),
    IDS(struct pioneer_rule, slots, slot_count),
    IDS(struct pioneer_rule, slot_kinds, slot_kind_count),
    IDS(struct pioneer_rule, next_kinds, next_kind_count),
    IDS(struct pioneer_rule, site_kinds, site_kind_count),
    IDS(struct pioneer_rule, other_site_kinds, other_site_kind_count),
    IDS(struct pioneer_rule, tags, tag_count),
    RECORDS(struct pioneer_rule, open_costs, open_cost_count, &open_cost_layout),
};
const struct pnr_layout pnr_rule_layout =
    LAYOUT(struct pioneer_rule, "rule", "rules", rule_fields, check_rule, NULL);

static const struct pnr_field level_fields[] = {
    ID(struct pioneer_level, id),
    NAME(struct pioneer_level, name),
};
const struct pnr_layout pnr_level_layout =
    LAYOUT(struct pioneer_level, "level", "levels", level_fields, NULL, NULL);

static const struct pnr_field request_fields[] = {
    ID(struct pioneer_request, member),
    {"wish", PNR_FIELD_BOOL, false, offsetof(struct pioneer_request, off), 0, 0, 1, NULL, NULL},
    DAY(struct pioneer_request, from_day, "from"),
    DAY(struct pioneer_request, to_day, "to"),
    OPTIONAL_ID(struct pioneer_request, post),
    OPTIONAL_ID(struct pioneer_request, site),
    OPTIONAL_ID(struct pioneer_request, slot),
    NUMBER(struct pioneer_request, weight),
};
const struct pnr_layout pnr_request_layout =
    LAYOUT(struct pioneer_request, "request", "requests", request_fields, check_request, NULL);

static const struct pnr_field preference_fields[] = {
    ID(struct pioneer_preference, member),        OPTIONAL_ID(struct pioneer_preference, post),
    OPTIONAL_ID(struct pioneer_preference, site), OPTIONAL_ID(struct pioneer_preference, slot),
    NUMBER(struct pioneer_preference, weight),
};
const struct pnr_layout pnr_preference_layout =
    LAYOUT(struct pioneer_preference, "preference", "preferences", preference_fields, NULL, NULL);

static const struct pnr_field history_fields[] = {
    ID(struct pioneer_history, member),
    LONG(struct pioneer_history, load_min),
    LONG(struct pioneer_history, entitled_min),
    LONG(struct pioneer_history, load_hardship),
    LONG(struct pioneer_history, entitled_hardship),
    NUMBER(struct pioneer_history, weekends),
    BOOL(struct pioneer_history, saturday_worked),
    MOMENT(struct pioneer_history, last_end_at, "last_end_at"),
    BOOL(struct pioneer_history, last_was_night),
    OPTIONAL_ID(struct pioneer_history, last_kind),
    OPTIONAL_ID(struct pioneer_history, last_post),
    OPTIONAL_ID(struct pioneer_history, last_site),
    NUMBER(struct pioneer_history, run_worked),
    NUMBER(struct pioneer_history, run_off),
    NUMBER(struct pioneer_history, run_kind),
    RECORDS(struct pioneer_history, counts, count_count, &count_layout),
    RECORDS(struct pioneer_history, visits, visit_count, &visit_layout),
};
const struct pnr_layout pnr_history_layout =
    LAYOUT(struct pioneer_history, "history", "history", history_fields, NULL, NULL);

static const struct pnr_field assignment_fields[] = {
    ID(struct pioneer_assignment, member),       ID(struct pioneer_assignment, post),
    ID(struct pioneer_assignment, site),         ID(struct pioneer_assignment, slot),
    DAY(struct pioneer_assignment, day, "date"), CHOICE(struct pioneer_assignment, state, state_names, 0),
};
const struct pnr_layout pnr_assignment_layout =
    LAYOUT(struct pioneer_assignment, "assignment", "assignments", assignment_fields, NULL, NULL);
