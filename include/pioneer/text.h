/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The message catalogue: every sentence for people, of the library and of the program, in Chinese and
 * English. */
#ifndef PIONEER_TEXT_H
#define PIONEER_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include <pioneer/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Messages are looked up by their English text, in tables that are part of the library: no files at run time,
 * no process locale, nothing to initialise, any thread. Languages are "zh" and "en"; NULL and unknown ones
 * mean "en", whose message is the English text itself.
 */

/** The language of a locale name such as "zh_CN.UTF-8" or "zh-Hans": "zh", or "en" for every other one, NULL
 * included. */
PIONEER_API const char *pioneer_language_of_locale(const char *locale);

/** `english` in the language; `english` itself when it has no translation. Static, except that it may be
 * `english`. */
PIONEER_API const char *pioneer_message(const char *language, const char *english);

/** The value of a placeholder: `text`, or `number` when text is NULL. */
struct pioneer_argument {
    const char *name;
    const char *text;
    int64_t number;
};

/**
 * The message in the language with each `{name}` replaced by the argument of that name, so that a translation
 * may reorder them; a name without an argument stays as it is. malloc'ed (pioneer_free()); NULL when memory
 * is short.
 */
PIONEER_API PIONEER_MUST_USE char *pioneer_message_format(const char *language, const char *english,
                                                          const struct pioneer_argument *arguments,
                                                          int32_t count);

/**
 * A sentence of an error or a finding, which the library words in English, in the language: the message it
 * was made from is recognised and its particulars are put into the translation. What is not recognised stays
 * as it is. malloc'ed (pioneer_free()); NULL when memory is short.
 */
PIONEER_API PIONEER_MUST_USE char *pioneer_message_translate(const char *language, const char *sentence);

#ifdef __cplusplus
}
#endif

#endif
