/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of engine/beam: its bound and its schedules against the exact pricer. */
#include "engine/beam.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "engine/relaxation.h"
#include "generated.h"
#include "opened.h"
#include "tiny.h"

/* Wide enough to keep every partial schedule of a tiny member. */
#define WIDE 1024

/* One member at the prices of a query. */
struct asking {
    const struct opened *opened;
    struct pnr_price_query query;
    int64_t *price, *weight;
    uint8_t *forbidden;
};

/* How much was seen, so that nothing passes for want of cases. */
struct seen {
    int32_t members, found, without, gaps;
};

static int64_t draw(struct pnr_rng *rng, int64_t low, int64_t high) {
    return low + (int64_t)pnr_rng_below(rng, (uint32_t)(high - low + 1));
}

static void ask_init(struct asking *asking, const struct opened *opened, struct pnr_rng *rng) {
    size_t pairs = (size_t)opened->instance->pair_count;
    *asking = (struct asking){
        .opened = opened,
        .price = calloc(pairs + 1, sizeof *asking->price),
        .weight = calloc((size_t)opened->level_count + 1, sizeof *asking->weight),
        .forbidden = calloc(pairs + 1, 1),
    };
    for (size_t p = 0; p < pairs; p++) {
        asking->price[p] = draw(rng, -2000, 500);
        asking->forbidden[p] = draw(rng, 0, 9) == 0;
    }
    for (int32_t l = 0; l < opened->level_count; l++) {
        asking->weight[l] = draw(rng, 0, 3);
    }
}

static void ask_fini(struct asking *asking) {
    free(asking->price);
    free(asking->weight);
    free(asking->forbidden);
}

static void ask(const struct asking *asking, struct pnr_beam *beam) {
    cr_assert_eq(pnr_pricer_beam(asking->opened->pricer, asking->opened->scratches[0], &asking->query, beam),
                 PIONEER_OK);
    cr_assert_gt(beam->work, 0);
}

/* Everything that a beam of any width promises; the price that it found, INT64_MAX: none. */
static int64_t try_width(const struct asking *asking, int64_t exact, int32_t width, struct seen *seen) {
    struct pnr_beam beam = {.width = width, .rounds = 12};
    ask(asking, &beam);
    cr_expect_leq(beam.bound, exact, "member %d width %d: bound %lld, exact %lld", (int)asking->query.member,
                  (int)width, (long long)beam.bound, (long long)exact);
    seen->found += beam.found;
    seen->gaps += beam.found && beam.schedule.price > exact;
    if (!beam.found) {
        return INT64_MAX;
    }
    cr_expect_geq(beam.schedule.price, exact);
    opened_expect_schedule(asking->opened, &asking->query, &beam.schedule);
    return beam.schedule.price;
}

static void try_campaign(uint64_t seed, const struct generated_size *size, struct seen *seen) {
    struct opened opened;
    struct pnr_rng rng;
    struct asking asking;
    struct pioneer_campaign *campaign = generated_campaign(seed, size);
    opened_init(&opened, campaign);
    pnr_rng_seed(&rng, seed);
    ask_init(&asking, &opened, &rng);
    for (int32_t m = 0; m < opened.instance->member_count; m++) {
        asking.query = opened_query(m, asking.price, asking.weight);
        asking.query.forbidden = seed % 2 == 0 ? asking.forbidden : NULL;
        int64_t exact = opened_exact_price(&opened, &asking.query);
        seen->members++;
        seen->without += exact == INT64_MAX;
        try_width(&asking, exact, 1, seen);
        try_width(&asking, exact, 6, seen);
        if (size == &generated_tiny) {
            int64_t price = try_width(&asking, exact, WIDE, seen);
            cr_expect_eq(price, exact, "seed %d member %d: a beam that drops nothing found %lld, not %lld",
                         (int)seed, (int)m, (long long)price, (long long)exact);
        }
    }
    ask_fini(&asking);
    opened_fini(&opened);
    pioneer_campaign_free(campaign);
}

