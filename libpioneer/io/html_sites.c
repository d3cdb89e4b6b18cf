/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page's section by site and day: for each site and week a calendar of posts and slots against dates. */
#include "io/html.h"

#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "io/words.h"
#include "text/message.h"

/* More sites than this are folded up, so that the list of sites can be overlooked. */
#define OPEN_SITES_MAX 4

/* A duty with what it is sorted by: site, week, row of its week's table, day. */
struct cell {
    int32_t site, week, from_min, to_min, post, slot, day, duty;
};

static int compare_numbers(int32_t a, int32_t b) {
    return (a > b) - (a < b);
}

static bool same_row(const struct cell *a, const struct cell *b) {
    return a->post == b->post && a->slot == b->slot;
}

static int compare_cells(const void *a, const void *b) {
    const struct cell *x = a;
    const struct cell *y = b;
    const int32_t keys[][2] = {
        {x->site, y->site},     {x->week, y->week}, {x->post, y->post}, {x->from_min, y->from_min},
        {x->to_min, y->to_min}, {x->slot, y->slot}, {x->day, y->day},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const int order = compare_numbers(keys[i][0], keys[i][1]);
        if (order != 0) {
            return order;
        }
    }
    return 0;
}

static struct cell *sorted_cells(struct pnr_page *page) {
    const struct pnr_view *view = &page->view;
    struct cell *cells = pnr_arena_alloc(&page->view.arena, (size_t)view->duties.count, sizeof *cells);
    if (!cells) {
        page->out.failed = true;
        return NULL;
    }
    for (int32_t i = 0; i < view->duties.count; i++) {
        const struct pnr_duty *duty = &view->duties.items[i];
        const struct pioneer_slot *slot = &view->campaign->slots.items[duty->slot];
        cells[i] = (struct cell){.site = duty->site,
                                 .week = pnr_week_of(duty->day),
                                 .from_min = slot->from_min,
                                 .to_min = slot->to_min,
                                 .post = duty->post,
                                 .slot = duty->slot,
                                 .day = duty->day,
                                 .duty = i};
    }
    qsort(cells, (size_t)view->duties.count, sizeof *cells, compare_cells);
    return cells;
}

static void write_person(struct pnr_page *page, const struct pnr_place *place) {
    const struct pioneer_member *member = &page->view.campaign->members.items[place->member];
    const char *kind = place->state == PIONEER_ABSENT ? "absent" : place->leads ? "lead" : "";
    pnr_html(page, "<li data-m=\"@\"", PNR_HTML_N(place->member));
    if (kind[0] != '\0') {
        pnr_html(page, " class=\"@\"", PNR_HTML(kind));
    }
    pnr_html(page, ">@", PNR_HTML(member->name));
    if (place->leads) {
        pnr_html(page, "<b title=\"@\">★</b>", PNR_HTML(pnr_view_say(&page->view, PNR_("leads"))));
    } else if (place->state == PIONEER_ABSENT) {
        pnr_html(page, "<b>@</b>", PNR_HTML(pnr_words_state(page->view.language, place->state)));
    }
    pnr_html_raw(page, "</li>");
}

/* The signs of what a duty lacks, in words as well as in colour. */
static void write_shortage(struct pnr_page *page, int32_t duty) {
    const int32_t of_min = pnr_html_short_of_min(page, duty);
    const int32_t of_target = pnr_html_short_of_target(page, duty);
    if (of_min > 0) {
        pnr_html_raw(page, "<span class=\"flag short\">");
        pnr_html_say_with(page, PNR_("{n} short"), PNR_NUMBER("n", of_min));
        pnr_html_raw(page, "</span>");
    }
    if (page->lead_missing[duty]) {
        pnr_html(page, "<span class=\"flag nolead\">@</span>",
                 PNR_HTML(pnr_view_say(&page->view, PNR_("no lead"))));
    }
    if (of_min == 0 && of_target > 0) {
        pnr_html_raw(page, "<span class=\"flag room\">");
        pnr_html_say_with(page, PNR_("{n} more wanted"), PNR_NUMBER("n", of_target));
        pnr_html_raw(page, "</span>");
    }
}

