/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the master's fractions to whole rosters: diving with pricing, and the restricted master as an integer
 * program. */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/master_inside.h"
#include "engine/stretch.h"

/* A schedule that the LP takes to this share is fixed at once. */
#define SURE 0.95
/* At least this share of the free members is fixed a step, the most decided first; the same of wide masters,
 * whose steps take seconds: until one in so many is free, and then. */
#define STEP_PERCENT       4
#define WIDE_FIRST_PERCENT 12
#define WIDE_LAST_IN       10
#define WIDE_LAST_PERCENT  8
/* A walk that leans makes members sure of what they only lean to. While many are free the others make up for
 * it; from one in so many on, no more are fixed than a step takes: LPs of 635,000 became 705,000 to 800,000
 * before, 640,000 since. */
#define NEAR_TIGHT_IN 3
/* Choices that are not decided: so many percent of them the first step, more after harmless steps. */
#define CHOICE_PERCENT 20
#define CHOICE_RISE    2
/* And hardly more than this share, however sure: what the first ones imply for choices must reach the others.
 */
#define MOST_PERCENT 20
/* Rounds of pricing after each step, by how many members are still free: late steps that are not converged
 * lose the most, and cost the least. */
#define EARLY_ROUNDS 8
#define LATE_ROUNDS  60
#define LATE_MEMBERS 12
/* A dive whose work is used up hurries home. */
#define HURRIED_PERCENT 10
/* The same where every round costs a walk. */
#define NEAR_HURRIED_PERCENT 20
#define HURRIED_ROUNDS       3
/* But it takes care with the last one of so many members: what is left to them is tight, their steps cheap.
 */
#define CAREFUL_SHARE 10
/* A step that makes the LP dearer by this share is taken back, so many times a dive. Where the LP is large
 * and solved nearly, steps are many and each is a smaller part of it. */
#define ASTRAY             0.01
#define MOST_RETREATS      12
#define NEAR_ASTRAY        0.003
#define MOST_NEAR_RETREATS 60
/* Rounds of pricing before a few members are renewed to mend what is missing: what the LP gives way at keeps
 * its duals from settling, and is not to be proven. */
#define MENDING_ROUNDS 12
/* Renewals of wide masters begin with few columns, and rounds in which the LP's value stays are many there:
 * after so many in a row others are tried. */
#define WIDE_IDLE_ROUNDS 6
/* A dive holds back so many percent of what frozen levels are above their bounds: the LP would spend it all,
 * and whole schedules need some. */
#define HELD_BACK 50
/* A dive ends when so many steps in a row found no room for anybody: the next one would find none either. */
#define STEPS_IN_VAIN 2
/* A step that makes it dearer by no more than this share needs no new columns. */
#define HARMLESS 2e-5

void pnr_master_take_column(const struct pnr_master *master, struct pnr_solution *out, int32_t column) {
    const struct pnr_column *at = &master->columns.items[column];
    const struct pnr_stretch *stretch = pnr_master_stretch(master, at->member);
    const int32_t *pairs = master->pair_pool.items + at->first_pair;
    const int64_t *cost = pnr_master_cost(master, column);
    if (stretch != NULL) {
        pnr_stretch_give(stretch, out, at->member, pairs, at->pair_count, cost);
    } else {
        pnr_solution_set_member(out, at->member, pairs, at->pair_count, cost);
    }
}

/* ---- diving
 * ------------------------------------------------------------------------------------------------------ */

struct candidate {
    int32_t member, column;
    double value;
    bool is_put_off, is_companion;
};

struct dive {
    struct pnr_master *master;
    struct candidate *candidates; /* of the step at hand: one a free member */
    int32_t count;
    int64_t work;        /* what the dive may cost */
    int32_t fixed_count; /* candidates that the step fixed: the first */
    int32_t percent;     /* of the free members whom a step fixes at least */
    int32_t retreats;    /* steps taken back so far */
    uint8_t
        *is_companion; /* [member]: should serve together with somebody; goes first, while duties have room */
    uint8_t *is_put_off; /* [member]: its step was taken back; others go first */
    int32_t *heads;      /* [duty]: of pins and fixed members */
    uint8_t *was_made;   /* [auxiliary]: the choices made before the step */
};

