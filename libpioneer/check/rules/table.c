/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which function judges which kind of rule. */
#include "check/rules/rules.h"

static const struct pnr_check_kind kinds[PIONEER_RULE_COUNT_OF_KINDS] = {
    [PIONEER_RULE_AVAILABILITY] = {pnr_check_availability, true},
    [PIONEER_RULE_ELIGIBILITY] = {pnr_check_eligibility, true},
    [PIONEER_RULE_WALKING] = {pnr_check_walking, true},
    [PIONEER_RULE_REST] = {pnr_check_rest, true},
    [PIONEER_RULE_DUTIES] = {pnr_check_duties, true},
    [PIONEER_RULE_MINUTES] = {pnr_check_minutes, true},
    [PIONEER_RULE_WORK_RUN] = {pnr_check_work_run, true},
    [PIONEER_RULE_OFF_RUN] = {pnr_check_off_run, true},
    [PIONEER_RULE_KIND_RUN] = {pnr_check_kind_run, true},
    [PIONEER_RULE_WEEKENDS] = {pnr_check_weekends, true},
    [PIONEER_RULE_COMPLETE_WEEKENDS] = {pnr_check_complete_weekends, true},
    [PIONEER_RULE_SUCCESSION] = {pnr_check_succession, true},
    [PIONEER_RULE_COUNT] = {pnr_check_count, true},
    [PIONEER_RULE_ISOLATION] = {pnr_check_isolation, true},
    [PIONEER_RULE_REQUESTS] = {pnr_check_requests, true},
    [PIONEER_RULE_PREFERENCES] = {pnr_check_preferences, true},
    [PIONEER_RULE_RATINGS] = {pnr_check_ratings, true},
    [PIONEER_RULE_CONTINUITY] = {pnr_check_continuity, true},
    [PIONEER_RULE_LOAD_FAIRNESS] = {pnr_check_load_fairness, false},
    [PIONEER_RULE_HARDSHIP_FAIRNESS] = {pnr_check_hardship_fairness, false},
    [PIONEER_RULE_STABILITY] = {pnr_check_stability, false},
    [PIONEER_RULE_SHORT_OF_MIN] = {pnr_check_short_of_min, false},
    [PIONEER_RULE_SHORT_OF_TARGET] = {pnr_check_short_of_target, false},
    [PIONEER_RULE_OVER_TARGET] = {pnr_check_over_target, false},
    [PIONEER_RULE_LEAD] = {pnr_check_lead, false},
    [PIONEER_RULE_COMPOSITION] = {pnr_check_composition, false},
    [PIONEER_RULE_COHORT] = {pnr_check_cohort, false},
    [PIONEER_RULE_TOGETHER] = {pnr_check_together, false},
    [PIONEER_RULE_APART] = {pnr_check_apart, false},
    [PIONEER_RULE_UNIT_QUOTA] = {pnr_check_unit_quota, false},
    [PIONEER_RULE_UNIT_BURDEN] = {pnr_check_unit_burden, false},
    [PIONEER_RULE_SITE_CAPACITY] = {pnr_check_site_capacity, false},
};

const struct pnr_check_kind *pnr_check_kind_of(enum pioneer_rule_kind kind) {
    return kind > PIONEER_RULE_NONE && kind < PIONEER_RULE_COUNT_OF_KINDS ? &kinds[kind] : NULL;
}
