/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choices of the master: auxiliaries that must be whole, such as the one cohort of a duty. An LP splits them
 * as it likes; a dive makes them, the most decided first. */
#include <stdlib.h>
#include <string.h>

#include "engine/master_inside.h"

/* A choice may be made in a dive when the LP has so much of a head that makes it. */
#define LIKELY 0.4
/* Made at once: choices that have this share of the heads of their row of rivals. */
#define DECIDED 0.95
/* And a share of the others a step, but at least so many. */
#define STEP_LEAST 8

/* What a pair that is taken does to the rows. */
static void take_pair(const struct pnr_program *program, int32_t pair, int64_t *activity) {
    for (int32_t e = program->entries_of_pair[pair]; e < program->entries_of_pair[pair + 1]; e++) {
        activity[program->entries[e].row] += program->entries[e].coefficient;
    }
}

void pnr_master_find_certain(const struct pnr_master *master, int64_t *activity) {
    for (int32_t m = 0; m < master->instance->member_count; m++) {
        int32_t c = master->fixed_column[m];
        for (int32_t i = 0; c >= 0 && i < master->columns.items[c].pair_count; i++) {
            take_pair(master->program, master->pair_pool.items[master->columns.items[c].first_pair + i],
                      activity);
        }
    }
    for (int32_t p = 0; master->forced != NULL && p < master->instance->pair_count; p++) {
        if (master->forced[p] == PNR_FORCED) {
            take_pair(master->program, p, activity);
        }
    }
}

/* Whether somebody who is certain makes the choice: the LP alone would choose a fraction of it. */
static bool is_made(const struct pnr_master *master, const struct pnr_auxiliary *choice,
                    const int64_t *activity) {
    for (int32_t e = 0; e < choice->entry_count; e++) {
        const struct pnr_row *row = &master->program->rows.items[choice->rows[e]];
        if (choice->coefficients[e] < 0 && row->high < PNR_ROW_FREE &&
            activity[choice->rows[e]] > row->high) {
            return true;
        }
    }
    return false;
}

/* How many heads the LP's solution has that make the choice. */
static double heads_for(const struct pnr_master *master, int32_t auxiliary, const double *activity) {
    const struct pnr_auxiliary *at = &master->program->auxiliaries.items[auxiliary];
    double most = 0;
    for (int32_t e = 0; e < at->entry_count; e++) {
        const struct pnr_row *row = &master->program->rows.items[at->rows[e]];
        double heads = activity[at->rows[e]] -
                       pnr_lp_value(master->lp, auxiliary) * (double)at->coefficients[e] - (double)row->high;
        if (at->coefficients[e] < 0 && row->high < PNR_ROW_FREE && heads > most) {
            most = heads;
        }
    }
    return most;
}

/* The row in which a choice stands against others, -1: it stands alone. */
static int32_t row_of_rivals(const struct pnr_auxiliary *choice) {
    for (int32_t e = 0; e < choice->entry_count; e++) {
        if (choice->coefficients[e] > 0) {
            return choice->rows[e];
        }
    }
    return -1;
}

/* Whether the choice is that a group serves together, which is the only one that stands in an equation. A
 * dive leaves it to the members: not everybody may be able to follow. */
static bool is_of_group(const struct pnr_master *master, const struct pnr_auxiliary *choice) {
    for (int32_t e = 0; e < choice->entry_count; e++) {
        const struct pnr_row *row = &master->program->rows.items[choice->rows[e]];
        if (row->low == row->high) {
            return true;
        }
    }
    return false;
}

/* A choice that is open, and what speaks for it. */
struct open_choice {
    int32_t auxiliary;
    double heads; /* that make it in the LP */
    double share; /* of the heads of its rivals and its own */
};

static int compare_choices(const void *left, const void *right) {
    const struct open_choice *a = left;
    const struct open_choice *b = right;
    if (a->share != b->share) {
        return a->share > b->share ? -1 : 1;
    }
    return (a->auxiliary > b->auxiliary) - (a->auxiliary < b->auxiliary);
}

/* A row in which choices stand against each other. */
struct rivalry {
    double heads;   /* for all of them */
    int32_t leader; /* index + 1 into the open choices, 0: none yet */
    bool is_settled;
};

/* Gathers the open choices that have heads; one that leads its row stands for all of the row. */
static int32_t gather_choices(const struct pnr_master *master, const double *activity,
                              struct rivalry *rivalries, struct open_choice *open) {
    const struct pnr_program *program = master->program;
    int32_t count = 0;
    for (int32_t a = 0; a < program->auxiliaries.count; a++) {
        const struct pnr_auxiliary *at = &program->auxiliaries.items[a];
        if (!at->is_integer) {
            continue;
        }
        struct open_choice choice = {a, heads_for(master, a, activity), 1};
        int32_t row = row_of_rivals(at);
        struct rivalry *rivalry = row >= 0 ? &rivalries[row] : NULL;
        if (rivalry != NULL) {
            rivalry->is_settled = rivalry->is_settled || master->is_made[a];
            rivalry->heads += choice.heads;
        }
        if (master->is_made[a] || choice.heads <= 0 || is_of_group(master, at)) {
            continue;
        }
        if (rivalry == NULL || rivalry->leader == 0) {
            open[count++] = choice;
        } else if (open[rivalry->leader - 1].heads < choice.heads) {
            open[rivalry->leader - 1] = choice;
        }
        if (rivalry != NULL && rivalry->leader == 0) {
            rivalry->leader = count;
        }
    }
    return count;
}

