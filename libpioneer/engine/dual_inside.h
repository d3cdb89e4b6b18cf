/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dual as its steps and its climbs see it. */
#ifndef PNR_ENGINE_DUAL_INSIDE_H
#define PNR_ENGINE_DUAL_INSIDE_H

#include "engine/dual.h"

/* One thread's sums over its members. */
struct pnr_dual_share {
    int64_t *activity; /* [row] */
    int64_t *cost;     /* [level]: where tallies are aimed at */
    pnr_wide total;
    int64_t work;
    bool has_way;
    enum pioneer_status status;
};

struct pnr_dual {
    struct pnr_tools tools;
    const struct pnr_instance *instance;
    struct pnr_arena arena;
    int32_t row_count, level_count, level;
    int32_t *tallies_of_member;             /* [member + 1]: where a member's tallies stand among all */
    int32_t variable_count;                 /* rows, then levels, then tallies */
    double *at;                             /* [variable]: multiplier × measure, in costs of the level */
    double *measure;                        /* [variable]: a head's part in the row, sum or level */
    double *slope;                          /* [variable] */
    double *mean, *square;                  /* [variable]: Adam's moments */
    double *kept;                           /* [variable]: `at` of the best bound */
    double *range;                          /* [variable]: how far it may have to go */
    double *least, *most;                   /* [row]: where the multiplier × measure may go */
    int32_t *dearest_above, *dearest_below; /* [row]: its dearest own slack on a side, -1 */
    int32_t *last_slack_above, *last_slack_below; /* [row]: the same, where the multiplier has no more room */
    uint8_t *is_slack_above,
        *is_slack_below; /* [row]: slacks of its own pay for what is missing, or too much */
    int64_t *mu;         /* [tally]: integers of the step at hand */
    int64_t *mu_slope;   /* [tally] */
    int64_t *price_of_pair;
    uint8_t *is_held; /* [member] */
    int32_t held_count;
    int64_t *held_activity; /* [row] */
    int64_t *held_cost;     /* [level] */
    uint8_t *last_way;      /* [pair]: taken by the step at hand */
    float *average;         /* [pair] */
    int64_t *frozen;
    double unit;
    double middle;                 /* the middle of the rows' ranges */
    double first_middle;           /* the same when the level began, 0: not known yet */
    uint8_t *is_settled;           /* [level]: what is frozen there is its bound */
    struct pnr_dual_share *shares; /* [thread] */
    struct pnr_multipliers used, best;
    bool has_best;
    double best_bound; /* unrounded; to compare, not to report */
    int64_t proved;    /* by the best multipliers */
    double travel;     /* of the climbs of the level at hand, 0: none yet */
    double now;        /* the bound of the step at hand, unrounded */
};

/* Rounds the variables to the integers that are priced. */
void pnr_dual_set_integers(struct pnr_dual *dual);

/* The member's best way at these prices, added to the sums of the thread. */
void pnr_dual_relax_member(struct pnr_dual *dual, int32_t thread, int32_t member);

/* Prices at the variables as they stand: bound and slopes. *has_way false: some member has no schedule. */
enum pioneer_status pnr_dual_evaluate(struct pnr_dual *dual, int64_t *bound, bool *has_way);

/* The room of a row's multiplier: none on the side where the row has no bound; where slacks pay for the row,
 * up to the dearest of them. */
void pnr_dual_find_room(struct pnr_dual *dual);

/* Moves the variables back to where they may be. */
void pnr_dual_project(struct pnr_dual *dual);

/* One step of Adam's along the slopes; `time` counts the walk's steps from 1. */
void pnr_dual_step(struct pnr_dual *dual, double length, int32_t time);

/* Lets the averages of the pairs know of the step at hand. */
void pnr_dual_take_average(struct pnr_dual *dual);

#endif
