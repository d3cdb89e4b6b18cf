/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a campaign is divided into parts. */
#include "check/division.h"

#include <stdlib.h>

/* One (stage, unit) with duties, before the parts are sorted. */
struct candidate {
    int32_t stage, tier, unit_rank, unit;
};

static int compare_candidates(const void *left, const void *right) {
    const struct candidate *a = left;
    const struct candidate *b = right;
    if (a->stage != b->stage) {
        return a->stage < b->stage ? -1 : 1;
    }
    if (a->tier != b->tier) {
        return a->tier < b->tier ? -1 : 1;
    }
    return (a->unit_rank > b->unit_rank) - (a->unit_rank < b->unit_rank);
}

bool pnr_division_may_take(const struct pnr_world *world, int32_t member, const struct pnr_check_duty *duty) {
    return pnr_world_in_pool(world, member, duty->unit);
}

/* `owns` is [stage × unit_count + unit]. */
static int32_t list_candidates(const struct pnr_world *world, const uint8_t *owns,
                               struct candidate *candidates) {
    int32_t unit_count = world->campaign->units.count;
    int32_t count = 0;
    for (int32_t stage = 0; stage < world->campaign->stages.count; stage++) {
        for (int32_t unit = 0; unit < unit_count; unit++) {
            if (owns[(size_t)stage * (size_t)unit_count + (size_t)unit]) {
                candidates[count++] =
                    (struct candidate){stage, world->depth_of_unit[unit], world->rank_of_unit[unit], unit};
            }
        }
    }
    qsort(candidates, (size_t)count, sizeof *candidates, compare_candidates);
    return count;
}

static bool make_staged_parts(struct pnr_division *division, const struct pnr_world *world) {
    size_t cells = (size_t)world->campaign->stages.count * (size_t)world->campaign->units.count;
    uint8_t *owns = calloc(cells + 1, 1);
    struct candidate *candidates = calloc(cells + 1, sizeof *candidates);
    if (owns != NULL && candidates != NULL) {
        for (int32_t i = 0; i < world->duty_count; i++) {
            const struct pnr_check_duty *duty = &world->duties[i];
            owns[(size_t)duty->stage * (size_t)world->campaign->units.count + (size_t)duty->unit] = 1;
        }
        division->part_count = list_candidates(world, owns, candidates);
        division->parts =
            pnr_arena_alloc(&division->arena, (size_t)division->part_count, sizeof *division->parts);
    }
    for (int32_t i = 0; i < division->part_count && division->parts != NULL; i++) {
        int32_t stage = candidates[i].stage;
        division->parts[i] = (struct pnr_check_part){.index = i,
                                                     .stage = stage,
                                                     .unit = candidates[i].unit,
                                                     .first_stage = stage,
                                                     .last_stage = stage};
    }
    free(owns);
    free(candidates);
    return division->parts != NULL;
}

static bool make_joint_part(struct pnr_division *division, const struct pnr_world *world) {
    division->part_count = 1;
    division->parts = pnr_arena_alloc(&division->arena, 1, sizeof *division->parts);
    if (division->parts != NULL) {
        division->parts[0] = (struct pnr_check_part){
            .stage = -1, .unit = -1, .first_stage = 0, .last_stage = world->campaign->stages.count - 1};
    }
    return division->parts != NULL;
}

