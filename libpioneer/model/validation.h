/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One validation in progress: what it knows and how it reports; and its steps, one file each. */
#ifndef PNR_MODEL_VALIDATION_H
#define PNR_MODEL_VALIDATION_H

#include "model/expression.h"
#include "model/index.h"
#include "model/layout.h"

struct pnr_validation {
    struct pioneer_campaign *campaign;
    struct pnr_indexes indexes;
    struct pnr_arena scratch;
    /* what members and sites have, for the words that expressions and rules name */
    struct pnr_map tags, ratings, zones, slot_kinds, site_kinds;
    int32_t count_of_severity[PIONEER_ERROR + 1];
    int32_t guesses_left; /* looking for what was meant takes time: only for the first few findings */
    bool failed;          /* memory was short; findings after that do nothing */
};

/* More findings than this of one severity are counted, not listed. */
#define PNR_FINDINGS_MAX 1000

/* What a sentence speaks of; the placeholders of its message are the names of these members. */
struct pnr_particulars {
    const char *id;
    const char *other;
    int64_t number;
};

/* Adds a finding with the message of its code, at path (may be NULL) and, unless NULL, a field there. */
void pnr_finding_add(struct pnr_validation *validation, enum pioneer_severity severity, const char *code,
                     const struct pnr_path *path, const char *field, struct pnr_particulars particulars);
/* Adds "unknown-<kind>" for an id that nothing has. */
void pnr_finding_add_unknown(struct pnr_validation *validation, enum pnr_kind kind,
                             const struct pnr_path *path, const char *field, const char *id);
/* Adds a failure that another function has worded already. */
void pnr_finding_add_error(struct pnr_validation *validation, const struct pioneer_error *error,
                           const char *where);
/* Says how many findings are not listed, if any. */
void pnr_finding_add_rest(struct pnr_validation *validation);
/* Puts errors first, then warnings, then notes; each in the order found. False when memory is short. */
bool pnr_finding_sort(struct pioneer_campaign *campaign);

/* The steps. Each reports what it finds; later ones rely on earlier ones only where there are no errors. */
void pnr_validate_names(struct pnr_validation *validation);  /* ids and references */
void pnr_validate_tree(struct pnr_validation *validation);   /* the organisation */
void pnr_validate_places(struct pnr_validation *validation); /* sites and walks */
void pnr_validate_stages(struct pnr_validation *validation);
void pnr_validate_demand(struct pnr_validation *validation);
void pnr_validate_expressions(struct pnr_validation *validation); /* and the words that rules name */
void pnr_validate_rules(struct pnr_validation *validation);
void pnr_validate_past(struct pnr_validation *validation);    /* history and notice */
void pnr_validate_duties(struct pnr_validation *validation);  /* without errors: expansion, roster */
void pnr_validate_chances(struct pnr_validation *validation); /* without errors: who can serve at all */

#endif
