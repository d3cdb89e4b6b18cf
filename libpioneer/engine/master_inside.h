/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The master from inside: what column generation and rounding share. */
#ifndef PNR_ENGINE_MASTER_INSIDE_H
#define PNR_ENGINE_MASTER_INSIDE_H

#include "base/team.h"
#include "engine/master.h"
#include "engine/sums.h"

/* Columns asked of the pricer a member and round: more make the LP larger, not faster (ENGINE notes in
 * docs/engine.md). */
#define PNR_MASTER_COLUMNS 2
/* Pivots of one simplex call; the basis stays for the next. */
#define PNR_MASTER_PIVOTS 20000
/* Labels one member may cost in a round before its bound comes from the relaxation: at most, at least, and so
 * many rounds in which everybody costs that are to fit into a level's work. Where long schedules of many sums
 * are priced the last rounds would take it all, and no roster is better for it. */
#define PNR_MASTER_LABELS       2000000
#define PNR_MASTER_LEAST_LABELS 20000
#define PNR_MASTER_DEAR_ROUNDS  16

/*
 * What a unit beyond a frozen level or a hard rule costs in the LP, where the dearest schedule of the level
 * at hand costs 1. Their rows give way at this price, so that a dive never meets an infeasible LP but duals
 * that ask the pricer for the way back; a bound is valid whatever the price. Column generation starts with a
 * price of the size that most duals end with, so that they are not noise at first, and raises it for those
 * that give way. Dives pay more, so that a thousandth of the dearest schedule of a frozen level is not cheap.
 */
#define PNR_MASTER_ELASTIC_FIRST 4.0
#define PNR_MASTER_ELASTIC_RISE  8.0
#define PNR_MASTER_ELASTIC_MOST  10000.0
#define PNR_MASTER_ELASTIC_DIVE  30.0
/* What a row may be off by, or give way by, before it counts: above the simplex's own tolerance. */
#define PNR_MASTER_TOLERANCE 1e-6

struct pnr_tree;

/* One schedule of one member in the pool. */
struct pnr_column {
    int32_t member;
    int32_t first_pair; /* into pair_pool */
    int32_t pair_count;
    int32_t older; /* the member's column before, -1 */
};

/* What the pricer said of one member in this round. */
struct pnr_member_answer {
    enum pioneer_status status;
    enum pnr_priced kind;
    int64_t bound;
    int64_t work;
    int32_t count;
    int32_t pair_count[8];
    PNR_ARRAY(int32_t) pairs;
    PNR_ARRAY(int64_t) costs;
    int32_t newest_column; /* index + 1 of the member's newest column in the pool, 0: none */
};

/* A basis to come back to, whatever is closed, asleep or swept meanwhile. All zeros is valid and keeps none;
 * pnr_master_basis_fini() ends it. */
struct pnr_master_basis {
    PNR_ARRAY(uint8_t) rows;    /* [LP row]: a pnr_lp_standing */
    PNR_ARRAY(uint8_t) others;  /* [LP column before the pool's] */
    PNR_ARRAY(uint8_t) columns; /* [column] */
    int32_t lp_age;
    bool is_kept;
};

