/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of model/organisation and its steps: tree, nominations, walks, free time, rules in force. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/calendar.h"
#include "model/organisation.h"

#define MONDAY 18267 /* 2020-01-06 */

static void add_unit(struct pioneer_campaign *c, const char *id, const char *parent, int32_t quota) {
    struct pioneer_unit unit = {.id = id, .parent = parent, .quota = quota};
    cr_assert_eq(pioneer_campaign_add_unit(c, &unit, NULL), PIONEER_OK);
}

static void add_nominee(struct pioneer_campaign *c, const char *id, const char *unit, int32_t rank) {
    struct pioneer_member member = {.id = id, .unit = unit, .nominated = true, .rank = rank};
    cr_assert_eq(pioneer_campaign_add_member(c, &member, NULL), PIONEER_OK);
}

static void add_stage(struct pioneer_campaign *c, const char *id, int32_t from_day, int32_t to_day) {
    struct pioneer_stage stage = {.id = id, .from_day = from_day, .to_day = to_day};
    cr_assert_eq(pioneer_campaign_add_stage(c, &stage, NULL), PIONEER_OK);
}

/* Two stages of one week each; the root "campus" with nothing below. */
static struct pioneer_campaign *sample(void) {
    struct pioneer_campaign *c;
    cr_assert_eq(pioneer_campaign_new(&c), PIONEER_OK);
    add_stage(c, "one", MONDAY, MONDAY + 6);
    add_stage(c, "two", MONDAY + 7, MONDAY + 13);
    add_unit(c, "campus", NULL, 0);
    return c;
}

static struct pnr_organisation *build(struct pioneer_campaign *c) {
    struct pnr_organisation *organisation;
    struct pioneer_error error;
    c->validated = true;
    cr_assert_eq(pnr_organisation_build(c, &organisation, &error), PIONEER_OK, "%s", error.message);
    return organisation;
}

static void done(struct pioneer_campaign *c, struct pnr_organisation *organisation) {
    pnr_organisation_free(organisation);
    pioneer_campaign_free(c);
}

/* ---- tree and pools */

Test(organisation, is_not_built_from_a_campaign_that_changed) {
    struct pioneer_campaign *c = sample();
    struct pnr_organisation *organisation;
    struct pioneer_error error;
    cr_expect_eq(pnr_organisation_build(c, &organisation, &error), PIONEER_E_INVALID);
    cr_expect_str_eq(error.code, "not-validated");
    cr_expect_null(organisation);
    pnr_organisation_free(NULL);
    pioneer_campaign_free(c);
}

Test(organisation, knows_depths_and_who_is_below_whom) {
    struct pioneer_campaign *c = sample();
    add_unit(c, "branch", "college", 0);
    add_unit(c, "college", "campus", 0);
    add_unit(c, "office", "campus", 0);
    struct pnr_organisation *o = build(c);
    cr_expect_eq(o->root, 0);
    cr_expect_eq(o->parent_of_unit[0], -1);
    cr_expect_eq(o->depth_of_unit[0], 0);
    cr_expect_eq(o->depth_of_unit[1], 2);
    cr_expect_eq(o->depth_of_unit[2], 1);
    cr_expect(pnr_organisation_below(o, 1, 2));
    cr_expect(pnr_organisation_below(o, 1, 0));
    cr_expect(pnr_organisation_below(o, 1, 1));
    cr_expect_not(pnr_organisation_below(o, 2, 1));
    cr_expect_not(pnr_organisation_below(o, 1, 3));
    cr_expect_eq(o->rank_of_unit[1], 0); /* branch, campus, college, office */
    cr_expect_eq(o->rank_of_unit[0], 1);
    done(c, o);
}

