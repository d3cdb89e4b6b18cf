/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Solving a campaign: stage by stage, tier by tier, level by level. */
#ifndef PIONEER_SOLVE_H
#define PIONEER_SOLVE_H

#include <pioneer/roster.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What is known at one moment of a solve. Pointers are borrowed for the call. */
struct pioneer_progress {
    const char *stage;  /* NULL in joint mode */
    const char *unit;   /* NULL as well while the outlook of a stage is made */
    const char *level;  /* NULL while a part settles what it keeps for later ones */
    int32_t part_index; /* 0-based, of part_count */
    int32_t part_count;
    int32_t level_index;
    int32_t level_count;
    int64_t value; /* of the incumbent on this level */
    int64_t bound;
    int64_t work_used; /* of the whole solve */
    int64_t elapsed_ms;
};

/* Called from one thread at a time, not always the same one and never the caller's own; at most some ten
 * times a second a part. Return false to cancel: the solve then ends with the best legal roster it has,
 * outcome PIONEER_STOPPED. Must not call into the same solve. */
typedef bool pioneer_progress_fn(void *context, const struct pioneer_progress *progress);

/* What a stage leaves its members able to do after it, in the rest of its last week (docs/rules.md section
 * 10). */
enum pioneer_outlook {
    PIONEER_OUTLOOK_KNOWN = 0, /* what the campaign asks for there */
    PIONEER_OUTLOOK_EXPECTED,  /* days like those up to its end: what the campaign asks of later stages is not
                                  read before they are planned */
    PIONEER_OUTLOOK_NONE,      /* nothing: each part is planned as if nothing came after it */
};

struct pioneer_solve_options {
    size_t struct_size;
    enum pioneer_mode mode;
    /* Staged mode: solve jointly as well and report what the hierarchy cost. Limits are for both solves
     * together: the staged one gets half of them, the joint one what is left. */
    bool price_of_staging;
    uint64_t seed;
    int32_t threads;        /* 0: one per core. Never changes the roster. */
    int64_t work_limit;     /* deterministic work units, 0: the default effort */
    int64_t time_limit_ms;  /* wall clock, 0: none. A roster shaped by it is marked not reproducible. */
    int32_t effort_percent; /* how much work a part may spend when work_limit is 0; 0: 100, or with a time
                               limit as much as fits into the time */
    pioneer_progress_fn *progress;
    void *progress_context;
    enum pioneer_outlook outlook; /* of staged mode */
};

#define PIONEER_SOLVE_OPTIONS(...)                                                                           \
    ((struct pioneer_solve_options){.struct_size = sizeof(struct pioneer_solve_options), __VA_ARGS__})
PIONEER_API void pioneer_solve_options_init(struct pioneer_solve_options *options, size_t struct_size);

/*
 * Solves a validated campaign (PIONEER_E_INVALID otherwise). options NULL: defaults. On PIONEER_OK *out is a
 * roster of the caller's that obeys every hard rule, also when it was stopped or is under-staffed; where hard
 * rules leave no such roster, or none was found, its findings say so.
 * PIONEER_E_NO_MEMORY, PIONEER_E_SOLVER (GLPK failed beyond repair) leave *out NULL. Same campaign, seed and
 * work limit: the same roster, whatever the thread count. Which of several equally good rosters comes is not
 * promised between versions.
 */
PIONEER_API PIONEER_MUST_USE enum pioneer_status pioneer_solve(const struct pioneer_campaign *campaign,
                                                               const struct pioneer_solve_options *options,
                                                               struct pioneer_roster **out,
                                                               struct pioneer_error *error);

/* The LP solver inside, such as "GLPK 5.0". Static. */
PIONEER_API const char *pioneer_solver_version(void);

#ifdef __cplusplus
}
#endif

#endif
