/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of rule kinds (docs/rules.md sections 3 to 5). */
#include "model/rule_table.h"

#include <string.h>

#include "model/campaign.h"

#define MIN_OR_MAX (PNR_RULE_MIN | PNR_RULE_MAX)
#define RUN_LIMITS (MIN_OR_MAX | PNR_RULE_OPEN_COSTS)
#define RUN        (RUN_LIMITS | PNR_RULE_AT_START | PNR_RULE_AT_END | PNR_RULE_IGNORE_HISTORY)
#define QUOTA      (MIN_OR_MAX | PNR_RULE_MIN_PERCENT | PNR_RULE_MAX_PERCENT)
#define FAIRNESS   (PNR_RULE_CREDIT_WINDOW | PNR_RULE_DAYS)
#define CONDITIONS (PNR_RULE_POSTS | PNR_RULE_SITES | PNR_RULE_SLOTS | PNR_RULE_HARDSHIP)

static const struct pnr_rule_entry entries[PIONEER_RULE_COUNT_OF_KINDS] = {
    [PIONEER_RULE_AVAILABILITY] = {"availability", "wishes", false, 0, 0, 0, 0},
    [PIONEER_RULE_ELIGIBILITY] = {"eligibility", "wishes", false, 0, 0, 0, 0},
    [PIONEER_RULE_WALKING] = {"walking", "wishes", false, 0, 0, 0, 0},
    [PIONEER_RULE_REST] = {"rest", "wishes", false, -1, PNR_RULE_MINUTES | PNR_RULE_NIGHT_MINUTES, 0,
                           PNR_RULE_MINUTES | PNR_RULE_NIGHT_MINUTES},
    [PIONEER_RULE_DUTIES] = {"duties", "wishes", false, -1, PNR_RULE_WINDOW | MIN_OR_MAX, 0, MIN_OR_MAX},
    [PIONEER_RULE_MINUTES] = {"minutes", "wishes", false, -1, PNR_RULE_WINDOW | MIN_OR_MAX, 0, MIN_OR_MAX},
    [PIONEER_RULE_WORK_RUN] = {"work_run", "wishes", false, -1, RUN, 0, RUN_LIMITS},
    [PIONEER_RULE_OFF_RUN] = {"off_run", "wishes", false, -1, RUN, 0, RUN_LIMITS},
    [PIONEER_RULE_KIND_RUN] = {"kind_run", "wishes", false, -1, RUN | PNR_RULE_SLOT_KINDS,
                               PNR_RULE_SLOT_KINDS, RUN_LIMITS},
    [PIONEER_RULE_WEEKENDS] = {"weekends", "wishes", false, -1, PNR_RULE_MAX, PNR_RULE_MAX, 0},
    [PIONEER_RULE_COMPLETE_WEEKENDS] = {"complete_weekends", "wishes", false, -1, 0, 0, 0},
    [PIONEER_RULE_SUCCESSION] = {"succession", "wishes", false, -1, PNR_RULE_SLOT_KINDS | PNR_RULE_NEXT_KINDS,
                                 PNR_RULE_SLOT_KINDS | PNR_RULE_NEXT_KINDS, 0},
    [PIONEER_RULE_COUNT] = {"count", "wishes", false, -1, PNR_RULE_WINDOW | MIN_OR_MAX | CONDITIONS, 0,
                            MIN_OR_MAX},
    [PIONEER_RULE_ISOLATION] = {"isolation", "wishes", false, -1,
                                PNR_RULE_SITE_KINDS | PNR_RULE_OTHER_SITE_KINDS | PNR_RULE_DAYS,
                                PNR_RULE_SITE_KINDS | PNR_RULE_OTHER_SITE_KINDS, 0},
    [PIONEER_RULE_REQUESTS] = {"requests", "wishes", true, 1, 0, 0, 0},
    [PIONEER_RULE_PREFERENCES] = {"preferences", "wishes", true, 1, 0, 0, 0},
    [PIONEER_RULE_RATINGS] = {"ratings", "wishes", true, -1, PNR_RULE_RATING | PNR_RULE_POSTS,
                              PNR_RULE_RATING, 0},
    [PIONEER_RULE_CONTINUITY] = {"continuity", "wishes", true, -1, PNR_RULE_BY_SITE, 0, 0},
    [PIONEER_RULE_LOAD_FAIRNESS] = {"load_fairness", "fairness", true, 1, FAIRNESS, 0, 0},
    /* One point of hardship weighs like an hour: 60² = 3600. */
    [PIONEER_RULE_HARDSHIP_FAIRNESS] = {"hardship_fairness", "fairness", true, 3600, FAIRNESS, 0, 0},
    [PIONEER_RULE_STABILITY] = {"stability", "stability", true, 1, PNR_RULE_PERSON_COST, 0, 0},
    [PIONEER_RULE_SHORT_OF_MIN] = {"short_of_min", "must", true, 1, 0, 0, 0},
    [PIONEER_RULE_SHORT_OF_TARGET] = {"short_of_target", "target", true, 1, 0, 0, 0},
    [PIONEER_RULE_OVER_TARGET] = {"over_target", "wishes", true, -1, 0, 0, 0},
    [PIONEER_RULE_LEAD] = {"lead", "lead", false, 1, PNR_RULE_POSTS, 0, 0},
    [PIONEER_RULE_COMPOSITION] = {"composition", "lead", false, -1,
                                  PNR_RULE_WHO | PNR_RULE_POSTS | MIN_OR_MAX, PNR_RULE_WHO, MIN_OR_MAX},
    [PIONEER_RULE_COHORT] = {"cohort", "lead", false, -1, PNR_RULE_TAGS, PNR_RULE_TAGS, 0},
    [PIONEER_RULE_TOGETHER] = {"together", "lead", false, -1, 0, PNR_RULE_MEMBERS, 0},
    [PIONEER_RULE_APART] = {"apart", "lead", false, -1, 0, PNR_RULE_MEMBERS, 0},
    [PIONEER_RULE_UNIT_QUOTA] = {"unit_quota", "lead", false, -1, PNR_RULE_UNIT | PNR_RULE_POSTS | QUOTA,
                                 PNR_RULE_UNIT, QUOTA},
    [PIONEER_RULE_UNIT_BURDEN] = {"unit_burden", "fairness", true, 60, 0, 0, 0},
    [PIONEER_RULE_SITE_CAPACITY] = {"site_capacity", "lead", false, -1, 0, 0, 0},
};

