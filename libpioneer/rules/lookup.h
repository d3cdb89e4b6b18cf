/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids of rules, requests, preferences and history resolved to indices, once for all members. */
#ifndef PNR_RULES_LOOKUP_H
#define PNR_RULES_LOOKUP_H

#include "model/organisation.h"

/** The lists of one rule as flags; NULL: the list is empty. */
struct pnr_rule_lookup {
    uint8_t *posts;            /**< [post] */
    uint8_t *sites;            /**< [site] */
    uint8_t *slots;            /**< [slot] */
    uint8_t *slot_kinds;       /**< [slot]: the slot's kind is listed */
    uint8_t *next_kinds;       /**< [slot] */
    uint8_t *site_kinds;       /**< [site]: the site's kind is listed */
    uint8_t *other_site_kinds; /**< [site] */
};

/** A request or a preference. -1: any. Preferences use no days. */
struct pnr_wish {
    int32_t member;
    int32_t from_day, to_day;
    int32_t post, site, slot;
    int32_t weight;
    bool off;
};

struct pnr_lookup {
    const struct pnr_organisation *organisation;
    struct pnr_arena arena;
    struct pnr_rule_lookup *rules; /**< [rule] */
    struct pnr_wish *requests;     /**< sorted by member, in the order given */
    int32_t *requests_of_member;   /**< [member + 1] */
    struct pnr_wish *preferences;
    int32_t *preferences_of_member;
    const struct pioneer_history **history_of_member; /**< NULL: none */
    int32_t longest_walk;
    int32_t *walk_class_of_site; /**< [site]: sites of one class are equally far from every site */
};

enum pioneer_status pnr_lookup_build(const struct pnr_organisation *organisation, struct pnr_lookup **out);
void pnr_lookup_free(struct pnr_lookup *lookup);

/** Whether the duty is at the post, site and slot that the wish names. */
bool pnr_wish_fits(const struct pnr_wish *wish, const struct pnr_duty *duty);

#endif
