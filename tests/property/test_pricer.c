/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pricer against every schedule of small random members, each valued and judged by the independent judge.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pioneer/check.h>

#include "base/rng.h"
#include "engine/pricer_inside.h"
#include "engine/stretch.h"
#include "engine/sum_table.h"
#include "engine/sums.h"
#include "model/campaign.h"
#include "model/parts.h"

#define FIRST_DAY  18000 /* a Monday is 18001 */
#define MAX_PAIRS  10
#define LEVELS     2
#define ALL_LEVELS (LEVELS + 1) /* with that of later parts */
#define MAX_STAGES 2

/* One random campaign with one member that matters, and what is solved of it. */
struct trial {
    struct pnr_rng rng;
    struct pioneer_campaign *campaign;
    struct pnr_organisation *organisation;
    struct pnr_arena arena;
    struct pnr_plan_parts parts;
    struct pnr_prefix prefix;
    struct pnr_instance *instance;
    struct pnr_pricer *pricer;
    struct pnr_pricer_scratch *scratch;
    uint8_t *given; /* [organisation duty]: what the member has from earlier parts and pins */
    int32_t part;
    int32_t stages, first_day[MAX_STAGES], last_day[MAX_STAGES];
    bool joint, has_hard_runs;
    bool ahead; /* parts know what later ones count on */
    int32_t rule_count;
    int kind;                 /* the rule that must be there, 0: any */
    bool drops_first;         /* that rule is switched off, everything else being the same */
    int64_t *price_of_subset; /* [set of pairs]: INT64_MAX: illegal */
};

static int32_t draw(struct trial *trial, int32_t from, int32_t to) {
    return from + (int32_t)pnr_rng_below(&trial->rng, (uint32_t)(to - from + 1));
}

static bool chance(struct trial *trial, int32_t percent) {
    return draw(trial, 1, 100) <= percent;
}

#define ADD(part, ...)                                                                                       \
    cr_assert_eq(pioneer_campaign_add_##part(trial->campaign, &(struct pioneer_##part)__VA_ARGS__, NULL),    \
                 PIONEER_OK)

static const char *const site_ids[] = {"gate", "hall", "dorm"};
static const char *const slot_ids[] = {"dawn", "noon", "late", "night"};
static const char *const post_ids[] = {"guard", "guide", "own"};

static void add_places(struct trial *trial) {
    static const char *const kinds[] = {"open", "shut", "open"};
    for (int i = 0; i < 3; i++) {
        ADD(site, {.id = site_ids[i], .kind = kinds[i]});
    }
    ADD(walk, {.from = "gate", .to = "hall", .minutes = draw(trial, 0, 60)});
    ADD(walk, {.from = "gate", .to = "dorm", .minutes = draw(trial, 0, 400)});
    ADD(slot, {.id = "dawn", .from_min = 360, .to_min = 600, .kind = "day"});
    ADD(slot, {.id = "noon", .from_min = draw(trial, 590, 640), .to_min = 800, .kind = "day"});
    ADD(slot, {.id = "late", .from_min = 820, .to_min = 1080 + 60 * draw(trial, 0, 2)});
    ADD(slot, {.id = "night", .from_min = 1320, .to_min = 1440 + 60 * draw(trial, 1, 7)});
}

static void add_stages(struct trial *trial) {
    static const char *const ids[] = {"one", "two"};
    trial->stages = draw(trial, 1, MAX_STAGES);
    int32_t day = FIRST_DAY + draw(trial, 0, 6);
    for (int32_t s = 0; s < trial->stages; s++) {
        trial->first_day[s] = day;
        trial->last_day[s] = day + draw(trial, 1, 8);
        ADD(stage, {.id = ids[s], .from_day = trial->first_day[s], .to_day = trial->last_day[s]});
        day = trial->last_day[s] + 1 + (chance(trial, 40) ? draw(trial, 1, 3) : 0);
    }
}

static void add_posts(struct trial *trial) {
    ADD(post, {.id = "guard", .unit = "campus", .hardship = draw(trial, 0, 3), .eligible = "status = party"});
    ADD(post, {.id = "guide", .unit = "campus", .hardship = 2, .load_percent = 50});
    ADD(post, {.id = "own", .unit = "college", .hardship = 1});
}

static void add_member(struct trial *trial) {
    struct pioneer_dated_window dated = {.day = trial->first_day[0], .from_min = 300, .to_min = 820};
    struct pioneer_absence absence = {.from_at = (trial->first_day[0] + 2) * 1440,
                                      .to_at = (trial->first_day[0] + 2) * 1440 + 1440};
    struct pioneer_rating rating = {.name = "calm", .value = draw(trial, 0, 100)};
    ADD(member, {.id = "li",
                 .unit = chance(trial, 70) ? "college" : "campus",
                 .nominated = true,
                 .status = chance(trial, 70) ? PIONEER_STATUS_PARTY : PIONEER_STATUS_OTHER,
                 .ratings = &rating,
                 .rating_count = draw(trial, 0, 1),
                 .dated = &dated,
                 .dated_count = draw(trial, 0, 1),
                 .absences = &absence,
                 .absence_count = draw(trial, 0, 1)});
    if (chance(trial, 50)) { /* takes half of the entitlement, and nothing else */
        ADD(member, {.id = "wu", .unit = "campus", .nominated = true, .status = PIONEER_STATUS_PARTY});
    }
}

/* At most MAX_PAIRS duties a stage, each of them once. */
static void add_demand(struct trial *trial) {
    uint8_t seen[MAX_STAGES * 16 * 36] = {0};
    for (int32_t s = 0; s < trial->stages; s++) {
        int32_t duties = draw(trial, 4, MAX_PAIRS / trial->stages + 2);
        for (int32_t i = 0; i < duties; i++) {
            int32_t day = draw(trial, trial->first_day[s], trial->last_day[s]);
            int32_t post = draw(trial, 0, 2);
            int32_t site = draw(trial, 0, 2);
            int32_t slot = draw(trial, 0, 3);
            int32_t key = (day - trial->first_day[s] + 16 * s) * 36 + post * 12 + site * 4 + slot;
            if (seen[key]) {
                continue;
            }
            seen[key] = 1;
            ADD(demand, {.post = post_ids[post],
                         .sites = &site_ids[site],
                         .site_count = 1,
                         .slots = &slot_ids[slot],
                         .slot_count = 1,
                         .days = &day,
                         .day_count = 1,
                         .min = 1});
        }
    }
}

