/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pioneer-bench inrc2: solves one instance of INRC-II, all weeks at once or week by week. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "inrc2/campaign.h"
#include "inrc2/files.h"
#include "run.h"
#include "verbs.h"

/* What later weeks are expected to be like, in dynamic mode. */
enum samples {
    SAMPLES_NONE, /* nothing is: limits in proportion to the weeks */
    SAMPLES_SEEN, /* the weeks up to the one that is planned */
    SAMPLES_FILES /* these, and week files that are no weeks of the instance */
};

struct settings {
    struct bench_settings run;
    const char *directory, *name, *solution;
    bool is_dynamic;
    enum samples samples;
    int32_t draws, rounds;
};

/* Files are numbered from 0; the competition has ten a scenario. */
#define SAMPLE_FILES_MAX 100

/* Far more than any head on a later day may be worth. */
#define SHORT_COST 1000.0

/* What all solves of one call came to. */
struct total {
    struct bench_result result; /* of the only solve, or sums over the weeks; no roster, no report */
    int64_t shared_value;       /* what campaigns and format must agree on */
    int64_t short_value;        /* of heads below the minimum, which the format forbids */
};

enum { KEY_SOLUTION = 's', KEY_MODE = 'm', KEY_SAMPLES = 'o', KEY_DRAWS = 'd', KEY_ROUNDS = 'r' };

static const struct argp_option options[] = {
    {"mode", KEY_MODE, "static|dynamic", 0,
     "All weeks known at once (default), or week by week, no later week of the instance being read", 0},
    {"outlook", KEY_SAMPLES, "files|seen|share", 0,
     "Dynamic mode: expect later weeks to be like files that are no weeks of the instance and those seen so "
     "far (default), like those seen alone, or nothing, and use up limits in proportion",
     0},
    {"draws", KEY_DRAWS, "N", 0, "Dynamic mode: futures to draw for each week (default: 12)", 0},
    {"rounds", KEY_ROUNDS, "N", 0,
     "Dynamic mode: times to solve each week, every time with the future as seen from the last roster's end "
     "(default: 4)",
     0},
    {"solution-dir", KEY_SOLUTION, "DIRECTORY", 0, "Write the solution there, a file a week", 0},
    {0},
};

static error_t take_word(struct settings *settings, char *word, struct argp_state *state) {
    if (settings->directory == NULL) {
        settings->directory = word;
    } else if (settings->name == NULL) {
        settings->name = word;
    } else {
        argp_error(state, "%s: one argument too many", word);
    }
    return 0;
}

static error_t take_samples(struct settings *settings, const char *value, struct argp_state *state) {
    static const char *const names[] = {"share", "seen", "files"};
    for (int32_t i = SAMPLES_NONE; i <= SAMPLES_FILES; i++) {
        if (strcmp(value, names[i]) == 0) {
            settings->samples = (enum samples)i;
            return 0;
        }
    }
    argp_error(state, "--outlook=%s: files, seen, share", value);
    return EINVAL;
}

