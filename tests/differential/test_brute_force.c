/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine against brute force on tiny campaigns, and its proofs against a naive pricer. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pioneer/check.h>

#include "base/threads.h"
#include "brute.h"
#include "generated.h"
#include "plan/plan.h"
#include "proof.h"

/* Units of work a campaign: plenty for this size. */
#define ONLY "DIFFERENTIAL_SEED"
enum { CAMPAIGNS = 560, MOST_BEFORE = 128, WORK = 1500000 };

/* How often something was seen over all campaigns. */
struct tally {
    int32_t present[PIONEER_RULE_COUNT_OF_KINDS], binding[PIONEER_RULE_COUNT_OF_KINDS];
    int32_t ends[PNR_CASE_DECIDED + 1];
    int32_t sets;   /* cases that decide several pairs at once */
    int32_t sums;   /* and what they add up to */
    int32_t totals; /* cases that decide how much of something there is in all */
    int32_t grains; /* levels of a grain */
    int32_t campaigns, parts, too_large, rosters, levels, proven, by_constant, by_multipliers, by_cases, gaps,
        infeasible, missed;
};

/* One campaign on its way through engine and brute force. */
struct trial {
    struct tally *tally;
    uint64_t seed;
    struct pnr_plan plan;
    struct pnr_prefix prefix;
    struct pnr_world world;
    struct brute_pair before[MOST_BEFORE];
    int32_t before_count;
    int32_t part;
    struct pnr_instance *instance;
    struct pnr_part_result result;
    struct brute brute;
    enum pioneer_status status;
};

/* ---- the engine on one part
 * ---------------------------------------------------------------------------------------- */

static void solve_part(void *context, int task) {
    (void)task;
    struct trial *trial = context;
    struct pnr_budget budget = {.work_limit = trial->plan.work_of_part[trial->part]};
    struct pnr_part_options options = {
        .seed = trial->plan.options.seed * 1000003 + (uint64_t)trial->part + 1,
        .thread_count = 1,
        .budget = &budget,
        .wants_cases = true,
    };
    trial->status = pnr_part_solve(trial->instance, &trial->prefix, &options, &trial->result);
    pnr_plan_spend(&trial->plan, trial->part, budget.work_used);
}

static void run_engine(struct trial *trial) {
    enum pioneer_status status = pnr_instance_build(trial->plan.organisation, &trial->plan.parts, trial->part,
                                                    &trial->prefix, &trial->instance);
    cr_assert_eq(status, PIONEER_OK);
    cr_assert_eq(pnr_parallel(1, 1, solve_part, trial), PIONEER_OK);
    cr_assert_eq(trial->status, PIONEER_OK, "seed %d part %d", (int)trial->seed, (int)trial->part);
}

/* The duties of judge and engine have the same order, so an index names the same duty to both. */
static void keep(struct trial *trial, int32_t member, int32_t duty) {
    cr_assert_lt(trial->before_count, MOST_BEFORE);
    trial->before[trial->before_count++] = (struct brute_pair){member, duty, 0, 0};
}

static void finish_part(struct trial *trial) {
    const struct pnr_instance *instance = trial->instance;
    for (int32_t p = 0; p < instance->pair_count; p++) {
        if (trial->result.is_chosen[p]) {
            keep(trial, instance->member_at[instance->member_of_pair[p]],
                 instance->duty_at[instance->duty_of_pair[p]]);
        }
    }
    for (int32_t m = 0; m < instance->member_count; m++) {
        for (int32_t f = instance->fixed_of_member[m]; f < instance->fixed_of_member[m + 1]; f++) {
            if (instance->fixed[f].in_part >= 0) {
                keep(trial, instance->member_at[m], instance->fixed[f].duty);
            }
        }
    }
    cr_assert_eq(pnr_prefix_add_part(&trial->prefix, instance, trial->result.is_chosen), PIONEER_OK);
    pnr_part_result_fini(&trial->result);
    pnr_instance_free(trial->instance);
    trial->instance = NULL;
}

