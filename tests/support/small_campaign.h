/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A campaign of two days, two sites and three members, for the tests of exports. */
#ifndef SMALL_CAMPAIGN_H
#define SMALL_CAMPAIGN_H

#include <pioneer/campaign.h>
#include <pioneer/roster.h>

struct small_campaign {
    struct pioneer_campaign *campaign;
    struct pioneer_roster *roster;
};

/* The text of each name that a test may want to choose; NULL: an ordinary one. */
struct small_campaign_names {
    const char *member; /* of member "a" */
    const char *site;   /* of site "gate" */
    const char *post;
    const char *unit;
    const char *time_zone;
};

/* Monday 2020-02-17 and Tuesday: post "watch" (lead: party members) at "gate", slots "day" 08:00-12:00 and
 * "night" 22:00-06:00, min 2, target 2; at "lib" the slot "day" on Monday, min 1, target 2. Members a
 * (teacher, party), b and c (students). Roster: a and b on gate/day on Monday, a on gate/night on Monday, c
 * on lib/day, absent. The rest of gate is empty. */
void small_campaign_make(struct small_campaign *out, const struct small_campaign_names *names);
void small_campaign_free(struct small_campaign *small);

#endif
