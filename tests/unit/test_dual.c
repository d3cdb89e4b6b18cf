/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of engine/dual: its bound against exact optima, its multipliers against the exact pricer. */
#include "engine/dual.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "generated.h"
#include "opened.h"
#include "tiny.h"

/* Work that is plenty for a few members. */
#define PLENTY 3000000
#define LEVELS 16

static const int64_t nothing[LEVELS]; /* frozen before the first level, or costs of nobody */

/* What a climb is told, and how it is to end. */
struct watching {
    int32_t rounds, most_rounds; /* 0: any */
    int64_t last;
    bool falls;
};

static bool watch(void *context, int64_t bound) {
    struct watching *watching = context;
    watching->falls = watching->falls || (watching->rounds > 0 && bound < watching->last);
    watching->last = bound;
    return ++watching->rounds != watching->most_rounds;
}

static int64_t climb(struct pnr_dual *dual, struct watching *watching, int64_t goal, int64_t work) {
    *watching = (struct watching){.most_rounds = watching->most_rounds};
    struct pnr_dual_run run = {.goal = goal, .work = work, .each = watch, .context = watching};
    cr_assert_eq(pnr_dual_climb(dual, &run), PIONEER_OK);
    cr_expect_not(watching->falls, "the bound fell");
    return run.bound;
}

/* The bound that a new dual reaches at a level of a part. */
static int64_t bound_of(struct opened *opened, int32_t level, const int64_t *frozen, double unit) {
    struct pnr_dual *dual;
    struct watching watching = {0};
    cr_assert_eq(pnr_dual_new(&opened->tools, &dual), PIONEER_OK);
    cr_expect_eq(pnr_dual_level(dual), -1);
    pnr_dual_begin(dual, level, frozen, unit);
    cr_expect_eq(pnr_dual_level(dual), level);
    int64_t bound = climb(dual, &watching, INT64_MAX, PLENTY);
    pnr_dual_free(dual);
    return bound;
}

/* ---- bounds against optima ---- */

/* The multipliers' bound once more, with the exact pricer instead of the relaxation: it cannot be less. */
static void verify_best(const struct opened *opened, const struct pnr_dual *dual, const int64_t *frozen,
                        int64_t bound) {
    const struct pnr_multipliers *best = pnr_dual_best(dual);
    const struct pnr_instance *instance = opened->instance;
    int64_t *price = calloc((size_t)instance->pair_count + 1, sizeof *price);
    for (int32_t p = 0; p < instance->pair_count; p++) {
        price[p] = pnr_multipliers_price_pair(opened->program, best, p);
    }
    pnr_wide total = pnr_multipliers_rows_part(opened->program, NULL, best, frozen);
    for (int32_t m = 0; m < instance->member_count; m++) {
        struct pnr_price_query query = opened_query(m, price, best->weight_of_level);
        int64_t exact = opened_exact_price(opened, &query);
        for (int32_t l = 0; l < opened->level_count && exact == INT64_MAX; l++) {
            total += (pnr_wide)best->weight_of_level[l] *
                     opened->idle_cost[(size_t)m * (size_t)opened->level_count + (size_t)l];
        }
        total += exact < INT64_MAX ? exact : 0;
    }
    cr_expect_geq(pnr_multipliers_bound(total, best->scale), bound);
    for (int32_t l = 0; l < best->level; l++) {
        cr_expect_geq(best->weight_of_level[l], 0);
    }
    free(price);
}

