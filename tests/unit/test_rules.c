/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the table of rules about one member. */
#include <criterion/criterion.h>
#include <string.h>

#include "rules/rule.h"

Test(rules, hold_every_kind_about_one_member_and_no_other) {
    for (int kind = 0; kind < PIONEER_RULE_COUNT_OF_KINDS; kind++) {
        const struct pnr_rule_ops *ops = pnr_rule_ops_of((enum pioneer_rule_kind)kind);
        bool is_about_one = kind >= PIONEER_RULE_AVAILABILITY && kind <= PIONEER_RULE_STABILITY;
        cr_assert_eq(ops != NULL, is_about_one, "kind %d", kind);
        cr_assert(ops == NULL || (int)ops->kind == kind);
    }
}

Test(rules, that_remember_something_say_how_it_starts_and_goes_on) {
    for (int kind = PIONEER_RULE_AVAILABILITY; kind <= PIONEER_RULE_STABILITY; kind++) {
        const struct pnr_rule_ops *ops = pnr_rule_ops_of((enum pioneer_rule_kind)kind);
        cr_assert_eq(ops->start != NULL, ops->step != NULL, "kind %d", kind);
        cr_assert_eq(ops->key != NULL, ops->step != NULL, "kind %d", kind);
        cr_assert(ops->charge != NULL || ops->step != NULL || ops->take != NULL, "kind %d", kind);
    }
}

Test(rules, say_what_they_ask_for) {
    static const char *const kinds[] = {"night"};
    for (int kind = PIONEER_RULE_AVAILABILITY; kind <= PIONEER_RULE_STABILITY; kind++) {
        struct pnr_rule rule = {.given = {.kind = (enum pioneer_rule_kind)kind,
                                          .rating = "calm",
                                          .slot_kinds = kinds,
                                          .slot_kind_count = 1,
                                          .next_kinds = kinds,
                                          .next_kind_count = 1}};
        struct pnr_text text = {0};
        cr_assert(pnr_rule_word(&rule, &text));
        cr_assert_gt(text.length, 5, "kind %d", kind);
        pnr_text_fini(&text);
    }
    struct pnr_rule rule = {
        .given = {.kind = PIONEER_RULE_WORK_RUN, .has_min = true, .min = 2, .has_max = true, .max = 6}};
    struct pnr_text text = {0};
    pnr_rule_word(&rule, &text);
    cr_assert_str_eq(text.bytes, "works at least 2 and at most 6 days in a row");
    pnr_text_fini(&text);
}
