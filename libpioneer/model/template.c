/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The built-in template: the five kinds of post of the notice on a small campus; all people are made up. */
#include <stdio.h>

#include "base/calendar.h"
#include "base/status.h"
#include "model/campaign.h"

#define COUNT(table)          ((int32_t)(sizeof(table) / sizeof((table)[0])))
#define CLOCK(hours, minutes) ((hours)*60 + (minutes))

/* ---- frame */

static const struct pioneer_notice notice[] = {{24, 10}, {72, 3}};

static const struct pioneer_unit units[] = {
    {.id = "campus", .name = "校党委"},
    {.id = "office", .name = "机关党委", .parent = "campus", .quota = 8},
    {.id = "info", .name = "信息工程学院", .parent = "campus", .quota = 7},
    {.id = "media", .name = "文化传播学院", .parent = "campus", .quota = 7},
    {.id = "mech", .name = "机电工程学院", .parent = "campus", .quota = 6},
};

static const struct pioneer_site sites[] = {
    {.id = "north-gate", .name = "北区校门", .kind = "gate", .zone = "north"},
    {.id = "desk-info", .name = "信息工程学院报到点", .kind = "registration", .zone = "north"},
    {.id = "desk-media", .name = "文化传播学院报到点", .kind = "registration", .zone = "north"},
    {.id = "desk-mech", .name = "机电工程学院报到点", .kind = "registration", .zone = "south"},
    {.id = "dorm-1", .name = "1号学生宿舍楼", .kind = "dorm", .zone = "south"},
    {.id = "dorm-2", .name = "2号学生宿舍楼", .kind = "dorm", .zone = "south"},
    {.id = "canteen-1", .name = "第一餐厅", .kind = "canteen", .zone = "north"},
    {.id = "canteen-2", .name = "第二餐厅", .kind = "canteen", .zone = "south"},
    {.id = "teaching", .name = "综合教学楼", .kind = "teaching", .zone = "north"},
    {.id = "library", .name = "图书馆", .kind = "library", .zone = "north"},
    {.id = "hall", .name = "机关办公楼", .kind = "office", .zone = "north"},
    {.id = "gym", .name = "体育馆", .kind = "gym", .zone = "south"},
};

static const struct pioneer_walk walks[] = {
    {.between_zones = true, .from = "north", .to = "north", .minutes = 5},
    {.between_zones = true, .from = "south", .to = "south", .minutes = 5},
    {.between_zones = true, .from = "north", .to = "south", .minutes = 12},
};

static const struct pioneer_slot slots[] = {
    {.id = "breakfast", .name = "早餐", .from_min = CLOCK(6, 50), .to_min = CLOCK(8, 0), .kind = "meal"},
    {.id = "morning", .name = "上午", .from_min = CLOCK(8, 0), .to_min = CLOCK(11, 30), .kind = "day"},
    {.id = "lunch", .name = "午餐", .from_min = CLOCK(11, 20), .to_min = CLOCK(12, 40), .kind = "meal"},
    {.id = "afternoon", .name = "下午", .from_min = CLOCK(14, 0), .to_min = CLOCK(17, 30), .kind = "day"},
    {.id = "dinner", .name = "晚餐", .from_min = CLOCK(17, 0), .to_min = CLOCK(18, 20), .kind = "meal"},
    {.id = "evening", .name = "晚间", .from_min = CLOCK(18, 30), .to_min = CLOCK(22, 0), .kind = "evening"},
    {.id = "night", .name = "夜间", .from_min = CLOCK(22, 0), .to_min = CLOCK(30, 0), .kind = "night"},
};

/* 24 February 2020, a Monday. */
#define FIRST_DAY  18316
#define RETURN_DAY (FIRST_DAY + 5)
#define STEADY_DAY (FIRST_DAY + 7)
#define LAST_DAY   (FIRST_DAY + 18)