static const char *const field_names[] = {
    "window",
    "min",
    "max",
    "minutes",
    "night_minutes",
    "days",
    "min_percent",
    "max_percent",
    "person_cost",
    "at_start",
    "at_end",
    "ignore_history",
    "by_site",
    "credit_window",
    "hardship",
    "who",
    "unit",
    "rating",
    "posts",
    "sites",
    "slots",
    "slot_kinds",
    "next_kinds",
    "site_kinds",
    "other_site_kinds",
    "tags",
    "open_costs",
    "members",
};

#define FIELD_COUNT ((int32_t)(sizeof field_names / sizeof field_names[0]))

const struct pnr_rule_entry *pnr_rule_entry(enum pioneer_rule_kind kind) {
    int32_t number = (int32_t)kind;
    return number > PIONEER_RULE_NONE && number < PIONEER_RULE_COUNT_OF_KINDS ? &entries[number] : NULL;
}

const char *pnr_rule_kind_name(enum pioneer_rule_kind kind) {
    const struct pnr_rule_entry *entry = pnr_rule_entry(kind);
    return entry != NULL ? entry->name : NULL;
}

enum pioneer_rule_kind pnr_rule_kind_of(const char *name) {
    for (int32_t kind = PIONEER_RULE_NONE + 1; kind < PIONEER_RULE_COUNT_OF_KINDS; kind++) {
        if (strcmp(entries[kind].name, name) == 0) {
            return (enum pioneer_rule_kind)kind;
        }
    }
    return PIONEER_RULE_NONE;
}

