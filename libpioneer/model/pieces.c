/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts that fall apart: nobody in one piece may take a duty of another. */
#include "model/pieces.h"

#include <stdlib.h>
#include <string.h>

#include "model/instance_inside.h"
#include "model/rule_table.h"

/* ---- what belongs together ---- */

/* Members, then duties: each knows one that it belongs with, the first of them itself. */
struct grouping {
    int32_t *root;
    int32_t count;
};

static int32_t root_of(struct grouping *grouping, int32_t i) {
    while (grouping->root[i] != i) {
        grouping->root[i] = grouping->root[grouping->root[i]];
        i = grouping->root[i];
    }
    return i;
}

static void join(struct grouping *grouping, int32_t a, int32_t b) {
    int32_t first = root_of(grouping, a);
    int32_t second = root_of(grouping, b);
    /* the least stays the root: a member where there is one */
    grouping->root[first > second ? first : second] = first < second ? first : second;
}

/* Whether a rule counts over more than one duty what several members do. */
static bool holds_together(const struct pnr_organisation *organisation) {
    for (int32_t r = 0; r < organisation->rule_count; r++) {
        if (pnr_rule_joins_duties(organisation->rules[r].given.kind)) {
            return true;
        }
    }
    return false;
}

static void join_members(const struct pnr_instance *whole, struct grouping *grouping) {
    for (int32_t i = 0; i < grouping->count; i++) {
        grouping->root[i] = i;
    }
    for (int32_t m = 0; m < whole->member_count; m++) {
        for (int32_t p = whole->pairs_of_member[m]; p < whole->pairs_of_member[m + 1]; p++) {
            join(grouping, m, whole->member_count + whole->duty_of_pair[p]);
        }
        for (int32_t f = whole->fixed_of_member[m]; f < whole->fixed_of_member[m + 1]; f++) {
            if (whole->fixed[f].in_part >= 0) {
                join(grouping, m, whole->member_count + whole->fixed[f].in_part);
            }
        }
    }
}

/* Numbers the pieces in the order of their first members; those that are too small share a number until they
 * are large enough, and what is left over goes with the last one. */
static void number_pieces(const struct pnr_instance *whole, struct grouping *grouping, int32_t least_members,
                          int32_t *size, struct pnr_pieces *out) {
    int32_t in_piece = 0;
    memset(size, 0, (size_t)grouping->count * sizeof *size);
    for (int32_t m = 0; m < whole->member_count; m++) {
        size[root_of(grouping, m)]++;
    }
    out->count = 1;
    for (int32_t m = 0; m < whole->member_count; m++) {
        int32_t root = root_of(grouping, m);
        if (root == m) {
            out->count += in_piece >= least_members;
            in_piece = in_piece >= least_members ? size[m] : in_piece + size[m];
            out->of_member[m] = out->count - 1;
        } else {
            out->of_member[m] = out->of_member[root];
        }
    }
    for (int32_t m = 0; m < whole->member_count && in_piece < least_members; m++) {
        bool is_last = out->of_member[m] == out->count - 1 && out->count > 1;
        out->of_member[m] -= is_last;
    }
    out->count -= in_piece < least_members && out->count > 1;
}