/* ---- value, bound, optimum
 * ----------------------------------------------------------------------------------------- */

/* The number of a pair of the engine in the enumeration, -1. */
static int32_t find_pair(const struct trial *trial, int32_t pair) {
    const struct pnr_instance *instance = trial->instance;
    for (int32_t i = 0; i < trial->brute.pair_count; i++) {
        const struct brute_pair *at = &trial->brute.pairs[i];
        if (at->member == instance->member_at[instance->member_of_pair[pair]] &&
            at->duty == instance->duty_at[instance->duty_of_pair[pair]]) {
            return at->broken == 0 ? i : -1;
        }
    }
    return -1;
}

static void expect_value(const struct trial *trial, const struct brute_roster *roster, int32_t level) {
    char terms[512] = "";
    for (int32_t r = 0; r < trial->world.rule_count; r++) {
        size_t length = strlen(terms);
        if (trial->world.rules[r].level == level) {
            snprintf(terms + length, sizeof terms - length, " %s %lld", trial->world.rules[r].id,
                     (long long)(trial->world.rules[r].weight * roster->amounts[r]));
        }
    }
    cr_expect_eq(roster->value[level], trial->result.levels[level].value,
                 "seed %d part %d level %s: the judge says %lld (%s), the engine %lld", (int)trial->seed,
                 (int)trial->part, trial->world.levels[level].id, (long long)roster->value[level], terms,
                 (long long)trial->result.levels[level].value);
}

/* The engine's roster of the part is one of the legal ones, with the values that the engine says. */
static void compare_roster(const struct trial *trial) {
    uint32_t pairs = 0;
    int32_t allowed = 0;
    for (int32_t i = 0; i < trial->brute.pair_count; i++) {
        allowed += trial->brute.pairs[i].broken == 0;
    }
    cr_expect_eq(trial->instance->pair_count, allowed, "seed %d part %d: %d pairs, not %d", (int)trial->seed,
                 (int)trial->part, (int)trial->instance->pair_count, (int)allowed);
    for (int32_t p = 0; p < trial->instance->pair_count; p++) {
        int32_t at = find_pair(trial, p);
        cr_expect_geq(at, 0, "seed %d part %d: pair %d", (int)trial->seed, (int)trial->part, (int)p);
        pairs |= at >= 0 && trial->result.is_chosen[p] ? (uint32_t)1 << at : 0;
    }
    for (int32_t i = 0; i < trial->brute.roster_count; i++) {
        const struct brute_roster *roster = &trial->brute.rosters[i];
        if (roster->pairs != pairs || roster->broken != 0) {
            continue;
        }
        for (int32_t l = 0; l < trial->world.level_count; l++) {
            expect_value(trial, roster, l);
        }
        return;
    }
    cr_expect(false, "seed %d part %d: the engine's roster is not legal", (int)trial->seed, (int)trial->part);
}

static void compare_levels(struct trial *trial) {
    int64_t frozen[BRUTE_LEVELS];
    for (int32_t l = 0; l < trial->world.level_count; l++) {
        const struct pnr_level_outcome *outcome = &trial->result.levels[l];
        int64_t optimum = brute_optimum(&trial->brute, l, frozen, -1);
        bool is_proven = outcome->outcome == PIONEER_PROVEN;
        frozen[l] = outcome->value;
        trial->tally->levels++;
        trial->tally->proven += is_proven;
        trial->tally->gaps += outcome->outcome == PIONEER_GAP;
        bool is_right = outcome->bound <= optimum && outcome->value >= optimum &&
                        (!is_proven || outcome->value == optimum) && outcome->constant <= outcome->bound;
        cr_expect(is_right, "seed %d part %d level %s: optimum %lld, value %lld, bound %lld, constant %lld%s",
                  (int)trial->seed, (int)trial->part, trial->world.levels[l].id, (long long)optimum,
                  (long long)outcome->value, (long long)outcome->bound, (long long)outcome->constant,
                  is_proven ? ", proven" : "");
    }
}

/* ---- proofs
 * ------------------------------------------------------------------------------------------------------- */

