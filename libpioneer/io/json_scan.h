/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A strict check of JSON text (RFC 8259) that says where it goes wrong. */
#ifndef PNR_IO_JSON_SCAN_H
#define PNR_IO_JSON_SCAN_H

#include <stddef.h>

#include "base/status.h"

/* Deeper than any file of ours by far, and shallow enough that nobody overflows a stack. */
#define PNR_JSON_DEPTH_MAX 64

/* 256 MiB: a campaign of a million members; the tree then still fits the memory of an office machine. */
#define PNR_JSON_BYTES_MAX ((size_t)1 << 28)

/**
 * PIONEER_OK if the text is JSON as this library takes it: RFC 8259 in UTF-8 without a byte order mark;
 * numbers are whole, without fraction and exponent, of at most 19 digits; no U+0000 and no half surrogate
 * pairs in strings; at most PNR_JSON_DEPTH_MAX levels. Else PIONEER_E_SYNTAX or PIONEER_E_INVALID with line,
 * column and JSON pointer of the culprit. Allocates nothing; linear in the length.
 */
PIONEER_MUST_USE enum pioneer_status pnr_json_scan(const char *text, size_t length,
                                                   struct pioneer_error *error);

/** Appends "/" and the key, escaped as RFC 6901 says and cut at a UTF-8 border if it does not fit, to the
 * JSON pointer in out[size]; its new length. */
size_t pnr_pointer_append(char *out, size_t size, const char *key, size_t key_length);

/** Sets line and column of the value that the JSON pointer error->where names, else of the nearest one around
 * it, in a text that passed the scan. `error` may be NULL. */
void pnr_json_locate(const char *text, size_t length, struct pioneer_error *error);

#endif
