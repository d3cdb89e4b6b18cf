/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fields of every description, as tables: one place for their names, types and limits. */
#ifndef PNR_MODEL_LAYOUT_H
#define PNR_MODEL_LAYOUT_H

#include <pioneer/campaign.h>

#include "base/arena.h"

#define PNR_ID_BYTES         64
#define PNR_NAME_BYTES       255
#define PNR_EXPRESSION_BYTES 65536
/* A time of day may lie on the next day: a slot or window that crosses midnight. */
#define PNR_TIME_LAST 2880

enum pnr_field_type {
    PNR_FIELD_ID,         /* const char *: an id, or a reference to one */
    PNR_FIELD_WORD,       /* const char *: spelt like an id, but "" is allowed and means unset */
    PNR_FIELD_NAME,       /* const char *: text for people */
    PNR_FIELD_EXPRESSION, /* const char * */
    PNR_FIELD_NUMBER,     /* int32_t within [low, high] */
    PNR_FIELD_LONG,       /* int64_t within [low, high] */
    PNR_FIELD_TIME,       /* int32_t: a minute of the day, 0..PNR_TIME_LAST */
    PNR_FIELD_DAY,        /* int32_t: days since 1970-01-01 */
    PNR_FIELD_MOMENT,     /* int32_t: civil minutes since 1970-01-01T00:00 */
    PNR_FIELD_BOOL,       /* bool */
    PNR_FIELD_CHOICE,     /* an enum with values low..high, whose names are choices[value] */
    PNR_FIELD_IDS,        /* const char *const * and its count: words spelt like ids */
    PNR_FIELD_DAYS,       /* const int32_t * and its count */
    PNR_FIELD_RECORDS     /* a pointer to structs with the layout `of`, and its count */
};

struct pnr_layout;

struct pnr_field {
    const char *name; /* in a file, for pointers: mostly that of the struct member */
    enum pnr_field_type type;
    bool required; /* must not be NULL, respectively empty */
    size_t offset;
    size_t count_offset; /* of the int32_t count of a list */
    int32_t low, high;
    const char *const *choices;
    const struct pnr_layout *of;
};

/* Where a description stands in the file, innermost last; index -1: no index. */
struct pnr_path {
    const struct pnr_path *parent; /* NULL: the root */
    const char *name;              /* NULL: only an index */
    int32_t index;
};

struct pnr_layout {
    const char *name;  /* "unit" */
    const char *array; /* "units": its array in a file; NULL for parts of other descriptions */
    size_t size;
    const struct pnr_field *fields;
    int32_t field_count;
    /* What the fields say together; NULL: nothing to check. */
    enum pioneer_status (*check)(const void *description, const struct pnr_path *path,
                                 struct pioneer_error *error);
    /* Fills in what has a default (docs: struct pioneer_campaign); NULL: nothing beyond what every layout
     * has: names are the id, words are "". */
    void (*fill)(void *description);
};

extern const struct pnr_layout pnr_unit_layout, pnr_member_layout, pnr_site_layout, pnr_walk_layout,
    pnr_slot_layout, pnr_stage_layout, pnr_post_layout, pnr_demand_layout, pnr_rule_layout, pnr_level_layout,
    pnr_request_layout, pnr_preference_layout, pnr_history_layout, pnr_assignment_layout, pnr_settings_layout;

/* The field of that name; NULL if there is none. */
const struct pnr_field *pnr_layout_field(const struct pnr_layout *layout, const char *name);

/* Copies `description`, of the size its struct_size names (0: this library's), into *out (layout->size bytes)
 * without what it points to; fields that an older caller does not know are zero. PIONEER_E_RANGE
 * "bad-struct-size" for a size that is none. */
enum pioneer_status pnr_layout_read(const struct pnr_layout *layout, const void *description, void *out,
                                    struct pioneer_error *error);
/* Judges one description by itself: PIONEER_E_INVALID with the path of the culprit. */
enum pioneer_status pnr_layout_check(const struct pnr_layout *layout, const void *description,
                                     const struct pnr_path *path, struct pioneer_error *error);
/* Copies everything that `description` points to into the arena and fills the defaults of text fields in;
 * false when memory is short. */
bool pnr_layout_own(const struct pnr_layout *layout, struct pnr_arena *arena, void *description);

/* Fails with the path, followed by "/field" unless field is NULL, as `where`. */
enum pioneer_status pnr_path_fail(const struct pnr_path *path, const char *field, const char *code,
                                  const char *sentence, struct pioneer_error *error);
/* Writes the path as a JSON pointer into a campaign file, where some members have other names, cut if it does
 * not fit. */
void pnr_path_format(const struct pnr_path *path, char *out, size_t size);

#endif
