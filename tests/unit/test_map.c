/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of base/map. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "base/map.h"

Test(map, is_empty_at_first) {
    struct pnr_map map;
    pnr_map_init(&map);
    cr_assert_eq(pnr_map_count(&map), 0);
    cr_assert_eq(pnr_map_get(&map, "a"), -1);
    pnr_map_fini(&map);
    pnr_map_fini(NULL);
}

Test(map, tells_keys_apart_that_share_a_prefix_or_are_empty) {
    struct pnr_map map;
    pnr_map_init(&map);
    cr_assert(pnr_map_put(&map, "北门", 1));
    cr_assert(pnr_map_put(&map, "北门岗", 2));
    cr_assert(pnr_map_put(&map, "", 0));
    cr_assert_eq(pnr_map_get(&map, "北门"), 1);
    cr_assert_eq(pnr_map_get(&map, "北门岗"), 2);
    cr_assert_eq(pnr_map_get(&map, ""), 0);
    cr_assert_eq(pnr_map_get(&map, "北"), -1);
    pnr_map_fini(&map);
}

Test(map, compares_keys_by_their_text) {
    struct pnr_map map;
    pnr_map_init(&map);
    char key[] = "m1";
    char same[] = "m1";
    cr_assert(pnr_map_put(&map, key, 5));
    cr_assert_eq(pnr_map_get(&map, same), 5);
    cr_assert(pnr_map_put(&map, same, 6));
    cr_assert_eq(pnr_map_get(&map, key), 6);
    cr_assert_eq(pnr_map_count(&map), 1);
    pnr_map_fini(&map);
}

/* 40,000 keys meet in a table of 131,072 slots thousands of times. */
Test(map, survives_collisions_and_growth) {
    enum { KEYS = 40000 };
    static char keys[KEYS][12];
    struct pnr_map map;
    pnr_map_init(&map);
    for (int32_t i = 0; i < KEYS; i++) {
        snprintf(keys[i], sizeof keys[i], "m%d", (int)i);
        cr_assert(pnr_map_put(&map, keys[i], i));
        cr_assert_eq(pnr_map_count(&map), i + 1);
    }
    for (int32_t i = 0; i < KEYS; i++) {
        cr_assert_eq(pnr_map_get(&map, keys[i]), i);
    }
    cr_assert_eq(pnr_map_get(&map, "m40000"), -1);
    pnr_map_fini(&map);
}

Test(map, serves_again_after_fini) {
    struct pnr_map map;
    pnr_map_init(&map);
    cr_assert(pnr_map_put(&map, "a", 1));
    pnr_map_fini(&map);
    cr_assert_eq(pnr_map_get(&map, "a"), -1);
    cr_assert(pnr_map_put(&map, "b", 2));
    cr_assert_eq(pnr_map_get(&map, "b"), 2);
    pnr_map_fini(&map);
}
