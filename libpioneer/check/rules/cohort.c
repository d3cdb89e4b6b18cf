/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule cohort: groups that may not mix on a duty. */
#include "check/rules/rules.h"

#include <string.h>

static bool carries(const struct pioneer_member *member, const char *tag) {
    for (int32_t i = 0; i < member->tag_count; i++) {
        if (strcmp(member->tags[i], tag) == 0) {
            return true;
        }
    }
    return false;
}

/* The first of the rule's tags that the member carries, -1 when it carries none. */
static int32_t cohort_of(const struct pnr_view *view, int32_t member) {
    const struct pioneer_rule *given = view->rule->given;
    for (int32_t i = 0; i < given->tag_count; i++) {
        if (carries(&view->world->campaign->members.items[member], given->tags[i])) {
            return i;
        }
    }
    return -1;
}

static int64_t heads_of_cohort(const struct pnr_view *view, int32_t duty, int32_t cohort) {
    const struct pnr_stand *stand = view->stand;
    int64_t heads = 0;
    for (int32_t i = stand->members_of_duty[duty]; i < stand->members_of_duty[duty + 1]; i++) {
        heads += pnr_in_set(view->rule->members, stand->member_at[i]) &&
                 cohort_of(view, stand->member_at[i]) == cohort;
    }
    return heads;
}

void pnr_check_cohort(struct pnr_view *view) {
    for (int32_t i = 0; i < view->part->duty_count; i++) {
        int32_t duty = view->part->duties[i];
        int64_t all = 0;
        int64_t largest = 0;
        for (int32_t cohort = 0; cohort < view->rule->given->tag_count; cohort++) {
            int64_t heads = heads_of_cohort(view, duty, cohort);
            all += heads;
            largest = heads > largest ? heads : largest;
        }
        if (pnr_view_concerns(view, duty)) {
            pnr_view_charge(
                view, &(struct pnr_charge){
                          .amount = all - largest,
                          .duty = &view->world->duties[duty],
                          .day = view->world->duties[duty].day,
                          .found = all - largest,
                          .sentence = PNR_("{found} of those on {duty} belong to another cohort than the "
                                           "others (rule {rule})."),
                      });
        }
    }
}
