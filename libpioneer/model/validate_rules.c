/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Validation of rules and expressions. */
#include <string.h>

#include "base/status.h"
#include "model/rule_table.h"
#include "model/validation.h"

/* ---- expressions */

struct word_check {
    struct pnr_validation *validation;
    const struct pnr_path *path;
    const char *field;
};

static void check_word(struct pnr_validation *validation, const struct pnr_map *known, const char *code,
                       const struct pnr_path *path, const char *field, const char *word) {
    if (pnr_map_get(known, word) < 0) {
        pnr_finding_add(validation, PIONEER_WARNING, code, path, field, (struct pnr_particulars){.id = word});
    }
}

static bool check_expression_word(void *context, enum pnr_word what, const char *word) {
    const struct word_check *check = context;
    struct pnr_validation *validation = check->validation;
    switch (what) {
    case PNR_WORD_TAG:
        check_word(validation, &validation->tags, "unknown-tag", check->path, check->field, word);
        break;
    case PNR_WORD_RATING:
        check_word(validation, &validation->ratings, "unknown-rating", check->path, check->field, word);
        break;
    case PNR_WORD_ZONE:
        check_word(validation, &validation->zones, "unknown-zone", check->path, check->field, word);
        break;
    }
    return true;
}

static void check_expression(struct pnr_validation *validation, const char *text, const struct pnr_path *path,
                             const char *field) {
    struct pnr_expression *expression;
    struct pioneer_error error;
    enum pioneer_status status =
        pnr_expression_parse(validation->campaign, text, &validation->scratch, &expression, &error);
    if (status != PIONEER_OK) {
        char where[sizeof error.where];
        struct pnr_path last = {path, field, -1};
        pnr_path_format(&last, where, sizeof where);
        pnr_finding_add_error(validation, &error, where);
        return;
    }
    struct word_check check = {validation, path, field};
    pnr_expression_words(expression, check_expression_word, &check);
}

void pnr_validate_expressions(struct pnr_validation *validation) {
    const struct pioneer_campaign *campaign = validation->campaign;
    for (int32_t i = 0; i < campaign->posts.count; i++) {
        struct pnr_path path = {NULL, "posts", i};
        check_expression(validation, campaign->posts.items[i].eligible, &path, "eligible");
        check_expression(validation, campaign->posts.items[i].lead, &path, "lead");
    }
    for (int32_t i = 0; i < campaign->rules.count; i++) {
        struct pnr_path path = {NULL, "rules", i};
        check_expression(validation, campaign->rules.items[i].members, &path, "members");
        check_expression(validation, campaign->rules.items[i].who, &path, "who");
    }
}

/* ---- words that rules name */

static void check_words(struct pnr_validation *validation, const struct pnr_map *known, const char *code,
                        const struct pnr_path *list, const char *const *words, int32_t count) {
    for (int32_t i = 0; i < count; i++) {
        struct pnr_path item = {list->parent, list->name, i};
        check_word(validation, known, code, &item, NULL, words[i]);
    }
}

static void check_rule_words(struct pnr_validation *validation, const struct pioneer_rule *rule,
                             const struct pnr_path *path) {
    struct pnr_path list = {path, "slot_kinds", -1};
    check_words(validation, &validation->slot_kinds, "unknown-slot-kind", &list, rule->slot_kinds,
                rule->slot_kind_count);
    list.name = "next_kinds";
    check_words(validation, &validation->slot_kinds, "unknown-slot-kind", &list, rule->next_kinds,
                rule->next_kind_count);
    list.name = "site_kinds";
    check_words(validation, &validation->site_kinds, "unknown-site-kind", &list, rule->site_kinds,
                rule->site_kind_count);
    list.name = "other_site_kinds";
    check_words(validation, &validation->site_kinds, "unknown-site-kind", &list, rule->other_site_kinds,
                rule->other_site_kind_count);
    list.name = "tags";
    check_words(validation, &validation->tags, "unknown-tag", &list, rule->tags, rule->tag_count);
    if (rule->rating != NULL) {
        check_word(validation, &validation->ratings, "unknown-rating", path, "rating", rule->rating);
    }
}

