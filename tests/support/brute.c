/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Brute force over one part of a tiny campaign, by the judge's rules alone. */
#include "brute.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "check/fairness.h"
#include "check/free.h"
#include "check/inforce.h"
#include "check/rules/rules.h"
#include "check/stand.h"

/* More rosters than this are too many for one part of a test. */
enum { MOST_ROSTERS = 1 << 16, MOST_STANDING = 256 };

/* What is being enumerated. The stand is filled anew for every roster. */
struct trial {
    struct brute *brute;
    const struct pnr_world *world;
    struct pnr_division division;
    struct pnr_check_part *part;
    struct pnr_stand stand;
    struct brute_pair fixed[MOST_STANDING]; /* earlier parts and pins of this one */
    int32_t fixed_count;
    int64_t pinned_load[BRUTE_MEMBERS], pinned_hardship[BRUTE_MEMBERS];
    const struct pnr_check_duty *held[MOST_STANDING];
    const struct brute_schedule *chosen[BRUTE_MEMBERS];
};

static bool is_about_member(const struct pnr_check_rule *rule) {
    return pnr_check_kind_of(rule->kind)->is_about_member;
}

/* Terms that add up over members although the judge values them for the whole part. */
static bool is_sum_over_members(const struct pnr_check_rule *rule) {
    return rule->kind == PIONEER_RULE_LOAD_FAIRNESS || rule->kind == PIONEER_RULE_HARDSHIP_FAIRNESS ||
           rule->kind == PIONEER_RULE_STABILITY;
}

static bool is_on_pairs(const struct pnr_check_rule *rule) {
    return rule->kind == PIONEER_RULE_AVAILABILITY || rule->kind == PIONEER_RULE_ELIGIBILITY;
}

static uint64_t bit(int32_t number) {
    return UINT64_C(1) << number;
}

/* ---- the stand
 * ---------------------------------------------------------------------------------------------------- */

static void put_on(struct pnr_stand *stand, const struct pnr_world *world, const struct brute_pair *pair) {
    int32_t at = stand->duties_of_member[pair->member + 1];
    memmove(stand->duty_at + at + 1, stand->duty_at + at, (size_t)(stand->count - at) * sizeof(int32_t));
    stand->duty_at[at] = pair->duty;
    for (; at > stand->duties_of_member[pair->member] && stand->duty_at[at - 1] > pair->duty; at--) {
        stand->duty_at[at] = stand->duty_at[at - 1];
        stand->duty_at[at - 1] = pair->duty;
    }
    for (int32_t m = pair->member + 1; m <= world->campaign->members.count; m++) {
        stand->duties_of_member[m]++;
    }
    at = stand->members_of_duty[pair->duty + 1];
    memmove(stand->member_at + at + 1, stand->member_at + at, (size_t)(stand->count - at) * sizeof(int32_t));
    stand->member_at[at] = pair->member;
    for (; at > stand->members_of_duty[pair->duty] && stand->member_at[at - 1] > pair->member; at--) {
        stand->member_at[at] = stand->member_at[at - 1];
        stand->member_at[at - 1] = pair->member;
    }
    for (int32_t d = pair->duty + 1; d <= world->duty_count; d++) {
        stand->members_of_duty[d]++;
    }
    stand->count++;
}

/* Everything fixed, and the pairs whose bits are set. */
static void fill_stand(struct trial *trial, uint32_t pairs) {
    struct pnr_stand *stand = &trial->stand;
    const struct pnr_world *world = trial->world;
    size_t members = (size_t)world->campaign->members.count;
    memset(stand->duties_of_member, 0, (members + 1) * sizeof(int32_t));
    memset(stand->members_of_duty, 0, ((size_t)world->duty_count + 2) * sizeof(int32_t));
    stand->count = 0;
    for (int32_t i = 0; i < trial->fixed_count; i++) {
        put_on(stand, world, &trial->fixed[i]);
    }
    struct pnr_check_part *part = trial->part;
    for (int32_t i = 0; i < part->member_count && part->load != NULL; i++) {
        part->load[i] = trial->pinned_load[i];
        part->hardship[i] = trial->pinned_hardship[i];
    }
    for (int32_t i = 0; i < trial->brute->pair_count; i++) {
        if (pairs & bit(i)) {
            const struct brute_pair *pair = &trial->brute->pairs[i];
            put_on(stand, world, pair);
            part->load[pair->position] += world->duties[pair->duty].load;
            part->hardship[pair->position] += world->duties[pair->duty].hardship;
        }
    }
}

