/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes against the published roster. */
#include "rules/table.h"

static bool open_stability(struct pnr_clause_list *list, const struct pnr_clause *blank) {
    return !blank->scene->has_published || pnr_clause_add(list, blank, NULL) != NULL;
}

static bool is_published(const struct pnr_scene *scene, int32_t duty) {
    int32_t low = 0;
    int32_t high = scene->published_count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (scene->published[middle] < duty) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < scene->published_count && scene->published[low] == duty;
}

/* A published duty is like no other; of the others the notice counts. */
static int64_t trait(const struct pnr_clause *clause, const struct pnr_duty *duty) {
    const struct pnr_scene *scene = clause->scene;
    int32_t at = (int32_t)(duty - scene->organisation->duties.items);
    return is_published(scene, at) ? -1 - (int64_t)at : scene->notice_of_duty[at];
}

static bool is_on(const struct pnr_scene *scene, const struct pnr_day_duties *day, int32_t duty) {
    for (int32_t i = 0; i < day->count; i++) {
        if (day->duties[i] == &scene->organisation->duties.items[duty]) {
            return true;
        }
    }
    return false;
}

static int64_t added(const struct pnr_scene *scene, const struct pnr_day_duties *day) {
    int64_t weight = 0;
    for (int32_t i = 0; i < day->count; i++) {
        int32_t duty = (int32_t)(day->duties[i] - scene->organisation->duties.items);
        weight += day->in_part[i] && !is_published(scene, duty) ? scene->notice_of_duty[duty] : 0;
    }
    return weight;
}

static int64_t removed(const struct pnr_scene *scene, const struct pnr_day_duties *day) {
    int64_t weight = 0;
    for (int32_t i = 0; i < scene->published_count; i++) {
        int32_t duty = scene->published[i];
        bool today = scene->organisation->duties.items[duty].day == day->day;
        weight += today && !is_on(scene, day, duty) ? scene->notice_of_duty[duty] : 0;
    }
    return weight;
}

static int64_t charge(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    return added(clause->scene, day) + removed(clause->scene, day);
}

static int64_t start(const struct pnr_clause *clause) {
    (void)clause;
    return 0;
}

/* Whether anything changes; notice weights are at least 1 in a valid campaign, but a change of weight 0 is
 * one too. */
static int64_t key(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    const struct pnr_scene *scene = clause->scene;
    int32_t kept = 0;
    int32_t mine = 0;
    int32_t published = 0;
    for (int32_t i = 0; i < day->count; i++) {
        mine += day->in_part[i];
        kept += day->in_part[i] &&
                is_published(scene, (int32_t)(day->duties[i] - scene->organisation->duties.items));
    }
    for (int32_t i = 0; i < scene->published_count; i++) {
        published += scene->organisation->duties.items[scene->published[i]].day == day->day;
    }
    return mine != kept || published != kept;
}

/* The state is whether the member has to be called; the first change charges the call. */
static struct pnr_step step(const struct pnr_clause *clause, int32_t day, int64_t state, int64_t changes) {
    if (day < clause->scene->first_day) {
        return (struct pnr_step){0};
    }
    bool called = state != 0 || changes != 0;
    return (struct pnr_step){.state = called,
                             .amount = called && state == 0 ? clause->rule->given.person_cost : 0};
}

static void word(const struct pnr_rule *rule, struct pnr_text *text) {
    (void)rule;
    pnr_text_append(text, "keeps the published duties");
}

const struct pnr_rule_ops pnr_rule_stability = {.kind = PIONEER_RULE_STABILITY,
                                                .whole_part = true,
                                                .open = open_stability,
                                                .trait = trait,
                                                .sees_member = true,
                                                .charge = charge,
                                                .start = start,
                                                .key = key,
                                                .step = step,
                                                .word = word};