static void add_history(struct trial *trial) {
    static const char *const kinds[] = {"day", "night", "late"};
    struct pioneer_history_visit visit = {.site_kind = chance(trial, 50) ? "open" : "shut",
                                          .day = trial->first_day[0] - draw(trial, 1, 4)};
    struct pioneer_history_count counts[] = {{"r0", draw(trial, 0, 4)}, {"r1", draw(trial, 0, 600)}};
    bool worked = chance(trial, 60);
    int32_t run = draw(trial, 1, 3);
    ADD(history, {.member = "li",
                  .load_min = draw(trial, 0, 300),
                  .entitled_min = draw(trial, 0, 300),
                  .load_hardship = draw(trial, 0, 3),
                  .entitled_hardship = draw(trial, 0, 3),
                  .weekends = draw(trial, 0, 2),
                  .saturday_worked = worked && chance(trial, 50),
                  .last_end_at = worked ? trial->first_day[0] * 1440 - draw(trial, -200, 400) : 0,
                  .last_was_night = chance(trial, 50),
                  .last_kind = worked ? kinds[draw(trial, 0, 2)] : NULL,
                  .last_post = chance(trial, 50) ? "guide" : NULL,
                  .last_site = chance(trial, 50) ? "hall" : NULL,
                  .run_worked = worked ? run : 0,
                  .run_off = worked ? 0 : run,
                  .run_kind = worked ? run : 0,
                  .counts = counts,
                  .count_count = 2,
                  .visits = &visit,
                  .visit_count = draw(trial, 0, 1)});
}

static void add_wishes(struct trial *trial) {
    for (int32_t i = draw(trial, 0, 2); i > 0; i--) {
        int32_t from = draw(trial, trial->first_day[0], trial->last_day[trial->stages - 1]);
        ADD(request, {.member = "li",
                      .off = chance(trial, 50),
                      .from_day = from,
                      .to_day = from + draw(trial, 0, 3),
                      .post = chance(trial, 30) ? "own" : NULL,
                      .site = chance(trial, 30) ? "gate" : NULL,
                      .slot = chance(trial, 30) ? "noon" : NULL,
                      .weight = draw(trial, 0, 5)});
    }
    for (int32_t i = draw(trial, 0, 2); i > 0; i--) {
        ADD(preference, {.member = "li",
                         .post = chance(trial, 60) ? "guide" : NULL,
                         .slot = chance(trial, 60) ? "late" : NULL,
                         .weight = draw(trial, 1, 5)});
    }
}

static void draw_limits(struct trial *trial, struct pioneer_rule *rule, int32_t least, int32_t most) {
    rule->has_max = chance(trial, 70);
    rule->has_min = !rule->has_max || chance(trial, 40);
    rule->min = rule->has_min ? draw(trial, least, (least + most) / 2) : 0;
    rule->max = rule->has_max ? draw(trial, rule->min > least ? rule->min : least, most) : 0;
}

static const struct pioneer_open_cost open_costs[] = {{3, 2}, {1, 5}, {2, 0}};

static void draw_run(struct trial *trial, struct pioneer_rule *rule) {
    draw_limits(trial, rule, 1, 4);
    rule->open_costs = open_costs;
    rule->open_cost_count = chance(trial, 40) ? draw(trial, 1, 3) : 0;
    rule->at_start = (enum pioneer_border)draw(trial, 0, 2);
    rule->at_end = (enum pioneer_border)draw(trial, 0, 2);
    rule->ignore_history = chance(trial, 30);
}

static void draw_parameters(struct trial *trial, struct pioneer_rule *rule) {
    static const char *const kinds[] = {"day", "night", "late"};
    static const char *const classes[] = {"open", "shut"};
    switch (rule->kind) {
    case PIONEER_RULE_REST:
        rule->minutes = draw(trial, 1, 1500);
        rule->night_minutes = chance(trial, 50) ? draw(trial, 1, 3000) : 0;
        break;
    case PIONEER_RULE_DUTIES:
    case PIONEER_RULE_COUNT:
        rule->window = (enum pioneer_window)draw(trial, 0, 3);
        draw_limits(trial, rule, 0, 4);
        if (rule->kind == PIONEER_RULE_COUNT) {
            rule->posts = &post_ids[draw(trial, 0, 2)];
            rule->post_count = draw(trial, 0, 1);
            rule->slots = &slot_ids[draw(trial, 0, 2)];
            rule->slot_count = draw(trial, 0, 2);
            rule->hardship = draw(trial, 0, 2);
        }
        break;
    case PIONEER_RULE_MINUTES:
        rule->window = (enum pioneer_window)draw(trial, 0, 3);
        draw_limits(trial, rule, 0, 1000);
        break;
    case PIONEER_RULE_KIND_RUN:
        rule->slot_kinds = kinds;
        rule->slot_kind_count = draw(trial, 1, 3);
        draw_run(trial, rule);
        break;
    case PIONEER_RULE_WORK_RUN:
    case PIONEER_RULE_OFF_RUN:
        draw_run(trial, rule);
        break;
    case PIONEER_RULE_WEEKENDS:
        rule->has_max = true;
        rule->max = draw(trial, 0, 2);
        break;
    case PIONEER_RULE_SUCCESSION:
        rule->slot_kinds = &kinds[1];
        rule->slot_kind_count = draw(trial, 1, 2);
        rule->next_kinds = kinds;
        rule->next_kind_count = draw(trial, 1, 2);
        break;
    case PIONEER_RULE_ISOLATION:
        rule->site_kinds = classes;
        rule->site_kind_count = 1;
        rule->other_site_kinds = &classes[1];
        rule->other_site_kind_count = 1;
        rule->days = draw(trial, 0, 3);
        break;
    case PIONEER_RULE_RATINGS:
        rule->rating = "calm";
        rule->posts = post_ids;
        rule->post_count = draw(trial, 0, 2);
        break;
    case PIONEER_RULE_CONTINUITY:
        rule->by_site = chance(trial, 50);
        break;
    case PIONEER_RULE_LOAD_FAIRNESS:
    case PIONEER_RULE_HARDSHIP_FAIRNESS:
        rule->credit_window = chance(trial, 50) ? PIONEER_WINDOW_STAGE : PIONEER_WINDOW_CAMPAIGN;
        break;
    case PIONEER_RULE_STABILITY:
        rule->person_cost = draw(trial, 0, 5);
        break;
    default:
        break;
    }
}

