/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pioneer solve: makes a roster, shows what it reached and keeps it. */
#include <string.h>
#include <time.h>

#include "levels.h"
#include "options.h"
#include "output.h"
#include "progress.h"
#include "source.h"

struct settings {
    struct cli_arguments arguments;
    struct pioneer_solve_options options;
    const char *output, *note;
};

enum {
    KEY_MODE = CLI_KEY_FIRST_FREE,
    KEY_PRICE,
    KEY_SEED,
    KEY_THREADS,
    KEY_TIME,
    KEY_WORK,
    KEY_EFFORT,
    KEY_NOTE,
    KEY_OUTLOOK,
};

static enum pioneer_mode mode_of(struct argp_state *state, const char *text) {
    if (strcmp(text, "staged") != 0 && strcmp(text, "joint") != 0) {
        argp_error(state, "--mode=%s: staged, joint", text);
    }
    return strcmp(text, "joint") == 0 ? PIONEER_JOINT : PIONEER_STAGED;
}

static enum pioneer_outlook outlook_of(struct argp_state *state, const char *text) {
    static const char *const words[] = {"known", "expected", "none"}; /* by enum pioneer_outlook */
    for (int i = 0; i < 3; i++) {
        if (strcmp(text, words[i]) == 0) {
            return (enum pioneer_outlook)i;
        }
    }
    argp_error(state, "--outlook=%s: known, expected, none", text);
    return PIONEER_OUTLOOK_KNOWN;
}

/* A year in seconds, and more work than any machine does in one. */
#define SECONDS_MAX 31536000
#define WORK_MAX    1000000000000000000

