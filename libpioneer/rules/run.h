/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lengths of runs of days: what work_run, off_run and kind_run share. */
#ifndef PNR_RULES_RUN_H
#define PNR_RULES_RUN_H

#include "rules/rule.h"

/**
 * Adds a clause that watches the runs of days whose `key` is 1, the first of which has already lasted
 * `before` days when the campaign starts. The clause's kind uses pnr_run_start, pnr_run_step and
 * pnr_run_close. False when memory is short.
 */
bool pnr_run_add(struct pnr_clause_list *list, const struct pnr_clause *blank, int32_t before,
                 const uint8_t *slots);

/** The slots given to pnr_run_add. */
const uint8_t *pnr_run_slots(const struct pnr_clause *clause);

int64_t pnr_run_start(const struct pnr_clause *clause);
struct pnr_step pnr_run_step(const struct pnr_clause *clause, int32_t day, int64_t state, int64_t key);
int64_t pnr_run_close(const struct pnr_clause *clause, int64_t state);

/** Appends "works at least 2 and at most 6 days in a row", given the verb. */
void pnr_run_word(const struct pnr_rule *rule, const char *verb, struct pnr_text *text);

#endif
