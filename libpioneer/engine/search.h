/* SPDX-License-Identifier: GPL-3.0-or-later */
/* First roster and neighbourhood search: members are freed and given back their cheapest schedules. */
#ifndef PNR_ENGINE_SEARCH_H
#define PNR_ENGINE_SEARCH_H

#include "base/rng.h"
#include "engine/solution.h"

/* What one thread needs to search an instance; everything is borrowed but the arrays of `memory`. */
struct pnr_search {
    const struct pnr_pricer *pricer;
    struct pnr_pricer_scratch *scratch;
    struct pnr_budget *budget;
    struct pnr_rng rng;
    const uint8_t *is_feasible; /* [member]: others are left alone */
    int64_t *price_of_pair;     /* [pair] */
    uint8_t *forbidden;         /* [pair] */
    int32_t beam_width;         /* > 0: schedules come from beams (engine/beam.h), not exactly */
    int64_t *weight_of_value;   /* [value_count] */
    int32_t solved_level;       /* the level at hand, whichever is searched; 0 does nothing */
    int32_t *order;             /* [member] */
    int32_t *old_pairs;         /* undo: the pairs of the freed members, one after the other */
    int64_t *old_cost;          /* undo: their costs by level */
    int64_t *old_value;         /* [value_count] */
    int32_t *costly;            /* duties that some coupling charges at the level searched, as last listed */
    int32_t costly_count;
    bool is_hasty;        /* good schedules are enough, if they are found at once */
    struct pnr_way *ways; /* [member]: schedules as a search by stretches knows them; NULL: none yet */
    int32_t way_count;
    void *memory;
};

enum pioneer_status pnr_search_init(struct pnr_search *search, const struct pnr_instance *instance,
                                    const struct pnr_pricer *pricer, struct pnr_pricer_scratch *scratch,
                                    const uint8_t *is_feasible, struct pnr_budget *budget, uint64_t seed);
void pnr_search_fini(struct pnr_search *search);

/* Fills an idle roster: every member in turn (those with the fewest choices first) takes its cheapest
 * schedule at marginal costs, all levels weighed together by falling powers of two. */
enum pioneer_status pnr_search_construct(struct pnr_search *search, struct pnr_solution *solution,
                                         struct pnr_pricer_scratch **scratches, int32_t thread_count);

/* The same for a large part, once members are in order and levels weighed: quickly, on all threads, with a
 * result that does not depend on how many there are. */
enum pioneer_status pnr_search_construct_large(struct pnr_search *search, struct pnr_solution *solution,
                                               struct pnr_pricer_scratch **scratches, int32_t thread_count);

/* The query for a member's cheapest schedule at the prices that stand in the member's part of price_of_pair
 * and forbidden. */
struct pnr_price_query pnr_search_query(const struct pnr_search *search, int32_t member);

/* Sets price and room of some of a member's pairs at the marginal costs of the moment. */
void pnr_search_price(struct pnr_search *search, const struct pnr_solution *solution,
                      struct pnr_pair_range range);

/* Whether the member may have these pairs (ascending), and what they cost, [level]. */
enum pioneer_status pnr_search_value(struct pnr_search *search, int32_t member, const int32_t *pairs,
                                     int32_t count, int64_t *cost, bool *legal);

/* One of the pairs of the range, of one member, that are chosen; -1: none is. */
int32_t pnr_search_draw_pair(struct pnr_search *search, const struct pnr_solution *solution,
                             struct pnr_pair_range range);

/* One of those who may take the duty, on it or not; -1: nobody may. */
int32_t pnr_search_rival(struct pnr_search *search, const struct pnr_instance *instance, int32_t duty);

/* Gives an idle member its cheapest schedule at the marginal costs of the moment, in what room is left.
 * *found: whether there is one; the member stays as it is otherwise. */
enum pioneer_status pnr_search_recreate(struct pnr_search *search, struct pnr_solution *solution,
                                        int32_t member, bool *found);

/*
 * Ruin and recreate at `level` (of the organisation; its value entry is level + 1): frees a few related
 * members, gives each its cheapest schedule at exact marginal costs in random order, keeps the result if the
 * vector up to the level's entry is no worse and all of it no worse lexicographically. Ends after `work`
 * units, when the budget stops, or when the level's value has reached `goal`.
 */
enum pioneer_status pnr_search_improve(struct pnr_search *search, struct pnr_solution *solution,
                                       int32_t level, int64_t goal, int64_t work);

/* The same on a long horizon: members are freed for some weeks and hold what they do before and after. */
enum pioneer_status pnr_search_improve_stretches(struct pnr_search *search, struct pnr_solution *solution,
                                                 int32_t level, int64_t goal, int64_t work);

/* Room for ways of all members, if there is none yet. */
enum pioneer_status pnr_search_open_ways(struct pnr_search *search, const struct pnr_instance *instance);

/* That at each level before `level`, for `work` each, until the solution is worth no more there than `value`
 * says ([value_count], like a solution's). */
enum pioneer_status pnr_search_mend_stretches(struct pnr_search *search, struct pnr_solution *solution,
                                              int32_t level, const int64_t *value, int64_t work);

/* Lists duties that some coupling charges at the level in `costly`. A duty with several couplings stands
 * there as often: those that lack most come up more often. */
void pnr_search_list_costly(struct pnr_search *search, const struct pnr_solution *solution, int32_t level);

/* Weighs values for a search at `level`. */
void pnr_search_weigh(struct pnr_search *search, int32_t value_count, int32_t level);

/* Flags `wanted` members, or as many as there are, who could stand in for each other: first some of a duty
 * that costs something at the level, or a costly member, and then members who share a duty with one picked
 * before. */
void pnr_search_pick(struct pnr_search *search, const struct pnr_solution *solution, int32_t level,
                     int32_t wanted, uint8_t *is_picked);

/* Gives members that are idle so far (flags) their cheapest schedules at marginal costs, for the sake of
 * `level`. */
enum pioneer_status pnr_search_complete(struct pnr_search *search, struct pnr_solution *solution,
                                        int32_t level, const uint8_t *is_idle);

#endif
