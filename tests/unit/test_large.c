/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of what is too large for a simplex: long horizons without a master (engine/large), wide masters whose
 * LP is solved nearly (engine/master_near); by the judge. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pioneer/solve.h>

#include "base/threads.h"
#include "engine/divers.h"
#include "generated.h"
#include "opened.h"
#include "solving.h"
#include "tiny.h"

/* Sites, days and members; three duties a site and day. */
struct size {
    int32_t sites, days, members;
};
/* More rows than 600 on a long horizon; more than two thousand on a short one. */
static const struct size large = {6, 60, 6};
static const struct size wide = {100, 7, 100};

static void add_sites(struct tiny *tiny, int32_t sites, int32_t days, const int32_t range[3]) {
    static const char *const slots[] = {"am", "pm", "night"};
    for (int32_t s = 0; s < sites; s++) {
        char id[16];
        char duty[40];
        snprintf(id, sizeof id, "s%02d", (int)s);
        tiny_site(tiny, id, "", NULL);
        for (int k = 0; k < 3; k++) {
            snprintf(duty, sizeof duty, "watch/%s/%s", id, slots[k]);
            tiny_need_range(tiny, duty, 0, days - 1, range);
        }
    }
}

static void add_members(struct tiny *tiny, int32_t members) {
    for (int32_t m = 0; m < members; m++) {
        char id[16];
        snprintf(id, sizeof id, "m%02d", (int)m);
        tiny_member(tiny, id, "root");
    }
}

/* Eleven hours between days at work, at most one duty a day: everybody serves every day, and the best is to
 * serve at night. */
static void size_init(struct tiny *tiny, struct size size) {
    tiny_init(tiny);
    tiny_stage(tiny, "s", 0, size.days - 1);
    add_members(tiny, size.members);
    add_sites(tiny, size.sites, size.days, (const int32_t[3]){1, 1, 1});
    tiny_rule(tiny, .kind = PIONEER_RULE_DUTIES, .window = PIONEER_WINDOW_DAY, .has_max = true, .max = 1);
    tiny_rule(tiny, .kind = PIONEER_RULE_REST, .minutes = 660);
}

/* Minutes of all duties, less a night of 480 for everybody on every day. */
static int64_t best_short(struct size size) {
    return (int64_t)size.sites * size.days * (240 + 240 + 480) - (int64_t)size.members * size.days * 480;
}

static void validate(struct tiny *tiny) {
    struct pioneer_error error = {0};
    cr_assert_eq(pioneer_campaign_validate(tiny->campaign, &error), PIONEER_OK, "%s: %s", error.where,
                 error.message);
}

/* ---- what is large ---- */

/* Whether a part of so many sites and days counts as large; *builds: whether that took a program. Without
 * coverage all that is asked is that no two members share a duty. */
static bool is_large(int32_t sites, int32_t days, bool has_coverage, bool *builds) {
    struct tiny tiny;
    struct opened opened;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s", 0, days - 1);
    add_members(&tiny, 2);
    add_sites(&tiny, sites, days, (const int32_t[3]){1, 1, 2});
    if (!has_coverage) {
        tiny_rule(&tiny, .id = "min", .kind = PIONEER_RULE_SHORT_OF_MIN, .drop = true);
        tiny_rule(&tiny, .id = "target", .kind = PIONEER_RULE_SHORT_OF_TARGET, .drop = true);
        tiny_rule(&tiny, .kind = PIONEER_RULE_APART, .members = "unit = root");
    }
    opened_init(&opened, tiny.campaign);
    struct pnr_part_solver solver = {.instance = opened.instance, .couplings = opened.couplings};
    cr_assert_eq(pnr_part_measure(&solver), PIONEER_OK);
    *builds = solver.program != NULL;
    bool answer = solver.is_large;
    pnr_program_free(solver.program);
    opened_fini(&opened);
    tiny_fini(&tiny);
    return answer;
}

