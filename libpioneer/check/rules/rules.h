/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge's rules: one function and one file for each kind, and the table of them. */
#ifndef PNR_CHECK_RULES_H
#define PNR_CHECK_RULES_H

#include "check/view.h"

struct pnr_check_kind {
    void (*judge)(struct pnr_view *view);
    bool is_about_member; /* judged member by member, stage by stage */
};

/* Never NULL for a kind of enum pioneer_rule_kind but PIONEER_RULE_NONE. */
const struct pnr_check_kind *pnr_check_kind_of(enum pioneer_rule_kind kind);

/* About one member. */
void pnr_check_availability(struct pnr_view *view);
void pnr_check_eligibility(struct pnr_view *view);
void pnr_check_walking(struct pnr_view *view);
void pnr_check_rest(struct pnr_view *view);
void pnr_check_duties(struct pnr_view *view);
void pnr_check_minutes(struct pnr_view *view);
void pnr_check_work_run(struct pnr_view *view);
void pnr_check_off_run(struct pnr_view *view);
void pnr_check_kind_run(struct pnr_view *view);
void pnr_check_weekends(struct pnr_view *view);
void pnr_check_complete_weekends(struct pnr_view *view);
void pnr_check_succession(struct pnr_view *view);
void pnr_check_count(struct pnr_view *view);
void pnr_check_isolation(struct pnr_view *view);
void pnr_check_requests(struct pnr_view *view);
void pnr_check_preferences(struct pnr_view *view);
void pnr_check_ratings(struct pnr_view *view);
void pnr_check_continuity(struct pnr_view *view);

/* About a part: its members together, a duty, or several members. */
void pnr_check_load_fairness(struct pnr_view *view);
void pnr_check_hardship_fairness(struct pnr_view *view);
void pnr_check_stability(struct pnr_view *view);
void pnr_check_short_of_min(struct pnr_view *view);
void pnr_check_short_of_target(struct pnr_view *view);
void pnr_check_over_target(struct pnr_view *view);
void pnr_check_lead(struct pnr_view *view);
void pnr_check_composition(struct pnr_view *view);
void pnr_check_cohort(struct pnr_view *view);
void pnr_check_together(struct pnr_view *view);
void pnr_check_apart(struct pnr_view *view);
void pnr_check_unit_quota(struct pnr_view *view);
void pnr_check_unit_burden(struct pnr_view *view);
void pnr_check_site_capacity(struct pnr_view *view);

#endif
