/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A short name for a text, to see whether two texts are the same. */
#ifndef PNR_BASE_FINGERPRINT_H
#define PNR_BASE_FINGERPRINT_H

#include <stddef.h>

/** 128 bits in hexadecimal and the NUL. */
#define PNR_FINGERPRINT_BYTES 33

/**
 * Writes the FNV-1a hash of 128 bits (G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake: "The FNV
 * Non-Cryptographic Hash Algorithm", IETF). Two texts that differ by accident get two fingerprints; it is no
 * protection against somebody who wants them to be equal.
 */
void pnr_fingerprint(const char *bytes, size_t length, char out[PNR_FINGERPRINT_BYTES]);

#endif
