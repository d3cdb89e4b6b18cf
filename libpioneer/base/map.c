/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hash map from strings to small numbers. */
#include "base/map.h"

#include <stdlib.h>
#include <string.h>

struct pnr_map_slot {
    const char *key; /* NULL: empty */
    uint32_t hash;
    int32_t value;
};

#define FIRST_SLOTS 16u
#define SLOTS_MAX   (1u << 30)

/* FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo) over the bytes, then the 64-bit finaliser of MurmurHash3 (A.
 * Appleby), since linear probing needs good low bits. The seed is fixed: the same campaign must cost the same
 * everywhere. */
static uint32_t hash_of(const char *key) {
    uint64_t hash = UINT64_C(14695981039346656037);
    for (const unsigned char *at = (const unsigned char *)key; *at; at++) {
        hash = (hash ^ *at) * UINT64_C(1099511628211);
    }
    hash = (hash ^ hash >> 33) * UINT64_C(0xff51afd7ed558ccd);
    hash = (hash ^ hash >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
    return (uint32_t)(hash ^ hash >> 33);
}

void pnr_map_init(struct pnr_map *map) {
    *map = (struct pnr_map){0};
}

void pnr_map_fini(struct pnr_map *map) {
    if (!map) {
        return;
    }
    free(map->slots);
    pnr_map_init(map);
}

/* The slot that holds the key, or the empty one where it belongs. */
static struct pnr_map_slot *find(struct pnr_map_slot *slots, uint32_t mask, const char *key, uint32_t hash) {
    uint32_t at = hash & mask;
    while (slots[at].key && (slots[at].hash != hash || strcmp(slots[at].key, key) != 0)) {
        at = (at + 1) & mask;
    }
    return &slots[at];
}

static bool grow(struct pnr_map *map) {
    const uint32_t wanted = map->slots ? (map->mask + 1) * 2 : FIRST_SLOTS;
    if (wanted > SLOTS_MAX) {
        return false;
    }
    struct pnr_map_slot *slots = calloc(wanted, sizeof *slots);
    if (!slots) {
        return false;
    }
    for (uint32_t i = 0; map->slots && i <= map->mask; i++) {
        const struct pnr_map_slot *old = &map->slots[i];
        if (old->key) {
            *find(slots, wanted - 1, old->key, old->hash) = *old;
        }
    }
    free(map->slots);
    map->slots = slots;
    map->mask = wanted - 1;
    return true;
}

bool pnr_map_put(struct pnr_map *map, const char *key, int32_t value) {
    const uint32_t hash = hash_of(key);
    if (map->slots) {
        struct pnr_map_slot *slot = find(map->slots, map->mask, key, hash);
        if (slot->key) {
            slot->value = value;
            return true;
        }
    }
    if ((!map->slots || (uint32_t)map->count * 2 > map->mask) && !grow(map)) {
        return false;
    }
    *find(map->slots, map->mask, key, hash) = (struct pnr_map_slot){.key = key, .hash = hash, .value = value};
    map->count++;
    return true;
}

int32_t pnr_map_get(const struct pnr_map *map, const char *key) {
    if (!map->slots) {
        return -1;
    }
    const struct pnr_map_slot *slot = find(map->slots, map->mask, key, hash_of(key));
    return slot->key ? slot->value : -1;
}

int32_t pnr_map_count(const struct pnr_map *map) {
    return map->count;
}
