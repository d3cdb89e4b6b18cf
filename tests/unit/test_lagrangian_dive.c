/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of engine/lagrangian_dive: rosters judged by the judge, and held against exact optima. */
#include "engine/lagrangian_dive.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "generated.h"
#include "opened.h"
#include "tiny.h"

#define LEVELS 16
#define WORK   200000

static const int64_t nothing[LEVELS];

/* A part with what a dive needs beside its tools. */
struct diving {
    struct opened opened;
    struct pnr_dual *dual;
    struct pnr_search search;
    struct pnr_solution out;
};

static void dive_init(struct diving *diving, struct pioneer_campaign *campaign) {
    struct opened *opened = &diving->opened;
    opened_init(opened, campaign);
    cr_assert_eq(pnr_dual_new(&opened->tools, &diving->dual), PIONEER_OK);
    cr_assert_eq(pnr_search_init(&diving->search, opened->instance, opened->pricer, opened->scratches[0],
                                 opened->is_feasible, &opened->budget, 1),
                 PIONEER_OK);
    cr_assert_eq(pnr_solution_init(&diving->out, opened->couplings, opened->idle_cost, opened->must_serve),
                 PIONEER_OK);
}

static void dive_fini(struct diving *diving) {
    pnr_solution_fini(&diving->out);
    pnr_search_fini(&diving->search);
    pnr_dual_free(diving->dual);
    opened_fini(&diving->opened);
}

static bool go_on(void *context, int64_t bound) {
    (void)context;
    (void)bound;
    return true;
}

/* Climbs at a level, and dives from there. */
static void dive(struct diving *diving, int32_t level, const int64_t *frozen, double unit) {
    struct pnr_dual_run run = {.goal = INT64_MAX, .work = WORK, .each = go_on};
    pnr_dual_begin(diving->dual, level, frozen, unit);
    cr_assert_eq(pnr_dual_climb(diving->dual, &run), PIONEER_OK);
    cr_assert_eq(
        pnr_lagrangian_dive(&diving->opened.tools, diving->dual, &diving->search, NULL, NULL, &diving->out),
        PIONEER_OK);
}

static int32_t heads_of(const struct diving *diving, int32_t member) {
    const struct pnr_instance *instance = diving->opened.instance;
    int32_t heads = 0;
    for (int32_t p = instance->pairs_of_member[member]; p < instance->pairs_of_member[member + 1]; p++) {
        heads += diving->out.is_chosen[p];
    }
    return heads;
}

/* Six mornings and nights of one head, three members, two duties each, eleven hours between them: every duty
 * can have its head, and every member finds its two. */
Test(lagrangian_dive, fills_what_can_be_filled) {
    struct tiny tiny;
    struct diving diving;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s", 0, 2);
    static const char *const ids[] = {"a", "b", "c"};
    for (int i = 0; i < 3; i++) {
        tiny_member(&tiny, ids[i], "root");
    }
    tiny_need(&tiny, "watch/gate/am", 0, 2, 1);
    tiny_need(&tiny, "watch/gate/night", 0, 2, 1);
    tiny_rule(&tiny, .kind = PIONEER_RULE_DUTIES, .has_max = true, .max = 2);
    tiny_rule(&tiny, .kind = PIONEER_RULE_REST, .minutes = 660);
    dive_init(&diving, tiny.campaign);
    dive(&diving, 0, nothing, 480);
    cr_expect_eq(diving.out.value[0], 0);
    cr_expect_eq(diving.out.value[1], 0);
    for (int32_t m = 0; m < 3; m++) {
        cr_expect_eq(heads_of(&diving, m), 2);
    }
    opened_expect_solution(&diving.opened, &diving.out);
    dive_fini(&diving);
    tiny_fini(&tiny);
}

/* All would go where the price is; the duty takes two. */
Test(lagrangian_dive, gives_no_duty_more_heads_than_it_takes) {
    struct tiny tiny;
    struct diving diving;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s", 0, 0);
    static const char *const ids[] = {"a", "b", "c", "d", "e"};
    for (int i = 0; i < 5; i++) {
        tiny_member(&tiny, ids[i], "root");
    }
    tiny_need(&tiny, "watch/gate/am", 0, 0, 2);
    dive_init(&diving, tiny.campaign);
    dive(&diving, 0, nothing, 240);
    cr_expect_eq(diving.out.heads[0], 2);
    cr_expect_eq(diving.out.value[1], 0);
    opened_expect_solution(&diving.opened, &diving.out);
    dive_fini(&diving);
    tiny_fini(&tiny);
}

