/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expressions over members (docs/rules.md section 8): parsed once, evaluated on raw descriptions. */
#ifndef PNR_MODEL_EXPRESSION_H
#define PNR_MODEL_EXPRESSION_H

#include "model/campaign.h"

struct pnr_expression;

/* Parses `text` (NULL or "": anyone) into `arena`. On failure PIONEER_E_INVALID with the byte offset in
 * error->column (1-based) and code "bad-expression", "unknown-unit", "unknown-site", "unknown-member",
 * "unknown-status", "unknown-role"; references are resolved against the campaign, whose arrays must not
 * change while the expression lives. */
enum pioneer_status pnr_expression_parse(const struct pioneer_campaign *campaign, const char *text,
                                         struct pnr_arena *arena, struct pnr_expression **out,
                                         struct pioneer_error *error);

/* Whether the member (index into campaign->members) satisfies it. */
bool pnr_expression_holds(const struct pnr_expression *expression, const struct pioneer_campaign *campaign,
                          int32_t member);

/* The words that only warnings can judge: a tag, a rating or a zone that nobody may have. */
enum pnr_word { PNR_WORD_TAG, PNR_WORD_RATING, PNR_WORD_ZONE };
typedef bool pnr_word_fn(void *context, enum pnr_word what, const char *word);

/* Calls `each` for each such word, in the order of the text, until it returns false; false then. */
bool pnr_expression_words(const struct pnr_expression *expression, pnr_word_fn *each, void *context);

/* Deeper nested parentheses and negations are "bad-expression". */
#define PNR_EXPRESSION_DEPTH 100

#endif
