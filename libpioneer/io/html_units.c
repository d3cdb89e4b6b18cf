/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page's section by unit: offered, nominated and used people, their work, and what the unit's own posts
 * lack. */
#include "io/html.h"

#include "text/message.h"

/* Of a unit and all below it. */
struct sums {
    int64_t signed_up, nominated, used, duties, minutes, load_min, missing, wanted;
};

static void count_members(const struct pnr_view *view, struct sums *sums) {
    for (int32_t i = 0; i < view->campaign->members.count; i++) {
        const int32_t unit = view->unit_of_member[i];
        if (unit < 0) {
            continue;
        }
        const int64_t duties = sums[unit].duties;
        sums[unit].signed_up++;
        sums[unit].nominated += view->campaign->members.items[i].nominated;
        for (int32_t k = view->first_of_member[i]; k < view->first_of_member[i + 1]; k++) {
            const struct pnr_place *place = &view->places[view->places_of_member[k]];
            const struct pnr_duty *duty = &view->duties.items[place->duty];
            if (place->state != PIONEER_ABSENT) {
                sums[unit].duties++;
                sums[unit].minutes += duty->to_at - duty->from_at;
                sums[unit].load_min += duty->load_min;
            }
        }
        sums[unit].used += sums[unit].duties > duties;
    }
}

static void count_shortages(const struct pnr_page *page, struct sums *sums) {
    for (int32_t i = 0; i < page->view.duties.count; i++) {
        const int32_t unit = page->view.unit_of_post[page->view.duties.items[i].post];
        if (unit >= 0) {
            sums[unit].missing += pnr_html_short_of_min(page, i);
            sums[unit].wanted += pnr_html_short_of_target(page, i);
        }
    }
}

static void add_sums(struct sums *to, const struct sums *from) {
    to->signed_up += from->signed_up;
    to->nominated += from->nominated;
    to->used += from->used;
    to->duties += from->duties;
    to->minutes += from->minutes;
    to->load_min += from->load_min;
    to->missing += from->missing;
    to->wanted += from->wanted;
}

static void write_number(struct pnr_page *page, const char *heading, int64_t number) {
    pnr_html_cell(page, number == 0 ? "n zero" : "n", heading);
    pnr_html_number(page, number);
    pnr_html_raw(page, "</td>");
}

static void write_unit(struct pnr_page *page, int32_t unit, const struct sums *sums) {
    const struct pnr_view *view = &page->view;
    const int32_t depth = view->depth_of_unit[unit] > 5 ? 5 : view->depth_of_unit[unit];
    pnr_html(page, "<tr data-u=\"@\" data-parent=\"@\" class=\"d@\"><th scope=\"row\">@</th>",
             PNR_HTML_N(unit), PNR_HTML_N(view->parent_of_unit[unit]), PNR_HTML_N(depth),
             PNR_HTML(view->campaign->units.items[unit].name));
    write_number(page, PNR_("Signed up"), sums->signed_up);
    write_number(page, PNR_("Nominated"), sums->nominated);
    write_number(page, PNR_("On duty"), sums->used);
    write_number(page, PNR_("Assignments"), sums->duties);
    pnr_html_cell(page, "n", PNR_("Working time"));
    pnr_html_minutes(page, sums->minutes);
    pnr_html_raw(page, "</td>");
    pnr_html_cell(page, "n", PNR_("Load a head"));
    pnr_html_minutes(page, sums->used > 0 ? sums->load_min / sums->used : 0);
    pnr_html_raw(page, "</td>");
    pnr_html_cell(page, sums->missing > 0 ? "n bad" : "n zero", PNR_("Short of the least"));
    pnr_html_number(page, sums->missing);
    pnr_html_raw(page, "</td>");
    write_number(page, PNR_("More wanted"), sums->wanted);
    pnr_html_raw(page, "</tr>\n");
}

static void write_head(struct pnr_page *page) {
    static const char *const headings[] = {
        PNR_("Unit"),        PNR_("Signed up"),          PNR_("Nominated"),
        PNR_("On duty"),     PNR_("Assignments"),        PNR_("Working time"),
        PNR_("Load a head"), PNR_("Short of the least"), PNR_("More wanted"),
    };
    pnr_html_raw(page, "<table class=\"units\"><thead><tr>");
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
        pnr_html(page, "<th scope=\"col\" class=\"@\">@</th>", PNR_HTML(i > 0 ? "n" : ""),
                 PNR_HTML(pnr_view_say(&page->view, headings[i])));
    }
    pnr_html_raw(page, "</tr></thead>\n<tbody>\n");
}

void pnr_html_units(struct pnr_page *page) {
    const struct pnr_view *view = &page->view;
    const int32_t count = view->campaign->units.count;
    struct sums *sums = pnr_arena_alloc(&page->view.arena, (size_t)count + 1, sizeof *sums);
    if (!sums) {
        page->out.failed = true;
        return;
    }
    count_members(view, sums);
    count_shortages(page, sums);
    for (int32_t i = count - 1; i >= 0; i--) {
        const int32_t unit = view->units_in_order[i];
        if (view->parent_of_unit[unit] >= 0) {
            add_sums(&sums[view->parent_of_unit[unit]], &sums[unit]);
        }
    }
    pnr_html(page, "<section class=\"view\" id=\"units\"><h2>@</h2>\n<p class=\"legend\">@</p>\n",
             PNR_HTML(pnr_view_say(view, PNR_("By unit"))),
             PNR_HTML(pnr_view_say(
                 view, PNR_("Each line includes the units below it. What is short or wanted is on "
                            "the posts that the unit owns."))));
    write_head(page);
    for (int32_t i = 0; i < count; i++) {
        write_unit(page, view->units_in_order[i], &sums[view->units_in_order[i]]);
    }
    pnr_html_raw(page, "</tbody></table></section>\n");
}
