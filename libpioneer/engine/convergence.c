/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Column generation: the pricer's answers at the master's duals, and the bounds that they prove. */
#include "engine/far.h"
#include "engine/master_inside.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Smoothing of the first round when the multipliers come from the dual: close to them, for the LP knows
 * little. */
#define FIRST_SHARE 0.9
/* LP and bound agree when they differ by this share: rounds that gain less are better spent on rosters. */
#define CLOSE_ENOUGH 5e-5

/* An LP's objective may be more than what it is in truth by this share. */
#define GOAL_TOLERANCE 1e-7

/* The same while the price of giving way is sought. */
#define ROUGH 1e-2

/* The same for an LP that is solved nearly; what comes before a dive may be this rough. A step of a dive gets
 * no more rounds than this: the last columns would be added for ever. */
#define NEAR_ENOUGH 1e-3
#define NEAR_ROUGH  5e-3
#define NEAR_ROUNDS 3

/* A walk that has not arrived is so many times as long the next time, up to so many times in all. */
#define STRIDE      4
#define MOST_STRIDE 16

/* In units of what a shuffle tells rosters apart by. */
#define SHUFFLED 0.05

/* One column for so many free members is few. */
#define FEW_ADDED 40

/* Quick pricing goes on while so many rounds of it take this share off the gap between LP and bound. */
#define QUICK_ROUNDS 5
#define QUICK_GAIN   0.1
/* Quick pricing is for members whose exact answers cost this many times more. */
#define QUICK_RATIO 3
/* The share that bound and LP may differ by where prices are nearly right. */
#define QUICK_LATE 0.05

/* What a unit of the level before is worth is tried at so many values, each this many times less. */
#define MOST_SHARES 6
#define SHARE_STEP  8

/* ---- pricing ---- */

/* What a column costs at the multipliers in use. */
static pnr_wide price_of_column(const struct pnr_master *master, int32_t column) {
    const struct pnr_column *at = &master->columns.items[column];
    pnr_wide price = 0;
    for (int32_t i = 0; i < at->pair_count; i++) {
        price += master->price_of_pair[master->pair_pool.items[at->first_pair + i]];
    }
    for (int32_t l = 0; l < master->level_count; l++) {
        price += (pnr_wide)master->used.weight_of_level[l] * pnr_master_cost(master, column)[l];
    }
    return price;
}

/* The price of the member's cheapest schedule in the pool: what is no cheaper is not worth looking for, and a
 * bound is none the worse, for that schedule is an answer, too. */
static int64_t cutoff_of(const struct pnr_master *master, int32_t member) {
    int64_t cutoff = INT64_MAX;
    for (int32_t c = master->answers[member].newest_column - 1; c >= 0; c = master->columns.items[c].older) {
        pnr_wide price = master->is_closed.items[c] ? INT64_MAX : price_of_column(master, c);
        cutoff = price < cutoff ? (int64_t)price : cutoff;
    }
    return cutoff;
}

/* Everything one round asks of the pricer; member m is priced by thread m mod threads, and nobody's answer
 * depends on another's. */
struct pricing {
    struct pnr_master *master;
    int32_t wanted;
    bool is_quick;
    bool cuts; /* answers that are no cheaper than what the pool has are not wanted */
};

static bool keep_answer(struct pnr_member_answer *kept, const struct pnr_price_answer *answer,
                        int32_t level_count) {
    pnr_array_clear(&kept->pairs);
    pnr_array_clear(&kept->costs);
    kept->kind = answer->kind;
    kept->bound = answer->bound;
    kept->work = answer->work;
    kept->count = answer->count;
    for (int32_t i = 0; i < answer->count; i++) {
        const struct pnr_schedule *schedule = &answer->schedules[i];
        kept->pair_count[i] = schedule->pair_count;
        for (int32_t p = 0; p < schedule->pair_count; p++) {
            if (!pnr_array_push(&kept->pairs, schedule->pairs[p])) {
                return false;
            }
        }
        for (int32_t l = 0; l < level_count; l++) {
            if (!pnr_array_push(&kept->costs, schedule->cost_by_level[l])) {
                return false;
            }
        }
    }
    return true;
}

