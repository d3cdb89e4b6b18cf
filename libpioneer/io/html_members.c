/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page's section by member: everybody's duties, minutes and load, grouped by unit. */
#include "io/html.h"

#include "io/words.h"
#include "text/message.h"

/* What one member does in this roster; absences count nothing. */
struct work {
    int32_t duties;
    int64_t minutes, load_min, hardship;
};

static struct work work_of(const struct pnr_view *view, int32_t member) {
    struct work work = {0};
    for (int32_t i = view->first_of_member[member]; i < view->first_of_member[member + 1]; i++) {
        const struct pnr_place *place = &view->places[view->places_of_member[i]];
        const struct pnr_duty *duty = &view->duties.items[place->duty];
        if (place->state != PIONEER_ABSENT) {
            work.duties++;
            work.minutes += duty->to_at - duty->from_at;
            work.load_min += duty->load_min;
            work.hardship += duty->hardship;
        }
    }
    return work;
}

static bool has_place(const struct pnr_view *view, int32_t member) {
    return view->first_of_member[member] < view->first_of_member[member + 1];
}

static int64_t largest_load(const struct pnr_view *view) {
    int64_t largest = 0;
    for (int32_t i = 0; i < view->campaign->members.count; i++) {
        const int64_t load = work_of(view, i).load_min;
        largest = load > largest ? load : largest;
    }
    return largest;
}

/* "College › Branch": the unit below the root and all on the way down to it. */
static void put_path(const struct pnr_view *view, struct pnr_text *out, int32_t unit) {
    const int32_t parent = view->parent_of_unit[unit];
    if (parent >= 0 && view->parent_of_unit[parent] >= 0) {
        put_path(view, out, parent);
        pnr_text_append(out, " › ");
    }
    pnr_text_append(out, view->campaign->units.items[unit].name);
}

static void write_place(struct pnr_page *page, const struct pnr_place *place) {
    const struct pnr_view *view = &page->view;
    const struct pnr_duty *duty = &view->duties.items[place->duty];
    const struct pioneer_slot *slot = &view->campaign->slots.items[duty->slot];
    pnr_html(page, "<li data-p=\"@\" data-s=\"@\" data-d=\"@\"@><span class=\"when\">",
             PNR_HTML_N(duty->post), PNR_HTML_N(duty->site), PNR_HTML_N(duty->day),
             PNR_HTML(place->state == PIONEER_ABSENT ? " class=absent" : ""));
    pnr_html_day(page, duty->day);
    pnr_html(page, " @ ", PNR_HTML(pnr_words_weekday(view->language, duty->day)));
    pnr_html_span(page, slot->from_min, slot->to_min);
    pnr_html(page, "</span> <span class=\"where\">@</span> <span class=\"what\">@</span>",
             PNR_HTML(view->campaign->sites.items[duty->site].name),
             PNR_HTML(view->campaign->posts.items[duty->post].name));
    if (place->leads) {
        pnr_html(page, " <b title=\"@\">★</b>", PNR_HTML(pnr_view_say(view, PNR_("leads"))));
    }
    if (place->state != PIONEER_PLANNED && place->state != PIONEER_PUBLISHED) {
        pnr_html(page, " <b class=\"state\">@</b>", PNR_HTML(pnr_words_state(view->language, place->state)));
    }
    pnr_html_raw(page, "</li>");
}

static void write_member(struct pnr_page *page, int32_t member, int64_t largest) {
    const struct pnr_view *view = &page->view;
    const struct pioneer_member *given = &view->campaign->members.items[member];
    const struct work work = work_of(view, member);
    pnr_html(page, "<tr data-m=\"@\" data-u=\"@\"><th scope=\"row\">@", PNR_HTML_N(member),
             PNR_HTML_N(view->unit_of_member[member]), PNR_HTML(given->name));
    const char *status = pnr_words_status(view->language, given->status);
    if (status[0] != '\0') {
        pnr_html(page, " <span class=\"meta\">@</span>", PNR_HTML(status));
    }
    pnr_html_raw(page, "</th>");
    pnr_html_cell(page, "n", PNR_("Duties"));
    pnr_html_number(page, work.duties);
    pnr_html_raw(page, "</td>");
    pnr_html_cell(page, "n", PNR_("Working time"));
    pnr_html_minutes(page, work.minutes);
    pnr_html_raw(page, "</td>");
    pnr_html_cell(page, "n load", PNR_("Load"));
    pnr_html_minutes(page, work.load_min);
    pnr_html_bar(page, work.load_min, largest);
    pnr_html_raw(page, "</td>");
    pnr_html_cell(page, "n", PNR_("Hardship"));
    pnr_html_number(page, work.hardship);
    pnr_html_raw(page, "</td>");
    pnr_html_cell(page, "list", PNR_("Roster"));
    pnr_html_raw(page, "<ul class=\"duties\">");
    for (int32_t i = view->first_of_member[member]; i < view->first_of_member[member + 1]; i++) {
        write_place(page, &view->places[view->places_of_member[i]]);
    }
    pnr_html_raw(page, "</ul></td></tr>\n");
}

