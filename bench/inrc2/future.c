/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prices of later weeks by a subgradient method, and costs to go by dynamic programming. */
#include "inrc2/future.h"

#include <stdlib.h>
#include <string.h>

#include "inrc2/states.h"

/* Costs a unit, of the competition's description. */
enum {
    WEIGHT_TOTAL = 20,
    WEIGHT_WEEKEND = 30,
    WEIGHT_COMPLETE = 30,
    WEIGHT_COVERAGE = 30,
    WEIGHT_REQUEST = 10
};

enum { SATURDAY = 5, SUNDAY = 6 };

/* Minimum cover is hard: a price this high, and no higher, says that a future cannot keep it. */
#define PRICE_MAX 150.0

/* Sweeps over all nurses, and what one head moves a price by in the first and in the last. */
#define SWEEPS     300
#define STEP_FIRST 4.0
#define STEP_LAST  0.1

/* A share of what is seen of end states is spread over all of them, so that those nobody met have a say. */
#define SPREAD 0.05

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
                    draw->requests[day * draw->choice_count + choice] += WEIGHT_REQUEST;
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

/* Sums over the draws, for one nurse: costs to go and how often an end was met. */
struct ends {
    double *costs;  /* [(state × 2 + weekend) × 8 + total] */
    double *states; /* [state]: times met */
    double totals[INRC2_WEEK + 1], weekends[2];
};

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

