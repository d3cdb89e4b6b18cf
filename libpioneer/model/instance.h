/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One part of the plan as flat, immutable arrays: what the engine solves. */
#ifndef PNR_MODEL_INSTANCE_H
#define PNR_MODEL_INSTANCE_H

#include "base/array.h"
#include "model/parts.h"

/* A duty that a member of the part already has: from an earlier part, or a pin. `in_part`: index of the
 * part's duty (a pin), else -1. A pin of a later part counts for hard rules alone. */
struct pnr_fixed {
    int32_t duty; /* index into organisation->duties */
    int32_t in_part;
    enum pioneer_assignment_state state; /* of a pin: pinned or served; else planned */
    bool is_later;
};

/* What a part must leave for one duty of a later part, as far as it lies with its members. */
struct pnr_later_need {
    int32_t heads;   /* that its members are to give */
    int32_t least;   /* below so many of them the duty is short of its minimum */
    bool needs_lead; /* nobody else there could lead */
};

/* Some pairs of one member, which stand together; last: exclusive. */
struct pnr_pair_range {
    int32_t first, last;
};

/*
 * Members and duties are numbered inside the part: members in id order, duties in the order of
 * organisation->duties. A pair is a member and a duty of the part that the member may take: in its pool, hard
 * eligibility and availability hold, no overlap with a fixed duty, not marked absent on it. Pins of the
 * part's own duties are fixed, not pairs, and their heads are subtracted from the demand the engine fills
 * (`pinned_heads`). Pairs are numbered by member, then duty.
 *
 * With an outlook the part has the duties of later parts as well for which its members are planned there, on
 * later days and, of lower tiers, on its own: a pair of such a *later duty* says that the member can still
 * take it. Nothing is charged for them but what later parts would lack, at the organisation's later level.
 */
struct pnr_instance {
    const struct pnr_organisation *organisation;
    struct pnr_arena arena;
    int32_t stage;                /* -1: joint */
    int32_t unit;                 /* -1: joint */
    int32_t first_day, last_day;  /* of the part's horizon, inclusive: the stage's dates, or the campaign's,
                                     and  the outlook's */
    int32_t judged_to;            /* the last day on which terms and minima are judged: without an outlook
                                     last_day */
    bool spans_stages;            /* joint, or with an outlook: rules hold by the day's stage */
    int32_t own_duty_count;       /* those that are not later duties */
    int32_t *own_duty_at;         /* [own duty] → index into organisation->duties */
    struct pnr_later_need *later; /* [duty], heads 0: one of its own; NULL: no outlook */
    bool has_later_pins;          /* of later parts, in the horizon */
    uint8_t *is_planned;          /* [pair]: the outlook has the member there; NULL: no outlook */
    int32_t duty_count;
    int32_t *duty_at;      /* [duty] → index into organisation->duties */
    int32_t *pinned_heads; /* [duty] */
    int32_t *most_heads;   /* [duty]: its max, and its date: where a look at every pair finds them fast */
    int32_t *day_of_duty;
    int32_t member_count;
    int32_t *member_at;              /* [member] → index into campaign->members */
    uint8_t *is_last_part_of_member; /* [member]: minima of windows are judged here */
    int32_t pair_count;
    int32_t *pairs_of_member; /* [member_count + 1]: half-open ranges of pairs */
    int32_t *duty_of_pair;    /* [pair] */
    int32_t *pairs_of_duty;   /* [duty_count + 1]: ranges into pair_by_duty */
    int32_t *pair_by_duty;    /* pairs sorted by duty, then member */
    int32_t *member_of_pair;  /* [pair] */
    int32_t *fixed_of_member; /* [member_count + 1]: ranges into fixed; ascending by start */
    struct pnr_fixed *fixed;
    /* fairness (docs/rules.md section 6): what this part entitles to, and load minus entitlement carried into
     * it */
    int64_t *entitled_min, *entitled_hardship; /* [member] */
    /* [rule × member_count + member] for fairness rules, else 0: carried load − carried entitlement within
     * that rule's credit window */
    int64_t *carried_excess;
    /* published assignments of the part's duties to its members (stability): pairs in the published roster */
    uint8_t *is_published;   /* [pair] */
    int32_t *notice_of_duty; /* [duty]: weight of one change */
    bool has_published;
};

