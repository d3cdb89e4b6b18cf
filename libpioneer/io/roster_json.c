/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Roster files: reading and writing. */
#include <pioneer/roster.h>

#include "io/document.h"

enum pioneer_status pioneer_roster_read_json(const char *text, size_t length, struct pioneer_roster **out,
                                             struct pioneer_error *error) {
    struct pioneer_roster *roster;
    *out = NULL;
    if (pioneer_roster_new(&roster) != PIONEER_OK) {
        return pnr_fail_no_memory(error);
    }
    const enum pioneer_status status = pnr_document_read(&pnr_roster_document, text, length, roster, error);
    if (status != PIONEER_OK) {
        pioneer_roster_free(roster);
        return status;
    }
    *out = roster;
    return PIONEER_OK;
}

enum pioneer_status pioneer_roster_write_json(const struct pioneer_roster *roster, char **out, size_t *length,
                                              struct pioneer_error *error) {
    return pnr_document_write(&pnr_roster_document, roster, out, length, error);
}
