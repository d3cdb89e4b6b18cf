/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the Curtois & Qu format: its reader, its judge, and its campaigns. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pioneer/check.h>
#include <pioneer/solve.h>

#include "chance.h"
#include "curtois/campaign.h"

/* Two weeks, three people, two shifts; every limit binds somewhere. */
static const char tiny[] = "# Made by hand.\n"
                           "SECTION_HORIZON\n"
                           "14\n"
                           "\n"
                           "SECTION_SHIFTS\n"
                           "E,480,\n"
                           "N,600,E|N\n"
                           "\n"
                           "SECTION_STAFF\n"
                           "ann,E=14|N=2,3360,1440,3,2,2,1\n"
                           "bob,E=0|N=14,3600,600,4,1,1,1\n"
                           "eve,E=5|N=3,4000,0,5,2,2,2\n"
                           "\n"
                           "SECTION_DAYS_OFF\n"
                           "ann,0\n"
                           "bob,5,6\n"
                           "\n"
                           "SECTION_SHIFT_ON_REQUESTS\n"
                           "ann,2,E,3\n"
                           "bob,2,E,4\n"
                           "\n"
                           "SECTION_SHIFT_OFF_REQUESTS\n"
                           "bob,3,N,2\n"
                           "\n"
                           "SECTION_COVER\n";

/* The text above with a line of cover for every day and shift; free() it. */
static char *tiny_text(void) {
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    fputs(tiny, file);
    for (int day = 0; day < 14; day++) {
        fprintf(file, "%d,E,%d,100,1\n%d,N,%d,90,2\n", day, day % 7 < 5 ? 1 : 0, day, day % 3 == 0 ? 1 : 0);
    }
    fclose(file);
    return text;
}

/* `text` with the first `old` replaced; free() it. */
static char *with(const char *text, const char *old, const char *fresh) {
    const char *at = strstr(text, old);
    cr_assert_not_null(at, "%s", old);
    size_t size = strlen(text) + strlen(fresh) + 1;
    char *changed = malloc(size);
    snprintf(changed, size, "%.*s%s%s", (int)(at - text), text, fresh, at + strlen(old));
    return changed;
}

/* With a byte order mark in front, which is to be passed over. */
static struct curtois_instance *read_tiny(void) {
    struct curtois_instance *instance = NULL;
    struct bench_error error = {0};
    char *plain = tiny_text();
    char *text = with(plain, "# Made", "\xEF\xBB\xBF# Made");
    free(plain);
    cr_assert(curtois_read("tiny.txt", text, strlen(text), &instance, &error), "%s", error.message);
    free(text);
    return instance;
}

Test(curtois, is_read_whole) {
    struct curtois_instance *instance = read_tiny();
    cr_assert_eq(instance->day_count, 14);
    cr_assert_eq(instance->shift_count, 2);
    cr_assert_eq(instance->employee_count, 3);
    cr_assert_eq(instance->request_count, 3);
    cr_assert_str_eq(instance->shifts[1].id, "N");
    cr_assert_eq(instance->shifts[1].length_min, 600);
    cr_assert(instance->forbids[1 * 2 + 0] && instance->forbids[1 * 2 + 1] && !instance->forbids[0 * 2 + 1]);
    const struct curtois_employee *ann = &instance->employees[0];
    cr_assert_eq(ann->max_minutes, 3360);
    cr_assert_eq(ann->min_minutes, 1440);
    cr_assert_eq(instance->max_shifts[0 * 2 + 1], 2);
    cr_assert(instance->day_off[1 * 14 + 6] && !instance->day_off[1 * 14 + 4]);
    cr_assert(instance->requests[2].is_off);
    cr_assert_eq(instance->cover[3 * 2 + 1].required, 1);
    cr_assert_eq(instance->cover[3 * 2 + 1].weight_under, 90);
    cr_assert_eq(instance->cover[3 * 2 + 1].weight_over, 2);
    curtois_free(instance);
    curtois_free(NULL);
}

