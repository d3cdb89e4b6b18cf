/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the page of a made-up campaign for the browser tests: make_page LANGUAGE FILE [MEMBERS]. The roster
 * is filled greedily; a few duties are left short, and one name is an attempt to inject a script. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pioneer/export.h>

#include "base/calendar.h"
#include "base/rng.h"
#include "model/campaign.h"
#include "model/duties.h"
#include "roster/roster.h"

#define COUNT_OF(items) ((int)(sizeof(items) / sizeof *(items)))

/* A test program may stop where the library may not. */
static void demand(bool holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "make_page: %s\n", what);
        exit(1);
    }
}

static struct pioneer_campaign *campaign;
static struct pioneer_roster *roster;
static struct pioneer_error error;

#define ADD(part, ...)                                                                                       \
    demand(pioneer_campaign_add_##part(campaign, &(const struct pioneer_##part){__VA_ARGS__}, &error) ==     \
               PIONEER_OK,                                                                                   \
           error.message)

static int32_t day_of(int32_t month, int32_t day) {
    return pnr_day_from_civil(2020, month, day);
}

static const char *const colleges[] = {"机电工程学院", "信息工程学院", "教育与音乐学院", "经济与管理学院",
                                       "文化传播学院", "海外学院",     "艺术与设计学院", "资源与化工学院"};

static void add_units(void) {
    ADD(unit, .id = "u", .name = "校党委组织部");
    for (int i = 0; i < COUNT_OF(colleges); i++) {
        char id[16];
        snprintf(id, sizeof id, "c%d", i);
        ADD(unit, .id = id, .name = colleges[i], .parent = "u");
        for (int k = 0; k < 2; k++) {
            char branch[24];
            snprintf(branch, sizeof branch, "c%d-b%d", i, k);
            ADD(unit, .id = branch, .name = k ? "学生党支部" : "教工党支部", .parent = id);
        }
    }
}

static void add_members(int count, struct pnr_rng *rng) {
    static const char *const surnames[] = {"陈", "林", "黄", "张", "吴",   "李",
                                           "郑", "王", "刘", "苏", "欧阳", "蔡"};
    static const char *const given[] = {"志强", "晓燕", "文",   "丽萍", "建国", "雨桐", "思远", "芳", "子涵",
                                        "明辉", "婷婷", "宇轩", "慧",   "国栋", "静怡", "浩然", "玲", "俊杰"};
    for (int i = 0; i < count; i++) {
        char id[16];
        char name[64];
        char unit[24];
        const int branch = (int)pnr_rng_below(rng, 2);
        snprintf(id, sizeof id, "m%04d", i);
        snprintf(name, sizeof name, "%s%s", surnames[pnr_rng_below(rng, COUNT_OF(surnames))],
                 given[pnr_rng_below(rng, COUNT_OF(given))]);
        snprintf(unit, sizeof unit, "c%d-b%d", (int)pnr_rng_below(rng, COUNT_OF(colleges)), branch);
        ADD(member, .id = id, .name = i == 7 ? "<script>alert('欧')</script>" : name, .unit = unit,
            .status = (enum pioneer_member_status)(1 + pnr_rng_below(rng, 4)),
            .role = branch ? PIONEER_ROLE_STUDENT : PIONEER_ROLE_TEACHER,
            .nominated = pnr_rng_below(rng, 3) > 0);
    }
}

