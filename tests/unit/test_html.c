/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of what the HTML page says about a solved roster: levels and gaps, what does not hold, findings, the
 * price of staging, and the members. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include <pioneer/export.h>

#include "roster/roster.h"
#include "small_campaign.h"
#include "tiny.h"

static int count_of(const char *text, const char *needle) {
    int count = 0;
    for (const char *at = strstr(text, needle); at; at = strstr(at + strlen(needle), needle)) {
        count++;
    }
    return count;
}

static struct pioneer_report *check(const struct pioneer_campaign *campaign,
                                    const struct pioneer_roster *roster) {
    struct pioneer_report *report;
    cr_assert_eq(pioneer_check(campaign, roster, "en", &report, NULL), PIONEER_OK);
    return report;
}

static char *page_of(const struct pioneer_campaign *campaign, const struct pioneer_roster *roster) {
    struct pioneer_report *report = check(campaign, roster);
    char *text;
    size_t length;
    cr_assert_eq(pioneer_export_html(campaign, roster, report, "en", &text, &length, NULL), PIONEER_OK);
    pioneer_report_free(report);
    return text;
}

static void small_init(struct small_campaign *small) {
    small_campaign_make(small, &(struct small_campaign_names){0});
}

/* What the judge says the first level of the small roster is worth; a claim beside it breaks nothing. */
static int64_t must_of(const struct small_campaign *small) {
    struct pioneer_report *report = check(small->campaign, small->roster);
    int64_t value = pioneer_report_part_at(report, 0)->levels[0].value;
    pioneer_report_free(report);
    return value;
}

/* Claims the result of the first level, and of the others only what the judge finds. */
static void claim(struct small_campaign *small, const struct pioneer_level_result *result) {
    struct pioneer_report *report = check(small->campaign, small->roster);
    const struct pioneer_judged_part *judged = pioneer_report_part_at(report, 0);
    struct pioneer_level_result levels[6];
    cr_assert_eq(judged->level_count, 6);
    memcpy(levels, judged->levels, sizeof levels);
    levels[0] = *result;
    struct pioneer_part part = {.stage = "s",
                                .unit = "u",
                                .duty_count = 5,
                                .member_count = 3,
                                .assignment_count = 3,
                                .levels = levels,
                                .level_count = 6};
    cr_assert_eq(pnr_roster_add_part(small->roster, &part), PIONEER_OK);
    pioneer_report_free(report);
}

Test(html_levels, say_how_far_a_value_is_from_its_bound) {
    struct small_campaign small;
    small_init(&small);
    int64_t value = must_of(&small);
    cr_assert(value > 0 && value % 8 == 0, "%lld", (long long)value);
    /* half of it cannot be avoided, and of the other half a quarter is open */
    claim(&small, &(struct pioneer_level_result){.level = "must",
                                                 .value = value,
                                                 .bound = value - value / 8,
                                                 .constant = value / 2,
                                                 .outcome = PIONEER_GAP});
    char *page = page_of(small.campaign, small.roster);
    cr_expect(strstr(page, "<td class=\"level gap\" data-h=\"least staffing\">"));
    cr_expect(strstr(page, "<span class=\"outcome\">≈ "));
    cr_expect(strstr(page, "<span class=\"bound\">≥ "));
    cr_expect(strstr(page, " (25.0%)</span>"));
    cr_expect_null(strstr(page, "id=\"violations\""));
    pioneer_free(page);
    small_campaign_free(&small);
}

/* A gap is never rounded down to nothing, and what is proven shows no bound beside its value. */
Test(html_levels, round_gaps_up_and_show_no_bound_of_what_is_proven) {
    struct small_campaign small;
    small_init(&small);
    int64_t value = must_of(&small);
    claim(&small, &(struct pioneer_level_result){
                      .level = "must", .value = value, .bound = value - 1, .outcome = PIONEER_STOPPED});
    char *page = page_of(small.campaign, small.roster);
    cr_expect(strstr(page, " (0.1%)</span>"));
    cr_expect(strstr(page, "<span class=\"outcome\">◼ "));
    pioneer_free(page);
    small_campaign_free(&small);
    small_init(&small);
    claim(&small, &(struct pioneer_level_result){
                      .level = "must", .value = value, .bound = value, .outcome = PIONEER_PROVEN});
    page = page_of(small.campaign, small.roster);
    cr_expect(strstr(page, "<span class=\"outcome\">✓ "));
    cr_expect_null(strstr(page, "class=\"bound\""));
    pioneer_free(page);
    small_campaign_free(&small);
}

/* What the judge recomputes stands on the page, and the claim among what does not hold. */
Test(html_summary, tells_of_a_claim_that_does_not_hold) {
    struct small_campaign small;
    small_init(&small);
    int64_t value = must_of(&small);
    claim(&small, &(struct pioneer_level_result){
                      .level = "must", .value = value, .bound = value + 1, .outcome = PIONEER_GAP});
    char *page = page_of(small.campaign, small.roster);
    cr_expect(strstr(page, "<h3>What does not hold</h3>"));
    cr_expect(strstr(page, "<li><code>bound-above-value</code> "));
    cr_expect(strstr(page, "1 rules or claims do not hold. "));
    cr_expect_null(strstr(page, "%)</span>"), "a gap below nothing is no percentage");
    pioneer_free(page);
    small_campaign_free(&small);
}

