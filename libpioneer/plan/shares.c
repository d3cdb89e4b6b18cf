/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How work is shared between parts, and which parts go together. */
#include <math.h>

#include "base/threads.h"
#include "plan/plan.h"

/*
 * Default work of a part in units (see base/budget.h): a floor, and a share by size. Size is duties × members
 * of the pool, known before anything is solved, so that shares never depend on who finishes first.
 */
#define WORK_FLOOR    1000000
#define WORK_PER_CELL 1900
/* Beyond so many cells a cell needs more, up to double: rounds, pivots and rows of an LP all grow. */
#define CELLS_OF_ONE_PRICE 100000.0
#define DEAREST_CELL       2.0
/*
 * All parts together get at least what a clerk gladly waits for, half a minute of one processor: a small
 * campaign of long schedules needs more than its size says. And at most a quarter of an hour: who has more to
 * spend says so.
 */
#define LEAST_WORK ((int64_t)400 * 1000000)
#define MOST_WORK  ((int64_t)10000 * 1000000)

/* ---- groups ---- */

/* A capacity of a site joins the units of a tier: then they go one after the other. */
static bool tiers_are_joined(const struct pnr_plan *plan) {
    for (int32_t r = 0; r < plan->organisation->rule_count; r++) {
        if (plan->organisation->rules[r].given.kind == PIONEER_RULE_SITE_CAPACITY) {
            return true;
        }
    }
    return false;
}

/* Whether the part after it, if any, has to wait for this one. */
static bool ends_group(const struct pnr_plan *plan, int32_t part) {
    const struct pnr_plan_part *parts = plan->parts.items;
    return part + 1 >= plan->parts.count || parts[part + 1].stage != parts[part].stage ||
           parts[part + 1].tier != parts[part].tier || tiers_are_joined(plan);
}

int32_t pnr_plan_group_end(const struct pnr_plan *plan, int32_t first) {
    int32_t last = first;
    while (!ends_group(plan, last)) {
        last++;
    }
    return last + 1;
}

int pnr_plan_thread_count(const struct pnr_plan *plan) {
    return plan->options.threads > 0 ? plan->options.threads : pnr_threads_available();
}

/* ---- work ---- */

static int64_t cells_of(const struct pnr_plan *plan, const struct pnr_plan_part *part) {
    int64_t members = 0;
    for (int32_t m = 0; m < plan->campaign->members.count; m++) {
        members += part->unit < 0 || pnr_organisation_in_pool(plan->organisation, m, part->unit);
    }
    return members * part->duty_count;
}

static int64_t default_work(int64_t cells) {
    double price = cells > CELLS_OF_ONE_PRICE ? sqrt((double)cells / CELLS_OF_ONE_PRICE) : 1;
    price = price < DEAREST_CELL ? price : DEAREST_CELL;
    return WORK_FLOOR + (int64_t)(WORK_PER_CELL * price * (double)cells);
}

static int64_t work_from(const struct pnr_plan *plan, int32_t first) {
    int64_t work = 0;
    for (int32_t i = first; i < plan->parts.count; i++) {
        work += plan->work_of_part[i];
    }
    return work;
}

/* Makes the shares of the parts from `first` on add up to `total`, or about. */
static void scale_work(struct pnr_plan *plan, int32_t first, int64_t total) {
    double now = (double)work_from(plan, first);
    for (int32_t i = first; i < plan->parts.count; i++) {
        plan->work_of_part[i] = 1 + (int64_t)((double)plan->work_of_part[i] / now * (double)total);
    }
}

/* Without a work limit every part gets its default; with one the limit is shared in the same proportions, and
 * so is time. */
enum pioneer_status pnr_plan_share_work(struct pnr_plan *plan) {
    plan->work_of_part = pnr_arena_alloc(&plan->arena, (size_t)plan->parts.count, sizeof *plan->work_of_part);
    if (plan->work_of_part == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    for (int32_t i = 0; i < plan->parts.count; i++) {
        plan->work_of_part[i] = default_work(cells_of(plan, &plan->parts.items[i]));
    }
    int64_t total = work_from(plan, 0);
    total = total < LEAST_WORK ? LEAST_WORK : total > MOST_WORK ? MOST_WORK : total;
    int32_t percent = plan->options.effort_percent > 0 ? plan->options.effort_percent : 100;
    scale_work(plan, 0, plan->options.work_limit > 0 ? plan->options.work_limit : total / 100 * percent);
    return PIONEER_OK;
}

void pnr_plan_spend(struct pnr_plan *plan, int32_t part, int64_t used) {
    plan->work_done += used;
    int64_t unused = plan->work_of_part[part] - used;
    plan->work_left += unused > 0 ? unused : 0;
    if (!ends_group(plan, part)) {
        return;
    }
    scale_work(plan, part + 1, plan->work_left + work_from(plan, part + 1));
    plan->work_left = 0;
}

void pnr_plan_spend_ahead(struct pnr_plan *plan, int32_t first_part, int64_t used) {
    plan->work_done += used;
    int64_t total = work_from(plan, first_part) - used;
    scale_work(plan, first_part, total > 1 ? total : 1);
}

bool pnr_plan_is_limited(const struct pnr_plan *plan) {
    return plan->options.effort_percent > 0 || plan->options.work_limit > 0;
}

/* ---- time ---- */

int64_t pnr_plan_time_for(const struct pnr_plan *plan, double work, int32_t first_part) {
    if (plan->options.time_limit_ms == 0) {
        return 0;
    }
    double left = (double)(plan->started_ms + plan->options.time_limit_ms - pnr_clock_ms());
    double share = work / (double)work_from(plan, first_part);
    int64_t time = (int64_t)(left * (share < 1 ? share : 1));
    return time < 1 ? 1 : time;
}
