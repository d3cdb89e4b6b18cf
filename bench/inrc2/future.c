/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prices of later weeks by a subgradient method, and costs to go by dynamic programming. */
#include "inrc2/future.h"

#include <stdlib.h>
#include <string.h>

#include "inrc2/ends.h"
#include "inrc2/states.h"
#include "inrc2/weights.h"

enum { SATURDAY = 5, SUNDAY = 6 };

/* Minimum cover is hard: a price this high, and no higher, says that a future cannot keep it. */
#define PRICE_MAX 150.0

/* Sweeps over all nurses, and what one head moves a price by in the first and in the last. */
#define SWEEPS     300
#define STEP_FIRST 4.0
#define STEP_LAST  0.1

/* Where a nurse stands after the planned week: state, assignments and worked weekends of the week. */
struct landing {
    int32_t state, total, weekends;
};

/* ---- one draw -------------------------------------------------------------------------------------------
 */

struct draw {
    const struct inrc2_forecast *forecast;
    const struct inrc2_scenario *scenario;
    const struct inrc2_states *states_of_contract;
    const struct inrc2_week *weeks[INRC2_WEEKS_MAX]; /* the planned one, then drawn ones */
    int32_t week_count, day_count, pair_count, choice_count;
    double *prices, *mean_prices;          /* [day × pair_count + pair]: of a head */
    double *total_prices, *weekend_prices; /* [nurse]: of an assignment, of a worked weekend */
    float *requests;                       /* [(nurse × day_count + day) × choice_count + choice] */
    double *charges;                       /* [day × choice_count + choice]: of the nurse at hand */
    int32_t *posts;                        /* [the same]: the pair that a choice serves, -1 for a day off */
    double *to_go;                         /* [2 × states] */
    int8_t *best;                          /* [day × states + state]: a choice */
    int32_t states_most;
    /* With a roster of the planned week: where it leaves each nurse. Only later weeks are priced then. */
    const struct landing *landings;
    int32_t first_day; /* 0, or 7 with landings */
    double *mean_total_prices, *mean_weekend_prices;
};

struct nurse_view {
    int32_t number;
    const struct inrc2_contract *contract;
    const struct inrc2_past *past;
    const struct inrc2_states *states;
};

static struct nurse_view view_of(const struct draw *draw, int32_t number) {
    int32_t contract = draw->scenario->nurses[number].contract;
    return (struct nurse_view){number, &draw->scenario->contracts[contract],
                               &draw->forecast->history->nurses[number], &draw->states_of_contract[contract]};
}

static void take_requests(struct draw *draw) {
    for (int32_t week = 0; week < draw->week_count; week++) {
        for (int32_t i = 0; i < draw->weeks[week]->request_count; i++) {
            const struct inrc2_request *request = &draw->weeks[week]->requests[i];
            int32_t day = request->nurse * draw->day_count + week * INRC2_WEEK + request->day;
            for (int32_t choice = 1; choice < draw->choice_count; choice++) {
                if (request->shift == INRC2_OFF || request->shift == choice - 1) {
                    draw->requests[day * draw->choice_count + choice] += WEIGHT_PREFERENCE;
                }
            }
        }
    }
}

/* What each choice costs the nurse at these prices, and which of its skills it serves with. */
static void price_choices(struct draw *draw, int32_t nurse, const double *prices) {
    const struct inrc2_scenario *scenario = draw->scenario;
    for (int32_t day = 0; day < draw->day_count; day++) {
        draw->charges[day * draw->choice_count] = 0;
        draw->posts[day * draw->choice_count] = -1;
        for (int32_t shift = 0; shift < scenario->shift_count; shift++) {
            int32_t at = day * draw->choice_count + shift + 1;
            double most = -1;
            for (int32_t skill = 0; skill < scenario->skill_count; skill++) {
                int32_t pair = shift * scenario->skill_count + skill;
                double price = prices[day * draw->pair_count + pair];
                if (scenario->has_skill[nurse * scenario->skill_count + skill] && price > most) {
                    most = price;
                    draw->posts[at] = pair;
                }
            }
            draw->charges[at] =
                draw->requests[(nurse * draw->day_count + day) * draw->choice_count + shift + 1] -
                (most < 0 ? -1000 : most);
        }
    }
}

