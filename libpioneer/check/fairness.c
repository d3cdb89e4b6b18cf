/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the members of a part are entitled to carry. */
#include "check/fairness.h"

#include <stdlib.h>

#include "base/calendar.h"
#include "check/inforce.h"
#include "check/free.h"
#include "check/share.h"

/* Duties of one part that differ in their site alone: whoever may take one of them may take all, and their
 * union is any one of them. In order of day and start. */
struct bundle {
    int32_t day, from_at, to_at, post, stage;
    int64_t hardship;
};

struct bundles {
    struct bundle *items;
    int32_t count;
};

struct judge {
    const struct pnr_world *world;
    const struct pnr_stand *stand;
    const struct pnr_division *division;
    const struct pnr_check_part *part;
    struct bundles bundles;
    bool has_maxima; /* some hard maximum of minutes exists at all */
};

static int compare_bundles(const void *left, const void *right) {
    const struct bundle *a = left;
    const struct bundle *b = right;
    if (a->day != b->day) {
        return a->day < b->day ? -1 : 1;
    }
    if (a->from_at != b->from_at) {
        return a->from_at < b->from_at ? -1 : 1;
    }
    if (a->to_at != b->to_at) {
        return a->to_at < b->to_at ? -1 : 1;
    }
    return (a->post > b->post) - (a->post < b->post);
}

