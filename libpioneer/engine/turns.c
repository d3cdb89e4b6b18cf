/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes on from the first dive of a level until it rests: weeks anew, members anew, search, trees. */
#include "engine/closing.h"

#include "engine/accounts.h"
#include "engine/periods.h"
#include "engine/price_math.h"

/* The turns: a tree for a level that is nearly closed, a few members anew, search, and now and then a dive;
 * they end when so many of them gained nothing, unless time alone is to be used up. Between two dives so many
 * times the work of the latest goes to the others. */
enum { TREE = 40, RENEW = 4, SEARCH = 1, IDLE_TURNS = 12, MOST_IDLE_TURNS = 36, BETWEEN_DIVES = 2 };
/* Under a time limit alone a turn's search is worth so many times what its renewal cost. */
#define SEARCH_COSTS 3
/* And a tree so many times what the one before it was, at first so many seconds: it begins anew each time. */
#define TREE_GROWS   3
#define FIRST_TREE_S 4
/* Its first dive from a case that is worth more than the level's LP leads to other rosters than all before,
 * and is worth one part in so many of what is left. */
#define FIRST_DIVE_IN 3
/* On a short horizon, where it has closed more of the gap for its work than the others, it gets so many times
 * what those had since. */
#define TREE_AHEAD 3
/* It waits for weeks anew as long as they took to their last gain, and so many seconds. With twice as long
 * and five seconds Curtois 7 took minutes to its proof instead of 20 s. */
#define TREE_WAITS_S 2
/* Where column generation took more seconds than this a tree has too few nodes to go first. */
#define QUICK_LP_S 3
/* Under a time limit alone a renewal is worth one in so many of what column generation cost, and a second. */
#define RENEWAL_COSTS_IN 2
/* Renewals that cost no work, so many in a row, are cut off before they begin: no more of them will come to
 * anything, and no work would ever end them. */
#define MOST_COSTLESS 4
/* Weeks anew get so many percent of what the first dive leaves of the level. */
#define WEEKS_ANEW 75
/* But no more than so many after the last that gained anything. */
#define WEEKS_IN_VAIN 35
/* A level whose gap is at most this many thousandths of its avoidable cost rests, unless time alone ends it.
 */
#define GOOD_ENOUGH_PERMILLE 4
/* Where it is the last level, and costs of members are all that it has, it rests as well when no more than
 * one member in so many could save the least that anything costs there. */
#define ONE_IN 10
/* A tree is worth its work when the gap is at most so many thousandths. */
#define TREE_PERMILLE 8
/* On a short horizon under a time limit alone: one more place that stays empty may be a hundredth of all, and
 * a split of their total says at once whether it must. */
#define SHORT_TREE_PERMILLE 15
/* Where column generation took no more milliseconds than this a tree has so many nodes that it closes wider
 * gaps, and its dives find better rosters than turns do. */
#define SWIFT_LP_MS         400
#define SWIFT_TREE_PERMILLE 40
/* Wide masters have periods on shorter horizons: for their members a week alone is much. */
#define LEAST_DAYS_OF_WIDE 14
/* And so has what is far from its bound: some days anew gain more there than members or search. */
#define LEAST_DAYS_OF_FAR 6

bool pnr_turns_good_enough(const struct pnr_part_solver *solver) {
    if (solver->level < 0) {
        return false; /* hard rules are kept or not */
    }
    int64_t value = pnr_part_value_of(solver, solver->level);
    int64_t avoidable = value - solver->result->levels[solver->level].constant;
    return value - solver->bound <= avoidable / 1000 * GOOD_ENOUGH_PERMILLE;
}

/* The least that breaking a rule once costs at the last level; 0: not known, for it is more than members who
 * pay there. */
static int64_t least_cost(const struct pnr_part_solver *solver) {
    const struct pnr_organisation *organisation = solver->instance->organisation;
    const struct pnr_couplings *couplings = solver->couplings;
    int32_t last = pnr_part_level_count(solver) - 1;
    int64_t least = 0;
    for (int32_t r = 0; r < organisation->rule_count; r++) {
        int64_t weight = organisation->rules[r].given.weight;
        if (weight > 0 && organisation->rules[r].level == last) {
            least = least == 0 || weight < least ? weight : least;
        }
    }
    for (int32_t c = 0; c < couplings->items.count; c++) {
        least = couplings->items.items[c].level == last ? 0 : least;
    }
    return least;
}

