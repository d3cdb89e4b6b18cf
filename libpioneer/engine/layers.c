/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a member's rules remember from day to day, as a small automaton with one layer of states a day. */
#include "engine/layers.h"

#include <string.h>

#include "engine/price_math.h"

struct building {
    const struct pnr_layer_source *source;
    struct pnr_arena *arena;
    struct pnr_layers *out;
    struct pnr_layer_bench *bench;
};

void pnr_layer_bench_init(struct pnr_layer_bench *bench) {
    pnr_interner_init(&bench->states, 1);
    pnr_interner_init(&bench->next_states, 1);
    pnr_interner_init(&bench->keys, 1);
    pnr_interner_init(&bench->rows, 1);
}

void pnr_layer_bench_fini(struct pnr_layer_bench *bench) {
    pnr_interner_fini(&bench->states);
    pnr_interner_fini(&bench->next_states);
    pnr_interner_fini(&bench->keys);
    pnr_interner_fini(&bench->rows);
}

static int64_t pack_pair(int32_t high, int32_t low) {
    return (int64_t)((uint64_t)(uint32_t)high << 32 | (uint32_t)low);
}

static bool alloc_transitions(struct pnr_arena *arena, struct pnr_layer *layer) {
    size_t cells = (size_t)layer->state_count * (size_t)layer->key_count;
    layer->next = pnr_arena_alloc(arena, cells, sizeof *layer->next);
    layer->effect = pnr_arena_alloc(arena, cells, sizeof *layer->effect);
    return layer->next != NULL && layer->effect != NULL;
}

static bool number_keys(struct building *b, int32_t day, struct pnr_layer *layer) {
    int32_t patterns = b->source->pattern_count[day];
    layer->key_of_pattern = pnr_arena_alloc(b->arena, (size_t)patterns, sizeof *layer->key_of_pattern);
    pnr_interner_clear(&b->bench->keys);
    for (int32_t p = 0; layer->key_of_pattern != NULL && p < patterns; p++) {
        int64_t key = b->source->key(b->source->context, day, p);
        layer->key_of_pattern[p] = pnr_interner_put(&b->bench->keys, &key);
        if (layer->key_of_pattern[p] < 0) {
            return false;
        }
    }
    layer->key_count = b->bench->keys.count;
    return layer->key_of_pattern != NULL;
}

static bool step_all(struct building *b, int32_t day, struct pnr_layer *layer) {
    const struct pnr_layer_source *source = b->source;
    for (int32_t s = 0; s < layer->state_count; s++) {
        for (int32_t k = 0; k < layer->key_count; k++) {
            int32_t cell = s * layer->key_count + k;
            int64_t next = 0;
            int32_t effect = source->step(source->context, day, *pnr_interner_row(&b->bench->states, s),
                                          *pnr_interner_row(&b->bench->keys, k), &next);
            layer->effect[cell] = effect;
            layer->next[cell] = effect >= 0 ? pnr_interner_put(&b->bench->next_states, &next) : -1;
            if (effect == -2 || (effect >= 0 && layer->next[cell] < 0)) {
                return false;
            }
        }
    }
    return true;
}

static void swap_interners(struct pnr_interner *a, struct pnr_interner *b) {
    struct pnr_interner kept = *a;
    *a = *b;
    *b = kept;
}

static bool build_day(struct building *b, int32_t day) {
    struct pnr_layer *layer = &b->out->days[day];
    layer->state_count = b->bench->states.count;
    pnr_interner_clear(&b->bench->next_states);
    bool ok = number_keys(b, day, layer) && alloc_transitions(b->arena, layer) && step_all(b, day, layer);
    swap_interners(&b->bench->states, &b->bench->next_states);
    return ok;
}

static bool build_end(struct building *b) {
    struct pnr_layers *out = b->out;
    out->end_count = b->bench->states.count;
    out->end_effect = pnr_arena_alloc(b->arena, (size_t)out->end_count, sizeof *out->end_effect);
    for (int32_t s = 0; out->end_effect != NULL && s < out->end_count; s++) {
        out->end_effect[s] = b->source->end(b->source->context, *pnr_interner_row(&b->bench->states, s));
        if (out->end_effect[s] == -2) {
            return false;
        }
    }
    return out->end_effect != NULL;
}

static bool build_forward(struct building *b) {
    b->out->day_count = b->source->day_count;
    b->out->days = pnr_arena_alloc(b->arena, (size_t)b->source->day_count, sizeof *b->out->days);
    bool ok = b->out->days != NULL && pnr_interner_put(&b->bench->states, &b->source->start) == 0;
    for (int32_t day = 0; ok && day < b->source->day_count; day++) {
        ok = build_day(b, day);
    }
    return ok && build_end(b);
}