/* Those of the choices that are likely and not settled by a rival, the most decided first. */
static int32_t rank_choices(const struct pnr_master *master, const struct rivalry *rivalries,
                            struct open_choice *open, int32_t count) {
    int32_t kept = 0;
    for (int32_t i = 0; i < count; i++) {
        int32_t row = row_of_rivals(&master->program->auxiliaries.items[open[i].auxiliary]);
        if (open[i].heads < LIKELY || (row >= 0 && rivalries[row].is_settled)) {
            continue;
        }
        open[i].share = row >= 0 ? open[i].heads / rivalries[row].heads : 1;
        open[kept++] = open[i];
    }
    qsort(open, (size_t)kept, sizeof *open, compare_choices);
    return kept;
}

static enum pnr_lp_result make(struct pnr_master *master, const struct open_choice *ranked, int32_t count,
                               int32_t percent, int32_t *left) {
    enum pnr_lp_result result = PNR_LP_OPTIMAL;
    int32_t decided = 0;
    while (decided < count && ranked[decided].share >= DECIDED) {
        decided++;
    }
    int32_t step = (count - decided) * percent / 100;
    int32_t most = decided + (step > STEP_LEAST ? step : STEP_LEAST);
    most = most < count ? most : count;
    for (int32_t i = 0; i < most && result == PNR_LP_OPTIMAL; i++) {
        int32_t a = ranked[i].auxiliary;
        master->is_made[a] = 1;
        result =
            pnr_lp_set_column_bounds(master->lp, a, 1, (double)master->program->auxiliaries.items[a].high);
    }
    *left = count - most;
    return result;
}

/* ---- rivals of a choice that is made ---- */

/* What is known of a row, as flags. */
enum {
    SETTLED = 1, /* rivals stand against each other in it, and one of them is made */
    HARD = 2,    /* a slack of its own belongs to a hard rule */
    BEATEN = 4 /* it counts for a choice that a rival has beaten, and only a hard rule stands between them */
};

static void flag_rows(const struct pnr_master *master, uint8_t *flags) {
    const struct pnr_program *program = master->program;
    for (int32_t a = 0; a < program->auxiliaries.count; a++) {
        const struct pnr_auxiliary *at = &program->auxiliaries.items[a];
        if (at->is_integer && master->is_made[a] && row_of_rivals(at) >= 0) {
            flags[row_of_rivals(at)] |= SETTLED;
        } else if (at->entry_count == 1 && at->hard_cost > 0) {
            flags[at->rows[0]] |= HARD;
        }
    }
    for (int32_t a = 0; a < program->auxiliaries.count; a++) {
        const struct pnr_auxiliary *at = &program->auxiliaries.items[a];
        int32_t row = at->is_integer && !master->is_made[a] ? row_of_rivals(at) : -1;
        bool is_beaten = row >= 0 && (flags[row] & SETTLED) != 0;
        for (int32_t e = 0; is_beaten && e < at->entry_count; e++) {
            bool is_barred = at->coefficients[e] < 0 && (flags[at->rows[e]] & HARD) != 0;
            flags[at->rows[e]] |= is_barred ? BEATEN : 0;
        }
    }
}

/* A member who has no schedule left may take what its choices speak against: the rows charge for it. */
static enum pioneer_status unbar(struct pnr_master *master, int32_t member) {
    const struct pnr_instance *instance = master->instance;
    for (int32_t p = instance->pairs_of_member[member]; p < instance->pairs_of_member[member + 1]; p++) {
        master->is_barred[p] = 0;
    }
    return pnr_master_release(master, member);
}

void pnr_master_count_heads(const struct pnr_master *master, int32_t *heads) {
    const struct pnr_instance *instance = master->instance;
    memcpy(heads, master->program->heads, (size_t)instance->duty_count * sizeof *heads);
    for (int32_t m = 0; m < instance->member_count; m++) {
        int32_t fixed = master->fixed_column[m];
        const struct pnr_column *at = fixed >= 0 ? &master->columns.items[fixed] : NULL;
        for (int32_t i = 0; at != NULL && i < at->pair_count; i++) {
            heads[instance->duty_of_pair[master->pair_pool.items[at->first_pair + i]]]++;
        }
    }
}

/* Nobody takes a pair that a hard rule would hold against a choice that is made: the pricer need not find
 * that out from prices, round by round. Nor, in a wide master, one of a duty that is full: its rows have
 * nothing left to move then. (Narrower ones have not been compared with and without it on more than one
 * campaign.) */
