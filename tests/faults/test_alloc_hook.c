/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the allocation hook itself, and with it of the containers of base/. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "alloc_hook.h"
#include "base/arena.h"
#include "base/array.h"
#include "base/map.h"
#include "base/text.h"
#include "base/threads.h"

static void skip_where_the_hook_is_not_in_force(void) {
    if (!alloc_hook_works()) {
        cr_skip_test("the allocator belongs to a sanitizer");
    }
}

TestSuite(alloc_hook, .init = skip_where_the_hook_is_not_in_force);
TestSuite(base_faults, .init = skip_where_the_hook_is_not_in_force);

Test(alloc_hook, fails_the_chosen_allocation_only) {
    alloc_hook_arm(2);
    void *volatile first = malloc(10);
    void *volatile second = calloc(10, 10);
    void *volatile third = malloc(10);
    const struct alloc_hook_counts counts = alloc_hook_disarm();
    cr_assert(counts.failed);
    cr_assert_eq(counts.allocations, 3);
    cr_assert_eq(counts.live, 2);
    cr_assert_not_null(first);
    cr_assert_null(second);
    cr_assert_not_null(third);
    free(first);
    free(third);
}

Test(alloc_hook, leaves_a_block_alone_whose_growth_fails) {
    char *volatile block = malloc(4);
    memcpy(block, "abc", 4);
    alloc_hook_arm(1);
    char *volatile grown = realloc(block, 100000);
    const struct alloc_hook_counts counts = alloc_hook_disarm();
    cr_assert_null(grown);
    cr_assert_eq(counts.live, 0);
    cr_assert_str_eq(block, "abc");
    free(block);
}

Test(alloc_hook, does_not_count_blocks_from_before) {
    void *volatile old = malloc(10);
    alloc_hook_arm(0);
    void *volatile fresh = malloc(10);
    free(old);
    const struct alloc_hook_counts counts = alloc_hook_disarm();
    cr_assert_eq(counts.live, 1);
    free(fresh);
}

Test(alloc_hook, follows_many_blocks_in_any_order) {
    enum { MANY = 20000 };
    static void *volatile blocks[MANY];
    alloc_hook_arm(0);
    for (int i = 0; i < MANY; i++) {
        blocks[i] = malloc(1 + i % 50);
    }
    for (int i = 0; i < MANY; i += 2) {
        free(blocks[i]);
    }
    for (int i = 1; i < MANY; i += 2) {
        blocks[i] = realloc(blocks[i], 100);
    }
    for (int i = MANY - 1; i > 1; i -= 2) {
        free(blocks[i]);
    }
    const struct alloc_hook_counts counts = alloc_hook_disarm();
    cr_assert_eq(counts.live, 1);
    cr_assert_eq(counts.allocations, MANY + MANY / 2);
    free(blocks[1]);
}

static enum pioneer_status leak_when_the_second_fails(void *context) {
    void **kept = context;
    void *volatile first = malloc(1);
    void *volatile second = malloc(1);
    if (first && !second) {
        *kept = first;
        return PIONEER_E_NO_MEMORY;
    }
    free(first);
    free(second);
    return first && second ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}

Test(alloc_hook, finds_a_leak_on_the_way_out) {
    void *kept = NULL;
    struct alloc_hook_sweep sweep;
    cr_assert_not(alloc_hook_sweep(leak_when_the_second_fails, &kept, &sweep));
    cr_assert_eq(sweep.bad_at, 2);
    cr_assert_eq(sweep.bad_live, 1);
    free(kept);
}

static enum pioneer_status hide_the_failure(void *context) {
    (void)context;
    void *volatile block = malloc(1);
    const enum pioneer_status status = block ? PIONEER_OK : PIONEER_E_IO;
    free(block);
    return status;
}

Test(alloc_hook, finds_a_failure_with_the_wrong_name) {
    struct alloc_hook_sweep sweep;
    cr_assert_not(alloc_hook_sweep(hide_the_failure, NULL, &sweep));
    cr_assert_eq(sweep.bad_at, 1);
    cr_assert_eq(sweep.bad_status, PIONEER_E_IO);
}

