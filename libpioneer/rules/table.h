/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules about one member, each in a file of its name. */
#ifndef PNR_RULES_TABLE_H
#define PNR_RULES_TABLE_H

#include "rules/rule.h"

/** Not a rule of the campaign: no two duties at once holds always. */
extern const struct pnr_rule_ops pnr_rule_overlap;

extern const struct pnr_rule_ops pnr_rule_availability;
extern const struct pnr_rule_ops pnr_rule_eligibility;
extern const struct pnr_rule_ops pnr_rule_walking;
extern const struct pnr_rule_ops pnr_rule_rest;
extern const struct pnr_rule_ops pnr_rule_duties;
extern const struct pnr_rule_ops pnr_rule_minutes;
extern const struct pnr_rule_ops pnr_rule_work_run;
extern const struct pnr_rule_ops pnr_rule_off_run;
extern const struct pnr_rule_ops pnr_rule_kind_run;
extern const struct pnr_rule_ops pnr_rule_weekends;
extern const struct pnr_rule_ops pnr_rule_complete_weekends;
extern const struct pnr_rule_ops pnr_rule_succession;
extern const struct pnr_rule_ops pnr_rule_count;
extern const struct pnr_rule_ops pnr_rule_isolation;
extern const struct pnr_rule_ops pnr_rule_requests;
extern const struct pnr_rule_ops pnr_rule_preferences;
extern const struct pnr_rule_ops pnr_rule_ratings;
extern const struct pnr_rule_ops pnr_rule_continuity;
extern const struct pnr_rule_ops pnr_rule_load_fairness;
extern const struct pnr_rule_ops pnr_rule_hardship_fairness;
extern const struct pnr_rule_ops pnr_rule_stability;

#endif