struct pnr_master {
    struct pnr_tools tools;
    struct pnr_lp_session *session;
    struct pnr_team *team; /* prices members, where there are several threads; NULL: not so far */
    const struct pnr_program *program;
    const struct pnr_instance *instance;
    struct pnr_arena arena;
    struct pnr_lp *lp;
    int32_t lp_age; /* how often it was built */
    int32_t level_count;
    int32_t level;          /* the objective; -1: hard rules over several members */
    int32_t ahead;          /* a later level that counts in the objective, -1: none */
    double ahead_weight;    /* what a unit of it counts there */
    int64_t *frozen;        /* [level] */
    int64_t *proven;        /* [level]: bounds of the frozen levels */
    double *unit_of_level;  /* costs are divided by it in the LP */
    int32_t *lp_row;        /* [row of the program]: its row in the LP, -1: not needed so far */
    double *elastic_cost;   /* see PNR_MASTER_ELASTIC_FIRST: [0]: of hard rules, [l + 1]: of level l */
    double *elastic_before; /* the same while a dive pays more */
    double *gave_way;       /* in the same order: of the LP's solution */
    int32_t *row_of_level;  /* of frozen levels, -1 */
    int32_t *row_of_member; /* convexity, -1: no legal schedule */
    PNR_ARRAY(struct pnr_column) columns;
    PNR_ARRAY(int32_t) pair_pool;
    PNR_ARRAY(int64_t) cost_pool;      /* [column × level_count + level] */
    struct pnr_member_answer *answers; /* [member] */
    int32_t *fixed_column;  /* [member]: the column that a dive or a neighbourhood holds it at, -1: free */
    int32_t *roster_column; /* [member]: the one of the roster that is renewed, which never sleeps; -1 */
    /* Of the branch at hand, NULL: none. Flags by pair; columns that do not respect them are closed. */
    const uint8_t *forced, *forbidden;
    const struct pnr_sum_limit *limits; /* of members' sums; columns that break them are closed as well */
    int32_t limit_count;
    struct pnr_tree *tree;            /* of the level at hand; NULL: none was begun */
    struct pnr_totals *totals;        /* with the branch's limits; NULL: no branch */
    int32_t row_of_total[PNR_TOTALS]; /* in the LP, -1: not needed so far */
    double dual_of_total[PNR_TOTALS]; /* in costs of the level */
    PNR_ARRAY(uint8_t) is_closed;     /* [column] */
    PNR_ARRAY(uint8_t) is_asleep;     /* [column]: out of the LP for its reduced cost */
    PNR_ARRAY(uint8_t) was_awake;     /* [column]: before the dive at hand, of those there were then */
    int32_t awake_count;
    int32_t narrow_members;       /* who were free when the LP was narrowed */
    PNR_ARRAY(int32_t) place;     /* [column]: among the pool's columns in the LP, -1: not in it */
    PNR_ARRAY(int32_t) column_at; /* [place] */
    PNR_ARRAY(uint8_t) standing;  /* working memory for a basis: [LP column] */
    uint8_t *is_made;             /* [auxiliary]: a choice that what is fixed, or a dive, has made */
    bool has_new_choices;         /* some were made or taken back since pairs were barred */
    uint8_t *is_barred;           /* [pair]: a choice of the dive at hand speaks against it */
    bool is_diving;
    bool is_far;         /* prices that a longer walk would be worth are far away: see engine/far.h */
    bool wants_whole;    /* an LP that is solved nearly shall have values that are nearly whole */
    bool is_strict;      /* elastic costs are those of a dive */
    int32_t stride;      /* a walk is so many times as long as it begins with */
    int64_t label_limit; /* of one member in one round */
    int64_t *price_of_pair;
    int64_t *dislike;              /* [pair]: what a shuffle adds to its price; NULL: it is none */
    int32_t *tallies_of_member;    /* [member + 1]: ranges of `mu` */
    int64_t *mu;                   /* of the members' sums, from round to round */
    double quick_work, exact_work; /* of a member's answer on the average; 0: not known */
    double *lp_dual;               /* [row], in costs of the level */
    double *lp_weight;             /* [level] */
    double *convexity_dual;
    /* What is priced, what smoothing holds on to, and what proves the best bound on the whole level. */
    struct pnr_multipliers used, best, proof;
    struct pnr_multipliers
        *earlier; /* [level]: what proves those before this one; their level: -1: nothing */
    bool has_best;
    bool walks;              /* a simplex was too slow: every LP that may is solved nearly from now on */
    bool has_walked;         /* some LP was solved nearly: there is no basis to go on from */
    double proof_bound;      /* unrounded, like the others */
    int64_t proven_by_proof; /* exact; INT64_MIN: nothing yet */
    double last_bound, best_bound; /* unrounded; to compare, not to report */
};

/* LP columns: auxiliaries, an elastic column a level, then those of the pool that are in it. -1: the column
 * is not. */