Test(large, is_a_program_of_600_rows_that_idle_members_break_on_eight_weeks) {
    bool builds;
    cr_expect(is_large(4, 56, true, &builds), "672 rows");
    cr_expect(builds);
    cr_expect_not(is_large(3, 56, true, &builds), "504 rows");
    cr_expect_not(is_large(4, 56, false, &builds), "rows that hold when nobody serves");
    cr_expect(builds);
    cr_expect_not(is_large(5, 55, true, &builds), "55 days");
    cr_expect_not(builds);
}

/* ---- rosters ---- */

static struct pioneer_roster *solve(struct tiny *tiny, const struct pioneer_solve_options *options) {
    struct pioneer_roster *roster = NULL;
    struct pioneer_error error = {0};
    validate(tiny);
    cr_assert_eq(pioneer_solve(tiny->campaign, options, &roster, &error), PIONEER_OK, "%s", error.message);
    return roster;
}

/* The judge finds nothing broken, no value that is another, no bound above its value. */
static void expect_clean(const struct tiny *tiny, const struct pioneer_roster *roster) {
    struct pioneer_report *report = NULL;
    cr_assert_eq(pioneer_check(tiny->campaign, roster, "en", &report, NULL), PIONEER_OK);
    for (int32_t i = 0; i < pioneer_report_violation_count(report); i++) {
        cr_expect(false, "%s", pioneer_report_violation_at(report, i)->message);
    }
    pioneer_report_free(report);
}

static const struct pioneer_level_result *level_of(const struct pioneer_roster *roster, const char *level) {
    const struct pioneer_part *part = pioneer_roster_part_at(roster, 0);
    for (int32_t l = 0; l < part->level_count; l++) {
        if (strcmp(part->levels[l].level, level) == 0) {
            return &part->levels[l];
        }
    }
    cr_assert(false, "%s", level);
    return NULL;
}

/* Value and bound are within two percent of the best, on the right sides of it. */
static void expect_close(struct size size, int64_t work_limit) {
    struct tiny tiny;
    size_init(&tiny, size);
    struct pioneer_solve_options options = PIONEER_SOLVE_OPTIONS(.threads = 1, .work_limit = work_limit);
    struct pioneer_roster *roster = solve(&tiny, &options);
    expect_clean(&tiny, roster);
    const struct pioneer_level_result *must = level_of(roster, "must");
    int64_t best = best_short(size);
    cr_expect_leq(must->bound, best, "%lld", (long long)must->bound);
    cr_expect_geq(must->bound, best * 98 / 100, "%lld", (long long)must->bound);
    cr_expect_geq(must->value, best);
    cr_expect_leq(must->value, best * 102 / 100, "%lld", (long long)must->value);
    pioneer_roster_free(roster);
    tiny_fini(&tiny);
}

Test(large, closes_a_level_with_a_true_bound_and_a_good_roster) {
    expect_close(large, 12000000);
}

Test(large, closes_a_level_of_a_wide_master) {
    expect_close(wide, 60000000);
}

/* Where work ends in column generation, before a dive, in a dive: rosters are legal and bounds true. */
Test(large, keeps_its_promises_wherever_the_work_of_a_wide_master_ends) {
    struct tiny tiny;
    size_init(&tiny, wide);
    int64_t value = INT64_MAX;
    for (int64_t work = 1000000; work <= 16000000; work *= 2) {
        struct pioneer_solve_options options = PIONEER_SOLVE_OPTIONS(.threads = 1, .work_limit = work);
        struct pioneer_roster *roster = solve(&tiny, &options);
        expect_clean(&tiny, roster);
        const struct pioneer_level_result *must = level_of(roster, "must");
        cr_expect_leq(must->bound, best_short(wide));
        cr_expect_geq(must->value, best_short(wide));
        value = must->value < value ? must->value : value;
        pioneer_roster_free(roster);
    }
    cr_expect_leq(value, best_short(wide) * 102 / 100, "%lld", (long long)value);
    tiny_fini(&tiny);
}

