/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of model/duties. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/calendar.h"
#include "model/duties.h"

#define MONDAY 18267 /* 2020-01-06 */

static void add_slot(struct pioneer_campaign *c, const char *id, int32_t from_min, int32_t to_min) {
    struct pioneer_slot slot = {.id = id, .from_min = from_min, .to_min = to_min};
    cr_assert_eq(pioneer_campaign_add_slot(c, &slot, NULL), PIONEER_OK);
}

/* Two stages, Monday to Sunday and, after three days without, Thursday to Sunday of the next week. */
static struct pioneer_campaign *sample(void) {
    struct pioneer_campaign *c;
    cr_assert_eq(pioneer_campaign_new(&c), PIONEER_OK);
    struct pioneer_stage first = {.id = "one", .from_day = MONDAY, .to_day = MONDAY + 6};
    struct pioneer_stage second = {.id = "two", .from_day = MONDAY + 10, .to_day = MONDAY + 13};
    cr_assert_eq(pioneer_campaign_add_stage(c, &first, NULL), PIONEER_OK);
    cr_assert_eq(pioneer_campaign_add_stage(c, &second, NULL), PIONEER_OK);
    add_slot(c, "morning", 480, 720);
    add_slot(c, "noon", 660, 780);
    add_slot(c, "night", 1320, 1860);
    add_slot(c, "evening", 1080, 1440);
    cr_assert_eq(pioneer_campaign_add_site(c, &(struct pioneer_site){.id = "gate"}, NULL), PIONEER_OK);
    cr_assert_eq(pioneer_campaign_add_site(c, &(struct pioneer_site){.id = "dorm"}, NULL), PIONEER_OK);
    struct pioneer_post watch = {.id = "watch", .unit = "u", .priority = 3, .hardship = 2};
    struct pioneer_post spare = {.id = "spare", .unit = "u", .load_percent = 33};
    cr_assert_eq(pioneer_campaign_add_post(c, &watch, NULL), PIONEER_OK);
    cr_assert_eq(pioneer_campaign_add_post(c, &spare, NULL), PIONEER_OK);
    return c;
}

static struct pioneer_demand line(const char *post, const char **site, const char **slot) {
    return (struct pioneer_demand){
        .post = post, .sites = site, .site_count = 1, .slots = slot, .slot_count = 1, .min = 1};
}

static const char *gate = "gate", *dorm = "dorm", *morning = "morning", *noon = "noon", *night = "night",
                  *evening = "evening";

struct expanded {
    struct pnr_arena arena;
    struct pnr_duty_list duties;
    struct pioneer_error error;
    enum pioneer_status status;
};

static struct expanded expand(const struct pioneer_campaign *c) {
    struct expanded result = {0};
    result.status = pnr_duties_expand(c, &result.arena, &result.duties, &result.error);
    return result;
}

static void done(struct pioneer_campaign *c, struct expanded *result) {
    pnr_arena_fini(&result->arena);
    pioneer_campaign_free(c);
}

static void add(struct pioneer_campaign *c, const struct pioneer_demand *demand) {
    cr_assert_eq(pioneer_campaign_add_demand(c, demand, NULL), PIONEER_OK);
}

Test(duties, fill_the_days_of_all_stages_and_skip_those_between) {
    struct pioneer_campaign *c = sample();
    struct pioneer_demand demand = line("watch", &gate, &morning);
    add(c, &demand);
    struct expanded result = expand(c);
    cr_assert_eq(result.duties.count, 11);
    cr_expect_eq(result.duties.items[6].day, MONDAY + 6);
    cr_expect_eq(result.duties.items[6].stage, 0);
    cr_expect_eq(result.duties.items[7].day, MONDAY + 10);
    cr_expect_eq(result.duties.items[7].stage, 1);
    done(c, &result);
}

Test(duties, follow_weekdays_a_span_and_exceptions) {
    struct pioneer_campaign *c = sample();
    struct pioneer_demand demand = line("watch", &gate, &morning);
    const int32_t except[] = {MONDAY + 13};
    demand.weekdays = 1 << 0 | 1 << 6; /* Mondays and Sundays */
    demand.from_day = MONDAY + 1;
    demand.to_day = MONDAY + 400;
    demand.except_days = except;
    demand.except_count = 1;
    add(c, &demand);
    struct expanded result = expand(c);
    cr_assert_eq(result.duties.count, 1);
    cr_expect_eq(result.duties.items[0].day, MONDAY + 6);
    done(c, &result);
}

