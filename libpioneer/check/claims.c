/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the roster says about itself, against what the judge found. */
#include "check/claims.h"

#include <string.h>

static bool is_same(const char *a, const char *b) {
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* A claim that does not hold: `found` is what the judge has, `limit` what the roster says. */
static void refute(struct pioneer_report *report, const struct pioneer_judged_part *part, const char *code,
                   const char *sentence, const struct pnr_words *words) {
    struct pnr_offence offence = {.code = code, .sentence = sentence, .words = *words};
    offence.words.member = -1;
    offence.words.duty = -1;
    offence.words.stage = part == NULL || part->stage == NULL ? "*" : part->stage;
    offence.words.unit = part == NULL || part->unit == NULL ? "*" : part->unit;
    pnr_report_violate(report, &offence);
}

/* The claim on a level; NULL when there is none. */
static const struct pioneer_level_result *find_level(const struct pioneer_level_result *levels, int32_t count,
                                                     const char *id) {
    for (int32_t i = 0; i < count; i++) {
        if (is_same(levels[i].level, id)) {
            return &levels[i];
        }
    }
    return NULL;
}

static void judge_level(const struct pioneer_judged_part *part, const struct pioneer_level_result *claim,
                        int64_t value, bool *is_prefix_proven, struct pioneer_report *report) {
    struct pnr_words words = {.text = claim->level, .found = value, .limit = claim->value};
    bool is_proven = claim->outcome == PIONEER_PROVEN;
    if (claim->outcome != PIONEER_UNSOLVED && claim->value != value) {
        refute(report, part, "value-differs",
               PNR_("Level {text} of {stage}/{unit} has the value {found}; the roster says {limit}."),
               &words);
    }
    words.limit = claim->bound;
    if (claim->outcome != PIONEER_UNSOLVED && claim->outcome != PIONEER_INFEASIBLE && claim->bound > value) {
        refute(report, part, "bound-above-value",
               PNR_("Level {text} of {stage}/{unit} has the value {found}, below the bound {limit} that the "
                    "roster "
                    "gives."),
               &words);
    }
    if (is_proven && (claim->bound < value || !*is_prefix_proven)) {
        refute(report, part, "not-proven",
               PNR_("Level {text} of {stage}/{unit} is called proven; its value is {found}, its bound "
                    "{limit}, or a "
                    "level before it is not proven."),
               &words);
    }
    *is_prefix_proven = *is_prefix_proven && is_proven;
}

void pnr_claims_judge_part(const struct pnr_claims *claims, const struct pioneer_judged_part *part,
                           struct pioneer_level_result *levels, struct pioneer_report *report) {
    const struct pioneer_part *claimed = NULL;
    for (int32_t i = 0; i < claims->part_count && claimed == NULL; i++) {
        if (is_same(claims->parts[i].stage, part->stage) && is_same(claims->parts[i].unit, part->unit)) {
            claimed = &claims->parts[i];
        }
    }
    bool is_prefix_proven = true;
    for (int32_t i = 0; i < part->level_count && claimed != NULL; i++) {
        const struct pioneer_level_result *claim =
            find_level(claimed->levels, claimed->level_count, levels[i].level);
        if (claim == NULL) {
            is_prefix_proven = false;
            continue;
        }
        levels[i].bound = claim->bound;
        levels[i].constant = claim->constant;
        levels[i].outcome = claim->outcome;
        judge_level(part, claim, levels[i].value, &is_prefix_proven, report);
    }
}

static bool exists(const struct pioneer_report *report, const struct pioneer_part *claimed) {
    for (int32_t i = 0; i < report->parts.count; i++) {
        if (is_same(report->parts.items[i].stage, claimed->stage) &&
            is_same(report->parts.items[i].unit, claimed->unit)) {
            return true;
        }
    }
    return false;
}

void pnr_claims_judge_rest(const struct pnr_claims *claims, struct pioneer_report *report) {
    for (int32_t i = 0; i < claims->part_count; i++) {
        if (!exists(report, &claims->parts[i])) {
            struct pioneer_judged_part part = {.stage = claims->parts[i].stage,
                                               .unit = claims->parts[i].unit};
            refute(report, &part, "unknown-part", PNR_("The campaign has no part {stage}/{unit}."),
                   &(struct pnr_words){0});
        }
    }
    for (int32_t i = 0; i < claims->price_count; i++) {
        const struct pioneer_staging_price *price = &claims->prices[i];
        const struct pioneer_level_result *joint =
            find_level(report->joint.items, report->joint.count, price->level);
        if (joint != NULL && joint->value != price->staged) {
            refute(report, NULL, "value-differs",
                   PNR_("Level {text} of the whole campaign has the value {found}; the roster says {limit}."),
                   &(struct pnr_words){.text = price->level, .found = joint->value, .limit = price->staged});
        }
    }
}
