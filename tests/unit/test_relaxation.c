/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of engine/relaxation: bounds against the exact pricer, slopes against what slopes are. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "base/rng.h"
#include "engine/relaxation.h"
#include "generated.h"
#include "opened.h"
#include "tiny.h"

/* One member at prices of its own, and room for the answer. */
struct asking {
    const struct opened *opened;
    struct pnr_rng *rng;
    struct pnr_price_query query;
    int32_t tallies;
    int64_t *mu, *slope;
};

/* How much was seen, so that nothing passes for want of cases. */
struct seen {
    int32_t members, binding, ways, sums, without;
};

static int64_t draw(struct pnr_rng *rng, int64_t low, int64_t high) {
    return low + (int64_t)pnr_rng_below(rng, (uint32_t)(high - low + 1));
}

static struct pnr_relaxation relax(const struct asking *asking) {
    struct pnr_relaxation relaxation = {.mu = asking->mu, .slope = asking->slope};
    cr_assert_eq(
        pnr_pricer_relax(asking->opened->pricer, asking->opened->scratches[0], &asking->query, &relaxation),
        PIONEER_OK);
    cr_assert_gt(relaxation.work, 0);
    return relaxation;
}

static void draw_mu(const struct asking *asking, int64_t width) {
    for (int32_t t = 0; t < asking->tallies; t++) {
        asking->mu[t] = draw(asking->rng, -width, width);
    }
}

/* The bound at other multipliers stays below the tangent: it is concave in them, and the slope is one of its
 * slopes. */
static void expect_slopes(const struct asking *asking, const struct pnr_relaxation *at, struct seen *seen) {
    int64_t *mu = calloc((size_t)asking->tallies + 1, sizeof *mu);
    int64_t *slope = calloc((size_t)asking->tallies + 1, sizeof *slope);
    for (int32_t t = 0; t < asking->tallies; t++) {
        mu[t] = asking->mu[t];
        slope[t] = asking->slope[t];
        seen->sums += slope[t] != 0;
    }
    int64_t bound = at->bound;
    for (int i = 0; i < 4; i++) {
        draw_mu(asking, i < 2 ? 30 : 3);
        struct pnr_relaxation other = relax(asking);
        int64_t tangent = bound;
        for (int32_t t = 0; t < asking->tallies; t++) {
            tangent += slope[t] * (asking->mu[t] - mu[t]);
        }
        cr_expect_leq(other.bound, tangent, "member %d: %lld above the tangent's %lld",
                      (int)asking->query.member, (long long)other.bound, (long long)tangent);
    }
    free(mu);
    free(slope);
}

static void try_member(const struct asking *asking, struct seen *seen) {
    int64_t exact = opened_exact_price(asking->opened, &asking->query);
    draw_mu(asking, 20);
    struct pnr_relaxation relaxation = relax(asking);
    cr_expect_leq(relaxation.bound, exact, "member %d: bound %lld, exact %lld", (int)asking->query.member,
                  (long long)relaxation.bound, (long long)exact);
    cr_expect(relaxation.has_way || exact == INT64_MAX);
    seen->members++;
    seen->without += exact == INT64_MAX;
    seen->binding += relaxation.has_way && relaxation.bound < exact;
    if (relaxation.is_legal) {
        seen->ways++;
        opened_expect_schedule(asking->opened, &asking->query, &relaxation.schedule);
        cr_expect_geq(relaxation.schedule.price, exact);
    }
    if (relaxation.has_way) {
        expect_slopes(asking, &relaxation, seen);
    }
}

static void try_campaign(uint64_t seed, struct seen *seen) {
    struct opened opened;
    struct pnr_rng rng;
    struct pioneer_campaign *campaign = generated_campaign(seed, &generated_small);
    opened_init(&opened, campaign);
    pnr_rng_seed(&rng, seed);
    int64_t *price = calloc((size_t)opened.instance->pair_count + 1, sizeof *price);
    int64_t *weight = calloc((size_t)opened.level_count + 1, sizeof *weight);
    for (int32_t p = 0; p < opened.instance->pair_count; p++) {
        price[p] = draw(&rng, -2000, 500);
    }
    for (int32_t l = 0; l < opened.level_count; l++) {
        weight[l] = draw(&rng, 0, 3);
    }
    for (int32_t m = 0; m < opened.instance->member_count; m++) {
        int32_t tallies = pnr_pricer_tally_count(opened.pricer, m);
        struct asking asking = {
            .opened = &opened,
            .rng = &rng,
            .query = opened_query(m, price, weight),
            .tallies = tallies,
            .mu = calloc((size_t)tallies + 1, sizeof *asking.mu),
            .slope = calloc((size_t)tallies + 1, sizeof *asking.slope),
        };
        try_member(&asking, seen);
        free(asking.mu);
        free(asking.slope);
    }
    free(price);
    free(weight);
    opened_fini(&opened);
    pioneer_campaign_free(campaign);
}

