/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parsing a verb's arguments with argp, and help from the same tables. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "verbs.h"

/* Keys of options that every verb has; they are no printable characters, so no verb's letter collides. */
enum { CLI_KEY_LANG = 0x1000, CLI_KEY_HELP, CLI_KEY_USAGE, CLI_KEY_VERSION, CLI_KEY_FIRST_FREE };

/* The options of every verb, and of the program itself; ends with {0}. */
extern const struct argp_option cli_common_options[];

/* No verb has more options, the common ones and the end included. */
#define CLI_OPTIONS_MAX 24

/* The options of a verb (NULL: none) and the common ones behind them, with the end. */
void cli_options_join(const struct argp_option *own, struct argp_option all[CLI_OPTIONS_MAX]);

/*
 * Parses into `settings`, which starts with struct cli_arguments and is handed to verb->option as
 * state->input. True to go on; false when --help has been printed. A usage error ends the program with
 * CLI_USAGE and a sentence, as argp does.
 */
bool cli_options_parse(struct cli *cli, const struct cli_verb *verb, int argc, char **argv, void *settings);

/* Reads a whole number of [least, most]; ends the program with a usage error otherwise. */
int64_t cli_options_number(struct argp_state *state, const char *option, const char *text, int64_t least,
                           int64_t most);

/* "zh" or "en"; ends the program with a usage error otherwise. */
const char *cli_options_language(struct argp_state *state, const char *text);

/* Help for one verb, and for the program. */
void cli_help_verb(const struct cli *cli, const struct cli_verb *verb);
void cli_help_program(const struct cli *cli, const struct argp_option *options);
void cli_help_usage(const struct cli *cli, const struct cli_verb *verb);

#endif
