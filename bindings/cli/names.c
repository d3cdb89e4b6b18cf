/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Five sorted arrays, one for each kind of description. */
#include "names.h"

#include <stdlib.h>
#include <string.h>

/* The kinds differ in nothing but their type, so one pattern makes the constructor and the look-up of each.
 */
#define DEFINE_INDEX(part)                                                                                   \
    static int compare_##part(const void *a, const void *b) {                                                \
        const struct pioneer_##part *const *left = a, *const *right = b;                                     \
        return strcmp((*left)->id, (*right)->id);                                                            \
    }                                                                                                        \
    static bool index_##part(struct cli_names *names, const struct pioneer_campaign *campaign) {             \
        int32_t count = pioneer_campaign_##part##_count(campaign);                                           \
        names->part##s = calloc((size_t)count + 1, sizeof(void *));                                          \
        if (names->part##s == NULL) {                                                                        \
            return false;                                                                                    \
        }                                                                                                    \
        for (int32_t i = 0; i < count; i++) {                                                                \
            names->part##s[i] = pioneer_campaign_##part##_at(campaign, i);                                   \
        }                                                                                                    \
        names->part##_count = (size_t)count;                                                                 \
        qsort(names->part##s, (size_t)count, sizeof(void *), compare_##part);                                \
        return true;                                                                                         \
    }                                                                                                        \
    const struct pioneer_##part *cli_names_##part(const struct cli_names *names, const char *id) {           \
        const struct pioneer_##part key = {.id = id}, *at = &key;                                            \
        const struct pioneer_##part **found =                                                                \
            bsearch(&at, names->part##s, names->part##_count, sizeof(void *), compare_##part);               \
        return found == NULL ? NULL : *found;                                                                \
    }

DEFINE_INDEX(member)
DEFINE_INDEX(site)
DEFINE_INDEX(slot)
DEFINE_INDEX(post)
DEFINE_INDEX(unit)

bool cli_names_init(struct cli_names *names, const struct pioneer_campaign *campaign) {
    *names = (struct cli_names){0};
    if (index_member(names, campaign) && index_site(names, campaign) && index_slot(names, campaign) &&
        index_post(names, campaign) && index_unit(names, campaign)) {
        return true;
    }
    cli_names_fini(names);
    return false;
}

void cli_names_fini(struct cli_names *names) {
    free(names->members);
    free(names->sites);
    free(names->slots);
    free(names->posts);
    free(names->units);
    *names = (struct cli_names){0};
}
