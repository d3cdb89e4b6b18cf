/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Integers with a ceiling: what every price in the pricer is made of. */
#ifndef PNR_ENGINE_PRICE_MATH_H
#define PNR_ENGINE_PRICE_MATH_H

#include <stdbool.h>
#include <stdint.h>

/**
 * No schedule. Bounds on the arithmetic: |price of a pair| <= 2^46 and fewer than 2^10 pairs in a schedule
 * give 2^56; weight × cost stays below 2^60 by contract and is clipped there; multipliers are kept so small
 * that all of them together move a price by less than 2^60. The sum of a few of these stays below 2^62, and
 * nothing is added to PNR_NEVER itself.
 */
#define PNR_NEVER      ((int64_t)1 << 62)
#define PNR_COST_LIMIT ((int64_t)1 << 60)

/** a × b for a, b >= 0, at most PNR_COST_LIMIT. */
static inline int64_t pnr_times(int64_t a, int64_t b) {
    int64_t product;
    bool overflows = __builtin_mul_overflow(a, b, &product);
    return overflows || product > PNR_COST_LIMIT ? PNR_COST_LIMIT : product;
}

/** a + b for a, b <= PNR_COST_LIMIT, at most PNR_COST_LIMIT. */
static inline int64_t pnr_plus(int64_t a, int64_t b) {
    int64_t sum = a + b;
    return sum > PNR_COST_LIMIT ? PNR_COST_LIMIT : sum;
}

/** What a roster says of a pair's price keeps within this on either side, half of what the pricer takes. */
#define PNR_PAIR_LIMIT ((int64_t)1 << 45)
static inline int64_t pnr_pair_price(int64_t price) {
    return price > PNR_PAIR_LIMIT ? PNR_PAIR_LIMIT : price < -PNR_PAIR_LIMIT ? -PNR_PAIR_LIMIT : price;
}

/** The largest number that divides both; 0 and b: b. Never negative. */
static inline int64_t pnr_common_divisor(int64_t a, int64_t b) {
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/** The price of two things together: PNR_NEVER if either is. */
static inline int64_t pnr_both(int64_t a, int64_t b) {
    return a >= PNR_NEVER || b >= PNR_NEVER ? PNR_NEVER : a + b;
}

#endif
