/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page around its sections: head, title, tabs, filter. */
#include "io/html.h"

#include <string.h>

#include "base/calendar.h"
#include "io/html_page.h"
#include "io/words.h"
#include "text/message.h"

/* The policy names the page's own style and script by their hash and allows nothing else: the page cannot
 * reach the network, and markup that came in with a name could not run even if it were not escaped. */
static void write_head(struct pnr_page *page) {
    const char *language = strcmp(page->view.language, "zh") == 0 ? "zh-CN" : "en";
    pnr_html(page,
             "<!DOCTYPE html>\n<html lang=\"@\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '@'; "
             "script-src '@'; base-uri 'none'; form-action 'none'\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             "<meta name=\"format-detection\" content=\"telephone=no\">\n<title>@</title>\n<style>",
             PNR_HTML(language), PNR_HTML(pnr_html_css_hash), PNR_HTML(pnr_html_js_hash),
             PNR_HTML(page->view.campaign->settings.name));
    pnr_text_append_n(&page->out, (const char *)pnr_html_css, pnr_html_css_size);
    pnr_html_raw(page, "</style>\n</head>\n<body>\n");
}

static void write_stages(struct pnr_page *page) {
    const struct pioneer_campaign *campaign = page->view.campaign;
    pnr_html_raw(page, "<ol class=\"stages\">");
    for (int32_t i = 0; i < campaign->stages.count; i++) {
        const struct pioneer_stage *stage = &campaign->stages.items[i];
        pnr_html(page, "<li><b>@</b> ", PNR_HTML(stage->name));
        pnr_html_day(page, stage->from_day);
        if (stage->to_day != stage->from_day) {
            pnr_html_raw(page, " – ");
            pnr_html_day(page, stage->to_day);
        }
        pnr_html_raw(page, "</li>");
    }
    pnr_html_raw(page, "</ol>\n");
}

static void write_title(struct pnr_page *page) {
    pnr_html(page, "<header class=\"title\"><p class=\"kicker\">@</p><h1>@</h1>\n<p class=\"dates\">",
             PNR_HTML(pnr_view_say(&page->view, PNR_("Duty roster"))),
             PNR_HTML(page->view.campaign->settings.name));
    pnr_html_days(page, page->view.first_day, page->view.last_day);
    pnr_html_raw(page, "</p>\n");
    write_stages(page);
    pnr_html_raw(page, "</header>\n");
}

static void write_tabs(struct pnr_page *page) {
    static const char *const tabs[][2] = {
        {"summary", PNR_("Summary")},
        {"sites", PNR_("By site and day")},
        {"members", PNR_("By member")},
        {"units", PNR_("By unit")},
    };
    pnr_html(page, "<div class=\"tools\">\n<nav aria-label=\"@\">",
             PNR_HTML(pnr_view_say(&page->view, PNR_("Views"))));
    for (int i = 0; i < 4; i++) {
        pnr_html(page, "<a href=\"#@\">@</a>", PNR_HTML(tabs[i][0]),
                 PNR_HTML(pnr_view_say(&page->view, tabs[i][1])));
    }
    pnr_html_raw(page, "</nav>\n");
}

static void begin_select(struct pnr_page *page, const char *id, const char *label) {
    const char *text = pnr_view_say(&page->view, label);
    pnr_html(page, "<select id=\"@\" aria-label=\"@\"><option value=\"\">@</option>", PNR_HTML(id),
             PNR_HTML(text), PNR_HTML(text));
}

static void write_option(struct pnr_page *page, int32_t value, const char *text) {
    pnr_html(page, "<option value=\"@\">@</option>", PNR_HTML_N(value), PNR_HTML(text));
}

/* Which posts and sites have a duty: the others are no use in a filter. */
static bool mark_used(struct pnr_page *page, bool **posts, bool **sites) {
    const struct pnr_view *view = &page->view;
    *posts = pnr_arena_alloc(&page->view.arena, (size_t)view->campaign->posts.count, sizeof **posts);
    *sites = pnr_arena_alloc(&page->view.arena, (size_t)view->campaign->sites.count, sizeof **sites);
    if (!*posts || !*sites) {
        page->out.failed = true;
        return false;
    }
    for (int32_t i = 0; i < view->duties.count; i++) {
        (*posts)[view->duties.items[i].post] = true;
        (*sites)[view->duties.items[i].site] = true;
    }
    return true;
}

static void write_unit_options(struct pnr_page *page) {
    const struct pnr_view *view = &page->view;
    for (int32_t i = 0; i < view->campaign->units.count; i++) {
        const int32_t unit = view->units_in_order[i];
        struct pnr_text *label = pnr_html_begin_scratch(page);
        for (int32_t depth = 0; depth < view->depth_of_unit[unit]; depth++) {
            pnr_text_append(label,
                            "\xE3\x80\x80"); /* an ideographic space: options cannot be indented by style */
        }
        pnr_text_append(label, view->campaign->units.items[unit].name);
        pnr_html(page, "<option value=\"@\">", PNR_HTML_N(unit));
        pnr_html_scratch(page);
        pnr_html_raw(page, "</option>");
    }
}