static void price_member(const struct pricing *pricing, int32_t thread, int32_t member) {
    struct pnr_master *master = pricing->master;
    struct pnr_price_query query = {
        .member = member,
        .price_of_pair = master->price_of_pair,
        .weight_of_level = master->used.weight_of_level,
        .cutoff = pricing->cuts ? cutoff_of(master, member) : INT64_MAX,
        .wanted = pricing->wanted,
        .is_quick = pricing->is_quick,
        .forced = master->forced,
        .forbidden = pnr_master_forbidden(master),
        .limits = master->limits,
        .limit_count = master->limit_count,
        .mu = pnr_master_mu(master, member),
        .label_limit = master->label_limit,
        .stretch = pnr_master_stretch(master, member),
    };
    struct pnr_price_answer answer;
    struct pnr_member_answer *kept = &master->answers[member];
    kept->status = pnr_pricer_price(master->tools.pricer, master->tools.scratches[thread], &query, &answer);
    if (kept->status == PIONEER_OK && !keep_answer(kept, &answer, master->level_count)) {
        kept->status = PIONEER_E_NO_MEMORY;
    }
}

static void price_share(void *context, int thread) {
    const struct pricing *pricing = context;
    struct pnr_master *master = pricing->master;
    for (int32_t m = thread; m < master->instance->member_count; m += master->tools.thread_count) {
        if (pnr_master_is_free(master, m)) {
            price_member(pricing, thread, m);
        }
    }
}

/* Prices every member that is free at `used`. */
static enum pioneer_status price_all(struct pnr_master *master, int32_t wanted, bool is_quick, bool cuts) {
    struct pricing pricing = {master, wanted, is_quick, cuts};
    if (master->tools.thread_count == 1) {
        price_share(&pricing, 0);
    } else {
        if (master->team == NULL && !pnr_team_new(master->tools.thread_count, &master->team)) {
            return PIONEER_E_NO_MEMORY;
        }
        pnr_team_run(master->team, master->tools.thread_count, price_share, &pricing);
    }
    for (int32_t m = 0; m < master->instance->member_count; m++) {
        if (pnr_master_is_free(master, m)) {
            if (master->answers[m].status != PIONEER_OK) {
                return master->answers[m].status;
            }
            pnr_budget_spend(master->tools.budget, master->answers[m].work);
        }
    }
    return PIONEER_OK;
}

/* ---- duals ---- */

/* The LP's duals in costs of the level: rows, frozen levels (as weights >= 0) and convexity. */
static void read_duals(struct pnr_master *master) {
    double unit = pnr_master_unit_of(master, master->level);
    for (int32_t r = 0; r < master->program->rows.count; r++) {
        int32_t row = master->lp_row[r];
        master->lp_dual[r] = row >= 0 ? pnr_lp_dual(master->lp, row) * unit : 0;
    }
    for (int32_t t = 0; master->totals != NULL && t < master->totals->count; t++) {
        int32_t row = master->row_of_total[t];
        master->dual_of_total[t] = row >= 0 ? pnr_lp_dual(master->lp, row) * unit : 0;
    }
    for (int32_t l = 0; l < master->level; l++) {
        double dual = master->row_of_level[l] >= 0 ? -pnr_lp_dual(master->lp, master->row_of_level[l]) : 0;
        master->lp_weight[l] = dual > 0 ? dual * unit / master->unit_of_level[l] : 0;
    }
    for (int32_t m = 0; m < master->instance->member_count; m++) {
        master->convexity_dual[m] =
            master->row_of_member[m] >= 0 ? pnr_lp_dual(master->lp, master->row_of_member[m]) * unit : 0;
    }
}