static bool starts_weekend(int32_t day, bool worked_before, bool works) {
    int32_t weekday = day % INRC2_WEEK;
    return works && (weekday == SATURDAY || (weekday == SUNDAY && !worked_before));
}

static double incomplete(const struct inrc2_contract *contract, int32_t day, bool worked_before, bool works) {
    return contract->wants_complete_weekends && day % INRC2_WEEK == SUNDAY && worked_before != works
               ? WEIGHT_COMPLETE
               : 0;
}

/* ---- prices ---------------------------------------------------------------------------------------------
 */

/* Fills `best` from the last day back, with totals and weekends at their prices; what each state before the
 * first day costs. */
static const double *find_choices(struct draw *draw, const struct nurse_view *nurse) {
    const struct inrc2_states *states = nurse->states;
    double *now = draw->to_go, *after = draw->to_go + draw->states_most;
    memset(after, 0, (size_t)states->count * sizeof *after);
    for (int32_t day = draw->day_count - 1; day >= draw->first_day; day--) {
        const double *charges = draw->charges + day * draw->choice_count;
        double extra[2][2]; /* [worked before][works] */
        for (int32_t i = 0; i < 4; i++) {
            bool before = i / 2 != 0, works = i % 2 != 0;
            extra[i / 2][i % 2] =
                incomplete(nurse->contract, day, before, works) +
                (works ? draw->total_prices[nurse->number] : 0) +
                (starts_weekend(day, before, works) ? draw->weekend_prices[nurse->number] : 0);
        }
        for (int32_t state = 0; state < states->count; state++) {
            const int32_t *next = states->next + state * draw->choice_count;
            const double *cost = states->cost + state * draw->choice_count;
            const double *more = extra[states->items[state].shift != INRC2_OFF];
            double least = cost[0] + charges[0] + more[0] + after[next[0]];
            int8_t best = 0;
            for (int32_t choice = 1; choice < draw->choice_count; choice++) {
                if (next[choice] < 0) {
                    continue;
                }
                double whole = cost[choice] + charges[choice] + more[1] + after[next[choice]];
                if (whole < least) {
                    least = whole;
                    best = (int8_t)choice;
                }
            }
            now[state] = least;
            draw->best[day * draw->states_most + state] = best;
        }
        double *swap = now;
        now = after;
        after = swap;
    }
    return after;
}

/* Heads that pay at the row's price: what is wanted of all nurses together. */
static double wanted(const struct inrc2_cover *cover, double price) {
    int32_t most = cover->optimal > cover->min ? cover->optimal : cover->min;
    return price < WEIGHT_COVERAGE ? most : price < PRICE_MAX ? cover->min : 0;
}

static double clamp(double value, double low, double high) {
    return value < low ? low : value > high ? high : value;
}

/* The nurse's share of the subgradient: all rows by a share of what is wanted, those it serves by a head. */
static void move_cover_prices(struct draw *draw, const int8_t *choices, double step) {
    for (int32_t day = draw->first_day; day < draw->day_count; day++) {
        const struct inrc2_cover *cover = draw->weeks[day / INRC2_WEEK]->cover;
        int32_t served = draw->posts[day * draw->choice_count + choices[day]];
        for (int32_t pair = 0; pair < draw->pair_count; pair++) {
            double *price = &draw->prices[day * draw->pair_count + pair];
            double share =
                wanted(&cover[pair * INRC2_WEEK + day % INRC2_WEEK], *price) / draw->scenario->nurse_count;
            *price = clamp(*price + step * (share - (pair == served)), 0, PRICE_MAX);
        }
    }
}

static void move_own_prices(struct draw *draw, const struct nurse_view *nurse, int32_t total,
                            int32_t weekends, double step) {
    double *price = &draw->total_prices[nurse->number];
    int32_t goal = *price > 0 ? nurse->contract->total.max : nurse->contract->total.min;
    int32_t whole = nurse->past->total + total;
    if (*price == 0 && whole >= nurse->contract->total.min && whole <= nurse->contract->total.max) {
        goal = whole;
    } else if (*price == 0 && whole > nurse->contract->total.max) {
        goal = nurse->contract->total.max;
    }
    double moved = *price + step * (whole - goal) / draw->week_count;
    /* A price does not jump over zero, where it has no effect. */
    *price = moved * *price < 0 ? 0 : clamp(moved, -WEIGHT_TOTAL, WEIGHT_TOTAL);
    price = &draw->weekend_prices[nurse->number];
    *price = clamp(*price + step * (nurse->past->weekends + weekends - nurse->contract->max_weekends), 0,
                   WEIGHT_WEEKEND);
}

