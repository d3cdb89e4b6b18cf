/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation fails once while a part is solved that is closed by cases, and the cases are wanted. */
#include <criterion/criterion.h>

#include "alloc_hook.h"
#include "base/threads.h"
#include "generated.h"
#include "plan/plan.h"

/* The first parts of so many campaigns are tried until one has a level that is closed by cases. */
enum { MOST_CAMPAIGNS = 560 };

struct trial {
    struct pnr_plan plan;
    struct pnr_prefix prefix;
    struct pnr_instance *instance;
    int32_t by_cases; /* levels, in the latest pass */
    enum pioneer_status status;
};

static void solve_part(void *context, int task) {
    (void)task;
    struct trial *trial = context;
    struct pnr_budget budget = {.work_limit = trial->plan.work_of_part[0]};
    struct pnr_part_options options = {.seed = 1, .thread_count = 1, .budget = &budget, .wants_cases = true};
    struct pnr_part_result result;
    trial->status = pnr_part_solve(trial->instance, &trial->prefix, &options, &result);
    trial->by_cases = 0;
    for (int32_t l = 0; l < result.level_count; l++) {
        trial->by_cases += result.levels[l].cases != NULL;
    }
    pnr_part_result_fini(&result);
}

static enum pioneer_status pass(struct trial *trial) {
    enum pioneer_status status = pnr_parallel(1, 1, solve_part, trial);
    return status == PIONEER_OK ? trial->status : status;
}

static void sweep(struct trial *trial) {
    struct alloc_hook_counts seen = {.failed = true};
    int32_t passes = 0;
    for (int32_t at = 1; seen.failed; at++) {
        alloc_hook_arm(at);
        enum pioneer_status status = pass(trial);
        seen = alloc_hook_disarm();
        bool is_good = status == PIONEER_OK || (seen.failed && status == PIONEER_E_NO_MEMORY);
        cr_expect(is_good && (seen.live == 0 || alloc_hook_lost_by_glpk(&seen)),
                  "allocation %d gave status %d and left %d blocks", (int)at, (int)status, (int)seen.live);
        passes += seen.failed;
    }
    cr_expect_gt(passes, 200);
}

/* Whether its first part has cases; if so, every allocation fails once. */
static bool try_campaign(uint64_t seed) {
    struct pioneer_campaign *campaign = generated_campaign(seed, &generated_tiny);
    struct pioneer_solve_options options =
        PIONEER_SOLVE_OPTIONS(.seed = 1, .threads = 1, .work_limit = 30000);
    struct trial trial = {0};
    cr_assert_eq(pnr_plan_init(&trial.plan, campaign, &options, false), PIONEER_OK);
    cr_assert_eq(pnr_prefix_init(&trial.prefix, trial.plan.organisation), PIONEER_OK);
    cr_assert_eq(
        pnr_instance_build(trial.plan.organisation, &trial.plan.parts, 0, &trial.prefix, &trial.instance),
        PIONEER_OK);
    cr_assert_eq(pass(&trial), PIONEER_OK);
    bool has_cases = trial.by_cases > 0;
    if (has_cases) {
        sweep(&trial);
    }
    pnr_instance_free(trial.instance);
    pnr_prefix_fini(&trial.prefix);
    pnr_plan_fini(&trial.plan);
    pioneer_campaign_free(campaign);
    return has_cases;
}

Test(cases_faults, every_allocation_may_fail_while_cases_are_kept) {
    if (!alloc_hook_works()) {
        cr_skip_test("the sanitizer has an allocator of its own");
    }
    bool has_cases = false;
    for (uint64_t seed = 1; seed <= MOST_CAMPAIGNS && !has_cases; seed++) {
        has_cases = try_campaign(seed);
    }
    cr_expect(has_cases);
}
