/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Findings: the sentence of every code, and the list they are kept in. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "base/text.h"
#include "model/validation.h"
#include "text/message.h"

struct sentence {
    const char *code;
    const char *message;
};

static const struct sentence sentences[] = {
    {"no-units", PNR_("The campaign has no unit.")},
    {"no-stages", PNR_("The campaign has no stage.")},
    {"duplicate-id", PNR_("The id \"{id}\" is taken by number {number} of this list.")},
    {"unknown-unit", PNR_("There is no unit \"{id}\".")},
    {"unknown-member", PNR_("There is no member \"{id}\".")},
    {"unknown-site", PNR_("There is no site \"{id}\".")},
    {"unknown-slot", PNR_("There is no slot \"{id}\".")},
    {"unknown-stage", PNR_("There is no stage \"{id}\".")},
    {"unknown-post", PNR_("There is no post \"{id}\".")},
    {"unknown-rule", PNR_("There is no rule \"{id}\".")},
    {"unknown-level", PNR_("There is no level \"{id}\".")},
    {"unknown-zone", PNR_("No site lies in the zone \"{id}\".")},
    {"unknown-tag", PNR_("No member has the tag \"{id}\".")},
    {"unknown-rating", PNR_("No member has the rating \"{id}\".")},
    {"unknown-slot-kind", PNR_("No slot is of the kind \"{id}\".")},
    {"unknown-site-kind", PNR_("No site is of the kind \"{id}\".")},
    {"several-roots", PNR_("The unit \"{id}\" has no parent, but \"{other}\" is the root already.")},
    {"no-root", PNR_("Every unit has a parent, so that none is the root.")},
    {"cyclic-units", PNR_("The unit \"{id}\" is above itself.")},
    {"too-many-sites", PNR_("The campaign has more than {number} sites.")},
    {"duplicate-walk", PNR_("The walk between \"{id}\" and \"{other}\" is given twice.")},
    {"overlapping-stages", PNR_("The stage \"{id}\" overlaps the stage \"{other}\".")},
    {"unordered-stages",
     PNR_("The stage \"{id}\" comes before the stage \"{other}\", which is listed first.")},
    {"campaign-too-long", PNR_("The campaign is longer than {number} days.")},
    {"target-below-min", PNR_("The target is smaller than the minimum of {number}.")},
    {"max-below-target", PNR_("The maximum is smaller than the target of {number}.")},
    {"standby-with-demand", PNR_("A standby duty takes its numbers from the no-show rate.")},
    {"standby-for-standby", PNR_("The post \"{id}\" stands by itself, so nobody can stand by for it.")},
    {"post-without-demand", PNR_("The post \"{id}\" has no demand.")},
    {"missing-field", PNR_("The rule \"{id}\" needs the field \"{other}\".")},
    {"min-above-max", PNR_("The minimum is larger than the maximum of {number}.")},
    {"level-missing",
     PNR_("The rule \"{id}\" belongs to the level \"{other}\", which the campaign does not have.")},
    {"cyclic-replaces", PNR_("The rule \"{id}\" replaces itself.")},
    {"weight-too-large", PNR_("The weight of a fairness rule is at most {number}.")},
    {"cost-too-large", PNR_("The costs of all duties together are too large to be added up.")},
    {"duplicate-history", PNR_("The member \"{id}\" has a history already.")},
    {"contradictory-history", PNR_("These runs of the member \"{id}\" cannot both be true.")},
    {"late-history", PNR_("The history of the member \"{id}\" holds a date inside the campaign.")},
    {"duplicate-notice", PNR_("The notice of {number} hours is given twice.")},
    {"duplicate-rating", PNR_("The rating \"{id}\" is given twice.")},
    {"unknown-duty", PNR_("The member \"{id}\" is assigned to a duty that does not exist.")},
    {"duplicate-assignment", PNR_("The member \"{id}\" is assigned to this duty twice.")},
    {"overlapping-pins", PNR_("The member \"{id}\" is pinned to two duties at the same time.")},
    {"too-many-pins", PNR_("More members are pinned to this duty than its maximum of {number}.")},
    {"member-never-serves",
     PNR_("The member \"{id}\" can never serve: no duty is open to them while they are free.")},
    {"nobody-for-duty",
     PNR_("Nobody can serve on {number} duties of the post \"{id}\", the first on {other}.")},
    {"no-members", PNR_("The campaign has no member.")},
    {"no-duties", PNR_("The campaign has no duty.")},
    {"more-findings", PNR_("There are {number} more findings.")},
};

#define DID_YOU_MEAN PNR_("Did you mean \"{other}\"?")

