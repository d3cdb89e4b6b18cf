/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The campaign builder: descriptions are checked one by one, copied into the campaign's arena, and read back.
 */
#include "model/campaign.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "model/layout.h"

/* ---- settings */

enum pioneer_status pioneer_campaign_new(struct pioneer_campaign **out) {
    struct pioneer_campaign *campaign = calloc(1, sizeof *campaign);
    *out = campaign;
    if (campaign == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    campaign->settings.struct_size = sizeof campaign->settings;
    pnr_settings_layout.fill(&campaign->settings);
    return PIONEER_OK;
}

void pioneer_campaign_free(struct pioneer_campaign *campaign) {
    if (campaign == NULL) {
        return;
    }
    pnr_array_fini(&campaign->units);
    pnr_array_fini(&campaign->members);
    pnr_array_fini(&campaign->sites);
    pnr_array_fini(&campaign->walks);
    pnr_array_fini(&campaign->slots);
    pnr_array_fini(&campaign->stages);
    pnr_array_fini(&campaign->posts);
    pnr_array_fini(&campaign->demands);
    pnr_array_fini(&campaign->rules);
    pnr_map_fini(&campaign->rule_ids);
    pnr_array_fini(&campaign->levels);
    pnr_array_fini(&campaign->requests);
    pnr_array_fini(&campaign->preferences);
    pnr_array_fini(&campaign->histories);
    pnr_array_fini(&campaign->assignments);
    pnr_campaign_touch(campaign);
    pnr_array_fini(&campaign->findings);
    pnr_arena_fini(&campaign->arena);
    free(campaign);
}

void pioneer_free(void *text) {
    free(text);
}

void pnr_campaign_touch(struct pioneer_campaign *campaign) {
    pnr_array_clear(&campaign->findings);
    pnr_arena_fini(&campaign->finding_arena);
    campaign->validated = false;
}

enum pioneer_status pnr_campaign_fingerprint(const struct pioneer_campaign *campaign,
                                             char out[PNR_FINGERPRINT_BYTES]) {
    char *text;
    size_t length;
    enum pioneer_status status = pioneer_campaign_write_json(campaign, &text, &length, NULL);
    if (status == PIONEER_OK) {
        pnr_fingerprint(text, length, out);
        pioneer_free(text);
    }
    return status;
}

/* IANA names consist of these characters; whether the zone exists is for the exports to say. */
static bool is_time_zone(const char *text) {
    const char *const allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
    return strlen(text) <= PNR_ID_BYTES && text[strspn(text, allowed)] == '\0';
}

enum pioneer_status pioneer_campaign_set(struct pioneer_campaign *campaign,
                                         const struct pioneer_campaign_settings *settings,
                                         struct pioneer_error *error) {
    struct pioneer_campaign_settings copy;
    enum pioneer_status status = pnr_layout_read(&pnr_settings_layout, settings, &copy, error);
    if (status == PIONEER_OK) {
        status = pnr_layout_check(&pnr_settings_layout, &copy, NULL, error);
    }
    if (status == PIONEER_OK && copy.time_zone != NULL && !is_time_zone(copy.time_zone)) {
        status = pnr_path_fail(NULL, "time_zone", "bad-time-zone",
                               "A time zone is an IANA name such as Asia/Shanghai.", error);
    }
    if (status != PIONEER_OK) {
        return status;
    }
    if (!pnr_layout_own(&pnr_settings_layout, &campaign->arena, &copy)) {
        return pnr_fail_no_memory(error);
    }
    campaign->settings = copy;
    pnr_campaign_touch(campaign);
    return PIONEER_OK;
}

const struct pioneer_campaign_settings *pioneer_campaign_get(const struct pioneer_campaign *campaign) {
    return &campaign->settings;
}

/* ---- add, count, at */

/* Reads, checks and copies one description into *copy. */
static enum pioneer_status take(struct pioneer_campaign *campaign, const struct pnr_layout *layout,
                                const void *given, int32_t index, void *copy, struct pioneer_error *error) {
    struct pnr_path path = {NULL, layout->array, index};
    enum pioneer_status status = pnr_layout_read(layout, given, copy, error);
    if (status == PIONEER_OK) {
        status = pnr_layout_check(layout, copy, &path, error);
    }
    if (status == PIONEER_OK && !pnr_layout_own(layout, &campaign->arena, copy)) {
        status = pnr_fail_no_memory(error);
    }
    return status;
}

/* The counterparts of PIONEER_DECLARE_PART in the public header. */
#define DEFINE_ADD(part, list)                                                                               \
    enum pioneer_status pioneer_campaign_add_##part(                                                         \
        struct pioneer_campaign *campaign, const struct pioneer_##part *part, struct pioneer_error *error) { \
        struct pioneer_##part copy;                                                                          \
        enum pioneer_status status =                                                                         \
            take(campaign, &pnr_##part##_layout, part, campaign->list.count, &copy, error);                  \
        if (status != PIONEER_OK) {                                                                          \
            return status;                                                                                   \
        }                                                                                                    \
        if (!pnr_array_push(&campaign->list, copy)) {                                                        \
            return pnr_fail_no_memory(error);                                                                \
        }                                                                                                    \
        pnr_campaign_touch(campaign);                                                                        \
        return PIONEER_OK;                                                                                   \
    }

#define DEFINE_READ(part, list)                                                                              \
    int32_t pioneer_campaign_##part##_count(const struct pioneer_campaign *campaign) {                       \
        return campaign->list.count;                                                                         \
    }                                                                                                        \
    const struct pioneer_##part *pioneer_campaign_##part##_at(const struct pioneer_campaign *campaign,       \
                                                              int32_t index) {                               \
        return index >= 0 && index < campaign->list.count ? &campaign->list.items[index] : NULL;             \
    }