static double blend(const struct pnr_master *master, double share, int64_t center, double target) {
    return share * (double)center + (1 - share) * target * (double)master->used.scale;
}

void pnr_master_use_weight(struct pnr_master *master, int32_t level, double weight) {
    double most = 7.0e16 / (master->unit_of_level[level] + 1); /* weight × cost stays far below 2^60 */
    master->used.weight_of_level[level] = llround(weight < most ? weight : most);
}

static void price_pairs(struct pnr_master *master) {
    for (int32_t p = 0; p < master->instance->pair_count; p++) {
        master->price_of_pair[p] = pnr_multipliers_price_pair(master->program, &master->used, p) +
                                   (master->dislike != NULL ? master->dislike[p] : 0);
    }
}

void pnr_master_use_best(struct pnr_master *master) {
    pnr_multipliers_set(master->program, &master->best, &master->used);
    price_pairs(master);
}

/* Sets `used` between the best multipliers so far (share) and the LP's duals. */
static void use_multipliers(struct pnr_master *master, double share) {
    for (int32_t r = 0; r < master->program->rows.count; r++) {
        master->used.of_row[r] =
            pnr_multiplier_clamp(&master->program->rows.items[r],
                                 blend(master, share, master->best.of_row[r], master->lp_dual[r]));
    }
    for (int32_t t = 0; master->totals != NULL && t < master->totals->count; t++) {
        double wish = blend(master, share, master->best.of_total[t], master->dual_of_total[t]);
        master->used.of_total[t] = pnr_multiplier_clamp(&master->totals->limits[t], wish);
    }
    for (int32_t l = 0; l < master->level; l++) {
        pnr_master_use_weight(master, l,
                              blend(master, share, master->best.weight_of_level[l], master->lp_weight[l]));
    }
    price_pairs(master);
}

static pnr_wide idle_price(const struct pnr_master *master, int32_t member) {
    pnr_wide price = 0;
    for (int32_t l = 0; l < master->level_count; l++) {
        price += (pnr_wide)master->used.weight_of_level[l] *
                 master->tools.idle_cost[(size_t)member * (size_t)master->level_count + (size_t)l];
    }
    return price;
}

static int64_t bound_of_round(struct pnr_master *master) {
    pnr_wide total =
        pnr_multipliers_rows_part(master->program, master->totals, &master->used, master->frozen);
    for (int32_t m = 0; m < master->instance->member_count; m++) {
        if (!master->tools.is_feasible[m]) {
            total += idle_price(master, m);
        } else if (master->fixed_column[m] >= 0) {
            total += price_of_column(master, master->fixed_column[m]);
        } else {
            total += master->answers[m].bound;
        }
    }
    master->last_bound = (double)total / (double)master->used.scale;
    return pnr_multipliers_bound(total, master->used.scale);
}

double pnr_master_reduced_cost(const struct pnr_master *master, int32_t member, const int32_t *pairs,
                               int32_t pair_count, const int64_t *costs) {
    double reduced = master->level >= 0 ? (double)costs[master->level] : 0;
    reduced += master->ahead >= 0 ? master->ahead_weight * (double)costs[master->ahead] : 0;
    reduced += pnr_master_dislike(master, pairs, pair_count) - master->convexity_dual[member];
    for (int32_t l = 0; l < master->level; l++) {
        reduced += master->lp_weight[l] * (double)costs[l];
    }
    for (int32_t i = 0; i < pair_count; i++) {
        for (int32_t e = master->program->entries_of_pair[pairs[i]];
             e < master->program->entries_of_pair[pairs[i] + 1]; e++) {
            reduced -=
                master->lp_dual[master->program->entries[e].row] * master->program->entries[e].coefficient;
        }
    }
    return reduced;
}

