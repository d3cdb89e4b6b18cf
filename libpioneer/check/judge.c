/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge: parts in order, what is always forbidden, hard rules, terms, and the claims of the roster. */
#include "check/judge.h"

#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "check/claims.h"
#include "check/division.h"
#include "check/fairness.h"
#include "check/inforce.h"
#include "check/rules/rules.h"
#include "check/share.h"
#include "check/stand.h"
#include "check/view.h"
#include "check/world.h"

/* One run of the judge. `held` has room for the duties of any member. */
struct trial {
    const struct pnr_world *world;
    const struct pnr_stand *stand;
    struct pioneer_report *report;
    const struct pnr_check_duty **held;
};

/* ---- always forbidden
 * -------------------------------------------------------------------------------------- */

static void forbid(const struct trial *trial, const char *code, const char *sentence, int32_t member,
                   int32_t duty) {
    struct pnr_offence offence = {
        .code = code,
        .sentence = sentence,
        .words = {.world = trial->world,
                  .member = member,
                  .duty = duty,
                  .found = pnr_stand_heads(trial->stand, duty),
                  .limit = trial->world->duties[duty].max},
    };
    pnr_report_violate(trial->report, &offence);
}

static bool is_pinned(const struct pnr_world *world, int32_t member, int32_t duty) {
    const struct pnr_check_mark *mark = pnr_world_mark(world, member, duty);
    return mark != NULL && pnr_is_pin(mark->state);
}

/* Every duty that begins before all earlier ones of the member have ended. */
static void judge_overlaps(const struct trial *trial, int32_t member) {
    const struct pnr_stand *stand = trial->stand;
    int32_t busy_to = INT32_MIN;
    for (int32_t i = stand->duties_of_member[member]; i < stand->duties_of_member[member + 1]; i++) {
        const struct pnr_check_duty *duty = &trial->world->duties[stand->duty_at[i]];
        if (duty->from_at < busy_to) {
            forbid(trial, "overlap", PNR_("{member} is still on another duty when {duty} starts."), member,
                   stand->duty_at[i]);
        }
        busy_to = duty->to_at > busy_to ? duty->to_at : busy_to;
    }
}

static void judge_duty(const struct trial *trial, int32_t duty) {
    const struct pnr_world *world = trial->world;
    const struct pnr_stand *stand = trial->stand;
    if (pnr_stand_heads(stand, duty) > world->duties[duty].max) {
        forbid(trial, "above-max", PNR_("{duty} has {found} people; at most {limit} are allowed."), -1, duty);
    }
    for (int32_t i = stand->members_of_duty[duty]; i < stand->members_of_duty[duty + 1]; i++) {
        int32_t member = stand->member_at[i];
        if (!pnr_division_may_take(world, member, &world->duties[duty]) && !is_pinned(world, member, duty)) {
            forbid(trial, "outside-pool", PNR_("{member} may not be used by the unit that owns {duty}."),
                   member, duty);
        }
    }
}

static void judge_pins(const struct trial *trial) {
    for (int32_t i = 0; i < trial->world->mark_count; i++) {
        const struct pnr_check_mark *mark = &trial->world->marks[i];
        if (pnr_is_pin(mark->state) && !pnr_stand_has(trial->stand, mark->member, mark->duty)) {
            forbid(trial, "pin-missing", PNR_("{member} is pinned to {duty} and does not stand there."),
                   mark->member, mark->duty);
        }
    }
}

static void judge_always(const struct trial *trial) {
    for (int32_t i = 0; i < trial->world->duty_count; i++) {
        judge_duty(trial, i);
    }
    for (int32_t i = 0; i < trial->world->campaign->members.count; i++) {
        judge_overlaps(trial, trial->world->members_by_rank[i]);
    }
    judge_pins(trial);
}

/* ---- rules
 * ------------------------------------------------------------------------------------------------- */

/* Gives the view the member's duties up to the end of the stage: those of the parts up to `last_part`. */
static void lay_out(const struct trial *trial, struct pnr_view *view, int32_t member, int32_t stage,
                    int32_t last_part) {
    const struct pnr_world *world = trial->world;
    const struct pnr_stand *stand = trial->stand;
    view->member = member;
    view->stage = stage;
    view->first_day = world->campaign->stages.items[stage].from_day;
    view->last_day = world->campaign->stages.items[stage].to_day;
    view->history = pnr_world_history(world, member);
    view->held = trial->held;
    view->held_count = view->first_held = 0;
    for (int32_t i = stand->duties_of_member[member]; i < stand->duties_of_member[member + 1]; i++) {
        const struct pnr_check_duty *duty = &world->duties[stand->duty_at[i]];
        if (view->division->part_of_duty[stand->duty_at[i]] <= last_part && duty->day <= view->last_day) {
            trial->held[view->held_count++] = duty;
            view->first_held += duty->day < view->first_day;
        }
    }
}

