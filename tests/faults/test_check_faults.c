/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of the judge failing once. */
#include <criterion/criterion.h>

#include "alloc_hook.h"
#include "check/judge.h"
#include "trial.h"

static enum pioneer_status judge(void *context) {
    const struct tiny *tiny = context;
    struct pnr_claims claims = {.assignments = tiny->taken, .assignment_count = tiny->taken_count};
    struct pioneer_report *report = NULL;
    enum pioneer_status status = pnr_judge(tiny->campaign, &claims, "zh", &report, NULL);
    pioneer_report_free(report);
    return status;
}

/* Rules of every sort, broken and kept, with names that the campaign does not know. */
static void build(struct tiny *tiny) {
    tiny_init(tiny);
    tiny_unit(tiny, "college", "root");
    tiny_stage(tiny, "s1", 0, 6);
    tiny_post(tiny, .id = "dorm", .unit = "college", .eligible = "tag = old", .lead = "tag = old",
              .hardship = 2);
    struct pioneer_site hall = {.id = "hall", .capacity = 1, .zone = "north"};
    cr_assert_eq(pioneer_campaign_add_site(tiny->campaign, &hall, NULL), PIONEER_OK);
    tiny_need(tiny, "watch/gate/am", 0, 6, 1);
    tiny_need(tiny, "dorm/hall/pm", 0, 6, 1);
    tiny_tagged(tiny, "x", "college", "old");
    tiny_member(tiny, "y", "college");
    const char *kind = "am";
    const char *tag = "old";
    tiny_rule(tiny, .kind = PIONEER_RULE_REST, .minutes = 2000);
    tiny_rule(tiny, .kind = PIONEER_RULE_KIND_RUN, .slot_kinds = &kind, .slot_kind_count = 1, .has_max = true,
              .max = 1);
    tiny_rule(tiny, .kind = PIONEER_RULE_COHORT, .tags = &tag, .tag_count = 1);
    tiny_rule(tiny, .kind = PIONEER_RULE_SITE_CAPACITY);
    tiny_rule(tiny, .kind = PIONEER_RULE_DUTIES, .members = "tag = old", .has_max = true, .max = 0);
    tiny_publish(tiny, "y", "dorm/hall/pm", 3, PIONEER_PINNED);
    for (int32_t day = 0; day < 3; day++) {
        tiny_take(tiny, "x", "watch/gate/am", day);
        tiny_take(tiny, "x", "dorm/hall/pm", day);
        tiny_take(tiny, "y", "dorm/hall/pm", day);
    }
    tiny_take(tiny, "z", "watch/gate/am", 0);
    tiny_take(tiny, "x", "watch/hall/am", 0);
}

Test(check_faults, leave_no_report_and_no_memory_behind) {
    if (!alloc_hook_works()) {
        cr_skip_test("a sanitizer has its own allocator");
    }
    struct tiny tiny;
    build(&tiny);
    struct alloc_hook_sweep sweep;
    cr_assert(alloc_hook_sweep(judge, &tiny, &sweep), "allocation %d: %s, %d blocks", (int)sweep.bad_at,
              pioneer_status_name(sweep.bad_status), (int)sweep.bad_live);
    cr_assert_gt(sweep.passes, 50);
    cr_assert_eq(sweep.tolerated, 0);
    tiny_fini(&tiny);
}
