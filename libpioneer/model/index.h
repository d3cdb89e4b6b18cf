/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the id of a thing to its place in the campaign's arrays. */
#ifndef PNR_MODEL_INDEX_H
#define PNR_MODEL_INDEX_H

#include "base/map.h"
#include "model/campaign.h"

/* The kinds of things that have ids. */
enum pnr_kind {
    PNR_KIND_UNIT,
    PNR_KIND_MEMBER,
    PNR_KIND_SITE,
    PNR_KIND_SLOT,
    PNR_KIND_STAGE,
    PNR_KIND_POST,
    PNR_KIND_RULE,
    PNR_KIND_LEVEL, /* the default ones if the campaign lists none */
    PNR_KIND_COUNT
};

/* Borrows the campaign's ids. All zeros is an empty index. Of several things with one id the first is found.
 */
struct pnr_index {
    struct pnr_map map;
    const char **ids;
    int32_t count;
};

/* False when memory is short; the index is to be given back in either case. */
bool pnr_index_build(struct pnr_index *index, const struct pioneer_campaign *campaign, enum pnr_kind kind);
void pnr_index_fini(struct pnr_index *index);
/* -1 if there is none, and for NULL. */
int32_t pnr_index_find(const struct pnr_index *index, const char *id);
/* The known id that `id` probably means; NULL if none is near. */
const char *pnr_index_nearest(const struct pnr_index *index, const char *id);

/* The position of each thing in bytewise order of the ids (equal ids: of the array); NULL when memory is
 * short.
 */
int32_t *pnr_index_ranks(const struct pnr_index *index, struct pnr_arena *arena);

/* "unit", "member" … */
const char *pnr_kind_name(enum pnr_kind kind);
/* "units", "members" …: the array in a file. */
const char *pnr_kind_array(enum pnr_kind kind);

/* Indexes of all kinds. */
struct pnr_indexes {
    struct pnr_index of[PNR_KIND_COUNT];
};

bool pnr_indexes_build(struct pnr_indexes *indexes, const struct pioneer_campaign *campaign);
void pnr_indexes_fini(struct pnr_indexes *indexes);

#endif
