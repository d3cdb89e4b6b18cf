/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of weeks renewed by column generation: engine/accounts, engine/period, engine/periods, and the
 * program beside what is held. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "engine/accounts.h"
#include "engine/period.h"
#include "engine/periods.h"
#include "generated.h"
#include "solving.h"
#include "tiny.h"

#define LEVELS 16
#define WEEKS  8

/* ---- accounts ---- */

Test(accounts, try_everything_once_and_then_what_gains) {
    struct pnr_account accounts[3] = {{0}};
    static const int64_t gain[3] = {10, 90, 0};
    for (int i = 0; i < 3; i++) {
        int32_t way = pnr_accounts_choose(accounts, 3);
        cr_expect_eq(way, i);
        pnr_account_enter(&accounts[way], gain[way], 100);
    }
    cr_expect_eq(pnr_accounts_choose(accounts, 3), 1);
}

Test(accounts, forget_what_once_gained) {
    struct pnr_account accounts[2] = {{0}};
    pnr_account_enter(&accounts[0], 50, 100);
    pnr_account_enter(&accounts[1], 10, 100);
    int tries = 0;
    while (pnr_accounts_choose(accounts, 2) == 0 && tries < 100) {
        pnr_account_enter(&accounts[0], 0, 100);
        tries++;
    }
    cr_expect(tries > 1 && tries < 20, "%d", tries);
}

/* Whatever another one gains, a share of the work goes to everyone. */
Test(accounts, leave_nobody_out) {
    struct pnr_account accounts[2] = {{0}};
    int chosen[2] = {0};
    for (int i = 0; i < 200; i++) {
        int32_t way = pnr_accounts_choose(accounts, 2);
        chosen[way]++;
        pnr_account_enter(&accounts[way], way == 0 ? 100 : 0, 100);
    }
    cr_expect_gt(chosen[1], 5);
    cr_expect_lt(chosen[1], 20);
}

/* Once nobody gained anything for long it is not who gained last that counts, but how often each did. */
Test(accounts, share_work_by_gains_so_far_while_nobody_gains) {
    struct pnr_account accounts[3] = {{0}};
    static const int times[3] = {3, 0, 1};
    for (int i = 0; i < 3; i++) {
        for (int k = 0; k < 8; k++) {
            pnr_account_enter(&accounts[i], k < times[i] ? 20 : 0, 10);
        }
        for (int k = 0; k < 8; k++) {
            pnr_account_enter(&accounts[i], 0, 0);
        }
    }
    int chosen[3] = {0};
    for (int i = 0; i < 700; i++) {
        int32_t way = pnr_accounts_choose(accounts, 3);
        chosen[way]++;
        pnr_account_enter(&accounts[way], 0, 10);
    }
    cr_expect(abs(chosen[0] - 400) < 20, "%d", chosen[0]);
    cr_expect(abs(chosen[1] - 100) < 20, "%d", chosen[1]);
    cr_expect(abs(chosen[2] - 200) < 20, "%d", chosen[2]);
}

Test(accounts, leave_alone_what_rests) {
    struct pnr_account accounts[2] = {{.rests = true}, {.all_work = 100}};
    cr_expect_eq(pnr_accounts_choose(accounts, 2), 1);
    accounts[1].rests = true;
    cr_expect_eq(pnr_accounts_choose(accounts, 2), -1);
}

/* ---- the program beside what is held ---- */

/* With nothing free all that couplings cost is constant. */
Test(program_around, charges_what_is_held) {
    int32_t compared = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct pioneer_campaign *campaign = generated_campaign(seed, &generated_fortnight);
        struct solving solving;
        solving_init(&solving, campaign);
        const struct pnr_solution *roster = &solving.solver.roster;
        const struct pnr_instance *instance = solving.opened.instance;
        uint8_t *nothing = calloc((size_t)instance->pair_count + 1, 1);
        bool is_legal = solving_search(&solving, 10000);
        struct pnr_held held = {roster->counts, roster->heads, nothing};
        struct pnr_program *program;
        cr_assert_eq(pnr_program_build_around(solving.opened.couplings, &held, &program), PIONEER_OK);
        cr_expect_eq(program->entries_of_pair[instance->pair_count], 0);
        for (int32_t l = 0; l < solving.opened.level_count && is_legal; l++) {
            int64_t value = program->constant_of_level[l];
            for (int32_t m = 0; m < instance->member_count; m++) {
                value += roster->cost_of_member[m * solving.opened.level_count + l];
            }
            compared += value > 0;
            cr_expect_eq(value, roster->value[l + 1], "seed %d level %d", (int)seed, (int)l);
        }
        pnr_program_free(program);
        free(nothing);
        solving_fini(&solving);
        pioneer_campaign_free(campaign);
    }
    cr_expect_gt(compared, 40, "%d", (int)compared);
}

