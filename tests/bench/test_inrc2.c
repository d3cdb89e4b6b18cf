/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the INRC-II format: its readers, its judge, and its campaigns. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pioneer/solve.h>

#include "chance.h"
#include "inrc2/campaign.h"
#include "inrc2/files.h"
#include "inrc2/states.h"

/* Two weeks, three nurses. */
static const char scenario_text[] = "SCENARIO = tiny\n"
                                    "\n"
                                    "WEEKS = 2\n"
                                    "\n"
                                    "SKILLS = 2\n"
                                    "Head\n"
                                    "Nurse\n"
                                    "\n"
                                    "SHIFT_TYPES = 2\n"
                                    "Early (2,3)\n"
                                    "Night (2,3)\n"
                                    "\n"
                                    "FORBIDDEN_SHIFT_TYPES_SUCCESSIONS\n"
                                    "Early 0\n"
                                    "Night 1 Early\n"
                                    "\n"
                                    "CONTRACTS = 2\n"
                                    "Full (6,8) (2,4) (2,3) 1 1\n"
                                    "Half (2,4) (2,3) (3,5) 1 0\n"
                                    "\n"
                                    "NURSES = 3\n"
                                    "ann Full 2 Head Nurse\n"
                                    "bob Full 1 Nurse\n"
                                    "eve Half 1 Nurse\n";
static const char history_text[] = "HISTORY\n"
                                   "0 tiny\n"
                                   "\n"
                                   "NURSE_HISTORY\n"
                                   "bob 0 0 None 0 0 1\n"
                                   "ann 0 0 Night 1 5 0\n"
                                   "eve 1 1 Early 1 1 0\n";
static const char week_text[] = "WEEK_DATA\n"
                                "tiny\n"
                                "\n"
                                "REQUIREMENTS\n"
                                "Early Head (0,1) (0,1) (0,0) (0,1) (0,0) (0,0) (0,0)\n"
                                "Early Nurse (0,1) (1,1) (0,1) (1,2) (1,1) (0,1) (0,1)\n"
                                "Night Head (0,0) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)\n"
                                "Night Nurse (0,1) (0,1) (0,1) (0,1) (0,1) (0,0) (0,0)\n"
                                "\n"
                                "SHIFT_OFF_REQUESTS = 2\n"
                                "bob Any Sat\n"
                                "eve Night Tue\n";

struct tiny {
    struct inrc2_scenario *scenario;
    struct inrc2_history *history;
    struct inrc2_week *weeks[2];
};

static struct tiny read_tiny(void) {
    struct tiny tiny = {0};
    struct bench_error error = {0};
    cr_assert(inrc2_scenario_read("s", scenario_text, strlen(scenario_text), &tiny.scenario, &error), "%s",
              error.message);
    cr_assert(
        inrc2_history_read(tiny.scenario, "h", history_text, strlen(history_text), &tiny.history, &error),
        "%s", error.message);
    for (int i = 0; i < 2; i++) {
        cr_assert(inrc2_week_read(tiny.scenario, "w", week_text, strlen(week_text), &tiny.weeks[i], &error),
                  "%s", error.message);
    }
    return tiny;
}

