/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looking ahead. Before a stage is planned, all that there is to do in it and in the rest of its last week is
 * planned at once, provisionally and for its coverage alone: that is the outlook. Every part of the stage
 * then keeps its members able to do what they are planned for there, or lets others of them do it (struct
 * pnr_outlook, rules/later.c), and the outlook follows what the part decides.
 */
#include "base/calendar.h"
#include "model/expected.h"
#include "plan/job.h"

/* An outlook may cost one part in so many of what the stage has. */
#define SHARE_OF_STAGE 5

/* Where duties times members are fewer, parts look ahead whether it seems needed or not: that is cheap there.
 */
#define FEW_CELLS INT64_C(200000)

/* Hard minima of runs are closed where a stage ends, for a later one may be unable to go on with the run;
 * what is planned provisionally must not be counted on there. */
static bool has_hard_runs(const struct pnr_organisation *organisation) {
    for (int32_t r = 0; r < organisation->rule_count; r++) {
        const struct pnr_rule *rule = &organisation->rules[r];
        bool is_run = rule->given.kind == PIONEER_RULE_WORK_RUN || rule->given.kind == PIONEER_RULE_OFF_RUN ||
                      rule->given.kind == PIONEER_RULE_KIND_RUN;
        if (is_run && rule->level < 0 && rule->given.has_min) {
            return true;
        }
    }
    return false;
}

bool pnr_plan_may_look_ahead(const struct pnr_plan *plan) {
    return plan->parts.count > 1 && plan->options.outlook != PIONEER_OUTLOOK_NONE &&
           !has_hard_runs(plan->organisation);
}

/* The days from the stage's first to the end of the week of its last, cut where the campaign ends. */
static struct pnr_plan_part days_of(const struct pnr_plan *plan, int32_t first_part) {
    const struct pnr_plan_part *part = &plan->parts.items[first_part];
    int32_t sunday = pnr_week_first_day(pnr_week_of(part->last_day)) + 6;
    int32_t last = plan->organisation->last_day;
    return (struct pnr_plan_part){
        .stage = -1, .unit = -1, .first_day = part->first_day, .last_day = sunday < last ? sunday : last};
}

enum pioneer_status pnr_plan_expect(struct pnr_plan *plan, int32_t first_part) {
    if (plan->parts.count < 2 || plan->options.outlook != PIONEER_OUTLOOK_EXPECTED) {
        return PIONEER_OK;
    }
    return pnr_duties_expect(plan->organisation, &plan->duties, plan->parts.items[first_part].last_day,
                             days_of(plan, first_part).last_day, &plan->arena, &plan->organisation->duties) &&
                   pnr_organisation_resolve_given(plan->organisation)
               ? PIONEER_OK
               : PIONEER_E_NO_MEMORY;
}

/* Whether a part of the stage has another one behind it on these days. */
static bool has_later_parts(const struct pnr_plan *plan, int32_t first_part,
                            const struct pnr_plan_part *days) {
    const struct pnr_plan_part *parts = plan->parts.items;
    for (int32_t i = first_part + 1; i < plan->parts.count && parts[i].first_day <= days->last_day; i++) {
        if (parts[i].stage != parts[first_part].stage || parts[i].tier != parts[first_part].tier) {
            return true;
        }
    }
    return false;
}

static bool is_small(const struct pnr_plan *plan, const struct pnr_plan_part *days) {
    int64_t duties = 0;
    for (int32_t d = 0; d < plan->organisation->duties.count; d++) {
        int32_t day = plan->organisation->duties.items[d].day;
        duties += day >= days->first_day && day <= days->last_day;
    }
    return duties * plan->campaign->members.count < FEW_CELLS;
}

static double work_of_stage(const struct pnr_plan *plan, int32_t first_part) {
    double work = 0;
    for (int32_t i = first_part;
         i < plan->parts.count && plan->parts.items[i].stage == plan->parts.items[first_part].stage; i++) {
        work += (double)plan->work_of_part[i];
    }
    return work;
}

/* Searches for coverage alone, within what the stage may spend on looking ahead; 0: without a limit. */
struct glance {
    struct pnr_plan *plan;
    int32_t first_part;
    int64_t time_ms, end_ms;
    int64_t work_limit, work_used;
};

static struct glance begin_glance(struct pnr_plan *plan, int32_t first_part) {
    double work = work_of_stage(plan, first_part) / SHARE_OF_STAGE;
    int64_t time = pnr_plan_time_for(plan, work, first_part);
    return (struct glance){
        .plan = plan,
        .first_part = first_part,
        .time_ms = time,
        .end_ms = time > 0 ? pnr_clock_ms() + time : 0,
        .work_limit = pnr_plan_is_limited(plan) ? 1 + (int64_t)work : 0,
    };
}

/* What is left of a limit, and at least a share of it, however much was spent: half of it for what a glance
 * found to be needed, next to nothing for the glance itself. */
