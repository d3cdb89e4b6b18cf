/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A roster: assignments with what is known about them: values, bounds and status by level, for every part of
 * the plan. */
#ifndef PIONEER_ROSTER_H
#define PIONEER_ROSTER_H

#include <pioneer/campaign.h>

#ifdef __cplusplus
extern "C" {
#endif

enum pioneer_outcome {
    PIONEER_UNSOLVED = 0, /* a roster typed by hand: nobody has judged it */
    PIONEER_PROVEN,       /* value equals the lower bound, and every level before is proven */
    PIONEER_GAP,          /* the work planned for the level ended with bound < value */
    PIONEER_STOPPED,      /* a limit of work or time, or a cancel, ended the level early */
    PIONEER_INFEASIBLE /* hard rules leave somebody or something without any legal choice, or no roster that
                        * keeps them was found; see findings */
};

/* One level of one part. `bound` is a valid lower bound on the level's value, given the values of the levels
 * before it in the same part, the parts before it (earlier stages, higher tiers) and, for levels about how
 * members fare, what the part keeps for later ones (docs/rules.md section 10). */
struct pioneer_level_result {
    const char *level;
    int64_t value;
    int64_t bound;
    /* Cost inside `value` and `bound` that no roster of this part can avoid (fixed occupancy, demand nobody
     * is eligible for). */
    int64_t constant;
    enum pioneer_outcome outcome;
};

/* One sub-problem of the plan: the duties of one unit in one stage; in joint mode everything at once (stage
 * and unit NULL). */
struct pioneer_part {
    const char *stage;
    const char *unit;
    int32_t tier;
    int32_t duty_count;
    int32_t member_count;
    int32_t assignment_count;
    const struct pioneer_level_result *levels;
    int32_t level_count;
};

/* What the hierarchy cost on one level: staged value minus joint value, and minus the joint lower bound. */
struct pioneer_staging_price {
    const char *level;
    int64_t staged;      /* the staged roster valued under the joint objective */
    int64_t joint_value; /* the joint roster's */
    int64_t joint_bound;
};

enum pioneer_mode { PIONEER_STAGED = 0, PIONEER_JOINT };

struct pioneer_roster_info {
    size_t struct_size;
    const char *campaign; /* the campaign's name */
    enum pioneer_mode mode;
    uint64_t seed;
    int64_t work_limit; /* 0: none */
    int64_t work_used;
    bool reproducible;      /* false: a wall-clock limit or a cancel shaped it */
    const char *input_hash; /* of the campaign's canonical JSON, hexadecimal; "" if unknown */
    const char *made_by;    /* library and GLPK version */
};

struct pioneer_roster;

PIONEER_API enum pioneer_status pioneer_roster_new(struct pioneer_roster **out);
PIONEER_API void pioneer_roster_free(struct pioneer_roster *roster);

PIONEER_API const struct pioneer_roster_info *pioneer_roster_get(const struct pioneer_roster *roster);

/* Adds an assignment (copied). PIONEER_E_INVALID for malformed ids; references are judged by pioneer_check().
 */
PIONEER_API enum pioneer_status pioneer_roster_add(struct pioneer_roster *roster,
                                                   const struct pioneer_assignment *assignment,
                                                   struct pioneer_error *error);
/* Assignments of solved rosters stand in order of day, slot start, site, post, member (ids bytewise).
 * Borrowed. */
PIONEER_API int32_t pioneer_roster_count(const struct pioneer_roster *roster);
PIONEER_API const struct pioneer_assignment *pioneer_roster_at(const struct pioneer_roster *roster,
                                                               int32_t index);

PIONEER_API int32_t pioneer_roster_part_count(const struct pioneer_roster *roster);
PIONEER_API const struct pioneer_part *pioneer_roster_part_at(const struct pioneer_roster *roster,
                                                              int32_t index);

PIONEER_API int32_t pioneer_roster_finding_count(const struct pioneer_roster *roster);
PIONEER_API const struct pioneer_finding *pioneer_roster_finding_at(const struct pioneer_roster *roster,
                                                                    int32_t index);

/* Empty unless the price of staging was asked for. */
PIONEER_API int32_t pioneer_roster_price_count(const struct pioneer_roster *roster);
PIONEER_API const struct pioneer_staging_price *pioneer_roster_price_at(const struct pioneer_roster *roster,
                                                                        int32_t index);

PIONEER_API PIONEER_MUST_USE enum pioneer_status pioneer_roster_read_json(const char *text, size_t length,
                                                                          struct pioneer_roster **out,
                                                                          struct pioneer_error *error);
PIONEER_API PIONEER_MUST_USE enum pioneer_status
pioneer_roster_write_json(const struct pioneer_roster *roster, char **out, size_t *length,
                          struct pioneer_error *error);

#ifdef __cplusplus
}
#endif

#endif
