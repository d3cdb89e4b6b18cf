/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A pricer with none of the engine's code: depth first over a member's duties in order of start. Every
 * schedule is judged as a whole by the judge's rules. Branches are cut by a relaxation: only neighbouring
 * duties must be legal together, and the minutes of a week; prices, terms and fairness are exact in it. That
 * it is exact there is not taken on trust: each schedule that is reached is valued by the judge as well.
 */
#include "naive.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "check/free.h"
#include "check/inforce.h"
#include "check/rules/rules.h"

enum { MOST_RULES = 64, MOST_WEEKS = 8, MOST_HELD = 128 };
/* Duties further apart than this count as legal neighbours without a look; that only weakens the relaxation.
 */
enum { NEAR_DAYS = 2 };

#define NEVER ((pnr_wide)1 << 120)

/* Duties taken so far, as far as the rest of the schedule depends on them in the relaxation. */
struct state {
    int32_t last;     /* index + 1 of the member's latest pair, 0: none */
    int32_t week_min; /* minutes in its week */
    int32_t load, hardship;
};

struct entry {
    uint64_t key; /* of the state, + 1; 0: unused */
    pnr_wide value;
};

struct search {
    struct naive *naive;
    const struct proof_question *question;
    int32_t position, member, stage;
    const struct naive_pair *own;
    int32_t own_count;
    const struct pnr_check_rule *hard[MOST_RULES], *terms[MOST_RULES], *fairness[MOST_RULES];
    int32_t hard_count, term_count, fairness_count;
    const struct pnr_check_duty *fixed[MOST_HELD];
    int32_t fixed_count;
    int32_t first_week;
    int64_t week_limit[MOST_WEEKS]; /* minutes that the week has left; INT64_MAX: any */
    bool has_limit;
    uint8_t *follows; /* [last × own_count + pair]: the two are legal together */
    pnr_wide *step;   /* [last × own_count + pair]: what the pair adds to prices and terms */
    struct entry *memo;
    size_t memo_count, memo_room;
    int32_t taken[MOST_HELD];
    int32_t taken_count;
    bool has_best;
    pnr_wide best;
};

/* ---- what the campaign may contain ---- */

/* Whether a schedule that breaks the rule still does so with more duties after its last one, and one that
 * keeps it also with fewer. */
static bool is_hereditary(const struct pnr_check_rule *rule) {
    switch (rule->kind) {
    case PIONEER_RULE_AVAILABILITY:
    case PIONEER_RULE_ELIGIBILITY:
    case PIONEER_RULE_WALKING: /* in a world where no way is shorter over a third site */
    case PIONEER_RULE_REST:
    case PIONEER_RULE_WEEKENDS:
    case PIONEER_RULE_SUCCESSION:
    case PIONEER_RULE_ISOLATION:
        return true;
    case PIONEER_RULE_DUTIES:
    case PIONEER_RULE_MINUTES:
    case PIONEER_RULE_COUNT:
    case PIONEER_RULE_WORK_RUN:
    case PIONEER_RULE_KIND_RUN:
        return !rule->given->has_min;
    default:
        return false;
    }
}

/* Terms whose amount is a sum over neighbouring duties, where a day has no more than two. */
static bool adds_up(const struct pnr_check_rule *rule) {
    return rule->kind == PIONEER_RULE_REQUESTS || rule->kind == PIONEER_RULE_PREFERENCES ||
           rule->kind == PIONEER_RULE_RATINGS || rule->kind == PIONEER_RULE_CONTINUITY;
}

static bool is_fairness(const struct pnr_check_rule *rule) {
    return rule->kind == PIONEER_RULE_LOAD_FAIRNESS || rule->kind == PIONEER_RULE_HARDSHIP_FAIRNESS;
}

static void expect_no_detours(const struct pnr_world *world) {
    int32_t sites = world->campaign->sites.count;
    for (int32_t a = 0; a < sites; a++) {
        for (int32_t b = 0; b < sites; b++) {
            for (int32_t c = 0; c < sites; c++) {
                cr_assert_leq(pnr_world_walk(world, a, c),
                              pnr_world_walk(world, a, b) + pnr_world_walk(world, b, c));
            }
        }
    }
}

