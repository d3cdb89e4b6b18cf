/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of parts that fall apart: what belongs together (model/pieces), and what comes out of solving the
 * pieces by themselves (engine/pieces). */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/rng.h"
#include "base/threads.h"
#include "engine/part.h"
#include "model/pieces.h"
#include "opened.h"
#include "tiny.h"

/* Towns apart from each other: in each a watch that only its own members may take. */
enum { TOWNS = 3, DAYS = 4 };
static const int32_t members_of_town[TOWNS] = {5, 2, 4};
enum { MEMBERS = 11 };

static void add_town(struct tiny *tiny, struct pnr_rng *rng, int32_t town) {
    static const char *const slots[] = {"am", "pm", "night"};
    char tag[24], post[24], eligible[32], duty[48], id[24];
    snprintf(tag, sizeof tag, "t%d", (int)town);
    snprintf(post, sizeof post, "p%d", (int)town);
    snprintf(eligible, sizeof eligible, "tag = t%d", (int)town);
    tiny_post(tiny, .id = post, .unit = "root", .eligible = eligible);
    for (int32_t m = 0; m < members_of_town[town]; m++) {
        snprintf(id, sizeof id, "m%d%d", (int)m, (int)town); /* towns take turns in the order of ids */
        tiny_tagged(tiny, id, "root", tag);
    }
    for (int k = 0; k < 3; k++) {
        int32_t heads = 1 + (int32_t)pnr_rng_below(rng, 2);
        snprintf(duty, sizeof duty, "%s/gate/%s", post, slots[k]);
        tiny_need_range(tiny, duty, 0, DAYS - 1, (const int32_t[3]){heads - 1, heads, heads + 1});
    }
}

/* One level; nobody serves more than three times, and each likes some slot less. */
static void towns_init(struct tiny *tiny, uint64_t seed) {
    struct pnr_rng rng;
    pnr_rng_seed(&rng, seed);
    tiny_init(tiny);
    struct pioneer_level level = {.id = "cost"};
    cr_assert_eq(pioneer_campaign_add_level(tiny->campaign, &level, NULL), PIONEER_OK);
    tiny_stage(tiny, "s", 0, DAYS - 1);
    for (int32_t t = 0; t < TOWNS; t++) {
        add_town(tiny, &rng, t);
    }
    const char *night = "night";
    tiny_rule(tiny, .kind = PIONEER_RULE_REST, .minutes = 660);
    tiny_rule(tiny, .kind = PIONEER_RULE_DUTIES, .has_max = true, .max = 3);
    tiny_rule(tiny, .kind = PIONEER_RULE_COUNT, .has_max = true, .max = 0, .slots = &night, .slot_count = 1,
              .weight = 50, .level = "cost");
    tiny_rule(tiny, .id = "min", .kind = PIONEER_RULE_SHORT_OF_MIN, .weight = 3, .level = "cost");
    tiny_rule(tiny, .id = "target", .kind = PIONEER_RULE_SHORT_OF_TARGET, .weight = 1, .level = "cost");
    tiny_rule(tiny, .id = "lead", .kind = PIONEER_RULE_LEAD, .drop = true);
}

struct towns {
    struct tiny tiny;
    struct opened opened;
};

static void towns_open(struct towns *towns, uint64_t seed) {
    towns_init(&towns->tiny, seed);
    opened_init(&towns->opened, towns->tiny.campaign);
}

static void towns_close(struct towns *towns) {
    opened_fini(&towns->opened);
    tiny_fini(&towns->tiny);
}

/* ---- what belongs together ---- */

static struct pnr_pieces pieces_of(struct opened *opened, int32_t least_members) {
    struct pnr_pieces pieces;
    cr_assert_eq(pnr_pieces_find(opened->instance, least_members, &opened->arena, &pieces), PIONEER_OK);
    return pieces;
}

static int32_t town_of(const struct opened *opened, int32_t member) {
    return opened->campaign->members.items[opened->instance->member_at[member]].id[2] - '0';
}

Test(pieces, are_members_and_duties_that_have_to_do_with_each_other) {
    struct towns towns;
    towns_open(&towns, 1);
    struct pnr_pieces pieces = pieces_of(&towns.opened, 1);
    cr_assert_eq(pieces.count, TOWNS);
    for (int32_t m = 0; m < MEMBERS; m++) {
        cr_expect_eq(pieces.of_member[m], town_of(&towns.opened, m), "member %d", (int)m);
    }
    for (int32_t p = 0; p < towns.opened.instance->pair_count; p++) {
        cr_expect_eq(pieces.of_duty[towns.opened.instance->duty_of_pair[p]],
                     pieces.of_member[towns.opened.instance->member_of_pair[p]]);
    }
    towns_close(&towns);
}

