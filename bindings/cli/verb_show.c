/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pioneer show: a roster as tables. */
#include <stdlib.h>
#include <string.h>

#include "levels.h"
#include "options.h"
#include "show.h"
#include "source.h"
#include "words.h"

struct settings {
    struct cli_arguments arguments;
    const char *by, *member, *site;
    bool has_day;
    int32_t day;
};

enum { KEY_BY = CLI_KEY_FIRST_FREE, KEY_MEMBER, KEY_SITE, KEY_DATE };

static const char *const views[] = {"site", "member", "unit", "levels", "shortages"};

static bool is_view(const char *text) {
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        if (strcmp(views[i], text) == 0) {
            return true;
        }
    }
    return false;
}

static error_t take(int key, char *value, struct argp_state *state) {
    struct settings *settings = state->input;
    switch (key) {
    case KEY_BY:
        if (!is_view(value)) {
            argp_error(state, "--by=%s: site, member, unit, levels, shortages", value);
        }
        settings->by = value;
        return 0;
    case KEY_MEMBER:
        settings->member = value;
        return 0;
    case KEY_SITE:
        settings->site = value;
        return 0;
    case KEY_DATE:
        if (!cli_words_parse_date(value, &settings->day)) {
            argp_error(state, "--date=%s: YYYY-MM-DD", value);
        }
        settings->has_day = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static bool is_wanted(const char *filter, const char *id, const char *name) {
    return filter == NULL || strcmp(filter, id) == 0 || strcmp(filter, name) == 0;
}

/* The shortage of a duty; linear, and there are few. */
static const struct pioneer_shortage *shortage_of(const struct pioneer_report *report,
                                                  const struct cli_show_row *row) {
    for (int32_t i = 0; i < pioneer_report_shortage_count(report); i++) {
        const struct pioneer_shortage *shortage = pioneer_report_shortage_at(report, i);
        if (shortage->day == row->day && strcmp(shortage->slot, row->slot->id) == 0 &&
            strcmp(shortage->site, row->site->id) == 0 && strcmp(shortage->post, row->post->id) == 0) {
            return shortage;
        }
    }
    return NULL;
}

/* Keeps the row when its ids are known and no filter is against it; pioneer check names the unknown ones. */
static void add_row(struct cli_show *show, struct cli_show_row row, bool wants_member) {
    bool is_known =
        row.post != NULL && row.site != NULL && row.slot != NULL && (!wants_member || row.member != NULL);
    if (!is_known || (show->has_day && show->day != row.day) ||
        !is_wanted(show->site, row.site->id, row.site->name)) {
        return;
    }
    row.is_wanted = show->member == NULL ||
                    (row.member != NULL && is_wanted(show->member, row.member->id, row.member->name));
    if (row.is_wanted || show->whole_duties) {
        show->rows[show->count++] = row;
    }
}

static void add_assignments(struct cli_show *show) {
    for (int32_t i = 0; i < pioneer_roster_count(show->roster); i++) {
        const struct pioneer_assignment *assignment = pioneer_roster_at(show->roster, i);
        struct cli_show_row row = {
            .member = cli_names_member(&show->names, assignment->member),
            .post = cli_names_post(&show->names, assignment->post),
            .site = cli_names_site(&show->names, assignment->site),
            .slot = cli_names_slot(&show->names, assignment->slot),
            .day = assignment->day,
            .state = assignment->state,
        };
        if (row.post != NULL && row.site != NULL && row.slot != NULL) {
            row.shortage = shortage_of(show->report, &row);
        }
        add_row(show, row, true);
    }
}

static void add_empty_duties(struct cli_show *show) {
    for (int32_t i = 0; i < pioneer_report_shortage_count(show->report); i++) {
        const struct pioneer_shortage *shortage = pioneer_report_shortage_at(show->report, i);
        if (shortage->assigned == 0) {
            add_row(show,
                    (struct cli_show_row){
                        .post = cli_names_post(&show->names, shortage->post),
                        .site = cli_names_site(&show->names, shortage->site),
                        .slot = cli_names_slot(&show->names, shortage->slot),
                        .day = shortage->day,
                        .shortage = shortage,
                    },
                    false);
        }
    }
}

static bool print_view(struct cli_show *show, const char *by) {
    size_t room =
        (size_t)pioneer_roster_count(show->roster) + (size_t)pioneer_report_shortage_count(show->report) + 1;
    if (!cli_names_init(&show->names, show->campaign) ||
        (show->rows = calloc(room, sizeof *show->rows)) == NULL) {
        return false;
    }
    show->whole_duties = strcmp(by, "site") == 0; /* it counts the people on a duty and names them */
    add_assignments(show);
    add_empty_duties(show);
    switch (by[0]) {
    case 'm':
        return cli_show_by_member(show);
    case 'u':
        return cli_show_by_unit(show);
    default:
        return by[1] == 'i' ? cli_show_by_site(show) : cli_show_shortages(show);
    }
}

/* A name that is typed wrong would look like somebody without duties. */
static enum cli_exit check_filters(const struct cli *cli, const struct settings *settings,
                                   const struct pioneer_campaign *campaign) {
    bool has_member = settings->member == NULL, has_site = settings->site == NULL;
    for (int32_t i = 0; !has_member && i < pioneer_campaign_member_count(campaign); i++) {
        const struct pioneer_member *member = pioneer_campaign_member_at(campaign, i);
        has_member = is_wanted(settings->member, member->id, member->name);
    }
    for (int32_t i = 0; !has_site && i < pioneer_campaign_site_count(campaign); i++) {
        const struct pioneer_site *site = pioneer_campaign_site_at(campaign, i);
        has_site = is_wanted(settings->site, site->id, site->name);
    }
    if (!has_member) {
        return cli_fail(cli, CLI_USAGE, settings->member,
                        cli_text(cli, _("The campaign has no member of this id or name.")));
    }
    return has_site ? CLI_OK
                    : cli_fail(cli, CLI_USAGE, settings->site,
                               cli_text(cli, _("The campaign has no site of this id or name.")));
}

static enum cli_exit print(const struct cli *cli, const struct settings *settings,
                           const struct cli_pair *pair) {
    const char *by = settings->by == NULL ? "site" : settings->by;
    struct pioneer_error error = {0};
    struct pioneer_report *report = NULL;
    bool ok;
    if (strcmp(by, "levels") == 0) {
        ok = cli_levels_print(cli, pair->campaign, pair->roster, stdout);
    } else {
        if (pioneer_check(pair->campaign, pair->roster, cli->language, &report, &error) != PIONEER_OK) {
            return cli_fail_with(cli, pair->roster_source.name, &error);
        }
        struct cli_show show = {
            .cli = cli,
            .campaign = pair->campaign,
            .roster = pair->roster,
            .report = report,
            .member = settings->member,
            .site = settings->site,
            .has_day = settings->has_day,
            .day = settings->day,
        };
        ok = print_view(&show, by);
        free(show.rows);
        cli_names_fini(&show.names);
        pioneer_report_free(report);
    }
    return ok ? CLI_OK : cli_fail(cli, CLI_INTERNAL, NULL, cli_text(cli, _("Memory is short.")));
}

static enum cli_exit run(struct cli *cli, const struct cli_verb *verb, int argc, char **argv) {
    struct settings settings = {0};
    if (!cli_options_parse(cli, verb, argc, argv, &settings)) {
        return CLI_OK;
    }
    struct cli_pair pair;
    const char *const *names = settings.arguments.items;
    enum cli_exit code = cli_pair_read(cli, names[0], names[1], &pair);
    if (code == CLI_OK) {
        code = check_filters(cli, &settings, pair.campaign);
    }
    if (code == CLI_OK) {
        code = print(cli, &settings, &pair);
    }
    cli_pair_fini(&pair);
    return code;
}

static const struct argp_option options[] = {
    {"by", KEY_BY, "VIEW", 0, _("site (default), member, unit, levels or shortages"), 0},
    {"member", KEY_MEMBER, "ID|NAME", 0, _("Only duties of this member"), 0},
    {"site", KEY_SITE, "ID|NAME", 0, _("Only duties at this site"), 0},
    {"date", KEY_DATE, "YYYY-MM-DD", 0, _("Only duties of this day"), 0},
    {0},
};

const struct cli_verb cli_verb_show = {
    .name = "show",
    .arguments = "CAMPAIGN [ROSTER]",
    .least = 1,
    .most = 2,
    .summary = _("Print a roster as tables"),
    .options = options,
    .option = take,
    .run = run,
};
