/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Large programs of alternatives, solved nearly: prices and shares walk to a saddle point. */
#include "lp/saddle.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/threads.h"
#include "lp/lp.h"

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
#define COEFFICIENTS_A_TASK 50000

/* A part of the columns, whose steps are one thread's. How many there are is the program's affair alone. */
struct task {
    int32_t first_choice, last_choice;
    int32_t first_bounded, last_bounded;
    double *activity; /* [row]: what they put into it */
};

/* What can move: the columns of choices that have more than one, together; behind them those with bounds. */
struct walk {
    const struct pnr_saddle_program *program;
    struct pnr_arena arena;
    int32_t count;
    int32_t *column; /* [moving]: of the program */
    int32_t choice_count;
    int32_t *choice_first; /* [choice + 1]: into the moving ones */
    int32_t *choice_row;   /* [choice] */
    int32_t *first;        /* [moving + 1]: into the next two, without the choice's own row */
    int32_t *rows;
    double *coefficients;
    double *cost;                                           /* [moving] */
    double *length;                                         /* [moving]: of steps, T */
    double *x, *next, *sum_x;                               /* [moving] */
    double *pace;                                           /* [row]: S */
    double *least_price, *most_price;                       /* [row] */
    double *worth;                                          /* [row]: of a unit that it is off by */
    double *y, *best, *sum_y, *mean_y;                      /* [row] */
    double *held, *activity, *activity_next, *sum_activity; /* [row] */
    double held_cost;
    double best_value;
    int32_t averaged; /* steps in the sums */
    int32_t threads, task_count;
    struct task tasks[MOST_TASKS];
};

/* ---- what moves ---- */

static bool allocate(struct walk *walk) {
    const struct pnr_saddle_program *program = walk->program;
    size_t columns = (size_t)program->column_count + 1;
    size_t rows = (size_t)program->row_count + 1;
    size_t entries = (size_t)program->first[program->column_count] + 1;
    struct pnr_arena *arena = &walk->arena;
    walk->column = pnr_arena_alloc(arena, columns, sizeof *walk->column);
    walk->first = pnr_arena_alloc(arena, columns, sizeof *walk->first);
    walk->choice_first = pnr_arena_alloc(arena, rows, sizeof *walk->choice_first);
    walk->choice_row = pnr_arena_alloc(arena, rows, sizeof *walk->choice_row);
    walk->rows = pnr_arena_alloc(arena, entries, sizeof *walk->rows);
    walk->coefficients = pnr_arena_alloc(arena, entries, sizeof *walk->coefficients);
    bool ok = walk->column != NULL && walk->first != NULL && walk->choice_first != NULL &&
              walk->choice_row != NULL && walk->rows != NULL && walk->coefficients != NULL;
    double **of_columns[] = {&walk->cost, &walk->length, &walk->x, &walk->next, &walk->sum_x};
    double **of_rows[] = {&walk->pace,     &walk->least_price,   &walk->most_price,   &walk->worth,
                          &walk->y,        &walk->best,          &walk->sum_y,        &walk->mean_y,
                          &walk->activity, &walk->activity_next, &walk->sum_activity, &walk->held};
    for (size_t i = 0; i < sizeof of_columns / sizeof *of_columns; i++) {
        *of_columns[i] = pnr_arena_alloc(arena, columns, sizeof(double));
        ok = ok && *of_columns[i] != NULL;
    }
    for (size_t i = 0; i < sizeof of_rows / sizeof *of_rows; i++) {
        *of_rows[i] = pnr_arena_alloc(arena, rows, sizeof(double));
        ok = ok && *of_rows[i] != NULL;
    }
    return ok;
}

/* The choice that a column stands in, -1: none. */
static int32_t choice_of(const struct pnr_saddle_program *program, int32_t column) {
    for (int32_t e = program->first[column]; e < program->first[column + 1]; e++) {
        if (program->is_choice[program->rows[e]]) {
            return program->rows[e];
        }
    }
    return -1;
}

