/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Campaign files: reading and writing. */
#include <pioneer/campaign.h>

#include "io/document.h"

enum pioneer_status pioneer_campaign_read_json(const char *text, size_t length, struct pioneer_campaign **out,
                                               struct pioneer_error *error) {
    struct pioneer_campaign *campaign;
    *out = NULL;
    if (pioneer_campaign_new(&campaign) != PIONEER_OK) {
        return pnr_fail_no_memory(error);
    }
    const enum pioneer_status status =
        pnr_document_read(&pnr_campaign_document, text, length, campaign, error);
    if (status != PIONEER_OK) {
        pioneer_campaign_free(campaign);
        return status;
    }
    *out = campaign;
    return PIONEER_OK;
}

enum pioneer_status pioneer_campaign_write_json(const struct pioneer_campaign *campaign, char **out,
                                                size_t *length, struct pioneer_error *error) {
    return pnr_document_write(&pnr_campaign_document, campaign, out, length, error);
}
