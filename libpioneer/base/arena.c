/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that is given back all at once. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct pnr_arena_block {
    struct pnr_arena_block *next;
    size_t capacity;
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
};

/* The first block is small, so that tiny campaigns stay tiny; blocks double up to the size where the cost of
 * malloc no longer shows against the cost of zeroing. */
#define BLOCK_MIN ((size_t)4096)
#define BLOCK_MAX ((size_t)1 << 20)

void pnr_arena_init(struct pnr_arena *arena) {
    *arena = (struct pnr_arena){0};
}

void pnr_arena_fini(struct pnr_arena *arena) {
    if (!arena) {
        return;
    }
    struct pnr_arena_block *block = arena->first;
    while (block) {
        struct pnr_arena_block *next = block->next;
        free(block);
        block = next;
    }
    pnr_arena_init(arena);
}

/* A new block of at least `wanted` bytes, linked after the current one. */
static struct pnr_arena_block *add_block(struct pnr_arena *arena, size_t wanted) {
    size_t capacity = arena->current ? arena->current->capacity * 2 : BLOCK_MIN;
    if (capacity > BLOCK_MAX) {
        capacity = BLOCK_MAX;
    }
    if (capacity < wanted) {
        capacity = wanted;
    }
    struct pnr_arena_block *block = malloc(sizeof *block + capacity);
    if (!block) {
        return NULL;
    }
    block->capacity = capacity;
    block->used = 0;
    if (arena->current) {
        block->next = arena->current->next;
        arena->current->next = block;
    } else {
        block->next = arena->first;
        arena->first = block;
    }
    arena->bytes += sizeof *block + capacity;
    return block;
}

/* The next block with room for `bytes`; blocks too small for it are skipped until the next reset. */
static struct pnr_arena_block *block_with_room(struct pnr_arena *arena, size_t bytes) {
    struct pnr_arena_block *block = arena->current;
    while (block && block->capacity - block->used < bytes) {
        if (!block->next) {
            break;
        }
        block = block->next;
    }
    if (block && block->capacity - block->used >= bytes) {
        return block;
    }
    arena->current = block;
    return add_block(arena, bytes);
}

void *pnr_arena_alloc(struct pnr_arena *arena, size_t count, size_t size) {
    const size_t align = alignof(max_align_t);
    if (size > 0 && count > (SIZE_MAX / 2) / size) {
        return NULL;
    }
    size_t bytes = count * size;
    bytes = bytes == 0 ? align : (bytes + align - 1) / align * align;
    struct pnr_arena_block *block = block_with_room(arena, bytes);
    if (!block) {
        return NULL;
    }
    arena->current = block;
    void *result = block->bytes + block->used;
    block->used += bytes;
    memset(result, 0, bytes);
    return result;
}

char *pnr_arena_strdup(struct pnr_arena *arena, const char *text) {
    return text ? pnr_arena_memdup(arena, text, strlen(text) + 1, 1) : NULL;
}

void *pnr_arena_memdup(struct pnr_arena *arena, const void *items, size_t count, size_t size) {
    void *copy = pnr_arena_alloc(arena, count, size);
    if (copy && count * size > 0) {
        memcpy(copy, items, count * size);
    }
    return copy;
}

void pnr_arena_reset(struct pnr_arena *arena) {
    for (struct pnr_arena_block *block = arena->first; block; block = block->next) {
        block->used = 0;
    }
    arena->current = arena->first;
}

size_t pnr_arena_bytes(const struct pnr_arena *arena) {
    return arena->bytes;
}
