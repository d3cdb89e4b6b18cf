/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is derived from a validated campaign once and shared by everything but the judge: tree, pools, walks,
 * free time, rules in force. */
#ifndef PNR_MODEL_ORGANISATION_H
#define PNR_MODEL_ORGANISATION_H

#include "base/map.h"
#include "model/campaign.h"
#include "model/duties.h"
#include "model/expression.h"

/* A rule in force: a written one or a built-in (docs/rules.md section 3), with every default resolved. */
struct pnr_rule {
    struct pioneer_rule given; /* id, kind, parameters; weight resolved (0: hard); credit window resolved */
    int32_t level;             /* index into levels of a term, -1: hard */
    int32_t replaces;          /* index into rules, -1 */
    uint8_t *member_in_scope;  /* [member], before `replaces` */
    uint8_t *stage_in_scope;   /* [stage], before `replaces` */
    bool is_replaced;          /* some rule's `replaces` names this one */
};

struct pnr_free_span {
    int32_t from_at, to_at;
};

/* A published, pinned, served or absent assignment with its references resolved. */
struct pnr_given {
    int32_t member, duty;
    enum pioneer_assignment_state state;
};

/* Immutable. Everything lives in `arena` and borrows the campaign, which must stay unchanged. */
struct pnr_organisation {
    const struct pioneer_campaign *campaign;
    struct pnr_arena arena;
    struct pnr_duty_list duties;
    /* units */
    int32_t *parent_of_unit; /* -1 for the root */
    int32_t *depth_of_unit;
    int32_t root;
    uint8_t *owns_duty; /* [unit] */
    /* posts, members */
    int32_t *unit_of_post, *unit_of_member;
    int32_t *home_site_of_member;                             /* -1 */
    uint8_t *is_nominated;                                    /* [member], effectively */
    struct pnr_expression **eligible_of_post, **lead_of_post; /* lead NULL: none asked for */
    /* free time of a member: disjoint, ascending spans, touching spans merged, over [first day − 1, last day
     * + 2] */
    struct pnr_free_span **free_of_member;
    int32_t *free_count_of_member;
    int32_t *walk_min; /* [site × site_count + site] */
    /* the campaign's assignments to duties that exist */
    struct pnr_given *given;  /* by member, then duty */
    int32_t *given_of_member; /* [member + 1] */
    /* levels and rules */
    const struct pioneer_level *levels;
    int32_t level_count;
    int32_t later_level; /* what later parts would lack, see pnr_organisation_add_later_level(); -1: none */
    struct pnr_rule *rules;
    int32_t rule_count;
    int32_t first_day, last_day; /* of the campaign, inclusive */
    int32_t *rank_of_member;     /* position of the member in bytewise id order: the tie-break everywhere */
    int32_t *rank_of_unit;
};

/* PIONEER_E_INVALID "not-validated" unless pioneer_campaign_validate() has accepted the campaign as it is. */
enum pioneer_status pnr_organisation_build(const struct pioneer_campaign *campaign,
                                           struct pnr_organisation **out, struct pioneer_error *error);
void pnr_organisation_free(struct pnr_organisation *organisation);

/*
 * Adds a level without an id for what later parts would lack (see struct pnr_outlook): behind every level
 * that judges coverage, before those that judge how members fare. Must come before anything is built on the
 * organisation. False when memory is short.
 */
bool pnr_organisation_add_later_level(struct pnr_organisation *organisation);

/* Resolves the campaign's assignments anew: needed when `duties` were replaced. False when memory is short.
 */
bool pnr_organisation_resolve_given(struct pnr_organisation *organisation);

/* Whether `unit` is `ancestor` or below it. */
bool pnr_organisation_below(const struct pnr_organisation *organisation, int32_t unit, int32_t ancestor);
/* Whether the member is in the pool of `unit`. */
bool pnr_organisation_in_pool(const struct pnr_organisation *organisation, int32_t member, int32_t unit);
/* Whether the member is in the pool of the unit's parts; unit -1 (joint): of some unit that owns a duty. */
bool pnr_organisation_serves(const struct pnr_organisation *organisation, int32_t member, int32_t unit);
/* Whether rule r holds for the member in the stage, `replaces` taken into account. member -1 (rules about
 * duties): whether it holds in the stage. */
bool pnr_organisation_rule_holds(const struct pnr_organisation *organisation, int32_t rule, int32_t member,
                                 int32_t stage);
/* Whether [from_at, to_at) lies wholly inside the member's free time. Logarithmic. */
bool pnr_organisation_is_free(const struct pnr_organisation *organisation, int32_t member, int32_t from_at,
                              int32_t to_at);

#endif
