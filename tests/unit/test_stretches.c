/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of what works some weeks at a time: engine/polish and engine/stretch_search. That a stretch of days
 * holds what it must and misses nothing is a matter of tests/property/test_pricer. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "engine/polish.h"
#include "generated.h"
#include "opened.h"
#include "tiny.h"

#define LEVELS 16
#define WEEKS  12

/* Somebody on a long horizon: five duties in a row at most, two days off after them, no more than `most` in
 * all, mornings and nights, and a few others who may do the same. */
static void long_init(struct tiny *tiny, struct opened *opened, int32_t members, int32_t most) {
    static const char *const ids[] = {"a", "b", "c", "d"};
    tiny_init(tiny);
    tiny_stage(tiny, "s", 0, 7 * WEEKS - 1);
    for (int32_t m = 0; m < members; m++) {
        tiny_member(tiny, ids[m], "root");
    }
    tiny_need(tiny, "watch/gate/am", 0, 7 * WEEKS - 1, 1);
    tiny_need(tiny, "watch/gate/night", 0, 7 * WEEKS - 1, 1);
    tiny_rule(tiny, .kind = PIONEER_RULE_REST, .minutes = 660);
    tiny_rule(tiny, .kind = PIONEER_RULE_WORK_RUN, .has_max = true, .max = 5);
    tiny_rule(tiny, .kind = PIONEER_RULE_OFF_RUN, .has_min = true, .min = 2);
    tiny_rule(tiny, .kind = PIONEER_RULE_DUTIES, .window = PIONEER_WINDOW_CAMPAIGN, .has_max = true,
              .max = most);
    opened_init(opened, tiny->campaign);
}

/* What polishing an idle schedule at random prices comes to, and what the cheapest schedule costs. */
static void polish_idle(const struct opened *opened, uint64_t seed, int64_t *reached, int64_t *best) {
    const struct pnr_instance *instance = opened->instance;
    int32_t pairs = instance->pairs_of_member[1];
    int64_t *price = calloc((size_t)instance->pair_count, sizeof *price);
    int64_t weight[LEVELS] = {1};
    struct pnr_rng rng;
    pnr_rng_seed(&rng, seed);
    for (int32_t p = 0; p < pairs; p++) {
        price[p] = 20 - (int64_t)pnr_rng_below(&rng, 100);
    }
    struct pnr_price_query query = opened_query(0, price, weight);
    struct pnr_way way;
    cr_assert(pnr_way_init(&way, pnr_pricer_course(opened->pricer, 0), pairs));
    int64_t cost[LEVELS];
    memcpy(cost, opened->idle_cost, (size_t)opened->level_count * sizeof *cost);
    struct pnr_polish polish = {.instance = instance,
                                .pricer = opened->pricer,
                                .scratch = opened->scratches[0],
                                .query = &query,
                                .rng = &rng,
                                .enough = INT64_MIN,
                                .way = &way,
                                .cost_by_level = cost,
                                .price = weight[0] * cost[0]};
    cr_assert_eq(pnr_polish(&polish), PIONEER_OK);
    cr_expect_gt(polish.work, 0);
    struct pnr_schedule schedule = {
        .pairs = way.pairs, .pair_count = way.pair_count, .cost_by_level = cost, .price = polish.price};
    opened_expect_schedule(opened, &query, &schedule);
    *reached = polish.price;
    *best = opened_exact_price(opened, &query);
    pnr_way_fini(&way);
    free(price);
}

Test(polish, comes_near_the_cheapest_schedule) {
    struct tiny tiny;
    struct opened opened;
    long_init(&tiny, &opened, 1, 20);
    int64_t reached_in_all = 0;
    int64_t best_in_all = 0;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        int64_t reached;
        int64_t best;
        polish_idle(&opened, seed, &reached, &best);
        cr_expect_geq(reached, best);
        cr_expect_lt(reached, 0, "an idle schedule costs nothing, and some duties pay");
        reached_in_all += reached;
        best_in_all += best;
    }
    cr_expect_leq(reached_in_all, best_in_all * 97 / 100, "%d of %d", (int)reached_in_all, (int)best_in_all);
    opened_fini(&opened);
    tiny_fini(&tiny);
}

