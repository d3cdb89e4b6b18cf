/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A master in which few members are free: the LP works on the rows that their schedules touch. */
#include <math.h>
#include <stdlib.h>

#include "engine/master_inside.h"

/* The LP is narrowed when one member in so many is free, and again when so many percent of those are. */
#define FEW_IN        4
#define AGAIN_PERCENT 75
/* In a dive whose LP was solved nearly so far, when so few are free. Their rows are what counts: the last 75
 * of 1,500 still touch 1,400, which cost a simplex half as much as the dive had cost until then, and a walk
 * three seconds. */
#define NEAR_FEW 10
/* Smaller LPs are not worth it. */
#define LEAST_ROWS 60

/* Schedules that a free member keeps: those that the LP takes, and the best of the others. */
#define KEPT 6
/* The same in a dive whose LP is solved nearly, for a walk looks at all of them. */
#define NEAR_KEPT 20

/* ---- schedules ---- */

/* The dearest reduced cost among the best `kept` of the member's open columns. */
static double dearest_kept(const struct pnr_master *master, int32_t member, int32_t kept) {
    double best[NEAR_KEPT];
    int count = 0;
    for (int32_t c = master->answers[member].newest_column - 1; c >= 0; c = master->columns.items[c].older) {
        if (pnr_master_is_out(master, c)) {
            continue;
        }
        double cost = pnr_master_column_reduced_cost(master, c);
        int at = count < kept ? count++ : kept;
        while (at > 0 && best[at - 1] > cost) {
            if (at < kept) {
                best[at] = best[at - 1];
            }
            at--;
        }
        if (at < kept) {
            best[at] = cost;
        }
    }
    return count < kept ? INFINITY : best[kept - 1];
}

/* Puts the others to sleep: rounds of pricing wake those that are wanted. An LP that is solved nearly takes a
 * little of everything that is nearly as good, which says nothing. */
static enum pioneer_status rest_others(struct pnr_master *master, int32_t kept) {
    bool is_near = pnr_master_is_near(master);
    enum pnr_lp_result result = PNR_LP_OPTIMAL;
    for (int32_t m = 0; m < master->instance->member_count; m++) {
        double dearest = pnr_master_is_free(master, m) ? dearest_kept(master, m, kept) : INFINITY;
        for (int32_t c = master->answers[m].newest_column - 1;
             c >= 0 && dearest < INFINITY && result == PNR_LP_OPTIMAL; c = master->columns.items[c].older) {
            bool may_rest = is_near ? pnr_master_may_sleep(master, c) : pnr_master_may_rest(master, c);
            if (may_rest && pnr_master_column_reduced_cost(master, c) > dearest) {
                result = pnr_master_rest_column(master, c);
            }
        }
    }
    return pnr_master_status_of(result);
}

/* ---- rows ---- */

/* Rows ([row]) that an open schedule of a free member touches. */
static void mark_rows(const struct pnr_master *master, uint8_t *is_touched) {
    const struct pnr_program *program = master->program;
    for (int32_t c = 0; c < master->columns.count; c++) {
        const struct pnr_column *at = &master->columns.items[c];
        if (pnr_master_is_out(master, c) || !pnr_master_is_free(master, at->member)) {
            continue;
        }
        for (int32_t i = 0; i < at->pair_count; i++) {
            int32_t pair = master->pair_pool.items[at->first_pair + i];
            for (int32_t e = program->entries_of_pair[pair]; e < program->entries_of_pair[pair + 1]; e++) {
                is_touched[program->entries[e].row] = 1;
            }
        }
    }
}

/*
 * Rows that are broken as they stand but for free members: schedules that made up for it in shares may sleep
 * now, and with the auxiliaries held nobody would know what the row costs. Of 800 members, 79 free, a dive
 * that ended at 308,000 by its LP had lost 106,000 so.
 */
