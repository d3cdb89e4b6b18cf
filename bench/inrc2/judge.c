/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge of INRC-II, written from the competition's description and compared with its validator. */
#include "inrc2/inrc2.h"

/* Costs a unit. */
enum {
    WEIGHT_TOTAL = 20,
    WEIGHT_SHIFT_RUN = 15,
    WEIGHT_RUN = 30,
    WEIGHT_PREFERENCE = 10,
    WEIGHT_WEEKEND = 30,
    WEIGHT_COMPLETE = 30,
    WEIGHT_COVERAGE = 30
};

const char *inrc2_cost_name(enum inrc2_cost cost) {
    static const char *const names[INRC2_COST_COUNT] = {
        "total_assignments", "consecutive",       "days_off",        "preferences",
        "max_weekends",      "complete_weekends", "optimal_coverage"};
    return names[cost];
}

const char *inrc2_rule_name(enum inrc2_rule rule) {
    static const char *const names[INRC2_RULE_COUNT] = {"minimal coverage", "required skill",
                                                        "shift type succession"};
    return names[rule];
}

/* One nurse's row under judgement. */
struct row {
    const struct inrc2_case *given;
    const struct inrc2_contract *contract;
    const struct inrc2_past *past;
    const struct inrc2_place *places;
    int32_t number, day_count;
    struct inrc2_verdict *verdict;
};

static void charge(struct inrc2_verdict *verdict, enum inrc2_cost cost, int32_t day, int64_t amount) {
    verdict->costs[cost] += amount;
    verdict->weekly[day / INRC2_WEEK] += amount;
}

static bool works(const struct row *row, int32_t day) {
    return row->places[day].shift != INRC2_OFF;
}

static void judge_hard(struct row *row) {
    const struct inrc2_scenario *scenario = row->given->scenario;
    int32_t before = row->past->last_shift;
    for (int32_t day = 0; day < row->day_count; day++) {
        int32_t shift = row->places[day].shift;
        if (shift != INRC2_OFF && before != INRC2_OFF &&
            scenario->forbids[before * scenario->shift_count + shift]) {
            row->verdict->broken[INRC2_SUCCESSION]++;
        }
        if (shift != INRC2_OFF &&
            !scenario->has_skill[row->number * scenario->skill_count + row->places[day].skill]) {
            row->verdict->broken[INRC2_SKILL]++;
        }
        before = shift;
    }
}

/* What days in a row are of: one shift, any shift, or off. */
enum { RUN_WORK = -2, RUN_OFF = -1 };

static bool is_of(const struct row *row, int32_t day, int32_t what) {
    return what == RUN_WORK ? works(row, day) : row->places[day].shift == what;
}

/* Days in a row of that up to the day before the horizon. */
static int32_t days_before(const struct row *row, int32_t what) {
    if (what == RUN_WORK) {
        return row->past->run_work;
    }
    if (what == RUN_OFF) {
        return row->past->run_off;
    }
    return row->past->last_shift == what ? row->past->run_shift : 0;
}

struct run_terms {
    int32_t what;
    struct inrc2_range range;
    enum inrc2_cost cost;
    int64_t weight;
};

/* Every day beyond the maximum is charged where it is, what a run is short of on the day after. What
 * history had already is not charged, but counts. A run that is open at the end is not too short. */
static void judge_runs(struct row *row, const struct run_terms *terms) {
    int32_t length = days_before(row, terms->what);
    for (int32_t day = 0; day < row->day_count; day++) {
        if (is_of(row, day, terms->what)) {
            length++;
            charge(row->verdict, terms->cost, day, length > terms->range.max ? terms->weight : 0);
            continue;
        }
        if (length > 0 && length < terms->range.min) {
            charge(row->verdict, terms->cost, day, terms->weight * (terms->range.min - length));
        }
        length = 0;
    }
}

static void judge_all_runs(struct row *row) {
    const struct inrc2_scenario *scenario = row->given->scenario;
    judge_runs(row, &(struct run_terms){RUN_WORK, row->contract->work, INRC2_WORK_RUNS, WEIGHT_RUN});
    judge_runs(row, &(struct run_terms){RUN_OFF, row->contract->off, INRC2_OFF_RUNS, WEIGHT_RUN});
    for (int32_t i = 0; i < scenario->shift_count; i++) {
        judge_runs(row, &(struct run_terms){i, scenario->shifts[i].run, INRC2_WORK_RUNS, WEIGHT_SHIFT_RUN});
    }
}

