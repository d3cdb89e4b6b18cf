/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the days to come cost at least, by state and by the size of one sum. */
#include "engine/sum_table.h"

/* Entries of one table at most: 32 MB. */
#define MOST_ENTRIES ((int64_t)4 << 20)

/* ---- size ---- */

/* The steps and the range of the tallies of a slot; false: the slot is not fit for a table. */
static bool measure(const struct pnr_problem *problem, int32_t slot, struct pnr_sum_table *table) {
    const struct pnr_course *course = problem->course;
    int64_t most = 0;
    *table = (struct pnr_sum_table){.slot = slot};
    for (int32_t t = 0; t < problem->tally_count; t++) {
        const struct pnr_tally *tally = problem->tallies[t].tally;
        if (tally->counter == problem->counter_of_slot[slot]) {
            table->grid = pnr_common_divisor(tally->grid, table->grid);
            most = tally->most > most ? tally->most : most;
        }
    }
    if (table->grid < 1) {
        return false;
    }
    int64_t states = (int64_t)course->most_states * (course->day_count + 1);
    int64_t room = most / table->grid + 1;
    if (room > MOST_ENTRIES / states) {
        return false;
    }
    table->room = (int32_t)room;
    return true;
}

/* Cells of a table: buckets × states × items. Items of one day that add as much and have one key are one, so
 * this is more than will be looked at. */
static int64_t cells_of(const struct pnr_problem *problem, const struct pnr_sum_table *table) {
    const struct pnr_course *course = problem->course;
    int64_t moves = 0;
    for (int32_t day = 0; day < course->day_count; day++) {
        const struct pnr_course_day *d = &course->days[day];
        moves += (int64_t)d->state_count * (d->items_to - d->items_from);
    }
    return moves * table->room;
}

int64_t pnr_sum_tables_cells(const struct pnr_problem *problem) {
    int64_t cells = 0;
    for (int32_t w = 0; w < problem->watch.count; w++) {
        struct pnr_sum_table table;
        if (measure(problem, problem->watch.slot[w], &table)) {
            cells += cells_of(problem, &table);
        }
    }
    return cells;
}

/* ---- filling ---- */

/* The cheapest item of a key that adds so many steps to the sum. */
struct move {
    int32_t key, steps;
    int64_t price;
};

struct filling {
    struct pnr_problem *problem;
    struct pnr_sum_table *table;
    struct move *moves; /* of the day at hand */
    int32_t move_count;
    int64_t *effect_price; /* [effect]: of the day at hand, under the other slots' multipliers */
    int64_t *closing;      /* [bucket]: what the tally that ends with the day costs */
    bool is_valid;         /* every step was one of the grid's */
};

/* What other slots' multipliers make of a row of counts. */
static int64_t push_of_row(const struct filling *filling, int32_t day, const int32_t *row) {
    const struct pnr_problem *problem = filling->problem;
    int64_t push = 0;
    for (int32_t s = 0; s < problem->slot_count; s++) {
        int32_t tally = problem->slots[day * problem->slot_count + s].tally;
        if (tally >= 0 && s != filling->table->slot) {
            push += problem->tallies[tally].mu * row[s];
        }
    }
    return push;
}

static void add_move(struct filling *filling, struct move move) {
    for (int32_t i = filling->move_count - 1; i >= 0 && filling->moves[i].key == move.key; i--) {
        if (filling->moves[i].steps == move.steps) {
            filling->moves[i].price =
                move.price < filling->moves[i].price ? move.price : filling->moves[i].price;
            return;
        }
    }
    filling->moves[filling->move_count++] = move;
}

/* Items of one key stand together. */
static void list_moves(struct filling *filling, int32_t day) {
    const struct pnr_problem *problem = filling->problem;
    const struct pnr_course *course = problem->course;
    bool counts = problem->slots[day * problem->slot_count + filling->table->slot].tally >= 0;
    filling->move_count = 0;
    for (int32_t i = course->days[day].items_from; i < course->days[day].items_to; i++) {
        if (problem->item_price[i] >= PNR_NEVER) {
            continue;
        }
        const int32_t *takes = &problem->slot_takes[course->items[i].takes * problem->slot_count];
        int64_t taken = counts ? takes[filling->table->slot] : 0;
        filling->is_valid &= taken >= 0 && taken % filling->table->grid == 0;
        add_move(filling, (struct move){course->items[i].key, (int32_t)(taken / filling->table->grid),
                                        problem->item_price[i] + push_of_row(filling, day, takes)});
    }
}

static void price_effects(struct filling *filling, int32_t day) {
    const struct pnr_problem *problem = filling->problem;
    for (int32_t e = 0; e < problem->course->effects_count; e++) {
        filling->effect_price[e] =
            problem->effect_price[e] +
            (problem->counts_in_effects
                 ? push_of_row(filling, day, &problem->slot_counts[e * problem->slot_count])
                 : 0);
    }
}

static int64_t steps_of_effect(struct filling *filling, int32_t effect, bool counts) {
    const struct pnr_problem *problem = filling->problem;
    if (!counts || !problem->counts_in_effects) {
        return 0;
    }
    int64_t counted = problem->slot_counts[effect * problem->slot_count + filling->table->slot];
    filling->is_valid &= counted >= 0 && counted % filling->table->grid == 0;
    return counted / filling->table->grid;
}

static void price_closing(struct filling *filling, const struct pnr_priced_tally *priced) {
    for (int32_t b = 0; b < filling->table->room; b++) {
        filling->closing[b] = pnr_priced_cost(priced, priced->tally->start + b * filling->table->grid);
    }
}

