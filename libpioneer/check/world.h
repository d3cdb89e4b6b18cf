/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge's own facts, derived from the raw campaign: tree, pools, walks, duties, free time, rules in
 * force. */
#ifndef PNR_CHECK_WORLD_H
#define PNR_CHECK_WORLD_H

#include "base/arena.h"
#include "base/map.h"
#include "model/campaign.h"

struct pnr_check_duty {
    int32_t post, site, slot, stage;
    int32_t unit; /* the owner of the post */
    int32_t day, from_at, to_at;
    int32_t min, target, max;
    int64_t load, hardship; /* of one head */
    int64_t short_cost, over_cost;
    bool is_night;
    bool is_sized;  /* standby: its demand follows from other duties */
    int32_t demand; /* index of the line it comes from */
};

struct pnr_check_span {
    int32_t from_at, to_at;
};

/* Ascending, disjoint and not touching. */
struct pnr_check_free {
    struct pnr_check_span *spans;
    int32_t count;
};

/* Sets are NULL for "all", else one flag for each element of the campaign's array. */
struct pnr_check_rule {
    const struct pioneer_rule *given;
    enum pioneer_rule_kind kind;
    const char *id;
    int64_t weight;   /* 0: hard */
    int32_t level;    /* -1: hard */
    int32_t replaces; /* index of a rule in force, -1 */
    bool is_replaced; /* by some rule, somewhere */
    uint8_t *members; /* in scope, before `replaces` */
    uint8_t *stages;  /* in scope, before `replaces` */
    uint8_t *who;     /* composition */
    uint8_t *posts;
    uint8_t *sites;
    uint8_t *slots;
    uint8_t *slots_of_kinds;      /* by slot_kinds */
    uint8_t *slots_of_next_kinds; /* by next_kinds */
    uint8_t *sites_of_kinds;      /* by site_kinds */
    uint8_t *sites_of_other_kinds;
    int32_t unit; /* -1 */
};

/* Two sites or two zones, a <= b. */
struct pnr_check_walk {
    int32_t a, b, minutes;
};

/* A member marked on a duty by the published roster. */
struct pnr_check_mark {
    int32_t member, duty;
    enum pioneer_assignment_state state;
};

/* Immutable once built. Borrows the campaign. `…_of_member` with a range are [member_count + 1] starts into
 * an array of indices. */
struct pnr_world {
    const struct pioneer_campaign *campaign;
    struct pnr_arena arena;
    struct pnr_map unit_by_id, member_by_id, site_by_id, slot_by_id, stage_by_id, post_by_id, zone_by_name;
    int32_t root;
    int32_t *parent_of_unit, *depth_of_unit;
    int32_t *unit_of_post, *unit_of_member, *zone_of_site;
    int32_t *rank_of_unit, *rank_of_member; /* in bytewise order of ids */
    int32_t *members_by_rank;
    uint8_t *is_nominated; /* [member], within every quota */
    uint8_t **eligible_of_post,
        **lead_of_post;          /* sets; lead of a post without one is NULL too: see asks_for_lead */
    int32_t first_day, last_day; /* of the campaign, inclusive */
    int32_t *stage_of_day;       /* [day - first_day], -1 between stages */
    struct pnr_check_walk *walks_of_sites, *walks_of_zones;
    int32_t site_walk_count, zone_walk_count;
    struct pnr_check_duty *duties; /* by day, start, site, post and slot id */
    int32_t duty_count;
    int32_t *duty_by_key; /* indices by post, site, slot, day */
    struct pnr_check_free *free_of_member;
    int32_t *history_of_member; /* -1: none */
    int32_t *requests_of_member, *requests;
    int32_t *preferences_of_member, *preferences;
    struct pnr_check_mark *marks; /* by member, duty; those whose duty exists */
    int32_t mark_count;
    const struct pioneer_level *levels;
    int32_t level_count;
    struct pnr_check_rule *rules;
    int32_t rule_count;
};

/* PIONEER_E_INVALID for a campaign that validation would refuse. On failure the world is empty. */
enum pioneer_status pnr_world_init(struct pnr_world *world, const struct pioneer_campaign *campaign,
                                   struct pioneer_error *error);
void pnr_world_fini(struct pnr_world *world);

/* Whether `unit` is `ancestor` or below it. */
bool pnr_world_is_below(const struct pnr_world *world, int32_t unit, int32_t ancestor);
/* Whether the unit may use the member for its posts. */
bool pnr_world_in_pool(const struct pnr_world *world, int32_t member, int32_t unit);
int32_t pnr_world_walk(const struct pnr_world *world, int32_t site, int32_t other);
/* -1 between stages and outside the campaign. */
int32_t pnr_world_stage_of(const struct pnr_world *world, int32_t day);
bool pnr_world_is_eligible(const struct pnr_world *world, int32_t member, int32_t post);
bool pnr_world_asks_for_lead(const struct pnr_world *world, const struct pnr_check_duty *duty);
bool pnr_world_can_lead(const struct pnr_world *world, int32_t member, int32_t post);
/* The index of the duty of these ids, -1 when there is none. */
int32_t pnr_world_find_duty(const struct pnr_world *world, const struct pioneer_assignment *named);
/* The mark of the member on the duty, NULL when there is none. */
const struct pnr_check_mark *pnr_world_mark(const struct pnr_world *world, int32_t member, int32_t duty);
/* NULL when the member brings none. */
const struct pioneer_history *pnr_world_history(const struct pnr_world *world, int32_t member);

/* The flags of an expression over members, from the arena; *out stays NULL for a text that is NULL or empty.
 */
enum pioneer_status pnr_world_select(struct pnr_world *world, const char *expression, uint8_t **out,
                                     struct pioneer_error *error);

static inline bool pnr_in_set(const uint8_t *set, int32_t index) {
    return set == NULL || set[index] != 0;
}

static inline bool pnr_is_pin(enum pioneer_assignment_state state) {
    return state == PIONEER_PINNED || state == PIONEER_SERVED;
}

#endif