static bool is_term_only(enum pioneer_rule_kind kind) {
    return kind == PIONEER_RULE_REQUESTS || kind == PIONEER_RULE_PREFERENCES ||
           kind == PIONEER_RULE_RATINGS || kind == PIONEER_RULE_CONTINUITY ||
           kind == PIONEER_RULE_LOAD_FAIRNESS || kind == PIONEER_RULE_HARDSHIP_FAIRNESS ||
           kind == PIONEER_RULE_STABILITY;
}

static void add_rule(struct trial *trial, enum pioneer_rule_kind kind) {
    static const char *const ids[] = {"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7"};
    static const char *const levels[] = {"first", "second"};
    static const char *const stages[] = {"one", "two"};
    struct pioneer_rule rule = {.id = ids[trial->rule_count++], .kind = kind, .members = "member = li"};
    if (is_term_only(kind) || chance(trial, 50)) {
        rule.weight = draw(trial, 1, 9);
        rule.level = levels[draw(trial, 0, 1)];
    }
    if (chance(trial, 25)) {
        rule.stages = &stages[draw(trial, 0, trial->stages - 1)];
        rule.stage_count = 1;
    }
    draw_parameters(trial, &rule);
    bool is_run =
        kind == PIONEER_RULE_WORK_RUN || kind == PIONEER_RULE_OFF_RUN || kind == PIONEER_RULE_KIND_RUN;
    trial->has_hard_runs |= is_run && rule.weight == 0 && rule.has_min;
    if (trial->drops_first && trial->rule_count == 1) {
        rule = (struct pioneer_rule){.id = "r0", .kind = kind, .drop = true};
    }
    cr_assert_eq(pioneer_campaign_add_rule(trial->campaign, &rule, NULL), PIONEER_OK);
}

/* No term but those that are drawn: the built-in ones are dropped. */
static void add_rules(struct trial *trial) {
    static const enum pioneer_rule_kind builtin[] = {
        PIONEER_RULE_SHORT_OF_MIN,      PIONEER_RULE_LEAD,        PIONEER_RULE_SHORT_OF_TARGET,
        PIONEER_RULE_STABILITY,         PIONEER_RULE_REQUESTS,    PIONEER_RULE_LOAD_FAIRNESS,
        PIONEER_RULE_HARDSHIP_FAIRNESS, PIONEER_RULE_UNIT_BURDEN, PIONEER_RULE_PREFERENCES};
    bool written[PIONEER_RULE_COUNT_OF_KINDS] = {false};
    int32_t count = draw(trial, 1, 5);
    for (int32_t i = 0; i < count; i++) {
        enum pioneer_rule_kind kind =
            (enum pioneer_rule_kind)draw(trial, PIONEER_RULE_AVAILABILITY, PIONEER_RULE_STABILITY);
        kind = i == 0 && trial->kind != 0 ? (enum pioneer_rule_kind)trial->kind : kind;
        written[kind] = true;
        add_rule(trial, kind);
    }
    for (size_t i = 0; i < sizeof builtin / sizeof builtin[0]; i++) {
        if (!written[builtin[i]]) {
            ADD(rule, {.id = pnr_rule_kind_name(builtin[i]), .kind = builtin[i], .drop = true});
        }
    }
}

static void add_published(struct trial *trial) {
    struct pnr_organisation *organisation = NULL;
    cr_assert_eq(pnr_organisation_build(trial->campaign, &organisation, NULL), PIONEER_OK);
    for (int32_t d = 0; d < organisation->duties.count; d++) {
        static const enum pioneer_assignment_state states[] = {
            PIONEER_PUBLISHED, PIONEER_PUBLISHED, PIONEER_PUBLISHED, PIONEER_PUBLISHED, PIONEER_ABSENT};
        const struct pnr_duty *duty = &organisation->duties.items[d];
        bool in_pool = pnr_organisation_in_pool(organisation, 0, organisation->unit_of_post[duty->post]);
        if (in_pool && chance(trial, 25)) {
            ADD(assignment, {.member = "li",
                             .post = post_ids[duty->post],
                             .site = site_ids[duty->site],
                             .slot = slot_ids[duty->slot],
                             .day = duty->day,
                             .state = states[draw(trial, 0, 4)]});
        }
    }
    pnr_organisation_free(organisation);
}

static void validate(struct trial *trial) {
    struct pioneer_error error = {0};
    enum pioneer_status status = pioneer_campaign_validate(trial->campaign, &error);
    cr_assert_eq(status, PIONEER_OK, "%s at %s: %s", error.code, error.where, error.message);
}

static void make_campaign(struct trial *trial) {
    struct pioneer_notice notice = {.within_hours = 72, .weight = 3};
    struct pioneer_campaign_settings settings = {
        .name = "t", .walking_min = draw(trial, 0, 30), .notice = &notice, .notice_count = 1};
    cr_assert_eq(pioneer_campaign_new(&trial->campaign), PIONEER_OK);
    cr_assert_eq(pioneer_campaign_set(trial->campaign, &settings, NULL), PIONEER_OK);
    ADD(unit, {.id = "campus"});
    ADD(unit, {.id = "college", .parent = "campus"});
    ADD(level, {.id = "first"});
    ADD(level, {.id = "second"});
    add_places(trial);
    add_stages(trial);
    add_posts(trial);
    add_member(trial);
    add_demand(trial);
    add_rules(trial);
    add_wishes(trial);
    if (chance(trial, 60)) {
        add_history(trial);
    }
    validate(trial);
    if (chance(trial, 40)) {
        add_published(trial);
        validate(trial);
    }
}

