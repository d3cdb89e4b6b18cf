/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Masters with more rows than a simplex can bear: the LP is solved nearly, by a walk to its saddle point. */
#include <math.h>
#include <stdlib.h>

#include "engine/master_inside.h"

/*
 * An LP of more rows than this is solved nearly: what a simplex costs grows with the cube of the rows, or
 * about, and where it does not come to its end it proves nothing. On a campus of 750 members, 2,208 rows, the
 * walk is ten times faster to a bound within a thousandth; on one of 400, 966 rows, four times, but where
 * there is work enough dives of a simplex's solutions end lower.
 */
#define MOST_SIMPLEX_ROWS  2000
#define LEAST_SIMPLEX_ROWS 500
/* Rows, cubed, for each unit of all the work that there is: campuses of 400 members in 10 s, where a simplex
 * mostly leads to a proof and a walk to 1 %. One that does not come to its end is followed by walks. */
#define CUBED_ROWS_A_UNIT 10
/* At a level after others, which have left pool and basis: the third stage of the example, 1,500 rows. */
#define CUBED_ROWS_A_UNIT_LATER 8
/* Steps between two rounds of pricing, and how near they are to come: more make no round worth more. */
#define STEPS 120
#define CLOSE 1e-3
/* The same while prices are far from any that prove something. */
#define FAR_STEPS 40
/* Cost of the shares and worth of the prices may differ by this share of the roster's value where the LP
 * counts as solved. */
#define REACHED 0.01
/* In a dive prices must have arrived before it is judged: so many steps while all are free, more as they are
 * fixed and steps get cheap. */
#define DIVE_STEPS      400
#define MOST_DIVE_STEPS 1200
#define DIVE_CLOSE      2e-3
/* Before shares lean to what they are most. */
#define WHOLE_STEPS 40
/* So few members to be renewed are a matter for a simplex. A dive walks to its end: a simplex that starts
 * from nothing with its last 26 members took 30 s, and it ended at three times what the walk promised. */
#define FEW 30

/* Whether a simplex has a pool and a basis of an earlier level to go on from. */
static bool goes_on(const struct pnr_master *master) {
    bool had_others = false;
    for (int32_t l = 0; l < master->level; l++) {
        had_others = had_others || master->earlier[l].level >= 0;
    }
    return had_others && !master->has_walked;
}

static int32_t simplex_rows(const struct pnr_master *master) {
    double cubed = goes_on(master) ? CUBED_ROWS_A_UNIT_LATER : CUBED_ROWS_A_UNIT;
    int64_t work = master->tools.work;
    if (master->walks) {
        return LEAST_SIMPLEX_ROWS;
    }
    double rows = work > 0 ? cbrt(cubed * (double)work) : MOST_SIMPLEX_ROWS;
    return (int32_t)fmin(fmax(rows, LEAST_SIMPLEX_ROWS), MOST_SIMPLEX_ROWS);
}

bool pnr_master_is_wide(const struct pnr_master *master) {
    return pnr_lp_row_count(master->lp) > simplex_rows(master);
}

bool pnr_master_walk(struct pnr_master *master) {
    bool was_wide = pnr_master_is_wide(master);
    master->walks = true;
    return !was_wide && pnr_master_is_wide(master);
}

bool pnr_master_is_near(const struct pnr_master *master) {
    return !pnr_lp_is_narrow(master->lp) && pnr_master_is_wide(master);
}

static int32_t dive_steps(const struct pnr_master *master) {
    int64_t steps = DIVE_STEPS * (int64_t)(master->instance->member_count + 1);
    steps /= pnr_master_count_free(master) + 1;
    return (int32_t)(steps < MOST_DIVE_STEPS ? steps : MOST_DIVE_STEPS);
}

/* The multipliers behind the best bound as duals of the LP. */
static void write_best(const struct pnr_master *master, double *prices) {
    double unit = pnr_master_unit_of(master, master->level) * (double)master->best.scale;
    for (int32_t r = 0; r < master->program->rows.count; r++) {
        if (master->lp_row[r] >= 0) {
            prices[master->lp_row[r]] = (double)master->best.of_row[r] / unit;
        }
    }
    for (int32_t l = 0; l < master->level; l++) {
        if (master->row_of_level[l] >= 0) {
            prices[master->row_of_level[l]] =
                -(double)master->best.weight_of_level[l] * master->unit_of_level[l] / unit;
        }
    }
}

bool pnr_master_is_reached(const struct pnr_master *master, int64_t value) {
    double gap = pnr_lp_cost(master->lp) - pnr_lp_objective(master->lp);
    return gap * pnr_master_unit_of(master, master->level) <= REACHED * (double)value;
}

bool pnr_master_begins_narrow(const struct pnr_master *master) {
    int32_t free_count = pnr_master_count_free(master);
    return !master->is_diving && free_count > 0 && free_count <= FEW;
}

int32_t pnr_master_most_renewed(const struct pnr_master *master) {
    return pnr_master_is_wide(master) ? FEW : master->instance->member_count;
}

/* All that is asked of an LP that will be narrowed at once is who is held at what. */
static int32_t steps_of(const struct pnr_master *master) {
    if (pnr_master_begins_narrow(master)) {
        return 0;
    }
    return master->wants_whole ? WHOLE_STEPS
           : master->is_diving ? dive_steps(master)
           : master->is_far    ? FAR_STEPS
                               : STEPS * master->stride;
}

enum pnr_lp_result pnr_master_approach(struct pnr_master *master) {
    int32_t steps = steps_of(master);
    struct pnr_lp_approach approach = {
        .threads = master->tools.thread_count,
        .steps = steps,
        .close = master->is_diving ? DIVE_CLOSE : CLOSE,
        .wants_whole = master->wants_whole && steps > 0,
    };
    double *prices = calloc((size_t)pnr_lp_row_count(master->lp) + 1, sizeof *prices);
    if (prices == NULL) {
        return PNR_LP_NO_MEMORY;
    }
    master->has_walked = true;
    if (master->has_best) {
        /* a walk that stood still where it began tries no prices at all, which are worth more than that */
        if (master->stride == 1 || master->best_bound >= 0) {
            write_best(master, prices);
        }
        approach.prices = prices;
    }
    int64_t work;
    enum pnr_lp_result result = pnr_lp_approach(master->lp, &approach, &work);
    pnr_budget_spend(master->tools.budget, work);
    free(prices);
    return result;
}
