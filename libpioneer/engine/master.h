/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The restricted master: schedules as columns, solved by simplex, fed by the pricer, rounded by diving. */
#ifndef PNR_ENGINE_MASTER_H
#define PNR_ENGINE_MASTER_H

#include "engine/cases.h"
#include "engine/search.h"
#include "engine/tools.h"
#include "lp/lp.h"

struct pnr_master;

/* `session` is borrowed, like the tools. */
enum pioneer_status pnr_master_new(const struct pnr_tools *tools, struct pnr_lp_session *session,
                                   struct pnr_master **out);
void pnr_master_free(struct pnr_master *master);

/*
 * Turns to a level: its costs become the objective, levels before it are held at `frozen` ([level]); what
 * they are worth at least is `proven`. The roster's schedules join the pool, so that the master has a
 * feasible start. Columns and basis of the level before stay.
 */
enum pioneer_status pnr_master_begin(struct pnr_master *master, int32_t level, const int64_t *frozen,
                                     const int64_t *proven, const struct pnr_solution *roster);

/* Values of the LP at which pricing may end before it is solved. */
struct pnr_patience {
    double enough;       /* after one round */
    double enough_quick; /* the same where exact answers are dear and quick ones go first */
};

/* Column generation: what ends it, and what came of it. */
struct pnr_convergence {
    int64_t goal; /* a bound that is enough */
    int64_t work;
    int32_t most_rounds;                 /* exact ones, 0: any; quick ones end by themselves */
    int32_t most_idle;                   /* in which the LP's value stays, 0: any */
    double close;                        /* LP and bound may differ by this share; 0: hardly at all */
    const struct pnr_patience *patience; /* NULL: until the LP is solved */
    pnr_round_fn *each;                  /* NULL: nobody is told */
    void *context;
    int64_t bound;      /* in, out: exact; only ever raised */
    bool is_converged;  /* the LP is solved, or nearly */
    bool is_infeasible; /* some member has no schedule that the branch allows */
};

/* Column generation on the whole level until the bound reaches `goal`, restricted master and bound agree as
 * integers or nearly, nothing prices out, or the work is spent. */
enum pioneer_status pnr_master_converge(struct pnr_master *master, struct pnr_convergence *run);

/*
 * From now on a unit of `level`, one after the level at hand, counts `weight` in the objective, so that of
 * rosters alike a dive finds one that is good there as well. Nothing is proven meanwhile. Level -1: looks
 * ahead no longer.
 */
enum pioneer_status pnr_master_look_ahead(struct pnr_master *master, int32_t level, double weight);

/* Whether the LP has too many rows for a simplex and is solved nearly. */
bool pnr_master_is_wide(const struct pnr_master *master);
/* From now on every LP is solved nearly that has rows enough for it: a simplex did not come to its end.
 * Whether that changes anything. */
bool pnr_master_walk(struct pnr_master *master);

/* The LP's value at the level, constants included. */
double pnr_master_objective(const struct pnr_master *master);

/* The same without what the shuffle adds. */
double pnr_master_calm_objective(const struct pnr_master *master);

/* From now on nothing is shuffled. */
enum pioneer_status pnr_master_calm(struct pnr_master *master);

/* What the values of any two rosters of the pool differ by, or a part of it: 5 where all costs are so many
 * fives. */
int64_t pnr_master_grain(const struct pnr_master *master);

/* A roster from the LP's shares in a few passes: each member takes its cheapest schedule where prices are
 * those of the best multipliers at first, and what the others leave it in the end, and prefers what the LP
 * gives it. Some seconds where a dive takes minutes, and a fifth above it. `out`: everybody idle; in the end
 * valued exactly, like that of a dive. */
enum pioneer_status pnr_master_follow_shares(struct pnr_master *master, struct pnr_search *search,
                                             struct pnr_solution *out);
/* What that costs, about. */
int64_t pnr_master_following_costs(const struct pnr_master *master);

struct pnr_dive_run {
    int64_t work; /* then it hurries */
    double most;  /* it is cut short where the LP is worth more than this */
    struct pnr_solution *out;
    bool was_cut; /* out: nothing is left there */
};

/* Fixes schedules by their LP value, pricing again after each step, and leaves the roster it ends with in
 * `out` (valued exactly; it may be worse than the frozen values allow: compare). `search` completes members
 * that a dead end leaves over. */
enum pioneer_status pnr_master_dive(struct pnr_master *master, struct pnr_search *search,
                                    struct pnr_dive_run *run);

/*
 * The same for a few members alone, `free` flags by member, while the others stay with `roster`; ends early
 * when the bound says that there is nothing to gain. *found: whether `out` was filled.
 */
enum pioneer_status pnr_master_renew(struct pnr_master *master, struct pnr_search *search,
                                     const struct pnr_solution *roster, const uint8_t *free_members,
                                     int64_t work, struct pnr_solution *out, bool *found);

/* How many members it pays to free at once. */
int32_t pnr_master_most_renewed(const struct pnr_master *master);

/* Told about a whole roster that the tree met; returns the value that is worth beating from now on. */
typedef int64_t pnr_tree_roster_fn(void *context);

struct pnr_tree_run {
    int64_t value; /* of the best roster known */
    int64_t grain; /* what is less than this below the value is worth no less (engine/grain.h) */
    int64_t work;
    pnr_round_fn *each; /* told the bound after every node */
    pnr_tree_roster_fn *take;
    void *context;
    struct pnr_solution *out;  /* where rosters are put before `take` is told */
    struct pnr_search *search; /* completes dives */
    int64_t dive_work;         /* what a dive costs, about; 0: no dives */
    int64_t first_dive;        /* what the first one of the tree may cost */
    int64_t bound;             /* in, out: on the whole level */
    int32_t nodes;             /* out */
    /* out: how much of the way from the level's bound when the tree began to the value all cases have come,
     * each counting for half of the one it was split from: a guess at what is done, 0 to 1 */
    double progress;
    bool wants_cases;
    struct pnr_cases *cases; /* out, if wanted: what proves the bound, where the tree raised it; NULL
                                elsewhere. Release with pnr_cases_free(), also after a failure. */
};

/*
 * Branch and price: branches on pairs, sums and totals, prices again at every node, follows the side that has
 * more first and goes on from the node with the least bound. Ends when the bound is within a grain of the
 * value, or when the work is used up; the next run of the level goes on from there.
 */
enum pioneer_status pnr_master_branch(struct pnr_master *master, struct pnr_tree_run *run);

/* The restricted master as an integer program of at most `node_limit` nodes; *found tells whether `out` was
 * filled. */
enum pioneer_status pnr_master_integer(struct pnr_master *master, int32_t node_limit,
                                       struct pnr_solution *out, bool *found);

/* Columns in the pool. */
int32_t pnr_master_column_count(const struct pnr_master *master);

/* The multipliers behind the best bound of the level at hand; borrowed. */
const struct pnr_multipliers *pnr_master_multipliers(const struct pnr_master *master);

#endif
