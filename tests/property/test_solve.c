/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold for every solve, whatever the campaign. */
#include <criterion/criterion.h>
#include <glpk.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <pioneer/check.h>
#include <pioneer/solve.h>

#include "generated.h"
#include "tiny.h"

/* Units of work a campaign that keep the suite short. */
enum { WORK = 300000, CAMPAIGNS = 12, LONG_WORK = 4000000, LONG_CAMPAIGNS = 12 };

static struct pioneer_roster *solve(const struct pioneer_campaign *campaign,
                                    const struct pioneer_solve_options *options) {
    struct pioneer_roster *roster = NULL;
    struct pioneer_error error = {0};
    cr_assert_eq(pioneer_solve(campaign, options, &roster, &error), PIONEER_OK, "%s", error.message);
    return roster;
}

static struct pioneer_roster *solve_with(const struct pioneer_campaign *campaign, int32_t threads) {
    struct pioneer_solve_options options =
        PIONEER_SOLVE_OPTIONS(.threads = threads, .seed = 7, .work_limit = WORK);
    return solve(campaign, &options);
}

/* The text of the roster; what it says about the campaign's bytes and the work done is part of it. */
static char *text_of(const struct pioneer_roster *roster) {
    char *text = NULL;
    size_t length;
    cr_assert_eq(pioneer_roster_write_json(roster, &text, &length, NULL), PIONEER_OK);
    char *copy = strndup(text, length);
    pioneer_free(text);
    cr_assert(copy != NULL);
    return copy;
}

static bool is_legal_part(const struct pioneer_part *part) {
    return part->level_count == 0 || part->levels[0].outcome != PIONEER_INFEASIBLE;
}

/* Whether the roster promises to keep every hard rule: nobody was left without a legal choice. */
static bool promises_all(const struct pioneer_roster *roster) {
    bool promises = pioneer_roster_finding_count(roster) == 0;
    for (int32_t i = 0; i < pioneer_roster_part_count(roster); i++) {
        promises = promises && is_legal_part(pioneer_roster_part_at(roster, i));
    }
    return promises;
}

