/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns a Curtois & Qu instance into the rules of docs/rules.md, and rosters into grids. */
#include "curtois/campaign.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define UNIT  "staff"
#define SITE  "ward"
#define LEVEL "cost"

/* Rules hold for members of a tag; a tag stands for one limit, so that everybody of equal limits shares one
 * rule. "shift-12-max-1000000000" is the longest. */
#define TAG_SIZE 64

struct maker {
    const struct curtois_instance *instance;
    struct pioneer_campaign *campaign;
    struct pioneer_error failure;
    const char *name;
    struct bench_error *error;
};

static bool keep(struct maker *maker, enum pioneer_status status) {
    return status == PIONEER_OK || bench_fail_with(maker->error, maker->name, &maker->failure);
}

static int32_t max_shifts(const struct maker *maker, int32_t employee, int32_t shift) {
    return maker->instance
        ->max_shifts[(size_t)employee * (size_t)maker->instance->shift_count + (size_t)shift];
}

/* ---- limits that members share --------------------------------------------------------------------------
 */

/* The limits of which each makes one hard rule for everybody with the same numbers. */
enum limit { LIMIT_MINUTES, LIMIT_RUN, LIMIT_OFF, LIMIT_WEEKENDS, LIMIT_COUNT };

struct numbers {
    int32_t min, max;
};

static struct numbers numbers_of(const struct curtois_employee *employee, enum limit limit) {
    switch (limit) {
    case LIMIT_MINUTES:
        return (struct numbers){employee->min_minutes, employee->max_minutes};
    case LIMIT_RUN:
        return (struct numbers){employee->min_run, employee->max_run};
    case LIMIT_OFF:
        return (struct numbers){employee->min_off, 0};
    default:
        return (struct numbers){0, employee->max_weekends};
    }
}

static const char *const limit_names[LIMIT_COUNT] = {"minutes", "run", "off", "weekends"};

static void tag_of_limit(const struct curtois_employee *employee, enum limit limit, char tag[TAG_SIZE]) {
    struct numbers numbers = numbers_of(employee, limit);
    snprintf(tag, TAG_SIZE, "%s-%d-%d", limit_names[limit], (int)numbers.min, (int)numbers.max);
}

static void tag_of_count(int32_t shift, int32_t max, char tag[TAG_SIZE]) {
    snprintf(tag, TAG_SIZE, "shift-%d-max-%d", (int)shift, (int)max);
}

/* Who may work a shift at all. */
static void tag_of_skill(int32_t shift, char tag[TAG_SIZE]) {
    snprintf(tag, TAG_SIZE, "shift-%d", (int)shift);
}

/* One shift a day, so nobody can reach a limit of all days. */
static bool is_limit(const struct maker *maker, int32_t max) {
    return max > 0 && max < maker->instance->day_count;
}

/* ---- members --------------------------------------------------------------------------------------------
 */

static int32_t tags_of(const struct maker *maker, int32_t employee, char (*tags)[TAG_SIZE]) {
    int32_t count = 0;
    for (int32_t limit = 0; limit < LIMIT_COUNT; limit++) {
        tag_of_limit(&maker->instance->employees[employee], (enum limit)limit, tags[count++]);
    }
    for (int32_t shift = 0; shift < maker->instance->shift_count; shift++) {
        int32_t max = max_shifts(maker, employee, shift);
        if (max > 0) {
            tag_of_skill(shift, tags[count++]);
        }
        if (is_limit(maker, max)) {
            tag_of_count(shift, max, tags[count++]);
        }
    }
    return count;
}

static int32_t absences_of(const struct curtois_instance *instance, int32_t employee,
                           struct pioneer_absence *absences) {
    int32_t count = 0;
    for (int32_t day = 0; day < instance->day_count; day++) {
        if (instance->day_off[(size_t)employee * (size_t)instance->day_count + (size_t)day]) {
            int32_t from = (CURTOIS_FIRST_DAY + day) * 1440;
            absences[count++] = (struct pioneer_absence){.from_at = from, .to_at = from + 1440};
        }
    }
    return count;
}

static bool add_members(struct maker *maker) {
    const struct curtois_instance *instance = maker->instance;
    size_t tag_max = (size_t)LIMIT_COUNT + 2 * (size_t)instance->shift_count;
    char(*tags)[TAG_SIZE] = malloc(tag_max * sizeof *tags);
    const char **pointers = malloc(tag_max * sizeof *pointers);
    struct pioneer_absence *absences = malloc((size_t)instance->day_count * sizeof *absences);
    bool is_made = (tags != NULL && pointers != NULL && absences != NULL) || bench_fail_memory(maker->error);
    for (size_t i = 0; is_made && i < tag_max; i++) {
        pointers[i] = tags[i];
    }
    for (int32_t i = 0; is_made && i < instance->employee_count; i++) {
        struct pioneer_member member = {.id = instance->employees[i].id, .unit = UNIT};
        member.tags = pointers;
        member.tag_count = tags_of(maker, i, tags);
        member.absences = absences;
        member.absence_count = absences_of(instance, i, absences);
        is_made = keep(maker, pioneer_campaign_add_member(maker->campaign, &member, &maker->failure));
    }
    free(tags);
    free(pointers);
    free(absences);
    return is_made;
}

