/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows that tie members together, derived from the couplings: what master, bound and dual share. */
#ifndef PNR_ENGINE_PROGRAM_H
#define PNR_ENGINE_PROGRAM_H

#include "engine/solution.h"

/* A bound that is none; all activities stay far below. */
#define PNR_ROW_FREE (INT64_C(1) << 50)

/* low <= Σ coefficient × pair + Σ coefficient × auxiliary <= high */
struct pnr_row {
    int64_t low, high;
};

/* Whether the row holds when nobody serves; it may then wait until somebody breaks it. */
static inline bool pnr_row_holds_idle(const struct pnr_row *row) {
    return row->low <= 0 && row->high >= 0 && row->low != row->high;
}

/* A slack or a choice: 0 <= value <= high, with a cost on every level. It stands in at most
 * PNR_AUXILIARY_ROWS rows. */
#define PNR_AUXILIARY_ROWS (1 + PNR_COMPANIONS)
struct pnr_auxiliary {
    int64_t high;
    bool is_integer; /* a choice; slacks are integral by themselves when the rest is */
    /* > 0: breaks a hard rule, at this cost a unit while hard rules are what counts (level -1); worth 0 at
     * any level of the organisation */
    int64_t hard_cost;
    int32_t entry_count;
    int32_t rows[PNR_AUXILIARY_ROWS];
    int64_t coefficients[PNR_AUXILIARY_ROWS];
};

struct pnr_row_entry {
    int32_t row;
    int32_t coefficient;
};

/*
 * min over schedules of Σ member costs + Σ auxiliary costs + constants. For every legal roster there is a
 * choice of the auxiliaries that satisfies the rows and costs what the couplings cost, and none that costs
 * less: so a bound on the program is a bound on rosters. At levels of the organisation the slacks of hard
 * rules over several members are 0; the level before all, -1, is about these slacks alone, and its value is
 * what hard rules must be broken by. Immutable once built.
 */
struct pnr_program {
    const struct pnr_couplings *couplings;
    struct pnr_arena arena;
    PNR_ARRAY(struct pnr_row) rows;
    PNR_ARRAY(struct pnr_auxiliary) auxiliaries;
    PNR_ARRAY(int64_t) cost_of_auxiliary; /* [auxiliary × level_count + level] */
    int64_t *constant_of_level;           /* of couplings that no choice can change */
    int64_t hard_constant;                /* the same for hard ones */
    int32_t *heads;                       /* [duty]: that stand whatever is chosen */
    int32_t *entries_of_pair;             /* [pair_count + 1] */
    struct pnr_row_entry *entries;        /* by pair, rows ascending */
    int32_t level_count;
};

enum pioneer_status pnr_program_build(const struct pnr_couplings *couplings, struct pnr_program **out);

/* What is held of a roster while some of its pairs are free; all borrowed. */
struct pnr_held {
    const int64_t *counts;  /* of the couplings, without what free pairs add */
    const int32_t *heads;   /* [duty]: the same */
    const uint8_t *is_free; /* [pair]; NULL: all are */
};
/* The program about the free pairs alone: what is held stands in bounds and constants, what members who have
 * no free pairs cost themselves does not. */
enum pioneer_status pnr_program_build_around(const struct pnr_couplings *couplings,
                                             const struct pnr_held *held, struct pnr_program **out);
/* Cost of one unit of an auxiliary at a level; level -1: what hard rules are broken by. */
static inline int64_t pnr_program_cost(const struct pnr_program *program, int32_t auxiliary, int32_t level) {
    return level < 0 ? program->auxiliaries.items[auxiliary].hard_cost
                     : program->cost_of_auxiliary
                           .items[(size_t)auxiliary * (size_t)program->level_count + (size_t)level];
}

/* The most an auxiliary may be while `level` counts: slacks of hard rules are for level -1 alone. */
static inline int64_t pnr_program_high(const struct pnr_program *program, int32_t auxiliary, int32_t level) {
    const struct pnr_auxiliary *at = &program->auxiliaries.items[auxiliary];
    return level >= 0 && at->hard_cost > 0 ? 0 : at->high;
}

static inline int64_t pnr_program_constant(const struct pnr_program *program, int32_t level) {
    return level < 0 ? program->hard_constant : program->constant_of_level[level];
}

void pnr_program_free(struct pnr_program *program);

#endif
