/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that is given back all at once. */
#ifndef PNR_BASE_ARENA_H
#define PNR_BASE_ARENA_H

#include <stddef.h>

struct pnr_arena_block;

/**
 * Invariant: `first` is a list of blocks; those before `current` are full, those after it are empty.
 * A zeroed arena is a valid empty one. Not for use by two threads at once.
 */
struct pnr_arena {
    struct pnr_arena_block *first;
    struct pnr_arena_block *current;
    size_t bytes;
};

void pnr_arena_init(struct pnr_arena *arena);

/** Frees everything; the arena is empty and usable afterwards. NULL is accepted. */
void pnr_arena_fini(struct pnr_arena *arena);

/**
 * `count` × `size` zeroed bytes, aligned for any type, valid until reset or fini; NULL when memory is short
 * or the product overflows. A count of 0 gives a valid pointer to nothing.
 */
void *pnr_arena_alloc(struct pnr_arena *arena, size_t count, size_t size);

/** A copy of `text`; NULL for NULL, and when memory is short. */
char *pnr_arena_strdup(struct pnr_arena *arena, const char *text);

/** A copy of `count` items of `size` bytes; `items` may be NULL when count is 0. NULL if memory is short. */
void *pnr_arena_memdup(struct pnr_arena *arena, const void *items, size_t count, size_t size);

/** Gives every allocation back but keeps the blocks, so that the next round allocates nothing from the
 * system. */
void pnr_arena_reset(struct pnr_arena *arena);

/** Bytes held from the system. */
size_t pnr_arena_bytes(const struct pnr_arena *arena);

#endif
