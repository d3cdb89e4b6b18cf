/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading campaigns and rosters from files, standard input and stores, all by one kind of name. */
#ifndef CLI_SOURCE_H
#define CLI_SOURCE_H

#include <pioneer/store.h>

#include "cli.h"

/* What a name on the command line stands for. All zeros is a valid empty one. */
struct cli_source {
    const char *name; /* as it was typed */
    char *path;       /* without #3/7; "-" for standard input */
    bool is_store;
    int64_t campaign_id; /* 0: the newest */
    int64_t version;     /* 0: the newest */
};

/* Finds out what `name` is. CLI_OK, or an exit code with the sentence said. Release with cli_source_fini. */
enum cli_exit cli_source_init(const struct cli *cli, const char *name, struct cli_source *source);
void cli_source_fini(struct cli_source *source);

/* Whether `name` is a store, or something in one (#3, #3/7). */
bool cli_source_names_store(const char *name);

/* Replaces "the newest campaign" by its number, so that a save in between by somebody else is no confusion.
 */
enum cli_exit cli_source_pin(const struct cli *cli, struct cli_source *source);

/* Reads and validates; every error is said. Each leaves *out NULL on failure. */
enum cli_exit cli_source_campaign(const struct cli *cli, const struct cli_source *source,
                                  struct pioneer_campaign **out);
enum cli_exit cli_source_roster(const struct cli *cli, const struct cli_source *source,
                                struct pioneer_roster **out);

/* Reads without validating and without a word: for the verb validate, which words findings itself. */
enum pioneer_status cli_source_read(const struct cli_source *source, struct pioneer_campaign **out,
                                    struct pioneer_error *error);

/* A campaign and a roster of it, by two names. */
struct cli_pair {
    struct cli_source campaign_source, roster_source;
    struct pioneer_campaign *campaign;
    struct pioneer_roster *roster;
};

/* With one name (a store) the roster comes from the same store. Release with cli_pair_fini, also after a
 * failure. */
enum cli_exit cli_pair_read(const struct cli *cli, const char *campaign, const char *roster,
                            struct cli_pair *pair);
void cli_pair_fini(struct cli_pair *pair);

#endif
