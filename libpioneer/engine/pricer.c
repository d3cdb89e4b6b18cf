/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pricing: the cheapest legal schedule of one member, exactly, in integers. */
#include "engine/pricer.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/threads.h"
#include "engine/pricer_inside.h"
#include "engine/stretch.h"
#include "engine/sum_table.h"

/* Multiplier rounds before labels are made. With 24 instead, the worst of 84-day schedules took ten times as
 * long; with 120 the usual ones twice as long. */
#define ROUNDS 40
/* The same when they start where the member's last query ended. */
#define WARM_ROUNDS 12
/* Neither exact nor warm, the narrow pass does the work: more rounds made first rosters no better. */
#define COLD_QUICK_ROUNDS 2
/* Labels a day of the first, narrow pass, which finds a price to prune with. */
#define BEAM 24

/* ---- courses ---- */

/* Threads take the next few members each; what they make does not depend on who makes it. */
struct building {
    struct pnr_pricer *pricer;
    struct pnr_course_source source;
    void (*beside)(void *context);
    void *context;
    atomic_int next;
    atomic_bool failed;
};

static void build_share(void *context, int task) {
    enum { AT_ONCE = 16 };
    struct building *building = context;
    struct pnr_pricer *pricer = building->pricer;
    int32_t members = pricer->instance->member_count;
    if (task == 0 && building->beside != NULL) {
        building->beside(building->context);
    }
    struct pnr_course_bench *bench = pnr_course_bench_new();
    bool ok = bench != NULL;
    while (ok && !atomic_load(&building->failed)) {
        int32_t first = atomic_fetch_add(&building->next, AT_ONCE);
        if (first >= members) {
            break;
        }
        for (int32_t m = first; ok && m < first + AT_ONCE && m < members; m++) {
            ok = pnr_course_build(&building->source, bench, m, &pricer->arenas[task], &pricer->courses[m]) ==
                 PIONEER_OK;
        }
    }
    if (!ok) {
        atomic_store(&building->failed, true);
    }
    pnr_course_bench_free(bench);
}

static enum pioneer_status build_courses(struct pnr_pricer *pricer, int32_t threads,
                                         struct building *building) {
    const struct pnr_instance *instance = pricer->instance;
    size_t duties = (size_t)instance->organisation->duties.count;
    int32_t *notice_of_duty = pnr_arena_alloc(&pricer->arena, duties, sizeof *notice_of_duty);
    pricer->courses =
        pnr_arena_alloc(&pricer->arena, (size_t)instance->member_count, sizeof *pricer->courses);
    pricer->arenas = pnr_arena_alloc(&pricer->arena, (size_t)threads, sizeof *pricer->arenas);
    if (notice_of_duty == NULL || pricer->courses == NULL || pricer->arenas == NULL ||
        !pnr_kinds_build(&pricer->kinds, instance, pricer->lookup, &pricer->arena)) {
        return PIONEER_E_NO_MEMORY;
    }
    pricer->arena_count = threads;
    for (int32_t d = 0; d < instance->duty_count; d++) {
        notice_of_duty[instance->duty_at[d]] = instance->notice_of_duty[d];
    }
    building->pricer = pricer;
    building->source = (struct pnr_course_source){.instance = instance,
                                                  .lookup = pricer->lookup,
                                                  .kinds = &pricer->kinds,
                                                  .notice_of_duty = notice_of_duty};
    atomic_init(&building->next, 0);
    atomic_init(&building->failed, false);
    enum pioneer_status status = PIONEER_OK;
    if (threads > 1) {
        status = pnr_parallel(threads, threads, build_share, building);
    } else {
        build_share(building, 0);
    }
    return status == PIONEER_OK && atomic_load(&building->failed) ? PIONEER_E_NO_MEMORY : status;
}