/* Whether hardly anybody could have it better. */
static bool is_little(const struct pnr_part_solver *solver) {
    int64_t gap = pnr_part_value_of(solver, solver->level) - solver->bound;
    return pnr_part_is_at_last_level(solver) &&
           gap <= pnr_times(least_cost(solver), solver->instance->member_count) / ONE_IN;
}

/* ---- a tree ---- */

static int64_t take_leaf(void *context) {
    struct pnr_part_solver *solver = context;
    pnr_trial_take(solver);
    return pnr_part_value_of(solver, solver->level);
}

static bool tell_case(void *context, int64_t bound) {
    struct pnr_part_solver *solver = context;
    solver->is_branched |= pnr_part_raise_bound(solver, bound);
    return pnr_part_report(solver);
}

/* The latest tree that raised the bound proves it alone, for it began with the bound of those before. */
static void keep_cases(struct pnr_part_solver *solver, struct pnr_cases *cases) {
    if (cases != NULL) {
        struct pnr_level_outcome *outcome = &solver->result->levels[solver->level];
        pnr_cases_free(outcome->cases);
        outcome->cases = cases;
    }
}

/* Whether a bound that rises at all closes the level: nothing but a tree does that. */
static bool is_last_grain(const struct pnr_part_solver *solver) {
    return pnr_part_value_of(solver, solver->level) - solver->bound <= solver->grain;
}

/* Whether time alone ends a horizon of a few weeks: dives and trees are quick there. */
static bool is_short_and_timed(const struct pnr_part_solver *solver) {
    return pnr_part_is_timed_only(solver) && !pnr_part_is_long(solver);
}

/* Whether the tree closes more of the gap than everything else since it began, for its work. Of long horizons
 * it is weeks anew that know, not the accounts of one tree. */
static bool trees_lead(const struct pnr_part_solver *solver) {
    const struct pnr_branching *tree = &solver->branching;
    int64_t work_of_others = solver->options->budget->work_used - tree->began_at - tree->work;
    double gained = (double)(tree->value - pnr_part_value_of(solver, solver->level));
    double proven = tree->progress * (double)tree->gap;
    return tree->work > 0 && is_short_and_timed(solver) &&
           proven * (double)work_of_others > gained * (double)tree->work;
}

/* What the others had since the latest tree allows the next one. */
static int64_t work_earned(const struct pnr_part_solver *solver) {
    int64_t since = solver->options->budget->work_used - solver->treed_at;
    return trees_lead(solver) ? pnr_times(TREE_AHEAD, since) : since / 2;
}

/* Its share of the level, but of a long time no more than what the last one makes it worth, and than the
 * others have earned it. */
static int64_t work_of_tree(struct pnr_part_solver *solver, int64_t work) {
    int64_t first = FIRST_TREE_S * PNR_WORK_A_SECOND;
    int64_t earned = work_earned(solver);
    int64_t grown = pnr_times(TREE_GROWS, solver->tree_work);
    int64_t worth = grown < earned || is_last_grain(solver) ? grown : earned;
    solver->tree_work = pnr_part_share(solver, work * TREE / 100, worth > first ? worth : first);
    return solver->tree_work;
}

/* `left`: of the level. */
static enum pioneer_status branch(struct pnr_part_solver *solver, int64_t work, int64_t left) {
    struct pnr_tree_run run = {
        .value = pnr_part_value_of(solver, solver->level),
        .grain = solver->grain,
        .work = work,
        .each = tell_case,
        .take = take_leaf,
        .context = solver,
        .out = &solver->trial,
        .search = &solver->search,
        .dive_work = pnr_master_is_wide(solver->master) ? 0 : solver->dive_work,
        .first_dive = left / FIRST_DIVE_IN,
        .bound = solver->bound,
        .wants_cases = solver->options->wants_cases && solver->level >= 0,
    };
    int64_t started_at = solver->options->budget->work_used;
    if (solver->branching.work == 0) {
        solver->branching = (struct pnr_branching){
            .began_at = started_at, .value = run.value, .gap = run.value - solver->bound};
    }
    pnr_part_idle(solver, NULL, &solver->trial);
    enum pioneer_status status = pnr_master_branch(solver->master, &run);
    solver->treed_at = solver->options->budget->work_used;
    solver->branching.work += solver->treed_at - started_at;
    solver->branching.progress = run.progress;
    keep_cases(solver, run.cases);
    solver->is_branched |= pnr_part_raise_bound(solver, run.bound);
    return status;
}