Test(curtois, errors_name_file_line_and_field) {
    static const struct {
        const char *old, *fresh, *message;
    } cases[] = {
        {"14\n", "13\n", "t.txt:3: horizon: 13 days are no whole weeks"},
        {"14\n", "x\n", "t.txt:3: horizon: \"x\" is no whole number of 1 to 3640"},
        {"E,480", "E,0", "t.txt:6: Length: \"0\" is no whole number of 1 to 1440"},
        {"N,600", "E,600", "t.txt:7: ShiftID: \"E\" is taken"},
        {"E|N\n", "E|X\n", "t.txt:7: shifts which cannot follow: there is no shift \"X\""},
        {"ann,E=14|N=2", "ann,E=14", "t.txt:10: MaxShifts: \"N\" is missing"},
        {"ann,E=14|N=2", "ann,E=14|E=2", "t.txt:10: MaxShifts: \"E\" stands there twice"},
        {",3,2,2,1\n", ",3,2,2\n", "t.txt:10: MaxWeekends: it is missing"},
        {",3,2,2,1\n", ",3,2,2,1,9\n", "t.txt:10: end of line: \"9\" is too much"},
        {"3360,1440", "1440,3360", "t.txt:10: MinTotalMinutes: it is above MaxTotalMinutes"},
        {"bob,E=0", "ann,E=0", "t.txt:11: ID: \"ann\" is taken"},
        {"bob,5,6", "bob,5,14", "t.txt:16: Day: \"14\" is no whole number of 0 to 13"},
        {"ann,2,E,3", "joe,2,E,3", "t.txt:19: EmployeeID: there is no employee \"joe\""},
        {"bob,3,N,2", "bob,3,N,", "t.txt:23: Weight: it is missing"},
        {"SECTION_DAYS_OFF", "SECTION_COVER",
         "t.txt:14: SECTION_DAYS_OFF: \"SECTION_COVER\" stands in its place"},
        {"\n2,E,1", "\n1,E,1", "t.txt:30: ShiftID: day 1 and shift \"E\" have a line already"},
        {"13,N,0,90,2\n", "", "t.txt:52: SECTION_COVER: day 13 has no line for shift \"N\""},
    };
    char *text = tiny_text();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct curtois_instance *instance = NULL;
        struct bench_error error = {0};
        char *wrong = with(text, cases[i].old, cases[i].fresh);
        cr_expect_not(curtois_read("t.txt", wrong, strlen(wrong), &instance, &error));
        cr_expect_null(instance);
        cr_expect_eq(error.code, BENCH_BAD_INPUT);
        cr_expect_str_eq(error.message, cases[i].message);
        free(wrong);
    }
    free(text);
}

Test(curtois, a_file_that_ends_early_says_what_is_missing) {
    struct curtois_instance *instance = NULL;
    struct bench_error error = {0};
    cr_assert_not(curtois_read("t.txt", "SECTION_HORIZON\n7\n", 18, &instance, &error));
    cr_assert_str_eq(error.message, "t.txt:2: SECTION_SHIFTS: it is missing");
    cr_assert_not(curtois_read("t.txt", "", 0, &instance, &error));
    cr_assert_str_eq(error.message, "t.txt:1: SECTION_HORIZON: it is missing");
}

static int32_t *grid_of(const struct curtois_instance *instance, const char *text) {
    struct bench_error error = {0};
    int32_t *grid = NULL;
    cr_assert(curtois_solution_read(instance, "s.txt", text, strlen(text), &grid, &error), "%s",
              error.message);
    return grid;
}

#define OFF_14 "-,-,-,-,-,-,-,-,-,-,-,-,-,-\n"
#define ANN    "-,E,E,-,-,E,E,-,-,-,-,-,-,-\n" /* a legal row of hers */