/* Adds the answers that improve the LP; *added counts them. */
static enum pioneer_status add_answers(struct pnr_master *master, int32_t *added) {
    double tolerance = 1e-7 * pnr_master_unit_of(master, master->level);
    enum pioneer_status woken = pnr_master_wake_columns(master, -tolerance, added);
    if (woken != PIONEER_OK) {
        return woken;
    }
    for (int32_t m = 0; m < master->instance->member_count; m++) {
        struct pnr_member_answer *answer = &master->answers[m];
        if (!pnr_master_is_free(master, m)) {
            continue;
        }
        const int32_t *pairs = answer->pairs.items;
        const int64_t *costs = answer->costs.items;
        for (int32_t i = 0; i < answer->count; i++) {
            if (pnr_master_reduced_cost(master, m, pairs, answer->pair_count[i], costs) < -tolerance) {
                bool is_new;
                enum pioneer_status status =
                    pnr_master_add_column(master, m, pairs, answer->pair_count[i], costs, &is_new);
                if (status != PIONEER_OK) {
                    return status;
                }
                *added += is_new;
            }
            pairs += answer->pair_count[i];
            costs += master->level_count;
        }
    }
    return PIONEER_OK;
}

/* ---- column generation ---- */

void pnr_master_start_over(struct pnr_master *master) {
    master->has_best = master->proof_bound > -DBL_MAX;
    master->best_bound = -DBL_MAX;
    pnr_multipliers_set(master->program, &master->proof, &master->best);
}

double pnr_master_objective(const struct pnr_master *master) {
    return pnr_lp_objective(master->lp) * pnr_master_unit_of(master, master->level) +
           (double)pnr_master_constant_of(master, master->level);
}

double pnr_master_calm_objective(const struct pnr_master *master) {
    double added = 0;
    for (int32_t i = 0; master->dislike != NULL && i < master->column_at.count; i++) {
        int32_t column = master->column_at.items[i];
        const struct pnr_column *at = &master->columns.items[column];
        const int32_t *pairs = master->pair_pool.items + at->first_pair;
        added += pnr_master_value(master, column) * pnr_master_dislike(master, pairs, at->pair_count);
    }
    return pnr_master_objective(master) - added;
}

enum pioneer_status pnr_master_calm(struct pnr_master *master) {
    master->dislike = NULL;
    pnr_master_start_over(master);
    return pnr_master_status_of(pnr_master_set_objective(master));
}

/* Whether more rounds cannot raise the bound to the next integer, or hardly at all. Hardly is not enough
 * where the LP is worth the goal, rounded up: a bound that is one less ends nothing. */
static bool is_tight(const struct pnr_master *master, const struct pnr_convergence *run) {
    double objective = pnr_master_objective(master);
    double close = run->close;
    double enough = (double)run->goal - 1;
    if (run->goal < INT64_MAX && run->bound < run->goal &&
        objective > enough + GOAL_TOLERANCE * (1 + fabs(enough)) && !pnr_master_is_near(master)) {
        return false;
    }
    if (master->dislike != NULL) {
        return master->best_bound >= objective - SHUFFLED * fmax(1, (double)master->tools.dislike);
    }
    double near = close > 0 ? NEAR_ROUGH : NEAR_ENOUGH;
    double least = pnr_master_is_near(master) ? near : CLOSE_ENOUGH;
    double share = close > least ? close : least;
    /* beside a few weeks most of the objective is held, and no measure */
    double off = master->tools.stretches != NULL ? least : share * (1 + fabs(objective));
    return ceil(master->best_bound - 1e-9) >= ceil(objective - off);
}

/* Whether the problem is the level's own: nobody is fixed, nothing is barred, branched on or looked ahead at.
 */
static bool is_whole(const struct pnr_master *master) {
    for (int32_t m = 0; m < master->instance->member_count; m++) {
        if (master->fixed_column[m] >= 0) {
            return false;
        }
    }
    return !master->is_diving && master->forced == NULL && master->forbidden == NULL && master->ahead < 0;
}

