/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the master's shares to a roster in a few passes over the members, without another LP. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/master_inside.h"

/* Passes after the first; in so many of them prices of the LP still count, less and less. Thirty more end
 * 3 % lower and take three times as long. */
#define PASSES        12
#define GUIDED_PASSES 9
/* A pair that the LP's shares always have is cheaper by so many times its price. On a campus of 5,000 (LP 3.6
 * million): none 8.5, a tenth 5.2, 0.3 4.9, 1 and 2 4.8 million. */
#define PREFERENCE 2.0
/* What hard rules over several members weigh. */
#define HARD_WEIGHT (INT64_C(1) << 40)
/* Answers are rosters' schedules and no bounds: the best of so many labels will do. */
#define LABELS 20000

/* An answer costs about so many quick ones, where only those are known. */
#define DEARER 3

struct ranked {
    int32_t member;
    double decided; /* its largest share */
};

struct following {
    struct pnr_master *master;
    struct pnr_search *search;
    struct pnr_solution *out;
    double *share;     /* [pair]: of the schedules that the LP takes */
    int64_t *weight;   /* [value]: of the roster at hand, in the multipliers' scale */
    int64_t *old_cost; /* [level] */
    struct ranked *order;
    int32_t count;
};

static int compare_ranked(const void *left, const void *right) {
    const struct ranked *a = left;
    const struct ranked *b = right;
    if (a->decided != b->decided) {
        return a->decided > b->decided ? -1 : 1;
    }
    return (a->member > b->member) - (a->member < b->member);
}

/* Members whom the LP has decided come first. */
static void read_shares(struct following *following) {
    const struct pnr_master *master = following->master;
    for (int32_t m = 0; m < master->instance->member_count; m++) {
        following->order[m] = (struct ranked){m, 0};
    }
    for (int32_t i = 0; i < master->column_at.count; i++) {
        const struct pnr_column *at = &master->columns.items[master->column_at.items[i]];
        double value = pnr_master_value(master, master->column_at.items[i]);
        following->order[at->member].decided = fmax(following->order[at->member].decided, value);
        for (int32_t p = 0; value > 0 && p < at->pair_count; p++) {
            following->share[master->pair_pool.items[at->first_pair + p]] += value;
        }
    }
    for (int32_t m = 0; m < master->instance->member_count; m++) {
        if (master->tools.is_feasible[m]) {
            following->order[following->count++] = following->order[m];
        }
    }
    qsort(following->order, (size_t)following->count, sizeof *following->order, compare_ranked);
}

/* A pair costs what it does beside the others, but where that is less than the LP's price, `guided` (1 to 0)
 * says how much that counts: a duty that lacks somebody calls nobody for whom the LP has better uses. */
static void price(struct following *following, int32_t member, double guided) {
    const struct pnr_instance *instance = following->master->instance;
    struct pnr_search *search = following->search;
    for (int32_t p = instance->pairs_of_member[member]; p < instance->pairs_of_member[member + 1]; p++) {
        search->forbidden[p] = !pnr_solution_has_room(following->out, instance->duty_of_pair[p]);
        double here =
            search->forbidden[p] ? 0 : (double)pnr_solution_price_pair(following->out, p, following->weight);
        double there = (double)following->master->price_of_pair[p];
        double least = here < there ? here + guided * (there - here) : here;
        search->price_of_pair[p] = (int64_t)(least - guided * PREFERENCE * fabs(there) * following->share[p]);
    }
}

/* Gives the member the cheapest schedule; one that finds none, or a dearer one once only the roster counts,
 * keeps what it had. */
