/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Expecting demand. The days seen so far are laid over each other to one typical day, which asks at every
 * place and time for as much as the day that asked most: too few members kept are missing later, too many
 * cost hardly anything. But they must be there: where whole weeks are asked for, three days like the busiest
 * are more than a campus has, and what cannot all be kept is kept in the wrong places. So a day is sure to
 * need only what its weekday asked for before, where that was seen (docs/engine.md, "Looking ahead").
 */
#include "model/expected.h"

#include <string.h>

#include "base/calendar.h"

static struct pnr_duty on_day(const struct pnr_duty *duty, int32_t day, int32_t stage) {
    struct pnr_duty moved = *duty;
    int32_t minutes = (day - duty->day) * PNR_DAY_MINUTES;
    moved.from_at += minutes;
    moved.to_at += minutes;
    moved.day = day;
    moved.stage = stage;
    return moved;
}

static int32_t larger(int32_t a, int32_t b) {
    return a > b ? a : b;
}

/* Lays `count` duties of one day over the typical day, both in the order of duties, into `to`; says how many
 * there are. */
static int32_t lay_over(const struct pioneer_campaign *campaign, const struct pnr_duty_list *typical,
                        const struct pnr_duty *seen, int32_t count, struct pnr_duty *to) {
    int32_t made = 0;
    for (int32_t t = 0, s = 0; t < typical->count || s < count; made++) {
        struct pnr_duty next = s < count ? on_day(&seen[s], 0, -1) : typical->items[t];
        int order = s == count            ? -1
                    : t == typical->count ? 1
                                          : pnr_duty_compare(campaign, &typical->items[t], &next);
        to[made] = order <= 0 ? typical->items[t] : next;
        if (order == 0) {
            to[made].min = larger(to[made].min, next.min);
            to[made].target = larger(to[made].target, next.target);
            to[made].max = larger(to[made].max, next.max);
        }
        t += order <= 0;
        s += order >= 0;
    }
    return made;
}

#define WEEK 7

/* The typical day of all that were seen, or (not NULL) of those `like` a weekday, on day 0 and in no stage.
 */
static bool find_typical_day(const struct pioneer_campaign *campaign, const struct pnr_duty_list *seen,
                             const int32_t *like, struct pnr_arena *arena, struct pnr_duty_list *typical) {
    const struct pnr_duty *duties = seen->items;
    int32_t known = seen->count;
    struct pnr_duty *spare = pnr_arena_alloc(arena, (size_t)known, sizeof *spare);
    *typical = (struct pnr_duty_list){pnr_arena_alloc(arena, (size_t)known, sizeof *spare), 0};
    if (spare == NULL || typical->items == NULL) {
        return false;
    }
    for (int32_t first = 0, end; first < known; first = end) {
        for (end = first; end < known && duties[end].day == duties[first].day;) {
            end++;
        }
        if (like != NULL && pnr_weekday(duties[first].day) != *like) {
            continue;
        }
        struct pnr_duty *laid = spare;
        typical->count = lay_over(campaign, typical, &duties[first], end - first, laid);
        spare = typical->items;
        typical->items = laid;
    }
    return true;
}

/* Whether a day of a stage with the weekday of `day` was seen, `first` to `known`. */
static bool was_seen(const struct pioneer_campaign *campaign, int32_t day, int32_t first, int32_t known) {
    for (day -= WEEK; day >= first; day -= WEEK) {
        if (day <= known && pnr_stage_of_day(campaign, day) >= 0) {
            return true;
        }
    }
    return false;
}

/* Days that are not known may want so many times as much of upper tiers as any day before. */
#define RESERVE 2

/* Who serves in an upper tier can be replaced in a lower one, and not the other way round: so duties of units
 * with a lower tier than theirs want more heads than were ever asked for, if they are to be had. */
static void reserve(const struct pnr_organisation *organisation, struct pnr_duty_list *typical) {
    int32_t lowest = 0;
    for (int32_t t = 0; t < typical->count; t++) {
        int32_t depth = organisation->depth_of_unit[organisation->unit_of_post[typical->items[t].post]];
        lowest = depth > lowest ? depth : lowest;
    }
    for (int32_t t = 0; t < typical->count; t++) {
        struct pnr_duty *duty = &typical->items[t];
        if (organisation->depth_of_unit[organisation->unit_of_post[duty->post]] < lowest) {
            duty->target *= RESERVE;
            duty->max = larger(duty->max, duty->target);
        }
    }
}

/* Appends to `out` what `day` is expected to ask for: what the typical day of all does, at the least no more
 * than that of its weekday, NULL if that was not seen. */
static void add_day(const struct pioneer_campaign *campaign, const struct pnr_duty_list *typical,
                    const struct pnr_duty_list *weekday, int32_t day, struct pnr_duty_list *out) {
    int32_t stage = pnr_stage_of_day(campaign, day);
    for (int32_t t = 0, w = 0; t < typical->count; t++) {
        struct pnr_duty *duty = &out->items[out->count++];
        *duty = on_day(&typical->items[t], day, stage);
        if (weekday != NULL) {
            bool is_same =
                w < weekday->count && pnr_duty_compare(campaign, &typical->items[t], &weekday->items[w]) == 0;
            duty->min = is_same ? weekday->items[w++].min : 0;
        }
    }
}

static bool add_days(const struct pioneer_campaign *campaign, const struct pnr_duty_list *seen,
                     int32_t known_day, int32_t last_day, const struct pnr_duty_list *typical,
                     struct pnr_arena *arena, struct pnr_duty_list *out) {
    for (int32_t day = known_day + 1; seen->count > 0 && day <= last_day; day++) {
        int32_t weekday = pnr_weekday(day);
        struct pnr_duty_list same;
        if (!find_typical_day(campaign, seen, &weekday, arena, &same)) {
            return false;
        }
        if (pnr_stage_of_day(campaign, day) >= 0) {
            bool is_seen = was_seen(campaign, day, seen->items[0].day, known_day);
            add_day(campaign, typical, is_seen ? &same : NULL, day, out);
        }
    }
    return true;
}

static int32_t count_until(const struct pnr_duty_list *duties, int32_t day) {
    int32_t count = 0;
    while (count < duties->count && duties->items[count].day <= day) {
        count++;
    }
    return count;
}

bool pnr_duties_expect(const struct pnr_organisation *organisation, const struct pnr_duty_list *all,
                       int32_t known_day, int32_t last_day, struct pnr_arena *arena,
                       struct pnr_duty_list *out) {
    const struct pioneer_campaign *campaign = organisation->campaign;
    struct pnr_duty_list seen = {all->items, count_until(all, known_day)};
    size_t days = last_day > known_day ? (size_t)(last_day - known_day) : 0;
    struct pnr_arena scratch;
    struct pnr_duty_list typical;
    pnr_arena_init(&scratch);
    *out = (struct pnr_duty_list){NULL, seen.count};
    bool ok = find_typical_day(campaign, &seen, NULL, &scratch, &typical);
    if (ok) {
        size_t room = (size_t)seen.count + days * (size_t)typical.count;
        out->items = pnr_arena_alloc(arena, room, sizeof *out->items);
        ok = out->items != NULL;
    }
    if (ok) {
        reserve(organisation, &typical);
        memcpy(out->items, seen.items, (size_t)seen.count * sizeof *out->items);
        ok = add_days(campaign, &seen, known_day, last_day, &typical, &scratch, out);
    }
    pnr_arena_fini(&scratch);
    return ok;
}
