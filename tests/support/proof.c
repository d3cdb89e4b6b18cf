/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What exported multipliers and cases prove. */
#include "proof.h"

#include <criterion/criterion.h>
#include <stdlib.h>

/* One claim while it is looked into. */
struct trial {
    const struct proof_claim *claim;
    uint8_t *forced, *forbidden;  /* [pair]: of the case at hand */
    const struct pnr_case **sums; /* of the case at hand; room for as many as there are cases */
    int32_t sum_count;
    const struct pnr_totals *totals;   /* NULL: nothing is said about them */
    struct pnr_row limits[PNR_TOTALS]; /* of the case at hand */
    pnr_wide *price_of_pair;
    const char *fault;
};

static int32_t pair_count_of(const struct proof_claim *claim) {
    return claim->program->couplings->instance->pair_count;
}

/* ---- multipliers ---- */

static bool is_of_wrong_sign(int64_t multiplier, const struct pnr_row *row) {
    return (multiplier > 0 && row->low <= -PNR_ROW_FREE) || (multiplier < 0 && row->high >= PNR_ROW_FREE);
}

/* Multipliers whose L means nothing, NULL: it means a bound. */
static const char *find_nonsense(const struct trial *trial, const struct pnr_multipliers *multipliers) {
    const struct proof_claim *claim = trial->claim;
    if (multipliers->level != claim->level || multipliers->scale <= 0 ||
        multipliers->weight_of_level[claim->level] != multipliers->scale) {
        return "multipliers of something else";
    }
    for (int32_t l = 0; l < claim->program->level_count; l++) {
        int64_t weight = multipliers->weight_of_level[l];
        if (l < claim->level ? weight < 0 : l > claim->level && weight != 0) {
            return "a weight of the wrong sign";
        }
    }
    for (int32_t r = 0; r < claim->program->rows.count; r++) {
        if (is_of_wrong_sign(multipliers->of_row[r], &claim->program->rows.items[r])) {
            return "a multiplier of the wrong sign";
        }
    }
    for (int32_t t = 0; trial->totals != NULL && t < trial->totals->count; t++) {
        if (is_of_wrong_sign(multipliers->of_total[t], &trial->limits[t])) {
            return "a multiplier of a total of the wrong sign";
        }
    }
    return NULL;
}

/* min(0, (Σ W·cost − Σ P·coefficient − T)·high) of an auxiliary. Slacks of hard rules are 0 at levels of the
 * organisation. */
static pnr_wide auxiliary_part(const struct trial *trial, const struct pnr_multipliers *multipliers,
                               int32_t auxiliary) {
    const struct pnr_program *program = trial->claim->program;
    const struct pnr_auxiliary *at = &program->auxiliaries.items[auxiliary];
    pnr_wide reduced = 0;
    for (int32_t l = 0; l <= multipliers->level; l++) {
        reduced += (pnr_wide)multipliers->weight_of_level[l] *
                   program->cost_of_auxiliary.items[auxiliary * program->level_count + l];
    }
    for (int32_t e = 0; e < at->entry_count; e++) {
        reduced -= (pnr_wide)multipliers->of_row[at->rows[e]] * at->coefficients[e];
    }
    if (trial->totals != NULL && trial->totals->of_auxiliary[auxiliary] >= 0) {
        reduced -= multipliers->of_total[trial->totals->of_auxiliary[auxiliary]];
    }
    return reduced < 0 && at->hard_cost == 0 ? reduced * at->high : 0;
}

static pnr_wide row_part(const struct pnr_row *row, pnr_wide multiplier) {
    return multiplier == 0 ? 0 : multiplier * (multiplier > 0 ? row->low : row->high);
}

