/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random campaigns for tests: frame, people, demand, wishes and what was before. Rules: generated_rules.c. */
#include "generated.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "generated_inside.h"

const struct generated_size generated_tiny = {
    .least_members = 2,
    .most_members = 4,
    .least_days = 2,
    .most_days = 4,
    .most_pairs = 13,
    .least_rules = 2,
    .most_rules = 6,
};

const struct generated_size generated_twins = {
    .least_members = 2,
    .most_members = 4,
    .least_days = 2,
    .most_days = 4,
    .most_pairs = 16,
    .least_rules = 2,
    .most_rules = 6,
    .has_twins = true,
};

const struct generated_size generated_small = {
    .least_members = 15,
    .most_members = 40,
    .least_days = 3,
    .most_days = 9,
    .most_pairs = 600,
    .least_rules = 1,
    .most_rules = 5,
};

const struct generated_size generated_fortnight = {
    .least_members = 3,
    .most_members = 7,
    .least_days = 2,
    .most_days = 16,
    .most_pairs = 150,
    .least_rules = 1,
    .most_rules = 5,
    .is_plain = true,
};

/* ---- frame
 * ------------------------------------------------------------------------------------------------------ */

static void add_settings(struct generator *g) {
    static const struct pioneer_notice notice[] = {{24, 5}, {60, 2}};
    struct pioneer_campaign_settings settings = {
        .name = "试验",
        .walking_min = generated_pick(g, (const int32_t[]){0, 15, 70}, 3),
        .notice = notice,
        .notice_count = generated_below(g, 3),
    };
    generated_expect(pioneer_campaign_set(g->campaign, &settings, &g->error), g);
}

static void add_units(struct generator *g) {
    g->draws_from_nominated = generated_chance(g, 20);
    struct pioneer_unit units[] = {
        {.id = "r",
         .name = "校",
         .draws_from = g->draws_from_nominated ? PIONEER_POOL_NOMINATED : PIONEER_POOL_SIGNED_UP},
        {.id = "a", .parent = "r", .quota = generated_chance(g, 15) ? 1 : 0},
        {.id = "b", .parent = "r"},
    };
    for (int32_t i = 0; i < 3; i++) {
        generated_expect(pioneer_campaign_add_unit(g->campaign, &units[i], &g->error), g);
    }
}

static void add_sites(struct generator *g) {
    struct pioneer_site sites[] = {
        {.id = "gate", .kind = "gate", .zone = "n", .capacity = generated_below(g, 3)},
        {.id = "hall", .kind = "hall", .zone = "s", .capacity = generated_below(g, 2)},
    };
    struct pioneer_walk walk = {
        .from = "gate", .to = "hall", .minutes = generated_pick(g, (const int32_t[]){0, 30, 150}, 3)};
    if (g->size->has_twins) {
        sites[1] = sites[0];
        sites[1].id = "hall";
    }
    for (int32_t i = 0; i < 2; i++) {
        generated_expect(pioneer_campaign_add_site(g->campaign, &sites[i], &g->error), g);
    }
    if (generated_chance(g, 60) && !g->size->has_twins) {
        generated_expect(pioneer_campaign_add_walk(g->campaign, &walk, &g->error), g);
    }
}

/* "noon" overlaps "am"; "nt" crosses midnight. */
static void add_slots(struct generator *g) {
    static const struct pioneer_slot slots[GENERATED_SLOTS] = {
        {.id = "am", .from_min = 480, .to_min = 720, .kind = "day"},
        {.id = "noon", .from_min = 690, .to_min = 780, .kind = "day"},
        {.id = "ev", .from_min = 1020, .to_min = 1320, .kind = "late"},
        {.id = "nt", .from_min = 1320, .to_min = 1800, .kind = "night"},
    };
    for (int32_t i = 0; i < GENERATED_SLOTS; i++) {
        generated_expect(pioneer_campaign_add_slot(g->campaign, &slots[i], &g->error), g);
    }
    g->first_slot = generated_below(g, 2);
    g->slot_count = 1 + generated_below(g, 3);
}

