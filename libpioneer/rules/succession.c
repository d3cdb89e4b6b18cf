/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No slot of some kinds on the day after one of others. */
#include <string.h>

#include "rules/table.h"

/* Bits of the key: a kind that may not be followed, a kind that may not follow. The state is yesterday's
 * first bit. */
enum { BEFORE = 1, AFTER = 2 };

static int64_t start(const struct pnr_clause *clause) {
    const struct pioneer_history *history = clause->scene->history;
    const struct pioneer_rule *given = &clause->rule->given;
    if (history == NULL || history->last_kind == NULL) {
        return 0;
    }
    for (int32_t i = 0; i < given->slot_kind_count; i++) {
        if (strcmp(given->slot_kinds[i], history->last_kind) == 0) {
            return BEFORE;
        }
    }
    return 0;
}

static int64_t trait(const struct pnr_clause *clause, const struct pnr_duty *duty) {
    return (clause->lookup->slot_kinds[duty->slot] ? BEFORE : 0) |
           (clause->lookup->next_kinds[duty->slot] ? AFTER : 0);
}

static int64_t key(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    int64_t bits = 0;
    for (int32_t i = 0; i < day->count; i++) {
        bits |= trait(clause, day->duties[i]);
    }
    return bits;
}

static struct pnr_step step(const struct pnr_clause *clause, int32_t day, int64_t state, int64_t bits) {
    (void)clause;
    (void)day;
    return (struct pnr_step){.state = bits & BEFORE, .amount = state != 0 && (bits & AFTER) != 0};
}

static void append_list(struct pnr_text *text, const char *const *words, int32_t count) {
    for (int32_t i = 0; i < count; i++) {
        pnr_text_printf(text, "%s%s", i > 0 ? " or " : "", words[i]);
    }
}

static void word(const struct pnr_rule *rule, struct pnr_text *text) {
    pnr_text_append(text, "does not serve ");
    append_list(text, rule->given.next_kinds, rule->given.next_kind_count);
    pnr_text_append(text, " the day after ");
    append_list(text, rule->given.slot_kinds, rule->given.slot_kind_count);
}

const struct pnr_rule_ops pnr_rule_succession = {
    .kind = PIONEER_RULE_SUCCESSION, .trait = trait, .start = start, .key = key, .step = step, .word = word};