/* ---- one period ---- */

/* A few members, mornings and nights, five days in a row at most and two off after them. */
static void days_init(struct tiny *tiny, struct solving *solving, int32_t members, int32_t days) {
    static const char *const ids[] = {"a", "b", "c", "d"};
    tiny_init(tiny);
    tiny_stage(tiny, "s", 0, days - 1);
    for (int32_t m = 0; m < members; m++) {
        tiny_member(tiny, ids[m], "root");
    }
    tiny_need(tiny, "watch/gate/am", 0, days - 1, 1);
    tiny_need(tiny, "watch/gate/night", 0, days - 1, 1);
    tiny_rule(tiny, .kind = PIONEER_RULE_REST, .minutes = 660);
    tiny_rule(tiny, .kind = PIONEER_RULE_WORK_RUN, .has_max = true, .max = 5);
    tiny_rule(tiny, .kind = PIONEER_RULE_OFF_RUN, .has_min = true, .min = 2);
    solving_init(solving, tiny->campaign);
    solving->solver.level = 0;
}

static void weeks_init(struct tiny *tiny, struct solving *solving, int32_t members) {
    days_init(tiny, solving, members, 7 * WEEKS);
}

static int32_t taken_on(const struct solving *solving, int32_t from, int32_t to) {
    const struct pnr_instance *instance = solving->opened.instance;
    int32_t count = 0;
    for (int32_t p = 0; p < instance->pair_count; p++) {
        int32_t day = pnr_instance_day_of_pair(instance, p);
        count += solving->solver.roster.is_chosen[p] && day >= from && day < to;
    }
    return count;
}

/* Its LP is whole, so that one renewal covers all of the period, and nothing else. */
Test(period, covers_its_days_and_no_others) {
    struct tiny tiny;
    struct solving solving;
    weeks_init(&tiny, &solving, 4);
    struct pnr_period period = {.spans = {{7, 14}, {28, 42}}, .span_count = 2};
    int64_t before = solving.solver.roster.value[1];
    cr_assert_eq(pnr_period_renew(&solving.solver, &period, 50000000), PIONEER_OK);
    cr_expect_eq(before - solving.solver.roster.value[1], 21 * (240 + 480));
    cr_expect_eq(taken_on(&solving, 7, 14) + taken_on(&solving, 28, 42), 42);
    cr_expect_eq(taken_on(&solving, 0, 7 * WEEKS), 42);
    opened_expect_solution(&solving.opened, &solving.solver.roster);
    solving_fini(&solving);
    tiny_fini(&tiny);
}

/* What is held beside the period limits it: two members worked to the evening before. */
Test(period, leaves_members_alone_who_are_not_free) {
    struct tiny tiny;
    struct solving solving;
    weeks_init(&tiny, &solving, 4);
    static const uint8_t is_free[4] = {1, 0, 0, 1};
    struct pnr_period period = {.spans = {{0, 7 * WEEKS}}, .span_count = 1, .is_free = is_free};
    cr_assert_eq(pnr_period_renew(&solving.solver, &period, 50000000), PIONEER_OK);
    cr_expect_gt(solving.solver.roster.pairs_taken[0], 0);
    cr_expect_eq(solving.solver.roster.pairs_taken[1], 0);
    cr_expect_eq(solving.solver.roster.pairs_taken[2], 0);
    cr_expect_gt(solving.solver.roster.pairs_taken[3], 0);
    opened_expect_solution(&solving.opened, &solving.solver.roster);
    solving_fini(&solving);
    tiny_fini(&tiny);
}

/* All days, some in the middle, all of them shuffled, and both ends. */
static bool renew_days(struct solving *solving, int32_t level, int32_t time, uint64_t seed) {
    struct pnr_part_solver *solver = &solving->solver;
    int32_t days = solver->instance->last_day - solver->instance->first_day + 1;
    int32_t half = days / 2;
    struct pnr_period periods[] = {{.spans = {{0, days}}, .span_count = 1},
                                   {.spans = {{half / 2, half + 1}}, .span_count = 1},
                                   {.spans = {{0, days}}, .span_count = 1, .shuffle = seed},
                                   {.spans = {{0, 1}, {half + 1, days}}, .span_count = 2}};
    bool is_one = (size_t)time < sizeof periods / sizeof *periods - (days < 4);
    solver->level = level;
    if (is_one) {
        cr_assert_eq(pnr_period_renew(solver, &periods[time], 1000000), PIONEER_OK);
    }
    return is_one;
}

