/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Demand lines into duties, as the judge understands them. */
#ifndef PNR_CHECK_EXPAND_H
#define PNR_CHECK_EXPAND_H

#include "check/world.h"

/* Fills duties and duty_by_key; the world's ids, ranks and stages must be known. */
enum pioneer_status pnr_expand_duties(struct pnr_world *world, struct pioneer_error *error);

#endif
