/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What carrying history needs: a roster seen member by member, up to a day. */
#ifndef PNR_PLAN_HISTORY_H
#define PNR_PLAN_HISTORY_H

#include <pioneer/store.h>

#include "model/index.h"
#include "model/organisation.h"

/*
 * The roster's assignments that are no absences, as indices into organisation->duties. Those of a member
 * stand side by side, ascending (so by day and start), each once. "Before" means: of a day before from_day.
 */
struct pnr_carry {
    const struct pnr_organisation *organisation;
    const struct pioneer_roster *roster;
    const struct pioneer_campaign *next;
    int32_t from_day;
    struct pnr_arena arena;
    struct pnr_indexes indexes;  /* of the campaign */
    struct pnr_index next_rules; /* of the next one */
    int32_t *first_of_member;    /* [member_count + 1]: ranges into duties */
    int32_t *duties;
    const struct pioneer_history **history_of_member; /* what the campaign began with; NULL: nothing */
    int64_t *entitled_min, *entitled_hardship; /* [member]: of the parts of the campaign, before from_day */
};

/* Duty `at` of the ranges. */
static inline const struct pnr_duty *pnr_carry_duty(const struct pnr_carry *carry, int32_t at) {
    return &carry->organisation->duties.items[carry->duties[at]];
}

/* The end of the member's duties before from_day. */
int32_t pnr_carry_end(const struct pnr_carry *carry, int32_t member);

/* Plays the roster through, part by part, and adds up what each part entitled its members to. A part that
 * from_day cuts counts with the share of its demand that lies before. */
enum pioneer_status pnr_carry_entitle(struct pnr_carry *carry);

/* Describes what the member brings; memory comes from carry->arena. */
enum pioneer_status pnr_carry_describe(struct pnr_carry *carry, int32_t member, struct pioneer_history *out);

#endif