static void free_tiny(struct tiny *tiny) {
    inrc2_week_free(tiny->weeks[0]);
    inrc2_week_free(tiny->weeks[1]);
    inrc2_history_free(tiny->history);
    inrc2_scenario_free(tiny->scenario);
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

Test(inrc2, is_read_whole) {
    struct tiny tiny = read_tiny();
    const struct inrc2_scenario *scenario = tiny.scenario;
    cr_assert_eq(scenario->week_count, 2);
    cr_assert_eq(scenario->nurse_count, 3);
    cr_assert(scenario->forbids[1 * 2 + 0] && !scenario->forbids[0 * 2 + 1]);
    cr_assert_eq(scenario->contracts[1].off.max, 5);
    cr_assert(scenario->contracts[0].wants_complete_weekends);
    cr_assert_not(scenario->contracts[1].wants_complete_weekends);
    cr_assert(scenario->has_skill[0] && !scenario->has_skill[1 * 2 + 0] && scenario->has_skill[1 * 2 + 1]);
    /* Histories may stand in any order. */
    cr_assert_eq(tiny.history->nurses[0].run_work, 5);
    cr_assert_eq(tiny.history->nurses[0].last_shift, 1);
    cr_assert_eq(tiny.history->nurses[1].last_shift, INRC2_OFF);
    cr_assert_eq(tiny.weeks[0]->cover[(0 * 2 + 1) * 7 + 3].optimal, 2);
    cr_assert_eq(tiny.weeks[0]->requests[0].shift, INRC2_OFF);
    cr_assert_eq(tiny.weeks[0]->requests[1].day, 1);
    free_tiny(&tiny);
}

/* Which of the three files a case is about. */
enum kind { SCENARIO, HISTORY, WEEK };

static bool read_kind(enum kind kind, const char *text, const struct inrc2_scenario *scenario,
                      struct bench_error *error) {
    struct inrc2_scenario *other = NULL;
    struct inrc2_history *history = NULL;
    struct inrc2_week *week = NULL;
    size_t length = strlen(text);
    bool is_read = kind == SCENARIO  ? inrc2_scenario_read("f.txt", text, length, &other, error)
                   : kind == HISTORY ? inrc2_history_read(scenario, "f.txt", text, length, &history, error)
                                     : inrc2_week_read(scenario, "f.txt", text, length, &week, error);
    inrc2_scenario_free(other);
    inrc2_history_free(history);
    inrc2_week_free(week);
    return is_read;
}

Test(inrc2, errors_name_file_line_and_field) {
    static const struct {
        enum kind kind;
        const char *old, *fresh, *message;
    } cases[] = {
        {SCENARIO, "WEEKS = 2", "WEEKS = 0", "f.txt:3: WEEKS: \"0\" is no whole number of 1 to 52"},
        {SCENARIO, "WEEKS", "WEEK", "f.txt:3: WEEKS: \"WEEK\" stands in its place"},
        {SCENARIO, "\nNurse", "\nHead", "f.txt:7: skill: \"Head\" is taken"},
        {SCENARIO, "(2,3)", "2,3", "f.txt:10: consecutive assignments: \"2,3\" is no pair like (1,2)"},
        {SCENARIO, "Night (2,3)", "Night (3,2)",
         "f.txt:11: consecutive assignments: the minimum 3 is above the maximum 2"},
        {SCENARIO, "Early (2,3)", "Any (2,3)",
         "f.txt:10: shift type: \"Any\" has a meaning of its own in requests and histories"},
        {SCENARIO, "Early (2,3)", "None (2,3)",
         "f.txt:10: shift type: \"None\" has a meaning of its own in requests and histories"},
        {SCENARIO, "(6,8)", "(8,6)", "f.txt:18: total assignments: the minimum 8 is above the maximum 6"},
        {SCENARIO, "(2,4) (2,3) 1 1", "(4,2) (2,3) 1 1",
         "f.txt:18: consecutive working days: the minimum 4 is above the maximum 2"},
        {SCENARIO, "(2,3) 1 1", "(3,2) 1 1",
         "f.txt:18: consecutive days off: the minimum 3 is above the maximum 2"},
        {SCENARIO, "Night 1 Early", "Night 1 Late", "f.txt:15: shift type: there is no \"Late\""},
        {SCENARIO, " 1 0\n", " 1 2\n", "f.txt:19: complete weekends: \"2\" is no whole number of 0 to 1"},
        {SCENARIO, "eve Half", "eve None", "f.txt:24: contract: there is no \"None\""},
        {SCENARIO, "NURSES = 3", "NURSES = 4", "f.txt:24: nurse: the file ends before it"},
        {HISTORY, "0 tiny", "0 other", "f.txt:2: scenario: \"other\" is not \"tiny\""},
        {HISTORY, "ann 0", "bob 0", "f.txt:6: nurse: \"bob\" stands there twice"},
        {HISTORY, "None 0 0 1", "None 0 2 1",
         "f.txt:5: consecutive working days: they do not fit the last shift"},
        {HISTORY, "Night 1 5 0", "Night 6 5 0",
         "f.txt:6: consecutive same shift: 6 of them in 5 working days"},
        {WEEK, "tiny", "other", "f.txt:2: tiny: \"other\" stands in its place"},
        {WEEK, "Night Head", "Early Head",
         "f.txt:7: shift type: \"Early\" and the skill have a line already"},
        {WEEK, "(0,1)", "(2,1)", "f.txt:5: Mon: the minimum is above the optimum"},
        {WEEK, "(0,0)\nNight", "\nNight", "f.txt:7: Sun: \"\" is no pair like (1,2)"},
        {WEEK, "Any Sat", "Any Day", "f.txt:11: day: \"Day\" is none of Mon to Sun"},
        {WEEK, "eve Night Tue\n", "", "f.txt:11: SHIFT_OFF_REQUESTS: the file ends before it"},
    };
    static const char *const texts[] = {scenario_text, history_text, week_text};
    struct tiny tiny = read_tiny();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bench_error error = {0};
        char *wrong = with(texts[cases[i].kind], cases[i].old, cases[i].fresh);
        cr_expect_not(read_kind(cases[i].kind, wrong, tiny.scenario, &error), "%s", cases[i].message);
        cr_expect_eq(error.code, BENCH_BAD_INPUT);
        cr_expect_str_eq(error.message, cases[i].message);
        free(wrong);
    }
    free_tiny(&tiny);
}