/* The part of the duty: parts are few for each stage, but many in all, so they are searched by halves. */
static int32_t find_part(const struct pnr_division *division, const struct pnr_world *world,
                         const struct pnr_check_duty *duty) {
    if (division->is_joint) {
        return 0;
    }
    struct candidate wanted = {duty->stage, world->depth_of_unit[duty->unit], world->rank_of_unit[duty->unit],
                               duty->unit};
    int32_t low = 0;
    int32_t high = division->part_count - 1;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        const struct pnr_check_part *part = &division->parts[middle];
        struct candidate found = {part->stage, world->depth_of_unit[part->unit],
                                  world->rank_of_unit[part->unit], part->unit};
        if (compare_candidates(&found, &wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool give_duties(struct pnr_division *division, const struct pnr_world *world) {
    division->part_of_duty =
        pnr_arena_alloc(&division->arena, (size_t)world->duty_count, sizeof *division->part_of_duty);
    if (division->part_of_duty == NULL) {
        return false;
    }
    for (int32_t i = 0; i < world->duty_count; i++) {
        division->part_of_duty[i] = find_part(division, world, &world->duties[i]);
        division->parts[division->part_of_duty[i]].duty_count++;
    }
    for (int32_t i = 0; i < division->part_count; i++) {
        struct pnr_check_part *part = &division->parts[i];
        part->duties = pnr_arena_alloc(&division->arena, (size_t)part->duty_count, sizeof *part->duties);
        if (part->duties == NULL) {
            return false;
        }
        part->duty_count = 0;
    }
    for (int32_t i = 0; i < world->duty_count; i++) {
        struct pnr_check_part *part = &division->parts[division->part_of_duty[i]];
        part->duties[part->duty_count++] = i;
    }
    return true;
}

/* The units whose pools make up the part's: its own, or in joint mode all that own a duty. */
static uint8_t *find_owners(struct pnr_division *division, const struct pnr_world *world,
                            const struct pnr_check_part *part) {
    uint8_t *owners = pnr_arena_alloc(&division->arena, (size_t)world->campaign->units.count, 1);
    for (int32_t i = 0; i < part->duty_count && owners != NULL; i++) {
        owners[world->duties[part->duties[i]].unit] = 1;
    }
    return owners;
}

static bool is_in_pools(const struct pnr_world *world, const uint8_t *owners, int32_t member) {
    for (int32_t unit = world->unit_of_member[member]; unit >= 0; unit = world->parent_of_unit[unit]) {
        if (owners[unit] && pnr_world_in_pool(world, member, unit)) {
            return true;
        }
    }
    return false;
}

static bool give_members(struct pnr_division *division, const struct pnr_world *world,
                         struct pnr_check_part *part) {
    int32_t member_count = world->campaign->members.count;
    uint8_t *owners = find_owners(division, world, part);
    int32_t *members = calloc((size_t)member_count + 1, sizeof *members);
    for (int32_t i = 0; i < member_count && members != NULL && owners != NULL; i++) {
        int32_t member = world->members_by_rank[i];
        if (is_in_pools(world, owners, member)) {
            members[part->member_count++] = member;
        }
    }
    size_t count = (size_t)part->member_count;
    part->members =
        members == NULL ? NULL : pnr_arena_memdup(&division->arena, members, count, sizeof *members);
    free(members);
    part->is_last_of_member = pnr_arena_alloc(&division->arena, count, 1);
    part->load = pnr_arena_alloc(&division->arena, count, sizeof *part->load);
    part->hardship = pnr_arena_alloc(&division->arena, count, sizeof *part->hardship);
    part->entitled = pnr_arena_alloc(&division->arena, count, sizeof *part->entitled);
    part->entitled_hardship = pnr_arena_alloc(&division->arena, count, sizeof *part->entitled_hardship);
    return owners != NULL && part->members != NULL && part->is_last_of_member != NULL && part->load != NULL &&
           part->hardship != NULL && part->entitled != NULL && part->entitled_hardship != NULL;
}

static bool give_places(struct pnr_division *division, const struct pnr_world *world) {
    int32_t member_count = world->campaign->members.count;
    int32_t total = 0;
    for (int32_t i = 0; i < division->part_count; i++) {
        total += division->parts[i].member_count;
    }
    division->places_of_member =
        pnr_arena_alloc(&division->arena, (size_t)member_count + 2, sizeof *division->places_of_member);
    division->places = pnr_arena_alloc(&division->arena, (size_t)total, sizeof *division->places);
    if (division->places_of_member == NULL || division->places == NULL) {
        return false;
    }
    int32_t *starts = division->places_of_member;
    for (int32_t i = 0; i < division->part_count; i++) {
        for (int32_t j = 0; j < division->parts[i].member_count; j++) {
            starts[division->parts[i].members[j] + 2]++;
        }
    }
    for (int32_t i = 2; i <= member_count + 1; i++) {
        starts[i] += starts[i - 1];
    }
    for (int32_t i = 0; i < division->part_count; i++) {
        for (int32_t j = 0; j < division->parts[i].member_count; j++) {
            division->places[starts[division->parts[i].members[j] + 1]++] = (struct pnr_check_place){i, j};
        }
    }
    return true;
}

/* A place is the last of its stage when the member's next place is in another stage. */
static void find_last_places(struct pnr_division *division, const struct pnr_world *world) {
    for (int32_t member = 0; member < world->campaign->members.count; member++) {
        int32_t end = division->places_of_member[member + 1];
        for (int32_t i = division->places_of_member[member]; i < end; i++) {
            struct pnr_check_part *part = &division->parts[division->places[i].part];
            bool is_last = i + 1 == end || division->parts[division->places[i + 1].part].stage != part->stage;
            part->is_last_of_member[division->places[i].position] = is_last;
        }
    }
}

static void sum_loads(struct pnr_division *division, const struct pnr_world *world,
                      const struct pnr_stand *stand) {
    for (int32_t member = 0; member < world->campaign->members.count; member++) {
        for (int32_t i = stand->duties_of_member[member]; i < stand->duties_of_member[member + 1]; i++) {
            int32_t duty = stand->duty_at[i];
            int32_t position = pnr_division_position(division, division->part_of_duty[duty], member);
            if (position >= 0) {
                struct pnr_check_part *part = &division->parts[division->part_of_duty[duty]];
                part->load[position] += world->duties[duty].load;
                part->hardship[position] += world->duties[duty].hardship;
            }
        }
    }
}

int32_t pnr_division_position(const struct pnr_division *division, int32_t part, int32_t member) {
    for (int32_t i = division->places_of_member[member]; i < division->places_of_member[member + 1]; i++) {
        if (division->places[i].part == part) {
            return division->places[i].position;
        }
    }
    return -1;
}

enum pioneer_status pnr_division_init(struct pnr_division *division, const struct pnr_world *world,
                                      const struct pnr_stand *stand, bool is_joint) {
    *division = (struct pnr_division){.is_joint = is_joint};
    bool is_fine = is_joint ? make_joint_part(division, world) : make_staged_parts(division, world);
    is_fine = is_fine && give_duties(division, world);
    for (int32_t i = 0; i < division->part_count && is_fine; i++) {
        is_fine = give_members(division, world, &division->parts[i]);
    }
    is_fine = is_fine && give_places(division, world);
    if (!is_fine) {
        pnr_division_fini(division);
        return PIONEER_E_NO_MEMORY;
    }
    find_last_places(division, world);
    sum_loads(division, world, stand);
    return PIONEER_OK;
}

void pnr_division_fini(struct pnr_division *division) {
    pnr_arena_fini(&division->arena);
    *division = (struct pnr_division){0};
}
