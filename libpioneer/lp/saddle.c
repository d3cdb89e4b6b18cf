/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Large programs of alternatives, solved nearly: prices and shares walk to a saddle point. */
#include "lp/saddle.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/team.h"
#include "lp/lp.h"
#include "lp/moving.h"
#include "lp/slacks.h"

/* Prices and shares are looked at, and averaged anew, after so many steps. */
#define LOOK 40
/* Prices move by the middle of the rows' ranges, divided by this, where shares would by 1. On pools of
 * campuses of 400 and 750 members 4 to 16 are alike; 1 and 60 take twice as many steps. */
#define BALANCE 8.0
/* Steps of shares against the longest that are safe if all of a choice moved as one: with 1 the walk circles
 * where choices have 50 columns, 0.1 is no slower. */
#define CARE 0.3
/* Ranges of rows count as no more than so many times the middle one, and no less than that part of it. */
#define MOST_RATIO 100.0
/* Smaller shares are noise. */
#define NOISE 1e-3
/* Wanting whole shares, each costs less by this times the average cost of a choice the more of it is taken,
 * in so many looks. With 0.5 half as many are nearly whole; what they cost is the same. */
#define LEAN  3.0
#define LEANS 10
/* Coefficients that a step looks at for a unit of work. */
#define COEFFICIENTS_A_UNIT 25
/* A program is cut into so many tasks at most; smaller ones are not worth a thread. */
#define MOST_TASKS          8
#define COEFFICIENTS_A_TASK 10000

/* A part of the columns, and one of the rows, whose steps are one thread's. How many there are is the
 * program's affair alone. */
struct task {
    int32_t first_choice, last_choice;
    int32_t first_bounded, last_bounded;
    int32_t first_row, last_row;
    double *activity; /* [row]: what the columns put into it */
};

struct walk {
    const struct pnr_saddle_program *program;
    struct pnr_arena arena;
    struct pnr_moving moving;
    double *length;                                  /* [moving]: of steps, T */
    double *x, *next, *sum_x;                        /* [moving] */
    double *pace;                                    /* [row]: S */
    double *least_price, *most_price;                /* [row] */
    double *worth;                                   /* [row]: of a unit that it is off by */
    double *y, *best, *sum_y, *mean_y;               /* [row] */
    double *activity, *activity_next, *sum_activity; /* [row] */
    double best_value;
    int32_t averaged; /* steps in the sums */
    struct pnr_team *team;
    int32_t task_count;
    struct task tasks[MOST_TASKS];
};

/* ---- setting up ---- */

static bool allocate(struct walk *walk) {
    size_t columns = (size_t)walk->program->column_count + 1;
    size_t rows = (size_t)walk->program->row_count + 1;
    double **of_columns[] = {&walk->length, &walk->next, &walk->sum_x};
    double **of_rows[] = {&walk->pace,     &walk->least_price,   &walk->most_price,  &walk->worth,
                          &walk->y,        &walk->best,          &walk->sum_y,       &walk->mean_y,
                          &walk->activity, &walk->activity_next, &walk->sum_activity};
    bool ok = true;
    for (size_t i = 0; i < sizeof of_columns / sizeof *of_columns; i++) {
        *of_columns[i] = pnr_arena_alloc(&walk->arena, columns, sizeof(double));
        ok = ok && *of_columns[i] != NULL;
    }
    for (size_t i = 0; i < sizeof of_rows / sizeof *of_rows; i++) {
        *of_rows[i] = pnr_arena_alloc(&walk->arena, rows, sizeof(double));
        ok = ok && *of_rows[i] != NULL;
    }
    return ok;
}

