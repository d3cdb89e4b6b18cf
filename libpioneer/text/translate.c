/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recognising a finished English sentence by the message it was made from. */
#include <stdlib.h>
#include <string.h>

#include "text/catalogue.h"
#include "text/message.h"

/* More particulars than any message has. */
#define PARTICULARS_MAX 8
/* Longer texts are no sentences of the library; this bounds the time. */
#define SENTENCE_MAX 2048

/* One place of a message that was filled in, and the bytes of the sentence that stand there. */
struct particular {
    const char *name; /* behind '{'; NULL: a printf conversion, by order */
    size_t name_length;
    const char *text;
    size_t length;
    bool is_quoted; /* between quotation marks: a name, never a word of ours */
};

struct recognition {
    struct particular particulars[PARTICULARS_MAX];
    int32_t count;
    size_t literal; /* bytes of the message that stand in the sentence as they are */
};

/* The bytes of the placeholder at `at`: "{name}", or a printf conversion; 0 if there is none. */
static size_t placeholder_at(const char *at) {
    if (*at == '{') {
        const size_t name = strspn(at + 1, "abcdefghijklmnopqrstuvwxyz_");
        return name > 0 && at[1 + name] == '}' ? name + 2 : 0;
    }
    if (*at == '%') {
        const size_t flags = strspn(at + 1, "0123456789.*$ljz");
        return at[1 + flags] != '\0' && strchr("sdiu", at[1 + flags]) != NULL ? flags + 2 : 0;
    }
    return 0;
}

static size_t literal_length(const char *at) {
    size_t length = 0;
    while (at[length] != '\0' && placeholder_at(at + length) == 0) {
        length++;
    }
    return length;
}

/* Whether the pattern makes all of [text, end). Each place takes as little as the rest of the pattern allows.
 */
static bool match(const char *pattern, const char *text, const char *end, struct recognition *found) {
    const size_t literal = literal_length(pattern);
    if ((size_t)(end - text) < literal || memcmp(pattern, text, literal) != 0) {
        return false;
    }
    const size_t place = placeholder_at(pattern + literal);
    found->literal += literal;
    if (place == 0) {
        return text + literal == end;
    }
    if (found->count == PARTICULARS_MAX) {
        return false;
    }
    struct particular *particular = &found->particulars[found->count++];
    *particular = (struct particular){
        .name = pattern[literal] == '{' ? pattern + literal + 1 : NULL,
        .name_length = place - 2,
        .text = text + literal,
        .is_quoted = literal > 0 && pattern[literal - 1] == '"',
    };
    const struct recognition kept = *found;
    for (; particular->text + particular->length <= end; particular->length++) {
        const size_t length = particular->length;
        if (match(pattern + literal + place, particular->text + length, end, found)) {
            return true;
        }
        *found = kept;
        particular->length = length;
    }
    return false;
}

/* The message with the most literal text that makes all of [text, end); NULL when there is none. One that is
 * all place says nothing. */
static const char *recognise(const char *text, const char *end, struct recognition *best) {
    const char *message = NULL;
    best->literal = 0;
    for (uint32_t i = 0; i < pnr_message_count(); i++) {
        struct recognition found = {.count = 0};
        const char *candidate = pnr_message_at(i);
        if (match(candidate, text, end, &found) && found.literal > best->literal && found.literal > 2) {
            *best = found;
            message = candidate;
        }
    }
    return message;
}

/* What fills the place in the translation: the particular itself, or our own word for one of our words. */
static void append_particular(struct pnr_text *out, const char *language,
                              const struct particular *particular) {
    char word[64];
    if (!particular->is_quoted && particular->length < sizeof word) {
        memcpy(word, particular->text, particular->length);
        word[particular->length] = '\0';
        pnr_text_append(out, pnr_message(language, word));
    } else {
        pnr_text_append_n(out, particular->text, particular->length);
    }
}

/* The particular for the place at `at` of a translation: by its name, else the next one in order. */
static const struct particular *particular_for(const struct recognition *found, const char *at, size_t place,
                                               int32_t *order) {
    if (*at != '{') {
        return *order < found->count ? &found->particulars[(*order)++] : NULL;
    }
    for (int32_t i = 0; i < found->count; i++) {
        const struct particular *particular = &found->particulars[i];
        if (particular->name != NULL && particular->name_length == place - 2 &&
            memcmp(particular->name, at + 1, place - 2) == 0) {
            return particular;
        }
    }
    return NULL;
}

static void append_translation(struct pnr_text *out, const char *language, const char *message,
                               const struct recognition *found) {
    int32_t order = 0;
    for (const char *at = pnr_message(language, message); *at != '\0';) {
        const size_t literal = literal_length(at);
        pnr_text_append_n(out, at, literal);
        at += literal;
        const size_t place = placeholder_at(at);
        const struct particular *particular = place == 0 ? NULL : particular_for(found, at, place, &order);
        if (particular != NULL) {
            append_particular(out, language, particular);
        }
        at += place;
    }
}

/* Where the sentence that may end at `at` ends: behind its sign, if a blank or nothing follows. */
static bool ends_sentence(const char *at) {
    return strchr(".?!", *at) != NULL && (at[1] == ' ' || at[1] == '\0');
}

/* A text may be several sentences in a row: the shortest beginning that is a message is taken off, and so on.
 * The whole text is one of the beginnings, also when it does not end like a sentence. */
static void append_text(struct pnr_text *out, const char *language, const char *text) {
    while (*text != '\0') {
        struct recognition found;
        const char *end = text, *message = NULL;
        while (message == NULL && *end != '\0') {
            end++;
            if (*end == '\0' || ends_sentence(end - 1)) {
                message = recognise(text, end, &found);
            }
        }
        if (message == NULL) {
            pnr_text_append(out, text);
            return;
        }
        append_translation(out, language, message, &found);
        text = end + strspn(end, " ");
    }
}

char *pioneer_message_translate(const char *language, const char *sentence) {
    struct pnr_text text;
    pnr_text_init(&text);
    if (strcmp(pioneer_language_of_locale(language), "zh") != 0 || strlen(sentence) > SENTENCE_MAX) {
        pnr_text_append(&text, sentence);
    } else {
        append_text(&text, language, sentence);
    }
    return pnr_text_steal(&text);
}
