/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns weeks of INRC-II into the rules of docs/rules.md, and rosters into grids. */
#include "inrc2/campaign.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inrc2/weights.h"

#define UNIT "nurses"
#define SITE "ward"
#define MUST "must"
#define COST "cost"

/* Rules that are charged by the outlook have ids that start so. */
#define TOTAL_ID    "total-"
#define WEEKENDS_ID "weekends-"
#define OPEN_ID     "open-"

/* "weekends-" and a number. */
#define TAG_SIZE 32

/* An id that the library takes. */
#define ID_SIZE 65

struct maker {
    const struct inrc2_span *span;
    const struct inrc2_scenario *scenario;
    struct pioneer_campaign *campaign;
    struct pioneer_error failure;
    struct bench_error *error;
};

static bool keep(struct maker *maker, enum pioneer_status status) {
    return status == PIONEER_OK || bench_fail_with(maker->error, maker->span->name, &maker->failure);
}

static void tag_of(const char *what, int32_t number, char tag[TAG_SIZE]) {
    snprintf(tag, TAG_SIZE, "%s%d", what, (int)number);
}

/* ---- nurses ---------------------------------------------------------------------------------------------
 */

static bool add_nurse(struct maker *maker, int32_t number, char (*tags)[TAG_SIZE], const char **pointers) {
    const struct inrc2_scenario *scenario = maker->scenario;
    const struct inrc2_nurse *nurse = &scenario->nurses[number];
    int32_t count = 0;
    tag_of("contract-", nurse->contract, tags[count++]);
    for (int32_t skill = 0; skill < scenario->skill_count; skill++) {
        if (scenario->has_skill[number * scenario->skill_count + skill]) {
            tag_of("skill-", skill, tags[count++]);
        }
    }
    struct pioneer_member member = {.id = nurse->id, .unit = UNIT, .tags = pointers, .tag_count = count};
    return keep(maker, pioneer_campaign_add_member(maker->campaign, &member, &maker->failure));
}

/* "total-" and two numbers: the nurse's own rules. */
static void tag_of_slope(int32_t nurse, int32_t slope, char tag[TAG_SIZE]) {
    snprintf(tag, TAG_SIZE, TOTAL_ID "%d-%d", (int)nurse, (int)slope);
}

static bool add_past(struct maker *maker, int32_t number) {
    const struct inrc2_scenario *scenario = maker->scenario;
    const struct inrc2_past *past = &maker->span->history->nurses[number];
    const struct inrc2_worth *worth = maker->span->outlook->worth;
    char rules[INRC2_SLOPES_MAX][TAG_SIZE];
    struct inrc2_slope slopes[INRC2_SLOPES_MAX];
    struct pioneer_history_count counts[INRC2_SLOPES_MAX];
    int32_t count = worth == NULL ? 1 : inrc2_outlook_slopes(&worth[number], past, slopes);
    for (int32_t i = 0; i < count; i++) {
        if (worth == NULL) {
            tag_of(TOTAL_ID, scenario->nurses[number].contract, rules[i]);
        } else {
            tag_of_slope(number, i, rules[i]);
        }
        counts[i] = (struct pioneer_history_count){.rule = rules[i], .count = past->total};
    }
    struct pioneer_history history = {
        .member = scenario->nurses[number].id,
        .weekends = past->weekends,
        .last_kind = past->last_shift == INRC2_OFF ? NULL : scenario->shifts[past->last_shift].id,
        .run_worked = past->run_work,
        .run_off = past->run_off,
        .run_kind = past->run_shift,
        .counts = counts,
        .count_count = count,
    };
    return keep(maker, pioneer_campaign_add_history(maker->campaign, &history, &maker->failure));
}

static bool add_nurses(struct maker *maker) {
    size_t most = (size_t)maker->scenario->skill_count + 1;
    char(*tags)[TAG_SIZE] = malloc(most * sizeof *tags);
    const char **pointers = malloc(most * sizeof *pointers);
    bool is_made = (tags != NULL && pointers != NULL) || bench_fail_memory(maker->error);
    for (size_t i = 0; is_made && i < most; i++) {
        pointers[i] = tags[i];
    }
    for (int32_t i = 0; is_made && i < maker->scenario->nurse_count; i++) {
        is_made = add_nurse(maker, i, tags, pointers) && add_past(maker, i);
    }
    free(tags);
    free(pointers);
    return is_made;
}

/* ---- shifts, skills and cover ---------------------------------------------------------------------------
 */

