/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the generator share. */
#ifndef TESTS_SUPPORT_GENERATED_INSIDE_H
#define TESTS_SUPPORT_GENERATED_INSIDE_H

#include "base/rng.h"
#include "generated.h"

enum { GENERATED_SLOTS = 4, GENERATED_DUTIES = 64, GENERATED_MEMBERS = 64 };

struct generated_duty {
    int32_t post, site, slot, day;
    int32_t min, max;
};

struct generator {
    const struct generated_size *size;
    uint64_t seed;
    struct pnr_rng rng;
    struct pioneer_campaign *campaign;
    struct pioneer_error error;
    struct pioneer_stage stages[2];
    int32_t stage_count, first_day, last_day;
    int32_t first_slot, slot_count, member_count, post_count, duty_count;
    bool draws_from_nominated;
    bool has_counting_rule; /* "rule-0" counts duties or minutes */
    char post_unit[3];
    bool post_is_open[3]; /* to everybody */
    char member_unit[GENERATED_MEMBERS];
    bool member_is_open[GENERATED_MEMBERS]; /* always free */
    struct generated_duty duties[GENERATED_DUTIES];
    const char *levels[6];
    int32_t level_count;
};

extern const char *const generated_units[3];
extern const char *const generated_tags[3];
extern const char *const generated_sites[2];
extern const char *const generated_slots[GENERATED_SLOTS];
extern const char *const generated_posts[3];

/** Fails the test with the seed and the error. */
void generated_expect(enum pioneer_status status, const struct generator *g);

/** Uniform in [0, n), in [low, high]; true in so many of a hundred cases; one of the numbers. */
int32_t generated_below(struct generator *g, int32_t n);
int32_t generated_between(struct generator *g, int32_t low, int32_t high);
bool generated_chance(struct generator *g, int32_t percent);
int32_t generated_pick(struct generator *g, const int32_t *numbers, int32_t count);

/** Levels and rules. */
void generated_add_rules(struct generator *g);

#endif
