/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The expansion of demand lines into duties, and their sizes where they stand by for others. */
#include "model/duties.h"

#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/status.h"
#include "model/index.h"
#include "model/layout.h"

/* A duty on its way into the list, with what it is sorted by. */
struct draft {
    struct pnr_duty duty;
    int32_t site_rank, post_rank, slot_rank;
    int32_t line; /* index of the demand */
};

struct expansion {
    const struct pioneer_campaign *campaign;
    struct pnr_index posts, sites, slots;
    int32_t *post_rank, *site_rank, *slot_rank;
    struct pnr_arena scratch;
    PNR_ARRAY(struct draft) drafts;
    int32_t first_day, last_day;
    struct pioneer_error *error;
};

/* ---- dates */

int32_t pnr_stage_of_day(const struct pioneer_campaign *campaign, int32_t day) {
    for (int32_t i = 0; i < campaign->stages.count; i++) {
        if (day >= campaign->stages.items[i].from_day && day <= campaign->stages.items[i].to_day) {
            return i;
        }
    }
    return -1;
}

static bool is_excepted(const struct pioneer_demand *demand, int32_t day) {
    for (int32_t i = 0; i < demand->except_count; i++) {
        if (demand->except_days[i] == day) {
            return true;
        }
    }
    return false;
}

static bool fits_pattern(const struct pioneer_demand *demand, int32_t day) {
    bool fits_weekday = demand->weekdays == 0 || (demand->weekdays >> pnr_weekday(day) & 1) != 0;
    return fits_weekday && !is_excepted(demand, day);
}

/* ---- one duty */

static bool is_night(const struct pioneer_campaign_settings *settings, int32_t from_at, int32_t to_at) {
    /* A window may start up to two days before the duty and still reach it. */
    for (int32_t day = pnr_minute_day(from_at) - 2; day <= pnr_minute_day(to_at - 1); day++) {
        if (day * PNR_DAY_MINUTES + settings->night_from_min < to_at &&
            day * PNR_DAY_MINUTES + settings->night_to_min > from_at) {
            return true;
        }
    }
    return false;
}

static void fill_costs(const struct pioneer_demand *demand, const struct pioneer_post *post,
                       struct pnr_duty *duty) {
    int32_t length = duty->to_at - duty->from_at;
    int64_t cost = (int64_t)(post->priority == 0 ? 1 : post->priority) * length;
    duty->load_min = length * (post->load_percent == 0 ? 100 : post->load_percent) / 100;
    duty->hardship = post->hardship;
    duty->short_cost = demand->short_cost > 0 ? demand->short_cost : cost;
    duty->over_cost = demand->over_cost > 0 ? demand->over_cost : cost;
    duty->min = demand->min;
    duty->target = demand->has_target ? demand->target : duty->min;
    duty->max = demand->has_max ? demand->max : duty->target;
}

static enum pioneer_status add_duty(struct expansion *expansion, int32_t line, int32_t site, int32_t slot,
                                    int32_t day, int32_t stage) {
    const struct pioneer_campaign *campaign = expansion->campaign;
    const struct pioneer_demand *demand = &campaign->demands.items[line];
    int32_t post = pnr_index_find(&expansion->posts, demand->post);
    const struct pioneer_slot *time = &campaign->slots.items[slot];
    struct draft draft = {
        .duty = {.post = post, .site = site, .slot = slot, .stage = stage, .day = day},
        .post_rank = expansion->post_rank[post],
        .site_rank = expansion->site_rank[site],
        .slot_rank = expansion->slot_rank[slot],
        .line = line,
    };
    draft.duty.from_at = day * PNR_DAY_MINUTES + time->from_min;
    draft.duty.to_at = day * PNR_DAY_MINUTES + time->to_min;
    draft.duty.night = is_night(&campaign->settings, draft.duty.from_at, draft.duty.to_at);
    fill_costs(demand, &campaign->posts.items[post], &draft.duty);
    if (expansion->drafts.count >= PNR_DUTIES_MAX) {
        struct pnr_path path = {NULL, "demand", line};
        return pnr_path_fail(&path, NULL, "too-many-duties",
                             "The campaign has more than 2000000 duties up to this line.", expansion->error);
    }
    return pnr_array_push(&expansion->drafts, draft) ? PIONEER_OK : pnr_fail_no_memory(expansion->error);
}

