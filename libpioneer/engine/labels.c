/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Partial schedules by day, cheapest bound first, without those that another one beats whatever follows. */
#include "engine/labels.h"

#include "engine/sum_table.h"

void pnr_labels_fini(struct pnr_labels *labels) {
    pnr_array_fini(&labels->kept);
    pnr_array_fini(&labels->ends);
    pnr_array_fini(&labels->hopes);
    pnr_array_fini(&labels->fresh);
    pnr_array_fini(&labels->fresh_sums);
    pnr_array_fini(&labels->order);
    pnr_array_fini(&labels->newest);
}

struct running {
    struct pnr_labels *labels;
    const struct pnr_problem *problem;
    struct pnr_label_pass *pass;
    int32_t from, to; /* kept labels of the day before */
    int64_t *open; /* [watched]: what the sum of the label at hand costs at least that does not end today */
    struct pnr_label_ends *at_hand; /* [watched]: of the fresh label at hand, what others' are measured by */
};

/* Moves the sums of `label` over a day; what ends is added to costs[0], what stays open to costs[1]. False if
 * a limit is broken. */
static bool move_sums(const struct running *run, int32_t day, const struct pnr_label_ends *before,
                      int64_t *after, const int32_t *rows[2], int64_t costs[2]) {
    const struct pnr_problem *problem = run->problem;
    const struct pnr_slot_day *slots = &problem->watch.slots[day * problem->watch.count];
    for (int32_t s = 0; s < problem->watch.count; s++) {
        after[s] = 0;
        run->open[s] = 0;
        if (slots[s].tally < 0) {
            continue;
        }
        const struct pnr_priced_tally *priced = &problem->tallies[slots[s].tally];
        bool opens = priced->tally->first == day;
        int64_t sum = (opens ? priced->tally->start : before[s].sum) + rows[0][s] + rows[1][s];
        int64_t cost = slots[s].closes ? pnr_priced_cost(priced, sum)
                                       : pnr_priced_least(priced, sum, slots[s].most_after);
        if (cost >= PNR_NEVER) {
            return false;
        }
        costs[slots[s].closes ? 0 : 1] += cost;
        run->open[s] = slots[s].closes ? 0 : cost;
        after[s] = slots[s].closes ? 0 : sum;
    }
    return true;
}

/* The least price of what follows a label by the tables; `open`: of all sums that stay open, by multipliers.
 */
static int64_t least_by_tables(const struct running *run, int32_t day, int32_t state, const int64_t *after,
                               int64_t open) {
    const struct pnr_problem *problem = run->problem;
    int64_t least = -PNR_NEVER;
    for (int32_t i = 0; i < problem->table_count; i++) {
        const struct pnr_sum_table *table = &problem->tables[i];
        const struct pnr_slot_day *slot = &problem->watch.slots[day * problem->watch.count + table->watched];
        int64_t bucket =
            slot->tally < 0 || slot->closes
                ? 0
                : (after[table->watched] - problem->tallies[slot->tally].tally->start) / table->grid;
        int64_t row = (day + 1) * (int64_t)problem->course->most_states + state;
        int64_t rest = table->rest[row * table->room + bucket];
        if (rest >= PNR_NEVER) {
            return PNR_NEVER;
        }
        int64_t whole = table->later[day + 1] + rest + open - run->open[table->watched];
        least = whole > least ? whole : least;
    }
    return least;
}

static bool add_fresh(struct running *run, int32_t day, int32_t from, int32_t item, int32_t cell) {
    const struct pnr_problem *problem = run->problem;
    struct pnr_labels *labels = run->labels;
    const struct pnr_course *course = problem->course;
    int32_t slots = problem->watch.count;
    int32_t effect = course->days[day].effect[cell];
    int32_t state = course->days[day].next[cell];
    int64_t rest = problem->rest[(day + 1) * course->most_states + state];
    int64_t *after = &labels->fresh_sums.items[labels->fresh.count * slots];
    const int32_t *rows[2] = {&problem->watch.takes[course->items[item].takes * slots],
                              &problem->watch.counts[effect * slots]};
    int64_t cost = labels->kept.items[from].cost + problem->item_price[item] + problem->effect_price[effect];
    int64_t costs[2] = {cost, 0};
    int64_t least = problem->later[day + 1] + rest;
    if (least >= PNR_NEVER || !move_sums(run, day, &labels->ends.items[from * slots], after, rows, costs) ||
        costs[0] + costs[1] + least >= run->pass->threshold) {
        return true;
    }
    int64_t by_tables = least_by_tables(run, day, state, after, costs[1]);
    least = by_tables > costs[1] + least ? by_tables : costs[1] + least;
    if (least >= PNR_NEVER || costs[0] + least >= run->pass->threshold) {
        return true;
    }
    labels->fresh.items[labels->fresh.count++] = (struct pnr_label){
        .cost = costs[0], .bound = costs[0] + least, .before = from, .item = item, .state = state};
    return pnr_array_reserve(&labels->fresh, labels->fresh.count + 1) &&
           pnr_array_reserve(&labels->fresh_sums, (labels->fresh.count + 1) * slots);
}