static const struct pioneer_stage stages[] = {
    {.id = "prepare", .name = "准备阶段", .from_day = FIRST_DAY, .to_day = RETURN_DAY - 1},
    {.id = "return", .name = "返校报到", .from_day = RETURN_DAY, .to_day = STEADY_DAY - 1},
    {.id = "steady", .name = "常态值守", .from_day = STEADY_DAY, .to_day = LAST_DAY},
};

/* ---- posts and their demand */

static const struct pioneer_post posts[] = {
    {.id = "watch",
     .name = "值班值守岗",
     .kind = "duty-watch",
     .unit = "campus",
     .lead = "status = party",
     .priority = 5,
     .hardship = 2},
    {.id = "night-watch",
     .name = "值班值守岗（夜间）",
     .kind = "duty-watch",
     .unit = "campus",
     .eligible = "role in (office, teacher)",
     .priority = 5,
     .hardship = 6},
    {.id = "registration",
     .name = "报到服务岗",
     .kind = "registration",
     .unit = "campus",
     .lead = "status = party and rating.coordination >= 70",
     .priority = 8,
     .hardship = 3},
    {.id = "dorm",
     .name = "楼栋管理岗",
     .kind = "dorm",
     .unit = "campus",
     .eligible = "role in (teacher, student)",
     .priority = 4,
     .hardship = 2},
    {.id = "canteen",
     .name = "就餐秩序岗",
     .kind = "canteen",
     .unit = "campus",
     .priority = 3,
     .hardship = 1},
    {.id = "teaching",
     .name = "教学秩序岗",
     .kind = "teaching",
     .unit = "campus",
     .priority = 2,
     .hardship = 1},
    {.id = "hall", .name = "机关办公楼值守岗", .kind = "duty-watch", .unit = "office", .priority = 2},
    {.id = "desk-info",
     .name = "信息工程学院报到服务岗",
     .kind = "registration",
     .unit = "info",
     .lead = "role = teacher",
     .priority = 4,
     .hardship = 1},
    {.id = "desk-media",
     .name = "文化传播学院报到服务岗",
     .kind = "registration",
     .unit = "media",
     .lead = "role = teacher",
     .priority = 4,
     .hardship = 1},
    {.id = "desk-mech",
     .name = "机电工程学院报到服务岗",
     .kind = "registration",
     .unit = "mech",
     .lead = "role = teacher",
     .priority = 4,
     .hardship = 1},
};

#define WEEKDAYS   31 /* Monday to Friday */
#define TEXTS(...) ((const char *const[]){__VA_ARGS__})