/* ---- parameters */

static void report_missing(struct pnr_validation *validation, const struct pioneer_rule *rule,
                           const struct pnr_path *path, uint32_t fields) {
    const char *name = pnr_rule_field_name(fields & (~fields + 1));
    pnr_finding_add(validation, PIONEER_ERROR, "missing-field", path, name,
                    (struct pnr_particulars){.id = rule->id, .other = name});
}

static void check_fields(struct pnr_validation *validation, const struct pioneer_rule *rule,
                         const struct pnr_path *path) {
    const struct pnr_rule_entry *entry = pnr_rule_entry(rule->kind);
    uint32_t set = pnr_rule_fields_set(rule);
    if ((entry->needs_all & ~set) != 0) {
        report_missing(validation, rule, path, entry->needs_all & ~set);
    }
    if (entry->needs_some != 0 && (entry->needs_some & set) == 0) {
        report_missing(validation, rule, path, entry->needs_some);
    }
    if (rule->has_min && rule->has_max && rule->min > rule->max) {
        pnr_finding_add(validation, PIONEER_ERROR, "min-above-max", path, "min",
                        (struct pnr_particulars){.number = rule->max});
    }
    if (rule->max_percent > 0 && rule->min_percent > rule->max_percent) {
        pnr_finding_add(validation, PIONEER_ERROR, "min-above-max", path, "min_percent",
                        (struct pnr_particulars){.number = rule->max_percent});
    }
}

/* Squares of minutes add up to 1.5·10¹⁴ at the largest sizes (docs/rules.md section 6). */
#define FAIRNESS_WEIGHT_MAX 10000

static void check_level(struct pnr_validation *validation, const struct pioneer_rule *rule,
                        const struct pnr_path *path) {
    const struct pnr_rule_entry *entry = pnr_rule_entry(rule->kind);
    bool is_term = rule->weight > 0 || entry->is_term_only;
    if (is_term && rule->level == NULL &&
        pnr_index_find(&validation->indexes.of[PNR_KIND_LEVEL], entry->level) < 0) {
        pnr_finding_add(validation, PIONEER_ERROR, "level-missing", path, "level",
                        (struct pnr_particulars){.id = rule->id, .other = entry->level});
    }
    bool is_square = rule->kind == PIONEER_RULE_LOAD_FAIRNESS || rule->kind == PIONEER_RULE_HARDSHIP_FAIRNESS;
    if (is_square && rule->weight > FAIRNESS_WEIGHT_MAX) {
        pnr_finding_add(validation, PIONEER_ERROR, "weight-too-large", path, "weight",
                        (struct pnr_particulars){.number = FAIRNESS_WEIGHT_MAX});
    }
}

static void check_replaces(struct pnr_validation *validation, int32_t index, const struct pnr_path *path) {
    const struct pioneer_campaign *campaign = validation->campaign;
    const struct pnr_index *rules = &validation->indexes.of[PNR_KIND_RULE];
    int32_t at = pnr_index_find(rules, campaign->rules.items[index].replaces);
    for (int32_t steps = 0; at >= 0 && at != index && steps < campaign->rules.count; steps++) {
        at = pnr_index_find(rules, campaign->rules.items[at].replaces);
    }
    if (at == index) {
        pnr_finding_add(validation, PIONEER_ERROR, "cyclic-replaces", path, "replaces",
                        (struct pnr_particulars){.id = campaign->rules.items[index].id});
    }
}

void pnr_validate_rules(struct pnr_validation *validation) {
    const struct pioneer_campaign *campaign = validation->campaign;
    for (int32_t i = 0; i < campaign->rules.count; i++) {
        const struct pioneer_rule *rule = &campaign->rules.items[i];
        struct pnr_path path = {NULL, "rules", i};
        if (!rule->drop) {
            check_fields(validation, rule, &path);
            check_level(validation, rule, &path);
            check_rule_words(validation, rule, &path);
        }
        check_replaces(validation, i, &path);
    }
}