/* Levels of the part one after the other, each frozen at its optimum. */
static void try_campaign(uint64_t seed, bool settles, int32_t *levels, int32_t *raised, int32_t *closed) {
    struct pioneer_campaign *campaign = generated_campaign(seed, &generated_tiny);
    struct opened opened;
    int64_t optimum[LEVELS];
    opened_init(&opened, campaign);
    if (!opened_optimum(&opened, optimum)) {
        opened_fini(&opened);
        pioneer_campaign_free(campaign);
        return;
    }
    struct pnr_dual *dual;
    cr_assert_eq(pnr_dual_new(&opened.tools, &dual), PIONEER_OK);
    for (int32_t l = 0; l < opened.level_count; l++) {
        struct watching watching = {0};
        pnr_dual_begin(dual, l, optimum, (double)(optimum[l] > 0 ? optimum[l] : 1));
        for (int32_t before = 0; settles && before < l; before++) {
            pnr_dual_settle(dual, before);
        }
        int64_t bound = climb(dual, &watching, optimum[l] + 1, PLENTY / 200);
        cr_expect_leq(bound, optimum[l], "seed %d level %d: bound %lld, optimum %lld", (int)seed, (int)l,
                      (long long)bound, (long long)optimum[l]);
        cr_assert(pnr_dual_has_best(dual));
        verify_best(&opened, dual, optimum, (int64_t)floor(pnr_dual_bound(dual)));
        ++*levels;
        *raised += bound > 0;
        *closed += bound == optimum[l];
    }
    pnr_dual_free(dual);
    opened_fini(&opened);
    pioneer_campaign_free(campaign);
}

static void try_campaigns(bool settles) {
    int32_t levels = 0;
    int32_t raised = 0;
    int32_t closed = 0;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        try_campaign(seed, settles, &levels, &raised, &closed);
    }
    cr_expect_gt(levels, 80);
    cr_expect_gt(raised, settles ? 5 : 20, "%d of %d levels", (int)raised, (int)levels);
    cr_expect_gt(closed * (settles ? 4 : 2), levels, "%d of %d levels", (int)closed, (int)levels);
}

Test(dual, never_exceeds_the_optimum_of_a_level) {
    try_campaigns(false);
}

/* What is frozen at its optimum is dear wherever it is missed: bounds hold, though they are further away. */
Test(dual, never_exceeds_it_where_earlier_levels_are_settled) {
    try_campaigns(true);
}

/* ---- known optima ---- */

/* So many members, one morning a day for so many days, and so many mornings at most for each. */
static void few_init(struct tiny *tiny, int32_t members, int32_t days, int32_t most) {
    tiny_init(tiny);
    tiny_stage(tiny, "s", 0, days - 1);
    for (int32_t m = 0; m < members; m++) {
        char id[16];
        snprintf(id, sizeof id, "m%d", (int)m);
        tiny_member(tiny, id, "root");
    }
    tiny_need(tiny, "watch/gate/am", 0, days - 1, 1);
    tiny_rule(tiny, .kind = PIONEER_RULE_DUTIES, .has_max = true, .max = most);
}

/* Five mornings, three members with one each: two mornings of 240 minutes stay without. At zero prices
 * nothing is short, so all of it is what the multipliers have found. */
Test(dual, finds_what_must_stay_short) {
    struct tiny tiny;
    struct opened opened;
    few_init(&tiny, 3, 5, 1);
    opened_init(&opened, tiny.campaign);
    cr_expect_eq(bound_of(&opened, 0, nothing, 240), 480);
    opened_fini(&opened);
    tiny_fini(&tiny);
}

/* Three mornings for two members who would rather serve at night, at 7 a morning. Who must staff all of them
 * pays 21; who may leave two without, 7. */
Test(dual, holds_the_levels_before_at_their_values) {
    struct tiny tiny;
    struct opened opened;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s", 0, 2);
    tiny_member(&tiny, "a", "root");
    tiny_member(&tiny, "b", "root");
    tiny_need(&tiny, "watch/gate/am", 0, 2, 1);
    static const char *const members[] = {"a", "b"};
    for (int i = 0; i < 2; i++) {
        struct pioneer_preference night = {.member = members[i], .slot = "night", .weight = 7};
        cr_assert_eq(pioneer_campaign_add_preference(tiny.campaign, &night, NULL), PIONEER_OK);
    }
    opened_init(&opened, tiny.campaign);
    int32_t wishes = -1;
    for (int32_t l = 0; l < opened.level_count; l++) {
        wishes = strcmp(opened.organisation->levels[l].id, "wishes") == 0 ? l : wishes;
    }
    cr_assert_gt(wishes, 0);
    int64_t frozen[LEVELS];
    for (int32_t l = 0; l < LEVELS; l++) {
        frozen[l] = 1000000000;
    }
    cr_expect_leq(bound_of(&opened, wishes, frozen, 7), 0);
    frozen[0] = 480;
    int64_t bound = bound_of(&opened, wishes, frozen, 7);
    cr_expect(bound >= 6 && bound <= 7, "%lld", (long long)bound);
    frozen[0] = 0;
    bound = bound_of(&opened, wishes, frozen, 7);
    cr_expect(bound >= 20 && bound <= 21, "%lld", (long long)bound);
    opened_fini(&opened);
    tiny_fini(&tiny);
}

