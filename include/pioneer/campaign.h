/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A campaign: everything one office plans, as plain descriptions that are added, validated and read back. */
#ifndef PIONEER_CAMPAIGN_H
#define PIONEER_CAMPAIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <pioneer/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Conventions of this header
 *
 * Dates are days since 1970-01-01 (`_day`), moments are civil minutes since 1970-01-01T00:00 (`_at`), times
 * of day and durations are minutes (`_min`). There is no time zone inside a campaign; `time_zone` is used by
 * exports alone. A span is half-open: [from, to). Stage dates are inclusive on both sides, as the office
 * writes them.
 *
 * Text is UTF-8. Ids are 1..64 bytes of anything but control characters, `/` and `"`; names 1..255 bytes
 * without control characters.
 *
 * Every description starts with `struct_size`; leave it 0 or set it to sizeof. Every other field that is 0 or
 * NULL means "the default", which its comment names. References to other things are ids; they may name things
 * added later and are resolved by pioneer_campaign_validate(). `pioneer_campaign_add_…` copies the
 * description and everything it points to. A description read back with `pioneer_campaign_…_at` is borrowed:
 * it lives until the campaign is freed.
 */

/* An upper bound on every count, minute or weight in a campaign; larger numbers are PIONEER_E_INVALID
 * "number-too-large". */
#define PIONEER_MAX_NUMBER 1000000000

/* ---- the organisation
 * -------------------------------------------------------------------------------------------- */

/* Whom a unit that owns posts may use. */
enum pioneer_pool {
    PIONEER_POOL_DEFAULT = 0, /* nominated for the root, signed up for every other unit */
    PIONEER_POOL_NOMINATED,   /* members of the subtree who are nominated within every quota above them */
    PIONEER_POOL_SIGNED_UP    /* all members of the subtree */
};

/* A node of the organisation tree. Exactly one unit has no parent. Its depth (root = 0) is the tier of its
 * posts. */
struct pioneer_unit {
    size_t struct_size;
    const char *id;
    const char *name;   /* default: the id */
    const char *parent; /* NULL: the root */
    enum pioneer_pool draws_from;
    /* The most nominees this unit's subtree may send, 0: no limit. Beyond it the members of lowest `rank`
     * (then smallest id, bytewise) stay nominated; quotas are applied from the leaves to the root. */
    int32_t quota;
};

/* 党员, 预备党员, 发展对象, 入党积极分子, and everybody else. */
enum pioneer_member_status {
    PIONEER_STATUS_OTHER = 0,
    PIONEER_STATUS_PARTY,
    PIONEER_STATUS_PROBATIONARY,
    PIONEER_STATUS_PROSPECT,
    PIONEER_STATUS_ACTIVIST
};

/* 机关, 教师, 学生. */
enum pioneer_member_role {
    PIONEER_ROLE_OTHER = 0,
    PIONEER_ROLE_OFFICE,
    PIONEER_ROLE_TEACHER,
    PIONEER_ROLE_STUDENT
};

struct pioneer_rating {
    const char *name; /* e.g. "coordination" */
    int32_t value;    /* 0..100 */
};

/* Free every week on `weekday` (0 = Monday) from `from_min` to `to_min`; to_min may pass 1440 (up to 2880):
 * the window then crosses midnight and still belongs to `weekday`. */
struct pioneer_weekly_window {
    int32_t weekday;
    int32_t from_min;
    int32_t to_min;
};

/* Free on one date. A date with at least one dated window ignores the weekly windows of that date. */
struct pioneer_dated_window {
    int32_t day;
    int32_t from_min;
    int32_t to_min;
};

/* Not there from `from_at` to `to_at`, whatever the windows say. */
struct pioneer_absence {
    int32_t from_at;
    int32_t to_at;
    const char *reason; /* optional */
};