/* ---- rules about one member
 * ---------------------------------------------------------------------------------------- */

/* What the member of the view does up to the part's last day; what it is known to do in later parts if `all`.
 */
static void hold(struct trial *trial, struct pnr_view *view, bool all) {
    const struct pnr_stand *stand = &trial->stand;
    int32_t end = stand->duties_of_member[view->member + 1];
    view->held_count = view->first_held = 0;
    for (int32_t i = stand->duties_of_member[view->member]; i < end; i++) {
        const struct pnr_check_duty *duty = &trial->world->duties[stand->duty_at[i]];
        bool is_later = trial->division.part_of_duty[stand->duty_at[i]] > trial->part->index;
        if ((all || !is_later) && duty->day <= view->last_day) {
            trial->held[view->held_count++] = duty;
            view->first_held += duty->day < view->first_day;
        }
    }
}

static void lay_out(struct trial *trial, struct pnr_view *view, int32_t position) {
    const struct pnr_world *world = trial->world;
    int32_t member = trial->part->members[position];
    *view = (struct pnr_view){
        .world = world,
        .stand = &trial->stand,
        .division = &trial->division,
        .part = trial->part,
        .member = member,
        .stage = trial->part->stage,
        .first_day = world->campaign->stages.items[trial->part->stage].from_day,
        .last_day = world->campaign->stages.items[trial->part->stage].to_day,
        .history = pnr_world_history(world, member),
        .held = trial->held,
        .judges_minima = trial->part->is_last_of_member[position],
    };
}

/* A hard minimum of a run is closed at the end of every stage (docs/rules.md section 4), which the judge does
 * not ask for: it is asked as if the campaign ended there. */
static int64_t closing_amount(const struct pnr_view *view) {
    bool is_run = view->rule->kind == PIONEER_RULE_WORK_RUN || view->rule->kind == PIONEER_RULE_OFF_RUN ||
                  view->rule->kind == PIONEER_RULE_KIND_RUN;
    if (!is_run || view->last_day == view->world->last_day || !view->rule->given->has_min) {
        return 0;
    }
    struct pnr_world world = *view->world;
    struct pioneer_rule given = *view->rule->given;
    struct pnr_check_rule rule = *view->rule;
    struct pnr_view closed = *view;
    world.last_day = view->last_day;
    given.at_end = PIONEER_BORDER_JUDGE;
    given.open_cost_count = 0;
    rule.given = &given;
    closed.world = &world;
    closed.rule = &rule;
    closed.amount = 0;
    pnr_check_kind_of(rule.kind)->judge(&closed);
    return closed.amount;
}

/* Overlaps apart, what a hard or soft rule about the member finds. */
static void judge_schedule(struct trial *trial, int32_t position, struct brute_schedule *schedule) {
    const struct pnr_world *world = trial->world;
    struct pnr_view view;
    lay_out(trial, &view, position);
    for (int32_t r = 0; r < world->rule_count; r++) {
        const struct pnr_check_rule *rule = &world->rules[r];
        bool is_hard = rule->weight == 0;
        if (!is_about_member(rule) || (is_hard && is_on_pairs(rule)) ||
            !pnr_inforce_holds(world, rule, view.member, view.stage)) {
            continue;
        }
        view.rule = rule;
        view.part = is_hard ? NULL : trial->part;
        view.amount = 0;
        hold(trial, &view, is_hard);
        pnr_check_kind_of(rule->kind)->judge(&view);
        if (is_hard) {
            schedule->broken |= view.amount > 0 || closing_amount(&view) > 0 ? bit(r) : 0;
        } else {
            schedule->amounts[r] = view.amount;
            schedule->cost[rule->level] += rule->weight * view.amount;
        }
    }
}