static void count_cases(struct tally *tally, const struct pnr_cases *cases) {
    for (int32_t i = 0; i < cases->count; i++) {
        tally->ends[cases->items[i].end]++;
        tally->sets += cases->items[i].pair_count > 1 && cases->items[i].amounts == NULL;
        tally->sums += cases->items[i].amounts != NULL;
        tally->totals += cases->items[i].total >= 0;
    }
}

/* Σ W·cost + Σ price of a schedule, by the judge's costs. */
static pnr_wide price_of(const struct trial *trial, const struct proof_question *question,
                         const struct brute_schedule *schedule, const pnr_wide *price_of_pair) {
    pnr_wide price = 0;
    for (int32_t l = 0; l <= question->multipliers->level; l++) {
        price += (pnr_wide)question->multipliers->weight_of_level[l] * schedule->cost[l];
    }
    for (int32_t i = 0; i < trial->brute.pair_count; i++) {
        price += schedule->pairs & ((uint32_t)1 << i) ? price_of_pair[i] : 0;
    }
    return price;
}

/* Whether a schedule takes what it must, of groups one of each. */
static bool takes_what_it_must(const struct trial *trial, const uint32_t *forced, int32_t member,
                               uint32_t pairs) {
    bool takes = (forced[1] & trial->brute.own[member] & ~pairs) == 0;
    for (int32_t g = PROOF_GROUP; g <= UINT8_MAX; g++) {
        takes = takes && ((forced[g] & trial->brute.own[member]) == 0 || (forced[g] & pairs) != 0);
    }
    return takes;
}

/* Whether a schedule keeps the sums that the question asks of its member. */
static bool keeps_sums(const struct trial *trial, const struct proof_question *question, int32_t member,
                       uint32_t pairs) {
    uint8_t is_taken[BRUTE_PAIRS] = {0}; /* [pair] */
    for (int32_t p = 0; p < trial->instance->pair_count; p++) {
        is_taken[p] = pairs >> find_pair(trial, p) & 1;
    }
    bool kept = true;
    for (int32_t i = 0; i < question->sum_count && kept; i++) {
        const struct pnr_case *sum = question->sums[i];
        bool is_own = trial->brute.own[member] >> find_pair(trial, sum->pairs[0]) & 1;
        kept = !is_own || proof_keeps_sum(sum, is_taken);
    }
    return kept;
}

/* A proof_members_fn: every schedule of every member. */
static bool price_members(void *context, const struct proof_question *question, pnr_wide *total) {
    const struct trial *trial = context;
    pnr_wide price_of_pair[BRUTE_PAIRS] = {0};
    uint32_t forced[UINT8_MAX + 1] = {0}; /* [number] */
    uint32_t forbidden = 0;
    for (int32_t p = 0; p < trial->instance->pair_count; p++) {
        int32_t at = find_pair(trial, p);
        price_of_pair[at] = question->price_of_pair[p];
        forced[question->forced[p]] |= (uint32_t)1 << at;
        forbidden |= question->forbidden[p] ? (uint32_t)1 << at : 0;
    }
    *total = 0;
    for (int32_t l = 0; l <= question->multipliers->level; l++) {
        *total += (pnr_wide)question->multipliers->weight_of_level[l] * trial->brute.idle_value[l];
    }
    for (int32_t m = 0; m < trial->brute.member_count; m++) {
        const struct brute_schedules *all = &trial->brute.schedules[m];
        bool has_best = false;
        pnr_wide best = 0;
        for (int32_t i = 0; i < all->count; i++) {
            const struct brute_schedule *schedule = &all->items[i];
            pnr_wide price = price_of(trial, question, schedule, price_of_pair);
            if (schedule->broken == 0 && takes_what_it_must(trial, forced, m, schedule->pairs) &&
                (schedule->pairs & forbidden) == 0 && (!has_best || price < best) &&
                (question->sum_count == 0 || keeps_sums(trial, question, m, schedule->pairs))) {
                best = price;
                has_best = true;
            }
        }
        if (!has_best) {
            return false;
        }
        *total += best;
    }
    return true;
}