static int64_t left_of(int64_t limit, int64_t left, bool glances) {
    int64_t least = glances ? 1 : 1 + limit / 2;
    return limit == 0 ? 0 : left > least ? left : least;
}

/* Solves `look` after `prefix`, by search alone if it only `glances`; the job is the caller's to release. */
static enum pioneer_status glance_at(struct glance *glance, const struct pnr_plan_part *look,
                                     const struct pnr_prefix *prefix, bool glances, struct pnr_job *job) {
    struct pnr_plan *plan = glance->plan;
    *job = (struct pnr_job){
        .plan = plan,
        .prefix = prefix,
        .part = glance->first_part,
        .look = look,
        .searches_only = glances,
        .thread_count = pnr_plan_thread_count(plan),
        .work_limit = left_of(glance->work_limit, glance->work_limit - glance->work_used, glances),
        .time_ms = left_of(glance->time_ms, glance->end_ms - pnr_clock_ms(), glances),
        .status = PIONEER_E_NO_MEMORY,
    };
    enum pioneer_status status = pnr_jobs_run(1, job, 1);
    status = status == PIONEER_OK ? job->status : status;
    if (status == PIONEER_OK) {
        glance->work_used += job->budget.work_used;
        pnr_job_note_stop(job);
    }
    return status;
}

/* The level after the last one that judges minima and leads. */
static int32_t end_of_necessities(const struct pnr_organisation *organisation) {
    int32_t end = 0;
    for (int32_t r = 0; r < organisation->rule_count; r++) {
        const struct pnr_rule *rule = &organisation->rules[r];
        bool is_necessity =
            rule->given.kind == PIONEER_RULE_SHORT_OF_MIN || rule->given.kind == PIONEER_RULE_LEAD;
        end = is_necessity && rule->level >= end ? rule->level + 1 : end;
    }
    return end;
}

/* Whether the job's part lacks minima or leads that it need not lack. */
static bool lacks_something(const struct pnr_job *job) {
    for (int32_t l = 0; l < end_of_necessities(job->plan->organisation); l++) {
        if (job->result.levels[l].value > job->result.levels[l].constant) {
            return true;
        }
    }
    return false;
}

/* Whether parts behind the first tier would lack something if no part knew of another: the same search, part
 * after part. */
static enum pioneer_status is_needed(struct glance *glance, const struct pnr_plan_part *days,
                                     const struct pnr_prefix *prefix, bool *needed) {
    const struct pnr_plan *plan = glance->plan;
    int32_t first_end = pnr_plan_group_end(plan, glance->first_part);
    struct pnr_prefix blind;
    enum pioneer_status status = pnr_prefix_copy(&blind, prefix);
    *needed = false;
    for (int32_t i = glance->first_part; i < plan->parts.count && status == PIONEER_OK && !*needed &&
                                         plan->parts.items[i].first_day <= days->last_day;
         i++) {
        struct pnr_plan_part look = plan->parts.items[i];
        struct pnr_job job;
        look.last_day = look.last_day < days->last_day ? look.last_day : days->last_day;
        status = glance_at(glance, &look, &blind, true, &job);
        if (status == PIONEER_OK) {
            *needed = i >= first_end && lacks_something(&job);
            status = pnr_prefix_add_part(&blind, job.instance, job.result.is_chosen);
        }
        pnr_job_fini(&job);
    }
    pnr_prefix_fini(&blind);
    return status;
}

static enum pioneer_status make(struct glance *glance, const struct pnr_plan_part *days,
                                const struct pnr_prefix *prefix, struct pnr_outlook *outlook) {
    struct pnr_job joint;
    enum pioneer_status status = glance_at(glance, days, prefix, false, &joint);
    if (status == PIONEER_OK) {
        outlook->last_day = days->last_day;
        status = pnr_outlook_begin(outlook, joint.instance, joint.result.is_chosen);
    }
    pnr_job_fini(&joint);
    return status;
}

enum pioneer_status pnr_plan_look_ahead(struct pnr_plan *plan, int32_t first_part,
                                        const struct pnr_prefix *prefix, struct pnr_outlook *outlook,
                                        bool *is_made) {
    struct pnr_plan_part days = days_of(plan, first_part);
    *is_made = plan->organisation->later_level >= 0 && has_later_parts(plan, first_part, &days);
    if (!*is_made) {
        return PIONEER_OK;
    }
    struct glance glance = begin_glance(plan, first_part);
    enum pioneer_status status = PIONEER_OK;
    if (plan->options.outlook == PIONEER_OUTLOOK_KNOWN && !is_small(plan, &days)) {
        status = is_needed(&glance, &days, prefix, is_made);
    }
    if (status == PIONEER_OK && *is_made) {
        status = make(&glance, &days, prefix, outlook);
    }
    pnr_plan_spend_ahead(plan, first_part, glance.work_used);
    return status;
}
