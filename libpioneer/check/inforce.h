/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules in force: the written ones and the built-in ones, with levels and scopes resolved. */
#ifndef PNR_CHECK_INFORCE_H
#define PNR_CHECK_INFORCE_H

#include "check/world.h"

/* Fills levels and rules; the world's ids and marks must be known. */
enum pioneer_status pnr_inforce_fill(struct pnr_world *world, struct pioneer_error *error);

/* Whether the rule holds for the member in the stage. */
bool pnr_inforce_holds(const struct pnr_world *world, const struct pnr_check_rule *rule, int32_t member,
                       int32_t stage);
/* The same for a rule about duties. */
bool pnr_inforce_holds_in(const struct pnr_world *world, const struct pnr_check_rule *rule, int32_t stage);

#endif