int32_t pnr_master_lp_column(const struct pnr_master *master, int32_t column);
/* The first of the pool's, the one at place 0. */
static inline int32_t pnr_master_first_of_pool(const struct pnr_master *master) {
    return master->program->auxiliaries.count + master->level_count;
}
/* How much of the column the LP's solution takes. */
double pnr_master_value(const struct pnr_master *master, int32_t column);
const int64_t *pnr_master_cost(const struct pnr_master *master, int32_t column);
enum pioneer_status pnr_master_add_column(struct pnr_master *master, int32_t member, const int32_t *pairs,
                                          int32_t pair_count, const int64_t *costs, bool *added);
/* The LP of the pool at the level at hand, from nothing. */
enum pnr_lp_result pnr_master_build_lp(struct pnr_master *master);
/* The LP at hand turned to the level: objective and frozen rows. */
enum pnr_lp_result pnr_master_turn_lp(struct pnr_master *master);
/* The objective of the level at hand, and of what is looked ahead at. */
enum pnr_lp_result pnr_master_set_objective(struct pnr_master *master);
/* What a schedule costs at the LP's duals: negative columns improve the LP. */
double pnr_master_reduced_cost(const struct pnr_master *master, int32_t member, const int32_t *pairs,
                               int32_t pair_count, const int64_t *costs);
/* Lets the LP see the limits of the branch's totals; opens rows of those that had none. */
enum pnr_lp_result pnr_master_show_totals(struct pnr_master *master);
/* Gives the rows that are open these limits ([total]), in the master's LP or a copy of it. */
enum pnr_lp_result pnr_master_limit_totals(const struct pnr_master *master, struct pnr_lp *lp,
                                           const struct pnr_row *limits);
/* Closes a column for a dive or a branch, or opens it. */
enum pnr_lp_result pnr_master_close_column(struct pnr_master *master, int32_t column, bool closed);
enum pnr_lp_result pnr_master_wake_column(struct pnr_master *master, int32_t column);
/* Wakes open columns of free members whose reduced cost at the LP's duals is below: all of them, or where the
 * LP is solved nearly each member's cheapest; *woken counts them. */
enum pioneer_status pnr_master_wake_columns(struct pnr_master *master, double below, int32_t *woken);
/* What an open column costs at the LP's duals. */
double pnr_master_column_reduced_cost(const struct pnr_master *master, int32_t column);
/* Whether a column is open and awake, and may sleep; whether the LP makes no use of it either. */
bool pnr_master_may_sleep(const struct pnr_master *master, int32_t column);
bool pnr_master_may_rest(const struct pnr_master *master, int32_t column);
/* Puts one to sleep. */
enum pnr_lp_result pnr_master_rest_column(struct pnr_master *master, int32_t column);
/* Puts the dearest unused columns at the LP's duals to sleep when too many are awake. */
enum pioneer_status pnr_master_rest_columns(struct pnr_master *master);
/* A dive puts most columns to sleep: notes which are awake before it, and wakes these after it. */
enum pioneer_status pnr_master_note_awake(struct pnr_master *master);
enum pioneer_status pnr_master_wake_noted(struct pnr_master *master);
/* Takes columns that are closed or asleep out of the LP when there are many: a pivot looks at every column of
 * the LP, those at zero bounds as well. */
enum pioneer_status pnr_master_sweep_columns(struct pnr_master *master);
/* Where few members are free: lets the LP, just solved and its duals read, work on what they can change
 * alone, until pnr_master_widen(). *narrowed: it is to be solved again. */
enum pioneer_status pnr_master_narrow(struct pnr_master *master, bool *narrowed);
enum pioneer_status pnr_master_widen(struct pnr_master *master);
/* Lets a fixed member choose again. */
enum pioneer_status pnr_master_release(struct pnr_master *master, int32_t member);
/* Holds choices at 1 that fixed members and forced pairs have made; others that are held stay so if `keep`.
 */
enum pioneer_status pnr_master_make_choices(struct pnr_master *master, bool keep);
/* Holds choices at 1 that the LP's solution has all but made, and so many percent of those it leans to, for a
 * dive; *left counts the others that it leans to, -1: nothing was left to make. */
