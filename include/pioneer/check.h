/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The independent judge: recomputes hard rules and level values of any roster from the raw campaign. */
#ifndef PIONEER_CHECK_H
#define PIONEER_CHECK_H

#include <pioneer/roster.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One broken hard rule, or one claim of the roster that is not so. */
struct pioneer_violation {
    const char *code;    /* the rule's kind, e.g. "rest"; or "unknown-duty", "unknown-member",
                          * "duplicate-assignment", "absent-again", "above-max", "outside-pool", "overlap",
                          * "pin-missing"; or, of a claim, "value-differs", "bound-above-value",
                          * "constant-above-bound", "not-proven", "tier-differs", "count-differs",
                          * "missing-level", "duplicate-level", "unknown-level", "missing-part",
                          * "duplicate-part", "unknown-part" */
    const char *rule;    /* the rule's id; NULL where no rule is named */
    const char *member;  /* NULL where none */
    const char *duty;    /* "post/site/date/slot"; NULL where none */
    const char *message; /* one sentence in the language asked for */
};

/* A duty short of min or target, or without its lead. */
struct pioneer_shortage {
    const char *stage;
    const char *post;
    const char *site;
    const char *slot;
    int32_t day;
    int32_t assigned;
    int32_t min;
    int32_t target;
    bool lead_missing;
};

/* One term's share of a level in one part, so that a value can be read off: Σ weight × amount over the terms
 * of a level is its value. */
struct pioneer_term_value {
    const char *level;
    const char *rule; /* id */
    int64_t weight;
    int64_t amount;
};

struct pioneer_judged_part {
    const char *stage;
    const char *unit;
    const struct pioneer_level_result
        *levels; /* bound, constant and outcome are the roster's claims; value is recomputed */
    int32_t level_count;
    const struct pioneer_term_value *terms;
    int32_t term_count;
};

struct pioneer_report;

/*
 * Judges `roster` against a validated campaign. language: "zh" or "en" (NULL: "en"). The report is the
 * caller's and owns its text. Under-staffed duties are shortages, not violations. A roster typed by hand has
 * no claims; its parts are judged all the same. A roster that has parts has all of them, and a part that has
 * levels has all of them.
 */
PIONEER_API PIONEER_MUST_USE enum pioneer_status
pioneer_check(const struct pioneer_campaign *campaign, const struct pioneer_roster *roster,
              const char *language, struct pioneer_report **out, struct pioneer_error *error);
PIONEER_API void pioneer_report_free(struct pioneer_report *report);

PIONEER_API int32_t pioneer_report_violation_count(const struct pioneer_report *report);
PIONEER_API const struct pioneer_violation *pioneer_report_violation_at(const struct pioneer_report *report,
                                                                        int32_t index);
/* What breaks nothing and is worth knowing: "other-campaign", the roster was made from another version of the
 * campaign (by its input_hash, if it has one). */
PIONEER_API int32_t pioneer_report_note_count(const struct pioneer_report *report);
PIONEER_API const struct pioneer_finding *pioneer_report_note_at(const struct pioneer_report *report,
                                                                 int32_t index);
PIONEER_API int32_t pioneer_report_shortage_count(const struct pioneer_report *report);
PIONEER_API const struct pioneer_shortage *pioneer_report_shortage_at(const struct pioneer_report *report,
                                                                      int32_t index);
PIONEER_API int32_t pioneer_report_part_count(const struct pioneer_report *report);
PIONEER_API const struct pioneer_judged_part *pioneer_report_part_at(const struct pioneer_report *report,
                                                                     int32_t index);
/* The roster valued under the joint objective: one result a level (value only). */
PIONEER_API int32_t pioneer_report_joint_count(const struct pioneer_report *report);
PIONEER_API const struct pioneer_level_result *pioneer_report_joint_at(const struct pioneer_report *report,
                                                                       int32_t index);

#ifdef __cplusplus
}
#endif

#endif