static void keep_bound(struct pnr_master *master, struct pnr_convergence *run, bool whole) {
    int64_t bound = bound_of_round(master);
    run->bound = bound > run->bound ? bound : run->bound;
    if (!master->has_best || master->last_bound > master->best_bound) {
        master->best_bound = master->last_bound;
        master->has_best = true;
        pnr_multipliers_set(master->program, &master->used, &master->best);
    }
    /* What is exported must prove the exact bound: doubles decide only between equal ones. */
    if (whole && (bound > master->proven_by_proof ||
                  (bound == master->proven_by_proof && master->last_bound > master->proof_bound))) {
        master->proven_by_proof = bound;
        master->proof_bound = master->last_bound;
        pnr_multipliers_set(master->program, &master->used, &master->proof);
    }
}

static bool has_schedules(const struct pnr_master *master) {
    for (int32_t m = 0; m < master->instance->member_count; m++) {
        if (pnr_master_is_free(master, m) && master->answers[m].kind == PNR_PRICED_INFEASIBLE) {
            return false;
        }
    }
    return true;
}

/* Smoothing: how much of the best multipliers stays in the ones that are priced. Where hardly anybody's
 * answer improves the LP its duals are about right, and more rounds would only bring the best multipliers
 * nearer by half each. */
static double next_share(const struct pnr_master *master, int32_t added, double share) {
    if (added == 0) {
        return share * 0.5 - 0.1;
    }
    return added * FEW_ADDED <= pnr_master_count_free(master) ? 0 : 0.5;
}

/* Nothing is held on to where the LP's multipliers are about right: in a tree, whose pool is rich, they prove
 * in one round what took four. */
static double first_share(struct pnr_master *master) {
    bool has_bound = master->best_bound > -DBL_MAX;
    if (!master->has_best || master->forced != NULL ||
        (has_bound && master->best_bound >= (1 - ROUGH) * pnr_master_objective(master))) {
        return 0;
    }
    /* The best multipliers of a problem with fewer members fixed are good ones here too, and what they are
     * worth is to be known before others are mixed in: the LP's are wild after a step. */
    return has_bound || !pnr_master_gives_way(master) ? FIRST_SHARE : 1;
}

/* Whether quick answers cost so much less than exact ones that a few rounds of them are worth it. Where
 * prices are nearly right already, and rounds cost walks, they find nothing. */
static bool quick_pays(const struct pnr_master *master, bool whole) {
    bool is_late = whole && master->best_bound > 0 && pnr_master_is_near(master) &&
                   master->best_bound > (1 - QUICK_LATE) * pnr_master_objective(master);
    return !is_late && (master->exact_work == 0 || master->exact_work > QUICK_RATIO * master->quick_work);
}

/* What an answer costs on the average: quick ones, exact ones. */
static void learn_work(struct pnr_master *master, bool is_quick) {
    double work = 0;
    int32_t members = 0;
    for (int32_t m = 0; m < master->instance->member_count; m++) {
        if (pnr_master_is_free(master, m)) {
            work += (double)master->answers[m].work;
            members++;
        }
    }
    double *mean = is_quick ? &master->quick_work : &master->exact_work;
    double latest = members > 0 ? work / members : 0;
    *mean = *mean == 0 ? latest : 0.8 * *mean + 0.2 * latest;
}

/* Whether the LP is good enough to go on without more rounds. */
static bool is_enough(const struct pnr_master *master, const struct pnr_convergence *run, int32_t round,
                      bool began_quick) {
    double objective = pnr_master_objective(master);
    const struct pnr_patience *patience = run->patience;
    return round > 0 && patience != NULL &&
           (objective <= patience->enough || (began_quick && objective <= patience->enough_quick));
}

/* The least value of the LP so far, and for how many rounds it has been that. */
struct stall {
    double value;
    int32_t rounds;
};

