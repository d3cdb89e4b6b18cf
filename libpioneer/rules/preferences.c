/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Duties beside what the member prefers. */
#include "rules/table.h"

/* Settings: the largest weight of the member's preferences. */
static bool open_preferences(struct pnr_clause_list *list, const struct pnr_clause *blank) {
    const struct pnr_scene *scene = blank->scene;
    int32_t first = scene->lookup->preferences_of_member[scene->member];
    int32_t last = scene->lookup->preferences_of_member[scene->member + 1];
    if (first == last) {
        return true;
    }
    int32_t *largest = pnr_arena_alloc(scene->arena, 1, sizeof *largest);
    if (largest == NULL) {
        return false;
    }
    for (int32_t i = first; i < last; i++) {
        int32_t weight = scene->lookup->preferences[i].weight;
        *largest = weight > *largest ? weight : *largest;
    }
    return pnr_clause_add(list, blank, largest) != NULL;
}

static bool is_preferred(const struct pnr_scene *scene, const struct pnr_duty *duty) {
    int32_t last = scene->lookup->preferences_of_member[scene->member + 1];
    for (int32_t i = scene->lookup->preferences_of_member[scene->member]; i < last; i++) {
        if (pnr_wish_fits(&scene->lookup->preferences[i], duty)) {
            return true;
        }
    }
    return false;
}

static int64_t trait(const struct pnr_clause *clause, const struct pnr_duty *duty) {
    return is_preferred(clause->scene, duty);
}

static int64_t charge(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    const int32_t *largest = clause->settings;
    int64_t amount = 0;
    for (int32_t i = 0; i < day->count; i++) {
        amount += day->in_part[i] && !is_preferred(clause->scene, day->duties[i]) ? *largest : 0;
    }
    return amount;
}

static void word(const struct pnr_rule *rule, struct pnr_text *text) {
    (void)rule;
    pnr_text_append(text, "serves where the member prefers to");
}

const struct pnr_rule_ops pnr_rule_preferences = {.kind = PIONEER_RULE_PREFERENCES,
                                                  .open = open_preferences,
                                                  .trait = trait,
                                                  .sees_member = true,
                                                  .charge = charge,
                                                  .word = word};