Test(organisation, lets_the_root_draw_from_nominees_and_others_from_all_of_theirs) {
    struct pioneer_campaign *c = sample();
    add_unit(c, "college", "campus", 0);
    struct pioneer_unit picky = {.id = "picky", .parent = "campus", .draws_from = PIONEER_POOL_NOMINATED};
    cr_assert_eq(pioneer_campaign_add_unit(c, &picky, NULL), PIONEER_OK);
    add_nominee(c, "m0", "college", 0);
    cr_assert_eq(
        pioneer_campaign_add_member(c, &(struct pioneer_member){.id = "m1", .unit = "college"}, NULL),
        PIONEER_OK);
    cr_assert_eq(pioneer_campaign_add_member(c, &(struct pioneer_member){.id = "m2", .unit = "picky"}, NULL),
                 PIONEER_OK);
    struct pnr_organisation *o = build(c);
    cr_expect(pnr_organisation_in_pool(o, 0, 0));
    cr_expect_not(pnr_organisation_in_pool(o, 1, 0));
    cr_expect(pnr_organisation_in_pool(o, 0, 1));
    cr_expect(pnr_organisation_in_pool(o, 1, 1));
    cr_expect_not(pnr_organisation_in_pool(o, 2, 1));
    cr_expect_not(pnr_organisation_in_pool(o, 2, 2));
    done(c, o);
}

Test(nominations, keep_the_best_ranked_and_put_the_unranked_last) {
    struct pioneer_campaign *c = sample();
    add_unit(c, "college", "campus", 3);
    add_nominee(c, "d", "college", 0);
    add_nominee(c, "c", "college", 0);
    add_nominee(c, "b", "college", 2);
    add_nominee(c, "a", "college", 2);
    struct pnr_organisation *o = build(c);
    cr_expect_not(o->is_nominated[0]);
    cr_expect(o->is_nominated[1]);
    cr_expect(o->is_nominated[2]);
    cr_expect(o->is_nominated[3]);
    done(c, o);
}

/* The branch keeps a (rank 1) and drops b (rank 2); the college then keeps a and x (rank 3), since b no
 * longer takes a place; the root keeps the best of all. */
Test(nominations, apply_nested_quotas_from_the_leaves_upwards) {
    struct pioneer_campaign *c = sample();
    c->units.items[0].quota = 2;
    add_unit(c, "college", "campus", 2);
    add_unit(c, "branch", "college", 1);
    add_unit(c, "office", "campus", 0);
    add_nominee(c, "a", "branch", 1);
    add_nominee(c, "b", "branch", 2);
    add_nominee(c, "x", "college", 3);
    add_nominee(c, "y", "college", 4);
    add_nominee(c, "z", "office", 2);
    struct pnr_organisation *o = build(c);
    cr_expect(o->is_nominated[0]);
    cr_expect_not(o->is_nominated[1]);
    cr_expect_not(o->is_nominated[2]); /* survives the college, not the root */
    cr_expect_not(o->is_nominated[3]);
    cr_expect(o->is_nominated[4]);
    done(c, o);
    c = sample();
    add_unit(c, "college", "campus", 2);
    add_unit(c, "branch", "college", 1);
    add_nominee(c, "a", "branch", 1);
    add_nominee(c, "b", "branch", 2);
    add_nominee(c, "x", "college", 3);
    o = build(c);
    cr_expect(o->is_nominated[0]);
    cr_expect_not(o->is_nominated[1]);
    cr_expect(o->is_nominated[2]);
    done(c, o);
}

/* ---- walks */

static void add_site(struct pioneer_campaign *c, const char *id, const char *zone) {
    cr_assert_eq(pioneer_campaign_add_site(c, &(struct pioneer_site){.id = id, .zone = zone}, NULL),
                 PIONEER_OK);
}

static void add_walk(struct pioneer_campaign *c, bool between_zones, const char *from, const char *to,
                     int32_t minutes) {
    struct pioneer_walk walk = {.between_zones = between_zones, .from = from, .to = to, .minutes = minutes};
    cr_assert_eq(pioneer_campaign_add_walk(c, &walk, NULL), PIONEER_OK);
}

Test(walks, prefer_sites_to_zones_and_zones_to_the_default) {
    struct pioneer_campaign *c = sample();
    struct pioneer_campaign_settings settings = {.walking_min = 9};
    cr_assert_eq(pioneer_campaign_set(c, &settings, NULL), PIONEER_OK);
    add_site(c, "a", "north");
    add_site(c, "b", "north");
    add_site(c, "c", "south");
    add_site(c, "d", NULL);
    add_site(c, "e", NULL);
    add_walk(c, false, "c", "a", 20);
    add_walk(c, true, "north", "south", 12);
    add_walk(c, true, "north", "north", 3);
    struct pnr_organisation *o = build(c);
    const int32_t expected[] = {0, 3, 20, 9, 9, 3, 0, 12, 9, 9, 20, 12, 0,
                                9, 9, 9,  9, 9, 0, 9, 9,  9, 9, 9,  0};
    for (int32_t i = 0; i < 25; i++) {
        cr_expect_eq(o->walk_min[i], expected[i], "walk %d to %d", (int)i / 5, (int)i % 5);
    }
    done(c, o);
}

