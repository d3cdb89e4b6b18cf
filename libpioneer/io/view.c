/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A campaign and a roster brought together for the writers of exports: who stands where, who leads, what is
 * short. */
#include "io/view.h"

#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "model/expression.h"
#include "text/message.h"

/* Fills `map` from the ids of `count` descriptions, each `size` bytes, whose id is the text pointer at
 * `offset`. */
static bool index_ids(struct pnr_map *map, const void *items, int32_t count, size_t size, size_t offset) {
    for (int32_t i = 0; i < count; i++) {
        const char *id;
        memcpy(&id, (const char *)items + (size_t)i * size + offset, sizeof id);
        if (!pnr_map_put(map, id, i)) {
            return false;
        }
    }
    return true;
}

#define INDEX_IDS(view, part, type)                                                                          \
    index_ids(&(view)->part, (view)->campaign->part.items, (view)->campaign->part.count,                     \
              sizeof(struct type), offsetof(struct type, id))

static bool index_everything(struct pnr_view *view) {
    return INDEX_IDS(view, members, pioneer_member) && INDEX_IDS(view, posts, pioneer_post) &&
           INDEX_IDS(view, sites, pioneer_site) && INDEX_IDS(view, slots, pioneer_slot) &&
           INDEX_IDS(view, units, pioneer_unit);
}

static int32_t *new_indices(struct pnr_view *view, int32_t count) {
    return pnr_arena_alloc(&view->arena, (size_t)count + 1, sizeof(int32_t));
}

static int32_t lookup(const struct pnr_map *map, const char *id) {
    return id ? pnr_map_get(map, id) : -1;
}

/* Walks the tree from every root: parents first, siblings in the order of the campaign. */
static bool order_units(struct pnr_view *view) {
    const int32_t units = view->campaign->units.count;
    int32_t *first_child = new_indices(view, units);
    int32_t *sibling = new_indices(view, units);
    if (!first_child || !sibling) {
        return false;
    }
    /* The roots are the children of a node behind the last unit; 0 says "none", so links are one too large.
     */
    for (int32_t unit = units - 1; unit >= 0; unit--) {
        const int32_t parent = view->parent_of_unit[unit] < 0 ? units : view->parent_of_unit[unit];
        sibling[unit] = first_child[parent];
        first_child[parent] = unit + 1;
    }
    int32_t count = 0;
    int32_t depth = 0;
    int32_t unit = first_child[units] - 1;
    while (unit >= 0) {
        view->units_in_order[count++] = unit;
        view->depth_of_unit[unit] = depth;
        if (first_child[unit] > 0) {
            unit = first_child[unit] - 1;
            depth++;
            continue;
        }
        while (unit >= 0 && sibling[unit] == 0) {
            unit = view->parent_of_unit[unit];
            depth--;
        }
        unit = unit < 0 ? -1 : sibling[unit] - 1;
    }
    return true;
}

static bool resolve_units(struct pnr_view *view) {
    const struct pioneer_campaign *campaign = view->campaign;
    view->unit_of_member = new_indices(view, campaign->members.count);
    view->unit_of_post = new_indices(view, campaign->posts.count);
    view->parent_of_unit = new_indices(view, campaign->units.count);
    view->units_in_order = new_indices(view, campaign->units.count);
    view->depth_of_unit = new_indices(view, campaign->units.count);
    if (!view->unit_of_member || !view->unit_of_post || !view->parent_of_unit || !view->units_in_order ||
        !view->depth_of_unit) {
        return false;
    }
    for (int32_t i = 0; i < campaign->members.count; i++) {
        view->unit_of_member[i] = lookup(&view->units, campaign->members.items[i].unit);
    }
    for (int32_t i = 0; i < campaign->posts.count; i++) {
        view->unit_of_post[i] = lookup(&view->units, campaign->posts.items[i].unit);
    }
    for (int32_t i = 0; i < campaign->units.count; i++) {
        view->parent_of_unit[i] = lookup(&view->units, campaign->units.items[i].parent);
    }
    return order_units(view);
}

int32_t pnr_view_duty(const struct pnr_view *view, const char *post, const char *site, const char *slot,
                      int32_t day) {
    const int32_t p = lookup(&view->posts, post);
    const int32_t s = lookup(&view->sites, site);
    const int32_t t = lookup(&view->slots, slot);
    return p < 0 || s < 0 || t < 0 ? -1 : pnr_duties_find(view->campaign, &view->duties, p, s, t, day);
}

/* For sorting: a place with the id of its member, since qsort passes no context. */
struct sortable {
    struct pnr_place place;
    const char *id;
};

static int compare_places(const void *a, const void *b) {
    const struct sortable *x = a;
    const struct sortable *y = b;
    if (x->place.duty != y->place.duty) {
        return x->place.duty < y->place.duty ? -1 : 1;
    }
    const bool x_absent = x->place.state == PIONEER_ABSENT;
    const bool y_absent = y->place.state == PIONEER_ABSENT;
    if (x_absent != y_absent) {
        return x_absent ? 1 : -1;
    }
    return strcmp(x->id, y->id);
}