struct pioneer_member {
    size_t struct_size;
    const char *id;
    const char *name;
    const char *unit;
    enum pioneer_member_status status;
    enum pioneer_member_role role;
    const char *const *tags;
    int32_t tag_count;
    const struct pioneer_rating *ratings;
    int32_t rating_count;
    const char *home_site; /* optional */
    bool nominated;
    int32_t rank; /* the unit's own ranking of its nominees, 1 = first; 0: after all ranked ones */
    /* false: free at any time (but for dated windows and absences); true: free in `weekly` only. */
    bool has_weekly;
    const struct pioneer_weekly_window *weekly;
    int32_t weekly_count;
    const struct pioneer_dated_window *dated;
    int32_t dated_count;
    const struct pioneer_absence *absences;
    int32_t absence_count;
};

/* ---- places and times
 * -------------------------------------------------------------------------------------------- */

struct pioneer_site {
    size_t struct_size;
    const char *id;
    const char *name;
    const char *kind; /* e.g. "gate", "canteen", "dorm"; used by rules; default "" */
    const char *zone; /* default "": no zone */
    int32_t capacity; /* most members on duty here at one moment, for rule site_capacity; 0: no limit */
};

/* Walking minutes between two sites, or between two zones, in both directions. The minutes between sites a
 * and b are: 0 if a = b; else the entry for the two sites; else the entry for their two zones (a zone with
 * itself included); else pioneer_campaign_settings.walking_min. */
struct pioneer_walk {
    size_t struct_size;
    bool between_zones; /* false: `from` and `to` are sites */
    const char *from;
    const char *to;
    int32_t minutes;
};

/* A named time of day. to_min <= 1440 ends on the same day, up to 2880 on the next; to_min > from_min always.
 */
struct pioneer_slot {
    size_t struct_size;
    const char *id;
    const char *name;
    int32_t from_min;
    int32_t to_min;
    const char *kind; /* for rules on sequences, e.g. "night"; default: the id */
};

/* A stage is a range of dates, both inclusive. Stages follow each other in order and do not overlap; days
 * between stages are days without duties. */
struct pioneer_stage {
    size_t struct_size;
    const char *id;
    const char *name;
    int32_t from_day;
    int32_t to_day;
};

/* ---- duties
 * ------------------------------------------------------------------------------------------------------ */

struct pioneer_post {
    size_t struct_size;
    const char *id;
    const char *name;
    const char *kind;     /* e.g. "duty-watch"; default "" */
    const char *unit;     /* the owner */
    const char *eligible; /* an expression (docs/format.md); default: everybody */
    int32_t priority;     /* 1..1000, default 1: the weight of a missing minute */
    int32_t hardship;     /* 0..1000 points a duty */
    const char *lead;     /* an expression: a duty needs at least one such member; NULL: none needed */
    /* Standby posts: what share of a duty's minutes counts as load, in percent, 1..100; 0: 100. */
    int32_t load_percent;
};

/* Posts × sites × slots × dates. Each combination is one duty with the same demand; the same combination from
 * two lines is an error ("duplicate-duty"). A duty belongs to the stage that holds its date; a line whose
 * dates leave all stages is an error
 * ("date-outside-stages") unless the dates come from weekdays over a span, where days between stages are
 * skipped. */
struct pioneer_demand {
    size_t struct_size;
    const char *post;
    const char *const *sites;
    int32_t site_count;
    const char *const *slots;
    int32_t slot_count;
    /* Either a list of dates … */
    const int32_t *days;
    int32_t day_count;
    /* … or, with day_count 0, every day of [from_day, to_day] (both inclusive; 0,0: the whole campaign) whose
     * weekday is in the bit set `weekdays` (bit 0 = Monday; 0: all), without `except_days`. */
    int32_t from_day;
    int32_t to_day;
    int32_t weekdays;
    const int32_t *except_days;
    int32_t except_count;
    int32_t min;    /* 0 <= min <= target <= max */
    int32_t target; /* has_target false: = min */
    int32_t max;    /* has_max false: = target */
    bool has_target;
    bool has_max;
    int32_t short_cost; /* cost of one missing head in short_of_min and short_of_target; 0: priority × minutes
                           of the duty */
    int32_t over_cost;  /* cost of one head above target in over_target; 0: priority × minutes of the duty */
    /* Standby sized by the no-show rate: with `standby_for_count` > 0 min, target and max must be 0 and are
     * set to ceil(no_show_percent × S / 100), S the sum of the targets of the duties of these posts that
     * start on the same date and overlap the slot in time. */
    const char *const *standby_for;
    int32_t standby_for_count;
    int32_t no_show_percent;
};

