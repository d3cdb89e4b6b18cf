/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each kind of rule is called, which fields it reads, and where it goes when it is a term. */
#ifndef PNR_MODEL_RULE_TABLE_H
#define PNR_MODEL_RULE_TABLE_H

#include <pioneer/campaign.h>

/* Parameters of rules, as a bit set. Scope, weight, level, drop and replaces are common to all kinds. */
enum pnr_rule_field {
    PNR_RULE_WINDOW = 1 << 0,
    PNR_RULE_MIN = 1 << 1,
    PNR_RULE_MAX = 1 << 2,
    PNR_RULE_MINUTES = 1 << 3,
    PNR_RULE_NIGHT_MINUTES = 1 << 4,
    PNR_RULE_DAYS = 1 << 5,
    PNR_RULE_MIN_PERCENT = 1 << 6,
    PNR_RULE_MAX_PERCENT = 1 << 7,
    PNR_RULE_PERSON_COST = 1 << 8,
    PNR_RULE_AT_START = 1 << 9,
    PNR_RULE_AT_END = 1 << 10,
    PNR_RULE_IGNORE_HISTORY = 1 << 11,
    PNR_RULE_BY_SITE = 1 << 12,
    PNR_RULE_CREDIT_WINDOW = 1 << 13,
    PNR_RULE_HARDSHIP = 1 << 14,
    PNR_RULE_WHO = 1 << 15,
    PNR_RULE_UNIT = 1 << 16,
    PNR_RULE_RATING = 1 << 17,
    PNR_RULE_POSTS = 1 << 18,
    PNR_RULE_SITES = 1 << 19,
    PNR_RULE_SLOTS = 1 << 20,
    PNR_RULE_SLOT_KINDS = 1 << 21,
    PNR_RULE_NEXT_KINDS = 1 << 22,
    PNR_RULE_SITE_KINDS = 1 << 23,
    PNR_RULE_OTHER_SITE_KINDS = 1 << 24,
    PNR_RULE_TAGS = 1 << 25,
    PNR_RULE_OPEN_COSTS = 1 << 26,
    /* Not a parameter: the scope `members`, which some kinds cannot do without. */
    PNR_RULE_MEMBERS = 1 << 27
};

struct pnr_rule_entry {
    const char *name;
    const char *level;   /* of a term that names none */
    bool is_term_only;   /* weight 0 means weight 1 */
    int32_t built_in;    /* weight of the built-in form, 0: hard; -1: there is none */
    uint32_t reads;      /* fields it reads */
    uint32_t needs_all;  /* fields that must be set */
    uint32_t needs_some; /* at least one of these must be set, if there are any */
};

/* The entry of a kind; NULL for PIONEER_RULE_NONE and numbers that are none. Static. */
const struct pnr_rule_entry *pnr_rule_entry(enum pioneer_rule_kind kind);
/* Whether a kind counts over more than one duty at a time what several members do. */
bool pnr_rule_joins_duties(enum pioneer_rule_kind kind);
/* The bit of a field by its name in struct pioneer_rule ("has_min" and "stage_count" are no names); 0 for
 * fields that are common to all kinds and for unknown names. */
uint32_t pnr_rule_field_of(const char *name);
/* The name of a field's bit. */
const char *pnr_rule_field_name(uint32_t field);
/* The bits of the fields that are set in a description. */
uint32_t pnr_rule_fields_set(const struct pioneer_rule *rule);

#endif
