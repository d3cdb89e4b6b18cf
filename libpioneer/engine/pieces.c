/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A part that falls apart, solved piece by piece. */
#include "engine/pieces.h"

#include <stdlib.h>
#include <string.h>

#include "base/threads.h"
#include "engine/part_inside.h"
#include "model/pieces.h"

/* Smaller pieces are no quicker to solve by themselves than together. */
#define LEAST_PIECE 250
/* Pieces draw from chance of their own. */
#define SEED_STEP UINT64_C(0x9e3779b97f4a7c15)

struct whole;

/* One piece on its way. */
struct run {
    struct whole *whole;
    struct pnr_piece piece;
    struct pnr_part_options options;
    struct pnr_budget budget;
    struct pnr_part_result result;
    struct pnr_part_solver solver;
    enum pioneer_status status;
    int32_t next_in_lane; /* the piece that its thread solves after it, -1: none */
    /* what it told last; behind the lock */
    bool has_roster;
    int64_t value, bound, work;
};

struct whole {
    const struct pnr_instance *instance;
    const struct pnr_prefix *prefix;
    const struct pnr_part_options *options;
    struct pnr_arena arena;
    struct pnr_pieces pieces;
    struct run *runs; /* [piece] */
    pthread_mutex_t lock;
    int64_t work_before; /* of the part */
    int32_t *first_of_lane;
    int32_t lane_count;
};

/* ---- what is told ---- */

/* Tells what all pieces are worth together, once each has a roster. */
static bool tell(void *context, int32_t level, int64_t value, int64_t bound) {
    struct run *run = context;
    struct whole *whole = run->whole;
    bool goes_on = true;
    pthread_mutex_lock(&whole->lock);
    run->has_roster = true;
    run->value = value;
    run->bound = bound;
    run->work = run->budget.work_used;
    int64_t all_value = 0, all_bound = 0, work = whole->work_before;
    bool are_complete = true;
    for (int32_t i = 0; i < whole->pieces.count; i++) {
        are_complete = are_complete && whole->runs[i].has_roster;
        all_value += whole->runs[i].value;
        all_bound += whole->runs[i].bound;
        work += whole->runs[i].work;
    }
    whole->options->budget->work_used = work;
    if (are_complete && whole->options->progress != NULL) {
        goes_on = whole->options->progress(whole->options->context, level, all_value, all_bound);
    }
    pthread_mutex_unlock(&whole->lock);
    return goes_on;
}

/* ---- shares ---- */

static int64_t share_of(int64_t amount, int64_t part, int64_t of) {
    return of > 0 ? (int64_t)((double)amount * ((double)part / (double)of)) : amount;
}

static void share_work(struct whole *whole, struct run *run) {
    const struct pnr_budget *budget = whole->options->budget;
    run->budget = (struct pnr_budget){.deadline_ms = budget->deadline_ms, .cancel = budget->cancel};
    if (budget->work_limit > 0) {
        int64_t left = budget->work_limit - budget->work_used;
        int64_t share = share_of(left, run->piece.instance->pair_count, whole->instance->pair_count);
        run->budget.work_limit = share > 0 ? share : 1;
    }
}

static int64_t pairs_of_lane(const struct whole *whole, int32_t first) {
    int64_t pairs = 0;
    for (int32_t i = first; i >= 0; i = whole->runs[i].next_in_lane) {
        pairs += whole->runs[i].piece.instance->pair_count;
    }
    return pairs;
}

/* Each piece goes to the lane that has the least to do so far, in their order: which thread solves it decides
 * about time alone. */
static bool form_lanes(struct whole *whole) {
    int32_t threads = whole->options->thread_count;
    whole->lane_count = threads < whole->pieces.count ? threads : whole->pieces.count;
    whole->lane_count = whole->lane_count > 0 ? whole->lane_count : 1;
    whole->first_of_lane =
        pnr_arena_alloc(&whole->arena, (size_t)whole->lane_count, sizeof *whole->first_of_lane);
    if (whole->first_of_lane == NULL) {
        return false;
    }
    memset(whole->first_of_lane, -1, (size_t)whole->lane_count * sizeof *whole->first_of_lane);
    for (int32_t i = 0; i < whole->pieces.count; i++) {
        int32_t lane = 0;
        for (int32_t l = 1; l < whole->lane_count; l++) {
            bool has_less = pairs_of_lane(whole, whole->first_of_lane[l]) <
                            pairs_of_lane(whole, whole->first_of_lane[lane]);
            lane = has_less ? l : lane;
        }
        whole->runs[i].next_in_lane = whole->first_of_lane[lane];
        whole->first_of_lane[lane] = i;
    }
    return true;
}

/* ---- solving ---- */

static enum pioneer_status open_run(struct whole *whole, int32_t index) {
    struct run *run = &whole->runs[index];
    run->whole = whole;
    enum pioneer_status status = pnr_piece_cut(whole->instance, &whole->pieces, index, &run->piece);
    if (status == PIONEER_OK) {
        status = pnr_part_result_init(run->piece.instance, &run->result);
    }
    if (status != PIONEER_OK) {
        return status;
    }
    share_work(whole, run);
    run->options = *whole->options;
    run->options.seed = whole->options->seed + SEED_STEP * (uint64_t)index;
    run->options.thread_count = 1;
    run->options.budget = &run->budget;
    run->options.progress = tell;
    run->options.context = run;
    run->solver = (struct pnr_part_solver){
        .instance = run->piece.instance, .options = &run->options, .result = &run->result, .level = -1};
    return PIONEER_OK;
}

static void begin(void *context, int task) {
    struct whole *whole = context;
    struct run *run = &whole->runs[task];
    run->status = pnr_part_begin(&run->solver, whole->prefix);
}

