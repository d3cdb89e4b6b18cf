/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A campaign as rows. */
#include "store/project.h"

#include "base/arena.h"
#include "model/campaign.h"
#include "model/duties.h"
#include "store/statement.h"
#include "store/columns.h"

/* What every writer of one table gets. */
struct projection {
    struct pioneer_store *store;
    int64_t id;
    const struct pioneer_campaign *campaign;
    const struct pnr_duty_list *duties;
};

/* Absent numbers are NULL in a column where 0 means "none given". */
static void bind_given(struct pnr_statement *row, int64_t number) {
    if (number == 0) {
        pnr_statement_null(row);
    } else {
        pnr_statement_int(row, number);
    }
}

static int write_units(const struct projection *in) {
    struct pnr_statement row;
    pnr_statement_open(&row, in->store, "INSERT INTO unit VALUES (?,?,?,?,?,?)");
    for (int32_t i = 0; i < in->campaign->units.count; i++) {
        const struct pioneer_unit *unit = &in->campaign->units.items[i];
        pnr_statement_int(&row, in->id);
        pnr_statement_text(&row, unit->id);
        pnr_statement_text(&row, unit->name);
        pnr_statement_text(&row, unit->parent);
        pnr_statement_text(&row, pnr_columns_pool(unit->draws_from));
        bind_given(&row, unit->quota);
        pnr_statement_run(&row);
    }
    return pnr_statement_close(&row);
}

static int write_sites(const struct projection *in) {
    struct pnr_statement row;
    pnr_statement_open(&row, in->store, "INSERT INTO site VALUES (?,?,?,?,?,?)");
    for (int32_t i = 0; i < in->campaign->sites.count; i++) {
        const struct pioneer_site *site = &in->campaign->sites.items[i];
        pnr_statement_int(&row, in->id);
        pnr_statement_text(&row, site->id);
        pnr_statement_text(&row, site->name);
        pnr_statement_text(&row, site->kind);
        pnr_statement_text(&row, site->zone);
        bind_given(&row, site->capacity);
        pnr_statement_run(&row);
    }
    return pnr_statement_close(&row);
}

static int write_walks(const struct projection *in) {
    struct pnr_statement row;
    pnr_statement_open(&row, in->store, "INSERT INTO walk VALUES (?,?,?,?,?,?)");
    for (int32_t i = 0; i < in->campaign->walks.count; i++) {
        const struct pioneer_walk *walk = &in->campaign->walks.items[i];
        pnr_statement_int(&row, in->id);
        pnr_statement_int(&row, i);
        pnr_statement_int(&row, walk->between_zones);
        pnr_statement_text(&row, walk->from);
        pnr_statement_text(&row, walk->to);
        pnr_statement_int(&row, walk->minutes);
        pnr_statement_run(&row);
    }
    return pnr_statement_close(&row);
}

static int write_slots(const struct projection *in) {
    struct pnr_statement row;
    pnr_statement_open(&row, in->store, "INSERT INTO slot VALUES (?,?,?,?,?,?)");
    for (int32_t i = 0; i < in->campaign->slots.count; i++) {
        const struct pioneer_slot *slot = &in->campaign->slots.items[i];
        pnr_statement_int(&row, in->id);
        pnr_statement_text(&row, slot->id);
        pnr_statement_text(&row, slot->name);
        pnr_statement_int(&row, slot->from_min);
        pnr_statement_int(&row, slot->to_min);
        pnr_statement_text(&row, slot->kind);
        pnr_statement_run(&row);
    }
    return pnr_statement_close(&row);
}

static int write_stages(const struct projection *in) {
    struct pnr_statement row;
    pnr_statement_open(&row, in->store, "INSERT INTO stage VALUES (?,?,?,?,?)");
    for (int32_t i = 0; i < in->campaign->stages.count; i++) {
        const struct pioneer_stage *stage = &in->campaign->stages.items[i];
        pnr_statement_int(&row, in->id);
        pnr_statement_text(&row, stage->id);
        pnr_statement_text(&row, stage->name);
        pnr_statement_day(&row, stage->from_day);
        pnr_statement_day(&row, stage->to_day);
        pnr_statement_run(&row);
    }
    return pnr_statement_close(&row);
}

