/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule duties: how many duties a member has in a window. */
#include "check/rules/rules.h"

#include "check/rules/window.h"

static int64_t one(const struct pnr_view *view, const struct pnr_check_duty *duty) {
    (void)view;
    (void)duty;
    return 1;
}

void pnr_check_duties(struct pnr_view *view) {
    pnr_window_judge(
        view, one,
        &(struct pnr_window_sentences){
            .too_much = PNR_("{member} has {found} duties by {date}; at most {limit} are allowed."),
            .too_little = PNR_("{member} has {found} duties by {date}; at least {limit} are asked for."),
        });
}
