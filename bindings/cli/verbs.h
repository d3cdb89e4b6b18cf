/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of verbs: the one place that parsing, --help, completion and the tests read. */
#ifndef CLI_VERBS_H
#define CLI_VERBS_H

#include <argp.h>

#include "cli.h"

/* A verb with more positional arguments than this does not exist. */
#define CLI_ARGUMENTS_MAX 4

/* What every verb's settings start with. */
struct cli_arguments {
    const char *language;
    const char *items[CLI_ARGUMENTS_MAX];
    int count;
};

struct cli_verb {
    const char *name;
    const char *arguments;             /* as the usage line shows them */
    int least, most;                   /* positional arguments */
    const char *summary;               /* msgid, one line without a full stop */
    const char *details;               /* msgid, may be NULL */
    const struct argp_option *options; /* ends with {0}; doc texts are msgids */
    /* Takes one option into the verb's settings; ARGP_ERR_UNKNOWN for a key that is not its own. */
    error_t (*option)(int key, char *value, struct argp_state *state);
    enum cli_exit (*run)(struct cli *cli, const struct cli_verb *verb, int argc, char **argv);
};

extern const struct cli_verb cli_verb_init, cli_verb_validate, cli_verb_solve, cli_verb_check, cli_verb_show,
    cli_verb_export, cli_verb_carry, cli_verb_store, cli_verb_completion;

/* All verbs in the order of --help, NULL at the end. */
extern const struct cli_verb *const cli_verbs[];

/* NULL when there is none of that name. */
const struct cli_verb *cli_verb_find(const char *name);

#endif