/* A schedule that is good enough is left alone. */
Test(polish, ends_where_it_is_enough) {
    struct tiny tiny;
    struct opened opened;
    long_init(&tiny, &opened, 1, 20);
    int64_t *price = calloc((size_t)opened.instance->pair_count, sizeof *price);
    int64_t weight[LEVELS] = {1};
    struct pnr_rng rng;
    pnr_rng_seed(&rng, 1);
    price[0] = -50;
    struct pnr_price_query query = opened_query(0, price, weight);
    struct pnr_way way;
    cr_assert(pnr_way_init(&way, pnr_pricer_course(opened.pricer, 0), opened.instance->pairs_of_member[1]));
    int64_t cost[LEVELS] = {0};
    struct pnr_polish polish = {.instance = opened.instance,
                                .pricer = opened.pricer,
                                .scratch = opened.scratches[0],
                                .query = &query,
                                .rng = &rng,
                                .enough = 0,
                                .way = &way,
                                .cost_by_level = cost};
    cr_assert_eq(pnr_polish(&polish), PIONEER_OK);
    cr_expect_eq(polish.price, 0);
    cr_expect_eq(way.pair_count, 0);
    pnr_way_fini(&way);
    free(price);
    opened_fini(&opened);
    tiny_fini(&tiny);
}

/* ---- search ---- */

struct searching {
    struct pnr_search search;
    struct pnr_solution roster;
};

static void search_init(struct searching *searching, struct opened *opened, uint64_t seed) {
    cr_assert_eq(pnr_search_init(&searching->search, opened->instance, opened->pricer, opened->scratches[0],
                                 opened->is_feasible, &opened->budget, seed),
                 PIONEER_OK);
    cr_assert_eq(
        pnr_solution_init(&searching->roster, opened->couplings, opened->idle_cost, opened->must_serve),
        PIONEER_OK);
}

static void search_fini(struct searching *searching) {
    pnr_solution_fini(&searching->roster);
    pnr_search_fini(&searching->search);
}

/* Four members can cover all mornings and nights of twelve weeks, from nothing. */
Test(stretch_search, fills_a_long_horizon) {
    struct tiny tiny;
    struct opened opened;
    struct searching searching;
    long_init(&tiny, &opened, 4, 44);
    search_init(&searching, &opened, 1);
    cr_expect_eq(searching.roster.value[1], WEEKS * 7 * (240 + 480));
    cr_assert_eq(pnr_search_improve_stretches(&searching.search, &searching.roster, 0, 0, 30000000),
                 PIONEER_OK);
    cr_expect_eq(searching.roster.value[1], 0);
    opened_expect_solution(&opened, &searching.roster);
    search_fini(&searching);
    opened_fini(&opened);
    tiny_fini(&tiny);
}

/* Values never rise, at the level or before it, and are the judge's; the same seed goes the same way. */
Test(stretch_search, only_ever_gains) {
    static const struct generated_size size = {.least_members = 4,
                                               .most_members = 9,
                                               .least_days = 2,
                                               .most_days = 12,
                                               .most_pairs = 200,
                                               .least_rules = 1,
                                               .most_rules = 4,
                                               .is_plain = true};
    int32_t gained = 0;
    int32_t judged = 0;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct pioneer_campaign *campaign = generated_campaign(seed, &size);
        struct opened opened;
        struct searching one;
        struct searching other;
        opened_init(&opened, campaign);
        search_init(&one, &opened, seed);
        search_init(&other, &opened, seed);
        for (int32_t l = -1; l < opened.level_count; l++) {
            int64_t before[LEVELS + 1];
            memcpy(before, one.roster.value, (size_t)one.roster.value_count * sizeof *before);
            cr_assert_eq(pnr_search_improve_stretches(&one.search, &one.roster, l, 0, 20000), PIONEER_OK);
            cr_assert_eq(pnr_search_improve_stretches(&other.search, &other.roster, l, 0, 20000), PIONEER_OK);
            int change = pnr_value_compare(one.roster.value, before, one.roster.value_count);
            cr_expect_leq(change, 0, "seed %d level %d", (int)seed, (int)l);
            cr_expect_eq(pnr_value_compare(one.roster.value, other.roster.value, one.roster.value_count), 0);
            gained += change < 0;
        }
        if (one.roster.value[0] == 0 && opened.parts.count == 1) {
            judged++; /* with more parts the judge would miss what the later ones have to do */
            opened_expect_solution(&opened, &one.roster);
        }
        search_fini(&one);
        search_fini(&other);
        opened_fini(&opened);
        pioneer_campaign_free(campaign);
    }
    cr_expect_gt(gained, 40);
    cr_expect_gt(judged, 2);
}
