/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Demand lines into duties, as the judge understands them. */
#include "check/expand.h"

#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/status.h"

typedef PNR_ARRAY(struct pnr_check_duty) pnr_duty_array;

/* A duty with what it is sorted by; qsort has no context. */
struct sortable {
    struct pnr_check_duty duty;
    const char *site, *post, *slot;
};

struct key {
    int32_t post, site, slot, day, duty;
};

static int compare_numbers(int64_t a, int64_t b) {
    return (a > b) - (a < b);
}

static int compare_sortables(const void *left, const void *right) {
    const struct sortable *a = left;
    const struct sortable *b = right;
    int order = compare_numbers(a->duty.day, b->duty.day);
    if (order == 0) {
        order = compare_numbers(a->duty.from_at, b->duty.from_at);
    }
    if (order == 0) {
        order = strcmp(a->site, b->site);
    }
    if (order == 0) {
        order = strcmp(a->post, b->post);
    }
    return order != 0 ? order : strcmp(a->slot, b->slot);
}

static int compare_keys(const void *left, const void *right) {
    const struct key *a = left;
    const struct key *b = right;
    int order = compare_numbers(a->post, b->post);
    if (order == 0) {
        order = compare_numbers(a->site, b->site);
    }
    if (order == 0) {
        order = compare_numbers(a->slot, b->slot);
    }
    return order != 0 ? order : compare_numbers(a->day, b->day);
}

/* Whether the night window, which recurs every day, shares a minute with [from_at, to_at). */
static bool touches_night(const struct pioneer_campaign *campaign, int32_t from_at, int32_t to_at) {
    int32_t from_min = campaign->settings.night_from_min;
    int32_t to_min = campaign->settings.night_to_min;
    if (from_min == 0 && to_min == 0) {
        to_min = 300;
    }
    int32_t day = pnr_minute_day(from_at);
    for (int32_t night = day - 2; night <= day + 3; night++) {
        if (night * PNR_DAY_MINUTES + from_min < to_at && from_at < night * PNR_DAY_MINUTES + to_min) {
            return true;
        }
    }
    return false;
}

static struct pnr_check_duty duty_of(const struct pnr_world *world, int32_t line, int32_t site, int32_t slot,
                                     int32_t day) {
    const struct pioneer_campaign *campaign = world->campaign;
    const struct pioneer_demand *demand = &campaign->demands.items[line];
    struct pnr_check_duty duty = {.demand = line, .site = site, .slot = slot, .day = day};
    duty.post = pnr_map_get(&world->post_by_id, demand->post);
    const struct pioneer_post *post = &campaign->posts.items[duty.post];
    const struct pioneer_slot *time = &campaign->slots.items[slot];
    int64_t length = time->to_min - time->from_min;
    int64_t cost = (post->priority == 0 ? 1 : post->priority) * length;
    duty.stage = pnr_world_stage_of(world, day);
    duty.unit = world->unit_of_post[duty.post];
    duty.from_at = day * PNR_DAY_MINUTES + time->from_min;
    duty.to_at = day * PNR_DAY_MINUTES + time->to_min;
    duty.min = demand->min;
    duty.target = demand->has_target ? demand->target : demand->min;
    duty.max = demand->has_max ? demand->max : duty.target;
    duty.load = length * (post->load_percent == 0 ? 100 : post->load_percent) / 100;
    duty.hardship = post->hardship;
    duty.short_cost = demand->short_cost == 0 ? cost : demand->short_cost;
    duty.over_cost = demand->over_cost == 0 ? cost : demand->over_cost;
    duty.is_night = touches_night(campaign, duty.from_at, duty.to_at);
    duty.is_sized = demand->standby_for_count > 0;
    return duty;
}

static enum pioneer_status add_day(const struct pnr_world *world, int32_t line, int32_t day,
                                   pnr_duty_array *duties, struct pioneer_error *error) {
    const struct pioneer_demand *demand = &world->campaign->demands.items[line];
    for (int32_t i = 0; i < demand->site_count; i++) {
        int32_t site = pnr_map_get(&world->site_by_id, demand->sites[i]);
        for (int32_t j = 0; j < demand->slot_count; j++) {
            int32_t slot = pnr_map_get(&world->slot_by_id, demand->slots[j]);
            if (site < 0 || slot < 0) {
                return pnr_fail(error, PIONEER_E_INVALID, site < 0 ? "unknown-site" : "unknown-slot", NULL,
                                "A demand line names a site or slot that does not exist.");
            }
            if (!pnr_array_push(duties, duty_of(world, line, site, slot, day))) {
                return pnr_fail_no_memory(error);
            }
        }
    }
    return PIONEER_OK;
}

static bool is_excepted(const struct pioneer_demand *demand, int32_t day) {
    for (int32_t i = 0; i < demand->except_count; i++) {
        if (demand->except_days[i] == day) {
            return true;
        }
    }
    return false;
}

static enum pioneer_status add_span(const struct pnr_world *world, int32_t line, pnr_duty_array *duties,
                                    struct pioneer_error *error) {
    const struct pioneer_demand *demand = &world->campaign->demands.items[line];
    bool whole = demand->from_day == 0 && demand->to_day == 0;
    int32_t first = whole || demand->from_day < world->first_day ? world->first_day : demand->from_day;
    int32_t last = whole || demand->to_day > world->last_day ? world->last_day : demand->to_day;
    enum pioneer_status status = PIONEER_OK;
    for (int32_t day = first; day <= last && status == PIONEER_OK; day++) {
        bool fits = demand->weekdays == 0 || (demand->weekdays >> pnr_weekday(day) & 1) != 0;
        if (fits && pnr_world_stage_of(world, day) >= 0 && !is_excepted(demand, day)) {
            status = add_day(world, line, day, duties, error);
        }
    }
    return status;
}