Test(inrc2, an_empty_file_is_wrong_in_its_first_line_and_a_byte_order_mark_is_passed_over) {
    struct tiny tiny = read_tiny();
    struct bench_error error = {0};
    cr_expect_not(read_kind(WEEK, "", tiny.scenario, &error));
    cr_expect_str_eq(error.message, "f.txt:1: WEEK_DATA: the file ends before it");
    char *marked = with(week_text, "WEEK_DATA", "\xEF\xBB\xBFWEEK_DATA");
    cr_expect(read_kind(WEEK, marked, tiny.scenario, &error), "%s", error.message);
    free(marked);
    free_tiny(&tiny);
}

Test(inrc2, names_of_instances_are_taken_apart) {
    static const char *const wrong[] = {"n030w4",      "n030w4_1",   "n030w4_1_",
                                        "n030w4_1_6-", "n030w4_x_6", "_1_6"};
    struct inrc2_instance instance;
    struct bench_error error = {0};
    cr_assert(inrc2_instance_name(&instance, ".", "n030w4_1_6-2-9-1", &error));
    cr_assert_str_eq(instance.scenario_id, "n030w4");
    cr_assert_eq(instance.history_number, 1);
    cr_assert_eq(instance.week_count, 4);
    cr_assert_eq(instance.week_numbers[2], 9);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        cr_expect_not(inrc2_instance_name(&instance, ".", wrong[i], &error), "%s", wrong[i]);
        cr_expect_eq(error.code, BENCH_USAGE);
    }
}

Test(inrc2, a_solution_is_written_as_it_is_read) {
    static const char text[] =
        "SOLUTION\n1 tiny\n\nASSIGNMENTS = 2\nann Mon Night Head\neve Sun Early Nurse\n";
    struct tiny tiny = read_tiny();
    struct bench_error error = {0};
    size_t length = 0;
    struct inrc2_place *grid = inrc2_grid_new(tiny.scenario, 14);
    cr_assert(inrc2_solution_read(tiny.scenario, "s", text, strlen(text), 1, grid, &error));
    cr_assert_eq(grid[7].shift, 1);
    cr_assert_eq(grid[2 * 14 + 13].skill, 1);
    char *again = inrc2_solution_write(tiny.scenario, 1, grid, &length);
    cr_assert_str_eq(again, text);
    free(again);
    cr_assert_not(inrc2_solution_read(tiny.scenario, "s", text, strlen(text), 1, grid, &error));
    cr_assert_str_eq(error.message, "s:5: day: \"ann\" works twice on Mon");
    free(grid);
    free_tiny(&tiny);
}

Test(inrc2, behind_the_assignments_of_a_solution_are_remarks_but_no_more_of_them) {
    static const char remarks[] = "SOLUTION\n1 tiny\n\nASSIGNMENTS = 1\nann Mon Night Head\n\nCost: 575\n"
                                  "ann Mon Night Cook\n";
    struct tiny tiny = read_tiny();
    struct bench_error error = {0};
    struct inrc2_place *grid = inrc2_grid_new(tiny.scenario, 14);
    cr_expect(inrc2_solution_read(tiny.scenario, "s", remarks, strlen(remarks), 1, grid, &error), "%s",
              error.message);
    free(grid);
    grid = inrc2_grid_new(tiny.scenario, 14);
    char *wrong = with(remarks, "Cook", "Nurse");
    cr_expect_not(inrc2_solution_read(tiny.scenario, "s", wrong, strlen(wrong), 1, grid, &error));
    cr_expect_eq(error.code, BENCH_BAD_INPUT);
    cr_expect_str_eq(error.message, "s:8: ASSIGNMENTS: there are more than the 1 that are announced");
    free(wrong);
    free(grid);
    free_tiny(&tiny);
}