static enum pioneer_status mark_broken(const struct pnr_master *master, uint8_t *is_touched) {
    const struct pnr_program *program = master->program;
    int64_t *certain = calloc((size_t)program->rows.count + 1, sizeof *certain);
    double *held = calloc((size_t)program->rows.count + 1, sizeof *held);
    bool ok = certain != NULL && held != NULL;
    if (ok) {
        pnr_master_find_certain(master, certain);
        pnr_master_add_auxiliaries(master, held);
    }
    for (int32_t r = 0; ok && r < program->rows.count; r++) {
        const struct pnr_row *row = &program->rows.items[r];
        double activity = (double)certain[r] + held[r];
        bool is_broken = activity < (double)row->low - PNR_MASTER_TOLERANCE ||
                         activity > (double)row->high + PNR_MASTER_TOLERANCE;
        is_touched[r] = is_touched[r] || (is_broken && master->lp_row[r] >= 0);
    }
    free(certain);
    free(held);
    return ok ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}

static bool touches(const struct pnr_auxiliary *auxiliary, const uint8_t *is_touched) {
    bool any = false;
    for (int32_t e = 0; e < auxiliary->entry_count; e++) {
        any = any || is_touched[auxiliary->rows[e]];
    }
    return any;
}

/* An auxiliary that can move in one row must be able to move in its others, and so must all in those. */
static void spread(const struct pnr_master *master, uint8_t *is_touched) {
    const struct pnr_program *program = master->program;
    bool more = true;
    while (more) {
        more = false;
        for (int32_t a = 0; a < program->auxiliaries.count; a++) {
            const struct pnr_auxiliary *at = &program->auxiliaries.items[a];
            bool moves = touches(at, is_touched);
            for (int32_t e = 0; moves && e < at->entry_count; e++) {
                more = more || !is_touched[at->rows[e]];
                is_touched[at->rows[e]] = 1;
            }
        }
    }
}

/* What is certain of every row ([row]), and what pairs of free members add to it at most and take from it at
 * most. */
struct reach {
    int64_t *certain, *more, *less;
};

static void find_reach(const struct pnr_master *master, struct reach *reach) {
    const struct pnr_instance *instance = master->instance;
    const struct pnr_program *program = master->program;
    pnr_master_find_certain(master, reach->certain);
    for (int32_t p = 0; p < instance->pair_count; p++) {
        bool may_be_taken = pnr_master_is_free(master, instance->member_of_pair[p]) && !master->is_barred[p];
        for (int32_t e = program->entries_of_pair[p]; may_be_taken && e < program->entries_of_pair[p + 1];
             e++) {
            int32_t row = program->entries[e].row;
            int32_t coefficient = program->entries[e].coefficient;
            *(coefficient > 0 ? &reach->more[row] : &reach->less[row]) += coefficient;
        }
    }
}

/* Flags rows of the LP ([row]) that free members cannot break, whatever they do, with all slacks of the row
 * at 0. Rows of auxiliaries that tie them to others are not looked at. */
static void mark_idle(const struct pnr_master *master, const struct reach *reach, uint8_t *is_idle) {
    const struct pnr_program *program = master->program;
    for (int32_t r = 0; r < program->rows.count; r++) {
        const struct pnr_row *row = &program->rows.items[r];
        if (master->lp_row[r] >= 0) {
            is_idle[master->lp_row[r]] = reach->certain[r] + reach->less[r] >= row->low &&
                                         reach->certain[r] + reach->more[r] <= row->high;
        }
    }
    for (int32_t a = 0; a < program->auxiliaries.count; a++) {
        const struct pnr_auxiliary *at = &program->auxiliaries.items[a];
        for (int32_t e = 0; (at->entry_count > 1 || at->is_integer) && e < at->entry_count; e++) {
            if (master->lp_row[at->rows[e]] >= 0) {
                is_idle[master->lp_row[at->rows[e]]] = 0;
            }
        }
    }
}

/* *idle ([row of the LP], NULL: not looked for), which the caller frees. Narrower masters do without: pivots
 * are cheap there. */
