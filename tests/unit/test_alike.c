/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of duties that no rule about their member tells apart, asked of the pricer as one. */
#include <criterion/criterion.h>

#include "opened.h"
#include "tiny.h"

/* Two gates in one slot, and a patrol later on the same day. */
enum { EAST, WEST, PATROL, PAIRS };

struct gates {
    struct tiny tiny;
    struct opened opened;
    int64_t price[PAIRS], weight[8];
    uint8_t forced[PAIRS], forbidden[PAIRS];
    const int32_t *alike;
};

static int32_t find_alike(struct gates *gates, int32_t pair) {
    int32_t count;
    gates->alike = pnr_pricer_alike(gates->opened.pricer, 0, pair, &count);
    return count;
}

static void set_up(struct gates *gates) {
    *gates = (struct gates){0};
    tiny_init(&gates->tiny);
    tiny_stage(&gates->tiny, "all", 0, 0);
    tiny_member(&gates->tiny, "guard", "root");
    tiny_site(&gates->tiny, "east", "gate", NULL);
    tiny_site(&gates->tiny, "west", "gate", NULL);
    tiny_slot(&gates->tiny, "morning", 480, 600);
    tiny_slot(&gates->tiny, "noon", 700, 760);
    tiny_need(&gates->tiny, "watch/east/morning", 0, 0, 1);
    tiny_need(&gates->tiny, "watch/west/morning", 0, 0, 1);
    tiny_need(&gates->tiny, "watch/east/noon", 0, 0, 1);
    opened_init(&gates->opened, gates->tiny.campaign);
    cr_assert_eq(gates->opened.instance->pair_count, PAIRS);
    cr_assert_eq(find_alike(gates, EAST), 2);
    gates->forced[gates->alike[0]] = PNR_ONE_OF;
    gates->forced[gates->alike[1]] = PNR_ONE_OF_TOO;
}

static void tear_down(struct gates *gates) {
    opened_fini(&gates->opened);
    tiny_fini(&gates->tiny);
}

static int64_t price(struct gates *gates, struct pnr_price_answer *answer) {
    struct pnr_price_query query = opened_query(0, gates->price, gates->weight);
    query.forced = gates->forced;
    query.forbidden = gates->forbidden;
    cr_assert_eq(pnr_pricer_price(gates->opened.pricer, gates->opened.scratches[0], &query, answer),
                 PIONEER_OK);
    return answer->count > 0 ? answer->schedules[0].price : INT64_MAX;
}

Test(alike, one_of_several_must_be_taken_whatever_it_costs) {
    struct gates gates;
    struct pnr_price_answer answer;
    set_up(&gates);
    for (int p = 0; p < PAIRS; p++) {
        gates.price[p] = 5;
    }
    gates.price[gates.alike[1]] = 3;
    cr_assert_eq(price(&gates, &answer), 3);
    cr_assert_eq(answer.schedules[0].pair_count, 1);
    cr_assert_eq(answer.schedules[0].pairs[0], gates.alike[1]);
    gates.price[gates.alike[0]] = 2;
    cr_assert_eq(price(&gates, &answer), 2);
    tear_down(&gates);
}

Test(alike, what_is_forbidden_leaves_the_others) {
    struct gates gates;
    struct pnr_price_answer answer;
    set_up(&gates);
    gates.price[gates.alike[0]] = 1;
    gates.price[gates.alike[1]] = 9;
    gates.forbidden[gates.alike[0]] = 1;
    cr_assert_eq(price(&gates, &answer), 9);
    gates.forbidden[gates.alike[1]] = 1;
    cr_assert_eq(price(&gates, &answer), INT64_MAX);
    cr_assert_eq(answer.kind, PNR_PRICED_INFEASIBLE);
    tear_down(&gates);
}

Test(alike, one_of_them_and_another_duty_of_the_day) {
    struct gates gates;
    struct pnr_price_answer answer;
    set_up(&gates);
    for (int p = 0; p < PAIRS; p++) {
        gates.price[p] = 1;
        gates.forced[p] = gates.forced[p] == PNR_NOT_FORCED ? PNR_FORCED : gates.forced[p];
    }
    cr_assert_eq(price(&gates, &answer), 2);
    cr_assert_eq(answer.schedules[0].pair_count, 2);
    tear_down(&gates);
}