/* Four mornings of two heads, and members of one unit may fill three of these eight places: the other unit
 * has nobody, so five heads are missing. A hard rule is no less binding for having a slack elsewhere. */
Test(dual, prices_what_a_hard_rule_over_several_members_forbids) {
    struct tiny tiny;
    struct opened opened;
    tiny_init(&tiny);
    tiny_unit(&tiny, "near", "root");
    tiny_stage(&tiny, "s", 0, 3);
    static const char *const ids[] = {"a", "b", "c"};
    for (int i = 0; i < 3; i++) {
        tiny_member(&tiny, ids[i], "near");
    }
    tiny_need(&tiny, "watch/gate/am", 0, 3, 2);
    tiny_rule(&tiny, .kind = PIONEER_RULE_UNIT_QUOTA, .unit = "near", .has_max = true, .max = 3);
    opened_init(&opened, tiny.campaign);
    int64_t bound = bound_of(&opened, 0, nothing, 240);
    cr_expect_leq(bound, 5 * 240);
    cr_expect_geq(bound, 5 * 240 - 12, "%lld", (long long)bound);
    opened_fini(&opened);
    tiny_fini(&tiny);
}

/* A member for whom runs leave no way stays idle, and what that costs is part of the bound. */
Test(dual, counts_the_costs_of_members_without_a_schedule) {
    struct tiny tiny;
    struct opened opened;
    few_init(&tiny, 2, 3, 3);
    tiny_rule(&tiny, .kind = PIONEER_RULE_WORK_RUN, .members = "member = m0", .has_min = true, .min = 4,
              .at_end = PIONEER_BORDER_JUDGE);
    tiny_rule(&tiny, .kind = PIONEER_RULE_OFF_RUN, .members = "member = m0", .has_max = true, .max = 1);
    tiny_rule(&tiny, .kind = PIONEER_RULE_DUTIES, .members = "member = m0", .has_min = true, .min = 2,
              .weight = 50, .level = "must");
    opened_init(&opened, tiny.campaign);
    cr_assert_not(opened.is_feasible[0]);
    cr_assert(opened.is_feasible[1]);
    cr_expect_eq(bound_of(&opened, 0, nothing, 240), 100);
    opened_fini(&opened);
    tiny_fini(&tiny);
}

/* From 300 members on prices follow every member first. 320 members with one morning each, and 40 places on
 * each of ten mornings: 80 places stay without. */
Test(dual, finds_what_must_stay_short_among_many_members) {
    struct tiny tiny;
    struct opened opened;
    struct pnr_dual *dual;
    struct watching watching = {0};
    tiny_init(&tiny);
    tiny_stage(&tiny, "s", 0, 9);
    for (int32_t m = 0; m < 320; m++) {
        char id[16];
        snprintf(id, sizeof id, "m%03d", (int)m);
        tiny_member(&tiny, id, "root");
    }
    tiny_need(&tiny, "watch/gate/am", 0, 9, 40);
    tiny_rule(&tiny, .kind = PIONEER_RULE_DUTIES, .has_max = true, .max = 1);
    opened_init(&opened, tiny.campaign);
    cr_assert_eq(pnr_dual_new(&opened.tools, &dual), PIONEER_OK);
    pnr_dual_begin(dual, 0, nothing, 240);
    int64_t bound = climb(dual, &watching, INT64_MAX, 40 * PLENTY);
    cr_expect_leq(bound, 80 * 240);
    cr_expect_geq(bound, 80 * 240 * 99 / 100, "%lld", (long long)bound);
    pnr_dual_free(dual);
    opened_fini(&opened);
    tiny_fini(&tiny);
}