enum pioneer_status pnr_master_make_likely_choices(struct pnr_master *master, int32_t percent, int32_t *left);
/* What pool and auxiliaries do to every row ([row]) at the LP's solution. */
void pnr_master_find_activity(const struct pnr_master *master, double *activity);
/* Adds what the auxiliaries alone do to them. */
void pnr_master_add_auxiliaries(const struct pnr_master *master, double *activity);
/* Whether the member is still to get a schedule. */
static inline bool pnr_master_is_free(const struct pnr_master *master, int32_t member) {
    return master->tools.is_feasible[member] && master->fixed_column[member] < 0;
}
int32_t pnr_master_count_free(const struct pnr_master *master);
/* What the member's schedules are of, NULL: the whole horizon. */
static inline const struct pnr_stretch *pnr_master_stretch(const struct pnr_master *master, int32_t member) {
    return master->tools.stretches != NULL ? &master->tools.stretches[member] : NULL;
}
/* The member's multipliers of before; sums of stretches have none. */
static inline int64_t *pnr_master_mu(const struct pnr_master *master, int32_t member) {
    return master->tools.stretches != NULL ? NULL : master->mu + master->tallies_of_member[member];
}
/* What a shuffle adds to the cost of a schedule. */
static inline double pnr_master_dislike(const struct pnr_master *master, const int32_t *pairs,
                                        int32_t pair_count) {
    int64_t sum = 0;
    for (int32_t i = 0; master->dislike != NULL && i < pair_count; i++) {
        sum += master->dislike[pairs[i]];
    }
    return (double)sum / (double)master->used.scale;
}
/* Flags by pair: what the branch, or the choices of a dive, forbid; NULL: nothing. */
static inline const uint8_t *pnr_master_forbidden(const struct pnr_master *master) {
    return master->is_diving ? master->is_barred : master->forbidden;
}
/* Whether the LP must not use a column. */
static inline bool pnr_master_is_out(const struct pnr_master *master, int32_t column) {
    return master->is_closed.items[column] || master->is_asleep.items[column];
}

/* Heads of pins and of everybody who is fixed ([duty]). */
void pnr_master_count_heads(const struct pnr_master *master, int32_t *heads);
/* Adds what columns that are held, and pairs that a branch forces, do to the rows ([row of the program]). */
void pnr_master_find_certain(const struct pnr_master *master, int64_t *activity);
/* In a dive, after a change of what is fixed or held: bars pairs that it speaks against, closes and opens
 * columns accordingly. */
enum pioneer_status pnr_master_bar(struct pnr_master *master);
/* Holds exactly these choices ([auxiliary]) at 1. */
enum pioneer_status pnr_master_hold_choices(struct pnr_master *master, const uint8_t *is_made);
/* Lets the LP see master->elastic_cost. */
enum pioneer_status pnr_master_show_elastic(struct pnr_master *master);
/* Holds back so many percent of what frozen levels are above their bounds. */
enum pioneer_status pnr_master_hold_back(struct pnr_master *master, int32_t percent);
/* By how much the LP's solution gives way: into master->gave_way. Returns whether it does. */
bool pnr_master_gives_way(struct pnr_master *master);
enum pnr_lp_result pnr_master_append_column(struct pnr_master *master, int32_t column);
/* Opens rows that the LP's solution violates; *added counts them. */
enum pioneer_status pnr_master_add_violated(struct pnr_master *master, int32_t *added);
double pnr_master_unit_of(const struct pnr_master *master, int32_t level);
int64_t pnr_master_constant_of(const struct pnr_master *master, int32_t level);
enum pioneer_status pnr_master_status_of(enum pnr_lp_result result);

/* What a member was found to have. */
struct pnr_found {
    bool any;     /* a schedule that the branch allows */
    bool none;    /* there is none for certain; neither: the pricer gave up */
    int64_t work; /* what the search for it cost; not yet spent */
};
/* A free member that has no open column that is awake gets one, if there is any. */
enum pioneer_status pnr_master_fill_member(struct pnr_master *master, int32_t member,
                                           struct pnr_found *found);