static bool extend(struct running *run, int32_t day) {
    const struct pnr_problem *problem = run->problem;
    const struct pnr_course *course = problem->course;
    const struct pnr_course_day *d = &course->days[day];
    const struct pnr_watch *watch = &problem->watch;
    const int64_t *rest = &problem->rest[(day + 1) * course->most_states];
    struct pnr_labels *labels = run->labels;
    labels->fresh.count = 0;
    bool ok = pnr_array_reserve(&labels->fresh, 1) &&
              pnr_array_reserve(&labels->fresh_sums, problem->watch.count + 1);
    for (int32_t from = run->from; ok && from < run->to; from++) {
        int32_t row = labels->kept.items[from].state * d->key_count;
        for (int32_t at = watch->first_item[day]; ok && at < watch->first_item[day + 1]; at++) {
            int32_t i = watch->items[at];
            int32_t cell = row + course->items[i].key;
            if (d->next[cell] >= 0 && rest[d->next[cell]] < PNR_NEVER) {
                ok = add_fresh(run, day, from, i, cell);
            }
        }
    }
    run->pass->made += labels->fresh.count;
    return ok;
}

/*
 * The ends of a label's sum, by which labels are compared. A convex cost grows faster from a larger sum, so
 * the worst future of a label beside one whose sum is smaller adds all it can, and beside one whose sum is
 * larger nothing. A limit costs nothing where it is kept.
 */
static void find_ends(const struct pnr_problem *problem, const struct pnr_slot_day *slot, int64_t sum,
                      struct pnr_label_ends *ends) {
    ends->sum = sum;
    ends->least = ends->most = 0;
    if (slot->tally >= 0 && !slot->closes && !problem->tallies[slot->tally].tally->hard) {
        ends->least = pnr_priced_charge(&problem->tallies[slot->tally], sum);
        ends->most = pnr_priced_charge(&problem->tallies[slot->tally], sum + slot->most_after);
    }
}

/* An end at which a limit is broken may not be open to the label. */
static void mind_limits(const struct pnr_problem *problem, const struct pnr_slot_day *slot,
                        struct pnr_label_ends *ends) {
    if (slot->tally < 0 || slot->closes) {
        return;
    }
    const struct pnr_priced_tally *priced = &problem->tallies[slot->tally];
    const struct pnr_tally *tally = priced->tally;
    int64_t most = ends->sum + slot->most_after;
    bool reaches = ends->sum >= priced->least;
    bool fits = most <= priced->most;
    if (tally->hard) {
        reaches = reaches && (!tally->has_min || ends->sum >= tally->min);
        fits = fits && (!tally->has_max || most <= tally->max + tally->grown);
    }
    ends->least = reaches ? ends->least : PNR_NEVER;
    ends->most = fits ? ends->most : PNR_NEVER;
}

/* What a label's sums cost at least more than those of another does not add up to less than these say:
 * whatever a future adds, one of the two ends is the worst. */
static struct pnr_label_hope hope_of(int64_t cost, const struct pnr_label_ends *ends, int32_t watched) {
    struct pnr_label_hope hope = {cost, cost, -1};
    for (int32_t s = 0; s < watched; s++) {
        hope.least += ends[s].least >= PNR_NEVER ? 0 : ends[s].least;
        hope.most += ends[s].most >= PNR_NEVER ? 0 : ends[s].most;
    }
    return hope;
}

/* Whether the kept label `a` makes the fresh one at hand needless: whatever follows that may follow a and
 * costs no more. */