/* All slots are the same hours of the day, so two of one day always overlap, and none reaches the day
 * after. */
static bool add_shifts(struct maker *maker) {
    for (int32_t i = 0; i < maker->scenario->shift_count; i++) {
        struct pioneer_slot slot = {.id = maker->scenario->shifts[i].id, .to_min = 480};
        if (!keep(maker, pioneer_campaign_add_slot(maker->campaign, &slot, &maker->failure))) {
            return false;
        }
    }
    return true;
}

static bool add_skills(struct maker *maker) {
    for (int32_t i = 0; i < maker->scenario->skill_count; i++) {
        char tag[TAG_SIZE], eligible[TAG_SIZE + 16];
        tag_of("skill-", i, tag);
        snprintf(eligible, sizeof eligible, "tag = %s", tag);
        struct pioneer_post post = {.id = maker->scenario->skills[i], .unit = UNIT, .eligible = eligible};
        if (!keep(maker, pioneer_campaign_add_post(maker->campaign, &post, &maker->failure))) {
            return false;
        }
    }
    return true;
}

static bool add_demand(struct maker *maker, int32_t pair, int32_t day, const struct inrc2_cover *cover) {
    const struct inrc2_scenario *scenario = maker->scenario;
    const char *const site = SITE;
    const char *slot = scenario->shifts[pair / scenario->skill_count].id;
    int32_t date = INRC2_FIRST_DAY + day;
    struct pioneer_demand demand = {
        .post = scenario->skills[pair % scenario->skill_count],
        .sites = &site,
        .site_count = 1,
        .slots = &slot,
        .slot_count = 1,
        .days = &date,
        .day_count = 1,
        .min = cover->min,
        .target = cover->optimal,
        .has_target = true,
        /* More than the optimum is free of charge. */
        .max = cover->optimal > scenario->nurse_count ? cover->optimal : scenario->nurse_count,
        .has_max = true,
        .short_cost = WEIGHT_COVERAGE,
    };
    return keep(maker, pioneer_campaign_add_demand(maker->campaign, &demand, &maker->failure));
}

static bool add_week(struct maker *maker, int32_t number) {
    const struct inrc2_week *week = maker->span->weeks[number];
    int32_t pairs = maker->scenario->shift_count * maker->scenario->skill_count;
    for (int32_t i = 0; i < pairs * INRC2_WEEK; i++) {
        if (!add_demand(maker, i / INRC2_WEEK, number * INRC2_WEEK + i % INRC2_WEEK, &week->cover[i])) {
            return false;
        }
    }
    for (int32_t i = 0; i < week->request_count; i++) {
        const struct inrc2_request *given = &week->requests[i];
        struct pioneer_request request = {
            .member = maker->scenario->nurses[given->nurse].id,
            .off = true,
            .from_day = INRC2_FIRST_DAY + number * INRC2_WEEK + given->day,
            .to_day = INRC2_FIRST_DAY + number * INRC2_WEEK + given->day,
            .slot = given->shift == INRC2_OFF ? NULL : maker->scenario->shifts[given->shift].id,
            .weight = WEIGHT_PREFERENCE,
        };
        if (!keep(maker, pioneer_campaign_add_request(maker->campaign, &request, &maker->failure))) {
            return false;
        }
    }
    return true;
}

static bool add_weeks(struct maker *maker) {
    for (int32_t i = 0; i < maker->span->week_count; i++) {
        if (!add_week(maker, i)) {
            return false;
        }
    }
    return true;
}

/* ---- rules ----------------------------------------------------------------------------------------------
 */

static bool add_rule(struct maker *maker, struct pioneer_rule *rule) {
    return keep(maker, pioneer_campaign_add_rule(maker->campaign, rule, &maker->failure));
}

/* A run that goes on from history counts, one that is open at the end is not too short: the defaults. */
static bool add_run(struct maker *maker, enum pioneer_rule_kind kind, const char *id, const char *members,
                    struct inrc2_range range) {
    struct pioneer_rule rule = {.kind = kind,
                                .id = id,
                                .members = members,
                                .weight = WEIGHT_RUN,
                                .level = COST,
                                .has_min = true,
                                .has_max = true,
                                .min = range.min,
                                .max = range.max};
    return add_rule(maker, &rule);
}