/* ---- free time */

static struct pnr_organisation *with_member(struct pioneer_campaign *c, struct pioneer_member member) {
    member.id = "m";
    member.unit = "campus";
    cr_assert_eq(pioneer_campaign_add_member(c, &member, NULL), PIONEER_OK);
    return build(c);
}

static bool is_free(const struct pnr_organisation *o, int32_t day, int32_t from_min, int32_t to_min) {
    return pnr_organisation_is_free(o, 0, day * 1440 + from_min, day * 1440 + to_min);
}

Test(free_time, is_one_span_without_windows) {
    struct pioneer_campaign *c = sample();
    struct pnr_organisation *o = with_member(c, (struct pioneer_member){0});
    cr_assert_eq(o->free_count_of_member[0], 1);
    cr_expect_eq(o->free_of_member[0][0].from_at, (MONDAY - 1) * 1440);
    cr_expect_eq(o->free_of_member[0][0].to_at, (MONDAY + 16) * 1440);
    cr_expect(is_free(o, MONDAY, 1320, 2880));
    done(c, o);
}

Test(free_time, is_never_with_weekly_windows_but_none_given) {
    struct pioneer_campaign *c = sample();
    struct pnr_organisation *o = with_member(c, (struct pioneer_member){.has_weekly = true});
    cr_expect_eq(o->free_count_of_member[0], 0);
    cr_expect_not(is_free(o, MONDAY, 600, 601));
    done(c, o);
}

Test(free_time, crosses_midnight_and_joins_windows_that_touch) {
    struct pioneer_campaign *c = sample();
    struct pioneer_weekly_window weekly[] = {{1, 0, 600}, {0, 1200, 1440}, {6, 1380, 1500}};
    struct pnr_organisation *o =
        with_member(c, (struct pioneer_member){.has_weekly = true, .weekly = weekly, .weekly_count = 3});
    cr_expect(is_free(o, MONDAY, 1200, 2040)); /* Monday 20:00 to Tuesday 10:00 */
    cr_expect_not(is_free(o, MONDAY, 1199, 1210));
    cr_expect_not(is_free(o, MONDAY, 1300, 2041));
    cr_expect(is_free(o, MONDAY, 0, 60)); /* from the Sunday before the campaign */
    cr_expect_not(is_free(o, MONDAY, 0, 61));
    done(c, o);
}

Test(free_time, follows_dated_windows_instead_of_the_weekly_ones_of_that_date) {
    struct pioneer_campaign *c = sample();
    struct pioneer_weekly_window weekly[] = {{0, 480, 720}, {0, 1380, 1500}, {1, 480, 720}};
    struct pioneer_dated_window dated[] = {
        {MONDAY + 1, 840, 1080}, {MONDAY + 1, 1000, 1200}, {MONDAY + 3, 60, 120}};
    struct pnr_organisation *o = with_member(
        c, (struct pioneer_member){
               .has_weekly = true, .weekly = weekly, .weekly_count = 3, .dated = dated, .dated_count = 3});
    cr_expect(is_free(o, MONDAY, 480, 720));
    cr_expect_not(is_free(o, MONDAY + 1, 480, 720));
    cr_expect(is_free(o, MONDAY + 1, 840, 1200));
    cr_expect(is_free(o, MONDAY, 1380, 1500)); /* belongs to Monday, which has no dated window */
    cr_expect(is_free(o, MONDAY + 3, 60, 120));
    cr_expect(is_free(o, MONDAY + 8, 480, 720)); /* the next Tuesday is as usual */
    done(c, o);
}