/* ---- rules and levels
 * -------------------------------------------------------------------------------------------- */

/*
 * One rule is a hard restriction or a term (a soft cost `weight × amount` on a level). docs/rules.md gives
 * the exact meaning of each; the comment here names the fields it reads beyond the common ones and the amount
 * a term charges. A field that a rule does not read must be left unset ("unused-field").
 */
enum pioneer_rule_kind {
    PIONEER_RULE_NONE = 0,
    /* about one member */
    PIONEER_RULE_AVAILABILITY, /* -; per duty outside the member's availability */
    PIONEER_RULE_ELIGIBILITY,  /* -; per duty whose post the member is not eligible for */
    PIONEER_RULE_WALKING,      /* -; per minute by which a gap of one day's duties is shorter than the walk
                                  (overlap in time is always forbidden) */
    PIONEER_RULE_REST,         /* minutes, night_minutes; per minute of rest missing between worked days */
    PIONEER_RULE_DUTIES,       /* window, min, max; per duty outside */
    PIONEER_RULE_MINUTES,      /* window, min, max; per minute outside */
    PIONEER_RULE_WORK_RUN,     /* min, max, at_start, at_end, ignore_history, open_costs; per day outside */
    PIONEER_RULE_OFF_RUN,      /* min, max, at_start, at_end, ignore_history, open_costs; per day outside */
    PIONEER_RULE_KIND_RUN,     /* slot_kinds, min, max, at_start, at_end, ignore_history, open_costs; per day
                                  outside */
    PIONEER_RULE_WEEKENDS,     /* max; per worked weekend above, over the campaign */
    PIONEER_RULE_COMPLETE_WEEKENDS, /* -; per weekend with exactly one worked day */
    PIONEER_RULE_SUCCESSION,        /* slot_kinds then next_kinds; per forbidden pair of neighbouring days */
    PIONEER_RULE_COUNT,       /* window, min, max, posts, sites, slots, hardship; per matching duty outside */
    PIONEER_RULE_ISOLATION,   /* site_kinds, other_site_kinds, days; per worked day too close to one of the
                                 other class */
    PIONEER_RULE_REQUESTS,    /* -; the request's weight for each request not met */
    PIONEER_RULE_PREFERENCES, /* -; the preference's weight for each duty beside it */
    PIONEER_RULE_RATINGS,     /* rating, posts; 100 - rating for each duty */
    PIONEER_RULE_CONTINUITY,  /* by_site; per duty at another post (site) than the member's duty before */
    PIONEER_RULE_LOAD_FAIRNESS,     /* credit_window, days; squared minutes above entitlement */
    PIONEER_RULE_HARDSHIP_FAIRNESS, /* credit_window, days; squared points above entitlement */
    PIONEER_RULE_STABILITY,         /* person_cost; notice-weighted changes against the published roster */
    /* about a duty or several members */
    PIONEER_RULE_SHORT_OF_MIN,    /* -; short_cost per head short of min */
    PIONEER_RULE_SHORT_OF_TARGET, /* -; short_cost per head short of target */
    PIONEER_RULE_OVER_TARGET,     /* -; over_cost per head over target */
    PIONEER_RULE_LEAD,            /* posts; per duty without its required lead */
    PIONEER_RULE_COMPOSITION,     /* who, posts, min, max; per duty and head outside */
    PIONEER_RULE_COHORT,          /* tags; per duty and head outside the largest cohort present */
    PIONEER_RULE_TOGETHER,        /* -; per duty with some of the members but not all */
    PIONEER_RULE_APART,           /* -; per duty and member beyond the first */
    PIONEER_RULE_UNIT_QUOTA,      /* unit, min, max, min_percent, max_percent, posts; per place outside */
    PIONEER_RULE_UNIT_BURDEN,     /* -; minutes of a unit above its share */
    PIONEER_RULE_SITE_CAPACITY,   /* -; per head above capacity at each moment a duty of the site starts */
    PIONEER_RULE_COUNT_OF_KINDS
};