/* The rows, the totals, the auxiliaries and the constants of L, written down from the formula alone. */
static pnr_wide rows_part(const struct trial *trial, const struct pnr_multipliers *multipliers) {
    const struct proof_claim *claim = trial->claim;
    const struct pnr_program *program = claim->program;
    pnr_wide total = 0;
    for (int32_t r = 0; r < program->rows.count; r++) {
        total += row_part(&program->rows.items[r], multipliers->of_row[r]);
    }
    for (int32_t t = 0; trial->totals != NULL && t < trial->totals->count; t++) {
        total += row_part(&trial->limits[t], multipliers->of_total[t]);
    }
    for (int32_t a = 0; a < program->auxiliaries.count; a++) {
        total += auxiliary_part(trial, multipliers, a);
    }
    for (int32_t l = 0; l <= claim->level; l++) {
        pnr_wide weight = multipliers->weight_of_level[l];
        total += weight * (program->constant_of_level[l] - (l < claim->level ? claim->frozen[l] : 0));
    }
    return total;
}

static int64_t refuse(struct trial *trial, const char *fault) {
    trial->fault = fault;
    return INT64_MIN;
}

/* total / scale, rounded up: values are whole. */
static int64_t round_up(pnr_wide total, int64_t scale) {
    pnr_wide quotient = total / scale;
    return (int64_t)(quotient * scale < total ? quotient + 1 : quotient);
}

static int64_t judge(struct trial *trial, const struct pnr_multipliers *multipliers) {
    const struct proof_claim *claim = trial->claim;
    const struct pnr_program *program = claim->program;
    const char *nonsense = find_nonsense(trial, multipliers);
    if (nonsense != NULL) {
        return refuse(trial, nonsense);
    }
    for (int32_t p = 0; p < pair_count_of(claim); p++) {
        trial->price_of_pair[p] = 0;
        for (int32_t e = program->entries_of_pair[p]; e < program->entries_of_pair[p + 1]; e++) {
            trial->price_of_pair[p] -=
                (pnr_wide)multipliers->of_row[program->entries[e].row] * program->entries[e].coefficient;
        }
    }
    struct proof_question question = {multipliers,      trial->price_of_pair, trial->forced,
                                      trial->forbidden, trial->sums,          trial->sum_count};
    pnr_wide total;
    bool is_possible = claim->members(claim->context, &question, &total);
    return is_possible ? round_up(total + rows_part(trial, multipliers), multipliers->scale) : INT64_MAX;
}

/* ---- cases ---- */

bool proof_keeps_sum(const struct pnr_case *sum, const uint8_t *is_taken) {
    int64_t total = 0;
    for (int32_t i = 0; i < sum->pair_count; i++) {
        total += is_taken[sum->pairs[i]] ? sum->amounts[i] : 0;
    }
    return (total >= sum->least) == sum->is_forced;
}

/* Whether two cases decide about the same pairs, or the same sum of them. */
static bool is_same_decision(const struct pnr_case *a, const struct pnr_case *b) {
    size_t count = (size_t)a->pair_count;
    return a->pair_count == b->pair_count && a->least == b->least && a->total == b->total &&
           (a->amounts == NULL) == (b->amounts == NULL) &&
           (count == 0 || memcmp(a->pairs, b->pairs, count * sizeof *a->pairs) == 0) &&
           (a->amounts == NULL || memcmp(a->amounts, b->amounts, count * sizeof *a->amounts) == 0);
}

/* Whether the auxiliary is whole in every roster: a slack of one row, in which all else is whole. A way
 * beyond a hard rule is none at all. */
static bool is_whole_slack(const struct pnr_program *program, int32_t auxiliary) {
    const struct pnr_auxiliary *at = &program->auxiliaries.items[auxiliary];
    return at->hard_cost == 0 && !at->is_integer && at->entry_count == 1 && llabs(at->coefficients[0]) == 1;
}

/* Whether a roster has a whole number of each total. */
static bool are_whole(const struct proof_claim *claim, const struct pnr_totals *totals) {
    bool all = totals->count >= 0 && totals->count <= PNR_TOTALS;
    for (int32_t a = 0; a < claim->program->auxiliaries.count; a++) {
        int32_t total = totals->of_auxiliary[a];
        all = all && (total < 0 || is_whole_slack(claim->program, a));
    }
    return all;
}

