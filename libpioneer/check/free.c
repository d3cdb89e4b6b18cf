/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a member is free: windows minus absences. */
#include "check/free.h"

#include <stdlib.h>

#include "base/calendar.h"

typedef PNR_ARRAY(struct pnr_check_span) pnr_span_array;

/* What one member's free time is built in; used again for the next member. */
struct workshop {
    pnr_span_array windows, merged, absences, free;
};

static int compare_spans(const void *left, const void *right) {
    const struct pnr_check_span *a = left;
    const struct pnr_check_span *b = right;
    return (a->from_at > b->from_at) - (a->from_at < b->from_at);
}

static bool has_dated(const struct pioneer_member *member, int32_t day) {
    for (int32_t i = 0; i < member->dated_count; i++) {
        if (member->dated[i].day == day) {
            return true;
        }
    }
    return false;
}

static bool push_window(pnr_span_array *windows, int32_t day, int32_t from_min, int32_t to_min) {
    int32_t midnight = day * PNR_DAY_MINUTES;
    return pnr_array_push(windows, (struct pnr_check_span){midnight + from_min, midnight + to_min});
}

static bool push_windows_of_day(pnr_span_array *windows, const struct pioneer_member *member, int32_t day) {
    bool is_fine = true;
    if (has_dated(member, day)) {
        for (int32_t i = 0; i < member->dated_count && is_fine; i++) {
            const struct pioneer_dated_window *window = &member->dated[i];
            is_fine = window->day != day || push_window(windows, day, window->from_min, window->to_min);
        }
        return is_fine;
    }
    if (!member->has_weekly) {
        return push_window(windows, day, 0, PNR_DAY_MINUTES);
    }
    for (int32_t i = 0; i < member->weekly_count && is_fine; i++) {
        const struct pioneer_weekly_window *window = &member->weekly[i];
        is_fine = window->weekday != pnr_weekday(day) ||
                  push_window(windows, day, window->from_min, window->to_min);
    }
    return is_fine;
}

/* The union of spans as disjoint spans that do not touch. */
static bool merge(pnr_span_array *spans, pnr_span_array *merged) {
    pnr_array_clear(merged);
    if (spans->count > 0) {
        qsort(spans->items, (size_t)spans->count, sizeof *spans->items, compare_spans);
    }
    for (int32_t i = 0; i < spans->count; i++) {
        struct pnr_check_span span = spans->items[i];
        struct pnr_check_span *last = merged->count == 0 ? NULL : &merged->items[merged->count - 1];
        if (span.to_at <= span.from_at) {
            continue;
        }
        if (last == NULL || last->to_at < span.from_at) {
            if (!pnr_array_push(merged, span)) {
                return false;
            }
        } else if (last->to_at < span.to_at) {
            last->to_at = span.to_at;
        }
    }
    return true;
}

/* free = merged − absences, both ascending and disjoint. */
static bool subtract(const pnr_span_array *merged, const pnr_span_array *absences,
                     pnr_span_array *free_spans) {
    pnr_array_clear(free_spans);
    int32_t next = 0;
    for (int32_t i = 0; i < merged->count; i++) {
        struct pnr_check_span left = merged->items[i];
        while (next < absences->count && absences->items[next].to_at <= left.from_at) {
            next++;
        }
        for (int32_t j = next; j < absences->count && absences->items[j].from_at < left.to_at; j++) {
            struct pnr_check_span absence = absences->items[j];
            if (left.from_at < absence.from_at &&
                !pnr_array_push(free_spans, (struct pnr_check_span){left.from_at, absence.from_at})) {
                return false;
            }
            left.from_at = absence.to_at;
        }
        if (left.from_at < left.to_at && !pnr_array_push(free_spans, left)) {
            return false;
        }
    }
    return true;
}

static bool collect_absences(struct workshop *shop, const struct pioneer_member *member) {
    pnr_array_clear(&shop->windows);
    for (int32_t i = 0; i < member->absence_count; i++) {
        const struct pioneer_absence *absence = &member->absences[i];
        if (!pnr_array_push(&shop->windows, (struct pnr_check_span){absence->from_at, absence->to_at})) {
            return false;
        }
    }
    return merge(&shop->windows, &shop->absences);
}

static bool build_member(struct pnr_world *world, int32_t index, struct workshop *shop) {
    const struct pioneer_member *member = &world->campaign->members.items[index];
    if (!collect_absences(shop, member)) {
        return false;
    }
    pnr_array_clear(&shop->windows);
    /* A window may begin the day before a duty does, and a duty may end two days after its date. */
    for (int32_t day = world->first_day - 2; day <= world->last_day + 2; day++) {
        if (!push_windows_of_day(&shop->windows, member, day)) {
            return false;
        }
    }
    if (!merge(&shop->windows, &shop->merged) || !subtract(&shop->merged, &shop->absences, &shop->free)) {
        return false;
    }
    struct pnr_check_free *free_time = &world->free_of_member[index];
    free_time->count = shop->free.count;
    free_time->spans =
        pnr_arena_memdup(&world->arena, shop->free.items, (size_t)shop->free.count, sizeof *shop->free.items);
    return free_time->spans != NULL;
}

enum pioneer_status pnr_free_build(struct pnr_world *world) {
    int32_t count = world->campaign->members.count;
    struct workshop shop = {0};
    world->free_of_member = pnr_arena_alloc(&world->arena, (size_t)count, sizeof *world->free_of_member);
    bool is_fine = world->free_of_member != NULL;
    for (int32_t i = 0; i < count && is_fine; i++) {
        is_fine = build_member(world, i, &shop);
    }
    pnr_array_fini(&shop.windows);
    pnr_array_fini(&shop.merged);
    pnr_array_fini(&shop.absences);
    pnr_array_fini(&shop.free);
    return is_fine ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}

bool pnr_free_holds(const struct pnr_world *world, int32_t member, int32_t from_at, int32_t to_at) {
    const struct pnr_check_free *free_time = &world->free_of_member[member];
    int32_t low = 0;
    int32_t high = free_time->count; /* the first span that ends at or after to_at */
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (free_time->spans[middle].to_at < to_at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < free_time->count && free_time->spans[low].from_at <= from_at;
}
