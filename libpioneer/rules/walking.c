/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time to walk between two duties in a row, on one date and from one date to a later one. */
#include "base/calendar.h"
#include "rules/table.h"

static int32_t walk_between(const struct pnr_scene *scene, int32_t from_site, int32_t to_site) {
    const struct pnr_organisation *organisation = scene->organisation;
    return organisation->walk_min[(int64_t)from_site * organisation->campaign->sites.count + to_site];
}

static int64_t charge(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    int64_t missing = 0;
    for (int32_t i = 1; i < day->count; i++) {
        int32_t gap = day->duties[i]->from_at - day->duties[i - 1]->to_at;
        int32_t walk = walk_between(clause->scene, day->duties[i - 1]->site, day->duties[i]->site);
        gap = gap > 0 ? gap : 0;
        missing += walk > gap ? walk - gap : 0;
    }
    return missing;
}

static int64_t trait(const struct pnr_clause *clause, const struct pnr_duty *duty) {
    return clause->scene->lookup->walk_class_of_site[duty->site];
}

/* The longest rest that a rule in force on a date asks for. */
static int32_t longest_rest(const struct pnr_scene *scene, int32_t day, bool night) {
    int32_t longest = 0;
    for (int32_t r = 0; r < scene->organisation->rule_count; r++) {
        const struct pioneer_rule *given = &scene->organisation->rules[r].given;
        if (given->kind == PIONEER_RULE_REST && pnr_scene_in_force(scene, r, day)) {
            int32_t minutes = night && given->night_minutes > 0 ? given->night_minutes : given->minutes;
            longest = minutes > longest ? minutes : longest;
        }
    }
    return longest;
}

/* A term leaves a gap to the rule that asks for more; a hard rule stands by itself. Settings: the longest
 * rest asked for on each date of the horizon, after a day and after a night. */
static bool open_walking(struct pnr_clause_list *list, const struct pnr_clause *blank) {
    const struct pnr_scene *scene = blank->scene;
    size_t days = (size_t)(scene->last_day - scene->first_day + 1);
    int32_t *rests = pnr_arena_alloc(scene->arena, 2 * days, sizeof *rests);
    for (size_t i = 0; rests != NULL && i < 2 * days; i++) {
        rests[i] = !scene->spans_stages && i >= 2
                       ? rests[i - 2]
                       : longest_rest(scene, scene->first_day + (int32_t)(i / 2), i % 2 != 0);
    }
    return rests != NULL && pnr_clause_add(list, blank, rests) != NULL;
}

/* Days before the horizon are charged to nobody. */
static int64_t rest_asked(const struct pnr_clause *clause, int32_t day, bool night) {
    const int32_t *rests = clause->settings;
    int64_t at = (int64_t)day - clause->scene->first_day;
    return at >= 0 ? rests[2 * at + night] : 0;
}

/* What a date's last duty leaves behind. */
struct tail {
    int64_t until; /* its end in minutes since the midnight that began the latest date stepped over */
    int64_t site;
    bool night;
};

/* An end this long ago cannot matter: until + walk <= 1440 then. */
static int64_t pack_tail(const struct pnr_clause *clause, struct tail tail) {
    int64_t reach = clause->scene->lookup->longest_walk;
    if (tail.until + reach <= PNR_DAY_MINUTES) {
        return 0;
    }
    int64_t lowest = PNR_DAY_MINUTES - reach;
    return 1 + (((tail.until - lowest) << 24) | tail.site) * 2 + tail.night;
}

static struct tail unpack_tail(const struct pnr_clause *clause, int64_t state) {
    int64_t body = (state - 1) / 2;
    return (struct tail){.until = (body >> 24) + PNR_DAY_MINUTES - clause->scene->lookup->longest_walk,
                         .site = body & 0xFFFFFF,
                         .night = (state - 1) % 2 != 0};
}

static int64_t start(const struct pnr_clause *clause) {
    (void)clause;
    return 0;
}

/* First start (11 bits), first site (19), last end (12), last site (19), night (1): 62 bits. A campaign with
 * 2^19 sites would need a table of walks of 2^40 bytes. */
static int64_t key(const struct pnr_clause *clause, const struct pnr_day_duties *day) {
    (void)clause;
    if (day->count == 0) {
        return -1;
    }
    int32_t midnight = day->day * PNR_DAY_MINUTES;
    const struct pnr_duty *first = day->duties[0];
    const struct pnr_duty *last = day->duties[day->count - 1];
    bool night = false;
    for (int32_t i = 0; i < day->count; i++) {
        night |= day->duties[i]->night;
    }
    int64_t packed = first->from_at - midnight;
    packed = packed << 19 | first->site;
    packed = packed << 12 | (last->to_at - midnight);
    packed = packed << 19 | last->site;
    return packed << 1 | night;
}

static int64_t missing_from_day_before(const struct pnr_clause *clause, int32_t day, int64_t state,
                                       int64_t key_of_day) {
    if (state == 0) {
        return 0;
    }
    struct tail tail = unpack_tail(clause, state);
    int32_t site = (int32_t)(key_of_day >> 32 & 0x7FFFF);
    int64_t gap = (key_of_day >> 51) + PNR_DAY_MINUTES - tail.until;
    int64_t walk = walk_between(clause->scene, (int32_t)tail.site, site);
    gap = gap > 0 ? gap : 0;
    if (walk <= gap || (clause->rule->level >= 0 && rest_asked(clause, day, tail.night) > walk)) {
        return 0;
    }
    return walk - gap;
}

static struct pnr_step step(const struct pnr_clause *clause, int32_t day, int64_t state, int64_t key_of_day) {
    if (key_of_day < 0) {
        if (state == 0) {
            return (struct pnr_step){0};
        }
        struct tail tail = unpack_tail(clause, state);
        tail.until -= PNR_DAY_MINUTES;
        return (struct pnr_step){.state = pack_tail(clause, tail)};
    }
    struct tail tail = {
        .until = key_of_day >> 20 & 0xFFF, .site = key_of_day >> 1 & 0x7FFFF, .night = key_of_day % 2 != 0};
    return (struct pnr_step){.state = pack_tail(clause, tail),
                             .amount = missing_from_day_before(clause, day, state, key_of_day)};
}

static void word(const struct pnr_rule *rule, struct pnr_text *text) {
    (void)rule;
    pnr_text_append(text, "has time to walk from one duty to the next");
}

const struct pnr_rule_ops pnr_rule_walking = {.kind = PIONEER_RULE_WALKING,
                                              .open = open_walking,
                                              .trait = trait,
                                              .charge = charge,
                                              .start = start,
                                              .key = key,
                                              .step = step,
                                              .word = word};