/* Whether a case decides a total, or pairs that there are, all of them one member's. */
static bool is_decision(const struct trial *trial, const struct pnr_case *item) {
    const struct pnr_instance *instance = trial->claim->program->couplings->instance;
    if (item->total >= 0) {
        return item->total < trial->totals->count && item->pair_count == 0;
    }
    bool is_right = item->pair_count > 0 && (item->amounts != NULL || item->least == 1);
    for (int32_t i = 0; i < item->pair_count; i++) {
        int32_t pair = item->pairs[i];
        is_right = is_right && pair >= 0 && pair < pair_count_of(trial->claim) &&
                   instance->member_of_pair[pair] == instance->member_of_pair[item->pairs[0]];
    }
    return is_right;
}

/* Whether the parents come first, and each case that is split has two that decide the same both ways. */
static bool is_complete(const struct trial *trial, const struct pnr_cases *cases) {
    if (cases->count == 0 || cases->items[0].parent != -1 || !are_whole(trial->claim, &cases->totals)) {
        return false;
    }
    for (int32_t i = 0; i < cases->count; i++) {
        int32_t children = 0;
        int32_t sides = 0;
        const struct pnr_case *first = NULL;
        for (int32_t c = 1; c < cases->count; c++) {
            const struct pnr_case *child = &cases->items[c];
            if (child->parent == i) {
                children++;
                sides |= child->is_forced ? 1 : 2;
                first = first == NULL ? child : first;
                if (c <= i || !is_decision(trial, child) || !is_same_decision(first, child)) {
                    return false;
                }
            }
        }
        bool is_split = cases->items[i].end == PNR_CASE_SPLIT;
        if (is_split ? children != 2 || sides != 3 : children != 0) {
            return false;
        }
    }
    return true;
}

static void set_limits(struct trial *trial, const struct pnr_cases *cases, int32_t at) {
    for (int32_t t = 0; t < PNR_TOTALS; t++) {
        trial->limits[t] = (struct pnr_row){-PNR_ROW_FREE, PNR_ROW_FREE};
    }
    for (int32_t i = at; i > 0; i = cases->items[i].parent) {
        const struct pnr_case *item = &cases->items[i];
        struct pnr_row *limit = item->total >= 0 ? &trial->limits[item->total] : NULL;
        if (limit != NULL && item->is_forced && item->least > limit->low) {
            limit->low = item->least;
        } else if (limit != NULL && !item->is_forced && item->least - 1 < limit->high) {
            limit->high = item->least - 1;
        }
    }
}

/* A pair that must be taken speaks for the group that it is in; what is forbidden is so in a group, too. */
static void set_case(struct trial *trial, const struct pnr_cases *cases, int32_t at) {
    for (int32_t p = 0; p < pair_count_of(trial->claim); p++) {
        trial->forced[p] = trial->forbidden[p] = 0;
    }
    int32_t group = PROOF_GROUP;
    trial->sum_count = 0;
    set_limits(trial, cases, at);
    for (int32_t i = at; i > 0; i = cases->items[i].parent) {
        const struct pnr_case *item = &cases->items[i];
        if (item->amounts != NULL) {
            trial->sums[trial->sum_count++] = item;
            continue;
        }
        for (int32_t k = 0; k < item->pair_count; k++) {
            if (!item->is_forced) {
                trial->forbidden[item->pairs[k]] = 1;
            } else if (item->pair_count > 1) {
                trial->forced[item->pairs[k]] = (uint8_t)group;
            }
        }
        group += item->is_forced && item->pair_count > 1;
        cr_assert(group <= UINT8_MAX);
    }
    for (int32_t i = at; i > 0; i = cases->items[i].parent) {
        const struct pnr_case *item = &cases->items[i];
        if (item->amounts != NULL) {
            continue;
        }
        uint8_t satisfied = item->is_forced && item->pair_count == 1 ? trial->forced[item->pairs[0]] : 0;
        for (int32_t p = 0; satisfied >= PROOF_GROUP && p < pair_count_of(trial->claim); p++) {
            trial->forced[p] = trial->forced[p] == satisfied ? 0 : trial->forced[p];
        }
        if (item->is_forced && item->pair_count == 1) {
            trial->forced[item->pairs[0]] = 1;
        }
    }
}