static void write_duty(struct pnr_page *page, int32_t duty) {
    const struct pnr_view *view = &page->view;
    const char *kind = pnr_html_short_of_min(page, duty) > 0 ? "duty bad"
                       : page->lead_missing[duty]            ? "duty leadless"
                                                             : "duty";
    pnr_html(page, "<td class=\"@\" data-d=\"@\" data-h=\"", PNR_HTML(kind),
             PNR_HTML_N(view->duties.items[duty].day));
    pnr_html_day(page, view->duties.items[duty].day);
    pnr_html(page, " @\">", PNR_HTML(pnr_words_weekday(view->language, view->duties.items[duty].day)));
    write_shortage(page, duty);
    if (view->first_of_duty[duty] < view->first_of_duty[duty + 1]) {
        pnr_html_raw(page, "<ul>");
        for (int32_t i = view->first_of_duty[duty]; i < view->first_of_duty[duty + 1]; i++) {
            write_person(page, &view->places[i]);
        }
        pnr_html_raw(page, "</ul>");
    }
    pnr_html_raw(page, "</td>");
}

/* One row: the cells are those of one post and slot in one week, by day. */
static void write_row(struct pnr_page *page, const struct cell *cells, int32_t count, const int32_t span[2]) {
    const struct pioneer_campaign *campaign = page->view.campaign;
    const struct pioneer_slot *slot = &campaign->slots.items[cells->slot];
    const struct pioneer_post *post = &campaign->posts.items[cells->post];
    pnr_html(page, "<tr data-p=\"@\"><th scope=\"row\"><span class=\"post\">@</span><span class=\"slot\">@ ",
             PNR_HTML_N(cells->post), PNR_HTML(post->name), PNR_HTML(slot->name));
    pnr_html_raw(page, "<span class=\"time\">");
    pnr_html_span(page, slot->from_min, slot->to_min);
    pnr_html_raw(page, "</span></span></th>");
    int32_t at = 0;
    for (int32_t day = span[0]; day <= span[1]; day++) {
        if (at < count && cells[at].day == day) {
            write_duty(page, cells[at++].duty);
        } else {
            pnr_html(page, "<td class=\"none\" data-d=\"@\"></td>", PNR_HTML_N(day));
        }
    }
    pnr_html_raw(page, "</tr>\n");
}

static void write_week_head(struct pnr_page *page, int32_t site, const int32_t span[2]) {
    const char *name = page->view.campaign->sites.items[site].name;
    pnr_html(
        page,
        "<table class=\"week\"><thead><tr class=\"cap\"><th colspan=\"@\"><span class=\"place\">@</span>",
        PNR_HTML_N(span[1] - span[0] + 2), PNR_HTML(name));
    pnr_html_days(page, span[0], span[1]);
    pnr_html(page, "</th></tr>\n<tr><th scope=\"col\">@</th>",
             PNR_HTML(pnr_view_say(&page->view, PNR_("Post"))));
    for (int32_t day = span[0]; day <= span[1]; day++) {
        pnr_html(page, "<th scope=\"col\" class=\"@\" data-d=\"@\">",
                 PNR_HTML(pnr_weekday(day) >= 5 ? "rest" : ""), PNR_HTML_N(day));
        pnr_html_day(page, day);
        pnr_html(page, " <span>@</span></th>", PNR_HTML(pnr_words_weekday(page->view.language, day)));
    }
    pnr_html_raw(page, "</tr></thead>\n<tbody>\n");
}

/* One week of one site: whole weeks, cut only where the campaign begins and ends. */
static void write_week(struct pnr_page *page, const struct cell *cells, int32_t count) {
    const int32_t monday = pnr_week_first_day(cells->week);
    const int32_t first = page->view.first_day;
    const int32_t last = page->view.last_day;
    const int32_t span[2] = {monday < first ? first : monday, monday + 6 > last ? last : monday + 6};
    write_week_head(page, cells->site, span);
    for (int32_t from = 0; from < count;) {
        int32_t to = from + 1;
        while (to < count && same_row(&cells[from], &cells[to])) {
            to++;
        }
        write_row(page, &cells[from], to - from, span);
        from = to;
    }
    pnr_html_raw(page, "</tbody></table>\n");
}

