/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The example campaigns at the default effort: the judge agrees with every value, and a naive pricer with
 * every proof. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pioneer/check.h>

#include "base/rng.h"
#include "base/threads.h"
#include "check/fairness.h"
#include "check/judge.h"
#include "check/report.h"
#include "naive.h"
#include "plan/plan.h"
#include "proof.h"

/* Enumerated are members of so many pairs at most, in parts of so many. */
enum { MOST_LEVELS = 8, MOST_ENUMERATED = 12, MOST_PAIRS = 1000 };

/* One part as the engine left it. The program is built anew, for the engine keeps its own. */
struct part {
    struct pnr_instance *instance;
    struct pnr_couplings *couplings;
    struct pnr_program *program;
    struct pnr_part_result result;
};

struct tally {
    int32_t levels, proven, by_nothing, by_constant, by_multipliers, by_cases;
    int32_t ends[PNR_CASE_DECIDED + 1];
    int64_t queries, steps;
};

struct trial {
    struct pioneer_campaign *campaign;
    struct pnr_plan plan;
    struct pnr_prefix prefix;
    struct part *parts;
    int32_t at; /* the part at hand */
    enum pioneer_status status;
    struct pnr_world world;
    struct pioneer_assignment *lines;
    int32_t line_count;
    struct pioneer_report *report;
    struct pnr_stand stand;
    struct pnr_division division;
    struct naive naive;
    struct tally tally;
};

/* ---- the engine ---- */

static struct pioneer_campaign *read_campaign(const char *name) {
    const char *folder = getenv("PIONEER_EXAMPLES");
    char path[4096];
    cr_assert(folder != NULL, "PIONEER_EXAMPLES says where the examples are");
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    cr_assert(file != NULL, "%s", path);
    fseek(file, 0, SEEK_END);
    size_t length = (size_t)ftell(file);
    char *text = malloc(length + 1);
    rewind(file);
    cr_assert(text != NULL && fread(text, 1, length, file) == length);
    fclose(file);
    struct pioneer_campaign *campaign = NULL;
    struct pioneer_error error;
    cr_assert_eq(pioneer_campaign_read_json(text, length, &campaign, &error), PIONEER_OK, "%s",
                 error.message);
    cr_assert_eq(pioneer_campaign_validate(campaign, &error), PIONEER_OK, "%s", error.message);
    free(text);
    return campaign;
}

static void solve_part(void *context, int task) {
    (void)task;
    struct trial *trial = context;
    struct part *part = &trial->parts[trial->at];
    struct pnr_budget budget = {.work_limit = trial->plan.work_of_part[trial->at]};
    struct pnr_part_options options = {
        .seed = trial->plan.options.seed * 1000003 + (uint64_t)trial->at + 1,
        .thread_count = 1,
        .budget = &budget,
        .wants_cases = true,
    };
    trial->status = pnr_part_solve(part->instance, &trial->prefix, &options, &part->result);
    pnr_plan_spend(&trial->plan, trial->at, budget.work_used);
}

static void add_lines(struct trial *trial, const struct part *part) {
    const struct pioneer_campaign *campaign = trial->campaign;
    const struct pnr_instance *instance = part->instance;
    for (int32_t p = 0; p < instance->pair_count; p++) {
        if (part->result.is_chosen[p]) {
            const struct pnr_check_duty *duty =
                &trial->world.duties[instance->duty_at[instance->duty_of_pair[p]]];
            trial->lines = realloc(trial->lines, ((size_t)trial->line_count + 1) * sizeof *trial->lines);
            cr_assert(trial->lines != NULL);
            trial->lines[trial->line_count++] = (struct pioneer_assignment){
                .struct_size = sizeof *trial->lines,
                .member = campaign->members.items[instance->member_at[instance->member_of_pair[p]]].id,
                .post = campaign->posts.items[duty->post].id,
                .site = campaign->sites.items[duty->site].id,
                .slot = campaign->slots.items[duty->slot].id,
                .day = duty->day,
            };
        }
    }
}

