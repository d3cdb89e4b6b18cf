/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One part of a campaign opened up for tests of the engine's insides. */
#include "opened.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/threads.h"
#include "model/campaign.h"

/* ---- life ---- */

/* The price of the cheapest schedule that the pricer finds; INT64_MAX: none. */
static int64_t price_found(const struct opened *opened, const struct pnr_price_query *query,
                           enum pnr_priced *kind) {
    struct pnr_price_answer answer;
    cr_assert_eq(pnr_pricer_price(opened->pricer, opened->scratches[OPENED_THREADS - 1], query, &answer),
                 PIONEER_OK);
    *kind = answer.kind;
    return answer.count > 0 ? answer.schedules[0].price : INT64_MAX;
}

static void value_idle(struct opened *opened) {
    size_t members = (size_t)opened->instance->member_count;
    size_t levels = (size_t)opened->level_count;
    size_t pairs = (size_t)opened->instance->pair_count;
    int64_t *nothing = calloc(pairs + levels + 1, sizeof *nothing);
    opened->is_feasible = calloc(members + 1, 1);
    opened->must_serve = calloc(members + 1, 1);
    opened->idle_cost = calloc(members * levels + 1, sizeof *opened->idle_cost);
    for (int32_t m = 0; m < opened->instance->member_count; m++) {
        bool legal;
        cr_assert_eq(pnr_pricer_value(opened->pricer, opened->scratches[0], m, NULL, 0,
                                      opened->idle_cost + (size_t)m * levels, &legal),
                     PIONEER_OK);
        struct pnr_price_query query = opened_query(m, nothing, nothing);
        enum pnr_priced kind;
        opened->is_feasible[m] = price_found(opened, &query, &kind) < INT64_MAX;
        opened->must_serve[m] = opened->is_feasible[m] && !legal;
    }
    free(nothing);
}

void opened_init(struct opened *opened, struct pioneer_campaign *campaign) {
    struct pioneer_error error = {0};
    *opened = (struct opened){.campaign = campaign};
    cr_assert_eq(pioneer_campaign_validate(campaign, &error), PIONEER_OK, "%s: %s", error.where,
                 error.message);
    cr_assert_eq(pnr_organisation_build(campaign, &opened->organisation, NULL), PIONEER_OK);
    pnr_arena_init(&opened->arena);
    cr_assert_eq(pnr_parts_list(opened->organisation, false, &opened->arena, &opened->parts), PIONEER_OK);
    cr_assert_eq(pnr_prefix_init(&opened->prefix, opened->organisation), PIONEER_OK);
    cr_assert_eq(
        pnr_instance_build(opened->organisation, &opened->parts, 0, &opened->prefix, &opened->instance),
        PIONEER_OK);
    cr_assert_eq(pnr_couplings_build(opened->instance, &opened->prefix, &opened->couplings), PIONEER_OK);
    cr_assert_eq(pnr_program_build(opened->couplings, &opened->program), PIONEER_OK);
    cr_assert_eq(pnr_pricer_new(opened->instance, &opened->pricer, NULL), PIONEER_OK);
    for (int t = 0; t < OPENED_THREADS; t++) {
        cr_assert_eq(pnr_pricer_scratch_new(opened->pricer, &opened->scratches[t]), PIONEER_OK);
    }
    opened->level_count = opened->organisation->level_count;
    value_idle(opened);
    opened->tools = (struct pnr_tools){
        .program = opened->program,
        .pricer = opened->pricer,
        .scratches = opened->scratches,
        .thread_count = 1,
        .is_feasible = opened->is_feasible,
        .idle_cost = opened->idle_cost,
        .budget = &opened->budget,
    };
}

void opened_fini(struct opened *opened) {
    free(opened->is_feasible);
    free(opened->must_serve);
    free(opened->idle_cost);
    for (int t = 0; t < OPENED_THREADS; t++) {
        pnr_pricer_scratch_free(opened->scratches[t]);
    }
    pnr_pricer_free(opened->pricer);
    pnr_program_free(opened->program);
    pnr_couplings_free(opened->couplings);
    pnr_instance_free(opened->instance);
    pnr_prefix_fini(&opened->prefix);
    pnr_arena_fini(&opened->arena);
    pnr_organisation_free(opened->organisation);
}

/* ---- schedules ---- */

struct pnr_price_query opened_query(int32_t member, const int64_t *price_of_pair,
                                    const int64_t *weight_of_level) {
    return (struct pnr_price_query){
        .member = member,
        .price_of_pair = price_of_pair,
        .weight_of_level = weight_of_level,
        .cutoff = INT64_MAX,
        .wanted = 1,
    };
}