/* The same twice, on one thread and on two. */
static void expect_same(struct size size, int64_t work_limit) {
    struct pioneer_roster *rosters[2];
    struct tiny tiny;
    size_init(&tiny, size);
    for (int t = 0; t < 2; t++) {
        struct pioneer_solve_options options =
            PIONEER_SOLVE_OPTIONS(.threads = t + 1, .work_limit = work_limit);
        rosters[t] = solve(&tiny, &options);
    }
    cr_assert_eq(pioneer_roster_count(rosters[0]), pioneer_roster_count(rosters[1]));
    for (int32_t i = 0; i < pioneer_roster_count(rosters[0]); i++) {
        const struct pioneer_assignment *a = pioneer_roster_at(rosters[0], i);
        const struct pioneer_assignment *b = pioneer_roster_at(rosters[1], i);
        cr_expect(a->day == b->day && strcmp(a->member, b->member) == 0 && strcmp(a->site, b->site) == 0 &&
                      strcmp(a->slot, b->slot) == 0,
                  "assignment %d", (int)i);
    }
    cr_expect_eq(level_of(rosters[0], "must")->bound, level_of(rosters[1], "must")->bound);
    pioneer_roster_free(rosters[0]);
    pioneer_roster_free(rosters[1]);
    tiny_fini(&tiny);
}

Test(large, gives_the_same_roster_on_any_number_of_threads) {
    expect_same(large, 1500000);
}

Test(large, gives_the_same_roster_of_a_wide_master_on_any_number_of_threads) {
    expect_same(wide, 20000000);
}

/* Under a time limit alone steps tell how much work fits; whatever fits, the roster is legal and its bounds
 * are true. */
Test(large, keeps_its_promises_under_a_time_limit) {
    struct tiny tiny;
    size_init(&tiny, large);
    struct pioneer_solve_options options = PIONEER_SOLVE_OPTIONS(.threads = 1, .time_limit_ms = 1500);
    struct pioneer_roster *roster = solve(&tiny, &options);
    expect_clean(&tiny, roster);
    const struct pioneer_level_result *must = level_of(roster, "must");
    cr_expect_leq(must->bound, best_short(large), "%lld", (long long)must->bound);
    cr_expect_geq(must->value, best_short(large));
    pioneer_roster_free(roster);
    tiny_fini(&tiny);
}

/* Sixty days: first schedules come from beams. Each member owes 200 hours, and may have one weekend. */
Test(large, begins_with_beams_on_long_horizons) {
    enum { LONG = 60, LONG_SITES = 6 };
    struct tiny tiny;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s", 0, LONG - 1);
    add_members(&tiny, 4);
    add_sites(&tiny, LONG_SITES, LONG, (const int32_t[3]){1, 1, 1});
    tiny_rule(&tiny, .kind = PIONEER_RULE_DUTIES, .window = PIONEER_WINDOW_DAY, .has_max = true, .max = 1);
    tiny_rule(&tiny, .kind = PIONEER_RULE_REST, .minutes = 660);
    tiny_rule(&tiny, .kind = PIONEER_RULE_MINUTES, .has_min = true, .min = 12000);
    tiny_rule(&tiny, .kind = PIONEER_RULE_WEEKENDS, .has_max = true, .max = 1);
    struct pioneer_solve_options options = PIONEER_SOLVE_OPTIONS(.threads = 1, .work_limit = 400000);
    struct pioneer_roster *roster = solve(&tiny, &options);
    expect_clean(&tiny, roster);
    cr_expect_geq(pioneer_roster_count(roster), 4 * 12000 / 480);
    pioneer_roster_free(roster);
    tiny_fini(&tiny);
}

/* ---- from inside, on small parts ---- */

/* One whose program counts as large. */
static void close_open(struct solving *closing, struct pioneer_campaign *campaign) {
    solving_init(closing, campaign);
    closing->solver.is_large = true;
}

static void close_level(struct solving *closing, int32_t level) {
    closing->opened.budget.work_limit = closing->opened.budget.work_used + 1000000;
    closing->solver.level = level;
    closing->solver.bound = 0;
    closing->solver.search.solved_level = level < 0 ? 0 : level;
    cr_assert_eq(pnr_part_close_large(&closing->solver, 1000000), PIONEER_OK);
}

/* Four members with five duties in a row at most, and two days off: a level that has climbed, and a roster of
 * nobody. */
