/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A Curtois & Qu instance as a campaign. */
#ifndef BENCH_CURTOIS_CAMPAIGN_H
#define BENCH_CURTOIS_CAMPAIGN_H

#include <pioneer/roster.h>

#include "curtois/curtois.h"

/* The first day of every campaign: a Monday (2024-01-01), because the format's day 0 is one. */
#define CURTOIS_FIRST_DAY 19723

/*
 * Makes a validated campaign whose one level, "cost", has the value of the format: one stage, one unit, one
 * site, a post and a slot for each shift. A cover weight of 0 that could matter cannot be said in a campaign
 * (there it means the default) and is BENCH_BAD_INPUT.
 */
bool curtois_campaign(const struct curtois_instance *instance, const char *name,
                      struct pioneer_campaign **out, struct bench_error *error);

/* The roster of such a campaign as a grid. */
bool curtois_grid_of_roster(const struct curtois_instance *instance, const struct pioneer_roster *roster,
                            int32_t *grid, struct bench_error *error);
/* A grid as a roster of such a campaign, to be checked. */
bool curtois_roster_of_grid(const struct curtois_instance *instance, const int32_t *grid,
                            struct pioneer_roster **out, struct bench_error *error);

#endif
