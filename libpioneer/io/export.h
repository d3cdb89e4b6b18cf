/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every export does at its two ends. */
#ifndef PNR_IO_EXPORT_H
#define PNR_IO_EXPORT_H

#include "base/text.h"
#include "model/campaign.h"

/* PIONEER_E_INVALID "not-validated" unless the campaign has passed validation. */
enum pioneer_status pnr_export_validated(const struct pioneer_campaign *campaign,
                                         struct pioneer_error *error);

/* Hands a finished text to the caller when `status` is PIONEER_OK, else frees it; returns the status. */
enum pioneer_status pnr_export_hand_over(struct pnr_text *text, enum pioneer_status status, char **out,
                                         size_t *length, struct pioneer_error *error);

#endif
