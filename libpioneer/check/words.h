/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge's sentences: templates with named places, in the language asked for. */
#ifndef PNR_CHECK_WORDS_H
#define PNR_CHECK_WORDS_H

#include "base/text.h"
#include "check/world.h"
#include "text/message.h"

/* What fills the places of a sentence: {member} {duty} {date} {found} {limit} {rule} {text} {stage} {unit}.
 */
struct pnr_words {
    const struct pnr_world *world; /* may be NULL: then {member} and {duty} are empty */
    int32_t member;                /* -1: none */
    int32_t duty;                  /* -1: none */
    int32_t day;
    int64_t found, limit;
    const char *rule;
    const char *text; /* an id or name that is none of the campaign's */
    const char *stage, *unit;
};

/* Whether the library has sentences in the language; NULL is English. */
bool pnr_words_knows(const char *language);

/* Appends the sentence of an English template; a text that failed tells so by itself. */
void pnr_words_append(struct pnr_text *out, const char *language, const char *sentence,
                      const struct pnr_words *words);

/* Appends "post/site/date/slot" of a duty. */
void pnr_words_append_duty_id(struct pnr_text *out, const struct pnr_world *world, int32_t duty);

#endif
