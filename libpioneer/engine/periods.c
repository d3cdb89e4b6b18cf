/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which members and weeks, or days, are renewed next. */
#include "engine/periods.h"

#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "engine/closing.h"
#include "engine/period.h"
#include "engine/stretch.h"

/* Kinds of periods. */
static const struct kind {
    int32_t percent;    /* of the members */
    int32_t span_count; /* two: sums are often about all of the horizon */
    int32_t weeks;      /* of a span, to begin with */
    int32_t days;       /* the same where spans are of days */
} kinds[] = {{100, 1, 2, 3}, {100, 2, 1, 2}, {30, 1, 2, 5}, {10, 1, 2, 7}};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* Of a part whose master is wide no more members are freed than this. */
#define WIDE_PERCENT 10
/* A renewal may cost one part in so many of all work. */
#define MOST_SHARE 40
/* Of large programs one may cost no more than one part in so many of what all had so far, and so many
 * seconds at any time: four weeks of all at once took ten of them for an LP that nothing came of. */
#define SHARE_SO_FAR 20
#define FIRST_S      3
/* Where spans are of days, so many days of all who are freed together are enough to begin with: the LP of
 * many members and days is not whole, and a renewal that is cut off was for nothing. */
#define DAYS_OF_MEMBERS 300

struct state {
    int32_t length; /* of a span now, in units */
    int32_t first;  /* the length to begin with */
    int32_t grown;  /* the latest one that is not */
    int32_t limit;  /* there are no more */
    int32_t most;   /* more cost too much so far */
    int32_t at;     /* how many of the round were renewed */
    bool gained;    /* in the round */
    bool shuffles;  /* the same again would come to the same: rosters that are as good will do */
    int64_t worth;  /* of a renewal when more cost too much */
    int64_t work_of_first, work_of_larger; /* shuffled, of spans of the first length and of others */
};

struct pnr_periods {
    struct pnr_rng rng;
    struct state states[KINDS];
    struct pnr_account accounts[KINDS];
    struct pnr_account all;
    int64_t most_work;  /* that a renewal may cost */
    bool are_days;      /* the units of spans; false: weeks of the calendar */
    bool is_large;      /* the program is (engine/large.c): what a renewal is worth depends on nothing else */
    int32_t unit_count; /* of the horizon */
    int32_t first_week, member_count;
    uint8_t *is_free; /* [member] */
};

static int32_t least_of(int32_t a, int32_t b) {
    return a < b ? a : b;
}

/* Short horizons have too few weeks. */
static void choose_units(struct pnr_periods *periods, const struct pnr_part_solver *solver) {
    const struct pnr_instance *instance = solver->instance;
    periods->first_week = pnr_week_of(instance->first_day);
    periods->are_days = !pnr_part_is_long(solver);
    periods->unit_count = periods->are_days ? instance->last_day - instance->first_day + 1
                                            : pnr_week_of(instance->last_day) - periods->first_week + 1;
}

static int32_t first_length(const struct pnr_periods *periods, const struct kind *kind, bool is_wide) {
    if (!periods->are_days) {
        return is_wide ? 1 : kind->weeks;
    }
    int32_t freed = periods->member_count * kind->percent / 100 + 1;
    int32_t days = DAYS_OF_MEMBERS / freed / kind->span_count;
    return days < 1 ? 1 : least_of(days, kind->days);
}

enum pioneer_status pnr_periods_new(const struct pnr_part_solver *solver, int64_t work,
                                    struct pnr_periods **out) {
    const struct pnr_instance *instance = solver->instance;
    struct pnr_periods *periods = calloc(1, sizeof *periods);
    uint8_t *is_free = calloc((size_t)instance->member_count + 1, 1);
    *out = periods;
    if (periods == NULL || is_free == NULL) {
        free(periods);
        free(is_free);
        *out = NULL;
        return PIONEER_E_NO_MEMORY;
    }
    periods->is_free = is_free;
    periods->rng = pnr_rng_fork(&solver->search.rng, 1);
    periods->most_work = pnr_turns_renewal_share(solver, work / MOST_SHARE) + 1;
    periods->member_count = instance->member_count;
    periods->is_large = solver->is_large;
    bool is_wide = solver->master != NULL && pnr_master_is_wide(solver->master);
    choose_units(periods, solver);
    for (int32_t k = 0; k < KINDS; k++) {
        struct state *state = &periods->states[k];
        bool is_too_many = is_wide && kinds[k].percent > WIDE_PERCENT;
        state->limit = kinds[k].span_count == 1 ? periods->unit_count : (periods->unit_count - 1) / 2;
        state->most = state->limit;
        periods->accounts[k].rests = is_too_many || state->most == 0;
        state->first = least_of(first_length(periods, &kinds[k], is_wide), state->most);
        state->length = state->grown = state->first;
    }
    return PIONEER_OK;
}

const struct pnr_account *pnr_periods_account(const struct pnr_periods *periods) {
    return &periods->all;
}

void pnr_periods_free(struct pnr_periods *periods) {
    if (periods != NULL) {
        free(periods->is_free);
        free(periods);
    }
}

bool pnr_periods_rest(const struct pnr_part_solver *solver) {
    return solver->roster.value[0] > 0;
}