/* Judges the rules about one member that are hard, or the terms, whose amounts are added up by rule. */
static void judge_member(const struct trial *trial, struct pnr_view *view, int64_t *amounts) {
    const struct pnr_world *world = trial->world;
    for (int32_t i = 0; i < world->rule_count; i++) {
        const struct pnr_check_rule *rule = &world->rules[i];
        const struct pnr_check_kind *kind = pnr_check_kind_of(rule->kind);
        if (kind->is_about_member && (rule->weight == 0) == view->is_hard &&
            pnr_inforce_holds(world, rule, view->member, view->stage)) {
            view->rule = rule;
            view->amount = 0;
            kind->judge(view);
            amounts[i] = pnr_share_add(amounts[i], view->amount);
        }
    }
}

static void judge_part_rules(const struct trial *trial, struct pnr_view *view, int64_t *amounts) {
    const struct pnr_world *world = trial->world;
    view->member = -1;
    for (int32_t i = 0; i < world->rule_count; i++) {
        const struct pnr_check_rule *rule = &world->rules[i];
        const struct pnr_check_kind *kind = pnr_check_kind_of(rule->kind);
        if (!kind->is_about_member && (rule->weight == 0) == view->is_hard) {
            view->rule = rule;
            view->amount = 0;
            kind->judge(view);
            amounts[i] = pnr_share_add(amounts[i], view->amount);
        }
    }
}

static struct pnr_view view_of(const struct trial *trial, const struct pnr_division *division,
                               const struct pnr_check_part *part, bool is_hard) {
    return (struct pnr_view){.world = trial->world,
                             .stand = trial->stand,
                             .division = division,
                             .part = part,
                             .report = trial->report,
                             .is_hard = is_hard,
                             .member = -1};
}

/* The amounts of all terms in one part, by rule. */
static void value_part(const struct trial *trial, const struct pnr_division *division,
                       const struct pnr_check_part *part, int64_t *amounts) {
    struct pnr_view view = view_of(trial, division, part, false);
    for (int32_t stage = part->first_stage; stage <= part->last_stage; stage++) {
        for (int32_t i = 0; i < part->member_count; i++) {
            lay_out(trial, &view, part->members[i], stage, part->index);
            view.judges_minima = part->is_last_of_member[i];
            judge_member(trial, &view, amounts);
        }
    }
    judge_part_rules(trial, &view, amounts);
}

/* Whether the member is in the pool of any part of the stage. */
static bool is_used_in(const struct pnr_division *division, int32_t member, int32_t stage) {
    for (int32_t i = division->places_of_member[member]; i < division->places_of_member[member + 1]; i++) {
        const struct pnr_check_part *part = &division->parts[division->places[i].part];
        if (part->first_stage <= stage && stage <= part->last_stage) {
            return true;
        }
    }
    return false;
}

/* Violations of hard rules; `amounts` is only worked in. */
static void judge_hard(const struct trial *trial, const struct pnr_division *division, int64_t *amounts) {
    const struct pnr_world *world = trial->world;
    struct pnr_view view = view_of(trial, division, NULL, true);
    view.judges_minima = true;
    for (int32_t stage = 0; stage < world->campaign->stages.count; stage++) {
        for (int32_t i = 0; i < world->campaign->members.count; i++) {
            int32_t member = world->members_by_rank[i];
            if (is_used_in(division, member, stage)) {
                lay_out(trial, &view, member, stage, INT32_MAX);
                judge_member(trial, &view, amounts);
            }
        }
    }
    for (int32_t i = 0; i < division->part_count; i++) {
        view = view_of(trial, division, &division->parts[i], true);
        judge_part_rules(trial, &view, amounts);
    }
}

/* ---- shortages
 * --------------------------------------------------------------------------------------------- */

static bool lacks_lead(const struct trial *trial, int32_t duty) {
    const struct pnr_world *world = trial->world;
    const struct pnr_check_duty *asked = &world->duties[duty];
    int32_t heads = pnr_stand_heads(trial->stand, duty);
    if (!pnr_world_asks_for_lead(world, asked) || (asked->min == 0 && heads == 0)) {
        return false;
    }
    for (int32_t i = 0; i < heads; i++) {
        int32_t member = trial->stand->member_at[trial->stand->members_of_duty[duty] + i];
        if (pnr_world_can_lead(world, member, asked->post)) {
            return false;
        }
    }
    return true;
}