/* A proof_decided_fn. */
static int64_t value_of_decided(void *context, const uint8_t *is_taken, int32_t level) {
    const struct trial *trial = context;
    uint32_t pairs = 0;
    for (int32_t p = 0; p < trial->instance->pair_count; p++) {
        pairs |= is_taken[p] ? (uint32_t)1 << find_pair(trial, p) : 0;
    }
    for (int32_t i = 0; i < trial->brute.roster_count; i++) {
        const struct brute_roster *roster = &trial->brute.rosters[i];
        bool is_allowed = roster->pairs == pairs && roster->broken == 0;
        for (int32_t l = 0; l < level && is_allowed; l++) {
            is_allowed = roster->value[l] <= trial->result.levels[l].value;
        }
        if (is_allowed) {
            return roster->value[level];
        }
    }
    return INT64_MAX;
}

/* Cases that leave something out prove nothing. */
static void expect_holes_seen(const struct proof_claim *claim, struct pnr_cases *cases) {
    struct pnr_case *last = &cases->items[cases->count - 1];
    const char *fault;
    cases->count--;
    proof_bound_of_cases(claim, cases, &fault);
    cr_expect(fault != NULL, "a case is missing");
    cases->count++;
    if (cases->count > 1) {
        last->is_forced = !last->is_forced;
        proof_bound_of_cases(claim, cases, &fault);
        cr_expect(fault != NULL, "a case stands twice");
        last->is_forced = !last->is_forced;
    }
}

/* What bounds are rounded up by divides what any two legal rosters differ by. */
static void verify_grain(const struct trial *trial, int32_t level) {
    const struct pnr_level_outcome *outcome = &trial->result.levels[level];
    for (int32_t i = 0; i < trial->brute.roster_count && outcome->grain != 1; i++) {
        if (trial->brute.rosters[i].broken > 0) {
            continue;
        }
        int64_t difference = trial->brute.rosters[i].value[level] - outcome->value;
        cr_expect(outcome->grain == 0 ? difference == 0 : difference % outcome->grain == 0,
                  "seed %d part %d level %d: grain %lld, two rosters differ by %lld", (int)trial->seed,
                  (int)trial->part, (int)level, (long long)outcome->grain, (long long)difference);
    }
    trial->tally->grains += outcome->grain > 1;
}

/* What is proven is the value, or less by less than a grain: else it would not do, and more would not be
 * true.
 */
static void verify_proof(struct trial *trial, const struct pnr_program *program, int32_t level) {
    const struct pnr_level_outcome *outcome = &trial->result.levels[level];
    int64_t frozen[BRUTE_LEVELS] = {0};
    for (int32_t l = 0; l < level; l++) {
        frozen[l] = trial->result.levels[l].value;
    }
    struct proof_claim claim = {program, frozen, level, price_members, value_of_decided, trial};
    const char *fault;
    int64_t bound;
    if (outcome->by_cases) {
        cr_assert(outcome->cases != NULL, "seed %d part %d level %d", (int)trial->seed, (int)trial->part,
                  (int)level);
        expect_holes_seen(&claim, outcome->cases);
        count_cases(trial->tally, outcome->cases);
        bound = proof_bound_of_cases(&claim, outcome->cases, &fault);
    } else {
        bound = proof_bound(&claim, &outcome->proof, &fault);
    }
    bool is_enough = outcome->grain == 0 || bound > outcome->value - outcome->grain;
    cr_expect(fault == NULL && is_enough && bound <= outcome->value,
              "seed %d part %d level %d: %lld is proven, the value is %lld%s%s", (int)trial->seed,
              (int)trial->part, (int)level, (long long)bound, (long long)outcome->value,
              fault == NULL ? "" : ": ", fault == NULL ? "" : fault);
}

