/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each member of a part is entitled to carry (docs/rules.md section 6). */
#ifndef PNR_MODEL_ENTITLEMENT_H
#define PNR_MODEL_ENTITLEMENT_H

#include "model/instance.h"

/* Working memory of one division: `count` entries each. */
struct pnr_share_scratch {
    int64_t *remainder;
    int32_t *heap;
};

/* `total` shared in proportion to `shares` in whole units by largest remainder, ties by index; all 0 when the
 * shares are. total × share must stay below 2^63. Writes `count` values to `out`. */
void pnr_entitlement_share(int64_t total, const int64_t *shares, int32_t count, int64_t *out,
                           struct pnr_share_scratch *scratch);

/* The smallest hard maximum of minutes for the member of the campaign in this window, INT64_MAX if there is
 * none. */
int64_t pnr_entitlement_most_minutes(const struct pnr_organisation *organisation, enum pioneer_window window,
                                     int32_t member, int32_t stage);

/* Adds up what a member could do, A_m in minutes (out[0]) and in points (out[1]): `duties` are those of the
 * part, ascending, that it is eligible and free for; what overlaps earlier parts is left out. */
void pnr_entitlement_measure(const struct pnr_instance *instance, const struct pnr_prefix *prefix, int32_t m,
                             const int32_t *duties, int32_t count, int64_t *out[2]);

/* Fills entitled_min and entitled_hardship in proportion to what members could do ([member]). */
enum pioneer_status pnr_entitlement_fill(struct pnr_instance *instance, const int64_t *minutes,
                                         const int64_t *points);

/* Fills carried_excess from the parts before and from history. */
enum pioneer_status pnr_entitlement_carry(struct pnr_instance *instance, const struct pnr_prefix *prefix);

#endif