Test(period, keeps_all_rules_of_generated_campaigns) {
    struct solving_tally tally = solving_sweep(60, 10000, renew_days);
    cr_expect_gt(tally.gained, 20, "%d", (int)tally.gained);
    cr_expect_gt(tally.judged, 5, "%d", (int)tally.judged);
}

/* Four members who may stand in for one another: what is as good for all is drawn anew. */
Test(period, shuffles_what_is_as_good) {
    struct tiny tiny;
    struct solving solving;
    weeks_init(&tiny, &solving, 4);
    struct pnr_period period = {.spans = {{0, 21}}, .span_count = 1};
    cr_assert_eq(pnr_period_renew(&solving.solver, &period, 50000000), PIONEER_OK);
    const struct pnr_solution *roster = &solving.solver.roster;
    size_t pairs = (size_t)solving.opened.instance->pair_count;
    int64_t value = roster->value[1];
    int changes = 0;
    for (period.shuffle = 1; period.shuffle <= 4; period.shuffle++) {
        uint8_t *before = malloc(pairs);
        memcpy(before, roster->is_chosen, pairs);
        cr_assert_eq(pnr_period_renew(&solving.solver, &period, 50000000), PIONEER_OK);
        cr_expect_leq(roster->value[1], value);
        changes += memcmp(before, roster->is_chosen, pairs) != 0;
        value = roster->value[1];
        free(before);
    }
    cr_expect_gt(changes, 1);
    opened_expect_solution(&solving.opened, roster);
    solving_fini(&solving);
    tiny_fini(&tiny);
}

/* Dislikes that weigh as much as anything else change the LP's prices, not what it says of the rosters. */
Test(period, tells_what_a_shuffled_LP_is_worth) {
    struct tiny tiny;
    struct solving solving;
    weeks_init(&tiny, &solving, 3);
    struct pnr_period all = {.spans = {{0, 7 * WEEKS}}, .span_count = 1};
    cr_assert_eq(pnr_period_renew(&solving.solver, &all, 50000000), PIONEER_OK);
    struct pnr_lp_session session;
    struct pnr_master *master;
    const int64_t nothing[LEVELS] = {0};
    struct pnr_tools tools = solving.opened.tools;
    tools.shuffle = 7;
    tools.dislike = 500;
    cr_assert_eq(pnr_lp_session_init(&session, &solving.opened.budget), PIONEER_OK);
    cr_assert_eq(pnr_master_new(&tools, &session, &master), PIONEER_OK);
    cr_assert_eq(pnr_master_begin(master, 0, nothing, nothing, &solving.solver.roster), PIONEER_OK);
    struct pnr_convergence run = {.goal = INT64_MAX, .work = 100000000, .bound = INT64_MIN};
    cr_assert_eq(pnr_master_converge(master, &run), PIONEER_OK);
    double shuffled = pnr_master_objective(master);
    double calm = pnr_master_calm_objective(master);
    cr_expect_gt(shuffled - calm, 1);
    cr_expect_lt(shuffled - calm, 3 * 500);

    cr_assert_eq(pnr_master_calm(master), PIONEER_OK);
    run = (struct pnr_convergence){.goal = INT64_MAX, .work = 100000000, .bound = INT64_MIN};
    cr_assert_eq(pnr_master_converge(master, &run), PIONEER_OK);
    cr_expect_eq(pnr_master_calm_objective(master), pnr_master_objective(master));
    cr_expect_leq(pnr_master_objective(master), calm + 1e-6 * calm);
    cr_expect_leq((double)run.bound, pnr_master_objective(master) + 1);
    pnr_master_free(master);
    pnr_lp_session_fini(&session);
    solving_fini(&solving);
    tiny_fini(&tiny);
}

/* What a dive misses of an LP of weeks that promises a little more a tree finds: with everything free, few
 * rosters are left that are not the best, and none is better. */