static void hold(struct walk *walk, int32_t column, double share) {
    const struct pnr_saddle_program *program = walk->program;
    walk->held_cost += program->cost[column] * share;
    for (int32_t e = program->first[column]; e < program->first[column + 1]; e++) {
        walk->held[program->rows[e]] += program->coefficients[e] * share;
    }
}

static void add_moving(struct walk *walk, int32_t column, int32_t choice, double share) {
    const struct pnr_saddle_program *program = walk->program;
    int32_t at = walk->count++;
    int32_t end = walk->first[at];
    for (int32_t e = program->first[column]; e < program->first[column + 1]; e++) {
        if (program->rows[e] != choice) {
            walk->rows[end] = program->rows[e];
            walk->coefficients[end++] = program->coefficients[e];
        }
    }
    walk->first[at + 1] = end;
    walk->column[at] = column;
    walk->cost[at] = program->cost[column];
    walk->x[at] = share;
}

/* Open columns of every choice: list[start[row]] … list[start[row + 1] - 1]. */
static bool list_choices(struct walk *walk, int32_t **start, int32_t **list) {
    const struct pnr_saddle_program *program = walk->program;
    *start = pnr_arena_alloc(&walk->arena, (size_t)program->row_count + 2, sizeof **start);
    *list = pnr_arena_alloc(&walk->arena, (size_t)program->column_count + 1, sizeof **list);
    if (*start == NULL || *list == NULL) {
        return false;
    }
    int32_t *next = *start + 1; /* of a row: where it begins, and its end once it is filled */
    for (int32_t c = 0; c < program->column_count; c++) {
        int32_t row = choice_of(program, c);
        if (row >= 0 && program->most[c] > 0) {
            next[row + 1]++;
        }
    }
    for (int32_t r = 1; r <= program->row_count; r++) {
        next[r] += next[r - 1];
    }
    for (int32_t c = 0; c < program->column_count; c++) {
        int32_t row = choice_of(program, c);
        if (row >= 0 && program->most[c] > 0) {
            (*list)[next[row]++] = c;
        }
    }
    return true;
}

/* Sorts the columns into those that can move and those that are held where they must be. */
static bool gather(struct walk *walk, const double *shares) {
    const struct pnr_saddle_program *program = walk->program;
    int32_t *start;
    int32_t *list;
    if (!allocate(walk) || !list_choices(walk, &start, &list)) {
        return false;
    }
    for (int32_t r = 0; r < program->row_count; r++) {
        if (start[r + 1] - start[r] == 1) {
            hold(walk, list[start[r]], 1);
        } else if (start[r + 1] > start[r]) {
            walk->choice_row[walk->choice_count] = r;
            for (int32_t i = start[r]; i < start[r + 1]; i++) {
                add_moving(walk, list[i], r, shares[list[i]]);
            }
            walk->choice_first[++walk->choice_count] = walk->count;
        }
    }
    for (int32_t c = 0; c < program->column_count; c++) {
        if (choice_of(program, c) >= 0) {
            continue;
        }
        if (program->most[c] > program->least[c]) {
            add_moving(walk, c, -1, fmin(fmax(shares[c], program->least[c]), program->most[c]));
        } else {
            hold(walk, c, program->least[c]);
        }
    }
    return true;
}

/* Where the columns with bounds begin. */
static int32_t bounded_from(const struct walk *walk) {
    return walk->choice_first[walk->choice_count];
}

/* Shares the columns out, by how much there is to look at. */
static bool share_out(struct walk *walk) {
    int32_t wanted = walk->first[walk->count] / COEFFICIENTS_A_TASK + 1;
    walk->task_count = wanted < MOST_TASKS ? wanted : MOST_TASKS;
    int32_t bounded = walk->count - bounded_from(walk);
    int32_t choice = 0;
    for (int t = 0; t < walk->task_count; t++) {
        struct task *task = &walk->tasks[t];
        int64_t end = (int64_t)bounded_from(walk) * (t + 1) / walk->task_count;
        task->first_choice = choice;
        while (choice < walk->choice_count && walk->choice_first[choice] < end) {
            choice++;
        }
        task->last_choice = choice;
        task->first_bounded = bounded_from(walk) + (int32_t)((int64_t)bounded * t / walk->task_count);
        task->last_bounded = bounded_from(walk) + (int32_t)((int64_t)bounded * (t + 1) / walk->task_count);
        task->activity =
            pnr_arena_alloc(&walk->arena, (size_t)walk->program->row_count + 1, sizeof *task->activity);
        if (task->activity == NULL) {
            return false;
        }
    }
    return true;
}