static struct pnr_span span_from(const struct pnr_part_solver *solver, const struct pnr_periods *periods,
                                 int32_t unit, int32_t length) {
    unit = least_of(unit, periods->unit_count - length);
    return periods->are_days ? (struct pnr_span){unit, unit + length}
                             : pnr_span_of_weeks(solver->instance, periods->first_week + unit, length);
}

/* Spans of such a length overlap by half. */
static int32_t step_of(int32_t length) {
    return length > 1 ? length / 2 : 1;
}

/* So many periods are a round: every unit comes up once or twice. */
static int32_t round_of(const struct pnr_periods *periods, int32_t length) {
    int32_t step = step_of(length);
    return (periods->unit_count - length + step - 1) / step + 1;
}

static void place(struct pnr_periods *periods, const struct pnr_part_solver *solver, int32_t kind,
                  struct pnr_period *period) {
    int32_t length = periods->states[kind].length;
    period->span_count = kinds[kind].span_count;
    if (period->span_count == 1) {
        period->spans[0] = span_from(solver, periods, periods->states[kind].at * step_of(length), length);
        return;
    }
    int32_t others = periods->unit_count - 2 * length; /* before, between and after the two */
    int32_t between = 1 + (int32_t)pnr_rng_below(&periods->rng, (uint32_t)others);
    int32_t first = (int32_t)pnr_rng_below(&periods->rng, (uint32_t)(others - between + 1));
    period->spans[0] = span_from(solver, periods, first, length);
    period->spans[1] = span_from(solver, periods, first + length + between, length);
}

static void choose_members(struct pnr_periods *periods, struct pnr_part_solver *solver, int32_t kind,
                           struct pnr_period *period) {
    if (kinds[kind].percent < 100) {
        int32_t count = (periods->member_count * kinds[kind].percent + 99) / 100;
        memset(periods->is_free, 0, (size_t)periods->member_count);
        pnr_search_pick(&solver->search, &solver->roster, solver->level, count, periods->is_free);
        period->is_free = periods->is_free;
    }
}

/* What a renewal may cost by now. */
static int64_t worth_now(const struct pnr_periods *periods) {
    int64_t so_far = (int64_t)periods->all.all_work / SHARE_SO_FAR;
    int64_t first = FIRST_S * PNR_WORK_A_SECOND;
    int64_t by_now = so_far > first ? so_far : first;
    return by_now < periods->most_work && periods->is_large ? by_now : periods->most_work;
}

static int32_t longer(const struct state *state, int32_t length) {
    return least_of(length + (length + 3) / 4, state->most);
}

/* Spans grow from round to round, and begin anew, shuffled, when they are as long as they may be. */
static void grow_first(struct state *state) {
    bool is_most = state->length == state->most;
    state->length = is_most ? state->first : longer(state, state->length);
    state->shuffles = state->shuffles || is_most;
}

/* From then on spans of large programs grow when those of the first length had as much work as all longer
 * ones: these are dear, and what gains late is mostly one more roster that is as good. */
static void grow_again(const struct pnr_periods *periods, struct state *state) {
    if (state->length != state->first || state->work_of_larger > state->work_of_first) {
        state->length = state->first;
        return;
    }
    bool is_most = state->grown >= state->most;
    if (is_most && state->most < state->limit && worth_now(periods) / 2 >= state->worth) {
        state->most++;
    }
    state->grown = longer(state, is_most ? state->first : state->grown);
    state->length = state->grown;
}

/* When a round was for nothing spans grow, until they cost too much. */
static void learn(struct pnr_periods *periods, int32_t kind, int64_t gain, int64_t work) {
    struct state *state = &periods->states[kind];
    state->gained = state->gained || gain > 0;
    state->at++;
    bool again = state->shuffles && periods->is_large;
    bool is_first = state->length <= state->first;
    state->work_of_first += again && is_first ? work : 0;
    state->work_of_larger += again && !is_first ? work : 0;
    bool is_over = state->at >= round_of(periods, state->length);
    if (work > worth_now(periods) && state->length > 1) {
        state->most = state->length - 1;
        state->worth = worth_now(periods);
        state->length = again ? least_of(state->first, state->most) : state->most;
        is_over = true;
    } else if (is_over && !state->gained && again) {
        grow_again(periods, state);
    } else if (is_over && !state->gained) {
        grow_first(state);
    }
    if (is_over) {
        state->at = 0;
        state->gained = false;
    }
}

enum pioneer_status pnr_periods_turn(struct pnr_periods *periods, struct pnr_part_solver *solver) {
    if (pnr_periods_rest(solver)) {
        return PIONEER_OK;
    }
    const struct pnr_budget *budget = solver->options->budget;
    int64_t value = pnr_part_value_of(solver, solver->level);
    int64_t used = budget->work_used;
    int32_t kind = pnr_accounts_choose(periods->accounts, KINDS);
    struct pnr_period period = {0};
    place(periods, solver, kind, &period);
    choose_members(periods, solver, kind, &period);
    period.shuffle = periods->states[kind].shuffles ? 1 + pnr_rng_next(&periods->rng) / 2 : 0;
    enum pioneer_status status = pnr_period_renew(solver, &period, worth_now(periods));
    int64_t gain = value - pnr_part_value_of(solver, solver->level);
    int64_t work = budget->work_used - used;
    pnr_account_enter(&periods->accounts[kind], gain, work);
    pnr_account_enter(&periods->all, gain, work);
    learn(periods, kind, gain, period.work);
    return status;
}
