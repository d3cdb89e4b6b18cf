/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge on load_fairness, hardship_fairness and unit_burden, all by hand. */
#include <criterion/criterion.h>

#include "check/share.h"
#include "trial.h"

/* ---- shares ---- */

Test(check_share, gives_the_largest_remainders_one_more_and_breaks_ties_by_order) {
    int64_t shares[3];
    cr_assert_eq(pnr_share(100, (const int64_t[]){1, 1, 1}, 3, shares), PIONEER_OK);
    cr_expect(shares[0] == 34 && shares[1] == 33 && shares[2] == 33);
    /* 11 × 3/8 = 4 + 1/8, 11 × 2/8 = 2 + 6/8, 11 × 3/8 = 4 + 1/8 */
    cr_assert_eq(pnr_share(11, (const int64_t[]){3, 2, 3}, 3, shares), PIONEER_OK);
    cr_expect(shares[0] == 4 && shares[1] == 3 && shares[2] == 4);
    cr_assert_eq(pnr_share(5, (const int64_t[]){0, 7, 0}, 3, shares), PIONEER_OK);
    cr_expect(shares[0] == 0 && shares[1] == 5 && shares[2] == 0);
}

Test(check_share, is_nothing_when_nobody_weighs_anything) {
    int64_t shares[2] = {9, 9};
    cr_assert_eq(pnr_share(100, (const int64_t[]){0, 0}, 2, shares), PIONEER_OK);
    cr_expect(shares[0] == 0 && shares[1] == 0);
    cr_assert_eq(pnr_share(100, NULL, 0, NULL), PIONEER_OK);
}

Test(check_share, does_not_overflow) {
    int64_t shares[2];
    int64_t big = INT64_C(4000000000000000000);
    cr_assert_eq(pnr_share(big, (const int64_t[]){INT64_C(3000000000), INT64_C(1000000000)}, 2, shares),
                 PIONEER_OK);
    cr_expect_eq(shares[0], big / 4 * 3);
    cr_expect_eq(shares[1], big / 4);
    cr_expect_eq(pnr_share_add(INT64_MAX, 1), INT64_MAX);
    cr_expect_eq(pnr_share_multiply(big, 3), INT64_MAX);
    cr_expect_eq(pnr_share_multiply(0, big), 0);
}

/* ---- load ---- */

#define square(x) ((int64_t)(x) * (x))

Test(check_load_fairness, entitles_by_the_minutes_a_member_could_serve) {
    struct tiny tiny;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s1", 0, 0);
    tiny_need(&tiny, "watch/gate/am", 0, 0, 1);
    tiny_need(&tiny, "watch/gate/pm", 0, 0, 2);
    struct pioneer_weekly_window morning[] = {{0, 0, 720}};
    tiny_member(&tiny, "a", "root");
    tiny_add_member(&tiny,
                    &(struct pioneer_member){
                        .id = "b", .unit = "root", .has_weekly = true, .weekly = morning, .weekly_count = 1});
    tiny_add_member(&tiny, &(struct pioneer_member){.id = "c", .unit = "root", .has_weekly = true});
    /* D = 720; A = 480, 240, 0; E = 480, 240, 0. */
    tiny_take(&tiny, "a", "watch/gate/am", 0);
    tiny_take(&tiny, "a", "watch/gate/pm", 0);
    trial_expect_amount(&tiny, "load_fairness", 0);
    tiny_take(&tiny, "c", "watch/gate/pm", 0);
    trial_expect_amount(&tiny, "load_fairness", square(240));
    tiny_fini(&tiny);
}

Test(check_load_fairness, takes_the_union_of_duties_at_one_time) {
    struct tiny tiny;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s1", 0, 0);
    tiny_slot(&tiny, "noon", 660, 900);
    tiny_site(&tiny, "hall", "hall", NULL);
    tiny_post(&tiny, .id = "nurse", .unit = "root", .eligible = "tag = nurse");
    tiny_need(&tiny, "watch/gate/am", 0, 0, 1);   /* 8:00 to 12:00 */
    tiny_need(&tiny, "watch/hall/am", 0, 0, 1);   /* at the same time */
    tiny_need(&tiny, "nurse/gate/noon", 0, 0, 1); /* 11:00 to 15:00 */
    tiny_member(&tiny, "a", "root");
    tiny_tagged(&tiny, "n", "root", "nurse");
    /* D = 720; A_a = 240, A_n = 8:00 to 15:00 = 420; E_a = 720 × 240 / 660 = 261.8, E_n = 458.2. */
    tiny_take(&tiny, "a", "watch/gate/am", 0);
    tiny_take(&tiny, "a", "watch/hall/am", 0);
    trial_expect_amount(&tiny, "load_fairness", square(480 - 262));
    tiny_fini(&tiny);
}

