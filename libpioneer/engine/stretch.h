/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Some days of a member's course while the schedule of all other days is held. */
#ifndef PNR_ENGINE_STRETCH_H
#define PNR_ENGINE_STRETCH_H

#include "engine/course.h"
#include "engine/pricer.h"
#include "engine/solution.h"

/** One schedule, walked through its member's course. All zeros is a valid empty one. */
struct pnr_way {
    int32_t *pairs; /**< ascending; room for all of the member's */
    int32_t pair_count;
    int32_t *items, *patterns; /**< [day] */
    int32_t *states;           /**< [day + 1]: before the day */
    int64_t *cost_by_level;    /**< without what tallies charge */
    int64_t *sums;             /**< [tally]: what the horizon adds */
    void *memory;
};

/** Room for a schedule of up to `pair_room` pairs; false when memory is short. */
bool pnr_way_init(struct pnr_way *way, const struct pnr_course *course, int32_t pair_room);
void pnr_way_fini(struct pnr_way *way);
/** Walks the pairs that stand in the way; false: the automaton forbids them. */
bool pnr_way_walk(struct pnr_way *way, const struct pnr_course *course, const struct pnr_instance *instance);

/** The days of so many weeks from `week` on, counted like pnr_week_of(), that the horizon has. */
struct pnr_span pnr_span_of_weeks(const struct pnr_instance *instance, int32_t week, int32_t weeks);
/** Whether the day is in one of the stretch's spans. */
bool pnr_stretch_frees(const struct pnr_stretch *stretch, int32_t day);

/** Drops the pairs of other days; returns how many stay. */
int32_t pnr_stretch_pick(const struct pnr_stretch *stretch, const struct pnr_instance *instance,
                         int32_t *pairs, int32_t count);

/** The member's pairs of a span of days. */
struct pnr_pair_range pnr_span_pairs(const struct pnr_instance *instance, int32_t member,
                                     const struct pnr_span *span);
/** Gives a member other pairs (ascending) on the stretch's days; the costs are those of its whole schedule.
 */
void pnr_stretch_give(const struct pnr_stretch *stretch, struct pnr_solution *solution, int32_t member,
                      const int32_t *pairs, int32_t count, const int64_t *cost_by_level);

/** Puts a schedule of the stretch's days in the place of the way's own; it is to be walked again. */
void pnr_way_replace(struct pnr_way *way, const struct pnr_instance *instance,
                     const struct pnr_stretch *stretch, const struct pnr_schedule *schedule);

/**
 * The days of a stretch as a course of their own. It begins in the state that the days before lead to, and
 * ends in those from which the days after can be walked as they are; its tallies start from what is held, and
 * its constant is what is held costs. Ways after which the held days would count otherwise in a tally are
 * left out, so that the stretch may lack schedules but has no wrong ones. Dates of the course begin with the
 * stretch. Everything lives in `arena` or is the whole course's. False when memory is short.
 */
bool pnr_stretch_open(const struct pnr_course *whole, const struct pnr_stretch *stretch,
                      struct pnr_arena *arena, struct pnr_course *out);

#endif
