/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of building, validating and deriving a campaign fails once. */
#include <criterion/criterion.h>
#include <stddef.h>

#include "alloc_hook.h"
#include "model/organisation.h"
#include "model/parts.h"

static enum pioneer_status derive(const struct pioneer_campaign *campaign) {
    struct pnr_organisation *organisation;
    struct pnr_plan_parts parts;
    enum pioneer_status status = pnr_organisation_build(campaign, &organisation, NULL);
    if (status != PIONEER_OK) {
        return status;
    }
    struct pnr_arena arena;
    pnr_arena_init(&arena);
    status = pnr_parts_list(organisation, false, &arena, &parts);
    pnr_arena_fini(&arena);
    pnr_organisation_free(organisation);
    return status;
}

/* A warning of each sort that takes memory of its own, and an assignment. */
static enum pioneer_status add_oddities(struct pioneer_campaign *campaign) {
    const struct pioneer_post idle = {
        .id = "idle", .unit = "campus", .eligible = "tag = nowhere or unit = info or zone = south"};
    const struct pioneer_member busy = {.id = "busy", .unit = "info", .has_weekly = true};
    const struct pioneer_assignment published = {.member = "m01",
                                                 .post = "watch",
                                                 .site = "north-gate",
                                                 .slot = "morning",
                                                 .day = 18316,
                                                 .state = PIONEER_PUBLISHED};
    const struct pioneer_history history = {.member = "m01", .run_worked = 2};
    enum pioneer_status status = pioneer_campaign_add_post(campaign, &idle, NULL);
    status = status != PIONEER_OK ? status : pioneer_campaign_add_member(campaign, &busy, NULL);
    status = status != PIONEER_OK ? status : pioneer_campaign_add_history(campaign, &history, NULL);
    return status != PIONEER_OK ? status : pioneer_campaign_add_assignment(campaign, &published, NULL);
}

static enum pioneer_status build_and_derive(void *context) {
    struct pioneer_campaign *campaign;
    (void)context;
    enum pioneer_status status = pioneer_campaign_template(&campaign, NULL);
    if (status != PIONEER_OK) {
        return status;
    }
    status = add_oddities(campaign);
    status = status != PIONEER_OK ? status : pioneer_campaign_validate(campaign, NULL);
    status = status != PIONEER_OK ? status : derive(campaign);
    pioneer_campaign_free(campaign);
    return status;
}

Test(model, survives_the_failure_of_every_allocation) {
    if (!alloc_hook_works()) {
        cr_skip_test("a sanitizer has an allocator of its own");
    }
    struct alloc_hook_sweep sweep;
    cr_assert(alloc_hook_sweep(build_and_derive, NULL, &sweep), "allocation %d: status %d, %d blocks",
              (int)sweep.bad_at, (int)sweep.bad_status, (int)sweep.bad_live);
    cr_expect_gt(sweep.passes, 50);
    /* qsort of the C library sorts in place when it gets no memory. */
    cr_expect_lt(sweep.tolerated * 4, sweep.passes, "%d of %d", (int)sweep.tolerated, (int)sweep.passes);
}

/* A failed add leaves the campaign as it was: the same description can be added again. */
Test(model, changes_nothing_when_an_add_fails) {
    if (!alloc_hook_works()) {
        cr_skip_test("a sanitizer has an allocator of its own");
    }
    struct pioneer_campaign *campaign;
    cr_assert_eq(pioneer_campaign_new(&campaign), PIONEER_OK);
    const struct pioneer_unit unit = {.id = "campus", .name = "校党委"};
    alloc_hook_arm(2);
    enum pioneer_status failed = pioneer_campaign_add_unit(campaign, &unit, NULL);
    alloc_hook_disarm();
    cr_expect_eq(failed, PIONEER_E_NO_MEMORY);
    cr_expect_eq(pioneer_campaign_unit_count(campaign), 0);
    cr_expect_eq(pioneer_campaign_add_unit(campaign, &unit, NULL), PIONEER_OK);
    cr_expect_str_eq(pioneer_campaign_unit_at(campaign, 0)->name, "校党委");
    pioneer_campaign_free(campaign);
}