Test(check_load_fairness, breaks_ties_of_remainders_by_id) {
    struct tiny tiny;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s1", 0, 0);
    tiny_slot(&tiny, "short", 0, 100);
    tiny_need(&tiny, "watch/gate/short", 0, 0, 1);
    tiny_member(&tiny, "c", "root");
    tiny_member(&tiny, "b", "root");
    tiny_member(&tiny, "a", "root");
    tiny_take(&tiny, "a", "watch/gate/short", 0);
    trial_expect_amount(&tiny, "load_fairness", square(100 - 34));
    tiny_clear(&tiny);
    tiny_take(&tiny, "b", "watch/gate/short", 0);
    trial_expect_amount(&tiny, "load_fairness", square(100 - 33));
    tiny_fini(&tiny);
}

Test(check_load_fairness, clips_by_the_hard_maxima_of_minutes) {
    struct tiny tiny;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s1", 0, 13);
    tiny_need(&tiny, "watch/gate/am", 0, 13, 1);
    tiny_need(&tiny, "watch/gate/pm", 0, 13, 1);
    tiny_tagged(&tiny, "a", "root", "tired");
    tiny_member(&tiny, "b", "root");
    tiny_rule(&tiny, .id = "day", .kind = PIONEER_RULE_MINUTES, .window = PIONEER_WINDOW_DAY,
              .members = "tag = tired", .has_max = true, .max = 300);
    tiny_rule(&tiny, .id = "week", .kind = PIONEER_RULE_MINUTES, .window = PIONEER_WINDOW_WEEK,
              .members = "tag = tired", .has_max = true, .max = 1000);
    tiny_rule(&tiny, .id = "soft", .kind = PIONEER_RULE_MINUTES, .window = PIONEER_WINDOW_CAMPAIGN,
              .has_max = true, .max = 1, .weight = 1, .level = "wishes");
    /* D = 28 × 240 = 6720; A_a = 2 × min(1000, 7 × 300) = 2000, A_b = 14 × 480 = 6720; the soft maximum clips
     * nothing. E_a = 6720 × 2000 / 8720 = 1541.3, E_b = 5178.7. */
    for (int32_t day = 0; day < 7; day++) {
        tiny_take(&tiny, "a", "watch/gate/am", day); /* 1680 */
    }
    trial_expect_amount(&tiny, "load_fairness", square(1680 - 1541));
    tiny_rule(&tiny, .id = "stage", .kind = PIONEER_RULE_MINUTES, .window = PIONEER_WINDOW_STAGE,
              .members = "tag = tired", .has_max = true, .max = 960);
    /* A_a = 960; E_a = 6720 × 960 / 7680 = 840. */
    trial_expect_amount(&tiny, "load_fairness", square(1680 - 840));
    tiny_rule(&tiny, .id = "campaign", .kind = PIONEER_RULE_MINUTES, .members = "tag = tired",
              .has_max = true, .max = 0);
    trial_expect_amount(&tiny, "load_fairness", square(1680));
    tiny_fini(&tiny);
}

Test(check_load_fairness, counts_a_share_of_the_minutes_of_standby) {
    struct tiny tiny;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s1", 0, 0);
    tiny_post(&tiny, .id = "standby", .unit = "root", .load_percent = 33);
    tiny_slot(&tiny, "odd", 0, 101);
    tiny_need(&tiny, "standby/gate/odd", 0, 0, 2); /* 33 each, not 33.33; D = 66 */
    tiny_member(&tiny, "a", "root");
    tiny_add_member(&tiny, &(struct pioneer_member){.id = "b", .unit = "root", .has_weekly = true});
    tiny_take(&tiny, "b", "standby/gate/odd", 0);
    trial_expect_amount(&tiny, "load_fairness", square(33));
    tiny_take(&tiny, "a", "standby/gate/odd", 0);
    trial_expect_amount(&tiny, "load_fairness", square(33));
    tiny_fini(&tiny);
}

/* Two stages of a day, the root's watch and the college's dorm. a belongs to the root, x and y to the
 * college; y is not in the root's pool. Stage 1: x stands on watch, y on both dorm duties. Stage 2: x stands
 * on watch. */
