/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of parts and levels. */
#ifndef CLI_LEVELS_H
#define CLI_LEVELS_H

#include <pioneer/check.h>

#include "cli.h"

/* Each part and level with value, bound, gap and status; sums by level; the price of staging where there is
 * one. False: memory is short. */
bool cli_levels_print(const struct cli *cli, const struct pioneer_campaign *campaign,
                      const struct pioneer_roster *roster, FILE *file);

/* The same from the judge's report: recomputed values. */
bool cli_levels_print_judged(const struct cli *cli, const struct pioneer_campaign *campaign,
                             const struct pioneer_report *report);

#endif
