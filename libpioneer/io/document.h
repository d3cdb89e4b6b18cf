/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole files: a head, some keys of their own, and lists of descriptions. */
#ifndef PNR_IO_DOCUMENT_H
#define PNR_IO_DOCUMENT_H

#include "io/shape.h"

/* One list of a file, and how to reach it in the object that the file describes. */
struct pnr_section {
    const char *key;
    const struct pnr_shape *shape;
    enum pioneer_status (*add)(void *object, const void *record, struct pioneer_error *error);
    int32_t (*count)(const void *object);
    const void *(*at)(const void *object, int32_t index);
};

struct pnr_document {
    const char *format; /* the value of the key "format" */
    int32_t version;    /* the newest that is known, and the one that is written */
    const struct pnr_shape *head;
    enum pioneer_status (*set)(void *object, const void *head, struct pioneer_error *error);
    const void *(*get)(const void *object);
    const struct pnr_section *sections;
    int32_t section_count;
};

/**
 * Reads a text into an empty object. Failures: what pnr_json_scan and pnr_shape_read say; "wrong-format",
 * PIONEER_E_UNSUPPORTED "unsupported-version"; what the object's functions refuse. The object may then hold a
 * part of the text: the caller frees it. error gets line and column of the culprit.
 */
PIONEER_MUST_USE enum pioneer_status pnr_document_read(const struct pnr_document *document, const char *text,
                                                       size_t length, void *object,
                                                       struct pioneer_error *error);

/** Writes the object; *out is the caller's to free. Only PIONEER_E_NO_MEMORY. */
PIONEER_MUST_USE enum pioneer_status pnr_document_write(const struct pnr_document *document,
                                                        const void *object, char **out, size_t *length,
                                                        struct pioneer_error *error);

extern const struct pnr_document pnr_campaign_document;
extern const struct pnr_document pnr_roster_document;

#endif
