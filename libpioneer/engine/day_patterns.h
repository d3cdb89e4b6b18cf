/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every set of duties that a member may have on one date. */
#ifndef PNR_ENGINE_DAY_PATTERNS_H
#define PNR_ENGINE_DAY_PATTERNS_H

#include "base/array.h"
#include "model/instance.h"
#include "engine/interner.h"
#include "engine/kinds.h"
#include "rules/rule.h"

/**
 * The classes taken on a date (fixed duties are in every pattern of their date). `charges` is the row of what
 * the set costs by level whatever else happens, `takes` the row of what it adds to each clause that counts.
 */
struct pnr_pattern {
    int32_t parts_from, parts_to; /**< range of classes in the list's `parts` */
    int32_t charges;
    int32_t takes;
};

/**
 * Patterns of all days of the horizon, by day. A class is what one kind of duty offers the member on a date:
 * pairs that no rule tells apart, of which a schedule has one at most, for they are at the same time.
 */
struct pnr_pattern_list {
    PNR_ARRAY(struct pnr_pattern) patterns;
    PNR_ARRAY(int32_t) parts;       /**< classes of patterns */
    PNR_ARRAY(int32_t) first_pairs; /**< [class]: where its pairs begin in `pairs` */
    PNR_ARRAY(int32_t) pairs;       /**< by class, ascending */
    PNR_ARRAY(int64_t) keys;        /**< [pattern × key_count of the maker] */
    int32_t *first_of_day;          /**< [day + 1] */
    bool truncated; /**< a day had more than PNR_PATTERNS_A_DAY sets; the largest are missing */
};

/** More sets than this on one date are not enumerated: 12 free hours with two sites each give 3^12. */
#define PNR_PATTERNS_A_DAY 20000

/** The duties of a date: working memory for rules, filled again and again. */
struct pnr_day_view {
    struct pnr_day_duties day;    /**< all of them */
    struct pnr_day_duties judged; /**< those that terms see: not the ones of later parts */
    const struct pnr_duty **duties, **judged_duties;
    uint8_t *in_part, *judged_in_part;
    int32_t capacity;
};

/** The duties that a clause sees: terms charge this part for nothing that later parts are to do. */
static inline const struct pnr_day_duties *pnr_day_view_of(const struct pnr_day_view *view,
                                                           const struct pnr_clause *clause) {
    return clause->rule != NULL && clause->rule->level >= 0 ? &view->judged : &view->day;
}

/** Room for `duties` duties; false when memory is short. */
bool pnr_day_view_init(struct pnr_day_view *view, int32_t duties);
void pnr_day_view_fini(struct pnr_day_view *view);

/** Fills the view with the fixed duties of a date and some of the member's pairs, ascending by start. */
void pnr_day_view_fill(struct pnr_day_view *view, const struct pnr_instance *instance, int32_t member,
                       int32_t day, const int32_t *pairs, int32_t pair_count);

/** What patterns of a member are made with. */
struct pnr_pattern_maker {
    const struct pnr_instance *instance;
    const struct pnr_kinds *kinds;
    int32_t member;
    const struct pnr_clause_list *clauses;
    struct pnr_interner *charges; /**< rows by level */
    struct pnr_interner *takes;   /**< rows by clause that takes */
    const int32_t *key_clauses;   /**< [key_count]: clauses whose keys are noted by pattern */
    int32_t key_count;
    const int32_t *trait_clauses; /**< [trait_count]: clauses that tell duties apart for this member alone */
    int32_t trait_count;
    struct pnr_interner *alike; /**< working memory: rows of a kind and traits */
    int32_t *class_of_kind; /**< working memory, [kind]: of the date at hand plus 1; 0: none, between dates */
    int32_t *class_of;      /**< working memory: a number for each pair of a date */
    struct pnr_day_view view;
};

/** The pairs of a date, which begin at `from` or later. */
struct pnr_pair_range pnr_pairs_of_day(const struct pnr_instance *instance, int32_t member, int32_t from,
                                       int32_t day);

/**
 * Adds the classes and patterns of one date: in order of size, then of the classes' first pairs. Sets that
 * break a hard rule inside the date are left out. False when memory is short.
 */
bool pnr_patterns_of_day(struct pnr_pattern_maker *maker, int32_t day, struct pnr_pair_range pairs,
                         struct pnr_pattern_list *list);

/** Adds weight × amount of each clause's charge on the date in view to row[level]; false when a hard clause
 * is broken. */
bool pnr_patterns_charge(const struct pnr_clause_list *clauses, const struct pnr_day_view *view,
                         int64_t *row);

#endif