/* Classes of end states: those with one effect are one. `class_of` has room for every state; -1: dead. */
static bool merge_end(struct building *b, int32_t *class_of) {
    struct pnr_layers *out = b->out;
    pnr_interner_restart(&b->bench->rows, 1);
    for (int32_t s = 0; s < out->end_count; s++) {
        int64_t effect = out->end_effect[s];
        class_of[s] = effect < 0 ? -1 : pnr_interner_put(&b->bench->rows, &effect);
        if (effect >= 0 && class_of[s] < 0) {
            return false;
        }
    }
    out->end_count = b->bench->rows.count;
    for (int32_t s = 0; s < out->end_count; s++) {
        out->end_effect[s] = (int32_t)*pnr_interner_row(&b->bench->rows, s);
    }
    return true;
}

/* Puts the classes of the next layer into the transitions of state `s`; whether any is left. */
static bool redirect(struct pnr_layer *layer, int32_t s, const int32_t *class_of, int64_t *row) {
    bool alive = false;
    for (int32_t k = 0; k < layer->key_count; k++) {
        int32_t cell = s * layer->key_count + k;
        int32_t next = layer->next[cell] < 0 ? -1 : class_of[layer->next[cell]];
        layer->next[cell] = next;
        layer->effect[cell] = next < 0 ? -1 : layer->effect[cell];
        row[k] = pack_pair(next, layer->effect[cell]);
        alive |= next >= 0;
    }
    return alive;
}

/* Merges the states of a layer whose transitions are equal; `class_of` goes from the next layer's classes to
 * this one's. */
static bool merge_states(struct building *b, struct pnr_layer *layer, int32_t *class_of, int32_t *scratch,
                         int64_t *row) {
    size_t row_bytes = (size_t)layer->key_count * sizeof *layer->next;
    pnr_interner_restart(&b->bench->rows, layer->key_count > 0 ? layer->key_count : 1);
    for (int32_t s = 0; s < layer->state_count; s++) {
        scratch[s] = -1;
        if (!redirect(layer, s, class_of, row)) {
            continue;
        }
        int32_t before = b->bench->rows.count;
        scratch[s] = pnr_interner_put(&b->bench->rows, row);
        if (scratch[s] < 0) {
            return false;
        }
        if (scratch[s] == before) { /* new: its row moves down to its place, over rows already read */
            size_t from = (size_t)s * (size_t)layer->key_count;
            size_t to = (size_t)before * (size_t)layer->key_count;
            memmove(&layer->next[to], &layer->next[from], row_bytes);
            memmove(&layer->effect[to], &layer->effect[from], row_bytes);
        }
    }
    memcpy(class_of, scratch, (size_t)layer->state_count * sizeof *class_of);
    layer->state_count = b->bench->rows.count;
    return true;
}

/* Merges keys with equal columns and drops those that no state allows. */
static bool merge_keys(struct building *b, int32_t day, struct pnr_layer *layer, int32_t *key_class,
                       int64_t *column) {
    int32_t old_count = layer->key_count;
    pnr_interner_restart(&b->bench->rows, layer->state_count > 0 ? layer->state_count : 1);
    for (int32_t k = 0; k < old_count; k++) {
        bool allowed = false;
        for (int32_t s = 0; s < layer->state_count; s++) {
            int32_t cell = s * old_count + k;
            column[s] = pack_pair(layer->next[cell], layer->effect[cell]);
            allowed |= layer->next[cell] >= 0;
        }
        key_class[k] = allowed ? pnr_interner_put(&b->bench->rows, column) : -1;
        if (allowed && key_class[k] < 0) {
            return false;
        }
    }
    layer->key_count = b->bench->rows.count;
    for (int32_t s = 0; s < layer->state_count; s++) {
        for (int32_t k = 0; k < layer->key_count; k++) { /* the new row never passes the old one */
            int64_t packed = pnr_interner_row(&b->bench->rows, k)[s];
            layer->next[s * layer->key_count + k] = (int32_t)(packed >> 32);
            layer->effect[s * layer->key_count + k] = (int32_t)(uint32_t)packed;
        }
    }
    for (int32_t p = 0; p < b->source->pattern_count[day]; p++) {
        layer->key_of_pattern[p] = key_class[layer->key_of_pattern[p]];
    }
    return true;
}

