/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hash map from strings to small numbers. */
#ifndef PNR_BASE_MAP_H
#define PNR_BASE_MAP_H

#include <stdbool.h>
#include <stdint.h>

struct pnr_map_slot;

/**
 * Open addressing with linear probing. Keys are borrowed: they must outlive the map and stay as they are. All
 * zeros is a valid empty map. Invariant: mask + 1 slots, a power of two, at most half of them taken; or slots
 * NULL.
 */
struct pnr_map {
    struct pnr_map_slot *slots;
    uint32_t mask;
    int32_t count;
};

void pnr_map_init(struct pnr_map *map);

/** Frees the table, not the keys. NULL is accepted. */
void pnr_map_fini(struct pnr_map *map);

/** Sets the value of a key (>= 0), replacing an earlier one; false, with the map unchanged, when memory is
 * short. */
bool pnr_map_put(struct pnr_map *map, const char *key, int32_t value);

/** The value of a key, -1 when it is absent. */
int32_t pnr_map_get(const struct pnr_map *map, const char *key);

/** How many keys there are. */
int32_t pnr_map_count(const struct pnr_map *map);

#endif