Test(beam, finds_the_cheapest_schedule_where_it_drops_nothing) {
    struct seen seen = {0};
    for (uint64_t seed = 1; seed <= 120; seed++) {
        try_campaign(seed, &generated_tiny, &seen);
    }
    cr_expect_gt(seen.members, 200);
    cr_expect_gt(seen.found, 400);
    cr_expect_gt(seen.without, 5);
}

Test(beam, never_claims_more_than_the_exact_pricer) {
    struct seen seen = {0};
    for (uint64_t seed = 1; seed <= 24; seed++) {
        try_campaign(seed, &generated_small, &seen);
    }
    cr_expect_gt(seen.members, 200);
    cr_expect_gt(seen.found, 200);
    cr_expect_gt(seen.gaps, 0, "no width was too narrow");
}

/* ---- long horizons ---- */

enum { WEEKS = 8, DAYS = 7 * WEEKS };

/* A member who may work every morning, afternoon and night of eight weeks. */
static void long_init(struct tiny *tiny) {
    tiny_init(tiny);
    tiny_stage(tiny, "s", 0, DAYS - 1);
    tiny_member(tiny, "a", "root");
    tiny_need(tiny, "watch/gate/am", 0, DAYS - 1, 1);
    tiny_need(tiny, "watch/gate/pm", 0, DAYS - 1, 1);
    tiny_need(tiny, "watch/gate/night", 0, DAYS - 1, 1);
    tiny_rule(tiny, .kind = PIONEER_RULE_DUTIES, .window = PIONEER_WINDOW_DAY, .has_max = true, .max = 1);
}

/* Asks a beam of this width for the schedule of the only member. Its costs say what was found. */
static bool ask_long(struct tiny *tiny, int32_t width, int64_t price, int64_t weekend_price,
                     int64_t *minutes) {
    struct opened opened;
    struct pnr_rng rng;
    struct asking asking;
    opened_init(&opened, tiny->campaign);
    pnr_rng_seed(&rng, 1);
    ask_init(&asking, &opened, &rng);
    for (int32_t p = 0; p < opened.instance->pair_count; p++) {
        int32_t day = pnr_instance_duty(opened.instance, opened.instance->duty_of_pair[p])->day;
        asking.price[p] = (day - tiny_day(0)) % 7 >= 5 ? weekend_price : price;
    }
    asking.query = opened_query(0, asking.price, asking.weight);
    struct pnr_beam beam = {.width = width}; /* without multipliers: nothing but prices guides it */
    ask(&asking, &beam);
    *minutes = 0;
    if (beam.found) {
        opened_expect_schedule(&opened, &asking.query, &beam.schedule);
        for (int32_t i = 0; i < beam.schedule.pair_count; i++) {
            const struct pnr_duty *duty =
                pnr_instance_duty(opened.instance, opened.instance->duty_of_pair[beam.schedule.pairs[i]]);
            *minutes += duty->to_at - duty->from_at;
        }
    }
    ask_fini(&asking);
    opened_fini(&opened);
    return beam.found;
}

/* Every duty costs something, so the cheapest partial schedules are idle ones; a beam of four that kept them
 * would end without the minutes that are due. */
Test(beam, drops_what_can_no_longer_meet_a_minimum) {
    struct tiny tiny;
    int64_t minutes;
    long_init(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_MINUTES, .has_min = true, .min = DAYS * 240);
    tiny_rule(&tiny, .kind = PIONEER_RULE_WORK_RUN, .has_max = true, .max = 5);
    cr_expect(ask_long(&tiny, 4, 10, 10, &minutes));
    cr_expect_geq(minutes, DAYS * 240);
    tiny_fini(&tiny);
}

/* Weekends earn and working days cost: a beam that looked at the minimum alone would spend its one weekend
 * early, stay idle in between, and count on weekends that it may not work. */
