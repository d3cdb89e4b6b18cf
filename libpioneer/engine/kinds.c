/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Duties that no rule about one member tells apart. */
#include "engine/kinds.h"

#include "engine/interner.h"

enum { DAY, FROM, TO, NIGHT, LOAD, HARDSHIP, ALONE, LATER, FIRST_TRAIT };

/* Clauses that are about nobody, one for each rule with a trait. */
struct traits {
    struct pnr_scene scene;
    struct pnr_clause *clauses;
    int32_t count;
};

static bool list_traits(struct traits *traits, const struct pnr_organisation *organisation,
                        const struct pnr_lookup *lookup, struct pnr_arena *arena) {
    traits->scene = (struct pnr_scene){.organisation = organisation, .lookup = lookup};
    traits->clauses = pnr_arena_alloc(arena, (size_t)organisation->rule_count, sizeof *traits->clauses);
    for (int32_t r = 0; traits->clauses != NULL && r < organisation->rule_count; r++) {
        const struct pnr_rule_ops *ops = pnr_rule_ops_of(organisation->rules[r].given.kind);
        if (ops != NULL && ops->trait != NULL && !ops->sees_member) {
            traits->clauses[traits->count++] = (struct pnr_clause){.ops = ops,
                                                                   .scene = &traits->scene,
                                                                   .rule = &organisation->rules[r],
                                                                   .lookup = &lookup->rules[r]};
        }
    }
    return traits->clauses != NULL;
}

/* A duty of no length may stand beside others of the same moment: it is like no other. */
static void describe(const struct traits *traits, const struct pnr_instance *instance, int32_t number,
                     int64_t *row) {
    const struct pnr_duty *duty = pnr_instance_duty(instance, number);
    row[DAY] = duty->day;
    row[FROM] = duty->from_at;
    row[TO] = duty->to_at;
    row[NIGHT] = duty->night;
    row[LOAD] = duty->load_min;
    row[HARDSHIP] = duty->hardship;
    row[ALONE] = duty->from_at == duty->to_at ? number : -1;
    row[LATER] = pnr_instance_is_later(instance, number);
    for (int32_t i = 0; i < traits->count; i++) {
        const struct pnr_clause *clause = &traits->clauses[i];
        row[FIRST_TRAIT + i] = clause->ops->trait(clause, duty);
    }
}

bool pnr_kinds_build(struct pnr_kinds *kinds, const struct pnr_instance *instance,
                     const struct pnr_lookup *lookup, struct pnr_arena *arena) {
    struct traits traits = {.count = 0};
    kinds->kind_of_duty = pnr_arena_alloc(arena, (size_t)instance->duty_count, sizeof *kinds->kind_of_duty);
    if (kinds->kind_of_duty == NULL || !list_traits(&traits, instance->organisation, lookup, arena)) {
        return false;
    }
    struct pnr_interner rows;
    pnr_interner_init(&rows, FIRST_TRAIT + traits.count);
    bool ok = true;
    for (int32_t d = 0; ok && d < instance->duty_count; d++) {
        int64_t *row = pnr_interner_draft(&rows);
        ok = row != NULL;
        if (ok) {
            describe(&traits, instance, d, row);
            kinds->kind_of_duty[d] = pnr_interner_put(&rows, row);
            ok = kinds->kind_of_duty[d] >= 0;
        }
    }
    kinds->count = rows.count;
    pnr_interner_fini(&rows);
    return ok;
}