static bool merge_backward(struct building *b) {
    struct pnr_layers *out = b->out;
    int32_t widest = out->end_count;
    int32_t most_keys = 0;
    for (int32_t day = 0; day < out->day_count; day++) {
        widest = out->days[day].state_count > widest ? out->days[day].state_count : widest;
        most_keys = out->days[day].key_count > most_keys ? out->days[day].key_count : most_keys;
    }
    size_t longest = (size_t)(widest > most_keys ? widest : most_keys) + 1;
    int32_t *class_of = pnr_arena_alloc(b->arena, longest, sizeof *class_of);
    int32_t *scratch = pnr_arena_alloc(b->arena, longest, sizeof *scratch);
    int64_t *row = pnr_arena_alloc(b->arena, longest, sizeof *row);
    bool ok = class_of != NULL && scratch != NULL && row != NULL && merge_end(b, class_of);
    for (int32_t day = out->day_count - 1; ok && day >= 0; day--) {
        ok = merge_states(b, &out->days[day], class_of, scratch, row) &&
             merge_keys(b, day, &out->days[day], scratch, row);
    }
    return ok;
}

bool pnr_layers_build(const struct pnr_layer_source *source, struct pnr_layer_bench *bench,
                      struct pnr_arena *arena, struct pnr_layers *out) {
    struct building b = {.source = source, .arena = arena, .out = out, .bench = bench};
    pnr_interner_clear(&bench->states);
    return build_forward(&b) && merge_backward(&b);
}

int32_t pnr_effect_add(struct pnr_interner *effects, int32_t a, int32_t b) {
    if (a < 0 || b < 0) {
        return a < b ? a : b;
    }
    if (a == 0 || b == 0) {
        return a + b;
    }
    int64_t *sum = pnr_interner_draft(effects);
    if (sum == NULL) {
        return -2;
    }
    const int64_t *left = pnr_interner_row(effects, a);
    const int64_t *right = pnr_interner_row(effects, b);
    for (int32_t i = 0; i < effects->width; i++) {
        sum[i] = pnr_plus(left[i], right[i]);
    }
    int32_t id = pnr_interner_put(effects, sum);
    return id >= 0 ? id : -2;
}

/* ---- products ---- */

struct product {
    const struct pnr_layers *a, *b;
    struct pnr_interner *effects;
};

static int64_t product_key(void *context, int32_t day, int32_t pattern) {
    const struct product *product = context;
    int32_t a = product->a->days[day].key_of_pattern[pattern];
    int32_t b = product->b->days[day].key_of_pattern[pattern];
    return a < 0 || b < 0 ? -1 : pack_pair(a, b);
}

static int32_t product_step(void *context, int32_t day, int64_t state, int64_t key, int64_t *next) {
    const struct product *product = context;
    if (key < 0) {
        return -1;
    }
    const struct pnr_layer *a = &product->a->days[day];
    const struct pnr_layer *b = &product->b->days[day];
    int32_t at_a = (int32_t)(state >> 32) * a->key_count + (int32_t)(key >> 32);
    int32_t at_b = (int32_t)(state & 0xFFFFFFFF) * b->key_count + (int32_t)(key & 0xFFFFFFFF);
    if (a->next[at_a] < 0 || b->next[at_b] < 0) {
        return -1;
    }
    *next = pack_pair(a->next[at_a], b->next[at_b]);
    return pnr_effect_add(product->effects, a->effect[at_a], b->effect[at_b]);
}

static int32_t product_end(void *context, int64_t state) {
    const struct product *product = context;
    return pnr_effect_add(product->effects, product->a->end_effect[state >> 32],
                          product->b->end_effect[state & 0xFFFFFFFF]);
}

static bool is_dead(const struct pnr_layers *layers) {
    return layers->day_count > 0 ? layers->days[0].state_count == 0 : layers->end_count == 0;
}

bool pnr_layers_multiply(const struct pnr_layers *a, const struct pnr_layers *b, struct pnr_interner *effects,
                         const int32_t *pattern_count, struct pnr_layer_bench *bench, struct pnr_arena *arena,
                         struct pnr_layers *out) {
    if (is_dead(a) || is_dead(b)) {
        *out = is_dead(a) ? *a : *b;
        return true;
    }
    struct product product = {a, b, effects};
    struct pnr_layer_source source = {.context = &product,
                                      .day_count = a->day_count,
                                      .pattern_count = pattern_count,
                                      .start = 0,
                                      .key = product_key,
                                      .step = product_step,
                                      .end = product_end};
    return pnr_layers_build(&source, bench, arena, out);
}

bool pnr_layers_is_trivial(const struct pnr_layers *layers, const int32_t *pattern_count) {
    bool trivial = layers->end_count == 1 && layers->end_effect[0] == 0;
    for (int32_t day = 0; trivial && day < layers->day_count; day++) {
        const struct pnr_layer *layer = &layers->days[day];
        trivial = layer->state_count == 1 && layer->key_count == 1 && layer->effect[0] == 0;
        for (int32_t p = 0; trivial && p < pattern_count[day]; p++) {
            trivial = layer->key_of_pattern[p] == 0;
        }
    }
    return trivial;
}