/* 2020-02-17 was a Monday; campaigns begin between Thursday and Sunday, so that weekends and weeks are cut in
 * many ways. */
static void add_stages(struct generator *g) {
    int32_t days = generated_between(g, g->size->least_days, g->size->most_days);
    g->first_day = 18309 + 3 + generated_below(g, 4);
    g->last_day = g->first_day + days - 1;
    struct pioneer_stage stages[] = {
        {.id = "one", .from_day = g->first_day, .to_day = g->last_day},
        {.id = "two", .from_day = g->last_day, .to_day = g->last_day},
    };
    g->stage_count = generated_chance(g, 45) ? 2 : 1;
    if (g->stage_count == 2) {
        stages[0].to_day = g->first_day + generated_below(g, days - 1);
        bool has_gap = days > 2 && stages[0].to_day + 2 <= g->last_day && generated_chance(g, 30);
        stages[1].from_day = stages[0].to_day + (has_gap ? 2 : 1);
    }
    for (int32_t i = 0; i < g->stage_count; i++) {
        g->stages[i] = stages[i];
        generated_expect(pioneer_campaign_add_stage(g->campaign, &stages[i], &g->error), g);
    }
}

/* ---- people
 * ----------------------------------------------------------------------------------------------------- */

static int32_t draw_weekly(struct generator *g, struct pioneer_weekly_window *weekly) {
    int32_t count = 0;
    for (int32_t weekday = 0; weekday < 7; weekday++) {
        if (generated_chance(g, 75)) {
            int32_t from = generated_pick(g, (const int32_t[]){0, 480, 1000}, 3);
            int32_t to = generated_pick(g, (const int32_t[]){1320, 1440, 1800}, 3);
            weekly[count++] = (struct pioneer_weekly_window){weekday, from, to};
        }
    }
    return count;
}

static int32_t draw_tags(struct generator *g, const char **tags) {
    int32_t count = 0;
    for (int32_t i = 0; i < 3; i++) {
        if (generated_chance(g, 40)) {
            tags[count++] = generated_tags[i];
        }
    }
    return count;
}

static void add_member(struct generator *g, int32_t number) {
    struct pioneer_weekly_window weekly[7];
    const char *tags[3];
    int32_t day = generated_between(g, g->first_day, g->last_day);
    struct pioneer_dated_window dated = {day, 480, generated_pick(g, (const int32_t[]){900, 1440, 1900}, 3)};
    struct pioneer_absence absence = {day * 1440 + 600, (day + 1) * 1440, NULL};
    struct pioneer_rating rating = {"care", generated_between(g, 0, 100)};
    char id[16];
    snprintf(id, sizeof id, "m%02d", (int)number);
    struct pioneer_member member = {
        .id = id,
        .unit = generated_units[generated_below(g, 3)],
        .status = generated_chance(g, 50) ? PIONEER_STATUS_PARTY : PIONEER_STATUS_ACTIVIST,
        .role = generated_chance(g, 50) ? PIONEER_ROLE_STUDENT : PIONEER_ROLE_TEACHER,
        .tags = tags,
        .tag_count = draw_tags(g, tags),
        .ratings = &rating,
        .rating_count = generated_chance(g, 70),
        .home_site = generated_chance(g, 30) ? "hall" : NULL,
        .nominated = generated_chance(g, 80),
        .rank = generated_below(g, 3),
        .has_weekly = generated_chance(g, 30),
        .weekly = weekly,
        .dated = &dated,
        .dated_count = generated_chance(g, 10),
        .absences = &absence,
        .absence_count = generated_chance(g, 10),
    };
    member.weekly_count = member.has_weekly ? draw_weekly(g, weekly) : 0;
    bool is_open = !member.has_weekly && member.dated_count == 0 && member.absence_count == 0;
    generated_expect(pioneer_campaign_add_member(g->campaign, &member, &g->error), g);
    g->member_unit[number] = member.unit[0];
    g->member_is_open[number] = is_open && member.nominated;
}