Test(curtois, the_judge_finds_each_broken_rule) {
    static const struct {
        const char *rows;
        enum curtois_rule rule;
        int32_t day;
    } cases[] = {
        {ANN OFF_14 "-,N,E,-,-,-,-,-,-,-,-,-,-,-\n", CURTOIS_SUCCESSION, 2},
        {ANN "E,N,-,-,-,-,-,-,-,-,-,-,-,-\n" OFF_14, CURTOIS_MAX_SHIFTS, -1},
        {"-,E,E,E,-,-,E,E,-,-,E,E,E,-\n" OFF_14 OFF_14, CURTOIS_MAX_MINUTES, -1},
        {"-,E,E,-,-,-,-,-,-,-,-,-,-,-\n"
         "N,-,-,-,-,-,-,-,-,-,-,-,-,-\n" OFF_14,
         CURTOIS_MIN_MINUTES, -1},
        {"-,E,E,E,E,-,-,-,-,-,-,-,-,-\n"
         "N,-,-,-,-,-,-,-,-,-,-,-,-,-\n" OFF_14,
         CURTOIS_MAX_RUN, 1},
        {"-,E,-,-,-,E,E,-,-,-,-,-,-,-\n"
         "N,-,-,-,-,-,-,-,-,-,-,-,-,-\n" OFF_14,
         CURTOIS_MIN_RUN, 1},
        {"-,E,E,-,E,E,-,-,-,-,-,-,-,-\n"
         "N,-,-,-,-,-,-,-,-,-,-,-,-,-\n" OFF_14,
         CURTOIS_MIN_OFF, 3},
        {"-,-,-,-,-,E,E,-,-,-,-,-,E,E\n"
         "N,-,-,-,-,-,-,-,-,-,-,-,-,-\n" OFF_14,
         CURTOIS_MAX_WEEKENDS, -1},
        {"E,E,E,-,-,-,-,-,-,-,-,-,-,-\n"
         "N,-,-,-,-,-,-,-,-,-,-,-,-,-\n" OFF_14,
         CURTOIS_DAY_OFF, 0},
    };
    struct curtois_instance *instance = read_tiny();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct curtois_verdict verdict;
        int32_t *grid = grid_of(instance, cases[i].rows);
        cr_assert(curtois_judge(instance, grid, &verdict));
        bool is_found = false;
        for (int32_t k = 0; k < verdict.violation_count; k++) {
            is_found = is_found || (verdict.violations[k].rule == cases[i].rule &&
                                    verdict.violations[k].day == cases[i].day);
        }
        cr_expect(is_found, "%s", curtois_rule_name(cases[i].rule));
        curtois_verdict_fini(&verdict);
        free(grid);
    }
    curtois_free(instance);
}

Test(curtois, short_runs_that_touch_the_borders_are_legal_and_costs_add_up) {
    struct curtois_instance *instance = read_tiny();
    /* ann: 3 × 480; her run of one day off at the start and of one day worked at the end touch a border. */
    int32_t *grid = grid_of(instance, "-,E,E,-,-,-,-,-,-,-,-,-,-,E\n"
                                      "N,-,-,N,-,-,-,-,-,N,-,-,-,-\n" OFF_14);
    struct curtois_verdict verdict;
    cr_assert(curtois_judge(instance, grid, &verdict));
    cr_assert_eq(verdict.violation_count, 0);
    cr_assert_eq(verdict.unmet_on, 4);             /* bob does not work E on day 2 */
    cr_assert_eq(verdict.broken_off, 2);           /* bob works N on day 3 */
    cr_assert_eq(verdict.under, 8 * 100 + 2 * 90); /* E on 8 of 10 days; N on days 6 and 12 */
    cr_assert_eq(verdict.over, 1);                 /* E on a Sunday */
    cr_assert_eq(verdict.value, 4 + 2 + 980 + 1);
    curtois_verdict_fini(&verdict);
    free(grid);
    curtois_free(instance);
}

Test(curtois, a_solution_is_written_as_it_is_read_and_errors_name_the_place) {
    static const char text[] = ANN "N,-,-,N,-,-,-,-,-,N,-,-,-,-\n" OFF_14;
    struct curtois_instance *instance = read_tiny();
    struct bench_error error = {0};
    size_t length = 0;
    int32_t *grid = grid_of(instance, text);
    char *again = curtois_solution_write(instance, grid, &length);
    cr_assert_str_eq(again, text);
    free(again);
    free(grid);
    cr_assert_not(curtois_solution_read(instance, "s.txt", "E,Q\n", 4, &grid, &error));
    cr_assert_str_eq(error.message, "s.txt:1: shift: there is no shift \"Q\"");
    cr_assert_not(curtois_solution_read(instance, "s.txt", ANN, strlen(ANN), &grid, &error));
    cr_assert_str_eq(error.message, "s.txt:1: employee: there is no line for \"bob\"");
    cr_assert_null(grid);
    curtois_free(instance);
}

Test(curtois, a_weight_of_zero_where_it_matters_is_refused) {
    static const struct {
        const char *old, *fresh;
        bool is_fine;
    } cases[] = {
        {"0,E,1,100,1", "0,E,1,0,1", false},
        {"0,E,1,100,1", "0,E,1,100,0", false},
        {"0,E,1,100,1", "0,E,3,100,0", true}, /* nobody is left to be too many */
        {"5,E,0,100,1", "5,E,0,0,1", true},   /* nobody is asked for */
    };
    char *text = tiny_text();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct curtois_instance *instance = NULL;
        struct pioneer_campaign *campaign = NULL;
        struct bench_error error = {0};
        char *changed = with(text, cases[i].old, cases[i].fresh);
        cr_assert(curtois_read("t.txt", changed, strlen(changed), &instance, &error));
        cr_expect_eq(curtois_campaign(instance, "t", &campaign, &error), cases[i].is_fine);
        if (!cases[i].is_fine) {
            cr_expect_eq(error.code, BENCH_BAD_INPUT);
            cr_expect_str_eq(error.message,
                             "t.txt:26: SECTION_COVER: day 0, shift \"E\": no campaign can say "
                             "a weight of 0");
        }
        pioneer_campaign_free(campaign);
        curtois_free(instance);
        free(changed);
    }
    free(text);
}