static const char *message_of(const char *code) {
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
        if (strcmp(sentences[i].code, code) == 0) {
            return sentences[i].message;
        }
    }
    return code;
}

static void append(struct pnr_text *text, const char *message, struct pnr_particulars particulars) {
    pnr_format(text, NULL, message, PNR_TEXT("id", particulars.id != NULL ? particulars.id : ""),
               PNR_TEXT("other", particulars.other != NULL ? particulars.other : ""),
               PNR_NUMBER("number", particulars.number));
}

/* Copies the texts, which may be the caller's, and keeps the finding unless the list is full. */
static void keep(struct pnr_validation *validation, enum pioneer_severity severity, const char *code,
                 const char *where, const char *message) {
    struct pioneer_campaign *campaign = validation->campaign;
    struct pnr_arena *arena = &campaign->finding_arena;
    validation->count_of_severity[severity]++;
    if (validation->failed || validation->count_of_severity[severity] > PNR_FINDINGS_MAX) {
        return;
    }
    struct pioneer_finding finding = {
        .severity = severity,
        .code = pnr_arena_strdup(arena, code),
        .where = pnr_arena_strdup(arena, where),
        .message = message != NULL ? pnr_arena_strdup(arena, message) : NULL,
    };
    validation->failed = finding.code == NULL || finding.where == NULL || finding.message == NULL ||
                         !pnr_array_push(&campaign->findings, finding);
}

void pnr_finding_add(struct pnr_validation *validation, enum pioneer_severity severity, const char *code,
                     const struct pnr_path *path, const char *field, struct pnr_particulars particulars) {
    char where[sizeof((struct pioneer_error *)0)->where];
    struct pnr_path last = {path, field, -1};
    struct pnr_text text;
    pnr_text_init(&text);
    append(&text, message_of(code), particulars);
    pnr_path_format(&last, where, sizeof where);
    keep(validation, severity, code, where, text.failed ? NULL : text.bytes);
    pnr_text_fini(&text);
}

void pnr_finding_add_unknown(struct pnr_validation *validation, enum pnr_kind kind,
                             const struct pnr_path *path, const char *field, const char *id) {
    char code[48], where[sizeof((struct pioneer_error *)0)->where];
    struct pnr_path last = {path, field, -1};
    struct pnr_text text;
    const char *nearest = NULL;
    if (validation->guesses_left > 0) {
        validation->guesses_left--;
        nearest = pnr_index_nearest(&validation->indexes.of[kind], id);
    }
    snprintf(code, sizeof code, "unknown-%s", pnr_kind_name(kind));
    pnr_path_format(&last, where, sizeof where);
    pnr_text_init(&text);
    append(&text, message_of(code), (struct pnr_particulars){.id = id});
    if (nearest != NULL) {
        pnr_text_append(&text, " ");
        append(&text, DID_YOU_MEAN, (struct pnr_particulars){.other = nearest});
    }
    keep(validation, PIONEER_ERROR, code, where, text.failed ? NULL : text.bytes);
    pnr_text_fini(&text);
}

void pnr_finding_add_error(struct pnr_validation *validation, const struct pioneer_error *error,
                           const char *where) {
    if (error->status == PIONEER_E_NO_MEMORY) {
        validation->failed = true;
    } else {
        keep(validation, PIONEER_ERROR, error->code, where, error->message);
    }
}

void pnr_finding_add_rest(struct pnr_validation *validation) {
    int64_t rest = 0;
    for (int32_t severity = PIONEER_NOTE; severity <= PIONEER_ERROR; severity++) {
        int32_t count = validation->count_of_severity[severity];
        rest += count > PNR_FINDINGS_MAX ? count - PNR_FINDINGS_MAX : 0;
    }
    if (rest > 0) {
        pnr_finding_add(validation, PIONEER_NOTE, "more-findings", NULL, NULL,
                        (struct pnr_particulars){.number = rest});
    }
}

bool pnr_finding_sort(struct pioneer_campaign *campaign) {
    int32_t count = campaign->findings.count;
    struct pioneer_finding *sorted = calloc((size_t)count + 1, sizeof *sorted);
    if (sorted == NULL) {
        return false;
    }
    int32_t at = 0;
    for (int32_t severity = PIONEER_ERROR; severity >= PIONEER_NOTE; severity--) {
        for (int32_t i = 0; i < count; i++) {
            if ((int32_t)campaign->findings.items[i].severity == severity) {
                sorted[at++] = campaign->findings.items[i];
            }
        }
    }
    if (count > 0) {
        memcpy(campaign->findings.items, sorted, (size_t)count * sizeof *sorted);
    }
    free(sorted);
    return true;
}
