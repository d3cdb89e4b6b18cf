/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of roster/roster. */
#include <criterion/criterion.h>
#include <string.h>

#include "model/campaign.h"
#include "roster/roster.h"

static struct pioneer_roster *new_roster(void) {
    struct pioneer_roster *roster = NULL;
    cr_assert_eq(pioneer_roster_new(&roster), PIONEER_OK);
    cr_assert_not_null(roster);
    return roster;
}

static void add(struct pioneer_roster *roster, const char *member, const char *site, const char *slot,
                int32_t day) {
    const struct pioneer_assignment assignment = {
        .member = member, .post = "duty", .site = site, .slot = slot, .day = day};
    struct pioneer_error error;
    cr_assert_eq(pioneer_roster_add(roster, &assignment, &error), PIONEER_OK);
}

Test(roster, is_empty_when_new) {
    struct pioneer_roster *roster = new_roster();
    cr_assert_eq(pioneer_roster_count(roster), 0);
    cr_assert_eq(pioneer_roster_part_count(roster), 0);
    cr_assert_eq(pioneer_roster_finding_count(roster), 0);
    cr_assert_eq(pioneer_roster_price_count(roster), 0);
    cr_assert_null(pioneer_roster_at(roster, 0));
    cr_assert_null(pioneer_roster_part_at(roster, -1));
    cr_assert_str_eq(pioneer_roster_get(roster)->campaign, "");
    cr_assert_str_eq(pioneer_roster_get(roster)->input_hash, "");
    cr_assert_str_eq(pioneer_roster_get(roster)->made_by, "");
    pioneer_roster_free(roster);
    pioneer_roster_free(NULL);
}

Test(roster, owns_what_it_is_given) {
    struct pioneer_roster *roster = new_roster();
    char text[32] = "返校";
    struct pioneer_level_result level = {text, 7, 5, 1, PIONEER_GAP};
    const struct pioneer_part part = {
        .stage = text, .unit = text, .tier = 2, .levels = &level, .level_count = 1};
    cr_assert_eq(pnr_roster_add_part(roster, &part), PIONEER_OK);
    cr_assert_eq(pnr_roster_add_part(roster, &(struct pioneer_part){.duty_count = 3}), PIONEER_OK);
    cr_assert_eq(pnr_roster_add_finding(roster, &(struct pioneer_finding){PIONEER_WARNING, text, NULL, text}),
                 PIONEER_OK);
    cr_assert_eq(pnr_roster_add_price(roster, &(struct pioneer_staging_price){text, 3, 2, 1}), PIONEER_OK);
    cr_assert_eq(pnr_roster_set_info(roster, &(struct pioneer_roster_info){.campaign = text, .seed = 9}),
                 PIONEER_OK);
    add(roster, text, "gate", "day", 100);
    strcpy(text, "changed");
    level.value = 0;
    const struct pioneer_part *first = pioneer_roster_part_at(roster, 0);
    cr_assert_str_eq(first->stage, "返校");
    cr_assert_str_eq(first->levels[0].level, "返校");
    cr_assert_eq(first->levels[0].value, 7);
    cr_assert_eq(first->tier, 2);
    cr_assert_null(pioneer_roster_part_at(roster, 1)->stage);
    cr_assert_null(pioneer_roster_part_at(roster, 1)->unit);
    cr_assert_str_eq(pioneer_roster_finding_at(roster, 0)->code, "返校");
    cr_assert_str_eq(pioneer_roster_finding_at(roster, 0)->where, "");
    cr_assert_str_eq(pioneer_roster_price_at(roster, 0)->level, "返校");
    cr_assert_str_eq(pioneer_roster_get(roster)->campaign, "返校");
    cr_assert_eq(pioneer_roster_get(roster)->seed, 9u);
    cr_assert_eq(pioneer_roster_get(roster)->struct_size, sizeof(struct pioneer_roster_info));
    cr_assert_str_eq(pioneer_roster_at(roster, 0)->member, "返校");
    pioneer_roster_free(roster);
}

Test(roster, refuses_a_malformed_assignment_and_stays_as_it_was) {
    char long_id[66];
    memset(long_id, 'a', 65);
    long_id[65] = '\0';
    const struct pioneer_assignment good = {.member = "m", .post = "p", .site = "s", .slot = "t", .day = 1};
    struct {
        struct pioneer_assignment assignment;
        const char *code, *where;
    } cases[8];
    for (int i = 0; i < 8; i++) {
        cases[i].assignment = good;
        cases[i].code = "bad-id";
    }
    cases[0].assignment.member = NULL, cases[0].where = "/member";
    cases[1].assignment.post = "", cases[1].where = "/post";
    cases[2].assignment.site = "a/b", cases[2].where = "/site";
    cases[3].assignment.slot = long_id, cases[3].where = "/slot";
    cases[4].assignment.slot = "a\tb", cases[4].where = "/slot";
    cases[5].assignment.member = "\xC0\xAF", cases[5].where = "/member";
    cases[6].assignment.day = -1, cases[6].code = "bad-date", cases[6].where = "/date";
    cases[7].assignment.state = (enum pioneer_assignment_state)5, cases[7].code = "unknown-word",
    cases[7].where = "/state";
    struct pioneer_roster *roster = new_roster();
    for (int i = 0; i < 8; i++) {
        struct pioneer_error error;
        cr_assert_eq(pioneer_roster_add(roster, &cases[i].assignment, &error), PIONEER_E_INVALID, "case %d",
                     i);
        cr_assert_str_eq(error.code, cases[i].code, "case %d", i);
        cr_assert_str_eq(error.where, cases[i].where, "case %d", i);
        cr_assert_eq(pioneer_roster_count(roster), 0);
    }
    cr_assert_eq(pioneer_roster_add(roster, &cases[0].assignment, NULL), PIONEER_E_INVALID);
    pioneer_roster_free(roster);
}

Test(roster, sorts_by_day_slot_start_site_post_slot_and_member) {
    struct pioneer_slot slots[] = {{.id = "late", .from_min = 720, .to_min = 780},
                                   {.id = "early", .from_min = 360, .to_min = 420}};
    struct pioneer_campaign campaign = {0};
    campaign.slots.items = slots;
    campaign.slots.count = 2;
    struct pioneer_roster *roster = new_roster();
    add(roster, "1", "gate", "early", 11);
    add(roster, "2", "gate", "unknown", 10);
    add(roster, "3", "gate", "late", 10);
    add(roster, "4", "gate", "early", 10);
    add(roster, "6", "dorm", "early", 10);
    add(roster, "5", "dorm", "early", 10);
    cr_assert_eq(pnr_roster_sort(roster, &campaign), PIONEER_OK);
    const char *expected[] = {"5", "6", "4", "3", "2", "1"};
    for (int32_t i = 0; i < 6; i++) {
        cr_assert_str_eq(pioneer_roster_at(roster, i)->member, expected[i], "place %d", i);
    }
    cr_assert_null(pioneer_roster_at(roster, 6));
    pioneer_roster_free(roster);
}