static int compare_candidates(const void *left, const void *right) {
    const struct candidate *a = left;
    const struct candidate *b = right;
    if (a->is_put_off != b->is_put_off) {
        return b->is_put_off ? -1 : 1;
    }
    if (a->is_companion != b->is_companion) {
        return a->is_companion ? -1 : 1;
    }
    if (a->value != b->value) {
        return a->value > b->value ? -1 : 1;
    }
    return (a->member > b->member) - (a->member < b->member);
}

/* The column with the largest value of every free member, most decided first. */
static void rank_members(struct dive *dive) {
    struct pnr_master *master = dive->master;
    dive->count = 0;
    for (int32_t m = 0; m < master->instance->member_count; m++) {
        if (!pnr_master_is_free(master, m)) {
            continue;
        }
        struct candidate best = {m, -1, -1, dive->is_put_off[m] != 0, dive->is_companion[m] != 0};
        for (int32_t c = master->answers[m].newest_column - 1; c >= 0; c = master->columns.items[c].older) {
            double value = pnr_master_value(master, c);
            if (value > best.value + 1e-9) {
                best.column = c;
                best.value = value;
            }
        }
        dive->candidates[dive->count++] = best;
    }
    qsort(dive->candidates, (size_t)dive->count, sizeof *dive->candidates, compare_candidates);
}

/* Holds the member at one column; the others are closed. */
static enum pnr_lp_result fix(struct dive *dive, const struct candidate *candidate) {
    struct pnr_master *master = dive->master;
    enum pnr_lp_result result = PNR_LP_OPTIMAL;
    for (int32_t c = master->answers[candidate->member].newest_column - 1; c >= 0 && result == PNR_LP_OPTIMAL;
         c = master->columns.items[c].older) {
        if (c != candidate->column && !master->is_closed.items[c]) {
            result = pnr_master_close_column(master, c, true);
        }
    }
    master->fixed_column[candidate->member] = candidate->column;
    return result;
}

/* Counts the heads of the column on its duties, if all of them have room. */
static bool takes_room(struct dive *dive, int32_t column) {
    const struct pnr_master *master = dive->master;
    const struct pnr_column *at = &master->columns.items[column];
    const int32_t *pairs = master->pair_pool.items + at->first_pair;
    for (int32_t i = 0; i < at->pair_count; i++) {
        int32_t duty = master->instance->duty_of_pair[pairs[i]];
        if (dive->heads[duty] >= pnr_instance_duty(master->instance, duty)->max) {
            return false;
        }
    }
    for (int32_t i = 0; i < at->pair_count; i++) {
        dive->heads[master->instance->duty_of_pair[pairs[i]]]++;
    }
    return true;
}

static int32_t step_percent(const struct pnr_master *master) {
    bool are_few = pnr_master_count_free(master) <= master->instance->member_count / WIDE_LAST_IN;
    int32_t wide = are_few ? WIDE_LAST_PERCENT : WIDE_FIRST_PERCENT;
    return pnr_master_is_wide(master) ? wide : STEP_PERCENT;
}

static bool trusts_sure(const struct dive *dive) {
    return !pnr_master_is_near(dive->master) ||
           dive->count > dive->master->instance->member_count / NEAR_TIGHT_IN;
}

