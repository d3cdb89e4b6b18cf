/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A campaign of two days, two sites and three members, for the tests of exports. */
#include "small_campaign.h"

#include <criterion/criterion.h>

#include "base/calendar.h"

static const char * or (const char *name, const char *ordinary) {
    return name ? name : ordinary;
}

static void ok(enum pioneer_status status) {
    cr_assert_eq(status, PIONEER_OK);
}

static void add_people(struct pioneer_campaign *campaign, const struct small_campaign_names *names) {
    ok(pioneer_campaign_add_unit(
        campaign, &(struct pioneer_unit){.id = "u", .name = or (names->unit, "组织部")}, NULL));
    ok(pioneer_campaign_add_unit(campaign, &(struct pioneer_unit){.id = "v", .name = "数学系", .parent = "u"},
                                 NULL));
    ok(pioneer_campaign_add_member(campaign,
                                   &(struct pioneer_member){.id = "a",
                                                            .name = or (names->member, "张三"),
                                                            .unit = "u",
                                                            .status = PIONEER_STATUS_PARTY,
                                                            .role = PIONEER_ROLE_TEACHER,
                                                            .nominated = true},
                                   NULL));
    ok(pioneer_campaign_add_member(campaign,
                                   &(struct pioneer_member){.id = "b",
                                                            .name = "李四",
                                                            .unit = "v",
                                                            .status = PIONEER_STATUS_ACTIVIST,
                                                            .role = PIONEER_ROLE_STUDENT,
                                                            .nominated = true},
                                   NULL));
    ok(pioneer_campaign_add_member(
        campaign, &(struct pioneer_member){.id = "c", .name = "王五", .unit = "v", .nominated = true}, NULL));
}

static void add_duties(struct pioneer_campaign *campaign, const struct small_campaign_names *names) {
    static const char *const gate[] = {"gate"};
    static const char *const library[] = {"lib"};
    static const char *const slots[] = {"day", "night"};
    const int32_t monday = pnr_day_from_civil(2020, 2, 17);
    ok(pioneer_campaign_add_site(
        campaign, &(struct pioneer_site){.id = "gate", .name = or (names->site, "北区校门")}, NULL));
    ok(pioneer_campaign_add_site(campaign, &(struct pioneer_site){.id = "lib", .name = "图书馆"}, NULL));
    ok(pioneer_campaign_add_slot(
        campaign, &(struct pioneer_slot){.id = "day", .name = "白班", .from_min = 480, .to_min = 720}, NULL));
    ok(pioneer_campaign_add_slot(
        campaign, &(struct pioneer_slot){.id = "night", .name = "夜班", .from_min = 1320, .to_min = 1800},
        NULL));
    ok(pioneer_campaign_add_stage(
        campaign,
        &(struct pioneer_stage){.id = "s", .name = "准备", .from_day = monday, .to_day = monday + 1}, NULL));
    ok(pioneer_campaign_add_post(
        campaign,
        &(struct pioneer_post){
            .id = "watch", .name = or (names->post, "值班值守岗"), .unit = "u", .lead = "status = party"},
        NULL));
    ok(pioneer_campaign_add_demand(
        campaign,
        &(struct pioneer_demand){
            .post = "watch", .sites = gate, .site_count = 1, .slots = slots, .slot_count = 2, .min = 2},
        NULL));
    ok(pioneer_campaign_add_demand(campaign,
                                   &(struct pioneer_demand){.post = "watch",
                                                            .sites = library,
                                                            .site_count = 1,
                                                            .slots = slots,
                                                            .slot_count = 1,
                                                            .days = &monday,
                                                            .day_count = 1,
                                                            .min = 1,
                                                            .target = 2,
                                                            .has_target = true},
                                   NULL));
}

static void assign(struct pioneer_roster *roster, const char *member, const char *site, const char *slot,
                   enum pioneer_assignment_state state) {
    ok(pioneer_roster_add(roster,
                          &(struct pioneer_assignment){.member = member,
                                                       .post = "watch",
                                                       .site = site,
                                                       .slot = slot,
                                                       .day = pnr_day_from_civil(2020, 2, 17),
                                                       .state = state},
                          NULL));
}

void small_campaign_make(struct small_campaign *out, const struct small_campaign_names *names) {
    ok(pioneer_campaign_new(&out->campaign));
    ok(pioneer_campaign_set(
        out->campaign,
        &(struct pioneer_campaign_settings){.name = "春季返校先锋岗", .time_zone = names->time_zone}, NULL));
    add_people(out->campaign, names);
    add_duties(out->campaign, names);
    ok(pioneer_campaign_validate(out->campaign, NULL));
    ok(pioneer_roster_new(&out->roster));
    assign(out->roster, "b", "gate", "day", PIONEER_PLANNED);
    assign(out->roster, "a", "gate", "day", PIONEER_PINNED);
    assign(out->roster, "a", "gate", "night", PIONEER_PLANNED);
    assign(out->roster, "c", "lib", "day", PIONEER_ABSENT);
}

void small_campaign_free(struct small_campaign *small) {
    pioneer_roster_free(small->roster);
    pioneer_campaign_free(small->campaign);
}