/* Parts in order, as pioneer_solve() solves them, but with everything that proves their bounds. */
static void run_engine(struct trial *trial) {
    trial->parts = calloc((size_t)trial->plan.parts.count, sizeof *trial->parts);
    cr_assert(trial->parts != NULL);
    for (trial->at = 0; trial->at < trial->plan.parts.count; trial->at++) {
        struct part *part = &trial->parts[trial->at];
        cr_assert_eq(pnr_instance_build(trial->plan.organisation, &trial->plan.parts, trial->at,
                                        &trial->prefix, &part->instance),
                     PIONEER_OK);
        cr_assert_eq(pnr_parallel(1, 1, solve_part, trial), PIONEER_OK);
        cr_assert_eq(trial->status, PIONEER_OK, "part %d", (int)trial->at);
        cr_assert_eq(pnr_couplings_build(part->instance, &trial->prefix, &part->couplings), PIONEER_OK);
        cr_assert_eq(pnr_program_build(part->couplings, &part->program), PIONEER_OK);
        cr_assert_eq(pnr_prefix_add_part(&trial->prefix, part->instance, part->result.is_chosen), PIONEER_OK);
        add_lines(trial, part);
    }
}

static void set_up(struct trial *trial, const char *name) {
    const char *seed = getenv("DIFFERENTIAL_SEED");
    struct pioneer_solve_options options =
        PIONEER_SOLVE_OPTIONS(.seed = seed != NULL ? strtoull(seed, NULL, 10) : 0, .threads = 1,
                              .outlook = PIONEER_OUTLOOK_NONE);
    struct pioneer_error error;
    trial->campaign = read_campaign(name);
    cr_assert_eq(pnr_plan_init(&trial->plan, trial->campaign, &options, false), PIONEER_OK);
    cr_assert_eq(pnr_prefix_init(&trial->prefix, trial->plan.organisation), PIONEER_OK);
    cr_assert_eq(pnr_world_init(&trial->world, trial->campaign, &error), PIONEER_OK);
    cr_assert_eq(trial->world.duty_count, trial->plan.organisation->duties.count);
    cr_assert_leq(trial->world.level_count, MOST_LEVELS);
    run_engine(trial);
    trial->report = pnr_report_new(NULL);
    cr_assert(trial->report != NULL);
    cr_assert_eq(pnr_stand_init(&trial->stand, &trial->world, trial->lines, trial->line_count, trial->report),
                 PIONEER_OK);
    cr_assert_eq(pioneer_report_violation_count(trial->report), 0);
    cr_assert_eq(pnr_division_init(&trial->division, &trial->world, &trial->stand, false), PIONEER_OK);
    cr_assert_eq(pnr_fairness_entitle(&trial->division, &trial->world, &trial->stand), PIONEER_OK);
    cr_assert_eq(trial->division.part_count, trial->plan.parts.count);
}

static void tear_down(struct trial *trial) {
    for (int32_t i = 0; i < trial->plan.parts.count; i++) {
        pnr_program_free(trial->parts[i].program);
        pnr_couplings_free(trial->parts[i].couplings);
        pnr_part_result_fini(&trial->parts[i].result);
        pnr_instance_free(trial->parts[i].instance);
    }
    free(trial->parts);
    free(trial->lines);
    pnr_division_fini(&trial->division);
    pnr_stand_fini(&trial->stand);
    pioneer_report_free(trial->report);
    pnr_world_fini(&trial->world);
    pnr_prefix_fini(&trial->prefix);
    pnr_plan_fini(&trial->plan);
    pioneer_campaign_free(trial->campaign);
}

/* ---- the judge ---- */

