/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of reading and writing files fails once. */
#include <criterion/criterion.h>
#include <pioneer/roster.h>
#include <stdio.h>
#include <string.h>

#include "alloc_hook.h"

static const char campaign_text[] = "{\"format\": \"pioneer-campaign\", \"version\": 1, \"name\": \"返校\", "
                                    "\"notice\": [{\"within_hours\": 24, "
                                    "\"weight\": 5}], \"units\": [{\"id\": \"u\"}], \"members\": [{\"id\": "
                                    "\"m\", \"unit\": \"u\", \"tags\": [\"a\", "
                                    "\"b\"], \"ratings\": {\"x\": 1, \"y\": 2}, \"available\": {\"weekly\": "
                                    "[{\"weekday\": \"mon\", \"from\": \"08:00\", "
                                    "\"to\": \"12:00\"}]}}], \"rules\": [{\"kind\": \"rest\", \"minutes\": "
                                    "660}, {\"kind\": \"duties\", \"window\": "
                                    "\"day\", \"max\": 1}]}";

static const char roster_text[] = "{\"format\": \"pioneer-roster\", \"version\": 1, \"campaign\": \"返校\", "
                                  "\"parts\": [{\"stage\": \"t\", \"unit\": "
                                  "\"u\", \"duty_count\": 1, \"member_count\": 1, \"assignment_count\": 1, "
                                  "\"levels\": [{\"level\": \"must\", "
                                  "\"value\": 0, \"bound\": 0, \"outcome\": \"proven\"}]}], \"assignments\": "
                                  "[{\"member\": \"m\", \"post\": \"p\", "
                                  "\"site\": \"s\", \"slot\": \"d\", \"date\": \"2020-02-17\"}], "
                                  "\"findings\": [{\"severity\": \"note\", \"code\": "
                                  "\"x\"}], \"price_of_staging\": [{\"level\": \"must\", \"staged\": 0, "
                                  "\"joint_value\": 0, \"joint_bound\": 0}]}";

static enum pioneer_status pass_campaign(void *context) {
    const char *input = context;
    struct pioneer_campaign *campaign = NULL;
    struct pioneer_error error;
    enum pioneer_status status = pioneer_campaign_read_json(input, strlen(input), &campaign, &error);
    if (status != PIONEER_OK) {
        return campaign ? PIONEER_E_INVALID : status;
    }
    char *text = NULL;
    size_t length = 0;
    status = pioneer_campaign_write_json(campaign, &text, &length, &error);
    status = (status == PIONEER_OK) == (text != NULL) ? status : PIONEER_E_INVALID;
    pioneer_free(text);
    pioneer_campaign_free(campaign);
    return status;
}

static enum pioneer_status pass_roster(void *context) {
    const char *input = context;
    struct pioneer_roster *roster = NULL;
    struct pioneer_error error;
    enum pioneer_status status = pioneer_roster_read_json(input, strlen(input), &roster, &error);
    if (status != PIONEER_OK) {
        return roster ? PIONEER_E_INVALID : status;
    }
    char *text = NULL;
    size_t length = 0;
    status = pioneer_roster_write_json(roster, &text, &length, &error);
    status = (status == PIONEER_OK) == (text != NULL) ? status : PIONEER_E_INVALID;
    pioneer_free(text);
    pioneer_roster_free(roster);
    return status;
}

static void sweep(alloc_hook_pass_fn *pass, const char *text) {
    char input[2048];
    struct alloc_hook_sweep result;
    if (!alloc_hook_works()) {
        cr_skip_test("the sanitizer has an allocator of its own");
    }
    snprintf(input, sizeof input, "%s", text);
    cr_assert(alloc_hook_sweep(pass, input, &result), "allocation %d: status %d, %d blocks left",
              (int)result.bad_at, (int)result.bad_status, (int)result.bad_live);
    cr_assert_gt(result.passes, 50);
    cr_assert_eq(result.tolerated, 0);
}

Test(json_faults, campaign_is_read_and_written_or_nothing_is) {
    sweep(pass_campaign, campaign_text);
}

Test(json_faults, roster_is_read_and_written_or_nothing_is) {
    sweep(pass_roster, roster_text);
}
