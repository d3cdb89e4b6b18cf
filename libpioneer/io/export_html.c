/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pioneer_export_html: takes the judge's report apart for the writer of the page. */
#include <pioneer/export.h>

#include <stdlib.h>

#include "io/export.h"
#include "io/html.h"

enum pioneer_status pnr_export_validated(const struct pioneer_campaign *campaign,
                                         struct pioneer_error *error) {
    return campaign->validated ? PIONEER_OK
                               : pnr_fail(error, PIONEER_E_INVALID, "not-validated", NULL,
                                          "The campaign has not been validated.");
}

enum pioneer_status pnr_export_hand_over(struct pnr_text *text, enum pioneer_status status, char **out,
                                         size_t *length, struct pioneer_error *error) {
    if (status == PIONEER_OK) {
        const size_t written = text->length;
        *out = pnr_text_steal(text);
        if (*out) {
            *length = written;
            return PIONEER_OK;
        }
        status = pnr_fail_no_memory(error);
    }
    pnr_text_fini(text);
    return status;
}

/* Copies of what the report lends one by one; all in `arena`. */
static bool take_apart(const struct pioneer_report *report, struct pnr_arena *arena,
                       struct pnr_verdict *out) {
    out->shortage_count = pioneer_report_shortage_count(report);
    out->violation_count = pioneer_report_violation_count(report);
    out->part_count = pioneer_report_part_count(report);
    struct pioneer_shortage *shortages =
        pnr_arena_alloc(arena, (size_t)out->shortage_count, sizeof *shortages);
    struct pioneer_violation *violations =
        pnr_arena_alloc(arena, (size_t)out->violation_count, sizeof *violations);
    struct pioneer_judged_part *parts = pnr_arena_alloc(arena, (size_t)out->part_count, sizeof *parts);
    if (!shortages || !violations || !parts) {
        return false;
    }
    for (int32_t i = 0; i < out->shortage_count; i++) {
        shortages[i] = *pioneer_report_shortage_at(report, i);
    }
    for (int32_t i = 0; i < out->violation_count; i++) {
        violations[i] = *pioneer_report_violation_at(report, i);
    }
    for (int32_t i = 0; i < out->part_count; i++) {
        parts[i] = *pioneer_report_part_at(report, i);
    }
    out->shortages = shortages;
    out->violations = violations;
    out->parts = parts;
    return true;
}

enum pioneer_status pioneer_export_html(const struct pioneer_campaign *campaign,
                                        const struct pioneer_roster *roster,
                                        const struct pioneer_report *report, const char *language, char **out,
                                        size_t *length, struct pioneer_error *error) {
    *out = NULL;
    *length = 0;
    enum pioneer_status status = pnr_export_validated(campaign, error);
    if (status != PIONEER_OK) {
        return status;
    }
    struct pnr_arena arena;
    struct pnr_verdict verdict = {0};
    struct pnr_text text;
    pnr_arena_init(&arena);
    pnr_text_init(&text);
    status = take_apart(report, &arena, &verdict)
                 ? pnr_html_write(campaign, roster, &verdict, language, &text, error)
                 : pnr_fail_no_memory(error);
    pnr_arena_fini(&arena);
    return pnr_export_hand_over(&text, status, out, length, error);
}