static void compare_values(const struct trial *trial) {
    struct pnr_claims claims = {.assignments = trial->lines, .assignment_count = trial->line_count};
    struct pioneer_report *report;
    struct pioneer_error error;
    cr_assert_eq(pnr_judge(trial->campaign, &claims, NULL, &report, &error), PIONEER_OK, "%s", error.message);
    cr_expect_eq(pioneer_report_violation_count(report), 0);
    cr_assert_eq(pioneer_report_part_count(report), trial->plan.parts.count);
    for (int32_t i = 0; i < trial->plan.parts.count; i++) {
        const struct pioneer_judged_part *judged = pioneer_report_part_at(report, i);
        for (int32_t l = 0; l < trial->world.level_count; l++) {
            cr_expect_eq(judged->levels[l].value, trial->parts[i].result.levels[l].value,
                         "part %d level %s: the judge says %lld, the engine %lld", (int)i,
                         judged->levels[l].level, (long long)judged->levels[l].value,
                         (long long)trial->parts[i].result.levels[l].value);
        }
    }
    pioneer_report_free(report);
}

/* The naive pairs are the engine's, in the same order. */
static void number_pairs(struct trial *trial) {
    const struct pnr_instance *instance = trial->parts[trial->at].instance;
    struct naive *naive = &trial->naive;
    cr_assert_eq(naive->part->member_count, instance->member_count);
    cr_assert_eq(naive->pair_count, instance->pair_count, "part %d", (int)trial->at);
    for (int32_t p = 0; p < naive->pair_count; p++) {
        cr_assert_eq(naive->pairs[p].member, instance->member_at[instance->member_of_pair[p]]);
        cr_assert_eq(naive->pairs[p].duty, instance->duty_at[instance->duty_of_pair[p]]);
        naive->pairs[p].number = p;
    }
}

/* ---- proofs ---- */

/* A proof_members_fn. */
static bool price_members(void *context, const struct proof_question *question, pnr_wide *total) {
    struct trial *trial = context;
    *total = 0;
    for (int32_t m = 0; m < trial->naive.part->member_count; m++) {
        pnr_wide price;
        trial->tally.queries++;
        if (!naive_price(&trial->naive, m, question, &price)) {
            return false;
        }
        *total += price;
    }
    return true;
}

/* A proof_decided_fn: parts of the examples are too large to be decided pair by pair. */
static int64_t value_of_decided(void *context, const uint8_t *pairs, int32_t level) {
    (void)context;
    (void)pairs;
    (void)level;
    cr_expect(false, "a case is decided altogether");
    return INT64_MIN;
}

/* What a row that stands alone is worth with the multiplier, if all its pairs are taken. */
static pnr_wide worth_of(const struct pnr_program *program, int32_t row, int32_t level, int64_t reach,
                         int64_t multiplier) {
    pnr_wide worth = (pnr_wide)multiplier * (program->rows.items[row].low - reach);
    for (int32_t a = 0; a < program->auxiliaries.count; a++) {
        const struct pnr_auxiliary *at = &program->auxiliaries.items[a];
        for (int32_t e = 0; e < at->entry_count; e++) {
            int64_t reduced = pnr_program_cost(program, a, level) - multiplier * at->coefficients[e];
            worth += at->rows[e] == row && reduced < 0 ? (pnr_wide)reduced * at->high : 0;
        }
    }
    return worth;
}

/* The engine gives no multipliers for what nobody can avoid: heads that nobody is there for. Any that prove
 * it will do, and the cost of the missing head is the natural one. */
static void price_missing_heads(const struct pnr_program *program, struct pnr_multipliers *multipliers) {
    int64_t *reach = calloc((size_t)program->rows.count + 1, sizeof *reach);
    pnr_wide *worth = calloc((size_t)program->rows.count + 1, sizeof *worth);
    cr_assert(reach != NULL && worth != NULL);
    int32_t entries = program->entries_of_pair[program->couplings->instance->pair_count];
    for (int32_t e = 0; e < entries; e++) {
        reach[program->entries[e].row] += program->entries[e].coefficient;
    }
    for (int32_t a = 0; a < program->auxiliaries.count; a++) {
        int32_t row = program->auxiliaries.items[a].rows[0];
        int64_t cost = pnr_program_cost(program, a, multipliers->level);
        if (program->auxiliaries.items[a].entry_count == 1 && cost > 0 &&
            program->rows.items[row].low > reach[row]) {
            pnr_wide here = worth_of(program, row, multipliers->level, reach[row], cost);
            multipliers->of_row[row] = here > worth[row] ? cost : multipliers->of_row[row];
            worth[row] = here > worth[row] ? here : worth[row];
        }
    }
    free(reach);
    free(worth);
}

