/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Brute force over one part of a tiny campaign: every roster there is, valued by the judge's rules alone. */
#ifndef TESTS_SUPPORT_BRUTE_H
#define TESTS_SUPPORT_BRUTE_H

#include "check/division.h"
#include "check/world.h"

enum { BRUTE_RULES = 64, BRUTE_LEVELS = 8, BRUTE_PAIRS = 20, BRUTE_MEMBERS = 8 };

/** A member on a duty; indices into the world, and the member's position in the part. */
struct brute_pair {
    int32_t member, duty, position;
    uint64_t broken; /* hard rules (bits) on availability and eligibility that it breaks */
};

/** One set of a member's pairs. */
struct brute_schedule {
    uint32_t pairs;  /* bits */
    uint64_t broken; /* hard rules about one member */
    int64_t amounts[BRUTE_RULES];
    int64_t cost[BRUTE_LEVELS]; /* of all terms about this member, beyond those of its idle schedule */
};

struct brute_schedules {
    struct brute_schedule *items;
    int32_t count;
    bool is_feasible; /* false: every schedule breaks a hard rule; only the idle one is kept, as if legal */
};

/** One roster of the part. */
struct brute_roster {
    uint32_t pairs;
    uint64_t broken; /* hard rules that it breaks; 0: legal */
    int64_t value[BRUTE_LEVELS];
    int64_t *amounts; /* [rule] */
};

struct brute {
    const struct pnr_world *world;
    struct pnr_arena arena;
    struct brute_pair pairs[BRUTE_PAIRS];
    int32_t pair_count;
    int32_t member_count;
    uint32_t own[BRUTE_MEMBERS];                     /* by position: its pairs (bits) */
    struct brute_schedules schedules[BRUTE_MEMBERS]; /* by position in the part */
    struct brute_roster *rosters;
    int32_t roster_count;
    int32_t capacity;
    int64_t idle_value[BRUTE_LEVELS]; /* of terms about members, with everybody idle */
};

/**
 * Enumerates part `part` of the staged campaign after `before`, the (member, duty) assignments of earlier
 * parts. False when the part is too large. Rosters that break one hard rule are kept beside the legal ones,
 * so that one can see what the rule forbids. Release with brute_fini() in both cases.
 */
bool brute_init(struct brute *brute, const struct pnr_world *world, int32_t part,
                const struct brute_pair *before, int32_t before_count);
void brute_fini(struct brute *brute);

/** The smallest value of `level` among legal rosters whose values before it are at most `frozen`; INT64_MAX
 * if there is none. `without`: a rule (bit number) that is left out of everything, -1: none. */
int64_t brute_optimum(const struct brute *brute, int32_t level, const int64_t *frozen, int32_t without);

/** Whether leaving the rule out would allow more rosters or change an optimum of the lexicographic order. */
bool brute_is_binding(const struct brute *brute, int32_t rule);

#endif
