/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of duties that go round in rings: engine/rings. */
#include <criterion/criterion.h>
#include <string.h>

#include "engine/rings.h"
#include "solving.h"
#include "tiny.h"

#define WORK 200000

static void close_rings(struct solving *solving, int32_t level) {
    struct pnr_part_solver *solver = &solving->solver;
    cr_assert_eq(pnr_search_close_rings(&solver->search, &solver->roster, level, 0, WORK), PIONEER_OK);
}

/* Gives a member its pairs of these posts (indices of the campaign, -1 ends them), one each. */
static void give_posts(struct solving *solving, int32_t member, const int32_t *posts) {
    const struct pnr_instance *instance = solving->opened.instance;
    int32_t pairs[8];
    int32_t count = 0;
    for (int32_t p = instance->pairs_of_member[member]; p < instance->pairs_of_member[member + 1]; p++) {
        int32_t post = pnr_instance_duty(instance, instance->duty_of_pair[p])->post;
        for (int32_t i = 0; posts[i] >= 0; i++) {
            if (posts[i] == post) {
                pairs[count++] = p;
            }
        }
    }
    solving_give(solving, member, pairs, count);
}

/* Three stand where the next one would rather be. Each of them can only move if the two others do. */
Test(rings, turn_where_everybody_wants_the_place_of_the_next_one) {
    struct tiny tiny;
    struct solving solving;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s", 0, 0);
    tiny_member(&tiny, "a", "root");
    tiny_member(&tiny, "b", "root");
    tiny_member(&tiny, "c", "root");
    int32_t first = tiny.campaign->posts.count;
    tiny_post(&tiny, .id = "x", .unit = "root");
    tiny_post(&tiny, .id = "y", .unit = "root");
    tiny_post(&tiny, .id = "z", .unit = "root");
    tiny_need(&tiny, "x/gate/am", 0, 0, 1);
    tiny_need(&tiny, "y/gate/am", 0, 0, 1);
    tiny_need(&tiny, "z/gate/am", 0, 0, 1);
    tiny_preference(&tiny, .member = "a", .post = "y", .weight = 3);
    tiny_preference(&tiny, .member = "b", .post = "z", .weight = 3);
    tiny_preference(&tiny, .member = "c", .post = "x", .weight = 3);
    solving_init(&solving, tiny.campaign);
    for (int32_t m = 0; m < 3; m++) {
        give_posts(&solving, m, (const int32_t[2]){first + m, -1});
    }
    int32_t wishes = solving_level(&solving, "wishes");
    cr_assert_gt(solving.solver.roster.value[wishes + 1], 0);
    close_rings(&solving, wishes);
    cr_expect_eq(solving.solver.roster.value[wishes + 1], 0);
    opened_expect_solution(&solving.opened, &solving.solver.roster);
    solving_fini(&solving);
    tiny_fini(&tiny);
}

/* One has all nine mornings, and two have none. */
Test(rings, give_to_those_who_have_nothing) {
    solving_expect_shared_out(pnr_search_close_rings, WORK);
}

/* The only lead would rather be elsewhere, where everybody may stand. */
Test(rings, keep_a_lead_where_one_is_asked_for) {
    struct tiny tiny;
    struct solving solving;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s", 0, 0);
    tiny_tagged(&tiny, "a", "root", "lead");
    tiny_member(&tiny, "b", "root");
    int32_t led = tiny.campaign->posts.count;
    tiny_post(&tiny, .id = "led", .unit = "root", .lead = "tag = lead");
    tiny_post(&tiny, .id = "free", .unit = "root");
    tiny_need(&tiny, "led/gate/am", 0, 0, 1);
    tiny_need(&tiny, "free/gate/am", 0, 0, 1);
    tiny_preference(&tiny, .member = "a", .post = "free", .weight = 3);
    solving_init(&solving, tiny.campaign);
    give_posts(&solving, 0, (const int32_t[2]){led, -1});
    give_posts(&solving, 1, (const int32_t[2]){led + 1, -1});
    int32_t wishes = solving_level(&solving, "wishes");
    int64_t before = solving.solver.roster.value[wishes + 1];
    cr_assert_gt(before, 0);
    close_rings(&solving, wishes);
    cr_expect_eq(solving.solver.roster.value[wishes + 1], before);
    opened_expect_solution(&solving.opened, &solving.solver.roster);
    solving_fini(&solving);
    tiny_fini(&tiny);
}

static bool step(struct solving *solving, int32_t level, int32_t time, uint64_t seed) {
    (void)seed;
    if (time == 0) {
        close_rings(solving, level);
    }
    return time == 0;
}

Test(rings, keep_all_rules_of_generated_campaigns) {
    struct solving_tally tally = solving_sweep(80, 1000, step);
    cr_expect_gt(tally.gained, 10, "%d", (int)tally.gained);
    cr_expect_gt(tally.judged, 5, "%d", (int)tally.judged);
}
