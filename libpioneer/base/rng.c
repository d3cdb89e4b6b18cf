/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random numbers that are the same on every machine for the same seed. */
#include "base/rng.h"

/* splitmix64 (S. Vigna, after G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014): the seeding that xoshiro asks
 * for. */
static uint64_t splitmix64(uint64_t *state) {
    *state += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t mixed = *state;
    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ mixed >> 31;
}

void pnr_rng_seed(struct pnr_rng *rng, uint64_t seed) {
    for (int i = 0; i < 4; i++) {
        rng->state[i] = splitmix64(&seed);
    }
}

static uint64_t rotate_left(uint64_t value, int bits) {
    return value << bits | value >> (64 - bits);
}

/* xoshiro256** as published at https://prng.di.unimi.it/xoshiro256starstar.c */
uint64_t pnr_rng_next(struct pnr_rng *rng) {
    uint64_t *s = rng->state;
    const uint64_t result = rotate_left(s[1] * 5, 7) * 9;
    const uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate_left(s[3], 45);
    return result;
}

/* D. Lemire, "Fast Random Integer Generation in an Interval", 2019: the high half of a 32 × 32 product,
 * redrawn where the low half shows that one result would come up more often than the others. */
uint32_t pnr_rng_below(struct pnr_rng *rng, uint32_t n) {
    if (n == 0) {
        return 0;
    }
    const uint32_t unfair = (0u - n) % n;
    uint64_t product;
    do {
        product = (pnr_rng_next(rng) >> 32) * n;
    } while ((uint32_t)product < unfair);
    return (uint32_t)(product >> 32);
}

struct pnr_rng pnr_rng_fork(const struct pnr_rng *rng, uint64_t stream) {
    uint64_t mixed = stream;
    for (int i = 0; i < 4; i++) {
        mixed = rng->state[i] ^ splitmix64(&mixed);
    }
    struct pnr_rng forked;
    pnr_rng_seed(&forked, mixed);
    return forked;
}

void pnr_rng_shuffle(struct pnr_rng *rng, int32_t *items, int32_t count) {
    for (int32_t i = count - 1; i > 0; i--) {
        int32_t j = (int32_t)pnr_rng_below(rng, (uint32_t)i + 1);
        int32_t swap = items[i];
        items[i] = items[j];
        items[j] = swap;
    }
}