static void write_date_options(struct pnr_page *page) {
    int32_t last = -1;
    for (int32_t i = 0; i < page->view.duties.count; i++) {
        const int32_t day = page->view.duties.items[i].day;
        if (day != last) {
            pnr_html(page, "<option value=\"@\">", PNR_HTML_N(day));
            pnr_html_day(page, day);
            pnr_html(page, " @</option>", PNR_HTML(pnr_words_weekday(page->view.language, day)));
            last = day;
        }
    }
}

static void write_filter(struct pnr_page *page) {
    const struct pioneer_campaign *campaign = page->view.campaign;
    bool *posts, *sites;
    if (!mark_used(page, &posts, &sites)) {
        return;
    }
    const char *hint = pnr_view_say(&page->view, PNR_("Search: name, unit, post, site"));
    pnr_html(page,
             "<form class=\"filter\" role=\"search\"><input type=\"search\" id=\"find\" placeholder=\"@\" "
             "aria-label=\"@\">",
             PNR_HTML(hint), PNR_HTML(hint));
    begin_select(page, "by-date", PNR_("All dates"));
    write_date_options(page);
    pnr_html_raw(page, "</select>");
    begin_select(page, "by-site", PNR_("All sites"));
    for (int32_t i = 0; i < campaign->sites.count; i++) {
        if (sites[i]) {
            write_option(page, i, campaign->sites.items[i].name);
        }
    }
    pnr_html_raw(page, "</select>");
    begin_select(page, "by-post", PNR_("All posts"));
    for (int32_t i = 0; i < campaign->posts.count; i++) {
        if (posts[i]) {
            write_option(page, i, campaign->posts.items[i].name);
        }
    }
    pnr_html_raw(page, "</select>");
    begin_select(page, "by-unit", PNR_("All units"));
    write_unit_options(page);
    pnr_html(page, "</select><button type=\"reset\">@</button></form>\n",
             PNR_HTML(pnr_view_say(&page->view, PNR_("Clear"))));
}

/* The words that the script needs travel as attributes of its own line. */
static void write_actions(struct pnr_page *page) {
    const struct pnr_view *view = &page->view;
    pnr_html(page, "<div class=\"actions\"><output id=\"found\" data-some=\"@\" data-none=\"@\"></output>",
             PNR_HTML(pnr_view_say(view, PNR_("{n} matches"))),
             PNR_HTML(pnr_view_say(view, PNR_("nothing matches"))));
    pnr_html(
        page,
        "<span class=\"buttons\"><button type=\"button\" id=\"unfold\">@</button>"
        "<button type=\"button\" id=\"fold\">@</button><button type=\"button\" data-paper=\"A4\">@</button>"
        "<button type=\"button\" data-paper=\"A3\">@</button></span></div>\n</div>\n",
        PNR_HTML(pnr_view_say(view, PNR_("Unfold all"))), PNR_HTML(pnr_view_say(view, PNR_("Fold all"))),
        PNR_HTML(pnr_view_say(view, PNR_("Print on A4"))), PNR_HTML(pnr_view_say(view, PNR_("Print on A3"))));
}

static enum pioneer_status mark_missing_leads(struct pnr_page *page, struct pioneer_error *error) {
    page->lead_missing =
        pnr_arena_alloc(&page->view.arena, (size_t)page->view.duties.count, sizeof *page->lead_missing);
    if (!page->lead_missing) {
        return pnr_fail_no_memory(error);
    }
    for (int32_t i = 0; i < page->verdict.shortage_count; i++) {
        const struct pioneer_shortage *shortage = &page->verdict.shortages[i];
        const int32_t duty =
            pnr_view_duty(&page->view, shortage->post, shortage->site, shortage->slot, shortage->day);
        if (duty >= 0) {
            page->lead_missing[duty] = shortage->lead_missing;
        }
    }
    return PIONEER_OK;
}

static void write_page(struct pnr_page *page) {
    write_head(page);
    write_title(page);
    write_tabs(page);
    write_filter(page);
    write_actions(page);
    pnr_html_raw(page, "<main>\n");
    pnr_html_summary(page);
    pnr_html_sites(page);
    pnr_html_members(page);
    pnr_html_units(page);
    pnr_html_raw(page, "</main>\n<script>");
    pnr_text_append_n(&page->out, (const char *)pnr_html_js, pnr_html_js_size);
    pnr_html_raw(page, "</script>\n</body>\n</html>\n");
}

enum pioneer_status pnr_html_write(const struct pioneer_campaign *campaign,
                                   const struct pioneer_roster *roster, const struct pnr_verdict *verdict,
                                   const char *language, struct pnr_text *out, struct pioneer_error *error) {
    struct pnr_page page = {.verdict = *verdict};
    enum pioneer_status status = pnr_view_build(&page.view, campaign, roster, language, error);
    if (status == PIONEER_OK) {
        status = mark_missing_leads(&page, error);
    }
    if (status == PIONEER_OK) {
        write_page(&page);
    }
    if (status == PIONEER_OK && (page.out.failed || page.scratch.failed)) {
        status = pnr_fail_no_memory(error);
    }
    if (status != PIONEER_OK) {
        pnr_text_fini(&page.out);
    }
    *out = page.out;
    pnr_text_fini(&page.scratch);
    pnr_view_fini(&page.view);
    return status;
}