static bool is_stalled(const struct pnr_master *master, const struct pnr_convergence *run,
                       struct stall *stall) {
    if (run->most_idle == 0) {
        return false;
    }
    double value = pnr_master_objective(master);
    bool falls = value < stall->value - PNR_MASTER_TOLERANCE * (1 + fabs(value));
    stall->rounds = falls ? 0 : stall->rounds + 1;
    stall->value = falls ? value : stall->value;
    return stall->rounds >= run->most_idle;
}

/* Solves the LP and reads its duals; where few members are free, narrows it first. */
static enum pioneer_status solve_round(struct pnr_master *master, bool *usable) {
    bool narrowed = true;
    enum pioneer_status status = PIONEER_OK;
    while (status == PIONEER_OK && narrowed) {
        narrowed = false;
        status = pnr_master_solve_lp(master, usable);
        if (status == PIONEER_OK && *usable) {
            read_duals(master);
            status = pnr_master_narrow(master, &narrowed);
        }
    }
    return status;
}

/* Where a walk that the rounds would end with has not arrived, it goes further; whether it does. */
static bool walks_further(struct pnr_master *master, const struct pnr_convergence *run, bool ends) {
    bool further = ends && pnr_master_is_near(master) && !pnr_master_is_reached(master, run->goal) &&
                   master->stride < MOST_STRIDE;
    master->stride = further ? STRIDE * master->stride : ends ? master->stride : 1;
    return further;
}

/* Whether a step of a dive whose LP is solved nearly has priced enough. */
static bool is_near_enough(const struct pnr_master *master, int32_t round, int32_t added) {
    return pnr_master_is_near(master) && (added == 0 || round + 1 >= NEAR_ROUNDS);
}

/* Tells whoever follows the rounds; where nobody does, whoever waits is asked at least. */
static bool tell(const struct pnr_master *master, const struct pnr_convergence *run) {
    if (run->each != NULL) {
        return run->each(run->context, run->bound);
    }
    pnr_tools_pulse(&master->tools);
    return true;
}

enum pioneer_status pnr_master_run(struct pnr_master *master, struct pnr_convergence *run) {
    struct pnr_budget *budget = master->tools.budget;
    int64_t end = budget->work_used + run->work;
    double share = 0;
    bool usable = true;
    bool solve = true;
    bool whole = is_whole(master);
    bool cuts = whole && pnr_master_is_near(master);
    bool is_quick = quick_pays(master, whole); /* until quick answers no longer improve the LP */
    bool began_quick = is_quick;
    struct pnr_far far = pnr_far_begin(master, run->bound, whole);
    int32_t exact_rounds = 0;
    double before = DBL_MAX;
    struct stall stall = {DBL_MAX, 0};
    run->is_converged = run->is_infeasible = false;
    for (int32_t round = 0; run->bound < run->goal && budget->work_used < end &&
                            (run->most_rounds == 0 || exact_rounds < run->most_rounds) &&
                            pnr_budget_stop(budget) == PNR_STOP_NONE;
         round++) {
        enum pioneer_status status = solve ? solve_round(master, &usable) : PIONEER_OK;
        if (status != PIONEER_OK || !usable || is_enough(master, run, round, began_quick) ||
            is_stalled(master, run, &stall)) {
            return status;
        }
        share = round == 0 ? first_share(master) : share;
        share = master->has_best && share > 0 ? share : 0;
        is_quick = master->is_far ? pnr_far_is_quick(&far, round) : is_quick;
        use_multipliers(master, master->is_far ? pnr_far_share(&far, round) : share);
        status = price_all(master, PNR_MASTER_COLUMNS, is_quick, cuts);
        run->is_infeasible = status == PIONEER_OK && !has_schedules(master);
        if (status != PIONEER_OK || run->is_infeasible) {
            return status;
        }
        learn_work(master, is_quick);
        exact_rounds += !is_quick;
        keep_bound(master, run, whole);
        int32_t added;
        status = add_answers(master, &added);
        bool was_far = master->is_far;
        if (was_far) {
            pnr_far_go_on(&far, master, round, is_quick, added);
        }
        if (status != PIONEER_OK || !tell(master, run)) {
            return status == PIONEER_E_SOLVER ? PIONEER_OK : status;
        }
        bool tight = is_tight(master, run);
        bool strides = walks_further(master, run, whole && (added == 0 || tight));
        if (!strides && ((added == 0 && share <= 0 && !is_quick) || tight ||
                         (!whole && is_near_enough(master, round, added)))) {
            run->is_converged = true;
            return PIONEER_OK;
        }
        solve = added > 0 || strides;
        status = pnr_master_rest_columns(master);
        if (status != PIONEER_OK) {
            return status == PIONEER_E_SOLVER ? PIONEER_OK : status;
        }
        share = added == 0 && is_quick ? share : next_share(master, added, share);
        if (was_far) {
            solve = true;
            continue;
        }
        if (is_quick && round % QUICK_ROUNDS == QUICK_ROUNDS - 1) {
            double objective = pnr_master_objective(master);
            is_quick = before - objective > QUICK_GAIN * (objective - master->best_bound);
            before = objective;
        }
        is_quick = is_quick && added > 0;
    }
    return PIONEER_OK;
}