static void expect_plain_rules(const struct pnr_world *world) {
    bool has_day_limit = false;
    for (int32_t r = 0; r < world->rule_count; r++) {
        const struct pnr_check_rule *rule = &world->rules[r];
        bool is_hard = rule->weight == 0;
        has_day_limit |= rule->kind == PIONEER_RULE_DUTIES && is_hard && rule->members == NULL &&
                         rule->stages == NULL && !rule->is_replaced &&
                         rule->given->window == PIONEER_WINDOW_DAY && rule->given->max <= 2;
        if (pnr_check_kind_of(rule->kind)->is_about_member) {
            cr_assert(is_hard ? is_hereditary(rule) : adds_up(rule), "rule %s", rule->id);
        }
    }
    cr_assert(has_day_limit && world->mark_count == 0 && world->rule_count <= MOST_RULES);
}

/* ---- pairs ---- */

static bool may_take(const struct pnr_world *world, int32_t member, const struct pnr_check_duty *duty) {
    for (int32_t r = 0; r < world->rule_count; r++) {
        const struct pnr_check_rule *rule = &world->rules[r];
        bool is_kept = true;
        if (rule->kind == PIONEER_RULE_AVAILABILITY) {
            is_kept = pnr_free_holds(world, member, duty->from_at, duty->to_at);
        } else if (rule->kind == PIONEER_RULE_ELIGIBILITY) {
            is_kept = pnr_world_is_eligible(world, member, duty->post);
        }
        if (!is_kept && rule->weight == 0 && pnr_inforce_holds(world, rule, member, duty->stage)) {
            return false;
        }
    }
    return duty->max > 0;
}

/* Whether an earlier part gave the member something at that time. */
static bool is_busy(const struct naive *naive, int32_t member, const struct pnr_check_duty *duty) {
    const struct pnr_stand *stand = naive->stand;
    for (int32_t i = stand->duties_of_member[member]; i < stand->duties_of_member[member + 1]; i++) {
        const struct pnr_check_duty *other = &naive->world->duties[stand->duty_at[i]];
        if (naive->division->part_of_duty[stand->duty_at[i]] < naive->part->index &&
            other->from_at < duty->to_at && duty->from_at < other->to_at) {
            return true;
        }
    }
    return false;
}

void naive_init(struct naive *naive, const struct pnr_world *world, const struct pnr_division *division,
                const struct pnr_stand *stand, int32_t part) {
    *naive =
        (struct naive){.world = world, .division = division, .stand = stand, .part = &division->parts[part]};
    expect_plain_rules(world);
    expect_no_detours(world);
    const struct pnr_check_part *at = naive->part;
    naive->pairs = calloc((size_t)at->member_count * (size_t)at->duty_count + 1, sizeof *naive->pairs);
    naive->pairs_of_member = calloc((size_t)at->member_count + 1, sizeof *naive->pairs_of_member);
    cr_assert(naive->pairs != NULL && naive->pairs_of_member != NULL);
    for (int32_t m = 0; m < at->member_count; m++) {
        for (int32_t d = 0; d < at->duty_count; d++) {
            const struct pnr_check_duty *duty = &world->duties[at->duties[d]];
            if (may_take(world, at->members[m], duty) && !is_busy(naive, at->members[m], duty)) {
                naive->pairs[naive->pair_count++] = (struct naive_pair){at->members[m], at->duties[d], m, -1};
            }
        }
        naive->pairs_of_member[m + 1] = naive->pair_count;
    }
}

void naive_fini(struct naive *naive) {
    free(naive->pairs);
    free(naive->pairs_of_member);
    *naive = (struct naive){0};
}

/* ---- one schedule, by the judge ---- */

static const struct pnr_check_duty *duty_of(const struct search *search, int32_t pair) {
    return &search->naive->world->duties[search->own[pair].duty];
}

