/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of model/expression. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "model/expression.h"

/* Units root > college > branch and root > office; m0 a party teacher of the branch, m1 a student of the
 * office. */
static struct pioneer_campaign *sample(void) {
    struct pioneer_campaign *c;
    cr_assert_eq(pioneer_campaign_new(&c), PIONEER_OK);
    cr_assert_eq(pioneer_campaign_add_unit(c, &(struct pioneer_unit){.id = "root"}, NULL), PIONEER_OK);
    cr_assert_eq(
        pioneer_campaign_add_unit(c, &(struct pioneer_unit){.id = "branch", .parent = "college"}, NULL),
        PIONEER_OK);
    cr_assert_eq(
        pioneer_campaign_add_unit(c, &(struct pioneer_unit){.id = "college", .parent = "root"}, NULL),
        PIONEER_OK);
    cr_assert_eq(pioneer_campaign_add_unit(c, &(struct pioneer_unit){.id = "机关", .parent = "root"}, NULL),
                 PIONEER_OK);
    cr_assert_eq(pioneer_campaign_add_site(c, &(struct pioneer_site){.id = "gate", .zone = "north"}, NULL),
                 PIONEER_OK);
    cr_assert_eq(pioneer_campaign_add_site(c, &(struct pioneer_site){.id = "hall", .zone = "south"}, NULL),
                 PIONEER_OK);
    const char *tags[] = {"first aid", "新手"};
    struct pioneer_rating ratings[] = {{"coordination", 80}, {"外语 口语", 60}};
    struct pioneer_member m0 = {.id = "m0",
                                .unit = "branch",
                                .status = PIONEER_STATUS_PARTY,
                                .role = PIONEER_ROLE_TEACHER,
                                .tags = tags,
                                .tag_count = 2,
                                .ratings = ratings,
                                .rating_count = 2,
                                .home_site = "gate"};
    struct pioneer_member m1 = {
        .id = "m1", .unit = "机关", .status = PIONEER_STATUS_ACTIVIST, .role = PIONEER_ROLE_STUDENT};
    cr_assert_eq(pioneer_campaign_add_member(c, &m0, NULL), PIONEER_OK);
    cr_assert_eq(pioneer_campaign_add_member(c, &m1, NULL), PIONEER_OK);
    return c;
}

/* For which of m0 (1) and m1 (2) the expression holds, -1 when it does not parse. */
static int holders(const char *text) {
    struct pioneer_campaign *c = sample();
    struct pnr_arena arena;
    struct pnr_expression *expression;
    pnr_arena_init(&arena);
    int result = -1;
    if (pnr_expression_parse(c, text, &arena, &expression, NULL) == PIONEER_OK) {
        result = (pnr_expression_holds(expression, c, 0) ? 1 : 0) +
                 (pnr_expression_holds(expression, c, 1) ? 2 : 0);
    } else {
        cr_expect_null(expression);
    }
    pnr_arena_fini(&arena);
    pioneer_campaign_free(c);
    return result;
}

Test(expression, is_anyone_when_it_is_missing) {
    cr_expect_eq(holders(NULL), 3);
    cr_expect_eq(holders(""), 3);
    cr_expect_eq(holders("anyone"), 3);
    cr_expect_eq(holders("nobody"), 0);
}

Test(expression, tests_every_field) {
    cr_expect_eq(holders("member = m1"), 2);
    cr_expect_eq(holders("status = party"), 1);
    cr_expect_eq(holders("role=student"), 2);
    cr_expect_eq(holders("tag = \"first aid\""), 1);
    cr_expect_eq(holders("tag=新手"), 1);
    cr_expect_eq(holders("site = gate"), 1);
    cr_expect_eq(holders("site = hall"), 0);
    cr_expect_eq(holders("zone = north"), 1);
    cr_expect_eq(holders("unit = 机关"), 2);
}

Test(expression, takes_a_unit_for_all_below_it) {
    cr_expect_eq(holders("unit = college"), 1);
    cr_expect_eq(holders("unit = branch"), 1);
    cr_expect_eq(holders("unit = root"), 3);
    cr_expect_eq(holders("unit != college"), 2);
}

Test(expression, compares_ratings_and_takes_a_missing_one_for_0) {
    cr_expect_eq(holders("rating.coordination >= 80"), 1);
    cr_expect_eq(holders("rating.coordination>80"), 0);
    cr_expect_eq(holders("rating.coordination <= 79"), 2);
    cr_expect_eq(holders("rating.coordination < 80"), 2);
    cr_expect_eq(holders("rating.coordination = 80"), 1);
    cr_expect_eq(holders("rating.other = 0"), 3);
    cr_expect_eq(holders("rating.\"外语 口语\" = 60"), 1);
}

Test(expression, binds_and_before_or_and_not_before_both) {
    cr_expect_eq(holders("member = m0 or member = m1 and nobody"), 1);
    cr_expect_eq(holders("(member = m0 or member = m1) and nobody"), 0);
    cr_expect_eq(holders("not member = m0 and anyone"), 2);
    cr_expect_eq(holders("not (member = m0 or nobody)"), 2);
    cr_expect_eq(holders("not not member = m0"), 1);
}

Test(expression, lists_values) {
    cr_expect_eq(holders("status in (party, probationary)"), 1);
    cr_expect_eq(holders("status in (party,activist)"), 3);
    cr_expect_eq(holders("member in (m1)"), 2);
    cr_expect_eq(holders("\tmember\nin ( \"m1\" , m0 ) "), 3);
}

Test(expression, takes_a_keyword_after_a_sign_for_a_value) {
    cr_expect_eq(holders("tag = and or tag = not"), 0);
}

