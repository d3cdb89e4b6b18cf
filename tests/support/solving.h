/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A part's solver for tests of the engine's insides, as it stands before any level: everybody idle. */
#ifndef TESTS_SUPPORT_SOLVING_H
#define TESTS_SUPPORT_SOLVING_H

#include "engine/part_inside.h"
#include "generated.h"
#include "opened.h"

struct solving {
    struct opened opened;
    struct pnr_part_options options; /* one thread, seed 1 */
    struct pnr_part_result result;
    struct pnr_part_solver solver;
};

/** Opens the campaign's first part. The solver points into `solving`, which must stay where it is. */
void solving_init(struct solving *solving, struct pioneer_campaign *campaign);
void solving_fini(struct solving *solving);

/** Searches the roster for hard rules and the first two levels, `work` each; whether it keeps hard rules. */
bool solving_search(struct solving *solving, int64_t work);
/** Gives a member pairs (ascending) that are legal for it together. */
void solving_give(struct solving *solving, int32_t member, const int32_t *pairs, int32_t count);
/** Gives a member every pair that it has. */
void solving_give_all(struct solving *solving, int32_t member);
/** The level of this id. */
int32_t solving_level(const struct solving *solving, const char *id);

/** A way to search, such as pnr_search_hand_over(). */
typedef enum pioneer_status solving_way(struct pnr_search *search, struct pnr_solution *solution,
                                        int32_t level, int64_t goal, int64_t work);

/** One of three members has all nine mornings, each of them full, and two have none: expects that the way, at
 * most so much `work` of it, leaves three to each. */
void solving_expect_shared_out(solving_way *way, int64_t work);

/** Does something to the roster at a level, for the time `time` (from 0) there; false: it is done. */
typedef bool solving_step(struct solving *solving, int32_t level, int32_t time, uint64_t seed);

/** How often a step gained, and how many rosters the judge saw in the end. */
struct solving_tally {
    int32_t gained, judged;
};

/**
 * Takes the step at all levels of generated campaigns, seeds 1 to `seeds`, that have a legal roster after so
 * much `work` of search, whatever their rules: no level may get worse for another, and rosters are to be
 * legal and worth what they say.
 */
struct solving_tally solving_sweep(uint64_t seeds, int64_t work, solving_step *step);

#endif
