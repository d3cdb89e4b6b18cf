/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Costs a unit, of the competition's description, for all that plans. The judge keeps figures of its own. */
#ifndef BENCH_INRC2_WEIGHTS_H
#define BENCH_INRC2_WEIGHTS_H

enum {
    WEIGHT_TOTAL = 20,
    WEIGHT_SHIFT_RUN = 15,
    WEIGHT_RUN = 30,
    WEIGHT_PREFERENCE = 10,
    WEIGHT_WEEKEND = 30,
    WEIGHT_COMPLETE = 30,
    WEIGHT_COVERAGE = 30
};

#endif