/* ---- lines */

static enum pioneer_status add_day(struct expansion *expansion, int32_t line, int32_t day, int32_t stage) {
    const struct pioneer_demand *demand = &expansion->campaign->demands.items[line];
    enum pioneer_status status = PIONEER_OK;
    for (int32_t i = 0; i < demand->site_count; i++) {
        int32_t site = pnr_index_find(&expansion->sites, demand->sites[i]);
        for (int32_t k = 0; k < demand->slot_count && status == PIONEER_OK; k++) {
            int32_t slot = pnr_index_find(&expansion->slots, demand->slots[k]);
            status = add_duty(expansion, line, site, slot, day, stage);
        }
    }
    return status;
}

static enum pioneer_status add_listed_days(struct expansion *expansion, int32_t line) {
    const struct pioneer_demand *demand = &expansion->campaign->demands.items[line];
    enum pioneer_status status = PIONEER_OK;
    for (int32_t i = 0; i < demand->day_count && status == PIONEER_OK; i++) {
        int32_t stage = pnr_stage_of_day(expansion->campaign, demand->days[i]);
        if (stage < 0) {
            struct pnr_path root = {NULL, "demand", line};
            struct pnr_path path = {&root, "dates", i};
            return pnr_path_fail(&path, NULL, "date-outside-stages", "This date lies in no stage.",
                                 expansion->error);
        }
        status = add_day(expansion, line, demand->days[i], stage);
    }
    return status;
}

static enum pioneer_status add_pattern(struct expansion *expansion, int32_t line) {
    const struct pioneer_demand *demand = &expansion->campaign->demands.items[line];
    bool is_whole = demand->from_day == 0 && demand->to_day == 0;
    int32_t from =
        is_whole || demand->from_day < expansion->first_day ? expansion->first_day : demand->from_day;
    int32_t to = is_whole || demand->to_day > expansion->last_day ? expansion->last_day : demand->to_day;
    bool meets_stage = false;
    enum pioneer_status status = PIONEER_OK;
    for (int32_t day = from; day <= to && status == PIONEER_OK; day++) {
        int32_t stage = pnr_stage_of_day(expansion->campaign, day);
        meets_stage = meets_stage || stage >= 0;
        if (stage >= 0 && fits_pattern(demand, day)) {
            status = add_day(expansion, line, day, stage);
        }
    }
    if (!meets_stage) {
        struct pnr_path path = {NULL, "demand", line};
        return pnr_path_fail(&path, "from", "date-outside-stages", "No day of this span lies in a stage.",
                             expansion->error);
    }
    return status;
}

/* ---- order */

static int compare_numbers(int32_t a, int32_t b) {
    return (a > b) - (a < b);
}

static int compare_keys(const struct draft *a, const struct draft *b) {
    int order = compare_numbers(a->duty.day, b->duty.day);
    order = order != 0 ? order : compare_numbers(a->duty.from_at, b->duty.from_at);
    order = order != 0 ? order : compare_numbers(a->site_rank, b->site_rank);
    order = order != 0 ? order : compare_numbers(a->post_rank, b->post_rank);
    return order != 0 ? order : compare_numbers(a->slot_rank, b->slot_rank);
}

/* Equal duties are an error; the line then decides which of them is named. */
static int compare_drafts(const void *left, const void *right) {
    const struct draft *a = left;
    const struct draft *b = right;
    int order = compare_keys(a, b);
    return order != 0 ? order : compare_numbers(a->line, b->line);
}