enum pioneer_window {
    PIONEER_WINDOW_CAMPAIGN = 0,
    PIONEER_WINDOW_STAGE,
    PIONEER_WINDOW_WEEK, /* ISO week */
    PIONEER_WINDOW_DAY
};

/* What a minimum says about a run that touches the first (at_start) or last (at_end) day of the campaign. */
enum pioneer_border {
    PIONEER_BORDER_DEFAULT = 0, /* at_start: JUDGE; at_end: EXEMPT */
    PIONEER_BORDER_JUDGE,       /* judged on its length (with history unless ignored) */
    PIONEER_BORDER_EXEMPT       /* not charged for being too short */
};

/* What a run costs that is still open on the campaign's last day: `cost` if it has lasted `days` days or more
 * (history included) and no entry of more days fits. What later weeks are expected to make of it, when they
 * are not planned yet. */
struct pioneer_open_cost {
    int32_t days; /* >= 1 */
    int32_t cost;
};

struct pioneer_rule {
    size_t struct_size;
    enum pioneer_rule_kind kind;
    const char *id;       /* default: the kind's name, with "-2", "-3" … if taken */
    const char *replaces; /* id of a rule that does not hold where this one does (same stage and member) */
    /* scope: all of these together; each unset: no restriction */
    const char *members; /* expression over members */
    const char *const *stages;
    int32_t stage_count;
    /* weight 0 and drop false: hard. */
    int32_t weight;
    bool drop;         /* the rule does not hold at all: switches a built-in term off */
    const char *level; /* of a term; default: the kind's level (docs/rules.md) */
    /* parameters */
    enum pioneer_window window;
    bool has_min;
    bool has_max;
    int32_t min;
    int32_t max;
    int32_t minutes;
    int32_t night_minutes;
    int32_t days;
    int32_t min_percent;
    int32_t max_percent;
    int32_t person_cost;
    enum pioneer_border at_start;
    enum pioneer_border at_end;
    bool ignore_history;
    bool by_site;
    enum pioneer_window credit_window; /* CAMPAIGN, STAGE; with days > 0: the stages that end at most `days`
                                          before this one starts */
    int32_t hardship;                  /* COUNT: duties with at least this hardship; 0: no such condition */
    const char *who;                   /* COMPOSITION: expression */
    const char *unit;                  /* UNIT_QUOTA */
    const char *rating;                /* RATINGS */
    const char *const *posts;
    int32_t post_count;
    const char *const *sites;
    int32_t site_count;
    const char *const *slots;
    int32_t slot_count;
    const char *const *slot_kinds;
    int32_t slot_kind_count;
    const char *const *next_kinds;
    int32_t next_kind_count;
    const char *const *site_kinds;
    int32_t site_kind_count;
    const char *const *other_site_kinds;
    int32_t other_site_kind_count;
    const char *const *tags;
    int32_t tag_count;
    const struct pioneer_open_cost *open_costs; /* WORK_RUN, OFF_RUN, KIND_RUN */
    int32_t open_cost_count;
};

/* One objective of the ordered list. */
struct pioneer_level {
    size_t struct_size;
    const char *id;
    const char *name;
};

/* ---- wishes, history, the published roster
 * ------------------------------------------------------------------------ */

/* A member asks to work (on) or not to work (off) on one date, or on every date of [from_day, to_day]; NULL
 * post, site or slot match any. "On" is met on a date by at least one matching duty, "off" by none. One
 * request over a span is judged day by day; each matching duty of an "off" costs its weight once a day.
 * Requests on days without a stage are ignored. */
