/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a campaign is divided into parts: stage by stage and unit by unit, or not at all (joint). */
#ifndef PNR_CHECK_DIVISION_H
#define PNR_CHECK_DIVISION_H

#include "check/stand.h"
#include "check/world.h"

struct pnr_check_part {
    int32_t index;
    int32_t stage, unit; /* -1: joint */
    int32_t first_stage, last_stage;
    int32_t *duties; /* in order */
    int32_t duty_count;
    int32_t *members; /* its pool, in the order of their ids */
    int32_t member_count;
    uint8_t *is_last_of_member; /* [position in members] of the parts of its stage that have the member */
    int64_t *load, *hardship;   /* [position in members] what the member is assigned in this part */
    int64_t *entitled, *entitled_hardship; /* [position in members] */
};

/* A member's place in a part. */
struct pnr_check_place {
    int32_t part, position;
};

struct pnr_division {
    struct pnr_arena arena;
    bool is_joint;
    struct pnr_check_part *parts; /* in the order in which they are solved */
    int32_t part_count;
    int32_t *part_of_duty;
    int32_t *places_of_member; /* [member_count + 1] starts into places, in the order of the parts */
    struct pnr_check_place *places;
};

/* Only fails for want of memory, and is empty then. Entitlements are left 0 for check/fairness.c. */
enum pioneer_status pnr_division_init(struct pnr_division *division, const struct pnr_world *world,
                                      const struct pnr_stand *stand, bool is_joint);
void pnr_division_fini(struct pnr_division *division);

/* Whether the member may take the duty, as far as pools go. */
bool pnr_division_may_take(const struct pnr_world *world, int32_t member, const struct pnr_check_duty *duty);
/* The position of the member in the part's pool, -1 when it is not there. */
int32_t pnr_division_position(const struct pnr_division *division, int32_t part, int32_t member);

#endif