static enum pioneer_status choose_again(struct following *following, int32_t member, double guided) {
    struct pnr_master *master = following->master;
    struct pnr_solution *out = following->out;
    size_t levels = (size_t)master->level_count;
    int32_t *old_pairs = following->search->old_pairs;
    int32_t old_count = pnr_solution_pairs_of(out, member, old_pairs);
    int64_t before = out->value[master->level + 1];
    memcpy(following->old_cost, out->cost_of_member + (size_t)member * levels,
           levels * sizeof *following->old_cost);
    pnr_solution_set_member(out, member, NULL, 0, master->tools.idle_cost + (size_t)member * levels);
    price(following, member, guided);
    struct pnr_price_query query = {
        .member = member,
        .price_of_pair = following->search->price_of_pair,
        .weight_of_level = master->used.weight_of_level,
        .forbidden = following->search->forbidden,
        .cutoff = INT64_MAX,
        .wanted = 1,
        .label_limit = LABELS,
    };
    struct pnr_price_answer answer;
    enum pioneer_status status =
        pnr_pricer_price(master->tools.pricer, master->tools.scratches[0], &query, &answer);
    if (status != PIONEER_OK) {
        return status;
    }
    pnr_budget_spend(master->tools.budget, answer.work);
    if (answer.count > 0) {
        const struct pnr_schedule *found = &answer.schedules[0];
        pnr_solution_set_member(out, member, found->pairs, found->pair_count, found->cost_by_level);
    }
    bool is_worse = guided <= 0 && out->value[master->level + 1] > before;
    if (answer.count == 0 || is_worse) {
        pnr_solution_set_member(out, member, old_pairs, old_count, following->old_cost);
    }
    return PIONEER_OK;
}

static double guidance(int32_t pass) {
    return pass < GUIDED_PASSES ? 1 - (double)pass / GUIDED_PASSES : 0;
}

/* The first pass takes members in order, the others as chance will have it. */
static enum pioneer_status pass_over(struct following *following, int32_t pass) {
    enum pioneer_status status = PIONEER_OK;
    for (int32_t i = 0; i < following->count && status == PIONEER_OK; i++) {
        int32_t at =
            pass == 0 ? i : (int32_t)pnr_rng_below(&following->search->rng, (uint32_t)following->count);
        enum pnr_stop stop = pnr_budget_stop(following->master->tools.budget);
        if (stop >= PNR_STOP_TIME || (stop != PNR_STOP_NONE && pass > 0)) {
            break; /* a first pass that is not done leaves members idle */
        }
        status = choose_again(following, following->order[at].member, guidance(pass));
    }
    pnr_tools_pulse(&following->master->tools);
    return status;
}

static bool allocate(struct following *following) {
    const struct pnr_instance *instance = following->master->instance;
    following->share = calloc((size_t)instance->pair_count + 1, sizeof *following->share);
    following->weight = calloc((size_t)following->out->value_count + 1, sizeof *following->weight);
    following->old_cost = calloc((size_t)following->master->level_count + 1, sizeof *following->old_cost);
    following->order = calloc((size_t)instance->member_count + 1, sizeof *following->order);
    return following->share != NULL && following->weight != NULL && following->old_cost != NULL &&
           following->order != NULL;
}

int64_t pnr_master_following_costs(const struct pnr_master *master) {
    double answer = fmax(master->exact_work, DEARER * master->quick_work);
    return (int64_t)((PASSES + 1) * answer * master->instance->member_count);
}

enum pioneer_status pnr_master_follow_shares(struct pnr_master *master, struct pnr_search *search,
                                             struct pnr_solution *out) {
    struct following following = {.master = master, .search = search, .out = out};
    enum pioneer_status status = allocate(&following) ? PIONEER_OK : PIONEER_E_NO_MEMORY;
    if (status == PIONEER_OK) {
        pnr_master_use_best(master);
        following.weight[0] = HARD_WEIGHT;
        for (int32_t l = 0; l <= master->level; l++) {
            following.weight[l + 1] = master->used.weight_of_level[l];
        }
        read_shares(&following);
    }
    for (int32_t pass = 0; pass <= PASSES && status == PIONEER_OK; pass++) {
        status = pass_over(&following, pass);
    }
    free(following.share);
    free(following.weight);
    free(following.old_cost);
    free(following.order);
    return status;
}
