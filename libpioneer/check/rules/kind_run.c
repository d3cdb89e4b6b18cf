/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule kind_run: days in a row with a slot of one kind; each kind by itself. */
#include "check/rules/rules.h"

#include <stdlib.h>
#include "check/rules/run.h"

#include <string.h>

static const char *kind_of(const struct pioneer_slot *slot) {
    return slot->kind == NULL ? slot->id : slot->kind;
}

static int64_t from_history(const struct pnr_view *view, const char *kind) {
    const struct pioneer_history *history = view->history;
    bool is_same = history != NULL && history->last_kind != NULL && strcmp(history->last_kind, kind) == 0;
    return is_same ? history->run_kind : 0;
}

static void judge_kind(struct pnr_view *view, const char *kind, uint8_t *slots) {
    const struct pioneer_campaign *campaign = view->world->campaign;
    for (int32_t i = 0; i < campaign->slots.count; i++) {
        slots[i] = strcmp(kind_of(&campaign->slots.items[i]), kind) == 0;
    }
    pnr_run_judge(
        view,
        &(struct pnr_run){
            .slots = slots,
            .from_history = from_history(view, kind),
            .too_long = PNR_("{member} has a slot of rule {rule} {found} days in a row on {date}; at most "
                             "{limit} are allowed."),
            .too_short = PNR_("{member} has a slot of rule {rule} only {found} days in a row by {date}; at "
                              "least {limit} are asked for."),
            .left_open =
                PNR_("{member} has had a slot of rule {rule} {found} days in a row when the campaign "
                     "ends on {date}, which the rule holds against it."),
        });
}

void pnr_check_kind_run(struct pnr_view *view) {
    uint8_t *slots = calloc((size_t)view->world->campaign->slots.count + 1, 1);
    if (slots == NULL) {
        view->report->failed = true;
        return;
    }
    for (int32_t i = 0; i < view->rule->given->slot_kind_count; i++) {
        judge_kind(view, view->rule->given->slot_kinds[i], slots);
    }
    free(slots);
}
