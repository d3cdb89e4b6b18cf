/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule minutes: how many minutes a member has in a window. */
#include "check/rules/rules.h"

#include "check/rules/window.h"

static int64_t length(const struct pnr_view *view, const struct pnr_check_duty *duty) {
    (void)view;
    return duty->to_at - duty->from_at;
}

void pnr_check_minutes(struct pnr_view *view) {
    pnr_window_judge(
        view, length,
        &(struct pnr_window_sentences){
            .too_much = PNR_("{member} has {found} minutes by {date}; at most {limit} are allowed."),
            .too_little = PNR_("{member} has {found} minutes by {date}; at least {limit} are asked for."),
        });
}