static enum pioneer_status find_idle(const struct pnr_master *master, uint8_t **idle) {
    *idle = NULL;
    if (!pnr_master_is_wide(master)) {
        return PIONEER_OK;
    }
    size_t rows = (size_t)master->program->rows.count + 1;
    int64_t *memory = calloc(3 * rows, sizeof *memory);
    *idle = calloc((size_t)pnr_lp_row_count(master->lp) + 1, 1);
    if (memory != NULL && *idle != NULL) {
        struct reach reach = {memory, memory + rows, memory + 2 * rows};
        find_reach(master, &reach);
        mark_idle(master, &reach, *idle);
    }
    bool ok = memory != NULL && *idle != NULL;
    free(memory);
    return ok ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}

/* What stays as the LP has it: everything but the open schedules of free members, the auxiliaries of rows
 * that they touch, and the ways to give way. */
static void hold_columns(const struct pnr_master *master, const uint8_t *is_touched, uint8_t *hold) {
    const struct pnr_program *program = master->program;
    for (int32_t a = 0; a < program->auxiliaries.count; a++) {
        hold[a] = touches(&program->auxiliaries.items[a], is_touched) ? PNR_LP_FREE : PNR_LP_HOLD;
    }
    for (int32_t i = 0; i < master->column_at.count; i++) {
        int32_t c = master->column_at.items[i];
        bool stays =
            pnr_master_is_out(master, c) || !pnr_master_is_free(master, master->columns.items[c].member);
        hold[pnr_master_lp_column(master, c)] = stays ? PNR_LP_HOLD_FAST : PNR_LP_FREE;
    }
}

static bool is_worth_it(const struct pnr_master *master, int32_t free_count) {
    int32_t from = pnr_lp_is_narrow(master->lp) ? master->narrow_members * AGAIN_PERCENT / 100
                                                : master->instance->member_count / FEW_IN;
    if (pnr_master_is_near(master)) {
        return pnr_master_begins_narrow(master) ||
               (master->is_diving && free_count > 0 && free_count <= NEAR_FEW);
    }
    if (pnr_master_is_wide(master) && pnr_lp_is_narrow(master->lp) && free_count > master->narrow_members) {
        return true; /* rows that were idle are so no longer */
    }
    return free_count > 0 && free_count <= from && pnr_lp_rows_at_work(master->lp) >= LEAST_ROWS;
}

enum pioneer_status pnr_master_rest_far(struct pnr_master *master) {
    return master->is_diving && pnr_master_is_near(master) ? rest_others(master, NEAR_KEPT) : PIONEER_OK;
}

enum pioneer_status pnr_master_narrow(struct pnr_master *master, bool *narrowed) {
    *narrowed = false;
    int32_t free_count = pnr_master_count_free(master);
    if (!is_worth_it(master, free_count)) {
        return PIONEER_OK;
    }
    bool was_near = pnr_master_is_near(master);
    enum pioneer_status rested = rest_others(master, KEPT);
    if (rested != PIONEER_OK) {
        return rested;
    }
    uint8_t *is_touched = calloc((size_t)master->program->rows.count + 1, 1);
    uint8_t *hold = calloc((size_t)pnr_lp_column_count(master->lp) + 1, 1);
    uint8_t *is_idle;
    enum pnr_lp_result result = PNR_LP_NO_MEMORY;
    bool ok = find_idle(master, &is_idle) == PIONEER_OK && is_touched != NULL && hold != NULL;
    if (ok) {
        mark_rows(master, is_touched);
        ok = !was_near || mark_broken(master, is_touched) == PIONEER_OK;
    }
    if (ok) {
        spread(master, is_touched);
        hold_columns(master, is_touched, hold);
        master->narrow_members = free_count;
        result = pnr_lp_narrow(master->lp, hold, is_idle);
    }
    *narrowed = result == PNR_LP_OPTIMAL;
    free(is_idle);
    free(is_touched);
    free(hold);
    /* a program that was lost is built anew when it is solved */
    return result == PNR_LP_NO_MEMORY ? PIONEER_E_NO_MEMORY : PIONEER_OK;
}

enum pioneer_status pnr_master_widen(struct pnr_master *master) {
    return pnr_master_status_of(pnr_lp_is_narrow(master->lp) ? pnr_lp_widen(master->lp) : PNR_LP_OPTIMAL);
}
