/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows that tie members together, derived from the couplings: what master, bound and dual share. */
#include "engine/program.h"

#include <stdlib.h>
#include <string.h>

/* A row of all pairs with one recipe. */
struct pending {
    int32_t recipe;
    struct pnr_row_entry entry;
};

struct builder {
    struct pnr_program *program;
    const struct pnr_couplings *couplings;
    const uint8_t *is_free;    /* [pair]; NULL: all are */
    const int64_t *base;       /* [count]: with nothing chosen */
    int32_t *pairs_of_recipe;  /* [recipe]: how many free pairs it is of */
    int32_t *recipes_of_count; /* [count + 1]: ranges into counted */
    struct counted {
        int32_t recipe, step;
    } * counted;
    int64_t *reach; /* [count]: Σ steps of its pairs */
    int32_t
        *room_of_duty; /* [duty]: the row that keeps its heads within its room, -1: none, or another does */
    PNR_ARRAY(struct pending) pending;
    struct pnr_arena bench;
    bool failed;
};

/* ---- rows, auxiliaries, entries
 * ---------------------------------------------------------------------------------- */

static int32_t add_row(struct builder *builder, int64_t low, int64_t high) {
    struct pnr_row row = {low < -PNR_ROW_FREE ? -PNR_ROW_FREE : low,
                          high > PNR_ROW_FREE ? PNR_ROW_FREE : high};
    builder->failed = builder->failed || !pnr_array_push(&builder->program->rows, row);
    return builder->program->rows.count - 1;
}

static int32_t add_auxiliary(struct builder *builder, int64_t high, bool is_integer) {
    struct pnr_program *program = builder->program;
    bool ok =
        !builder->failed &&
        pnr_array_push(&program->auxiliaries, (struct pnr_auxiliary){.high = high, .is_integer = is_integer});
    for (int32_t l = 0; ok && l < program->level_count; l++) {
        ok = pnr_array_push(&program->cost_of_auxiliary, 0);
    }
    builder->failed = !ok;
    return program->auxiliaries.count - 1;
}

static void put_auxiliary(struct builder *builder, int32_t auxiliary, int32_t row, int64_t coefficient) {
    if (!builder->failed) {
        struct pnr_auxiliary *at = &builder->program->auxiliaries.items[auxiliary];
        at->rows[at->entry_count] = row;
        at->coefficients[at->entry_count++] = coefficient;
    }
}

static void charge_auxiliary(struct builder *builder, int32_t auxiliary, int32_t level, int64_t cost) {
    if (!builder->failed && level < 0) {
        builder->program->auxiliaries.items[auxiliary].hard_cost += cost;
    } else if (!builder->failed) {
        builder->program->cost_of_auxiliary
            .items[(size_t)auxiliary * (size_t)builder->program->level_count + (size_t)level] += cost;
    }
}

/* A slack of one row that pays for one coupling. */
static void add_slack(struct builder *builder, const struct pnr_coupling *coupling, int32_t row,
                      int64_t coefficient, int64_t high, int64_t times) {
    if (high <= 0) {
        return;
    }
    int32_t slack = add_auxiliary(builder, high, false);
    charge_auxiliary(builder, slack, coupling->level, coupling->weight * times);
    put_auxiliary(builder, slack, row, coefficient);
}

/* Lets all pairs of a count stand in a row with their steps. */
static void put_count(struct builder *builder, int32_t count, int32_t row) {
    for (int32_t i = builder->recipes_of_count[count];
         i < builder->recipes_of_count[count + 1] && !builder->failed; i++) {
        struct pending pending = {builder->counted[i].recipe, {row, builder->counted[i].step}};
        builder->failed = !pnr_array_push(&builder->pending, pending);
    }
}

static int64_t base_of(const struct builder *builder, const struct pnr_coupling *coupling, int32_t which) {
    return builder->base[coupling->first_count + which];
}

static int64_t reach_of(const struct builder *builder, const struct pnr_coupling *coupling, int32_t which) {
    return builder->reach[coupling->first_count + which];
}

