/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page's account of the levels: value, lower bound, gap and outcome of each part. */
#include "io/html.h"

#include <string.h>

#include "base/saturate.h"
#include "io/words.h"
#include "text/message.h"

struct level_list {
    const struct pioneer_level *items;
    int32_t count;
};

static struct level_list levels_of(const struct pioneer_campaign *campaign) {
    struct level_list list = {campaign->levels.items, campaign->levels.count};
    if (list.count == 0) {
        list.items = pnr_default_levels(&list.count);
    }
    return list;
}

static const struct pioneer_level_result *result_of(const struct pioneer_level_result *results, int32_t count,
                                                    const char *level) {
    for (int32_t i = 0; i < count; i++) {
        if (strcmp(results[i].level, level) == 0) {
            return &results[i];
        }
    }
    return NULL;
}

static bool has_claim(const struct pioneer_level_result *result) {
    return result->outcome == PIONEER_PROVEN || result->outcome == PIONEER_GAP ||
           result->outcome == PIONEER_STOPPED;
}

/* The gap in tenths of a percent of what a roster of the part can influence, rounded up; -1 when nothing can
 * be. */
static int64_t gap_tenths(const struct pioneer_level_result *result) {
    const int64_t net = result->value - result->constant;
    const int64_t gap = pnr_saturate_subtract(result->value, result->bound);
    if (net <= 0 || gap < 0 || gap > INT64_MAX / 2000) {
        return -1;
    }
    return (gap * 1000 + net - 1) / net;
}

static const char *outcome_class(enum pioneer_outcome outcome) {
    static const char *const names[] = {"unsolved", "proven", "gap", "stopped", "infeasible"};
    const int index = (int)outcome;
    return index < 0 || index > PIONEER_INFEASIBLE ? "" : names[index];
}

/* A sign for each outcome, so that it does not rest on colour. */
static const char *outcome_sign(enum pioneer_outcome outcome) {
    static const char *const signs[] = {"–", "✓", "≈", "◼", "✕"};
    const int index = (int)outcome;
    return index < 0 || index > PIONEER_INFEASIBLE ? "" : signs[index];
}

static void write_gap(struct pnr_page *page, const struct pioneer_level_result *result) {
    pnr_html_raw(page, "<span class=\"bound\">≥ ");
    pnr_html_number(page, result->bound);
    pnr_html_raw(page, "</span> <span class=\"gapsize\">");
    pnr_html_say(page, PNR_("gap"));
    pnr_html_raw(page, " ");
    pnr_html_number(page, pnr_saturate_subtract(result->value, result->bound));
    const int64_t tenths = gap_tenths(result);
    if (tenths >= 0) {
        pnr_html(page, " (@.@%)", PNR_HTML_N(tenths / 10), PNR_HTML_N(tenths % 10));
    }
    pnr_html_raw(page, "</span>");
}

static void write_result(struct pnr_page *page, const struct pioneer_level_result *result,
                         const char *heading) {
    pnr_html(page, "<td class=\"level @\" data-h=\"@\">", PNR_HTML(outcome_class(result->outcome)),
             PNR_HTML(heading));
    pnr_html_raw(page, "<span class=\"value\">");
    pnr_html_number(page, result->value);
    pnr_html_raw(page, "</span> ");
    if (has_claim(result) && result->value != result->bound) {
        write_gap(page, result);
    }
    bool is_closed = (result->outcome == PIONEER_GAP || result->outcome == PIONEER_STOPPED) &&
                     result->value <= result->bound;
    pnr_html(page, "<span class=\"outcome\">@ @</span></td>", PNR_HTML(outcome_sign(result->outcome)),
             PNR_HTML(is_closed ? pnr_view_say(&page->view, PNR_("no gap"))
                                : pnr_words_outcome(page->view.language, result->outcome)));
}

static const char *level_name(const struct pnr_page *page, const struct pioneer_level *level) {
    return pnr_words_level(page->view.language, level->id, level->name);
}

static void write_part(struct pnr_page *page, const struct pioneer_judged_part *part,
                       const struct level_list *levels) {
    const int32_t unit = part->unit ? pnr_map_get(&page->view.units, part->unit) : -1;
    const char *name = unit >= 0    ? page->view.campaign->units.items[unit].name
                       : part->unit ? part->unit
                                    : pnr_view_say(&page->view, PNR_("everything at once"));
    pnr_html(page, "<tr data-u=\"@\"><th scope=\"row\">@</th>", PNR_HTML_N(unit), PNR_HTML(name));
    for (int32_t i = 0; i < levels->count; i++) {
        const struct pioneer_level *level = &levels->items[i];
        const struct pioneer_level_result *result = result_of(part->levels, part->level_count, level->id);
        if (result) {
            write_result(page, result, level_name(page, level));
        } else {
            pnr_html_raw(page, "<td class=\"none\"></td>");
        }
    }
    pnr_html_raw(page, "</tr>\n");
}

