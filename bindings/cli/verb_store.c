/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pioneer store: the office's one file of campaigns and rosters. */
#include <inttypes.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "options.h"
#include "output.h"
#include "source.h"
#include "table.h"
#include "words.h"

struct settings {
    struct cli_arguments arguments;
    const char *note, *output;
};

enum { KEY_NOTE = CLI_KEY_FIRST_FREE };

static error_t take(int key, char *value, struct argp_state *state) {
    struct settings *settings = state->input;
    switch (key) {
    case KEY_NOTE:
        settings->note = value;
        return 0;
    case 'o':
        settings->output = value;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static enum cli_exit store_init(const struct cli *cli, const struct settings *settings) {
    struct pioneer_error error = {0};
    struct pioneer_store *store = NULL;
    const char *path = settings->arguments.items[1];
    if (access(path, F_OK) == 0) {
        return cli_fail(cli, CLI_IO, path,
                        cli_text(cli, _("The file exists; a store is made where there is none.")));
    }
    enum pioneer_status status = pioneer_store_open(path, true, &store, &error);
    pioneer_store_close(store);
    return status == PIONEER_OK ? CLI_OK : cli_fail_with(cli, path, &error);
}

static bool put_entry(void *context, const struct pioneer_store_entry *entry) {
    struct cli_table *table = context;
    char moment[32];
    cli_words_moment(entry->saved_at, moment);
    if (entry->version == 0) {
        cli_table_format(table, "#%" PRId64, entry->campaign_id);
    } else {
        cli_table_format(table, "#%" PRId64 "/%" PRId64, entry->campaign_id, entry->version);
    }
    cli_table_cell(table, moment);
    cli_table_number(table, entry->assignment_count);
    cli_table_cell(table, entry->version == 0 ? entry->name : "");
    cli_table_cell(table, entry->note == NULL ? "" : entry->note);
    return true;
}

static enum cli_exit store_list(const struct cli *cli, const struct settings *settings) {
    struct pioneer_error error = {0};
    struct pioneer_store *store = NULL;
    struct cli_table table = {0};
    const char *const texts[] = {cli_text(cli, _("number")), cli_text(cli, _("saved at")),
                                 cli_text(cli, _("assignments")), cli_text(cli, _("name")),
                                 cli_text(cli, _("note"))};
    cli_table_head(&table, "llrll", texts);
    const char *path = settings->arguments.items[1];
    enum pioneer_status status = pioneer_store_open(path, false, &store, &error);
    if (status == PIONEER_OK) {
        status = pioneer_store_list(store, put_entry, &table, &error);
    }
    pioneer_store_close(store);
    /* An unfinished list is not shown. */
    table.failed = table.failed || status != PIONEER_OK;
    bool ok = cli_table_print(&table, stdout);
    if (status != PIONEER_OK) {
        return cli_fail_with(cli, path, &error);
    }
    return ok ? CLI_OK : cli_fail(cli, CLI_INTERNAL, NULL, cli_text(cli, _("Memory is short.")));
}

/* What one "store save" brings: a campaign, a roster, or both. */
struct cargo {
    struct pioneer_campaign *campaign;
    struct pioneer_roster *roster;
};

static enum cli_exit read_cargo(const struct cli *cli, const struct settings *settings, bool has_campaign,
                                struct cargo *cargo) {
    const char *const *names = settings->arguments.items;
    if (!has_campaign || settings->arguments.count == 3) {
        struct cli_source source;
        enum cli_exit code = cli_source_init(cli, names[2], &source);
        if (code == CLI_OK) {
            code = has_campaign ? cli_source_campaign(cli, &source, &cargo->campaign)
                                : cli_source_roster(cli, &source, &cargo->roster);
        }
        cli_source_fini(&source);
        return code;
    }
    struct cli_pair pair;
    enum cli_exit code = cli_pair_read(cli, names[2], names[3], &pair);
    if (code == CLI_OK) {
        *cargo = (struct cargo){pair.campaign, pair.roster};
        pair.campaign = NULL;
        pair.roster = NULL;
    }
    cli_pair_fini(&pair);
    return code;
}

/* A campaign and a roster are two saves: that the second will not be refused is made sure of before the
 * first. */
static enum cli_exit check_cargo(const struct cli *cli, const struct cargo *cargo, const char *name) {
    struct pioneer_error error = {0};
    struct pioneer_report *report = NULL;
    if (cargo->campaign == NULL || cargo->roster == NULL) {
        return CLI_OK;
    }
    if (pioneer_check(cargo->campaign, cargo->roster, cli->language, &report, &error) != PIONEER_OK) {
        return cli_fail_with(cli, name, &error);
    }
    enum cli_exit code = CLI_OK;
    for (int32_t i = 0; code == CLI_OK && i < pioneer_report_violation_count(report); i++) {
        const struct pioneer_violation *violation = pioneer_report_violation_at(report, i);
        if (strncmp(violation->code, "unknown-", 8) == 0 ||
            strcmp(violation->code, "duplicate-assignment") == 0 ||
            strcmp(violation->code, "duplicate-level") == 0) {
            code = cli_fail(cli, CLI_BAD_INPUT, name, violation->message);
        }
    }
    pioneer_report_free(report);
    return code;
}

/* Says what was saved under which number, for the next command. */
static enum pioneer_status write_cargo(const struct cli *cli, const struct cli_source *to, const char *note,
                                       const struct cargo *cargo, struct pioneer_error *error) {
    struct pioneer_store *store = NULL;
    int64_t id = to->campaign_id, version = 0, now = (int64_t)time(NULL);
    enum pioneer_status status = pioneer_store_open(to->path, false, &store, error);
    if (status == PIONEER_OK && cargo->campaign != NULL) {
        status = pioneer_store_save_campaign(store, cargo->campaign, now, &id, error);
        if (status == PIONEER_OK) {
            cli_print(cli, stdout, _("saved as {store}#{id}\n"), CLI_TEXT("store", to->path),
                      CLI_NUMBER("id", id));
        }
    }
    if (status == PIONEER_OK && cargo->roster != NULL) {
        status = pioneer_store_save_roster(store, id, cargo->roster, note, now, &version, error);
        if (status == PIONEER_OK) {
            cli_print(cli, stdout, _("saved as {store}#{id}/{version}\n"), CLI_TEXT("store", to->path),
                      CLI_NUMBER("id", id), CLI_NUMBER("version", version));
        }
    }
    pioneer_store_close(store);
    return status;
}

static enum cli_exit store_save(const struct cli *cli, const struct settings *settings) {
    struct pioneer_error error = {0};
    struct cargo cargo = {0};
    struct cli_source to;
    enum cli_exit code = cli_source_init(cli, settings->arguments.items[1], &to);
    if (code == CLI_OK && (to.version != 0 || (to.campaign_id != 0 && settings->arguments.count == 4))) {
        code = cli_fail(cli, CLI_USAGE, to.name,
                        cli_text(cli, _("A roster is saved to STORE#3, a campaign to STORE.")));
    }
    if (code == CLI_OK) {
        code = read_cargo(cli, settings, to.campaign_id == 0, &cargo);
    }
    if (code == CLI_OK) {
        code = check_cargo(cli, &cargo, settings->arguments.items[3]);
    }
    if (code == CLI_OK && write_cargo(cli, &to, settings->note, &cargo, &error) != PIONEER_OK) {
        code = cli_fail_with(cli, to.name, &error);
    }
    pioneer_roster_free(cargo.roster);
    pioneer_campaign_free(cargo.campaign);
    cli_source_fini(&to);
    return code;
}

/* STORE#3 gives the campaign, STORE#3/7 the roster. */
static enum cli_exit store_load(const struct cli *cli, const struct settings *settings) {
    struct pioneer_error error = {0};
    struct pioneer_campaign *campaign = NULL;
    struct pioneer_roster *roster = NULL;
    struct cli_source source;
    char *text = NULL;
    size_t length = 0;
    enum cli_exit code = cli_source_init(cli, settings->arguments.items[1], &source);
    if (code == CLI_OK && !source.is_store) {
        code = cli_fail(cli, CLI_IO, source.name, cli_text(cli, _("The file is not a store.")));
    }
    if (code == CLI_OK) {
        code = source.version == 0 ? cli_source_campaign(cli, &source, &campaign)
                                   : cli_source_roster(cli, &source, &roster);
    }
    if (code == CLI_OK) {
        enum pioneer_status status = campaign != NULL
                                         ? pioneer_campaign_write_json(campaign, &text, &length, &error)
                                         : pioneer_roster_write_json(roster, &text, &length, &error);
        code = status == PIONEER_OK
                   ? cli_output_write(cli, settings->output == NULL ? "-" : settings->output, text, length)
                   : cli_fail_with(cli, source.name, &error);
    }
    pioneer_free(text);
    pioneer_roster_free(roster);
    pioneer_campaign_free(campaign);
    cli_source_fini(&source);
    return code;
}

static const struct {
    const char *name;
    int least, most;
    enum cli_exit (*run)(const struct cli *cli, const struct settings *settings);
} actions[] = {
    {"init", 2, 2, store_init},
    {"list", 2, 2, store_list},
    {"save", 3, 4, store_save},
    {"load", 2, 2, store_load},
};

static enum cli_exit run(struct cli *cli, const struct cli_verb *verb, int argc, char **argv) {
    struct settings settings = {0};
    if (!cli_options_parse(cli, verb, argc, argv, &settings)) {
        return CLI_OK;
    }
    const char *name = settings.arguments.items[0];
    int count = settings.arguments.count;
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (strcmp(actions[i].name, name) == 0 && count >= actions[i].least && count <= actions[i].most) {
            return actions[i].run(cli, &settings);
        }
    }
    cli_help_usage(cli, verb);
    return cli_fail(cli, CLI_USAGE, name,
                    cli_text(cli, _("init STORE, list STORE, save STORE … or load STORE#3")));
}

static const struct argp_option options[] = {
    {"note", KEY_NOTE, "TEXT", 0, _("save: a remark beside the roster"), 0},
    {"output", 'o', "FILE", 0, _("load: write there instead of standard output"), 0},
    {0},
};

const struct cli_verb cli_verb_store = {
    .name = "store",
    .arguments = "init|list|save|load STORE [CAMPAIGN] [ROSTER]",
    .least = 1,
    .most = 4,
    .summary = _("Keep campaigns and rosters in one SQLite file"),
    .details = _("init STORE makes an empty store. list STORE tells what it holds. save STORE CAMPAIGN "
                 "[ROSTER] adds a "
                 "campaign, with a roster of it if given; save STORE#3 ROSTER adds a roster to campaign 3. "
                 "load STORE#3 "
                 "writes a campaign as JSON, load STORE#3/7 a roster."),
    .options = options,
    .option = take,
    .run = run,
};
