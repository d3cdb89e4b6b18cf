/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pioneer completion: scripts for shells, from the same tables as --help, so that they cannot fall behind. */
#include <string.h>

#include "options.h"

static bool takes_value(const struct argp_option *option) {
    return option->arg != NULL;
}

/* Fixed values, written "a|b" in the table; NULL when any text may stand there. */
static const char *choices(const struct argp_option *option) {
    if (strcmp(option->name, "by") == 0) {
        return "site|member|unit|levels|shortages";
    }
    bool is_list =
        option->arg != NULL && strchr(option->arg, '|') != NULL && strchr(option->arg, 'I') == NULL;
    return is_list ? option->arg : NULL;
}

static void put_words(const char *text, char separator) {
    for (; *text != '\0'; text++) {
        putchar(*text == '|' ? separator : *text);
    }
}

/* Calls `put` for each option of the verb and then for the common ones. */
static void each_option(const struct cli *cli, const struct cli_verb *verb,
                        void (*put)(const struct cli *cli, const struct cli_verb *verb,
                                    const struct argp_option *option)) {
    const struct argp_option *const lists[] = {verb->options, cli_common_options};
    for (size_t i = 0; i < 2; i++) {
        for (const struct argp_option *option = lists[i]; option != NULL && option->doc != NULL; option++) {
            put(cli, verb, option);
        }
    }
}

static void put_bash_option(const struct cli *cli, const struct cli_verb *verb,
                            const struct argp_option *option) {
    (void)cli;
    (void)verb;
    printf(" --%s%s", option->name, takes_value(option) ? "=" : "");
}

static void put_bash_choice(const struct cli *cli, const struct cli_verb *verb,
                            const struct argp_option *option) {
    (void)cli;
    if (choices(option) != NULL) {
        printf("    %s:--%s) words=\"", verb->name, option->name);
        put_words(choices(option), ' ');
        puts("\" ;;");
    }
}

/* All verbs with something between them. */
static void put_verbs(const char *separator) {
    for (const struct cli_verb *const *verb = cli_verbs; *verb != NULL; verb++) {
        printf("%s%s", verb == cli_verbs ? "" : separator, (*verb)->name);
    }
}

/* The verb is the first word that is one: the value of an option before it may stand alone. bash breaks words
 * at '=': the option may be the word before the cursor, or the one before the '='. */
static void put_bash_words(void) {
    fputs("    local current=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]}\n"
          "    local verb='' words='' word\n"
          "    COMPREPLY=()\n"
          "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD - 1}\"; do\n"
          "        case $word in\n"
          "        ",
          stdout);
    put_verbs(" | ");
    puts(")\n"
         "            verb=$word\n"
         "            break\n"
         "            ;;\n"
         "        esac\n"
         "    done\n"
         "    if [ \"$current\" = = ]; then\n"
         "        current=\n"
         "    elif [ \"$option\" = = ]; then\n"
         "        option=${COMP_WORDS[COMP_CWORD - 2]}\n"
         "    fi");
}

/* What may stand at the cursor: values of the option before it, else options, verbs, or the words of a verb.
 */
static void put_bash_choices(const struct cli *cli) {
    puts("    case $verb:$option in\n"
         "    :--lang) words=\"zh en\" ;;");
    for (const struct cli_verb *const *verb = cli_verbs; *verb != NULL; verb++) {
        each_option(cli, *verb, put_bash_choice);
    }
    puts("    esac\n"
         "    [ -n \"$words\" ] || case $current:$verb in");
    for (const struct cli_verb *const *verb = cli_verbs; *verb != NULL; verb++) {
        printf("    -*:%s) words=\"", (*verb)->name);
        each_option(cli, *verb, put_bash_option);
        puts("\" ;;");
    }
    fputs("    -*:) words=\"--help --usage --version --lang=\" ;;\n"
          "    *:) words=\"",
          stdout);
    put_verbs(" ");
    puts("\" ;;\n"
         "    *:store) [ \"$option\" = store ] && words=\"init list save load\" ;;\n"
         "    *:completion) words=\"bash zsh fish\" ;;\n"
         "    esac");
}

static void put_bash(const struct cli *cli) {
    puts("# bash completion for pioneer; made by \"pioneer completion bash\"\n"
         "_pioneer() {");
    put_bash_words();
    put_bash_choices(cli);
    puts("    if [ -n \"$words\" ]; then\n"
         "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
         "        [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace 2>/dev/null\n"
         "    else\n"
         "        compopt -o filenames 2>/dev/null\n"
         "        mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
         "    fi\n"
         "}\n"
         "complete -F _pioneer pioneer");
}

/* Text between single quotes. */
static void put_quoted(const char *text) {
    for (; *text != '\0'; text++) {
        if (*text == '\'') {
            fputs("'\\''", stdout);
        } else {
            putchar(*text);
        }
    }
}

