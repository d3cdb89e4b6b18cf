/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies of campaigns through the public API: in another order, with other ids, with everybody always free.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "generated.h"

struct copier {
    const struct pioneer_campaign *from;
    struct pioneer_campaign *to;
    const struct generated_change *change;
    struct pnr_rng rng;
    int32_t *order;
    struct pioneer_error error;
};

/* The order in which `count` things are copied. */
static const int32_t *draw_order(struct copier *copier, int32_t count, bool may_shuffle) {
    copier->order = realloc(copier->order, ((size_t)count + 1) * sizeof *copier->order);
    cr_assert(copier->order != NULL);
    for (int32_t i = 0; i < count; i++) {
        copier->order[i] = i;
    }
    for (int32_t i = count - 1; i > 0 && may_shuffle && copier->change->shuffle != 0; i--) {
        int32_t j = (int32_t)pnr_rng_below(&copier->rng, (uint32_t)i + 1);
        int32_t swapped = copier->order[i];
        copier->order[i] = copier->order[j];
        copier->order[j] = swapped;
    }
    return copier->order;
}

/* Another id in the same order, which breaks ties: "m07" becomes "某07". */
static const char *renamed(const struct copier *copier, const char *id, char name[32]) {
    if (!copier->change->renames) {
        return id;
    }
    snprintf(name, 32, "某%s", id + 1);
    return name;
}

/* The one expression of the generator that names members. */
static const char *renamed_in(const struct copier *copier, const char *expression) {
    bool names_members = expression != NULL && strstr(expression, "m00") != NULL;
    return copier->change->renames && names_members ? "member in (某00, 某01)" : expression;
}

#define copy_all(copier, part, may_shuffle, ...)                                                             \
    do {                                                                                                     \
        int32_t count_ = pioneer_campaign_##part##_count((copier)->from);                                    \
        const int32_t *order_ = draw_order((copier), count_, (may_shuffle));                                 \
        for (int32_t i_ = 0; i_ < count_; i_++) {                                                            \
            struct pioneer_##part one = *pioneer_campaign_##part##_at((copier)->from, order_[i_]);           \
            char name[32];                                                                                   \
            (void)name;                                                                                      \
            __VA_ARGS__;                                                                                     \
            cr_assert_eq(pioneer_campaign_add_##part((copier)->to, &one, &(copier)->error), PIONEER_OK,      \
                         "%s", (copier)->error.message);                                                     \
        }                                                                                                    \
    } while (0)

static void free_up(const struct copier *copier, struct pioneer_member *member) {
    if (copier->change->is_always_free) {
        member->has_weekly = false;
        member->weekly_count = member->dated_count = member->absence_count = 0;
    }
}

struct pioneer_campaign *generated_copy(const struct pioneer_campaign *campaign,
                                        const struct generated_change *change) {
    struct copier copier = {.from = campaign, .change = change};
    pnr_rng_seed(&copier.rng, change->shuffle);
    cr_assert_eq(pioneer_campaign_new(&copier.to), PIONEER_OK);
    cr_assert_eq(pioneer_campaign_set(copier.to, pioneer_campaign_get(campaign), &copier.error), PIONEER_OK);
    copy_all(&copier, unit, true, (void)0);
    copy_all(&copier, site, true, (void)0);
    copy_all(&copier, walk, true, (void)0);
    copy_all(&copier, slot, true, (void)0);
    copy_all(&copier, stage, false, (void)0);
    copy_all(&copier, member, true, one.id = renamed(&copier, one.id, name), one.name = "某",
             free_up(&copier, &one));
    copy_all(&copier, post, true, (void)0);
    copy_all(&copier, demand, true, (void)0);
    copy_all(&copier, rule, true, one.members = renamed_in(&copier, one.members),
             one.who = renamed_in(&copier, one.who));
    copy_all(&copier, level, false, (void)0);
    copy_all(&copier, request, true, one.member = renamed(&copier, one.member, name));
    copy_all(&copier, preference, true, one.member = renamed(&copier, one.member, name));
    copy_all(&copier, history, true, one.member = renamed(&copier, one.member, name));
    copy_all(&copier, assignment, true, one.member = renamed(&copier, one.member, name));
    free(copier.order);
    cr_assert_eq(pioneer_campaign_validate(copier.to, &copier.error), PIONEER_OK, "%s at %s: %s",
                 copier.error.code, copier.error.where, copier.error.message);
    return copier.to;
}
