/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of base/arena. */
#include <criterion/criterion.h>
#include <stdalign.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

static struct pnr_arena arena;

static void setup(void) {
    pnr_arena_init(&arena);
}

static void teardown(void) {
    pnr_arena_fini(&arena);
}

TestSuite(arena, .init = setup, .fini = teardown);

Test(arena, gives_zeroed_and_aligned_memory) {
    for (size_t size = 1; size < 300; size++) {
        unsigned char *bytes = pnr_arena_alloc(&arena, 1, size);
        cr_assert_not_null(bytes);
        cr_assert_eq((uintptr_t)bytes % alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++) {
            cr_assert_eq(bytes[i], 0);
        }
        memset(bytes, 0xFF, size);
    }
}

Test(arena, zeroes_memory_again_after_a_reset) {
    memset(pnr_arena_alloc(&arena, 100, 8), 0xFF, 800);
    pnr_arena_reset(&arena);
    const unsigned char *bytes = pnr_arena_alloc(&arena, 100, 8);
    for (size_t i = 0; i < 800; i++) {
        cr_assert_eq(bytes[i], 0);
    }
}

Test(arena, keeps_its_blocks_over_a_reset) {
    size_t held = 0;
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 1000; i++) {
            cr_assert_not_null(pnr_arena_alloc(&arena, 1, 777));
        }
        if (round == 0) {
            held = pnr_arena_bytes(&arena);
        }
        cr_assert_eq(pnr_arena_bytes(&arena), held);
        pnr_arena_reset(&arena);
    }
}

Test(arena, refuses_a_product_that_overflows) {
    cr_assert_null(pnr_arena_alloc(&arena, SIZE_MAX, 2));
    cr_assert_null(pnr_arena_alloc(&arena, SIZE_MAX / 8 + 1, 8));
    cr_assert_null(pnr_arena_alloc(&arena, SIZE_MAX, 1));
    cr_assert_null(pnr_arena_memdup(&arena, "", SIZE_MAX, SIZE_MAX));
    cr_assert_eq(pnr_arena_bytes(&arena), 0);
    cr_assert_not_null(pnr_arena_alloc(&arena, 1, 1));
}

Test(arena, gives_different_pointers_for_nothing_too) {
    void *first = pnr_arena_alloc(&arena, 0, 8);
    void *second = pnr_arena_alloc(&arena, 8, 0);
    cr_assert_not_null(first);
    cr_assert_not_null(second);
    cr_assert_neq(first, second);
    cr_assert_not_null(pnr_arena_memdup(&arena, NULL, 0, 4));
}

Test(arena, serves_a_request_larger_than_any_block) {
    char *small = pnr_arena_strdup(&arena, "岗");
    unsigned char *large = pnr_arena_alloc(&arena, 5, 1 << 20);
    cr_assert_not_null(large);
    memset(large, 7, 5 << 20);
    cr_assert_str_eq(small, "岗");
    cr_assert_geq(pnr_arena_bytes(&arena), 5u << 20);
}

Test(arena, copies_strings_and_passes_null_through) {
    cr_assert_str_eq(pnr_arena_strdup(&arena, "党员先锋岗"), "党员先锋岗");
    cr_assert_str_eq(pnr_arena_strdup(&arena, ""), "");
    cr_assert_null(pnr_arena_strdup(&arena, NULL));
    const int numbers[] = {3, 1, 4};
    const int *copy = pnr_arena_memdup(&arena, numbers, 3, sizeof *numbers);
    cr_assert_neq(copy, numbers);
    cr_assert_arr_eq(copy, numbers, sizeof numbers);
}

Test(arena, fini_is_repeatable_and_takes_null) {
    cr_assert_not_null(pnr_arena_alloc(&arena, 10, 10));
    pnr_arena_fini(&arena);
    pnr_arena_fini(&arena);
    pnr_arena_fini(NULL);
    cr_assert_eq(pnr_arena_bytes(&arena), 0);
}