/* ---- shifts and cover -----------------------------------------------------------------------------------
 */

static bool everybody_may(const struct maker *maker, int32_t shift) {
    for (int32_t i = 0; i < maker->instance->employee_count; i++) {
        if (max_shifts(maker, i, shift) == 0) {
            return false;
        }
    }
    return true;
}

/* All slots start at midnight, so two of one day always overlap, and none reaches the day after. A shift has
 * a post of its own, for which those are not eligible who may never work it. */
static bool add_shift(struct maker *maker, int32_t number) {
    const struct curtois_shift *shift = &maker->instance->shifts[number];
    struct pioneer_slot slot = {.id = shift->id, .to_min = shift->length_min};
    char tag[TAG_SIZE], eligible[TAG_SIZE + 16];
    tag_of_skill(number, tag);
    snprintf(eligible, sizeof eligible, "tag = %s", tag);
    struct pioneer_post post = {.id = shift->id, .unit = UNIT};
    post.eligible = everybody_may(maker, number) ? NULL : eligible;
    return keep(maker, pioneer_campaign_add_slot(maker->campaign, &slot, &maker->failure)) &&
           keep(maker, pioneer_campaign_add_post(maker->campaign, &post, &maker->failure));
}

/* Whether no weight of 0 stands where it matters: there it would mean the default. */
static bool is_sayable(const struct maker *maker, const struct curtois_cover *cover) {
    return (cover->required == 0 || cover->weight_under > 0) &&
           (cover->required >= maker->instance->employee_count || cover->weight_over > 0);
}

static bool add_cover(struct maker *maker, int32_t day, int32_t shift) {
    const struct curtois_instance *instance = maker->instance;
    const struct curtois_cover *cover = &instance->cover[day * instance->shift_count + shift];
    const char *const site = SITE;
    const char *id = instance->shifts[shift].id;
    int32_t date = CURTOIS_FIRST_DAY + day;
    if (!is_sayable(maker, cover)) {
        return bench_fail(maker->error, BENCH_BAD_INPUT,
                          "%.200s:%d: SECTION_COVER: day %d, shift \"%.40s\": no campaign can say a weight "
                          "of 0",
                          instance->file, (int)cover->line, (int)day, id);
    }
    struct pioneer_demand demand = {
        .post = id,
        .sites = &site,
        .site_count = 1,
        .slots = &id,
        .slot_count = 1,
        .days = &date,
        .day_count = 1,
        .target = cover->required,
        .has_target = true,
        /* Nobody may be kept from working more than is asked for. */
        .max = cover->required > instance->employee_count ? cover->required : instance->employee_count,
        .has_max = true,
        .short_cost = cover->weight_under,
        .over_cost = cover->weight_over,
    };
    return keep(maker, pioneer_campaign_add_demand(maker->campaign, &demand, &maker->failure));
}

