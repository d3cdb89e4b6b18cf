/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule work_run: days worked in a row. */
#include "check/rules/rules.h"

#include "check/rules/run.h"

void pnr_check_work_run(struct pnr_view *view) {
    pnr_run_judge(
        view,
        &(struct pnr_run){
            .from_history = view->history == NULL ? 0 : view->history->run_worked,
            .too_long = PNR_("{member} works {found} days in a row on {date}; at most {limit} are allowed."),
            .too_short = PNR_("{member} works only {found} days in a row by {date}; at least {limit} are "
                              "asked for."),
            .left_open =
                PNR_("{member} has worked {found} days in a row when the campaign ends on {date}, which "
                     "rule {rule} holds against it."),
        });
}