/* What one finished part gave every member: one entry a campaign member. */
struct pnr_credit {
    int32_t stage;
    int64_t *load_min, *entitled_min, *load_hardship, *entitled_hardship;
};

struct pnr_duty_indices {
    int32_t *items; /* indices into organisation->duties, ascending (so by start) */
    int32_t count;
    int32_t capacity;
};

/* What is provisionally planned for later parts: who would take which of their duties up to a day. */
struct pnr_outlook {
    const struct pnr_organisation *organisation;
    struct pnr_arena arena;
    int32_t last_day;                          /* inclusive */
    struct pnr_duty_indices *duties_of_member; /* [campaign member]: ascending */
    uint8_t *is_safe; /* [organisation duty]: so many others could step in that nobody need be kept for it */
};

/* Everything earlier parts have decided. */
struct pnr_prefix {
    const struct pnr_organisation *organisation;
    struct pnr_arena arena;
    struct pnr_duty_indices *duties_of_member; /* [campaign member] */
    PNR_ARRAY(struct pnr_credit) credits;
};

enum pioneer_status pnr_prefix_init(struct pnr_prefix *prefix, const struct pnr_organisation *organisation);
void pnr_prefix_fini(struct pnr_prefix *prefix);
/* A copy of its own; `to` needs no init, but fini, also after a failure. */
enum pioneer_status pnr_prefix_copy(struct pnr_prefix *to, const struct pnr_prefix *from);

/* Adds what a part decided: the chosen pairs of every member (flags by pair), its pins and its entitlements.
 */
enum pioneer_status pnr_prefix_add_part(struct pnr_prefix *prefix, const struct pnr_instance *instance,
                                        const uint8_t *is_chosen);

enum pioneer_status pnr_outlook_init(struct pnr_outlook *outlook,
                                     const struct pnr_organisation *organisation);
void pnr_outlook_fini(struct pnr_outlook *outlook);

/* Begins anew with all that is chosen in a joint part. */
enum pioneer_status pnr_outlook_begin(struct pnr_outlook *outlook, const struct pnr_instance *instance,
                                      const uint8_t *is_chosen);

/* From now on the members of the part are planned for its chosen later duties alone. */
enum pioneer_status pnr_outlook_set(struct pnr_outlook *outlook, const struct pnr_instance *instance,
                                    const uint8_t *is_chosen);

/* Builds part `part` of `parts` after `prefix`. The instance borrows the organisation alone. */
enum pioneer_status pnr_instance_build(const struct pnr_organisation *organisation,
                                       const struct pnr_plan_parts *parts, int32_t part,
                                       const struct pnr_prefix *prefix, struct pnr_instance **out);
/* The same with an outlook, NULL: none. */
enum pioneer_status pnr_instance_build_with(const struct pnr_organisation *organisation,
                                            const struct pnr_plan_parts *parts, int32_t part,
                                            const struct pnr_prefix *prefix,
                                            const struct pnr_outlook *outlook, struct pnr_instance **out);
void pnr_instance_free(struct pnr_instance *instance);

/* Whether a duty that is none of its own is of a later part: of a later stage or a lower tier of the same. */
bool pnr_instance_is_of_later_part(const struct pnr_instance *instance, const struct pnr_duty *duty);

/* The day of the pair's duty, counted from the horizon's first. */
static inline int32_t pnr_instance_day_of_pair(const struct pnr_instance *instance, int32_t pair) {
    return instance->day_of_duty[instance->duty_of_pair[pair]] - instance->first_day;
}

static inline bool pnr_instance_is_later(const struct pnr_instance *instance, int32_t duty) {
    return instance->later != NULL && instance->later[duty].heads > 0;
}

static inline const struct pnr_duty *pnr_instance_duty(const struct pnr_instance *instance, int32_t duty) {
    return &instance->organisation->duties.items[instance->duty_at[duty]];
}

#endif
