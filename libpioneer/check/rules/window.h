/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What duties, minutes and count share: an amount in each window within [min, max]. */
#ifndef PNR_CHECK_RULES_WINDOW_H
#define PNR_CHECK_RULES_WINDOW_H

#include "check/view.h"

/* How much of the amount one duty is. */
typedef int64_t (*pnr_window_amount)(const struct pnr_view *view, const struct pnr_check_duty *duty);

/* The sentences of a rule when there is too much and too little. */
struct pnr_window_sentences {
    const char *too_much, *too_little;
};

void pnr_window_judge(struct pnr_view *view, pnr_window_amount amount,
                      const struct pnr_window_sentences *sentences);

#endif