/* ---- one part ---- */

/* The member's pairs come first: its id is the smaller one. */
static int32_t pairs_of(const struct trial *trial) {
    return trial->instance->member_count > 0 ? trial->instance->pairs_of_member[1] : 0;
}

/* The index of the one member that matters. */
static int32_t member_of(const struct trial *trial) {
    for (int32_t i = 0; i < trial->campaign->members.count; i++) {
        if (strcmp(trial->campaign->members.items[i].id, "li") == 0) {
            return i;
        }
    }
    return -1;
}

/* Where a level of the campaign stands in the organisation. */
static int32_t level_at(const struct trial *trial, int32_t level) {
    int32_t later = trial->organisation->later_level;
    return later >= 0 && level >= later ? level + 1 : level;
}

/* Plans the member for some of the duties that later parts have, and builds the part with that outlook,
 * unless that makes too many sets of pairs to try. */
static void build_ahead(struct trial *trial, int32_t part) {
    struct pnr_outlook outlook;
    cr_assert_eq(pnr_outlook_init(&outlook, trial->organisation), PIONEER_OK);
    outlook.last_day = trial->parts.items[part].last_day + draw(trial, 0, 7);
    if (outlook.last_day > trial->organisation->last_day) {
        outlook.last_day = trial->organisation->last_day;
    }
    for (int32_t d = 0; d < trial->organisation->duties.count; d++) {
        if (trial->organisation->duties.items[d].day <= outlook.last_day && chance(trial, 50)) {
            cr_assert(pnr_array_push(&outlook.duties_of_member[member_of(trial)], d));
        }
    }
    cr_assert_eq(pnr_instance_build_with(trial->organisation, &trial->parts, part, &trial->prefix, &outlook,
                                         &trial->instance),
                 PIONEER_OK);
    pnr_outlook_fini(&outlook);
    if (pairs_of(trial) > MAX_PAIRS) {
        pnr_instance_free(trial->instance);
        trial->instance = NULL;
    }
}

static void build_part(struct trial *trial, int32_t part) {
    trial->part = part;
    trial->instance = NULL;
    if (trial->ahead && !trial->has_hard_runs) {
        build_ahead(trial, part);
    }
    if (trial->instance == NULL) {
        cr_assert_eq(
            pnr_instance_build(trial->organisation, &trial->parts, part, &trial->prefix, &trial->instance),
            PIONEER_OK);
    }
    cr_assert_eq(pnr_pricer_new(trial->instance, &trial->pricer, NULL), PIONEER_OK);
    cr_assert_eq(pnr_pricer_scratch_new(trial->pricer, &trial->scratch), PIONEER_OK);
}

static void free_part(struct trial *trial) {
    pnr_pricer_scratch_free(trial->scratch);
    pnr_pricer_free(trial->pricer);
    pnr_instance_free(trial->instance);
}

static struct pioneer_report *judge(struct trial *trial, uint32_t subset) {
    struct pioneer_roster *roster = NULL;
    cr_assert_eq(pioneer_roster_new(&roster), PIONEER_OK);
    const struct pnr_instance *instance = trial->instance;
    for (int32_t d = 0; d < trial->organisation->duties.count; d++) {
        const struct pnr_duty *duty = &trial->organisation->duties.items[d];
        bool has = trial->given[d] != 0;
        for (int32_t p = 0; p < pairs_of(trial); p++) {
            has |= (subset >> p & 1) != 0 && instance->duty_at[instance->duty_of_pair[p]] == d;
        }
        struct pioneer_assignment assignment = {.member = "li",
                                                .post = post_ids[duty->post],
                                                .site = site_ids[duty->site],
                                                .slot = slot_ids[duty->slot],
                                                .day = duty->day};
        if (has) {
            cr_assert_eq(pioneer_roster_add(roster, &assignment, NULL), PIONEER_OK);
        }
    }
    struct pioneer_report *report = NULL;
    cr_assert_eq(pioneer_check(trial->campaign, roster, "en", &report, NULL), PIONEER_OK);
    pioneer_roster_free(roster);
    return report;
}

static void levels_of(struct trial *trial, const struct pioneer_report *report, int64_t out[LEVELS]) {
    for (int32_t l = 0; l < LEVELS; l++) {
        out[l] = trial->joint ? pioneer_report_joint_at(report, l)->value
                              : pioneer_report_part_at(report, trial->part)->levels[l].value;
    }
}

static bool is_last_part(const struct trial *trial) {
    return trial->part + 1 == trial->parts.count;
}

/* The judge looks at all parts: what it misses may still come in later ones. */
static bool is_legal(const struct trial *trial, const struct pioneer_report *report, const char **message) {
    for (int32_t i = 0; i < pioneer_report_violation_count(report); i++) {
        *message = pioneer_report_violation_at(report, i)->message;
        bool may_come = strstr(*message, "at least") != NULL || strstr(*message, "is off") != NULL ||
                        strstr(*message, "only one day") != NULL ||
                        strstr(*message, "when the campaign ends") != NULL;
        if (is_last_part(trial) || !may_come) {
            return false;
        }
    }
    return true;
}