static struct landing start_of(const struct draw *draw, const struct nurse_view *nurse) {
    return draw->landings != NULL ? draw->landings[nurse->number]
                                  : (struct landing){inrc2_states_find(nurse->states, nurse->past), 0, 0};
}

/* What the nurse does at the prices of the moment; where it stands after the first week. */
static struct landing serve(struct draw *draw, const struct nurse_view *nurse, double step) {
    const struct inrc2_states *states = nurse->states;
    struct landing at = start_of(draw, nurse), landing = at;
    int8_t choices[INRC2_WEEKS_MAX * INRC2_WEEK] = {0};
    price_choices(draw, nurse->number, draw->prices);
    find_choices(draw, nurse);
    for (int32_t day = draw->first_day; day < draw->day_count; day++) {
        choices[day] = draw->best[day * draw->states_most + at.state];
        bool before = states->items[at.state].shift != INRC2_OFF;
        at.total += choices[day] > 0;
        at.weekends += starts_weekend(day, before, choices[day] > 0);
        at.state = states->next[at.state * draw->choice_count + choices[day]];
        if (day == INRC2_WEEK - 1) {
            landing = at;
        }
    }
    move_cover_prices(draw, choices, step);
    move_own_prices(draw, nurse, at.total, at.weekends, step);
    return landing;
}

/* ---- costs to go ----------------------------------------------------------------------------------------
 */

/* Costs to go of one day, [(state × weekends + weekend) × totals + total]. */
struct table {
    int32_t weekends, totals;
    double *now, *after;
};

static double outside(int32_t amount, struct inrc2_range range) {
    return amount < range.min ? range.min - amount : amount > range.max ? amount - range.max : 0;
}

static void end_horizon(const struct table *table, const struct nurse_view *nurse) {
    for (int32_t i = 0; i < nurse->states->count * table->weekends * table->totals; i++) {
        int32_t total = nurse->past->total + i % table->totals;
        int32_t weekends = nurse->past->weekends + i / table->totals % table->weekends;
        table->after[i] =
            WEIGHT_TOTAL * outside(total, nurse->contract->total) +
            WEIGHT_WEEKEND * outside(weekends, (struct inrc2_range){0, nurse->contract->max_weekends});
    }
}

static void relax(double *now, const double *after, double cost, int32_t count) {
    for (int32_t i = 0; i < count; i++) {
        now[i] = after[i] + cost < now[i] ? after[i] + cost : now[i];
    }
}

/* `table->now` from `table->after`, for states before `day`; no more than `day` duties lie behind. */
static void go_back(struct draw *draw, const struct nurse_view *nurse, const struct table *table,
                    int32_t day) {
    const struct inrc2_states *states = nurse->states;
    int32_t rows = table->weekends * table->totals, done = day / INRC2_WEEK + 1;
    for (int32_t state = 0; state < states->count; state++) {
        bool before = states->items[state].shift != INRC2_OFF;
        for (int32_t choice = 0; choice < draw->choice_count; choice++) {
            int32_t at = state * draw->choice_count + choice;
            if (states->next[at] < 0) {
                continue;
            }
            double cost = states->cost[at] + draw->charges[day * draw->choice_count + choice] +
                          incomplete(nurse->contract, day, before, choice > 0);
            int32_t weekend = starts_weekend(day, before, choice > 0);
            for (int32_t w = 0; w < done + 1 && w + weekend < table->weekends; w++) {
                double *now = table->now + state * rows + w * table->totals;
                const double *after = table->after + states->next[at] * rows + (w + weekend) * table->totals;
                if (choice == 0) {
                    for (int32_t i = 0; i <= day; i++) {
                        now[i] = after[i] + cost;
                    }
                } else {
                    relax(now, after + 1, cost, day + 1);
                }
            }
        }
    }
}