bool pnr_rule_joins_duties(enum pioneer_rule_kind kind) {
    return kind == PIONEER_RULE_UNIT_QUOTA || kind == PIONEER_RULE_UNIT_BURDEN ||
           kind == PIONEER_RULE_SITE_CAPACITY;
}

uint32_t pnr_rule_field_of(const char *name) {
    for (int32_t i = 0; i < FIELD_COUNT; i++) {
        /* `members` is a scope, which every kind reads. */
        if (strcmp(field_names[i], name) == 0) {
            return (uint32_t)1 << i == PNR_RULE_MEMBERS ? 0 : (uint32_t)1 << i;
        }
    }
    return 0;
}

const char *pnr_rule_field_name(uint32_t field) {
    for (int32_t i = 0; i < FIELD_COUNT; i++) {
        if (field == (uint32_t)1 << i) {
            return field_names[i];
        }
    }
    return "";
}

static uint32_t bit_if(bool is_set, uint32_t bit) {
    return is_set ? bit : 0;
}

static uint32_t numbers_set(const struct pioneer_rule *rule) {
    return bit_if(rule->window != PIONEER_WINDOW_CAMPAIGN, PNR_RULE_WINDOW) |
           bit_if(rule->has_min || rule->min != 0, PNR_RULE_MIN) |
           bit_if(rule->has_max || rule->max != 0, PNR_RULE_MAX) |
           bit_if(rule->minutes != 0, PNR_RULE_MINUTES) |
           bit_if(rule->night_minutes != 0, PNR_RULE_NIGHT_MINUTES) | bit_if(rule->days != 0, PNR_RULE_DAYS) |
           bit_if(rule->min_percent != 0, PNR_RULE_MIN_PERCENT) |
           bit_if(rule->max_percent != 0, PNR_RULE_MAX_PERCENT) |
           bit_if(rule->person_cost != 0, PNR_RULE_PERSON_COST) |
           bit_if(rule->at_start != PIONEER_BORDER_DEFAULT, PNR_RULE_AT_START) |
           bit_if(rule->at_end != PIONEER_BORDER_DEFAULT, PNR_RULE_AT_END) |
           bit_if(rule->ignore_history, PNR_RULE_IGNORE_HISTORY) | bit_if(rule->by_site, PNR_RULE_BY_SITE) |
           bit_if(rule->credit_window != PIONEER_WINDOW_CAMPAIGN, PNR_RULE_CREDIT_WINDOW) |
           bit_if(rule->hardship != 0, PNR_RULE_HARDSHIP);
}

uint32_t pnr_rule_fields_set(const struct pioneer_rule *rule) {
    return numbers_set(rule) | bit_if(rule->who != NULL, PNR_RULE_WHO) |
           bit_if(rule->unit != NULL, PNR_RULE_UNIT) | bit_if(rule->rating != NULL, PNR_RULE_RATING) |
           bit_if(rule->post_count > 0, PNR_RULE_POSTS) | bit_if(rule->site_count > 0, PNR_RULE_SITES) |
           bit_if(rule->slot_count > 0, PNR_RULE_SLOTS) |
           bit_if(rule->slot_kind_count > 0, PNR_RULE_SLOT_KINDS) |
           bit_if(rule->next_kind_count > 0, PNR_RULE_NEXT_KINDS) |
           bit_if(rule->site_kind_count > 0, PNR_RULE_SITE_KINDS) |
           bit_if(rule->other_site_kind_count > 0, PNR_RULE_OTHER_SITE_KINDS) |
           bit_if(rule->tag_count > 0, PNR_RULE_TAGS) |
           bit_if(rule->open_cost_count > 0, PNR_RULE_OPEN_COSTS) |
           bit_if(rule->members != NULL, PNR_RULE_MEMBERS);
}
