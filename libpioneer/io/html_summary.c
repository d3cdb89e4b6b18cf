/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page's summary: whether the roster holds, what is short, what broke a rule, how good it is, how it
 * came. */
#include "io/html.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/saturate.h"
#include "io/words.h"
#include "text/message.h"

#define OPEN_VIOLATIONS_MAX 12

/* What the first lines of the page count. */
struct totals {
    int64_t heads, minutes, missing, wanted;
    int32_t used, nominated, short_duties, leads_missing;
};

static struct totals totals_of(const struct pnr_page *page) {
    const struct pnr_view *view = &page->view;
    struct totals totals = {0};
    for (int32_t i = 0; i < view->duties.count; i++) {
        const int32_t missing = pnr_html_short_of_min(page, i);
        totals.heads += view->assigned[i];
        totals.minutes +=
            (int64_t)view->assigned[i] * (view->duties.items[i].to_at - view->duties.items[i].from_at);
        totals.missing += missing;
        totals.wanted += pnr_html_short_of_target(page, i);
        totals.short_duties += missing > 0;
        totals.leads_missing += page->lead_missing[i];
    }
    for (int32_t i = 0; i < view->campaign->members.count; i++) {
        totals.used += view->first_of_member[i] < view->first_of_member[i + 1];
        totals.nominated += view->campaign->members.items[i].nominated;
    }
    return totals;
}

static void write_verdict(struct pnr_page *page, const struct totals *totals) {
    const bool fine =
        totals->missing == 0 && totals->leads_missing == 0 && page->verdict.violation_count == 0;
    pnr_html(page, "<p class=\"verdict @\" role=\"status\"><b>@</b> <span>", PNR_HTML(fine ? "fine" : "bad"),
             PNR_HTML(fine ? "✓" : "!"));
    if (fine) {
        pnr_html_say(page,
                     PNR_("Every duty has its least number of people and its lead; no rule is broken."));
    }
    if (totals->missing > 0) {
        pnr_html_say_with(page, PNR_("Duties short of people: {duties}, by {heads} heads. "),
                          PNR_NUMBER("duties", totals->short_duties), PNR_NUMBER("heads", totals->missing));
    }
    if (totals->leads_missing > 0) {
        pnr_html_say_with(page, PNR_("Duties without a lead: {duties}. "),
                          PNR_NUMBER("duties", totals->leads_missing));
    }
    if (page->verdict.violation_count > 0) {
        pnr_html_say_with(page, PNR_("{n} rules or claims do not hold. "),
                          PNR_NUMBER("n", page->verdict.violation_count));
    }
    pnr_html_raw(page, "</span></p>\n");
}

static void write_figure(struct pnr_page *page, const char *name, int64_t number, bool bad) {
    pnr_html(page, "<div@><dt>@</dt><dd>", PNR_HTML(bad ? " class=bad" : ""),
             PNR_HTML(pnr_view_say(&page->view, name)));
    pnr_html_number(page, number);
    pnr_html_raw(page, "</dd></div>");
}

static void write_figures(struct pnr_page *page, const struct totals *totals) {
    const struct pnr_view *view = &page->view;
    pnr_html_raw(page, "<dl class=\"figures\">");
    write_figure(page, PNR_("Signed up"), view->campaign->members.count, false);
    write_figure(page, PNR_("Nominated"), totals->nominated, false);
    write_figure(page, PNR_("On duty"), totals->used, false);
    write_figure(page, PNR_("Duties"), view->duties.count, false);
    write_figure(page, PNR_("Assignments"), totals->heads, false);
    pnr_html(page, "<div><dt>@</dt><dd>", PNR_HTML(pnr_view_say(view, PNR_("Working time"))));
    pnr_html_minutes(page, totals->minutes);
    pnr_html_raw(page, "</dd></div>");
    write_figure(page, PNR_("People short"), totals->missing, totals->missing > 0);
    write_figure(page, PNR_("Leads missing"), totals->leads_missing, totals->leads_missing > 0);
    write_figure(page, PNR_("More wanted"), totals->wanted, false);
    pnr_html_raw(page, "</dl>\n");
}

static void write_duty_name(struct pnr_page *page, const struct pnr_duty *duty) {
    const struct pioneer_campaign *campaign = page->view.campaign;
    const struct pioneer_slot *slot = &campaign->slots.items[duty->slot];
    pnr_html_cell(page, "", PNR_("Date"));
    pnr_html_day(page, duty->day);
    pnr_html(page, " @</td>", PNR_HTML(pnr_words_weekday(page->view.language, duty->day)));
    pnr_html_cell(page, "", PNR_("Time"));
    pnr_html_span(page, slot->from_min, slot->to_min);
    pnr_html_raw(page, "</td>");
    pnr_html_cell(page, "", PNR_("Site"));
    pnr_html(page, "<a href=\"#s@\">@</a></td>", PNR_HTML_N(duty->site),
             PNR_HTML(campaign->sites.items[duty->site].name));
    pnr_html_cell(page, "", PNR_("Post"));
    pnr_html(page, "@</td>", PNR_HTML(campaign->posts.items[duty->post].name));
}

