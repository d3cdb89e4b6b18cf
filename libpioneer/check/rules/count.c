/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule count: how many duties of one sort a member has in a window. */
#include "check/rules/rules.h"

#include "check/rules/window.h"

static int64_t fits(const struct pnr_view *view, const struct pnr_check_duty *duty) {
    const struct pnr_check_rule *rule = view->rule;
    return pnr_in_set(rule->posts, duty->post) && pnr_in_set(rule->sites, duty->site) &&
           pnr_in_set(rule->slots, duty->slot) && duty->hardship >= rule->given->hardship;
}

void pnr_check_count(struct pnr_view *view) {
    pnr_window_judge(
        view, fits,
        &(struct pnr_window_sentences){
            .too_much =
                PNR_("{member} has {found} duties of rule {rule} by {date}; at most {limit} are allowed."),
            .too_little =
                PNR_("{member} has {found} duties of rule {rule} by {date}; at least {limit} are asked for."),
        });
}