/* ---- demand
 * ----------------------------------------------------------------------------------------------------- */

static const char *draw_eligible(struct generator *g) {
    static const char *const texts[] = {"status = party", "role = student or tag = x", "not tag = y"};
    return generated_chance(g, 30) ? texts[generated_below(g, 3)] : NULL;
}

static void add_posts(struct generator *g) {
    static const char *const leads[] = {"status = party", "rating.care >= 50"};
    g->post_count = 1 + generated_below(g, 3);
    for (int32_t i = 0; i < g->post_count; i++) {
        g->post_unit[i] = i == 0 || generated_chance(g, 30) ? 'r' : generated_chance(g, 50) ? 'a' : 'b';
        const char unit[] = {g->post_unit[i], '\0'};
        struct pioneer_post post = {
            .id = generated_posts[i],
            .unit = unit,
            .eligible = draw_eligible(g),
            .priority = generated_between(g, 1, 3),
            .hardship = generated_below(g, 4),
            .lead = generated_chance(g, 40) ? leads[generated_below(g, 2)] : NULL,
            .load_percent = generated_chance(g, 20) ? 50 : 0,
        };
        g->post_is_open[i] = post.eligible == NULL;
        generated_expect(pioneer_campaign_add_post(g->campaign, &post, &g->error), g);
    }
}

/* Members below the unit, whether or not they are in its pool. */
static int32_t members_below(const struct generator *g, char unit) {
    int32_t count = 0;
    for (int32_t i = 0; i < g->member_count; i++) {
        count += unit == 'r' || g->member_unit[i] == unit;
    }
    return count;
}

static int32_t stage_of(const struct generator *g, int32_t day) {
    for (int32_t i = 0; i < g->stage_count; i++) {
        if (g->stages[i].from_day <= day && day <= g->stages[i].to_day) {
            return i;
        }
    }
    return -1;
}

static bool is_taken(const struct generator *g, const struct generated_duty *duty) {
    for (int32_t i = 0; i < g->duty_count; i++) {
        const struct generated_duty *other = &g->duties[i];
        if (other->post == duty->post && other->site == duty->site && other->slot == duty->slot &&
            other->day == duty->day) {
            return true;
        }
    }
    return false;
}

static void add_duty(struct generator *g, struct generated_duty duty) {
    bool is_large = g->size->most_members > 4;
    duty.min = generated_below(g, is_large ? 3 : 2) + (generated_chance(g, 15) ? 1 : 0);
    int32_t target = duty.min + (generated_chance(g, 40) ? 1 : 0);
    duty.max = target + (generated_chance(g, 40) ? 1 : 0);
    duty.max += is_large ? generated_below(g, 2) : 0;
    struct pioneer_demand demand = {
        .post = generated_posts[duty.post],
        .sites = &generated_sites[duty.site],
        .site_count = g->size->has_twins ? 2 : 1,
        .slots = &generated_slots[duty.slot],
        .slot_count = 1,
        .days = &duty.day,
        .day_count = 1,
        .min = duty.min,
        .target = target,
        .max = duty.max,
        .has_target = true,
        .has_max = true,
        .short_cost = generated_chance(g, 15) ? 7 : 0,
        .over_cost = generated_chance(g, 15) ? 3 : 0,
    };
    generated_expect(pioneer_campaign_add_demand(g->campaign, &demand, &g->error), g);
    g->duties[g->duty_count++] = duty;
    if (g->size->has_twins) {
        duty.site++;
        g->duties[g->duty_count++] = duty;
    }
}