/* Earlier duties and the pairs, in order of start: duties of the world stand in that order. */
static bool lay_out(const struct search *search, const int32_t *pairs, int32_t count,
                    const struct pnr_check_duty **held, struct pnr_view *view) {
    const struct naive *naive = search->naive;
    const struct pioneer_stage *stage = &naive->world->campaign->stages.items[search->stage];
    *view = (struct pnr_view){
        .world = naive->world,
        .stand = naive->stand,
        .division = naive->division,
        .member = search->member,
        .stage = search->stage,
        .first_day = stage->from_day,
        .last_day = stage->to_day,
        .history = pnr_world_history(naive->world, search->member),
        .held = held,
    };
    int32_t f = 0;
    int32_t end_at = INT32_MIN;
    for (int32_t i = 0; f < search->fixed_count || i < count;) {
        bool is_own = i < count && (f == search->fixed_count || duty_of(search, pairs[i]) < search->fixed[f]);
        const struct pnr_check_duty *duty = is_own ? duty_of(search, pairs[i++]) : search->fixed[f++];
        if (is_own && duty->from_at < end_at) {
            return false; /* two at once */
        }
        end_at = duty->to_at > end_at ? duty->to_at : end_at;
        held[view->held_count++] = duty;
        view->first_held += duty->day < view->first_day;
    }
    return true;
}

static int64_t amount_of(struct pnr_view *view, const struct pnr_check_rule *rule) {
    view->rule = rule;
    view->amount = 0;
    pnr_check_kind_of(rule->kind)->judge(view);
    return view->amount;
}

static bool is_legal(const struct search *search, const int32_t *pairs, int32_t count) {
    const struct pnr_check_duty *held[2 * MOST_HELD];
    struct pnr_view view;
    if (!lay_out(search, pairs, count, held, &view)) {
        return false;
    }
    for (int32_t r = 0; r < search->hard_count; r++) {
        if (amount_of(&view, search->hard[r]) > 0) {
            return false;
        }
    }
    return true;
}

static pnr_wide weight_of(const struct search *search, const struct pnr_check_rule *rule) {
    return (pnr_wide)search->question->multipliers->weight_of_level[rule->level] * rule->weight;
}

/* Terms about the member but fairness. */
static pnr_wide cost_of_terms(const struct search *search, const int32_t *pairs, int32_t count) {
    const struct pnr_check_duty *held[2 * MOST_HELD];
    struct pnr_view view;
    pnr_wide cost = 0;
    if (search->term_count > 0) {
        lay_out(search, pairs, count, held, &view);
        view.part = search->naive->part;
    }
    for (int32_t r = 0; r < search->term_count; r++) {
        cost += weight_of(search, search->terms[r]) * amount_of(&view, search->terms[r]);
    }
    return cost;
}

/* The judge values fairness for all members of a part: here the part has this one alone. */
static pnr_wide cost_of_fairness(const struct search *search, int64_t load, int64_t hardship) {
    struct pnr_check_part alone = *search->naive->part;
    int32_t member = search->member;
    alone.member_count = 1;
    alone.members = &member;
    alone.load = &load;
    alone.hardship = &hardship;
    alone.entitled += search->position;
    alone.entitled_hardship += search->position;
    struct pnr_view view = {
        .world = search->naive->world,
        .stand = search->naive->stand,
        .division = search->naive->division,
        .part = &alone,
        .member = -1,
    };
    pnr_wide cost = 0;
    for (int32_t r = 0; r < search->fairness_count; r++) {
        cost += weight_of(search, search->fairness[r]) * amount_of(&view, search->fairness[r]);
    }
    return cost;
}

/* ---- setting up ---- */