/* Fixes the first candidates, as far as duties have room for all of them. */
static enum pnr_lp_result fix_step(struct dive *dive, bool hurried) {
    int32_t in_haste = pnr_master_is_near(dive->master) ? NEAR_HURRIED_PERCENT : HURRIED_PERCENT;
    int32_t percent = hurried && dive->percent < in_haste ? in_haste : dive->percent;
    int32_t least = 1 + dive->count * percent / 100;
    enum pnr_lp_result result = PNR_LP_OPTIMAL;
    int32_t most = least + (trusts_sure(dive) ? dive->count * MOST_PERCENT / 100 : 0);
    dive->fixed_count = 0;
    pnr_master_count_heads(dive->master, dive->heads);
    for (int32_t i = 0; i < dive->count && dive->fixed_count < most && result == PNR_LP_OPTIMAL; i++) {
        struct candidate candidate = dive->candidates[i];
        if (dive->fixed_count >= least && candidate.value < SURE) {
            break;
        }
        if (takes_room(dive, candidate.column)) {
            result = fix(dive, &candidate);
            dive->candidates[i] = dive->candidates[dive->fixed_count];
            dive->candidates[dive->fixed_count++] = candidate;
            if (candidate.is_companion && candidate.value < SURE) {
                break; /* whom it should serve with must know */
            }
        }
    }
    return result;
}

/* After a step: choices that it made for sure, and those that are as good as made. */
static enum pioneer_status settle_choices(struct pnr_master *master) {
    enum pioneer_status status = pnr_master_make_choices(master, true);
    int32_t left;
    if (status == PIONEER_OK) {
        status = pnr_master_make_likely_choices(master, CHOICE_PERCENT, &left);
    }
    return status == PIONEER_OK ? pnr_master_bar(master) : status;
}

/* Takes the step back: its members choose again after the others. */
static enum pioneer_status retreat(struct dive *dive) {
    enum pioneer_status status = PIONEER_OK;
    for (int32_t i = 0; i < dive->fixed_count && status == PIONEER_OK; i++) {
        status = pnr_master_release(dive->master, dive->candidates[i].member);
        dive->is_put_off[dive->candidates[i].member] = dive->candidates[i].value < SURE;
    }
    dive->retreats++;
    if (status == PIONEER_OK) {
        status = pnr_master_hold_choices(dive->master, dive->was_made);
    }
    return status == PIONEER_OK ? pnr_master_bar(dive->master) : status;
}

/* What the LP may cost after a step that was harmless. */
static double as_good_as(double before) {
    return before + HARMLESS * (1 + fabs(before));
}

/* Prices again until the LP is solved, or nearly, or the rounds are used up. */
static enum pioneer_status settle(struct pnr_master *master, int32_t rounds, int64_t work,
                                  const struct pnr_patience *patience, bool *usable) {
    struct pnr_convergence run = {
        .goal = INT64_MAX,
        .patience = patience,
        .work = work,
        .most_rounds = rounds,
        .bound = INT64_MIN,
    };
    /* of a problem with fewer members fixed, smoothing keeps the multipliers only */
    master->best_bound = -DBL_MAX;
    enum pioneer_status status = pnr_master_run(master, &run);
    /* columns that came last are not in the values yet */
    master->wants_whole = true;
    status = status == PIONEER_OK ? pnr_master_solve_lp(master, usable) : status;
    master->wants_whole = false;
    return status;
}

static size_t elastic_size(const struct pnr_master *master) {
    return ((size_t)master->level_count + 1) * sizeof *master->elastic_cost;
}

static enum pioneer_status reopen(struct pnr_master *master) {
    bool was_strict = master->is_strict;
    pnr_master_start_over(master);
    master->is_diving = false;
    master->is_strict = false;
    memset(master->is_barred, 0, (size_t)master->instance->pair_count);
    size_t members = (size_t)master->instance->member_count;
    memset(master->fixed_column, -1, members * sizeof *master->fixed_column);
    memset(master->roster_column, -1, members * sizeof *master->roster_column);
    enum pioneer_status status = pnr_master_widen(master);
    if (status == PIONEER_OK) {
        status = pnr_master_open_columns(master);
    }
    if (status == PIONEER_OK && was_strict) {
        memcpy(master->elastic_cost, master->elastic_before, elastic_size(master));
        status = pnr_master_show_elastic(master);
    }
    return status;
}