static int64_t bound_of_constant(const struct proof_claim *claim, const char **fault) {
    int64_t *of_row = calloc((size_t)claim->program->rows.count + 1, sizeof *of_row);
    int64_t weights[MOST_LEVELS] = {0};
    cr_assert(of_row != NULL);
    weights[claim->level] = 1;
    struct pnr_multipliers multipliers = {
        .scale = 1, .level = claim->level, .of_row = of_row, .weight_of_level = weights};
    price_missing_heads(claim->program, &multipliers);
    int64_t bound = proof_bound(claim, &multipliers, fault);
    free(of_row);
    return bound;
}

static int64_t find_bound(const struct proof_claim *claim, const struct pnr_level_outcome *outcome,
                          const char **fault) {
    *fault = "nothing is exported";
    if (outcome->value == outcome->constant) {
        return bound_of_constant(claim, fault);
    }
    if (outcome->by_cases) {
        return outcome->cases != NULL ? proof_bound_of_cases(claim, outcome->cases, fault) : INT64_MIN;
    }
    return outcome->proof.of_row != NULL ? proof_bound(claim, &outcome->proof, fault) : INT64_MIN;
}

static void count_proof(struct tally *tally, const struct pnr_level_outcome *outcome) {
    tally->proven++;
    if (outcome->value == 0) {
        tally->by_nothing++;
    } else if (outcome->value == outcome->constant) {
        tally->by_constant++;
    } else if (outcome->by_cases) {
        tally->by_cases++;
        for (int32_t i = 0; i < outcome->cases->count; i++) {
            tally->ends[outcome->cases->items[i].end]++;
        }
    } else {
        tally->by_multipliers++;
    }
}

/* Without its multipliers the same proof says less, so it is they that are looked at. */
static void expect_multipliers_needed(const struct proof_claim *claim,
                                      const struct pnr_level_outcome *outcome) {
    int64_t *zeros = calloc((size_t)claim->program->rows.count + 1, sizeof *zeros);
    int64_t weights[MOST_LEVELS] = {0};
    cr_assert(zeros != NULL);
    weights[claim->level] = outcome->proof.scale;
    struct pnr_multipliers none = {
        .scale = outcome->proof.scale, .level = claim->level, .of_row = zeros, .weight_of_level = weights};
    const char *fault;
    cr_expect_lt(proof_bound(claim, &none, &fault), outcome->value);
    free(zeros);
}

/* A value of 0 needs no proof, for no amount of any term is below that. Of every other what is proven is the
 * value: less would not do, and more would not be true. */
static void verify_level(struct trial *trial, int32_t level) {
    const struct part *part = &trial->parts[trial->at];
    const struct pnr_level_outcome *outcome = &part->result.levels[level];
    trial->tally.levels++;
    if (outcome->outcome != PIONEER_PROVEN) {
        return;
    }
    count_proof(&trial->tally, outcome);
    int64_t frozen[MOST_LEVELS];
    for (int32_t l = 0; l < level; l++) {
        frozen[l] = part->result.levels[l].value;
    }
    struct proof_claim claim = {part->program, frozen, level, price_members, value_of_decided, trial};
    if (outcome->value > 0) {
        const char *fault;
        int64_t bound = find_bound(&claim, outcome, &fault);
        /* that a grain is one is what the comparison with enumeration shows */
        bool is_enough =
            bound == outcome->value || (outcome->grain != 1 && bound < outcome->value &&
                                        (outcome->grain == 0 || bound > outcome->value - outcome->grain));
        cr_expect(fault == NULL && is_enough, "part %d level %d: %lld is proven, the value is %lld%s%s",
                  (int)trial->at, (int)level, (long long)bound, (long long)outcome->value,
                  fault == NULL ? "" : ": ", fault == NULL ? "" : fault);
        if (outcome->proof.of_row != NULL && outcome->value > outcome->constant) {
            expect_multipliers_needed(&claim, outcome);
        }
    }
}