/* Rules in force for the member; terms only where a weight makes them count. */
static void find_rules(struct search *search) {
    const struct pnr_world *world = search->naive->world;
    for (int32_t r = 0; r < world->rule_count; r++) {
        const struct pnr_check_rule *rule = &world->rules[r];
        bool is_about_member = pnr_check_kind_of(rule->kind)->is_about_member;
        bool is_on_pairs = rule->kind == PIONEER_RULE_AVAILABILITY || rule->kind == PIONEER_RULE_ELIGIBILITY;
        bool counts = rule->weight > 0 && weight_of(search, rule) != 0;
        if (is_fairness(rule) && counts) {
            search->fairness[search->fairness_count++] = rule;
        } else if (is_about_member && pnr_inforce_holds(world, rule, search->member, search->stage)) {
            if (rule->weight == 0 && !is_on_pairs) {
                search->hard[search->hard_count++] = rule;
            } else if (counts) {
                search->terms[search->term_count++] = rule;
            }
        }
    }
}

static void find_fixed(struct search *search) {
    const struct naive *naive = search->naive;
    const struct pnr_stand *stand = naive->stand;
    int32_t last_day = naive->world->campaign->stages.items[search->stage].to_day;
    for (int32_t i = stand->duties_of_member[search->member]; i < stand->duties_of_member[search->member + 1];
         i++) {
        const struct pnr_check_duty *duty = &naive->world->duties[stand->duty_at[i]];
        if (naive->division->part_of_duty[stand->duty_at[i]] < naive->part->index && duty->day <= last_day) {
            cr_assert_lt(search->fixed_count, MOST_HELD);
            search->fixed[search->fixed_count++] = duty;
        }
    }
}

static int32_t week_of(const struct search *search, int32_t pair) {
    int32_t week = pnr_week_of(duty_of(search, pair)->day) - search->first_week;
    cr_assert(week >= 0 && week < MOST_WEEKS);
    return week;
}

/* For the relaxation alone: what hard maxima of minutes leave of each week beside earlier duties. */
static void find_week_limits(struct search *search) {
    const struct pioneer_stage *stage = &search->naive->world->campaign->stages.items[search->stage];
    search->first_week = pnr_week_of(stage->from_day);
    int64_t most = INT64_MAX;
    for (int32_t r = 0; r < search->hard_count; r++) {
        const struct pioneer_rule *given = search->hard[r]->given;
        if (search->hard[r]->kind == PIONEER_RULE_MINUTES && given->window == PIONEER_WINDOW_WEEK) {
            most = given->max < most ? given->max : most;
        }
    }
    search->has_limit = most < INT64_MAX;
    for (int32_t w = 0; w < MOST_WEEKS; w++) {
        search->week_limit[w] = most;
        for (int32_t f = 0; f < search->fixed_count && search->has_limit; f++) {
            bool is_in = pnr_week_of(search->fixed[f]->day) == search->first_week + w;
            search->week_limit[w] -= is_in ? search->fixed[f]->to_at - search->fixed[f]->from_at : 0;
        }
    }
}

static bool is_near(const struct search *search, int32_t pair, int32_t other) {
    return duty_of(search, other)->day - duty_of(search, pair)->day <= NEAR_DAYS;
}

/* Which pair may come next after which, and what it adds. */
static void measure_steps(struct search *search) {
    size_t room = ((size_t)search->own_count + 1) * (size_t)search->own_count + 1;
    search->follows = calloc(room, 1);
    search->step = calloc(room, sizeof *search->step);
    cr_assert(search->follows != NULL && search->step != NULL);
    for (int32_t last = 0; last <= search->own_count; last++) {
        int32_t both[2] = {last - 1, 0};
        const int32_t *from = last == 0 ? both + 1 : both;
        int32_t count = last == 0 ? 0 : 1;
        pnr_wide before = cost_of_terms(search, from, count);
        for (int32_t p = last; p < search->own_count; p++) {
            size_t at = (size_t)last * (size_t)search->own_count + (size_t)p;
            both[1] = p;
            bool is_far = last > 0 && !is_near(search, last - 1, p);
            int32_t number = search->own[p].number;
            search->follows[at] =
                !search->question->forbidden[number] && (is_far || is_legal(search, from, count + 1));
            if (search->follows[at]) {
                search->step[at] =
                    search->question->price_of_pair[number] + cost_of_terms(search, from, count + 1) - before;
            }
        }
    }
}

