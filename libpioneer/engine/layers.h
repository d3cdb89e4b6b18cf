/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a member's rules remember from day to day, as a small automaton with one layer of states a day. */
#ifndef PNR_ENGINE_LAYERS_H
#define PNR_ENGINE_LAYERS_H

#include "base/arena.h"
#include "engine/interner.h"

/**
 * A day. A pattern (a possible set of duties of the day) has a key; state and key give the state after the
 * day and the effect of the transition: the number of a row of charges and counts in an interner shared by
 * all layers of a member. Patterns with key -1 are of no use.
 */
struct pnr_layer {
    int32_t state_count;
    int32_t key_count;
    int32_t *next;   /**< [state × key_count + key]: a state of the next layer, -1: forbidden */
    int32_t *effect; /**< [state × key_count + key] */
    int32_t *key_of_pattern;
};

/** The first layer has one state, or none if no path reaches the end. */
struct pnr_layers {
    int32_t day_count;
    struct pnr_layer *days; /**< [day_count] */
    int32_t end_count;
    int32_t *end_effect; /**< [state after the last day] */
};

/** A description of an automaton by its transitions. -1 as an effect: forbidden; -2: memory is short. */
struct pnr_layer_source {
    void *context;
    int32_t day_count;
    const int32_t *pattern_count; /**< [day] */
    int64_t start;
    int64_t (*key)(void *context, int32_t day, int32_t pattern);
    int32_t (*step)(void *context, int32_t day, int64_t state, int64_t key, int64_t *next);
    int32_t (*end)(void *context, int64_t state);
};

/** Working memory that one build after another grows into. */
struct pnr_layer_bench {
    struct pnr_interner states, next_states, keys, rows;
};

void pnr_layer_bench_init(struct pnr_layer_bench *bench);
void pnr_layer_bench_fini(struct pnr_layer_bench *bench);

/**
 * Builds the states that can be reached, then merges those that no future tells apart and the keys that no
 * state tells apart (the minimal automaton of an acyclic language: Revuz 1992). Linear in the number of
 * transitions. Memory comes from `arena`. False when memory is short.
 */
bool pnr_layers_build(const struct pnr_layer_source *source, struct pnr_layer_bench *bench,
                      struct pnr_arena *arena, struct pnr_layers *out);

/** Both at once: effects are rows of `effects` and are added up. `a` and `b` may be the same arena's. */
bool pnr_layers_multiply(const struct pnr_layers *a, const struct pnr_layers *b, struct pnr_interner *effects,
                         const int32_t *pattern_count, struct pnr_layer_bench *bench, struct pnr_arena *arena,
                         struct pnr_layers *out);

/** Whether it has one state and one key a day, and charges nothing (effect 0). */
bool pnr_layers_is_trivial(const struct pnr_layers *layers, const int32_t *pattern_count);

/** The sum of two rows of effects; negative effects stay. -2 when memory is short. */
int32_t pnr_effect_add(struct pnr_interner *effects, int32_t a, int32_t b);

#endif
