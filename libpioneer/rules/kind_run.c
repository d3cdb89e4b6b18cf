/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days in a row with a duty of one slot kind; every kind listed has runs of its own. */
#include <string.h>

#include "rules/run.h"
#include "rules/table.h"

static int32_t before_of(const struct pioneer_history *history, const char *kind) {
    bool goes_on = history != NULL && history->last_kind != NULL && strcmp(history->last_kind, kind) == 0;
    return goes_on ? history->run_kind : 0;
}

static bool open_kind(struct pnr_clause_list *list, const struct pnr_clause *blank, const char *kind) {
    const struct pioneer_campaign *campaign = blank->scene->organisation->campaign;
    uint8_t *slots = pnr_arena_alloc(blank->scene->arena, (size_t)campaign->slots.count, 1);
    if (slots == NULL) {
        return false;
    }
    for (int32_t i = 0; i < campaign->slots.count; i++) {
        slots[i] = strcmp(campaign->slots.items[i].kind, kind) == 0;
    }
    return pnr_run_add(list, blank, before_of(blank->scene->history, kind), slots);
}

static bool open_run(struct pnr_clause_list *list, const struct pnr_clause *blank) {
    const struct pioneer_rule *given = &blank->rule->given;
    bool ok = true;
    for (int32_t i = 0; ok && i < given->slot_kind_count; i++) {
        ok = open_kind(list, blank, given->slot_kinds[i]);
    }
    return ok;
}

static int64_t trait(const struct pnr_clause *clause, const struct pnr_duty *duty) {
    return clause->lookup->slot_kinds[duty->slot] ? duty->slot : -1;
}

static int64_t key(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    const uint8_t *slots = pnr_run_slots(clause);
    for (int32_t i = 0; i < day->count; i++) {
        if (slots[day->duties[i]->slot]) {
            return 1;
        }
    }
    return 0;
}

static void word(const struct pnr_rule *rule, struct pnr_text *text) {
    pnr_run_word(rule, "serves in slots of one kind", text);
}

const struct pnr_rule_ops pnr_rule_kind_run = {.kind = PIONEER_RULE_KIND_RUN,
                                               .open = open_run,
                                               .trait = trait,
                                               .start = pnr_run_start,
                                               .key = key,
                                               .step = pnr_run_step,
                                               .close = pnr_run_close,
                                               .word = word};