struct pioneer_request {
    size_t struct_size;
    const char *member;
    bool off;
    int32_t from_day;
    int32_t to_day;
    const char *post;
    const char *site;
    const char *slot;
    int32_t weight; /* default 1 */
};

/* A member prefers these posts, sites or slots: each of its duties that fits none of its preferences costs
 * the largest weight among them. */
struct pioneer_preference {
    size_t struct_size;
    const char *member;
    const char *post;
    const char *site;
    const char *slot;
    int32_t weight; /* default 1 */
};

struct pioneer_history_count {
    const char *rule; /* id of a DUTIES, MINUTES or COUNT rule */
    int32_t count;    /* amount used up in the window that is open when the campaign starts */
};

struct pioneer_history_visit {
    const char *site_kind;
    int32_t day; /* last day on duty at a site of this kind, before the campaign */
};

/* What a member brings from before the first stage. A member without one starts fresh: zero everywhere and
 * runs that began on the first day. */
struct pioneer_history {
    size_t struct_size;
    const char *member;
    int64_t load_min, entitled_min;           /* for load fairness */
    int64_t load_hardship, entitled_hardship; /* for hardship fairness */
    int32_t weekends;                         /* worked so far */
    bool saturday_worked; /* the Saturday just before, if the campaign starts on a Sunday */
    int32_t last_end_at;  /* when the last duty ended; 0: long ago */
    bool last_was_night;
    const char *last_kind; /* slot kind of the duty on the day just before the campaign; NULL: none */
    const char *last_post; /* for continuity */
    const char *last_site;
    int32_t run_worked; /* days in a row worked, up to the day before; 0 if that day was off */
    int32_t run_off;    /* days in a row off, up to the day before; 0 if that day was worked */
    int32_t run_kind;   /* days in a row of last_kind */
    const struct pioneer_history_count *counts;
    int32_t count_count;
    const struct pioneer_history_visit *visits;
    int32_t visit_count;
};

enum pioneer_assignment_state {
    PIONEER_PLANNED = 0,
    PIONEER_PUBLISHED,
    PIONEER_PINNED, /* must stay */
    PIONEER_SERVED,
    PIONEER_ABSENT
};

/* A member on a duty. The four ids and the date name the duty. */
struct pioneer_assignment {
    size_t struct_size;
    const char *member;
    const char *post;
    const char *site;
    const char *slot;
    int32_t day;
    enum pioneer_assignment_state state;
};

struct pioneer_notice {
    int32_t within_hours; /* duties that start at most so many hours after `now_at` … */
    int32_t weight;       /* … count this much per change; later ones count 1 */
};

struct pioneer_campaign_settings {
    size_t struct_size;
    const char *name;
    const char *time_zone;  /* IANA, default "Asia/Shanghai" */
    int32_t walking_min;    /* between sites without an entry; default 0 */
    int32_t night_from_min; /* the night window; both 0: 00:00–05:00 */
    int32_t night_to_min;   /* may pass 1440 */
    int32_t now_at;         /* for stability: changes are weighted by notice from here; 0: the first day */
    const struct pioneer_notice *notice;
    int32_t notice_count;
};

/* ---- the campaign
 * ------------------------------------------------------------------------------------------------- */

/* A mutable description of a campaign. Not thread-safe while it is changed; a validated one may be read and
 * solved by any number of threads at once. */
struct pioneer_campaign;

PIONEER_API enum pioneer_status pioneer_campaign_new(struct pioneer_campaign **out);
PIONEER_API void pioneer_campaign_free(struct pioneer_campaign *campaign); /* NULL is fine */

PIONEER_API enum pioneer_status pioneer_campaign_set(struct pioneer_campaign *campaign,
                                                     const struct pioneer_campaign_settings *settings,
                                                     struct pioneer_error *error);
PIONEER_API const struct pioneer_campaign_settings *
pioneer_campaign_get(const struct pioneer_campaign *campaign);