/* Shares the columns out, by how much there is to look at. */
static bool share_out(struct walk *walk) {
    int32_t wanted = walk->moving.first[walk->moving.count] / COEFFICIENTS_A_TASK + 1;
    walk->task_count = wanted < MOST_TASKS ? wanted : MOST_TASKS;
    int32_t bounded = walk->moving.count - pnr_moving_bounded_from(&walk->moving);
    int32_t choice = 0;
    for (int t = 0; t < walk->task_count; t++) {
        struct task *task = &walk->tasks[t];
        int64_t end = (int64_t)pnr_moving_bounded_from(&walk->moving) * (t + 1) / walk->task_count;
        task->first_choice = choice;
        while (choice < walk->moving.choice_count && walk->moving.choice_first[choice] < end) {
            choice++;
        }
        task->last_choice = choice;
        task->first_bounded =
            pnr_moving_bounded_from(&walk->moving) + (int32_t)((int64_t)bounded * t / walk->task_count);
        task->last_bounded =
            pnr_moving_bounded_from(&walk->moving) + (int32_t)((int64_t)bounded * (t + 1) / walk->task_count);
        task->first_row = (int32_t)((int64_t)walk->program->row_count * t / walk->task_count);
        task->last_row = (int32_t)((int64_t)walk->program->row_count * (t + 1) / walk->task_count);
        task->activity =
            pnr_arena_alloc(&walk->arena, (size_t)walk->program->row_count + 1, sizeof *task->activity);
        if (task->activity == NULL) {
            return false;
        }
    }
    return true;
}

/* ---- lengths of steps ---- */

