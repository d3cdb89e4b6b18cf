/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every verb of the program shares: the language, the exit codes, and saying what went wrong. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stdio.h>

#include <pioneer/text.h>

/* Marks an English text for the message catalogue and leaves it as it is. */
#define _(english) english

/* The exit codes of pioneer(1). */
enum cli_exit {
    CLI_OK = 0,
    CLI_FINDINGS = 1,  /* the check found violations; hard rules left no legal roster */
    CLI_BAD_INPUT = 2, /* a campaign or roster that is wrong */
    CLI_USAGE = 3,
    CLI_IO = 4,       /* a file or store could not be read or written */
    CLI_INTERNAL = 5, /* out of memory, or the solver gave up */
    CLI_INTERRUPTED = 130
};

/* `program` is the word that messages start with; `language` is "zh" or "en". */
struct cli {
    const char *program;
    const char *language;
};

/* The text of a message in the user's language. */
const char *cli_text(const struct cli *cli, const char *msgid);

/* Prints a message with its `{name}` places filled in: cli_print(cli, stdout, _("{n} duties\n"),
 * CLI_NUMBER("n", 3)). */
#define CLI_TEXT(name_, text_)     ((struct pioneer_argument){.name = (name_), .text = (text_)})
#define CLI_NUMBER(name_, number_) ((struct pioneer_argument){.name = (name_), .number = (number_)})
#define cli_print(cli, file, english, ...)                                                                   \
    cli_print_arguments(                                                                                     \
        (cli), (file), (english), (const struct pioneer_argument[]){__VA_ARGS__},                            \
        (int32_t)(sizeof((const struct pioneer_argument[]){__VA_ARGS__}) / sizeof(struct pioneer_argument)))
void cli_print_arguments(const struct cli *cli, FILE *file, const char *english,
                         const struct pioneer_argument *arguments, int32_t count);

/* Prints a sentence of the library's, an error's or a finding's, in the user's language. */
void cli_print_sentence(const struct cli *cli, FILE *file, const char *english);

/* "zh" or "en" by LC_ALL, LC_MESSAGES, LANG, in this order. */
const char *cli_language_of_environment(void);

/* One line on standard error: program, subject (a file, may be NULL), sentence. Returns `code`. */
enum cli_exit cli_fail(const struct cli *cli, enum cli_exit code, const char *subject, const char *sentence);

/* The same for a failure of the library: where in the subject, the sentence, and the stable code. */
enum cli_exit cli_fail_with(const struct cli *cli, const char *subject, const struct pioneer_error *error);

/* Flushes standard output; CLI_IO when something of it was lost, else `code`. */
enum cli_exit cli_finish(const struct cli *cli, enum cli_exit code);

/* Whether a stream goes to a terminal that understands more than plain lines. */
bool cli_is_terminal(int descriptor);
/* Whether to use colours there: a terminal, and NO_COLOR is not set. */
bool cli_has_colours(int descriptor);
/* Columns of that terminal, `otherwise` when it is none. */
int cli_columns(int descriptor, int otherwise);

#endif