static bool add_limits(struct maker *maker, int32_t contract, const char *members) {
    const struct inrc2_limits *limits = &maker->span->outlook->limits[contract];
    char total_id[TAG_SIZE], weekends_id[TAG_SIZE];
    tag_of(TOTAL_ID, contract, total_id);
    tag_of(WEEKENDS_ID, contract, weekends_id);
    struct pioneer_rule total = {.kind = PIONEER_RULE_DUTIES,
                                 .id = total_id,
                                 .members = members,
                                 .weight = WEIGHT_TOTAL,
                                 .level = COST,
                                 .has_min = true,
                                 .min = limits->total.min,
                                 .has_max = true,
                                 .max = limits->total.max};
    struct pioneer_rule weekends = {.kind = PIONEER_RULE_WEEKENDS,
                                    .id = weekends_id,
                                    .members = members,
                                    .weight = WEIGHT_WEEKEND,
                                    .level = COST,
                                    .has_max = true,
                                    .max = limits->max_weekends};
    return add_rule(maker, &total) && add_rule(maker, &weekends);
}

static bool add_slopes(struct maker *maker, int32_t nurse, const char *members) {
    const struct inrc2_past *past = &maker->span->history->nurses[nurse];
    struct inrc2_slope slopes[INRC2_SLOPES_MAX];
    int32_t count = inrc2_outlook_slopes(&maker->span->outlook->worth[nurse], past, slopes);
    for (int32_t i = 0; i < count; i++) {
        char id[TAG_SIZE];
        tag_of_slope(nurse, i, id);
        struct pioneer_rule rule = {.kind = PIONEER_RULE_DUTIES,
                                    .id = id,
                                    .members = members,
                                    .weight = slopes[i].weight,
                                    .level = COST,
                                    .has_min = !slopes[i].is_max,
                                    .min = slopes[i].is_max ? 0 : slopes[i].limit,
                                    .has_max = slopes[i].is_max,
                                    .max = slopes[i].is_max ? slopes[i].limit : 0};
        if (!add_rule(maker, &rule)) {
            return false;
        }
    }
    return true;
}

/* What a run costs that is open on the last day; `shift` NULL for runs of any work or of days off. */
static bool add_open_run(struct maker *maker, int32_t nurse, const char *members, enum pioneer_rule_kind kind,
                         const char *const *shift, const double costs[INRC2_RUN_MAX + 1]) {
    struct pioneer_open_cost entries[INRC2_RUN_MAX];
    char id[ID_SIZE];
    int32_t count = 0, before = 0;
    for (int32_t days = 1; days <= INRC2_RUN_MAX; days++) {
        int32_t cost = (int32_t)(costs[days] + 0.5);
        if (cost != before) {
            entries[count++] = (struct pioneer_open_cost){.days = days, .cost = cost};
        }
        before = cost;
    }
    snprintf(id, sizeof id, OPEN_ID "%d-%d%s", (int)nurse, (int)kind, shift == NULL ? "" : *shift);
    struct pioneer_rule rule = {.kind = kind,
                                .id = id,
                                .members = members,
                                .weight = 1,
                                .level = COST,
                                .slot_kinds = shift,
                                .slot_kind_count = shift != NULL,
                                .open_costs = entries,
                                .open_cost_count = count};
    return count == 0 || add_rule(maker, &rule);
}

/* What the nurse's state is worth at the end of the week. */
static bool add_worth(struct maker *maker, int32_t nurse) {
    const struct inrc2_worth *worth = &maker->span->outlook->worth[nurse];
    char members[ID_SIZE + 16], id[TAG_SIZE];
    snprintf(members, sizeof members, "member = \"%s\"", maker->scenario->nurses[nurse].id);
    tag_of(WEEKENDS_ID, nurse, id);
    struct pioneer_rule weekends = {.kind = PIONEER_RULE_WEEKENDS,
                                    .id = id,
                                    .members = members,
                                    .weight = (int32_t)(worth->weekend + 0.5),
                                    .level = COST,
                                    .has_max = true,
                                    .max = maker->span->history->nurses[nurse].weekends};
    bool ok = add_slopes(maker, nurse, members) && (weekends.weight == 0 || add_rule(maker, &weekends)) &&
              add_open_run(maker, nurse, members, PIONEER_RULE_WORK_RUN, NULL, worth->work) &&
              add_open_run(maker, nurse, members, PIONEER_RULE_OFF_RUN, NULL, worth->off);
    for (int32_t i = 0; ok && i < maker->scenario->shift_count; i++) {
        ok = add_open_run(maker, nurse, members, PIONEER_RULE_KIND_RUN, &maker->scenario->shifts[i].id,
                          worth->shifts[i]);
    }
    return ok;
}

