/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The raw campaign: every description as it was added. The judge reads this and nothing that is derived from
 * it. */
#ifndef PNR_MODEL_CAMPAIGN_H
#define PNR_MODEL_CAMPAIGN_H

#include <pioneer/campaign.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/fingerprint.h"
#include "base/map.h"

/* Invariants: every pointer inside the descriptions points into `arena`; optional names and kinds are filled
 * in (name = id, kind = "" or the id, settings have their defaults), so readers need not repeat the defaults
 * of text fields. Numbers are as given. */
struct pioneer_campaign {
    struct pnr_arena arena;
    struct pioneer_campaign_settings settings;
    PNR_ARRAY(struct pioneer_unit) units;
    PNR_ARRAY(struct pioneer_member) members;
    PNR_ARRAY(struct pioneer_site) sites;
    PNR_ARRAY(struct pioneer_walk) walks;
    PNR_ARRAY(struct pioneer_slot) slots;
    PNR_ARRAY(struct pioneer_stage) stages;
    PNR_ARRAY(struct pioneer_post) posts;
    PNR_ARRAY(struct pioneer_demand) demands;
    PNR_ARRAY(struct pioneer_rule) rules;
    struct pnr_map rule_ids; /* the ids that rules have, for naming the next one */
    int32_t last_number_of_kind[PIONEER_RULE_COUNT_OF_KINDS]; /* of the rules that were named; 0: none */
    PNR_ARRAY(struct pioneer_level) levels;                   /* empty: the default ones */
    PNR_ARRAY(struct pioneer_request) requests;
    PNR_ARRAY(struct pioneer_preference) preferences;
    PNR_ARRAY(struct pioneer_history) histories;
    PNR_ARRAY(struct pioneer_assignment) assignments; /* the published roster */
    PNR_ARRAY(struct pioneer_finding) findings;       /* of the last validation */
    struct pnr_arena finding_arena;                   /* their text */
    bool validated;                                   /* cleared by every change */
};

/* Forgets the last validation: to be called after every change. */
void pnr_campaign_touch(struct pioneer_campaign *campaign);

/* The fingerprint of the campaign's canonical JSON: what a roster was made from. Only PIONEER_E_NO_MEMORY. */
enum pioneer_status pnr_campaign_fingerprint(const struct pioneer_campaign *campaign,
                                             char out[PNR_FINGERPRINT_BYTES]);

/* The name of a rule kind in JSON, SQL and findings ("work_run"); NULL for a number that is none. */
const char *pnr_rule_kind_name(enum pioneer_rule_kind kind);
/* PIONEER_RULE_NONE for an unknown name. */
enum pioneer_rule_kind pnr_rule_kind_of(const char *name);

/* The six default levels (ids and names), for a campaign that lists none; count in *count. */
const struct pioneer_level *pnr_default_levels(int32_t *count);

#endif