static void add_demand(struct generator *g) {
    int32_t pairs_of_part[2][3] = {{0}};
    int32_t sites = g->size->has_twins ? 2 : 1;
    for (int32_t attempt = 0; attempt < 60 && g->duty_count + sites <= GENERATED_DUTIES; attempt++) {
        struct generated_duty duty = {
            .post = generated_below(g, g->post_count),
            .site = generated_below(g, 3 - sites),
            .slot = g->first_slot + generated_below(g, g->slot_count),
            .day = generated_between(g, g->first_day, g->last_day),
        };
        int32_t stage = stage_of(g, duty.day);
        char unit = g->post_unit[duty.post];
        int32_t pool = members_below(g, unit);
        if (stage < 0 || is_taken(g, &duty)) {
            continue;
        }
        int32_t *pairs = &pairs_of_part[stage][unit == 'r' ? 0 : unit == 'a' ? 1 : 2];
        if (*pairs + sites * pool <= g->size->most_pairs) {
            *pairs += sites * pool;
            add_duty(g, duty);
        }
    }
}

/* Another post may keep somebody in reserve for the first one. */
static void add_standby(struct generator *g) {
    if (g->post_count < 2 || !generated_chance(g, 15) || g->post_unit[1] != 'a' ||
        g->size->most_members > 4) {
        return;
    }
    struct generated_duty duty = {1, 1, g->first_slot, g->last_day, 0, 0};
    if (is_taken(g, &duty)) {
        return;
    }
    struct pioneer_demand demand = {
        .post = generated_posts[1],
        .sites = &generated_sites[1],
        .site_count = 1,
        .slots = &generated_slots[duty.slot],
        .slot_count = 1,
        .days = &duty.day,
        .day_count = 1,
        .standby_for = &generated_posts[0],
        .standby_for_count = 1,
        .no_show_percent = 50,
    };
    generated_expect(pioneer_campaign_add_demand(g->campaign, &demand, &g->error), g);
}

/* ---- wishes and the past
 * ---------------------------------------------------------------------------------------- */

static void draw_member_id(struct generator *g, char id[16]) {
    snprintf(id, 16, "m%02d", (int)generated_below(g, g->member_count));
}

static void add_wishes(struct generator *g) {
    char id[16];
    int32_t wishes = g->member_count == 0 ? 0 : generated_below(g, 4);
    for (int32_t i = 0; i < wishes; i++) {
        draw_member_id(g, id);
        int32_t day = generated_between(g, g->first_day, g->last_day);
        struct pioneer_request request = {
            .member = id,
            .off = generated_chance(g, 50),
            .from_day = day,
            .to_day = generated_between(g, day, g->last_day),
            .post = generated_chance(g, 40) ? generated_posts[0] : NULL,
            .slot = generated_chance(g, 30) ? generated_slots[g->first_slot] : NULL,
            .weight = generated_below(g, 4),
        };
        generated_expect(pioneer_campaign_add_request(g->campaign, &request, &g->error), g);
    }
    if (g->member_count > 0 && generated_chance(g, 40)) {
        draw_member_id(g, id);
        struct pioneer_preference preference = {
            .member = id,
            .post = generated_chance(g, 50) ? generated_posts[0] : NULL,
            .site = generated_chance(g, 50) ? "hall" : NULL,
            .weight = generated_below(g, 4),
        };
        generated_expect(pioneer_campaign_add_preference(g->campaign, &preference, &g->error), g);
    }
}