static int64_t part_amount(struct trial *trial, const struct pnr_check_rule *rule) {
    struct pnr_view view = {
        .world = trial->world,
        .stand = &trial->stand,
        .division = &trial->division,
        .part = trial->part,
        .rule = rule,
        .member = -1,
    };
    pnr_check_kind_of(rule->kind)->judge(&view);
    return view.amount;
}

/* The terms that the judge values for all members together: the stand holds this member's schedule alone. */
static void add_sums(struct trial *trial, struct brute_schedule *schedule) {
    for (int32_t r = 0; r < trial->world->rule_count; r++) {
        const struct pnr_check_rule *rule = &trial->world->rules[r];
        if (is_sum_over_members(rule)) {
            schedule->cost[rule->level] += rule->weight * part_amount(trial, rule);
        }
    }
}

/* ---- schedules of one member
 * --------------------------------------------------------------------------------------- */

static bool overlap(const struct pnr_check_duty *a, const struct pnr_check_duty *b) {
    return a->from_at < b->to_at && b->from_at < a->to_at;
}

static bool overlaps_itself(const struct brute *brute, uint32_t pairs) {
    for (int32_t i = 0; i < brute->pair_count; i++) {
        for (int32_t j = 0; j < i; j++) {
            if ((pairs & bit(i)) && (pairs & bit(j)) &&
                overlap(&brute->world->duties[brute->pairs[i].duty],
                        &brute->world->duties[brute->pairs[j].duty])) {
                return true;
            }
        }
    }
    return false;
}

static bool is_power_of_two(uint64_t bits) {
    return (bits & (bits - 1)) == 0;
}

static void add_schedule(struct trial *trial, int32_t position, uint32_t pairs) {
    struct brute *brute = trial->brute;
    if (overlaps_itself(brute, pairs)) {
        return;
    }
    struct brute_schedule schedule = {.pairs = pairs};
    for (int32_t i = 0; i < brute->pair_count; i++) {
        schedule.broken |= pairs & bit(i) ? brute->pairs[i].broken : 0;
    }
    fill_stand(trial, pairs);
    judge_schedule(trial, position, &schedule);
    add_sums(trial, &schedule);
    struct brute_schedules *all = &brute->schedules[position];
    if (is_power_of_two(schedule.broken) || pairs == 0) {
        all->items[all->count++] = schedule;
        all->is_feasible |= schedule.broken == 0;
    }
}

/* Costs count from those of the idle schedule, the first one; who has no legal schedule stays idle. */
static void settle_schedules(struct brute_schedules *all) {
    struct brute_schedule idle = all->items[0];
    for (int32_t i = 0; i < all->count; i++) {
        for (int32_t l = 0; l < BRUTE_LEVELS; l++) {
            all->items[i].cost[l] -= idle.cost[l];
        }
    }
    if (!all->is_feasible) {
        all->count = 1;
        all->items[0].broken = 0;
    } else if (!is_power_of_two(all->items[0].broken)) {
        all->items[0] = all->items[--all->count];
    }
}

static bool list_schedules(struct trial *trial, int32_t position) {
    struct brute *brute = trial->brute;
    uint32_t own = 0;
    int32_t own_count = 0;
    for (int32_t i = 0; i < brute->pair_count; i++) {
        own |= brute->pairs[i].position == position ? bit(i) : 0;
        own_count += brute->pairs[i].position == position;
    }
    brute->own[position] = own;
    struct brute_schedules *all = &brute->schedules[position];
    all->items = pnr_arena_alloc(&brute->arena, (size_t)1 << own_count, sizeof *all->items);
    for (uint32_t pairs = 0; all->items != NULL;) {
        add_schedule(trial, position, pairs);
        pairs = (pairs - own) & own; /* the next subset */
        if (pairs == 0) {
            break;
        }
    }
    if (all->items != NULL) {
        settle_schedules(all);
    }
    return all->items != NULL;
}

