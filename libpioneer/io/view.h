/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A campaign and a roster brought together for the writers of exports: who stands where, who leads, what is
 * short. */
#ifndef PNR_IO_VIEW_H
#define PNR_IO_VIEW_H

#include <pioneer/roster.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/text.h"
#include "model/duties.h"

/* One assignment that names a member and a duty of the campaign. Indices are into the campaign and the
 * duties. */
struct pnr_place {
    int32_t member;
    int32_t duty;
    enum pioneer_assignment_state state;
    bool leads; /* the first on the duty who meets the post's lead expression */
};

/* Immutable. Everything lives in `arena` and the maps and borrows the campaign and the roster. */
struct pnr_view {
    const struct pioneer_campaign *campaign;
    const struct pioneer_roster *roster;
    const char *language; /* "zh" or "en" */
    struct pnr_arena arena;
    struct pnr_map members, posts, sites, slots, units; /* id to index */
    struct pnr_duty_list duties;
    /* in order of duty, the one who leads first, absent ones last, then member id */
    struct pnr_place *places;
    int32_t place_count;
    int32_t *first_of_duty;    /* [duty + 1] into places */
    int32_t *assigned;         /* [duty] heads that count: all but the absent */
    int32_t *first_of_member;  /* [member + 1] into places_of_member */
    int32_t *places_of_member; /* indices into places; a member's are in order of time */
    int32_t *unit_of_member, *unit_of_post, *parent_of_unit; /* -1: none */
    int32_t *units_in_order; /* parents before children, siblings in the order of the campaign */
    int32_t *depth_of_unit;
    int32_t first_day, last_day; /* of the stages */
};

/* Fails with no memory, and with what pnr_duties_expand() and the lead expressions fail with. `out` is freed
 * by the caller in any case. language NULL: "en". */
enum pioneer_status pnr_view_build(struct pnr_view *out, const struct pioneer_campaign *campaign,
                                   const struct pioneer_roster *roster, const char *language,
                                   struct pioneer_error *error);
void pnr_view_fini(struct pnr_view *view);

/* The duty of four names; -1 when the campaign has none. */
int32_t pnr_view_duty(const struct pnr_view *view, const char *post, const char *site, const char *slot,
                      int32_t day);

/* The message in the view's language. */
const char *pnr_view_say(const struct pnr_view *view, const char *english);

/* Appends, in the view's language: a day ("17 Feb", "2月17日"), with its year, a time span of a duty
 * ("08:00–12:00", "22:00–06:00 next day"), and minutes ("3 h 30 min"). */
void pnr_view_put_day(const struct pnr_view *view, struct pnr_text *out, int32_t day);
void pnr_view_put_date(const struct pnr_view *view, struct pnr_text *out, int32_t day);
void pnr_view_put_span(const struct pnr_view *view, struct pnr_text *out, int32_t from_min, int32_t to_min);
void pnr_view_put_minutes(const struct pnr_view *view, struct pnr_text *out, int64_t minutes);

#endif
