/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line on standard error, rewritten in place. */
#include "progress.h"

#include <inttypes.h>
#include <signal.h>
#include <unistd.h>

#include "width.h"
#include "words.h"

/* A reader sees no more than this; every write costs a slow terminal time. */
#define REDRAW_MS 100

static volatile sig_atomic_t interrupts;

static void remember_interrupt(int number) {
    (void)number;
    interrupts = 1;
}

/* The handler serves once: the second signal meets the default, which ends the program. */
void cli_progress_catch_interrupt(void) {
    struct sigaction action = {.sa_handler = remember_interrupt, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
}

bool cli_progress_is_interrupted(void) {
    return interrupts != 0;
}

void cli_progress_init(struct cli_progress *progress, const struct cli *cli,
                       const struct pioneer_campaign *campaign) {
    *progress = (struct cli_progress){.cli = cli,
                                      .campaign = campaign,
                                      .is_live = cli_is_terminal(STDERR_FILENO),
                                      .shown_at_ms = -REDRAW_MS};
}

/* "[2/27] 准备阶段 党委组织部 must: 120, bound 118, gap 1.67%, 12 s", cut to the terminal. */
static void draw(struct cli_progress *progress, const struct pioneer_progress *now) {
    const struct cli *cli = progress->cli;
    char line[512], gap[16];
    const char *level = now->level == NULL ? "" : cli_words_level(cli, progress->campaign, now->level);
    cli_words_gap(now->value, now->bound, 0, gap);
    int length = snprintf(
        line, sizeof line, "[%d/%d] %s %s %s", (int)now->part_index + 1, (int)now->part_count,
        now->stage == NULL ? cli_text(cli, _("all stages")) : cli_words_stage(progress->campaign, now->stage),
        cli_words_unit(progress->campaign, now->unit), level);
    if (length > 0 && (size_t)length < sizeof line) {
        snprintf(line + length, sizeof line - (size_t)length,
                 ": %" PRId64 " ≥ %" PRId64 " (%s)  %" PRId64 " s", now->value, now->bound, gap,
                 now->elapsed_ms / 1000);
    }
    /* A character in the last column would make some terminals go to the next line. */
    size_t fits = cli_width_fit(line, cli_columns(STDERR_FILENO, 80) - 1);
    fprintf(stderr, "\r%.*s\033[K", (int)fits, line);
    fflush(stderr);
    progress->is_shown = true;
    progress->shown_at_ms = now->elapsed_ms;
}

bool cli_progress_show(void *context, const struct pioneer_progress *now) {
    struct cli_progress *progress = context;
    if (progress->is_live && now->elapsed_ms - progress->shown_at_ms >= REDRAW_MS) {
        draw(progress, now);
    }
    return !cli_progress_is_interrupted();
}

void cli_progress_fini(struct cli_progress *progress) {
    if (progress->is_shown) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
    }
}
