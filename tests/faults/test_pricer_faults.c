/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of compiling, pricing and valuing a member fails once. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "alloc_hook.h"
#include "engine/pricer.h"
#include "model/parts.h"

/* The template campaign with rules that need every part of the pricer. */
struct setting {
    struct pioneer_campaign *campaign;
    struct pnr_organisation *organisation;
    struct pnr_arena arena;
    struct pnr_plan_parts parts;
    struct pnr_prefix prefix;
    struct pnr_instance *instance;
    int64_t *price_of_pair;
    int64_t weight_of_level[16];
};

static void add_rules(struct pioneer_campaign *campaign) {
    static const struct pioneer_rule rules[] = {
        {.id = "t1",
         .kind = PIONEER_RULE_MINUTES,
         .window = PIONEER_WINDOW_WEEK,
         .has_max = true,
         .max = 700},
        {.id = "t2",
         .kind = PIONEER_RULE_WORK_RUN,
         .has_min = true,
         .min = 2,
         .weight = 3,
         .level = "wishes"},
        {.id = "t3",
         .kind = PIONEER_RULE_WEEKENDS,
         .has_max = true,
         .max = 0,
         .weight = 3,
         .level = "wishes"},
        {.id = "t4", .kind = PIONEER_RULE_CONTINUITY, .weight = 1, .level = "wishes"},
    };
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        cr_assert_eq(pioneer_campaign_add_rule(campaign, &rules[i], NULL), PIONEER_OK);
    }
}

static void set_up(struct setting *setting) {
    cr_assert_eq(pioneer_campaign_template(&setting->campaign, NULL), PIONEER_OK);
    add_rules(setting->campaign);
    cr_assert_eq(pioneer_campaign_validate(setting->campaign, NULL), PIONEER_OK);
    cr_assert_eq(pnr_organisation_build(setting->campaign, &setting->organisation, NULL), PIONEER_OK);
    pnr_arena_init(&setting->arena);
    cr_assert_eq(pnr_parts_list(setting->organisation, false, &setting->arena, &setting->parts), PIONEER_OK);
    cr_assert_eq(pnr_prefix_init(&setting->prefix, setting->organisation), PIONEER_OK);
    cr_assert_eq(
        pnr_instance_build(setting->organisation, &setting->parts, 0, &setting->prefix, &setting->instance),
        PIONEER_OK);
    setting->price_of_pair = calloc((size_t)setting->instance->pair_count + 1, sizeof(int64_t));
    for (int32_t p = 0; p < setting->instance->pair_count; p++) {
        setting->price_of_pair[p] = -1000 * (p % 7) - 1000;
    }
    for (int32_t l = 0; l < 16; l++) {
        setting->weight_of_level[l] = 1;
    }
}

static void tear_down(struct setting *setting) {
    free(setting->price_of_pair);
    pnr_instance_free(setting->instance);
    pnr_prefix_fini(&setting->prefix);
    pnr_arena_fini(&setting->arena);
    pnr_organisation_free(setting->organisation);
    pioneer_campaign_free(setting->campaign);
}

static enum pioneer_status price_and_value(const struct setting *setting, const struct pnr_pricer *pricer,
                                           struct pnr_pricer_scratch *scratch, int32_t member) {
    struct pnr_price_query query = {.member = member,
                                    .price_of_pair = setting->price_of_pair,
                                    .weight_of_level = setting->weight_of_level,
                                    .cutoff = INT64_MAX,
                                    .wanted = 3};
    struct pnr_price_answer answer;
    int64_t cost[16];
    bool legal;
    enum pioneer_status status = pnr_pricer_price(pricer, scratch, &query, &answer);
    return status != PIONEER_OK ? status : pnr_pricer_value(pricer, scratch, member, NULL, 0, cost, &legal);
}

static enum pioneer_status pass(void *context) {
    const struct setting *setting = context;
    struct pnr_pricer *pricer = NULL;
    struct pnr_pricer_scratch *scratch = NULL;
    enum pioneer_status status = pnr_pricer_new(setting->instance, &pricer, NULL);
    if (status == PIONEER_OK) {
        status = pnr_pricer_scratch_new(pricer, &scratch);
    }
    for (int32_t m = 0; status == PIONEER_OK && m < setting->instance->member_count && m < 2; m++) {
        status = price_and_value(setting, pricer, scratch, m);
    }
    pnr_pricer_scratch_free(scratch);
    pnr_pricer_free(pricer);
    return status;
}

Test(pricer, survives_the_failure_of_every_allocation) {
    if (!alloc_hook_works()) {
        cr_skip_test("a sanitizer has an allocator of its own");
    }
    struct setting setting = {0};
    set_up(&setting);
    struct alloc_hook_sweep sweep;
    cr_assert(alloc_hook_sweep(pass, &setting, &sweep), "allocation %d: status %d, %d blocks left",
              (int)sweep.bad_at, (int)sweep.bad_status, (int)sweep.bad_live);
    cr_assert_gt(sweep.passes, 50);
    tear_down(&setting);
}
