/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first roster of a large part: members priced a batch at a time on all threads, settled one by one. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/threads.h"
#include "engine/search.h"

/* Members priced at the same moment. The size is part of the result, so it must not depend on the threads.
 * Larger batches find more duties taken when their turn comes, smaller ones wait for each other more often.
 */
#define BATCH 64

/* One member's answer, kept until its turn. */
struct slot {
    int32_t member;
    int32_t pair_count;
    bool found;
    int64_t work;
};

/*
 * What one thread remembers of marginal costs. Pairs with one recipe cost the same, and where all of its
 * couplings are about one duty it costs the same until somebody is put on or off that duty: a duty is asked
 * for by hundreds of members for each time that it changes.
 */
struct memory {
    int64_t *price_of_recipe;
    int32_t *batch_of_recipe; /* the batch for which it was worked out, 0: none */
};

struct batch {
    struct pnr_search *search;
    struct pnr_solution *solution;
    struct pnr_pricer_scratch **scratches;
    int32_t thread_count;
    struct memory *memories;  /* [thread] */
    int32_t *changed_of_duty; /* [duty]: the latest batch that changed it, 0: none */
    int32_t number;           /* of the batch, from 1 */
    struct slot slots[BATCH];
    int32_t count;
    int32_t room;    /* pairs a slot has room for */
    int32_t *pairs;  /* [slot × room] */
    int64_t *costs;  /* [slot × level_count] */
    atomic_int next; /* slot */
    atomic_bool failed;
};

static int64_t price_of(const struct batch *batch, struct memory *memory, int32_t pair) {
    const struct pnr_solution *solution = batch->solution;
    int32_t recipe = solution->couplings->recipe_of_pair[pair];
    int32_t duty = solution->instance->duty_of_pair[pair];
    if (memory->batch_of_recipe[recipe] > batch->changed_of_duty[duty]) {
        return memory->price_of_recipe[recipe];
    }
    int64_t price = pnr_solution_price_pair(solution, pair, batch->search->weight_of_value);
    if (solution->couplings->is_local[recipe]) {
        memory->price_of_recipe[recipe] = price;
        memory->batch_of_recipe[recipe] = batch->number;
    }
    return price;
}

static void price_pairs(const struct batch *batch, struct memory *memory, int32_t member) {
    const struct pnr_solution *solution = batch->solution;
    const struct pnr_instance *instance = solution->instance;
    const struct pnr_search *search = batch->search;
    for (int32_t p = instance->pairs_of_member[member]; p < instance->pairs_of_member[member + 1]; p++) {
        search->forbidden[p] = !pnr_solution_has_room(solution, instance->duty_of_pair[p]);
        search->price_of_pair[p] = search->forbidden[p] ? 0 : price_of(batch, memory, p);
    }
}

static bool price_slot(struct batch *batch, int task, int32_t at) {
    struct slot *slot = &batch->slots[at];
    price_pairs(batch, &batch->memories[task], slot->member);
    struct pnr_price_query query = pnr_search_query(batch->search, slot->member);
    struct pnr_price_answer answer;
    if (pnr_pricer_price(batch->search->pricer, batch->scratches[task], &query, &answer) != PIONEER_OK) {
        return false;
    }
    slot->work = answer.work;
    slot->found = answer.count > 0;
    slot->pair_count = 0;
    if (slot->found) {
        size_t levels = (size_t)batch->solution->value_count - 1;
        slot->pair_count = answer.schedules[0].pair_count;
        memcpy(batch->pairs + (size_t)at * (size_t)batch->room, answer.schedules[0].pairs,
               (size_t)slot->pair_count * sizeof *batch->pairs);
        memcpy(batch->costs + (size_t)at * levels, answer.schedules[0].cost_by_level,
               levels * sizeof *batch->costs);
    }
    return true;
}

static void price_share(void *context, int task) {
    struct batch *batch = context;
    for (int at = atomic_fetch_add(&batch->next, 1); at < batch->count;
         at = atomic_fetch_add(&batch->next, 1)) {
        if (!price_slot(batch, task, at)) {
            atomic_store(&batch->failed, true);
        }
    }
}

/* What the pair costs now; INT64_MAX when its duty is full. */
static int64_t price_now(const struct batch *batch, int32_t pair) {
    const struct pnr_solution *solution = batch->solution;
    return pnr_solution_has_room(solution, solution->instance->duty_of_pair[pair])
               ? pnr_solution_price_pair(solution, pair, batch->search->weight_of_value)
               : INT64_MAX;
}

/* Others of the batch may have changed what a pair costs: then one that no rule tells apart will do if it is
 * as cheap as the pair was. The first of those comes instead. */
static bool is_still_good(const struct batch *batch, const struct slot *slot, int32_t *pair) {
    int64_t price = batch->search->price_of_pair[*pair];
    if (price_now(batch, *pair) <= price) {
        return true;
    }
    int32_t count;
    const int32_t *alike = pnr_pricer_alike(batch->search->pricer, slot->member, *pair, &count);
    for (int32_t i = 0; i < count; i++) {
        if (price_now(batch, alike[i]) <= price) {
            *pair = alike[i];
            return true;
        }
    }
    return false;
}