/* Values one set of pairs by the pricer and by the judge; its price, INT64_MAX if it is illegal. */
static int64_t value_subset(struct trial *trial, const struct pnr_price_query *query, uint32_t subset,
                            uint64_t seed) {
    int32_t pairs[MAX_PAIRS * 4];
    int32_t count = 0;
    int64_t price = 0;
    for (int32_t p = 0; p < pairs_of(trial); p++) {
        if ((subset >> p & 1) != 0) {
            pairs[count++] = p;
            price += query->price_of_pair[p];
        }
    }
    int64_t cost[ALL_LEVELS];
    int64_t judged[LEVELS];
    bool legal;
    cr_assert_eq(pnr_pricer_value(trial->pricer, trial->scratch, 0, pairs, count, cost, &legal), PIONEER_OK);
    struct pioneer_report *report = judge(trial, subset);
    const char *code = "";
    bool judged_legal = is_legal(trial, report, &code);
    cr_assert(legal == judged_legal || (!legal && (trial->has_hard_runs || !is_last_part(trial))),
              "seed %llu part %d subset %x: pricer says legal %d, judge %d %s", (unsigned long long)seed,
              trial->part, subset, legal, judged_legal, code);
    levels_of(trial, report, judged);
    for (int32_t l = 0; legal && l < LEVELS; l++) {
        int64_t mine = cost[level_at(trial, l)];
        cr_assert_eq(mine, judged[l], "seed %llu part %d subset %x level %d: %lld, judge %lld",
                     (unsigned long long)seed, trial->part, subset, l, (long long)mine, (long long)judged[l]);
        price += query->weight_of_level[level_at(trial, l)] * mine;
    }
    pioneer_report_free(report);
    return legal ? price : INT64_MAX;
}

static void enumerate(struct trial *trial, const struct pnr_price_query *query, uint64_t seed) {
    size_t subsets = (size_t)1 << pairs_of(trial);
    trial->price_of_subset = malloc(subsets * sizeof *trial->price_of_subset);
    for (uint32_t subset = 0; subset < subsets; subset++) {
        trial->price_of_subset[subset] = value_subset(trial, query, subset, seed);
    }
}

/* The cheapest set that holds all of `with` and none of `without`; INT64_MAX: none is legal. */
static int64_t cheapest(const struct trial *trial, uint32_t with, uint32_t without) {
    int64_t best = INT64_MAX;
    for (uint32_t subset = 0; subset < 1u << pairs_of(trial); subset++) {
        bool allowed = (subset & with) == with && (subset & without) == 0;
        best = allowed && trial->price_of_subset[subset] < best ? trial->price_of_subset[subset] : best;
    }
    return best;
}

static void assert_answer(struct trial *trial, const struct pnr_price_query *query,
                          const struct pnr_price_answer *answer, int64_t best, uint64_t seed) {
    unsigned long long s = seed;
    if (best == INT64_MAX) {
        cr_assert_eq(answer->kind, PNR_PRICED_INFEASIBLE, "seed %llu part %d: not infeasible", s,
                     trial->part);
        cr_assert_eq(answer->count, 0);
        return;
    }
    cr_assert_eq(answer->kind, PNR_PRICED_EXACT, "seed %llu part %d: kind %d", s, trial->part, answer->kind);
    cr_assert_geq(answer->count, 1);
    cr_assert_eq(answer->schedules[0].price, best, "seed %llu part %d: %lld, best is %lld", s, trial->part,
                 (long long)answer->schedules[0].price, (long long)best);
    cr_assert_eq(answer->bound, best, "seed %llu: bound %lld best %lld", s, (long long)answer->bound,
                 (long long)best);
    for (int32_t i = 0; i < answer->count; i++) {
        const struct pnr_schedule *schedule = &answer->schedules[i];
        int64_t *found = schedule->cost_by_level;
        int64_t price = 0;
        for (int32_t l = 0; l < trial->organisation->level_count; l++) {
            price += query->weight_of_level[l] * found[l];
        }
        for (int32_t p = 0; p < schedule->pair_count; p++) {
            price += query->price_of_pair[schedule->pairs[p]];
        }
        cr_assert_eq(price, schedule->price);
        cr_assert(i == 0 || schedule->price >= answer->schedules[i - 1].price);
    }
}

/* pnr_pricer_value() uses the scratch that holds the answer, so the schedules are copied first. */
static void assert_values(struct trial *trial, const struct pnr_price_answer *answer, uint64_t seed) {
    for (int32_t i = 0; i < answer->count; i++) {
        struct pnr_pricer_scratch *scratch = NULL;
        cr_assert_eq(pnr_pricer_scratch_new(trial->pricer, &scratch), PIONEER_OK);
        const struct pnr_schedule *schedule = &answer->schedules[i];
        int64_t cost[ALL_LEVELS];
        bool legal;
        pnr_pricer_value(trial->pricer, scratch, 0, schedule->pairs, schedule->pair_count, cost, &legal);
        cr_assert(legal, "seed %llu: an illegal schedule", (unsigned long long)seed);
        for (int32_t l = 0; l < trial->organisation->level_count; l++) {
            cr_assert_eq(cost[l], schedule->cost_by_level[l], "seed %llu level %d", (unsigned long long)seed,
                         l);
        }
        pnr_pricer_scratch_free(scratch);
    }
}

static void fill_query(struct trial *trial, struct pnr_price_query *query, int64_t *prices,
                       int64_t *weights) {
    int32_t scale = chance(trial, 50) ? 40 : 20000;
    for (int32_t p = 0; p < pairs_of(trial); p++) {
        prices[p] = draw(trial, -scale, scale / 4);
    }
    for (int32_t l = 0; l < trial->organisation->level_count; l++) {
        weights[l] = draw(trial, 0, 3);
    }
    *query = (struct pnr_price_query){.price_of_pair = prices,
                                      .weight_of_level = weights,
                                      .cutoff = INT64_MAX,
                                      .wanted = draw(trial, 1, 4)};
}

