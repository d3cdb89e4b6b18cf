/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule unit_burden: minutes of child units above their share. */
#include "check/rules/rules.h"

#include "check/fairness.h"
#include "check/share.h"

#include <stdlib.h>

/* One number for each child unit, children in the order of their ids. */
struct burden {
    int32_t child_count;
    int32_t *child_of_unit; /* [unit] position of the child that the unit lies in, -1 */
    int64_t *signed_up, *share, *borne;
};

static void number_children(const struct pnr_world *world, int32_t unit, struct burden *burden) {
    int32_t unit_count = world->campaign->units.count;
    for (int32_t i = 0; i < unit_count; i++) {
        int32_t before = 0; /* children of smaller id */
        for (int32_t j = 0; j < unit_count && world->parent_of_unit[i] == unit; j++) {
            before += world->parent_of_unit[j] == unit && world->rank_of_unit[j] < world->rank_of_unit[i];
        }
        burden->child_of_unit[i] = world->parent_of_unit[i] == unit ? before : -1;
        burden->child_count += world->parent_of_unit[i] == unit;
    }
    for (int32_t i = 0; i < unit_count; i++) {
        int32_t ancestor = i;
        while (ancestor >= 0 && world->parent_of_unit[ancestor] != unit) {
            ancestor = world->parent_of_unit[ancestor];
        }
        burden->child_of_unit[i] = ancestor < 0 ? -1 : burden->child_of_unit[ancestor];
    }
}

static void count_burden(const struct pnr_view *view, struct burden *burden) {
    const struct pnr_world *world = view->world;
    for (int32_t i = 0; i < world->campaign->members.count; i++) {
        int32_t child = burden->child_of_unit[world->unit_of_member[i]];
        if (child >= 0) {
            burden->signed_up[child]++;
        }
    }
    for (int32_t i = 0; i < view->part->duty_count; i++) {
        int32_t duty = view->part->duties[i];
        for (int32_t j = view->stand->members_of_duty[duty]; j < view->stand->members_of_duty[duty + 1];
             j++) {
            int32_t member = view->stand->member_at[j];
            int32_t child = burden->child_of_unit[world->unit_of_member[member]];
            if (child >= 0 && pnr_in_set(view->rule->members, member)) {
                burden->borne[child] += world->duties[duty].load;
            }
        }
    }
}

static void judge(struct pnr_view *view, int32_t unit, struct burden *burden) {
    number_children(view->world, unit, burden);
    count_burden(view, burden);
    int64_t demand = pnr_fairness_demand(view->world, view->part);
    if (pnr_share(demand, burden->signed_up, burden->child_count, burden->share) != PIONEER_OK) {
        view->report->failed = true;
        return;
    }
    for (int32_t i = 0; i < burden->child_count; i++) {
        int64_t above = burden->borne[i] - burden->share[i];
        int64_t far_above = above - burden->share[i] / 4;
        pnr_view_charge(view, &(struct pnr_charge){.amount = above});
        pnr_view_charge(view, &(struct pnr_charge){.amount = far_above});
    }
}

void pnr_check_unit_burden(struct pnr_view *view) {
    size_t count = (size_t)view->world->campaign->units.count;
    int32_t unit = view->part->unit < 0 ? view->world->root : view->part->unit;
    int64_t *numbers = calloc(3 * count, sizeof *numbers);
    int32_t *child_of_unit = calloc(count, sizeof *child_of_unit);
    if (numbers == NULL || child_of_unit == NULL) {
        view->report->failed = true;
    } else if (pnr_view_holds(view)) {
        struct burden burden = {0, child_of_unit, numbers, numbers + count, numbers + 2 * count};
        judge(view, unit, &burden);
    }
    free(numbers);
    free(child_of_unit);
}
