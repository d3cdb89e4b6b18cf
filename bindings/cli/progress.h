/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The live line of a solve, and Ctrl-C. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <pioneer/solve.h>

#include "cli.h"

/* Written by one call of pioneer_solve; `is_live`: standard error is a terminal that can rewrite a line. */
struct cli_progress {
    const struct cli *cli;
    const struct pioneer_campaign *campaign;
    bool is_live;
    bool is_shown;
    int64_t shown_at_ms;
};

/* From now on the first Ctrl-C is remembered and the second ends the program. */
void cli_progress_catch_interrupt(void);
bool cli_progress_is_interrupted(void);

void cli_progress_init(struct cli_progress *progress, const struct cli *cli,
                       const struct pioneer_campaign *campaign);
/* For pioneer_solve_options.progress, with a struct cli_progress as its context. */
bool cli_progress_show(void *context, const struct pioneer_progress *now);
/* Takes the line away. */
void cli_progress_fini(struct cli_progress *progress);

#endif