/* One way into the next day: `after` is the next state's row; when the tally closes, its first entry. */
static void relax_row(const struct filling *filling, int64_t *row, const int64_t *after, int64_t price,
                      int32_t steps, bool closes) {
    int32_t count = filling->table->room - steps;
    for (int32_t b = 0; b < count; b++) {
        int64_t ahead = closes ? pnr_both(filling->closing[b + steps], after[0]) : after[b + steps];
        int64_t whole = pnr_both(ahead, price);
        row[b] = whole < row[b] ? whole : row[b];
    }
}

static void fill_state(struct filling *filling, int32_t day, int32_t state) {
    const struct pnr_problem *problem = filling->problem;
    const struct pnr_course *course = problem->course;
    const struct pnr_course_day *d = &course->days[day];
    const struct pnr_slot_day *slot = &problem->slots[day * problem->slot_count + filling->table->slot];
    size_t room = (size_t)filling->table->room;
    int64_t *row = &filling->table->rest[((size_t)day * (size_t)course->most_states + (size_t)state) * room];
    const int64_t *next_day = &filling->table->rest[((size_t)day + 1) * (size_t)course->most_states * room];
    for (size_t b = 0; b < room; b++) {
        row[b] = PNR_NEVER;
    }
    for (int32_t i = 0; i < filling->move_count; i++) {
        const struct move *move = &filling->moves[i];
        int32_t cell = state * d->key_count + move->key;
        if (d->next[cell] < 0) {
            continue;
        }
        int64_t steps = move->steps + steps_of_effect(filling, d->effect[cell], slot->tally >= 0);
        if (steps < filling->table->room) {
            relax_row(filling, row, &next_day[(size_t)d->next[cell] * room],
                      move->price + filling->effect_price[d->effect[cell]], (int32_t)steps, slot->closes);
        }
    }
}

/* Where no tally of the slot is open the sum is nothing, and every bucket says the same. */
static void fill_end(struct filling *filling) {
    const struct pnr_problem *problem = filling->problem;
    const struct pnr_course *course = problem->course;
    size_t room = (size_t)filling->table->room;
    int64_t *end = &filling->table->rest[(size_t)course->day_count * (size_t)course->most_states * room];
    for (int32_t s = 0; s < course->end_count; s++) {
        for (size_t b = 0; b < room; b++) {
            end[(size_t)s * room + b] = problem->effect_price[course->end_effect[s]];
        }
    }
}

static bool make_room(struct filling *filling) {
    struct pnr_arena *arena = filling->problem->arena;
    const struct pnr_course *course = filling->problem->course;
    size_t room = (size_t)filling->table->room;
    size_t states = (size_t)course->most_states * ((size_t)course->day_count + 1);
    filling->table->rest = pnr_arena_alloc(arena, states * room, sizeof(int64_t));
    filling->table->later = pnr_arena_alloc(arena, (size_t)course->day_count + 1, sizeof(int64_t));
    filling->moves = pnr_arena_alloc(arena, (size_t)course->most_items, sizeof *filling->moves);
    filling->effect_price = pnr_arena_alloc(arena, (size_t)course->effects_count, sizeof(int64_t));
    filling->closing = pnr_arena_alloc(arena, room, sizeof(int64_t));
    return filling->table->rest != NULL && filling->table->later != NULL && filling->moves != NULL &&
           filling->effect_price != NULL && filling->closing != NULL;
}

/* False when memory is short. */
static bool fill(struct filling *filling) {
    struct pnr_problem *problem = filling->problem;
    const struct pnr_course *course = problem->course;
    if (!make_room(filling)) {
        return false;
    }
    fill_end(filling);
    for (int32_t day = course->day_count - 1; day >= 0; day--) {
        const struct pnr_slot_day *slot = &problem->slots[day * problem->slot_count + filling->table->slot];
        list_moves(filling, day);
        price_effects(filling, day);
        if (slot->closes) {
            price_closing(filling, &problem->tallies[slot->tally]);
        }
        for (int32_t s = 0; s < course->days[day].state_count; s++) {
            fill_state(filling, day, s);
        }
        problem->cells += (int64_t)filling->move_count * course->days[day].state_count * filling->table->room;
    }
    pnr_problem_find_later(problem, filling->table->slot, filling->table->later);
    return true;
}

bool pnr_sum_tables_build(struct pnr_problem *problem) {
    problem->table_count = 0;
    problem->tables = pnr_arena_alloc(problem->arena, (size_t)problem->watch.count, sizeof *problem->tables);
    bool ok = problem->tables != NULL;
    for (int32_t w = 0; ok && w < problem->watch.count; w++) {
        struct pnr_sum_table *table = &problem->tables[problem->table_count];
        if (!measure(problem, problem->watch.slot[w], table)) {
            continue;
        }
        struct filling filling = {.problem = problem, .table = table, .is_valid = true};
        ok = fill(&filling);
        problem->table_count += ok && filling.is_valid;
    }
    return ok;
}

int64_t pnr_sum_tables_bound(const struct pnr_problem *problem) {
    int64_t bound = -PNR_NEVER;
    for (int32_t i = 0; i < problem->table_count; i++) {
        const struct pnr_sum_table *table = &problem->tables[i];
        int64_t proved = pnr_both(table->rest[0], table->later[0]);
        proved = proved >= PNR_NEVER ? PNR_NEVER : proved + problem->constant;
        bound = proved > bound ? proved : bound;
    }
    return bound;
}
