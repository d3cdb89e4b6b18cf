/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Language, terminal and failures. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <pioneer/campaign.h>

const char *cli_text(const struct cli *cli, const char *msgid) {
    return pioneer_message(cli->language, msgid);
}

void cli_print_arguments(const struct cli *cli, FILE *file, const char *english,
                         const struct pioneer_argument *arguments, int32_t count) {
    char *text = pioneer_message_format(cli->language, english, arguments, count);
    fputs(text == NULL ? english : text, file);
    pioneer_free(text);
}

void cli_print_sentence(const struct cli *cli, FILE *file, const char *english) {
    char *text = pioneer_message_translate(cli->language, english);
    fputs(text == NULL ? english : text, file);
    pioneer_free(text);
}

const char *cli_language_of_environment(void) {
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && *value != '\0') {
            return pioneer_language_of_locale(value);
        }
    }
    return pioneer_language_of_locale(NULL);
}

enum cli_exit cli_fail(const struct cli *cli, enum cli_exit code, const char *subject, const char *sentence) {
    if (subject == NULL) {
        fprintf(stderr, "%s: %s\n", cli->program, sentence);
    } else {
        fprintf(stderr, "%s: %s: %s\n", cli->program, subject, sentence);
    }
    return code;
}

static enum cli_exit exit_of(enum pioneer_status status) {
    switch (status) {
    case PIONEER_OK:
        return CLI_OK;
    case PIONEER_E_SYNTAX:
    case PIONEER_E_INVALID:
    case PIONEER_E_NOT_FOUND:
    case PIONEER_E_UNSUPPORTED:
        return CLI_BAD_INPUT;
    case PIONEER_E_IO:
    case PIONEER_E_STORE:
        return CLI_IO;
    case PIONEER_E_CANCELLED:
        return CLI_INTERRUPTED;
    case PIONEER_E_NO_MEMORY:
    case PIONEER_E_RANGE:
    case PIONEER_E_SOLVER:
        break;
    }
    return CLI_INTERNAL;
}

enum cli_exit cli_fail_with(const struct cli *cli, const char *subject, const struct pioneer_error *error) {
    fprintf(stderr, "%s: ", cli->program);
    if (subject != NULL) {
        fputs(subject, stderr);
        if (error->line > 0) {
            fprintf(stderr, ":%d:%d", (int)error->line, (int)error->column);
        }
        fputs(": ", stderr);
    }
    if (error->where[0] != '\0' && (subject == NULL || strcmp(subject, error->where) != 0)) {
        fprintf(stderr, "%s: ", error->where);
    }
    cli_print_sentence(cli, stderr, error->message);
    fprintf(stderr, " [%s]\n", error->code);
    return exit_of(error->status);
}

enum cli_exit cli_finish(const struct cli *cli, enum cli_exit code) {
    if (fflush(stdout) != 0 || ferror(stdout)) {
        return cli_fail(cli, CLI_IO, NULL, cli_text(cli, _("Standard output could not be written.")));
    }
    return code;
}

bool cli_is_terminal(int descriptor) {
    const char *term = getenv("TERM");
    return isatty(descriptor) == 1 && term != NULL && *term != '\0' && strcmp(term, "dumb") != 0;
}

bool cli_has_colours(int descriptor) {
    const char *refusal = getenv("NO_COLOR");
    return cli_is_terminal(descriptor) && (refusal == NULL || *refusal == '\0');
}

int cli_columns(int descriptor, int otherwise) {
    struct winsize size;
    if (isatty(descriptor) == 1 && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return size.ws_col;
    }
    return otherwise;
}