Test(duties, take_costs_and_load_from_post_and_line) {
    struct pioneer_campaign *c = sample();
    const int32_t days[] = {MONDAY};
    struct pioneer_demand demand = line("watch", &gate, &morning);
    demand.days = days;
    demand.day_count = 1;
    demand.has_target = demand.has_max = true;
    demand.target = 2;
    demand.max = 4;
    add(c, &demand);
    demand = line("spare", &gate, &noon);
    demand.days = days;
    demand.day_count = 1;
    demand.short_cost = 7;
    demand.over_cost = 9;
    add(c, &demand);
    struct expanded result = expand(c);
    cr_assert_eq(result.duties.count, 2);
    const struct pnr_duty *a = &result.duties.items[0];
    const struct pnr_duty *b = &result.duties.items[1];
    cr_expect_eq(a->from_at, MONDAY * 1440 + 480);
    cr_expect_eq(a->to_at, MONDAY * 1440 + 720);
    cr_expect_eq(a->min, 1);
    cr_expect_eq(a->target, 2);
    cr_expect_eq(a->max, 4);
    cr_expect_eq(a->short_cost, 720);
    cr_expect_eq(a->over_cost, 720);
    cr_expect_eq(a->load_min, 240);
    cr_expect_eq(a->hardship, 2);
    cr_expect_eq(b->load_min, 39); /* 120 × 33 / 100 */
    cr_expect_eq(b->short_cost, 7);
    cr_expect_eq(b->over_cost, 9);
    cr_expect_eq(b->target, 1);
    cr_expect_eq(b->max, 1);
    done(c, &result);
}

Test(duties, are_night_duties_from_one_minute_inside_the_window) {
    const struct {
        int32_t from_min, to_min;
        bool night;
    } cases[] = {{1320, 1860, true},  {0, 1, true},       {299, 400, true},   {300, 400, false},
                 {1200, 1440, false}, {1200, 1441, true}, {1380, 1500, true}, {600, 2880, true}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct pioneer_campaign *c = sample();
        const int32_t days[] = {MONDAY};
        const char *slot = "x";
        add_slot(c, slot, cases[i].from_min, cases[i].to_min);
        struct pioneer_demand demand = line("watch", &gate, &slot);
        demand.days = days;
        demand.day_count = 1;
        add(c, &demand);
        struct expanded result = expand(c);
        cr_expect_eq(result.duties.items[0].night, cases[i].night, "case %zu", i);
        done(c, &result);
    }
}

Test(duties, see_a_night_window_that_crosses_midnight) {
    struct pioneer_campaign *c = sample();
    const int32_t days[] = {MONDAY};
    struct pioneer_campaign_settings settings = {.night_from_min = 1380, .night_to_min = 1800};
    cr_assert_eq(pioneer_campaign_set(c, &settings, NULL), PIONEER_OK);
    add_slot(c, "early", 350, 420);
    add_slot(c, "later", 360, 420);
    const char *early = "early", *later = "later";
    struct pioneer_demand demand = line("watch", &gate, &early);
    demand.days = days;
    demand.day_count = 1;
    add(c, &demand);
    demand.slots = &later;
    add(c, &demand);
    demand.slots = &evening;
    add(c, &demand);
    struct expanded result = expand(c);
    cr_expect(result.duties.items[0].night);
    cr_expect_not(result.duties.items[1].night);
    cr_expect(result.duties.items[2].night);
    done(c, &result);
}

Test(duties, come_in_one_order_whatever_the_order_of_the_lines) {
    const char *sites[] = {"gate", "dorm"};
    const char *sites_back[] = {"dorm", "gate"};
    const char *slots[] = {"night", "noon", "morning"};
    const char *slots_back[] = {"noon", "morning", "night"};
    struct pioneer_campaign *c = sample();
    struct pioneer_campaign *d = sample();
    struct pioneer_demand watch = line("watch", sites, slots);
    watch.site_count = 2;
    watch.slot_count = 3;
    struct pioneer_demand spare = watch;
    spare.post = "spare";
    add(c, &watch);
    add(c, &spare);
    watch.sites = spare.sites = sites_back;
    watch.slots = spare.slots = slots_back;
    add(d, &spare);
    add(d, &watch);
    struct expanded one = expand(c);
    struct expanded two = expand(d);
    cr_assert_eq(one.duties.count, 11 * 12);
    cr_assert_eq(two.duties.count, one.duties.count);
    for (int32_t i = 0; i < one.duties.count; i++) {
        const struct pnr_duty *a = &one.duties.items[i];
        const struct pnr_duty *b = &two.duties.items[i];
        cr_expect(a->post == b->post && a->site == b->site && a->slot == b->slot && a->day == b->day);
    }
    const struct pnr_duty *first = one.duties.items;
    cr_expect_str_eq(c->slots.items[first[0].slot].id, "morning");
    cr_expect_str_eq(c->sites.items[first[0].site].id, "dorm");
    cr_expect_str_eq(c->posts.items[first[0].post].id, "spare");
    cr_expect_str_eq(c->posts.items[first[1].post].id, "watch");
    cr_expect_str_eq(c->sites.items[first[2].site].id, "gate");
    done(c, &one);
    done(d, &two);
}

