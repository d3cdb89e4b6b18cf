/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random campaigns for tests: the same seed gives the same campaign on every machine. */
#ifndef TESTS_SUPPORT_GENERATED_H
#define TESTS_SUPPORT_GENERATED_H

#include <pioneer/campaign.h>

/** How large a generated campaign is, and what it may contain. Bounds are inclusive. */
struct generated_size {
    int32_t least_members, most_members;
    int32_t least_days, most_days;
    /** Pool members × duties of one part stay at or below this. */
    int32_t most_pairs;
    int32_t least_rules, most_rules;
    /** No pins, published assignments and history: for relations that they would break. */
    bool is_plain;
    /** Only rules whose meaning does not depend on who is available: no fairness, no minima. */
    bool is_free_of_availability;
    /** Both sites are alike but for their names, and whatever is needed at one is needed at the other. */
    bool has_twins;
};

/** 2 to 4 members, 2 to 4 days, at most 13 pairs a part, every kind of rule. */
extern const struct generated_size generated_tiny;
/** The same with twins, and up to 16 pairs a part. */
extern const struct generated_size generated_twins;
/** 15 to 40 members on 3 to 9 days. */
extern const struct generated_size generated_small;
/** 3 to 7 members on 2 to 16 days, plain: enough days to hold some and free others. */
extern const struct generated_size generated_fortnight;

/** A validated campaign; release it with pioneer_campaign_free(). Fails the test when it cannot be built. */
struct pioneer_campaign *generated_campaign(uint64_t seed, const struct generated_size *size);

/** What a copy does differently. */
struct generated_change {
    uint64_t shuffle; /* not 0: the order of everything whose order means nothing is drawn from this seed */
    bool renames;     /* members get other ids, in the same order */
    bool is_always_free; /* all windows and absences of members go */
};

/** A validated copy through the public API. */
struct pioneer_campaign *generated_copy(const struct pioneer_campaign *campaign,
                                        const struct generated_change *change);

#endif