/* Without multipliers a level is proven by what no roster can avoid, whatever the levels before it are. */
static void verify_constant(const struct trial *trial, int32_t level) {
    int64_t anything[BRUTE_LEVELS];
    for (int32_t l = 0; l < BRUTE_LEVELS; l++) {
        anything[l] = INT64_MAX;
    }
    const struct pnr_level_outcome *outcome = &trial->result.levels[level];
    cr_expect_eq(outcome->value, outcome->constant, "seed %d part %d level %d: proven by nothing",
                 (int)trial->seed, (int)trial->part, (int)level);
    cr_expect_geq(brute_optimum(&trial->brute, level, anything, -1), outcome->constant,
                  "seed %d part %d level %d", (int)trial->seed, (int)trial->part, (int)level);
}

static void verify_proofs(struct trial *trial) {
    struct pnr_couplings *couplings;
    struct pnr_program *program;
    cr_assert_eq(pnr_couplings_build(trial->instance, &trial->prefix, &couplings), PIONEER_OK);
    cr_assert_eq(pnr_program_build(couplings, &program), PIONEER_OK);
    for (int32_t l = 0; l < trial->world.level_count; l++) {
        const struct pnr_level_outcome *outcome = &trial->result.levels[l];
        verify_grain(trial, l);
        bool has_multipliers = outcome->proof.of_row != NULL && outcome->value > outcome->constant;
        if (outcome->outcome == PIONEER_PROVEN && (outcome->by_cases || has_multipliers)) {
            verify_proof(trial, program, l);
            trial->tally->by_cases += outcome->by_cases;
            trial->tally->by_multipliers += !outcome->by_cases;
        } else if (outcome->outcome == PIONEER_PROVEN) {
            verify_constant(trial, l);
            trial->tally->by_constant++;
        }
    }
    pnr_program_free(program);
    pnr_couplings_free(couplings);
}

/* ---- one campaign
 * --------------------------------------------------------------------------------------------------- */

static void count_rules(struct trial *trial) {
    for (int32_t r = 0; r < trial->world.rule_count; r++) {
        enum pioneer_rule_kind kind = trial->world.rules[r].kind;
        trial->tally->present[kind]++;
        trial->tally->binding[kind] += brute_is_binding(&trial->brute, r);
    }
}

static void judge_part(struct trial *trial) {
    trial->tally->parts++;
    if (!brute_init(&trial->brute, &trial->world, trial->part, trial->before, trial->before_count)) {
        trial->tally->too_large++;
        brute_fini(&trial->brute);
        return;
    }
    trial->tally->rosters += trial->brute.roster_count;
    int64_t anything[BRUTE_LEVELS];
    bool has_legal = brute_optimum(&trial->brute, 0, anything, -1) < INT64_MAX;
    cr_expect(has_legal || trial->result.hard_broken > 0, "seed %d part %d: no roster is legal",
              (int)trial->seed, (int)trial->part);
    trial->tally->missed += has_legal && trial->result.hard_broken > 0;
    if (has_legal && trial->result.hard_broken == 0) {
        compare_roster(trial);
        compare_levels(trial);
        verify_proofs(trial);
    }
    trial->tally->infeasible += !has_legal;
    count_rules(trial);
    brute_fini(&trial->brute);
}

/* The public call says of each part what the engine said of it. */
static void compare_public(const struct trial *trial, const struct pioneer_roster *roster) {
    const struct pioneer_part *part = pioneer_roster_part_at(roster, trial->part);
    cr_assert(part != NULL);
    for (int32_t l = 0; l < part->level_count; l++) {
        const struct pnr_level_outcome *outcome = &trial->result.levels[l];
        cr_expect(part->levels[l].value == outcome->value && part->levels[l].bound == outcome->bound &&
                      part->levels[l].outcome == outcome->outcome,
                  "seed %d part %d level %d", (int)trial->seed, (int)trial->part, (int)l);
    }
}

