/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of the pool's columns the LP may use: those that the branch, a dive and the fixed members allow, and
 * that are not asleep. */
#include <stdlib.h>

#include "engine/master_inside.h"

/* When more columns are awake than so many times the rows, the dearest fall asleep until so many are left:
 * a pivot looks at every column that is awake. Not in dives, whose steps back need what was there before. */
#define CROWDED 4
#define ROOM    2
/* So few columns are never too many. */
#define FEW 4000

/* Columns that are out are swept from the LP once they are one in so many. */
#define SWEPT_SHARE 4

/* Lets the LP see a column, or not. */
static enum pnr_lp_result show_column(struct pnr_master *master, int32_t column) {
    bool is_out = pnr_master_is_out(master, column);
    if (master->place.items[column] < 0) {
        return is_out ? PNR_LP_OPTIMAL : pnr_master_append_column(master, column);
    }
    return pnr_lp_set_column_bounds(master->lp, pnr_master_lp_column(master, column), 0,
                                    is_out ? 0 : PNR_LP_INFINITY);
}

/* Removes these columns of the LP (ascending); those behind them move up. */
static enum pnr_lp_result remove_columns(struct pnr_master *master, int32_t count,
                                         const int32_t *lp_columns) {
    enum pnr_lp_result result = pnr_lp_remove_columns(master->lp, count, lp_columns);
    int32_t kept = 0;
    int32_t next = 0;
    for (int32_t i = 0; i < master->column_at.count && result == PNR_LP_OPTIMAL; i++) {
        int32_t column = master->column_at.items[i];
        if (next < count && lp_columns[next] == pnr_master_lp_column(master, column)) {
            master->place.items[column] = -1;
            next++;
        } else {
            master->place.items[column] = kept;
            master->column_at.items[kept++] = column;
        }
    }
    master->column_at.count = result == PNR_LP_OPTIMAL ? kept : master->column_at.count;
    return result;
}

