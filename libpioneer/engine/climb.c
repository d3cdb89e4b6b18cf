/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Climbing the dual: how far prices should travel, sweeps where members are many, and the walk itself. */
#include "engine/dual_inside.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"

/* The last step is this small against the first: with 1,092 rows a last step of a hundredth of a cost still
 * kept the bound 0.2 % below the best one of the walk. */
#define DECAY 0.0002
/* A trial takes the main walk's steps divided by this, and shrinks less, for it is short. */
#define TRIAL_SHARE 12
#define TRIAL_DECAY 0.01
/* From so many members on sweeps come first. On a campus of 3,000 members (one run each, shared cores) 60
 * sweeps and 100 steps reached 0.96 million in 10 s, 800 steps alone 1.05 million in 40 s; sweeps of 0.1
 * ended lower after 60, sweeps of 0.01 had flattened at 0.83 million after 200. */
#define MANY_MEMBERS 300
#define SWEEPS       60
#define SWEEP_LENGTH 0.05
#define SWEEP_DECAY  0.91
/* A second climb starts from where the first one ended, and need not go as far. */
#define AGAIN     0.1
#define NO_LENGTH 1e-6
/* A climb of fewer steps gets nowhere. More than the most gain nothing that shows. */
#define LEAST_STEPS 36
#define MOST_STEPS  4000

/* ---- walks ---- */