static void expect_failure(const char *text, const char *code, int32_t column) {
    struct pioneer_campaign *c = sample();
    struct pnr_arena arena;
    struct pnr_expression *expression;
    struct pioneer_error error = {0};
    pnr_arena_init(&arena);
    cr_expect_eq(pnr_expression_parse(c, text, &arena, &expression, &error), PIONEER_E_INVALID);
    cr_expect_str_eq(error.code, code, "%s: %s", text, error.code);
    cr_expect_eq(error.column, column, "%s: column %d", text, (int)error.column);
    pnr_arena_fini(&arena);
    pioneer_campaign_free(c);
}

Test(expression, says_where_it_is_malformed) {
    expect_failure(" ", "bad-expression", 2);
    expect_failure("status", "bad-expression", 7);
    expect_failure("status party", "bad-expression", 8);
    expect_failure("status = ", "bad-expression", 10);
    expect_failure("status = party role = student", "bad-expression", 16);
    expect_failure("(status = party", "bad-expression", 16);
    expect_failure("status = party)", "bad-expression", 15);
    expect_failure("status in (party", "bad-expression", 17);
    expect_failure("status in ()", "bad-expression", 12);
    expect_failure("status in party", "bad-expression", 11);
    expect_failure("tag = \"open", "bad-expression", 7);
    expect_failure("tag = \"a\nb\"", "bad-expression", 7);
    expect_failure("colour = red", "bad-expression", 1);
    expect_failure("rating. >= 3", "bad-expression", 9);
    expect_failure("rating.x >= many", "bad-expression", 13);
    expect_failure("rating.x >= -1", "bad-expression", 13);
    expect_failure("rating.x != 1", "bad-expression", 10);
    expect_failure("status = party and", "bad-expression", 19);
    expect_failure("not", "bad-expression", 4);
    expect_failure("status = party & role = student", "bad-expression", 16);
}

Test(expression, names_what_does_not_exist) {
    expect_failure("anyone or unit = colege", "unknown-unit", 18);
    expect_failure("site = gaet", "unknown-site", 8);
    expect_failure("member in (m0, m7)", "unknown-member", 16);
    expect_failure("status = member", "unknown-status", 10);
    expect_failure("role = pupil", "unknown-role", 8);
}

Test(expression, guesses_what_was_meant) {
    struct pioneer_campaign *c = sample();
    struct pnr_arena arena;
    struct pnr_expression *expression;
    struct pioneer_error error = {0};
    pnr_arena_init(&arena);
    cr_expect_eq(pnr_expression_parse(c, "unit = colege", &arena, &expression, &error), PIONEER_E_INVALID);
    cr_expect_not_null(strstr(error.message, "\"college\""));
    pnr_arena_fini(&arena);
    pioneer_campaign_free(c);
}

static char *repeat(const char *head, const char *piece, int times, const char *tail) {
    size_t length = strlen(piece);
    char *text = malloc(strlen(head) + length * (size_t)times + strlen(tail) + 1);
    char *at = stpcpy(text, head);
    for (int i = 0; i < times; i++) {
        at = stpcpy(at, piece);
    }
    strcpy(at, tail);
    return text;
}

Test(expression, refuses_deep_nesting_and_takes_long_chains) {
    char *deep = repeat("", "(", 5000, "anyone");
    char *negated = repeat("", "not ", 5000, "anyone");
    char *chain = repeat("member = m0", " or member = m1 and anyone", 2000, "");
    char *nested = repeat("", "not ", 90, "anyone");
    cr_expect_eq(holders(deep), -1);
    cr_expect_eq(holders(negated), -1);
    cr_expect_eq(holders(chain), 3);
    cr_expect_eq(holders(nested), 3);
    free(deep);
    free(negated);
    free(chain);
    free(nested);
}

Test(expression, stops_on_a_tree_that_is_a_circle) {
    struct pioneer_campaign *c = sample();
    struct pnr_arena arena;
    struct pnr_expression *expression;
    pnr_arena_init(&arena);
    cr_assert_eq(pioneer_campaign_add_unit(c, &(struct pioneer_unit){.id = "a", .parent = "b"}, NULL),
                 PIONEER_OK);
    cr_assert_eq(pioneer_campaign_add_unit(c, &(struct pioneer_unit){.id = "b", .parent = "a"}, NULL),
                 PIONEER_OK);
    cr_expect_eq(pnr_expression_parse(c, "unit = root", &arena, &expression, NULL), PIONEER_OK);
    cr_expect_eq(pnr_expression_parse(c, "unit = a", &arena, &expression, NULL), PIONEER_OK);
    pnr_arena_fini(&arena);
    pioneer_campaign_free(c);
}

static bool join_words(void *context, enum pnr_word what, const char *word) {
    char *joined = context;
    const char *const names[] = {"tag", "rating", "zone"};
    strcat(strcat(strcat(strcat(joined, names[what]), ":"), word), ";");
    return true;
}

Test(expression, lists_its_tags_ratings_and_zones) {
    struct pioneer_campaign *c = sample();
    struct pnr_arena arena;
    struct pnr_expression *expression;
    char joined[100] = "";
    pnr_arena_init(&arena);
    cr_assert_eq(pnr_expression_parse(c, "not tag in (a, b) and (zone = n or rating.r > 3 or status = party)",
                                      &arena, &expression, NULL),
                 PIONEER_OK);
    cr_expect(pnr_expression_words(expression, join_words, joined));
    cr_expect_str_eq(joined, "tag:a;tag:b;zone:n;rating:r;");
    pnr_arena_fini(&arena);
    pioneer_campaign_free(c);
}