static bool add_contract(struct maker *maker, int32_t number) {
    const struct inrc2_contract *contract = &maker->scenario->contracts[number];
    char members[TAG_SIZE + 16], work_id[TAG_SIZE], off_id[TAG_SIZE], complete_id[TAG_SIZE];
    snprintf(members, sizeof members, "tag = contract-%d", (int)number);
    tag_of("work-", number, work_id);
    tag_of("off-", number, off_id);
    tag_of("complete-", number, complete_id);
    struct pioneer_rule complete = {.kind = PIONEER_RULE_COMPLETE_WEEKENDS,
                                    .id = complete_id,
                                    .members = members,
                                    .weight = WEIGHT_COMPLETE,
                                    .level = COST};
    return (maker->span->outlook->worth != NULL || add_limits(maker, number, members)) &&
           add_run(maker, PIONEER_RULE_WORK_RUN, work_id, members, contract->work) &&
           add_run(maker, PIONEER_RULE_OFF_RUN, off_id, members, contract->off) &&
           (!contract->wants_complete_weekends || add_rule(maker, &complete));
}

static bool add_shift_run(struct maker *maker, int32_t number) {
    const struct inrc2_shift *shift = &maker->scenario->shifts[number];
    char id[TAG_SIZE];
    tag_of("shift-", number, id);
    struct pioneer_rule rule = {.kind = PIONEER_RULE_KIND_RUN,
                                .id = id,
                                .weight = WEIGHT_SHIFT_RUN,
                                .level = COST,
                                .has_min = true,
                                .min = shift->run.min,
                                .has_max = true,
                                .max = shift->run.max,
                                .slot_kinds = &shift->id,
                                .slot_kind_count = 1};
    return add_rule(maker, &rule);
}

static bool add_succession(struct maker *maker, int32_t number) {
    const struct inrc2_scenario *scenario = maker->scenario;
    const char *next[100] = {NULL}; /* the reader takes no more shift types */
    int32_t count = 0;
    for (int32_t i = 0; i < scenario->shift_count; i++) {
        if (scenario->forbids[number * scenario->shift_count + i]) {
            next[count++] = scenario->shifts[i].id;
        }
    }
    struct pioneer_rule rule = {.kind = PIONEER_RULE_SUCCESSION,
                                .slot_kinds = &scenario->shifts[number].id,
                                .slot_kind_count = 1,
                                .next_kinds = next,
                                .next_kind_count = count};
    return count == 0 || add_rule(maker, &rule);
}

static bool add_rules(struct maker *maker) {
    struct pioneer_rule common[] = {
        {.kind = PIONEER_RULE_DUTIES, .window = PIONEER_WINDOW_DAY, .has_max = true, .max = 1},
        {.kind = PIONEER_RULE_SHORT_OF_MIN, .weight = 1, .level = MUST},
        {.kind = PIONEER_RULE_SHORT_OF_TARGET, .weight = 1, .level = COST},
        {.kind = PIONEER_RULE_REQUESTS, .weight = 1, .level = COST},
    };
    for (size_t i = 0; i < sizeof common / sizeof *common; i++) {
        if (!add_rule(maker, &common[i])) {
            return false;
        }
    }
    for (int32_t i = 0; i < maker->scenario->shift_count; i++) {
        if (!add_shift_run(maker, i) || !add_succession(maker, i)) {
            return false;
        }
    }
    for (int32_t i = 0; i < maker->scenario->contract_count; i++) {
        if (!add_contract(maker, i)) {
            return false;
        }
    }
    for (int32_t i = 0; maker->span->outlook->worth != NULL && i < maker->scenario->nurse_count; i++) {
        if (!add_worth(maker, i)) {
            return false;
        }
    }
    return true;
}

/* ---- the campaign ---------------------------------------------------------------------------------------
 */

static bool add_frame(struct maker *maker) {
    struct pioneer_error *failure = &maker->failure;
    struct pioneer_campaign *campaign = maker->campaign;
    const struct pioneer_campaign_settings settings = {.name = maker->span->name};
    const struct pioneer_unit unit = {.id = UNIT, .draws_from = PIONEER_POOL_SIGNED_UP};
    const struct pioneer_site site = {.id = SITE};
    const struct pioneer_level must = {.id = MUST}, cost = {.id = COST};
    const struct pioneer_stage stage = {.id = "weeks",
                                        .from_day = INRC2_FIRST_DAY,
                                        .to_day = INRC2_FIRST_DAY + maker->span->week_count * INRC2_WEEK - 1};
    return keep(maker, pioneer_campaign_set(campaign, &settings, failure)) &&
           keep(maker, pioneer_campaign_add_unit(campaign, &unit, failure)) &&
           keep(maker, pioneer_campaign_add_site(campaign, &site, failure)) &&
           keep(maker, pioneer_campaign_add_level(campaign, &must, failure)) &&
           keep(maker, pioneer_campaign_add_level(campaign, &cost, failure)) &&
           keep(maker, pioneer_campaign_add_stage(campaign, &stage, failure));
}

