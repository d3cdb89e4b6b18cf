/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random levels and rules: every kind, hard or as a term, with random parameters and scope. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "generated_inside.h"

const char *const generated_units[3] = {"a", "b", "r"};
const char *const generated_tags[3] = {"x", "y", "z"};
const char *const generated_sites[2] = {"gate", "hall"};
const char *const generated_slots[GENERATED_SLOTS] = {"am", "noon", "ev", "nt"};
const char *const generated_posts[3] = {"p", "q", "w"};

static const char *const kinds_of_day[] = {"day", "late"};
static const char *const kinds_of_night[] = {"night"};
static const char *const kinds_of_gate[] = {"gate"};
static const char *const kinds_of_hall[] = {"hall"};
static const char *const some_members[] = {"status = party", "tag = x", "member in (m00, m01)", "unit = a"};

void generated_expect(enum pioneer_status status, const struct generator *g) {
    cr_assert_eq(status, PIONEER_OK, "seed %llu: %s at %s: %s", (unsigned long long)g->seed, g->error.code,
                 g->error.where, g->error.message);
}

int32_t generated_below(struct generator *g, int32_t n) {
    return (int32_t)pnr_rng_below(&g->rng, (uint32_t)n);
}

int32_t generated_between(struct generator *g, int32_t low, int32_t high) {
    return low + generated_below(g, high - low + 1);
}

bool generated_chance(struct generator *g, int32_t percent) {
    return generated_below(g, 100) < percent;
}

int32_t generated_pick(struct generator *g, const int32_t *numbers, int32_t count) {
    return numbers[generated_below(g, count)];
}

/* ---- levels
 * ----------------------------------------------------------------------------------------------------- */

/* Often the default ones; sometimes fewer in another order, with the terms of the others merged into what is
 * left. */
static void add_levels(struct generator *g) {
    static const char *const names[] = {"must", "lead", "target", "stability", "fairness", "wishes"};
    for (int32_t i = 0; i < 6; i++) {
        g->levels[i] = names[i];
    }
    g->level_count = 6;
    if (generated_chance(g, 65)) {
        return;
    }
    for (int32_t i = 5; i > 0; i--) {
        int32_t j = generated_below(g, i + 1);
        const char *swapped = g->levels[i];
        g->levels[i] = g->levels[j];
        g->levels[j] = swapped;
    }
    g->level_count = generated_between(g, 1, 6);
    for (int32_t i = 0; i < g->level_count; i++) {
        struct pioneer_level level = {.id = g->levels[i]};
        generated_expect(pioneer_campaign_add_level(g->campaign, &level, &g->error), g);
    }
}

/* ---- parameters
 * ------------------------------------------------------------------------------------------------- */

static void draw_span(struct generator *g, struct pioneer_rule *rule, int32_t unit, int32_t most) {
    rule->has_max = generated_chance(g, 70);
    rule->has_min = !rule->has_max || generated_chance(g, 30);
    rule->min = rule->has_min ? unit * generated_between(g, 1, 2) : 0;
    rule->max = rule->has_max ? rule->min + unit * generated_between(g, 0, most) : 0;
}

/* Not in order, and with a gap: the entry of most days that fits counts. */
static const struct pioneer_open_cost open_costs[] = {{2, 3}, {1, 7}, {4, 1}};

static void draw_run(struct generator *g, struct pioneer_rule *rule) {
    draw_span(g, rule, 1, 2);
    rule->open_costs = open_costs;
    rule->open_cost_count = generated_chance(g, 30) ? generated_between(g, 1, 3) : 0;
    rule->max += rule->has_max && rule->max == 0;
    rule->at_start = (enum pioneer_border)generated_below(g, 3);
    rule->at_end = (enum pioneer_border)generated_below(g, 3);
    rule->ignore_history = generated_chance(g, 20);
}