/* Who has no legal schedule is left idle, and who must serve serves although no price asks for it. */
Test(lagrangian_dive, leaves_idle_whoever_has_no_schedule) {
    struct tiny tiny;
    struct diving diving;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s", 0, 2);
    tiny_member(&tiny, "a", "root");
    tiny_member(&tiny, "b", "root");
    tiny_need_range(&tiny, "watch/gate/am", 0, 2, (const int32_t[3]){0, 0, 2});
    tiny_rule(&tiny, .kind = PIONEER_RULE_DUTIES, .members = "member = a", .has_min = true, .min = 4);
    tiny_rule(&tiny, .kind = PIONEER_RULE_DUTIES, .members = "member = b", .has_min = true, .min = 2);
    dive_init(&diving, tiny.campaign);
    cr_assert_not(diving.opened.is_feasible[0]);
    cr_assert(diving.opened.must_serve[1]);
    dive(&diving, 0, nothing, 240);
    cr_expect_eq(heads_of(&diving, 0), 0);
    cr_expect_geq(heads_of(&diving, 1), 2);
    cr_expect_eq(diving.out.value[0], 0);
    dive_fini(&diving);
    tiny_fini(&tiny);
}

/* Four members of whom each must serve once, and four duties. */
static void four_to_serve(struct tiny *tiny, struct diving *diving) {
    tiny_init(tiny);
    tiny_stage(tiny, "s", 0, 3);
    static const char *const ids[] = {"a", "b", "c", "d"};
    for (int i = 0; i < 4; i++) {
        tiny_member(tiny, ids[i], "root");
    }
    tiny_need(tiny, "watch/gate/am", 0, 3, 1);
    tiny_rule(tiny, .kind = PIONEER_RULE_DUTIES, .has_min = true, .min = 1, .has_max = true, .max = 1);
    dive_init(diving, tiny->campaign);
    struct pnr_dual_run run = {.goal = INT64_MAX, .work = WORK, .each = go_on};
    pnr_dual_begin(diving->dual, 0, nothing, 240);
    cr_assert_eq(pnr_dual_climb(diving->dual, &run), PIONEER_OK);
}

/* Dives; returns how many of the four serve then. */
static int32_t dive_four(struct diving *diving) {
    cr_assert_eq(
        pnr_lagrangian_dive(&diving->opened.tools, diving->dual, &diving->search, NULL, NULL, &diving->out),
        PIONEER_OK);
    int32_t count = 0;
    for (int32_t m = 0; m < 4; m++) {
        count += heads_of(diving, m) == 1;
    }
    return count;
}

/* One of four dives again: the others keep what they have, and the one finds what is left. */
Test(lagrangian_dive, leaves_alone_whoever_is_not_free) {
    struct tiny tiny;
    struct diving diving;
    static const uint8_t is_free[4] = {0, 1, 0, 0};
    four_to_serve(&tiny, &diving);
    cr_assert_eq(dive_four(&diving), 4);
    const struct pnr_instance *instance = diving.opened.instance;
    uint8_t before[16];
    cr_assert_eq(instance->pair_count, 16);
    memcpy(before, diving.out.is_chosen, sizeof before);
    pnr_solution_set_member(&diving.out, 1, NULL, 0, diving.opened.idle_cost + diving.opened.level_count);
    cr_assert_eq(
        pnr_lagrangian_dive(&diving.opened.tools, diving.dual, &diving.search, is_free, NULL, &diving.out),
        PIONEER_OK);
    cr_expect_arr_eq(diving.out.is_chosen, before, sizeof before);
    cr_expect_eq(diving.out.value[0], 0);
    cr_expect_eq(diving.out.value[1], 0);
    dive_fini(&diving);
    tiny_fini(&tiny);
}

static void cancel_now(void *context) {
    atomic_store((atomic_bool *)context, true);
}

/* How many serve when somebody cancels: before the dive, or the first time that a pulse asks. */
static int32_t serving_if_cancelled(bool before) {
    struct tiny tiny;
    struct diving diving;
    atomic_bool cancel;
    atomic_init(&cancel, before);
    four_to_serve(&tiny, &diving);
    diving.opened.budget.cancel = &cancel;
    diving.opened.tools.pulse = cancel_now;
    diving.opened.tools.pulse_context = &cancel;
    int32_t serving = dive_four(&diving);
    dive_fini(&diving);
    tiny_fini(&tiny);
    return serving;
}

