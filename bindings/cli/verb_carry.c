/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pioneer carry: what members bring from a finished roster into the next campaign. */
#include <string.h>
#include <time.h>

#include "options.h"
#include "output.h"
#include "source.h"
#include "words.h"

struct settings {
    struct cli_arguments arguments;
    const char *output;
};

static error_t take(int key, char *value, struct argp_state *state) {
    struct settings *settings = state->input;
    if (key != 'o') {
        return ARGP_ERR_UNKNOWN;
    }
    settings->output = value;
    return 0;
}

/* The first day of the first stage: stages stand in date order. */
static int32_t first_day(const struct pioneer_campaign *campaign) {
    return pioneer_campaign_stage_at(campaign, 0)->from_day;
}

static enum cli_exit write_file(const struct cli *cli, const char *path,
                                const struct pioneer_campaign *campaign) {
    struct pioneer_error error = {0};
    char *text = NULL;
    size_t length = 0;
    if (pioneer_campaign_write_json(campaign, &text, &length, &error) != PIONEER_OK) {
        return cli_fail_with(cli, NULL, &error);
    }
    enum cli_exit code = cli_output_write(cli, path, text, length);
    pioneer_free(text);
    return code;
}

static enum cli_exit save(const struct cli *cli, const struct cli_source *source,
                          const struct pioneer_campaign *campaign) {
    struct pioneer_error error = {0};
    struct pioneer_store *store = NULL;
    int64_t id = 0;
    enum pioneer_status status = pioneer_store_open(source->path, false, &store, &error);
    if (status == PIONEER_OK) {
        status = pioneer_store_save_campaign(store, campaign, (int64_t)time(NULL), &id, &error);
    }
    pioneer_store_close(store);
    if (status != PIONEER_OK) {
        return cli_fail_with(cli, source->name, &error);
    }
    cli_print(cli, stdout, _("saved as {store}#{id}\n"), CLI_TEXT("store", source->path),
              CLI_NUMBER("id", id));
    return CLI_OK;
}

static enum cli_exit carry(const struct cli *cli, const struct settings *settings,
                           const struct cli_pair *pair) {
    struct pioneer_error error = {0};
    struct pioneer_campaign *next = NULL;
    struct cli_source source;
    enum cli_exit code = cli_source_init(cli, settings->arguments.items[2], &source);
    if (code == CLI_OK) {
        code = cli_source_campaign(cli, &source, &next);
    }
    if (code == CLI_OK &&
        (pioneer_history_carry(pair->campaign, pair->roster, next, first_day(next), &error) != PIONEER_OK ||
         pioneer_campaign_validate(next, &error) != PIONEER_OK)) {
        code = cli_fail_with(cli, source.name, &error);
    }
    if (code == CLI_OK) {
        bool is_saved = settings->output == NULL && source.is_store;
        code = is_saved ? save(cli, &source, next)
                        : write_file(cli, settings->output == NULL ? "-" : settings->output, next);
    }
    pioneer_campaign_free(next);
    cli_source_fini(&source);
    return code;
}

static enum cli_exit run(struct cli *cli, const struct cli_verb *verb, int argc, char **argv) {
    struct settings settings = {0};
    if (!cli_options_parse(cli, verb, argc, argv, &settings)) {
        return CLI_OK;
    }
    struct cli_pair pair;
    const char *const *names = settings.arguments.items;
    enum cli_exit code = settings.output == NULL ? CLI_OK : cli_output_probe(cli, settings.output);
    if (code != CLI_OK) {
        return code;
    }
    code = cli_pair_read(cli, names[0], names[1], &pair);
    if (code == CLI_OK) {
        code = carry(cli, &settings, &pair);
    }
    cli_pair_fini(&pair);
    return code;
}

static const struct argp_option options[] = {
    {"output", 'o', "FILE", 0, _("Write the next campaign there (default: standard output, or its store)"),
     0},
    {0},
};

const struct cli_verb cli_verb_carry = {
    .name = "carry",
    .arguments = "CAMPAIGN ROSTER NEXT",
    .least = 3,
    .most = 3,
    .summary = _("Carry what members bring from ROSTER into the campaign NEXT"),
    .details = _("Loads, entitlements, runs of days, weekends and counts of rules become the history of "
                 "NEXT's members; only "
                 "duties before its first stage count, and absences do not."),
    .options = options,
    .option = take,
    .run = run,
};