static void divers_init(struct tiny *tiny, struct solving *closing) {
    tiny_init(tiny);
    tiny_stage(tiny, "s", 0, 27);
    add_members(tiny, 4);
    tiny_need(tiny, "watch/gate/am", 0, 27, 1);
    tiny_need(tiny, "watch/gate/night", 0, 27, 1);
    tiny_rule(tiny, .kind = PIONEER_RULE_REST, .minutes = 660);
    tiny_rule(tiny, .kind = PIONEER_RULE_WORK_RUN, .has_max = true, .max = 5);
    tiny_rule(tiny, .kind = PIONEER_RULE_OFF_RUN, .has_min = true, .min = 2);
    close_open(closing, tiny->campaign);
    struct pnr_part_solver *solver = &closing->solver;
    static const int64_t nothing[16];
    struct pnr_dual_run run = {
        .goal = INT64_MAX, .work = 200000, .each = pnr_part_tell_round, .context = solver};
    solver->tools = pnr_part_tools(solver);
    solver->search.beam_width = 8;
    cr_assert_eq(pnr_dual_new(&solver->tools, &solver->dual), PIONEER_OK);
    pnr_dual_begin(solver->dual, 0, nothing, 480);
    cr_assert_eq(pnr_dual_climb(solver->dual, &run), PIONEER_OK);
}

/* A few rounds of divers; the roster's value in the end. Flags of its pairs go to `is_chosen`. */
static int64_t let_dive(int32_t threads, int64_t work_limit, uint8_t *is_chosen) {
    struct tiny tiny;
    struct solving closing;
    struct pnr_divers *divers;
    divers_init(&tiny, &closing);
    struct pnr_part_solver *solver = &closing.solver;
    struct pnr_budget *budget = &closing.opened.budget;
    closing.options.thread_count = threads;
    budget->work_limit = work_limit > 0 ? budget->work_used + work_limit : 0;
    cr_assert_eq(pnr_divers_new(solver, &divers), PIONEER_OK);
    for (int round = 0; round < 8; round++) {
        int64_t before = solver->roster.value[1];
        int64_t used = budget->work_used;
        cr_assert_eq(pnr_divers_run(divers, solver, 50), PIONEER_OK);
        cr_expect_leq(solver->roster.value[1], before);
        cr_expect_eq(solver->roster.value[0], 0);
        cr_expect_gt(budget->work_used, used);
    }
    opened_expect_solution(&closing.opened, &solver->roster);
    memcpy(is_chosen, solver->roster.is_chosen, (size_t)closing.opened.instance->pair_count);
    int64_t value = solver->roster.value[1];
    pnr_divers_free(divers);
    solving_fini(&closing);
    tiny_fini(&tiny);
    return value;
}

Test(large, divers_fill_a_roster_alike_on_any_number_of_threads) {
    uint8_t one[4 * 56] = {0};
    uint8_t two[4 * 56] = {0};
    uint8_t three[4 * 56] = {0};
    int64_t value = let_dive(1, 0, one);
    cr_expect_eq(value, 0, "%d", (int)value);
    cr_expect_eq(let_dive(2, 0, two), value);
    cr_expect_eq(let_dive(3, 0, three), value);
    cr_expect_arr_eq(one, two, sizeof one);
    cr_expect_arr_eq(one, three, sizeof one);
}

/* Out of work they end early, whatever they have by then, and alike. */
Test(large, divers_end_with_the_work) {
    for (int64_t limit = 1; limit < 100000; limit *= 7) {
        uint8_t one[4 * 56] = {0};
        uint8_t two[4 * 56] = {0};
        cr_expect_eq(let_dive(1, limit, one), let_dive(2, limit, two));
        cr_expect_arr_eq(one, two, sizeof one, "limit %d", (int)limit);
    }
}

