/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of a climb, a dive, a search, a beam, a period, a handover, of rings and of pieces fails
 * once. */
#include <criterion/criterion.h>

#include "alloc_hook.h"
#include "base/threads.h"
#include "engine/beam.h"
#include "engine/divers.h"
#include "engine/handover.h"
#include "engine/lagrangian_dive.h"
#include "engine/period.h"
#include "engine/rings.h"
#include "opened.h"
#include "solving.h"
#include "tiny.h"

/* Working memory grows to a high-water mark and then allocates nothing, so every pass begins with its own. */
struct passing {
    struct opened opened;
    struct pnr_dual *dual;
    struct pnr_search search;
    struct pnr_solution roster;
    int64_t price[32], weight[16];
};

static bool go_on(void *context, int64_t bound) {
    (void)context;
    (void)bound;
    return true;
}

static enum pioneer_status climb_and_dive(struct passing *passing, struct pnr_tools *tools) {
    static const int64_t nothing[16];
    struct pnr_dual_run run = {.goal = INT64_MAX, .work = 2000, .each = go_on};
    enum pioneer_status status = pnr_dual_new(tools, &passing->dual);
    if (status == PIONEER_OK) {
        pnr_dual_begin(passing->dual, 0, nothing, 240);
        status = pnr_dual_climb(passing->dual, &run);
    }
    if (status == PIONEER_OK) {
        status = pnr_search_init(&passing->search, passing->opened.instance, tools->pricer,
                                 tools->scratches[0], tools->is_feasible, tools->budget, 1);
    }
    if (status == PIONEER_OK) {
        status = pnr_solution_init(&passing->roster, passing->opened.couplings, tools->idle_cost,
                                   passing->opened.must_serve);
    }
    if (status == PIONEER_OK) {
        status = pnr_lagrangian_dive(tools, passing->dual, &passing->search, NULL, NULL, &passing->roster);
    }
    if (status == PIONEER_OK) {
        status = pnr_search_improve_stretches(&passing->search, &passing->roster, 0, -1, 200);
    }
    return status;
}

static enum pioneer_status pass(void *context) {
    struct passing *passing = context;
    struct pnr_tools tools = passing->opened.tools;
    struct pnr_pricer_scratch *scratches[2] = {NULL, NULL};
    enum pioneer_status status = pnr_pricer_scratch_new(tools.pricer, &scratches[0]);
    if (status == PIONEER_OK) {
        status = pnr_pricer_scratch_new(tools.pricer, &scratches[1]);
    }
    if (status == PIONEER_OK) {
        struct pnr_price_query query = opened_query(0, passing->price, passing->weight);
        struct pnr_beam beam = {.width = 8, .rounds = 2};
        status = pnr_pricer_beam(tools.pricer, scratches[1], &query, &beam);
    }
    tools.scratches = scratches;
    passing->dual = NULL;
    passing->search.memory = NULL;
    passing->roster.memory = NULL;
    if (status == PIONEER_OK) {
        status = climb_and_dive(passing, &tools);
    }
    pnr_solution_fini(&passing->roster);
    pnr_search_fini(&passing->search);
    pnr_dual_free(passing->dual);
    pnr_pricer_scratch_free(scratches[0]);
    pnr_pricer_scratch_free(scratches[1]);
    return status;
}

Test(large_faults, a_climb_a_dive_and_a_beam_survive_the_failure_of_every_allocation) {
    if (!alloc_hook_works()) {
        cr_skip_test("the sanitizer has an allocator of its own");
    }
    static struct passing passing;
    struct tiny tiny;
    struct alloc_hook_sweep sweep;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s", 0, 2);
    tiny_member(&tiny, "a", "root");
    tiny_member(&tiny, "b", "root");
    tiny_need(&tiny, "watch/gate/am", 0, 2, 1);
    tiny_rule(&tiny, .kind = PIONEER_RULE_MINUTES, .has_min = true, .min = 240, .has_max = true, .max = 500);
    tiny_rule(&tiny, .kind = PIONEER_RULE_WORK_RUN, .has_max = true, .max = 2);
    opened_init(&passing.opened, tiny.campaign);
    cr_expect(alloc_hook_sweep(pass, &passing, &sweep), "allocation %d: status %d, %d blocks left",
              (int)sweep.bad_at, (int)sweep.bad_status, (int)sweep.bad_live);
    cr_expect_gt(sweep.passes, 5);
    opened_fini(&passing.opened);
    tiny_fini(&tiny);
}

