/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules over several members: what they count, and what a count costs. */
#ifndef PNR_RULES_COUPLING_H
#define PNR_RULES_COUPLING_H

#include "base/array.h"
#include "model/instance.h"

/* How the counts of a coupling turn into an amount. Counts include pins and what earlier parts fixed. */
enum pnr_coupling_shape {
    /* n outside [low, high], twice beyond `steep`: max(0, low − n) + max(0, n − high) + max(0, n − steep) */
    PNR_SHAPE_SPAN,
    /* counts (wanted, all): 1 if nobody is wanted while `low` > 0 or anybody is there */
    PNR_SHAPE_PRESENCE,
    /* counts (who, all): who outside [low, high] if anybody is there */
    PNR_SHAPE_MIX,
    /* one count a cohort: heads beside the largest cohort */
    PNR_SHAPE_COHORT,
    /* n of `high` members of a group: the missing ones if some but not all are there; the counts after the
     * first tell some of the members apart, for the program's sake */
    PNR_SHAPE_TOGETHER
};

/* So many members of a group are told apart. */
#define PNR_COMPANIONS 5

/* A count that a coupling keeps never goes beyond this, so `high` = PNR_NO_LIMIT means no limit. */
#define PNR_NO_LIMIT (INT64_C(1) << 40)

/* One thing that is judged over several members: a duty under a rule, a unit's burden, a moment at a site. */
struct pnr_coupling {
    enum pnr_coupling_shape shape;
    int32_t rule;   /* index into organisation->rules, -1: of what later parts would lack */
    int32_t level;  /* of the organisation, −1: hard */
    int64_t weight; /* cost of one unit of the amount; hard: 1 */
    int32_t duty;   /* of the part, −1: not about one duty */
    bool is_cover;  /* counts exactly the heads of its duty */
    int64_t low, high, steep;
    int32_t first_count; /* its counts stand at [first_count, first_count + count_count) */
    int32_t count_count;
};

/* A pair's share in one count. */
struct pnr_coupling_entry {
    int32_t coupling;
    int32_t count; /* index into all counts */
    int32_t step;  /* what the pair adds to the count, > 0 */
};

/*
 * All couplings of an instance. Immutable once built. Pairs that count alike, such as those of everybody who
 * may take a duty but does not lead, share one list of entries: their recipe.
 */
struct pnr_couplings {
    const struct pnr_instance *instance;
    struct pnr_arena arena;
    PNR_ARRAY(struct pnr_coupling) items;
    PNR_ARRAY(int64_t) base_counts; /* with nothing chosen: pins and fixed occupancy */
    int32_t *recipe_of_pair;        /* [pair] */
    int32_t recipe_count;
    int32_t *entries_of_recipe; /* [recipe_count + 1]: half-open ranges of entries */
    int32_t *pairs_of_recipe;   /* [recipe_count]: how many pairs it is of */
    uint8_t *is_local;          /* [recipe_count]: all of its couplings are about the pairs' one duty */
    struct pnr_coupling_entry *entries;
};

enum pioneer_status pnr_couplings_build(const struct pnr_instance *instance, const struct pnr_prefix *prefix,
                                        struct pnr_couplings **out);
void pnr_couplings_free(struct pnr_couplings *couplings);

/* The amount of a coupling, given all counts. */
int64_t pnr_coupling_amount(const struct pnr_coupling *coupling, const int64_t *counts);

/* The same once its entries are counted, without counting them. */
int64_t pnr_coupling_amount_after(const struct pnr_coupling *coupling, const int64_t *counts,
                                  const struct pnr_coupling_entry *entries, int32_t entry_count);

/* ---- for the rule files
 * ------------------------------------------------------------------------------------------ */

/* A recipe while they grow: `entry` after those of `before`, -1: the empty one. */
struct pnr_coupling_step {
    int32_t before;
    struct pnr_coupling_entry entry;
};

/* Which members satisfy an expression: asked for each pair, answered once a member. */
struct pnr_holding {
    const struct pnr_expression *expression;
    uint8_t *known; /* [campaign member]: 0: not asked yet, 1: no, 2: yes */
};

struct pnr_coupling_builder {
    const struct pnr_instance *instance;
    struct pnr_couplings *couplings;
    int32_t *step_of_pair; /* [pair]: its recipe so far */
    PNR_ARRAY(struct pnr_coupling_step) steps;
    int32_t *slots; /* hash table of steps, plus 1; 0: empty */
    uint32_t mask;
    PNR_ARRAY(struct pnr_holding) holdings;
    struct pnr_arena bench;
    const struct pnr_prefix *prefix;
    bool failed; /* no memory */
};

/* Adds a coupling with `count_count` counts at zero; its rule's level and weight × factor. Returns its index
 * (0 after a failure, with `failed` set). */
int32_t pnr_coupling_add(struct pnr_coupling_builder *builder, int32_t rule, enum pnr_coupling_shape shape,
                         int32_t count_count, int64_t factor);
/* The same for what later parts would lack: no rule, the organisation's later level. */
int32_t pnr_coupling_add_later(struct pnr_coupling_builder *builder, enum pnr_coupling_shape shape,
                               int32_t count_count, int64_t weight);
/* Lets a pair add `step` to count number `which` of the coupling. */
void pnr_coupling_count_pair(struct pnr_coupling_builder *builder, int32_t coupling, int32_t which,
                             int32_t pair, int32_t step);
/* Adds to a count what stands whatever is chosen. */
void pnr_coupling_count_fixed(struct pnr_coupling_builder *builder, int32_t coupling, int32_t which,
                              int64_t step);
struct pnr_coupling *pnr_coupling_at(struct pnr_coupling_builder *builder, int32_t coupling);

/* Whether the rule looks at this duty: one of the part's own, its stage, and `posts` if the rule names any.
 */
bool pnr_coupling_concerns(const struct pnr_coupling_builder *builder, int32_t rule, int32_t duty);
/* Counts every pair and pin of the duty whose member satisfies `expression` (NULL: all) and the rule's
 * `members`. */
void pnr_coupling_count_duty(struct pnr_coupling_builder *builder, int32_t coupling, int32_t which,
                             int32_t duty, const struct pnr_expression *expression, bool only_scope);

/* Counts every pair of the duty whose member satisfies `expression` (NULL: all), whatever any rule says. */
void pnr_coupling_count_holders(struct pnr_coupling_builder *builder, int32_t coupling, int32_t which,
                                int32_t duty, const struct pnr_expression *expression);

/* One function a rule file: adds the couplings of one rule in force. */
void pnr_rule_coverage(struct pnr_coupling_builder *builder,
                       int32_t rule); /* short_of_min, short_of_target, over_target */
void pnr_rule_lead(struct pnr_coupling_builder *builder, int32_t rule);
void pnr_rule_composition(struct pnr_coupling_builder *builder, int32_t rule);
void pnr_rule_cohort(struct pnr_coupling_builder *builder, int32_t rule);
void pnr_rule_together(struct pnr_coupling_builder *builder, int32_t rule);
void pnr_rule_apart(struct pnr_coupling_builder *builder, int32_t rule);
void pnr_rule_unit_quota(struct pnr_coupling_builder *builder, int32_t rule);
void pnr_rule_unit_burden(struct pnr_coupling_builder *builder, int32_t rule);
void pnr_rule_site_capacity(struct pnr_coupling_builder *builder, int32_t rule);

/* Adds what later parts would lack of the instance's later duties. */
void pnr_rule_later(struct pnr_coupling_builder *builder);

#endif
