/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pioneer-bench: runs libpioneer on public benchmark instances, one instance a call, one line of JSON. */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verbs.h"

static const struct verb {
    const char *name;
    enum bench_exit (*run)(int argc, char **argv);
} verbs[] = {
    {"curtois", bench_verb_curtois},
    {"inrc2", bench_verb_inrc2},
    {"judge", bench_verb_judge},
};

static const struct verb *find_verb(const char *name) {
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(verbs[i].name, name) == 0) {
            return &verbs[i];
        }
    }
    return NULL;
}

enum bench_exit bench_report(const char *program, const struct bench_error *error) {
    fprintf(stderr, "%s: %s\n", program, error->message);
    return error->code;
}

/* The first word that is no option is the verb, and everything behind it is the verb's. */
static error_t take(int key, char *value, struct argp_state *state) {
    int *verb = state->input;
    (void)value;
    switch (key) {
    case ARGP_KEY_ARG:
        *verb = state->next - 1;
        state->next = state->argc;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_usage(state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const char description[] =
    "Runs libpioneer on public benchmark instances: one instance a call, one line of JSON on standard output."
    "\v"
    "  curtois FILE            solve an instance of Curtois & Qu\n"
    "  inrc2 DIR INSTANCE      solve one of INRC-II, such as n030w4_1_6-2-9-1\n"
    "  judge curtois FILE SOLUTION\n"
    "  judge inrc2 DIR INSTANCE SOLUTION-DIR\n"
    "                          judge a solution by the format's own rules\n"
    "\n"
    "\"pioneer-bench VERB --help\" tells the options of a verb.\n"
    "Exit codes: 0 done, 1 a judge found a broken hard rule, 2 a wrong file, 3 usage, "
    "4 a file could not be read or written, 5 out of memory or the solver gave up.";

int main(int argc, char **argv) {
    static char program[64]; /* messages name it until the very end */
    const struct argp argp = {.parser = take, .args_doc = "VERB", .doc = description};
    int verb = 0;
    argp_err_exit_status = BENCH_USAGE;
    if (argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, &verb) != 0) {
        return BENCH_USAGE;
    }
    const struct verb *found = find_verb(argv[verb]);
    if (found == NULL) {
        fprintf(stderr, "pioneer-bench: %s: no such verb; \"pioneer-bench --help\" lists them\n", argv[verb]);
        return BENCH_USAGE;
    }
    snprintf(program, sizeof program, "pioneer-bench %s", found->name);
    argv[verb] = program;
    enum bench_exit code = found->run(argc - verb, argv + verb);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "%s: standard output could not be written\n", program);
        return code == BENCH_OK ? BENCH_IO : (int)code;
    }
    return (int)code;
}
