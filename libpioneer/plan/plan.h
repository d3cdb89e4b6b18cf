/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One solve from inside: its parts, their budgets, and what is told while they run. */
#ifndef PNR_PLAN_PLAN_H
#define PNR_PLAN_PLAN_H

#include <pioneer/solve.h>
#include <pthread.h>
#include <stdatomic.h>

#include "engine/part.h"

/* State of one pioneer_solve() call. Parts of one tier run at the same time; what they share is behind `lock`
 * or atomic. */
struct pnr_plan {
    const struct pioneer_campaign *campaign;
    struct pioneer_solve_options options;
    struct pnr_organisation *organisation; /* with the duties that the stage at hand knows of or expects */
    struct pnr_duty_list duties;           /* all of the campaign */
    struct pnr_arena arena;
    struct pnr_plan_parts parts;
    int64_t *work_of_part; /* [part]: its share of the work; what earlier parts left over has joined it */
    int64_t work_left;     /* of the group at hand so far */
    int64_t started_ms;
    atomic_bool cancel;
    pthread_mutex_t lock; /* around the progress callback and work_done */
    int64_t work_done;    /* of finished parts */
    bool is_reproducible;
};

enum pioneer_status pnr_plan_init(struct pnr_plan *plan, const struct pioneer_campaign *campaign,
                                  const struct pioneer_solve_options *options, bool joint);
void pnr_plan_fini(struct pnr_plan *plan);

/* Gives every part its share of the work. */
enum pioneer_status pnr_plan_share_work(struct pnr_plan *plan);

/* The parts from `first` to before this one do not see each other: units of one tier in one stage. */
int32_t pnr_plan_group_end(const struct pnr_plan *plan, int32_t first);

/* Says what a part has used, in the order of parts. What a group left over is for the parts after it: that
 * depends on no thread and no clock. */
void pnr_plan_spend(struct pnr_plan *plan, int32_t part, int64_t used);

/* Says what an outlook used before `first_part` began: the parts from there on have that much less. */
void pnr_plan_spend_ahead(struct pnr_plan *plan, int32_t first_part, int64_t used);

/* Whether work ends a part; else time alone does. */
bool pnr_plan_is_limited(const struct pnr_plan *plan);
int pnr_plan_thread_count(const struct pnr_plan *plan);

/* Wall time for so much work, of what is left for the parts from `first_part` on; 0: any. */
int64_t pnr_plan_time_for(const struct pnr_plan *plan, double work, int32_t first_part);

/* The number of a level among those that users see. */
static inline int32_t pnr_plan_public_level(const struct pnr_plan *plan, int32_t level) {
    return level - (plan->organisation->later_level >= 0 && level > plan->organisation->later_level);
}

/* Whether parts of this plan are to know what later ones count on. */
bool pnr_plan_may_look_ahead(const struct pnr_plan *plan);

/* From now on the duties behind the stage that begins with `first_part` are those that are expected of its
 * last week, if the options ask for that. Indices of duties up to its last day stay what they are. */
enum pioneer_status pnr_plan_expect(struct pnr_plan *plan, int32_t first_part);

/* Makes the outlook of the stage that begins with `first_part`, unless nothing comes after its first tier on
 * the days that it sees. */
enum pioneer_status pnr_plan_look_ahead(struct pnr_plan *plan, int32_t first_part,
                                        const struct pnr_prefix *prefix, struct pnr_outlook *outlook,
                                        bool *is_made);

/* Solves all parts in order and fills `roster`. */
enum pioneer_status pnr_plan_run(struct pnr_plan *plan, struct pioneer_roster *roster);

/* Solves jointly and adds the price of staging to `roster`, which a staged run has filled. The limits of
 * `options` are for both solves: this one gets what the staged one has left. */
enum pioneer_status pnr_plan_price_staging(struct pnr_plan *staged,
                                           const struct pioneer_solve_options *options,
                                           struct pioneer_roster *roster);

#endif