/* No multipliers are needed where some member has no schedule. */
static int64_t judge_impossible(struct trial *trial) {
    int64_t *zeros = calloc((size_t)trial->claim->program->rows.count + 1, sizeof *zeros);
    int64_t *weights = calloc((size_t)trial->claim->program->level_count + 1, sizeof *weights);
    cr_assert(zeros != NULL && weights != NULL);
    weights[trial->claim->level] = 1;
    struct pnr_multipliers none = {
        .scale = 1, .level = trial->claim->level, .of_row = zeros, .weight_of_level = weights};
    int64_t bound = judge(trial, &none);
    free(zeros);
    free(weights);
    return bound == INT64_MAX ? bound : refuse(trial, "a case is possible");
}

static int64_t judge_decided(struct trial *trial) {
    const struct proof_claim *claim = trial->claim;
    for (int32_t p = 0; p < pair_count_of(claim); p++) {
        if (trial->forced[p] > 1 || trial->forced[p] == trial->forbidden[p]) {
            return refuse(trial, "a pair is not decided");
        }
    }
    return claim->decided(claim->context, trial->forced, claim->level);
}

static int64_t judge_case(struct trial *trial, const struct pnr_case *item) {
    switch (item->end) {
    case PNR_CASE_SPLIT:
        return INT64_MAX; /* others speak for it */
    case PNR_CASE_BOUND:
        return item->proof != NULL ? judge(trial, item->proof) : refuse(trial, "a case without multipliers");
    case PNR_CASE_IMPOSSIBLE:
        return judge_impossible(trial);
    case PNR_CASE_DECIDED:
        return judge_decided(trial);
    }
    return refuse(trial, "an unknown end");
}

static int64_t judge_cases(struct trial *trial, const struct pnr_cases *cases) {
    if (!is_complete(trial, cases)) {
        return refuse(trial, "the cases do not cover everything");
    }
    int64_t least = INT64_MAX;
    for (int32_t i = 0; i < cases->count; i++) {
        set_case(trial, cases, i);
        int64_t bound = judge_case(trial, &cases->items[i]);
        least = bound < least ? bound : least;
    }
    return least;
}

/* ---- from outside ---- */

static int64_t find_bound(const struct proof_claim *claim, const struct pnr_multipliers *multipliers,
                          const struct pnr_cases *cases, const char **fault) {
    size_t pairs = (size_t)pair_count_of(claim) + 1;
    struct trial trial = {
        .claim = claim,
        .forced = calloc(pairs, 1),
        .forbidden = calloc(pairs, 1),
        .totals = cases != NULL ? &cases->totals : NULL,
        .sums = calloc(cases != NULL ? (size_t)cases->count + 1 : 1, sizeof *trial.sums),
        .price_of_pair = calloc(pairs, sizeof *trial.price_of_pair),
    };
    cr_assert(trial.forced != NULL && trial.forbidden != NULL && trial.sums != NULL &&
              trial.price_of_pair != NULL);
    int64_t bound = cases != NULL ? judge_cases(&trial, cases) : judge(&trial, multipliers);
    free(trial.forced);
    free(trial.forbidden);
    free(trial.sums);
    free(trial.price_of_pair);
    *fault = trial.fault;
    return bound;
}

int64_t proof_bound(const struct proof_claim *claim, const struct pnr_multipliers *multipliers,
                    const char **fault) {
    return find_bound(claim, multipliers, NULL, fault);
}

int64_t proof_bound_of_cases(const struct proof_claim *claim, const struct pnr_cases *cases,
                             const char **fault) {
    return find_bound(claim, NULL, cases, fault);
}