/* Two members on nine mornings, no more than two days in a row. */
static void mornings_init(struct tiny *tiny, struct solving *solving) {
    tiny_init(tiny);
    tiny_stage(tiny, "s", 0, 8);
    tiny_member(tiny, "a", "root");
    tiny_member(tiny, "b", "root");
    tiny_need(tiny, "watch/gate/am", 0, 8, 1);
    tiny_rule(tiny, .kind = PIONEER_RULE_WORK_RUN, .has_max = true, .max = 2);
    solving_init(solving, tiny->campaign);
}

/* ---- duties that change hands, and that go round in rings ---- */

struct handing {
    struct solving solving;
    solving_way *way;
    int32_t level;
    bool got_worse; /* some pass did not take back the move that failed */
};

/* From the same roster every time, with a scratch that has not grown yet. */
static enum pioneer_status handing_pass(void *context) {
    struct handing *handing = context;
    struct pnr_part_solver *solver = &handing->solving.solver;
    struct pnr_pricer_scratch *own = solver->search.scratch;
    struct pnr_pricer_scratch *scratch = NULL;
    enum pioneer_status status = pnr_pricer_scratch_new(solver->pricer, &scratch);
    pnr_solution_copy(&solver->trial, &solver->roster);
    pnr_rng_seed(&solver->search.rng, 1);
    if (status == PIONEER_OK) {
        solver->search.scratch = scratch;
        status = handing->way(&solver->search, &solver->trial, handing->level, -1, 300);
        solver->search.scratch = own;
    }
    handing->got_worse = handing->got_worse ||
                         pnr_value_compare(solver->trial.value, solver->roster.value, handing->level + 2) > 0;
    pnr_pricer_scratch_free(scratch);
    return status;
}

static void sweep_handing(solving_way *way, const char *level) {
    if (!alloc_hook_works()) {
        cr_skip_test("the sanitizer has an allocator of its own");
    }
    static struct handing handing;
    struct tiny tiny;
    struct alloc_hook_sweep sweep;
    mornings_init(&tiny, &handing.solving);
    struct pnr_part_solver *solver = &handing.solving.solver;
    handing.way = way;
    handing.level = solving_level(&handing.solving, level);
    cr_assert_eq(pnr_search_improve(&solver->search, &solver->roster, 0, 0, 1000), PIONEER_OK);
    cr_expect(alloc_hook_sweep(handing_pass, &handing, &sweep), "allocation %d: status %d, %d blocks left",
              (int)sweep.bad_at, (int)sweep.bad_status, (int)sweep.bad_live);
    cr_expect_gt(sweep.passes, 10);
    cr_expect_not(handing.got_worse);
    opened_expect_solution(&handing.solving.opened, &solver->trial);
    solving_fini(&handing.solving);
    tiny_fini(&tiny);
}

Test(large_faults, a_handover_survives_the_failure_of_every_allocation) {
    sweep_handing(pnr_search_hand_over, "must");
}

Test(large_faults, rings_survive_the_failure_of_every_allocation) {
    sweep_handing(pnr_search_close_rings, "fairness");
}

/* ---- divers ---- */

static void climb(struct solving *diving) {
    static const int64_t nothing[16];
    struct pnr_part_solver *solver = &diving->solver;
    struct pnr_dual_run run = {.goal = INT64_MAX, .work = 2000, .each = go_on};
    solver->tools = diving->opened.tools;
    cr_assert_eq(pnr_dual_new(&solver->tools, &solver->dual), PIONEER_OK);
    pnr_dual_begin(solver->dual, 0, nothing, 240);
    cr_assert_eq(pnr_dual_climb(solver->dual, &run), PIONEER_OK);
}

/* What memory the part's scratch has grown to must not hide a failure: everybody gets a new one. */
static enum pioneer_status dive_pass(void *context) {
    struct solving *diving = context;
    struct pnr_pricer_scratch *scratches[1] = {NULL};
    struct pnr_divers *divers = NULL;
    enum pioneer_status status = pnr_pricer_scratch_new(diving->opened.pricer, &scratches[0]);
    diving->solver.scratches = scratches;
    if (status == PIONEER_OK) {
        status = pnr_divers_new(&diving->solver, &divers);
    }
    if (status == PIONEER_OK) {
        status = pnr_divers_run(divers, &diving->solver, 100);
    }
    pnr_divers_free(divers);
    pnr_pricer_scratch_free(scratches[0]);
    return status;
}

Test(large_faults, divers_survive_the_failure_of_every_allocation) {
    if (!alloc_hook_works()) {
        cr_skip_test("the sanitizer has an allocator of its own");
    }
    static struct solving diving;
    struct tiny tiny;
    struct alloc_hook_sweep sweep;
    mornings_init(&tiny, &diving);
    climb(&diving);
    cr_expect(alloc_hook_sweep(dive_pass, &diving, &sweep), "allocation %d: status %d, %d blocks left",
              (int)sweep.bad_at, (int)sweep.bad_status, (int)sweep.bad_live);
    cr_expect_gt(sweep.passes, 20);
    solving_fini(&diving);
    tiny_fini(&tiny);
}

