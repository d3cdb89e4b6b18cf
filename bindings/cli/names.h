/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding descriptions of a campaign by id, quickly. */
#ifndef CLI_NAMES_H
#define CLI_NAMES_H

#include <pioneer/campaign.h>

/* Pointers to the descriptions, sorted by id. All zeros is a valid empty index. */
struct cli_names {
    const struct pioneer_member **members;
    const struct pioneer_site **sites;
    const struct pioneer_slot **slots;
    const struct pioneer_post **posts;
    const struct pioneer_unit **units;
    size_t member_count, site_count, slot_count, post_count, unit_count;
};

/* False: memory is short. The campaign must live as long and stay unchanged. */
bool cli_names_init(struct cli_names *names, const struct pioneer_campaign *campaign);
void cli_names_fini(struct cli_names *names);

/* NULL when nothing has the id. */
const struct pioneer_member *cli_names_member(const struct cli_names *names, const char *id);
const struct pioneer_site *cli_names_site(const struct cli_names *names, const char *id);
const struct pioneer_slot *cli_names_slot(const struct cli_names *names, const char *id);
const struct pioneer_post *cli_names_post(const struct cli_names *names, const char *id);
const struct pioneer_unit *cli_names_unit(const struct cli_names *names, const char *id);

#endif