/* Codes of violations that are claims of the roster about itself. */
static bool is_claim(const char *code) {
    static const char *const codes[] = {"value-differs", "bound-above-value", "constant-above-bound",
                                        "not-proven",    "count-differs",     "tier-differs",
                                        "missing-level", "duplicate-level",   "unknown-level",
                                        "missing-part",  "duplicate-part",    "unknown-part"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (strcmp(code, codes[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void expect_clean(const struct pioneer_campaign *campaign, const struct pioneer_roster *roster,
                         int seed) {
    struct pioneer_report *report;
    cr_assert_eq(pioneer_check(campaign, roster, "en", &report, NULL), PIONEER_OK);
    for (int32_t i = 0; i < pioneer_report_violation_count(report); i++) {
        const struct pioneer_violation *violation = pioneer_report_violation_at(report, i);
        cr_expect(!is_claim(violation->code) && !promises_all(roster), "seed %d: %s", seed,
                  violation->message);
    }
    cr_expect_eq(pioneer_report_note_count(report), 0);
    pioneer_report_free(report);
}

static void expect_same(const struct pioneer_roster *a, const struct pioneer_roster *b, const char *what,
                        int seed) {
    char *one = text_of(a);
    char *other = text_of(b);
    cr_expect_str_eq(one, other, "seed %d: %s", seed, what);
    free(one);
    free(other);
}

/* ---- rosters
 * ------------------------------------------------------------------------------------------------------ */

Test(solve, every_roster_is_legal_and_worth_what_it_says) {
    for (int seed = 1; seed <= 3 * CAMPAIGNS; seed++) {
        struct pioneer_campaign *campaign = generated_campaign((uint64_t)seed, &generated_small);
        struct pioneer_roster *roster = solve_with(campaign, 2);
        expect_clean(campaign, roster, seed);
        pioneer_roster_free(roster);
        pioneer_campaign_free(campaign);
    }
}

Test(solve, the_number_of_threads_does_not_matter) {
    for (int seed = 1; seed <= CAMPAIGNS; seed++) {
        struct pioneer_campaign *campaign = generated_campaign((uint64_t)seed, &generated_small);
        struct pioneer_roster *one = solve_with(campaign, 1);
        for (int32_t threads = 2; threads <= 4; threads += 2) {
            struct pioneer_roster *several = solve_with(campaign, threads);
            expect_same(one, several, "threads", seed);
            pioneer_roster_free(several);
        }
        pioneer_roster_free(one);
        pioneer_campaign_free(campaign);
    }
}

/* Shares of a small budget may round to nothing; campaigns of several parts look ahead with a share of it. */
/* Weeks are renewed on horizons as long as these, whatever the rules. */
Test(solve, long_horizons_are_no_exception, .timeout = 300) {
    static const struct generated_size size = {.least_members = 4,
                                               .most_members = 10,
                                               .least_days = 28,
                                               .most_days = 40,
                                               .most_pairs = 600,
                                               .least_rules = 2,
                                               .most_rules = 6};
    for (int seed = 1; seed <= LONG_CAMPAIGNS; seed++) {
        struct pioneer_campaign *campaign = generated_campaign((uint64_t)seed, &size);
        struct pioneer_solve_options options =
            PIONEER_SOLVE_OPTIONS(.threads = 1, .seed = 3, .work_limit = LONG_WORK);
        struct pioneer_roster *roster = solve(campaign, &options);
        options.threads = 2;
        struct pioneer_roster *other = solve(campaign, &options);
        expect_same(roster, other, "threads", seed);
        expect_clean(campaign, roster, seed);
        pioneer_roster_free(roster);
        pioneer_roster_free(other);
        pioneer_campaign_free(campaign);
    }
}

Test(solve, any_limit_of_work_ends, .timeout = 300) {
    for (int64_t work = 1; work <= 60000; work += work / 3 + 1) {
        for (int seed = 1; seed <= 6; seed++) {
            struct pioneer_campaign *campaign = generated_campaign((uint64_t)seed, &generated_small);
            struct pioneer_solve_options options = PIONEER_SOLVE_OPTIONS(.threads = 1, .work_limit = work);
            struct pioneer_roster *roster = solve(campaign, &options);
            expect_clean(campaign, roster, seed);
            pioneer_roster_free(roster);
            pioneer_campaign_free(campaign);
        }
    }
}

/* 120 members who may each take 10 duties a day for 21 days: 25,200 pairs, which is a large part. Nights and
 * minutes are limited, and a tenth of the duties asks for somebody who leads. */
static struct pioneer_campaign *large_campaign(void) {
    static char json[65536];
    int at = snprintf(json, sizeof json,
                      "{\"format\": \"pioneer-campaign\", \"version\": 1, \"name\": \"large\","
                      "\"units\": [{\"id\": \"u\", \"draws_from\": \"signed_up\"}], \"members\": [");
    for (int m = 0; m < 120; m++) {
        at += snprintf(json + at, sizeof json - (size_t)at,
                       "%s{\"id\": \"m%03d\", \"unit\": \"u\", \"tags\": [%s]}", m > 0 ? "," : "", m,
                       m % 3 == 0 ? "\"leads\"" : "");
    }
    at += snprintf(json + at, sizeof json - (size_t)at,
                   "], \"sites\": [{\"id\": \"a\"}, {\"id\": \"b\"}, {\"id\": \"c\"}, {\"id\": \"d\"}, "
                   "{\"id\": \"e\"}], \"slots\": [{\"id\": \"day\", \"from\": \"08:00\", \"to\": \"14:00\"}, "
                   "{\"id\": \"night\", \"from\": \"22:00\", \"to\": \"06:00\"}], "
                   "\"stages\": [{\"id\": \"all\", \"from\": \"2020-02-17\", \"to\": \"2020-03-08\"}], "
                   "\"posts\": [{\"id\": \"watch\", \"unit\": \"u\", \"lead\": \"tag = leads\"}], "
                   "\"demand\": [{\"post\": \"watch\", \"sites\": [\"a\", \"b\", \"c\", \"d\", \"e\"], "
                   "\"slots\": [\"day\", \"night\"], \"min\": 2, \"target\": 3, \"max\": 12}], "
                   "\"rules\": [{\"id\": \"rest\", \"kind\": \"rest\", \"minutes\": 660}, "
                   "{\"id\": \"hours\", \"kind\": \"minutes\", \"window\": \"week\", \"min\": 600, "
                   "\"max\": 1800}]}");
    struct pioneer_campaign *campaign = NULL;
    struct pioneer_error error = {0};
    cr_assert_eq(pioneer_campaign_read_json(json, (size_t)at, &campaign, &error), PIONEER_OK, "%s at %s: %s",
                 error.code, error.where, error.message);
    cr_assert_eq(pioneer_campaign_validate(campaign, &error), PIONEER_OK, "%s at %s: %s", error.code,
                 error.where, error.message);
    return campaign;
}

Test(solve, the_first_roster_of_a_large_part_is_legal_and_the_same_on_all_threads) {
    struct pioneer_campaign *campaign = large_campaign();
    struct pioneer_roster *rosters[3];
    for (int32_t threads = 1; threads <= 3; threads++) {
        struct pioneer_solve_options options = PIONEER_SOLVE_OPTIONS(.threads = threads, .work_limit = 1);
        rosters[threads - 1] = solve(campaign, &options);
    }
    cr_expect_gt(pioneer_roster_count(rosters[0]), 400);
    cr_expect(promises_all(rosters[0]));
    expect_clean(campaign, rosters[0], 0);
    expect_same(rosters[0], rosters[1], "two threads", 0);
    expect_same(rosters[0], rosters[2], "three threads", 0);
    for (int i = 0; i < 3; i++) {
        pioneer_roster_free(rosters[i]);
    }
    pioneer_campaign_free(campaign);
}

static bool has_equal_assignments(const struct pioneer_roster *a, const struct pioneer_roster *b) {
    bool is_equal = pioneer_roster_count(a) == pioneer_roster_count(b);
    for (int32_t i = 0; is_equal && i < pioneer_roster_count(a); i++) {
        const struct pioneer_assignment *x = pioneer_roster_at(a, i);
        const struct pioneer_assignment *y = pioneer_roster_at(b, i);
        is_equal = strcmp(x->member, y->member) == 0 && strcmp(x->post, y->post) == 0 &&
                   strcmp(x->site, y->site) == 0 && strcmp(x->slot, y->slot) == 0 && x->day == y->day;
    }
    return is_equal;
}

Test(solve, the_order_of_arrays_does_not_matter) {
    for (int seed = 1; seed <= CAMPAIGNS; seed++) {
        struct pioneer_campaign *campaign = generated_campaign((uint64_t)seed, &generated_small);
        struct generated_change change = {.shuffle = (uint64_t)seed + 1000};
        struct pioneer_campaign *shuffled = generated_copy(campaign, &change);
        struct pioneer_roster *one = solve_with(campaign, 1);
        struct pioneer_roster *other = solve_with(shuffled, 1);
        cr_expect(has_equal_assignments(one, other), "seed %d", seed);
        pioneer_roster_free(one);
        pioneer_roster_free(other);
        pioneer_campaign_free(campaign);
        pioneer_campaign_free(shuffled);
    }
}

static void expect_same_values(const struct pioneer_roster *a, const struct pioneer_roster *b, int seed) {
    cr_assert_eq(pioneer_roster_part_count(a), pioneer_roster_part_count(b));
    for (int32_t p = 0; p < pioneer_roster_part_count(a); p++) {
        const struct pioneer_part *x = pioneer_roster_part_at(a, p);
        const struct pioneer_part *y = pioneer_roster_part_at(b, p);
        for (int32_t l = 0; l < x->level_count; l++) {
            cr_expect_eq(x->levels[l].value, y->levels[l].value, "seed %d part %d level %s", seed, (int)p,
                         x->levels[l].level);
        }
    }
}

Test(solve, other_ids_in_the_same_order_give_the_same_values) {
    for (int seed = 1; seed <= CAMPAIGNS; seed++) {
        struct pioneer_campaign *campaign = generated_campaign((uint64_t)seed, &generated_small);
        struct generated_change change = {.renames = true};
        struct pioneer_campaign *renamed = generated_copy(campaign, &change);
        struct pioneer_roster *one = solve_with(campaign, 1);
        struct pioneer_roster *other = solve_with(renamed, 1);
        expect_same_values(one, other, seed);
        pioneer_roster_free(one);
        pioneer_roster_free(other);
        pioneer_campaign_free(campaign);
        pioneer_campaign_free(renamed);
    }
}

Test(solve, writing_and_reading_a_roster_gives_the_same_bytes) {
    struct pioneer_campaign *campaign = generated_campaign(5, &generated_small);
    struct pioneer_roster *roster = solve_with(campaign, 1);
    char *text = text_of(roster);
    struct pioneer_roster *read = NULL;
    cr_assert_eq(pioneer_roster_read_json(text, strlen(text), &read, NULL), PIONEER_OK);
    expect_same(roster, read, "round trip", 5);
    pioneer_roster_free(read);
    pioneer_roster_free(roster);
    pioneer_campaign_free(campaign);
    free(text);
}

/* ---- the clock
 * ---------------------------------------------------------------------------------------------------- */

static bool dawdle(void *context, const struct pioneer_progress *progress) {
    (void)context;
    (void)progress;
    nanosleep(&(struct timespec){.tv_nsec = 3000000}, NULL);
    return true;
}

Test(solve, a_slow_callback_does_not_change_the_roster_under_a_work_limit) {
    struct pioneer_campaign *campaign = generated_campaign(3, &generated_small);
    struct pioneer_solve_options options = PIONEER_SOLVE_OPTIONS(.threads = 2, .work_limit = 30000);
    struct pioneer_roster *quick = solve(campaign, &options);
    options.progress = dawdle;
    struct pioneer_roster *slow = solve(campaign, &options);
    expect_same(quick, slow, "delay", 3);
    cr_expect(pioneer_roster_get(quick)->reproducible);
    pioneer_roster_free(quick);
    pioneer_roster_free(slow);
    pioneer_campaign_free(campaign);
}

Test(solve, a_tenth_of_a_second_is_enough_for_a_legal_roster) {
    for (int seed = 1; seed <= 4; seed++) {
        struct pioneer_campaign *campaign = generated_campaign((uint64_t)seed, &generated_small);
        struct pioneer_solve_options options =
            PIONEER_SOLVE_OPTIONS(.threads = 2, .time_limit_ms = 100, .effort_percent = 100000);
        struct pioneer_roster *roster = solve(campaign, &options);
        expect_clean(campaign, roster, seed);
        pioneer_roster_free(roster);
        pioneer_campaign_free(campaign);
    }
}

static bool refuse(void *context, const struct pioneer_progress *progress) {
    (void)progress;
    ++*(int *)context;
    return false;
}

Test(solve, a_cancel_at_once_leaves_a_legal_roster_that_is_called_stopped) {
    for (int seed = 1; seed <= 6; seed++) {
        struct pioneer_campaign *campaign = generated_campaign((uint64_t)seed, &generated_small);
        int calls = 0;
        struct pioneer_solve_options options =
            PIONEER_SOLVE_OPTIONS(.threads = 1, .progress = refuse, .progress_context = &calls);
        struct pioneer_roster *roster = solve(campaign, &options);
        cr_expect_eq(calls, 1, "seed %d: called %d times", seed, calls);
        cr_expect(!pioneer_roster_get(roster)->reproducible);
        for (int32_t p = 0; p < pioneer_roster_part_count(roster); p++) {
            const struct pioneer_part *part = pioneer_roster_part_at(roster, p);
            for (int32_t l = 0; l < part->level_count; l++) {
                bool is_open = part->levels[l].bound < part->levels[l].value;
                cr_expect(!is_open || part->levels[l].outcome != PIONEER_GAP, "seed %d", seed);
            }
        }
        expect_clean(campaign, roster, seed);
        pioneer_roster_free(roster);
        pioneer_campaign_free(campaign);
    }
}

/* ---- limits
 * ----------------------------------------------------------------------------------------------------- */

static struct pioneer_campaign *template_campaign(void) {
    struct pioneer_campaign *campaign = NULL;
    cr_assert_eq(pioneer_campaign_template(&campaign, NULL), PIONEER_OK);
    cr_assert_eq(pioneer_campaign_validate(campaign, NULL), PIONEER_OK);
    return campaign;
}

static int32_t count_outcomes(const struct pioneer_roster *roster, enum pioneer_outcome outcome) {
    int32_t count = 0;
    for (int32_t p = 0; p < pioneer_roster_part_count(roster); p++) {
        const struct pioneer_part *part = pioneer_roster_part_at(roster, p);
        for (int32_t l = 0; l < part->level_count; l++) {
            count += part->levels[l].outcome == outcome;
        }
    }
    return count;
}

Test(solve, planned_work_that_ends_leaves_a_gap_and_only_a_limit_stops_early) {
    struct pioneer_campaign *campaign = template_campaign();
    struct pioneer_roster *planned =
        solve(campaign, &PIONEER_SOLVE_OPTIONS(.threads = 1, .effort_percent = 1));
    cr_expect_gt(count_outcomes(planned, PIONEER_GAP), 0);
    cr_expect_eq(count_outcomes(planned, PIONEER_STOPPED), 0);
    struct pioneer_roster *limited = solve(
        campaign, &PIONEER_SOLVE_OPTIONS(.threads = 1, .work_limit = pioneer_roster_get(planned)->work_used));
    cr_expect_gt(count_outcomes(limited, PIONEER_STOPPED), 0);
    pioneer_roster_free(limited);
    pioneer_roster_free(planned);
    pioneer_campaign_free(campaign);
}

/* What a part does beyond its work before it looks at it again, for both solves. */
#define OVERRUN_PERCENT 20

/* Its levels of coverage are there at once, so that the trials which begin the next one meet long schedules.
 */
Test(solve, a_small_limit_of_work_is_kept_where_everything_is_solved_at_once) {
    struct pioneer_campaign *campaign = template_campaign();
    const int64_t limit = 3000000;
    struct pioneer_roster *roster =
        solve(campaign, &PIONEER_SOLVE_OPTIONS(.mode = PIONEER_JOINT, .threads = 1, .work_limit = limit));
    cr_expect_leq(pioneer_roster_get(roster)->work_used, limit / 100 * (100 + OVERRUN_PERCENT));
    pioneer_roster_free(roster);
    pioneer_campaign_free(campaign);
}

Test(solve, both_solves_of_a_price_of_staging_share_the_work_and_stay_the_same) {
    struct pioneer_campaign *campaign = template_campaign();
    struct pioneer_solve_options options =
        PIONEER_SOLVE_OPTIONS(.threads = 1, .work_limit = 30000000, .price_of_staging = true);
    struct pioneer_roster *one = solve(campaign, &options);
    options.threads = 2;
    struct pioneer_roster *two = solve(campaign, &options);
    cr_expect_gt(pioneer_roster_price_count(one), 0);
    cr_expect_eq(pioneer_roster_get(one)->work_limit, options.work_limit);
    cr_expect_leq(pioneer_roster_get(one)->work_used, options.work_limit / 100 * (100 + OVERRUN_PERCENT));
    expect_same(one, two, "threads", 0);
    pioneer_roster_free(two);
    pioneer_roster_free(one);
    pioneer_campaign_free(campaign);
}

/* How the clock is shared cannot be told from a test without absolute times; that both solves end can. */
Test(solve, a_price_of_staging_is_told_under_a_limit_of_time) {
    struct pioneer_campaign *campaign = template_campaign();
    struct pioneer_roster *roster = solve(
        campaign, &PIONEER_SOLVE_OPTIONS(.threads = 1, .time_limit_ms = 1000, .price_of_staging = true));
    cr_expect_gt(pioneer_roster_price_count(roster), 0);
    cr_expect_not(pioneer_roster_get(roster)->reproducible);
    pioneer_roster_free(roster);
    pioneer_campaign_free(campaign);
}

/* ---- widening
 * ----------------------------------------------------------------------------------------------------- */

/* The coverage levels of the first part, as far as both are proven, never get worse in their order. */
static void expect_no_worse(const struct pioneer_roster *before, const struct pioneer_roster *after,
                            int seed) {
    const struct pioneer_part *x = pioneer_roster_part_at(before, 0);
    const struct pioneer_part *y = pioneer_roster_part_at(after, 0);
    for (int32_t l = 0; x != NULL && y != NULL && l < x->level_count && l < 3; l++) {
        if (x->levels[l].outcome != PIONEER_PROVEN || y->levels[l].outcome != PIONEER_PROVEN ||
            y->levels[l].value < x->levels[l].value) {
            return;
        }
        cr_expect_eq(y->levels[l].value, x->levels[l].value, "seed %d level %s", seed, x->levels[l].level);
    }
}

Test(solve, more_free_time_never_worsens_coverage) {
    static const struct generated_size size = {.least_members = 10,
                                               .most_members = 20,
                                               .least_days = 2,
                                               .most_days = 5,
                                               .most_pairs = 200,
                                               .is_plain = true,
                                               .is_free_of_availability = true};
    for (int seed = 1; seed <= 2 * CAMPAIGNS; seed++) {
        struct pioneer_campaign *campaign = generated_campaign((uint64_t)seed, &size);
        struct generated_change change = {.is_always_free = true};
        struct pioneer_campaign *wider = generated_copy(campaign, &change);
        struct pioneer_roster *before = solve_with(campaign, 1);
        struct pioneer_roster *after = solve_with(wider, 1);
        if (pioneer_campaign_level_count(campaign) == 0) {
            expect_no_worse(before, after, seed);
        }
        pioneer_roster_free(before);
        pioneer_roster_free(after);
        pioneer_campaign_free(campaign);
        pioneer_campaign_free(wider);
    }
}

/* ---- empty things
 * ------------------------------------------------------------------------------------------------- */

/* One post, one site, one slot, one day, `members` members, this demand; -1: no line at all. */
static struct pioneer_campaign *bare(int32_t members, int32_t min, int32_t max) {
    struct pioneer_campaign *campaign;
    cr_assert_eq(pioneer_campaign_new(&campaign), PIONEER_OK);
    pioneer_campaign_add_unit(campaign,
                              &(struct pioneer_unit){.id = "r", .draws_from = PIONEER_POOL_SIGNED_UP}, NULL);
    pioneer_campaign_add_site(campaign, &(struct pioneer_site){.id = "g"}, NULL);
    pioneer_campaign_add_slot(campaign, &(struct pioneer_slot){.id = "m", .from_min = 480, .to_min = 720},
                              NULL);
    pioneer_campaign_add_stage(campaign,
                               &(struct pioneer_stage){.id = "s", .from_day = 18309, .to_day = 18309}, NULL);
    pioneer_campaign_add_post(campaign, &(struct pioneer_post){.id = "p", .unit = "r"}, NULL);
    for (int32_t i = 0; i < members; i++) {
        const char id[] = {'m', (char)('0' + i), '\0'};
        pioneer_campaign_add_member(campaign, &(struct pioneer_member){.id = id, .name = id, .unit = "r"},
                                    NULL);
    }
    const char *site = "g";
    const char *slot = "m";
    struct pioneer_demand demand = {.post = "p",
                                    .sites = &site,
                                    .site_count = 1,
                                    .slots = &slot,
                                    .slot_count = 1,
                                    .min = min,
                                    .max = max,
                                    .has_max = true};
    if (min >= 0) {
        cr_assert_eq(pioneer_campaign_add_demand(campaign, &demand, NULL), PIONEER_OK);
    }
    struct pioneer_error error;
    cr_assert_eq(pioneer_campaign_validate(campaign, &error), PIONEER_OK, "%s", error.message);
    return campaign;
}

static void expect_heads(int32_t members, int32_t min, int32_t max, int32_t heads) {
    struct pioneer_campaign *campaign = bare(members, min, max);
    struct pioneer_roster *roster = solve_with(campaign, 2);
    cr_expect_eq(pioneer_roster_count(roster), heads, "%d members, demand %d: %d heads", (int)members,
                 (int)min, (int)pioneer_roster_count(roster));
    expect_clean(campaign, roster, 0);
    pioneer_roster_free(roster);
    pioneer_campaign_free(campaign);
}

Test(solve, empty_and_overfull_campaigns_have_rosters) {
    expect_heads(0, 2, 2, 0);
    expect_heads(3, -1, -1, 0);
    expect_heads(0, -1, -1, 0);
    expect_heads(3, 0, 0, 0);
    expect_heads(1, 1, 1, 1);
    expect_heads(2, 5, 5, 2);
    expect_heads(6, 3, 3, 3);
}

/* ---- who is in the pool
 * ----------------------------------------------------------------------------------------------------- */

static void expect_worth_what_it_says(struct tiny *tiny, enum pioneer_mode mode) {
    struct pioneer_error error;
    cr_assert_eq(pioneer_campaign_validate(tiny->campaign, &error), PIONEER_OK, "%s", error.message);
    struct pioneer_solve_options options =
        PIONEER_SOLVE_OPTIONS(.mode = mode, .threads = 1, .work_limit = WORK);
    struct pioneer_roster *roster = solve(tiny->campaign, &options);
    expect_clean(tiny->campaign, roster, 0);
    pioneer_roster_free(roster);
    tiny_fini(tiny);
}

/* Two units side by side, one member in each. */
static void build_neighbours(struct tiny *tiny) {
    tiny_init(tiny);
    tiny_stage(tiny, "s", 0, 1);
    tiny_unit(tiny, "east", "root");
    tiny_unit(tiny, "west", "root");
    tiny_member(tiny, "e", "east");
    tiny_member(tiny, "w", "west");
    tiny_post(tiny, .id = "door", .unit = "east");
    tiny_post(tiny, .id = "hall", .unit = "west");
}

Test(solve, a_post_without_duties_brings_nobody_into_the_joint_part) {
    struct tiny tiny;
    build_neighbours(&tiny);
    tiny_need(&tiny, "door/gate/am", 0, 1, 1);
    tiny_history(&tiny, .member = "w", .load_min = 480); /* above the entitlement, if w were judged */
    expect_worth_what_it_says(&tiny, PIONEER_JOINT);
}

static void pin_the_neighbour(struct tiny *tiny) {
    build_neighbours(tiny);
    tiny_need(tiny, "door/gate/am", 0, 1, 2);
    tiny_publish(tiny, "w", "door/gate/am", 0, PIONEER_PINNED);
}

/* Its load is no part of what its own unit's parts carry on, and its pin no roster to change. */
Test(solve, a_pin_from_outside_the_pool_is_not_judged) {
    struct tiny tiny;
    pin_the_neighbour(&tiny);
    tiny_member(&tiny, "x", "west"); /* whom w's load would spare */
    tiny_need(&tiny, "hall/gate/pm", 0, 1, 1);
    expect_worth_what_it_says(&tiny, PIONEER_STAGED);
    pin_the_neighbour(&tiny);
    tiny_history(&tiny, .member = "w", .load_min = 480);
    expect_worth_what_it_says(&tiny, PIONEER_JOINT);
}

/* One has served, the other is pinned; the third is chosen. */
Test(solve, pins_stay_what_they_were) {
    struct tiny tiny;
    build_neighbours(&tiny);
    tiny_member(&tiny, "f", "east");
    tiny_need(&tiny, "door/gate/am", 0, 1, 2);
    tiny_need(&tiny, "hall/gate/am", 0, 0, 1);
    tiny_publish(&tiny, "f", "door/gate/am", 0, PIONEER_PINNED);
    tiny_publish(&tiny, "e", "door/gate/am", 0, PIONEER_SERVED);
    cr_assert_eq(pioneer_campaign_validate(tiny.campaign, NULL), PIONEER_OK);
    struct pioneer_solve_options options = PIONEER_SOLVE_OPTIONS(.threads = 1, .work_limit = WORK);
    struct pioneer_roster *roster = solve(tiny.campaign, &options);
    int32_t seen = 0;
    for (int32_t i = 0; i < pioneer_roster_count(roster); i++) {
        const struct pioneer_assignment *a = pioneer_roster_at(roster, i);
        if (a->day == tiny_day(0)) {
            enum pioneer_assignment_state expected = a->member[0] == 'f'   ? PIONEER_PINNED
                                                     : a->member[0] == 'e' ? PIONEER_SERVED
                                                                           : PIONEER_PLANNED;
            cr_expect_eq(a->state, expected, "%s is %d", a->member, a->state);
            seen++;
        }
    }
    cr_expect_eq(seen, 3);
    pioneer_roster_free(roster);
    tiny_fini(&tiny);
}

/* The joint pool holds the neighbour for the hall, but the door cannot have it: its removal is nobody's
 * choice. */
Test(solve, a_published_neighbour_is_removed_free_in_joint_mode) {
    struct tiny tiny;
    build_neighbours(&tiny);
    tiny_need(&tiny, "door/gate/am", 0, 1, 1);
    tiny_need(&tiny, "hall/gate/pm", 0, 1, 1);
    tiny_publish(&tiny, "w", "door/gate/am", 0, PIONEER_PUBLISHED);
    expect_worth_what_it_says(&tiny, PIONEER_JOINT);
}

/* e would love to watch on Tuesday, but its unit has it at the door on Monday, and one duty a week is all.
 * The watch is planned first. */
Test(solve, a_pin_of_a_lower_tier_counts_for_hard_rules) {
    struct tiny tiny;
    build_neighbours(&tiny);
    tiny_need(&tiny, "watch/gate/am", 1, 1, 1);
    tiny_need(&tiny, "door/gate/am", 0, 0, 1);
    tiny_publish(&tiny, "e", "door/gate/am", 0, PIONEER_PINNED);
    tiny_rule(&tiny, .kind = PIONEER_RULE_DUTIES, .window = PIONEER_WINDOW_WEEK, .has_max = true, .max = 1);
    tiny_preference(&tiny, .member = "e", .post = "watch", .weight = 9);
    cr_assert_eq(pioneer_campaign_validate(tiny.campaign, NULL), PIONEER_OK);
    for (int outlook = 0; outlook < 2; outlook++) {
        struct pioneer_solve_options options =
            PIONEER_SOLVE_OPTIONS(.threads = 1, .work_limit = WORK,
                                  .outlook = outlook > 0 ? PIONEER_OUTLOOK_KNOWN : PIONEER_OUTLOOK_NONE);
        struct pioneer_roster *roster = solve(tiny.campaign, &options);
        cr_expect_eq(pioneer_roster_finding_count(roster), 0);
        cr_assert_eq(pioneer_roster_count(roster), 2);
        for (int32_t i = 0; i < 2; i++) {
            const struct pioneer_assignment *a = pioneer_roster_at(roster, i);
            cr_expect_str_eq(a->member, strcmp(a->post, "watch") == 0 ? "w" : "e");
        }
        expect_clean(tiny.campaign, roster, 0);
        pioneer_roster_free(roster);
    }
    tiny_fini(&tiny);
}

/* ---- what is published
 * ----------------------------------------------------------------------------------------------- */

/* The campaign with all of the roster published; NULL where something is published already. */
static struct pioneer_campaign *publish(const struct pioneer_campaign *campaign,
                                        const struct pioneer_roster *roster) {
    if (pioneer_campaign_assignment_count(campaign) > 0 || !promises_all(roster)) {
        return NULL;
    }
    struct pioneer_campaign *published = generated_copy(campaign, &(struct generated_change){0});
    for (int32_t i = 0; i < pioneer_roster_count(roster); i++) {
        struct pioneer_assignment assignment = *pioneer_roster_at(roster, i);
        assignment.state = PIONEER_PUBLISHED;
        cr_assert_eq(pioneer_campaign_add_assignment(published, &assignment, NULL), PIONEER_OK);
    }
    cr_assert_eq(pioneer_campaign_validate(published, NULL), PIONEER_OK);
    return published;
}

/* Every level up to that of changes is worth what it was (true), or the part is better at one that comes
 * before: then those that follow are others. */
static bool expect_kept(const struct pioneer_part *before, const struct pioneer_part *after, int seed) {
    for (int32_t l = 0, was = 0; l < after->level_count; l++) {
        const struct pioneer_level_result *level = &after->levels[l];
        while (strcmp(before->levels[was].level, level->level) != 0) {
            was++;
        }
        cr_expect_leq(level->value, before->levels[was].value, "seed %d: %s", seed, level->level);
        if (level->value < before->levels[was].value || strcmp(level->level, "stability") == 0) {
            return level->value == before->levels[was].value;
        }
    }
    return true;
}

/* Next to no work is left to find it again. */
Test(solve, what_is_published_stays) {
    int32_t tried = 0;
    for (int seed = 1; seed <= 3 * CAMPAIGNS; seed++) {
        struct pioneer_campaign *campaign = generated_campaign((uint64_t)seed, &generated_small);
        struct pioneer_solve_options options =
            PIONEER_SOLVE_OPTIONS(.threads = 1, .work_limit = WORK, .outlook = PIONEER_OUTLOOK_NONE);
        struct pioneer_roster *before = solve(campaign, &options);
        struct pioneer_campaign *published = publish(campaign, before);
        if (published != NULL) {
            options.seed = 5;
            options.work_limit = WORK / 100;
            struct pioneer_roster *after = solve(published, &options);
            expect_clean(published, after, seed);
            cr_assert_eq(pioneer_roster_part_count(after), pioneer_roster_part_count(before));
            bool is_kept = true;
            for (int32_t i = 0; is_kept && i < pioneer_roster_part_count(after); i++) {
                is_kept =
                    expect_kept(pioneer_roster_part_at(before, i), pioneer_roster_part_at(after, i), seed);
            }
            pioneer_roster_free(after);
            tried++;
        }
        pioneer_campaign_free(published);
        pioneer_roster_free(before);
        pioneer_campaign_free(campaign);
    }
    cr_expect_gt(tried, CAMPAIGNS / 2);
}

/* ---- the host
 * ----------------------------------------------------------------------------------------------------- */

struct host {
    struct pioneer_campaign *campaign;
    struct pioneer_roster *roster;
};

static void *solve_in_thread(void *context) {
    struct host *host = context;
    host->roster = solve_with(host->campaign, 2);
    return NULL;
}

Test(solve, two_solves_at_once_give_what_one_after_the_other_gives) {
    struct host hosts[2];
    pthread_t threads[2];
    for (int i = 0; i < 2; i++) {
        hosts[i] = (struct host){generated_campaign((uint64_t)(11 + i), &generated_small), NULL};
        cr_assert_eq(pthread_create(&threads[i], NULL, solve_in_thread, &hosts[i]), 0);
    }
    for (int i = 0; i < 2; i++) {
        cr_assert_eq(pthread_join(threads[i], NULL), 0);
        struct pioneer_roster *alone = solve_with(hosts[i].campaign, 2);
        expect_same(alone, hosts[i].roster, "at once", 11 + i);
        pioneer_roster_free(alone);
        pioneer_roster_free(hosts[i].roster);
        pioneer_campaign_free(hosts[i].campaign);
    }
}

static int count_lines(void *context, const char *text) {
    (void)text;
    ++*(int *)context;
    return 1;
}

/* max x, x <= 3, as a host might have open while it calls the library. */
static double host_optimum(glp_prob *problem) {
    glp_smcp parameters;
    glp_init_smcp(&parameters);
    parameters.msg_lev = GLP_MSG_ALL;
    glp_simplex(problem, &parameters);
    return glp_get_obj_val(problem);
}

Test(solve, the_glpk_of_the_host_is_left_alone) {
    int lines = 0;
    glp_term_hook(count_lines, &lines);
    glp_prob *problem = glp_create_prob();
    glp_set_obj_dir(problem, GLP_MAX);
    glp_add_cols(problem, 1);
    glp_set_obj_coef(problem, 1, 1);
    glp_set_col_bnds(problem, 1, GLP_DB, 0, 3);
    cr_expect_float_eq(host_optimum(problem), 3, 1e-9);
    int before = lines;
    struct pioneer_campaign *campaign = generated_campaign(2, &generated_small);
    struct pioneer_roster *roster = solve_with(campaign, 1);
    cr_expect_eq(lines, before, "the library wrote to the host's terminal hook");
    glp_set_col_bnds(problem, 1, GLP_DB, 0, 5);
    cr_expect_float_eq(host_optimum(problem), 5, 1e-9);
    cr_expect_gt(lines, before, "the host's hook is gone");
    glp_delete_prob(problem);
    glp_free_env();
    pioneer_roster_free(roster);
    pioneer_campaign_free(campaign);
}

Test(solve, nothing_is_printed) {
    char path[] = "/tmp/pioneer-quiet-XXXXXX";
    int file = mkstemp(path);
    cr_assert_geq(file, 0);
    fflush(NULL);
    int kept[2] = {dup(STDOUT_FILENO), dup(STDERR_FILENO)};
    dup2(file, STDOUT_FILENO);
    dup2(file, STDERR_FILENO);
    struct pioneer_campaign *campaign = generated_campaign(4, &generated_small);
    struct pioneer_roster *roster = solve_with(campaign, 2);
    fflush(NULL);
    dup2(kept[0], STDOUT_FILENO);
    dup2(kept[1], STDERR_FILENO);
    cr_expect_eq(lseek(file, 0, SEEK_END), 0);
    pioneer_roster_free(roster);
    pioneer_campaign_free(campaign);
    close(kept[0]);
    close(kept[1]);
    close(file);
    unlink(path);
}
