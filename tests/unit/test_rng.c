/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of base/rng. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/rng.h"

/* The first outputs from state {1, 2, 3, 4}, worked out by hand from the published definition:
 * rotl(2·5, 7)·9 = 11520; the next state has s1 = 0, so 0; then s1 = 262149, so rotl(1310745, 7)·9 =
 * 1509978240. */
Test(rng, is_xoshiro256starstar) {
    struct pnr_rng rng = {{1, 2, 3, 4}};
    cr_assert_eq(pnr_rng_next(&rng), 11520u);
    cr_assert_eq(pnr_rng_next(&rng), 0u);
    cr_assert_eq(pnr_rng_next(&rng), 1509978240u);
}

/* splitmix64 from 0 starts with 0xe220a8397b1dcdaf, as many implementations document. */
Test(rng, is_seeded_by_splitmix64) {
    struct pnr_rng rng;
    pnr_rng_seed(&rng, 0);
    cr_assert_eq(rng.state[0], UINT64_C(0xe220a8397b1dcdaf));
    cr_assert_eq(rng.state[1], UINT64_C(0x6e789e6aa1b965f4));
}

Test(rng, repeats_itself_for_the_same_seed_only) {
    struct pnr_rng a;
    struct pnr_rng b;
    struct pnr_rng c;
    pnr_rng_seed(&a, 7);
    pnr_rng_seed(&b, 7);
    pnr_rng_seed(&c, 8);
    int same = 0;
    for (int i = 0; i < 1000; i++) {
        const uint64_t next = pnr_rng_next(&a);
        cr_assert_eq(next, pnr_rng_next(&b));
        same += next == pnr_rng_next(&c);
    }
    cr_assert_eq(same, 0);
}

Test(rng, stays_below_its_limit_and_reaches_every_value) {
    struct pnr_rng rng;
    pnr_rng_seed(&rng, 1);
    cr_assert_eq(pnr_rng_below(&rng, 0), 0);
    cr_assert_eq(pnr_rng_below(&rng, 1), 0);
    int counts[7] = {0};
    for (int i = 0; i < 70000; i++) {
        const uint32_t value = pnr_rng_below(&rng, 7);
        cr_assert_lt(value, 7u);
        counts[value]++;
    }
    for (int i = 0; i < 7; i++) {
        cr_assert(counts[i] > 9500 && counts[i] < 10500, "%d: %d", i, counts[i]);
    }
}

/* With 3·2^30 a plain modulo would give the lower third twice as often as it should. */
Test(rng, has_no_bias_for_large_limits) {
    struct pnr_rng rng;
    pnr_rng_seed(&rng, 2);
    int lower = 0;
    for (int i = 0; i < 60000; i++) {
        lower += pnr_rng_below(&rng, 3u << 30) < 1u << 30;
    }
    cr_assert(lower > 19400 && lower < 20600, "%d", lower);
}

Test(rng, forks_streams_that_differ_and_leave_the_parent_alone) {
    struct pnr_rng parent;
    pnr_rng_seed(&parent, 3);
    const struct pnr_rng before = parent;
    struct pnr_rng first = pnr_rng_fork(&parent, 0);
    struct pnr_rng second = pnr_rng_fork(&parent, 1);
    struct pnr_rng again = pnr_rng_fork(&parent, 0);
    cr_assert_arr_eq(&parent, &before, sizeof parent);
    cr_assert_arr_eq(&first, &again, sizeof first);
    cr_assert_neq(pnr_rng_next(&first), pnr_rng_next(&second));
    pnr_rng_next(&parent);
    struct pnr_rng later = pnr_rng_fork(&parent, 0);
    cr_assert_neq(pnr_rng_next(&again), pnr_rng_next(&later));
}

/* Every order of three comes up about as often as another. */
Test(rng, shuffles_without_preference) {
    struct pnr_rng rng;
    pnr_rng_seed(&rng, 4);
    int seen[27] = {0};
    for (int i = 0; i < 6000; i++) {
        int32_t items[3] = {0, 1, 2};
        pnr_rng_shuffle(&rng, items, 3);
        seen[items[0] * 9 + items[1] * 3 + items[2]]++;
    }
    int orders = 0;
    for (int i = 0; i < 27; i++) {
        cr_expect(seen[i] == 0 || (seen[i] > 850 && seen[i] < 1150), "%d", seen[i]);
        orders += seen[i] > 0;
    }
    cr_expect_eq(orders, 6);
}