/* ---- one dual at the first level ---- */

/* Those members at the first level, and a dual about to climb. */
struct walking {
    struct tiny tiny;
    struct opened opened;
    struct pnr_dual *dual;
    struct watching watching;
};

static void walking_init(struct walking *w, int32_t members, int32_t days, int32_t most) {
    *w = (struct walking){0};
    few_init(&w->tiny, members, days, most);
    opened_init(&w->opened, w->tiny.campaign);
    cr_assert_eq(pnr_dual_new(&w->opened.tools, &w->dual), PIONEER_OK);
    pnr_dual_begin(w->dual, 0, nothing, 240);
}

static void walking_fini(struct walking *w) {
    pnr_dual_free(w->dual);
    opened_fini(&w->opened);
    tiny_fini(&w->tiny);
}

/* ---- how a climb ends ---- */

Test(dual, ends_when_the_bound_is_enough) {
    struct walking w;
    walking_init(&w, 3, 5, 1);
    int64_t bound = climb(w.dual, &w.watching, 100, PLENTY);
    cr_expect_geq(bound, 100);
    cr_expect_eq(w.watching.last, bound);
    cr_expect_lt(w.opened.budget.work_used, PLENTY / 2);
    int64_t used = w.opened.budget.work_used;
    climb(w.dual, &w.watching, 0, PLENTY); /* there already: nothing is done */
    cr_expect_eq(w.watching.rounds, 0);
    cr_expect_eq(w.opened.budget.work_used, used);
    walking_fini(&w);
}

Test(dual, ends_when_it_is_told_to) {
    struct walking w;
    walking_init(&w, 3, 5, 1);
    w.watching = (struct watching){.most_rounds = 7};
    climb(w.dual, &w.watching, INT64_MAX, PLENTY);
    cr_expect_eq(w.watching.rounds, 7);
    atomic_bool cancel;
    atomic_init(&cancel, true);
    w.opened.budget.cancel = &cancel;
    w.watching.most_rounds = 0;
    climb(w.dual, &w.watching, INT64_MAX, PLENTY);
    cr_expect_eq(w.watching.rounds, 0);
    w.opened.budget.cancel = NULL;
    w.opened.budget.work_limit = w.opened.budget.work_used + 1;
    climb(w.dual, &w.watching, INT64_MAX, PLENTY);
    cr_expect_eq(w.watching.rounds, 1, "one step, and the work is used up");
    walking_fini(&w);
}

/* The work of a climb is kept to, but for one step; a second climb goes on from where the first one was. */
Test(dual, goes_on_from_where_it_was) {
    struct walking w;
    walking_init(&w, 7, 13, 1);
    int64_t work = PLENTY / 100;
    int64_t first = climb(w.dual, &w.watching, INT64_MAX, work);
    cr_expect_leq(w.opened.budget.work_used, work + work / 10);
    cr_expect_gt(first, 0);
    int64_t second = climb(w.dual, &w.watching, INT64_MAX, work);
    cr_expect_geq(second, first);
    cr_expect_leq(second, 6 * 240);
    cr_expect_geq((double)second, pnr_dual_bound(w.dual) - 1e-6);
    pnr_dual_begin(w.dual, 0, nothing, 240); /* forgets */
    cr_expect_not(pnr_dual_has_best(w.dual));
    walking_fini(&w);
}

Test(dual, is_the_same_on_any_number_of_threads) {
    struct pioneer_campaign *campaign = generated_campaign(3, &generated_small);
    struct opened opened;
    struct pnr_dual *duals[OPENED_THREADS];
    opened_init(&opened, campaign);
    for (int t = 0; t < OPENED_THREADS; t++) {
        struct watching watching = {0};
        opened.tools.thread_count = t + 1;
        cr_assert_eq(pnr_dual_new(&opened.tools, &duals[t]), PIONEER_OK);
        pnr_dual_begin(duals[t], 0, nothing, 240);
        climb(duals[t], &watching, INT64_MAX, PLENTY / 100);
        cr_assert_gt(watching.rounds, 10);
        cr_expect_eq(pnr_dual_bound(duals[t]), pnr_dual_bound(duals[0]));
        for (int32_t p = 0; p < opened.instance->pair_count; p++) {
            cr_assert_eq(pnr_dual_price_of(duals[t], p), pnr_dual_price_of(duals[0], p), "pair %d", (int)p);
            cr_assert_eq(pnr_dual_average(duals[t])[p], pnr_dual_average(duals[0])[p], "pair %d", (int)p);
        }
    }
    for (int t = 0; t < OPENED_THREADS; t++) {
        pnr_dual_free(duals[t]);
    }
    opened_fini(&opened);
    pioneer_campaign_free(campaign);
}