static enum pioneer_status find_barred(struct pnr_master *master) {
    const struct pnr_instance *instance = master->instance;
    const struct pnr_program *program = master->program;
    uint8_t *flags = calloc((size_t)program->rows.count + 1, 1);
    int32_t *heads = calloc((size_t)instance->duty_count + 1, sizeof *heads);
    bool ok = flags != NULL && heads != NULL;
    bool is_wide = pnr_master_is_wide(master);
    if (ok) {
        flag_rows(master, flags);
        pnr_master_count_heads(master, heads);
    }
    for (int32_t p = 0; ok && p < instance->pair_count; p++) {
        int32_t duty = instance->duty_of_pair[p];
        master->is_barred[p] = is_wide && heads[duty] >= pnr_instance_duty(instance, duty)->max;
        for (int32_t e = program->entries_of_pair[p]; e < program->entries_of_pair[p + 1]; e++) {
            master->is_barred[p] |= (flags[program->entries[e].row] & BEATEN) != 0;
        }
    }
    free(flags);
    free(heads);
    return ok ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}

enum pioneer_status pnr_master_bar(struct pnr_master *master) {
    if (!master->is_diving || !(master->has_new_choices || pnr_master_is_wide(master))) {
        return PIONEER_OK;
    }
    master->has_new_choices = false;
    enum pioneer_status status = find_barred(master);
    if (status == PIONEER_OK) {
        status = pnr_master_reopen_columns(master);
    }
    for (int32_t m = 0; m < master->instance->member_count && status == PIONEER_OK; m++) {
        struct pnr_found found = {.any = true};
        if (pnr_master_is_free(master, m)) {
            status = pnr_master_fill_member(master, m, &found);
        }
        if (status == PIONEER_OK && !found.any) {
            status = unbar(master, m);
        }
    }
    return status;
}

enum pioneer_status pnr_master_make_likely_choices(struct pnr_master *master, int32_t percent,
                                                   int32_t *left) {
    size_t rows = (size_t)master->program->rows.count + 1;
    double *activity = calloc(rows, sizeof *activity);
    struct rivalry *rivalries = calloc(rows, sizeof *rivalries);
    struct open_choice *open = calloc((size_t)master->program->auxiliaries.count + 1, sizeof *open);
    enum pioneer_status status = PIONEER_E_NO_MEMORY;
    int32_t count = 0;
    *left = 0;
    if (activity != NULL && rivalries != NULL && open != NULL) {
        pnr_master_find_activity(master, activity);
        count = gather_choices(master, activity, rivalries, open);
        count = rank_choices(master, rivalries, open, count);
        status = pnr_master_status_of(make(master, open, count, percent, left));
        *left = count > 0 ? *left : -1;
        master->has_new_choices = master->has_new_choices || count > 0;
    }
    free(activity);
    free(rivalries);
    free(open);
    return status;
}

enum pioneer_status pnr_master_hold_choices(struct pnr_master *master, const uint8_t *is_made) {
    const struct pnr_program *program = master->program;
    enum pnr_lp_result result = PNR_LP_OPTIMAL;
    for (int32_t a = 0; a < program->auxiliaries.count && result == PNR_LP_OPTIMAL; a++) {
        const struct pnr_auxiliary *at = &program->auxiliaries.items[a];
        if (at->is_integer && is_made[a] != master->is_made[a]) {
            master->has_new_choices = true;
            master->is_made[a] = is_made[a];
            result = pnr_lp_set_column_bounds(master->lp, a, is_made[a] ? 1 : 0, (double)at->high);
        }
    }
    return pnr_master_status_of(result);
}

/* Of rivals that what is fixed has all made, the first is held: the others' rows charge for them. */
static bool keep_first_rivals(const struct pnr_master *master, uint8_t *is_made_now) {
    const struct pnr_program *program = master->program;
    uint8_t *is_settled = calloc((size_t)program->rows.count + 1, 1);
    for (int32_t a = 0; is_settled != NULL && a < program->auxiliaries.count; a++) {
        int32_t row = is_made_now[a] ? row_of_rivals(&program->auxiliaries.items[a]) : -1;
        if (row >= 0) {
            is_made_now[a] = !is_settled[row];
            is_settled[row] = 1;
        }
    }
    bool ok = is_settled != NULL;
    free(is_settled);
    return ok;
}

enum pioneer_status pnr_master_make_choices(struct pnr_master *master, bool keep) {
    const struct pnr_program *program = master->program;
    int64_t *activity = calloc((size_t)program->rows.count + 1, sizeof *activity);
    uint8_t *is_made_now = calloc((size_t)program->auxiliaries.count + 1, 1);
    enum pioneer_status status = PIONEER_E_NO_MEMORY;
    if (activity != NULL && is_made_now != NULL) {
        pnr_master_find_certain(master, activity);
        for (int32_t a = 0; a < program->auxiliaries.count; a++) {
            const struct pnr_auxiliary *at = &program->auxiliaries.items[a];
            is_made_now[a] =
                at->is_integer && (is_made(master, at, activity) || (keep && master->is_made[a]));
        }
        if (keep_first_rivals(master, is_made_now)) {
            status = pnr_master_hold_choices(master, is_made_now);
        }
    }
    free(activity);
    free(is_made_now);
    return status;
}