/* Raises what it costs to give way where the LP does; false: it does not, or that would not help. */
static bool raise_elastic(struct pnr_master *master) {
    bool raised = false;
    pnr_master_gives_way(master);
    for (int32_t l = 0; l <= master->level_count; l++) {
        if (master->gave_way[l] > PNR_MASTER_TOLERANCE && master->elastic_cost[l] < PNR_MASTER_ELASTIC_MOST) {
            master->elastic_cost[l] *= PNR_MASTER_ELASTIC_RISE;
            raised = true;
        }
    }
    return raised;
}

/* Converges roughly, and raises the elastic costs, until the LP gives way nowhere. */
static enum pioneer_status find_elastic(struct pnr_master *master, struct pnr_convergence *run, int64_t end) {
    enum pioneer_status status;
    double close = run->close;
    run->close = close > ROUGH ? close : ROUGH;
    for (int32_t l = 0; l <= master->level_count; l++) {
        master->elastic_cost[l] = PNR_MASTER_ELASTIC_FIRST;
    }
    do {
        run->work = end - master->tools.budget->work_used;
        status = pnr_master_show_elastic(master);
        if (status == PIONEER_OK) {
            status = pnr_master_run(master, run);
        }
    } while (status == PIONEER_OK && run->is_converged && run->bound < run->goal && raise_elastic(master));
    run->close = close;
    return status;
}

/*
 * Sets `used` to `share` of a unit of an earlier level for each unit of this one, with what proved it. Or, if
 * it is to `stand` for this level: what its rows are worth there they are taken to be worth here, and nothing
 * is paid for it.
 */
static void use_proof(struct pnr_master *master, const struct pnr_multipliers *earlier, double share,
                      bool stands) {
    double factor = share * (double)master->used.scale / (double)earlier->scale;
    for (int32_t r = 0; r < master->program->rows.count; r++) {
        master->used.of_row[r] =
            pnr_multiplier_clamp(&master->program->rows.items[r], factor * (double)earlier->of_row[r]);
    }
    for (int32_t l = 0; l < master->level; l++) {
        bool counts = l < earlier->level || (l == earlier->level && !stands);
        pnr_master_use_weight(master, l, counts ? factor * (double)earlier->weight_of_level[l] : 0);
    }
    price_pairs(master);
}

/* Labels of one member where so many rounds that need them all may use up the work. */
static int64_t labels_for(const struct pnr_master *master, int64_t work, int32_t rounds) {
    int64_t members = master->instance->member_count + 1;
    int64_t labels = work / members / PNR_WORK_LABEL / rounds;
    return labels < PNR_MASTER_LEAST_LABELS ? PNR_MASTER_LEAST_LABELS
           : labels > PNR_MASTER_LABELS     ? PNR_MASTER_LABELS
                                            : labels;
}

