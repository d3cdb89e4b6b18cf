/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of exports for what the model numbers: outcomes, statuses, roles, states, weekdays. */
#ifndef PNR_IO_WORDS_H
#define PNR_IO_WORDS_H

#include <pioneer/roster.h>

/* Each gives static text in the language ("zh" or "en"); "" for a number that is none and for `other`. */
const char *pnr_words_outcome(const char *language, enum pioneer_outcome outcome);
const char *pnr_words_status(const char *language, enum pioneer_member_status status);
const char *pnr_words_role(const char *language, enum pioneer_member_role role);
const char *pnr_words_state(const char *language, enum pioneer_assignment_state state);
const char *pnr_words_weekday(const char *language, int32_t day);
/* The name of a level: the default levels' ids in words, else `name`, else the id. */
const char *pnr_words_level(const char *language, const char *id, const char *name);

#endif