Test(relaxation, never_exceeds_the_exact_price_and_tells_its_slope) {
    struct seen seen = {0};
    for (uint64_t seed = 1; seed <= 24; seed++) {
        try_campaign(seed, &seen);
    }
    cr_expect_gt(seen.members, 200);
    cr_expect_gt(seen.binding, 20, "sums bound %d of %d members", (int)seen.binding, (int)seen.members);
    cr_expect_gt(seen.ways, 20);
    cr_expect_gt(seen.sums, 20);
    cr_expect_gt(seen.without, 0);
}

/* Three duties of 240 minutes, each worth 24000, and 500 minutes at most, which two fill: 480. The relaxed
 * bound is three without a multiplier; one that takes all worth from a duty leaves the worth of 480 minutes,
 * and that is exact. */
Test(relaxation, reaches_with_the_right_multiplier_what_the_limit_is_worth) {
    struct tiny tiny;
    struct opened opened;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s", 0, 2);
    tiny_member(&tiny, "a", "root");
    tiny_need(&tiny, "watch/gate/am", 0, 2, 1);
    tiny_rule(&tiny, .kind = PIONEER_RULE_MINUTES, .has_max = true, .max = 500);
    opened_init(&opened, tiny.campaign);
    cr_assert_eq(opened.instance->pair_count, 3);
    cr_assert_eq(pnr_pricer_tally_count(opened.pricer, 0), 1);
    cr_expect_eq(pnr_pricer_tally_step(opened.pricer, 0, 0), 240);
    const int64_t price[] = {-24000, -24000, -24000};
    int64_t weight[16] = {0};
    int64_t mu = 0;
    int64_t slope;
    struct asking asking = {
        .opened = &opened, .query = opened_query(0, price, weight), .tallies = 1, .mu = &mu, .slope = &slope};
    cr_expect_eq(opened_exact_price(&opened, &asking.query), -48000);
    struct pnr_relaxation relaxation = relax(&asking);
    cr_expect_eq(relaxation.bound, -72000);
    cr_expect_not(relaxation.is_legal);
    cr_expect_eq(slope, 720 - 480);
    mu = 100;
    relaxation = relax(&asking);
    cr_expect_eq(mu, 100);
    cr_expect_eq(relaxation.bound, -48000);
    mu = -100; /* rewards what the limit forbids */
    relaxation = relax(&asking);
    cr_expect_leq(relaxation.bound, -72000);
    opened_fini(&opened);
    tiny_fini(&tiny);
}

Test(relaxation, has_no_way_for_a_member_without_a_schedule) {
    struct tiny tiny;
    struct opened opened;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s", 0, 2);
    tiny_member(&tiny, "a", "root");
    tiny_need(&tiny, "watch/gate/am", 0, 2, 1);
    /* runs of four days on three: no way, whatever the sums */
    tiny_rule(&tiny, .kind = PIONEER_RULE_WORK_RUN, .has_min = true, .min = 4,
              .at_end = PIONEER_BORDER_JUDGE);
    tiny_rule(&tiny, .kind = PIONEER_RULE_OFF_RUN, .has_max = true, .max = 1);
    opened_init(&opened, tiny.campaign);
    const int64_t price[] = {-1, -1, -1};
    int64_t weight[16] = {0};
    struct asking asking = {.opened = &opened, .query = opened_query(0, price, weight)};
    struct pnr_relaxation relaxation = relax(&asking);
    cr_expect_not(relaxation.has_way);
    cr_expect_not(relaxation.is_legal);
    cr_expect_eq(opened_exact_price(&opened, &asking.query), INT64_MAX);
    opened_fini(&opened);
    tiny_fini(&tiny);
}
