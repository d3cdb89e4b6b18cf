/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stages in order, tiers from the top, units of one tier at the same time: each part solved after what was
 * decided before it. */
#include "plan/plan.h"

#include <stdlib.h>
#include <string.h>

#include "plan/job.h"
#include "roster/roster.h"

/* ---- life
 * -------------------------------------------------------------------------------------------------------- */

enum pioneer_status pnr_plan_init(struct pnr_plan *plan, const struct pioneer_campaign *campaign,
                                  const struct pioneer_solve_options *options, bool joint) {
    memset(plan, 0, sizeof *plan);
    plan->campaign = campaign;
    plan->options = *options;
    plan->started_ms = pnr_clock_ms();
    plan->is_reproducible = true;
    atomic_init(&plan->cancel, false);
    pnr_arena_init(&plan->arena);
    if (pthread_mutex_init(&plan->lock, NULL) != 0) {
        return PIONEER_E_NO_MEMORY;
    }
    enum pioneer_status status = pnr_organisation_build(campaign, &plan->organisation, NULL);
    if (status == PIONEER_OK) {
        plan->duties = plan->organisation->duties;
        status = pnr_parts_list(plan->organisation, joint, &plan->arena, &plan->parts);
    }
    if (status == PIONEER_OK && pnr_plan_may_look_ahead(plan) &&
        !pnr_organisation_add_later_level(plan->organisation)) {
        status = PIONEER_E_NO_MEMORY;
    }
    return status == PIONEER_OK ? pnr_plan_share_work(plan) : status;
}

void pnr_plan_fini(struct pnr_plan *plan) {
    pnr_organisation_free(plan->organisation);
    pnr_arena_fini(&plan->arena);
    pthread_mutex_destroy(&plan->lock);
}

/* ---- merging
 * ----------------------------------------------------------------------------------------------------- */

static enum pioneer_status add_assignment(struct pnr_plan *plan, struct pioneer_roster *roster,
                                          int32_t member, int32_t duty, enum pioneer_assignment_state state) {
    const struct pioneer_campaign *campaign = plan->campaign;
    const struct pnr_duty *at = &plan->organisation->duties.items[duty];
    struct pioneer_assignment assignment = {
        .struct_size = sizeof assignment,
        .member = campaign->members.items[member].id,
        .post = campaign->posts.items[at->post].id,
        .site = campaign->sites.items[at->site].id,
        .slot = campaign->slots.items[at->slot].id,
        .day = at->day,
        .state = state,
    };
    return pioneer_roster_add(roster, &assignment, NULL);
}

static enum pioneer_status add_assignments(struct pnr_job *job, struct pioneer_roster *roster,
                                           int32_t *count) {
    const struct pnr_instance *instance = job->instance;
    enum pioneer_status status = PIONEER_OK;
    for (int32_t p = 0; p < instance->pair_count && status == PIONEER_OK; p++) {
        if (job->result.is_chosen[p] && !pnr_instance_is_later(instance, instance->duty_of_pair[p])) {
            int32_t member = instance->member_at[instance->member_of_pair[p]];
            status = add_assignment(job->plan, roster, member, instance->duty_at[instance->duty_of_pair[p]],
                                    PIONEER_PLANNED);
            ++*count;
        }
    }
    for (int32_t m = 0; m < instance->member_count; m++) {
        for (int32_t f = instance->fixed_of_member[m];
             f < instance->fixed_of_member[m + 1] && status == PIONEER_OK; f++) {
            const struct pnr_fixed *fixed = &instance->fixed[f];
            if (fixed->in_part >= 0) {
                status = add_assignment(job->plan, roster, instance->member_at[m], fixed->duty, fixed->state);
                ++*count;
            }
        }
    }
    return status;
}

