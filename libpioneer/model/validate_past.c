/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Validation of what was before: ratings, histories, notice. */
#include <string.h>

#include "base/calendar.h"
#include "model/validation.h"

static void check_ratings(struct pnr_validation *validation, int32_t index) {
    const struct pioneer_member *member = &validation->campaign->members.items[index];
    struct pnr_path path = {NULL, "members", index};
    for (int32_t i = 1; i < member->rating_count; i++) {
        for (int32_t k = 0; k < i; k++) {
            if (strcmp(member->ratings[i].name, member->ratings[k].name) == 0) {
                struct pnr_path item = {&path, "ratings", i};
                pnr_finding_add(validation, PIONEER_ERROR, "duplicate-rating", &item, "name",
                                (struct pnr_particulars){.id = member->ratings[i].name});
                break;
            }
        }
    }
}

static void check_runs(struct pnr_validation *validation, const struct pioneer_history *history,
                       const struct pnr_path *path) {
    struct pnr_particulars who = {.id = history->member};
    if (history->run_worked > 0 && history->run_off > 0) {
        pnr_finding_add(validation, PIONEER_ERROR, "contradictory-history", path, "run_off", who);
    }
    if (history->run_kind > 0 && history->last_kind == NULL) {
        pnr_finding_add(validation, PIONEER_ERROR, "contradictory-history", path, "run_kind", who);
    }
}

static void check_dates(struct pnr_validation *validation, const struct pioneer_history *history,
                        int32_t first_day, const struct pnr_path *path) {
    struct pnr_particulars who = {.id = history->member};
    /* A night duty of the day before may end on the first day, or the one after. */
    if (history->last_end_at > (first_day + 1) * PNR_DAY_MINUTES) {
        pnr_finding_add(validation, PIONEER_ERROR, "late-history", path, "last_end_at", who);
    }
    for (int32_t i = 0; i < history->visit_count; i++) {
        if (history->visits[i].day >= first_day) {
            struct pnr_path item = {path, "visits", i};
            pnr_finding_add(validation, PIONEER_ERROR, "late-history", &item, "date", who);
        }
    }
}

static void check_counts(struct pnr_validation *validation, const struct pioneer_history *history,
                         const struct pnr_path *path) {
    for (int32_t i = 0; i < history->count_count; i++) {
        if (pnr_index_find(&validation->indexes.of[PNR_KIND_RULE], history->counts[i].rule) < 0) {
            struct pnr_path item = {path, "counts", i};
            pnr_finding_add(validation, PIONEER_WARNING, "unknown-rule", &item, "rule",
                            (struct pnr_particulars){.id = history->counts[i].rule});
        }
    }
}

static void check_histories(struct pnr_validation *validation) {
    const struct pioneer_campaign *campaign = validation->campaign;
    uint8_t *has_history = pnr_arena_alloc(&validation->scratch, (size_t)campaign->members.count, 1);
    if (has_history == NULL) {
        validation->failed = true;
        return;
    }
    for (int32_t i = 0; i < campaign->histories.count; i++) {
        const struct pioneer_history *history = &campaign->histories.items[i];
        struct pnr_path path = {NULL, "history", i};
        int32_t member = pnr_index_find(&validation->indexes.of[PNR_KIND_MEMBER], history->member);
        if (member >= 0 && has_history[member]) {
            pnr_finding_add(validation, PIONEER_ERROR, "duplicate-history", &path, "member",
                            (struct pnr_particulars){.id = history->member});
        }
        if (member >= 0) {
            has_history[member] = 1;
        }
        check_runs(validation, history, &path);
        check_counts(validation, history, &path);
        if (campaign->stages.count > 0) {
            check_dates(validation, history, campaign->stages.items[0].from_day, &path);
        }
    }
}

static void check_notice(struct pnr_validation *validation) {
    const struct pioneer_campaign_settings *settings = &validation->campaign->settings;
    for (int32_t i = 1; i < settings->notice_count; i++) {
        for (int32_t k = 0; k < i; k++) {
            if (settings->notice[i].within_hours == settings->notice[k].within_hours) {
                struct pnr_path item = {NULL, "notice", i};
                pnr_finding_add(validation, PIONEER_ERROR, "duplicate-notice", &item, "within_hours",
                                (struct pnr_particulars){.number = settings->notice[i].within_hours});
                break;
            }
        }
    }
}

void pnr_validate_past(struct pnr_validation *validation) {
    for (int32_t i = 0; i < validation->campaign->members.count; i++) {
        check_ratings(validation, i);
    }
    check_histories(validation);
    check_notice(validation);
}
