/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A short name for a text, to see whether two texts are the same. */
#include "base/fingerprint.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>

/* The 128-bit FNV offset basis, and the prime 2^88 + 2^8 + 0x3b. */
#define BASIS_HIGH UINT64_C(0x6c62272e07bb0142)
#define BASIS_LOW  UINT64_C(0x62b821756295c58d)
#define PRIME_LOW  UINT64_C(0x13b)

void pnr_fingerprint(const char *bytes, size_t length, char out[PNR_FINGERPRINT_BYTES]) {
    uint64_t high = BASIS_HIGH;
    uint64_t low = BASIS_LOW;
    for (size_t i = 0; i < length; i++) {
        low ^= (unsigned char)bytes[i];
        /* (high, low) × (2^88 + PRIME_LOW) mod 2^128: low × PRIME_LOW by halves, and low shifted by 88 bits.
         */
        const uint64_t lower = (low & UINT32_MAX) * PRIME_LOW;
        const uint64_t upper = (low >> 32) * PRIME_LOW + (lower >> 32);
        high = high * PRIME_LOW + (upper >> 32) + (low << 24);
        low = upper << 32 | (lower & UINT32_MAX);
    }
    snprintf(out, PNR_FINGERPRINT_BYTES, "%016" PRIx64 "%016" PRIx64, high, low);
}