static int compare_doubles(const void *left, const void *right) {
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

static void find_ranges(struct pnr_dual *dual) {
    pnr_dual_find_room(dual);
    double *sorted = dual->slope; /* free until the first step */
    int32_t count = 0;
    for (int32_t r = 0; r < dual->row_count; r++) {
        double width = dual->most[r] - dual->least[r];
        dual->range[r] = width > 0 && width < 1e100 ? width : 0;
        if (dual->range[r] > 0) {
            sorted[count++] = dual->range[r];
        }
    }
    qsort(sorted, (size_t)count, sizeof *sorted, compare_doubles);
    double middle = count > 0 ? sorted[count / 2] : dual->unit;
    double most = middle * 4;
    dual->middle = middle;
    dual->first_middle = dual->first_middle > 0 ? dual->first_middle : middle;
    for (int32_t i = 0; i < dual->variable_count; i++) {
        double range = i < dual->row_count ? dual->range[i] : 0;
        dual->range[i] = range > 0 ? fmin(range, most) : middle;
    }
}

struct pace {
    double first, last; /* lengths of steps */
    int32_t steps;
};

static bool may_go_on(const struct pnr_dual *dual, const struct pnr_dual_run *run) {
    return run->bound < run->goal && pnr_budget_stop(dual->tools.budget) == PNR_STOP_NONE;
}

static enum pioneer_status walk(struct pnr_dual *dual, struct pnr_dual_run *run, const struct pace *pace,
                                bool *go_on) {
    memset(dual->mean, 0, (size_t)dual->variable_count * sizeof *dual->mean);
    memset(dual->square, 0, (size_t)dual->variable_count * sizeof *dual->square);
    pnr_dual_project(dual);
    double shrink = pow(pace->last / pace->first, 1.0 / pace->steps);
    double length = pace->first;
    for (int32_t time = 1; time <= pace->steps && *go_on; time++, length *= shrink) {
        bool has_way;
        enum pioneer_status status = pnr_dual_evaluate(dual, &run->bound, &has_way);
        if (status != PIONEER_OK) {
            return status;
        }
        pnr_dual_take_average(dual);
        pnr_dual_step(dual, length, time);
        *go_on = has_way && run->each(run->context, run->bound) && may_go_on(dual, run);
    }
    return PIONEER_OK;
}

/* Σ of the lengths of a walk whose last step is `decay` times its first, for a first length of 1. */
static double travel_of(double decay, int32_t steps) {
    return steps * (1 - decay) / -log(decay);
}

/* Sweeps that have spread the members leave little to do. Where a limit on sums lets a member take all or
 * nothing they end far below the bound: 301 members with one duty each on ten alike ended at a third of it.
 */
static const double travels_at_first[] = {40, 10, 2.5, 0.6, 0};
static const double travels_after_sweeps[] = {0.01, 0.1, 1, 10, 0};

/* Tries how far prices should travel, in ranges: too far drowns in noise, too short does not arrive. What
 * counts is where a trial ends: where it began, at no prices, is often the best it ever saw. Trials go on
 * through `travels`, up to a 0, as long as each ends higher than those before. `from_best`: each begins at
 * the best multipliers known, not at none. */
static enum pioneer_status find_travel(struct pnr_dual *dual, struct pnr_dual_run *run, const double *travels,
                                       bool from_best, int32_t steps, double *travel, bool *go_on) {
    enum pioneer_status status = PIONEER_OK;
    double best = -DBL_MAX;
    for (; *travels > 0 && status == PIONEER_OK && *go_on; travels++) {
        double first = *travels / travel_of(TRIAL_DECAY, steps);
        struct pace pace = {first, first * TRIAL_DECAY, steps};
        memset(dual->at, 0, (size_t)dual->variable_count * sizeof *dual->at);
        if (from_best) {
            memcpy(dual->at, dual->kept, (size_t)dual->variable_count * sizeof *dual->at);
        }
        status = walk(dual, run, &pace, go_on);
        if (dual->now <= best) {
            break;
        }
        best = dual->now;
        *travel = *travels;
    }
    return status;
}

/* ---- sweeps ---- */

/* Moves the multipliers of the rows a member may stand in by its part of their slopes, and those on its sums
 * by theirs. `part`: [row]: a member's share of what the row needs. */
static void move_member(struct pnr_dual *dual, int32_t m, double length, const double *part) {
    const struct pnr_program *program = dual->tools.program;
    double scale = (double)dual->used.scale;
    int32_t pairs_from = dual->instance->pairs_of_member[m];
    int32_t pairs_to = dual->instance->pairs_of_member[m + 1];
    for (int32_t e = program->entries_of_pair[pairs_from]; e < program->entries_of_pair[pairs_to]; e++) {
        while (e >= program->entries_of_pair[pairs_from + 1]) {
            pairs_from++;
        }
        int32_t r = program->entries[e].row;
        const struct pnr_row *row = &program->rows.items[r];
        bool is_low = dual->at[r] > 0 || row->high >= PNR_ROW_FREE;
        double wish = (double)(is_low ? row->low : row->high) * part[r];
        double slope =
            program->entries[e].coefficient * (wish - dual->last_way[pairs_from]) / dual->measure[r];
        double at = dual->at[r] + length * dual->range[r] * slope;
        dual->at[r] = fmin(fmax(at, dual->least[r]), dual->most[r]);
        dual->used.of_row[r] = pnr_multiplier_clamp(row, dual->at[r] / dual->measure[r] * scale);
    }
    int32_t before = dual->row_count + dual->level_count;
    for (int32_t t = dual->tallies_of_member[m]; t < dual->tallies_of_member[m + 1]; t++) {
        int32_t i = before + t;
        dual->at[i] += length * dual->range[i] * (double)dual->mu_slope[t] / dual->measure[i];
        dual->mu[t] = llround(dual->at[i] / dual->measure[i] * scale);
    }
}

/* One member after the other at the prices of the moment. */
static enum pioneer_status sweep(struct pnr_dual *dual, const int32_t *order, const double *part,
                                 double length) {
    struct pnr_dual_share *share = &dual->shares[0];
    pnr_dual_set_integers(dual);
    share->status = PIONEER_OK;
    share->work = 0;
    for (int32_t i = 0; i < dual->instance->member_count && share->status == PIONEER_OK; i++) {
        int32_t m = order[i];
        if (!dual->tools.is_feasible[m]) {
            continue;
        }
        for (int32_t p = dual->instance->pairs_of_member[m]; p < dual->instance->pairs_of_member[m + 1];
             p++) {
            dual->price_of_pair[p] = pnr_multipliers_price_pair(dual->tools.program, &dual->used, p);
            dual->last_way[p] = 0;
        }
        pnr_dual_relax_member(dual, 0, m);
        move_member(dual, m, length, part);
    }
    pnr_budget_spend(dual->tools.budget, share->work);
    return share->status;
}

static void find_parts(const struct pnr_dual *dual, double *part) {
    const struct pnr_program *program = dual->tools.program;
    for (int32_t e = 0; e < program->entries_of_pair[dual->instance->pair_count]; e++) {
        part[program->entries[e].row] += program->entries[e].coefficient;
    }
    for (int32_t r = 0; r < dual->row_count; r++) {
        part[r] = part[r] > 0 ? 1 / part[r] : 0;
    }
}

/* Where many members are nearly alike they all rush to the same duty as long as prices follow a whole pass;
 * when prices follow every member they spread at once. */
static enum pioneer_status sweep_all(struct pnr_dual *dual, struct pnr_dual_run *run, bool *go_on) {
    int32_t members = dual->instance->member_count;
    int32_t *order = calloc((size_t)members + 1, sizeof *order);
    double *part = calloc((size_t)dual->row_count + 1, sizeof *part);
    enum pioneer_status status = order != NULL && part != NULL ? PIONEER_OK : PIONEER_E_NO_MEMORY;
    struct pnr_rng rng;
    pnr_rng_seed(&rng, 1);
    for (int32_t m = 0; status == PIONEER_OK && m < members; m++) {
        order[m] = m;
    }
    if (status == PIONEER_OK) {
        find_parts(dual, part);
        pnr_dual_project(dual);
    }
    double length = SWEEP_LENGTH;
    for (int i = 0; i < SWEEPS && status == PIONEER_OK && *go_on; i++, length *= SWEEP_DECAY) {
        pnr_rng_shuffle(&rng, order, members);
        status = sweep(dual, order, part, length);
        if (status == PIONEER_OK && (i % 4 == 3 || i + 1 == SWEEPS)) {
            bool has_way;
            status = pnr_dual_evaluate(dual, &run->bound, &has_way);
            pnr_dual_take_average(dual);
            *go_on = has_way && run->each(run->context, run->bound) && may_go_on(dual, run);
        }
    }
    free(order);
    free(part);
    return status;
}

/* What one step costs: by taking one that hardly moves. */
static enum pioneer_status find_work(struct pnr_dual *dual, struct pnr_dual_run *run, int64_t *a_step,
                                     bool *go_on) {
    int64_t start = dual->tools.budget->work_used;
    struct pace pace = {NO_LENGTH, NO_LENGTH, 1};
    enum pioneer_status status = walk(dual, run, &pace, go_on);
    *a_step = dual->tools.budget->work_used - start + 1;
    return status;
}

enum pioneer_status pnr_dual_climb(struct pnr_dual *dual, struct pnr_dual_run *run) {
    bool again = dual->travel > 0;
    run->bound = again && dual->proved > run->bound ? dual->proved : run->bound;
    bool go_on = may_go_on(dual, run);
    if (!go_on) {
        return PIONEER_OK;
    }
    int64_t start = dual->tools.budget->work_used;
    find_ranges(dual);
    int64_t a_step;
    enum pioneer_status status = find_work(dual, run, &a_step, &go_on);
    int64_t most = run->work / a_step < MOST_STEPS ? run->work / a_step : MOST_STEPS;
    if (status != PIONEER_OK || !go_on || most < LEAST_STEPS) {
        return status;
    }
    double travel = dual->travel * AGAIN;
    bool sweeps = !again && dual->instance->member_count >= MANY_MEMBERS;
    if (sweeps) {
        status = sweep_all(dual, run, &go_on);
    }
    if (status == PIONEER_OK && !again) {
        status = find_travel(dual, run, sweeps ? travels_after_sweeps : travels_at_first, sweeps,
                             (int32_t)most / TRIAL_SHARE, &travel, &go_on);
    }
    int64_t left = (run->work - (dual->tools.budget->work_used - start)) / a_step;
    int32_t steps = (int32_t)(left < most ? left : most);
    if (status == PIONEER_OK && go_on && steps > 0) {
        double first = travel / travel_of(DECAY, steps);
        struct pace pace = {first, first * DECAY, steps};
        dual->travel = again ? dual->travel : travel;
        memcpy(dual->at, dual->kept, (size_t)dual->variable_count * sizeof *dual->at);
        status = walk(dual, run, &pace, &go_on);
    }
    return status;
}

static bool go_on_always(void *context, int64_t bound) {
    (void)context;
    (void)bound;
    return true;
}

enum pioneer_status pnr_dual_walk(struct pnr_dual *dual, double first, double last, int32_t steps) {
    struct pnr_dual_run run = {.goal = INT64_MAX, .each = go_on_always, .bound = INT64_MIN};
    struct pace pace = {first, last, steps};
    bool go_on = true;
    return walk(dual, &run, &pace, &go_on);
}
