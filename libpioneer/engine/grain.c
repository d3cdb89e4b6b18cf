/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the values of all rosters have in common at a level. */
#include "engine/grain.h"

#include "engine/course.h"
#include "engine/price_math.h"

/* A tally that can reach more sums than this is not looked through. */
#define MOST_SUMS 4096

static int64_t grain_of_rows(const int64_t *rows, int32_t count, int32_t width, int32_t level,
                             int64_t grain) {
    for (int32_t i = 0; i < count && grain != 1; i++) {
        grain = pnr_common_divisor(grain, rows[i * width + level]);
    }
    return grain;
}

static int64_t grain_of_tally(const struct pnr_tally *tally, int64_t grain) {
    int64_t steps = tally->most / tally->grid;
    if (steps > MOST_SUMS) {
        return 1;
    }
    int64_t first = pnr_times(tally->weight, pnr_tally_amount(tally, tally->start));
    for (int64_t k = 1; k <= steps && grain != 1; k++) {
        int64_t charge = pnr_times(tally->weight, pnr_tally_amount(tally, tally->start + k * tally->grid));
        if (charge >= PNR_COST_LIMIT) {
            return 1; /* clipped */
        }
        grain = pnr_common_divisor(grain, charge - first);
    }
    return grain;
}

static int64_t grain_of_course(const struct pnr_course *course, int32_t level, int64_t grain) {
    if (course->truncated) {
        return 1; /* it does not know all schedules */
    }
    int32_t levels = course->level_count;
    grain = grain_of_rows(course->charges, course->charges_count, levels, level, grain);
    grain =
        grain_of_rows(course->effects, course->effects_count, levels + course->counter_count, level, grain);
    for (int32_t t = 0; t < course->tally_count && grain != 1; t++) {
        const struct pnr_tally *tally = &course->tallies[t];
        if (!tally->hard && tally->level == level) {
            grain = grain_of_tally(tally, grain);
        }
    }
    return grain;
}

int64_t pnr_grain_find(const struct pnr_program *program, const struct pnr_pricer *pricer,
                       const uint8_t *is_feasible, int32_t level) {
    const struct pnr_instance *instance = program->couplings->instance;
    int64_t grain = 0;
    for (int32_t a = 0; a < program->auxiliaries.count && grain != 1; a++) {
        grain = pnr_common_divisor(grain, pnr_program_cost(program, a, level));
    }
    for (int32_t m = 0; m < instance->member_count && grain != 1; m++) {
        if (is_feasible[m]) {
            grain = grain_of_course(pnr_pricer_course(pricer, m), level, grain);
        }
    }
    return grain;
}