static void try_campaign(uint64_t seed, const struct generated_size *size, struct tally *tally) {
    struct pioneer_campaign *campaign = generated_campaign(seed, size);
    struct pioneer_solve_options options =
        PIONEER_SOLVE_OPTIONS(.seed = seed, .threads = 1, .work_limit = WORK,
                              .outlook = PIONEER_OUTLOOK_NONE);
    struct pioneer_roster *roster;
    struct pioneer_error error;
    cr_assert_eq(pioneer_solve(campaign, &options, &roster, &error), PIONEER_OK, "seed %d: %s", (int)seed,
                 error.message);
    struct trial *trial = calloc(1, sizeof *trial);
    cr_assert(trial != NULL);
    trial->tally = tally;
    trial->seed = seed;
    cr_assert_eq(pnr_plan_init(&trial->plan, campaign, &options, false), PIONEER_OK);
    cr_assert_eq(pnr_prefix_init(&trial->prefix, trial->plan.organisation), PIONEER_OK);
    cr_assert_eq(pnr_world_init(&trial->world, campaign, &error), PIONEER_OK);
    cr_assert_eq(trial->world.duty_count, trial->plan.organisation->duties.count);
    for (trial->part = 0; trial->part < trial->plan.parts.count; trial->part++) {
        run_engine(trial);
        compare_public(trial, roster);
        judge_part(trial);
        finish_part(trial);
    }
    tally->campaigns++;
    pnr_world_fini(&trial->world);
    pnr_prefix_fini(&trial->prefix);
    pnr_plan_fini(&trial->plan);
    free(trial);
    pioneer_roster_free(roster);
    pioneer_campaign_free(campaign);
}

/* ---- rosters made with an outlook ---- */

/* Every assignment of a roster as indices into the world. */
static int32_t list_pairs(const struct trial *trial, const struct pioneer_roster *roster,
                          struct brute_pair *out) {
    const struct pnr_organisation *organisation = trial->plan.organisation;
    const struct pioneer_campaign *campaign = organisation->campaign;
    int32_t count = 0;
    for (int32_t i = 0; i < pioneer_roster_count(roster); i++) {
        const struct pioneer_assignment *a = pioneer_roster_at(roster, i);
        for (int32_t m = 0; m < campaign->members.count; m++) {
            for (int32_t d = 0; d < organisation->duties.count; d++) {
                const struct pnr_duty *duty = &organisation->duties.items[d];
                if (strcmp(campaign->members.items[m].id, a->member) == 0 && duty->day == a->day &&
                    strcmp(campaign->posts.items[duty->post].id, a->post) == 0 &&
                    strcmp(campaign->sites.items[duty->site].id, a->site) == 0 &&
                    strcmp(campaign->slots.items[duty->slot].id, a->slot) == 0) {
                    cr_assert_lt(count, MOST_BEFORE);
                    out[count++] = (struct brute_pair){m, d, 0, 0};
                }
            }
        }
    }
    return count;
}

static int32_t part_of_duty(const struct trial *trial, int32_t duty) {
    const struct pnr_organisation *organisation = trial->plan.organisation;
    const struct pnr_duty *at = &organisation->duties.items[duty];
    int32_t part = 0;
    while (trial->plan.parts.items[part].stage != at->stage ||
           trial->plan.parts.items[part].unit != organisation->unit_of_post[at->post]) {
        part++;
    }
    return part;
}

/* What the roster has its part do is legal, worth what it says, and on the levels that come before what is
 * kept for later parts as good as proven; no bound lies above what can be reached there. */