static void write_site_head(struct pnr_page *page, const struct cell *cells, int32_t count, bool open) {
    const struct pioneer_site *site = &page->view.campaign->sites.items[cells->site];
    int64_t heads = 0;
    int64_t missing = 0;
    int64_t leads_missing = 0;
    for (int32_t i = 0; i < count; i++) {
        heads += page->view.assigned[cells[i].duty];
        missing += pnr_html_short_of_min(page, cells[i].duty);
        leads_missing += page->lead_missing[cells[i].duty];
    }
    pnr_html(page, "<details class=\"site\" id=\"s@\" data-s=\"@\"@>", PNR_HTML_N(cells->site),
             PNR_HTML_N(cells->site), PNR_HTML(open ? " open" : ""));
    pnr_html(page, "<summary><h3>@</h3><span class=\"meta\">", PNR_HTML(site->name));
    pnr_html_say_with(page, PNR_("{duties} duties, {heads} assignments"), PNR_NUMBER("duties", count),
                      PNR_NUMBER("heads", heads));
    pnr_html_raw(page, "</span>");
    if (missing > 0) {
        pnr_html_raw(page, "<span class=\"flag short\">");
        pnr_html_say_with(page, PNR_("{n} short"), PNR_NUMBER("n", missing));
        pnr_html_raw(page, "</span>");
    }
    if (leads_missing > 0) {
        pnr_html_raw(page, "<span class=\"flag nolead\">");
        pnr_html_say_with(page, PNR_("{n} without lead"), PNR_NUMBER("n", leads_missing));
        pnr_html_raw(page, "</span>");
    }
    pnr_html_raw(page, "</summary>\n");
}

static void write_site(struct pnr_page *page, const struct cell *cells, int32_t count, bool open) {
    write_site_head(page, cells, count, open);
    for (int32_t from = 0; from < count;) {
        int32_t to = from + 1;
        while (to < count && cells[to].week == cells[from].week) {
            to++;
        }
        write_week(page, &cells[from], to - from);
        from = to;
    }
    pnr_html_raw(page, "</details>\n");
}

static int32_t count_sites(const struct cell *cells, int32_t count) {
    int32_t sites = count > 0;
    for (int32_t i = 1; i < count; i++) {
        sites += cells[i].site != cells[i - 1].site;
    }
    return sites;
}

void pnr_html_sites(struct pnr_page *page) {
    const struct cell *cells = sorted_cells(page);
    const int32_t count = cells ? page->view.duties.count : 0;
    pnr_html(page, "<section class=\"view\" id=\"sites\"><h2>@</h2>\n<p class=\"legend\">",
             PNR_HTML(pnr_view_say(&page->view, PNR_("By site and day"))));
    pnr_html_raw(page, "<span class=\"key\"><b>★</b> ");
    pnr_html_say(page, PNR_("leads: the first on the list who meets what the post asks of its lead"));
    pnr_html(page, "</span> <span class=\"key\"><span class=\"flag short\">@</span> ",
             PNR_HTML(pnr_view_say(&page->view, PNR_("short"))));
    pnr_html_say(page, PNR_("fewer than the least number of people"));
    pnr_html(page, "</span> <span class=\"key\"><span class=\"flag room\">@</span> ",
             PNR_HTML(pnr_view_say(&page->view, PNR_("more wanted"))));
    pnr_html_say(page, PNR_("the least number is there, the wanted number is not"));
    pnr_html_raw(page, "</span></p>\n");
    const bool open = count_sites(cells, count) <= OPEN_SITES_MAX;
    for (int32_t from = 0; from < count;) {
        int32_t to = from + 1;
        while (to < count && cells[to].site == cells[from].site) {
            to++;
        }
        write_site(page, &cells[from], to - from, open);
        from = to;
    }
    if (count == 0) {
        pnr_html(page, "<p class=\"empty\">@</p>\n",
                 PNR_HTML(pnr_view_say(&page->view, PNR_("There are no duties."))));
    }
    pnr_html_raw(page, "</section>\n");
}