/* A choice that is 1 as soon as any pair of the count is taken: Σ pairs <= reach × choice. */
static int32_t add_presence(struct builder *builder, const struct pnr_coupling *coupling, int32_t which) {
    int64_t reach = reach_of(builder, coupling, which);
    if (coupling->duty >= 0) {
        int64_t room = pnr_instance_duty(builder->couplings->instance, coupling->duty)->max;
        reach = reach < room ? reach : room;
    }
    int32_t choice = add_auxiliary(builder, 1, true);
    int32_t row = add_row(builder, -PNR_ROW_FREE, 0);
    put_count(builder, coupling->first_count + which, row);
    put_auxiliary(builder, choice, row, -reach);
    return choice;
}

/* ---- shapes
 * ------------------------------------------------------------------------------------------------------ */

static void charge_constant(struct builder *builder, const struct pnr_coupling *coupling) {
    int64_t cost = coupling->weight * pnr_coupling_amount(coupling, builder->base);
    if (coupling->level < 0) {
        builder->program->hard_constant += cost;
    } else {
        builder->program->constant_of_level[coupling->level] += cost;
    }
}

static void add_span(struct builder *builder, const struct pnr_coupling *coupling) {
    int64_t base = base_of(builder, coupling, 0);
    int64_t reach = reach_of(builder, coupling, 0);
    if (reach == 0) {
        charge_constant(builder, coupling);
        return;
    }
    bool low_binds = coupling->low > base;
    bool high_binds = base + reach > coupling->high;
    if (!low_binds && !high_binds) {
        return;
    }
    int64_t top = base + reach;
    int32_t row = add_row(builder, low_binds ? coupling->low - base : -PNR_ROW_FREE,
                          high_binds ? coupling->high - base : PNR_ROW_FREE);
    put_count(builder, coupling->first_count, row);
    if (low_binds) {
        add_slack(builder, coupling, row, 1, coupling->low - base, 1);
    }
    if (high_binds) {
        int64_t first = top < coupling->steep ? top - coupling->high : coupling->steep - coupling->high;
        add_slack(builder, coupling, row, -1, first, 1);
        add_slack(builder, coupling, row, -1, top - coupling->steep, 2);
    }
}

static void add_lead(struct builder *builder, const struct pnr_coupling *coupling) {
    if (base_of(builder, coupling, 0) > 0) {
        return;
    }
    bool asked = coupling->low > 0 || base_of(builder, coupling, 1) > 0;
    if (reach_of(builder, coupling, 0) == 0 && (asked || reach_of(builder, coupling, 1) == 0)) {
        charge_constant(builder, coupling);
        return;
    }
    int32_t row = add_row(builder, asked ? 1 : 0, PNR_ROW_FREE);
    put_count(builder, coupling->first_count, row);
    add_slack(builder, coupling, row, 1, 1, 1);
    if (!asked) {
        put_auxiliary(builder, add_presence(builder, coupling, 1), row, -1);
    }
}

static void add_mix(struct builder *builder, const struct pnr_coupling *coupling) {
    int64_t base = base_of(builder, coupling, 0);
    int64_t top = base + reach_of(builder, coupling, 0);
    bool somebody = base_of(builder, coupling, 1) > 0;
    if (top == base && (somebody || reach_of(builder, coupling, 1) == 0)) {
        charge_constant(builder, coupling);
        return;
    }
    if (top > coupling->high) {
        int32_t row = add_row(builder, -PNR_ROW_FREE, coupling->high - base);
        put_count(builder, coupling->first_count, row);
        add_slack(builder, coupling, row, -1, top - coupling->high, 1);
    }
    if (coupling->low > base) {
        int32_t row = add_row(builder, somebody ? coupling->low - base : 0, PNR_ROW_FREE);
        put_count(builder, coupling->first_count, row);
        add_slack(builder, coupling, row, 1, coupling->low - base, 1);
        if (!somebody) { /* then base is 0, for who is counted is there */
            put_auxiliary(builder, add_presence(builder, coupling, 1), row, -coupling->low);
        }
    }
}

