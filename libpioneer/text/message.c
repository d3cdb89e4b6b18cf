/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages inside the library: marking them, looking them up, filling them in. */
#include "text/message.h"

#include <inttypes.h>
#include <string.h>

#include "text/catalogue.h"

/* Where a .mo file (GNU gettext manual, "The Format of GNU MO Files") keeps what is read here. */
enum { MO_COUNT = 8, MO_ORIGINALS = 12, MO_TRANSLATIONS = 16, MO_ENTRY = 8 };

static uint32_t word_at(const unsigned char *bytes) {
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

/* The index-th string of the table whose place is written at `table`. */
static const char *string_at(const unsigned char *mo, size_t table, uint32_t index) {
    const unsigned char *entry = mo + word_at(mo + table) + (size_t)MO_ENTRY * index;
    return (const char *)mo + word_at(entry + 4);
}

/* msgfmt sorts the originals bytewise, which is what makes the binary search right. */
static const char *lookup(const unsigned char *mo, const char *english) {
    uint32_t low = 0;
    uint32_t high = word_at(mo + MO_COUNT);
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        const int order = strcmp(english, string_at(mo, MO_ORIGINALS, middle));
        if (order == 0) {
            return string_at(mo, MO_TRANSLATIONS, middle);
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}

const char *pioneer_language_of_locale(const char *locale) {
    if (!locale || strncmp(locale, "zh", 2) != 0) {
        return "en";
    }
    /* "zh", "zh_CN", "zh-Hans", "zh.UTF-8", but no other word that starts with these two letters. */
    return strchr("_-.@", locale[2]) ? "zh" : "en";
}

const char *pnr_message(const char *language, const char *english) {
    /* The empty original is the header of the catalogue. */
    if (!english || english[0] == '\0' || strcmp(pioneer_language_of_locale(language), "zh") != 0) {
        return english;
    }
    const char *translation = lookup(pnr_catalogue_zh, english);
    return translation ? translation : english;
}

uint32_t pnr_message_count(void) {
    return word_at(pnr_catalogue_zh + MO_COUNT);
}

const char *pnr_message_at(uint32_t index) {
    return string_at(pnr_catalogue_zh, MO_ORIGINALS, index);
}

const char *pioneer_message(const char *language, const char *english) {
    return pnr_message(language, english);
}

static void append_argument(struct pnr_text *text, const struct pioneer_argument *argument) {
    if (argument->text) {
        pnr_text_append(text, argument->text);
    } else {
        pnr_text_printf(text, "%" PRId64, argument->number);
    }
}

/* The argument whose name is the `length` bytes at `name`; NULL when there is none. */
static const struct pioneer_argument *argument_named(const struct pioneer_argument *arguments, int32_t count,
                                                     const char *name, size_t length) {
    for (int32_t i = 0; i < count; i++) {
        if (strlen(arguments[i].name) == length && memcmp(arguments[i].name, name, length) == 0) {
            return &arguments[i];
        }
    }
    return NULL;
}

void pnr_format_arguments(struct pnr_text *text, const char *language, const char *english,
                          const struct pioneer_argument *arguments, int32_t count) {
    const char *at = pnr_message(language, english);
    for (const char *open = strchr(at, '{'); open; open = strchr(at, '{')) {
        const char *close = strchr(open, '}');
        const struct pioneer_argument *argument =
            close ? argument_named(arguments, count, open + 1, (size_t)(close - open - 1)) : NULL;
        const char *rest = argument ? close + 1 : open + 1;
        pnr_text_append_n(text, at, (size_t)((argument ? open : rest) - at));
        if (argument) {
            append_argument(text, argument);
        }
        at = rest;
    }
    pnr_text_append(text, at);
}

char *pioneer_message_format(const char *language, const char *english,
                             const struct pioneer_argument *arguments, int32_t count) {
    struct pnr_text text;
    pnr_text_init(&text);
    pnr_format_arguments(&text, language, english, arguments, count);
    return pnr_text_steal(&text);
}