/* Puts one nurse's two weeks into a grid: E, N, or - for a day off; all as Nurse. */
static void put_row(struct inrc2_place *grid, int32_t nurse, const char *row) {
    for (int32_t day = 0; row[day] != '\0'; day++) {
        int32_t shift = row[day] == 'E' ? 0 : row[day] == 'N' ? 1 : INRC2_OFF;
        grid[nurse * 14 + day] = (struct inrc2_place){shift, shift == INRC2_OFF ? INRC2_OFF : 1};
    }
}

static struct inrc2_verdict judge(const struct tiny *tiny, const struct inrc2_place *grid) {
    const struct inrc2_case given = {tiny->scenario, tiny->history, tiny->weeks, 2, grid};
    struct inrc2_verdict verdict;
    inrc2_judge(&given, &verdict);
    return verdict;
}

Test(inrc2, runs_go_on_from_history_and_are_charged_for_their_days_here_alone) {
    struct tiny tiny = read_tiny();
    struct inrc2_place *grid = inrc2_grid_new(tiny.scenario, 14);
    /* ann arrives with 5 days of at most 4: two more days are charged, the 5 are not; her Night of one day
     * goes on to three. Then 3 days off, 2 Early, off to the end: 7 days of at most 3. */
    put_row(grid, 0, "NN---EE-------");
    /* bob arrives with 1 day off; his run of days off is not too short. */
    put_row(grid, 1, "-EE--NN--EE---");
    /* eve's single Early of history ends at once: 1 day short as work (30) and as Early (15). Then all off.
     */
    put_row(grid, 2, "--------------");
    struct inrc2_verdict verdict = judge(&tiny, grid);
    cr_assert_eq(verdict.costs[INRC2_WORK_RUNS], 2 * 30 + (30 + 15));
    cr_assert_eq(verdict.costs[INRC2_OFF_RUNS], 4 * 30 + 0 + 9 * 30);
    cr_assert_eq(verdict.costs[INRC2_COMPLETE], 0);
    /* ann: 4 of at least 6; bob: 6; eve: 1 of at least 2 with her history. */
    cr_assert_eq(verdict.costs[INRC2_TOTAL], (2 + 0 + 1) * 20);
    cr_assert_eq(verdict.costs[INRC2_WEEKENDS], 0);
    cr_assert_eq(verdict.costs[INRC2_PREFERENCES], 10); /* bob works on Saturday */
    cr_assert_eq(verdict.broken[INRC2_SUCCESSION], 0);
    free(grid);
    free_tiny(&tiny);
}

Test(inrc2, hard_rules_and_weekends_are_found) {
    struct tiny tiny = read_tiny();
    struct inrc2_place *grid = inrc2_grid_new(tiny.scenario, 14);
    put_row(grid, 0, "E----E------EE"); /* Night of history then Early; Saturday alone; two weekends */
    put_row(grid, 1, "--------------");
    put_row(grid, 2, "-----E------E-"); /* no complete weekends asked; three weekends with history's */
    grid[2 * 14 + 5].skill = 0;         /* eve is no Head */
    struct inrc2_verdict verdict = judge(&tiny, grid);
    cr_assert_eq(verdict.broken[INRC2_SUCCESSION], 1);
    cr_assert_eq(verdict.broken[INRC2_SKILL], 1);
    cr_assert_eq(verdict.broken[INRC2_MIN_COVER], 6); /* Early Nurse on Tue, Thu, Fri of both weeks */
    cr_assert_eq(verdict.violation_count, 8);
    cr_assert_eq(verdict.costs[INRC2_COMPLETE], 30);
    cr_assert_eq(verdict.costs[INRC2_WEEKENDS], 30 + 2 * 30);
    cr_assert_eq(verdict.value, verdict.weekly[0] + verdict.weekly[1]);
    free(grid);
    free_tiny(&tiny);
}

static void fill(const struct inrc2_scenario *scenario, uint64_t *state, struct inrc2_place *grid) {
    for (int32_t i = 0; i < scenario->nurse_count; i++) {
        int32_t left = 0, shift = INRC2_OFF;
        for (int32_t day = 0; day < 14; day++, left--) {
            if (left == 0) {
                left = 1 + chance(state, 4);
                shift = chance(state, 4) - 2;
            }
            bool is_off = shift < 0;
            /* Mostly a skill that everybody has. */
            grid[i * 14 + day] = is_off ? (struct inrc2_place){INRC2_OFF, INRC2_OFF}
                                        : (struct inrc2_place){shift, chance(state, 20) > 0};
        }
    }
}