static void note_changes(struct batch *batch, int32_t member) {
    const struct pnr_solution *solution = batch->solution;
    const struct pnr_instance *instance = solution->instance;
    for (int32_t p = instance->pairs_of_member[member]; p < instance->pairs_of_member[member + 1]; p++) {
        if (solution->is_chosen[p]) {
            batch->changed_of_duty[instance->duty_of_pair[p]] = batch->number;
        }
    }
}

static enum pioneer_status settle_slot(struct batch *batch, int32_t at) {
    struct slot *slot = &batch->slots[at];
    struct pnr_search *search = batch->search;
    size_t levels = (size_t)batch->solution->value_count - 1;
    int32_t *pairs = batch->pairs + (size_t)at * (size_t)batch->room;
    pnr_budget_spend(search->budget, slot->work + batch->room / 8);
    bool stands = slot->found;
    for (int32_t i = 0; stands && i < slot->pair_count; i++) {
        stands = is_still_good(batch, slot, &pairs[i]);
    }
    if (stands) {
        pnr_solution_set_member(batch->solution, slot->member, pairs, slot->pair_count,
                                batch->costs + (size_t)at * levels);
    }
    enum pioneer_status status = PIONEER_OK;
    if (slot->found && !stands) {
        bool found;
        status = pnr_search_recreate(search, batch->solution, slot->member, &found);
    }
    note_changes(batch, slot->member); /* everybody was idle before */
    return status;
}

static bool must_stop(const struct batch *batch) {
    enum pnr_stop stop = pnr_budget_stop(batch->search->budget);
    return stop == PNR_STOP_CANCEL || stop == PNR_STOP_TIME;
}

static enum pioneer_status run_batch(struct batch *batch) {
    batch->number++;
    atomic_init(&batch->next, 0);
    atomic_init(&batch->failed, false);
    enum pioneer_status status = PIONEER_OK;
    if (batch->thread_count > 1) {
        status = pnr_parallel(batch->thread_count, batch->thread_count, price_share, batch);
    } else {
        price_share(batch, 0);
    }
    if (atomic_load(&batch->failed)) {
        status = PIONEER_E_NO_MEMORY;
    }
    for (int32_t i = 0; i < batch->count && status == PIONEER_OK; i++) {
        status = settle_slot(batch, i);
    }
    batch->count = 0;
    return status;
}

static int32_t most_pairs(const struct pnr_instance *instance) {
    int32_t most = 1;
    for (int32_t m = 0; m < instance->member_count; m++) {
        int32_t count = instance->pairs_of_member[m + 1] - instance->pairs_of_member[m];
        most = count > most ? count : most;
    }
    return most;
}

static enum pioneer_status run_all(struct batch *batch) {
    const struct pnr_instance *instance = batch->solution->instance;
    enum pioneer_status status = PIONEER_OK;
    for (int32_t i = 0; i < instance->member_count && status == PIONEER_OK && !must_stop(batch); i++) {
        int32_t member = batch->search->order[i];
        if (batch->search->is_feasible[member] &&
            instance->pairs_of_member[member + 1] > instance->pairs_of_member[member]) {
            batch->slots[batch->count++] = (struct slot){.member = member};
        }
        if (batch->count == BATCH) {
            status = run_batch(batch);
        }
    }
    return status == PIONEER_OK && batch->count > 0 ? run_batch(batch) : status;
}

static bool make_room(struct batch *batch, struct pnr_arena *arena) {
    size_t levels = (size_t)batch->solution->value_count - 1;
    size_t recipes = (size_t)batch->solution->couplings->recipe_count;
    size_t threads = (size_t)batch->thread_count;
    size_t duties = (size_t)batch->solution->instance->duty_count;
    batch->pairs = pnr_arena_alloc(arena, (size_t)BATCH * (size_t)batch->room, sizeof *batch->pairs);
    batch->costs = pnr_arena_alloc(arena, BATCH * levels, sizeof *batch->costs);
    batch->changed_of_duty = pnr_arena_alloc(arena, duties, sizeof *batch->changed_of_duty);
    batch->memories = pnr_arena_alloc(arena, threads, sizeof *batch->memories);
    bool ok = batch->pairs != NULL && batch->costs != NULL && batch->changed_of_duty != NULL &&
              batch->memories != NULL;
    for (size_t t = 0; ok && t < threads; t++) {
        struct memory *memory = &batch->memories[t];
        memory->price_of_recipe = pnr_arena_alloc(arena, recipes, sizeof *memory->price_of_recipe);
        memory->batch_of_recipe = pnr_arena_alloc(arena, recipes, sizeof *memory->batch_of_recipe);
        ok = memory->price_of_recipe != NULL && memory->batch_of_recipe != NULL;
    }
    return ok;
}

enum pioneer_status pnr_search_construct_large(struct pnr_search *search, struct pnr_solution *solution,
                                               struct pnr_pricer_scratch **scratches, int32_t thread_count) {
    struct batch *batch = calloc(1, sizeof *batch);
    if (batch == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    batch->search = search;
    batch->solution = solution;
    batch->scratches = scratches;
    batch->thread_count = thread_count;
    batch->room = most_pairs(solution->instance);
    struct pnr_arena arena;
    pnr_arena_init(&arena);
    search->is_hasty = true;
    enum pioneer_status status = make_room(batch, &arena) ? run_all(batch) : PIONEER_E_NO_MEMORY;
    search->is_hasty = false;
    pnr_arena_fini(&arena);
    free(batch);
    return status;
}