/* Members by unit, as chains: first[unit] and next[member], one too large so that 0 ends a chain. */
struct chains {
    int32_t *first, *next;
};

static bool chain_members(struct pnr_page *page, struct chains *out) {
    const struct pnr_view *view = &page->view;
    const int32_t members = view->campaign->members.count;
    out->first =
        pnr_arena_alloc(&page->view.arena, (size_t)view->campaign->units.count + 1, sizeof *out->first);
    out->next = pnr_arena_alloc(&page->view.arena, (size_t)members + 1, sizeof *out->next);
    if (!out->first || !out->next) {
        page->out.failed = true;
        return false;
    }
    for (int32_t i = members - 1; i >= 0; i--) {
        const int32_t unit = view->unit_of_member[i];
        if (unit >= 0) {
            out->next[i] = out->first[unit];
            out->first[unit] = i + 1;
        }
    }
    return true;
}

static bool has_anyone(const struct pnr_view *view, const struct chains *chains, int32_t unit, bool placed) {
    for (int32_t i = chains->first[unit]; i > 0; i = chains->next[i - 1]) {
        if (has_place(view, i - 1) == placed) {
            return true;
        }
    }
    return false;
}

static void write_path(struct pnr_page *page, int32_t unit) {
    put_path(&page->view, pnr_html_begin_scratch(page), unit);
    pnr_html_scratch(page);
}

static void write_unit(struct pnr_page *page, const struct chains *chains, int32_t unit, int64_t largest) {
    if (!has_anyone(&page->view, chains, unit, true)) {
        return;
    }
    pnr_html(page, "<tbody data-u=\"@\"><tr class=\"group\"><th colspan=\"6\" scope=\"rowgroup\">",
             PNR_HTML_N(unit));
    write_path(page, unit);
    pnr_html_raw(page, "</th></tr>\n");
    for (int32_t i = chains->first[unit]; i > 0; i = chains->next[i - 1]) {
        if (has_place(&page->view, i - 1)) {
            write_member(page, i - 1, largest);
        }
    }
    pnr_html_raw(page, "</tbody>\n");
}

static void write_free_members(struct pnr_page *page, const struct chains *chains) {
    const struct pnr_view *view = &page->view;
    int32_t count = 0;
    for (int32_t i = 0; i < view->campaign->members.count; i++) {
        count += !has_place(view, i);
    }
    if (count == 0) {
        return;
    }
    pnr_html_raw(page, "<details class=\"free\"><summary><h3>");
    pnr_html_say_with(page, PNR_("{n} members without a duty"), PNR_NUMBER("n", count));
    pnr_html_raw(page, "</h3></summary>\n<dl>\n");
    for (int32_t i = 0; i < view->campaign->units.count; i++) {
        const int32_t unit = view->units_in_order[i];
        if (!has_anyone(view, chains, unit, false)) {
            continue;
        }
        pnr_html(page, "<div data-u=\"@\"><dt>", PNR_HTML_N(unit));
        write_path(page, unit);
        pnr_html_raw(page, "</dt><dd><ul>");
        for (int32_t m = chains->first[unit]; m > 0; m = chains->next[m - 1]) {
            if (!has_place(view, m - 1)) {
                pnr_html(page, "<li data-u=\"@\">@</li>", PNR_HTML_N(unit),
                         PNR_HTML(view->campaign->members.items[m - 1].name));
            }
        }
        pnr_html_raw(page, "</ul></dd></div>\n");
    }
    pnr_html_raw(page, "</dl></details>\n");
}

static void write_head(struct pnr_page *page) {
    static const char *const headings[] = {PNR_("Member"), PNR_("Duties"),   PNR_("Working time"),
                                           PNR_("Load"),   PNR_("Hardship"), PNR_("Roster")};
    pnr_html_raw(page, "<table class=\"people\"><thead><tr>");
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
        pnr_html(page, "<th scope=\"col\" class=\"@\">@</th>", PNR_HTML(i > 0 && i < 5 ? "n" : ""),
                 PNR_HTML(pnr_view_say(&page->view, headings[i])));
    }
    pnr_html_raw(page, "</tr></thead>\n");
}

void pnr_html_members(struct pnr_page *page) {
    struct chains chains;
    pnr_html(page, "<section class=\"view\" id=\"members\"><h2>@</h2>\n",
             PNR_HTML(pnr_view_say(&page->view, PNR_("By member"))));
    if (chain_members(page, &chains)) {
        const int64_t largest = largest_load(&page->view);
        write_head(page);
        for (int32_t i = 0; i < page->view.campaign->units.count; i++) {
            write_unit(page, &chains, page->view.units_in_order[i], largest);
        }
        pnr_html_raw(page, "</table>\n");
        write_free_members(page, &chains);
    }
    pnr_html_raw(page, "</section>\n");
}
