/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words that the columns of the store hold for the enumerations of the public headers; the same as in the
 * JSON formats. */
#ifndef PNR_STORE_COLUMNS_H
#define PNR_STORE_COLUMNS_H

#include <pioneer/store.h>

const char *pnr_columns_pool(enum pioneer_pool pool); /* NULL: the default */
const char *pnr_columns_member_status(enum pioneer_member_status status);
const char *pnr_columns_member_role(enum pioneer_member_role role);
const char *pnr_columns_state(enum pioneer_assignment_state state);
const char *pnr_columns_mode(enum pioneer_mode mode);
const char *pnr_columns_outcome(enum pioneer_outcome outcome);
const char *pnr_columns_severity(enum pioneer_severity severity);

#endif