static bool resolve_places(struct pnr_view *view) {
    const int32_t count = pioneer_roster_count(view->roster);
    struct sortable *sorted = pnr_arena_alloc(&view->arena, (size_t)count, sizeof *sorted);
    view->places = pnr_arena_alloc(&view->arena, (size_t)count, sizeof *view->places);
    if (!sorted || !view->places) {
        return false;
    }
    int32_t known = 0;
    for (int32_t i = 0; i < count; i++) {
        const struct pioneer_assignment *given = pioneer_roster_at(view->roster, i);
        const int32_t member = lookup(&view->members, given->member);
        const int32_t duty = pnr_view_duty(view, given->post, given->site, given->slot, given->day);
        if (member >= 0 && duty >= 0) {
            sorted[known++] = (struct sortable){{member, duty, given->state, false}, given->member};
        }
    }
    qsort(sorted, (size_t)known, sizeof *sorted, compare_places);
    for (int32_t i = 0; i < known; i++) {
        view->places[i] = sorted[i].place;
    }
    view->place_count = known;
    return true;
}

static bool index_by_duty(struct pnr_view *view) {
    view->first_of_duty = new_indices(view, view->duties.count);
    view->assigned = new_indices(view, view->duties.count);
    if (!view->first_of_duty || !view->assigned) {
        return false;
    }
    for (int32_t i = 0; i < view->place_count; i++) {
        const struct pnr_place *place = &view->places[i];
        view->first_of_duty[place->duty + 1]++;
        view->assigned[place->duty] += place->state != PIONEER_ABSENT;
    }
    for (int32_t i = 0; i < view->duties.count; i++) {
        view->first_of_duty[i + 1] += view->first_of_duty[i];
    }
    return true;
}

static bool index_by_member(struct pnr_view *view) {
    const int32_t members = view->campaign->members.count;
    view->first_of_member = new_indices(view, members + 1);
    view->places_of_member = new_indices(view, view->place_count);
    if (!view->first_of_member || !view->places_of_member) {
        return false;
    }
    for (int32_t i = 0; i < view->place_count; i++) {
        view->first_of_member[view->places[i].member + 2]++;
    }
    for (int32_t i = 0; i < members; i++) {
        view->first_of_member[i + 2] += view->first_of_member[i + 1];
    }
    /* first_of_member[m + 1] walks through the places of m and ends where those of m + 1 begin. */
    for (int32_t i = 0; i < view->place_count; i++) {
        view->places_of_member[view->first_of_member[view->places[i].member + 1]++] = i;
    }
    return true;
}

/* Puts the first who meets the lead expression at the front of each duty that asks for a lead. */
static void mark_lead(struct pnr_view *view, int32_t duty, const struct pnr_expression *lead) {
    struct pnr_place *places = view->places;
    const int32_t first = view->first_of_duty[duty];
    for (int32_t i = first; i < first + view->assigned[duty]; i++) {
        if (pnr_expression_holds(lead, view->campaign, places[i].member)) {
            struct pnr_place leader = places[i];
            leader.leads = true;
            memmove(&places[first + 1], &places[first], (size_t)(i - first) * sizeof *places);
            places[first] = leader;
            return;
        }
    }
}

static enum pioneer_status mark_leads(struct pnr_view *view, struct pioneer_error *error) {
    const struct pioneer_campaign *campaign = view->campaign;
    struct pnr_expression **lead_of_post =
        pnr_arena_alloc(&view->arena, (size_t)campaign->posts.count, sizeof(struct pnr_expression *));
    if (!lead_of_post) {
        return pnr_fail_no_memory(error);
    }
    for (int32_t i = 0; i < campaign->posts.count; i++) {
        const char *lead = campaign->posts.items[i].lead;
        const enum pioneer_status status =
            lead ? pnr_expression_parse(campaign, lead, &view->arena, &lead_of_post[i], error) : PIONEER_OK;
        if (status != PIONEER_OK) {
            return status;
        }
    }
    for (int32_t duty = 0; duty < view->duties.count; duty++) {
        const struct pnr_expression *lead = lead_of_post[view->duties.items[duty].post];
        if (lead) {
            mark_lead(view, duty, lead);
        }
    }
    return PIONEER_OK;
}

static void find_days(struct pnr_view *view) {
    const struct pioneer_campaign *campaign = view->campaign;
    for (int32_t i = 0; i < campaign->stages.count; i++) {
        const struct pioneer_stage *stage = &campaign->stages.items[i];
        view->first_day = i == 0 || stage->from_day < view->first_day ? stage->from_day : view->first_day;
        view->last_day = i == 0 || stage->to_day > view->last_day ? stage->to_day : view->last_day;
    }
}

enum pioneer_status pnr_view_build(struct pnr_view *out, const struct pioneer_campaign *campaign,
                                   const struct pioneer_roster *roster, const char *language,
                                   struct pioneer_error *error) {
    *out = (struct pnr_view){
        .campaign = campaign, .roster = roster, .language = pioneer_language_of_locale(language)};
    find_days(out);
    if (!index_everything(out) || !resolve_units(out)) {
        return pnr_fail_no_memory(error);
    }
    enum pioneer_status status = pnr_duties_expand(campaign, &out->arena, &out->duties, error);
    if (status != PIONEER_OK) {
        return status;
    }
    if (!resolve_places(out) || !index_by_duty(out)) {
        return pnr_fail_no_memory(error);
    }
    status = mark_leads(out, error);
    if (status == PIONEER_OK && !index_by_member(out)) {
        status = pnr_fail_no_memory(error);
    }
    return status;
}

void pnr_view_fini(struct pnr_view *view) {
    pnr_map_fini(&view->members);
    pnr_map_fini(&view->posts);
    pnr_map_fini(&view->sites);
    pnr_map_fini(&view->slots);
    pnr_map_fini(&view->units);
    pnr_arena_fini(&view->arena);
}

const char *pnr_view_say(const struct pnr_view *view, const char *english) {
    return pnr_message(view->language, english);
}
