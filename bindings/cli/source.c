/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of campaigns and rosters. */
#include "source.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What every SQLite file starts with, its final NUL included. */
static const char sqlite_magic[16] = "SQLite format 3";

/* More than any campaign, and less than what could exhaust a small machine's memory when a disk image is
 * named by mistake. */
#define BYTES_MAX (1024L * 1024 * 1024)

static bool is_sqlite(const char *path) {
    char head[sizeof sqlite_magic];
    FILE *file = fopen(path, "rb");
    bool found = file != NULL && fread(head, 1, sizeof head, file) == sizeof head &&
                 memcmp(head, sqlite_magic, sizeof head) == 0;
    if (file != NULL) {
        fclose(file);
    }
    return found;
}

/* Reads "3" or "3/7" behind the '#'; false for anything else. */
static bool read_ids(const char *text, struct cli_source *source) {
    char *end = NULL;
    if (*text < '1' || *text > '9') {
        return false;
    }
    errno = 0;
    source->campaign_id = strtoimax(text, &end, 10);
    if (*end == '/' && end[1] >= '1' && end[1] <= '9') {
        source->version = strtoimax(end + 1, &end, 10);
    }
    return *end == '\0' && errno == 0;
}

/* The '#' behind which a name tells what of a store it means, NULL: none does. A file may have a '#' in its
 * name: the name as a whole comes first. */
static char *find_mark(char *name) {
    char *mark = strrchr(name, '#');
    return mark != NULL && access(name, F_OK) != 0 ? mark : NULL;
}

enum cli_exit cli_source_init(const struct cli *cli, const char *name, struct cli_source *source) {
    *source = (struct cli_source){.name = strcmp(name, "-") == 0 ? "<stdin>" : name, .path = strdup(name)};
    if (source->path == NULL) {
        return cli_fail(cli, CLI_INTERNAL, name, strerror(ENOMEM));
    }
    char *mark = find_mark(source->path);
    if (mark != NULL) {
        *mark = '\0';
        if (!read_ids(mark + 1, source)) {
            return cli_fail(cli, CLI_USAGE, name, cli_text(cli, _("behind # a store takes 3 or 3/7")));
        }
        if (access(source->path, F_OK) == 0 && !is_sqlite(source->path)) {
            return cli_fail(cli, CLI_IO, source->path, cli_text(cli, _("The file is not a store.")));
        }
    }
    source->is_store = is_sqlite(source->path);
    return CLI_OK;
}

bool cli_source_names_store(const char *name) {
    struct cli_source source = {.path = strdup(name)};
    char *mark = source.path != NULL ? find_mark(source.path) : NULL;
    if (mark != NULL && read_ids(mark + 1, &source)) {
        *mark = '\0';
    }
    bool found = source.path != NULL && is_sqlite(source.path);
    cli_source_fini(&source);
    return found;
}

void cli_source_fini(struct cli_source *source) {
    free(source->path);
    *source = (struct cli_source){0};
}

static bool note_newest(void *context, const struct pioneer_store_entry *entry) {
    int64_t *newest = context;
    *newest = entry->campaign_id;
    return true;
}

/* An empty store stays at 0, and loading from it says so. The list stands in order of the numbers. */
enum cli_exit cli_source_pin(const struct cli *cli, struct cli_source *source) {
    struct pioneer_error error = {0};
    struct pioneer_store *store = NULL;
    if (!source->is_store || source->campaign_id != 0) {
        return CLI_OK;
    }
    enum pioneer_status status = pioneer_store_open(source->path, false, &store, &error);
    if (status == PIONEER_OK) {
        status = pioneer_store_list(store, note_newest, &source->campaign_id, &error);
    }
    pioneer_store_close(store);
    return status == PIONEER_OK ? CLI_OK : cli_fail_with(cli, source->name, &error);
}

static enum pioneer_status fail_io(struct pioneer_error *error, int number) {
    *error = (struct pioneer_error){.status = number == ENOMEM ? PIONEER_E_NO_MEMORY : PIONEER_E_IO};
    snprintf(error->code, sizeof error->code, "%s", number == ENOMEM ? "no-memory" : "cannot-read");
    snprintf(error->message, sizeof error->message, "%s", strerror(number));
    return error->status;
}

/* Grows *text as the stream goes on; pipes do not tell their size. Returns 0 or an errno. */
static int read_stream(FILE *file, char **text, size_t *length) {
    size_t capacity = 0;
    for (;;) {
        if (*length == capacity) {
            capacity = capacity == 0 ? 1 << 16 : 2 * capacity;
            char *grown = capacity > BYTES_MAX ? NULL : realloc(*text, capacity);
            if (grown == NULL) {
                return capacity > BYTES_MAX ? EFBIG : ENOMEM;
            }
            *text = grown;
        }
        errno = 0;
        size_t count = fread(*text + *length, 1, capacity - *length, file);
        *length += count;
        if (count == 0) {
            return ferror(file) ? (errno != 0 ? errno : EIO) : 0;
        }
    }
}