static void add_places(void) {
    static const char *const sites[][3] = {
        {"gate", "北区校门", "gate"},        {"check", "学院报到点", "check-in"},
        {"d1", "一号学生宿舍楼", "dorm"},    {"d2", "二号学生宿舍楼", "dorm"},
        {"d3", "三号学生宿舍楼", "dorm"},    {"can1", "第一餐厅", "canteen"},
        {"can2", "第二餐厅", "canteen"},     {"lib", "图书馆", "library"},
        {"teach", "荆东教学楼", "teaching"}, {"gym", "体育馆", "gym"},
    };
    for (int i = 0; i < COUNT_OF(sites); i++) {
        ADD(site, .id = sites[i][0], .name = sites[i][1], .kind = sites[i][2]);
    }
    ADD(slot, .id = "am", .name = "上午", .from_min = 8 * 60, .to_min = 12 * 60);
    ADD(slot, .id = "pm", .name = "下午", .from_min = 14 * 60, .to_min = 18 * 60);
    ADD(slot, .id = "lunch", .name = "午餐", .from_min = 11 * 60, .to_min = 13 * 60);
    ADD(slot, .id = "night", .name = "夜间", .from_min = 22 * 60, .to_min = 30 * 60, .kind = "night");
    ADD(stage, .id = "prepare", .name = "准备阶段", .from_day = day_of(2, 17), .to_day = day_of(2, 28));
    ADD(stage, .id = "return", .name = "返校日", .from_day = day_of(2, 29), .to_day = day_of(3, 1));
    ADD(stage, .id = "steady", .name = "常态值守", .from_day = day_of(3, 2), .to_day = day_of(3, 15));
}

static void add_duties(void) {
    static const char *const day_and_night[] = {"am", "pm", "night"};
    static const char *const gate[] = {"gate"};
    static const char *const check[] = {"check"};
    static const char *const dorms[] = {"d1", "d2", "d3"};
    static const char *const canteens[] = {"can1", "can2"};
    static const char *const rooms[] = {"lib", "teach", "gym"};
    const int32_t return_days[] = {day_of(2, 29), day_of(3, 1)};
    ADD(post, .id = "watch", .name = "值班值守岗", .unit = "u", .lead = "status = party", .priority = 3,
        .hardship = 2);
    ADD(post, .id = "welcome", .name = "报到服务岗", .unit = "u", .lead = "role = teacher", .priority = 5);
    ADD(post, .id = "dorm", .name = "楼栋管理岗", .unit = "u", .priority = 2, .hardship = 3);
    ADD(post, .id = "meal", .name = "就餐秩序岗", .unit = "u", .priority = 2);
    ADD(post, .id = "study", .name = "教学秩序岗", .unit = "c1", .lead = "role = teacher");
    ADD(demand, .post = "watch", .sites = gate, .site_count = 1, .slots = day_and_night, .slot_count = 3,
        .min = 2, .target = 3, .has_target = true);
    ADD(demand, .post = "welcome", .sites = gate, .site_count = 1, .slots = day_and_night, .slot_count = 2,
        .days = return_days, .day_count = 2, .min = 6, .target = 8, .has_target = true);
    ADD(demand, .post = "welcome", .sites = check, .site_count = 1, .slots = day_and_night, .slot_count = 2,
        .days = return_days, .day_count = 2, .min = 4);
    ADD(demand, .post = "dorm", .sites = dorms, .site_count = 3, .slots = day_and_night, .slot_count = 2,
        .min = 1, .target = 2, .has_target = true);
    ADD(demand, .post = "meal", .sites = canteens, .site_count = 2, .slots = &(const char *){"lunch"},
        .slot_count = 1, .from_day = day_of(3, 1), .to_day = day_of(3, 15), .min = 2);
    ADD(demand, .post = "study", .sites = rooms, .site_count = 3, .slots = day_and_night, .slot_count = 2,
        .from_day = day_of(3, 2), .to_day = day_of(3, 15), .weekdays = 0x1F, .min = 1);
}

static void add_campaign(int members) {
    struct pnr_rng rng;
    pnr_rng_seed(&rng, 7);
    demand(pioneer_campaign_new(&campaign) == PIONEER_OK, "no memory");
    demand(pioneer_campaign_set(
               campaign,
               &(const struct pioneer_campaign_settings){.name = "三明学院 2020 年春季返校“党员先锋岗”"},
               &error) == PIONEER_OK,
           error.message);
    add_units();
    add_members(members, &rng);
    add_places();
    add_duties();
    demand(pioneer_campaign_validate(campaign, &error) == PIONEER_OK, error.message);
}

static bool can_lead(const struct pioneer_member *member) {
    return member->status == PIONEER_STATUS_PARTY && member->role == PIONEER_ROLE_TEACHER;
}