/* In zsh's specifications brackets and colons are signs. */
static void put_zsh_text(const char *text) {
    for (; *text != '\0'; text++) {
        if (strchr("[]:\\", *text) != NULL) {
            putchar('\\');
        }
        if (*text == '\'') {
            fputs("'\\''", stdout);
        } else {
            putchar(*text);
        }
    }
}

static void put_zsh_option(const struct cli *cli, const struct cli_verb *verb,
                           const struct argp_option *option) {
    (void)verb;
    printf(" \\\n            '--%s%s[", option->name, takes_value(option) ? "=" : "");
    put_zsh_text(cli_text(cli, option->doc));
    putchar(']');
    if (choices(option) != NULL) {
        printf(":%s:(", option->name);
        put_words(choices(option), ' ');
        putchar(')');
    } else if (takes_value(option)) {
        printf(":%s:_files", option->name);
    }
    putchar('\'');
}

static void put_zsh(const struct cli *cli) {
    puts("#compdef pioneer\n"
         "# made by \"pioneer completion zsh\"\n"
         "_pioneer() {\n"
         "    local context state state_descr line\n"
         "    typeset -A opt_args\n"
         "    _arguments -C '--help[help]' '--version[version]' '--lang=[language]:language:(zh en)' \\\n"
         "        '1:verb:->verb' '*::argument:->argument'\n"
         "    case $state in\n"
         "    verb)\n"
         "        local -a verbs=(");
    for (const struct cli_verb *const *verb = cli_verbs; *verb != NULL; verb++) {
        printf("            '%s:", (*verb)->name);
        put_zsh_text(cli_text(cli, (*verb)->summary));
        puts("'");
    }
    puts("        )\n"
         "        _describe verb verbs\n"
         "        ;;\n"
         "    argument)\n"
         "        case $line[1] in");
    for (const struct cli_verb *const *verb = cli_verbs; *verb != NULL; verb++) {
        printf("        %s) _arguments", (*verb)->name);
        each_option(cli, *verb, put_zsh_option);
        if (strcmp((*verb)->name, "store") == 0) {
            fputs(" \\\n            '1:action:(init list save load)'", stdout);
        } else if (strcmp((*verb)->name, "completion") == 0) {
            fputs(" \\\n            '1:shell:(bash zsh fish)'", stdout);
        }
        puts(" \\\n            '*:file:_files' ;;");
    }
    puts("        esac\n"
         "        ;;\n"
         "    esac\n"
         "}\n"
         "_pioneer \"$@\"");
}

static void put_fish_option(const struct cli *cli, const struct cli_verb *verb,
                            const struct argp_option *option) {
    printf("complete -c pioneer -n '__fish_seen_subcommand_from %s' -l %s%s", verb->name, option->name,
           takes_value(option) ? " -r" : "");
    if (option->key > ' ' && option->key < 0x7f) {
        printf(" -s %c", option->key);
    }
    if (choices(option) != NULL) {
        fputs(" -f -a '", stdout);
        put_words(choices(option), ' ');
        putchar('\'');
    }
    fputs(" -d '", stdout);
    put_quoted(cli_text(cli, option->doc));
    puts("'");
}

static void put_fish(const struct cli *cli) {
    puts("# fish completion for pioneer; made by \"pioneer completion fish\"");
    for (const struct cli_verb *const *verb = cli_verbs; *verb != NULL; verb++) {
        printf("complete -c pioneer -n __fish_use_subcommand -f -a %s -d '", (*verb)->name);
        put_quoted(cli_text(cli, (*verb)->summary));
        puts("'");
        each_option(cli, *verb, put_fish_option);
    }
    puts("complete -c pioneer -n '__fish_seen_subcommand_from store' -f -a 'init list save load'\n"
         "complete -c pioneer -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'\n"
         "complete -c pioneer -n __fish_use_subcommand -l version");
}

static enum cli_exit run(struct cli *cli, const struct cli_verb *verb, int argc, char **argv) {
    static const struct {
        const char *name;
        void (*put)(const struct cli *cli);
    } shells[] = {{"bash", put_bash}, {"zsh", put_zsh}, {"fish", put_fish}};
    struct cli_arguments settings = {0};
    if (!cli_options_parse(cli, verb, argc, argv, &settings)) {
        return CLI_OK;
    }
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        if (strcmp(shells[i].name, settings.items[0]) == 0) {
            shells[i].put(cli);
            return CLI_OK;
        }
    }
    return cli_fail(cli, CLI_USAGE, settings.items[0], "bash, zsh, fish");
}

const struct cli_verb cli_verb_completion = {
    .name = "completion",
    .arguments = "bash|zsh|fish",
    .least = 1,
    .most = 1,
    .summary = _("Print the completion script of a shell"),
    .run = run,
};