/* Each pass below allocates several times, so that growth fails as well as the first block. */
static void assert_survives(alloc_hook_pass_fn *pass, int64_t passes) {
    struct alloc_hook_sweep sweep;
    cr_assert(alloc_hook_sweep(pass, NULL, &sweep), "allocation %d: status %d, %d blocks left",
              (int)sweep.bad_at, (int)sweep.bad_status, (int)sweep.bad_live);
    cr_assert_geq(sweep.passes, passes);
    cr_assert_eq(sweep.tolerated, 0);
}

static enum pioneer_status fill_an_arena(void *context) {
    (void)context;
    struct pnr_arena arena;
    pnr_arena_init(&arena);
    enum pioneer_status status = PIONEER_OK;
    for (int i = 0; i < 1000 && status == PIONEER_OK; i++) {
        const char *copy = pnr_arena_strdup(&arena, "党员先锋岗");
        status = copy ? PIONEER_OK : PIONEER_E_NO_MEMORY;
    }
    pnr_arena_fini(&arena);
    return status;
}

Test(base_faults, arena_survives_each_failure) {
    assert_survives(fill_an_arena, 3);
}

static enum pioneer_status fill_an_array(void *context) {
    (void)context;
    PNR_ARRAY(int32_t) numbers = {0};
    enum pioneer_status status = PIONEER_OK;
    for (int32_t i = 0; i < 1000 && status == PIONEER_OK; i++) {
        status = pnr_array_push(&numbers, i) ? PIONEER_OK : PIONEER_E_NO_MEMORY;
        if (status != PIONEER_OK && numbers.count != i) {
            status = PIONEER_E_RANGE;
        }
    }
    pnr_array_fini(&numbers);
    return status;
}

Test(base_faults, array_survives_each_failure_unchanged) {
    assert_survives(fill_an_array, 5);
}

static enum pioneer_status fill_a_text(void *context) {
    (void)context;
    struct pnr_text text;
    pnr_text_init(&text);
    for (int i = 0; i < 1000; i++) {
        pnr_text_printf(&text, "%d,", i);
        pnr_text_append(&text, "岗");
    }
    char *string = pnr_text_steal(&text);
    const enum pioneer_status status = string ? PIONEER_OK : PIONEER_E_NO_MEMORY;
    free(string);
    return status;
}

Test(base_faults, text_survives_each_failure) {
    assert_survives(fill_a_text, 4);
}

static enum pioneer_status fill_a_map(void *context) {
    (void)context;
    static char keys[1000][4];
    struct pnr_map map;
    pnr_map_init(&map);
    enum pioneer_status status = PIONEER_OK;
    for (int32_t i = 0; i < 1000 && status == PIONEER_OK; i++) {
        keys[i][0] = (char)('0' + i / 100);
        keys[i][1] = (char)('0' + i / 10 % 10);
        keys[i][2] = (char)('0' + i % 10);
        status = pnr_map_put(&map, keys[i], i) ? PIONEER_OK : PIONEER_E_NO_MEMORY;
        if (status != PIONEER_OK &&
            (pnr_map_count(&map) != i || (i > 0 && pnr_map_get(&map, keys[i - 1]) != i - 1))) {
            status = PIONEER_E_RANGE;
        }
    }
    pnr_map_fini(&map);
    return status;
}

Test(base_faults, map_survives_each_failure_unchanged) {
    assert_survives(fill_a_map, 5);
}

static void count_task(void *context, int task) {
    (void)task;
    ++*(int *)context;
}

static enum pioneer_status run_on_a_thread(void *context) {
    (void)context;
    int runs = 0;
    const enum pioneer_status status = pnr_parallel(1, 3, count_task, &runs);
    const int expected = status == PIONEER_OK ? 3 : 0;
    return runs == expected ? status : PIONEER_E_RANGE;
}

/* The C library keeps the memory of a finished thread for the next one, so there may be nothing left to fail.
 */
Test(base_faults, threads_run_all_tasks_or_none) {
    assert_survives(run_on_a_thread, 0);
}