bool inrc2_campaign(const struct inrc2_span *span, struct pioneer_campaign **out, struct bench_error *error) {
    struct maker maker = {.span = span, .scenario = span->scenario, .error = error};
    *out = NULL;
    if (pioneer_campaign_new(&maker.campaign) != PIONEER_OK) {
        return bench_fail_memory(error);
    }
    if (add_frame(&maker) && add_shifts(&maker) && add_skills(&maker) && add_nurses(&maker) &&
        add_rules(&maker) && add_weeks(&maker) &&
        keep(&maker, pioneer_campaign_validate(maker.campaign, &maker.failure))) {
        *out = maker.campaign;
        return true;
    }
    pioneer_campaign_free(maker.campaign);
    return false;
}

/* ---- rosters --------------------------------------------------------------------------------------------
 */

static bool find_place(const struct inrc2_scenario *scenario, const struct pioneer_assignment *given,
                       int32_t *nurse, struct inrc2_place *place) {
    *nurse = -1;
    *place = (struct inrc2_place){INRC2_OFF, INRC2_OFF};
    for (int32_t i = 0; i < scenario->nurse_count; i++) {
        *nurse = strcmp(scenario->nurses[i].id, given->member) == 0 ? i : *nurse;
    }
    for (int32_t i = 0; i < scenario->shift_count; i++) {
        place->shift = strcmp(scenario->shifts[i].id, given->slot) == 0 ? i : place->shift;
    }
    for (int32_t i = 0; i < scenario->skill_count; i++) {
        place->skill = strcmp(scenario->skills[i], given->post) == 0 ? i : place->skill;
    }
    return *nurse >= 0 && place->shift != INRC2_OFF && place->skill >= 0;
}

bool inrc2_grid_of_roster(const struct inrc2_scenario *scenario, const struct pioneer_roster *roster,
                          int32_t first_day, struct inrc2_place *grid, int32_t day_count,
                          struct bench_error *error) {
    for (int32_t i = 0; i < pioneer_roster_count(roster); i++) {
        const struct pioneer_assignment *given = pioneer_roster_at(roster, i);
        int32_t nurse = -1, day = given->day - INRC2_FIRST_DAY + first_day;
        struct inrc2_place place;
        if (!find_place(scenario, given, &nurse, &place) || day < first_day || day >= day_count) {
            return bench_fail(error, BENCH_INTERNAL, "the roster has an assignment from elsewhere");
        }
        struct inrc2_place *cell = &grid[nurse * day_count + day];
        if (cell->shift != INRC2_OFF) {
            return bench_fail(error, BENCH_INTERNAL, "the roster has two shifts of \"%.40s\" on day %d",
                              given->member, (int)day);
        }
        *cell = place;
    }
    return true;
}

static bool is_of_outlook(const char *rule) {
    return strncmp(rule, TOTAL_ID, strlen(TOTAL_ID)) == 0 ||
           strncmp(rule, WEEKENDS_ID, strlen(WEEKENDS_ID)) == 0 ||
           strncmp(rule, OPEN_ID, strlen(OPEN_ID)) == 0;
}

int64_t inrc2_value_without_outlook(const struct pioneer_report *report) {
    int64_t value = 0;
    for (int32_t i = 0; i < pioneer_report_part_count(report); i++) {
        const struct pioneer_judged_part *part = pioneer_report_part_at(report, i);
        for (int32_t k = 0; k < part->term_count; k++) {
            const struct pioneer_term_value *term = &part->terms[k];
            if (strcmp(term->level, COST) == 0 && !is_of_outlook(term->rule)) {
                value += term->weight * term->amount;
            }
        }
    }
    return value;
}

int64_t inrc2_short_value(const struct pioneer_report *report) {
    int64_t value = 0;
    for (int32_t i = 0; i < pioneer_report_part_count(report); i++) {
        value += pioneer_report_part_at(report, i)->levels[0].value;
    }
    return value;
}