Test(pieces, of_few_members_go_together) {
    struct towns towns;
    towns_open(&towns, 1);
    cr_expect_eq(pieces_of(&towns.opened, 4).count, 2,
                 "five, and the two of the second town with the third's");
    cr_expect_eq(pieces_of(&towns.opened, 5).count, 2);
    cr_expect_eq(pieces_of(&towns.opened, 6).count, 1, "what is left over goes with the last");
    cr_expect_eq(pieces_of(&towns.opened, 12).count, 1);
    for (int32_t m = 0; m < MEMBERS; m++) {
        cr_expect_eq(pieces_of(&towns.opened, 6).of_member[m], 0);
    }
    towns_close(&towns);
}

static int32_t pieces_with_quota(bool has_quota) {
    struct towns towns;
    towns_init(&towns.tiny, 1);
    if (has_quota) {
        tiny_rule(&towns.tiny, .kind = PIONEER_RULE_UNIT_BURDEN, .level = "cost");
    }
    opened_init(&towns.opened, towns.tiny.campaign);
    int32_t count = pieces_of(&towns.opened, 1).count;
    towns_close(&towns);
    return count;
}

Test(pieces, are_held_together_by_rules_over_several_duties) {
    cr_expect_eq(pieces_with_quota(false), TOWNS);
    cr_expect_eq(pieces_with_quota(true), 1);
}

Test(pieces, are_held_together_by_pins) {
    struct towns towns;
    towns_init(&towns.tiny, 1);
    tiny_publish(&towns.tiny, "m00", "p2/gate/am", 1, PIONEER_PINNED);
    opened_init(&towns.opened, towns.tiny.campaign);
    struct pnr_pieces pieces = pieces_of(&towns.opened, 1);
    cr_expect_eq(pieces.count, 2, "somebody of the first town serves in the third");
    for (int32_t m = 0; m < MEMBERS; m++) {
        cr_expect_eq(pieces.of_member[m], town_of(&towns.opened, m) == 1);
    }
    towns_close(&towns);
}

/* ---- cutting ---- */

static void expect_piece(const struct pnr_instance *whole, const struct pnr_piece *piece) {
    const struct pnr_instance *instance = piece->instance;
    int32_t rules = whole->organisation->rule_count;
    for (int32_t m = 0; m < instance->member_count; m++) {
        int32_t at = piece->whole_member[m];
        cr_expect_eq(instance->member_at[m], whole->member_at[at]);
        cr_expect_eq(instance->entitled_min[m], whole->entitled_min[at]);
        cr_expect_eq(instance->fixed_of_member[m + 1] - instance->fixed_of_member[m],
                     whole->fixed_of_member[at + 1] - whole->fixed_of_member[at]);
        for (int32_t r = 0; r < rules; r++) {
            cr_expect_eq(instance->carried_excess[r * instance->member_count + m],
                         whole->carried_excess[r * whole->member_count + at]);
        }
    }
    for (int32_t p = 0; p < instance->pair_count; p++) {
        int32_t at = piece->whole_pair[p];
        cr_expect_eq(piece->whole_member[instance->member_of_pair[p]], whole->member_of_pair[at]);
        cr_expect_eq(instance->duty_at[instance->duty_of_pair[p]], whole->duty_at[whole->duty_of_pair[at]]);
        cr_expect_eq(instance->is_published[p], whole->is_published[at]);
    }
    for (int32_t f = 0; f < instance->fixed_of_member[instance->member_count]; f++) {
        cr_expect_eq(instance->duty_at[instance->fixed[f].in_part], instance->fixed[f].duty, "a pin");
    }
    for (int32_t d = 0; d < instance->duty_count; d++) {
        int32_t count = instance->pairs_of_duty[d + 1] - instance->pairs_of_duty[d];
        cr_expect_leq(count, instance->member_count);
        for (int32_t i = instance->pairs_of_duty[d]; i < instance->pairs_of_duty[d + 1]; i++) {
            cr_expect_eq(instance->duty_of_pair[instance->pair_by_duty[i]], d);
        }
    }
}

Test(pieces, have_together_what_the_whole_has) {
    struct towns towns;
    towns_init(&towns.tiny, 1);
    tiny_publish(&towns.tiny, "m00", "p0/gate/am", 1, PIONEER_PINNED);
    tiny_publish(&towns.tiny, "m02", "p2/gate/pm", 2, PIONEER_PUBLISHED);
    opened_init(&towns.opened, towns.tiny.campaign);
    struct pnr_pieces pieces = pieces_of(&towns.opened, 1);
    int32_t members = 0, pairs = 0, duties = 0, pinned = 0;
    for (int32_t i = 0; i < pieces.count; i++) {
        struct pnr_piece piece;
        cr_assert_eq(pnr_piece_cut(towns.opened.instance, &pieces, i, &piece), PIONEER_OK);
        expect_piece(towns.opened.instance, &piece);
        members += piece.instance->member_count;
        pairs += piece.instance->pair_count;
        duties += piece.instance->duty_count;
        for (int32_t d = 0; d < piece.instance->duty_count; d++) {
            pinned += piece.instance->pinned_heads[d];
        }
        cr_expect_eq(piece.instance->own_duty_count, piece.instance->duty_count);
        pnr_piece_fini(&piece);
    }
    cr_expect_eq(members, towns.opened.instance->member_count);
    cr_expect_eq(pairs, towns.opened.instance->pair_count);
    cr_expect_eq(duties, towns.opened.instance->duty_count);
    cr_expect_eq(pinned, 1);
    towns_close(&towns);
}