Test(duties, are_found_by_post_site_slot_and_day) {
    struct pioneer_campaign *c = sample();
    const char *sites[] = {"gate", "dorm"};
    const char *slots[] = {"night", "noon", "morning"};
    struct pioneer_demand demand = line("watch", sites, slots);
    demand.site_count = 2;
    demand.slot_count = 3;
    add(c, &demand);
    struct expanded result = expand(c);
    for (int32_t i = 0; i < result.duties.count; i++) {
        const struct pnr_duty *duty = &result.duties.items[i];
        cr_expect_eq(pnr_duties_find(c, &result.duties, duty->post, duty->site, duty->slot, duty->day), i);
    }
    cr_expect_eq(pnr_duties_find(c, &result.duties, 1, 0, 0, MONDAY), -1);
    cr_expect_eq(pnr_duties_find(c, &result.duties, 0, 0, 0, MONDAY + 7), -1);
    cr_expect_eq(pnr_duties_find(c, &result.duties, 0, -1, 0, MONDAY), -1);
    done(c, &result);
}

Test(duties, of_standby_posts_are_sized_by_the_no_show_rate) {
    struct pioneer_campaign *c = sample();
    const char *posts[] = {"watch"};
    const char *sites[] = {"gate", "dorm"};
    struct pioneer_demand watch = line("watch", sites, &morning);
    watch.site_count = 2;
    watch.has_target = true;
    watch.target = 6;
    add(c, &watch);
    struct pioneer_demand at_night = line("watch", &gate, &night);
    at_night.min = 9;
    add(c, &at_night);
    struct pioneer_demand spare = line("spare", &gate, &noon);
    spare.min = 0;
    spare.standby_for = posts;
    spare.standby_for_count = 1;
    spare.no_show_percent = 10;
    add(c, &spare);
    spare.slots = &evening; /* overlaps the night duty only */
    add(c, &spare);
    struct expanded result = expand(c);
    int32_t at = pnr_duties_find(c, &result.duties, 1, 0, 1, MONDAY);
    cr_assert_geq(at, 0);
    cr_expect_eq(result.duties.items[at].min, 2); /* 10 % of 12, rounded up */
    cr_expect_eq(result.duties.items[at].target, 2);
    cr_expect_eq(result.duties.items[at].max, 2);
    at = pnr_duties_find(c, &result.duties, 1, 0, 3, MONDAY);
    cr_expect_eq(result.duties.items[at].max, 1); /* 10 % of 9, rounded up; last night's is another date */
    done(c, &result);
}

Test(duties, named_twice_are_refused) {
    struct pioneer_campaign *c = sample();
    struct pioneer_demand demand = line("watch", &gate, &morning);
    struct pioneer_demand other = line("watch", &dorm, &morning);
    add(c, &demand);
    add(c, &other);
    demand.weekdays = 1;
    add(c, &demand);
    struct expanded result = expand(c);
    cr_expect_eq(result.status, PIONEER_E_INVALID);
    cr_expect_str_eq(result.error.code, "duplicate-duty");
    cr_expect_str_eq(result.error.where, "/demand/2");
    cr_expect_not_null(strstr(result.error.message, "watch/gate/2020-01-06/morning"));
    cr_expect_null(result.duties.items);
    done(c, &result);
}

Test(duties, outside_all_stages_are_refused) {
    struct pioneer_campaign *c = sample();
    const int32_t days[] = {MONDAY, MONDAY + 7};
    struct pioneer_demand demand = line("watch", &gate, &morning);
    demand.days = days;
    demand.day_count = 2;
    add(c, &demand);
    struct expanded result = expand(c);
    cr_expect_eq(result.status, PIONEER_E_INVALID);
    cr_expect_str_eq(result.error.code, "date-outside-stages");
    cr_expect_str_eq(result.error.where, "/demand/0/dates/1");
    done(c, &result);
}

Test(duties, of_a_span_that_meets_no_stage_are_refused) {
    struct pioneer_campaign *c = sample();
    struct pioneer_demand demand = line("watch", &gate, &morning);
    demand.from_day = MONDAY + 7;
    demand.to_day = MONDAY + 9;
    add(c, &demand);
    struct expanded result = expand(c);
    cr_expect_eq(result.status, PIONEER_E_INVALID);
    cr_expect_str_eq(result.error.code, "date-outside-stages");
    cr_expect_str_eq(result.error.where, "/demand/0/from");
    done(c, &result);
}

Test(duties, are_none_without_demand) {
    struct pioneer_campaign *c = sample();
    struct expanded result = expand(c);
    cr_expect_eq(result.status, PIONEER_OK);
    cr_expect_eq(result.duties.count, 0);
    cr_expect_eq(pnr_duties_find(c, &result.duties, 0, 0, 0, MONDAY), -1);
    done(c, &result);
}