Test(inrc2, going_on_week_by_week_costs_the_same_as_the_whole) {
    struct tiny tiny = read_tiny();
    struct inrc2_place *grid = inrc2_grid_new(tiny.scenario, 14);
    struct inrc2_place *second = inrc2_grid_new(tiny.scenario, 7);
    uint64_t state = 7;
    for (int i = 0; i < 500; i++) {
        fill(tiny.scenario, &state, grid);
        struct inrc2_verdict whole = judge(&tiny, grid), last;
        struct inrc2_history *history = inrc2_history_copy(tiny.scenario, tiny.history);
        inrc2_history_advance(tiny.scenario, history, grid, 14, 0);
        cr_assert_eq(history->week, 1);
        for (int32_t nurse = 0; nurse < 3; nurse++) {
            memcpy(second + nurse * 7, grid + nurse * 14 + 7, 7 * sizeof *grid);
        }
        const struct inrc2_case given = {tiny.scenario, history, tiny.weeks + 1, 1, second};
        inrc2_judge(&given, &last);
        cr_assert_eq(whole.weekly[1], last.weekly[0], "grid %d", i);
        inrc2_history_free(history);
    }
    free(second);
    free(grid);
    free_tiny(&tiny);
}

static struct pioneer_campaign *campaign_of(const struct tiny *tiny) {
    struct pioneer_campaign *campaign = NULL;
    struct inrc2_outlook outlook;
    struct bench_error error = {0};
    cr_assert(inrc2_outlook_init(&outlook, tiny->scenario, 2));
    const struct inrc2_span span = {tiny->scenario, tiny->history, tiny->weeks, 2, &outlook, "tiny"};
    cr_assert(inrc2_campaign(&span, &campaign, &error), "%s", error.message);
    inrc2_outlook_fini(&outlook);
    return campaign;
}

static struct pioneer_roster *roster_of(const struct inrc2_scenario *scenario,
                                        const struct inrc2_place *grid) {
    struct pioneer_roster *roster = NULL;
    cr_assert_eq(pioneer_roster_new(&roster), PIONEER_OK);
    for (int32_t i = 0; i < scenario->nurse_count * 14; i++) {
        if (grid[i].shift != INRC2_OFF) {
            struct pioneer_assignment assignment = {.member = scenario->nurses[i / 14].id,
                                                    .post = scenario->skills[grid[i].skill],
                                                    .site = "ward",
                                                    .slot = scenario->shifts[grid[i].shift].id,
                                                    .day = INRC2_FIRST_DAY + i % 14};
            cr_assert_eq(pioneer_roster_add(roster, &assignment, NULL), PIONEER_OK);
        }
    }
    return roster;
}

/* Minimum cover is a level of its own in the campaign, a hard rule in the format. */
static void compare(const struct tiny *tiny, const struct pioneer_campaign *campaign,
                    const struct pioneer_roster *roster, const struct inrc2_place *grid) {
    struct pioneer_report *report = NULL;
    struct inrc2_verdict verdict = judge(tiny, grid);
    cr_assert_eq(pioneer_check(campaign, roster, NULL, &report, NULL), PIONEER_OK);
    const struct pioneer_judged_part *part = pioneer_report_part_at(report, 0);
    cr_assert_eq(part->levels[0].value == 0, verdict.broken[INRC2_MIN_COVER] == 0);
    cr_assert_eq(part->levels[1].value, verdict.value);
    cr_assert_eq(inrc2_value_without_outlook(report),
                 verdict.value - verdict.costs[INRC2_TOTAL] - verdict.costs[INRC2_WEEKENDS]);
    cr_assert_eq(pioneer_report_violation_count(report) == 0,
                 verdict.broken[INRC2_SKILL] + verdict.broken[INRC2_SUCCESSION] == 0);
    pioneer_report_free(report);
}

