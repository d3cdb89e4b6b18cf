/* SPDX-License-Identifier: GPL-3.0-or-later */
/* First roster and neighbourhood search: members are freed and given back their cheapest schedules. */
#include "engine/search.h"

#include "engine/beam.h"
#include "engine/course.h"
#include "engine/stretch.h"

#include <stdlib.h>
#include <string.h>

/* The most members one move frees. More makes moves dear and rarely better (compare by the value reached at
 * equal work). */
#define MOST_FREED 4

/* From so many pairs on the first roster takes good schedules instead of the cheapest: on 389,000 pairs it is
 * no worse for it, and there in a third of the time. */
#define LARGE_PAIRS 20000
/* Multiplier rounds before a beam. */
#define BEAM_ROUNDS 40

/* Days times rules that a valuation looks at for a unit of work. */
#define LOOKS_A_UNIT 10

/* Labels one member may cost in the search before its schedule need not be the very cheapest. */
#define SEARCH_LABELS 200000

enum pioneer_status pnr_search_init(struct pnr_search *search, const struct pnr_instance *instance,
                                    const struct pnr_pricer *pricer, struct pnr_pricer_scratch *scratch,
                                    const uint8_t *is_feasible, struct pnr_budget *budget, uint64_t seed) {
    memset(search, 0, sizeof *search);
    search->pricer = pricer;
    search->scratch = scratch;
    search->is_feasible = is_feasible;
    search->budget = budget;
    pnr_rng_seed(&search->rng, seed);
    size_t pairs = (size_t)instance->pair_count;
    size_t members = (size_t)instance->member_count;
    size_t duties = (size_t)instance->duty_count;
    size_t levels = (size_t)instance->organisation->level_count;
    size_t wide = pairs + 2 * (levels + 1) + MOST_FREED * levels;
    search->memory =
        calloc(1, wide * sizeof(int64_t) + (pairs + members + duties) * sizeof(int32_t) + pairs + 1);
    if (search->memory == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    search->price_of_pair = search->memory;
    search->weight_of_value = search->price_of_pair + pairs;
    search->old_value = search->weight_of_value + levels + 1;
    search->old_cost = search->old_value + levels + 1;
    search->old_pairs = (int32_t *)(search->old_cost + MOST_FREED * levels);
    search->order = search->old_pairs + pairs;
    search->costly = search->order + members;
    search->forbidden = (uint8_t *)(search->costly + duties);
    return PIONEER_OK;
}

void pnr_search_fini(struct pnr_search *search) {
    for (int32_t m = 0; m < search->way_count; m++) {
        pnr_way_fini(&search->ways[m]);
    }
    free(search->ways);
    search->ways = NULL;
    search->way_count = 0;
    free(search->memory);
    search->memory = NULL;
}

/* ---- one member
 * -------------------------------------------------------------------------------------------------- */

struct pnr_price_query pnr_search_query(const struct pnr_search *search, int32_t member) {
    return (struct pnr_price_query){
        .member = member,
        .price_of_pair = search->price_of_pair,
        .weight_of_level = search->weight_of_value + 1,
        .forbidden = search->forbidden,
        .cutoff = INT64_MAX,
        .wanted = 1,
        .label_limit = SEARCH_LABELS,
        .is_quick = search->is_hasty,
    };
}

/* The same by a beam, which is tried again three times as wide when it finds nothing. */
static enum pioneer_status recreate_by_beam(struct pnr_search *search, struct pnr_solution *solution,
                                            const struct pnr_price_query *query, bool *found) {
    enum { WIDEN = 3, TRIES = 2 };
    enum pioneer_status status = PIONEER_OK;
    struct pnr_beam beam = {.width = search->beam_width, .rounds = BEAM_ROUNDS};
    for (int i = 0; i < TRIES && status == PIONEER_OK && !*found; i++, beam.width *= WIDEN) {
        status = pnr_pricer_beam(search->pricer, search->scratch, query, &beam);
        pnr_budget_spend(search->budget, beam.work);
        *found = status == PIONEER_OK && beam.found;
    }
    if (*found) {
        pnr_solution_set_member(solution, query->member, beam.schedule.pairs, beam.schedule.pair_count,
                                beam.schedule.cost_by_level);
    }
    return status;
}

void pnr_search_price(struct pnr_search *search, const struct pnr_solution *solution,
                      struct pnr_pair_range range) {
    for (int32_t p = range.first; p < range.last; p++) {
        search->forbidden[p] = !pnr_solution_has_room(solution, solution->instance->duty_of_pair[p]);
        search->price_of_pair[p] =
            search->forbidden[p] ? 0 : pnr_solution_price_pair(solution, p, search->weight_of_value);
    }
}

enum pioneer_status pnr_search_recreate(struct pnr_search *search, struct pnr_solution *solution,
                                        int32_t member, bool *found) {
    *found = false;
    const int32_t *pairs_of_member = solution->instance->pairs_of_member;
    struct pnr_pair_range range = {pairs_of_member[member], pairs_of_member[member + 1]};
    pnr_search_price(search, solution, range);
    struct pnr_price_query query = pnr_search_query(search, member);
    if (search->beam_width > 0) {
        enum pioneer_status status = recreate_by_beam(search, solution, &query, found);
        if (status != PIONEER_OK || *found) {
            return status;
        }
    }
    struct pnr_price_answer answer;
    enum pioneer_status status = pnr_pricer_price(search->pricer, search->scratch, &query, &answer);
    if (status != PIONEER_OK) {
        return status;
    }
    pnr_budget_spend(search->budget, answer.work + range.last - range.first);
    *found = answer.count > 0;
    if (*found) {
        const struct pnr_schedule *best = &answer.schedules[0];
        pnr_solution_set_member(solution, member, best->pairs, best->pair_count, best->cost_by_level);
    }
    return PIONEER_OK;
}

enum pioneer_status pnr_search_value(struct pnr_search *search, int32_t member, const int32_t *pairs,
                                     int32_t count, int64_t *cost, bool *legal) {
    const struct pnr_course *course = pnr_pricer_course(search->pricer, member);
    int64_t days = course->scene.last_day - course->scene.first_day + 1;
    pnr_budget_spend(search->budget, course->clause_count * days / LOOKS_A_UNIT + 1);
    return pnr_pricer_value(search->pricer, search->scratch, member, pairs, count, cost, legal);
}

int32_t pnr_search_draw_pair(struct pnr_search *search, const struct pnr_solution *solution,
                             struct pnr_pair_range range) {
    uint32_t seen = 0;
    int32_t drawn = -1;
    for (int32_t p = range.first; p < range.last; p++) {
        if (solution->is_chosen[p] && pnr_rng_below(&search->rng, ++seen) == 0) {
            drawn = p;
        }
    }
    return drawn;
}

/* ---- the first roster
 * -------------------------------------------------------------------------------------------- */

struct choice {
    int32_t member, pair_count;
};

static int compare_choices(const void *left, const void *right) {
    const struct choice *a = left;
    const struct choice *b = right;
    if (a->pair_count != b->pair_count) {
        return a->pair_count < b->pair_count ? -1 : 1;
    }
    return (a->member > b->member) - (a->member < b->member);
}

static bool order_by_choice(struct pnr_search *search, const struct pnr_instance *instance) {
    struct choice *choices = calloc((size_t)instance->member_count + 1, sizeof *choices);
    if (choices == NULL) {
        return false;
    }
    for (int32_t m = 0; m < instance->member_count; m++) {
        choices[m] = (struct choice){m, instance->pairs_of_member[m + 1] - instance->pairs_of_member[m]};
    }
    qsort(choices, (size_t)instance->member_count, sizeof *choices, compare_choices);
    for (int32_t m = 0; m < instance->member_count; m++) {
        search->order[m] = choices[m].member;
    }
    free(choices);
    return true;
}

/* All levels at once: each next level weighs 2^-STEP of the one before, the last one 1. */
static void weigh_all(struct pnr_search *search, int32_t value_count) {
    enum { STEP = 6, MOST = 32, LEAST = 14 };
    int32_t room = MOST - STEP * (value_count - 1); /* prices of a minute are integers too */
    int32_t base = room > LEAST ? LEAST : room > 0 ? room : 0;
    for (int32_t v = 0; v < value_count; v++) {
        int32_t shift = base + STEP * (value_count - 1 - v);
        search->weight_of_value[v] = INT64_C(1) << (shift < MOST ? shift : MOST);
    }
}

static enum pioneer_status construct_small(struct pnr_search *search, struct pnr_solution *solution) {
    const struct pnr_instance *instance = solution->instance;
    for (int32_t i = 0; i < instance->member_count; i++) {
        enum pnr_stop stop = pnr_budget_stop(search->budget);
        if (stop == PNR_STOP_CANCEL || stop == PNR_STOP_TIME) {
            break;
        }
        int32_t member = search->order[i];
        if (search->is_feasible[member] &&
            instance->pairs_of_member[member + 1] > instance->pairs_of_member[member]) {
            bool found;
            enum pioneer_status status = pnr_search_recreate(search, solution, member, &found);
            if (status != PIONEER_OK) {
                return status;
            }
        }
    }
    return PIONEER_OK;
}

enum pioneer_status pnr_search_construct(struct pnr_search *search, struct pnr_solution *solution,
                                         struct pnr_pricer_scratch **scratches, int32_t thread_count) {
    if (!order_by_choice(search, solution->instance)) {
        return PIONEER_E_NO_MEMORY;
    }
    weigh_all(search, solution->value_count);
    /* on long horizons a narrow pass often ends in a dead end: members come one by one, by beams */
    bool is_long = search->beam_width > 0;
    return solution->instance->pair_count >= LARGE_PAIRS && !is_long
               ? pnr_search_construct_large(search, solution, scratches, thread_count)
               : construct_small(search, solution);
}

/* ---- ruin and recreate
 * ------------------------------------------------------------------------------------------- */

/* The level counts most; what is frozen before it must not give way; the level after breaks ties, and so does
 * the one that is being solved. */
void pnr_search_weigh(struct pnr_search *search, int32_t value_count, int32_t level) {
    /* beams hold sums by multipliers, which small weights would round to nothing */
    int64_t next_weight = search->beam_width > 0 ? INT64_C(1) << 20 : 64;
    for (int32_t v = 0; v < value_count; v++) {
        search->weight_of_value[v] = v <= level       ? INT64_C(1) << 26
                                     : v == level + 1 ? next_weight
                                     : v == level + 2 ? next_weight / 64
                                                      : 0;
    }
    if (search->solved_level > level + 1 && search->solved_level + 1 < value_count) {
        search->weight_of_value[search->solved_level + 1] = 1;
    }
}

/* Whether a better schedule of the member could be worth something at the level; -1: hard rules. */
static bool is_costly(const struct pnr_solution *solution, int32_t member, int32_t level) {
    size_t levels = (size_t)solution->value_count - 1;
    return level < 0 ? solution->must_serve[member] != 0
                     : solution->cost_of_member[(size_t)member * levels + (size_t)level] > 0;
}

/* A costly member half of the time, else any; −1 if nobody has a choice. */
static int32_t pick_seed(struct pnr_search *search, const struct pnr_solution *solution, int32_t level) {
    const struct pnr_instance *instance = solution->instance;
    int32_t picked = -1;
    for (int tries = 0; tries < 12; tries++) {
        int32_t member = (int32_t)pnr_rng_below(&search->rng, (uint32_t)instance->member_count);
        if (!search->is_feasible[member] ||
            instance->pairs_of_member[member] == instance->pairs_of_member[member + 1]) {
            continue;
        }
        picked = member;
        if (is_costly(solution, member, level) || pnr_rng_below(&search->rng, 2) == 0) {
            break;
        }
    }
    return picked;
}

static bool is_freed(const int32_t *freed, int32_t count, int32_t member) {
    for (int32_t i = 0; i < count; i++) {
        if (freed[i] == member) {
            return true;
        }
    }
    return false;
}

int32_t pnr_search_rival(struct pnr_search *search, const struct pnr_instance *instance, int32_t duty) {
    int32_t first = instance->pairs_of_duty[duty];
    uint32_t rivals = (uint32_t)(instance->pairs_of_duty[duty + 1] - first);
    if (rivals == 0) {
        return -1;
    }
    int32_t at = first + (int32_t)pnr_rng_below(&search->rng, rivals);
    return instance->member_of_pair[instance->pair_by_duty[at]];
}

/* A member who shares a duty with this one. */
static int32_t pick_rival(struct pnr_search *search, const struct pnr_instance *instance, int32_t member) {
    int32_t first_pair = instance->pairs_of_member[member];
    uint32_t pairs = (uint32_t)(instance->pairs_of_member[member + 1] - first_pair);
    int32_t pair = first_pair + (int32_t)pnr_rng_below(&search->rng, pairs);
    return pnr_search_rival(search, instance, instance->duty_of_pair[pair]);
}

/* A few members who could stand in for each other: they share a duty with the one before. */
static int32_t pick_members(struct pnr_search *search, const struct pnr_solution *solution, int32_t level,
                            int32_t *freed) {
    int32_t wanted = 2 + (int32_t)pnr_rng_below(&search->rng, MOST_FREED - 1);
    freed[0] = pick_seed(search, solution, level);
    if (freed[0] < 0) {
        return 0;
    }
    int32_t count = 1;
    for (int tries = 0; count < wanted && tries < 3 * MOST_FREED; tries++) {
        int32_t last = freed[pnr_rng_below(&search->rng, (uint32_t)count)];
        int32_t member = pick_rival(search, solution->instance, last);
        if (search->is_feasible[member] && !is_freed(freed, count, member)) {
            freed[count++] = member;
        }
    }
    return count;
}

/* Whether the coupling charges its one duty at the level. */
static bool charges_duty(const struct pnr_solution *solution, const struct pnr_coupling *coupling,
                         int32_t level) {
    return coupling->level == level && coupling->duty >= 0 &&
           pnr_coupling_amount(coupling, solution->counts) > 0;
}

/* ---- chains: somebody comes to a duty that costs, somebody else takes over what that one had ---- */

/* Duties are listed anew after so many moves; a listing of so many couplings is a unit of work. */
#define MOVES_A_LISTING  64
#define COUPLINGS_A_UNIT 20
/* Of so many who might come the one is taken who gains most there. */
#define CALLED 6

/* Whether duties are all that costs something at the level. Where members do, too, chains take work from
 * moves that look at them: Curtois 12 ended 5 to 12 above its optimum instead of 0 to 4. */
static bool is_about_duties(const struct pnr_solution *solution, int32_t level) {
    return level >= 0 && !pnr_solution_charges_members(solution, level);
}

static void spend_listing(struct pnr_search *search, const struct pnr_couplings *couplings) {
    pnr_budget_spend(search->budget, couplings->items.count / COUPLINGS_A_UNIT);
}

void pnr_search_list_costly(struct pnr_search *search, const struct pnr_solution *solution, int32_t level) {
    const struct pnr_couplings *couplings = solution->couplings;
    search->costly_count = 0;
    for (int32_t c = 0; c < couplings->items.count && search->costly_count < solution->instance->duty_count;
         c++) {
        const struct pnr_coupling *coupling = &couplings->items.items[c];
        if (charges_duty(solution, coupling, level)) {
            search->costly[search->costly_count++] = coupling->duty;
        }
    }
    spend_listing(search, couplings);
}

/* For chains: none where members cost as well. To ask that is as much work as to list. */
static void list_costly(struct pnr_search *search, const struct pnr_solution *solution, int32_t level) {
    if (is_about_duties(solution, level)) {
        pnr_search_list_costly(search, solution, level);
    } else {
        search->costly_count = 0;
        spend_listing(search, solution->couplings);
    }
}

/* One of those who may take the duty and do not, the one of a few whom it pays most to have there; -1. */
static int32_t call_for(struct pnr_search *search, const struct pnr_solution *solution, int32_t duty) {
    const struct pnr_instance *instance = solution->instance;
    int32_t first = instance->pairs_of_duty[duty];
    uint32_t rivals = (uint32_t)(instance->pairs_of_duty[duty + 1] - first);
    int32_t called = -1;
    int64_t least = INT64_MAX;
    for (int32_t i = 0; rivals > 0 && i < CALLED; i++) {
        int32_t pair = instance->pair_by_duty[first + (int32_t)pnr_rng_below(&search->rng, rivals)];
        if (solution->is_chosen[pair] || !search->is_feasible[instance->member_of_pair[pair]]) {
            continue;
        }
        int64_t price = pnr_solution_price_pair(solution, pair, search->weight_of_value);
        if (price < least) {
            least = price;
            called = instance->member_of_pair[pair];
        }
    }
    return called;
}

/* One of the duties that the member has in the roster, -1: none. */
static int32_t duty_of(struct pnr_search *search, const struct pnr_solution *solution, int32_t member) {
    const int32_t *pairs_of_member = solution->instance->pairs_of_member;
    struct pnr_pair_range all = {pairs_of_member[member], pairs_of_member[member + 1]};
    int32_t pair = pnr_search_draw_pair(search, solution, all);
    return pair < 0 ? -1 : solution->instance->duty_of_pair[pair];
}

/* Somebody who stands on the duty, -1. */
static int32_t holder_of(struct pnr_search *search, const struct pnr_solution *solution, int32_t duty) {
    const struct pnr_instance *instance = solution->instance;
    uint32_t seen = 0;
    int32_t holder = -1;
    for (int32_t i = instance->pairs_of_duty[duty]; i < instance->pairs_of_duty[duty + 1]; i++) {
        int32_t pair = instance->pair_by_duty[i];
        bool may_go = solution->is_chosen[pair] && search->is_feasible[instance->member_of_pair[pair]];
        if (may_go && pnr_rng_below(&search->rng, ++seen) == 0) {
            holder = instance->member_of_pair[pair];
        }
    }
    return holder;
}

/* The members of a chain in the order in which they are to choose; how many. */
static int32_t pick_chain(struct pnr_search *search, const struct pnr_solution *solution, int32_t *freed) {
    int32_t duty = search->costly[pnr_rng_below(&search->rng, (uint32_t)search->costly_count)];
    int32_t wanted = 2 + (int32_t)pnr_rng_below(&search->rng, MOST_FREED - 1);
    int32_t count = 0;
    int32_t last = call_for(search, solution, duty);
    int32_t holder =
        last >= 0 && !pnr_solution_has_room(solution, duty) ? holder_of(search, solution, duty) : -1;
    while (last >= 0 && !is_freed(freed, count, last)) {
        freed[count++] = last;
        if (holder >= 0 && count < MOST_FREED && !is_freed(freed, count, holder)) {
            freed[count++] = holder;
        }
        holder = -1;
        int32_t left = count < wanted ? duty_of(search, solution, last) : -1;
        last = left >= 0 ? call_for(search, solution, left) : -1;
    }
    return count;
}

/* A duty that some coupling charges at the level, each as likely as another, -1: none. */
static int32_t pick_costly_duty(struct pnr_search *search, const struct pnr_solution *solution,
                                int32_t level) {
    const struct pnr_couplings *couplings = solution->couplings;
    uint32_t seen = 0;
    int32_t picked = -1;
    for (int32_t c = 0; c < couplings->items.count; c++) {
        const struct pnr_coupling *coupling = &couplings->items.items[c];
        if (charges_duty(solution, coupling, level) && pnr_rng_below(&search->rng, ++seen) == 0) {
            picked = coupling->duty;
        }
    }
    return picked;
}

/* What is picked so far. */
struct picking {
    uint8_t *is_picked;
    int32_t count, wanted;
    int32_t last;
};

static void pick(struct pnr_search *search, struct picking *picking, int32_t member) {
    if (member >= 0 && search->is_feasible[member] && !picking->is_picked[member]) {
        picking->is_picked[member] = 1;
        picking->count++;
        picking->last = member;
    }
}

/* A few of those who may take the duty, on it or not. */
static void pick_around(struct pnr_search *search, const struct pnr_instance *instance, int32_t duty,
                        struct picking *picking) {
    for (int32_t i = 0; i < picking->wanted / 2; i++) {
        pick(search, picking, pnr_search_rival(search, instance, duty));
    }
}

void pnr_search_pick(struct pnr_search *search, const struct pnr_solution *solution, int32_t level,
                     int32_t wanted, uint8_t *is_picked) {
    struct picking picking = {.is_picked = is_picked, .wanted = wanted, .last = -1};
    memset(is_picked, 0, (size_t)solution->instance->member_count);
    int32_t duty = pnr_rng_below(&search->rng, 2) == 0 ? pick_costly_duty(search, solution, level) : -1;
    if (duty >= 0) {
        pick_around(search, solution->instance, duty, &picking);
    }
    if (picking.count == 0) {
        pick(search, &picking, pick_seed(search, solution, level));
    }
    for (int32_t tries = 0; picking.last >= 0 && picking.count < wanted && tries < 4 * wanted; tries++) {
        pick(search, &picking, pick_rival(search, solution->instance, picking.last));
    }
}

static void remember(struct pnr_search *search, const struct pnr_solution *solution, const int32_t *freed,
                     int32_t count, int32_t *pairs_before) {
    size_t levels = (size_t)solution->value_count - 1;
    int32_t used = 0;
    for (int32_t i = 0; i < count; i++) {
        pairs_before[i] = used;
        used += pnr_solution_pairs_of(solution, freed[i], search->old_pairs + used);
        memcpy(search->old_cost + (size_t)i * levels, solution->cost_of_member + (size_t)freed[i] * levels,
               levels * sizeof(int64_t));
    }
    pairs_before[count] = used;
    memcpy(search->old_value, solution->value, (size_t)solution->value_count * sizeof(int64_t));
}

static void restore(struct pnr_search *search, struct pnr_solution *solution, const int32_t *freed,
                    int32_t count, const int32_t *pairs_before) {
    size_t levels = (size_t)solution->value_count - 1;
    for (int32_t i = 0; i < count; i++) {
        pnr_solution_set_member(solution, freed[i], search->old_pairs + pairs_before[i],
                                pairs_before[i + 1] - pairs_before[i], search->old_cost + (size_t)i * levels);
    }
}

static enum pioneer_status try_move(struct pnr_search *search, struct pnr_solution *solution, int32_t level) {
    int32_t freed[MOST_FREED];
    int32_t pairs_before[MOST_FREED + 1];
    bool is_chain = search->costly_count > 0 && pnr_rng_below(&search->rng, 2) == 0;
    int32_t count =
        is_chain ? pick_chain(search, solution, freed) : pick_members(search, solution, level, freed);
    remember(search, solution, freed, count, pairs_before);
    size_t levels = (size_t)solution->value_count - 1;
    for (int32_t i = 0; i < count;
         i++) { /* the costs of the old schedule stay until recreate() replaces them */
        pnr_solution_set_member(solution, freed[i], NULL, 0, search->old_cost + (size_t)i * levels);
    }
    int32_t order[MOST_FREED];
    memcpy(order, freed, sizeof order);
    if (!is_chain) {
        pnr_rng_shuffle(&search->rng, order, count);
    }
    enum pioneer_status status = PIONEER_OK;
    bool found = true;
    for (int32_t i = 0; i < count && status == PIONEER_OK && found; i++) {
        status = pnr_search_recreate(search, solution, order[i], &found);
    }
    if (status != PIONEER_OK || !found ||
        pnr_value_compare(solution->value, search->old_value, solution->value_count) > 0) {
        restore(search, solution, freed, count, pairs_before);
    }
    return status;
}

enum pioneer_status pnr_search_improve(struct pnr_search *search, struct pnr_solution *solution,
                                       int32_t level, int64_t goal, int64_t work) {
    pnr_search_weigh(search, solution->value_count, level);
    int64_t end = search->budget->work_used + work;
    int32_t moves = 0;
    while (solution->value[level + 1] > goal && search->budget->work_used < end &&
           pnr_budget_stop(search->budget) == PNR_STOP_NONE) {
        int64_t before = search->budget->work_used;
        if (moves++ % MOVES_A_LISTING == 0) {
            list_costly(search, solution, level);
        }
        enum pioneer_status status = try_move(search, solution, level);
        if (status != PIONEER_OK) {
            return status;
        }
        pnr_budget_spend(search->budget, search->budget->work_used == before ? 1 : 0);
        if (solution->instance->pair_count == 0) {
            break;
        }
    }
    return PIONEER_OK;
}

enum pioneer_status pnr_search_complete(struct pnr_search *search, struct pnr_solution *solution,
                                        int32_t level, const uint8_t *is_idle) {
    pnr_search_weigh(search, solution->value_count, level);
    enum pioneer_status status = PIONEER_OK;
    for (int32_t m = 0; m < solution->instance->member_count && status == PIONEER_OK; m++) {
        if (is_idle[m] && search->is_feasible[m]) {
            bool found;
            status = pnr_search_recreate(search, solution, m, &found);
        }
    }
    return status;
}
