/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages inside the library: marking them, looking them up, filling them in. */
#ifndef PNR_TEXT_MESSAGE_H
#define PNR_TEXT_MESSAGE_H

#include <pioneer/text.h>

#include "base/text.h"

/**
 * Marks an English text for translation and leaves it as it is. To add a message: mark it, run
 * tools/update_messages, and write its Chinese into po/zh.po; tests/api/test_messages.py tells what is
 * missing.
 */
#define PNR_(english) english

/** As pioneer_message(). */
const char *pnr_message(const char *language, const char *english);

/** The English messages of the catalogue, in bytewise order; the first is its header, the empty text. */
uint32_t pnr_message_count(void);
const char *pnr_message_at(uint32_t index);

/** The arguments of pnr_format. */
#define PNR_TEXT(name_, text_)     ((struct pioneer_argument){.name = (name_), .text = (text_)})
#define PNR_NUMBER(name_, number_) ((struct pioneer_argument){.name = (name_), .number = (number_)})

/** Appends a message with arguments: pnr_format(&text, language, PNR_("{n} duties"), PNR_NUMBER("n", 3)). */
#define pnr_format(text, language, english, ...)                                                             \
    pnr_format_arguments(                                                                                    \
        (text), (language), (english), (const struct pioneer_argument[]){__VA_ARGS__},                       \
        (int32_t)(sizeof((const struct pioneer_argument[]){__VA_ARGS__}) / sizeof(struct pioneer_argument)))

void pnr_format_arguments(struct pnr_text *text, const char *language, const char *english,
                          const struct pioneer_argument *arguments, int32_t count);

#endif