int64_t opened_exact_price(const struct opened *opened, const struct pnr_price_query *query) {
    enum pnr_priced kind;
    int64_t price = price_found(opened, query, &kind);
    cr_assert_neq(kind, PNR_PRICED_HEURISTIC);
    return price;
}

void opened_expect_schedule(const struct opened *opened, const struct pnr_price_query *query,
                            const struct pnr_schedule *schedule) {
    int64_t *cost = calloc((size_t)opened->level_count + 1, sizeof *cost);
    int64_t price = 0;
    bool legal;
    cr_assert_eq(pnr_pricer_value(opened->pricer, opened->scratches[OPENED_THREADS - 1], query->member,
                                  schedule->pairs, schedule->pair_count, cost, &legal),
                 PIONEER_OK);
    cr_expect(legal, "member %d: the schedule is not legal", (int)query->member);
    for (int32_t l = 0; l < opened->level_count; l++) {
        cr_expect_eq(cost[l], schedule->cost_by_level[l], "member %d level %d: %lld, the schedule says %lld",
                     (int)query->member, (int)l, (long long)cost[l], (long long)schedule->cost_by_level[l]);
        price += query->weight_of_level[l] * cost[l];
    }
    for (int32_t i = 0; i < schedule->pair_count; i++) {
        price += query->price_of_pair[schedule->pairs[i]];
        cr_expect(query->forbidden == NULL || !query->forbidden[schedule->pairs[i]], "member %d: pair %d",
                  (int)query->member, (int)schedule->pairs[i]);
    }
    cr_expect_eq(price, schedule->price, "member %d: %lld, the schedule says %lld", (int)query->member,
                 (long long)price, (long long)schedule->price);
    free(cost);
}

/* ---- rosters ---- */

struct solving {
    const struct opened *opened;
    struct pnr_part_result result;
    enum pioneer_status status;
};

static void solve(void *context, int task) {
    (void)task;
    struct solving *solving = context;
    struct pnr_budget budget = {.work_limit = 1000000};
    struct pnr_part_options options = {.seed = 1, .thread_count = 1, .budget = &budget};
    solving->status =
        pnr_part_solve(solving->opened->instance, &solving->opened->prefix, &options, &solving->result);
}

bool opened_optimum(const struct opened *opened, int64_t *value) {
    struct solving solving = {.opened = opened};
    bool is_proven = true;
    cr_assert_eq(pnr_parallel(1, 1, solve, &solving), PIONEER_OK);
    cr_assert_eq(solving.status, PIONEER_OK);
    for (int32_t l = 0; l < opened->level_count; l++) {
        is_proven = is_proven && solving.result.levels[l].outcome == PIONEER_PROVEN;
        value[l] = solving.result.levels[l].value;
    }
    pnr_part_result_fini(&solving.result);
    return is_proven;
}

struct pioneer_report *opened_judge(const struct opened *opened, const uint8_t *is_chosen) {
    const struct pnr_instance *instance = opened->instance;
    struct pioneer_roster *roster = NULL;
    struct pioneer_report *report = NULL;
    cr_assert_eq(pioneer_roster_new(&roster), PIONEER_OK);
    for (int32_t p = 0; p < instance->pair_count; p++) {
        const struct pnr_duty *duty = pnr_instance_duty(instance, instance->duty_of_pair[p]);
        const struct pioneer_campaign *campaign = opened->campaign;
        struct pioneer_assignment assignment = {
            .member = campaign->members.items[instance->member_at[instance->member_of_pair[p]]].id,
            .post = campaign->posts.items[duty->post].id,
            .site = campaign->sites.items[duty->site].id,
            .slot = campaign->slots.items[duty->slot].id,
            .day = duty->day,
        };
        if (is_chosen[p]) {
            cr_assert_eq(pioneer_roster_add(roster, &assignment, NULL), PIONEER_OK);
        }
    }
    cr_assert_eq(pioneer_check(opened->campaign, roster, "en", &report, NULL), PIONEER_OK);
    pioneer_roster_free(roster);
    return report;
}

void opened_expect_solution(const struct opened *opened, const struct pnr_solution *solution) {
    struct pioneer_report *report = opened_judge(opened, solution->is_chosen);
    for (int32_t i = 0; i < pioneer_report_violation_count(report); i++) {
        cr_expect(false, "%s", pioneer_report_violation_at(report, i)->message);
    }
    for (int32_t l = 0; l < opened->level_count; l++) {
        int64_t judged = pioneer_report_part_at(report, 0)->levels[l].value;
        cr_expect_eq(solution->value[l + 1], judged, "level %d: %lld, the judge says %lld", (int)l,
                     (long long)solution->value[l + 1], (long long)judged);
    }
    pioneer_report_free(report);
}