enum pioneer_status pnr_pricer_new_on(const struct pnr_instance *instance, int32_t threads,
                                      void (*beside)(void *context), void *context, struct pnr_pricer **out) {
    *out = NULL;
    struct building building = {.beside = beside, .context = context};
    struct pnr_pricer *pricer = calloc(1, sizeof *pricer);
    if (pricer == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    pricer->instance = instance;
    pnr_arena_init(&pricer->arena);
    enum pioneer_status status = pnr_lookup_build(instance->organisation, &pricer->lookup);
    if (status == PIONEER_OK) {
        status = build_courses(pricer, threads, &building);
    }
    if (status != PIONEER_OK) {
        pnr_pricer_free(pricer);
        return status;
    }
    *out = pricer;
    return PIONEER_OK;
}

enum pioneer_status pnr_pricer_new(const struct pnr_instance *instance, struct pnr_pricer **out,
                                   struct pioneer_error *error) {
    enum pioneer_status status = pnr_pricer_new_on(instance, 1, NULL, NULL, out);
    return status == PIONEER_OK ? PIONEER_OK : pnr_fail_no_memory(error);
}

void pnr_pricer_free(struct pnr_pricer *pricer) {
    if (pricer != NULL) {
        for (int32_t i = 0; i < pricer->arena_count; i++) {
            pnr_arena_fini(&pricer->arenas[i]);
        }
        pnr_lookup_free(pricer->lookup);
        pnr_arena_fini(&pricer->arena);
        free(pricer);
    }
}

static int32_t most_duties(const struct pnr_instance *instance) {
    int32_t most = 0;
    for (int32_t m = 0; m < instance->member_count; m++) {
        int32_t duties = instance->pairs_of_member[m + 1] - instance->pairs_of_member[m] +
                         instance->fixed_of_member[m + 1] - instance->fixed_of_member[m];
        most = duties > most ? duties : most;
    }
    return most;
}

enum pioneer_status pnr_pricer_scratch_new(const struct pnr_pricer *pricer, struct pnr_pricer_scratch **out) {
    *out = NULL;
    struct pnr_pricer_scratch *scratch = calloc(1, sizeof *scratch);
    if (scratch == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    scratch->pricer = pricer;
    pnr_arena_init(&scratch->arena);
    if (!pnr_day_view_init(&scratch->view, most_duties(pricer->instance))) {
        pnr_pricer_scratch_free(scratch);
        return PIONEER_E_NO_MEMORY;
    }
    *out = scratch;
    return PIONEER_OK;
}

void pnr_pricer_scratch_heed(struct pnr_pricer_scratch *scratch, const struct pnr_budget *budget) {
    scratch->budget = budget;
}

void pnr_pricer_scratch_free(struct pnr_pricer_scratch *scratch) {
    if (scratch != NULL) {
        pnr_arena_fini(&scratch->arena);
        pnr_labels_fini(&scratch->labels);
        pnr_day_view_fini(&scratch->view);
        free(scratch);
    }
}

const struct pnr_course *pnr_pricer_course(const struct pnr_pricer *pricer, int32_t member) {
    return &pricer->courses[member];
}

bool pnr_pricer_member_is_feasible(const struct pnr_pricer *pricer, int32_t member) {
    return pricer->courses[member].feasible;
}

const int32_t *pnr_pricer_alike(const struct pnr_pricer *pricer, int32_t member, int32_t pair,
                                int32_t *count) {
    const struct pnr_course *course = &pricer->courses[member];
    for (int32_t c = 0; c < course->class_count; c++) {
        for (int32_t i = course->first_pairs[c]; i < course->first_pairs[c + 1]; i++) {
            if (course->pairs[i] == pair) {
                *count = course->first_pairs[c + 1] - course->first_pairs[c];
                return course->pairs + course->first_pairs[c];
            }
        }
    }
    *count = 0;
    return NULL;
}

/* ---- one query ---- */

struct pricing {
    const struct pnr_pricer *pricer;
    struct pnr_pricer_scratch *scratch;
    const struct pnr_price_query *query;
    struct pnr_price_answer *answer;
    struct pnr_problem problem;
};

static void add_row(int64_t *sum, const int64_t *row, int32_t levels) {
    for (int32_t l = 0; l < levels; l++) {
        sum[l] += row[l];
    }
}

/* Charges of the tallies of the sums that a way of items adds up to, by level. */
static void add_tallies(const struct pnr_course *course, const int64_t *sums, int64_t *cost_by_level) {
    for (int32_t t = 0; t < course->tally_count; t++) {
        const struct pnr_tally *tally = &course->tallies[t];
        if (!tally->hard) {
            int64_t amount = pnr_tally_amount(tally, tally->start + sums[t]);
            cost_by_level[tally->level] += pnr_times(tally->weight, amount);
        }
    }
}

/* Classes of a pattern are in order of their first pairs, which need not be the ones taken. */
static void put_pair(struct pnr_schedule *schedule, int32_t pair) {
    int32_t at = schedule->pair_count++;
    while (at > 0 && schedule->pairs[at - 1] > pair) {
        schedule->pairs[at] = schedule->pairs[at - 1];
        at--;
    }
    schedule->pairs[at] = pair;
}

bool pnr_pricer_write_way(const struct pnr_problem *problem, int32_t pair_room, const int32_t *items,
                          int64_t *sums, struct pnr_schedule *out) {
    const struct pnr_course *course = problem->course;
    int32_t levels = course->level_count;
    int32_t counters = course->counter_count;
    out->pairs = pnr_arena_alloc(problem->arena, (size_t)pair_room, sizeof *out->pairs);
    out->cost_by_level = pnr_arena_alloc(problem->arena, (size_t)levels, sizeof *out->cost_by_level);
    out->pair_count = 0;
    if (out->pairs == NULL || out->cost_by_level == NULL) {
        return false;
    }
    int32_t state = 0;
    add_row(out->cost_by_level, course->constant, levels);
    for (int32_t day = 0; day < course->day_count; day++) {
        const struct pnr_course_day *d = &course->days[day];
        const struct pnr_item *item = &course->items[items[day]];
        const struct pnr_pattern *pattern = &course->patterns[problem->item_pattern[items[day]]];
        int32_t cell = state * d->key_count + item->key;
        const int64_t *effect = &course->effects[d->effect[cell] * (levels + counters)];
        for (int32_t i = pattern->parts_from; i < pattern->parts_to; i++) {
            put_pair(out, problem->class_pair[course->parts[i]]);
        }
        add_row(out->cost_by_level, &course->charges[pattern->charges * levels], levels);
        add_row(out->cost_by_level, effect, levels);
        for (int32_t k = 0; k < counters; k++) {
            int32_t tally = course->tally_of_day[day * counters + k];
            if (tally >= 0) {
                sums[tally] += course->takes[item->takes * counters + k] + effect[levels + k];
            }
        }
        state = d->next[cell];
    }
    add_row(out->cost_by_level, &course->effects[course->end_effect[state] * (levels + counters)], levels);
    return true;
}

void pnr_pricer_set_price(const struct pnr_price_query *query, int32_t level_count,
                          struct pnr_schedule *schedule) {
    schedule->price = 0;
    for (int32_t i = 0; i < schedule->pair_count; i++) {
        schedule->price += query->price_of_pair[schedule->pairs[i]];
    }
    for (int32_t l = 0; l < level_count; l++) {
        schedule->price += pnr_times(query->weight_of_level[l], schedule->cost_by_level[l]);
    }
}

/* Whether the sums keep every hard limit; what is broken is watched from the next pass on. */
static bool keep_limits(struct pricing *pricing, const int64_t *sums) {
    const struct pnr_course *course = pricing->problem.course;
    bool kept = true;
    for (int32_t t = 0; t < course->tally_count; t++) {
        const struct pnr_tally *tally = &course->tallies[t];
        if (tally->hard && pnr_tally_amount(tally, tally->start + sums[t]) > 0) {
            pnr_problem_watch_counter(&pricing->problem, tally->counter);
            kept = false;
        }
    }
    for (int32_t t = 0; t < pricing->problem.tally_count; t++) { /* terms are watched anyway */
        const struct pnr_priced_tally *priced = &pricing->problem.tallies[t];
        int64_t sum = priced->tally->start + sums[priced->tally - course->tallies];
        kept = kept && sum >= priced->least && sum <= priced->most;
    }
    return kept;
}

/* Writes a way of items down as a schedule, if it is one: what is not watched may be broken. */
static bool write_schedule(struct pricing *pricing, const int32_t *items, struct pnr_schedule *out,
                           bool *is_legal) {
    const struct pnr_course *course = pricing->problem.course;
    int32_t room = pricing->pricer->instance->pairs_of_member[pricing->query->member + 1] -
                   pricing->pricer->instance->pairs_of_member[pricing->query->member];
    int64_t *sums = pnr_arena_alloc(&pricing->scratch->arena, (size_t)course->tally_count, sizeof *sums);
    if (sums == NULL || !pnr_pricer_write_way(&pricing->problem, room, items, sums, out)) {
        return false;
    }
    *is_legal = keep_limits(pricing, sums);
    add_tallies(course, sums, out->cost_by_level);
    pnr_pricer_set_price(pricing->query, course->level_count, out);
    return true;
}

static bool same_pairs(const struct pnr_schedule *a, const struct pnr_schedule *b) {
    return a->pair_count == b->pair_count &&
           memcmp(a->pairs, b->pairs, (size_t)a->pair_count * sizeof *a->pairs) == 0;
}

/* Whether a comes before b in the answer: cheaper, or as cheap and its pairs come first. */
static bool comes_first(const struct pnr_schedule *a, const struct pnr_schedule *b) {
    if (a->price != b->price) {
        return a->price < b->price;
    }
    for (int32_t i = 0; i < a->pair_count && i < b->pair_count; i++) {
        if (a->pairs[i] != b->pairs[i]) {
            return a->pairs[i] < b->pairs[i];
        }
    }
    return a->pair_count < b->pair_count;
}

static void put(struct pricing *pricing, const struct pnr_schedule *schedule) {
    struct pnr_price_answer *answer = pricing->answer;
    for (int32_t i = 0; i < answer->count; i++) {
        if (same_pairs(schedule, &answer->schedules[i])) {
            return;
        }
    }
    int32_t wanted = pricing->query->wanted;
    int32_t at = answer->count < wanted ? answer->count++ : wanted;
    while (at > 0 && comes_first(schedule, &answer->schedules[at - 1])) {
        if (at < wanted) {
            answer->schedules[at] = answer->schedules[at - 1];
        }
        at--;
    }
    if (at < wanted) {
        answer->schedules[at] = *schedule;
    }
}

/* Adds a way to the answer in its place, unless it is there, too dear, or no schedule. */
static bool offer(struct pricing *pricing, const int32_t *items, bool *is_legal) {
    struct pnr_schedule schedule;
    if (!write_schedule(pricing, items, &schedule, is_legal)) {
        return false;
    }
    if (*is_legal && schedule.price < pricing->query->cutoff) {
        put(pricing, &schedule);
    }
    return true;
}

/* The price of the best schedule found so far, PNR_NEVER: none. */
static int64_t best_price(const struct pricing *pricing) {
    return pricing->answer->count > 0 ? pricing->answer->schedules[0].price : PNR_NEVER;
}

/* What a pass came to. */
struct reach {
    int64_t cheapest; /* price of its cheapest way, PNR_NEVER: none */
    bool is_legal;    /* that way is a schedule */
};

/* One pass of labels whose schedules are offered. */
static bool run_pass(struct pricing *pricing, struct pnr_label_pass *pass, int32_t *items,
                     struct reach *reach) {
    struct pnr_labels *labels = &pricing->scratch->labels;
    pass->budget = pricing->scratch->budget;
    bool ok = pnr_problem_watch(&pricing->problem) && pnr_labels_run(labels, &pricing->problem, pass);
    pricing->answer->labels += pass->made;
    *reach = (struct reach){ok && pass->end_count > 0 ? labels->kept.items[pass->first_end].bound : PNR_NEVER,
                            true};
    for (int32_t i = 0; ok && i < pass->end_count; i++) {
        bool is_legal = true;
        pnr_labels_items(labels, pass->first_end + i, pricing->problem.course->day_count, items);
        ok = offer(pricing, items, &is_legal);
        reach->is_legal = i == 0 ? is_legal : reach->is_legal;
    }
    return ok;
}

/* Makes a pass a trial: it ends when its labels have cost as much as tables would, for then those pay. False:
 * tables are there, there is nothing to fill, or the pass has to end before that anyway. */
static bool limit_trial(const struct pnr_problem *problem, struct pnr_label_pass *pass) {
    int64_t cells = problem->tables == NULL ? pnr_sum_tables_cells(problem) : 0;
    int64_t labels = cells / PNR_CELLS_A_UNIT / PNR_WORK_LABEL + 1;
    if (cells == 0 || (pass->label_limit > 0 && pass->label_limit <= labels)) {
        return false;
    }
    pass->label_limit = labels;
    return true;
}

static bool is_late(const struct pricing *pricing) {
    const struct pnr_budget *budget = pricing->scratch->budget;
    return budget != NULL && pnr_budget_is_late(budget);
}

/*
 * Passes with rising thresholds until one is complete and holds the optimum: a threshold just above it makes
 * the fewest labels, so the first lies near the bound and the distance grows fourfold. When the cheapest way
 * is no schedule, its price is a bound, and the next pass watches what it broke.
 */
static bool deepen(struct pricing *pricing, int64_t bound, int32_t *items) {
    struct pnr_price_answer *answer = pricing->answer;
    const struct pnr_price_query *query = pricing->query;
    int64_t distance = 0;
    for (;;) {
        int64_t best = best_price(pricing);
        int64_t top = best < query->cutoff ? best : query->cutoff; /* at most PNR_NEVER, like best */
        answer->bound = top;
        if (bound >= top) {
            return true;
        }
        distance = distance == 0 ? (top - bound) / 16 + 1 : distance;
        bool rises = top < PNR_NEVER && distance < top - bound; /* nothing to aim at below an unknown price */
        struct pnr_label_pass pass = {.threshold = rises ? bound + distance : top, .wanted = query->wanted};
        if (query->label_limit > 0) {
            pass.label_limit = answer->labels < query->label_limit ? query->label_limit - answer->labels : 1;
        }
        bool is_trial = limit_trial(&pricing->problem, &pass);
        struct reach reach;
        if (!run_pass(pricing, &pass, items, &reach)) {
            return false;
        }
        int64_t sure = reach.cheapest < pass.threshold ? reach.cheapest : pass.threshold;
        if (pass.dropped < sure && is_trial && !is_late(pricing)) {
            if (!pnr_sum_tables_build(&pricing->problem)) {
                return false;
            }
            int64_t proved = pnr_sum_tables_bound(&pricing->problem);
            bound = proved > bound ? proved : bound;
            distance = 0;
            continue;
        }
        if (pass.dropped < sure) {
            answer->kind = PNR_PRICED_HEURISTIC;
            answer->bound = pass.dropped > bound ? pass.dropped : bound;
            return true;
        }
        bound = sure > bound ? sure : bound;
        if (reach.cheapest < pass.threshold && reach.is_legal) {
            answer->bound = reach.cheapest;
            return true;
        }
        distance = reach.is_legal && distance < (top - bound) / 4 ? 4 * distance : distance;
    }
}

static void watch_limits(struct pnr_problem *problem) {
    for (int32_t t = 0; t < problem->course->tally_count; t++) {
        if (problem->course->tallies[t].hard) {
            pnr_problem_watch_counter(problem, problem->course->tallies[t].counter);
        }
    }
}

/* Multipliers that let a minimum outweigh every price, so that labels which fall behind it come last. */
static void push_minima(struct pnr_problem *problem, int64_t most_price) {
    for (int32_t t = 0; t < problem->tally_count; t++) {
        struct pnr_priced_tally *priced = &problem->tallies[t];
        if (priced->tally->hard && priced->tally->has_min) {
            int64_t a_day = priced->tally->most / problem->course->day_count + 1;
            int64_t mu = 4 * (most_price / a_day) + 1;
            priced->mu = mu < priced->mu_limit ? -mu : -priced->mu_limit;
            pnr_problem_aim(priced);
        }
    }
}

/* A way to a schedule where the cheapest ones all lead into dead ends: passes that watch every limit, prefer
 * what keeps up with the minima, and widen. Leaves the multipliers as they were. */
static bool force(struct pricing *pricing, int32_t *items) {
    enum { MOST_FORCED = 2 };
    struct pnr_problem *problem = &pricing->problem;
    size_t tallies = (size_t)problem->tally_count;
    int64_t *kept = pnr_arena_alloc(problem->arena, tallies, sizeof *kept);
    struct pnr_label_pass pass = {.threshold = PNR_NEVER, .width = BEAM, .wanted = pricing->query->wanted};
    bool ok = kept != NULL;
    for (size_t t = 0; ok && t < tallies; t++) {
        kept[t] = problem->tallies[t].mu;
    }
    push_minima(problem, pnr_problem_largest_price(problem));
    watch_limits(problem);
    for (int i = 0; ok && i < MOST_FORCED && pricing->answer->count == 0; i++) {
        struct reach reach;
        ok = pnr_problem_backward(problem) >= PNR_NEVER || run_pass(pricing, &pass, items, &reach);
        pass.width *= 8;
    }
    for (size_t t = 0; ok && t < tallies; t++) {
        problem->tallies[t].mu = kept[t];
        pnr_problem_aim(&problem->tallies[t]);
    }
    if (ok) {
        pnr_problem_backward(problem);
    }
    return ok;
}

/* Narrow passes until one ends in a schedule: a price to prune with. Where any price will do, one
 * is forced. */
static bool probe(struct pricing *pricing, int32_t *items) {
    enum { MOST_PROBES = 4 };
    struct reach reach = {PNR_NEVER, false};
    struct pnr_label_pass pass = {
        .threshold = pricing->query->cutoff, .width = BEAM, .wanted = pricing->query->wanted};
    for (int i = 0; i < MOST_PROBES && !reach.is_legal; i++) {
        if (!run_pass(pricing, &pass, items, &reach)) {
            return false;
        }
    }
    bool takes_any = pricing->query->cutoff == INT64_MAX && pricing->answer->count == 0;
    return !takes_any || force(pricing, items);
}

/* A hard minimum is out of reach of a narrow pass unless multipliers push towards it. */
static bool has_hard_minimum(const struct pnr_course *course) {
    for (int32_t t = 0; t < course->tally_count; t++) {
        if (course->tallies[t].hard && course->tallies[t].has_min) {
            return true;
        }
    }
    return false;
}

static int32_t round_count(const struct pricing *pricing) {
    const struct pnr_price_query *query = pricing->query;
    if (query->mu != NULL) {
        return WARM_ROUNDS;
    }
    return query->is_quick && !has_hard_minimum(pricing->problem.course) ? COLD_QUICK_ROUNDS : ROUNDS;
}

static bool search(struct pricing *pricing) {
    const struct pnr_price_query *query = pricing->query;
    struct pnr_price_answer *answer = pricing->answer;
    struct pnr_problem *problem = &pricing->problem;
    size_t days = (size_t)problem->course->day_count;
    int32_t *items = pnr_arena_alloc(&pricing->scratch->arena, days, sizeof *items);
    int64_t best;
    bool is_legal;
    if (items == NULL) {
        return false;
    }
    if (query->mu != NULL) {
        pnr_problem_load_mu(problem, query->mu);
    }
    int64_t bound = pnr_problem_tighten(problem, query->cutoff, round_count(pricing), &best, items);
    if (query->mu != NULL) {
        pnr_problem_save_mu(problem, query->mu);
    }
    if (bound == -PNR_NEVER) {
        return false;
    }
    if (bound >= PNR_NEVER) {
        answer->kind = PNR_PRICED_INFEASIBLE;
        return true;
    }
    if (bound >= query->cutoff) {
        answer->bound = query->cutoff;
        return true;
    }
    if (best < PNR_NEVER && !offer(pricing, items, &is_legal)) {
        return false;
    }
    if ((bound < best || query->wanted > 1) && !probe(pricing, items)) {
        return false;
    }
    if (query->is_quick) {
        answer->kind = bound < best_price(pricing) ? PNR_PRICED_HEURISTIC : PNR_PRICED_EXACT;
        answer->bound = bound;
        return true;
    }
    if (!deepen(pricing, bound, items)) {
        return false;
    }
    if (answer->kind == PNR_PRICED_EXACT && answer->count == 0 && query->cutoff == INT64_MAX) {
        answer->kind = PNR_PRICED_INFEASIBLE;
    }
    return true;
}

int64_t pnr_pricer_negative_prices(const struct pnr_instance *instance, const struct pnr_price_query *query) {
    int64_t bound = 0;
    for (int32_t p = instance->pairs_of_member[query->member];
         p < instance->pairs_of_member[query->member + 1]; p++) {
        bound += query->price_of_pair[p] < 0 ? query->price_of_pair[p] : 0;
    }
    return bound;
}

/* Nothing is proved about sets of duties that were not enumerated but this: not even that none of them is
 * legal. */
static void weaken_bound(const struct pnr_instance *instance, const struct pnr_price_query *query,
                         struct pnr_price_answer *answer) {
    int64_t bound = pnr_pricer_negative_prices(instance, query);
    answer->kind = PNR_PRICED_HEURISTIC;
    answer->bound = bound < answer->bound ? bound : answer->bound;
}

enum pioneer_status pnr_pricer_price(const struct pnr_pricer *pricer, struct pnr_pricer_scratch *scratch,
                                     const struct pnr_price_query *query, struct pnr_price_answer *answer) {
    const struct pnr_course *course = &pricer->courses[query->member];
    struct pricing pricing = {.pricer = pricer, .scratch = scratch, .query = query, .answer = answer};
    memset(answer, 0, sizeof *answer);
    answer->kind = PNR_PRICED_INFEASIBLE;
    answer->bound = query->cutoff;
    if (!course->feasible) {
        return PIONEER_OK;
    }
    pnr_arena_reset(&scratch->arena);
    struct pnr_course days_at_hand;
    if (query->stretch != NULL && query->stretch->course != NULL) {
        course = query->stretch->course;
    } else if (query->stretch != NULL) {
        if (!pnr_stretch_open(course, query->stretch, &scratch->arena, &days_at_hand)) {
            return PIONEER_E_NO_MEMORY;
        }
        if (!days_at_hand.feasible) {
            return PIONEER_OK;
        }
        course = &days_at_hand;
    }
    answer->kind = PNR_PRICED_EXACT;
    if (!pnr_problem_init(&pricing.problem, course, pricer->instance, query, &scratch->arena) ||
        !search(&pricing)) {
        answer->count = 0;
        return PIONEER_E_NO_MEMORY;
    }
    answer->work = PNR_WORK_LABEL * answer->labels + pricing.problem.cells / PNR_CELLS_A_UNIT +
                   course->pattern_count / 20 + 1;
    if (course->truncated) {
        weaken_bound(pricer->instance, query, answer);
    }
    return PIONEER_OK;
}

enum pioneer_status pnr_pricer_value(const struct pnr_pricer *pricer, struct pnr_pricer_scratch *scratch,
                                     int32_t member, const int32_t *pairs, int32_t pair_count,
                                     int64_t *cost_by_level, bool *legal) {
    pnr_arena_reset(&scratch->arena);
    struct pnr_valuation valuation = {.instance = pricer->instance,
                                      .course = &pricer->courses[member],
                                      .member = member,
                                      .arena = &scratch->arena,
                                      .view = &scratch->view,
                                      .cost_by_level = cost_by_level};
    bool ok = pnr_valuation_run(&valuation, pairs, pair_count);
    *legal = valuation.legal;
    return ok ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}
