/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule site_capacity: heads at a site whenever a duty starts there. */
#include "check/rules/rules.h"

#include <stdlib.h>
#include "check/inforce.h"

/* No duty is longer than two days, so that none that started earlier than this is still running. */
#define LONGEST_MIN 2880

/* A duty at a site with a capacity; sorted by site, then in the order of duties, which is that of their
 * starts. */
struct entry {
    int32_t site, duty;
};

static int compare_entries(const void *left, const void *right) {
    const struct entry *a = left;
    const struct entry *b = right;
    return a->site != b->site ? (a->site > b->site) - (a->site < b->site)
                              : (a->duty > b->duty) - (a->duty < b->duty);
}

static int64_t heads_at(const struct pnr_view *view, const struct entry *entries, int32_t count, int32_t site,
                        int32_t moment) {
    int64_t heads = 0;
    for (int32_t i = 0; i < count; i++) {
        const struct pnr_check_duty *duty = &view->world->duties[entries[i].duty];
        if (entries[i].site != site || duty->from_at > moment) {
            break;
        }
        if (moment < duty->to_at && pnr_view_is_before_or_in(view, entries[i].duty)) {
            heads += pnr_view_count(view, entries[i].duty, NULL);
        }
    }
    return heads;
}

/* Duties from `recent` on may run at the moment at which the i-th starts. */
static void judge_moment(struct pnr_view *view, const struct entry *entries, int32_t count, int32_t recent,
                         int32_t i) {
    const struct pnr_check_duty *duty = &view->world->duties[entries[i].duty];
    int64_t capacity = view->world->campaign->sites.items[duty->site].capacity;
    int64_t heads = heads_at(view, entries + recent, count - recent, duty->site, duty->from_at);
    pnr_view_charge(
        view, &(struct pnr_charge){
                  .amount = heads - capacity,
                  .duty = duty,
                  .day = duty->day,
                  .found = heads,
                  .limit = capacity,
                  .sentence = PNR_("{found} people are on duty at the site when {duty} starts; it holds "
                                   "{limit}."),
              });
}

static bool is_in_part_dates(const struct pnr_view *view, const struct pnr_check_duty *duty) {
    return view->part->first_stage <= duty->stage && duty->stage <= view->part->last_stage &&
           pnr_inforce_holds_in(view->world, view->rule, duty->stage);
}

static void judge(struct pnr_view *view, const struct entry *entries, int32_t count) {
    int32_t recent = 0;
    for (int32_t i = 0; i < count; i++) {
        const struct pnr_check_duty *duty = &view->world->duties[entries[i].duty];
        while (entries[recent].site != duty->site ||
               view->world->duties[entries[recent].duty].from_at < duty->from_at - LONGEST_MIN) {
            recent++;
        }
        const struct pnr_check_duty *last = i == 0 ? NULL : &view->world->duties[entries[i - 1].duty];
        bool is_new_moment = last == NULL || last->site != duty->site || last->from_at != duty->from_at;
        if (is_new_moment && is_in_part_dates(view, duty)) {
            judge_moment(view, entries, count, recent, i);
        }
    }
}

/* The duties that can matter on the dates of the part. */
static int32_t list_entries(const struct pnr_view *view, struct entry *entries) {
    const struct pnr_world *world = view->world;
    const struct pioneer_stage *stages = world->campaign->stages.items;
    int32_t first_day = stages[view->part->first_stage].from_day - LONGEST_MIN / 1440;
    int32_t last_day = stages[view->part->last_stage].to_day;
    int32_t count = 0;
    for (int32_t i = 0; i < world->duty_count; i++) {
        const struct pnr_check_duty *duty = &world->duties[i];
        if (first_day <= duty->day && duty->day <= last_day &&
            world->campaign->sites.items[duty->site].capacity > 0) {
            entries[count++] = (struct entry){duty->site, i};
        }
    }
    return count;
}

void pnr_check_site_capacity(struct pnr_view *view) {
    const struct pnr_world *world = view->world;
    const struct pnr_division *division = view->division;
    bool is_last_of_stage = view->part->index + 1 == division->part_count ||
                            division->parts[view->part->index + 1].stage != view->part->stage;
    if (view->is_hard && !is_last_of_stage) {
        return; /* the last part of the stage sees all that the others do */
    }
    struct entry *entries = calloc((size_t)world->duty_count + 1, sizeof *entries);
    if (entries == NULL) {
        view->report->failed = true;
        return;
    }
    int32_t count = list_entries(view, entries);
    qsort(entries, (size_t)count, sizeof *entries, compare_entries);
    judge(view, entries, count);
    free(entries);
}
