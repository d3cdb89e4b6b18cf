/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A part while it is solved: what its levels and their closing share. */
#ifndef PNR_ENGINE_PART_INSIDE_H
#define PNR_ENGINE_PART_INSIDE_H

#include "engine/dual.h"
#include "engine/grain.h"
#include "engine/master.h"
#include "engine/part.h"

/* What became of a level's tree so far, over all its runs. */
struct pnr_branching {
    int64_t began_at;   /* the work used then */
    int64_t work;       /* of all runs; 0: there was none */
    int64_t value, gap; /* when the first one began: the roster's; and what was above the bound */
    double progress;    /* how much of that gap is closed (struct pnr_tree_run) */
};

/* Everything one part is solved with. */
struct pnr_part_solver {
    const struct pnr_instance *instance;
    const struct pnr_part_options *options;
    struct pnr_part_result *result;
    struct pnr_couplings *couplings;
    struct pnr_program *program; /* made when the first level needs a bound */
    struct pnr_pricer *pricer;
    struct pnr_pricer_scratch **scratches;
    int64_t *idle_cost;  /* [member × level] */
    uint8_t *must_serve; /* [member]: some schedule is legal, but not the idle one */
    struct pnr_solution roster, trial, spare;
    struct pnr_solution fallback; /* what was better before changes than what is published: see given.c */
    bool has_fallback;
    struct pnr_search search;
    struct pnr_lp_session session;
    bool has_session;
    struct pnr_tools tools;
    struct pnr_dual *dual;
    struct pnr_master *master;
    int32_t level; /* at hand */
    int64_t bound; /* rounded up to what a roster can be worth */
    int64_t
        grain; /* divides what rosters differ by at the level (engine/grain.h); 1 until the program stands */
    int32_t changes;  /* the level that judges changes to what is published; -1: none does, or nothing is */
    int32_t ahead;    /* the level that a dive looks ahead at, -1 */
    int32_t foreseen; /* the one that was in sight when the roster at hand was made, -1 */
    bool cancelled;
    bool is_large;         /* no master: too many rows, too long a horizon; see large.c */
    bool is_branched;      /* the bound of the level at hand comes from a tree */
    int64_t converge_work; /* of the level's first column generation */
    int64_t tree_work;     /* that the latest run of the level's tree was worth, 0: it had none */
    int64_t treed_at;      /* the work used when that ended */
    struct pnr_branching branching;
    int64_t dive_work;           /* of the level's latest dive, 0: it had none */
    int64_t dived_at;            /* the work used when that ended */
    struct pnr_periods *periods; /* of the level at hand; NULL: none yet */
    int32_t renewed;             /* how many members a turn frees: as many as are worth it */
    uint8_t *free_members;       /* [member] */
    int64_t level_deadline_ms;   /* under a time limit: when the next level is to begin */
    int64_t pace;                /* units of work that a millisecond was worth before the next two */
    int64_t paced_ms, paced_work;
};

static inline int32_t pnr_part_level_count(const struct pnr_part_solver *solver) {
    return solver->instance->organisation->level_count;
}

/* The level after the last one that is solved. */
static inline int32_t pnr_part_level_end(const struct pnr_part_solver *solver) {
    return solver->options->level_end > 0 ? solver->options->level_end : pnr_part_level_count(solver);
}

/* The roster's value at a level; level -1: what hard rules over several members are broken by. */
static inline int64_t pnr_part_value_of(const struct pnr_part_solver *solver, int32_t level) {
    return solver->roster.value[level + 1];
}

static inline bool pnr_part_may_go_on(const struct pnr_part_solver *solver) {
    return !solver->cancelled && pnr_budget_stop(solver->options->budget) == PNR_STOP_NONE;
}

/* Whether time is all that ends the part. */
static inline bool pnr_part_is_timed_only(const struct pnr_part_solver *solver) {
    const struct pnr_budget *budget = solver->options->budget;
    return budget->work_limit == 0 && budget->deadline_ms > 0;
}

static inline bool pnr_part_is_at_last_level(const struct pnr_part_solver *solver) {
    return solver->level == pnr_part_level_count(solver) - 1;
}

/* Whether there are enough days for weeks anew. */
#define PNR_PART_LONG_DAYS 28
static inline bool pnr_part_is_long(const struct pnr_part_solver *solver) {
    return solver->instance->last_day - solver->instance->first_day + 1 >= PNR_PART_LONG_DAYS;
}

static inline bool pnr_part_is_settled(const struct pnr_part_solver *solver) {
    return solver->bound >= pnr_part_value_of(solver, solver->level);
}

/* An empty result for the instance; release it with pnr_part_result_fini(), also after a failure. */
enum pioneer_status pnr_part_result_init(const struct pnr_instance *instance, struct pnr_part_result *out);

/* The first roster; of the solver instance, options, result and level (-1) are set, the rest is zero. */
enum pioneer_status pnr_part_begin(struct pnr_part_solver *solver, const struct pnr_prefix *prefix);

/* All levels, and what came out of them into the result. The thread that calls it must be the one that tears
 * the solver down: LPs are its own. */