static void fill_duty(const struct pnr_duty *duty, int index, struct pnr_rng *rng) {
    const int32_t members = campaign->members.count;
    const int32_t heads = index % 37 == 5 ? duty->min - 1 : index % 5 == 0 ? duty->min : duty->target;
    int32_t first = (int32_t)pnr_rng_below(rng, (uint32_t)members);
    while (index % 23 != 0 && !can_lead(&campaign->members.items[first])) {
        first = (first + 1) % members;
    }
    for (int32_t i = 0; i < heads; i++) {
        const struct pioneer_assignment assignment = {
            .member = index == 0 && i == 0 ? "m0007" : campaign->members.items[(first + i) % members].id,
            .post = campaign->posts.items[duty->post].id,
            .site = campaign->sites.items[duty->site].id,
            .slot = campaign->slots.items[duty->slot].id,
            .day = duty->day,
            .state = index == 3 ? PIONEER_ABSENT : PIONEER_PLANNED,
        };
        demand(pioneer_roster_add(roster, &assignment, &error) == PIONEER_OK, error.message);
    }
}

static void add_roster(void) {
    struct pnr_arena arena;
    struct pnr_duty_list duties;
    struct pnr_rng rng;
    pnr_rng_seed(&rng, 3);
    pnr_arena_init(&arena);
    demand(pnr_duties_expand(campaign, &arena, &duties, &error) == PIONEER_OK, error.message);
    demand(pioneer_roster_new(&roster) == PIONEER_OK, "no memory");
    for (int i = 0; i < duties.count; i++) {
        fill_duty(&duties.items[i], i, &rng);
    }
    pnr_arena_fini(&arena);
    const struct pioneer_roster_info info = {.campaign = "page",
                                             .seed = 7,
                                             .work_used = 81234,
                                             .reproducible = true,
                                             .input_hash = "9f3c01aa52d7",
                                             .made_by = "libpioneer 0.1.0, GLPK 5.0"};
    demand(pnr_roster_set_info(roster, &info) == PIONEER_OK, "no memory");
}

/* Bounds that suit the values which the judge found: the first levels proven, a gap on the others. */
static void add_claims(const struct pioneer_report *report) {
    for (int32_t i = 0; i < pioneer_report_part_count(report); i++) {
        const struct pioneer_judged_part *judged = pioneer_report_part_at(report, i);
        struct pioneer_level_result levels[16];
        for (int32_t k = 0; k < judged->level_count && k < COUNT_OF(levels); k++) {
            levels[k] = judged->levels[k];
            const bool proven = k < 3 || levels[k].value == 0;
            levels[k].bound = proven ? levels[k].value : levels[k].value - levels[k].value / 70;
            levels[k].outcome = proven && (k < 3 || levels[k - 1].outcome == PIONEER_PROVEN) ? PIONEER_PROVEN
                                : k == 4                                                     ? PIONEER_GAP
                                         : PIONEER_STOPPED;
        }
        const struct pioneer_part part = {.stage = judged->stage,
                                          .unit = judged->unit,
                                          .levels = levels,
                                          .level_count = judged->level_count};
        demand(pnr_roster_add_part(roster, &part) == PIONEER_OK, "no memory");
    }
}

static struct pioneer_report *judge(const char *language) {
    struct pioneer_report *report;
    demand(pioneer_check(campaign, roster, language, &report, &error) == PIONEER_OK, error.message);
    return report;
}

int main(int count, char **arguments) {
    demand(count >= 3, "usage: make_page LANGUAGE FILE [MEMBERS]");
    add_campaign(count > 3 ? atoi(arguments[3]) : 160);
    add_roster();
    struct pioneer_report *first = judge(arguments[1]);
    add_claims(first);
    pioneer_report_free(first);
    struct pioneer_report *report = judge(arguments[1]);
    char *text;
    size_t length;
    demand(pioneer_export_html(campaign, roster, report, arguments[1], &text, &length, &error) == PIONEER_OK,
           error.message);
    FILE *file = fopen(arguments[2], "wb");
    demand(file && fwrite(text, 1, length, file) == length && fclose(file) == 0, "cannot write the page");
    pioneer_free(text);
    pioneer_report_free(report);
    pioneer_roster_free(roster);
    pioneer_campaign_free(campaign);
    return 0;
}
