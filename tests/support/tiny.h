/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tiny campaigns for tests, built line by line; every call that fails fails the test. */
#ifndef TESTS_SUPPORT_TINY_H
#define TESTS_SUPPORT_TINY_H

#include <pioneer/campaign.h>

/** 2020-02-17, the Monday on which tiny campaigns count their days from: tiny_day(0). */
#define TINY_MONDAY 18309

/** The day `offset` days after that Monday, and a minute of it. */
#define tiny_day(offset)        (TINY_MONDAY + (offset))
#define tiny_at(offset, minute) (tiny_day(offset) * 1440 + (minute))

/** A campaign and, apart from it, the roster that a test types by hand. */
struct tiny {
    struct pioneer_campaign *campaign;
    struct pioneer_assignment *taken;
    int32_t taken_count;
};

/**
 * A campaign with the unit "root", which draws from all who signed up, the site "gate", the post "watch" of
 * the root, and the slots "am" (08–12), "pm" (14–18) and "night" (22–06). No stage, no member, no demand.
 */
void tiny_init(struct tiny *tiny);
void tiny_fini(struct tiny *tiny);

/** A stage of the days [from, to], offsets from the Monday. */
void tiny_stage(struct tiny *tiny, const char *id, int32_t from, int32_t to);
void tiny_unit(struct tiny *tiny, const char *id, const char *parent);
void tiny_site(struct tiny *tiny, const char *id, const char *kind, const char *zone);
/** A slot whose kind is its id. */
void tiny_slot(struct tiny *tiny, const char *id, int32_t from_min, int32_t to_min);
/** Always free, not nominated. */
void tiny_member(struct tiny *tiny, const char *id, const char *unit);
/** The same with one tag. */
void tiny_tagged(struct tiny *tiny, const char *id, const char *unit, const char *tag);
/** Any description; the campaign copies it. */
void tiny_add_member(struct tiny *tiny, const struct pioneer_member *member);
void tiny_add_post(struct tiny *tiny, const struct pioneer_post *post);
void tiny_add_rule(struct tiny *tiny, const struct pioneer_rule *rule);
void tiny_add_preference(struct tiny *tiny, const struct pioneer_preference *preference);
void tiny_add_history(struct tiny *tiny, const struct pioneer_history *history);
/** tiny_rule(&tiny, .kind = PIONEER_RULE_REST, .minutes = 600); and the like. */
#define tiny_post(tiny, ...)       tiny_add_post((tiny), &(struct pioneer_post){__VA_ARGS__})
#define tiny_rule(tiny, ...)       tiny_add_rule((tiny), &(struct pioneer_rule){__VA_ARGS__})
#define tiny_preference(tiny, ...) tiny_add_preference((tiny), &(struct pioneer_preference){__VA_ARGS__})
#define tiny_history(tiny, ...)    tiny_add_history((tiny), &(struct pioneer_history){__VA_ARGS__})

/** "post/site/slot" on the days [from, to] that lie in a stage: exactly `heads`. */
void tiny_need(struct tiny *tiny, const char *duty, int32_t from, int32_t to, int32_t heads);
/** The same with a range. */
void tiny_need_range(struct tiny *tiny, const char *duty, int32_t from, int32_t to, const int32_t range[3]);

/** Puts the member on the duty "post/site/slot" of the day, in the roster typed by hand. */
void tiny_take(struct tiny *tiny, const char *member, const char *duty, int32_t day);
/** Empties that roster. */
void tiny_clear(struct tiny *tiny);
/** Puts the member on the duty in the campaign's published roster. */
void tiny_publish(struct tiny *tiny, const char *member, const char *duty, int32_t day,
                  enum pioneer_assignment_state state);

#endif