Test(period, finds_what_is_near) {
    struct generated_size month = generated_fortnight;
    month.least_days = 28;
    month.most_days = 31;
    int32_t judged = 0;
    int32_t best = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct pioneer_campaign *campaign = generated_campaign(seed, &month);
        struct solving solving;
        solving_init(&solving, campaign);
        struct pnr_part_solver *solver = &solving.solver;
        int64_t optimum[LEVELS];
        if (solving_search(&solving, 10000) && opened_optimum(&solving.opened, optimum)) {
            int32_t days = solver->instance->last_day - solver->instance->first_day + 1;
            struct pnr_period period = {.spans = {{0, days}}, .span_count = 1};
            solver->level = 0;
            solver->is_large = true;
            for (int i = 0; i < 2; i++) {
                cr_assert_eq(pnr_period_renew(solver, &period, 10000000), PIONEER_OK);
                cr_expect_geq(solver->roster.value[1], optimum[0], "seed %d", (int)seed);
            }
            judged++;
            best += solver->roster.value[1] == optimum[0];
        }
        solving_fini(&solving);
        pioneer_campaign_free(campaign);
    }
    cr_expect_gt(judged, 20, "%d", (int)judged);
    cr_expect_geq(best, judged - 1, "%d of %d", (int)best, (int)judged);
}

/* ---- one after the other ---- */

static void fill_and_rest(int32_t days) {
    struct tiny tiny;
    struct solving solving;
    struct pnr_periods *periods;
    days_init(&tiny, &solving, 4, days);
    cr_assert_eq(pnr_periods_new(&solving.solver, 1000000000, &periods), PIONEER_OK);
    int turns = 0;
    while (solving.solver.roster.value[1] > 0 && turns < 60) {
        cr_expect_not(pnr_periods_rest(&solving.solver));
        cr_assert_eq(pnr_periods_turn(periods, &solving.solver), PIONEER_OK);
        turns++;
    }
    cr_expect_eq(solving.solver.roster.value[1], 0);
    opened_expect_solution(&solving.opened, &solving.solver.roster);
    pnr_periods_free(periods);
    solving_fini(&solving);
    tiny_fini(&tiny);
}

/* They come by all weeks, and rest when nothing is left to gain. */
Test(periods, fill_a_roster_and_rest) {
    fill_and_rest(7 * WEEKS);
}

/* Spans of days come by all of them, the first and the last too. */
Test(periods, come_by_all_days_of_a_short_horizon) {
    fill_and_rest(13);
    fill_and_rest(6);
    fill_and_rest(1);
}

/* Turns of days make no level worse, break nothing, and gain. */
Test(periods, of_days_keep_all_rules_of_generated_campaigns) {
    int32_t gained = 0;
    int32_t judged = 0;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct pioneer_campaign *campaign = generated_campaign(seed, &generated_fortnight);
        struct solving solving;
        solving_init(&solving, campaign);
        struct pnr_part_solver *solver = &solving.solver;
        bool is_legal = solving_search(&solving, 2000);
        for (int32_t l = 0; l < solving.opened.level_count && is_legal; l++) {
            struct pnr_periods *periods;
            solver->level = l;
            cr_assert_eq(pnr_periods_new(solver, 40000000, &periods), PIONEER_OK);
            for (int32_t turn = 0; turn < 12; turn++) {
                int64_t before[LEVELS + 1];
                memcpy(before, solver->roster.value, (size_t)solver->roster.value_count * sizeof *before);
                cr_assert_eq(pnr_periods_turn(periods, solver), PIONEER_OK);
                int change = pnr_value_compare(solver->roster.value, before, solver->roster.value_count);
                cr_expect_leq(change, 0, "seed %d level %d turn %d", (int)seed, (int)l, (int)turn);
                gained += change < 0;
            }
            pnr_periods_free(periods);
        }
        if (is_legal && solving.opened.parts.count == 1) {
            judged++;
            opened_expect_solution(&solving.opened, &solver->roster);
        }
        solving_fini(&solving);
        pioneer_campaign_free(campaign);
    }
    cr_expect_gt(gained, 20, "%d", (int)gained);
    cr_expect_gt(judged, 5, "%d", (int)judged);
}

/* Hard rules that are broken are not what periods are for. */
Test(periods, rest_while_hard_rules_are_broken) {
    struct tiny tiny;
    struct solving solving;
    struct pnr_periods *periods;
    weeks_init(&tiny, &solving, 2);
    cr_assert_eq(pnr_periods_new(&solving.solver, 1000000, &periods), PIONEER_OK);
    solving.solver.roster.value[0] = 1;
    int64_t used = solving.opened.budget.work_used;
    cr_expect(pnr_periods_rest(&solving.solver));
    cr_assert_eq(pnr_periods_turn(periods, &solving.solver), PIONEER_OK);
    cr_expect_eq(solving.opened.budget.work_used, used);
    pnr_periods_free(periods);
    solving_fini(&solving);
    tiny_fini(&tiny);
}