/* ---- the relaxation ---- */

static bool is_forced(const struct search *search, int32_t pair) {
    return search->question->forced[search->own[pair].number];
}

/* The state after one more pair; false: too many minutes in its week. */
static bool advance(const struct search *search, const struct state *from, int32_t pair, struct state *to) {
    const struct pnr_check_duty *duty = duty_of(search, pair);
    *to = (struct state){.last = pair + 1};
    if (search->has_limit) {
        bool is_same_week = from->last > 0 && week_of(search, from->last - 1) == week_of(search, pair);
        to->week_min = (is_same_week ? from->week_min : 0) + duty->to_at - duty->from_at;
    }
    if (search->fairness_count > 0) {
        to->load = from->load + (int32_t)duty->load;
        to->hardship = from->hardship + (int32_t)duty->hardship;
    }
    return !search->has_limit || to->week_min <= search->week_limit[week_of(search, pair)];
}

static uint64_t key_of(const struct state *state) {
    cr_assert(state->last < 1 << 12 && state->week_min < 1 << 16 && state->load < 1 << 20 &&
              state->hardship < 1 << 15);
    return ((((uint64_t)state->last << 16 | (uint64_t)state->week_min) << 20 | (uint64_t)state->load) << 15 |
            (uint64_t)state->hardship) +
           1;
}

/* The entry of the key, or the free one where it belongs. */
static struct entry *find_entry(const struct search *search, uint64_t key) {
    size_t at = (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 20) & (search->memo_room - 1);
    while (search->memo[at].key != 0 && search->memo[at].key != key) {
        at = (at + 1) & (search->memo_room - 1);
    }
    return &search->memo[at];
}

static void grow_memo(struct search *search) {
    struct entry *old = search->memo;
    size_t room = search->memo_room;
    search->memo_room = room == 0 ? 1024 : 4 * room;
    search->memo = calloc(search->memo_room, sizeof *search->memo);
    cr_assert(search->memo != NULL);
    for (size_t i = 0; i < room; i++) {
        if (old[i].key != 0) {
            *find_entry(search, old[i].key) = old[i];
        }
    }
    free(old);
}

static void remember(struct search *search, uint64_t key, pnr_wide value) {
    if (2 * search->memo_count >= search->memo_room) {
        grow_memo(search);
    }
    *find_entry(search, key) = (struct entry){key, value};
    search->memo_count++;
}

/* The least that steps and fairness cost from here on; NEVER: pairs that must be taken cannot be. */
static pnr_wide rest(struct search *search, const struct state *state) {
    uint64_t key = key_of(state);
    const struct entry *known = search->memo_room > 0 ? find_entry(search, key) : NULL;
    if (known != NULL && known->key == key) {
        return known->value;
    }
    pnr_wide best = NEVER;
    int32_t next = state->last;
    for (; next < search->own_count; next++) {
        size_t at = (size_t)state->last * (size_t)search->own_count + (size_t)next;
        struct state to;
        if (search->follows[at] && advance(search, state, next, &to)) {
            pnr_wide price = search->step[at] + rest(search, &to);
            best = price < best ? price : best;
        }
        if (is_forced(search, next)) {
            break; /* nothing may pass it by */
        }
    }
    if (next == search->own_count) {
        pnr_wide price = cost_of_fairness(search, state->load, state->hardship);
        best = price < best ? price : best;
    }
    remember(search, key, best);
    return best;
}

/* ---- the search ---- */

/* Whether the sum is one of the member's. */
static bool is_own(const struct search *search, const struct pnr_case *sum) {
    for (int32_t p = 0; p < search->own_count; p++) {
        if (search->own[p].number == sum->pairs[0]) {
            return true;
        }
    }
    return false;
}

static bool has_sum(const struct search *search) {
    for (int32_t i = 0; i < search->question->sum_count; i++) {
        if (is_own(search, search->question->sums[i])) {
            return true;
        }
    }
    return false;
}

