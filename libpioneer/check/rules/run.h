/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What work_run, off_run and kind_run share: maximal runs of days within [min, max]. */
#ifndef PNR_CHECK_RULES_RUN_H
#define PNR_CHECK_RULES_RUN_H

#include "check/view.h"

/* Which days belong to a run. */
struct pnr_run {
    const uint8_t *slots; /* days with a duty in one of these slots; NULL: any duty */
    bool is_of_days_off;  /* the other days */
    int64_t from_history; /* length of the run that the member arrives with */
    const char *too_long, *too_short, *left_open;
};

void pnr_run_judge(struct pnr_view *view, const struct pnr_run *run);

#endif
