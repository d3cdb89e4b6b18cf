/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tiny campaigns for tests, built line by line. */
#include "tiny.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define tiny_expect_ok(call)                                                                                 \
    do {                                                                                                     \
        struct pioneer_error error_ = {0};                                                                   \
        cr_assert_eq((call), PIONEER_OK, "%s: %s (%s)", #call, error_.message, error_.where);                \
    } while (0)

/* "post/site/slot" taken apart; the pointers lie in `bytes`. */
struct duty_name {
    char bytes[200];
    const char *post, *site, *slot;
};

static void split(const char *duty, struct duty_name *name) {
    cr_assert_lt(strlen(duty), sizeof name->bytes);
    strcpy(name->bytes, duty);
    char *site = strchr(name->bytes, '/');
    cr_assert(site != NULL, "%s", duty);
    char *slot = strchr(site + 1, '/');
    cr_assert(slot != NULL, "%s", duty);
    *site = *slot = '\0';
    name->post = name->bytes;
    name->site = site + 1;
    name->slot = slot + 1;
}

void tiny_init(struct tiny *tiny) {
    *tiny = (struct tiny){0};
    cr_assert_eq(pioneer_campaign_new(&tiny->campaign), PIONEER_OK);
    struct pioneer_unit root = {.id = "root", .draws_from = PIONEER_POOL_SIGNED_UP};
    tiny_expect_ok(pioneer_campaign_add_unit(tiny->campaign, &root, &error_));
    tiny_site(tiny, "gate", "gate", NULL);
    tiny_post(tiny, .id = "watch", .unit = "root");
    tiny_slot(tiny, "am", 480, 720);
    tiny_slot(tiny, "pm", 840, 1080);
    tiny_slot(tiny, "night", 1320, 1800);
}

void tiny_clear(struct tiny *tiny) {
    for (int32_t i = 0; i < tiny->taken_count; i++) {
        free((void *)(uintptr_t)tiny->taken[i].member);
        free((void *)(uintptr_t)tiny->taken[i].post);
        free((void *)(uintptr_t)tiny->taken[i].site);
        free((void *)(uintptr_t)tiny->taken[i].slot);
    }
    tiny->taken_count = 0;
}

void tiny_fini(struct tiny *tiny) {
    tiny_clear(tiny);
    pioneer_campaign_free(tiny->campaign);
    free(tiny->taken);
    *tiny = (struct tiny){0};
}

void tiny_stage(struct tiny *tiny, const char *id, int32_t from, int32_t to) {
    struct pioneer_stage stage = {.id = id, .from_day = tiny_day(from), .to_day = tiny_day(to)};
    tiny_expect_ok(pioneer_campaign_add_stage(tiny->campaign, &stage, &error_));
}

void tiny_unit(struct tiny *tiny, const char *id, const char *parent) {
    struct pioneer_unit unit = {.id = id, .parent = parent};
    tiny_expect_ok(pioneer_campaign_add_unit(tiny->campaign, &unit, &error_));
}

void tiny_site(struct tiny *tiny, const char *id, const char *kind, const char *zone) {
    struct pioneer_site site = {.id = id, .kind = kind, .zone = zone};
    tiny_expect_ok(pioneer_campaign_add_site(tiny->campaign, &site, &error_));
}

void tiny_slot(struct tiny *tiny, const char *id, int32_t from_min, int32_t to_min) {
    struct pioneer_slot slot = {.id = id, .from_min = from_min, .to_min = to_min};
    tiny_expect_ok(pioneer_campaign_add_slot(tiny->campaign, &slot, &error_));
}

void tiny_member(struct tiny *tiny, const char *id, const char *unit) {
    tiny_add_member(tiny, &(struct pioneer_member){.id = id, .unit = unit});
}

void tiny_tagged(struct tiny *tiny, const char *id, const char *unit, const char *tag) {
    tiny_add_member(tiny, &(struct pioneer_member){.id = id, .unit = unit, .tags = &tag, .tag_count = 1});
}

void tiny_add_member(struct tiny *tiny, const struct pioneer_member *member) {
    tiny_expect_ok(pioneer_campaign_add_member(tiny->campaign, member, &error_));
}

void tiny_add_post(struct tiny *tiny, const struct pioneer_post *post) {
    tiny_expect_ok(pioneer_campaign_add_post(tiny->campaign, post, &error_));
}

void tiny_add_rule(struct tiny *tiny, const struct pioneer_rule *rule) {
    tiny_expect_ok(pioneer_campaign_add_rule(tiny->campaign, rule, &error_));
}

void tiny_add_preference(struct tiny *tiny, const struct pioneer_preference *preference) {
    tiny_expect_ok(pioneer_campaign_add_preference(tiny->campaign, preference, &error_));
}

void tiny_add_history(struct tiny *tiny, const struct pioneer_history *history) {
    tiny_expect_ok(pioneer_campaign_add_history(tiny->campaign, history, &error_));
}

void tiny_need(struct tiny *tiny, const char *duty, int32_t from, int32_t to, int32_t heads) {
    tiny_need_range(tiny, duty, from, to, (const int32_t[3]){heads, heads, heads});
}

void tiny_need_range(struct tiny *tiny, const char *duty, int32_t from, int32_t to, const int32_t range[3]) {
    struct duty_name name;
    split(duty, &name);
    struct pioneer_demand demand = {
        .post = name.post,
        .sites = &name.site,
        .site_count = 1,
        .slots = &name.slot,
        .slot_count = 1,
        .from_day = tiny_day(from),
        .to_day = tiny_day(to),
        .min = range[0],
        .target = range[1],
        .max = range[2],
        .has_target = true,
        .has_max = true,
    };
    tiny_expect_ok(pioneer_campaign_add_demand(tiny->campaign, &demand, &error_));
}

void tiny_take(struct tiny *tiny, const char *member, const char *duty, int32_t day) {
    struct duty_name name;
    split(duty, &name);
    tiny->taken = realloc(tiny->taken, ((size_t)tiny->taken_count + 1) * sizeof *tiny->taken);
    cr_assert(tiny->taken != NULL);
    tiny->taken[tiny->taken_count++] = (struct pioneer_assignment){
        .member = strdup(member),
        .post = strdup(name.post),
        .site = strdup(name.site),
        .slot = strdup(name.slot),
        .day = tiny_day(day),
    };
}

void tiny_publish(struct tiny *tiny, const char *member, const char *duty, int32_t day,
                  enum pioneer_assignment_state state) {
    struct duty_name name;
    split(duty, &name);
    struct pioneer_assignment assignment = {
        .member = member,
        .post = name.post,
        .site = name.site,
        .slot = name.slot,
        .day = tiny_day(day),
        .state = state,
    };
    tiny_expect_ok(pioneer_campaign_add_assignment(tiny->campaign, &assignment, &error_));
}
