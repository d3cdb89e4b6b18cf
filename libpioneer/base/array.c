/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrays that grow. */
#include "base/array.h"

#define FIRST_CAPACITY 8

void *pnr_array_grow(void *items, int32_t *capacity, int32_t needed, size_t size) {
    if (needed <= *capacity) {
        return items;
    }
    if (needed == INT32_MAX) {
        return items;
    }
    int64_t wanted = *capacity > 0 ? (int64_t)*capacity * 2 : FIRST_CAPACITY;
    wanted = wanted < needed ? needed : wanted;
    wanted = wanted < INT32_MAX ? wanted : INT32_MAX - 1;
    if ((uint64_t)wanted > SIZE_MAX / 2 / size) {
        return items;
    }
    void *grown = realloc(items, (size_t)wanted * size);
    if (!grown) {
        return items;
    }
    *capacity = (int32_t)wanted;
    return grown;
}
