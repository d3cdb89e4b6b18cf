/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --help in both languages, wrapped by display width: argp's own help counts bytes and cannot break Chinese.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "options.h"
#include "width.h"

#define INDENT      2
#define DOC_COLUMN  30
#define WIDEST_HELP 100

static int help_width(void) {
    int columns = cli_columns(STDOUT_FILENO, 80);
    return columns > WIDEST_HELP ? WIDEST_HELP : columns;
}

/* Prints text that starts at column `at` and goes on at `indent`; a blank line in the text stays one. */
static void print_text(const char *text, int at, int indent) {
    int room = help_width() - indent;
    room = room < 20 ? 20 : room;
    if (at < indent) {
        printf("%*s", indent - at, "");
    }
    while (*text != '\0') {
        size_t length = cli_width_line(text, room);
        printf("%.*s\n", (int)length, text);
        text += length;
        text += strspn(text, " ");
        if (*text == '\n') {
            text++;
        }
        if (*text != '\0' && *text != '\n') {
            printf("%*s", indent, "");
        }
    }
}

static void print_entry(const char *head, const char *doc) {
    int width = INDENT + cli_width(head);
    printf("%*s%s", INDENT, "", head);
    if (width + 1 >= DOC_COLUMN) {
        putchar('\n');
        width = 0;
    }
    print_text(doc, width, DOC_COLUMN);
}

static void print_option(const struct cli *cli, const struct argp_option *option) {
    char head[96], letter[8] = "    ";
    if (option->key > ' ' && option->key < 0x7f) {
        snprintf(letter, sizeof letter, "-%c, ", option->key);
    }
    snprintf(head, sizeof head, "%s--%s%s%s", letter, option->name, option->arg == NULL ? "" : "=",
             option->arg == NULL ? "" : option->arg);
    print_entry(head, cli_text(cli, option->doc));
}

static void print_options(const struct cli *cli, const struct argp_option *options) {
    for (; options != NULL && options->doc != NULL; options++) {
        print_option(cli, options);
    }
}

/* Exit codes and the ways to name a campaign belong to every page of help. */
static void print_common(const struct cli *cli) {
    static const char *const codes[][2] = {
        {"0", _("all is well")},
        {"1",
         _("check found violations; solve found hard rules that leave no legal roster, or no roster that "
           "keeps them")},
        {"2", _("a campaign or roster that is wrong; nothing was written")},
        {"3", _("wrong usage")},
        {"4", _("a file or store could not be read or written")},
        {"5", _("out of memory, or the solver gave up")},
        {"130", _("interrupted by Ctrl-C; solve has still written the best roster it had")},
    };
    printf("\n%s\n", cli_text(cli, _("Exit codes:")));
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        char head[8];
        snprintf(head, sizeof head, "%3s", codes[i][0]);
        printf("%*s%s  ", INDENT, "", head);
        print_text(cli_text(cli, codes[i][1]), INDENT + 5, INDENT + 5);
    }
}

static void print_naming(const struct cli *cli) {
    putchar('\n');
    print_text(
        cli_text(
            cli,
            _("CAMPAIGN and ROSTER are JSON files, - for standard input, or a store: office.db (newest), "
              "office.db#3 (campaign 3), office.db#3/7 (roster version 7 of campaign 3).")),
        0, 0);
}

void cli_help_usage(const struct cli *cli, const struct cli_verb *verb) {
    cli_print(cli, stdout, _("Usage: {program} [OPTION...] {arguments}\n"), CLI_TEXT("program", cli->program),
              CLI_TEXT("arguments", verb->arguments));
}

void cli_help_verb(const struct cli *cli, const struct cli_verb *verb) {
    cli_help_usage(cli, verb);
    print_text(cli_text(cli, verb->summary), 0, 0);
    if (verb->details != NULL) {
        putchar('\n');
        print_text(cli_text(cli, verb->details), 0, 0);
    }
    printf("\n%s\n", cli_text(cli, _("Options:")));
    print_options(cli, verb->options);
    print_options(cli, cli_common_options);
    print_naming(cli);
    print_common(cli);
}

void cli_help_program(const struct cli *cli, const struct argp_option *options) {
    printf("%s\n", cli_text(cli, _("Usage: pioneer VERB [OPTION...] [ARGUMENT...]")));
    print_text(cli_text(cli, _("Plan duty rosters stage by stage and tier by tier, with proven bounds")), 0,
               0);
    printf("\n%s\n", cli_text(cli, _("Verbs:")));
    for (const struct cli_verb *const *verb = cli_verbs; *verb != NULL; verb++) {
        print_entry((*verb)->name, cli_text(cli, (*verb)->summary));
    }
    printf("\n%s\n", cli_text(cli, _("Options:")));
    print_options(cli, options);
    printf("\n%s\n", cli_text(cli, _("\"pioneer VERB --help\" tells more about a verb.")));
    print_naming(cli);
    print_common(cli);
}
