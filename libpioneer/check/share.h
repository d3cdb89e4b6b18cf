/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sharing a whole number in proportion, and sums that stop at the end of their type instead of wrapping. */
#ifndef PNR_CHECK_SHARE_H
#define PNR_CHECK_SHARE_H

#include <stdint.h>

#include "base/status.h"

/* shares[i] = total × weights[i] / Σ weights by largest remainder, ties by the smaller index; all 0 when Σ
 * weights is. `weights` and `total` are not negative. Only fails for want of memory. */
enum pioneer_status pnr_share(int64_t total, const int64_t *weights, int32_t count, int64_t *shares);

/* a + b and a × b for numbers >= 0, at most INT64_MAX. */
int64_t pnr_share_add(int64_t a, int64_t b);
int64_t pnr_share_multiply(int64_t a, int64_t b);

#endif
