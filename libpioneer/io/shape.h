/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shape of every description in JSON: one table of keys that reader, writer and the tests of the schemas
 * share. */
#ifndef PNR_IO_SHAPE_H
#define PNR_IO_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"
#include "io/json.h"

/* How a member of a struct stands in JSON. */
enum pnr_form {
    PNR_FORM_TEXT,      /* const char * */
    PNR_FORM_NUMBER,    /* int32_t in [low, high] */
    PNR_FORM_LONG,      /* int64_t in [low, high]; a text of digits beyond PNR_JSON_EXACT_MAX */
    PNR_FORM_SEED,      /* uint64_t; a text of digits beyond PNR_JSON_EXACT_MAX */
    PNR_FORM_FLAG,      /* bool */
    PNR_FORM_CHOICE,    /* int32_t or enum: one of `words` */
    PNR_FORM_FLAG_WORD, /* bool: one of two `words` */
    PNR_FORM_DATE,      /* int32_t day: "2020-02-20" */
    PNR_FORM_MOMENT,    /* int32_t minutes: "2020-02-20T08:00" */
    PNR_FORM_TIME,      /* int32_t minute of the day: "08:00", before 24:00 */
    PNR_FORM_END,       /* int32_t minute; `other` is the start; not later: on the next day; up to "48:00" */
    PNR_FORM_WEEKDAYS,  /* int32_t bit set: a list of weekday words */
    PNR_FORM_ONE_DATE,  /* int32_t day in `offset` and `other` */
    PNR_FORM_SPAN_DATE, /* int32_t day; left out when it equals `other`, since ONE_DATE stands for both */
    PNR_FORM_TEXTS,     /* const char *const * with a count in `other`: a list of texts */
    PNR_FORM_DATES,     /* const int32_t * with a count in `other`: a list of dates */
    PNR_FORM_RATINGS,   /* const struct pioneer_rating * with a count in `other`: {"name": value} */
    PNR_FORM_RECORDS,   /* pointer to structs of shape `of` with a count in `other`: a list of objects */
    PNR_FORM_GROUP,     /* an object whose keys, `of`, are members of this same struct */
};

/* The words of a choice by value, in a list or given by a function; a NULL is no word. */
struct pnr_words {
    const char *const *items;
    const char *(*item_of)(int32_t value);
    int32_t count;
};

/* The most words that one choice may have. */
#define PNR_WORDS_MAX 64

static inline const char *pnr_word_at(struct pnr_words words, int32_t value) {
    return words.item_of ? words.item_of(value) : words.items[value];
}

struct pnr_shape;

struct pnr_key {
    const char *name;
    enum pnr_form form;
    bool required;          /* must be given; always written */
    size_t offset;          /* of the member; 0 for a group */
    size_t other;           /* of the second member that the form speaks of */
    size_t has;             /* of the bool that says whether the member is given, 0: none */
    size_t like;            /* TEXT: of the text that it defaults to, 0: none */
    const char *plain_text; /* TEXT: its default, NULL: none */
    int32_t plain;          /* numbers and times: the default, which is not written */
    int64_t low, high;
    struct pnr_words words;
    const struct pnr_shape *of;
    bool is_tall; /* RECORDS: each on a line of its own, also inside another record */
};

struct pnr_shape {
    const char *name; /* as docs/format.md and the schemas call it */
    size_t size;
    const struct pnr_key *keys;
    int32_t count;
    /* What the keys that were given (bit i: keys[i]) say together; NULL: nothing. */
    enum pioneer_status (*check)(uint64_t given, const struct pnr_place *place, struct pioneer_error *error);
};

/* The most keys that one shape may have: they are counted in a bit set. */
#define PNR_SHAPE_KEYS_MAX 64

/* "mon" to "sun". */
extern const struct pnr_words pnr_weekday_words;

/* Campaigns and rosters share it. */
extern const struct pnr_shape pnr_assignment_shape;

/**
 * Reads an object into *record (of->size zeroed bytes). Lists go to `arena`, texts stay borrowed from the
 * JSON value. PIONEER_E_INVALID names the culprit: "unknown-key", "duplicate-key", "missing-key",
 * "wrong-type", "unknown-word", "bad-date", "bad-time", and what the typed readers say.
 */
PIONEER_MUST_USE enum pioneer_status pnr_shape_read(const struct pnr_shape *shape, const struct cJSON *value,
                                                    const struct pnr_place *place, void *record,
                                                    struct pnr_arena *arena, struct pioneer_error *error);

/** Reads one member of an object, whose key the caller found in the shape. */
PIONEER_MUST_USE enum pioneer_status pnr_shape_read_key(const struct pnr_key *key, const struct cJSON *value,
                                                        const struct pnr_place *place, void *record,
                                                        struct pnr_arena *arena, struct pioneer_error *error);

/** Fails with "unknown-key" and the nearest of `count` known keys. */
enum pioneer_status pnr_shape_fail_unknown(const char *key, const char *const *known, int32_t count,
                                           const struct pnr_place *place, struct pioneer_error *error);

/** Appends a record as a JSON object on one line, tall lists aside, which indent their records by `indent`
 * spaces. */
void pnr_shape_write(const struct pnr_shape *shape, const void *record, int indent, struct pnr_text *out);

/** Whether the writer leaves the member out. */
bool pnr_shape_is_plain(const struct pnr_key *key, const void *record);
/** Appends the JSON value of one member. */
void pnr_shape_write_value(const struct pnr_key *key, const void *record, int indent, struct pnr_text *out);
/** Appends a JSON string. */
void pnr_shape_write_text(const char *text, struct pnr_text *out);

#endif