/* Whether a step led astray: the LP has no solution any more, or a much dearer one. */
static bool went_astray(const struct dive *dive, double before, bool usable) {
    double after = usable ? pnr_master_objective(dive->master) : DBL_MAX;
    double share = pnr_master_is_near(dive->master) ? NEAR_ASTRAY : ASTRAY;
    return after > before + share * (1 + fabs(before));
}

/* Whether the latest step may be taken back: it fixed somebody of doubt, for the first time. */
static bool can_retreat(const struct dive *dive) {
    const struct candidate *last = &dive->candidates[dive->fixed_count > 0 ? dive->fixed_count - 1 : 0];
    int32_t most = pnr_master_is_near(dive->master) ? MOST_NEAR_RETREATS : MOST_RETREATS;
    return dive->retreats < most && dive->fixed_count > 0 && last->value < SURE && !last->is_put_off;
}

/* Care may cost as much as the whole dive was to cost; what is missed then is left to mending. */
static bool is_hurried(const struct dive *dive, int64_t left) {
    bool is_careful = dive->count <= dive->master->instance->member_count / CAREFUL_SHARE;
    return left <= 0 && !(is_careful && left > -dive->work);
}

/* Prices again after a step, and longer when it seems to have led astray; hurried, mending will do. A step
 * that was harmless is priced nevertheless where that is cheap: the late ones live on the columns of the
 * early ones. */
static enum pioneer_status settle_step(struct dive *dive, double before, int64_t left, bool *usable) {
    struct pnr_master *master = dive->master;
    const struct pnr_patience patience = {-DBL_MAX, as_good_as(before)};
    if (is_hurried(dive, left)) {
        return settle(master, HURRIED_ROUNDS, INT64_MAX / 4, &patience, usable);
    }
    int32_t rounds = dive->count <= LATE_MEMBERS ? LATE_ROUNDS : EARLY_ROUNDS;
    left = left > 0 ? left : INT64_MAX / 4;
    int64_t end = master->tools.budget->work_used + left;
    enum pioneer_status status = settle(master, rounds, left, &patience, usable);
    if (status == PIONEER_OK && *usable && went_astray(dive, before, *usable) &&
        !pnr_master_is_near(master)) {
        status = settle(master, LATE_ROUNDS, end - master->tools.budget->work_used, &patience, usable);
    }
    return status;
}

/* One step: fixes, prices again, and goes back if that led astray. *usable false: a dead end. */
static enum pioneer_status take_step(struct dive *dive, int64_t left, bool *usable) {
    struct pnr_master *master = dive->master;
    double before = pnr_master_objective(master);
    memcpy(dive->was_made, master->is_made, (size_t)master->program->auxiliaries.count);
    bool hurried = is_hurried(dive, left);
    if (fix_step(dive, hurried) != PNR_LP_OPTIMAL) {
        return PIONEER_E_SOLVER;
    }
    enum pioneer_status status = pnr_master_rest_far(master);
    if (status == PIONEER_OK) {
        status = settle_choices(master);
    }
    if (status != PIONEER_OK || dive->count == 1) {
        return status;
    }
    status = settle_step(dive, before, left, usable);
    bool harmless = *usable && pnr_master_objective(master) <= as_good_as(before);
    int32_t wider = 2 * dive->percent < MOST_PERCENT ? 2 * dive->percent : MOST_PERCENT;
    dive->percent = harmless && !pnr_master_is_near(master) ? wider : step_percent(master);
    if (status == PIONEER_OK && went_astray(dive, before, *usable) && can_retreat(dive) &&
        (!hurried || !*usable)) {
        status = retreat(dive);
        status = status == PIONEER_OK ? settle(master, EARLY_ROUNDS, INT64_MAX / 4, NULL, usable) : status;
    }
    return status;
}