static bool dominates(const struct running *run, int32_t a, int64_t cost_at_hand) {
    const struct pnr_labels *labels = run->labels;
    int32_t watched = run->problem->watch.count;
    const struct pnr_label_ends *ends = &labels->ends.items[a * watched];
    int64_t surplus = labels->kept.items[a].cost - cost_at_hand;
    for (int32_t s = 0; s < watched; s++) {
        const struct pnr_label_ends *at_hand = &run->at_hand[s];
        if (ends[s].sum != at_hand->sum) {
            bool is_more = ends[s].sum > at_hand->sum;
            if ((is_more ? ends[s].most : ends[s].least) >= PNR_NEVER) {
                return false;
            }
            surplus += is_more ? ends[s].most - at_hand->most : ends[s].least - at_hand->least;
        }
    }
    return surplus <= 0;
}

/* What limits cost at hand is nothing: futures that it does not have ask nothing of others. */
static void take_at_hand(struct running *run, int32_t day, int32_t fresh) {
    const struct pnr_problem *problem = run->problem;
    int32_t watched = problem->watch.count;
    const int64_t *sums = &run->labels->fresh_sums.items[fresh * watched];
    for (int32_t s = 0; s < watched; s++) {
        struct pnr_label_ends *ends = &run->at_hand[s];
        find_ends(problem, &problem->watch.slots[day * watched + s], sums[s], ends);
        ends->least = ends->least >= PNR_NEVER ? 0 : ends->least;
        ends->most = ends->most >= PNR_NEVER ? 0 : ends->most;
    }
}

static bool is_dominated(struct running *run, int32_t day, int32_t fresh) {
    const struct pnr_labels *labels = run->labels;
    const struct pnr_label *label = &labels->fresh.items[fresh];
    int32_t a = labels->newest.items[label->state];
    if (a < 0) {
        return false;
    }
    take_at_hand(run, day, fresh);
    struct pnr_label_hope hope = hope_of(label->cost, run->at_hand, run->problem->watch.count);
    while (a >= 0) {
        const struct pnr_label_hope *other = &labels->hopes.items[a];
        if (other->least <= hope.least && other->most <= hope.most && dominates(run, a, label->cost)) {
            return true;
        }
        a = other->older;
    }
    return false;
}

static bool keep(struct running *run, int32_t day, int32_t fresh) {
    struct pnr_labels *labels = run->labels;
    int32_t slots = run->problem->watch.count;
    int32_t at = labels->kept.count;
    if (!pnr_array_push(&labels->kept, labels->fresh.items[fresh]) ||
        !pnr_array_reserve(&labels->hopes, at + 1) ||
        !pnr_array_reserve(&labels->ends, (at + 1) * slots + 1)) {
        return false;
    }
    const struct pnr_slot_day *slot_days = &run->problem->watch.slots[day * slots];
    for (int32_t s = 0; s < slots; s++) {
        struct pnr_label_ends *ends = &labels->ends.items[at * slots + s];
        find_ends(run->problem, &slot_days[s], labels->fresh_sums.items[fresh * slots + s], ends);
        mind_limits(run->problem, &slot_days[s], ends);
    }
    const struct pnr_label *label = &labels->kept.items[at];
    labels->hopes.items[at] = hope_of(label->cost, &labels->ends.items[at * slots], slots);
    labels->hopes.items[at].older = labels->newest.items[label->state];
    labels->newest.items[label->state] = at;
    return true;
}

static bool comes_before(struct pnr_label_rank a, struct pnr_label_rank b) {
    return a.bound != b.bound ? a.bound < b.bound : a.fresh < b.fresh;
}

