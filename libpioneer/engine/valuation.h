/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one given schedule of a member costs: the rules themselves, day after day, without automaton or
 * labels. */
#ifndef PNR_ENGINE_VALUATION_H
#define PNR_ENGINE_VALUATION_H

#include "engine/course.h"

struct pnr_valuation {
    const struct pnr_instance *instance;
    const struct pnr_course *course;
    int32_t member;
    struct pnr_arena *arena;
    struct pnr_day_view *view;
    int64_t *cost_by_level; /**< [level]: filled */
    bool legal;             /**< set: no hard rule is broken */
};

/** Values the pairs, ascending. False when memory is short. */
bool pnr_valuation_run(struct pnr_valuation *valuation, const int32_t *pairs, int32_t pair_count);

#endif