enum pioneer_status pnr_part_solve_levels(struct pnr_part_solver *solver);

/* Releases all but the result, whatever became of it. */
void pnr_part_tear_down(struct pnr_part_solver *solver);

/* What may be done until then, in units of work: time counts at the pace of the latest stretch that was
 * measured; such a solve is not reproducible anyway. */
int64_t pnr_part_work_until(const struct pnr_part_solver *solver, int64_t deadline_ms);

/* What the level may still use; `end` is the work used when its share is. Time alone is worth what the level
 * has been doing, so that it is asked anew before everything that takes long. */
int64_t pnr_part_left_of_level(const struct pnr_part_solver *solver, int64_t end);

/* A share of the level; of what may be a long time, where nothing else ends the part, no more than the thing
 * is `worth`. */
int64_t pnr_part_share(const struct pnr_part_solver *solver, int64_t share, int64_t worth);

/* From now on the pace is measured anew: of setting up and of one search alone it says little. */
void pnr_part_begin_pace(struct pnr_part_solver *solver);

/* Gives every member what the flags ([pair]) say, or nothing where that breaks a hard rule and `only_legal`.
 */
enum pioneer_status pnr_part_set_given(struct pnr_part_solver *solver, const uint8_t *is_chosen,
                                       bool only_legal, struct pnr_solution *solution);

/* Takes the roster that the outlook has for the part, if it is better than the one that was made. */
enum pioneer_status pnr_part_try_planned(struct pnr_part_solver *solver);

/* The same for what is published: everybody keeps what is still legal of it, and what is missing then is
 * searched for with as few changes as may be. `work`: that of a level. */
enum pioneer_status pnr_part_try_published(struct pnr_part_solver *solver, int64_t work);

/* At the end of a level: where it was not enough for what is published, the roster that was made instead is
 * gone on with. */
void pnr_part_fall_back(struct pnr_part_solver *solver);

/* What it costs every member to be idle, and who must not be: fills idle_cost, is_feasible, must_serve. */
enum pioneer_status pnr_part_value_idle(struct pnr_part_solver *solver);

/* Those who must serve and are idle in the roster may have no legal schedule at all: they are looked at one
 * by one as long as the budget lasts, and keep the benefit of the doubt. */
enum pioneer_status pnr_part_settle_doubts(struct pnr_part_solver *solver);

/* For pnr_tools: tells the caller's progress function, whose wish to stop reaches everybody by the budget. */
void pnr_part_pulse(void *context);

/* What dual and master work with; the program must have been built. */
static inline struct pnr_tools pnr_part_tools(struct pnr_part_solver *solver) {
    return (struct pnr_tools){
        .program = solver->program,
        .pricer = solver->pricer,
        .scratches = solver->scratches,
        .thread_count = solver->options->thread_count,
        .is_feasible = solver->result->is_feasible,
        .idle_cost = solver->idle_cost,
        .budget = solver->options->budget,
        .pulse = pnr_part_pulse,
        .pulse_context = solver,
    };
}

/* With the program there it is known what the values of the level have in common. */
void pnr_part_find_grain(struct pnr_part_solver *solver);

/* A bound that is enough: any such is worth the value once it is rounded up. */
int64_t pnr_part_goal(const struct pnr_part_solver *solver);

/* Raises the bound of the level at hand to what was proved, rounded up; whether it did. */
bool pnr_part_raise_bound(struct pnr_part_solver *solver, int64_t proved);

/* A pnr_round_fn: raises the bound of the level at hand and reports it. */
bool pnr_part_tell_round(void *context, int64_t bound);

/* Tells the caller's progress function; false when it wants to stop. */
bool pnr_part_report(struct pnr_part_solver *solver);

/* Leaves the flagged members ([member], NULL: all) idle. */
void pnr_part_idle(const struct pnr_part_solver *solver, const uint8_t *is_free,
                   struct pnr_solution *solution);

/* Searches the roster at the level at hand for `work` units, in slices, so that progress is told. */
enum pioneer_status pnr_part_improve(struct pnr_part_solver *solver, int64_t work);

/* The same, but where time alone ends the part it ends as well when nothing was gained for as long as all
 * took until the last gain, and a second more: proofs are waiting. */
enum pioneer_status pnr_part_improve_while_it_gains(struct pnr_part_solver *solver, int64_t work);

/* Brings value and bound of the level at hand together within `work` units, as far as they will come. */
enum pioneer_status pnr_part_close(struct pnr_part_solver *solver, int64_t work);

/* The same without a simplex, for programs of many rows. */
enum pioneer_status pnr_part_close_large(struct pnr_part_solver *solver, int64_t work);

/* The part's LP session is opened with the first LP. */
enum pioneer_status pnr_part_open_session(struct pnr_part_solver *solver);

/* Builds the program now if it might be large, and finds out. */
enum pioneer_status pnr_part_measure(struct pnr_part_solver *solver);

/* Makes the trial the roster if it is better; whether it was. */
bool pnr_trial_replaces(struct pnr_part_solver *solver);

#endif