/* ---- solving ---- */

/* What was told while a part was solved. */
struct told {
    int32_t calls;
    int64_t value, bound;
    bool fell; /* a bound */
};

static bool note(void *context, int32_t level, int64_t value, int64_t bound) {
    struct told *told = context;
    cr_expect_eq(level, 0);
    cr_expect_leq(bound, value);
    told->fell = told->fell || (told->calls > 0 && bound < told->bound);
    told->value = value;
    told->bound = bound;
    told->calls++;
    return true;
}

struct job {
    const struct opened *opened;
    struct pnr_part_options options;
    struct pnr_part_result result;
    enum pioneer_status status;
};

static void solve_job(void *context, int task) {
    (void)task;
    struct job *job = context;
    job->status = pnr_part_solve(job->opened->instance, &job->opened->prefix, &job->options, &job->result);
}

static void solve_pieces(const struct opened *opened, int32_t threads, struct pnr_budget *budget,
                         struct told *told, struct pnr_part_result *out) {
    struct job job = {
        .opened = opened,
        .options = {.seed = 1,
                    .thread_count = threads,
                    .budget = budget,
                    .least_piece = 1,
                    .progress = note,
                    .context = told},
    };
    cr_assert_eq(pnr_parallel(1, 1, solve_job, &job), PIONEER_OK);
    cr_assert_eq(job.status, PIONEER_OK);
    *out = job.result;
}

static void expect_optimum(uint64_t seed) {
    struct towns towns;
    int64_t best;
    towns_open(&towns, seed);
    cr_assert(opened_optimum(&towns.opened, &best), "seed %d", (int)seed);
    struct pnr_part_result result;
    struct told told = {0};
    struct pnr_budget budget = {.work_limit = 3000000};
    solve_pieces(&towns.opened, 2, &budget, &told, &result);
    cr_expect_eq(result.levels[0].value, best, "seed %d", (int)seed);
    cr_expect_eq(result.levels[0].bound, best, "seed %d", (int)seed);
    cr_expect_eq(result.levels[0].outcome, PIONEER_PROVEN);
    cr_expect_eq(told.value, best);
    cr_expect_not(told.fell);
    cr_expect_gt(budget.work_used, 0);
    int64_t value, broken;
    cr_assert_eq(
        pnr_part_value(towns.opened.instance, &towns.opened.prefix, result.is_chosen, &value, &broken),
        PIONEER_OK);
    cr_expect_eq(value, best);
    cr_expect_eq(broken, 0);
    struct pioneer_report *report = opened_judge(&towns.opened, result.is_chosen);
    cr_expect_eq(pioneer_report_violation_count(report), 0);
    pioneer_report_free(report);
    pnr_part_result_fini(&result);
    towns_close(&towns);
}

Test(pieces, are_solved_to_what_the_whole_is_worth) {
    for (uint64_t seed = 1; seed <= 20; seed++) {
        expect_optimum(seed);
    }
}

/* Of three pieces on one, two and five threads, whose work runs out. */
Test(pieces, are_solved_alike_on_any_number_of_threads) {
    static const int32_t threads[] = {1, 2, 5};
    struct towns towns;
    towns_open(&towns, 3);
    struct pnr_part_result results[3];
    int64_t work[3];
    for (int i = 0; i < 3; i++) {
        struct told told = {0};
        struct pnr_budget budget = {.work_limit = 6000};
        solve_pieces(&towns.opened, threads[i], &budget, &told, &results[i]);
        work[i] = budget.work_used;
        cr_expect_eq(work[i], work[0]);
        cr_expect_eq(results[i].levels[0].value, results[0].levels[0].value);
        cr_expect_eq(results[i].levels[0].bound, results[0].levels[0].bound);
        cr_expect_eq(
            memcmp(results[i].is_chosen, results[0].is_chosen, (size_t)towns.opened.instance->pair_count), 0);
    }
    for (int i = 0; i < 3; i++) {
        pnr_part_result_fini(&results[i]);
    }
    towns_close(&towns);
}

/* A deadline that is over when it begins leaves a roster all the same. */
Test(pieces, have_a_roster_when_time_is_short) {
    struct towns towns;
    towns_open(&towns, 4);
    struct told told = {0};
    struct pnr_part_result result;
    struct pnr_budget budget = {.deadline_ms = pnr_clock_ms() + 1};
    solve_pieces(&towns.opened, 2, &budget, &told, &result);
    cr_expect_eq(result.hard_broken, 0);
    cr_expect_leq(result.levels[0].bound, result.levels[0].value);
    pnr_part_result_fini(&result);
    towns_close(&towns);
}
