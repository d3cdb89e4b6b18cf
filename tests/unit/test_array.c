/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of base/array. */
#include <criterion/criterion.h>

#include "base/array.h"

struct pair {
    int32_t first;
    int32_t second;
};

Test(array, keeps_what_was_pushed_while_it_grows) {
    PNR_ARRAY(int32_t) numbers = {0};
    for (int32_t i = 0; i < 10000; i++) {
        cr_assert(pnr_array_push(&numbers, i * 3));
        cr_assert_eq(numbers.count, i + 1);
        cr_assert_geq(numbers.capacity, numbers.count);
    }
    for (int32_t i = 0; i < 10000; i++) {
        cr_assert_eq(numbers.items[i], i * 3);
    }
    pnr_array_fini(&numbers);
}

Test(array, takes_compound_literals_and_its_own_items) {
    PNR_ARRAY(struct pair) pairs = {0};
    cr_assert(pnr_array_push(&pairs, (struct pair){.first = 1, .second = 2}));
    for (int i = 0; i < 100; i++) {
        cr_assert(pnr_array_push(&pairs, pairs.items[0]));
    }
    cr_assert_eq(pairs.items[100].first, 1);
    cr_assert_eq(pairs.items[100].second, 2);
    pnr_array_fini(&pairs);
}

Test(array, does_not_move_within_reserved_room) {
    PNR_ARRAY(int64_t) numbers = {0};
    cr_assert(pnr_array_reserve(&numbers, 1000));
    const int64_t *items = numbers.items;
    for (int i = 0; i < 1000; i++) {
        cr_assert(pnr_array_push(&numbers, i));
    }
    cr_assert_eq(numbers.items, items);
    cr_assert(pnr_array_reserve(&numbers, 10));
    cr_assert_eq(numbers.items, items);
    pnr_array_fini(&numbers);
}

Test(array, clear_forgets_the_items_and_keeps_the_room) {
    PNR_ARRAY(char) letters = {0};
    cr_assert(pnr_array_push(&letters, 'a'));
    const int32_t capacity = letters.capacity;
    pnr_array_clear(&letters);
    cr_assert_eq(letters.count, 0);
    cr_assert_eq(letters.capacity, capacity);
    pnr_array_fini(&letters);
    cr_assert_null(letters.items);
    cr_assert_eq(letters.capacity, 0);
    cr_assert(pnr_array_push(&letters, 'b'));
    pnr_array_fini(&letters);
}

Test(array, refuses_what_no_machine_has_and_stays_as_it_was) {
    struct large {
        char bytes[1 << 20];
    };
    PNR_ARRAY(struct large) items = {0};
    cr_assert(pnr_array_reserve(&items, 1));
    const struct large *before = items.items;
    const int32_t capacity = items.capacity;
    int32_t fits = capacity;
    cr_assert_eq(pnr_array_grow(items.items, &fits, INT32_MAX, SIZE_MAX / 4), (void *)items.items);
    cr_assert_eq(pnr_array_grow(items.items, &fits, INT32_MAX - 1, SIZE_MAX / 4), (void *)items.items);
    cr_assert_eq(fits, capacity);
    cr_assert_not(pnr_array_reserve(&items, INT32_MAX));
    cr_assert_eq(items.items, before);
    cr_assert_eq(items.capacity, capacity);
    pnr_array_fini(&items);
}
