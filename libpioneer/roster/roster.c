/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The roster object: it owns everything it is given. */
#include "roster/roster.h"

#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/map.h"
#include "base/status.h"
#include "base/text.h"
#include "model/campaign.h"

#define ID_BYTES_MAX 64

enum pioneer_status pioneer_roster_new(struct pioneer_roster **out) {
    *out = NULL;
    struct pioneer_roster *roster = calloc(1, sizeof *roster);
    if (!roster) {
        return PIONEER_E_NO_MEMORY;
    }
    pnr_arena_init(&roster->arena);
    roster->info = (struct pioneer_roster_info){
        .struct_size = sizeof roster->info, .campaign = "", .input_hash = "", .made_by = ""};
    *out = roster;
    return PIONEER_OK;
}

void pioneer_roster_free(struct pioneer_roster *roster) {
    if (!roster) {
        return;
    }
    pnr_array_fini(&roster->assignments);
    pnr_array_fini(&roster->parts);
    pnr_array_fini(&roster->findings);
    pnr_array_fini(&roster->prices);
    pnr_arena_fini(&roster->arena);
    free(roster);
}

const struct pioneer_roster_info *pioneer_roster_get(const struct pioneer_roster *roster) {
    return &roster->info;
}

/* Replaces *text by a copy in the arena; `missing` stands for NULL. False when memory is short. */
static bool own_text(struct pnr_arena *arena, const char **text, const char *missing) {
    if (!*text) {
        *text = missing;
        return true;
    }
    *text = pnr_arena_strdup(arena, *text);
    return *text != NULL;
}

enum pioneer_status pnr_roster_set_info(struct pioneer_roster *roster,
                                        const struct pioneer_roster_info *info) {
    struct pioneer_roster_info copy = *info;
    copy.struct_size = sizeof copy;
    if (!own_text(&roster->arena, &copy.campaign, "") || !own_text(&roster->arena, &copy.input_hash, "") ||
        !own_text(&roster->arena, &copy.made_by, "")) {
        return PIONEER_E_NO_MEMORY;
    }
    roster->info = copy;
    return PIONEER_OK;
}

/* A copy of the levels of `part` with their names, NULL when memory is short. */
static struct pioneer_level_result *own_levels(struct pnr_arena *arena, const struct pioneer_part *part) {
    struct pioneer_level_result *levels =
        pnr_arena_memdup(arena, part->levels, (size_t)part->level_count, sizeof *levels);
    for (int32_t i = 0; levels && i < part->level_count; i++) {
        if (!own_text(arena, &levels[i].level, "")) {
            return NULL;
        }
    }
    return levels;
}

enum pioneer_status pnr_roster_add_part(struct pioneer_roster *roster, const struct pioneer_part *part) {
    struct pioneer_part copy = *part;
    copy.levels = own_levels(&roster->arena, part);
    if (!copy.levels || !own_text(&roster->arena, &copy.stage, NULL) ||
        !own_text(&roster->arena, &copy.unit, NULL) || !pnr_array_push(&roster->parts, copy)) {
        return PIONEER_E_NO_MEMORY;
    }
    return PIONEER_OK;
}

enum pioneer_status pnr_roster_add_finding(struct pioneer_roster *roster,
                                           const struct pioneer_finding *finding) {
    struct pioneer_finding copy = *finding;
    if (!own_text(&roster->arena, &copy.code, "") || !own_text(&roster->arena, &copy.where, "") ||
        !own_text(&roster->arena, &copy.message, "") || !pnr_array_push(&roster->findings, copy)) {
        return PIONEER_E_NO_MEMORY;
    }
    return PIONEER_OK;
}

enum pioneer_status pnr_roster_add_price(struct pioneer_roster *roster,
                                         const struct pioneer_staging_price *price) {
    struct pioneer_staging_price copy = *price;
    if (!own_text(&roster->arena, &copy.level, "") || !pnr_array_push(&roster->prices, copy)) {
        return PIONEER_E_NO_MEMORY;
    }
    return PIONEER_OK;
}

static bool is_id(const char *text) {
    const size_t length = text ? strnlen(text, ID_BYTES_MAX + 1) : 0;
    if (length == 0 || length > ID_BYTES_MAX || !pnr_utf8_valid(text, length)) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)text[i];
        if (byte < 0x20 || byte == 0x7F || byte == '/' || byte == '"') {
            return false;
        }
    }
    return true;
}

