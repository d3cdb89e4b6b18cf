/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of model/template. */
#include <criterion/criterion.h>
#include <string.h>

#include "model/organisation.h"

static struct pioneer_campaign *template(void) {
    struct pioneer_campaign *campaign;
    struct pioneer_error error;
    cr_assert_eq(pioneer_campaign_template(&campaign, &error), PIONEER_OK);
    return campaign;
}

Test(template, validates_without_a_finding) {
    struct pioneer_campaign *campaign = template();
    struct pioneer_error error = {0};
    cr_assert_eq(pioneer_campaign_validate(campaign, &error), PIONEER_OK, "%s %s", error.where,
                 error.message);
    for (int32_t i = 0; i < pioneer_campaign_finding_count(campaign); i++) {
        const struct pioneer_finding *finding = pioneer_campaign_finding_at(campaign, i);
        cr_expect(false, "%s %s", finding->where, finding->message);
    }
    pioneer_campaign_free(campaign);
}

Test(template, carries_the_five_kinds_of_post_with_their_names) {
    struct pioneer_campaign *campaign = template();
    const char *names[] = {"值班值守岗", "报到服务岗", "楼栋管理岗", "就餐秩序岗", "教学秩序岗"};
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        bool found = false;
        for (int32_t i = 0; i < pioneer_campaign_post_count(campaign); i++) {
            const struct pioneer_post *post = pioneer_campaign_post_at(campaign, i);
            found = found || (strcmp(post->name, names[k]) == 0 && strcmp(post->unit, "campus") == 0);
        }
        cr_expect(found, "%s", names[k]);
    }
    pioneer_campaign_free(campaign);
}

Test(template, has_posts_of_units_too_and_nominees_to_spare) {
    struct pioneer_campaign *campaign = template();
    struct pnr_organisation *organisation;
    cr_assert_eq(pioneer_campaign_validate(campaign, NULL), PIONEER_OK);
    cr_assert_eq(pnr_organisation_build(campaign, &organisation, NULL), PIONEER_OK);
    int32_t nominated = 0, of_units = 0;
    for (int32_t i = 0; i < campaign->members.count; i++) {
        nominated += organisation->is_nominated[i];
    }
    for (int32_t i = 0; i < organisation->duties.count; i++) {
        of_units += organisation->unit_of_post[organisation->duties.items[i].post] != organisation->root;
    }
    cr_expect_eq(campaign->members.count, 40);
    cr_expect_eq(nominated, 28); /* 29 nominated, one beyond the quota */
    cr_expect_eq(of_units, 10);
    pnr_organisation_free(organisation);
    pioneer_campaign_free(campaign);
}