Test(inrc2, both_judges_agree_on_any_grid) {
    struct tiny tiny = read_tiny();
    struct pioneer_campaign *campaign = campaign_of(&tiny);
    struct inrc2_place *grid = inrc2_grid_new(tiny.scenario, 14);
    uint64_t state = 20240101;
    for (int i = 0; i < 2000; i++) {
        fill(tiny.scenario, &state, grid);
        struct pioneer_roster *roster = roster_of(tiny.scenario, grid);
        compare(&tiny, campaign, roster, grid);
        pioneer_roster_free(roster);
    }
    free(grid);
    pioneer_campaign_free(campaign);
    free_tiny(&tiny);
}

Test(inrc2, a_tiny_instance_is_solved_and_both_judges_agree) {
    struct tiny tiny = read_tiny();
    struct pioneer_campaign *campaign = campaign_of(&tiny);
    struct pioneer_roster *roster = NULL;
    struct bench_error error = {0};
    struct pioneer_solve_options options = PIONEER_SOLVE_OPTIONS(.threads = 1);
    struct inrc2_place *grid = inrc2_grid_new(tiny.scenario, 14);
    cr_assert_eq(pioneer_solve(campaign, &options, &roster, NULL), PIONEER_OK);
    cr_assert(inrc2_grid_of_roster(tiny.scenario, roster, 0, grid, 14, &error), "%s", error.message);
    compare(&tiny, campaign, roster, grid);
    cr_assert_eq(judge(&tiny, grid).violation_count, 0);
    pioneer_roster_free(roster);
    free(grid);
    pioneer_campaign_free(campaign);
    free_tiny(&tiny);
}

Test(inrc2, the_share_of_a_limit_is_rounded_to_the_loose_side) {
    struct tiny tiny = read_tiny();
    struct inrc2_outlook outlook;
    tiny.scenario->week_count = 4;
    cr_assert(inrc2_outlook_init(&outlook, tiny.scenario, 1));
    cr_assert_eq(outlook.limits[0].total.min, 1); /* 6 / 4 */
    cr_assert_eq(outlook.limits[0].total.max, 2); /* 8 / 4 */
    cr_assert_eq(outlook.limits[0].max_weekends, 1);
    inrc2_outlook_fini(&outlook);
    cr_assert(inrc2_outlook_init(&outlook, tiny.scenario, 4));
    cr_assert_eq(outlook.limits[0].total.max, 8);
    inrc2_outlook_fini(&outlook);
    free_tiny(&tiny);
}

/* ---- looking ahead */

/* What runs cost a nurse on the way through the states; -1 when a succession is forbidden. */
static double cost_of_walk(const struct inrc2_states *states, const struct inrc2_past *past,
                           const struct inrc2_place *places) {
    int32_t state = inrc2_states_find(states, past);
    double cost = 0;
    for (int32_t day = 0; day < 14; day++) {
        int32_t at = state * states->choice_count + places[day].shift + 1;
        if (states->next[at] < 0) {
            return -1;
        }
        cost += states->cost[at];
        state = states->next[at];
    }
    return cost;
}

Test(inrc2, walks_through_states_cost_what_the_judge_charges_for_runs) {
    struct tiny tiny = read_tiny();
    struct inrc2_place *grid = inrc2_grid_new(tiny.scenario, 14);
    struct inrc2_states states[2];
    uint64_t state = 99;
    int32_t legal_count = 0;
    cr_assert(inrc2_states_init(&states[0], tiny.scenario, 0));
    cr_assert(inrc2_states_init(&states[1], tiny.scenario, 1));
    for (int i = 0; i < 2000; i++) {
        double cost = 0;
        bool is_legal = true;
        fill(tiny.scenario, &state, grid);
        for (int32_t nurse = 0; nurse < 3; nurse++) {
            double own = cost_of_walk(&states[tiny.scenario->nurses[nurse].contract],
                                      &tiny.history->nurses[nurse], grid + nurse * 14);
            is_legal = is_legal && own >= 0;
            cost += own;
        }
        struct inrc2_verdict verdict = judge(&tiny, grid);
        cr_assert_eq(is_legal, verdict.broken[INRC2_SUCCESSION] == 0);
        if (is_legal) {
            legal_count++;
            cr_assert_eq((int64_t)cost, verdict.costs[INRC2_WORK_RUNS] + verdict.costs[INRC2_OFF_RUNS],
                         "grid %d", i);
        }
    }
    cr_expect_gt(legal_count, 100);
    inrc2_states_fini(&states[0]);
    inrc2_states_fini(&states[1]);
    free(grid);
    free_tiny(&tiny);
}

