/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing files so that a reader sees the old one or the new one, never half of one. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "cli.h"

/* Writes to a temporary neighbour, flushes it to the disk and renames it. "-" is standard output. Terminals,
 * pipes and devices are written directly. A store is never replaced. CLI_IO, with a sentence said, when it
 * fails. */
enum cli_exit cli_output_write(const struct cli *cli, const char *path, const char *bytes, size_t length);

/* Whether a file can probably be written there: asked before long work, so that it is not lost. */
enum cli_exit cli_output_probe(const struct cli *cli, const char *path);

/* Makes a directory and its parents where they are missing. */
enum cli_exit cli_output_directory(const struct cli *cli, const char *path);

#endif