/* Whether two cohorts could meet on the duty, which has room for so many heads more. */
static bool can_cohorts_meet(const struct builder *builder, const struct pnr_coupling *coupling,
                             int64_t room) {
    int32_t there = 0;
    int32_t coming = 0;
    for (int32_t c = 0; c < coupling->count_count; c++) {
        there += base_of(builder, coupling, c) > 0;
        coming += base_of(builder, coupling, c) == 0 && reach_of(builder, coupling, c) > 0;
    }
    return there + (coming < room ? coming : room) >= 2;
}

static void add_cohorts(struct builder *builder, const struct pnr_coupling *coupling) {
    const struct pnr_instance *instance = builder->couplings->instance;
    int64_t room = PNR_ROW_FREE; /* heads that the duty can still take: the tighter, the more a choice says */
    if (coupling->duty >= 0) {
        room = pnr_instance_duty(instance, coupling->duty)->max - builder->program->heads[coupling->duty];
        room = room > 0 ? room : 0;
    }
    if (!can_cohorts_meet(builder, coupling, room)) {
        return;
    }
    int32_t one = add_row(builder, 0, 1);
    for (int32_t c = 0; c < coupling->count_count; c++) {
        int64_t base = base_of(builder, coupling, c);
        int64_t reach = reach_of(builder, coupling, c);
        int64_t top = base + (reach < room ? reach : room);
        if (top == 0) {
            continue;
        }
        int32_t choice = add_auxiliary(builder, 1, true);
        int32_t row = add_row(builder, -PNR_ROW_FREE, -base);
        put_count(builder, coupling->first_count + c, row);
        put_auxiliary(builder, choice, row, -top);
        put_auxiliary(builder, choice, one, 1);
        add_slack(builder, coupling, row, -1, top, 1);
    }
}

/* Whoever of the group is there makes the choice alone: without these rows half a choice is enough for one of
 * two. */
static void add_companions(struct builder *builder, const struct pnr_coupling *coupling, int32_t choice) {
    for (int32_t which = 1; which < coupling->count_count; which++) {
        if (reach_of(builder, coupling, which) > 0) {
            int32_t row = add_row(builder, -PNR_ROW_FREE, 0);
            put_count(builder, coupling->first_count + which, row);
            put_auxiliary(builder, choice, row, -1);
        }
    }
}

static void add_together(struct builder *builder, const struct pnr_coupling *coupling) {
    int64_t base = base_of(builder, coupling, 0);
    if (reach_of(builder, coupling, 0) == 0) {
        charge_constant(builder, coupling);
        return;
    }
    int32_t row =
        add_row(builder, base > 0 ? coupling->high - base : 0, base > 0 ? coupling->high - base : 0);
    put_count(builder, coupling->first_count, row);
    add_slack(builder, coupling, row, 1, coupling->high, 1);
    if (base == 0) {
        int32_t choice = add_auxiliary(builder, 1, true);
        put_auxiliary(builder, choice, row, -coupling->high);
        add_companions(builder, coupling, choice);
    }
}

/* ---- cover: one row a duty, its convex cost cut into segments
 * ------------------------------------------------------ */

/* Couplings of one duty's heads. */
struct cover {
    const struct pnr_coupling *items[16];
    int32_t count;
    int64_t points[34]; /* where some slope changes, ascending, without repeats */
    int32_t point_count;
};

static void add_point(struct cover *cover, int64_t point, int64_t max) {
    point = point > max ? max : point;
    int32_t at = cover->point_count;
    for (int32_t i = 0; i < cover->point_count; i++) {
        if (cover->points[i] == point) {
            return;
        }
    }
    while (at > 0 && cover->points[at - 1] > point) {
        cover->points[at] = cover->points[at - 1];
        at--;
    }
    cover->points[at] = point;
    cover->point_count++;
}

