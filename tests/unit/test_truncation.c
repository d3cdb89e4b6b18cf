/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the pricer on a day with more sets of duties than are enumerated. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "engine/day_patterns.h"
#include "opened.h"
#include "tiny.h"

/* So many short duties that the sets of five of them are not all enumerated. */
enum { DUTIES = 24, FORCED = 12 };

static void many_duties(struct tiny *tiny) {
    tiny_init(tiny);
    tiny_stage(tiny, "all", 0, 0);
    tiny_member(tiny, "busy", "root");
    for (int i = 0; i < DUTIES; i++) {
        char slot[16];
        char duty[32];
        snprintf(slot, sizeof slot, "s%d", i);
        snprintf(duty, sizeof duty, "watch/gate/s%d", i);
        tiny_slot(tiny, slot, 480 + 30 * i, 500 + 30 * i);
        tiny_need(tiny, duty, 0, 0, 1);
    }
}

Test(truncation, a_set_that_was_not_enumerated_is_not_called_impossible) {
    struct tiny tiny;
    many_duties(&tiny);
    struct opened opened;
    opened_init(&opened, tiny.campaign);
    cr_assert_eq(opened.instance->pair_count, DUTIES);
    int64_t *price = calloc(DUTIES, sizeof *price);
    int64_t *weight = calloc((size_t)opened.level_count + 1, sizeof *weight);
    uint8_t forced[DUTIES] = {0};
    for (int i = 0; i < FORCED; i++) {
        forced[2 * i] = 1;
    }
    struct pnr_price_query query = opened_query(0, price, weight);
    query.forced = forced;
    struct pnr_price_answer answer;
    cr_assert_eq(pnr_pricer_price(opened.pricer, opened.scratches[0], &query, &answer), PIONEER_OK);
    cr_assert_eq(answer.kind, PNR_PRICED_HEURISTIC, "kind %d count %d", (int)answer.kind, answer.count);
    cr_assert_leq(answer.bound, 0, "the forced set is legal and costs nothing");
    free(price);
    free(weight);
    opened_fini(&opened);
    tiny_fini(&tiny);
}
