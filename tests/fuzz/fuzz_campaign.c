/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzzes the reader of campaigns: what it takes must be written, and read again, the same. */
#include <pioneer/campaign.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool condition) {
    if (!condition) {
        abort();
    }
}

/* A refusal has a code, a sentence, and no campaign. */
static struct pioneer_campaign *read_or_refuse(const char *text, size_t length) {
    struct pioneer_error error = {.status = PIONEER_OK};
    struct pioneer_campaign *campaign = NULL;
    const enum pioneer_status status = pioneer_campaign_read_json(text, length, &campaign, &error);
    require((status == PIONEER_OK) == (campaign != NULL));
    require(status == PIONEER_OK ||
            (error.status == status && error.code[0] != '\0' && error.message[0] != '\0'));
    return campaign;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct pioneer_campaign *campaign = read_or_refuse((const char *)bytes, size);
    if (!campaign) {
        return 0;
    }
    struct pioneer_error error = {.status = PIONEER_OK};
    const enum pioneer_status status = pioneer_campaign_validate(campaign, &error);
    require(status == PIONEER_OK || error.code[0] != '\0');
    char *text = NULL;
    size_t length = 0;
    require(pioneer_campaign_write_json(campaign, &text, &length, NULL) == PIONEER_OK);
    struct pioneer_campaign *again = read_or_refuse(text, length);
    require(again != NULL);
    require(pioneer_campaign_validate(again, NULL) == status);
    char *second = NULL;
    size_t second_length = 0;
    require(pioneer_campaign_write_json(again, &second, &second_length, NULL) == PIONEER_OK);
    require(second_length == length && memcmp(second, text, length) == 0);
    pioneer_free(text);
    pioneer_free(second);
    pioneer_campaign_free(campaign);
    pioneer_campaign_free(again);
    return 0;
}
