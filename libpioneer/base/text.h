/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8 text: building it, checking it, and guessing what a misspelt word meant. */
#ifndef PNR_BASE_TEXT_H
#define PNR_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

/**
 * A growing buffer. `bytes` is NULL or ends with a NUL behind `length` bytes. After a failed append `failed`
 * stays true and later appends do nothing, so that a writer checks once, at the end. All zeros is a valid
 * empty text.
 */
struct pnr_text {
    char *bytes;
    size_t length;
    size_t capacity;
    bool failed;
};

void pnr_text_init(struct pnr_text *text);

/** Frees the buffer; the text is empty and usable afterwards. NULL is accepted. */
void pnr_text_fini(struct pnr_text *text);

void pnr_text_append(struct pnr_text *text, const char *string);
void pnr_text_append_n(struct pnr_text *text, const char *bytes, size_t length);
void pnr_text_printf(struct pnr_text *text, const char *format, ...) PNR_PRINTF(2, 3);

/**
 * Hands the string over (free() it) and leaves the text empty; NULL when an append had failed or memory is
 * short. An empty text gives an empty string.
 */
char *pnr_text_steal(struct pnr_text *text);

/** Whether the bytes are UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above
 * U+10FFFF. */
bool pnr_utf8_valid(const char *bytes, size_t length);

/**
 * The candidate that `word` is most likely a misspelling of, by edit distance over characters (a swap of
 * neighbours is one edit); the first of several equally near, NULL when none is near. Words of more than 64
 * characters have no near one, which bounds the time. NULL candidates are skipped.
 */
const char *pnr_nearest_word(const char *word, const char *const *candidates, int count);

#endif
