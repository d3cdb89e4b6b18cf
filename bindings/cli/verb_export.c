/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pioneer export: pages, tables and calendars. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <pioneer/export.h>

#include "options.h"
#include "output.h"
#include "source.h"

struct settings {
    struct cli_arguments arguments;
    const char *html, *csv, *ics, *all;
};

enum { KEY_HTML = CLI_KEY_FIRST_FREE, KEY_CSV, KEY_ICS, KEY_ALL };

static error_t take(int key, char *value, struct argp_state *state) {
    struct settings *settings = state->input;
    switch (key) {
    case KEY_HTML:
        settings->html = value;
        return 0;
    case KEY_CSV:
        settings->csv = value;
        return 0;
    case KEY_ICS:
        settings->ics = value;
        return 0;
    case KEY_ALL:
        settings->all = value;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* Documents are made in memory first, so that a failure leaves nothing written. One without text is a folder.
 */
struct document {
    char *path;
    char *text;
    size_t length;
};

struct documents {
    struct document *items;
    size_t count, capacity;
};

static void documents_fini(struct documents *documents) {
    for (size_t i = 0; i < documents->count; i++) {
        free(documents->items[i].path);
        pioneer_free(documents->items[i].text);
    }
    free(documents->items);
}

static char *join(const char *folder, const char *name, const char *ending) {
    size_t size = strlen(folder) + strlen(name) + strlen(ending) + 2;
    char *path = malloc(size);
    if (path != NULL) {
        snprintf(path, size, "%s/%s%s", folder, name, ending);
    }
    return path;
}

/* Adds an empty document and takes the path over; NULL when memory is short, or the path is. */
static struct document *add_document(struct documents *documents, char *path) {
    if (path == NULL) {
        return NULL;
    }
    if (documents->count == documents->capacity) {
        size_t capacity = documents->capacity == 0 ? 16 : 2 * documents->capacity;
        struct document *grown = realloc(documents->items, capacity * sizeof *grown);
        if (grown == NULL) {
            free(path);
            return NULL;
        }
        documents->items = grown;
        documents->capacity = capacity;
    }
    struct document *document = &documents->items[documents->count++];
    *document = (struct document){.path = path};
    return document;
}

static enum cli_exit no_memory(const struct cli *cli) {
    return cli_fail(cli, CLI_INTERNAL, NULL, cli_text(cli, _("Memory is short.")));
}

static enum cli_exit make_html(const struct cli *cli, const struct cli_pair *pair, char *path,
                               struct documents *documents) {
    struct pioneer_error error = {0};
    struct pioneer_report *report = NULL;
    struct document *document = add_document(documents, path);
    if (document == NULL) {
        return no_memory(cli);
    }
    enum pioneer_status status = pioneer_check(pair->campaign, pair->roster, cli->language, &report, &error);
    if (status == PIONEER_OK) {
        status = pioneer_export_html(pair->campaign, pair->roster, report, cli->language, &document->text,
                                     &document->length, &error);
    }
    pioneer_report_free(report);
    return status == PIONEER_OK ? CLI_OK : cli_fail_with(cli, pair->roster_source.name, &error);
}

static enum cli_exit make_csv(const struct cli *cli, const struct cli_pair *pair, char *path,
                              struct documents *documents) {
    struct pioneer_error error = {0};
    struct document *document = add_document(documents, path);
    if (document == NULL) {
        return no_memory(cli);
    }
    enum pioneer_status status = pioneer_export_csv(pair->campaign, pair->roster, cli->language,
                                                    &document->text, &document->length, &error);
    return status == PIONEER_OK ? CLI_OK : cli_fail_with(cli, pair->roster_source.name, &error);
}

/* The moment that calendars carry; SOURCE_DATE_EPOCH makes them the same from run to run. */
static int64_t stamp(void) {
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    if (fixed != NULL && *fixed != '\0') {
        char *end = NULL;
        intmax_t seconds = strtoimax(fixed, &end, 10);
        if (*end == '\0' && seconds >= 0) {
            return (int64_t)seconds;
        }
    }
    return (int64_t)time(NULL);
}

/* One calendar: exactly one of member and site is set. */
static enum cli_exit make_calendar(const struct cli *cli, const struct cli_pair *pair, const char *member,
                                   const char *site, char *path, struct documents *documents) {
    struct pioneer_error error = {0};
    struct document *document = add_document(documents, path);
    if (document == NULL) {
        return no_memory(cli);
    }
    enum pioneer_status status =
        pioneer_export_ics(pair->campaign, pair->roster, member, site, stamp(), cli->language,
                           &document->text, &document->length, &error);
    return status == PIONEER_OK ? CLI_OK : cli_fail_with(cli, pair->roster_source.name, &error);
}

static int compare_text(const void *a, const void *b) {
    const char *const *left = a, *const *right = b;
    return strcmp(*left, *right);
}

static const char *id_of(const struct pioneer_assignment *assignment, bool of_member) {
    return of_member ? assignment->member : assignment->site;
}

/* A calendar for each member, or each site, that has a duty: RFC 5545 knows no empty calendar. */
static enum cli_exit make_calendars(const struct cli *cli, const struct cli_pair *pair, const char *folder,
                                    bool of_members, struct documents *documents) {
    int32_t count = pioneer_roster_count(pair->roster);
    const char **ids = calloc((size_t)count + 1, sizeof(char *));
    if (ids == NULL) {
        return no_memory(cli);
    }
    for (int32_t i = 0; i < count; i++) {
        ids[i] = id_of(pioneer_roster_at(pair->roster, i), of_members);
    }
    qsort(ids, (size_t)count, sizeof(char *), compare_text);
    enum cli_exit code = CLI_OK;
    for (int32_t i = 0; code == CLI_OK && i < count; i++) {
        if (i == 0 || strcmp(ids[i], ids[i - 1]) != 0) {
            code = make_calendar(cli, pair, of_members ? ids[i] : NULL, of_members ? NULL : ids[i],
                                 join(folder, ids[i], ".ics"), documents);
        }
    }
    free(ids);
    return code;
}

/* A folder of calendars inside `folder`. */
static enum cli_exit make_calendar_folder(const struct cli *cli, const struct cli_pair *pair,
                                          const char *folder, bool of_members, struct documents *documents) {
    struct document *made = add_document(documents, join(folder, of_members ? "members" : "sites", ""));
    if (made == NULL) {
        return no_memory(cli);
    }
    const char *path = made->path; /* stays where it is when the list of documents moves */
    return make_calendars(cli, pair, path, of_members, documents);
}

static enum cli_exit make_ics(const struct cli *cli, const struct cli_pair *pair, const char *folder,
                              struct documents *documents) {
    enum cli_exit code = make_calendar_folder(cli, pair, folder, true, documents);
    return code == CLI_OK ? make_calendar_folder(cli, pair, folder, false, documents) : code;
}

static enum cli_exit make_all(const struct cli *cli, const struct cli_pair *pair, const char *folder,
                              struct documents *documents) {
    if (add_document(documents, strdup(folder)) == NULL) {
        return no_memory(cli);
    }
    enum cli_exit code = make_html(cli, pair, join(folder, "roster.html", ""), documents);
    if (code == CLI_OK) {
        code = make_csv(cli, pair, join(folder, "roster.csv", ""), documents);
    }
    char *calendars = join(folder, "calendars", "");
    if (calendars == NULL) {
        return no_memory(cli);
    }
    if (code == CLI_OK) {
        code = make_ics(cli, pair, calendars, documents);
    }
    free(calendars);
    return code;
}

static enum cli_exit write_all(const struct cli *cli, const struct documents *documents) {
    enum cli_exit code = CLI_OK;
    for (size_t i = 0; code == CLI_OK && i < documents->count; i++) {
        const struct document *document = &documents->items[i];
        code = document->text == NULL
                   ? cli_output_directory(cli, document->path)
                   : cli_output_write(cli, document->path, document->text, document->length);
    }
    return code;
}

static enum cli_exit export_all(const struct cli *cli, const struct settings *settings,
                                const struct cli_pair *pair) {
    struct documents documents = {0};
    enum cli_exit code = CLI_OK;
    if (settings->html != NULL) {
        code = make_html(cli, pair, strdup(settings->html), &documents);
    }
    if (code == CLI_OK && settings->csv != NULL) {
        code = make_csv(cli, pair, strdup(settings->csv), &documents);
    }
    if (code == CLI_OK && settings->ics != NULL) {
        code = make_ics(cli, pair, settings->ics, &documents);
    }
    if (code == CLI_OK && settings->all != NULL) {
        code = make_all(cli, pair, settings->all, &documents);
    }
    if (code == CLI_OK) {
        code = write_all(cli, &documents);
    }
    documents_fini(&documents);
    return code;
}

static enum cli_exit run(struct cli *cli, const struct cli_verb *verb, int argc, char **argv) {
    struct settings settings = {0};
    if (!cli_options_parse(cli, verb, argc, argv, &settings)) {
        return CLI_OK;
    }
    if (settings.html == NULL && settings.csv == NULL && settings.ics == NULL && settings.all == NULL) {
        return cli_fail(cli, CLI_USAGE, NULL,
                        cli_text(cli, _("Say what to write: --html, --csv, --ics-dir or --all.")));
    }
    if (settings.all != NULL && settings.ics != NULL) {
        return cli_fail(cli, CLI_USAGE, NULL,
                        cli_text(cli, _("--all writes calendars too; leave --ics-dir out.")));
    }
    struct cli_pair pair;
    const char *const *names = settings.arguments.items;
    enum cli_exit code = cli_pair_read(cli, names[0], names[1], &pair);
    if (code == CLI_OK) {
        code = export_all(cli, &settings, &pair);
    }
    cli_pair_fini(&pair);
    return code;
}

static const struct argp_option options[] = {
    {"html", KEY_HTML, "FILE", 0, _("One self-contained page: by site, by member, by unit, levels"), 0},
    {"csv", KEY_CSV, "FILE", 0, _("One line an assignment, as spreadsheets open it"), 0},
    {"ics-dir", KEY_ICS, "DIR", 0,
     _("A calendar for each member and each site on duty: DIR/members/ID.ics, DIR/sites/ID.ics"), 0},
    {"all", KEY_ALL, "DIR", 0, _("DIR/roster.html, DIR/roster.csv and DIR/calendars"), 0},
    {0},
};

const struct cli_verb cli_verb_export = {
    .name = "export",
    .arguments = "CAMPAIGN [ROSTER]",
    .least = 1,
    .most = 2,
    .summary = _("Write a roster for people: HTML, CSV, iCalendar"),
    .details = _("Calendars are stamped with the present moment, or with SOURCE_DATE_EPOCH if it is set."),
    .options = options,
    .option = take,
    .run = run,
};