/* Choices go first: members cannot mend them once they are fixed. */
static enum pioneer_status choose(struct pnr_master *master, int64_t end, bool *usable) {
    enum pioneer_status status = pnr_master_solve_lp(master, usable);
    if (status == PIONEER_OK && *usable && pnr_master_gives_way(master)) { /* for what is held back */
        status = settle(master, EARLY_ROUNDS, end - master->tools.budget->work_used, NULL, usable);
    }
    int32_t left = 1;
    int32_t percent = CHOICE_PERCENT;
    while (status == PIONEER_OK && *usable && left > 0 &&
           pnr_budget_stop(master->tools.budget) < PNR_STOP_TIME) {
        double enough = as_good_as(pnr_master_objective(master));
        const struct pnr_patience patience = {enough, enough};
        status = pnr_master_make_likely_choices(master, percent, &left);
        status = status == PIONEER_OK ? pnr_master_bar(master) : status;
        int64_t work = end - master->tools.budget->work_used;
        if (status == PIONEER_OK && left >= 0) {
            status = settle(master, work > 0 ? EARLY_ROUNDS : HURRIED_ROUNDS, work > 0 ? work : INT64_MAX / 4,
                            &patience, usable);
        }
        if (*usable && pnr_master_objective(master) <= enough) {
            percent *= CHOICE_RISE;
        }
    }
    return status;
}

static enum pioneer_status descend(struct dive *dive, struct pnr_dive_run *run) {
    struct pnr_master *master = dive->master;
    int64_t end = master->tools.budget->work_used + run->work;
    bool usable = true;
    int32_t in_vain = 0;
    enum pioneer_status status = choose(master, end, &usable);
    while (status == PIONEER_OK && usable && !run->was_cut) {
        rank_members(dive);
        /* members left over are completed at marginal costs */
        if (dive->count == 0 || in_vain == STEPS_IN_VAIN ||
            pnr_budget_stop(master->tools.budget) >= PNR_STOP_TIME) {
            break;
        }
        status = take_step(dive, end - master->tools.budget->work_used, &usable);
        in_vain = dive->fixed_count > 0 ? 0 : in_vain + 1;
        run->was_cut = usable && dive->count > 1 && pnr_master_objective(master) > run->most;
    }
    return status;
}