static enum pioneer_status sort_drafts(struct expansion *expansion) {
    if (expansion->drafts.count > 1) {
        qsort(expansion->drafts.items, (size_t)expansion->drafts.count, sizeof *expansion->drafts.items,
              compare_drafts);
    }
    for (int32_t i = 1; i < expansion->drafts.count; i++) {
        const struct draft *draft = &expansion->drafts.items[i];
        if (compare_keys(draft - 1, draft) == 0) {
            const struct pioneer_campaign *campaign = expansion->campaign;
            char date[11], where[64];
            struct pnr_path path = {NULL, "demand", draft->line};
            pnr_date_format(draft->duty.day, date);
            pnr_path_format(&path, where, sizeof where);
            return pnr_fail(
                expansion->error, PIONEER_E_INVALID, "duplicate-duty", where,
                "The duty %s/%s/%s/%s comes from line %d and from line %d of the demand.",
                campaign->posts.items[draft->duty.post].id, campaign->sites.items[draft->duty.site].id, date,
                campaign->slots.items[draft->duty.slot].id, (int)draft[-1].line, (int)draft->line);
        }
    }
    return PIONEER_OK;
}

/* ---- standby */

/* The first draft of a day, among sorted ones. */
static int32_t first_of_day(const struct expansion *expansion, int32_t day) {
    int32_t low = 0;
    int32_t high = expansion->drafts.count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (expansion->drafts.items[middle].duty.day < day) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool stands_by_for(const struct expansion *expansion, const struct pioneer_demand *demand,
                          const struct draft *other) {
    if (expansion->campaign->demands.items[other->line].standby_for_count > 0) {
        return false;
    }
    for (int32_t i = 0; i < demand->standby_for_count; i++) {
        if (pnr_index_find(&expansion->posts, demand->standby_for[i]) == other->duty.post) {
            return true;
        }
    }
    return false;
}

static void size_standby(struct expansion *expansion, struct draft *draft) {
    const struct pioneer_demand *demand = &expansion->campaign->demands.items[draft->line];
    int64_t heads = 0;
    for (int32_t i = first_of_day(expansion, draft->duty.day);
         i < expansion->drafts.count && expansion->drafts.items[i].duty.day == draft->duty.day; i++) {
        const struct draft *other = &expansion->drafts.items[i];
        if (other->duty.from_at < draft->duty.to_at && other->duty.to_at > draft->duty.from_at &&
            stands_by_for(expansion, demand, other)) {
            heads += other->duty.target;
        }
    }
    int64_t needed = (heads * demand->no_show_percent + 99) / 100;
    int32_t size = needed > PIONEER_MAX_NUMBER ? PIONEER_MAX_NUMBER : (int32_t)needed;
    draft->duty.min = draft->duty.target = draft->duty.max = size;
}

/* ---- the whole */

static bool prepare(struct expansion *expansion) {
    const struct pioneer_campaign *campaign = expansion->campaign;
    bool ok = pnr_index_build(&expansion->posts, campaign, PNR_KIND_POST) &&
              pnr_index_build(&expansion->sites, campaign, PNR_KIND_SITE) &&
              pnr_index_build(&expansion->slots, campaign, PNR_KIND_SLOT);
    if (!ok) {
        return false;
    }
    expansion->post_rank = pnr_index_ranks(&expansion->posts, &expansion->scratch);
    expansion->site_rank = pnr_index_ranks(&expansion->sites, &expansion->scratch);
    expansion->slot_rank = pnr_index_ranks(&expansion->slots, &expansion->scratch);
    expansion->first_day = campaign->stages.count > 0 ? campaign->stages.items[0].from_day : 0;
    expansion->last_day =
        campaign->stages.count > 0 ? campaign->stages.items[campaign->stages.count - 1].to_day : -1;
    return expansion->post_rank != NULL && expansion->site_rank != NULL && expansion->slot_rank != NULL;
}

static enum pioneer_status expand_lines(struct expansion *expansion) {
    enum pioneer_status status = PIONEER_OK;
    for (int32_t i = 0; i < expansion->campaign->demands.count && status == PIONEER_OK; i++) {
        const struct pioneer_demand *demand = &expansion->campaign->demands.items[i];
        status = demand->day_count > 0 ? add_listed_days(expansion, i) : add_pattern(expansion, i);
    }
    if (status == PIONEER_OK) {
        status = sort_drafts(expansion);
    }
    for (int32_t i = 0; i < expansion->drafts.count && status == PIONEER_OK; i++) {
        struct draft *draft = &expansion->drafts.items[i];
        if (expansion->campaign->demands.items[draft->line].standby_for_count > 0) {
            size_standby(expansion, draft);
        }
    }
    return status;
}

static enum pioneer_status deliver(const struct expansion *expansion, struct pnr_arena *arena,
                                   struct pnr_duty_list *out) {
    struct pnr_duty *items = pnr_arena_alloc(arena, (size_t)expansion->drafts.count, sizeof *items);
    if (items == NULL) {
        return pnr_fail_no_memory(expansion->error);
    }
    for (int32_t i = 0; i < expansion->drafts.count; i++) {
        items[i] = expansion->drafts.items[i].duty;
    }
    *out = (struct pnr_duty_list){items, expansion->drafts.count};
    return PIONEER_OK;
}

enum pioneer_status pnr_duties_expand(const struct pioneer_campaign *campaign, struct pnr_arena *arena,
                                      struct pnr_duty_list *out, struct pioneer_error *error) {
    struct expansion expansion = {.campaign = campaign, .error = error};
    *out = (struct pnr_duty_list){NULL, 0};
    enum pioneer_status status = prepare(&expansion) ? PIONEER_OK : pnr_fail_no_memory(error);
    if (status == PIONEER_OK) {
        status = expand_lines(&expansion);
    }
    if (status == PIONEER_OK) {
        status = deliver(&expansion, arena, out);
    }
    pnr_index_fini(&expansion.posts);
    pnr_index_fini(&expansion.sites);
    pnr_index_fini(&expansion.slots);
    pnr_array_fini(&expansion.drafts);
    pnr_arena_fini(&expansion.scratch);
    return status;
}

int pnr_duty_compare(const struct pioneer_campaign *campaign, const struct pnr_duty *a,
                     const struct pnr_duty *b) {
    int order = compare_numbers(a->day, b->day);
    order = order != 0 ? order : compare_numbers(a->from_at, b->from_at);
    order = order != 0 ? order : strcmp(campaign->sites.items[a->site].id, campaign->sites.items[b->site].id);
    order = order != 0 ? order : strcmp(campaign->posts.items[a->post].id, campaign->posts.items[b->post].id);
    return order != 0 ? order : strcmp(campaign->slots.items[a->slot].id, campaign->slots.items[b->slot].id);
}

int32_t pnr_duties_find(const struct pioneer_campaign *campaign, const struct pnr_duty_list *duties,
                        int32_t post, int32_t site, int32_t slot, int32_t day) {
    if (post < 0 || site < 0 || slot < 0) {
        return -1;
    }
    struct pnr_duty wanted = {.post = post, .site = site, .slot = slot, .day = day};
    wanted.from_at = day * PNR_DAY_MINUTES + campaign->slots.items[slot].from_min;
    int32_t low = 0;
    int32_t high = duties->count - 1;
    while (low <= high) {
        int32_t middle = low + (high - low) / 2;
        int order = pnr_duty_compare(campaign, &wanted, &duties->items[middle]);
        if (order == 0) {
            return middle;
        }
        if (order < 0) {
            high = middle - 1;
        } else {
            low = middle + 1;
        }
    }
    return -1;
}