static void draw_window(struct generator *g, struct pioneer_rule *rule, int32_t unit) {
    rule->window = (enum pioneer_window)generated_below(g, 4);
    draw_span(g, rule, unit, 2);
    if (unit > 1) {
        rule->max += rule->has_max ? 60 * generated_below(g, 3) : 0;
    }
}

static void draw_conditions(struct generator *g, struct pioneer_rule *rule) {
    rule->posts = generated_posts;
    rule->post_count = generated_chance(g, 40);
    rule->sites = generated_sites;
    rule->site_count = generated_chance(g, 30);
    rule->slots = &generated_slots[g->first_slot];
    rule->slot_count = generated_chance(g, 50);
    rule->hardship = generated_chance(g, 30) ? 2 : 0;
}

static void draw_fairness(struct generator *g, struct pioneer_rule *rule) {
    rule->credit_window = generated_chance(g, 40) ? PIONEER_WINDOW_STAGE : PIONEER_WINDOW_CAMPAIGN;
    rule->days = generated_chance(g, 20) ? 2 : 0;
}

static void draw_quota(struct generator *g, struct pioneer_rule *rule) {
    rule->unit = generated_chance(g, 70) ? "a" : "b";
    if (generated_chance(g, 50)) {
        draw_span(g, rule, 1, 2);
    } else {
        rule->max_percent = generated_between(g, 20, 70);
        rule->min_percent = generated_chance(g, 40) ? 20 : 0;
    }
}

/* The kinds of more than one line of parameters. */
static void draw_lists(struct generator *g, struct pioneer_rule *rule) {
    switch (rule->kind) {
    case PIONEER_RULE_KIND_RUN:
        rule->slot_kinds = generated_chance(g, 40) ? kinds_of_night : kinds_of_day;
        rule->slot_kind_count = rule->slot_kinds == kinds_of_night ? 1 : 2;
        draw_run(g, rule);
        break;
    case PIONEER_RULE_SUCCESSION:
        rule->slot_kinds = generated_chance(g, 60) ? kinds_of_night : kinds_of_day + 1;
        rule->slot_kind_count = 1;
        rule->next_kinds = kinds_of_day;
        rule->next_kind_count = generated_between(g, 1, 2);
        break;
    case PIONEER_RULE_ISOLATION:
        rule->site_kinds = kinds_of_gate;
        rule->other_site_kinds = kinds_of_hall;
        rule->site_kind_count = rule->other_site_kind_count = 1;
        rule->days = generated_below(g, 3);
        break;
    case PIONEER_RULE_COMPOSITION:
        rule->who = some_members[generated_below(g, 4)];
        rule->posts = generated_posts;
        rule->post_count = generated_chance(g, 30);
        draw_span(g, rule, 1, 1);
        break;
    case PIONEER_RULE_COHORT:
        rule->tags = generated_tags;
        rule->tag_count = generated_between(g, 2, 3);
        break;
    default:
        break;
    }
}

static void draw_parameters(struct generator *g, struct pioneer_rule *rule) {
    switch (rule->kind) {
    case PIONEER_RULE_REST:
        rule->minutes = generated_pick(g, (const int32_t[]){300, 660, 1200}, 3);
        rule->night_minutes = generated_chance(g, 60) ? rule->minutes + 120 : 0;
        break;
    case PIONEER_RULE_DUTIES:
        draw_window(g, rule, 1);
        break;
    case PIONEER_RULE_MINUTES:
        draw_window(g, rule, 240);
        break;
    case PIONEER_RULE_COUNT:
        draw_window(g, rule, 1);
        draw_conditions(g, rule);
        break;
    case PIONEER_RULE_WORK_RUN:
    case PIONEER_RULE_OFF_RUN:
        draw_run(g, rule);
        break;
    case PIONEER_RULE_WEEKENDS:
        rule->has_max = true;
        rule->max = generated_below(g, 2);
        break;
    case PIONEER_RULE_RATINGS:
        rule->rating = "care";
        break;
    case PIONEER_RULE_CONTINUITY:
        rule->by_site = generated_chance(g, 50);
        break;
    case PIONEER_RULE_LOAD_FAIRNESS:
    case PIONEER_RULE_HARDSHIP_FAIRNESS:
        draw_fairness(g, rule);
        break;
    case PIONEER_RULE_STABILITY:
        rule->person_cost = generated_below(g, 3);
        break;
    case PIONEER_RULE_UNIT_QUOTA:
        draw_quota(g, rule);
        break;
    default:
        draw_lists(g, rule);
        break;
    }
}