/* The same prices with some pairs forced and some forbidden. */
static void try_flags(struct trial *trial, struct pnr_price_query query, uint64_t seed) {
    uint8_t forced[MAX_PAIRS * 4] = {0};
    uint8_t forbidden[MAX_PAIRS * 4] = {0};
    uint32_t with = 0;
    uint32_t without = 0;
    for (int32_t p = 0; p < pairs_of(trial); p++) {
        int32_t what = draw(trial, 1, 6);
        forced[p] = what == 1;
        forbidden[p] = what <= 3 && what > 1;
        with |= (uint32_t)forced[p] << p;
        without |= (uint32_t)forbidden[p] << p;
    }
    query.forced = forced;
    query.forbidden = forbidden;
    struct pnr_price_answer answer;
    cr_assert_eq(pnr_pricer_price(trial->pricer, trial->scratch, &query, &answer), PIONEER_OK);
    assert_answer(trial, &query, &answer, cheapest(trial, with, without), seed);
}

static int32_t sums_tried;

/* The cheapest set on one side of a sum. */
static int64_t cheapest_within(const struct trial *trial, const struct pnr_sum_limit *limit) {
    int64_t best = INT64_MAX;
    for (uint32_t subset = 0; subset < 1u << pairs_of(trial); subset++) {
        int32_t pairs[MAX_PAIRS * 4];
        int32_t count = 0;
        for (int32_t p = 0; p < pairs_of(trial); p++) {
            pairs[count] = p;
            count += subset >> p & 1;
        }
        int64_t sum = pnr_sum_of_pairs(trial->instance, limit->sum, pairs, count);
        bool allowed = sum >= limit->least && sum <= limit->most;
        best = allowed && trial->price_of_subset[subset] < best ? trial->price_of_subset[subset] : best;
    }
    return best;
}

/* The same prices with each sum of the member in two: up to what it can be, and from the next on. */
static void try_sums(struct trial *trial, struct pnr_price_query query, uint64_t seed) {
    struct pnr_arena arena;
    pnr_arena_init(&arena);
    for (int32_t l = 0; l < trial->organisation->level_count; l++) {
        struct pnr_sum *sums;
        int32_t count;
        cr_assert(pnr_sums_find(trial->pricer, trial->instance, 0, l, &arena, &sums, &count));
        for (int32_t i = 0; i < count; i++) {
            const struct pnr_tally *tally = &pnr_pricer_course(trial->pricer, 0)->tallies[sums[i].tally];
            int64_t split =
                sums[i].held + sums[i].grid * draw(trial, 0, (int32_t)(tally->most / tally->grid));
            struct pnr_sum_limit sides[] = {{&sums[i], INT64_MIN, split},
                                            {&sums[i], split + sums[i].grid, INT64_MAX}};
            for (int side = 0; side < 2; side++) {
                struct pnr_price_answer answer;
                query.limits = &sides[side];
                query.limit_count = 1;
                cr_assert_eq(pnr_pricer_price(trial->pricer, trial->scratch, &query, &answer), PIONEER_OK);
                assert_answer(trial, &query, &answer, cheapest_within(trial, &sides[side]), seed);
                sums_tried++;
            }
        }
    }
    pnr_arena_fini(&arena);
}

/* The same prices with a cutoff at and just above the optimum, and with hardly any labels. */
static void try_limits(struct trial *trial, struct pnr_price_query query, int64_t best) {
    struct pnr_price_answer answer;
    if (best == INT64_MAX) {
        return;
    }
    query.cutoff = best;
    cr_assert_eq(pnr_pricer_price(trial->pricer, trial->scratch, &query, &answer), PIONEER_OK);
    cr_assert_eq(answer.kind, PNR_PRICED_EXACT);
    cr_assert_eq(answer.count, 0);
    cr_assert_eq(answer.bound, best);
    query.cutoff = best + 1;
    cr_assert_eq(pnr_pricer_price(trial->pricer, trial->scratch, &query, &answer), PIONEER_OK);
    cr_assert_geq(answer.count, 1);
    cr_assert_eq(answer.schedules[0].price, best);
    query.cutoff = INT64_MAX;
    query.label_limit = 1;
    cr_assert_eq(pnr_pricer_price(trial->pricer, trial->scratch, &query, &answer), PIONEER_OK);
    cr_assert_leq(answer.bound, best);
    cr_assert(answer.count == 0 || answer.schedules[0].price >= best);
}

/* What tables say lies between what multipliers alone prove and the optimum, and labels with tables find it.
 * True queries fill tables only once many labels have been made. */
static void try_tables(struct trial *trial, const struct pnr_price_query *query, int64_t best) {
    struct pnr_problem problem;
    struct pnr_label_pass pass = {.threshold = PNR_NEVER, .wanted = 1};
    int32_t items[32];
    int64_t met;
    if (best == INT64_MAX || trial->pricer->courses[query->member].truncated) {
        return;
    }
    pnr_arena_reset(&trial->scratch->arena);
    cr_assert(pnr_problem_init(&problem, &trial->pricer->courses[query->member], trial->instance, query,
                               &trial->scratch->arena));
    cr_assert_leq(problem.course->day_count, 32);
    int64_t proved = pnr_problem_tighten(&problem, INT64_MAX, 3, &met, items);
    cr_assert(pnr_problem_watch(&problem));
    cr_assert(pnr_sum_tables_build(&problem));
    if (problem.table_count > 0) {
        cr_assert_geq(pnr_sum_tables_bound(&problem), proved);
        cr_assert_leq(pnr_sum_tables_bound(&problem), best);
    }
    cr_assert(pnr_labels_run(&trial->scratch->labels, &problem, &pass));
    cr_assert_geq(pass.end_count, 1);
    int64_t found = trial->scratch->labels.kept.items[pass.first_end].bound;
    cr_assert_leq(found, best); /* what is not watched may be broken */
    bool has_limits = false;
    for (int32_t t = 0; t < problem.course->tally_count; t++) {
        has_limits = has_limits || problem.course->tallies[t].hard;
    }
    cr_assert(has_limits || found == best);
}

/* ---- stretches: some days are free, the others held ---- */

/* How many stretches were tried, and how many of their answers were as cheap as any schedule that holds the
 * same: a stretch may lack schedules, but few. */
static int32_t stretches_tried, stretches_best;