static void list_shortages(const struct trial *trial) {
    for (int32_t i = 0; i < trial->world->duty_count; i++) {
        int32_t heads = pnr_stand_heads(trial->stand, i);
        bool lead_missing = lacks_lead(trial, i);
        if (heads < trial->world->duties[i].target || heads < trial->world->duties[i].min || lead_missing) {
            pnr_report_add_shortage(trial->report, trial->world, i, heads, lead_missing);
        }
    }
}

/* ---- values
 * ------------------------------------------------------------------------------------------------ */

/* The level's value: Σ weight × amount over its terms. */
static int64_t value_of_level(const struct pnr_world *world, int32_t level, const int64_t *amounts) {
    int64_t value = 0;
    for (int32_t i = 0; i < world->rule_count; i++) {
        if (world->rules[i].level == level) {
            value = pnr_share_add(value, pnr_share_multiply(world->rules[i].weight, amounts[i]));
        }
    }
    return value;
}

static struct pioneer_level_result *make_levels(const struct trial *trial, const int64_t *amounts) {
    const struct pnr_world *world = trial->world;
    struct pioneer_level_result *levels =
        pnr_arena_alloc(&trial->report->arena, (size_t)world->level_count, sizeof *levels);
    for (int32_t i = 0; i < world->level_count && levels != NULL; i++) {
        levels[i].level = pnr_report_text(trial->report, world->levels[i].id);
        levels[i].value = value_of_level(world, i, amounts);
    }
    trial->report->failed |= levels == NULL;
    return levels;
}

static struct pioneer_term_value *make_terms(const struct trial *trial, const int64_t *amounts,
                                             int32_t *count) {
    const struct pnr_world *world = trial->world;
    struct pioneer_term_value *terms =
        pnr_arena_alloc(&trial->report->arena, (size_t)world->rule_count, sizeof *terms);
    *count = 0;
    for (int32_t i = 0; i < world->rule_count && terms != NULL; i++) {
        const struct pnr_check_rule *rule = &world->rules[i];
        if (rule->level >= 0) {
            terms[(*count)++] = (struct pioneer_term_value){
                .level = pnr_report_text(trial->report, world->levels[rule->level].id),
                .rule = pnr_report_text(trial->report, rule->id),
                .weight = rule->weight,
                .amount = amounts[i],
            };
        }
    }
    trial->report->failed |= terms == NULL;
    return terms;
}

/* Members who are no part of the pool and pinned to duties of the part all the same. */
static int32_t count_guests(const struct pnr_world *world, const struct pnr_division *division,
                            const struct pnr_check_part *part) {
    int32_t count = 0, last = -1;
    for (int32_t i = 0; i < world->mark_count; i++) {
        const struct pnr_check_mark *mark = &world->marks[i];
        if (mark->member != last && pnr_is_pin(mark->state) &&
            division->part_of_duty[mark->duty] == part->index &&
            pnr_division_position(division, part->index, mark->member) < 0) {
            last = mark->member;
            count++;
        }
    }
    return count;
}

static struct pnr_part_size size_of_part(const struct trial *trial, const struct pnr_division *division,
                                         const struct pnr_check_part *part) {
    struct pnr_part_size size = {
        .tier = part->unit < 0 ? 0 : trial->world->depth_of_unit[part->unit],
        .duty_count = part->duty_count,
        .member_count = part->member_count + count_guests(trial->world, division, part),
    };
    for (int32_t i = 0; i < part->duty_count; i++) {
        size.assignment_count += pnr_stand_heads(trial->stand, part->duties[i]);
    }
    return size;
}

static void report_part(const struct trial *trial, const struct pnr_division *division,
                        const struct pnr_check_part *part, const int64_t *amounts,
                        const struct pnr_claims *claims) {
    const struct pioneer_campaign *campaign = trial->world->campaign;
    struct pioneer_judged_part judged = {
        .stage =
            part->stage < 0 ? NULL : pnr_report_text(trial->report, campaign->stages.items[part->stage].id),
        .unit = part->unit < 0 ? NULL : pnr_report_text(trial->report, campaign->units.items[part->unit].id),
        .level_count = trial->world->level_count,
    };
    struct pioneer_level_result *levels = make_levels(trial, amounts);
    judged.terms = make_terms(trial, amounts, &judged.term_count);
    if (levels == NULL) {
        return;
    }
    judged.levels = levels;
    struct pnr_part_size size = size_of_part(trial, division, part);
    pnr_claims_judge_part(claims, &judged, &size, levels, trial->report);
    trial->report->failed |= !pnr_array_push(&trial->report->parts, judged);
}

