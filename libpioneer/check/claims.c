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

/* A share that no roster avoids is below every value and every bound. */
static void judge_constant(const struct pioneer_judged_part *part, const struct pioneer_level_result *claim,
                           int64_t value, struct pioneer_report *report) {
    int64_t least = claim->bound < value ? claim->bound : value;
    if (claim->constant > least) {
        refute(report, part, "constant-above-bound",
               PNR_("Level {text} of {stage}/{unit} has a value or a bound of {found}, below the constant "
                    "{limit} that the roster gives."),
               &(struct pnr_words){.text = claim->level, .found = least, .limit = claim->constant});
    }
}

static void judge_level(const struct pioneer_judged_part *part, const struct pioneer_level_result *claim,
                        int64_t value, bool *is_prefix_proven, struct pioneer_report *report) {
    struct pnr_words words = {.text = claim->level, .found = value, .limit = claim->value};
    bool is_proven = claim->outcome == PIONEER_PROVEN;
    bool is_bounded = claim->outcome != PIONEER_UNSOLVED && claim->outcome != PIONEER_INFEASIBLE;
    if (claim->outcome != PIONEER_UNSOLVED && claim->value != value) {
        refute(report, part, "value-differs",
               PNR_("Level {text} of {stage}/{unit} has the value {found}; the roster says {limit}."),
               &words);
    }
    words.limit = claim->bound;
    if (is_bounded && claim->bound > value) {
        refute(report, part, "bound-above-value",
               PNR_("Level {text} of {stage}/{unit} has the value {found}, below the bound {limit} that the "
                    "roster "
                    "gives."),
               &words);
    }
    if (is_bounded) {
        judge_constant(part, claim, value, report);
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

/* The claimed part has levels, and each of the campaign's ought to be among them, once. */
static void judge_level_list(const struct pioneer_judged_part *part, const struct pioneer_part *claimed,
                             struct pioneer_report *report) {
    for (int32_t i = 0; i < part->level_count && claimed->level_count > 0; i++) {
        struct pnr_words words = {.text = part->levels[i].level};
        int32_t count = 0;
        for (int32_t k = 0; k < claimed->level_count; k++) {
            count += is_same(claimed->levels[k].level, part->levels[i].level);
        }
        if (count == 0) {
            refute(report, part, "missing-level", PNR_("Part {stage}/{unit} has levels, but not {text}."),
                   &words);
        } else if (count > 1) {
            refute(report, part, "duplicate-level", PNR_("Part {stage}/{unit} has level {text} twice."),
                   &words);
        }
    }
    for (int32_t k = 0; k < claimed->level_count; k++) {
        if (find_level(part->levels, part->level_count, claimed->levels[k].level) == NULL) {
            refute(report, part, "unknown-level",
                   PNR_("Part {stage}/{unit} has a level {text}; the campaign has none."),
                   &(struct pnr_words){.text = claimed->levels[k].level});
        }
    }
}

static void judge_levels(const struct pioneer_judged_part *part, const struct pioneer_part *claimed,
                         struct pioneer_level_result *levels, struct pioneer_report *report) {
    bool is_prefix_proven = true;
    for (int32_t i = 0; i < part->level_count; i++) {
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
    judge_level_list(part, claimed, report);
}

static void judge_number(const struct pioneer_judged_part *part, int64_t found, int64_t claim,
                         const char *code, const char *sentence, struct pioneer_report *report) {
    if (found != claim) {
        refute(report, part, code, sentence, &(struct pnr_words){.found = found, .limit = claim});
    }
}

static void judge_size(const struct pioneer_judged_part *part, const struct pioneer_part *claimed,
                       const struct pnr_part_size *size, struct pioneer_report *report) {
    judge_number(part, size->tier, claimed->tier, "tier-differs",
                 PNR_("Part {stage}/{unit} is of tier {found}; the roster says {limit}."), report);
    judge_number(part, size->duty_count, claimed->duty_count, "count-differs",
                 PNR_("Part {stage}/{unit} has {found} duties; the roster says {limit}."), report);
    judge_number(part, size->member_count, claimed->member_count, "count-differs",
                 PNR_("Part {stage}/{unit} has {found} members; the roster says {limit}."), report);
    judge_number(part, size->assignment_count, claimed->assignment_count, "count-differs",
                 PNR_("Part {stage}/{unit} has {found} assignments; the roster says {limit}."), report);
}

void pnr_claims_judge_part(const struct pnr_claims *claims, const struct pioneer_judged_part *part,
                           const struct pnr_part_size *size, struct pioneer_level_result *levels,
                           struct pioneer_report *report) {
    const struct pioneer_part *claimed = NULL;
    for (int32_t i = 0; i < claims->part_count; i++) {
        if (!is_same(claims->parts[i].stage, part->stage) || !is_same(claims->parts[i].unit, part->unit)) {
            continue;
        }
        if (claimed != NULL) {
            refute(report, part, "duplicate-part", PNR_("The roster has part {stage}/{unit} twice."),
                   &(struct pnr_words){0});
            break;
        }
        claimed = &claims->parts[i];
    }
    if (claimed != NULL) {
        judge_levels(part, claimed, levels, report);
        judge_size(part, claimed, size, report);
    } else if (claims->part_count > 0) {
        refute(report, part, "missing-part", PNR_("The roster has parts, but not {stage}/{unit}."),
               &(struct pnr_words){0});
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