static const struct pioneer_demand demands[] = {
    {.post = "watch",
     .sites = TEXTS("north-gate"),
     .site_count = 1,
     .slots = TEXTS("morning", "afternoon", "evening"),
     .slot_count = 3,
     .min = 1,
     .target = 2,
     .max = 3,
     .has_target = true,
     .has_max = true},
    {.post = "night-watch",
     .sites = TEXTS("north-gate"),
     .site_count = 1,
     .slots = TEXTS("night"),
     .slot_count = 1,
     .from_day = RETURN_DAY - 1,
     .to_day = RETURN_DAY + 1,
     .min = 1},
    {.post = "registration",
     .sites = TEXTS("north-gate"),
     .site_count = 1,
     .slots = TEXTS("morning", "afternoon"),
     .slot_count = 2,
     .from_day = RETURN_DAY,
     .to_day = RETURN_DAY + 1,
     .min = 3,
     .target = 4,
     .has_target = true},
    {.post = "dorm",
     .sites = TEXTS("dorm-1", "dorm-2"),
     .site_count = 2,
     .slots = TEXTS("evening"),
     .slot_count = 1,
     .from_day = RETURN_DAY,
     .to_day = LAST_DAY,
     .min = 1},
    {.post = "canteen",
     .sites = TEXTS("canteen-1", "canteen-2"),
     .site_count = 2,
     .slots = TEXTS("lunch", "dinner"),
     .slot_count = 2,
     .from_day = RETURN_DAY,
     .to_day = LAST_DAY,
     .min = 1,
     .target = 2,
     .has_target = true},
    {.post = "canteen",
     .sites = TEXTS("canteen-1"),
     .site_count = 1,
     .slots = TEXTS("breakfast"),
     .slot_count = 1,
     .from_day = STEADY_DAY,
     .to_day = LAST_DAY,
     .weekdays = WEEKDAYS,
     .min = 1},
    {.post = "teaching",
     .sites = TEXTS("teaching", "library"),
     .site_count = 2,
     .slots = TEXTS("morning", "afternoon"),
     .slot_count = 2,
     .from_day = STEADY_DAY,
     .to_day = LAST_DAY,
     .weekdays = WEEKDAYS,
     .min = 1},
    {.post = "teaching",
     .sites = TEXTS("gym"),
     .site_count = 1,
     .slots = TEXTS("evening"),
     .slot_count = 1,
     .from_day = STEADY_DAY,
     .to_day = LAST_DAY,
     .weekdays = WEEKDAYS,
     .min = 1},
    {.post = "hall",
     .sites = TEXTS("hall"),
     .site_count = 1,
     .slots = TEXTS("morning", "afternoon"),
     .slot_count = 2,
     .from_day = RETURN_DAY,
     .to_day = RETURN_DAY + 1,
     .min = 1},
    {.post = "desk-info",
     .sites = TEXTS("desk-info"),
     .site_count = 1,
     .slots = TEXTS("morning", "afternoon"),
     .slot_count = 2,
     .from_day = RETURN_DAY,
     .to_day = RETURN_DAY,
     .min = 1,
     .target = 2,
     .has_target = true},
    {.post = "desk-media",
     .sites = TEXTS("desk-media"),
     .site_count = 1,
     .slots = TEXTS("morning", "afternoon"),
     .slot_count = 2,
     .from_day = RETURN_DAY,
     .to_day = RETURN_DAY,
     .min = 1,
     .target = 2,
     .has_target = true},
    {.post = "desk-mech",
     .sites = TEXTS("desk-mech"),
     .site_count = 1,
     .slots = TEXTS("morning", "afternoon"),
     .slot_count = 2,
     .from_day = RETURN_DAY,
     .to_day = RETURN_DAY,
     .min = 1,
     .target = 2,
     .has_target = true},
};

/* ---- rules */

static const struct pioneer_rule rules[] = {
    {.kind = PIONEER_RULE_REST, .id = "rest", .minutes = 660, .night_minutes = 720},
    {.kind = PIONEER_RULE_DUTIES,
     .id = "duties-a-day",
     .window = PIONEER_WINDOW_DAY,
     .has_max = true,
     .max = 2},
    {.kind = PIONEER_RULE_MINUTES,
     .id = "minutes-a-week",
     .window = PIONEER_WINDOW_WEEK,
     .has_max = true,
     .max = 1200},
    {.kind = PIONEER_RULE_WORK_RUN, .id = "days-in-a-row", .has_max = true, .max = 6},
    {.kind = PIONEER_RULE_COUNT,
     .id = "nights",
     .slots = TEXTS("night"),
     .slot_count = 1,
     .has_max = true,
     .max = 1},
    {.kind = PIONEER_RULE_COMPOSITION,
     .id = "newcomers",
     .who = "tag = 新手",
     .posts = TEXTS("watch", "registration"),
     .post_count = 2,
     .has_max = true,
     .max = 1},
    {.kind = PIONEER_RULE_CONTINUITY, .id = "same-site", .by_site = true},
};

/* ---- members */

#define WEEKEND(from, to)                                                                                    \
    {5, from, to}, {                                                                                         \
        6, from, to                                                                                          \
    }