/* A few members get new schedules together while the others keep theirs. */
static enum pioneer_status renew(struct pnr_part_solver *solver, int64_t work) {
    int64_t before = solver->options->budget->work_used;
    bool found;
    pnr_search_pick(&solver->search, &solver->roster, solver->level, solver->renewed, solver->free_members);
    pnr_part_idle(solver, NULL, &solver->trial);
    enum pioneer_status status = pnr_master_renew(solver->master, &solver->search, &solver->roster,
                                                  solver->free_members, work, &solver->trial, &found);
    if (status == PIONEER_OK && found) {
        pnr_trial_take(solver);
    }
    bool was_dear = solver->options->budget->work_used - before > work / 2;
    int32_t most = pnr_master_most_renewed(solver->master);
    solver->renewed += was_dear ? -1 : found ? 0 : 1;
    solver->renewed = solver->renewed < 2 ? 2 : solver->renewed > most ? most : solver->renewed;
    return status;
}

/* Whether a tree has many nodes. */
static bool is_quick(const struct pnr_part_solver *solver) {
    return pnr_part_is_timed_only(solver) && solver->converge_work <= SWIFT_LP_MS * PNR_WORK_A_MS;
}

bool pnr_turns_want_a_tree(const struct pnr_part_solver *solver) {
    int64_t value = pnr_part_value_of(solver, solver->level);
    int64_t most = is_quick(solver)             ? SWIFT_TREE_PERMILLE
                   : is_short_and_timed(solver) ? SHORT_TREE_PERMILLE
                                                : TREE_PERMILLE;
    return value - solver->bound <= value / 1000 * most + 5;
}

/* Short runs in a row hardly prove more; but the last grain may go any time. */
static bool is_time_for_a_tree(const struct pnr_part_solver *solver) {
    return !pnr_part_is_timed_only(solver) || solver->tree_work == 0 ||
           work_earned(solver) >= FIRST_TREE_S * PNR_WORK_A_SECOND || is_last_grain(solver);
}

bool pnr_turns_rest(const struct pnr_part_solver *solver, int64_t end) {
    const struct pnr_budget *budget = solver->options->budget;
    if (!pnr_part_may_go_on(solver) || pnr_part_is_settled(solver)) {
        return true;
    }
    if (budget->work_limit == 0) {
        return budget->deadline_ms == 0 || pnr_clock_ms() >= solver->level_deadline_ms;
    }
    return budget->work_used >= end || pnr_turns_good_enough(solver) || is_little(solver);
}

/* Of a long time a turn's search gets no more than a tenth of a second, and some times what renewals cost. */
static int64_t search_share(const struct pnr_part_solver *solver, int64_t work, int64_t renewal) {
    int64_t worth = PNR_WORK_A_SECOND / 10 + SEARCH_COSTS * renewal;
    return pnr_part_share(solver, work * SEARCH / 100, worth);
}

/* Search gets what a renewal cost that gained nothing: where schedules are dear to price, it gains more. */
static enum pioneer_status renew_and_search(struct pnr_part_solver *solver, int64_t work, int64_t end) {
    const struct pnr_budget *budget = solver->options->budget;
    int64_t used = budget->work_used;
    int64_t value = pnr_part_value_of(solver, solver->level);
    enum pioneer_status status = renew(solver, pnr_turns_renewal_share(solver, work * RENEW / 100) + 1);
    bool helped = pnr_part_value_of(solver, solver->level) < value;
    int64_t in_vain = helped ? 0 : budget->work_used - used;
    if (status == PIONEER_OK && !pnr_turns_rest(solver, end)) {
        status = pnr_part_improve(solver, search_share(solver, work, in_vain) + in_vain + 1);
    }
    return status;
}

