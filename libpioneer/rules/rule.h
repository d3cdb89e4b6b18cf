/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a rule about one member is: how it reads its settings and what it charges for one day after another.
 */
#ifndef PNR_RULES_RULE_H
#define PNR_RULES_RULE_H

#include "base/text.h"
#include "model/organisation.h"
#include "rules/lookup.h"

/** One member in one part: everything a rule may look at. Immutable once rules are opened on it. */
struct pnr_scene {
    const struct pnr_organisation *organisation;
    const struct pnr_lookup *lookup;
    int32_t member;              /**< index into campaign->members */
    int32_t stage, unit;         /**< -1: joint */
    bool spans_stages;           /**< joint, or with an outlook: rules hold by the day's stage */
    int32_t first_day, last_day; /**< of the horizon, inclusive */
    int32_t judged_to;           /**< the last day on which terms and minima of windows are judged */
    bool judges_minima;          /**< minima of windows are judged in this part */
    const int32_t
        *part_duties; /**< the part's own duties (indices into organisation->duties), ascending by day */
    int32_t part_duty_count;
    const int32_t
        *published; /**< published duties of the part that the member may keep, pins included; ascending */
    int32_t published_count;
    const int32_t *notice_of_duty; /**< [organisation duty]: weight of a change, 0 outside the part */
    bool has_published;            /**< whether the part charges changes at all */
    int64_t entitled_min, entitled_hardship; /**< what this part entitles the member to */
    /** Of rule r at [r × carried_stride]: load minus entitlement carried into the part. */
    const int64_t *carried_excess;
    int32_t carried_stride;
    const struct pioneer_history *history; /**< NULL: starts fresh */
    struct pnr_arena *arena;               /**< for settings */
};

/** The duties a member has on one date, ascending by start. */
struct pnr_day_duties {
    int32_t day;
    int32_t count;
    const struct pnr_duty *const *duties;
    const uint8_t *in_part; /**< whether the duty is one of the part (a pair or a pin of it) */
};

/** A day's effect on a rule that remembers something. */
struct pnr_step {
    int64_t state;  /**< what the rule remembers after the day */
    int64_t amount; /**< charged on the day */
    int32_t count;  /**< added to the clause's open window, if it has windows */
};

/**
 * A sum over dates that is charged when the window closes. With s0 the sum before the horizon: `max`: max(0,
 * s - max) - max(0, s0 - max); `min`: max(0, min - s); `square`: max(0, s + base)^2. Windows of one clause do
 * not overlap.
 */
struct pnr_window {
    int32_t first_day,
        last_day;  /**< dates whose counts are added; may reach beyond the horizon on both sides */
    int64_t start; /**< the sum before the campaign's first day */
    bool has_max, has_min, square;
    int64_t max, min, base;
};

struct pnr_rule_ops;

/** One thing to watch for one member: a rule opens none, one or several. */
struct pnr_clause {
    const struct pnr_rule_ops *ops;
    const struct pnr_scene *scene;
    const struct pnr_rule *rule; /**< NULL for what is always hard */
    const struct pnr_rule_lookup *lookup;
    const void *settings;
    struct pnr_window *windows; /**< in order of days; NULL: the clause counts nothing */
    int32_t window_count;
};

/** Clauses opened so far, in the scene's arena. */
struct pnr_clause_list {
    PNR_ARRAY(struct pnr_clause) clauses;
    const struct pnr_scene *scene;
};

/**
 * A kind of rule. No function knows whether the rule is hard or a term: it tells an amount, and a hard rule
 * is broken when the amount is positive. Amounts on dates outside the horizon, or on which the rule is not in
 * force, are dropped by the caller. Any function may be NULL where the kind has nothing to say.
 */
struct pnr_rule_ops {
    enum pioneer_rule_kind kind;
    /** Charges the whole of a joint part if it holds in one of its stages; else each date if it holds in the
     * date's stage. */
    bool whole_part;
    /** Reads the settings and adds clauses with pnr_clause_add(); false when memory is short. NULL: one
     * clause without settings. */
    bool (*open)(struct pnr_clause_list *list, const struct pnr_clause *blank);
    /**
     * All that the rule looks at in a duty of the part beside its times, night, load and hardship; NULL:
     * nothing. Duties of one date with the same times and traits are alike: schedules are made of kinds of
     * duty. Without `sees_member` the trait comes from the rule, its lookup and the duty alone, and is asked
     * for with a clause that is about nobody.
     */
    int64_t (*trait)(const struct pnr_clause *clause, const struct pnr_duty *duty);
    bool sees_member;
    /** What a date's duties cost whatever else the member does. */
    int64_t (*charge)(const struct pnr_clause *clause, const struct pnr_day_duties *day);
    /** What a date's duties add to the window of the date. */
    int32_t (*take)(const struct pnr_clause *clause, const struct pnr_day_duties *day);
    /** State before the campaign's first day. */
    int64_t (*start)(const struct pnr_clause *clause);
    /** All that `step` needs to know about a date's duties: sets with equal keys are the same to this clause.
     */
    int64_t (*key)(const struct pnr_clause *clause, const struct pnr_day_duties *day);
    struct pnr_step (*step)(const struct pnr_clause *clause, int32_t day, int64_t state, int64_t key);
    /** Charged on the horizon's last day for what is still open then. */
    int64_t (*close)(const struct pnr_clause *clause, int64_t state);
    /** Appends what the rule asks for as a clause of an English sentence: "works at most 6 days in a row". */
    void (*word)(const struct pnr_rule *rule, struct pnr_text *text);
};

/** The kinds about one member; NULL for the others. */
const struct pnr_rule_ops *pnr_rule_ops_of(enum pioneer_rule_kind kind);

/** Appends the rule in words; false for a kind that has none. */
bool pnr_rule_word(const struct pnr_rule *rule, struct pnr_text *text);

/**
 * Opens every rule that holds for the scene's member on some date of the horizon, in the order of
 * organisation->rules, after the clauses that always hold. False when memory is short. `list` starts zeroed;
 * release it with pnr_array_fini(&list->clauses).
 */
bool pnr_rules_open(const struct pnr_scene *scene, struct pnr_clause_list *list);

/** Adds a copy of `blank` with these settings (borrowed); the new clause, or NULL when memory is short. */
struct pnr_clause *pnr_clause_add(struct pnr_clause_list *list, const struct pnr_clause *blank,
                                  const void *settings);

/** Whether the clause's amounts of this date count: the rule holds for the member in the stage of the date.
 */
bool pnr_clause_in_force(const struct pnr_clause *clause, int32_t day);

/** Whether rule r of the organisation is in force for the scene's member on a date. */
bool pnr_scene_in_force(const struct pnr_scene *scene, int32_t rule, int32_t day);

#endif