enum pioneer_status pnr_master_sweep_columns(struct pnr_master *master) {
    int32_t count = 0;
    for (int32_t i = 0; i < master->column_at.count; i++) {
        count += pnr_master_is_out(master, master->column_at.items[i]);
    }
    if (pnr_lp_is_narrow(master->lp) || count == 0 || count * SWEPT_SHARE < master->column_at.count) {
        return PIONEER_OK;
    }
    int32_t *lp_columns = malloc((size_t)count * sizeof *lp_columns);
    if (lp_columns == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    count = 0;
    for (int32_t i = 0; i < master->column_at.count; i++) {
        int32_t column = master->column_at.items[i];
        int32_t at = pnr_master_lp_column(master, column);
        if (pnr_master_is_out(master, column) && !pnr_lp_is_basic(master->lp, at)) {
            lp_columns[count++] = at;
        }
    }
    enum pnr_lp_result result = remove_columns(master, count, lp_columns);
    free(lp_columns);
    /* a program that was lost is built anew, without them, when it is solved */
    return result == PNR_LP_NO_MEMORY ? PIONEER_E_NO_MEMORY : PIONEER_OK;
}

/* ---- sleep ---- */

enum pnr_lp_result pnr_master_wake_column(struct pnr_master *master, int32_t column) {
    if (!master->is_asleep.items[column]) {
        return PNR_LP_OPTIMAL;
    }
    master->is_asleep.items[column] = 0;
    master->awake_count++;
    return master->lp != NULL ? show_column(master, column) : PNR_LP_OPTIMAL;
}

struct resting {
    double reduced_cost;
    int32_t column;
};

static int compare_resting(const void *left, const void *right) {
    const struct resting *a = left;
    const struct resting *b = right;
    if (a->reduced_cost != b->reduced_cost) {
        return a->reduced_cost < b->reduced_cost ? -1 : 1;
    }
    return (a->column > b->column) - (a->column < b->column);
}

double pnr_master_column_reduced_cost(const struct pnr_master *master, int32_t column) {
    const struct pnr_column *at = &master->columns.items[column];
    return pnr_master_reduced_cost(master, at->member, master->pair_pool.items + at->first_pair,
                                   at->pair_count, pnr_master_cost(master, column));
}

/* Whether the column sleeps, and could be woken. */
static bool sleeps_open(const struct pnr_master *master, int32_t column) {
    return master->is_asleep.items[column] && !master->is_closed.items[column];
}

/* Wakes the member's cheapest columns below, as many as pricing adds in a round: a walk looks at all that is
 * awake, and after a step of a dive every other column was below. */
static enum pnr_lp_result wake_cheapest(struct pnr_master *master, int32_t member, double below,
                                        int32_t *woken) {
    struct resting best[PNR_MASTER_COLUMNS];
    int32_t count = 0;
    for (int32_t c = master->answers[member].newest_column - 1; c >= 0; c = master->columns.items[c].older) {
        struct resting now = {sleeps_open(master, c) ? pnr_master_column_reduced_cost(master, c) : below, c};
        for (int32_t i = 0; i < count && now.reduced_cost < below; i++) {
            if (compare_resting(&now, &best[i]) < 0) {
                struct resting dearer = best[i];
                best[i] = now;
                now = dearer;
            }
        }
        if (count < PNR_MASTER_COLUMNS && now.reduced_cost < below) {
            best[count++] = now;
        }
    }
    enum pnr_lp_result result = PNR_LP_OPTIMAL;
    for (int32_t i = 0; i < count && result == PNR_LP_OPTIMAL; i++) {
        result = pnr_master_wake_column(master, best[i].column);
    }
    *woken += count;
    return result;
}

/* Wakes all columns of free members below. */
static enum pnr_lp_result wake_all(struct pnr_master *master, double below, int32_t *woken) {
    enum pnr_lp_result result = PNR_LP_OPTIMAL;
    for (int32_t c = 0; c < master->columns.count && result == PNR_LP_OPTIMAL; c++) {
        if (sleeps_open(master, c) && pnr_master_is_free(master, master->columns.items[c].member) &&
            pnr_master_column_reduced_cost(master, c) < below) {
            result = pnr_master_wake_column(master, c);
            ++*woken;
        }
    }
    return result;
}

enum pioneer_status pnr_master_wake_columns(struct pnr_master *master, double below, int32_t *woken) {
    *woken = 0;
    if (!pnr_master_is_near(master)) {
        return pnr_master_status_of(wake_all(master, below, woken));
    }
    enum pnr_lp_result result = PNR_LP_OPTIMAL;
    for (int32_t m = 0; m < master->instance->member_count && result == PNR_LP_OPTIMAL; m++) {
        if (pnr_master_is_free(master, m)) {
            result = wake_cheapest(master, m, below, woken);
        }
    }
    return pnr_master_status_of(result);
}

/* Idle schedules never sleep: they keep the LP feasible when a dive closes the others. Nor does what a
 * renewal begins with: an LP that knows worse schedules alone took fifty rounds to come back to the roster's
 * value. */
bool pnr_master_may_sleep(const struct pnr_master *master, int32_t column) {
    const struct pnr_column *at = &master->columns.items[column];
    return !pnr_master_is_out(master, column) && at->pair_count > 0 &&
           master->roster_column[at->member] != column;
}

bool pnr_master_may_rest(const struct pnr_master *master, int32_t column) {
    return pnr_master_may_sleep(master, column) && pnr_master_value(master, column) <= 0;
}

/* Columns that may rest, the cheapest first; returns how many. */
static int32_t rank_unused(const struct pnr_master *master, struct resting *ranked) {
    int32_t count = 0;
    for (int32_t c = 0; c < master->columns.count; c++) {
        if (pnr_master_may_rest(master, c)) {
            ranked[count++] = (struct resting){pnr_master_column_reduced_cost(master, c), c};
        }
    }
    qsort(ranked, (size_t)count, sizeof *ranked, compare_resting);
    return count;
}

enum pnr_lp_result pnr_master_rest_column(struct pnr_master *master, int32_t column) {
    master->is_asleep.items[column] = 1;
    master->awake_count--;
    return show_column(master, column);
}

enum pioneer_status pnr_master_rest_columns(struct pnr_master *master) {
    int32_t rows = pnr_lp_row_count(master->lp);
    /* where the whole LP is solved nearly hardly a value is 0, and all that could sleep would be woken again
     */
    bool stays = pnr_lp_is_narrow(master->lp) && pnr_master_is_wide(master);
    if (stays || master->is_diving || master->awake_count <= CROWDED * rows || master->awake_count <= FEW) {
        return PIONEER_OK;
    }
    struct resting *ranked = malloc((size_t)master->columns.count * sizeof *ranked);
    if (ranked == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    int32_t count = rank_unused(master, ranked);
    enum pnr_lp_result result = PNR_LP_OPTIMAL;
    while (count > 0 && master->awake_count > ROOM * rows && ranked[count - 1].reduced_cost > 0 &&
           result == PNR_LP_OPTIMAL) {
        result = pnr_master_rest_column(master, ranked[--count].column);
    }
    free(ranked);
    return pnr_master_status_of(result);
}

enum pioneer_status pnr_master_note_awake(struct pnr_master *master) {
    if (!pnr_array_reserve(&master->was_awake, master->columns.count + 1)) {
        return PIONEER_E_NO_MEMORY;
    }
    master->was_awake.count = master->columns.count;
    for (int32_t c = 0; c < master->columns.count; c++) {
        master->was_awake.items[c] = !master->is_asleep.items[c];
    }
    return PIONEER_OK;
}

enum pioneer_status pnr_master_wake_noted(struct pnr_master *master) {
    enum pnr_lp_result result = PNR_LP_OPTIMAL;
    for (int32_t c = 0; c < master->was_awake.count && result == PNR_LP_OPTIMAL; c++) {
        if (master->was_awake.items[c]) {
            result = pnr_master_wake_column(master, c);
        }
    }
    pnr_array_clear(&master->was_awake);
    return pnr_master_status_of(result);
}

/* ---- what a branch, a dive and fixed members allow ---- */

/* How many pairs of the member the branch forces. */
static int32_t count_forced(const struct pnr_master *master, int32_t member) {
    const struct pnr_instance *instance = master->instance;
    int32_t count = 0;
    for (int32_t p = instance->pairs_of_member[member];
         master->forced != NULL && p < instance->pairs_of_member[member + 1]; p++) {
        count += pnr_is_asked(master->forced[p]);
    }
    return count;
}

static bool keeps_limits(const struct pnr_master *master, const struct pnr_column *column) {
    const int32_t *pairs = master->pair_pool.items + column->first_pair;
    bool kept = true;
    for (int32_t i = 0; i < master->limit_count && kept; i++) {
        const struct pnr_sum_limit *limit = &master->limits[i];
        if (limit->sum->member == column->member) {
            int64_t sum = pnr_sum_of_pairs(master->instance, limit->sum, pairs, column->pair_count);
            kept = sum >= limit->least && sum <= limit->most;
        }
    }
    return kept;
}

static bool respects_branch(const struct pnr_master *master, const struct pnr_column *column,
                            int32_t forced) {
    for (int32_t i = 0; i < column->pair_count; i++) {
        int32_t pair = master->pair_pool.items[column->first_pair + i];
        if ((master->forbidden != NULL && master->forbidden[pair]) || master->is_barred[pair]) {
            return false;
        }
        forced -= master->forced != NULL && master->forced[pair] != PNR_NOT_FORCED;
    }
    return forced == 0 && keeps_limits(master, column);
}

enum pnr_lp_result pnr_master_close_column(struct pnr_master *master, int32_t column, bool closed) {
    master->is_closed.items[column] = closed;
    return show_column(master, column);
}

static enum pnr_lp_result open_columns_of(struct pnr_master *master, int32_t member) {
    int32_t fixed = master->fixed_column[member];
    int32_t forced = count_forced(master, member);
    enum pnr_lp_result result = fixed >= 0 ? pnr_master_wake_column(master, fixed) : PNR_LP_OPTIMAL;
    for (int32_t c = master->answers[member].newest_column - 1; c >= 0 && result == PNR_LP_OPTIMAL;
         c = master->columns.items[c].older) {
        bool closed = fixed >= 0 ? c != fixed : !respects_branch(master, &master->columns.items[c], forced);
        if (closed != (master->is_closed.items[c] != 0)) {
            result = pnr_master_close_column(master, c, closed);
        }
    }
    return result;
}

enum pioneer_status pnr_master_release(struct pnr_master *master, int32_t member) {
    int32_t fixed = master->fixed_column[member];
    master->fixed_column[member] = -1;
    enum pnr_lp_result result = open_columns_of(master, member);
    if (result == PNR_LP_OPTIMAL && fixed >= 0) {
        result = show_column(master, fixed); /* a narrow LP holds it */
    }
    return pnr_master_status_of(result);
}

enum pioneer_status pnr_master_reopen_columns(struct pnr_master *master) {
    enum pnr_lp_result result = PNR_LP_OPTIMAL;
    for (int32_t m = 0; m < master->instance->member_count && result == PNR_LP_OPTIMAL; m++) {
        result = open_columns_of(master, m);
    }
    return pnr_master_status_of(result);
}

enum pioneer_status pnr_master_open_columns(struct pnr_master *master) {
    enum pioneer_status status = pnr_master_reopen_columns(master);
    return status == PIONEER_OK ? pnr_master_make_choices(master, false) : status;
}

/* ---- members without a column ---- */

enum pioneer_status pnr_master_fill_member(struct pnr_master *master, int32_t member,
                                           struct pnr_found *found) {
    int32_t open = -1;
    *found = (struct pnr_found){.any = true};
    for (int32_t c = master->answers[member].newest_column - 1; c >= 0; c = master->columns.items[c].older) {
        if (!pnr_master_is_out(master, c)) {
            return PIONEER_OK;
        }
        open = !master->is_closed.items[c] ? c : open;
    }
    if (open >= 0) {
        return pnr_master_status_of(pnr_master_wake_column(master, open));
    }
    enum pioneer_status status =
        pnr_master_add_cheapest(master, member, master->price_of_pair, master->used.weight_of_level, found);
    pnr_budget_spend(master->tools.budget, found->any ? found->work : 0);
    return status;
}