/* Whether it is time for another dive, and there is time for it: its pool has grown since the latest. */
static bool is_time_to_dive(const struct pnr_part_solver *solver, int64_t end) {
    int64_t since = solver->options->budget->work_used - solver->dived_at;
    return solver->dive_work > 0 && since >= BETWEEN_DIVES * solver->dive_work &&
           pnr_part_left_of_level(solver, end) >= solver->dive_work;
}

static bool dives_again(const struct pnr_part_solver *solver, int64_t end) {
    bool waits_for_tree = pnr_closing_dives_after_trees(solver) && pnr_turns_want_a_tree(solver);
    return !waits_for_tree && is_time_to_dive(solver, end);
}

enum pioneer_status pnr_turns_branch_and_dive(struct pnr_part_solver *solver, int64_t work, int64_t end) {
    int64_t share = work_of_tree(solver, work);
    int64_t left = pnr_part_left_of_level(solver, end);
    enum pioneer_status status = branch(solver, share < left ? share : left, left);
    if (status == PIONEER_OK && pnr_closing_dives_after_trees(solver) && !pnr_turns_rest(solver, end) &&
        is_time_to_dive(solver, end)) {
        status = pnr_closing_converge(solver, pnr_part_left_of_level(solver, end), PNR_ROUGH);
        if (status == PIONEER_OK && !pnr_turns_rest(solver, end)) {
            status = pnr_closing_dive(solver, work, pnr_part_left_of_level(solver, end), false);
            solver->treed_at = solver->options->budget->work_used; /* the others have had nothing since */
        }
    }
    return status;
}

/* What turns in vain call for. The nodes of a wide master are as dear as its LP: no tree closes a gap there.
 */
static enum pioneer_status branch_or_dive(struct pnr_part_solver *solver, int64_t work, int64_t end) {
    return pnr_turns_want_a_tree(solver) || !pnr_master_is_wide(solver->master)
               ? pnr_turns_branch_and_dive(solver, work, end)
               : pnr_closing_dive(solver, work, pnr_part_left_of_level(solver, end), false);
}

/* Where more than half of what could be avoided stands between value and bound, and not for want of a tree.
 */
static bool is_far(const struct pnr_part_solver *solver) {
    int64_t value = pnr_part_value_of(solver, solver->level);
    int64_t avoidable = value - solver->result->levels[solver->level].constant;
    return value - solver->bound > avoidable / 2 && !is_quick(solver);
}

bool pnr_turns_have_periods(const struct pnr_part_solver *solver) {
    int32_t days = solver->instance->last_day - solver->instance->first_day + 1;
    if (solver->level < 0) {
        return false;
    }
    return pnr_part_is_long(solver) ||
           (pnr_master_is_wide(solver->master) ? days >= LEAST_DAYS_OF_WIDE
                                               : days >= LEAST_DAYS_OF_FAR && is_far(solver));
}

int64_t pnr_turns_renewal_share(const struct pnr_part_solver *solver, int64_t share) {
    return solver->converge_work > 0
               ? pnr_part_share(solver, share, solver->converge_work / RENEWAL_COSTS_IN + PNR_WORK_A_SECOND)
               : share;
}

/* What turns are made of. */
enum way { MEMBERS, WEEKS, WAYS };
struct turns {
    struct pnr_part_solver *solver;
    struct pnr_account accounts[WAYS];
    int64_t work, end;
};

/* A few members anew, and search, or some weeks. */
static enum pioneer_status take_turn(struct turns *turns) {
    struct pnr_part_solver *solver = turns->solver;
    const struct pnr_budget *budget = solver->options->budget;
    int64_t value = pnr_part_value_of(solver, solver->level);
    int64_t used = budget->work_used;
    turns->accounts[WEEKS].rests = solver->periods == NULL || pnr_periods_rest(solver);
    int32_t way = pnr_accounts_choose(turns->accounts, WAYS);
    enum pioneer_status status = way == WEEKS ? pnr_periods_turn(solver->periods, solver)
                                              : renew_and_search(solver, turns->work, turns->end);
    pnr_account_enter(&turns->accounts[way], value - pnr_part_value_of(solver, solver->level),
                      budget->work_used - used + 1);
    return status;
}