#define DEFINE_PART(part, list) DEFINE_ADD(part, list) DEFINE_READ(part, list)

DEFINE_PART(unit, units)
DEFINE_PART(member, members)
DEFINE_PART(site, sites)
DEFINE_PART(walk, walks)
DEFINE_PART(slot, slots)
DEFINE_PART(stage, stages)
DEFINE_PART(post, posts)
DEFINE_PART(demand, demands)
DEFINE_PART(level, levels)
DEFINE_PART(request, requests)
DEFINE_PART(preference, preferences)
DEFINE_PART(history, histories)
DEFINE_PART(assignment, assignments)

DEFINE_READ(rule, rules)

/* The kind's name; with "-2", "-3" … if it is taken. Ids never become free again, so that the search goes on
 * from where it ended for the rule before, which *number remembers. */
static void name_rule(const struct pioneer_campaign *campaign, const char *kind, int32_t *number,
                      char id[PNR_ID_BYTES + 1]) {
    if (*number == 0) {
        *number = 1;
        snprintf(id, PNR_ID_BYTES + 1, "%s", kind);
    } else {
        snprintf(id, PNR_ID_BYTES + 1, "%s-%d", kind, (int)++*number);
    }
    while (pnr_map_get(&campaign->rule_ids, id) >= 0) {
        snprintf(id, PNR_ID_BYTES + 1, "%s-%d", kind, (int)++*number);
    }
}

enum pioneer_status pioneer_campaign_add_rule(struct pioneer_campaign *campaign,
                                              const struct pioneer_rule *rule, struct pioneer_error *error) {
    struct pioneer_rule named, copy;
    char id[PNR_ID_BYTES + 1];
    enum pioneer_status status = pnr_layout_read(&pnr_rule_layout, rule, &named, error);
    if (status != PIONEER_OK) {
        return status;
    }
    const char *kind = pnr_rule_kind_name(named.kind);
    const bool is_unnamed = named.id == NULL && kind != NULL;
    int32_t number = is_unnamed ? campaign->last_number_of_kind[named.kind] : 0;
    if (is_unnamed) {
        name_rule(campaign, kind, &number, id);
        named.id = id;
    }
    status = take(campaign, &pnr_rule_layout, &named, campaign->rules.count, &copy, error);
    if (status != PIONEER_OK) {
        return status;
    }
    if (!pnr_array_reserve(&campaign->rules, campaign->rules.count + 1) ||
        !pnr_map_put(&campaign->rule_ids, copy.id, campaign->rules.count)) {
        return pnr_fail_no_memory(error);
    }
    campaign->rules.items[campaign->rules.count++] = copy;
    if (is_unnamed) {
        campaign->last_number_of_kind[copy.kind] = number;
    }
    pnr_campaign_touch(campaign);
    return PIONEER_OK;
}

int32_t pioneer_campaign_finding_count(const struct pioneer_campaign *campaign) {
    return campaign->findings.count;
}

const struct pioneer_finding *pioneer_campaign_finding_at(const struct pioneer_campaign *campaign,
                                                          int32_t index) {
    return index >= 0 && index < campaign->findings.count ? &campaign->findings.items[index] : NULL;
}

/* ---- levels */

#define DEFAULT_LEVEL(id)                                                                                    \
    { sizeof(struct pioneer_level), id, id }

const struct pioneer_level *pnr_default_levels(int32_t *count) {
    static const struct pioneer_level levels[] = {
        DEFAULT_LEVEL("must"),      DEFAULT_LEVEL("lead"),     DEFAULT_LEVEL("target"),
        DEFAULT_LEVEL("stability"), DEFAULT_LEVEL("fairness"), DEFAULT_LEVEL("wishes"),
    };
    *count = (int32_t)(sizeof levels / sizeof levels[0]);
    return levels;
}
