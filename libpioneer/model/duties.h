/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The expansion of demand lines into duties. */
#ifndef PNR_MODEL_DUTIES_H
#define PNR_MODEL_DUTIES_H

#include "model/campaign.h"

/* Indices are into the campaign's arrays. */
struct pnr_duty {
    int32_t post, site, slot, stage;
    int32_t day;
    int32_t from_at, to_at; /* civil minutes */
    int32_t min, target, max;
    int32_t load_min;   /* len × load_percent / 100, rounded down */
    int32_t hardship;   /* points */
    int64_t short_cost; /* resolved: never 0 unless the duty has no length */
    int64_t over_cost;
    bool night;
};

/* More duties than this are refused: the expansion of a slip of the pen must not eat the machine. */
#define PNR_DUTIES_MAX 2000000

struct pnr_duty_list {
    struct pnr_duty *items;
    int32_t count;
};

/* The stage that the day lies in, -1 for none. */
int32_t pnr_stage_of_day(const struct pioneer_campaign *campaign, int32_t day);

/* The order of duties: below 0 where `a` comes first. */
int pnr_duty_compare(const struct pioneer_campaign *campaign, const struct pnr_duty *a,
                     const struct pnr_duty *b);

/* All duties of a validated campaign, in order of day, from_at, site id, post id, slot id (ids bytewise): the
 * order does not depend on that of the JSON arrays. Memory comes from `arena`. Errors: no memory;
 * "duplicate-duty", "date-outside-stages", "too-many-duties" with `where`. */
enum pioneer_status pnr_duties_expand(const struct pioneer_campaign *campaign, struct pnr_arena *arena,
                                      struct pnr_duty_list *out, struct pioneer_error *error);

/* Index of the duty of (post, site, slot, day), campaign indices; -1 if there is none. Logarithmic. */
int32_t pnr_duties_find(const struct pioneer_campaign *campaign, const struct pnr_duty_list *duties,
                        int32_t post, int32_t site, int32_t slot, int32_t day);

#endif