/* At the office from Monday to Friday, on call at the weekend. */
static const struct pioneer_weekly_window office_hours[] = {
    {0, CLOCK(7, 30), CLOCK(18, 30)}, {1, CLOCK(7, 30), CLOCK(18, 30)}, {2, CLOCK(7, 30), CLOCK(18, 30)},
    {3, CLOCK(7, 30), CLOCK(18, 30)}, {4, CLOCK(7, 30), CLOCK(18, 30)}, WEEKEND(CLOCK(7, 0), CLOCK(22, 0)),
};
static const struct pioneer_weekly_window after_hours[] = {
    {0, CLOCK(16, 30), CLOCK(30, 0)}, {1, CLOCK(16, 30), CLOCK(30, 0)}, {2, CLOCK(16, 30), CLOCK(30, 0)},
    {3, CLOCK(16, 30), CLOCK(30, 0)}, {4, CLOCK(16, 30), CLOCK(30, 0)}, WEEKEND(CLOCK(6, 0), CLOCK(30, 0)),
};
/* Two timetables: lessons on the other mornings and afternoons. */
static const struct pioneer_weekly_window timetable_a[] = {
    {0, CLOCK(6, 30), CLOCK(13, 0)},   {2, CLOCK(6, 30), CLOCK(13, 0)},
    {4, CLOCK(6, 30), CLOCK(13, 0)},   {0, CLOCK(17, 0), CLOCK(22, 30)},
    {2, CLOCK(17, 0), CLOCK(22, 30)},  {1, CLOCK(13, 30), CLOCK(22, 30)},
    {3, CLOCK(13, 30), CLOCK(22, 30)}, WEEKEND(CLOCK(6, 30), CLOCK(22, 30)),
};
static const struct pioneer_weekly_window timetable_b[] = {
    {1, CLOCK(6, 30), CLOCK(13, 0)},  {3, CLOCK(6, 30), CLOCK(13, 0)},      {1, CLOCK(17, 0), CLOCK(22, 30)},
    {0, CLOCK(11, 0), CLOCK(18, 30)}, {2, CLOCK(11, 0), CLOCK(18, 30)},     {4, CLOCK(13, 30), CLOCK(22, 30)},
    {3, CLOCK(17, 0), CLOCK(22, 30)}, WEEKEND(CLOCK(6, 30), CLOCK(22, 30)),
};

enum schedule { ALWAYS, OFFICE_HOURS, AFTER_HOURS, TIMETABLE_A, TIMETABLE_B };

static const struct {
    const struct pioneer_weekly_window *windows;
    int32_t count;
} schedules[] = {
    [ALWAYS] = {NULL, 0},
    [OFFICE_HOURS] = {office_hours, COUNT(office_hours)},
    [AFTER_HOURS] = {after_hours, COUNT(after_hours)},
    [TIMETABLE_A] = {timetable_a, COUNT(timetable_a)},
    [TIMETABLE_B] = {timetable_b, COUNT(timetable_b)},
};

#define PARTY        PIONEER_STATUS_PARTY
#define PROBATIONARY PIONEER_STATUS_PROBATIONARY
#define PROSPECT     PIONEER_STATUS_PROSPECT
#define ACTIVIST     PIONEER_STATUS_ACTIVIST
#define OFFICE       PIONEER_ROLE_OFFICE
#define TEACHER      PIONEER_ROLE_TEACHER
#define STUDENT      PIONEER_ROLE_STUDENT