/* Whether what is taken keeps all sums of the member. */
static bool keeps_sums(const struct search *search) {
    uint8_t *is_taken = calloc((size_t)search->naive->pair_count + 1, 1);
    cr_assert_not_null(is_taken);
    for (int32_t i = 0; i < search->taken_count; i++) {
        is_taken[search->own[search->taken[i]].number] = 1;
    }
    bool kept = true;
    for (int32_t i = 0; i < search->question->sum_count && kept; i++) {
        const struct pnr_case *sum = search->question->sums[i];
        kept = !is_own(search, sum) || proof_keeps_sum(sum, is_taken);
    }
    free(is_taken);
    return kept;
}

static void offer(struct search *search, const struct state *state, pnr_wide cost) {
    if (search->question->sum_count > 0 && !keeps_sums(search)) {
        return;
    }
    pnr_wide price = cost + cost_of_fairness(search, state->load, state->hardship);
    if (!search->has_best || price < search->best) {
        search->has_best = true;
        search->best = price;
    }
}

/* The relaxation's sum of steps is what the judge says of the whole schedule. */
static void expect_sum(const struct search *search, pnr_wide cost) {
    pnr_wide sum = cost_of_terms(search, search->taken, search->taken_count);
    for (int32_t i = 0; i < search->taken_count; i++) {
        sum += search->question->price_of_pair[search->own[search->taken[i]].number];
    }
    cr_assert(sum == cost, "member %d: terms do not add up", (int)search->member);
}

/* A legal schedule and all that continue it. Continuations come in order of their bounds. */
static void extend(struct search *search, const struct state *state, pnr_wide cost) {
    search->naive->steps++;
    expect_sum(search, cost);
    pnr_wide *bound = calloc((size_t)search->own_count + 1, sizeof *bound);
    cr_assert(bound != NULL && search->taken_count < MOST_HELD);
    int32_t end = state->last;
    for (; end < search->own_count; end++) {
        size_t at = (size_t)state->last * (size_t)search->own_count + (size_t)end;
        struct state to;
        bool fits = search->follows[at] && advance(search, state, end, &to);
        bound[end] = fits ? cost + search->step[at] + rest(search, &to) : NEVER;
        if (is_forced(search, end)) {
            end++;
            break;
        }
    }
    if (end == search->own_count && (end == state->last || !is_forced(search, end - 1))) {
        offer(search, state, cost);
    }
    for (;;) {
        int32_t next = state->last;
        for (int32_t p = next; p < end; p++) {
            next = bound[p] < bound[next] ? p : next;
        }
        if (next >= end || bound[next] >= NEVER / 2 || (search->has_best && bound[next] >= search->best)) {
            break;
        }
        bound[next] = NEVER;
        struct state to;
        advance(search, state, next, &to);
        search->taken[search->taken_count++] = next;
        if (is_legal(search, search->taken, search->taken_count)) {
            extend(search, &to,
                   cost + search->step[(size_t)state->last * (size_t)search->own_count + (size_t)next]);
        }
        search->taken_count--;
    }
    free(bound);
}

static bool has_forced(const struct search *search) {
    for (int32_t p = 0; p < search->own_count; p++) {
        if (is_forced(search, p)) {
            return true;
        }
    }
    return false;
}

/* Without terms only a price can make a duty worth its while: fairness never falls with the load. */
static bool has_gain(const struct search *search) {
    for (int32_t p = 0; p < search->own_count; p++) {
        if (search->question->price_of_pair[search->own[p].number] < 0) {
            return true;
        }
    }
    return search->term_count > 0;
}

static void begin(struct search *search, struct naive *naive, int32_t position,
                  const struct proof_question *question) {
    *search = (struct search){
        .naive = naive,
        .question = question,
        .position = position,
        .member = naive->part->members[position],
        .stage = naive->part->stage,
        .own = naive->pairs + naive->pairs_of_member[position],
        .own_count = naive->pairs_of_member[position + 1] - naive->pairs_of_member[position],
    };
    find_rules(search);
    find_fixed(search);
}