static bool add_costs(struct draw *draw, const struct nurse_view *nurse, struct ends *ends) {
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
    for (int32_t i = 0; i < nurse->states->count * 2 * (INRC2_WEEK + 1); i++) {
        int32_t total = i % (INRC2_WEEK + 1), weekend = i / (INRC2_WEEK + 1) % 2, state = i / 16;
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

static void meet(struct ends *ends, struct landing landing) {
    ends->states[landing.state]++;
    ends->totals[landing.total]++;
    ends->weekends[landing.weekends > 0]++;
}

/* Steps fall from the first to the last; prices are averaged over the second half. */
static bool solve_draw(struct draw *draw, struct ends *ends) {
    double step = STEP_FIRST, fall = 1;
    for (int32_t i = 0; i < SWEEPS; i++) {
        fall = 1.0 - (double)i / SWEEPS;
        step = STEP_LAST + (STEP_FIRST - STEP_LAST) * fall * fall * fall;
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

/* ---- splitting ------------------------------------------------------------------------------------------
 */

/* Makes counts shares of one, with a part spread over all. */
static void to_shares(double *counts, int32_t count) {
    double sum = 0;
    for (int32_t i = 0; i < count; i++) {
        sum += counts[i];
    }
    for (int32_t i = 0; i < count; i++) {
        counts[i] = (sum > 0 ? (1 - SPREAD) * counts[i] / sum : 0) + SPREAD / count;
    }
}

/* Slopes that fall are pooled until none does. */
static void make_convex(double total[INRC2_WEEK + 1]) {
    double slopes[INRC2_WEEK];
    int32_t sizes[INRC2_WEEK], count = 0;
    for (int32_t i = 0; i < INRC2_WEEK; i++) {
        slopes[count] = total[i + 1] - total[i];
        sizes[count++] = 1;
        while (count > 1 && slopes[count - 1] < slopes[count - 2]) {
            int32_t both = sizes[count - 1] + sizes[count - 2];
            slopes[count - 2] =
                (slopes[count - 1] * sizes[count - 1] + slopes[count - 2] * sizes[count - 2]) / both;
            sizes[--count - 1] = both;
        }
    }
    for (int32_t i = 0, block = 0, left = sizes[0]; i < INRC2_WEEK; i++) {
        total[i + 1] = total[i] + slopes[block];
        left--;
        if (left == 0 && block + 1 < count) {
            left = sizes[++block];
        }
    }
}

/* The costs of states at work as a sum over the run of work and that of the shift, by turns. */
static void split_work(const struct inrc2_states *states, const double *costs, const double *shares,
                       struct inrc2_worth *worth) {
    for (int32_t turn = 0; turn < 60; turn++) {
        double sums[INRC2_SHIFT_MAX + 1][INRC2_RUN_MAX + 1] = {{0}},
                                                         weights[INRC2_SHIFT_MAX + 1][INRC2_RUN_MAX + 1] = {
                                                             {0}};
        bool is_of_work = turn % 2 == 0;
        for (int32_t i = 0; i < states->count; i++) {
            const struct inrc2_state *state = &states->items[i];
            if (state->shift == INRC2_OFF) {
                continue;
            }
            int32_t row = is_of_work ? INRC2_SHIFT_MAX : state->shift;
            int32_t column = is_of_work ? state->work : state->run;
            double other = is_of_work ? worth->shifts[state->shift][state->run] : worth->work[state->work];
            sums[row][column] += shares[i] * (costs[i] - other);
            weights[row][column] += shares[i];
        }
        for (int32_t row = 0; row <= INRC2_SHIFT_MAX; row++) {
            double *out = row == INRC2_SHIFT_MAX ? worth->work : worth->shifts[row];
            for (int32_t run = 0; run <= INRC2_RUN_MAX; run++) {
                if (weights[row][run] > 0) {
                    out[run] = sums[row][run] / weights[row][run];
                }
            }
        }
    }
}

/* Nothing may be negative: what is common to all shifts goes to work, what is common to all is left out. */
static void raise(const struct inrc2_states *states, int32_t shift_count, struct inrc2_worth *worth) {
    double least = worth->shifts[0][1], common = worth->off[1];
    for (int32_t i = 0; i < shift_count * states->run_cap; i++) {
        double cost = worth->shifts[i / states->run_cap][i % states->run_cap + 1];
        least = cost < least ? cost : least;
    }
    for (int32_t i = 0; i < shift_count * states->run_cap; i++) {
        worth->shifts[i / states->run_cap][i % states->run_cap + 1] -= least;
    }
    for (int32_t run = 1; run <= states->work_cap; run++) {
        worth->work[run] += least;
        common = worth->work[run] < common ? worth->work[run] : common;
    }
    for (int32_t run = 1; run <= states->off_cap; run++) {
        common = worth->off[run] < common ? worth->off[run] : common;
    }
    for (int32_t run = 1; run <= INRC2_RUN_MAX; run++) {
        worth->work[run] = run <= states->work_cap ? worth->work[run] - common : worth->work[run - 1];
        worth->off[run] = run <= states->off_cap ? worth->off[run] - common : worth->off[run - 1];
        for (int32_t shift = 0; run > states->run_cap && shift < shift_count; shift++) {
            worth->shifts[shift][run] = worth->shifts[shift][run - 1];
        }
    }
}

/* Each part is the mean over all that the others may be, by how often they were met. */
static bool split(const struct inrc2_scenario *scenario, const struct inrc2_states *states,
                  const struct ends *ends, int32_t sum_count, struct inrc2_worth *worth) {
    double *costs = calloc((size_t)states->count, sizeof *costs), weekend[2] = {0, 0};
    if (costs == NULL) {
        return false;
    }
    *worth = (struct inrc2_worth){.weekend = 0};
    for (int32_t i = 0; i < states->count * 2 * (INRC2_WEEK + 1); i++) {
        int32_t t = i % (INRC2_WEEK + 1), w = i / (INRC2_WEEK + 1) % 2, state = i / 16;
        costs[state] += ends->totals[t] * ends->weekends[w] * ends->costs[i];
        worth->total[t] += ends->states[state] * ends->weekends[w] * ends->costs[i];
        weekend[w] += ends->states[state] * ends->totals[t] * ends->costs[i];
    }
    for (int32_t i = 0; i < states->count; i++) {
        costs[i] /= sum_count;
    }
    for (int32_t t = 0; t <= INRC2_WEEK; t++) {
        worth->total[t] /= sum_count;
    }
    make_convex(worth->total);
    worth->weekend = weekend[1] > weekend[0] ? (weekend[1] - weekend[0]) / sum_count : 0;
    for (int32_t i = 0; i < states->count; i++) {
        if (states->items[i].shift == INRC2_OFF) {
            worth->off[states->items[i].off] = costs[i];
        }
    }
    split_work(states, costs, ends->states, worth);
    raise(states, scenario->shift_count, worth);
    free(costs);
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
                     const struct landing *landings, struct ends *ends, uint64_t *random, double *value) {
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
    struct ends *ends;           /* [nurse]: costs are sums over `sum_count` draws */
    struct landing *landings;    /* [nurse] */
    int32_t sum_count;
};

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
        size_t count = (size_t)future->states[scenario->nurses[i].contract].count;
        future->ends[i].costs = calloc(16 * count, sizeof *future->ends[i].costs);
        future->ends[i].states = calloc(count, sizeof *future->ends[i].states);
        ok = future->ends[i].costs != NULL && future->ends[i].states != NULL;
    }
    ok = ok && run_draws(future, NULL, &value);
    for (int32_t i = 0; ok && i < scenario->nurse_count; i++) {
        to_shares(future->ends[i].states, future->states[scenario->nurses[i].contract].count);
        to_shares(future->ends[i].totals, INRC2_WEEK + 1);
        to_shares(future->ends[i].weekends, 2);
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
        free(future->ends[i].costs);
        free(future->ends[i].states);
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
        future->landings[i] =
            (struct landing){inrc2_states_find(&future->states[future->scenario->nurses[i].contract], now),
                             now->total - then->total, now->weekends - then->weekends};
    }
    return run_draws(future, future->landings, cost);
}

bool inrc2_future_split(const struct inrc2_future *future, struct inrc2_worth *worth) {
    for (int32_t i = 0; i < future->scenario->nurse_count; i++) {
        const struct inrc2_states *states = &future->states[future->scenario->nurses[i].contract];
        if (!split(future->scenario, states, &future->ends[i], future->sum_count, &worth[i])) {
            return false;
        }
    }
    return true;
}