/* ---- weeks anew ---- */

static enum pioneer_status renew_pass(void *context) {
    struct solving *solving = context;
    struct pnr_part_solver *solver = &solving->solver;
    struct pnr_pricer_scratch *scratches[1] = {NULL};
    struct pnr_period period = {.spans = {{0, 4}, {5, 9}}, .span_count = 2};
    enum pioneer_status status = pnr_pricer_scratch_new(solving->opened.pricer, &scratches[0]);
    solver->scratches = scratches;
    pnr_part_idle(solver, NULL, &solver->roster);
    if (status == PIONEER_OK) {
        status = pnr_period_renew(solver, &period, 1000000);
    }
    if (solver->has_session) {
        pnr_lp_session_fini(&solver->session);
        solver->has_session = false;
    }
    pnr_pricer_scratch_free(scratches[0]);
    return status;
}

Test(large_faults, a_period_survives_the_failure_of_every_allocation) {
    if (!alloc_hook_works()) {
        cr_skip_test("the sanitizer has an allocator of its own");
    }
    static struct solving solving;
    struct tiny tiny;
    struct alloc_hook_sweep sweep;
    mornings_init(&tiny, &solving);
    solving.solver.level = 0;
    cr_expect(alloc_hook_sweep(renew_pass, &solving, &sweep), "allocation %d: status %d, %d blocks left",
              (int)sweep.bad_at, (int)sweep.bad_status, (int)sweep.bad_live);
    cr_expect_gt(sweep.passes, 50);
    cr_expect_lt(sweep.lost, 10);
    solving_fini(&solving);
    tiny_fini(&tiny);
}

/* ---- pieces ---- */

struct piecing {
    struct opened opened;
    enum pioneer_status status;
};

static void solve_pieces(void *context, int task) {
    (void)task;
    struct piecing *piecing = context;
    struct pnr_part_result result;
    struct pnr_budget budget = {.work_limit = 3000};
    struct pnr_part_options options = {.seed = 1, .thread_count = 1, .budget = &budget, .least_piece = 1};
    piecing->status = pnr_part_solve(piecing->opened.instance, &piecing->opened.prefix, &options, &result);
    pnr_part_result_fini(&result);
}

static enum pioneer_status pieces_pass(void *context) {
    struct piecing *piecing = context;
    enum pioneer_status status = pnr_parallel(1, 1, solve_pieces, piecing);
    return status == PIONEER_OK ? piecing->status : status;
}

Test(large_faults, pieces_survive_the_failure_of_every_allocation) {
    if (!alloc_hook_works()) {
        cr_skip_test("the sanitizer has an allocator of its own");
    }
    static struct piecing piecing;
    struct tiny tiny;
    struct alloc_hook_sweep sweep;
    tiny_init(&tiny);
    struct pioneer_level level = {.id = "cost"};
    cr_assert_eq(pioneer_campaign_add_level(tiny.campaign, &level, NULL), PIONEER_OK);
    tiny_stage(&tiny, "s", 0, 1);
    tiny_tagged(&tiny, "a", "root", "here");
    tiny_tagged(&tiny, "b", "root", "there");
    tiny_post(&tiny, .id = "here", .unit = "root", .eligible = "tag = here");
    tiny_post(&tiny, .id = "there", .unit = "root", .eligible = "tag = there");
    tiny_need(&tiny, "here/gate/am", 0, 1, 1);
    tiny_need(&tiny, "there/gate/am", 0, 1, 1);
    tiny_rule(&tiny, .kind = PIONEER_RULE_DUTIES, .has_max = true, .max = 1, .weight = 1, .level = "cost");
    tiny_rule(&tiny, .id = "min", .kind = PIONEER_RULE_SHORT_OF_MIN, .weight = 3, .level = "cost");
    tiny_rule(&tiny, .id = "target", .kind = PIONEER_RULE_SHORT_OF_TARGET, .weight = 1, .level = "cost");
    tiny_rule(&tiny, .id = "lead", .kind = PIONEER_RULE_LEAD, .drop = true);
    opened_init(&piecing.opened, tiny.campaign);
    cr_expect(alloc_hook_sweep(pieces_pass, &piecing, &sweep), "allocation %d: status %d, %d blocks left",
              (int)sweep.bad_at, (int)sweep.bad_status, (int)sweep.bad_live);
    cr_expect_gt(sweep.passes, 50);
    opened_fini(&piecing.opened);
    tiny_fini(&tiny);
}
