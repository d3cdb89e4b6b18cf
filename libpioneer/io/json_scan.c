/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A strict check of JSON text (RFC 8259) that says where it goes wrong. */
#include "io/json_scan.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "text/message.h"

/* More digits than any number that is of use; the exact limits belong to the fields. */
#define DIGITS_MAX 19

/* One open array or object: which of its values is being read. */
struct level {
    bool is_object;
    int32_t index;
    const char *key; /* raw, between its quotes; NULL before the first */
    size_t key_length;
};

struct scan {
    const char *start, *at, *end;
    const char *line_start;
    int32_t line;
    int depth;
    struct level levels[PNR_JSON_DEPTH_MAX];
    const char *wanted; /* a pointer to look for, NULL: none */
    bool found;
    struct pioneer_error *error;
};

size_t pnr_pointer_append(char *out, size_t size, const char *key, size_t key_length) {
    size_t length = strlen(out);
    if (length + 2 > size) {
        return length;
    }
    const size_t start = length;
    out[length++] = '/';
    for (size_t i = 0; i < key_length && length + 3 < size; i++) {
        if (key[i] == '~' || key[i] == '/') {
            out[length++] = '~';
            out[length++] = key[i] == '~' ? '0' : '1';
        } else {
            /* Pointers are printed: no key may steer a terminal. */
            out[length++] = (unsigned char)key[i] < 0x20 ? '?' : key[i];
        }
    }
    while (length > start && !pnr_utf8_valid(out + start, length - start)) {
        length--;
    }
    out[length] = '\0';
    return length;
}

/* The JSON pointer of the value being read. A key with escapes stands as it is written. */
static void format_pointer(const struct scan *scan, char *out, size_t size) {
    out[0] = '\0';
    for (int i = 0; i < scan->depth; i++) {
        const struct level *level = &scan->levels[i];
        char index[16];
        if (!level->is_object) {
            snprintf(index, sizeof index, "%d", (int)level->index);
            pnr_pointer_append(out, size, index, strlen(index));
        } else if (level->key) {
            pnr_pointer_append(out, size, level->key, level->key_length);
        }
    }
}

/* Fails at the current byte. */
static enum pioneer_status fail(struct scan *scan, enum pioneer_status status, const char *code,
                                const char *sentence) {
    char pointer[sizeof scan->error->where];
    format_pointer(scan, pointer, sizeof pointer);
    pnr_fail(scan->error, status, code, pointer, "%s", sentence);
    if (scan->error) {
        scan->error->line = scan->line;
        scan->error->column = (int32_t)(scan->at - scan->line_start) + 1;
    }
    return status;
}

static enum pioneer_status fail_syntax(struct scan *scan, const char *expected) {
    char sentence[120];
    if (scan->at == scan->end) {
        snprintf(sentence, sizeof sentence, PNR_("The text ends where %s should follow."), expected);
        return fail(scan, PIONEER_E_SYNTAX, "unexpected-end", sentence);
    }
    snprintf(sentence, sizeof sentence, PNR_("Here %s should stand."), expected);
    return fail(scan, PIONEER_E_SYNTAX, "unexpected-character", sentence);
}

static void skip_space(struct scan *scan) {
    for (; scan->at < scan->end; scan->at++) {
        if (*scan->at == '\n') {
            scan->line++;
            scan->line_start = scan->at + 1;
        } else if (*scan->at != ' ' && *scan->at != '\t' && *scan->at != '\r') {
            return;
        }
    }
}

static bool is_digit(char character) {
    return character >= '0' && character <= '9';
}

/* Whether the character stands next; it is skipped then. */
static bool take(struct scan *scan, char character) {
    if (scan->at == scan->end || *scan->at != character) {
        return false;
    }
    scan->at++;
    return true;
}

static bool take_word(struct scan *scan, const char *word) {
    const size_t length = strlen(word);
    if ((size_t)(scan->end - scan->at) < length || memcmp(scan->at, word, length) != 0) {
        return false;
    }
    scan->at += length;
    return true;
}

static enum pioneer_status scan_number(struct scan *scan) {
    const char *const start = scan->at;
    take(scan, '-');
    const char *const digits = scan->at;
    while (scan->at < scan->end && is_digit(*scan->at)) {
        scan->at++;
    }
    const size_t count = (size_t)(scan->at - digits);
    if (count == 0) {
        return fail_syntax(scan, "a digit");
    }
    const bool is_fraction = scan->at < scan->end && strchr(".eE", *scan->at) && *scan->at != '\0';
    if (count <= DIGITS_MAX && !is_fraction && (count == 1 || *digits != '0')) {
        return PIONEER_OK;
    }
    scan->at = start;
    if (count > 1 && *digits == '0') {
        return fail(scan, PIONEER_E_SYNTAX, "unexpected-character", "A number has no zeros in front.");
    }
    return is_fraction ? fail(scan, PIONEER_E_INVALID, "not-a-whole-number",
                              "Numbers are whole here: digits without fraction and exponent.")
                       : fail(scan, PIONEER_E_INVALID, "number-too-large", "This number is too large.");
}