/* ---- rosters
 * ------------------------------------------------------------------------------------------------------ */

static struct brute_roster *new_roster(struct brute *brute) {
    if (brute->roster_count == brute->capacity) {
        brute->capacity = brute->capacity == 0 ? 64 : 2 * brute->capacity;
        brute->rosters = realloc(brute->rosters, (size_t)brute->capacity * sizeof *brute->rosters);
        cr_assert(brute->rosters != NULL);
    }
    return &brute->rosters[brute->roster_count++];
}

static bool is_above_max(const struct trial *trial) {
    for (int32_t i = 0; i < trial->part->duty_count; i++) {
        int32_t duty = trial->part->duties[i];
        if (pnr_stand_heads(&trial->stand, duty) > trial->world->duties[duty].max) {
            return true;
        }
    }
    return false;
}

static void judge_rule_of_roster(struct trial *trial, int32_t r, struct brute_roster *roster) {
    const struct pnr_check_rule *rule = &trial->world->rules[r];
    if (!is_about_member(rule)) {
        roster->amounts[r] = part_amount(trial, rule);
    } else {
        for (int32_t m = 0; m < trial->part->member_count; m++) {
            roster->amounts[r] += trial->chosen[m]->amounts[r];
        }
    }
    if (rule->weight == 0) {
        roster->broken |= roster->amounts[r] > 0 ? bit(r) : 0;
    } else {
        roster->value[rule->level] += rule->weight * roster->amounts[r];
    }
}

static void add_roster(struct trial *trial, uint32_t pairs, uint64_t broken) {
    fill_stand(trial, pairs);
    if (is_above_max(trial)) {
        return;
    }
    struct brute_roster roster = {.pairs = pairs, .broken = broken};
    roster.amounts = pnr_arena_alloc(&trial->brute->arena, (size_t)trial->world->rule_count, sizeof(int64_t));
    cr_assert(roster.amounts != NULL);
    for (int32_t r = 0; r < trial->world->rule_count; r++) {
        judge_rule_of_roster(trial, r, &roster);
    }
    if (is_power_of_two(roster.broken)) {
        *new_roster(trial->brute) = roster;
    }
}

static void combine(struct trial *trial, int32_t position, uint32_t pairs, uint64_t broken) {
    if (position == trial->part->member_count) {
        add_roster(trial, pairs, broken);
        return;
    }
    const struct brute_schedules *all = &trial->brute->schedules[position];
    for (int32_t i = 0; i < all->count; i++) {
        trial->chosen[position] = &all->items[i];
        uint64_t both = broken | all->items[i].broken;
        if (is_power_of_two(both)) {
            combine(trial, position + 1, pairs | all->items[i].pairs, both);
        }
    }
}

/* ---- setting up
 * ---------------------------------------------------------------------------------------------------- */

static bool make_stand(struct trial *trial) {
    const struct pnr_world *world = trial->world;
    struct pnr_stand *stand = &trial->stand;
    struct pnr_arena *arena = &trial->brute->arena;
    stand->duties_of_member =
        pnr_arena_alloc(arena, (size_t)world->campaign->members.count + 2, sizeof(int32_t));
    stand->members_of_duty = pnr_arena_alloc(arena, (size_t)world->duty_count + 2, sizeof(int32_t));
    stand->duty_at = pnr_arena_alloc(arena, MOST_STANDING, sizeof(int32_t));
    stand->member_at = pnr_arena_alloc(arena, MOST_STANDING, sizeof(int32_t));
    return stand->duties_of_member != NULL && stand->members_of_duty != NULL && stand->duty_at != NULL &&
           stand->member_at != NULL;
}