/* Tries the proof of an earlier level at this share. */
static enum pioneer_status try_proof(struct pnr_master *master, struct pnr_convergence *run,
                                     const struct pnr_multipliers *earlier, double share, bool stands) {
    int64_t limit = master->label_limit;
    use_proof(master, earlier, share, stands);
    /* a few bounds that are given up would hide what the share is worth */
    master->label_limit = labels_for(master, run->work, 1);
    enum pioneer_status status = price_all(master, PNR_MASTER_COLUMNS, false, false);
    master->label_limit = limit;
    if (status == PIONEER_OK && has_schedules(master)) {
        keep_bound(master, run, true);
    }
    return status;
}

static bool wants_start(const struct pnr_master *master, const struct pnr_convergence *run, int64_t end) {
    return run->bound < run->goal && master->tools.budget->work_used < end;
}

/* The latest level before this one that has a proof, -1: none. */
static int32_t latest_proof(const struct pnr_master *master) {
    int32_t level = master->level - 1;
    while (level >= 0 && master->earlier[level].level < 0) {
        level--;
    }
    return level;
}

/*
 * Starts from what proved the latest level before: its multipliers, times what a unit of it is worth in units
 * of this level. That is sought downwards from where what is left above its bound would outweigh this level;
 * the bound is concave in it. Without a start the LP's first multipliers are noise that smoothing holds on to
 * for long.
 */
static enum pioneer_status start_from_before(struct pnr_master *master, struct pnr_convergence *run,
                                             int64_t end) {
    int32_t level = latest_proof(master);
    if (level < 0) {
        return PIONEER_OK;
    }
    double slack = (double)(master->frozen[level] - master->proven[level]);
    double share = (double)run->goal / (slack > 1 ? slack : 1);
    double last = -DBL_MAX;
    enum pioneer_status status = PIONEER_OK;
    for (int32_t i = 0; i < MOST_SHARES && status == PIONEER_OK && wants_start(master, run, end); i++) {
        status = try_proof(master, run, &master->earlier[level], share, false);
        if (master->last_bound < last) {
            break;
        }
        last = master->last_bound;
        share /= SHARE_STEP;
    }
    return status;
}

/* Or from any earlier level whose rows cost here what they cost there, as a duty that is short of its minimum
 * is as short of its target: what was proven of it holds here as well. */
static enum pioneer_status start_from_alike(struct pnr_master *master, struct pnr_convergence *run,
                                            int64_t end) {
    enum pioneer_status status = PIONEER_OK;
    for (int32_t l = 0; l < master->level && status == PIONEER_OK && wants_start(master, run, end); l++) {
        if (master->earlier[l].level >= 0 && master->proven[l] > 0) {
            status = try_proof(master, run, &master->earlier[l], 1, true);
        }
    }
    return status;
}

static enum pioneer_status start(struct pnr_master *master, struct pnr_convergence *run, int64_t end) {
    if (master->has_best || run->goal == INT64_MAX) {
        return PIONEER_OK;
    }
    enum pioneer_status status = start_from_before(master, run, end);
    return status == PIONEER_OK ? start_from_alike(master, run, end) : status;
}

enum pioneer_status pnr_master_converge(struct pnr_master *master, struct pnr_convergence *run) {
    master->label_limit = labels_for(master, run->work, PNR_MASTER_DEAR_ROUNDS);
    int64_t end = master->tools.budget->work_used + run->work;
    enum pioneer_status status = start(master, run, end);
    if (status == PIONEER_OK) {
        status = find_elastic(master, run, end);
    }
    if (status == PIONEER_OK && run->is_converged && run->bound < run->goal) {
        run->work = end - master->tools.budget->work_used;
        status = pnr_master_run(master, run);
    }
    return status;
}