static void try_example(const char *name, struct tally *tally) {
    struct trial *trial = calloc(1, sizeof *trial);
    cr_assert(trial != NULL);
    set_up(trial, name);
    compare_values(trial);
    for (trial->at = 0; trial->at < trial->plan.parts.count; trial->at++) {
        naive_init(&trial->naive, &trial->world, &trial->division, &trial->stand, trial->at);
        number_pairs(trial);
        for (int32_t l = 0; l < trial->world.level_count; l++) {
            verify_level(trial, l);
        }
        trial->tally.steps += trial->naive.steps;
        naive_fini(&trial->naive);
    }
    *tally = trial->tally;
    fprintf(
        stderr,
        "# %s: %d levels, %d proven: %d are worth nothing, %d by what is unavoidable, %d by multipliers, %d "
        "by cases (%d ends by multipliers, %d impossible)\n# %lld queries, %lld schedules looked at\n",
        name, (int)tally->levels, (int)tally->proven, (int)tally->by_nothing, (int)tally->by_constant,
        (int)tally->by_multipliers, (int)tally->by_cases, (int)tally->ends[PNR_CASE_BOUND],
        (int)tally->ends[PNR_CASE_IMPOSSIBLE], (long long)tally->queries, (long long)tally->steps);
    tear_down(trial);
    free(trial);
}

/* ---- the naive pricer itself ---- */

/* What a question points to. */
struct asked {
    int64_t weights[MOST_LEVELS];
    pnr_wide price_of_pair[MOST_PAIRS];
    uint8_t forced[MOST_PAIRS], forbidden[MOST_PAIRS];
    struct pnr_case sum;
    int32_t pairs[MOST_ENUMERATED];
    int64_t amounts[MOST_ENUMERATED];
};

/* The least over all subsets of the member's pairs. */
static bool enumerate(struct naive *naive, int32_t position, const struct proof_question *question,
                      pnr_wide *least) {
    int32_t own = naive->pairs_of_member[position + 1] - naive->pairs_of_member[position];
    bool has_any = false;
    for (uint32_t subset = 0; subset < (uint32_t)1 << own; subset++) {
        uint8_t is_taken[MOST_ENUMERATED];
        pnr_wide price;
        for (int32_t p = 0; p < own; p++) {
            is_taken[p] = subset >> p & 1;
        }
        if (naive_value(naive, position, question, is_taken, &price) && (!has_any || price < *least)) {
            *least = price;
            has_any = true;
        }
    }
    return has_any;
}

/* Prices around what fairness costs in this campaign, all levels weighed, some pairs decided. */
static void draw_question(struct pnr_rng *rng, int32_t pair_count, int32_t level_count, struct asked *asked) {
    for (int32_t l = 0; l < level_count; l++) {
        asked->weights[l] = (int64_t)pnr_rng_below(rng, 3);
    }
    int64_t scale = (int64_t)1 << pnr_rng_below(rng, 20);
    for (int32_t p = 0; p < pair_count; p++) {
        asked->price_of_pair[p] = ((int64_t)pnr_rng_below(rng, 201) - 150) * scale;
        asked->forced[p] = pnr_rng_below(rng, 20) == 0;
        if (pnr_rng_below(rng, 8) == 0) { /* groups mix members: only a member's own pairs count for it */
            asked->forced[p] = (uint8_t)(PROOF_GROUP + pnr_rng_below(rng, 2));
        }
        asked->forbidden[p] = pnr_rng_below(rng, 10) == 0;
    }
}