/* Earlier parts, then the pins of this part and of lower tiers of its stage. */
static void fix(struct trial *trial, int32_t part, const struct brute_pair *before, int32_t before_count) {
    struct pnr_division *division = &trial->division;
    memcpy(trial->fixed, before, (size_t)before_count * sizeof *before);
    trial->fixed_count = before_count;
    for (int32_t i = 0; i < trial->world->mark_count; i++) {
        const struct pnr_check_mark *mark = &trial->world->marks[i];
        int32_t of_part = division->part_of_duty[mark->duty];
        if (pnr_is_pin(mark->state) && of_part > part &&
            division->parts[of_part].stage == trial->part->stage) {
            trial->fixed[trial->fixed_count++] = (struct brute_pair){mark->member, mark->duty, 0, 0};
        }
        if (pnr_is_pin(mark->state) && of_part == part) {
            int32_t position = pnr_division_position(division, part, mark->member);
            cr_assert(position >= 0, "generated pins come from the pool");
            trial->fixed[trial->fixed_count++] = (struct brute_pair){mark->member, mark->duty, position, 0};
            trial->pinned_load[position] += trial->world->duties[mark->duty].load;
            trial->pinned_hardship[position] += trial->world->duties[mark->duty].hardship;
        }
    }
}

/* The hard rules on availability and eligibility that the pair breaks. */
static uint64_t broken_by(const struct pnr_world *world, int32_t member, const struct pnr_check_duty *duty) {
    uint64_t broken = 0;
    for (int32_t r = 0; r < world->rule_count; r++) {
        const struct pnr_check_rule *rule = &world->rules[r];
        bool fits =
            rule->kind == PIONEER_RULE_AVAILABILITY
                ? pnr_free_holds(world, member, duty->from_at, duty->to_at)
                : rule->kind != PIONEER_RULE_ELIGIBILITY || pnr_world_is_eligible(world, member, duty->post);
        if (!fits && rule->weight == 0 && pnr_inforce_holds(world, rule, member, duty->stage)) {
            broken |= bit(r);
        }
    }
    return broken;
}

static bool is_full(const struct trial *trial, int32_t duty) {
    int32_t pins = 0;
    for (int32_t i = 0; i < trial->fixed_count; i++) {
        pins += trial->fixed[i].duty == duty;
    }
    return pins >= trial->world->duties[duty].max;
}

/* What is fixed, pins of any part and absences forbid whatever the rules say. */
static bool is_barred(const struct trial *trial, int32_t member, int32_t duty) {
    const struct pnr_world *world = trial->world;
    for (int32_t i = 0; i < trial->fixed_count; i++) {
        if (trial->fixed[i].member == member &&
            overlap(&world->duties[duty], &world->duties[trial->fixed[i].duty])) {
            return true;
        }
    }
    for (int32_t i = 0; i < world->mark_count; i++) {
        const struct pnr_check_mark *mark = &world->marks[i];
        if (mark->member == member &&
            ((pnr_is_pin(mark->state) && overlap(&world->duties[duty], &world->duties[mark->duty])) ||
             (mark->state == PIONEER_ABSENT && mark->duty == duty))) {
            return true;
        }
    }
    return false;
}

/* Pairs that a rule forbids come last, and only while there is room: they serve curiosity alone. */
static bool list_pairs(struct trial *trial, bool forbidden) {
    struct brute *brute = trial->brute;
    const struct pnr_check_part *part = trial->part;
    for (int32_t m = 0; m < part->member_count; m++) {
        for (int32_t d = 0; d < part->duty_count; d++) {
            const struct pnr_check_duty *duty = &trial->world->duties[part->duties[d]];
            uint64_t broken = broken_by(trial->world, part->members[m], duty);
            if ((broken != 0) != forbidden || !is_power_of_two(broken) || is_full(trial, part->duties[d]) ||
                is_barred(trial, part->members[m], part->duties[d])) {
                continue;
            }
            if (brute->pair_count == (forbidden ? 12 : 14)) {
                return forbidden;
            }
            brute->pairs[brute->pair_count++] =
                (struct brute_pair){part->members[m], part->duties[d], m, broken};
        }
    }
    return true;
}

