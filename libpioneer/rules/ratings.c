/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Duties for those who are rated well. */
#include <string.h>

#include "rules/table.h"

/* Settings: what one duty costs the member. */
static bool open_ratings(struct pnr_clause_list *list, const struct pnr_clause *blank) {
    const struct pnr_scene *scene = blank->scene;
    const struct pioneer_member *member = &scene->organisation->campaign->members.items[scene->member];
    const char *rating = blank->rule->given.rating;
    int64_t *cost = pnr_arena_alloc(scene->arena, 1, sizeof *cost);
    if (cost == NULL) {
        return false;
    }
    *cost = 100;
    for (int32_t i = 0; rating != NULL && i < member->rating_count; i++) {
        if (strcmp(member->ratings[i].name, rating) == 0) {
            *cost = 100 - member->ratings[i].value;
        }
    }
    return pnr_clause_add(list, blank, cost) != NULL;
}

static int64_t trait(const struct pnr_clause *clause, const struct pnr_duty *duty) {
    const uint8_t *posts = clause->lookup->posts;
    return posts == NULL || posts[duty->post];
}

static int64_t charge(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    const int64_t *cost = clause->settings;
    int64_t amount = 0;
    for (int32_t i = 0; i < day->count; i++) {
        amount += day->in_part[i] && trait(clause, day->duties[i]) != 0 ? *cost : 0;
    }
    return amount;
}

static void word(const struct pnr_rule *rule, struct pnr_text *text) {
    pnr_text_printf(text, "serves if well rated in %s", rule->given.rating);
}

const struct pnr_rule_ops pnr_rule_ratings = {
    .kind = PIONEER_RULE_RATINGS, .open = open_ratings, .trait = trait, .charge = charge, .word = word};