/* ---- rules
 * ------------------------------------------------------------------------------------------------------ */

static bool is_term_only(enum pioneer_rule_kind kind) {
    switch (kind) {
    case PIONEER_RULE_SHORT_OF_MIN:
    case PIONEER_RULE_SHORT_OF_TARGET:
    case PIONEER_RULE_OVER_TARGET:
    case PIONEER_RULE_REQUESTS:
    case PIONEER_RULE_PREFERENCES:
    case PIONEER_RULE_RATINGS:
    case PIONEER_RULE_CONTINUITY:
    case PIONEER_RULE_LOAD_FAIRNESS:
    case PIONEER_RULE_HARDSHIP_FAIRNESS:
    case PIONEER_RULE_UNIT_BURDEN:
    case PIONEER_RULE_STABILITY:
        return true;
    default:
        return false;
    }
}

static void draw_scope(struct generator *g, struct pioneer_rule *rule) {
    bool is_group = rule->kind == PIONEER_RULE_TOGETHER || rule->kind == PIONEER_RULE_APART;
    if (is_group || generated_chance(g, 20)) {
        rule->members = some_members[generated_below(g, 4)];
    }
    if (generated_chance(g, 15)) {
        rule->stages = &g->stages[generated_below(g, g->stage_count)].id;
        rule->stage_count = 1;
    }
}

static bool depends_on_availability(enum pioneer_rule_kind kind) {
    return kind == PIONEER_RULE_LOAD_FAIRNESS || kind == PIONEER_RULE_HARDSHIP_FAIRNESS ||
           kind == PIONEER_RULE_STABILITY;
}

static void add_rule(struct generator *g, int32_t number, enum pioneer_rule_kind kind) {
    char id[24];
    snprintf(id, sizeof id, "rule-%d", (int)number);
    struct pioneer_rule rule = {.kind = kind, .id = id};
    draw_parameters(g, &rule);
    draw_scope(g, &rule);
    if (is_term_only(kind) || generated_chance(g, 50)) {
        rule.weight = generated_pick(g, (const int32_t[]){1, 2, 5, 60}, 4);
        rule.level = g->levels[generated_below(g, g->level_count)];
    }
    if (number > 1 && generated_chance(g, 8)) {
        rule.replaces = "rule-1";
    }
    g->has_counting_rule |= number == 0 && (kind == PIONEER_RULE_DUTIES || kind == PIONEER_RULE_MINUTES ||
                                            kind == PIONEER_RULE_COUNT);
    generated_expect(pioneer_campaign_add_rule(g->campaign, &rule, &g->error), g);
}

/* The first kind is taken in turn, so that every kind comes as often; the others are drawn. */
void generated_add_rules(struct generator *g) {
    add_levels(g);
    int32_t count = generated_between(g, g->size->least_rules, g->size->most_rules);
    for (int32_t i = 0; i < count; i++) {
        int32_t kinds = PIONEER_RULE_COUNT_OF_KINDS - 1;
        int32_t drawn = i == 0 ? (int32_t)(g->seed % (uint64_t)kinds) : generated_below(g, kinds);
        enum pioneer_rule_kind kind = (enum pioneer_rule_kind)(1 + drawn);
        if (!g->size->is_free_of_availability || !depends_on_availability(kind)) {
            add_rule(g, i, kind);
        }
    }
}
