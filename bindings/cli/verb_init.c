/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pioneer init: writes the template campaign. */
#include <string.h>
#include <unistd.h>

#include <pioneer/campaign.h>

#include "options.h"
#include "output.h"

struct settings {
    struct cli_arguments arguments;
    bool force;
};

static error_t take(int key, char *value, struct argp_state *state) {
    struct settings *settings = state->input;
    (void)value;
    if (key != 'f') {
        return ARGP_ERR_UNKNOWN;
    }
    settings->force = true;
    return 0;
}

static enum cli_exit write_template(const struct cli *cli, const char *path) {
    struct pioneer_error error = {0};
    struct pioneer_campaign *campaign = NULL;
    char *text = NULL;
    size_t length = 0;
    enum pioneer_status status = pioneer_campaign_template(&campaign, &error);
    if (status == PIONEER_OK) {
        status = pioneer_campaign_write_json(campaign, &text, &length, &error);
    }
    enum cli_exit code =
        status == PIONEER_OK ? cli_output_write(cli, path, text, length) : cli_fail_with(cli, NULL, &error);
    pioneer_free(text);
    pioneer_campaign_free(campaign);
    return code;
}

static enum cli_exit run(struct cli *cli, const struct cli_verb *verb, int argc, char **argv) {
    struct settings settings = {0};
    if (!cli_options_parse(cli, verb, argc, argv, &settings)) {
        return CLI_OK;
    }
    const char *path = settings.arguments.count > 0 ? settings.arguments.items[0] : "campaign.json";
    if (strcmp(path, "-") != 0 && !settings.force && access(path, F_OK) == 0) {
        return cli_fail(cli, CLI_IO, path, cli_text(cli, _("The file exists; --force overwrites it.")));
    }
    enum cli_exit code = write_template(cli, path);
    if (code == CLI_OK && strcmp(path, "-") != 0) {
        cli_print(
            cli, stdout,
            _("{file} is a small campaign to start from; \"pioneer validate {file}\" judges your changes.\n"),
            CLI_TEXT("file", path));
    }
    return code;
}

static const struct argp_option options[] = {
    {"force", 'f', NULL, 0, _("Overwrite a file that exists"), 0},
    {0},
};

const struct cli_verb cli_verb_init = {
    .name = "init",
    .arguments = "[FILE]",
    .most = 1,
    .summary = _("Write a template campaign to FILE (default: campaign.json)"),
    .options = options,
    .option = take,
    .run = run,
};