static void write_shortage(struct pnr_page *page, int32_t index) {
    const struct pnr_duty *duty = &page->view.duties.items[index];
    const int32_t of_min = pnr_html_short_of_min(page, index);
    const int32_t of_target = pnr_html_short_of_target(page, index);
    pnr_html(page, "<tr data-p=\"@\" data-s=\"@\" data-d=\"@\">", PNR_HTML_N(duty->post),
             PNR_HTML_N(duty->site), PNR_HTML_N(duty->day));
    write_duty_name(page, duty);
    pnr_html_cell(page, "n", PNR_("There / least / wanted"));
    pnr_html(page, "@ / @ / @</td>", PNR_HTML_N(page->view.assigned[index]), PNR_HTML_N(duty->min),
             PNR_HTML_N(duty->target));
    pnr_html_cell(page, "", PNR_("Lacks"));
    if (of_min > 0) {
        pnr_html_raw(page, "<span class=\"flag short\">");
        pnr_html_say_with(page, PNR_("{n} short"), PNR_NUMBER("n", of_min));
        pnr_html_raw(page, "</span>");
    }
    if (page->lead_missing[index]) {
        pnr_html(page, "<span class=\"flag nolead\">@</span>",
                 PNR_HTML(pnr_view_say(&page->view, PNR_("no lead"))));
    }
    if (of_target > 0) {
        pnr_html_raw(page, "<span class=\"flag room\">");
        pnr_html_say_with(page, PNR_("{n} more wanted"), PNR_NUMBER("n", of_target));
        pnr_html_raw(page, "</span>");
    }
    pnr_html_raw(page, "</td></tr>\n");
}

static bool is_severe(const struct pnr_page *page, int32_t duty) {
    return pnr_html_short_of_min(page, duty) > 0 || page->lead_missing[duty];
}

static void write_shortage_table(struct pnr_page *page, bool severe) {
    static const char *const headings[] = {
        PNR_("Date"), PNR_("Time"), PNR_("Site"), PNR_("Post"), PNR_("There / least / wanted"),
        PNR_("Lacks")};
    pnr_html_raw(page, "<table class=\"shortages\"><thead><tr>");
    for (int i = 0; i < 6; i++) {
        pnr_html(page, "<th scope=\"col\" class=\"@\">@</th>", PNR_HTML(i == 4 ? "n" : ""),
                 PNR_HTML(pnr_view_say(&page->view, headings[i])));
    }
    pnr_html_raw(page, "</tr></thead>\n<tbody>\n");
    for (int32_t i = 0; i < page->view.duties.count; i++) {
        const bool mild = !is_severe(page, i) && pnr_html_short_of_target(page, i) > 0;
        if (severe ? is_severe(page, i) : mild) {
            write_shortage(page, i);
        }
    }
    pnr_html_raw(page, "</tbody></table>\n");
}

static void write_shortages(struct pnr_page *page) {
    int32_t severe = 0;
    int32_t mild = 0;
    for (int32_t i = 0; i < page->view.duties.count; i++) {
        severe += is_severe(page, i);
        mild += !is_severe(page, i) && pnr_html_short_of_target(page, i) > 0;
    }
    if (severe > 0) {
        pnr_html(page, "<section class=\"block\" id=\"shortages\"><h3>@</h3>\n",
                 PNR_HTML(pnr_view_say(&page->view, PNR_("Duties that lack people or a lead"))));
        write_shortage_table(page, true);
        pnr_html_raw(page, "</section>\n");
    }
    if (mild > 0) {
        pnr_html_raw(page, "<section class=\"block\"><details class=\"mild\"><summary><h3>");
        pnr_html_say_with(page, PNR_("{n} duties with the least number of people but fewer than wanted"),
                          PNR_NUMBER("n", mild));
        pnr_html_raw(page, "</h3></summary>\n");
        write_shortage_table(page, false);
        pnr_html_raw(page, "</details></section>\n");
    }
}

static void write_violation(struct pnr_page *page, const struct pioneer_violation *violation) {
    pnr_html(page, "<li><code>@</code> @</li>\n", PNR_HTML(violation->code ? violation->code : ""),
             PNR_HTML(violation->message ? violation->message : ""));
}

/* The first few in the open, so that a long list does not push the rest of the summary away. */
static void write_violations(struct pnr_page *page) {
    const int32_t count = page->verdict.violation_count;
    const int32_t shown = count <= OPEN_VIOLATIONS_MAX ? count : OPEN_VIOLATIONS_MAX;
    if (count == 0) {
        return;
    }
    pnr_html(page, "<section class=\"block\" id=\"violations\"><h3>@</h3>\n<ul class=\"findings\">\n",
             PNR_HTML(pnr_view_say(&page->view, PNR_("What does not hold"))));
    for (int32_t i = 0; i < shown; i++) {
        write_violation(page, &page->verdict.violations[i]);
    }
    pnr_html_raw(page, "</ul>");
    if (shown < count) {
        pnr_html_raw(page, "<details><summary>");
        pnr_html_say_with(page, PNR_("{n} more"), PNR_NUMBER("n", count - shown));
        pnr_html_raw(page, "</summary><ul class=\"findings\">\n");
        for (int32_t i = shown; i < count; i++) {
            write_violation(page, &page->verdict.violations[i]);
        }
        pnr_html_raw(page, "</ul></details>");
    }
    pnr_html_raw(page, "</section>\n");
}