static enum pioneer_status open_periods(struct pnr_part_solver *solver, int64_t work) {
    return solver->periods != NULL ? PIONEER_OK : pnr_periods_new(solver, work, &solver->periods);
}

enum pioneer_status pnr_turns_take(struct pnr_part_solver *solver, int64_t work, int64_t end) {
    struct turns turns = {.solver = solver, .work = work, .end = end};
    enum pioneer_status status = PIONEER_OK;
    if (pnr_turns_have_periods(solver) && !pnr_turns_rest(solver, end)) {
        status = open_periods(solver, pnr_part_left_of_level(solver, end));
    }
    if (solver->periods != NULL) {
        turns.accounts[WEEKS] = *pnr_periods_account(solver->periods);
    }
    int64_t before = pnr_part_value_of(solver, solver->level);
    int32_t idle = 0;
    bool may_stall = solver->options->budget->work_limit == 0;
    while (status == PIONEER_OK && !pnr_turns_rest(solver, end) && (may_stall || idle < MOST_IDLE_TURNS)) {
        status = take_turn(&turns);
        if (status == PIONEER_OK && dives_again(solver, end) && !pnr_turns_rest(solver, end)) {
            status = pnr_closing_dive(solver, work, pnr_part_left_of_level(solver, end), false);
        }
        bool gained = pnr_part_value_of(solver, solver->level) < before;
        idle = gained ? 0 : idle + 1;
        before = pnr_part_value_of(solver, solver->level);
        bool is_close =
            (gained && pnr_part_is_timed_only(solver) && pnr_turns_want_a_tree(solver)) || trees_lead(solver);
        if (status == PIONEER_OK && (is_close || idle % IDLE_TURNS == IDLE_TURNS - 1) &&
            is_time_for_a_tree(solver) && !pnr_turns_rest(solver, end)) {
            status = branch_or_dive(solver, work, end);
        }
        pnr_part_report(solver);
    }
    return status;
}

/* How long weeks may gain nothing; where a tree may close the gap, and time alone ends the level, it need not
 * wait for long. */
static int64_t patience(const struct pnr_part_solver *solver, int64_t work, int64_t start) {
    int64_t share = work * WEEKS_IN_VAIN / 100;
    int64_t so_far = solver->options->budget->work_used - start;
    bool is_quick = solver->converge_work <= QUICK_LP_S * PNR_WORK_A_SECOND;
    int64_t dive = is_quick && pnr_turns_want_a_tree(solver) ? 0 : solver->dive_work;
    return pnr_part_share(solver, share, so_far + TREE_WAITS_S * PNR_WORK_A_SECOND + dive);
}

enum pioneer_status pnr_turns_renew_weeks(struct pnr_part_solver *solver, int64_t work) {
    const struct pnr_budget *budget = solver->options->budget;
    int64_t start = budget->work_used;
    int64_t end = budget->work_used + work * WEEKS_ANEW / 100;
    int64_t in_vain = budget->work_used + patience(solver, work, start);
    int32_t costless = 0;
    enum pioneer_status status = open_periods(solver, end - budget->work_used);
    while (status == PIONEER_OK && budget->work_used < end && budget->work_used < in_vain &&
           costless < MOST_COSTLESS && !pnr_turns_rest(solver, end) && !pnr_periods_rest(solver)) {
        int64_t value = pnr_part_value_of(solver, solver->level);
        int64_t used = budget->work_used;
        status = pnr_periods_turn(solver->periods, solver);
        costless = budget->work_used > used ? 0 : costless + 1;
        bool gained = pnr_part_value_of(solver, solver->level) < value;
        in_vain = gained ? budget->work_used + patience(solver, work, start) : in_vain;
        pnr_part_report(solver);
    }
    if (!pnr_part_is_timed_only(solver)) { /* turns have more work than their share of it */
        pnr_periods_free(solver->periods);
        solver->periods = NULL;
    }
    return status;
}