/*
 * For each kind of description: add one (copied; PIONEER_E_NO_MEMORY, or PIONEER_E_INVALID when the
 * description alone is wrong: bad id, impossible time, number out of range, a field its rule does not read),
 * count them, and read one back (NULL when the index is out of range). Duplicate ids and references are
 * judged by pioneer_campaign_validate(). Levels: none added means the default ones: must, lead, target,
 * stability, fairness, wishes.
 */
#define PIONEER_DECLARE_PART(part)                                                                           \
    PIONEER_API enum pioneer_status pioneer_campaign_add_##part(                                             \
        struct pioneer_campaign *campaign, const struct pioneer_##part *part, struct pioneer_error *error);  \
    PIONEER_API int32_t pioneer_campaign_##part##_count(const struct pioneer_campaign *campaign);            \
    PIONEER_API const struct pioneer_##part *pioneer_campaign_##part##_at(                                   \
        const struct pioneer_campaign *campaign, int32_t index)

PIONEER_DECLARE_PART(unit);
PIONEER_DECLARE_PART(member);
PIONEER_DECLARE_PART(site);
PIONEER_DECLARE_PART(walk);
PIONEER_DECLARE_PART(slot);
PIONEER_DECLARE_PART(stage);
PIONEER_DECLARE_PART(post);
PIONEER_DECLARE_PART(demand);
PIONEER_DECLARE_PART(rule);
PIONEER_DECLARE_PART(level);
PIONEER_DECLARE_PART(request);
PIONEER_DECLARE_PART(preference);
PIONEER_DECLARE_PART(history);
PIONEER_DECLARE_PART(
    assignment); /* the published roster, pins included; also fixes duties of stages already served */

/* A finding: one thing noticed, with a stable code, where it is (JSON pointer or ids) and a sentence in
 * English. */
enum pioneer_severity { PIONEER_NOTE = 0, PIONEER_WARNING, PIONEER_ERROR };
struct pioneer_finding {
    enum pioneer_severity severity;
    const char *code;    /* e.g. "unknown-site" */
    const char *where;   /* e.g. "/posts/3/unit" */
    const char *message; /* one sentence in the language asked for */
};

/* Judges the whole campaign: references, duplicate ids, tree, stages, demand, expressions. Returns PIONEER_OK
 * when it can be solved; else PIONEER_E_INVALID with the first error in `error`. Remembers the result until
 * the campaign changes. */
PIONEER_API PIONEER_MUST_USE enum pioneer_status pioneer_campaign_validate(struct pioneer_campaign *campaign,
                                                                           struct pioneer_error *error);
/* All findings of the last validation, errors first; borrowed until the campaign changes. */
PIONEER_API int32_t pioneer_campaign_finding_count(const struct pioneer_campaign *campaign);
PIONEER_API const struct pioneer_finding *pioneer_campaign_finding_at(const struct pioneer_campaign *campaign,
                                                                      int32_t index);

/* The built-in template: the five kinds of post of the notice with Chinese names, on a small example campus.
 */
PIONEER_API PIONEER_MUST_USE enum pioneer_status pioneer_campaign_template(struct pioneer_campaign **out,
                                                                           struct pioneer_error *error);

/* JSON (docs/format.md). Reading then writing gives the same bytes for a file that was written by this
 * library. `length` bytes, no terminator needed. The written text is malloc'ed by the library: release it
 * with pioneer_free(). */
PIONEER_API PIONEER_MUST_USE enum pioneer_status pioneer_campaign_read_json(const char *text, size_t length,
                                                                            struct pioneer_campaign **out,
                                                                            struct pioneer_error *error);
PIONEER_API PIONEER_MUST_USE enum pioneer_status
pioneer_campaign_write_json(const struct pioneer_campaign *campaign, char **out, size_t *length,
                            struct pioneer_error *error);
PIONEER_API void pioneer_free(void *text);

#ifdef __cplusplus
}
#endif

#endif
