/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits on sums over the campaign, a stage, a week or a day: what duties, minutes and count share. */
#ifndef PNR_RULES_WINDOW_H
#define PNR_RULES_WINDOW_H

#include "rules/rule.h"

/**
 * Opens the clause of a rule with `window`, `min` and `max`: a charge by the day for day windows, else
 * windows over the horizon. Works as `open` of a kind whose `take` counts.
 */
bool pnr_window_open(struct pnr_clause_list *list, const struct pnr_clause *blank);

/** `charge` of these kinds: what a date's sum is outside of a day window's limits; 0 for longer windows. */
int64_t pnr_window_charge(const struct pnr_clause *clause, const struct pnr_day_duties *day);

/** Appends "at most 3 duties a week", given what is counted. */
void pnr_window_word(const struct pnr_rule *rule, const char *unit, struct pnr_text *text);

#endif
