/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What "pioneer show" has gathered before it prints. */
#ifndef CLI_SHOW_H
#define CLI_SHOW_H

#include <pioneer/check.h>

#include "cli.h"
#include "names.h"
#include "table.h"

/* One assignment with its descriptions at hand; `member` is NULL for a duty that nobody stands on. */
struct cli_show_row {
    const struct pioneer_member *member;
    const struct pioneer_post *post;
    const struct pioneer_site *site;
    const struct pioneer_slot *slot;
    int32_t day;
    enum pioneer_assignment_state state;
    const struct pioneer_shortage *shortage; /* of the duty, NULL: none */
    bool is_wanted;                          /* no filter by member is against it */
};

/* Filters by NULL or an id or name; has_day false: every day. */
struct cli_show {
    const struct cli *cli;
    const struct pioneer_campaign *campaign;
    const struct pioneer_roster *roster;
    const struct pioneer_report *report;
    struct cli_names names;
    const char *member, *site;
    bool whole_duties; /* rows that only the filter by member is against are there as well */
    bool has_day;
    int32_t day;
    struct cli_show_row *rows;
    size_t count;
};

/* Each prints one view; false: memory is short. */
bool cli_show_by_site(struct cli_show *show);
bool cli_show_by_member(struct cli_show *show);
bool cli_show_by_unit(struct cli_show *show);
bool cli_show_shortages(struct cli_show *show);

#endif
