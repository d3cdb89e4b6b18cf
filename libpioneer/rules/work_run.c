/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days worked in a row. */
#include "rules/run.h"
#include "rules/table.h"

static bool open_run(struct pnr_clause_list *list, const struct pnr_clause *blank) {
    const struct pioneer_history *history = blank->scene->history;
    return pnr_run_add(list, blank, history != NULL ? history->run_worked : 0, NULL);
}

static int64_t key(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    (void)clause;
    return day->count > 0;
}

static void word(const struct pnr_rule *rule, struct pnr_text *text) {
    pnr_run_word(rule, "works", text);
}

const struct pnr_rule_ops pnr_rule_work_run = {.kind = PIONEER_RULE_WORK_RUN,
                                               .open = open_run,
                                               .start = pnr_run_start,
                                               .key = key,
                                               .step = pnr_run_step,
                                               .close = pnr_run_close,
                                               .word = word};