static int compare_doubles(const void *left, const void *right) {
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Prices have no more room than rows and slacks leave them: a row without a bound on one side has a price of
 * one sign, and none is worth more than a slack of which there is any amount. */
static void find_room(struct walk *walk) {
    const struct pnr_saddle_program *program = walk->program;
    for (int32_t r = 0; r < program->row_count; r++) {
        walk->most_price[r] = program->low[r] > -PNR_LP_INFINITY ? DBL_MAX : 0;
        walk->least_price[r] = program->high[r] < PNR_LP_INFINITY ? -DBL_MAX : 0;
    }
    for (int32_t j = pnr_moving_bounded_from(&walk->moving); j < walk->moving.count; j++) {
        bool is_alone = walk->moving.first[j + 1] == walk->moving.first[j] + 1;
        if (program->most[walk->moving.column[j]] < PNR_LP_INFINITY || !is_alone) {
            continue;
        }
        int32_t r = walk->moving.rows[walk->moving.first[j]];
        double coefficient = walk->moving.coefficients[walk->moving.first[j]];
        double limit = walk->moving.cost[j] / coefficient;
        if (coefficient > 0) {
            walk->most_price[r] = fmin(walk->most_price[r], limit);
        } else {
            walk->least_price[r] = fmax(walk->least_price[r], limit);
        }
    }
}

/* What a row's price may be worth: what its dearest slack costs at the other rows' prices. 0: it has none. */
static void find_ranges(const struct walk *walk, const double *prices, double *range) {
    for (int32_t j = pnr_moving_bounded_from(&walk->moving); j < walk->moving.count; j++) {
        double cost = pnr_moving_reduced_cost(&walk->moving, j, prices);
        for (int32_t e = walk->moving.first[j]; e < walk->moving.first[j + 1]; e++) {
            int32_t r = walk->moving.rows[e];
            range[r] = fmax(range[r], fabs(cost / walk->moving.coefficients[e] + prices[r]));
        }
    }
}

/* The middle of those that are not 0. */
static double middle_of(const double *range, int32_t count, double *sorted) {
    int32_t positive = 0;
    for (int32_t r = 0; r < count; r++) {
        if (range[r] > 0) {
            sorted[positive++] = range[r];
        }
    }
    qsort(sorted, (size_t)positive, sizeof *sorted, compare_doubles);
    return positive > 0 ? sorted[positive / 2] : 1;
}

/* The most that a column of each choice, and all with bounds, put into every row together. */
static void find_widths(const struct walk *walk, double *width, double *largest) {
    size_t rows = (size_t)walk->program->row_count;
    memset(width, 0, rows * sizeof *width);
    memset(largest, 0, rows * sizeof *largest);
    for (int32_t k = 0; k < walk->moving.choice_count; k++) {
        int32_t from = walk->moving.first[walk->moving.choice_first[k]];
        int32_t to = walk->moving.first[walk->moving.choice_first[k + 1]];
        for (int32_t e = from; e < to; e++) {
            double *most = &largest[walk->moving.rows[e]];
            *most = fmax(*most, fabs(walk->moving.coefficients[e]));
        }
        for (int32_t e = from; e < to; e++) {
            width[walk->moving.rows[e]] += largest[walk->moving.rows[e]];
            largest[walk->moving.rows[e]] = 0;
        }
    }
    for (int32_t e = walk->moving.first[pnr_moving_bounded_from(&walk->moving)];
         e < walk->moving.first[walk->moving.count]; e++) {
        width[walk->moving.rows[e]] += fabs(walk->moving.coefficients[e]);
    }
}

/* [row]: the largest coefficient, 0: none. */
static void find_sizes(const struct walk *walk, double *size) {
    memset(size, 0, (size_t)walk->program->row_count * sizeof *size);
    for (int32_t e = 0; e < walk->moving.first[walk->moving.count]; e++) {
        int32_t r = walk->moving.rows[e];
        size[r] = fmax(size[r], fabs(walk->moving.coefficients[e]));
    }
}

/* Σ |coefficient| × range of a column's rows. */
static double weigh(const struct walk *walk, int32_t moving, const double *ratio) {
    double sum = 0;
    for (int32_t e = walk->moving.first[moving]; e < walk->moving.first[moving + 1]; e++) {
        sum += fabs(walk->moving.coefficients[e]) * ratio[walk->moving.rows[e]];
    }
    return sum;
}

static void set_lengths_of_columns(struct walk *walk, const double *ratio, double balance) {
    for (int32_t k = 0; k < walk->moving.choice_count; k++) {
        double most = 0;
        for (int32_t j = walk->moving.choice_first[k]; j < walk->moving.choice_first[k + 1]; j++) {
            most = fmax(most, weigh(walk, j, ratio));
        }
        for (int32_t j = walk->moving.choice_first[k]; j < walk->moving.choice_first[k + 1]; j++) {
            walk->length[j] = most > 0 ? CARE / (most * balance) : 1 / balance;
        }
    }
    for (int32_t j = pnr_moving_bounded_from(&walk->moving); j < walk->moving.count; j++) {
        double weight = weigh(walk, j, ratio);
        walk->length[j] = weight > 0 ? 1 / (weight * balance) : 1 / balance;
    }
}

static void set_lengths(struct walk *walk, const double *prices) {
    int32_t rows = walk->program->row_count;
    double *ratio = walk->sum_y; /* free until the walk begins, like the next two */
    double *width = walk->mean_y;
    memset(ratio, 0, (size_t)rows * sizeof *ratio);
    find_ranges(walk, prices, ratio);
    double middle = middle_of(ratio, rows, width);
    double balance = middle / BALANCE;
    find_sizes(walk, width);
    for (int32_t r = 0; r < rows; r++) {
        double unranged = width[r] > 0 ? 1 / width[r] : 1; /* a row that nothing prices, per unit */
        walk->worth[r] = ratio[r] > 0 ? fmax(ratio[r], middle) : middle * unranged;
        ratio[r] = ratio[r] > 0 ? fmin(fmax(ratio[r] / middle, 1 / MOST_RATIO), MOST_RATIO) : unranged;
    }
    find_widths(walk, width, walk->activity_next);
    for (int32_t r = 0; r < rows; r++) {
        walk->pace[r] = width[r] > 0 ? ratio[r] * balance / width[r] : 0;
    }
    set_lengths_of_columns(walk, ratio, balance);
}

/* ---- values ---- */

static double value_of_rows(const struct walk *walk, const double *y) {
    const struct pnr_saddle_program *program = walk->program;
    double value = 0;
    for (int32_t r = 0; r < program->row_count; r++) {
        if (y[r] != 0) {
            value += y[r] * (y[r] > 0 ? program->low[r] : program->high[r]);
        }
    }
    return value;
}

static double value_of_bounded(const struct walk *walk, int32_t moving, double cost) {
    int32_t column = walk->moving.column[moving];
    double at = cost < 0 ? walk->program->most[column] : walk->program->least[column];
    return at >= PNR_LP_INFINITY ? 0 : at * cost; /* prices within their room leave nothing but rounding */
}

static double least_of_choice(const struct walk *walk, int32_t choice, const double *y) {
    double least = DBL_MAX;
    for (int32_t j = walk->moving.choice_first[choice]; j < walk->moving.choice_first[choice + 1]; j++) {
        least = fmin(least, pnr_moving_reduced_cost(&walk->moving, j, y));
    }
    return least;
}

/* What prices are worth: a bound on the program. */
static double value_at(const struct walk *walk, const double *y) {
    double value = value_of_rows(walk, y);
    for (int32_t k = 0; k < walk->moving.choice_count; k++) {
        value += least_of_choice(walk, k, y);
    }
    for (int32_t j = pnr_moving_bounded_from(&walk->moving); j < walk->moving.count; j++) {
        value += value_of_bounded(walk, j, pnr_moving_reduced_cost(&walk->moving, j, y));
    }
    return value;
}

/* What the shares cost, and what rows are off by. */
static double cost_at(const struct walk *walk) {
    const struct pnr_saddle_program *program = walk->program;
    double cost = 0;
    for (int32_t j = 0; j < walk->moving.count; j++) {
        cost += walk->moving.cost[j] * walk->x[j];
    }
    for (int32_t r = 0; r < program->row_count; r++) {
        double off = fmax(program->low[r] - walk->activity[r], walk->activity[r] - program->high[r]);
        cost += off > 0 && !program->is_choice[r] ? off * walk->worth[r] : 0;
    }
    return cost;
}

/* Returns what the prices are worth. */
static double keep_best(struct walk *walk, const double *y) {
    double value = value_at(walk, y);
    if (value > walk->best_value) {
        walk->best_value = value;
        memcpy(walk->best, y, (size_t)walk->program->row_count * sizeof *y);
    }
    return value;
}

/* ---- one step ---- */

/* The point of the simplex nearest to x: a level is taken off all, and who has less than it gets nothing. The
 * level is sought from below, where everybody within 1 of the largest would get something. */
static void project(double *x, int32_t count) {
    double most = x[0];
    for (int32_t i = 1; i < count; i++) {
        most = x[i] > most ? x[i] : most;
    }
    double level = -1; /* all of it relative to the largest, which may be large */
    int32_t above = INT32_MAX;
    for (;;) {
        double sum = 0;
        int32_t now = 0;
        for (int32_t i = 0; i < count; i++) {
            if (x[i] - most > level) {
                sum += x[i] - most;
                now++;
            }
        }
        if (now >= above) {
            break;
        }
        above = now;
        level = (sum - 1) / now;
    }
    for (int32_t i = 0; i < count; i++) {
        double left = x[i] - most - level;
        x[i] = left > 0 ? left : 0;
    }
}

static double towards(const struct walk *walk, int32_t moving) {
    return walk->x[moving] - walk->length[moving] * pnr_moving_reduced_cost(&walk->moving, moving, walk->y);
}

/* Adds up what columns that have been moved put into the rows, and their shares. */
static void add_up(struct walk *walk, int32_t from, int32_t to, double *activity) {
    pnr_moving_add_activity(&walk->moving, walk->next, from, to, activity);
    for (int32_t j = from; j < to; j++) {
        walk->sum_x[j] += walk->next[j];
    }
}

/* Moves the shares of a choice while its columns are near at hand. */
static void move_choice(struct walk *walk, int32_t choice, double *activity) {
    int32_t from = walk->moving.choice_first[choice];
    int32_t to = walk->moving.choice_first[choice + 1];
    for (int32_t j = from; j < to; j++) {
        walk->next[j] = towards(walk, j);
    }
    project(walk->next + from, to - from);
    add_up(walk, from, to, activity);
}

static void move_bounded(struct walk *walk, int32_t from, int32_t to, double *activity) {
    const struct pnr_saddle_program *program = walk->program;
    for (int32_t j = from; j < to; j++) {
        int32_t column = walk->moving.column[j];
        double least = program->least[column];
        double most = program->most[column];
        double next = towards(walk, j);
        walk->next[j] = next < least ? least : next > most ? most : next;
    }
    add_up(walk, from, to, activity);
}

/* Moves the shares of a task's columns, and adds up what they put into the rows. */
static void move_columns(void *context, int task) {
    struct walk *walk = context;
    const struct task *at = &walk->tasks[task];
    memset(at->activity, 0, (size_t)walk->program->row_count * sizeof *at->activity);
    for (int32_t k = at->first_choice; k < at->last_choice; k++) {
        move_choice(walk, k, at->activity);
    }
    move_bounded(walk, at->first_bounded, at->last_bounded, at->activity);
}

/* The activity of the shares as they stand. */
static void find_activity(struct walk *walk) {
    memset(walk->activity, 0, (size_t)walk->program->row_count * sizeof *walk->activity);
    pnr_moving_add_activity(&walk->moving, walk->x, 0, walk->moving.count, walk->activity);
}

static double price_of(const struct walk *walk, int32_t row) {
    double ahead = 2 * walk->activity_next[row] - walk->activity[row];
    double here = walk->y[row] - walk->pace[row] * ahead;
    double up = here + walk->pace[row] * walk->program->low[row];
    double down = here + walk->pace[row] * walk->program->high[row];
    double price = up > 0 ? up : down < 0 ? down : 0;
    price = price < walk->least_price[row] ? walk->least_price[row] : price;
    return price > walk->most_price[row] ? walk->most_price[row] : price;
}

/* Moves the prices of a task's rows. What the tasks put into a row comes in the order of tasks: sums do not
 * depend on threads. */
static void move_rows(void *context, int task) {
    struct walk *walk = context;
    const struct task *at = &walk->tasks[task];
    for (int32_t r = at->first_row; r < at->last_row; r++) {
        double activity = 0;
        for (int t = 0; t < walk->task_count; t++) {
            activity += walk->tasks[t].activity[r];
        }
        walk->activity_next[r] = activity;
        walk->y[r] = price_of(walk, r);
        walk->sum_y[r] += walk->y[r];
        walk->sum_activity[r] += activity;
    }
}

static void swap(double **a, double **b) {
    double *kept = *a;
    *a = *b;
    *b = kept;
}

static void step(struct walk *walk) {
    pnr_team_run(walk->team, walk->task_count, move_columns, walk);
    pnr_team_run(walk->team, walk->task_count, move_rows, walk);
    swap(&walk->x, &walk->next);
    swap(&walk->activity, &walk->activity_next);
    walk->averaged++;
}

/* ---- the walk ---- */

static void forget_average(struct walk *walk) {
    size_t rows = (size_t)walk->program->row_count;
    walk->averaged = 0;
    memset(walk->sum_x, 0, (size_t)walk->moving.count * sizeof *walk->sum_x);
    memset(walk->sum_y, 0, rows * sizeof *walk->sum_y);
    memset(walk->sum_activity, 0, rows * sizeof *walk->sum_activity);
}

static void go_to_average(struct walk *walk) {
    for (int32_t j = 0; j < walk->moving.count; j++) {
        walk->x[j] = walk->sum_x[j] / walk->averaged;
    }
    for (int32_t r = 0; r < walk->program->row_count; r++) {
        walk->y[r] = walk->sum_y[r] / walk->averaged;
        walk->activity[r] = walk->sum_activity[r] / walk->averaged;
    }
}

/* Goes on from the average where its prices are worth more. */
static void look(struct walk *walk) {
    for (int32_t r = 0; r < walk->program->row_count; r++) {
        walk->mean_y[r] = walk->sum_y[r] / walk->averaged;
    }
    double value = keep_best(walk, walk->y);
    if (keep_best(walk, walk->mean_y) > value) {
        go_to_average(walk);
    }
    forget_average(walk);
}

static void put_in_room(const struct walk *walk, const double *prices, double *y) {
    for (int32_t r = 0; r < walk->program->row_count; r++) {
        double price = walk->program->is_choice[r] ? 0 : prices[r];
        y[r] = fmin(fmax(price, walk->least_price[r]), walk->most_price[r]);
    }
}

static void begin(struct walk *walk, const double *other, const double *prices) {
    find_room(walk);
    walk->best_value = -DBL_MAX;
    put_in_room(walk, prices, walk->y);
    keep_best(walk, walk->y);
    if (other != NULL) {
        put_in_room(walk, other, walk->mean_y);
        keep_best(walk, walk->mean_y);
    }
    memcpy(walk->y, walk->best, (size_t)walk->program->row_count * sizeof *walk->y);
    set_lengths(walk, walk->y);
    for (int32_t k = 0; k < walk->moving.choice_count; k++) {
        project(walk->x + walk->moving.choice_first[k],
                walk->moving.choice_first[k + 1] - walk->moving.choice_first[k]);
    }
    find_activity(walk);
    forget_average(walk);
}

static bool is_late(const struct pnr_saddle_limits *limits) {
    return limits->budget != NULL && pnr_budget_stop(limits->budget) >= PNR_STOP_TIME;
}

static void go(struct walk *walk, const struct pnr_saddle_limits *limits, int32_t *steps) {
    bool is_close = false;
    while (*steps < limits->steps && !is_close && !is_late(limits)) {
        for (int i = 0; i < LOOK; i++) {
            step(walk);
        }
        *steps += LOOK;
        look(walk);
        is_close = cost_at(walk) - walk->best_value <= limits->close * fabs(walk->best_value);
    }
}

/* What is taken most gets cheaper, so that of all shares that are as good those are found that are nearly
 * whole. The prices that go with it are not kept. */
static void lean(struct walk *walk, const struct pnr_saddle_limits *limits, int32_t *steps) {
    int32_t count = pnr_moving_bounded_from(&walk->moving);
    double most = LEAN * fabs(walk->best_value) / (walk->moving.choice_count + 1);
    for (int i = 0; i < LEANS && !is_late(limits); i++) {
        for (int32_t j = 0; j < count; j++) {
            walk->moving.cost[j] = walk->program->cost[walk->moving.column[j]] - most * walk->x[j];
        }
        for (int s = 0; s < LOOK; s++) {
            step(walk);
        }
        *steps += LOOK;
        go_to_average(walk);
        forget_average(walk);
    }
    for (int32_t j = 0; j < count; j++) {
        walk->moving.cost[j] = walk->program->cost[walk->moving.column[j]];
    }
}

/* ---- slacks ---- */

/* The slacks of single rows, those of a row together and the cheapest first; they are emptied. */
static int32_t empty_slacks(struct walk *walk, struct pnr_slack *slacks) {
    int32_t count = 0;
    for (int32_t j = pnr_moving_bounded_from(&walk->moving); j < walk->moving.count; j++) {
        if (walk->moving.first[j + 1] == walk->moving.first[j] + 1) {
            double coefficient = walk->moving.coefficients[walk->moving.first[j]];
            slacks[count++] = (struct pnr_slack){walk->moving.rows[walk->moving.first[j]], j, coefficient,
                                                 walk->moving.cost[j] / fabs(coefficient)};
            walk->x[j] = walk->program->least[walk->moving.column[j]];
        }
    }
    pnr_slacks_sort(slacks, count);
    find_activity(walk);
    return count;
}

/* Where shares have been settled on, slacks need no walk: what a row is off by goes to the cheapest of its
 * own.
 */
static bool fill_slacks(struct walk *walk) {
    const struct pnr_saddle_program *program = walk->program;
    struct pnr_slack *slacks = pnr_arena_alloc(
        &walk->arena, (size_t)(walk->moving.count - pnr_moving_bounded_from(&walk->moving)) + 1,
        sizeof *slacks);
    if (slacks == NULL) {
        return false;
    }
    int32_t count = empty_slacks(walk, slacks);
    for (int32_t i = 0; i < count; i++) {
        int32_t j = slacks[i].column;
        double room = program->most[walk->moving.column[j]] - walk->x[j];
        double filled = pnr_slack_fill(program, &slacks[i], walk->activity[slacks[i].row], room);
        walk->x[j] += filled;
        walk->activity[slacks[i].row] += filled * slacks[i].coefficient;
    }
    return true;
}

/* ---- what comes out ---- */

static void write_prices(const struct walk *walk, double *prices) {
    memcpy(prices, walk->best, (size_t)walk->program->row_count * sizeof *prices);
    for (int32_t k = 0; k < walk->moving.choice_count; k++) {
        prices[walk->moving.choice_row[k]] = least_of_choice(walk, k, walk->best);
    }
}

bool pnr_saddle_solve(const struct pnr_saddle_program *program, const struct pnr_saddle_limits *limits,
                      const double *other, double *prices, double *shares, struct pnr_saddle_result *result) {
    struct walk walk = {.program = program};
    pnr_arena_init(&walk.arena);
    *result = (struct pnr_saddle_result){0};
    bool ok = pnr_moving_gather(program, shares, &walk.arena, &walk.moving) && allocate(&walk) &&
              share_out(&walk) && pnr_team_new(walk.task_count > 1 ? limits->threads : 1, &walk.team);
    if (ok) {
        int32_t steps = 0;
        walk.x = walk.moving.share;
        begin(&walk, other, prices);
        go(&walk, limits, &steps);
        if (limits->wants_whole) {
            lean(&walk, limits, &steps);
        }
        ok = fill_slacks(&walk);
        result->value = walk.best_value;
        result->cost = cost_at(&walk);
        int64_t looked_at =
            2 * (int64_t)walk.moving.first[walk.moving.count] + walk.moving.count + program->row_count;
        result->work = (steps + 1) * looked_at / COEFFICIENTS_A_UNIT + 1;
        pnr_moving_write(&walk.moving, walk.x, NOISE, shares);
        write_prices(&walk, prices);
    }
    pnr_team_free(walk.team);
    pnr_arena_fini(&walk.arena);
    return ok;
}