Test(inrc2, slopes_add_up_to_what_totals_cost) {
    const struct inrc2_worth cases[] = {{.total = {70, 40, 20, 15, 15, 15, 25, 45}},
                                        {.total = {0, 5, 10, 15, 20, 25, 30, 35}},
                                        {.total = {49, 42, 35, 28, 21, 14, 7, 0}},
                                        {.total = {0}}};
    const struct inrc2_past past = {.total = 4};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct inrc2_slope slopes[INRC2_SLOPES_MAX];
        int32_t count = inrc2_outlook_slopes(&cases[i], &past, slopes), first = 0;
        for (int32_t total = 0; total <= INRC2_WEEK; total++) {
            int32_t cost = 0;
            for (int32_t k = 0; k < count; k++) {
                int32_t beyond = past.total + total - slopes[k].limit;
                beyond = slopes[k].is_max ? beyond : -beyond;
                cost += beyond > 0 ? beyond * slopes[k].weight : 0;
            }
            first = total == 0 ? cost : first;
            cr_expect_eq(cost - first, (int32_t)(cases[i].total[total] - cases[i].total[0]), "%zu: %d", i,
                         (int)total);
        }
    }
}

/* A week planned with a look at the one after it: both judges agree on what is not expectation. */
Test(inrc2, a_week_is_planned_for_what_may_come) {
    struct tiny tiny = read_tiny();
    const struct inrc2_week *samples[] = {tiny.weeks[1]};
    const struct inrc2_forecast forecast = {tiny.scenario, tiny.history, tiny.weeks[0], samples, 1, 2, 5};
    struct inrc2_outlook outlook;
    struct inrc2_future *future = NULL;
    struct pioneer_campaign *campaign = NULL;
    struct pioneer_roster *roster = NULL;
    struct pioneer_report *report = NULL;
    struct bench_error error = {0};
    struct inrc2_place *grid = inrc2_grid_new(tiny.scenario, 7);
    cr_assert(inrc2_future_fits(tiny.scenario));
    cr_assert(inrc2_outlook_init(&outlook, tiny.scenario, 1));
    cr_assert(inrc2_future_new(&forecast, &future));
    cr_assert(inrc2_outlook_foresee(&outlook, tiny.scenario, future));
    const struct inrc2_span span = {tiny.scenario, tiny.history, tiny.weeks, 1, &outlook, "tiny"};
    cr_assert(inrc2_campaign(&span, &campaign, &error), "%s", error.message);
    struct pioneer_solve_options options = PIONEER_SOLVE_OPTIONS(.threads = 1);
    cr_assert_eq(pioneer_solve(campaign, &options, &roster, NULL), PIONEER_OK);
    cr_assert_eq(pioneer_check(campaign, roster, NULL, &report, NULL), PIONEER_OK);
    cr_assert(inrc2_grid_of_roster(tiny.scenario, roster, 0, grid, 7, &error), "%s", error.message);
    const struct inrc2_case given = {tiny.scenario, tiny.history, tiny.weeks, 1, grid};
    struct inrc2_verdict verdict;
    inrc2_judge(&given, &verdict);
    cr_expect_eq(verdict.violation_count, 0);
    cr_expect_eq(inrc2_value_without_outlook(report),
                 verdict.value - verdict.costs[INRC2_TOTAL] - verdict.costs[INRC2_WEEKENDS]);
    /* Ann comes with five days of work; whatever she leaves behind is worth something. */
    cr_expect_gt(outlook.worth[0].off[1] + outlook.worth[0].work[1] + outlook.worth[0].work[4], 0);
    inrc2_outlook_fini(&outlook);
    inrc2_future_free(future);
    pioneer_report_free(report);
    pioneer_roster_free(roster);
    pioneer_campaign_free(campaign);
    free(grid);
    free_tiny(&tiny);
}

Test(inrc2, a_later_week_of_the_instance_is_never_a_sample) {
    struct inrc2_instance instance;
    struct bench_error error = {0};
    struct inrc2_week *week = (struct inrc2_week *)&error;
    cr_assert(inrc2_instance_name(&instance, "/nowhere", "n030w4_1_6-2-9-1", &error));
    cr_expect(inrc2_instance_read_other(&instance, 9, &week, &error));
    cr_expect_null(week);
    cr_expect(inrc2_instance_read_other(&instance, 5, &week, &error));
    cr_expect_null(week);
}
