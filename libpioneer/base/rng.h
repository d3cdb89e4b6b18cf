/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random numbers that are the same on every machine for the same seed. */
#ifndef PNR_BASE_RNG_H
#define PNR_BASE_RNG_H

#include <stdint.h>

/** The state of xoshiro256** 1.0 (D. Blackman, S. Vigna, 2018). Never all zeros after pnr_rng_seed. */
struct pnr_rng {
    uint64_t state[4];
};

void pnr_rng_seed(struct pnr_rng *rng, uint64_t seed);

/** 64 random bits. */
uint64_t pnr_rng_next(struct pnr_rng *rng);

/** Uniform in [0, n), without bias; 0 for n = 0. */
uint32_t pnr_rng_below(struct pnr_rng *rng, uint32_t n);

/** Puts the items in a random order, each as likely as another. */
void pnr_rng_shuffle(struct pnr_rng *rng, int32_t *items, int32_t count);

/**
 * A generator of its own for task number `stream`. It depends on the state of `rng` only and leaves it alone,
 * so that tasks draw the same numbers in whatever order they run.
 */
struct pnr_rng pnr_rng_fork(const struct pnr_rng *rng, uint64_t stream);

#endif
