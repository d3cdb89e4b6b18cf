/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrays that grow. */
#ifndef PNR_BASE_ARRAY_H
#define PNR_BASE_ARRAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/** A growing array of T; all zeros is a valid empty one. Invariant: 0 <= count <= capacity < INT32_MAX. */
#define PNR_ARRAY(T)                                                                                         \
    struct {                                                                                                 \
        T *items;                                                                                            \
        int32_t count;                                                                                       \
        int32_t capacity;                                                                                    \
    }

/**
 * `items` moved to where `needed` elements of `size` bytes fit, with *capacity raised (at least doubled);
 * both unchanged when they fit already or memory is short. Only for the macros below.
 */
void *pnr_array_grow(void *items, int32_t *capacity, int32_t needed, size_t size);

/** Makes room for `needed` items in all; false when memory is short. Evaluates its arguments twice. */
#define pnr_array_reserve(array, needed)                                                                     \
    ((array)->items = pnr_array_grow((array)->items, &(array)->capacity, (needed), sizeof *(array)->items),  \
     (array)->capacity >= (needed))

/** Appends a value (also a compound literal); false, with the array unchanged, when memory is short. */
#define pnr_array_push(array, ...)                                                                           \
    (pnr_array_reserve((array), (array)->count + 1)                                                          \
         ? ((array)->items[(array)->count++] = (__VA_ARGS__), true)                                          \
         : false)

/** Forgets the items and keeps the room. */
#define pnr_array_clear(array) ((void)((array)->count = 0))

/** Gives the room back; the array is empty and usable afterwards. */
#define pnr_array_fini(array)                                                                                \
    (free((array)->items), (array)->items = NULL, (void)((array)->count = (array)->capacity = 0))

#endif