Test(free_time, narrows_one_date_of_a_member_who_is_always_free) {
    struct pioneer_campaign *c = sample();
    struct pioneer_dated_window dated[] = {{MONDAY, 480, 720}};
    struct pnr_organisation *o = with_member(c, (struct pioneer_member){.dated = dated, .dated_count = 1});
    cr_expect(is_free(o, MONDAY, 480, 720));
    cr_expect_not(is_free(o, MONDAY, 480, 721));
    cr_expect(is_free(o, MONDAY + 1, 0, 1440));
    done(c, o);
}

Test(free_time, loses_absences_whatever_the_windows_say) {
    struct pioneer_campaign *c = sample();
    struct pioneer_dated_window dated[] = {{MONDAY + 2, 0, 1440}};
    struct pioneer_absence absences[] = {{MONDAY * 1440 + 600, (MONDAY + 1) * 1440 + 60, NULL},
                                         {(MONDAY + 2) * 1440 + 300, (MONDAY + 2) * 1440 + 360, "leave"},
                                         {(MONDAY + 2) * 1440 + 330, (MONDAY + 2) * 1440 + 400, "leave"}};
    struct pnr_organisation *o = with_member(
        c,
        (struct pioneer_member){.dated = dated, .dated_count = 1, .absences = absences, .absence_count = 3});
    cr_expect(is_free(o, MONDAY, 0, 600));
    cr_expect_not(is_free(o, MONDAY, 599, 601));
    cr_expect_not(is_free(o, MONDAY + 1, 59, 61));
    cr_expect(is_free(o, MONDAY + 1, 60, 1440));
    cr_expect(is_free(o, MONDAY + 2, 0, 300));
    cr_expect_not(is_free(o, MONDAY + 2, 300, 400));
    cr_expect(is_free(o, MONDAY + 2, 400, 1440));
    cr_expect_eq(o->free_count_of_member[0], 3);
    done(c, o);
}

/* ---- rules in force */

static void add_rule(struct pioneer_campaign *c, const struct pioneer_rule *rule) {
    struct pioneer_error error;
    cr_assert_eq(pioneer_campaign_add_rule(c, rule, &error), PIONEER_OK, "%s", error.message);
}

static int32_t find_rule(const struct pnr_organisation *o, const char *id) {
    for (int32_t i = 0; i < o->rule_count; i++) {
        if (strcmp(o->rules[i].given.id, id) == 0) {
            return i;
        }
    }
    return -1;
}

Test(rules_in_force, are_the_built_in_ones_by_id_when_none_is_written) {
    struct pioneer_campaign *c = sample();
    struct pnr_organisation *o = build(c);
    const struct {
        const char *id;
        int32_t level, weight;
    } expected[] = {
        {"availability", -1, 0}, {"eligibility", -1, 0},  {"hardship_fairness", 4, 3600},
        {"lead", 1, 1},          {"load_fairness", 4, 1}, {"preferences", 5, 1},
        {"requests", 5, 1},      {"short_of_min", 0, 1},  {"short_of_target", 2, 1},
        {"unit_burden", 4, 60},  {"walking", -1, 0},
    };
    cr_assert_eq(o->rule_count, 11);
    cr_expect_eq(o->level_count, 6);
    for (int32_t i = 0; i < 11; i++) {
        cr_expect_str_eq(o->rules[i].given.id, expected[i].id);
        cr_expect_eq(o->rules[i].level, expected[i].level);
        cr_expect_eq(o->rules[i].given.weight, expected[i].weight);
        cr_expect(pnr_organisation_rule_holds(o, i, -1, 1));
    }
    done(c, o);
}

Test(rules_in_force, have_stability_where_something_is_published) {
    struct pioneer_campaign *c = sample();
    struct pioneer_assignment given = {
        .member = "m", .post = "p", .site = "s", .slot = "t", .day = MONDAY, .state = PIONEER_PUBLISHED};
    cr_assert_eq(pioneer_campaign_add_assignment(c, &given, NULL), PIONEER_OK);
    struct pnr_organisation *o = build(c);
    cr_assert_eq(o->rule_count, 12);
    cr_expect_eq(o->rules[find_rule(o, "stability")].level, 3);
    done(c, o);
}

