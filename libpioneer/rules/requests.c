/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates on which a member asked to be on duty, or not to be. */
#include "rules/table.h"

/* The requests that count on a date, by date: an "on" only where the part has a duty that would meet
 * it and that the pools let the member take. */
struct settings {
    const struct pnr_wish **wishes;
    int32_t *start; /* [day of the horizon + 1] */
};

static int32_t first_duty_of_day(const struct pnr_scene *scene, int32_t day) {
    const struct pnr_duty *duties = scene->organisation->duties.items;
    int32_t low = 0;
    int32_t high = scene->part_duty_count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (duties[scene->part_duties[middle]].day < day) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool could_be_met(const struct pnr_scene *scene, const struct pnr_wish *wish, int32_t day) {
    const struct pnr_duty *duties = scene->organisation->duties.items;
    for (int32_t i = first_duty_of_day(scene, day); i < scene->part_duty_count; i++) {
        const struct pnr_duty *duty = &duties[scene->part_duties[i]];
        if (duty->day > day) {
            return false;
        }
        int32_t unit = scene->organisation->unit_of_post[duty->post];
        if (pnr_wish_fits(wish, duty) && pnr_organisation_in_pool(scene->organisation, scene->member, unit)) {
            return true;
        }
    }
    return false;
}

static bool counts_on(const struct pnr_scene *scene, const struct pnr_wish *wish, int32_t day) {
    return wish->from_day <= day && day <= wish->to_day && (wish->off || could_be_met(scene, wish, day));
}

/* How many (wish, date) there are at most. */
static size_t count_dates(const struct pnr_scene *scene, int32_t first, int32_t last) {
    size_t count = 0;
    for (int32_t i = first; i < last; i++) {
        const struct pnr_wish *wish = &scene->lookup->requests[i];
        int32_t from = wish->from_day > scene->first_day ? wish->from_day : scene->first_day;
        int32_t to = wish->to_day < scene->last_day ? wish->to_day : scene->last_day;
        count += from <= to ? (size_t)(to - from + 1) : 0;
    }
    return count;
}

static bool open_requests(struct pnr_clause_list *list, const struct pnr_clause *blank) {
    const struct pnr_scene *scene = blank->scene;
    int32_t first = scene->lookup->requests_of_member[scene->member];
    int32_t last = scene->lookup->requests_of_member[scene->member + 1];
    size_t dates = count_dates(scene, first, last);
    if (dates == 0) {
        return true;
    }
    struct settings *settings = pnr_arena_alloc(scene->arena, 1, sizeof *settings);
    size_t days = (size_t)(scene->last_day - scene->first_day + 1);
    const struct pnr_wish **wishes = pnr_arena_alloc(scene->arena, dates, sizeof *wishes);
    int32_t *start = pnr_arena_alloc(scene->arena, days + 1, sizeof *start);
    if (settings == NULL || wishes == NULL || start == NULL) {
        return false;
    }
    int32_t count = 0;
    for (int32_t day = scene->first_day; day <= scene->last_day; day++) {
        for (int32_t i = first; i < last; i++) {
            if (counts_on(scene, &scene->lookup->requests[i], day)) {
                wishes[count++] = &scene->lookup->requests[i];
            }
        }
        start[day - scene->first_day + 1] = count;
    }
    settings->wishes = wishes;
    settings->start = start;
    return pnr_clause_add(list, blank, settings) != NULL;
}

static bool is_matched(const struct pnr_wish *wish, const struct pnr_day_duties *day) {
    for (int32_t i = 0; i < day->count; i++) {
        if (pnr_wish_fits(wish, day->duties[i])) {
            return true;
        }
    }
    return false;
}

/* The requests of the date that the duty meets; with more of them than bits no two duties are alike. */
static int64_t trait(const struct pnr_clause *clause, const struct pnr_duty *duty) {
    enum { BITS = 62 };
    const struct settings *settings = clause->settings;
    int32_t at = duty->day - clause->scene->first_day;
    int32_t first = settings->start[at];
    if (settings->start[at + 1] - first > BITS) {
        return duty - clause->scene->organisation->duties.items;
    }
    int64_t met = 0;
    for (int32_t i = first; i < settings->start[at + 1]; i++) {
        met |= (int64_t)pnr_wish_fits(settings->wishes[i], duty) << (i - first);
    }
    return met;
}

static int64_t charge(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    const struct settings *settings = clause->settings;
    int32_t at = day->day - clause->scene->first_day;
    int64_t amount = 0;
    for (int32_t i = settings->start[at]; i < settings->start[at + 1]; i++) {
        const struct pnr_wish *wish = settings->wishes[i];
        amount += is_matched(wish, day) == wish->off ? wish->weight : 0;
    }
    return amount;
}

static void word(const struct pnr_rule *rule, struct pnr_text *text) {
    (void)rule;
    pnr_text_append(text, "is on and off duty as asked for");
}

const struct pnr_rule_ops pnr_rule_requests = {.kind = PIONEER_RULE_REQUESTS,
                                               .open = open_requests,
                                               .trait = trait,
                                               .sees_member = true,
                                               .charge = charge,
                                               .word = word};