static void add_history(struct generator *g, int32_t number) {
    char id[16];
    snprintf(id, sizeof id, "m%02d", (int)number);
    bool worked = generated_chance(g, 50);
    bool was_night = worked && generated_chance(g, 40);
    struct pioneer_history_visit visit = {generated_chance(g, 50) ? "gate" : "hall",
                                          g->first_day - 1 - generated_below(g, 2)};
    struct pioneer_history_count count = {"rule-0", generated_below(g, 3)};
    struct pioneer_history history = {
        .member = id,
        .load_min = generated_below(g, 600),
        .entitled_min = generated_below(g, 600),
        .load_hardship = generated_below(g, 4),
        .entitled_hardship = generated_below(g, 4),
        .weekends = generated_below(g, 2),
        .last_end_at = worked ? g->first_day * 1440 - (was_night ? -360 : 120) : 0,
        .last_was_night = was_night,
        .last_kind = worked ? (was_night ? "night" : "late") : NULL,
        .last_post = worked ? generated_posts[0] : NULL,
        .last_site = worked ? "gate" : NULL,
        .run_worked = worked ? 1 + generated_below(g, 3) : 0,
        .run_off = worked ? 0 : generated_below(g, 3),
        .run_kind = worked ? 1 : 0,
        .counts = &count,
        .count_count = g->has_counting_rule && generated_chance(g, 60),
        .visits = &visit,
        .visit_count = generated_chance(g, 40),
    };
    history.saturday_worked = (g->first_day - 4) % 7 == 6 && worked && history.weekends > 0;
    generated_expect(pioneer_campaign_add_history(g->campaign, &history, &g->error), g);
}

/* A pin is drawn so that no hard rule on availability, eligibility or pools speaks against it. */
static void add_published(struct generator *g) {
    char id[16];
    bool has_pin = false;
    int32_t lines = generated_chance(g, 25) ? 1 + generated_below(g, 3) : 0;
    uint8_t taken[GENERATED_DUTIES] = {0};
    for (int32_t i = 0; i < lines && g->duty_count > 0 && g->member_count > 0; i++) {
        int32_t at = generated_below(g, g->duty_count);
        int32_t member = generated_below(g, g->member_count);
        const struct generated_duty *duty = &g->duties[at];
        char unit = g->post_unit[duty->post];
        bool may_pin = !has_pin && g->member_is_open[member] && g->post_is_open[duty->post] &&
                       duty->max > 0 && !g->draws_from_nominated &&
                       (unit == 'r' || unit == g->member_unit[member]);
        snprintf(id, sizeof id, "m%02d", (int)member);
        enum pioneer_assignment_state state = generated_chance(g, 75) ? PIONEER_PUBLISHED : PIONEER_ABSENT;
        if (may_pin && generated_chance(g, 50)) {
            state = PIONEER_PINNED;
            has_pin = true;
        }
        struct pioneer_assignment assignment = {
            .member = id,
            .post = generated_posts[duty->post],
            .site = generated_sites[duty->site],
            .slot = generated_slots[duty->slot],
            .day = duty->day,
            .state = state,
        };
        if (!taken[at]) {
            generated_expect(pioneer_campaign_add_assignment(g->campaign, &assignment, &g->error), g);
            taken[at] = 1;
        }
    }
}

/* ---- all of it
 * --------------------------------------------------------------------------------------------------- */

struct pioneer_campaign *generated_campaign(uint64_t seed, const struct generated_size *size) {
    struct generator generator = {.size = size, .seed = seed};
    struct generator *g = &generator;
    pnr_rng_seed(&g->rng, seed);
    cr_assert_eq(pioneer_campaign_new(&g->campaign), PIONEER_OK);
    add_settings(g);
    add_units(g);
    add_sites(g);
    add_slots(g);
    add_stages(g);
    g->member_count = generated_between(g, size->least_members, size->most_members);
    for (int32_t i = 0; i < g->member_count; i++) {
        add_member(g, i);
    }
    add_posts(g);
    add_demand(g);
    add_standby(g);
    generated_add_rules(g);
    add_wishes(g);
    for (int32_t i = 0; i < g->member_count && !size->is_plain; i++) {
        if (generated_chance(g, 25)) {
            add_history(g, i);
        }
    }
    if (!size->is_plain) {
        add_published(g);
    }
    generated_expect(pioneer_campaign_validate(g->campaign, &g->error), g);
    return g->campaign;
}