static int write_members(const struct projection *in) {
    struct pnr_statement row;
    pnr_statement_open(&row, in->store, "INSERT INTO member VALUES (?,?,?,?,?,?,?,?,?,?)");
    for (int32_t i = 0; i < in->campaign->members.count; i++) {
        const struct pioneer_member *member = &in->campaign->members.items[i];
        pnr_statement_int(&row, in->id);
        pnr_statement_text(&row, member->id);
        pnr_statement_text(&row, member->name);
        pnr_statement_text(&row, member->unit);
        pnr_statement_text(&row, pnr_columns_member_status(member->status));
        pnr_statement_text(&row, pnr_columns_member_role(member->role));
        pnr_statement_text(&row, member->home_site);
        pnr_statement_int(&row, member->nominated);
        bind_given(&row, member->rank);
        pnr_statement_int(&row, !member->has_weekly);
        pnr_statement_run(&row);
    }
    return pnr_statement_close(&row);
}

/* A tag or rating written twice is one tag or rating. */
static int write_tags(const struct projection *in) {
    struct pnr_statement row;
    pnr_statement_open(&row, in->store, "INSERT OR IGNORE INTO member_tag VALUES (?,?,?)");
    for (int32_t i = 0; i < in->campaign->members.count; i++) {
        const struct pioneer_member *member = &in->campaign->members.items[i];
        for (int32_t k = 0; k < member->tag_count; k++) {
            pnr_statement_int(&row, in->id);
            pnr_statement_text(&row, member->id);
            pnr_statement_text(&row, member->tags[k]);
            pnr_statement_run(&row);
        }
    }
    return pnr_statement_close(&row);
}

static int write_ratings(const struct projection *in) {
    struct pnr_statement row;
    pnr_statement_open(&row, in->store, "INSERT OR IGNORE INTO member_rating VALUES (?,?,?,?)");
    for (int32_t i = 0; i < in->campaign->members.count; i++) {
        const struct pioneer_member *member = &in->campaign->members.items[i];
        for (int32_t k = 0; k < member->rating_count; k++) {
            pnr_statement_int(&row, in->id);
            pnr_statement_text(&row, member->id);
            pnr_statement_text(&row, member->ratings[k].name);
            pnr_statement_int(&row, member->ratings[k].value);
            pnr_statement_run(&row);
        }
    }
    return pnr_statement_close(&row);
}

static void write_windows_of(struct pnr_statement *row, int64_t id, const struct pioneer_member *member) {
    for (int32_t k = 0; k < member->weekly_count; k++) {
        pnr_statement_int(row, id);
        pnr_statement_text(row, member->id);
        pnr_statement_int(row, k);
        pnr_statement_int(row, member->weekly[k].weekday);
        pnr_statement_null(row);
        pnr_statement_int(row, member->weekly[k].from_min);
        pnr_statement_int(row, member->weekly[k].to_min);
        pnr_statement_run(row);
    }
    for (int32_t k = 0; k < member->dated_count; k++) {
        pnr_statement_int(row, id);
        pnr_statement_text(row, member->id);
        pnr_statement_int(row, (int64_t)member->weekly_count + k);
        pnr_statement_null(row);
        pnr_statement_day(row, member->dated[k].day);
        pnr_statement_int(row, member->dated[k].from_min);
        pnr_statement_int(row, member->dated[k].to_min);
        pnr_statement_run(row);
    }
}

static int write_windows(const struct projection *in) {
    struct pnr_statement row;
    pnr_statement_open(&row, in->store, "INSERT INTO member_window VALUES (?,?,?,?,?,?,?)");
    for (int32_t i = 0; i < in->campaign->members.count; i++) {
        write_windows_of(&row, in->id, &in->campaign->members.items[i]);
    }
    return pnr_statement_close(&row);
}

static int write_absences(const struct projection *in) {
    struct pnr_statement row;
    pnr_statement_open(&row, in->store, "INSERT INTO member_absence VALUES (?,?,?,?,?,?)");
    for (int32_t i = 0; i < in->campaign->members.count; i++) {
        const struct pioneer_member *member = &in->campaign->members.items[i];
        for (int32_t k = 0; k < member->absence_count; k++) {
            pnr_statement_int(&row, in->id);
            pnr_statement_text(&row, member->id);
            pnr_statement_int(&row, k);
            pnr_statement_moment(&row, member->absences[k].from_at);
            pnr_statement_moment(&row, member->absences[k].to_at);
            pnr_statement_text(&row, member->absences[k].reason);
            pnr_statement_run(&row);
        }
    }
    return pnr_statement_close(&row);
}