/* Restores the heap of fresh labels below `at`. Only as much is sorted as is kept. */
static void sift(struct pnr_labels *labels, int32_t at) {
    struct pnr_label_rank *heap = labels->order.items;
    int32_t count = labels->order.count;
    struct pnr_label_rank moving = heap[at];
    for (;;) {
        int32_t child = 2 * at + 1;
        if (child >= count) {
            break;
        }
        if (child + 1 < count && comes_before(heap[child + 1], heap[child])) {
            child++;
        }
        if (!comes_before(heap[child], moving)) {
            break;
        }
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = moving;
}

static bool heap_up(struct pnr_labels *labels) {
    if (!pnr_array_reserve(&labels->order, labels->fresh.count + 1)) {
        return false;
    }
    labels->order.count = labels->fresh.count;
    for (int32_t i = 0; i < labels->fresh.count; i++) {
        labels->order.items[i] = (struct pnr_label_rank){labels->fresh.items[i].bound, i};
    }
    for (int32_t i = labels->fresh.count / 2 - 1; i >= 0; i--) {
        sift(labels, i);
    }
    return true;
}

static int32_t pop(struct pnr_labels *labels) {
    int32_t top = labels->order.items[0].fresh;
    labels->order.items[0] = labels->order.items[--labels->order.count];
    if (labels->order.count > 0) {
        sift(labels, 0);
    }
    return top;
}

static int32_t room_of_day(const struct running *run, bool is_last) {
    const struct pnr_label_pass *pass = run->pass;
    if (is_last) {
        return pass->wanted;
    }
    bool over = pass->label_limit > 0 && pass->made > pass->label_limit;
    int32_t width = pass->width > 0 ? pass->width : INT32_MAX;
    return over && width > PNR_LABELS_BEAM ? PNR_LABELS_BEAM : width;
}

/* Labels between two looks at the clock. */
#define LATE_EVERY 256

/* Keeps the fresh labels that are worth it. On the last day every schedule stands for itself. */
static bool settle(struct running *run, int32_t day) {
    struct pnr_labels *labels = run->labels;
    bool is_last = day + 1 == run->problem->course->day_count;
    int32_t room = room_of_day(run, is_last);
    int32_t first = labels->kept.count;
    for (int32_t s = 0; s < run->problem->course->most_states; s++) {
        labels->newest.items[s] = -1;
    }
    bool ok = heap_up(labels);
    for (int32_t popped = 1; ok && labels->order.count > 0; popped++) {
        if (popped % LATE_EVERY == 0 && room > PNR_LABELS_BEAM && run->pass->budget != NULL &&
            pnr_budget_is_late(run->pass->budget)) {
            room = PNR_LABELS_BEAM;
        }
        int32_t fresh = pop(labels);
        if (labels->kept.count - first >= room) {
            int64_t bound = labels->fresh.items[fresh].bound;
            bool lost = !is_last && bound < run->pass->dropped;
            run->pass->dropped = lost ? bound : run->pass->dropped;
            break;
        }
        if (is_last || !is_dominated(run, day, fresh)) {
            ok = keep(run, day, fresh);
        }
    }
    run->from = first;
    run->to = labels->kept.count;
    return ok;
}

/* What is watched may have been chosen anew since the tables were filled. */
static void place_tables(struct pnr_problem *problem) {
    for (int32_t i = 0; i < problem->table_count; i++) {
        struct pnr_sum_table *table = &problem->tables[i];
        table->watched = 0;
        while (problem->watch.slot[table->watched] != table->slot) {
            table->watched++;
        }
    }
}

bool pnr_labels_run(struct pnr_labels *labels, struct pnr_problem *problem, struct pnr_label_pass *pass) {
    struct running run = {.labels = labels, .problem = problem, .pass = pass, .from = 0, .to = 1};
    run.open = pnr_arena_alloc(problem->arena, (size_t)problem->watch.count, sizeof *run.open);
    run.at_hand = pnr_arena_alloc(problem->arena, (size_t)problem->watch.count, sizeof *run.at_hand);
    place_tables(problem);
    pass->made = 0;
    pass->dropped = PNR_NEVER;
    pnr_array_clear(&labels->kept);
    struct pnr_label first = {.cost = problem->constant, .before = -1, .item = -1};
    bool ok = run.open != NULL && run.at_hand != NULL &&
              pnr_array_reserve(&labels->newest, problem->course->most_states + 1) &&
              pnr_array_reserve(&labels->ends, problem->watch.count + 1) &&
              pnr_array_push(&labels->kept, first) && pnr_array_reserve(&labels->hopes, 1);
    for (int32_t day = 0; ok && day < problem->course->day_count; day++) {
        ok = extend(&run, day) && settle(&run, day);
    }
    pass->first_end = run.from;
    pass->end_count = run.to - run.from;
    return ok;
}

void pnr_labels_items(const struct pnr_labels *labels, int32_t label, int32_t day_count, int32_t *items) {
    for (int32_t day = day_count - 1; day >= 0; day--) {
        items[day] = labels->kept.items[label].item;
        label = labels->kept.items[label].before;
    }
}