static enum pioneer_status read_text(const char *path, char **text, size_t *length,
                                     struct pioneer_error *error) {
    bool is_stdin = strcmp(path, "-") == 0;
    FILE *file = is_stdin ? stdin : fopen(path, "rb");
    if (file == NULL) {
        return fail_io(error, errno);
    }
    int failure = read_stream(file, text, length);
    if (!is_stdin) {
        fclose(file);
    }
    return failure == 0 ? PIONEER_OK : fail_io(error, failure);
}

static enum pioneer_status load_campaign(const struct cli_source *source, struct pioneer_campaign **out,
                                         struct pioneer_error *error) {
    struct pioneer_store *store = NULL;
    enum pioneer_status status = pioneer_store_open(source->path, false, &store, error);
    if (status == PIONEER_OK) {
        status = pioneer_store_load_campaign(store, source->campaign_id, out, error);
    }
    pioneer_store_close(store);
    return status;
}

static enum pioneer_status load_roster(const struct cli_source *source, struct pioneer_roster **out,
                                       struct pioneer_error *error) {
    struct pioneer_store *store = NULL;
    enum pioneer_status status = pioneer_store_open(source->path, false, &store, error);
    if (status == PIONEER_OK) {
        status = pioneer_store_load_roster(store, source->campaign_id, source->version, out, error);
    }
    pioneer_store_close(store);
    return status;
}

enum pioneer_status cli_source_read(const struct cli_source *source, struct pioneer_campaign **out,
                                    struct pioneer_error *error) {
    *out = NULL;
    if (source->is_store) {
        return load_campaign(source, out, error);
    }
    char *text = NULL;
    size_t length = 0;
    enum pioneer_status status = read_text(source->path, &text, &length, error);
    if (status == PIONEER_OK) {
        status = pioneer_campaign_read_json(text, length, out, error);
    }
    free(text);
    return status;
}

enum cli_exit cli_source_campaign(const struct cli *cli, const struct cli_source *source,
                                  struct pioneer_campaign **out) {
    struct pioneer_error error = {0};
    enum pioneer_status status = cli_source_read(source, out, &error);
    if (status == PIONEER_OK) {
        status = pioneer_campaign_validate(*out, &error);
    }
    if (status == PIONEER_OK) {
        return CLI_OK;
    }
    pioneer_campaign_free(*out);
    *out = NULL;
    return cli_fail_with(cli, source->name, &error);
}

enum cli_exit cli_source_roster(const struct cli *cli, const struct cli_source *source,
                                struct pioneer_roster **out) {
    struct pioneer_error error = {0};
    enum pioneer_status status;
    char *text = NULL;
    size_t length = 0;
    *out = NULL;
    if (source->is_store) {
        status = load_roster(source, out, &error);
    } else {
        status = read_text(source->path, &text, &length, &error);
        if (status == PIONEER_OK) {
            status = pioneer_roster_read_json(text, length, out, &error);
        }
        free(text);
    }
    return status == PIONEER_OK ? CLI_OK : cli_fail_with(cli, source->name, &error);
}

enum cli_exit cli_pair_read(const struct cli *cli, const char *campaign, const char *roster,
                            struct cli_pair *pair) {
    *pair = (struct cli_pair){0};
    enum cli_exit code = cli_source_init(cli, campaign, &pair->campaign_source);
    if (code != CLI_OK) {
        return code;
    }
    if (roster == NULL && !pair->campaign_source.is_store) {
        return cli_fail(cli, CLI_USAGE, campaign,
                        cli_text(cli, _("A campaign in a file needs a roster beside it.")));
    }
    if (roster != NULL && strcmp(roster, "-") == 0 && strcmp(campaign, "-") == 0) {
        return cli_fail(cli, CLI_USAGE, NULL,
                        cli_text(cli, _("Only one of two can come from standard input.")));
    }
    code = cli_source_init(cli, roster == NULL ? campaign : roster, &pair->roster_source);
    if (code == CLI_OK) {
        code = cli_source_pin(cli, &pair->campaign_source);
    }
    if (code == CLI_OK && pair->roster_source.campaign_id == 0 &&
        strcmp(pair->roster_source.path, pair->campaign_source.path) == 0) {
        pair->roster_source.campaign_id = pair->campaign_source.campaign_id;
    }
    if (code == CLI_OK) {
        code = cli_source_campaign(cli, &pair->campaign_source, &pair->campaign);
    }
    return code == CLI_OK ? cli_source_roster(cli, &pair->roster_source, &pair->roster) : code;
}

void cli_pair_fini(struct cli_pair *pair) {
    pioneer_roster_free(pair->roster);
    pioneer_campaign_free(pair->campaign);
    cli_source_fini(&pair->roster_source);
    cli_source_fini(&pair->campaign_source);
    *pair = (struct cli_pair){0};
}
