/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8 text: building it, checking it, and guessing what a misspelt word meant. */
#include "base/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY ((size_t)256)

void pnr_text_init(struct pnr_text *text) {
    *text = (struct pnr_text){0};
}

void pnr_text_fini(struct pnr_text *text) {
    if (!text) {
        return;
    }
    free(text->bytes);
    pnr_text_init(text);
}

/* Room for `more` bytes and the NUL. */
static bool make_room(struct pnr_text *text, size_t more) {
    if (text->failed || more > SIZE_MAX / 4 - text->length) {
        text->failed = true;
        return false;
    }
    const size_t needed = text->length + more + 1;
    if (needed <= text->capacity) {
        return true;
    }
    size_t capacity = text->capacity > 0 ? text->capacity * 2 : FIRST_CAPACITY;
    capacity = capacity < needed ? needed : capacity;
    char *grown = realloc(text->bytes, capacity);
    if (!grown) {
        text->failed = true;
        return false;
    }
    text->bytes = grown;
    text->capacity = capacity;
    return true;
}

void pnr_text_append_n(struct pnr_text *text, const char *bytes, size_t length) {
    if (!make_room(text, length)) {
        return;
    }
    if (length > 0) {
        memcpy(text->bytes + text->length, bytes, length);
    }
    text->length += length;
    text->bytes[text->length] = '\0';
}

void pnr_text_append(struct pnr_text *text, const char *string) {
    pnr_text_append_n(text, string, strlen(string));
}

void pnr_text_printf(struct pnr_text *text, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) {
        text->failed = true;
        return;
    }
    if (!make_room(text, (size_t)length)) {
        return;
    }
    va_start(arguments, format);
    vsnprintf(text->bytes + text->length, (size_t)length + 1, format, arguments);
    va_end(arguments);
    text->length += (size_t)length;
}

char *pnr_text_steal(struct pnr_text *text) {
    pnr_text_append_n(text, "", 0);
    char *result = text->failed ? NULL : text->bytes;
    if (!result) {
        free(text->bytes);
    }
    pnr_text_init(text);
    return result;
}

static bool is_tail(unsigned char byte) {
    return (byte & 0xC0) == 0x80;
}

/* Length of the valid character at bytes[0..left), 0 when there is none (RFC 3629, section 4). */
static size_t utf8_character(const unsigned char *bytes, size_t left) {
    const unsigned char lead = bytes[0];
    if (lead < 0x80) {
        return 1;
    }
    if (lead < 0xC2 || lead > 0xF4) {
        return 0;
    }
    const size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (left < length) {
        return 0;
    }
    for (size_t i = 1; i < length; i++) {
        if (!is_tail(bytes[i])) {
            return 0;
        }
    }
    const bool overlong = (lead == 0xE0 && bytes[1] < 0xA0) || (lead == 0xF0 && bytes[1] < 0x90);
    const bool surrogate = lead == 0xED && bytes[1] > 0x9F;
    const bool too_large = lead == 0xF4 && bytes[1] > 0x8F;
    return overlong || surrogate || too_large ? 0 : length;
}

bool pnr_utf8_valid(const char *bytes, size_t length) {
    const unsigned char *at = (const unsigned char *)bytes;
    size_t left = length;
    while (left > 0) {
        const size_t step = utf8_character(at, left);
        if (step == 0) {
            return false;
        }
        at += step;
        left -= step;
    }
    return true;
}

#define WORD_MAX 64

/* Decodes at most WORD_MAX characters, taking invalid bytes for characters of their own; -1 when there are
 * more. */
static int decode(const char *word, uint32_t out[WORD_MAX]) {
    const size_t length = strnlen(word, WORD_MAX * 4 + 1);
    const unsigned char *bytes = (const unsigned char *)word;
    int count = 0;
    for (size_t i = 0; i < length;) {
        if (count == WORD_MAX) {
            return -1;
        }
        size_t step = utf8_character(bytes + i, length - i);
        step = step == 0 ? 1 : step;
        uint32_t character = 0;
        for (size_t k = 0; k < step; k++) {
            character = character << 8 | bytes[i + k];
        }
        out[count++] = character;
        i += step;
    }
    return count;
}

static int min_int(int a, int b) {
    return a < b ? a : b;
}

/* Optimal string alignment distance: insertion, deletion, substitution, swap of neighbours. */
static int edit_distance(const uint32_t *a, int a_count, const uint32_t *b, int b_count) {
    int rows[3][WORD_MAX + 1];
    int *before = rows[0];
    int *above = rows[1];
    int *row = rows[2];
    for (int j = 0; j <= b_count; j++) {
        above[j] = j;
    }
    for (int i = 1; i <= a_count; i++) {
        row[0] = i;
        for (int j = 1; j <= b_count; j++) {
            const int change = above[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = min_int(change, min_int(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = min_int(row[j], before[j - 2] + 1);
            }
        }
        int *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return above[b_count];
}

const char *pnr_nearest_word(const char *word, const char *const *candidates, int count) {
    uint32_t mine[WORD_MAX];
    const int mine_count = decode(word, mine);
    if (mine_count <= 0) {
        return NULL;
    }
    /* A third of the word may be wrong: below that a guess helps, above it misleads. */
    int best_distance = 1 + (mine_count > 3 ? mine_count / 3 : 1);
    const char *best = NULL;
    for (int i = 0; i < count; i++) {
        uint32_t theirs[WORD_MAX];
        const int theirs_count = candidates[i] ? decode(candidates[i], theirs) : -1;
        if (theirs_count < 0 || abs(theirs_count - mine_count) >= best_distance) {
            continue;
        }
        const int distance = edit_distance(mine, mine_count, theirs, theirs_count);
        if (distance < best_distance && distance < mine_count) {
            best_distance = distance;
            best = candidates[i];
        }
    }
    return best;
}