static const struct person {
    const char *name, *unit;
    enum pioneer_member_status status;
    enum pioneer_member_role role;
    enum schedule schedule;
    int32_t coordination; /* rating */
    int32_t rank;         /* 0: signed up, not nominated */
    bool is_new;
} people[] = {
    {"陈国栋", "office", PARTY, OFFICE, OFFICE_HOURS, 85, 1, false},
    {"林秀梅", "office", PARTY, OFFICE, OFFICE_HOURS, 78, 2, false},
    {"黄志远", "office", PARTY, OFFICE, AFTER_HOURS, 72, 3, false},
    {"张丽华", "office", PARTY, OFFICE, AFTER_HOURS, 66, 4, false},
    {"吴建平", "office", PARTY, OFFICE, ALWAYS, 80, 5, false},
    {"郑文彬", "office", PROBATIONARY, OFFICE, OFFICE_HOURS, 60, 6, true},
    {"苏晓岚", "office", PARTY, OFFICE, AFTER_HOURS, 74, 7, false},
    {"罗庆丰", "office", PARTY, OFFICE, OFFICE_HOURS, 70, 8, false},
    {"邓雪芳", "office", ACTIVIST, OFFICE, OFFICE_HOURS, 55, 9, true},
    {"曾宪民", "office", PARTY, OFFICE, AFTER_HOURS, 68, 0, false},
    {"刘海涛", "info", PARTY, TEACHER, OFFICE_HOURS, 82, 1, false},
    {"许静怡", "info", PARTY, TEACHER, AFTER_HOURS, 76, 2, false},
    {"王俊杰", "info", PROBATIONARY, TEACHER, OFFICE_HOURS, 64, 0, false},
    {"赖思雨", "info", PROBATIONARY, STUDENT, TIMETABLE_A, 70, 3, false},
    {"李浩然", "info", PROSPECT, STUDENT, TIMETABLE_A, 62, 4, false},
    {"谢雨桐", "info", PROSPECT, STUDENT, TIMETABLE_B, 65, 5, false},
    {"何子轩", "info", ACTIVIST, STUDENT, TIMETABLE_B, 58, 6, true},
    {"叶欣怡", "info", ACTIVIST, STUDENT, TIMETABLE_A, 60, 7, true},
    {"江一鸣", "info", ACTIVIST, STUDENT, TIMETABLE_B, 52, 0, true},
    {"范佳琪", "info", ACTIVIST, STUDENT, TIMETABLE_A, 57, 0, true},
    {"卢俊辉", "info", PARTY, STUDENT, TIMETABLE_B, 73, 0, false},
    {"杨慧敏", "media", PARTY, TEACHER, OFFICE_HOURS, 88, 1, false},
    {"周立新", "media", PARTY, TEACHER, AFTER_HOURS, 71, 2, false},
    {"蔡明月", "media", ACTIVIST, TEACHER, OFFICE_HOURS, 59, 0, false},
    {"徐若彤", "media", PARTY, STUDENT, TIMETABLE_A, 77, 3, false},
    {"廖思远", "media", PROBATIONARY, STUDENT, TIMETABLE_B, 69, 4, false},
    {"魏欣然", "media", PROSPECT, STUDENT, TIMETABLE_A, 63, 5, false},
    {"朱雅文", "media", ACTIVIST, STUDENT, TIMETABLE_B, 61, 6, true},
    {"潘诗琪", "media", ACTIVIST, STUDENT, TIMETABLE_B, 54, 7, true},
    {"余晨曦", "media", ACTIVIST, STUDENT, TIMETABLE_A, 50, 0, true},
    {"洪嘉伟", "media", PROSPECT, STUDENT, TIMETABLE_A, 56, 0, true},
    {"高振华", "mech", PARTY, TEACHER, OFFICE_HOURS, 79, 1, false},
    {"游丽娟", "mech", PARTY, TEACHER, AFTER_HOURS, 75, 2, false},
    {"钟志豪", "mech", PROBATIONARY, STUDENT, TIMETABLE_B, 67, 3, false},
    {"方天宇", "mech", PROSPECT, STUDENT, TIMETABLE_A, 64, 4, false},
    {"温俊峰", "mech", ACTIVIST, STUDENT, TIMETABLE_B, 58, 5, true},
    {"丁浩宇", "mech", ACTIVIST, STUDENT, TIMETABLE_A, 53, 6, true},
    {"汤家豪", "mech", ACTIVIST, STUDENT, TIMETABLE_B, 55, 0, true},
    {"马文涛", "mech", PARTY, STUDENT, TIMETABLE_A, 74, 0, false},
    {"程子涵", "mech", ACTIVIST, STUDENT, TIMETABLE_A, 51, 0, true},
};

