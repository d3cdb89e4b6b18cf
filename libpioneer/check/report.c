/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the judge found, and how it is read. */
#include "check/report.h"

#include <stdlib.h>
#include <string.h>

struct pioneer_report *pnr_report_new(const char *language) {
    struct pioneer_report *report = calloc(1, sizeof *report);
    if (report != NULL) {
        pnr_arena_init(&report->arena);
        pnr_text_init(&report->draft);
        report->language = language != NULL && strcmp(language, "zh") == 0 ? "zh" : "en";
    }
    return report;
}

void pioneer_report_free(struct pioneer_report *report) {
    if (report == NULL) {
        return;
    }
    pnr_array_fini(&report->violations);
    pnr_array_fini(&report->notes);
    pnr_array_fini(&report->shortages);
    pnr_array_fini(&report->parts);
    pnr_array_fini(&report->joint);
    pnr_text_fini(&report->draft);
    pnr_arena_fini(&report->arena);
    free(report);
}

const char *pnr_report_text(struct pioneer_report *report, const char *text) {
    const char *copy = pnr_arena_strdup(&report->arena, text);
    report->failed |= text != NULL && copy == NULL;
    return copy;
}

/* Moves the draft into the report. */
static const char *keep_draft(struct pioneer_report *report) {
    const char *kept = NULL;
    if (!report->draft.failed) {
        kept = pnr_arena_memdup(&report->arena, report->draft.bytes == NULL ? "" : report->draft.bytes,
                                report->draft.length + 1, 1);
    }
    report->failed |= kept == NULL;
    if (report->draft.bytes != NULL) {
        report->draft.bytes[0] = '\0';
    }
    report->draft.length = 0;
    return kept;
}

static const char *duty_id(struct pioneer_report *report, const struct pnr_offence *offence) {
    if (offence->duty_id != NULL) {
        return pnr_report_text(report, offence->duty_id);
    }
    if (offence->words.world == NULL || offence->words.duty < 0) {
        return NULL;
    }
    pnr_words_append_duty_id(&report->draft, offence->words.world, offence->words.duty);
    return keep_draft(report);
}

static const char *member_id(struct pioneer_report *report, const struct pnr_offence *offence) {
    if (offence->member_id != NULL) {
        return pnr_report_text(report, offence->member_id);
    }
    if (offence->words.world == NULL || offence->words.member < 0) {
        return NULL;
    }
    return pnr_report_text(report, offence->words.world->campaign->members.items[offence->words.member].id);
}

void pnr_report_violate(struct pioneer_report *report, const struct pnr_offence *offence) {
    struct pioneer_violation violation = {
        .code = pnr_report_text(report, offence->code),
        .rule = pnr_report_text(report, offence->words.rule),
        .member = member_id(report, offence),
        .duty = duty_id(report, offence),
    };
    pnr_words_append(&report->draft, report->language, offence->sentence, &offence->words);
    violation.message = keep_draft(report);
    report->failed |= !pnr_array_push(&report->violations, violation);
}

void pnr_report_note(struct pioneer_report *report, const char *code, const char *sentence) {
    struct pioneer_finding note = {
        .severity = PIONEER_NOTE,
        .code = pnr_report_text(report, code),
        .where = pnr_report_text(report, ""),
    };
    pnr_words_append(&report->draft, report->language, sentence,
                     &(struct pnr_words){.member = -1, .duty = -1});
    note.message = keep_draft(report);
    report->failed |= !pnr_array_push(&report->notes, note);
}

void pnr_report_add_shortage(struct pioneer_report *report, const struct pnr_world *world, int32_t duty,
                             int32_t assigned, bool lead_missing) {
    const struct pioneer_campaign *campaign = world->campaign;
    const struct pnr_check_duty *missed = &world->duties[duty];
    struct pioneer_shortage shortage = {
        .stage = pnr_report_text(report, campaign->stages.items[missed->stage].id),
        .post = pnr_report_text(report, campaign->posts.items[missed->post].id),
        .site = pnr_report_text(report, campaign->sites.items[missed->site].id),
        .slot = pnr_report_text(report, campaign->slots.items[missed->slot].id),
        .day = missed->day,
        .assigned = assigned,
        .min = missed->min,
        .target = missed->target,
        .lead_missing = lead_missing,
    };
    report->failed |= !pnr_array_push(&report->shortages, shortage);
}

int32_t pioneer_report_violation_count(const struct pioneer_report *report) {
    return report == NULL ? 0 : report->violations.count;
}

const struct pioneer_violation *pioneer_report_violation_at(const struct pioneer_report *report,
                                                            int32_t index) {
    bool exists = report != NULL && index >= 0 && index < report->violations.count;
    return exists ? &report->violations.items[index] : NULL;
}

int32_t pioneer_report_note_count(const struct pioneer_report *report) {
    return report == NULL ? 0 : report->notes.count;
}

const struct pioneer_finding *pioneer_report_note_at(const struct pioneer_report *report, int32_t index) {
    bool exists = report != NULL && index >= 0 && index < report->notes.count;
    return exists ? &report->notes.items[index] : NULL;
}

int32_t pioneer_report_shortage_count(const struct pioneer_report *report) {
    return report == NULL ? 0 : report->shortages.count;
}

const struct pioneer_shortage *pioneer_report_shortage_at(const struct pioneer_report *report,
                                                          int32_t index) {
    bool exists = report != NULL && index >= 0 && index < report->shortages.count;
    return exists ? &report->shortages.items[index] : NULL;
}

int32_t pioneer_report_part_count(const struct pioneer_report *report) {
    return report == NULL ? 0 : report->parts.count;
}

const struct pioneer_judged_part *pioneer_report_part_at(const struct pioneer_report *report, int32_t index) {
    bool exists = report != NULL && index >= 0 && index < report->parts.count;
    return exists ? &report->parts.items[index] : NULL;
}

int32_t pioneer_report_joint_count(const struct pioneer_report *report) {
    return report == NULL ? 0 : report->joint.count;
}

const struct pioneer_level_result *pioneer_report_joint_at(const struct pioneer_report *report,
                                                           int32_t index) {
    bool exists = report != NULL && index >= 0 && index < report->joint.count;
    return exists ? &report->joint.items[index] : NULL;
}