static error_t take(int key, char *value, struct argp_state *state) {
    struct settings *settings = state->input;
    struct pioneer_solve_options *options = &settings->options;
    switch (key) {
    case 'o':
        settings->output = value;
        return 0;
    case KEY_NOTE:
        settings->note = value;
        return 0;
    case KEY_MODE:
        options->mode = mode_of(state, value);
        return 0;
    case KEY_PRICE:
        options->price_of_staging = true;
        return 0;
    case KEY_OUTLOOK:
        options->outlook = outlook_of(state, value);
        return 0;
    case KEY_SEED:
        options->seed = (uint64_t)cli_options_number(state, "seed", value, 0, INT64_MAX);
        return 0;
    case KEY_THREADS:
        options->threads = (int32_t)cli_options_number(state, "threads", value, 1, 1024);
        return 0;
    case KEY_TIME:
        options->time_limit_ms = 1000 * cli_options_number(state, "time-limit", value, 1, SECONDS_MAX);
        return 0;
    case KEY_WORK:
        options->work_limit = cli_options_number(state, "work-limit", value, 1, WORK_MAX);
        return 0;
    case KEY_EFFORT:
        options->effort_percent = (int32_t)cli_options_number(state, "effort", value, 1, 100000);
        return 0;
    case ARGP_KEY_SUCCESS:
        if (options->price_of_staging && options->mode == PIONEER_JOINT) {
            argp_error(state, "--price-of-staging: --mode=staged");
        }
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* Whether some hard rule stays broken: one over several members, or what is fixed leaves a member no way. */
static bool is_infeasible(const struct pioneer_roster *roster) {
    for (int32_t i = 0; i < pioneer_roster_finding_count(roster); i++) {
        if (strcmp(pioneer_roster_finding_at(roster, i)->code, "no-legal-schedule") == 0) {
            return true;
        }
    }
    for (int32_t i = 0; i < pioneer_roster_part_count(roster); i++) {
        const struct pioneer_part *part = pioneer_roster_part_at(roster, i);
        for (int32_t k = 0; k < part->level_count; k++) {
            if (part->levels[k].outcome == PIONEER_INFEASIBLE) {
                return true;
            }
        }
    }
    return false;
}

static void print_findings(const struct cli *cli, const struct pioneer_roster *roster) {
    for (int32_t i = 0; i < pioneer_roster_finding_count(roster); i++) {
        const struct pioneer_finding *finding = pioneer_roster_finding_at(roster, i);
        fprintf(stderr, "%s: %s: ", cli->program, finding->where == NULL ? "" : finding->where);
        cli_print_sentence(cli, stderr, finding->message);
        fprintf(stderr, " [%s]\n", finding->code);
    }
}

static enum cli_exit write_file(const struct cli *cli, const char *path,
                                const struct pioneer_roster *roster) {
    struct pioneer_error error = {0};
    char *text = NULL;
    size_t length = 0;
    if (pioneer_roster_write_json(roster, &text, &length, &error) != PIONEER_OK) {
        return cli_fail_with(cli, NULL, &error);
    }
    enum cli_exit code = cli_output_write(cli, path, text, length);
    pioneer_free(text);
    return code;
}

static enum cli_exit save(const struct cli *cli, const struct cli_source *source, const char *note,
                          const struct pioneer_roster *roster, FILE *report) {
    struct pioneer_error error = {0};
    struct pioneer_store *store = NULL;
    int64_t version = 0, id = source->campaign_id;
    enum pioneer_status status = pioneer_store_open(source->path, false, &store, &error);
    if (status == PIONEER_OK) {
        status = pioneer_store_save_roster(store, id, roster, note, (int64_t)time(NULL), &version, &error);
    }
    pioneer_store_close(store);
    if (status != PIONEER_OK) {
        return cli_fail_with(cli, source->name, &error);
    }
    cli_print(cli, report, _("saved as {store}#{id}/{version}\n"), CLI_TEXT("store", source->path),
              CLI_NUMBER("id", id), CLI_NUMBER("version", version));
    return CLI_OK;
}

/* The roster goes first: whatever happens to the table, it is kept. The table gives way to a roster on
 * standard output. */
static enum cli_exit keep(const struct cli *cli, const struct settings *settings,
                          const struct cli_source *source, const struct pioneer_campaign *campaign,
                          const struct pioneer_roster *roster) {
    const char *output = settings->output != NULL ? settings->output : source->is_store ? NULL : "-";
    FILE *report = output != NULL && strcmp(output, "-") == 0 ? stderr : stdout;
    enum cli_exit code = CLI_OK;
    if (source->is_store) {
        code = save(cli, source, settings->note, roster, report);
    }
    if (output != NULL) {
        enum cli_exit written = write_file(cli, output, roster);
        code = code == CLI_OK ? written : code;
    }
    if (!cli_levels_print(cli, campaign, roster, report) && code == CLI_OK) {
        code = cli_fail(cli, CLI_INTERNAL, NULL, cli_text(cli, _("Memory is short.")));
    }
    print_findings(cli, roster);
    return code;
}

static enum cli_exit solve(const struct cli *cli, struct settings *settings, const struct cli_source *source,
                           const struct pioneer_campaign *campaign) {
    struct pioneer_error error = {0};
    struct pioneer_roster *roster = NULL;
    struct cli_progress progress;
    cli_progress_init(&progress, cli, campaign);
    settings->options.progress = cli_progress_show;
    settings->options.progress_context = &progress;
    cli_progress_catch_interrupt();
    enum pioneer_status status = pioneer_solve(campaign, &settings->options, &roster, &error);
    cli_progress_fini(&progress);
    if (status != PIONEER_OK) {
        return cli_fail_with(cli, source->name, &error);
    }
    enum cli_exit code = keep(cli, settings, source, campaign, roster);
    if (code == CLI_OK && cli_progress_is_interrupted()) {
        code = cli_fail(cli, CLI_INTERRUPTED, NULL,
                        cli_text(cli, _("Interrupted; the best roster so far is kept.")));
    } else if (code == CLI_OK && is_infeasible(roster)) {
        code = CLI_FINDINGS;
    }
    pioneer_roster_free(roster);
    return code;
}

static enum cli_exit run(struct cli *cli, const struct cli_verb *verb, int argc, char **argv) {
    struct settings settings = {.options = {.struct_size = sizeof settings.options}};
    if (!cli_options_parse(cli, verb, argc, argv, &settings)) {
        return CLI_OK;
    }
    struct cli_source source = {0};
    struct pioneer_campaign *campaign = NULL;
    enum cli_exit code = settings.output == NULL ? CLI_OK : cli_output_probe(cli, settings.output);
    if (code == CLI_OK) {
        code = cli_source_init(cli, settings.arguments.items[0], &source);
    }
    if (code == CLI_OK) {
        code = cli_source_pin(cli, &source);
    }
    if (code == CLI_OK) {
        code = cli_source_campaign(cli, &source, &campaign);
    }
    if (code == CLI_OK) {
        code = solve(cli, &settings, &source, campaign);
    }
    pioneer_campaign_free(campaign);
    cli_source_fini(&source);
    return code;
}

static const struct argp_option options[] = {
    {"output", 'o', "ROSTER", 0,
     _("Write the roster to this file (default: standard output; a campaign in a store always gets a new "
       "version there)"),
     0},
    {"mode", KEY_MODE, "staged|joint", 0,
     _("Stage by stage and tier by tier (default), or everything at once"), 0},
    {"price-of-staging", KEY_PRICE, NULL, 0,
     _("Solve jointly as well and tell what the hierarchy cost; limits are for both solves together"), 0},
    {"outlook", KEY_OUTLOOK, "known|expected|none", 0,
     _("What a stage keeps its members free for in the rest of its last week: what the campaign asks for "
       "there (default), days like those before, or nothing"),
     0},
    {"seed", KEY_SEED, "N", 0, _("Seed of the search (default: 0)"), 0},
    {"threads", KEY_THREADS, "N", 0, _("Threads (default: one per core); never changes the roster"), 0},
    {"time-limit", KEY_TIME, "SECONDS", 0,
     _("Stop after so long with the best roster so far; not reproducible"), 0},
    {"work-limit", KEY_WORK, "UNITS", 0, _("Stop after so much work, the same on every machine"), 0},
    {"effort", KEY_EFFORT, "PERCENT", 0, _("How much work a part may cost (default: 100)"), 0},
    {"note", KEY_NOTE, "TEXT", 0, _("A remark beside the roster in the store"), 0},
    {0},
};

const struct cli_verb cli_verb_solve = {
    .name = "solve",
    .arguments = "CAMPAIGN",
    .least = 1,
    .most = 1,
    .summary = _("Make a roster and tell value, bound and gap of every level"),
    .details = _("A level is proven when its value equals its lower bound and every level before it is "
                 "proven. Ctrl-C ends the solve with the "
                 "best roster so far; "
                 "a second one ends the program at once."),
    .options = options,
    .option = take,
    .run = run,
};