static void judge_ahead(struct trial *trial, const struct pioneer_part *said, uint32_t pairs) {
    int64_t frozen[BRUTE_LEVELS];
    const struct brute_roster *mine = NULL;
    for (int32_t i = 0; i < trial->brute.roster_count && mine == NULL; i++) {
        bool is_mine = trial->brute.rosters[i].pairs == pairs && trial->brute.rosters[i].broken == 0;
        mine = is_mine ? &trial->brute.rosters[i] : NULL;
    }
    cr_assert(mine != NULL, "seed %d part %d: not legal", (int)trial->seed, (int)trial->part);
    for (int32_t l = 0; l < said->level_count; l++) {
        const struct pioneer_level_result *level = &said->levels[l];
        int64_t optimum = brute_optimum(&trial->brute, l, frozen, -1);
        bool is_before = l < trial->plan.organisation->later_level;
        frozen[l] = level->value;
        trial->tally->levels++;
        trial->tally->proven += is_before && level->outcome == PIONEER_PROVEN;
        cr_expect(level->value == mine->value[l] && level->bound <= level->value &&
                      (!is_before || level->bound <= optimum) &&
                      (!is_before || level->outcome != PIONEER_PROVEN || level->value == optimum),
                  "seed %d part %d level %d: optimum %lld, value %lld (%lld), bound %lld", (int)trial->seed,
                  (int)trial->part, (int)l, (long long)optimum, (long long)level->value,
                  (long long)mine->value[l], (long long)level->bound);
    }
}

static void try_part_ahead(struct trial *trial, const struct pioneer_part *said, const struct brute_pair *all,
                           int32_t count) {
    trial->before_count = 0;
    for (int32_t i = 0; i < count; i++) {
        if (part_of_duty(trial, all[i].duty) < trial->part) {
            keep(trial, all[i].member, all[i].duty);
        }
    }
    trial->tally->parts++;
    bool is_small = brute_init(&trial->brute, &trial->world, trial->part, trial->before, trial->before_count);
    uint32_t pairs = 0;
    for (int32_t p = 0; is_small && p < trial->brute.pair_count; p++) {
        for (int32_t i = 0; i < count; i++) {
            bool is_same =
                all[i].member == trial->brute.pairs[p].member && all[i].duty == trial->brute.pairs[p].duty;
            pairs |= is_same ? (uint32_t)1 << p : 0;
        }
    }
    bool is_feasible = said->level_count > 0 && said->levels[0].outcome != PIONEER_INFEASIBLE;
    if (is_small && is_feasible) {
        judge_ahead(trial, said, pairs);
    }
    brute_fini(&trial->brute);
}

static void try_with(uint64_t seed, const struct generated_size *size, struct tally *tally,
                     enum pioneer_outlook outlook) {
    struct pioneer_campaign *campaign = generated_campaign(seed, size);
    struct pioneer_solve_options options =
        PIONEER_SOLVE_OPTIONS(.seed = seed, .threads = 2, .work_limit = WORK, .outlook = outlook);
    struct trial *trial = calloc(1, sizeof *trial);
    struct pioneer_error error;
    cr_assert(trial != NULL);
    trial->tally = tally;
    trial->seed = seed;
    cr_assert_eq(pnr_plan_init(&trial->plan, campaign, &options, false), PIONEER_OK);
    if (trial->plan.organisation->later_level >= 0) {
        struct pioneer_roster *roster;
        static struct brute_pair all[MOST_BEFORE];
        cr_assert_eq(pioneer_solve(campaign, &options, &roster, &error), PIONEER_OK);
        cr_assert_eq(pnr_world_init(&trial->world, campaign, &error), PIONEER_OK);
        int32_t count = list_pairs(trial, roster, all);
        for (trial->part = 0; trial->part < trial->plan.parts.count; trial->part++) {
            try_part_ahead(trial, pioneer_roster_part_at(roster, trial->part), all, count);
        }
        tally->campaigns++;
        pnr_world_fini(&trial->world);
        pioneer_roster_free(roster);
    }
    pnr_plan_fini(&trial->plan);
    free(trial);
    pioneer_campaign_free(campaign);
}

static void try_ahead(uint64_t seed, const struct generated_size *size, struct tally *tally) {
    try_with(seed, size, tally, PIONEER_OUTLOOK_KNOWN);
}

static void try_expecting(uint64_t seed, const struct generated_size *size, struct tally *tally) {
    try_with(seed, size, tally, PIONEER_OUTLOOK_EXPECTED);
}

