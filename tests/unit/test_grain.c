/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of bounds that are rounded up to what a roster can be worth. That grains are true is compared with
 * enumeration in tests/differential. */
#include <criterion/criterion.h>

#include "engine/grain.h"

Test(grain, a_bound_rises_to_the_next_that_leaves_the_values_remainder) {
    cr_assert_eq(pnr_grain_round(5, 2046, 2050), 2050);
    cr_assert_eq(pnr_grain_round(5, 2045, 2050), 2045);
    cr_assert_eq(pnr_grain_round(5, 2041, 2050), 2045);
    cr_assert_eq(pnr_grain_round(20, 0, 13), 13);
    cr_assert_eq(pnr_grain_round(20, -8, 13), -7);
}

Test(grain, a_bound_never_passes_the_value_by_rounding) {
    for (int64_t bound = -30; bound <= 30; bound++) {
        int64_t rounded = pnr_grain_round(7, bound, 24);
        cr_assert_geq(rounded, bound);
        cr_assert(bound > 24 || rounded <= 24);
        cr_assert(bound > 24 || (24 - rounded) % 7 == 0);
        cr_assert_lt(rounded - bound, 7);
    }
}

Test(grain, nothing_in_common_rounds_nothing_and_all_alike_prove_at_once) {
    cr_assert_eq(pnr_grain_round(1, 17, 40), 17);
    cr_assert_eq(pnr_grain_round(0, 17, 40), 40);
    cr_assert_eq(pnr_grain_round(0, 50, 40), 50);
}
