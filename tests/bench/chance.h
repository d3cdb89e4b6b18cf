/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers that look random and are the same in every run. */
#ifndef TESTS_BENCH_CHANCE_H
#define TESTS_BENCH_CHANCE_H

#include <stdint.h>

/* The next number of [0, below) (xorshift; `state` must not be 0). */
static inline int32_t chance(uint64_t *state, int32_t below) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (int32_t)(*state % (uint64_t)below);
}

#endif
