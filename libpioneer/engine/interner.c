/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers things in the order in which they are first seen. */
#include "engine/interner.h"

#include <stdlib.h>
#include <string.h>

void pnr_interner_init(struct pnr_interner *interner, int32_t width) {
    memset(interner, 0, sizeof *interner);
    interner->width = width;
}

void pnr_interner_fini(struct pnr_interner *interner) {
    free(interner->rows);
    free(interner->slots);
    pnr_interner_init(interner, interner->width);
}

/* Multiply and fold, after the finaliser of SplitMix64 (S. Vigna). */
static uint32_t hash_row(const int64_t *row, int32_t width) {
    uint64_t hash = 0x9E3779B97F4A7C15u;
    for (int32_t i = 0; i < width; i++) {
        hash = (hash ^ (uint64_t)row[i]) * 0xBF58476D1CE4E5B9u;
        hash ^= hash >> 29;
    }
    return (uint32_t)(hash ^ hash >> 32);
}

/* Rows are short, most of them a single number: a loop beats a call. */
static bool same_row(const int64_t *a, const int64_t *b, int32_t width) {
    int32_t i = 0;
    while (i < width && a[i] == b[i]) {
        i++;
    }
    return i == width;
}

/* The slot that holds the row, or the empty one where it belongs. */
static uint32_t find_slot(const struct pnr_interner *interner, const int64_t *row) {
    uint32_t at = hash_row(row, interner->width) & interner->mask;
    while (interner->slots[at] != 0 &&
           !same_row(pnr_interner_row(interner, interner->slots[at] - 1), row, interner->width)) {
        at = (at + 1) & interner->mask;
    }
    return at;
}

static bool grow_rows(struct pnr_interner *interner) {
    size_t wanted = ((size_t)interner->count + 1) * (size_t)interner->width;
    if (wanted <= interner->room) {
        return true;
    }
    size_t room = interner->room == 0 ? 16 * (size_t)interner->width : 2 * interner->room;
    room = room > wanted ? room : wanted;
    int64_t *rows = realloc(interner->rows, room * sizeof *rows);
    if (rows == NULL) {
        return false;
    }
    interner->rows = rows;
    interner->room = room;
    return true;
}

static bool grow_slots(struct pnr_interner *interner) {
    if (interner->slots != NULL && (uint32_t)interner->count < (interner->mask + 1) / 2) {
        return true;
    }
    size_t size = interner->slots == NULL ? 32 : ((size_t)interner->mask + 1) * 2;
    int32_t *slots = calloc(size, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    free(interner->slots);
    interner->slots = slots;
    interner->mask = (uint32_t)size - 1;
    for (int32_t i = 0; interner->is_hashed && i < interner->count; i++) {
        slots[find_slot(interner, pnr_interner_row(interner, i))] = i + 1;
    }
    return true;
}

/* Enters the rows so far, when they have become too many to look through. */
static bool start_hashing(struct pnr_interner *interner) {
    if (!grow_slots(interner)) {
        return false;
    }
    for (int32_t i = 0; i < interner->count; i++) {
        interner->slots[find_slot(interner, pnr_interner_row(interner, i))] = i + 1;
    }
    interner->is_hashed = true;
    return true;
}

/* Few rows in a large table are taken out one by one, the latest first: then every one is still where probing
 * finds it. */
void pnr_interner_clear(struct pnr_interner *interner) {
    if (interner->is_hashed && (uint32_t)interner->count < interner->mask / 16) {
        for (int32_t i = interner->count - 1; i >= 0; i--) {
            interner->slots[find_slot(interner, pnr_interner_row(interner, i))] = 0;
        }
    } else if (interner->is_hashed) {
        memset(interner->slots, 0, ((size_t)interner->mask + 1) * sizeof *interner->slots);
    }
    interner->is_hashed = false;
    interner->count = 0;
}

void pnr_interner_restart(struct pnr_interner *interner, int32_t width) {
    pnr_interner_clear(interner);
    interner->width = width;
}

static int32_t append(struct pnr_interner *interner, const int64_t *row) {
    int64_t *to = &interner->rows[(size_t)interner->count * (size_t)interner->width];
    for (int32_t i = 0; i < interner->width; i++) { /* `row` may be the draft itself */
        to[i] = row[i];
    }
    return interner->count++;
}

int32_t pnr_interner_put(struct pnr_interner *interner, const int64_t *row) {
    enum { FEW = 12 };
    if (!grow_rows(interner)) {
        return -1;
    }
    if (interner->count < FEW) {
        for (int32_t i = 0; i < interner->count; i++) {
            if (same_row(pnr_interner_row(interner, i), row, interner->width)) {
                return i;
            }
        }
        return append(interner, row);
    }
    if ((!interner->is_hashed && !start_hashing(interner)) || !grow_slots(interner)) {
        return -1;
    }
    uint32_t at = find_slot(interner, row);
    if (interner->slots[at] == 0) {
        interner->slots[at] = append(interner, row) + 1;
    }
    return interner->slots[at] - 1;
}

int64_t *pnr_interner_draft(struct pnr_interner *interner) {
    return grow_rows(interner) ? &interner->rows[(size_t)interner->count * (size_t)interner->width] : NULL;
}