static enum pioneer_status check_assignment(const struct pioneer_assignment *assignment,
                                            struct pioneer_error *error) {
    const struct {
        const char *where, *id;
    } ids[] = {{"/member", assignment->member},
               {"/post", assignment->post},
               {"/site", assignment->site},
               {"/slot", assignment->slot}};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        if (!is_id(ids[i].id)) {
            return pnr_fail(error, PIONEER_E_INVALID, "bad-id", ids[i].where,
                            "An id has 1 to 64 bytes without control characters, \"/\" and '\"'.");
        }
    }
    if (assignment->day < PNR_DAY_FIRST || assignment->day > PNR_DAY_LAST) {
        return pnr_fail(error, PIONEER_E_INVALID, "bad-date", "/date",
                        "The date of a duty lies between 1970 and 2999.");
    }
    if ((int)assignment->state < PIONEER_PLANNED || assignment->state > PIONEER_ABSENT) {
        return pnr_fail(error, PIONEER_E_INVALID, "unknown-word", "/state",
                        "The state of an assignment is not one that exists.");
    }
    return PIONEER_OK;
}

enum pioneer_status pioneer_roster_add(struct pioneer_roster *roster,
                                       const struct pioneer_assignment *assignment,
                                       struct pioneer_error *error) {
    const enum pioneer_status status = check_assignment(assignment, error);
    if (status != PIONEER_OK) {
        return status;
    }
    struct pioneer_assignment copy = *assignment;
    struct pnr_arena *arena = &roster->arena;
    copy.struct_size = sizeof copy;
    if (!own_text(arena, &copy.member, NULL) || !own_text(arena, &copy.post, NULL) ||
        !own_text(arena, &copy.site, NULL) || !own_text(arena, &copy.slot, NULL) ||
        !pnr_array_push(&roster->assignments, copy)) {
        return pnr_fail_no_memory(error);
    }
    return PIONEER_OK;
}

#define DEFINE_LIST(name, type, items_of)                                                                    \
    int32_t pioneer_roster_##name##count(const struct pioneer_roster *roster) {                              \
        return roster->items_of.count;                                                                       \
    }                                                                                                        \
    const struct type *pioneer_roster_##name##at(const struct pioneer_roster *roster, int32_t index) {       \
        return index >= 0 && index < roster->items_of.count ? &roster->items_of.items[index] : NULL;         \
    }

DEFINE_LIST(, pioneer_assignment, assignments)
DEFINE_LIST(part_, pioneer_part, parts)
DEFINE_LIST(finding_, pioneer_finding, findings)
DEFINE_LIST(price_, pioneer_staging_price, prices)

/* An assignment with the start of its slot, so that comparing looks nothing up. */
struct keyed {
    struct pioneer_assignment assignment;
    int32_t from_min;
};

static int compare_keyed(const void *left, const void *right) {
    const struct keyed *a = left;
    const struct keyed *b = right;
    if (a->assignment.day != b->assignment.day) {
        return a->assignment.day < b->assignment.day ? -1 : 1;
    }
    if (a->from_min != b->from_min) {
        return a->from_min < b->from_min ? -1 : 1;
    }
    int order = strcmp(a->assignment.site, b->assignment.site);
    order = order != 0 ? order : strcmp(a->assignment.post, b->assignment.post);
    order = order != 0 ? order : strcmp(a->assignment.slot, b->assignment.slot);
    return order != 0 ? order : strcmp(a->assignment.member, b->assignment.member);
}

static bool map_slots(struct pnr_map *map, const struct pioneer_campaign *campaign) {
    for (int32_t i = 0; i < campaign->slots.count; i++) {
        const struct pioneer_slot *slot = &campaign->slots.items[i];
        if (!pnr_map_put(map, slot->id, slot->from_min)) {
            return false;
        }
    }
    return true;
}

enum pioneer_status pnr_roster_sort(struct pioneer_roster *roster, const struct pioneer_campaign *campaign) {
    const int32_t count = roster->assignments.count;
    if (count < 2) {
        return PIONEER_OK;
    }
    struct pnr_map from_of_slot;
    pnr_map_init(&from_of_slot);
    struct keyed *keyed = calloc((size_t)count, sizeof *keyed);
    const bool ok = keyed && map_slots(&from_of_slot, campaign);
    for (int32_t i = 0; ok && i < count; i++) {
        const struct pioneer_assignment *assignment = &roster->assignments.items[i];
        const int32_t from_min = pnr_map_get(&from_of_slot, assignment->slot);
        keyed[i] = (struct keyed){*assignment, from_min >= 0 ? from_min : INT32_MAX};
    }
    if (ok) {
        qsort(keyed, (size_t)count, sizeof *keyed, compare_keyed);
    }
    for (int32_t i = 0; ok && i < count; i++) {
        roster->assignments.items[i] = keyed[i].assignment;
    }
    free(keyed);
    pnr_map_fini(&from_of_slot);
    return ok ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}
