/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums of a member that its pairs add up to one by one. */
#include "engine/sums.h"

#include "engine/course.h"

int64_t pnr_sum_of_pairs(const struct pnr_instance *instance, const struct pnr_sum *sum, const int32_t *pairs,
                         int32_t pair_count) {
    int64_t total = sum->held;
    for (int32_t i = 0; i < pair_count; i++) {
        total += sum->amounts[pairs[i] - instance->pairs_of_member[sum->member]];
    }
    return total;
}

/* One tally while it is looked into. */
struct reading {
    const struct pnr_course *course;
    int32_t counter;
    int64_t *of_class; /* [class] */
    uint8_t *is_known; /* [class] */
    int64_t of_day;    /* what the day adds when no pair is taken */
};

static int64_t takes_of(const struct reading *reading, const struct pnr_item *item) {
    return reading->course->takes[item->takes * reading->course->counter_count + reading->counter];
}

/* What the day's sets of no class and of one class say. */
static bool read_singles(struct reading *reading, const struct pnr_course_day *day) {
    const struct pnr_course *course = reading->course;
    bool has_none = false;
    for (int32_t i = day->items_from; i < day->items_to; i++) {
        for (int32_t p = course->items[i].patterns_from; p < course->items[i].patterns_to; p++) {
            if (course->patterns[p].parts_from == course->patterns[p].parts_to) {
                reading->of_day = takes_of(reading, &course->items[i]);
                has_none = true;
            }
        }
    }
    for (int32_t i = day->items_from; i < day->items_to && has_none; i++) {
        for (int32_t p = course->items[i].patterns_from; p < course->items[i].patterns_to; p++) {
            const struct pnr_pattern *pattern = &course->patterns[p];
            if (pattern->parts_to - pattern->parts_from == 1) {
                int32_t class_at = course->parts[pattern->parts_from];
                reading->of_class[class_at] = takes_of(reading, &course->items[i]) - reading->of_day;
                reading->is_known[class_at] = 1;
            }
        }
    }
    return has_none;
}

/* Whether all sets of the day add up to what their classes add. */
static bool adds_up(const struct reading *reading, const struct pnr_course_day *day) {
    const struct pnr_course *course = reading->course;
    for (int32_t i = day->items_from; i < day->items_to; i++) {
        for (int32_t p = course->items[i].patterns_from; p < course->items[i].patterns_to; p++) {
            int64_t total = reading->of_day;
            for (int32_t k = course->patterns[p].parts_from; k < course->patterns[p].parts_to; k++) {
                if (!reading->is_known[course->parts[k]]) {
                    return false;
                }
                total += reading->of_class[course->parts[k]];
            }
            if (total != takes_of(reading, &course->items[i])) {
                return false;
            }
        }
    }
    return true;
}

static bool counts_in_effects(const struct reading *reading) {
    const struct pnr_course *course = reading->course;
    int32_t width = course->level_count + course->counter_count;
    for (int32_t e = 0; e < course->effects_count; e++) {
        if (course->effects[e * width + course->level_count + reading->counter] != 0) {
            return true;
        }
    }
    return false;
}

/* Reads the tally's days; whether it is a sum of pairs. */
static bool read_tally(struct reading *reading, int32_t tally, int64_t *held) {
    const struct pnr_course *course = reading->course;
    bool is_sum = !course->truncated && !counts_in_effects(reading);
    *held = course->tallies[tally].start;
    for (int32_t day = course->tallies[tally].first; day <= course->tallies[tally].last && is_sum; day++) {
        if (course->tally_of_day[day * course->counter_count + reading->counter] == tally) {
            is_sum = read_singles(reading, &course->days[day]) && adds_up(reading, &course->days[day]);
            *held += reading->of_day;
        }
    }
    return is_sum;
}

static bool write_amounts(const struct reading *reading, const struct pnr_instance *instance,
                          struct pnr_arena *arena, struct pnr_sum *sum) {
    const struct pnr_course *course = reading->course;
    int32_t first = instance->pairs_of_member[sum->member];
    size_t pairs = (size_t)(instance->pairs_of_member[sum->member + 1] - first);
    int64_t *amounts = pnr_arena_alloc(arena, pairs + 1, sizeof *amounts);
    for (int32_t c = 0; amounts != NULL && c < course->class_count; c++) {
        for (int32_t i = course->first_pairs[c]; i < course->first_pairs[c + 1]; i++) {
            amounts[course->pairs[i] - first] = reading->is_known[c] ? reading->of_class[c] : 0;
        }
    }
    sum->amounts = amounts;
    return amounts != NULL;
}

bool pnr_sums_find(const struct pnr_pricer *pricer, const struct pnr_instance *instance, int32_t member,
                   int32_t level, struct pnr_arena *arena, struct pnr_sum **sums, int32_t *count) {
    const struct pnr_course *course = pnr_pricer_course(pricer, member);
    *count = 0;
    *sums = pnr_arena_alloc(arena, (size_t)course->tally_count + 1, sizeof **sums);
    bool ok = *sums != NULL;
    for (int32_t t = 0; ok && t < course->tally_count; t++) {
        const struct pnr_tally *tally = &course->tallies[t];
        if (tally->hard || tally->level != level || tally->weight == 0) {
            continue;
        }
        size_t classes = (size_t)course->class_count + 1;
        struct reading reading = {.course = course,
                                  .counter = tally->counter,
                                  .of_class = pnr_arena_alloc(arena, classes, sizeof(int64_t)),
                                  .is_known = pnr_arena_alloc(arena, classes, 1)};
        struct pnr_sum sum = {.member = member, .tally = t, .grid = tally->grid};
        ok = reading.of_class != NULL && reading.is_known != NULL;
        if (ok && read_tally(&reading, t, &sum.held)) {
            ok = write_amounts(&reading, instance, arena, &sum);
            (*sums)[(*count)++] = sum;
        }
    }
    return ok;
}
