/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sharing a whole number in proportion. */
#include "check/share.h"

#include <stdlib.h>

/* Products of two int64_t. */
__extension__ typedef unsigned __int128 pnr_product;

struct remainder {
    uint64_t value;
    int32_t index;
};

static int compare_remainders(const void *left, const void *right) {
    const struct remainder *a = left;
    const struct remainder *b = right;
    if (a->value != b->value) {
        return a->value > b->value ? -1 : 1;
    }
    return (a->index > b->index) - (a->index < b->index);
}

enum pioneer_status pnr_share(int64_t total, const int64_t *weights, int32_t count, int64_t *shares) {
    struct remainder *remainders = calloc((size_t)count + 1, sizeof *remainders);
    if (remainders == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    uint64_t sum = 0;
    for (int32_t i = 0; i < count; i++) {
        sum += (uint64_t)weights[i];
        shares[i] = 0;
    }
    int64_t left = total;
    for (int32_t i = 0; i < count && sum > 0; i++) {
        pnr_product product = (pnr_product)total * (uint64_t)weights[i];
        shares[i] = (int64_t)(product / sum);
        remainders[i] = (struct remainder){(uint64_t)(product % sum), i};
        left -= shares[i];
    }
    qsort(remainders, (size_t)count, sizeof *remainders, compare_remainders);
    for (int32_t i = 0; i < left && sum > 0; i++) {
        shares[remainders[i].index]++;
    }
    free(remainders);
    return PIONEER_OK;
}

int64_t pnr_share_add(int64_t a, int64_t b) {
    return a > INT64_MAX - b ? INT64_MAX : a + b;
}

int64_t pnr_share_multiply(int64_t a, int64_t b) {
    return a != 0 && b > INT64_MAX / a ? INT64_MAX : a * b;
}