static enum pioneer_status collect(struct dive *dive, struct pnr_search *search, struct pnr_solution *out) {
    struct pnr_master *master = dive->master;
    uint8_t *is_idle = calloc((size_t)master->instance->member_count + 1, 1);
    if (is_idle == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    for (int32_t m = 0; m < master->instance->member_count; m++) {
        if (master->fixed_column[m] >= 0) {
            pnr_master_take_column(master, out, master->fixed_column[m]);
        } else {
            is_idle[m] = 1;
        }
    }
    /* of a stretch they keep what they had */
    enum pioneer_status status = master->tools.stretches != NULL
                                     ? PIONEER_OK
                                     : pnr_search_complete(search, out, master->level, is_idle);
    free(is_idle);
    return status;
}

/* Lets the dive pay more than column generation where it would give way. */
static enum pioneer_status be_strict(struct pnr_master *master) {
    memcpy(master->elastic_before, master->elastic_cost, elastic_size(master));
    master->is_strict = true;
    for (int32_t l = 0; l <= master->level_count; l++) {
        master->elastic_cost[l] = fmax(4 * master->elastic_cost[l], PNR_MASTER_ELASTIC_DIVE);
    }
    return pnr_master_show_elastic(master);
}

static void find_companions(struct dive *dive) {
    const struct pnr_couplings *couplings = dive->master->program->couplings;
    for (int32_t p = 0; p < dive->master->instance->pair_count; p++) {
        int32_t recipe = couplings->recipe_of_pair[p];
        for (int32_t e = couplings->entries_of_recipe[recipe]; e < couplings->entries_of_recipe[recipe + 1];
             e++) {
            if (couplings->items.items[couplings->entries[e].coupling].shape == PNR_SHAPE_TOGETHER) {
                dive->is_companion[dive->master->instance->member_of_pair[p]] = 1;
            }
        }
    }
}

/* A dive from the LP as it stands; whoever is fixed already stays so. */
static enum pioneer_status dive_from(struct pnr_master *master, struct pnr_search *search,
                                     struct pnr_dive_run *run) {
    struct dive dive = {
        .master = master,
        .percent = step_percent(master),
        .work = run->work,
        .candidates = calloc((size_t)master->instance->member_count + 1, sizeof *dive.candidates),
        .is_put_off = calloc((size_t)master->instance->member_count + 1, 1),
        .is_companion = calloc((size_t)master->instance->member_count + 1, 1),
        .heads = calloc((size_t)master->instance->duty_count + 1, sizeof *dive.heads),
        .was_made = calloc((size_t)master->program->auxiliaries.count + 1, 1),
    };
    bool allocated = dive.candidates != NULL && dive.is_put_off != NULL && dive.is_companion != NULL &&
                     dive.heads != NULL && dive.was_made != NULL;
    enum pioneer_status status = allocated ? PIONEER_OK : PIONEER_E_NO_MEMORY;
    master->is_diving = master->level >= 0 && master->forbidden == NULL;
    master->has_new_choices = false;
    if (status == PIONEER_OK) {
        find_companions(&dive);
        status = be_strict(master);
    }
    if (status == PIONEER_OK) {
        status = descend(&dive, run);
    }
    if (status == PIONEER_OK && !run->was_cut) {
        status = collect(&dive, search, run->out);
    }
    free(dive.candidates);
    free(dive.is_put_off);
    free(dive.is_companion);
    free(dive.heads);
    free(dive.was_made);
    enum pioneer_status reopened = reopen(master);
    return reopened == PIONEER_E_NO_MEMORY ? reopened : status;
}

enum pioneer_status pnr_master_dive(struct pnr_master *master, struct pnr_search *search,
                                    struct pnr_dive_run *run) {
    struct pnr_master_basis before = {.is_kept = false};
    enum pioneer_status kept = pnr_master_keep_basis(master, &before);
    enum pioneer_status status = kept != PIONEER_E_NO_MEMORY ? pnr_master_hold_back(master, HELD_BACK) : kept;
    if (status == PIONEER_OK && pnr_master_is_near(master)) {
        status = pnr_master_note_awake(master);
    }
    if (status == PIONEER_OK) {
        status = dive_from(master, search, run);
    }
    enum pioneer_status woken = pnr_master_wake_noted(master);
    status = status == PIONEER_OK ? woken : status;
    enum pioneer_status given = pnr_master_hold_back(master, 0);
    status = status == PIONEER_OK ? given : status;
    enum pioneer_status loaded = pnr_master_load_basis(master, &before);
    pnr_master_basis_fini(&before);
    return status == PIONEER_OK ? loaded : status;
}

/* ---- a few members ---- */

/* Whether the LP is to know the schedule that a free member has: narrower masters find it in their pools. */
static bool begins_with(const struct pnr_master *master, const struct pnr_solution *roster, int32_t member,
                        int32_t pair_count) {
    return pnr_master_is_wide(master) && (pair_count > 0 || roster->must_serve[member] == 0);
}

/* Holds everybody else at the roster's schedule; in a wide master those who are free begin with theirs. */
static enum pioneer_status hold(struct pnr_master *master, const struct pnr_solution *roster,
                                const uint8_t *free_members) {
    int32_t *pairs = malloc(((size_t)master->instance->pair_count + 1) * sizeof *pairs);
    enum pioneer_status status = pairs != NULL ? PIONEER_OK : PIONEER_E_NO_MEMORY;
    for (int32_t m = 0; m < master->instance->member_count && status == PIONEER_OK; m++) {
        int32_t count = pnr_solution_pairs_of(roster, m, pairs);
        if (!master->tools.is_feasible[m] || (free_members[m] && !begins_with(master, roster, m, count))) {
            continue;
        }
        const int64_t *cost = roster->cost_of_member + (size_t)m * (size_t)master->level_count;
        bool added;
        status = pnr_master_add_column(master, m, pairs, count, cost, &added);
        master->roster_column[m] = pnr_master_find_column(master, m, pairs, count);
        master->fixed_column[m] = free_members[m] ? -1 : master->roster_column[m];
    }
    free(pairs);
    return status == PIONEER_OK ? pnr_master_open_columns(master) : status;
}

static enum pioneer_status renew(struct pnr_master *master, struct pnr_search *search,
                                 const struct pnr_solution *roster, int64_t work, struct pnr_solution *out,
                                 bool *found) {
    /* A roster that misses what is frozen may cost anything at the level, and aims to keep a margin. */
    bool misses = pnr_value_compare(roster->value + 1, master->frozen, master->level) > 0;
    struct pnr_convergence run = {
        .goal = misses || roster->value[0] > 0 ? INT64_MAX : roster->value[master->level + 1],
        .work = work,
        .most_rounds = misses ? MENDING_ROUNDS : 0,
        .most_idle = pnr_master_is_wide(master) ? WIDE_IDLE_ROUNDS : 0,
        .bound = INT64_MIN,
    };
    pnr_master_start_over(master);
    enum pioneer_status status = misses ? pnr_master_hold_back(master, HELD_BACK) : PIONEER_OK;
    if (status == PIONEER_OK) {
        status = pnr_master_run(master, &run);
    }
    if (status == PIONEER_OK && (run.is_converged || misses) && run.bound < run.goal) {
        struct pnr_dive_run dive = {.work = work, .most = DBL_MAX, .out = out};
        *found = true;
        return dive_from(master, search, &dive);
    }
    enum pioneer_status reopened = reopen(master);
    return status == PIONEER_OK ? reopened : status;
}

enum pioneer_status pnr_master_renew(struct pnr_master *master, struct pnr_search *search,
                                     const struct pnr_solution *roster, const uint8_t *free_members,
                                     int64_t work, struct pnr_solution *out, bool *found) {
    *found = false;
    enum pioneer_status status = hold(master, roster, free_members);
    if (status == PIONEER_OK) {
        status = renew(master, search, roster, work, out, found);
        enum pioneer_status given = pnr_master_hold_back(master, 0);
        return status == PIONEER_OK ? given : status;
    }
    enum pioneer_status reopened = reopen(master);
    return reopened == PIONEER_E_NO_MEMORY ? reopened : status;
}

/* ---- the integer program
 * ----------------------------------------------------------------------------------------- */

static void flag_integers(const struct pnr_master *master, uint8_t *is_integer) {
    for (int32_t a = 0; a < master->program->auxiliaries.count; a++) {
        is_integer[a] = master->program->auxiliaries.items[a].is_integer;
    }
    for (int32_t i = 0; i < master->column_at.count; i++) {
        is_integer[pnr_master_lp_column(master, master->column_at.items[i])] = 1;
    }
}

enum pioneer_status pnr_master_integer(struct pnr_master *master, int32_t node_limit,
                                       struct pnr_solution *out, bool *found) {
    *found = false;
    size_t columns = (size_t)pnr_lp_column_count(master->lp);
    uint8_t *is_integer = calloc(columns + 1, 1);
    double *values = calloc(columns + 1, sizeof *values);
    enum pnr_lp_result result = PNR_LP_NO_MEMORY;
    if (is_integer != NULL && values != NULL) {
        flag_integers(master, is_integer);
        result = pnr_lp_integer(master->lp, is_integer, node_limit, values);
        pnr_budget_spend(master->tools.budget, (int64_t)node_limit * pnr_lp_row_count(master->lp));
    }
    if (result == PNR_LP_OPTIMAL || result == PNR_LP_LIMIT) {
        *found = true;
        for (int32_t i = 0; i < master->column_at.count; i++) {
            int32_t column = master->column_at.items[i];
            if (values[pnr_master_lp_column(master, column)] > 0.5) {
                pnr_master_take_column(master, out, column);
            }
        }
    }
    free(is_integer);
    free(values);
    return result == PNR_LP_NO_MEMORY ? PIONEER_E_NO_MEMORY : PIONEER_OK;
}
