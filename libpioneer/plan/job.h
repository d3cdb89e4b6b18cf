/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One part on its way: what its thread makes, kept until its turn to be merged. */
#ifndef PNR_PLAN_JOB_H
#define PNR_PLAN_JOB_H

#include "plan/plan.h"

/* All zeros but for what the caller sets. Release with pnr_job_fini(), whatever became of it. */
struct pnr_job {
    /* set by the caller */
    struct pnr_plan *plan;
    const struct pnr_prefix *prefix;
    const struct pnr_outlook *outlook; /* NULL: none */
    int32_t part;                      /* of the plan; for an outlook the first one that it is made for */
    const struct pnr_plan_part *look;  /* NULL: solves the part itself; else this one, for coverage alone */
    bool searches_only;
    int32_t thread_count;
    int64_t work_limit; /* 0: none */
    int64_t time_ms;    /* wall time it may use, 0: any */
    /* what it makes */
    struct pnr_instance *instance;
    struct pnr_part_result result;
    struct pnr_budget budget;
    enum pioneer_status status;
    int64_t told_ms;
    int32_t told_level;
};

/* Builds and solves the parts on private threads; each says how it went in `status`. Fails only if no thread
 * could be started. */
enum pioneer_status pnr_jobs_run(int threads, struct pnr_job *jobs, int32_t count);

/* Says in the plan whether a finished job makes the roster one that no other run would come to. */
void pnr_job_note_stop(const struct pnr_job *job);

void pnr_job_fini(struct pnr_job *job);

#endif