enum pioneer_status pnr_pieces_find(const struct pnr_instance *whole, int32_t least_members,
                                    struct pnr_arena *arena, struct pnr_pieces *out) {
    size_t members = (size_t)whole->member_count;
    size_t duties = (size_t)whole->duty_count;
    struct grouping grouping = {
        .root = pnr_arena_alloc(arena, members + duties, sizeof *grouping.root),
        .count = (int32_t)(members + duties),
    };
    int32_t *size = pnr_arena_alloc(arena, members + duties, sizeof *size);
    *out = (struct pnr_pieces){
        .count = 1,
        .of_member = pnr_arena_alloc(arena, members, sizeof *out->of_member),
        .of_duty = pnr_arena_alloc(arena, duties, sizeof *out->of_duty),
    };
    if (grouping.root == NULL || size == NULL || out->of_member == NULL || out->of_duty == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    if (holds_together(whole->organisation)) {
        return PIONEER_OK;
    }
    join_members(whole, &grouping);
    number_pieces(whole, &grouping, least_members, size, out);
    for (int32_t d = 0; d < whole->duty_count; d++) {
        int32_t root = root_of(&grouping, whole->member_count + d);
        /* a duty that nobody may take is short of everybody wherever it is */
        out->of_duty[d] = root < whole->member_count ? out->of_member[root] : 0;
    }
    return PIONEER_OK;
}

/* ---- cutting ---- */

struct cutting {
    const struct pnr_instance *whole;
    const struct pnr_pieces *pieces;
    int32_t index;
    struct pnr_piece *piece;
    int32_t *duty_in_piece; /* [duty of the whole], -1 */
    int32_t *whole_duty;    /* [duty] */
    int32_t fixed_count;
    bool failed; /* memory is short */
};

static void *allocate(struct cutting *cutting, int32_t count, size_t size) {
    void *memory = pnr_arena_alloc(&cutting->piece->instance->arena, (size_t)count, size);
    cutting->failed = cutting->failed || memory == NULL;
    return memory;
}

/* Entries of an array of the whole: those that `at` lists. NULL stays NULL. */
static void *pick(struct cutting *cutting, const void *from, const int32_t *at, int32_t count, size_t size) {
    unsigned char *picked = from != NULL ? allocate(cutting, count, size) : NULL;
    for (int32_t i = 0; picked != NULL && i < count; i++) {
        memcpy(picked + (size_t)i * size, (const unsigned char *)from + (size_t)at[i] * size, size);
    }
    return picked;
}

/* The same, of an array that knows how large its entries are. */
#define PICK(cutting, from, at, count) pick(cutting, from, at, count, sizeof *(from))

static void list_members_and_duties(struct cutting *cutting) {
    const struct pnr_instance *whole = cutting->whole;
    struct pnr_instance *instance = cutting->piece->instance;
    cutting->piece->whole_member = allocate(cutting, whole->member_count, sizeof(int32_t));
    cutting->whole_duty = allocate(cutting, whole->duty_count, sizeof(int32_t));
    cutting->duty_in_piece = allocate(cutting, whole->duty_count, sizeof(int32_t));
    if (cutting->failed) {
        return;
    }
    for (int32_t m = 0; m < whole->member_count; m++) {
        if (cutting->pieces->of_member[m] == cutting->index) {
            cutting->piece->whole_member[instance->member_count++] = m;
            instance->pair_count += whole->pairs_of_member[m + 1] - whole->pairs_of_member[m];
            cutting->fixed_count += whole->fixed_of_member[m + 1] - whole->fixed_of_member[m];
        }
    }
    for (int32_t d = 0; d < whole->duty_count; d++) {
        bool is_in = cutting->pieces->of_duty[d] == cutting->index;
        cutting->duty_in_piece[d] = is_in ? instance->duty_count : -1;
        if (is_in) {
            cutting->whole_duty[instance->duty_count++] = d;
            instance->own_duty_count += !pnr_instance_is_later(whole, d);
        }
    }
}

static void cut_duties(struct cutting *cutting) {
    const struct pnr_instance *whole = cutting->whole;
    struct pnr_instance *instance = cutting->piece->instance;
    const int32_t *at = cutting->whole_duty;
    int32_t count = instance->duty_count;
    instance->duty_at = PICK(cutting, whole->duty_at, at, count);
    instance->pinned_heads = PICK(cutting, whole->pinned_heads, at, count);
    instance->most_heads = PICK(cutting, whole->most_heads, at, count);
    instance->day_of_duty = PICK(cutting, whole->day_of_duty, at, count);
    instance->later = PICK(cutting, whole->later, at, count);
    instance->notice_of_duty = PICK(cutting, whole->notice_of_duty, at, count);
    instance->own_duty_at = allocate(cutting, instance->own_duty_count, sizeof *instance->own_duty_at);
    int32_t own = 0;
    for (int32_t d = 0; !cutting->failed && d < count; d++) {
        if (!pnr_instance_is_later(instance, d)) {
            instance->own_duty_at[own++] = instance->duty_at[d];
        }
    }
}

static void cut_members(struct cutting *cutting) {
    const struct pnr_instance *whole = cutting->whole;
    struct pnr_instance *instance = cutting->piece->instance;
    const int32_t *at = cutting->piece->whole_member;
    int32_t count = instance->member_count;
    instance->member_at = PICK(cutting, whole->member_at, at, count);
    instance->is_last_part_of_member = PICK(cutting, whole->is_last_part_of_member, at, count);
    instance->entitled_min = PICK(cutting, whole->entitled_min, at, count);
    instance->entitled_hardship = PICK(cutting, whole->entitled_hardship, at, count);
}

static void cut_excess(struct cutting *cutting) {
    const struct pnr_instance *whole = cutting->whole;
    struct pnr_instance *instance = cutting->piece->instance;
    int32_t rules = whole->organisation->rule_count;
    size_t count = (size_t)instance->member_count;
    instance->carried_excess =
        pnr_arena_alloc(&instance->arena, (size_t)rules * count, sizeof *instance->carried_excess);
    cutting->failed = cutting->failed || instance->carried_excess == NULL;
    for (int32_t r = 0; !cutting->failed && r < rules; r++) {
        const int64_t *of_rule = whole->carried_excess + (size_t)r * (size_t)whole->member_count;
        for (size_t m = 0; m < count; m++) {
            instance->carried_excess[(size_t)r * count + m] = of_rule[cutting->piece->whole_member[m]];
        }
    }
}

static void cut_fixed(struct cutting *cutting) {
    const struct pnr_instance *whole = cutting->whole;
    struct pnr_instance *instance = cutting->piece->instance;
    instance->fixed = allocate(cutting, cutting->fixed_count, sizeof *instance->fixed);
    instance->fixed_of_member = allocate(cutting, instance->member_count + 1, sizeof(int32_t));
    int32_t count = 0;
    for (int32_t m = 0; !cutting->failed && m < instance->member_count; m++) {
        int32_t at = cutting->piece->whole_member[m];
        for (int32_t f = whole->fixed_of_member[at]; f < whole->fixed_of_member[at + 1]; f++) {
            int32_t duty = whole->fixed[f].in_part;
            instance->fixed[count] = whole->fixed[f];
            instance->fixed[count++].in_part = duty >= 0 ? cutting->duty_in_piece[duty] : -1;
        }
        instance->fixed_of_member[m + 1] = count;
    }
}

static void cut_pairs(struct cutting *cutting) {
    const struct pnr_instance *whole = cutting->whole;
    struct pnr_instance *instance = cutting->piece->instance;
    int32_t *at = allocate(cutting, instance->pair_count, sizeof *at);
    instance->pairs_of_member = allocate(cutting, instance->member_count + 1, sizeof(int32_t));
    int32_t count = 0;
    for (int32_t m = 0; !cutting->failed && m < instance->member_count; m++) {
        int32_t member = cutting->piece->whole_member[m];
        for (int32_t p = whole->pairs_of_member[member]; p < whole->pairs_of_member[member + 1]; p++) {
            at[count++] = p;
        }
        instance->pairs_of_member[m + 1] = count;
    }
    cutting->piece->whole_pair = at;
    if (!cutting->failed) {
        instance->duty_of_pair = PICK(cutting, whole->duty_of_pair, at, count);
        instance->is_planned = PICK(cutting, whole->is_planned, at, count);
        instance->is_published = PICK(cutting, whole->is_published, at, count);
    }
    for (int32_t p = 0; !cutting->failed && p < count; p++) {
        instance->duty_of_pair[p] = cutting->duty_in_piece[instance->duty_of_pair[p]];
    }
    cutting->failed = cutting->failed || !pnr_instance_sort_pairs(instance);
}

enum pioneer_status pnr_piece_cut(const struct pnr_instance *whole, const struct pnr_pieces *pieces,
                                  int32_t index, struct pnr_piece *out) {
    struct pnr_instance *instance = calloc(1, sizeof *instance);
    *out = (struct pnr_piece){.instance = instance};
    if (instance == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    pnr_arena_init(&instance->arena);
    instance->organisation = whole->organisation;
    instance->stage = whole->stage;
    instance->unit = whole->unit;
    instance->first_day = whole->first_day;
    instance->last_day = whole->last_day;
    instance->judged_to = whole->judged_to;
    instance->spans_stages = whole->spans_stages;
    instance->has_later_pins = whole->has_later_pins;
    instance->has_published = whole->has_published;
    struct cutting cutting = {.whole = whole, .pieces = pieces, .index = index, .piece = out};
    list_members_and_duties(&cutting);
    if (!cutting.failed) {
        cut_duties(&cutting);
        cut_members(&cutting);
        cut_excess(&cutting);
        cut_fixed(&cutting);
        cut_pairs(&cutting);
    }
    return cutting.failed ? PIONEER_E_NO_MEMORY : PIONEER_OK;
}

void pnr_piece_fini(struct pnr_piece *piece) {
    pnr_instance_free(piece->instance);
    *piece = (struct pnr_piece){0};
}