Test(beam, sees_that_a_maximum_stands_in_the_way_of_a_minimum) {
    struct tiny tiny;
    int64_t minutes;
    long_init(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_WEEKENDS, .has_max = true, .max = 1);
    tiny_rule(&tiny, .kind = PIONEER_RULE_MINUTES, .has_min = true, .min = (5 * WEEKS + 2) * 480 - 480);
    cr_expect(ask_long(&tiny, 4, 10, -10, &minutes));
    cr_expect_geq(minutes, (5 * WEEKS + 1) * 480);
    tiny_fini(&tiny);
}

/* Runs of three days, and no weekend: who is off on Thursday and begins a run on Friday must go on into the
 * weekend. A beam of one that did not see what a state is bound to add would take that Friday, and end there.
 */
Test(beam, sees_what_a_run_that_must_go_on_will_add) {
    struct tiny tiny;
    int64_t minutes;
    long_init(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_WEEKENDS, .has_max = true, .max = 0);
    tiny_rule(&tiny, .kind = PIONEER_RULE_WORK_RUN, .has_min = true, .min = 3, .has_max = true, .max = 3);
    cr_expect(ask_long(&tiny, 1, -10, 0, &minutes));
    cr_expect_gt(minutes, 0);
    tiny_fini(&tiny);
}

/* The member of a campaign, with every free pair at the same price and every level at the same weight. */
static void ask_evenly(struct asking *asking, struct opened *opened, struct tiny *tiny, int64_t price) {
    struct pnr_rng rng;
    opened_init(opened, tiny->campaign);
    pnr_rng_seed(&rng, 1);
    ask_init(asking, opened, &rng);
    for (int32_t p = 0; p < opened->instance->pair_count; p++) {
        asking->price[p] = price;
    }
    for (int32_t l = 0; l < opened->level_count; l++) {
        asking->weight[l] = 1;
    }
    asking->query = opened_query(0, asking->price, asking->weight);
}

/* A beam that drops nothing finds a schedule of so many duties, which is the cheapest. */
static void expect_duties(struct tiny *tiny, int64_t price, int32_t duties) {
    struct opened opened;
    struct asking asking;
    ask_evenly(&asking, &opened, tiny, price);
    int64_t exact = opened_exact_price(&opened, &asking.query);
    struct pnr_beam beam = {.width = WIDE, .rounds = 4};
    ask(&asking, &beam);
    cr_assert(beam.found);
    cr_expect_eq(beam.schedule.pair_count, duties, "%d duties", (int)beam.schedule.pair_count);
    cr_expect_eq(beam.schedule.price, exact);
    opened_expect_schedule(&opened, &asking.query, &beam.schedule);
    ask_fini(&asking);
    opened_fini(&opened);
}

/* Mornings of two weeks, each worth 100; beyond two a week they cost their 240 minutes, and the week's cost
 * stays with the schedule when the week is over. The limit of the whole time does not bind; it keeps
 * schedules of different weeks apart. */
Test(beam, remembers_what_earlier_weeks_have_cost) {
    struct tiny tiny;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s", 0, 13);
    tiny_member(&tiny, "a", "root");
    tiny_need(&tiny, "watch/gate/am", 0, 13, 1);
    tiny_rule(&tiny, .kind = PIONEER_RULE_MINUTES, .window = PIONEER_WINDOW_WEEK, .has_max = true, .max = 480,
              .weight = 1, .level = "wishes");
    tiny_rule(&tiny, .kind = PIONEER_RULE_MINUTES, .has_max = true, .max = 3000);
    expect_duties(&tiny, -100, 4);
    tiny_fini(&tiny);
}

