/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looking ahead. Before a stage is planned, all that there is to do in it and in the rest of its last week is
 * planned at once, provisionally and for its coverage alone: that is the outlook. Every part of the stage
 * then keeps its members able to do what they are planned for there, or lets others of them do it (struct
 * pnr_outlook, rules/later.c), and the outlook follows what the part decides.
 */
#include "base/calendar.h"
#include "base/threads.h"
#include "plan/job.h"

/* An outlook may cost one part in so many of what the stage has. */
#define SHARE_OF_STAGE 5

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
    return plan->parts.count > 1 && !plan->options.without_outlook && !has_hard_runs(plan->organisation);
}

/* The days from the stage's first to the end of the week of its last, cut where the campaign ends. */
static struct pnr_plan_part days_of(const struct pnr_plan *plan, int32_t first_part) {
    const struct pnr_plan_part *part = &plan->parts.items[first_part];
    int32_t sunday = pnr_week_first_day(pnr_week_of(part->last_day)) + 6;
    int32_t last = plan->organisation->last_day;
    return (struct pnr_plan_part){
        .stage = -1, .unit = -1, .first_day = part->first_day, .last_day = sunday < last ? sunday : last};
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

static double work_of_stage(const struct pnr_plan *plan, int32_t first_part) {
    double work = 0;
    for (int32_t i = first_part;
         i < plan->parts.count && plan->parts.items[i].stage == plan->parts.items[first_part].stage; i++) {
        work += (double)plan->work_of_part[i];
    }
    return work;
}

static int64_t time_for(const struct pnr_plan *plan, int32_t first_part) {
    if (plan->options.time_limit_ms == 0) {
        return 0;
    }
    double work_left = 0;
    for (int32_t i = first_part; i < plan->parts.count; i++) {
        work_left += (double)plan->work_of_part[i];
    }
    double left = (double)(plan->started_ms + plan->options.time_limit_ms - pnr_clock_ms());
    int64_t time = (int64_t)(left * work_of_stage(plan, first_part) / work_left / SHARE_OF_STAGE);
    return time < 1 ? 1 : time;
}

static void run_task(void *context, int task) {
    (void)task;
    pnr_job_run(context);
}

enum pioneer_status pnr_plan_look_ahead(struct pnr_plan *plan, int32_t first_part,
                                        const struct pnr_prefix *prefix, struct pnr_outlook *outlook,
                                        bool *is_made) {
    struct pnr_plan_part days = days_of(plan, first_part);
    *is_made = plan->organisation->later_level >= 0 && has_later_parts(plan, first_part, &days);
    if (!*is_made) {
        return PIONEER_OK;
    }
    struct pnr_job job = {
        .plan = plan,
        .prefix = prefix,
        .part = first_part,
        .look = &days,
        .thread_count = pnr_plan_thread_count(plan),
        .work_limit =
            pnr_plan_is_limited(plan) ? 1 + (int64_t)(work_of_stage(plan, first_part) / SHARE_OF_STAGE) : 0,
        .time_ms = time_for(plan, first_part),
        .status = PIONEER_E_NO_MEMORY,
    };
    enum pioneer_status status = pnr_parallel(1, 1, run_task, &job);
    status = status == PIONEER_OK ? job.status : status;
    if (status == PIONEER_OK) {
        outlook->last_day = days.last_day;
        pnr_plan_spend_ahead(plan, first_part, job.budget.work_used);
        plan->is_reproducible =
            plan->is_reproducible && job.result.stop != PNR_STOP_TIME && job.result.stop != PNR_STOP_CANCEL;
        status = pnr_outlook_set(outlook, job.instance, job.result.is_chosen);
    }
    pnr_job_fini(&job);
    return status;
}