/* The count at which missing heads end and surplus begins. */
static int64_t reference(const struct cover *cover, int64_t max) {
    int64_t low = 0;
    for (int32_t i = 0; i < cover->count; i++) {
        low = cover->items[i]->low > low ? cover->items[i]->low : low;
    }
    return low < max ? low : max;
}

static void add_segment(struct builder *builder, const struct cover *cover, int32_t row, int64_t from,
                        int64_t to, bool below) {
    int32_t segment = add_auxiliary(builder, to - from, false);
    put_auxiliary(builder, segment, row, below ? 1 : -1);
    for (int32_t i = 0; i < cover->count; i++) {
        const struct pnr_coupling *coupling = cover->items[i];
        if (below ? coupling->low >= to : coupling->high <= from) {
            charge_auxiliary(builder, segment, coupling->level, coupling->weight);
        }
    }
}

static void add_cover(struct builder *builder, const struct cover *cover, int32_t duty, int32_t count) {
    int64_t max = pnr_instance_duty(builder->couplings->instance, duty)->max;
    int64_t base = builder->base[count];
    if (builder->reach[count] == 0) {
        for (int32_t i = 0; i < cover->count; i++) {
            charge_constant(builder, cover->items[i]);
        }
        return;
    }
    int64_t middle = reference(cover, max);
    int32_t row = add_row(builder, middle - base, middle - base);
    put_count(builder, count, row);
    for (int32_t i = 0; i + 1 < cover->point_count; i++) {
        add_segment(builder, cover, row, cover->points[i], cover->points[i + 1],
                    cover->points[i + 1] <= middle);
    }
}

/* Gathers the cover couplings of a duty; all count the same heads. A duty beyond the room of `cover` keeps
 * the first ones: the missing ones only weaken the bound. */
static void gather(struct cover *cover, const struct pnr_coupling *coupling, int64_t max) {
    if (cover->count == 0) {
        add_point(cover, 0, max);
        add_point(cover, max, max);
    }
    if (cover->count < 16) {
        cover->items[cover->count++] = coupling;
        add_point(cover, coupling->low, max);
        if (coupling->high < PNR_NO_LIMIT) {
            add_point(cover, coupling->high, max);
        }
    }
}

static bool is_free(const struct builder *builder, int32_t pair) {
    return builder->is_free == NULL || builder->is_free[pair] != 0;
}

static int32_t free_pairs_of(const struct builder *builder, int32_t duty) {
    const struct pnr_instance *instance = builder->couplings->instance;
    int32_t count = 0;
    for (int32_t i = instance->pairs_of_duty[duty]; i < instance->pairs_of_duty[duty + 1]; i++) {
        count += is_free(builder, instance->pair_by_duty[i]);
    }
    return count;
}

static int32_t room_of(const struct builder *builder, int32_t duty) {
    return pnr_instance_duty(builder->couplings->instance, duty)->max - builder->program->heads[duty];
}

static bool add_covers(struct builder *builder) {
    const struct pnr_couplings *couplings = builder->couplings;
    const struct pnr_instance *instance = couplings->instance;
    struct cover *covers = calloc((size_t)instance->duty_count + 1, sizeof *covers);
    if (covers == NULL) {
        return false;
    }
    for (int32_t c = 0; c < couplings->items.count; c++) {
        const struct pnr_coupling *coupling = &couplings->items.items[c];
        if (coupling->is_cover) {
            gather(&covers[coupling->duty], coupling, pnr_instance_duty(instance, coupling->duty)->max);
        }
    }
    for (int32_t d = 0; d < instance->duty_count && !builder->failed; d++) {
        builder->room_of_duty[d] = -1;
        if (covers[d].count > 0) {
            add_cover(builder, &covers[d], d, covers[d].items[0]->first_count);
        } else if (free_pairs_of(builder, d) > room_of(builder, d)) {
            builder->room_of_duty[d] = add_row(builder, 0, room_of(builder, d));
        }
    }
    free(covers);
    return !builder->failed;
}