static int64_t outside(int64_t amount, struct inrc2_range range) {
    return amount < range.min ? range.min - amount : amount > range.max ? amount - range.max : 0;
}

static void judge_weekends_and_totals(struct row *row) {
    int32_t total = row->past->total, weekends = row->past->weekends;
    for (int32_t day = 0; day < row->day_count; day++) {
        total += works(row, day);
    }
    for (int32_t saturday = 5; saturday < row->day_count; saturday += INRC2_WEEK) {
        int32_t worked = works(row, saturday) + works(row, saturday + 1);
        weekends += worked > 0;
        if (worked == 1 && row->contract->wants_complete_weekends) {
            charge(row->verdict, INRC2_COMPLETE, saturday, WEIGHT_COMPLETE);
        }
    }
    charge(row->verdict, INRC2_TOTAL, row->day_count - 1,
           WEIGHT_TOTAL * outside(total, row->contract->total));
    charge(row->verdict, INRC2_WEEKENDS, row->day_count - 1,
           WEIGHT_WEEKEND * outside(weekends, (struct inrc2_range){0, row->contract->max_weekends}));
}

static void judge_requests(const struct inrc2_case *given, struct inrc2_verdict *verdict, int32_t week) {
    for (int32_t i = 0; i < given->weeks[week]->request_count; i++) {
        const struct inrc2_request *request = &given->weeks[week]->requests[i];
        int32_t day = week * INRC2_WEEK + request->day;
        int32_t shift = given->grid[request->nurse * given->week_count * INRC2_WEEK + day].shift;
        if (shift != INRC2_OFF && (request->shift == INRC2_OFF || request->shift == shift)) {
            charge(verdict, INRC2_PREFERENCES, day, WEIGHT_PREFERENCE);
        }
    }
}

static int32_t heads(const struct inrc2_case *given, int32_t day, int32_t shift, int32_t skill) {
    int32_t count = 0;
    for (int32_t nurse = 0; nurse < given->scenario->nurse_count; nurse++) {
        const struct inrc2_place *place = &given->grid[nurse * given->week_count * INRC2_WEEK + day];
        count += place->shift == shift && place->skill == skill;
    }
    return count;
}

static void judge_cover(const struct inrc2_case *given, struct inrc2_verdict *verdict, int32_t week) {
    const struct inrc2_scenario *scenario = given->scenario;
    for (int32_t pair = 0; pair < scenario->shift_count * scenario->skill_count; pair++) {
        for (int32_t weekday = 0; weekday < INRC2_WEEK; weekday++) {
            const struct inrc2_cover *cover = &given->weeks[week]->cover[pair * INRC2_WEEK + weekday];
            int32_t day = week * INRC2_WEEK + weekday;
            int32_t count = heads(given, day, pair / scenario->skill_count, pair % scenario->skill_count);
            if (count < cover->min) {
                verdict->broken[INRC2_MIN_COVER] += cover->min - count;
            }
            if (count < cover->optimal) {
                charge(verdict, INRC2_COVERAGE, day, (int64_t)WEIGHT_COVERAGE * (cover->optimal - count));
            }
        }
    }
}

static void judge_nurse(const struct inrc2_case *given, struct inrc2_verdict *verdict, int32_t nurse) {
    const struct inrc2_scenario *scenario = given->scenario;
    int32_t day_count = given->week_count * INRC2_WEEK;
    struct row row = {.given = given,
                      .contract = &scenario->contracts[scenario->nurses[nurse].contract],
                      .past = &given->history->nurses[nurse],
                      .places = given->grid + nurse * day_count,
                      .number = nurse,
                      .day_count = day_count,
                      .verdict = verdict};
    judge_hard(&row);
    judge_all_runs(&row);
    judge_weekends_and_totals(&row);
}

void inrc2_judge(const struct inrc2_case *given, struct inrc2_verdict *verdict) {
    *verdict = (struct inrc2_verdict){0};
    for (int32_t nurse = 0; nurse < given->scenario->nurse_count; nurse++) {
        judge_nurse(given, verdict, nurse);
    }
    for (int32_t week = 0; week < given->week_count; week++) {
        judge_requests(given, verdict, week);
        judge_cover(given, verdict, week);
    }
    for (int32_t i = 0; i < INRC2_COST_COUNT; i++) {
        verdict->value += verdict->costs[i];
    }
    for (int32_t i = 0; i < INRC2_RULE_COUNT; i++) {
        verdict->violation_count += verdict->broken[i];
    }
}
