/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a rule sees when it judges: one rule, one part, and for rules about one member the member's duties so
 * far. */
#ifndef PNR_CHECK_VIEW_H
#define PNR_CHECK_VIEW_H

#include "check/division.h"
#include "check/report.h"
#include "check/stand.h"
#include "check/world.h"

/*
 * A rule tells what it finds through pnr_view_charge(), whether it is hard or a term: every charge of a hard
 * rule is a violation, the amounts of a term's charges add up.
 *
 * Rules about one member are judged for each stage of the part in which they hold for the member
 * (docs/rules.md sections 3 and 4): `held` are the member's duties up to the end of that stage in the prefix
 * of the part, in order of start. A hard rule about one member is judged once a stage, on all parts up to
 * that stage together: `part` is NULL then.
 */
struct pnr_view {
    const struct pnr_world *world;
    const struct pnr_stand *stand;
    const struct pnr_division *division;
    const struct pnr_check_part *part;
    const struct pnr_check_rule *rule;
    struct pioneer_report *report; /* where violations go */
    int64_t amount;                /* of a term, so far */
    bool is_hard;
    /* rules about one member only */
    int32_t member;
    int32_t stage;
    int32_t first_day, last_day;           /* of the stage */
    const struct pioneer_history *history; /* NULL: none */
    const struct pnr_check_duty **held;
    int32_t held_count;
    int32_t first_held; /* index of the first of them on a date of the stage; held_count: none */
    bool judges_minima; /* of windows */
};

/* One thing found. Unset members and duties are absent; `member` of a rule about one member is that member.
 */
struct pnr_charge {
    int64_t amount; /* 0 is no charge */
    const struct pnr_check_duty *duty;
    int32_t member; /* index + 1, 0: the view's */
    int32_t day;
    int64_t found, limit; /* for the sentence */
    const char *sentence; /* English, with the places of check/words.h */
};

void pnr_view_charge(struct pnr_view *view, const struct pnr_charge *charge);

/* ---- for rules about one member ---- */

/* Whether the duty is one of the stage and of the part (of any part, when a hard rule is judged). */
bool pnr_view_is_own(const struct pnr_view *view, const struct pnr_check_duty *duty);
/* Whether a duty of the part lies on a date of the stage. */
static inline bool pnr_view_is_in_stage(const struct pnr_view *view, int32_t day) {
    return view->first_day <= day && day <= view->last_day;
}

/* ---- for rules about duties or several members ---- */

/* Whether the rule holds on the duty: in its stage, and for its post if the rule names posts. */
bool pnr_view_concerns(const struct pnr_view *view, int32_t duty);
/* Whether the rule holds (for the member) in at least one stage of the part: in joint mode a term about a
 * whole part then covers all of it. */
bool pnr_view_holds(const struct pnr_view *view);
bool pnr_view_holds_for(const struct pnr_view *view, int32_t member);
/* How many of those assigned to the duty are in the rule's scope (`members`) and in the set. */
int32_t pnr_view_count(const struct pnr_view *view, int32_t duty, const uint8_t *set);
/* Whether the duty belongs to this part or one before it. */
bool pnr_view_is_before_or_in(const struct pnr_view *view, int32_t duty);

#endif