Test(lagrangian_dive, is_given_up_when_it_is_cancelled) {
    cr_expect_eq(serving_if_cancelled(true), 0);
}

/* Whoever waits is asked after every member, and not only when the dive is over. */
Test(lagrangian_dive, asks_whether_to_go_on) {
    cr_expect_eq(serving_if_cancelled(false), 1);
}

/* Out of work before half of the members have schedules it gives up; later, everybody gets one all the same.
 */
Test(lagrangian_dive, finishes_a_roster_that_is_half_done_when_work_ends) {
    bool seen[5] = {false};
    for (int64_t limit = 1; limit < 100000; limit += 1 + limit / 8) {
        struct tiny tiny;
        struct diving diving;
        four_to_serve(&tiny, &diving);
        diving.opened.budget.work_limit = diving.opened.budget.work_used + limit;
        int32_t serving = dive_four(&diving);
        cr_expect(serving < 2 || serving == 4, "%d of 4 have schedules at a limit of %d", serving,
                  (int)limit);
        seen[serving] = true;
        if (serving == 4) {
            opened_expect_solution(&diving.opened, &diving.out);
        }
        dive_fini(&diving);
        tiny_fini(&tiny);
    }
    cr_expect(seen[1] && seen[4]);
}

/* A dive must leave the dual as it was: at its best multipliers, with nobody held. */
Test(lagrangian_dive, leaves_the_dual_at_its_best) {
    struct tiny tiny;
    struct diving diving;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s", 0, 4);
    static const char *const ids[] = {"a", "b", "c"};
    for (int i = 0; i < 3; i++) {
        tiny_member(&tiny, ids[i], "root");
    }
    tiny_need(&tiny, "watch/gate/am", 0, 4, 1);
    tiny_rule(&tiny, .kind = PIONEER_RULE_DUTIES, .has_max = true, .max = 1);
    dive_init(&diving, tiny.campaign);
    dive(&diving, 0, nothing, 240);
    cr_expect_eq(diving.out.value[1], 480);
    for (int32_t p = 0; p < diving.opened.instance->pair_count; p++) {
        cr_expect_eq(pnr_dual_price_of(diving.dual, p),
                     pnr_multipliers_price_pair(diving.opened.program, pnr_dual_best(diving.dual), p));
    }
    cr_expect_eq(pnr_dual_bound(diving.dual), 480);
    cr_assert_eq(pnr_dual_walk(diving.dual, 0.01, 0.01, 1), PIONEER_OK);
    float taken = 0;
    for (int32_t p = 0; p < diving.opened.instance->pairs_of_member[1]; p++) {
        taken += pnr_dual_average(diving.dual)[p];
    }
    cr_expect_gt(taken, 0.02, "a member let go takes ways again");
    dive_fini(&diving);
    tiny_fini(&tiny);
}

/* Generated parts: what is found is a legal roster of every member that has a schedule, worth what it says,
 * and at the first level seldom far from the best there is. */
Test(lagrangian_dive, finds_legal_rosters_near_the_optimum) {
    static const struct generated_size size = {.least_members = 4,
                                               .most_members = 9,
                                               .least_days = 2,
                                               .most_days = 4,
                                               .most_pairs = 120,
                                               .least_rules = 1,
                                               .most_rules = 3,
                                               .is_plain = true};
    int32_t judged = 0;
    int32_t known = 0;
    int32_t best = 0;
    for (uint64_t seed = 1; seed <= 24; seed++) {
        struct pioneer_campaign *campaign = generated_campaign(seed, &size);
        struct diving diving;
        int64_t optimum[LEVELS];
        dive_init(&diving, campaign);
        bool is_known = opened_optimum(&diving.opened, optimum);
        dive(&diving, 0, nothing, 240);
        if (is_known && diving.out.value[0] == 0) {
            known++;
            cr_expect_geq(diving.out.value[1], optimum[0], "seed %d", (int)seed);
            best += diving.out.value[1] == optimum[0];
        }
        if (is_known && diving.out.value[0] == 0 && diving.opened.parts.count == 1) {
            judged++; /* with more parts the judge would miss what the later ones have to do */
            opened_expect_solution(&diving.opened, &diving.out);
        }
        dive_fini(&diving);
        pioneer_campaign_free(campaign);
    }
    cr_expect_gt(judged, 1, "%d parts", (int)judged);
    cr_expect_gt(known, 10, "%d parts", (int)known);
    cr_expect_geq(best * 3, known * 2, "%d of %d", (int)best, (int)known);
}
