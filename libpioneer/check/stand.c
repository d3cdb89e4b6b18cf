/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A roster as the judge takes it: who stands on which duty. */
#include "check/stand.h"

#include <stdlib.h>

#include "base/calendar.h"

/* Duties are numbered by day and start, so that this order is that of starts within a member. */
struct pair {
    int32_t member, duty, line;
};

static int compare_pairs(const void *left, const void *right) {
    const struct pair *a = left;
    const struct pair *b = right;
    if (a->member != b->member) {
        return a->member < b->member ? -1 : 1;
    }
    if (a->duty != b->duty) {
        return a->duty < b->duty ? -1 : 1;
    }
    return (a->line > b->line) - (a->line < b->line);
}

static const char *text_or_none(const char *text) {
    return text == NULL ? "?" : text;
}

static void report_unknown(struct pioneer_report *report, const struct pioneer_assignment *line,
                           int32_t member) {
    char date[11];
    struct pnr_text name = {0};
    pnr_date_format(line->day, date);
    pnr_text_printf(&name, "%s/%s/%s/%s", text_or_none(line->post), text_or_none(line->site), date,
                    text_or_none(line->slot));
    report->failed |= name.failed;
    struct pnr_offence offence = {
        .code = member < 0 ? "unknown-member" : "unknown-duty",
        .sentence = member < 0 ? PNR_("Nobody in the campaign has the id {text}.")
                               : PNR_("The campaign has no duty {text}."),
        .member_id = line->member,
        .duty_id = name.bytes,
        .words = {.member = -1, .duty = -1, .text = member < 0 ? text_or_none(line->member) : name.bytes},
    };
    pnr_report_violate(report, &offence);
    pnr_text_fini(&name);
}

static int32_t find_member(const struct pnr_world *world, const char *id) {
    return id == NULL ? -1 : pnr_map_get(&world->member_by_id, id);
}

/* Fills `pairs` with the lines that name a member and a duty; how many they are. */
static int32_t resolve(const struct pnr_world *world, const struct pioneer_assignment *lines, int32_t count,
                       struct pair *pairs, struct pioneer_report *report) {
    int32_t found = 0;
    for (int32_t i = 0; i < count; i++) {
        if (lines[i].state == PIONEER_ABSENT) {
            continue;
        }
        int32_t member = find_member(world, lines[i].member);
        int32_t duty = pnr_world_find_duty(world, &lines[i]);
        if (member < 0 || duty < 0) {
            report_unknown(report, &lines[i], member);
        } else {
            pairs[found++] = (struct pair){member, duty, i};
        }
    }
    qsort(pairs, (size_t)found, sizeof *pairs, compare_pairs);
    return found;
}

static void report_pair(const struct pnr_world *world, struct pair pair, const char *code,
                        const char *sentence, struct pioneer_report *report) {
    struct pnr_offence offence = {
        .code = code,
        .sentence = sentence,
        .words = {.world = world, .member = pair.member, .duty = pair.duty},
    };
    pnr_report_violate(report, &offence);
}

/* Leaves out what stands twice; how many pairs remain. */
static int32_t remove_doubles(const struct pnr_world *world, struct pair *pairs, int32_t count,
                              struct pioneer_report *report) {
    int32_t kept = 0;
    for (int32_t i = 0; i < count; i++) {
        bool is_double =
            kept > 0 && pairs[kept - 1].member == pairs[i].member && pairs[kept - 1].duty == pairs[i].duty;
        if (is_double) {
            report_pair(world, pairs[i], "duplicate-assignment", PNR_("{member} stands twice on {duty}."),
                        report);
            continue;
        }
        const struct pnr_check_mark *mark = pnr_world_mark(world, pairs[i].member, pairs[i].duty);
        if (mark != NULL && mark->state == PIONEER_ABSENT) {
            report_pair(world, pairs[i], "absent-again",
                        PNR_("{member} was absent from {duty} and may not be planned for it again."), report);
        }
        pairs[kept++] = pairs[i];
    }
    return kept;
}

static bool group(struct pnr_stand *stand, const struct pnr_world *world, const struct pair *pairs) {
    int32_t member_count = world->campaign->members.count;
    size_t count = (size_t)stand->count;
    stand->duties_of_member = pnr_arena_alloc(&stand->arena, (size_t)member_count + 1, sizeof(int32_t));
    stand->members_of_duty = pnr_arena_alloc(&stand->arena, (size_t)world->duty_count + 2, sizeof(int32_t));
    stand->duty_at = pnr_arena_alloc(&stand->arena, count, sizeof(int32_t));
    stand->member_at = pnr_arena_alloc(&stand->arena, count, sizeof(int32_t));
    if (stand->duties_of_member == NULL || stand->members_of_duty == NULL || stand->duty_at == NULL ||
        stand->member_at == NULL) {
        return false;
    }
    for (int32_t i = 0; i < stand->count; i++) {
        stand->duties_of_member[pairs[i].member + 1]++;
        stand->members_of_duty[pairs[i].duty + 2]++;
        stand->duty_at[i] = pairs[i].duty;
    }
    for (int32_t i = 0; i < member_count; i++) {
        stand->duties_of_member[i + 1] += stand->duties_of_member[i];
    }
    for (int32_t i = 0; i < world->duty_count; i++) {
        stand->members_of_duty[i + 2] += stand->members_of_duty[i + 1];
    }
    for (int32_t i = 0; i < stand->count; i++) {
        stand->member_at[stand->members_of_duty[pairs[i].duty + 1]++] = pairs[i].member;
    }
    return true;
}

enum pioneer_status pnr_stand_init(struct pnr_stand *stand, const struct pnr_world *world,
                                   const struct pioneer_assignment *assignments, int32_t count,
                                   struct pioneer_report *report) {
    *stand = (struct pnr_stand){0};
    struct pair *pairs = calloc((size_t)count + 1, sizeof *pairs);
    if (pairs == NULL) {
        return PIONEER_E_NO_MEMORY;
    }
    stand->count = resolve(world, assignments, count, pairs, report);
    stand->count = remove_doubles(world, pairs, stand->count, report);
    bool is_fine = group(stand, world, pairs);
    free(pairs);
    if (!is_fine) {
        pnr_stand_fini(stand);
    }
    return is_fine ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}

void pnr_stand_fini(struct pnr_stand *stand) {
    pnr_arena_fini(&stand->arena);
    *stand = (struct pnr_stand){0};
}

int32_t pnr_stand_heads(const struct pnr_stand *stand, int32_t duty) {
    return stand->members_of_duty[duty + 1] - stand->members_of_duty[duty];
}

bool pnr_stand_has(const struct pnr_stand *stand, int32_t member, int32_t duty) {
    for (int32_t i = stand->duties_of_member[member]; i < stand->duties_of_member[member + 1]; i++) {
        if (stand->duty_at[i] == duty) {
            return true;
        }
    }
    return false;
}