/* ---- members held ---- */

static int32_t pair_of(const struct opened *opened, int32_t member, int32_t day) {
    const struct pnr_instance *instance = opened->instance;
    for (int32_t p = instance->pairs_of_member[member]; p < instance->pairs_of_member[member + 1]; p++) {
        if (pnr_instance_duty(instance, instance->duty_of_pair[p])->day == tiny_day(day)) {
            return p;
        }
    }
    cr_assert(false, "member %d has no duty on day %d", (int)member, (int)day);
    return -1;
}

/* Two members, three mornings. Who is held on the first morning has filled it, and the other one is sent to
 * the rest. Without the held member's part the sum is higher than any bound: it is none. Nothing is left of
 * it when the member is let go. */
Test(dual, walks_about_the_rest_while_members_are_held) {
    struct walking w;
    walking_init(&w, 2, 3, 1);
    climb(w.dual, &w.watching, INT64_MAX, PLENTY / 10);
    pnr_dual_release(w.dual);
    double bound = pnr_dual_bound(w.dual);
    cr_expect_eq(bound, 240);
    int32_t held = pair_of(&w.opened, 0, 0);
    int32_t same = pair_of(&w.opened, 1, 0);
    int32_t other = pair_of(&w.opened, 1, 1);
    int32_t last = pair_of(&w.opened, 1, 2);
    int64_t before = pnr_dual_price_of(w.dual, same);
    pnr_dual_hold(w.dual, 0, &held, 1, nothing);
    cr_assert_eq(pnr_dual_walk(w.dual, 0.05, 0.01, 400), PIONEER_OK);
    cr_expect_lt(pnr_dual_price_of(w.dual, other), 0);
    cr_expect_lt(pnr_dual_price_of(w.dual, other), pnr_dual_price_of(w.dual, same));
    cr_expect_lt(pnr_dual_average(w.dual)[same], 0.1);
    cr_expect_gt(pnr_dual_average(w.dual)[other] + pnr_dual_average(w.dual)[last], 0.9);
    cr_expect_lt(pnr_dual_average(w.dual)[held], 0.1, "a held member takes no way");
    cr_expect_eq(pnr_dual_bound(w.dual), bound);
    pnr_dual_release(w.dual);
    cr_expect_eq(pnr_dual_price_of(w.dual, same), before);
    walking_fini(&w);
}

/* Costs are measured in ranges of rows, and integers in parts of a cost: a morning is worth its 240 minutes,
 * and a level whose costs are large against the one at hand needs a finer scale. */
Test(dual, measures_prices_by_what_rows_are_worth) {
    struct walking w;
    walking_init(&w, 3, 5, 1);
    climb(w.dual, &w.watching, INT64_MAX, PLENTY / 10);
    cr_expect_eq(pnr_dual_range(w.dual), 240);
    cr_expect_eq(pnr_dual_weights(w.dual)[0], pnr_dual_scale(w.dual));
    cr_expect_eq(pnr_dual_weights(w.dual)[1], 0);
    int64_t coarse = pnr_dual_scale(w.dual);
    const int64_t frozen[LEVELS] = {480};
    pnr_dual_begin(w.dual, 1, frozen, 1);
    cr_expect_geq(pnr_dual_scale(w.dual), coarse * 128, "%lld %lld", (long long)pnr_dual_scale(w.dual),
                  (long long)coarse);
    cr_expect_eq(pnr_dual_weights(w.dual)[1], pnr_dual_scale(w.dual));
    walking_fini(&w);
}