static void write_findings(struct pnr_page *page) {
    const struct pioneer_roster *roster = page->view.roster;
    const int32_t count = pioneer_roster_finding_count(roster);
    if (count == 0) {
        return;
    }
    pnr_html(page, "<section class=\"block\" id=\"findings\"><h3>@</h3>\n<ul class=\"findings\">\n",
             PNR_HTML(pnr_view_say(&page->view, PNR_("Noticed while planning"))));
    for (int32_t i = 0; i < count; i++) {
        const struct pioneer_finding *finding = pioneer_roster_finding_at(roster, i);
        pnr_html(page, "<li><code>@</code> @</li>\n", PNR_HTML(finding->code), PNR_HTML(finding->message));
    }
    pnr_html_raw(page, "</ul></section>\n");
}

static void write_price(struct pnr_page *page) {
    static const char *const headings[] = {PNR_("Level"), PNR_("Stage by stage"), PNR_("All at once"),
                                           PNR_("Price of staging")};
    const struct pioneer_roster *roster = page->view.roster;
    const int32_t count = pioneer_roster_price_count(roster);
    if (count == 0) {
        return;
    }
    pnr_html(page, "<section class=\"block\" id=\"price\"><h3>@</h3>\n<table class=\"price\"><thead><tr>",
             PNR_HTML(pnr_view_say(&page->view, PNR_("What planning by stages and tiers cost"))));
    for (int i = 0; i < 4; i++) {
        pnr_html(page, "<th scope=\"col\" class=\"@\">@</th>", PNR_HTML(i > 0 ? "n" : ""),
                 PNR_HTML(pnr_view_say(&page->view, headings[i])));
    }
    pnr_html_raw(page, "</tr></thead>\n<tbody>\n");
    for (int32_t i = 0; i < count; i++) {
        const struct pioneer_staging_price *price = pioneer_roster_price_at(roster, i);
        pnr_html(page, "<tr><th scope=\"row\">@</th>",
                 PNR_HTML(pnr_words_level(page->view.language, price->level, NULL)));
        pnr_html_cell(page, "n", headings[1]);
        pnr_html_number(page, price->staged);
        pnr_html_raw(page, "</td>");
        pnr_html_cell(page, "n", headings[2]);
        pnr_html_number(page, price->joint_value);
        pnr_html_raw(page, "</td>");
        pnr_html_cell(page, "n", headings[3]);
        pnr_html_number(page, pnr_saturate_subtract(price->staged, price->joint_value));
        pnr_html_raw(page, " – ");
        pnr_html_number(page, pnr_saturate_subtract(price->staged, price->joint_bound));
        pnr_html_raw(page, "</td></tr>\n");
    }
    pnr_html_raw(page, "</tbody></table></section>\n");
}

/* What somebody needs in order to make the same roster again. */
static void write_origin(struct pnr_page *page) {
    const struct pioneer_roster_info *info = pioneer_roster_get(page->view.roster);
    if (info->made_by[0] == '\0') {
        return;
    }
    pnr_html(page, "<p class=\"origin\">@", PNR_HTML(info->made_by));
    char seed[24];
    snprintf(seed, sizeof seed, "%" PRIu64, info->seed);
    pnr_html_raw(page, " · ");
    pnr_html_say_with(page, PNR_("seed {seed}, {work} units of work"), PNR_TEXT("seed", seed),
                      PNR_NUMBER("work", info->work_used));
    pnr_html_raw(page, " · ");
    pnr_html_say(page, info->reproducible ? PNR_("can be reproduced")
                                          : PNR_("shaped by a time limit or a cancel, cannot be reproduced"));
    if (info->input_hash[0] != '\0') {
        pnr_html(page, " · <code>@</code>", PNR_HTML(info->input_hash));
    }
    pnr_html_raw(page, "</p>\n");
}

void pnr_html_summary(struct pnr_page *page) {
    const struct totals totals = totals_of(page);
    pnr_html(page, "<section class=\"view\" id=\"summary\"><h2>@</h2>\n",
             PNR_HTML(pnr_view_say(&page->view, PNR_("Summary"))));
    write_verdict(page, &totals);
    write_figures(page, &totals);
    write_shortages(page);
    write_violations(page);
    pnr_html_levels(page);
    write_findings(page);
    write_price(page);
    write_origin(page);
    pnr_html_raw(page, "</section>\n");
}