/* What the library's judge says of a grid. */
static void check(const struct curtois_instance *instance, const struct pioneer_campaign *campaign,
                  const int32_t *grid, int64_t *value, int32_t *violations) {
    struct bench_error error = {0};
    struct pioneer_roster *roster = NULL;
    struct pioneer_report *report = NULL;
    cr_assert(curtois_roster_of_grid(instance, grid, &roster, &error), "%s", error.message);
    cr_assert_eq(pioneer_check(campaign, roster, NULL, &report, NULL), PIONEER_OK);
    *value = pioneer_report_part_at(report, 0)->levels[0].value;
    *violations = pioneer_report_violation_count(report);
    pioneer_report_free(report);
    pioneer_roster_free(roster);
}

/* Runs of random length, so that legal rows come up as well as illegal ones. */
static void fill(const struct curtois_instance *instance, uint64_t *state, int32_t *grid) {
    for (int32_t i = 0; i < instance->employee_count; i++) {
        int32_t left = 0, shift = CURTOIS_OFF;
        for (int32_t day = 0; day < instance->day_count; day++, left--) {
            if (left == 0) {
                left = 1 + chance(state, 5);
                shift = chance(state, 4) - 2;
            }
            grid[i * instance->day_count + day] = shift < 0 ? CURTOIS_OFF : shift;
        }
    }
}

Test(curtois, both_judges_agree_on_any_grid) {
    struct curtois_instance *instance = read_tiny();
    struct pioneer_campaign *campaign = NULL;
    struct bench_error error = {0};
    uint64_t state = 20240101;
    int32_t legal = 0;
    cr_assert(curtois_campaign(instance, "tiny", &campaign, &error), "%s", error.message);
    int32_t *grid = curtois_grid_new(instance);
    for (int i = 0; i < 3000; i++) {
        struct curtois_verdict verdict;
        int64_t value = 0;
        int32_t violations = 0;
        fill(instance, &state, grid);
        cr_assert(curtois_judge(instance, grid, &verdict));
        check(instance, campaign, grid, &value, &violations);
        cr_assert_eq(value, verdict.value, "grid %d", i);
        cr_assert_eq(violations == 0, verdict.violation_count == 0, "grid %d", i);
        legal += verdict.violation_count == 0;
        curtois_verdict_fini(&verdict);
    }
    cr_assert_gt(legal, 0);
    free(grid);
    pioneer_campaign_free(campaign);
    curtois_free(instance);
}

Test(curtois, a_tiny_instance_is_solved_and_both_judges_agree) {
    struct curtois_instance *instance = read_tiny();
    struct pioneer_campaign *campaign = NULL;
    struct pioneer_roster *roster = NULL;
    struct bench_error error = {0};
    struct pioneer_solve_options options = PIONEER_SOLVE_OPTIONS(.threads = 1);
    struct curtois_verdict verdict;
    int64_t value = 0;
    int32_t violations = 0;
    cr_assert(curtois_campaign(instance, "tiny", &campaign, &error), "%s", error.message);
    cr_assert_eq(pioneer_solve(campaign, &options, &roster, NULL), PIONEER_OK);
    int32_t *grid = curtois_grid_new(instance);
    cr_assert(curtois_grid_of_roster(instance, roster, grid, &error), "%s", error.message);
    cr_assert(curtois_judge(instance, grid, &verdict));
    check(instance, campaign, grid, &value, &violations);
    cr_assert_eq(verdict.violation_count, 0);
    cr_assert_eq(violations, 0);
    cr_assert_eq(verdict.value, value);
    cr_assert_eq(pioneer_roster_part_at(roster, 0)->levels[0].value, value);
    cr_assert_leq(pioneer_roster_part_at(roster, 0)->levels[0].bound, value);
    curtois_verdict_fini(&verdict);
    free(grid);
    pioneer_roster_free(roster);
    pioneer_campaign_free(campaign);
    curtois_free(instance);
}