static void add_shape(struct builder *builder, const struct pnr_coupling *coupling) {
    switch (coupling->shape) {
    case PNR_SHAPE_SPAN:
        if (!coupling->is_cover) {
            add_span(builder, coupling);
        }
        break;
    case PNR_SHAPE_PRESENCE:
        add_lead(builder, coupling);
        break;
    case PNR_SHAPE_MIX:
        add_mix(builder, coupling);
        break;
    case PNR_SHAPE_COHORT:
        add_cohorts(builder, coupling);
        break;
    case PNR_SHAPE_TOGETHER:
        add_together(builder, coupling);
        break;
    }
}

/* ---- assembly
 * ---------------------------------------------------------------------------------------------------- */

/* Turns the entries by recipe into recipes by count. */
static bool index_counts(struct builder *builder) {
    const struct pnr_couplings *couplings = builder->couplings;
    struct pnr_arena *bench = &builder->bench;
    size_t counts = (size_t)couplings->base_counts.count;
    int32_t entries = couplings->entries_of_recipe[couplings->recipe_count];
    size_t duties = (size_t)couplings->instance->duty_count;
    builder->recipes_of_count = pnr_arena_alloc(bench, counts + 2, sizeof *builder->recipes_of_count);
    builder->counted = pnr_arena_alloc(bench, (size_t)entries, sizeof *builder->counted);
    builder->reach = pnr_arena_alloc(bench, counts, sizeof *builder->reach);
    builder->room_of_duty = pnr_arena_alloc(bench, duties, sizeof *builder->room_of_duty);
    builder->pairs_of_recipe =
        pnr_arena_alloc(bench, (size_t)couplings->recipe_count, sizeof *builder->pairs_of_recipe);
    if (builder->recipes_of_count == NULL || builder->counted == NULL || builder->reach == NULL ||
        builder->room_of_duty == NULL || builder->pairs_of_recipe == NULL) {
        return false;
    }
    for (int32_t p = 0; p < couplings->instance->pair_count; p++) {
        builder->pairs_of_recipe[couplings->recipe_of_pair[p]] += is_free(builder, p);
    }
    int32_t *start = builder->recipes_of_count + 1;
    for (int32_t e = 0; e < entries; e++) {
        start[couplings->entries[e].count + 1]++;
    }
    for (size_t c = 0; c < counts; c++) {
        start[c + 1] += start[c];
    }
    for (int32_t r = 0; r < couplings->recipe_count; r++) {
        for (int32_t e = couplings->entries_of_recipe[r]; e < couplings->entries_of_recipe[r + 1]; e++) {
            const struct pnr_coupling_entry *entry = &couplings->entries[e];
            builder->counted[start[entry->count]++] = (struct counted){r, entry->step};
            builder->reach[entry->count] += (int64_t)entry->step * builder->pairs_of_recipe[r];
        }
    }
    return true;
}

/* Rows by recipe: they were made one after the other, so a stable sort leaves those of each ascending. */
static bool sort_pending(struct builder *builder, int32_t **rows_of_recipe, struct pnr_row_entry **rows) {
    size_t recipes = (size_t)builder->couplings->recipe_count;
    size_t count = (size_t)builder->pending.count;
    *rows_of_recipe = pnr_arena_alloc(&builder->bench, recipes + 2, sizeof **rows_of_recipe);
    *rows = pnr_arena_alloc(&builder->bench, count, sizeof **rows);
    if (*rows_of_recipe == NULL || *rows == NULL) {
        return false;
    }
    int32_t *start = *rows_of_recipe + 1;
    for (size_t i = 0; i < count; i++) {
        start[builder->pending.items[i].recipe + 1]++;
    }
    for (size_t r = 0; r < recipes; r++) {
        start[r + 1] += start[r];
    }
    for (size_t i = 0; i < count; i++) {
        (*rows)[start[builder->pending.items[i].recipe]++] = builder->pending.items[i].entry;
    }
    return true;
}