static void build_carried(struct tiny *tiny) {
    cr_assert_eq(pioneer_campaign_new(&tiny->campaign), PIONEER_OK);
    tiny->taken = NULL;
    tiny->taken_count = 0;
    tiny_unit(tiny, "root", NULL);
    tiny_unit(tiny, "college", "root");
    tiny_site(tiny, "gate", "gate", NULL);
    tiny_post(tiny, .id = "watch", .unit = "root");
    tiny_post(tiny, .id = "dorm", .unit = "college");
    tiny_slot(tiny, "am", 480, 720);
    tiny_slot(tiny, "pm", 840, 1080);
    tiny_stage(tiny, "s1", 0, 0);
    tiny_stage(tiny, "s2", 1, 1);
    tiny_need(tiny, "watch/gate/am", 0, 1, 1);
    tiny_need(tiny, "dorm/gate/am", 0, 0, 1);
    tiny_need(tiny, "dorm/gate/pm", 0, 0, 1);
    tiny_add_member(tiny, &(struct pioneer_member){.id = "a", .unit = "root", .nominated = true});
    tiny_add_member(tiny, &(struct pioneer_member){.id = "x", .unit = "college", .nominated = true});
    tiny_member(tiny, "y", "college");
    tiny_take(tiny, "x", "watch/gate/am", 0);
    tiny_take(tiny, "y", "dorm/gate/am", 0);
    tiny_take(tiny, "y", "dorm/gate/pm", 0);
    tiny_take(tiny, "x", "watch/gate/am", 1);
}

static void expect_parts(const struct tiny *tiny, int64_t first, int64_t second, int64_t third) {
    struct pioneer_report *report = trial_judge(tiny, PIONEER_STAGED);
    cr_expect_eq(pioneer_report_part_count(report), 3);
    int64_t expected[] = {first, second, third};
    for (int32_t i = 0; i < 3; i++) {
        int64_t amount = trial_amount(report, i, "load_fairness");
        cr_expect_eq(amount, expected[i], "part %d: %lld", (int)i, (long long)amount);
    }
    pioneer_report_free(report);
}

Test(check_load_fairness, carries_load_and_entitlement_over_tiers_and_stages) {
    struct tiny tiny;
    build_carried(&tiny);
    /* Stage 1, root: D = 240, A = 240 for a and x, E = 120 each. x bears 240.
     * Stage 1, college: D = 480; x is on watch in the morning: A_x = 240, A_y = 480; E_x = 160, E_y = 320. y
     * bears 480; x bears nothing and carries 240 − 120. Stage 2, root: E = 120 each. x bears 240 and carries
     * 240 − 120 + 0 − 160 = −40. */
    expect_parts(&tiny, square(120), square(480 - 320), square(240 - 120 - 40));
    tiny_fini(&tiny);
}

Test(check_load_fairness, forgets_what_the_credit_window_leaves_out) {
    struct tiny tiny;
    build_carried(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_LOAD_FAIRNESS, .credit_window = PIONEER_WINDOW_STAGE);
    tiny_history(&tiny, .member = "x", .load_min = 1000, .entitled_min = 500);
    /* Stage 1, college: parts of the same stage count: x carries 120 − 160 and bears nothing. */
    expect_parts(&tiny, square(120), square(160), square(120));
    tiny_fini(&tiny);
}

Test(check_load_fairness, counts_history_and_stages_that_ended_at_most_some_days_before) {
    struct tiny tiny;
    build_carried(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_LOAD_FAIRNESS, .days = 1);
    tiny_history(&tiny, .member = "x", .load_min = 160, .entitled_min = 100);
    /* The first stage ended a day before the second began, and the campaign began then. */
    expect_parts(&tiny, square(120 + 60), square(160) + square(120 + 60 - 160), square(120 - 40 + 60));
    tiny_fini(&tiny);
}

Test(check_load_fairness, charges_only_members_in_its_scope_but_entitles_all) {
    struct tiny tiny;
    build_carried(&tiny);
    tiny_rule(&tiny, .kind = PIONEER_RULE_LOAD_FAIRNESS, .members = "member = y");
    expect_parts(&tiny, 0, square(160), 0);
    tiny_fini(&tiny);
}