static int write_posts(const struct projection *in) {
    struct pnr_statement row;
    pnr_statement_open(&row, in->store, "INSERT INTO post VALUES (?,?,?,?,?,?,?,?,?,?)");
    for (int32_t i = 0; i < in->campaign->posts.count; i++) {
        const struct pioneer_post *post = &in->campaign->posts.items[i];
        pnr_statement_int(&row, in->id);
        pnr_statement_text(&row, post->id);
        pnr_statement_text(&row, post->name);
        pnr_statement_text(&row, post->kind);
        pnr_statement_text(&row, post->unit);
        pnr_statement_text(&row, post->eligible);
        pnr_statement_int(&row, post->priority == 0 ? 1 : post->priority);
        pnr_statement_int(&row, post->hardship);
        pnr_statement_text(&row, post->lead);
        pnr_statement_int(&row, post->load_percent == 0 ? 100 : post->load_percent);
        pnr_statement_run(&row);
    }
    return pnr_statement_close(&row);
}

static int write_demands(const struct projection *in) {
    struct pnr_statement row;
    pnr_statement_open(&row, in->store, "INSERT INTO demand VALUES (?,?,?,?,?,?,?)");
    for (int32_t i = 0; i < in->campaign->demands.count; i++) {
        const struct pioneer_demand *demand = &in->campaign->demands.items[i];
        int32_t target = demand->has_target ? demand->target : demand->min;
        pnr_statement_int(&row, in->id);
        pnr_statement_int(&row, i);
        pnr_statement_text(&row, demand->post);
        pnr_statement_int(&row, demand->min);
        pnr_statement_int(&row, target);
        pnr_statement_int(&row, demand->has_max ? demand->max : target);
        bind_given(&row, demand->no_show_percent);
        pnr_statement_run(&row);
    }
    return pnr_statement_close(&row);
}

static void write_duty(struct pnr_statement *row, const struct projection *in, const struct pnr_duty *duty) {
    pnr_statement_int(row, in->id);
    pnr_statement_text(row, in->campaign->posts.items[duty->post].id);
    pnr_statement_text(row, in->campaign->sites.items[duty->site].id);
    pnr_statement_day(row, duty->day);
    pnr_statement_text(row, in->campaign->slots.items[duty->slot].id);
    pnr_statement_text(row, in->campaign->stages.items[duty->stage].id);
    pnr_statement_moment(row, duty->from_at);
    pnr_statement_moment(row, duty->to_at);
    pnr_statement_int(row, duty->min);
    pnr_statement_int(row, duty->target);
    pnr_statement_int(row, duty->max);
    pnr_statement_int(row, duty->load_min);
    pnr_statement_int(row, duty->hardship);
    pnr_statement_int(row, duty->night);
    pnr_statement_run(row);
}

static int write_duties(const struct projection *in) {
    struct pnr_statement row;
    pnr_statement_open(&row, in->store, "INSERT INTO duty VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    for (int32_t i = 0; i < in->duties->count; i++) {
        write_duty(&row, in, &in->duties->items[i]);
    }
    return pnr_statement_close(&row);
}

static int write_levels(const struct projection *in) {
    int32_t count = in->campaign->levels.count;
    const struct pioneer_level *levels = in->campaign->levels.items;
    if (count == 0) {
        levels = pnr_default_levels(&count);
    }
    struct pnr_statement row;
    pnr_statement_open(&row, in->store, "INSERT INTO level VALUES (?,?,?,?)");
    for (int32_t i = 0; i < count; i++) {
        pnr_statement_int(&row, in->id);
        pnr_statement_text(&row, levels[i].id);
        pnr_statement_int(&row, i);
        pnr_statement_text(&row, levels[i].name == NULL ? levels[i].id : levels[i].name);
        pnr_statement_run(&row);
    }
    return pnr_statement_close(&row);
}

static int write_rules(const struct projection *in) {
    struct pnr_statement row;
    pnr_statement_open(&row, in->store, "INSERT INTO rule VALUES (?,?,?,?,?,?,?,?)");
    for (int32_t i = 0; i < in->campaign->rules.count; i++) {
        const struct pioneer_rule *rule = &in->campaign->rules.items[i];
        pnr_statement_int(&row, in->id);
        pnr_statement_int(&row, i);
        pnr_statement_text(&row, rule->id);
        pnr_statement_text(&row, pnr_rule_kind_name(rule->kind));
        pnr_statement_text(&row, rule->members);
        pnr_statement_int(&row, rule->weight);
        pnr_statement_int(&row, rule->drop);
        pnr_statement_text(&row, rule->level);
        pnr_statement_run(&row);
    }
    return pnr_statement_close(&row);
}