static void print_tally(const struct tally *tally) {
    fprintf(stderr, "# %d campaigns, %d parts (%d too large, %d without legal roster), %d rosters\n",
            (int)tally->campaigns, (int)tally->parts, (int)tally->too_large, (int)tally->infeasible,
            (int)tally->rosters);
    fprintf(
        stderr,
        "# %d levels: %d proven (%d by what is unavoidable, %d by multipliers, %d by cases), %d with a gap; "
        "a legal roster missed in %d parts\n",
        (int)tally->levels, (int)tally->proven, (int)tally->by_constant, (int)tally->by_multipliers,
        (int)tally->by_cases, (int)tally->gaps, (int)tally->missed);
    fprintf(
        stderr,
        "# cases: %d by multipliers, %d impossible, %d decided; %d about several pairs, %d about sums, %d "
        "about totals\n",
        (int)tally->ends[PNR_CASE_BOUND], (int)tally->ends[PNR_CASE_IMPOSSIBLE],
        (int)tally->ends[PNR_CASE_DECIDED], (int)tally->sets, (int)tally->sums, (int)tally->totals);
    for (int32_t kind = 1; kind < PIONEER_RULE_COUNT_OF_KINDS; kind++) {
        fprintf(stderr, "# %-18s present in %4d parts, binding in %4d\n",
                pnr_rule_kind_name((enum pioneer_rule_kind)kind), (int)tally->present[kind],
                (int)tally->binding[kind]);
    }
}

/* Every seed, or the one that the environment names. */
static void try_seeds(void (*try)(uint64_t seed, const struct generated_size *size, struct tally *tally),
                      const struct generated_size *size, struct tally *tally) {
    const char *only = getenv(ONLY);
    uint64_t first = only != NULL ? strtoull(only, NULL, 10) : 1;
    uint64_t last = only != NULL ? first : CAMPAIGNS;
    for (uint64_t seed = first; seed <= last; seed++) {
        try(seed, size, tally);
    }
}

Test(brute_force, agrees_with_the_engine_on_every_level_of_every_tiny_campaign) {
    static struct tally tally;
    try_seeds(try_campaign, &generated_tiny, &tally);
    print_tally(&tally);
    for (int32_t kind = 1; kind < PIONEER_RULE_COUNT_OF_KINDS && getenv(ONLY) == NULL; kind++) {
        cr_expect_gt(tally.present[kind], 0, "%s", pnr_rule_kind_name((enum pioneer_rule_kind)kind));
        cr_expect_gt(tally.binding[kind], 0, "%s", pnr_rule_kind_name((enum pioneer_rule_kind)kind));
    }
    cr_expect_lt(tally.too_large, tally.parts / 20);
    cr_expect_gt(tally.by_multipliers, 0);
    cr_expect_gt(tally.by_cases, 0);
    cr_expect_gt(tally.grains, 0);
    /* Search alone looks for rosters that keep hard rules over several members, so that it may miss one. */
    cr_expect_eq(tally.missed, 0);
}

Test(brute_force, agrees_with_the_engine_where_duties_are_alike) {
    static struct tally tally;
    try_seeds(try_campaign, &generated_twins, &tally);
    print_tally(&tally);
    cr_expect_lt(tally.too_large, tally.parts / 20);
    cr_expect_gt(tally.sets, 0);
    cr_expect_gt(tally.sums, 0);
    cr_expect_gt(tally.totals, 0);
    cr_expect_eq(tally.missed, 0);
}

static void expect_agreement_ahead(void (*try)(uint64_t seed, const struct generated_size *size,
                                               struct tally *tally)) {
    static struct tally tally;
    try_seeds(try, &generated_tiny, &tally);
    fprintf(stderr, "# %d campaigns with an outlook, %d parts, %d levels, %d proven before it\n",
            (int)tally.campaigns, (int)tally.parts, (int)tally.levels, (int)tally.proven);
    cr_expect_gt(tally.campaigns, 0);
    cr_expect_gt(tally.proven, 0);
}

Test(brute_force, agrees_on_coverage_where_parts_look_ahead) {
    expect_agreement_ahead(try_ahead);
}

Test(brute_force, agrees_on_coverage_where_parts_expect_days_like_those_before) {
    expect_agreement_ahead(try_expecting);
}
