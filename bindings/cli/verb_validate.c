/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pioneer validate: says everything that is wrong with a campaign. */
#include <pioneer/campaign.h>

#include "json.h"
#include "options.h"
#include "source.h"
#include "words.h"

struct settings {
    struct cli_arguments arguments;
    bool json;
};

enum { KEY_JSON = CLI_KEY_FIRST_FREE };

static error_t take(int key, char *value, struct argp_state *state) {
    struct settings *settings = state->input;
    (void)value;
    if (key != KEY_JSON) {
        return ARGP_ERR_UNKNOWN;
    }
    settings->json = true;
    return 0;
}

/* One failure that kept the campaign from being read at all. */
static enum cli_exit report_unreadable(const struct cli *cli, const char *name,
                                       const struct pioneer_error *error, bool json) {
    enum cli_exit code = cli_fail_with(cli, name, error);
    if (json && code == CLI_BAD_INPUT) {
        printf("{\"valid\": false, \"line\": %d, \"column\": %d, \"findings\": [", (int)error->line,
               (int)error->column);
        cli_json_finding(stdout, "error", error->code, error->where, error->message);
        puts("]}");
    }
    return code;
}

static void report_json(const struct pioneer_campaign *campaign, bool is_valid) {
    printf("{\"valid\": %s, \"findings\": [", is_valid ? "true" : "false");
    for (int32_t i = 0; i < pioneer_campaign_finding_count(campaign); i++) {
        const struct pioneer_finding *finding = pioneer_campaign_finding_at(campaign, i);
        fputs(i == 0 ? "" : ", ", stdout);
        cli_json_finding(stdout, cli_words_severity_code(finding->severity), finding->code, finding->where,
                         finding->message);
    }
    puts("]}");
}

/* Errors go to standard error like every other failure, the rest to standard output. */
static void report_text(const struct cli *cli, const char *name, const struct pioneer_campaign *campaign) {
    for (int32_t i = 0; i < pioneer_campaign_finding_count(campaign); i++) {
        const struct pioneer_finding *finding = pioneer_campaign_finding_at(campaign, i);
        FILE *file = finding->severity == PIONEER_ERROR ? stderr : stdout;
        fprintf(file, "%s: %s: %s: ", name, cli_words_severity(cli, finding->severity),
                finding->where == NULL ? "" : finding->where);
        cli_print_sentence(cli, file, finding->message);
        fprintf(file, " [%s]\n", finding->code);
    }
}

static void report_size(const struct cli *cli, const char *name, const struct pioneer_campaign *campaign) {
    cli_print(cli, stdout,
              _("{file} is valid: {units} units, {members} members, {sites} sites, {posts} posts, {stages} "
                "stages.\n"),
              CLI_TEXT("file", name), CLI_NUMBER("units", pioneer_campaign_unit_count(campaign)),
              CLI_NUMBER("members", pioneer_campaign_member_count(campaign)),
              CLI_NUMBER("sites", pioneer_campaign_site_count(campaign)),
              CLI_NUMBER("posts", pioneer_campaign_post_count(campaign)),
              CLI_NUMBER("stages", pioneer_campaign_stage_count(campaign)));
}

static enum cli_exit judge(const struct cli *cli, const char *name, struct pioneer_campaign *campaign,
                           bool json) {
    struct pioneer_error error = {0};
    enum pioneer_status status = pioneer_campaign_validate(campaign, &error);
    if (status != PIONEER_OK &&
        (status != PIONEER_E_INVALID || pioneer_campaign_finding_count(campaign) == 0)) {
        return report_unreadable(cli, name, &error, json);
    }
    if (json) {
        report_json(campaign, status == PIONEER_OK);
    } else {
        report_text(cli, name, campaign);
    }
    if (status != PIONEER_OK) {
        return CLI_BAD_INPUT;
    }
    if (!json) {
        report_size(cli, name, campaign);
    }
    return CLI_OK;
}

static enum cli_exit run(struct cli *cli, const struct cli_verb *verb, int argc, char **argv) {
    struct settings settings = {0};
    if (!cli_options_parse(cli, verb, argc, argv, &settings)) {
        return CLI_OK;
    }
    struct cli_source source;
    struct pioneer_error error = {0};
    struct pioneer_campaign *campaign = NULL;
    enum cli_exit code = cli_source_init(cli, settings.arguments.items[0], &source);
    if (code == CLI_OK) {
        code = cli_source_read(&source, &campaign, &error) == PIONEER_OK
                   ? judge(cli, source.name, campaign, settings.json)
                   : report_unreadable(cli, source.name, &error, settings.json);
    }
    pioneer_campaign_free(campaign);
    cli_source_fini(&source);
    return code;
}

static const struct argp_option options[] = {
    {"json", KEY_JSON, NULL, 0, _("Write the findings as JSON"), 0},
    {0},
};

const struct cli_verb cli_verb_validate = {
    .name = "validate",
    .arguments = "CAMPAIGN",
    .least = 1,
    .most = 1,
    .summary = _("Say everything that is wrong with a campaign"),
    .options = options,
    .option = take,
    .run = run,
};