static void report_joint(const struct trial *trial, const int64_t *amounts) {
    struct pioneer_level_result *levels = make_levels(trial, amounts);
    for (int32_t i = 0; i < trial->world->level_count && levels != NULL; i++) {
        trial->report->failed |= !pnr_array_push(&trial->report->joint, levels[i]);
    }
}

/* ---- all of it
 * --------------------------------------------------------------------------------------------- */

static enum pioneer_status judge_division(const struct trial *trial, const struct pnr_claims *claims,
                                          int64_t *amounts) {
    struct pnr_division division;
    enum pioneer_status status =
        pnr_division_init(&division, trial->world, trial->stand, claims->mode == PIONEER_JOINT);
    if (status != PIONEER_OK) {
        return status;
    }
    status = pnr_fairness_entitle(&division, trial->world, trial->stand);
    if (status == PIONEER_OK) {
        judge_hard(trial, &division, amounts);
    }
    for (int32_t i = 0; i < division.part_count && status == PIONEER_OK; i++) {
        memset(amounts, 0, (size_t)trial->world->rule_count * sizeof *amounts);
        value_part(trial, &division, &division.parts[i], amounts);
        report_part(trial, &division, &division.parts[i], amounts, claims);
    }
    pnr_division_fini(&division);
    return status;
}

static enum pioneer_status judge_joint(const struct trial *trial, int64_t *amounts) {
    struct pnr_division division;
    enum pioneer_status status = pnr_division_init(&division, trial->world, trial->stand, true);
    if (status != PIONEER_OK) {
        return status;
    }
    status = pnr_fairness_entitle(&division, trial->world, trial->stand);
    if (status == PIONEER_OK) {
        memset(amounts, 0, (size_t)trial->world->rule_count * sizeof *amounts);
        value_part(trial, &division, &division.parts[0], amounts);
        report_joint(trial, amounts);
    }
    pnr_division_fini(&division);
    return status;
}

static enum pioneer_status judge_stand(const struct pnr_world *world, const struct pnr_claims *claims,
                                       const struct pnr_stand *stand, struct pioneer_report *report) {
    struct trial trial = {.world = world, .stand = stand, .report = report};
    int64_t *amounts = calloc((size_t)world->rule_count + 1, sizeof *amounts);
    trial.held = calloc((size_t)stand->count + 1, sizeof *trial.held);
    enum pioneer_status status = PIONEER_E_NO_MEMORY;
    if (amounts != NULL && trial.held != NULL) {
        judge_always(&trial);
        list_shortages(&trial);
        status = judge_division(&trial, claims, amounts);
    }
    if (status == PIONEER_OK) {
        status = judge_joint(&trial, amounts);
    }
    if (status == PIONEER_OK) {
        pnr_claims_judge_rest(claims, report);
        if (claims->is_of_other_campaign) {
            pnr_report_note(report, "other-campaign",
                            PNR_("The roster was made from another version of the campaign."));
        }
    }
    free(trial.held);
    free(amounts);
    return status;
}

static enum pioneer_status judge_world(const struct pnr_world *world, const struct pnr_claims *claims,
                                       struct pioneer_report *report) {
    struct pnr_stand stand;
    enum pioneer_status status =
        pnr_stand_init(&stand, world, claims->assignments, claims->assignment_count, report);
    if (status == PIONEER_OK) {
        status = judge_stand(world, claims, &stand, report);
        pnr_stand_fini(&stand);
    }
    return status == PIONEER_OK && report->failed ? PIONEER_E_NO_MEMORY : status;
}

enum pioneer_status pnr_judge(const struct pioneer_campaign *campaign, const struct pnr_claims *claims,
                              const char *language, struct pioneer_report **out,
                              struct pioneer_error *error) {
    *out = NULL;
    if (!pnr_words_knows(language)) {
        return pnr_fail(error, PIONEER_E_RANGE, "unknown-language", NULL, "There are no sentences in %s.",
                        language);
    }
    struct pnr_world world;
    enum pioneer_status status = pnr_world_init(&world, campaign, error);
    if (status != PIONEER_OK) {
        return status;
    }
    struct pioneer_report *report = pnr_report_new(language);
    status = report == NULL ? PIONEER_E_NO_MEMORY : judge_world(&world, claims, report);
    pnr_world_fini(&world);
    if (status != PIONEER_OK) {
        pioneer_report_free(report);
        return pnr_fail_no_memory(error);
    }
    *out = report;
    return PIONEER_OK;
}