static bool prepare(struct trial *trial, int32_t part, const struct brute_pair *before,
                    int32_t before_count) {
    struct pnr_division first;
    struct pnr_check_part none = {0};
    trial->part = &none;
    bool is_fine = make_stand(trial);
    fill_stand(trial, 0);
    is_fine = is_fine && pnr_division_init(&first, trial->world, &trial->stand, false) == PIONEER_OK;
    if (!is_fine) {
        return false;
    }
    trial->division = first;
    trial->part = &trial->division.parts[part];
    fix(trial, part, before, before_count);
    trial->part = &none;
    fill_stand(trial, 0);
    pnr_division_fini(&trial->division);
    if (pnr_division_init(&trial->division, trial->world, &trial->stand, false) != PIONEER_OK ||
        pnr_fairness_entitle(&trial->division, trial->world, &trial->stand) != PIONEER_OK) {
        return false;
    }
    trial->part = &trial->division.parts[part];
    return trial->part->member_count <= BRUTE_MEMBERS && trial->world->rule_count <= BRUTE_RULES &&
           trial->world->level_count <= BRUTE_LEVELS;
}

static void value_idle(struct trial *trial) {
    struct brute_schedule idle = {0};
    fill_stand(trial, 0);
    add_sums(trial, &idle);
    for (int32_t m = 0; m < trial->part->member_count; m++) {
        judge_schedule(trial, m, &idle);
    }
    memcpy(trial->brute->idle_value, idle.cost, sizeof idle.cost);
}

bool brute_init(struct brute *brute, const struct pnr_world *world, int32_t part,
                const struct brute_pair *before, int32_t before_count) {
    *brute = (struct brute){.world = world};
    pnr_arena_init(&brute->arena);
    struct trial *trial = calloc(1, sizeof *trial);
    cr_assert(trial != NULL);
    trial->brute = brute;
    trial->world = world;
    bool is_fine =
        prepare(trial, part, before, before_count) && list_pairs(trial, false) && list_pairs(trial, true);
    brute->member_count = is_fine ? trial->part->member_count : 0;
    for (int32_t m = 0; m < brute->member_count && is_fine; m++) {
        is_fine = list_schedules(trial, m);
    }
    if (is_fine) {
        value_idle(trial);
        combine(trial, 0, 0, 0);
    }
    pnr_division_fini(&trial->division);
    free(trial);
    return is_fine;
}

void brute_fini(struct brute *brute) {
    free(brute->rosters);
    pnr_arena_fini(&brute->arena);
    *brute = (struct brute){0};
}

/* ---- asking
 * ------------------------------------------------------------------------------------------------------- */

static int64_t value_without(const struct brute *brute, const struct brute_roster *roster, int32_t level,
                             int32_t without) {
    if (without < 0 || brute->world->rules[without].level != level) {
        return roster->value[level];
    }
    return roster->value[level] - brute->world->rules[without].weight * roster->amounts[without];
}

int64_t brute_optimum(const struct brute *brute, int32_t level, const int64_t *frozen, int32_t without) {
    int64_t best = INT64_MAX;
    for (int32_t i = 0; i < brute->roster_count; i++) {
        const struct brute_roster *roster = &brute->rosters[i];
        uint64_t broken = without < 0 ? roster->broken : roster->broken & ~bit(without);
        bool is_allowed = broken == 0;
        for (int32_t l = 0; l < level && is_allowed; l++) {
            is_allowed = value_without(brute, roster, l, without) <= frozen[l];
        }
        int64_t value = value_without(brute, roster, level, without);
        best = is_allowed && value < best ? value : best;
    }
    return best;
}

bool brute_is_binding(const struct brute *brute, int32_t rule) {
    for (int32_t i = 0; i < brute->roster_count; i++) {
        if (brute->rosters[i].broken == bit(rule)) {
            return true;
        }
    }
    int64_t with[BRUTE_LEVELS];
    int64_t without[BRUTE_LEVELS];
    for (int32_t l = 0; l < brute->world->level_count; l++) {
        with[l] = brute_optimum(brute, l, with, -1);
        without[l] = brute_optimum(brute, l, without, rule);
        if (with[l] != without[l]) {
            return true;
        }
    }
    return false;
}