/* Writes the rows out by pair. A row that keeps a duty within its room was made before all of its recipe. */
static bool settle(struct builder *builder) {
    struct pnr_program *program = builder->program;
    const struct pnr_couplings *couplings = builder->couplings;
    const struct pnr_instance *instance = couplings->instance;
    int32_t *rows_of_recipe;
    struct pnr_row_entry *rows;
    size_t pairs = (size_t)instance->pair_count;
    program->entries_of_pair = pnr_arena_alloc(&program->arena, pairs + 1, sizeof *program->entries_of_pair);
    if (program->entries_of_pair == NULL || !sort_pending(builder, &rows_of_recipe, &rows)) {
        return false;
    }
    int64_t total = 0;
    for (int32_t p = 0; p < instance->pair_count; p++) {
        int32_t recipe = couplings->recipe_of_pair[p];
        if (is_free(builder, p)) {
            total += rows_of_recipe[recipe + 1] - rows_of_recipe[recipe];
            total += builder->room_of_duty[instance->duty_of_pair[p]] >= 0;
        }
        if (total > INT32_MAX) {
            return false;
        }
        program->entries_of_pair[p + 1] = (int32_t)total;
    }
    program->entries = pnr_arena_alloc(&program->arena, (size_t)total, sizeof *program->entries);
    struct pnr_row_entry *out = program->entries;
    for (int32_t p = 0; out != NULL && p < instance->pair_count; p++) {
        int32_t recipe = couplings->recipe_of_pair[p];
        int32_t room = builder->room_of_duty[instance->duty_of_pair[p]];
        if (!is_free(builder, p)) {
            continue;
        }
        if (room >= 0) {
            *out++ = (struct pnr_row_entry){room, 1};
        }
        for (int32_t i = rows_of_recipe[recipe]; i < rows_of_recipe[recipe + 1]; i++) {
            *out++ = rows[i];
        }
    }
    return program->entries != NULL;
}

/* `heads`: that stand whatever is chosen, [duty]. */
static bool assemble(struct builder *builder, const int32_t *heads) {
    struct pnr_program *program = builder->program;
    size_t duties = (size_t)builder->couplings->instance->duty_count;
    program->heads = pnr_arena_memdup(&program->arena, heads, duties, sizeof *heads);
    program->constant_of_level =
        pnr_arena_alloc(&program->arena, (size_t)program->level_count, sizeof *program->constant_of_level);
    if (program->heads == NULL || program->constant_of_level == NULL || !index_counts(builder) ||
        !add_covers(builder)) {
        return false;
    }
    for (int32_t c = 0; c < builder->couplings->items.count && !builder->failed; c++) {
        add_shape(builder, &builder->couplings->items.items[c]);
    }
    return !builder->failed && settle(builder);
}

enum pioneer_status pnr_program_build_around(const struct pnr_couplings *couplings,
                                             const struct pnr_held *held, struct pnr_program **out) {
    *out = NULL;
    struct pnr_program *program = calloc(1, sizeof *program);
    if (program == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    pnr_arena_init(&program->arena);
    program->couplings = couplings;
    program->level_count = couplings->instance->organisation->level_count;
    struct builder builder = {
        .program = program, .couplings = couplings, .base = held->counts, .is_free = held->is_free};
    bool ok = assemble(&builder, held->heads);
    pnr_array_fini(&builder.pending);
    pnr_arena_fini(&builder.bench);
    if (!ok) {
        pnr_program_free(program);
        return PIONEER_E_NO_MEMORY;
    }
    *out = program;
    return PIONEER_OK;
}

enum pioneer_status pnr_program_build(const struct pnr_couplings *couplings, struct pnr_program **out) {
    struct pnr_held pins = {couplings->base_counts.items, couplings->instance->pinned_heads, NULL};
    return pnr_program_build_around(couplings, &pins, out);
}

void pnr_program_free(struct pnr_program *program) {
    if (program != NULL) {
        pnr_array_fini(&program->rows);
        pnr_array_fini(&program->auxiliaries);
        pnr_array_fini(&program->cost_of_auxiliary);
        pnr_arena_fini(&program->arena);
        free(program);
    }
}
