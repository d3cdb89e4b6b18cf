/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Solving one part: its levels in order, each frozen before the next. */
#ifndef PNR_ENGINE_PART_H
#define PNR_ENGINE_PART_H

#include <pioneer/roster.h>

#include "base/budget.h"
#include "engine/cases.h"
#include "engine/solution.h"

/* Told about every step: level (index), value and bound. Returns false to cancel. */
typedef bool pnr_part_progress_fn(void *context, int32_t level, int64_t value, int64_t bound);

struct pnr_part_options {
    uint64_t seed;
    int32_t thread_count;      /* for pricing */
    struct pnr_budget *budget; /* its work limit is the part's own */
    bool is_work_planned;      /* the work limit is no caller's, but what was planned for the part */
    pnr_part_progress_fn *progress;
    void *context;
    int32_t level_end;   /* levels from here on are left as they come; 0: none is */
    bool searches_only;  /* a good roster is enough: nobody asks for bounds */
    int32_t least_piece; /* a part that falls apart is solved in pieces of so many members or more; 0: as many
                            as are worth it */
    bool wants_cases;    /* keep what proves bounds by cases: each open case of a tree holds multipliers */
};

struct pnr_level_outcome {
    int64_t value, bound, constant;
    enum pioneer_outcome outcome;
    int64_t
        grain; /* what the bound was rounded up by, to the next multiple from the value, is less than this */
    struct pnr_multipliers proof; /* of the bound, where the master found it; of_row NULL elsewhere */
    bool by_cases;                /* the bound comes from a tree: no single set of multipliers proves it */
    struct pnr_cases *cases;      /* then, if wanted: what proves it; else NULL */
};

struct pnr_part_result {
    struct pnr_arena arena;
    uint8_t *is_chosen;               /* [pair] */
    uint8_t *is_feasible;             /* [member]: 0: no legal schedule, left with what is fixed */
    struct pnr_level_outcome *levels; /* [level] */
    int32_t level_count;
    int64_t hard_broken; /* amount by which hard rules over several members stay broken */
    enum pnr_stop stop;
};

/*
 * Solves `instance`. Must run on a private thread: it owns the thread's GLPK environment while it runs. The
 * result is legal whenever a legal roster was found, whatever stopped it. Release with
 * pnr_part_result_fini(), also after a failure.
 */
enum pioneer_status pnr_part_solve(const struct pnr_instance *instance, const struct pnr_prefix *prefix,
                                   const struct pnr_part_options *options, struct pnr_part_result *out);
void pnr_part_result_fini(struct pnr_part_result *result);

/* Values a given choice of pairs: [level] values into `value`, and what hard rules over several members are
 * broken by. */
enum pioneer_status pnr_part_value(const struct pnr_instance *instance, const struct pnr_prefix *prefix,
                                   const uint8_t *is_chosen, int64_t *value, int64_t *hard_broken);

#endif