Test(rules_in_force, lose_a_built_in_form_to_a_written_or_dropped_rule_of_its_kind) {
    struct pioneer_campaign *c = sample();
    add_rule(c, &(struct pioneer_rule){.kind = PIONEER_RULE_LEAD, .id = "hard-lead"});
    add_rule(c, &(struct pioneer_rule){.kind = PIONEER_RULE_UNIT_BURDEN, .drop = true});
    add_rule(c, &(struct pioneer_rule){.kind = PIONEER_RULE_RATINGS, .rating = "x"});
    struct pnr_organisation *o = build(c);
    cr_expect_eq(find_rule(o, "lead"), -1);
    cr_expect_eq(find_rule(o, "unit_burden"), -1);
    cr_expect_eq(o->rules[find_rule(o, "hard-lead")].level, -1);
    cr_expect_eq(o->rules[find_rule(o, "ratings")].given.weight, 1);
    cr_expect_eq(o->rules[find_rule(o, "ratings")].level, 5);
    done(c, o);
}

Test(rules_in_force, have_only_the_terms_whose_level_the_campaign_lists) {
    struct pioneer_campaign *c = sample();
    cr_assert_eq(pioneer_campaign_add_level(c, &(struct pioneer_level){.id = "cost"}, NULL), PIONEER_OK);
    cr_assert_eq(pioneer_campaign_add_level(c, &(struct pioneer_level){.id = "must"}, NULL), PIONEER_OK);
    add_rule(c, &(struct pioneer_rule){
                    .kind = PIONEER_RULE_WORK_RUN, .has_max = true, .max = 5, .weight = 30, .level = "cost"});
    struct pnr_organisation *o = build(c);
    cr_expect_eq(o->rule_count, 5); /* work_run, three hard ones, short_of_min */
    cr_expect_eq(o->rules[find_rule(o, "work_run")].level, 0);
    cr_expect_eq(o->rules[find_rule(o, "short_of_min")].level, 1);
    cr_expect_eq(o->rules[find_rule(o, "work_run")].given.at_start, PIONEER_BORDER_JUDGE);
    cr_expect_eq(o->rules[find_rule(o, "work_run")].given.at_end, PIONEER_BORDER_EXEMPT);
    done(c, o);
}

Test(rules_in_force, hold_for_their_members_and_stages_unless_replaced) {
    struct pioneer_campaign *c = sample();
    const char *two[] = {"two"};
    struct pioneer_member student = {.id = "s", .unit = "campus", .role = PIONEER_ROLE_STUDENT};
    struct pioneer_member teacher = {.id = "t", .unit = "campus", .role = PIONEER_ROLE_TEACHER};
    cr_assert_eq(pioneer_campaign_add_member(c, &student, NULL), PIONEER_OK);
    cr_assert_eq(pioneer_campaign_add_member(c, &teacher, NULL), PIONEER_OK);
    add_rule(c, &(struct pioneer_rule){.kind = PIONEER_RULE_REST, .id = "all", .minutes = 600});
    add_rule(c, &(struct pioneer_rule){.kind = PIONEER_RULE_REST,
                                       .id = "students",
                                       .minutes = 700,
                                       .members = "role = student",
                                       .replaces = "all"});
    add_rule(c, &(struct pioneer_rule){.kind = PIONEER_RULE_REST,
                                       .id = "late",
                                       .minutes = 800,
                                       .members = "role = student",
                                       .stages = two,
                                       .stage_count = 1,
                                       .replaces = "students"});
    struct pnr_organisation *o = build(c);
    const bool expected[3][2][2] = {/* [rule][member][stage] */
                                    {{false, true}, {true, true}},
                                    {{true, false}, {false, false}},
                                    {{false, true}, {false, false}}};
    const char *ids[] = {"all", "students", "late"};
    for (int32_t rule = 0; rule < 3; rule++) {
        int32_t at = find_rule(o, ids[rule]);
        for (int32_t member = 0; member < 2; member++) {
            for (int32_t stage = 0; stage < 2; stage++) {
                cr_expect_eq(pnr_organisation_rule_holds(o, at, member, stage), expected[rule][member][stage],
                             "rule %s, member %d, stage %d", ids[rule], (int)member, (int)stage);
            }
        }
    }
    done(c, o);
}