static bool same_stage(const char *a, const char *b) {
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static const char *stage_name(const struct pnr_page *page, const char *id) {
    const struct pioneer_campaign *campaign = page->view.campaign;
    for (int32_t i = 0; id && i < campaign->stages.count; i++) {
        if (strcmp(campaign->stages.items[i].id, id) == 0) {
            return campaign->stages.items[i].name;
        }
    }
    return id ? id : pnr_view_say(&page->view, PNR_("All stages"));
}

static void write_stage(struct pnr_page *page, const struct level_list *levels, int32_t from, int32_t to) {
    const struct pioneer_judged_part *parts = page->verdict.parts;
    pnr_html(page, "<details class=\"parts\"><summary><h4>@</h4><span class=\"meta\">",
             PNR_HTML(stage_name(page, parts[from].stage)));
    pnr_html_say_with(page, PNR_("{n} parts"), PNR_NUMBER("n", to - from));
    pnr_html_raw(page, "</span></summary>\n<table class=\"levels\"><thead><tr><th scope=\"col\">");
    pnr_html_say(page, PNR_("Unit"));
    pnr_html_raw(page, "</th>");
    for (int32_t i = 0; i < levels->count; i++) {
        pnr_html(page, "<th scope=\"col\" class=\"n\">@</th>", PNR_HTML(level_name(page, &levels->items[i])));
    }
    pnr_html_raw(page, "</tr></thead>\n<tbody>\n");
    for (int32_t i = from; i < to; i++) {
        write_part(page, &parts[i], levels);
    }
    pnr_html_raw(page, "</tbody></table></details>\n");
}

/* In how many parts a level is proven; a roster typed by hand claims nothing. */
static void write_proof(struct pnr_page *page, int32_t claimed, int32_t proven, int32_t parts) {
    const enum pioneer_outcome outcome = claimed == 0      ? PIONEER_UNSOLVED
                                         : proven == parts ? PIONEER_PROVEN
                                                           : PIONEER_GAP;
    pnr_html(page, "<td class=\"level @\" data-h=\"@\"><span class=\"outcome\">@ ",
             PNR_HTML(outcome_class(outcome)), PNR_HTML(pnr_view_say(&page->view, PNR_("Outcome"))),
             PNR_HTML(outcome_sign(outcome)));
    if (claimed == 0) {
        pnr_html_text(page, pnr_words_outcome(page->view.language, outcome));
    } else {
        pnr_html_say_with(page, PNR_("{proven} of {parts} parts proven"), PNR_NUMBER("proven", proven),
                          PNR_NUMBER("parts", parts));
    }
    pnr_html_raw(page, "</span></td></tr>\n");
}

/* One level over all parts. Bounds of parts depend on earlier parts, so they are not added up; gaps may be.
 */
static void write_total(struct pnr_page *page, const struct pioneer_level *level) {
    int64_t value = 0;
    int64_t gap = 0;
    int32_t claimed = 0;
    int32_t proven = 0;
    int32_t parts = 0;
    for (int32_t i = 0; i < page->verdict.part_count; i++) {
        const struct pioneer_judged_part *part = &page->verdict.parts[i];
        const struct pioneer_level_result *result = result_of(part->levels, part->level_count, level->id);
        if (result) {
            value = pnr_saturate_add(value, result->value);
            gap = pnr_saturate_add(
                gap, has_claim(result) ? pnr_saturate_subtract(result->value, result->bound) : 0);
            claimed += has_claim(result);
            proven += result->outcome == PIONEER_PROVEN;
            parts++;
        }
    }
    pnr_html(page, "<tr><th scope=\"row\">@</th>", PNR_HTML(level_name(page, level)));
    pnr_html_cell(page, "n", PNR_("Value"));
    pnr_html_number(page, value);
    pnr_html_raw(page, "</td>");
    pnr_html_cell(page, gap == 0 ? "n zero" : "n", PNR_("Gap"));
    pnr_html_number(page, gap);
    pnr_html_raw(page, "</td>");
    write_proof(page, claimed, proven, parts);
}

static void write_totals(struct pnr_page *page, const struct level_list *levels) {
    static const char *const headings[] = {PNR_("Level"), PNR_("Value"), PNR_("Gap"), PNR_("Outcome")};
    pnr_html_raw(page, "<table class=\"totals\"><thead><tr>");
    for (int i = 0; i < 4; i++) {
        pnr_html(page, "<th scope=\"col\" class=\"@\">@</th>", PNR_HTML(i == 1 || i == 2 ? "n" : ""),
                 PNR_HTML(pnr_view_say(&page->view, headings[i])));
    }
    pnr_html_raw(page, "</tr></thead>\n<tbody>\n");
    for (int32_t i = 0; i < levels->count; i++) {
        write_total(page, &levels->items[i]);
    }
    pnr_html_raw(page, "</tbody></table>\n");
}

void pnr_html_levels(struct pnr_page *page) {
    if (page->verdict.part_count == 0) {
        return;
    }
    const struct level_list levels = levels_of(page->view.campaign);
    pnr_html(page, "<section class=\"block\" id=\"levels\"><h3>@</h3>\n<p class=\"legend\">@</p>\n",
             PNR_HTML(pnr_view_say(&page->view, PNR_("How good the roster is"))),
             PNR_HTML(pnr_view_say(
                 &page->view, PNR_("Levels in the order in which they were settled; smaller is better. No "
                                   "roster can go below the bound (≥), given the levels, stages and tiers "
                                   "before; percentages leave out what no roster can avoid."))));
    write_totals(page, &levels);
    for (int32_t from = 0; from < page->verdict.part_count;) {
        int32_t to = from + 1;
        while (to < page->verdict.part_count &&
               same_stage(page->verdict.parts[from].stage, page->verdict.parts[to].stage)) {
            to++;
        }
        write_stage(page, &levels, from, to);
        from = to;
    }
    pnr_html_raw(page, "</section>\n");
}