static int write_requests(const struct projection *in) {
    struct pnr_statement row;
    pnr_statement_open(&row, in->store, "INSERT INTO request VALUES (?,?,?,?,?,?,?,?,?,?)");
    for (int32_t i = 0; i < in->campaign->requests.count; i++) {
        const struct pioneer_request *request = &in->campaign->requests.items[i];
        pnr_statement_int(&row, in->id);
        pnr_statement_int(&row, i);
        pnr_statement_text(&row, request->member);
        pnr_statement_int(&row, request->off);
        pnr_statement_day(&row, request->from_day);
        pnr_statement_day(&row, request->to_day);
        pnr_statement_text(&row, request->post);
        pnr_statement_text(&row, request->site);
        pnr_statement_text(&row, request->slot);
        pnr_statement_int(&row, request->weight == 0 ? 1 : request->weight);
        pnr_statement_run(&row);
    }
    return pnr_statement_close(&row);
}

static int write_preferences(const struct projection *in) {
    struct pnr_statement row;
    pnr_statement_open(&row, in->store, "INSERT INTO preference VALUES (?,?,?,?,?,?,?)");
    for (int32_t i = 0; i < in->campaign->preferences.count; i++) {
        const struct pioneer_preference *preference = &in->campaign->preferences.items[i];
        pnr_statement_int(&row, in->id);
        pnr_statement_int(&row, i);
        pnr_statement_text(&row, preference->member);
        pnr_statement_text(&row, preference->post);
        pnr_statement_text(&row, preference->site);
        pnr_statement_text(&row, preference->slot);
        pnr_statement_int(&row, preference->weight == 0 ? 1 : preference->weight);
        pnr_statement_run(&row);
    }
    return pnr_statement_close(&row);
}

static int write_histories(const struct projection *in) {
    struct pnr_statement row;
    pnr_statement_open(&row, in->store, "INSERT INTO history VALUES (?,?,?,?,?,?,?,?,?,?)");
    for (int32_t i = 0; i < in->campaign->histories.count; i++) {
        const struct pioneer_history *history = &in->campaign->histories.items[i];
        pnr_statement_int(&row, in->id);
        pnr_statement_text(&row, history->member);
        pnr_statement_int(&row, history->load_min);
        pnr_statement_int(&row, history->entitled_min);
        pnr_statement_int(&row, history->load_hardship);
        pnr_statement_int(&row, history->entitled_hardship);
        pnr_statement_int(&row, history->weekends);
        if (history->last_end_at == 0) {
            pnr_statement_null(&row);
        } else {
            pnr_statement_moment(&row, history->last_end_at);
        }
        pnr_statement_int(&row, history->run_worked);
        pnr_statement_int(&row, history->run_off);
        pnr_statement_run(&row);
    }
    return pnr_statement_close(&row);
}

static int write_published(const struct projection *in) {
    struct pnr_statement row;
    pnr_statement_open(&row, in->store, "INSERT INTO published VALUES (?,?,?,?,?,?,?)");
    for (int32_t i = 0; i < in->campaign->assignments.count; i++) {
        const struct pioneer_assignment *assignment = &in->campaign->assignments.items[i];
        pnr_statement_int(&row, in->id);
        pnr_statement_text(&row, assignment->member);
        pnr_statement_text(&row, assignment->post);
        pnr_statement_text(&row, assignment->site);
        pnr_statement_day(&row, assignment->day);
        pnr_statement_text(&row, assignment->slot);
        pnr_statement_text(&row, pnr_columns_state(assignment->state));
        pnr_statement_run(&row);
    }
    return pnr_statement_close(&row);
}

/* In this order every reference finds its row. */
static int (*const writers[])(const struct projection *in) = {
    write_units,    write_sites,       write_walks,     write_slots,     write_stages,
    write_members,  write_tags,        write_ratings,   write_windows,   write_absences,
    write_posts,    write_demands,     write_duties,    write_levels,    write_rules,
    write_requests, write_preferences, write_histories, write_published,
};

enum pioneer_status pnr_project_campaign(struct pioneer_store *store, int64_t id,
                                         const struct pioneer_campaign *campaign,
                                         struct pioneer_error *error) {
    struct pnr_arena arena;
    struct pnr_duty_list duties;
    pnr_arena_init(&arena);
    enum pioneer_status status = pnr_duties_expand(campaign, &arena, &duties, error);
    const struct projection in = {store, id, campaign, &duties};
    for (size_t i = 0; status == PIONEER_OK && i < sizeof writers / sizeof *writers; i++) {
        int rc = writers[i](&in);
        status = rc == SQLITE_OK ? PIONEER_OK : pnr_store_fail(store, rc, error);
    }
    pnr_arena_fini(&arena);
    return status;
}