/* Member ids count from m01 in the order above. */
static const struct pioneer_request requests[] = {
    {.member = "m01", .off = true, .from_day = FIRST_DAY + 13, .to_day = FIRST_DAY + 13},
    {.member = "m14", .off = true, .from_day = STEADY_DAY + 2, .to_day = STEADY_DAY + 3, .weight = 2},
    {.member = "m22", .from_day = RETURN_DAY, .to_day = RETURN_DAY, .post = "registration"},
};

static const struct pioneer_preference preferences[] = {
    {.member = "m16", .post = "teaching"},
    {.member = "m25", .site = "dorm-1", .weight = 2},
};

static const struct pioneer_absence sick_leave[] = {
    {(STEADY_DAY + 1) * PNR_DAY_MINUTES, (STEADY_DAY + 4) * PNR_DAY_MINUTES, "病假"},
};
#define SICK_PERSON 26

static enum pioneer_status add_person(struct pioneer_campaign *campaign, int32_t index,
                                      struct pioneer_error *error) {
    const struct person *person = &people[index];
    const struct pioneer_rating ratings[] = {{"coordination", person->coordination}};
    char id[8];
    snprintf(id, sizeof id, "m%02d", (int)(index + 1) % 100);
    const struct pioneer_member member = {
        .id = id,
        .name = person->name,
        .unit = person->unit,
        .status = person->status,
        .role = person->role,
        .tags = TEXTS("新手"),
        .tag_count = person->is_new ? 1 : 0,
        .ratings = ratings,
        .rating_count = 1,
        .nominated = person->rank > 0,
        .rank = person->rank,
        .has_weekly = person->schedule != ALWAYS,
        .weekly = schedules[person->schedule].windows,
        .weekly_count = schedules[person->schedule].count,
        .absences = sick_leave,
        .absence_count = index == SICK_PERSON ? COUNT(sick_leave) : 0,
    };
    return pioneer_campaign_add_member(campaign, &member, error);
}

/* ---- the whole */

#define ADD_ALL(part, table)                                                                                 \
    for (int32_t i = 0; i < COUNT(table) && status == PIONEER_OK; i++) {                                     \
        status = pioneer_campaign_add_##part(campaign, &(table)[i], error);                                  \
    }

static enum pioneer_status fill(struct pioneer_campaign *campaign, struct pioneer_error *error) {
    const struct pioneer_campaign_settings settings = {
        .name = "春季返校党员先锋岗",
        .walking_min = 10,
        .notice = notice,
        .notice_count = COUNT(notice),
    };
    enum pioneer_status status = pioneer_campaign_set(campaign, &settings, error);
    ADD_ALL(unit, units)
    ADD_ALL(site, sites)
    ADD_ALL(walk, walks)
    ADD_ALL(slot, slots)
    ADD_ALL(stage, stages)
    ADD_ALL(post, posts)
    ADD_ALL(demand, demands)
    ADD_ALL(rule, rules)
    for (int32_t i = 0; i < COUNT(people) && status == PIONEER_OK; i++) {
        status = add_person(campaign, i, error);
    }
    ADD_ALL(request, requests)
    ADD_ALL(preference, preferences)
    return status;
}

enum pioneer_status pioneer_campaign_template(struct pioneer_campaign **out, struct pioneer_error *error) {
    struct pioneer_campaign *campaign;
    *out = NULL;
    if (pioneer_campaign_new(&campaign) != PIONEER_OK) {
        return pnr_fail_no_memory(error);
    }
    enum pioneer_status status = fill(campaign, error);
    if (status != PIONEER_OK) {
        pioneer_campaign_free(campaign);
        return status;
    }
    *out = campaign;
    return PIONEER_OK;
}