static error_t take(int key, char *value, struct argp_state *state) {
    struct settings *settings = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &settings->run;
        return 0;
    case KEY_MODE:
        if (strcmp(value, "static") != 0 && strcmp(value, "dynamic") != 0) {
            argp_error(state, "--mode=%s: static, dynamic", value);
        }
        settings->is_dynamic = strcmp(value, "dynamic") == 0;
        return 0;
    case KEY_SAMPLES:
        return take_samples(settings, value, state);
    case KEY_DRAWS:
        settings->draws = (int32_t)bench_run_number(state, "draws", value, 1, 1000);
        return 0;
    case KEY_ROUNDS:
        settings->rounds = (int32_t)bench_run_number(state, "rounds", value, 1, 100);
        return 0;
    case KEY_SOLUTION:
        settings->solution = value;
        return 0;
    case ARGP_KEY_ARG:
        return take_word(settings, value, state);
    case ARGP_KEY_END:
        if (settings->name == NULL) {
            argp_usage(state);
        }
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* ---- solving --------------------------------------------------------------------------------------------
 */

/* Solves a span of weeks and puts them into the grid. */
static bool solve_span(const struct inrc2_span *span, int32_t first_week,
                       const struct bench_settings *settings, struct inrc2_place *grid, struct total *total,
                       struct bench_error *error) {
    struct pioneer_campaign *campaign = NULL;
    struct bench_result result = {0};
    if (!inrc2_campaign(span, &campaign, error)) {
        return false;
    }
    bool is_done = bench_run(campaign, "cost", settings, &result, error);
    pioneer_campaign_free(campaign);
    if (!is_done) {
        return false;
    }
    total->shared_value = inrc2_value_without_outlook(result.report);
    is_done = inrc2_grid_of_roster(span->scenario, result.roster, first_week * INRC2_WEEK, grid,
                                   span->scenario->week_count * INRC2_WEEK, error);
    total->short_value = inrc2_short_value(result.report);
    total->result = result;
    total->result.roster = NULL;
    total->result.report = NULL;
    bench_result_fini(&result);
    return is_done;
}

static bool solve_static(const struct settings *settings, struct inrc2_instance *instance,
                         struct inrc2_place *grid, struct total *total, struct bench_error *error) {
    struct inrc2_outlook outlook;
    if (!inrc2_instance_read_weeks(instance, error)) {
        return false;
    }
    if (!inrc2_outlook_init(&outlook, instance->scenario, instance->week_count)) {
        return bench_fail_memory(error);
    }
    const struct inrc2_span span = {.scenario = instance->scenario,
                                    .history = instance->history,
                                    .weeks = instance->weeks,
                                    .week_count = instance->week_count,
                                    .outlook = &outlook,
                                    .name = instance->name};
    bool is_done = solve_span(&span, 0, &settings->run, grid, total, error);
    inrc2_outlook_fini(&outlook);
    return is_done;
}

/* The competition gave so much time a week, on its reference machine. */
static int64_t competition_ms(const struct inrc2_scenario *scenario) {
    int64_t nurses = scenario->nurse_count;
    return 1000 * (nurses > 20 ? 10 + 3 * (nurses - 20) : 10);
}

/* "trace.csv" of week 2 is "trace.csv.2". */
static char *path_of_week(const char *path, int32_t week) {
    size_t size = strlen(path) + 16;
    char *name = malloc(size);
    if (name != NULL) {
        snprintf(name, size, "%s.%d", path, (int)week);
    }
    return name;
}

/* In dynamic mode no limit means the competition's. */
static void default_to_competition(struct pioneer_solve_options *given,
                                   const struct inrc2_scenario *scenario) {
    if (given->time_limit_ms == 0 && given->work_limit == 0 && given->effort_percent == 0) {
        given->time_limit_ms = competition_ms(scenario);
    }
}

/* The settings of one week; its two paths are malloc'ed. */
static bool settings_of_week(const struct settings *settings, const struct inrc2_scenario *scenario,
                             int32_t week, struct bench_settings *own, char *paths[2]) {
    *own = settings->run;
    default_to_competition(&own->options, scenario);
    paths[0] = own->trace == NULL ? NULL : path_of_week(own->trace, week);
    paths[1] = own->campaign == NULL ? NULL : path_of_week(own->campaign, week);
    bool is_complete =
        (own->trace == NULL) == (paths[0] == NULL) && (own->campaign == NULL) == (paths[1] == NULL);
    own->trace = paths[0];
    own->campaign = paths[1];
    return is_complete;
}

/* The weeks that `settings` let us see, the instance's later ones never among them; `own` gets those that
 * were read for it. */
static bool gather(const struct settings *settings, const struct inrc2_instance *instance, int32_t week,
                   const struct inrc2_week *samples[], int32_t *count, struct inrc2_week *own[],
                   struct bench_error *error) {
    for (int32_t i = 0; i <= week; i++) {
        samples[(*count)++] = instance->weeks[i];
    }
    for (int32_t i = 0; settings->samples == SAMPLES_FILES && i < SAMPLE_FILES_MAX; i++) {
        if (!inrc2_instance_read_other(instance, i, &own[i], error)) {
            return false;
        }
        if (own[i] != NULL) {
            samples[(*count)++] = own[i];
        }
    }
    return true;
}

/* Everything about the week at hand. */
struct stage {
    const struct settings *settings;
    struct inrc2_instance *instance;
    const struct inrc2_history *history; /* up to it */
    int32_t week;
    int64_t start_ms;
    const struct inrc2_week *samples[INRC2_WEEKS_MAX + SAMPLE_FILES_MAX];
    struct inrc2_week *own[SAMPLE_FILES_MAX]; /* those of the samples that were read for it */
    struct inrc2_future *future;              /* NULL: nothing is expected */
    struct inrc2_outlook outlook;
};

/* What is expected of later weeks. The last week's end is the horizon's, whose limits are known. */
static bool look_ahead(struct stage *stage, struct bench_error *error) {
    const struct inrc2_instance *instance = stage->instance;
    if (!inrc2_outlook_init(&stage->outlook, instance->scenario, stage->week + 1)) {
        return bench_fail_memory(error);
    }
    if (stage->settings->samples == SAMPLES_NONE || stage->week + 1 == instance->week_count ||
        !inrc2_future_fits(instance->scenario)) {
        return true;
    }
    struct inrc2_forecast forecast = {.scenario = instance->scenario,
                                      .history = stage->history,
                                      .week = instance->weeks[stage->week],
                                      .samples = stage->samples,
                                      .draws = stage->settings->draws,
                                      .seed = stage->settings->run.options.seed};
    return gather(stage->settings, instance, stage->week, stage->samples, &forecast.sample_count, stage->own,
                  error) &&
           (inrc2_future_new(&forecast, &stage->future) || bench_fail_memory(error));
}

static void stage_fini(struct stage *stage) {
    for (int32_t i = 0; i < SAMPLE_FILES_MAX; i++) {
        inrc2_week_free(stage->own[i]);
    }
    inrc2_future_free(stage->future);
    inrc2_outlook_fini(&stage->outlook);
}

/* A week's roster, and all that it costs as far as anybody can tell. */
struct attempt {
    struct inrc2_place *grid; /* of the whole horizon, empty but for the week */
    struct inrc2_history *after;
    struct total total;
    double cost;
};

static void attempt_fini(struct attempt *attempt) {
    free(attempt->grid);
    inrc2_history_free(attempt->after);
    *attempt = (struct attempt){0};
}

static bool try_week(struct stage *stage, const struct bench_settings *settings, struct attempt *attempt,
                     struct bench_error *error) {
    const struct inrc2_scenario *scenario = stage->instance->scenario;
    int32_t day_count = stage->instance->week_count * INRC2_WEEK;
    double later = 0;
    const struct inrc2_span span = {.scenario = scenario,
                                    .history = stage->history,
                                    .weeks = &stage->instance->weeks[stage->week],
                                    .week_count = 1,
                                    .outlook = &stage->outlook,
                                    .name = stage->instance->name};
    attempt->grid = inrc2_grid_new(scenario, day_count);
    attempt->after = inrc2_history_copy(scenario, stage->history);
    if (attempt->grid == NULL || attempt->after == NULL ||
        (stage->future != NULL && !inrc2_outlook_foresee(&stage->outlook, scenario, stage->future))) {
        return bench_fail_memory(error);
    }
    if (!solve_span(&span, stage->week, settings, attempt->grid, &attempt->total, error)) {
        return false;
    }
    inrc2_history_advance(scenario, attempt->after, attempt->grid, day_count, stage->week * INRC2_WEEK);
    if (stage->future != NULL && !inrc2_future_learn(stage->future, attempt->after, &later)) {
        return bench_fail_memory(error);
    }
    attempt->cost =
        (double)attempt->total.shared_value + SHORT_COST * (double)attempt->total.short_value + later;
    return true;
}

/* Every roster teaches the future; the best of all stays. */
static bool solve_rounds(struct stage *stage, const struct bench_settings *settings, struct attempt *best,
                         struct bench_error *error) {
    int32_t rounds = stage->future == NULL ? 1 : stage->settings->rounds;
    bool is_done = true;
    for (int32_t round = 0; is_done && round < rounds; round++) {
        struct bench_settings own = *settings;
        struct attempt attempt = {0};
        /* An equal part of what is left of the week's limits; a round that would not fit in is left out. */
        if (own.options.time_limit_ms > 0) {
            int64_t used = bench_now_ms() - stage->start_ms, left = own.options.time_limit_ms - used;
            if (round > 0 && left < used / round) {
                break;
            }
            left /= rounds - round;
            own.options.time_limit_ms = left > 1000 ? left : 1000;
        }
        own.options.work_limit = (own.options.work_limit + rounds - 1) / rounds;
        is_done = try_week(stage, &own, &attempt, error);
        bool is_better = is_done && (best->grid == NULL || attempt.cost < best->cost);
        struct attempt beaten = is_better ? *best : attempt;
        *best = is_better ? attempt : *best;
        best->total.result.work_used += beaten.total.result.work_used;
        attempt_fini(&beaten);
    }
    return is_done;
}

static void take_week(const struct stage *stage, const struct attempt *best, struct inrc2_place *grid,
                      struct total *total) {
    int32_t count = stage->instance->scenario->nurse_count * stage->instance->week_count * INRC2_WEEK;
    for (int32_t i = 0; i < count; i++) {
        grid[i] = best->grid[i].shift == INRC2_OFF ? grid[i] : best->grid[i];
    }
    struct total before = *total;
    *total = best->total;
    total->shared_value += before.shared_value;
    total->result.violation_count += before.result.violation_count;
    total->result.work_used += before.result.work_used;
}

/* Sees this week, what the weeks before left behind, and nothing of later weeks. `history` becomes that of
 * the week after. */
static bool solve_week(const struct settings *settings, struct inrc2_instance *instance,
                       struct inrc2_history **history, int32_t week, struct inrc2_place *grid,
                       struct total *total, struct bench_error *error) {
    struct stage stage = {.settings = settings,
                          .instance = instance,
                          .history = *history,
                          .week = week,
                          .start_ms = bench_now_ms()};
    struct attempt best = {0};
    struct bench_settings own;
    char *paths[2] = {NULL, NULL};
    bool is_done =
        inrc2_instance_read_week(instance, week, error) && look_ahead(&stage, error) &&
        (settings_of_week(settings, instance->scenario, week, &own, paths) || bench_fail_memory(error)) &&
        solve_rounds(&stage, &own, &best, error);
    stage_fini(&stage);
    if (is_done) {
        take_week(&stage, &best, grid, total);
        inrc2_history_free(*history);
        *history = best.after;
        best.after = NULL;
    }
    attempt_fini(&best);
    free(paths[0]);
    free(paths[1]);
    return is_done;
}

/* Times to a value say nothing over several solves, and bounds of the weeks are none of the whole. What it
 * took is what the clock says: futures take longer than solves. */
static bool solve_dynamic(const struct settings *settings, struct inrc2_instance *instance,
                          struct inrc2_place *grid, struct total *total, struct bench_error *error) {
    int64_t start_ms = bench_now_ms();
    struct inrc2_history *history = inrc2_history_copy(instance->scenario, instance->history);
    bool is_done = history != NULL || bench_fail_memory(error);
    for (int32_t week = 0; is_done && week < instance->week_count; week++) {
        is_done = solve_week(settings, instance, &history, week, grid, total, error);
    }
    inrc2_history_free(history);
    total->result.elapsed_ms = bench_now_ms() - start_ms;
    total->result.first_ms = total->result.best_ms = total->result.one_percent_ms = -1;
    total->result.outcome = PIONEER_UNSOLVED;
    return is_done;
}

/* ---- judging --------------------------------------------------------------------------------------------
 */

static void print_line(const struct settings *settings, const struct inrc2_instance *instance,
                       const struct inrc2_verdict *verdict, const struct total *total) {
    struct bench_line line;
    bench_line_begin(&line, stdout);
    inrc2_print(&line, instance, verdict);
    bench_line_text(&line, "mode", settings->is_dynamic ? "dynamic" : "static");
    if (!settings->is_dynamic) {
        bench_line_number(&line, "bound", total->result.bound);
        bench_line_text(&line, "status", bench_outcome_name(total->result.outcome));
        bench_line_number(&line, "check_value", total->result.value);
    }
    bench_line_number(&line, "check_violations", total->result.violation_count);
    struct bench_settings run = settings->run;
    if (settings->is_dynamic) {
        default_to_competition(&run.options, instance->scenario);
    }
    bench_run_print(&line, &run, &total->result);
    bench_line_end(&line);
}

static bool judge(const struct settings *settings, const struct inrc2_instance *instance,
                  const struct inrc2_place *grid, const struct total *total, struct bench_error *error) {
    const struct inrc2_case given = {instance->scenario, instance->history, instance->weeks,
                                     instance->week_count, grid};
    struct inrc2_verdict verdict;
    inrc2_judge(&given, &verdict);
    print_line(settings, instance, &verdict, total);
    inrc2_print_violations(&verdict);
    if (verdict.violation_count > 0 || total->result.violation_count > 0) {
        return bench_fail(error, BENCH_VIOLATIONS, "%s: hard rules are broken", instance->name);
    }
    /* Limits of the whole horizon are nobody's but the last week's; everything else must agree. */
    int64_t horizon = verdict.costs[INRC2_TOTAL] + verdict.costs[INRC2_WEEKENDS];
    if (verdict.value - horizon != total->shared_value ||
        (!settings->is_dynamic && verdict.value != total->result.value)) {
        return bench_fail(error, BENCH_VIOLATIONS, "%s: the judges disagree", instance->name);
    }
    return true;
}

static bool save(const struct settings *settings, const struct inrc2_instance *instance,
                 const struct inrc2_place *grid, struct bench_error *error) {
    for (int32_t week = 0; settings->solution != NULL && week < instance->week_count; week++) {
        if (!inrc2_solution_save(instance, settings->solution, week, grid, error)) {
            return false;
        }
    }
    return true;
}

static bool run(const struct settings *settings, struct inrc2_instance *instance, struct bench_error *error) {
    struct total total = {{0}, 0, 0};
    if (settings->solution != NULL && !bench_directory_make(settings->solution, error)) {
        return false; /* rather now than when everything is solved */
    }
    struct inrc2_place *grid = inrc2_grid_new(instance->scenario, instance->week_count * INRC2_WEEK);
    if (grid == NULL) {
        return bench_fail_memory(error);
    }
    bool is_solved = settings->is_dynamic ? solve_dynamic(settings, instance, grid, &total, error)
                                          : solve_static(settings, instance, grid, &total, error);
    bool is_right =
        is_solved && save(settings, instance, grid, error) && judge(settings, instance, grid, &total, error);
    free(grid);
    return is_right;
}

enum bench_exit bench_verb_inrc2(int argc, char **argv) {
    const struct argp_child children[] = {{&bench_run_argp, 0, NULL, 0}, {0}};
    const struct argp argp = {
        .options = options,
        .parser = take,
        .args_doc = "DIRECTORY INSTANCE",
        .doc =
            "Solves an instance of INRC-II, such as n030w4_1_6-2-9-1.\v"
            "In dynamic mode limits are those of one week, by default the competition's 10 + 3 (nurses - 20) "
            "seconds; trace and campaign files get the number of the week behind their names.",
        .children = children};
    struct settings settings = {.samples = SAMPLES_FILES, .draws = 12, .rounds = 4};
    struct bench_error error = {0};
    struct inrc2_instance instance = {0};
    argp_parse(&argp, argc, argv, 0, NULL, &settings);
    bool is_done = inrc2_instance_name(&instance, settings.directory, settings.name, &error) &&
                   inrc2_instance_open(&instance, &error) && run(&settings, &instance, &error);
    inrc2_instance_close(&instance);
    return is_done ? BENCH_OK : bench_report(argv[0], &error);
}
