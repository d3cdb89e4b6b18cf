/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One part on its way: its budget, what is told while it runs, its result. */
#include "plan/job.h"

#include "base/threads.h"

/* The callback is called at most this often for one part. */
#define PROGRESS_MS 100

static struct pioneer_progress progress_of(const struct pnr_job *job, int32_t level, int64_t value,
                                           int64_t bound) {
    const struct pnr_plan *plan = job->plan;
    const struct pnr_plan_part *part = &plan->parts.items[job->part];
    const struct pnr_organisation *organisation = plan->organisation;
    bool has_unit = part->unit >= 0 && job->look == NULL;
    return (struct pioneer_progress){
        .stage = part->stage < 0 ? NULL : plan->campaign->stages.items[part->stage].id,
        .unit = has_unit ? plan->campaign->units.items[part->unit].id : NULL,
        .level = organisation->levels[level].id,
        .part_index = job->part,
        .part_count = plan->parts.count,
        .level_index = pnr_plan_public_level(plan, level),
        .level_count = organisation->level_count - (organisation->later_level >= 0),
        .value = value,
        .bound = bound,
        .work_used = plan->work_done + job->budget.work_used,
        .elapsed_ms = pnr_clock_ms() - plan->started_ms,
    };
}

static bool tell(void *context, int32_t level, int64_t value, int64_t bound) {
    struct pnr_job *job = context;
    struct pnr_plan *plan = job->plan;
    int64_t now = pnr_clock_ms();
    bool is_told = level == job->told_level && now - job->told_ms < PROGRESS_MS;
    if (plan->options.progress == NULL || is_told) {
        return true;
    }
    job->told_ms = now;
    job->told_level = level;
    pthread_mutex_lock(&plan->lock);
    struct pioneer_progress progress = progress_of(job, level, value, bound);
    bool go_on =
        !atomic_load(&plan->cancel) && plan->options.progress(plan->options.progress_context, &progress);
    pthread_mutex_unlock(&plan->lock);
    if (!go_on) {
        atomic_store(&plan->cancel, true);
    }
    return go_on;
}

static enum pioneer_status build(struct pnr_job *job) {
    struct pnr_plan *plan = job->plan;
    if (job->look == NULL) {
        return pnr_instance_build_with(plan->organisation, &plan->parts, job->part, job->prefix, job->outlook,
                                       &job->instance);
    }
    struct pnr_plan_part look = *job->look;
    struct pnr_plan_parts alone = {&look, 1};
    return pnr_instance_build(plan->organisation, &alone, 0, job->prefix, &job->instance);
}

static void run(struct pnr_job *job) {
    struct pnr_plan *plan = job->plan;
    job->budget = (struct pnr_budget){
        .work_limit = job->work_limit,
        .deadline_ms = job->time_ms > 0 ? pnr_clock_ms() + job->time_ms : 0,
        .cancel = &plan->cancel,
    };
    job->told_level = -1;
    job->status = build(job);
    if (job->status != PIONEER_OK) {
        return;
    }
    struct pnr_part_options options = {
        .seed = plan->options.seed * 1000003 + (uint64_t)job->part + 1,
        .thread_count = job->thread_count,
        .budget = &job->budget,
        .is_work_planned = plan->options.work_limit == 0,
        .progress = tell,
        .context = job,
        .level_end = job->look != NULL ? plan->organisation->later_level : 0,
        .searches_only = job->searches_only,
    };
    job->status = pnr_part_solve(job->instance, job->prefix, &options, &job->result);
}

static void run_task(void *context, int task) {
    struct pnr_job *jobs = context;
    run(&jobs[task]);
}

enum pioneer_status pnr_jobs_run(int threads, struct pnr_job *jobs, int32_t count) {
    return pnr_parallel(threads, count, run_task, jobs);
}

void pnr_job_note_stop(const struct pnr_job *job) {
    enum pnr_stop stop = job->result.stop;
    job->plan->is_reproducible =
        job->plan->is_reproducible && stop != PNR_STOP_TIME && stop != PNR_STOP_CANCEL;
}

void pnr_job_fini(struct pnr_job *job) {
    pnr_part_result_fini(&job->result);
    pnr_instance_free(job->instance);
    job->instance = NULL;
}
