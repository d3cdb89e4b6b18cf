/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of base/fingerprint. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/fingerprint.h"

/* The values of the empty text and of "a" and "foobar" in the test vectors of the hash's authors. */
Test(fingerprint, is_fnv_1a_of_128_bits) {
    char out[PNR_FINGERPRINT_BYTES];
    pnr_fingerprint("", 0, out);
    cr_assert_str_eq(out, "6c62272e07bb014262b821756295c58d");
    pnr_fingerprint("a", 1, out);
    cr_assert_str_eq(out, "d228cb696f1a8caf78912b704e4a8964");
    pnr_fingerprint("foobar", 6, out);
    cr_assert_str_eq(out, "343e1662793c64bf6f0d3597ba446f18");
}

Test(fingerprint, sees_every_byte_and_the_length) {
    char one[PNR_FINGERPRINT_BYTES], other[PNR_FINGERPRINT_BYTES];
    pnr_fingerprint("岗位\0", 7, one);
    pnr_fingerprint("岗位", 6, other);
    cr_assert_str_neq(one, other);
    pnr_fingerprint("岗伍\0", 7, other);
    cr_assert_str_neq(one, other);
}
