/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Duties at the same post, or site, as the duty before. */
#include <string.h>

#include "rules/table.h"

/* The state is the post or site of the latest duty plus 1; 0: none yet. */
static int32_t place_of(const struct pnr_clause *clause, const struct pnr_duty *duty) {
    return clause->rule->given.by_site ? duty->site : duty->post;
}

static int64_t trait(const struct pnr_clause *clause, const struct pnr_duty *duty) {
    return place_of(clause, duty);
}

static int64_t charge(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    int64_t changes = 0;
    for (int32_t i = 1; i < day->count; i++) {
        changes += place_of(clause, day->duties[i]) != place_of(clause, day->duties[i - 1]);
    }
    return changes;
}

static int64_t start_at_site(const struct pioneer_campaign *campaign, const char *site) {
    for (int32_t i = 0; site != NULL && i < campaign->sites.count; i++) {
        if (strcmp(campaign->sites.items[i].id, site) == 0) {
            return i + 1;
        }
    }
    return 0;
}

static int64_t start_at_post(const struct pioneer_campaign *campaign, const char *post) {
    for (int32_t i = 0; post != NULL && i < campaign->posts.count; i++) {
        if (strcmp(campaign->posts.items[i].id, post) == 0) {
            return i + 1;
        }
    }
    return 0;
}

static int64_t start(const struct pnr_clause *clause) {
    const struct pioneer_history *history = clause->scene->history;
    const struct pioneer_campaign *campaign = clause->scene->organisation->campaign;
    if (history == NULL) {
        return 0;
    }
    return clause->rule->given.by_site ? start_at_site(campaign, history->last_site)
                                       : start_at_post(campaign, history->last_post);
}

/* First place and last place, each plus 1; 0: a day off. */
static int64_t key(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    if (day->count == 0) {
        return 0;
    }
    int64_t first = place_of(clause, day->duties[0]) + 1;
    return first << 32 | (place_of(clause, day->duties[day->count - 1]) + 1);
}

static struct pnr_step step(const struct pnr_clause *clause, int32_t day, int64_t state, int64_t places) {
    (void)clause;
    (void)day;
    if (places == 0) {
        return (struct pnr_step){.state = state};
    }
    return (struct pnr_step){.state = places & 0xFFFFFFFF, .amount = state != 0 && state != places >> 32};
}

static void word(const struct pnr_rule *rule, struct pnr_text *text) {
    pnr_text_printf(text, "stays at one %s", rule->given.by_site ? "site" : "post");
}

const struct pnr_rule_ops pnr_rule_continuity = {.kind = PIONEER_RULE_CONTINUITY,
                                                 .trait = trait,
                                                 .charge = charge,
                                                 .start = start,
                                                 .key = key,
                                                 .step = step,
                                                 .word = word};