static double reduced_cost(const struct walk *walk, int32_t moving, const double *y) {
    double cost = walk->cost[moving];
    for (int32_t e = walk->first[moving]; e < walk->first[moving + 1]; e++) {
        cost -= walk->coefficients[e] * y[walk->rows[e]];
    }
    return cost;
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
    for (int32_t j = bounded_from(walk); j < walk->count; j++) {
        bool is_alone = walk->first[j + 1] == walk->first[j] + 1;
        if (program->most[walk->column[j]] < PNR_LP_INFINITY || !is_alone) {
            continue;
        }
        int32_t r = walk->rows[walk->first[j]];
        double coefficient = walk->coefficients[walk->first[j]];
        double limit = walk->cost[j] / coefficient;
        if (coefficient > 0) {
            walk->most_price[r] = fmin(walk->most_price[r], limit);
        } else {
            walk->least_price[r] = fmax(walk->least_price[r], limit);
        }
    }
}

/* What a row's price may be worth: what its dearest slack costs at the other rows' prices. 0: it has none. */
static void find_ranges(const struct walk *walk, const double *prices, double *range) {
    for (int32_t j = bounded_from(walk); j < walk->count; j++) {
        double cost = reduced_cost(walk, j, prices);
        for (int32_t e = walk->first[j]; e < walk->first[j + 1]; e++) {
            int32_t r = walk->rows[e];
            range[r] = fmax(range[r], fabs(cost / walk->coefficients[e] + prices[r]));
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
    for (int32_t k = 0; k < walk->choice_count; k++) {
        int32_t from = walk->first[walk->choice_first[k]];
        int32_t to = walk->first[walk->choice_first[k + 1]];
        for (int32_t e = from; e < to; e++) {
            double *most = &largest[walk->rows[e]];
            *most = fmax(*most, fabs(walk->coefficients[e]));
        }
        for (int32_t e = from; e < to; e++) {
            width[walk->rows[e]] += largest[walk->rows[e]];
            largest[walk->rows[e]] = 0;
        }
    }
    for (int32_t e = walk->first[bounded_from(walk)]; e < walk->first[walk->count]; e++) {
        width[walk->rows[e]] += fabs(walk->coefficients[e]);
    }
}

/* Σ |coefficient| × range of a column's rows. */
static double weigh(const struct walk *walk, int32_t moving, const double *ratio) {
    double sum = 0;
    for (int32_t e = walk->first[moving]; e < walk->first[moving + 1]; e++) {
        sum += fabs(walk->coefficients[e]) * ratio[walk->rows[e]];
    }
    return sum;
}

static void set_lengths_of_columns(struct walk *walk, const double *ratio, double balance) {
    for (int32_t k = 0; k < walk->choice_count; k++) {
        double most = 0;
        for (int32_t j = walk->choice_first[k]; j < walk->choice_first[k + 1]; j++) {
            most = fmax(most, weigh(walk, j, ratio));
        }
        for (int32_t j = walk->choice_first[k]; j < walk->choice_first[k + 1]; j++) {
            walk->length[j] = most > 0 ? CARE / (most * balance) : 1 / balance;
        }
    }
    for (int32_t j = bounded_from(walk); j < walk->count; j++) {
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
    for (int32_t r = 0; r < rows; r++) {
        walk->worth[r] = fmax(ratio[r], middle);
        ratio[r] = ratio[r] > 0 ? fmin(fmax(ratio[r] / middle, 1 / MOST_RATIO), MOST_RATIO) : 1;
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
    double value = walk->held_cost;
    for (int32_t r = 0; r < program->row_count; r++) {
        if (y[r] != 0) {
            value += y[r] * ((y[r] > 0 ? program->low[r] : program->high[r]) - walk->held[r]);
        }
    }
    return value;
}

static double value_of_bounded(const struct walk *walk, int32_t moving, double cost) {
    int32_t column = walk->column[moving];
    double at = cost < 0 ? walk->program->most[column] : walk->program->least[column];
    return at >= PNR_LP_INFINITY ? 0 : at * cost; /* prices within their room leave nothing but rounding */
}

/* What prices are worth: a bound on the program. */
static double value_at(const struct walk *walk, const double *y) {
    double value = value_of_rows(walk, y);
    for (int32_t k = 0; k < walk->choice_count; k++) {
        double least = DBL_MAX;
        for (int32_t j = walk->choice_first[k]; j < walk->choice_first[k + 1]; j++) {
            least = fmin(least, reduced_cost(walk, j, y));
        }
        value += least;
    }
    for (int32_t j = bounded_from(walk); j < walk->count; j++) {
        value += value_of_bounded(walk, j, reduced_cost(walk, j, y));
    }
    return value;
}

/* What the shares cost, and what rows are off by. */
static double cost_at(const struct walk *walk) {
    const struct pnr_saddle_program *program = walk->program;
    double cost = walk->held_cost;
    for (int32_t j = 0; j < walk->count; j++) {
        cost += walk->cost[j] * walk->x[j];
    }
    for (int32_t r = 0; r < program->row_count; r++) {
        double off = fmax(program->low[r] - walk->activity[r], walk->activity[r] - program->high[r]);
        cost += off > 0 && !program->is_choice[r] ? off * walk->worth[r] : 0;
    }
    return cost;
}

static void keep_best(struct walk *walk, const double *y) {
    double value = value_at(walk, y);
    if (value > walk->best_value) {
        walk->best_value = value;
        memcpy(walk->best, y, (size_t)walk->program->row_count * sizeof *y);
    }
}

/* ---- one step ---- */

/* The point of the simplex nearest to x: a level is taken off all, and who has less than it gets nothing. The
 * level is sought from below, where everybody within 1 of the largest would get something. */
static void project(double *x, int32_t count) {
    double most = x[0];
    for (int32_t i = 1; i < count; i++) {
        most = fmax(most, x[i]);
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
        x[i] = fmax(x[i] - most - level, 0);
    }
}

static void move_columns(struct walk *walk, int32_t from, int32_t to) {
    for (int32_t j = from; j < to; j++) {
        walk->next[j] = walk->x[j] - walk->length[j] * reduced_cost(walk, j, walk->y);
    }
}

static void add_activity(const struct walk *walk, const double *x, int32_t from, int32_t to,
                         double *activity) {
    for (int32_t j = from; j < to; j++) {
        for (int32_t e = walk->first[j]; x[j] != 0 && e < walk->first[j + 1]; e++) {
            activity[walk->rows[e]] += walk->coefficients[e] * x[j];
        }
    }
}

/* Moves the shares of a task's columns, and adds up what they put into the rows. */
static void move_task(void *context, int task) {
    struct walk *walk = context;
    const struct pnr_saddle_program *program = walk->program;
    const struct task *at = &walk->tasks[task];
    int32_t from = walk->choice_first[at->first_choice];
    int32_t to = walk->choice_first[at->last_choice];
    move_columns(walk, from, to);
    for (int32_t k = at->first_choice; k < at->last_choice; k++) {
        project(walk->next + walk->choice_first[k], walk->choice_first[k + 1] - walk->choice_first[k]);
    }
    move_columns(walk, at->first_bounded, at->last_bounded);
    for (int32_t j = at->first_bounded; j < at->last_bounded; j++) {
        int32_t column = walk->column[j];
        walk->next[j] = fmin(fmax(walk->next[j], program->least[column]), program->most[column]);
    }
    memset(at->activity, 0, (size_t)program->row_count * sizeof *at->activity);
    add_activity(walk, walk->next, from, to, at->activity);
    add_activity(walk, walk->next, at->first_bounded, at->last_bounded, at->activity);
}

/* What the tasks put into the rows comes in the order of tasks: sums do not depend on threads. */
static void move_shares(struct walk *walk) {
    if (walk->threads <= 1 || pnr_parallel(walk->threads, walk->task_count, move_task, walk) != PIONEER_OK) {
        for (int t = 0; t < walk->task_count; t++) {
            move_task(walk, t);
        }
    }
    memcpy(walk->activity_next, walk->held, (size_t)walk->program->row_count * sizeof *walk->held);
    for (int t = 0; t < walk->task_count; t++) {
        for (int32_t r = 0; r < walk->program->row_count; r++) {
            walk->activity_next[r] += walk->tasks[t].activity[r];
        }
    }
}

static void move_prices(struct walk *walk) {
    const struct pnr_saddle_program *program = walk->program;
    for (int32_t r = 0; r < program->row_count; r++) {
        double towards = walk->y[r] - walk->pace[r] * (2 * walk->activity_next[r] - walk->activity[r]);
        double up = towards + walk->pace[r] * program->low[r];
        double down = towards + walk->pace[r] * program->high[r];
        double price = up > 0 ? up : down < 0 ? down : 0;
        walk->y[r] = fmin(fmax(price, walk->least_price[r]), walk->most_price[r]);
    }
}

static void swap(double **a, double **b) {
    double *kept = *a;
    *a = *b;
    *b = kept;
}

static void step(struct walk *walk) {
    move_shares(walk);
    move_prices(walk);
    swap(&walk->x, &walk->next);
    swap(&walk->activity, &walk->activity_next);
    walk->averaged++;
    for (int32_t j = 0; j < walk->count; j++) {
        walk->sum_x[j] += walk->x[j];
    }
    for (int32_t r = 0; r < walk->program->row_count; r++) {
        walk->sum_y[r] += walk->y[r];
        walk->sum_activity[r] += walk->activity[r];
    }
}

/* ---- the walk ---- */

static void forget_average(struct walk *walk) {
    size_t rows = (size_t)walk->program->row_count;
    walk->averaged = 0;
    memset(walk->sum_x, 0, (size_t)walk->count * sizeof *walk->sum_x);
    memset(walk->sum_y, 0, rows * sizeof *walk->sum_y);
    memset(walk->sum_activity, 0, rows * sizeof *walk->sum_activity);
}

static void go_to_average(struct walk *walk) {
    for (int32_t j = 0; j < walk->count; j++) {
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
    keep_best(walk, walk->y);
    keep_best(walk, walk->mean_y);
    if (value_at(walk, walk->mean_y) > value_at(walk, walk->y)) {
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
    for (int32_t k = 0; k < walk->choice_count; k++) {
        project(walk->x + walk->choice_first[k], walk->choice_first[k + 1] - walk->choice_first[k]);
    }
    memcpy(walk->activity, walk->held, (size_t)walk->program->row_count * sizeof *walk->held);
    add_activity(walk, walk->x, 0, walk->count, walk->activity);
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
    int32_t count = bounded_from(walk);
    double most = LEAN * fabs(walk->best_value) / (walk->choice_count + 1);
    for (int i = 0; i < LEANS && !is_late(limits); i++) {
        for (int32_t j = 0; j < count; j++) {
            walk->cost[j] = walk->program->cost[walk->column[j]] - most * walk->x[j];
        }
        for (int s = 0; s < LOOK; s++) {
            step(walk);
        }
        *steps += LOOK;
        go_to_average(walk);
        forget_average(walk);
    }
    for (int32_t j = 0; j < count; j++) {
        walk->cost[j] = walk->program->cost[walk->column[j]];
    }
}

/* ---- slacks ---- */

/* A column of one row that is no choice, and what it takes to put 1 into the row. */
struct slack {
    int32_t row, moving;
    double cost;
};

static int compare_slacks(const void *left, const void *right) {
    const struct slack *a = left;
    const struct slack *b = right;
    if (a->row != b->row) {
        return (a->row > b->row) - (a->row < b->row);
    }
    if (a->cost != b->cost) {
        return (a->cost > b->cost) - (a->cost < b->cost);
    }
    return (a->moving > b->moving) - (a->moving < b->moving);
}

/* The slacks of single rows, those of a row together and the cheapest first; they are emptied. */
static int32_t empty_slacks(struct walk *walk, struct slack *slacks) {
    int32_t count = 0;
    for (int32_t j = bounded_from(walk); j < walk->count; j++) {
        if (walk->first[j + 1] == walk->first[j] + 1) {
            double coefficient = fabs(walk->coefficients[walk->first[j]]);
            slacks[count++] = (struct slack){walk->rows[walk->first[j]], j, walk->cost[j] / coefficient};
            walk->x[j] = walk->program->least[walk->column[j]];
        }
    }
    qsort(slacks, (size_t)count, sizeof *slacks, compare_slacks);
    memcpy(walk->activity, walk->held, (size_t)walk->program->row_count * sizeof *walk->held);
    add_activity(walk, walk->x, 0, walk->count, walk->activity);
    return count;
}

/* Where shares have been settled on, slacks need no walk: what a row is off by goes to the cheapest of its
 * own.
 */
static bool fill_slacks(struct walk *walk) {
    const struct pnr_saddle_program *program = walk->program;
    struct slack *slacks =
        pnr_arena_alloc(&walk->arena, (size_t)(walk->count - bounded_from(walk)) + 1, sizeof *slacks);
    if (slacks == NULL) {
        return false;
    }
    int32_t count = empty_slacks(walk, slacks);
    for (int32_t i = 0; i < count; i++) {
        int32_t j = slacks[i].moving;
        int32_t r = slacks[i].row;
        double coefficient = walk->coefficients[walk->first[j]];
        double off =
            coefficient > 0 ? program->low[r] - walk->activity[r] : program->high[r] - walk->activity[r];
        double room = program->most[walk->column[j]] - walk->x[j];
        double filled = fmin(fmax(off / coefficient, 0), room);
        walk->x[j] += filled;
        walk->activity[r] += filled * coefficient;
    }
    return true;
}

/* ---- what comes out ---- */

static void write_shares(const struct walk *walk, double *shares) {
    const struct pnr_saddle_program *program = walk->program;
    for (int32_t c = 0; c < program->column_count; c++) {
        bool is_of_choice = choice_of(program, c) >= 0;
        shares[c] = is_of_choice ? program->most[c] > 0 : program->least[c]; /* of those that are held */
    }
    for (int32_t j = 0; j < walk->count; j++) {
        shares[walk->column[j]] = walk->x[j] > NOISE ? walk->x[j] : 0;
    }
}

static void write_prices(const struct walk *walk, double *prices) {
    memcpy(prices, walk->best, (size_t)walk->program->row_count * sizeof *prices);
    for (int32_t k = 0; k < walk->choice_count; k++) {
        double least = DBL_MAX;
        for (int32_t j = walk->choice_first[k]; j < walk->choice_first[k + 1]; j++) {
            least = fmin(least, reduced_cost(walk, j, walk->best));
        }
        prices[walk->choice_row[k]] = least;
    }
}

bool pnr_saddle_solve(const struct pnr_saddle_program *program, const struct pnr_saddle_limits *limits,
                      const double *other, double *prices, double *shares, struct pnr_saddle_result *result) {
    struct walk walk = {.program = program, .threads = limits->threads};
    pnr_arena_init(&walk.arena);
    *result = (struct pnr_saddle_result){0};
    bool ok = gather(&walk, shares) && share_out(&walk);
    if (ok) {
        begin(&walk, other, prices);
        go(&walk, limits, &result->steps);
        if (limits->wants_whole) {
            lean(&walk, limits, &result->steps);
        }
        ok = fill_slacks(&walk);
        result->value = walk.best_value;
        result->cost = cost_at(&walk);
        int64_t looked_at = 2 * (int64_t)walk.first[walk.count] + walk.count + program->row_count;
        result->work = (result->steps + 1) * looked_at / COEFFICIENTS_A_UNIT + 1;
        write_shares(&walk, shares);
        write_prices(&walk, prices);
    }
    pnr_arena_fini(&walk.arena);
    return ok;
}