/* One member in three must have some sum, or less. */
static void draw_sum(struct pnr_rng *rng, const struct naive *naive, int32_t position, struct asked *asked) {
    int32_t first = naive->pairs_of_member[position];
    int32_t count = pnr_rng_below(rng, 3) == 0 ? naive->pairs_of_member[position + 1] - first : 0;
    for (int32_t i = 0; i < count; i++) {
        asked->pairs[i] = naive->pairs[first + i].number;
        asked->amounts[i] = pnr_rng_below(rng, 4);
    }
    asked->sum = (struct pnr_case){.pairs = asked->pairs,
                                   .amounts = asked->amounts,
                                   .pair_count = count,
                                   .least = (int64_t)pnr_rng_below(rng, 6),
                                   .is_forced = pnr_rng_below(rng, 2) == 0};
}

/* Members of few pairs: how many there were. */
static int32_t compare_with_enumeration(struct trial *trial, struct pnr_rng *rng, struct asked *asked) {
    struct naive *naive = &trial->naive;
    int32_t compared = 0;
    for (int32_t m = 0; m < naive->part->member_count; m++) {
        if (naive->pairs_of_member[m + 1] - naive->pairs_of_member[m] > MOST_ENUMERATED) {
            continue;
        }
        struct pnr_multipliers multipliers = {.scale = 1, .weight_of_level = asked->weights};
        const struct pnr_case *sums[] = {&asked->sum};
        draw_question(rng, naive->pair_count, trial->world.level_count, asked);
        draw_sum(rng, naive, m, asked);
        struct proof_question question = {&multipliers,  asked->price_of_pair,
                                          asked->forced, asked->forbidden,
                                          sums,          asked->sum.pair_count > 0};
        pnr_wide found = 0;
        pnr_wide least = 0;
        bool has_found = naive_price(naive, m, &question, &found);
        bool has_any = enumerate(naive, m, &question, &least);
        cr_expect(has_found == has_any && found == least, "part %d member %d", (int)trial->at, (int)m);
        compared += has_any;
    }
    return compared;
}

Test(examples, the_naive_pricer_finds_what_enumeration_finds) {
    struct trial *trial = calloc(1, sizeof *trial);
    struct asked *asked = calloc(1, sizeof *asked);
    cr_assert(trial != NULL && asked != NULL);
    struct pnr_rng rng;
    int32_t compared = 0;
    pnr_rng_seed(&rng, 1);
    set_up(trial, "mini.json");
    for (trial->at = 0; trial->at < trial->plan.parts.count; trial->at++) {
        naive_init(&trial->naive, &trial->world, &trial->division, &trial->stand, trial->at);
        number_pairs(trial);
        cr_assert_leq(trial->naive.pair_count, MOST_PAIRS);
        for (int32_t time = 0; time < 20; time++) {
            compared += compare_with_enumeration(trial, &rng, asked);
        }
        naive_fini(&trial->naive);
    }
    fprintf(stderr, "# %d members priced by enumeration\n", (int)compared);
    cr_expect_gt(compared, 100);
    tear_down(trial);
    free(asked);
    free(trial);
}

/* ---- the examples ---- */

Test(examples, every_proven_level_of_the_mini_example_is_verified) {
    struct tally tally;
    try_example("mini.json", &tally);
    cr_expect_gt(tally.proven, 0);
}

Test(examples, every_proven_level_of_the_two_weeks_is_verified) {
    struct tally tally;
    try_example("two_weeks.json", &tally);
    cr_expect_gt(tally.by_multipliers + tally.by_cases, 0);
}

Test(examples, every_proven_level_of_the_spring_return_is_verified) {
    struct tally tally;
    try_example("spring_return.json", &tally);
    cr_expect_gt(tally.by_constant, 0);
    cr_expect_gt(tally.by_multipliers, 0);
}
