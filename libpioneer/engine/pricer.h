/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pricing: the cheapest legal schedule of one member, exactly, in integers. */
#ifndef PNR_ENGINE_PRICER_H
#define PNR_ENGINE_PRICER_H

#include "base/budget.h"
#include "model/instance.h"

/* Holds what every single-member rule compiled for every member of an instance, shared read-only by all
 * threads. */
struct pnr_pricer;
/* Working memory of one thread; grows to a high-water mark, then allocates nothing. */
struct pnr_pricer_scratch;
struct pnr_course;
struct pnr_sum_limit;

/* What a case may ask of a pair. */
enum pnr_forced {
    PNR_NOT_FORCED,
    PNR_FORCED,     /* it must be taken */
    PNR_ONE_OF,     /* it, or one that is alike (pnr_pricer_alike), must be: asked of the first of them */
    PNR_ONE_OF_TOO, /* asked of the others */
};

static inline bool pnr_is_asked(uint8_t forced) {
    return forced == PNR_FORCED || forced == PNR_ONE_OF;
}

/* One schedule: the pairs of a member (ascending), and what the single-member terms charge for it, by level
 * (constants included). */
struct pnr_schedule {
    int32_t *pairs; /* borrowed from the scratch until its next use */
    int32_t pair_count;
    int64_t *cost_by_level; /* [level_count] */
    int64_t price;          /* Σ price_of_pair + Σ weight_of_level × cost_by_level */
};

/* Some days of the horizon, while a schedule is held on all others. */
struct pnr_way;
struct pnr_stretch {
    struct pnr_span {
        int32_t from, to; /* 0-based from the horizon's first day; to: exclusive */
    } spans[2];           /* in order, with at least a day between them */
    int32_t span_count;
    const struct pnr_way *way;       /* the schedule (stretch.h) */
    const struct pnr_course *course; /* the stretch as it was opened before, NULL: it is opened anew */
};

struct pnr_price_query {
    int32_t member;
    const int64_t *price_of_pair;   /* indexed by pair (whole instance); any sign; |price| <= 2^46 */
    const int64_t *weight_of_level; /* [level_count] >= 0; weight × cost stays below 2^60 */
    /* Pairs that must not be taken (NULL: none): [pair] flags; and pairs that must be (NULL: none): [pair]
     * enum pnr_forced. For diving and neighbourhoods. */
    const uint8_t *forbidden;
    const uint8_t *forced;
    const struct pnr_sum_limit *limits; /* of sums (sums.h), of this member and of others */
    int32_t limit_count;
    int64_t cutoff; /* schedules that cost this much or more are of no interest; INT64_MAX: the cheapest
                       whatever it costs */
    int32_t wanted; /* at most so many schedules, cheapest first, different from each other (1..8) */
    bool is_quick;  /* a bound is enough, and good schedules if they are found at once: no exact passes */
    /* Multipliers on the member's sums to start from, and the best ones found ([tally], see relaxation.h);
     * NULL: none. Those of a query with similar prices save most of the work. */
    int64_t *mu;
    int64_t label_limit; /* 0: exact; else give up exactness when a member needs more labels than this */
    /* NULL: the whole horizon is free. Else answers are about the stretch: their pairs and prices are those
     * of its days, their costs those of the whole schedule. A few legal ones may be missing (stretch.h).
     * Needs `forced` and `mu` to be NULL; pnr_pricer_price alone knows stretches. */
    const struct pnr_stretch *stretch;
};

enum pnr_priced {
    PNR_PRICED_EXACT,     /* the first schedule is the cheapest; none found means none below cutoff exists */
    PNR_PRICED_HEURISTIC, /* label limit hit: schedules are legal, `bound` of the answer is valid but may be
                             below their price */
    PNR_PRICED_INFEASIBLE /* the member has no legal schedule at all (fixed duties, history and forced pairs
                             break a hard rule) */
};

struct pnr_price_answer {
    enum pnr_priced kind;
    int64_t bound; /* lower bound on the price of every legal schedule (min(cutoff, exact price) in the exact
                      case) */
    struct pnr_schedule schedules[8];
    int32_t count;
    int64_t labels; /* made */
    int64_t work;   /* units: see PNR_WORK_A_MS in base/budget.h */
};

enum pioneer_status pnr_pricer_new(const struct pnr_instance *instance, struct pnr_pricer **out,
                                   struct pioneer_error *error);
/* The same on `threads` threads. `beside` (NULL: nothing) is called once with `context` on one of them, at
 * the same time: for whatever else has to be made and needs no pricer. */
enum pioneer_status pnr_pricer_new_on(const struct pnr_instance *instance, int32_t threads,
                                      void (*beside)(void *context), void *context, struct pnr_pricer **out);
void pnr_pricer_free(struct pnr_pricer *pricer);

enum pioneer_status pnr_pricer_scratch_new(const struct pnr_pricer *pricer, struct pnr_pricer_scratch **out);
/* Once the budget is late, queries give up exactness instead of taking their time. Borrowed. */
void pnr_pricer_scratch_heed(struct pnr_pricer_scratch *scratch, const struct pnr_budget *budget);
void pnr_pricer_scratch_free(struct pnr_pricer_scratch *scratch);

/* Deterministic. Of equally cheap schedules that were kept, the one whose pairs come first leads; others may
 * have been dropped on the way, as nothing to gain. Only fails for want of memory. */
enum pioneer_status pnr_pricer_price(const struct pnr_pricer *pricer, struct pnr_pricer_scratch *scratch,
                                     const struct pnr_price_query *query, struct pnr_price_answer *answer);

/* Values a given set of pairs of a member by the same rules: cost by level, and whether it is legal. */
enum pioneer_status pnr_pricer_value(const struct pnr_pricer *pricer, struct pnr_pricer_scratch *scratch,
                                     int32_t member, const int32_t *pairs, int32_t pair_count,
                                     int64_t *cost_by_level, bool *legal);

/* The member's pairs that no rule about one member tells apart from this one, itself included, ascending. */
const int32_t *pnr_pricer_alike(const struct pnr_pricer *pricer, int32_t member, int32_t pair,
                                int32_t *count);

/* The member's compiled rules, for those who look inside (course.h). */
const struct pnr_course *pnr_pricer_course(const struct pnr_pricer *pricer, int32_t member);

/* Whether any schedule at all exists for the member (with nothing forced). */
bool pnr_pricer_member_is_feasible(const struct pnr_pricer *pricer, int32_t member);

#endif