static void solve_lane(void *context, int task) {
    struct whole *whole = context;
    int64_t end = whole->options->budget->deadline_ms;
    for (int32_t i = whole->first_of_lane[task]; i >= 0; i = whole->runs[i].next_in_lane) {
        struct run *run = &whole->runs[i];
        int64_t now = pnr_clock_ms();
        if (end > 0) {
            int64_t share = share_of(end - now, run->piece.instance->pair_count, pairs_of_lane(whole, i));
            run->budget.deadline_ms = now + (share > 0 ? share : 0);
        }
        run->status = pnr_part_solve_levels(&run->solver);
        pnr_part_tear_down(&run->solver);
        memset(&run->solver, 0, sizeof run->solver);
    }
}

static enum pioneer_status first_failure(const struct whole *whole) {
    enum pioneer_status status = PIONEER_OK;
    for (int32_t i = 0; i < whole->pieces.count && status == PIONEER_OK; i++) {
        status = whole->runs[i].status;
    }
    return status;
}

static enum pioneer_status solve_all(struct whole *whole) {
    enum pioneer_status status = PIONEER_OK;
    for (int32_t i = 0; i < whole->pieces.count && status == PIONEER_OK; i++) {
        status = open_run(whole, i);
    }
    if (status == PIONEER_OK && !form_lanes(whole)) {
        status = PIONEER_E_NO_MEMORY;
    }
    if (status == PIONEER_OK) {
        status = pnr_parallel(whole->lane_count, whole->pieces.count, begin, whole);
    }
    if (status == PIONEER_OK) {
        status = first_failure(whole);
    }
    if (status == PIONEER_OK) {
        status = pnr_parallel(whole->lane_count, whole->lane_count, solve_lane, whole);
    }
    return status == PIONEER_OK ? first_failure(whole) : status;
}

/* ---- adding up ---- */

static void add_level(const struct pnr_level_outcome *from, struct pnr_level_outcome *to) {
    to->value += from->value;
    to->bound += from->bound;
    to->constant += from->constant;
    to->grain += from->grain - 1;
    /* one that was stopped says more than one with a gap, and that more than one that is proven */
    bool is_worse = from->outcome == PIONEER_INFEASIBLE || to->outcome == PIONEER_PROVEN ||
                    (from->outcome == PIONEER_STOPPED && to->outcome == PIONEER_GAP);
    to->outcome = is_worse ? from->outcome : to->outcome;
}

static enum pioneer_status add_up(const struct whole *whole, struct pnr_part_result *out) {
    out->is_feasible = pnr_arena_alloc(&out->arena, (size_t)whole->instance->member_count, 1);
    if (out->is_feasible == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    for (int32_t l = 0; l < out->level_count; l++) {
        out->levels[l].outcome = PIONEER_PROVEN;
        out->levels[l].grain = 1;
    }
    for (int32_t i = 0; i < whole->pieces.count; i++) {
        const struct run *run = &whole->runs[i];
        for (int32_t m = 0; m < run->piece.instance->member_count; m++) {
            out->is_feasible[run->piece.whole_member[m]] = run->result.is_feasible[m];
        }
        for (int32_t p = 0; p < run->piece.instance->pair_count; p++) {
            out->is_chosen[run->piece.whole_pair[p]] = run->result.is_chosen[p];
        }
        for (int32_t l = 0; l < out->level_count; l++) {
            add_level(&run->result.levels[l], &out->levels[l]);
        }
        out->hard_broken += run->result.hard_broken;
        out->stop = run->result.stop > out->stop ? run->result.stop : out->stop;
    }
    return PIONEER_OK;
}

static void release(struct whole *whole) {
    for (int32_t i = 0; whole->runs != NULL && i < whole->pieces.count; i++) {
        struct run *run = &whole->runs[i];
        if (run->solver.instance != NULL) {
            pnr_part_tear_down(&run->solver);
        }
        pnr_part_result_fini(&run->result);
        pnr_piece_fini(&run->piece);
    }
    free(whole->runs);
    pnr_arena_fini(&whole->arena);
}

static enum pioneer_status solve(struct whole *whole, struct pnr_part_result *out) {
    whole->runs = calloc((size_t)whole->pieces.count, sizeof *whole->runs);
    if (whole->runs == NULL || pthread_mutex_init(&whole->lock, NULL) != 0) {
        return PIONEER_E_NO_MEMORY;
    }
    whole->work_before = whole->options->budget->work_used;
    enum pioneer_status status = solve_all(whole);
    if (status == PIONEER_OK) {
        status = add_up(whole, out);
    }
    whole->options->budget->work_used = whole->work_before;
    for (int32_t i = 0; i < whole->pieces.count; i++) {
        pnr_budget_spend(whole->options->budget, whole->runs[i].budget.work_used);
    }
    pthread_mutex_destroy(&whole->lock);
    return status;
}

enum pioneer_status pnr_pieces_solve(const struct pnr_instance *whole, const struct pnr_prefix *prefix,
                                     const struct pnr_part_options *options, struct pnr_part_result *out,
                                     bool *is_done) {
    *is_done = false;
    int32_t least = options->least_piece > 0 ? options->least_piece : LEAST_PIECE;
    if (whole->organisation->level_count != 1 || options->wants_cases || whole->member_count < 2 * least) {
        return PIONEER_OK;
    }
    struct whole all = {.instance = whole, .prefix = prefix, .options = options};
    pnr_arena_init(&all.arena);
    enum pioneer_status status = pnr_pieces_find(whole, least, &all.arena, &all.pieces);
    if (status == PIONEER_OK && all.pieces.count > 1) {
        status = solve(&all, out);
        *is_done = true;
    }
    release(&all);
    return status;
}
