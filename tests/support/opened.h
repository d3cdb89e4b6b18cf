/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One part of a campaign opened up for tests of the engine's insides: everything that a maker of bounds or of
 * rosters works with, and short questions with exact answers. */
#ifndef TESTS_SUPPORT_OPENED_H
#define TESTS_SUPPORT_OPENED_H

#include <pioneer/campaign.h>
#include <pioneer/check.h>

#include "engine/part.h"
#include "engine/search.h"
#include "engine/tools.h"

enum { OPENED_THREADS = 3 };

/** The first part of a campaign, after nothing. */
struct opened {
    const struct pioneer_campaign *campaign; /* borrowed */
    struct pnr_organisation *organisation;
    struct pnr_arena arena;
    struct pnr_plan_parts parts;
    struct pnr_prefix prefix;
    struct pnr_instance *instance;
    struct pnr_couplings *couplings;
    struct pnr_program *program;
    struct pnr_pricer *pricer;
    struct pnr_pricer_scratch *scratches[OPENED_THREADS];
    int32_t level_count;
    uint8_t *is_feasible; /* [member]: exactly */
    uint8_t *must_serve;  /* [member]: feasible, but not idle */
    int64_t *idle_cost;   /* [member × level_count] */
    struct pnr_budget budget;
    struct pnr_tools tools; /* on one thread; set thread_count for up to OPENED_THREADS */
};

/** Validates the campaign and opens its first part. */
void opened_init(struct opened *opened, struct pioneer_campaign *campaign);
void opened_fini(struct opened *opened);

/** The query for a member's cheapest schedule at these prices of pairs and weights of levels. */
struct pnr_price_query opened_query(int32_t member, const int64_t *price_of_pair,
                                    const int64_t *weight_of_level);

/** The price of the member's cheapest legal schedule, by the exact pricer; INT64_MAX: there is none. */
int64_t opened_exact_price(const struct opened *opened, const struct pnr_price_query *query);

/** Fails the test unless the schedule is legal, costs by level and in all what it says, and takes nothing
 * that the query forbids. */
void opened_expect_schedule(const struct opened *opened, const struct pnr_price_query *query,
                            const struct pnr_schedule *schedule);

/** The best value of each level given those before it ([level]), by the engine's whole way; false unless
 * every level is proven. */
bool opened_optimum(const struct opened *opened, int64_t *value);

/** The judge's report on the chosen pairs ([pair] flags), as if they were the whole roster; release it with
 * pioneer_report_free(). */
struct pioneer_report *opened_judge(const struct opened *opened, const uint8_t *is_chosen);

/** Fails the test unless the judge finds no violation in the solution, and recomputes its values. */
void opened_expect_solution(const struct opened *opened, const struct pnr_solution *solution);

#endif