static enum pioneer_status add_line(const struct pnr_world *world, int32_t line, pnr_duty_array *duties,
                                    struct pioneer_error *error) {
    const struct pioneer_demand *demand = &world->campaign->demands.items[line];
    if (pnr_map_get(&world->post_by_id, demand->post) < 0) {
        return pnr_fail(error, PIONEER_E_INVALID, "unknown-post", NULL,
                        "A demand line names the unknown post %s.", demand->post);
    }
    if (demand->day_count == 0) {
        return add_span(world, line, duties, error);
    }
    enum pioneer_status status = PIONEER_OK;
    for (int32_t i = 0; i < demand->day_count && status == PIONEER_OK; i++) {
        if (pnr_world_stage_of(world, demand->days[i]) >= 0) {
            status = add_day(world, line, demand->days[i], duties, error);
        }
    }
    return status;
}

/* Moves the duties, sorted, into the world. */
static enum pioneer_status sort_duties(struct pnr_world *world, const pnr_duty_array *duties) {
    const struct pioneer_campaign *campaign = world->campaign;
    struct sortable *sortables = calloc((size_t)duties->count + 1, sizeof *sortables);
    world->duties = pnr_arena_alloc(&world->arena, (size_t)duties->count, sizeof *world->duties);
    if (sortables == NULL || world->duties == NULL) {
        free(sortables);
        return PIONEER_E_NO_MEMORY;
    }
    for (int32_t i = 0; i < duties->count; i++) {
        struct pnr_check_duty duty = duties->items[i];
        sortables[i] =
            (struct sortable){duty, campaign->sites.items[duty.site].id, campaign->posts.items[duty.post].id,
                              campaign->slots.items[duty.slot].id};
    }
    qsort(sortables, (size_t)duties->count, sizeof *sortables, compare_sortables);
    for (int32_t i = 0; i < duties->count; i++) {
        world->duties[i] = sortables[i].duty;
    }
    world->duty_count = duties->count;
    free(sortables);
    return PIONEER_OK;
}

static enum pioneer_status index_duties(struct pnr_world *world, struct pioneer_error *error) {
    struct key *keys = calloc((size_t)world->duty_count + 1, sizeof *keys);
    world->duty_by_key =
        pnr_arena_alloc(&world->arena, (size_t)world->duty_count, sizeof *world->duty_by_key);
    if (keys == NULL || world->duty_by_key == NULL) {
        free(keys);
        return pnr_fail_no_memory(error);
    }
    for (int32_t i = 0; i < world->duty_count; i++) {
        const struct pnr_check_duty *duty = &world->duties[i];
        keys[i] = (struct key){duty->post, duty->site, duty->slot, duty->day, i};
    }
    qsort(keys, (size_t)world->duty_count, sizeof *keys, compare_keys);
    bool is_twice = false;
    for (int32_t i = 0; i < world->duty_count; i++) {
        world->duty_by_key[i] = keys[i].duty;
        is_twice |= i > 0 && compare_keys(&keys[i - 1], &keys[i]) == 0;
    }
    free(keys);
    return is_twice
               ? pnr_fail(error, PIONEER_E_INVALID, "duplicate-duty", NULL, "Two demand lines give one duty.")
               : PIONEER_OK;
}

static bool stands_by_for(const struct pnr_world *world, const struct pioneer_demand *demand, int32_t post) {
    for (int32_t i = 0; i < demand->standby_for_count; i++) {
        if (pnr_map_get(&world->post_by_id, demand->standby_for[i]) == post) {
            return true;
        }
    }
    return false;
}

/* Standby duties get their heads from the targets of the duties of their date, [first, end). */
static void size_standby(struct pnr_world *world, int32_t first, int32_t end) {
    for (int32_t i = first; i < end; i++) {
        struct pnr_check_duty *duty = &world->duties[i];
        if (!duty->is_sized) {
            continue;
        }
        const struct pioneer_demand *demand = &world->campaign->demands.items[duty->demand];
        int64_t heads = 0;
        for (int32_t j = first; j < end; j++) {
            const struct pnr_check_duty *other = &world->duties[j];
            bool overlaps = other->from_at < duty->to_at && duty->from_at < other->to_at;
            if (overlaps && !other->is_sized && stands_by_for(world, demand, other->post)) {
                heads += other->target;
            }
        }
        int64_t sized = (heads * demand->no_show_percent + 99) / 100;
        duty->min = duty->target = duty->max = (int32_t)(sized > INT32_MAX ? INT32_MAX : sized);
    }
}

enum pioneer_status pnr_expand_duties(struct pnr_world *world, struct pioneer_error *error) {
    pnr_duty_array duties = {0};
    enum pioneer_status status = PIONEER_OK;
    for (int32_t line = 0; line < world->campaign->demands.count && status == PIONEER_OK; line++) {
        status = add_line(world, line, &duties, error);
    }
    if (status == PIONEER_OK && sort_duties(world, &duties) != PIONEER_OK) {
        status = pnr_fail_no_memory(error);
    }
    pnr_array_fini(&duties);
    if (status != PIONEER_OK) {
        return status;
    }
    for (int32_t first = 0, end; first < world->duty_count; first = end) {
        for (end = first; end < world->duty_count && world->duties[end].day == world->duties[first].day;
             end++) {
        }
        size_standby(world, first, end);
    }
    return index_duties(world, error);
}
