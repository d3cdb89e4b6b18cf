/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of a roster file (docs/format.md), and how its lists reach the roster. */
#include <pioneer/roster.h>

#include "io/document.h"
#include "io/shape_keys.h"
#include "roster/roster.h"

#define MOST PIONEER_MAX_NUMBER

static const char *const mode_list[] = {"staged", "joint"};
static const char *const outcome_list[] = {"unsolved", "proven", "gap", "stopped", "infeasible"};
static const char *const severity_list[] = {"note", "warning", "error"};

#define S struct pioneer_roster_info
static const struct pnr_key head_keys[] = {
    KEY_TEXT("campaign", S, campaign, PLAIN_TEXT("")),
    KEY_CHOICE("mode", S, mode, WORDS(mode_list), OPTIONAL),
    {.name = "seed", .form = PNR_FORM_SEED, AT(S, seed)},
    KEY_LONG("work_limit", S, work_limit, 0, INT64_MAX, OPTIONAL),
    KEY_LONG("work_used", S, work_used, 0, INT64_MAX, OPTIONAL),
    KEY_FLAG("reproducible", S, reproducible),
    KEY_TEXT("input_hash", S, input_hash, PLAIN_TEXT("")),
    KEY_TEXT("made_by", S, made_by, PLAIN_TEXT("")),
};
static const struct pnr_shape head_shape = SHAPE("roster", S, head_keys, NULL);
#undef S

#define S struct pioneer_level_result
static const struct pnr_key level_keys[] = {
    KEY_TEXT("level", S, level, REQUIRED),
    KEY_LONG("value", S, value, INT64_MIN, INT64_MAX, REQUIRED),
    KEY_LONG("bound", S, bound, INT64_MIN, INT64_MAX, REQUIRED),
    KEY_LONG("constant", S, constant, INT64_MIN, INT64_MAX, OPTIONAL),
    KEY_CHOICE("outcome", S, outcome, WORDS(outcome_list), REQUIRED),
};
static const struct pnr_shape level_shape = SHAPE("level_result", S, level_keys, NULL);
#undef S

#define S struct pioneer_part
static const struct pnr_key part_keys[] = {
    KEY_TEXT("stage", S, stage, OPTIONAL),
    KEY_TEXT("unit", S, unit, OPTIONAL),
    KEY_NUMBER("tier", S, tier, 0, MOST, OPTIONAL),
    KEY_NUMBER("duty_count", S, duty_count, 0, MOST, REQUIRED),
    KEY_NUMBER("member_count", S, member_count, 0, MOST, REQUIRED),
    KEY_NUMBER("assignment_count", S, assignment_count, 0, MOST, REQUIRED),
    KEY_RECORDS("levels", S, levels, level_count, &level_shape, .is_tall = true),
};
static const struct pnr_shape part_shape = SHAPE("part", S, part_keys, NULL);
#undef S

#define S struct pioneer_finding
static const struct pnr_key finding_keys[] = {
    KEY_CHOICE("severity", S, severity, WORDS(severity_list), REQUIRED),
    KEY_TEXT("code", S, code, REQUIRED),
    KEY_TEXT("where", S, where, PLAIN_TEXT("")),
    KEY_TEXT("message", S, message, PLAIN_TEXT("")),
};
static const struct pnr_shape finding_shape = SHAPE("finding", S, finding_keys, NULL);
#undef S

#define S struct pioneer_staging_price
static const struct pnr_key price_keys[] = {
    KEY_TEXT("level", S, level, REQUIRED),
    KEY_LONG("staged", S, staged, INT64_MIN, INT64_MAX, REQUIRED),
    KEY_LONG("joint_value", S, joint_value, INT64_MIN, INT64_MAX, REQUIRED),
    KEY_LONG("joint_bound", S, joint_bound, INT64_MIN, INT64_MAX, REQUIRED),
};
static const struct pnr_shape price_shape = SHAPE("staging_price", S, price_keys, NULL);
#undef S

/* ---- the document */

static enum pioneer_status or_no_memory(enum pioneer_status status, struct pioneer_error *error) {
    return status == PIONEER_OK ? status : pnr_fail_no_memory(error);
}

static enum pioneer_status set_head(void *roster, const void *head, struct pioneer_error *error) {
    return or_no_memory(pnr_roster_set_info(roster, head), error);
}

static enum pioneer_status add_part(void *roster, const void *record, struct pioneer_error *error) {
    return or_no_memory(pnr_roster_add_part(roster, record), error);
}

static enum pioneer_status add_finding(void *roster, const void *record, struct pioneer_error *error) {
    return or_no_memory(pnr_roster_add_finding(roster, record), error);
}

static enum pioneer_status add_price(void *roster, const void *record, struct pioneer_error *error) {
    return or_no_memory(pnr_roster_add_price(roster, record), error);
}

static enum pioneer_status add_assignment(void *roster, const void *record, struct pioneer_error *error) {
    return pioneer_roster_add(roster, record, error);
}

static const void *get_head(const void *roster) {
    return pioneer_roster_get(roster);
}

#define DEFINE_ACCESS(part, function)                                                                        \
    static int32_t part##_count(const void *roster) {                                                        \
        return pioneer_roster_##function##count(roster);                                                     \
    }                                                                                                        \
    static const void *part##_at(const void *roster, int32_t index) {                                        \
        return pioneer_roster_##function##at(roster, index);                                                 \
    }

DEFINE_ACCESS(part, part_)
DEFINE_ACCESS(finding, finding_)
DEFINE_ACCESS(price, price_)
DEFINE_ACCESS(assignment, )

static const struct pnr_section sections[] = {
    {"parts", &part_shape, add_part, part_count, part_at},
    {"assignments", &pnr_assignment_shape, add_assignment, assignment_count, assignment_at},
    {"findings", &finding_shape, add_finding, finding_count, finding_at},
    {"price_of_staging", &price_shape, add_price, price_count, price_at},
};

const struct pnr_document pnr_roster_document = {
    .format = "pioneer-roster",
    .version = 1,
    .head = &head_shape,
    .set = set_head,
    .get = get_head,
    .sections = sections,
    .section_count = (int32_t)(sizeof sections / sizeof *sections),
};
