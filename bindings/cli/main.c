/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pioneer program: finds the verb and runs it. */
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include <pioneer/solve.h>
#include <pioneer/version.h>

#include "options.h"

const struct cli_verb *const cli_verbs[] = {
    &cli_verb_init,   &cli_verb_validate, &cli_verb_solve, &cli_verb_check,      &cli_verb_show,
    &cli_verb_export, &cli_verb_carry,    &cli_verb_store, &cli_verb_completion, NULL,
};

const struct cli_verb *cli_verb_find(const char *name) {
    for (const struct cli_verb *const *verb = cli_verbs; *verb != NULL; verb++) {
        if (strcmp((*verb)->name, name) == 0) {
            return *verb;
        }
    }
    return NULL;
}

struct settings {
    struct cli *cli;
    int wanted; /* CLI_KEY_HELP, CLI_KEY_USAGE or CLI_KEY_VERSION */
    int verb;   /* where it stands in argv; 0: none */
};

/* The first word that is no option is the verb, and everything behind it is the verb's. */
static error_t take(int key, char *value, struct argp_state *state) {
    struct settings *settings = state->input;
    switch (key) {
    case CLI_KEY_LANG:
        settings->cli->language = cli_options_language(state, value);
        return 0;
    case CLI_KEY_HELP:
    case CLI_KEY_USAGE:
    case CLI_KEY_VERSION:
        settings->wanted = key;
        return 0;
    case ARGP_KEY_ARG:
        settings->verb = state->next - 1;
        state->next = state->argc;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option own_options[] = {
    {"version", CLI_KEY_VERSION, NULL, 0, _("Print versions and licence and exit"), 0},
    {0},
};

static void print_version(const struct cli *cli) {
    printf("pioneer %s (%s)\n", pioneer_version_string(), pioneer_solver_version());
    puts(
        cli_text(cli, _("Licence: GPL-3.0-or-later. There is no warranty, to the extent permitted by law.")));
}

/* "pioneer solve" is the word that a verb's messages start with. */
static enum cli_exit run_verb(struct cli *cli, int argc, char **argv) {
    static char program[32]; /* messages name it until the very end */
    const struct cli_verb *verb = cli_verb_find(argv[0]);
    if (verb == NULL) {
        return cli_fail(cli, CLI_USAGE, argv[0],
                        cli_text(cli, _("no such verb; \"pioneer --help\" lists them")));
    }
    snprintf(program, sizeof program, "pioneer %s", verb->name);
    argv[0] = program;
    cli->program = program;
    return verb->run(cli, verb, argc, argv);
}

int main(int argc, char **argv) {
    struct argp_option options[CLI_OPTIONS_MAX];
    cli_options_join(own_options, options);
    const struct argp argp = {.options = options, .parser = take, .args_doc = "VERB"};
    struct cli cli = {.program = "pioneer", .language = cli_language_of_environment()};
    struct settings settings = {.cli = &cli};
    /* argp and getopt word their own messages by the locale; numbers stay as they are. */
    setlocale(LC_CTYPE, "");
    setlocale(LC_MESSAGES, "");
    argp_err_exit_status = CLI_USAGE;
    /* Beyond the limit on the size of files a write is to fail, so that what is half written can be removed.
     */
    signal(SIGXFSZ, SIG_IGN);
    if (argp_parse(&argp, argc, argv, ARGP_NO_HELP | ARGP_IN_ORDER, NULL, &settings) != 0) {
        return CLI_USAGE;
    }
    enum cli_exit code = CLI_OK;
    if (settings.wanted == CLI_KEY_VERSION) {
        print_version(&cli);
    } else if (settings.wanted == CLI_KEY_USAGE) {
        puts(cli_text(&cli, _("Usage: pioneer VERB [OPTION...] [ARGUMENT...]")));
    } else if (settings.wanted == CLI_KEY_HELP) {
        cli_help_program(&cli, options);
    } else if (settings.verb == 0) {
        code = cli_fail(&cli, CLI_USAGE, NULL,
                        cli_text(&cli, _("say what to do; \"pioneer --help\" lists the verbs")));
    } else {
        code = run_verb(&cli, argc - settings.verb, argv + settings.verb);
    }
    return (int)cli_finish(&cli, code);
}