/* 400 minutes of 900 are gone before the first day: two mornings are left. */
Test(beam, begins_with_what_history_has_counted) {
    struct tiny tiny;
    struct pioneer_history_count counts = {"limit", 400};
    tiny_init(&tiny);
    tiny_stage(&tiny, "s", 0, 6);
    tiny_member(&tiny, "a", "root");
    tiny_need(&tiny, "watch/gate/am", 0, 6, 1);
    tiny_rule(&tiny, .id = "limit", .kind = PIONEER_RULE_MINUTES, .has_max = true, .max = 900);
    tiny_history(&tiny, .member = "a", .counts = &counts, .count_count = 1);
    expect_duties(&tiny, -100, 2);
    tiny_fini(&tiny);
}

/* ---- multipliers ---- */

/* Forty duties, each worth 100, and 2000 minutes at most, which are eight mornings: the multiplier that a
 * first query ends with proves the same to a second one without any round. */
Test(beam, hands_its_multipliers_to_the_next_query) {
    struct tiny tiny;
    struct opened opened;
    struct pnr_rng rng;
    struct asking asking;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s", 0, 39);
    tiny_member(&tiny, "a", "root");
    tiny_need(&tiny, "watch/gate/am", 0, 39, 1);
    tiny_rule(&tiny, .kind = PIONEER_RULE_MINUTES, .has_max = true, .max = 2000);
    opened_init(&opened, tiny.campaign);
    pnr_rng_seed(&rng, 1);
    ask_init(&asking, &opened, &rng);
    for (int32_t p = 0; p < opened.instance->pair_count; p++) {
        asking.price[p] = -24000;
    }
    asking.query = opened_query(0, asking.price, asking.weight);
    int64_t exact = opened_exact_price(&opened, &asking.query);
    cr_assert_eq(exact, -8 * 24000);
    int64_t mu = 0;
    struct pnr_beam cold = {.width = 8, .rounds = 0};
    ask(&asking, &cold);
    cr_expect_eq(cold.bound, -40 * 24000);
    struct pnr_beam first = {.width = 8, .rounds = 60, .mu = &mu};
    ask(&asking, &first);
    cr_expect_geq(first.bound, exact * 21 / 20, "%lld", (long long)first.bound);
    cr_expect_gt(mu, 0);
    struct pnr_beam second = {.width = 8, .rounds = 0, .mu = &mu};
    ask(&asking, &second);
    cr_expect_eq(second.bound, first.bound);
    cr_assert(second.found);
    cr_expect_eq(second.schedule.price, exact);
    ask_fini(&asking);
    opened_fini(&opened);
    tiny_fini(&tiny);
}

/* Who has no legal schedule at all gets none, and the bound says that there is none. */
Test(beam, finds_nothing_where_nothing_is_legal) {
    struct tiny tiny;
    struct opened opened;
    struct pnr_rng rng;
    struct asking asking;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s", 0, 2);
    tiny_member(&tiny, "a", "root");
    tiny_need(&tiny, "watch/gate/am", 0, 2, 1);
    tiny_rule(&tiny, .kind = PIONEER_RULE_WORK_RUN, .has_min = true, .min = 2,
              .at_end = PIONEER_BORDER_JUDGE);
    tiny_rule(&tiny, .kind = PIONEER_RULE_OFF_RUN, .has_max = true, .max = 1);
    opened_init(&opened, tiny.campaign);
    pnr_rng_seed(&rng, 1);
    ask_init(&asking, &opened, &rng);
    asking.query = opened_query(0, asking.price, asking.weight);
    struct pnr_beam beam = {.width = 8, .rounds = 4};
    ask(&asking, &beam);
    cr_expect(beam.found);
    memset(asking.forbidden, 1, (size_t)opened.instance->pair_count);
    asking.query.forbidden = asking.forbidden;
    ask(&asking, &beam);
    cr_expect_not(beam.found);
    cr_expect_eq(beam.bound, INT64_MAX);
    ask_fini(&asking);
    opened_fini(&opened);
    tiny_fini(&tiny);
}
