/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One parser for all verbs. */
#include "options.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const struct argp_option cli_common_options[] = {
    {"lang", CLI_KEY_LANG, "zh|en", 0,
     _("Language of texts for people (default: by LC_ALL, LC_MESSAGES, LANG)"), 0},
    {"help", CLI_KEY_HELP, NULL, 0, _("Print this help and exit"), 0},
    {"usage", CLI_KEY_USAGE, NULL, 0, _("Print the usage line and exit"), 0},
    {0},
};

/* argp hands a parser one pointer; the verb's own settings travel inside. */
struct parsing {
    struct cli *cli;
    const struct cli_verb *verb;
    struct cli_arguments *settings;
    int wanted; /* CLI_KEY_HELP or CLI_KEY_USAGE */
};

const char *cli_options_language(struct argp_state *state, const char *text) {
    if (strcmp(text, "zh") != 0 && strcmp(text, "en") != 0) {
        argp_error(state, "--lang=%s: zh or en", text);
    }
    return text[0] == 'z' ? "zh" : "en";
}

int64_t cli_options_number(struct argp_state *state, const char *option, const char *text, int64_t least,
                           int64_t most) {
    char *end = NULL;
    errno = 0;
    intmax_t number = strtoimax(text, &end, 10);
    if (end == text || *end != '\0' || errno != 0 || number < least || number > most) {
        argp_error(state, "--%s=%s: %" PRId64 "..%" PRId64, option, text, least, most);
    }
    return (int64_t)number;
}

static error_t take_argument(struct parsing *parsing, char *value, struct argp_state *state) {
    struct cli_arguments *settings = parsing->settings;
    if (settings->count >= parsing->verb->most) {
        argp_error(state, "%s: %s", value, cli_text(parsing->cli, _("one argument too many")));
    }
    settings->items[settings->count++] = value;
    return 0;
}

/* Help is asked for before arguments are counted: "pioneer solve --help" has none. */
static error_t finish(struct parsing *parsing, struct argp_state *state) {
    if (parsing->wanted == 0 && parsing->settings->count < parsing->verb->least) {
        argp_error(state, "%s: %s", cli_text(parsing->cli, _("too few arguments")), parsing->verb->arguments);
    }
    return 0;
}

static error_t parse_one(int key, char *value, struct argp_state *state) {
    struct parsing *parsing = state->input;
    switch (key) {
    case CLI_KEY_LANG:
        parsing->cli->language = cli_options_language(state, value);
        return 0;
    case CLI_KEY_HELP:
    case CLI_KEY_USAGE:
        parsing->wanted = key;
        return 0;
    case ARGP_KEY_ARG:
        return take_argument(parsing, value, state);
    case ARGP_KEY_END:
        return finish(parsing, state);
    default:
        break;
    }
    if (parsing->verb->option == NULL) {
        return ARGP_ERR_UNKNOWN;
    }
    state->input = parsing->settings;
    error_t result = parsing->verb->option(key, value, state);
    state->input = parsing;
    return result;
}

void cli_options_join(const struct argp_option *own, struct argp_option all[CLI_OPTIONS_MAX]) {
    const struct argp_option *const lists[] = {own, cli_common_options};
    size_t count = 0;
    for (size_t i = 0; i < 2; i++) {
        for (const struct argp_option *option = lists[i]; option != NULL && option->doc != NULL; option++) {
            all[count++] = *option;
        }
    }
    all[count] = (struct argp_option){0};
}

bool cli_options_parse(struct cli *cli, const struct cli_verb *verb, int argc, char **argv, void *settings) {
    struct argp_option all[CLI_OPTIONS_MAX];
    cli_options_join(verb->options, all);
    const struct argp argp = {.options = all, .parser = parse_one, .args_doc = verb->arguments};
    struct parsing parsing = {cli, verb, settings, 0};
    if (argp_parse(&argp, argc, argv, ARGP_NO_HELP, NULL, &parsing) != 0) {
        exit(CLI_USAGE);
    }
    if (parsing.wanted == CLI_KEY_HELP) {
        cli_help_verb(cli, verb);
    } else if (parsing.wanted == CLI_KEY_USAGE) {
        cli_help_usage(cli, verb);
    }
    return parsing.wanted == 0;
}