static bool add_requests(struct maker *maker) {
    const struct curtois_instance *instance = maker->instance;
    for (int32_t i = 0; i < instance->request_count; i++) {
        const struct curtois_request *given = &instance->requests[i];
        struct pioneer_request request = {
            .member = instance->employees[given->employee].id,
            .off = given->is_off,
            .from_day = CURTOIS_FIRST_DAY + given->day,
            .to_day = CURTOIS_FIRST_DAY + given->day,
            .slot = instance->shifts[given->shift].id,
            .weight = given->weight,
        };
        /* A weight of 0 would mean 1. */
        if (given->weight > 0 &&
            !keep(maker, pioneer_campaign_add_request(maker->campaign, &request, &maker->failure))) {
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

static bool add_rule_for_tag(struct maker *maker, struct pioneer_rule *rule, const char *tag) {
    char members[TAG_SIZE + 16];
    snprintf(members, sizeof members, "tag = %s", tag);
    rule->id = tag;
    rule->members = members;
    return add_rule(maker, rule);
}

/* Runs that touch a border of the horizon are never too short; beyond it all is off, so none is longer than
 * what is seen. */
static struct pioneer_rule rule_of_limit(enum limit limit, struct numbers numbers) {
    static const enum pioneer_rule_kind kinds[LIMIT_COUNT] = {PIONEER_RULE_MINUTES, PIONEER_RULE_WORK_RUN,
                                                              PIONEER_RULE_OFF_RUN, PIONEER_RULE_WEEKENDS};
    bool is_run = limit == LIMIT_RUN || limit == LIMIT_OFF;
    return (struct pioneer_rule){
        .kind = kinds[limit],
        .has_min = limit != LIMIT_WEEKENDS,
        .min = numbers.min,
        .has_max = limit != LIMIT_OFF,
        .max = numbers.max,
        .at_start = is_run ? PIONEER_BORDER_EXEMPT : PIONEER_BORDER_DEFAULT,
        .at_end = is_run ? PIONEER_BORDER_EXEMPT : PIONEER_BORDER_DEFAULT,
    };
}

static bool is_first_with_limit(const struct maker *maker, int32_t employee, enum limit limit) {
    const struct curtois_employee *employees = maker->instance->employees;
    struct numbers own = numbers_of(&employees[employee], limit);
    for (int32_t i = 0; i < employee; i++) {
        struct numbers other = numbers_of(&employees[i], limit);
        if (other.min == own.min && other.max == own.max) {
            return false;
        }
    }
    return true;
}

static bool add_limits(struct maker *maker) {
    for (int32_t i = 0; i < maker->instance->employee_count; i++) {
        for (int32_t k = 0; k < LIMIT_COUNT; k++) {
            const struct curtois_employee *employee = &maker->instance->employees[i];
            char tag[TAG_SIZE];
            struct pioneer_rule rule = rule_of_limit((enum limit)k, numbers_of(employee, (enum limit)k));
            tag_of_limit(employee, (enum limit)k, tag);
            if (is_first_with_limit(maker, i, (enum limit)k) && !add_rule_for_tag(maker, &rule, tag)) {
                return false;
            }
        }
    }
    return true;
}

static bool is_first_with_count(const struct maker *maker, int32_t employee, int32_t shift) {
    for (int32_t i = 0; i < employee; i++) {
        if (max_shifts(maker, i, shift) == max_shifts(maker, employee, shift)) {
            return false;
        }
    }
    return true;
}

static bool add_count(struct maker *maker, int32_t employee, int32_t shift) {
    int32_t max = max_shifts(maker, employee, shift);
    if (!is_limit(maker, max) || !is_first_with_count(maker, employee, shift)) {
        return true;
    }
    char tag[TAG_SIZE];
    tag_of_count(shift, max, tag);
    const char *slot = maker->instance->shifts[shift].id;
    struct pioneer_rule rule = {
        .kind = PIONEER_RULE_COUNT, .has_max = true, .max = max, .slots = &slot, .slot_count = 1};
    return add_rule_for_tag(maker, &rule, tag);
}

static bool add_counts(struct maker *maker) {
    for (int32_t employee = 0; employee < maker->instance->employee_count; employee++) {
        for (int32_t shift = 0; shift < maker->instance->shift_count; shift++) {
            if (!add_count(maker, employee, shift)) {
                return false;
            }
        }
    }
    return true;
}

static bool add_succession(struct maker *maker, int32_t shift, const char **next) {
    const struct curtois_instance *instance = maker->instance;
    const char *kind = instance->shifts[shift].id;
    int32_t count = 0;
    for (int32_t i = 0; i < instance->shift_count; i++) {
        if (instance->forbids[shift * instance->shift_count + i]) {
            next[count++] = instance->shifts[i].id;
        }
    }
    struct pioneer_rule rule = {.kind = PIONEER_RULE_SUCCESSION,
                                .slot_kinds = &kind,
                                .slot_kind_count = 1,
                                .next_kinds = next,
                                .next_kind_count = count};
    return count == 0 || add_rule(maker, &rule);
}

static bool add_successions(struct maker *maker) {
    const char **next = malloc((size_t)maker->instance->shift_count * sizeof *next);
    bool is_made = next != NULL || bench_fail_memory(maker->error);
    for (int32_t i = 0; is_made && i < maker->instance->shift_count; i++) {
        is_made = add_succession(maker, i, next);
    }
    free(next);
    return is_made;
}

static bool add_common_rules(struct maker *maker) {
    struct pioneer_rule rules[] = {
        {.kind = PIONEER_RULE_DUTIES, .window = PIONEER_WINDOW_DAY, .has_max = true, .max = 1},
        {.kind = PIONEER_RULE_SHORT_OF_TARGET, .weight = 1, .level = LEVEL},
        {.kind = PIONEER_RULE_OVER_TARGET, .weight = 1, .level = LEVEL},
        {.kind = PIONEER_RULE_REQUESTS, .weight = 1, .level = LEVEL},
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (!add_rule(maker, &rules[i])) {
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
    const struct pioneer_campaign_settings settings = {.name = maker->name};
    const struct pioneer_unit unit = {.id = UNIT, .draws_from = PIONEER_POOL_SIGNED_UP};
    const struct pioneer_site site = {.id = SITE};
    const struct pioneer_level level = {.id = LEVEL};
    const struct pioneer_stage stage = {.id = "horizon",
                                        .from_day = CURTOIS_FIRST_DAY,
                                        .to_day = CURTOIS_FIRST_DAY + maker->instance->day_count - 1};
    return keep(maker, pioneer_campaign_set(campaign, &settings, failure)) &&
           keep(maker, pioneer_campaign_add_unit(campaign, &unit, failure)) &&
           keep(maker, pioneer_campaign_add_site(campaign, &site, failure)) &&
           keep(maker, pioneer_campaign_add_level(campaign, &level, failure)) &&
           keep(maker, pioneer_campaign_add_stage(campaign, &stage, failure));
}

static bool add_shifts(struct maker *maker) {
    for (int32_t shift = 0; shift < maker->instance->shift_count; shift++) {
        if (!add_shift(maker, shift)) {
            return false;
        }
        for (int32_t day = 0; day < maker->instance->day_count; day++) {
            if (!add_cover(maker, day, shift)) {
                return false;
            }
        }
    }
    return true;
}

bool curtois_campaign(const struct curtois_instance *instance, const char *name,
                      struct pioneer_campaign **out, struct bench_error *error) {
    struct maker maker = {.instance = instance, .name = name, .error = error};
    *out = NULL;
    if (pioneer_campaign_new(&maker.campaign) != PIONEER_OK) {
        return bench_fail_memory(error);
    }
    if (add_frame(&maker) && add_members(&maker) && add_shifts(&maker) && add_common_rules(&maker) &&
        add_limits(&maker) && add_counts(&maker) && add_successions(&maker) && add_requests(&maker) &&
        keep(&maker, pioneer_campaign_validate(maker.campaign, &maker.failure))) {
        *out = maker.campaign;
        return true;
    }
    pioneer_campaign_free(maker.campaign);
    return false;
}

/* ---- rosters --------------------------------------------------------------------------------------------
 */

static int32_t find_employee(const struct curtois_instance *instance, const char *id) {
    for (int32_t i = 0; i < instance->employee_count; i++) {
        if (strcmp(instance->employees[i].id, id) == 0) {
            return i;
        }
    }
    return -1;
}

static int32_t find_shift(const struct curtois_instance *instance, const char *id) {
    for (int32_t i = 0; i < instance->shift_count; i++) {
        if (strcmp(instance->shifts[i].id, id) == 0) {
            return i;
        }
    }
    return -1;
}

bool curtois_grid_of_roster(const struct curtois_instance *instance, const struct pioneer_roster *roster,
                            int32_t *grid, struct bench_error *error) {
    for (int32_t i = 0; i < pioneer_roster_count(roster); i++) {
        const struct pioneer_assignment *given = pioneer_roster_at(roster, i);
        int32_t employee = find_employee(instance, given->member);
        int32_t shift = find_shift(instance, given->slot);
        int32_t day = given->day - CURTOIS_FIRST_DAY;
        if (employee < 0 || shift < 0 || day < 0 || day >= instance->day_count) {
            return bench_fail(error, BENCH_INTERNAL, "the roster has an assignment from elsewhere");
        }
        int32_t *cell = &grid[(size_t)employee * (size_t)instance->day_count + (size_t)day];
        if (*cell != CURTOIS_OFF) {
            return bench_fail(error, BENCH_INTERNAL, "the roster has two shifts of \"%.40s\" on day %d",
                              given->member, (int)day);
        }
        *cell = shift;
    }
    return true;
}

bool curtois_roster_of_grid(const struct curtois_instance *instance, const int32_t *grid,
                            struct pioneer_roster **out, struct bench_error *error) {
    struct pioneer_error failure = {0};
    if (pioneer_roster_new(out) != PIONEER_OK) {
        return bench_fail_memory(error);
    }
    for (int32_t i = 0; i < instance->employee_count * instance->day_count; i++) {
        if (grid[i] == CURTOIS_OFF) {
            continue;
        }
        const struct pioneer_assignment assignment = {
            .member = instance->employees[i / instance->day_count].id,
            .post = instance->shifts[grid[i]].id,
            .site = SITE,
            .slot = instance->shifts[grid[i]].id,
            .day = CURTOIS_FIRST_DAY + i % instance->day_count,
        };
        if (pioneer_roster_add(*out, &assignment, &failure) != PIONEER_OK) {
            pioneer_roster_free(*out);
            *out = NULL;
            return bench_fail_with(error, "roster", &failure);
        }
    }
    return true;
}
