/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums and differences that end at the ends of the range: a roster typed by hand may claim any number. */
#ifndef PNR_BASE_SATURATE_H
#define PNR_BASE_SATURATE_H

#include <stdint.h>

static inline int64_t pnr_saturate_add(int64_t a, int64_t b) {
    int64_t result;
    return !__builtin_add_overflow(a, b, &result) ? result : a > 0 ? INT64_MAX : INT64_MIN;
}

static inline int64_t pnr_saturate_subtract(int64_t a, int64_t b) {
    int64_t result;
    return !__builtin_sub_overflow(a, b, &result) ? result : a > b ? INT64_MAX : INT64_MIN;
}

#endif