/* The four digits of \uXXXX, -1 if they are none. */
static int32_t take_hex(struct scan *scan) {
    int32_t value = 0;
    for (int i = 0; i < 4; i++) {
        const char *const digits = "0123456789abcdef0123456789ABCDEF";
        const char *digit = scan->at < scan->end && *scan->at != '\0' ? strchr(digits, *scan->at) : NULL;
        if (!digit) {
            return -1;
        }
        value = value * 16 + (int32_t)((digit - digits) % 16);
        scan->at++;
    }
    return value;
}

/* What follows a backslash. */
static enum pioneer_status scan_escape(struct scan *scan) {
    if (scan->at == scan->end) {
        return fail_syntax(scan, "the rest of a text");
    }
    const char character = *scan->at++;
    if (character != 'u') {
        return character != '\0' && strchr("\"\\/bfnrt", character)
                   ? PIONEER_OK
                   : fail(scan, PIONEER_E_SYNTAX, "bad-escape", "JSON has no such escape in texts.");
    }
    const int32_t first = take_hex(scan);
    if (first < 0) {
        return scan->at == scan->end ? fail_syntax(scan, "the rest of a text")
                                     : fail(scan, PIONEER_E_SYNTAX, "bad-escape",
                                            "After \\u there must be four hexadecimal digits.");
    }
    if (first == 0) {
        return fail(scan, PIONEER_E_INVALID, "control-character", "A text cannot hold the character U+0000.");
    }
    if (first < 0xD800 || first > 0xDFFF) {
        return PIONEER_OK;
    }
    const bool is_pair = first <= 0xDBFF && take(scan, '\\') && take(scan, 'u');
    const int32_t second = is_pair ? take_hex(scan) : -1;
    return second >= 0xDC00 && second <= 0xDFFF
               ? PIONEER_OK
               : fail(scan, PIONEER_E_SYNTAX, "bad-escape", "Half of a surrogate pair is no character.");
}

/* From behind the opening quote to behind the closing one. */
static enum pioneer_status scan_string(struct scan *scan) {
    while (scan->at < scan->end) {
        const unsigned char byte = (unsigned char)*scan->at;
        if (byte < 0x20) {
            return fail(scan, PIONEER_E_SYNTAX, "control-character",
                        "A text holds a raw control character, perhaps a quote is missing.");
        }
        scan->at++;
        if (byte == '"') {
            return PIONEER_OK;
        }
        if (byte == '\\') {
            const enum pioneer_status status = scan_escape(scan);
            if (status != PIONEER_OK) {
                return status;
            }
        }
    }
    return fail_syntax(scan, "the rest of a text");
}

static enum pioneer_status scan_word(struct scan *scan) {
    if (take_word(scan, "true") || take_word(scan, "false") || take_word(scan, "null")) {
        return PIONEER_OK;
    }
    const char *const start = scan->at;
    if (take_word(scan, "NaN") || take_word(scan, "Infinity") || take_word(scan, "-Infinity")) {
        scan->at = start;
        return fail(scan, PIONEER_E_SYNTAX, "not-a-number", "NaN and Infinity are no numbers of JSON.");
    }
    if (scan->at < scan->end && (*scan->at == '-' || is_digit(*scan->at))) {
        return scan_number(scan);
    }
    return fail_syntax(scan, "a value");
}

static struct level *top(struct scan *scan) {
    return &scan->levels[scan->depth - 1];
}

/* The key of the next value and its colon. */
static enum pioneer_status scan_key(struct scan *scan) {
    struct level *const level = top(scan);
    skip_space(scan);
    if (!take(scan, '"')) {
        return fail_syntax(scan, "a key in double quotes");
    }
    const char *const key = scan->at;
    const enum pioneer_status status = scan_string(scan);
    if (status != PIONEER_OK) {
        return status;
    }
    level->key = key;
    level->key_length = (size_t)(scan->at - 1 - key);
    skip_space(scan);
    return take(scan, ':') ? PIONEER_OK : fail_syntax(scan, "a colon");
}

