/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pioneer_campaign_validate: all steps in order, and what comes of them. */
#include "base/status.h"
#include "model/validation.h"

#define GUESSES 20

static bool note_word(struct pnr_map *map, const char *word) {
    return word[0] == '\0' || pnr_map_put(map, word, 0);
}

static bool note_words(struct pnr_validation *validation) {
    const struct pioneer_campaign *campaign = validation->campaign;
    bool ok = true;
    for (int32_t i = 0; i < campaign->members.count && ok; i++) {
        const struct pioneer_member *member = &campaign->members.items[i];
        for (int32_t k = 0; k < member->tag_count && ok; k++) {
            ok = note_word(&validation->tags, member->tags[k]);
        }
        for (int32_t k = 0; k < member->rating_count && ok; k++) {
            ok = note_word(&validation->ratings, member->ratings[k].name);
        }
    }
    for (int32_t i = 0; i < campaign->sites.count && ok; i++) {
        ok = note_word(&validation->zones, campaign->sites.items[i].zone) &&
             note_word(&validation->site_kinds, campaign->sites.items[i].kind);
    }
    for (int32_t i = 0; i < campaign->slots.count && ok; i++) {
        ok = note_word(&validation->slot_kinds, campaign->slots.items[i].kind);
    }
    return ok;
}

static bool is_clean(const struct pnr_validation *validation) {
    return validation->count_of_severity[PIONEER_ERROR] == 0 && !validation->failed;
}

static void run_steps(struct pnr_validation *validation) {
    pnr_validate_names(validation);
    pnr_validate_tree(validation);
    pnr_validate_places(validation);
    pnr_validate_stages(validation);
    pnr_validate_demand(validation);
    pnr_validate_expressions(validation);
    pnr_validate_rules(validation);
    pnr_validate_past(validation);
    if (is_clean(validation)) {
        pnr_validate_duties(validation);
    }
    if (is_clean(validation)) {
        pnr_validate_chances(validation);
    }
}

static void fini(struct pnr_validation *validation) {
    pnr_indexes_fini(&validation->indexes);
    pnr_map_fini(&validation->tags);
    pnr_map_fini(&validation->ratings);
    pnr_map_fini(&validation->zones);
    pnr_map_fini(&validation->slot_kinds);
    pnr_map_fini(&validation->site_kinds);
    pnr_arena_fini(&validation->scratch);
}

enum pioneer_status pioneer_campaign_validate(struct pioneer_campaign *campaign,
                                              struct pioneer_error *error) {
    struct pnr_validation validation = {.campaign = campaign, .guesses_left = GUESSES};
    pnr_campaign_touch(campaign);
    if (pnr_indexes_build(&validation.indexes, campaign) && note_words(&validation)) {
        run_steps(&validation);
    } else {
        validation.failed = true;
    }
    pnr_finding_add_rest(&validation);
    if (!validation.failed) {
        validation.failed = !pnr_finding_sort(campaign);
    }
    fini(&validation);
    if (validation.failed) {
        pnr_campaign_touch(campaign);
        return pnr_fail_no_memory(error);
    }
    campaign->validated = is_clean(&validation);
    if (!campaign->validated) {
        const struct pioneer_finding *first = &campaign->findings.items[0];
        return pnr_fail(error, PIONEER_E_INVALID, first->code, first->where, "%s", first->message);
    }
    return PIONEER_OK;
}