Test(check_load_fairness, values_the_whole_campaign_as_one_part_in_joint_mode) {
    struct tiny tiny;
    build_carried(&tiny);
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_JOINT);
    cr_expect_eq(pioneer_report_part_count(report), 1);
    cr_expect(pioneer_report_part_at(report, 0)->stage == NULL);
    cr_expect(pioneer_report_part_at(report, 0)->unit == NULL);
    /* D = 960. A_a = 480; A_x = 480 + 240 = 720; A_y may take dorm duties alone: 480. Σ = 1680;
     * E_a = 274.3, E_x = 411.4, E_y = 274.3: 274 + 411 + 274 = 959, the last minute goes to x. Both bear 480.
     */
    cr_expect_eq(trial_amount(report, 0, "load_fairness"), square(480 - 412) + square(480 - 274));
    pioneer_report_free(report);
    report = trial_judge(&tiny, PIONEER_STAGED);
    /* The built-in terms of level "fairness": no hardship; the burden of the college is D = 960 (it has all
     * who signed up of the children), so none above. */
    cr_expect_eq(trial_joint_value(report, "fairness"), square(480 - 412) + square(480 - 274));
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

/* ---- hardship ---- */

Test(check_hardship_fairness, shares_points_without_union_or_clipping) {
    struct tiny tiny;
    tiny_init(&tiny);
    tiny_stage(&tiny, "s1", 0, 1);
    tiny_site(&tiny, "hall", "hall", NULL);
    tiny_post(&tiny, .id = "hard", .unit = "root", .hardship = 5);
    tiny_need(&tiny, "hard/gate/am", 0, 1, 1);
    tiny_need(&tiny, "hard/hall/am", 0, 0, 1);
    struct pioneer_weekly_window monday[] = {{0, 0, 1440}};
    tiny_member(&tiny, "a", "root");
    tiny_add_member(&tiny,
                    &(struct pioneer_member){
                        .id = "b", .unit = "root", .has_weekly = true, .weekly = monday, .weekly_count = 1});
    /* D = 15; A_a = 15, A_b = 10; E_a = 9, E_b = 6. */
    tiny_take(&tiny, "b", "hard/gate/am", 0);
    trial_expect_amount(&tiny, "hardship_fairness", 0);
    tiny_take(&tiny, "b", "hard/hall/am", 0);
    trial_expect_amount(&tiny, "hardship_fairness", square(10 - 6));
    tiny_history(&tiny, .member = "b", .load_hardship = 7, .entitled_hardship = 5, .load_min = 999);
    trial_expect_amount(&tiny, "hardship_fairness", square(10 - 6 + 2));
    struct pioneer_report *report = trial_judge(&tiny, PIONEER_STAGED);
    int64_t load = trial_amount(report, 0, "load_fairness");
    cr_expect_eq(trial_value(report, 0, "fairness"), load + 3600 * 36);
    pioneer_report_free(report);
    tiny_fini(&tiny);
}

/* ---- unit_burden ---- */

Test(check_unit_burden, charges_minutes_above_the_share_and_double_beyond_a_quarter) {
    struct tiny tiny;
    tiny_init(&tiny);
    tiny_unit(&tiny, "east", "root");
    tiny_unit(&tiny, "branch", "east");
    tiny_unit(&tiny, "west", "root");
    tiny_stage(&tiny, "s1", 0, 2);
    tiny_need(&tiny, "watch/gate/am", 0, 2, 1);
    tiny_member(&tiny, "o", "root"); /* belongs to no child */
    tiny_member(&tiny, "x", "east");
    tiny_member(&tiny, "y", "branch");
    tiny_member(&tiny, "z", "west");
    /* D = 720; east has two of three who signed up: S = 480 and 240. */
    tiny_take(&tiny, "x", "watch/gate/am", 0);
    tiny_take(&tiny, "y", "watch/gate/am", 1);
    tiny_take(&tiny, "o", "watch/gate/am", 2);
    trial_expect_amount(&tiny, "unit_burden", 0);
    tiny_take(&tiny, "y", "watch/gate/am", 2);
    trial_expect_amount(&tiny, "unit_burden", 240 + 120); /* 720 − 480, and again beyond 480 / 4 */
    tiny_clear(&tiny);
    tiny_take(&tiny, "z", "watch/gate/am", 0);
    tiny_take(&tiny, "z", "watch/gate/am", 1);
    trial_expect_amount(&tiny, "unit_burden", 240 + 180);
    tiny_fini(&tiny);
}

Test(check_unit_burden, is_nothing_in_parts_of_units_without_children) {
    struct tiny tiny;
    tiny_init(&tiny);
    tiny_unit(&tiny, "east", "root");
    tiny_post(&tiny, .id = "dorm", .unit = "east");
    tiny_stage(&tiny, "s1", 0, 0);
    tiny_need(&tiny, "dorm/gate/am", 0, 0, 1);
    tiny_member(&tiny, "x", "east");
    tiny_take(&tiny, "x", "dorm/gate/am", 0);
    trial_expect_amount(&tiny, "unit_burden", 0);
    tiny_fini(&tiny);
}