static int32_t day_of_pair(const struct trial *trial, int32_t pair) {
    return trial->instance->day_of_duty[trial->instance->duty_of_pair[pair]] - trial->instance->first_day;
}

/* One or two spans of days. */
static void draw_spans(struct trial *trial, struct pnr_stretch *stretch) {
    int32_t days = trial->instance->last_day - trial->instance->first_day + 1;
    struct pnr_span *spans = stretch->spans;
    spans[0].from = draw(trial, 0, days - 1);
    spans[0].to = draw(trial, spans[0].from + 1, days);
    stretch->span_count = 1;
    if (spans[0].to + 1 < days && chance(trial, 60)) {
        spans[1].from = draw(trial, spans[0].to + 1, days - 1);
        spans[1].to = draw(trial, spans[1].from + 1, days);
        stretch->span_count = 2;
    }
}

/* The pairs of the days that are free. */
static uint32_t free_pairs(const struct trial *trial, const struct pnr_stretch *stretch) {
    uint32_t pairs = 0;
    for (int32_t p = 0; p < pairs_of(trial); p++) {
        for (int32_t i = 0; i < stretch->span_count; i++) {
            bool is_in = day_of_pair(trial, p) >= stretch->spans[i].from &&
                         day_of_pair(trial, p) < stretch->spans[i].to;
            pairs |= (uint32_t)is_in << p;
        }
    }
    return pairs;
}

/* Some set that is legal, all pairs: there is none. */
static uint32_t draw_legal(struct trial *trial) {
    uint32_t all = (1u << pairs_of(trial)) - 1;
    uint32_t first = pnr_rng_below(&trial->rng, all + 1);
    for (uint32_t i = 0; i <= all; i++) {
        if (trial->price_of_subset[(first + i) & all] < INT64_MAX) {
            return (first + i) & all;
        }
    }
    return UINT32_MAX;
}

/* The days of a random legal schedule are given back their cheapest duties. */
static void try_stretch(struct trial *trial, struct pnr_price_query query, uint64_t seed) {
    uint32_t had = draw_legal(trial);
    const struct pnr_course *course = pnr_pricer_course(trial->pricer, 0);
    if (had == UINT32_MAX || course->truncated) {
        return;
    }
    struct pnr_way way;
    struct pnr_stretch stretch = {.way = &way};
    cr_assert(pnr_way_init(&way, course, pairs_of(trial)));
    draw_spans(trial, &stretch);
    uint32_t is_free = free_pairs(trial, &stretch);
    int64_t held_price = 0;
    for (int32_t p = 0; p < pairs_of(trial); p++) {
        if ((had >> p & 1) != 0) {
            way.pairs[way.pair_count++] = p;
            held_price += (is_free >> p & 1) != 0 ? 0 : query.price_of_pair[p];
        }
    }
    cr_assert(pnr_way_walk(&way, course, trial->instance), "seed %llu: no way", (unsigned long long)seed);
    uint32_t all = (1u << pairs_of(trial)) - 1;
    int64_t best = cheapest(trial, had & ~is_free, all & ~had & ~is_free);
    query.stretch = &stretch;
    struct pnr_price_answer answer;
    cr_assert_eq(pnr_pricer_price(trial->pricer, trial->scratch, &query, &answer), PIONEER_OK);
    cr_assert_geq(answer.count, 1, "seed %llu part %d: lost its own schedule", (unsigned long long)seed,
                  trial->part);
    for (int32_t i = 0; i < answer.count; i++) {
        uint32_t subset = had & ~is_free;
        for (int32_t k = 0; k < answer.schedules[i].pair_count; k++) {
            subset |= 1u << answer.schedules[i].pairs[k];
        }
        cr_assert_eq(subset & ~is_free, had & ~is_free);
        cr_assert_eq(answer.schedules[i].price, trial->price_of_subset[subset] - held_price,
                     "seed %llu part %d: %lld, true price %lld", (unsigned long long)seed, trial->part,
                     (long long)answer.schedules[i].price,
                     (long long)(trial->price_of_subset[subset] - held_price));
    }
    cr_assert_leq(answer.schedules[0].price, trial->price_of_subset[had] - held_price);
    stretches_tried++;
    stretches_best += answer.schedules[0].price == best - held_price;
    pnr_way_fini(&way);
}

/* Prices the part, compares, and gives what was found to the next part; false if the part is infeasible. */
static bool solve_part(struct trial *trial, uint64_t seed) {
    int64_t prices[MAX_PAIRS * 4];
    int64_t weights[ALL_LEVELS];
    struct pnr_price_query query;
    struct pnr_price_answer answer;
    cr_assert_lt(pairs_of(trial), MAX_PAIRS * 2);
    fill_query(trial, &query, prices, weights);
    enumerate(trial, &query, seed);
    int64_t best = cheapest(trial, 0, 0);
    try_flags(trial, query, seed);
    try_limits(trial, query, best);
    try_tables(trial, &query, best);
    for (int i = 0; i < 4; i++) {
        try_stretch(trial, query, seed);
    }
    try_sums(trial, query, seed);
    free(trial->price_of_subset);
    cr_assert_eq(pnr_pricer_price(trial->pricer, trial->scratch, &query, &answer), PIONEER_OK);
    assert_answer(trial, &query, &answer, best, seed);
    assert_values(trial, &answer, seed);
    uint8_t chosen[MAX_PAIRS * 8] = {0};
    for (int32_t i = 0; answer.count > 0 && i < answer.schedules[0].pair_count; i++) {
        int32_t pair = answer.schedules[0].pairs[i];
        int32_t duty = trial->instance->duty_of_pair[pair];
        chosen[pair] = 1;
        trial->given[trial->instance->duty_at[duty]] |= !pnr_instance_is_later(trial->instance, duty);
    }
    cr_assert_eq(pnr_prefix_add_part(&trial->prefix, trial->instance, chosen), PIONEER_OK);
    return answer.kind == PNR_PRICED_EXACT;
}

