/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Validation of the expanded duties and of the assignments given for them. */
#include <stdlib.h>
#include <string.h>

#include "model/duties.h"
#include "model/rule_table.h"
#include "model/validation.h"

/* An assignment with its references resolved. */
struct given {
    int32_t member, duty, index;
    bool stands; /* pinned or served */
};

static int compare_given(const void *left, const void *right) {
    const struct given *a = left;
    const struct given *b = right;
    if (a->member != b->member) {
        return a->member < b->member ? -1 : 1;
    }
    if (a->duty != b->duty) {
        return a->duty < b->duty ? -1 : 1;
    }
    return (a->index > b->index) - (a->index < b->index);
}

static void report(struct pnr_validation *validation, enum pioneer_severity severity, const char *code,
                   int32_t index, int64_t number) {
    struct pnr_path path = {NULL, "assignments", index};
    const char *member = validation->campaign->assignments.items[index].member;
    pnr_finding_add(validation, severity, code, &path, NULL,
                    (struct pnr_particulars){.id = member, .number = number});
}

/* A published assignment may outlive its duty: that is a change of plan. A pin may not. */
static int32_t resolve(struct pnr_validation *validation, const struct pnr_duty_list *duties,
                       struct given *given) {
    const struct pioneer_campaign *campaign = validation->campaign;
    const struct pnr_indexes *indexes = &validation->indexes;
    int32_t count = 0;
    for (int32_t i = 0; i < campaign->assignments.count; i++) {
        const struct pioneer_assignment *a = &campaign->assignments.items[i];
        int32_t duty = pnr_duties_find(campaign, duties, pnr_index_find(&indexes->of[PNR_KIND_POST], a->post),
                                       pnr_index_find(&indexes->of[PNR_KIND_SITE], a->site),
                                       pnr_index_find(&indexes->of[PNR_KIND_SLOT], a->slot), a->day);
        bool stands = a->state == PIONEER_PINNED || a->state == PIONEER_SERVED;
        if (duty < 0) {
            report(validation, stands ? PIONEER_ERROR : PIONEER_WARNING, "unknown-duty", i, 0);
        } else {
            int32_t member = pnr_index_find(&indexes->of[PNR_KIND_MEMBER], a->member);
            given[count++] = (struct given){member, duty, i, stands};
        }
    }
    qsort(given, (size_t)count, sizeof *given, compare_given);
    return count;
}

/* Duties are in order of their start, so those of one member stand in that order too. */
static void check_members(struct pnr_validation *validation, const struct pnr_duty_list *duties,
                          const struct given *given, int32_t count) {
    int32_t busy_until = 0;
    for (int32_t i = 0; i < count; i++) {
        bool is_same_member = i > 0 && given[i].member == given[i - 1].member;
        if (is_same_member && given[i].duty == given[i - 1].duty) {
            report(validation, PIONEER_ERROR, "duplicate-assignment", given[i].index, 0);
            continue;
        }
        if (!is_same_member) {
            busy_until = 0;
        }
        if (!given[i].stands) {
            continue;
        }
        const struct pnr_duty *duty = &duties->items[given[i].duty];
        if (duty->from_at < busy_until) {
            report(validation, PIONEER_ERROR, "overlapping-pins", given[i].index, 0);
        }
        busy_until = duty->to_at > busy_until ? duty->to_at : busy_until;
    }
}

static void check_pins(struct pnr_validation *validation, const struct pnr_duty_list *duties,
                       const struct given *given, int32_t count) {
    int32_t *pins = pnr_arena_alloc(&validation->scratch, (size_t)duties->count, sizeof *pins);
    if (pins == NULL) {
        validation->failed = true;
        return;
    }
    for (int32_t i = 0; i < count; i++) {
        int32_t duty = given[i].duty;
        pins[duty] += given[i].stands;
        if (given[i].stands && pins[duty] == duties->items[duty].max + 1) {
            report(validation, PIONEER_ERROR, "too-many-pins", given[i].index, duties->items[duty].max);
        }
    }
}

static void check_assignments(struct pnr_validation *validation, const struct pnr_duty_list *duties) {
    struct given *given =
        pnr_arena_alloc(&validation->scratch, (size_t)validation->campaign->assignments.count, sizeof *given);
    if (given == NULL) {
        validation->failed = true;
        return;
    }
    int32_t count = resolve(validation, duties, given);
    check_members(validation, duties, given, count);
    check_pins(validation, duties, given, count);
}

/* Values of levels are int64_t: what all duties can cost must stay well below 2⁶³. A double is exact enough
 * for that, and cannot overflow itself. */
#define COST_MAX 4e18

static double weight_of(const struct pioneer_campaign *campaign, enum pioneer_rule_kind kind) {
    double sum = 0;
    for (int32_t i = 0; i < campaign->rules.count; i++) {
        const struct pioneer_rule *rule = &campaign->rules.items[i];
        if (rule->kind == kind) {
            sum += rule->weight > 0 ? rule->weight : 1;
        }
    }
    return sum > 0 ? sum : 1;
}

static void check_costs(struct pnr_validation *validation, const struct pnr_duty_list *duties) {
    double shortage = weight_of(validation->campaign, PIONEER_RULE_SHORT_OF_MIN) +
                      weight_of(validation->campaign, PIONEER_RULE_SHORT_OF_TARGET);
    double excess = weight_of(validation->campaign, PIONEER_RULE_OVER_TARGET);
    double sum = 0;
    for (int32_t i = 0; i < duties->count; i++) {
        const struct pnr_duty *duty = &duties->items[i];
        sum += shortage * (double)duty->short_cost * duty->target;
        sum += excess * (double)duty->over_cost * (duty->max - duty->target);
    }
    if (sum > COST_MAX) {
        pnr_finding_add(validation, PIONEER_ERROR, "cost-too-large", NULL, "demand",
                        (struct pnr_particulars){0});
    }
}

void pnr_validate_duties(struct pnr_validation *validation) {
    struct pnr_duty_list duties;
    struct pioneer_error error;
    if (pnr_duties_expand(validation->campaign, &validation->scratch, &duties, &error) != PIONEER_OK) {
        pnr_finding_add_error(validation, &error, error.where);
        return;
    }
    check_costs(validation, &duties);
    check_assignments(validation, &duties);
    if (validation->campaign->members.count == 0) {
        pnr_finding_add(validation, PIONEER_NOTE, "no-members", NULL, "members", (struct pnr_particulars){0});
    }
    if (duties.count == 0) {
        pnr_finding_add(validation, PIONEER_NOTE, "no-duties", NULL, "demand", (struct pnr_particulars){0});
    }
}
