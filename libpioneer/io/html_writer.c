/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing HTML: nothing that comes from a campaign reaches the page without being escaped here. */
#include "io/html.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"

void pnr_html_raw(struct pnr_page *page, const char *markup) {
    pnr_text_append(&page->out, markup);
}

/* What stands for a character in text and in quoted attributes; NULL: itself. */
static const char *escape_of(unsigned char character) {
    switch (character) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        /* HTML has no way to write the other control characters. */
        return character < 0x20 && character != '\n' && character != '\t' ? "\xEF\xBF\xBD" : NULL;
    }
}

void pnr_html_text(struct pnr_page *page, const char *text) {
    const char *run = text;
    for (const char *at = text; *at; at++) {
        const char *escape = escape_of((unsigned char)*at);
        if (escape) {
            pnr_text_append_n(&page->out, run, (size_t)(at - run));
            pnr_text_append(&page->out, escape);
            run = at + 1;
        }
    }
    pnr_text_append(&page->out, run);
}

void pnr_html_values(struct pnr_page *page, const char *pattern, const struct pnr_html_value *values,
                     int count) {
    const char *at = pattern;
    for (int i = 0; i < count; i++) {
        const char *mark = strchr(at, '@');
        if (!mark) {
            break;
        }
        pnr_text_append_n(&page->out, at, (size_t)(mark - at));
        if (values[i].text) {
            pnr_html_text(page, values[i].text);
        } else {
            pnr_text_printf(&page->out, "%" PRId64, values[i].number);
        }
        at = mark + 1;
    }
    pnr_text_append(&page->out, at);
}

void pnr_html_say(struct pnr_page *page, const char *english) {
    pnr_html_text(page, pnr_view_say(&page->view, english));
}

struct pnr_text *pnr_html_begin_scratch(struct pnr_page *page) {
    page->scratch.length = 0;
    return &page->scratch;
}

void pnr_html_scratch(struct pnr_page *page) {
    page->out.failed = page->out.failed || page->scratch.failed;
    if (page->scratch.length > 0) {
        pnr_html_text(page, page->scratch.bytes);
    }
}

void pnr_html_number(struct pnr_page *page, int64_t number) {
    char digits[24];
    const int length = snprintf(digits, sizeof digits, "%" PRId64, number);
    for (int i = 0; i < length; i++) {
        pnr_text_append_n(&page->out, &digits[i], 1);
        const int left = length - 1 - i;
        if (left > 0 && left % 3 == 0 && digits[i] != '-') {
            pnr_text_append(&page->out, ",");
        }
    }
}

void pnr_html_day(struct pnr_page *page, int32_t day) {
    pnr_view_put_day(&page->view, pnr_html_begin_scratch(page), day);
    pnr_html_scratch(page);
}

void pnr_html_date(struct pnr_page *page, int32_t day) {
    pnr_view_put_date(&page->view, pnr_html_begin_scratch(page), day);
    pnr_html_scratch(page);
}

void pnr_html_days(struct pnr_page *page, int32_t from, int32_t to) {
    int32_t from_year, to_year, month, day;
    pnr_civil_from_day(from, &from_year, &month, &day);
    pnr_civil_from_day(to, &to_year, &month, &day);
    pnr_html_date(page, from);
    if (from == to) {
        return;
    }
    pnr_html_raw(page, " – ");
    if (from_year == to_year) {
        pnr_html_day(page, to);
    } else {
        pnr_html_date(page, to);
    }
}

void pnr_html_span(struct pnr_page *page, int32_t from_min, int32_t to_min) {
    pnr_view_put_span(&page->view, pnr_html_begin_scratch(page), from_min, to_min);
    pnr_html_scratch(page);
}

void pnr_html_minutes(struct pnr_page *page, int64_t minutes) {
    pnr_view_put_minutes(&page->view, pnr_html_begin_scratch(page), minutes);
    pnr_html_scratch(page);
}

void pnr_html_bar(struct pnr_page *page, int64_t part, int64_t whole) {
    const int64_t share = whole > 0 ? part * 100 / whole : 0;
    pnr_html(page,
             "<svg class=\"bar\" viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
             "<rect width=\"@\" height=\"4\"/></svg>",
             PNR_HTML_N(share));
}

void pnr_html_cell(struct pnr_page *page, const char *kind, const char *heading) {
    pnr_html(page, "<td class=\"@\" data-h=\"@\">", PNR_HTML(kind),
             PNR_HTML(pnr_view_say(&page->view, heading)));
}

int32_t pnr_html_short_of_min(const struct pnr_page *page, int32_t duty) {
    const int32_t missing = page->view.duties.items[duty].min - page->view.assigned[duty];
    return missing > 0 ? missing : 0;
}

int32_t pnr_html_short_of_target(const struct pnr_page *page, int32_t duty) {
    const struct pnr_duty *demand = &page->view.duties.items[duty];
    const int32_t staffed = page->view.assigned[duty] > demand->min ? page->view.assigned[duty] : demand->min;
    return demand->target > staffed ? demand->target - staffed : 0;
}