/* Five mornings, three members with one each: the first level ends proven at the optimum, and rests there. */
Test(large, proves_a_level_whose_optimum_the_dual_reaches) {
    struct tiny tiny;
    struct solving closing;
    int64_t optimum[16];
    tiny_init(&tiny);
    tiny_stage(&tiny, "s", 0, 4);
    add_members(&tiny, 3);
    tiny_need(&tiny, "watch/gate/am", 0, 4, 1);
    tiny_rule(&tiny, .kind = PIONEER_RULE_DUTIES, .has_max = true, .max = 1);
    close_open(&closing, tiny.campaign);
    cr_assert(opened_optimum(&closing.opened, optimum));
    cr_assert_eq(optimum[0], 480);
    cr_assert_eq(closing.solver.roster.value[1], 1200);
    close_level(&closing, 0);
    cr_expect_eq(closing.solver.bound, 480);
    cr_expect_eq(closing.solver.roster.value[1], 480);
    opened_expect_solution(&closing.opened, &closing.solver.roster);
    int64_t used = closing.opened.budget.work_used;
    close_level(&closing, 0);
    cr_expect_eq(closing.opened.budget.work_used, used, "a settled level costs nothing more");
    solving_fini(&closing);
    tiny_fini(&tiny);
}

/* Two members who serve together or not at all, and a roster in which one serves alone: the rule is mended
 * before any level counts, and the bound of no level is claimed for it. */
Test(large, mends_hard_rules_over_several_members_first) {
    struct tiny tiny;
    struct solving closing;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s", 0, 2);
    add_members(&tiny, 3);
    tiny_need(&tiny, "watch/gate/am", 0, 2, 2);
    tiny_rule(&tiny, .kind = PIONEER_RULE_TOGETHER, .members = "member = m00 or member = m01");
    close_open(&closing, tiny.campaign);
    struct pnr_part_solver *solver = &closing.solver;
    int32_t pair = closing.opened.instance->pairs_of_member[0];
    int64_t cost[16];
    bool legal;
    cr_assert_eq(
        pnr_pricer_value(closing.opened.pricer, closing.opened.scratches[0], 0, &pair, 1, cost, &legal),
        PIONEER_OK);
    pnr_solution_set_member(&solver->roster, 0, &pair, 1, cost);
    cr_assert_gt(solver->roster.value[0], 0);
    close_level(&closing, -1);
    cr_expect_eq(solver->level, -1);
    cr_expect_eq(solver->roster.value[0], 0);
    cr_expect_eq(solver->bound, 0);
    close_level(&closing, 0);
    cr_expect_eq(solver->roster.value[1], 0);
    opened_expect_solution(&closing.opened, &solver->roster);
    solving_fini(&closing);
    tiny_fini(&tiny);
}

/* Whatever the rules, closing this way leaves legal rosters worth what they say, and bounds that hold. */
Test(large, keeps_all_rules_of_generated_campaigns) {
    int32_t judged = 0;
    int32_t closed = 0;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        struct pioneer_campaign *campaign = generated_campaign(seed, &generated_fortnight);
        struct solving closing;
        struct pnr_level_outcome levels[16] = {{0}};
        close_open(&closing, campaign);
        struct pnr_part_solver *solver = &closing.solver;
        closing.result.levels = levels;
        solver->search.beam_width = 8;
        close_level(&closing, -1);
        for (int32_t l = 0; l < closing.opened.level_count && solver->roster.value[0] == 0; l++) {
            int64_t before = solver->roster.value[l + 1];
            close_level(&closing, l);
            cr_expect_leq(solver->roster.value[l + 1], before, "seed %d level %d", (int)seed, (int)l);
            levels[l].bound = solver->bound;
            cr_expect_leq(solver->bound, solver->roster.value[l + 1], "seed %d level %d", (int)seed, (int)l);
            closed += solver->bound == solver->roster.value[l + 1];
        }
        if (solver->roster.value[0] == 0 && closing.opened.parts.count == 1) {
            judged++; /* with more parts the judge would miss what the later ones have to do */
            opened_expect_solution(&closing.opened, &solver->roster);
        }
        closing.result.levels = NULL;
        solving_fini(&closing);
        pioneer_campaign_free(campaign);
    }
    cr_expect_gt(judged, 5, "%d", (int)judged);
    cr_expect_gt(closed, 30, "%d", (int)closed);
}