/* A long list does not push the rest away: the first twelve stand in the open, all of them on the page. */
Test(html_summary, folds_a_long_list_of_violations) {
    struct small_campaign small;
    small_init(&small);
    for (int i = 0; i < 15; i++) {
        char id[16];
        snprintf(id, sizeof id, "x%d", i);
        struct pioneer_assignment stranger = {
            .member = id, .post = "watch", .site = "gate", .slot = "day", .day = TINY_MONDAY};
        cr_assert_eq(pioneer_roster_add(small.roster, &stranger, NULL), PIONEER_OK);
    }
    struct pioneer_report *report = check(small.campaign, small.roster);
    int32_t violations = pioneer_report_violation_count(report);
    pioneer_report_free(report);
    cr_assert_geq(violations, 15);
    char *page = page_of(small.campaign, small.roster);
    const char *section = strstr(page, "id=\"violations\"");
    cr_assert(section);
    char more[64];
    snprintf(more, sizeof more, "<details><summary>%d more</summary>", (int)violations - 12);
    const char *fold = strstr(section, more);
    cr_assert(fold, "%s", more);
    cr_expect_eq(count_of(section, "<li><code>") - count_of(fold, "<li><code>"), 12);
    cr_expect_eq(count_of(section, "<li><code>"), violations);
    pioneer_free(page);
    small_campaign_free(&small);
}

Test(html_summary, tells_what_was_noticed_while_planning) {
    struct small_campaign small;
    small_init(&small);
    struct pioneer_finding finding = {.code = "no-schedule", .message = "张三 <b>"};
    cr_assert_eq(pnr_roster_add_finding(small.roster, &finding), PIONEER_OK);
    char *page = page_of(small.campaign, small.roster);
    cr_expect(strstr(page, "<h3>Noticed while planning</h3>"));
    cr_expect(strstr(page, "<li><code>no-schedule</code> 张三 &lt;b&gt;</li>"));
    pioneer_free(page);
    small_campaign_free(&small);
}

/* The price lies between what the joint roster and what the joint bound would have cost less. */
Test(html_summary, tells_the_price_of_staging) {
    struct small_campaign small;
    small_init(&small);
    struct pioneer_staging_price price = {
        .level = "must", .staged = 97, .joint_value = 80, .joint_bound = 55};
    cr_assert_eq(pnr_roster_add_price(small.roster, &price), PIONEER_OK);
    char *page = page_of(small.campaign, small.roster);
    cr_expect(strstr(page, "<tr><th scope=\"row\">least staffing</th>"
                           "<td class=\"n\" data-h=\"Stage by stage\">97</td>"
                           "<td class=\"n\" data-h=\"All at once\">80</td>"
                           "<td class=\"n\" data-h=\"Price of staging\">17 – 42</td></tr>"));
    pioneer_free(page);
    small_campaign_free(&small);
}

/* One duty, its member of a branch of a college, and one member of another branch without a duty. */
Test(html_members, stand_under_the_way_down_to_their_unit) {
    struct tiny tiny;
    struct pioneer_roster *roster;
    tiny_init(&tiny);
    tiny_unit(&tiny, "college", "root");
    tiny_unit(&tiny, "branch", "college");
    tiny_unit(&tiny, "other", "college");
    tiny_stage(&tiny, "s", 0, 0);
    tiny_member(&tiny, "a", "branch");
    tiny_member(&tiny, "b", "other");
    tiny_need(&tiny, "watch/gate/am", 0, 0, 1);
    cr_assert_eq(pioneer_campaign_validate(tiny.campaign, NULL), PIONEER_OK);
    cr_assert_eq(pioneer_roster_new(&roster), PIONEER_OK);
    struct pioneer_assignment taken = {
        .member = "a", .post = "watch", .site = "gate", .slot = "am", .day = tiny_day(0)};
    cr_assert_eq(pioneer_roster_add(roster, &taken, NULL), PIONEER_OK);
    char *page = page_of(tiny.campaign, roster);
    cr_expect(strstr(page, "scope=\"rowgroup\">college › branch</th>"));
    cr_expect_null(strstr(page, "scope=\"rowgroup\">college › other</th>"));
    const char *free_members = strstr(page, "<h3>1 members without a duty</h3>");
    cr_assert(free_members);
    cr_expect(strstr(free_members, "<dt>college › other</dt>"));
    cr_expect(strstr(free_members, "\">b</li>"));
    cr_expect_null(strstr(free_members, "<dt>college › branch</dt>"));
    cr_expect(strstr(page, "Every duty has its least number of people and its lead; no rule is broken."));
    pioneer_free(page);
    pioneer_roster_free(roster);
    tiny_fini(&tiny);
}
