/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Expecting demand. The days seen so far are laid over each other to one typical day, which asks at every
 * place and time for as much as the day that asked most: too few members kept are missing later, too many
 * cost hardly anything (docs/engine.md, "Looking ahead").
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

/* The typical day of the first `known` duties, on day 0 and in no stage. */
static bool find_typical_day(const struct pioneer_campaign *campaign, const struct pnr_duty *duties,
                             int32_t known, struct pnr_arena *arena, struct pnr_duty_list *typical) {
    struct pnr_duty *spare = pnr_arena_alloc(arena, (size_t)known, sizeof *spare);
    *typical = (struct pnr_duty_list){pnr_arena_alloc(arena, (size_t)known, sizeof *spare), 0};
    if (spare == NULL || typical->items == NULL) {
        return false;
    }
    for (int32_t first = 0, end; first < known; first = end) {
        for (end = first; end < known && duties[end].day == duties[first].day;) {
            end++;
        }
        struct pnr_duty *laid = spare;
        typical->count = lay_over(campaign, typical, &duties[first], end - first, laid);
        spare = typical->items;
        typical->items = laid;
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

bool pnr_duties_expect(const struct pioneer_campaign *campaign, const struct pnr_duty_list *all,
                       int32_t known_day, int32_t last_day, struct pnr_arena *arena,
                       struct pnr_duty_list *out) {
    int32_t known = count_until(all, known_day);
    size_t days = last_day > known_day ? (size_t)(last_day - known_day) : 0;
    struct pnr_arena scratch;
    struct pnr_duty_list typical;
    pnr_arena_init(&scratch);
    *out = (struct pnr_duty_list){NULL, known};
    if (find_typical_day(campaign, all->items, known, &scratch, &typical)) {
        size_t room = (size_t)known + days * (size_t)typical.count;
        out->items = pnr_arena_alloc(arena, room, sizeof *out->items);
    }
    if (out->items != NULL) {
        memcpy(out->items, all->items, (size_t)known * sizeof *out->items);
        for (int32_t day = known_day + 1; day <= last_day; day++) {
            int32_t stage = pnr_stage_of_day(campaign, day);
            for (int32_t t = 0; stage >= 0 && t < typical.count; t++) {
                out->items[out->count++] = on_day(&typical.items[t], day, stage);
            }
        }
    }
    pnr_arena_fini(&scratch);
    return out->items != NULL;
}
