/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of engine/layers and engine/interner. */
#include <criterion/criterion.h>

#include "engine/layers.h"

/* Two days off may follow each other, not three: the state is the length of the run, which goes on growing.
 * Pattern 0: off, 1 and 2: at work. */
static int64_t key_of(void *context, int32_t day, int32_t pattern) {
    (void)context;
    (void)day;
    return pattern;
}

static int32_t step_run(void *context, int32_t day, int64_t state, int64_t key, int64_t *next) {
    (void)context;
    (void)day;
    *next = key == 0 ? state + 1 : 0;
    return *next > 2 ? -1 : 0;
}

static int32_t end_free(void *context, int64_t state) {
    (void)context;
    (void)state;
    return 0;
}

static int32_t end_never(void *context, int64_t state) {
    (void)context;
    (void)state;
    return -1;
}

static const int32_t patterns[] = {3, 3, 3, 3};

static void build(int32_t days, int32_t (*end)(void *, int64_t), struct pnr_arena *arena,
                  struct pnr_layers *out) {
    struct pnr_layer_source source = {
        .day_count = days, .pattern_count = patterns, .key = key_of, .step = step_run, .end = end};
    struct pnr_layer_bench bench;
    pnr_layer_bench_init(&bench);
    cr_assert(pnr_layers_build(&source, &bench, arena, out));
    pnr_layer_bench_fini(&bench);
}

static bool multiply(const struct pnr_layers *a, const struct pnr_layers *b, struct pnr_interner *effects,
                     struct pnr_arena *arena, struct pnr_layers *out) {
    struct pnr_layer_bench bench;
    pnr_layer_bench_init(&bench);
    bool ok = pnr_layers_multiply(a, b, effects, patterns, &bench, arena, out);
    pnr_layer_bench_fini(&bench);
    return ok;
}

Test(layers, keep_apart_only_what_the_future_tells_apart) {
    struct pnr_arena arena = {0};
    struct pnr_layers layers;
    build(4, end_free, &arena, &layers);
    int32_t states[] = {1, 2, 3, 2};
    for (int32_t day = 0; day < 4; day++) {
        cr_assert_eq(layers.days[day].state_count, states[day], "day %d", day);
        cr_assert_eq(layers.days[day].key_count, 2);
        cr_assert_eq(layers.days[day].key_of_pattern[1], layers.days[day].key_of_pattern[2]);
        cr_assert_neq(layers.days[day].key_of_pattern[0], layers.days[day].key_of_pattern[1]);
    }
    cr_assert_eq(layers.end_count, 1);
    pnr_arena_fini(&arena);
}

Test(layers, are_trivial_when_nothing_can_go_wrong) {
    struct pnr_arena arena = {0};
    struct pnr_layers layers;
    build(2, end_free, &arena, &layers);
    cr_assert(pnr_layers_is_trivial(&layers, patterns));
    build(3, end_free, &arena, &layers);
    cr_assert_not(pnr_layers_is_trivial(&layers, patterns));
    pnr_arena_fini(&arena);
}

Test(layers, have_no_start_when_no_path_reaches_the_end) {
    struct pnr_arena arena = {0};
    struct pnr_layers dead;
    struct pnr_layers alive;
    struct pnr_layers both;
    struct pnr_interner effects;
    pnr_interner_init(&effects, 1);
    build(3, end_never, &arena, &dead);
    build(3, end_free, &arena, &alive);
    cr_assert_eq(dead.days[0].state_count, 0);
    cr_assert(multiply(&alive, &dead, &effects, &arena, &both));
    cr_assert_eq(both.days[0].state_count, 0);
    pnr_interner_fini(&effects);
    pnr_arena_fini(&arena);
}

Test(layers, multiplied_by_themselves_are_themselves) {
    struct pnr_arena arena = {0};
    struct pnr_layers one;
    struct pnr_layers both;
    struct pnr_interner effects;
    int64_t nothing = 0;
    pnr_interner_init(&effects, 1);
    cr_assert_eq(pnr_interner_put(&effects, &nothing), 0);
    build(4, end_free, &arena, &one);
    cr_assert(multiply(&one, &one, &effects, &arena, &both));
    for (int32_t day = 0; day < 4; day++) {
        cr_assert_eq(both.days[day].state_count, one.days[day].state_count);
        cr_assert_eq(both.days[day].key_count, one.days[day].key_count);
    }
    pnr_interner_fini(&effects);
    pnr_arena_fini(&arena);
}

Test(interner, numbers_rows_in_the_order_in_which_they_come) {
    struct pnr_interner interner;
    pnr_interner_init(&interner, 2);
    for (int32_t round = 0; round < 2; round++) {
        for (int64_t i = 0; i < 1000; i++) {
            int64_t row[2] = {i % 10, i};
            cr_assert_eq(pnr_interner_put(&interner, row), (int32_t)i);
            cr_assert_eq(pnr_interner_row(&interner, (int32_t)i)[1], i);
        }
        cr_assert_eq(interner.count, 1000);
    }
    pnr_interner_clear(&interner);
    int64_t row[2] = {7, 7};
    cr_assert_eq(pnr_interner_put(&interner, row), 0);
    pnr_interner_fini(&interner);
}
