/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When each member is free: windows united, absences taken away. */
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/status.h"
#include "model/derived.h"

struct span_list {
    PNR_ARRAY(struct pnr_free_span) spans;
};

struct free_time {
    int32_t first_day, last_day; /* of the windows, inclusive */
    struct span_list windows;
    struct span_list rest; /* what an absence leaves */
};

/* ---- windows */

static bool add_window(struct free_time *time, int32_t day, int32_t from_min, int32_t to_min) {
    struct pnr_free_span span = {day * PNR_DAY_MINUTES + from_min, day * PNR_DAY_MINUTES + to_min};
    return pnr_array_push(&time->windows.spans, span);
}

static bool has_dated(const struct pioneer_member *member, int32_t day) {
    for (int32_t i = 0; i < member->dated_count; i++) {
        if (member->dated[i].day == day) {
            return true;
        }
    }
    return false;
}

static bool add_usual_windows(struct free_time *time, const struct pioneer_member *member, int32_t day) {
    if (!member->has_weekly) {
        return add_window(time, day, 0, PNR_DAY_MINUTES);
    }
    bool ok = true;
    for (int32_t i = 0; i < member->weekly_count && ok; i++) {
        const struct pioneer_weekly_window *window = &member->weekly[i];
        if (window->weekday == pnr_weekday(day)) {
            ok = add_window(time, day, window->from_min, window->to_min);
        }
    }
    return ok;
}

static bool collect_windows(struct free_time *time, const struct pioneer_member *member) {
    bool ok = true;
    pnr_array_clear(&time->windows.spans);
    for (int32_t day = time->first_day; day <= time->last_day && ok; day++) {
        if (!has_dated(member, day)) {
            ok = add_usual_windows(time, member, day);
        }
    }
    for (int32_t i = 0; i < member->dated_count && ok; i++) {
        const struct pioneer_dated_window *window = &member->dated[i];
        if (window->day >= time->first_day && window->day <= time->last_day) {
            ok = add_window(time, window->day, window->from_min, window->to_min);
        }
    }
    return ok;
}

static int compare_spans(const void *left, const void *right) {
    const struct pnr_free_span *a = left;
    const struct pnr_free_span *b = right;
    if (a->from_at != b->from_at) {
        return a->from_at < b->from_at ? -1 : 1;
    }
    return (a->to_at > b->to_at) - (a->to_at < b->to_at);
}

/* Sorts, merges what touches, and cuts at the end of the last day. */
static void merge_windows(struct free_time *time) {
    struct pnr_free_span *spans = time->windows.spans.items;
    int32_t end_at = (time->last_day + 1) * PNR_DAY_MINUTES;
    int32_t kept = 0;
    if (time->windows.spans.count == 0) {
        return;
    }
    qsort(spans, (size_t)time->windows.spans.count, sizeof *spans, compare_spans);
    for (int32_t i = 1; i < time->windows.spans.count; i++) {
        if (spans[i].from_at > spans[kept].to_at) {
            spans[++kept] = spans[i];
        } else if (spans[i].to_at > spans[kept].to_at) {
            spans[kept].to_at = spans[i].to_at;
        }
    }
    spans[kept].to_at = spans[kept].to_at > end_at ? end_at : spans[kept].to_at;
    time->windows.spans.count = kept + 1;
}

/* ---- absences */

static bool keep(struct span_list *list, int32_t from_at, int32_t to_at) {
    return from_at >= to_at || pnr_array_push(&list->spans, (struct pnr_free_span){from_at, to_at});
}

static bool subtract(struct free_time *time, const struct pioneer_absence *absence) {
    bool ok = true;
    pnr_array_clear(&time->rest.spans);
    for (int32_t i = 0; i < time->windows.spans.count && ok; i++) {
        struct pnr_free_span span = time->windows.spans.items[i];
        if (absence->to_at <= span.from_at || absence->from_at >= span.to_at) {
            ok = keep(&time->rest, span.from_at, span.to_at);
        } else {
            ok = keep(&time->rest, span.from_at, absence->from_at) &&
                 keep(&time->rest, absence->to_at, span.to_at);
        }
    }
    struct span_list swapped = time->windows;
    time->windows = time->rest;
    time->rest = swapped;
    return ok;
}

static bool build_member(struct pnr_organisation *organisation, struct free_time *time, int32_t index) {
    const struct pioneer_member *member = &organisation->campaign->members.items[index];
    bool ok = collect_windows(time, member);
    if (ok) {
        merge_windows(time);
    }
    for (int32_t i = 0; i < member->absence_count && ok; i++) {
        ok = subtract(time, &member->absences[i]);
    }
    if (!ok) {
        return false;
    }
    int32_t count = time->windows.spans.count;
    organisation->free_count_of_member[index] = count;
    organisation->free_of_member[index] = pnr_arena_memdup(&organisation->arena, time->windows.spans.items,
                                                           (size_t)count, sizeof(struct pnr_free_span));
    return organisation->free_of_member[index] != NULL;
}

enum pioneer_status pnr_free_time_build(struct pnr_organisation *organisation, struct pioneer_error *error) {
    size_t count = (size_t)organisation->campaign->members.count;
    struct free_time time = {.first_day = organisation->first_day - 1,
                             .last_day = organisation->last_day + 2};
    organisation->free_of_member =
        pnr_arena_alloc(&organisation->arena, count, sizeof(struct pnr_free_span *));
    organisation->free_count_of_member = pnr_arena_alloc(&organisation->arena, count, sizeof(int32_t));
    bool ok = organisation->free_of_member != NULL && organisation->free_count_of_member != NULL;
    for (int32_t i = 0; i < organisation->campaign->members.count && ok; i++) {
        ok = build_member(organisation, &time, i);
    }
    pnr_array_fini(&time.windows.spans);
    pnr_array_fini(&time.rest.spans);
    return ok ? PIONEER_OK : pnr_fail_no_memory(error);
}
