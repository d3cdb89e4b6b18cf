/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON values: the only door to cJSON, with typed readers that say what is wrong and where. */
#ifndef PNR_IO_JSON_H
#define PNR_IO_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* The largest integer that every JSON reader keeps exactly (a double's 53 bits); larger ones are written as
 * texts of digits. */
#define PNR_JSON_EXACT_MAX INT64_C(9007199254740991)

/** A value of a parsed text, borrowed from its root. */
struct cJSON;

/** Where a value stands, innermost last. */
struct pnr_place {
    const struct pnr_place *parent; /**< NULL: the root */
    const char *key;                /**< NULL: `index` counts */
    int32_t index;
};

enum pnr_json_kind {
    PNR_JSON_NULL,
    PNR_JSON_FLAG,
    PNR_JSON_NUMBER,
    PNR_JSON_TEXT,
    PNR_JSON_ARRAY,
    PNR_JSON_OBJECT,
};

/**
 * Parses a whole text as pnr_json_scan takes it; *root is the caller's, NULL on failure. cJSON keeps one
 * address of its last syntax error for the whole process; nothing here reads it.
 */
PIONEER_MUST_USE enum pioneer_status pnr_json_parse(const char *text, size_t length, struct cJSON **root,
                                                    struct pioneer_error *error);
void pnr_json_free(struct cJSON *root); /**< NULL is fine */

enum pnr_json_kind pnr_json_kind(const struct cJSON *value);
/** Members of an array or object in order: for (v = pnr_json_first(a); v; v = pnr_json_next(v)). */
const struct cJSON *pnr_json_first(const struct cJSON *value);
const struct cJSON *pnr_json_next(const struct cJSON *value);
int32_t pnr_json_count(const struct cJSON *value); /**< linear */
/** The key of a member of an object. */
const char *pnr_json_key(const struct cJSON *value);

/** The start of a text that is to stand inside a sentence, cut at a UTF-8 border, control characters as "?".
 */
#define PNR_EXCERPT_BYTES 68
const char *pnr_excerpt(const char *text, char out[PNR_EXCERPT_BYTES]);
/** One that lives until the end of the block. */
#define PNR_EXCERPT(text) pnr_excerpt((text), (char[PNR_EXCERPT_BYTES]){0})

/** Writes the place as a JSON pointer (RFC 6901), cut if it does not fit. */
void pnr_place_format(const struct pnr_place *place, char *out, size_t size);
/** Fails with PIONEER_E_INVALID at a place. */
enum pioneer_status pnr_place_fail(const struct pnr_place *place, struct pioneer_error *error,
                                   const char *code, const char *format, ...) PNR_PRINTF(4, 5);

/**
 * Typed readers: PIONEER_E_INVALID "wrong-type" unless the value is of that type; numbers outside [low, high]
 * are "negative-number", "number-too-large" or "number-out-of-range". *out is written on success only; texts
 * are borrowed from the root. Numbers of 64 bits may also stand as texts of digits.
 */
PIONEER_MUST_USE enum pioneer_status pnr_json_expect(const struct cJSON *value, enum pnr_json_kind kind,
                                                     const struct pnr_place *place,
                                                     struct pioneer_error *error);
PIONEER_MUST_USE enum pioneer_status pnr_json_text(const struct cJSON *value, const struct pnr_place *place,
                                                   const char **out, struct pioneer_error *error);
PIONEER_MUST_USE enum pioneer_status pnr_json_flag(const struct cJSON *value, const struct pnr_place *place,
                                                   bool *out, struct pioneer_error *error);
struct pnr_json_range {
    int64_t low, high;
};
PIONEER_MUST_USE enum pioneer_status pnr_json_number(const struct cJSON *value, const struct pnr_place *place,
                                                     struct pnr_json_range range, int64_t *out,
                                                     struct pioneer_error *error);
PIONEER_MUST_USE enum pioneer_status pnr_json_seed(const struct cJSON *value, const struct pnr_place *place,
                                                   uint64_t *out, struct pioneer_error *error);

#endif