/* Remembers where the wanted value starts. */
static void compare_pointer(struct scan *scan) {
    if (!scan->wanted) {
        return;
    }
    char pointer[sizeof scan->error->where];
    format_pointer(scan, pointer, sizeof pointer);
    if (strcmp(pointer, scan->wanted) == 0) {
        scan->error->line = scan->line;
        scan->error->column = (int32_t)(scan->at - scan->line_start) + 1;
        scan->found = true;
    }
}

/* Reads the start of a value; opens a level for an array or object. */
static enum pioneer_status scan_value_start(struct scan *scan) {
    skip_space(scan);
    compare_pointer(scan);
    if (take(scan, '"')) {
        return scan_string(scan);
    }
    if (scan->at == scan->end || (*scan->at != '{' && *scan->at != '[')) {
        return scan_word(scan);
    }
    if (scan->depth == PNR_JSON_DEPTH_MAX) {
        return fail(scan, PIONEER_E_INVALID, "too-deep", "Arrays and objects are nested too deeply.");
    }
    scan->levels[scan->depth++] = (struct level){.is_object = *scan->at++ == '{', .index = -1};
    return PIONEER_OK;
}

/* Inside the innermost level, moves to the start of its next value, or closes the level. */
static enum pioneer_status scan_step(struct scan *scan) {
    struct level *const level = top(scan);
    skip_space(scan);
    if (take(scan, level->is_object ? '}' : ']')) {
        scan->depth--;
        return PIONEER_OK;
    }
    if (level->index >= 0 && !take(scan, ',')) {
        return fail_syntax(scan, level->is_object ? PNR_("a comma or }") : PNR_("a comma or ]"));
    }
    level->index++;
    const enum pioneer_status status = level->is_object ? scan_key(scan) : PIONEER_OK;
    return status == PIONEER_OK ? scan_value_start(scan) : status;
}

static enum pioneer_status scan_all(struct scan *scan) {
    enum pioneer_status status = scan_value_start(scan);
    while (status == PIONEER_OK && scan->depth > 0 && !scan->found) {
        status = scan_step(scan);
    }
    if (status != PIONEER_OK || scan->found) {
        return status;
    }
    skip_space(scan);
    return scan->at == scan->end
               ? PIONEER_OK
               : fail(scan, PIONEER_E_SYNTAX, "unexpected-character", "Something stands behind the end.");
}

/* Moves to the first byte that is not UTF-8. */
static void find_bad_utf8(struct scan *scan) {
    while (scan->at < scan->end) {
        size_t step = 1;
        while (step <= 4 && step <= (size_t)(scan->end - scan->at) && !pnr_utf8_valid(scan->at, step)) {
            step++;
        }
        if (step > 4 || step > (size_t)(scan->end - scan->at)) {
            return;
        }
        if (*scan->at == '\n') {
            scan->line++;
            scan->line_start = scan->at + 1;
        }
        scan->at += step;
    }
}

static struct scan scan_of(const char *text, size_t length, struct pioneer_error *error) {
    return (struct scan){
        .start = text, .at = text, .end = text + length, .line_start = text, .line = 1, .error = error};
}

enum pioneer_status pnr_json_scan(const char *text, size_t length, struct pioneer_error *error) {
    struct scan scan = scan_of(length > 0 ? text : "", length, error);
    if (length > PNR_JSON_BYTES_MAX) {
        return fail(&scan, PIONEER_E_INVALID, "text-too-large", "The text is larger than 256 MiB.");
    }
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        return fail(&scan, PIONEER_E_SYNTAX, "byte-order-mark",
                    "The text starts with a byte order mark; save it as UTF-8 without one.");
    }
    if (length > 0 && !pnr_utf8_valid(text, length)) {
        find_bad_utf8(&scan);
        return fail(&scan, PIONEER_E_SYNTAX, "bad-utf8", "The text is not UTF-8 here.");
    }
    return scan_all(&scan);
}

/* Looks for the value in the text; false when it is not there. */
static bool locate(const char *text, size_t length, const char *wanted, struct pioneer_error *error) {
    struct scan scan = scan_of(text, length, error);
    scan.wanted = wanted;
    /* The text passed the scan before, so no other failure can overwrite this one. */
    return scan_all(&scan) == PIONEER_OK && scan.found;
}

void pnr_json_locate(const char *text, size_t length, struct pioneer_error *error) {
    if (!error) {
        return;
    }
    char wanted[sizeof error->where];
    memcpy(wanted, error->where, sizeof wanted);
    while (!locate(text, length, wanted, error)) {
        char *last = strrchr(wanted, '/');
        if (!last) {
            return;
        }
        *last = '\0';
    }
}