static bool add_costs(struct draw *draw, const struct nurse_view *nurse, struct inrc2_ends *ends) {
    struct table table = {.weekends = draw->week_count + 2, .totals = draw->day_count + 2};
    size_t size = (size_t)nurse->states->count * (size_t)table.weekends * (size_t)table.totals;
    double *memory = calloc(2 * size, sizeof *memory);
    if (memory == NULL) {
        return false;
    }
    table.now = memory;
    table.after = memory + size;
    price_choices(draw, nurse->number, draw->mean_prices);
    end_horizon(&table, nurse);
    for (int32_t day = draw->day_count - 1; day >= INRC2_WEEK; day--) {
        go_back(draw, nurse, &table, day);
        double *swap = table.now;
        table.now = table.after;
        table.after = swap;
    }
    for (int32_t i = 0; i < nurse->states->count * INRC2_ENDS_A_STATE; i++) {
        int32_t total = i % (INRC2_WEEK + 1), weekend = i / (INRC2_WEEK + 1) % 2,
                state = i / INRC2_ENDS_A_STATE;
        ends->costs[i] += table.after[(state * table.weekends + weekend) * table.totals + total];
    }
    free(memory);
    return true;
}

/* What the Lagrangian dual says at the mean prices: no roster of these weeks costs less. */
static double bound(struct draw *draw) {
    double value = 0;
    for (int32_t day = draw->first_day; day < draw->day_count; day++) {
        const struct inrc2_cover *cover = draw->weeks[day / INRC2_WEEK]->cover;
        for (int32_t pair = 0; pair < draw->pair_count; pair++) {
            const struct inrc2_cover *need = &cover[pair * INRC2_WEEK + day % INRC2_WEEK];
            double price = draw->mean_prices[day * draw->pair_count + pair], heads = wanted(need, price);
            value += price * heads + (heads < need->optimal ? WEIGHT_COVERAGE * (need->optimal - heads) : 0) +
                     (heads < need->min ? PRICE_MAX * (need->min - heads) : 0);
        }
    }
    memcpy(draw->total_prices, draw->mean_total_prices,
           (size_t)draw->scenario->nurse_count * sizeof *draw->total_prices);
    memcpy(draw->weekend_prices, draw->mean_weekend_prices,
           (size_t)draw->scenario->nurse_count * sizeof *draw->weekend_prices);
    for (int32_t i = 0; i < draw->scenario->nurse_count; i++) {
        struct nurse_view nurse = view_of(draw, i);
        struct landing at = start_of(draw, &nurse);
        double total = draw->total_prices[i], weekend = draw->weekend_prices[i];
        price_choices(draw, i, draw->mean_prices);
        value += find_choices(draw, &nurse)[at.state];
        value += total * (nurse.past->total + at.total -
                          (total > 0 ? nurse.contract->total.max : nurse.contract->total.min));
        value += weekend * (nurse.past->weekends + at.weekends - nurse.contract->max_weekends);
    }
    return value;
}

static void meet(struct inrc2_ends *ends, struct landing landing) {
    ends->states[landing.state]++;
    ends->totals[landing.total]++;
    ends->weekends[landing.weekends > 0]++;
}

/* Steps fall from the first to the last; prices are averaged over the second half. */
static bool solve_draw(struct draw *draw, struct inrc2_ends *ends) {
    for (int32_t i = 0; i < SWEEPS; i++) {
        double fall = 1.0 - (double)i / SWEEPS;
        double step = STEP_LAST + (STEP_FIRST - STEP_LAST) * fall * fall * fall;
        for (int32_t nurse = 0; nurse < draw->scenario->nurse_count; nurse++) {
            struct nurse_view view = view_of(draw, nurse);
            struct landing landing = serve(draw, &view, step);
            if (2 * i >= SWEEPS) {
                if (draw->landings == NULL) {
                    meet(&ends[nurse], landing);
                }
                draw->mean_total_prices[nurse] += draw->total_prices[nurse] / (SWEEPS - SWEEPS / 2);
                draw->mean_weekend_prices[nurse] += draw->weekend_prices[nurse] / (SWEEPS - SWEEPS / 2);
            }
        }
        for (int32_t row = 0; 2 * i >= SWEEPS && row < draw->day_count * draw->pair_count; row++) {
            draw->mean_prices[row] += draw->prices[row] / (SWEEPS / 2);
        }
    }
    for (int32_t nurse = 0; nurse < draw->scenario->nurse_count; nurse++) {
        struct nurse_view view = view_of(draw, nurse);
        if (!add_costs(draw, &view, &ends[nurse])) {
            return false;
        }
    }
    return true;
}

