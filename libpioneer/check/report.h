/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the judge found. The report owns all its text. */
#ifndef PNR_CHECK_REPORT_H
#define PNR_CHECK_REPORT_H

#include <pioneer/check.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/text.h"
#include "check/words.h"

struct pioneer_report {
    struct pnr_arena arena;
    struct pnr_text draft; /* sentences are written here before they are copied */
    const char *language;
    bool failed; /* memory was short: the report is not to be shown */
    PNR_ARRAY(struct pioneer_violation) violations;
    PNR_ARRAY(struct pioneer_finding) notes;
    PNR_ARRAY(struct pioneer_shortage) shortages;
    PNR_ARRAY(struct pioneer_judged_part) parts;
    PNR_ARRAY(struct pioneer_level_result) joint;
};

/* A violation whose sentence and ids are still to be written. Unset texts are absent. */
struct pnr_offence {
    const char *code;
    const char *sentence;
    const char *member_id; /* of somebody the campaign does not know; else `words.member` names the member */
    const char *duty_id;   /* of a duty the campaign does not know; else `words.duty` names the duty */
    struct pnr_words words;
};

/* NULL when memory is short. The language must be known. */
struct pioneer_report *pnr_report_new(const char *language);

/* These set `failed` when memory is short. */
void pnr_report_violate(struct pioneer_report *report, const struct pnr_offence *offence);
void pnr_report_add_shortage(struct pioneer_report *report, const struct pnr_world *world, int32_t duty,
                             int32_t assigned, bool lead_missing);
/* Notes what breaks nothing and is no false claim. */
void pnr_report_note(struct pioneer_report *report, const char *code, const char *sentence);
/* A copy of the text in the report; NULL for NULL. */
const char *pnr_report_text(struct pioneer_report *report, const char *text);

#endif
