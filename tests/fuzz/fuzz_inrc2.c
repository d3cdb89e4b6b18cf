/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzzes the readers of INRC-II files: scenario, history, week and solution stand in one input, with lines of
 * "====" between them. */
#include <stdlib.h>
#include <string.h>

#include "inrc2/campaign.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool condition) {
    if (!condition) {
        abort();
    }
}

struct piece {
    const char *text;
    size_t length;
};

/* Cuts the next piece off. */
static struct piece next_piece(const char **at, const char *end) {
    static const char mark[] = "\n====\n";
    struct piece piece = {*at, (size_t)(end - *at)};
    for (const char *here = *at; here + sizeof mark - 1 <= end; here++) {
        if (memcmp(here, mark, sizeof mark - 1) == 0) {
            piece.length = (size_t)(here - *at);
            *at = here + sizeof mark - 1;
            return piece;
        }
    }
    *at = end;
    return piece;
}

static bool refused(const struct bench_error *error) {
    return error->code == BENCH_BAD_INPUT && error->message[0] != '\0';
}

static void make_campaign(const struct inrc2_scenario *scenario, const struct inrc2_history *history,
                          struct inrc2_week *week) {
    struct bench_error error = {0};
    struct pioneer_campaign *campaign = NULL;
    struct inrc2_outlook outlook;
    require(inrc2_outlook_init(&outlook, scenario, 1));
    const struct inrc2_span span = {scenario, history, &week, 1, &outlook, "fuzz"};
    require(inrc2_campaign(&span, &campaign, &error) || refused(&error));
    inrc2_outlook_fini(&outlook);
    pioneer_campaign_free(campaign);
}

static void try_solution(const struct inrc2_scenario *scenario, struct inrc2_history *history,
                         struct inrc2_week *week, struct piece text) {
    struct bench_error error = {0};
    int32_t day_count = scenario->week_count * INRC2_WEEK;
    struct inrc2_place *grid = inrc2_grid_new(scenario, day_count);
    require(grid != NULL);
    if (inrc2_solution_read(scenario, "solution", text.text, text.length, 0, grid, &error)) {
        struct inrc2_week *weeks[INRC2_WEEKS_MAX];
        for (int32_t i = 0; i < scenario->week_count; i++) {
            weeks[i] = week;
        }
        const struct inrc2_case given = {scenario, history, weeks, scenario->week_count, grid};
        struct inrc2_verdict verdict;
        size_t length = 0;
        inrc2_judge(&given, &verdict);
        require(verdict.value >= 0);
        char *again = inrc2_solution_write(scenario, 0, grid, &length);
        require(again != NULL);
        inrc2_history_advance(scenario, history, grid, day_count, 0);
        free(again);
    } else {
        require(refused(&error));
    }
    free(grid);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static const char empty[] = "";
    const char *at = size == 0 ? empty : (const char *)bytes, *end = at + size;
    struct piece pieces[4];
    for (size_t i = 0; i < 4; i++) {
        pieces[i] = next_piece(&at, end);
    }
    struct bench_error error = {0};
    struct inrc2_scenario *scenario = NULL;
    struct inrc2_history *history = NULL;
    struct inrc2_week *week = NULL;
    bool is_read =
        inrc2_scenario_read("scenario", pieces[0].text, pieces[0].length, &scenario, &error) &&
        inrc2_history_read(scenario, "history", pieces[1].text, pieces[1].length, &history, &error) &&
        inrc2_week_read(scenario, "week", pieces[2].text, pieces[2].length, &week, &error);
    if (is_read) {
        make_campaign(scenario, history, week);
        try_solution(scenario, history, week, pieces[3]);
    } else {
        require(refused(&error));
    }
    inrc2_week_free(week);
    inrc2_history_free(history);
    inrc2_scenario_free(scenario);
    return 0;
}