static enum pioneer_status make_bundles(struct judge *judge) {
    const struct pnr_check_part *part = judge->part;
    struct bundles *bundles = &judge->bundles;
    bundles->items = calloc((size_t)part->duty_count + 1, sizeof *bundles->items);
    if (bundles->items == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    for (int32_t i = 0; i < part->duty_count; i++) {
        const struct pnr_check_duty *duty = &judge->world->duties[part->duties[i]];
        bundles->items[i] =
            (struct bundle){duty->day, duty->from_at, duty->to_at, duty->post, duty->stage, duty->hardship};
    }
    qsort(bundles->items, (size_t)part->duty_count, sizeof *bundles->items, compare_bundles);
    bundles->count = 0;
    for (int32_t i = 0; i < part->duty_count; i++) {
        struct bundle *last = bundles->count == 0 ? NULL : &bundles->items[bundles->count - 1];
        if (last != NULL && compare_bundles(last, &bundles->items[i]) == 0) {
            last->hardship += bundles->items[i].hardship;
        } else {
            bundles->items[bundles->count++] = bundles->items[i];
        }
    }
    return PIONEER_OK;
}

static bool meets_earlier_part(const struct judge *judge, int32_t member, const struct bundle *bundle) {
    const struct pnr_stand *stand = judge->stand;
    for (int32_t i = stand->duties_of_member[member]; i < stand->duties_of_member[member + 1]; i++) {
        const struct pnr_check_duty *duty = &judge->world->duties[stand->duty_at[i]];
        if (judge->division->part_of_duty[stand->duty_at[i]] < judge->part->index &&
            duty->from_at < bundle->to_at && bundle->from_at < duty->to_at) {
            return true;
        }
    }
    return false;
}

static bool could_take(const struct judge *judge, int32_t member, const struct bundle *bundle) {
    const struct pnr_world *world = judge->world;
    return pnr_world_is_eligible(world, member, bundle->post) &&
           pnr_world_in_pool(world, member, world->unit_of_post[bundle->post]) &&
           pnr_free_holds(world, member, bundle->from_at, bundle->to_at) &&
           !meets_earlier_part(judge, member, bundle);
}

static bool is_hard_maximum(const struct pnr_check_rule *rule) {
    return rule->kind == PIONEER_RULE_MINUTES && rule->weight == 0 && rule->given->has_max;
}

/* The smallest hard maximum of minutes for the window that holds for the member in any of the stages. */
static int64_t clip(const struct judge *judge, int32_t member, enum pioneer_window window,
                    int32_t first_stage, int32_t last_stage, int64_t minutes) {
    const struct pnr_world *world = judge->world;
    for (int32_t i = 0; i < world->rule_count && judge->has_maxima; i++) {
        const struct pnr_check_rule *rule = &world->rules[i];
        if (!is_hard_maximum(rule) || rule->given->window != window || rule->given->max >= minutes) {
            continue;
        }
        for (int32_t stage = first_stage; stage <= last_stage; stage++) {
            if (pnr_inforce_holds(world, rule, member, stage)) {
                minutes = rule->given->max;
                break;
            }
        }
    }
    return minutes;
}

/* The minutes that the union of the member's bundles of one date covers; *next moves to the next date. */
static int64_t minutes_of_day(const struct judge *judge, int32_t member, int32_t *next, int64_t *hardship) {
    const struct bundles *bundles = &judge->bundles;
    int32_t day = bundles->items[*next].day;
    int64_t minutes = 0;
    int32_t covered_to = INT32_MIN;
    for (; *next < bundles->count && bundles->items[*next].day == day; (*next)++) {
        const struct bundle *bundle = &bundles->items[*next];
        if (!could_take(judge, member, bundle)) {
            continue;
        }
        int32_t from_at = bundle->from_at > covered_to ? bundle->from_at : covered_to;
        if (from_at < bundle->to_at) {
            minutes += bundle->to_at - from_at;
            covered_to = bundle->to_at;
        }
        *hardship += bundle->hardship;
    }
    return minutes;
}

/* Dates lie in weeks, weeks (as far as one stage holds them) in stages; each sum is clipped by its maximum.
 */
static void measure(const struct judge *judge, int32_t member, int64_t *minutes, int64_t *hardship) {
    const struct bundles *bundles = &judge->bundles;
    int32_t next = 0;
    int64_t total = 0;
    *hardship = 0;
    while (next < bundles->count) {
        int32_t stage = bundles->items[next].stage;
        int64_t in_stage = 0;
        while (next < bundles->count && bundles->items[next].stage == stage) {
            int32_t week = pnr_week_of(bundles->items[next].day);
            int64_t in_week = 0;
            while (next < bundles->count && bundles->items[next].stage == stage &&
                   pnr_week_of(bundles->items[next].day) == week) {
                int64_t in_day = minutes_of_day(judge, member, &next, hardship);
                in_week += clip(judge, member, PIONEER_WINDOW_DAY, stage, stage, in_day);
            }
            in_stage += clip(judge, member, PIONEER_WINDOW_WEEK, stage, stage, in_week);
        }
        total += clip(judge, member, PIONEER_WINDOW_STAGE, stage, stage, in_stage);
    }
    const struct pnr_check_part *part = judge->part;
    *minutes = clip(judge, member, PIONEER_WINDOW_CAMPAIGN, part->first_stage, part->last_stage, total);
}

int64_t pnr_fairness_demand(const struct pnr_world *world, const struct pnr_check_part *part) {
    int64_t demand = 0;
    for (int32_t i = 0; i < part->duty_count; i++) {
        const struct pnr_check_duty *duty = &world->duties[part->duties[i]];
        demand += duty->target * duty->load;
    }
    return demand;
}

int64_t pnr_fairness_hardship(const struct pnr_world *world, const struct pnr_check_part *part) {
    int64_t hardship = 0;
    for (int32_t i = 0; i < part->duty_count; i++) {
        const struct pnr_check_duty *duty = &world->duties[part->duties[i]];
        hardship += duty->target * duty->hardship;
    }
    return hardship;
}

static enum pioneer_status entitle_part(struct judge *judge, struct pnr_check_part *part) {
    int64_t *minutes = calloc((size_t)part->member_count + 1, sizeof *minutes);
    int64_t *hardship = calloc((size_t)part->member_count + 1, sizeof *hardship);
    enum pioneer_status status = PIONEER_E_NO_MEMORY;
    judge->part = part;
    if (minutes != NULL && hardship != NULL) {
        status = make_bundles(judge);
    }
    for (int32_t i = 0; i < part->member_count && status == PIONEER_OK; i++) {
        measure(judge, part->members[i], &minutes[i], &hardship[i]);
    }
    if (status == PIONEER_OK) {
        status =
            pnr_share(pnr_fairness_demand(judge->world, part), minutes, part->member_count, part->entitled);
    }
    if (status == PIONEER_OK) {
        status = pnr_share(pnr_fairness_hardship(judge->world, part), hardship, part->member_count,
                           part->entitled_hardship);
    }
    free(judge->bundles.items);
    judge->bundles = (struct bundles){0};
    free(minutes);
    free(hardship);
    return status;
}

static bool is_fairness(enum pioneer_rule_kind kind) {
    return kind == PIONEER_RULE_LOAD_FAIRNESS || kind == PIONEER_RULE_HARDSHIP_FAIRNESS;
}

enum pioneer_status pnr_fairness_entitle(struct pnr_division *division, const struct pnr_world *world,
                                         const struct pnr_stand *stand) {
    struct judge judge = {.world = world, .stand = stand, .division = division};
    bool is_asked = false;
    for (int32_t i = 0; i < world->rule_count; i++) {
        is_asked |= is_fairness(world->rules[i].kind);
        judge.has_maxima |= is_hard_maximum(&world->rules[i]);
    }
    enum pioneer_status status = PIONEER_OK;
    for (int32_t i = 0; i < division->part_count && status == PIONEER_OK && is_asked; i++) {
        status = entitle_part(&judge, &division->parts[i]);
    }
    return status;
}