static enum pioneer_status add_part(struct pnr_job *job, struct pioneer_roster *roster,
                                    int32_t assignment_count) {
    const struct pnr_plan *plan = job->plan;
    const struct pnr_plan_part *part = &plan->parts.items[job->part];
    int32_t level_count = plan->organisation->level_count;
    struct pioneer_level_result *levels = calloc((size_t)level_count + 1, sizeof *levels);
    if (levels == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    int32_t told = 0;
    for (int32_t l = 0; l < level_count; l++) {
        const struct pnr_level_outcome *outcome = &job->result.levels[l];
        if (l != plan->organisation->later_level) {
            levels[told++] =
                (struct pioneer_level_result){plan->organisation->levels[l].id, outcome->value,
                                              outcome->bound, outcome->constant, outcome->outcome};
        }
    }
    struct pioneer_part description = {
        .stage = part->stage < 0 ? NULL : plan->campaign->stages.items[part->stage].id,
        .unit = part->unit < 0 ? NULL : plan->campaign->units.items[part->unit].id,
        .tier = part->tier,
        .duty_count = job->instance->own_duty_count,
        .member_count = job->instance->member_count,
        .assignment_count = assignment_count,
        .levels = levels,
        .level_count = told,
    };
    enum pioneer_status status = pnr_roster_add_part(roster, &description);
    free(levels);
    return status;
}

static enum pioneer_status add_finding(struct pioneer_roster *roster, const char *code, const char *where,
                                       const char *message) {
    struct pioneer_finding finding = {PIONEER_WARNING, code, where, message};
    return pnr_roster_add_finding(roster, &finding);
}

static enum pioneer_status add_findings(struct pnr_job *job, struct pioneer_roster *roster) {
    enum pioneer_status status = PIONEER_OK;
    const struct pnr_instance *instance = job->instance;
    for (int32_t m = 0; m < instance->member_count && status == PIONEER_OK; m++) {
        if (!job->result.is_feasible[m]) {
            status = add_finding(roster, "no-legal-schedule",
                                 job->plan->campaign->members.items[instance->member_at[m]].id,
                                 "History, fixed duties and hard rules leave this member no legal schedule; "
                                 "nothing was added.");
        }
    }
    if (status == PIONEER_OK && job->result.hard_broken > 0) {
        const struct pnr_plan_part *part = &job->plan->parts.items[job->part];
        status = add_finding(
            roster, "hard-rule-broken", part->unit < 0 ? "" : job->plan->campaign->units.items[part->unit].id,
            "Hard rules over several members cannot all be kept, or no roster that keeps them was found.");
    }
    return status;
}

static enum pioneer_status merge(struct pnr_job *job, struct pnr_prefix *prefix, struct pnr_outlook *outlook,
                                 struct pioneer_roster *roster) {
    struct pnr_plan *plan = job->plan;
    enum pioneer_status status = job->status;
    int32_t assignment_count = 0;
    if (status == PIONEER_OK) {
        pnr_plan_spend(plan, job->part, job->budget.work_used);
        pnr_job_note_stop(job);
        status = pnr_prefix_add_part(prefix, job->instance, job->result.is_chosen);
    }
    if (status == PIONEER_OK && job->outlook != NULL) {
        status = pnr_outlook_set(outlook, job->instance, job->result.is_chosen);
    }
    if (status == PIONEER_OK && roster != NULL) {
        status = add_assignments(job, roster, &assignment_count);
    }
    if (status == PIONEER_OK && roster != NULL) {
        status = add_part(job, roster, assignment_count);
    }
    return status == PIONEER_OK && roster != NULL ? add_findings(job, roster) : status;
}

/* ---- the order of parts
 * -------------------------------------------------------------------------------------------- */

/* Wall time for a part: its share of the work still to do, as if its group ran on all threads at once. */
static int64_t time_for(const struct pnr_plan *plan, int32_t part, int32_t group_first, int32_t group_end) {
    int32_t group = group_end - group_first;
    int32_t threads = pnr_plan_thread_count(plan);
    int32_t lanes = group < threads ? group : threads;
    return pnr_plan_time_for(plan, (double)plan->work_of_part[part] * lanes, group_first);
}

static enum pioneer_status run_group(struct pnr_plan *plan, const struct pnr_prefix *prefix,
                                     const struct pnr_outlook *outlook, struct pnr_job *jobs, int32_t first,
                                     int32_t end) {
    int threads = pnr_plan_thread_count(plan);
    for (int32_t i = first; i < end; i++) {
        jobs[i] = (struct pnr_job){
            .plan = plan,
            .prefix = prefix,
            .outlook = outlook,
            .part = i,
            .thread_count = end - first == 1 ? threads : 1,
            .work_limit = pnr_plan_is_limited(plan) ? plan->work_of_part[i] : 0,
            .time_ms = time_for(plan, i, first, end),
            .status = PIONEER_E_NO_MEMORY,
        };
    }
    return pnr_jobs_run(threads, jobs + first, end - first);
}

static void release_jobs(struct pnr_job *jobs, int32_t first, int32_t end) {
    for (int32_t i = first; i < end; i++) {
        pnr_job_fini(&jobs[i]);
    }
}

/* What is decided and what is planned for later, while parts go by. */
struct course_of_plan {
    struct pnr_prefix prefix;
    struct pnr_outlook outlook; /* of the stage at hand; all zeros before the first */
    bool has_outlook;
};

static bool begins_stage(const struct pnr_plan *plan, int32_t part) {
    return part == 0 || plan->parts.items[part].stage != plan->parts.items[part - 1].stage;
}

static enum pioneer_status begin_stage(struct pnr_plan *plan, int32_t first_part,
                                       struct course_of_plan *course) {
    enum pioneer_status status = pnr_plan_expect(plan, first_part);
    if (status == PIONEER_OK) {
        pnr_outlook_fini(&course->outlook);
        status = pnr_outlook_init(&course->outlook, plan->organisation);
    }
    return status == PIONEER_OK ? pnr_plan_look_ahead(plan, first_part, &course->prefix, &course->outlook,
                                                      &course->has_outlook)
                                : status;
}

static enum pioneer_status run_parts(struct pnr_plan *plan, struct course_of_plan *course,
                                     struct pioneer_roster *roster) {
    struct pnr_job *jobs = calloc((size_t)plan->parts.count + 1, sizeof *jobs);
    enum pioneer_status status = jobs != NULL ? PIONEER_OK : PIONEER_E_NO_MEMORY;
    for (int32_t first = 0; first < plan->parts.count && status == PIONEER_OK;) {
        int32_t end = pnr_plan_group_end(plan, first);
        if (begins_stage(plan, first)) {
            status = begin_stage(plan, first, course);
        }
        if (status == PIONEER_OK) {
            status = run_group(plan, &course->prefix, course->has_outlook ? &course->outlook : NULL, jobs,
                               first, end);
        }
        for (int32_t i = first; i < end && status == PIONEER_OK; i++) {
            status = merge(&jobs[i], &course->prefix, &course->outlook, roster);
        }
        release_jobs(jobs, first, end);
        first = end;
    }
    free(jobs);
    return status;
}

enum pioneer_status pnr_plan_run(struct pnr_plan *plan, struct pioneer_roster *roster) {
    struct course_of_plan course = {.has_outlook = false};
    enum pioneer_status status = pnr_prefix_init(&course.prefix, plan->organisation);
    if (status == PIONEER_OK) {
        status = run_parts(plan, &course, roster);
    }
    pnr_outlook_fini(&course.outlook);
    pnr_prefix_fini(&course.prefix);
    return status;
}