/* Adds a member's cheapest schedule at the prices to the pool, if the branch allows any. */
enum pioneer_status pnr_master_add_cheapest(struct pnr_master *master, int32_t member,
                                            const int64_t *price_of_pair, const int64_t *weight_of_level,
                                            struct pnr_found *found);
/* The pool's column with these pairs, -1. */
int32_t pnr_master_find_column(const struct pnr_master *master, int32_t member, const int32_t *pairs,
                               int32_t pair_count);
/* Gives the column's member its schedule. */
void pnr_master_take_column(const struct pnr_master *master, struct pnr_solution *out, int32_t column);
/* Solves the LP at hand until no row outside it is violated; *usable: duals and values stand. */
enum pioneer_status pnr_master_solve_lp(struct pnr_master *master, bool *usable);
/* Keeps the basis of the LP just solved; what has none to keep is left as it is. */
enum pioneer_status pnr_master_keep_basis(struct pnr_master *master, struct pnr_master_basis *basis);
/* Whether one was kept, and the LP was not built anew since. */
bool pnr_master_may_load(const struct pnr_master *master, const struct pnr_master_basis *basis);
/* Bytes. */
int64_t pnr_master_basis_size(const struct pnr_master_basis *basis);
/* Makes it the basis at hand, if one was kept and the LP was not built anew since. */
enum pioneer_status pnr_master_load_basis(struct pnr_master *master, const struct pnr_master_basis *basis);
void pnr_master_basis_fini(struct pnr_master_basis *basis);
/* How a column stands in it; one that came later stands at its low bound. */
static inline uint8_t pnr_master_standing_of(const struct pnr_master_basis *basis, int32_t column) {
    return column < basis->columns.count ? basis->columns.items[column] : PNR_LP_AT_LOW;
}
/* What a pivot costs, in units. */
int64_t pnr_master_work_of_pivot(const struct pnr_master *master);
/* From that basis, after columns were closed or opened: a few pivots of a dual simplex. *value: what the LP
 * is worth at least by them, −DBL_MAX: nobody knows. */
enum pioneer_status pnr_master_try_lp(struct pnr_master *master, const struct pnr_master_basis *basis,
                                      int32_t pivots, double *value);
/* In a dive whose LP is solved nearly: puts schedules to sleep that are far from being taken. */
enum pioneer_status pnr_master_rest_far(struct pnr_master *master);
/* Whether the LP as it is has too many rows for a simplex, so that pnr_master_solve_lp solves it nearly: the
 * objective is a bound on its optimum then, and values break rows a little. */
bool pnr_master_is_near(const struct pnr_master *master);
/* Whether the latest solution is near enough to the optimum to say anything about it, where a roster has this
 * value: a walk may have stood still where it began. */
bool pnr_master_is_reached(const struct pnr_master *master, int64_t value);
/* Whether such an LP is to be narrowed now, so that a simplex can: a few members begin to be renewed. */
bool pnr_master_begins_narrow(const struct pnr_master *master);
/* Solves such an LP from where it was solved last, or from the best multipliers if they are worth more. */
enum pnr_lp_result pnr_master_approach(struct pnr_master *master);
/* Opens the columns that the branch, the fixed members and the choices of a dive allow, closes the others. */
enum pioneer_status pnr_master_reopen_columns(struct pnr_master *master);
/* The same, and makes the choices that what is fixed has made. */
enum pioneer_status pnr_master_open_columns(struct pnr_master *master);
/* Another problem begins: smoothing holds on to what proves the bound of the whole level. */
void pnr_master_start_over(struct pnr_master *master);

/* Sets the weight of a level that is priced, in units of 1/scale, as far as products stay in range. */
void pnr_master_use_weight(struct pnr_master *master, int32_t level, double weight);

/* Prices pairs by the best multipliers. */
void pnr_master_use_best(struct pnr_master *master);

/* One run of column generation on what is free, at the elastic costs as they are. */
enum pioneer_status pnr_master_run(struct pnr_master *master, struct pnr_convergence *run);

#endif