static void set_up(struct trial *trial, uint64_t seed) {
    pnr_rng_seed(&trial->rng, seed * 64 + (uint64_t)trial->kind * 2 + trial->joint);
    make_campaign(trial);
    cr_assert_eq(pnr_organisation_build(trial->campaign, &trial->organisation, NULL), PIONEER_OK);
    cr_assert(!trial->ahead || pnr_organisation_add_later_level(trial->organisation));
    trial->given = calloc((size_t)trial->organisation->duties.count + 1, 1);
    pnr_arena_init(&trial->arena);
    cr_assert_eq(pnr_parts_list(trial->organisation, trial->joint, &trial->arena, &trial->parts), PIONEER_OK);
    cr_assert_eq(pnr_prefix_init(&trial->prefix, trial->organisation), PIONEER_OK);
}

static void tear_down(struct trial *trial) {
    pnr_prefix_fini(&trial->prefix);
    pnr_arena_fini(&trial->arena);
    free(trial->given);
    pnr_organisation_free(trial->organisation);
    pioneer_campaign_free(trial->campaign);
}

/* How parts are made. */
enum way { STAGED, AHEAD, JOINT };

static void run_trial(uint64_t seed, int kind, enum way way) {
    struct trial made = {.joint = way == JOINT, .ahead = way == AHEAD, .kind = kind};
    struct trial *trial = &made;
    set_up(trial, seed);
    bool goes_on = true;
    for (int32_t part = 0; goes_on && part < trial->parts.count; part++) {
        build_part(trial, part);
        if (pairs_of(trial) > 0) { /* whoever may take nothing is in nobody's pool, and nobody's to judge */
            goes_on = solve_part(trial, seed);
        } else {
            uint8_t none[MAX_PAIRS * 8] = {0};
            cr_assert_eq(pnr_prefix_add_part(&trial->prefix, trial->instance, none), PIONEER_OK);
        }
        free_part(trial);
    }
    tear_down(trial);
}

/* The price of the joint optimum with the rule, or with that rule switched off. */
static int64_t price_of(uint64_t seed, int kind, bool drops_first) {
    struct trial made = {.joint = true, .kind = kind, .drops_first = drops_first};
    struct trial *trial = &made;
    int64_t prices[MAX_PAIRS * 4];
    int64_t weights[ALL_LEVELS];
    struct pnr_price_query query;
    struct pnr_price_answer answer;
    set_up(trial, seed);
    build_part(trial, 0);
    fill_query(trial, &query, prices, weights);
    int64_t price = 0;
    if (trial->instance->member_count > 0) { /* else nobody is in any pool */
        cr_assert_eq(pnr_pricer_price(trial->pricer, trial->scratch, &query, &answer), PIONEER_OK);
        price = answer.count > 0 ? answer.schedules[0].price : INT64_MAX;
    }
    free_part(trial);
    tear_down(trial);
    return price;
}

/* Switching a rule off never costs anything, and sometimes gains. But for the two that excuse the removal of
 * published duties. */
static void run_binding(int kind) {
    int32_t gains = 0;
    for (uint64_t seed = 0; seed < 60; seed++) {
        int64_t with = price_of(seed, kind, false);
        int64_t without = price_of(seed, kind, true);
        bool excuses = kind == PIONEER_RULE_AVAILABILITY || kind == PIONEER_RULE_ELIGIBILITY;
        cr_assert(without <= with || excuses, "seed %llu", (unsigned long long)seed);
        gains += without < with;
    }
    cr_assert_gt(gains, 0);
}

#define SEEDS 12

static void run_seeds(int kind, enum way way) {
    const char *only = getenv("PRICER_SEED");
    if (only != NULL) {
        run_trial(strtoull(only, NULL, 10), kind, way);
        return;
    }
    const char *more = getenv("PRICER_SEEDS");
    uint64_t seeds = more != NULL ? strtoull(more, NULL, 10) : SEEDS;
    stretches_tried = stretches_best = sums_tried = 0;
    for (uint64_t seed = 0; seed < seeds; seed++) {
        run_trial(seed, kind, way);
    }
    cr_assert_gt(stretches_tried, 0);
    cr_assert(kind != PIONEER_RULE_LOAD_FAIRNESS || sums_tried > 0);
    cr_assert_geq(10 * stretches_best, 9 * stretches_tried, "kind %d: %d of %d stretches best", kind,
                  stretches_best, stretches_tried);
}

#define KIND(name, KIND)                                                                                     \
    Test(pricer_with_##name, is_exact_stage_by_stage) {                                                      \
        run_seeds(PIONEER_RULE_##KIND, STAGED);                                                              \
    }                                                                                                        \
    Test(pricer_with_##name, is_exact_with_an_outlook) {                                                     \
        run_seeds(PIONEER_RULE_##KIND, AHEAD);                                                               \
    }                                                                                                        \
    Test(pricer_with_##name, feels_the_rule) {                                                               \
        run_binding(PIONEER_RULE_##KIND);                                                                    \
    }                                                                                                        \
    Test(pricer_with_##name, is_exact_for_all_stages_at_once) {                                              \
        run_seeds(PIONEER_RULE_##KIND, JOINT);                                                               \
    }

KIND(availability, AVAILABILITY)
KIND(eligibility, ELIGIBILITY)
KIND(walking, WALKING)
KIND(rest, REST)
KIND(duties, DUTIES)
KIND(minutes, MINUTES)
KIND(work_run, WORK_RUN)
KIND(off_run, OFF_RUN)
KIND(kind_run, KIND_RUN)
KIND(weekends, WEEKENDS)
KIND(complete_weekends, COMPLETE_WEEKENDS)
KIND(succession, SUCCESSION)
KIND(count, COUNT)
KIND(isolation, ISOLATION)
KIND(requests, REQUESTS)
KIND(preferences, PREFERENCES)
KIND(ratings, RATINGS)
KIND(continuity, CONTINUITY)
KIND(load_fairness, LOAD_FAIRNESS)
KIND(hardship_fairness, HARDSHIP_FAIRNESS)
KIND(stability, STABILITY)
