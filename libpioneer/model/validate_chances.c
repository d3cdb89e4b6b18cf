/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Warnings about members whom no duty fits, and duties that fit nobody. */
#include "base/calendar.h"
#include "base/status.h"
#include "model/organisation.h"
#include "model/validation.h"

/* Looking at every member and duty of a huge campaign would take longer than the warning is worth. */
#define LOOKS_MAX 20000000

struct chances {
    const struct pnr_organisation *organisation;
    struct pnr_validation *validation;
    uint8_t *fits;      /* [member × post_count + post]: in the pool of the owner, and eligible */
    uint8_t *is_served; /* [duty]: somebody can serve there */
    int64_t looks_left;
};

static void fill_fits(struct chances *chances) {
    const struct pnr_organisation *organisation = chances->organisation;
    const struct pioneer_campaign *campaign = organisation->campaign;
    for (int32_t m = 0; m < campaign->members.count; m++) {
        for (int32_t p = 0; p < campaign->posts.count; p++) {
            chances->fits[(size_t)m * (size_t)campaign->posts.count + (size_t)p] =
                pnr_organisation_in_pool(organisation, m, organisation->unit_of_post[p]) &&
                pnr_expression_holds(organisation->eligible_of_post[p], campaign, m);
        }
    }
}

static bool can_serve(const struct chances *chances, int32_t member, int32_t duty_index) {
    const struct pnr_organisation *organisation = chances->organisation;
    const struct pnr_duty *duty = &organisation->duties.items[duty_index];
    size_t posts = (size_t)organisation->campaign->posts.count;
    return chances->fits[(size_t)member * posts + (size_t)duty->post] &&
           pnr_organisation_is_free(organisation, member, duty->from_at, duty->to_at);
}

static void check_members(struct chances *chances) {
    const struct pnr_organisation *organisation = chances->organisation;
    const struct pioneer_campaign *campaign = organisation->campaign;
    for (int32_t m = 0; m < campaign->members.count && chances->looks_left > 0; m++) {
        bool serves = false;
        for (int32_t d = 0; d < organisation->duties.count && !serves; d++) {
            serves = can_serve(chances, m, d);
            chances->looks_left--;
        }
        if (!serves) {
            struct pnr_path path = {NULL, "members", m};
            pnr_finding_add(chances->validation, PIONEER_WARNING, "member-never-serves", &path, NULL,
                            (struct pnr_particulars){.id = campaign->members.items[m].id});
        }
    }
}

static void mark_served(struct chances *chances) {
    const struct pnr_organisation *organisation = chances->organisation;
    for (int32_t d = 0; d < organisation->duties.count; d++) {
        for (int32_t m = 0; m < organisation->campaign->members.count && !chances->is_served[d]; m++) {
            chances->is_served[d] = chances->looks_left <= 0 || can_serve(chances, m, d);
            chances->looks_left--;
        }
    }
}

/* One finding a post, with the number of its duties and the date of the first. */
static void report_posts(struct chances *chances) {
    const struct pnr_duty_list *duties = &chances->organisation->duties;
    const struct pioneer_campaign *campaign = chances->organisation->campaign;
    for (int32_t p = 0; p < campaign->posts.count; p++) {
        int32_t count = 0;
        int32_t first_day = 0;
        for (int32_t d = 0; d < duties->count; d++) {
            if (duties->items[d].post == p && duties->items[d].target > 0 && !chances->is_served[d]) {
                first_day = count == 0 ? duties->items[d].day : first_day;
                count++;
            }
        }
        if (count > 0) {
            char date[11];
            struct pnr_path path = {NULL, "posts", p};
            pnr_date_format(first_day, date);
            pnr_finding_add(chances->validation, PIONEER_WARNING, "nobody-for-duty", &path, NULL,
                            (struct pnr_particulars){campaign->posts.items[p].id, date, count});
        }
    }
}

static void look(struct pnr_validation *validation, const struct pnr_organisation *organisation) {
    const struct pioneer_campaign *campaign = validation->campaign;
    struct chances chances = {
        .organisation = organisation,
        .validation = validation,
        .fits = pnr_arena_alloc(&validation->scratch,
                                (size_t)campaign->members.count * (size_t)campaign->posts.count, 1),
        .is_served = pnr_arena_alloc(&validation->scratch, (size_t)organisation->duties.count, 1),
        .looks_left = LOOKS_MAX,
    };
    if (chances.fits == NULL || chances.is_served == NULL) {
        validation->failed = true;
        return;
    }
    fill_fits(&chances);
    check_members(&chances);
    mark_served(&chances);
    report_posts(&chances);
}

void pnr_validate_chances(struct pnr_validation *validation) {
    struct pioneer_campaign *campaign = validation->campaign;
    struct pnr_organisation *organisation;
    struct pioneer_error error;
    if (campaign->members.count == 0 || campaign->demands.count == 0) {
        return;
    }
    /* The organisation wants a validated campaign, which this one is but for warnings. */
    campaign->validated = true;
    enum pioneer_status status = pnr_organisation_build(campaign, &organisation, &error);
    campaign->validated = false;
    if (status != PIONEER_OK) {
        pnr_finding_add_error(validation, &error, error.where);
        return;
    }
    if (organisation->duties.count > 0) {
        look(validation, organisation);
    }
    pnr_organisation_free(organisation);
}