static bool price_singles(struct naive *naive, int32_t position, const struct proof_question *question,
                          pnr_wide *price) {
    struct search search;
    struct state none = {0};
    begin(&search, naive, position, question);
    find_week_limits(&search);
    bool is_worth_a_search = has_gain(&search) || has_forced(&search) || has_sum(&search);
    if (is_worth_a_search && is_legal(&search, NULL, 0)) {
        measure_steps(&search);
        extend(&search, &none, cost_of_terms(&search, NULL, 0));
    } else if (!has_forced(&search)) {
        offer(&search, &none, cost_of_terms(&search, NULL, 0));
    }
    free(search.follows);
    free(search.step);
    free(search.memo);
    *price = search.best;
    return search.has_best;
}

/* The number of a group that the member has pairs in, 0: none. */
static uint8_t first_group(const struct naive *naive, int32_t position, const uint8_t *forced) {
    uint8_t group = 0;
    for (int32_t p = naive->pairs_of_member[position]; p < naive->pairs_of_member[position + 1]; p++) {
        uint8_t asked = forced[naive->pairs[p].number];
        group = group == 0 && asked >= PROOF_GROUP ? asked : group;
    }
    return group;
}

/* Of a group that is asked for, one pair after the other is. */
bool naive_price(struct naive *naive, int32_t position, const struct proof_question *question,
                 pnr_wide *price) {
    uint8_t group = first_group(naive, position, question->forced);
    if (group == 0) {
        return price_singles(naive, position, question, price);
    }
    size_t bytes = (size_t)naive->pair_count + 1;
    uint8_t *forced = calloc(bytes, 1);
    cr_assert_not_null(forced);
    bool has_best = false;
    for (int32_t p = naive->pairs_of_member[position]; p < naive->pairs_of_member[position + 1]; p++) {
        int32_t number = naive->pairs[p].number;
        if (question->forced[number] != group || question->forbidden[number]) {
            continue;
        }
        for (int32_t q = 0; q < naive->pair_count; q++) {
            forced[q] = question->forced[q] == group ? 0 : question->forced[q];
        }
        forced[number] = 1;
        struct proof_question one = *question;
        one.forced = forced;
        pnr_wide found;
        if (naive_price(naive, position, &one, &found) && (!has_best || found < *price)) {
            has_best = true;
            *price = found;
        }
    }
    free(forced);
    return has_best;
}

/* Whether a pair that is not taken must be, and no other of its group is. */
static bool is_missing(const struct search *search, const uint8_t *is_taken, int32_t pair) {
    const uint8_t *forced = search->question->forced;
    uint8_t asked = forced[search->own[pair].number];
    bool is_met = asked == 0;
    for (int32_t p = 0; asked >= PROOF_GROUP && p < search->own_count; p++) {
        is_met = is_met || (is_taken[p] && forced[search->own[p].number] == asked);
    }
    return !is_met;
}

bool naive_value(struct naive *naive, int32_t position, const struct proof_question *question,
                 const uint8_t *is_taken, pnr_wide *price) {
    struct search search;
    int64_t load = 0;
    int64_t hardship = 0;
    bool is_allowed = true;
    begin(&search, naive, position, question);
    *price = 0;
    for (int32_t p = 0; p < search.own_count; p++) {
        int32_t number = search.own[p].number;
        bool is_refused = is_taken[p] ? question->forbidden[number] : is_missing(&search, is_taken, p);
        is_allowed = is_allowed && !is_refused;
        if (is_taken[p]) {
            load += duty_of(&search, p)->load;
            hardship += duty_of(&search, p)->hardship;
            *price += question->price_of_pair[number];
            search.taken[search.taken_count++] = p;
        }
    }
    if (!is_allowed || !keeps_sums(&search) || !is_legal(&search, search.taken, search.taken_count)) {
        return false;
    }
    *price += cost_of_terms(&search, search.taken, search.taken_count);
    *price += cost_of_fairness(&search, load, hardship);
    return true;
}