/* ---- all draws ------------------------------------------------------------------------------------------
 */

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t next_number(uint64_t *state) {
    uint64_t z = *state += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

bool inrc2_future_fits(const struct inrc2_scenario *scenario) {
    bool fits = scenario->shift_count <= INRC2_SHIFT_MAX;
    for (int32_t i = 0; i < scenario->shift_count; i++) {
        fits = fits && inrc2_states_cap(scenario, scenario->shifts[i].run) <= INRC2_RUN_MAX;
    }
    for (int32_t i = 0; i < scenario->contract_count; i++) {
        const struct inrc2_contract *contract = &scenario->contracts[i];
        fits = fits && inrc2_states_cap(scenario, contract->work) <= INRC2_RUN_MAX &&
               inrc2_states_cap(scenario, contract->off) <= INRC2_RUN_MAX;
    }
    return fits;
}

static void draw_fini(struct draw *draw) {
    free(draw->prices);
    free(draw->mean_prices);
    free(draw->total_prices);
    free(draw->weekend_prices);
    free(draw->mean_total_prices);
    free(draw->mean_weekend_prices);
    free(draw->requests);
    free(draw->charges);
    free(draw->posts);
    free(draw->to_go);
    free(draw->best);
}

static bool draw_init(struct draw *draw, const struct inrc2_forecast *forecast,
                      const struct inrc2_states *states) {
    const struct inrc2_scenario *scenario = forecast->scenario;
    *draw = (struct draw){.forecast = forecast, .scenario = scenario, .states_of_contract = states};
    draw->week_count = scenario->week_count - forecast->history->week;
    draw->day_count = draw->week_count * INRC2_WEEK;
    draw->pair_count = scenario->shift_count * scenario->skill_count;
    draw->choice_count = scenario->shift_count + 1;
    for (int32_t i = 0; i < scenario->contract_count; i++) {
        draw->states_most = states[i].count > draw->states_most ? states[i].count : draw->states_most;
    }
    size_t days = (size_t)draw->day_count, nurses = (size_t)scenario->nurse_count;
    size_t rows = days * (size_t)draw->pair_count, choices = days * (size_t)draw->choice_count;
    draw->prices = calloc(rows, sizeof *draw->prices);
    draw->mean_prices = calloc(rows, sizeof *draw->mean_prices);
    draw->total_prices = calloc(nurses, sizeof *draw->total_prices);
    draw->weekend_prices = calloc(nurses, sizeof *draw->weekend_prices);
    draw->mean_total_prices = calloc(nurses, sizeof *draw->mean_total_prices);
    draw->mean_weekend_prices = calloc(nurses, sizeof *draw->mean_weekend_prices);
    draw->requests = calloc(nurses * choices, sizeof *draw->requests);
    draw->charges = calloc(choices, sizeof *draw->charges);
    draw->posts = calloc(choices, sizeof *draw->posts);
    draw->to_go = calloc(2 * (size_t)draw->states_most, sizeof *draw->to_go);
    draw->best = calloc(days * (size_t)draw->states_most, sizeof *draw->best);
    return draw->prices != NULL && draw->mean_prices != NULL && draw->total_prices != NULL &&
           draw->weekend_prices != NULL && draw->mean_total_prices != NULL &&
           draw->mean_weekend_prices != NULL && draw->requests != NULL && draw->charges != NULL &&
           draw->posts != NULL && draw->to_go != NULL && draw->best != NULL;
}

/* One draw; `value` rises by its bound. */
static bool run_draw(const struct inrc2_forecast *forecast, const struct inrc2_states *states,
                     const struct landing *landings, struct inrc2_ends *ends, uint64_t *random,
                     double *value) {
    struct draw draw;
    bool ok = draw_init(&draw, forecast, states);
    if (ok) {
        draw.landings = landings;
        draw.first_day = landings != NULL ? INRC2_WEEK : 0;
        draw.weeks[0] = forecast->week;
        for (int32_t i = 1; i < draw.week_count; i++) {
            draw.weeks[i] = forecast->samples[next_number(random) % (uint64_t)forecast->sample_count];
        }
        take_requests(&draw);
        ok = solve_draw(&draw, ends);
    }
    if (ok) {
        *value += bound(&draw);
    }
    draw_fini(&draw);
    return ok;
}

struct inrc2_future {
    struct inrc2_forecast forecast;
    const struct inrc2_scenario *scenario;
    struct inrc2_states *states; /* [contract] */
    struct inrc2_ends *ends;     /* [nurse]: costs are sums over `sum_count` draws */
    struct landing *landings;    /* [nurse] */
    int32_t sum_count;
};

static const struct inrc2_states *states_of(const struct inrc2_future *future, int32_t nurse) {
    return &future->states[future->scenario->nurses[nurse].contract];
}

/* The same draws every time, for what is compared. */
static bool run_draws(struct inrc2_future *future, const struct landing *landings, double *mean) {
    uint64_t random = future->forecast.seed;
    double value = 0;
    for (int32_t i = 0; i < future->forecast.draws; i++) {
        if (!run_draw(&future->forecast, future->states, landings, future->ends, &random, &value)) {
            return false;
        }
    }
    future->sum_count += future->forecast.draws;
    *mean = value / future->forecast.draws;
    return true;
}

static bool start(struct inrc2_future *future) {
    const struct inrc2_scenario *scenario = future->scenario;
    double value = 0;
    bool ok = true;
    for (int32_t i = 0; ok && i < scenario->contract_count; i++) {
        ok = inrc2_states_init(&future->states[i], scenario, i);
    }
    for (int32_t i = 0; ok && i < scenario->nurse_count; i++) {
        ok = inrc2_ends_init(&future->ends[i], states_of(future, i)->count);
    }
    ok = ok && run_draws(future, NULL, &value);
    for (int32_t i = 0; ok && i < scenario->nurse_count; i++) {
        inrc2_ends_share(&future->ends[i], states_of(future, i)->count);
    }
    return ok;
}

bool inrc2_future_new(const struct inrc2_forecast *forecast, struct inrc2_future **out) {
    struct inrc2_future *future = calloc(1, sizeof *future);
    *out = NULL;
    if (future == NULL) {
        return false;
    }
    *future = (struct inrc2_future){.forecast = *forecast, .scenario = forecast->scenario};
    future->states = calloc((size_t)forecast->scenario->contract_count, sizeof *future->states);
    future->ends = calloc((size_t)forecast->scenario->nurse_count, sizeof *future->ends);
    future->landings = calloc((size_t)forecast->scenario->nurse_count, sizeof *future->landings);
    if (future->states == NULL || future->ends == NULL || future->landings == NULL || !start(future)) {
        inrc2_future_free(future);
        return false;
    }
    *out = future;
    return true;
}

void inrc2_future_free(struct inrc2_future *future) {
    if (future == NULL) {
        return;
    }
    for (int32_t i = 0; future->ends != NULL && i < future->scenario->nurse_count; i++) {
        inrc2_ends_fini(&future->ends[i]);
    }
    for (int32_t i = 0; future->states != NULL && i < future->scenario->contract_count; i++) {
        inrc2_states_fini(&future->states[i]);
    }
    free(future->landings);
    free(future->ends);
    free(future->states);
    free(future);
}

bool inrc2_future_learn(struct inrc2_future *future, const struct inrc2_history *after, double *cost) {
    for (int32_t i = 0; i < future->scenario->nurse_count; i++) {
        const struct inrc2_past *now = &after->nurses[i], *then = &future->forecast.history->nurses[i];
        future->landings[i] = (struct landing){inrc2_states_find(states_of(future, i), now),
                                               now->total - then->total, now->weekends - then->weekends};
    }
    return run_draws(future, future->landings, cost);
}

bool inrc2_future_split(const struct inrc2_future *future, struct inrc2_worth *worth) {
    for (int32_t i = 0; i < future->scenario->nurse_count; i++) {
        if (!inrc2_ends_split(future->scenario, states_of(future, i), &future->ends[i], future->sum_count,
                              &worth[i])) {
            return false;
        }
    }
    return true;
}
