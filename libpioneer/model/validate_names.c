/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Validation of ids and references. */
#include <string.h>

#include "model/validation.h"

static void check_ids(struct pnr_validation *validation, enum pnr_kind kind) {
    const struct pnr_index *index = &validation->indexes.of[kind];
    for (int32_t i = 0; i < index->count; i++) {
        int32_t first = pnr_index_find(index, index->ids[i]);
        if (first != i) {
            struct pnr_path path = {NULL, pnr_kind_array(kind), i};
            pnr_finding_add(validation, PIONEER_ERROR, "duplicate-id", &path, "id",
                            (struct pnr_particulars){.id = index->ids[i], .number = first + 1});
        }
    }
}

/* The lists of a campaign: every PNR_ARRAY starts with its items and its count. */
struct list {
    const struct pnr_layout *layout;
    size_t items_offset, count_offset;
};

#define LIST(layout, list)                                                                                   \
    { layout, offsetof(struct pioneer_campaign, list.items), offsetof(struct pioneer_campaign, list.count) }

static const struct list lists[] = {
    LIST(&pnr_unit_layout, units),
    LIST(&pnr_member_layout, members),
    LIST(&pnr_post_layout, posts),
    LIST(&pnr_demand_layout, demands),
    LIST(&pnr_rule_layout, rules),
    LIST(&pnr_request_layout, requests),
    LIST(&pnr_preference_layout, preferences),
    LIST(&pnr_history_layout, histories),
    LIST(&pnr_assignment_layout, assignments),
};

static const struct {
    const struct pnr_layout *layout;
    const char *field;
    enum pnr_kind kind;
} references[] = {
    {&pnr_unit_layout, "parent", PNR_KIND_UNIT},         {&pnr_member_layout, "unit", PNR_KIND_UNIT},
    {&pnr_member_layout, "home_site", PNR_KIND_SITE},    {&pnr_post_layout, "unit", PNR_KIND_UNIT},
    {&pnr_demand_layout, "post", PNR_KIND_POST},         {&pnr_demand_layout, "sites", PNR_KIND_SITE},
    {&pnr_demand_layout, "slots", PNR_KIND_SLOT},        {&pnr_demand_layout, "standby_for", PNR_KIND_POST},
    {&pnr_rule_layout, "replaces", PNR_KIND_RULE},       {&pnr_rule_layout, "stages", PNR_KIND_STAGE},
    {&pnr_rule_layout, "level", PNR_KIND_LEVEL},         {&pnr_rule_layout, "unit", PNR_KIND_UNIT},
    {&pnr_rule_layout, "posts", PNR_KIND_POST},          {&pnr_rule_layout, "sites", PNR_KIND_SITE},
    {&pnr_rule_layout, "slots", PNR_KIND_SLOT},          {&pnr_request_layout, "member", PNR_KIND_MEMBER},
    {&pnr_request_layout, "post", PNR_KIND_POST},        {&pnr_request_layout, "site", PNR_KIND_SITE},
    {&pnr_request_layout, "slot", PNR_KIND_SLOT},        {&pnr_preference_layout, "member", PNR_KIND_MEMBER},
    {&pnr_preference_layout, "post", PNR_KIND_POST},     {&pnr_preference_layout, "site", PNR_KIND_SITE},
    {&pnr_preference_layout, "slot", PNR_KIND_SLOT},     {&pnr_history_layout, "member", PNR_KIND_MEMBER},
    {&pnr_assignment_layout, "member", PNR_KIND_MEMBER}, {&pnr_assignment_layout, "post", PNR_KIND_POST},
    {&pnr_assignment_layout, "site", PNR_KIND_SITE},     {&pnr_assignment_layout, "slot", PNR_KIND_SLOT},
};

static bool is_known(const struct pnr_validation *validation, enum pnr_kind kind, const char *id) {
    return pnr_index_find(&validation->indexes.of[kind], id) >= 0;
}

static void check_one(struct pnr_validation *validation, enum pnr_kind kind, const void *description,
                      const struct pnr_field *field, const struct pnr_path *path) {
    const char *id;
    memcpy(&id, (const char *)description + field->offset, sizeof id);
    if (id != NULL && !is_known(validation, kind, id)) {
        pnr_finding_add_unknown(validation, kind, path, field->name, id);
    }
}

static void check_several(struct pnr_validation *validation, enum pnr_kind kind, const void *description,
                          const struct pnr_field *field, const struct pnr_path *path) {
    const char *const *ids;
    int32_t count;
    memcpy(&ids, (const char *)description + field->offset, sizeof ids);
    memcpy(&count, (const char *)description + field->count_offset, sizeof count);
    for (int32_t i = 0; i < count; i++) {
        if (!is_known(validation, kind, ids[i])) {
            struct pnr_path item = {path, field->name, i};
            pnr_finding_add_unknown(validation, kind, &item, NULL, ids[i]);
        }
    }
}

static void check_references(struct pnr_validation *validation, const struct list *list,
                             const struct pnr_field *field, enum pnr_kind kind) {
    const char *items;
    int32_t count;
    memcpy(&items, (const char *)validation->campaign + list->items_offset, sizeof items);
    memcpy(&count, (const char *)validation->campaign + list->count_offset, sizeof count);
    for (int32_t i = 0; i < count; i++) {
        const void *description = items + (size_t)i * list->layout->size;
        struct pnr_path path = {NULL, list->layout->array, i};
        if (field->type == PNR_FIELD_IDS) {
            check_several(validation, kind, description, field, &path);
        } else {
            check_one(validation, kind, description, field, &path);
        }
    }
}

void pnr_validate_names(struct pnr_validation *validation) {
    for (int32_t kind = 0; kind < PNR_KIND_COUNT; kind++) {
        check_ids(validation, (enum pnr_kind)kind);
    }
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        for (size_t k = 0; k < sizeof references / sizeof references[0]; k++) {
            if (references[k].layout == lists[i].layout) {
                check_references(validation, &lists[i],
                                 pnr_layout_field(lists[i].layout, references[k].field), references[k].kind);
            }
        }
    }
}
